"""Anna in her interesting states: a consultant employed by Hem, placed at Verk, managed by Ole. HR notes it all."""

from datetime import date
from typing import Any

from coaching import Location, Span
from coaching.records.people import Managed, Occupation, Person, Placement, Position
from stage import ANNA, OLE, at, on

HR = "hr-1"
HEM, VERK, BRUK = "o-1", "o-2", "o-3"
"""Hem, the employer; Verk and Bruk, two clients."""

JOINED = date(2024, 8, 1)


def managers(since: date, first: str | None, *later: tuple[date, str | None]) -> tuple[Managed, ...]:
    """Who manages from a day on, and who from later days on."""
    return (Managed(first, since), *(Managed(manager, day) for day, manager in later))


def position(id: str = "po-1", *, manager: str | None = OLE, span: Span = Span(JOINED), **changed: Any) -> Position:  # noqa: B008  (a value)
    """Anna's position since she joined, under Ole from its first day on; `changed` changes it."""
    given: dict[str, Any] = {
        "employer": HEM,
        "title": "Consultant",
        "span": span,
        "level": 3,
        "occupation": Occupation("ISCO-08", "2141"),
        "location": Location("Gothenburg", "SE"),
        "managers": () if manager is None else managers(span.from_, manager),
        **changed,
    }
    return Position(id, **given)


def placement(id: str = "pl-1", **changed: Any) -> Placement:
    """Anna's placement at Verk, planned for a year from Monday; `changed` changes it."""
    given: dict[str, Any] = {
        "client": VERK,
        "span": Span(on(0)),
        "title": "Line lead",
        "contact": "Ylva at the line",
        "planned_to": on(364),
        **changed,
    }
    return Placement(id, **given)


def registered(**details: Any) -> Person:
    """Just noted, with nothing but a name and a first day."""
    return Person.register(ANNA, "Anna Ek", JOINED, by=HR, at=at(0), **details)


def employed() -> Person:
    """With all that is known of her: a position and a placement."""
    details: dict[str, Any] = {
        "given_name": "Anna",
        "family_name": "Ek",
        "language": "sv-SE",
        "external_ids": {"hr": "1017"},
    }
    person = registered(position=position(), **details)
    return person.start_placement(placement(), by=HR, at=at(0))


def on_leave(until: date | None = None) -> Person:
    """Away from day 10 on."""
    return employed().go_on_leave(on(10), until, by=HR, at=at(1))


def gone() -> Person:
    """Left on day 30."""
    return employed().leave(on(30), "the contract ended", by=HR, at=at(20))


def back() -> Person:
    """Left on day 30, joined again on day 100."""
    return gone().join(on(100), by=HR, at=at(100))


def outside() -> Person:
    """Ylva at Verk, in no employment."""
    return Person.register("p-50", "Ylva Ås", by=HR, at=at(0))


def erased() -> Person:
    """Left and erased."""
    return gone().with_extra({"hobby": "sailing"}).erase("two years have passed", by=HR, at=at(800))


def imported(state: str = "known", **fields: Any) -> Person:
    """Taken over from another system."""
    given: dict[str, Any] = {"name": "Anna Ek", "employments": (Span(JOINED),), **fields}
    return Person.import_(ANNA, state=state, by=HR, at=at(0), source="the old system, row 17", **given)
