"""How long a record is kept: whether it says so, and whether it is kept longer. Looks at one record alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from coaching.book.given import must_be
from coaching.kernel.policy import POLICY, Policy, asked
from coaching.kernel.record import Record
from coaching.kernel.rules import Breaches, Finding, Rule, Severity, advice, breach, finding, in_order


@advice(
    "D001",
    "privacy",
    field="keep_until",
    says="every record says how long it is kept",
    why="GDPR, data protection pages read: keep only as long as the purpose needs, and say how long",
    mend="set the day with keep()",
)
def D001(record: Record, on: date, policy: Policy) -> Breaches:
    if record.keep_until is None:
        yield breach("it does not say how long it is kept")


@advice(
    "D002",
    "privacy",
    field="keep_until",
    says="no record is kept past its day",
    why="GDPR, data protection pages read: keep only as long as the purpose needs",
    mend="take the record out of the book, erase the person, or set a later day with keep()",
)
def D002(record: Record, on: date, policy: Policy) -> Breaches:
    if record.keep_until is not None and record.keep_until < on:
        days = (on - record.keep_until).days
        yield breach("to be kept until {until}, {days} days ago", until=record.keep_until, days=days)


def keeping(record: Record, on: date, *, policy: Policy = POLICY) -> tuple[Finding, ...]:
    """Say whether a record says how long it is kept, and is kept no longer (D001, D002).

    Raises:
        Rejected: V015 for what is no record, no day or no policy.

    >>> from datetime import datetime, timezone
    >>> from coaching import Person
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> anna = Person.register("p-17", "Anna Ek", date(2024, 8, 1), by="hr", at=noon).keep(date(2027, 3, 1))
    >>> keeping(anna, date(2027, 3, 2))[0].message
    'to be kept until 2027-03-01, 1 days ago'
    """
    asked(on, policy)
    must_be("cannot answer", record=(record, Record, "record"))
    return in_order(kept_too_long(record, on, policy, keeping_rules(policy)))


def keeping_rules(policy: Policy) -> list[tuple[Rule, Severity]]:
    """Look up the rules about keeping that a house has not turned off, once for as many records as there are."""
    return [(rule, severity) for rule in RULES if (severity := policy.severity_of(rule)) is not Severity.OFF]


def kept_too_long(record: Record, on: date, policy: Policy, rules: Iterable[tuple[Rule, Severity]]) -> list[Finding]:
    """Ask the same of one record of many, with the rules looked up before; as they are found."""
    if record.keep_until is not None and record.keep_until >= on:
        return []
    return [
        finding(rule, it, severity=severity, record=record.key)
        for rule, severity in rules
        for it in rule.asks(record, on, policy)
    ]


RULES: tuple[Rule, ...] = (
    D001, D002,
)  # fmt: skip
