"""People from an HR export in CSV: a book, and an honest account of what could not be used.

Read top to bottom: rules, columns, dates, the account, reading. Every row is either accepted or rejected, and each
rejected or doubtful one is named with its physical line, column, code and reason. A thin reader, made to be replaced.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from attrs import Factory, define, frozen

from coaching.book.book import Book
from coaching.kernel.constraints import Id
from coaching.kernel.rules import Rejected, breach, brief, finding, stated
from coaching.kernel.shapes import FAULTY, Faults, check_of
from coaching.kernel.values import Span
from coaching.records.interviews import Interview
from coaching.records.people import Person, Position

B001 = stated(
    "B001",
    "bulk",
    field="",
    says="a file is a table with the columns that a person needs",
    why="own choice: a column that is guessed wrongly is worse than one that is asked for",
    mend="name the columns with --column, e.g. --column joined_on=DateofHire",
)
B002 = stated(
    "B002",
    "bulk",
    field="",
    says="a row has as many cells as the header",
    why="practice: an unquoted comma shifts every cell after it",
    mend="quote the cell that holds the separator",
)
B003 = stated(
    "B003",
    "bulk",
    field="",
    says="a date is written in ISO form, or in the one order its column shows",
    why="measured: guessing makes 3 May of 2024-03-05",
    mend="write dates as YYYY-MM-DD, or say --dates mdy or --dates dmy",
)
B004 = stated(
    "B004",
    "bulk",
    field="manager",
    says="a manager is a person of the same file",
    why="practice: managers given as names, in another order, or by ids of another system",
    mend="give the manager's id, or the name as it stands in the file",
)
B005 = stated(
    "B005",
    "bulk",
    field="last_interview",
    says="the last interview lies within the employment and not ahead",
    why="practice: exports hold reviews dated before the person was hired",
    mend="correct the date in the HR system",
)

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "empid", "employeeid", "employeenumber", "personid", "staffid"),
    "name": ("name", "employeename", "fullname", "displayname"),
    "joined_on": ("joinedon", "dateofhire", "hiredate", "startdate", "joiningdate", "datejoining"),
    "left_on": ("lefton", "dateoftermination", "terminationdate", "leavingdate", "enddate"),
    "manager": ("manager", "managername", "managerid", "reportsto", "supervisor"),
    "title": ("title", "position", "jobtitle", "jobposition", "role"),
    "unit": ("unit", "department", "division"),
    "last_interview": (
        "lastinterview", "lastcareerinterview", "lastinterviewon", "lastperformancereviewdate", "lastreviewdate",
    ),
}  # fmt: skip
"""The columns that are used, and the headers each is known by: lower case, letters and digits only."""

REQUIRED = ("id", "name", "joined_on")

_id = check_of(Id)


@frozen
class Remark:
    """One thing about one cell that could not be used, or not as it stands."""

    line: int  # the physical line on which the record begins
    record: int  # which record it is, the first below the header being 1
    column: str  # the header as the file writes it; empty for the row as a whole
    code: str
    reason: str
    rejected: bool  # whether the whole row was rejected for it


@define
class Reading:
    """What came of reading a file: the book, the account, and the remarks in the order of their lines."""

    book: Book = Factory(Book)
    read: int = 0
    accepted: int = 0
    remarks: list[Remark] = Factory(list)
    columns: dict[str, list[str]] = Factory(dict)  # which headers serve as which column

    @property
    def rejected(self) -> int:
        """How many rows were rejected: those that were read and not accepted."""
        return len({r.record for r in self.remarks if r.rejected})


@frozen
class _Row:
    line: int
    record: int
    cells: Mapping[str, str]


# --- dates -----------------------------------------------------------------------------------------------------------

_PARTS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T]00:00(?::00)?)?").fullmatch
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T]00:00(?::00)?Z?)?").fullmatch
ORDERS = {"mdy": (2, 0, 1), "dmy": (2, 1, 0)}


def order_of(texts: Iterable[str]) -> str | None:
    """The one order, `mdy` or `dmy`, in which every date of a column can be read; None when none or both can.

    >>> order_of(["01/02/2012", "09/26/2011"])
    'mdy'
    """
    found = [p for text in texts if (p := _PARTS(text))]
    fits = [o for o, at in ORDERS.items() if found and all(_day(p, at) is not None for p in found)]
    return fits[0] if len(fits) == 1 else None


def _day(parts: re.Match[str], at: tuple[int, int, int]) -> date | None:
    numbers = [int(g) for g in parts.groups()]
    try:
        return date(*(numbers[i] for i in at))
    except ValueError:
        return None


def read_date(text: str, order: str | None) -> date | None:
    """A date in ISO form, or in a known order of day, month and year; None for anything else. Nothing is guessed.

    >>> read_date("2024-03-05", None), read_date("03/05/2024", "mdy"), read_date("3.5.24", "dmy")
    (datetime.date(2024, 3, 5), datetime.date(2024, 3, 5), None)
    """
    if iso := _ISO(text):
        try:
            return date.fromisoformat(iso[1])
        except ValueError:
            return None
    parts = _PARTS(text)
    return _day(parts, ORDERS[order]) if parts and order else None


# --- reading ---------------------------------------------------------------------------------------------------------


def read_people(
    lines: Iterable[str], *, on: date, source: str, columns: Mapping[str, str] | None = None, dates: str | None = None
) -> Reading:
    """Read people, their managers and their last annual interview from the lines of a CSV file.

    Args:
        lines: An open text file (`newline=""`, `encoding="utf-8-sig"`), or any lines.
        on: The day of reading; nothing after it counts as having happened.
        source: The name of the file, for the history of what is taken over.
        columns: Which header serves as which column, where the header is not one that is known.
        dates: `mdy` or `dmy` where a column of dates can be read both ways; otherwise each column shows its order.

    Raises:
        Rejected: B001 when the file has no header, a column that a person needs is missing, or it cannot be read as CSV
            any further; B003 for an order of dates that is none.

    >>> text = ["id,name,joined_on,manager", "1,Anna Ek,2024-08-01,", "2,Ole Li,2023-02-30,1"]
    >>> reading = read_people(text, on=date(2026, 3, 2), source="people.csv")
    >>> reading.read, reading.accepted, [(r.line, r.column, r.code) for r in reading.remarks]
    (2, 1, [(3, 'joined_on', 'B003')])
    """
    if dates not in {None, *ORDERS}:
        wrong = breach("{value} is no order; known: {known}", "dates", value=brief(dates), known=", ".join(ORDERS))
        raise Rejected("file: cannot be read", [finding(B003, wrong)])
    reading = Reading()
    rows = _rows(lines, reading, columns or {})
    names = reading.columns
    orders = {c: dates or order_of(r.cells[c] for r in rows) for h in names.values() for c in h}
    drafts: list[tuple[_Row, dict[str, Any]]] = []
    seen: dict[str, int] = {}
    for row in rows:
        draft = _draft(row, reading, orders)
        if draft is None:
            continue
        if draft["id"] in seen:
            _reject(reading, row, names["id"][0], "X001", f"{draft['id']} stands on line {seen[draft['id']]} already")
            continue
        seen[draft["id"]] = row.line
        drafts.append((row, draft))
    managers = _Managers(drafts, reading)
    records: list[Any] = []
    for row, draft in drafts:
        try:
            made = list(_records(row, draft, managers, reading, on, source))
        except Rejected as refusal:
            for f in refusal.findings:
                _reject(reading, row, _column(f.path, names), f.code, f.message)
            continue
        reading.accepted += 1
        records += made
    reading.book = Book(records)
    reading.remarks.sort(key=lambda r: (r.line, r.column, r.code))
    return reading


def _rows(lines: Iterable[str], reading: Reading, chosen: Mapping[str, str]) -> list[_Row]:
    reader = csv.reader(lines)
    records = _cells(reader)
    header = [cell.strip() for cell in next(records, [])]
    reading.columns = _columns(header, chosen)
    rows: list[_Row] = []
    before = reader.line_num
    for cells in records:
        line, before = before + 1, reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        reading.read += 1
        row = _Row(line, reading.read, {h: " ".join(c.split()) for h, c in zip(header, cells, strict=False)})
        if len(cells) != len(header):
            _reject(reading, row, "", "B002", f"{len(cells)} cells where the header has {len(header)}")
        else:
            rows.append(row)
    return rows


def _cells(reader: Any) -> Iterator[list[str]]:
    """The cells of each record; what no CSV reader can go on with is said with its line."""
    try:
        yield from reader
    except csv.Error as why:
        what = "line {line} is no CSV: {why}; perhaps a quote is never closed"
        wrong = breach(what, line=reader.line_num, why=str(why))
        raise Rejected("file: cannot be read", [finding(B001, wrong)]) from None


def _columns(header: Sequence[str], chosen: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for column, known in COLUMNS.items():
        if column in chosen:
            found[column] = [h for h in header if h == chosen[column]]
        else:
            found[column] = [h for k in known for h in header if re.sub(r"[^a-z0-9]", "", h.lower()) == k]
    missing = [c for c in REQUIRED if not found[c]]
    missing += [c for c in chosen if c not in COLUMNS or not found[c]]
    twice = [c for c, hs in found.items() if any(header.count(h) > 1 for h in hs)]
    if missing or twice:
        has = ", ".join(header) or "nothing"
        what = "no column for {name}; the header has: {has}"
        wrong = [breach(what, c, name=c, has=has) for c in dict.fromkeys(missing)]
        wrong += [breach("the header names the column for {name} twice: {has}", c, name=c, has=has) for c in twice]
        raise Rejected("file: cannot be read", [finding(B001, w) for w in wrong])
    return {c: hs for c, hs in found.items() if hs}


def _reject(reading: Reading, row: _Row, column: str, code: str, reason: str) -> None:
    reading.remarks.append(Remark(row.line, row.record, column, code, reason, rejected=True))


def _doubt(reading: Reading, row: _Row, column: str, code: str, reason: str) -> None:
    reading.remarks.append(Remark(row.line, row.record, column, code, reason, rejected=False))


def _column(path: str, names: Mapping[str, list[str]]) -> str:
    """The header of the column that a finding is about; empty where the file has none."""
    field = re.split(r"[.\[]", path)[0]
    columns = ("title", "unit", "manager") if field == "positions" else (field,)
    return next((names[c][0] for c in columns if c in names), "")


def _draft(row: _Row, reading: Reading, orders: Mapping[str, str | None]) -> dict[str, Any] | None:
    """The values of a row, or None when one that a person needs is missing or cannot be read."""
    draft: dict[str, Any] = {}
    names, ok = reading.columns, True
    for column in ("id", "name", "title", "unit"):
        header = names.get(column, [""])[0]
        draft[column] = row.cells.get(header) or None
        if draft[column] is None and column in REQUIRED:
            _reject(reading, row, header, "V014", "empty")
            ok = False
    for column in ("joined_on", "left_on", "last_interview"):
        header = names.get(column, [""])[0]
        text = row.cells.get(header, "")
        draft[column] = read_date(text, orders.get(header)) if text else None
        if draft[column] is None and (text or column in REQUIRED):
            reason = f"{text!r} is no date that can be read for certain" if text else "empty"
            if column == "last_interview":
                _doubt(reading, row, header, "B003", reason)
            else:
                _reject(reading, row, header, "B003" if text else "V014", reason)
                ok = False
    return draft if ok else None


def _records(
    row: _Row, draft: Mapping[str, Any], managers: _Managers, reading: Reading, on: date, source: str
) -> Iterator[Any]:
    """The person of a row, and the last annual interview where it can be used."""
    at = datetime.combine(on, time(0), UTC)
    taken: dict[str, Any] = {"by": "import", "at": at, "source": source, "reason": f"line {row.line}"}
    joined, left = draft["joined_on"], draft["left_on"]
    gone = left is not None and (left < on or left < joined)
    manager = managers.of(row, draft)
    positions: tuple[Position, ...] = ()
    if draft["title"] or draft["unit"] or manager:  # a manager or unit is not lost for want of a title
        span = Span(joined, left) if left is None or left >= joined else Span(joined)
        positions = (
            Position(
                id="1",
                employer="employer",
                title=draft["title"] or "not said",
                span=span,
                unit=draft["unit"],
                manager=manager,
            ),
        )
    yield Person.import_(
        draft["id"], state="left" if gone else "active", name=draft["name"], joined_on=joined,
        left_on=left if gone else None, positions=positions, **taken,
    )  # fmt: skip
    held = draft["last_interview"]
    if held is None:
        return
    header = reading.columns["last_interview"][0]
    if held < joined:
        _doubt(reading, row, header, "B005", f"{held} is before the person joined, {joined}; not used")
    elif held > on:
        _doubt(reading, row, header, "B005", f"{held} is after {on}; not used")
    else:
        slot = {"start": datetime.combine(held, time(9), UTC), "minutes": 60, "place": "not said"}
        yield Interview.import_(
            f"{draft['id']}/{held}", state="held", kind="annual", coachee=draft["id"],
            interviewer=manager or managers.said(row, draft) or "not said", slot=slot, **taken,
        )  # fmt: skip


class _Managers:
    """Who manages whom, from ids or from names written either way round."""

    def __init__(self, drafts: Sequence[tuple[_Row, Mapping[str, Any]]], reading: Reading) -> None:
        self.reading = reading
        self.ids = {draft["id"] for _, draft in drafts}
        self.names: dict[tuple[str, str], set[str]] = {}
        for _, draft in drafts:
            self.names.setdefault(_name_key(draft["name"]), set()).add(draft["id"])
        # A column of ids that mostly name nobody here is another id space: one that hits a person by chance is no
        # manager.
        self.headers = []
        for header in reading.columns.get("manager", []):
            cells = [r.cells[header] for r, _ in drafts if r.cells[header]]
            numbers = [c for c in cells if c.isdigit()]
            known = Counter(c in self.ids for c in numbers)
            if not numbers or known[True] >= known[False]:
                self.headers.append(header)
            else:
                reason = f"{known[False]} of {len(numbers)} values are no id of this file; the column is not used"
                reading.remarks.append(Remark(1, 0, header, "B004", reason, rejected=False))

    def said(self, row: _Row, draft: Mapping[str, Any]) -> str:
        """What the file says of the manager, if it could be somebody else's id."""
        said = (row.cells[h] for h in self.headers)
        return next((s for s in said if s and s != draft["id"] and _id(s, "manager", Faults()) is not FAULTY), "")

    def of(self, row: _Row, draft: Mapping[str, Any]) -> str | None:
        """The id of the manager, or None with a remark when the file names one that is nobody here."""
        said = [(h, row.cells[h]) for h in self.headers if row.cells[h]]
        for header, text in said:
            people = {text} & self.ids or self.names.get(_name_key(text), set())
            if people == {draft["id"]}:
                _doubt(self.reading, row, header, "J003", f"{text} would manage themselves; not used")
                return None
            if len(people) == 1:
                return next(iter(people))
            if len(people) > 1:
                _doubt(self.reading, row, header, "B004", f"{len(people)} people are called {text}; not used")
                return None
        if said:
            header, text = said[0]
            _doubt(self.reading, row, header, "B004", f"{text} is nobody in this file; not used")
        return None


def _name_key(name: str) -> tuple[str, str]:
    """First and last name, whichever way round they are written; what stands between does not count."""
    last, comma, first = name.partition(",")
    words = f"{first} {last}".split() if comma else name.split()
    words = [w.casefold().strip(".") for w in words]
    return (words[0], words[-1]) if words else ("", "")
