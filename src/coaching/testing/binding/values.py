"""Values: the cases in which each argument of an act takes every value at a border, where the act is first open."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from coaching.formats.asked import asked_of
from coaching.kernel.policy import Policy
from coaching.records import KINDS
from coaching.testing.binding.borders import tried
from coaching.testing.binding.model import Judged, Scripts, replay
from coaching.testing.binding.offers import Piece, begun, offered
from coaching.testing.binding.scenes import PLAIN

Opening = tuple[tuple[Judged, ...], tuple[Judged, ...]]
"""The way to where an act is open, and how it may be done there: by one person, the plainest first."""


def acts_of(piece: Piece) -> tuple[str, ...]:
    """Name the acts that are played, in the order of the table."""
    way = next(iter(piece.situations(PLAIN, f"{piece.prefix}-1").values()))
    record = replay(way)[-1].after
    offers = (piece.offers(PLAIN, record, by) for by in piece.people(record))
    played = set(chain(piece.beginnings(PLAIN), *offers))
    return tuple(act for act in piece.kind.lifecycle.acts if act in played)


def openings(piece: Piece, act: str, policy: Policy) -> Iterator[Opening]:
    """Give where an act begins a record, and the first situation in which it goes on with one."""
    moves = _by_one(begun(piece, PLAIN, f"{piece.prefix}-1", policy).moves, act)
    if moves:
        yield (), moves
    for steps in piece.situations(PLAIN, f"{piece.prefix}-1").values():
        way = replay(steps, policy)
        record = way[-1].after
        if piece.kind.lifecycle.find(act, record.state):
            moves = _by_one(offered(piece, PLAIN, record, policy).moves, act)
            if moves:
                yield way, moves
                return


def _by_one(moves: tuple[Judged, ...], act: str) -> tuple[Judged, ...]:
    """Give the moves of an act by the first person who has one: the plainest, and one for each other word of a list."""
    found: dict[object, Judged] = {}
    for it in moves:
        first = next(iter(found.values()), it)
        if it.step.act == act and it.step.by == first.step.by:
            words = (
                name
                for name, field in asked_of(KINDS[it.step.kind] if it.before is None else it.before, act).items()
                if field.is_choice
            )
            found.setdefault(tuple(it.step.given.get(name) for name in words), it)
    return tuple(found.values())


def with_values(piece: Piece, act: str, policy: Policy) -> Scripts:
    """Do an act with all that is right, each time on a record made anew; then with all that is wrong, on one."""
    for way, moves in openings(piece, act, policy):
        found = tried(moves, policy, piece.fixed.get(act, ()), ids=piece.ids)
        yield from (((*way, it), len(way)) for it in found.moves)
        if found.refused:
            yield (*way, *found.refused), len(way)
