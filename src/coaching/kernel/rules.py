"""Rules, and what is said when one does not hold: Rule, Finding, Rejected.

Read top to bottom: severities, causes, the rule and how it is declared, findings, the one error. Knows no record: each
declares its rules beside itself, with `invariant`, `gate` or `advice`, and lists them in its `RULES`. Nothing is
registered, so nothing depends on what was imported before. A finding carries all that it says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from operator import attrgetter
from typing import Literal
from unicodedata import category

import attrs
from attrs import frozen
from frozendict import frozendict


class Choice(StrEnum):
    """A closed list of words. A member equals its text, and shows as its text so that a `repr` can be pasted."""

    def __repr__(self) -> str:
        """Give the text in quotes, as a person would type it."""
        return repr(self.value)


class Severity(Choice):
    """What a finding does: an `error` blocks, a `warning` never does, `off` (in a policy) is not asked at all."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"


AnySeverity = Severity | Literal["error", "warning", "off"]


class Sort(Choice):
    """The three sorts of rule, and the only thing a policy needs to know about one.

    `invariant`: no record may break it, however it came to be. `gate`: guards the acts it names. `advice`: never
    blocks.
    """

    INVARIANT = "invariant"
    GATE = "gate"
    ADVICE = "advice"


class Cause(Choice):
    """Where a finding comes from: what an answer over HTTP hangs on.

    `actor`: who acts may not. `state`: the record does not stand where the act begins. `input`: what was given is no
    good value. `rule`: a rule of the record speaks. `book`: a rule across records speaks. `missing`: what is named is
    not there.
    """

    ACTOR = "actor"
    STATE = "state"
    INPUT = "input"
    RULE = "rule"
    BOOK = "book"
    MISSING = "missing"


PAGE = "generated/rules.html#{code}"
"""The address of a rule in the documentation, from where that begins."""


@frozen
class Breach:
    """What a rule says is wrong. The frame adds which rule, which record, and where."""

    message: str
    path: str = ""
    params: frozendict[str, object] = frozendict()
    template: str = ""


class Unset(Exception):
    """A rule looked at a field of a half-built object that is not set. The frame expects it; no slip looks like it."""


Breaches = Iterable[Breach]
Check = Callable[..., Breaches]
NO_BREACH: Breaches = ()
"""What a rule gives back that is kept; most rules yield, and then nothing says the same."""


def breach(message: str, path: str = "", **params: object) -> Breach:
    """Say what is wrong; `{name}` in the message is filled from the params, which travel with the finding.

    >>> breach("{n} of {most} goals", n=6, most=5).message
    '6 of 5 goals'
    """
    params = {name: shown(it) if isinstance(it, str) else it for name, it in params.items()}
    return Breach(shown(message.format_map(params) if params else message), shown(path), frozendict(params), message)


def template(message: str) -> str:
    """Say that a text is the template of a message, where it does not stand in the very call that says it."""
    return message


def shown(text: str) -> str:
    r"""Give a text without ends of lines, controls and half characters: a name may come from anybody.

    >>> print(shown("a\n\x1b[31mb"))
    a\n\x1b[31mb
    """
    if text.isprintable():
        return text
    return "".join(c.encode("unicode_escape").decode() if category(c) in UNWRITTEN else c for c in text)


UNWRITTEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Categories of characters that no message holds as they are."""


@frozen
class Rule:
    """One rule as data: its code, what it is about, the sentence that should hold, why, and how to mend a breach.

    `check` finds breaches; a rule that the frame itself asks has none. `reads` names the fields that a check looks at,
    where it says so: an act that changes none of them need not ask it. `each` names a list of which it judges one part
    at a time: an act that adds a part need ask it of that part alone. `looks_from` names the kinds of record from which
    a rule across records looks, and `looks_at` where: `interview.coachee` are the talks in which that field names
    somebody, `goal.id` is a goal by its id. `cause` says what a breach mostly comes from.
    """

    code: str
    of: str
    sort: Sort
    field: str
    says: str
    why: str
    mend: str
    acts: tuple[str, ...] = ()
    check: Check | None = None
    reads: frozenset[str] = frozenset()
    each: str = ""
    looks_from: tuple[str, ...] = ()
    looks_at: tuple[str, ...] = ()
    severity: Severity = attrs.field(init=False)
    cause: Cause = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Say how strict it is where no policy says otherwise, and what a breach comes from.

        Advice warns, everything else is an error.
        """
        object.__setattr__(self, "severity", Severity.WARNING if self.sort is Sort.ADVICE else Severity.ERROR)
        object.__setattr__(self, "cause", _cause(self))

    @property
    def page(self) -> str:
        """The address of the rule in the documentation, from where that begins."""
        return PAGE.format(code=self.code.lower())

    def asks(self, *what: object) -> Breaches:
        """Say what the rule says is wrong: of a record, and of what its sort is told besides."""
        return NO_BREACH if self.check is None else self.check(*what)


_CAUSES = {"V010": Cause.STATE, "V019": Cause.STATE, "X023": Cause.STATE, "V017": Cause.MISSING, "X002": Cause.MISSING}
_OF_WHAT_IS_GIVEN = frozenset("VBY")  # values, files of people, policies


def _cause(rule: Rule) -> Cause:
    """Say what a breach of a rule comes from, by its code, its field, and where it looks."""
    if rule.code in _CAUSES:
        return _CAUSES[rule.code]
    if rule.field == "by":
        return Cause.ACTOR
    if rule.looks_from or rule.of == "book":
        return Cause.BOOK
    return Cause.INPUT if rule.code[:1] in _OF_WHAT_IS_GIVEN else Cause.RULE


class Listed:
    """Where rules are looked up. This room knows none; the package says it once, in its catalogue."""

    __slots__ = ("rule", "rules")
    rules: Callable[[], Mapping[str, Rule]]
    """Every rule, by code."""
    rule: Callable[[str], Rule]
    """The rule of a code."""


LISTED = Listed()


def stated(code: str, of: str, *, field: str, says: str, why: str, mend: str) -> Rule:
    """State an invariant that the frame itself asks: a constraint, or who may do an act and when."""
    return Rule(code, of, Sort.INVARIANT, field, says, why, mend)


def invariant(
    code: str,
    of: str,
    *,
    field: str,
    says: str,
    why: str,
    mend: str,
    reads: str = "",
    each: str = "",
    looks_from: str = "",
    looks_at: str = "",
) -> Callable[[Check], Rule]:
    """Declare a rule that no record may break: a function of the record that yields what is wrong.

    With `each`, the name of a list, the function takes the record, one part of the list, and its place there; with
    `reads`, the names of all other fields it looks at, it is asked again only where one of them changes. A rule across
    records says from which kinds it looks, and at what; it takes the record, the shelf and a day.
    """
    fields = frozenset(reads.split()) | ({each} if each else frozenset())
    kinds, at = tuple(looks_from.split()), tuple(looks_at.split())
    return lambda check: Rule(code, of, Sort.INVARIANT, field, says, why, mend, (), check, fields, each, kinds, at)


def gate(
    code: str,
    of: str,
    *,
    act: str | tuple[str, ...],
    field: str,
    says: str,
    why: str,
    mend: str,
    looks_from: str = "",
    looks_at: str = "",
) -> Callable[[Check], Rule]:
    """Declare a rule that guards acts: a function of the record as it would stand, and the act's history entry.

    `act` names an act (`"propose"`) or an act that arrives in a state (`"sign>agreed"`). The entry is None when a
    record stands beyond the gate and nobody saw it pass. A gate across records takes record, entry and shelf.
    """
    acts = (act,) if isinstance(act, str) else act
    kinds, at = tuple(looks_from.split()), tuple(looks_at.split())
    return lambda check: Rule(code, of, Sort.GATE, field, says, why, mend, acts, check, looks_from=kinds, looks_at=at)


