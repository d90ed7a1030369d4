"""Laws of acts: a record never changes, asking tells what doing does, and no row of acts leads to a broken record."""

import copy
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from coaching import Finding, Record, Rejected, verify
from coaching.codec import dumps, loads
from coaching.kernel.lifecycle import IMPORT, SAME, START
from coaching.testing.walks import Stage
from stage import STRANGER
from stage.everything import (
    ARGUMENTS,
    DRAWN,
    READY,
    Kind,
    beginnings,
    drawn,
    each_kind,
    few,
    given_to,
    given_to_new,
    people_of,
    takes,
)
from stage.nasty import VALUES

DAYS = (date(2024, 1, 8), date(2030, 1, 1))


def results(done: Any) -> tuple[Record, ...]:
    """What came of an act: one record, or two."""
    return done if isinstance(done, tuple) else (done,)


def is_sound(record: Record) -> None:
    """It can be written and read, every link verifies, and it can be asked anything."""
    assert loads(dumps(record)) == record
    assert verify(record) == ()
    assert record.state in record.lifecycle.states
    for day in DAYS:
        assert all(isinstance(found, Finding) for found in record.findings(day))
    for turn in record.awaits():
        assert turn.act in record.acts_for(turn.person)


def walked(record: Record) -> list[tuple[str, str | None, str]]:
    """The steps of a history."""
    states: list[str | None] = [START, *(entry.state for entry in record.history)]
    return [(e.act, source, e.state) for e, source in zip(record.history, states, strict=False)]


# --- histories -------------------------------------------------------------------------------------------------------


@each_kind
def test_a_history_is_a_walk_through_the_table_in_order(kind: Kind):
    """It begins with an act that begins, takes only steps of the table, in time order, and ends where the record stands."""
    table = {*kind.lifecycle.steps(), *((IMPORT, START, state) for state in kind.lifecycle.states)}
    for record in drawn(kind):
        assert set(walked(record)) <= table
        assert record.history[-1].state == record.state
        assert record.history[-1].revision == record.revision
        times = [entry.at for entry in record.history]
        assert times == sorted(times)
        digests = [entry.digest for entry in record.history]
        assert len(set(digests)) == len(digests)


# --- what is wrong with an argument ----------------------------------------------------------------------------------


class Strange:
    """What no argument may be."""


def named(found: tuple[Finding, ...], name: str) -> bool:
    """Whether something is said of an argument, or of a part of it."""
    return any(f.path == name or f.path.startswith((f"{name}.", f"{name}[")) for f in found)


@each_kind
def test_what_is_wrong_with_an_argument_is_said_by_its_name(kind: Kind):
    """A form shows it at the field where it was typed, and knows no other; somewhere, for each argument of each act."""
    silent, first = set[tuple[str, str]](), {"by": "p-1", "at": drawn(kind)[0].history[0].at}
    for act in beginnings(kind):
        for name in {*takes(kind, act)} - {"id"}:
            if not named(kind.would_new(act, "x-1", **{**given_to_new(kind, act), name: Strange(), **first}), name):
                silent.add((act, name))
    told = set[tuple[str, str]]()
    later = {
        act for act in kind.lifecycle.acts if kind.lifecycle.find(act, START) is None and takes(drawn(kind)[0], act)
    }
    for record in (record for number in (DRAWN, 3 * DRAWN) for record in drawn(kind, number)):
        if silent <= told and later <= {act for act, _ in told}:
            break
        for by in people_of(record):
            for act in record.acts_for(by):
                names = {name for name in takes(record, act) if (act, name) not in told}
                given_ = {**given_to(record, act), "by": by, "at": record.history[-1].at} if names else {}
                for name in names:
                    found = record.would(act, **{**given_, name: Strange()})
                    (told if named(found, name) else silent).add((act, name))
    assert silent - told == set()


# --- doing and asking ------------------------------------------------------------------------------------------------


def something_sensible(draw: Any, record: Any) -> tuple[Record, str, dict[str, Any]] | None:
    """An act that somebody may do now, with arguments that make sense; and the record made ready for it."""
    open_now = [(a, p) for p in people_of(record) for a in record.acts_for(p) if a in ARGUMENTS[type(record)]]
    if not open_now:
        return None
    act, by = draw(st.sampled_from(open_now))
    stage = Stage(draw)
    stage.now = record.history[-1].at
    for gate in (act, *(f"{act}>{state}" for state in record.lifecycle.states)):
        if gate in READY.get(type(record), {}) and record.lifecycle.find(act, record.state).target(SAME) != SAME:
            record = READY[type(record)][gate](stage, record)
    given_ = ARGUMENTS[type(record)][act](stage, record, by)
    return None if given_ is None else (record, act, {**given_, "by": by, "at": stage.later()})


