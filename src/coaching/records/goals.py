"""Goals: what a person sets out to do, and owns.

Read top to bottom: values, table, the record and its acts, its rules. Knows the kernel and commitments; knows no
interview, no book and no clock. Rules about several records stand in the book.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import takewhile
from typing import Annotated, Literal, Self, TypedDict, Unpack, get_type_hints

from frozendict import frozendict

from coaching.kernel.acting import Added, Swapped, part_named
from coaching.kernel.checking import Faults
from coaching.kernel.classes import value
from coaching.kernel.constraints import Amount, AnyNumber, Id, Moment, Number, Ruler, Share, Text, Word
from coaching.kernel.fields import As, unless
from coaching.kernel.history import Entry
from coaching.kernel.lifecycle import SAME, START, TAKING_OVER, Lifecycle, Role, Row, holder, row, shut
from coaching.kernel.policy import POLICY, Policy, asked
from coaching.kernel.record import Await, record
from coaching.kernel.rules import Breaches, Choice, Rejected, Rule, advice, breach, gate, invariant, stated
from coaching.kernel.shared_rules import differ, ids_once
from coaching.kernel.signing import both_signed
from coaching.kernel.values import Ref
from coaching.records.commitments import PROMISE, CommitmentAct, PromisingRecord, commitment_rows

# --- values ----------------------------------------------------------------------------------------------------------


class GoalState(Choice):
    """Where a goal stands. In progress and overdue are derived, never stored."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    PAUSED = "paused"
    ACHIEVED = "achieved"
    MISSED = "missed"
    DROPPED = "dropped"


DRAFT, PROPOSED, AGREED, PAUSED, ACHIEVED, MISSED, DROPPED = GoalState
CLOSED = (ACHIEVED, MISSED, DROPPED)


class GoalKind(Choice):
    """A result to reach, or something to learn."""

    RESULT = "result"
    LEARNING = "learning"


AnyGoalKind = GoalKind | Literal["result", "learning"]


class Ambition(Choice):
    """Committed: it should be reached whole. Stretch: most of it would already be much."""

    COMMITTED = "committed"
    STRETCH = "stretch"


AnyAmbition = Ambition | Literal["committed", "stretch"]


class InvestmentKind(Choice):
    """What the owner is willing to give."""

    TIME = "time"
    LEARNING = "learning"
    MOBILITY = "mobility"
    MONEY = "money"
    COMFORT = "comfort"
    OTHER = "other"


AnyInvestmentKind = InvestmentKind | Literal["time", "learning", "mobility", "money", "comfort", "other"]


class ProgressKind(Choice):
    """A step on the way, a win, or a setback. All three are progress worth noting."""

    STEP = "step"
    WIN = "win"
    SETBACK = "setback"


AnyProgressKind = ProgressKind | Literal["step", "win", "setback"]


@value("measure", lambda: RULES)
class Measure:
    """How far: from a start to a target, in a unit that is shown and never converted. Down is as good as up.

    Raises:
        Rejected: G027 when start and target are equal.

    >>> Measure("defects a week", start=12, target=3).percent(Decimal(6))
    67
    """

    unit: Word
    start: As[Number, AnyNumber]
    target: As[Number, AnyNumber]

    def percent(self, value: Decimal) -> int:
        """Tell how much of the way is done, in whole per cent; below 0 and above 100 when it is so."""
        done, way = Fraction(value) - Fraction(self.start), Fraction(self.target) - Fraction(self.start)
        return round(done / way * 100)

    def __str__(self) -> str:
        """From, to and unit."""
        return f"{self.start} to {self.target} {self.unit}"


@value("option")
class Option:
    """A way to reach the goal. Each has an author; one by somebody else is the owner's own once it is adopted."""

    id: Id
    text: Text
    author: Id
    adopted_at: Moment | None = None


@value("investment")
class Investment:
    """What the owner is willing to give: `amount` of `unit` in each `per`. Four hours a week: 4, "hour", "week"."""

    kind: As[InvestmentKind, AnyInvestmentKind]
    text: Text
    amount: As[Amount | None, AnyNumber | None] = unless(default=None)
    unit: Word | None = None
    per: Word | None = None


@value("progress")
class Progress:
    """One entry on the way: when, by whom, a step, win or setback, in words, and the measured value if there is one.

    `at` is when it was noted, `on` the day it happened; where that was not said, it is the day it was noted.
    """

    at: Moment
    by: Id
    kind: As[ProgressKind, AnyProgressKind]
    text: Text
    value: As[Number | None, AnyNumber | None] = unless(default=None)
    on: date | None = None

    @property
    def day(self) -> date:
        """The day it happened."""
        return self.on or self.at.date()


# --- table -----------------------------------------------------------------------------------------------------------

