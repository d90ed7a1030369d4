"""A small staff list, the mapping by which it is read, and what an import of it comes to."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from attrs import frozen

from coaching import Book, Rejected
from coaching.bulk import importing
from coaching.formats.lines import dump_book

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = datetime(2026, 4, 1, 12, tzinfo=UTC)
HEADER = ("ID", "Name", "Hired", "Left", "Title", "Boss", "Kind", "Talk")
PERSON: dict[str, Any] = {
    "type": "person",
    "fields": {
        "id": "ID",
        "name": "Name",
        "employments": [{"from": "Hired", "to": "Left"}],
        "positions": [
            {
                "id": {"value": "po-1"},
                "employer": {"value": "o-1"},
                "title": "Title",
                "span": {"from": "Hired", "to": "Left"},
                "managers": [{"manager": "Boss", "from": "Hired"}],
            }
        ],
        "extra": {"kind": {"column": "Kind", "values": {"Permanent": "permanent", "Temp": "temporary"}}},
    },
}
TALK: dict[str, Any] = {
    "type": "interview",
    "when": "Talk",
    "fields": {
        "id": {"template": "{ID}/{Talk}"},
        "state": {"value": "held"},
        "kind": {"value": "annual"},
        "coachee": "ID",
        "held_on": "Talk",
    },
}
STAFF: dict[str, Any] = {
    "name": "staff list",
    "defaults": {"formats": ["%Y-%m-%d"]},
    "records": [PERSON, TALK],
}


def staff(**people: Any) -> dict[str, Any]:
    """The mapping, with something else said of people."""
    return {**STAFF, "records": [{**PERSON, **people}, TALK]}


def row(id: object, **cells: str) -> dict[str, str]:
    """A row of a good export, with some cells that say something else."""
    its = {"Name": f"Person {id}", "Hired": "2020-01-15", "Title": "Lead", "Kind": "Permanent"}
    return {header: {"ID": str(id), **its, **cells}.get(header, "") for header in HEADER}


def good(many: int = 6) -> list[dict[str, str]]:
    """A good export: everybody but the first has a manager, and every other one a talk."""
    bosses = ["", *(str(n // 2) for n in range(2, many + 1))]
    return [row(n, Boss=boss, Talk="2024-03-05" if n % 2 else "") for n, boss in enumerate(bosses, 1)]


def table(rows: list[dict[str, str]], header: tuple[str, ...] = HEADER) -> bytes:
    """The rows as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def book_of(book: Book) -> bytes:
    """A book as it is written."""
    out = io.BytesIO()
    dump_book(book, out)
    return out.getvalue()


def imported(sources: Any, mapping: Any = STAFF, **how: Any) -> importing.Outcome:
    """What an import comes to, into an empty book where nothing else is said; its totals add up."""
    done = importing.import_records(sources, mapping, **{"by": "hr", "at": NOON, "into": Book(), **how})
    report = done.report
    assert report.read == report.accepted + report.rejected + sum(report.skipped.values())
    return done


@frozen
class Fate:
    """What an import came to, as a value: the book, the faults, the account and the rejected rows."""

    book: bytes
    report: dict[str, Any]
    rejects: dict[str, bytes]


def fate(sources: Any, mapping: Any = STAFF, *, folder: Path, **how: Any) -> Fate:
    """What an import into a file comes to."""
    into, rejects = folder / "book.ndjson", folder / "bad.csv"
    done = imported(sources, mapping, into=into, rejects=rejects, **how)
    files = {it.name: it.read_bytes() for it in done.rejects}
    return Fate(into.read_bytes() if into.exists() else b"", done.report.as_dict(values=True), files)


def places(done: importing.Outcome) -> list[tuple[int, str, str]]:
    """Line, column and code of each fault."""
    return [(it.line, it.column, it.code) for it in done.report.faults]


def refusal(sources: Any = b"ID\n", mapping: Any = STAFF, **how: Any) -> list[tuple[str, str]]:
    """Code and path of what is said of an import that cannot be done."""
    try:
        imported(sources, mapping, **how)
    except Rejected as refused:
        return [(it.code, it.path) for it in refused.findings]
    raise AssertionError("it was not refused")
