"""Questions to a book: what waits, what was learned, and where a dream led. Who manages and coaches: `relations`.

Pure look-ups along the index; nothing here judges. Days are given by the caller.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from attrs import frozen

from coaching.book.shelf import Shelf, line_of
from coaching.kernel.history import as_now, last_act
from coaching.kernel.policy import POLICY, Policy
from coaching.kernel.record import Await
from coaching.kernel.values import RefKind
from coaching.records.commitments import CommitmentState
from coaching.records.feedback import Feedback, FeedbackState
from coaching.records.goals import Goal
from coaching.records.interviews import Interview, InterviewState
from coaching.records.moves import InternalMove
from coaching.records.needs import Need
from coaching.records.paths import CareerPath, Dream, Step


@frozen
class Matter:
    """Something open: which record and part, what it is, who has it, and since which day it waits.

    `about` names the part as acts do: a promise by its id, a turn by its number; or nothing.
    """

    kind: str
    id: str
    path: str
    what: str
    person: str
    since: date
    about: str = ""


@frozen
class Turn:
    """Whose turn it is in a record."""

    kind: str
    id: str
    awaited: Await


@frozen
class Happened:
    """One line of a timeline: when, in which record, which act, to which state, by whom."""

    at: datetime
    kind: str
    id: str
    act: str
    state: str
    by: str


@frozen
class Insight:
    """What a person saw about themselves on receiving feedback: in words, as they wrote it."""

    day: date | None
    feedback: str
    insight: str | None
    strength: str | None


@frozen
class Trace:
    """Where a dream led: the needs of the same path, and the steps, goals and talks that it came to."""

    dream: Dream
    path: str
    needs: tuple[Need, ...]
    steps: tuple[Step, ...]
    goals: tuple[Goal, ...]
    interviews: tuple[Interview, ...]


def overdue(shelf: Shelf, on: date) -> Iterator[Matter]:
    """Say what is past its day: goals, promises, requests for feedback, planned talks."""
    for goal in shelf.all(Goal):
        if goal.overdue(on) and goal.target_on is not None:
            yield Matter("goal", goal.id, "target_on", goal.title, goal.owner, goal.target_on)
        yield from _late_promises(goal, on)
    for talk in shelf.all(Interview):
        ahead = talk.state in {InterviewState.PLANNED, InterviewState.SCHEDULED}
        if ahead and talk.due_on is not None and talk.due_on < on:
            yield Matter("interview", talk.id, "due_on", f"{talk.kind} interview", _leads(talk), talk.due_on)
        yield from _late_promises(talk, on)
    for feedback in shelf.all(Feedback):
        if feedback.overdue(on) and feedback.due is not None:
            yield Matter("feedback", feedback.id, "due", feedback.about or "feedback", feedback.giver, feedback.due)
    for move in shelf.all(InternalMove):
        yield from _late_promises(move, on)


def _leads(talk: Interview) -> str:
    """Give the interviewer; where an old system named none, the coachee, who can name one."""
    return talk.coachee if talk.interviewer is None else talk.interviewer


def _late_promises(record: Goal | Interview | InternalMove, on: date) -> Iterator[Matter]:
    for i, c in enumerate(record.commitments):
        if c.state is CommitmentState.PROMISED and c.due is not None and c.due < on:
            yield Matter(record.type, record.id, f"commitments[{i}]", c.text, c.by, c.due, c.id)


def stalled(shelf: Shelf, on: date, *, policy: Policy = POLICY) -> Iterator[Goal]:
    """Agreed goals on which nothing was noted for longer than the policy's days (G018)."""
    return (goal for goal in shelf.all(Goal) if goal.stalled(on, policy=policy))


def unanswered(shelf: Shelf, on: date, *, policy: Policy = POLICY) -> Iterator[Matter]:
    """Asks that wait longer than the policy's days for a reply: in talks, for feedback, for a yes to a move."""
    late = timedelta(days=policy.reply_days)
    for matter in _asked(shelf):
        if on - matter.since > late:
            yield matter


