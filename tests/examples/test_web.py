"""`examples/web` without a browser: the whole talk, refusals, who sees what, a copy for the person, and an erasure."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import anyio
import pytest
from app import make_app, open_house
from house import House
from httpx import ASGITransport, AsyncClient

from coaching import Interview, verify

ZONE = ZoneInfo("Europe/Stockholm")


class Clock:
    """A time that only the test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, tzinfo=ZONE)

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house of its own, as it stands on the first day."""
    house = open_house(f"sqlite:///{tmp_path / 'talks.db'}", Clock())
    yield house
    house.store.engine.dispose()


APPS = {}


def app_of(house):
    """Give the one application of a house, for all windows."""
    url = str(house.store.engine.url)
    if url not in APPS:
        APPS[url] = make_app(house)
    return APPS[url]


class Window:
    """What one person sees, as a browser would send and show it."""

    def __init__(self, house: House, person: str) -> None:
        self.app, self.cookies = app_of(house), {}
        self.send("POST", "/sign-in", data={"person": person})

    def send(self, verb, path, **more):
        async def asked():
            transport = ASGITransport(app=self.app)
            async with AsyncClient(transport=transport, base_url="http://here", cookies=self.cookies) as client:
                answer = await client.request(verb, path, **more)
                self.cookies = dict(client.cookies)
                return answer

        return anyio.run(asked)

    def see(self, path, status=200):
        answer = self.send("GET", path)
        assert answer.status_code == status, answer.text
        return answer.text

    def hidden(self, path):
        """What the page itself puts into its form."""
        return dict(re.findall(r'<input type="hidden" name="(csrf|seen)" value="(\w+)">', self.see(path)))

    def do(self, path, status=303, **sent):
        """Open a form, fill it in, and send it."""
        answer = self.send("POST", path, data={**self.hidden(path), **sent})
        assert answer.status_code == status, re.findall(r'<p class="error".*', answer.text) or answer.text
        return answer


def talk_of(house: House) -> Interview:
    """Give the talk as it is stored."""
    with house.store.reading() as book:
        found = book.get(Interview, "i-1")
        assert found is not None
        return found


def held(anna: Window, ole: Window) -> None:
    """Play the talk until it waits for signatures."""
    i = "/interview/i-1"
    anna.do(f"{i}/schedule", **{"slot.start": "2026-03-02T09:30", "slot.minutes": "60", "slot.place": "Room 4"})
    ole.do(f"{i}/start")
    for vital in ("heading", "destination", "route"):
        anna.do(f"{i}/say", text=f"My {vital}", kind="answer", vital=vital, open="")
    ole.do(f"{i}/say", text="A plant, by the pilot line", kind="summary")
    anna.do(f"{i}/say", text="Yes", kind="confirmation", reply_to="4")
    anna.do(f"{i}/promise", text="Ask at home", due="2026-03-20", kind="action")
    ole.do(f"{i}/promise", text="Ask about removals", due="2026-03-20", kind="support", to="anna")
    ole.do(
        f"{i}/finish",
        **{
            "outcomes[0].kind": "goal",
            "outcomes[0].id": "g-1",
            "disclosures[0].what": "nothing",
            "follow_up_on": "2026-06-01",
        },
    )


def test_the_talk_from_plan_to_signature(house):
    """Two people, each with their own window; whose turn it is stands on both pages."""
    anna, ole = Window(house, "anna"), Window(house, "ole")
    assert "/interview/i-1/schedule" in anna.see("/")
    held(anna, ole)
    assert "/interview/i-1/sign" in ole.see("/")
    anna.do("/interview/i-1/sign", stance="agrees")
    assert 'Awaited: <b dir="auto">Ole Li</b> (sign)' in anna.see("/interview/i-1")
    ole.do("/interview/i-1/sign", stance="reservation", note="I doubt the date")
    talk = talk_of(house)
    assert talk.state == "signed"
    assert verify(talk) == ()


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(house):
    """Refused with 422, the field named, described and filled in again."""
    anna = Window(house, "anna")
    told = anna.do(
        "/interview/i-1/schedule", 422,
        **{"slot.start": "2026-03-29T02:30", "slot.minutes": "5", "slot.place": "Rum 4 <b>"},
    ).text  # fmt: skip
    assert 'aria-describedby="f-slot-start-help f-slot-start-error"' in told or "f-slot-start-error" in told
    told = anna.do(
        "/interview/i-1/schedule", 422,
        **{"slot.start": "2026-03-30T02:30", "slot.minutes": "5", "slot.place": "Rum 4 <b>"},
    ).text  # fmt: skip
    assert '<p class="error" id="f-slot-minutes-error">' in told
    assert 'value="Rum 4 &lt;b&gt;"' in told
    assert '<a href="#f-slot-minutes">Minutes</a>' in told
    assert talk_of(house).state == "planned"


def test_a_gate_says_what_is_missing(house):
    """All at once, at the fields that there are."""
    anna, ole = Window(house, "anna"), Window(house, "ole")
    anna.do("/interview/i-1/schedule", **{"slot.start": "2026-03-02T09:30", "slot.minutes": "60", "slot.place": "x"})
    ole.do("/interview/i-1/start")
    told = ole.do("/interview/i-1/finish", 422).text
    assert '<a href="#f-follow_up_on">' in told
    assert "no answer about the heading" in told


def test_signed_twice_is_signed_once(house):
    """The second of a double click is told so, kindly."""
    anna, ole = Window(house, "anna"), Window(house, "ole")
    held(anna, ole)
    sent = {**anna.hidden("/interview/i-1/sign"), "stance": "agrees"}
    first, second = (anna.send("POST", "/interview/i-1/sign", data=sent) for _ in "12")
    assert (first.status_code, second.status_code) == (303, 409)
    assert "You have done this already" in second.text
    assert len(talk_of(house).signatures) == 1


def test_an_old_tab_is_told_what_happened_since(house):
    """Nothing is done, what was typed is kept, and sent once more it counts."""
    anna, ole = Window(house, "anna"), Window(house, "ole")
    held(anna, ole)
    path, sent = "/interview/i-1/amend", {"no_change": "", "follow_up_on": "2026-07-01"}
    old = anna.hidden("/interview/i-1/sign")
    ole.do(path, **sent)
    told = anna.send("POST", "/interview/i-1/sign", data={**old, "stance": "reservation", "note": "Not so fast"})
    assert told.status_code == 409
    assert '<span dir="auto">Ole Li</span>: amend' in told.text
    assert ">Not so fast</textarea>" in told.text
    assert talk_of(house).signatures == ()
    again = dict(re.findall(r'<input type="hidden" name="(csrf|seen)" value="(\w+)">', told.text))
    answer = anna.send("POST", "/interview/i-1/sign", data={**again, "stance": "reservation", "note": "Not so fast"})
    assert answer.status_code == 303
    assert talk_of(house).signatures[0].note == "Not so fast"


def test_a_form_without_what_the_page_showed_is_of_an_old_tab(house):
    """Nobody acts on what they have not seen."""
    anna = Window(house, "anna")
    csrf = anna.hidden("/interview/i-1/cancel")["csrf"]
    answer = anna.send("POST", "/interview/i-1/cancel", data={"csrf": csrf, "reason": "Ill"})
    assert answer.status_code == 409
    assert talk_of(house).state == "planned"


def test_a_form_from_elsewhere_does_nothing(house):
    """No token, another session's token, another origin."""
    anna, ole = Window(house, "anna"), Window(house, "ole")
    shown = anna.hidden("/interview/i-1/cancel")
    theirs = {**shown, "csrf": ole.hidden("/interview/i-1/cancel")["csrf"], "reason": "Ill"}
    assert anna.send("POST", "/interview/i-1/cancel", data={"reason": "Ill"}).status_code == 403
    assert anna.send("POST", "/interview/i-1/cancel", data=theirs).status_code == 403
    sent = {"data": {**shown, "reason": "Ill"}, "headers": {"origin": "http://elsewhere"}}
    assert anna.send("POST", "/interview/i-1/cancel", **sent).status_code == 403
    assert talk_of(house).state == "planned"


