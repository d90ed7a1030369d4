"""Forms as HTML: names bound to fields, everything escaped, nothing that was typed lost."""

from html import escape
from html.parser import HTMLParser

import pytest

from coaching import CareerPath, Goal, Interview, Person, rule
from coaching.forms import Option, act_form, arguments, by_field
from coaching.integrations.markup import Markup, fields, summary
from coaching.texts.locales import texts_in
from stage import ANNA, OLE, at
from stage.book import someone
from stage.goals import agreed_goal, draft_goal
from stage.interviews import open_talk, planned_talk
from stage.paths import draft_path


class Page(HTMLParser):
    """What a browser would find."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids, self.labels, self.named, self.described = [], [], {}, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.ids += [told[it] for it in ("id",) if it in told]
        self.labels += [told["for"] for _ in "1" if tag == "label"]
        self.described += (told.get("aria-describedby") or "").split()
        if "name" in told and told.get("type") != "hidden":
            self.named[told["name"]] = told.get("id")


FORMS = [
    *[(kind, act) for kind in (Interview, Goal, CareerPath, Person) for act in kind.begins()],
    *[(it, act) for it in (planned_talk(), draft_goal(), draft_path(), someone()) for act in it.acts()],
    (open_talk(), "say"), (agreed_goal(), "renegotiate"), (draft_goal(), "edit"),
]  # fmt: skip


@pytest.mark.parametrize(("record", "act"), FORMS)
def test_every_field_has_a_label_and_every_note_is_there(record, act):
    """Ids are said once, labels and descriptions point at what exists, and every leaf has its name on the page."""
    form = act_form(record, act)
    page = Page(fields(form))
    assert len(set(page.ids)) == len(page.ids)
    assert set(page.described) <= set(page.ids)
    assert set(page.named.values()) == set(page.labels)
    assert {
        it.name for it in form.every() if not it.fields and it.kind not in {"list", "group", "ref", "hidden"}
    } <= set(page.named)


def refused(**sent):
    """Give a form that was refused, what is told of it, and what was sent."""
    talk = planned_talk()
    form = act_form(talk, "schedule", by=OLE)
    told = by_field(talk.would("schedule", **arguments(talk, "schedule", sent, "UTC"), by=OLE, at=at(0)), sent, form)
    return form, told, sent


def test_what_is_wrong_stands_at_its_field_and_in_the_summary():
    """Described by it, and led to."""
    sent = {"slot.start": "2026-08-27T09:00", "slot.minutes": "5", "slot.place": 'a "b" <i>'}
    form, told, sent = refused(**sent)
    html = fields(form, told, sent)
    assert 'aria-describedby="f-slot-minutes-error" aria-invalid="true"' in html
    assert 'value="a &quot;b&quot; &lt;i&gt;"' in html
    assert '<a href="#f-slot-minutes">Minutes</a>' in summary(form, told)
    assert summary(form, {}) == ""
    assert "<a" not in summary(form, {"": told["slot.minutes"]})
    assert html.__html__() == str(html)
    assert isinstance(html, Markup)


def test_rows_that_were_sent_come_again_and_an_empty_one():
    """As many as there were; a folded group with something in it is open."""
    sent = {"outcomes[0].kind": "goal", "outcomes[0].id": "g-1", "outcomes[2].id": "g-3"}
    html = fields(act_form(planned_talk(), "finish"), {}, sent)
    assert 'name="outcomes[3].id"' in html
    assert 'name="outcomes[4].id"' not in html
    assert html.count("<details open>") == 1
    assert '<option value="goal" selected>' in html
    assert 'name="outcomes[1].id"' in fields(act_form(planned_talk(), "finish"), spare=2)


def test_what_there_is_to_choose_from():
    """People in a list, suggestions for a text; what is held and is none of them stays."""
    offered = [Option(ANNA, "Anna"), Option(OLE, "Ole")]
    html = fields(act_form(Interview, "plan"), {}, {"coachee": "somebody", "kind": ["annual"]}, offer=lambda _: offered)
    assert '<option value="somebody" selected>somebody</option>' in html
    assert '<input id="f-previous" name="previous" aria-describedby="f-previous-help" type="text"' in html
    assert '<datalist id="f-previous-list">' in html
    assert '<option value="annual" selected>' in html


def test_boxes_and_line_ends():
    """A box after what stands for one that is not ticked; a first empty line is kept."""
    html = fields(act_form(planned_talk(), "say"), {}, {"open": ["", "on"], "text": "\n\na"})
    assert 'name="open" value=""><input type="checkbox"' in html
    assert " checked>" in html
    assert ">\n\n\na</textarea>" in html
    assert " checked" not in fields(act_form(planned_talk(), "say"))


def test_no_list_has_more_rows_than_it_may():
    """However many a page claims to have sent."""
    html = fields(act_form(planned_talk(), "say"), {}, {"tags[999]": "x"})
    assert 'name="tags[999]"' in html
    assert 'name="tags[1000]"' not in html


def test_in_another_language():
    """Labels, help, choices, what is wrong, and the words of the page itself."""
    sv, form, sent = texts_in("sv"), act_form(Interview, "plan"), {"kind": "yearly"}
    found = Interview.would_new("plan", "i-1", by=ANNA, at=at(0), coachee=ANNA, **arguments(Interview, "plan", sent))
    told = by_field(found, sent, form)
    html = fields(form, told, sent, texts=sv)
    assert ("Medarbetare" in html, "Årligt medarbetarsamtal" in html, "(måste anges)" in html) == (True, True, True)
    assert escape(sv.mend(rule("V012"))) in html
    assert "<h2>Det går inte ännu</h2>" in summary(form, told, texts=sv)
    assert "<h2>Nej</h2>" in summary(form, told, texts=sv, heading="Nej")


def test_the_id_of_a_part_is_sent_again_and_shown_to_nobody():
    """So that the row stays the same part; a new row has none."""
    path = draft_path().edit(steps=[{"id": "s-1", "order": 1, "kind": "project", "title": "Lead"}], by=ANNA, at=at(1))
    html = fields(act_form(path, "edit", by=ANNA))
    assert '<input type="hidden" name="steps[0].id" value="s-1">' in html
    assert "steps[1].id" not in html
    assert "steps[1].title" in html


def test_an_hour_that_comes_twice_can_be_chosen():
    """As one of two; what was chosen is no local time any more, and stays."""
    form, _, sent = refused(**{"slot.start": "2026-10-25T02:30", "slot.minutes": "5", "slot.place": "here"})
    given = arguments(planned_talk(), "schedule", sent, "Europe/Stockholm")
    html = fields(form, by_field(planned_talk().would("schedule", **given, by=OLE, at=at(0)), sent, form), sent)
    assert '<option value="2026-10-25T02:30" selected>' in html
    assert '<option value="2026-10-25T02:30:00+01:00">2026-10-25 02:30:00 +01:00</option>' in html
    again = fields(form, {}, sent | {"slot.start": "2026-10-25T02:30:00+01:00"})
    assert 'type="text" value="2026-10-25T02:30:00+01:00"' in again
