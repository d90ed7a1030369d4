"""The door: whatever a source is, it is opened here, and what it is stands in the account."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain, dropwhile, islice
from typing import IO, Any, Protocol

from attrs import frozen

from coaching.bulk.sources import arrow, sheets
from coaching.bulk.sources.cells import is_blank, text_of
from coaching.bulk.sources.faults import B006, B007, B010, REFUSED, refused
from coaching.bulk.sources.kinds import KINDS, TEXTS, WORKBOOKS, kind_of, old_office_of, text_kind, zip_of
from coaching.bulk.sources.objects import Named, document_of_objects, lines_of_objects, objects
from coaching.bulk.sources.returned import MARKS, marked, marks_of, taken_off, unguarded
from coaching.bulk.sources.rows import Record, Rows, Spread
from coaching.bulk.sources.separated import alone, found_separator, parsed, said_separator
from coaching.bulk.sources.texts import BLOCK, Blocks, blocks_of, blocks_of_lines, encoding_of
from coaching.kernel.checking import Faults
from coaching.kernel.constraints import V015
from coaching.kernel.rules import Rejected, brief


class SpeaksArrow(Protocol):
    """What gives its columns in the interface of Arrow: a frame of pandas or polars, a table of pyarrow."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Give the stream that Arrow takes up."""
        ...


Source = (
    str | os.PathLike[str] | bytes | IO[bytes] | IO[str] | Iterable[str] | Iterable[Mapping[str, Any]] | SpeaksArrow
)
"""The path of a file, its bytes, an open stream, lines, dicts, or a frame."""


def open_rows(
    source: Source,
    *,
    kind: str | None = None,
    separator: str | None = None,
    encoding: str | None = None,
    header: int | None = 1,
    stop: str | None = None,
    sheet: str | int | None = None,
    path: str = "",
    only: Mapping[str, str] | None = None,
    name: str | None = None,
    whole: bool = False,
) -> Rows:
    """Open a source, whatever it is: by what is in it, and not by its name.

    What does not concern a kind is not asked there: there is no separator in a workbook. A file of rejected rows is
    known by its marks, which are taken off: its rows are those of the file they come from (`told` says `rejects`).

    Args:
        source: The path of a file, its bytes, an open stream, lines, dicts, or a table that speaks Arrow.
        kind: What it is, where that is not to be found out: one of `csv`, `tsv`, `ndjson`, `json`, `xlsx`, `xlsb`,
            `xls`, `ods`, `parquet`, `arrow`.
        separator: The one character that parts the cells of a line.
        encoding: That of a text; otherwise by its mark, or UTF-8. None is guessed.
        header: The line, or row of a sheet, on or below which the header stands; None where there is none, and the
            columns are `"1"`, `"2"` and so on.
        stop: The end mark: a row that begins so, such as `Total`, and all below it are counted and not given.
        sheet: By name, or by number from 1; otherwise the first that is shown and holds something.
        path: Where the records stand within each object: `okrs[]`, `data.people[].okrs[]`.
        only: What cells have to say: `{"model": "employee.employee"}`. Other rows are counted and not given.
        name: What the source is called in the rows; otherwise the name of the file.
        whole: Whether a row of objects has the object it comes from, too: as JSON, in a last cell called `WHOLE`; of a
            list under the path, it has that one record alone.

    Raises:
        Rejected: V015 for an argument or a line of a wrong type; B006 for an encoding or a separator that is none, and
            for bytes that are not of the encoding; B007 where the header is no CSV; B010 for what is something else,
            or damaged; B011 where an extra is missing; B012 for JSON that is malformed; B013 for a sheet that is not
            there. What shows only later on is raised while the rows are read.
        OSError: What the system says of a file that cannot be opened.

    >>> rows = open_rows(["id;name", "1;Ek, Anna", "", '2;"Li"x'])
    >>> [(row.line, row.record, row.cells, row.wrong and row.wrong.code) for row in rows]
    [(2, 1, ['1', 'Ek, Anna'], None), (4, 2, ['2;"Li"x'], 'B007')]
    >>> rows.columns, rows.told["separator"], rows.read, rows.good, rows.faulty, rows.skipped
    (['id', 'name'], ';', 3, 1, 1, {'blank': 1})
    """
    _check(locals())
    how = _How(kind, separator, encoding, header, stop, sheet, path.replace("[]", ""), dict(only or {}), whole)
    given: Any = source
    if isinstance(given, (bytes, bytearray, memoryview)):
        return how.file(Rows(name or "bytes"), io.BytesIO(given))
    if isinstance(given, (str, os.PathLike)):
        return how.named_file(os.fsdecode(given), name)
    if hasattr(given, "__arrow_c_stream__"):
        return how.arrow(Rows(name or "table"), given, "arrow")
    if hasattr(given, "read"):
        called = getattr(given, "name", None)
        rows = Rows(name or (called if isinstance(called, str) else "stream"))
        return how.text(rows, blocks_of_lines(given)) if isinstance(given.read(0), str) else how.file(rows, given)
    if isinstance(given, Iterable) and not isinstance(given, Mapping):
        return how.iterable(Rows(name or "rows"), iter(given))
    raise refused(V015, "{value} is no file, no lines and no dicts", "source", value=brief(given))


