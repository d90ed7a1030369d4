"""What questions are asked with: a day and a policy. Anything else is refused, by every question there is."""

import inspect
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from coaching import Book, Policy, cadence, privacy
from coaching.records import RECORDS
from stage import ANNA, OLE, codes, on, refused
from stage.book import someone
from stage.everything import Kind, drawn, each_kind
from stage.goals import draft_goal

NO_DAYS = ["2026-03-02", 7, datetime(2026, 3, 2, tzinfo=UTC), [], True]
DAYS = ("on", "day", "joined_on")
GIVEN = {"person": ANNA, "manager": OLE, "joined_on": on(0), "last_held": None, "talks": [], "people": [], "held": None,
         "act": "fulfil"}  # fmt: skip


def taken(function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    """The parameters of a function."""
    return dict(inspect.signature(function).parameters)


def questions_of(thing: Any) -> Iterator[Callable[..., Any]]:
    """The public methods of a thing that ask for a day, and are no acts."""
    for name in dir(type(thing)):
        method = getattr(thing, name) if not name.startswith("_") and callable(getattr(type(thing), name)) else None
        known = taken(method) if inspect.ismethod(method) else {}
        if {*DAYS} & {*known} and "by" not in known:
            yield method  # it has parameters, so it is one


def refusals(question: Callable[..., Any], given: dict[str, Any], wrong: Any) -> list[str]:
    """The codes of what a question says to a wrong day and, where it takes one, a wrong policy."""
    known = taken(question)
    day = next(name for name in DAYS if name in known)
    whole = {n: v for n, v in given.items() if n in known and known[n].default is inspect.Parameter.empty}
    found = codes(refused(lambda: all_of(question(**{**whole, day: wrong}))))
    if "policy" in known:
        found += codes(refused(lambda: all_of(question(**{**whole, day: on(0), "policy": wrong}))))
    return list(dict.fromkeys(found))


def all_of(answer: Any) -> Any:
    """An answer that comes bit by bit, whole."""
    return list(answer) if inspect.isgenerator(answer) else answer


@pytest.mark.parametrize("wrong", NO_DAYS, ids=repr)
def test_a_book_is_asked_for_a_day(wrong: Any):
    """A text is not read, a moment is no day."""
    book = Book([someone(), someone(OLE), draft_goal()])
    asked = list(questions_of(book))
    assert {"check", "coverage", "overdue", "manager_of"} <= {question.__name__ for question in asked}
    for question in asked:
        assert refusals(question, GIVEN, wrong) == ["V015"], question.__name__


@each_kind
def test_a_record_is_asked_for_a_day(kind: Kind):
    """Whatever its state."""
    for record in drawn(kind)[:10]:
        for question in questions_of(record):
            for wrong in NO_DAYS:
                assert refusals(question, GIVEN, wrong) == ["V015"], question.__name__


def test_a_part_is_asked_for_a_day():
    """A position, and the days it is held."""
    (position,) = someone(manager=OLE).positions
    for question in (*questions_of(position), *questions_of(position.span)):
        assert refusals(question, GIVEN, "today") == ["V015"]


@pytest.mark.parametrize("wrong", NO_DAYS, ids=repr)
@pytest.mark.parametrize(
    "question",
    [cadence.next_due, cadence.covered, cadence.last_held, cadence.coverage, privacy.view, privacy.access_copy,
     privacy.keeping],
)  # fmt: skip
def test_a_function_is_asked_for_a_day(question: Callable[..., Any], wrong: Any):
    """Those that stand beside the book."""
    anna = someone()
    given = {**GIVEN, "person": anna if question is cadence.covered else ANNA, "record": anna, "viewer": ANNA}
    assert refusals(question, {**given, "book": Book([anna])}, wrong) == ["V015"]


def test_the_day_of_the_last_talk_is_a_day_or_none():
    """As the first day of employment."""
    assert codes(refused(lambda: cadence.next_due(on(0), "2026-03-02"))) == ["V015"]  # on purpose


def test_what_has_no_hash_is_the_id_of_nothing():
    """And of nobody."""
    book: Any = Book([someone()])
    assert list(book.about([1])) == list(book.naming(type(draft_goal()), "owner", [1])) == list(book.awaits([1])) == []
    assert book.get(type(draft_goal()), [1]) is book.at("goal", {}) is None
    assert codes(refused(lambda: book.next_due([1], date.max))) == ["X002"]


@pytest.mark.parametrize("kind", [None, Policy, 7, []])
def test_what_is_no_kind_of_record_is_refused(kind: Any):
    """Not looked up in vain."""
    book = Book()
    for look in (
        lambda: book.get(kind, "g-1"),
        lambda: book.at(kind, "g-1"),
        lambda: book.all(kind),
        lambda: book.naming(kind, "owner", "p-1"),
    ):
        assert codes(refused(look)) == ["V015"]
    assert len(RECORDS) == 9


def test_a_day_is_a_day():
    """What is right is answered."""
    assert Book().check(date.max) == Book().overdue(date.min) == ()
