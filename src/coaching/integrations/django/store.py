"""A book over a database of Django, in which an act is one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from attrs import asdict, define
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, DatabaseError, IntegrityError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q

from coaching.book.places import Place
from coaching.integrations.django.models import StoredPlace, StoredRecord
from coaching.integrations.rows import Change, Sought, sought
from coaching.integrations.stores import BookStore, Overtaken, tells_of_others


@define
class Store(BookStore[BaseDatabaseWrapper]):
    """A book over a database of the settings. Each act is one serializable transaction, done as a whole or not at all.

    An act begins its transaction itself, and so stands in none: where `ATOMIC_REQUESTS` is set, mark the view with
    `transaction.non_atomic_requests`. In Django's `TestCase` it is a part of the transaction of the test.

    Attributes:
        using: The database by its alias: SQLite or PostgreSQL.
        tries: How often work begins again where others were faster, before it is refused (X023).
        also: Writes more in the same transaction.

    >>> Store()
    Store(tries=20, also=None, using='default')
    """

    using: str = DEFAULT_DB_ALIAS

    def _read(self, connection: BaseDatabaseWrapper, places: Iterable[Place]) -> Iterator[tuple[str, str, str, str]]:
        records = StoredRecord.objects.using(connection.alias)
        for where in self._wheres(connection, sought(places)):
            yield from records.filter(where).values_list("kind", "id", "version", "text")

    def _wheres(self, connection: BaseDatabaseWrapper, sought: Sought) -> Iterator[Q]:
        """Say what to look for: records by their ids, those that name somebody, all of a kind; each in one query."""
        if sought.ids:
            yield Q(pk__in=sought.ids)
        if sought.fields:
            where = Q()
            for kind, field, named in sought.fields:
                where |= Q(kind=kind, field=field, named=named)
            yield Q(pk__in=StoredPlace.objects.using(connection.alias).filter(where).values("kind", "id"))
        if sought.kinds:
            yield Q(kind__in=sought.kinds)

    def _write(self, connection: BaseDatabaseWrapper, change: Change) -> None:
        records, places = StoredRecord.objects.using(connection.alias), StoredPlace.objects.using(connection.alias)
        kind, id = change.key
        if change.read is None:  # nothing was there, so something is now
            records.bulk_create([StoredRecord(**_columns(change))])
        else:
            as_read = records.filter(kind=kind, id=id, version=change.read)
            columns = {name: value for name, value in _columns(change).items() if name not in {"kind", "id"}}
            done = as_read.update(**columns) if columns else as_read.delete()[0]
            if done != 1:
                raise Overtaken
        for place in change.lost:
            places.filter(kind=kind, field=place.field, named=place.id, id=id).delete()
        places.bulk_create([StoredPlace(kind=kind, field=it.field, named=it.id, id=id) for it in change.won])

    def _is_conflict(self, error: Exception) -> bool:
        is_theirs = isinstance(error, DatabaseError)
        return is_theirs and (isinstance(error, IntegrityError) or tells_of_others(error.__cause__))

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[BaseDatabaseWrapper]:
        """Open a serializable transaction; of SQLite one that writes from the beginning, so that two do not block."""
        connection: Any = connections[self.using]
        if connection.vendor not in {"sqlite", "postgresql"}:
            wrong = (
                f"a store is held to SQLite and PostgreSQL; the database {self.using!r} is {connection.display_name}"
            )
            raise ImproperlyConfigured(wrong)
        within = connection.in_atomic_block  # of a test, or of whoever only reads
        connection.ensure_connection()
        mode = getattr(connection, "transaction_mode", None)  # as the settings have it
        connection.transaction_mode = "IMMEDIATE" if writes else None
        try:
            with transaction.atomic(using=self.using, durable=writes):
                if connection.vendor == "postgresql" and not within:
                    with connection.cursor() as cursor:
                        cursor.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
                yield connection
        finally:
            connection.transaction_mode = mode


def _columns(change: Change) -> dict[str, object]:
    return {} if change.row is None else asdict(change.row)
