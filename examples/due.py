"""Whose annual career interview is due, from an HR export: `python due.py people.csv`, or the one beside this file."""

import sys
from datetime import date
from pathlib import Path

from coaching import Person
from coaching.bulk.people import read_people

on = date(2026, 11, 25)
file = Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).with_name("people.csv")

reading = read_people(file, on=on, source=file.name)

names = {person.id: person.name for person in reading.book.all(Person)}
for line in reading.book.coverage(on):
    if line.status != "not_due":
        print(f"{line.person:6}{names[line.person]:20}{line.last_held or 'never'!s:12}{line.due!s:12}{line.status}")

print(f"read {reading.read} = accepted {reading.accepted} + rejected {reading.rejected}")