def _check(given: Mapping[str, Any]) -> None:
    """Say what cannot be asked at all."""
    faults = Faults()
    kind, separator, header, only = given["kind"], given["separator"], given["header"], given["only"]
    if kind is not None and kind not in KINDS:
        faults.add(B010, "kind", "{value} is no kind; known: {known}", value=brief(kind), known=", ".join(KINDS))
    if separator is not None and (not isinstance(separator, str) or len(separator) != 1 or separator in '"\r\n'):
        what = "{value} is not one character, other than a quote or the end of a line"
        faults.add(B006, "separator", what, value=brief(separator))
    if header is not None and (not isinstance(header, int) or isinstance(header, bool) or header < 1):
        faults.add(V015, "header", "{value} is no number of a line", value=brief(header))
    for name, kinds in (("encoding", str), ("stop", str), ("name", str), ("sheet", (str, int))):
        it = given[name]
        if it is not None and (not isinstance(it, kinds) or isinstance(it, bool) or it == ""):
            faults.add(V015, name, "{value} is no {name}", value=brief(it), name=name)
    if not isinstance(given["path"], str):
        faults.add(V015, "path", "{value} is no path", value=brief(given["path"]))
    if only is not None and not (
        isinstance(only, Mapping) and all(isinstance(it, str) for pair in only.items() for it in pair)
    ):
        faults.add(V015, "only", "{value} is no mapping of columns to what they say", value=brief(only))
    if faults.found:
        raise Rejected(REFUSED, faults.found)