def something_else(draw: Any, record: Any) -> tuple[Record, str, dict[str, Any]]:
    """Any act by anybody at any time, with arguments of the right types; whether it is allowed is open."""
    acts = [act for act in record.lifecycle.acts if not _only_begins(record, act)]
    act = draw(st.sampled_from(acts))
    by = draw(st.sampled_from([*people_of(record), STRANGER]))
    at = record.history[-1].at + timedelta(days=draw(st.sampled_from([0, 1, 30, 400, -1])))
    return record, act, {"by": by, "at": at, **given_to(record, act, lambda options: draw(st.sampled_from(options)))}


def _only_begins(record: Any, act: str) -> bool:
    return all(row.sources == (START,) for row in record.lifecycle.rows if row.act == act)


def try_to(record: Any, act: str, given_: dict[str, Any]) -> tuple[Record, ...]:
    """Ask for an act and do it, and hold it to the laws; what came of it, and nothing when it was refused."""
    before, hashed, arguments = dumps(record), hash(record), copy.deepcopy(given_)
    foretold = record.would(act, **given_)
    try:
        done = results(record.act(act, **given_))
    except Rejected as refusal:
        assert refusal.findings
        assert foretold == refusal.findings
        done = ()
    else:
        assert foretold == ()
    assert (dumps(record), hash(record)) == (before, hashed)
    assert given_ == arguments
    if done:
        new = done[0]
        assert type(new) is type(record)
        assert new.history[:-1] == record.history
        assert (new.history[-1].act, new.history[-1].by, new.history[-1].at) == (act, given_["by"], given_["at"])
        assert (act, record.state, new.state) in set(record.lifecycle.steps())
        assert act in record.acts_for(given_["by"])
        assert results(record.act(act, **given_)) == done
    return done


@each_kind
@given(data=st.data())
def test_no_row_of_acts_leads_to_a_broken_record(kind: Kind, data: st.DataObject):
    """Whatever is tried, sensible or not: it is done or refused, as `would` foretold, and what stands is sound.

    An act never changes the record it is done on, nor what it was given. Only who may do it by `acts_for` does it.
    """
    record = data.draw(st.sampled_from(drawn(kind)))
    for _ in range(data.draw(st.integers(1, 6))):
        tried = something_sensible(data.draw, record) if data.draw(st.booleans()) else None
        ready, act, given_ = tried or something_else(data.draw, record)
        note(f"{act} {given_}")
        done = try_to(ready, act, given_)
        assert done or tried is None or act in {"sign", "finish"}, "what makes sense was refused"
        for new in done:
            is_sound(new)
        record = done[0] if done else ready


@each_kind
@given(data=st.data())
def test_what_is_begun_is_sound(kind: Kind, data: st.DataObject):
    """A record begun with any arguments of the right types is sound, or refused as `would_new` foretold."""

    def choose(options: list[Any]) -> Any:
        return data.draw(st.sampled_from(options))

    act = choose(beginnings(kind))
    given_ = {"by": choose(["p-1", STRANGER]), "at": choose(list(drawn(kind)[:9])).history[-1].at}
    given_ |= given_to_new(kind, act, choose)
    note(f"{act} {given_}")
    foretold = kind.would_new(act, "x-1", **given_)
    try:
        new = kind.new(act, "x-1", **given_)
    except Rejected as refusal:
        assert refusal.findings == foretold != ()
    else:
        assert foretold == ()
        is_sound(new)


# --- hostile ---------------------------------------------------------------------------------------------------------


def done_or_refused(do: Any) -> None:
    """An act is done, and leaves a record that can be written and read; or it is refused. Never another error."""
    try:
        done = do()
    except Rejected as refusal:
        assert refusal.findings
        assert str(refusal)
        assert refusal.as_dicts()
    else:
        for new in results(done):
            assert loads(dumps(new)) == new
            for day in (date.min, *DAYS, date.max):
                new.findings(day)
            for turn in new.awaits():
                assert turn.act in new.acts_for(turn.person)


