"""Rings of managers, found by walking once, are those that are found by walking for each person on each day."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from coaching import Book, Person, Position, Span
from coaching.book.asking import broken
from coaching.records.people import Managed
from stage import MONDAY, at

NAMES = ["p-1", "p-2", "p-3", "p-4"]
DAYS = st.integers(0, 6)


@st.composite
def somebody(draw, id):
    """One of four, with up to two positions, in each of which managers follow one another."""
    others = st.sampled_from([None, *(name for name in NAMES if name != id)])
    positions = []
    for n in range(draw(st.integers(0, 2))):
        days = sorted(draw(st.sets(DAYS, max_size=2)))
        managers = (
            Managed(draw(others), MONDAY),
            *(Managed(draw(others), MONDAY + timedelta(day + 1)) for day in days),
        )
        ends = draw(st.none() | DAYS)
        span = Span(MONDAY, None if ends is None else MONDAY + timedelta(days=ends))
        work = Position(f"po-{n}", "hem", "Smith", span, managers=managers)
        positions.append(work)
    joined = MONDAY - timedelta(days=9)
    return Person.import_(
        id,
        state="known",
        name=id,
        employments=(Span(joined),),
        positions=tuple(positions),
        by="hr-1",
        at=at(0),
        source="old HR",
    )


def told(book, id, on):
    """What X003 should say of one: the plain way, day by day."""
    for day in (on + timedelta(days=n) for n in range(9)):
        line, last = [id], id
        while (manager := book.manager_of(last, day)) is not None:
            if manager == id:
                return [f"on {day}: {' > '.join([*line, id])}"]
            if manager in line:
                break
            line.append(manager)
            last = manager
    return []


@given(st.tuples(*map(somebody, NAMES)), st.permutations(NAMES), st.integers(0, 3))
def test_the_quick_way_says_what_the_plain_way_says(people, order, day):
    """Of each of them, whoever was asked of before: the first ring, and the day on which it begins."""
    book, plain = Book(people), Book(people)
    on = MONDAY + timedelta(days=day)
    for id in order:
        found = [it.message for it in broken(book, book.get(Person, id), on) if it.code == "X003"]
        assert found == told(plain, id, on)


def test_one_manager_of_two_who_was_asked_of_before_hides_no_ring():
    """Anna is managed by Ole, and later by Eva, whom she manages; of Ole it is known that he stands below nobody."""
    change = MONDAY + timedelta(days=3)

    def managed(id, manager, *later):
        managers = (Managed(manager, MONDAY), *(Managed(other, day) for day, other in later))
        work = Position("po-1", "hem", "Smith", Span(MONDAY), managers=managers)
        return Person.register(id, id, MONDAY, position=work, by="hr-1", at=at(0))

    anna = managed("p-1", "p-2", (change, "p-3"))
    later = managed("p-4", "p-3", (change + timedelta(1), "p-1"), (change + timedelta(3), "p-2"))
    book = Book([anna, managed("p-2", None), managed("p-3", "p-1"), later])
    assert list(broken(book, book.get(Person, "p-2"), MONDAY)) == []
    (found,) = broken(book, anna, MONDAY)
    assert found.message == f"on {change}: p-1 > p-3 > p-1"
    assert list(broken(book, later, MONDAY)) == []
