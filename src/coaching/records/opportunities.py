"""Opportunities: a position, a placement, or something smaller, that somebody inside the company could take up.

Read top to bottom: values, table, the record and its acts, its rules, questions. Knows the kernel, needs and
occupations; knows no move, no book and no clock. People have needs; opportunities have wants. Nothing here orders
people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self, TypedDict, Unpack, cast

from frozendict import frozendict

from coaching.kernel.acting import Added, Changes
from coaching.kernel.classes import Values, value
from coaching.kernel.constraints import V014, V017, Count, Id, Scalar, Text, Uri, Whole, Word
from coaching.kernel.fields import As
from coaching.kernel.lifecycle import ANYONE, IMPORT, START, Lifecycle, Row, row
from coaching.kernel.policy import POLICY, Policy, asked
from coaching.kernel.record import Record, record
from coaching.kernel.rules import Breaches, Choice, Rejected, Rule, advice, breach, brief, invariant, stated
from coaching.kernel.values import Location
from coaching.records.needs import AnyNeedKind, Need, NeedKind, Release
from coaching.records.people import Occupation

# --- values ----------------------------------------------------------------------------------------------------------


class OpportunityState(Choice):
    """Where an opportunity stands: which of its places are free follows from its lists. Expired is derived as well."""

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


AnyOpportunityKind = OpportunityKind | Literal["position", "placement", "project", "mentoring", "shadowing"]


class WantKind(Choice):
    """What a want is about."""

    SKILL = "skill"
    EXPERIENCE = "experience"
    LANGUAGE = "language"
    QUALIFICATION = "qualification"
    AVAILABILITY = "availability"
    OTHER = "other"


AnyWantKind = WantKind | Literal["skill", "experience", "language", "qualification", "availability", "other"]


@value("offer")
class Offer:
    """What an opportunity offers, in words, beside the kind of need that it may meet."""

    kind: As[NeedKind, AnyNeedKind]
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

    kind: As[WantKind, AnyWantKind]
    text: Text
    essential: bool = True
    skill: Uri | None = None


# --- table -----------------------------------------------------------------------------------------------------------

# fmt: off
Q001 = stated("Q001", "opportunity", field="title", says="an opportunity has an organisation, a kind and a title",
              why="own choice: the least that lets somebody ask about it", mend="fill in organisation, kind and title")
Q006 = stated("Q006", "opportunity", field="person",
              says="a place that is reserved for somebody is filled by them",
              why="own choice: a reservation that anybody can overtake is none",
              mend="unreserve() a place first, or let one of those it is reserved for fill it")

OPPORTUNITY = Lifecycle(
    OpportunityState,
    #   act          from                      to                        who     asks for
    row("post",      START,                    OPEN,                     ANYONE, "title kind organisation"),
    row("edit",      LIVE,                     (OPEN, RESERVED, FILLED), ANYONE, keeps=True),
    row("reserve",   OPEN,                     LIVE,                     ANYONE, "person"),
    row("unreserve", LIVE,                     OPEN,                     ANYONE, "person", keeps=True),
    row("fill",      LIVE,                     (OPEN, RESERVED, FILLED), ANYONE, "person", keeps=True),
    row("free",      (OPEN, RESERVED, FILLED), OPEN,                     ANYONE, "person reason", keeps=True),
    row("withdraw",  LIVE,                     WITHDRAWN,                ANYONE, keeps=True),
    final=(WITHDRAWN,),
)

OpportunityBeginning = Literal["post", "import"]
OpportunityAct = Literal["edit", "reserve", "unreserve", "fill", "free", "withdraw", "reimport"]
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
    planned_to: date | None
    open_until: date | None
    contact: str | None
    posted_by: str


class OpportunityContent(OpportunityDetails, total=False):
    """What `edit` may set."""

    title: str
    kind: AnyOpportunityKind
    organisation: str


@record("opportunity", OPPORTUNITY, lambda: RULES)
class Opportunity(Record[OpportunityAct, OpportunityBeginning]):
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
        places: How many people it is for (Q002, Q005).
        starts_on: The day it begins, if that is known.
        planned_to: The day it is planned to end, where it has an end (Q007).
        open_until: The last day on which one may ask for it (Q003).
        contact: Whom to ask, in words or as an id.
        posted_by: Who posted it.
        reserved_for: Those for whom a place is kept, one each; the rest stay open (Q005, Q006).
        filled_by: Those who took it up, in that order (Q002).

    >>> from datetime import datetime, timezone
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> line = Opportunity.post("op-1", "Lead the new line", kind="placement", organisation="bruk", by="p-3", at=noon)
    >>> line.fill("p-17", by="p-3", at=noon).state
    'filled'
    """

    called = frozendict({"reserve": {"reserved_for[]": "person"}, "fill": {"filled_by[]": "person"}})

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
    planned_to: date | None = None
    open_until: date | None = None
    contact: Text | None = None
    posted_by: Id | None = None
    reserved_for: tuple[Id, ...] = ()
    filled_by: tuple[Id, ...] = ()

    @classmethod
    def post(
        cls,
        id: str,
        title: str,
        *,
        kind: AnyOpportunityKind,
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
        return cls._begin(
            "post",
            id,
            by,
            at,
            own,
            free=details,
            known=OpportunityDetails.__annotations__,
            acting=() if "posted_by" in details else ("posted_by",),
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

        With more places a reserved one is open again; with as few as are taken, it is reserved or filled.

        Raises:
            Rejected: V010 unless open or reserved, Q001, Q002 and Q005 for fewer places than are filled and reserved,
                Q003, Q007, V016 for a field that cannot be edited, and the constraints of the fields.
        """
        places = content.get("places")
        to = self._standing(places) if type(places) is int else self.state
        known = OpportunityContent.__annotations__
        return self._act("edit", by, at, policy, noted_by, content, known=known, to=to)

    def reserve(
        self, person: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Keep a place for somebody while a move is talked over. The other places stay open.

        Raises:
            Rejected: V010 unless open, Q005 for somebody who has a place already, V001, V014.
        """
        to = self._standing(self.places, reserved=1)
        given = self._somebody("reserve", person, lambda _by, _at: {"reserved_for": Added(person)})
        return self._act("reserve", by, at, policy, noted_by, given, to=to)

    def unreserve(
        self,
        person: str,
        reason: str | None = None,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Open the place that is kept for somebody to everybody again. A reason may be given; none is asked.

        Raises:
            Rejected: V010 unless open or reserved, V014, V017 for somebody it is not reserved for; where another system
                did not say for whom, it may be anybody.
        """

        def opened(_by: str, _at: datetime) -> Mapping[str, Any]:
            unsaid = self.state is RESERVED and not self.reserved_for
            return {"reserved_for": _without(self.reserved_for, person, unsaid=unsaid)}

        given = self._somebody("unreserve", person, opened)
        return self._act("unreserve", by, at, policy, noted_by, given, reason=reason)

    def fill(self, person: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None) -> Self:
        """Note who takes a place. It stays open until its last place is taken.

        Raises:
            Rejected: V010 unless open or reserved, Q002 for somebody who fills it already, Q006 when every place left
                is reserved for others, V001, V014.
        """
        kept = person in self.reserved_for

        def taken(_by: str, _at: datetime) -> Mapping[str, Any]:
            if self.state is RESERVED and self.reserved_for and not kept:
                raise Rejected.over(Q006, "{person} is none of those it is kept for", person=brief(person))
            left = tuple([p for p in self.reserved_for if p != person])
            return {"filled_by": Added(person), **({"reserved_for": left} if kept else {})}

        to = self._standing(self.places, filled=1, reserved=-int(kept))
        given = self._somebody("fill", person, taken)
        return self._act("fill", by, at, policy, noted_by, given, to=to)

    def free(
        self,
        person: str,
        reason: str,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Open the place that somebody took again: who had it left, or it was a slip. The history keeps who it was.

        Raises:
            Rejected: V010 once withdrawn, V014 without somebody or a reason, V017 for somebody who does not fill it;
                where another system did not say who does, it may be anybody.
        """

        def freed(_by: str, _at: datetime) -> Mapping[str, Any]:
            unsaid = self.state is FILLED and len(self.filled_by) < self.places
            return {"filled_by": _without(self.filled_by, person, unsaid=unsaid)}

        given = self._somebody("free", person, freed)
        return self._act("free", by, at, policy, noted_by, given, reason=reason)

    def withdraw(
        self, reason: str | None = None, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Take it back. A reason may be given; none is asked.

        Raises:
            Rejected: V010 unless open or reserved.
        """
        return self._act("withdraw", by, at, policy, noted_by, {"reserved_for": ()}, reason=reason)

    # --- questions ---------------------------------------------------------------------------------------------------

    def posted_on(self) -> date | None:
        """Give the day it was posted; None when that was before it was taken over from another system."""
        first = self.history[0] if self.history else None
        return None if first is None or first.act == IMPORT else first.at.date()

    def expired(self, on: date) -> bool:
        """Tell whether it is still open, but its last day has passed."""
        asked(on)
        return self.state is OPEN and self.open_until is not None and self.open_until < on

    def open_to(self, person: str, on: date) -> bool:
        """Tell whether somebody may ask for it on a day: a place is open and not expired, or reserved for them."""
        asked(on)
        return person in self.reserved_for or (self.state is OPEN and not self.expired(on))

    def free_places(self) -> int:
        """Say how many places are neither filled nor reserved; none once withdrawn, or where its state says so."""
        left = self.places - len(self.filled_by) - len(self.reserved_for)
        return max(0, left) if self.state is OPEN else 0

    def sees(self, need: Need) -> bool:
        """Tell whether a need was released far enough to be compared: for a placement, to the client (M003)."""
        return released(need, to_client=self.kind is OpportunityKind.PLACEMENT)

    # --- behind the acts ---------------------------------------------------------------------------------------------

    def _standing(self, places: int, *, filled: int = 0, reserved: int = 0) -> OpportunityState:
        """Say where it stands with so many places, and with so many more of them filled and reserved."""
        taken, kept = len(self.filled_by) + filled, len(self.reserved_for) + reserved
        if places > taken + kept:
            unsaid = self.state is RESERVED and not self.reserved_for and not filled and places <= self.places
            return RESERVED if unsaid else OPEN
        return RESERVED if kept > 0 else FILLED

    def _somebody(self, act: str, person: Any, changes: Callable[[str, datetime], Mapping[str, Any]]) -> Changes:
        """Say what an act about somebody changes, if there is somebody (V014)."""

        def asked_for(by: str, at: datetime) -> Mapping[str, Any]:
            if person is None:
                raise Rejected.over(V014, "{act} asks for {name}", "person", act=act, name="person")
            return changes(by, at)

        return asked_for

    def _was(self, kept: Values) -> frozendict[str, Scalar]:
        """Say what a change replaces; those who lose a reservation, or a place, each for themselves."""
        was = dict(super()._was(kept))
        for name in ("filled_by", "reserved_for"):
            still = frozenset(cast("tuple[str, ...]", kept.get(name, getattr(self, name))))
            gone = [(i, person) for i, person in enumerate(getattr(self, name)) if person not in still]
            was |= {f"{name}[{i}]": person for i, person in gone}
        return frozendict(sorted(was.items()))

    def _open(self, row: Row, person: str, on: date | None) -> bool:
        nobody = (row.act == "unreserve" and self.state is OPEN and not self.reserved_for) or (
            row.act == "free" and self.state is not FILLED and not self.filled_by
        )
        return not nobody and super()._open(row, person, on)


def _without(people: tuple[str, ...], person: str, *, unsaid: bool) -> tuple[str, ...]:
    """People without one of them; where they were not said, nobody is missed."""
    if person in people:
        return tuple([p for p in people if p != person])
    if not unsaid:
        raise Rejected.over(V017, "{person} has no place there", "person", person=brief(person))
    return people


def released(need: Need, *, to_client: bool) -> bool:
    """Tell whether a need was released to managers, or to the client as well (M003)."""
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
            yield breach("{person} fills the opportunity twice", f"filled_by[{i}]", person=person)
        seen.add(person)
    if len(taken) > places:
        yield breach("{n} of {places} places are filled", n=len(taken), places=places)
    elif len(taken) == places and opportunity.state in LIVE and not opportunity.reserved_for:
        yield breach(
            "{n} of {places} places are filled, but it is {state}", n=len(taken), places=places, state=opportunity.state
        )


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
    says="each reservation takes one place, for another person who has none, and it is reserved once no place is free",
    why="own choice: state and lists must agree, so that nobody is promised a place that is gone",
    mend="use reserve() and unreserve(), which keep both; raise places where there are too few",
)
def Q005(opportunity: Opportunity) -> Breaches:
    kept, state = opportunity.reserved_for, opportunity.state
    seen = set(opportunity.filled_by)
    for i, person in enumerate(kept):
        if person in seen:
            yield breach("{person} has a place already", f"reserved_for[{i}]", person=person)
        seen.add(person)
    free = opportunity.places - len(opportunity.filled_by) - len(kept)
    if kept and state not in LIVE:
        yield breach("places are reserved for {n}, but it is {state}", n=len(kept), state=state)
    elif kept and free < 0:
        what = "{n} places are reserved and {filled} filled of {places}"
        filled = len(opportunity.filled_by)
        yield breach(what, n=len(kept), filled=filled, places=opportunity.places)
    elif kept and state is not (OPEN if free else RESERVED):
        yield breach("{free} places are free, but it is {state}", free=free, state=state)


@invariant(
    "Q007",
    "opportunity",
    field="planned_to",
    reads="starts_on planned_to",
    says="an opportunity is not planned to end before it begins",
    why="own choice: consistency of two dates",
    mend="give an end on or after starts_on, or leave it open",
)
def Q007(opportunity: Opportunity) -> Breaches:
    first, last = opportunity.starts_on, opportunity.planned_to
    if first is not None and last is not None and last < first:
        yield breach("it ends {last}, before it begins, {first}", last=last, first=first)


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
        yield breach("the opportunity wants nothing that was named")


RULES: tuple[Rule, ...] = (
    Q001, Q006, Q002, Q003, Q005, Q007, Q004,
)  # fmt: skip
