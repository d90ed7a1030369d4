










from datetime import date, datetime
from typing import Any
from coaching import Book, CoachingRelationship, Interview, Managed, Person, Position, Span
def at(day):
    return datetime.fromisoformat(f"{day}T10:00+02:00")
def person(id, name, manager=None):
    since = date(2024, 8, 1)
    place = Position("po-1", "hem", "Consultant", Span(since), managers=(Managed(manager, since),))
    return Person.register(id, name, date(2024, 8, 1), position=place, by="hr", at=at("2026-08-03"))
def pair(book, id, coach, day):
    terms = {"purpose": "Find the next step", "cadence": 31, "confidentiality": "It stays here", "dual_role": True}
    given = {"coach": coach, "coachee": "anna", "kind": "line_manager", "by": coach, "at": at(day)}
    book = book.new(CoachingRelationship, "propose", id, **given, **terms)
    return book.act(id, "sign", by=coach, at=at(day))
book = Book([person("anna", "Anna", "ole"), person("ole", "Ole"), person("eva", "Eva")])
book = pair(book, "r-1", "ole", "2026-08-03").act("r-1", "sign", by="anna", at=at("2026-08-03"))
plan = {"coachee": "anna", "interviewer": "ole", "kind": "annual", "due_on": date(2026, 9, 30)}
book = book.new(Interview, "plan", "i-1", **plan, by="anna", at=at("2026-08-03"))

new = {"position": "po-1", "manager": "eva", "on": date(2026, 9, 1)}
book = book.act("anna", "change_manager", **new, by="hr", at=at("2026-08-20"))
book.manager_of("anna", date(2026, 8, 31)), book.manager_of("anna", date(2026, 9, 1))

[(turn.id, turn.awaited.act) for turn in book.awaits("ole")], book.awaits("eva")






def to_hand_over(book, day):
    return [f"{f.code} {f.message}" for f in book.check(day) if f.code in {"X009", "X013", "X014", "X015"}]
to_hand_over(book, date(2026, 9, 1))







book = pair(book, "r-2", "eva", "2026-09-01")
[finding.code for finding in book.would("r-2", "sign", by="anna", at=at("2026-09-02"))]

book = book.act("r-1", "close", closing="Thank you for the questions", by="anna", at=at("2026-09-02"))
book = book.act("r-2", "sign", by="anna", at=at("2026-09-02"))
to_hand_over(book, date(2026, 9, 2))

book = book.act("i-1", "reassign", new_interviewer="eva", by="ole", at=at("2026-09-02"))
to_hand_over(book, date(2026, 9, 2)), dict(book.get(Interview, "i-1").history[-1].was)




























book = book.renumber("anna", "100017", by="hr", at=at("2026-09-03"), reason="Two payrolls became one")
book.get(Interview, "i-1").coachee, book.manager_of("100017", date(2026, 9, 3)), book.get(Person, "anna")

[record.type for record in book.changed]








from coaching import verify
[(finding.code, finding.message) for finding in verify(book.all(Interview))]












hired = date(2019, 2, 1)
before = Position("po-9", "hem", "Trainee", Span(hired), managers=(Managed("ole", hired),))
double = Person.register("A-17", "Anna E", hired, position=before, language="sv", by="hr", at=at("2026-08-03"))
twice = book.put(double)
who: dict[str, Any] = {"by": "hr", "reason": "Two records of one person"}
for finding in twice.would_merge("A-17", "100017", **who, at=at("2026-09-04")):
    print(finding.code, finding.path, finding.message)

twice = twice.act("A-17", "leave", left_on=date(2021, 6, 30), by="hr", at=at("2026-09-04"))
one = twice.merge("A-17", "100017", **who, at=at("2026-09-04")).get(Person, "100017")
one.name, one.language, sorted(position.id for position in one.positions)

[str(span) for span in one.employments]

























































