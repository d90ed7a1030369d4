"""Scenes: on what day a play begins, in which offset, and in what words people speak. The first is the plainest.

Systems break at the edges of calendars and of texts, so each edge is a scene of its own: what fails in the plain one
fails for another reason.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from attrs import frozen

COACHEE, INTERVIEWER, SUCCESSOR, OUTSIDER = "p-17", "p-3", "p-4", "p-99"


@frozen
class Scene:
    """Where a play is set."""

    name: str
    begins: datetime
    text: str = "Lead a pilot line"

    def day(self, days: int) -> date:
        """Give the day so many days after the beginning."""
        return self.begins.date() + timedelta(days=days)

    def moment(self, days: int) -> datetime:
        """Give the moment so many days after the beginning."""
        return self.begins + timedelta(days=days)


_NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def _offset(hours: float) -> timezone:
    return timezone(timedelta(hours=hours))


SCENES: tuple[Scene, ...] = (
    Scene("plain", _NINE),
    # days: what is named for so many days on falls on the edge
    Scene("leap day", datetime(2028, 1, 30, 9, tzinfo=UTC)),
    Scene("leap day, of a promise", datetime(2027, 12, 31, 9, tzinfo=UTC)),
    Scene("leap day, of a follow-up", datetime(2027, 11, 1, 9, tzinfo=UTC)),
    Scene("leap day, due", datetime(2027, 8, 13, 9, tzinfo=UTC)),
    Scene("end of a month", datetime(2027, 1, 1, 9, tzinfo=UTC)),
    Scene("end of a year", datetime(2026, 12, 31, 23, 30, tzinfo=_offset(-1))),
    # offsets: the day here is another one than in UTC; a clock change lies between
    Scene("east of Greenwich", datetime(2026, 2, 27, 0, 30, tzinfo=_offset(2))),
    Scene("west of Greenwich", datetime(2026, 10, 1, 22, 30, tzinfo=_offset(-9.5))),
    Scene("the farthest east", datetime(2026, 3, 2, 9, 15, 30, 123456, tzinfo=_offset(14))),
    # texts
    Scene("255 characters", _NINE, "x" * 255),
    Scene("256 characters", _NINE, "x" * 256),
    Scene("the longest text", _NINE, "x" * 10_000),
    Scene("composed and decomposed", _NINE, "Ge\u0301rard, caf\u00e9, \u1112\u1161\u11ab, \ufb01ne, \u212b"),
    Scene("other scripts", _NINE, "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628 \U0001f469\u200d\U0001f52c"),
    Scene("line breaks", _NINE, "first\nsecond\r\nthird\ttab"),
    Scene("outer spaces", _NINE, "  kept as it was written  "),
    Scene("quotes and formulas", _NINE, "=1+1'); DROP TABLE talks;-- <b>&amp;</b> \\n %s {0}"),
)  # fmt: skip
PLAIN = SCENES[0]
