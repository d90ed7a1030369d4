"""Asking: the rules across records, asked of one record in its book.

Three sorts, as for one record. Invariants: no book may break them; asked of the records that an act changed, and by
`check` of every record. Gates guard an act that is done through the book. Advice warns. Each looks from one record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from coaching.book import checks, consistency
from coaching.book.shelf import Shelf
from coaching.kernel.history import Entry
from coaching.kernel.policy import Policy
from coaching.kernel.record import Record
from coaching.kernel.rules import Finding, Rule, Severity, Sort, finding

EVERY = (*consistency.RULES, *checks.RULES)
"""The rules across records."""


def _by_kind(sort: Sort) -> Mapping[str, tuple[Rule, ...]]:
    kinds = dict.fromkeys(kind for rule in EVERY for kind in rule.looks_from)
    return {kind: tuple(r for r in EVERY if r.sort is sort and kind in r.looks_from) for kind in kinds}


_ACROSS, _GATES, _ADVICE = (_by_kind(sort) for sort in (Sort.INVARIANT, Sort.GATE, Sort.ADVICE))


def broken(shelf: Shelf, record: Record, on: date) -> list[Finding]:
    """Say what no book may hold, looking from one record: X002 first, then the rules across records."""
    found = list(shelf.dangling(record))
    for rule in _ACROSS.get(record.type, ()):
        found += _said(rule, record, Severity.ERROR, shelf, on)
    return found


def stopped(shelf: Shelf, record: Record, entry: Entry, policy: Policy) -> list[Finding]:
    """Say which gates of the book this house closes to the act of an entry."""
    found: list[Finding] = []
    for rule in _GATES.get(record.type, ()):
        guards = entry.act in rule.acts or f"{entry.act}>{entry.state}" in rule.acts
        if guards and policy.severity_of(rule) is Severity.ERROR:
            found += _said(rule, record, Severity.ERROR, entry, shelf)
    return found


def added(before: Iterable[Finding], after: Sequence[Finding]) -> list[Finding]:
    """Find what is wrong now and was not before, wherever in a record it stands: what an act answers for.

    Of several alike those are left that stand where none stood.
    """
    there = Counter((f.record, f.code, f.path, _told(f)) for f in before)
    moved = Counter((f.record, f.code, _told(f)) for f in before)
    rest: list[Finding] = []
    for it in after:
        key = (it.record, it.code, it.path, _told(it))
        if there[key] > 0:
            there[key] -= 1
            moved[it.record, it.code, _told(it)] -= 1
        else:
            rest.append(it)
    new: list[Finding] = []
    for it in rest:
        key_ = (it.record, it.code, _told(it))
        if moved[key_] > 0:
            moved[key_] -= 1
        else:
            new.append(it)
    return new


def _told(found: Finding) -> frozenset[tuple[str, str]]:
    """Say what a finding says, but for the place."""
    return frozenset((name, str(value)) for name, value in found.params.items())


Strict = Sequence[tuple[Rule, Severity]]
Advice = Mapping[str, Strict]
"""What a house asks of each kind of record, and how strictly."""


def advice_of(policy: Policy) -> Advice:
    """Find the advice of the book that a house has not turned off: once for as many records as there are."""
    return {kind: strict(rules, policy) for kind, rules in _ADVICE.items()}


def strict(rules: Iterable[Rule], policy: Policy) -> Strict:
    """Find those of some rules that a house has not turned off, each with how strict it is."""
    return [(rule, severity) for rule in rules if (severity := policy.severity_of(rule)) is not Severity.OFF]


def advised(shelf: Shelf, record: Record, on: date, policy: Policy, advice: Advice | None = None) -> list[Finding]:
    """Say what the advice of the book says on a day, looking from one record; `advice` is that of the policy."""
    found: list[Finding] = []
    for rule, severity in (advice_of(policy) if advice is None else advice).get(record.type, ()):
        found += _said(rule, record, severity, shelf, on, policy)
    return found


def heard(shelf: Shelf, record: Record, on: date, policy: Policy) -> list[Finding]:
    """Say which gates of the book speak of something that still stands: as warnings, whoever opened them then."""
    found: list[Finding] = []
    for rule, stands in consistency.STANDS.get(record.type, ()):
        if policy.severity_of(rule) is not Severity.OFF:
            breaches = stands(record, shelf, on)
            found += [finding(rule, it, severity=Severity.WARNING, record=record.key) for it in breaches]
    return found


def advised_or_heard(shelf: Shelf, record: Record, on: date, policy: Policy, advice: Advice) -> list[Finding]:
    """Say both; of advice that is about the same as a gate that is heard again, the gate speaks."""
    again = heard(shelf, record, on, policy)
    quiet = {_SPEAKS_FOR.get(it.code) for it in again}
    return [*(it for it in advised(shelf, record, on, policy, advice) if it.code not in quiet), *again]


_SPEAKS_FOR = {"I002": "X009"}
"""Of an interviewer who never was one, X009 would say that they are none any more."""


def _said(rule: Rule, record: Record, severity: Severity, *what: object) -> list[Finding]:
    """Say what a rule finds in a record."""
    breaches = list(rule.asks(record, *what))
    return [finding(rule, it, severity=severity, record=record.key) for it in breaches] if breaches else []
