"""How every run here measures and prints: rivals take turns, the median of many turns counts, and one table shows it.

The clocks count the processor's time, not the wall's: what else the machine does meanwhile counts little. Nothing is
asserted about a time: a figure is told, not tested.
"""

from __future__ import annotations

import gc
import platform
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median, quantiles


def interleaved(turns: Mapping[str, Callable[[], float]], repeats: int) -> dict[str, list[float]]:
    """The times of each rival, in seconds: all take one turn, then all the next. The order turns round each time."""
    times: dict[str, list[float]] = {label: [] for label in turns}
    for i in range(repeats):
        progress(f"{i + 1} of {repeats}")
        for label in list(turns)[:: -1 if i % 2 else 1]:
            gc.collect()
            times[label].append(turns[label]())
    progress("")
    return times


def progress(text: str) -> None:
    """A line that is written over, while a person watches; nothing in a log or a pipe."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def table(title: str, times: Mapping[str, list[float]], *, unit: str, against: Iterable[str]) -> None:
    """Print a line for each rival: the median, the middle half of the turns, and its ratio to each of `against`."""
    names = list(against)
    factor = {"ms": 1e3, "µs": 1e6}[unit]
    middle = {label: median(seconds) for label, seconds in times.items()}
    widest = max(map(len, times))
    print(f"\n{title}\n")
    heads = "".join(f"  {'to ' + name.split()[0]:>16}" for name in names)
    print(f"{'':{widest}}  {'median ' + unit:>10}  {'middle half':>17}{heads}")
    for label, seconds in times.items():
        low, _, high = quantiles(seconds, n=4)
        ratios = "".join(f"  {middle[label] / middle[name]:>16.2f}" for name in names)
        spread = f"{low * factor:.1f} to {high * factor:.1f}"
        print(f"{label:{widest}}  {middle[label] * factor:>10.1f}  {spread:>17}{ratios}")


def faster(times: Mapping[str, list[float]], one: str, other: str) -> str:
    """How many times as fast one is as another, in words; with the quartiles of the ratio turn by turn."""
    low, middle, high = quantiles([theirs / ours for ours, theirs in zip(times[one], times[other], strict=True)], n=4)
    return f"{one} is {middle:.2f} times as fast as {other} (turn by turn: {low:.2f} to {high:.2f})"


def environment(*packages: str) -> None:
    """Print what the figures depend on: the day, the machine, Python, and the versions of what is measured."""
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {_processor()}, {platform.system()} {platform.release()}")
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.python_compiler()}")
    print(", ".join(f"{package} {_version(package)}" for package in packages))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "from its sources, not installed"


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        lines = [
            line.partition(":")[2].strip() for line in facts.read_text().splitlines() if line.startswith("model name")
        ]
        if lines:
            return f"{len(lines)} x {lines[0]}"
    return platform.processor() or platform.machine()
