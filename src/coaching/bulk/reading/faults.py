"""What may be wrong with a cell: the rules, and a slip, which is a fault before its row is known."""

from __future__ import annotations

from typing import Any

from attrs import evolve, field, frozen

from coaching.bulk.dates import RULES as OF_DATES
from coaching.bulk.dates import Doubt, Unread
from coaching.bulk.drafts import told
from coaching.kernel.rules import Finding, Rule, Severity, by_code, stated

B040 = stated(
    "B040",
    "bulk",
    field="",
    says="a text is one of those that the mapping names for its column",
    why="practice: a new word in an export means something, and nobody has said what",
    mend="name it in the values of the column, or say others = true",
)
B041 = stated(
    "B041",
    "bulk",
    field="",
    says="a number is written in digits, with the sign of its column before the decimals",
    why="practice: 1,234 is one and a bit to one half of the world, and a thousand to the other",
    mend="write it without signs between the thousands, or say decimal for the column",
)
B042 = stated(
    "B042",
    "bulk",
    field="",
    says="yes or no is written as true or false, yes or no, 1 or 0",
    why="own choice: another word is not guessed at",
    mend="name what stands for true and for false in the values of the column",
)
B043 = stated(
    "B043",
    "bulk",
    field="",
    says="a moment has a time of day, and clocks in its zone showed that time once",
    why="practice: a local time is skipped in spring, and comes twice in autumn",
    mend="write the moment with its offset from UTC",
)
B044 = stated(
    "B044",
    "bulk",
    field="",
    says="what a lookup is asked for stands in it",
    why="practice: tables of an export are written on different days",
    mend="export both tables again, or add what is missing",
)

_SAID = frozenset({"cells", "deep", "format", "header", "high", "how", "kind", "known", "low", "parts"})
"""Params of findings that hold nothing of a cell."""
_DATES = by_code(OF_DATES)


class _Unsaid(dict[str, object]):
    """The params of a finding without those that may hold something of a cell."""

    def __missing__(self, _name: str) -> str:
        return "…"


def unsaid(found: Finding) -> str:
    """Give what a finding says, without what may be of a cell.

    >>> unsaid(told(B041, "{value} is no {kind}", value="12a", kind="number"))
    'is no number'
    """
    said = found.template.format_map(_Unsaid({k: it for k, it in found.params.items() if k in _SAID}))
    return said.removeprefix("… ")


@frozen(eq=False)
class Slip:
    """What is wrong with a text, or doubtful. As a key it is itself and no other."""

    code: str
    severity: Severity
    what: str
    message: str
    mend: str
    column: int | None = field(default=None, kw_only=True)  # where the text is made of several columns

    @classmethod
    def of(cls, found: Finding) -> Slip:
        """Take a finding for one."""
        return cls(found.code, found.severity, unsaid(found), found.message, found.mend)

    @classmethod
    def over(cls, rule: Rule, what: str, **params: Any) -> Slip:
        """Make one of a rule. The template holds nothing of the cell, the params may."""
        return cls.of(told(rule, what, **params))

    @classmethod
    def of_dates(cls, it: Unread | Doubt) -> Slip:
        """Take what is said of a day."""
        severity = Severity.ERROR if isinstance(it, Unread) else Severity.WARNING
        what = it.why if it.kind.value in it.why else f"{it.kind}: {it.why}"
        return cls(it.code, severity, what, str(it), _DATES[it.code].mend)

    def at(self, column: int) -> Slip:
        """Say of which of several columns it is."""
        return evolve(self, column=column)

    @property
    def light(self) -> Slip:
        """The same as a warning."""
        return evolve(self, severity=Severity.WARNING)


RULES: tuple[Rule, ...] = (B040, B041, B042, B043, B044)
