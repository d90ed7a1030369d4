"""Scenes: on what day a play begins, how time goes on, in which offsets, and in what words people speak.

Systems break at the edges of calendars, texts and ids, so each edge is a scene of its own: what fails in the plain one,
the first, fails for another reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any

from attrs import evolve, frozen

from coaching.kernel.constraints import LONGEST, LONGEST_ID

COACHEE, INTERVIEWER, SUCCESSOR, OUTSIDER = "p-17", "p-3", "p-4", "p-99"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def later(at: datetime, by: timedelta) -> datetime:
    """Give the moment so much later, as the same clock shows it: where it is put forward or back, time goes on."""
    return (at.astimezone(UTC) + by).astimezone(at.tzinfo)


def _as_it_is(id: str) -> str:
    return id


@frozen(cache_hash=True)
class Scene:
    """Where a play is set.

    Attributes:
        name: What the scene is called.
        begins: The first moment.
        text: What people say.
        gaps: What passes from one act to the next, in turn.
        offsets: The offset from UTC that each act is in, in turn; none are that of the first moment.
        pace: How many days pass where one is planned: where acts are a month apart, what is due in a day is later too.
        ids: Makes of an id, such as p-17, another one.
        zone: The one zone whose clock everybody has, where a system knows no other.
    """

    name: str
    begins: datetime
    text: str = "Lead a pilot line"
    gaps: tuple[timedelta, ...] = (HOUR,)
    offsets: tuple[tzinfo, ...] = ()
    pace: int = 1
    ids: Callable[[str], str] = _as_it_is
    zone: tzinfo | None = None

    def day(self, days: int) -> date:
        """Give the day so many days after the beginning."""
        return self.begins.date() + timedelta(days=days * self.pace)

    def moment(self, days: int) -> datetime:
        """Give the moment so many days after the beginning."""
        return later(self.begins, timedelta(days=days * self.pace))

    def next(self, last: datetime, acts: int) -> datetime:
        """Give the moment of an act after so many others."""
        return self.local(later(last, self.gaps[(acts - 1) % len(self.gaps)]), acts)

    def now(self, record: Any) -> datetime:
        """Give the moment of the next act on a record."""
        return self.next(record.history[-1].at, len(record.history))

    def local(self, at: datetime, acts: int = 0) -> datetime:
        """Give a moment as the clock shows it for whoever acts after so many acts."""
        if self.zone is not None:
            return at.astimezone(self.zone)
        return at.astimezone(self.offsets[acts % len(self.offsets)]) if self.offsets else at

    @property
    def plain_ids(self) -> bool:
        """Whether ids are as they are made here."""
        return self.ids is _as_it_is

    def within(self, zone: tzinfo | None) -> Scene:
        """Give the scene where everybody has the clock of one zone."""
        return self if zone is None else evolve(self, begins=self.begins.astimezone(zone), zone=zone)

    def named(self, value: Any) -> Any:
        """Give ids, and whatever holds some, with the ids of the scene; anything else as it is."""
        if self.plain_ids:
            return value
        if isinstance(value, str):
            return self.ids(value) if _ID(value) else value
        if isinstance(value, dict):
            return {name: self.named(it) for name, it in value.items()}
        return [self.named(it) for it in value] if isinstance(value, (list, tuple)) else value


_ID = re.compile(r"[a-z]+-\d+(-\d+)*").fullmatch
"""Ids as they are made here: a mark, and a number."""


def _other_case(id: str) -> str:
    """Make ids differ by nothing but capitals: p-A is somebody else than p-a. The mark tells the kind."""
    mark, _, number = id.partition("-")
    return f"{mark}-{_CAPITALS.get(number, number)}"


_CAPITALS = {COACHEE.partition("-")[2]: "a", INTERVIEWER.partition("-")[2]: "A", "1": "b", "2": "B"}


def _other_script(id: str) -> str:
    mark, _, number = id.partition("-")
    return f"{mark}-\u043d\u00e9 \u4eba{number}"


def _offset(hours: float) -> timezone:
    return timezone(timedelta(hours=hours))


def _at(year: int, month: int, day: int, hour: int = 9, minute: int = 0, offset: float = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=_offset(offset) if offset else UTC)


_NINE = _at(2026, 3, 2)
_MANY = tuple(map(_offset, (2, -9.5, 14, 0, 5.75, -12)))
"""The clock goes back from one act to the next, and forward by a day, while time goes on."""

SCENES: tuple[Scene, ...] = (
    Scene("plain", _NINE),
    # days: what is named for so many days on falls on the edge
    Scene("leap day", _at(2028, 1, 30)),
    Scene("leap day, of a promise", _at(2027, 12, 31)),
    Scene("leap day, of a follow-up", _at(2027, 11, 1)),
    Scene("leap day, due", _at(2027, 8, 13)),
    Scene("end of a month", _at(2027, 1, 1)),
    Scene("end of a year", _at(2026, 12, 31, 23, 30, -1)),
    # days: acts fall on the edge
    Scene("on 29 February", _at(2028, 2, 29, 3)),
    Scene("on 28 February of a leap year", _at(2028, 2, 28, 3)),
    Scene("on 28 February", _at(2027, 2, 28, 3)),
    Scene("from one month to the next", _at(2027, 4, 30, 18)),
    # offsets: the day here is another one than in UTC; the clock is put forward, and back
    Scene("east of Greenwich", _at(2026, 2, 27, 0, 30, 2)),
    Scene("west of Greenwich", _at(2026, 10, 1, 22, 30, -9.5)),
    Scene("the farthest east", datetime(2026, 3, 2, 9, 15, 30, 123456, tzinfo=_offset(14))),
    Scene("the clock is put forward", _at(2026, 3, 29, 0, 30, 1), offsets=(*map(_offset, (1, 1, 2)), *_MANY[:1] * 60)),
    Scene(
        "the clock is put back", _at(2026, 10, 25, 1, 30, 2),
        gaps=(timedelta(minutes=30),), offsets=(*map(_offset, (2, 2, 2)), *[_offset(1)] * 60),
    ),
    Scene("in many zones", _at(2026, 3, 2, 9, 0, 2), offsets=_MANY),
    # time: days and months pass from one act to the next
    Scene("a day from act to act", _at(2026, 3, 2, 12), gaps=(DAY, DAY, HOUR), offsets=_MANY[:2]),
    Scene("a month from act to act", _at(2024, 1, 31), gaps=(timedelta(days=29), timedelta(days=31)), pace=60),
    # texts
    Scene("255 characters", _NINE, "x" * 255),
    Scene("256 characters", _NINE, "x" * 256),
    Scene("the longest text", _NINE, "x" * LONGEST),
    Scene("composed and decomposed", _NINE, "Ge\u0301rard, caf\u00e9, \u1112\u1161\u11ab, \ufb01ne, \u212b"),
    Scene("other scripts", _NINE, "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628 \U0001f469\u200d\U0001f52c"),
    Scene("line breaks", _NINE, "first\nsecond\r\nthird\ttab"),
    Scene("outer spaces", _NINE, "  kept as it was written  "),
    Scene("quotes and formulas", _NINE, "=1+1'); DROP TABLE talks;-- <b>&amp;</b> \\n %s {0}"),
    # ids
    Scene("the longest ids", _NINE, ids=lambda id: id.ljust(LONGEST_ID, "0")),
    Scene("ids in other scripts", _NINE, ids=_other_script),
    Scene("ids in capitals", _NINE, ids=_other_case),
)  # fmt: skip
PLAIN = SCENES[0]
