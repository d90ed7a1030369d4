"""Laws of the strategies: every state is reached, no example is wasted, and the smallest is small."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from importlib import import_module
from io import BytesIO
from itertools import product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import Phase, find, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from coaching import (
    Book,
    CareerPath,
    CoachingRelationship,
    Feedback,
    Goal,
    InternalMove,
    Interview,
    Opportunity,
    Person,
    Rejected,
    Slot,
    verify,
)
from coaching.codec import dump_book, load_book
from coaching.kernel.lifecycle import IMPORT
from coaching.kernel.values import Span
from coaching.records import RECORDS
from coaching.testing import (
    acts,
    books,
    feedback,
    goals,
    histories,
    interviews,
    near_misses,
    opportunities,
    paths,
    people,
    relationships,
    witnesses,
)
from coaching.testing.goals import PLAY as GOALS
from coaching.testing.people import _day_of
from coaching.testing.walks import Stage
from stage import ANNA, at, codes
from stage.everything import ARGUMENTS, DRAWN, READY, STRATEGIES, Kind, drawn, each_kind
from stage.goals import proposed_goal
from stage.interviews import taken_over
from stage.relationships import active, half_signed, proposed


def simplest(strategy: st.SearchStrategy[Any]) -> Any:
    """The example that Hypothesis tries first, and towards which it shrinks."""
    found = []

    @settings(max_examples=1, phases=[Phase.generate], database=None)
    @given(strategy)
    def draw(example: Any) -> None:
        found.append(example)

    draw()
    return found[0]


@each_kind
def test_every_state_is_reached(kind: Kind):
    """Within three hundred examples, always the same ones; a hundred nearly always do. Some are taken over."""
    for number in (DRAWN, 3 * DRAWN):
        reached = {record.state for record in drawn(kind, number)}
        if reached == set(kind.lifecycle.states):
            break
    assert reached == set(kind.lifecycle.states)
    assert IMPORT in {record.history[0].act for record in drawn(kind, number)}


@each_kind
def test_most_acts_are_done_on_the_way(kind: Kind):
    """A strategy that never does an act does not test what comes of it. Within three hundred examples, as above."""
    for number in (DRAWN, 3 * DRAWN):
        done = {entry.act for record in drawn(kind, number) for entry in record.history} & set(kind.lifecycle.acts)
        if len(done) > len(kind.lifecycle.acts) * 0.7:
            break
    assert len(done) > len(kind.lifecycle.acts) * 0.7


@each_kind
def test_examples_differ(kind: Kind):
    """A strategy that repeats itself tests little; `drawn` has each example once."""
    assert len(drawn(kind)) > DRAWN * 0.6


@each_kind
def test_the_smallest_example_of_each_state_is_small(kind: Kind):
    """A test that fails for any record of a state shows one to which nothing happened besides."""
    for state in kind.lifecycle.states:
        record = simplest(STRATEGIES[kind](state=state))
        assert record.state == state
        assert record.history[0].act != IMPORT
        assert not record.extra
        alike = [o for o in drawn(kind) if getattr(o, "kind", None) == getattr(record, "kind", None)]
        others = [o for o in alike if o.state == state and o.history[0].act != IMPORT]
        assert all(len(record.history) <= len(other.history) for other in others)


def test_the_smallest_agreed_goal_is_as_small_as_a_goal_can_be():
    """One investment, a promise of each side, two signatures, nothing besides."""
    goal = simplest(goals(state="agreed"))
    assert (len(goal.investments), len(goal.commitments), len(goal.signatures)) == (1, 2, 2)
    assert goal.options == goal.serves == goal.progress == ()
    assert goal.measure is None


@given(st.data())
@settings(max_examples=10, deadline=None)
def test_what_is_made_ready_can_be_done(data: st.DataObject):
    """A goal whose target date has passed is proposed anew before it is signed; a pair that begins is signed by both."""
    stage = Stage(data.draw)
    stage.now = at(400)
    goal = READY[Goal]["sign"](stage, proposed_goal())
    assert goal.history[-1].act == "propose"
    assert goal.would("sign", by=goal.coach, at=stage.later()) == ()
    stage.now = at(3)
    for pair in (proposed(), half_signed(), active()):
        ready = READY[CoachingRelationship]["close"](stage, pair)
        assert ready.would("close", by=pair.coach, at=stage.later()) == ()


@given(st.data())
@settings(max_examples=10, deadline=None)
def test_nobody_misses_a_talk_who_is_not_named_in_it(data: st.DataObject):
    """Of one from elsewhere without an interviewer, the coachee alone can be absent."""
    talk = taken_over("scheduled", interviewer=None, slot=Slot(at(1), 60, "Room 4"))
    assert ARGUMENTS[Interview]["miss"](Stage(data.draw), talk, ANNA)["absent"] == ANNA


# --- books -----------------------------------------------------------------------------------------------------------

BOOKS = 60
DAYS = (date(2020, 1, 1), date(2024, 6, 1), date(2031, 1, 1))


@cache
def drawn_books(number: int = BOOKS, people: int | None = None, kinds: tuple[Kind, ...] = RECORDS) -> tuple[Book, ...]:
    """Sixty books, or as many as are asked for, of any size or of so many people."""
    found: list[Book] = []

    @seed(number)
    @settings(max_examples=number, database=None, deadline=None, phases=[Phase.generate], derandomize=False)
    @given(books(people=None if people is None else st.just(people), kinds=kinds, most=2))
    def draw(book: Book) -> None:
        found.append(book)

    draw()
    return tuple(found)


def test_no_book_breaks_a_rule_on_any_day():
    """Neither before everything, nor in the middle, nor when what was set for later has come; and every seal holds."""
    for book, day in product(drawn_books(), DAYS):
        assert [str(f) for f in book.check(day) if f.severity == "error"] == []
    assert {f.code for book in drawn_books() for f in verify(book)} <= {"H004", "H005"}


def test_a_book_comes_back_as_it_was():
    """From the lines that it is stored in."""
    for book in drawn_books():
        out = BytesIO()
        assert dump_book(book, out) == len(book)
        assert load_book(out.getvalue().splitlines()) == book


WANTED: dict[str, tuple[int, tuple[Kind, ...], Callable[[Book], bool]]] = {
    "a line of managers": (
        4, (), lambda b: len({m.manager for it in b.all(Person) for p in it.positions for m in p.managers} - {None}) > 1,
    ),
    "a step that names goals": (
        2, (CareerPath, Goal), lambda b: any(step.goals for path in b.all(CareerPath) for step in path.steps),
    ),
    "a talk that came to something": (
        2, (Interview, Goal), lambda b: any(talk.outcomes for talk in b.all(Interview)),
    ),
    "a path that was revised": (2, (CareerPath,), lambda b: any(path.supersedes for path in b.all(CareerPath))),
    "a move that was done": (
        2, (InternalMove, Opportunity), lambda b: any(move.state == "done" for move in b.all(InternalMove)),
    ),
    "somebody who was erased": (2, (), lambda b: any(person.state == "erased" for person in b.all(Person))),
    "somebody who got another id": (2, (Goal,), lambda b: any("H005" in codes(verify(it)) for it in b.all(Goal))),
    "a talk nobody is named to lead": (2, (Interview,), lambda b: any(not it.interviewer for it in b.all(Interview))),
    "feedback of a customer": (
        2, (Feedback,), lambda b: any(it.given_at and outside(b, it.giver) for it in b.all(Feedback)),
    ),
    "a client's voice from outside": (
        3, (InternalMove, Opportunity), lambda b: any(outside(b, it.client_by) for it in b.all(InternalMove)),
    ),
}  # fmt: skip


def outside(book: Book, person: str | None) -> bool:
    """Whether somebody who is named is in no employment."""
    known = None if person is None else book.get(Person, person)
    return known is not None and not known.employments


@pytest.mark.parametrize("name", WANTED)
def test_what_lies_between_the_records_of_a_book(name: str):
    """Within six hundred small books of few kinds; sixty mostly do."""
    people, kinds, holds = WANTED[name]
    assert any(holds(book) for number in (60, 150, 600) for book in drawn_books(number, people, kinds))


def test_books_hold_every_kind_of_record_and_most_states():
    """Within three hundred books; sixty mostly do."""
    every = {(kind, state) for kind in RECORDS for state in kind.lifecycle.states}
    reached = set[Any]()
    for number in (BOOKS, 4 * BOOKS):
        reached |= {(type(record), record.state) for book in drawn_books(number) for record in book}
        if {kind for kind, _ in reached} == set(RECORDS) and len(reached) > len(every) * 0.8:
            break
    assert {kind for kind, _ in reached} == set(RECORDS)
    assert len(reached) > len(every) * 0.8


def test_the_smallest_book_is_one_person():
    """Just noted."""
    (person,) = simplest(books())
    assert (person.type, person.id, len(person.history)) == ("person", "p-1", 1)


@pytest.mark.parametrize("people", [0, 1, 4, st.just(3)])
def test_a_book_has_as_many_people_as_was_said(people: int | st.SearchStrategy[int]):
    """Nobody, even; and whoever is alone has nobody to talk with."""

    @settings(max_examples=20, deadline=None, database=None)
    @given(books(people=people, most=1))
    def look(book: Book) -> None:
        number = people if isinstance(people, int) else 3
        assert [person.id for person in book.all(Person)] == [f"p-{n + 1}" for n in range(number)]
        assert number > 1 or {record.type for record in book} <= {"person", "organisation", "opportunity"}

    look()


@settings(max_examples=20, deadline=None)
@given(books(kinds=[Goal]))
def test_only_the_kinds_that_were_asked_for(book: Book):
    """Beside the people."""
    assert {record.type for record in book} <= {"person", "goal"}


# --- what they are given ---------------------------------------------------------------------------------------------

POOL = st.sampled_from(["anna", "ole"])
PAIRS = [
    (goals, "owner", "coach"), (interviews, "coachee", "interviewer"), (feedback, "giver", "receiver"),
    (relationships, "coach", "coachee"), (paths, "owner", "coach"),
]  # fmt: skip


@pytest.mark.parametrize(("strategy", "one", "other"), PAIRS, ids=lambda it: getattr(it, "__name__", it))
@settings(max_examples=30)
@given(data=st.data())
def test_two_people_of_one_pool_are_two(strategy: Any, one: str, other: str, data: st.DataObject):
    """Nobody coaches themselves, wherever both are drawn from."""
    record = data.draw(strategy(**{one: POOL, other: POOL}))
    assert {getattr(record, one), getattr(record, other)} == {"anna", "ole"}


@pytest.mark.parametrize(
    "pool",
    [
        POOL,
        POOL.map(str.upper),
        st.integers(1, 3).map(str),
        st.sampled_from(range(1, 9)).map("p-{}".format),
    ],
    ids=repr,
)
def test_for_two_of_one_pool_that_is_a_list_nothing_is_thrown_away(pool: st.SearchStrategy[str]):
    """Not even where both fall on the same one: of a hundred that are drawn, a hundred come. Of others, nearly all."""
    found: list[Any] = []

    @settings(max_examples=100, database=None, derandomize=True, phases=[Phase.generate])
    @given(goals(state="draft", owner=pool, coach=pool))
    def draw(goal: Any) -> None:
        found.append(goal)

    draw()
    assert len(found) == 100
    assert all(goal.owner != goal.coach for goal in found)


def test_what_can_be_done_is_none_where_there_is_nothing():
    """Not thrown away, so that a test goes on with it, or not."""
    over = next(record for record in drawn(CoachingRelationship) if record.state == "declined")
    assert simplest(acts(over)) is None
    assert simplest(acts(proposed_goal(), by="a stranger")) is None
    with pytest.raises(InvalidArgument, match="the id of somebody"):
        simplest(acts(proposed_goal(), by=5))


@pytest.mark.parametrize(
    ("strategy", "said"),
    [
        (
            goals(owner=st.just("anna"), coach=st.just("anna")),
            "coach cannot be 'anna', and just('anna') draws nobody else",
        ),
        (goals(state="agred"), "'agred' is no state; it is one of: draft, proposed,"),
        (interviews(kind="anual"), "'anual' is no kind; it is one of: annual,"),
        (relationships(kind="boss"), "'boss' is no kind"),
        (opportunities(kind="job"), "'job' is no kind"),
        (acts("g-1"), "'g-1' is no record"),  # on purpose
        (goals(id="g-1"), "id takes a strategy, such as just('g-1')"),  # on purpose
        (goals(owner=["anna", "ole"]), "owner takes a strategy, such as sampled_from(['anna', 'ole'])"),  # on purpose
        (goals(state=["agreed", "paused"]), "for any of them give sampled_from(['agreed', 'paused'])"),  # on purpose
        (goals(acts="5"), "acts is a whole number from 0, and '5' is none"),  # on purpose
        (histories("goals"), "'goals' is no kind of record; give Goal or 'goal'"),
        (histories(5), "5 is no kind of record; give one of: organisation,"),  # on purpose
        (histories(Goal, acts=-1), "acts is a whole number from 0, and -1 is none"),
        (books(kinds=Goal), "kinds takes a list of kinds, such as [Goal]"),  # on purpose
        (books(kinds=["gaol"]), "'gaol' is no kind of record; give Goal or 'goal'"),
        (books(kinds="goal"), "kinds takes a list of kinds, such as [Goal]"),
        (books(most="2"), "most is a whole number from 0, and '2' is none"),  # on purpose
        (books(people=["anna", "ole"]), "such as 3 or sampled_from([2, 3]): their ids are p-1, p-2"),  # on purpose
        (books(people=st.sampled_from(["anna", "ole"])), "people is a whole number from 0, and 'anna' is none"),
        (near_misses("G017"), "no act or document breaks G017: it is advice"),
        (near_misses("G999"), "no act or document breaks G999: no rule has this code"),
        (near_misses("B010"), "no act or document breaks B010: an import asks it of rows"),
        (witnesses("H001"), "no act or document breaks H001: what is verified is read all the same"),
        (near_misses(["G005"]), "breaks ['G005']: no rule has this code"),  # on purpose
    ],
    ids=repr,
)
def test_what_makes_no_sense_is_said(strategy: st.SearchStrategy[Any], said: str):
    """With what would."""
    with pytest.raises(InvalidArgument, match=re.escape(said)):
        simplest(strategy)


_WRONG = {"text": st.just("Ask Eva"), "whom": st.just("Eva")}


@pytest.mark.parametrize(
    ("strategy", "said"),
    [
        (goals(title=st.just("")), "title drew '': goal g-1: cannot begin\n  G001 title: the text is empty"),
        (goals(confidence=st.just(12)), "confidence drew 12: goal g-1: cannot begin\n  V007 confidence: 12 is not"),
        (
            goals(state="agreed", promise=st.fixed_dictionaries(_WRONG)),
            "promise drew {'text': 'Ask Eva', 'whom': 'Eva'}: goal g-1: cannot promise\n  V016 whom: ",
        ),
        (
            goals(state="agreed", title=st.just("Lead"), target_on=st.just(date(2020, 1, 1))),
            "target_on drew datetime.date(2020, 1, 1): goal g-1: cannot propose\n  G007 target_on: ",
        ),
        (
            goals(owner=st.just(" "), title=st.just("Lead")),
            "title drew 'Lead' and owner drew ' ': goal g-1: cannot begin\n  V001 by: ",
        ),
        (goals(keep_until=st.just(5)), "keep_until drew 5: goal g-1: cannot set keep_until\n  V015 keep_until: "),
    ],
    ids=repr,
)
def test_a_strategy_that_draws_what_a_rule_refuses_is_named(strategy: st.SearchStrategy[Any], said: str):
    """With what it drew, the rule and what would be right."""
    with pytest.raises(InvalidArgument, match=re.escape(f"the strategy given for {said}")):
        simplest(strategy)


def test_a_name_that_an_act_does_not_take_is_said_wherever_it_is_done():
    """On a detour too, where what is given may otherwise not fit."""
    looked = settings(max_examples=200, phases=[Phase.generate], database=None, derandomize=True)
    with pytest.raises(InvalidArgument, match="the strategy given for promise drew"):
        find(goals(state="draft", promise=st.fixed_dictionaries(_WRONG)), lambda _: False, settings=looked)


def test_what_is_given_with_an_act_has_names():
    """A text alone tells nobody for which argument it is."""
    with pytest.raises(InvalidArgument, match=re.escape("such as fixed_dictionaries({...})")):
        simplest(goals(state="agreed", promise=st.just("Ask Eva")))


def test_a_slip_of_ours_is_blamed_on_nobody(monkeypatch: pytest.MonkeyPatch):
    """Where a caller gives no strategy, the refusal comes out as it is."""
    wrong = evolve(GOALS, arguments={**GOALS.arguments, "propose": lambda *_: {"whom": "Eva"}})
    monkeypatch.setattr(import_module("coaching.testing.goals"), "PLAY", wrong)
    with pytest.raises(Rejected, match="V016 whom"):
        simplest(goals(state="proposed"))


_DAYS = st.dates(date(1950, 1, 1), date(2120, 1, 1))


@given(st.data(), _DAYS, _DAYS, st.datetimes(datetime(1990, 1, 1), datetime(2080, 1, 1), timezones=st.just(UTC)))
def test_a_day_of_a_span_lies_in_it(data: st.DataObject, one: date, other: date, now: datetime):
    """However long ago it ended, or how far ahead it begins."""
    span = data.draw(st.sampled_from([Span(min(one, other), max(one, other)), Span(one)]))
    stage = Stage(data.draw, {}, {})
    stage.now = now
    assert span.covers(_day_of(stage, span))


@pytest.mark.parametrize("standing", ["ahead", "active", "on_leave", "left", "outside"])
def test_people_stand_as_asked_on_the_day_of_the_last_act(standing: str):
    """Whatever happened on the way; the smallest is the plainest."""
    person = simplest(people(standing=standing))
    assert person.standing(person.history[-1].at.date()) == standing
    with pytest.raises(InvalidArgument, match="'gone' is no standing"):
        simplest(people(standing="gone"))


def test_the_calendar_ends_somewhere():
    """A record with the last day there is comes to be where it can; where it cannot, the strategy is named."""
    last = st.just(date.max)
    assert simplest(goals(state="agreed", target_on=last)).target_on == date.max
    with pytest.raises(InvalidArgument, match=r"given for target_on drew .*: the calendar ends before what has to"):
        simplest(goals(state="missed", target_on=last))


def test_a_standing_may_be_drawn():
    """As a state may."""
    found = simplest(people(standing=st.sampled_from(["left", "ahead"])))
    assert found.standing(found.history[-1].at.date()) in {"left", "ahead"}


def test_a_kind_is_named_by_its_word_or_class():
    """Everywhere the same."""
    assert simplest(histories("goal")) == simplest(histories(Goal))
    assert list(simplest(books(kinds=["goal"])).all(Goal)) == []
