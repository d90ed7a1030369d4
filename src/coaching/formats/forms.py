"""Forms: what a page or a JSON body sends, as the arguments that an act takes. Read here, and checked by the act."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import attrs
import msgspec

from coaching.kernel.constraints import V015
from coaching.kernel.lifecycle import IMPORT
from coaching.kernel.record import Record
from coaching.kernel.rules import Rejected, breach, brief, finding
from coaching.kernel.shapes import key_of, shape_of

DAYS = (date, datetime)
READ = (*DAYS, int, Decimal, bool)


def arguments(record: Record | type[Record], act: str, form: Mapping[str, Any]) -> dict[str, Any]:
    """What a form sends, as the arguments of an act: texts become the day, moment or number that the act asks for.

    In parts as well, which may stay plain dicts. An empty text is None where the act may go without. Texts are read as
    in documents: days as `2026-09-30`, moments with seconds and offset; yes and no as `true` and `false`. What cannot
    be read, and what the act does not know, stays as it is: the act refuses it, with all else that is wrong.

    Args:
        record: The record that is acted on, or the kind of record that the act begins.
        act: The act by its name.
        form: Names and values: what `json.loads` gives, or the fields of a page.

    Raises:
        Rejected: V015 for what is no mapping.

    >>> from coaching.records.interviews import Interview
    >>> sent = {"slot": {"start": "2026-08-27T09:00:00+02:00", "minutes": "60", "place": "Room 4"}}
    >>> arguments(Interview, "schedule", sent)["slot"]["minutes"]
    60
    >>> arguments(Interview, "plan", {"due_on": "2026-09-30", "cycle": ""})
    {'due_on': datetime.date(2026, 9, 30), 'cycle': None}
    """
    given: Any = form
    if not isinstance(given, Mapping):
        wrong = breach("{value} is no mapping of names to values", "form", value=brief(form))
        raise Rejected("form: cannot be read", [finding(V015, wrong)])
    kind = record if isinstance(record, type) else type(record)
    method = getattr(kind, "import_" if act == IMPORT else act, None) if isinstance(act, str) else None
    function = getattr(method, "__func__", method)
    hints = _hints(function) if inspect.isfunction(function) else {}
    if act == IMPORT:
        hints = {**shape_of(kind).hints, **hints}
    return {name: _read(hints.get(name), value) for name, value in form.items()}


@cache
def _hints(function: Callable[..., Any]) -> Mapping[str, Any]:
    hints, found = get_type_hints(function), dict[str, Any]()
    for parameter in inspect.signature(function).parameters.values():
        hint = hints.get(parameter.name)
        if parameter.kind is not parameter.VAR_KEYWORD:
            found[parameter.name] = hint
        elif get_args(hint):  # Unpack[...] of a dict with known names
            found |= get_type_hints(get_args(hint)[0])
    return found


def _read(hint: Any, value: Any) -> Any:
    """A value as an annotation asks for it, or as it is."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _read(args[0], value)
    if origin in {Union, UnionType}:
        inner = next(arg for arg in args if arg is not NoneType)
        return None if value == "" and NoneType in args else _read(inner, value)
    if origin is tuple and isinstance(value, (list, tuple)):
        return tuple([_read(args[0], item) for item in value])
    if isinstance(hint, type) and attrs.has(hint) and isinstance(value, Mapping):
        known = {key_of(name): inner for name, inner in shape_of(hint).hints.items()}
        return {name: _read(known.get(name), item) for name, item in value.items()}
    return _leaf(hint, value) if hint in READ and isinstance(value, str) else value


def _leaf(kind: Any, text: str) -> Any:
    try:
        return msgspec.convert(text, kind, strict=kind in DAYS)
    except msgspec.MsgspecError:
        return text
