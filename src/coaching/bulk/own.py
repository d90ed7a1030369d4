"""What this library wrote itself: each line is a record as it stands, with its history. It is never made anew.

Read top to bottom: rules, reading, and what becomes of a record that the book has already: the longer history counts,
as long as one goes on from the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from coaching.bulk.changes import Changed, Done
from coaching.bulk.drafts import Batch, Draft, Fault, told
from coaching.bulk.mapping import Mapping, Records
from coaching.bulk.reading.faults import unsaid
from coaching.bulk.sources import Row
from coaching.bulk.sources.objects import WHOLE
from coaching.formats.documents import dumps, loads
from coaching.kernel.record import Record
from coaching.kernel.rules import Finding, Rejected, Rule, stated
from coaching.kernel.signing import verify
from coaching.records import RECORDS

B052 = stated(
    "B052",
    "bulk",
    field="history",
    says="a record that is taken in goes on from the one in the book, or the other way round",
    why="own choice: of two that went on apart, one would lose what people agreed",
    mend="keep the book's record, and do in it by its acts what was done in the other",
)

_PLACES = {kind.type: n for n, kind in enumerate(RECORDS)}


def as_it_stands(mapping: Mapping) -> Mapping:
    """Give a mapping of our own documents: one way for each kind of record, which fills nothing."""
    return evolve(mapping, records=tuple([Records(type=kind.type) for kind in RECORDS]))


@frozen
class OwnReader:
    """Reads rows of which each is a record of this library.

    Attributes:
        name: The name of the source.
        columns: The names of its columns.
    """

    name: str
    columns: Sequence[str]

    def once(self) -> Batch:
        """Make what a mapping makes without a row: nothing."""
        return Batch()

    def read(self, rows: Sequence[Row]) -> Batch:
        """Make a draft of each row, or say what is wrong with it: with its document, or with its seals."""
        batch = Batch()
        for row in rows:
            found, record = self._read(row)
            where = self.name, row.line, row.record, ""
            batch.faults += [
                Fault(*where, it.path, it.code, it.severity, unsaid(it), it.message, it.mend) for it in found
            ]
            if record is not None:
                batch.drafts.append(
                    Draft(_PLACES[record.type], record.type, record.id, row.line, row.record, dumps(record))
                )
        return batch

    def _read(self, row: Row) -> tuple[Sequence[Finding], Record | None]:
        if row.wrong is not None:
            return [row.wrong], None
        try:
            record = loads(str(row.cells[list(self.columns).index(WHOLE)]))
        except Rejected as refusal:
            return refusal.findings, None
        return verify(record), record


def go_on(line: bytes, document: bytes) -> Changed:
    """Say what becomes of a record of the book of which another copy is taken in.

    >>> from datetime import datetime
    >>> from coaching import Goal
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> goal = Goal.begin("g-1", "Lead a pilot line", by="p-17", at=noon)
    >>> later = goal.edit(why="to grow", by="p-17", at=noon)
    >>> [it.act for it in go_on(dumps(goal), dumps(later)).acts], go_on(dumps(later), dumps(goal)).acts
    (['edit'], ())
    """
    if line == document:
        return Changed(line)
    ours, theirs = loads(line), loads(document)
    here, there = ([it.digest for it in record.history] for record in (ours, theirs))
    if len(there) > len(here) and there[: len(here)] == here:
        return Changed(document, acts=tuple(_done(theirs, len(here))))
    if there == here[: len(there)] and (len(there) < len(here) or dumps(_bare(ours)) == dumps(_bare(theirs))):
        return Changed(line)
    what = (
        "the copy went on apart from the one in the book" if there != here else "the copies differ beside the history"
    )
    return Changed(line, left=(told(B052, what),))


def _bare(record: Record) -> Record:
    """Give a record without what the house sets beside its history: that of the book counts."""
    return record.keep(None).hold(None).with_extra({})


def _done(record: Record, first: int) -> Iterator[Done]:
    for entry in record.history[first:]:
        yield Done(entry.act, ", ".join(entry.sets), None, None)


RULES: tuple[Rule, ...] = (B052,)
