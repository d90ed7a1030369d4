"""Opportunities: a position, a placement, or something smaller, that somebody inside the company could take up.

Read top to bottom: values, table, the record and its acts, its rules, questions. Knows the kernel, needs and
occupations; knows no move, no book and no clock. People have needs; opportunities have wants. Nothing here orders
people.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Self, TypedDict, Unpack

from frozendict import frozendict

from coaching.kernel.acting import Added
from coaching.kernel.classes import value
from coaching.kernel.constraints import Count, Id, Text, Uri, Whole, Word
from coaching.kernel.lifecycle import ANYONE, IMPORT, SAME, START, Lifecycle, row
from coaching.kernel.policy import POLICY, Policy, asked
from coaching.kernel.record import Record, record
from coaching.kernel.rules import Breaches, Choice, Rejected, Rule, advice, breach, brief, invariant, stated
from coaching.kernel.values import Location
from coaching.records.needs import Need, NeedKind, Release
from coaching.records.people import Occupation

# --- values ----------------------------------------------------------------------------------------------------------


class OpportunityState(Choice):
    """Where an opportunity stands. Expired is derived, never stored."""

    OPEN = "open"
    RESERVED = "reserved"
    FILLED = "filled"
    WITHDRAWN = "withdrawn"


OPEN, RESERVED, FILLED, WITHDRAWN = OpportunityState
LIVE = (OPEN, RESERVED)


class OpportunityKind(Choice):
    """What it is. A position or a placement can take the place of another; the rest goes on beside one's work."""

    POSITION = "position"
    PLACEMENT = "placement"
    PROJECT = "project"
    MENTORING = "mentoring"
    SHADOWING = "shadowing"


class WantKind(Choice):
    """What a want is about."""

    SKILL = "skill"
    EXPERIENCE = "experience"
    LANGUAGE = "language"
    QUALIFICATION = "qualification"
    AVAILABILITY = "availability"
    OTHER = "other"


@value("offer")
class Offer:
    """What an opportunity offers, in words, beside the kind of need that it may meet."""

    kind: NeedKind
    text: Text


@value("want")
class Want:
    """What an opportunity wants of the one who takes it up.

    Attributes:
        kind: What it is about; the words are never interpreted.
        text: In words.
        essential: Whether it is asked for, or would only be welcome.
        skill: The skill as a URI (for instance of ESCO); the one part that is compared.

    >>> Want("skill", "Has commissioned a line").essential
    True
    """

    kind: WantKind
    text: Text
    essential: bool = True
    skill: Uri | None = None


# --- table -----------------------------------------------------------------------------------------------------------

# fmt: off
Q001 = stated("Q001", "opportunity", field="title", says="an opportunity has an organisation, a kind and a title",
              why="own choice: the least that lets somebody ask about it", mend="fill in organisation, kind and title")
Q006 = stated("Q006", "opportunity", field="person",
              says="what is reserved for somebody is filled by them",
              why="own choice: a reservation that anybody can overtake is none",
              mend="unreserve() it first, or let the one it is reserved for fill it")

OPPORTUNITY = Lifecycle(
    OpportunityState,
    #   act          from              to               who     asks for
    row("post",      START,            OPEN,            ANYONE, "title kind organisation"),
    row("edit",      (OPEN, RESERVED), SAME,            ANYONE),
    row("reserve",   OPEN,             RESERVED,        ANYONE, "reserved_for"),
    row("unreserve", RESERVED,         OPEN,            ANYONE),
    row("fill",      (OPEN, RESERVED), (OPEN, FILLED),  ANYONE, "person"),
    row("withdraw",  (OPEN, RESERVED), WITHDRAWN,       ANYONE),
    final=(FILLED, WITHDRAWN),
)
# fmt: on


# --- the record and its acts -----------------------------------------------------------------------------------------


class OpportunityDetails(TypedDict, total=False):
    """What `post` may set besides kind, organisation and title."""

    location: Location | None
    level: int | None
    unit: str | None
    occupation: Occupation | None
    offers: tuple[Offer, ...]
    wants: tuple[Want, ...]
    places: int
    starts_on: date | None
    open_until: date | None
    contact: str | None
    posted_by: str


class OpportunityContent(OpportunityDetails, total=False):
    """What `edit` may set."""

    title: str
    kind: str
    organisation: str


