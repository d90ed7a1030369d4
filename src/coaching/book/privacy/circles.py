"""The circles: who is near enough to somebody, or to a record, to see a field. Which field has which stands in `table`.

Read top to bottom: a look, a circle, the questions that circles ask, the circles by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from attrs import frozen

from coaching.book.relations import coaches_on, has_left, manages, two_managers_above
from coaching.book.shelf import Shelf
from coaching.kernel.policy import POLICY, Policy
from coaching.records.feedback import ACKNOWLEDGED, GIVEN, Visibility
from coaching.records.moves import InternalMove
from coaching.records.needs import Release

# --- circles ---------------------------------------------------------------------------------------------------------


@frozen
class Sight:
    """One look: at a record, by a viewer, with the book and the day that say who manages and coaches whom.

    Whoever a record names as taking part reads it for as long as it names them; what it opens beside itself, it opens
    while they coach (`coaches_on`). So what ends, ends the sight: of one who coached, of one who managed, of one in
    whose place somebody else was named, and of one who has left.
    """

    record: Any
    viewer: str
    book: Shelf
    on: date
    policy: Policy = POLICY

    def coaches(self, person: str) -> bool:
        """Tell whether the viewer coaches a person on the day."""
        return not self._has_left() and self.viewer in coaches_on(self.book, person, self.on, self.policy)

    def is_coached_by(self, coach: str) -> bool:
        """Tell whether somebody coaches the viewer on the day."""
        return coach in coaches_on(self.book, self.viewer, self.on, self.policy)

    def manages(self, person: str) -> bool:
        """Tell whether the viewer is the line manager of a person on the day."""
        return not self._has_left() and manages(self.book, self.viewer, person, self.on)

    def is_above(self, person: str) -> bool:
        """Tell whether the viewer is one of the two line managers above a person on the day."""
        return self.viewer in two_managers_above(self.book, person, self.on) and not self._has_left()

    def _has_left(self) -> bool:
        return has_left(self.book, self.viewer, self.on)


@frozen
class Circle:
    """Who sees something: a name for people, and whether a viewer is in it.

    `sees` takes the look and the item of a list, which is None but in circles that judge `each` item by itself.
    `whole`, in those, says who sees every item whatever it is.
    """

    name: str
    sees: Callable[[Sight, Any], bool]
    each: bool = False
    whole: Callable[[Sight], bool] = lambda _: False


def _given(feedback: Any) -> bool:
    return feedback.state in {GIVEN, ACKNOWLEDGED}


def _is(sight: Sight, *fields: str) -> bool:
    return any(getattr(sight.record, field) == sight.viewer for field in fields)


def _near(sight: Sight, _: Any) -> bool:
    book, viewer, person = sight.book, sight.viewer, sight.record.id
    return (
        viewer == person
        or sight.is_above(person)
        or person in two_managers_above(book, viewer, sight.on)
        or sight.coaches(person)
        or sight.is_coached_by(person)
    )


def _in_line(subject: str, seen: Circle) -> Circle:
    """Give the circle that sees the words, and the two line managers above the one whom the record is about."""

    def sees(sight: Sight, item: Any) -> bool:
        return sight.is_above(getattr(sight.record, subject)) or seen.sees(sight, item)

    return Circle(f"{seen.name}, line manager, manager of the line manager", sees)


def _reads_feedback(sight: Sight, _: Any) -> bool:
    record = sight.record
    if record.giver == sight.viewer:
        return True
    if not _given(record):
        return False
    if record.receiver == sight.viewer:
        return True
    wide = record.visibility.width
    if wide >= Visibility.MANAGERS.width and sight.manages(record.receiver):
        return True
    return wide >= Visibility.COACH.width and sight.coaches(record.receiver)


def _knows_of_feedback(sight: Sight, _: Any) -> bool:
    told = sight.record.requested_by is not None or any(e.act == "give" for e in sight.record.history)
    return _reads_feedback(sight, None) or (told and _is(sight, "receiver"))


def _asked_for_feedback(sight: Sight, _: Any) -> bool:
    own = _is(sight, "requested_by") and all(e.act != "write" for e in sight.record.history)
    return own or _reads_feedback(sight, None)


def _released(sight: Sight, need: Any) -> bool:
    path = sight.record
    if need.release is Release.OWNER_ONLY:
        return False
    if path.was_shared() and (sight.viewer == path.coach or sight.coaches(path.owner)):
        return True
    roles = _ROLES_OF_A_MOVE.get(need.release, ())
    return any(
        sight.viewer == getattr(move, role)
        for move in (sight.book.naming(InternalMove, "mover", path.owner) if roles else ())
        if need.id in move.needs and move.state not in {"declined", "withdrawn"}
        for role in roles
    )


_ROLES_OF_A_MOVE: Mapping[Release, tuple[str, ...]] = {
    Release.MANAGERS: ("releasing_manager", "receiving_manager"),
    Release.CLIENT: ("releasing_manager", "receiving_manager", "client_by"),
}


def _asked_for_a_move(sight: Sight, _: Any) -> bool:
    """Give the line above the mover, once somebody was asked: a wish alone is the mover's own."""
    record = sight.record
    return _is(sight, *_PARTIES_OF_A_MOVE) or (record.releasing_manager is not None and sight.is_above(record.mover))


