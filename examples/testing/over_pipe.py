"""A process that speaks JSON lines, bound: `python over_pipe.py`, and with a bug `--bug half_written` after it."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from theirs.notes import BUGS
from trying import main

from coaching.testing import FeedbackWorkflow

NOTES = [sys.executable, str(Path(__file__).parent / "theirs" / "notes.py")]


def started(bug: str) -> Any:
    """Start the system. One process serves all plays; each begins by emptying it."""
    command = [*NOTES, "--bug", bug] if bug else NOTES
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")  # noqa: S603  (our own program)


class Refused(Exception):
    """The process says no."""


class PipedNotes(FeedbackWorkflow):
    """The same system as in `in_process.py`, behind a pipe."""

    refusal = Refused
    acts = ("request", "decline", "write", "give", "acknowledge", "withdraw")
    takes = {"request": {"refs": None}, "write": {"impact_on": None, "refs": None}}

    def __init__(self, process: Any) -> None:
        """Begin with an empty system."""
        self.process = process
        self.ask({})

    def ask(self, what: dict[str, Any]) -> Any:
        """Ask in a line, and read the line that is the answer."""
        print(json.dumps(what, default=str), file=self.process.stdin, flush=True)
        answer = json.loads(self.process.stdout.readline())
        if "no" in answer:
            raise Refused(answer["no"])
        return answer

    def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
        """Do an act."""
        self.ask({"act": act, "id": record_id, "by": by, "at": at, "given": given})

    def read(self, record_id: str) -> dict[str, Any]:
        """Give what is kept."""
        note: dict[str, Any] = self.ask({"read": record_id})["note"]
        return note


if __name__ == "__main__":
    main(PipedNotes, BUGS, started)
