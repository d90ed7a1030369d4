"""Long lives: what is done over and over, until a record has many entries; and what is signed, changed, signed again.

Systems that keep the last few entries, or only what was set first, show it late.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attrs import evolve

from coaching.kernel.policy import Policy
from coaching.testing.binding.borders import changed, changes
from coaching.testing.binding.model import Judged, Scripts, judge, replay
from coaching.testing.binding.offers import Piece, offered, plainest
from coaching.testing.binding.scenes import PLAIN, SCENES, Scene

ENTRIES = 30
"""How many entries a long life has, where something can always be done."""
SLOWLY = next(scene for scene in SCENES if scene.name == "a day from act to act")


def long_lives(piece: Piece) -> tuple[str, ...]:
    """Name the situations from which records live long: the last one that stands in each state that is not final."""
    names: dict[object, str] = {}
    for name, steps in piece.situations(SLOWLY, f"{piece.prefix}-1").items():
        state = replay(steps)[-1].after.state
        if state not in piece.kind.lifecycle.final:
            names[state] = name
    return tuple(names.values())


def long_life(piece: Piece, name: str, policy: Policy) -> Scripts:
    """Live long from a situation."""
    way = replay(piece.situations(SLOWLY, f"{piece.prefix}-1")[name], policy)
    yield (*way, *lived_long(piece, SLOWLY, way[-1], policy)), len(way)


def lived_long(piece: Piece, scene: Scene, last: Judged, policy: Policy) -> Iterator[Judged]:
    """Go on by what was done least so far, and leads to where something can be done again."""
    times = Counter[object]()
    while len(last.after.history) < ENTRIES:
        moves = plainest(piece, scene, last.after, policy)
        on = [it for it in moves if it.after.state not in piece.kind.lifecycle.final]
        if not on:
            return
        last = min(on, key=lambda it: (times[it.edge], times[it.step.act, it.step.by]))
        times.update([last.edge, (last.step.act, last.step.by)])
        yield last


# --- signed again ----------------------------------------------------------------------------------------------------


def revising(piece: Piece, acts: tuple[str, ...]) -> tuple[str, ...]:
    """Name the acts that change what was signed, of some."""
    rows = piece.kind.lifecycle.rows
    return tuple(act for act in acts if any(row.act == act and row.revises for row in rows))


def signed_again(piece: Piece, act: str, policy: Policy) -> Scripts:
    """Change each part of what was signed alone, after the shortest way to a signature and the longest; then sign."""
    found = list[tuple[tuple[Judged, ...], Judged]]()
    for steps in piece.situations(PLAIN, f"{piece.prefix}-1").values():
        way = replay(steps, policy)
        if getattr(way[-1].after, "signatures", ()):
            moves = offered(piece, PLAIN, way[-1].after, policy).moves
            found += [(way, it) for it in [next((it for it in moves if it.step.act == act), None)] if it is not None]
    for way, move in (*found[:1], *found[1:][-1:]):
        for it in _one_by_one(piece, move, policy):
            yield (*way, it, *_signed(piece, it, policy)), len(way)


def _one_by_one(piece: Piece, move: Judged, policy: Policy) -> Iterator[Judged]:
    """Give an act with what it must have, and one other argument."""
    row = piece.kind.lifecycle.find(move.step.act, move.before.state)
    must = () if row is None else row.firm
    bare = evolve(move, step=evolve(move.step, given={n: it for n, it in move.step.given.items() if n in must}))
    for name, values in changes(bare, piece.fixed.get(move.step.act, ()), ids=piece.ids):
        given = [move.step.given[name]] if name in move.step.given else []
        judged = (judge(move.before, changed(bare.step, name, it), policy) for it in (*given, *values))
        right = next((it for it in judged if not it.findings), None)
        if right is not None and name not in must:
            yield right


def _signed(piece: Piece, last: Judged, policy: Policy) -> Iterator[Judged]:
    """Let everybody sign who can."""
    while True:
        signing = (it for it in plainest(piece, PLAIN, last.after, policy) if it.step.act == "sign")
        signed = next(signing, None)
        if signed is None:
            return
        last = signed
        yield last
