"""Making records of documents: the fast way gives to the byte what `Record.import_` gives, and refuses what it refuses."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching import Goal, Organisation, Person, Record, Rejected, verify
from coaching.bulk.making import LATE, check, take_over
from coaching.codec import dumps, loads, unstructure
from coaching.kernel.classes import model_of
from stage import at, codes, refused
from stage.everything import STRATEGIES, Kind, each_kind
from stage.nasty import PLAIN, as_json

TAKEN = {"by": "hr-1", "at": at(4000), "source": "ours.csv"}
HEM = b'{"type":"organisation","schema":1,"id":"hem","state":"known","name":"Hem AB","kinds":["employer"]}'


def as_told(record: Record, **changes: Any) -> bytes:
    """The document of a record without its history, some fields said otherwise; MISSING ones are left out."""
    told = {**unstructure(record), **changes}
    return as_json({name: value for name, value in told.items() if name != "history" or name in changes})


def imported(record: Record, **changes: Any) -> bytes | tuple[Any, ...]:
    """What `import_` makes of the fields of a record, or what it says."""
    kept = {name: getattr(record, name) for name in model_of(type(record)).names if name != "history"}
    try:
        return dumps(type(record).import_(**{**kept, **TAKEN, "reason": "line 2", **changes}))
    except Rejected as refusal:
        return refusal.findings


def taken(*documents: bytes, **changes: Any) -> Any:
    """What the first of some documents came to."""
    return take_over(documents, **{**TAKEN, "reasons": ["line 2"] * len(documents), **changes})[0]


@each_kind
@given(data=st.data())
def test_what_is_taken_over_is_what_import_gives(kind: Kind, data: st.DataObject):
    """Byte for byte, in every state, and it verifies; checking finds nothing."""
    record = data.draw(STRATEGIES[kind](state=data.draw(st.sampled_from(kind.lifecycle.states))))
    document = as_told(record)

    line = taken(document)
    assert line == imported(record)
    assert isinstance(line, bytes)
    assert [found.code for found in verify(loads(line)) if found.code != "H003"] == []
    assert check([document], at=TAKEN["at"]) == check([document]) == [()]


@each_kind
@given(data=st.data())
def test_what_is_refused_is_what_import_refuses(kind: Kind, data: st.DataObject):
    """Whatever field says whatever: same findings, or the same bytes; and checking says what taking over says."""
    record = data.draw(STRATEGIES[kind](state=data.draw(st.sampled_from(kind.lifecycle.states))))
    names = [name for name in model_of(kind).names if name not in {"id", "state", "history"}]
    name = data.draw(st.sampled_from(names))
    other = getattr(data.draw(STRATEGIES[kind]()), name)
    swapped = model_of(kind).copy(record, {name: other})
    wrong = data.draw(st.sampled_from([*PLAIN.values()]))
    document = as_told(record, **{name: wrong})

    for when in (TAKEN["at"], at(-9000)):
        expected = imported(swapped, at=when)
        assert taken(as_told(swapped), at=when) == expected
        assert check([as_told(swapped)], at=when) == [() if isinstance(expected, bytes) else expected]

        came, said = taken(document, at=when), imported(record, **{name: wrong}, at=when)
        assert check([document], at=when) == [() if isinstance(came, bytes) else came]
        if isinstance(said, bytes):
            assert came == said


def test_all_that_is_wrong_is_said_at_once():
    """In fields, leaves, parts and rules, besides a reason that is none, and what the document is."""
    document = (
        b'{"type":"person","schema":2,"id":" ","state":"gone","colour":1,"employments":[{"from":"2024-02-30"}],'
        b'"history":[1],"positions":[{"id":"po-1","employer":"hem","title":"Smith","span":{"from":"2024-01-01"}}]}'
    )
    found = taken(document, reasons=[" "])
    assert [(it.code, it.path) for it in found] == [
        ("V016", "colour"), ("V015", "employments[0].from"), ("V016", "history"), ("V001", "id"), ("V002", "reason"),
        ("V018", "schema"), ("V012", "state"),
    ]  # fmt: skip
    assert {it.record for it in found} == {("person", "?")}


def test_a_refused_document_stops_no_other():
    """Each is a line, or what is wrong with it, in their order."""
    bad = [b"", b"[]", b"{}", b"\xff", b"[" * 200, HEM.replace(b":1,", b":2,"), HEM.replace(b'"hem"', b"7")]
    came = take_over([HEM, *bad, HEM], **TAKEN, reasons=["line 1"] * (len(bad) + 2))
    assert came[0] == came[-1] == imported(loads(came[0]), reason="line 1")
    assert [codes(it) for it in came[1:-1]] == [
        ["V018"], ["V018"], ["V014"], ["V018"], ["V018"], ["V018"], ["V015"]
    ]  # fmt: skip
    assert check([HEM, *bad]) == [(), *came[1:-1]]


def test_an_empty_history_is_none():
    """It says nothing; one with entries belongs to another way in."""
    assert taken(HEM.replace(b"{", b'{"history":[],', 1)) == taken(HEM)
    slow = HEM.replace(b"{", b'{"history":[],"kinds":["owner"],', 1)
    assert taken(slow) == taken(HEM)
    wrong = HEM.replace(b"{", b'{"history":[],', 1).replace(b"Hem AB", b"")
    assert codes(taken(wrong)) == ["O001"]
    whole = dumps(Organisation.import_("hem", state="known", name="Hem AB", kinds=("employer",), **TAKEN))
    assert [(it.code, it.path) for it in taken(whole)] == [("V016", "history")]


def test_free_names_are_written_as_the_record_has_them():
    """A number in `extra` has one way of being written, whatever the file wrote."""
    document = HEM.replace(b"}", b',"extra":{"cost":1e0}}')
    assert b'"extra":{"cost":1.0}' in taken(document)


def test_what_happened_later_than_the_taking_over_is_found_with_its_time():
    """Without a time there is no such thing."""
    goal = Goal.import_(
        "g-1", state="achieved", owner="p-1", title="Lead", result="Done", by="hr", source="x", at=at(9),
        progress=[{"at": at(8), "by": "p-1", "kind": "step", "text": "On"}],
    )  # fmt: skip
    document = as_told(goal)
    assert check([document]) == check([document], at=at(8)) == [()]
    assert [codes(found) for found in check([document], at=at(7))] == [["G010"]]
    assert codes(taken(document, at=at(7))) == ["G010"]


def test_the_time_is_written_as_import_writes_it():
    """With its offset as it is, also where two moments are one."""
    for hours in (0, 2):
        when = datetime(2026, 3, 2, 12 + hours, tzinfo=timezone(timedelta(hours=hours)) if hours else UTC)
        line = taken(HEM, at=when)
        assert line == imported(loads(line), at=when)


@pytest.mark.parametrize(
    ("given", "places"),
    [
        ({"by": " "}, [("V001", "by")]),
        ({"at": datetime(2026, 3, 2)}, [("V003", "at")]),
        ({"source": None}, [("V015", "source")]),
        ({"reasons": []}, [("V015", "reasons")]),
        ({"reasons": "line 2"}, [("V015", "reasons"), ("V015", "reasons")]),
        ({"documents": 7}, [("V015", "documents"), ("V015", "reasons")]),
        ({"documents": HEM}, [("V015", "documents"), ("V015", "reasons")]),
    ],
)
def test_what_cannot_be_asked_is_refused(given: dict[str, Any], places: list[tuple[str, str]]):
    """All at once, and before any document is looked at."""
    whole = {"documents": [HEM], "reasons": ["line 2"], **TAKEN, **given}
    found = refused(lambda: take_over(whole.pop("documents"), **whole))
    assert [(it.code, it.path) for it in found] == places


def test_what_cannot_be_checked_is_refused():
    """No list, and no moment."""
    assert codes(refused(lambda: check(None))) == ["V015"]
    assert codes(refused(lambda: check([HEM], at="now"))) == ["V015"]
    assert LATE.year == 9999
    assert [codes(found) for found in check([None, 7, "x"])] == [["V018"], ["V018"], ["V018"]]


def test_texts_serve_as_well_as_bytes():
    """What a caller holds as text is read the same."""
    assert taken(HEM.decode()) == taken(bytearray(HEM)) == taken(HEM)
    assert type(loads(taken(HEM))) is Organisation
    assert not issubclass(Organisation, Person)
