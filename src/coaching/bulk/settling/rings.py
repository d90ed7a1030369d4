"""Rings: people who manage one another, goals and organisations that stand above themselves. Told once, whole.

Read top to bottom: which fields lead upwards, finding rings, those of managers by their days, telling. A last manager
goes on after somebody left: an export has people who left years ago in rings, and there they mislead as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import define

from coaching.book.consistency import G021, O002, X003
from coaching.book.rings import Ring, knots, ring_through
from coaching.bulk.settling.standing import Work, read_document
from coaching.bulk.settling.telling import SHOWN, Place, Telling
from coaching.kernel.rules import Rule, Severity, brief

_UPWARDS: tuple[tuple[Rule, str, str], ...] = (
    (X003, "person", "%managers%"),
    (G021, "goal", "parent"),
    (O002, "organisation", "parent"),
)

_WHAT = {"X003": "manage one another", "G021": "stand above one another", "O002": "belong to one another"}

Edges = dict[int, list[tuple[str, int]]]
"""Of each that is below somebody: from which day, and who stands above; by the numbers of their drafts."""


@define
class Rings:
    """Looks for rings among what stands."""

    work: Work
    telling: Telling

    def find(self) -> None:
        """Find all rings, and say each once."""
        for rule, kind, path in _UPWARDS:
            self._of(rule, kind, path)

    def _of(self, rule: Rule, kind: str, path: str) -> None:
        ask = self.work.journal.ask
        ask("CREATE TEMP TABLE edge (below INTEGER, above INTEGER, PRIMARY KEY (below, above)) WITHOUT ROWID")
        ask("""
            INSERT OR IGNORE INTO edge SELECT b.n, a.n
            FROM (SELECT DISTINCT id FROM reference WHERE +kind = ? AND path LIKE ? AND id IS NOT NULL) named
            CROSS JOIN draft b ON b.type = ? AND b.id = named.id AND b.state = ''
            CROSS JOIN counts d ON d.type = ? AND d.id = named.id
            CROSS JOIN reference r ON r.draft = d.n AND r.kind = ? AND r.path LIKE ?
            CROSS JOIN draft a ON a.type = ? AND a.id = r.id AND a.state = '' AND a.n <> b.n""",
            kind, path, kind, kind, kind, path, kind)  # fmt: skip
        above: dict[int, tuple[int, ...]] = {}
        for below, its in ask("SELECT below, above FROM edge ORDER BY below"):  # whom nobody names is in no ring
            above[below] = (*above.get(below, ()), its)
        for members in _rings(above):
            if rule is X003:
                for ring in _at_one_time(self._edges(members)):
                    self._tell(rule, ring)
            else:
                self._tell(rule, members)
        ask("DROP TABLE edge")

    def _edges(self, members: Iterable[int]) -> Edges:
        """Read from documents who manages whom from which day."""
        ids: dict[str, int] = {}
        documents: dict[int, Any] = {}
        for n in members:
            for id, document in self.work.journal.ask("SELECT id, document FROM draft WHERE n = ?", n):
                ids[id], documents[n] = n, read_document(document)
        edges: Edges = {}
        for n, document in documents.items():
            days = {
                (str(it.get("from", "")), str(it.get("manager", "")))
                for position in document.get("positions", ())
                for it in position.get("managers", ())
            }
            edges[n] = sorted((day, ids.get(manager, 0)) for day, manager in days)
        return edges

    def _tell(self, rule: Rule, members: list[int]) -> None:
        """Say a ring at the first of its lines, with all of them."""
        places: list[tuple[Place, str, str, str]] = []
        for n in members:
            ((id,),) = self.work.journal.ask("SELECT id FROM draft WHERE n = ?", n)
            path, column = self._named(n, rule)
            *its, own = self.work.journal.giver(n, path)
            places.append((Place(*its), id, own, column))
        first = min(range(len(places)), key=lambda i: (places[i][0].source, places[i][0].record))
        turned = [*places[first:], *places[:first]]
        here, id, path, column = turned[0]
        lines = self.telling.lines(here, [(it.source, it.line) for it, *_ in turned])
        what = f"{_WHAT[rule.code]} in a ring"
        ids = [brief(it) for _, it, _, _ in turned]
        more = [f"{len(ids) - SHOWN} more"] if len(ids) > SHOWN else []
        round_ = " > ".join([*ids[:SHOWN], *more, brief(id)])
        self.telling.say(
            rule, here, path, what, f"{what} of {len(turned)}, {lines}: {round_}", Severity.WARNING, column=column
        )

    def _named(self, n: int, rule: Rule) -> tuple[str, str]:
        """Say which path and header name whoever stands above."""
        like = next(path for it, _, path in _UPWARDS if it is rule)
        row = self.work.journal.ask("""
            SELECT r.path, r.col FROM draft s JOIN counts d ON d.type = s.type AND d.id = s.id
            JOIN reference r ON r.draft = d.n WHERE s.n = ? AND r.path LIKE ? AND r.id IS NOT NULL
            ORDER BY d.n, r.n DESC LIMIT 1""", n, like).fetchone()  # fmt: skip
        return row[0], row[1]


def _rings(above: Mapping[int, tuple[int, ...]]) -> Iterator[list[int]]:
    """Group those who can reach one another, each below the next.

    >>> list(_rings({1: (2,), 2: (3,), 3: (2,), 4: (4,)}))
    [[2, 3]]
    """
    done: set[str] = set()
    for start in above:
        if str(start) in done:
            continue
        for knot in knots(str(start), lambda it: map(str, above.get(int(it), ())), done.__contains__):
            if len(knot) > 1:
                yield [int(it) for it in knot]
            done.update(knot)


def _at_one_time(edges: Edges) -> Iterator[list[int]]:
    """Give the rings that there are on some day: the last day first, and nobody in two of them.

    >>> list(_at_one_time({1: [("2020", 2), ("2021", 0)], 2: [("2021", 1)]}))
    []
    >>> list(_at_one_time({1: [("2020", 2)], 2: [("2021", 1)]}))
    [[1, 2]]
    """
    days = sorted({day for its in edges.values() for day, _ in its}, reverse=True)
    told: set[int] = set()
    for i, day in enumerate(days):
        then = {str(n): _on(its, day) for n, its in edges.items() if n not in told}
        known: dict[str, Ring | None] = {}
        for n in edges if i == 0 else [n for n, its in edges.items() if any(d > day for d, _ in its)]:
            ring = None if n in told else ring_through(str(n), then.get, known)
            if ring is not None:
                members = [int(it) for it in ring.members]
                told.update(members)
                yield members
        if len(told) == len(edges):
            break


def _on(its: list[tuple[str, int]], day: str) -> str | None:
    manager = next((n for since, n in reversed(its) if since <= day), 0)
    return str(manager) if manager else None
