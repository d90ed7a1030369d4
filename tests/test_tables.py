"""Every table, against the copy written by hand from the domain in tests/tables, and against what records do."""

import importlib
from functools import cache
from typing import Any

import pytest
from hypothesis import Phase, find, settings

from coaching.codec import dumps
from coaching.kernel.lifecycle import ANYONE, START, Lifecycle
from coaching.records import RECORDS
from coaching.records.commitments import COMMITMENT
from stage import ANNA, OLE, STRANGER, at, on
from stage.everything import STRATEGIES, Kind, drawn, each_kind, given_to, module_of, people_of
from stage.interviews import open_talk
from stage.moves import asked

GOLDEN = {kind: importlib.import_module(f"tables.{module_of(kind)}") for kind in RECORDS}
COMMITMENTS: Any = importlib.import_module("tables.commitments")


def as_data(table: Lifecycle) -> set[tuple[str, str | None, str, frozenset[str]]]:
    """A table as the copies by hand are written."""
    who = {(row.act, source): frozenset(role.name for role in row.who) for row in table.rows for source in row.sources}
    return {(act, source, target, who[act, source]) for act, source, target in table.steps()}


def closed(table: Lifecycle) -> set[tuple[str, str, str]]:
    """The doors that a table closes on purpose, with the rule that says so."""
    return {(act, state, code) for (act, state), code in table.shut.items()}


@cache
def rare() -> tuple[Any, ...]:
    """What is seldom drawn: promises, and promises that were kept, in talks and moves that came to nothing."""
    talk = open_talk().promise("c-9", "Find out", on(60), to=ANNA, by=OLE, at=at(30))
    move = asked().promise("c-1", "Hand over", on(60), to=OLE, by=ANNA, at=at(2))
    found: list[Any] = []
    for begun in (talk, talk.fulfil("c-9", "Found out", by=OLE, at=at(30))):
        later = begun.adjourn({"start": at(40), "minutes": 60, "place": "Room 4"}, by=OLE, at=at(30))
        missed = later.miss(ANNA, "Ill", by=OLE, at=at(41))
        found += [begun, later, missed, later.cancel("She moved away", by=ANNA, at=at(31))]
    for handed in (move, move.fulfil("c-1", "Handed over", by=ANNA, at=at(2))):
        found += [handed, handed.decline("No", on(99), by=OLE, at=at(3)), handed.withdraw(by=ANNA, at=at(3))]
    return tuple(found)


@cache
def standing(kind: Kind, state: str, act: str | None = None) -> Any:
    """The smallest record in a state in which somebody may do an act (or in any case, where none is named)."""

    def fits(record: Any) -> bool:
        return record.state == state and (act is None or any(act in record.acts_for(p) for p in people_of(record)))

    found = next(filter(fits, (*drawn(kind), *(record for record in rare() if type(record) is kind))), None)
    if found is None:
        tries = settings(max_examples=5_000, database=None, deadline=None, phases=[Phase.generate], derandomize=True)
        found = find(STRATEGIES[kind](state=state), fits, settings=tries)
    return found


@each_kind
def test_the_table_is_the_one_written_by_hand(kind: Kind):
    """Every act with its states and who may do it, no more and no less; and the doors closed on purpose."""
    assert as_data(kind.lifecycle) == GOLDEN[kind].GOLDEN
    assert closed(kind.lifecycle) == GOLDEN[kind].SHUT


@each_kind
def test_new_revisions_are_those_written_by_hand(kind: Kind):
    """The acts that change what is signed, or void it."""
    revises = {(row.act, source) for row in kind.lifecycle.rows for source in row.sources if row.revises}
    assert revises == getattr(GOLDEN[kind], "REVISES", revises)


def test_the_little_table_of_commitments_is_the_one_written_by_hand():
    """A promise has a table of its own, inside that of the record it is in."""
    assert as_data(COMMITMENT) == COMMITMENTS.GOLDEN
    assert closed(COMMITMENT) == COMMITMENTS.SHUT


def pairs(*, inside: bool) -> list[Any]:
    """Every act with every state of its record: those that the table written by hand has, or those that it has not."""
    found = []
    for kind in RECORDS:
        table = {(act, state) for act, state, _, _ in GOLDEN[kind].GOLDEN if state is not START}
        for act in sorted({act for act, _, _, _ in GOLDEN[kind].GOLDEN}):
            states = [state for state in kind.lifecycle.states if ((act, state) in table) is inside]
            found += [pytest.param(kind, act, state, id=f"{kind.type}-{act}-{state}") for state in states]
    return found


@pytest.mark.parametrize(("kind", "act", "state"), pairs(inside=False))
def test_what_the_table_does_not_have_is_refused(kind: Kind, act: str, state: str):
    """By V010, or by the rule that closes this door; whoever tries, and the record stays as it was."""
    codes = {code for a, s, code in GOLDEN[kind].SHUT if (a, s) == (act, state)} or {"V010"}
    record = standing(kind, state)
    before = dumps(record)
    begins = all(source is START for a, source, _, _ in GOLDEN[kind].GOLDEN if a == act)
    for by in [*people_of(record), STRANGER]:
        given = {} if begins else given_to(record, act)
        found = record.would(act, by=by, at=record.history[-1].at, **given)
        assert codes <= {finding.code for finding in found}
        assert act not in record.acts_for(by)
    assert dumps(record) == before


@pytest.mark.parametrize(("kind", "act", "state"), pairs(inside=True))
def test_a_stranger_is_refused(kind: Kind, act: str, state: str):
    """By the rule that the line names, also where much else is wrong; unless it is for the administration."""
    row = kind.lifecycle.find(act, state)
    record = standing(kind, state, act)
    before = dumps(record)
    found = record.would(act, by=STRANGER, at=record.history[-1].at, **given_to(record, act))
    if ANYONE in row.who:
        assert not {finding.code for finding in found if finding.path == "by"}
    else:
        assert row.code in {finding.code for finding in found}
        assert act not in record.acts_for(STRANGER)
    assert dumps(record) == before


@pytest.mark.parametrize("state", COMMITMENT.states)
@pytest.mark.parametrize("act", [act for act in COMMITMENT.acts if act != "promise"])
def test_a_promise_is_kept_as_its_own_table_says(act: str, state: str):
    """Where a promise does not allow an act, V010 says so, whatever the record allows."""
    allowed = (act, state) in {(a, source) for a, source, _, _ in COMMITMENTS.GOLDEN}
    seen = 0
    for kind in RECORDS:
        for record in drawn(kind):
            if record.lifecycle.find(act, record.state) is None:
                continue
            for part in getattr(record, "commitments", ()):
                if part.state == state:
                    given = {**given_to(record, act), "commitment": part.id}
                    by = next(p for row in COMMITMENT.rows if row.act == act for p in row.who[0].holders(record, part))
                    found = record.would(act, by=by, at=record.history[-1].at, **given)
                    assert ("V010" not in {finding.code for finding in found}) is allowed
                    seen += 1
    assert seen
