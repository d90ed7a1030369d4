"""Interviews: the talk that the library is for, from planning to both signatures.

Read top to bottom: values, table, the record and its acts, its rules. Turns and the rules that need only them stand in
`turns`. Knows the kernel and commitments; knows no goal, no book and no clock. Rules about several records (I002, I006,
I025, I033, I034) stand in the book.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Literal, Self, TypedDict, Unpack

from annotated_types import Interval
from frozendict import frozendict

from coaching.kernel.acting import Added
from coaching.kernel.checking import Faults, check_as
from coaching.kernel.classes import value
from coaching.kernel.constraints import V017, Id, Moment, Text, Word
from coaching.kernel.history import Entry
from coaching.kernel.lifecycle import IMPORT, SAME, START, Lifecycle, holder, row, shut
from coaching.kernel.policy import POLICY, Policy
from coaching.kernel.record import Await, record
from coaching.kernel.rules import (
    Breach,
    Breaches,
    Choice,
    Rejected,
    Rule,
    advice,
    breach,
    brief,
    gate,
    invariant,
    stated,
)
from coaching.kernel.shared_rules import differ, ids_once
from coaching.kernel.signing import both_signed
from coaching.kernel.values import Ref
from coaching.records.commitments import (
    DONE,
    PROMISE,
    PROMISED,
    CommitmentAct,
    CommitmentState,
    PromisingRecord,
    commitment_rows,
)
from coaching.records.turns import ASKS, AnyDecision, AnyPhase, AnyTurnKind, AnyVital, Phase, Turn, TurnKind, Vital
from coaching.records.turns import RULES as TURNS

# --- values ----------------------------------------------------------------------------------------------------------


class InterviewState(Choice):
    """Where a talk stands. Held: it took place. Signed: both signed what was written down. Unsigned: not both will."""

    PLANNED = "planned"
    SCHEDULED = "scheduled"
    OPEN = "open"
    HELD = "held"
    SIGNED = "signed"
    UNSIGNED = "unsigned"
    CANCELLED = "cancelled"


PLANNED, SCHEDULED, OPEN, HELD, SIGNED, UNSIGNED, CANCELLED = InterviewState
TOOK_PLACE = frozenset({HELD, SIGNED, UNSIGNED})
"""The states of a talk that was held, whatever became of its record."""


class InterviewKind(Choice):
    """The yearly talk, which more is asked of, or one in between."""

    ANNUAL = "annual"
    FOLLOW_UP = "follow_up"
    PLACEMENT_CHANGE = "placement_change"
    CHECK_IN = "check_in"


AnyInterviewKind = InterviewKind | Literal["annual", "follow_up", "placement_change", "check_in"]

ANNUAL = InterviewKind.ANNUAL

I003 = stated(
    "I003",
    "slot",
    field="",
    says="a slot has a start, 15 to 480 minutes and a place",
    why="svf.se and unionen.se: one to two undisturbed hours in a neutral place; 15 and 480 are our own choice",
    mend="give start, minutes and place",
)


@value("slot")
class Slot:
    """When and where a talk takes place, and how long.

    Raises:
        Rejected: I003 when one of the three is missing, or not 15 to 480 minutes; V003 for a start without offset.

    >>> print(Slot(datetime.fromisoformat("2026-03-25T09:00+01:00"), 90, "Room 4"))
    2026-03-25T09:00+01:00, 90 minutes, Room 4
    """

    start: Annotated[Moment, I003]
    minutes: Annotated[int, Interval(ge=15, le=480), I003]
    place: Annotated[Word, I003]

    @property
    def end(self) -> datetime:
        """When it is over; the last moment there is where that would be after it."""
        try:
            return self.start + timedelta(minutes=self.minutes)
        except OverflowError:
            return datetime.max.replace(tzinfo=self.start.tzinfo)

    def __str__(self) -> str:
        """Start, length and place."""
        return f"{self.start.isoformat(timespec='minutes')}, {self.minutes} minutes, {self.place}"


@value("preparation")
class Preparation:
    """What one side noted before the talk. It is its writer's alone."""

    by: Id
    at: Moment
    notes: Text


@value("absence")
class Absence:
    """Somebody who did not come, and the slot that was missed. The reason stands in the history."""

    person: Id
    slot: Slot | None = None


@value("look_back")
class LookBack:
    """A remark in the talk on something from before it: a goal, a promise, a step of the path."""

    ref: Ref
    remark: Text
    by: Id
    at: Moment | None = None


@value("disclosure")
class Disclosure:
    """What is passed on of the talk, to whom, and who released it. That it is nothing is a statement too.

    >>> Disclosure("nothing").to is None
    True
    """

    what: Text
    to: Word | None = None
    released_by: Id | None = None


# --- table -----------------------------------------------------------------------------------------------------------

# fmt: off
I015 = stated("I015", "interview", field="revision",
              says="a signed record does not change, and reopening makes a new revision",
              why="own choice: what two people signed is fixed; Amoeboids and Remote.com know a reopened state",
              mend="call reopen() with a reason, then amend and let both sign again")

