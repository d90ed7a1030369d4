"""What a text, a number, a day or a moment may be: each constraint said once, in the annotation.

An alias (`Id`, `Text`, `Ruler` ...) carries its constraint in the words of annotated-types and the rule that speaks
when it is broken, and beside it what JSON Schema says of it. Construction, decoding, JSON Schema and Hypothesis
strategies all read the alias; nothing is said twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, cast
from unicodedata import category
from urllib.parse import urlsplit

from annotated_types import Interval, Len, Predicate
from frozendict import frozendict

from coaching.kernel.rules import Rule, stated

LONGEST = 10_000  # characters in a text: several pages; more is a document, and belongs beside the record (V002)
LONGEST_ID = 200  # characters in an id: longer than any identifier that HR systems use (V001)
FINEST = 15  # decimals; finer than any measure or sum of money
LARGEST = 10**15  # amounts and whole numbers below it are exact in every JSON reader (V005)

V001 = stated(
    "V001",
    "kernel",
    field="",
    says="an id is not blank, has no space at its ends, no control or invisible character and at most 200 characters",
    why="practice of HR exports: ids that differ by a blank are the commonest broken reference",
    mend="give the id without blanks around it or unseen characters in it",
)
V002 = stated(
    "V002",
    "kernel",
    field="",
    says="a text has something to see, no NUL and at most 10 000 characters; a name or title no control character",
    why="own choice: a blank says nothing, a longer text is a document, and databases refuse a NUL",
    mend="give words, at most 10 000 characters, without control characters",
)
V003 = stated(
    "V003",
    "kernel",
    field="",
    says="a moment is a date and time with its offset from UTC",
    why="practice: systems that mix local time and UTC shift talks by an hour",
    mend="give an aware datetime; written, it ends with its offset, as in 2026-03-02T12:00:00+01:00",
)
V005 = stated(
    "V005",
    "kernel",
    field="",
    says="an amount is finite, above 0 and below 10^15; other numbers are finite and as small",
    why="own choice: beyond it a number is a slip, and JSON readers lose digits",
    mend="give a finite number in range",
)
V006 = stated(
    "V006",
    "kernel",
    field="",
    says="a code has the shape of its standard",
    why="ISO 3166-1 alpha-2, BCP 47, ISCO-08 and RFC 3986 give the shapes",
    mend="give the code as its standard writes it",
)
V007 = stated(
    "V007",
    "kernel",
    field="",
    says="a ruler is a whole number from 0 to 10",
    why="motivational interviewing asks importance and confidence on such a ruler",
    mend="give a whole number from 0 to 10",
)
V012 = stated(
    "V012",
    "kernel",
    field="",
    says="a word of a closed list is one of the list",
    why="practice: an unknown kind that passes is a record nobody finds again",
    mend="choose one of the words named",
)
V014 = stated(
    "V014",
    "kernel",
    field="",
    says="what is asked for is given",
    why="own choice: a missing part is named instead of guessed",
    mend="give it",
)
V015 = stated(
    "V015",
    "kernel",
    field="",
    says="a value has the type of its field",
    why="own choice: a value is never converted by guessing",
    mend="give a value of the type named",
)
V016 = stated(
    "V016",
    "kernel",
    field="",
    says="a field or argument is one of those that exist",
    why="practice: an unknown field dropped without a word is data lost",
    mend="use a name that exists, or put it into extra",
)
V017 = stated(
    "V017",
    "kernel",
    field="",
    says="a part that is named exists in the record",
    why="own choice: an act on nothing is a slip",
    mend="name one of the parts that exist",
)
V018 = stated(
    "V018",
    "kernel",
    field="",
    says="a document is one JSON object in UTF-8, with a known type and schema",
    why="own choice: a document says what it is, so that nobody has to guess",
    mend="send one JSON object whose type and schema this version knows",
)


@dataclass(frozen=True, slots=True)
class Must(Predicate):
    """A predicate that says what is wrong when it does not hold. `wrong` is the message, perhaps with `{value}`.

    `holds`, where given, is the same predicate as an expression, for code that is written from the fields: of the
    value, `{0}`, and if need be of the function, `{1}`. `schema` is what JSON Schema can say of it: never more than it.
    """

    func: Callable[[Any], Any]
    wrong: str = "{value} is not allowed"
    holds: str = ""
    schema: Mapping[str, object] = field(default=frozendict(), hash=False, compare=False)  # may hold lists


UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Categories of characters that leave nothing to see: controls, format characters, blanks."""

