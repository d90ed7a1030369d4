"""Forms: what a page or a JSON body sends, as the arguments that an act takes. Read here, and checked by the act."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
from attrs import NOTHING, evolve

from coaching.kernel.classes import model_of
from coaching.kernel.constraints import TIMES, V015
from coaching.kernel.fields import Field, by_key, field_of, once
from coaching.kernel.lifecycle import IMPORT, REIMPORT
from coaching.kernel.record import Record
from coaching.kernel.rules import Rejected, brief

READ = (*TIMES, int, Decimal, bool)
OURS = frozenset({"by", "at", "policy", "id", "new_id", "noted_by"})
"""What the program says and no page may: who acts and when, the house's policy, the id of what is new."""


def arguments(record: Record | type[Record], act: str, form: Mapping[str, object]) -> dict[str, Any]:
    """Read what a form sends as the arguments of an act: texts become the day, moment or number that the act asks for.

    In parts as well, which may stay plain dicts. An empty text is None where the act may go without, and not given
    where it may not (V014); of a text that need not be given it stays. Days are read as in documents, `2026-09-30`,
    moments as Python reads them, `2026-08-27T09:00+02:00`: one without an offset the act refuses (V003); yes and no as
    `true` and `false`. What cannot be read, and what the act does not know, stays as it is: the act refuses it, with
    all else that is wrong. Who acts, when, under which policy and with which new id is never taken from a form: `by`,
    `at`, `policy`, `id`, `new_id` and `noted_by` are left out, and are the program's to give. Of parts nothing of that
    is left out. Three acts take parts that hold who said something: `amend`, which corrects the record of a talk as a
    whole, and `finish`, whose disclosures name who released them: both are for the two to sign; and `import`, which
    takes over what others said and signed elsewhere, and is for the administration alone, as `reimport` is.

    Args:
        record: The record that is acted on, or the kind of record that the act begins.
        act: The act by its name.
        form: Names and values: what `json.loads` gives, or the fields of a page.

    Raises:
        Rejected: V015 for what is no mapping, or no record or kind of record.

    >>> from coaching.records.interviews import Interview
    >>> sent = {"slot": {"start": "2026-08-27T09:00:00+02:00", "minutes": "60", "place": "Room 4"}}
    >>> arguments(Interview, "schedule", sent)["slot"]["minutes"]
    60
    >>> arguments(Interview, "plan", {"due_on": "2026-09-30", "cycle": "", "by": "somebody else"})
    {'due_on': datetime.date(2026, 9, 30), 'cycle': None}
    """
    kind = record if isinstance(record, type) else type(record)
    if not issubclass(kind, Record) or not hasattr(kind, "lifecycle"):
        wrong = "{value} is no record or kind of record"
        raise Rejected.over(V015, wrong, "record", of="form: cannot be read", value=brief(record))
    given: object = form
    if not isinstance(given, Mapping):
        wrong = "{value} is no mapping of names to values"
        raise Rejected.over(V015, wrong, "form", of="form: cannot be read", value=brief(form))
    fields = fields_of(kind, act) if isinstance(act, str) else {}
    return _all(fields, {n: value for n, value in given.items() if isinstance(n, str) and n not in OURS})


@once
def fields_of(kind: type[Record], act: str) -> Mapping[str, Field]:
    """Say what an act takes, and what it needs, by name; nothing for what is no act, nor of records that it takes."""
    if act == IMPORT:
        return {**_taken(kind.import_.__func__), **model_of(kind).fields}  # type: ignore[attr-defined]  # a method of the class
    if act == REIMPORT and kind.lifecycle.again is not None:
        again = {name: evolve(field, default=None) for name, field in model_of(kind).fields.items()}
        return {**_taken(kind.reimport), **again}
    if act not in kind.lifecycle.acts:
        return {}
    method = getattr(kind, act)
    return _taken(getattr(method, "__func__", method))


def _taken(function: Callable[..., object]) -> Mapping[str, Field]:
    hints, found = get_type_hints(function), dict[str, Field]()
    for parameter in inspect.signature(function).parameters.values():
        hint = hints.get(parameter.name)
        if parameter.kind is not parameter.VAR_KEYWORD:
            found |= _field(parameter.name, hint, NOTHING if parameter.default is parameter.empty else None)
        elif get_args(hint):  # Unpack[...] of a dict with known names
            for name, inner in get_type_hints(get_args(hint)[0]).items():
                found |= _field(name, inner, None)
    return found


def _field(name: str, hint: object, default: object) -> dict[str, Field]:
    """Say what an argument asks for; of several types the first, and nothing of one that no form can give."""
    if get_origin(hint) is UnionType:
        some, *others = [a for a in get_args(hint) if a is not NoneType]
        hint = (some | None) if len(others) + 1 < len(get_args(hint)) else some
    try:
        return {name: field_of(name, hint, default)}
    except TypeError:
        return {}


def _all(fields: Mapping[str, Field], given: Mapping[Any, object]) -> dict[Any, object]:
    """Read all values, but for those of required fields that are empty: whoever sends one gave nothing."""
    known = {name: fields.get(name) if isinstance(name, str) else None for name in given}
    return {name: _read(known[name], value) for name, value in given.items() if not _nothing(known[name], value)}


def _nothing(field: Field | None, value: object) -> bool:
    """Tell whether a field that is sent is empty, and says nothing: a text that need not be given may be empty."""
    if field is None or field.optional or not (isinstance(value, str) and value == ""):
        return False
    return field.required or field.many or field.kind is not str


def _read(field: Field | None, value: object) -> object:
    """Give a value as a field asks for it, or as it is."""
    if field is None:
        return value
    if isinstance(value, str) and value == "" and field.optional:
        return None
    if field.many:
        return tuple([_one(field, item) for item in value]) if isinstance(value, (list, tuple)) else value
    return _one(field, value)


def _one(field: Field, value: object) -> object:
    if field.holds_parts and isinstance(value, Mapping):
        return _all(by_key(model_of(field.kind).fields.values()), value)
    return _leaf(field.kind, value) if field.kind in READ and isinstance(value, str) else value


def _leaf(kind: type, text: str) -> object:
    try:
        return TIMES[1].fromisoformat(text) if kind is TIMES[1] else msgspec.convert(text, kind, strict=kind in TIMES)
    except (msgspec.MsgspecError, ValueError):  # which half a character is, too
        return text
