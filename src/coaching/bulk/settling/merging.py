"""Several drafts of one id: one document, or what they say differently. Knows no file, and no order but the given one.

Read top to bottom: what goes in and comes out, the rows of one table, tables together, how documents differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec
from attrs import Factory, define, frozen

from coaching.bulk.mapping.classes import Records
from coaching.bulk.settling.paths import day_of, keys_of, path_of
from coaching.kernel.folding import name_words

NAMES = frozenset({"name", "given_name", "family_name"})
"""Fields that may change while a person stays the same."""

_written = msgspec.json.Encoder(order="deterministic").encode


@frozen
class Piece:
    """What one row says of a record, and perhaps others after it say too: `last` orders pieces by the last of them."""

    n: int
    made_by: int
    document: dict[str, Any]
    last: int = 0


@frozen
class Clash:
    """That rows say different things.

    Attributes:
        paths: Where, in their order.
        rows: The numbers of the pieces that do, the one that counts first where one does.
        choice: What becomes of them: `reject`, `first`, `last`; `later` where somebody took another name.
    """

    paths: tuple[str, ...]
    rows: tuple[int, ...]
    choice: str


@define
class Merged:
    """What the pieces come to.

    Attributes:
        document: The one document.
        stands: The number of the piece on which it stands.
        givers: Which piece gave what stands at a path, and where it stood there; all else is of the one it stands on.
        lists: Where a list stands of which each item has its giver.
        gave: The numbers of the pieces that gave something.
        clashes: What they say differently.
    """

    document: dict[str, Any]
    stands: int
    givers: dict[str, tuple[int, str]] = Factory(dict)
    lists: set[str] = Factory(set)
    gave: set[int] = Factory(set)
    clashes: list[Clash] = Factory(list)

    @property
    def refused(self) -> bool:
        """Tell whether none of them counts."""
        return any(clash.choice == "reject" for clash in self.clashes)

    def giver(self, path: str) -> tuple[int, str]:
        """Say who gave what stands at a path, and where it stood there."""
        return self.givers.get(path, (self.stands, path))

    def place(self, n: int, path: str) -> str | None:
        """Say where what stands at a path of a piece stands now; None where it does not count."""
        if not self.givers:
            return path if n == self.stands else None
        keys = keys_of(path)
        above = [path_of(keys[:end]) for end in range(len(keys), 0, -1)]
        for here in above:
            there = self._placed.get((n, here))
            if there is not None:
                return there + path[len(here) :]
        of_others = any(here in self.givers or here in self.lists for here in above)
        return path if n == self.stands and not of_others else None

    @cached_property
    def _placed(self) -> dict[tuple[int, str], str]:
        return {given: path for path, given in self.givers.items()}


def merge(pieces: Sequence[Piece], records: Sequence[Records]) -> Merged:
    """Make one document of the pieces of one id, in the order of tables, sources and rows.

    >>> ways = [Records(type="person"), Records(type="person", source="jobs", collect=("positions",))]
    >>> name = Piece(1, 0, {"name": "Anna Ek"})
    >>> jobs = [Piece(n, 1, {"positions": [{"title": t, "span": {"from": day}}]})
    ...         for n, t, day in ((2, "Lead", "2024-01-01"), (3, "Cook", "2020-01-01"))]
    >>> both = merge([name, *jobs], ways)
    >>> [it["title"] for it in both.document["positions"]], both.giver("positions[0]")
    (['Cook', 'Lead'], (3, 'positions[0]'))
    """  # fmt: skip
    if len(pieces) == 1:
        return Merged(pieces[0].document, pieces[0].n)
    tables: dict[int, list[Piece]] = {}
    for piece in pieces:
        tables.setdefault(piece.made_by, []).append(piece)
    made = [_of_one_table(its, records[made_by]) for made_by, its in sorted(tables.items())]
    whole = made[0]
    for other in made[1:]:
        _join(whole, other, records[min(tables)].duplicates)
    return whole


# --- the rows of one table --------------------------------------------------------------------------------------------


def _of_one_table(pieces: Sequence[Piece], how: Records) -> Merged:
    apart = frozenset(how.collect)
    alone = [_without(piece.document, apart) for piece in pieces]
    counts, clashes = 0, []
    if any(it != alone[0] for it in alone):
        counts, clash = _chosen(pieces, alone, how)
        clashes = [clash] if clash else []
    base = pieces[counts]
    merged = Merged(dict(base.document), base.n, gave={base.n}, clashes=clashes)
    for name in how.collect:
        lists = [(piece.n, it) for piece in pieces if isinstance(it := piece.document.get(name), list)]
        if lists:
            items = [(it, n, f"{name}[{i}]") for n, its in lists for i, it in enumerate(its)]
            merged.document[name] = _listed(merged, name, items)
    return merged


def _without(document: Mapping[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {name: it for name, it in document.items() if name not in names}


def _chosen(pieces: Sequence[Piece], alone: Sequence[dict[str, Any]], how: Records) -> tuple[int, Clash | None]:
    """Say which piece counts where they differ outside the lists they add to, and how that is told."""
    paths = tuple(sorted({path for it in alone for path in differing(alone[0], it)}))
    if how.collect and NAMES.issuperset(paths):
        latest = _latest(pieces, alone, how)
        if latest is not None:
            names = [name_words(str(it.get("name", ""))) for it in alone]
            others = [piece.n for piece, name in zip(pieces, names, strict=True) if name != names[latest]]
            return latest, Clash(paths, (pieces[latest].n, *others), "later") if others else None
    if how.duplicates == "first":
        counts = 0
    elif how.duplicates == "last":
        counts = max(range(len(pieces)), key=lambda i: (pieces[i].last, i))
    else:
        return 0, Clash(paths, tuple([piece.n for piece in pieces]), "reject")
    others = [piece.n for piece, it in zip(pieces, alone, strict=True) if it != alone[counts]]
    return counts, Clash(paths, (pieces[counts].n, *others), how.duplicates)


def _latest(pieces: Sequence[Piece], alone: Sequence[dict[str, Any]], how: Records) -> int | None:
    """Say which piece is the latest by its days; None where others of another name are as late."""
    days = [
        max((day_of(it) for name in how.collect for it in piece.document.get(name, ())), default="") for piece in pieces
    ]
    last = max(days)
    late = [i for i, day in enumerate(days) if day == last]
    return late[0] if last and all(alone[i] == alone[late[0]] for i in late) else None


def _listed(merged: Merged, path: str, items: Iterable[tuple[Any, int, str]]) -> list[Any]:
    """Give items with their givers as one list: equal ones once, by their days where all have one."""
    found: dict[bytes, tuple[Any, int, str]] = {}
    for it, n, own in items:
        found.setdefault(_written(it), (it, n, own))
    if all(day_of(it) for it, _, _ in found.values()):
        found = dict(sorted(found.items(), key=lambda pair: (day_of(pair[1][0]), pair[0])))
    merged.lists.add(path)
    for i, (_, n, own) in enumerate(found.values()):
        merged.givers[f"{path}[{i}]"] = (n, own)
        merged.gave.add(n)
    return [it for it, _, _ in found.values()]


# --- tables together --------------------------------------------------------------------------------------------------


def _join(whole: Merged, other: Merged, choice: str) -> None:
    """Add what another table says of the same id."""
    whole.clashes += other.clashes
    paths: list[str] = []
    _add(whole, whole.document, other, other.document, "", choice, paths)
    if paths:
        counts, left = (other.stands, whole.stands) if choice == "last" else (whole.stands, other.stands)
        whole.clashes.append(Clash(tuple(sorted(paths)), (counts, left), choice))


def _add(
    whole: Merged,
    mine: dict[str, Any],
    other: Merged,
    its: Mapping[str, Any],
    prefix: str,
    choice: str,
    paths: list[str],
) -> None:
    for name, it in its.items():
        path = f"{prefix}{name}"
        if name not in mine:
            mine[name] = it
            _take(whole, other, path, it)
        elif isinstance(it, list) and isinstance(mine[name], list):
            both = ((mine[name], whole), (it, other))
            items = [(its, *of.giver(f"{path}[{i}]")) for many, of in both for i, its in enumerate(many)]
            mine[name] = _listed(whole, path, items)
        elif isinstance(it, dict) and isinstance(mine[name], dict):
            mine[name] = dict(mine[name])
            _add(whole, mine[name], other, it, f"{path}.", choice, paths)
        elif it != mine[name]:
            paths.append(path)
            if choice == "last":
                mine[name] = it
                _take(whole, other, path, it)


def _take(whole: Merged, other: Merged, path: str, it: Any) -> None:
    """Note that what stands at a path is of the other, and whoever gave it to that."""
    own = {path: other.giver(path)}
    if isinstance(it, list):
        own |= {(here := f"{path}[{i}]"): other.giver(here) for i in range(len(it))}
        whole.lists.add(path)
    whole.givers |= own
    whole.gave |= {n for n, _ in own.values()}


# --- how documents differ ---------------------------------------------------------------------------------------------


def differing(one: Any, other: Any, path: str = "") -> Iterator[str]:
    """Give the paths at which two documents say different things, as deep as both go.

    >>> sorted(differing({"name": "Ek", "span": {"from": 1}}, {"span": {"from": 2}}))
    ['name', 'span.from']
    """
    if isinstance(one, dict) and isinstance(other, dict):
        for name in one.keys() | other.keys():
            yield from differing(one.get(name), other.get(name), f"{path}.{name}" if path else name)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for i, (it, its) in enumerate(zip(one, other, strict=True)):
            yield from differing(it, its, f"{path}[{i}]")
    elif one != other:
        yield path
