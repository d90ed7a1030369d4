"""Policy: every number a house may choose, and how strict it is about each gate and each piece of advice.

Knows no record: which rules there are, `LISTED` says. Numbers carry their unit, their reason
and the rule that asks them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, cast

from attrs import field, fields, frozen
from frozendict import frozendict

from coaching.kernel.constraints import V015
from coaching.kernel.rules import (
    LISTED,
    AnySeverity,
    Breach,
    Choice,
    Finding,
    Rejected,
    Rule,
    Severity,
    Sort,
    breach,
    brief,
    finding,
    stated,
)


class Cadence(Choice):
    """When the next annual interview is due: `rolling` from the last, on the `anniversary`, or by `calendar` year."""

    ROLLING = "rolling"
    ANNIVERSARY = "anniversary"
    CALENDAR = "calendar"


AnyCadence = Cadence | Literal["rolling", "anniversary", "calendar"]

Y001 = stated(
    "Y001",
    "policy",
    field="severities",
    says="a policy names only gates and advice, and sets them to error, warning or off",
    why="domain: an invariant may not be bent, and a code nobody knows is a slip that would pass in silence",
    mend="take the code from coaching.rules(); invariants cannot be set",
)
Y002 = stated(
    "Y002",
    "policy",
    field="",
    says="the numbers of a policy are whole and above 0, its cadence is one of the three",
    why="own choice: a house that wants no warning turns the code off instead of setting a number to nothing",
    mend="give a whole number above 0, or turn the rule's code off in severities",
)


MOST = 10_000  # days: 27 years; a larger number is a slip (Y002)


def _cadence(given: AnyCadence) -> Cadence:
    """Take a word as the cadence: it becomes one where the policy is checked."""
    return cast("Cadence", given)


def _severities(given: Mapping[str, AnySeverity]) -> Mapping[str, Severity]:
    """Take words as severities: they become such where the policy is checked."""
    return cast("Mapping[str, Severity]", given)


@frozen(kw_only=True)
class Policy:
    """The numbers and severities of a house, with defaults. Days and months unless the name says otherwise.

    `severities` maps a rule code to `error`, `warning` or `off`; gates and advice only.

    Raises:
        Rejected: Y001 for a code that is unknown or no gate or advice; Y002 for a number that is not whole and above 0.

    >>> Policy(stalled_days=90).stalled_days
    90
    >>> Policy(severities={"G005": "warning"}).severity_of("G005").value
    'warning'
    >>> Policy(severities={"G999": "off"})
    Traceback (most recent call last):
    ...
    coaching.Rejected: policy: cannot be made
      Y001 severities.G999: no rule has this code (take the code from coaching.rules(); invariants cannot be set)
    """

    # the article: annual interviews, with each employee
    cadence: Cadence = field(default=Cadence.ROLLING, converter=_cadence)
    cadence_months: int = 12  # X004: once a year at least
    grace_days: int = 30  # X004: due, and not yet overdue; own choice
    notice_days: int = 21  # I004: three weeks to prepare, a common practice in Sweden
    annual_minutes: int = 60  # I003, warning: one to two hours is the usual advice
    sign_days: int = 14  # I023: own choice
    reply_days: int = 7  # X012: the article asks for a responsive leader; the number is our choice
    timely_days: int = 30  # F005: feedback while the work is still remembered; own choice
    stalled_days: int = 60  # G018: two monthly talks have passed unused; own choice
    goals_at_once: int = 5  # G019: the upper end of what OKR practice advises
    ruler_low: int = 7  # G017: under it, talk again; own choice on a ruler of 0 to 10
    coachees: int = 15  # R010: own choice
    approve_days: int = 14  # M005: one published example
    check_in_days: int = 90  # M010: own choice
    months_before_move: int | None = None  # M009: none; a house that asks for a year in the place says 12
    smallest_group: int = 3  # D007: below it a count tells about a person
    clock_skew: int = 5  # seconds that an act may be before the last entry, as clocks of two servers differ (V009)
    severities: Mapping[str, Severity] = field(default=frozendict(), converter=_severities)

    def __attrs_post_init__(self) -> None:
        """Refuse what is no policy, everything at once."""
        found = list(self._faults())
        if found:
            raise Rejected("policy: cannot be made", found)
        object.__setattr__(self, "cadence", Cadence(self.cadence))
        object.__setattr__(self, "severities", frozendict({c: Severity(s) for c, s in self.severities.items()}))

    def __repr__(self) -> str:
        """Say what differs from the defaults."""
        chosen = {f.name: getattr(self, f.name) for f in fields(Policy) if getattr(self, f.name) != f.default}
        shown = {name: dict(value) if isinstance(value, Mapping) else value for name, value in chosen.items()}
        return f"Policy({', '.join(f'{name}={value!r}' for name, value in shown.items())})"

    def severity_of(self, rule: Rule | str) -> Severity:
        """Say how strict this house is about a rule, or the rule with a code: what it set, or the rule's own severity.

        Raises:
            Rejected: Y001 for a code that no rule has.
        """
        known = rule if isinstance(rule, Rule) else _listed(rule)
        return self.severities.get(known.code) or known.severity if self.severities else known.severity

    def _faults(self) -> list[Finding]:
        found: list[tuple[Rule, Breach]] = []
        for name in (f.name for f in fields(Policy) if str(f.type).startswith("int")):
            number = getattr(self, name)
            if number is None and name == "months_before_move":
                continue
            if type(number) is not int or not 0 < number <= MOST:
                found.append((Y002, breach("{value} is no whole number from 1 to 10000", name, value=brief(number))))
        if not (isinstance(self.cadence, str) and self.cadence in list(Cadence)):
            found.append((Y002, breach("{value} is no cadence", "cadence", value=brief(self.cadence))))
        given: object = self.severities
        if not isinstance(given, Mapping):
            found.append((Y001, breach("{value} is no mapping of codes", value=brief(given))))
            return [finding(rule, it) for rule, it in found]
        for code, severity in given.items():
            rule = LISTED.rules().get(code) if isinstance(code, str) else None
            path = f"severities.{code if isinstance(code, str) else brief(code)}"
            if rule is None:
                found.append((Y001, breach("no rule has this code", path)))
            elif rule.sort is Sort.INVARIANT:
                found.append((Y001, breach("an invariant holds for every record and cannot be set", path)))
            if not (isinstance(severity, str) and severity in list(Severity)):
                found.append((Y001, breach("{value} is no severity", path, value=brief(severity))))
        return [finding(rule, it) for rule, it in found]


def _listed(code: object) -> Rule:
    known = LISTED.rules().get(code) if isinstance(code, str) else None
    if known is None:
        raise Rejected.over(Y001, "{code}: no rule has this code", "severities", of="cannot answer", code=brief(code))
    return known


POLICY = Policy()
"""The defaults, used by every act and question that is given no other."""


def asked(on: object, policy: object = POLICY, *, name: str = "on") -> None:
    """Refuse a question that is asked for no day, or with no policy; `name` is that of the day.

    Raises:
        Rejected: V015 for either. A moment is no day: which day it is depends on where.

    >>> asked(datetime(2026, 3, 2, 12))
    Traceback (most recent call last):
    ...
    coaching.Rejected: cannot answer
      V015 on: 2026-03-02 12:00:00 is no date (give a value of the type named)
    """
    if type(on) is date and type(policy) is Policy:
        return
    wrong = [breach("{value} is no {kind}", name, value=brief(on), kind="date")] if not is_day(on) else []
    if not isinstance(policy, Policy):
        wrong.append(breach("{value} is no {kind}", "policy", value=brief(policy), kind="policy"))
    if wrong:
        raise Rejected("cannot answer", [finding(V015, it) for it in wrong])


def is_day(on: object) -> bool:
    """Tell whether something is a day, of whatever class, and no moment."""
    return isinstance(on, date) and not isinstance(on, datetime)


RULES: tuple[Rule, ...] = (Y001, Y002)