@frozen
class _How:
    """What is asked of a source; each way of opening one fills the account and gives it back."""

    kind: str | None
    separator: str | None
    encoding: str | None
    header: int | None
    stop: str | None
    sheet: str | int | None
    path: str
    only: Mapping[str, str]
    whole: bool

    def named_file(self, path: str, name: str | None) -> Rows:
        """Open a file, which the rows close at the end."""
        try:
            file = open(path, "rb")  # noqa: PTH123, SIM115  (the rows close it)
        except ValueError:
            raise refused(V015, "{value} is no path of a file", "source", value=brief(path)) from None
        rows = Rows(name or path.encode(errors="replace").decode(), close=file.close)
        try:
            return self.file(rows, file)
        except BaseException:
            file.close()
            raise

    def file(self, rows: Rows, file: IO[bytes]) -> Rows:
        """Read a stream of bytes: what they are shows at its beginning."""
        head = _beginning(file)
        found, other = kind_of(head, as_text=self.kind in TEXTS)
        whole: IO[bytes] = file
        if found:
            whole = _from_its_beginning(file, head)
        if found == "zip":
            found, other = zip_of(whole)
        elif found == "old office":
            found, other = old_office_of(whole.read())
        if other:
            raise refused(B010, "this is {other}", other=other)
        wanted = "text" if self.kind in TEXTS else self.kind or ""
        is_returned = not found and MARKS[-1].encode() in head  # rows of a workbook come back as a text
        if not is_returned and not (found or "text").startswith(wanted):
            raise refused(B010, "this is {found} and not {kind}", "kind", found=found or "a text", kind=self.kind)
        if found in WORKBOOKS:
            whole.seek(0)
            return self.workbook(rows, whole, found)
        if found:
            return self.arrow(rows, whole, found)
        rest = chain([head], iter(lambda: file.read(BLOCK), b""))
        rows.told["encoding"] = encoding_of(head, self.encoding)
        return self.text(rows, blocks_of(lambda _: next(rest, b""), rows.told["encoding"]))

    def iterable(self, rows: Rows, given: Iterator[Any]) -> Rows:
        """Read lines or dicts, as the first shows."""
        first = list(islice(given, 1))
        if first and isinstance(first[0], Mapping):
            rows.told["kind"] = "dicts"
            return self.keyed(rows, objects(chain(first, given), self.path, whole=self.whole))
        return self.text(rows, blocks_of_lines(chain(first, given)))

    def text(self, rows: Rows, blocks: Blocks) -> Rows:
        """Read lines, a block at a time."""
        first = next(blocks, [])
        blocks = chain([first], blocks)
        kind = rows.told["kind"] = self.kind if self.kind in TEXTS else text_kind(first)
        if kind == "ndjson":
            return self.keyed(rows, lines_of_objects(blocks, self.path, whole=self.whole))
        if kind == "json":
            return self.keyed(rows, document_of_objects(blocks, self.path, whole=self.whole))
        said = said_separator(first[0]) if first else None
        above = (self.header or 1) - 1 + (said is not None)
        separator = self.separator or ("\t" if kind == "tsv" else said or found_separator(first[above:]))
        rows.told["separator"] = separator
        return self.headed(rows, parsed(blocks, separator, above))

    def workbook(self, rows: Rows, file: IO[bytes], kind: str) -> Rows:
        """Read one sheet of a workbook."""
        name, names, sheet = sheets.workbook(file, kind, self.sheet)
        rows.told.update(kind=kind, sheet=name, sheets=names)
        below = dropwhile(lambda it: it[0] < (self.header or 1), sheets.grid(sheet, kind))
        return self.headed(rows, ((line, cells, None, None) for line, cells in below))

    def arrow(self, rows: Rows, file: Any, kind: str) -> Rows:
        """Read columns that have their names and types."""
        rows.told["kind"] = kind.removesuffix(" file").removesuffix(" stream")
        schema, batches = arrow.batches(file, kind)
        if self.path or arrow.is_nested(schema):
            return self.keyed(rows, objects(arrow.objects(batches, kind), self.path, whole=self.whole))
        rows.columns = list(schema.names)
        return self.sifted(rows, ((line, cells, None, None) for line, cells in arrow.grid(batches, kind)), None)

    def headed(self, rows: Rows, records: Iterator[Record]) -> Rows:
        """Take records of which the first that says something is the header, unless there is none."""
        before: list[Record] = []
        for record in records:
            line, cells, fault, _ = record
            if fault is not None and self.header is not None:
                raise refused(B007, "line {line} is no header: {wrong}", line=line, wrong=fault.message)
            if fault is not None or all(map(is_blank, cells)):
                before.append(record)
                continue
            width = marked(cells)
            if width is not None:
                rows.told["rejects"] = True
                cells = [unguarded(text_of(cell).strip()) for cell in cells[:width]]
                records = _bare(records, width, rows.told.get("separator", ","))
            if self.header is None:
                rows.columns = [str(n) for n in range(1, len(cells) + 1)]
                return self.sifted(rows, chain(before, [record] if width is None else [], records), len(cells))
            rows.columns = [text_of(cell).strip() for cell in cells]
            rows.told["header"] = line
            return self.sifted(rows, records, len(cells))
        return self.sifted(rows, before if self.header is None else [], None)

    def keyed(self, rows: Rows, named: Iterator[Named]) -> Rows:
        """Take objects that name their cells: a column is one from the first object on that names it."""
        columns, places = rows.columns, dict[str, int]()

        def records() -> Iterator[Record]:
            for line, cells, fault in named:
                if fault is not None:
                    yield line, [*cells.values()], fault, None
                    continue
                if [*cells] == columns:
                    yield line, [*cells.values()], None, None
                    continue
                row: list[Any] = [None] * len(columns)
                marks = marks_of(cells)
                if marks:
                    rows.told["rejects"] = True
                for name, cell in cells.items():
                    if name in marks:
                        continue
                    place = places.setdefault(name, len(row))
                    if place == len(row):
                        columns.append(name)
                        row.append(cell)
                    else:
                        row[place] = cell
                yield line, row, None, None

        found = records()
        return self.sifted(rows, chain([*islice(found, 1)], found), None)

    def sifted(self, rows: Rows, records: Iterable[Record], width: int | None) -> Rows:
        """Take the rows among the records."""
        rows.sift(records, width=width, stop=self.stop and self.stop.strip().casefold(), only=self.only)
        return rows


def _bare(records: Iterator[Record], width: int, separator: str) -> Iterator[Record]:
    """Give the rows of a file of rejected rows without what was added to them.

    A line that was no CSV stands in one cell. It is read again, as somebody may have mended it there.
    """
    for line, cells, fault, spread in records:
        if fault is not None:
            yield line, cells, fault, None
            continue
        bare, codes = taken_off(cells, width)
        if len(bare) == 1 and B007.code in codes and isinstance(bare[0], str):
            yield alone(bare[0], separator, line)
        else:
            yield line, bare, None, spread and Spread(spread.last, [*map(unguarded, spread.alone)])


def _beginning(file: IO[bytes]) -> bytes:
    """Read the first block of a stream; a pipe gives it in pieces."""
    head = b""
    while len(head) < BLOCK and (piece := file.read(BLOCK - len(head))):
        head += piece
    return head


def _from_its_beginning(file: IO[bytes], head: bytes) -> IO[bytes]:
    """Give a stream that can be read anywhere: itself, or what it holds."""
    with suppress(AttributeError, OSError, ValueError):
        if file.seekable() and file.tell() == len(head):
            file.seek(0)
            return file
    return io.BytesIO(head + file.read())
