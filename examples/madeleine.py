"""Madeleine moves: needs, a career interview, a match, a move that all agree to, and thanks. `python madeleine.py`.

A consultant wants more responsibility, in another place. All acts go through one book, which keeps the rules.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from coaching import (
    Book,
    CareerPath,
    Disclosure,
    Feedback,
    InternalMove,
    Interview,
    Location,
    Managed,
    Opportunity,
    Person,
    Placement,
    Position,
    Ref,
    Situation,
    Slot,
    Span,
    match,
)
from coaching.book.moving import kinds
from coaching.records.relationships import CoachingRelationship

START = date(2026, 3, 2)
LYON, GRENOBLE = Location("Lyon", "FR"), Location("Grenoble", "FR")


def at(day: int) -> datetime:
    """Noon, so many days after the beginning."""
    return datetime(START.year, START.month, START.day, 12, tzinfo=UTC) + timedelta(days=day)


def on(day: int) -> date:
    """The day itself."""
    return at(day).date()


# --- the people ------------------------------------------------------------------------------------------------------

hired = Span(date(2022, 9, 1))


def under(manager: str) -> tuple[Managed, ...]:
    """Managed by somebody since the first day."""
    return (Managed(manager, hired.from_),)


people = [
    Person.register(id, name, hired.from_, by="hr", at=at(0), position=Position(f"po-{id}", "alpine", *held, **more))
    for id, name, held, more in (
        ("sofia", "Sofia Renard", ("Director", hired), {}),
        ("henri", "Henri Blanc", ("Manager", hired), {"managers": under("sofia")}),
        ("karim", "Karim Haddad", ("Manager", hired), {"managers": under("sofia")}),
        ("client", "Ines Roche", ("Speaks for the client", hired), {}),
        ("madeleine", "Madeleine Morel", ("Consultant", hired),
         {"managers": under("henri"), "level": 3, "location": LYON}),
    )
]  # fmt: skip
at_rhone = Placement("pl-1", "rhone", hired, title="Test engineer", location=LYON)
people[-1] = people[-1].start_placement(at_rhone, by="hr", at=at(0))
book = Book(people)

terms = {"purpose": "Find the next step", "cadence": 30, "confidentiality": "It stays between us", "dual_role": True}
book = book.new(
    CoachingRelationship, "propose", "r-1", coach="henri", coachee="madeleine", kind="line_manager", **terms,
    by="henri", at=at(0),
)  # fmt: skip
book = book.act("r-1", "sign", by="henri", at=at(0)).act("r-1", "sign", by="madeleine", at=at(0))

# --- what she needs --------------------------------------------------------------------------------------------------

her, henri = {"by": "madeleine"}, {"by": "henri"}
book = book.new(CareerPath, "begin", "path-1", coach="henri", **her, at=at(1))
book = book.act("path-1", "dream", id="d-1", text="To build something that nobody has built", **her, at=at(1))
for need in (
    {"id": "n-1", "kind": "challenge", "text": "Problems I have not solved before", "importance": "must"},
    {"id": "n-2", "kind": "responsibility", "text": "To lead, not only to test", "importance": "must", "level": 4},
    {"id": "n-3", "kind": "location", "text": "Closer to the mountains", "location": GRENOBLE},
):
    book = book.act("path-1", "say_need", **need, release="client", **her, at=at(1))

print("What Madeleine needs")
for need in book.get(CareerPath, "path-1").open_needs():
    print(f"  {need.importance:5}{need.kind:15}{need}")

# --- the interview ---------------------------------------------------------------------------------------------------

talk = {"coachee": "madeleine", "interviewer": "henri", "kind": "annual", "due_on": on(60)}
book = book.new(Interview, "plan", "i-1", **talk, **henri, at=at(1))
book = book.act("i-1", "schedule", slot=Slot(at(30), 90, "The library"), **her, at=at(2))
book = book.act("i-1", "prepare", notes="Say it about the mountains", **her, at=at(20))
book = book.act("i-1", "prepare", notes="Listen", **henri, at=at(21))
book = book.act("i-1", "start", **henri, at=at(30))

said: list[tuple[dict[str, str], str, str, dict[str, Any]]] = [
    (henri, "question", "Where are you heading, if nothing changes?", {"vital": "heading", "open": True}),
    (her, "answer", "Another year of the same tests", {"vital": "heading", "reply_to": 1}),
    (her, "answer", "To build what nobody has built", {"vital": "destination", "tags": ("dream",)}),
    (her, "answer", "By leading a small line first", {"vital": "route"}),
    (her, "concern", "I cannot move before the summer", {}),
]
for who, kind, text, more in said:
    book = book.act("i-1", "say", text=text, kind=kind, **more, **who, at=at(30))

done: dict[str, Any] = {
    "outcomes": (Ref("need", "n-2", "path-1"),),
    "disclosures": (Disclosure("The three needs", "client"),),
}
done["follow_up_on"] = on(120)
print("\nFinishing now would be refused")
for finding in book.would("i-1", "finish", **done, **henri, at=at(30)):
    print(f"  {finding.code}  {finding.message}")

reply: dict[str, Any] = {"kind": "reply", "reply_to": 5, "decision": "yes"}
book = book.act("i-1", "say", text="Then we ask for a start in the summer", **reply, **henri, at=at(30))
book = book.act("i-1", "say", text="You want to lead a line, near Grenoble", kind="summary", **henri, at=at(30))
book = book.act("i-1", "say", text="Yes", kind="confirmation", reply_to=7, **her, at=at(30))
promise: dict[str, Any] = {"due": on(60), "at": at(30)}
book = book.act("i-1", "promise", id="c-1", text="Visit the line in Grenoble", **promise, **her)
book = book.act("i-1", "promise", id="c-2", text="Talk to Karim", to="madeleine", **promise, **henri)
book = book.act("i-1", "finish", **done, **henri, at=at(30))
book = book.act("i-1", "sign", **her, at=at(31)).act("i-1", "sign", **henri, at=at(31))
print(f"The next day the interview is {book.get(Interview, 'i-1').state}")

# --- the match -------------------------------------------------------------------------------------------------------

line = {"kind": "placement", "organisation": "isere", "location": GRENOBLE, "level": 4, "posted_by": "karim"}
book = book.new(
    Opportunity, "post", "op-1", title="Lead of the battery line", **line,
    offers=({"kind": "challenge", "text": "A line that nobody has built before"},),
    wants=({"kind": "skill", "text": "Has tested a line from end to end"},), by="karim", at=at(32),
)  # fmt: skip
opportunity, path = book.get(Opportunity, "op-1"), book.get(CareerPath, "path-1")

print(f"\n{opportunity.title}: a match to talk about, and no score")
for found in match(path.open_needs(), opportunity):
    print(f"  {found.verdict:8}{found.what}: {found.why}")

# --- the move --------------------------------------------------------------------------------------------------------

wish = {"why": "A line of my own", "needs": ("n-1", "n-2", "n-3"), "from_placement": "pl-1"}
book = book.new(InternalMove, "wish", "mv-1", **wish, **her, at=at(33))
parties = {"releasing_manager": "henri", "receiving_manager": "karim", "client_by": "client"}
days: dict[str, Any] = {"release_on": on(121), "start_on": on(122), "check_in_on": on(180)}
book = book.act("mv-1", "ask", opportunity="op-1", **parties, **days, **her, at=at(34))

print("\nThe move")
for day, party in enumerate(("madeleine", "henri", "karim", "client"), 35):
    book = book.act("mv-1", "approve", by=party, at=at(day))
    print(f"  {on(day)}  {party} says yes: {book.get(InternalMove, 'mv-1').state}")
move, before = book.get(InternalMove, "mv-1"), book.get(Person, "madeleine")
print(f"  It is a move: {', '.join(kinds(move, before, opportunity))}")

book = book.act("i-1", "fulfil", commitment="c-1", result="I have seen it", **her, at=at(50))
book = book.act("i-1", "fulfil", commitment="c-2", result="Karim is glad", **henri, at=at(51))
book = book.act("mv-1", "complete", on=on(122), placement="pl-2", **her, at=at(122))
book = book.act("op-1", "fill", person="madeleine", by="karim", at=at(122))
for placement in book.get(Person, "madeleine").placements:
    print(f"  {placement.span}  {placement.title}, {placement.location}")
print(f"  Her manager is {book.manager_of('madeleine', on(122))} now")

# --- thanks ----------------------------------------------------------------------------------------------------------

for n, (manager, deed) in enumerate((("henri", "You let me go"), ("karim", "You waited for me until July")), 1):
    book = book.new(
        Feedback, "write", f"f-{n}", receiver=manager, kind="appreciation", about="My move to Grenoble",
        situation=Situation(on(122)), behaviour=deed, impact="I lead a line", **her, at=at(130),
    ).act(f"f-{n}", "give", **her, at=at(130))  # fmt: skip
book = book.act("f-1", "acknowledge", insight="Letting go is leading, too", **henri, at=at(131))
for need in ("n-2", "n-3"):
    book = book.act("path-1", "meet_need", need=need, met_ref=Ref("move", "mv-1"), **her, at=at(180))

print("\nThanks")
for insight in book.insights("henri"):
    print(f"  Henri noted: {insight.insight}")
print(f"  Needs still open: {', '.join(map(str, book.get(CareerPath, 'path-1').open_needs()))}")

print(f"\nWorth a look about Madeleine on {on(180)}")
for finding in book.check(on(180)):
    if finding.record[1] in {"madeleine", "mv-1", "r-1"} and finding.code != "D001":
        print(f"  {finding.code}  {finding.says}: {finding.message}")
