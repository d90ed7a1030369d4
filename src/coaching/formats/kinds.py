"""Kinds: a record of a wanted kind, a part or a leaf by itself, read and written for converters of other libraries."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeGuard, cast

import msgspec

from coaching.formats.documents import structure, unstructure
from coaching.formats.mirror import read_leaf, to_mirror
from coaching.kernel.checking import FAULTY, Faults, check_of
from coaching.kernel.classes import build, model_of
from coaching.kernel.constraints import V018
from coaching.kernel.fields import field_of
from coaching.kernel.record import Record
from coaching.kernel.rules import Rejected, finding


def is_record(cls: object) -> TypeGuard[type[Record]]:
    """Tell whether this is a kind of record, or what several kinds share."""
    return isinstance(cls, type) and issubclass(cls, Record)


def is_part(cls: object) -> bool:
    """Tell whether this is a class of parts."""
    return isinstance(cls, type) and hasattr(cls, "__model__") and not issubclass(cls, Record)


def read(raw: object, cls: type) -> object:
    """Read a record, part or leaf exactly as documents are read; what is one already is taken as it is.

    Raises:
        Rejected: As `codec.structure`; V018 for a record of another kind.
    """
    return _record(raw, cls) if is_record(cls) else _one(raw, cls)


def write(thing: object) -> dict[str, object]:
    """Write a record or part as a plain dict, as its JSON reads; a fraction is a Decimal."""
    if isinstance(thing, Record):
        return unstructure(thing)
    return cast("dict[str, object]", msgspec.to_builtins(to_mirror(thing), builtin_types=(Decimal,)))


def _record(raw: object, cls: type[Record]) -> Record:
    record = raw if isinstance(raw, Record) else structure(raw)  # type: ignore[arg-type]  # it refuses what is no mapping
    if not isinstance(record, cls):
        wanted = getattr(cls, "type", cls.__name__)  # a class of one's own that several records share has no type
        wrong = "{got} where {wanted} is due"
        raise Rejected.over(V018, wrong, "type", of="document: cannot be read", got=record.type, wanted=wanted)
    return record


def _one(raw: object, cls: type) -> object:
    """Give a part or leaf, checked as it is in a document."""
    faults = Faults(read_leaf)
    kept = check_of(field_of("", cls), build)(raw, "", faults)
    broken = model_of(cls).breaches(kept) if kept is not FAULTY and is_part(cls) else []
    found = [*faults.found, *(finding(rule, it, prefix=prefix) for prefix, rule, it in broken)]
    if found:
        raise Rejected(f"{cls.__name__ if not is_part(cls) else model_of(cls).name}: cannot be read", found)
    return kept
