"""An export of people with faults of ten kinds planted, and the truth: `python benchmarks/planting.py FILE [seed]`.

Read top to bottom: columns, kinds, the truth, a good export, one function for each kind, the whole, and the score of
who looked for the faults. The same seed gives the same bytes. No row has two faults, so that each report can be judged.

What may be said and need not be: that the manager of a row stands on a row which is rejected. It follows from a fault
elsewhere; who says so is neither praised nor blamed.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

from attrs import Factory, asdict, define, frozen

COLUMNS = (
    "id", "name", "title", "unit", "location", "hire date", "last day", "manager id", "email", "employment type",
    "cost centre", "review date",
)  # fmt: skip
ID, NAME, TITLE, UNIT, LOCATION, HIRED, LEFT, MANAGER, EMAIL, TYPE, CENTRE, REVIEWED = range(len(COLUMNS))

ON = date(2026, 11, 25)  # the day of the export; nobody is hired, leaves or is reviewed after it
TYPES = ("permanent", "fixed term", "temporary", "apprentice")
NO_TYPES = ("perm.", "contractor", "yes", "fixed-term (12 months)", "n. n.")
NO_DATES = ("2023-02-30", "2022-13-05", "31.12.2021", "03/14/2021", "unknown", "2021-06", "2021-0l-05")
REPORTS = 8  # of each manager
RING = range(2, 6)  # so many people stand in one
LEAVERS, REVIEWS = 0.1, 0.5  # parts of the people who have left, and who were reviewed
COMMAS = 0.5  # part of the ragged rows that have a cell too many; the others lack one

SHARES: Mapping[str, int] = {
    "ragged": 2,
    "bad date": 2,
    "order of dates": 2,
    "duplicate, same": 1,
    "duplicate, conflicting": 1,
    "dangling manager": 2,
    "self-manager": 2,
    "ring": 2,
    "ring through a leaver": 2,
    "bad value": 2,
    "blank id": 2,
}
"""The kinds, and their shares: ten equal ones, of which the two sorts of duplicates have one between them."""

REJECTING = ("ragged", "bad date", "order of dates", "bad value", "blank id")
"""The kinds of one row alone that cost it. A conflicting duplicate costs its two rows as well."""


# --- the truth -------------------------------------------------------------------------------------------------------


@frozen
class Planted:
    """One fault: its kind, the physical lines on which its rows begin, and the columns that may be named for it.

    One of the lines is enough for who reports it, and one of the columns, or none for the row as a whole. A fault
    without columns has no one place in its row: any may be named.
    """

    kind: str
    lines: tuple[int, ...]
    columns: tuple[str, ...]


@frozen
class Truth:
    """What is wrong with an export, and what follows from it: the lines of those whose manager's row is rejected."""

    rows: int
    seed: int
    faults: tuple[Planted, ...]
    follows: frozenset[int]

    def dumped(self) -> str:
        """Give it as JSON."""
        return json.dumps({**asdict(self), "follows": sorted(self.follows)})

    @classmethod
    def loaded(cls, text: str) -> Truth:
        """Read it back."""
        said = json.loads(text)
        faults = tuple(Planted(f["kind"], tuple(f["lines"]), tuple(f["columns"])) for f in said["faults"])
        return cls(said["rows"], said["seed"], faults, frozenset(said["follows"]))


@define
class Score:
    """How many faults were found, kind by kind, of how many; and what was reported where nothing was planted."""

    found: Counter[str]
    planted: Counter[str]
    false: list[tuple[int, str]]


def score(truth: Truth, told: Iterable[tuple[int, str]]) -> Score:
    """Judge places that were reported, each a line and a column; an empty column means the row as a whole."""
    at = {line: fault for fault in truth.faults for line in fault.lines}
    found, false = set[Planted](), []
    for line, column in sorted(set(told)):
        fault = at.get(line)
        if fault is not None and (not fault.columns or not column or column in fault.columns):
            found.add(fault)
        elif not (line in truth.follows and column in {"", COLUMNS[MANAGER]}):
            false.append((line, column))
    return Score(Counter(f.kind for f in found), Counter(f.kind for f in truth.faults), false)


# --- a good export ---------------------------------------------------------------------------------------------------