G001 = stated(
    "G001",
    "goal",
    field="title",
    says="a goal has one owner and one title",
    why="article, L1: focus on each individual",
    mend="give the goal a title in words",
)
G003 = stated(
    "G003",
    "goal",
    field="by",
    says="only the owner proposes a goal",
    why="article, L4: ideas that the employees themselves come up with",
    mend="let the owner call propose()",
)
G009 = stated(
    "G009",
    "goal",
    field="revision",
    says="changed content of an agreed goal is a new revision that both sign again",
    why="own choice: what two people signed is fixed; OKR practice does not move targets afterwards",
    mend="use renegotiate(), then let both sign again",
)


@gate(
    "G013",
    "goal",
    act="drop",
    field="reason",
    says="a goal is dropped with a reason, and not by a coach",
    why="own choice: the goal belongs to its owner, in the spirit of the article, L4",
    mend="let the owner call drop() and say why",
)
def G013(goal: Goal, entry: Entry | None) -> Breaches:
    if entry is None or entry.reason is None:
        yield breach("no reason is given")


OWNER, COACH = holder("owner"), holder("coach")
LATE = Role("coach", COACH.holders, "once target_on has passed")
LIVE = (DRAFT, PROPOSED, AGREED, PAUSED)

# fmt: off
GOAL = Lifecycle(
    GoalState,
    #   act               from                to                   who              asks for
    row("begin",          START,              DRAFT,               OWNER,           "title"),
    row("edit",           DRAFT,              SAME,                OWNER),
    row("suggest_option", (DRAFT, PROPOSED),  SAME,                (OWNER, COACH),  "id text"),
    row("adopt_option",   (DRAFT, PROPOSED),  SAME,                OWNER,           "option"),
    row("choose_option",  DRAFT,              SAME,                OWNER,           "option"),
    row("choose_option",  PROPOSED,           SAME,                OWNER,           "option", revises=True),
    row("invest",         DRAFT,              SAME,                OWNER,           "kind text"),
    row("invest",         PROPOSED,           SAME,                OWNER,           "kind text", revises=True),
    row("propose",        DRAFT,              PROPOSED,            OWNER,           "coach", rule=G003, onward=True,
        keeps=True),
    row("ask_change",     PROPOSED,           DRAFT,               COACH,           "reason", revises=True),
    row("recall",         PROPOSED,           DRAFT,               OWNER,           revises=True),
    row("sign",           PROPOSED,           (PROPOSED, AGREED),  (OWNER, COACH),  "stance", onward=True),
    row("note_progress",  (AGREED, PAUSED),   SAME,                (OWNER, COACH),  "kind text"),
    row("renegotiate",    (AGREED, PAUSED),   PROPOSED,            (OWNER, COACH),  "reason", revises=True,
        firm="coach"),
    row("pause",          AGREED,             PAUSED,              OWNER,           "reason? resume_on?", keeps=True),
    row("resume",         PAUSED,             AGREED,              OWNER,           onward=True, keeps=True),
    row("achieve",        AGREED,             ACHIEVED,            OWNER,           "result? value?", onward=True,
        keeps=True),
    row("confirm",        ACHIEVED,           SAME,                COACH,           "words"),
    row("miss",           (AGREED, PAUSED),   MISSED,              (OWNER, LATE),   "result learned", keeps=True),
    row("drop",           LIVE,               DROPPED,             OWNER,           "reason?", rule=G013, keeps=True),
    row("reopen",         ACHIEVED,           AGREED,              OWNER,           "reason", keeps=True,
        returns=True),
    row("reopen",         MISSED,             (AGREED, PAUSED),    OWNER,           "reason", keeps=True,
        returns=True),
    row("reopen",         DROPPED,            LIVE,                OWNER,           "reason", keeps=True,
        returns=True),
    *commitment_rows((OWNER, COACH), promise=(DRAFT, AGREED), signed_anew=(PROPOSED,),
                     keep=(PROPOSED, AGREED, PAUSED, ACHIEVED, MISSED, DROPPED)),
    shut("edit",          (AGREED, PAUSED),   G009),
    shut("invest",        (AGREED, PAUSED),   G009),
    shut("choose_option", (AGREED, PAUSED),   G009),
)

GoalBeginning = Literal["begin", "import"]
GoalAct = Literal[
    "edit", "suggest_option", "adopt_option", "choose_option", "invest", "propose", "ask_change", "recall", "sign",
    "note_progress", "renegotiate", "pause", "resume", "achieve", "confirm", "miss", "drop", "reopen", CommitmentAct,
    "reimport",
]
# fmt: on


# --- the record and its acts -----------------------------------------------------------------------------------------


