"""A whole annual interview from plan to signed, act by act: `python benchmarks/acting.py [repeats]`.

The library does everything it does: roles, rules, gates, sealed history, signatures. The machines take the same twenty
steps through the same table, and nothing else.
"""

from __future__ import annotations

import sys
from time import process_time
from types import ModuleType

import act_coaching
import act_statemachine
import act_transitions
import act_transitions_internal
from acts import ACTS
from measuring import environment, faster, interleaved, table

RIVALS = (act_coaching, act_transitions, act_transitions_internal, act_statemachine)
LOOPS = 5  # interviews in one turn: short, so that a busy moment of the machine spoils few turns


def acting(rival: ModuleType) -> float:
    """The seconds a rival takes for one act; what has to be built before the first is built before the clock runs."""
    begin = [rival.ready() for _ in range(LOOPS)]
    talk = rival.talk
    begun = process_time()
    for ready in begin:
        talk(ready)
    return (process_time() - begun) / (LOOPS * len(ACTS))


def main(repeats: int) -> None:
    """Compare, and print."""
    environment("coaching", "transitions", "python-statemachine")
    for rival in RIVALS:
        if rival.talk(rival.ready()) != "signed":
            sys.exit(f"{rival.label} does not arrive")
    print(f"All four arrive at signed, in {len(ACTS)} acts.")

    times = interleaved({r.label: lambda r=r: acting(r) for r in RIVALS}, repeats)
    title = f"One act of an annual interview, over all {len(ACTS)}; {repeats} turns of {LOOPS} interviews"
    table(title, times, unit="µs", against=[r.label for r in RIVALS[:2]])
    print(f"\n{faster(times, act_coaching.label, act_transitions.label)}; the aim is 1.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 201)
