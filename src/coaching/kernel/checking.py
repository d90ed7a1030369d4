"""Checking: whether a value is what its field asks for, and what is said where it is not.

Read top to bottom: the collector of faults, the check of a field, the checks of leaves. One walk serves construction
from Python and explains refused documents; a document only says besides how a leaf is read. What is of a class of its
own (a clock of a test, a safe string, an enumeration of words) is taken by its value, or refused: V015.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Context, Decimal
from typing import Any, NoReturn, Self

from annotated_types import Interval, Len
from frozendict import frozendict

from coaching.kernel.compiling import MISSING, quick
from coaching.kernel.constraints import (
    FINEST,
    LARGEST,
    LONGEST,
    TIMES,
    V002,
    V003,
    V005,
    V012,
    V015,
    WRITTEN,
    at_rest,
    finest,
)
from coaching.kernel.fields import Constraint, Field, field_of
from coaching.kernel.rules import Choice, Finding, Rejected, Rule, breach, brief, finding, template

Read = Callable[[type, object], object]
Part = Callable[[type, object, str, "Faults"], object]
Quick = Callable[[type, Sequence[object]], Sequence[object]]
Check = Callable[[object, str, "Faults"], object]


class _Faulty:
    """Stands for a value that was refused while the rest is still looked at."""

    def __repr__(self) -> str:
        return "FAULTY"


FAULTY = _Faulty()


class Faults:
    """Collects what is wrong, with its place.

    `read` turns a document's leaf into a value; `quick` takes parts of a document the quick way, and leaves as they are
    those that must be looked at field by field. Both are None outside documents.
    """

    __slots__ = ("found", "quick", "read")

    def __init__(self, read: Read | None = None, quick: Quick | None = None) -> None:
        self.found: list[Finding] = []
        self.read = read
        self.quick = quick

    def add(self, rule: Rule, path: str, message: str, **params: object) -> object:
        """Note a fault and stand in for the value."""
        self.found.append(finding(rule, breach(message, path, **params)))
        return FAULTY

    def about(self, key: tuple[str, str] | None) -> list[Finding]:
        """Give the findings, said of a record."""
        return [f.about(key) for f in self.found]

    def refuse(self, what: str) -> None:
        """Raise what was found, if anything was.

        Raises:
            Rejected: Over every fault.
        """
        if self.found:
            raise Rejected(what, self.found)


def no_such(rule: Rule, what: str, path: str, wrong: object, **params: object) -> NoReturn:
    """Refuse a question that is asked about the wrong thing.

    Raises:
        Rejected: Always: over the rule, which is V015 for the wrong type.
    """
    raise Rejected(what, [finding(rule, breach("{value} is no {kind}", path, value=brief(wrong), **params))])


def each_of(values: object) -> Iterator[Any] | None:
    """Begin to go through values; None for what cannot be gone through, whatever it says of itself.

    An array without a dimension says that it can, and so does a file that was closed, or is open for writing.
    """
    if not isinstance(values, Iterable):
        return None
    try:
        readable = getattr(values, "readable", None)
        return None if callable(readable) and not readable() else iter(values)
    except (TypeError, ValueError):
        return None


# --- the check of a field --------------------------------------------------------------------------------------------


def check_of(field: Field, part: Part) -> Check:
    """Make the check of a field: it takes a value, its path and the faults; it gives the value to keep, or FAULTY.

    `part` checks a part of a class of ours, field by field.
    """
    one = _constrained(field, _one(field, part))
    if not field.holds_parts:
        one = _quickly(quick(field.kind, field.constraints), one)
    check = _each(field, one) if field.many else one
    return _optional(check) if field.optional else check


def _quickly(quick: Callable[[object], object], check: Check) -> Check:
    """Give the same check, with a short way for what nearly every value is."""

    def quickly(value: object, path: str, faults: Faults) -> object:
        kept = quick(value)
        return check(value, path, faults) if kept is MISSING else kept

    return quickly


def check_as(hint: object) -> Check:
    """Make the check of an annotation without parts, for a value that stands alone.

    >>> faults = Faults()
    >>> check_as(int)("7", "n", faults), faults.found[0].message
    (FAULTY, "'7' is no whole number")
    """
    return check_of(field_of("", hint), _no_part)


def _no_part(kind: type, _value: object, _path: str, _faults: Faults) -> object:
    raise TypeError(kind)


def _one(field: Field, part: Part) -> Check:
    if field.kind in _LEAVES:
        return _LEAVES[field.kind]
    if field.is_choice:
        return _choice(field.kind)
    kind = field.kind
    return lambda value, path, faults: part(kind, value, path, faults)


def _constrained(field: Field, check: Check) -> Check:
    words = V002 in field.rules  # what somebody said is shown in no message
    tests = tuple(_test(m, words=words) for m in field.constraints)
    if not tests or check is _moment:  # which asks for the offset itself
        return check
    rule = (V015, *field.rules)[-1]  # the field's own rule speaks before the alias's

    def constrained(value: object, path: str, faults: Faults) -> object:
        kept = check(value, path, faults)
        if kept is FAULTY:
            return kept
        for test in tests:
            wrong = test(kept)
            if wrong is not None:
                message, params = wrong
                shown = {} if words else {"value": brief(kept)}
                return faults.add(rule, path, message, **shown, **params)
        return kept

    return constrained


Wrong = tuple[str, dict[str, object]]


def _test(constraint: Constraint, *, words: bool) -> Callable[[object], Wrong | None]:
    """Give what is wrong with a value, as a template and its params."""
    if isinstance(constraint, Len):
        least, most = constraint.min_length, constraint.max_length or LONGEST
        return lambda value: _length(value, least, most, words=words)
    if isinstance(constraint, Interval):
        low, high = constraint.ge, constraint.le
        return lambda value: _within(value, low, high)
    func, wrong = constraint.func, constraint.wrong
    return lambda value: None if func(value) else (wrong, {})


def _within(value: Any, low: Any, high: Any) -> Wrong | None:
    """Tell of a number, whose type was checked before."""
    return None if low <= value <= high else (OUTSIDE, {"low": low, "high": high})


def _length(value: Any, low: int, high: int, *, words: bool) -> Wrong | None:
    """Tell of a text or a list, whose type was checked before."""
    n = len(value)
    if low <= n <= high:
        return None
    if not n:
        return (EMPTY_TEXT if words else EMPTY), {}
    return (TOO_LONG_TEXT if words else TOO_LONG), {"n": n, "low": low, "high": high}


OUTSIDE = template("{value} is not from {low} to {high}")
EMPTY, EMPTY_TEXT = template("{value} is empty"), template("the text is empty")
TOO_LONG = template("{value} has {n} characters, not {low} to {high}")
TOO_LONG_TEXT = template("the text has {n} characters, not {low} to {high}")


def _optional(check: Check) -> Check:
    return lambda value, path, faults: None if value is None else check(value, path, faults)


def _each(field: Field, check: Check) -> Check:
    whole = frozenset({field.kind}) if field.holds_parts else frozenset()

    def each(value: object, path: str, faults: Faults) -> object:
        if type(value) is tuple and whole and whole.issuperset(map(type, value)):
            return value
        if not isinstance(value, (tuple, list)):
            return faults.add(V015, path, "{value} is no list", value=brief(value))
        if not value:
            return ()
        taken = value if faults.quick is None or not whole else faults.quick(field.kind, value)
        kept = tuple([v if type(v) in whole else check(v, f"{path}[{i}]", faults) for i, v in enumerate(taken)])
        return FAULTY if any(v is FAULTY for v in kept) else kept

    return each


def _choice(words: type) -> Check:
    listed: list[Choice] = list(words)  # type: ignore[call-overload]  # an enumeration
    known: dict[str, Choice] = {word.value: word for word in listed}
    said = ", ".join(known)

    def choice(value: object, path: str, faults: Faults) -> object:
        word = known.get(text_of(value)) if isinstance(value, str) else None
        if word is None:
            return faults.add(V012, path, "{value} is none of: {known}", value=brief(value), known=said)
        return word

    return choice


# --- leaves ----------------------------------------------------------------------------------------------------------


def text_of(text: str) -> str:
    """Give the text itself, of whatever class it is, or that something stands for."""
    if type(text) is str:
        return text
    return str.__str__(text) if issubclass(type(text), str) else str(text)


_WRITTEN = re.compile(r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)?)?", re.ASCII)


def _there_is_none(kind: type, value: object) -> bool:
    """Tell whether a text is written as a day or moment is, and no calendar or clock has it: 30 February."""
    if kind not in WRITTEN or not isinstance(value, str) or not _WRITTEN.fullmatch(value):
        return False
    try:
        TIMES[1].fromisoformat(value.upper())
    except ValueError:
        return True
    return False


def _leaf(kind: type, named: str, accept: Callable[[object], object]) -> Check:
    """Make a check for one type: `accept` gives the value to keep or FAULTY; a document may have text or number."""

    def leaf(value: object, path: str, faults: Faults) -> object:
        kept, why = accept(value), ""
        if kept is FAULTY and faults.read is not None:
            try:
                kept = accept(faults.read(kind, value))
            except ValueError as no:
                why = str(no)
        if kept is not FAULTY:
            return kept
        said = {"value": brief(value), "kind": named}
        if _there_is_none(kind, value):
            return faults.add(V015, path, "there is no {kind} {value}", **said)
        if why:
            return faults.add(V015, path, "{value} is no {kind}: {why}", **said, why=why)
        if kind in WRITTEN and isinstance(value, str):  # a page's `datetime-local`, perhaps
            what = "{value} is no {kind} but a text; a form or document writes one as {how}"
            return faults.add(V015, path, what, **said, how=WRITTEN[kind])
        return faults.add(V015, path, "{value} is no {kind}", **said)

    return leaf


def _text(value: object, path: str, faults: Faults) -> object:
    if not isinstance(value, str):
        return faults.add(V015, path, "{value} is no text", value=brief(value))
    text = text_of(value)
    if not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text):
        return faults.add(V002, path, "the text has half a character (a lone surrogate) in it")
    return text


def number_of(value: object) -> Decimal | None:
    """Give a number as a Decimal, as it is written; None for what is none."""
    if issubclass(type(value), Decimal) and isinstance(value, Decimal):
        return value if type(value) is Decimal else Decimal(str(Decimal.__str__(value)))
    if type(value) is int:
        return Decimal(value)
    return Decimal(repr(value)) if type(value) is float else None


def json_number(number: Decimal) -> int | float | str:
    """Give a finite number as one of JSON, for those who write no Decimals; as a text where a float would lose some.

    Documents are read with either, and give the same number.

    >>> json_number(Decimal("0.10")), json_number(Decimal("4")), json_number(Decimal("0.1234567890123456789"))
    (0.1, 4, '0.1234567890123456789')
    """
    if not finest(number):
        return int(number)
    return float(number) if Decimal(repr(float(number))) == number else str(number)


def _day(value: object) -> object:
    day, moment = TIMES
    if type(value) is day:
        return value
    if not isinstance(value, day) or isinstance(value, moment):
        return FAULTY
    try:
        return day(value.year, value.month, value.day)
    except (TypeError, ValueError):
        return FAULTY


def _instant(value: object) -> object:
    """Give a moment of whatever class, by its parts; one that has no parts (a data frame's `NaT`) is none."""
    moment = TIMES[1]
    if type(value) is moment or not isinstance(value, moment):
        return value if isinstance(value, moment) else FAULTY
    try:
        return moment(
            value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond,
            tzinfo=value.tzinfo, fold=value.fold,
        )  # fmt: skip
    except (TypeError, ValueError):
        return FAULTY


class Unclear(str):
    """A time of day without an offset, as a page sends it, that its zone has twice or not at all.

    Whoever reads a page cannot say when it is; the check of a moment refuses it, beside all else that is wrong.

    Attributes:
        zone: The zone by its name.
        offsets: The two that it may have; none where clocks go forward over it.
    """

    __slots__ = ("offsets", "zone")
    offsets: tuple[str, ...]
    zone: str

    def __new__(cls, text: str, zone: str, offsets: tuple[str, ...]) -> Self:
        """Keep all of it."""
        made = super().__new__(cls, text)
        made.zone, made.offsets = zone, offsets
        return made

    def told(self, path: str, faults: Faults) -> object:
        """Note what is wrong with it."""
        said = {"value": TIMES[1].fromisoformat(self), "zone": self.zone}
        if not self.offsets:
            return faults.add(V003, path, "{value} is no time in {zone}: clocks go forward over it", **said)
        first, second = self.offsets
        what = "{value} comes twice in {zone}: with {first} and with {second}"
        return faults.add(V003, path, what, **said, first=first, second=second)


def _moment(value: object, path: str, faults: Faults) -> object:
    if isinstance(value, Unclear):
        return value.told(path, faults)
    kept = _any_moment(value, path, faults)
    if not isinstance(kept, TIMES[1]):
        return kept
    try:
        aware = kept.utcoffset() is not None
    except Exception:  # noqa: BLE001  (a zone is anybody's code)
        return faults.add(V015, path, "{value} has a zone that gives no offset", value=brief(value))
    return at_rest(kept) if aware else faults.add(V003, path, "{value} has no offset from UTC", value=brief(value))


_any_moment = _leaf(TIMES[1], "date and time", _instant)

_LEAVES: dict[type, Check] = {
    str: _text,
    int: _leaf(int, "whole number", lambda v: v if type(v) is int else FAULTY),
    bool: _leaf(bool, "yes or no", lambda v: v if type(v) is bool else FAULTY),
    Decimal: _leaf(Decimal, "number", lambda v: FAULTY if (n := number_of(v)) is None else n),
    TIMES[0]: _leaf(TIMES[0], "date", _day),
    TIMES[1]: _moment,
}


def extra_of(value: object, path: str, faults: Faults) -> object:
    """Give what may stand in `extra`, from any mapping, frozen."""
    if not isinstance(value, Mapping):
        return faults.add(V015, path, "{value} is no mapping of names to values", value=brief(value))
    kept: dict[str, object] = {}
    for name, item in value.items():
        if not isinstance(name, str) or not sound_extra_text(name):
            return faults.add(V015, path, "{value} is no name", value=brief(name))
        kept[text_of(name)] = _scalar(item, f"{path}.{name}", faults)
    return FAULTY if any(v is FAULTY for v in kept.values()) else frozendict(kept)


_LEAVES[frozendict] = extra_of

_EXACT = Context(prec=60)  # wider than any number that may stand here: the caller's own context changes nothing
_ONE_DECIMAL = Decimal("0.0")


def _scalar(value: object, path: str, faults: Faults) -> object:
    if isinstance(value, str):
        text = text_of(value)
        if sound_extra_text(text):
            return text
        return faults.add(V002, path, "the text is too long, or holds a NUL or half a character")
    if value is None or type(value) is bool or (type(value) is int and -LARGEST <= value <= LARGEST):
        return value
    number = None if type(value) is int else number_of(value)
    if number is not None and number.is_finite() and number.copy_abs() < LARGEST and abs(finest(number)) <= FINEST:
        return number if finest(number) else number.quantize(_ONE_DECIMAL, context=_EXACT)
    if type(value) is int or number is not None:
        return faults.add(V005, path, "{value} is not finite or out of range", value=brief(value))
    wanted = "{value} is no text, whole number, decimal, yes or no, or null"
    return faults.add(V015, path, wanted, value=brief(value))


def sound_extra_text(text: str) -> bool:
    """Tell whether a name or text may stand in `extra`: short enough, without NUL and half characters."""
    return (
        len(text) <= LONGEST
        and "\0" not in text
        and (text.isascii() or not any("\ud800" <= c <= "\udfff" for c in text))
    )
