"""From a cell to the words that count: ends cut, what stands for nothing or for something else. Knows no field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from coaching.bulk.mapping.classes import Column
from coaching.bulk.reading.faults import B040, B044, Slip
from coaching.bulk.sources.cells import Cell, plain, text_of
from coaching.kernel.rules import brief

Given = str | tuple["Given", ...]
"""A cell that can be looked up: a text, or a list of texts."""
Clean = Callable[[str], str | Slip]

LISTED = 20  # known words that a message names


def given_of(cell: Cell) -> Given:
    """Give a cell so that it can be looked up: a day in ISO form, nothing as an empty text.

    >>> given_of(None), given_of(["a", None, ["b"]])
    ('', ('a', '', ('b',)))
    """
    return tuple([given_of(it) for it in cell]) if isinstance(cell, list) else str.__str__(text_of(cell))


def text_in(given: Given) -> str:
    """Give the text of a cell that may be a list."""
    return given if isinstance(given, str) else ", ".join([it for one in given if (it := text_in(one))])


def folded(text: str) -> str:
    """Give a text without case, and with single blanks.

    >>> folded(" On  Leave")
    'on leave'
    """
    return " ".join(text.split()).casefold()


def constant(value: Any) -> Given:
    """Give what a mapping says itself, as a cell."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return tuple([constant(it) for it in value])
    return given_of(plain(value))


def cleaning(column: Column, lookup: Mapping[str, str] | None) -> Clean:
    """Make what a column does to each text before its field takes it: in this order, strip, nulls, lookup, values."""
    steps: list[Clean] = []
    if column.strip:
        steps.append(_stripping(column.strip))
    if column.nulls:
        steps.append(_nulling(column.nulls))
    if lookup is not None:
        steps.append(_looking_up(lookup))
    if column.values:
        steps.append(_standing_for(column))
    if not steps:
        return str.strip
    if len(steps) == 1:
        (only,) = steps
        return lambda text: only(said) if (said := text.strip()) else ""

    def clean(text: str) -> str | Slip:
        said: str | Slip = text.strip()
        for step in steps:
            if not said or isinstance(said, Slip):
                return said
            said = step(said)
        return said

    return clean


def _nulling(texts: tuple[str, ...]) -> Clean:
    nulls = frozenset(map(folded, texts)) - {""}
    firsts = frozenset(it[0] for it in nulls)  # which tell nearly all other texts apart
    return lambda text: "" if text[0].casefold()[0] in firsts and folded(text) in nulls else text


def _stripping(ends: tuple[str, ...]) -> Clean:
    def strip(text: str) -> str:
        for end in ends:
            text = text.removesuffix(end).removeprefix(end).strip()
        return text

    return strip


def _looking_up(lookup: Mapping[str, str]) -> Clean:
    def look_up(text: str) -> str | Slip:
        found = lookup.get(text)
        if found is None:
            return Slip.over(B044, "{value} stands not in the lookup", value=brief(text))
        return found.strip()

    return look_up


def _standing_for(column: Column) -> Clean:
    meant = {folded(text): text_in(constant(it)).strip() for text, it in column.values.items()}
    more = f" and {len(meant) - LISTED} more" if len(meant) > LISTED else ""
    known = ", ".join(map(str, list(column.values)[:LISTED])) + more

    def stand_for(text: str) -> str | Slip:
        found = meant.get(folded(text))
        if found is not None:
            return found
        if column.others:
            return text
        return Slip.over(B040, "{value} is none of the values of its column: {known}", value=brief(text), known=known)

    return stand_for
