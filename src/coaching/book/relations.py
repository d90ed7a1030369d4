"""Who manages, coaches and meets whom: the one place that answers, for rules, circles, checks and questions.

Read top to bottom: managers, coaches, meeting. The names say which states count, since what asks for one does not ask
for the same: a rule wants an active relationship (`coaches_actively`), a circle lets whoever coaches on a day see
(`coaches_on`).
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any

from coaching.book.rings import Ring, knots, ring_through
from coaching.book.shelf import Shelf
from coaching.kernel.history import newest_first
from coaching.kernel.lifecycle import IMPORT
from coaching.kernel.policy import POLICY, Policy
from coaching.kernel.record import Record
from coaching.records.feedback import Feedback
from coaching.records.goals import Goal, GoalState
from coaching.records.interviews import Interview, InterviewState
from coaching.records.paths import AGREED, SHARED, CareerPath
from coaching.records.people import DAY, ERASED, LEFT, Managed, Person, Position
from coaching.records.relationships import ACTIVE, PAUSED, CoachingRelationship, RelationshipKind, RelationshipState

# --- who manages -----------------------------------------------------------------------------------------------------


def manager_on(shelf: Shelf, person: str, on: date) -> str | None:
    """Say who manages a person by their positions on a day, in whatever state the two are; None at the top."""
    known = shelf.get(Person, person)
    return None if known is None else manager_of(shelf, known, on)


def manager_of(shelf: Shelf, person: Person, on: date) -> str | None:
    """Say the same as `manager_on` to who has the record at hand; what was said of a day is remembered."""
    seen = shelf.memory("managers", on)
    try:
        found: str | None = seen[person.id]
    except KeyError:
        found = seen[person.id] = person.manager_on(on)
    return found


def manages(shelf: Shelf, manager: str, person: str, on: date) -> bool:
    """Tell whether somebody manages a person by their positions on a day, in whatever state the two are."""
    return manager_on(shelf, person, on) == manager


def two_managers_above(shelf: Shelf, person: str, on: date) -> tuple[str, ...]:
    """Name the manager of a person on a day, by positions, and the manager's manager; in whatever state they are."""
    first = manager_on(shelf, person, on)
    second = None if first is None else manager_on(shelf, first, on)
    return tuple(manager for manager in (first, second) if manager is not None)


def employed_reports(shelf: Shelf, manager: str, on: date) -> Iterator[Person]:
    """Give whom somebody manages on a day: only people who are employed then, on leave or not; by their ids."""
    seen = shelf.memory("managers", on)
    for person in shelf.naming(Person, "positions", manager):
        managed_by = seen[person.id] if person.id in seen else manager_of(shelf, person, on)
        if managed_by == manager and person.employed_on(on):
            yield person


def manager_changed(person: Person, on: date) -> bool:
    """Tell whether somebody else managed a person before, in any position; of one who has none on the day, no."""
    if person.position_on(on) is None:
        return False
    same = None, person.manager_on(on)
    return any(
        manager not in same and to is not None and to < on
        for position in person.positions
        for manager, to in _until(position)
    )


def _until(position: Position) -> Iterator[tuple[str | None, date | None]]:
    """Say who managed a position, each with the last day of it; None where it goes on."""
    managers = _effective(position)
    for managed, after in pairwise(managers):
        yield managed.manager, after.from_ - DAY
    if managers:
        yield managers[-1].manager, position.span.to


def _effective(position: Position) -> tuple[Managed, ...]:
    """Say who manages a position on some day of its span: a change noted for a day after its end never comes about."""
    if position.span.to is None:
        return position.managers
    last = position.managed_at(position.span.to)
    return () if last is None else position.managers[: last + 1]


