"""A plain class of dicts, bound: `python in_process.py`, and with a bug `python in_process.py --bug half_written`."""

from contextlib import nullcontext
from datetime import datetime
from typing import Any

from theirs.notes import BUGS, No, Notes
from trying import main

from coaching.testing import FeedbackWorkflow


class OurNotes(FeedbackWorkflow):
    """The system knows no wider circle than the two, no references, and not on whom something had its impact."""

    refusal = No
    acts = ("request", "decline", "write", "give", "acknowledge", "withdraw")
    takes = {"request": {"refs": None}, "write": {"impact_on": None, "refs": None}}

    def __init__(self, bug: str = "") -> None:
        """Begin with an empty system."""
        self.notes = Notes(bug)

    def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
        """Do an act."""
        self.notes.do(act, record_id, by, at, given)

    def read(self, record_id: str) -> dict[str, Any]:
        """Give what is kept."""
        return self.notes.get(record_id)


if __name__ == "__main__":
    main(OurNotes, BUGS, nullcontext)
