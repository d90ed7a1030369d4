"""The reader: a mapping and the columns of one source, compiled, and what makes drafts and faults of its rows.

Read top to bottom: one kind of record, the reader, what is said of rows as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as MappingOf
from itertools import repeat
from operator import attrgetter
from typing import Self

from attrs import define, field, frozen
from frozendict import frozendict

from coaching.bulk.dates import Evidence, is_dated
from coaching.bulk.drafts import Batch, Draft, Fault, Reference
from coaching.bulk.mapping.classes import Mapping
from coaching.bulk.mapping.headers import match_headers
from coaching.bulk.reading.choosing import Chosen
from coaching.bulk.reading.columns import Leaf
from coaching.bulk.reading.compiling import Known, record_of, taken
from coaching.bulk.reading.faults import unsaid
from coaching.bulk.reading.frames import Frame, Note, framed
from coaching.bulk.reading.parts import Always, Filled, Part
from coaching.bulk.sources import Row
from coaching.bulk.sources.faults import B007
from coaching.kernel.rules import Finding, Severity

_NOTHING: MappingOf[str, Evidence] = frozendict()
_NONE: MappingOf[str, MappingOf[str, str]] = frozendict()


# --- one kind of record ----------------------------------------------------------------------------------------------


@define
class _Plan:
    """What makes one kind of record."""

    made_by: int
    type: str
    part: Part
    id: Filled
    chosen: Chosen
    once: bool
    head: bytes = field(init=False)
    reads: frozenset[int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Write what begins each document, and gather the columns that are read."""
        self.reads = frozenset(column for leaf in self.part.leaves for column in leaf.source.columns)
        self.head = b'{"type":"%b","schema":1' % self.type.encode()

    def build(self, frame: Frame) -> _Made:
        """Build its records, and note what is wrong."""
        rows = self.chosen.rows(frame)
        if rows is not None:
            frame = frame.only(rows, self.reads)
        joined, _ = self.part.inner(frame)
        head = self.head
        documents = [b"%b%b}" % (head, it) for it in joined]
        ids = self.id.texts() if isinstance(self.id, Leaf) else [_text_in(self.id)] * len(frame)
        return _Made(self, frame, documents, ids)


def _text_in(it: Filled) -> str:
    """Give the text that the mapping always says."""
    return str(json.loads(it.piece.partition(b":")[2])) if isinstance(it, Always) and not it.slips else ""


@frozen
class _Made:
    """What came of some rows, before it is known which of them are wrong."""

    plan: _Plan
    frame: Frame
    documents: list[bytes]
    ids: list[str]

    def drafts(self, rows: Sequence[Row], wrong: set[int]) -> list[Draft]:
        """Give the drafts; of a row that is wrong, no more than that there is one."""
        frame, documents = self.frame, list[bytes | None](self.documents)
        names: list[list[Reference]] = _joined(frame)
        bad = [n for n, at in enumerate(frame.at) if at in wrong] if wrong else []
        for n in bad:
            documents[n], names[n] = None, []
        chosen = rows if len(frame) == len(rows) else [rows[at] for at in frame.at]
        lines, records = [it.line for it in chosen], [it.record for it in chosen]
        plan = self.plan
        its = (repeat(plan.made_by), repeat(plan.type), self.ids, lines, records, documents, names)
        drafts = list(map(Draft, *its))
        for n, name in zip(bad, self._called(bad), strict=True):
            drafts[n].name = name
        return drafts

    def _called(self, rows: Sequence[int]) -> Iterator[str]:
        """Give what the records of some rows are called, where that can be read: others may name them so."""
        its = [it for it in self.plan.part.fields if isinstance(it, Leaf) and it.place in {"name", "title"}]
        if not rows or not its:
            yield from repeat("", len(rows))
            return
        pieces, _ = its[0].build(self.frame.only(rows))
        for piece in pieces:
            said = piece.partition(b":")[2]
            yield json.loads(said) if said.startswith(b'"') else ""


def _joined(frame: Frame) -> list[list[Reference]]:
    """Give what each row names."""
    if len(frame.names) == 1:
        return list(map(list, frame.names[0]))
    if not frame.names:
        return [[] for _ in range(len(frame))]
    return [[it for named in its for it in named] for its in zip(*frame.names, strict=True)]


# --- the reader ------------------------------------------------------------------------------------------------------


