"""How a record in any state is made: by walking its table from the beginning, one legal act after another.

Nothing is filtered. A record knows its table; what a walk needs besides is how each kind of record is begun, what to
give with each act, and what must be made ready before an act that has gates. That is a `Play`, one for each kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from attrs import fields, frozen
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from coaching.kernel.lifecycle import ANYONE, START, Row
from coaching.kernel.record import Record
from coaching.kernel.values import Ref
from coaching.testing.parts import DAY_ONE, extras, offsets, refs, word_of

ADMINISTRATION = "hr-1"
"""Who acts where the table asks for nobody in particular."""


class Draw(Protocol):
    """What `@composite` hands to a strategy."""

    def __call__(self, strategy: st.SearchStrategy[Any]) -> Any:
        """Draw a value."""


class Stage:
    """One walk in progress: draws values and tells the time. Time goes on by itself, sometimes not at all.

    `names` are strategies for what is named by a field (`"owner"`, `"goals"`), where the caller has their own; `here`
    holds references for each kind of thing, where a walk shall refer to nothing but what is there. `side_acts` is how
    many acts are done at most, at each stop, that lead nowhere.
    """

    def __init__(
        self,
        draw: Draw,
        names: Mapping[str, SearchStrategy[Any] | None] | None = None,
        here: Mapping[str, SearchStrategy[Ref]] | None = None,
        side_acts: int = 2,
    ) -> None:
        """Begin on day one, in an offset from UTC that is drawn."""
        self.draw = draw
        self._names: dict[str, Any] = {name: own for name, own in (names or {}).items() if own is not None}
        for name, own in self._names.items():
            if not isinstance(own, SearchStrategy):
                msg = f"{name} takes a strategy, such as just({own!r})"
                raise InvalidArgument(msg)
        self._here = here
        self.side_acts = side_acts
        self.now: datetime = DAY_ONE.astimezone(draw(offsets()))

    def known(self, name: str, otherwise: SearchStrategy[Any]) -> SearchStrategy[Any]:
        """The strategy that the caller has for a name, or another."""
        own: SearchStrategy[Any] = self._names.get(name, otherwise)
        return own

    def other(self, name: str, otherwise: SearchStrategy[str], than: str) -> SearchStrategy[str]:
        """The same, of somebody who is not a certain other."""
        return self.known(name, otherwise).filter(lambda id: id != than)

    def some(self, optional: Mapping[str, SearchStrategy[Any]]) -> Given:
        """Arguments, each of which may be left out."""
        given: Given = self.draw(st.fixed_dictionaries({}, optional=dict(optional)))
        return given

    def refs(self, *kinds: str) -> SearchStrategy[Ref]:
        """References to things of the kinds named."""
        if self._here is None:
            return refs(*kinds)
        return st.one_of([self._here[kind] for kind in kinds if kind in self._here])

    def later(self) -> datetime:
        """The next moment something happens: at once, or up to some weeks later."""
        self.now += timedelta(hours=self.draw(st.sampled_from([0, 1, 24, 24 * 7, 24 * 45])))
        return self.now

    def next_id(self, prefix: str, taken: tuple[Any, ...]) -> str:
        """An id that none of the parts has yet."""
        return f"{prefix}-{len(taken) + 1}"


Given = Mapping[str, Any]
Arguments = Callable[[Stage, Any, str], Given | None]
Ready = Callable[[Stage, Any], Any]


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
    """

    states: tuple[str, ...]
    begin: Callable[[Stage, str], Record]
    arguments: Mapping[str, Arguments]
    ready: Mapping[str, Ready]
    aside: frozenset[str] = frozenset()
    unsaid: tuple[str, ...] = ()


def nothing(_stage: Stage, _record: Any, _by: str) -> Given:
    """The arguments of an act that asks for none."""
    return {}


