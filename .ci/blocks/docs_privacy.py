





from datetime import date, datetime
from coaching import Book, Goal, Managed, Person, Policy, Position, Rejected, Span, verify
from coaching.privacy import access_copy, count_by, erase, findings_for, texts, view
noon = datetime.fromisoformat("2026-08-03T12:00+02:00")
def person(id, name, manager=None):
    since = date(2024, 8, 1)
    place = Position("po-1", "hem", "Consultant", Span(since), managers=(Managed(manager, since),))
    return Person.register(id, name, date(2024, 8, 1), position=place, by="hr", at=noon)
goal = Goal.begin("g-1", "Lead a pilot line", why="My mother is ill, I want to be near her", by="anna", at=noon)
goal = goal.suggest_option("o-1", "Ask Bruk", by="anna", at=noon)
people = [
    person("anna", "Anna Ek", "ole"),
    person("ole", "Ole Li", "per"),
    person("per", "Per Mo"),
    person("eva", "Eva Ås"),
]
book = Book([*people, goal])





today = date(2026, 8, 3)
view(goal, "anna", book, today)["title"]

shown = view(goal, "per", book, today)  # the manager of the line manager: that there is a goal, and how it stands
shown["state"], shown["owner"], "title" in shown.redacted

"title" in shown, shown.get("title", "not for you")

shown["title"]




view(goal, "eva", book, today).as_dict()








































[(found.code, found.message) for found in findings_for(goal, "anna", book, today)]

findings_for(goal, "eva", book, today)

def told(viewer):
    return sorted({(found.record[1], found.code) for found in book.check(today, for_=viewer)})
told("anna")

told("ole")  # her manager: state and days of what is hers, and all of his own






for words in texts(goal):
    print(words.path, words.author, repr(words.text))

















copy = access_copy(book, "anna")
[(record["type"], record["id"]) for record in copy["records"]]

[(words["path"], words["author"]) for words in copy["words"] if words["record"] == ["goal", "g-1"]]








kept = goal.keep(date(2028, 12, 31))
def keeping(day, policy=Policy()):
    found = Book([*people, kept]).check(day, policy=policy)
    return [(f.code, f.record[1]) for f in found if f.code in {"D001", "D002"}]
keeping(date(2026, 8, 3))

house = Policy(severities={"D001": "off"})  # this house keeps its own list of how long records are kept
keeping(date(2029, 1, 1), house)










book = book.act("anna", "leave", left_on=date(2026, 8, 31), by="hr", at=noon)
later = datetime.fromisoformat("2028-09-01T12:00+02:00")
erased, report = erase(book, "anna", date(2028, 9, 1), by="hr", at=later)
erased.get(Goal, "g-1").title, erased.get(Person, "anna").name, str(erased.get(Person, "anna").employments[0])

print(report)

















[(finding.code, finding.severity.value) for finding in verify(erased.all(Goal))]











held = book.put(goal.hold(date(2029, 12, 31)))
held, report = erase(held, "anna", date(2028, 9, 1), by="hr", at=later)
held.get(Goal, "g-1").title, [(found.code, found.record) for found in report.held]












counts = count_by(people, lambda person: "line" if person.id in {"anna", "eva"} else "house")
dict(counts.shown), counts.withheld

try:
    counts["line"]
except Rejected as refusal:
    print(refusal.codes)























mine = Goal.begin("g-2", "Lead a plant", by="ole", at=noon)
elsewhere = {mine.key: mine.digest}
forged = Goal.begin("g-2", "Leave", by="ole", at=noon)
verify(forged), [found.code for found in verify(forged, known=elsewhere)], verify(mine, known=elsewhere)



