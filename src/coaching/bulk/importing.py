"""The door of the import: sources and a mapping in, records in a book out, and a report of everything.

Read top to bottom: what comes of it, the import, its steps. What each step found stands in the journal, so that an
import which was killed goes on where it stood. A row is taken whole or not at all.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Literal, TypeAlias

from attrs import define, evolve, field, frozen

from coaching.book.book import Book
from coaching.bulk.arguments import ask, ask_for_one_file_each, ask_what_it_is_called
from coaching.bulk.asking import Asking
from coaching.bulk.dates import Evidence
from coaching.bulk.drafts import Fault
from coaching.bulk.existing import Existing
from coaching.bulk.given import Given, given
from coaching.bulk.identity import recognise
from coaching.bulk.journal import Journal
from coaching.bulk.making import check
from coaching.bulk.mapping import Column, Lookup, SourceOf, match_headers, read_mapping, source_of
from coaching.bulk.mapping import Mapping as Mapped
from coaching.bulk.mapping.reading import Given as GivenMapping
from coaching.bulk.merging import Changes, Merging, counted
from coaching.bulk.own import OwnReader, as_it_stands
from coaching.bulk.packing import Packed, pack
from coaching.bulk.reading import Reader
from coaching.bulk.reading.faults import B044, unsaid
from coaching.bulk.reading.words import cleaning, folded
from coaching.bulk.reporting import Account, Fate, Report, are_rejects, write_rejects
from coaching.bulk.settling import conclude, settle, unsettle
from coaching.bulk.settling.telling import Place, Telling
from coaching.bulk.sources import Row, Rows, text_of
from coaching.bulk.working import batched, in_order
from coaching.formats.lines import without_collector
from coaching.kernel.rules import Finding, Rejected, Rule, brief, stated

BATCH = 2_000  # rows, or records, that go to a worker at once

B054 = stated(
    "B054",
    "bulk",
    field="",
    says="who is to be added is not in the book yet",
    why="own choice: whoever adds people does not mean to change some",
    mend="leave the row out, or change what is there too, with mode upsert",
)
B055 = stated(
    "B055",
    "bulk",
    field="",
    says="who is to be changed is in the book",
    why="practice: an update that adds whom it does not find makes two of one, where an id was mistyped",
    mend="correct the id, or add what is new too, with mode upsert",
)

_OTHERWISE = {"insert": (B054, 1, "is in the book already"), "update": (B055, 0, "is not in the book")}
_GROWING = frozenset({"json", "ndjson", "dicts", "parquet", "arrow"})  # kinds of which each row may name its cells
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
        rejects: The files of rejected rows that were written.
    """

    report: Report
    changes: Changes
    book: Book | None = None
    rejects: tuple[Path, ...] = ()

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
        mode: `insert` rejects who is in the book already, `update` who is not; `upsert` takes both. Of a row that makes
            several records, the first of the mapping decides, and the others go with it.
        accept: `good` takes the rows that are; `all` writes nothing where a row is rejected.
        dry_run: Whether to say what would change, and write nothing.
        workers: How many processes share the work. What comes of it is the same.
        journal: The file that keeps what was done, so that an import can go on after a kill; otherwise a temporary one.
        resume: Whether to go on with the journal that is there, with its `at`; otherwise it begins anew.
        progress: Is told how far it is.
        rejects: The file for the rejected rows; of several sources that have some, each has its own, named for it, and
            numbered where two are called the same. It is gone where none is rejected.
        most: How many faults and changes the report lists one by one; None for all. What it counts is exact.

    Raises:
        Rejected: V001, V002, V003, V012, V015 for arguments; what is wrong with the mapping, or with a source as a
            whole (B006 to B013, B034, B035, B037); B014 and B015 for a journal that is of something else, or is damaged
            or in use; V018 for a book that cannot be read. The book is as it was then.
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
    ask(locals())
    mapped = read_mapping(mapping)
    if mapped.own:
        mapped = as_it_stands(mapped)
    existing = Existing.of(into)
    kept, bad = (None if it is None else Path(os.fsdecode(it)) for it in (journal, rejects))
    with ExitStack() as held:
        its = given(sources, mapped.sources)
        for it in its:
            held.callback(it.close)
        its_file = existing.into if isinstance(existing.into, Path) else None
        ask_for_one_file_each([it.path for it in its], into=its_file, journal=kept, rejects=bad)
        feeds = _feeds(mapped, its)
        called = source or mapped.name or ", ".join(dict.fromkeys(it.given.name for it in feeds))
        ask_what_it_is_called(called)
        of: dict[str, str] = {}
        if kept is not None:
            roles = [(it.source, its.index(it.given)) for it in feeds]
            of = {"sources": " ".join(it.fingerprint for it in its), "mapping": _digest(repr(mapped)),
                  "arguments": repr((by, source, mode, roles))}  # fmt: skip
            if not resume:
                Journal.discard(kept)
        notes = held.enter_context(Journal(kept, of=of))
        held.enter_context(without_collector())
        run = _Import(
            mapped, feeds, notes, existing, by, at, called, mode, workers, progress, Report(most=most)
        )  # fmt: skip
        run.begin()
        run.read()
        run.settle()
        written = () if bad is None else run.write_rejects(bad)
        outcome = evolve(run.write(all_or_nothing=accept == "all", dry_run=dry_run), rejects=written)
    if kept is not None:
        Journal.discard(kept)
    return outcome


