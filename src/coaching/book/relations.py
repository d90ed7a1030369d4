"""Who manages, coaches and meets whom: the one place that answers, for rules, circles, checks and questions.

Read top to bottom: managers, coaches, meeting. The names say which states count, since what asks for one does not ask
for the same: a rule wants an active relationship, a circle lets whoever coached in any way see.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from coaching.book.rings import Ring, knots, ring_through
from coaching.book.shelf import Shelf
from coaching.records.feedback import Feedback
from coaching.records.goals import Goal
from coaching.records.interviews import Interview
from coaching.records.paths import AGREED, SHARED, SUPERSEDED, CareerPath
from coaching.records.people import DAY, Person
from coaching.records.relationships import ACTIVE, PAUSED, CoachingRelationship, RelationshipKind

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
        (position.span.to is not None and position.span.to < on and position.manager not in same)
        or any(former.to < on and former.manager not in same for former in position.managed_before)
        for position in person.positions
    )


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
            if position.manager is not None:
                yield position.manager
            for former in reversed(position.managed_before):
                if former.to < on:  # and so are all before it (J009)
                    break
                if former.manager is not None:
                    yield former.manager


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
        last = (position.span.to, *(former.to for former in position.managed_before))
        days |= {position.span.from_, *(to + DAY for to in last if to is not None and to < date.max)}
    return {day for day in days if day > on}


# --- who coaches -----------------------------------------------------------------------------------------------------


def relationships_between(shelf: Shelf, coach: str, coachee: str) -> Iterator[CoachingRelationship]:
    """Give the coaching relationships of two people, of every kind and in every state; by their ids."""
    return shelf.naming_both(CoachingRelationship, "coach", coach, "coachee", coachee)


def coaches_actively(shelf: Shelf, coach: str, coachee: str) -> bool:
    """Tell whether there is an active relationship of any kind; one that is paused, proposed or over does not count."""
    return any(r.state is ACTIVE for r in relationships_between(shelf, coach, coachee))


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


def coached_in_any_way(shelf: Shelf, person: str) -> frozenset[str]:
    """Say who coaches a person: by a relationship active or paused, any talk or goal, or a path that was shared."""
    found = {talk.interviewer for talk in shelf.naming(Interview, "coachee", person)}
    found |= {goal.coach for goal in shelf.naming(Goal, "owner", person) if goal.coach is not None}
    found |= {path.coach for path in shelf.naming(CareerPath, "owner", person) if path.coach and was_shared(path)}
    pairs = shelf.naming(CoachingRelationship, "coachee", person)
    found |= {pair.coach for pair in pairs if pair.state in {ACTIVE, PAUSED}}
    return frozenset(found)


def was_shared(path: CareerPath) -> bool:
    """Tell whether the coach of a path has been shown it: now shared, agreed or superseded, or shared at any time."""
    return path.state in {SHARED, AGREED, SUPERSEDED} or any(entry.act == "share" for entry in path.history)


def coaches_above(shelf: Shelf, person: str) -> tuple[str, ...]:
    """Name the coaches above a person, nearest first, by active relationships: as line manager where there is one."""
    line: dict[str, None] = {}  # a dict, since lines may be long: its keys keep their order
    last = person
    while (above := active_coach(shelf, last)) is not None and above not in line and above != person:
        line[above], last = None, above
    return tuple(line)


# --- who meets -------------------------------------------------------------------------------------------------------


def contact_days(shelf: Shelf, coach: str, coachee: str) -> Iterator[tuple[str, date]]:
    """Give the days on which two met or wrote: talks held, feedback given either way, progress on shared goals."""
    for talk in shelf.naming_both(Interview, "coachee", coachee, "interviewer", coach):
        if (day := talk.held_on()) is not None:
            yield "interview", day
    for giver, receiver in ((coach, coachee), (coachee, coach)):
        for feedback in shelf.naming_both(Feedback, "receiver", receiver, "giver", giver):
            if feedback.given_at is not None:
                yield "feedback", feedback.given_at.date()
    for goal in shelf.naming_both(Goal, "owner", coachee, "coach", coach):
        yield from (("progress", entry.day) for entry in goal.progress)
