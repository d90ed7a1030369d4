"""Forms: texts of a page or of JSON, as the arguments of acts."""

import json
from datetime import date, datetime
from decimal import Decimal
from types import NoneType
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching import Goal, Interview, Person, Record
from coaching.codec import converter
from coaching.formats.asked import fields_of
from coaching.forms import arguments
from coaching.kernel.acting import OURS
from coaching.kernel.classes import model_of
from coaching.records import RECORDS
from stage import ANNA, OLE, at, codes, refused
from stage.everything import Kind, acting, beginnings, each_kind, few, takes
from stage.goals import draft_goal
from stage.interviews import planned_talk

plain = converter()


def as_sent(value: Any) -> Any:
    """A value as a page would send it: JSON, with texts for whole numbers as well."""
    sent = json.loads(json.dumps(plain.unstructure(value), default=str))
    return str(sent) if type(sent) is int else sent


@each_kind
@settings(max_examples=50)
@given(data=st.data())
def test_what_was_sent_does_what_was_meant(kind: Kind, data: st.DataObject):
    """Any act of any record, with all that is given to it, comes through a form as it was."""
    record, act = data.draw(acting(kind))
    beside = {*OURS, "newer"}  # what the program gives, and the other record of an act on two
    form = {name: as_sent(value) for name, value in act.given.items() if name not in beside}
    kept = {name: value for name, value in act.given.items() if name in beside}
    assert record.act(act.name, **arguments(record, act.name, form), **kept) == record.act(act.name, **act.given)


@each_kind
def test_who_acts_when_and_by_which_rules_is_never_taken_from_a_form(kind: Kind):
    """Nor is the id of what is new: whatever a page sends, each act of each kind gets none of them."""
    sent = dict.fromkeys(OURS, "words")
    assert sorted(OURS) == ["at", "by", "id", "new_id", "noted_by", "policy"]
    for record in (kind, *few(kind, 1)):
        for act in beginnings(kind) if record is kind else record.lifecycle.acts:
            assert arguments(record, act, {**sent, "colour": "red"}) == {"colour": "red"}


@each_kind
def test_every_argument_of_every_act_is_known(kind: Kind):
    """What may be left out is nothing where the field is empty; by kind as by record."""
    optional = 0
    for record in (kind, *few(kind, 1)):
        for act in beginnings(kind) if record is kind else record.lifecycle.acts:
            hints = takes(record, act)
            read = arguments(record, act, dict.fromkeys(hints, ""))
            free = {name for name, hint in hints.items() if NoneType in get_args(hint)} - OURS
            assert {name for name, value in read.items() if value is None} == free
            optional += len(free)
    assert optional


@pytest.mark.parametrize(
    ("kind", "act", "name", "sent", "read"),
    [
        (Interview, "plan", "due_on", "2026-09-30", date(2026, 9, 30)),
        (Interview, "plan", "due_on", "30 September", "30 September"),
        (Interview, "plan", "due_on", "1790000000", "1790000000"),
        (Interview, "plan", "cycle", "2026", "2026"),
        (Interview, "import", "invited_at", "2026-08-27T09:00:00+02:00", datetime.fromisoformat("2026-08-27T09:00+02:00")),
        (Interview, "import", "invited_at", "1790000000", "1790000000"),
        (Interview, "plan", "kind", "annual", "annual"),
        (Interview, "import", "follow_up_on", "2026-09-30", date(2026, 9, 30)),
        (Interview, "import", "state", "held", "held"),
        (Interview, "say", "open", "true", True),
        (Interview, "say", "tags", ["dream", ""], ("dream",)),
        (Interview, "say", "vital", "", None),
        (Person, "reimport", "name", "", ""),
        (Interview, "import", "invited_at", "2026-08-27T09:00+02:00", datetime.fromisoformat("2026-08-27T09:00+02:00")),
        (Interview, "import", "invited_at", "2026-08-27T09:00Z", datetime.fromisoformat("2026-08-27T09:00+00:00")),
        (Interview, "import", "invited_at", "2026-08-27T09:00", datetime(2026, 8, 27, 9)),
        (Goal, "invest", "amount", "3.50", Decimal("3.50")),
        (Goal, "invest", "amount", "a lot", "a lot"),
        (Goal, "invest", "colour", "red", "red"),
        (Goal, "no such act", "colour", "2026-09-30", "2026-09-30"),
        (Goal, "begin", "serves", [{"kind": "need", "id": "n-1", "colour": "1"}], ({"kind": "need", "id": "n-1", "colour": "1"},)),
    ],
)  # fmt: skip
def test_what_a_text_is_read_as(kind: Kind, act: str, name: str, sent: Any, read: Any):
    """As in documents; a number is no moment, and what cannot be read is left for the act."""
    (value,) = arguments(kind, act, {name: sent}).values()
    assert (value, type(value)) == (read, type(read))


