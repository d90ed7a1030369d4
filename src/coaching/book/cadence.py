"""When the next annual interview is due, and who is covered. Days only; the caller says which day it is.

Knows people, interviews and the policy. Every date is computed from its anchor, never from the date before it, so that
29 February clamps to the 28th and does not drift.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from attrs import frozen

from coaching.book.given import each_must_be, must_be
from coaching.kernel.policy import POLICY, Cadence, Policy, asked
from coaching.kernel.rules import Choice
from coaching.records.interviews import Interview, InterviewKind
from coaching.records.people import Person


class Coverage(Choice):
    """How a person stands with the annual interview on a day.

    `not_due`: the next is still ahead. `due`: its day has come, the grace runs. `overdue`: the grace is over. `never`:
    its day has come and there never was one. `offer`: its day has come while the person is on leave.
    """

    NOT_DUE = "not_due"
    DUE = "due"
    OVERDUE = "overdue"
    NEVER = "never"
    OFFER = "offer"


@frozen
class Covered:
    """One person's line in the coverage: when the last was held, when the next is due, and how it stands."""

    person: str
    last_held: date | None
    due: date
    status: Coverage


def next_due(joined_on: date, last_held: date | None, *, policy: Policy = POLICY) -> date:
    """Say by which day the next annual interview shall be held.

    Args:
        joined_on: The first day of employment; counts while none was held.
        last_held: The day of the last annual interview that was held. A follow-up or a cancelled one does not count.
        policy: `cadence` and `cadence_months`. `rolling` counts from the last one; `anniversary` gives the last day of
            the next month in which the person joined; `calendar` gives 31 December. Leave does not stop the clock.

    >>> next_due(date(2020, 5, 4), date(2024, 2, 29))
    datetime.date(2025, 2, 28)
    >>> next_due(date(2020, 5, 4), date(2026, 3, 9), policy=Policy(cadence="anniversary"))
    datetime.date(2026, 5, 31)
    """
    asked(joined_on, policy, name="joined_on")
    if last_held is not None:
        asked(last_held, name="last_held")
    return due_after(joined_on, last_held, policy)


def due_after(joined_on: date, last_held: date | None, policy: Policy) -> date:
    """Say the same as `next_due`, of what was looked at before."""
    if policy.cadence is Cadence.CALENDAR:
        year = _later(joined_on, policy.cadence_months).year if last_held is None else last_held.year + 1
        return date(min(year, date.max.year), 12, 31)
    if last_held is None or policy.cadence is Cadence.ROLLING:
        day = _later(last_held or joined_on, policy.cadence_months)
        return day if policy.cadence is Cadence.ROLLING else _month_end(day.year, day.month)
    year = last_held.year + (last_held.month >= joined_on.month)
    return _month_end(year, joined_on.month)


def _later(day: date, months: int) -> date:
    """Give the day so many months later, or the last of that month; past the year 9999 nobody will be there."""
    years, month = divmod(day.month - 1 + months, 12)
    end = _month_end(day.year + years, month + 1)
    return end.replace(day=day.day) if day.day < end.day and end is not date.max else end


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1]) if year <= date.max.year else date.max


def last_held(talks: Iterable[Interview], on: date) -> date | None:
    """Find the day of the last annual interview held by a day, among one person's talks.

    Raises:
        Rejected: V015 for what is no list of interviews, or no day.
    """
    asked(on)
    return last_of(each_must_be("cannot answer", "talks", talks, Interview, "interview"), on)


def last_of(talks: Iterable[Interview], on: date) -> date | None:
    """Find the same as `last_held`, in what was looked at before."""
    days = (t.held_day() for t in talks if t.kind is InterviewKind.ANNUAL)
    return max((day for day in days if day is not None and day <= on), default=None)


def counted(person: Person, held: date | None, on: date) -> date | None:
    """Give the day of the last talk; not of one in an employment before the one that counts on a day."""
    employment = person.employment_by(on)
    if held is None or employment is None or held >= employment.from_:
        return held
    return held if employment is person.employments[0] else None


def covered(person: Person, held: date | None, on: date, *, policy: Policy = POLICY) -> Covered | None:
    """Say how one person stands on a day, given when the last annual interview was held.

    A talk before somebody left and came back does not count: theirs is another employment. Nobody owes a talk to
    somebody who is not employed on the day: None.

    Raises:
        Rejected: V015 for what is no person, no day or no policy.
    """
    asked(on, policy)
    must_be("cannot answer", person=(person, Person, "person"))
    if held is not None:
        asked(held, name="held")
    return standing(person, held, on, policy)


def standing(person: Person, held: date | None, on: date, policy: Policy) -> Covered | None:
    """Say the same as `covered`, of what was looked at before."""
    employment = person.employment_by(on)
    if employment is None or not employment.covers(on):
        return None
    held = counted(person, held, on)
    due = due_after(employment.from_, held, policy)
    if on < due:
        status = Coverage.NOT_DUE
    elif person.on_leave_on(on):
        status = Coverage.OFFER
    elif held is None:
        status = Coverage.NEVER
    else:
        status = Coverage.OVERDUE if on - due > timedelta(days=policy.grace_days) else Coverage.DUE
    return Covered(person.id, held, due, status)


def coverage(
    people: Iterable[Person], talks: Iterable[Interview], on: date, *, policy: Policy = POLICY
) -> Iterator[Covered]:
    """Give a line for each person who is employed on a day, in their order. Linear in people and talks together.

    Raises:
        Rejected: V015 for what is no list of people, or of interviews, no day or no policy.
    """
    asked(on, policy)
    every = each_must_be("cannot answer", "people", people, Person, "person")
    return _coverage(every, each_must_be("cannot answer", "talks", talks, Interview, "interview"), on, policy)


def _coverage(people: list[Person], talks: list[Interview], on: date, policy: Policy) -> Iterator[Covered]:
    held: dict[str, date] = {}
    for talk in talks:
        if talk.kind is InterviewKind.ANNUAL:
            day = talk.held_day()
            if day is not None and day <= on:
                held[talk.coachee] = max(day, held.get(talk.coachee, day))
    for person in people:
        line = standing(person, held.get(person.id), on, policy)
        if line is not None:
            yield line
