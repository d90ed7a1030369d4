"""Advice about several records: what is due, unanswered, forgotten. Warnings only; each looks from one record.

Read top to bottom: relationships, people, interviews, goals and paths, feedback, moves. `check` puts all together; each
rule looks along the index from its record, so a check of the whole book is linear.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from heapq import heappop, heappush

from dateutil.relativedelta import relativedelta

from coaching.book.cadence import Coverage, last_of, standing
from coaching.book.consistency import TAKING, closed_to, is_gone, others_of, too_many
from coaching.book.matching import match
from coaching.book.relations import (
    active_coachees,
    coached_once,
    contact_days,
    employed_reports,
    manager_changed,
    manager_of,
    may_lead,
    on_leave,
    relationships_between,
)
from coaching.book.shelf import Shelf, line_of
from coaching.kernel.history import last_act
from coaching.kernel.policy import Policy
from coaching.kernel.record import Record
from coaching.kernel.rules import Breaches, Finding, Rule, advice, breach
from coaching.kernel.values import Ref, RefKind
from coaching.records.commitments import CommitmentState, PromisingRecord
from coaching.records.feedback import Feedback, FeedbackKind, FeedbackState
from coaching.records.goals import Goal, GoalState
from coaching.records.interviews import TOOK_PLACE, Interview, InterviewState, Slot
from coaching.records.moves import InternalMove, MoveState
from coaching.records.needs import Need, NeedState
from coaching.records.opportunities import Opportunity
from coaching.records.paths import CareerPath, PathState, StepState
from coaching.records.people import Person, Standing
from coaching.records.relationships import OVER, CoachingRelationship, RelationshipState

YEAR = relativedelta(months=12)
NAMED = 3  # others that a finding names at most
AHEAD = (InterviewState.PLANNED, InterviewState.SCHEDULED, InterviewState.OPEN)
STANDING = (GoalState.AGREED, GoalState.PAUSED)
OPEN_GOALS = (GoalState.DRAFT, GoalState.PROPOSED, *STANDING)
GIVEN = (FeedbackState.GIVEN, FeedbackState.ACKNOWLEDGED)
ENDED_MOVES = (MoveState.DONE, MoveState.DECLINED, MoveState.WITHDRAWN)
LIVE_PATHS = (PathState.DRAFT, PathState.SHARED, PathState.AGREED)


@lru_cache(maxsize=8)  # one check asks for one day
def _year_before(on: date) -> date:
    return on - YEAR if on.year > 1 else date.min  # before the year 1 there is no day


# --- relationships ---------------------------------------------------------------------------------------------------


def _since(relationship: CoachingRelationship, on: date) -> date | None:
    """Give the first day of the last full cadence, when the relationship is active and as old as that."""
    agreement = relationship.agreement
    if relationship.state is not RelationshipState.ACTIVE or agreement is None or agreement.cadence is None:
        return None
    began = relationship.span.from_ if relationship.span is not None else relationship.history[0].at.date()
    return on - timedelta(days=agreement.cadence) if (on - began).days > agreement.cadence else None


@advice(
    "X005",
    "book",
    looks_from="relationship",
    field="agreement.cadence",
    says="an active relationship has a talk planned, or held within its cadence",
    why="article, L7: the talks are the hub of the approach",
    mend="plan a talk",
)
def X005(relationship: CoachingRelationship, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    since = _since(relationship, on)
    if since is None:
        return
    coach, coachee = relationship.coach, relationship.coachee
    talks = list(shelf.naming_both(Interview, "coachee", coachee, "interviewer", coach))
    held = any(since <= day <= on for t in talks if (day := t.held_day()) is not None)
    if not held and not any(t.state in AHEAD for t in talks):
        yield breach("no talk is planned, and none was held since {since}", since=since)


@advice(
    "R009",
    "book",
    looks_from="relationship",
    field="agreement.cadence",
    says="coach and coachee are in contact within the cadence they agreed",
    why="article, L5: coaching is daily work, not only a yearly talk",
    mend="talk, give feedback or note progress; or revisit the cadence",
)
def R009(relationship: CoachingRelationship, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    since = _since(relationship, on)
    if since is None:
        return
    days = contact_days(shelf, relationship.coach, relationship.coachee)
    if not any(since <= day <= on for _, day in days):
        yield breach("no talk, feedback or progress since {since}", since=since)


@advice(
    "R010",
    "book",
    looks_from="person",
    field="",
    says="a coach has at most 15 active coachees",
    why="own choice: a responsive leader has time for each",
    mend="hand some relationships over, with the coachees' yes",
)
def R010(person: Person, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    active = {r.coachee for r in active_coachees(shelf, person.id)}
    if len(active) > policy.coachees:
        yield breach("the coach has {n} active coachees", n=len(active))


# --- people ----------------------------------------------------------------------------------------------------------


@advice(
    "X004",
    "book",
    looks_from="person",
    field="",
    says="each active person has had an annual interview within the cadence",
    why="article, L7: the annual career interviews take place with each employee",
    mend="plan one; to people on leave it is offered",
)
def X004(person: Person, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    if not person.employed_on(on):
        return
    held = last_of(shelf.naming(Interview, "coachee", person.id), on)
    line = standing(person, held, on, policy)
    if line is not None and line.status is not Coverage.NOT_DUE:
        if held is None:
            yield breach("annual interview, {status}: none was held, due {due}", status=line.status, due=line.due)
        else:
            what = "annual interview, {status}: the last was held {last}, due {due}"
            yield breach(what, status=line.status, last=held, due=line.due)


@advice(
    "X006",
    "book",
    looks_from="person",
    field="",
    says="a line manager has an active relationship with each report",
    why="article, L5: in daily work the manager coaches the employees",
    mend="propose a relationship to the report",
)
def X006(person: Person, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    for report in employed_reports(shelf, person.id, on):
        pairs = list(relationships_between(shelf, person.id, report.id))
        anew = not pairs and manager_changed(report, on)  # of one who is new, X013 speaks
        if not anew and not any(pair.state is RelationshipState.ACTIVE for pair in pairs):
            yield breach("no active relationship with {report}", report=report.id)


@advice(
    "X013",
    "book",
    looks_from="person",
    field="",
    says="after a change of manager there is a relationship with the new one",
    why="practice: real systems let the new manager inherit old duties without a word",
    mend="let the new manager propose a relationship",
)
def X013(person: Person, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    manager = manager_of(shelf, person, on)
    if manager is None or not person.employed_on(on) or not manager_changed(person, on):
        return
    if not any(relationships_between(shelf, manager, person.id)):
        yield breach("no relationship with the new manager, {manager}", manager=manager)


def received(shelf: Shelf, person: str, on: date) -> Sequence[Feedback]:
    """Give the feedback a person got in the twelve months up to a day; remembered until the next person is asked of."""
    last, since = shelf.memory("received last"), _year_before(on)
    asked: tuple[str, date] | None
    given: Sequence[Feedback]
    asked, given = last.get("answer", (None, ()))
    if asked != (person, on):
        given = [f for f in shelf.naming(Feedback, "receiver", person) if f.state in GIVEN and since <= _given(f) <= on]
        last["answer"] = (person, on), given
    return given


def _given(feedback: Feedback) -> date:
    return (feedback.given_at or feedback.history[0].at).date()


@advice(
    "X007",
    "book",
    looks_from="person",
    field="",
    says="each person is seen: they received feedback in the last 12 months",
    why="article, L6: we want to be seen and appreciated",
    mend="give feedback on a piece of work",
)
def X007(person: Person, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    employment = person.employment_by(on)
    since = None if employment is None or person.standing(on) is not Standing.ACTIVE else employment.from_
    if since is not None and since <= _year_before(on) and not received(shelf, person.id, on):
        yield breach("no feedback since {since}", since=_year_before(on))


@advice(
    "X008",
    "book",
    looks_from="person",
    field="",
    says="a coach received feedback from a coachee in the last 12 months",
    why="article, L18: this kind of leadership goes both ways",
    mend="ask a coachee for feedback",
)
def X008(person: Person, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    active = active_coachees(shelf, person.id)
    coachees = {r.coachee for r in active}
    long_enough = any(r.span is None or r.span.from_ <= _year_before(on) for r in active)
    if long_enough and not any(f.giver in coachees for f in received(shelf, person.id, on)):
        yield breach("none of {n} coachees said anything since {since}", n=len(coachees), since=_year_before(on))


@advice(
    "G019",
    "book",
    looks_from="person",
    field="",
    says="an owner has at most 5 agreed goals at once",
    why="OKR range of 3 to 5, which is about key results and borrowed here",
    mend="pause, achieve or drop one before agreeing on another",
)
def G019(person: Person, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    agreed = [g.id for g in shelf.naming(Goal, "owner", person.id) if g.state is GoalState.AGREED]
    if len(agreed) > policy.goals_at_once:
        yield breach("the owner has {n} agreed goals", n=len(agreed))


@advice(
    "X014",
    "book",
    looks_from="person",
    field="",
    says="nothing is left open by somebody who left",
    why="practice: real systems lose what leavers owed, or were owed",
    mend="close, release or hand over what is open",
)
def X014(person: Person, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    if person.standing(on) is not Standing.LEFT:
        return
    for record in shelf.concerning(person.id):
        if isinstance(record, Goal) and record.owner == person.id and record.state in OPEN_GOALS:
            yield breach("goal {id} is {state}", id=record.id, state=record.state)
        if isinstance(record, Interview) and record.state in AHEAD:
            yield breach("interview {id} is {state}", id=record.id, state=record.state)
        if isinstance(record, PromisingRecord):
            for c in record.commitments:
                if c.state is CommitmentState.PROMISED and person.id in {c.by, c.to}:
                    yield breach("commitment {id} in {kind} {of} is promised", id=c.id, kind=record.type, of=record.id)


@advice(
    "X021",
    "book",
    looks_from="person",
    field="external_ids",
    says="what another system calls somebody is the name of one person",
    why="practice: one person is noted twice, and the line to the other system leads to both",
    mend="correct the external id, or make one of the two with merge()",
)
def X021(person: Person, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    for system, id in person.external_ids.items():
        alike = [] if id is None else _called_elsewhere(shelf)[system, str(id)]
        if len(alike) > 1:
            others, more = others_of(person, alike)
            shown = ", ".join(other.id for other in others) + (f" and {more} more" if more else "")
            yield breach("{others} are called so as well", f"external_ids.{system}", others=shown)


def _called_elsewhere(shelf: Shelf) -> dict[tuple[str, str], list[Person]]:
    """Sort people by what other systems call them: once for a book, since each of them asks."""
    seen = shelf.memory("called elsewhere")
    if not seen:
        for person in shelf.all(Person):
            for system, id in person.external_ids.items():
                if id is not None:  # which is nobody's name
                    seen.setdefault((system, str(id)), []).append(person)
    return seen


# --- interviews ------------------------------------------------------------------------------------------------------


def open_matters(shelf: Shelf, talk: Interview) -> Iterator[Ref]:
    """Say what an interview left open: goals that came of it and stand, promises that stand."""
    for ref in talk.outcomes:
        goal = shelf.get(Goal, ref.id) if ref.kind is RefKind.GOAL else None
        if goal is not None and goal.state in OPEN_GOALS:
            yield ref
    for commitment in talk.commitments:
        if commitment.state is CommitmentState.PROMISED:
            yield Ref(RefKind.COMMITMENT, commitment.id, talk.id)


@advice(
    "I006",
    "book",
    looks_from="interview",
    field="look_back",
    says="open matters of the previous interview were looked back at",
    why="article, L6: motivation comes from the feeling of progress; what was begun is not forgotten",
    mend="look back at each open matter",
)
def I006(talk: Interview, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    done = talk.state in TOOK_PLACE
    previous = None if talk.previous is None or not done else shelf.get(Interview, talk.previous)
    if previous is not None:
        seen = {(look.ref.kind, look.ref.id) for look in talk.look_back}
        for ref in open_matters(shelf, previous):
            if (ref.kind, ref.id) not in seen:
                yield breach("{what} was not looked back at", what=str(ref))


@advice(
    "X009",
    "book",
    looks_from="interview",
    field="interviewer",
    says="the interviewer of a planned interview still manages or coaches the coachee",
    why="practice: evaluations sit with the wrong manager near the deadline",
    mend="let either of the two reassign it",
)
def X009(talk: Interview, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    if talk.state in {InterviewState.PLANNED, InterviewState.SCHEDULED}:
        then = on if talk.slot is None else max(on, talk.slot.start.date())
        if talk.interviewer is None:
            yield breach("no interviewer is named")
        elif not may_lead(shelf, talk, then):
            yield breach("{interviewer} no longer manages or coaches the coachee", interviewer=talk.interviewer)


@advice(
    "I033",
    "book",
    looks_from="interview",
    field="slot",
    says="nobody has two talks at one hour",
    why="practice: calendars that do not know each other book a person twice",
    mend="reschedule one of them",
)
def I033(talk: Interview, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    if talk.state in BOOKED and talk.slot is not None:
        for person in (talk.coachee, talk.interviewer):
            for other in () if person is None else _meanwhile(shelf, person).get(talk.id, ()):
                yield breach("{person} has the talk {id} at that time", person=person, id=other)


BOOKED = (InterviewState.SCHEDULED, InterviewState.OPEN)


def _meanwhile(shelf: Shelf, person: str) -> dict[str, list[str]]:
    """Find for each talk of a person the ids of some that overlap it in time: one pass in the order of their starts."""
    seen = shelf.memory("talks at one hour")
    if person not in seen:
        roles = ("coachee", "interviewer")
        talks = {talk.id: talk for role in roles for talk in shelf.naming(Interview, role, person)}
        booked = [(t.id, t.slot) for t in talks.values() if t.state in BOOKED and t.slot is not None]
        seen[person] = overlapping(sorted(booked, key=lambda it: (it[1].start, it[0])))
    found: dict[str, list[str]] = seen[person]
    return found


def overlapping(slots: Sequence[tuple[str, Slot]]) -> dict[str, list[str]]:
    """Find for each slot, of many in the order of their starts, the first few ids of others that overlap it."""
    found: dict[str, list[str]] = {}
    running: list[tuple[datetime, str]] = []
    for i, (id, slot) in enumerate(slots):
        while running and running[0][0] <= slot.start:
            heappop(running)
        later = (other for other, its in slots[i + 1 : i + 1 + NAMED] if its.start < slot.end)
        others = [*(other for _, other in running[:NAMED]), *later]
        if others:
            found[id] = sorted(others[:NAMED])
        heappush(running, (slot.end, id))
    return found


@advice(
    "I034",
    "book",
    looks_from="interview",
    field="slot",
    says="the interviewer is not on leave on the day of the slot",
    why="practice: a leave that is noted later leaves the calendar as it was",
    mend="reschedule the talk, or reassign it",
)
def I034(talk: Interview, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    if talk.state is InterviewState.SCHEDULED and talk.slot is not None and talk.interviewer is not None:
        day = talk.slot.start.date()
        if on_leave(shelf, talk.interviewer, day):
            yield breach("{interviewer} is on leave on {day}", interviewer=talk.interviewer, day=day)


@advice(
    "X012",
    "book",
    looks_from="interview",
    field="turns",
    says="an ask is answered within 7 days",
    why="article, L11: responsiveness is an important trait of the leader",
    mend="reply; a reasoned no counts",
)
def X012(talk: Interview, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    for turn in talk.unanswered():
        at = turn.at or last_act(talk).at
        if on - at.date() > timedelta(days=policy.reply_days):
            yield breach("asked {day}, no reply", f"turns[{turn.number - 1}]", day=at.date())


@advice(
    "X016",
    "book",
    looks_from="interview",
    field="outcomes",
    says="of what a talk came to, something was begun by the day it is taken up again",
    why="article, L6: motivation comes from progress and positive results",
    mend="talk about what stands in the way",
)
def X016(talk: Interview, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    if talk.follow_up_on is None or on < talk.follow_up_on or talk.held_day() is None:
        return
    goals = [g for ref in talk.outcomes if ref.kind is RefKind.GOAL and (g := shelf.get(Goal, ref.id)) is not None]
    if goals and all(g.state in {GoalState.DRAFT, GoalState.DROPPED} for g in goals):
        yield breach("{n} goals, all dropped or never begun", n=len(goals))


# --- goals and paths -------------------------------------------------------------------------------------------------


@advice(
    "X015",
    "book",
    looks_from="goal",
    field="coach",
    says="an agreed goal has a relationship that stands",
    why="article, L16: a shared responsibility; when the coach goes, somebody has to know",
    mend="renegotiate the goal with somebody else, or make a new relationship",
)
def X015(goal: Goal, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    if goal.state in STANDING and goal.coach is not None:
        over = all(r.state in OVER for r in relationships_between(shelf, goal.coach, goal.owner))
        if over and coached_once(shelf, goal.coach, goal.owner):  # of one that never was, G023 speaks
            yield breach("the relationship with {coach} has ended", coach=goal.coach)


@advice(
    "X010",
    "book",
    looks_from="path",
    field="steps",
    says="a step under way has a goal",
    why="own choice: what is under way has something to reach",
    mend="begin a goal that serves the step",
)
def X010(path: CareerPath, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    if path.state is PathState.AGREED:
        served = set(served_by_goals(shelf, path))
        for i, step in enumerate(path.steps):
            named = [shelf.get(Goal, id) for id in step.goals]
            has_one = any(goal is None or goal.state is not GoalState.DROPPED for goal in named)
            has_one = has_one or (RefKind.STEP, step.id) in served
            if step.state is StepState.UNDER_WAY and not has_one:
                yield breach("the step {id} has no goal", f"steps[{i}]", id=step.id)


def served_by_goals(shelf: Shelf, path: CareerPath) -> Iterator[tuple[RefKind, str]]:
    """Give the needs, dreams and steps of a path that a goal of its owner serves."""
    here = {None, *line_of(shelf, path)}
    for goal in shelf.naming(Goal, "owner", path.owner):
        if goal.state is not GoalState.DROPPED:
            yield from ((ref.kind, ref.id) for ref in goal.serves if ref.of in here)


def needs_looked_after(shelf: Shelf, path: CareerPath) -> set[str]:
    """Give the needs of a path that something is done about: a step or a goal serves them, or a move is on its way."""
    moves = (m for m in shelf.naming(InternalMove, "mover", path.owner) if m.state not in ENDED_MOVES)
    by_goals = {id for kind, id in served_by_goals(shelf, path) if kind is RefKind.NEED}
    return {*path.served("need"), *by_goals, *(id for move in moves for id in move.needs)}


def but_looked_after(shelf: Shelf, record: Record, found: Sequence[Finding]) -> Sequence[Finding]:
    """Leave out of the findings of a record that nothing is done about a need, where the book knows better."""
    if not isinstance(record, CareerPath) or all(it.code not in _OF_NEEDS for it in found):
        return found
    cared = needs_looked_after(shelf, record)
    return [it for it in found if it.code not in _OF_NEEDS or it.params["id"] not in cared]


_OF_NEEDS = frozenset(["C013", "N005"])


@advice(
    "X011",
    "book",
    looks_from="path",
    field="needs",
    says="a need that is open over 12 months is served by a step or a goal, or named in a move",
    why="article, L17: the leader understands the needs of the individual",
    mend="talk about the need; let a goal or a step serve it",
)
def X011(path: CareerPath, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    if path.state not in LIVE_PATHS:
        return
    served = needs_looked_after(shelf, path)
    for i, need in enumerate(path.needs):
        old = need.state is NeedState.OPEN and need.said_on < _year_before(on)
        if old and need.id not in served:
            yield breach(
                "the need {id} was said {day}, and nothing serves it", f"needs[{i}]", id=need.id, day=need.said_on
            )


@advice(
    "C011",
    "book",
    looks_from="path",
    field="state",
    says="an agreed path is looked at within 12 months",
    why="article, L7: a path is mapped out, and looked at again each year",
    mend="look back at it in the next interview, or revise it",
)
def C011(path: CareerPath, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    if path.state is not PathState.AGREED:
        return
    agreed = next(
        (e.at.date() for e in reversed(path.history) if e.act in {"sign", "import"}), path.history[0].at.date()
    )
    since = _year_before(on)
    if agreed >= since:
        return
    for talk in shelf.naming(Interview, "coachee", path.owner):
        day = talk.held_day()
        refs = (*talk.outcomes, *(look.ref for look in talk.look_back))
        if day is not None and since <= day <= on and any(path.id in {ref.id, ref.of} for ref in refs):
            return
    yield breach("the path was agreed {day}, and in no talk since {since}", day=agreed, since=since)


# --- whatever refers to a part ---------------------------------------------------------------------------------------


@advice(
    "X018",
    "book",
    looks_from="goal interview feedback path move",
    field="",
    says="a part that is referred to (a need, a promise, a placement) stands in the record it is said to be of",
    why="practice: references outlive what they point at; a step is drawn anew, a placement corrected",
    mend="refer to one that is there",
)
def X018(record: Record, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    for path, kind, id, of in shelf.parts_missing(record):
        yield breach("there is no {kind} {id} in {of}", path, kind=kind, id=id, of=of)


# --- feedback --------------------------------------------------------------------------------------------------------

ONLY = 2  # pieces of feedback from which on "only" says something (F012)


@advice(
    "F012",
    "book",
    looks_from="person",
    field="",
    says="nobody gets only constructive feedback from a giver over 12 months",
    why="article, L6: people want to be seen and appreciated, too",
    mend="say what was good as well",
)
def F012(person: Person, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    by: dict[str, list[Feedback]] = {}
    for feedback in received(shelf, person.id, on):
        by.setdefault(feedback.giver, []).append(feedback)
    for giver, given in sorted(by.items()):
        if len(given) >= ONLY and all(f.kind is FeedbackKind.CONSTRUCTIVE for f in given):
            yield breach("{n} from {giver}, all constructive", n=len(given), giver=giver)


# --- moves -----------------------------------------------------------------------------------------------------------


def _needs_of(move: InternalMove, shelf: Shelf) -> list[Need]:
    """Give the needs that a move is for, as they stand on the mover's paths; a path that is over says nothing."""
    paths = (path for path in shelf.naming(CareerPath, "owner", move.mover) if path.state in LIVE_PATHS)
    named = set(move.needs)
    return [need for path in paths for need in path.needs if need.id in named]


