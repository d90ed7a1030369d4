"""People and talks for a book: Ole manages Anna and Eva; talks are taken over, so that only their day matters."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time

from coaching.book.asking import advised, broken
from coaching.book.book import Book
from coaching.kernel.policy import POLICY, Policy
from coaching.kernel.record import Record
from coaching.kernel.rules import Finding
from coaching.kernel.values import Span
from coaching.records.interviews import Interview, Slot
from coaching.records.people import Managed, Person, Position
from stage import ANNA, MONDAY, OLE, at

NAMES = {ANNA: "Anna Ek", OLE: "Ole Li", "p-4": "Eva Ås", "p-1": "Per Mo"}
JOINED = date(2024, 8, 1)


def someone(id: str = ANNA, joined_on: date = JOINED, manager: str | None = None) -> Person:
    """Somebody employed since a day, with a position where there is a manager to name."""
    managers = (Managed(manager, joined_on),)
    position = None if manager is None else Position("po-1", "hem", "Consultant", Span(joined_on), managers=managers)
    return Person.register(id, NAMES.get(id, id), joined_on, position=position, by="hr-1", at=at(0))


def talk(
    day: date, coachee: str = ANNA, *, interviewer: str = OLE, state: str = "held", kind: str = "annual"
) -> Interview:
    """A talk with its slot on a day, taken over from another system."""
    slot = Slot(datetime.combine(day, time(9), UTC), 60, "Room 4")
    return Interview.import_(
        f"{coachee}/{day}/{kind}/{state}", state=state, kind=kind, coachee=coachee, interviewer=interviewer, slot=slot,
        by="hr-1", at=at(0), source="the old system",
    )  # fmt: skip


def statuses(book: Book, on: date, **asked: object) -> dict[str, str]:
    """How each person stands on a day."""
    return {line.person: line.status.value for line in book.coverage(on, **asked)}


def managed(pairs: Iterable[tuple[str, str | None]], make: Callable[..., Person] = someone) -> Book:
    """A book of people, each with a manager or none."""
    return Book(make(id, manager=manager) for id, manager in pairs)


def errors(book: Book, kind: type[Record], id: str, on: date = MONDAY) -> tuple[Finding, ...]:
    """What no book may hold, looking from one of its records."""
    return tuple(broken(book, the(book, kind, id), on))


def advice(book: Book, kind: type[Record], id: str, on: date, policy: Policy = POLICY) -> tuple[Finding, ...]:
    """What the advice of a book says of one of its records on a day."""
    return tuple(advised(book, the(book, kind, id), on, policy))


def the(book: Book, kind: type[Record], id: str) -> Record:
    """The record of a kind with an id, which has to be there."""
    record = book.get(kind, id)
    assert record is not None
    return record
