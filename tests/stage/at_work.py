"""A process that acts on a store again and again, until it has done its share or is killed: `at_work.py URL SEED ACTS`.

It says on its output what was kept, a line each, after it was kept: whoever kills it knows what must be there.
"""

import random
import sys

import sqlalchemy as sa

from coaching import Rejected
from coaching.integrations.sqlalchemy import Store
from stage import ANNA, OLE, at, on

GOALS = [f"g-{n}" for n in range(20)]


def work(url: str, seed: int, acts: int) -> None:
    """Note progress on one of twenty goals, or plan the annual talk of a year, which there may be once."""
    chance, engine = random.Random(seed), sa.create_engine(url)
    store = Store(engine, tries=1000)
    for n in range(acts):
        if n % 10 == 0:
            id, year = f"i-{seed}-{n}", chance.randrange(2000, 2010)
            given = {"coachee": ANNA, "interviewer": OLE, "kind": "annual", "cycle": str(year), "due_on": on(400)}
            try:
                store.new("interview", "plan", id, **given, by=OLE, at=at(200))
            except Rejected as refusal:
                assert refusal.codes == ("I025",), refusal
                say("refused")
            else:
                say("interview", id)
        else:
            goal, text = chance.choice(GOALS), f"{seed} {n}"
            store.act(("goal", goal), "note_progress", kind="step", text=text, by=ANNA, at=at(200))
            say("goal", goal, text)
    engine.dispose()


def say(*what: str) -> None:
    """Say it at once."""
    sys.stdout.write(" ".join(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    work(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
