"""What became of the rows, as the command line asks for it. A placeholder: the rooms behind it are joined later."""

from __future__ import annotations

from typing import Any


class Report:
    """What became of the rows."""

    def as_dict(self, *, values: bool = False) -> dict[str, Any]:
        """Give it for a program."""
        raise NotImplementedError

    def told(self, *, values: bool = False) -> str:
        """Give it on one screen."""
        raise NotImplementedError

    def success(self, max_rejected: float | None, max_warnings: int | None) -> bool:
        """Say whether it is within its thresholds: a number of rows, or a share below 1."""
        raise NotImplementedError


def html(report: Report, *, values: bool = False) -> str:
    """Give it as a page of HTML."""
    raise NotImplementedError
