"""Programs that tests start, each in a process of its own."""

import os
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]


def around(**more: str) -> dict[str, str]:
    """What a program finds around it: what is here, and our modules. What it runs is not measured, which would slow it.

    For programs that do much of what tests do in their own process as well: there it is seen what they cover.
    """
    path = os.pathsep.join([*filter(None, sys.path), str(TESTS)])
    here = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_PROCESS_")}
    return {**here, "PYTHONPATH": path, **more}