def test_what_cannot_be_read_is_refused_by_the_act():
    """At its place, with all else that is wrong."""
    sent = {"slot": {"start": "soon", "minutes": "5", "place": " "}}
    found = planned_talk().would("schedule", by=OLE, at=at(1), **arguments(planned_talk(), "schedule", sent))
    assert [(f.code, f.path) for f in found] == [
        ("I003", "slot.minutes"),
        ("I003", "slot.place"),
        ("V015", "slot.start"),
    ]


@pytest.mark.parametrize(
    ("record", "act", "sent", "wrong"),
    [
        (draft_goal(), "promise", {"id": "", "text": "", "due": ""}, [("V014", "due"), ("V014", "text")]),
        (planned_talk(), "schedule", {"slot": ""}, [("V014", "slot")]),
        (planned_talk(), "schedule", {"slot": {"start": "", "minutes": "60", "place": ""}},
         [("I003", "slot.place"), ("I003", "slot.start")]),
        (planned_talk(), "schedule", {"slot": {"start": "2026-08-27T09:00", "minutes": "60", "place": "Room 4"}},
         [("V003", "slot.start")]),
        (planned_talk(), "schedule", {"slot": {"start": "2026-08-27T09:00+02:00", "minutes": "60", "place": "Room 4"}},
         []),
    ],
)  # fmt: skip
def test_an_empty_field_that_is_asked_for_was_not_given(record: Any, act: str, sent: Any, wrong: Any):
    """V014, or the rule of its own, whatever it would hold; a moment without offset is V003, without seconds it is one."""
    ids = {"id": "c-9"} if act == "promise" else {}
    found = record.would(act, **arguments(record, act, sent), **ids, by=record.history[0].by, at=at(1))
    assert [(f.code, f.path) for f in found] == wrong


def test_an_empty_field_that_has_a_default_is_left_to_it():
    """Unless a text may stand there."""
    sent = {"text": "Yes", "kind": "note", "open": "", "tags": "", "vital": ""}
    read = arguments(Interview, "say", sent)
    assert read == {"text": "Yes", "kind": "note", "open": False, "tags": (), "vital": None}


@pytest.mark.parametrize("form", [None, "a", 7, [("a", 1)]])
def test_a_form_is_a_mapping(form: Any):
    """Of names to values."""
    assert codes(refused(lambda: arguments(draft_goal(), "edit", form))) == ["V015"]


@pytest.mark.parametrize("record", [None, "goal", 7, Record, dict, {}, Goal.begin])
def test_a_form_is_for_a_record_or_a_kind_of_record(record: Any):
    """Nothing else has acts."""
    (wrong,) = refused(lambda: arguments(record, "edit", {}))
    assert (wrong.code, wrong.path) == ("V015", "record")


@pytest.mark.parametrize("act", [None, 7, [], "__init__", "revision", "lifecycle", "would"])
def test_what_is_no_act_is_left_to_the_record(act: Any):
    """Which says that there is none."""
    assert arguments(draft_goal(), act, {"due": "2026-09-30"}) == {"due": "2026-09-30"}
    assert codes(draft_goal().would(act, **arguments(draft_goal(), act, {"due": "2026-09-30"}), by=ANNA, at=at(1)))
    assert len(RECORDS) == 9


@each_kind
def test_no_part_that_a_form_gives_holds_who_said_it(kind: Kind):
    """But where what others said is corrected, or taken over, as a whole: `amend` and `import`."""
    for act in kind.lifecycle.acts:
        for name, field in fields_of(kind, act).items():
            if hasattr(field.kind, "__model__") and not issubclass(field.kind, Record):
                inner = {f.name for f in model_of(field.kind).fields.values() if f.kind is datetime}
                inner |= {"by", "at", "speaker", "author", "seen_by", "digest"} & {*model_of(field.kind).names}
                assert not inner - {"start"} or act == "amend", (act, name, inner)
