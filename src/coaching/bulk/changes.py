"""Changes: what becomes of a record of the book of which the sources say something now.

Read top to bottom: what came of it, a person, any other record. A person changes by dated acts. Any other record is
taken over again as long as nobody acted on it here; then it is left alone, and what differs is told. Nothing is ever
written over, and a line that nothing changes is the very same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

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

_id, _moment, _text, _reason, _day = (check_as(hint) for hint in (Id, Moment, Text, Text | None, date))

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
    said = Said(filled)
    if isinstance(record, Person) and isinstance(now, Person):
        changed = _lived(record, now, said, by=who, at=when, on=day, why=_in_words(what, why))
    else:
        changed = _again(record, now, said, by=who, at=when, source=what, reason=why)
    new, acts, left = changed
    return Changed(line if new is record else dumps(new), tuple(acts), tuple(left))


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
    new, aside, left = _beside(life.person, now)
    return new, life.done + aside, life.left + left


def _beside(record: Any, now: Record) -> _Outcome:
    """Set what the house keeps beside the record, and what no field takes."""
    done: list[Done] = []
    new = {**record.extra, **now.extra}
    for name in [name for name in now.extra if new[name] != record.extra.get(name)]:
        done.append(Done("with_extra", f"extra.{name}", record.extra.get(name), new[name]))
    if done:
        record = record.with_extra(new)
    for name, way in ASIDE.items():
        old, day = getattr(record, name), getattr(now, name)
        if day not in {None, old}:
            done.append(Done(way, name, old, day))
            record = getattr(record, way)(day)
    return record, done, []


# --- any other record ------------------------------------------------------------------------------------------------


def _again(
    record: Record, now: Record, said: Said, *, by: str, at: datetime, source: str, reason: str | None
) -> _Outcome:
    """Take a record over again, or leave it alone where somebody acted on it here."""
    fields = model_of(type(record)).fields
    new = {name: _merged(name, getattr(record, name), getattr(now, name), said)
           for name in fields if name not in NOT_SAID and said(fields[name].key, getattr(now, name))}  # fmt: skip
    left: list[Finding] = []
    for name in [name for name, value in new.items() if value is None and _names(fields[name])]:
        if getattr(record, name) is not None:
            left.append(left_alone(B050, (name, getattr(record, name), None), "who is in no source is not taken away"))
        del new[name]
    differences: list[Difference] = [(n, getattr(record, n), it) for n, it in new.items() if it != getattr(record, n)]
    if now.state != record.state:
        differences.append(("state", record.state, now.state))
    for name in ("revision", "signatures"):
        if name in said.filled and getattr(now, name) != getattr(record, name):
            left.append(left_alone(B050, (name, getattr(record, name), getattr(now, name)), "acts alone change it"))
    if acted_here(record.history) is not None:
        aside = [it for it in differences if it[0] in ASIDE]
        left += [left_alone(B051, it) for it in differences if it not in aside]
        return _with_left(_beside(record, now), left)
    extra = {**record.extra, **now.extra}
    if extra != record.extra:
        differences += [
            (f"extra.{n}", record.extra.get(n), it) for n, it in now.extra.items() if it != record.extra.get(n)
        ]
    if not differences:
        return record, [], left
    try:
        again = record.reimport(state=now.state, by=by, at=at, source=source, reason=reason, **new, extra=extra)
    except Rejected as refusal:
        return record, [], left + [left_alone(B050, it, refusal) for it in differences]
    return again, [Done("reimport", *it) for it in differences], left


def _with_left(outcome: _Outcome, left: list[Finding]) -> _Outcome:
    record, done, more = outcome
    return record, done, left + more


def _merged(path: str, old: Any, new: Any, said: Said) -> Any:
    """Give a part as the sources say it, with those of its fields that they do not say as they stand here."""
    if old is None or new is None or not hasattr(type(new), "__model__"):
        return new
    model = model_of(type(new))
    kept = {
        name: getattr(old, name)
        for name in model.names
        if not said(f"{path}.{model.fields[name].key}", getattr(new, name))
    }
    return model.copy(new, kept)


def _names(field: Field) -> bool:
    """Tell whether a field names somebody or something by an id."""
    return V001 in field.rules and not field.many
