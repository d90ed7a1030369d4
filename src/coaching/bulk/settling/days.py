"""Days: an interview lies within the time somebody is employed, and not ahead."""

from __future__ import annotations

from datetime import date

import msgspec
from attrs import define

from coaching.bulk.settling.standing import Work
from coaching.bulk.settling.telling import Place, Telling
from coaching.kernel.rules import Rule, Severity, stated

B005 = stated(
    "B005",
    "bulk",
    field="held_on",
    says="an interview lies on or after the first day of employment, and not ahead",
    why="practice: exports hold reviews dated before the person was hired",
    mend="correct the date in the HR system",
)


@define
class Days:
    """Looks at the days of interviews."""

    work: Work
    telling: Telling
    on: date

    def find(self) -> None:
        """Say which interviews were held before the first employment of whom they are for, or after the import."""
        today = self.on.isoformat()
        # In the order of the rows, so that what is read lies together: the person is mostly of the same row.
        rows = self.work.journal.ask("""
            SELECT i.source, i.record, i.line, i.made_by, i.document, p.document FROM
              (SELECT *, json_extract(CAST(document AS TEXT), '$.coachee') AS coachee FROM draft NOT INDEXED
               WHERE type = 'interview' AND state = '') i
            LEFT JOIN draft p ON p.type = 'person' AND p.id = i.coachee AND p.state = ''""")
        for *place, talk, person in rows:
            held = _held_on(talk)
            if held is None:
                continue
            first = _first_day(person)
            if held > today:
                self._say(Place(*place), "lies after the day of the import", f"{held} is after {today}")
            elif first and held < first:
                self._say(Place(*place), "lies before the first employment", f"{held} is before {first}, the first day")

    def _say(self, place: Place, what: str, message: str) -> None:
        self.telling.say(B005, place, "held_on", what, message, Severity.WARNING)


class _Talk(msgspec.Struct):
    """What counts of an interview."""

    held_on: str | None = None


class _Employed(msgspec.Struct):
    """What counts of an employment."""

    begins: str | None = msgspec.field(name="from", default=None)


class _Person(msgspec.Struct):
    """What counts of a person."""

    employments: tuple[_Employed, ...] = ()


_talk, _person = msgspec.json.Decoder(_Talk).decode, msgspec.json.Decoder(_Person).decode


def _held_on(talk: bytes) -> str | None:
    return _talk(talk).held_on


def _first_day(person: bytes | None) -> str:
    days = [it.begins for it in _person(person).employments] if person is not None else []
    return min((day for day in days if day is not None), default="")


RULES: tuple[Rule, ...] = (B005,)