def walk(stage: Stage, play: Play, state: str | None = None) -> Any:
    """A record walked to a state (any, if none is named), perhaps through another one, with acts on the way."""
    word_of(state, play.states, "state")
    goal = state or stage.draw(st.sampled_from(play.states))
    record = play.begin(stage, goal)
    states = type(record).lifecycle.states
    aside = play.aside
    through = [
        s for s in states
        if s == record.state or (_way(record, s, record.state, aside) and _way(record, goal, s, aside))
    ]  # fmt: skip
    for target in (stage.draw(st.sampled_from(through)), goal):
        record = _sidestep(stage, play, record)
        while record.state != target:
            way = _way(record, target, record.state, aside)
            able = [step for step in way if actors(record, type(record).lifecycle.find(step[0], record.state))]
            record = play_act(stage, play, record, *stage.draw(st.sampled_from(able or way)))
            record = _sidestep(stage, play, record)
    if stage.draw(st.sampled_from([False, False, False, True])):
        record = record.with_extra(stage.draw(extras()))
    return imported(stage, play, record) if stage.draw(st.sampled_from([False, False, False, True])) else record


def imported(stage: Stage, play: Play, record: Any) -> Any:
    """The same record as if taken over from another system: in its state, unsigned, with a history of one entry."""
    unsaid = [name for name in play.unsaid if stage.draw(st.booleans())]
    names = [f.name for f in fields(type(record)) if f.name not in {"id", "state", "history", "signatures", *unsaid}]
    kept = {n: getattr(record, n) for n in names}
    at = stage.later()
    return type(record).import_(
        record.id, state=record.state, by=ADMINISTRATION, at=at, source="another system", **kept
    )


def play_act(stage: Stage, play: Play, record: Any, act: str, state: str) -> Any:
    """Do an act that leads to a state, after making ready what its gates ask. Somebody who may, does it."""
    for gate in (act, f"{act}>{state}"):
        if gate in play.ready:
            record = play.ready[gate](stage, record)
    row = type(record).lifecycle.find(act, record.state)
    by = stage.draw(st.sampled_from(actors(record, row)))
    given = play.arguments[act](stage, record, by) or {}  # first: it may have to wait for something
    return record.act(act, by=by, at=stage.later(), **given)


def actors(record: Any, row: Row) -> list[str]:
    """Those who may do a row now."""
    if ANYONE in row.who:
        return [ADMINISTRATION]
    people = dict.fromkeys(p for role in row.who for p in role.holders(record, None) if p is not None)
    people = people or dict.fromkeys(
        p for name in getattr(record, "promising", ()) if (p := getattr(record, name)) is not None
    )
    return [p for p in people if row.act in record.acts_for(p)]


def _sidestep(stage: Stage, play: Play, record: Any) -> Any:
    """Some acts that leave the state as it is."""
    for _ in range(stage.draw(st.integers(0, stage.side_acts))):
        open_now = [
            (row.act, by)
            for row in type(record).lifecycle.rows_from(record.state)
            if row.target(record.state) == record.state and (len(row.targets) == 1 or row.act in play.aside)
            if row.act in play.arguments
            for by in actors(record, row)
        ]  # fmt: skip
        if not open_now:
            break
        act, by = stage.draw(st.sampled_from(open_now))
        given = play.arguments[act](stage, record, by)
        if given is not None:
            record = record.act(act, by=by, at=stage.later(), **given)
    return record


def _way(record: Any, target: str, source: str, aside: frozenset[str]) -> list[tuple[str, str]]:
    """The first steps (act, state) of the shortest ways from a state to another; empty when there is none."""
    every = [(a, s, t) for a, s, t in type(record).lifecycle.steps() if s is not START and s != t]
    steps = [(a, s, t) for a, s, t in every if not {a, f"{a}>{t}"} & aside]
    distance = {target: 0}
    for _ in steps:
        distance |= {s: distance[t] + 1 for _, s, t in steps if t in distance and s is not None and s not in distance}
    if source not in distance:
        return []
    return [(a, t) for a, s, t in steps if s == source and distance.get(t, len(steps)) == distance[source] - 1]