_PARTIES_OF_A_MOVE = ("mover", "releasing_manager", "receiving_manager", "client_by")

EVERYONE = Circle("everyone", lambda _sight, _: True)
NOBODY = Circle("nobody", lambda _sight, _: False)
THEMSELVES = Circle("the person", lambda sight, _: _is(sight, "id"))
NEAR = Circle("the person, their line managers, coaches, reports and coachees", _near)
OWNER = Circle("owner", lambda sight, _: _is(sight, "owner"))
OWNER_AND_COACH = Circle("owner and coach", lambda sight, _: _is(sight, "owner", "coach"))
SHARED_WITH = Circle(
    "owner, and coach once it is shared",
    lambda sight, _: _is(sight, "owner") or (_is(sight, "coach") and sight.record.was_shared()),
)
COACHEE = Circle("coachee", lambda sight, _: _is(sight, "coachee"))
PAIR = Circle("coach and coachee", lambda sight, _: _is(sight, "coach", "coachee"))
BOTH = Circle("coachee and interviewer", lambda sight, _: _is(sight, "coachee", "interviewer"))
READERS = Circle("giver, and once given receiver and those it was shared with", _reads_feedback)
KNOWING = Circle("its readers, and the receiver who asked for it or was given it", _knows_of_feedback)
ASKED = Circle("its readers, and the receiver who asked while nothing is written", _asked_for_feedback)
MANAGED_BY = Circle(
    "the person and the line manager",
    lambda sight, _: _is(sight, "id") or sight.manages(sight.record.id),
)
PARTIES = Circle("mover, managers and client asked", lambda sight, _: _is(sight, *_PARTIES_OF_A_MOVE))
MOVE_LINE = Circle("those in it; once asked line manager, manager of the line manager", _asked_for_a_move)
POSTER = Circle("whoever posted it", lambda sight, _: _is(sight, "posted_by"))
TAKERS = Circle(
    "whoever posted it, or it is reserved for or filled by",
    lambda sight, _: _is(sight, "posted_by") or sight.viewer in {*sight.record.reserved_for, *sight.record.filled_by},
)
WRITER = Circle("whoever wrote it", lambda sight, item: item.by == sight.viewer, each=True)
RELEASED = Circle(
    "owner, and those it is released to",
    lambda sight, need: _is(sight, "owner") or _released(sight, need),
    each=True,
    whole=lambda sight: _is(sight, "owner"),
)
OWN_LINE = _in_line("id", THEMSELVES)
GOAL_LINE = _in_line("owner", OWNER_AND_COACH)
PATH_LINE = _in_line("owner", SHARED_WITH)
TALK_LINE = _in_line("coachee", BOTH)
PAIR_LINE = _in_line("coachee", PAIR)
