"""The shape of a document: a mirror of each record, derived from its annotations and never written by hand.

A mirror is a msgspec Struct that a decoder in C fills, refusing unknown fields and choosing by `type`. What C cannot
check (blank texts, decimals, codes) stays with the kernel. JSON Schema is made from the same mirrors.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import attrs
import msgspec
from annotated_types import Interval, Len
from frozendict import frozendict

from coaching.kernel.constraints import LONGEST
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
        f"{cls.__name__}Document",
        fields,
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
        return dict[str, Any]
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
    return Annotated[kind, msgspec.Meta(**meta)] if meta else kind
