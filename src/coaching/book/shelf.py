"""The shelf: all records by kind and id, and by whom they are about; immutable, sharing what did not change.

A book that was given whole has all of them; one that is read as needed asks for what it lacks before it answers, so
that both answer alike. Asks no rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast, overload

import attrs
from rpds import HashTrieMap, HashTrieSet

from coaching.book.given import each_must_be, gone_through, no, refusal
from coaching.book.keys import WORDS, AnyKey, key_named, kind_named
from coaching.book.naming import HOLDERS, REFERENCES, all_here, parts_named, plan_of, references
from coaching.book.places import FIELDS, GONE, NONE, Place, every, index_of, itself, moved
from coaching.book.reading import Load, Source, source_of
from coaching.kernel.classes import Key, model_of
from coaching.kernel.constraints import V015
from coaching.kernel.record import Record
from coaching.kernel.rules import Breach as BreachOf
from coaching.kernel.rules import Cause, Finding, Rejected, Rule, breach, brief, finding, stated
from coaching.records import RECORDS
from coaching.records.paths import CareerPath
from coaching.records.people import Person

# fmt: off
X001 = stated("X001", "book", field="id", says="ids are unique per kind of record",
              why="practice: double ids are the commonest fault of exports after blanks",
              mend="keep one of them, or give the other an id of its own")
X002 = stated("X002", "book", field="", says="every reference names a record that exists",
              why="practice: managers that are no employees, goals of people nobody knows",
              mend="add the record, or mend the reference")
X023 = stated("X023", "book", field="seen", says="whoever acts has seen the record as it stands",
              why="practice: an old tab signs what it does not show, or undoes what somebody else did meanwhile",
              mend="show the record as it stands now, and ask again")
# fmt: on
R = TypeVar("R", bound=Record)
if TYPE_CHECKING:
    from coaching.book.places import Index

    Kinds = Mapping[str, HashTrieMap[str, Record]]

_TYPES: Mapping[Any, str] = {cls: cls.type for cls in RECORDS}
_NOBODY: frozenset[str] = frozenset()


def line_of(shelf: Shelf, path: CareerPath) -> tuple[str, ...]:
    """Give the ids of a path and of those before it, each superseding the next: needs and dreams keep their ids."""
    line, known = [path.id], path.supersedes
    while known is not None and known not in line:
        line.append(known)
        older = shelf.get(CareerPath, known)
        known = None if older is None else older.supersedes
    return tuple(line)


def person_of(shelf: Shelf, id: str, what: str, path: str = "") -> Person:
    """Find a person by id; `what` says what cannot be done without one, `path` which argument it is.

    Raises:
        Rejected: X002 for one who is not there.
    """
    known = shelf.get(Person, id) if isinstance(id, str) else None
    if known is None:
        raise Rejected(f"book: {what}", [finding(X002, breach("there is no person {id}", path, id=brief(id)))])
    return known


def _refuse_strangers(act: str, given: Iterable[Any]) -> None:
    wrong = [finding(V015, breach("{value} is no record", value=brief(r))) for r in given if type(r) not in _TYPES]
    if wrong:
        raise Rejected(f"book: cannot {act}", wrong)


def _refuse_two(act: str, records: Iterable[Record]) -> None:
    """Refuse two different records of one kind and id: which of them was meant?"""
    kept = dict[Key, Record]()
    wrong = [it for it in records if (first := kept.setdefault(it.key, it)) is not it and first != it]
    if wrong:
        found = [said(X001, breach("{id} stands twice", id=record.id), record) for record in wrong]
        raise Rejected(f"book: cannot {act}", found)


def said(rule: Rule, found: BreachOf, record: Record) -> Finding:
    """Give a finding of a rule of the book about one record."""
    return finding(rule, found, record=record.key)


@attrs.frozen(init=False, eq=False, repr=False)
class Shelf:
    """Records by kind and id. Made from records, or empty; `put` and `remove` give a new one that shares the rest.

    Args:
        records: The records, or some of them where there is `load`.
        load: Reads records that are asked for and are not here: a function of the places that are sought. What it gives
            is kept, so that no place is asked for twice; a book that reads is made anew for each piece of work.

    Attributes:
        changed: The records that the last `put`, act or `new` put here: what a tool has to store.

    Raises:
        Rejected: X001 when two records of a kind have one id; V015 for what is no record.
    """

    _kinds: Kinds
    _index: Index
    changed: tuple[Record, ...]
    _source: Source | None
    _taken: int
    _own: HashTrieSet[Key]
    _memory: dict[str, tuple[date | None, dict[Any, Any]]]

    def __init__(self, records: Iterable[Record] = (), *, load: Load | None = None) -> None:
        """Take up the records, each of which has an id of its own within its kind."""
        source = source_of(load)
        found: list[Finding] = []
        kept: dict[str, dict[str, Record]] = {cls.type: {} for cls in RECORDS}
        for record in gone_through("book: cannot be made", "records", records, "list of records"):
            if type(record) not in _TYPES:
                found.append(finding(V015, breach("{value} is no record", value=brief(record))))
            elif record.id in kept[record.type]:
                found.append(said(X001, breach("{id} stands twice", id=record.id), record))
            else:
                kept[record.type][record.id] = record
        if found:
            raise Rejected("book: cannot be made", found)
        index = index_of(record for alike in kept.values() for record in alike.values())
        kinds = {kind: HashTrieMap(alike) for kind, alike in kept.items()}
        own: HashTrieSet[Key] = HashTrieSet()
        self._fill(kinds, index, (), source, 0, own)

    @overload
    def get(self, key: type[R], id: str) -> R | None: ...
    @overload
    def get(self, key: R) -> R | None: ...
    @overload
    def get(self, key: tuple[type[R], str]) -> R | None: ...
    @overload
    def get(self, key: str, id: str) -> Record | None: ...
    @overload
    def get(self, key: tuple[str, str] | str) -> Record | None: ...
    def get(self, key: Any, id: Any = attrs.NOTHING) -> Record | None:
        """Give the record of a kind with an id, if there is one; or that of a key.

        A kind is named by its class or its word (`Goal`, `"goal"`). A key is a kind and an id, a record, for the one of
        its kind and id that is here, or an id, where one kind of record alone has it. Every key is read so.

        Raises:
            Rejected: V012 or V015 for what is no kind of record, V015 for what is no key, X002 for the id of several.

        >>> shelf = Shelf()
        >>> shelf.get("goal", "g-1") is shelf.get(("goal", "g-1")) is shelf.get("g-1") is None
        True
        """
        return self._find(key, "answer") if id is attrs.NOTHING else self.at(key, id)

    def at(self, kind: type[Record] | str, id: str) -> Record | None:
        """Give the same of a kind and an id: `at(*key)`, where a `key` is what it says and was read before.

        Raises:
            Rejected: V012 or V015 for what is no kind of record.
        """
        try:
            word = WORDS[kind]
            found = self._kinds[word].get(id)
        except (TypeError, KeyError):  # what cannot be looked up is the id of nothing
            kind_named(kind)
            return None
        if found is None and self._source is not None:
            self._seek(itself(word, id))
            found = self._kinds[word].get(id)
        return found

    def _find(self, key: AnyKey, act: str) -> Record | None:
        """Give the record of a key, if there is one.

        Raises:
            Rejected: As `get`.
        """
        what = f"book: cannot {act}"
        kind, id = key_named(key, what)
        if kind is not None:
            return self.at(kind, id)
        found = self.everywhere(id)
        if len(found) > 1:
            kinds = ", ".join(record.type for record in found)
            wrong = breach("{id} is the id of: {kinds}; name it by kind and id", id=brief(id), kinds=kinds)
            raise Rejected(what, [finding(X002, wrong, cause=Cause.INPUT)])
        return found[0] if found else None

    def _one(self, key: AnyKey, act: str) -> Record:
        """Give the record of a key.

        Raises:
            Rejected: X002 where there is none; and as `get`.
        """
        found = self._find(key, act)
        if found is not None:
            return found
        kind, id = key_named(key, "")
        named = (kind, id) if kind is not None and isinstance(id, str) else None
        if named is not None:
            wrong = breach("{kind} {id} is not in the book", kind=kind, id=id)
        else:
            wrong = breach("{id} is not in the book", id=brief(id))
        raise Rejected(f"book: cannot {act}", [finding(X002, wrong, record=named)])

    @overload
    def all(self, kind: type[R]) -> Iterator[R]: ...
    @overload
    def all(self, kind: str) -> Iterator[Record]: ...
    def all(self, kind: Any) -> Iterator[Record]:
        """Give every record of a kind, in the order of their ids.

        Raises:
            Rejected: V012 or V015 for what is no kind of record.
        """
        word = kind_named(kind)
        self._seek(every(word))
        alike = self._kinds[word]
        return (alike[id] for id in sorted(alike))

    def everywhere(self, id: str) -> list[Record]:
        """Give the records with an id, of whatever kind, in the order of kinds."""
        if isinstance(id, str):
            self._seek(*(itself(cls.type, id) for cls in RECORDS))
        try:
            return [record for alike in self._kinds.values() if (record := alike.get(id)) is not None]
        except TypeError:  # see `at`
            return []

    def naming(self, kind: type[R], field: str, id: str) -> Iterator[R]:
        """Give the records of a kind in which a field names an id (`Interview`, `"coachee"`, `"p-17"`), in order."""
        word = kind_named(kind)
        named = self._named(word, field, id)
        if not named:
            return iter(())
        alike = self._kinds[word]
        return iter([cast("R", alike[one]) for one in (sorted(named) if len(named) > 1 else named)])

    def naming_both(self, kind: type[R], field: str, id: str, other: str, other_id: str) -> Iterator[R]:
        """Give the records of a kind in which one field names an id, and another field another; in order.

        The first is that of the one whom it is about: there are fewer of those to read.
        """
        word = kind_named(kind)
        few, many = self._named(word, field, id), self._named(word, other, other_id, seek=False)
        alike = self._kinds[word]
        if len(few) > len(many):
            few, many = many, few
        return iter([cast("R", alike[one]) for one in sorted(few) if one in many] if few else [])

    def erased(self, among: Iterable[str] | None = None) -> frozenset[str]:
        """Name the people who are erased, or those among some.

        Raises:
            Rejected: V015 for what is no list of ids.
        """
        if among is None:
            return frozenset(self._named(*GONE))
        ids = each_must_be("book: cannot answer", "among", among, str, "id")
        if self._source is not None:
            self._seek(*(itself(Person.type, id) for id in ids))
        gone = self._index.get(GONE, NONE)
        return frozenset(id for id in ids if id in gone) if gone else _NOBODY

    def came_of(self, other: Shelf) -> bool:
        """Tell whether this is a book, read as needed, or one made of it: both read from the same source."""
        return isinstance(other, Shelf) and self._source is not None and self._source is other._source

    @property
    def touched(self) -> tuple[Key, ...]:
        """Name the records that were put here or removed since the book was made, sorted: what a store looks at."""
        return tuple(sorted(self._own))

    def memory(self, of: str, of_day: date | None = None) -> dict[Any, Any]:
        """Keep what one question works out. A shelf never changes, so it need not be worked out again.

        Of what depends on a day, only the day asked last is kept: a book that lives long does not fill up.

        Raises:
            Rejected: V015 for what cannot name a question.
        """
        if not isinstance(of, str):
            raise refusal("book: cannot answer", [no(of, "name of a question", "of")])
        day, kept = self._memory.get(of, (None, None))
        if kept is None or day != of_day:
            self._memory[of] = of_day, (kept := {})
        return kept

    def about(self, person: str) -> Iterator[Record]:
        """Give every record in which a field names a person, and the person's own: by kind, then by id."""
        own = self.at(Person.type, person)
        if own is not None:
            yield own
        for cls in RECORDS:
            fields = [f for f, kind in REFERENCES.get(cls.type, {}).items() if kind == Person.type]
            self._seek(*(Place(cls.type, field, person) for field in fields))
            ids = {id for field in fields for id in self._named(cls.type, field, person)}
            yield from (self._kinds[cls.type][id] for id in sorted(ids))

    def promising(self, person: str) -> Iterator[Record]:
        """Give every record in which a person promised something, or was promised something: by kind, then by id."""
        for cls in RECORDS:
            yield from self.naming(cls, "commitments", person)

    def concerning(self, person: str) -> Iterator[Record]:
        """Give every record about a person, then those in which they only promised, or were promised, something."""
        found = {record.key: record for record in (*self.about(person), *self.promising(person))}
        return iter(found.values())

    def _named(self, kind: str, field: str, id: str, *, seek: bool = True) -> HashTrieSet[str]:
        """Give the ids of the records of a kind in which a field names an id; or of those that are here already."""
        if seek and self._source is not None and isinstance(id, str) and field in FIELDS[kind]:
            self._seek(Place(kind, field, id))
        try:
            return self._index.get((kind, field, id), NONE)
        except TypeError:  # what cannot be looked up is the id of nothing
            return NONE

    def _seek(self, *sought: Place) -> None:
        """Read the records of places, where this is a book that is read as needed: each place once."""
        source = self._source
        if source is not None:
            source.read(sought)
            if len(source.given) > self._taken:
                self._take_up(source.given[self._taken :])

    def _take_up(self, given: list[Record]) -> None:
        """Put what was read beside what is here; what was put or removed here is newer."""
        kinds, index = dict(self._kinds), self._index
        for record in given:
            if record.key not in self._own and record.id not in kinds[record.type]:
                kinds[record.type] = kinds[record.type].insert(record.id, record)
                index = moved(index, record.id, None, record)
        object.__setattr__(self, "_kinds", kinds)
        object.__setattr__(self, "_index", index)
        object.__setattr__(self, "_taken", self._taken + len(given))

    def _whole(self) -> None:
        """Read all there is."""
        self._seek(*(every(cls.type) for cls in RECORDS))

    def __iter__(self) -> Iterator[Record]:
        """Give every record: by kind in the order of `RECORDS`, then by id."""
        return (record for kind in RECORDS for record in self.all(kind))

    def __len__(self) -> int:
        """Say how many records there are."""
        self._whole()
        return sum(map(len, self._kinds.values()))

    def __contains__(self, key: object) -> bool:
        """Tell whether this very value is here, of a record; of another key, whether there is one.

        Raises:
            Rejected: V012 or V015 for a pair that names no kind of record.
        """
        if isinstance(key, Record):
            return self.at(*key.key) == key
        if isinstance(key, str):
            return bool(self.everywhere(key))
        return isinstance(key, tuple) and self._find(cast("AnyKey", key), "answer") is not None

    def __eq__(self, other: object) -> bool:
        """Compare: two are equal when they hold equal records."""
        if not isinstance(other, Shelf):
            return False
        self._whole()
        other._whole()
        return self._kinds == other._kinds

    def __hash__(self) -> int:
        """By the kinds and ids."""
        self._whole()
        return hash(frozenset((kind, id) for kind, alike in self._kinds.items() for id in alike))

    def __repr__(self) -> str:
        """Say how many records of each kind; of a book that is read as needed, how many were read."""
        counts = {cls.type: len(self._kinds[cls.type]) for cls in RECORDS}
        said = ", ".join(f"{n} {kind}" for kind, n in counts.items() if n)
        return f"<Book: {said or 'empty'}>" if self._source is None else f"<Book: {said or 'nothing'} read so far>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: FBT001, ARG002  (so it is called)
        """For whoever prints at length, such as Hypothesis when a test fails: what would make this book again."""
        printer.text("Book(")
        printer.pretty(list(self))
        printer.text(")")

    def put(self, *records: Record) -> Self:
        """With records added, or in the place of those with the same kind and id.

        Raises:
            Rejected: V015 for what is no record, X001 for two different records of a kind with one id.
        """
        _refuse_strangers("put", records)
        _refuse_two("put", records)
        kinds, index = self._kinds, self._index
        for record in records:
            alike = kinds[record.type]
            index = moved(index, record.id, alike.get(record.id), record)
            kinds = {**kinds, record.type: alike.insert(record.id, record)}
        return self._made(kinds, index, records, (record.key for record in records))

    def remove(self, *keys: AnyKey) -> Self:
        """Without some records; each is named by any key.

        Raises:
            Rejected: X002 for a record that is not here, and as `get`; all of them at once.
        """
        gone, wrong = dict[Key, None](), list[Finding]()
        for key in keys:
            try:
                gone[self._one(key, "remove").key] = None
            except Rejected as refusal:
                wrong += refusal.findings
        if wrong:
            raise Rejected("book: cannot remove", wrong)
        kinds, index = self._kinds, self._index
        for kind, id in gone:
            index = moved(index, id, kinds[kind][id], None)
            kinds = {**kinds, kind: kinds[kind].remove(id)}
        return self._made(kinds, index, (), gone)

    def dangling(self, record: Record) -> Iterator[Finding]:
        """X002: what a record refers to and is not here."""
        if type(record) not in _TYPES:
            _refuse_strangers("answer", (record,))
        if self._source is not None:
            self._seek(*(itself(kind, id) for _, kind, id in references(record)))
        if not all_here(self._kinds, record, plan_of(model_of(type(record)))):
            for path, kind, id in references(record):
                if self.at(kind, id) is None:
                    yield said(X002, breach("there is no {kind} {id}", path, kind=kind, id=id), record)

    def parts_missing(self, record: Record) -> Iterator[tuple[str, str, str, str]]:
        """Say which parts a record refers to that the record they are said to be of does not hold: as `parts_named`."""
        if type(record) not in _TYPES:
            _refuse_strangers("answer", (record,))
        for path, kind, id, of in parts_named(record):
            holders = [held for holder in HOLDERS[kind] if (held := self.at(holder, of)) is not None]
            known = any(id in self._part_ids(held, kind) for held in holders)
            if not known and (holders or kind == "commitment"):  # of any other X002 says that its record is not here
                yield path, kind, id, of

    def _part_ids(self, record: Record, kind: str) -> frozenset[str]:
        """Name the parts of one kind that a record holds, by their ids."""
        seen, key = self.memory("ids of parts"), (record.type, record.id, kind)
        if key not in seen:
            seen[key] = frozenset(part.id for part in getattr(record, f"{kind}s"))
        ids: frozenset[str] = seen[key]
        return ids

    def _fill(self, *parts: Any) -> None:
        for name, part in zip(_PARTS, parts, strict=True):
            object.__setattr__(self, name, part)
        object.__setattr__(self, "_memory", {})

    def __getstate__(self) -> tuple[Any, ...]:
        """Pickle all but the memory."""
        return tuple(getattr(self, name) for name in _PARTS)

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """Take up what was pickled."""
        self._fill(*state)

    def _made(self, kinds: Kinds, index: Index, changed: tuple[Record, ...], own: Iterable[Key]) -> Self:
        new = type(self).__new__(type(self))
        new._fill(kinds, index, changed, self._source, self._taken, self._own.update(own))  # noqa: SLF001  (one of its own class)
        return new


_PARTS = ("_kinds", "_index", "changed", "_source", "_taken", "_own")
"""What a shelf is; the memory is worked out again."""

RULES: tuple[Rule, ...] = (
    X001, X002, X023,
)  # fmt: skip
