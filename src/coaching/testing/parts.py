"""Strategies for the small things: ids, texts, days, moments, amounts.

Nothing here filters: values are built to pass the constraints, so they shrink well and never exhaust Hypothesis.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from coaching.kernel.values import Location, Ref, RefKind

DAY_ONE = datetime(2024, 1, 8, 9, tzinfo=UTC)
"""When every walk may begin: a Monday."""

_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")

ODD = (
    "Re\u0301sume\u0301 \u05e9\u05dc\u05d5\u05dd",  # decomposed letters, right to left
    "=1+1 \U0001f469\u200d\U0001f4bb",  # a formula, a joiner
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # right to left, a joiner
    "@SUM(A1) e\u0301",  # a formula, decomposed
    "-2+3 \u0627\u0644\u0639\u0631\u0628\u064a\u0629",  # a formula, right to left
    "e\u0301 \U0001f468\u200d\U0001f469\u200d\U0001f467",  # decomposed, joiners
)
"""Texts that systems stumble over: each is odd in two ways, and each way is met three times."""

_PLAIN = ("a", "b", "é", "ß", "漢", "🙂", "Ask Eva", "Line 2\nRoom 4")
_LENGTHS = (255, 256, 257, 1_000, 4_000, 9_999, 10_000, 10_000)
_ANY = "aé ß漢🙂\t\n\u0301\u05d0\u0627\u0e01\u1100\u200d\u2028\ufe0f\ufffd=+-@;,'\"\\\\<&%{}\x7f\x85"


@cache
def _written() -> tuple[str, ...]:
    """Texts of which one in four is odd and one in six long; the plainest first."""
    plain = [text if n < 1 else f"{text} {n}" for n in range(32) for text in _PLAIN]
    long = [f"{('é and so on ' * 1_000)[: length - 1]}." for length in _LENGTHS * 16]
    every = [f"a{''.join(_ANY[(n * 11 + k * (n + 5)) % len(_ANY)] for k in range(n % 40))}" for n in range(96)]
    wide = [f"a{''.join(chr(_CODES[(n * 97 + k * 389) % len(_CODES)]) for k in range(n % 9))}" for n in range(96)]
    return (*plain, *ODD * 32, *long, *every, *wide)


_CODES = (*range(0x20, 0x7F), *range(0xA0, 0x2FFF, 7), *range(0x3000, 0xD7FF, 31), *range(0x1F000, 0x1FAFF, 5))

# Strategies that take no other one are made once: making a strategy costs more than drawing from it. Most draw one
# number and no more: a record is drawn of a hundred things.


@cache
def ids(prefix: str) -> SearchStrategy[str]:
    """Ids such as `g-1`; they shrink to the lowest number."""
    return st.sampled_from([f"{prefix}-{n}" for n in range(1, 100)])


@cache
def texts() -> SearchStrategy[str]:
    """Required texts: never blank, of any script, from one character to 10 000, without half characters and NUL."""
    return st.sampled_from(_written())


@cache
def perhaps_texts() -> SearchStrategy[str | None]:
    """The same, or none."""
    return st.sampled_from((*[None] * len(_written()), *_written()))


@cache
def words() -> SearchStrategy[str]:
    """Short texts without a space or a control character: names, units, titles. Two of five are odd or long."""
    plain = [f"{word}{n}" for n in range(10) for word in ("Line", "Göteborg", "Test", "漢字")]
    return st.sampled_from([*plain, *ODD * 3, *["n" * 200, "Lé" * 100] * 4])


_EDGES = [date(2024, 2, 29), date(2024, 12, 31), date(2026, 3, 31), date(2028, 2, 29)]


@cache
def days(low: date = date(2024, 1, 8), high: date = date(2028, 12, 31)) -> SearchStrategy[date]:
    """Days of a few years, leap days and ends of months among them."""
    return st.one_of(st.dates(low, high), st.sampled_from([d for d in _EDGES if low <= d <= high] or [low]))


@cache
def numbers() -> SearchStrategy[Decimal]:
    """Decimals as people measure with, below and above zero."""
    return st.integers(-1_000_000, 1_000_000).map(lambda n: Decimal(n) / 100)


@cache
def amounts() -> SearchStrategy[Decimal]:
    """Amounts above zero."""
    return st.integers(1, 1_000_000).map(lambda n: Decimal(n) / 100)


@cache
def locations() -> SearchStrategy[Location]:
    """Places, with and without a country."""
    return st.builds(Location, words(), st.sampled_from([None, "SE", "DE", "FR"]))


@cache
def things(*kinds: str) -> tuple[Ref, ...]:
    """References to records or parts of the kinds named."""
    return tuple([Ref(RefKind(kind), f"{kind[0]}-{n}") for n in range(1, 10) for kind in kinds])


@cache
def extras() -> SearchStrategy[dict[str, object]]:
    """What a house may keep in `extra`: texts, whole numbers, decimals, yes and no, null."""
    scalars = st.none() | st.booleans() | st.integers(-(10**15), 10**15) | numbers() | st.text(_CHARACTERS, max_size=20)
    return st.dictionaries(st.text(_CHARACTERS, max_size=10), scalars, max_size=3)
