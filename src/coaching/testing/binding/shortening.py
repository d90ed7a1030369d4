"""Shortening: the shortest script that still shows what was found. Steps are data, and the model judges them anew.

Read top to bottom: fewer steps, then plainer ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from attrs import evolve

from coaching.catalogue import catalogue
from coaching.kernel.acting import method_of, parameters_of
from coaching.kernel.lifecycle import START
from coaching.records import KINDS
from coaching.testing.binding.model import Judged, judge, replay
from coaching.testing.binding.offers import asked
from coaching.testing.binding.playing import Found, play
from coaching.testing.binding.scenes import PLAIN
from coaching.testing.binding.steps import Step
from coaching.testing.binding.system import Factory, System, made


def shortest(found: Found, factory: Factory) -> Found:
    """Leave out steps, tell it from shorter beginnings, and give less with each, as long as a difference shows.

    A system is made anew for each try. Where nothing is shown again, the system does not do the same twice, and what
    was found is given back as it was.
    """
    best, system = _spared(found, factory), made(factory)
    for steps in _retold(best, system):
        again = _shown(steps, factory)
        if again is not None and len(again.played) < len(best.played):
            best = _spared(again, factory)
            break
    return plainest(_shown(_numbered(best.steps, system), factory) or best, factory)


def _numbered(steps: tuple[Step, ...], system: System) -> list[Step]:
    """Count the records that are left from one, in the order in which they come; what an act named keeps its id."""
    begin = (step for step in steps if KINDS[step.kind].lifecycle.find(step.act, START))
    ids = dict.fromkeys((step.kind, step.record_id) for step in begin)
    prefixes = {piece.kind.type: piece.prefix for piece in system.played()}
    new = {(kind, id): f"{prefixes[kind]}-{n}" for n, (kind, id) in enumerate(ids, 1)}
    return [evolve(step, record_id=new.get((step.kind, step.record_id), step.record_id)) for step in steps]


def _spared(found: Found, factory: Factory) -> Found:
    """Leave out many steps at once, then fewer, then one by one, until none can be spared."""
    best, size = found, max(1, len(found.played) // 2)
    while True:
        fewer = _without(best, size, factory)
        if size == 1 and fewer is best:
            return best
        best, size = fewer, max(1, size // 2)


def _without(found: Found, size: int, factory: Factory) -> Found:
    """Leave out so many steps before each place, from the end to the beginning, wherever it still shows."""
    best, end = found, len(found.played) - 1
    while end > 0:
        steps = best.steps
        again = _shown([*steps[: max(0, end - size)], *steps[end:]], factory)
        if again is not None and len(again.played) < len(best.played):
            best = again
            end = min(end - 1, len(best.played) - 1)
        else:
            end -= 1
    return best


def _retold(found: Found, system: System) -> Iterator[list[Step]]:
    """Give the last steps after shorter beginnings, and what the same rules speak against there; the shortest first."""
    last = found.last
    piece = next(piece for piece in system.played() if piece.kind.type == last.step.kind)
    acts = {last.step.act, *(act.partition(">")[0] for code in last.codes for act in catalogue()[code].acts)}
    for steps in piece.situations(PLAIN, last.step.record_id).values():
        stands = replay(steps, system.policy)[-1].after
        others = (judge(stands, step, system.policy) for step in asked(piece, PLAIN, stands) if step.act in acts)
        like = [[it.step] for it in others if it.codes == last.codes or {*it.codes} & {*last.codes}]
        for tail in (*_tails(found, stands), *like):
            if len(steps) + len(tail) < len(found.played):
                yield [*steps, *tail]


def _tails(found: Found, stands: Any) -> Iterator[list[Step]]:
    """Give the last step, and the last two, as they were, and as much later as the record is."""
    for n in range(1, min(_TAIL, len(found.played)) + 1):
        tail = found.played[-n:]
        if tail[0].before is not None:
            later = stands.history[-1].at - tail[0].before.history[-1].at
            for by in dict.fromkeys([later, later * 0]):
                yield [evolve(it.step, at=it.step.at + by) for it in tail]


_TAIL = 2


def _shown(steps: list[Step], factory: Factory) -> Found | None:
    """Play steps, and give what is found."""
    try:
        system = made(factory)
        play(replay(steps, system.policy), system)
    except Found as again:
        return again
    return None


# --- plainer ---------------------------------------------------------------------------------------------------------

TRIES = 100
"""So many plays are spent on giving less."""


def plainest(found: Found, factory: Factory) -> Found:
    """Leave out what need not be given, and say the rest in plain words and small numbers, as long as it shows."""
    best, tries = found, TRIES
    for n in reversed(range(len(found.played))):
        going = True
        while going and tries:
            going = False
            for given in _less(best.steps[n].given):
                steps = [*best.steps[:n], evolve(best.steps[n], given=given), *best.steps[n + 1 :]]
                if not given.keys() >= _needed(best.steps[n]):
                    continue  # what an act needs is always given
                if _codes(replay(steps, best.system.policy)) != _codes(best.played):
                    continue  # the rules would say something else of it
                again, tries = _shown(steps, factory), tries - 1
                if again is not None and _fault(again) == _fault(best):
                    best, going = again, True
                if going or not tries:
                    break
    return best


def _needed(step: Step) -> frozenset[str]:
    _, needed, _ = parameters_of(method_of(KINDS[step.kind], step.act))
    return frozenset(needed & step.given.keys())


def _codes(played: Iterable[Judged]) -> list[tuple[str, ...]]:
    return [it.codes for it in played]


def _fault(found: Found) -> object:
    """Say what a fault is, but for what was given."""
    last, what = found.last.step, ": ".join(re.sub(r" \(.*\)|; here.*", "", found.what).split(": ")[:2])
    return _codes(found.played), last.act, last.by, what, [side.path for side in found.sides]


def _less(value: Any) -> Iterator[Any]:
    """Give what would be plainer, in one place: the plainest first."""
    match value:
        case str() if not (len(value) <= len(PLAIN.text) and value.isascii() and value.isprintable()):
            yield from (PLAIN.text, *([value[: len(value) // 2]] if len(value) > _LONG else []))
        case int() | float() | Decimal() if value is not True and value is not False and value != 1:
            yield from (1, *([int(value)] if value % 1 else []))
        case Mapping():
            yield from ({it: value[it] for it in value if it != name} for name in value)
            yield from ({**value, name: less} for name, it in value.items() for less in _less(it))
        case list() | tuple():
            yield from ([*value[:n], *value[n + 1 :]] for n in range(len(value)))
            yield from ([*value[:n], less, *value[n + 1 :]] for n, it in enumerate(value) for less in _less(it))


_LONG = 60
