"""SQLAlchemy 2: a column that holds a record, and a book over a database, in which an act is one transaction.

Read top to bottom: the column, the tables, the store. A store reads what the rules of an act look at and no more,
writes what changed, and begins again where others were faster; so no rule of the book is broken by two at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from attrs import define, field, fields, frozen
from attrs.validators import instance_of
from sqlalchemy.exc import DBAPIError, DontWrapMixin, IntegrityError

from coaching.book.places import Place
from coaching.formats.documents import dumps
from coaching.integrations.rows import ID_LENGTH, Change, Row, Sought, record_of, sought
from coaching.integrations.stores import BookStore, Overtaken, tells_of_others
from coaching.kernel.record import Record
from coaching.kernel.rules import Rejected


class Unwritten(Rejected, DontWrapMixin):
    """What a column refuses: as it is, not wrapped in an error of SQLAlchemy's that repeats what was to be written."""


# --- a column --------------------------------------------------------------------------------------------------------


class RecordType(sa.types.TypeDecorator[Record]):
    """A column that holds a record, as text JSON: `Mapped[Goal] = mapped_column(RecordType)`.

    What is read is held to all that `codec.loads` holds a document to. Two are compared by what they hold, so a session
    writes a record that another took the place of, and nothing else.
    """

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Record | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002  (as it is called)
        """Write a record.

        Raises:
            Rejected: V015 for what is no record.
        """
        try:
            return None if value is None else dumps(value).decode()
        except Rejected as refusal:
            raise Unwritten(refusal.what, refusal.findings) from None

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


@define
class Store(BookStore[sa.Connection]):
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

    engine: sa.Engine = field(validator=instance_of(sa.Engine))
    tables: Tables = field(factory=lambda: tables(sa.MetaData()))

    def create(self) -> None:
        """Make the tables that are not there. An application with migrations lets these make them."""
        self.tables.records.metadata.create_all(self.engine, [self.tables.records, self.tables.places])

    def _read(self, connection: sa.Connection, places: Iterable[Place]) -> Iterator[tuple[str, str, str, str]]:
        records = self.tables.records.c
        for where in self._wheres(sought(places)):
            rows = connection.execute(sa.select(records.kind, records.id, records.version, records.text).where(where))
            yield from (tuple(row) for row in rows)

    def _wheres(self, sought: Sought) -> Iterator[sa.ColumnElement[bool]]:
        """Say what to look for: records by their ids, those that name somebody, all of a kind; each in one query."""
        records, named = self.tables.records.c, self.tables.places.c
        if sought.ids:
            yield sa.tuple_(records.kind, records.id).in_(sought.ids)
        if sought.fields:
            place = sa.tuple_(named.kind, named.field, named.named)
            found = sa.select(named.kind, named.id).where(place.in_(sought.fields))
            yield sa.tuple_(records.kind, records.id).in_(found)
        if sought.kinds:
            yield records.kind.in_(sought.kinds)

    def _write(self, connection: sa.Connection, change: Change) -> None:
        records, places = self.tables.records, self.tables.places
        kind, id = change.key
        if change.read is None:  # nothing was there, so something is now
            connection.execute(records.insert(), [_columns(change)])
        else:
            as_read = (records.c.kind == kind) & (records.c.id == id) & (records.c.version == change.read)
            to: Any = records.delete() if change.row is None else records.update().values(_columns(change))
            if connection.execute(to.where(as_read)).rowcount != 1:
                raise Overtaken
        for place in change.lost:
            at = (places.c.kind == kind) & (places.c.field == place.field) & (places.c.named == place.id)
            connection.execute(places.delete().where(at & (places.c.id == id)))
        if change.won:
            rows = [{"kind": kind, "field": place.field, "named": place.id, "id": id} for place in change.won]
            connection.execute(places.insert(), rows)

    def _is_conflict(self, error: Exception) -> bool:
        return isinstance(error, DBAPIError) and (isinstance(error, IntegrityError) or tells_of_others(error.orig))

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


_NAMES = tuple(it.name for it in fields(Row))


def _columns(change: Change) -> dict[str, Any]:
    return {name: getattr(change.row, name) for name in _NAMES}
