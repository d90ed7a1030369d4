"""The shelf: all records by kind and id, and by whom they are about; immutable, sharing what did not change.

Read top to bottom: references between records, the index, the shelf. Knows which fields name other
records; asks no rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast, overload

import attrs
from rpds import HashTrieMap, HashTrieSet

from coaching.book.given import gone_through, no, refusal
from coaching.book.keys import WORDS, AnyKey, key_named, kind_named
from coaching.kernel.classes import Key, Model, model_of
from coaching.kernel.constraints import V015
from coaching.kernel.fields import Field, once
from coaching.kernel.record import Record
from coaching.kernel.rules import Breach as BreachOf
from coaching.kernel.rules import Cause, Finding, Rejected, Rule, breach, brief, finding, stated
from coaching.kernel.values import Ref
from coaching.records import KINDS, RECORDS
from coaching.records.commitments import PromisingRecord
from coaching.records.moves import InternalMove
from coaching.records.paths import CareerPath
from coaching.records.people import ERASED, Person

# fmt: off
X001 = stated("X001", "book", field="id", says="ids are unique per kind of record",
              why="practice: double ids are the commonest fault of exports after blanks",
              mend="keep one of them, or give the other an id of its own")
X002 = stated("X002", "book", field="", says="every reference names a record that exists",
              why="practice: managers that are no employees, goals of people nobody knows",
              mend="add the record, or mend the reference")
# fmt: on

REFERENCES: Mapping[str, Mapping[str, str]] = {
    "goal": {"owner": "person", "coach": "person", "parent": "goal", "from_interview": "interview"},
    "interview": {"coachee": "person", "interviewer": "person", "previous": "interview", "feedback": "feedback"},
    "feedback": {"giver": "person", "receiver": "person"},
    "path": {"owner": "person", "coach": "person", "supersedes": "path", "from_interview": "interview"},
    "relationship": {"coach": "person", "coachee": "person"},
    "organisation": {"parent": "organisation"},
    "opportunity": {"posted_by": "person", "reserved_for": "person", "filled_by": "person"},
    "move": {
        "mover": "person", "releasing_manager": "person", "receiving_manager": "person", "client_by": "person",
        "opportunity": "opportunity", "facilitators": "person",
    },
}  # fmt: skip
"""Which field of which record names a record of which kind. Fields that hold a `Ref` say it themselves."""

PARTS: Mapping[str, Mapping[str, str]] = {
    "managed": {"manager": "person"},
    "role_model": {"person": "person"},
    "step": {"goals": "goal"},
    "disclosure": {"released_by": "person"},
    "commitment": {"to": "person"},
}
"""The same for the parts of records."""

HANDS: Mapping[str, tuple[str, ...]] = {
    "feedback": ("requested_by",), "signature": ("by",), "commitment": ("by", "seen_by"), "option": ("author",),
    "progress": ("by",), "turn": ("speaker",), "preparation": ("by",), "absence": ("person",), "look_back": ("by",),
    "yes": ("by",), "approval": ("by",), "placement": ("contact",), "opportunity": ("contact",),
}  # fmt: skip
"""Which fields besides hold the id of a person, by kind of record or part: who said, wrote, did or missed something;
and whom to ask, where no words stand there. X002 does not ask for them."""

R = TypeVar("R", bound=Record)
Place = tuple[str, str, str]
Named = tuple[str, str, str]
Naming = tuple[tuple[Field, Model], ...]
if TYPE_CHECKING:
    Index = HashTrieMap[Place, HashTrieSet[str]]
    Kinds = Mapping[str, HashTrieMap[str, Record]]

_TYPES: Mapping[Any, str] = {cls: cls.type for cls in RECORDS}
HOLDERS = {
    "need": ("path",), "dream": ("path",), "step": ("path",), "position": ("person",), "placement": ("person",),
    "commitment": ("goal", "interview", "move"),
}  # fmt: skip
"""Which records hold the parts that a `Ref` may name: each in a field that is called as the part, in the plural."""
_NONE: HashTrieSet[str] = HashTrieSet()
_GONE = (Person.type, "state", ERASED.value)  # where whoever is erased stands in the index: mostly nobody


def _named_in(value: Any, fields: Mapping[str, str], prefix: str) -> Iterator[Named]:
    for field, kind in fields.items():
        named = getattr(value, field)
        if isinstance(named, tuple):
            yield from ((f"{prefix}{field}[{i}]", kind, id) for i, id in enumerate(named))
        elif named is not None:
            yield f"{prefix}{field}", kind, named


def references(record: Record) -> Iterator[Named]:
    """Say what a record refers to, in fields, parts and every `Ref`: the path, the kind of record, and the id."""
    yield from _named_in(record, REFERENCES.get(record.type, {}), "")
    yield from _named_in_parts(record, _naming(model_of(type(record))), "")


def parts_named(record: Record) -> Iterator[tuple[str, str, str, str]]:
    """Give the parts that a record refers to, where it says whose: path, kind, id, and the id of the record."""
    for path, ref in _refs_in(record, _with_refs(model_of(type(record))), ""):
        if ref.of is not None and ref.kind in HOLDERS:
            yield path, ref.kind.value, ref.id, ref.of
    if isinstance(record, InternalMove):
        for kind in ("position", "placement"):
            id = getattr(record, f"from_{kind}")
            if id is not None:
                yield f"from_{kind}", kind, id, record.mover


def _refs_in(value: Any, parts: Naming, prefix: str) -> Iterator[tuple[str, Ref]]:
    for path, model, part in _parts_of(value, parts, prefix):
        if model.cls is Ref:
            yield path, part
        else:
            yield from _refs_in(part, _with_refs(model), f"{path}.")


def _parts_of(value: Any, parts: Naming, prefix: str) -> Iterator[tuple[str, Model, Any]]:
    for field, model in parts:
        name, held = field.name, getattr(value, field.name)
        if held is not None and held != ():
            for i, part in enumerate(held if field.many else (held,)):
                yield f"{prefix}{name}[{i}]" if field.many else f"{prefix}{name}", model, part


def _named_in_parts(value: Any, parts: Naming, prefix: str) -> Iterator[Named]:
    for path, model, part in _parts_of(value, parts, prefix):
        if model.cls is Ref:
            yield from _named_by(part, path)
        yield from _named_in(part, PARTS.get(model.name, {}), f"{path}.")
        yield from _named_in_parts(part, _naming(model), f"{path}.")


def _named_by(ref: Ref, path: str) -> Iterator[Named]:
    if ref.kind in KINDS:
        yield path, ref.kind.value, ref.id
    elif ref.of is not None and ref.kind != "commitment":
        yield path, HOLDERS[ref.kind][0], ref.of


@attrs.frozen
class _Plan:
    """How the objects of a class name others, made once: its fields with the kind of record, and the plans of parts."""

    fields: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, bool, _Plan], ...]
    is_ref: bool


@once
def _plan(model: Model) -> _Plan:
    fields = REFERENCES.get(model.name, {}) if model.cls in _TYPES else PARTS.get(model.name, {})
    parts = tuple((field.name, field.many, _plan(inner)) for field, inner in _naming(model))
    return _Plan(tuple(fields.items()), parts, model.cls is Ref)


def _all_here(kinds: Kinds, value: Any, plan: _Plan) -> bool:
    """Tell whether everything is here that an object names: the quick question that `references` explains."""
    if plan.is_ref:
        return _is_here(kinds, value)
    for name, kind in plan.fields:
        named = getattr(value, name)
        if named is not None and named not in kinds[kind] and not _are_here(kinds[kind], named):
            return False
    for name, many, inner in plan.parts:
        held = getattr(value, name)
        if held is not None and held != ():
            for part in held if many else (held,):
                if not _all_here(kinds, part, inner):
                    return False
    return True


def _is_here(kinds: Kinds, ref: Ref) -> bool:
    return ref.id in kinds[ref.kind] if ref.kind in KINDS else all(id in kinds[k] for _, k, id in _named_by(ref, ""))


def _are_here(alike: HashTrieMap[str, Record], named: str | tuple[str, ...]) -> bool:
    return isinstance(named, tuple) and all(id in alike for id in named)


@once
def _naming(model: Model) -> Naming:
    """Give the parts of a class in which others may be named, at whatever depth: no other need be looked at."""
    return tuple((f, m) for f, m in model.inner if m.cls is Ref or m.name in PARTS or _naming(m))


@once
def _with_refs(model: Model) -> Naming:
    """Find the parts of a class that are, or hold, a `Ref`."""
    return tuple((f, m) for f, m in model.inner if m.cls is Ref or _with_refs(m))


_NAMED_IN = {cls.type: tuple(REFERENCES.get(cls.type, {})) for cls in RECORDS}
_PLACED_BY = {
    cls: attrgetter(
        *_NAMED_IN[cls.type],
        *(("state", "positions", "leavings") if cls is Person else ()),
        *(("commitments",) if issubclass(cls, PromisingRecord) else ()),
    )
    for cls in RECORDS
}
"""The fields of a kind of record that decide where it stands in the index: while they stay, so does it."""


def _places(record: Record) -> set[Place]:
    """Say where a record stands in the index: under each field and the id it names, and the people in its parts."""
    kind, found = record.type, set[Place]()
    for field in _NAMED_IN[kind]:
        named = getattr(record, field)
        found |= {(kind, field, id) for id in (named if isinstance(named, tuple) else (named,)) if id is not None}
    if isinstance(record, Person):
        if record.state is ERASED:
            found.add(_GONE)
        for position in (*record.positions, *(held for leaving in record.leavings for held in leaving.positions)):
            found |= {(kind, "positions", it.manager) for it in position.managers if it.manager is not None}
    if isinstance(record, PromisingRecord):
        for promise in record.commitments:
            found |= {(kind, "commitments", id) for id in (promise.by, promise.to) if id is not None}
    return found


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


def _index(records: Iterable[Record]) -> Index:
    found: dict[Place, list[str]] = {}
    for record in records:
        for place in _places(record):
            found.setdefault(place, []).append(record.id)
    return HashTrieMap({place: HashTrieSet(ids) for place, ids in found.items()})


def _moved(index: Index, id: str, old: Record | None, new: Record | None) -> Index:
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
        index = index.insert(place, index.get(place, _NONE).insert(id))
    return index


def _refuse_strangers(act: str, given: Iterable[Any]) -> None:
    wrong = [finding(V015, breach("{value} is no record", value=brief(r))) for r in given if type(r) not in _TYPES]
    if wrong:
        raise Rejected(f"book: cannot {act}", wrong)


def said(rule: Rule, found: BreachOf, record: Record) -> Finding:
    """Give a finding of a rule of the book about one record."""
    return finding(rule, found, record=record.key)


@attrs.frozen(init=False, eq=False, repr=False)
class Shelf:
    """Records by kind and id. Made from records, or empty; `put` and `remove` give a new one that shares the rest.

    Attributes:
        changed: The records that the last `put`, act or `new` put here: what a tool has to store.

    Raises:
        Rejected: X001 when two records of a kind have one id; V015 for what is no record.
    """

    _kinds: Kinds
    _index: Index
    changed: tuple[Record, ...]
    _memory: dict[str, tuple[date | None, dict[Any, Any]]]

    def __init__(self, records: Iterable[Record] = ()) -> None:
        """Take up the records, each of which has an id of its own within its kind."""
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
        index = _index(record for alike in kept.values() for record in alike.values())
        self._fill({kind: HashTrieMap(alike) for kind, alike in kept.items()}, index, ())

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
            return self._kinds[WORDS[kind]].get(id)
        except (TypeError, KeyError):  # what cannot be looked up is the id of nothing
            kind_named(kind)
            return None

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
        alike = self._kinds[kind_named(kind)]
        return (alike[id] for id in sorted(alike))

    def everywhere(self, id: str) -> list[Record]:
        """Give the records with an id, of whatever kind, in the order of kinds."""
        try:
            return [record for alike in self._kinds.values() if (record := alike.get(id)) is not None]
        except TypeError:  # see `at`
            return []

    def naming(self, kind: type[R], field: str, id: str) -> Iterator[R]:
        """Give the records of a kind in which a field names an id (`Interview`, `"coachee"`, `"p-17"`), in order."""
        alike = self._kinds[kind_named(kind)]
        named = self._named(kind.type, field, id)
        if not named:
            return iter(())
        return iter([cast("R", alike[one]) for one in (sorted(named) if len(named) > 1 else named)])

    def naming_both(self, kind: type[R], field: str, id: str, other: str, other_id: str) -> Iterator[R]:
        """Give the records of a kind in which one field names an id, and another field another; in order."""
        alike = self._kinds[kind_named(kind)]
        few, many = self._named(kind.type, field, id), self._named(kind.type, other, other_id)
        if len(few) > len(many):
            few, many = many, few
        return iter([cast("R", alike[one]) for one in sorted(few) if one in many] if few else [])

    def erased(self) -> frozenset[str]:
        """Name the people who are erased."""
        return frozenset(self._index.get(_GONE, _NONE))

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

    def _named(self, kind: str, field: str, id: str) -> HashTrieSet[str]:
        """Give the ids of the records of a kind in which a field names an id."""
        try:
            return self._index.get((kind, field, id), _NONE)
        except TypeError:  # what cannot be looked up is the id of nothing
            return _NONE

    def __iter__(self) -> Iterator[Record]:
        """Give every record: by kind in the order of `RECORDS`, then by id."""
        return (record for kind in RECORDS for record in self.all(kind))

    def __len__(self) -> int:
        """Say how many records there are."""
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
        return isinstance(other, Shelf) and self._kinds == other._kinds

    def __hash__(self) -> int:
        """By the kinds and ids."""
        return hash(frozenset((kind, id) for kind, alike in self._kinds.items() for id in alike))

    def __repr__(self) -> str:
        """Say how many records of each kind."""
        counts = {cls.type: len(self._kinds[cls.type]) for cls in RECORDS}
        return f"<Book: {', '.join(f'{n} {kind}' for kind, n in counts.items() if n) or 'empty'}>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: FBT001, ARG002  (so it is called)
        """For whoever prints at length, such as Hypothesis when a test fails: what would make this book again."""
        printer.text("Book(")
        printer.pretty(list(self))
        printer.text(")")

    def put(self, *records: Record) -> Self:
        """With records added, or in the place of those with the same kind and id.

        Raises:
            Rejected: V015 for what is no record.
        """
        _refuse_strangers("put", records)
        kinds, index = self._kinds, self._index
        for record in records:
            alike = kinds[record.type]
            index = _moved(index, record.id, alike.get(record.id), record)
            kinds = {**kinds, record.type: alike.insert(record.id, record)}
        return self._made(kinds, index, records)

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
            index = _moved(index, id, kinds[kind][id], None)
            kinds = {**kinds, kind: kinds[kind].remove(id)}
        return self._made(kinds, index, ())

    def dangling(self, record: Record) -> Iterator[Finding]:
        """X002: what a record refers to and is not here."""
        if type(record) not in _TYPES:
            _refuse_strangers("answer", (record,))
        if not _all_here(self._kinds, record, _plan(model_of(type(record)))):
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

    def _fill(self, kinds: Kinds, index: Index, changed: tuple[Record, ...]) -> None:
        object.__setattr__(self, "_kinds", kinds)
        object.__setattr__(self, "_index", index)
        object.__setattr__(self, "changed", changed)
        object.__setattr__(self, "_memory", {})

    def __getstate__(self) -> tuple[Kinds, Index, tuple[Record, ...]]:
        """Pickle all but the memory."""
        return self._kinds, self._index, self.changed

    def __setstate__(self, state: tuple[Kinds, Index, tuple[Record, ...]]) -> None:
        """Take up what was pickled."""
        self._fill(*state)

    def _made(self, kinds: Kinds, index: Index, changed: tuple[Record, ...]) -> Self:
        new = type(self).__new__(type(self))
        new._fill(kinds, index, changed)  # noqa: SLF001  (one of its own class)
        return new


RULES: tuple[Rule, ...] = (
    X001, X002,
)  # fmt: skip
