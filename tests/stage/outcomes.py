"""What stands in for the outcome of an import, where the command line is tried without one."""

from typing import Any

from attrs import Factory, frozen

TOLD = "read 7 = accepted 5 + rejected 2"


@frozen
class Report:
    """A report that says what it was asked."""

    good: bool
    asked: list[Any] = Factory(list)

    def as_dict(self, *, values=False):
        """For a program."""
        return {"read": 7, "values": values}

    def told(self, *, values=False):
        """For a person; a file may hold anything."""
        return f"{TOLD}\n\x1b[31m{values}"

    def success(self, max_rejected, max_warnings):
        """Within its thresholds, or not."""
        self.asked.append((max_rejected, max_warnings))
        return self.good


class Changes:
    """What became of the book."""

    def as_dict(self, *, values=False):
        """For a program."""
        return {"new": 5, "values": values}

    def told(self, *, values=False):
        """For a person."""
        return f"5 new {values}"
