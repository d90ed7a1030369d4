"""Cattrs: a converter that knows every record and value of this package, for those who use it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from coaching.formats.documents import structure, unstructure
from coaching.formats.mirror import read_leaf, to_mirror
from coaching.kernel.checking import FAULTY, Faults, check_of
from coaching.kernel.classes import build, model_of
from coaching.kernel.constraints import TIMES, V018
from coaching.kernel.fields import field_of
from coaching.kernel.record import Record
from coaching.kernel.rules import Choice, Rejected, finding

if TYPE_CHECKING:
    from cattrs import Converter


def converter() -> Converter:
    """Make a cattrs converter that knows every record and value of this package, to build one's own classes on.

    It accepts and writes what `structure` and `unstructure` do; what is wrong is one `Rejected` inside cattrs' own
    error.

    >>> from coaching.kernel.values import Span
    >>> converter().structure({"from": "2026-06-01", "to": "2026-08-31"}, Span).to
    datetime.date(2026, 8, 31)
    """
    from cattrs import Converter  # noqa: PLC0415  (reading and writing do without it, and it takes its time to import)

    conv = Converter(forbid_extra_keys=True)
    conv.register_structure_hook_func(_is_record, _record)
    conv.register_unstructure_hook_func(_is_record, unstructure)
    conv.register_structure_hook_func(_is_part, _one)
    conv.register_unstructure_hook_func(_is_part, _plain_part)
    for kind in (Choice, *TIMES, Decimal):
        conv.register_structure_hook(kind, _one)
    for kind in TIMES:
        conv.register_unstructure_hook(kind, lambda time: time.isoformat())
    return conv


def _is_record(cls: object) -> bool:
    return isinstance(cls, type) and issubclass(cls, Record)


def _is_part(cls: object) -> bool:
    return isinstance(cls, type) and hasattr(cls, "__model__") and not issubclass(cls, Record)


def _record(document: object, cls: type[Record]) -> Record:
    record = structure(document)  # type: ignore[arg-type]  # it refuses what is no mapping
    if not isinstance(record, cls):
        wanted = getattr(cls, "type", cls.__name__)  # a class of one's own that several records share has no type
        wrong = "{got} where {wanted} is due"
        raise Rejected.over(V018, wrong, "type", of="document: cannot be read", got=record.type, wanted=wanted)
    return record


def _one(raw: object, cls: type) -> object:
    """Give a part or leaf, checked as it is in a document."""
    faults = Faults(read_leaf)
    kept = check_of(field_of("", cls), build)(raw, "", faults)
    broken = model_of(cls).breaches(kept) if kept is not FAULTY and _is_part(cls) else []
    found = [*faults.found, *(finding(rule, it, prefix=prefix) for prefix, rule, it in broken)]
    if found:
        raise Rejected(f"{cls.__name__ if not _is_part(cls) else model_of(cls).name}: cannot be read", found)
    return kept


def _plain_part(part: object) -> object:
    return msgspec.to_builtins(to_mirror(part), builtin_types=(Decimal,))
