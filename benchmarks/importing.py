"""What `import coaching` takes, in fresh processes: `python benchmarks/importing.py [repeats]`.

Each import has a process of its own, and the rivals take turns. The clock, the processor's time, runs inside it around
the import alone: starting Python does not count. A round before compiles everything, into a folder of its own, whatever
the shell says about writing bytecode.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import environment, interleaved, table

SOURCES = Path(__file__).parent.parent / "src"

NEEDED = "attrs, msgspec and dateutil"
IMPORTS = {
    NEEDED: "import attrs, msgspec.json, dateutil.relativedelta",
    "all that it needs": "import attrs, msgspec.json, dateutil.relativedelta, frozendict, annotated_types, rpds",
    "coaching": "import coaching",
    "coaching.codec": "import coaching.codec",
    "attrs": "import attrs",
    "pydantic, and a model": "import pydantic; pydantic.create_model('Model', x=(int, ...))",
}


def importing(statement: str, environ: dict[str, str]) -> float:
    """The seconds one import takes in a new process."""
    code = f"from time import process_time as now; begun = now(); {statement}; print(now() - begun)"
    return float(subprocess.check_output([sys.executable, "-c", code], env=environ, text=True))  # noqa: S603  (ourselves)


def imported(repeats: int, names: Iterable[str] = IMPORTS) -> dict[str, list[float]]:
    """The times of each import."""
    imports = {name: IMPORTS[name] for name in names}
    with TemporaryDirectory() as compiled:
        environ = {
            **os.environ,
            "PYTHONPYCACHEPREFIX": compiled,
            "PYTHONPATH": os.environ.get("PYTHONPATH", str(SOURCES)),
        }
        environ.pop("PYTHONDONTWRITEBYTECODE", None)
        for statement in imports.values():
            importing(statement, environ)
        return interleaved({n: lambda s=s: importing(s, environ) for n, s in imports.items()}, repeats)


def main(repeats: int) -> None:
    """Compare, and print."""
    environment(
        "coaching", "attrs", "msgspec", "python-dateutil", "frozendict", "annotated-types", "rpds-py", "pydantic"
    )
    times = imported(repeats)
    title = f"Importing in a fresh process; {repeats} processes each"
    table(title, times, unit="ms", against=[NEEDED])
    print(f"\n{NEEDED}: {IMPORTS[NEEDED]!r}. The aim for coaching is 2.2.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 25)