def advice(
    code: str, of: str, *, field: str, says: str, why: str, mend: str, looks_from: str = ""
) -> Callable[[Check], Rule]:
    """Declare a rule that warns and never blocks: a function of the record, a day and the policy.

    Advice across records takes the record, the shelf, a day and the policy.
    """
    kinds = tuple(looks_from.split())
    return lambda check: Rule(code, of, Sort.ADVICE, field, says, why, mend, (), check, looks_from=kinds)


def by_code(rules: Iterable[Rule]) -> dict[str, Rule]:
    """Give the rules by their codes, in order.

    Raises:
        RuntimeError: For a code that two rules have.

    >>> by_code([])
    {}
    """
    found: dict[str, Rule] = {}
    for rule in rules:
        if found.setdefault(rule.code, rule) is not rule:
            msg = f"rule {rule.code} is declared twice"
            raise RuntimeError(msg)
    return found


PLAIN = frozenset({str, int, bool, type(None)})
"""What a log takes as it is; anything else is written as text."""

_NUMBERS = re.compile(r"([0-9]+)")


@frozen(order=False)
class Finding:
    """One thing that is wrong or worth a look, as data: show it on a form, translate it, count it.

    Attributes:
        code: The code of the rule that does not hold.
        severity: Whether it blocks.
        path: Where (`"investments"`, `"history[3].at"`); empty for the record as a whole.
        message: What is wrong.
        params: What stands in the message.
        record: The key of the record it is about: its type and id.
        template: The message before its params were put in: translate that, and put them in again.
        says: The sentence of the rule: what holds when it is kept.
        mend: What would be right.
        cause: Where it comes from: `actor`, `state`, `input`, `rule`, `book` or `missing`.

    >>> fewer = stated("Z001", "goal", field="", says="goals are few", why="focus", mend="drop one")
    >>> wrong = finding(fewer, breach("{n} of {most} goals", n=6, most=5))
    >>> wrong.message, wrong.template, wrong.mend
    ('6 of 5 goals', '{n} of {most} goals', 'drop one')
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
    says: str = ""
    mend: str = ""
    cause: Cause = Cause.RULE

    @property
    def rule(self) -> Rule:
        """The rule itself, from the catalogue.

        Raises:
            Rejected: V012 for a code that no rule has.
        """
        return LISTED.rule(self.code)

    @property
    def why(self) -> str:
        """Why there is such a rule."""
        return self.rule.why

    @property
    def page(self) -> str:
        """The address of the rule in the documentation, from where that begins."""
        return PAGE.format(code=self.code.lower())

    def about(self, key: tuple[str, str] | None, path: str | None = None) -> Finding:
        """Say the same of a record; and of another place, where one is given.

        >>> finding(stated("Z001", "goal", field="", says="", why="", mend=""), breach("late")).about(
        ...     ("goal", "g-1")
        ... ).record
        ('goal', 'g-1')
        """
        place = self.path if path is None else path
        return Finding(
            self.code, self.severity, place, self.message, self.params, key, self.template, self.says, self.mend,
            self.cause,
        )  # fmt: skip

    def as_dict(self) -> dict[str, object]:
        """Give a plain dict for a web form or a log: texts, numbers and lists only, ready for `json.dumps`."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "cause": self.cause.value,
            "path": self.path,
            "message": self.message,
            "template": self.template,
            "params": {k: v if type(v) in PLAIN else str(v) for k, v in self.params.items()},
            "record": None if self.record is None else {"type": self.record[0], "id": self.record[1]},
            "says": self.says,
            "mend": self.mend,
        }

    @property
    def developer(self) -> str:
        """What a programmer wants to know, in one line: also which record, what it comes from, and the rule's page.

        >>> rule = stated("Z001", "goal", field="title", says="", why="", mend="give one")
        >>> finding(rule, breach("no title is given"), record=("goal", "g-1")).developer
        'Z001 title: no title is given (give one) [goal g-1; rule; generated/rules.html#z001]'
        """
        about = "" if self.record is None else f"{' '.join(self.record)}; "
        return f"{self} [{about}{self.cause}; {self.page}]"

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
    cause: Cause | None = None,
) -> Finding:
    """Frame a breach: add the rule, the path, the record and the cause; one that points at `by` is about who acts."""
    path = shown(_join(prefix, found.path or rule.field))
    if cause is None:
        cause = Cause.ACTOR if path == "by" and rule.cause is not Cause.INPUT else rule.cause
    return Finding(
        rule.code, severity or rule.severity, path, found.message, found.params, record, found.template, rule.says,
        rule.mend, cause,
    )  # fmt: skip


