"""An export of people without a mapping of its own: it is read by the preset `due`, under the headers that are known.

Read top to bottom: what may be said of a file, the mapping for it, its import.
"""

from __future__ import annotations

import io
import tomllib
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from coaching.book.book import Book
from coaching.bulk import importing
from coaching.bulk.mapping import folded_header, presets
from coaching.bulk.mapping.faults import B034
from coaching.bulk.sources import open_rows
from coaching.cli.progress import Watch
from coaching.kernel.rules import Finding, Rejected, breach, brief, finding

PRESET = "due"
SOURCE = "people"  # what the one source is called in the mapping
NEEDED = ("id", "name", "joined_on")
HEADERS = 50  # so many are named when a column is missing

_PERSON, _TALK = 1, 2  # the places of their records in the preset
_FILLS: Mapping[str, Sequence[str | int]] = {
    "id": (_PERSON, "fields", "id"),
    "name": (_PERSON, "fields", "name"),
    "joined_on": (_PERSON, "fields", "employments", 0, "from"),
    "left_on": (_PERSON, "fields", "employments", 0, "to"),
    "manager": (_PERSON, "fields", "positions", 0, "managers", 0, "manager"),
    "title": (_PERSON, "fields", "positions", 0, "title"),
    "unit": (_PERSON, "fields", "positions", 0, "unit"),
    "last_interview": (_TALK, "fields", "held_on"),
}
"""The columns, by the names under which `--column` knows them, and where the preset says their headers."""

COLUMNS = tuple(_FILLS)


@frozen
class Known:
    """How exports are read that have no mapping.

    Attributes:
        columns: Which header serves as which column, where it is not one that is known.
        dates: `mdy` or `dmy`, where a column of dates can be read both ways.
        opened: How files are opened: what `open_rows` takes.
    """

    columns: Mapping[str, str]
    dates: str | None
    opened: Mapping[str, Any]

    def aliases(self) -> dict[str, list[str]]:
        """Give the headers that each column is known by: those of the preset, or the one that was said."""
        records = tomllib.loads(presets()[PRESET])["records"]
        return {name: [self.columns[name]] if name in self.columns else _at(records, name) for name in COLUMNS}

    def mapping(self) -> dict[str, Any]:
        """Give the preset with what was said put into it."""
        mapping = tomllib.loads(presets()[PRESET])
        said = {it: self.columns[name] for name in self.columns for it in _at(mapping["records"], name)}
        if "manager" in self.columns:
            del mapping["records"][_TALK]["fields"]["interviewer"]  # which is read off other headers of managers
        if self.dates is not None:
            mapping["defaults"]["order"] = self.dates
        mapping["sources"] = {SOURCE: {**self.opened, "only": dict(self.opened["only"])}}
        mapping["records"] = _renamed(mapping["records"], said)
        return {name: _said(it) for name, it in mapping.items()}

    def served(self, columns: Sequence[str]) -> dict[str, list[str]]:
        """Say which headers of a file serve as which column.

        Raises:
            Rejected: B034 where a column that people need has none, or one that was said is not there.
        """
        there = {folded_header(it): it for it in reversed(columns) if it.strip()}
        served = {
            name: [there[it] for it in map(folded_header, its) if it in there] for name, its in self.aliases().items()
        }
        wrong = list(self._lacking(served, [it for it in columns if it.strip()]))
        if wrong:
            named = [*map(brief, list(there.values())[::-1][:HEADERS])]
            more = [f"{len(there) - HEADERS} more"] if len(there) > HEADERS else []
            raise Rejected(f"file: cannot be read; its header has: {', '.join([*named, *more]) or 'nothing'}", wrong)
        return {name: its for name, its in served.items() if its}

    def _lacking(self, served: Mapping[str, Sequence[str]], columns: Sequence[str]) -> Iterator[Finding]:
        used = {it for its in served.values() for it in its}
        spare = (it for it in columns if it not in used and brief(it) == f"'{it}'")
        for name, its in served.items():
            if its:
                continue
            if name in self.columns:
                what, it = "no header {header} for {name}", brief(self.columns[name])
            elif name in NEEDED:
                free = next(spare, None)
                what, it = "no column for {name}", ""
                if free is not None:
                    what, it = "no column for {name}; if {header} is it: --column {name}={header}", brief(free)
            else:
                continue
            found = finding(B034, breach(what, name, name=name, header=it))
            yield evolve(found, mend="say which header serves, with --column NAME=HEADER")


def _at(records: Any, name: str) -> Any:
    """Give the headers that the preset knows a column by."""
    for step in _FILLS[name]:
        records = records[step]
    return records["column"]


def _renamed(given: Any, said: Mapping[str, str]) -> Any:
    """Put one header into the place of those that are known."""
    if isinstance(given, dict):
        return {name: _renamed(it, said) for name, it in given.items()}
    if isinstance(given, list):
        if any(isinstance(it, str) and it in said for it in given):
            return list(dict.fromkeys(said.get(it, it) for it in given))
        return [_renamed(it, said) for it in given]
    return given


def _said(given: Any) -> Any:
    """Leave out what is not said: a mapping has no word for nothing."""
    if isinstance(given, dict):
        return {name: _said(it) for name, it in given.items() if it is not None}
    return given


# --- the import ------------------------------------------------------------------------------------------------------


@frozen
class Export:
    """What came of an export.

    Attributes:
        outcome: The book, and the report.
        columns: Which headers serve as which column.
    """

    outcome: importing.Outcome
    columns: Mapping[str, Sequence[str]]


def read_export(
    file: Path | bytes, name: str, *, known: Known, on: date, progress: Watch | None, most: int | None
) -> Export:
    """Read an export by the headers that are known. `most` faults are listed one by one.

    Raises:
        Rejected: B034 for a column that people need and nothing serves as, and all that an import refuses.
    """
    rows = open_rows(io.BytesIO(file) if isinstance(file, bytes) else file, name=name, **known.opened)
    with rows:
        if "header" not in rows.told:  # where rows name their cells, each may have one more
            deque(rows, maxlen=0)
        columns = known.served(rows.columns)
    outcome = importing.import_records(
        [file], known.mapping(), by="import", at=midnight(on), source=name, into=Book(), progress=progress, most=most
    )
    return Export(outcome, columns)


def midnight(on: date) -> datetime:
    """Give the moment at which a day begins."""
    return datetime.combine(on, time(0), UTC)
