"""The shape of a document: a mirror of each record, derived from its annotations and never written by hand.

A mirror is a msgspec Struct that a decoder in C fills, refusing unknown fields and choosing by `type`. What C cannot
check (blank texts, decimals, codes) stays with the kernel. JSON Schema is made from the same mirrors; what is added for
it (`extra_json_schema`) is not asked while decoding.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import attrs
import msgspec
from annotated_types import Interval, Len
from frozendict import frozendict

from coaching.kernel.constraints import LARGEST, LONGEST, Must
from coaching.kernel.record import Record
from coaching.kernel.shapes import key_of, shape_of


@cache
def mirror_of(cls: Any) -> type[msgspec.Struct]:
    """The Struct that mirrors a record or value: same fields, same defaults, names as documents write them."""
    shape = shape_of(cls)
    fields: list[Any] = []
    if issubclass(cls, Record):
        fields.append(("schema", Literal[cls.schema]))
    for name, hint in shape.hints.items():
        if name in shape.required:
            fields.append((name, _type_of(hint)))
        else:
            default = shape.defaults[name]
            fields.append((name, _type_of(hint), msgspec.field(default_factory=dict) if default == {} else default))
    return msgspec.defstruct(
        cls.__name__,
        fields,
        namespace={"__doc__": _first_line(cls)},
        kw_only=True,
        frozen=True,
        omit_defaults=True,
        forbid_unknown_fields=True,
        rename={n: key_of(n) for n in shape.names if key_of(n) != n},
        tag_field="type" if issubclass(cls, Record) else None,
        tag=cls.type if issubclass(cls, Record) else None,
    )


def _type_of(hint: Any) -> Any:
    """The type a decoder in C checks for an annotation, with as much of its constraints as C knows."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _constrained(_type_of(args[0]), args[1:])
    if origin in {Union, UnionType}:
        return Union[tuple(a if a is NoneType else _type_of(a) for a in args)]  # noqa: UP007  (made at run time)
    if origin is tuple:
        return tuple[_type_of(args[0]), ...]  # type: ignore[misc]  # made at run time
    if hint is frozendict:
        return Annotated[dict[str, Any], msgspec.Meta(extra_json_schema=_EXTRA)]
    if hint is date:
        return Annotated[date, msgspec.Meta(extra_json_schema=_DAY)]
    return mirror_of(hint) if attrs.has(hint) else hint


def _constrained(kind: Any, metadata: tuple[Any, ...]) -> Any:
    meta: dict[str, Any] = {}
    for m in metadata:
        match m:
            case Len(low, high):
                meta |= {"min_length": low, "max_length": high or LONGEST}
            case Interval(ge=low, le=high) if kind is not Decimal:
                meta |= {"ge": low, "le": high}
            case _:
                pass
    if kind is datetime:
        meta = {"tz": True}
    told = [said for m in metadata if isinstance(m, Must) for said in _told(m.wrong)]
    if told:
        meta["extra_json_schema"] = told[0] if len(told) == 1 else {"allOf": told}
    return Annotated[kind, msgspec.Meta(**meta)] if meta else kind


# --- JSON Schema -----------------------------------------------------------------------------------------------------

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_DAY = {"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_SCALAR = {
    "type": ["string", "number", "boolean", "null"],
    "maxLength": LONGEST,
    "minimum": -LARGEST,
    "maximum": LARGEST,
}
_EXTRA = {"propertyNames": {"maxLength": LONGEST}, "additionalProperties": _SCALAR}

TOLD: dict[str, dict[str, Any]] = {
    "space at its ends": {"not": {"pattern": r"^\s|\s$"}},
    "is blank": {"pattern": r"\S"},
    "a NUL": {"not": {"pattern": r"\u0000"}},
    "control character": {"not": {"pattern": r"[\u0000-\u001F\u007F-\u009F]"}},
    "not finite or out of range": {"minimum": -LARGEST, "maximum": LARGEST},
    "not above 0": {"exclusiveMinimum": 0},
    "not between 0 and 1": {"minimum": 0, "maximum": 1},
    "no offset from UTC": {
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:]{8}([.][0-9]+)?([Zz]|[+-][0-9]{2}:?[0-9]{2})$"
    },
    "ISO 3166-1 alpha-2": {"pattern": "^[A-Z]{2}$"},
    "BCP 47": {"pattern": "^[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*$"},
    "absolute URI": {"pattern": r"^\S+:\S+$"},
}
"""What JSON Schema says of what C does not check, by the words with which it is refused: never more than the check."""


def _told(wrong: str) -> list[dict[str, Any]]:
    return [said for words, said in TOLD.items() if words in wrong]


def schema_of(mirrors: Any) -> dict[str, Any]:
    """The JSON Schema of a mirror, or of a union of mirrors."""
    made = msgspec.json.decode(msgspec.json.encode(msgspec.json.schema(mirrors)))  # a default may be a tuple
    made.pop("discriminator", None)  # OpenAPI's, and no word of JSON Schema
    for part in made["$defs"].values():
        part["description"] = part.get("description", "").partition("\n")[0]  # of a list of words it is all lines
    _take_numbers(made)
    return {"$schema": DIALECT, **made}


def _take_numbers(node: Any) -> None:
    """Let every decimal be a number as well as a text: documents have it as a number."""
    if isinstance(node, dict):
        if node.get("format") == "decimal":
            del node["format"]
            node["type"] = ["number", "string"]
        for inner in node.values():
            _take_numbers(inner)
    elif isinstance(node, list):
        for inner in node:
            _take_numbers(inner)


def _first_line(cls: Any) -> str:
    return (cls.__doc__ or "").strip().partition("\n")[0]
