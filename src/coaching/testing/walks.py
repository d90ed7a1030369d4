"""How a record in any state is made: by walking its table from the beginning, one legal act after another.

Nothing is filtered. A record knows its table; what a walk needs besides is how each kind of record is begun, what to
give with each act, and what must be made ready before an act that has gates. That is a `Play`, one for each kind.

Read top to bottom: the play, the walk, one act of it, the way through a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from attrs import evolve, fields, frozen
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from coaching.kernel.constraints import V016
from coaching.kernel.lifecycle import ANYONE, START, Lifecycle, Row
from coaching.kernel.record import Record
from coaching.kernel.rules import Rejected
from coaching.testing.parts import extras
from coaching.testing.stages import ADMINISTRATION, Draw, Given, Source, Stage
from coaching.testing.wanted import drawn_word, number_of, own_strategy

Arguments = Callable[[Stage, Any, str], Given | None]
Ready = Callable[[Stage, Any], Any]
Word = str | SearchStrategy[str] | None
"""A state as callers name it: a plain word, a strategy of such words, or none."""

__all__ = [
    "ADMINISTRATION",
    "Arguments",
    "Draw",
    "Given",
    "Play",
    "Ready",
    "Source",
    "Stage",
    "Word",
    "nothing",
    "played",
    "walk",
]


@frozen
class Play:
    """How one kind of record is played.

    Attributes:
        states: All of them, the plainest first.
        begin: Begins a record that shall come to a state.
        arguments: For each act, what is given besides `by` and `at`; takes the stage, the record and who acts. None
        says     that the act makes no sense now.
        ready: For acts (`"propose"`) or arrivals (`"sign>agreed"`) with gates: gives a record that passes them.
        aside: Acts and arrivals that lead to another state by the way: no walk counts on them.
        unsaid: Fields that another system may not say, though whoever begins a record here does.
        fields: What may be drawn from a strategy of the caller's, besides the arguments of each act.
    """

    states: tuple[str, ...]
    begin: Callable[[Stage, str], Record]
    arguments: Mapping[str, Arguments]
    ready: Mapping[str, Ready]
    aside: frozenset[str] = frozenset()
    unsaid: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


def nothing(_stage: Stage, _record: Any, _by: str) -> Given:
    """The arguments of an act that asks for none."""
    return {}


_BESIDES = [(besides, over) for over in (*[False] * 3, True) for besides in (*[False] * 3, True)]
"""Whether there is something in `extra`, and whether it is taken over from another system: each once in four times."""


@cache
def _often(most: int) -> Sequence[int]:
    """How many acts are done at a stop that lead nowhere, up to as many as the stage allows."""
    return [number for number in (0, 0, 1, 2, 4, 8) if number <= most] if most else [0]


# --- the walk --------------------------------------------------------------------------------------------------------


def played(
    draw: Draw,
    play: Play,
    state: Word,
    through: Word,
    acts: int,
    names: Mapping[str, SearchStrategy[Any] | None],
    parts: Mapping[str, SearchStrategy[Any]],
    side_acts: int = 2,
) -> Any:
    """A record as a strategy asks for it: of some state, by way of another, of so many acts, with parts of its own.

    Where a day of the caller's leaves no room in the calendar for a detour, there is none.

    Raises:
        InvalidArgument: For names of parts that this kind of record does not have, for what is no strategy, and for
            one that draws what a rule refuses, or a day after which the calendar ends.
    """
    for name in parts:
        if name not in play.fields and name not in play.arguments:
            known = ", ".join(sorted({*names, *play.fields, *play.arguments}))
            msg = f"{name!r} is no field or act that takes a strategy; there are: {known}"
            raise InvalidArgument(msg)
    given = {name: strategy for name, strategy in {**names, **parts}.items() if strategy is not None}
    own = {name: own_strategy(name, strategy) for name, strategy in given.items()}
    said = evolve(play, unsaid=tuple(name for name in play.unsaid if name not in own))
    stage = Stage(draw, own, side_acts=side_acts)
    try:
        return walk(stage, said, state, through=through, acts=acts)
    except OverflowError as end:
        if side_acts:
            return played(draw, play, state, through, acts, names, parts, side_acts=0)
        raise InvalidArgument(stage.blame("the calendar ends before what has to follow")) from end
    except Rejected as refusal:
        if not own:
            raise
        raise InvalidArgument(stage.blame(str(refusal), refusal.findings)) from refusal


def walk(stage: Stage, play: Play, state: Word = None, *, through: Word = None, acts: int = 0) -> Any:
    """A record walked to a state (any, if none is named), perhaps through another one, with acts on the way.

    Raises:
        InvalidArgument: For words that are no states of it, or states that no way joins.
    """
    number_of(acts, "acts")
    goal = drawn_word(stage.draw, state, play.states, "state") or stage.one(play.states)
    by_way_of = drawn_word(stage.draw, through, play.states, "state")
    record = play.begin(stage, by_way_of or goal)
    table = type(record).lifecycle
    if by_way_of is not None and not (
        _leads(table, record.state, by_way_of, play.aside) and _leads(table, by_way_of, goal, play.aside)
    ):
        msg = f"no way leads through {by_way_of} to {goal}"
        raise InvalidArgument(msg)
    between = _between(table, record.state, goal, play.aside) if stage.side_acts else [record.state]
    stops = [by_way_of] if by_way_of is not None else [stage.one(between)]
    for target in (*stops, goal):
        record = _sidestep(stage, play, _longer(stage, play, record, acts))
        while record.state != target:
            way = _way(table, target, record.state, play.aside)
            able = [step for step in way if _able(record, step[0])] if len(way) > 1 else way
            record = play_act(stage, play, record, *stage.one(able or way))
            record = _sidestep(stage, play, _longer(stage, play, record, acts))
    besides, taken_over = stage.one(_BESIDES)
    if besides or "extra" in stage.names:
        record = record.with_extra(stage.named("extra", extras()))
    for name, put in (("keep_until", record.keep), ("hold_until", record.hold)):
        record = put(stage.named(name, ())) if name in stage.names else record
    return imported(stage, play, record) if taken_over and not acts else record


def imported(stage: Stage, play: Play, record: Any) -> Any:
    """The same record as if taken over from another system: in its state, unsigned, with a history of one entry."""
    unsaid = [name for name in play.unsaid if stage.yes()]
    names = [f.name for f in fields(type(record)) if f.name not in {"id", "state", "history", "signatures", *unsaid}]
    kept = {n: getattr(record, n) for n in names}
    at = stage.later()
    return type(record).import_(
        record.id, state=record.state, by=ADMINISTRATION, at=at, source="another system", **kept
    )


# --- one act ---------------------------------------------------------------------------------------------------------


def play_act(stage: Stage, play: Play, record: Any, act: str, state: str) -> Any:
    """Do an act that leads to a state, after making ready what its gates ask. Somebody who may, does it."""
    for gate in (act, f"{act}>{state}"):
        if gate in play.ready:
            record = play.ready[gate](stage, record)
    row = type(record).lifecycle.find(act, record.state)
    by = stage.one(actors(record, row))
    given = play.arguments[act](stage, record, by) or {}  # first: it may have to wait for something
    return stage.act(record, act, by=by, at=stage.later(), **given)


def actors(record: Any, row: Row) -> list[str]:
    """Those who may do a row now."""
    if ANYONE in row.who:
        return [ADMINISTRATION]
    return [person for person in holders_of(record, row) if row.act in record.acts_for(person)]


def _able(record: Any, act: str) -> bool:
    row = type(record).lifecycle.find(act, record.state)
    return row is not None and bool(actors(record, row))


def holders_of(record: Any, row: Row) -> Iterable[str]:
    """Those who hold a role of a row; where its parts say who does, everybody who may promise."""
    people = dict.fromkeys(p for role in row.who for p in role.holders(record, None) if p is not None)
    promising = getattr(record, "promising", ())
    return people or dict.fromkeys(p for name in promising if (p := getattr(record, name)) is not None)


def _sidestep(stage: Stage, play: Play, record: Any) -> Any:
    """Some acts that leave the state as it is."""
    for _ in range(stage.one(_often(stage.side_acts))):
        after = _side_act(stage, play, record)
        if after is None:
            break
        record = after
    return record


def _side_act(stage: Stage, play: Play, record: Any) -> Any | None:
    """One act that leaves the state as it is; None where none is open."""
    ways = list(_open_aside(play, record))
    while ways:
        act, by = stage.one(ways)
        given = play.arguments[act](stage, record, by)
        if given is not None:
            if act not in stage.names:
                return stage.act(record, act, by=by, at=stage.later(), **given)
            try:  # what the caller gives with it may not fit
                return stage.act(record, act, by=by, at=stage.later(), **given)
            except Rejected as refusal:
                if V016.code in refusal.codes:  # a name that the act does not take never does
                    raise
        ways.remove((act, by))
    return None


def _open_aside(play: Play, record: Any) -> Iterator[tuple[str, str]]:
    """The acts that leave the state as it is, with who may do them."""
    may: dict[str, tuple[str, ...]] = {}
    for row in _rows_aside(type(record).lifecycle, record.state, play.aside):
        if row.act in play.arguments:
            if ANYONE in row.who:
                yield row.act, ADMINISTRATION
            for person in holders_of(record, row):
                if person not in may:
                    may[person] = record.acts_for(person)
                if row.act in may[person]:
                    yield row.act, person


def _longer(stage: Stage, play: Play, record: Any, acts: int) -> Any:
    """The record with as many acts as are asked for; with fewer, where it has to go on for more."""
    while len(record.history) < acts:
        after = _side_act(stage, play, record) or _round_trip(stage, play, record)
        if after is None:
            break
        record = after
    return record


def _round_trip(stage: Stage, play: Play, record: Any) -> Any | None:
    """Another state and back again; None where no way leads back."""
    table, start = type(record).lifecycle, record.state
    for target in table.states:
        if target != start and all(_leads(table, *ends, play.aside) for ends in ((start, target), (target, start))):
            for end in (target, start):
                while record.state != end:
                    record = play_act(stage, play, record, *stage.one(_way(table, end, record.state, play.aside)))
            return record
    return None


# --- the way through a table -----------------------------------------------------------------------------------------


@cache
def _rows_aside(table: Lifecycle, state: str, aside: frozenset[str]) -> tuple[Row, ...]:
    """The rows that leave a state as it is."""
    return tuple(
        row for row in table.rows_from(state)
        if row.target(state) == state and (len(row.targets) == 1 or row.act in aside)
    )  # fmt: skip


@cache
def _way(table: Lifecycle, target: str, source: str, aside: frozenset[str]) -> Sequence[tuple[str, str]]:
    """The first steps (act, state) of the shortest ways from a state to another; empty when there is none."""
    every = [(a, s, t) for a, s, t in table.steps() if s is not START and s != t]
    steps = [(a, s, t) for a, s, t in every if not {a, f"{a}>{t}"} & aside]
    distance = {target: 0}
    for _ in steps:
        distance |= {s: distance[t] + 1 for _, s, t in steps if t in distance and s is not None and s not in distance}
    if source not in distance:
        return ()
    return [(a, t) for a, s, t in steps if s == source and distance.get(t, len(steps)) == distance[source] - 1]


def _leads(table: Lifecycle, source: str, target: str, aside: frozenset[str]) -> bool:
    """Whether a way leads from a state to another."""
    return source == target or bool(_way(table, target, source, aside))


@cache
def _between(table: Lifecycle, start: str, goal: str, aside: frozenset[str]) -> Sequence[str]:
    """The states that a way to a goal may lead through, the start first."""
    there = [s for s in table.states if s != start and _leads(table, start, s, aside) and _leads(table, s, goal, aside)]
    return [start, *there]
