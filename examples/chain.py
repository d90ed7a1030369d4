"""A chain of coaches: a director coaches managers who coach others, and may have a coach below. `python chain.py`."""

from datetime import UTC, date, datetime

from coaching import Book, Managed, Person, Position, Rejected, Span
from coaching.records.relationships import CoachingRelationship

at = datetime(2026, 3, 2, 12, tzinfo=UTC)
since = Span(date(2022, 9, 1))

MANAGERS = {"sofia": None, "henri": "sofia", "karim": "sofia", "ada": "sofia", "ben": "sofia", "cem": "sofia",
            "madeleine": "henri"}  # fmt: skip
TERMS = {"purpose": "Find the next step", "cadence": 30, "confidentiality": "It stays between us"}


def hired(name: str, manager: str | None) -> Person:
    """Somebody with a manager, or with none at the top."""
    position = Position(f"po-{name}", "alpine", "Colleague", since, managers=(Managed(manager, since.from_),))
    return Person.register(name, name.title(), since.from_, position=position, by="hr", at=at)


def related(book: Book, id: str, coach: str, coachee: str, kind: str) -> Book:
    """The book with a relationship that both have signed; raises when the book has something against it."""
    dual = book.manager_of(coachee, at.date()) == coach
    terms = {**TERMS, "coach": coach, "coachee": coachee, "kind": kind, "dual_role": dual}
    book = book.new(CoachingRelationship, "propose", id, **terms, by=coach, at=at)
    return book.act(id, "sign", by=coach, at=at).act(id, "sign", by=coachee, at=at)


book = Book(hired(name, manager) for name, manager in MANAGERS.items())
for n, (name, manager) in enumerate(MANAGERS.items()):
    if manager is not None:
        book = related(book, f"r-{n}", manager, name, "line_manager")

print("Who coaches whom")
for manager in ("sofia", "henri"):
    print(f"  {manager}: {', '.join(book.reports_of(manager, at.date()))}")
print(f"Above madeleine: {' > '.join(book.chain('madeleine'))}")

print("\nMadeleine as the one above Sofia")
try:
    book = related(book, "r-9", "madeleine", "sofia", "line_manager")
except Rejected as refusal:
    print(f"  {refusal}")

book = related(book, "r-9", "madeleine", "sofia", "peer")
print("As a peer she may: a coach is a coachee elsewhere")
print(f"  Above sofia: {' > '.join(book.chain('sofia'))}")

errors = sum(finding.severity == "error" for finding in book.check(at.date()))
print(f"\n{book!r}: {errors} errors")
