"""What an act through a store costs, beside the bare write of one row: `python benchmarks/storing.py [people ...]`.

With 1 000 and with 100 000 people, each with a goal, on SQLite in a file, and on PostgreSQL where a server is installed
(without waiting for the disk).
An act reads the goal, whom it names and what its rules look at, writes it, and commits; the bare write updates the text
of one row by its key, and commits.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from itertools import count, islice
from pathlib import Path

import sqlalchemy as sa
from attrs import asdict
from measuring import environment, interleaved, progress, table

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from coaching import Goal, Person, Record, places_of
from coaching.integrations.rows import row_of
from coaching.integrations.sqlalchemy import Store
from stage.postgres import programs, server

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ACTS = 50  # in a turn


def records(people: int) -> Iterator[Record]:
    """Some people, each with a goal."""
    for n in range(people):
        yield Person.register(f"p-{n}", f"Person {n}", date(2024, 8, 1), by="hr", at=NOON)
        yield Goal.begin(f"g-{n}", title=f"Lead line {n}", by=f"p-{n}", at=NOON)


def filled(url: str, people: int) -> Store:
    """A store that holds them, written without asking any rule."""
    store = Store(sa.create_engine(url))
    metadata = store.tables.records.metadata
    metadata.drop_all(store.engine)
    store.create()
    every = records(people)
    with store.engine.begin() as connection:
        while some := list(islice(every, 5_000)):
            progress(f"filling {url.partition(':')[0]}: {some[-1].id}")
            connection.execute(store.tables.records.insert(), [asdict(row_of(it)) for it in some])
            found = [{**place._asdict(), "named": place.id, "id": it.id} for it in some for place in places_of(it)]
            connection.execute(store.tables.places.insert(), found)
    progress("")
    return store


def acting(store: Store, people: int) -> Callable[[], float]:
    """So many acts on goals here and there."""
    number = count()

    def turn() -> float:
        started = time.perf_counter()
        for _ in range(ACTS):
            n = next(number)
            who = n * 7919 % people
            store.act(("goal", f"g-{who}"), "edit", title=f"Lead line {n} anew", by=f"p-{who}", at=NOON)
        return (time.perf_counter() - started) / ACTS

    return turn


def writing(store: Store, people: int) -> Callable[[], float]:
    """So many bare writes."""
    number, rows = count(), store.tables.records

    def turn() -> float:
        started = time.perf_counter()
        for _ in range(ACTS):
            one = (rows.c.kind == "goal") & (rows.c.id == f"g-{next(number) * 7907 % people}")
            with store.engine.begin() as connection:
                connection.execute(rows.update().where(one).values(state="draft", version="0" * 32))
        return (time.perf_counter() - started) / ACTS

    return turn


def main(sizes: list[int]) -> None:
    """Measure each database at each size."""
    environment("sqlalchemy", "psycopg")
    with ExitStack() as stack:
        room = stack.enter_context(tempfile.TemporaryDirectory())
        urls = {"SQLite": lambda people: f"sqlite:///{room}/{people}.db"}
        if programs() is not None:
            address = stack.enter_context(server())
            urls["PostgreSQL"] = lambda _: address
        for name, url in urls.items():
            for people in sizes:
                store = filled(url(people), people)
                turns = {"an act": acting(store, people), "a row": writing(store, people)}
                table(f"{name}, {people} people", interleaved(turns, 11), unit="ms", against=["a row"])
                store.engine.dispose()


if __name__ == "__main__":
    main([int(it) for it in sys.argv[1:]] or [1_000, 100_000])
