"""What a hostile or careless caller sends: values of every wrong type, and documents that are none."""

import json
from collections import UserDict
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from enum import Enum
from typing import Any
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
    "length of time": timedelta(1),
    "error": ValueError("no"),
}
"""Values that no act and no field may choke on, by what they are."""

PLAIN: dict[str, Any] = {
    "none": None, "nought": 0, "three": 3, "below": -1, "truth": True, "half": 1.5, "whole": 2.0, "decimal": Decimal("1.5"),
    "fine": Decimal("1E-15"), "too fine": Decimal("1E-16"), "large": Decimal("1E+15"), "minus nought": Decimal("-0.0"),
    "not a number": float("nan"), "infinite": float("inf"), "huge": 10**400, "beyond": 2**63, "exponent": Decimal("1E+400"),
    "empty": "", "blank": " \t\u2003", "padded": " words ", "half a character": "\ud800", "nul": "\x00",
    "long": "x" * 10_001, "word": "draft", "no": "false", "date": "2026-03-02", "no date": "2026-02-30",
    "moment": "2026-03-02T12:00:00Z", "naive": "2026-03-02T12:00:00", "offset": "2026-03-02T12:00:00.123456-23:59",
    "midnight": "2026-03-02T00:00:00+00:00", "list": [], "list of nothing": [None], "words": ["a", "b"], "dict": {},
    "dict of half": {"\ud800": "\ud800"}, "dict of words": {"id": "x", "kind": "time", "text": "words", "from": "2026-03-02"},
    "deep": deep(50), "number as text": "1.5", "huge exponent as text": "1e999999999",
}  # fmt: skip
"""Those that can stand in a document."""


def as_json(value: Any) -> str:
    """A document as text, whatever is in it; numbers as they are, `NaN` and `Infinity` as careless writers write them."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(str(k))}:{as_json(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(as_json, value)) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value)


MILLION = 10**6
MANY = 10**4  # findings of one document


def documents(good: bytes) -> dict[str, Any]:
    """Documents that must be refused, made from a good one."""
    text = good.decode()
    body = text[1:]
    return {
        "nothing": b"",
        "blanks": b" \n ",
        "null": b"null",
        "number": b"3",
        "text": b'"goal"',
        "list": b"[]",
        "list of records": b"[" + good + b"]",
        "empty object": b"{}",
        "not JSON": b"goal: yes",
        "single quotes": text.replace('"', "'"),
        "truncated": good[:-1],
        "half": good[: len(good) // 2],
        "two": good + good,
        "trailing comma": good[:-1] + b",}",
        "comment": good + b" // thanks",
        "not UTF-8": good.replace(b'"id":"', b'"id":"\xff'),
        "UTF-16": text.encode("utf-16"),
        "byte order mark": b"\xef\xbb\xbf" + good,
        "escaped half character": text.replace('"id":"', '"id":"\\ud800'),
        "half character": text.replace('"id":"', '"id":"\ud800'),
        "control character": text.replace('"id":"', '"id":"\x01'),
        "NaN": '{"keep_until":NaN,' + body,
        "infinity": '{"revision":Infinity,' + body.replace('"revision"', '"revision2"'),
        "huge number": '{"n":' + "9" * 10_000 + "," + body,
        "huge exponent": '{"n":1e999999999,' + body,
        "huge revision": text.replace('"revision":', '"revision":1e400,"n":'),
        "unknown field": '{"colour":"red",' + body,
        "unknown field of digits": '{"²":1,' + body,
        "unknown half field": '{"\\ud800":1,' + body,
        "unknown blank field": '{"":1,' + body,
        "a million unknown letters": '{"' + "x" * MILLION + '":1,' + body,
        "no type": text.replace('"type":', '"typ":'),
        "other type": text.replace('"type":"', '"type":"x'),
        "type of number": '{"type":3}',
        "type of list": '{"type":["goal"],"schema":1}',
        "later schema": text.replace('"schema":1', '"schema":2'),
        "schema of text": text.replace('"schema":1', '"schema":"1"'),
        "schema of truth": text.replace('"schema":1', '"schema":true'),
        "deep": "[" * MILLION + "]" * MILLION,
        "deep and open": "[" * MILLION,
        "deep objects": '{"a":' * MILLION + "1" + "}" * MILLION,
        "deep field": '{"keep_until":' + "[" * 5_000 + "]" * 5_000 + "," + body,
        "deep extra": '{"extra":{"a":' + "[" * 500 + "]" * 500 + "}," + body,
        "a million letters": text.replace('"id":"', '"id":"' + "x" * MILLION),
        "a million numbers": "[" + "1," * MILLION + "1]",
        "many entries": '{"history":[' + "1," * MANY + "1]," + body.replace('"history"', '"history2"'),
        "many extras": '{"extra":{' + ",".join(f'"{n}":[]' for n in range(MANY)) + "}," + body,
        "no history": text.replace('"history":', '"histories":'),
        "empty history": '{"history":[],' + body.replace('"history"', '"extra"').replace('"extra":[', '"extra2":['),
        "none": None,
        "integer": 3,
        "object": object(),
        "words": "{",
    }
