"""A small plant as a book, for `coaching diagram`: `python plant.py` writes it; `plant.ndjson` is what it wrote."""

import sys
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from coaching import Book, Goal, Interview, Managed, Organisation, Person, Position, Slot, Span
from coaching.codec import dump_book

TODAY = date(2026, 11, 25)
SINCE = date(2023, 8, 1)
START = datetime(2026, 3, 2, 12, tzinfo=UTC)

UNITS = {
    "Assembly": {
        "per": ("Per Mo", None), "ole": ("Ole Li", "per"), "anna": ("Anna Ek", "ole"), "iris": ("Iris Bo", "ole"),
        "sami": ("Sami Aho", "ole"),
    },
    "Paint shop": {
        "eva": ("Eva Ås", "per"), "lars": ("Lars Vik", "eva"), "mei": ("陈美", "eva"), "omar": ("عمر حداد", "eva"),
    },
    "Tools": {"tove": ("Tove Lund", "per"), "jan": ("Jan Ros", "tove")},
    "Office": {"liv": ("Liv Dahl", "per"), "ida": ("Ida Holm", "liv")},
}  # fmt: skip
HELD = {"per": 40, "ole": 60, "iris": 90, "sami": 210, "eva": 30, "lars": 120, "mei": 460, "tove": 100, "liv": 20}
"""How many days ago people had their annual talk; who is not here never had one, but for Anna."""

TERMS: dict[str, Any] = {"purpose": "Where to go from here", "cadence": 30, "confidentiality": "Stays between us"}


def at(day: int) -> datetime:
    """Noon, so many days after the beginning."""
    return START + timedelta(days=day)


def people() -> Book:
    """Give those who work here, and their talks as the old system had them."""
    book = Book([Organisation.register("hem", "Hem AB", kinds=("employer",), by="liv", at=at(0))])
    for unit, members in UNITS.items():
        for id, (name, manager) in members.items():
            managers = () if manager is None else (Managed(manager, SINCE),)
            place = Position(f"po-{id}", "hem", "Colleague", Span(SINCE), unit=unit, managers=managers)
            book = book.put(Person.register(id, name, SINCE, position=place, by="liv", at=at(0)))
            if id in HELD:
                book = book.put(old_talk(id, manager or "liv", TODAY - timedelta(days=HELD[id])))
    return book


def old_talk(coachee: str, interviewer: str, day: date) -> Interview:
    """Give a talk that the old system says was held."""
    slot = Slot(datetime.combine(day, time(9), UTC), 60, "Room 4")
    return Interview.import_(
        f"old-{coachee}", state="held", kind="annual", coachee=coachee, interviewer=interviewer, slot=slot, by="liv",
        at=at(0), source="the old system",
    )  # fmt: skip


def related(book: Book, id: str, coach: str, coachee: str, kind: str) -> Book:
    """Let two agree that one of them coaches the other."""
    dual = book.manager_of(coachee, START.date()) == coach
    book = book.new(
        "relationship",
        "propose",
        id,
        coach=coach,
        coachee=coachee,
        kind=kind,
        dual_role=dual,
        **TERMS,
        by=coach,
        at=at(1),
    )
    return book.act(id, "sign", by=coach, at=at(1)).act(id, "sign", by=coachee, at=at(2))


