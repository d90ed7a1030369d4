"""Plays by chance: records begin in any situation, people act rightly, and after each act wrongly, and nothing gives.

What chance decides is a `random.Random`; the model says what is right. So a play is made before any system is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from random import Random
from typing import Any

from attrs import evolve

from coaching.catalogue import catalogue
from coaching.kernel.policy import Policy
from coaching.kernel.rules import Sort
from coaching.testing.binding.borders import spoilt, varied
from coaching.testing.binding.lives import lived_long
from coaching.testing.binding.model import Judged, judge, replay
from coaching.testing.binding.offers import Piece, Sorted, after, asked, begun
from coaching.testing.binding.scenes import HOUR, PLAIN, Scene, later
from coaching.testing.binding.steps import RESTART, Step

RECORDS, MOVES, PROBES = (1, 1, 2, 2, 3), 3, 2
"""So many records in a play, at most so many acts on each of them, and wrong acts of each sort after each act."""


def chance(pieces: tuple[Piece, ...], policy: Policy, random: Random) -> list[Judged]:
    """Make a play: some records, one after the other, which stand by while the others are acted on."""
    scene = PLAIN if random.random() < _PLAINLY else random.choice(pieces[0].scenes)
    made = list[Judged]()
    for n in range(1, random.choice(RECORDS) + 1):
        made += _life(random.choice(pieces), scene, n, policy, random)
    return made


_PLAINLY = 0.25


def _life(piece: Piece, scene: Scene, n: int, policy: Policy, random: Random) -> Iterator[Judged]:
    id = f"{piece.prefix}-{n}"
    if random.random() < _BEGINNING:
        ways = _begun(piece, scene, f"{piece.prefix}-{n}0", policy)
        yield from _some(ways.refused, 1, random)
        for it in _some(ways.moves, 1, random):
            yield from _spoilt(it, piece, policy, random)
    way = _lived(replay(random.choice(_ways(piece, scene, id)), policy), piece, policy, random)
    yield from way
    last = way[-1]
    yield from _wrong(piece, scene, last, None, policy, random)
    if random.random() < _LONG:
        long = [*lived_long(piece, scene, last, policy)]
        yield from long
        last = long[-1] if long else last
    for _ in range(random.randint(0, MOVES)):
        before = last.after
        moved = _move(piece, scene, before, policy, random)
        if moved is None:
            return
        last = moved
        yield last
        yield from _wrong(piece, scene, last, before, policy, random)


def _move(piece: Piece, scene: Scene, record: Any, policy: Policy, random: Random) -> Judged | None:
    """Give an act that is right now: any act, any who may, any arguments that fit."""
    open_to = {person: record.acts_for(person) for person in piece.people(record)}
    by_act: dict[str, list[Step]] = {}
    for step in asked(piece, scene, record):
        if step.act in open_to.get(step.by, ()):
            by_act.setdefault(step.act, []).append(step)
    for act in random.sample(sorted(by_act), len(by_act)):
        for step in random.sample(by_act[act], len(by_act[act])):
            it = judge(record, step, policy)
            if not it.findings:
                return _varied(it, piece, policy, random)
    return None


_BEGINNING, _LONG, _VARIED = 0.4, 0.03, 0.6


def _varied(it: Judged, piece: Piece, policy: Policy, random: Random) -> Judged:
    """Give other arguments at a border, now and then, where they are right too."""
    if random.random() > _VARIED:
        return it
    return varied(it, policy, piece.fixed.get(it.step.act, ()), random, ids=piece.ids)


def _spoilt(it: Judged, piece: Piece, policy: Policy, random: Random) -> list[Judged]:
    return spoilt(it, policy, piece.fixed.get(it.step.act, ()), random, ids=piece.ids)


def _lived(way: tuple[Judged, ...], piece: Piece, policy: Policy, random: Random) -> tuple[Judged, ...]:
    """Give a way on which some acts have other arguments, where all that follows is right all the same."""
    if len({it.key for it in way}) > 1:
        return way
    lived = list[Judged]()
    for it in way:
        now = it if not lived or lived[-1].after is it.before else judge(lived[-1].after, it.step, policy)
        if now.findings:
            return way
        other = _varied(now, piece, policy, random) if random.random() < _ON_THE_WAY else now
        lived.append(other if other.key == it.key else now)
    return tuple(lived)


_ON_THE_WAY = 0.4


@lru_cache(maxsize=256)
def _ways(piece: Piece, scene: Scene, id: str) -> tuple[tuple[Step, ...], ...]:
    return tuple(piece.situations(scene, id).values())


@lru_cache(maxsize=256)
def _begun(piece: Piece, scene: Scene, id: str, policy: Policy) -> Sorted:
    return begun(piece, scene, id, policy)


def _wrong(piece: Piece, scene: Scene, last: Judged, before: Any, policy: Policy, random: Random) -> Iterator[Judged]:
    """The same once more, a restart, an old tab, a late entry; what gates speak against; and some of all the rest."""
    record, steps = last.after, asked(piece, scene, last.after)
    if random.random() < _RESTARTS:
        yield judge(record, Step(RESTART, last.step.record_id, last.step.by, last.step.at, {}, last.step.kind), policy)
    wrong = [judge(record, step, policy) for step in (last.step, *_some(steps, PROBES * 2, random))]
    yield from [it for it in wrong if it.findings][: PROBES + 1]
    guarded = [step for step in steps if step.act in piece.guarded and step.by == random.choice(piece.people(record))]
    gates = _grouped(it for it in (judge(record, step, policy) for step in guarded) if _by_gates_alone(it))
    for key in _some(gates, PROBES, random):
        yield random.choice(gates[key])
    open_now = _move(piece, scene, before or record, policy, random)
    if open_now is not None:
        old = judge(record, evolve(open_now.step, at=after(open_now.step.at, last.step.at)), policy)
        late = judge(record, evolve(open_now.step, at=later(last.step.at, -2 * HOUR)), policy)
        yield from [it for it in (old, late) if it.findings]
        if open_now.before is record:
            yield from _spoilt(open_now, piece, policy, random)


_RESTARTS = 0.2


def _by_gates_alone(it: Judged) -> bool:
    return bool(it.findings) and all(catalogue()[code].sort is Sort.GATE for code in it.codes)


def _some(items: Iterable[Any], most: int, random: Random) -> list[Any]:
    every = list(items)
    return random.sample(every, min(most, len(every)))


def _grouped(refused: Iterable[Judged]) -> dict[tuple[str, tuple[str, ...]], list[Judged]]:
    """Group what is refused by act and by what is said of it; where one rule alone speaks, nothing hides it."""
    groups: dict[tuple[str, tuple[str, ...]], list[Judged]] = {}
    for it in refused:
        groups.setdefault((it.step.act, tuple(f.template for f in it.findings)), []).append(it)
    return {key: group for key, group in groups.items() if len(key[1]) == 1} or groups
