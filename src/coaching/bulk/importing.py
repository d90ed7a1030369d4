"""The door of the import: sources and a mapping in, records in a book out, and a report of everything.

Read top to bottom: what comes of it, the import, its steps. What each step found stands in the journal, so that an
import which was killed goes on where it stood. A row is taken whole or not at all.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Literal, TypeAlias

from attrs import define, field, frozen

from coaching.book.book import Book
from coaching.bulk.asking import Asking
from coaching.bulk.dates import Evidence
from coaching.bulk.drafts import Fault
from coaching.bulk.existing import Existing
from coaching.bulk.given import Given, given
from coaching.bulk.identity import recognise
from coaching.bulk.journal import Journal
from coaching.bulk.making import check
from coaching.bulk.mapping import Lookup, SourceOf, match_headers, read_mapping, source_of
from coaching.bulk.mapping import Mapping as Mapped
from coaching.bulk.mapping.reading import Given as GivenMapping
from coaching.bulk.merging import Changes, Merging
from coaching.bulk.own import OwnReader, as_it_stands
from coaching.bulk.packing import Packed, pack
from coaching.bulk.reading import Reader
from coaching.bulk.reading.faults import unsaid
from coaching.bulk.reading.words import folded
from coaching.bulk.reporting import Account, Report, write_rejects
from coaching.bulk.settling import settle, unsettle
from coaching.bulk.settling.telling import Place, Telling
from coaching.bulk.sources import Row, Rows, text_of
from coaching.bulk.working import batched, in_order
from coaching.formats.lines import without_collector
from coaching.kernel.checking import Faults, check_as
from coaching.kernel.constraints import V012, V015, Id, Moment, Text
from coaching.kernel.rules import Finding, Rule, brief, stated

BATCH = 2_000  # rows, or records, that go to a worker at once
MODES = ("insert", "update", "upsert")
ACCEPTED = ("good", "all")

B050 = stated(
    "B050",
    "bulk",
    field="",
    says="who is to be added is not in the book yet",
    why="own choice: whoever adds people does not mean to change some",
    mend="leave the row out, or change what is there too, with mode upsert",
)
B051 = stated(
    "B051",
    "bulk",
    field="",
    says="who is to be changed is in the book",
    why="practice: an update that adds whom it does not find makes two of one, where an id was mistyped",
    mend="correct the id, or add what is new too, with mode upsert",
)

_OTHERWISE = {"insert": (B050, 1, "is in the book already"), "update": (B051, 0, "is not in the book")}
_id, _moment, _text = check_as(Id), check_as(Moment), check_as(Text)
_GROWING = frozenset({"json", "ndjson", "dicts"})  # kinds of which each row names its cells
Sources: TypeAlias = Any  # a source as `open_rows` takes it, or a list of them


@frozen
class Progress:
    """How far an import is.

    Attributes:
        phase: What it does: `look`, `read`, `settle`, `check`, `write`.
        done: How much of it is done.
        total: Of how much, where that is known.
        rejected: How many rows are rejected so far.
        unit: What is counted: `rows` or `records`.
    """

    phase: str
    done: int
    total: int | None = None
    rejected: int = 0
    unit: Literal["rows", "records"] = "rows"


@frozen
class Outcome:
    """What came of an import.

    Attributes:
        report: What was read, accepted, rejected and skipped, and every fault, grouped.
        changes: What was, or would be, done to whom.
        book: The book after it, where it went into a `Book`; None where it went into a file, or nowhere.
    """

    report: Report
    changes: Changes
    book: Book | None = None

    @property
    def written(self) -> bool:
        """Whether anything was written."""
        return self.report.written


def import_records(
    sources: Sources,
    mapping: GivenMapping,
    *,
    by: str,
    at: datetime,
    source: str | None = None,
    into: Book | str | os.PathLike[str] | None = None,
    mode: str = "upsert",
    accept: str = "good",
    dry_run: bool = False,
    workers: int = 1,
    journal: str | os.PathLike[str] | None = None,
    resume: bool = False,
    progress: Callable[[Progress], object] | None = None,
    rejects: str | os.PathLike[str] | None = None,
    most: int | None = 1_000,
) -> Outcome:
    r"""Import records out of files, tables or rows, as a mapping says.

    Args:
        sources: A path, bytes, a stream, dicts, a table; or a list of such. Lines stand in a list of their own.
            `"people=export.csv"` says which source of the mapping a file is.
        mapping: A path of a TOML document, its text, a dict of the same shape, `"preset:scim"`, or a `Mapping`.
        by: Who takes the records over: an id.
        at: When. What is dated by nothing in a file is dated by its day.
        source: The other system, in words, for the history; otherwise the name of the mapping, or of the file.
        into: A book, or the path of one as NDJSON, which may not be there yet; None checks only.
        mode: `insert` rejects who is in the book already, `update` who is not; `upsert` takes both.
        accept: `good` takes the rows that are; `all` writes nothing where a row is rejected.
        dry_run: Whether to say what would change, and write nothing.
        workers: How many processes share the work. What comes of it is the same.
        journal: The file that keeps what was done, so that an import can go on after a kill; otherwise a temporary one.
        resume: Whether to go on with the journal that is there, with its `at`; otherwise it begins anew.
        progress: Is told how far it is.
        rejects: The file for the rejected rows; of several sources that have some, each has its own, named for it.
        most: How many faults and changes the report lists one by one; None for all. What it counts is exact.

    Raises:
        Rejected: V001, V003, V012, V015 for arguments; what is wrong with the mapping, or with a source as a whole
            (B006 to B013, B034, B035, B037); B014 and B015 for a journal that is of something else or damaged; V018 for
            a book that cannot be read. Nothing is written then.
        OSError: What the system says of a file.

    >>> from datetime import UTC
    >>> staff = b"No;Name;Since\n1;Anna Ek;2024-08-01\n2;Ole Li;2023-02-30\n"
    >>> mapping = {
    ...     "records": [{"type": "person", "fields": {"id": "No", "name": "Name", "employments": [{"from": "Since"}]}}]
    ... }
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> outcome = import_records(staff, mapping, by="hr", at=noon, source="staff list", into=Book())
    >>> [person.name for person in outcome.book], [(it.line, it.column, it.code) for it in outcome.report.faults]
    (['Anna Ek'], [(3, 'Since', 'B003')])
    """
    _ask(locals())
    its = given(sources)
    mapped = read_mapping(mapping)
    if mapped.own:
        mapped = as_it_stands(mapped)
    kept = None if journal is None else Path(journal)
    if kept is not None and not resume:
        kept.unlink(missing_ok=True)
    existing = Existing.of(into)
    of = {"sources": _digest(it.fingerprint for it in its), "mapping": _digest([repr(mapped)]),
          "arguments": repr((by, source, mode)), "book": _digest(existing.lines())}  # fmt: skip
    with Journal(kept, of=of) as notes, without_collector():
        run = _Import(
            mapped, _feeds(mapped, its), notes, existing, by, _begun(notes, at), source, mode, workers,
            progress or (lambda _: None), Report(most=most),
        )  # fmt: skip
        run.read()
        run.settle()
        outcome = run.write(all_or_nothing=accept == "all", dry_run=dry_run)
        if rejects is not None:
            run.write_rejects(Path(rejects))
    if kept is not None:
        kept.unlink(missing_ok=True)
    return outcome


def _ask(said: Mapping[str, Any]) -> None:
    """Say what cannot be asked at all."""
    faults = Faults()
    _id(said["by"], "by", faults)
    _moment(said["at"], "at", faults)
    if said["source"] is not None:
        _text(said["source"], "source", faults)
    for name, known in (("mode", MODES), ("accept", ACCEPTED)):
        if said[name] not in known:
            faults.add(
                V012, name, "{value} is not known; known: {known}", value=brief(said[name]), known=", ".join(known)
            )
    if type(said["workers"]) is not int or said["workers"] < 1:
        faults.add(V015, "workers", "{value} is no number of processes", value=brief(said["workers"]))
    for name in ("journal", "rejects"):
        if not isinstance(said[name], (str, os.PathLike, type(None))):
            faults.add(V015, name, "{value} is no path", value=brief(said[name]))
    if said["progress"] is not None and not callable(said["progress"]):
        faults.add(V015, "progress", "{value} cannot be called", value=brief(said["progress"]))
    faults.refuse("import: cannot begin")


def _digest(parts: Any) -> str:
    digest = sha256()
    for part in parts:
        digest.update(part if isinstance(part, bytes) else part.encode(errors="backslashreplace"))
        digest.update(b"\0")
    return digest.hexdigest()


def _begun(notes: Journal, at: datetime) -> datetime:
    """Say when the import began: one that goes on is of then."""
    said = notes.told("at")
    if said is None:
        with notes.transaction():
            notes.note("at", at.isoformat())
        return at
    return datetime.fromisoformat(said)


@frozen
class _Feed:
    """One file as one source of the mapping."""

    n: int
    source: str
    given: Given
    how: SourceOf

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.given.name

    def rows(self, **more: Any) -> Rows:
        """Open it."""
        return self.given.rows(self.how, **more)


def _feeds(mapping: Mapped, its: Sequence[Given]) -> list[_Feed]:
    names = [f"{it.serves}={it.name}" if it.serves else it.name for it in its]
    serving = [(source, place) for source, places in source_of(mapping, names).items() for place in places]
    return [_Feed(n, it, its[place], mapping.sources.get(it, SourceOf())) for n, (it, place) in enumerate(serving)]


@frozen
class _Reading:
    """Reads a batch, and says how many rows it had and rejects. It goes to other processes.

    What a row makes alone is asked for its rules at once: most records stay as their rows say them.
    """

    source: int
    reader: Reader | OwnReader
    asking: Asking

    def __call__(self, rows: Sequence[Row]) -> tuple[int, Packed]:
        with without_collector():
            batch = self.reader.read(rows)
            return len(rows), pack(
                self.source, batch, bool if isinstance(self.reader, OwnReader) else self.asking.is_good
            )


@define
class _Import:
    mapping: Mapped
    feeds: list[_Feed]
    notes: Journal
    existing: Existing
    by: str
    at: datetime
    source: str | None
    mode: str
    workers: int
    progress: Callable[[Progress], object]
    report: Report
    _unused: dict[int, tuple[str, ...]] = field(factory=dict, init=False)
    _told: dict[int, Mapping[str, Any]] = field(factory=dict, init=False)
    _rejected: int = field(default=0, init=False)

    # --- reading ------------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Read all sources to their ends."""
        tables = {name: self._table(it) for name, it in self.mapping.lookups.items()}
        for feed in self.feeds:
            self._read(feed, self._reader(feed, tables))

    def _table(self, it: Lookup) -> dict[str, str]:
        """Read a small table."""
        table: dict[str, str] = {}
        only = {header: frozenset(map(folded, said)) for header, said in it.only.items()}
        for feed in self.feeds:
            if feed.source == it.source:
                with feed.rows() as rows:
                    for row in rows:
                        cells = rows.named(row)
                        says = {header: text_of(cells.get(header)).strip() for header in (it.key, it.value, *only)}
                        if row.wrong is None and all(folded(says[header]) in said for header, said in only.items()):
                            table[says[it.key]] = says[it.value]
        return table

    def _reader(self, feed: _Feed, tables: Mapping[str, Mapping[str, str]]) -> Reader | OwnReader:
        """Compile the mapping for the columns of a source, of which some may have to be looked at first."""
        with self._rows(feed) as rows:
            if rows.told.get("kind") in _GROWING:
                self._look(rows, ())
            columns = list(rows.columns)
            self._told[feed.n] = dict(rows.told)
        if self.mapping.own:
            self.notes.add_source(feed.n, feed.name)
            return OwnReader(feed.name, columns)
        headers = match_headers(self.mapping, feed.source, columns)
        self._unused[feed.n] = headers.unused
        means = {header: columns[place] for header, place in headers.of.items()}
        self.notes.add_source(feed.n, feed.name, columns=columns, headers=means)
        reading = partial(Reader.of, self.mapping, feed.source, feed.name, columns, lookups=tables)
        reader = reading()
        if reader.undecided:
            with feed.rows() as rows:
                reader = reading(evidence=self._look(rows, reader.undecided))
        return reader

    def _rows(self, feed: _Feed) -> Rows:
        """Open a source: cell by cell, or each row as a whole where it is a record as it stands."""
        return feed.rows(whole=True) if self.mapping.own else feed.rows()

    def _look(self, rows: Rows, places: Sequence[int]) -> dict[str, Evidence]:
        """Go through a source once, and gather what some of its columns show of the order of day and month."""
        seen = {place: Evidence() for place in places}
        for n, row in enumerate(rows):
            if n % BATCH == 0:
                self.progress(Progress("look", n))
            if row.wrong is None:
                for place, evidence in seen.items():
                    if place < len(row.cells):
                        evidence.see(text_of(row.cells[place]))
        return {rows.columns[place]: evidence for place, evidence in seen.items()}

    def _read(self, feed: _Feed, reader: Reader | OwnReader) -> None:
        """Make drafts of the rows, from where it was left."""
        if self.notes.done(feed.n):
            return
        with self._rows(feed) as rows:
            reached = self.notes.reached(feed.n)
            batches = batched(islice(rows, reached, None), BATCH)
            for many, batch in in_order(_Reading(feed.n, reader, Asking(self.at)), batches, workers=self.workers):
                reached += many
                self.notes.put(feed.n, batch, reached)
                self._rejected += len(batch.rejected)
                self.progress(Progress("read", reached, rejected=self._rejected))
            self.notes.finish(feed.n, good=rows.good, faulty=rows.faulty, skipped=rows.skipped, told=rows.told)

    # --- settling -----------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Say what all rows together come to, and what the rules of the records say of each."""
        self.progress(Progress("settle", 0, rejected=self._rejected))
        if self.notes.told("settled") is None:
            self._know()
            recognise(self.notes, self.mapping, self.existing)
            self._keep_to_the_mode()
            settle(self.notes, self.mapping, on=self.at.date())
        unsettle(self.notes, self.mapping)
        if not self.mapping.own:
            self._check()

    def _know(self) -> None:
        """Note who stands in the book."""
        standing = enumerate(self.existing.standing())
        known = ((it.type, it.id, it.name or "", "", place) for place, it in standing)
        for batch in batched(known, BATCH):
            self.notes.add_known(batch)

    def _keep_to_the_mode(self) -> None:
        """Reject who is in the book already, or is not."""
        if self.mode == "upsert":
            return
        rule, there, what = _OTHERWISE[self.mode]
        query = """
            SELECT source, record, line, made_by, type, id FROM draft WHERE id <> '' AND document IS NOT NULL
            AND EXISTS (SELECT 1 FROM known k WHERE k.type = draft.type AND k.id = draft.id) = ?
            ORDER BY source, record"""
        telling = Telling(self.notes, self.mapping)
        for batch in batched(self.notes.ask(query, there).fetchall(), BATCH):
            by_source: dict[int, list[Fault]] = {}
            for source, record, line, made_by, kind, id in batch:
                place = Place(source, record, line, made_by)
                fault = telling.fault(rule, place, "id", f"the {kind} {what}", f"{kind} {brief(id)} {what}")
                by_source.setdefault(source, []).append(fault)
            for source, faults in by_source.items():
                self.notes.add_faults(source, faults)

    def _check(self) -> None:
        """Ask the rules of each record; whom one refuses is gone, and whoever needs it is asked again."""
        only: Sequence[int] | None = None
        while refused := list(self._refused(only)):
            only = unsettle(self.notes, self.mapping, refused)

    def _refused(self, only: Sequence[int] | None) -> Iterator[int]:
        """Note what the rules say, and give the drafts that they refuse."""
        telling, done = Telling(self.notes, self.mapping), 0
        batches = (
            [(it.n, it.document) for it in batch] for batch in batched(self.notes.standing(only, unsure=True), BATCH)
        )
        for checked in in_order(partial(_checked, at=self.at), batches, workers=self.workers):
            done += len(checked)
            self.progress(Progress("check", done, rejected=self._rejected, unit="records"))
            wrong = [(n, found) for n, found in checked if found]
            yield from (n for n, _ in wrong)
            by_source: dict[int, list[Fault]] = {}
            for n, found in wrong:
                told = set[tuple[int, int, str, str]]()  # a cell that fills several fields is wrong once
                for it in found:
                    *its, path = self.notes.giver(n, it.path)
                    place = Place(*its)
                    fault = telling.fault(it, place, path, unsaid(it), it.message)
                    cell = (place.source, place.record, fault.column or path, it.code)
                    if cell not in told:
                        told.add(cell)
                        by_source.setdefault(place.source, []).append(fault)
            for source, faults in by_source.items():
                self.notes.add_faults(source, faults)

    # --- writing ------------------------------------------------------------------------------------------------------

    def write(self, *, all_or_nothing: bool, dry_run: bool) -> Outcome:
        """Write the book, and say what came of everything."""
        self._account()
        merging = Merging(
            self.notes, self.existing, self.mapping, by=self.by, at=self.at, source=self._called(),
            workers=self.workers, changes=Changes(most=self.report.most),
        )  # fmt: skip
        into = self.existing.into
        if into is not None and not (all_or_nothing and self.report.rejected):
            self.report.written = merging.write(self.report, self._wrote, dry_run=dry_run)
        self.report.add_all(self.notes.faults())
        return Outcome(self.report, merging.changes, merging.book)

    def _wrote(self, done: int) -> None:
        self.progress(Progress("write", done, rejected=self._rejected, unit="records"))

    def _called(self) -> str:
        """Say what the other system is called."""
        return self.source or self.mapping.name or ", ".join(dict.fromkeys(it.name for it in self.feeds))

    def _account(self) -> None:
        """Add up what became of the rows of each source."""
        for n, it in enumerate(self.notes.account().sources):
            self.report.account(
                Account(
                    it.name, read=it.read, accepted=it.accepted, rejected=it.rejected, skipped=it.skipped,
                    told=self._told[n], unused=self._unused[n],
                )
            )  # fmt: skip

    def write_rejects(self, path: Path) -> None:
        """Write the rejected rows of each source that has some."""
        some = [feed for feed in self.feeds if any(True for _ in self.notes.rejected(feed.n))]
        for feed in some:
            where = path if len(some) == 1 else path.with_name(f"{path.stem}-{Path(feed.name).stem}{path.suffix}")
            its = self.notes.faults(feed.n)
            with where.open("wb") as out:
                write_rejects(feed.given.source, its, out, **feed.how.asked())


def _checked(batch: Sequence[tuple[int, bytes]], *, at: datetime) -> list[tuple[int, tuple[Finding, ...]]]:
    """Say what is wrong with each document."""
    return [(n, found) for (n, _), found in zip(batch, check([it for _, it in batch], at=at), strict=True)]


RULES: tuple[Rule, ...] = (B050, B051)
