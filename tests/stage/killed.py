"""Imports that are killed at any moment, and go on: run as a program, it says what came of each.

    python killed.py FOLDER SOURCE... < PLAN

A plan is JSON: `{"existing": bytes of the book or null, "kills": [[n, m], ...]}`: the import is killed at its n-th
statement or change of a file, resumed and killed at the m-th, and resumed again. What is said is one line of JSON.
"""

import json
import os
import signal
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coaching.bulk import importing, journal, merging
from stage.imports import STAFF

AT = datetime(2026, 4, 2, 12, tzinfo=UTC)


class Clock:
    """Counts what happens, and kills the process when it is time."""

    now, end = 0, -1

    def tick(self, *_: Any) -> None:
        """Count one more."""
        self.now += 1
        if self.now == self.end:
            os.kill(os.getpid(), signal.SIGKILL)


clock = Clock()


class Ticking(sqlite3.Connection):
    """A connection of which each statement counts, before it and after it."""

    def execute(self, *given: Any) -> Any:
        """Do it."""
        clock.tick()
        done = super().execute(*given)
        clock.tick()
        return done

    def executemany(self, *given: Any) -> Any:
        """Do it."""
        clock.tick()
        done = super().executemany(*given)
        clock.tick()
        return done


def audited(event: str, given: tuple[Any, ...]) -> None:
    """Count what is done to files."""
    if event in {"os.rename", "os.remove", "sqlite3.connect"} or (event == "open" and "w" in str(given[1])):
        clock.tick()


def run(folder: Path, sources: list[str], **how: Any) -> Any:
    """Import into the book of a folder."""
    return importing.import_records(
        sources,
        STAFF,
        by="hr",
        into=folder / "book.ndjson",
        journal=folder / "journal",
        rejects=folder / "bad.csv",
        **how,
    )


def killed(folder: Path, sources: list[str], end: int, **how: Any) -> bool:
    """Import in a process of its own that is killed at an event; tell whether it was."""
    child = os.fork()
    if child == 0:
        clock.now, clock.end = 0, end
        run(folder, sources, **how)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def begin(folder: Path, existing: str | None) -> None:
    """Put the book there as it was before."""
    for it in folder.iterdir():
        it.unlink()
    if existing is not None:
        (folder / "book.ndjson").write_text(existing)


def left(folder: Path) -> dict[str, str]:
    """What a folder holds."""
    return {it.name: it.read_text() for it in sorted(folder.iterdir())}


def main(folder: Path, sources: list[str], plan: dict[str, Any]) -> dict[str, Any]:
    """Do what a plan says."""
    importing.BATCH, merging.BATCH = 3, 2
    connect = sqlite3.connect
    journal.sqlite3.connect = lambda *given, **how: connect(*given, factory=Ticking, **how)
    sys.addaudithook(audited)
    begin(folder, plan["existing"])
    clock.now = 0
    report = run(folder, sources, at=AT).report.as_dict(values=True)
    events, wanted = clock.now, left(folder)
    wrong = []
    for first, second in plan["kills"]:
        begin(folder, plan["existing"])
        ends = [1 + n * events // 1000 for n in (first, second)]
        were, kept = [], []
        for end, resume in zip(ends, (False, True), strict=True):
            were.append(killed(folder, sources, end, at=AT, resume=resume))
            kept.append((folder / "journal").exists())
        goes_on = all(kept)  # otherwise it was done already, and what is done again changes nothing
        done = run(folder, sources, at=AT, resume=True).report.as_dict(values=True) if were[1] else report
        if left(folder) != wanted or (goes_on and done != report):
            wrong.append({"ends": ends, "were": were, "left": left(folder), "report": done})
    return {"events": events, "wanted": wanted, "report": report, "wrong": wrong}


if __name__ == "__main__":
    _, where, *given = sys.argv
    json.dump(main(Path(where), given, json.load(sys.stdin)), sys.stdout)
