"""The first floor: one module per record, each readable alone: values, table, rules, the record and its acts."""

from coaching.kernel.record import Record
from coaching.records.goals import Goal

RECORDS: tuple[type[Record], ...] = (Goal,)
"""Every kind of record, in the order in which they are listed everywhere."""
