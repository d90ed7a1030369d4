"""Merging: what settled and was checked goes into the book that is there, line by line, or into a new one.

Read top to bottom: what changes, the merging, what each line comes to. Lines that nothing changes are written as they
stand. A file is written beside the book and takes its place at the end, so that no kill leaves half a book.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Mapping as MappingOf
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from shutil import copymode
from typing import Any

from attrs import Factory, define, field, frozen

from coaching.book.book import Book
from coaching.bulk.changes import Done, filled_by, update
from coaching.bulk.drafts import told
from coaching.bulk.existing import Existing
from coaching.bulk.journal import Journal
from coaching.bulk.making import take_over
from coaching.bulk.mapping import Mapping
from coaching.bulk.own import go_on
from coaching.bulk.reading.faults import unsaid
from coaching.bulk.reporting import Fate, Report
from coaching.bulk.reporting.screen import number
from coaching.bulk.working import batched, in_order
from coaching.formats.documents import dumps, loads
from coaching.kernel.rules import Finding, Rejected, Rule, stated
from coaching.records import RECORDS
from coaching.records.people import Person

B059 = stated(
    "B059",
    "bulk",
    field="",
    says="who is in no source any more leaves where each row of all sources says whose it is, and few leave at once",
    why="practice: half an export, or one with a blank id, would let people go who are there",
    mend="mend the rows that were rejected, or give what is missing of the file; or let people leave by their last day",
)

BATCH = 1_000  # records that go to a worker at once
MOST_LEAVE = 0.1  # of those who are employed leave at once because no source has them (B059)
FEW = 3  # may always leave
NAMED = 3  # records that are named of those that met the same, and of which nothing else is told
LINES = 10  # lines that the history of one record names; of more it says how many


# --- what changes ----------------------------------------------------------------------------------------------------


@frozen
class Change:
    """What becomes, or became, of one record.

    Attributes:
        type: The type of the record.
        id: Its id.
        fate: Whether it is new, changed, missing from the sources, or left alone though they say otherwise.
        acts: What was done to it, in order.
        left: What the sources say otherwise, and why it was left alone.
    """

    type: str
    id: str
    fate: Fate
    acts: tuple[Done, ...] = ()
    left: tuple[Finding, ...] = ()

    def as_dict(self, *, values: bool = False) -> dict[str, Any]:
        """Give it for a program. `values` shows what the records say."""
        return {
            "type": self.type,
            "id": self.id,
            "fate": self.fate.value,
            "acts": [it.as_dict(values=values) for it in self.acts],
            "left": [
                {"code": it.code, "field": it.path, "message": it.message if values else unsaid(it)} for it in self.left
            ],
        }


@define
class Changes:
    """What becomes, or became, of the records: all are counted, and so many are listed.

    Attributes:
        most: How many are listed at most; None for all.
        listed: The first, in the order of the book; what stays as it is, is not among them.
        counts: How many of each type met which fate.
    """

    most: int | None = 1_000
    listed: list[Change] = Factory(list)
    counts: Counter[tuple[str, Fate]] = Factory(Counter)

    def add(self, it: Change) -> None:
        """Count one, and list it where it is worth it."""
        self.counts[it.type, it.fate] += 1
        if it.fate is not Fate.UNCHANGED and (self.most is None or len(self.listed) < self.most):
            self.listed.append(it)

    def as_dict(self, *, values: bool = False) -> dict[str, Any]:
        """Give it for a program. `values` shows what the records say."""
        counts: dict[str, dict[str, int]] = {}
        for (kind, fate), n in sorted(self.counts.items()):
            counts.setdefault(kind, {})[fate.value] = n
        listed = sum(n for (_, fate), n in self.counts.items() if fate is not Fate.UNCHANGED)
        return {
            "counts": counts,
            "records": [it.as_dict(values=values) for it in self.listed],
            "unlisted": listed - len(self.listed),
        }

    def told(self, *, values: bool = False) -> str:
        """Give it for a person: a line for each record that something is told of, and for each act; others together."""
        lines: list[str] = []
        alike: dict[tuple[str, str], list[str]] = {}
        for it in self.listed:
            fate = it.fate.value.replace("_", " ")
            if not it.acts and not it.left:
                alike.setdefault((it.type, fate), []).append(it.id)
                continue
            lines.append(f"{it.type} {it.id}: {fate}")
            lines += [f"  {act.told(values=values)}" for act in it.acts]
            lines += [f"  left alone: {found.path}: {found.message if values else unsaid(found)}" for found in it.left]
        for (kind, fate), ids in alike.items():
            more = f", and {number(len(ids) - NAMED)} more" if len(ids) > NAMED else ""
            lines.append(f"{kind}: {number(len(ids))} {fate}: {', '.join(ids[:NAMED])}{more}")
        unlisted = self.as_dict()["unlisted"]
        return "\n".join([*lines, *([f"and {number(unlisted)} more"] if unlisted else [])])


# --- merging ---------------------------------------------------------------------------------------------------------


@define
class Merging:
    """Puts what was read into a book.

    Attributes:
        notes: The journal, in which everything is settled and checked.
        existing: The book that is there.
        mapping: What the rows were read by.
        feeds: As which source of the mapping each file was read.
        by: Who takes over.
        at: When.
        source: What the other system is called.
        workers: How many processes share the work.
        changes: What becomes of the records.
        mended: Sources of the mapping of which a file holds mended rows alone: who is not in it is not missed.
        book: The book after it, where it is a `Book`.
    """

    notes: Journal
    existing: Existing
    mapping: Mapping
    feeds: MappingOf[int, str]
    by: str
    at: datetime
    source: str
    workers: int
    changes: Changes = Factory(Changes)
    mended: frozenset[str] = frozenset()
    book: Book | None = None
    _names: dict[int, str] = field(factory=dict, init=False)
    _several: frozenset[str] = field(default=frozenset(), init=False)

    def write(self, report: Report, told: Callable[[int], object], *, dry_run: bool) -> bool:
        """Write the book, and say whether that was done.

        Args:
            report: Counts what becomes of the records.
            told: Is told how many records are done.
            dry_run: Whether only to say what would change.
        """
        into = self.existing.into
        lines = self._counted(report, told)
        if dry_run or into is None:
            for _ in lines:
                pass
        elif isinstance(into, Book):
            self.book = _after(into, lines)
        else:
            _write(into, lines, self._written)
        return not dry_run and into is not None

    def _written(self, beside: Existing) -> None:
        """Note that the book to be is whole: whoever is killed now, and goes on, has only to count."""
        if self.notes.path is not None:
            counts = [[kind, fate.value, n] for (kind, fate), n in self.changes.counts.items()]
            with self.notes.transaction():
                self.notes.note("written", json.dumps([beside.digest(), counts]))

    def _counted(self, report: Report, told: Callable[[int], object]) -> Iterator[tuple[bytes, Change | None]]:
        """Give each line of the book to be, with what became of it; None where nobody said anything of it."""
        done = 0
        for done, (line, change) in enumerate(self._all(), 1):
            if change is not None:
                self.changes.add(change)
                report.count(change.type, change.fate)
            if done % BATCH == 0:
                told(done)
            yield line, change
        told(done)

    def _all(self) -> Iterator[tuple[bytes, Change | None]]:
        self._names = self.notes.names()
        parts = Counter(it.type for it in self.mapping.records)
        self._several = frozenset(it.type for it in self.mapping.records if it.collect or parts[it.type] > 1)
        self.notes.index()
        again = _Again(self.mapping.own, _filled(self.mapping), self.by, self.at, self.source)
        for merged in in_order(again, batched(self._there(), BATCH), workers=self.workers):
            yield from merged
        anew = _as_read if self.mapping.own else partial(_anew, by=self.by, at=self.at, source=self.source)
        for made in in_order(anew, batched(self._new(), BATCH), workers=self.workers):
            yield from made

    def _there(self) -> Iterator[_Line]:
        """Give each line of the book that is there, with what was read of it."""
        absent = self._absent()
        query = "SELECT n, source, line, document FROM draft WHERE type = ? AND id = ? AND state = ''"
        said = "SELECT 1 FROM draft WHERE type = ? AND id = ? LIMIT 1"
        for line, it in self.existing.standing():
            found = self.notes.ask(query, it.type, it.id).fetchone()
            if found is not None:
                n, source, number, document = found
                yield _Line(it.type, it.id, line, document, self._reason(it.type, n, source, number))
            elif it.type in absent and it.source == self.source and not self.notes.ask(said, it.type, it.id).fetchone():
                yield _Line(it.type, it.id, line, None, "in no source any more", absent[it.type])
            else:
                yield _Line(it.type, it.id, line, None)

    def _absent(self) -> dict[str, str]:
        """Say of each type what becomes of those who are in no source any more, where all its sources were given."""
        its = () if self.mapping.own else self.mapping.records
        whole = {*self.feeds.values()} - self.mended
        partly = {it.type for it in its if it.source not in whole}
        absent: dict[str, str] = {}
        for it in its:
            if it.type not in partly and absent.get(it.type) != "leave":
                absent[it.type] = it.absent
        for kind in [kind for kind, it in absent.items() if it == "leave"]:
            if not self._all_are_named(kind):
                absent[kind] = "not every row of the sources says whose it is"
            elif self._too_many_leave(kind):
                absent[kind] = "more than one in ten would leave: is a part of the file missing?"
        return absent

    def _too_many_leave(self, kind: str) -> bool:
        """Tell whether so many of those whom the book took over from the system are gone that nobody believes it."""
        query = """
            SELECT count(*), coalesce(sum(NOT EXISTS (SELECT 1 FROM draft d WHERE d.type = k.type AND d.id = k.id)), 0)
            FROM known k WHERE type = ? AND system = ?"""
        here, gone = self.notes.ask(query, kind, self.source).fetchone()
        return bool(gone > max(FEW, here * MOST_LEAVE))

    def _all_are_named(self, kind: str) -> bool:
        """Tell whether each row of all sources of a type says whose it is, and there are some."""
        sources = {it.source for it in self.mapping.records if it.type == kind}
        feeds = json.dumps([n for n, source in self.feeds.items() if source in sources])
        nameless = """
            SELECT 1 FROM rejected r WHERE source IN (SELECT value FROM json_each(?)) AND NOT EXISTS
              (SELECT 1 FROM draft d WHERE d.source = r.source AND d.record = r.record AND d.type = ? AND d.id <> '')"""
        anybody = "SELECT 1 FROM draft WHERE type = ? AND state = ''"
        ask = self.notes.ask
        return not ask(nameless, feeds, kind).fetchone() and ask(anybody, kind).fetchone() is not None

    def _new(self) -> Iterator[_New]:
        """Give what is not in the book yet: by kind, then by id."""
        query = """
            SELECT n, source, line, id, document FROM draft WHERE type = ? AND state = ''
            AND NOT EXISTS (SELECT 1 FROM known k WHERE k.type = draft.type AND k.id = draft.id) ORDER BY id"""
        for kind in RECORDS:
            for n, source, line, id, document in self.notes.ask(query, kind.type):
                yield _New(kind.type, id, document, self._reason(kind.type, n, source, line))

    def _reason(self, kind: str, n: int, source: int, line: int) -> str:
        """Say where it stood; of a record that several rows make, where all of them did."""
        rows = self.notes.rows(n) if kind in self._several else [(source, line)]
        its = [f"{self._names[source]}{f' line {line}' if line else ''}" for source, line in rows[:LINES]]
        return ", ".join([*its, *([f"{len(rows) - LINES} more"] if len(rows) > LINES else [])])


@frozen
class _Line:
    """A line of the book, and what was read of its record.

    `absent` says what becomes of who is in no source: `report`, `leave`, or why nobody leaves.
    """

    type: str
    id: str
    line: bytes
    document: bytes | None
    reason: str = ""
    absent: str = ""


@frozen
class _New:
    type: str
    id: str
    document: bytes
    reason: str


def counted(notes: Journal, book: str) -> Counter[tuple[str, Fate]] | None:
    """Give what an import did that was killed when its book was written; None where it is not the book that is there.

    Args:
        notes: The journal of the import.
        book: The digest of the book.
    """
    digest, counts = json.loads(notes.told("written") or "[null, []]")
    return Counter({(kind, Fate(fate)): n for kind, fate, n in counts}) if digest == book else None


def _after(book: Book, lines: Iterable[tuple[bytes, Change | None]]) -> Book:
    """Give a book with what changed and what is new."""
    put = [loads(line) for line, it in lines if it is not None and (it.acts or it.fate is Fate.NEW)]
    return book.put(*put)


def _write(path: Path, lines: Iterable[tuple[bytes, Change | None]], done: Callable[[Existing], object]) -> None:
    """Write a file that takes the place of the book at the end, and may be read by whom that may be read by."""
    beside = path.with_name(f"{path.name}.part")
    try:
        with beside.open("wb") as out:
            if path.exists():
                copymode(path, beside)
            for line, _ in lines:
                out.write(line)
                out.write(b"\n")
            out.flush()
            os.fsync(out.fileno())
        done(Existing(beside))
        beside.replace(path)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


# --- what a line comes to --------------------------------------------------------------------------------------------


@frozen
class _Again:
    """Says what becomes of lines that are there. It goes to other processes."""

    own: bool
    filled: MappingOf[str, frozenset[str]]
    by: str
    at: datetime
    source: str

    def __call__(self, batch: Sequence[_Line]) -> list[tuple[bytes, Change | None]]:
        return [self._one(it) for it in batch]

    def _one(self, it: _Line) -> tuple[bytes, Change | None]:
        if it.document is None:
            return self._without(it) if it.absent else (it.line, None)
        if self.own:
            changed = go_on(it.line, it.document)
        else:
            changed = update(
                it.line, it.document, filled=self.filled[it.type], by=self.by, at=self.at, on=self.at.date(),
                source=self.source, reason=it.reason,
            )  # fmt: skip
        fate = Fate.CHANGED if changed.acts else Fate.LEFT_ALONE if changed.left else Fate.UNCHANGED
        return changed.line, Change(it.type, it.id, fate, changed.acts, changed.left)

    def _without(self, it: _Line) -> tuple[bytes, Change | None]:
        """Say what becomes of who is in no source any more: somebody who left is not missed."""
        record, on = loads(it.line), self.at.date()
        if not isinstance(record, Person):
            return it.line, Change(it.type, it.id, Fate.MISSING)
        held = record.employment_by(on)
        if held is None or not held.covers(on) or held.to == on:
            return it.line, None
        if it.absent == "report":
            return it.line, Change(it.type, it.id, Fate.MISSING)
        if it.absent != "leave":
            return it.line, Change(it.type, it.id, Fate.MISSING, left=(told(B059, it.absent, "employments"),))
        try:
            left = record.leave(on, it.reason, by=self.by, at=self.at)
        except Rejected as refusal:
            return it.line, Change(it.type, it.id, Fate.MISSING, left=refusal.findings)
        done = Done("leave", "employments", None, on.isoformat(), on)
        return dumps(left), Change(it.type, it.id, Fate.LEFT, (done,))


def _as_read(batch: Sequence[_New]) -> list[tuple[bytes, Change | None]]:
    """Take records as they stand."""
    return [(it.document, Change(it.type, it.id, Fate.NEW)) for it in batch]


def _anew(batch: Sequence[_New], *, by: str, at: datetime, source: str) -> list[tuple[bytes, Change | None]]:
    """Take over what is new."""
    reasons = [it.reason for it in batch]
    taken = take_over([it.document for it in batch], by=by, at=at, source=source, reasons=reasons)
    return [(_sealed(line), Change(it.type, it.id, Fate.NEW)) for it, line in zip(batch, taken, strict=True)]


def _sealed(line: bytes | tuple[Finding, ...]) -> bytes:
    if isinstance(line, bytes):
        return line
    raise Rejected("import: a record that was checked was refused", line)


def _filled(mapping: Mapping) -> dict[str, frozenset[str]]:
    """Say of each type which fields the mapping fills."""
    filled: dict[str, frozenset[str]] = {}
    for it in mapping.records:
        filled[it.type] = filled.get(it.type, frozenset()) | filled_by(it.fields)
    return filled


RULES: tuple[Rule, ...] = (B059,)