@advice(
    "M011",
    "book",
    looks_from="move",
    field="opportunity",
    says="an opportunity meets at least one of the needs that were said",
    why="article, L12: her needs were matched with those of the client",
    mend="look for another opportunity, or say what it is for",
)
def M011(move: InternalMove, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    opportunity = None if move.opportunity is None else shelf.get(Opportunity, move.opportunity)
    if opportunity is None or move.state in {MoveState.DECLINED, MoveState.WITHDRAWN} or not move.needs:
        return
    needs = _needs_of(move, shelf)
    lines = [line for line in match(needs, opportunity) if line.side == "need"]
    if lines and all(line.verdict == "not_met" for line in lines):
        yield breach("{id} meets none of {n} needs", id=opportunity.id, n=len({line.need for line in lines}))


@advice(
    "M009",
    "book",
    looks_from="move",
    field="from_position",
    says="a mover has been in the present position or placement for the months a house asks (none unless it says so)",
    why="practice: some houses ask for a year; the article does not, so it is off until months_before_move is set",
    mend="wait, or let the house lift it",
)
def M009(move: InternalMove, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    person = shelf.get(Person, move.mover)
    if person is None or policy.months_before_move is None or move.state not in {MoveState.WISHED, MoveState.ASKED}:
        return
    spans = [p.span for p in person.positions if p.id == move.from_position]
    spans += [p.span for p in person.placements if p.id == move.from_placement]
    for span in spans:
        if on < span.from_ + relativedelta(months=policy.months_before_move):
            yield breach("the mover is there since {day} only", day=span.from_)


@advice(
    "X017",
    "book",
    looks_from="move",
    field="needs",
    says="after a move the needs it was for are looked at again",
    why="article, L12: her needs were matched; whether they were met only she can say",
    mend="talk about them; the owner says which are met",
)
def X017(move: InternalMove, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    if move.state is not MoveState.DONE or not move.needs:
        return
    done = move.started_on or last_act(move).at.date()
    if on - done <= timedelta(days=policy.check_in_days):
        return
    needs = _needs_of(move, shelf)
    talked = any(
        day > done
        for t in shelf.naming(Interview, "coachee", move.mover)
        if (day := t.held_day()) is not None and day <= on
    )
    if not talked and needs and all(n.state is NeedState.OPEN for n in needs):
        yield breach("moved {day}, {n} needs open, no talk since", day=done, n=len({n.id for n in needs}))


@advice(
    "X019",
    "book",
    looks_from="move",
    field="opportunity",
    says="no more moves are agreed or done to an opportunity than it has places",
    why="practice: two people are told yes about one place, and one of them learns on the first day",
    mend="let one of them be changed or withdrawn, or raise the places of the opportunity",
)
def X019(move: InternalMove, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    if move.state is MoveState.DONE or not any(closed_to(move, shelf)):  # of a place that is gone, M013 speaks
        yield from too_many(move, shelf, TAKING)


@advice(
    "X020",
    "book",
    looks_from="move",
    field="opportunity",
    says="the opportunity of a move that is asked is still there: neither withdrawn nor filled by others",
    why="own choice: nobody waits for an answer about a place that is gone",
    mend="change the move to another opportunity, or decline it with a day to look again",
)
def X020(move: InternalMove, shelf: Shelf, on: date, policy: Policy) -> Breaches:
    how = is_gone(move, shelf) if move.state is MoveState.ASKED else None
    if how is not None:
        yield breach("{id} is {how}", id=move.opportunity, how=how)


RULES: tuple[Rule, ...] = (
    X005, R009, R010, X004, X006, X013, X007, X008, G019, X014, I006, X009, X012, X016, X015, X010, X011, C011,
    X018, F012, M011, M009, X017, I033, I034, X019, X020, X021,
)  # fmt: skip
