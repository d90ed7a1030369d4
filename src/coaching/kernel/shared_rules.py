"""Shared rules: what several records ask in the same way, each with a code and words of its own."""

from __future__ import annotations

from coaching.kernel.rules import Breaches, Rule, Unset, breach, invariant


def differ(code: str, of: str, field: str, other: str, *, says: str, why: str, mend: str) -> Rule:
    """Make the rule that two fields of a record name two people.

    >>> differ("G026", "goal", "coach", "owner", says="two people", why="it takes two", mend="ask another").field
    'coach'
    """

    @invariant(code, of, field=field, reads=f"{field} {other}", says=says, why=why, mend=mend)
    def two_people(record: object) -> Breaches:
        person = getattr(record, field)
        if person == getattr(record, other):
            yield breach("{person} is the {other} as well", person=person, other=other)

    return two_people


def ids_once(code: str, of: str, *lists: str, says: str, mend: str = "give each part an id of its own") -> Rule:
    """Make the rule that ids of parts are used once in each list of a record."""

    @invariant(
        code, of, field="", reads=" ".join(lists), says=says, mend=mend, why="own choice: an act names a part by its id"
    )
    def once(record: object) -> Breaches:
        yield from twice(record, *lists)

    return once


def twice(record: object, *lists: str) -> Breaches:
    """Say which ids stand twice in a list of a record."""
    for name in lists:
        parts = getattr(record, name)
        if len(parts) > 1:
            seen: set[str] = set()
            for i, part in enumerate(parts):
                try:
                    id = part.id
                except Unset:  # a fault of its own; those of the others are compared all the same
                    continue
                if id in seen:
                    yield breach("{id} stands twice", f"{name}[{i}].id", id=id)
                seen.add(id)
