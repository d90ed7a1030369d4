"""What the book asks grows with the book and no faster. Steps are counted, never time: twice as much, twice the steps."""

import sys
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from coaching import (
    Book,
    CoachingRelationship,
    Goal,
    InternalMove,
    Interview,
    Opportunity,
    Organisation,
    Person,
    Position,
    Ref,
    Slot,
    Span,
)
from coaching.book.asking import advised, broken, heard
from coaching.book.checks import but_looked_after
from coaching.kernel.policy import POLICY
from coaching.kernel.record import Record
from coaching.records.needs import Need
from coaching.records.paths import CareerPath
from coaching.records.people import Managed, Placement
from stage import ANNA, OLE, at

FIRST, TODAY = date(2020, 1, 1), date(2026, 3, 2)
SOME = 60
MOST = 2.2  # times the steps for twice as much: whatever is asked once of the whole makes it less than two


def known(kind: type[Record], id: str, /, **fields: Any) -> Any:
    """A record as another system had it."""
    return kind.import_(id, by="hr-1", at=at(0), source="old HR", **fields)


def somebody(n: int, manager: int | None = None, before: Iterable[tuple[str, date]] = (), **fields: Any) -> Person:
    """The person of a number, managed by that of another, and by others before."""
    by = None if manager is None else f"p-{manager}"
    last, line = FIRST, list[Managed]()
    for former, to in before:
        line.append(Managed(former, last))
        last = to + timedelta(days=1)
    place = Position("po-1", "o-1", "Engineer", Span(FIRST), managers=(*line, Managed(by, last)))
    return known(Person, f"p-{n}", state="known", name="Ann", employments=(Span(FIRST),), positions=(place,), **fields)


def chain(n: int) -> list[Record]:
    """Each is managed by the one before."""
    return [somebody(i, i - 1 if i else None) for i in range(n)]


def chain_with_days_ahead(n: int) -> list[Record]:
    """The same, and each gets that manager on a day of their own that is still ahead."""
    days = [TODAY + timedelta(days=i) for i in range(n)]
    return [somebody(i, i - 1 if i else None, [("p-0", days[i])] if i else []) for i in range(n)]


def ring(n: int) -> list[Record]:
    """The first is managed by the last."""
    return [somebody(i, (i - 1) % n) for i in range(n)]


def former_managers(n: int) -> list[Record]:
    """All of them managed one person, one after another; and each of them managed three of the others."""
    days = [FIRST + timedelta(days=i) for i in range(n)]
    one = somebody(n, 0, [(f"p-{i}", day) for i, day in enumerate(days)])
    three = [[(f"p-{(i + k) % n}", days[k]) for k in (1, 2, 3)] for i in range(n)]
    return [one, *(somebody(i, i - 1 if i else None, three[i]) for i in range(n))]


def talks(n: int, cycle: Callable[[int], int]) -> list[Record]:
    """Talks of one person, of the cycles that are said."""
    held = [
        known(Interview, f"i-{i}", state="held", kind="annual", coachee=ANNA, interviewer=OLE, cycle=str(cycle(i)))
        for i in range(n)
    ]
    return [known(Person, id, state="known", name="Ann", employments=(Span(FIRST),)) for id in (ANNA, OLE)] + held


def held_talks(n: int) -> list[Record]:
    """Talks of one person of which only the day is known: all of one year."""
    talk = {"state": "held", "kind": "annual", "coachee": ANNA, "interviewer": OLE, "held_on": TODAY}
    return [known(Interview, f"i-{i}", **talk) for i in range(n)]


def booked(n: int, apart: int) -> list[Record]:
    """Talks ahead of one interviewer with many, so many minutes apart."""
    slots = [Slot(at(9) + timedelta(minutes=apart * i), 60, "Room 4") for i in range(n)]
    talk = {"state": "scheduled", "kind": "check_in", "interviewer": OLE}
    return [known(Interview, f"i-{i}", coachee=f"p-{i + 100}", slot=slot, **talk) for i, slot in enumerate(slots)]


def goals(n: int, top: int | None = None) -> list[Record]:
    """Each is below the one before; the first below another, where one is named."""
    parents = [None if top is None else f"g-{top}", *(f"g-{i}" for i in range(n - 1))]
    return [known(Goal, f"g-{i}", state="draft", owner=ANNA, title="Sail", parent=it) for i, it in enumerate(parents)]


