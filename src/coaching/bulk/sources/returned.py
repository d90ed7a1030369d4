"""Rows that come back: a file of rejected rows is marked, so that what was added to them is taken off again.

Read top to bottom: the marks, cells that a spreadsheet would take for a formula, rows of a table, objects. What writes
such a file and what reads it are both here, or use what is here, and undo one another.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from coaching.bulk.sources.cells import Cell, is_blank, text_of

MARKS = ("rejected line", "rejected code", "rejected reason")
"""The last three columns of such a file, in the order in which they stand, and the keys of its objects.

They say what they are, so that no column of an export is taken for one.
"""
TEXT = "rejected text"
"""The key beside them that holds a line which is no JSON."""

_MARK = re.compile(r"rejected line( [0-9]+)?").fullmatch
_LINE = re.compile(r"[0-9]+").fullmatch
_CODES = re.compile(r"[A-Z][0-9]{3}(?:, [A-Z][0-9]{3})*").fullmatch


# --- cells ----------------------------------------------------------------------------------------------------------

_FORMULA = re.compile(
    r"""(?!-[0-9]+(?:[.,][0-9]+)?\Z)                         # a negative number alone is none
        (?: [\t\r\n]                                         # what OWASP names: these signs, and these blanks
          | [\s\0-\x1f\x7f-\x9f\xad\u200b-\u200f\u2060\ufeff]*  # what a spreadsheet may trim, or does not show
            [=+\-@\uff1d\uff0b\uff0d\uff20]                   # in full width too
        )""",
    re.VERBOSE,
).match
_GUARD = "'"


def guarded(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula: one that begins as a formula does begins with `'`.

    A telephone number is guarded as well, or a spreadsheet makes a number of it. A text that looks guarded gets one
    more, so that `unguarded` gives back exactly what was there.

    >>> [guarded(text) for text in ("=1+1", "+46 70 123", "-5", "-", "'=1", "O'Hara")]
    ["'=1+1", "'+46 70 123", '-5', "'-", "''=1", "O'Hara"]
    """
    return _GUARD + text if _FORMULA(text.lstrip(_GUARD)) else text


def unguarded(text: str) -> str:
    """Undo `guarded`; what it did not do stays.

    >>> [unguarded(text) for text in ("'=1+1", "''=1", "'n Sync", "-5")]
    ['=1+1', "'=1", "'n Sync", '-5']
    """
    return text[1:] if text.startswith(_GUARD) and _FORMULA(text.lstrip(_GUARD)) else text


# --- rows of a table ------------------------------------------------------------------------------------------------


def marked(cells: Sequence[Cell]) -> int | None:
    """Give how many columns a header has before the marks; None where it has none.

    >>> marked(["id", "name", *MARKS]), marked(["id", "name"])
    (2, None)
    """
    texts = [text_of(cell).strip() for cell in cells[: _end(cells)]]
    return len(texts) - len(MARKS) if tuple(texts[-len(MARKS) :]) == MARKS else None


def taken_off(cells: Sequence[Cell], width: int) -> tuple[list[Cell], str]:
    """Give the cells of a row without its marks and guards, and the codes that it was rejected for.

    The marks stand behind the cells that the row has, however many; a spreadsheet adds blank ones. Where somebody took
    them away, the row is what is left of it.

    >>> taken_off(["1", "'=x", "7", "B003", "no day"], 2), taken_off(["1", "7", "B002", "one cell", ""], 2)
    ((['1', '=x'], 'B003'), (['1'], 'B002'))
    >>> taken_off(["1", "Anna", "", "", ""], 2), taken_off(["1", "Anna", "more"], 2)
    ((['1', 'Anna'], ''), (['1', 'Anna', 'more'], ''))
    """
    end, codes = _end(cells), ""
    for at in (end - 3, end - 2):  # the reason may be gone
        if at >= 0 and _LINE(text_of(cells[at]).strip()) and _CODES(said := text_of(cells[at + 1]).strip()):
            cells, codes = cells[:at], said
            break
    else:
        cells = cells[:width] if end <= width else cells
    return [unguarded(cell) if isinstance(cell, str) else cell for cell in cells], codes


def _end(cells: Sequence[Cell]) -> int:
    """Give the place behind the last cell that says something."""
    return next((at for at in range(len(cells), 0, -1) if not is_blank(cells[at - 1])), 0)


# --- objects --------------------------------------------------------------------------------------------------------


def marks_of(keys: Collection[str]) -> tuple[str, ...]:
    """Give the keys of an object that are marks; none where it has not all three.

    >>> marks_of(["id", *MARKS]), marks_of(["id", "rejected line"])
    (('rejected line', 'rejected code', 'rejected reason'), ())
    """
    for key in keys:
        if key.startswith(MARKS[0]) and (found := _MARK(key)):
            them = tuple(f"{mark}{found[1] or ''}" for mark in MARKS)
            if all(mark in keys for mark in them):
                return them
    return ()


def with_marks(value: Mapping[str, Any], said: Sequence[Any]) -> dict[str, Any]:
    """Give an object with marks, in the place of those it may have; its own keys of these names stay."""
    old = marks_of(value)
    bare = {key: it for key, it in value.items() if key not in old}
    names: tuple[str, ...] = MARKS
    n = 1
    while not bare.keys().isdisjoint(names):
        n += 1
        names = tuple(f"{mark} {n}" for mark in MARKS)
    return {**bare, **dict(zip(names, said, strict=True))}
