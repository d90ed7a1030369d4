"""An outbox: events wait in a table beside the records until they are sent. None is lost, and none is of an act undone.

Needs no extra: it speaks to SQLite and PostgreSQL by DB-API connections that the program has. Events are written in
the transaction that stores the record, so both are there or neither; they go once they were taken. Who dies in between
sends one again, with the same id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from coaching.book.given import each_must_be, must_be
from coaching.integrations.cloudevents import Event, as_json

TABLE: Mapping[str, str] = {
    "sqlite": (
        "CREATE TABLE IF NOT EXISTS coaching_outbox "
        "(place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, event TEXT NOT NULL)"
    ),
    "postgresql": (
        "CREATE TABLE IF NOT EXISTS coaching_outbox "
        "(place BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id TEXT NOT NULL UNIQUE, event TEXT NOT NULL)"
    ),
}
"""The statement that makes the table, for each database."""

_PUT = "INSERT INTO coaching_outbox (id, event) VALUES ({mark}, {mark}) ON CONFLICT (id) DO NOTHING"
_TAKE = "SELECT id, event FROM coaching_outbox ORDER BY place LIMIT {mark}"
_DONE = "DELETE FROM coaching_outbox WHERE id = {mark}"


class Connection(Protocol):
    """What is asked of a connection of the DB-API."""

    def cursor(self) -> Any:
        """Give a cursor."""
        ...

    def commit(self) -> None:
        """Keep what was written."""
        ...


def put(connection: Connection, events: Iterable[Event], *, mark: str = "?") -> None:
    """Write events into the outbox, in the transaction that is open: commit it together with the records.

    An event that waits there already, by its id, is passed over.

    Args:
        connection: To the database of the records.
        events: As `cloudevents.events` gives them.
        mark: How a statement marks a parameter: `?` for sqlite3, `%s` for psycopg.

    Raises:
        Rejected: V015 for what is no list of events, each with its id.
    """
    cursor = connection.cursor()
    for event in each_must_be("cannot put", "events", events, dict, "event"):
        must_be("cannot put", id=(event.get("id"), str, "text"))
        cursor.execute(_PUT.format(mark=mark), (event["id"], as_json(event).decode()))


def send(connection: Connection, deliver: Callable[[bytes], object], *, most: int = 100, mark: str = "?") -> int:
    """Send what waits, oldest first, and say how many it were. Each is out of the table once `deliver` came back.

    Where `deliver` raises, that event and those after it wait for the next time. One who sends is enough: two do no
    harm, but what they send comes twice. Events of one record come in the order of its acts.

    Args:
        connection: One for sending alone: what was written on it is committed.
        deliver: Takes an event in the JSON format, and comes back when it is taken.
        most: How many at most.
        mark: As for `put`.

    Raises:
        Rejected: V015 for a `most` that is no number.

    >>> import sqlite3
    >>> connection = sqlite3.connect(":memory:")
    >>> _ = connection.execute(TABLE["sqlite"])
    >>> put(connection, [{"specversion": "1.0", "id": "1"}])
    >>> send(connection, print), send(connection, print)
    b'{"specversion":"1.0","id":"1"}'
    (1, 0)
    >>> connection.close()
    """
    must_be("cannot send", most=(most, int, "number"))
    cursor = connection.cursor()
    cursor.execute(_TAKE.format(mark=mark), (most,))
    waiting = cursor.fetchall()
    connection.commit()  # nothing is held while others are waited for
    for id, event in waiting:
        deliver(event.encode())
        cursor.execute(_DONE.format(mark=mark), (id,))
        connection.commit()
    return len(waiting)
