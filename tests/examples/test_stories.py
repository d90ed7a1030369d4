"""`examples/madeleine.py`, `chain.py` and `assistant.py`: each runs by itself, and prints what the story is about."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


def printed(name):
    """What an example prints, run by itself and without arguments."""
    utf8 = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-W", "error", str(EXAMPLES / name)]
    done = subprocess.run(command, capture_output=True, env=utf8, check=True, encoding="utf-8")
    assert done.stderr == ""
    return done.stdout


@pytest.fixture(scope="module")
def madeleine():
    """Once for all tests: the sections, by their headings."""
    sections = printed("madeleine.py").split("\n\n")
    return {heading: lines for heading, *lines in (section.splitlines() for section in sections)}


def test_madeleine_says_what_she_needs(madeleine):
    """In her own words, the two musts first."""
    assert madeleine["What Madeleine needs"] == [
        "  must challenge      Problems I have not solved before",
        "  must responsibility To lead, not only to test",
        "  want location       Closer to the mountains",
    ]


def test_the_interview_is_not_finished_before_all_is_said(madeleine):
    """A concern without a reply, answers that nobody summed up, and no promise by either."""
    *refusals, after = madeleine["Finishing now would be refused"]
    assert [line.split()[0] for line in refusals] == ["I013", "I013", "I010", "I009"]
    assert after == "The next day the interview is signed"


def test_the_match_explains_line_by_line(madeleine):
    """Level and place are met, words are for people to ask about; nothing is added up."""
    lines = madeleine["Lead of the battery line: a match to talk about, and no score"]
    assert [line.split()[0] for line in lines] == ["ask", "met", "met", "ask"]


def test_the_move_comes_about_and_changes_her_record(madeleine):
    """Four say yes, the last makes it agreed; one placement ends the day before the next begins."""
    lines = madeleine["The move"]
    assert [line.split()[-1] for line in lines[:4]] == ["asked", "asked", "asked", "agreed"]
    assert lines[4:] == [
        "  It is a move: up, new_client, new_location, new_manager",
        "  2022-09-01 to 2026-07-01  Test engineer, Lyon (FR)",
        "  2026-07-02 to open  Lead of the battery line, Grenoble (FR)",
        "  Her manager is karim now",
    ]


def test_she_thanks_and_says_what_is_still_open(madeleine):
    """The challenge is hers to judge, later."""
    assert madeleine["Thanks"] == [
        "  Henri noted: Letting go is leading, too",
        "  Needs still open: Problems I have not solved before",
    ]


def test_what_is_worth_a_look_afterwards(madeleine):
    """A new manager, and nobody's relationship with him yet."""
    lines = madeleine["Worth a look about Madeleine on 2026-08-29"]
    assert any(
        line.startswith("  X013") and line.endswith("no relationship with the new manager, karim") for line in lines
    )


def test_the_chain():
    """Two links above Madeleine, a ring refused with its reason, and a peer allowed."""
    text = printed("chain.py")
    assert "Above madeleine: henri > sofia\n" in text
    assert (
        "  R005 coach: sofia > madeleine > henri > sofia (choose another kind (peer, mentor), or another coach)" in text
    )
    assert "  Above sofia: madeleine > henri\n" in text
    assert text.endswith("\n<Book: 7 person, 7 relationship>: 0 errors\n")


def test_an_assistant_notes_for_anna():
    """It is offered what she may begin, and begins it."""
    *offered, done = printed("assistant.py").splitlines()
    assert "new_goal_begin" in offered
    assert "'state': 'draft'" in done