def _digest(text: str) -> str:
    return sha256(text.encode(errors="backslashreplace")).hexdigest()


@frozen
class _Feed:
    """One file as one source of the mapping: where it serves as several, its name says which part of it is meant."""

    n: int
    source: str
    given: Given
    how: SourceOf
    name: str

    def rows(self, **more: Any) -> Rows:
        """Open it."""
        return self.given.rows(self.how, **more)


def _feeds(mapping: Mapped, its: Sequence[Given]) -> list[_Feed]:
    names = [it.said for it in its]
    serving = [(source, place) for source, places in source_of(mapping, names).items() for place in places]
    serves = Counter(place for _, place in serving)
    feeds: list[_Feed] = []
    for n, (source, place) in enumerate(serving):
        it, how = its[place], mapping.sources.get(source, SourceOf())
        part = how.path or how.sheet or source if serves[place] > 1 else ""
        feeds.append(_Feed(n, source, it, how, f"{it.name} {part}".rstrip()))
    return feeds


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
    source: str
    mode: str
    workers: int
    progress: Callable[[Progress], object] | None
    report: Report
    _unused: dict[int, tuple[str, ...]] = field(factory=dict, init=False)
    _told: dict[int, Mapping[str, Any]] = field(factory=dict, init=False)
    _rows_read: int = field(default=0, init=False)
    _asked: int = field(default=0, init=False)
    _many: dict[int, int | None] = field(factory=dict, init=False)
    _rejected: int = field(default=0, init=False)
    _done_before: Counter[tuple[str, Fate]] | None = field(default=None, init=False)

    def begin(self) -> None:
        """Note when the import began, and into which book; one that goes on is of then, and goes into the same."""
        if self.notes.path is None:
            return
        book, began = self.existing.digest(), self.notes.told("at")
        if began is None:
            with self.notes.transaction():
                self.notes.note("at", self.at.isoformat())
                self.notes.note("book", book)
        else:
            self.at = datetime.fromisoformat(began)
            if book != self.notes.told("book"):
                self._done_before = counted(self.notes, book)
                if self._done_before is None:
                    raise self.notes.foreign("book")

    def _tell(self, phase: str, done: int, total: int | None = None, unit: Literal["rows", "records"] = "rows") -> None:
        if self.progress is not None:
            self.progress(Progress(phase, done, total, self._rejected, unit))

    def _unsure(self) -> int | None:
        """Count the records whose rules were not asked yet, where somebody wants to know."""
        return self._count("SELECT count(*) FROM draft WHERE state = '' AND good = 0")

    def _to_write(self) -> int | None:
        """Count the records of the book to be, where somebody wants to know: what was read, and what else is there."""
        return self._count("""
            SELECT (SELECT count(*) FROM draft WHERE state = '') + (SELECT count(*) FROM known k WHERE NOT EXISTS
              (SELECT 1 FROM draft d WHERE d.type = k.type AND d.id = k.id AND d.state = ''))""")

    def _count(self, query: str) -> int | None:
        if self.progress is None:
            return None
        (many,) = self.notes.ask(query).fetchone()
        return int(many)

    # --- reading ------------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Read all sources to their ends."""
        tables = {name: self._table(name, it) for name, it in self.mapping.lookups.items()}
        readers = [self._reader(feed, tables) for feed in self.feeds]
        total = None if None in self._many.values() else sum(filter(None, self._many.values()))
        seen = set[str]()
        for feed, reader in zip(self.feeds, readers, strict=True):
            if isinstance(reader, Reader) and feed.source not in seen and not self.notes.begun(feed.n):
                self.notes.put(feed.n, reader.once(), 0)
            seen.add(feed.source)
            self._read(feed, reader, total)
        if total not in {None, self._rows_read}:  # a row of several lines, or a blank one
            self._tell("read", self._rows_read, self._rows_read)

    def _table(self, name: str, it: Lookup) -> dict[str, str]:
        """Read a small table. A key that stands for two things is refused: which one counts, nobody said."""
        table, twice = dict[str, str](), dict[str, int]()
        clean = cleaning(Column(strip=self.mapping.defaults.strip), None)
        only = {header: frozenset(map(folded, said)) for header, said in it.only.items()}
        for feed in self.feeds:
            if feed.source == it.source:
                with feed.rows() as rows:
                    of, many = dict[str, int](), -1
                    for row in rows:
                        if len(rows.columns) != many:
                            of = {**match_headers(self.mapping, feed.source, rows.columns, whole=False).of}
                            many = len(rows.columns)
                        cells = dict(enumerate(row.cells))
                        its = {header: cells.get(of.get(header, many)) for header in (it.key, it.value, *only)}
                        says = {header: text_of(cell).strip() for header, cell in its.items()}
                        is_one = all(folded(says[header]) in said for header, said in only.items())
                        if row.wrong is None and is_one and says[it.key]:
                            key = str(clean(says[it.key]))
                            if table.setdefault(key, says[it.value]) != says[it.value]:
                                twice.setdefault(key, row.line)
        if twice:
            what = "{n} of its keys stand for several things; the first stands again on line {line}"
            told = {"n": len(twice), "line": min(twice.values())}
            raise Rejected.over(B044, what, f"lookups.{name}", of="import: cannot begin", **told)
        return table

    def _reader(self, feed: _Feed, tables: Mapping[str, Mapping[str, str]]) -> Reader | OwnReader:
        """Compile the mapping for the columns of a source, of which some may have to be looked at first."""
        with self._rows(feed) as rows:
            self._many[feed.n] = self._rows_of(feed, rows.told)
            if rows.told.get("kind") in _GROWING:
                self._look(feed, rows, ())
            columns = list(rows.columns)
            self._told[feed.n] = dict(rows.told)
        if self.mapping.own:
            self._unused[feed.n] = ()
            self.notes.add_source(feed.n, feed.name)
            return OwnReader.of(feed.name, columns, self._told[feed.n].get("kind"))
        whole = bool(columns) or self._told[feed.n].get("kind") not in _GROWING  # an empty list names nothing
        headers = match_headers(self.mapping, feed.source, columns, whole=whole)
        self._unused[feed.n] = headers.unused
        means = {header: columns[place] for header, place in headers.of.items()}
        self.notes.add_source(feed.n, feed.name, columns=columns, headers=means)
        reading = partial(Reader.of, self.mapping, feed.source, feed.name, columns, lookups=tables)
        reader = reading()
        if reader.undecided:
            with feed.rows() as rows:
                reader = reading(evidence=self._look(feed, rows, reader.undecided))
        return reader

    def _rows_of(self, feed: _Feed, told: Mapping[str, Any]) -> int | None:
        """Say how many rows a source has at most, where somebody wants to know, and its lines tell."""
        unasked = self.progress is None or feed.how.path
        lines = None if unasked else feed.given.lines(told.get("kind"))
        return None if lines is None else max(0, lines - told.get("header", 0))

    def _rows(self, feed: _Feed) -> Rows:
        """Open a source: cell by cell, or each row as a whole where it is a record as it stands."""
        return feed.rows(whole=True) if self.mapping.own else feed.rows()

    def _look(self, feed: _Feed, rows: Rows, places: Sequence[int]) -> dict[str, Evidence]:
        """Go through a source once, and gather what some of its columns show of the order of day and month."""
        seen = {place: Evidence() for place in places}
        for n, row in enumerate(rows):
            if n % BATCH == 0:
                self._tell("look", n, self._many[feed.n])
            if row.wrong is None:
                for place, evidence in seen.items():
                    if place < len(row.cells):
                        evidence.see(text_of(row.cells[place]))
        return {rows.columns[place]: evidence for place, evidence in seen.items()}

    def _read(self, feed: _Feed, reader: Reader | OwnReader, total: int | None) -> None:
        """Make drafts of the rows, from where it was left."""
        reached = self.notes.reached(feed.n)
        self._rows_read += reached
        if self.notes.done(feed.n):
            return
        with self._rows(feed) as rows:
            batches = batched(islice(rows, reached, None), BATCH)
            for many, batch in in_order(_Reading(feed.n, reader, Asking(self.at)), batches, workers=self.workers):
                reached += many
                self.notes.put(feed.n, batch, reached)
                self._rows_read += many
                self._rejected += len(batch.rejected)
                self._tell("read", self._rows_read, total)
            self.notes.finish(feed.n, good=rows.good, faulty=rows.faulty, skipped=rows.skipped, told=rows.told)

    # --- settling -----------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Say what all rows together come to, and what the rules of the records say of each."""
        self._tell("settle", 0)
        if self.notes.told("settled") is None:
            self._know()
            recognise(self.notes, self.mapping, self.existing, source=self.source)
            self._keep_to_the_mode()
            settle(self.notes, self.mapping)
        self._unsettle()
        if not self.mapping.own:
            only: Sequence[int] | None = None
            while self._refuse(only):
                self._tell("settle", 0)
                only = self._unsettle()
        conclude(self.notes, self.mapping, on=self.at.date())

    def _know(self) -> None:
        """Note who stands in the book."""
        standing, on = enumerate(self.existing.standing()), self.at.date()
        known = (
            (it.type, it.id, it.name or "", it.source if it.source and it.employed(on) else "", place)
            for place, (_, it) in standing
        )
        for batch in batched(known, BATCH):
            self.notes.add_known(batch)

    def _keep_to_the_mode(self) -> None:
        """Reject rows of which the first record is in the book already, or is not: what else they make goes with it."""
        if self.mode == "upsert":
            return
        rule, there, what = _OTHERWISE[self.mode]
        query = """
            SELECT * FROM (SELECT source, record, line, min(made_by), type, id FROM draft
              WHERE id <> '' AND record AND document IS NOT NULL GROUP BY source, record) AS d
            WHERE EXISTS (SELECT 1 FROM known k WHERE k.type = d.type AND k.id = d.id) = ?"""
        telling = Telling(self.notes, self.mapping)
        for batch in batched(self.notes.ask(query, there), BATCH):
            by_source: dict[int, list[Fault]] = {}
            for source, record, line, made_by, kind, id in batch:
                place = Place(source, record, line, made_by)
                fault = telling.fault(rule, place, "id", f"the {kind} {what}", f"{kind} {brief(id)} {what}")
                by_source.setdefault(source, []).append(fault)
            for source, faults in by_source.items():
                self.notes.add_faults(source, faults)

    def _unsettle(self) -> list[int]:
        """Settle again after rules refused some; give the drafts that say something else now, and are asked again."""
        refused = [n for (n,) in self.notes.ask("SELECT n FROM refused ORDER BY n")]
        fresh = unsettle(self.notes, self.mapping, refused)
        with self.notes.transaction():
            self.notes.ask("DELETE FROM refused")
        return fresh

    def _refuse(self, only: Sequence[int] | None) -> bool:
        """Ask the rules of each record, and note whom they refuse; tell whether there are some."""
        telling, some = Telling(self.notes, self.mapping), False
        more = self._unsure() if only is None else len(only)
        total = None if more is None else self._asked + more
        standing = self.notes.standing(only, unsure=True)
        batches = ([(it.n, it.document) for it in batch] for batch in batched(standing, BATCH))
        for checked in in_order(partial(_checked, at=self.at), batches, workers=self.workers):
            self._asked += len(checked)
            self._tell("check", self._asked, total, "records")
            by_source: dict[int, list[Fault]] = {}
            for n, found in checked:
                told = set[tuple[int, int, str, str]]()  # a cell that fills several fields is wrong once
                for it in found:
                    *its, path = self.notes.giver(n, it.path)
                    place = Place(*its)
                    fault = telling.fault(it, place, path, unsaid(it), it.message)
                    cell = (place.source, place.record, fault.column or path, it.code)
                    if cell not in told:
                        told.add(cell)
                        by_source.setdefault(place.source, []).append(fault)
            refused = [(n,) for n, found in checked if found]
            if refused:
                some = True
                with self.notes.transaction():
                    self.notes.each("INSERT OR IGNORE INTO refused VALUES (?)", refused)
                    for source, faults in by_source.items():
                        self.notes.say(source, faults)
        return some

    # --- writing ------------------------------------------------------------------------------------------------------

    def write(self, *, all_or_nothing: bool, dry_run: bool) -> Outcome:
        """Write the book, and say what came of everything."""
        self._account()
        merging = Merging(
            self.notes, self.existing, self.mapping, {it.n: it.source for it in self.feeds}, by=self.by, at=self.at,
            source=self.source, workers=self.workers, changes=Changes(most=self.report.most),
            mended=frozenset(it.source for it in self.feeds if self._told[it.n].get("rejects")),
        )  # fmt: skip
        if self._done_before is not None:
            self.report.fates.update(self._done_before)
            merging.changes.counts.update(self._done_before)
            self.report.written = True
        elif self.existing.into is not None and not (all_or_nothing and self.report.rejected):
            total = self._to_write()
            self._tell("write", 0, total, "records")
            self.report.written = merging.write(
                self.report, lambda done: self._tell("write", done, total, "records"), dry_run=dry_run
            )
        self.report.add_all(self.notes.faults())
        return Outcome(self.report, merging.changes, merging.book)

    def _account(self) -> None:
        """Add up what became of the rows of each source."""
        for n, it in enumerate(self.notes.account().sources):
            self.report.account(
                Account(
                    it.name, read=it.read, accepted=it.accepted, rejected=it.rejected, skipped=it.skipped,
                    told=self._told[n], unused=self._unused[n],
                )
            )  # fmt: skip

    def write_rejects(self, path: Path) -> tuple[Path, ...]:
        """Write the rejected rows of each source that has some, and say where."""
        some = [feed for feed in self.feeds if any(True for _ in self.notes.rejected(feed.n))]
        stems = [Path(feed.given.name).stem for feed in some]
        written: list[Path] = []
        for feed, stem in zip(some, stems, strict=True):
            more = f"-{feed.n + 1}" if stems.count(stem) > 1 else ""
            where = path if len(some) == 1 else path.with_name(f"{path.stem}-{stem}{more}{path.suffix}")
            with where.open("wb") as out:
                write_rejects(feed.given.source, self.notes.faults(feed.n), out, **feed.how.asked())
            written.append(where)
        if path not in written and are_rejects(path):  # of an earlier run; what else stands there is somebody's own
            path.unlink(missing_ok=True)
        return tuple(written)


def _checked(batch: Sequence[tuple[int, bytes]], *, at: datetime) -> list[tuple[int, tuple[Finding, ...]]]:
    """Say what is wrong with each document."""
    return [(n, found) for (n, _), found in zip(batch, check([it for _, it in batch], at=at), strict=True)]


RULES: tuple[Rule, ...] = (B054, B055)
