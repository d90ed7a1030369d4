"""Which planted bugs the testing kit finds: by the suite, by chance, how soon, and how short what it shows is.

`python benchmarks/planted_bugs.py` prints the table. The system stands in `tests/systems/talks.py`; its bugs are
switched on one at a time. `--every 10` looks at every tenth bug alone; `--right` plays the right system at length.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from coaching.testing import Coverage, Found, explore, suite
from coaching.testing.binding.playing import play
from coaching.testing.binding.together import AtOnce
from systems.bound import BoundAtOnce, BoundHouse, BoundTalks
from systems.talks import AT_ONCE, BUGS, IN_A_HOUSE

EXAMPLES = 200
ALWAYS = settings(max_examples=EXAMPLES, derandomize=True, database=None, deadline=None)


def bound(bug: str) -> BoundTalks:
    """The system with a bug: with threads, or with managers, where it takes them."""
    if bug in IN_A_HOUSE:
        return BoundHouse(bug)
    return BoundAtOnce(bug) if bug in AT_ONCE else BoundTalks(bug)


def by_suite(bug: str) -> int | None:
    """The number of the first case that finds a bug; None for none."""
    cases = [case for case in suite(type(bound(bug))) if isinstance(case, AtOnce) is (bug in AT_ONCE)]
    for n, case in enumerate(cases, 1):
        try:
            if isinstance(case, AtOnce):
                case.play(lambda: bound(bug))
                continue
            for steps, looks_from in case.scripts():
                play(steps, bound(bug), looks_from=looks_from)
        except Found:
            return n
    return None


def by_chance(bug: str) -> tuple[int, str] | None:
    """In how many steps a bug is shown, and what is said; None where it is not found."""
    try:
        explore(lambda: bound(bug), settings=ALWAYS)
    except Found as found:
        return len(found.played), found.what
    return None


def right() -> None:
    """Play the right system by the suite and by chance."""
    began, coverage = time.process_time(), Coverage(["interview"])
    cases = suite(BoundAtOnce)
    for case in cases:
        case.play(BoundAtOnce, coverage)
    print(f"right, by the suite: {len(cases)} cases, {time.process_time() - began:.1f} s, {coverage.shares()}")
    began = time.process_time()
    explore(BoundTalks, settings=ALWAYS)
    print(f"right, by chance: {EXAMPLES} examples, {time.process_time() - began:.1f} s")
    began = time.process_time()
    explore(BoundAtOnce, settings=ALWAYS)
    print(f"right, by chance and at once: {EXAMPLES} examples, {time.process_time() - began:.1f} s")


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--every", type=int, default=1)
    asked.add_argument("--bugs", default="", help="what their names hold")
    asked.add_argument("--right", action="store_true")
    given = asked.parse_args()
    if given.right:
        right()
    seconds, steps, suites, chances = list[float](), list[int](), 0, 0
    bugs = [bug for bug in [*BUGS, *IN_A_HOUSE, *AT_ONCE][:: given.every] if given.bugs in bug]
    print(f"{'bug':30} {'case':>5} {'steps':>5} {'s':>6}  what is said")
    for bug in bugs:
        case, began = by_suite(bug), time.process_time()
        found = by_chance(bug)
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
