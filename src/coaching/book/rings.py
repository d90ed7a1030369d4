"""Rings: whoever stands above themselves in lines that lead upwards. What is walked once is remembered.

Read top to bottom: a ring, lines where each has one above, lines where there may be several over time. Knows no record:
the caller says who is above whom, and keeps the memory, so that asking everybody costs no more than walking once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, MutableMapping

from attrs import frozen

SHOWN = 8  # members of a ring that a finding names; of a longer one it says how many there are


@frozen
class Ring:
    """Members, each with the next above it, the last with the first."""

    members: tuple[str, ...]
    places: dict[str, int]

    def told(self, member: str) -> tuple[str, int]:
        """Tell the ring from one member round to it, only the beginning where it is long; and how many are in it."""
        size = len(self.members)
        here = self.places[member]
        ids = [self.members[(here + i) % size] for i in range(min(size, SHOWN))]
        ids.append(member if size <= SHOWN else "...")
        return " > ".join(ids), size


def ring_of(members: Iterable[str]) -> Ring:
    """Make a ring of members, in their order."""
    every = tuple(members)
    return Ring(every, {member: place for place, member in enumerate(every)})


def ring_through(
    start: str, above: Callable[[str], str | None], known: MutableMapping[str, Ring | None]
) -> Ring | None:
    """Find the ring that one is in, where each has one above. Whom a walk met is noted in `known`.

    >>> ring_through("a", {"a": "b", "b": "c", "c": "b"}.get, known := {}), known["c"].told("c")
    (None, ('c > b > c', 2))
    """
    trail: dict[str, None] = {}
    last: str | None = start
    while last is not None and last not in known and last not in trail:
        trail[last] = None
        last = above(last)
    ring = None
    if last is not None and last in trail:  # it came round: the ring begins where it came back
        line = list(trail)
        ring = ring_of(line[line.index(last) :])
    for member in trail:
        known[member] = ring if ring is not None and member in ring.places else None
    return known[start]


def knots(start: str, above: Callable[[str], Iterable[str]], done: Callable[[str], bool]) -> Iterator[list[str]]:
    """Group those who can be reached upwards from one, by who reach one another; as Tarjan does, without recursion.

    Only in a group of several can there be a ring. Whoever is done, by an earlier walk, is left out;
    the first is not.

    >>> list(knots("a", {"a": "b", "b": "cd", "c": "b", "d": ""}.get, lambda _: False))
    [['d'], ['b', 'c'], ['a']]
    """
    low: dict[str, int] = {}  # of each that was met, the lowest number that it reaches; its own to begin with
    number: dict[str, int] = {}  # of those that are in no group yet, in the order in which they were met
    walk: list[tuple[str, Iterator[str]]] = []

    def meet(member: str) -> None:
        number[member] = low[member] = len(low)
        walk.append((member, iter(above(member))))

    meet(start)
    while walk:
        member, others = walk[-1]
        new = next((other for other in others if _leads_on(member, other, number, low, done)), None)
        if new is not None:
            meet(new)
            continue
        walk.pop()
        if walk:
            below = walk[-1][0]
            low[below] = min(low[below], low[member])
        if low[member] == number[member]:
            group = [number.popitem()[0]]
            while group[-1] != member:
                group.append(number.popitem()[0])
            yield group[::-1]


def _leads_on(
    member: str, other: str, number: dict[str, int], low: dict[str, int], done: Callable[[str], bool]
) -> bool:
    """Tell whether the walk goes on to another; of one that was met already, note what is reached with it."""
    if other in number:
        low[member] = min(low[member], number[other])
        return False
    return other not in low and not done(other)
