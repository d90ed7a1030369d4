"""An act on a page: shown, done, refused with what was typed, and told what happened meanwhile."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
import sqlalchemy as sa

from coaching import Goal, Person, Rejected
from coaching.integrations.pages import ActPage
from coaching.integrations.sqlalchemy import Store
from coaching.texts.locales import texts_in
from stage import ANNA, OLE, STRANGER, at, codes, refused
from stage.interviews import planned_talk
from stage.stores import RECORDS

ROOM = {"slot.start": "2026-11-01T09:00", "slot.minutes": "60", "slot.place": "Room 4"}


@pytest.fixture
def store() -> Iterator[Store]:
    """A store with the people, and what is between them."""
    made = Store(sa.create_engine("sqlite://", poolclass=sa.StaticPool))
    made.create()
    made.put(*RECORDS)
    yield made
    made.engine.dispose()


def page(store: Store, of: Any, act: str, by: str, **how: Any) -> ActPage:
    """An act on the record as it stands, or one that begins something."""
    return ActPage(store, of, act, by=by, at=at(200), zone="Europe/Stockholm", **how)


def shown(of: ActPage) -> dict[str, str]:
    """What the page says it shows."""
    return {"seen": of.of.digest}


class TestDone:
    """What was sent is done."""

    def test_an_act_on_a_record(self, store: Store):
        """And the record is given as it is now."""
        talk = page(store, "i-1", "schedule", OLE)
        assert f'<input type="hidden" name="seen" value="{talk.of.digest}">' in talk.fields
        assert (talk.summary, talk.status) == ("", HTTPStatus.OK)
        assert talk.does(ROOM | shown(talk) | {"csrf": "token", "go": ""})
        assert (talk.done.state, talk.done.slot.place, talk.on) == ("scheduled", "Room 4", at(200).date())

    def test_a_beginning(self, store: Store):
        """Under an id that is made, or given; noted for somebody."""
        begun = page(store, Goal, "begin", ANNA)
        assert "seen" not in begun.fields
        assert begun.does({"title": "Listen more"}, noted_by="assistant")
        assert (len(begun.done.id), begun.done.history[0].noted_by) == (32, "assistant")
        assert page(store, Goal, "begin", ANNA).does({"title": "Listen"}, id="g-2")
        with store.reading() as book:
            assert "g-2" in book

    def test_what_an_act_makes(self, store: Store):
        """It gets an id as well."""
        promised = page(store, "g-1", "promise", ANNA, new_id=lambda: "c-9")
        assert promised.does({"text": "Ask Eva", "due": "2026-11-01"} | shown(promised))
        assert promised.done.commitments[-1].id == "c-9"


class TestRefused:
    """What was typed stays, and each finding stands at its field."""

    def test_what_is_wrong(self, store: Store):
        """In the language of the page."""
        talk = page(store, "i-1", "schedule", OLE, texts=texts_in("sv"))
        assert not talk.does(ROOM | {"slot.minutes": "5"} | shown(talk))
        assert list(talk.told) == ["slot.minutes"]
        assert (talk.status, talk.done, talk.since, talk.again) == (HTTPStatus.UNPROCESSABLE_ENTITY, None, (), False)
        assert 'value="5"' in talk.fields
        assert "Det går inte ännu" in talk.summary
        assert talk.form.label == texts_in("sv").act("schedule")

    def test_an_old_tab(self, store: Store):
        """It says what was done since, and shows the record as it stands."""
        mine, theirs = page(store, "i-1", "schedule", OLE), page(store, "i-1", "cancel", ANNA)
        sent = ROOM | shown(mine)
        assert theirs.does({"reason": "Ill"} | shown(theirs))
        assert not mine.does(sent)
        assert [(it.by, it.act) for it in mine.since] == [(ANNA, "cancel")]
        assert (mine.status, mine.of.state, mine.again) == (HTTPStatus.CONFLICT, "cancelled", False)

    def test_a_button_that_is_pressed_twice(self, store: Store):
        """It was done once."""
        first, second = page(store, "i-1", "schedule", OLE), page(store, "i-1", "schedule", OLE)
        sent = ROOM | shown(first)
        assert (first.does(sent), second.does(sent), second.again) == (True, False, True)

    def test_what_was_done_since_as_far_as_one_may_see(self, store: Store):
        """Somebody of the administration is not told why."""
        office = page(store, "path-1", "archive", "hr", admin=True)
        sent = {"reason": "She left"} | shown(office)
        store.act("path-1", "archive", reason="In confidence", by=ANNA, at=at(200))
        assert not office.does(sent)
        assert {it.reason for it in office.since} == {None}
        assert [(it.by, it.act) for it in office.since] == [(ANNA, "archive")]

    def test_a_client_that_sends_json(self, store: Store):
        """A misspelt name is told, if asked for."""
        goal = page(store, "g-1", "note_progress", ANNA)
        assert not goal.does({"kind": "step", "txet": "A start"} | shown(goal), strict=True)
        assert "V016" in goal.refusal.codes

    def test_taking_over_again(self, store: Store):
        """It takes no id."""
        store.new("goal", "import", "g-9", state="draft", owner=ANNA, title="Old", source="x", by="hr", at=at(200))
        again = page(store, "g-9", "reimport", "hr", admin=True)
        assert not again.does({"title": "New"} | shown(again))
        assert again.refusal.codes == ("V014",)
        assert again.does({"title": "New", "source": "x"} | shown(again))
        assert again.done.title == "New"

    def test_whether_it_is_open(self, store: Store):
        """A page may say so before anybody writes."""
        assert page(store, "i-1", "schedule", OLE).open
        assert not page(store, "i-1", "sign", OLE).open
        assert [page(store, Person, "register", "hr", admin=admin).open for admin in (True, False)] == [True, False]
        assert not page(store, "g-1", "reimport", ANNA).open

    def test_a_page_that_does_not_say_what_it_showed(self, store: Store):
        """Nothing is done by chance."""
        talk = page(store, "i-1", "schedule", OLE)
        assert not talk.does(ROOM)
        assert (talk.refusal.codes, talk.since) == (("X023",), ())

    def test_a_record_that_went_meanwhile(self, store: Store):
        """It is told so."""
        talk = page(store, "i-1", "schedule", OLE)
        store.work(lambda book: book.remove("i-1"))
        assert not talk.does(ROOM | shown(talk))
        assert talk.status == HTTPStatus.NOT_FOUND

    @pytest.mark.parametrize("of", ["i-9", ("interview", "i-9"), planned_talk(), "i-1", ("goal", "g-1")])
    def test_what_is_not_there_or_not_to_be_seen(self, store: Store, of: Any):
        """The same words for both: a stranger learns nothing."""
        store.work(lambda book: book if isinstance(of, str) and of == "i-1" else book.remove("i-1"))
        with pytest.raises(Rejected, match="there is nothing here to act on") as refusal:
            page(store, of, "cancel", STRANGER)
        assert refusal.value.codes == ("X002",)

    @pytest.mark.parametrize(
        ("of", "code"), [("gaol", "X002"), (int, "V015"), (5, "V015"), ([], "V015"), ("goal", "V010")]
    )
    def test_slips(self, store: Store, of: Any, code: str):
        """Are told when the page is made."""
        assert codes(refused(lambda: page(store, of, "plan", ANNA))) == [code]

    @pytest.mark.parametrize(("of", "act"), [(Person, "register"), (ANNA, "leave"), ("path-1", "archive")])
    def test_what_is_the_administrations(self, store: Store, of: Any, act: str):
        """To nobody else."""
        tried = page(store, of, act, ANNA)
        assert not tried.does({})
        assert (tried.refusal.codes, tried.status) == (("V011",), HTTPStatus.FORBIDDEN)

    def test_the_administration(self, store: Store):
        """It may, though it sees nothing of the path."""
        closed = page(store, "path-1", "archive", "hr", admin=True)
        assert closed.does({"reason": "She left"} | shown(closed))
        assert closed.done.state == "archived"


def test_whom_to_choose_from(store: Store):
    """By their names; and what one may see, long after the page was made."""
    html = page(store, "goal", "begin", ANNA, people={OLE: "Ole Li"}).fields
    assert f'<option value="{OLE}">Ole Li</option>' in html
    assert '<option value="g-1">' in html
