"""The book: all records by kind and id, immutable. Changing it gives a new book that shares what did not change.

Read top to bottom: rules of a book, references between records, the book. Knows every record; knows no file and no
clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, cast

import attrs
from attrs import frozen
from rpds import HashTrieMap, HashTrieSet

from coaching.book.cadence import Coverage, Covered, coverage, covered, last_held, next_due
from coaching.kernel.constraints import V015
from coaching.kernel.policy import POLICY, Policy
from coaching.kernel.record import Record
from coaching.kernel.rules import (
    Breach,
    Finding,
    Rejected,
    Rule,
    Severity,
    breach,
    brief,
    catalogue,
    finding,
    in_order,
    stated,
)
from coaching.kernel.rules import advice as declare_advice
from coaching.kernel.shapes import shape_of
from coaching.kernel.values import Ref
from coaching.records import RECORDS
from coaching.records.interviews import Interview
from coaching.records.people import Person

# fmt: off
X001 = stated("X001", "book", field="id", says="ids are unique per kind of record",
              why="practice: double ids are the commonest fault of exports after blanks", mend="keep one of them, or give the other an id of its own")
X002 = stated("X002", "book", field="", says="every reference names a record that exists",
              why="practice: managers that are no employees, goals of people nobody knows", mend="add the record, or mend the reference")
X003 = stated("X003", "book", field="positions", says="reporting lines have no cycle",
              why="practice: real exports hold people who manage each other in a ring", mend="give one of them another manager")
# fmt: on

REFERENCES: Mapping[str, Mapping[str, str]] = {
    "goal": {"owner": "person", "coach": "person", "parent": "goal", "from_interview": "interview"},
    "interview": {"coachee": "person", "interviewer": "person", "previous": "interview", "feedback": "feedback"},
    "feedback": {"giver": "person", "receiver": "person"},
    "path": {"owner": "person", "coach": "person", "supersedes": "path", "from_interview": "interview"},
}
"""Which field of which record names a record of which kind. Fields that hold a `Ref` say it themselves."""

PARTS: Mapping[str, Mapping[str, str]] = {
    "position": {"manager": "person"},
    "former_manager": {"manager": "person"},
    "role_model": {"person": "person"},
    "step": {"goals": "goal"},
    "disclosure": {"released_by": "person"},
}
"""The same for the parts of records."""

R = TypeVar("R", bound=Record)
Key = tuple[str, str]
if TYPE_CHECKING:
    Index = HashTrieMap[tuple[str, str, str], HashTrieSet[str]]


@declare_advice(
    "X004",
    "book",
    field="",
    says="each active person has had an annual interview within the cadence",
    why="article, L7: the annual career interviews take place with each employee",
    mend="plan one; to people on leave it is offered",
)
def _uncovered(line: Covered, on: date, policy: Policy) -> Iterator[Breach]:  # noqa: ARG001  (every advice takes all three)
    if line.status is not Coverage.NOT_DUE:
        last = "none was held" if line.last_held is None else f"the last was held {line.last_held}"
        yield breach("{status}: {last}, due {due}", status=line.status.value, last=last, due=line.due)


@frozen(init=False, eq=False, repr=False)
class Book:
    """All records together. Made from records, or empty; `put` and `remove` give a new book.

    Raises:
        Rejected: X001 when two records of a kind have one id; V015 for what is no record.

    >>> from datetime import datetime
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> anna = Person.register("p-17", "Anna Ek", date(2024, 8, 1), by="hr", at=noon)
    >>> book = Book([anna])
    >>> book.next_due("p-17")
    datetime.date(2025, 8, 1)
    >>> [str(line.status) for line in book.coverage(date(2026, 3, 2))]
    ['never']
    """

    _records: HashTrieMap[Key, Record]
    _by_person: Index

    def __init__(self, records: Iterable[Record] = ()) -> None:
        """Take up the records, each of which has an id of its own within its kind."""
        found: list[Finding] = []
        kept: dict[Key, Record] = {}
        given: Iterable[Any] = records
        for record in given:
            if not isinstance(record, Record):
                found.append(finding(V015, breach("{value} is no record", value=brief(record))))
            elif (record.type, record.id) in kept:
                found.append(_said(X001, breach("{id} stands twice", id=record.id), record))
            else:
                kept[record.type, record.id] = record
        if found:
            raise Rejected("book: cannot be made", found)
        _fill(self, HashTrieMap(kept), HashTrieMap(_index(kept.values())))

    # --- records -----------------------------------------------------------------------------------------------------

    def get(self, kind: type[R], id: str) -> R | None:
        """The record of a kind with an id, if there is one."""
        return cast("R | None", self._records.get((kind.type, id)))

    def all(self, kind: type[R]) -> Iterator[R]:
        """Every record of a kind, in the order of their ids."""
        keys = sorted(key for key in self._records if key[0] == kind.type)
        return (cast("R", self._records[key]) for key in keys)

    def of_person(self, kind: type[R], field: str, person: str) -> Iterator[R]:
        """The records of a kind in which a person stands in a field (`Interview`, `"coachee"`), in the order of their ids."""
        ids = self._by_person.get((kind.type, field, person), _NOBODY)
        return (cast("R", self._records[kind.type, id]) for id in sorted(ids))

    def __iter__(self) -> Iterator[Record]:
        """Every record: by kind in the order of `RECORDS`, then by id."""
        order = {cls.type: i for i, cls in enumerate(RECORDS)}
        return (self._records[key] for key in sorted(self._records, key=lambda key: (order[key[0]], key[1])))

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._records)

    def __contains__(self, record: object) -> bool:
        """Whether this very value is in the book."""
        return isinstance(record, Record) and self._records.get((record.type, record.id)) == record

    def __eq__(self, other: object) -> bool:
        """Two books are equal when they hold equal records."""
        return isinstance(other, Book) and self._records == other._records

    def __hash__(self) -> int:
        """By the records."""
        return hash(frozenset(self._records))

    def __repr__(self) -> str:
        """How many records of each kind."""
        counts = {cls.type: sum(key[0] == cls.type for key in self._records) for cls in RECORDS}
        return f"<Book: {', '.join(f'{n} {kind}' for kind, n in counts.items() if n) or 'empty'}>"

    def put(self, *records: Record) -> Book:
        """The book with records added, or in the place of those with the same kind and id.

        Raises:
            Rejected: V015 for what is no record.
        """
        if strangers := _no_records(records):
            raise Rejected("book: cannot put", strangers)
        kept, index = self._records, self._by_person
        for record in records:
            old = kept.get((record.type, record.id))
            index = _indexed(_unindexed(index, old), record)
            kept = kept.insert((record.type, record.id), record)
        return _made(kept, index)

    def remove(self, *records: Record) -> Book:
        """The book without some records.

        Raises:
            Rejected: X002 for a record that is not in the book, V015 for what is no record.
        """
        if wrong := _no_records(records):
            raise Rejected("book: cannot remove", wrong)
        strangers = [r for r in records if (r.type, r.id) not in self._records]
        if strangers:
            wrong = [_said(X002, breach("{kind} {id} is not in the book", kind=r.type, id=r.id), r) for r in strangers]
            raise Rejected("book: cannot remove", wrong)
        kept, index = self._records, self._by_person
        for key in dict.fromkeys((r.type, r.id) for r in records):
            index = _unindexed(index, kept[key])
            kept = kept.remove(key)
        return _made(kept, index)

    # --- questions ---------------------------------------------------------------------------------------------------

    def next_due(self, person: str, *, on: date = date.max, policy: Policy = POLICY) -> date:
        """The day by which the next annual interview of a person shall be held, as it looks on a day.

        Raises:
            Rejected: X002 for a person who is not in the book.
        """
        known = self._person(person)
        held = last_held(self.of_person(Interview, "coachee", person), on)
        return next_due(known.joined_on, held, policy=policy)

    def covered(self, person: str, on: date, *, policy: Policy = POLICY) -> Covered:
        """How one person stands with the annual interview on a day.

        Raises:
            Rejected: X002 for a person who is not in the book.
        """
        known = self._person(person)
        return covered(known, last_held(self.of_person(Interview, "coachee", person), on), on, policy=policy)

    def coverage(self, on: date, *, policy: Policy = POLICY) -> tuple[Covered, ...]:
        """How each person who is employed on a day stands with the annual interview, in the order of their ids."""
        talks = (r for r in self._records.values() if isinstance(r, Interview))
        return tuple(coverage(self.all(Person), talks, on, policy=policy))

    def check(self, on: date, *, policy: Policy = POLICY) -> tuple[Finding, ...]:
        """What is wrong with the book, or worth a look, on a day: its own rules, and what each record says of itself."""
        found = [f for record in self for f in record.findings(on, policy=policy)]
        found += [f for record in self for f in self._dangling(record)]
        found += self._rings(on)
        severity = policy.severity_of("X004")
        if severity is not Severity.OFF:
            for line in self.coverage(on, policy=policy):
                about = (Person.type, line.person)
                found += [finding(_X004, b, severity=severity, record=about) for b in _uncovered(line, on, policy)]
        return in_order(found)

    def _person(self, id: str) -> Person:
        person = self.get(Person, id)
        if person is None:
            wrong = finding(X002, breach("there is no person {id}", id=brief(id)))
            raise Rejected("book: cannot answer", [wrong])
        return person

    def _dangling(self, record: Record) -> Iterator[Finding]:
        """References of a record that name nothing in the book."""
        for path, kind, id in references(record):
            if (kind, id) not in self._records:
                yield _said(X002, breach("there is no {kind} {id}", path, kind=kind, id=id), record)

    def _rings(self, on: date) -> Iterator[Finding]:
        """Reporting lines that lead back to where they began; each ring is said once for everybody in it."""
        manages = {p.id: m for p in self.all(Person) if (m := p.manager_on(on)) is not None}
        done: set[str] = set()
        for start in manages:
            line: dict[str, None] = {}
            person: str | None = start
            while person is not None and person not in done and person not in line:
                line[person] = None
                person = manages.get(person)
            if person is not None and person in line:
                ring = list(line)[list(line).index(person) :]
                shown = " > ".join([*ring, person])
                for id in ring:
                    yield finding(X003, breach("{ring}", ring=shown), record=(Person.type, id))
            done.update(line)


_NOBODY: HashTrieSet[str] = HashTrieSet()
_X004 = next(rule for code, rule in catalogue().items() if code == "X004")
_PEOPLE = {kind: tuple(f for f, of in fields.items() if of == Person.type) for kind, fields in REFERENCES.items()}


def references(record: Record) -> Iterator[tuple[str, str, str]]:
    """What a record refers to: the path of the reference, the kind of record it names, and the id."""
    yield from _named_in(record, REFERENCES.get(record.type, {}), "")
    for field in attrs.fields(type(record)):
        yield from _refs_in(getattr(record, field.name), field.name)


def _named_in(value: Any, fields: Mapping[str, str], prefix: str) -> Iterator[tuple[str, str, str]]:
    for field, kind in fields.items():
        named = getattr(value, field)
        if isinstance(named, tuple):
            yield from ((f"{prefix}{field}[{i}]", kind, id) for i, id in enumerate(named))
        elif named is not None:
            yield f"{prefix}{field}", kind, named


def _refs_in(value: Any, path: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from _refs_in(item, f"{path}[{i}]")
    elif isinstance(value, Ref):
        if value.kind in _KINDS:
            yield path, value.kind.value, value.id
        elif value.of is not None and value.kind in _HOLDERS:
            yield path, _HOLDERS[value.kind], value.of
    elif attrs.has(type(value)):
        yield from _named_in(value, PARTS.get(shape_of(type(value)).name, {}), f"{path}.")
        for field in attrs.fields(type(value)):
            yield from _refs_in(getattr(value, field.name), f"{path}.{field.name}")


_KINDS = frozenset(cls.type for cls in RECORDS)
_HOLDERS = {"need": "path", "dream": "path", "step": "path", "position": "person", "placement": "person"}


def _no_records(given: Iterable[Any]) -> list[Finding]:
    return [finding(V015, breach("{value} is no record", value=brief(r))) for r in given if not isinstance(r, Record)]


def _said(rule: Rule, found: Breach, record: Record) -> Finding:
    return finding(rule, found, record=(record.type, record.id))


def _fill(book: Book, records: HashTrieMap[Key, Record], index: Index) -> None:
    object.__setattr__(book, "_records", records)
    object.__setattr__(book, "_by_person", index)


def _made(records: HashTrieMap[Key, Record], index: Index) -> Book:
    book = Book.__new__(Book)
    _fill(book, records, index)
    return book


def _places(record: Record) -> Iterator[tuple[str, str, str]]:
    for field in _PEOPLE.get(record.type, ()):
        person = getattr(record, field)
        if person is not None:
            yield record.type, field, person


def _index(records: Iterable[Record]) -> dict[tuple[str, str, str], HashTrieSet[str]]:
    found: dict[tuple[str, str, str], list[str]] = {}
    for record in records:
        for place in _places(record):
            found.setdefault(place, []).append(record.id)
    return {place: HashTrieSet(ids) for place, ids in found.items()}


def _indexed(index: Index, record: Record) -> Index:
    for place in _places(record):
        index = index.insert(place, index.get(place, _NOBODY).insert(record.id))
    return index


def _unindexed(index: Index, record: Record | None) -> Index:
    if record is None:
        return index
    for place in _places(record):
        index = index.insert(place, index[place].remove(record.id))
    return index
