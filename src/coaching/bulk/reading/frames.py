"""Rows as columns: what all that reads a batch looks at, and where it notes what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from attrs import Factory, define

from coaching.bulk.drafts import Reference
from coaching.bulk.reading.faults import Slip
from coaching.bulk.reading.words import Given, given_of
from coaching.bulk.sources.cells import Cell

Note = tuple[int, int | None, str, Slip]
"""What is wrong: the row, by its place in the batch; the column; the field; and what."""
Named = tuple[Reference, ...]

_TEXTS = frozenset({str})


@define
class Frame:
    """Some rows, column by column.

    Attributes:
        columns: The cells of each column that is read, by its place.
        listed: The columns in which there are lists.
        at: Which row of the batch each is.
        notes: What is wrong, of all frames of a batch.
        names: For each field that names records, what each row names.
        begin: Of each row, the JSON of the day on which its position or placement begins, as a `from`.
        employment: Of each row, the JSON of its first employment.
    """

    columns: dict[int, Sequence[Given]]
    listed: set[int]
    at: Sequence[int]
    notes: list[Note]
    names: list[Sequence[Named]] = Factory(list)
    begin: Sequence[bytes] = ()
    employment: Sequence[bytes] = ()

    def __len__(self) -> int:
        """Say how many rows it has."""
        return len(self.at)

    def note(self, n: int, column: int | None, field: str, slip: Slip) -> None:
        """Note what is wrong with a row."""
        self.notes.append((self.at[n], column, field, slip))

    def only(self, rows: Sequence[int], columns: Collection[int] | None = None) -> Frame:
        """Give the frame of some of its rows, with the columns that are read; with all where none are named."""
        those = self.columns if columns is None else columns
        kept: dict[int, Sequence[Given]] = {c: list(map(self.columns[c].__getitem__, rows)) for c in those}
        begin, employment = ([its[n] for n in rows] if its else () for its in (self.begin, self.employment))
        at = list(map(self.at.__getitem__, rows))
        return Frame(kept, self.listed & kept.keys(), at, self.notes, [], begin, employment)

    def apart(self) -> Frame:
        """Give a frame of the same rows that keeps what they name for itself."""
        return Frame(self.columns, self.listed, self.at, self.notes, [], self.begin, self.employment)

    def spread(self, columns: Iterable[int], parting: Mapping[int, str]) -> tuple[Frame, list[int]]:
        """Give a frame with a row for each item that the lists of some columns hold, and the row each comes from.

        `parting` says what parts a text that is a list.
        """
        lists = [(column, _parted(self.columns[column], parting.get(column))) for column in columns]
        up: list[int] = []
        which: list[int] = []
        for n in range(len(self)):
            held = [len(cells[n]) for _, cells in lists if not isinstance(cells[n], str)]
            items = max(held) if held else 1
            up += [n] * items
            which += range(items)
        spread: dict[int, Sequence[Given]] = {}
        for column, cells in self.columns.items():
            spread[column] = [cells[n] for n in up]
        for column, cells in lists:
            spread[column] = [_item(cells[n], i) for n, i in zip(up, which, strict=True)]
        listed = {column for column in self.listed if not _TEXTS.issuperset(map(type, spread[column]))}
        begin, employment = ([its[n] for n in up] if its else () for its in (self.begin, self.employment))
        at = [self.at[n] for n in up]
        return Frame(spread, listed, at, self.notes, [], begin, employment), up


def _parted(cells: Sequence[Given], sign: str | None) -> Sequence[Given]:
    """Take texts apart; where a text has no such sign, it stays."""
    if sign is None:
        return cells
    return [tuple(cell.split(sign)) if isinstance(cell, str) and sign in cell else cell for cell in cells]


def _item(given: Given, i: int) -> Given:
    if isinstance(given, str):
        return given
    return given[i] if i < len(given) else ""


def framed(rows: Sequence[Sequence[Cell]], columns: Iterable[int], notes: list[Note]) -> Frame:
    """Turn rows into columns. A row may be shorter than others: its last cells are not said."""
    wanted = sorted(columns)
    if rows and wanted and min(map(len, rows)) <= wanted[-1]:
        rows = [[*row, *[None] * (wanted[-1] + 1 - len(row))] for row in rows]
    turned: dict[int, Sequence[Given]] = {}
    listed: set[int] = set()
    for column in wanted:
        cells: list[Any] = list(map(itemgetter(column), rows))
        if not _TEXTS.issuperset(map(type, cells)):
            cells = list(map(given_of, cells))
            if not _TEXTS.issuperset(map(type, cells)):
                listed.add(column)
        turned[column] = cells
    return Frame(turned, listed, range(len(rows)), notes)
