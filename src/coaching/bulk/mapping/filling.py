"""Filling: whether the fields of a record or part are filled so that it can be made, by its model.

Read top to bottom: the fields of one table, one field, one column, what nothing fills. Whether a table is a column or a
part follows from the field: what holds parts takes parts.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from typing import Any

import attrs
from frozendict import frozendict

from coaching.bulk.dates import Dates
from coaching.bulk.mapping.classes import WHEN, Column, Filled
from coaching.bulk.mapping.faults import B030, B032, B033, Wrong, near, step
from coaching.bulk.mapping.known import BY_ITSELF, FOLLOWS, NEEDED, NEVER
from coaching.bulk.mapping.structuring import structured
from coaching.formats.mirror import read_leaf
from coaching.kernel.checking import Faults, check_of
from coaching.kernel.classes import build
from coaching.kernel.constraints import TIMES
from coaching.kernel.fields import Field, by_key, fields_of
from coaching.kernel.record import Record
from coaching.kernel.rules import Choice, Rejected, brief

Fields = Mapping[str, Filled]

BY = ("id", "name", "either")
MISSING = ("leave_out", "reject", "keep")
FAULTY = Column()
"""Stands for a field of which what is wrong is noted: nobody says besides that nothing fills it."""
_DATED = ("formats", "order", "pivot", "zone", "first", "open_end")


# --- the fields of one table -----------------------------------------------------------------------------------------


def filled(
    given: Any, cls: type, of: str, path: str, wrong: Wrong, defaults: Column, *, listed: bool = False
) -> Fields:
    """Read how the fields of a record or part are filled. What cannot be read is noted, and stands there as said.

    `of` says what it is: `a person`, `one of its managers`; `listed` whether it stands in a list of parts.
    """
    fields, found = fillable(cls), dict[str, Filled]()
    beside = () if issubclass(cls, Record) else (WHEN,)
    if not isinstance(given, Mapping):
        what = "{value} is no table of fields; {of} is made of {known}"
        wrong.add(B030, path, what, value=brief(given), of=of, known=", ".join(fields))
        return dict.fromkeys(fields, FAULTY)
    meant = set[str]()
    for key, it in given.items():
        place = step(path, key)
        if key in fields:
            found[key] = _filled(fields[key], it, place, wrong, defaults, listed=listed)
        elif key in beside:
            found[key] = _when(it, place, wrong)
        else:
            wrong.unknown(place, key, (*fields, *beside), f"field of {of}")
            meant.add(near(key, fields) or "")
    return frozendict({**dict.fromkeys(meant & fields.keys(), FAULTY), **found})


def fillable(cls: type) -> dict[str, Field]:
    """Give the fields that a mapping may fill, by their names in documents."""
    fields = by_key(fields_of(cls).values())
    return {key: it for key, it in fields.items() if not (issubclass(cls, Record) and key in NEVER)}


# --- one field -------------------------------------------------------------------------------------------------------


def _filled(field: Field, given: Any, path: str, wrong: Wrong, defaults: Column, *, listed: bool) -> Filled:
    if field.holds_parts and field.many:
        items = given if isinstance(given, (list, tuple)) else [given]
        of = f"one of its {field.key}"
        return tuple(
            [filled(it, field.kind, of, step(path, i), wrong, defaults, listed=True) for i, it in enumerate(items)]
        )
    if field.holds_parts:
        return filled(given, field.kind, f"its {field.key}", path, wrong, defaults, listed=listed)
    if field.kind is not frozendict:
        return _column(field, given, path, wrong, defaults, listed=listed)
    if not isinstance(given, Mapping):
        wrong.add(B030, path, '{value} is no table of names, such as {{ hr = "Staff no" }}', value=brief(given))
        return FAULTY
    return frozendict({str(name): _column(None, it, step(path, name), wrong, defaults) for name, it in given.items()})


def _when(given: Any, path: str, wrong: Wrong) -> tuple[str, ...]:
    """Read the headers of which one has to say something, or the part is left out."""
    headers = (given,) if isinstance(given, str) else tuple(given) if isinstance(given, (list, tuple)) else ()
    if not headers or not all(isinstance(it, str) and it.strip() for it in headers):
        wrong.add(B030, path, "{value} is no header, and no list of headers", value=brief(given))
        return ()
    return headers


# --- one column ------------------------------------------------------------------------------------------------------


def _column(
    field: Field | None, given: Any, path: str, wrong: Wrong, defaults: Column, *, listed: bool = False
) -> Column:
    if not isinstance(given, (str, Mapping)):
        what = "{value} is no header, and no table such as {{ column = ... }} or {{ value = ... }}"
        wrong.add(B030, path, what, value=brief(given))
        return FAULTY
    column = structured(given, Column, path, wrong)
    if column is None:
        return FAULTY
    _check_itself(column, path, wrong)
    check_days(field, column, path, wrong, defaults)
    if field is not None:
        _check_words(field, column, path, wrong, listed=listed)
    return column


def _check_itself(column: Column, path: str, wrong: Wrong) -> None:
    """Say where what is said of a column does not agree."""
    said = [name for name in ("column", "template", "value") if getattr(column, name) not in ((), None)]
    if len(said) != 1:
        what = "says {both}, and only one can fill it" if said else "says neither column nor template nor value"
        wrong.add(B033, path, what, both=" and ".join(said))
    if any(not it.strip() for it in column.column):
        wrong.add(B033, step(path, "column"), "a header that is blank")
    if column.template is not None:
        _check_template(column.template, step(path, "template"), wrong)
    if column.value is not None and column.default is not None:
        wrong.add(B033, step(path, "default"), "is never asked for, since value always says something")
    if column.join is not None and len(column.column) == 1:
        wrong.add(B033, step(path, "join"), "joins several headers, and column names one")
    if column.others and not column.values:
        wrong.add(B033, step(path, "others"), "speaks of texts that values does not name, and there are no values")
    check_words_of_all(column, path, wrong)


def _check_template(template: str, path: str, wrong: Wrong) -> None:
    rest = re.sub(r"\{[^{}]+\}", "", template)
    if "{" in rest or "}" in rest:
        wrong.add(B033, path, "{value} has a brace without its other", value=brief(template))
    elif rest == template:
        wrong.add(B033, path, "{value} names no header in braces; say value, if it always says so", value=brief(rest))


def check_words_of_all(column: Column, path: str, wrong: Wrong) -> None:
    """Say what is wrong with the words that may stand in a column, and in what holds for all."""
    for name, known, kind in (("by", BY, "way to refer"), ("missing", MISSING, "way to go on")):
        word = getattr(column, name)
        if word is not None and word not in known:
            wrong.unknown(step(path, name), word, known, kind)
    if len(column.decimal) != 1 or column.decimal.isalnum():
        what = "{value} is no sign before the decimals of a number"
        wrong.add(B033, step(path, "decimal"), what, value=brief(column.decimal))
    if column.split == "":
        wrong.add(B033, step(path, "split"), "is empty, and parts nothing")


def check_days(field: Field | None, column: Column, path: str, wrong: Wrong, defaults: Column) -> None:
    """Say what is wrong with how a column writes its days; or that it says so where there are none."""
    if field is None or field.kind in TIMES:
        whole = column.under(defaults)
        try:
            Dates(**{name: getattr(whole, name) for name in (*_DATED, "nulls")})
        except Rejected as refusal:
            said = {it.name for it in attrs.fields(Column) if getattr(column, it.name) != it.default}
            own = [it for it in refusal.findings if re.split(r"\W", it.path)[0] in said]
            wrong.take(own, path)
        return
    for it in attrs.fields(Column):
        if it.name in _DATED and getattr(column, it.name) != it.default:
            what = "says how days are written, and {field} is no day"
            wrong.add(B033, step(path, it.name), what, field=field.key)


def _check_words(field: Field, column: Column, path: str, wrong: Wrong, *, listed: bool) -> None:
    """Say which of the values that stand in the mapping itself its field does not take."""
    if column.split is not None and not (field.many or listed):
        wrong.add(B033, step(path, "split"), "parts the items of a list, and {field} is none", field=field.key)
    named = column.by not in {None, "id"}  # a name or an id of another system: what it comes to is told with the rows
    check = check_of(field.item, build)
    places: list[tuple[str, Any]] = [] if named else [("value", column.value), ("default", column.default)]
    for name, given in places:
        if given is None:
            continue
        many = field.many and isinstance(given, (list, tuple))
        for i, it in enumerate(given if many else (given,)):
            _check_word(field, it, step(step(path, name), i) if many else step(path, name), wrong, check)
    meant: dict[str, tuple[str, Any]] = {}
    for text, it in column.values.items():
        other, same = meant.setdefault(" ".join(text.split()).casefold(), (text, it))
        if same != it:
            wrong.add(
                B033,
                step(step(path, "values"), text),
                "reads the same as {other}, and stands for another",
                other=brief(other),
            )
    for text, it in () if named else column.values.items():
        _check_word(field, it, step(step(path, "values"), text), wrong, check)


def _check_word(field: Field, given: Any, path: str, wrong: Wrong, check: Any) -> None:
    if issubclass(field.kind, Choice):
        words = [str(it) for it in field.kind]
        if given not in words:
            wrong.unknown(path, given, words, f"word for {field.key}")
        return
    faults = Faults(read_leaf)
    check(given, "", faults)
    for it in faults.found:
        wrong.add(B033, path, "{why}", why=it.message)


# --- what nothing fills ----------------------------------------------------------------------------------------------


def check_whole(kind: str, cls: type, fields: Fields, others: Iterable[str], path: str, wrong: Wrong) -> None:
    """Say what a record cannot do without, and nothing fills. `others` are fields that records of its id fill, too."""
    known = {*fields, *others, *BY_ITSELF.get(kind, ())}
    for key, field in fillable(cls).items():
        if (field.required or key in NEEDED.get(kind, ())) and key not in known:
            wrong.add(B032, step(path, key), "nothing fills it, and a {kind} has one", kind=kind)
    follows = {name: by.partition("[")[0] for name, by in FOLLOWS.get(kind, {}).items()}
    _check_parts(cls, fields, "", path, wrong, {name for name, by in follows.items() if by in fields})


def _check_parts(cls: type, fields: Fields, within: str, path: str, wrong: Wrong, follows: Container[str]) -> None:
    """Say the same of the parts that are filled. `within` is the path in the record, without the numbers of items."""
    for key, field in fillable(cls).items():
        if not field.holds_parts or key not in fields or fields[key] is FAULTY:
            continue
        of = step(within, key) + ("[]" if field.many else "")
        given: Any = fields[key]
        for at, item in placed(given, step(path, key), many=field.many):
            for name, inner in fillable(field.kind).items():
                if inner.required and name not in item and step(of, name) not in follows:
                    whose = f"each of its {key}" if field.many else f"its {key}"
                    wrong.add(B032, step(at, name), "nothing fills it, and {whose} has one", whose=whose)
            _check_parts(field.kind, item, of, at, wrong, follows)


def placed(given: Any, path: str, *, many: bool) -> list[tuple[str, Fields]]:
    """Give each item of what fills a list of parts, or the one part, with its path."""
    return [(step(path, i), it) for i, it in enumerate(given)] if many else [(path, given)]
