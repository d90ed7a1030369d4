"""Planted faults, and who finds them at what cost: `python benchmarks/finding.py [--rows N ...] [--only WORD ...]`.

An export of people with 1 000 faults of ten kinds is read by each rival, in a process of its own; then one in which a
third of the rows is spoilt besides, and one in which a row in a hundred has a line break in a cell. Each table says
rows a second, by the processor's time and by the clock on the wall, the peak of the memory, how many of the planted
faults were found, and how many places were named where nothing is wrong.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from attrs import frozen
from measuring import environment, progress
from planting import Truth, plant, score

ROWS, FAULTS, TURNS = 100_000, 1_000, 3
FEW = 5  # kinds of which not all are found are named, up to so many
EXPORTS: Mapping[str, tuple[str, Mapping[str, float]]] = {
    "plain": ("{rows:,} rows, {faults:,} faults", {}),
    "spoilt": ("{rows:,} rows, a third of them spoilt besides: {faults:,} faults", {"spoilt": 1 / 3}),
    "broken": ("{rows:,} rows, a line break in one of a hundred: {faults:,} faults", {"broken": 0.01}),
}
PACKAGES = ("coaching", "attrs", "msgspec", "duckdb", "frictionless", "pandas", "pandera", "polars", "pydantic")


@frozen
class Way:
    """One way to look for faults: a module here, the function that looks, and its arguments."""

    label: str
    module: str
    function: str = "find"
    workers: int | None = None


WAYS = (
    Way("csv.DictReader, nothing checked", "find_csv"),
    Way("DuckDB store_rejects + SQL", "find_duckdb"),
    Way("polars + checks", "find_polars"),
    Way("pandera on pandas", "find_pandera"),
    Way("csv + pydantic + checks", "find_pydantic"),
    Way("frictionless", "find_frictionless"),
    Way("coaching, check only", "find_coaching", "check", 1),
    Way("coaching, check only, 2 workers", "find_coaching", "check", 2),
    Way("coaching, records", "find_coaching", "records", 1),
    Way("coaching, records, 2 workers", "find_coaching", "records", 2),
    Way("coaching, again into the book", "find_coaching", "again", 1),
    Way("coaching, again, 2 workers", "find_coaching", "again", 2),
)


# --- in a process of its own -----------------------------------------------------------------------------------------


def _processor() -> float:
    """The seconds that this process and its children took."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(it.ru_utime + it.ru_stime for it in both)


def _megabytes(workers: int) -> float:
    """The peak of this process; with workers, and as many times that of the largest of them."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if workers > 1:
        peak += workers * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return peak / 1024


def measured(way: Way, path: Path) -> dict[str, Any]:
    """Look for faults once. What is imported before, and the judging after, do not count."""
    try:
        module = import_module(way.module)
    except ImportError as why:
        return {"missing": str(why)}
    getattr(module, f"prepare_{way.function}", lambda _: None)(path)
    look = getattr(module, way.function)
    look = look if way.workers is None else partial(look, workers=way.workers)
    begun, burnt = perf_counter(), _processor()
    told = look(path)
    wall, cpu = perf_counter() - begun, _processor() - burnt
    peak = _megabytes(way.workers or 1)
    truth = Truth.loaded(path.with_suffix(".json").read_text())
    judged = score(truth, told)
    lost = judged.planted - judged.found
    found = {"found": judged.found.total(), "of": judged.planted.total(), "false": len(judged.false), "lost": lost}
    return {"rows": truth.rows, "wall": wall, "cpu": cpu, "megabytes": peak, **found}


def planted(path: Path, rows: int, seed: int, how: Mapping[str, float]) -> int:
    """Write an export and the truth about it, and give the number of faults."""
    truth = plant(path, rows, FAULTS * rows // ROWS, seed=seed, **how)
    path.with_suffix(".json").write_text(truth.dumped())
    return len(truth.faults)


# --- the run ---------------------------------------------------------------------------------------------------------


def _alone(*arguments: str) -> Any:
    """Run this file again. The process that starts others stays small: a child's peak begins with its parent's."""
    done = subprocess.run([sys.executable, __file__, *arguments], check=True, stdout=subprocess.PIPE)  # noqa: S603  (ourselves)
    return json.loads(done.stdout)


def table(title: str, ways: Sequence[Way], turns: Sequence[Mapping[str, Any]]) -> None:
    """Print a line for each way: medians of its turns; what was found is the same in each."""
    widest = max(len(way.label) for way in ways)
    heads = f"{'rows/s CPU':>11}  {'rows/s wall':>11}  {'peak MB':>8}  {'found':>7}  {'false':>7}"
    print(f"\n{title}\n\n{'':{widest}}  {heads}")
    below: dict[str, list[str]] = {}
    for way in ways:
        its = [turn[way.label] for turn in turns]
        if "missing" in its[0]:
            below.setdefault(its[0]["missing"], []).append(way.label)
            continue
        cpu, wall, peak = (median(it[what] for it in its) for what in ("cpu", "wall", "megabytes"))
        rows, found, false, lost = (its[0][what] for what in ("rows", "found", "false", "lost"))
        speeds = f"{rows / cpu:>11,.0f}  {rows / wall:>11,.0f}  {peak:>8.0f}"
        print(f"{way.label:{widest}}  {speeds}  {found:>7}  {false:>7}")
        if 0 < len(lost) <= FEW:
            below.setdefault("not found: " + ", ".join(f"{n} {kind}" for kind, n in lost.items()), []).append(way.label)
    for what, labels in below.items():
        print(f"\n{', '.join(labels)}: {what}")


def looked(ways: Sequence[Way], rows: int, turns: int, seed: int, how: Mapping[str, float]) -> tuple[int, list[Any]]:
    """Plant so many faults, and let everybody look for them in turn."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        faults = _alone("--plant", json.dumps([str(path), rows, seed, how]))
        found: list[dict[str, Any]] = []
        for turn in range(turns):
            found.append({})
            for way in ways[:: -1 if turn % 2 else 1]:
                progress(f"turn {turn + 1}: {way.label}")
                found[-1][way.label] = _alone("--one", json.dumps([WAYS.index(way), str(path)]))
        progress("")
    return faults, found


def main(arguments: argparse.Namespace) -> None:
    """Plant, let everybody look in turn, and print."""
    environment(*PACKAGES)
    print(f"seed {arguments.seed}, {arguments.turns} turns, each in a process of its own; medians")
    ways = [way for way in WAYS if not arguments.only or any(word in way.label for word in arguments.only)]
    for rows in arguments.rows:
        for title, how in (EXPORTS[name] for name in arguments.exports):
            faults, turns = looked(ways, rows, arguments.turns, arguments.seed, how)
            table(title.format(rows=rows, faults=faults), ways, turns)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[ROWS])
    parser.add_argument("--only", nargs="+", default=[], help="words of the rivals that are measured")
    parser.add_argument("--exports", nargs="+", default=list(EXPORTS), choices=EXPORTS)
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plant", type=json.loads, help=argparse.SUPPRESS)
    parser.add_argument("--one", type=json.loads, help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.plant:
        json.dump(planted(Path(said.plant[0]), *said.plant[1:]), sys.stdout)
    elif said.one:
        json.dump(measured(WAYS[said.one[0]], Path(said.one[1])), sys.stdout)
    else:
        main(said)