def annas(book: Book) -> Book:
    """Let Anna say where she wants to go, and begin to go there."""
    hers: dict[str, Any] = {"by": "anna", "at": at(3)}
    steps = [
        {"id": "s-1", "order": 1, "kind": "learning", "title": "Evening course in control theory",
         "serves": [{"kind": "need", "id": "n-1"}]},
        {"id": "s-2", "order": 2, "kind": "project", "title": "Lead the pilot line",
         "serves": [{"kind": "dream", "id": "d-1"}, {"kind": "need", "id": "n-1"}]},
        {"id": "s-3", "order": 2, "kind": "responsibility", "title": "Train two apprentices"},
        {"id": "s-4", "order": 3, "kind": "position", "title": "Deputy head of the plant in Malmö",
         "serves": [{"kind": "dream", "id": "d-1"}]},
    ]  # fmt: skip
    path = ("path", "p-1")
    book = book.new(
        "path", "begin", "p-1", coach="ole", success="To build things that last, and to be home for dinner",
        heading="The same line as last year", destination="To lead a plant", **hers,
    )  # fmt: skip
    book = book.act(path, "dream", id="d-1", text="To run a plant of my own", **hers)
    book = book.act(path, "dream", id="d-2", text="To sail to the Azores and write about it", **hers)
    book = book.act(
        path, "say_need", id="n-1", kind="challenge", text="Problems nobody here has solved", importance="must", **hers
    )
    book = book.act(path, "say_need", id="n-2", kind="balance", text="Fewer late shifts", release="owner_only", **hers)
    book = book.act(path, "edit", steps=steps, **hers).act(path, "share", **hers)
    book = book.act(path, "sign", **hers).act(path, "sign", by="ole", at=at(4))
    book = book.act(path, "start_step", step="s-1", by="anna", at=at(20))
    book = book.new(
        Goal, "begin", "g-1", title="Lead the pilot line", coach="ole", outcome="The line runs in two shifts a day",
        target_on=date(2027, 3, 1), serves=[{"kind": "step", "id": "s-2", "of": "p-1"}], **hers,
    ).act("g-1", "invest", kind="time", text="Two evenings a week", **hers)  # fmt: skip
    book = book.act("g-1", "promise", id="c-1", text="Ask Per for the plans", due=date(2026, 4, 1), by="anna", at=at(5))
    book = book.act("g-1", "propose", by="anna", at=at(5))
    book = book.act(
        "g-1", "promise", id="c-2", text="Free her on Fridays", due=date(2026, 4, 1), to="anna", by="ole", at=at(6)
    )
    book = book.act("g-1", "sign", by="anna", at=at(6)).act("g-1", "sign", by="ole", at=at(7))
    book = book.new(
        Interview,
        "plan",
        "i-1",
        coachee="anna",
        interviewer="ole",
        kind="follow_up",
        due_on=date(2026, 5, 31),
        by="anna",
        at=at(30),
    )
    slot = Slot(at(60), 60, "Room 4")
    book = book.act("i-1", "schedule", slot=slot, by="ole", at=at(31)).act("i-1", "start", by="ole", at=at(60))
    ref, remark = {"kind": "goal", "id": "g-1"}, "The first shift ran"
    book = book.act("i-1", "look_back_at", ref=ref, remark=remark, by="anna", at=at(60))
    book = book.act("i-1", "finish", outcomes=[ref], by="ole", at=at(61))
    book = book.act("i-1", "sign", by="anna", at=at(62)).act("i-1", "sign", by="ole", at=at(62))
    book = book.new(
        "feedback", "write", "f-1", receiver="anna", kind="appreciation", about="The pilot line",
        situation={"on": at(80).date()}, behaviour="You asked the crew first", impact="They planned it themselves",
        by="sami", at=at(81),
    ).act("f-1", "give", by="sami", at=at(81))  # fmt: skip
    return book.act("f-1", "acknowledge", insight="Asking is leading, too", by="anna", at=at(83))


def house() -> Book:
    """Give the book as it stands today."""
    book = people()
    pairs = (("per", "ole"), ("ole", "anna"), ("ole", "iris"), ("ole", "sami"), ("per", "eva"))
    for n, (coach, coachee) in enumerate(pairs, 1):
        book = related(book, f"r-{n}", coach, coachee, "line_manager")
    return annas(related(related(book, "r-6", "eva", "anna", "mentor"), "r-7", "anna", "mei", "peer"))


if __name__ == "__main__":
    dump_book(house(), sys.stdout.buffer)
