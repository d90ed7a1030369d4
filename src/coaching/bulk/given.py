"""What was given to an import: its sources, each of which can be opened anew, and told from any other."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from hashlib import file_digest, sha256
from pathlib import Path, PurePath
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Any, cast
from weakref import finalize

from attrs import field, frozen

from coaching.bulk.mapping.classes import SourceOf
from coaching.bulk.sources import Rows, Source, open_rows
from coaching.kernel.constraints import V015
from coaching.kernel.rules import Rejected, brief

_NOTHING = SourceOf()


@frozen
class Given:
    """One source that was given. It can be opened as often as the import has to look at it.

    Attributes:
        name: What reports call it: the name of the file.
        serves: Which source of the mapping it is, where that was said: `people=export.csv`.
        source: Where it is, or what it holds.
    """

    name: str
    serves: str
    source: Source = field(repr=False)

    def rows(self, how: SourceOf = _NOTHING, **more: Any) -> Rows:
        """Open it, from its beginning.

        Raises:
            Rejected: What `open_rows` says of a source that cannot be read.
            OSError: What the system says of a file that cannot be opened.
        """
        again: Any = self.source
        if hasattr(again, "seek"):
            again.seek(0)
        return open_rows(again, name=self.name, **how.asked(), **more)

    @property
    def size(self) -> int | None:
        """How many bytes it has, where that is known."""
        return Path(self.source).stat().st_size if isinstance(self.source, (str, os.PathLike)) else None

    @property
    def fingerprint(self) -> str:
        """What tells it from any other: a digest of what it holds, wherever it lies and whatever it is called."""
        held: Any = self.source
        if isinstance(held, (str, os.PathLike)):
            with Path(held).open("rb") as file:
                return file_digest(file, "sha256").hexdigest()
        if hasattr(held, "seek"):
            held.seek(0)
            return file_digest(held, "sha256").hexdigest()
        rows = self.rows()
        digest = sha256()
        for row in rows:
            digest.update(repr(row.cells).encode(errors="backslashreplace"))
        return digest.hexdigest()


def given(sources: object) -> list[Given]:
    """Take what was given: one source, or a list of them; a text may say which it is, `people=export.csv`.

    A stream of bytes is copied into a temporary file, lines and dicts are held in memory: an import reads them twice.

    Raises:
        Rejected: V015 for what is no source, and where there is none.

    >>> [(it.name, it.serves) for it in given(["people=exports/people.csv", "goals.csv"])]
    [('people.csv', 'people'), ('goals.csv', '')]
    """
    several = sources if isinstance(sources, (list, tuple)) and not _is_one(sources) else [sources]
    if not several:
        raise Rejected.over(V015, "no source is given", "sources", of="import")
    return [_one(it, n) for n, it in enumerate(several, 1)]


def _is_one(sources: list[Any] | tuple[Any, ...]) -> bool:
    """Tell the rows of one source from several sources."""
    return any(isinstance(it, Mapping) for it in sources)


def _one(source: Any, n: int) -> Given:
    serves, called, held = "", f"source {n}", source
    ours: Any = None
    if isinstance(source, str):
        said, sign, path = source.partition("=")
        if sign and said.isidentifier() and not Path(source).exists():
            serves, held = said, path
        called = PurePath(held).name
    elif isinstance(source, os.PathLike):
        called = PurePath(os.fsdecode(source)).name
    elif isinstance(source, (bytes, bytearray, memoryview)):
        held = bytes(source)
    elif hasattr(source, "read"):
        name = getattr(source, "name", None)
        called, held = PurePath(name).name if isinstance(name, str) else called, _kept(source)
        ours = held
    elif not hasattr(source, "__arrow_c_stream__"):
        if isinstance(source, Mapping) or not isinstance(source, Iterable):
            raise Rejected.over(V015, "{value} is no source", f"sources[{n - 1}]", of="import", value=brief(source))
        held = list(source)
    it = Given(called, serves, held)
    if hasattr(ours, "close"):
        finalize(it, ours.close)  # the copy goes with the last who holds it
    return it


def _kept(stream: IO[Any]) -> Source:
    if isinstance(stream.read(0), str):
        return list(stream)
    kept = TemporaryFile()  # noqa: SIM115  (see above: who holds it closes it)
    copyfileobj(stream, kept)
    return cast("IO[bytes]", kept)