EITHER = (holder("coachee"), holder("interviewer"))

INTERVIEW = Lifecycle(
    InterviewState,
    #   act              from                  to              who          asks for
    row("plan",          START,                PLANNED,        EITHER,      "coachee interviewer kind due_on"),
    row("schedule",      PLANNED,              SCHEDULED,      EITHER,      "slot", onward=True),
    row("reschedule",    SCHEDULED,            SAME,           EITHER,      "slot reason", keeps=True),
    row("miss",          SCHEDULED,            PLANNED,        EITHER,      "absent reason", keeps=True),
    row("reassign",      (PLANNED, SCHEDULED), SAME,           EITHER,      "new_interviewer", keeps=True),
    row("prepare",       SCHEDULED,            SAME,           EITHER,      "notes"),
    row("start",         SCHEDULED,            OPEN,           EITHER,      onward=True),
    row("say",           OPEN,                 SAME,           EITHER,      "text kind"),
    row("look_back_at",  OPEN,                 SAME,           EITHER,      "ref remark"),
    row("adjourn",       OPEN,                 SCHEDULED,      EITHER,      "slot", keeps=True),
    row("finish",        OPEN,                 HELD,           EITHER,
        "outcomes? no_change? disclosures? follow_up_on?", onward=True),
    row("amend",         HELD,                 SAME,           EITHER,      revises=True),
    row("sign",          HELD,                 (HELD, SIGNED), EITHER,      "stance", onward=True),
    row("leave_unsigned", HELD,                UNSIGNED,       EITHER,      "reason"),
    row("reopen",        (SIGNED, UNSIGNED),   HELD,           EITHER,      "reason", revises=True),
    row("cancel",        (PLANNED, SCHEDULED), CANCELLED,      EITHER,      "reason?"),
    *commitment_rows(EITHER, promise=(OPEN,), signed_anew=(HELD,), keep=tuple(InterviewState)),
    shut("say",          SIGNED,               I015),
    shut("look_back_at", SIGNED,               I015),
    shut("amend",        SIGNED,               I015),
    shut("promise",      SIGNED,               I015),
    final=(CANCELLED,),
)

InterviewBeginning = Literal["plan", "import"]
InterviewAct = Literal[
    "schedule", "reschedule", "miss", "reassign", "prepare", "start", "say", "look_back_at", "adjourn", "finish",
    "amend", "sign", "leave_unsigned", "reopen", "cancel", CommitmentAct, "reimport",
]
# fmt: on


# --- the record and its acts -----------------------------------------------------------------------------------------


class InterviewContent(TypedDict, total=False):
    """What `amend` may set."""

    turns: tuple[Turn, ...]
    look_back: tuple[LookBack, ...]
    outcomes: tuple[Ref, ...]
    no_change: str | None
    disclosures: tuple[Disclosure, ...]
    follow_up_on: date | None
    feedback: tuple[str, ...]
    held_on: date | None
    cycle: str | None


