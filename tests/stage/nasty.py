"""What a hostile or careless caller sends: values of every wrong type, and documents that are none."""

import json
from collections import UserDict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from enum import Enum
from functools import cache
from io import StringIO
from typing import Any, Self
from zoneinfo import ZoneInfo

from frozendict import frozendict

EAST = timezone(timedelta(hours=23, minutes=59, seconds=59, microseconds=999999))


class Text(str):
    """A text that is more than a text."""

    __slots__ = ()


class Nowhere(tzinfo):
    """A zone that does not know its offset."""

    def utcoffset(self, _moment: datetime | None) -> None:
        """Say nothing."""


class Colour(Enum):
    """A word from somebody else's list."""

    RED = "draft"


class Moment(datetime):
    """A moment that is more than a moment, as some libraries give."""


class Frozen(type(datetime)):
    """What a clock of a test says of its moments: every moment is one of them, and none else is."""

    def __instancecheck__(cls, thing: object) -> bool:
        """Every moment, or every day."""
        return isinstance(thing, cls.__mro__[1])

    def __subclasscheck__(cls, other: type) -> bool:
        """The same of classes."""
        return issubclass(other, cls.__mro__[1])


class FrozenMoment(datetime, metaclass=Frozen):
    """A moment of a clock that stands still, as tests make them."""

    def __new__(cls, *args: Any, **given: Any) -> Self:
        """Made as any other."""
        return datetime.__new__(cls, *args, **given)

    def date(self) -> date:
        """A day of the same clock."""
        return FrozenDay(self.year, self.month, self.day)

    @property
    def tzinfo(self) -> Any:
        """What it was given."""
        return super().tzinfo


class FrozenDay(date, metaclass=Frozen):
    """A day of the same clock."""

    def __new__(cls, *args: Any, **given: Any) -> Self:
        """Made as any other."""
        return date.__new__(cls, *args, **given)


class NoMoment(datetime):
    """What data frames have where a moment is missing: one without a year."""

    year = month = day = hour = minute = second = microsecond = fold = float("nan")  # as there

    def isoformat(self, *_: object) -> str:
        """As it is shown."""
        return "NaT"

    __str__ = __repr__ = isoformat  # as there


class NoDimension:
    """What libraries of arrays have for a single value: it says that one can go through it, and one cannot."""

    def __iter__(self) -> Any:
        """As there."""
        raise TypeError("iteration over a 0-d array")


def shut(file: Any = None) -> Any:
    """A file that was closed."""
    file = StringIO("words") if file is None else file
    file.close()
    return file


class Tagged(str, Enum):  # noqa: UP042  (which is what it is about)
    """A closed list as it was written before there was `StrEnum`."""

    RED = "draft"


class Amount(Decimal):
    """A number that is more than a number, and shows itself otherwise."""

    def __str__(self) -> str:
        """As a price tag."""
        return f"{super().__str__()} EUR"

    __repr__ = __str__


class Loud(str):
    """A text that shows itself otherwise."""

    __slots__ = ()

    def __str__(self) -> str:
        """In capitals."""
        return self.upper()


def deep(depth: int) -> Any:
    """A list in a list in a list."""
    value: Any = []
    for _ in range(depth):
        value = [value]
    return value


def endless() -> Any:
    """A list that holds itself."""
    value: list[Any] = []
    value.append(value)
    return value


