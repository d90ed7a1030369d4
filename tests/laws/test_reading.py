"""Law of books that are read as needed: they answer as the whole book does, and never ask twice for a place."""

import inspect
import pickle
from datetime import date
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching import Book, Goal, Interview, Person, Rejected, places_of
from coaching.book import asking
from coaching.kernel.rules import Rule, Sort
from coaching.privacy import view
from coaching.testing import books
from stage import ANNA, OLE, codes, on, refused
from stage.book import someone
from stage.goals import agreed_goal
from stage.interviews import planned_talk
from stage.people import employed
from stage.relationships import active
from stage.store import Store

BOOKS = books(people=st.integers(1, 4))


class Asked(NamedTuple):
    """What a question is asked of."""

    book: Book
    who: str
    day: date


QUESTIONS = {
    "check": lambda it: it.book.check(it.day),
    "check for somebody": lambda it: it.book.check(it.day, for_=it.who),
    "findings": lambda it: list(it.book.findings(it.day)),
    "coverage": lambda it: it.book.coverage(it.day),
    "next_due": lambda it: it.book.next_due(it.who, it.day),
    "covered": lambda it: it.book.covered(it.who, it.day),
    "manager_of": lambda it: it.book.manager_of(it.who, it.day),
    "reports_of": lambda it: it.book.reports_of(it.who, it.day),
    "chain": lambda it: it.book.chain(it.who),
    "overdue": lambda it: it.book.overdue(it.day),
    "stalled": lambda it: it.book.stalled(it.day),
    "unanswered": lambda it: it.book.unanswered(it.day),
    "awaits": lambda it: it.book.awaits(it.who),
    "insights": lambda it: it.book.insights(it.who),
    "dreams": lambda it: it.book.dreams_without_step(it.who),
    "timeline": lambda it: it.book.timeline(it.who),
    "erased": lambda it: (it.book.erased(), it.book.erased([it.who, "nobody"])),
    "everywhere": lambda it: it.book.everywhere(it.who),
    "about": lambda it: list(it.book.about(it.who)),
    "concerning": lambda it: list(it.book.concerning(it.who)),
    "views": lambda it: [view(record, it.who, it.book, on=it.day) for record in it.book.concerning(it.who)],
    "length": lambda it: (len(it.book), list(it.book), hash(it.book)),
}  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
@given(data=st.data())
def test_they_answer_alike(question: str, data: st.DataObject):
    """Every question, of anybody, on any day of the book."""
    book = data.draw(BOOKS)
    who = data.draw(st.sampled_from([it.id for it in book.all(Person)]))
    day = data.draw(st.sampled_from([entry.at.date() for record in book for entry in record.history]))
    ask, store = QUESTIONS[question], Store(book)
    assert ask(Asked(Book(load=store), who, day)) == ask(Asked(book, who, day))
    sought = [place for call in store.calls for place in call]
    assert len(sought) == len({*sought})


def test_every_question_is_asked():
    """But for those that change the book or need something else, which are told below or in the law of acts."""
    named = {name for name, of in inspect.getmembers(Book, inspect.isfunction) if not name.startswith("_")}
    others = {
        "act", "new", "would", "would_new", "looks_at", "renumber", "merge", "would_renumber", "would_merge",
        "get", "at", "all", "naming", "naming_both", "memory", "promising", "put", "remove", "dangling", "trace",
        "parts_missing", "came_of",
    }  # fmt: skip
    asked = {name for name in named if any(f".{name}(" in inspect.getsource(ask) for ask in QUESTIONS.values())}
    assert named - asked == others


PEOPLE = (employed(), someone(OLE))
BOOK = Book([*PEOPLE, agreed_goal(), planned_talk(), active()])