def organisations(n: int, top: int | None = None) -> list[Record]:
    """Each belongs to the one before; the first to another, where one is named."""
    parents = [None if top is None else f"o-{top}", *(f"o-{i}" for i in range(n - 1))]
    return [known(Organisation, f"o-{i}", state="known", name="Verk", parent=it) for i, it in enumerate(parents)]


def coaches(n: int, *, closed: bool) -> list[Record]:
    """Each coaches the next as line manager; the last the first, where it is closed."""
    pairs = [(i, (i + 1) % n) for i in range(n if closed else n - 1)]
    return [line(f"r-{i}", f"p-{coach}", f"p-{coachee}") for i, (coach, coachee) in enumerate(pairs)]


def line(id: str, coach: str, coachee: str) -> CoachingRelationship:
    """An active relationship of a line manager."""
    return known(CoachingRelationship, id, state="active", coach=coach, coachee=coachee, kind="line_manager")


def needs(n: int) -> list[Record]:
    """A path with needs that one goal serves."""
    said = tuple(Need(f"n-{i}", "balance", "Evenings", FIRST) for i in range(n))
    serves = tuple(Ref("need", f"n-{i}", "path-1") for i in range(n))
    path = known(CareerPath, "path-1", state="agreed", owner=ANNA, coach=OLE, needs=said)
    return [path, known(Goal, "g-1", state="draft", owner=ANNA, title="Sail", serves=serves)]


def paths(n: int) -> list[Record]:
    """Paths of one person, all of them agreed."""
    return [known(CareerPath, f"path-{i}", state="agreed", owner=ANNA, coach=OLE) for i in range(n)]


def filled(n: int) -> list[Record]:
    """An opportunity that many have taken."""
    takers = tuple(f"p-{i}" for i in range(n))
    given = {"kind": "project", "organisation": "o-1", "title": "Welding", "posted_by": OLE, "places": n}
    return [known(Opportunity, "op-1", state="filled", filled_by=takers, **given), *chain(n)]


def employments(n: int) -> list[Record]:
    """One person who came and went, with a position each time."""
    days = [FIRST + timedelta(days=2 * i) for i in range(n)]
    spans = tuple(Span(day, day) for day in days)
    line = [(Managed("p-2", day),) for day in days]
    held = tuple(Position(f"po-{i}", "o-1", "Engineer", spans[i], managers=line[i]) for i in range(n))
    away = tuple(Placement(f"pl-{i}", "o-2", spans[i]) for i in range(n))
    also = {"leaves": spans, "positions": held, "placements": away}
    one = known(Person, "p-1", state="known", name="Ann", employments=(*spans, Span(TODAY)), **also)
    return [one, somebody(2)]


def moves(n: int, of_them: str, **line: Any) -> list[Record]:
    """Moves of many to one opportunity, all of them in a state."""
    given = {"kind": "project", "organisation": "o-1", "title": "Welding", "places": n, **line}
    made = [known(InternalMove, f"mv-{i}", state=of_them, mover=f"p-{i}", from_position="po-1", opportunity="op-1")
            for i in range(n)]  # fmt: skip
    return [known(Opportunity, "op-1", **given), *made, *chain(n)]


def takers(n: int) -> tuple[str, ...]:
    """The people of a chain."""
    return tuple(f"p-{i}" for i in range(n))


BOOKS: dict[str, Callable[[int], list[Record]]] = {
    "X003 chain": chain,
    "X003 chain, days ahead": chain_with_days_ahead,
    "X003 ring": ring,
    "former managers": former_managers,
    "I025 many cycles": lambda n: talks(n, lambda i: 1900 + i),
    "I025 one cycle": lambda n: talks(n, lambda _: 2025),
    "I025 no cycle": held_talks,
    "I033 at one hour": lambda n: booked(n, apart=0),
    "I033 one after another": lambda n: booked(n, apart=60),
    "G021 parents": goals,
    "G021 ring": lambda n: goals(n, n - 1),
    "O002 parents": organisations,
    "O002 ring": lambda n: organisations(n, n - 1),
    "R005 line": lambda n: coaches(n, closed=False),
    "R005 ring": lambda n: coaches(n, closed=True),
    "R004 coaches of one": lambda n: [line(f"r-{i}", f"c-{i}", ANNA) for i in range(n)],
    "C001 paths of one": paths,
    "X018 needs": needs,
    "filled_by": filled,
    "employments": employments,
    "X019 moves to one": lambda n: moves(n, "agreed", state="open"),
    "X020 all filled": lambda n: moves(n, "asked", state="filled", filled_by=takers(n)),
    "M013 all filled": lambda n: moves(n, "agreed", state="filled", filled_by=takers(n)),
    "X021 one external id": lambda n: [somebody(i, external_ids={"hr": "17"}) for i in range(n)],
}


