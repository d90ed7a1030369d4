"""The chain of coaches around a person: who coaches them, up to the top, and whom they coach, down to the last.

A coach is a coachee elsewhere. Relationships that are active are drawn, as far as the viewer may see them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from coaching.book.book import Book
from coaching.book.relations import active_coachees
from coaching.diagrams.graph import Arrow, Diagram, Look, Node
from coaching.diagrams.seeing import Seeing
from coaching.kernel.policy import POLICY, Policy
from coaching.records.relationships import ACTIVE, CoachingRelationship, RelationshipKind


def chain(book: Book, person: str, viewer: str, on: date, *, policy: Policy = POLICY) -> Diagram:
    """Draw who coaches a person, directly or by others, and whom the person coaches so, as a viewer may see it.

    A line without a word is that of a line manager; a broken one with a word is of another coach.

    Args:
        book: Holds the relationships.
        person: The id of the person.
        viewer: Who looks; nothing is shown that they may not see.
        on: The day that counts for what may be seen. Relationships are drawn as they stand in the book.
        policy: How long a talk that was held makes a coach: `cadence_months`.

    Raises:
        Rejected: X002 for somebody who is not in the book; V015 for what is no book, text, day or policy.
    """
    seeing = Seeing(book, viewer, on, policy)
    known = seeing.person(person)

    def above(id: str) -> Iterable[CoachingRelationship]:
        return (it for it in book.naming(CoachingRelationship, "coachee", id) if it.state is ACTIVE and shown(it))

    def below(id: str) -> Iterable[CoachingRelationship]:
        return filter(shown, active_coachees(book, id))

    def shown(it: CoachingRelationship) -> bool:
        return {"coach", "coachee", "state", "kind"} <= seeing.of(it).keys()

    up = dict(_along(known.id, above, lambda it: it.coach))
    down = dict(_along(known.id, below, lambda it: it.coachee))
    pairs = sorted((up | down).values(), key=lambda it: it.id)
    people = dict.fromkeys([*reversed(_met(known.id, up.values(), "coach")), *_met(known.id, down.values(), "coachee")])
    nodes = [
        Node(f"person {id}", seeing.name(id), _notes(id, seeing.name(id)), Look.END if id == known.id else Look.BOX)
        for id in people
    ]
    place, arrows = {id: n for n, id in enumerate(people)}, list[Arrow]()
    for it in pairs:
        back, ends = place[it.coach] > place[it.coachee], (f"person {it.coach}", f"person {it.coachee}")
        if it.kind is RelationshipKind.LINE_MANAGER:
            arrows.append(Arrow(*ends, back=back))
            continue
        nodes.append(Node(f"relationship {it.id}", _word(it), (), Look.ACT))
        arrows.append(Arrow(ends[0], f"relationship {it.id}", head=False, back=back, broken=True))
        arrows.append(Arrow(f"relationship {it.id}", ends[1], back=back, broken=True))
    said = [f"{seeing.name(it.coach)} coaches {seeing.name(it.coachee)} ({_word(it)})" for it in pairs]
    title = f"The chain of coaches around {known.id}, as {viewer} may see it on {on}"
    return Diagram(title, "; ".join(said) or "Nobody coaches.", tuple(nodes), tuple(arrows))


Found = tuple[str, CoachingRelationship]


def _along(
    start: str, of: Callable[[str], Iterable[CoachingRelationship]], to: Callable[[CoachingRelationship], str]
) -> Iterator[Found]:
    """Go from somebody along relationships as far as they lead, nearest first; each is given once, by its id."""
    queue, known = [start], {start}
    for person in queue:
        for it in of(person):
            yield it.id, it
            if to(it) not in known:
                known.add(to(it))
                queue.append(to(it))


def _met(start: str, pairs: Iterable[CoachingRelationship], side: str) -> list[str]:
    """Name whom relationships lead to, nearest first, after whom they began at."""
    return list(dict.fromkeys([start, *(getattr(it, side) for it in pairs)]))


def _word(it: CoachingRelationship) -> str:
    return it.kind.value.replace("_", " ")


def _notes(id: str, name: str) -> tuple[str, ...]:
    return () if id == name else (id,)
