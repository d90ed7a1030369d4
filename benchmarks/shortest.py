"""Whether what the kit shows is as short as can be: `python benchmarks/shortest.py [--every 6] [--deepest 5]`.

For each planted bug of `tests/systems/talks.py`, every life up to a number of acts is played, in the plain scene and in
the one in which the bug was found, until the bug shows; what nobody can tell from a life that was played is not played
again. The table says how many steps the kit shows, and how many are enough. Slow: minutes a bug.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from planted_bugs import ALWAYS

from coaching.logs.comparing import plain
from coaching.testing import Found, explore
from coaching.testing.binding.interviews import INTERVIEWS
from coaching.testing.binding.model import Judged, judge
from coaching.testing.binding.offers import begun, offered
from coaching.testing.binding.playing import play
from coaching.testing.binding.scenes import PLAIN, Scene
from coaching.testing.binding.steps import Step
from systems.bound import BoundTalks
from systems.talks import BUGS

Life = tuple[Judged, ...]
LEFT = {"history", "id", "digest", "content"}


def told(value: Any) -> Any:
    """What can be told of a record, without moments, days and who wrote an entry."""
    if isinstance(value, dict):
        return tuple(
            (name, told(it)) for name, it in value.items() if name not in {"history", "id", "digest", "content"}
        )
    if isinstance(value, list):
        return tuple(map(told, value))
    return None if isinstance(value, datetime | date) else value


@cache
def lives(scene: Scene, acts: int) -> tuple[Life, ...]:
    """All lives of so many acts, each that can be told from the others, and from the shorter ones."""
    if acts == 1:
        return tuple((it,) for it in begun(INTERVIEWS, scene, "i-1").moves)
    seen = {told(plain(life[-1].after)) for n in range(1, acts) for life in lives(scene, n)}
    found = list[Life]()
    for life in lives(scene, acts - 1):
        for move in offered(INTERVIEWS, scene, life[-1].after).moves:
            key = told(plain(move.after))
            if key not in seen:
                seen.add(key)
                found.append((*life, move))
    return tuple(found)


def last_steps(life: Life, scene: Scene) -> Iterator[Life]:
    """A life and one step more: every refusal at once, since nothing comes of one; then each move."""
    every = offered(INTERVIEWS, scene, life[-1].after)
    again = judge(life[-1].after, life[-1].step)
    yield (*life, *((again,) if again.findings else ()), *every.refused)
    for move in every.moves:
        yield (*life, move)


def shows(bug: str, script: Iterable[Judged]) -> Found | None:
    """What is found when steps are played."""
    try:
        play(script, BoundTalks(bug))
    except Found as found:
        return found
    return None


def by_chance(bug: str) -> Found | None:
    """What the kit shows of a bug."""
    try:
        explore(lambda: BoundTalks(bug), settings=ALWAYS)
    except Found as found:
        return found
    return None


def enough(bug: str, scenes: Iterable[Scene], most: int) -> int | None:
    """How many steps are enough to show a bug, fewer than so many; None where no such life shows it."""
    for n in range(1, most - 1):
        for scene in scenes:
            for life in lives(scene, n):
                if any(shows(bug, script) is not None for script in last_steps(life, scene)):
                    return n + 1
    return None


def scene_of(steps: Iterable[Step]) -> Scene:
    """The scene in which steps are played, as far as they tell."""
    first = next(iter(steps))
    texts = [value for step in steps for value in step.given.values() if isinstance(value, str)]
    longest = max(texts, key=len, default=PLAIN.text)
    return Scene("found", first.at, longest if len(longest) > len(PLAIN.text) else PLAIN.text)


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--every", type=int, default=1)
    asked.add_argument("--deepest", type=int, default=5)
    given = asked.parse_args()
    shares = list[float]()
    print(f"{'bug':30} shown enough")
    for bug in [*BUGS][:: given.every]:
        found = by_chance(bug)
        if found is None:
            continue
        steps, own = len(found.steps), scene_of(found.steps)
        scenes = [PLAIN] if own.text == PLAIN.text and own.begins == PLAIN.begins else [PLAIN, own]
        least = enough(bug, scenes, min(steps, given.deepest + 2))
        shares.append(steps / (least or steps))
        searched = "" if least or steps <= given.deepest + 2 else f"  (searched up to {given.deepest + 1})"
        print(f"{bug:30} {steps:5} {least or steps:6}{searched}", flush=True)
    print(f"shown / enough: {statistics.mean(shares):.3f} on average, {max(shares):.2f} at most")


if __name__ == "__main__":
    main()