def ring_of_managers(shelf: Shelf, person: Person, on: date) -> tuple[date, Ring] | None:
    """Find the first ring of managers that a person is in on a day or later, in whatever state they are; with its day.

    Only those who manage from the day on are followed, so that who did before costs nothing.
    """
    found = shelf.memory("rings of managers", on)
    if person.id not in found and not _straight_up(shelf, person.id, on, found):
        for knot in knots(person.id, lambda id: _managers_from(shelf, id, on), found.__contains__):
            found.update(dict.fromkeys(knot) if len(knot) == 1 else _first_rings(shelf, knot, on))
    first: tuple[date, Ring] | None = found[person.id]
    return first


def _straight_up(shelf: Shelf, person: str, on: date, found: dict[str, tuple[date, Ring] | None]) -> bool:
    """Walk to the top, or to one asked of before, if each on the way has one manager; note that none is in a ring.

    That is what nearly every line is: the walk along several managers, which takes longer, is for the others.
    """
    line: dict[str, None] = {}
    above = [person]
    while len(above) == 1 and above[0] not in found and above[0] not in line:
        line[above[0]] = None
        above = list(_managers_from(shelf, above[0], on))
    if len(above) > 1 or (above and above[0] in line):
        return False
    found.update(line)
    return True


def _managers_from(shelf: Shelf, person: str, on: date) -> Iterator[str]:
    """Name who manages a person on a day or later."""
    known = shelf.get(Person, person)
    for position in () if known is None else known.positions:
        if position.span.to is None or position.span.to >= on:
            for managed in reversed(_effective(position)):
                if managed.manager is not None:
                    yield managed.manager
                if managed.from_ <= on:  # and so are all before it (J009): they managed until then
                    break


def _first_rings(shelf: Shelf, knot: list[str], on: date) -> dict[str, tuple[date, Ring] | None]:
    """Find the first ring of each of those who, over time, stand above one another: day by day, as managers change."""
    changes: dict[date, list[str]] = {on: list(knot)}
    for person in knot:
        for day in _days_of_change(shelf, person, on):
            changes.setdefault(day, []).append(person)
    first: dict[str, tuple[date, Ring] | None] = dict.fromkeys(knot)
    missing = set(knot)
    for day in sorted(changes):
        known: dict[str, Ring | None] = {}
        above = partial(_manager_then, shelf, on=day)
        for person in changes[day]:  # a ring that is new on a day has somebody in it with a new manager
            ring = ring_through(person, above, known)
            if ring is not None:
                first.update(dict.fromkeys(missing.intersection(ring.members), (day, ring)))
                missing.difference_update(ring.members)
        if not missing:
            break
    return first


def _manager_then(shelf: Shelf, person: str, on: date) -> str | None:
    """Say the same as `manager_on` of one of many days: nothing is remembered."""
    known = shelf.get(Person, person)
    return None if known is None else known.manager_on(on)


def _days_of_change(shelf: Shelf, person: str, on: date) -> set[date]:
    """Give the days after a day on which a person has another manager, or may have."""
    known = shelf.get(Person, person)
    days = set[date]()
    for position in () if known is None else known.positions:
        to = position.span.to
        days |= {position.span.from_, *(it.from_ for it in position.managers)}
        days |= {to + DAY} if to is not None and to < date.max else set()
    return {day for day in days if day > on}


# --- who coaches -----------------------------------------------------------------------------------------------------


def relationships_between(shelf: Shelf, coach: str, coachee: str) -> Iterator[CoachingRelationship]:
    """Give the coaching relationships of two people, of every kind and in every state; by their ids."""
    return shelf.naming_both(CoachingRelationship, "coachee", coachee, "coach", coach)


def coaches_actively(shelf: Shelf, coach: str, coachee: str, on: date) -> bool:
    """Tell whether there is an active relationship of any kind; one that is paused, proposed or over does not count."""
    pairs = relationships_between(shelf, coach, coachee)
    return any(r.state is ACTIVE and (r.history[0].act != IMPORT or _had_begun(r, on)) for r in pairs)


def coached_once(shelf: Shelf, coach: str, coachee: str) -> bool:
    """Tell whether a relationship of any kind is active or was: one that is paused or has ended, or is revisited."""
    pairs = relationships_between(shelf, coach, coachee)
    return any(r.was_active() or r.state is RelationshipState.ENDED for r in pairs)


