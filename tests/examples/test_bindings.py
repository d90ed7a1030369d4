"""The worked bindings in `examples/testing`: a right system passes, and what is wrong with another one is said."""

import subprocess
import sys
import unittest
from contextlib import nullcontext
from pathlib import Path

import in_process
import over_pipe
import pytest
from hypothesis import settings
from in_process import OurNotes
from over_http import Talks
from over_pipe import PipedNotes
from theirs import notes, talks

from coaching.testing import Found, explore, suite

ROOT = Path(__file__).parents[2]
FEW = settings(max_examples=5, derandomize=True, database=None)
MORE = settings(FEW, max_examples=40)

FOUND = {
    (OurNotes, "anybody_acknowledges"): "acknowledge by p-3: the system took it; F007 says only the receiver",
    (OurNotes, "written_once_given"): "the system took it; F006 says the text of feedback is fixed once it is given",
    (OurNotes, "half_written"): "write by p-3: refused, and yet something changed",
    (PipedNotes, "half_written"): "write by p-3: refused, and yet something changed",
    (Talks, "anybody_signs"): "sign by ",
    (Talks, "closed_by_one"): "state: expected 'held', held 'signed'",
    (Talks, "half_booked"): "slot.place: expected 'Room 4', held 'Room 5'",
}
IN_THE_SUITE = {
    "keeps_signatures": (
        "interview: signed (check_in): reopen by p-17",
        "signatures[0]: expected None, held {by: 'p-17', stance: 'agrees'}",
    ),
    "utc_days": (
        "interview: reopened, half signed (annual), the farthest east",
        "held_on: expected 2026-03-02, held '2026-03-01'",
    ),
}
STARTED = {OurNotes: nullcontext, PipedNotes: over_pipe.started, Talks: lambda bug: nullcontext(talks.make(bug))}


@pytest.fixture(params=STARTED, ids=lambda binding: binding.__name__)
def bound(request):
    """A binding, and what makes one: the system is started once, by a fixture, and emptied for each play."""
    with STARTED[request.param]("") as system:
        yield request.param, lambda: request.param(system)


def test_a_right_system_passes(bound):
    """By the suite, of which a few cases are played here, and by chance."""
    binding, factory = bound
    for case in suite(binding)[::60]:
        case.play(factory)
    explore(factory, settings=FEW)


@pytest.mark.parametrize(("binding", "bug"), FOUND, ids=lambda it: it if isinstance(it, str) else it.__name__)
def test_a_bug_is_found_and_said(binding, bug):
    """In the words of the domain, with steps that show it."""
    with STARTED[binding](bug) as system, pytest.raises(Found) as caught:
        explore(lambda: binding(system), settings=MORE)
    assert FOUND[binding, bug] in str(caught.value)
    assert len(caught.value.steps) <= 8


@pytest.mark.parametrize("bug", IN_THE_SUITE)
def test_a_case_of_the_suite_shows_a_bug(bug):
    """By its name, the same in every run."""
    name, said = IN_THE_SUITE[bug]
    service = talks.make(bug)
    with pytest.raises(Found) as caught:
        next(case for case in suite(Talks) if case.name == name).play(lambda: Talks(service))
    assert said in str(caught.value)


def test_each_bug_is_one_of_those_shown():
    """Nothing is switched on that nothing finds."""
    assert {bug for binding, bug in FOUND if binding is OurNotes} == set(notes.BUGS)
    assert {bug for binding, bug in FOUND if binding is Talks} | {*IN_THE_SUITE} == set(talks.BUGS)


def test_the_same_is_found_at_each_end_of_a_pipe():
    """The message does not tell where the system runs."""
    told = []
    for binding in (OurNotes, PipedNotes):
        with STARTED[binding]("half_written") as system, pytest.raises(Found) as caught:
            explore(lambda binding=binding, system=system: binding(system), settings=MORE)
        where = f"# from {binding.__module__} import {binding.__name__}\n"
        told.append(str(caught.value).replace(where, "").replace(binding.__name__, "Ours"))
    assert told[0] == told[1]


def test_unittest_plays_a_binding_with_a_system_that_was_started():
    """Where it is made is a method of the test."""
    with over_pipe.started("") as process:

        class PipedCase(PipedNotes.TestCase):
            settings = FEW

            def factory(self):
                return PipedNotes(process)

        outcome = unittest.TestResult()
        PipedCase("runTest").run(outcome)
    assert (outcome.testsRun, outcome.errors, outcome.failures) == (1, [], [])


SHARED_OUT = """
import pytest
from in_process import OurNotes
from coaching.testing import suite

@pytest.mark.parametrize("case", suite(OurNotes)[::60])
def test_ours(case):
    case.play(OurNotes)
"""


def test_several_processes_of_pytest_share_the_cases_out(tmp_path):
    """Names are the same in each of them."""
    (tmp_path / "test_ours.py").write_text(SHARED_OUT)
    paths = f"pythonpath={Path(in_process.__file__).parent}"
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", "-o", paths, str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert f"{len(suite(OurNotes)[::60])} passed" in done.stdout, done.stdout + done.stderr


def test_an_example_ends_as_a_test_does(monkeypatch, capsys):
    """With 1 and the message where something is found; with what was reached where nothing is."""
    monkeypatch.setattr(sys, "argv", ["in_process.py", "--bug", "half_written"])
    with pytest.raises(SystemExit, match="1"):
        in_process.main(OurNotes, notes.BUGS, nullcontext)
    printed = capsys.readouterr().out.replace("# from in_process import OurNotes\n", "")  # run, it imports nothing
    assert f"```text\n{printed}```" in (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["in_process.py"])
    in_process.main(OurNotes, notes.BUGS, nullcontext, every=20)
    assert "plays by chance, nothing found\nstates " in capsys.readouterr().out
