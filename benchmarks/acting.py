"""A whole annual interview from plan to signed, act by act: `python benchmarks/acting.py [repeats]`.

The library does everything it does: roles, rules, gates, sealed history, signatures. The machines take the same twenty
steps through the same table, and nothing else. A second table says one more thing in talks that are short and long.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from time import process_time
from types import ModuleType

import act_coaching
import act_statemachine
import act_transitions
import act_transitions_internal
from acts import ACTS
from measuring import environment, faster, interleaved, table

from coaching import Interview

RIVALS = (act_coaching, act_transitions, act_transitions_internal, act_statemachine)
LOOPS = 5  # interviews in one turn: short, so that a busy moment of the machine spoils few turns
LENGTHS = (10, 100, 1_000)  # turns said before one more is


def acting(rival: ModuleType) -> float:
    """The seconds a rival takes for one act; what has to be built before the first is built before the clock runs."""
    begin = [rival.ready() for _ in range(LOOPS)]
    talk = rival.talk
    begun = process_time()
    for ready in begin:
        talk(ready)
    return (process_time() - begun) / (LOOPS * len(ACTS))


def saying(talk: Interview) -> float:
    """The seconds that one more turn takes."""
    begun = process_time()
    for _ in range(LOOPS * 4):
        act_coaching.say(talk)
    return (process_time() - begun) / (LOOPS * 4)


def acted(repeats: int, rivals: Sequence[ModuleType] = RIVALS) -> dict[str, list[float]]:
    """The times of each rival for one act."""
    return interleaved({r.label: lambda r=r: acting(r) for r in rivals}, repeats)


def said(repeats: int, lengths: Sequence[int] = LENGTHS) -> dict[str, list[float]]:
    """The times of one more turn in talks of so many."""
    talks = {f"after {n:,}": act_coaching.talked(n) for n in lengths}
    return interleaved({label: partial(saying, talk) for label, talk in talks.items()}, repeats)


def main(repeats: int) -> None:
    """Compare, and print."""
    environment("coaching", "transitions", "python-statemachine")
    for rival in RIVALS:
        if rival.talk(rival.ready()) != "signed":
            sys.exit(f"{rival.label} does not arrive")
    print(f"All four arrive at signed, in {len(ACTS)} acts.")

    times = acted(repeats)
    title = f"One act of an annual interview, over all {len(ACTS)}; {repeats} turns of {LOOPS} interviews"
    table(title, times, unit="µs", against=[r.label for r in RIVALS[:2]])
    print(f"\n{faster(times, act_coaching.label, act_transitions.label)}; the aim is 0.33: at most three times slower.")

    times = said(repeats)
    title = f"One more turn in a talk, `say`; {repeats} turns of {LOOPS * 4}"
    table(title, times, unit="µs", against=list(times)[:1])
    print("\nThe aim is 2 times at a thousand.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 201)
