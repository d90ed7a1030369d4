"""People from an HR export: a book, and an honest account of what could not be used.

Read top to bottom: rules, columns, the account, reading, managers. Every row is either accepted or
rejected, and each rejected or doubtful one is named with its physical line, column, code and reason. Rows come from
`sources`, days from `dates`. A thin reader, made to be replaced.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from itertools import pairwise, zip_longest
from typing import Any

from attrs import Factory, define, frozen

from coaching.book.book import Book
from coaching.bulk.dates import Dates, Evidence, Kind, Unread, is_dated
from coaching.bulk.sources import Cell, Row, Rows, Source, open_rows, text_of
from coaching.kernel.checking import FAULTY, Faults, check_as
from coaching.kernel.constraints import V015, Id, Text
from coaching.kernel.folding import name_words
from coaching.kernel.rules import Breach, Rejected, Rule, breach, brief, finding, stated
from coaching.records.interviews import Interview
from coaching.records.people import Managed, Person

B001 = stated(
    "B001",
    "bulk",
    field="",
    says="a file is a table with the columns that a person needs",
    why="own choice: a column that is guessed wrongly is worse than one that is asked for",
    mend="say which header serves, with columns=, or --column COLUMN=HEADER on the command line",
)
B008 = stated(
    "B008",
    "bulk",
    field="",
    says="one header alone fits a column, or all that fit it say the same",
    why="practice: exports hold two numbers of a person, and only one is the id that others use",
    mend="say which header serves, with columns=, or --column COLUMN=HEADER on the command line",
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
DATES = ("joined_on", "left_on", "last_interview")
HEADERS = 50  # so many are named when a column is missing
RING = 10  # so many people of a ring are named in a remark

_id, _text, _date = check_as(Id), check_as(Text), check_as(date)


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
    told: dict[str, Any] = Factory(dict)  # what was found out about the file: see `Rows`
    skipped: dict[str, int] = Factory(dict)  # how many records were no rows, and why

    @property
    def rejected(self) -> int:
        """How many rows were rejected: those that were read and not accepted."""
        return len({r.record for r in self.remarks if r.rejected})


@frozen
class _Row:
    line: int
    record: int
    cells: Mapping[str, str]


_Drafted = tuple[_Row, dict[str, Any]]


# --- reading ---------------------------------------------------------------------------------------------------------


def read_people(
    rows: Rows | Source,
    *,
    on: date,
    source: str | None = None,
    columns: Mapping[str, str] | None = None,
    dates: str | None = None,
) -> Reading:
    """Read people, their managers and their last annual interview.

    Args:
        rows: What `open_rows` gives, or what it opens.
        on: The day of reading; a last day after it is ahead, and no talk after it counts.
        source: The name of the file, for the history of what is taken over; otherwise that of the rows.
        columns: Which header serves as which column, where the header is not one that is known.
        dates: `mdy` or `dmy` where a column of dates can be read both ways; otherwise each column shows its order.

    Raises:
        Rejected: B001 when there is no header, or a column that a person needs is missing. V015 for an argument of a
            wrong type, V002 for a source that is none, B003 for an order of dates that is none. Besides, what
            `open_rows` says of a file that cannot be read.

    >>> text = ["id,name,joined_on,manager", "1,Anna Ek,2024-08-01,", "2,Ole Li,2023-02-30,1"]
    >>> reading = read_people(text, on=date(2026, 3, 2), source="people.csv")
    >>> reading.read, reading.accepted, [(r.line, r.column, r.code) for r in reading.remarks]
    (2, 1, [(3, 'joined_on', 'B003')])
    """
    _check(on, source, columns, dates)
    given = rows if isinstance(rows, Rows) else open_rows(rows)
    source = given.name if source is None else source
    reading = Reading(told=given.told, skipped=given.skipped)
    used = _rows(given, reading, columns or {})
    names = reading.columns
    written = {
        h: Dates(order=dates) if dates else Dates(shown=Evidence.of(r.cells[h] for r in used))
        for c in DATES for h in names.get(c, ())
    }  # fmt: skip
    drafts: list[_Drafted] = []
    people: dict[str, list[_Drafted]] = {}
    for row in used:
        draft = _draft(row, reading, written)
        if draft is None:
            continue
        before = people.setdefault(draft["id"], [])
        told = [f"line {it.line} already, {why}" for it, other in before if (why := _no_rehire(draft, other))]
        if told:
            _reject(reading, row, names["id"][0], "X001", f"{draft['id']} stands on {told[0]}")
        else:
            before.append((row, draft))
            drafts.append((row, draft))
    managers = _Managers(drafts, reading)
    made: dict[str, list[Any]] = {}
    again = list(people)
    while again:  # all, and then those of whom a manager was rejected
        lost: set[str] = set()
        for id in again:
            for row, draft in people[id]:
                draft["manager"], draft["named"] = managers.of(row, draft)
            made[id] = _made(people[id], managers, reading, on, source)
            if not made[id]:
                lost.add(id)
        managers.forget(lost)
        again = [id for id, its in people.items() if its and any(draft["manager"] in lost for _, draft in its)]
    accepted = {id: its for id, its in people.items() if its}
    _remark_on_rings({id: _counting(its, on) for id, its in accepted.items()}, reading, on)
    reading.accepted = sum(map(len, accepted.values()))
    reading.book = Book(record for records in made.values() for record in records)
    reading.remarks = sorted(dict.fromkeys(reading.remarks), key=lambda r: (r.line, r.column, r.code))
    return reading


def _check(on: Any, source: Any, columns: Any, dates: Any) -> None:
    """Say what cannot be asked at all."""
    faults = Faults()
    _date(on, "on", faults)
    if source is not None:
        _text(source, "source", faults)
    if columns is not None and not (
        isinstance(columns, Mapping) and all(isinstance(it, str) for pair in columns.items() for it in pair)
    ):
        faults.add(V015, "columns", "{value} is no mapping of columns to headers", value=brief(columns))
    try:
        Dates(order=dates)
    except Rejected as refusal:
        faults.found.extend(f.about(None, "dates") for f in refusal.findings)
    if faults.found:
        raise Rejected("file: cannot be read", faults.found)


def _rows(given: Rows, reading: Reading, chosen: Mapping[str, str]) -> list[_Row]:
    """Give the rows that can be used, each cell by its header; and note which header serves as which column."""
    whole = list(given)  # where rows name their cells, the last may have a column more
    found = _columns(given.columns, chosen)
    reading.read = given.good + given.faulty
    dated = given.columns.index(found["joined_on"][0])
    rows: list[_Row] = []
    for it in whole:
        row = _Row(it.line, it.record, {h: " ".join(text_of(c).split()) for h, c in _named(given.columns, it.cells)})
        if it.wrong is not None:
            _reject(reading, row, "", it.wrong.code, it.wrong.message)
        else:
            rows.append(row)
            _remark_on_swallowed(it, row, len(given.columns), dated, reading)
    _remark_on_passed_over(found, rows, reading)
    reading.columns = {column: hs if column == "manager" else hs[:1] for column, hs in found.items()}
    return rows


def _named(columns: Sequence[str], cells: Sequence[Cell]) -> Iterator[tuple[str, Cell]]:
    """Give the cells with their headers; what has no header is left out."""
    return ((header, cell) for header, cell in zip_longest(columns, cells) if header)


def _remark_on_swallowed(it: Row, row: _Row, width: int, dated: int, reading: Reading) -> None:
    """Doubt a quote that a later row closes: that is good CSV, but its row reads as one without it."""
    spread = it.spread
    if spread and len(spread.alone) == width and is_dated(spread.alone[dated]):
        reason = (
            f"a quote of this row is closed on line {spread.last} only, and without it line {it.line} reads as a row"
        )
        _doubt(reading, row, "", "B007", reason)


def _remark_on_passed_over(found: Mapping[str, list[str]], rows: Sequence[_Row], reading: Reading) -> None:
    """Remark on other headers that fit a column, and say something else. All that fit the manager are used."""
    for column, (used, *others) in found.items():
        for other in others if column != "manager" else ():
            differ = sum(row.cells[used] != row.cells[other] for row in rows)
            if differ:
                reason = f"not used: {used} serves as {column}, and says otherwise in {differ} of {len(rows)} rows"
                reading.remarks.append(Remark(1, 0, other, "B008", reason, rejected=False))


def _columns(header: Sequence[str], chosen: Mapping[str, str]) -> dict[str, list[str]]:
    """Say which headers fit which column, the one that is used first."""
    found: dict[str, list[str]] = {}
    header = [h for h in header if h]  # a column without a name is none: an index, or a comma at the end of lines
    for column, known in COLUMNS.items():
        if column in chosen:
            found[column] = [h for h in header if h == chosen[column]]
        else:
            found[column] = [h for k in known for h in header if re.sub(r"[^a-z0-9]", "", h.lower()) == k]
    lacking = [c for c in REQUIRED if not found[c] and c not in chosen]
    spare = [h for h in header if h not in {it for hs in found.values() for it in hs} and brief(h) == f"'{h}'"]
    missing = [_no_column(c, h) for c, h in zip_longest(lacking, spare[: len(lacking)])]
    for c, wanted in chosen.items():
        if c not in COLUMNS:
            missing.append(breach("{name} is no column; known: {known}", c, name=brief(c), known=", ".join(COLUMNS)))
        elif not found[c]:
            missing.append(breach("no header {wanted} for {name}", c, wanted=brief(wanted), name=c))
    twice = [c for c, hs in found.items() if any(header.count(h) > 1 for h in hs)]
    wrong = missing + [breach("two headers {header} for {name}", c, header=brief(found[c][0]), name=c) for c in twice]
    has = [*map(brief, header[:HEADERS]), *([f"{len(header) - HEADERS} more"] if len(header) > HEADERS else [])]
    of = f"; its header has: {', '.join(has) or 'nothing'}"
    if wrong:
        raise Rejected(f"file: cannot be read{of}", [finding(B001, it) for it in wrong])
    return {c: hs for c, hs in found.items() if hs}


def _no_column(column: str, header: str | None) -> Breach:
    """Say that a column is missing; with a header that serves as none, and how to say that it shall."""
    if header is None:
        return breach("no column for {name}", column, name=column)
    what = "no column for {name}; if {header} is it: columns={{'{name}': {header}}}"
    return breach(what, column, name=column, header=brief(header))


def _reject(reading: Reading, row: _Row, column: str, code: str, reason: str) -> None:
    reading.remarks.append(Remark(row.line, row.record, column, code, reason, rejected=True))


def _doubt(reading: Reading, row: _Row, column: str, code: str, reason: str) -> None:
    reading.remarks.append(Remark(row.line, row.record, column, code, reason, rejected=False))


def _column(path: str, names: Mapping[str, list[str]]) -> str:
    """Give the header of the column that a finding is about; empty where the file has none."""
    parts = re.split(r"[.\[]", path)
    columns: tuple[str, ...] = (parts[0],)
    if parts[0] == "employments" or path.endswith("span.to"):
        columns = ("left_on",)
    elif parts[0] == "positions":
        columns = (*parts[2:3], "title", "unit", "manager")
    return next((names[c][0] for c in columns if c in names), "")


def _draft(row: _Row, reading: Reading, written: Mapping[str, Dates]) -> dict[str, Any] | None:
    """Give the values of a row, or None when one that a person needs is missing or cannot be read."""
    draft: dict[str, Any] = {}
    names, ok = reading.columns, True
    for column in ("id", "name", "title", "unit"):
        header = names.get(column, [""])[0]
        draft[column] = row.cells.get(header) or None
        if draft[column] is None and column in REQUIRED:
            _reject(reading, row, header, "V014", "empty")
            ok = False
    for column in DATES:
        draft[column] = None
        header = names.get(column, [""])[0]
        text = row.cells.get(header, "")
        if text:
            ok = _dated(draft, column, written[header], row, reading, header) and ok
        elif column in REQUIRED:
            _reject(reading, row, header, "V014", "empty")
            ok = False
    return draft if ok else None


def _no_rehire(draft: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """Say why a row is not of another employment than one before it; empty where one ends before the other begins."""
    first, then = sorted((other, draft), key=lambda it: it["joined_on"])
    left, again = first["left_on"], then["joined_on"]
    if left is not None and left < again:
        return ""
    if first is draft:
        return f"from {again}; this row " + ("has no last day" if left is None else f"ends {left}")
    return "with no last day" if left is None else f"until {left}; this row begins {again}"


def _dated(draft: dict[str, Any], column: str, dates: Dates, row: _Row, reading: Reading, header: str) -> bool:
    """Take a day into a draft, and say whether the row can be used. A last interview is left out and costs no row."""
    text = row.cells[header]
    day = dates.read(text)
    needed = column != "last_interview"
    if isinstance(day, Unread):
        say = "; say mdy or dmy" if day.kind is Kind.NO_ORDER else ""
        (_reject if needed else _doubt)(reading, row, header, day.code, f"{day}{say}")
        return not needed
    doubts = dates.doubts(text)
    for doubt in doubts:
        _doubt(reading, row, header, doubt.code, f"{doubt}{'' if needed else '; not used'}")
    draft[column] = day if needed or not doubts else None
    return True


def _counting(rows: Sequence[_Drafted], on: date) -> _Drafted:
    """Give the row of a person that counts on a day: the first that is not over, or else the last."""
    return next((it for it in rows if it[1]["left_on"] is None or it[1]["left_on"] >= on), rows[-1])


def _made(rows: list[_Drafted], managers: _Managers, reading: Reading, on: date, source: str) -> list[Any]:
    """Say what the rows of one person come to; nothing where none is left. Rows that cannot be used are taken out."""
    rows.sort(key=lambda it: it[1]["joined_on"])
    while rows:
        try:
            return list(_records(rows, managers, reading, on, source))
        except Rejected as refusal:
            wrong = {}
            for f in refusal.findings:
                for row, draft in _rows_of(f.path, rows):
                    wrong[row.record] = draft
                    _reject(reading, row, _column(f.path, reading.columns), f.code, f.message)
        rows[:] = [it for it in rows if it[0].record not in wrong]
    return []


def _rows_of(path: str, rows: Sequence[_Drafted]) -> Sequence[_Drafted]:
    """Give the rows of a person that a finding is about."""
    place = re.match(r"(employments|positions)\[(\d+)\]", path)
    if place is None:
        return rows[-1:] if path.startswith("name") else rows
    its = rows if place[1] == "employments" else [it for it in rows if _holds_position(it[1])]
    return its[int(place[2]) :][:1]


def _holds_position(draft: Mapping[str, Any]) -> bool:
    return bool(draft["title"] or draft["unit"] or draft["manager"])  # the last two are not lost for want of a title


def _position(draft: Mapping[str, Any]) -> dict[str, Any]:
    joined, left, manager = draft["joined_on"], draft["left_on"], draft["manager"]
    return {
        "id": str(joined),  # two records of one person, of two employers, may then be merged
        "employer": "employer",
        "title": draft["title"] or "not said",
        "span": {"from": joined, "to": left},
        "unit": draft["unit"],
        "managers": () if manager is None else (Managed(manager, joined),),
    }


def _records(rows: Sequence[_Drafted], managers: _Managers, reading: Reading, on: date, source: str) -> Iterator[Any]:
    """Give the person of some rows, one for each employment, and the last annual interviews where they can be used."""
    at = datetime.combine(on, time(0), UTC)
    taken: dict[str, Any] = {"by": "import", "at": at, "source": source}
    lines = ", ".join(str(row.line) for row, _ in rows)
    latest = rows[-1][1]
    yield Person.import_(
        latest["id"], state="known", name=latest["name"],
        employments=tuple([{"from": draft["joined_on"], "to": draft["left_on"]} for _, draft in rows]),
        positions=tuple([_position(it) for _, it in rows if _holds_position(it)]),
        reason=f"line {lines}" if len(rows) == 1 else f"lines {lines}", **taken,
    )  # fmt: skip
    for (before, was), (row, draft) in pairwise(rows):
        if name_words(was["name"]) != name_words(draft["name"]):
            what = f"another name than on line {before.line}; taken for one person, who has the later one"
            _doubt(reading, row, reading.columns["name"][0], "B009", what)
    first, told = rows[0][1]["joined_on"], set[date]()
    for row, draft in rows:
        held = draft["last_interview"]
        if held is None or held in told:
            continue
        told.add(held)
        header = reading.columns["last_interview"][0]
        if held < first:
            _doubt(reading, row, header, "B005", f"{held} is before the person joined, {first}; not used")
        elif held > on:
            _doubt(reading, row, header, "B005", f"{held} is after {on}; not used")
        else:
            yield Interview.import_(
                f"{draft['id']}/{held}", state="held", kind="annual", coachee=draft["id"],
                interviewer=draft["manager"] or managers.said(row, draft) or None, held_on=held,
                reason=f"line {row.line}", **taken,
            )  # fmt: skip


# --- managers ---------------------------------------------------------------------------------------------------------


class _Managers:
    """Who manages whom, from ids or from names written either way round."""

    def __init__(self, drafts: Sequence[tuple[_Row, Mapping[str, Any]]], reading: Reading) -> None:
        self.reading = reading
        self.ids = {draft["id"] for _, draft in drafts}
        self.names = _Names()
        for _, draft in drafts:
            self.names.add(draft["name"], draft["id"])
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
        """Say what the file says of the manager, if it could be somebody else's id."""
        said = (row.cells[h] for h in self.headers)
        return next((s for s in said if s and s != draft["id"] and _id(s, "manager", Faults()) is not FAULTY), "")

    def forget(self, ids: set[str]) -> None:
        """Give those whose row was rejected are nobody."""
        self.ids -= ids
        self.names.forget(ids)

    def of(self, row: _Row, draft: Mapping[str, Any]) -> tuple[str | None, str]:
        """Give the id of the manager and the header that gives it; no id and a remark if the file names nobody here."""
        said = [(h, row.cells[h]) for h in self.headers if row.cells[h]]
        for header, text in said:
            people = {text} & self.ids or self.names.of(text)
            if people == {draft["id"]}:
                _doubt(self.reading, row, header, "J003", f"{text} would manage themselves; not used")
                return None, header
            if len(people) == 1:
                return next(iter(people)), header
            if len(people) > 1:
                _doubt(self.reading, row, header, "B004", f"{len(people)} people are called {text}; not used")
                return None, header
        if said:
            header, text = said[0]
            _doubt(self.reading, row, header, "B004", f"{text} is nobody in this file; not used")
        return None, ""


