"""Strategies for the small things: ids, texts, days, moments, amounts.

Nothing here filters: values are built to pass the constraints, so they shrink well and never exhaust Hypothesis.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from coaching.kernel.values import Location, Ref, RefKind

DAY_ONE = datetime(2024, 1, 8, 9, tzinfo=UTC)
"""When every walk may begin: a Monday."""

_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")


# Strategies that take no other one are made once: making a strategy costs more than drawing from it.


@cache
def ids(prefix: str) -> SearchStrategy[str]:
    """Ids such as `g-1`; they shrink to the lowest number."""
    return st.integers(1, 99).map(lambda n: f"{prefix}-{n}")


@cache
def texts(most: int = 40) -> SearchStrategy[str]:
    """Required texts: never blank, any script, without half characters and NUL (which databases refuse)."""
    return st.builds(lambda first, rest: first + rest, st.sampled_from("aéß漢🙂"), st.text(_CHARACTERS, max_size=most))


@cache
def words() -> SearchStrategy[str]:
    """Short texts without a space at their ends."""
    return st.builds(lambda a, b: f"{a}{b}", st.sampled_from(["Line", "Göteborg", "Test", "漢字"]), st.integers(0, 9))


def days(low: date = date(2024, 1, 8), high: date = date(2028, 12, 31)) -> SearchStrategy[date]:
    """Days of a few years, leap days and ends of months among them."""
    return st.one_of(st.dates(low, high), st.sampled_from([d for d in _EDGES if low <= d <= high] or [low]))


_EDGES = [date(2024, 2, 29), date(2024, 12, 31), date(2026, 3, 31), date(2028, 2, 29)]


def offsets() -> SearchStrategy[timezone]:
    """Offsets from UTC, in quarters of an hour, UTC first."""
    return st.one_of(st.just(UTC), st.integers(-48, 56).map(lambda q: timezone(timedelta(minutes=15 * q))))


def numbers() -> SearchStrategy[Decimal]:
    """Decimals as people measure with, below and above zero."""
    return st.decimals(-10_000, 10_000, places=2, allow_nan=False, allow_infinity=False)


def amounts() -> SearchStrategy[Decimal]:
    """Amounts above zero."""
    return st.decimals("0.01", 10_000, places=2, allow_nan=False, allow_infinity=False)


def locations() -> SearchStrategy[Location]:
    """Places, with and without a country."""
    return st.builds(Location, words(), st.sampled_from([None, "SE", "DE", "FR"]))


@cache
def refs(*kinds: str) -> SearchStrategy[Ref]:
    """References to records or parts of the kinds named."""
    of = st.sampled_from([RefKind(k) for k in kinds])
    return st.builds(lambda kind, n: Ref(kind, f"{kind[0]}-{n}"), of, st.integers(1, 9))


def extras() -> SearchStrategy[dict[str, object]]:
    """What a house may keep in `extra`: texts, whole numbers, decimals, yes and no, null."""
    scalars = st.none() | st.booleans() | st.integers(-(10**15), 10**15) | numbers() | st.text(_CHARACTERS, max_size=20)
    return st.dictionaries(st.text(_CHARACTERS, max_size=10), scalars, max_size=3)


def several(items: SearchStrategy[Any], least: int = 0, most: int = 2, *, unique: bool = False) -> SearchStrategy[Any]:
    """Tuples of some, which are different where `unique`; where there are none to draw, as few as may be."""
    if items.is_empty:
        return st.nothing() if least else st.just(())
    return st.lists(items, min_size=least, max_size=most, unique=unique).map(tuple)


def word_of(word: str | None, words: Iterable[str], what: str) -> SearchStrategy[str] | None:
    """The strategy for a plain word out of a closed list; None for none.

    Raises:
        InvalidArgument: For a word that is not in the list.
    """
    if word is None:
        return None
    if word not in [*words]:
        msg = f"{word!r} is no {what}; it is one of: {', '.join(words)}"
        raise InvalidArgument(msg)
    return st.just(word)
