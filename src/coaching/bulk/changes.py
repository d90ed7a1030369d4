"""Changes: what becomes of a record of the book of which the sources say something now.

Read top to bottom: what came of it, a person, any other record. A person changes by dated acts. Any other record is
taken over again as long as nobody acted on it here; then it is left alone, and what differs is told. Nothing is ever
written over, and a line that nothing changes is the very same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import msgspec
from attrs import frozen

from coaching.bulk.differences import B050, B051, Difference, Done, Said, filled_by, left_alone
from coaching.bulk.lives import Life
from coaching.bulk.making import as_told
from coaching.formats.documents import dumps, loads
from coaching.kernel.checking import Faults, check_as
from coaching.kernel.classes import model_of
from coaching.kernel.constraints import V001, V015, Id, Moment, Text
from coaching.kernel.fields import Field
from coaching.kernel.history import acted_here
from coaching.kernel.record import Record
from coaching.kernel.rules import Finding, Rejected, breach, finding
from coaching.records.people import ERASED, Person

__all__ = ["Changed", "Done", "filled_by", "update"]

_id, _moment, _text, _day = check_as(Id), check_as(Moment), check_as(Text), check_as(date)
_reason = check_as(Text | None)

NOT_SAID = frozenset({"id", "state", "revision", "signatures", "history", "extra"})
ASIDE = {"keep_until": "keep", "hold_until": "hold"}


@frozen
class Changed:
    """What came of a record.

    Attributes:
        line: The record as it is now; the very same bytes where nothing changed.
        acts: What was done, in order.
        left: What the sources say otherwise and was left alone, and why.
    """

    line: bytes
    acts: tuple[Done, ...] = ()
    left: tuple[Finding, ...] = ()


def update(
    line: bytes,
    document: bytes,
    *,
    filled: Iterable[str],
    by: str,
    at: datetime,
    on: date,
    source: str,
    reason: str | None = None,
) -> Changed:
    """Say what becomes of a record of the book of which the sources say something now.

    Args:
        line: The record as it stands in the book.
        document: What the sources say of it now: a record without history.
        filled: The paths of the fields that the mapping fills, as `filled_by` gives them: what is filled and does not
            stand in the document is said to be empty. Where nothing below a field is named, what stands there is said.
        by: Who takes it over.
        at: When.
        on: The day on which the sources are read: a change without a day of its own is one of that day.
        source: The other system, in words.
        reason: Where it stood.

    Raises:
        Rejected: What is wrong with `by`, `at`, `on`, `source` and `reason`, V015 for another record than that of the
            line, and what `loads` says of the line.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> anna = Person.register("p-17", "Anna Ek", date(2024, 8, 1), by="hr", at=noon)
    >>> said = b'{"type":"person","schema":1,"id":"p-17","state":"known","name":"Anna Berg"}'
    >>> changed = update(
    ...     dumps(anna), said, filled={"name"}, by="hr", at=noon, on=noon.date(), source="ours.csv", reason="line 2"
    ... )
    >>> [act.told(values=True) for act in changed.acts], loads(changed.line).name
    (["correct name: 'Anna Ek' becomes 'Anna Berg'"], 'Anna Berg')
    """
    faults = Faults()
    who: Any = _id(by, "by", faults)
    when: Any = _moment(at, "at", faults)
    day: Any = _day(on, "on", faults)
    what: Any = _text(source, "source", faults)
    why: Any = _reason(reason, "reason", faults)
    faults.refuse("record: cannot be changed")
    record = loads(line)
    try:
        now = as_told(document, when)
    except Rejected as refusal:
        return Changed(line, left=refusal.findings)
    if now.key != record.key:
        wrong = breach("{other} is not {key}", "document", other=" ".join(now.key), key=" ".join(record.key))
        raise Rejected("record: cannot be changed", [finding(V015, wrong)])
    said = _said(frozenset(filled))
    if isinstance(record, Person) and isinstance(now, Person):
        changed = _lived(record, now, said, by=who, at=when, on=day, why=_in_words(what, why))
    else:
        parsed: Any = msgspec.json.decode(document)
        changed = _again(record, now, parsed, said, by=who, at=when, source=what, reason=why)
    new, acts, left = changed
    return Changed(line if new is record else dumps(new), tuple(acts), tuple(left))


@lru_cache(maxsize=64)  # one for each kind of record of an import
def _said(filled: frozenset[str]) -> Said:
    return Said(filled)


_Outcome = tuple[Record, list[Done], list[Finding]]


def _in_words(source: str, reason: str | None) -> str:
    return source if reason is None or reason.startswith(source) else f"{source}: {reason}"


# --- a person --------------------------------------------------------------------------------------------------------


def _lived(person: Person, now: Person, said: Said, *, by: str, at: datetime, on: date, why: str) -> _Outcome:
    """Do the acts that say what the sources say. Of somebody erased nothing is said again."""
    if person.state is ERASED or now.state is ERASED:
        alike = person.state is now.state
        left = [] if alike else [left_alone(B050, ("state", person.state, now.state), "erased is for good")]
        return person, [], left
    life = Life(person, now, said, by, at, on, why)
    life.go_on()
    new, aside = _beside(life.person, now)
    return new, life.done + aside, life.left


def _beside(record: Any, now: Record) -> tuple[Record, list[Done]]:
    """Set what the house keeps beside the record, and what no field takes."""
    done = [Done("with_extra", *it) for it in _other_extra(record, now)]
    if done:
        record = record.with_extra({**record.extra, **now.extra})
    for name, way in ASIDE.items():
        old, day = getattr(record, name), getattr(now, name)
        if day not in {None, old}:
            done.append(Done(way, name, old, day))
            record = getattr(record, way)(day)
    return record, done


def _other_extra(record: Record, now: Record) -> list[Difference]:
    """Say what no field takes and the sources say otherwise; what they do not say stays."""
    kept = record.extra
    return [(f"extra.{name}", kept.get(name), it) for name, it in now.extra.items() if it != kept.get(name)]


# --- any other record ------------------------------------------------------------------------------------------------


def _again(
    record: Record, now: Record, document: Mapping[str, Any], said: Said, *, by: str, at: datetime, source: str,
    reason: str | None,
) -> _Outcome:  # fmt: skip
    """Take a record over again, or leave it alone where somebody acted on it here."""
    new = {
        name: _merged(name, getattr(record, name), getattr(now, name), document.get(field.key), said)
        for name, field in model_of(type(record)).fields.items()
        if name not in NOT_SAID and (field.key in document or field.key in said.filled)
    }
    differences: list[Difference] = [(n, getattr(record, n), it) for n, it in new.items() if it != getattr(record, n)]
    gone = [it for it in differences if it[2] is None and _names_one(model_of(type(record)).fields[it[0]])]
    left = [left_alone(B050, it, "who is in no source is not taken away") for it in gone]
    for name in ("revision", "signatures"):
        old, other = getattr(record, name, None), getattr(now, name, None)
        if name in document and other != old:
            left.append(left_alone(B050, (name, old, other), "it changes by acts alone"))
    differences = [it for it in differences if it not in gone]
    if now.state != record.state:
        differences.append(("state", record.state, now.state))
    if acted_here(record.history) is not None:
        beside, done = _beside(record, now)
        return beside, done, left + [left_alone(B051, it) for it in differences if it[0] not in ASIDE]
    differences += _other_extra(record, now)
    if not differences:
        return record, [], left
    fields: dict[str, Any] = {name: value for name, _, value in differences if name in new}
    fields["extra"] = {**record.extra, **now.extra}
    try:
        again = record.reimport(state=now.state, by=by, at=at, source=source, reason=reason, **fields)
    except Rejected as refusal:
        return record, [], left + [left_alone(B050, it, refusal) for it in differences]
    return again, [Done("reimport", *it) for it in differences], left


def _merged(path: str, old: Any, new: Any, document: Any, said: Said) -> Any:
    """Give a part as the sources say it, with those of its fields that they do not say as they stand here."""
    named = any(it.startswith(f"{path}.") for it in said.filled)
    if old is None or not named or not isinstance(document, Mapping) or not hasattr(type(new), "__model__"):
        return new
    model = model_of(type(new))
    kept = [f for f in model.fields.values() if f.key not in document and f"{path}.{f.key}" not in said.filled]
    return model.copy(new, {f.name: getattr(old, f.name) for f in kept})


def _names_one(field: Field) -> bool:
    """Tell whether a field names somebody or something by an id."""
    return V001 in field.rules and not field.many
