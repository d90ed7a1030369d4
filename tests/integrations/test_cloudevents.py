"""Events of what acts did: one an act, the same each time, read by the library of others, and no words unless asked."""

import json
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from cloudevents.core.formats.json import JSONFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching import Book, Goal, Interview, Person, codec
from coaching.integrations.cloudevents import as_json, events
from coaching.privacy import erase
from coaching.testing import books, histories
from stage import ANNA, EVA, OLE, at, codes, on, refused
from stage import goals as goal
from stage import interviews as talk
from stage import people as person
from stage.book import someone
from stage.everything import Kind, each_kind
from stage.logs import noted

HERE = "https://hr.bruk.example/coaching"


def told(before: Any, after: Any, **given: Any) -> list[str]:
    """The types of events and what each is about; each is read by the library of the specification on the way."""
    found = events(before, after, source=HERE, **given)
    for event in found:
        read = JSONFormat().read(None, as_json(event))
        assert (read.get_specversion(), read.get_source(), read.get_id()) == ("1.0", HERE, event["id"])
        assert (read.get_type(), read.get_subject()) == (event["type"], event["subject"])
        assert read.get_time().utcoffset().total_seconds() == 0
        assert read.get_data()["day"] == event["data"]["day"]
    assert len({event["id"] for event in found}) == len(found)
    return [f"{event['type']} {event['subject']}" for event in found]


class TestRecords:
    """What happened between one record and what became of it."""

    def test_each_act_is_an_event(self):
        """Several at once, in their order; none where nothing happened."""
        before = talk.planned_talk()
        after = talk.scheduled_talk().prepare("About moving house", by=ANNA, at=at(1))
        assert told(before, after) == [
            "coaching.interview.schedule interview/i-1",
            "coaching.interview.prepare interview/i-1",
        ]
        assert told(None, before) == ["coaching.interview.plan interview/i-1"]
        assert told(after, after) == []
        first, _ = events(before, after, source=HERE)
        assert (first["time"], first["datacontenttype"]) == ("2026-03-02T12:00:00Z", "application/json")
        assert first["data"] == {
            "type": "interview", "id": "i-1", "act": "schedule", "was": "planned", "state": "scheduled", "revision": 1,
            "by": OLE, "day": "2026-03-02",
        }  # fmt: skip

    def test_what_is_aside_is_no_act(self):
        """What the house keeps for itself leaves no entry, and no event."""
        assert told(talk.planned_talk(), talk.planned_talk().with_extra({"case": 4711}).keep(on(400))) == []

    def test_a_record_goes_with_its_last_event_alone(self):
        """It is not known how it stood before; numbers are as exact as in its document."""
        record = goal.agreed_goal().with_extra({"case": Decimal("0.100000000000001")})
        *others, last = events(None, record, source=HERE, data="record")
        assert others
        assert not [event for event in others if "record" in event["data"]]
        sent = json.loads(as_json(last), parse_float=Decimal)
        assert codec.structure(sent["data"]["record"]) == record

    @each_kind
    @settings(max_examples=10)
    @given(data=st.data())
    def test_in_one_go_or_act_by_act(self, kind: Kind, data: st.DataObject):
        """The same events, and not a word of the record in any."""
        deeds = data.draw(histories(kind, acts=2))
        record, _ = noted(kind, deeds)
        whole = events(None, record, source=HERE)
        before, single = None, []
        for n in range(1, len(record.history) + 1):
            after, _ = noted(kind, deeds[:n])
            single += events(before, after, source=HERE)
            before = after
        assert tuple(single) == whole
        assert events(None, record, source=HERE) == whole
        assert told(None, record) == [f"coaching.{kind.type}.{e.act} {kind.type}/{record.id}" for e in record.history]
        for event, entry in zip(whole, record.history, strict=True):
            known = {kind.type, record.id, entry.act, entry.by, entry.at.date().isoformat(), *kind.lifecycle.states}
            assert {it for it in event["data"].values() if isinstance(it, str)} <= known