def _asked(shelf: Shelf) -> Iterator[Matter]:
    for talk in shelf.all(Interview):
        for turn in talk.unanswered():
            other = _leads(talk) if turn.speaker == talk.coachee else talk.coachee
            since = (turn.at or last_act(talk).at).date()
            yield Matter("interview", talk.id, f"turns[{turn.number - 1}]", turn.text, other, since, str(turn.number))
    for feedback in shelf.all(Feedback):
        if feedback.state is FeedbackState.REQUESTED:
            since = feedback.history[0].at.date()
            yield Matter("feedback", feedback.id, "", feedback.about or "feedback", feedback.giver, since)
    for move in shelf.all(InternalMove):
        asked = move.asked_on()
        if asked is not None:
            people = dict.fromkeys(str(getattr(move, party)) for party in move.unanswered())
            yield from (Matter("move", move.id, "approvals", "approve the move", p, asked) for p in people)


def awaits(shelf: Shelf, person: str, *, policy: Policy = POLICY) -> Iterator[Turn]:
    """Say what a person is awaited to do next, across all records."""
    for record in shelf.concerning(person):
        yield from (Turn(record.type, record.id, a) for a in record.awaits(policy=policy) if a.person == person)


def insights(shelf: Shelf, person: str) -> Iterator[Insight]:
    """Say what a person noted on receiving feedback, oldest first."""
    noted = [f for f in shelf.naming(Feedback, "receiver", person) if f.insight is not None or f.strength is not None]
    for f in sorted(noted, key=lambda f: (f.acknowledged_at or last_act(f).at, f.id)):
        day = None if f.acknowledged_at is None else f.acknowledged_at.date()
        yield Insight(day, f.id, f.insight, f.strength)


def dreams_without_step(shelf: Shelf, person: str) -> Iterator[Dream]:
    """Give a person's dreams that no step serves, in their present paths."""
    for path in shelf.naming(CareerPath, "owner", person):
        if path.state not in {"superseded", "archived"}:
            yield from path.dreams_without_step()


def timeline(shelf: Shelf, person: str) -> tuple[Happened, ...]:
    """Give everything that happened in the records about a person, in the order of time."""
    lines = [
        Happened(e.at, record.type, record.id, e.act, e.state, e.by)
        for record in shelf.about(person)
        for e in as_now(record.history)
    ]
    return tuple(sorted(lines, key=lambda line: (line.at, line.kind, line.id)))


def trace(shelf: Shelf, path: CareerPath, dream: str) -> Trace | None:
    """Say where a dream led, as far as references say so; None when the path has no such dream."""
    found = next((d for d in path.dreams if d.id == dream), None)
    if found is None:
        return None

    line = {None, *line_of(shelf, path)}

    def points_here(of: str | None) -> bool:
        return of in line

    steps = tuple(
        s for s in path.steps if any(r.kind is RefKind.DREAM and r.id == dream and points_here(r.of) for r in s.serves)
    )
    wanted = {(RefKind.DREAM, dream), *((RefKind.STEP, s.id) for s in steps)}
    named = {id for s in steps for id in s.goals}
    goals = tuple(
        g
        for g in shelf.naming(Goal, "owner", path.owner)
        if g.id in named or any((r.kind, r.id) in wanted and points_here(r.of) for r in g.serves)
    )
    serves = [*(r for s in steps for r in s.serves), *(r for g in goals for r in g.serves)]
    needed = {r.id for r in serves if r.kind is RefKind.NEED and points_here(r.of)}
    spoken_of = {g.id for g in goals}
    talks = tuple(
        t
        for t in shelf.naming(Interview, "coachee", path.owner)
        if any(
            (r.kind is RefKind.GOAL and r.id in spoken_of) or ((r.kind, r.id) in wanted and points_here(r.of))
            for r in (*t.outcomes, *(look.ref for look in t.look_back))
        )
        or any(g.from_interview == t.id for g in goals)
    )
    return Trace(found, path.id, tuple(n for n in path.needs if n.id in needed), steps, goals, talks)
