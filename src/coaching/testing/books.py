"""Strategies for books: people who coach one another, and what is between them, as a house would hold it.

Read top to bottom: the house that is filled, room by room, what happens afterwards, the strategy. Every record is
walked as by its own strategy, told whom and what it may name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from coaching.book.book import Book
from coaching.book.privacy.erasure import erase
from coaching.kernel.record import Record
from coaching.kernel.values import Ref, RefKind
from coaching.records import RECORDS
from coaching.records.feedback import Feedback
from coaching.records.goals import Goal
from coaching.records.interviews import Interview
from coaching.records.moves import AGREED, DONE, InternalMove
from coaching.records.needs import Release
from coaching.records.opportunities import Opportunity, OpportunityKind
from coaching.records.organisations import Organisation
from coaching.records.paths import SUPERSEDED, CareerPath
from coaching.records.people import KNOWN, Person
from coaching.records.relationships import ACTIVE as STANDS
from coaching.records.relationships import CoachingRelationship, RelationshipKind
from coaching.testing.feedback import PLAY as FEEDBACK
from coaching.testing.goals import PLAY as GOALS
from coaching.testing.interviews import PLAY as INTERVIEWS
from coaching.testing.moves import PLAY as MOVES
from coaching.testing.opportunities import PLAY as OPPORTUNITIES
from coaching.testing.organisations import PLAY as ORGANISATIONS
from coaching.testing.parts import DAY_ONE, texts
from coaching.testing.paths import PLAY as PATHS
from coaching.testing.people import PLAY as PEOPLE
from coaching.testing.relationships import PLAY as RELATIONSHIPS
from coaching.testing.stages import DAY_ONES, below
from coaching.testing.walks import ADMINISTRATION, Draw, Play, Stage, play_act, walk
from coaching.testing.wanted import kinds_of, number_of

Names = Mapping[str, Sequence[Any]]
"""What a record may name, in each of its fields: those that are there. Where there are none, nothing is drawn."""


class House:
    """A book that is being filled. It knows what is in it, and the ids of what is still to come."""

    def __init__(self, draw: Draw, staff: Sequence[str], kinds: Collection[type[Record]], most: int) -> None:
        """Plan whose record each id shall be, so that records may name each other in whatever order they are drawn."""
        self.draw, self.staff, self.kinds = draw, staff, kinds
        self.book = Book()
        self.first = self.one(DAY_ONES)
        self.coach_of: dict[str, str] = {}
        prefixes = {Goal: "g", Interview: "i", Feedback: "f", InternalMove: "mv"}
        self.whose: dict[type[Record], dict[str, str]] = {
            kind: {id: self.one(staff) for id in self.ids(kind, prefix, most) if len(staff) > 1}
            for kind, prefix in prefixes.items()
        }
        self.opportunities = self.ids(Opportunity, "op", most) if staff else []

    def ids(self, kind: type[Record], prefix: str, most: int) -> list[str]:
        """Ids of the records of a kind that there shall be."""
        number = self.draw(below(most + 1)) if kind in self.kinds else 0
        return [f"{prefix}-{n + 1}" for n in range(number)]

    def one(self, items: Sequence[Any]) -> Any:
        """One of several."""
        return items[self.draw(below(len(items)))]

    def stage(self, person: str | None = None, /, **names: Any) -> Stage:
        """A stage on which nothing is named that is not here: what is given, or one of a list or tuple."""
        known = {name: value if isinstance(value, (list, tuple)) else (value,) for name, value in names.items()}
        here = {} if person is None else self.refs_about(person)
        return Stage(self.draw, known, here, side_acts=self.one((0, 0, 1)), first=self.first)

    def add(self, stage: Stage, play: Play, states: Sequence[str]) -> None:
        """Walk a record to one of some states, and put it into the book."""
        self.book = self.book.put(walk(stage, play, self.one(states)))

    def others(self, than: str) -> tuple[str, ...]:
        """Anybody of the house but one."""
        return tuple([id for id in self.staff if id != than])

    def or_outside(self, than: str) -> tuple[str, ...]:
        """The same, and nearly as often as not somebody in no employment, such as a customer, where there is one."""
        outside = [it.id for it in self.book.all(Person) if not it.employments and it.id != than]
        return (*self.others(than), *outside * 2)

    def those_of(self, kind: type[Record], person: str) -> list[str]:
        """The ids of the records of a kind that a person has, or will have."""
        return [id for id, whose in self.whose[kind].items() if whose == person]

    def refs_about(self, person: str) -> dict[str, list[Ref]]:
        """What a record about a person may refer to."""
        found: dict[str, list[tuple[str, ...]]] = {
            kind.type: [(id,) for id in self.those_of(kind, person)] for kind in (Goal, Interview, InternalMove)
        }
        for path in self.book.naming(CareerPath, "owner", person):
            parts: dict[str, tuple[Any, ...]] = {"need": path.needs, "dream": path.dreams, "step": path.steps}
            found |= {kind: [(part.id, path.id) for part in held] for kind, held in parts.items()}
        owned = self.book.naming(Goal, "owner", person)
        found["commitment"] = [(c.id, goal.id) for goal in owned for c in goal.commitments]
        known = self.book.get(Person, person)
        found["placement"] = [(p.id, person) for p in known.placements] if known else []
        return {kind: [Ref(RefKind(kind), *ids) for ids in them] for kind, them in found.items()}


# --- room by room ----------------------------------------------------------------------------------------------------


def _organisations(house: House) -> None:
    """Each belongs to one of those before, or to none."""
    for id in house.ids(Organisation, "o", 2):
        above = tuple([o.id for o in house.book.all(Organisation)])
        house.add(house.stage(id=id, above=above), ORGANISATIONS, Organisation.lifecycle.states)


def _people(house: House) -> None:
    """Most have a position, managed by one of those before, so that no line is a ring."""
    places = [o.id for o in house.book.all(Organisation)] or ["o-1"]
    for n, id in enumerate(house.staff):
        where = {"employer": places[0], "client": [*places[1:], "client"]}
        stage = house.stage(id=id, manager=tuple(house.staff[:n][::-1]), **where)
        person: Person = walk(stage, PEOPLE, KNOWN)
        if person.employments and not person.positions and house.one((False, True, True)):
            person = play_act(stage, PEOPLE, person, "take_position", person.state)
        house.book = house.book.put(person)


def _movers(house: House) -> None:
    """Only those move who have somewhere to start from, and somewhere to go."""
    able = {p.id for p in house.book.all(Person) if p.positions or p.placements} if house.opportunities else set()
    house.whose[InternalMove] = {id: mover for id, mover in house.whose[InternalMove].items() if mover in able}


def _relationships(house: House) -> None:
    """Everybody has one coach: the manager, or else somebody who is none."""
    states = [STANDS, *CoachingRelationship.lifecycle.states]  # most stand
    line, *other = RelationshipKind
    for n, id in enumerate(house.staff if len(house.staff) > 1 else ()):
        person: Any = house.book.get(Person, id)
        managers = [it.manager for p in person.positions for it in p.managers[-1:] if it.manager and p.span.to is None]
        house.coach_of[id] = coach = house.one(managers or house.others(id))
        if CoachingRelationship in house.kinds:
            kind = line if managers else other
            house.add(house.stage(id=f"r-{n + 1}", coach=coach, coachee=id, kind=kind), RELATIONSHIPS, states)


def _paths(house: House) -> None:
    """One for some, with steps that name goals of the same owner."""
    states = [state for state in CareerPath.lifecycle.states if state != SUPERSEDED]
    for n, (owner, coach) in enumerate(house.coach_of.items()):
        if CareerPath in house.kinds and house.one((False, True)):
            names = {"id": f"path-{n + 1}", "owner": owner, "coach": coach, "person": house.others(owner)}
            own = house.those_of(Goal, owner)
            house.add(house.stage(owner, goal=own, **names), PATHS, states)


def _goals(house: House) -> None:
    for id, owner in house.whose[Goal].items():
        stage = house.stage(owner, id=id, owner=owner, coach=house.coach_of[owner])
        house.add(stage, GOALS, Goal.lifecycle.states)


def _feedback(house: House) -> None:
    for id, receiver in house.whose[Feedback].items():
        stage = house.stage(receiver, id=id, receiver=receiver, giver=house.or_outside(receiver))
        house.add(stage, FEEDBACK, Feedback.lifecycle.states)


def _interviews(house: House) -> None:
    """Each in a cycle of its own, so that nobody has two annual ones in one."""
    for n, (id, coachee) in enumerate(house.whose[Interview].items()):
        people = {"coachee": coachee, "interviewer": house.coach_of[coachee], "released_by": house.staff}
        received = house.those_of(Feedback, coachee)
        stage = house.stage(coachee, id=id, received=received, cycle=str(DAY_ONE.year + n), **people)
        house.add(stage, INTERVIEWS, Interview.lifecycle.states)


def _opportunities(house: House) -> None:
    """One place each, so that nobody fills one twice."""
    staff = house.staff
    names = {"places": 1, "posted_by": staff, "reserved_for": staff, "filled_by": staff}
    for id in house.opportunities:
        house.add(house.stage(id=id, organisation="o-1", **names), OPPORTUNITIES, Opportunity.lifecycle.states)


def _moves(house: House) -> None:
    """From a position or placement that the mover has; to be done only through the book, which changes the mover."""
    for id, mover in house.whose[InternalMove].items():
        person: Any = house.book.get(Person, mover)
        starts = {
            "from_position": [p.id for p in person.positions],
            "from_placement": [p.id for p in person.placements],
        }
        needs = [n for path in house.book.naming(CareerPath, "owner", mover) for n in path.needs]
        shown = [n.id for n in needs if n.release in {Release.MANAGERS, Release.CLIENT}]
        parties: Names = {
            **dict.fromkeys(("releasing_manager", "receiving_manager", "facilitator"), house.others(mover)),
            "client_by": house.or_outside(mover),
        }
        where = {"opportunity": house.opportunities, "need": shown}
        states = [AGREED, AGREED, *(state for state in InternalMove.lifecycle.states if state != DONE)]
        house.add(house.stage(mover, id=id, mover=mover, **starts, **parties, **where), MOVES, states)


ROOMS = (
    _organisations, _people, _movers, _relationships, _paths, _goals, _feedback, _interviews, _opportunities, _moves,
)  # fmt: skip


# --- afterwards ------------------------------------------------------------------------------------------------------


def _goes_on(house: House, called: Mapping[str, str]) -> None:
    """What changes several records at once: paths are revised, moves done, people called by another id, or erased."""
    at = max(record.history[-1].at for record in house.book) + timedelta(days=1)
    for path in house.book.all(CareerPath):
        _perhaps(house, path, "revise", {"new_id": f"{path.id}-new", "by": path.owner, "at": at})
    for move in house.book.all(InternalMove):
        leads_to = house.book.get(Opportunity, str(move.opportunity))
        new = {} if leads_to is None else _BEGINS.get(leads_to.kind, {})
        _perhaps(house, move, "complete", {**new, "on": move.start_on or at.date(), "by": move.mover, "at": at})
    for person in house.book.all(Person):
        id = called[person.id]
        if id != person.id:
            said = {"by": ADMINISTRATION, "at": at, "reason": house.draw(texts())}
            house.book = house.book.renumber(person.id, id, **said)
        gone = all(it.to is not None for it in person.employments)
        if gone and house.one((False, False, True)):
            at += max([timedelta(), *(it.to + timedelta(days=1) - at.date() for it in person.employments if it.to)])
            house.book, _ = erase(house.book, id, at.date(), by=ADMINISTRATION, at=at)


_BEGINS = {OpportunityKind.POSITION: {"position": "po-new"}, OpportunityKind.PLACEMENT: {"placement": "pl-new"}}


def _perhaps(house: House, record: Record, act: str, given: Mapping[str, Any]) -> None:
    """Do an act that is open, and that nothing speaks against."""
    if act not in record.acts_for(str(given["by"])) or not house.one((False, True, True)):
        return
    reason = {} if act == "complete" and "placement" not in given else {"reason": house.draw(texts())}
    key = record.key
    if not house.book.would(key, act, **given, **reason):
        house.book = house.book.act(key, act, **given, **reason)


# --- the strategy ----------------------------------------------------------------------------------------------------


@st.composite
def books(
    draw: Any,
    *,
    people: int | SearchStrategy[int] | None = None,
    kinds: Collection[type[Record] | str] = RECORDS,
    most: int = 1,
) -> Book:
    """Books of a few people and what is between them: every record named is there, and no rule of the book is broken.

    Lines of managers have no ring, goals and steps belong to their owners, needs shown in a move were released. What
    happened came to be by legal acts, some of them through the book: a path that was revised, a move that was done,
    somebody who got another id, or left and was erased. The smallest is one person, just noted.

    Args:
        draw: Given by Hypothesis.
        people: How many people, or a strategy of that; one to four when left out. Their ids are `p-1`, `p-2`...
        kinds: Which kinds of record there may be beside people: `books(kinds=[Goal, Interview])`.
        most: How many goals, interviews, pieces of feedback, opportunities and moves at most, of each.

    >>> from datetime import date
    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])  # the first one found; without it, the simplest there is
    >>> book = find(books(), lambda book: True, settings=first)
    >>> [finding.code for finding in book.check(date(2026, 3, 2)) if finding.severity == "error"]
    []
    """
    wanted, most = kinds_of(kinds), number_of(most, "most")
    ids = [f"p-{n + 1}" for n in range(_how_many(draw, people))]
    late = draw(below(6 + len(ids))) - 6
    called = {f"before-{id}" if n == late else id: id for n, id in enumerate(ids)}
    house = House(draw, list(called), wanted, most)
    for fill in ROOMS:
        fill(house)
    if ids:
        _goes_on(house, called)
    return house.book


def _how_many(draw: Draw, people: object) -> int:
    """How many people there are.

    Raises:
        InvalidArgument: For what is no number, such as their ids: a book names its people itself.
    """
    strategy = st.integers(1, 4) if people is None else people
    number = draw(strategy) if isinstance(strategy, SearchStrategy) else strategy
    try:
        return number_of(number, "people")
    except InvalidArgument as why:
        msg = f"{why}; say how many, such as 3 or sampled_from([2, 3]): their ids are p-1, p-2 and so on"
        raise InvalidArgument(msg) from None
