"""How many annual talks are due, by unit and month; nothing of a unit so small that it would tell about a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from coaching.book.book import Book
from coaching.book.cadence import Coverage, Covered
from coaching.book.given import must_be
from coaching.book.privacy.counts import Counts, count_by
from coaching.diagrams.graph import Arrow, Diagram, Look, Node
from coaching.diagrams.seeing import WHAT
from coaching.kernel.policy import POLICY, Policy
from coaching.records.people import Person

NO_UNIT = "no unit"


def coverage(book: Book, on: date, *, policy: Policy = POLICY) -> Diagram:
    """Draw how many people of each unit have their annual talk due, and in which month; nobody is named.

    The unit is that of the position on the day. Units of fewer than `policy.smallest_group` people are withheld, and
    named as such (D007).

    Args:
        book: Holds people and talks.
        on: The day that is asked about.
        policy: The cadence, the days of grace, and `smallest_group`.

    Raises:
        Rejected: V015 for what is no book, no day or no policy.
    """
    must_be(WHAT, book=(book, Book, "book"))
    lines = {line.person: line for line in book.coverage(on, policy=policy)}
    people = [person for person in book.all(Person) if person.id in lines]

    def unit(person: Person) -> str:
        position = person.position_on(on)
        return (None if position is None else position.unit) or NO_UNIT

    def counted(group: str) -> Counts:
        return count_by(people, unit, where=lambda person: _group(lines[person.id]) == group, policy=policy)

    groups = dict.fromkeys([*(it.value for it in Coverage if it is not Coverage.NOT_DUE), *sorted(_months(lines))])
    counts = {it: counted(it) for it in groups}
    sizes = count_by(people, unit, policy=policy)
    nodes = [
        Node("all", f"Annual talks on {on}", ("people by unit: not held in time, then by the month they are due",))
    ]
    for name, size in sizes.shown.items():
        notes = (f"{it.replace('_', ' ')}: {counts[it].shown[name]}" for it in groups if counts[it].shown[name])
        nodes.append(Node(f"unit {name}", name, (f"{size} people", *notes)))
    if sizes.withheld:
        few = f"too few people to count: {', '.join(sizes.withheld)}"
        nodes.append(Node("withheld", "withheld", (few,), Look.NOTE))
    desc = "; ".join(f"{node.title}: {', '.join(node.notes)}" for node in nodes[1:])
    arrows = tuple(Arrow("all", node.id, head=False) for node in nodes[1:])
    return Diagram(f"Who is due on {on}, by unit and month", desc or "Nobody is employed.", tuple(nodes), arrows)


def _group(line: Covered) -> str:
    """Say where a person is counted: how they stand, or the month of the next talk where that is ahead."""
    return f"{line.due:%Y-%m}" if line.status is Coverage.NOT_DUE else line.status.value


def _months(lines: Mapping[str, Covered]) -> Iterator[str]:
    yield from (_group(it) for it in lines.values() if it.status is Coverage.NOT_DUE)