GIVEN = (
    "Anna", "Ole", "Siobhán", "José", "Łucja", "Mei", "Åsa", "Ngozi", "Tuva", "Jürgen", "Zoë", "Ravi", "Inês", "Kofi",
)  # fmt: skip
FAMILY = (
    "Ek", "Berg", "O'Neill", "Núñez", "Kowalska", "Chen", "Lindqvist", "Okafor", "Groß", "Iyer", "Mensah", "Haddad",
)  # fmt: skip
TITLES = ("Engineer", "Buyer", "Nurse", "Planner", "Technician, line 2", "Driver", "Analyst", "Welder", "Clerk")
UNITS = ("Assembly", "Purchasing", "Care", "Logistics", "Research, materials", "Finance", "IT", "Sales, north")
PLACES = ("Gothenburg", "Kraków", "Porto", "Leeds", "Zürich", "Oslo", "Malmö", "Cork")
CENTRES = tuple(f"CC-{n}" for n in range(100, 160))

Cells = list[str]


def _people(rows: int, broken: float, chance: Random) -> Iterator[Cells]:
    """Give so many people, each managed by one before them, so that nobody manages themselves by any way round."""
    for n in range(rows):
        above = (n - 1) // REPORTS
        given, family = chance.choice(GIVEN), chance.choice(FAMILY)
        hired = ON - timedelta(days=chance.randrange(30, 12_000))
        left = hired + (ON - hired) * chance.random() if chance.random() < LEAVERS else None
        reviewed = hired + ((left or ON) - hired) * chance.random() if chance.random() < REVIEWS else None
        yield [
            f"E{n:07}",
            f"{given} {family}",
            chance.choice(TITLES) + ("\n(acting)" if chance.random() < broken else ""),
            chance.choice(UNITS),
            chance.choice(PLACES),
            hired.isoformat(),
            left.isoformat() if left else "",
            f"E{chance.randrange(max(0, above - 3), above + 1):07}" if n else "",
            f"p{n}@example.com",
            chance.choice(TYPES),
            chance.choice(CENTRES),
            reviewed.isoformat() if reviewed else "",
        ]


# --- the kinds -------------------------------------------------------------------------------------------------------


@define
class _Export:
    """The rows of an export while faults are planted in it; what is planted names rows by their place in it."""

    rows: list[Cells]
    chance: Random
    planted: list[tuple[str, list[int], tuple[int, ...]]] = Factory(list)
    managers: set[str] = Factory(set)
    free: list[int] = Factory(list)  # rows without a fault, in no order

    def __attrs_post_init__(self) -> None:
        self.managers = {cells[MANAGER] for cells in self.rows}
        self.free = list(range(len(self.rows)))
        self.chance.shuffle(self.free)

    def take(self, fits: Callable[[Cells], bool] = lambda _: True) -> int:
        """Choose a row without a fault. Those that do not fit stay."""
        passed = []
        while not fits(self.rows[row := self.free.pop()]):
            passed.append(row)
        self.free.extend(passed)
        return row

    def note(self, kind: str, rows: list[int], *columns: int) -> None:
        """Note what was planted."""
        self.planted.append((kind, rows, columns))


def _other(chance: Random, words: Iterable[str], word: str) -> str:
    return chance.choice([it for it in words if it != word])


def _ragged(it: _Export) -> None:
    """A name with a comma and without quotes; or two cells that run together."""
    row = it.take()
    cells = it.rows[row]
    if it.chance.random() < COMMAS:
        cells[NAME : NAME + 1] = reversed(cells[NAME].split(" "))
    else:
        at = it.chance.randrange(NAME, TYPE)
        cells[at : at + 2] = [f"{cells[at]} {cells[at + 1]}"]
    it.note("ragged", [row])


def _bad_date(it: _Export) -> None:
    row, column = it.take(), it.chance.choice((HIRED, LEFT, REVIEWED))
    it.rows[row][column] = it.chance.choice(NO_DATES)
    it.note("bad date", [row], column)


def _order(it: _Export) -> None:
    row = it.take()
    cells = it.rows[row]
    cells[LEFT] = (date.fromisoformat(cells[HIRED]) - timedelta(days=it.chance.randrange(1, 400))).isoformat()
    cells[REVIEWED] = ""  # it would lie outside the employment, which were a second fault
    it.note("order of dates", [row], LEFT, HIRED)


def _same(it: _Export) -> None:
    row = it.take()
    it.rows.append(list(it.rows[row]))
    it.note("duplicate, same", [row, len(it.rows) - 1])


def _conflicting(it: _Export) -> None:
    row = it.take()
    again = list(it.rows[row])
    column, words = it.chance.choice(((TITLE, TITLES), (UNIT, UNITS), (LOCATION, PLACES), (CENTRE, CENTRES)))
    again[column] = _other(it.chance, words, again[column])
    it.rows.append(again)
    it.note("duplicate, conflicting", [row, len(it.rows) - 1])


