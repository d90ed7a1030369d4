"""A whole book, at several sizes, and one act in it: `python benchmarks/checking.py [people ...]`.

Each size has a process of its own, so that none pays for the memory of another. It decodes the documents of so many
people, puts them into a book, checks it, asks who is due an annual interview, and does three acts, each of them on the
record alone and through the book.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from statistics import median
from time import process_time
from typing import Any

from measuring import environment, interleaved, progress
from population import NOW, ON, above, documents

from coaching import Book, Goal, Interview, Person
from coaching.codec import load_book, loads

SIZES = (1_000, 25_000, 50_000, 100_000)
TURNS, LOOPS = 31, 20  # of the acts
ONE = 777  # the person, among all, in whose records something is done
PERSON = b'{"type":"person"'
MOST_LOADED = 50_000  # people of a book that is loaded beside the one there is: memory ends somewhere


def timed(do: Callable[[], Any]) -> tuple[float, Any]:
    """The seconds that something takes, and what came of it."""
    gc.collect()
    begun = process_time()
    done = do()
    return process_time() - begun, done


def acts(book: Book) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    """Three acts, each on the record alone and through the book."""
    p, m, g = f"p-{ONE}", above(ONE), f"g-{ONE}"
    anna, goal = book.get(Person, p), book.get(Goal, g)
    if anna is None or goal is None:
        sys.exit(f"the book needs at least {ONE + 1} people")
    win: dict[str, Any] = {"kind": "win", "text": "Second full shift", "by": p, "at": NOW}
    new = {"position": "po-1", "manager": "p-7", "on": ON, "by": "hr-1", "at": NOW}
    talk = {"coachee": p, "interviewer": m, "kind": "annual", "due_on": date(2027, 3, 1), "by": p, "at": NOW}
    return {
        "note progress on a goal": (
            lambda: goal.act("note_progress", **win),
            lambda: book.act(g, "note_progress", **win),
        ),
        "change a manager": (lambda: anna.act("change_manager", **new), lambda: book.act(p, "change_manager", **new)),
        "plan an interview": (
            lambda: Interview.new("plan", "i-new", **talk),
            lambda: book.new(Interview, "plan", "i-new", **talk),
        ),
    }


def looped(do: Callable[[], object]) -> float:
    """The seconds that one of many takes."""
    begun = process_time()
    for _ in range(LOOPS):
        do()
    return (process_time() - begun) / LOOPS


def measured(people: int) -> dict[str, Any]:
    """The seconds of each step for a book of so many people, and of each act in it, alone and through the book."""
    texts = list(documents(people))
    steps: dict[str, float] = {}
    steps["decode all"], records = timed(lambda: [loads(text) for text in texts])
    steps["decode the people"], _ = timed(lambda: [loads(text) for text in texts if text.startswith(PERSON)])
    steps["put into a book"], book = timed(lambda: Book(records))
    if people <= MOST_LOADED:
        steps["load as a book"], _ = timed(lambda: load_book(texts))
    steps["check"], findings = timed(lambda: len(book.check(ON)))
    steps["coverage"], covered = timed(lambda: len(book.coverage(ON)))
    gc.freeze()  # the book lives on: `interleaved` need not search it for garbage before each turn
    both = {}
    for name, (alone, through) in acts(book).items():
        times = interleaved({"alone": partial(looped, alone), "book": partial(looped, through)}, TURNS)
        both[name] = [median(times["alone"]), median(times["book"])]
    return {"records": len(book), "findings": findings, "covered": covered, "steps": steps, "acts": both}


def main(sizes: list[int]) -> None:
    """Measure each size in a process of its own, and print."""
    environment("coaching", "attrs", "msgspec", "rpds-py")
    found = []
    for n in sizes:
        progress(f"{n} people")
        done = subprocess.run([sys.executable, __file__, "--one", str(n)], check=True, stdout=subprocess.PIPE)  # noqa: S603  (ourselves)
        found.append(json.loads(done.stdout))
    progress("")

    def line(label: str, figures: list[str]) -> None:
        print(f"{label:24}" + "".join(f"{figure:>12}" for figure in figures))

    def heading(title: str) -> None:
        print(f"\n{title}\n")
        line("", [f"{n:,}" for n in sizes])

    heading("Seconds for a book of so many people")
    for step in found[0]["steps"]:
        line(step, [f"{it['steps'][step]:.3f}" if step in it["steps"] else "" for it in found])
    for count in ("records", "findings", "covered"):
        line(count, [f"{it[count]:,}" for it in found])
    heading("Microseconds a person: the same in each column where a step is linear")
    for step in found[0]["steps"]:
        each = zip(sizes, found, strict=True)
        line(step, [f"{it['steps'][step] / n * 1e6:.1f}" if step in it["steps"] else "" for n, it in each])
    heading("Microseconds for one act through a book of so many people, and how many times the act alone")
    for act in found[0]["acts"]:
        both = [it["acts"][act] for it in found]
        line(act, [f"{book * 1e6:.0f}" for _, book in both])
        line("  times the act alone", [f"{book / alone:.1f}" for alone, book in both])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        json.dump(measured(int(sys.argv[2])), sys.stdout)
    else:
        main([int(text) for text in sys.argv[1:]] or list(SIZES))
