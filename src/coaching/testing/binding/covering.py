"""Coverage: which acts, edges and refusals a run has reached, as a table and as JSON, with a gate."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from coaching.catalogue import catalogue
from coaching.kernel.lifecycle import START
from coaching.kernel.policy import Policy
from coaching.kernel.record import Record
from coaching.kernel.rules import Sort
from coaching.records import KINDS, RECORDS
from coaching.testing.binding.model import Judged, judge, replay
from coaching.testing.binding.offers import Piece, asked, begun, offered
from coaching.testing.binding.scenes import PLAIN
from coaching.testing.binding.steps import RESTART
from coaching.testing.binding.system import System

Edge = tuple[str, str, str | None, str]


class Coverage:
    """What was reached. `at_least` is the gate: `coverage.at_least(edges=1.0)`.

    Of a binding, `Coverage(Ours)`, what its system knows counts: its acts, the rules that it asks, and the gates that
    can close one of these. Of kinds of record, everything does.

    >>> Coverage("interview").shares()
    {'states': 0.0, 'edges': 0.0, 'gates': 0.0}
    """

    def __init__(self, of: str | type[Record | System] | Collection[str | type[Record]]) -> None:
        """Begin with nothing reached, of a binding, or of the kinds named by their words or classes.

        Raises:
            ValueError: For what is no binding and no kind of record.
        """
        self.binding = of if isinstance(of, type) and issubclass(of, System) else None
        named = of if self.binding is None else [piece.kind.type for piece in self.binding.pieces]
        several: Collection[Any] = [named] if isinstance(named, str) or not isinstance(named, Collection) else named
        self.kinds: tuple[str, ...] = tuple(it.type if it in RECORDS else it for it in several)
        for kind in self.kinds:
            if not isinstance(kind, str) or kind not in KINDS:
                raise ValueError(
                    f"{kind!r} is no kind of record, nor the class of a binding; there are: {', '.join(KINDS)}"
                )
        self.edges: Counter[Edge] = Counter()
        self.refused: Counter[tuple[str, str, str]] = Counter()
        self.actors: Counter[str] = Counter()
        self._within: tuple[Edge, ...] | None = None

    def reached(self, it: Judged) -> None:
        """Note a step that a system did as it should."""
        if it.step.act == RESTART:
            return
        self.actors[it.step.by] += 1
        if it.findings:
            for code in it.codes:
                self.refused[it.step.kind, it.step.act, code] += 1
        else:
            self.edges[it.edge] += 1

    def all_edges(self) -> tuple[Edge, ...]:
        """List every edge of the tables that the acts lead over: of a binding, those that they ever come to.

        Where a system knows `promise` while a talk is open alone, and no way back, no promise is kept before it.
        """
        if self._within is None:
            every = tuple(edge for kind in self.kinds for edge in self._edges(kind))
            far = set[Edge]()
            if self.binding is not None:
                for piece in self.binding.played():
                    far |= _far(piece, self.binding.policy, [it for it in every if it[0] == piece.kind.type])
            self._within = tuple(it for it in every if it not in far)
        return self._within

    def all_states(self) -> tuple[tuple[str, str], ...]:
        """List every state that the acts lead to, by kind."""
        reached = {(kind, target) for kind, _, _, target in self.all_edges()}
        every = ((kind, str(state)) for kind in self.kinds for state in KINDS[kind].lifecycle.states)
        return tuple(it for it in every if it in reached)

    def _edges(self, kind: str) -> Iterator[Edge]:
        knows = self.binding.knows if self.binding is not None else (lambda *_: True)
        known = [it for it in KINDS[kind].lifecycle.steps() if knows(it[0], kind)]
        stood: set[str | None] = {START}
        while more := {target for _, source, target in known if source in stood} - stood:
            stood |= more
        for act, source, target in known:
            if source in stood:
                yield kind, act, source if source is None else str(source), str(target)

    def all_gates(self) -> tuple[tuple[str, str], ...]:
        """List every gate that closes an act of a record by itself, by kind and code.

        That both have signed is none: the last signature arrives elsewhere, and the first is not refused.
        """
        every = (
            (rule.of, rule.code)
            for rule in catalogue().values()
            if rule.sort is Sort.GATE and rule.of in self.kinds and not rule.looks_from and rule.field != "signatures"
        )
        if self.binding is None:
            return tuple(every)
        close = {(piece.kind.type, code) for piece in self.binding.played() for code in _closing(piece, self.binding)}
        return tuple(it for it in every if it in close)

    def missed(self) -> dict[str, list[str]]:
        """List what was not reached."""
        stood = {(e[0], e[3]) for e in self.edges}
        closed = {(kind, code) for kind, _, code in self.refused}
        return {
            "states": [" ".join(it) for it in self.all_states() if it not in stood],
            "edges": [_said(edge) for edge in self.all_edges() if edge not in self.edges],
            "gates": [code for kind, code in self.all_gates() if (kind, code) not in closed],
        }

    def shares(self) -> dict[str, float]:
        """Give the share that was reached of states, edges and gates, from 0 to 1."""
        missed = self.missed()
        every = {
            "states": len(self.all_states()),
            "edges": len(self.all_edges()),
            "gates": len(self.all_gates()),
        }
        return {name: 1.0 - len(missed[name]) / n if n else 1.0 for name, n in every.items()}

    def at_least(self, **shares: float) -> None:
        """Fail unless the shares named were reached.

        Raises:
            AssertionError: It names what is missing.
            ValueError: For a share that there is not, or that is not from 0 to 1.
        """
        for name, least in shares.items():
            if name not in SHARES or not 0 <= least <= 1:
                raise ValueError(f"{name}={least!r}: a share from 0 to 1 of {', '.join(SHARES)} is asked for")
        missed, reached = self.missed(), self.shares()
        low = [
            f"{name}: {reached[name]:.0%} reached, {least:.0%} asked for; missing: {', '.join(missed[name])}"
            for name, least in shares.items()
            if reached[name] < least
        ]
        if low:
            raise AssertionError("\n".join(low))

    def as_json(self) -> str:
        """Give everything as JSON."""
        said: dict[str, Any] = {
            "shares": self.shares(),
            "missed": self.missed(),
            "edges": [{"edge": _said(edge), "times": n} for edge, n in sorted(self.edges.items(), key=repr)],
            "refused": [
                {"kind": kind, "act": act, "code": code, "times": n}
                for (kind, act, code), n in sorted(self.refused.items())
            ],
            "actors": dict(sorted(self.actors.items())),
        }
        return json.dumps(said, ensure_ascii=False, indent=2)

    def __str__(self) -> str:
        """As a table: an edge a line, then what was refused by which rule."""
        rows = [f"{self.edges[edge]:6}  {_said(edge)}" for edge in self.all_edges()]
        by_code = Counter[str]()
        for (_, _, code), n in self.refused.items():
            by_code[code] += n
        told = [f"{n:6}  refused by {code}" for code, n in sorted(by_code.items())]
        share = ", ".join(f"{name} {value:.0%}" for name, value in self.shares().items())
        return "\n".join([*rows, *told, share])


SHARES = ("states", "edges", "gates")


def _closing(piece: Piece, binding: type[System]) -> set[str]:
    """Name the rules by which something is refused that is played in a system, and that it asks."""
    id, policy = f"{piece.prefix}-1", binding.policy
    stood = (replay(steps, policy)[-1].after for steps in piece.situations(PLAIN, id).values())
    every = (
        *begun(piece, PLAIN, id, policy).refused,
        *(it for one in stood for it in offered(piece, PLAIN, one, policy).refused),
    )
    return {code for it in every for code in it.codes} - {*binding.not_asked()}


def _far(piece: Piece, policy: Policy, edges: Iterable[Edge]) -> set[Edge]:
    """Give the edges that no act comes to: not in any situation, and not after one act there."""
    missing, id = {*edges}, f"{piece.prefix}-1"
    missing -= {it.edge for it in begun(piece, PLAIN, id, policy).moves}
    ways = [replay(steps, policy) for steps in piece.situations(PLAIN, id).values()]
    missing -= {it.edge for way in ways for it in way}
    for now in (way[-1].after for way in ways):
        missing -= {it.edge for it in offered(piece, PLAIN, now, policy).moves}
    for now in (way[-1].after for way in ways):
        for move in offered(piece, PLAIN, now, policy).moves if missing else ():
            acts = {act for _, act, source, _ in missing if source == move.after.state}
            steps = (it for it in asked(piece, PLAIN, move.after) if it.act in acts) if acts else ()
            missing -= {it.edge for it in (judge(move.after, step, policy) for step in steps) if not it.findings}
    return missing


def _said(edge: Edge) -> str:
    kind, act, source, target = edge
    return (
        f"{kind}: {source or 'nothing'} -- {act} --> {target}" if source is not START else f"{kind}: {act} --> {target}"
    )