class _Names:
    """Who is called what: by the whole name, folded. Initials between the first and the last word may be left out."""

    def __init__(self) -> None:
        self._people: dict[tuple[str, ...], dict[str, set[tuple[str, ...]]]] = {}

    def add(self, name: str, id: str) -> None:
        """Note one more person."""
        words = name_words(name)
        self._people.setdefault(_spelt_out(words), {}).setdefault(id, set()).add(words)

    def of(self, name: str) -> set[str]:
        """Find those who are called so to the letter; or else those whose name only lacks initials, or has more."""
        words = name_words(name)
        alike = self._people.get(_spelt_out(words), {}) if words else {}
        exactly = {id for id, names in alike.items() if words in names}
        bare = _spelt_out(words)
        return exactly or {id for id, names in alike.items() if words == bare or bare in names}

    def forget(self, ids: set[str]) -> None:
        """Give those whose row was rejected are nobody."""
        for alike in self._people.values():
            for id in ids & alike.keys():
                del alike[id]


def _spelt_out(words: tuple[str, ...]) -> tuple[str, ...]:
    """Give a name without the single letters in the middle of it."""
    return tuple([w for i, w in enumerate(words) if len(w) > 1 or i in {0, len(words) - 1}])


def _remark_on_rings(people: Mapping[str, tuple[_Row, Mapping[str, Any]]], reading: Reading, on: date) -> None:
    """X003, which the book says of people, said with the lines of the file.

    A person has one manager here and a ring no beginning, so that walking over each person once finds them all.
    """
    done: set[str] = set()
    for begin in people:
        line: dict[str, int] = {}
        id = begin
        while id in people and id not in done:
            done.add(id)
            line[id] = len(line)
            id = people[id][1]["manager"]
        ring = [people[member] for member in list(line)[line.get(id, len(line)) :]]
        day = max((on, *(draft["joined_on"] for _, draft in ring)))
        if any(draft["left_on"] is not None and draft["left_on"] < day for _, draft in ring):
            continue  # they never manage each other on one day
        ids = [draft["id"] for _, draft in ring + ring[:RING]]
        more = [f"{len(ring) - RING} more"] if len(ring) > RING else []
        for n, (row, draft) in enumerate(ring):
            told = " > ".join([*ids[n : n + min(len(ring), RING)], *more, ids[n]])
            _doubt(reading, row, draft["named"], "X003", f"on {day}: {told}")


RULES: tuple[Rule, ...] = (
    B001, B008,
)  # fmt: skip
