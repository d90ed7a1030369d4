"""What each of these examples does: play the suite, then play by chance, and say what was found."""

import argparse
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any

from hypothesis import settings

from coaching.testing import Coverage, Found, explore, suite

ALWAYS = settings(max_examples=20, derandomize=True, database=None)  # the same plays every time


def main(
    binding: Any, bugs: Iterable[str], started: Callable[[str], AbstractContextManager[Any]], every: int = 1
) -> None:
    """Try a system out, right or with the bug that is named; end with 1, as a test run does, where something is found.

    Args:
        binding: Is made anew for each play, from the system that is started.
        bugs: The names of those that can be switched on.
        started: Starts the system with a bug, or with none.
        every: Which cases of the suite are played, for an example that is quick: each, or each second, third ...
    """
    asked = argparse.ArgumentParser(description=f"Play {binding.__name__}.")
    asked.add_argument("--bug", choices=list(bugs), default="")
    cases, coverage = (
        suite(binding)[::every],
        Coverage(binding),
    )
    with started(asked.parse_args().bug) as system:
        try:
            for case in cases:
                case.play(lambda: binding(system), coverage)
            explore(lambda: binding(system), settings=ALWAYS, coverage=coverage)
        except Found as found:
            print(found)
            raise SystemExit(1) from None
    print(f"{binding.__name__}: {len(cases)} cases and {ALWAYS.max_examples} plays by chance, nothing found")
    print(", ".join(f"{name} {share:.0%}" for name, share in coverage.shares().items()))