@record("opportunity", OPPORTUNITY, lambda: RULES)
class Opportunity(Record):
    """Something inside the company, or at a client, that somebody could take up; never an advertisement to the public.

    Posted with `Opportunity.post`, carried on by acts of the administration: who acts is recorded and not checked.

    Attributes:
        kind: A position, a placement, a project, mentoring or shadowing (Q001).
        organisation: Who employs, or for a placement the client (Q001).
        title: In a few words (Q001).
        location: The place of work; compared with needs by value.
        level: On the employer's own scale; compared with needs as a number.
        unit: The part of the organisation.
        occupation: The kind of work, by its code.
        offers: What it offers, in words beside kinds of needs.
        wants: What it wants of the one who takes it up (Q004).
        places: How many people it is for (Q002).
        starts_on: The day it begins, if that is known.
        open_until: The last day on which one may ask for it (Q003).
        contact: Whom to ask, in words or as an id.
        posted_by: Who posted it.
        reserved_for: The one it is reserved for (Q005, Q006).
        filled_by: Those who took it up, in that order (Q002).

    >>> from datetime import datetime, timezone
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> line = Opportunity.post("op-1", "Lead the new line", kind="placement", organisation="bruk", by="p-3", at=noon)
    >>> line.fill("p-17", by="p-3", at=noon).state
    'filled'
    """

    called = frozendict({"fill": {"filled_by[]": "person"}})

    state: OpportunityState
    kind: Annotated[OpportunityKind, Q001]
    organisation: Annotated[Id, Q001]
    title: Annotated[Word, Q001]
    location: Location | None = None
    level: Whole | None = None
    unit: Word | None = None
    occupation: Occupation | None = None
    offers: tuple[Offer, ...] = ()
    wants: tuple[Want, ...] = ()
    places: Count = 1
    starts_on: date | None = None
    open_until: date | None = None
    contact: Text | None = None
    posted_by: Id | None = None
    reserved_for: Id | None = None
    filled_by: tuple[Id, ...] = ()

    @classmethod
    def post(
        cls,
        id: str,
        title: str,
        *,
        kind: str,
        organisation: str,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **details: Unpack[OpportunityDetails],
    ) -> Self:
        """Post an opportunity.

        Args:
            id: Opaque text (V001).
            title: In a few words (Q001).
            kind: `position`, `placement`, `project`, `mentoring` or `shadowing` (V012).
            organisation: Who employs, or for a placement the client.
            by: Who posts it; kept as `posted_by` unless another is named.
            at: Aware (V003).
            policy: The house's numbers and severities.
            details: Any of the other fields that `edit` may set.

        Raises:
            Rejected: Q001, Q003, V016 for a field that cannot be set, and the constraints of the fields.
        """
        own = {"title": title, "kind": kind, "organisation": organisation}
        free = {"posted_by": by, **details}
        return cls._begin(
            "post",
            id,
            by,
            at,
            own,
            free=free,
            known=OpportunityDetails.__annotations__,
            policy=policy,
            noted_by=noted_by,
        )

    def edit(
        self,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **content: Unpack[OpportunityContent],
    ) -> Self:
        """Change what is posted. A move that was agreed on it does not change by itself.

        Raises:
            Rejected: V010 unless open or reserved, Q001, Q002 for fewer places than are filled, Q003, V016 for a field
                that cannot be edited, and the constraints of the fields.
        """
        return self._act("edit", by, at, policy, noted_by, content, known=OpportunityContent.__annotations__)

    def reserve(
        self, reserved_for: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Keep it for somebody while a move is talked over.

        Raises:
            Rejected: V010 unless open, V001, V014.
        """
        return self._act("reserve", by, at, policy, noted_by, {"reserved_for": reserved_for})

    def unreserve(
        self, reason: str | None = None, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Open it to everybody again. A reason may be given; none is asked.

        Raises:
            Rejected: V010 unless reserved.
        """
        return self._act("unreserve", by, at, policy, noted_by, {"reserved_for": None}, reason=reason)

    def fill(self, person: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None) -> Self:
        """Note who takes it up. It stays open until its last place is taken.

        Raises:
            Rejected: V010 unless open or reserved, Q002 for somebody who fills it already, Q006 when it is reserved for
                another, V001.
        """

        def taken() -> Mapping[str, Any]:
            if self.reserved_for is not None and self.reserved_for != person:
                raise Rejected.over(Q006, "{person} is not {other}", person=brief(person), other=self.reserved_for)
            return {"filled_by": Added(person), "reserved_for": None}

        to = FILLED if len(self.filled_by) + 1 >= self.places else OPEN
        return self._act("fill", by, at, policy, noted_by, taken, to=to)

    def withdraw(
        self, reason: str | None = None, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Take it back. A reason may be given; none is asked.

        Raises:
            Rejected: V010 unless open or reserved.
        """
        return self._act("withdraw", by, at, policy, noted_by, {"reserved_for": None}, reason=reason)

    # --- questions ---------------------------------------------------------------------------------------------------

    def posted_on(self) -> date | None:
        """The day it was posted; None when that was before it was taken over from another system."""
        first = self.history[0] if self.history else None
        return None if first is None or first.act == IMPORT else first.at.date()

    def expired(self, on: date) -> bool:
        """Whether it is still open, but its last day has passed."""
        asked(on)
        return self.state is OPEN and self.open_until is not None and self.open_until < on

    def open_to(self, person: str, on: date) -> bool:
        """Whether somebody may ask for it on a day: it is open and not expired, or reserved for them."""
        asked(on)
        reserved = self.state is RESERVED and self.reserved_for == person
        return reserved or (self.state is OPEN and not self.expired(on))

    def sees(self, need: Need) -> bool:
        """Whether a need was released far enough to be compared: for a placement, to the client (M003)."""
        return released(need, to_client=self.kind is OpportunityKind.PLACEMENT)


def released(need: Need, *, to_client: bool) -> bool:
    """Whether a need was released to managers, or to the client as well (M003)."""
    return need.release is Release.CLIENT or (need.release is Release.MANAGERS and not to_client)


# --- rules -----------------------------------------------------------------------------------------------------------


@invariant(
    "Q002",
    "opportunity",
    field="filled_by",
    says="an opportunity is filled at most as often as it has places, each time by another person",
    why="own choice: consistency of numbers",
    mend="raise places, or post another opportunity",
)
def Q002(opportunity: Opportunity) -> Breaches:
    taken, places = opportunity.filled_by, opportunity.places
    seen: set[str] = set()
    for i, person in enumerate(taken):
        if person in seen:
            yield breach("{person} fills it twice", f"filled_by[{i}]", person=person)
        seen.add(person)
    if len(taken) > places:
        yield breach("{n} of {places} filled", n=len(taken), places=places)
    elif len(taken) == places and opportunity.state in LIVE:
        yield breach("{n} of {places} filled, but {state}", n=len(taken), places=places, state=opportunity.state.value)


@invariant(
    "Q003",
    "opportunity",
    field="open_until",
    says="an opportunity is open until the day of posting or later",
    why="own choice: consistency of dates",
    mend="set open_until on or after the day of posting",
)
def Q003(opportunity: Opportunity) -> Breaches:
    posted = opportunity.posted_on()
    if opportunity.open_until is not None and posted is not None and opportunity.open_until < posted:
        yield breach("open until {until}, posted {posted}", until=opportunity.open_until, posted=posted)


@invariant(
    "Q005",
    "opportunity",
    field="reserved_for",
    says="only a reserved opportunity says for whom",
    why="own choice: state and field must agree",
    mend="use reserve() and unreserve(), which set it and take it away",
)
def Q005(opportunity: Opportunity) -> Breaches:
    if opportunity.reserved_for is not None and opportunity.state is not RESERVED:
        yield breach("for {person}, but {state}", person=opportunity.reserved_for, state=opportunity.state.value)


@advice(
    "Q004",
    "opportunity",
    field="wants",
    says="an opportunity says what it wants",
    why="article, L13: her needs were matched with those of the client",
    mend="edit() it to hold at least one want",
)
def Q004(opportunity: Opportunity, on: date, policy: Policy) -> Breaches:
    if opportunity.state in LIVE and not opportunity.wants:
        yield breach("wants nothing that was named")


RULES: tuple[Rule, ...] = (
    Q001, Q006, Q002, Q003, Q005, Q004,
)  # fmt: skip