@cache
def every_act(kind: Kind) -> tuple[tuple[Record, str, dict[str, Any], tuple[str, ...]], ...]:
    """Each act in each state from which it leads, and in one from which it does not: what it is given, and what it takes."""
    found, shut = [], set[str]()
    for record in few(kind, 1):
        for act in record.lifecycle.acts:
            leads = record.lifecycle.find(act, record.state) is not None
            if _only_begins(record, act) or (act in shut and not leads):
                continue
            shut |= set() if leads else {act}
            may = [p for p in people_of(record) if (act in record.acts_for(p) if leads else record._takes_part(act, p))]
            given_ = {"by": (*may, STRANGER)[0], "at": record.history[-1].at, **given_to(record, act)}
            found.append((record, act, given_, tuple(takes(record, act))))
    return tuple(found)


@each_kind
@pytest.mark.parametrize("name", VALUES)
def test_no_value_makes_an_act_fail_otherwise_than_by_refusing(kind: Kind, name: str):
    """Each argument of each act replaced by a nasty value: done or refused, never another error."""
    value = VALUES[name]
    for record, act, given_, taken in every_act(kind):
        for argument in (*taken, "by", "at", "policy", "colour"):  # no act has the last two for itself
            done_or_refused(lambda: record.act(act, **{**given_, argument: value}))  # noqa: B023  (called at once)
    for record in few(kind, 1):
        done_or_refused(lambda: record.act(value))  # noqa: B023
        done_or_refused(lambda: record.act(value, by=value, at=value))  # noqa: B023


@each_kind
@pytest.mark.parametrize("name", VALUES)
def test_no_value_makes_a_beginning_fail_otherwise_than_by_refusing(kind: Kind, name: str):
    """The same for the acts that begin a record, and for taking one over."""
    value = VALUES[name]
    for act in beginnings(kind):
        given_ = {"id": "x-1", "by": "p-1", "at": drawn(kind)[0].history[0].at, **given_to_new(kind, act)}
        for argument in (*takes(kind, act), "by", "at", "policy", "colour"):
            changed = {**given_, argument: value}
            done_or_refused(lambda: kind.new(act, changed.pop("id"), **changed))  # noqa: B023  (called at once)
    done_or_refused(lambda: kind.new(value, "x-1"))
    done_or_refused(lambda: kind.new(value, value, by=value, at=value))


@each_kind
@pytest.mark.parametrize("name", VALUES)
def test_no_value_makes_the_houses_own_fail_otherwise_than_by_refusing(kind: Kind, name: str):
    """The same for what a house keeps beside a record."""
    record, value = drawn(kind)[0], VALUES[name]
    done_or_refused(lambda: record.keep(value))
    done_or_refused(lambda: record.with_extra(value))
    done_or_refused(lambda: record.with_extra({"a": value}))


@each_kind
@pytest.mark.parametrize(
    "name", ["self", "act", "cls", "²", "", "id", "\ud800", "{by}", "x" * 10_000, "history", "state"]
)
def test_an_argument_with_a_strange_name_is_refused(kind: Kind, name: str):
    """By name, V016, unless it is one of those that the act takes."""
    for record in few(kind, 2):
        for act in record.lifecycle.acts:
            if _only_begins(record, act) or name in takes(record, act):
                continue
            by = next(p for p in people_of(record) if record._takes_part(act, p))
            given_ = {"by": by, "at": record.history[-1].at, **given_to(record, act)}
            found = record.would(act, **{**given_, name: "words"})
            if record.lifecycle.find(act, record.state) is not None:
                assert "V016" in {finding.code for finding in found}
            assert found


@each_kind
@given(data=st.data())
def test_nasty_values_together_are_refused_as_well(kind: Kind, data: st.DataObject):
    """Several arguments at once: what is refused for one reason may not fail for another."""
    record = data.draw(st.sampled_from(drawn(kind)))
    _, act, given_ = something_else(data.draw, record)
    names = list(dict.fromkeys((*takes(record, act), "by", "at", "policy")))
    for name in data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True)):
        nasty = data.draw(st.sampled_from(list(VALUES)))
        note(f"{act}: {name} is {nasty}")
        given_[name] = VALUES[nasty]
    before = dumps(record)
    done_or_refused(lambda: record.act(act, **given_))
    assert dumps(record) == before
