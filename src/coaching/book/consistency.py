"""Rules that no book may break, and the gates that acts through the book pass. Asked of one record, in its book.

None of them walks the book: each looks along the index from the record it is asked of.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from coaching.book.relations import (
    active_line_coach,
    active_lines,
    coached_once,
    coaches_actively,
    is_active_line,
    manages,
    may_lead,
    relationships_between,
    ring_of_managers,
)
from coaching.book.rings import SHOWN, Ring, ring_of, ring_through
from coaching.book.shelf import Shelf
from coaching.kernel.history import Entry
from coaching.kernel.lifecycle import TAKING_OVER
from coaching.kernel.record import Record
from coaching.kernel.rules import Breach, Breaches, Rule, breach, gate, invariant
from coaching.records.feedback import Feedback
from coaching.records.goals import Goal, GoalState
from coaching.records.interviews import Interview, InterviewKind, InterviewState
from coaching.records.moves import InternalMove, MoveState
from coaching.records.opportunities import OPEN, Opportunity, OpportunityState
from coaching.records.organisations import Organisation
from coaching.records.paths import CareerPath, PathState
from coaching.records.people import Person, Standing
from coaching.records.relationships import CoachingRelationship, RelationshipState

R = TypeVar("R", bound=Record)

# --- people and organisations ----------------------------------------------------------------------------------------


@invariant(
    "X003",
    "book",
    looks_from="person",
    looks_at="person.id",
    field="positions",
    says="reporting lines have no cycle",
    why="practice: real exports hold people who manage each other in a ring",
    mend="give one of them another manager",
)
def X003(person: Person, shelf: Shelf, on: date) -> Breaches:
    first = ring_of_managers(shelf, person, on)
    if first is not None:
        day, ring = first
        yield _ring(ring, person.id, day)


def _ring(ring: Ring, member: str, day: date | None = None) -> Breach:
    """Say a ring from one who is in it; of a long one, how it begins and how many are in it."""
    line, size = ring.told(member)
    if day is None:
        return breach("{ring}", ring=line) if size <= SHOWN else breach("{ring} ({n} in all)", ring=line, n=size)
    if size <= SHOWN:
        return breach("on {day}: {ring}", ring=line, day=day)
    return breach("on {day}: {ring} ({n} in all)", ring=line, day=day, n=size)


@invariant(
    "O002",
    "book",
    looks_from="organisation",
    looks_at="organisation.id",
    field="parent",
    says="organisations that belong to one another form no cycle",
    why="own choice: consistency of a tree",
    mend="choose another parent",
)
def O002(organisation: Organisation, shelf: Shelf, on: date) -> Breaches:
    def parent(id: str) -> str | None:
        known = shelf.get(Organisation, id)
        return None if known is None else known.parent

    ring = ring_through(organisation.id, parent, shelf.memory("rings of organisations"))
    if ring is not None:
        yield _ring(ring, organisation.id)


# --- relationships ---------------------------------------------------------------------------------------------------


@invariant(
    "R004",
    "book",
    looks_from="relationship",
    looks_at="relationship.coachee",
    field="coachee",
    says="a coachee has at most one active line-manager relationship",
    why="own choice: one person answers for the annual interview",
    mend="close the other relationship first",
)
def R004(relationship: CoachingRelationship, shelf: Shelf, on: date) -> Breaches:
    if is_active_line(relationship):
        others, more = others_of(relationship, active_lines(shelf, relationship.coachee))
        for other in others:
            yield breach("{coach} is the line manager already, in {id}", coach=other.coach, id=other.id)
        if more:
            yield breach("{n} more are line managers already", n=more)


NAMED = 3  # others beside one that findings name; of more they say how many


def others_of(one: R, alike: Sequence[R]) -> tuple[list[R], int]:
    """Pick the first of those that are alike, but for the one itself, and count how many more there are."""
    others = [it for it in alike[: NAMED + 1] if it.id != one.id][:NAMED]
    return others, max(0, len(alike) - 1 - len(others))


@invariant(
    "R005",
    "book",
    looks_from="relationship",
    looks_at="relationship.coachee",
    field="coach",
    says="active line-manager relationships have no cycle",
    why="article, L5: the manager coaches managers who coach others; nobody is above themselves",
    mend="choose another kind (peer, mentor), or another coach",
)
def R005(relationship: CoachingRelationship, shelf: Shelf, on: date) -> Breaches:
    if not is_active_line(relationship):
        return

    def above(person: str) -> str | None:
        return active_line_coach(shelf, person)

    coachee = relationship.coachee
    ring: Ring | None
    if above(coachee) == relationship.coach:
        ring = ring_through(coachee, above, shelf.memory("rings of coaches"))
    else:  # one coach of several (R004): the line upwards begins with this one
        line: dict[str, None] = {coachee: None}
        last: str | None = relationship.coach
        while last is not None and last not in line:
            line[last] = None
            last = above(last)
        ring = ring_of(line) if last == coachee else None
    if ring is not None:
        yield _ring(ring, coachee)


@gate(
    "R007",
    "book",
    looks_from="relationship",
    looks_at="person.id",
    act="sign>active",
    field="agreement.dual_role",
    says="dual_role is true exactly when the coach manages the coachee that day",
    why="ICF code of ethics: roles that overlap are said openly",
    mend="amend the agreement so that it says whether the coach is the manager, then sign again",
)
def R007(relationship: CoachingRelationship, entry: Entry, shelf: Shelf) -> Breaches:
    yield from _hats(relationship, shelf, entry.at.date())


def _hats(relationship: CoachingRelationship, shelf: Shelf, on: date) -> Breaches:
    dual = manages(shelf, relationship.coach, relationship.coachee, on)
    if relationship.agreement is not None and relationship.agreement.dual_role is not dual:
        who = "{coach} manages {coachee}" if dual else "{coach} does not manage {coachee}"
        yield breach(who, coach=relationship.coach, coachee=relationship.coachee)


# --- interviews, feedback --------------------------------------------------------------------------------------------


@gate(
    "I002",
    "book",
    looks_from="interview",
    looks_at="person.id relationship.coachee",
    act=("plan", "reassign"),
    field="interviewer",
    says="the interviewer is the coachee's line manager or an active coach that day, and has not left",
    why="article, L7: the path is mapped out together with one's manager",
    mend="choose the manager or a coach of the coachee, or make the relationship active first",
)
def I002(talk: Interview, entry: Entry, shelf: Shelf) -> Breaches:
    yield from _no_interviewer(talk, shelf, entry.at.date())


def _no_interviewer(talk: Interview, shelf: Shelf, on: date) -> Breaches:
    if not may_lead(shelf, talk, on):
        yield breach(
            "{interviewer} neither manages nor coaches {coachee}", interviewer=talk.interviewer, coachee=talk.coachee
        )


@invariant(
    "I025",
    "book",
    looks_from="interview",
    looks_at="interview.coachee",
    field="cycle",
    says="there is one annual interview per coachee and cycle that is not cancelled",
    why="own choice: coverage counts one talk a cycle",
    mend="cancel the other, plan this one as a follow-up, or amend the cycle of the one that was held",
)
def I025(talk: Interview, shelf: Shelf, on: date) -> Breaches:
    cycle = talk.counts_for()
    if talk.kind is InterviewKind.ANNUAL and cycle is not None and talk.state is not InterviewState.CANCELLED:
        others, more = others_of(talk, _annual_talks(shelf, talk.coachee).get(cycle, ()))
        for other in others:
            yield breach("{id} is the annual interview of {cycle} already", id=other.id, cycle=cycle)
        if more:
            yield breach("{n} more are annual interviews of {cycle}", n=more, cycle=cycle)


def _annual_talks(shelf: Shelf, coachee: str) -> dict[Any, list[Interview]]:
    """Sort the annual interviews of a person by what they count for, but for those that are cancelled."""
    seen = shelf.memory("annual talks")
    if coachee not in seen:
        by_cycle: dict[Any, list[Interview]] = {}
        for talk in shelf.naming(Interview, "coachee", coachee):
            if talk.kind is InterviewKind.ANNUAL and talk.state is not InterviewState.CANCELLED:
                by_cycle.setdefault(talk.counts_for(), []).append(talk)
        seen[coachee] = by_cycle
    found: dict[Any, list[Interview]] = seen[coachee]
    return found


@gate(
    "F014",
    "book",
    looks_from="feedback",
    looks_at="person.id",
    act="give",
    field="giver",
    says="giver and receiver are employed on the day feedback is given, or outside, such as a customer",
    why="own choice: feedback is between colleagues, and from those they work for",
    mend="let somebody who works here give it, or a customer",
)
def F014(feedback: Feedback, entry: Entry, shelf: Shelf) -> Breaches:
    for role, id in (("giver", feedback.giver), ("receiver", feedback.receiver)):
        person = shelf.get(Person, id)
        standing = None if person is None else person.standing(entry.at.date())
        if standing in {Standing.AHEAD, Standing.LEFT}:
            yield breach("{person} is not employed on {day}", role, person=id, day=entry.at.date())


# --- goals and paths -------------------------------------------------------------------------------------------------


@invariant(
    "G021",
    "book",
    looks_from="goal",
    looks_at="goal.id",
    field="parent",
    says="the parent goal has the same owner, and parents form no cycle",
    why="frappe/hrms goal.py: a child goal shares its parent's employee",
    mend="choose a parent of the same owner that is not below this goal",
)
def G021(goal: Goal, shelf: Shelf, on: date) -> Breaches:
    def parent(id: str) -> str | None:
        known = shelf.get(Goal, id)
        return None if known is None else known.parent

    if goal.parent is None:
        return
    known = shelf.get(Goal, goal.parent)
    if known is not None and known.owner != goal.owner:
        yield breach("the goal {parent} is not {owner}'s", parent=known.id, owner=goal.owner)
    ring = ring_through(goal.id, parent, shelf.memory("rings of goals"))
    if ring is not None:
        yield _ring(ring, goal.id)


@gate(
    "G023",
    "book",
    looks_from="goal",
    looks_at="relationship.coachee",
    act="sign>agreed",
    field="coach",
    says="coach and owner have an active relationship when the goal is agreed",
    why="article, L7: the path is mapped together with one's manager; the check is our own choice",
    mend="make the relationship active first, or propose to another coach",
)
def G023(goal: Goal, entry: Entry, shelf: Shelf) -> Breaches:
    yield from _uncoached(goal, shelf, entry.at.date())


def _uncoached(goal: Goal, shelf: Shelf, on: date) -> Breaches:
    if goal.coach is not None and not coaches_actively(shelf, goal.coach, goal.owner, on):
        yield breach("{coach} has no active relationship with {owner}", coach=goal.coach, owner=goal.owner)


_UNAGREED = (PathState.DRAFT, PathState.SHARED)


@invariant(
    "C001",
    "book",
    looks_from="path",
    looks_at="path.owner",
    field="state",
    says="an owner has at most one agreed and one unagreed path",
    why="own choice: a person has one path, and may be drawing the next",
    mend="supersede or archive the other path first",
)
def C001(path: CareerPath, shelf: Shelf, on: date) -> Breaches:
    alike = "unagreed" if path.state in _UNAGREED else path.state
    others, more = others_of(path, _paths(shelf, path.owner).get(alike, ()))
    for other in others:
        yield breach("the path {id} is {state} already", id=other.id, state=other.state)
    if more:
        yield breach("{n} more paths are like it", n=more)


def _paths(shelf: Shelf, owner: str) -> dict[str, list[CareerPath]]:
    """Sort the paths of a person: those that are agreed, and those that are not yet."""
    seen = shelf.memory("paths")
    if owner not in seen:
        paths = list(shelf.naming(CareerPath, "owner", owner))
        seen[owner] = {
            "unagreed": [path for path in paths if path.state in _UNAGREED],
            "agreed": [path for path in paths if path.state is PathState.AGREED],
        }
    found: dict[str, list[CareerPath]] = seen[owner]
    return found


@invariant(
    "C012",
    "book",
    looks_from="path",
    looks_at="goal.id",
    field="steps",
    says="the goals of a step belong to the owner of the path",
    why="own choice: a step is walked by the one who owns it",
    mend="name goals of the same owner",
)
def C012(path: CareerPath, shelf: Shelf, on: date) -> Breaches:
    for i, step in enumerate(path.steps):
        for j, id in enumerate(step.goals):
            goal = shelf.get(Goal, id)
            if goal is not None and goal.owner != path.owner:
                yield breach("the goal {id} is not {owner}'s", f"steps[{i}].goals[{j}]", id=id, owner=path.owner)


# --- moves -----------------------------------------------------------------------------------------------------------


@gate(
    "M013",
    "book",
    looks_from="move",
    looks_at="opportunity.id",
    act=("ask", "change", "approve>agreed", "complete"),
    field="opportunity",
    says="the opportunity has a free place, or one that is reserved for this mover or filled by them",
    why="own choice: nobody is promised a place that is gone",
    mend="choose an opportunity that is open",
)
def M013(move: InternalMove, entry: Entry, shelf: Shelf) -> Breaches:
    yield from closed_to(move, shelf, entry.at.date() if entry.act == "ask" else None)


def closed_to(move: InternalMove, shelf: Shelf, asked_on: date | None = None) -> Breaches:
    """Say how the opportunity of a move is not open to its mover, if it is not."""
    opportunity = None if move.opportunity is None else shelf.get(Opportunity, move.opportunity)
    if opportunity is None or move.mover in opportunity.reserved_for or _took(move.mover, opportunity, shelf):
        return
    late = asked_on is not None and opportunity.expired(asked_on)  # who asked in time may be answered later
    if late or opportunity.state is not OPEN:
        state = "past its last day" if late else opportunity.state.value
        yield breach("{id} is {state}, and not open to {mover}", id=opportunity.id, state=state, mover=move.mover)


@gate(
    "M018",
    "book",
    looks_from="move",
    looks_at="opportunity.id move.opportunity",
    act=("approve>agreed", "complete"),
    field="opportunity",
    says="no more moves are agreed, or done, to an opportunity than it has places",
    why="practice: two people are told yes about one place, and one of them learns on the first day",
    mend="let one of them be changed or withdrawn, or raise the places of the opportunity",
)
def M018(move: InternalMove, entry: Entry, shelf: Shelf) -> Breaches:
    # who completes takes a place from whoever has one; those who are only agreed may still complete, or not
    taking = (MoveState.DONE,) if move.state is MoveState.DONE else TAKING
    if not any(closed_to(move, shelf)):  # of a place that is gone, M013 speaks
        yield from too_many(move, shelf, taking)


TAKING = (MoveState.AGREED, MoveState.DONE)
"""States of a move that takes a place."""


def too_many(move: InternalMove, shelf: Shelf, states: Collection[MoveState]) -> Breaches:
    """Say of a move who takes the places of its opportunity too, with or without a move, if they are too many."""
    opportunity = None if move.opportunity is None else shelf.get(Opportunity, move.opportunity)
    if opportunity is None or move.state not in states:
        return
    alike, takers = _moves_to(shelf, opportunity, states)
    if len(alike) + len(takers) > opportunity.places:
        others, more = others_of(move, alike)
        ids = [*(it.id for it in others), *takers[:1]]
        more += len(takers[1:])
        shown = ", ".join(ids) + (f" and {more} more" if more else "")
        what = "places at {id}: {places}, and taken besides by {others}"
        yield breach(what, places=opportunity.places, id=opportunity.id, others=shown)


def _moves_to(
    shelf: Shelf, opportunity: Opportunity, states: Collection[MoveState]
) -> tuple[list[InternalMove], tuple[str, ...]]:
    """Give the moves to an opportunity in some states, by their ids, and who took it up without any of these moves.

    Remembered, since each of the moves asks.
    """
    seen = shelf.memory("moves to")
    if (opportunity.id, states) not in seen:
        freed = {p for entry in opportunity.history if entry.act == "free" for p in entry.was.values()}
        freed -= {*opportunity.filled_by}  # who had a place and has left it, or never should have had it
        moves = [it for it in shelf.naming(InternalMove, "opportunity", opportunity.id) if it.state in states]
        moves = [it for it in moves if it.mover not in freed or it.state is not MoveState.DONE]
        movers = {it.mover for it in moves}
        seen[opportunity.id, states] = moves, tuple([it for it in opportunity.filled_by if it not in movers])
    found: tuple[list[InternalMove], tuple[str, ...]] = seen[opportunity.id, states]
    return found


def _took(person: str, opportunity: Opportunity, shelf: Shelf) -> bool:
    """Tell whether a person has taken up an opportunity, which many may have."""
    seen = shelf.memory("takers")
    if opportunity.id not in seen:
        seen[opportunity.id] = frozenset(opportunity.filled_by)
    return person in seen[opportunity.id]


# --- gates that are heard again --------------------------------------------------------------------------------------


def _never_was(talk: Interview, shelf: Shelf, on: date) -> Breaches:
    """I002 of a talk that lies ahead, whose interviewer was none on the day they were named, and is none now."""
    if talk.state not in {InterviewState.PLANNED, InterviewState.SCHEDULED} or talk.interviewer is None:
        return
    named = next(e for e in reversed(talk.history) if e.act in {"plan", "reassign", *TAKING_OVER})
    day = named.at.date()
    pairs = relationships_between(shelf, talk.interviewer, talk.coachee)
    coached = any(pair.span is not None and pair.span.covers(day) for pair in pairs)
    if not coached and not manages(shelf, talk.interviewer, talk.coachee, day):
        yield from _no_interviewer(talk, shelf, on)


def _never_coached(goal: Goal, shelf: Shelf, on: date) -> Breaches:
    """G023 of a goal that stands and never had a relationship; of one whose relationship has ended, X015 speaks."""
    stands = goal.state in {GoalState.AGREED, GoalState.PAUSED}
    if stands and goal.coach is not None and not coached_once(shelf, goal.coach, goal.owner):
        yield from _uncoached(goal, shelf, on)


def _other_hat(relationship: CoachingRelationship, shelf: Shelf, on: date) -> Breaches:
    """R007 of a relationship that is active, on the day asked about."""
    if relationship.state is RelationshipState.ACTIVE:
        yield from _hats(relationship, shelf, on)


def _not_open(move: InternalMove, shelf: Shelf, on: date) -> Breaches:
    """M013 of a move that is asked or agreed; where its opportunity is gone while it is asked, X020 speaks."""
    if move.state is MoveState.AGREED or (move.state is MoveState.ASKED and is_gone(move, shelf) is None):
        yield from closed_to(move, shelf)


def is_gone(move: InternalMove, shelf: Shelf) -> str | None:
    """Say in a word or two how the opportunity of a move is gone; None while it may be had, or is not here (X002)."""
    opportunity = None if move.opportunity is None else shelf.get(Opportunity, move.opportunity)
    if opportunity is None:
        return None
    if opportunity.state is OpportunityState.FILLED and not _took(move.mover, opportunity, shelf):
        return "filled by others"
    return "withdrawn" if opportunity.state is OpportunityState.WITHDRAWN else None


STANDS: Mapping[str, tuple[tuple[Rule, Callable[[Any, Shelf, date], Breaches]], ...]] = {
    "interview": ((I002, _never_was),),
    "goal": ((G023, _never_coached),),
    "relationship": ((R007, _other_hat),),
    "move": ((M013, _not_open),),
}
"""Gates that speak of something that still stands, by kind of record, and what they say of it on a day. F014 speaks of
a day that has passed; what M018 speaks of is said by X019."""

RULES: tuple[Rule, ...] = (
    X003, O002, R004, R005, R007, I002, I025, F014, G021, G023, C001, C012, M013, M018,
)  # fmt: skip
