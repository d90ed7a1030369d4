"""Sights: what a system shows somebody, beside what they may see of a record by the circles of the tables.

Read top to bottom: what may be seen, what is said where something else is shown, how the two are compared. What says
nothing (None, an empty text or list) is not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import attrs
from attrs import frozen

from coaching.book.privacy.table import D003, privacy_of
from coaching.book.privacy.view import Look
from coaching.book.shelf import Shelf
from coaching.kernel.classes import model_of
from coaching.kernel.policy import Policy
from coaching.kernel.record import Record
from coaching.logs.comparing import MISSING, Difference, Same, called, differences, of_kept, plain, surely

Plain = Mapping[str, Any]


class _Hidden:
    """Stands in a list for an item that is kept back, so that the others keep their places."""


HIDDEN = _Hidden()
TOLD = ("by", "at")
"""What of an item that is kept back may be told: the history says who did it and when."""


def seen(record: Record, whole: Plain, viewer: str, shelf: Shelf, on: date, policy: Policy) -> dict[str, Any]:
    """Give of a record, as plain dicts, what a viewer may see of it: what is kept back is left out, or `HIDDEN`."""
    look = Look(record, viewer, shelf, on, policy)
    found = {name: whole[name] for name in ("type", "schema") if name in whole}
    for name in model_of(type(record)).names:
        circle, key = look.circle_of(name), name.rstrip("_")
        if circle is None:
            continue
        found[key] = whole[key]
        if circle.each:
            mine = {id(item) for item in look.items(name)}
            items = zip(getattr(record, name), whole[key], strict=True)
            found[key] = [told if id(item) in mine else HIDDEN for item, told in items]
        elif name == "history":
            entries = zip(record.history, whole[key], strict=True)
            found[key] = [_told(look, told) if look.tells(entry) else HIDDEN for entry, told in entries]
    return found


def _told(look: Look, entry: Plain) -> dict[str, Any]:
    """Give what of an entry is told."""
    told = {name: value for name, value in entry.items() if name == "sets" or name not in look.kept_back}
    told["sets"] = [HIDDEN if name.partition("[")[0] in look.hidden else name for name in entry["sets"]]
    if "was" in told:
        told["was"] = {name: value for name, value in entry["was"].items() if name not in look.hidden}
    return told


# --- what is said ----------------------------------------------------------------------------------------------------


@frozen
class Leak(Difference):
    """What is shown, and should not be seen."""

    def __str__(self) -> str:
        """What is shown."""
        return f"{super().__str__()}".replace("expected None, held", "should not be seen, shown")


@frozen
class Unshown(Difference):
    """What may be seen, and is not shown."""

    def __str__(self) -> str:
        """What would be seen."""
        return f"{super().__str__()}".removesuffix(", held None").replace("expected", "should be seen, is not shown:")


def why(record: Record, side: Difference) -> str:
    """Say whom a field is for, and by which rule."""
    field = side.path.partition(".")[0].partition("[")[0]
    circles = privacy_of(record).sees
    circle = next((circles[name] for name in (field, f"{field}_") if name in circles), None)
    whom = "" if circle is None else f"; here: it is for {circle.name}"
    match side:
        case Leak():
            return f"{side.path} should not be seen; {D003.code} says {D003.says}{whom}"
        case Unshown():
            return f"{side.path} should be seen{whom}"
        case _:
            return f"{side.path} is not what is held"


# --- comparing -------------------------------------------------------------------------------------------------------


def unlike(seen: Plain, whole: Plain, kept: Any, shown: Plain, same: Same) -> list[Difference]:
    """List where a system shows somebody what they may not see, not what they may, or something else.

    Args:
        seen: What they may see.
        whole: The record.
        kept: What the system keeps, which was compared before: what it does not keep, it need not show.
        shown: What it shows.
        same: Tells whether two values are one.
    """
    takes_part = "state" in seen  # who does no more need not be shown even what they wrote
    return [*_compared("", seen, whole, kept if takes_part else None, shown, same)]


def _says(value: Any) -> bool:
    """Tell whether there is a word in something."""
    if value is None or value is HIDDEN or type(value) is str:
        return bool(value) and value is not HIDDEN
    if isinstance(value, (list, tuple, Mapping)):
        return any(map(_says, value.values() if isinstance(value, Mapping) else value))
    return True


def _compared(path: str, seen: Any, whole: Any, kept: Any, shown: Any, same: Same) -> Iterator[Difference]:
    if seen is whole and shown == kept and kept is not None:
        return
    shown = plain(shown) if attrs.has(type(shown)) else shown
    if isinstance(shown, Mapping) and isinstance(seen, Mapping):
        yield from _fields(path, seen, whole, kept, shown, same)
    elif isinstance(shown, (list, tuple)) and isinstance(seen, list):
        places = _placed(seen, whole, shown, same) if HIDDEN in seen else [*range(len(shown))]
        for i, (n, item) in enumerate(zip(places, shown, strict=True)):
            if n is None or n >= len(seen):
                yield Difference(f"{path}[{i}]", None, item)
            elif seen[n] is HIDDEN:
                yield from _leaks(f"{path}[{n}]", item, but=TOLD)
            else:
                yield from _compared(f"{path}[{n}]", seen[n], whole[n], _item(kept, n), item, same)
        for n, item in enumerate(seen):
            if n not in places and _says(item) and _item(kept, n) is not None:
                yield Unshown(f"{path}[{n}]", of_kept(item, [_item(kept, n)]), None)
    else:
        yield from differences(seen, shown, same, path)


def _fields(path: str, seen: Plain, whole: Plain, kept: Any, shown: Plain, same: Same) -> Iterator[Difference]:
    keeps: Plain = kept if isinstance(kept, Mapping) else {}
    for name, value in shown.items():
        may = called(seen, name)
        if surely(may, value):
            continue
        place = f"{path}.{name}" if path else name
        if not _says(value) and (may is MISSING or _says(may)):
            continue
        if may is not MISSING:
            own = called(keeps, name)
            yield from _compared(place, may, called(whole, name), None if own is MISSING else own, value, same)
        elif called(whole, name) is not MISSING:
            yield from _leaks(place, value)
        else:
            yield Difference(place, MISSING, value)
    for name, value in keeps.items():
        may, told = called(seen, name), called(shown, name)
        if may is not MISSING and (told is MISSING or not _says(told)) and _says(may) and _says(value):
            may = [it for it in may if it is not HIDDEN] if isinstance(may, list) else may
            yield Unshown(f"{path}.{name}" if path else name, of_kept(may, [value]), None)


def _leaks(path: str, shown: Any, but: tuple[str, ...] = ()) -> Iterator[Leak]:
    shown = plain(shown) if attrs.has(type(shown)) else shown
    if isinstance(shown, Mapping):
        for name, value in shown.items():
            if name not in but:
                yield from _leaks(f"{path}.{name}", value)
    elif isinstance(shown, (list, tuple)):
        for i, item in enumerate(shown):
            yield from _leaks(f"{path}[{i}]", item)
    elif _says(shown):
        yield Leak(path, None, shown)


def _placed(seen: list[Any], whole: list[Any], shown: Iterable[Any], same: Same) -> list[int | None]:
    """Find which item each is that is shown, of a list some of which are kept back: first among what may be seen."""
    places, free = list[int | None](), [*range(len(whole))]
    for it in shown:
        item = {name: value for name, value in it.items() if _says(value)} if isinstance(it, Mapping) else plain(it)
        open_, closed = [n for n in free if seen[n] is not HIDDEN], [n for n in free if seen[n] is HIDDEN]
        place = next((n for n in (*open_, *closed) if not any(differences(whole[n], item, same))), None)
        places.append(place)
        if place is not None:
            free.remove(place)
    return places


def _item(kept: Any, n: int) -> Any:
    return kept[n] if isinstance(kept, (list, tuple)) and n < len(kept) else None