VALUES: dict[str, Any] = {
    "none": None,
    "nought": 0,
    "three": 3,
    "below": -1,
    "truth": True,
    "half": 1.5,
    "not a number": float("nan"),
    "infinite": float("inf"),
    "signalling": Decimal("sNaN"),
    "huge": 10**400,
    "very huge": 10**5000,  # Python refuses to write it in decimals
    "huge decimal": Decimal("1E+999999"),
    "tiny decimal": Decimal("1E-999999"),
    "minus nought": Decimal("-0.0"),
    "complex": 1j,
    "empty": "",
    "blank": " \t\u2003",
    "padded": " words ",
    "half a character": "\ud800",
    "nul": "\x00",
    "format": "{by} %s {0} {",
    "long": "x" * 10_001,
    "digits of others": "²",
    "a text and more": Text("draft"),
    "bytes": b"words",
    "byte array": bytearray(b"words"),
    "list": [],
    "list of nothing": [None],
    "tuple": (),
    "tuple of numbers": (1, 2.5),
    "set": {1},
    "dict": {},
    "dict of numbers": {1: 2},
    "dict of half": {"\ud800": "\ud800"},
    "dict of words": {"id": "x", "kind": "time", "text": "words", "from": "2026-03-02", "nonsense": {}},
    "mapping": UserDict({"id": "x"}),
    "frozen": frozendict({"a": object()}),
    "deep": deep(2_000),
    "endless": endless(),
    "object": object(),
    "class": str,
    "function": len,
    "lambda": lambda: "words",
    "generator": (n for n in range(3)),
    "ellipsis": ...,
    "other word": Colour.RED,
    "day": date(2026, 3, 2),
    "first day": date.min,
    "last day": date.max,
    "naive moment": datetime(2026, 3, 2, 12),
    "first moment": datetime.min.replace(tzinfo=UTC),
    "last moment": datetime.max.replace(tzinfo=UTC),
    "first moment in the east": datetime.min.replace(tzinfo=EAST),
    "last moment in the west": datetime.max.replace(tzinfo=timezone(-timedelta(hours=23, minutes=59))),
    "moment in a zone": datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Stockholm"), fold=1),
    "moment and more": Moment(2030, 3, 2, tzinfo=UTC),
    "moment nowhere": datetime(2026, 3, 2, tzinfo=Nowhere()),
    "frozen moment": FrozenMoment(2026, 3, 2, 12, tzinfo=UTC),
    "frozen day": FrozenDay(2026, 3, 2),
    "no moment": NoMoment(2026, 3, 2, tzinfo=UTC),
    "tagged word": Tagged.RED,
    "loud": Loud("draft"),
    "amount and more": Amount("0.50"),
    "unseen": "\u200b",
    "turned round": "a\u202eb",
    "length of time": timedelta(1),
    "error": ValueError("no"),
    "array of no dimension": NoDimension(),
    "closed file": shut(),
}
"""Values that no act and no field may choke on, by what they are."""

PLAIN: dict[str, Any] = {
    "none": None, "nought": 0, "three": 3, "below": -1, "truth": True, "half": 1.5, "whole": 2.0, "decimal": Decimal("1.5"),
    "fine": Decimal("1E-15"), "too fine": Decimal("1E-16"), "large": Decimal("1E+15"), "minus nought": Decimal("-0.0"),
    "not a number": float("nan"), "infinite": float("inf"), "huge": 10**400, "beyond": 2**63, "exponent": Decimal("1E+400"),
    "empty": "", "blank": " \t\u2003", "padded": " words ", "half a character": "\ud800", "nul": "\x00",
    "long": "x" * 10_001, "word": "draft", "no": "false", "date": "2026-03-02", "no follow-up date is given": "2026-02-30",
    "moment": "2026-03-02T12:00:00Z", "naive": "2026-03-02T12:00:00", "offset": "2026-03-02T12:00:00.123456-23:59",
    "midnight": "2026-03-02T00:00:00+00:00", "list": [], "list of nothing": [None], "words": ["a", "b"], "dict": {},
    "dict of half": {"\ud800": "\ud800"}, "dict of words": {"id": "x", "kind": "time", "text": "words", "from": "2026-03-02"},
    "deep": deep(50), "number as text": "1.5", "huge exponent as text": "1e999999999",
}  # fmt: skip
"""Those that can stand in a document."""


