"""Paths in a document, such as `positions[0].managers[0].manager`: setting and leaving out what stands there.

Read top to bottom: paths, how an item of a list is known by its day, editing. Documents are plain dicts and lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from attrs import Factory, define

Keys = tuple[str | int, ...]

_KEYS = re.compile(r"[^.\[\]]+")

WHEN = frozenset({"from", "to", "on", "at", "span"})
"""What says only when something held: an item of a list that has nothing else says nothing."""


@lru_cache(4096)
def keys_of(path: str) -> Keys:
    """Take a path apart.

    >>> keys_of("positions[0].managers[12].manager")
    ('positions', 0, 'managers', 12, 'manager')
    """
    return tuple([int(key) if key.isdigit() else key for key in _KEYS.findall(path)])


def path_of(keys: Iterable[str | int]) -> str:
    """Put a path together.

    >>> path_of(("positions", 0, "title"))
    'positions[0].title'
    """
    return "".join([f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys]).removeprefix(".")


def day_of(item: Any) -> str:
    """Give the day on which an item of a list begins, as its document writes it; empty where it has none.

    >>> day_of({"title": "Lead", "span": {"from": "2024-03-05"}}), day_of({"on": "2024-01-01"}), day_of("f-1")
    ('2024-03-05', '2024-01-01', '')
    """
    if not isinstance(item, Mapping):
        return ""
    span = item.get("span")
    days = (span.get("from") if isinstance(span, Mapping) else None, item.get("from"), item.get("on"), item.get("at"))
    return next((day for day in days if isinstance(day, str)), "")


class _Gone:
    """Stands where an item was, until all that goes is found: the others keep their places."""


_GONE = _Gone()


@define
class Edit:
    """What is done to one document: first all that is set, then all that is left out.

    >>> edit = Edit({"positions": [{"title": "Lead", "managers": [{"manager": "7", "from": "2024-01-01"}]}]})
    >>> edit.leave_out("positions[0].managers[0].manager")
    >>> edit.done()
    {'positions': [{'title': 'Lead'}]}
    """

    document: dict[str, Any]
    _lists: dict[Keys, list[Any]] = Factory(dict)  # from which something goes
    _moved: dict[Keys, dict[int, int]] = Factory(dict)

    def set(self, path: str, value: str) -> None:
        """Let another value stand at a path that there is."""
        *above, last = keys_of(path)
        holder = self._at(tuple(above))
        if holder is not None:
            holder[last] = value

    def leave_out(self, path: str) -> None:
        """Take out what stands at a path; and what then says nothing."""
        self._out(keys_of(path))

    def _out(self, keys: Keys) -> None:
        *above, last = keys
        place = tuple(above)
        holder = self._at(place)
        if isinstance(holder, list) and isinstance(last, int):
            self._lists[place] = holder
            holder[last] = _GONE
            empty = all(it is _GONE for it in holder)
        elif isinstance(holder, dict) and isinstance(last, str):
            holder.pop(last, None)
            empty = bool(place) and (not holder or (isinstance(place[-1], int) and holder.keys() <= WHEN))
        else:
            return
        if empty and place:
            self._out(place)

    def _at(self, keys: Keys) -> Any:
        """Give what stands at a path, None where nothing does."""
        it: Any = self.document
        for key in keys:
            if isinstance(it, dict):
                it = it.get(key)
            elif isinstance(it, list) and isinstance(key, int) and key < len(it):
                it = it[key]
            else:
                return None
        return it

    def done(self) -> dict[str, Any]:
        """Close up the lists, and give the document."""
        for place, items in self._lists.items():
            left = [i for i, it in enumerate(items) if it is not _GONE]
            self._moved[place] = {old: new for new, old in enumerate(left)}
            items[:] = [items[i] for i in left]
        self._lists = {}
        return self.document

    def moved(self, path: str) -> str | None:
        """Say where what stood at a path stands now; None where it is gone."""
        keys = keys_of(path)
        new = list(keys)
        for i, key in enumerate(keys):
            if isinstance(key, int) and keys[:i] in self._moved:
                there = self._moved[keys[:i]].get(key)
                if there is None:
                    return None
                new[i] = there
        return path_of(new)
