"""A house of any size, as the bytes it would be stored in: people, each with an interview, a goal and feedback.

Eight report to each manager, in lines about twenty deep up to one at the top, and three others managed each of them
before. The interview is that of `document.py`, signed; goal and feedback
came to be by their acts. What one person has, every other has under ids of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import attrs
from document import ANNA, OLE, moment, signed_interview

from coaching import Feedback, Goal, Interview, Person, Position, Ref, Situation, Span
from coaching.codec import dumps
from coaching.records.people import Managed

REPORTS = 8  # of each manager
LEVELS = 20  # of a unit, one above the other; the first of each level manages the level below
UNIT = LEVELS * REPORTS  # people
FORMER = ("p-former-1", "p-former-2", "p-former-3")  # who managed a position before; made into others' ids
TOP = "p-top"
ON = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def _person() -> Person:
    days = [date(2021, 3, 1), *(date(2022 + year, 6, 1) for year in range(len(FORMER)))]
    line = tuple(Managed(manager, day) for manager, day in zip((*FORMER, OLE), days, strict=True))
    work = Position("po-1", "o-1", "Engineer", Span(date(2021, 3, 1)), managers=line)
    anna = Person.register(ANNA, "Anna Ek", date(2021, 3, 1), language="sv", by="hr-1", at=moment(1, 9))
    return anna.take_position(work, by="hr-1", at=moment(1, 9))


def _interview() -> Interview:
    """The one of `document.py`, without what it names and is not here. That breaks its seals, which nobody asks."""
    return attrs.evolve(signed_interview(), previous=None, look_back=(), outcomes=(Ref("goal", "g-1"),))


def _goal() -> Goal:
    day = moment(27, 9)
    goal = Goal.begin(
        "g-1",
        "Lead the pilot line",
        coach=OLE,
        by=ANNA,
        at=day,
        why="It is the way to a plant of my own",
        outcome="The line runs a full shift with my name on the board",
        target_on=date(2027, 3, 31),
        importance=9,
        confidence=7,
    )
    goal = goal.invest("time", "An afternoon a week", by=ANNA, at=day).propose(by=ANNA, at=day)
    goal = goal.promise("c-1", "Ask for the afternoons", date(2026, 5, 1), to=OLE, by=ANNA, at=day)
    goal = goal.promise("c-2", "Free the afternoons", date(2026, 5, 1), to=ANNA, kind="support", by=OLE, at=day)
    goal = goal.sign(by=ANNA, at=day).sign(by=OLE, at=day)
    return goal.note_progress("win", "First full shift", by=ANNA, at=day + timedelta(days=200))


def _feedback() -> Feedback:
    feedback = Feedback.write(
        "f-1",
        receiver=ANNA,
        kind="appreciation",
        about="The stop in May",
        situation=Situation(date(2026, 5, 4), "Line 2"),
        behaviour="You asked everybody before you restarted",
        impact="Nobody was hurt, and we were back in an hour",
        by=OLE,
        at=datetime(2026, 5, 5, 9, tzinfo=UTC),
    )
    return feedback.give(by=OLE, at=datetime(2026, 5, 5, 10, tzinfo=UTC))


SAMPLES = tuple(record.keep(date(2031, 12, 31)) for record in (_person(), _interview(), _goal(), _feedback()))
"""What one person has: their own record, an interview, a goal, and feedback they were given."""

_IDS = {b'"%s"' % ANNA.encode(): b'"p-@"', b'"%s"' % OLE.encode(): b'"p-#"'}
_IDS |= {b'"i-2026-17"': b'"i-@"', b'"g-1"': b'"g-@"', b'"f-1"': b'"f-@"'}


def above(n: int) -> str:
    """The id of who manages a person: the first of the level above; of the first level, the first of another unit."""
    unit, place = divmod(n, UNIT)
    if place >= REPORTS:
        return f"p-{unit * UNIT + (place // REPORTS - 1) * REPORTS}"
    return f"p-{(unit - 1) // REPORTS * UNIT}" if unit else TOP


def former(n: int) -> tuple[str, ...]:
    """The ids of those who managed a person before: three who stand beside the manager of today."""
    manager = above(n)
    beside = REPORTS if manager == TOP else int(manager.removeprefix("p-"))
    return tuple(f"p-{beside + other}" for other in range(1, 1 + len(FORMER)))


def documents(people: int) -> Iterator[bytes]:
    """The documents of so many people, person by person, four of each, after that of the one at the top."""
    templates = [dumps(sample) for sample in SAMPLES]
    for own, name in _IDS.items():
        templates = [text.replace(own, name) for text in templates]
    top = Person.register(TOP, "Tuva Berg", date(2021, 3, 1), by="hr-1", at=moment(1, 9))
    yield dumps(top.keep(date(2031, 12, 31)))
    for n in range(people):
        ids = [text.replace(b"@", b"%d" % n).replace(b"p-#", above(n).encode()) for text in templates]
        for other, id in zip(FORMER, former(n), strict=True):
            ids[0] = ids[0].replace(other.encode(), id.encode())
        yield from ids