class TestBooks:
    """What happened between two books: in every record that changed."""

    def test_an_act_and_what_follows_from_it(self):
        """In the order of time; who was taken out has no event, since nobody acted on them."""
        book = Book([someone(ANNA), someone(OLE), someone(EVA), talk.scheduled_talk()])
        new = book.act("i-1", "cancel", reason="Anna is ill", by=OLE, at=at(3))
        new = new.new(Goal, "begin", "g-1", title="Lead a pilot line", by=ANNA, at=at(2))
        assert told(book, new) == ["coaching.goal.begin goal/g-1", "coaching.interview.cancel interview/i-1"]
        assert told(book, new.remove(new.get(Interview, "i-1"))) == ["coaching.goal.begin goal/g-1"]
        assert told(None, Book([someone(ANNA)]))[0] == f"coaching.person.register person/{ANNA}"

    def test_somebody_with_another_id(self):
        """Goes on under it, even when it changed twice; so does whom they manage, who kept theirs."""
        book = Book([person.employed(), someone(OLE)])
        given: Any = {"by": "hr", "at": at(9), "reason": "one system"}
        once = book.renumber(ANNA, "a-1", **given)
        assert told(book, once) == ["coaching.person.rename person/a-1"]
        new = once.renumber(OLE, "o-1", **given).renumber("a-1", "a-2", **given)
        anna, ole = "coaching.person.rename person/a-2", "coaching.person.rename person/o-1"
        assert sorted(told(book, new)) == [anna, anna, anna, ole]
        assert told(book.get(Person, ANNA), new.get(Person, "a-2")) == [anna, anna, anna]

    def test_an_erasure_is_told_and_names_stay(self):
        """The id of an event says nothing about words, so it need not go with them."""
        book = Book([person.gone(), someone(OLE), talk.planned_talk().schedule(talk.SLOT, by=ANNA, at=at(1))])
        gone, _ = erase(book, ANNA, on(400), by="hr", at=at(400))
        assert set(told(book, gone)) == {
            f"coaching.person.erase person/{ANNA}",
            "coaching.interview.erase interview/i-1",
        }
        before, after = (events(None, it, source=HERE) for it in (book, gone))
        assert [event["id"] for event in after[: len(before)]] == [event["id"] for event in before]

    @given(books(most=2))
    def test_every_act_of_a_book_is_told_once(self, book: Book):
        """And twice the same."""
        assert len(told(None, book)) == sum(len(record.history) for record in book)
        assert told(book, book) == []
        assert events(Book(), book, source=HERE, data="record") == events(None, book, source=HERE, data="record")


class TestRefusals:
    """What cannot be told is said."""

    @pytest.mark.parametrize(
        ("before", "after", "given", "wrong"),
        [
            (None, "goal", {}, ["V015 after: 'goal' is no record or book"]),
            (Book(), goal.draft_goal(), {}, ["V015 before: a Book is no record"]),
            (goal.draft_goal(), Book(), {}, ["V015 before: a Goal is no book"]),
            (talk.planned_talk(), goal.draft_goal(), {}, ["V015 before: a Interview is no earlier state of goal g-1"]),
            (
                goal.draft_goal(),
                evolve(goal.draft_goal(), id="g-2"),
                {},
                ["V015 before: a Goal is no earlier state of goal g-2"],
            ),
            (goal.ready_goal(), goal.draft_goal(), {}, ["V015 before: a Goal is no earlier state of goal g-1"]),
            (
                talk.planned_talk().cancel("No", by=ANNA, at=at(1)),
                talk.scheduled_talk(),
                {},
                ["V015 before: a Interview is no earlier state of interview i-1"],
            ),
            (
                None,
                goal.draft_goal(),
                {"source": "our house", "data": "words"},
                ["V012 data: 'words' is none of: states, record", "V006 source: 'our house' is no URI reference"],
            ),
            (None, goal.draft_goal(), {"source": ""}, ["V006 source: '' is no URI reference"]),
            (None, goal.draft_goal(), {"source": None}, ["V006 source: None is no URI reference"]),
        ],
    )
    def test_what_did_not_come_of_the_other(self, before, after, given, wrong):
        """Nor what is no record, no source and no choice."""
        asked = {"source": HERE, **given}
        found = refused(lambda: events(before, after, **asked))
        assert [f"{f.code} {f.path}: {f.message}" for f in found] == wrong

    def test_what_is_no_event(self):
        """Nor anything that JSON knows."""
        assert codes(refused(lambda: as_json(["1.0"]))) == ["V015"]
        assert codes(refused(lambda: as_json({"data": object()}))) == ["V015"]
