"""Days: an interview lies within the time somebody is employed, and not ahead."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import define

from coaching.bulk.settling.standing import Work, read_document
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
        rows = self.work.journal.ask("""
            SELECT i.source, i.record, i.line, i.made_by, i.document, p.document FROM
              (SELECT *, json_extract(CAST(document AS TEXT), '$.coachee') AS coachee FROM draft
               WHERE type = 'interview' AND state = '') i
            LEFT JOIN draft p ON p.type = 'person' AND p.id = i.coachee AND p.state = ''""")
        for *place, talk, person in rows:
            held = read_document(talk).get("held_on")
            if not isinstance(held, str):
                continue
            first = _first_day(None if person is None else read_document(person))
            if held > today:
                self._say(Place(*place), "lies after the day of the import", f"{held} is after {today}")
            elif first and held < first:
                self._say(Place(*place), "lies before the first employment", f"{held} is before {first}, the first day")

    def _say(self, place: Place, what: str, message: str) -> None:
        self.telling.say(B005, place, "held_on", what, message, Severity.WARNING)


def _first_day(person: Any) -> str:
    days = [it.get("from") for it in (person or {}).get("employments", ())]
    return min((day for day in days if isinstance(day, str)), default="")


RULES: tuple[Rule, ...] = (B005,)
