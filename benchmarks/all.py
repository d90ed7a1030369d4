"""Run every benchmark and write down what it found: `python benchmarks/all.py`; it takes long, and 4 GB.

    python benchmarks/all.py --only decoding acting    some of them
    python benchmarks/all.py --quick                   the ratios alone, in less than a minute; fails where one is lost
    python benchmarks/all.py --quick --renew           the same, and holds them from now on

`results.md` beside this file gets the day, the machine, the versions, the seed, the ratios, and what each run printed.
A ratio is lost where it is more than twice that of `expected.toml`. No time is ever compared with one of another day.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import subprocess
import sys
from pathlib import Path

from measuring import environment, progress
from ratios import SEED, ratios
from stated import lost, renew, stated, table

HERE = Path(__file__).parent
RUNS = ("decoding", "acting", "weighing", "importing", "checking", "finding", "storing", "drawing", "planted_bugs")
"""In this order. `accepting` needs an environment of its own, `shortest` and `mutants` hours."""
PACKAGES = ("coaching", "attrs", "msgspec", "pydantic", "transitions", "hypothesis")
RESULTS = HERE / "results.md"


def where() -> str:
    """The day, the machine and the versions."""
    with contextlib.redirect_stdout(io.StringIO()) as said:
        environment(*PACKAGES)
    return said.getvalue().strip()


def output(run: str) -> str:
    """What a run prints, whole; it is shown as well when it is done."""
    progress(run)
    done = subprocess.run([sys.executable, HERE / f"{run}.py"], check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603  (ourselves)
    progress("")
    print(f"\n=== {run}\n\n{done.stdout}", flush=True)
    return done.stdout.rstrip()


def main() -> None:
    """Measure what is asked for, and write it down."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--only", nargs="+", choices=RUNS, default=RUNS, metavar="RUN", help=", ".join(RUNS))
    asked.add_argument("--quick", action="store_true", help="the ratios alone")
    asked.add_argument("--renew", action="store_true", help="write the ratios into expected.toml")
    given = asked.parse_args()
    measured = ratios()
    if given.renew:
        renew(measured)
    held = stated()
    print(f"{where()}\n\n{table(measured, held)}", flush=True)
    if not given.quick:
        heading = (
            f"# What one run found\n\nWritten by `python benchmarks/all.py`; seed {SEED} where something is planted."
        )
        parts = [heading, f"```text\n{where()}\n```", "## Ratios", table(measured, held)]
        for run in given.only:
            parts += [f"## {run}", f"```text\n{output(run)}\n```"]
            RESULTS.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    if given.quick and (faults := lost(measured, held)):
        sys.exit("\n".join(["", "lost by half:", *faults]))


if __name__ == "__main__":
    main()