def _dangling(it: _Export) -> None:
    row = it.take()
    it.rows[row][MANAGER] = f"E9{row:06}"
    it.note("dangling manager", [row], MANAGER)


def _self(it: _Export) -> None:
    row = it.take()
    it.rows[row][MANAGER] = it.rows[row][ID]
    it.note("self-manager", [row], MANAGER)


def _ring(it: _Export) -> None:
    it.note("ring", _ringed(it), MANAGER)


def _ring_through_a_leaver(it: _Export) -> None:
    ring = _ringed(it)
    cells = it.rows[it.chance.choice(ring)]
    cells[LEFT] = max(cells[HIRED], cells[REVIEWED], (ON - timedelta(days=it.chance.randrange(1, 90))).isoformat())
    it.note("ring through a leaver", ring, MANAGER)


def _ringed(it: _Export) -> list[int]:
    """Let some who work here manage each other all the way round."""
    ring = [it.take(lambda cells: not cells[LEFT]) for _ in range(it.chance.choice(RING))]
    for one, above in pairwise([*ring, ring[0]]):
        it.rows[one][MANAGER] = it.rows[above][ID]
    return ring


def _bad_value(it: _Export) -> None:
    row = it.take()
    it.rows[row][TYPE] = it.chance.choice(NO_TYPES)
    it.note("bad value", [row], TYPE)


def _blank_id(it: _Export) -> None:
    row = it.take(lambda cells: cells[ID] not in it.managers)  # or those who report to them would name nobody
    it.rows[row][ID] = ""
    it.note("blank id", [row], ID)


PLANT: Mapping[str, Callable[[_Export], None]] = {
    "ragged": _ragged,
    "bad date": _bad_date,
    "order of dates": _order,
    "duplicate, same": _same,
    "duplicate, conflicting": _conflicting,
    "dangling manager": _dangling,
    "self-manager": _self,
    "ring": _ring,
    "ring through a leaver": _ring_through_a_leaver,
    "bad value": _bad_value,
    "blank id": _blank_id,
}


# --- the whole -------------------------------------------------------------------------------------------------------


def plant(
    path: Path, rows: int = 100_000, faults: int = 1_000, *, seed: int = 1, spoilt: float = 0, broken: float = 0
) -> Truth:
    """Write an export with a header and so many rows, and give the truth about it.

    Args:
        path: Where it is written, as CSV in UTF-8.
        rows: How many, duplicates among them.
        faults: How many are planted, in the `SHARES`.
        seed: Of everything that is left to chance.
        spoilt: Which part of the rows is spoilt besides, each with one fault of the `REJECTING` kinds.
        broken: Which part of the rows has a line break in a quoted cell, so that lines and records differ.
    """
    chance = Random(seed)  # noqa: S311  (no secret)
    wanted = _shared(faults, SHARES)
    copies = sum(n for kind, n in wanted.items() if kind.startswith("duplicate"))
    export = _Export(list(_people(rows - copies, broken, chance)), chance)
    for kind, n in (*wanted.items(), *_shared(round(rows * spoilt), dict.fromkeys(REJECTING, 1)).items()):
        for _ in range(n):
            PLANT[kind](export)
    return _written(path, export, seed)


def _shared(n: int, shares: Mapping[str, int]) -> dict[str, int]:
    """Divide a number by shares; what is left over goes to the first."""
    whole = sum(shares.values())
    each = {kind: n * share // whole for kind, share in shares.items()}
    for kind in [*shares][: n - sum(each.values())]:
        each[kind] += 1
    return each


def _written(path: Path, export: _Export, seed: int) -> Truth:
    """Write the rows in no order, and say on which line each fault came to stand."""
    order = list(range(len(export.rows)))
    export.chance.shuffle(order)
    lines, line = [0] * len(order), 2
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in order:
            lines[row] = line
            writer.writerow(export.rows[row])
            line += 1 + sum(cell.count("\n") for cell in export.rows[row])
    placed = [
        Planted(kind, tuple(sorted(lines[row] for row in rows)), tuple(COLUMNS[it] for it in columns))
        for kind, rows, columns in export.planted
    ]
    costs = {*REJECTING, "duplicate, conflicting"}
    rejected = {export.rows[row][ID] for kind, rows, _ in export.planted if kind in costs for row in rows} - {""}
    follows = frozenset(lines[row] for row in order if export.rows[row][MANAGER] in rejected)
    return Truth(len(order), seed, tuple(sorted(placed, key=lambda it: it.lines)), follows)


if __name__ == "__main__":
    where, chosen, *_ = *sys.argv[1:], "1"
    print(plant(Path(where), seed=int(chosen)).dumped())
