"""Needs: what a person says they need from their work, with its own little life.

Read top to bottom: values, table, the need, its rules. Knows the kernel alone: a need stands on a career path, whose
table says when the acts are open. People have needs; opportunities have wants.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from coaching.kernel.classes import value
from coaching.kernel.constraints import Id, Text, Whole
from coaching.kernel.fields import As, unless
from coaching.kernel.lifecycle import SAME, START, Lifecycle, holder, row
from coaching.kernel.rules import Breaches, Choice, Rule, breach, invariant, stated
from coaching.kernel.values import Location, Ref

# --- values ----------------------------------------------------------------------------------------------------------


class NeedKind(Choice):
    """What a need is about."""

    CHALLENGE = "challenge"
    RESPONSIBILITY = "responsibility"
    PLACEMENT = "placement"
    LOCATION = "location"
    LEARNING = "learning"
    AUTONOMY = "autonomy"
    RELATEDNESS = "relatedness"
    MEANING = "meaning"
    BALANCE = "balance"
    OTHER = "other"


AnyNeedKind = NeedKind | Literal[
    "challenge", "responsibility", "placement", "location", "learning", "autonomy", "relatedness", "meaning",
    "balance", "other"
]  # fmt: skip


class Importance(Choice):
    """A must, or something one wants. Nothing in between: the words of the need say the rest."""

    MUST = "must"
    WANT = "want"


AnyImportance = Importance | Literal["must", "want"]


class Release(Choice):
    """How far the owner lets a need be used and shown: each word includes those before it. Never called consent."""

    OWNER_ONLY = "owner_only"
    COACH = "coach"
    MANAGERS = "managers"
    CLIENT = "client"


AnyRelease = Release | Literal["owner_only", "coach", "managers", "client"]


class NeedState(Choice):
    """Where a need stands."""

    OPEN = "open"
    MET = "met"
    WITHDRAWN = "withdrawn"


AnyNeedState = NeedState | Literal["open", "met", "withdrawn"]

OPEN, MET, WITHDRAWN = NeedState

# --- table -----------------------------------------------------------------------------------------------------------

# fmt: off
N001 = stated("N001", "need", field="by", says="a need is said by its owner, in their own words",
              why="article, L17: it matters to express one's needs and be clear about what one wants",
              mend="let the owner call say_need() in their own words")
N002 = stated("N002", "need", field="by", says="only the owner releases and withdraws a need",
              why="article, L13: she herself felt ready and said what she was looking for", mend="let the owner do it")
N004 = stated("N004", "need", field="by", says="only the owner says that a need is met",
              why="article, L14: it is she who says that she could move in the direction she wanted",
              mend="let the owner call meet_need()")

OWNER = holder("owner")

NEED = Lifecycle(
    NeedState,
    #   act             from                    to         who    asks for
    row("say_need",      START,                  OPEN,      OWNER, "id kind text",    rule=N001),
    row("release_need",  (OPEN, MET, WITHDRAWN), SAME,      OWNER, "need release",    rule=N002),
    row("meet_need",     OPEN,                   MET,       OWNER, "need met_by?",    rule=N004),
    row("withdraw_need", OPEN,                   WITHDRAWN, OWNER, "need",            rule=N002),
    final=(MET, WITHDRAWN),
)
# fmt: on


# --- the need --------------------------------------------------------------------------------------------------------


@value("need", lambda: RULES)
class Need:
    """What somebody needs from their work, in their own words. On a career path; changed by the acts there.

    Attributes:
        id: Names it within its path.
        kind: What it is about; for finding opportunities, the words are never interpreted.
        text: The owner's own words (N001).
        said_on: The day it was said.
        importance: `must` or `want`.
        location: A place, where the need is one; compared by value.
        level: On the employer's own scale, where the need is one; compared as a number.
        release: How far the owner lets it be used (N002).
        met_by: What met it, in words (N003).
        met_ref: The move, goal or commitment that met it (N003).

    Raises:
        Rejected: N003 when it is met by nothing named, or not met by something named.

    >>> Need("n-1", "challenge", "Problems nobody here has solved", date(2026, 3, 2), "must").release
    'coach'
    """

    id: Id
    kind: As[NeedKind, AnyNeedKind]
    text: Text
    said_on: date
    importance: As[Importance, AnyImportance] = unless(default=Importance.WANT)
    location: Location | None = None
    level: Whole | None = None
    release: As[Release, AnyRelease] = unless(default=Release.COACH)
    state: As[NeedState, AnyNeedState] = unless(default=OPEN)
    met_by: Text | None = None
    met_ref: Ref | None = None

    def __str__(self) -> str:
        """Give the owner's words."""
        return self.text


# --- rules -----------------------------------------------------------------------------------------------------------


@invariant(
    "N003",
    "need",
    field="met_by",
    says="a need that is met names what met it, and no other does",
    why="article, L13: her needs were matched with something named; asking for the name is our own choice",
    mend="name the move, goal or commitment that met it, or say it in words",
)
def N003(need: Need) -> Breaches:
    named = need.met_by is not None or need.met_ref is not None
    if need.state is MET and not named:
        yield breach("the need is met, but by nothing that is named")
    if need.state is not MET and named:
        yield breach("something met the need, but it is {state}", state=need.state)


RULES: tuple[Rule, ...] = (
    N001, N002, N004, N003,
)  # fmt: skip
