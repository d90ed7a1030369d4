"""From words to the JSON of a value, by the field that takes it: text, word of a list, number, yes or no, day, moment.

What a field asks for is asked here, once for each text, by the checks of the kernel.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import cast
from zoneinfo import ZoneInfo

import msgspec
from attrs import frozen

from coaching.bulk.dates import Dates, Unread
from coaching.bulk.reading.faults import B041, B042, B043, Slip
from coaching.kernel.checking import FAULTY, Check, Faults
from coaching.kernel.compiling import MISSING, quick
from coaching.kernel.constraints import TIMES, V003, V012, Word, at_rest
from coaching.kernel.fields import Field, field_of
from coaching.kernel.rules import Choice, brief

encode = msgspec.json.Encoder(decimal_format="number").encode


@frozen
class Doubted:
    """A value with what is doubtful about it."""

    json: bytes
    slips: tuple[Slip, ...]


Took = bytes | Slip | Doubted
Take = Callable[[str], Took]


def taking(field: Field, check: Check, dates: Dates | None, decimal: str) -> Take:
    """Make what turns a text into the JSON of a value of a field. `check` is the kernel's, of one item."""
    if field.kind in TIMES and dates is not None:
        return _day(dates) if field.kind is TIMES[0] else _moment(dates)
    if field.is_choice:
        return _word(field)
    if field.kind is bool:
        return _yes_or_no
    if field.kind in {int, Decimal}:
        return _number(field.kind, check, decimal)
    return _text(field, check)


_ONE_LINE = frozenset(field_of("", Word).constraints)
"""What a name or a title must be: blanks and ends of lines within one are how an export writes it."""


# --- texts -----------------------------------------------------------------------------------------------------------


def _text(field: Field, check: Check) -> Take:
    fits = quick(field.kind, field.constraints)
    in_one_line = _ONE_LINE.issubset(field.constraints)

    def text(said: str) -> Took:
        if in_one_line:
            said = " ".join(said.split())
        return _checked(check, said, said) if fits(said) is MISSING else encode(said)

    return text


def _checked(check: Check, value: object, as_json: object) -> Took:
    faults = Faults()
    return Slip.of(faults.found[0]) if check(value, "", faults) is FAULTY else encode(as_json)


def _word(field: Field) -> Take:
    words = [*map(str, cast("type[Choice]", field.kind))]
    known = {it.casefold(): encode(it) for it in words}

    def word(said: str) -> Took:
        found = known.get(said.casefold())
        if found is None:
            return Slip.over(V012, "{value} is none of: {known}", value=brief(said), known=", ".join(words))
        return found

    return word


_BOTH = {"true": b"true", "yes": b"true", "1": b"true", "false": b"false", "no": b"false", "0": b"false"}


def _yes_or_no(said: str) -> Took:
    found = _BOTH.get(said.casefold())
    return Slip.over(B042, "{value} is neither yes nor no", value=brief(said)) if found is None else found


# --- numbers ---------------------------------------------------------------------------------------------------------

_SPACES = " \u00a0\u202f\u2009'\u2019"
"""What stands between thousands and nowhere before decimals."""


def _number(kind: type, check: Check, decimal: str) -> Take:
    others = re.escape(_SPACES + ("," if decimal == "." else "."))
    dot = re.escape(decimal)
    grouped = re.compile(
        rf"([+-]?)([0-9]{{1,3}}(?:([{others}])[0-9]{{3}})(?:\3[0-9]{{3}})*|[0-9]+)(?:{dot}([0-9]*))?"
    ).fullmatch

    def number(said: str) -> Took:
        found = grouped(said.replace("\u2212", "-"))
        if found is None:
            what = "{value} is no number with {kind} before its decimals"
            return Slip.over(B041, what, value=brief(said), kind=f"'{decimal}'")
        sign, whole, between, rest = found.groups(default="")
        if decimal == "." and between == "," and not rest and whole.count(",") == 1:
            thousands, decimals = f"{sign}{whole.replace(',', '')}", f"{sign}{whole.replace(',', '.')}"
            what = "{value} is two numbers: a thousand, {one}, or with decimals, {other}"
            return Slip.over(B041, what, value=brief(said), one=thousands, other=decimals)
        if between:
            whole = whole.replace(between, "")
        if kind is int:
            if rest.strip("0"):
                return Slip.over(B041, "{value} has decimals, and a whole number is asked for", value=brief(said))
            rest = ""
        value = Decimal(f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}")
        if kind is int and len(whole) > LONGEST:
            return Slip.over(B041, "{value} has more digits than any number that is meant", value=brief(said))
        return _checked(check, int(value) if kind is int else value, Decimal(f"{value:f}"))

    return number


LONGEST = 100  # digits of a whole number that are looked at


# --- days and moments ------------------------------------------------------------------------------------------------


def _day(dates: Dates) -> Take:
    def day(said: str) -> Took:
        found = dates.read(said)
        if found is None:
            return b""
        if isinstance(found, Unread):
            return Slip.of_dates(found)
        json = b'"%b"' % found.isoformat().encode()
        doubts = dates.doubts(said)
        return Doubted(json, tuple(map(Slip.of_dates, doubts))) if doubts else json

    return day


def _moment(dates: Dates) -> Take:
    zone = None if dates.zone is None else ZoneInfo(dates.zone)

    def moment(said: str) -> Took:
        found = dates.written(said)
        if found is None:
            return b""
        if isinstance(found, Unread):
            return Slip.of_dates(found)
        if not isinstance(found, TIMES[1]):
            return Slip.over(B043, "{value} is a day, and says no time", value=brief(said))
        if found.tzinfo is not None:
            return encode(at_rest(found))
        if zone is None:
            return Slip.over(V003, "{value} has no offset from UTC; say the zone of the column", value=brief(said))
        return _local(found, zone, said)

    return moment


def _local(found: datetime, zone: ZoneInfo, said: str) -> Took:
    """Give the moment at which clocks of a zone showed a time; the first of two."""
    local = found.replace(tzinfo=zone, fold=0)
    try:
        again = local.astimezone(UTC).astimezone(zone)
    except OverflowError:
        return Slip.over(B043, "{value} is on the first day there is, or the last", value=brief(said))
    json = encode(at_rest(local))
    if again.replace(tzinfo=None, fold=0) != found:
        return Slip.over(B043, "{value} is a time that clocks skipped", value=brief(said))
    if local.utcoffset() == local.replace(fold=1).utcoffset():
        return json
    twice = Slip.over(B043, "{value} is a time that clocks showed twice; the first is taken", value=brief(said))
    return Doubted(json, (twice.light,))