def _join(prefix: str, path: str) -> str:
    if not prefix or not path or path.startswith("["):
        return prefix + path
    return f"{prefix}.{path}"


def in_order(findings: Iterator[Finding] | list[Finding]) -> tuple[Finding, ...]:
    """Give the findings in their stable order: by record, then by path, then by code."""
    return tuple(sorted(findings, key=attrgetter("sort_key")))


SHOWN = 20  # findings that `str()` of the error shows; `findings` always holds every one


class Rejected(ValueError):
    """The one error. `findings` holds everything that is wrong, in a stable order; nothing was changed.

    `what` says what was tried ("goal g-4: cannot propose"). It pickles, and `as_dicts()` gives plain dicts.
    """

    findings: tuple[Finding, ...]
    what: str
    tried: object = None
    """The record as it would stand, where nothing but gates stopped the act: a book asks its own gates of it."""

    @classmethod
    def over(cls, rule: Rule, message: str, path: str = "", *, of: str = "", **params: object) -> Rejected:
        """Make the error over one breach of a rule. `of` says what was tried, where no frame adds it.

        >>> Rejected.over(
        ...     stated("Z001", "goal", field="", says="", why="", mend="wait"), "too {what}", what="early"
        ... ).codes
        ('Z001',)
        """
        return cls(of or rule.of, [finding(rule, breach(message, path, **params))])

    def __init__(self, what: str, findings: Iterator[Finding] | list[Finding] | tuple[Finding, ...]) -> None:
        """Keep what was tried and every finding, sorted."""
        self.what = shown(what)
        self.findings = in_order(list(dict.fromkeys(findings)))  # a fault met twice is said once
        super().__init__(what, self.findings)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle what was tried and what was found, in its order."""
        return type(self), (self.what, self.findings), {"findings": self.findings}

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the findings, in their order."""
        return tuple(f.code for f in self.findings)

    def as_dicts(self) -> list[dict[str, object]]:
        """Give the findings as plain dicts."""
        return [f.as_dict() for f in self.findings]

    def __str__(self) -> str:
        """Say what was tried, then a line for each finding."""
        lines = [self.what, *(f"  {f}" for f in self.findings[:SHOWN])]
        if len(self.findings) > SHOWN:
            lines.append(f"  and {len(self.findings) - SHOWN} more")
        return "\n".join(lines)


Rejected.__module__ = "coaching"  # where people import it from, and what a traceback shows


LONGEST_NUMBER = 128  # bits; beyond it Python may even refuse to write a number out
WIDEST = 44  # characters of a value that a message shows
_SHOWN = frozenset({"decimal", "datetime"})  # modules whose values, of whatever class, a message shows


def brief(value: object) -> str:
    """Give a value as a person may read it in a message: short, whatever it is.

    >>> brief("x" * 100)
    "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...'"
    """
    kind = type(value)  # and not what something that stands for a value says that it is
    if isinstance(value, int) and issubclass(kind, int) and value.bit_length() > LONGEST_NUMBER:
        return "a very large number"
    if isinstance(value, (str, bytes)) and issubclass(kind, (str, bytes)):
        text = repr(value[:60])
    elif value is None or issubclass(kind, (int, float)) or _SHOWN & {base.__module__ for base in kind.__mro__}:
        try:
            text = str(value)
        except Exception:  # noqa: BLE001  (a zone is anybody's code)
            return f"a {kind.__name__}"
    else:
        return f"a {kind.__name__}"
    if len(text) <= WIDEST:
        return text
    closing = text[0] if text[0] in {"'", '"'} else ""
    return f"{text[: WIDEST - 4]}...{closing}"
