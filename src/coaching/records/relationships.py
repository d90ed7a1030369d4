"""Coaching relationships: who coaches whom, and what the two have agreed on before they begin.

Read top to bottom: values, table, the record and its acts, its rules, questions. Knows the kernel; knows no goal, no
interview, no book and no clock. Rules about several relationships, and about who manages whom, stand in the book.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal, Self, TypedDict, Unpack

from frozendict import frozendict

from coaching.kernel.classes import Values, model_of, value
from coaching.kernel.constraints import Count, Id, Scalar, Text
from coaching.kernel.history import Entry, as_now, as_written
from coaching.kernel.lifecycle import IMPORT, SAME, START, V010, Lifecycle, Role, holder, row, shut
from coaching.kernel.policy import POLICY, Policy, asked
from coaching.kernel.record import record
from coaching.kernel.rules import Breaches, Choice, Rule, advice, breach, gate, invariant, stated
from coaching.kernel.shared_rules import differ
from coaching.kernel.signing import SignedRecord, both_signed
from coaching.kernel.values import Span

# --- values ----------------------------------------------------------------------------------------------------------


class RelationshipState(Choice):
    """Where a relationship stands."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"
    DECLINED = "declined"


PROPOSED, ACTIVE, PAUSED, ENDED, DECLINED = RelationshipState
OVER = (ENDED, DECLINED)


class RelationshipKind(Choice):
    """What the coach is to the coachee. A manager who coaches somebody else's report is a `coach`."""

    LINE_MANAGER = "line_manager"
    COACH = "coach"
    MENTOR = "mentor"
    PEER = "peer"


AnyRelationshipKind = RelationshipKind | Literal["line_manager", "coach", "mentor", "peer"]


@value("agreement")
class Agreement:
    """What coach and coachee agree on before they begin. Whatever is open may be said until the last signature (R002).

    Attributes:
        purpose: What the talks are for.
        cadence: Days that pass at most from one contact to the next: 14 is every other week, 31 is monthly.
        confidentiality: What stays between the two, and what does not.
        dual_role: Whether the coach manages the coachee as well, so that nobody is surprised by the other hat.
        review_on: The day by which the two look at the agreement again (R008).

    >>> Agreement("Find the next step", cadence=14).dual_role
    False
    """

    purpose: Text | None = None
    cadence: Count | None = None
    confidentiality: Text | None = None
    dual_role: bool = False
    review_on: date | None = None


AGREEMENT = model_of(Agreement).names

# --- table -----------------------------------------------------------------------------------------------------------


def _asked(relationship: CoachingRelationship, _part: Any) -> tuple[str, ...]:
    """Give whoever did not ask, at first or to look at it again; both, when that was not seen."""
    asking = next(e for e in reversed(as_now(relationship.history)) if e.act in {"propose", "revisit", IMPORT})
    by = None if asking.act == IMPORT else asking.by
    return tuple(person for person in (relationship.coach, relationship.coachee) if person != by)


# fmt: off
R006 = stated("R006", "relationship", field="state", says="ended and declined are final",
              why="mentoring tools: completing is one-way, and a restart is a new match",
              mend="propose a new relationship")

def _proposing(relationship: CoachingRelationship, _part: Any) -> tuple[str, ...]:
    """Give whoever proposed it, until it is revisited: from then on there is more to end than a proposal."""
    asking = next(e for e in reversed(relationship.history) if e.act in {"propose", "revisit", IMPORT})
    return (asking.by,) if asking.act == "propose" else ()


def _begun(relationship: CoachingRelationship, _part: Any) -> tuple[str, ...]:
    """Both, where it was active before."""
    return (relationship.coach, relationship.coachee) if relationship.was_active() else ()


COACH, COACHEE = holder("coach"), holder("coachee")
ASKED = Role("the one asked", _asked)
PROPOSING = Role("the one who proposed", _proposing)
BEGUN = Role("either", _begun, "once it was active")

