"""What each of these examples does: play the suite, then play by chance, and say what was found."""

import argparse
from collections.abc import Callable, Iterable

from hypothesis import settings

from coaching.testing import CoachingWorkflow, Coverage, Found, explore, suite

ALWAYS = settings(max_examples=50, derandomize=True, database=None)  # the same plays every time


def main(
    binding: type[CoachingWorkflow], bugs: Iterable[str], make: Callable[[str], CoachingWorkflow] | None = None
) -> None:
    """Try a system out, right or with the bug that is named; with a bug found, end as a test does that fails."""
    asked = argparse.ArgumentParser(description=f"Play {binding.__name__}.")
    asked.add_argument("--bug", choices=list(bugs), default="")
    bug = asked.parse_args().bug
    coverage = Coverage([piece.kind.type for piece in binding.pieces], acts=binding.acts, policy=binding.policy)
    making = make or binding
    try:
        for case in suite(binding):
            case.play(lambda: making(bug), coverage)
        explore(lambda: making(bug), settings=ALWAYS, coverage=coverage)
    except Found as found:
        print(found)
        raise SystemExit(1) from None
    print(f"{binding.__name__}: {len(suite(binding))} cases and {ALWAYS.max_examples} plays by chance, nothing found")
    print(", ".join(f"{name} {share:.0%}" for name, share in coverage.shares().items()))