def steps(ask: Callable[[], object]) -> int:
    """How many lines of Python run while something is asked, each turn of a loop counted."""
    count, before = 0, sys.gettrace()

    def trace(_frame: Any, event: str, _arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    sys.settrace(trace)
    try:
        ask()
    finally:
        sys.settrace(before)
    return count


def asked_of(records: list[Record]) -> Callable[[], object]:
    """Everything that a check asks of the book, beside what records say of themselves."""
    book = Book(records)
    own = {id(record): record.findings(TODAY) for record in book}

    def ask() -> None:
        for record in book:
            but_looked_after(book, record, own[id(record)])
            broken(book, record, TODAY)
            advised(book, record, TODAY, POLICY)
            heard(book, record, TODAY, POLICY)

    return ask


@pytest.mark.parametrize("name", BOOKS)
def test_twice_the_book_is_twice_the_steps(name: str):
    """Nothing that lies between records is looked at again for each of them."""
    few, many = (steps(asked_of(BOOKS[name](n))) for n in (SOME, 2 * SOME))
    assert many / few <= MOST


@pytest.mark.parametrize("name", BOOKS)
def test_twice_the_book_is_twice_the_words(name: str):
    """A ring of a thousand is not told a thousand times from beginning to end."""

    def words(n: int) -> int:
        book = Book(BOOKS[name](n))
        return 1000 + sum(len(it.message) for record in book for it in broken(book, record, TODAY))

    assert words(2 * SOME) / words(SOME) <= MOST


def test_an_act_below_many_goals_walks_up_once():
    """The one who acts waits for a walk, and not for one at each step."""
    few, many = (
        steps(lambda book=book, n=n: broken(book, book.get(Goal, f"g-{n - 1}"), TODAY))
        for n in (SOME, 2 * SOME)
        for book in (Book([*goals(n), known(Person, ANNA, state="known", name="Ann", employments=(Span(FIRST),))]),)
    )
    assert many / few <= MOST


class TestLong:
    """What a finding says where there is too much to say."""

    def test_a_long_ring_is_told_by_its_beginning(self):
        """From each who is in it, with how many there are; eight are told in full."""
        book = Book(ring(9))
        (found,) = broken(book, book.get(Person, "p-0"), TODAY)
        assert found.message == (f"on {TODAY}: p-0 > p-8 > p-7 > p-6 > p-5 > p-4 > p-3 > p-2 > ... (9 in all)")
        assert found.params["n"] == 9
        short = Book(ring(8))
        (found,) = broken(short, short.get(Person, "p-0"), TODAY)
        assert found.message.endswith("p-1 > p-0")

    @pytest.mark.parametrize(
        ("name", "kind", "id", "rest"),
        [
            ("I025 one cycle", Interview, "i-0", "2 more are annual interviews of 2025"),
            ("R004 coaches of one", CoachingRelationship, "r-0", "2 more are line managers already"),
            ("C001 paths of one", CareerPath, "path-0", "2 more paths are like it"),
        ],
    )
    def test_three_others_are_named_and_the_rest_is_counted(self, name, kind, id, rest):
        """Each has a finding of its own for the first three; then one says how many more there are."""
        book = Book(BOOKS[name](6))
        codes = name.split()[0]
        found = [it.message for it in broken(book, book.get(kind, id), TODAY) if it.code == codes]
        assert (len(found), found[-1]) == (4, rest)
        last = [it.message for it in broken(book, book.get(kind, id.replace("0", "5")), TODAY) if it.code == codes]
        assert (len(last), last[-1]) == (4, rest)
