"""The outbox: whatever fails, and wherever, each act that was stored is told, and none that was not."""

import json
import sqlite3
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching import Interview, codec
from coaching.integrations.cloudevents import events
from coaching.integrations.outbox import TABLE, put, send
from stage import ANNA, at, codes, refused
from stage import interviews as talk

HERE = "/coaching"


class Crashed(Exception):
    """The process ended here: what was not committed is gone."""


class Failing:
    """A connection that crashes at one of its commits, counted from now; a crash undoes what is open."""

    def __init__(self) -> None:
        """In memory, with the two tables."""
        self.real = sqlite3.connect(":memory:")
        self.real.execute(TABLE["sqlite"])
        self.real.execute("CREATE TABLE records (id TEXT PRIMARY KEY, document TEXT NOT NULL)")
        self.left = -1

    def __del__(self) -> None:
        """Close it."""
        self.real.close()

    def cursor(self) -> sqlite3.Cursor:
        """As it is."""
        return self.real.cursor()

    def commit(self) -> None:
        """Or the end."""
        self.left -= 1
        if self.left == 0:
            self.real.rollback()
            raise Crashed
        self.real.commit()

    def stored(self) -> Interview | None:
        """The record as it was stored last."""
        row = self.real.execute("SELECT document FROM records").fetchone()
        return None if row is None else codec.loads(row[0])


def act(connection: Failing, n: int) -> None:
    """Go on with the talk, store it, and put the events beside it."""
    old = connection.stored()
    new = talk.planned_talk() if old is None else old.with_extra({"n": n})
    if old is not None:
        new = (
            new.schedule(talk.SLOT, by=ANNA, at=at(n))
            if old.state == "planned"
            else new.prepare(f"{n}", by=ANNA, at=at(n))
        )
    with_it = (new.id, codec.dumps(new).decode())
    connection.cursor().execute(
        "INSERT INTO records VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document", with_it
    )
    put(connection, events(old, new, source=HERE))
    connection.commit()


STEPS = st.lists(st.tuples(st.sampled_from(["act", "send"]), st.integers(0, 4), st.integers(0, 4)), max_size=20)


@given(STEPS)
def test_each_act_that_was_stored_is_told_and_no_other(steps: list[tuple[str, int, int]]):
    """In order, and twice only after a crash; whether a commit fails, or the one who takes events."""
    connection, taken, crashes = Failing(), list[str](), 0
    for n, (what, commits, refuses) in enumerate(steps):
        connection.left, left = commits, [refuses]

        def deliver(event: bytes, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise Crashed
            taken.append(json.loads(event)["id"])

        try:
            act(connection, n) if what == "act" else send(connection, deliver, most=3)
        except Crashed:
            crashes += 1
    connection.left = -1
    while send(connection, lambda event: taken.append(json.loads(event)["id"])):
        pass
    stored = connection.stored()
    expected = [] if stored is None else [event["id"] for event in events(None, stored, source=HERE)]
    assert list(dict.fromkeys(taken)) == expected
    assert len(taken) <= len(expected) + crashes


class TestTable:
    """What waits, and how it is taken."""

    def test_what_waits_already_is_passed_over(self):
        """So that who asks twice puts once."""
        connection, happened = Failing(), events(None, talk.scheduled_talk(), source=HERE)
        put(connection, happened)
        put(connection, happened)
        found: list[Any] = []
        assert (send(connection, found.append, most=1), send(connection, found.append)) == (1, 1)
        assert [json.loads(event) for event in found] == list(happened)

    def test_a_database_marks_parameters_in_its_own_way(self):
        """The mark stands in each statement."""
        asked: list[str] = []

        class Told(Failing):
            def cursor(self) -> Any:
                return self

            def execute(self, statement: str, given: Any) -> None:
                assert statement.count("%s") == len(given)
                asked.append(statement)
                self.found = self.real.execute(statement.replace("%s", "?"), given)

            def fetchall(self) -> Any:
                return self.found.fetchall()

        connection = Told()
        put(connection, events(None, talk.planned_talk(), source=HERE), mark="%s")
        assert send(connection, str, mark="%s") == 1
        assert [statement.split()[0] for statement in asked] == ["INSERT", "SELECT", "DELETE"]

    @pytest.mark.parametrize("what", [None, [1], "events", [{"specversion": "1.0"}]])
    def test_what_is_no_event(self, what):
        """Nor a number."""
        assert codes(refused(lambda: put(Failing(), what))) == ["V015"]
        assert codes(refused(lambda: send(Failing(), print, most=what))) == ["V015"]
