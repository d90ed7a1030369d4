"""Values that several records share: Span, Location, Ref. Equal by what they say, never by who holds them."""

from __future__ import annotations

from datetime import date
from typing import Literal

from coaching.kernel.classes import value
from coaching.kernel.constraints import V015, Country, Id, Word
from coaching.kernel.fields import As
from coaching.kernel.policy import asked
from coaching.kernel.rules import Breaches, Choice, Rejected, Rule, breach, brief, invariant


@value("span", lambda: RULES)
class Span:
    """Days from one to another, both included; open when `to` is None.

    Raises:
        Rejected: V004 when it runs backwards.

    >>> from datetime import date
    >>> Span(date(2026, 1, 1), date(2026, 6, 30)).covers(date(2026, 6, 30))
    True
    """

    from_: date
    to: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether a day lies within.

        Raises:
            Rejected: V015 for what is no day.
        """
        asked(day, name="day")
        return self.from_ <= day and (self.to is None or day <= self.to)

    def overlaps(self, other: Span) -> bool:
        """Tell whether two spans share a day.

        Raises:
            Rejected: V015 for what is no span.
        """
        _span(other)
        return self.from_ <= (other.to or date.max) and other.from_ <= (self.to or date.max)

    def within(self, other: Span) -> bool:
        """Tell whether every day of this span lies in the other.

        Raises:
            Rejected: V015 for what is no span.
        """
        _span(other)
        return other.from_ <= self.from_ and (self.to or date.max) <= (other.to or date.max)

    def __str__(self) -> str:
        """Give the two days, or an open end."""
        return f"{self.from_} to {self.to or 'open'}"


@value("location")
class Location:
    """A place by name, with its country (ISO 3166-1 alpha-2) where it matters; the same when it reads the same.

    Raises:
        Rejected: V002 on a blank name, V006 on a country that is no code.

    >>> Location("Gothenburg", "SE") == Location("Gothenburg", "SE")
    True
    """

    name: Word
    country: Country | None = None

    def __str__(self) -> str:
        """Give the name, with the country in brackets."""
        return f"{self.name} ({self.country})" if self.country else self.name


class RefKind(Choice):
    """What a reference may point at: a record, or a part of one."""

    PERSON = "person"
    GOAL = "goal"
    INTERVIEW = "interview"
    FEEDBACK = "feedback"
    PATH = "path"
    MOVE = "move"
    OPPORTUNITY = "opportunity"
    POSITION = "position"
    PLACEMENT = "placement"
    NEED = "need"
    DREAM = "dream"
    STEP = "step"
    COMMITMENT = "commitment"


AnyRefKind = RefKind | Literal[
    "person", "goal", "interview", "feedback", "path", "move", "opportunity", "position", "placement", "need",
    "dream", "step", "commitment"
]  # fmt: skip


@value("ref")
class Ref:
    """A reference to a record, or to a part of one.

    Attributes:
        kind: What it is.
        id: The id of it.
        of: For a part of a record, the id of the record that it is in.

    >>> str(Ref("dream", "d-1", "path-1"))
    'dream d-1 of path-1'
    """

    kind: As[RefKind, AnyRefKind]
    id: Id
    of: Id | None = None

    def __str__(self) -> str:
        """Give the kind and the ids."""
        return f"{self.kind} {self.id}" + (f" of {self.of}" if self.of else "")


@invariant(
    "V004",
    "span",
    field="to",
    says="a span does not run backwards",
    why="practice: a third of the career lines of one real HR export end before they start",
    mend="give an end on or after the beginning, or leave it open",
)
def V004(span: Span) -> Breaches:
    if span.to is not None and span.to < span.from_:
        yield breach("{to} is before {start}", to=span.to, start=span.from_)


def _span(other: object) -> None:
    if not isinstance(other, Span):
        raise Rejected.over(V015, "{value} is no {kind}", "other", of="cannot answer", value=brief(other), kind="span")


RULES: tuple[Rule, ...] = (V004,)
