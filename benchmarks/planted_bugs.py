"""Which planted bugs the testing kit finds: by the suite, by chance, how soon, and how short what it shows is.

`python benchmarks/planted_bugs.py` prints the table. The systems stand in `tests/systems`; their bugs are switched on
one at a time: `talks` of interviews, `house` with managers, `at_once` with threads, `staff` of people and moves; the
shelves, of talks, goals and relationships, keep our own records and spoil them.

    python benchmarks/planted_bugs.py talks --every 10       every tenth bug alone
    python benchmarks/planted_bugs.py talks --seeds 20       by chance from 20 seeds, and how often each is found
    python benchmarks/planted_bugs.py talks --right 20       the right system, by the suite, and from 20 seeds
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from hypothesis import core, settings

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from coaching.testing import Coverage, Found, explore, suite
from coaching.testing.binding.playing import play
from coaching.testing.binding.suite import Case
from coaching.testing.binding.system import System
from systems import shelves, staff, talks
from systems.bound import BoundAtOnce, BoundHouse, BoundStaff, BoundTalks
from systems.shelves import ShelfOfGoals, ShelfOfPairs, ShelfOfTalks

Binding = type[Any]
SYSTEMS: dict[str, tuple[Binding, Mapping[str, object]]] = {
    "talks": (BoundTalks, talks.BUGS),
    "house": (BoundHouse, talks.IN_A_HOUSE),
    "at_once": (BoundAtOnce, talks.AT_ONCE),
    "staff": (BoundStaff, staff.BUGS),
    "shelf_of_talks": (ShelfOfTalks, shelves.TALKS),
    "shelf_of_goals": (ShelfOfGoals, shelves.GOALS),
    "shelf_of_pairs": (ShelfOfPairs, shelves.PAIRS),
}


def always(examples: int) -> settings:
    """The same examples every time."""
    return settings(max_examples=examples, derandomize=True, database=None, deadline=None)


@cache
def plays(binding: Binding) -> list[Callable[[Callable[[], System]], None]]:
    """What each case of the suite plays, worked out once; what is played at once is worked out as it goes."""
    return [partial(_played, tuple(it.scripts())) if isinstance(it, Case) else it.play for it in suite(binding)]


def _played(scripts: Any, factory: Callable[[], System]) -> None:
    for steps, looks_from in scripts:
        play(steps, factory(), looks_from=looks_from)


def by_suite(binding: Binding, bug: str) -> int | None:
    """The number of the first case that finds a bug; None for none."""
    for n, played in enumerate(plays(binding), 1):
        try:
            played(partial(binding, bug))
        except Found:
            return n
    return None


def by_chance(factory: Callable[[], System], example: settings) -> tuple[int, str] | None:
    """In how many steps a bug is shown, and what is said; None where it is not found."""
    try:
        explore(factory, settings=example)
    except Found as found:
        return len(found.played), found.what
    return None


def seeded(factory: Callable[[], System], seed: int, examples: int) -> tuple[int, str] | None:
    """The same from a seed of its own."""
    core.global_force_seed = seed
    try:
        return by_chance(factory, settings(always(examples), derandomize=False))
    finally:
        core.global_force_seed = None


def right(binding: Binding, seeds: int, examples: int) -> None:
    """Play the right system by the suite and by chance."""
    began, coverage = time.process_time(), Coverage(binding)
    cases = suite(binding)
    for case in cases:
        case.play(binding, coverage)
    spent = time.process_time() - began
    print(f"right, by the suite: {len(cases)} cases, {spent:.1f} s, {coverage.shares()}", flush=True)
    for seed in range(seeds):
        began, said = time.process_time(), seeded(binding, seed, examples)
        spent = time.process_time() - began
        print(
            f"right, by chance from seed {seed}: {examples} examples, {spent:.1f} s, {said or 'nothing found'}",
            flush=True,
        )


def from_seeds(binding: Binding, bugs: list[str], seeds: int, examples: int) -> None:
    """Print from how many seeds each bug is found."""
    shares = list[int]()
    for bug in bugs:
        shares.append(sum(seeded(partial(binding, bug), seed, examples) is not None for seed in range(seeds)))
        print(f"{bug:30} {shares[-1]:3} of {seeds}", flush=True)
    often = sum(it >= seeds * 19 / 20 for it in shares)
    print(f"{often} of {len(bugs)} bugs from 19 of 20 seeds at least; all in all {sum(shares)} of {seeds * len(bugs)}")


def table(binding: Binding, bugs: list[str], examples: int) -> None:
    """Print where each bug is found, and what is said of it."""
    seconds, steps, suites = list[float](), list[int](), 0
    plays(binding)
    print(f"{'bug':30} {'case':>5} {'steps':>5} {'s':>6}  what is said")
    for bug in bugs:
        case, began = by_suite(binding, bug), time.process_time()
        found = by_chance(partial(binding, bug), always(examples))
        seconds.append(time.process_time() - began)
        suites += case is not None
        steps += [] if found is None else [found[0]]
        told = "not found" if found is None else found[1]
        print(f"{bug:30} {case or '-':>5} {found[0] if found else '-':>5} {seconds[-1]:6.2f}  {told[:90]}", flush=True)
    print(f"{len(bugs)} bugs: {suites} by the suite, {len(steps)} by chance within {examples} examples")
    print(f"found and shortened in {statistics.median(seconds):.2f} s (median), {max(seconds):.2f} s (most)")
    print(f"{statistics.mean(steps):.1f} steps shown on average")


def main() -> None:
    """Print what is asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("system", nargs="?", choices=SYSTEMS, default="talks")
    asked.add_argument("--every", type=int, default=1)
    asked.add_argument("--bugs", default="", help="what their names hold")
    asked.add_argument("--examples", type=int, default=200)
    asked.add_argument("--seeds", type=int, default=0)
    asked.add_argument("--right", type=int, nargs="?", const=1, default=0, metavar="SEEDS")
    given = asked.parse_args()
    binding, known = SYSTEMS[given.system]
    bugs = [bug for bug in [*known][:: given.every] if given.bugs in bug]
    if given.right:
        right(binding, given.right, given.examples)
    elif given.seeds:
        from_seeds(binding, bugs, given.seeds, given.examples)
    else:
        table(binding, bugs, given.examples)


if __name__ == "__main__":
    main()
