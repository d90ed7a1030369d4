"""What was given to an import: its sources, each of which can be opened anew, and told from any other.

Read top to bottom: a source, taking what was given, one of them, what can be read only once.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePath
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Any, cast

from attrs import evolve, field, frozen

from coaching.bulk.mapping.classes import SourceOf
from coaching.bulk.sources import Rows, Source, open_rows
from coaching.bulk.sources.arrow import held_as_table
from coaching.bulk.sources.texts import blocks_of_lines
from coaching.kernel.constraints import V015
from coaching.kernel.rules import Rejected, brief

_NOTHING = SourceOf()
_BLOCK = 1 << 20  # bytes that are in memory at a time
_BY_LINES = frozenset({"csv", "tsv", "ndjson", "dicts"})  # kinds of which most rows are a line, or an item
STANDARD_INPUT = "-"


@frozen(eq=False)
class Given:
    """One source that was given. It can be opened as often as the import has to look at it.

    Attributes:
        name: What reports call it: the name of the file; no two are called the same.
        serves: Which source of the mapping it is, where that was said: `people=export.csv`.
        source: Where it is, or what it holds.
        path: Where it was said to be; empty for what is no file.
        copied: Whether it is a copy in a temporary file, which is closed at the end.
    """

    name: str
    serves: str
    source: Source = field(repr=False)
    path: str = ""
    copied: bool = False

    @property
    def said(self) -> str:
        """What was said of it, as a mapping finds its source by it."""
        its = self.path or self.name
        return f"{self.serves}={its}" if self.serves else its

    def rows(self, how: SourceOf = _NOTHING, **more: Any) -> Rows:
        """Open it, from its beginning.

        Raises:
            Rejected: What `open_rows` says of a source that cannot be read.
            OSError: What the system says of a file that cannot be opened.
        """
        again: Any = self.source
        if self.copied:
            again.seek(0)
        return open_rows(again, name=self.name, **how.asked(), **more)

    def lines(self, kind: str | None) -> int | None:
        r"""How many lines it has, or items; None where nobody can tell without reading it as what it is.

        Args:
            kind: What it was found to be: of a workbook or of JSON a line says nothing.

        >>> given([b"id\n1\n2"])[0].lines("csv"), given([b"[\n]"])[0].lines("json")
        (3, None)
        """
        held: Any = self.source
        if not (self.copied or isinstance(held, (str, bytes, list))):
            return len(held) if hasattr(held, "__len__") else None
        if kind not in _BY_LINES:
            return None
        if isinstance(held, list):
            return len(held)
        many, last = 0, b"\n"
        for block in self._blocks():
            many, last = many + block.count(b"\n"), block[-1:] or last
        return many + (last != b"\n")

    @property
    def fingerprint(self) -> str:
        """What tells it from any other: a digest of what it holds, wherever it lies and whatever it is called."""
        digest = sha256()
        for block in self._blocks():
            digest.update(block)
        return digest.hexdigest()

    def _blocks(self) -> Iterator[bytes]:
        """Give what it holds, bytes of a file or else each item in some form that is its own."""
        held: Any = self.source
        if isinstance(held, str):
            with Path(held).open("rb") as file:
                yield from iter(partial(file.read, _BLOCK), b"")
        elif self.copied:
            held.seek(0)
            yield from iter(partial(held.read, _BLOCK), b"")
        elif isinstance(held, bytes):
            yield held
        else:
            for it in held if isinstance(held, list) else (row.cells for row in self.rows()):
                yield repr(it).encode(errors="backslashreplace")

    def close(self) -> None:
        """Let go of what was copied."""
        if self.copied:
            cast("IO[bytes]", self.source).close()


def given(sources: object, known: Container[str] = ()) -> list[Given]:
    """Take what was given: one source, or a list of them; a text may say which it is, `people=export.csv`.

    A stream of bytes, a pipe, and what comes in as `-` is copied into a temporary file; lines and dicts are held in
    memory: an import reads them twice. Close each at the end.

    Args:
        sources: What was given.
        known: The names of the sources of the mapping.

    Raises:
        Rejected: V015 for what is no source, and where there is none.
        OSError: What the system says of a pipe that cannot be read.

    >>> [(it.name, it.serves) for it in given(["people=exports/people.csv", "goals.csv"])]
    [('people.csv', 'people'), ('goals.csv', '')]
    """
    several = sources if isinstance(sources, (list, tuple)) and not _is_one(sources) else [sources]
    if not several:
        raise Rejected.over(V015, "no source is given", "sources", of="import")
    its: list[Given] = []
    try:
        for n, source in enumerate(several, 1):
            its.append(_one(source, n, known))
    except BaseException:
        for it in its:
            it.close()
        raise
    return _told_apart(its)


def _is_one(sources: Sequence[Any]) -> bool:
    """Tell the rows of one source from several sources."""
    return any(isinstance(it, Mapping) for it in sources)


def _told_apart(its: list[Given]) -> list[Given]:
    """Call no two sources the same: files of one name are called by their paths, and what is left is numbered."""
    many = Counter(it.name for it in its)
    its = [evolve(it, name=it.path or it.name) if many[it.name] > 1 else it for it in its]
    many = Counter(it.name for it in its)
    return [evolve(it, name=f"{it.name} ({n})") if many[it.name] > 1 else it for n, it in enumerate(its, 1)]


# --- one of them -----------------------------------------------------------------------------------------------------


def _one(source: Any, n: int, known: Container[str]) -> Given:
    called = f"source {n}"
    if isinstance(source, (str, os.PathLike)):
        return _named(os.fsdecode(source), n, known if isinstance(source, str) else None)
    if isinstance(source, (bytes, bytearray, memoryview)):
        return Given(called, "", bytes(source))
    if hasattr(source, "__arrow_c_stream__"):
        return Given(called, "", held_as_table(source) if isinstance(source, Iterator) else source)
    if hasattr(source, "read"):
        name = getattr(source, "name", None)
        return _kept(source, PurePath(name).name if isinstance(name, str) else called, n)
    if isinstance(source, Mapping) or not isinstance(source, Iterable):
        raise _none(source, n)
    return Given(called, "", list(source))


def _none(source: object, n: int) -> Rejected:
    return Rejected.over(V015, "{value} is no source", f"sources[{n - 1}]", of="import", value=brief(source))


def _named(said: str, n: int, known: Container[str] | None) -> Given:
    """Take a path, which may say which source it is."""
    serves, path = "", said
    if known is not None:
        name, sign, rest = said.partition("=")
        if sign and (name in known or (name.isidentifier() and not Path(said).exists())):
            serves, path = name, rest
    if "\0" in path:
        raise _none(said, n)
    if path == STANDARD_INPUT and known is not None:
        return _kept(sys.stdin.buffer, "standard input", n, serves=serves)
    called = PurePath(path).name or path
    if Path(path).exists() and not Path(path).is_file() and not Path(path).is_dir():  # a pipe is read only once
        with Path(path).open("rb") as pipe:
            return _kept(pipe, called, n, serves=serves, path=path)
    return Given(called, serves, path, path)


# --- what can be read only once --------------------------------------------------------------------------------------


def _kept(stream: IO[Any], called: str, n: int, *, serves: str = "", path: str = "") -> Given:
    """Keep what a stream holds: bytes in a temporary file, lines in memory."""
    try:
        is_text = isinstance(stream.read(0), str)
    except ValueError:  # it was closed, or cannot be read
        raise _none(stream, n) from None
    if is_text:
        return Given(called, serves, [line for block in blocks_of_lines(stream) for line in block], path)
    kept = TemporaryFile()  # noqa: SIM115  (`close` closes it)
    try:
        copyfileobj(stream, kept)
    except BaseException:
        kept.close()
        raise
    return Given(called, serves, cast("IO[bytes]", kept), path, copied=True)
