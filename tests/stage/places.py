"""Places in a document, as the keys and numbers that lead there: which there are, what stands there, something else."""

from collections.abc import Iterable
from typing import Any

Place = tuple[Any, ...]


def places_in(value: Any, path: Place = ()) -> list[Place]:
    """Every place in a document, the whole of it first."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inner for place in places_in(item, (*path, key)))]


def different(places: Iterable[Place]) -> Iterable[Place]:
    """Those of the places that differ by more than numbers in a list."""
    return {tuple(0 if isinstance(key, int) else key for key in place): place for place in places}.values()


def holding(document: Any, place: Place) -> Any:
    """What stands at a place."""
    for key in place:
        document = document[key]
    return document


def changed(document: Any, place: Place, value: Any) -> Any:
    """The same document with another value at a place; with ... without it. What lies beside the way is shared."""
    if not place:
        return value
    (key, *rest), copied = place, document.copy()
    if value is ... and not rest:
        del copied[key]
    else:
        copied[key] = changed(document[key] if rest else None, tuple(rest), value)
    return copied
