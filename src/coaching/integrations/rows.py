"""Rows: a record as two tables of a database hold it, and what one piece of work on a book changes in them.

One table holds the records, each as text JSON with what is searched for beside it; the other the places where each is
found, by which a book reads what it lacks. SQLAlchemy and Django write the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b

from attrs import frozen

from coaching.book.book import Book
from coaching.book.places import Place, places_of
from coaching.book.shelf import X023
from coaching.formats.documents import dumps, loads
from coaching.kernel.classes import Key
from coaching.kernel.record import Record
from coaching.kernel.rules import Rejected, breach, finding

ID_LENGTH = 255
"""How long an id in a column may be: longer than ids are."""


@frozen
class Row:
    """A record in a table.

    Attributes:
        kind, id: The key.
        subject: The id of the person whom it is about; None for an organisation or an opportunity.
        state, revision, digest: As the record says them; `digest` is None for a record that has no history.
        version: What the text as a whole comes to: what a compare-and-swap compares. Two differ wherever anything does,
            also what no act says, as `extra`.
        text: The record as JSON.
    """

    kind: str
    id: str
    subject: str | None
    state: str
    revision: int | None
    digest: str
    version: str
    text: str


def row_of(record: Record) -> Row:
    """Give the row of a record.

    >>> from datetime import datetime
    >>> from coaching import Goal
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> row = row_of(Goal.begin("g-1", title="Lead a pilot line", by="p-17", at=noon))
    >>> row.kind, row.id, row.subject, row.state, row.revision
    ('goal', 'g-1', 'p-17', 'draft', 1)
    """
    text = dumps(record).decode()
    revision = getattr(record, "revision", None)
    return Row(
        record.type, record.id, _subject(record), str(record.state), revision, record.digest, version_of(text), text
    )


def record_of(text: str) -> Record:
    """Read a record from the text of its row.

    Raises:
        Rejected: Whatever the text breaks; it is held to what `codec.loads` holds documents to.
    """
    return loads(text)


def version_of(text: str) -> str:
    """Say what a text comes to: 32 hexadecimal digits."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


_SUBJECT: Mapping[str, str] = {
    "goal": "owner", "interview": "coachee", "feedback": "receiver", "path": "owner", "relationship": "coachee",
    "move": "mover", "person": "id",
}  # fmt: skip


def _subject(record: Record) -> str | None:
    field = _SUBJECT.get(record.type)
    return None if field is None else getattr(record, field)


@frozen
class Change:
    """What becomes of one record in the tables.

    Attributes:
        row: The row as it shall be; None where the record goes.
        read: The version that was read; None where there was none.
        lost, won: The places where it is found no more, and those where it is found from now on.
    """

    key: Key
    row: Row | None
    read: str | None
    lost: frozenset[Place]
    won: frozenset[Place]


def changes(before: Book, after: Book, read: Mapping[Key, str]) -> Iterator[Change]:
    """Say what has to be stored after an act: each record that changed, with what was read of it, and what went.

    Args:
        before: The book as it was read.
        after: What an act, `new`, `put`, `remove`, `renumber` or `merge` gave; one of them, or several in a row.
        read: The versions of what was read, by key.
    """
    for key in after.touched:
        old, new = before.at(*key), after.at(*key)
        row = None if new is None else row_of(new)
        if old != new:
            was = frozenset() if old is None else frozenset(places_of(old))
            now = frozenset() if new is None else frozenset(places_of(new))
            yield Change(key, row, read.get(key), was - now, now - was)


@frozen
class Sought:
    """Where records are looked for, by the way in which a database finds them.

    Attributes:
        ids: The keys of records.
        fields: Who is named where: a kind, a field, and the id.
        kinds: The kinds of which all are asked for.
    """

    ids: list[Key]
    fields: list[tuple[str, str, str]]
    kinds: list[str]


def sought(places: Iterable[Place]) -> Sought:
    """Sort the places that a book asks for.

    >>> sought([Place("goal", "id", "g-1"), Place("goal", "owner", "p-17"), Place("move", "", "")])
    Sought(ids=[('goal', 'g-1')], fields=[('goal', 'owner', 'p-17')], kinds=['move'])
    """
    found = Sought([], [], [])
    for it in places:
        if it.field == "id":
            found.ids.append((it.kind, it.id))
        elif it.field:
            found.fields.append((it.kind, it.field, it.id))
        else:
            found.kinds.append(it.kind)
    return found


def overtaken(tries: int) -> Rejected:
    """Make the refusal of work that others overtook every time (X023)."""
    wrong = breach("others were faster, {n} times in a row", "", n=tries)
    return Rejected("store: cannot keep", [finding(X023, wrong)])
