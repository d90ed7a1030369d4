"""Structuring: plain tables as the classes of a mapping, by cattrs, made so that nothing is taken for something else.

What is wrong comes out of cattrs as a tree of errors; here it is told as faults with their paths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import GenericAlias
from typing import Any, TypeVar, get_args, get_origin

import attrs
from cattrs import (
    AttributeValidationNote,
    BaseValidationError,
    Converter,
    ForbiddenExtraKeysError,
)
from cattrs.gen import make_dict_structure_fn

from coaching.bulk.mapping.classes import Column
from coaching.bulk.mapping.faults import B030, Wrong, step
from coaching.kernel.rules import brief

_T = TypeVar("_T")
_Hook = Callable[[Any, Any], Any]


class _Odd(Exception):
    """A value that is not what its place asks for."""

    def __init__(self, value: object, wanted: str) -> None:
        super().__init__(f"{brief(value)} is no {wanted}")


def structured(given: Any, cls: type[_T], path: str, wrong: Wrong) -> _T | None:
    """Make an object of a class out of a table; None where that cannot be, and what is wrong is noted."""
    try:
        return _converter.structure(given, cls)
    except (BaseValidationError, _Odd) as error:
        for place, why in _leaves(error, path):
            _tell(why, place, wrong)
        return None


def _leaves(error: BaseException, path: str) -> Iterator[tuple[str, BaseException]]:
    """Give each error with its path, which stands in the notes of what cattrs groups."""
    if not isinstance(error, BaseValidationError):
        yield path, error
        return
    for inner in error.exceptions:
        place = path
        for note in getattr(inner, "__notes__", ()):
            place = step(path, note.name if isinstance(note, AttributeValidationNote) else note.index)
        yield from _leaves(inner, place)


def _tell(error: BaseException, path: str, wrong: Wrong) -> None:
    if isinstance(error, ForbiddenExtraKeysError):
        known = [it.name for it in attrs.fields(error.cl)]
        for name in sorted(error.extra_fields, key=str):
            wrong.unknown(step(path, brief(name) if not isinstance(name, str) else name), name, known, "key here")
    elif isinstance(error, KeyError):  # how cattrs says that one must be there
        wrong.add(B030, path, "missing")
    else:
        wrong.add(B030, path, "{why}", why=str(error))


# --- what each place takes -------------------------------------------------------------------------------------------


def _strictly(kind: type, wanted: str) -> _Hook:
    def hook(given: Any, _: Any) -> Any:
        if type(given) is not kind:
            raise _Odd(given, wanted)
        return given

    return hook


def _texts(given: Any, _: Any) -> tuple[str, ...]:
    """Take texts; one alone is a list of one. A day, which TOML knows, is the text that it is written as."""
    texts = list(given) if isinstance(given, (list, tuple)) else [given]
    texts = [it.isoformat() if type(it) is date else it for it in texts]
    if texts == [given] and not isinstance(given, str):
        raise _Odd(given, "text and no list of texts")
    return tuple(_converter.structure(texts, list[str]))


def _one_of(*hints: Any, wanted: str) -> _Hook:
    """Take what one of some classes takes, told by what is given."""

    def hook(given: Any, _: Any) -> Any:
        if given is None and None in hints:
            return None
        if type(given) in hints:
            return given
        if tuple in hints and isinstance(given, (str, list, tuple)):
            return _texts(given, None)
        raise _Odd(given, wanted)

    return hook


def _class(cls: Any, conv: Converter) -> _Hook:
    """Take a table for an object; a text alone for a column."""
    whole: _Hook = make_dict_structure_fn(cls, conv, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True)

    def hook(given: Any, as_: Any) -> Any:
        if cls is Column and isinstance(given, str):
            given = {"column": given}
        if not isinstance(given, Mapping):
            raise _Odd(given, "table")
        return whole(given, as_)

    return hook


def _table(hint: Any, conv: Converter) -> _Hook:
    named: Any = GenericAlias(dict, get_args(hint))

    def hook(given: Any, _: Any) -> Any:
        if not isinstance(given, Mapping):
            raise _Odd(given, "table")
        for name in given:
            if not isinstance(name, str):
                raise _Odd(name, "text, as a name is")
        return conv.structure(given, named)

    return hook


def _is_table(hint: Any) -> bool:
    return get_origin(hint) is Mapping


def _made() -> Converter:
    conv = Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind, wanted in ((str, "text"), (int, "whole number"), (bool, "true or false")):
        conv.register_structure_hook(kind, _strictly(kind, wanted))
    conv.register_structure_hook(str | int | None, _one_of(str, int, None, wanted="text and no whole number"))
    conv.register_structure_hook(int | bool | None, _one_of(int, bool, None, wanted="whole number, true or false"))
    conv.register_structure_hook(bool | tuple[str, ...], _one_of(bool, tuple, wanted="true or false, and no texts"))
    conv.register_structure_hook_factory(attrs.has, _class)
    conv.register_structure_hook_factory(_is_table, _table)
    conv.register_structure_hook_func(lambda hint: hint == tuple[str, ...], _texts)
    return conv


_converter = _made()
