"""Rows with their place, and the account: what was found out about a source, and what was not read as a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from attrs import Factory, define, field, frozen

from coaching.bulk.sources.cells import Cell, is_blank, text_of
from coaching.bulk.sources.faults import B002, wrong
from coaching.kernel.rules import Finding


def _nothing() -> None:
    """Close what needs no closing."""


@frozen
class Spread:
    """That a record of CSV stands on several lines: the last of them, and how the first reads without its last quote.

    A quote that a later row happens to close is good CSV; whether it is meant so, only who knows the columns can tell.
    """

    last: int
    alone: Sequence[str]


Record = tuple[int, list[Any], Finding | None, Spread | None]
"""Where a record begins, its cells, why it is none, and over which lines it spreads."""


@define
class Row:
    """One record of a source. Treat it as a value.

    Attributes:
        source: The name of the source.
        line: The physical line on which the record begins; the row of a sheet; a place, where there are no lines.
        record: Which record it is, the first below the header being 1. Blank rows are none.
        cells: Its cells, in the order of the columns. A faulty row has what there is of it: its cells, or its text.
        wrong: Why it is faulty; None where it is not.
        spread: What else is known of one that stands on several lines; None for all others.
    """

    source: str
    line: int
    record: int
    cells: list[Cell]
    wrong: Finding | None = None
    spread: Spread | None = None

    def __reduce__(self) -> tuple[object, ...]:
        """Go to another process as what it is made of, which is quicker than a state with its names."""
        return Row, (self.source, self.line, self.record, self.cells, self.wrong, self.spread)


@define
class Rows:
    """The rows of a source, read as they are asked for, once; and the account of them, which grows with the reading.

    Attributes:
        name: The name of the source.
        told: What was found out: `kind`, `encoding`, `separator`, `header`, `sheet` and `sheets`.
        columns: The names of the columns, as the source writes them. Where each row names its cells, as in JSON,
            more may come with the reading: a row has no cells for those that come after it.
        good: How many rows were read.
        faulty: How many records were none, each given with what is wrong with it.
        skipped: How many records were not given: `blank` ones, and objects with nothing under the path; those of which
            the cells are not those of `only` (`others`); those from the end mark on (`below`).
    """

    name: str
    told: dict[str, Any] = Factory(dict)
    columns: list[str] = Factory(list)
    good: int = 0
    faulty: int = 0
    skipped: dict[str, int] = Factory(dict)
    _rows: Iterator[Row] = Factory(lambda: iter(()))
    _close: Callable[[], None] = field(default=_nothing, alias="close")

    @property
    def read(self) -> int:
        """Say how many records were read: the rows, the faulty and the skipped."""
        return self.good + self.faulty + sum(self.skipped.values())

    def named(self, row: Row) -> dict[str, Cell]:
        """Give the cells of a row by the names of their columns, without those that it does not name."""
        return {name: cell for name, cell in zip(self.columns, row.cells, strict=False) if cell is not None}

    def __iter__(self) -> Iterator[Row]:
        """Give the rows that were not read yet."""
        return self._rows

    def close(self) -> None:
        """Close the file, where it was opened here; reading to the end does so too."""
        self._close()

    def __enter__(self) -> Self:
        """Give the rows, of which the file is closed at the end."""
        return self

    def __exit__(self, kind: type[BaseException] | None, why: BaseException | None, at: TracebackType | None) -> None:
        """Close the file."""
        self.close()

    def skip(self, why: str) -> None:
        """Count a record that is not given."""
        self.skipped[why] = self.skipped.get(why, 0) + 1

    def sift(self, records: Iterable[Record], *, width: int | None, stop: str | None, only: Mapping[str, str]) -> None:
        """Take these records, of which some are rows, some are faulty, and some are counted and not given."""
        self._rows = self._sifted(records, width, stop, only)

    def _sifted(
        self, records: Iterable[Record], width: int | None, stop: str | None, only: Mapping[str, str]
    ) -> Iterator[Row]:
        name, record, below = self.name, 0, False
        try:
            for line, cells, fault, spread in records:
                if fault is None:
                    first = cells[0] if cells else ""
                    if (not first or first.__class__ is not str or first.isspace()) and all(map(is_blank, cells)):
                        self.skip("blank")
                        continue
                record += 1
                if stop is not None:
                    below = below or (fault is None and _is_mark(cells, stop))
                    if below:
                        self.skip("below")
                        continue
                if fault is not None:
                    self.faulty += 1
                    yield Row(name, line, record, cells, fault)
                elif width is not None and len(cells) != width:
                    self.faulty += 1
                    what = "{cells} cells where the header has {header}"
                    yield Row(name, line, record, cells, wrong(B002, what, cells=len(cells), header=width))
                elif only and not self._is_one(cells, only):
                    self.skip("others")
                else:
                    self.good += 1
                    yield Row(name, line, record, cells, None, spread)
        finally:
            self.close()

    def _is_one(self, cells: Sequence[Cell], only: Mapping[str, str]) -> bool:
        """Tell whether the cells are those that are asked for."""
        its = {name: text_of(cell).strip() for name, cell in zip(self.columns, cells, strict=False) if name in only}
        return its == only


def _is_mark(cells: Sequence[Cell], mark: str) -> bool:
    """Tell whether the first cell that says something is the end mark, or begins with it as with a word."""
    first = next(text_of(cell).strip().casefold() for cell in cells if not is_blank(cell))
    rest = first.removeprefix(mark)
    return first.startswith(mark) and not rest[:1].isalnum()
