

































from datetime import date, datetime
from coaching import Book, Managed, Person, Position, Rejected, Span
def noon(day):
    return datetime.fromisoformat(f"{day}T12:00+02:00")
first = date(2026, 8, 3)
consultant = Position("po-1", "hem", "Consultant", Span(first), managers=(Managed("ole", first),))
anna = Person.register("anna", "Anna Ek", first, position=consultant, by="hr", at=noon("2026-06-15"))
[(anna.standing(day).value, anna.manager_on(day)) for day in (date(2026, 8, 2), first)]









anna.acts_for("hr", on=date(2026, 8, 2))

anna.acts_for("hr", on=first)[:3]

for finding in anna.would("go_on_leave", since=date(2026, 8, 1), by="hr", at=noon("2026-06-15")):
    print(finding.code, finding.path, finding.message)












anna = anna.go_on_leave(date(2027, 1, 11), until=date(2027, 6, 30), by="hr", at=noon("2026-11-02"))
anna.standing(date(2026, 12, 24)).value, anna.standing(date(2027, 6, 30)).value, anna.standing(date(2027, 7, 1)).value

[act for act in anna.acts_for("hr", on=date(2026, 12, 24)) if act.endswith("leave")]

anna = anna.come_back(date(2027, 5, 3), by="hr", at=noon("2027-04-20"))
anna.standing(date(2027, 5, 2)).value, anna.standing(date(2027, 5, 3)).value, str(anna.leaves[0])













def manager(person, id, day, noted):
    return person.change_manager("po-1", id, date.fromisoformat(day), by="hr", at=noon(noted))
anna = manager(anna, "eva", "2027-09-01", noted="2027-08-20")
anna = manager(anna, "per", "2027-08-01", noted="2027-09-10")
anna = manager(anna, "liv", "2027-09-01", noted="2027-09-13")
[anna.manager_on(date(2027, month, 15)) for month in (7, 8, 9)]

dict(anna.history[-1].was)












leaving = anna.leave(date(2027, 12, 31), by="hr", at=noon("2027-10-01"))
leaving.standing(date(2027, 12, 31)).value, leaving.standing(date(2028, 1, 1)).value

str(leaving.positions[0].span), leaving.manager_on(date(2027, 12, 31)), leaving.manager_on(date(2028, 1, 1))

leaving.acts_for("hr", on=date(2028, 1, 1))

stayed = leaving.stay("She changed her mind", by="hr", at=noon("2027-10-20"))
stayed.standing(date(2028, 1, 1)).value, stayed.positions == anna.positions











anna = stayed.leave(date(2028, 3, 31), by="hr", at=noon("2028-04-03"))
try:
    anna.end_position("po-1", on=date(2028, 4, 30), by="hr", at=noon("2028-04-03"))
except Rejected as refusal:
    print(refusal)


anna = anna.join(date(2030, 2, 1), by="hr", at=noon("2029-12-10"))
lead = Position("po-2", "hem", "Lead", Span(date(2030, 2, 1)), managers=(Managed("eva", date(2030, 2, 1)),))
anna = anna.take_position(lead, by="hr", at=noon("2029-12-10"))
[str(employment) for employment in anna.employments]

[(year, anna.standing(date(year, 7, 1)).value) for year in (2026, 2027, 2028, 2030)]

anna.manager_on(date(2027, 7, 1)), anna.manager_on(date(2030, 7, 1))

book = Book([anna])
book.next_due("anna", on=date(2028, 3, 31)), book.next_due("anna", on=date(2030, 2, 1))








kim = Person.register("kim", "Kim Berg", by="hr", at=noon("2026-06-15"))
kim.standing(first).value, kim.acts_for("hr", on=first)

Book([kim]).covered("kim", first) is None






