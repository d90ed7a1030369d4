"""Which fields of which record name another record or a person, and what one record names.

Read top to bottom: the tables, what a record names, whether all of it is there. Knows no other record than the one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from coaching.kernel.classes import Model, model_of
from coaching.kernel.fields import Field, once
from coaching.kernel.record import Record
from coaching.kernel.values import Ref, RefKind
from coaching.records import KINDS, RECORDS
from coaching.records.moves import InternalMove

if TYPE_CHECKING:
    from rpds import HashTrieMap

    Kinds = Mapping[str, HashTrieMap[str, Record]]

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


def names(of: str, field: str) -> str:
    """Say of which kind the record is whose id a field of a record or part always holds; empty where it holds none.

    >>> names("goal", "parent"), names("turn", "speaker"), names("goal", "title")
    ('goal', 'person', '')
    """
    known = REFERENCES.get(of) or PARTS.get(of) or {}
    return known.get(field, "person" if field in HANDS.get(of, ()) else "")


HOLDERS = {
    "need": ("path",), "dream": ("path",), "step": ("path",), "position": ("person",), "placement": ("person",),
    "commitment": ("goal", "interview", "move"),
}  # fmt: skip
"""Which records hold the parts that a `Ref` may name: each in a field that is called as the part, in the plural."""

Named = tuple[str, str, str]
Naming = tuple[tuple[Field, Model], ...]
_TYPES = frozenset(RECORDS)


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
def plan_of(model: Model) -> _Plan:
    """Work out how the objects of a class name others, once."""
    fields = REFERENCES.get(model.name, {}) if model.cls in _TYPES else PARTS.get(model.name, {})
    parts = tuple((field.name, field.many, plan_of(inner)) for field, inner in _naming(model))
    return _Plan(tuple(fields.items()), parts, model.cls is Ref)


@once
def kinds_named(model: Model) -> frozenset[str]:
    """Say of which kinds the records are that objects of a class may name."""
    plan = plan_of(model)
    own = _BY_REF if plan.is_ref else frozenset(kind for _, kind in plan.fields)
    return own.union(*(kinds_named(inner) for _, inner in _naming(model)))


_BY_REF = frozenset(
    {kind for kind in KINDS if kind in {*RefKind}}.union(*(HOLDERS[k] for k in HOLDERS if k != "commitment"))
)


def all_here(kinds: Kinds, value: Any, plan: _Plan) -> bool:
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
                if not all_here(kinds, part, inner):
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
