"""The import of this library: the mapping of `planted.toml`, and no line of Python besides.

A row makes a person with an employment, a position and a manager; half of the rows make an annual interview as well.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from planting import ON

from coaching.bulk.importing import import_records

MAPPING = Path(__file__).with_name("planted.toml")
AT = datetime(ON.year, ON.month, ON.day, 9, tzinfo=UTC)


def _told(path: Path, into: Path | None, workers: int) -> list[tuple[int, str]]:
    outcome = import_records([path], MAPPING, by="hr", at=AT, into=into, accept="good", workers=workers, most=None)
    return [(fault.line, fault.column) for fault in outcome.report.faults]


def check(path: Path, workers: int = 1) -> list[tuple[int, str]]:
    """Check only."""
    return _told(path, None, workers)


def records(path: Path, workers: int = 1) -> list[tuple[int, str]]:
    """Write sealed records into a new file."""
    into = path.with_suffix(f".{workers}.ndjson")
    into.unlink(missing_ok=True)
    return _told(path, into, workers)


def _book(path: Path) -> Path:
    return path.with_suffix(".book.ndjson")


def prepare_again(path: Path) -> None:
    """Import the same file once, in a process of its own, so that there is a book."""
    if not _book(path).exists():
        program = "import sys, find_coaching as f; f._told(f.Path(sys.argv[1]), f.Path(sys.argv[2]), 1)"
        subprocess.run([sys.executable, "-c", program, path, _book(path)], check=True, cwd=Path(__file__).parent)  # noqa: S603  (ourselves)


def again(path: Path, workers: int = 1) -> list[tuple[int, str]]:
    """Bring the same file into a book that holds what it says: nothing changes, and all of it is compared."""
    return _told(path, _book(path), workers)
