"""The book that is there already: its lines, one after the other, and who stands on each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from attrs import frozen

from coaching.book.book import Book
from coaching.bulk.arguments import is_path
from coaching.formats.documents import dumps
from coaching.kernel.constraints import V015, V018
from coaching.kernel.rules import Rejected, brief


class _Seen(msgspec.Struct):
    act: str
    source: str | None = None


class _Employed(msgspec.Struct, rename={"since": "from"}):
    since: date
    to: date | None = None


class Standing(msgspec.Struct):
    """What is known of a record that stands in the book, before anybody reads it whole."""

    type: str
    id: str
    history: list[_Seen]
    name: str | None = None
    external_ids: dict[str, Any] = {}
    employments: list[_Employed] = []

    @property
    def source(self) -> str | None:
        """The system it was taken over from; None where it began here."""
        return self.history[0].source if self.history else None

    def employed(self, on: date) -> bool:
        """Tell whether a person is employed on a day, and beyond it."""
        return any(it.since <= on and (it.to is None or on < it.to) for it in self.employments)


_standing = msgspec.json.Decoder(Standing).decode


@frozen
class Existing:
    """A book as lines: of a file, which is read line by line, or of a `Book`. None there yet is an empty one."""

    into: Book | Path | None

    @classmethod
    def of(cls, into: object) -> Existing:
        """Take what an import goes into. A link is followed: what it leads to is the book.

        Raises:
            Rejected: V015 for what is neither a book nor a path.
        """
        if into is None or isinstance(into, Book):
            return cls(into)
        if is_path(into):
            return cls(Path(os.path.realpath(os.fsdecode(into))))
        raise Rejected.over(V015, "{value} is no book and no path", "into", of="import", value=brief(into))

    def lines(self) -> Iterator[bytes]:
        """Give its lines as they stand, without the line feed; blank ones are passed over."""
        yield from (line for _, line in self._numbered())

    def standing(self) -> Iterator[tuple[bytes, Standing]]:
        """Give each line, and say who stands on it.

        Raises:
            Rejected: V018 for a line that is no record.
        """
        for n, line in self._numbered():
            try:
                yield line, _standing(line)
            except (msgspec.MsgspecError, ValueError):
                what = "line {line} of the book is no record of this library"
                raise Rejected.over(V018, what, "into", of="import", line=n) from None

    def digest(self) -> str:
        """Tell it from any other by what it holds."""
        digest = sha256()
        for line in self.lines():
            digest.update(line)
            digest.update(b"\n")
        return digest.hexdigest()

    def _numbered(self) -> Iterator[tuple[int, bytes]]:
        if isinstance(self.into, Book):
            yield from enumerate(map(dumps, self.into), 1)
        elif self.into is not None and self.into.exists():
            with self.into.open("rb") as file:
                for n, line in enumerate(file, 1):
                    if not line.isspace():
                        yield n, line.removesuffix(b"\n")