def as_json(value: Any) -> str:
    """A document as text, whatever is in it; numbers as they are, `NaN` and `Infinity` as careless writers write them."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{_key(str(k))}:{as_json(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(as_json, value)) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value)


_key = cache(json.dumps)

MILLION = 10**6
MANY = 2_000  # findings of one document: enough that a quadratic way would be felt


def first(member: str) -> Callable[[bytes], str]:
    """Put a member before all others of a document."""
    return lambda good: "{" + member + "," + good.decode()[1:]


def last(member: str) -> Callable[[bytes], str]:
    """Put a member after all others of a document, where it counts whatever stands before."""
    return lambda good: good.decode()[:-1] + "," + member + "}"


def changed(old: str, new: str) -> Callable[[bytes], str]:
    """Change a piece of a document."""

    def change(good: bytes) -> str:
        assert old in good.decode()
        return good.decode().replace(old, new, 1)

    return change


DOCUMENTS: dict[str, Callable[[bytes], Any]] = {
    "nothing": lambda _: b"",
    "blanks": lambda _: b" \n ",
    "null": lambda _: b"null",
    "number": lambda _: b"3",
    "text": lambda _: b'"goal"',
    "list": lambda _: b"[]",
    "list of records": lambda good: b"[" + good + b"]",
    "empty object": lambda _: b"{}",
    "not JSON": lambda _: b"goal: yes",
    "single quotes": lambda good: good.replace(b'"', b"'"),
    "truncated": lambda good: good[:-1],
    "half": lambda good: good[: len(good) // 2],
    "two": lambda good: good + good,
    "trailing comma": lambda good: good[:-1] + b",}",
    "comment": lambda good: good + b" // thanks",
    "not UTF-8": lambda good: good.replace(b'"id":"', b'"id":"\xff', 1),
    "UTF-16": lambda good: good.decode().encode("utf-16"),
    "byte order mark": lambda good: b"\xef\xbb\xbf" + good,
    "escaped half character": changed('"id":"', '"id":"\\ud800'),
    "half character": changed('"id":"', '"id":"\ud800'),
    "control character": changed('"id":"', '"id":"\x01'),
    "NaN": first('"keep_until":NaN'),
    "infinity": first('"colour":Infinity'),
    "huge number": first('"colour":' + "9" * 10_000),
    "huge exponent": first('"colour":1e999999999'),
    "huge revision": changed('"revision":', '"revision":1e400,"n":'),
    "unknown field": first('"colour":"red"'),
    "unknown field of digits": first('"²":1'),
    "unknown half field": first('"\\ud800":1'),
    "unknown blank field": first('"":1'),
    "unknown field with braces": first('"{kind}":1'),
    "field of Python": first('"__class__":"str"'),
    "no type": changed('"type":', '"typ":'),
    "other type": changed('"type":"', '"type":"x'),
    "type of number": lambda _: b'{"type":3,"schema":1}',
    "type of list": lambda _: b'{"type":["goal"],"schema":1}',
    "no schema": changed('"schema":1,', ""),
    "later schema": changed('"schema":1', '"schema":2'),
    "schema of text": changed('"schema":1', '"schema":"1"'),
    "schema of truth": changed('"schema":1', '"schema":true'),
    "no history": changed('"history":', '"histories":'),
    "history of nothing": changed('"history":[', '"history":[null,'),
    "deep": lambda _: "[" * MILLION + "]" * MILLION,
    "deep and open": lambda _: b"[" * MILLION,
    "deep objects": lambda _: '{"a":' * MILLION + "1" + "}" * MILLION,
    "deep field": first('"keep_until":' + "[" * 5_000 + "]" * 5_000),
    "deep extra": first('"extra":{"a":' + "[" * 500 + "]" * 500 + "}"),
    "a million letters": changed('"id":"', '"id":"' + "x" * MILLION),
    "a million unknown letters": first('"' + "x" * MILLION + '":1'),
    "a million numbers": lambda _: "[" + "1," * MILLION + "1]",
    "many entries": changed('"history":[', '"history":[' + "1," * MANY),
    "many extras": last('"extra":{' + ",".join(f'"{n}":[]' for n in range(MANY)) + "}"),
    "many fields": first(",".join(f'"f{n}":1' for n in range(MANY))),
    "none": lambda _: None,
    "integer": lambda _: 3,
    "object": lambda _: object(),
    "words": lambda _: "{",
}
"""Documents that must be refused, each made from a good one."""
