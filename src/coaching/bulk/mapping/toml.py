"""TOML: a document as a plain dict, and the line on which each of its keys stands, as far as it is found cheaply."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from coaching.bulk.mapping.faults import B030, step
from coaching.kernel.rules import Rejected

_NAME = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_NAMES = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_table = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_NAMES})[ \t]*\]").match
_key = re.compile(rf"[ \t]*({_NAMES})[ \t]*=").match
_names = re.compile(_NAME).findall


def parsed(text: str, what: str) -> dict[str, Any]:
    """Read a document; a number with decimals is one exactly.

    Raises:
        Rejected: B030 with the line, for what is no TOML.
    """
    try:
        return tomllib.loads(text, parse_float=_number)
    except tomllib.TOMLDecodeError as why:
        raise Rejected.over(B030, "no TOML: {why}", of=what, why=str(why)) from None
    except RecursionError:
        raise Rejected.over(B030, "nested too deeply", of=what) from None


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise tomllib.TOMLDecodeError(f"{text[:40]} is no number") from None


def lines_of(text: str) -> dict[str, int]:
    r"""Give the line of each key that begins one, and of each table. Keys within braces stand on the line of the first.

    >>> lines_of('name = "hr"\n[[records]]\ntype = "person"\nfields.id = "No"')
    {'name': 1, 'records': 2, 'records[0]': 2, 'records[0].type': 3, 'records[0].fields': 4, 'records[0].fields.id': 4}
    """
    lines: dict[str, int] = {}
    items: dict[str, int] = {}
    within = ""
    for number, line in enumerate(text.split("\n"), 1):
        if table := _table(line):
            within = ""
            *above, last = _plain(table[2])
            for name in above:
                within = _last(step(within, name), items)
                lines.setdefault(within, number)
            within = step(within, last)
            lines.setdefault(within, number)
            if table[1] == "[[":
                items[within] = items.get(within, -1) + 1
                within = _last(within, items)
                lines[within] = number
        elif key := _key(line):
            path = within
            for name in _plain(key[1]):
                path = step(path, name)
                lines.setdefault(path, number)
    return lines


def _last(path: str, items: dict[str, int]) -> str:
    """Give the item of a list that is being written, where the path is one."""
    return step(path, items[path]) if path in items else path


def _plain(names: str) -> Iterator[str]:
    return (it[1:-1] if it[0] in "'\"" else it for it in _names(names))