@frozen
class Reader:
    r"""What makes drafts of the rows of one source. It may go to another process, where it is compiled anew.

    Made with `Reader.of`. What is read does not depend on how rows are put into batches.

    Attributes:
        mapping: The whole mapping.
        source: The name of the source in the mapping.
        name: The name that faults say: that of the file.
        columns: The names of its columns.
        evidence: What the columns of days show, by their names.
        lookups: Small tables, by their names in the mapping.
        undecided: The places of columns of days that neither the mapping nor evidence says how to read: gather
            `Evidence` of them first.

    >>> from coaching.bulk.mapping import read_mapping
    >>> from coaching.bulk.sources import open_rows
    >>> mapping = read_mapping(
    ...     '[[records]]\ntype = "organisation"\nfields = { id = "No", name = "Name", kinds.value = ["client"] }'
    ... )
    >>> rows = open_rows(["No,Name", "7,Hem AB"], name="clients.csv")
    >>> batch = Reader.of(mapping, "", rows.name, rows.columns).read(list(rows))
    >>> batch.drafts[0].document
    b'{"type":"organisation","schema":1,"id":"7","state":"known","name":"Hem AB","kinds":["client"]}'
    """

    mapping: Mapping
    source: str
    name: str
    columns: tuple[str, ...]
    evidence: MappingOf[str, Evidence] = _NOTHING
    lookups: MappingOf[str, MappingOf[str, str]] = _NONE
    undecided: tuple[int, ...] = field(init=False, eq=False)
    _plans: tuple[_Plan, ...] = field(init=False, eq=False, repr=False)
    _reads: tuple[int, ...] = field(init=False, eq=False, repr=False)
    _dated: tuple[int, ...] = field(init=False, eq=False, repr=False)

    @classmethod
    def of(
        cls,
        mapping: Mapping,
        source: str,
        name: str,
        columns: Sequence[str],
        *,
        evidence: MappingOf[str, Evidence] = _NOTHING,
        lookups: MappingOf[str, MappingOf[str, str]] = _NONE,
    ) -> Self:
        """Compile a mapping, which is taken to be valid, for the columns of a source.

        Raises:
            Rejected: B035 where several columns fit a header.
        """
        return cls(mapping, source, name, tuple(columns), evidence, lookups)

    def __attrs_post_init__(self) -> None:
        """Compile."""
        of = match_headers(self.mapping, self.source, self.columns, whole=False).of
        known = Known(self.mapping, self.columns, of, self.evidence, self.lookups)
        its = [(i, it) for i, it in enumerate(self.mapping.records) if it.source == self.source]
        used = taken([it for _, it in its], of)
        plans: list[_Plan] = []
        for made_by, records in its:
            chosen = Chosen.by(of, self.mapping.defaults.nulls, records.when, records.only)
            plans.append(_Plan(made_by, records.type, *record_of(records, known, used), chosen, records.constant))
        reads = {*known.asked, *(column for it in plans for column in it.chosen.columns)}
        reads |= {column for it in plans for column in it.reads}
        days = dict.fromkeys(known.days)
        made: dict[str, Iterable[object]] = {
            "undecided": sorted(known.undecided), "_plans": plans, "_reads": sorted(reads), "_dated": days,
        }  # fmt: skip
        for key, value in made.items():
            object.__setattr__(self, key, tuple(value))

    def __reduce__(self) -> tuple[object, ...]:
        """Go to another process as what was said; it is compiled anew there."""
        return type(self), (self.mapping, self.source, self.name, self.columns, self.evidence, self.lookups)

    def read(self, rows: Sequence[Row]) -> Batch:
        """Make the drafts of some rows, and say what is wrong with them. It never raises, whatever cells hold.

        What the mapping says all of is made of no row: see `once`.
        """
        return self._read(rows, [it for it in self._plans if not it.once])

    def once(self) -> Batch:
        """Make what the mapping says all of: each record once, on no line."""
        return self._read([Row(self.name, 0, 0, [])], [it for it in self._plans if it.once])

    def _read(self, rows: Sequence[Row], plans: Sequence[_Plan]) -> Batch:
        good = [row for row in rows if row.wrong is None]
        notes: list[Note] = []
        frame = framed([row.cells for row in good], self._reads, notes)
        made = [plan.build(frame.apart()) for plan in plans]
        faults, wrong = self._faults(good, notes) if notes else ([], set[int]())
        if len(good) < len(rows):
            faults += [self._of_row(row, it) for row in rows if (it := row.wrong) is not None]
        faults += self._swallowed(good)
        faults.sort(key=attrgetter("record"))
        drafts = [draft for it in made for draft in it.drafts(good, wrong)]
        if len(made) > 1:
            drafts.sort(key=attrgetter("record"))
        return Batch(drafts, faults)

    # --- what is said of them ----------------------------------------------------------------------------------------

    def _faults(self, rows: Sequence[Row], notes: Sequence[Note]) -> tuple[list[Fault], set[int]]:
        """Say what is wrong with cells, one error for each; and which rows an error rejects."""
        faults: list[Fault] = []
        seen = set[tuple[object, ...]]()
        wrong = set[int]()
        for at, column, path, slip in notes:
            error = slip.severity is Severity.ERROR
            place = (at, path) if column is None else (at, column)
            key = place if error else (*place, slip.code)
            if key in seen:
                continue
            seen.add(key)
            if error:
                wrong.add(at)
            row, header = rows[at], "" if column is None else self.columns[column]
            faults.append(
                Fault(
                    self.name, row.line, row.record, header, path, slip.code, slip.severity, slip.what, slip.message,
                    slip.mend,
                )
            )  # fmt: skip
        return faults, wrong

    def _of_row(self, row: Row, it: Finding) -> Fault:
        """Say why a row is none."""
        return Fault(self.name, row.line, row.record, "", "", it.code, it.severity, unsaid(it), it.message, it.mend)

    def _swallowed(self, rows: Sequence[Row]) -> Iterator[Fault]:
        """Doubt quotes that a later row closes: that is good CSV, but each first line reads as a row without it."""
        if not self._dated:
            return
        day, width = self._dated[0], len(self.columns)
        for row in rows:
            spread = row.spread
            if spread is not None and len(spread.alone) == width and is_dated(spread.alone[day]):
                what = (
                    "a quote of this row is closed on a later line only, and without it its first line reads as a row"
                )
                message = (
                    f"a quote of this row is closed on line {spread.last} only, and without it line {row.line} "
                    "reads as a row"
                )
                yield Fault(
                    self.name, row.line, row.record, "", "", B007.code, Severity.WARNING, what, message, B007.mend
                )