IGNORED = frozenset(
    map(chr, (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, *range(0x180B, 0x1810),
              *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)  # fmt: skip
"""Letters and marks that leave nothing to see either: fillers, variation selectors, the blank of Braille."""


def _identifies(text: str) -> bool:
    """Tell whether no blank is at its ends and nothing unseen within but blanks: the unseen makes two ids of one."""
    return text == text.strip() and not any(category(c) in UNSEEN - {"Zs"} or c in IGNORED for c in text)


def _trimmed(text: str) -> bool:
    return text == text.strip() and not any(category(c) == "Cc" for c in text) and _said(text)


def _said(text: str) -> bool:
    return "\0" not in text and any(category(c) not in UNSEEN and c not in IGNORED for c in text)


def _bounded(number: Decimal) -> bool:
    return number.is_finite() and number.copy_abs() < LARGEST and finest(number) <= FINEST


def finest(number: Decimal) -> int:
    """Say how many decimals a finite number is written with."""
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _positive(number: Decimal) -> bool:
    return _bounded(number) and number > 0


def _share(number: Decimal) -> bool:
    return _bounded(number) and 0 <= number <= 1


def _aware(moment: datetime) -> bool:
    return moment.tzinfo is not None and moment.utcoffset() is not None


def _absolute(uri: str) -> bool:
    try:
        parts = urlsplit(uri)
    except ValueError:
        return False
    return bool(parts.scheme and (parts.netloc or parts.path)) and not re.search(r"\s", uri)


_COUNTRY = re.compile(r"[A-Z]{2}").fullmatch
_LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*").fullmatch
_DIGITS = re.compile(r"[0-9]{1,4}").fullmatch


def is_isco(code: str) -> bool:
    """Tell whether a text has the shape of an ISCO-08 code: one to four digits."""
    return _DIGITS(code) is not None


def is_absolute(uri: str) -> bool:
    """Tell whether a text is an absolute URI, as `Uri` asks for."""
    return _absolute(uri)


_NO_CONTROL = {"not": {"pattern": r"[\u0000-\u001F\u007F-\u009F]"}}
_NO_SPACE_AROUND = {"not": {"pattern": r"^\s|\s$"}}
_NOTHING_UNSEEN = {"not": {"pattern": r"[\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]"}}
IDENTIFIES = Must(
    _identifies,
    "{value} has a space at its ends, or a control or invisible character",
    "{0} == {0}.strip() and ({0}.isascii() and {0}.isprintable() or {1}({0}))",
    {"allOf": [_NO_SPACE_AROUND, _NO_CONTROL, _NOTHING_UNSEEN]},
)
_TRIMMED = Must(
    _trimmed,
    "the text has a space at its ends or a control character, or nothing to see",
    "{0} == {0}.strip() and ({0}.isprintable() and {0}[0] < '\u0300' or {1}({0}))",
    {"allOf": [_NO_SPACE_AROUND, _NO_CONTROL]},
)
_SAID = Must(
    _said,
    "the text is blank or holds a NUL",
    "({0}[0].isalnum() and {0}[0] < '\u0300' and '\\0' not in {0} or {1}({0}))",
    {"allOf": [{"pattern": r"\S"}, {"not": {"pattern": r"\u0000"}}]},
)
_IN_RANGE = {"minimum": -LARGEST, "maximum": LARGEST}
_OFFSET = "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:]{8}([.][0-9]+)?([Zz]|[+-][0-9]{2}:?[0-9]{2})$"

Id = Annotated[str, Len(1, LONGEST_ID), IDENTIFIES, V001]
Text = Annotated[str, Len(1, LONGEST), _SAID, V002]
Word = Annotated[str, Len(1, LONGEST_ID), _TRIMMED, V002]
Ruler = Annotated[int, Interval(ge=0, le=10), V007]
Count = Annotated[int, Interval(ge=1, le=LARGEST), V005]
Whole = Annotated[int, Interval(ge=-LARGEST, le=LARGEST), V005]
Number = Annotated[Decimal, Must(_bounded, "{value} is not finite or out of range", schema=_IN_RANGE), V005]
Amount = Annotated[
    Decimal,
    Must(
        _positive,
        "{value} is not above 0, not finite or out of range",
        schema={"allOf": [_IN_RANGE, {"exclusiveMinimum": 0}]},
    ),
    V005,
]
AnyNumber = Decimal | int | float
"""What may be given as a number. A float counts as it is written: 0.1 is one tenth."""
Share = Annotated[Decimal, Must(_share, "{value} is not between 0 and 1", schema={"minimum": 0, "maximum": 1}), V005]
Moment = Annotated[
    datetime,
    Must(
        _aware, "{value} has no offset from UTC", schema={"type": "string", "format": "date-time", "pattern": _OFFSET}
    ),
    V003,
]
Country = Annotated[
    str, Len(2, 2), Must(_COUNTRY, "{value} is no ISO 3166-1 alpha-2 code", schema={"pattern": "^[A-Z]{2}$"}), V006
]
Language = Annotated[
    str,
    Len(2, LONGEST_ID),
    Must(_LANGUAGE, "{value} is no BCP 47 tag", schema={"pattern": "^[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*$"}),
    V006,
]
Uri = Annotated[
    str, Len(1, LONGEST), Must(_absolute, "{value} is no absolute URI", schema={"pattern": r"^\S+:\S+$"}), V006
]

_MOMENT, _DAY = [kind for kind in datetime.__mro__ if kind.__module__ == "datetime"]
TIMES = cast("tuple[type[date], type[datetime]]", (_DAY, _MOMENT))
"""The classes themselves, whenever this is imported: a clock that stands still in a test puts others in the place of
the names, which come from them and keep what they are."""

WRITTEN: Mapping[type, str] = {
    TIMES[0]: "2026-03-02",
    TIMES[1]: "2026-03-02T12:00:00+01:00, with seconds and offset",
}
"""How a day and a moment are written as text (RFC 3339), for whoever wrote them otherwise."""

Scalar = str | int | Decimal | bool | None
if TYPE_CHECKING:
    Extra = Mapping[str, Scalar]
else:
    Extra = frozendict  # what any mapping given becomes
"""Text keys to text, whole number, decimal, boolean or null: what an embedding tool or an import has no field for."""


def at_rest(moment: datetime) -> datetime:
    """Give the same moment with a fixed offset, so that it is equal to itself after any round trip.

    Zone rules change and cannot be stored; the offset that held can. An offset with seconds in it becomes UTC.
    """
    offset = moment.utcoffset() or timedelta(0)
    if offset.seconds % 60 or offset.microseconds:
        return in_utc(moment)
    return moment if type(moment.tzinfo) is timezone else moment.replace(tzinfo=timezone(offset), fold=0)


def in_utc(moment: datetime) -> datetime:
    """Give the same moment in UTC; within a day of year 1 or 9999, where there is none, the same time of day."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment.replace(tzinfo=UTC, fold=0)


RULES: tuple[Rule, ...] = (V001, V002, V003, V005, V006, V007, V012, V014, V015, V016, V017, V018)
