"""Rules, and what is said when one does not hold: Rule, Finding, Rejected.

Read top to bottom: severities, the rule and its catalogue, how a rule is declared, findings, the one error.
Knows no record: each record declares its rules beside itself, in its own module, with `shape`, `gate` or `advice`.
The catalogue fills while the package is imported and never changes afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from operator import attrgetter
from typing import Any, TypeVar

from attrs import evolve, frozen
from frozendict import frozendict


class Choice(StrEnum):
    """A closed list of words. A member equals its text, and shows as its text so that a `repr` can be pasted."""

    def __repr__(self) -> str:
        """The text in quotes, as a person would type it."""
        return repr(self.value)


class Severity(Choice):
    """What a finding does: an `error` blocks, a `warning` never does, `off` (in a policy) is not asked at all."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"


class Sort(Choice):
    """The three sorts of rule, and the only thing a policy needs to know about one.

    `shape`: no record may break it, however it came to be. `gate`: guards the acts it names. `advice`: never blocks.
    """

    SHAPE = "shape"
    GATE = "gate"
    ADVICE = "advice"


@frozen
class Breach:
    """What a rule says is wrong. The frame adds which rule, which record, and where."""

    message: str
    path: str = ""
    params: Mapping[str, object] = frozendict()
    template: str = ""


Breaches = Iterator[Breach]
Check = Callable[..., Breaches]
_C = TypeVar("_C", bound=Check)


def breach(message: str, path: str = "", **params: object) -> Breach:
    """Say what is wrong; `{name}` in the message is filled from the params, which travel with the finding.

    >>> breach("{n} of {most} goals", n=6, most=5).message
    '6 of 5 goals'
    """
    return Breach(message.format_map(params) if params else message, path, frozendict(params), message)


@frozen
class Rule:
    """One rule as data: its code, what it is about, the sentence that should hold, why, and how to mend a breach."""

    code: str
    of: str
    sort: Sort
    field: str
    says: str
    why: str
    mend: str
    acts: tuple[str, ...] = ()
    check: Check | None = None

    @property
    def severity(self) -> Severity:
        """The severity where no policy says otherwise: advice warns, everything else is an error."""
        return Severity.WARNING if self.sort is Sort.ADVICE else Severity.ERROR


_CATALOGUE: dict[str, Rule] = {}


def catalogue() -> Mapping[str, Rule]:
    """Every rule declared so far, by code, in the order of declaration."""
    return _CATALOGUE


def rules_of(of: str, sort: Sort) -> tuple[Rule, ...]:
    """The rules of one kind of record or part that have something to check."""
    return tuple(r for r in _CATALOGUE.values() if r.of == of and r.sort is sort and r.check is not None)


def stated(code: str, of: str, *, field: str, says: str, why: str, mend: str) -> Rule:
    """Declare a shape rule that the frame itself asks: a constraint, or who may do an act and when."""
    return _declare(Rule(code, of, Sort.SHAPE, field, says, why, mend))


def shape(code: str, of: str, *, field: str, says: str, why: str, mend: str) -> Callable[[_C], _C]:
    """Declare a rule that no record may break: a function of the record that yields what is wrong."""
    return _declaring(Rule(code, of, Sort.SHAPE, field, says, why, mend))


def gate(
    code: str, of: str, *, act: str | tuple[str, ...], field: str, says: str, why: str, mend: str
) -> Callable[[_C], _C]:
    """Declare a rule that guards acts: a function of the record as it would stand, and the act's history entry.

    `act` names an act (`"propose"`) or an act that arrives in a state (`"sign>agreed"`). The entry is None when a
    record stands beyond the gate and nobody saw it pass.
    """
    return _declaring(Rule(code, of, Sort.GATE, field, says, why, mend, (act,) if isinstance(act, str) else act))


def advice(code: str, of: str, *, field: str, says: str, why: str, mend: str) -> Callable[[_C], _C]:
    """Declare a rule that warns and never blocks: a function of the record, a day and the policy."""
    return _declaring(Rule(code, of, Sort.ADVICE, field, says, why, mend))


def _declaring(rule: Rule) -> Callable[[_C], _C]:
    def declare(check: _C) -> _C:
        _declare(evolve(rule, check=check))
        return check

    return declare


def _declare(rule: Rule) -> Rule:
    known = _CATALOGUE.get(rule.code)
    if known is not None and evolve(known, check=None) != evolve(rule, check=None):  # a module may be loaded again
        msg = f"rule {rule.code} is declared twice"
        raise RuntimeError(msg)
    _CATALOGUE[rule.code] = rule
    return rule


_NUMBERS = re.compile(r"([0-9]+)")


