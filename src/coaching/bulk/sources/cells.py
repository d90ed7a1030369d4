"""What a cell is: the same value is the same cell, whatever kind of file it came in.

Numbers are texts, since an id is no number: `5095.0` of a spreadsheet is `"5095"`, and `007` stays as it is. Only a
source that knows days gives days.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from uuid import UUID

Cell = str | date | list["Cell"] | None
"""A text, a day or moment, or a list of cells. Blank is `""`; None where a source with named cells does not name this
one in a row."""


def number(value: float) -> str:
    """Write a number as a text; a whole one without its point.

    >>> number(5095.0), number(0.25), number(1e-05), number(float("nan"))
    ('5095', '0.25', '0.00001', '')
    """
    if not isfinite(value):
        return ""
    text = float.__repr__(value)
    return numeral(f"{Decimal(text):f}" if "e" in text else text)


def numeral(text: str) -> str:
    """Do the same for a number that is written out, of which no digit is lost.

    >>> numeral("5095.0"), numeral("0.10"), numeral("1e3"), numeral("1e999")
    ('5095', '0.1', '1000', '1e999')
    """
    if "e" in text or "E" in text:
        return number(float(text)) or text
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _moment(value: datetime) -> Cell:
    """Take the day alone, where no time of day is said: spreadsheets and frames write days so."""
    try:
        midnight = value.time() == time.min and value.tzinfo is None
    except ValueError:  # how a frame writes that there is none
        return ""
    return value.date() if midnight else datetime.fromisoformat(value.isoformat())


_PLAIN: tuple[tuple[type | tuple[type, ...], Callable[..., Cell]], ...] = (
    (str, str.__str__),
    (bool, lambda it: "true" if it else "false"),
    (int, int.__repr__),
    (float, number),
    (datetime, _moment),
    (date, lambda it: it),
    ((time, timedelta, UUID), str),
    (bytes, bytes.hex),
    (Decimal, lambda it: numeral(str(it)) if it.is_finite() else ""),
)


def plain(value: object) -> Cell:
    """Make the cell of a single value.

    Raises:
        TypeError: For a value that is none: an object of a class that nobody knows.
    """
    if value is None:
        return ""
    for kind, made in _PLAIN:
        if isinstance(value, kind):
            return made(value)
    raise TypeError(type(value).__name__)


def text_of(cell: Cell) -> str:
    """Give a cell as one text: a day in ISO form, the parts of a list with commas between them.

    >>> text_of(date(2024, 3, 5)), text_of(["a", "b"]), text_of(None)
    ('2024-03-05', 'a, b', '')
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, list):
        return ", ".join(map(text_of, cell))
    return "" if cell is None else cell.isoformat()


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell says nothing."""
    return not cell or (isinstance(cell, str) and not cell.strip())
