"""CSV: records of cells, each with the line on which it begins, and what is no CSV said line by line."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import chain

from coaching.bulk.sources.faults import B007, wrong
from coaching.bulk.sources.rows import Record, Spread
from coaching.bulk.sources.texts import Blocks
from coaching.kernel.rules import Finding

SEPARATORS = ("\t", "|", ";", ",")
"""Those that are found, the rarest in texts first; any one character will do where it is said."""

SAMPLE = 50  # so many records show the separator
_SAID = re.compile(r'"?sep=(.)"?\r?\n?').fullmatch  # how spreadsheets say it, on a line above the header


def said_separator(line: str) -> str | None:
    """Give the separator that the first line of a file says, where it does: `sep=;`."""
    said = _SAID(line)
    return None if said is None else said[1]


def found_separator(lines: Sequence[str]) -> str:
    r"""Find the separator by which most rows have as many cells as the first; a comma where none parts anything.

    >>> found_separator(["id;name\n", "1;Ek, Anna\n"])
    ';'
    """

    def score(separator: str) -> int:
        widths = [width for width in _widths(lines, separator) if width]
        return (widths[0] - 1) * widths.count(widths[0]) if widths else 0

    best = max(SEPARATORS, key=score)
    return best if score(best) else ","


def _widths(lines: Sequence[str], separator: str) -> Iterator[int]:
    """Count the cells of each of the first records."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    for _ in range(SAMPLE):
        try:
            yield len(next(reader))
        except csv.Error:
            yield 0
        except StopIteration:
            return


class _Kept:
    """The blocks of lines, of which those are kept that the present record may still need."""

    def __init__(self, blocks: Blocks) -> None:
        self.done = 0  # the last line of the last record
        self.blocks: deque[tuple[int, list[str]]] = deque()
        self.lines = chain.from_iterable(self._blocks(blocks))

    def _blocks(self, blocks: Blocks) -> Iterator[list[str]]:
        first = 1
        for block in blocks:
            while self.blocks and self.blocks[0][0] + len(self.blocks[0][1]) <= self.done + 1:
                self.blocks.popleft()
            self.blocks.append((first, block))
            first += len(block)
            yield block

    def between(self, begin: int, end: int) -> list[str]:
        """Give the lines from one to another, both included."""
        return [text for first, block in self.blocks for text in block[max(0, begin - first) : max(0, end + 1 - first)]]


def parsed(blocks: Blocks, separator: str, above: int = 0) -> Iterator[Record]:
    """Give each record of a text, after so many lines above.

    A quote that closes no cell costs the row in which it opens. The lines that it ran over are read again, each by
    itself, so that no line is read more than three times.
    """
    kept = _Kept(blocks)
    for _ in zip(range(above), kept.lines, strict=False):
        kept.done += 1
    base, back = kept.done, list[str]()
    while True:
        reader = csv.reader(chain(back, kept.lines), delimiter=separator, strict=True)
        try:
            for cells in reader:
                line = kept.done + 1
                kept.done = base + reader.line_num
                if line == kept.done:
                    yield line, cells, None, None
                else:
                    yield line, cells, None, Spread(kept.done, _otherwise(kept.between(line, line)[0], separator))
        except csv.Error:
            line = kept.done + 1
            base += reader.line_num
            taken = kept.between(line, base)
            yield line, [_bare(taken[0])], _no_csv(taken, line), None
            for text in taken[1:-1]:
                line += 1
                yield alone(text, separator, line)
            back = taken[1:][-1:]
            base -= len(back)
            kept.done = base
        else:
            return


def _bare(line: str) -> str:
    return line.rstrip("\r\n")


def alone(text: str, separator: str, line: int) -> Record:
    """Read a line as a record by itself."""
    try:
        return line, next(csv.reader([text], delimiter=separator, strict=True)), None, None
    except csv.Error:
        return line, [_bare(text)], _no_csv([text], line), None


def _otherwise(text: str, separator: str) -> Sequence[str]:
    """Read a line without its last quote: one that a later row happens to close is good CSV, and may be meant."""
    before, _, after = text.rpartition('"')
    try:
        return next(csv.reader([before + after], delimiter=separator, strict=True))
    except csv.Error:
        return ()


def _no_csv(taken: Sequence[str], line: int) -> Finding:
    """Say why lines that were taken for one record are none."""
    if len(taken) > 1:
        quoted = (i for i, text in enumerate(taken[:-1], line) if '"' in text.replace('""', ""))
        opened, last = max(quoted, default=line), line + len(taken) - 1
        what = "the quote that opens on line {opened} closes no cell up to line {last}; the lines below are read anew"
        return wrong(B007, what, opened=opened, last=last)
    if len(taken[0]) > (most := csv.field_size_limit()):
        return wrong(B007, "a cell has more than {most} characters", most=most)
    what = "a quote is not closed, or closes before its cell ends" if '"' in taken[0] else "a line break without quotes"
    return wrong(B007, what)
