"""Mirrors: the shape of a document, derived from the fields of a record and never written by hand.

A mirror is a msgspec Struct that a decoder in C fills, refusing unknown fields and choosing by `type`. What C cannot
check (blank texts, decimals, codes) stays with the kernel. JSON Schema is made from the same mirrors; what a constraint
says for it (`extra_json_schema`) is not asked while decoding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Literal, Union

import msgspec
from annotated_types import Interval, Len
from frozendict import frozendict

from coaching.kernel.checking import FAULTY, Faults, extra_of
from coaching.kernel.classes import model_of
from coaching.kernel.constraints import LARGEST, LONGEST, TIMES, WRITTEN
from coaching.kernel.fields import Field, once
from coaching.kernel.history import Entry
from coaching.kernel.record import Record
from coaching.records import RECORDS

NUMBERS = "number"
"""How a Decimal is written: as a JSON number."""


@once
def mirror_of(cls: type) -> type[msgspec.Struct]:
    """Make the Struct that mirrors a record or part: same fields, same defaults, names as documents write them."""
    model = model_of(cls)
    fields: list[tuple[str, object] | tuple[str, object, object]] = []
    if issubclass(cls, Record):
        fields.append(("schema", Literal[cls.schema]))
    for field in model.fields.values():
        if field.required:
            fields.append((field.name, type_of(field)))
        else:
            default = msgspec.field(default_factory=dict) if field.default == {} else field.default
            fields.append((field.name, type_of(field), default))
    return msgspec.defstruct(
        cls.__name__,
        fields,
        namespace={"__doc__": (cls.__doc__ or "").strip().partition("\n")[0]},
        kw_only=True,
        frozen=True,
        omit_defaults=True,
        forbid_unknown_fields=True,
        gc=False,  # a mirror lives as long as one document is read
        rename={f.name: f.key for f in model.fields.values() if f.key != f.name},
        tag_field="type" if issubclass(cls, Record) else None,
        tag=cls.type if issubclass(cls, Record) else None,
    )


def type_of(field: Field) -> object:
    """Give the type a decoder in C checks for a field, with as much of its constraints as C knows."""
    kind: object = mirror_of(field.kind) if field.holds_parts else _leaf(field)
    if field.many:
        kind = tuple[kind, ...]  # type: ignore[valid-type]  # made at run time
    return either(kind, None) if field.optional else kind


def either(*kinds: object) -> Any:
    """Give the type of what is one of several."""
    return Union[kinds]  # noqa: UP007  (made at run time)


_DAY = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_SCALAR = {
    "type": ["string", "number", "boolean", "null"],
    "maxLength": LONGEST,
    "minimum": -LARGEST,
    "maximum": LARGEST,
}
_EXTRA = {"propertyNames": {"maxLength": LONGEST}, "additionalProperties": _SCALAR}


def _leaf(field: Field) -> object:
    if field.kind is frozendict:
        return Annotated[dict[str, Any], msgspec.Meta(extra_json_schema=_EXTRA)]
    if field.kind is TIMES[0]:
        return Annotated[field.kind, msgspec.Meta(extra_json_schema=_DAY)]
    meta: dict[str, Any] = {"tz": True} if field.kind is TIMES[1] else {}
    for constraint in field.constraints:
        if isinstance(constraint, Len):
            meta |= {"min_length": constraint.min_length, "max_length": constraint.max_length or LONGEST}
        elif isinstance(constraint, Interval):
            meta |= {"ge": constraint.ge, "le": constraint.le}
        else:
            meta["extra_json_schema"] = dict(constraint.schema)
    return Annotated[field.kind, msgspec.Meta(**meta)] if meta else field.kind


# --- through the mirror ----------------------------------------------------------------------------------------------

MIRRORS: Mapping[type, type[msgspec.Struct]] = {cls: mirror_of(cls) for cls in RECORDS}
CLASSES: Mapping[type, type[Record]] = {mirror_of(cls): cls for cls in RECORDS}
ANY_RECORD: Any = either(*CLASSES)


def from_mirror(mirrored: msgspec.Struct, cls: type) -> object:
    """Make a record of its filled mirror; FAULTY when a constraint or rule that C cannot ask does not hold.

    Raises:
        ValueError: When `extra` holds what may not stand there.
    """
    made: object = msgspec.convert(mirrored, cls, from_attributes=True, dec_hook=_frozen)
    sound = model_of(cls).sound
    return made if sound is None or sound(made) else FAULTY


def unsealed_from_mirror(
    mirrored: msgspec.Struct, cls: type[Record], as_if: Callable[[str], tuple[Entry, ...]]
) -> object:
    """Make a record, without a history of its own, of its filled mirror: FAULTY as from `from_mirror`, or with one.

    Raises:
        ValueError: As `from_mirror`.
    """
    made = msgspec.convert(mirrored, cls, from_attributes=True, dec_hook=_frozen)
    sound, put = _unsealed(cls)
    if made.history:
        return FAULTY
    put(made, as_if(made.state))
    return made if sound(made) else FAULTY


@once
def _unsealed(cls: type[Record]) -> tuple[Callable[[object], object], Callable[[object, object], None]]:
    """Give what says whether a record is sound but for its history, and what puts one into it."""
    model = model_of(cls)
    return model.sound_but("history") or bool, model.setters["history"]


def to_mirror(thing: object) -> msgspec.Struct:
    """Make the filled mirror of a record or part."""
    return msgspec.convert(thing, mirror_of(type(thing)), from_attributes=True)


def quickly(cls: type, raws: Sequence[object]) -> Sequence[object]:
    """Take parts of parsed JSON the quick way: each becomes a part, or stays to be looked at field by field."""
    mirror, sound, convert = mirror_of(cls), model_of(cls).sound, msgspec.convert
    taken: list[object] = []
    for raw in raws:
        try:
            part: object = convert(convert(raw, mirror), cls, from_attributes=True, dec_hook=_frozen)
        except _REFUSED:
            part = raw
        taken.append(part if part is raw or sound is None or sound(part) else raw)
    return taken


_REFUSED = (msgspec.MsgspecError, TypeError, ValueError, RecursionError)


def read_leaf(kind: type, raw: object) -> object:
    """Read a leaf of a document exactly as the decoder in C reads it.

    Raises:
        ValueError: With a reason, when it is no such thing.
    """
    try:
        return msgspec.convert(raw, kind)
    except (msgspec.MsgspecError, TypeError, UnicodeError) as why:
        raise ValueError(f"write it as {WRITTEN[kind]}" if kind in WRITTEN else str(why)) from None


def _frozen(_kind: type, value: object) -> object:
    if not value:
        return _NOTHING
    kept = extra_of(value, "", Faults())
    if kept is FAULTY:
        raise ValueError(value)
    return kept


_NOTHING = extra_of({}, "", Faults())
