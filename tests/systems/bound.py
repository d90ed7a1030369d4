"""The bindings of the systems in this folder."""

from datetime import UTC, date, datetime
from typing import Any

from coaching import Managed, Person, Position, Span
from coaching.testing import CoachingWorkflow, InterviewWorkflow, MoveWorkflow, PersonWorkflow
from systems import staff
from systems.talks import Refused, Talks


class BoundTalks(InterviewWorkflow):
    """The system of dicts, right or with a bug."""

    refusal = Refused

    def __init__(self, bug: str = "") -> None:
        """Begin with an empty system."""
        self.system = Talks(bug)

    def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
        """Do an act."""
        self.system.do(act, record_id, by=by, at=at, **given)

    def read(self, record_id: str) -> dict[str, Any]:
        """Read a talk."""
        return self.system.get(record_id)

    def export(self, record_id: str) -> dict[str, Any]:
        """Read it by another way."""
        return self.system.report(record_id)

    def acts_for(self, record_id: str, by: str, at: datetime) -> list[str]:
        """List the buttons."""
        return self.system.buttons(record_id, by, at.date())

    def awaits(self, record_id: str) -> list[tuple[str, str]]:
        """List whose turn it is."""
        return self.system.waits_for(record_id)

    def view(self, record_id: str, viewer: str, at: datetime) -> dict[str, Any]:
        """Show a talk to somebody."""
        return self.system.page(record_id, viewer, at.date())

    def due(self, on: date) -> dict[str, list[tuple[str, ...]]]:
        """List what is overdue."""
        return self.system.late(on)

    def restart(self) -> None:
        """Start again."""
        self.system.again()

    def codes(self, error: Exception) -> tuple[str, ...]:
        """Give the code, where there is one."""
        return (error.code,) if isinstance(error, Refused) and error.code else ()


class BoundStaff(CoachingWorkflow):
    """The system of dicts that keeps people and moves, right or with a bug."""

    refusal = staff.Refused
    pieces = (*PersonWorkflow.pieces, *MoveWorkflow.pieces)

    def __init__(self, bug: str = "") -> None:
        """Begin with an empty system."""
        self.system = staff.Staff(bug)

    def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
        """Do an act."""
        self.system.do(act, record_id, by=by, at=at, **given)

    def read(self, record_id: str) -> dict[str, Any]:
        """Read a person or a move."""
        return self.system.get(record_id)

    def restart(self) -> None:
        """Start again."""
        self.system.again()


class BoundAtOnce(BoundTalks):
    """The same, by several threads at once."""

    at_once = True


JOINED, CHANGED = date(2025, 5, 1), date(2026, 3, 10)
LINE = (("p-8", JOINED), ("p-9", CHANGED))


class BoundHouse(BoundTalks):
    """The same in a house: the coachee joined on a day, and gets another manager on another."""

    people = (
        Person.register(
            "p-17",
            "Anna",
            JOINED,
            by="hr",
            at=datetime(2025, 5, 1, 9, tzinfo=UTC),
            position=Position(
                id="po-1", employer="o-1", title="Engineer", span=Span(JOINED), managers=[Managed(*it) for it in LINE]
            ),
        ),
    )

    def __init__(self, bug: str = "") -> None:
        """Begin with no talk, in a house."""
        self.system = Talks(bug, {"p-17": {"joined": JOINED, "managers": LINE}})