class GoalDetails(TypedDict, total=False):
    """What `begin` may set besides the title."""

    why: str | None
    serves: tuple[Ref, ...]
    outcome: str | None
    measure: Measure | None
    kind: AnyGoalKind
    ambition: AnyAmbition
    reality: str | None
    obstacles: tuple[str, ...]
    importance: int | None
    confidence: int | None
    support_wanted: str | None
    target_on: date | None
    parent: str | None
    from_interview: str | None


class GoalContent(GoalDetails, total=False):
    """What `edit` may set."""

    title: str


class GoalChanges(GoalContent, total=False):
    """What `renegotiate` may change: the coach too, when another one agrees to support the goal."""

    coach: str


GOAL_DETAILS, GOAL_CONTENT, GOAL_CHANGES = (tuple(get_type_hints(of)) for of in (GoalDetails, GoalContent, GoalChanges))


@record("goal", GOAL, lambda: RULES)
class Goal(PromisingRecord[GoalAct, GoalBeginning]):
    """A goal of one person, who owns it; a coach agrees to support it. Nothing in it scores the person.

    Begun with `Goal.begin`, carried on by its acts, each of which gives back a new goal.

    Attributes:
        owner: The person whose goal it is.
        coach: The one who agrees to support it; asked at the latest by `propose`.
        title: A few words (G001).
        serves: Needs, dreams or steps that it is for (G016).
        outcome: How one will see it, in words (G002).
        measure: How far, if it can be counted (G027).
        options: Ways to get there, each with its author (G015).
        chosen: The id of the option to take (G004, G022).
        investments: What the owner is willing to give (G005).
        importance: The owner's own, 0 to 10 (V007, G017).
        confidence: The owner's own, 0 to 10; low never blocks (G017).
        target_on: The day by which (G007, G012).
        resume_on: The day a pause ends (G014).
        progress: Entries from agreement to closing, in the order in which they were noted (G010).
        result: What came of it, in words (G011).
        value: The measured value at the end (G011).
        learned: What was learned from a goal that was missed.
        score: 0 to 1, at closing only (G024). It is about the goal; no rule compares people by it.

    >>> from datetime import datetime, timezone
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> goal = Goal.begin("g-1", "Lead a pilot line", coach="p-3", by="p-17", at=noon)
    >>> goal.state, goal.acts_for("p-3")
    ('draft', ('suggest_option', 'promise'))
    """

    signatories = ("owner", "coach")
    called = frozendict(
        {
            "choose_option": {"chosen": "option"},
            "note_progress": {"progress[].on": "on"},
            "suggest_option": {"options[].": ""},
            **PROMISE,
        }
    )
    promising = ("owner", "coach")
    terms = (
        "owner", "coach", "title", "why", "outcome", "measure", "kind", "ambition", "chosen", "investments",
        "target_on", "parent", "commitments",
    )  # fmt: skip

    state: GoalState
    owner: Id
    title: Annotated[Text, G001]
    coach: Id | None = None
    why: Text | None = None
    serves: tuple[Ref, ...] = ()
    outcome: Text | None = None
    measure: Measure | None = None
    kind: GoalKind = GoalKind.RESULT
    ambition: Ambition = Ambition.COMMITTED
    reality: Text | None = None
    obstacles: tuple[Text, ...] = ()
    options: tuple[Option, ...] = ()
    chosen: Id | None = None
    investments: tuple[Investment, ...] = ()
    importance: Ruler | None = None
    confidence: Ruler | None = None
    support_wanted: Text | None = None
    target_on: date | None = None
    resume_on: date | None = None
    progress: tuple[Progress, ...] = ()
    parent: Id | None = None
    from_interview: Id | None = None
    result: Text | None = None
    value: Number | None = None
    learned: Text | None = None
    score: Share | None = None

    # --- shaping it --------------------------------------------------------------------------------------------------

    @classmethod
    def begin(
        cls,
        id: str,
        title: str,
        *,
        by: str,
        at: datetime,
        coach: str | None = None,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **content: Unpack[GoalDetails],
    ) -> Self:
        """Begin a goal of one's own. Whoever begins it owns it.

        Args:
            id: Opaque text (V001).
            title: A few words (G001).
            by: The owner.
            at: Aware (V003).
            coach: Who shall support it, if known already (G026).
            policy: The house's numbers and severities.
            content: Any of the fields that `edit` may set.

        Raises:
            Rejected: G001, G026 and the constraints of the fields.
        """
        return cls._begin(
            "begin", id, by, at, {"title": title, "coach": coach},
            free=content, known=GOAL_DETAILS, acting=("owner",), policy=policy, noted_by=noted_by,
        )  # fmt: skip

    def edit(
        self,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **content: Unpack[GoalContent],
    ) -> Self:
        """Change a draft.

        Raises:
            Rejected: G009 once agreed (renegotiate instead), V010 unless draft, V011 unless `by` is the owner, V016 for
                a field that cannot be edited, and the constraints of the fields.
        """
        return self._act("edit", by, at, policy, noted_by, content, known=GOAL_CONTENT)

    def suggest_option(
        self, id: str, text: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Name a way to reach the goal. Its author is the one who says it.

        Raises:
            Rejected: V010 unless draft or proposed, V011 unless owner or coach, G028 for an id that is taken.
        """
        return self._act(
            "suggest_option", by, at, policy, noted_by, lambda by, _: {"options": Added(Option(id, text, author=by))}
        )

    def adopt_option(
        self, option: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Make somebody else's idea one's own.

        Raises:
            Rejected: V010 unless draft or proposed, V011 unless `by` is the owner, V017 for an option that is not
                there.
        """

        def adopted(_: str, at: datetime) -> Mapping[str, object]:
            faults = Faults()
            found = part_named(self.options, option, "option", "option", faults)
            if found is None:
                raise Rejected("adopt", faults.found)
            return {"options": Swapped(found, Option(found.id, found.text, found.author, at))}

        return self._act("adopt_option", by, at, policy, noted_by, adopted)

    def choose_option(
        self, option: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Choose the way to take. In a proposed goal this makes a new revision.

        Raises:
            Rejected: G009 once agreed, V010 unless draft or proposed, V011 unless `by` is the owner, G022 for an option
                that is not there.
        """
        return self._act("choose_option", by, at, policy, noted_by, {"chosen": option})

    def invest(
        self,
        kind: AnyInvestmentKind,
        text: str,
        *,
        by: str,
        at: datetime,
        amount: AnyNumber | None = None,
        unit: str | None = None,
        per: str | None = None,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Put on the goal what its owner is willing to give. In a proposed goal this makes a new revision.

        Args:
            kind: `time`, `learning`, `mobility`, `money`, `comfort` or `other` (V012).
            text: In words (V002).
            amount: How much of `unit`, once in each `per`; finite and above 0 (V005).
            unit: Free words; shown, never converted.
            per: The time the amount is for, in words.
            by: The owner.
            at: When it was said; aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.

        Raises:
            Rejected: G009 once agreed, V010 unless draft or proposed, V011 unless `by` is the owner, V002, V005, V012.

        Source: the article, L8, asks what the employee is willing to invest; G005 waits for the answer.
        """
        return self._act(
            "invest",
            by,
            at,
            policy,
            noted_by,
            lambda _by, _at: {"investments": Added(Investment(kind, text, amount, unit, per))},
        )

    # --- agreeing ----------------------------------------------------------------------------------------------------

    def propose(
        self, coach: str | None = None, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Propose the goal to a coach, by default to the one named before.

        Raises:
            Rejected: G003 unless `by` is the owner, V010 unless draft, V014 without a coach, G026, and the gates G002,
                G004, G005, G007.
        """
        return self._act("propose", by, at, policy, noted_by, {"coach": self.coach if coach is None else coach})

    def ask_change(
        self, reason: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Give a proposed goal back to its owner: what should change, and why. Signatures are void.

        Raises:
            Rejected: V010 unless proposed, V011 unless `by` is the coach, V002 on a blank reason.
        """
        return self._act("ask_change", by, at, policy, noted_by, reason=reason)

    def recall(
        self, reason: str | None = None, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Take a proposed goal back into a draft: the coach is gone, or never answers. Signatures are void.

        It can be proposed again, to somebody else as well. A reason may be given; none is asked.

        Raises:
            Rejected: V010 unless proposed, V011 unless `by` is the owner, V002 on a blank reason.
        """
        return self._act("recall", by, at, policy, noted_by, reason=reason)

    def renegotiate(
        self,
        reason: str,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **changes: Unpack[GoalChanges],
    ) -> Self:
        """Change what was agreed: a new revision, proposed again, to be signed by both. History keeps what was.

        With another `coach` it is for owner and new coach to sign; promises of the one before stand until released.

        Raises:
            Rejected: V010 unless agreed or paused, V011 unless owner or coach, V002 on a blank reason, V014 for a coach
                that is nobody, V016 for a field that cannot be changed, G026.
        """
        also = {"resume_on": None}
        return self._act("renegotiate", by, at, policy, noted_by, changes, reason=reason, known=GOAL_CHANGES, also=also)

    # --- on the way --------------------------------------------------------------------------------------------------

    def note_progress(
        self,
        kind: AnyProgressKind,
        text: str,
        *,
        by: str,
        at: datetime,
        value: AnyNumber | None = None,
        on: date | None = None,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Note a step, a win or a setback. Small ones count; 100 % never closes a goal by itself (G011).

        Args:
            kind: `step`, `win` or `setback` (V012).
            text: In words (V002).
            by: Owner or coach.
            at: Aware (V003), not before the last entry (V009).
            value: The measured value, where there is one; finite (V005).
            on: The day it happened, which may be long ago and never ahead (G010); today when left out.
            policy: The house's numbers and severities.

        Raises:
            Rejected: V010 unless agreed or paused, V011 unless owner or coach, V002, V005, V012, G010 for a day before
                the agreement, or one that lies ahead.
        """

        def noted(by: str, at: datetime) -> Mapping[str, object]:
            day = at.date() if on is None else on
            return {"progress": Added(Progress(at=at, by=by, kind=kind, text=text, value=value, on=day))}

        return self._act("note_progress", by, at, policy, noted_by, noted)

    def pause(
        self,
        reason: str | None = None,
        resume_on: date | None = None,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Rest the goal until a day.

        Raises:
            Rejected: V010 unless agreed, V011 unless `by` is the owner, and the gate G014: a reason, a day to resume.
        """
        return self._act("pause", by, at, policy, noted_by, {"resume_on": resume_on}, reason=reason)

    def resume(self, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None) -> Self:
        """Take a paused goal up again.

        Raises:
            Rejected: V010 unless paused, V011 unless `by` is the owner.
        """
        return self._act("resume", by, at, policy, noted_by, {"resume_on": None})

    # --- closing -----------------------------------------------------------------------------------------------------

    def achieve(
        self,
        result: str | None = None,
        *,
        by: str,
        at: datetime,
        value: AnyNumber | None = None,
        score: AnyNumber | None = None,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Say that the goal is achieved, and what came of it.

        Args:
            result: In words (V002).
            value: The measured value, when there is a measure; finite (V005).
            score: 0 to 1 (V005), if the house uses scores for goals.
            by: The owner.
            at: Aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.

        Raises:
            Rejected: V010 unless agreed, V011 unless `by` is the owner, and the gate G011.
        """
        said = None if isinstance(result, str) and not result.strip() else result  # a blank result is none (G011)
        return self._act("achieve", by, at, policy, noted_by, {"result": said, "value": value, "score": score})

    def confirm(
        self, words: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Appreciate what was achieved, in words that the history keeps.

        Raises:
            Rejected: V010 unless achieved, V011 unless `by` is the coach, V002 on blank words.
        """
        return self._act("confirm", by, at, policy, noted_by, reason=words, said_as="words")

    def miss(
        self,
        result: str,
        learned: str,
        *,
        by: str,
        at: datetime,
        score: AnyNumber | None = None,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Say that the goal was missed: what happened, and what was learned. The coach may once target_on has passed.

        Raises:
            Rejected: V010 unless agreed or paused, V011 for anybody else, V002, and the gate G012.
        """
        return self._act(
            "miss", by, at, policy, noted_by, {"result": result, "learned": learned, "score": score, "resume_on": None}
        )

    def drop(
        self, reason: str | None = None, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Let the goal go, with a reason.

        Raises:
            Rejected: V010 once closed, G013 unless `by` is the owner, and as a gate without a reason.
        """
        return self._act("drop", by, at, policy, noted_by, {"resume_on": None}, reason=reason)

    def reopen(
        self, reason: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Open a closed goal again, where it was closed from: it was closed by mistake, or there is more to it.

        Result, value, score and what was learned are emptied; the history keeps them. Signatures stand, since nothing
        that was signed changes; a paused goal has its day to resume again.

        Raises:
            Rejected: V010 unless achieved, missed or dropped, V011 unless `by` is the owner, V014 without a reason,
                V002 on a blank one.
        """
        state, resume_on = self._closed_from()
        emptied = {"result": None, "value": None, "score": None, "learned": None, "resume_on": resume_on}
        return self._act("reopen", by, at, policy, noted_by, emptied, reason=reason, to=state)

    # --- questions ---------------------------------------------------------------------------------------------------

    def percent(self) -> int | None:
        """Say how much of the way is measured, in per cent; None without a measure or a value. It closes nothing."""
        values = [self.value, *(p.value for p in reversed(self._by_day()))]
        known = next((v for v in values if v is not None), None)
        return None if self.measure is None or known is None else self.measure.percent(known)

    def quiet_since(self) -> date:
        """Give the day on which something last happened, or of the agreement; going on again counts as well."""
        acts = {"sign", *TAKING_OVER, "resume", "reopen"}
        agreed = [e.at.date() for e in self.history if e.state == AGREED and e.act in acts]
        return max([*(p.day for p in self.progress), *agreed, self.history[0].at.date()])

    def stalled(self, on: date, *, policy: Policy = POLICY) -> bool:
        """Tell whether it is agreed and nothing was noted for longer than the policy's days (G018)."""
        asked(on, policy)
        return self.state is AGREED and (on - self.quiet_since()).days > policy.stalled_days

    def overdue(self, on: date) -> bool:
        """Tell whether it is open and its target date has passed."""
        asked(on)
        return self.state in {AGREED, PAUSED} and self.target_on is not None and self.target_on < on

    def _by_day(self) -> list[Progress]:
        """Its progress in the order in which it happened; of one day, in the order in which it was noted."""
        return sorted(self.progress, key=lambda entry: entry.day)

    def _closed_at(self) -> int | None:
        """Give the place in the history of the act that closed it; None while it is open."""
        if self.state not in CLOSED or not self.history:
            return None
        return next((i for i in range(len(self.history) - 1, 0, -1) if self.history[i - 1].state not in CLOSED), 0)

    def _closed_from(self) -> tuple[GoalState | None, date | None]:
        """Say where it was closed from, with the day to resume; of one taken over closed, as signatures tell."""
        place = self._closed_at()
        if place:
            return GoalState(self.history[place - 1].state), _day(self.history[place].was.get("resume_on"))
        signed = len(self.signatures)
        unseen = (DRAFT, PROPOSED, AGREED)[signed] if self.state is DROPPED else AGREED
        return (None if place is None else unseen), self.resume_on

    def _also_awaited(self) -> Iterator[Await]:
        """Promises may be kept before both have signed, but nobody waits for that."""
        return iter(()) if self.state is PROPOSED else super()._also_awaited()

    def _open(self, row: Row, person: str, on: date | None) -> bool:
        nothing = row.act in {"adopt_option", "choose_option"} and not self.options
        return not nothing and super()._open(row, person, on)

    def _may(self, row: Row, person: str, part: object, on: date | None) -> bool:
        if not super()._may(row, person, part, on):
            return False
        early = on is not None and (self.target_on is None or on <= self.target_on)
        return not (row.act == "miss" and person != self.owner and early)


def _day(said: object) -> date | None:
    """Give a day as a history keeps it; none where nothing was replaced, or where a document says something else."""
    try:
        return date.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None


@invariant(
    "G027",
    "measure",
    field="target",
    says="a measure begins somewhere else than it ends",
    why="own choice: without a distance there is nothing to measure",
    mend="give a start and a target that differ",
)
def G027(measure: Measure) -> Breaches:
    if measure.start == measure.target:
        yield breach("start and target are both {target}", target=measure.target)


# --- rules: what no goal may break -----------------------------------------------------------------------------------


@invariant(
    "G010",
    "goal",
    field="progress",
    says="progress lies between agreement and closing, in order",
    why="own choice: consistency; progress itself is from the article, L6",
    mend="give the day it happened: between agreement and closing, and not ahead of the day it is noted",
)
def G010(goal: Goal) -> Breaches:
    seen = goal.history[:1] and goal.history[0].act != "import"  # of an imported one nobody knows when it was agreed
    agreed = next((e.at for e in goal.history if e.state == AGREED), None) if seen else None
    place = goal._closed_at()  # noqa: SLF001  (its own rule)
    closed = None if place is None else goal.history[place].at
    for i, entry in enumerate(goal.progress):
        noted, happened = f"progress[{i}].at", f"progress[{i}].on"
        if entry.day > entry.at.date():
            yield breach("progress of {on} was noted before that day, {at}", happened, on=entry.day, at=entry.at)
        if agreed is not None and entry.at < agreed:
            yield breach("progress noted {at} is before the agreement, {agreed}", noted, at=entry.at, agreed=agreed)
        elif agreed is not None and _days_before(agreed, entry):
            yield breach("progress of {on} is before the agreement, {agreed}", happened, on=entry.day, agreed=agreed)
        if closed is not None and entry.at > closed:
            yield breach("progress noted {at} is after the closing, {closed}", noted, at=entry.at, closed=closed)
        if i and entry.at < goal.progress[i - 1].at:
            yield breach("progress noted {at} stands after a later entry", noted, at=entry.at)


def _days_before(moment: datetime, entry: Progress) -> bool:
    """Tell whether an entry is of a day before a moment; one day says nothing where it is another day elsewhere."""
    return (moment.date() - entry.day).days > int(moment.utcoffset() != entry.at.utcoffset())


@invariant(
    "G022",
    "goal",
    field="chosen",
    says="the chosen option is one of the options of the goal",
    why="own choice: consistency of a reference",
    mend="choose an option that exists, or suggest it first",
)
def G022(goal: Goal) -> Breaches:
    if goal.chosen is not None and all(o.id != goal.chosen for o in goal.options):
        known = ", ".join(o.id for o in goal.options) or "none"
        yield breach("no option {id}; there are: {known}", id=goal.chosen, known=known)


@invariant(
    "G024",
    "goal",
    field="score",
    says="a score is only there when the goal is closed",
    why="OKR: scored 0.0 to 1.0 at the end of the period",
    mend="give the score at closing, or leave it out",
)
def G024(goal: Goal) -> Breaches:
    if goal.score is not None and goal.state not in CLOSED:
        yield breach("a score of {score}, but the goal is {state}", score=goal.score, state=goal.state)


G026 = differ(
    "G026",
    "goal",
    "coach",
    "owner",
    says="the owner and the coach of a goal are two people",
    why="article, L16: a shared responsibility, so it takes two",
    mend="propose the goal to somebody else",
)


G028 = ids_once("G028", "goal", "options", "commitments", says="ids of options and commitments are used once in a goal")


# --- rules: gates ----------------------------------------------------------------------------------------------------


@gate(
    "G002",
    "goal",
    act=("propose", "sign>agreed"),
    field="outcome",
    says="the outcome is in words before the goal is proposed",
    why="goal-setting theory (Locke and Latham, first page read): specific goals beat do-your-best",
    mend="let the owner edit() the outcome, then propose again",
)
def G002(goal: Goal, entry: Entry | None) -> Breaches:
    if goal.outcome is None:
        yield breach("the outcome is not said in words")


@gate(
    "G004",
    "goal",
    act=("propose", "sign>agreed"),
    field="chosen",
    says="the chosen option was authored or adopted by the owner",
    why="article, L6: the leader need not have the answers but challenges the person to find the solution",
    mend="let the owner call adopt_option(), or choose an option of their own",
)
def G004(goal: Goal, entry: Entry | None) -> Breaches:
    for option in goal.options:
        if option.id == goal.chosen and option.author != goal.owner and option.adopted_at is None:
            yield breach("the option {id} is {author}'s idea, not adopted", id=option.id, author=option.author)


@gate(
    "G005",
    "goal",
    act=("propose", "sign>agreed"),
    field="investments",
    says="the owner has said what they are willing to invest",
    why="article, L8: what they are willing to invest to achieve it is a good starting point",
    mend="let the owner call invest(), then propose again",
)
def G005(goal: Goal, entry: Entry | None) -> Breaches:
    if not goal.investments:
        yield breach("nothing invested yet")


@gate(
    "G006",
    "goal",
    act="sign>agreed",
    field="commitments",
    says="owner and coach each have a commitment before the goal is agreed, which is neither released nor broken",
    why="article, L16: a shared responsibility",
    mend="let the missing side call promise(), then sign again",
)
def G006(goal: Goal, entry: Entry | None) -> Breaches:
    since = takewhile(lambda e: e.state != PROPOSED, reversed(goal.history))
    ended = any(e.act in {"release", "miss_commitment"} for e in since)  # after the agreement: it was met then
    for role, person in (("owner", goal.owner), ("coach", goal.coach)):
        if not any(c.by == person and (ended or c.live) for c in goal.commitments):
            yield breach("nothing promised by the {role}, {person}, that stands", role=role, person=person)


@gate(
    "G007",
    "goal",
    act=("propose", "sign>agreed"),
    field="target_on",
    says="the target date is after the day of proposing and of agreeing",
    why="GROW: what will be done and by when; a date in the past is no target",
    mend="set a later target_on",
)
def G007(goal: Goal, entry: Entry | None) -> Breaches:
    if goal.target_on is None:
        yield breach("the goal has no target date")
    elif entry is not None and goal.target_on <= entry.at.date():
        yield breach("the target date, {target}, is not after {day}", target=goal.target_on, day=entry.at.date())


G008 = both_signed(
    "G008",
    "goal",
    act="sign>agreed",
    says="owner and coach have signed the current revision",
    why="article, L3: development happens by working together, so nothing is agreed by one alone",
    mend="let both sign the current revision",
)


@gate(
    "G011",
    "goal",
    act="achieve",
    field="result",
    says="an achieved goal has a result in words, and a value when it is measured",
    why="article, L6: motivation comes from progress and positive results; 100 per cent alone never closes a goal",
    mend="let the owner call achieve() with a result, and with a value when there is a measure",
)
def G011(goal: Goal, entry: Entry | None) -> Breaches:
    if goal.result is None:
        yield breach("the goal has no result in words")
    if goal.measure is not None and goal.value is None:
        yield breach("the goal is measured in {unit}, but has no value", "value", unit=goal.measure.unit)


@gate(
    "G012",
    "goal",
    act="miss",
    field="target_on",
    says="a goal is missed only from its target date on",
    why="own choice: earlier it can still succeed, or be dropped",
    mend="wait until target_on, renegotiate, or let the owner drop it",
)
def G012(goal: Goal, entry: Entry | None) -> Breaches:
    if goal.target_on is None:
        yield breach("the goal has no target date to miss")
    elif entry is not None and entry.at.date() < goal.target_on:
        yield breach("the target date is {target}", target=goal.target_on)


@gate(
    "G014",
    "goal",
    act="pause",
    field="resume_on",
    says="a paused goal has a reason and a date to resume that is ahead",
    why="own choice: a pause without an end is a silent drop",
    mend="give a reason and resume_on",
)
def G014(goal: Goal, entry: Entry | None) -> Breaches:
    if entry is None or entry.reason is None:
        yield breach("no reason is given", "reason")
    if goal.resume_on is None:
        yield breach("no date to resume is given")
    elif entry is not None and goal.resume_on <= entry.at.date():
        yield breach("the date to resume, {day}, is not after {today}", day=goal.resume_on, today=entry.at.date())


# --- rules: advice ---------------------------------------------------------------------------------------------------

SHORT_OUTCOME = 20  # characters; under it an outcome hardly says how one will see it (G020)
SETBACKS = 3  # in a row; time to ask for help (G025)


@advice(
    "G015",
    "goal",
    field="options",
    says="at least two options were looked at",
    why="GROW: many possible ways before one is chosen; the number two is our own choice",
    mend="look for one more option before choosing",
)
def G015(goal: Goal, on: date, policy: Policy) -> Breaches:
    if goal.state in LIVE and len(goal.options) < 2:  # noqa: PLR2004  (the number of the rule)
        yield breach("options looked at: {n}", n=len(goal.options))


@advice(
    "G016",
    "goal",
    field="serves",
    says="the goal serves a need, a dream or a step",
    why="article, L17: understanding based on the needs of the individual",
    mend="let the owner say in serves what the goal is for",
)
def G016(goal: Goal, on: date, policy: Policy) -> Breaches:
    if goal.state in LIVE and not goal.serves:
        yield breach("the goal serves nothing that was named")


@advice(
    "G017",
    "goal",
    field="confidence",
    says="confidence and importance are 7 or more when the goal is agreed",
    why="goal-setting theory: commitment rises with importance and attainability; 7 is our own choice and never blocks",
    mend="talk it over again: make the goal smaller, or add support",
)
def G017(goal: Goal, on: date, policy: Policy) -> Breaches:
    if goal.state is AGREED:
        for name, ruler in (("confidence", goal.confidence), ("importance", goal.importance)):
            if ruler is not None and ruler < policy.ruler_low:
                yield breach("{name} is {ruler}, under {low}", name, name=name, ruler=ruler, low=policy.ruler_low)


@advice(
    "G018",
    "goal",
    field="progress",
    says="an agreed goal has progress noted in the last 60 days",
    why="progress principle (Amabile, pages about it) and the article, L6; 60 days is our own choice",
    mend="note a step, win or setback, or pause the goal",
)
def G018(goal: Goal, on: date, policy: Policy) -> Breaches:
    if goal.stalled(on, policy=policy):
        yield breach("no progress noted since {since}", since=goal.quiet_since())


@advice(
    "G020",
    "goal",
    field="outcome",
    says="a goal without a measure has an outcome that says enough to be seen",
    why="goal-setting theory: specific goals; the length that counts as very short is our own choice",
    mend="add a measure, or say more about how one will see it",
)
def G020(goal: Goal, on: date, policy: Policy) -> Breaches:
    if goal.state in LIVE and goal.measure is None and goal.outcome is not None and len(goal.outcome) < SHORT_OUTCOME:
        yield breach("the goal has no measure, and {n} characters of outcome", n=len(goal.outcome))


@advice(
    "G025",
    "goal",
    field="progress",
    says="the last three entries are not all setbacks",
    why="progress principle (Amabile, pages about it): setbacks weigh more; three is our own choice",
    mend="ask for help, renegotiate, or find a small win",
)
def G025(goal: Goal, on: date, policy: Policy) -> Breaches:
    last = goal._by_day()[-SETBACKS:]  # noqa: SLF001  (its own rule)
    if goal.state in LIVE and len(last) == SETBACKS and all(p.kind is ProgressKind.SETBACK for p in last):
        yield breach("{n} setbacks in a row", n=SETBACKS)


RULES: tuple[Rule, ...] = (
    G027, G001, G003, G009, G010, G022, G024, G026, G028, G002, G004, G005, G006, G007, G008, G011, G012, G013,
    G014, G015, G016, G017, G018, G020, G025,
)  # fmt: skip