def is_active_line(relationship: CoachingRelationship) -> bool:
    """Tell whether a relationship is active, and that of a line manager."""
    return relationship.state is ACTIVE and relationship.kind is RelationshipKind.LINE_MANAGER


def active_lines(shelf: Shelf, coachee: str) -> tuple[CoachingRelationship, ...]:
    """Give the active relationships in which a line manager coaches a person; by their ids. One, unless R004 fires."""
    seen = shelf.memory("active lines")
    if coachee not in seen:
        pairs = shelf.naming(CoachingRelationship, "coachee", coachee)
        seen[coachee] = tuple(pair for pair in pairs if is_active_line(pair))
    found: tuple[CoachingRelationship, ...] = seen[coachee]
    return found


def active_line_coach(shelf: Shelf, coachee: str) -> str | None:
    """Say who coaches a person in an active relationship as line manager; the first by id, where there are several."""
    return next((pair.coach for pair in active_lines(shelf, coachee)), None)


def active_coach(shelf: Shelf, coachee: str) -> str | None:
    """Say who coaches a person in an active relationship: as line manager, or else of any kind; the first by id."""
    pairs = list(shelf.naming(CoachingRelationship, "coachee", coachee))
    line = next((pair.coach for pair in pairs if is_active_line(pair)), None)
    return line or next((pair.coach for pair in pairs if pair.state is ACTIVE), None)


def active_coachees(shelf: Shelf, coach: str) -> tuple[CoachingRelationship, ...]:
    """Give the active relationships, of any kind, in which somebody coaches; by their ids."""
    return tuple(r for r in shelf.naming(CoachingRelationship, "coach", coach) if r.state is ACTIVE)


def coaches_on(shelf: Shelf, person: str, on: date, policy: Policy = POLICY) -> frozenset[str]:
    """Say who coaches a person on a day: the one answer to whose sight of them is open.

    Whoever is the coach in a relationship that was active or paused that day, of a goal that was agreed or paused, of a
    path that was shared or agreed; and the interviewer of a talk that lay ahead or was held within the months of the
    cadence, unless it was cancelled. Being named in a draft counts for nothing. Rules that ask for an active
    relationship ask `coaches_actively`, which is narrower.
    """
    seen = shelf.memory(f"coaches within {policy.cadence_months} months", on)
    if person not in seen:
        kinds: tuple[tuple[type[CoachingRelationship | Goal | CareerPath], str, frozenset[str]], ...] = (
            (CoachingRelationship, "coachee", frozenset({ACTIVE, PAUSED})),
            (Goal, "owner", frozenset({GoalState.AGREED, GoalState.PAUSED})),
            (CareerPath, "owner", frozenset({SHARED, AGREED})),
        )
        found = {
            as_it_stood(record, "coach", on)
            for kind, field, states in kinds
            for record in shelf.naming(kind, field, person)
            if state_on(record, on) in states and _had_begun(record, on)
        }
        first = _months_before(on, policy.cadence_months)
        for talk in shelf.naming(Interview, "coachee", person):
            if _is_near(talk, on, first):
                found.add(as_it_stood(talk, "interviewer", on))
        seen[person] = frozenset(coach for coach in found if coach is not None)
    coaches: frozenset[str] = seen[person]
    return coaches


def coachees_on(shelf: Shelf, coach: str, on: date, policy: Policy = POLICY) -> Iterator[str]:
    """Say whom somebody coaches on a day, as far as a record names them as the coach still; by their ids."""
    named = {
        getattr(record, subject)
        for kind, field, subject in _COACHING
        for record in shelf.naming(kind, field, coach)
    }  # fmt: skip
    return (person for person in sorted(named) if coach in coaches_on(shelf, person, on, policy))


_COACHING: tuple[tuple[type[Record], str, str], ...] = (
    (CoachingRelationship, "coach", "coachee"),
    (Goal, "coach", "owner"),
    (CareerPath, "coach", "owner"),
    (Interview, "interviewer", "coachee"),
)
"""Which field of which record names a coach, and which the one who is coached."""


