"""Near misses: for each rule that an act or a document can break, what breaks it alone, and the nearest that passes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from coaching.catalogue import catalogue
from coaching.kernel.rules import Sort
from coaching.testing.attempts import Attempt, Miss, NearMiss
from coaching.testing.misses import books, careers, goals, talks
from coaching.testing.stages import Stage

MISSES: Mapping[str, Miss] = dict(sorted({**goals.MISSES, **talks.MISSES, **careers.MISSES, **books.MISSES}.items()))

_VERIFIED = "what is verified is read all the same: `verify` tells of it"
_PRIVACY = "a question of privacy: `view`, `texts`, `erase`, `access_copy` and `count_by` ask it, no act does"
_HOUSE = "a policy is no record: making one is refused"
_SIGNED = "the acts that sign meet it by themselves: only an imported record stands beyond it, and is warned of"
UNREACHED: Mapping[str, str] = {
    **dict.fromkeys(("H001", "H002", "H003", "H004", "H005", "H006"), _VERIFIED),
    **dict.fromkeys(("D003", "D004", "D005", "D006", "D007", "D008", "D009"), _PRIVACY),
    **dict.fromkeys(("Y001", "Y002"), _HOUSE),
    **dict.fromkeys(("G008", "I014", "R003", "M004"), _SIGNED),
    "X023": "the caller says what was shown; no document and no act of a record does",
    "X022": "two people are made one by the book itself, and by no act of a record",
}
"""Rules that refuse neither an act nor a document, each with the reason. Rules of files and mappings (B...) are beside
these: an import asks them of rows."""


@st.composite
def near_misses(draw: Any, rule: str | None = None) -> NearMiss:
    """Attempts that break one rule and no other, each with the nearest that passes.

    An attempt is an act on a record, a beginning, or a plain document; for rules across records it stands in a book.
    A system of one's own is right where it refuses the one and takes the other.

    Args:
        draw: Given by Hypothesis.
        rule: The code of the rule; any of them when left out.

    Raises:
        InvalidArgument: For a code that no rule has, and for a rule that nothing breaks so, with the reason.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])  # the first one found; without it, the simplest there is
    >>> miss = find(near_misses("G005"), lambda miss: True, settings=first)
    >>> miss.refused.act, miss.refused.codes, miss.passes.codes
    ('propose', ('G005',), ())
    """
    if rule is not None and str(rule) not in MISSES:
        msg = f"no act or document breaks {rule}: {_why_not(str(rule))}"
        raise InvalidArgument(msg)
    stage = Stage(draw)
    code = stage.one(list(MISSES)) if rule is None else rule
    refused, passes = MISSES[code](stage)
    return NearMiss(code, refused, passes)


@st.composite
def witnesses(draw: Any, rule: str | None = None) -> Attempt:
    """The nearest that passes: what must not be refused, beside what `near_misses` gives.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])  # the first one found; without it, the simplest there is
    >>> find(witnesses("G005"), lambda attempt: True, settings=first).codes
    ()
    """
    miss: NearMiss = draw(near_misses(rule))
    return miss.passes


def _why_not(code: str) -> str:
    rule = catalogue().get(code)
    if code in UNREACHED:
        return UNREACHED[code]
    if rule is None:
        return "no rule has this code; `coaching rules` lists them"
    return _ADVICE if rule.sort is Sort.ADVICE else "an import asks it of rows"


_ADVICE = "it is advice, which warns and refuses nothing: `book.check` tells of it"