@frozen(order=False)
class Finding:
    """One thing that is wrong or worth a look, as data: show it on a form, translate it, count it.

    `path` says where (`"investments"`, `"history[3].at"`; empty for the record as a whole), `record` is (type, id) of
    the record it is about, `template` is the message before its `params` were put in (translate that, and put them in
    again), `says` is the sentence of the rule, `mend` is what would be right.

    >>> wrong = finding(_CATALOGUE["V005"], breach("{n} of {most} goals", n=6, most=5))
    >>> wrong.message, wrong.template
    ('6 of 5 goals', '{n} of {most} goals')
    >>> "{n} von {most} Zielen".format_map(wrong.params)
    '6 von 5 Zielen'
    """

    code: str
    severity: Severity
    path: str
    message: str
    params: frozendict[str, object] = frozendict()
    record: tuple[str, str] | None = None
    template: str = ""

    @property
    def says(self) -> str:
        """The sentence of the rule: what holds when it is kept."""
        return _CATALOGUE[self.code].says

    @property
    def mend(self) -> str:
        """What would be right."""
        return _CATALOGUE[self.code].mend

    def as_dict(self) -> dict[str, object]:
        """A plain dict for a web form or a log: texts, numbers and lists only, ready for `json.dumps`."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "path": self.path,
            "message": self.message,
            "template": self.template,
            "params": {k: v if isinstance(v, (str, int, bool, type(None))) else str(v) for k, v in self.params.items()},
            "record": None if self.record is None else {"type": self.record[0], "id": self.record[1]},
            "says": self.says,
            "mend": self.mend,
        }

    @property
    def sort_key(self) -> tuple[object, ...]:
        """By record, then by path (numbers in it by size), then by code."""
        return (
            self.record or ("", ""),
            tuple((len(p) if p.isascii() and p.isdigit() else -1, p) for p in _NUMBERS.split(self.path)),
            self.code,
            self.message,
        )

    def __str__(self) -> str:
        """Code, place, message and what would be right, in one line."""
        place = f" {self.path}" if self.path else ""
        return f"{self.code}{place}: {self.message} ({self.mend})"


def finding(
    rule: Rule,
    found: Breach,
    *,
    prefix: str = "",
    severity: Severity | None = None,
    record: tuple[str, str] | None = None,
) -> Finding:
    """Frame a breach: add the rule, the path and the record."""
    return Finding(
        rule.code,
        severity or rule.severity,
        _join(prefix, found.path or rule.field),
        found.message,
        frozendict(found.params),
        record,
        found.template,
    )


def _join(prefix: str, path: str) -> str:
    if not prefix or not path or path.startswith("["):
        return prefix + path
    return f"{prefix}.{path}"


def in_order(findings: Iterator[Finding] | list[Finding]) -> tuple[Finding, ...]:
    """The findings in their stable order: by record, then by path, then by code."""
    return tuple(sorted(findings, key=attrgetter("sort_key")))


SHOWN = 20  # findings that `str()` of the error shows; `findings` always holds every one


class Rejected(ValueError):
    """The one error. `findings` holds everything that is wrong, in a stable order; nothing was changed.

    `what` says what was tried ("goal g-4: cannot propose"). It pickles, and `as_dicts()` gives plain dicts.
    """

    findings: tuple[Finding, ...]
    what: str

    def __init__(self, what: str, findings: Iterator[Finding] | list[Finding] | tuple[Finding, ...]) -> None:
        """Keep what was tried and every finding, sorted."""
        self.what = what
        self.findings = in_order(list(dict.fromkeys(findings)))  # a fault met twice is said once
        super().__init__(what, self.findings)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the findings, in their order."""
        return tuple(f.code for f in self.findings)

    def as_dicts(self) -> list[dict[str, object]]:
        """The findings as plain dicts."""
        return [f.as_dict() for f in self.findings]

    def __str__(self) -> str:
        """What was tried, then a line for each finding."""
        lines = [self.what, *(f"  {f}" for f in self.findings[:SHOWN])]
        if len(self.findings) > SHOWN:
            lines.append(f"  and {len(self.findings) - SHOWN} more")
        return "\n".join(lines)


Rejected.__module__ = "coaching"  # where people import it from, and what a traceback shows


LONGEST_NUMBER = 128  # bits; beyond it Python may even refuse to write a number out
WIDEST = 44  # characters of a value that a message shows


def brief(value: Any) -> str:
    """A value as a person may read it in a message: short, whatever it is.

    >>> brief("x" * 100)
    "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...'"
    """
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > LONGEST_NUMBER:
        return "a very large number"
    if isinstance(value, (str, bytes)):
        text = repr(value[:60])
    elif value is None or isinstance(value, (int, float)) or type(value).__module__ in {"decimal", "datetime"}:
        text = str(value)
    else:
        return f"a {type(value).__name__}"
    if len(text) <= WIDEST:
        return text
    closing = text[0] if text[0] in {"'", '"'} else ""
    return f"{text[: WIDEST - 4]}...{closing}"