RELATIONSHIP = Lifecycle(
    RelationshipState,
    #   act          from              to                  who               asks for
    row("propose",   START,            PROPOSED,           (COACH, COACHEE), "coach coachee kind purpose"),
    row("amend",     PROPOSED,         SAME,               (COACH, COACHEE), revises=True),
    row("sign",      PROPOSED,         (PROPOSED, ACTIVE), (COACH, COACHEE), "stance", onward=True),
    row("decline",   PROPOSED,         DECLINED,           ASKED),
    row("take_back", PROPOSED,         DECLINED,           PROPOSING),
    row("revisit",   ACTIVE,           PROPOSED,           (COACH, COACHEE), revises=True),
    row("pause",     ACTIVE,           PAUSED,             (COACH, COACHEE), "reason"),
    row("resume",    PAUSED,           ACTIVE,             (COACH, COACHEE), "reason"),
    row("close",     (ACTIVE, PAUSED), ENDED,              (COACH, COACHEE)),
    row("close",     PROPOSED,         ENDED,              BEGUN,            rule=V010,
        returns=True),
    shut("amend",   OVER, R006),
    shut("sign",    OVER, R006),
    shut("decline", OVER, R006),
    shut("take_back", OVER, R006),
    shut("revisit", OVER, R006),
    shut("pause",   OVER, R006),
    shut("resume",  OVER, R006),
    shut("close",   OVER, R006),
    final=OVER,
)

CoachingRelationshipBeginning = Literal["propose", "import"]
CoachingRelationshipAct = Literal[
    "amend", "sign", "decline", "take_back", "revisit", "pause", "resume", "close", "reimport",
]
# fmt: on


# --- the record and its acts -----------------------------------------------------------------------------------------


class AgreementTerms(TypedDict, total=False):
    """What `propose` may say of the agreement besides its purpose."""

    cadence: int | None
    confidentiality: str | None
    dual_role: bool
    review_on: date | None


class AgreementParts(AgreementTerms, total=False):
    """What `amend` and `revisit` may change of the agreement."""

    purpose: str | None


TERMS = tuple(AgreementTerms.__annotations__)


