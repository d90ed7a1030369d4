"""Stores: a book over a database, whichever library speaks to it. Needs no extra.

What SQLAlchemy and Django do alike is said here once: an act is a transaction; where others were faster it is done
again, on what then stands; in the end it is refused (X023).
"""

from __future__ import annotations

import random
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from attrs import define, field
from attrs.validators import ge, instance_of, is_callable, optional

from coaching.book.book import Book
from coaching.book.keys import AnyKey
from coaching.book.places import Place
from coaching.book.privacy.erasure import Report, erase
from coaching.integrations.rows import Change, changes, overtaken, record_of
from coaching.kernel.classes import Key
from coaching.kernel.constraints import V015, V018
from coaching.kernel.record import ActT, BeginT, Record
from coaching.kernel.rules import Rejected, brief
from coaching.records import Kind

C = TypeVar("C")
C_contra = TypeVar("C_contra", contravariant=True)


class Also(Protocol[C_contra]):
    """What else is written in the transaction of an act, as events into an outbox."""

    def __call__(self, connection: C_contra, before: Book, after: Book, /) -> object:
        """Write it; what it raises undoes the act."""
        ...


@define(eq=False)
class _Opening:
    """A transaction of a store: the versions of what was read in it, and whether it is over."""

    store: BookStore[Any]
    read: dict[Key, str] = field(factory=dict)
    over: bool = False


_AROUND: ContextVar[tuple[_Opening, ...]] = ContextVar("around", default=())
"""The transactions that this thread or task is in."""


class Overtaken(Exception):
    """Somebody else changed a record since it was read."""


def _held(kind: str, id: str, text: str) -> Record:
    """Read the record of a row; of what is damaged it is said which row that is.

    Raises:
        Rejected: What is wrong with the text; V018 for a text that is another record.
    """
    of = f"store: cannot read the row of {kind} {id}"
    try:
        record = record_of(text)
    except Rejected as refusal:
        raise Rejected(of, refusal.findings) from None
    if record.key != (kind, id):
        other = f"{record.type} {record.id}"
        raise Rejected.over(V018, "the row of {kind} {id} holds {other}", "", of=of, kind=kind, id=id, other=other)
    return record


def _must_be_a_function(work: object) -> None:
    if not callable(work):
        raise Rejected.over(
            V015, "{value} is no function of a book", "work", of="store: cannot keep", value=brief(work)
        )


@define
class BookStore(ABC, Generic[C]):
    """A book over a database. Each act is one serializable transaction, done as a whole or not at all.

    Attributes:
        tries: How often work begins again where others were faster, before it is refused (X023).
        also: Writes more in the same transaction.
    """

    tries: int = field(default=20, kw_only=True, validator=[instance_of(int), ge(1)])
    also: Also[C] | None = field(default=None, kw_only=True, validator=optional(is_callable()))

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

    def erase(self, person: str, *, by: str, at: datetime, **how: Any) -> Report:
        """Erase a person, store what becomes of all records, and give the report; nothing of it where it is refused.

        Args:
            person: Who has left.
            by: Who of the administration.
            at: When; what the law holds on that day stays.
            how: The `reason` and the `names`, as for `privacy.erase`.

        Raises:
            Rejected: As `privacy.erase`; X023 besides where others were faster every time.
        """
        reports = list[Report]()

        def work(book: Book) -> Book:
            erased, report = erase(book, person, at.date(), by=by, at=at, **how)
            reports.append(report)
            return erased

        self.work(work)
        return reports[-1]

    def _done(self, act: Callable[[Book], Book]) -> Any:
        return self.work(act).changed[0]

    def work(self, work: Callable[[Book], Book]) -> Book:
        """Do any work on the book in one transaction, and store what became of it: all of it, or nothing.

        The work may be done more than once, each time on what then stands; it does nothing but ask and act. What it
        raises undoes everything.

        Raises:
            Rejected: X023 where others were faster every time; V015 for what is no function, or gives another book than
                it was given or one made of that, and inside a `reading` or `work` of the same store; V018 for a damaged
                row; and what the work raises.
        """
        _must_be_a_function(work)
        for attempt in range(self.tries):
            time.sleep(random.uniform(0, 0.002 * attempt))  # noqa: S311  (so that two do not meet again)
            try:
                return self._try(work)
            except Exception as error:
                if not (isinstance(error, Overtaken) or self._is_conflict(error)):
                    raise
        raise overtaken(self.tries)

    def _try(self, work: Callable[[Book], Book]) -> Book:
        with self._opened(writes=True) as (connection, before, read):
            after = work(before)
            if not (isinstance(after, Book) and after.came_of(before)):
                wrong = "{value} is not the book that the work was given, nor one made of it"
                raise Rejected.over(V015, wrong, "work", of="store: cannot keep", value=brief(after))
            rows = list(changes(before, after, read))
            if self.also is not None:  # before the rows are: what the two books still read is as it was
                self.also(connection, before, after)
            for change in rows:
                self._write(connection, change)
        return after

    @contextmanager
    def reading(self) -> Iterator[Book]:
        """Give the book as it is now, for questions: it reads as it is asked, all from one state of the database.

        Ask before it ends, and act elsewhere.

        Raises:
            Rejected: V015 inside a `reading` or `work` of the same store: it would wait for itself. V018 for a damaged
                row.
        """
        with self._opened(writes=False) as (_, book, _):
            yield book

    @contextmanager
    def _opened(self, *, writes: bool) -> Iterator[tuple[C, Book, dict[Key, str]]]:
        """Open a transaction, with the book that reads in it, and the versions of what it has read."""
        around, opening = _AROUND.get(), _Opening(self)
        if any(it.store is self and not it.over for it in around):
            wrong = "this is inside a reading or work of the same store, and would wait for it"
            raise Rejected.over(V015, wrong, "", of="store: cannot begin")
        _AROUND.set((*around, opening))
        try:
            with self._transaction(writes=writes) as connection:
                yield connection, Book(load=partial(self._load, connection, opening)), opening.read
        finally:
            opening.over = True
            _AROUND.set(around)

    def _load(self, connection: C, opening: _Opening, places: tuple[Place, ...]) -> Iterator[Record]:
        if opening.over:
            wrong = "the transaction of this book is over, and {place} was not read in it; ask before it ends"
            raise Rejected.over(V015, wrong, "load", of="store: cannot read", place=" ".join(places[0]))
        for kind, id, version, text in self._read(connection, places):
            opening.read[kind, id] = version
            yield _held(kind, id, text)

    @abstractmethod
    def _transaction(self, *, writes: bool) -> AbstractContextManager[C]:
        """Open a serializable transaction."""

    @abstractmethod
    def _read(self, connection: C, places: Iterable[Place]) -> Iterable[tuple[str, str, str, str]]:
        """Give kind, id, version and text of the records of places; one may come twice."""

    @abstractmethod
    def _write(self, connection: C, change: Change) -> None:
        """Write what becomes of one record.

        Raises:
            Overtaken: It is no longer as it was read.
        """

    @abstractmethod
    def _is_conflict(self, error: Exception) -> bool:
        """Tell whether the work may be tried again: others were faster, or the database is busy with them."""


def tells_of_others(error: object) -> bool:
    """Tell whether an error of a driver, of SQLite or PostgreSQL, says that others were faster, or are at work."""
    code = getattr(error, "sqlstate", None) or getattr(error, "pgcode", None)
    busy = getattr(error, "sqlite_errorname", "") in {"SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_LOCKED"}
    return code in {"40001", "40P01"} or busy
