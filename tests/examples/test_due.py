"""`examples/due.py` and the sample export beside it."""

import csv
import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from coaching import Book
from coaching.bulk.importing import import_records

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def printed():
    """What the example prints, run by itself and without arguments."""
    utf8 = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-W", "error", str(EXAMPLES / "due.py")]
    done = subprocess.run(command, capture_output=True, env=utf8, check=True, encoding="utf-8")
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.fixture
def outcome():
    """The sample export, as read on the day of the example."""
    at = datetime(2026, 11, 25, tzinfo=UTC)
    return import_records(EXAMPLES / "people.csv", "preset:due", by="import", at=at, into=Book())


def test_it_prints_a_line_for_each_whose_day_has_come(printed, outcome):
    """And the account at the end."""
    *people, account = printed
    waiting = [line for line in outcome.book.coverage(date(2026, 11, 25)) if line.status != "not_due"]
    assert [(p.split()[0], p.split()[-1]) for p in people] == [(w.person, w.status.value) for w in waiting]
    assert "1006  Björn Åkesson       2024-02-29  2025-02-28  overdue" in people
    assert account == "read 36 = accepted 33 + rejected 3 + skipped 0"


def test_it_reads_another_file_too(tmp_path):
    """Named on the command line."""
    file = tmp_path / "other.csv"
    file.write_text("id,name,joined_on\n1,Ada,2020-01-01\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / "due.py"), str(file)], capture_output=True, check=True, text=True
    )
    assert done.stdout.splitlines() == [
        "1     Ada                 never       2021-01-01  never",
        "read 1 = accepted 1 + rejected 0 + skipped 0",
    ]


def test_the_sample_shows_every_status_but_leave(outcome):
    """A file of people says nothing of leave."""
    counted = Counter(line.status.value for line in outcome.book.coverage(date(2026, 11, 25)))
    assert counted == {"not_due": 14, "due": 5, "overdue": 6, "never": 5}


def test_the_sample_has_a_fault_of_each_kind(outcome):
    """Each named with its line, as one finds it with an editor."""
    assert [(it.line, it.code, it.severity == "error") for it in outcome.report.faults] == [
        (23, "B004", False),  # a manager who is nobody
        (25, "B005", False),  # a talk before the person joined
        (29, "B003", True),  # 30 February
        (30, "J003", False),  # somebody who manages themselves
        (31, "B002", True),  # a cell too few
        (33, "P002", True),  # an id that stands twice, with no last day before
    ]


def test_the_sample_is_what_it_says():
    """36 rows in three units and a management, as csv alone reads them."""
    with (EXAMPLES / "people.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 36
    assert {row["Unit"] for row in rows} == {"Management", "Automation", "Software", "Energy"}
