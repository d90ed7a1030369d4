"""Which planted bugs the testing kit finds: by the suite, by chance, how soon, and how short what it shows is.

`python benchmarks/planted_bugs.py talks` (or `staff`) prints the table. The systems stand in `tests/systems`; their
bugs are switched on one at a time. `--every 10` looks at every tenth bug alone; `--right` plays the right system at
length.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from coaching.testing import Coverage, Found, explore, suite
from coaching.testing.binding.playing import play
from coaching.testing.binding.suite import Script
from systems import staff, talks
from systems.bound import BoundStaff, BoundTalks

Binding = type[BoundTalks] | type[BoundStaff]
SYSTEMS: dict[str, tuple[Binding, dict[str, str]]] = {
    "talks": (BoundTalks, talks.BUGS),
    "staff": (BoundStaff, staff.BUGS),
}
EXAMPLES = 200
ALWAYS = settings(max_examples=EXAMPLES, derandomize=True, database=None, deadline=None)


@cache
def scripts(binding: Binding) -> list[tuple[Script, ...]]:
    """What each case of the suite plays, worked out once."""
    return [tuple(case.scripts()) for case in suite(binding)]


def by_suite(binding: Binding, bug: str) -> int | None:
    """The number of the first case that finds a bug; None for none."""
    for n, case in enumerate(scripts(binding), 1):
        try:
            for steps, looks_from in case:
                play(steps, binding(bug), looks_from=looks_from)
        except Found:
            return n
    return None


def by_chance(factory: Callable[[], BoundTalks | BoundStaff]) -> tuple[int, str] | None:
    """In how many steps a bug is shown, and what is said; None where it is not found."""
    try:
        explore(factory, settings=ALWAYS)
    except Found as found:
        return len(found.played), found.what
    return None


def right(binding: Binding) -> None:
    """Play the right system by the suite and by chance."""
    began, coverage = time.process_time(), Coverage([piece.kind.type for piece in binding.pieces])
    for case in suite(binding):
        case.play(binding, coverage)
    spent = time.process_time() - began
    print(f"right, by the suite: {len(suite(binding))} cases, {spent:.1f} s, {coverage.shares()}")
    began = time.process_time()
    explore(binding, settings=ALWAYS)
    print(f"right, by chance: {EXAMPLES} examples, {time.process_time() - began:.1f} s")


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("system", nargs="?", choices=SYSTEMS, default="talks")
    asked.add_argument("--every", type=int, default=1)
    asked.add_argument("--right", action="store_true")
    given = asked.parse_args()
    binding, known = SYSTEMS[given.system]
    if given.right:
        right(binding)
    seconds, steps, suites, chances = list[float](), list[int](), 0, 0
    bugs = [*known][:: given.every]
    print(f"{'bug':30} {'case':>5} {'steps':>5} {'s':>6}  what is said")
    for bug in bugs:
        case, began = by_suite(binding, bug), time.process_time()
        found = by_chance(partial(binding, bug))
        seconds.append(time.process_time() - began)
        suites += case is not None
        if found is not None:
            chances += 1
            steps.append(found[0])
        told = "not found" if found is None else found[1]
        print(f"{bug:30} {case or '-':>5} {found[0] if found else '-':>5} {seconds[-1]:6.2f}  {told[:90]}", flush=True)
    print(f"{len(bugs)} bugs: {suites} by the suite, {chances} by chance within {EXAMPLES} examples")
    print(f"found and shortened in {statistics.median(seconds):.2f} s (median), {max(seconds):.2f} s (most)")
    print(f"{statistics.mean(steps):.1f} steps shown on average")


if __name__ == "__main__":
    main()
