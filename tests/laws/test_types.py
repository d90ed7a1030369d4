"""Hypothesis knows our types once both are imported, whichever came first; and nothing of ours is imported for it."""

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import coaching
import coaching_hypothesis
from coaching.testing.types import strategy_of

coaching_hypothesis.hook()  # as Hypothesis does where the package is installed

PUBLIC = [kind for name in coaching.__all__ if isinstance(kind := getattr(coaching, name), type)]


@pytest.mark.parametrize("public", PUBLIC, ids=lambda kind: kind.__name__)
@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_every_public_type_is_drawn(public: type, data: st.DataObject):
    """By its strategy, and by what Hypothesis knows of it."""
    assert isinstance(data.draw(strategy_of(public)), public)
    assert isinstance(data.draw(st.from_type(public)), public)


def run(program: str) -> str:
    """What a program says, run alone."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


LOOK = "print([name for name in sys.modules if name.startswith('coaching') and name != 'coaching_hypothesis'])"
DRAWN = """
from hypothesis import Phase, find, settings, strategies as st
print(find(st.from_type(coaching.Goal), bool, settings=settings(database=None, phases=[Phase.generate])).state)
"""


def test_importing_hypothesis_imports_nothing_of_ours():
    """Nor does what it loads through the entry point."""
    assert run(f"import sys, hypothesis, coaching_hypothesis; coaching_hypothesis.hook(); {LOOK}") == "[]"


@pytest.mark.parametrize(
    "program",
    [
        f"import hypothesis, coaching; {DRAWN}",
        f"import coaching, coaching_hypothesis, hypothesis; coaching_hypothesis.hook(); {DRAWN}",
    ],
    ids=["hypothesis first", "coaching first"],
)
def test_either_may_be_imported_first(program: str):
    """What Hypothesis does when it loads the entry point is done by hand where the package is not installed."""
    assert run(program) == "draft"


def test_a_fault_in_it_breaks_nobody(monkeypatch: pytest.MonkeyPatch):
    """Neither Hypothesis, which calls it while it is imported, nor us."""

    def refuses(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(st, "register_type_strategy", refuses)
    coaching_hypothesis.hook()
