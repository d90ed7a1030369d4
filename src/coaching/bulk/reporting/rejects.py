"""The rows that were rejected, as a file of the same kind: to be mended and fed back with the same mapping.

Read top to bottom: what was written, writing, tables, objects. The source is read again, and its rejected rows are
written as they stand: columns, separator, encoding and ends of lines are those of the source. What is added to a row,
and how it is taken off again, `sources.returned` says.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import IO, Any

from attrs import frozen
from frozendict import frozendict

from coaching.bulk.drafts import Fault
from coaching.bulk.reporting.rules import B062
from coaching.bulk.sources import Row, Rows, Source, open_rows, text_of
from coaching.bulk.sources.objects import WHOLE, decoded
from coaching.bulk.sources.returned import MARKS, TEXT, guarded, with_marks
from coaching.bulk.sources.separated import said_separator
from coaching.bulk.sources.texts import BLOCK
from coaching.kernel.rules import Rejected, Severity

HEAD = 100  # lines of a list that show how they end
_OBJECTS = frozenset({"ndjson", "json", "dicts"})
_TABLES = frozenset({"csv", "tsv"})
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # before a text, it says how the text is written


@frozen
class Rejects:
    """What was written: how many rows, and as what (`kind`, `encoding`, `separator`, `mark` and `ends` of a table)."""

    rows: int
    told: frozendict[str, Any]


def write_rejects(source: Source, faults: Iterable[Fault], out: IO[bytes], **how: Any) -> Rejects:
    r"""Write the rejected rows of a source, as they stand there, with the line, the codes and the reasons behind them.

    A table stays one, in its own dialect; what is no text (a workbook, Parquet) becomes CSV in UTF-8 with its mark.
    Objects become NDJSON. Cells that a spreadsheet would take for a formula are guarded. `open_rows` undoes all that:
    mended or not, the file is read with the same mapping as the source.

    Args:
        source: What was imported. It is read once more; a stream from its beginning.
        faults: What is wrong with it, in the order of its records. A row is rejected for an error.
        out: Where the file goes; it stays open.
        how: How the source is opened: what `open_rows` takes.

    Raises:
        Rejected: B062 where the source is not what it was; what `open_rows` says of a source that cannot be read.
        OSError: What the system says of a file that cannot be opened.

    >>> from coaching.kernel.rules import Severity
    >>> wrong = Fault("", 3, 2, "hired", "", "B003", Severity.ERROR, "no day", "'soon' is no day", "write a day")
    >>> out = io.BytesIO()
    >>> write_rejects(b"id;hired\r\n1;2024-03-05\r\n=2;soon\r\n", [wrong], out).rows
    1
    >>> print(out.getvalue().decode().replace("\r\n", "\n"), end="")
    id;hired;rejected line;rejected code;rejected reason
    '=2;soon;3;B003;hired: 'soon' is no day (write a day)
    >>> rows = open_rows(out.getvalue())
    >>> rows.columns, [row.cells for row in rows], rows.told["rejects"]
    (['id', 'hired'], [['=2', 'soon']], True)
    """
    stream: Any = source
    if hasattr(stream, "seek"):
        stream.seek(0)
    head = _head(source)
    with open_rows(source, whole=True, **how) as rows:
        rejected = _rejected(rows, faults)
        if _is_of_objects(rows):
            return Rejects(_write_objects(rows, rejected, out), frozendict(kind="ndjson", encoding="utf-8"))
        dialect = _Dialect.of(rows, head, **how)
        return Rejects(dialect.write(rows, rejected, out, header=how.get("header", 1)), dialect.told)


def are_rejects(path: Path) -> bool:
    """Tell whether a file is one of rejected rows, which `write_rejects` wrote."""
    with suppress(Rejected, OSError), open_rows(path) as rows:
        next(iter(rows), None)
        return "rejects" in rows.told
    return False


def _rejected(rows: Rows, faults: Iterable[Fault]) -> Iterator[tuple[Row, list[Any]]]:
    """Give each row that an error rejects, with what is said of it: its line, the codes, the reasons."""
    left = iter(rows)
    for record, its in groupby((it for it in faults if it.record), key=attrgetter("record")):
        errors = list(dict.fromkeys(it for it in its if it.severity == Severity.ERROR))
        if not errors:
            continue
        row = next((row for row in left if row.record >= record), None)
        if row is None or (row.record, row.line) != (record, errors[0].line):
            message = "record {record}, which was on line {line}, is no longer there, or faults are not in its order"
            raise Rejected.over(B062, message, of="rejects: cannot be written", record=record, line=errors[0].line)
        yield row, [row.line, ", ".join(dict.fromkeys(it.code for it in errors)), "; ".join(map(_reason, errors))]


def _reason(it: Fault) -> str:
    where = " ".join(it.column.split())
    return f"{where}{': ' if where else ''}{it.message}{it.mend and f' ({it.mend})'}"


# --- tables ---------------------------------------------------------------------------------------------------------


class _Line:
    """Where a line of CSV goes: back to who had it written."""

    def write(self, line: str) -> str:
        """Give it back."""
        return line


@frozen
class _Dialect:
    """How the lines of a table are written."""

    kind: str
    encoding: str
    separator: str
    mark: bool
    ends: str
    says: str  # the line with which it says its separator

    @classmethod
    def of(cls, rows: Rows, head: str | bytes, **how: Any) -> _Dialect:
        """Find it: what is no text has none of its own."""
        kind = rows.told["kind"]
        if kind not in _TABLES:
            return cls(
                "csv", how.get("encoding") or "utf-8", how.get("separator") or ",", mark=True, ends="\r\n", says=""
            )
        encoding, separator = rows.told.get("encoding", "utf-8"), rows.told["separator"]
        text = head if isinstance(head, str) else head.decode(encoding, errors="replace")
        lines = list(io.StringIO(text.removeprefix(_MARK), newline=""))
        says = lines[0] if lines and said_separator(lines[0]) else ""
        reader = csv.reader(lines[rows.told.get("header", 1 + bool(says)) - 1 :], delimiter=separator)
        next(reader, None)
        last = lines[rows.told.get("header", 1 + bool(says)) - 2 + reader.line_num] if reader.line_num else ""
        ends = last[len(last.rstrip("\r\n")) :] or "\n"
        return cls(kind, encoding, separator, text.startswith(_MARK), ends, says)

    @property
    def told(self) -> frozendict[str, Any]:
        """Say it."""
        return frozendict(
            kind=self.kind, encoding=self.encoding, separator=self.separator, mark=self.mark, ends=self.ends
        )

    def write(
        self, rows: Rows, rejected: Iterable[tuple[Row, list[Any]]], out: IO[bytes], *, header: int | None
    ) -> int:
        """Write the header, where the source has it, and the rows; say how many."""
        text = io.TextIOWrapper(out, encoding=self.encoding, errors="backslashreplace", newline="")
        writer = csv.writer(_Line(), delimiter=self.separator)

        def write(cells: Sequence[Any]) -> None:
            line: Any = writer.writerow([guarded(text_of(it)) for it in cells])
            text.write(line.removesuffix("\r\n") + self.ends)

        try:
            text.write((_MARK if self.mark else "") + self.says)
            text.write(self.ends * (rows.told.get("header", header or 1) - 1 - bool(self.says)))
            write([*rows.columns, *MARKS])
            n = 0
            for row, (line, *said) in rejected:
                write([*row.cells, str(line), *said])
                n += 1
            text.flush()
        finally:
            text.detach()
        return n


def _head(source: Any) -> str | bytes:
    """Give the beginning of a source, if it is a text; it stands at its beginning afterwards."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source[:BLOCK])
    if isinstance(source, (str, os.PathLike)):
        with Path(os.fsdecode(source)).open("rb") as file:
            return file.read(BLOCK)
    if hasattr(source, "read"):
        head: str | bytes = source.read(BLOCK)
        source.seek(0)
        return head
    lines = source[:HEAD] if isinstance(source, (list, tuple)) else ()
    return "".join(it if it.endswith(("\n", "\r")) else f"{it}\n" for it in lines if isinstance(it, str))


# --- objects --------------------------------------------------------------------------------------------------------


def _is_of_objects(rows: Rows) -> bool:
    kind = rows.told["kind"]
    return kind in _OBJECTS or (kind in {"parquet", "arrow"} and (WHOLE in rows.columns or not rows.columns))


def _write_objects(rows: Rows, rejected: Iterable[tuple[Row, list[Any]]], out: IO[bytes]) -> int:
    """Write a line for each object; what is none stands as a text beside what is said of it."""
    n = 0
    for row, said in rejected:
        held = text_of(row.cells[rows.columns.index(WHOLE)] if row.wrong is None else next(iter(row.cells), ""))
        value = _object(held)
        told = with_marks({TEXT: held} if value is None else value, said)
        out.write(json.dumps(told, ensure_ascii=False).encode(errors="backslashreplace") + b"\n")
        n += 1
    return n


def _object(held: str) -> dict[str, Any] | None:
    try:
        value = decoded(held, whole=True)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