def _had_begun(record: Record, on: date) -> bool:
    """Tell whether a relationship that was taken over ran on a day already; of all else its history says it."""
    span = record.span if isinstance(record, CoachingRelationship) else None
    return span is None or span.from_ <= on


def _is_near(talk: Interview, on: date, first: date) -> bool:
    """Tell whether a talk lay ahead on a day, or was held from the first day that counts on, and was not cancelled."""
    if state_on(talk, on) in {None, InterviewState.CANCELLED}:
        return False
    day = talk.held_day()
    if day is None or day > on:
        slot = None if talk.slot is None else talk.slot.start.date()
        day = slot or talk.due_on or talk.history[-1].at.date()
    return day >= first


def _months_before(on: date, months: int) -> date:
    """Give the day some months before another; the last of its month where that is shorter."""
    month = on.year * 12 + on.month - 1 - months
    if month < 12:  # noqa: PLR2004  (months of a year: before the first there is)
        return date.min
    year, month = divmod(month, 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


def state_on(record: Record, on: date) -> str | None:
    """Say in which state a record stood at the end of a day; None before it began.

    One that was taken over stood before as it was taken over: nobody saw anything else.
    """
    for entry in reversed(record.history):
        if entry.at.date() <= on or entry.act == IMPORT:
            return entry.state
    return None


def as_it_stood(record: Record, field: str, on: date) -> Any:
    """Say whom a field held at the end of a day, as far as the history says what acts replaced; by the id of now."""
    held = getattr(record, field)
    for entry, called in newest_first(record.history):
        if entry.at.date() <= on:
            break
        if field in entry.was:
            held = called.get(entry.was[field], entry.was[field])
    return held


def coaches_above(shelf: Shelf, person: str) -> tuple[str, ...]:
    """Name the coaches above a person, nearest first, by active relationships: as line manager where there is one."""
    line: dict[str, None] = {}  # a dict, since lines may be long: its keys keep their order
    last = person
    while (above := active_coach(shelf, last)) is not None and above not in line and above != person:
        line[above], last = None, above
    return tuple(line)


# --- who meets -------------------------------------------------------------------------------------------------------


def may_lead(shelf: Shelf, talk: Interview, on: date) -> bool:
    """Tell whether a talk has an interviewer who is here, and manages the coachee on a day or coaches them actively."""
    leads, coachee = talk.interviewer, talk.coachee
    if leads is None or has_left(shelf, leads, on):
        return False
    return manages(shelf, leads, coachee, on) or coaches_actively(shelf, leads, coachee, on)


def has_left(shelf: Shelf, person: str, on: date) -> bool:
    """Tell whether somebody has left by a day, or is erased: they lead nobody, whatever was not handed over yet."""
    known = shelf.get(Person, person)
    return known is not None and (known.state is ERASED or known.standing(on) is LEFT)


def on_leave(shelf: Shelf, person: str, day: date) -> bool:
    """Tell whether somebody is on leave on a day; of one who is not here nothing is known."""
    known = shelf.get(Person, person)
    return known is not None and known.on_leave_on(day)


def contact_days(shelf: Shelf, coach: str, coachee: str) -> Iterator[tuple[str, date]]:
    """Give the days on which two met or wrote: talks held, feedback given either way, progress on shared goals."""
    for talk in shelf.naming_both(Interview, "coachee", coachee, "interviewer", coach):
        if (day := talk.held_day()) is not None:
            yield "interview", day
    for giver, receiver in ((coach, coachee), (coachee, coach)):
        for feedback in shelf.naming_both(Feedback, "receiver", receiver, "giver", giver):
            if feedback.given_at is not None:
                yield "feedback", feedback.given_at.date()
    for goal in shelf.naming_both(Goal, "owner", coachee, "coach", coach):
        yield from (("progress", entry.day) for entry in goal.progress)
