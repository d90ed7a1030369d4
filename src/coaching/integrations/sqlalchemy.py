"""SQLAlchemy 2: a column that holds a record, and a book over a database, in which an act is one transaction.

Read top to bottom: the column, the tables, the store. A store reads what the rules of an act look at and no more,
writes what changed, and begins again where others were faster; so no rule of the book is broken by two at once.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import sqlalchemy as sa
from attrs import define, field, fields, frozen
from sqlalchemy.exc import DBAPIError, IntegrityError

from coaching.book.book import Book
from coaching.book.keys import AnyKey
from coaching.book.places import Place
from coaching.formats.documents import dumps
from coaching.integrations.rows import ID_LENGTH, Change, Row, changes, overtaken, record_of
from coaching.kernel.classes import Key
from coaching.kernel.record import ActT, BeginT, Record
from coaching.records import Kind

# --- a column --------------------------------------------------------------------------------------------------------


class RecordType(sa.types.TypeDecorator[Record]):
    """A column that holds a record, as text JSON: `Mapped[Goal] = mapped_column(RecordType)`.

    What is read is held to all that `codec.loads` holds a document to. Two are compared by what they hold, so a session
    writes a record that another took the place of, and nothing else.
    """

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Record | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002  (as it is called)
        """Write a record."""
        return None if value is None else dumps(value).decode()

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Record | None:  # noqa: ARG002  (as above)
        """Read a record."""
        return None if value is None else record_of(value)


# --- the tables ------------------------------------------------------------------------------------------------------


@frozen
class Tables:
    """The two tables of a store, in the metadata of an application.

    Attributes:
        records: One row for each record: `kind` and `id` (the key), `subject`, `state`, `revision`, `digest`,
            `version`, and the `text`.
        places: Where each record is found: `kind`, `field`, `named`, and the `id` of the record.
    """

    records: sa.Table
    places: sa.Table


def tables(metadata: sa.MetaData, *, prefix: str = "coaching_") -> Tables:
    """Add the tables of a store to the metadata of an application, so that its migrations know them."""
    word, id = sa.String(20), sa.String(ID_LENGTH)
    records = sa.Table(
        f"{prefix}record",
        metadata,
        sa.Column("kind", word, primary_key=True),
        sa.Column("id", id, primary_key=True),
        sa.Column("subject", id, index=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("revision", sa.Integer),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    places = sa.Table(
        f"{prefix}place",
        metadata,
        sa.Column("kind", word, primary_key=True),
        sa.Column("field", sa.String(30), primary_key=True),
        sa.Column("named", id, primary_key=True),
        sa.Column("id", id, primary_key=True),
    )
    return Tables(records, places)


# --- the store -------------------------------------------------------------------------------------------------------


class Also(Protocol):
    """What else is written in the transaction of an act, as events into an outbox."""

    def __call__(self, connection: sa.Connection, before: Book, after: Book) -> object:
        """Write it; what it raises undoes the act."""
        ...


@define
class Store:
    """A book over a database. Each act is one serializable transaction, done as a whole or not at all.

    Attributes:
        engine: Of SQLite, PostgreSQL, or another database that knows serializable transactions.
        tables: The two tables; made with `tables`, or of a metadata of the store's own.
        tries: How often work begins again where others were faster, before it is refused (X023).
        also: Writes more in the same transaction.

    >>> from datetime import date, datetime
    >>> from coaching import Goal, Person
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> store = Store(sa.create_engine("sqlite://", poolclass=sa.StaticPool))
    >>> store.create()
    >>> anna = Person.register("p-17", "Anna Ek", date(2024, 8, 1), by="hr", at=noon)
    >>> _ = store.put(anna)
    >>> _ = store.new("goal", "begin", "g-1", title="Lead a pilot line", by="p-17", at=noon)
    >>> store.act("g-1", "edit", title="Lead two lines", by="p-17", at=noon).title
    'Lead two lines'
    >>> with store.reading() as book:
    ...     book.get("g-1").title, book.next_due("p-17", date(2026, 3, 2))
    ('Lead two lines', datetime.date(2025, 8, 1))
    >>> store.engine.dispose()
    """

    engine: sa.Engine
    tables: Tables = field(factory=lambda: tables(sa.MetaData()))
    tries: int = field(default=20, kw_only=True)
    also: Also | None = field(default=None, kw_only=True)

    def create(self) -> None:
        """Make the tables that are not there. An application with migrations lets these make them."""
        self.tables.records.metadata.create_all(self.engine, [self.tables.records, self.tables.places])

    def act(self, key: AnyKey[ActT], act: ActT, /, *, seen: str | None = None, **given: Any) -> Any:
        """Do an act on a record, store all that follows from it, and give the record as it is now.

        Args:
            key: As for `Book.act`; an id alone is looked for among all kinds.
            act: The act by its name.
            seen: The digest of the record as it was shown, as for `Book.act`.
            given: The act's arguments; `by` and `at` among them.

        Raises:
            Rejected: As `Book.act`; X023 besides where others were faster every time.
        """
        return self._done(lambda book: book.act(key, act, seen=seen, **given))

    def new(self, kind: type[Record[Any, BeginT]] | Kind, act: BeginT, /, id: str, **given: Any) -> Any:
        """Begin a record by an act, store it, and give it.

        Raises:
            Rejected: As `Book.new`.
        """
        return self._done(lambda book: book.new(kind, act, id, **given))

    def put(self, *records: Record) -> Book:
        """Store records as they are, or in the place of those with the same key: what was imported, or changed aside.

        Raises:
            Rejected: As `Book.put`.
        """
        return self.work(lambda book: book.put(*records))

    def _done(self, act: Callable[[Book], Book]) -> Any:
        return self.work(act).changed[0]

    def work(self, work: Callable[[Book], Book]) -> Book:
        """Do any work on the book in one transaction, and store what became of it: all of it, or nothing.

        The work may be done more than once, each time on what then stands; it does nothing but ask and act. What it
        raises undoes everything.

        Raises:
            Rejected: X023 where others were faster every time; and what the work raises.
        """
        for attempt in range(self.tries):
            time.sleep(random.uniform(0, 0.002 * attempt))  # noqa: S311  (so that two do not meet again)
            try:
                return self._try(work)
            except _Overtaken:
                pass
            except DBAPIError as error:
                if not _is_conflict(error):
                    raise
        raise overtaken(self.tries)

    def _try(self, work: Callable[[Book], Book]) -> Book:
        with self._transaction(writes=True) as connection:
            read: dict[Key, str] = {}
            before = self._book(connection, read)
            after = work(before)
            for change in changes(before, after, read):
                self._write(connection, change)
            if self.also is not None:
                self.also(connection, before, after)
        return after

    @contextmanager
    def reading(self) -> Iterator[Book]:
        """Give the book as it is now, for questions: it reads as it is asked, all from one state of the database."""
        with self._transaction(writes=False) as connection:
            yield self._book(connection, {})

    def _book(self, connection: sa.Connection, read: dict[Key, str]) -> Book:
        return Book(load=lambda places: self._read(connection, places, read))

    def _read(self, connection: sa.Connection, places: Iterable[Place], read: dict[Key, str]) -> Iterator[Record]:
        records = self.tables.records.c
        for where in self._wheres(places):
            rows = connection.execute(sa.select(records.kind, records.id, records.version, records.text).where(where))
            for kind, id, version, text in rows:
                read[kind, id] = version
                yield record_of(text)

    def _wheres(self, places: Iterable[Place]) -> Iterator[sa.ColumnElement[bool]]:
        """Say what to look for: records by their ids, those that name somebody, all of a kind; each in one query."""
        records, named = self.tables.records.c, self.tables.places.c
        sought = list(places)
        ids = [(it.kind, it.id) for it in sought if it.field == "id"]
        fields = [tuple(it) for it in sought if it.field not in {"id", ""}]
        kinds = [it.kind for it in sought if not it.field]
        if ids:
            yield sa.tuple_(records.kind, records.id).in_(ids)
        if fields:
            found = sa.select(named.kind, named.id).where(sa.tuple_(named.kind, named.field, named.named).in_(fields))
            yield sa.tuple_(records.kind, records.id).in_(found)
        if kinds:
            yield records.kind.in_(kinds)

    def _write(self, connection: sa.Connection, change: Change) -> None:
        records, places = self.tables.records, self.tables.places
        kind, id = change.key
        if change.read is None:  # nothing was there, so something is now
            connection.execute(records.insert(), [_columns(change)])
        else:
            as_read = (records.c.kind == kind) & (records.c.id == id) & (records.c.version == change.read)
            to: Any = records.delete() if change.row is None else records.update().values(_columns(change))
            if connection.execute(to.where(as_read)).rowcount != 1:
                raise _Overtaken
        for place in change.lost:
            at = (places.c.kind == kind) & (places.c.field == place.field) & (places.c.named == place.id)
            connection.execute(places.delete().where(at & (places.c.id == id)))
        if change.won:
            rows = [{"kind": kind, "field": place.field, "named": place.id, "id": id} for place in change.won]
            connection.execute(places.insert(), rows)

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[sa.Connection]:
        """Open a serializable transaction; of SQLite one that writes from the beginning, so that two do not block."""
        if self.engine.dialect.name != "sqlite":
            with self.engine.connect() as plain:
                connection = plain.execution_options(isolation_level="SERIALIZABLE")
                with connection.begin():
                    yield connection
            return
        with self.engine.connect() as plain:
            connection = plain.execution_options(isolation_level="AUTOCOMMIT")  # the driver begins nothing by itself
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
            try:
                yield connection
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                connection.exec_driver_sql("ROLLBACK")
                raise


class _Overtaken(Exception):
    """Somebody else changed a record since it was read."""


_NAMES = tuple(it.name for it in fields(Row))


def _columns(change: Change) -> dict[str, Any]:
    return {name: getattr(change.row, name) for name in _NAMES}


def _is_conflict(error: DBAPIError) -> bool:
    """Tell whether the work may be tried again: others were faster, or the database is busy with them."""
    told: Any = error.orig
    code = getattr(told, "sqlstate", None) or getattr(told, "pgcode", None)
    busy = getattr(told, "sqlite_errorname", "") in {"SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_LOCKED"}
    return code in {"40001", "40P01"} or busy or isinstance(error, IntegrityError)
