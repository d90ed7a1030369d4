"""Whose annual career interview is due, from an HR export: `python due.py people.csv`, or the one beside this file."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from coaching import Book, Person
from coaching.bulk.importing import import_records

now = datetime(2026, 11, 25, tzinfo=UTC)
file = Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).with_name("people.csv")

outcome = import_records(file, "preset:due", by="import", at=now, into=Book())
book, report = outcome.book, outcome.report

names = {person.id: person.name for person in book.all(Person)}
for line in book.coverage(now.date()):
    if line.status != "not_due":
        print(f"{line.person:6}{names[line.person]:20}{line.last_held or 'never'!s:12}{line.due!s:12}{line.status}")

skipped = sum(report.skipped.values())
print(f"read {report.read} = accepted {report.accepted} + rejected {report.rejected} + skipped {skipped}")