class TestOneGoal:
    """What one piece of work reads."""

    def test_a_record_is_read_once(self):
        """Whether it is asked for by kind and id, by its id alone, or as one of many."""
        store = Store(BOOK)
        book = Book(load=store)
        assert book.get(Goal, "g-1") == book.get("g-1") == next(book.naming(Goal, "owner", ANNA)) == agreed_goal()
        assert [len(call) for call in store.calls] == [1, 8, 1]

    def test_an_act_reads_what_it_looks_at(self):
        """The goal, whom it names, what is between the two; of others nothing."""
        others = [someone(f"p-{n}") for n in range(100, 200)]
        store = Store([*BOOK, *others])
        done = Book(load=store).act(("goal", "g-1"), "note_progress", kind="step", text="A start", by=ANNA, at=_later())
        assert [record.id for record in done.changed] == ["g-1"]
        assert repr(done) == "<Book: 2 person, 1 goal read so far>"

    def test_of_what_was_read_whole_nothing_is_asked_again(self):
        """By whatever place, and also what is not there."""
        store = Store(BOOK)
        book = Book(load=store)
        list(book.all(Goal))
        assert [it.id for it in book.naming(Goal, "owner", ANNA)] == ["g-1"]
        assert book.get(Goal, "g-9") is None
        assert len(store.calls) == 1

    def test_what_was_put_is_newer_than_what_is_read(self):
        """And what was removed stays away."""
        book = Book(load=Store(BOOK))
        newer = agreed_goal().act("note_progress", kind="step", text="A start", by=ANNA, at=_later())
        assert list(book.put(newer).naming(Goal, "owner", ANNA)) == [newer]
        assert list(book.remove(agreed_goal()).naming(Goal, "owner", ANNA)) == []
        assert list(book.all(Goal)) == [agreed_goal()]

    def test_it_is_pickled_with_what_was_read(self):
        """And reads on."""
        book = Book(load=Store(BOOK))
        assert book.get(Goal, "g-1") is not None
        again = pickle.loads(pickle.dumps(book))
        assert again == BOOK
        assert again.get(Interview, "i-1") == planned_talk()

    def test_one_that_has_read_nothing(self):
        """Says so."""
        assert repr(Book(load=Store(BOOK))) == "<Book: nothing read so far>"

    def test_some_are_given_at_once(self):
        """They need not be read."""
        store = Store(BOOK)
        assert Book(PEOPLE, load=store).get(Person, ANNA) == employed()
        assert store.calls == []


class TestWhatReadsIsWrong:
    """A function that gives something else is told so."""

    @pytest.mark.parametrize("gives", [None, 3, "g-1", [None], [agreed_goal(), "g-1"], {"g-1": 1}])
    def test_no_records(self, gives: Any):
        """Nothing is taken of it."""
        assert codes(refused(lambda: Book(load=lambda _: gives).get("goal", "g-1"))) == ["V015"]

    def test_no_function(self):
        """Said when the book is made."""
        assert codes(refused(lambda: Book(load=3))) == ["V015"]

    def test_its_own_errors_pass(self):
        """They are the caller's."""

        def broken(places: Any) -> Any:
            raise ConnectionError("gone")

        with pytest.raises(ConnectionError, match="gone"):
            Book(load=broken).get("goal", "g-1")


SLIPS = [
    ("gaol", "sign", "V012"),
    (3, "sign", "V015"),
    ("goal", "sing", "V010"),
    ("goal", "fly", "V010"),
    (Goal, None, "V010"),
]


class TestLooksAt:
    """Where an act looks is said by kind and act."""

    @pytest.mark.parametrize(("slip", "act", "code"), SLIPS)
    def test_of_what_is_none(self, slip: Any, act: Any, code: str):
        """It is refused, and a slip is guessed."""
        assert codes(refused(lambda: Book.looks_at(slip, act))) == [code]

    def test_what_else_is_changed_is_looked_at_too(self):
        """Completing a move changes a person, whose managers form no ring."""
        assert set(Book.looks_at("person", "correct")) <= set(Book.looks_at("move", "complete"))


def _later() -> Any:
    return max(entry.at for record in BOOK for entry in record.history)


def test_a_refusal_says_the_same():
    """Here a gate of the book."""
    day = _later()
    whole, read = Book(PEOPLE), Book(load=Store(PEOPLE))
    given: dict[str, Any] = {"coachee": OLE, "interviewer": ANNA, "due_on": on(200), "by": ANNA, "at": day}
    assert whole.would_new(Interview, "plan", "i-9", **given) == read.would_new(Interview, "plan", "i-9", **given) != ()
    with pytest.raises(Rejected):
        read.new(Interview, "plan", "i-9", **given)


@pytest.mark.parametrize("rule", [rule for rule in asking.EVERY if rule.looks_at], ids=lambda rule: rule.code)
@given(data=st.data())
def test_a_rule_looks_where_it_says(rule: Rule, data: st.DataObject):
    """And nowhere else: asked of every record from which it looks, in any book."""
    book = data.draw(BOOKS)
    for record in (record for kind in rule.looks_from for record in book.all(kind)):
        store = Store(book)
        last: Any = record.history[-1].at.date() if rule.sort is Sort.INVARIANT else record.history[-1]
        asked = (Book(load=store), last) if rule.sort is Sort.INVARIANT else (last, Book(load=store))
        list(rule.asks(record, *asked))
        assert store.asked <= {*rule.looks_at}


def test_every_rule_across_records_that_stops_an_act_says_where_it_looks():
    """Advice stops none, so nobody needs to know before."""
    assert {rule.code for rule in asking.EVERY if rule.looks_at} == {
        rule.code for rule in asking.EVERY if rule.sort is not Sort.ADVICE
    }


def test_places_are_those_of_a_record():
    """Of nothing else."""
    assert codes(refused(lambda: places_of(None))) == ["V015"]