def test_nobody_sees_what_they_may_not(house):
    """The owner all of it, the manager above that there is a goal, a colleague nothing."""
    words = "Take it over from Per in spring"
    assert words in Window(house, "anna").see("/goal/g-1")
    above = Window(house, "per").see("/goal/g-1")
    assert "Agreed" in above
    assert words not in above
    assert "Lead the pilot line" not in above
    assert "fulfil" not in above  # that a promise is due tells of it
    eva = Window(house, "eva")
    for path in ("/goal/g-1", "/goal/g-1/edit", "/interview/i-1", "/path/p-1", "/goal/none", "/house/x"):
        there, missing = (re.sub(r'value="\w+"', "", eva.see(it, 404)) for it in (path, "/goal/g-0"))
        assert there == missing
    assert "Lead the pilot line" not in Window(house, "eva").see("/")


def test_preparations_are_their_writers(house):
    """The other of the two does not see them."""
    anna, ole = Window(house, "anna"), Window(house, "ole")
    anna.do("/interview/i-1/schedule", **{"slot.start": "2026-03-02T09:30", "slot.minutes": "60", "slot.place": "x"})
    anna.do("/interview/i-1/prepare", notes="How do I say it?\r\nSlowly")
    assert "How do I say it?" in anna.see("/interview/i-1")
    assert "How do I say it?" not in ole.see("/interview/i-1")
    assert talk_of(house).preparations[0].notes == "How do I say it?\nSlowly"


