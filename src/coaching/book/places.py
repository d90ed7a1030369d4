"""Places: where records are found. A place, those of a record, and the index of many records by their places.

Read top to bottom: a place, the places of a record, the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from rpds import HashTrieMap, HashTrieSet

from coaching.book.given import must_be
from coaching.book.naming import REFERENCES
from coaching.kernel.record import Record
from coaching.records import RECORDS
from coaching.records.commitments import PromisingRecord
from coaching.records.people import ERASED, Person

if TYPE_CHECKING:
    Index = HashTrieMap[tuple[str, str, str], HashTrieSet[str]]


class Place(NamedTuple):
    """Where records are found: those of a kind in which a field names an id; with `"id"`, the one that has it.

    `Place("interview", "coachee", "p-17")` are the talks of a person, `Place("goal", "id", "g-1")` is a goal. A place
    without field and id stands for every record of the kind.

    >>> Place("goal", "id", "g-1").kind
    'goal'
    """

    kind: str
    field: str
    id: str


def itself(kind: str, id: str) -> Place:
    """Name the one record of a kind that has an id."""
    return Place(kind, "id", id)


def every(kind: str) -> Place:
    """Name all records of a kind."""
    return Place(kind, "", "")


NONE: HashTrieSet[str] = HashTrieSet()
GONE = Place(Person.type, "state", ERASED.value)
"""Where whoever is erased is found: mostly nobody."""

_NAMED_IN = {cls.type: tuple(REFERENCES.get(cls.type, {})) for cls in RECORDS}


def _fields(cls: type[Record]) -> tuple[str, ...]:
    """Name the fields of places: those that name others, and those whose parts name people."""
    own = ("state", "positions") if cls is Person else ("commitments",) if issubclass(cls, PromisingRecord) else ()
    return (*_NAMED_IN[cls.type], *own)


FIELDS: Mapping[str, frozenset[str]] = {cls.type: frozenset(_fields(cls)) for cls in RECORDS}
"""The fields of places, by kind of record."""

_PLACED_BY = {cls: attrgetter(*_fields(cls), *(("leavings",) if cls is Person else ())) for cls in RECORDS}
"""What decides where a record stands in the index: while it stays, so does the record. What a leaving closed counts."""


def places_of(record: Record) -> set[Place]:
    """Say where a record is found besides its id: under each field and the id it names, and the people in its parts.

    Who keeps records in a database keeps these beside them, and can answer a book that asks for the records of places.
    A `state` is among them of people who are erased alone.

    Raises:
        Rejected: V015 for what is no record.

    >>> from datetime import date, datetime
    >>> from coaching.records.goals import Goal
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> for place in sorted(places_of(Goal.begin("g-1", title="Lead a pilot line", by="p-17", at=noon))):
    ...     print(*place)
    goal owner p-17
    """
    must_be("cannot answer", record=(record, Record, "record"))
    return _places(record)


def _places(record: Record) -> set[Place]:
    kind, found = record.type, set[Place]()
    for field in _NAMED_IN[kind]:
        named = getattr(record, field)
        found |= {Place(kind, field, id) for id in (named if isinstance(named, tuple) else (named,)) if id is not None}
    if isinstance(record, Person):
        if record.state is ERASED:
            found.add(GONE)
        for position in (*record.positions, *(held for leaving in record.leavings for held in leaving.positions)):
            found |= {Place(kind, "positions", it.manager) for it in position.managers if it.manager is not None}
    if isinstance(record, PromisingRecord):
        for promise in record.commitments:
            found |= {Place(kind, "commitments", id) for id in (promise.by, promise.to) if id is not None}
    return found


def index_of(records: Iterable[Record]) -> Index:
    """Give the ids of records by their places."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for record in records:
        for place in _places(record):
            found.setdefault(place, []).append(record.id)
    return HashTrieMap({place: HashTrieSet(ids) for place, ids in found.items()})


def moved(index: Index, id: str, old: Record | None, new: Record | None) -> Index:
    """Give the index after a record took the place of another: most acts leave it where it stood."""
    if old is not None and new is not None:
        placed_by = _PLACED_BY[type(new)]
        if placed_by(old) == placed_by(new):
            return index
    before = set() if old is None else _places(old)
    after = set() if new is None else _places(new)
    for place in before - after:
        index = index.insert(place, index[place].remove(id))
    for place in after - before:
        index = index.insert(place, index.get(place, NONE).insert(id))
    return index
