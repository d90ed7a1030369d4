"""The bindings of the systems in this folder."""

from datetime import date, datetime
from typing import Any

from coaching.testing import InterviewWorkflow
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
        del at
        return self.system.page(record_id, viewer)

    def due(self, on: date) -> dict[str, list[tuple[str, ...]]]:
        """List what is overdue."""
        return self.system.late(on)

    def restart(self) -> None:
        """Start again."""
        self.system.again()

    def codes(self, error: Exception) -> tuple[str, ...]:
        """Give the code, where there is one."""
        return (error.code,) if isinstance(error, Refused) and error.code else ()


class BoundAtOnce(BoundTalks):
    """The same, by several threads at once."""

    at_once = True
