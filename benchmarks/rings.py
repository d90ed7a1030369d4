"""Who stands in a ring of managers: the one check that no rival has, written once for those that look in Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def ringed(managers: Mapping[str, str]) -> Iterator[str]:
    """Give each id from which the way up comes back to itself. Each id is walked over once."""
    done: set[str] = set()
    for begin in managers:
        way: dict[str, None] = {}
        id = begin
        while id in managers and id not in done:
            done.add(id)
            way[id] = None
            id = managers[id]
        if id in way:
            ids = list(way)
            yield from ids[ids.index(id) :]
