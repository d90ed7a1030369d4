"""The door of the import, as the command line calls it. A placeholder: the rooms behind it are joined later."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from attrs import frozen

from coaching.book.book import Book
from coaching.bulk.mapping.classes import Mapping
from coaching.bulk.reporting import Report


@frozen
class Progress:
    """How far an import has come.

    Attributes:
        phase: What is being done.
        done: So many units of it.
        total: Of so many, where that is known.
        rejected: So many rows are rejected so far.
        unit: What is counted.
    """

    phase: str
    done: int
    total: int | None
    rejected: int
    unit: Literal["rows", "bytes", "records"]


class Changes:
    """What became, or would become, of a book."""

    def as_dict(self, *, values: bool = False) -> dict[str, Any]:
        """Give it for a program."""
        raise NotImplementedError

    def told(self, *, values: bool = False) -> str:
        """Give it for a person."""
        raise NotImplementedError


@frozen
class Outcome:
    """What came of an import."""

    report: Report
    book: Book
    changes: Changes


def import_records(
    sources: Sequence[str],
    mapping: str | os.PathLike[str] | Mapping,
    *,
    by: str,
    at: datetime,
    source: str | None = None,
    into: Book | Path | None = None,
    mode: Literal["insert", "update", "upsert"] = "upsert",
    accept: Literal["good", "all"] = "good",
    missing: Literal["report", "leave"] = "report",
    dry_run: bool = False,
    workers: int = 1,
    journal: Path | None = None,
    resume: bool = False,
    progress: Callable[[Progress], None] | None = None,
    rejects: Path | None = None,
) -> Outcome:
    """Import records."""
    raise NotImplementedError