@record("relationship", RELATIONSHIP, lambda: RULES)
class CoachingRelationship(SignedRecord[CoachingRelationshipAct, CoachingRelationshipBeginning]):
    """Two people who agree that one coaches the other: a manager, a coach, a mentor or a peer.

    Begun by either of the two with `CoachingRelationship.propose`, active once both have signed, and ended by either
    alone. Every act gives back a new record.

    Attributes:
        coach: Who listens, asks and challenges.
        coachee: Whom the talks are for; never the coach (R001).
        kind: `line_manager`, `coach`, `mentor` or `peer`.
        agreement: Purpose, cadence, confidentiality, dual role, day of review (R002, R008).
        span: From the day it first became active to the day it ended (R011); kept by the acts. None before, and where
            it was taken over without a first day.
        closing: What somebody said when they closed it: what was learned, or thanks.

    >>> from datetime import datetime, timezone
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> pair = CoachingRelationship.propose(
    ...     "r-1", coach="p-3", coachee="p-17", kind="mentor", purpose="Find the next step", by="p-17", at=noon
    ... )
    >>> pair = pair.amend(cadence=14, confidentiality="All of it stays here", by="p-3", at=noon)
    >>> pair = pair.sign(by="p-3", at=noon).sign(by="p-17", at=noon)
    >>> pair.state, pair.revision, str(pair.span)
    ('active', 2, '2026-03-02 to open')
    """

    signatories = ("coach", "coachee")
    terms = ("coach", "coachee", "kind", "agreement")
    called = frozendict({act: frozendict({"agreement.": ""}) for act in ("propose", "amend", "revisit")})

    state: RelationshipState
    coach: Id
    coachee: Id
    kind: RelationshipKind
    agreement: Agreement | None = None
    span: Span | None = None
    closing: Text | None = None

    # --- agreeing ----------------------------------------------------------------------------------------------------

    @classmethod
    def propose(
        cls,
        id: str,
        *,
        coach: str,
        coachee: str,
        kind: AnyRelationshipKind,
        purpose: str,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **terms: Unpack[AgreementTerms],
    ) -> Self:
        """Propose a relationship to the other side. Both sign it, whoever proposed.

        Args:
            id: Opaque text (V001).
            coach: Who shall coach.
            coachee: Whom (R001).
            kind: `line_manager`, `coach`, `mentor` or `peer` (V012).
            purpose: What the talks are for, in words (V002).
            by: Coach or coachee.
            at: Aware (V003).
            policy: The house's numbers and severities.
            terms: The rest of the agreement, as far as it is known: `cadence` (days), `confidentiality`, `dual_role`,
                `review_on`.

        Raises:
            Rejected: R001, V002 without a purpose, V011 unless `by` is one of the two, V012, V016 for a term that does
                not exist, and the constraints of the fields.
        """
        said = "" if purpose is None else purpose  # an agreement may leave it open, a proposal may not (V002)

        def own(parts: Values) -> Values:
            return {"coach": coach, "coachee": coachee, "kind": kind, "agreement": {**parts, "purpose": said}}

        return cls._begin("propose", id, by, at, own, free=terms, known=TERMS, policy=policy, noted_by=noted_by)

    def amend(
        self,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **parts: Unpack[AgreementParts],
    ) -> Self:
        """Change the agreement before it is signed by both: a new revision, and signatures are void.

        Raises:
            Rejected: R006 when it is over, V010 unless proposed, V011 unless coach or coachee, V016 for a part that
                does not exist, and the constraints of the parts.
        """
        return self._act("amend", by, at, policy, noted_by, parts, known=AGREEMENT, also=self._agreement_with)

    def decline(
        self, reason: str | None = None, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Say no to what the other side proposed. A reason may be given; none is asked.

        Raises:
            Rejected: R006 when it is over, V010 unless proposed, V011 unless `by` is the one asked: the one who did not
                propose it, or did not revisit it last; on one that was taken over, either.
        """
        return self._act("decline", by, at, policy, noted_by, lambda _, at: {"span": self._ended(at)}, reason=reason)

    def take_back(
        self, reason: str | None = None, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Take one's own proposal back. A reason may be given; none is asked.

        Raises:
            Rejected: R006 when it is over, V010 unless proposed, V011 unless `by` proposed it: neither on one that was
                taken over (decline it), nor on one that was active and is revisited (close it).
        """
        return self._act("take_back", by, at, policy, noted_by, reason=reason)

    def revisit(
        self,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **parts: Unpack[AgreementParts],
    ) -> Self:
        """Open the agreement again, perhaps with changes: a new revision, proposed anew, for both to sign.

        Raises:
            Rejected: R006 when it is over, V010 unless active, V011 unless coach or coachee, V016 for a part that does
                not exist, and the constraints of the parts.
        """
        return self._act("revisit", by, at, policy, noted_by, parts, known=AGREEMENT, also=self._agreement_with)

    # --- resting and ending ------------------------------------------------------------------------------------------

    def pause(
        self, reason: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Let the relationship rest. What was agreed and signed stands.

        Raises:
            Rejected: R006 when it is over, V010 unless active, V011 unless coach or coachee, V014 without a reason,
                V002 on a blank one.
        """
        return self._act("pause", by, at, policy, noted_by, reason=reason)

    def resume(
        self, reason: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Take a paused relationship up again, as it was agreed.

        Raises:
            Rejected: R006 when it is over, V010 unless paused, V011 unless coach or coachee, V014 without a reason,
                V002 on a blank one.
        """
        return self._act("resume", by, at, policy, noted_by, reason=reason)

    def close(
        self, closing: str | None = None, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """End the relationship. Either does so alone, at any time, revisited or not, and owes nobody a reason.

        Args:
            closing: What was learned, or thanks (V002); nothing needs to be said.
            by: Coach or coachee.
            at: Aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.

        Raises:
            Rejected: R006 when it is over already, V010 while it is proposed for the first time, V011 unless coach or
                coachee, V002.

        Source: ICF ethics, read second hand: any party may end at any time.
        """

        def closed(_: str, at: datetime) -> Mapping[str, object]:
            return {"closing": closing, "span": self._ended(at)}

        return self._act("close", by, at, policy, noted_by, closed)

    # --- questions ---------------------------------------------------------------------------------------------------

    def was_active(self) -> bool:
        """Tell whether it is active or paused, or was so before it was opened again."""
        return any(e.state in {ACTIVE, PAUSED} for e in self.history)

    def review_passed(self, on: date) -> bool:
        """Tell whether it is active or paused, and the day to look at the agreement again has passed (R008)."""
        asked(on)
        day = None if self.agreement is None else self.agreement.review_on
        return self.state in {ACTIVE, PAUSED} and day is not None and day < on

    # --- behind the acts ---------------------------------------------------------------------------------------------

    def _once_signed(self, at: datetime, /) -> Mapping[str, object]:
        """Give the signature that first makes the relationship active begins its span too."""
        return {"span": Span(at.date())} if self.span is None and not self.was_active() else {}

    def _agreement_with(self, parts: Values) -> Values:
        """Give the agreement with some parts changed, to be checked where it is built."""
        now = self.agreement or Agreement()
        return {"agreement": {**{name: getattr(now, name) for name in AGREEMENT}, **parts}}

    def _ended(self, at: datetime) -> Span | None:
        """Give the span up to the day of an act; in another zone that may be before the first, which then counts."""
        return None if self.span is None else Span(self.span.from_, max(self.span.from_, at.date()))

    def _was(self, kept: Values) -> frozendict[str, Scalar]:
        """Say what a change replaces: of the agreement each part for itself."""
        old, new = self.agreement, kept.get("agreement", self.agreement)
        parts = {} if old is None else {name: getattr(old, name) for name in sorted(AGREEMENT)}
        was = dict(super()._was({name: it for name, it in kept.items() if name != "agreement"}))
        was |= {
            f"agreement.{n}": as_written(v) for n, v in parts.items() if v is not None and v != getattr(new, n, None)
        }
        return frozendict(was)


# --- rules: what no relationship may break ---------------------------------------------------------------------------


R001 = differ(
    "R001",
    "relationship",
    "coachee",
    "coach",
    says="coach and coachee are two people",
    why="article, L16: a shared responsibility, so it takes two",
    mend="name another coach or coachee",
)


@invariant(
    "R011",
    "relationship",
    field="span",
    says="the span of a relationship has an end only once the relationship is over",
    why="own choice: state and dates must agree",
    mend="use close(), which sets the end, or leave the span open",
)
def R011(relationship: CoachingRelationship) -> Breaches:
    span = relationship.span
    if span is not None and span.to is not None and relationship.state not in OVER:
        yield breach("the relationship ended {to}, but is {state}", to=span.to, state=relationship.state)


# --- rules: gates ----------------------------------------------------------------------------------------------------


@gate(
    "R002",
    "relationship",
    act="sign>active",
    field="agreement",
    says="purpose, cadence and confidentiality are stated before the relationship is active",
    why="ICF ethics, read second hand: roles and confidentiality are agreed before coaching starts",
    mend="amend() the agreement with the missing part, then let both sign; revisit() it first where it is active",
)
def R002(relationship: CoachingRelationship, entry: Entry | None) -> Breaches:
    agreement = relationship.agreement or Agreement()
    for name in ("purpose", "cadence", "confidentiality"):
        if getattr(agreement, name) is None:
            yield breach("{name} is not stated", f"agreement.{name}", name=name)


R003 = both_signed(
    "R003",
    "relationship",
    act="sign>active",
    says="both have signed the same revision before the relationship is active",
    why="article, L16: the responsibility is shared; pages on three-way contracting: all sign before the start",
    mend="let both sign the current revision; revisit() the agreement first where the relationship is active",
)


# --- rules: advice ---------------------------------------------------------------------------------------------------


@advice(
    "R008",
    "relationship",
    field="agreement",
    says="the review date of the agreement has not passed",
    why="ICF competencies 2025, point 3.12, read second hand: revisit the agreement when needed",
    mend="resume() it if it is paused, revisit() the agreement and set a new review_on; or close()",
)
def R008(relationship: CoachingRelationship, on: date, policy: Policy) -> Breaches:
    if relationship.agreement is not None and relationship.review_passed(on):
        yield breach(
            "the agreement was to be reviewed on {day}", "agreement.review_on", day=relationship.agreement.review_on
        )


RULES: tuple[Rule, ...] = (
    R006, R001, R011, R002, R003, R008,
)  # fmt: skip
