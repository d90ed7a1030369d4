

































































































































































































































































































from coaching.bulk.mapping import match_headers, read_mapping
mapping = read_mapping({"records": [{"type": "person", "fields": {"id": "EmpID", "name": "Full name"}}]})
headers = match_headers(mapping, "", ["emp_id", "FULL NAME", "Sex"])
dict(headers.of), headers.unused












from coaching.bulk.dates import Dates, Evidence
hired = Dates(formats=("%m/%d/%Y", "%d-%b-%y"), nulls=("NULL", " - ", "1900-01-01"), open_end=("9999-12-31",))
[str(hired.read(text)) for text in ("3/5/2024", "05-Mar-24", "2024-03-05")]

[hired.read(text) for text in ("null", "-", "1/1/1900", "31-Dec-99", "12/31/9999")]

print(hired.read("5.3.2024"))

















seen = Dates(formats=("%d.%m.%Y %H:%M:%S UTC",), zone="Europe/Stockholm")
str(seen.read("04.03.2024 23:00:00 UTC")), str(seen.read("2024-03-04T23:00:00Z"))

print(Dates().read("2024-03-04T23:00:00Z"))






evidence = Evidence.of(["01/02/2012", "09/26/2011"]) + Evidence.of(["26/09/2011", "26.09.2011"])
evidence.told()

evidence.order, evidence.both

Evidence.of(["01/02/2012", "09/26/2011"]).order







print(*Dates().doubts("2567-03-05"))





















































from datetime import UTC, datetime
from coaching import Book
from coaching.bulk.importing import import_records
staff = {
    "name": "HiBob",
    "records": [
        {"type": "organisation", "fields": {"id": {"value": "hem"}, "name": {"value": "Hem"}}},
        {
            "type": "person",
            "fields": {
                "id": "No",
                "name": "Name",
                "employments": [{"from": "Since", "to": "Last day"}],
                "positions": [{"employer": {"value": "hem"}, "title": "Title", "managers": [{"manager": "Boss"}]}],
            },
        },
    ],
}
april = b"""No,Name,Since,Last day,Title,Boss
1,Anna Ek,2020-01-01,,Consultant,2
2,Ole Li,2018-08-01,,Head,
3,Eva Berg,2023-05-01,,Trainee,2
"""
may = b"""No,Name,Since,Last day,Title,Boss
1,Anna Ek,2020-01-01,,Senior consultant,2
2,Ole Li,2018-08-01,,Head,
3,Eva Berg,2023-05-01,2026-05-31,Trainee,2
"""
first = import_records(april, staff, by="hr", at=datetime(2026, 4, 1, 9, tzinfo=UTC), into=Book())
then = import_records(may, staff, by="hr", at=datetime(2026, 5, 1, 9, tzinfo=UTC), into=first.book)
print(then.changes.told(values=True))




then.report.records

again = import_records(may, staff, by="hr", at=datetime(2026, 5, 2, 9, tzinfo=UTC), into=then.book)
again.book == then.book
















from coaching import Severity
from coaching.bulk.drafts import Fault
from coaching.bulk.reporting import Account, Fate, Report, Thresholds
report = Report(written=True).account(Account("people.csv", read=9, accepted=5, rejected=3, skipped={"blank": 1}))
report = report.count("person", Fate.NEW, 5).add_all(
    Fault(
        "people.csv",
        line,
        line - 1,
        "Hire date",
        "employments[].from",
        "B003",
        Severity.ERROR,
        "a year of two digits",
        "'3/5/24' has a year of two digits",
        "write the year with four digits",
    )
    for line in (2, 3, 7)
)
print(report)




Thresholds.of(max_rejected="2%").exceeded(report)






































































from coaching import Person
noon = datetime(2026, 11, 25, 12, tzinfo=UTC)
rows = [{"id": 1, "name": "Anna Ek", "joined": "2024-08-01"}, {"id": 2, "name": "Ole Li", "joined": "soon"}]
people = {"records": [{"type": "person", "fields": {"id": "id", "name": "name", "employments": [{"from": "joined"}]}}]}
steps: list[str] = []
outcome = import_records(rows, people, by="hr", at=noon, into=Book(), progress=lambda it: steps.append(it.phase))
print(outcome.report.told(values=True))




outcome.book.get(Person, "1").history[0].source, list(dict.fromkeys(steps))

Thresholds.of(max_rejected="2%").exceeded(outcome.report)


















from datetime import date
from coaching import Goal
goal = Goal.import_(
    "g-7",
    state="agreed",
    owner="1",
    coach="2",
    title="Lead a pilot line",
    target_on=date(2027, 3, 1),
    by="hr",
    at=noon,
    source="the old system",
    reason="goals.csv, line 12",
)
sorted({finding.code for finding in goal.findings(date(2026, 11, 25))})

goal.history[0].act, goal.history[0].source


























































































































































lines = b"id,name,joined_on,manager\n1,Anna Ek,2024-08-01,2\n2,Ole Lind,2016-08-15,\n3,Eva Berg,2018-02-30,2\n"
outcome = import_records(lines, "preset:due", by="import", at=noon, into=Book())
[(fault.line, fault.column, fault.code) for fault in outcome.report.faults]

[(line.person, line.due.isoformat(), str(line.status)) for line in outcome.book.coverage(noon.date())]






























from coaching.bulk.sources import open_rows
export = b"""
{"id": 7, "goals": [{"title": "Lead a pilot line"}, {"title": "Learn Welsh"}]}
{"id": 8, "goals": []}
{"id": 9, "goals": [{"title": "Sp"""
rows = open_rows(export, path="goals[]")
for row in rows:
    print(row.line, row.record, row.wrong.message if row.wrong else rows.named(row))



rows.told, rows.good, rows.faulty, rows.skipped






