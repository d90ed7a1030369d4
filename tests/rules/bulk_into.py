"""For each rule of what goes into a book: what makes exactly it fire, and a neighbour that passes."""

from typing import Any

from coaching import Book, Finding, Goal, Person
from coaching.bulk.drafts import Fault
from coaching.bulk.own import go_on
from coaching.formats.documents import dumps
from stage import ANNA, at, on
from stage.imports import LATER, good, imported, row, staff, table
from stage.rules import refuses

GOAL = Goal.begin("g-1", "Lead a pilot line", by=ANNA, at=at(0))
OURS = GOAL.edit(why="to grow", by=ANNA, at=at(1))
PEOPLE = {"records": [{"type": "person", "fields": {"id": "ID", "name": "Name"}}]}
KNOWN_BY = {"records": [{**PEOPLE["records"][0], "known_by": "HiBob"}]}
LEAVE = staff(absent="leave")


def of_copies(theirs: Goal) -> tuple[Finding, ...]:
    """What is said of a copy of a goal that went on."""
    return go_on(dumps(OURS), dumps(theirs)).left


def into(*people: Person, mapping: Any = PEOPLE, **how: Any) -> tuple[Fault, ...]:
    """What is said of one row, into a book of these people."""
    return tuple(
        imported([{"ID": "7", "Name": "Seven"}], mapping, into=Book(people), dry_run=True, **how).report.faults
    )


def somebody(id: str, theirs: str | None = None) -> Person:
    """A person of the book, perhaps known by the id of another system."""
    person = Person.register(id, f"Somebody {id}", on(-900), by="hr", at=at(-9))
    return person if theirs is None else person.correct("an id", external_ids={"HiBob": theirs}, by="hr", at=at(-8))


def of_the_missing(*more: dict[str, str]) -> tuple[Finding, ...]:
    """What is left alone of who is in no source any more."""
    first = imported(table(good(2)), LEAVE).book
    done = imported(table([*good(1), *more]), LEAVE, into=first, at=LATER)
    return tuple(found for it in done.changes.listed for found in it.left)


FIRES = {
    "B052": refuses("history", lambda: of_copies(GOAL.edit(why="to earn more", by=ANNA, at=at(1)))),
    "B053": refuses("ID", lambda: into(somebody("a", "7"), somebody("b", "7"), mapping=KNOWN_BY)),
    "B054": refuses("ID", lambda: into(somebody("7"), mode="insert")),
    "B055": refuses("ID", lambda: into(somebody("8"), mode="update")),
    "B059": refuses("employments", lambda: of_the_missing(row("", Name="Nobody"))),
}
PASSES = {
    "B052": lambda: of_copies(OURS.edit(why="to earn more", by=ANNA, at=at(2))),
    "B053": lambda: into(somebody("a", "7"), somebody("b", "8"), mapping=KNOWN_BY),
    "B054": lambda: into(somebody("8"), mode="insert"),
    "B055": lambda: into(somebody("7"), mode="update"),
    "B059": lambda: of_the_missing(row("3", Hired="soon")),
}
