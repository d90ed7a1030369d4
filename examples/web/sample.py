"""A small house of our own making: a talk that is planned, a goal, a path, and somebody who left long ago."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from coaching import Book, Goal, Managed, Organisation, Person, Position, Span

SINCE = date(2024, 8, 1)
PEOPLE = {
    "anna": "Anna Ek", "ole": "Ole Li", "per": "Per Mo", "eva": "Eva Ås", "liv": "Liv Dahl",
}  # fmt: skip
MANAGERS = {"anna": "ole", "ole": "per", "eva": "per"}


def house(now: datetime) -> Book:
    """Give the book as it stands on the first day."""
    at, day = now - timedelta(days=20), now.date()
    hem = Organisation.register("hem", "Hem AB", kinds=("employer",), by="liv", at=at)
    book = Book([hem])
    for id, name in PEOPLE.items():
        managers = (Managed(MANAGERS[id], SINCE),) if id in MANAGERS else ()
        place = Position("po-1", "hem", "Engineer", Span(SINCE), managers=managers)
        book = book.put(Person.register(id, name, SINCE, position=place, by="liv", at=at))
    kim = Person.register("kim", "Kim Berg", date(2021, 3, 1), by="liv", at=at - timedelta(days=900))
    old = Goal.begin("g-kim", "Run the paint shop", why="My father did", by="kim", at=at - timedelta(days=890))
    book = book.put(kim.leave(day - timedelta(days=700), by="liv", at=at - timedelta(days=720)), old)
    done: list[Callable[[Book], Book]] = [
        lambda it: it.new(
            "relationship", "propose", "r-1", coach="ole", coachee="anna", kind="line_manager", dual_role=True,
            purpose="Where she wants to go", cadence=30, confidentiality="Stays between us",
            by="ole", at=at,
        ),
        lambda it: it.act("r-1", "sign", by="ole", at=at),
        lambda it: it.act("r-1", "sign", by="anna", at=at),
        lambda it: it.new(
            "path", "begin", "p-1", coach="ole", by="anna", at=at,
            success="To build things that last, and to be home for dinner",
            heading="The same line as last year", destination="To lead a plant",
            steps=[
                {"id": "s-1", "order": 1, "kind": "learning", "title": "Evening course in control theory"},
                {"id": "s-2", "order": 2, "kind": "project", "title": "Lead the pilot line"},
                {"id": "s-3", "order": 2, "kind": "responsibility", "title": "Train two apprentices"},
                {"id": "s-4", "order": 3, "kind": "position", "title": "Deputy head of the plant in Malmö"},
            ],
        ),
        lambda it: it.act(("path", "p-1"), "dream", id="d-1", text="To run a plant of my own", by="anna", at=at),
        lambda it: it.act(("path", "p-1"), "share", by="anna", at=at),
        lambda it: it.act(("path", "p-1"), "sign", by="anna", at=at),
        lambda it: it.act(("path", "p-1"), "sign", by="ole", at=at),
        lambda it: it.act(("path", "p-1"), "start_step", step="s-1", by="anna", at=at),
        lambda it: it.new(
            "goal", "begin", "g-1", title="Lead the pilot line", coach="ole", by="anna", at=at,
            why="It is the first line that is planned by those who run it",
            outcome="The line runs in two shifts, and its crew plans its weeks", importance=9, confidence=7,
            measure={"unit": "shifts a week", "start": 0, "target": 10}, target_on=day + timedelta(days=200),
            serves=[{"kind": "step", "id": "s-2", "of": "p-1"}],
        ),
        lambda it: it.act("g-1", "suggest_option", id="o-1", text="Take it over from Per in spring", by="anna", at=at),
        lambda it: it.act("g-1", "suggest_option", id="o-2", text="Share it with the night shift", by="ole", at=at),
        lambda it: it.act("g-1", "choose_option", option="o-1", by="anna", at=at),
        lambda it: it.act("g-1", "invest", kind="time", text="Two evenings a week", by="anna", at=at),
        lambda it: it.act(
            "g-1", "promise", id="c-1", text="Ask Per for the plans", due=day + timedelta(days=7), by="anna", at=at
        ),
        lambda it: it.act("g-1", "propose", by="anna", at=at),
        lambda it: it.act(
            "g-1", "promise", id="c-2", text="Free her on Fridays", due=day + timedelta(days=14), to="anna",
            kind="support", by="ole", at=at,
        ),
        lambda it: it.act("g-1", "sign", by="anna", at=at),
        lambda it: it.act("g-1", "sign", by="ole", at=at),
        lambda it: it.act("g-1", "note_progress", kind="win", text="First shift ran", value=4, by="anna", at=at),
        lambda it: it.new(
            "interview", "plan", "i-1", coachee="anna", interviewer="ole", kind="annual",
            due_on=day + timedelta(days=30), by="anna", at=at,
        ),
    ]  # fmt: skip
    for step in done:
        book = step(book)
    return book
