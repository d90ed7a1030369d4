"""Bytes and lines: a text comes in blocks of its physical lines, and never as a whole."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from importlib import import_module
from itertools import islice
from typing import Any

from coaching.bulk.sources.faults import B006, B007, refused
from coaching.kernel.constraints import V015
from coaching.kernel.rules import Rejected, brief

BLOCK = 1 << 16  # so many bytes are read at a time
MANY = 500  # so many lines are taken at a time where a caller gives lines
LONGEST = 1 << 26  # characters of a line; more are no text

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENDS = re.compile(r"\r\n|\r|\n").findall
_BYTE = re.compile("[\udc80-\udcff]").search  # how `surrogateescape` keeps a byte that is no text
HINTS = 3  # so many encodings are named
AROUND = 4096  # bytes on either side of one that cannot be read: enough to tell an encoding by
_HALF = 0.4  # of the bytes at odd or at even places: so many zeros are no chance

Blocks = Iterator[list[str]]


def encoding_of(head: bytes, declared: str | None) -> str:
    """Tell the encoding of a text by what is declared, or else by its mark, or else UTF-8.

    Raises:
        Rejected: B006 for a name that is no encoding, and where zeros show UTF-16 without its mark.
    """
    if declared is not None:
        try:
            "".encode(declared)
            return codecs.lookup(declared).name
        except (LookupError, ValueError):
            raise refused(B006, "{value} is no encoding", "encoding", value=brief(declared)) from None
    marked = next((name for mark, name in MARKS if head.startswith(mark)), None)
    if marked is not None:
        return marked
    even, odd = head[::2], head[1::2]
    for name, zeros, letters in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros and zeros.count(0) > _HALF * len(zeros) and letters.count(0) < _HALF * len(letters):
            what = "every second byte is zero: this is UTF-16 without its mark, {encoding}"
            raise refused(B006, what, "encoding", encoding=name)
    return "utf-8"


def blocks_of(read: Callable[[int], bytes], encoding: str) -> Blocks:
    """Give the lines of a stream of bytes, some thousand at a time, with their ends.

    Raises:
        Rejected: B006 with the line of the first byte that is not of the encoding; B007 for a line without an end.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    lines, size, held = 0, 0, [""]
    first = True
    while True:
        chunk = read(BLOCK)
        before = decoder.getstate()
        try:
            text = decoder.decode(chunk, not chunk)
        except UnicodeError as why:
            decoder.setstate(before)
            raise _not_of(encoding, why, lines, "".join(held), decoder, chunk, before) from None
        if first and text:
            text, first = text.removeprefix("\ufeff"), False
        whole = len(text) - text.endswith("\r")  # what follows may belong to it
        cut = max(text.rfind("\n", 0, whole), text.rfind("\r", 0, whole)) + 1 if chunk else len(text)
        if cut or not chunk:
            held.append(text[:cut])
            block = list(io.StringIO("".join(held), newline=""))
            held, size = [text[cut:]], len(text) - cut
            lines += len(block)
            if block:
                yield block
        else:
            held.append(text)
            size += len(text)
        if size > LONGEST:
            raise refused(B007, "line {line} has no end within {most} characters", line=lines + 1, most=LONGEST)
        if not chunk:
            return


def _not_of(
    encoding: str, why: UnicodeError, lines: int, held: str, decoder: Any, chunk: bytes, before: tuple[bytes, Any]
) -> Rejected:
    """Say of a byte that it is not of an encoding: its line, and in which encodings its neighbours would read."""
    line, told, around = lines + 1, str(why), chunk[:AROUND]
    if isinstance(why, UnicodeDecodeError):
        with suppress(UnicodeError):  # a decoder that says "here" may not even read what stands before
            held += decoder.decode(chunk[: max(0, why.start - len(before[0]))])
        line += len(_ENDS(held))
        told = f"byte 0x{why.object[why.start]:02X}"
        around = why.object[max(0, why.start - AROUND) : why.start + AROUND]
    hints = _hints(around)
    what = "line {line} is not {encoding}: {told}"
    if hints:
        what += "; it would read as {hints}"
    return refused(B006, what, line=line, encoding=encoding.upper(), told=told, hints=" or ".join(hints))


def _hints(around: bytes) -> list[str]:
    """Name the encodings in which bytes would read, the likeliest first; none where nobody is there to ask."""
    try:
        found = import_module("charset_normalizer").from_bytes(around)
    except ImportError:
        return []
    names = dict.fromkeys(name for match in found for name in (match.encoding, *match.could_be_from_charset))
    return list(names)[:HINTS]


def blocks_of_lines(lines: Iterable[Any]) -> Blocks:
    """Give the lines that a caller gives, each looked at.

    Raises:
        Rejected: B006 for a byte that is no text, V015 for what is none at all.
    """
    rest = iter(lines)
    read = 0
    while True:
        try:
            block = list(islice(rest, MANY))
        except UnicodeDecodeError as why:  # the caller's decoder is ahead of the lines
            what = "line {line} or one after it is not {encoding}: byte {byte}"
            byte = f"0x{why.object[why.start]:02X}"
            raise refused(B006, what, line=read + 1, encoding=why.encoding.upper(), byte=byte) from None
        for line in block:
            read += 1
            if not isinstance(line, str):
                raise refused(V015, "{value} is no text", f"lines[{read - 1}]", value=brief(line))
            if not line.isascii() and (found := _BYTE(line)):
                byte = f"0x{ord(found[0]) - 0xDC00:02X}"
                raise refused(B006, "line {line} is not UTF-8: byte {byte}", line=read, byte=byte)
        if not block:
            return
        if read == len(block):
            block[0] = block[0].removeprefix("\ufeff")
        yield block
