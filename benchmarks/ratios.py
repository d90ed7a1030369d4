"""The ratios that are held: ours to another, or a large thing to a small one, side by side, the best of several turns.

A ratio travels from machine to machine, and a time does not. Each is such that less is better. `all.py` compares them
with `expected.toml`, and lets a machine be in a bad mood: only twice as much is a loss.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import act_coaching
import act_transitions
import acting
import checking
import decode_coaching
import decode_pydantic
import decoding
import finding
import importing
import weighing
from measuring import interleaved
from population import ON, documents

from coaching import Book
from coaching.codec import loads

SMALL, LARGE = 800, 3_200  # people of two books
ROWS, SEED = 10_000, 1  # of an export with planted faults
RECORDS = 100  # of each kind that are weighed
OURS, THEIRS = "coaching, check only", "csv + pydantic + checks"


def best(times: Mapping[str, Sequence[float]], one: str, other: str) -> float:
    """The quickest turn of one by that of another: what else the machine does only ever adds."""
    return min(times[one]) / min(times[other])


def decoded(repeats: int) -> Iterator[tuple[str, float]]:
    """Decode a finished interview, and refuse a spoiled one."""
    both = decode_coaching.label, decode_pydantic.label
    yield "decode a document: to pydantic", best(decoding.accepted(repeats), *both)
    yield "refuse a document: to pydantic", best(decoding.refused(repeats), *both)


def acted(repeats: int) -> Iterator[tuple[str, float]]:
    """Carry an interview through its acts, and say one more thing in a long one."""
    times = acting.acted(repeats, (act_coaching, act_transitions))
    yield "do an act: to a bare step of transitions", best(times, act_coaching.label, act_transitions.label)
    yield "say one more after 1,000 turns: to after 10", best(acting.said(repeats), "after 1,000", "after 10")


def weighed(_: int) -> Iterator[tuple[str, float]]:
    """Keep records; their weight does not change from turn to turn."""
    for kind, _json, ours, theirs in weighing.weighed(RECORDS):
        yield f"keep a record, {kind}: to a model of pydantic", ours / theirs


def imported(repeats: int) -> Iterator[tuple[str, float]]:
    """Import the package."""
    times = importing.imported(repeats, (importing.NEEDED, "coaching"))
    yield "import coaching: to attrs, msgspec and dateutil", best(times, "coaching", importing.NEEDED)


def checked(repeats: int) -> Iterator[tuple[str, float]]:
    """Check a book, and act in it: what grows with it, and what does not."""
    books = {str(n): Book(map(loads, documents(n))) for n in (SMALL, LARGE)}
    times = interleaved({n: partial(checking.timed, partial(book.check, ON)) for n, book in books.items()}, repeats)
    each = {n: [seconds / int(n) for seconds, _ in every] for n, every in times.items()}
    yield "check a book, by person: four times as large", best(each, str(LARGE), str(SMALL))
    act = "note progress on a goal"
    turns: dict[str, Callable[[], float]] = {
        n: partial(checking.looped, checking.acts(book)[act][1]) for n, book in books.items()
    }
    turns["alone"] = partial(checking.looped, checking.acts(books[str(LARGE)])[act][0])
    found = interleaved(turns, repeats)
    yield "act through a book: four times as large", best(found, str(LARGE), str(SMALL))
    yield "act through a book: to the act alone", best(found, str(LARGE), "alone")


def found(repeats: int) -> Iterator[tuple[str, float]]:
    """Find planted faults in an export: all of them, or the ratio says nothing."""
    ways = [way for way in finding.WAYS if way.label in {OURS, THEIRS}]
    faults, turns = finding.looked(ways, ROWS, repeats, SEED, {})
    for turn in turns:
        if {it["found"] for it in turn.values()} != {faults}:
            sys.exit(f"not all of {faults} planted faults were found: {turn}")
    times = {way.label: [turn[way.label]["cpu"] for turn in turns] for way in ways}
    yield "find planted faults: to pydantic and checks", best(times, OURS, THEIRS)


ALL: Mapping[Callable[[int], Iterator[tuple[str, float]]], int] = {
    decoded: 15,
    acted: 15,
    weighed: 1,
    imported: 5,
    checked: 5,
    found: 3,
}
"""What is measured, and in how many turns: enough for a quiet moment among them."""


def ratios() -> dict[str, float]:
    """Measure all of them, in less than a minute."""
    return {name: ratio for measure, repeats in ALL.items() for name, ratio in measure(repeats)}
