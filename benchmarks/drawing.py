"""How many records a strategy draws in a second: `python benchmarks/drawing.py [smallest | draws N [STRATEGY...]]`.

With `smallest`, how long it takes to find the smallest record of every state of every kind. With `draws`, nothing is
measured: each strategy is drawn from so often, and stops at the first draw that raises. With another copy of the
library on the path, that one is measured: `PYTHONPATH=../older/src python benchmarks/drawing.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import process_time
from typing import Any

from hypothesis import Phase, find, given, seed, settings
from measuring import environment

from coaching import testing
from coaching.records import RECORDS

DRAWS, RUNS = 150, 3
STRATEGIES: dict[str, Callable[..., Any]] = {
    kind.type: getattr(testing, kind.__module__.rpartition(".")[2]) for kind in RECORDS
}
OTHERS = ("books", "near_misses", "witnesses")
"""What is drawn besides; a name that an older copy does not have is left out."""


def drawing(strategy: Any, number: int = DRAWS) -> tuple[float, float]:
    """The draws in a second of processor time, the best of some runs, and how many acts a record came to be by."""
    return max(_drawn(strategy, number) for _ in range(RUNS))


def _drawn(strategy: Any, number: int) -> tuple[float, float]:
    acts: list[int] = []

    @settings(max_examples=number, deadline=None, database=None, derandomize=True, phases=[Phase.generate])
    @given(strategy)
    def draw(drawn: Any) -> None:
        acts.append(len(getattr(drawn, "history", ())))

    begun = process_time()
    draw()
    return len(acts) / (process_time() - begun), sum(acts) / len(acts)


def smallest(phases: list[Phase]) -> float:
    """The seconds that the smallest record of every state of every kind takes."""
    begun = process_time()
    for kind, strategy in STRATEGIES.items():
        for state in next(it for it in RECORDS if it.type == kind).lifecycle.states:
            find(strategy(state=state), lambda _: True, settings=settings(phases=phases, database=None, deadline=None))
    return process_time() - begun


def drawn_often(name: str, strategy: Any, number: int) -> None:
    """Draw so often, in lots that each begin anew; a line on each tenth of it."""
    lot = 1000
    for n in range(0, number, lot):

        @seed(n)
        @settings(max_examples=min(lot, number - n), deadline=None, database=None, phases=[Phase.generate])
        @given(strategy)
        def draw(_: Any) -> None:
            pass

        draw()
        if (n + lot) * 10 // number > n * 10 // number:
            print(f"{name:14} {min(n + lot, number):8}", flush=True)


def main() -> None:
    """Measure every strategy, and say what was found."""
    environment("hypothesis")
    found = {name: strategy() for name, strategy in STRATEGIES.items()}
    found |= {name: getattr(testing, name)() for name in OTHERS if hasattr(testing, name)}
    if "draws" in sys.argv:
        for name in sys.argv[3:] or found:
            drawn_often(name, found[name], int(sys.argv[2]))
        return
    if "smallest" in sys.argv:
        for title, phases in (("", [Phase.generate, Phase.shrink]), (", explained as by default", [*Phase])):
            print(f"the smallest of every state{title}: {smallest(phases):.1f} s")
        return
    print(f"\n{'':14} draws a second   acts")
    for name, strategy in found.items():
        drawing(strategy, 20)  # what is made once is made
        rate, acts = drawing(strategy)
        print(f"{name:14} {rate:14.0f} {acts:6.1f}")


if __name__ == "__main__":
    main()
