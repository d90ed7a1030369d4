"""Offers: everything that might be asked of a record now, sorted by what the model says: moves, and what it refuses.

An offer needs no word on whether it is right: the model judges it. So a rule that is added to a table is played without
anybody writing a case for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, tzinfo
from functools import cache, lru_cache
from typing import Any

from attrs import evolve, frozen
from frozendict import frozendict

from coaching.catalogue import catalogue
from coaching.kernel.policy import POLICY, Policy
from coaching.kernel.record import Record
from coaching.kernel.rules import Sort
from coaching.testing.binding.model import Judged, judge
from coaching.testing.binding.scenes import HOUR, OUTSIDER, SCENES, Scene, later
from coaching.testing.binding.steps import Step

Given = dict[str, Any]
Offers = dict[str, list[Given]]
"""For each act what might be given to it, the plainest first. `at` among it is when, where an hour on will not do."""


def _state(record: Any) -> object:
    return record.state


@frozen(eq=False)
class Piece:
    """One kind of record, as it is played.

    Attributes:
        kind: The record.
        situations: Where plays begin: for a scene and an id, the steps to each, by name; the shortest first.
        offers: What somebody might give to each act of a record.
        beginnings: What might be given to begin one, right and wrong, by act.
        people: Everybody who has, or had, a part in a record, and nobody else.
        stands: How a record stands, where that is more than its state: once in each, all arguments are tried.
        zone: The one zone that a system knows.
        fixed: By act the arguments that a system takes as they are offered here, or not at all.
        ids: Whether ids are played in all their shapes.
    """

    kind: type[Record]
    prefix: str
    situations: Callable[[Scene, str], Mapping[str, tuple[Step, ...]]]
    offers: Callable[[Scene, Any, str], Offers]
    beginnings: Callable[[Scene], Offers]
    people: Callable[[Any], tuple[str, ...]]
    stands: Callable[[Any], object] = _state
    zone: tzinfo | None = None
    fixed: Mapping[str, Collection[str]] = frozendict()
    ids: bool = True

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """The scenes in which it is played."""
        return SCENES if self.ids else tuple(scene for scene in SCENES if scene.plain_ids)

    @property
    def guarded(self) -> frozenset[str]:
        """The acts that gates stand before."""
        return _guarded(self.kind.type)


@cache
def _guarded(kind: str) -> frozenset[str]:
    gates = (rule for rule in catalogue().values() if rule.sort is Sort.GATE and rule.of == kind)
    return frozenset(act.partition(">")[0] for rule in gates for act in rule.acts)


def because(scene: Scene, given: Given, name: str = "reason") -> list[Given]:
    """List the same arguments with a reason, with a blank one, and without."""
    return [{**given, name: scene.text}, {**given, name: " "}, {**given, name: None}]


def unused(mark: str, parts: Iterable[Any]) -> str:
    """Give an id that no part has yet."""
    taken = {part.id for part in parts}
    return next(id for n in range(1, len(taken) + 2) if (id := f"{mark}-{n}") not in taken)


def on_day(at: datetime, day: date) -> datetime:
    """Give the same hour of another day, or the moment itself where that is not later."""
    return max(at, at.replace(year=day.year, month=day.month, day=day.day))


@frozen(eq=False)
class Sorted:
    """What might be asked of a record, judged: `moves` are right, `refused` are not, both the plainest first."""

    moves: tuple[Judged, ...]
    refused: tuple[Judged, ...]


@lru_cache(maxsize=512)
def _known(piece: Piece, scene: Scene, record: Any, policy: Policy) -> Sorted:
    found = [judge(record, step, policy) for step in asked(piece, scene, record)]
    moves = tuple(it for it in found if not it.findings)
    last = scene.within(piece.zone).local(record.history[-1].at, len(record.history) - 1)
    early = [judge(record, _earlier(it.step, last), policy) for it in _one_of_each(moves)]
    refused = (*(it for it in found if it.findings), *(it for it in early if it.findings))
    return Sorted(moves, tuple(sorted(refused, key=lambda it: len(it.codes))))


def offered(piece: Piece, scene: Scene, record: Any, policy: Policy = POLICY) -> Sorted:
    """Judge everything that might be asked of a record.

    Whoever takes part tries all there is. Whoever does not, and whoever would have to be first at an act that is not
    open, tries the plainest alone: nothing else would be said. What is dated before the last entry is tried too.
    """
    return _known(piece, scene, record, policy)


def plainest(piece: Piece, scene: Scene, record: Any, policy: Policy = POLICY) -> tuple[Judged, ...]:
    """Judge until each person has a move for each act that is open to them: the plainest one, where there is one."""
    steps: dict[tuple[str, str], list[Step]] = {}
    for step in asked(piece, scene, record):
        steps.setdefault((step.by, step.act), []).append(step)
    open_to = {person: record.acts_for(person) for person in piece.people(record)}
    found = list[Judged]()
    for (by, act), of_one in steps.items():
        if act in open_to.get(by, ()):
            tried = (judge(record, step, policy) for step in of_one)
            found += [it for it in [next((it for it in tried if not it.findings), None)] if it is not None]
    return tuple(found)


def tab(moves: tuple[Judged, ...], done: Judged, policy: Policy = POLICY) -> tuple[Judged, ...]:
    """Judge what could have been done before an act, by those who have not seen it: what is refused now."""
    then = [evolve(it.step, at=after(it.step.at, done.step.at)) for it in _one_of_each(moves)]
    judged = [judge(done.after, step, policy) for step in then]
    return tuple(it for it in judged if it.findings)


def after(*moments: datetime) -> datetime:
    """Give the moment an hour after the last of some."""
    return later(max(moments, key=datetime.timestamp), HOUR)


@lru_cache(maxsize=512)
def asked(piece: Piece, scene: Scene, record: Any) -> tuple[Step, ...]:
    """List everything that might be asked of a record, unjudged."""
    scene = scene.within(piece.zone)
    each = _each(piece, scene, record)
    return tuple(step_of(scene, record, act, by, given) for act, by, all_given in each for given in all_given)


def _each(piece: Piece, scene: Scene, record: Any) -> Iterator[tuple[str, str, list[Given]]]:
    rows = {row.act for row in type(record).lifecycle.rows_from(record.state)}
    for by in dict.fromkeys(scene.named([*piece.people(record), OUTSIDER])):
        for act, all_given in piece.offers(scene, record, by).items():
            yield act, by, all_given if act in rows and by != scene.named(OUTSIDER) else all_given[:1]


def step_of(scene: Scene, record: Any, act: str, by: str, given: Given) -> Step:
    """Give what somebody asks for next; `at` among what is given is when."""
    rest = {name: scene.named(value) for name, value in given.items() if name != "at"}
    at = scene.local(given["at"], len(record.history)) if "at" in given else scene.now(record)
    return Step(act, record.id, by, at, rest, record.type)


def _earlier(step: Step, last: datetime) -> Step:
    return evolve(step, at=later(last, -2 * HOUR))


def _one_of_each(moves: tuple[Judged, ...]) -> list[Judged]:
    """Give the first move of each act and person."""
    return list({(it.step.act, it.step.by): it for it in reversed(moves)}.values())


def begun(piece: Piece, scene: Scene, id: str, policy: Policy = POLICY) -> Sorted:
    """Judge every way to begin a record."""
    scene = scene.within(piece.zone)
    found = list[Judged]()
    for act, all_given in piece.beginnings(scene).items():
        for given in all_given:
            rest = {name: value for name, value in given.items() if name != "by"}
            step = Step(
                act, scene.named(id), scene.named(given["by"]), scene.begins, scene.named(rest), piece.kind.type
            )
            found.append(judge(None, step, policy))
    return Sorted(tuple(it for it in found if not it.findings), tuple(it for it in found if it.findings))
