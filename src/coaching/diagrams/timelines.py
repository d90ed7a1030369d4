"""What happened in a person's talks, goals, feedback and moves, by date: a line from day to day.

Only what the viewer may see is drawn, and of each record only where its state became another.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from coaching.book.book import Book
from coaching.book.privacy.view import View
from coaching.diagrams.graph import Arrow, Diagram, Look, Node
from coaching.diagrams.seeing import Seeing, label
from coaching.kernel.policy import POLICY, Policy
from coaching.records.feedback import Feedback
from coaching.records.goals import Goal
from coaching.records.interviews import Interview
from coaching.records.moves import InternalMove

KINDS = (Interview, Goal, Feedback, InternalMove)
"""Whose acts are drawn."""


def timeline(book: Book, person: str, viewer: str, on: date, *, policy: Policy = POLICY) -> Diagram:
    """Draw what happened in a person's talks, goals, feedback and moves until a day, as a viewer may see it.

    A talk stands on the day on which it was held, whenever that was written down.

    Args:
        book: Holds the records, and who coaches whom.
        person: The id of the person.
        viewer: Who looks; nothing is shown that they may not see.
        on: The last day that is drawn; it counts for what may be seen, too.
        policy: How long a talk that was held makes a coach: `cadence_months`.

    Raises:
        Rejected: X002 for somebody who is not in the book; V015 for what is no book, text, day or policy.
    """
    seeing = Seeing(book, viewer, on, policy)
    known = seeing.person(person)
    days: dict[str, dict[str, list[str]]] = {}
    for record in book.about(person):
        if isinstance(record, KINDS):
            seen = seeing.of(record)
            for day, state in _happened(seen):
                if day <= on.isoformat():
                    days.setdefault(day, {}).setdefault(label(seen), []).append(state)
    lines = {day: tuple(f"{it}: {', '.join(states)}" for it, states in days[day].items()) for day in sorted(days)}
    first = Node("person", seeing.name(known.id), ("talks, goals, feedback and moves",), Look.NOTE)
    nodes = [first, *(Node(day, day, notes) for day, notes in lines.items())]
    arrows = tuple(Arrow(one.id, other.id, head=False) for one, other in pairwise(nodes))
    title = f"The timeline of {known.id}, as {viewer} may see it on {on}"
    desc = "; ".join(f"{day}: {', '.join(notes)}" for day, notes in lines.items())
    return Diagram(title, desc or "Nothing that may be shown.", tuple(nodes), arrows)


def _happened(seen: View) -> Iterator[tuple[str, str]]:
    """Give each change of the state of a record: the day, and what it is now."""
    before = None
    for entry in seen.get("history", ()):
        if entry["state"] != before:
            day = seen.get("held_on") if entry["act"] == "finish" else None
            yield day or entry["at"][:10], entry["state"].replace("_", " ")
        before = entry["state"]
