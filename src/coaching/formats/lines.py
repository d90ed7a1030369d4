"""Lines: books and streams of records as NDJSON, a record a line. What is wrong is said with its line.

Read top to bottom: writing a book, reading line by line, reading a book.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO, StringIO, TextIOBase
from typing import BinaryIO

import attrs

from coaching.book.book import Book
from coaching.book.shelf import X001
from coaching.formats.documents import dumps, loads
from coaching.kernel.checking import each_of
from coaching.kernel.classes import Key
from coaching.kernel.constraints import V015, V018
from coaching.kernel.record import Record
from coaching.kernel.rules import Finding, Rejected, breach, brief, finding


def dump_book(book: Book, out: BinaryIO) -> int:
    """Write a book as NDJSON, a record a line: by kind, then by id. Give the number of records.

    Args:
        out: A file that is open for writing bytes, such as `path.open("wb")`.

    Raises:
        Rejected: V015 for what is no book, and for what takes no bytes.

    >>> from io import BytesIO
    >>> out = BytesIO()
    >>> dump_book(Book(), out)
    0
    """
    what = "book: cannot be written"
    if not isinstance(book, Book):
        raise Rejected(what, [finding(V015, breach("{value} is no book", "book", value=brief(book)))])
    if not _takes_bytes(out):
        wrong = breach('{value} takes no bytes; open the file with "wb"', "out", value=brief(out))
        raise Rejected(what, [finding(V015, wrong)])
    n = 0
    for n, record in enumerate(book, 1):  # noqa: B007  (the count is the answer)
        out.write(dumps(record) + b"\n")
    return n


def _takes_bytes(out: object) -> bool:
    """Tell whether something can be written to, and is no file of text."""
    if isinstance(getattr(out, "file", out), TextIOBase) or not callable(getattr(out, "write", None)):
        return False
    writable = getattr(out, "writable", None)
    try:
        return not callable(writable) or bool(writable())
    except ValueError:  # it was closed
        return False


def load_records(lines: Iterable[bytes | str] | bytes | str) -> Iterator[Record | Rejected]:
    r"""Read the records of NDJSON, line by line: each a record, or a refusal with its line. No line is read ahead.

    Blank lines are passed over. A file of any size can be taken line by line.

    Args:
        lines: An open file, the lines themselves, or the whole of them as bytes or text.

    Raises:
        Rejected: V015, at once, for what has no lines. What is wrong with a line is given and not raised; each finding
            has the `line` in its path and in its params.

    >>> [read.findings[0].path for read in load_records(b"{}\n\n[]")]
    ['line 1: schema', 'line 3']
    """
    return (read for _, read in _read_lines(_lines_of(lines)))


def load_book(lines: Iterable[bytes | str] | bytes | str) -> Book:
    r"""Read the book in NDJSON.

    Args:
        lines: An open file, such as `path.open("rb")`, the lines themselves, or the whole of them as bytes or text.

    Raises:
        Rejected: Every finding of every line that cannot be read, and X001 for ids that stand on an earlier line
            already, in the order of the lines; each has the `line` in its path and in its params. V015 for what has no
            lines.

    >>> load_book(b"[]\n{\n")
    Traceback (most recent call last):
    ...
    coaching.Rejected: book: cannot be read (2 of 2 lines)
      V018 line 1: a list is no object (send one JSON object whose type and schema this version knows)
      V018 line 2: not JSON: Input data was truncated (send one JSON object whose type and schema this version knows)
    """
    records: dict[Key, tuple[int, Record]] = {}
    found: list[Finding] = []
    refused = n = 0
    with without_collector():
        for n, (number, read) in enumerate(_read_lines(_lines_of(lines)), 1):  # noqa: B007  (the count is told)
            wrong = read.findings if isinstance(read, Rejected) else _taken(number, read, records)
            found += wrong
            refused += bool(wrong)
        if not found:
            return Book(record for _, record in records.values())
    refusal = Rejected(f"book: cannot be read ({refused} of {n} lines)", found)
    refusal.findings = tuple(found)  # as the lines stand, and not by record
    raise refusal


@contextmanager
def without_collector() -> Iterator[None]:
    """Pause the collector of garbage: records have no circles, and looking for some takes half of a large book's time.

    It is the whole process that goes without for the while; where somebody switched it off before, it stays off.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _taken(number: int, record: Record, records: dict[Key, tuple[int, Record]]) -> tuple[Finding, ...]:
    """Take up the record of a line, or say that its id is taken."""
    key = record.key
    first, _ = records.setdefault(key, (number, record))
    if first == number:
        return ()
    wrong = breach("{id} stands on line {first} already", id=record.id, first=first)
    return (_on_line(number, finding(X001, wrong, record=key)),)


def _lines_of(lines: object) -> Iterator[object]:
    if isinstance(lines, str):
        return StringIO(lines, newline="\n")
    if isinstance(lines, (bytes, bytearray, memoryview)):
        return BytesIO(bytes(lines))
    given = each_of(lines)
    if given is not None:
        return given
    wrong = breach("{value} has no lines; give an open file, or what stands in it", "lines", value=brief(lines))
    raise Rejected("book: cannot be read", [finding(V015, wrong)])


def _read_lines(lines: Iterator[object]) -> Iterator[tuple[int, Record | Rejected]]:
    """Say what stands on each line that is not blank, with its number; the last is one that cannot be read."""
    number = 0
    while True:
        number += 1
        try:
            line = next(lines)
        except StopIteration:
            return
        except UnicodeDecodeError as why:  # the decoder is ahead of the lines
            wrong = breach("this line or one after it is not UTF-8: byte {byte}", byte=f"0x{why.object[why.start]:02X}")
            yield number, Rejected(f"line {number}: cannot be read", [_on_line(number, finding(V018, wrong))])
            return
        if isinstance(line, (bytes, bytearray, str)) and not line.strip():
            continue
        read: Record | Rejected
        try:
            read = loads(line)  # type: ignore[arg-type]  # it refuses what is neither bytes nor text
        except Rejected as refusal:
            read = Rejected(f"line {number}: {refusal.what}", [_on_line(number, f) for f in refusal.findings])
        yield number, read


def _on_line(number: int, found: Finding) -> Finding:
    path = f"line {number}: {found.path}" if found.path else f"line {number}"
    return attrs.evolve(found, path=path, params=found.params | {"line": number})
