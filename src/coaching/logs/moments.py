"""Moments of which a log says the day alone, or nothing: the first and the last that they can have been."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

EASTERNMOST, WESTERNMOST = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))
LONG_AGO, FAR_AHEAD = datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""Stand for a moment of which nothing is known."""

At = datetime | date | None
"""When something was, as far as a log says it: the moment, the day, or nothing."""


def earliest(at: At) -> datetime | None:
    """Give the first moment that it can have been, where anything is known: a day begins in the east."""
    if at is None or isinstance(at, datetime):
        return at
    return datetime.combine(at, time.min, EASTERNMOST)


def latest(at: At) -> datetime | None:
    """Give the last moment that it can have been, where anything is known: a day ends in the west.

    >>> latest(date(2026, 3, 2)).astimezone(UTC).isoformat()
    '2026-03-03T11:59:59.999999+00:00'
    """
    if at is None or isinstance(at, datetime):
        return at
    return datetime.combine(at, time.max, WESTERNMOST)


def later(moment: datetime, seconds: int) -> datetime:
    """Give a moment some seconds later, or the last one that there is room for.

    >>> later(FAR_AHEAD, 5) == FAR_AHEAD
    False
    """
    try:
        return moment + timedelta(seconds=seconds)
    except OverflowError:
        return moment


def ends(at: At, after: datetime | None, before: datetime | None) -> tuple[datetime, datetime]:
    """Give the first and the last moment, between one that is known before and one after.

    What is asked of a day hangs on the offset, so the first is written in the west and the last in the east; where the
    day is said, both are on it.
    """
    if isinstance(at, datetime):
        return at, at
    if at is None:
        first = after or LONG_AGO
        return _in(first, WESTERNMOST), _in(max(before or FAR_AHEAD, first), EASTERNMOST)
    first, last = datetime.combine(at, time.min, EASTERNMOST), datetime.combine(at, time.max, WESTERNMOST)
    if after is not None and first < after <= last:
        first = _on(at, after)
    return first, last


def _in(moment: datetime, offset: timezone) -> datetime:
    """Write a moment in an offset, where there is room for it at the ends of the calendar."""
    try:
        return moment.astimezone(offset)
    except OverflowError:
        return moment


def _on(day: date, moment: datetime) -> datetime:
    """Write a moment in an offset in which it is on a day."""
    zones = (timezone(timedelta(hours=hours)) for hours in range(-12, 15))
    return next(it for it in (_in(moment, zone) for zone in zones) if it.date() == day)