@record("interview", INTERVIEW, lambda: RULES)
class Interview(PromisingRecord[InterviewAct, InterviewBeginning]):
    """A career interview, never a recruiting one: a person talks over their direction with one who listens.

    Begun with `Interview.plan`, carried on by its acts, each of which gives back a new interview.

    Attributes:
        coachee: The person the talk is for.
        interviewer: Who listens, asks and challenges; responsible for the talk (I001). None only where another system
            did not say (I032).
        kind: `annual`, which most gates are for, or one of the talks in between.
        due_on: The day by which it shall be held.
        cycle: What an annual one counts for (I025): `2026`, `2026-H1`, `2026-Q3`, or a word of the house; a key and no
            free text.
        held_on: The day it was held, from which due dates count (I035).
        slot: When and where (I003); none while planned.
        invited_at: When the slot was first named (I004).
        preparations: One for each who prepared, private to its writer (I005).
        absences: Who did not come, and to which slot.
        previous: The id of the talk before this one (I006).
        look_back: Remarks on what came before.
        turns: What was said, in order (I008, I026, I027). Recording them is optional but for what gates ask.
        outcomes: Goals, needs, steps or promises that came out of it (I011).
        no_change: Why nothing changes, when that is the outcome (I011).
        feedback: Ids of the feedback that was given in it.
        disclosures: What is passed on, to whom, and who released it (I024).
        follow_up_on: When it is taken up again (I012).

    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> talk = Interview.plan(
    ...     "i-1", coachee="p-17", interviewer="p-3", kind="annual", due_on=date(2026, 9, 30), by="p-17", at=noon
    ... )
    >>> talk.state, talk.cycle, talk.acts_for("p-3")
    ('planned', '2026', ('schedule', 'reassign', 'cancel'))
    """

    signatories = ("coachee", "interviewer")
    called = frozendict(
        {"reassign": {"interviewer": "new_interviewer"}, "say": {"turns[].speaker": "by", "turns[].": ""}, **PROMISE}
    )
    promising = ("coachee", "interviewer")
    terms = (
        "coachee", "interviewer", "kind", "turns", "look_back", "outcomes", "no_change", "commitments", "disclosures",
        "follow_up_on", "feedback", "held_on",
    )  # fmt: skip

    state: InterviewState
    coachee: Id
    interviewer: Id | None = None
    kind: InterviewKind
    due_on: date | None = None
    cycle: Id | None = None
    slot: Slot | None = None
    invited_at: Moment | None = None
    preparations: tuple[Preparation, ...] = ()
    absences: tuple[Absence, ...] = ()
    previous: Id | None = None
    look_back: tuple[LookBack, ...] = ()
    turns: tuple[Turn, ...] = ()
    outcomes: tuple[Ref, ...] = ()
    no_change: Text | None = None
    feedback: tuple[Id, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    follow_up_on: date | None = None
    held_on: date | None = None

    # --- before the talk ---------------------------------------------------------------------------------------------

    @classmethod
    def plan(
        cls,
        id: str,
        coachee: str,
        interviewer: str,
        kind: AnyInterviewKind,
        due_on: date,
        *,
        by: str,
        at: datetime,
        cycle: str | None = None,
        previous: str | None = None,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Plan a talk. Either of the two may.

        Args:
            id: Opaque text (V001).
            coachee: The person it is for.
            interviewer: Who will listen and ask (I001).
            kind: `annual`, `follow_up`, `placement_change` or `check_in` (V012).
            due_on: The day by which it shall be held.
            by: The coachee or the interviewer.
            at: Aware (V003).
            cycle: What an annual talk counts for: `2026`, `2026-H1`, `2026-Q3`, or a word of the house; the year of
                `due_on` when left out.
            previous: The id of the talk before this one.
            policy: The house's numbers and severities.

        Raises:
            Rejected: I001, I032, V011 unless `by` is one of the two, and the constraints of the fields.
        """
        day = _day(due_on, "due_on", Faults())
        if cycle is None and isinstance(kind, str) and kind == ANNUAL and isinstance(day, date):
            cycle = _year(day)
        values = {"coachee": coachee, "interviewer": interviewer, "kind": kind, "due_on": due_on, "cycle": cycle}
        return cls._begin("plan", id, by, at, {**values, "previous": previous}, policy=policy, noted_by=noted_by)

    def schedule(
        self,
        slot: Slot | Mapping[str, object],
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Name when and where, which is the invitation.

        Raises:
            Rejected: V010 unless planned, V011 unless `by` is one of the two, I003.
        """
        return self._act("schedule", by, at, policy, noted_by, lambda _, at: {"slot": slot, "invited_at": at})

    def reschedule(
        self,
        slot: Slot | Mapping[str, object],
        reason: str,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Move the talk to another slot, with a reason. The old one is kept in the history, the invitation stands.

        Raises:
            Rejected: V010 unless scheduled, V011 unless `by` is one of the two, V002 on a blank reason, I003.
        """
        return self._act("reschedule", by, at, policy, noted_by, {"slot": slot}, reason=reason)

    def miss(
        self, absent: str, reason: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Say that one of the two did not come, and why. The talk is planned again, and waits for a new slot.

        Raises:
            Rejected: V010 unless scheduled, V011 unless `by` is one of the two, V017 for an `absent` who is not, V002
                on a blank reason, and the gate I031: not before the slot begins.
        """

        def missed(_by: str, _at: datetime) -> Mapping[str, object]:
            if absent not in self._two():
                what = "{absent} is not in the talk; there are: {known}"
                known = ", ".join(self._two())
                raise Rejected.over(V017, what, "absent", absent=brief(absent), known=known)
            return {"absences": Added(Absence(absent, self.slot)), "slot": None, "invited_at": None}

        return self._act("miss", by, at, policy, noted_by, missed, reason=reason)

    def reassign(
        self,
        new_interviewer: str,
        reason: str | None = None,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Hand the talk over to another interviewer, who is responsible from now on. The history keeps the old one.

        Either of the two may: the old interviewer may be gone. A book asks I002 of the new one.

        Raises:
            Rejected: V010 unless planned or scheduled, V011 unless `by` is one of the two, I001.
        """
        return self._act("reassign", by, at, policy, noted_by, {"interviewer": new_interviewer}, reason=reason)

    def prepare(
        self, notes: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Note for oneself what to talk about. New notes replace one's own earlier ones; nobody else sees them.

        Raises:
            Rejected: V010 unless scheduled, V011 unless `by` is one of the two, V002 on blank notes.
        """

        def prepared(by: str, at: datetime) -> Mapping[str, object]:
            others = tuple(p for p in self.preparations if p.by != by)
            return {"preparations": (*others, Preparation(by, at, notes))}

        return self._act("prepare", by, at, policy, noted_by, prepared)

    def cancel(
        self, reason: str | None = None, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Call the talk off.

        Raises:
            Rejected: V010 unless planned or scheduled, V011 unless `by` is one of the two, and the gate I016: a reason.
        """
        return self._act("cancel", by, at, policy, noted_by, reason=reason)

    # --- the talk ----------------------------------------------------------------------------------------------------

    def start(self, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None) -> Self:
        """Begin to talk, or go on after an adjournment.

        Raises:
            Rejected: V010 unless scheduled, V011 unless `by` is one of the two.
        """
        return self._act("start", by, at, policy, noted_by)

    def say(
        self,
        text: str,
        kind: AnyTurnKind,
        *,
        by: str,
        at: datetime,
        reply_to: int | None = None,
        decision: AnyDecision | None = None,
        vital: AnyVital | None = None,
        phase: AnyPhase | None = None,
        open: bool = False,  # noqa: A002  (the domain's word for a question that is not answered by yes or no)
        tags: tuple[str, ...] = (),
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Say something: a turn of the one who acts, numbered after the last.

        Args:
            text: The words (V002); never interpreted.
            kind: What it is (V012): `question`, `answer`, `idea`, `suggestion`, `challenge`, `affirmation`, `summary`,
                `confirmation`, `correction`, `concern`, `ask_help`, `demand`, `reply` or `note`; who says what: I027.
            by: The speaker.
            at: Aware (V003), not before the last entry (V009).
            reply_to: The number of the earlier turn it answers (I026).
            decision: What a reply comes to: `yes`, `answered` or `no` (I029).
            vital: `heading`, `destination` or `route`, of a question or answer (I008, I029).
            phase: `topic`, `goal`, `reality`, `options` or `will`.
            open: Whether a question is open (I029).
            tags: Words of the house; `dream` and `pay` are looked for (I020, I021).
            policy: The house's numbers and severities.

        Raises:
            Rejected: I015 once signed, V010 unless open, V011 unless `by` is one of the two, I008, I026, I027, I029,
                V002, V012.
        """

        def said(by: str, at: datetime) -> Mapping[str, object]:
            turn = Turn(
                len(self.turns) + 1, by, kind, text, at, reply_to, decision, vital, phase, open, tags,
            )  # fmt: skip
            return {"turns": Added(turn)}

        return self._act("say", by, at, policy, noted_by, said)

    def look_back_at(
        self, ref: Ref, remark: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Say something about what came before: a goal, a promise, a step of the path.

        Raises:
            Rejected: I015 once signed, V010 unless open, V011 unless `by` is one of the two, V002 on a blank remark.
        """
        return self._act(
            "look_back_at",
            by,
            at,
            policy,
            noted_by,
            lambda by, at: {"look_back": Added(LookBack(ref, remark, by, at))},
        )

    def adjourn(
        self,
        slot: Slot | Mapping[str, object],
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Stop here and go on in another slot. What was said stays.

        Raises:
            Rejected: V010 unless open, V011 unless `by` is one of the two, I003.
        """
        return self._act("adjourn", by, at, policy, noted_by, {"slot": slot})

    def finish(
        self,
        outcomes: tuple[Ref, ...] = (),
        no_change: str | None = None,
        disclosures: tuple[Disclosure, ...] = (),
        follow_up_on: date | None = None,
        feedback: tuple[str, ...] = (),
        held_on: date | None = None,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """End the talk: what came out of it, what is passed on, and when it is taken up again.

        Args:
            outcomes: Goals, needs, steps or promises that came out of it (I011).
            no_change: Or why nothing changes.
            disclosures: What is passed on, to whom, and who released it; `Disclosure("nothing")` says so (I024).
            follow_up_on: A day after the talk (I012).
            feedback: Ids of the feedback that was given in it.
            held_on: The day it was held, where it is written up later (I035); when left out, the day of the last
                `start`, in the offset from UTC of that moment.
            by: One of the two.
            at: Aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.

        Raises:
            Rejected: V010 unless open, V011 unless `by` is one of the two, and the gates I009, I011 and I035; for an
                annual interview also I007, I010, I012, I013 and I024.
        """

        def finished(_: str, at: datetime) -> Mapping[str, object]:
            return {
                "outcomes": outcomes, "no_change": no_change, "disclosures": disclosures, "follow_up_on": follow_up_on,
                "feedback": feedback, "held_on": held_on if held_on is not None else self._last_sitting(at),
            }  # fmt: skip

        return self._act("finish", by, at, policy, noted_by, finished)

    # --- after the talk ----------------------------------------------------------------------------------------------

    def amend(
        self,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **changes: Unpack[InterviewContent],
    ) -> Self:
        """Correct what was written down. It makes a new revision, which both have to sign.

        Raises:
            Rejected: I015 once signed (reopen first), V010 unless held, V011 unless `by` is one of the two, V016 for a
                field that cannot be amended, I008, I026, I027, I029, the gate I035 and the constraints of the fields.
        """
        return self._act("amend", by, at, policy, noted_by, changes, known=InterviewContent.__annotations__)

    def leave_unsigned(
        self, reason: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Leave it at what was written down, since not both will sign it: one is gone, or will not. It was held.

        Nobody is awaited to sign any more. A signature that stands already stays; what was promised stays, too.

        Raises:
            Rejected: V010 unless held, V011 unless `by` is one of the two, V002 on a blank reason.
        """
        return self._act("leave_unsigned", by, at, policy, noted_by, reason=reason)

    def reopen(
        self, reason: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Take a record up again that was signed or left unsigned, with a reason: a new revision, for both to sign.

        Raises:
            Rejected: V010 unless signed or unsigned, V011 unless `by` is one of the two, V002 on a blank reason.
        """
        return self._act("reopen", by, at, policy, noted_by, reason=reason)

    # --- questions ---------------------------------------------------------------------------------------------------

    def unanswered(self) -> tuple[Turn, ...]:
        """Give the concerns, asks for help and demands that the other side has not replied to (I009)."""
        waiting: dict[int, Turn] = {}
        for turn in self.turns:
            if turn.kind in ASKS:
                waiting[turn.number] = turn
            elif turn.kind is TurnKind.REPLY and turn.reply_to in waiting:
                asked = waiting[turn.reply_to]
                if (asked.speaker == self.coachee) != (turn.speaker == self.coachee):
                    del waiting[turn.reply_to]
        return tuple(waiting.values())

    def unprepared(self) -> tuple[str, ...]:
        """Say who of the two has noted nothing yet (I005)."""
        prepared = {p.by for p in self.preparations}
        return tuple(p for p in self._two() if p not in prepared)

    def words_share(self) -> Decimal | None:
        """Give the interviewer's share of all words, from 0 to 1, to the hundredth (I017); None without any words."""
        theirs, words = self._words()
        return (Decimal(theirs) / words).quantize(Decimal("0.01")) if words else None

    def held_day(self) -> date | None:
        """Give the day it was held, once it was; where nobody said, that of the last sitting, or of the slot."""
        if self.state not in TOOK_PLACE:
            return None
        return self.held_on if self.held_on is not None else self._last_sitting()

    def counts_for(self) -> str | None:
        """Give the cycle it counts for; where none is named, the year it was held in, or else is due in."""
        day = self.held_day() or self.due_on
        return self.cycle if self.cycle is not None or day is None else _year(day)

    def sittings(self) -> tuple[date, ...]:
        """Give the days on which it was begun or gone on with here, in the offset of whoever said so; oldest first."""
        return tuple(e.at.date() for e in self.history if e.act == "start")

    def _last_sitting(self, at: datetime | None = None) -> date | None:
        """Give the day of the last sitting; where nobody here saw one begin, that of the slot, and else of a moment."""
        began = self.sittings()
        if began:
            return began[-1]
        act = None if at is None else at.date()
        slot = None if self.slot is None else self.slot.start.date()
        return act if slot is None or (act is not None and slot > act) else slot

    def _two(self) -> tuple[str, ...]:
        """Give the coachee, and the interviewer where one is named."""
        return (self.coachee,) if self.interviewer is None else (self.coachee, self.interviewer)

    def _words(self) -> tuple[int, int]:
        """Say how many words the interviewer's side said, and how many were said at all."""
        theirs = words = 0
        for turn in self.turns:
            n = len(turn.text.split())
            words += n
            theirs += n if turn.speaker != self.coachee else 0
        return theirs, words

    def _also_awaited(self) -> Iterator[Await]:
        yield from super()._also_awaited()
        if self.state is SCHEDULED:
            for person in self.unprepared():
                yield Await(person, "prepare")
        if self.state is OPEN:
            for turn in self.unanswered():
                other = self.interviewer if turn.speaker == self.coachee else self.coachee
                if other is not None:
                    yield Await(other, "say", str(turn.number))


_day = check_as(date)


def _year(day: date) -> str:
    return f"{day.year:04}"


# --- rules: what no interview may break ------------------------------------------------------------------------------


I001 = differ(
    "I001",
    "interview",
    "interviewer",
    "coachee",
    says="interviewer and coachee are two people",
    why="article, L7: the path is mapped together with one's manager",
    mend="name another interviewer",
)


I030 = ids_once(
    "I030",
    "interview",
    "commitments",
    says="ids of commitments are used once in an interview",
    mend="give each commitment an id of its own",
)


@invariant(
    "I032",
    "interview",
    field="interviewer",
    reads="interviewer history",
    says="an interviewer is named, unless the talk was taken over from another system",
    why="article, L7: somebody listens, asks and challenges; an old system may not say who it was",
    mend="name the interviewer",
)
def I032(talk: Interview) -> Breaches:
    if talk.interviewer is None and talk.history and talk.history[0].act != IMPORT:
        yield breach("no interviewer is named")


# --- rules: gates ----------------------------------------------------------------------------------------------------

ENDING = ("finish", "sign>signed")
"""What has to be there when a talk is finished has to be there still when both have signed what was written down."""


@gate(
    "I007",
    "interview",
    act=ENDING,
    field="turns",
    says="the three vital questions are answered before an annual interview is finished",
    why="article, L7: where am I going right now, where do I want to go, and how do I get there",
    mend="let the coachee answer the missing one with say(kind='answer', vital=...), then finish again",
)
def I007(talk: Interview, entry: Entry | None) -> Breaches:
    if talk.kind is ANNUAL:
        answered = {t.vital for t in talk.turns if t.kind is TurnKind.ANSWER}
        for vital in Vital:
            if vital not in answered:
                yield breach("no answer about the {vital}", vital=vital)


@gate(
    "I009",
    "interview",
    act=ENDING,
    field="turns",
    says="every concern, help request and demand has a reply by the other side",
    why="article, L14, L17 and L20: room for concerns, dare to ask for help, clear demands",
    mend="reply to it with yes, an answer or a reasoned no: say(kind='reply', reply_to=...)",
)
def I009(talk: Interview, entry: Entry | None) -> Breaches:
    for turn in talk.unanswered():
        what = "no reply to turn {n}, {kind} by {speaker}"
        yield breach(what, f"turns[{turn.number - 1}]", n=turn.number, kind=turn.kind, speaker=turn.speaker)


@gate(
    "I010",
    "interview",
    act=ENDING,
    field="turns",
    says="in an annual interview a summary by the interviewer after the last vital answer is confirmed by the coachee, "
    "and a correction asks for a new one",
    why="article, L8 and L12: listen, and develop an understanding of the individual",
    mend="let the interviewer sum up again and the coachee confirm, then finish again",
)
def I010(talk: Interview, entry: Entry | None) -> Breaches:
    if talk.kind is ANNUAL:
        yield from _missing_of_understanding(talk.turns)


NO_SUMMARY = (breach("no summary since the last vital answer"),)
NO_NEW_SUMMARY = (breach("corrected, and no new summary"),)
UNCONFIRMED = (breach("the summary is not confirmed"),)


def _missing_of_understanding(turns: tuple[Turn, ...]) -> Breaches:
    """Say what is missing at the end. Later summaries need no confirmation if one since the last vital answer has."""
    summary = 0
    missing: tuple[Breach, ...] = NO_SUMMARY
    for turn in turns:
        if turn.kind is TurnKind.ANSWER and turn.vital is not None:
            summary, missing = 0, NO_SUMMARY
        elif turn.kind is TurnKind.CORRECTION:
            summary, missing = 0, NO_NEW_SUMMARY
        elif turn.kind is TurnKind.SUMMARY:
            summary, missing = turn.number, missing and UNCONFIRMED
        elif turn.kind is TurnKind.CONFIRMATION and summary and turn.reply_to in {None, summary}:
            missing = ()
    return missing


@gate(
    "I011",
    "interview",
    act=ENDING,
    field="outcomes",
    says="the interview has an outcome, or no_change with a reason",
    why="umu.se, handelsnytt.se and egetforlag.se: the talk ends in an individual plan",
    mend="name an outcome, or say in no_change why nothing changes; not both",
)
def I011(talk: Interview, entry: Entry | None) -> Breaches:
    if not talk.outcomes and talk.no_change is None:
        yield breach("neither an outcome nor a reason why nothing changes")
    if talk.outcomes and talk.no_change is not None:
        yield breach("nothing changes, and {n} outcomes", "no_change", n=len(talk.outcomes))


@gate(
    "I012",
    "interview",
    act=ENDING,
    field="follow_up_on",
    says="an annual interview has a follow-up date after the talk",
    why="slhf.nu and umu.se: followed up during the year",
    mend="give follow_up_on, later than the talk",
)
def I012(talk: Interview, entry: Entry | None) -> Breaches:
    if talk.kind is ANNUAL:
        day = talk.held_day()
        if talk.follow_up_on is None:
            yield breach("no follow-up date is given")
        elif day is not None and talk.follow_up_on <= day:
            yield breach("the follow-up date, {follow_up}, is not after {day}", follow_up=talk.follow_up_on, day=day)


@gate(
    "I013",
    "interview",
    act=ENDING,
    field="commitments",
    says="an annual interview has a commitment of each side that stands or was kept, unless nothing changes",
    why="article, L16: a shared responsibility",
    mend="let the missing side call promise(), or finish with no_change and a reason",
)
def I013(talk: Interview, entry: Entry | None) -> Breaches:
    if talk.kind is ANNUAL and talk.no_change is None:
        live = tuple(CommitmentState) if _let_go_since(talk, entry) else LIVE
        promised = {c.by for c in talk.commitments if c.state in live}
        for role in ("coachee", "interviewer"):
            person = getattr(talk, role)
            if person is None:
                yield breach("nothing promised by the {role}", role=role)
            elif person not in promised:
                yield breach("nothing promised by the {role}, {person}", role=role, person=person)


LIVE = (PROMISED, DONE)  # a promise that was released or broken is none


def _let_go_since(talk: Interview, entry: Entry | None) -> bool:
    """Tell whether a promise was released or broken after a gate: it stood then, which is all that was asked."""
    since, passed = list[str](), None if entry is None else (entry.act, entry.at, entry.state)
    for e in reversed(talk.history):
        if (e.act, e.at, e.state) == passed:
            return not {"release", "miss_commitment"}.isdisjoint(since)
        since.append(e.act)
    return False


I014 = both_signed(
    "I014",
    "interview",
    act="sign>signed",
    says="the interview is signed exactly when both have signed the current revision",
    why="svf.se and lu.se: written down and signed by both; a reservation counts and never blocks",
    mend="let both sign the current revision",
)


@gate(
    "I016",
    "interview",
    act="cancel",
    field="reason",
    says="a cancelled interview has a reason",
    why="own choice: the talk is the hub of the approach (article, L7), so its absence is explained",
    mend="say why it is cancelled",
)
def I016(talk: Interview, entry: Entry | None) -> Breaches:
    if entry is None or entry.reason is None:
        yield breach("no reason is given")


@gate(
    "I031",
    "interview",
    act="miss",
    field="slot",
    says="a talk is missed once its slot has begun",
    why="own choice: until then everybody can still come, or move it",
    mend="wait until the slot begins, or reschedule it",
)
def I031(talk: Interview, entry: Entry | None) -> Breaches:
    slot = talk.absences[-1].slot if talk.absences else None
    if entry is not None and slot is not None and entry.at < slot.start:
        yield breach("the slot begins only {start}", start=slot.start)


@gate(
    "I035",
    "interview",
    act=("finish", "amend"),
    field="held_on",
    says="a talk was held between its first sitting and the day it was finished",
    why="own choice: due dates count from that day, so a slip in it moves the next talk",
    mend="give the day on which you talked; where it was before the slot, adjourn to that day and start again first",
)
def I035(talk: Interview, entry: Entry | None) -> Breaches:
    """Judge by the days of those who acted: at midnight two offsets name two days, and either will do."""
    day, sittings = talk.held_on, talk.sittings()
    if day is None or entry is None:
        return
    ended = [e.at.date() for e in (*talk.history, entry) if e.act == "finish"]
    last = max((*sittings, *ended), default=entry.at.date())
    if day > last:
        yield breach("the day it was held, {day}, is after {last}", day=day, last=last)
    slot = () if talk.slot is None else (talk.slot.start.date(),)
    first = min((*sittings, *slot), default=day)
    if day < first and talk.history[0].act != IMPORT:  # of one that was taken over, earlier sittings may be unknown
        yield breach("the day it was held, {day}, is before {first}", day=day, first=first)


@gate(
    "I024",
    "interview",
    act=ENDING,
    field="disclosures",
    says="an annual interview states what is passed on and to whom, even when it is nothing",
    why="lu.se: confidential, and agree what is passed on",
    mend='add the disclosures, or state Disclosure("nothing")',
)
def I024(talk: Interview, entry: Entry | None) -> Breaches:
    if talk.kind is ANNUAL and not talk.disclosures:
        yield breach("it is not stated what is passed on")


# --- rules: advice ---------------------------------------------------------------------------------------------------

TEN = 10  # turns; with fewer they were not all recorded, and nothing can be said about the talk (I017 to I019)
DREAM, PAY = "dream", "pay"  # the tags that are looked for (I020, I021)


@advice(
    "I004",
    "interview",
    field="invited_at",
    says="the invitation came at least 21 days ahead",
    why="srat.se: at least three weeks ahead",
    mend="choose a later slot, or agree that the short notice is fine",
)
def I004(talk: Interview, on: date, policy: Policy) -> Breaches:
    if talk.state is SCHEDULED and talk.slot is not None and talk.invited_at is not None:
        days = (talk.slot.start.date() - talk.invited_at.date()).days
        if days < policy.notice_days:
            yield breach("the invitation came {days} days ahead, not {least}", days=days, least=policy.notice_days)


@advice(
    "I005",
    "interview",
    field="preparations",
    says="both sides have prepared",
    why="slhf.nu, umu.se and srat.se: both prepare",
    mend="let the missing side call prepare() before the start",
)
def I005(talk: Interview, on: date, policy: Policy) -> Breaches:
    if talk.state is SCHEDULED or talk.state is OPEN:
        for person in talk.unprepared():
            yield breach("{person} has not prepared", person=person)


@advice(
    "I017",
    "interview",
    field="turns",
    says="the interviewer has at most half of the words",
    why="article, L8: the most important thing is to listen; one half is our own choice",
    mend="leave more room for the coachee",
)
def I017(talk: Interview, on: date, policy: Policy) -> Breaches:
    if len(talk.turns) >= TEN:
        theirs, words = talk._words()  # noqa: SLF001  (the rules of a record stand beside it)
        if theirs * 2 > words:
            yield breach("the interviewer has {theirs} of {words} words", theirs=theirs, words=words)


@advice(
    "I018",
    "interview",
    field="turns",
    says="the interviewer asked an open question",
    why="motivational interviewing (OARS): open questions come first",
    mend="ask a question that cannot be answered by yes or no",
)
def I018(talk: Interview, on: date, policy: Policy) -> Breaches:
    if len(talk.turns) >= TEN and not any(t.open and t.speaker != talk.coachee for t in talk.turns):
        yield breach("no open question in {n} turns", n=len(talk.turns))


@advice(
    "I019",
    "interview",
    field="turns",
    says="no suggestion came before the coachee's first idea in that phase",
    why="article, L6: the leader need not feed the answers; GROW: the coach's own ideas come last",
    mend="ask for the coachee's idea first",
)
def I019(talk: Interview, on: date, policy: Policy) -> Breaches:
    if len(talk.turns) >= TEN:
        phases: set[Phase | None] = set()
        for i, turn in enumerate(talk.turns):
            if turn.kind is TurnKind.IDEA:
                phases.add(turn.phase)
            elif turn.kind is TurnKind.SUGGESTION and turn.phase not in phases:
                where = {} if turn.phase is None else {"phase": turn.phase}
                what = (
                    "turn {n} suggests something in the phase {phase}, before any idea of the coachee"
                    if where
                    else "turn {n} suggests something in no phase, before any idea of the coachee"
                )
                yield breach(what, f"turns[{i}]", n=turn.number, **where)


@advice(
    "I020",
    "interview",
    field="turns",
    says="dreams were talked about in an annual interview",
    why="article, L9 and L22: don't forget to dream",
    mend="ask about dreams and tag the turn dream",
)
def I020(talk: Interview, on: date, policy: Policy) -> Breaches:
    if talk.kind is ANNUAL and talk.turns and not any(DREAM in t.tags for t in talk.turns):
        yield breach("no turn is tagged {tag}", tag=DREAM)


@advice(
    "I021",
    "interview",
    field="turns",
    says="the talk was not about pay",
    why="unionen.se and umu.se: keep the pay talk apart",
    mend="take pay up in a talk of its own",
)
def I021(talk: Interview, on: date, policy: Policy) -> Breaches:
    for i, turn in enumerate(talk.turns):
        if PAY in turn.tags:
            yield breach("turn {n} is tagged {tag}", f"turns[{i}].tags", n=turn.number, tag=PAY)


@advice(
    "I022",
    "interview",
    field="feedback",
    says="feedback went both ways in an annual interview",
    why="article, L18: this leadership goes both ways; svf.se and slhf.nu: feedback to the manager too",
    mend="ask the silent side for its feedback",
)
def I022(talk: Interview, on: date, policy: Policy) -> Breaches:
    """Judge by the affirmations alone: where feedback is named by its id, which way it went is not known here."""
    if talk.kind is ANNUAL and not talk.feedback:
        sides = {t.speaker == talk.coachee for t in talk.turns if t.kind is TurnKind.AFFIRMATION}
        if len(sides) == 1:
            yield breach("only the {side} affirmed something", side="coachee" if True in sides else "interviewer")


@advice(
    "I023",
    "interview",
    field="signatures",
    says="the interview is signed within 14 days",
    why="svf.se and lu.se: signed by both; 14 days is our own choice",
    mend="let the missing side sign, with a reservation if need be",
)
def I023(talk: Interview, on: date, policy: Policy) -> Breaches:
    if talk.state is HELD:
        since = next(e.at.date() for e in talk.history if e.state == HELD and e.revision == talk.revision)
        if (on - since).days > policy.sign_days:
            yield breach("the interview is open for signing since {since}", since=since)


@advice(
    "I028",
    "interview",
    field="slot.minutes",
    says="an annual interview has at least 60 minutes",
    why="svf.se and unionen.se: one to two undisturbed hours",
    mend="reschedule it to a longer slot",
)
def I028(talk: Interview, on: date, policy: Policy) -> Breaches:
    if talk.kind is ANNUAL and talk.state is SCHEDULED and talk.slot is not None:
        sitting = any(e.act == "adjourn" for e in talk.history)  # a further one, of a talk in several
        if not sitting and talk.slot.minutes < policy.annual_minutes:
            yield breach("the slot has {n} minutes, not {least}", n=talk.slot.minutes, least=policy.annual_minutes)


RULES: tuple[Rule, ...] = (
    *TURNS, I003, I015, I001, I030, I007, I009, I010, I011, I012, I013, I014, I016, I024, I004, I005, I017, I018, I019,
    I020, I021, I022, I023, I028, I031, I032, I035,
)  # fmt: skip
