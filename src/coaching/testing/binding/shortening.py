"""Shortening: the shortest script that still shows what was found. Steps are data, and the model judges them anew."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from coaching.testing.binding.model import replay
from coaching.testing.binding.playing import Found, play
from coaching.testing.binding.scenes import PLAIN
from coaching.testing.binding.steps import Step
from coaching.testing.binding.system import Factory, System


def shortest(found: Found, factory: Factory) -> Found:
    """Tell it from the shortest beginning, leave out steps, as long as the same act still shows a difference.

    A system is made anew for each try. Where nothing is shown again, the system does not do the same twice, and what
    was found is given back as it was.
    """
    best, system = _spared(found, factory), factory()
    for steps in _retold(best, system):
        again = _shown(steps, factory)
        if again is not None and again.last.step.act == found.last.step.act and len(again.played) < len(best.played):
            best = _spared(again, factory)
            break
    return _shown(_numbered(best.steps, system), factory) or best


def _numbered(steps: tuple[Step, ...], system: System) -> list[Step]:
    """Count the records that are left from one, in the order in which they come."""
    ids = dict.fromkeys((step.kind, step.record_id) for step in steps)
    prefixes = {piece.kind.type: piece.prefix for piece in system.pieces}
    new = {(kind, id): f"{prefixes[kind]}-{n}" for n, (kind, id) in enumerate(ids, 1)}
    return [evolve(step, record_id=new[step.kind, step.record_id]) for step in steps]


def _spared(found: Found, factory: Factory) -> Found:
    """Leave out many steps at once, then fewer, then one by one, until none can be spared."""
    best, size = found, max(1, len(found.played) // 2)
    while True:
        shorter = _without(best, size, factory)
        if shorter is not None:
            best = shorter
        elif size > 1:
            size //= 2
        else:
            return best


def _without(found: Found, size: int, factory: Factory) -> Found | None:
    steps = [it.step for it in found.played]
    for end in range(len(steps) - 1, 0, -1):
        again = _shown([*steps[: max(0, end - size)], *steps[end:]], factory)
        if again is not None and again.last.step.act == found.last.step.act and len(again.played) < len(found.played):
            return again
    return None


def _retold(found: Found, system: System) -> Iterator[list[Step]]:
    """Give the last steps after other beginnings: every situation in which the record stands as it stood."""
    for n in range(1, min(_TAIL, len(found.played)) + 1):
        tail = found.played[-n:]
        record = tail[0].before
        if record is None:
            continue
        piece = next(piece for piece in system.pieces if piece.kind.type == tail[0].step.kind)
        for steps in piece.situations(PLAIN, tail[0].step.record_id).values():
            stands = replay(steps, system.policy)[-1].after
            if len(steps) + n < len(found.played) and stands.state == record.state:
                later = stands.history[-1].at - record.history[-1].at
                for by in dict.fromkeys([later, later * 0]):
                    yield [*steps, *(evolve(it.step, at=it.step.at + by) for it in tail)]


_TAIL = 2


def _shown(steps: list[Step], factory: Factory) -> Found | None:
    """Play steps, and give what is found."""
    try:
        system = factory()
        play(replay(steps, system.policy), system)
    except Found as again:
        return again
    return None