def test_whoever_is_signed_out_sees_nothing(house):
    """And so does whoever makes up a cookie."""
    anna = Window(house, "anna")
    anna.see("/people", 403)
    csrf = anna.hidden("/")["csrf"]
    assert anna.send("POST", "/sign-out", data={"csrf": csrf}).headers["location"] == "/sign-in"
    for cookies in ({}, {"talks": "anna~1~" + "0" * 64}, {"talks": "anna"}):
        anna.cookies = cookies
        assert anna.send("GET", "/goal/g-1").headers["location"] == "/sign-in"
    assert anna.send("POST", "/sign-in", data={"person": "kim"}).status_code == 404


def test_text_of_every_script_is_shown_as_it_was_written(house):
    """Escaped, and each in its own direction."""
    anna = Window(house, "anna")
    text = "مرحبا 你好 e\u0301 👩\u200d👩\u200d👧 <script>alert(1)</script> \u05e9\u05dc\u05d5\u05dd"
    made = anna.do("/new/goal/begin", title=text).headers["location"]
    page = anna.see(made)
    assert text.replace("<", "&lt;").replace(">", "&gt;") in page
    assert "<script" not in page


def test_a_promise_gets_an_id_of_the_program(house):
    """The page sends none, and cannot."""
    anna = Window(house, "anna")
    anna.do("/goal/g-1/promise", text="Once more", due="2026-04-01", id="c-1", by="ole")
    with house.store.reading() as book:
        last = book.get("goal", "g-1").commitments[-1]
    assert last.by == "anna"
    assert last.id not in {"c-1", "c-2"}


def test_an_act_that_is_not_open_is_told_of(house):
    """On its page, and when it is sent all the same."""
    anna = Window(house, "anna")
    anna.see("/interview/i-1/sign", 409)
    sent = anna.hidden("/interview/i-1/cancel")
    assert anna.send("POST", "/interview/i-1/sign", data=sent).status_code == 409
    assert anna.send("POST", "/interview/i-1/nonsense", data=sent).status_code in {404, 409}
    assert anna.send("GET", "/new/person/register").status_code == 404


def test_acts_of_the_administration_are_its_own(house):
    """Anybody may in the library, since it does not know who that is."""
    anna = Window(house, "anna")
    sent = {**anna.hidden("/goal/g-1/drop"), "reason": "x", "left_on": "2026-03-01"}
    assert anna.send("POST", "/person/anna/leave", data=sent).status_code == 403
    assert anna.send("POST", "/path/p-1/archive", data=sent).status_code == 403
    assert "Archive" not in anna.see("/path/p-1")


def test_a_copy_for_the_person(house):
    """All about them, as a page and as a file."""
    anna = Window(house, "anna")
    assert "To run a plant of my own" in anna.see("/mine")
    answer = anna.send("GET", "/mine.json")
    assert {it["type"] for it in answer.json()["records"]} >= {"person", "goal", "path", "interview"}
    assert "attachment" in answer.headers["content-disposition"]
    assert "Run the paint shop" not in answer.text


def test_an_erasure_says_what_it_would_do_first(house):
    """Nothing goes before the administration says so; who is still here is not erased."""
    liv = Window(house, "liv")
    before = liv.see("/people/kim/erase")
    assert "goal g-kim title: own words" in before
    assert "Kim Berg" in liv.see("/people")
    done = liv.do("/people/kim/erase", 200).text
    assert "Done." in done
    assert "Kim Berg" not in liv.see("/people")
    with house.store.reading() as book:
        assert book.get("goal", "g-kim").title == "[erased]"
    liv.see("/people/anna/erase", 409)
    assert liv.send("POST", "/people/anna/erase", data={"csrf": liv.hidden("/people")["csrf"]}).status_code == 409


def test_every_page_is_asked_for_again(house):
    """The back button shows what stands; nothing comes from elsewhere."""
    answer = Window(house, "anna").send("GET", "/goal/g-1")
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', answer.text)
    assert "<script" not in answer.text


def test_pictures_say_in_words_what_they_show(house):
    """A title, and no word that the viewer may not see."""
    anna, per = Window(house, "anna"), Window(house, "per")
    assert 'aria-label="The goal is agreed; 4 of 10 shifts a week' in anna.see("/goal/g-1")
    assert "The path: Evening course in control theory: under way" in anna.see("/path/p-1")
    assert 'aria-label="The goal is agreed"' in per.see("/goal/g-1")
