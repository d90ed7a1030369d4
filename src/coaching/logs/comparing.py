"""Comparing: what a system holds, side by side with what it should hold. Only what it keeps is compared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import attrs
from attrs import evolve, frozen

Same = Callable[[str, Any, Any], bool]
MISSING = object()
"""What a record does not have, and a system says that it does."""


@frozen
class Difference:
    """One place where a system holds something else."""

    path: str
    expected: Any
    held: Any

    def __str__(self) -> str:
        """Expected and held, side by side."""
        expected = "nothing of that name" if self.expected is MISSING else _shown(self.expected)
        return f"{self.path}: expected {expected}, held {_shown(self.held)}"


def plain(value: Any) -> Any:
    """Give a record or a part of one as plain dicts and lists, by the names of its fields.

    >>> from coaching import Location
    >>> plain(Location("Gothenburg", "SE"))
    {'name': 'Gothenburg', 'country': 'SE'}
    """
    kind = type(value)
    if kind in _LEAVES:
        return value
    if kind is tuple or kind is list:
        return [plain(item) for item in value]
    if attrs.has(kind):
        return {name.rstrip("_"): plain(getattr(value, name)) for name in attrs.fields_dict(kind)}
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    return value.value if isinstance(value, Enum) else value


_LEAVES = frozenset({str, int, bool, type(None), datetime, date, Decimal})


_SURE = frozenset({str, int, bool, type(None), date})
"""What is one when it is equal, whatever a system says of it."""


def differences(expected: Any, held: Any, same: Same, path: str = "") -> Iterator[Difference]:
    """List where a system holds something else: of a dict what it names, of a list every item."""
    if surely(expected, held):
        return
    if isinstance(held, Mapping) and isinstance(expected, Mapping):
        for name, value in held.items():
            other = called(expected, name)
            if not surely(other, value):
                yield from differences(other, value, same, f"{path}.{name}" if path else str(name))
    elif isinstance(held, (list, tuple)) and isinstance(expected, list):
        for i in range(max(len(held), len(expected))):
            place = f"{path}[{i}]"
            if i >= len(held) or i >= len(expected):
                yield Difference(place, expected[i] if i < len(expected) else None, held[i] if i < len(held) else None)
            else:
                yield from differences(expected[i], held[i], same, place)
    elif not same(path, expected, held):
        yield Difference(path, expected, held)


def in_order(expected: Mapping[str, Any], held: Any, names: Collection[str], same: Same) -> Any:
    """Put the lists of some names into the order that is expected; what is in none comes into the free places.

    >>> in_order({"tags": ["a", "b"]}, {"tags": ["b", "c"]}, ["tags"], lambda _path, one, other: one == other)
    {'tags': ['c', 'b']}
    >>> in_order({"tags": []}, None, ["tags"], lambda _path, one, other: one == other)
    """
    if not isinstance(held, Mapping):
        return held
    lists = {n: items for n in names if isinstance(items := held.get(n), (list, tuple)) and n in expected}
    return {**held, **{name: _placed(name, expected[name], items, same) for name, items in lists.items()}}


def _placed(path: str, expected: list[Any], held: Iterable[Any], same: Same) -> list[Any]:
    free, places, rest = [*range(len(expected))], dict[int, Any](), list[Any]()
    for item in held:
        place = next((n for n in free if not any(differences(expected[n], item, same, f"{path}[{n}]"))), None)
        if place is None:
            rest.append(item)
        else:
            places[place] = item
            free.remove(place)
    ends = len(expected)
    places |= dict(zip((*free, *range(ends, ends + len(rest))), rest, strict=False))
    return [places[n] for n in sorted(places)]


def called(values: Mapping[Any, Any], name: object) -> Any:
    """Give what has a name, by either way to write it (`from_` is what a document calls `from`); or `MISSING`.

    >>> called({"from": 1}, "from_"), called({"from_": 1}, "from")
    (1, 1)
    """
    bare = str(name).rstrip("_")
    return next((values[it] for it in (name, bare, f"{bare}_") if it in values), MISSING)


def of_kept(expected: Any, kept: Iterable[Any]) -> Any:
    """Give of something that is missing what a system keeps of others of the kind; of what it keeps none, no hashes.

    >>> of_kept({"by": "p-3", "content": "4f1c", "note": None}, [{"by": "p-17"}])
    {'by': 'p-3'}
    >>> of_kept({"by": "p-3", "content": "4f1c", "note": None}, [])
    {'by': 'p-3', 'note': None}
    """
    others = [*kept]
    if isinstance(expected, Mapping):
        named = [it for it in others if isinstance(it, Mapping)]
        if not named:
            return {name: value for name, value in expected.items() if name not in _HASHES}
        each = {name: [found for it in named if (found := called(it, name)) is not MISSING] for name in expected}
        return {name: of_kept(value, each[name]) for name, value in expected.items() if each[name]}
    if isinstance(expected, list):
        items = [item for it in others if isinstance(it, (list, tuple)) for item in it]
        return [of_kept(item, items) for item in expected]
    return expected


def kept_alone(side: Difference, reads: Iterable[Any]) -> Difference:
    """Say of what is missing no more than a system keeps of others of the kind, as it was read."""
    if side.held is not None:
        return side
    return evolve(side, expected=of_kept(side.expected, (it for read in reads for it in at_path(side.path, read))))


_HASHES = frozenset({"content", "digest"})


def at_path(path: str, held: Any) -> Iterator[Any]:
    """Give what something holds at a path, of a list at every place.

    >>> [*at_path("signatures[1].by", {"signatures": [{"by": "p-17"}, {"by": "p-3"}]})]
    ['p-17', 'p-3']
    """
    first, _, rest = path.partition(".")
    name, _, place = first.partition("[")
    value = called(held, name) if isinstance(held, Mapping) else MISSING
    if value is MISSING:
        return
    for it in value if place and isinstance(value, (list, tuple)) else (value,):
        if rest:
            yield from at_path(rest, it)
        else:
            yield it


def surely(expected: Any, held: Any) -> bool:
    """Tell, without asking a system what is the same, whether two values are one."""
    return type(held) in _SURE and type(expected) is type(held) and bool(held == expected)


def alike(expected: Any, held: Any, *, offsets: bool = False) -> bool:
    """Tell whether two values are one: moments by instant (and by offset, if asked), days and numbers by value.

    Text that stands for a moment, a day or a number is read; 0 and 1 are taken for no and yes.

    >>> from datetime import UTC
    >>> alike(datetime(2026, 3, 2, 9, tzinfo=UTC), "2026-03-02T10:00:00+01:00")
    True
    """
    if held is MISSING or expected is MISSING:
        return False
    if isinstance(held, Enum):
        held = held.value
    try:
        match expected:
            case datetime():
                moment = datetime.fromisoformat(held) if isinstance(held, str) else held
                near: bool = moment == expected and (not offsets or moment.utcoffset() == expected.utcoffset())
                return near
            case date():
                return bool(expected == (date.fromisoformat(held) if isinstance(held, str) else held))
            case Decimal():
                return expected == Decimal(str(held))
            case _:
                return bool(expected == held) and (isinstance(expected, bool) or not isinstance(held, bool))
    except Exception:  # noqa: BLE001  (what cannot be compared is not the same)
        return False


def written(path: str, value: Any) -> Any:
    """Give a moment of what a history keeps of earlier values as a moment: there it is text, as documents have it.

    >>> written("history[0].was.invited_at", "2026-03-02T09:00:00+00:00")
    datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.timezone.utc)
    """
    if ".was." in path and isinstance(value, str) and "T" in value:
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            return value
    return value


_WIDEST = 100


def _shown(value: Any) -> str:
    match value:
        case datetime() | date():
            return value.isoformat()
        case str() if len(value) > _WIDEST:
            return f"{value[: _WIDEST // 2]!r}... ({len(value)} characters)"
        case Mapping():
            return (
                "{" + ", ".join(f"{name}: {_shown(it)}" for name, it in value.items() if it not in (None, [], {})) + "}"
            )
        case list() | tuple():
            return "[" + ", ".join(_shown(it) for it in value) + "]"
        case _:
            return repr(value)
