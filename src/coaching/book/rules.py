"""How a rule about several records is declared, and found again by the kind of record it looks from.

Three sorts, as for one record. `across`: no book may break it; asked of the record an act changed, and by `check` of
every record. `asks`: guards an act done through the book. `advises`: warns. Each looks from one record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from coaching.book.shelf import Shelf
from coaching.kernel.history import Entry
from coaching.kernel.policy import Policy
from coaching.kernel.record import Record
from coaching.kernel.rules import Breach, Finding, Rule, Severity, catalogue, finding

_C = TypeVar("_C", bound=Callable[..., Iterator[Breach]])

_ACROSS: dict[str, list[Rule]] = {}
_ASKS: dict[tuple[str, str], list[Rule]] = {}
_ADVISES: dict[str, list[Rule]] = {}


def _rule_of(check: Any) -> Rule:
    return next(rule for rule in catalogue().values() if rule.check is check)


def across(kind: type[Record]) -> Callable[[_C], _C]:
    """A declared shape rule is asked of every record of a kind: takes the record, the shelf and a day."""
    return _kept(_ACROSS, kind.type)


def advises(kind: type[Record]) -> Callable[[_C], _C]:
    """A declared piece of advice looks from every record of a kind: takes record, shelf, day and policy."""
    return _kept(_ADVISES, kind.type)


def asks(kind: type[Record]) -> Callable[[_C], _C]:
    """A declared gate is asked when its acts are done through the book: takes record, entry and shelf."""

    def keep(check: _C) -> _C:
        rule = _rule_of(check)
        for act in rule.acts:
            _ASKS.setdefault((kind.type, act), []).append(rule)
        return check

    return keep


def _kept(rules: dict[str, list[Rule]], kind: str) -> Callable[[_C], _C]:
    def keep(check: _C) -> _C:
        rules.setdefault(kind, []).append(_rule_of(check))
        return check

    return keep


def broken(shelf: Shelf, record: Record, on: date) -> list[Finding]:
    """Find what no book may hold, looking from one record: X002 first, then the rules across records."""
    found = list(shelf.dangling(record))
    for rule in _ACROSS.get(record.type, ()):
        found += _said(rule, record, Severity.ERROR, shelf, on)
    return found


def stopped(shelf: Shelf, record: Record, entry: Entry, policy: Policy) -> list[Finding]:
    """Ask the gates of the book that this house closes to the act of an entry."""
    found: list[Finding] = []
    for gate in (entry.act, f"{entry.act}>{entry.state}"):
        for rule in _ASKS.get((record.type, gate), ()):
            if policy.severity_of(rule.code) is Severity.ERROR:
                found += _said(rule, record, Severity.ERROR, entry, shelf)
    return found


Advice = Mapping[str, Sequence[tuple[Rule, Severity]]]
"""What a house asks of each kind of record, and how strictly."""


def advice_of(policy: Policy) -> Advice:
    """Look up the advice of the book that a house has not turned off, once for as many records as there are."""
    return {
        kind: [(rule, severity) for rule in rules if (severity := policy.severity_of(rule.code)) is not Severity.OFF]
        for kind, rules in _ADVISES.items()
    }


def advised(shelf: Shelf, record: Record, on: date, policy: Policy, advice: Advice | None = None) -> list[Finding]:
    """Ask the advice of the book on a day, looking from one record; `advice` may be looked up before."""
    found: list[Finding] = []
    for rule, severity in (advice_of(policy) if advice is None else advice).get(record.type, ()):
        found += _said(rule, record, severity, shelf, on, policy)
    return found


def _said(rule: Rule, record: Record, severity: Severity, *asked: Any) -> list[Finding]:
    """Ask one rule."""
    breaches = list(rule.check(record, *asked))  # type: ignore[misc]  # declared with one
    about = record.type, record.id
    return [finding(rule, it, severity=severity, record=about) for it in breaches] if breaches else []
