"""The first floor: one module per record, each readable alone: values, table, rules, the record and its acts."""

from coaching.kernel.record import Record
from coaching.records.feedback import Feedback
from coaching.records.goals import Goal
from coaching.records.interviews import Interview
from coaching.records.paths import CareerPath
from coaching.records.people import Person

RECORDS: tuple[type[Record], ...] = (Person, Goal, Interview, Feedback, CareerPath)
"""Every kind of record, in the order in which they are listed everywhere."""
