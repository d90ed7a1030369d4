"""Feedback: what one person tells another about a piece of work.

Read top to bottom: values, table, how it is written, the record and its acts, its rules. Knows the kernel; knows no
goal, no interview, no book and no clock. Rules about several records stand in the book.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, Protocol, Self, TypedDict, TypeVar, Unpack, overload

from coaching.kernel.acting import Added
from coaching.kernel.classes import value
from coaching.kernel.constraints import Id, Text
from coaching.kernel.fields import As
from coaching.kernel.history import Entry
from coaching.kernel.lifecycle import IMPORT, SAME, START, Lifecycle, Role, Row, holder, row, shut
from coaching.kernel.policy import POLICY, Policy, asked
from coaching.kernel.record import Record, record
from coaching.kernel.rules import Breaches, Choice, Rejected, Rule, advice, breach, gate, invariant, stated
from coaching.kernel.shared_rules import differ
from coaching.kernel.values import Ref, RefKind

# --- values ----------------------------------------------------------------------------------------------------------


class FeedbackState(Choice):
    """Where feedback stands. Overdue is derived, never stored."""

    REQUESTED = "requested"
    DECLINED = "declined"
    DRAFT = "draft"
    GIVEN = "given"
    ACKNOWLEDGED = "acknowledged"
    WITHDRAWN = "withdrawn"


REQUESTED, DECLINED, DRAFT, GIVEN, ACKNOWLEDGED, WITHDRAWN = FeedbackState


class FeedbackKind(Choice):
    """Appreciation and constructive feedback look back at what was done; feedforward looks only ahead."""

    APPRECIATION = "appreciation"
    CONSTRUCTIVE = "constructive"
    FEEDFORWARD = "feedforward"


AnyFeedbackKind = FeedbackKind | Literal["appreciation", "constructive", "feedforward"]


class ImpactOn(Choice):
    """Whom or what the behaviour had its impact on; `self` is the giver."""

    SELF = "self"
    TEAM = "team"
    CLIENT = "client"
    WORK = "work"


AnyImpactOn = ImpactOn | Literal["self", "team", "client", "work"]


class Visibility(Choice):
    """Who may read it, from narrow to wide: the `two` alone, the receiver's `coach` as well, or the `managers` too."""

    TWO = "two"
    COACH = "coach"
    MANAGERS = "managers"

    @property
    def width(self) -> int:
        """How wide: 0 for the two alone. Their texts sort by the alphabet, which says nothing about it."""
        return tuple(Visibility).index(self)


AnyVisibility = Visibility | Literal["two", "coach", "managers"]


@value("situation")
class Situation:
    """When it was, and where if that helps to remember."""

    on: date
    where: Text | None = None

    def __str__(self) -> str:
        """Give the day and the place."""
        return f"{self.on}, {self.where}" if self.where else str(self.on)


@value("yes")
class Yes:
    """One person's yes to a wider circle of readers. A yes to a wide circle holds for those inside it."""

    by: Id
    visibility: As[Visibility, AnyVisibility]


# --- table -----------------------------------------------------------------------------------------------------------

# fmt: off
F006 = stated("F006", "feedback", field="state", says="the text of feedback is fixed once it is given",
              why="feedback tools: submitted text is read-only",
              mend="withdraw() with a reason while it is not acknowledged, and write a new one")
F007 = stated("F007", "feedback", field="by", says="only the receiver acknowledges feedback",
              why="article, L6: feedback serves the receiver's own self-awareness; the check is our own choice",
              mend="let the receiver call acknowledge()")

GIVER, RECEIVER = holder("giver"), holder("receiver")
LATE = Role(
    "receiver",
    lambda record, _: (record.receiver,) if record.requested_by else (),
    "once what they asked for is past due",
)

FEEDBACK = Lifecycle(
    FeedbackState,
    #   act            from                   to            who                asks for
    row("request",     START,                 REQUESTED,    RECEIVER,          "giver about? due?"),
    row("decline",     REQUESTED,             DECLINED,     GIVER),
    row("write",       START,                 DRAFT,        GIVER,             "receiver kind"),
    row("write",       REQUESTED,             DRAFT,        GIVER,             onward=True),
    row("write",       DRAFT,                 SAME,         GIVER),
    row("give",        DRAFT,                 GIVEN,        GIVER,             onward=True),
    row("acknowledge", GIVEN,                 ACKNOWLEDGED, RECEIVER,          onward=True, rule=F007),
    row("withdraw",    REQUESTED,             WITHDRAWN,    RECEIVER),
    row("withdraw",    DRAFT,                 WITHDRAWN,    (GIVER, LATE)),
    row("withdraw",    GIVEN,                 WITHDRAWN,    GIVER,             "reason"),
    row("share",       (GIVEN, ACKNOWLEDGED), SAME,         (GIVER, RECEIVER), "visibility", keeps=True),
    shut("write",      (GIVEN, ACKNOWLEDGED), F006),
    final=(DECLINED, ACKNOWLEDGED, WITHDRAWN),
)

FeedbackBeginning = Literal["request", "write", "import"]
FeedbackAct = Literal["decline", "write", "give", "acknowledge", "withdraw", "share", "reimport"]
# fmt: on


# --- how a record is written -----------------------------------------------------------------------------------------


class FeedbackContent(TypedDict, total=False):
    """What `write` may set from the first line on."""

    about: str | None
    refs: tuple[Ref, ...]
    situation: Situation | None
    behaviour: str | None
    impact: str | None
    impact_on: AnyImpactOn | None
    suggestion: str | None
    intent_question: str | None


class FeedbackParts(FeedbackContent, total=False):
    """What `write` may set on feedback that exists: the same, and the kind."""

    kind: AnyFeedbackKind


_F = TypeVar("_F", bound="Feedback")
_F_co = TypeVar("_F_co", bound="Feedback", covariant=True)


class _Begins(Protocol[_F_co]):
    def __call__(
        self,
        id: str,
        *,
        receiver: str,
        kind: AnyFeedbackKind,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **content: Unpack[FeedbackContent],
    ) -> _F_co: ...


class _WritesOn(Protocol[_F_co]):
    def __call__(
        self,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **parts: Unpack[FeedbackParts],
    ) -> _F_co: ...


class _Write:
    """One act, two beginnings: `Feedback.write` begins a record, `feedback.write` goes on with the one there is."""

    @overload
    def __get__(self, feedback: None, cls: type[_F]) -> _Begins[_F]: ...
    @overload
    def __get__(self, feedback: _F, cls: type[_F]) -> _WritesOn[_F]: ...
    def __get__(self, feedback: _F | None, cls: type[_F]) -> _Begins[_F] | _WritesOn[_F]:
        return cls._begin_writing if feedback is None else feedback._write_on  # noqa: SLF001  (the two halves of the act)


# --- the record and its acts -----------------------------------------------------------------------------------------


@record("feedback", FEEDBACK, lambda: RULES)
class Feedback(Record[FeedbackAct, FeedbackBeginning]):
    """Feedback of one person to another about a piece of work; never a rating, and never about who somebody is.

    Begun by the receiver with `Feedback.request`, or by the giver with `Feedback.write`. `write` is also the act that
    goes on writing: `feedback.write(...)`. Every act gives back a new record.

    Attributes:
        giver: Who gives it.
        receiver: Who gets it; never the giver (F001).
        kind: Appreciation, constructive or feedforward; open while it is only requested (F003).
        about: The piece of work, in words (F002, F008).
        refs: The same by reference: placements, goals, commitments, interviews (F015).
        situation: When and where it was (F003, F004, F005).
        behaviour: What was done, as one could see it (F003).
        impact: What came of it (F003).
        impact_on: `self` (the giver), `team`, `client` or `work`.
        suggestion: What to try next time (F003, F010).
        intent_question: What the giver asks about what was intended (F010).
        requested_by: Who asked for it; None when nobody did.
        due: The day by which it was asked for (F008, F013).
        visibility: Who may read it beside the two (F009).
        shared_by: Each yes to a wider circle of readers (F009).
        response: What the receiver says to it.
        insight: What the receiver saw about themselves.
        strength: A strength that the receiver takes from it.

    >>> from datetime import datetime, timezone
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> ahead = Feedback.write("f-1", receiver="p-17", kind="feedforward", about="the pilot line", by="p-3", at=noon)
    >>> ahead = ahead.write(suggestion="Let the night shift try it first", by="p-3", at=noon).give(by="p-3", at=noon)
    >>> ahead.state, [(turn.person, turn.act) for turn in ahead.awaits()]
    ('given', [('p-17', 'acknowledge')])
    """

    state: FeedbackState
    giver: Id
    receiver: Id
    kind: FeedbackKind | None = None
    about: Text | None = None
    refs: tuple[Ref, ...] = ()
    situation: Situation | None = None
    behaviour: Text | None = None
    impact: Text | None = None
    impact_on: ImpactOn | None = None
    suggestion: Text | None = None
    intent_question: Text | None = None
    requested_by: Id | None = None
    due: date | None = None
    visibility: Visibility = Visibility.TWO
    shared_by: tuple[Yes, ...] = ()
    response: Text | None = None
    insight: Text | None = None
    strength: Text | None = None

    # --- asking ------------------------------------------------------------------------------------------------------

    @classmethod
    def request(
        cls,
        id: str,
        *,
        giver: str,
        by: str,
        at: datetime,
        about: str | None = None,
        due: date | None = None,
        refs: tuple[Ref, ...] = (),
        kind: AnyFeedbackKind | None = None,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Ask somebody for feedback on a piece of work. Whoever asks receives it.

        Args:
            id: Opaque text (V001).
            giver: Who is asked (F001).
            by: The receiver.
            at: Aware (V003).
            about: The piece of work, in words (F008).
            due: By when (F008).
            refs: The same by reference (F015).
            kind: `appreciation`, `constructive` or `feedforward`, if the receiver wants one in particular (V012).
            policy: The house's numbers and severities.

        Raises:
            Rejected: F001, F008 without about and refs or without due, F015, and the constraints of the fields.
        """
        own = {"giver": giver, "about": about, "due": due, "refs": refs, "kind": kind}
        asking = ("receiver", "requested_by")
        return cls._begin("request", id, by, at, own, acting=asking, policy=policy, noted_by=noted_by)

    def decline(
        self, reason: str | None = None, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Say no to a request. A reason may be given; none is asked.

        Raises:
            Rejected: V010 unless requested, V011 unless `by` is the giver.
        """
        return self._act("decline", by, at, policy, noted_by, reason=reason)

    # --- writing and giving ------------------------------------------------------------------------------------------

    write = _Write()

    @classmethod
    def _begin_writing(
        cls,
        id: str,
        *,
        receiver: str,
        kind: AnyFeedbackKind,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **content: Unpack[FeedbackContent],
    ) -> Self:
        """Begin feedback that nobody asked for. Whoever begins it gives it.

        Args:
            id: Opaque text (V001).
            receiver: Whom it is for (F001).
            kind: `appreciation`, `constructive` or `feedforward` (V012).
            by: The giver.
            at: Aware (V003).
            policy: The house's numbers and severities.
            content: Any of the parts; what is missing may be written later.

        Raises:
            Rejected: F001, F015, V016 for a field that cannot be written, and the constraints of the fields.
        """
        own = {"receiver": receiver, "kind": kind}
        return cls._begin(
            "write",
            id,
            by,
            at,
            own,
            free=content,
            known=FeedbackContent.__annotations__,
            acting=("giver",),
            policy=policy,
            noted_by=noted_by,
        )

    def _write_on(
        self,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **parts: Unpack[FeedbackParts],
    ) -> Self:
        """Write, or write on, what was requested or begun. The receiver reads it once it is given.

        Raises:
            Rejected: F006 once given, V010 unless requested or draft, V011 unless `by` is the giver, F015, V016 for a
                field that cannot be written, and the constraints of the fields.
        """
        return self._act("write", by, at, policy, noted_by, parts, known=FeedbackParts.__annotations__)

    def give(self, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None) -> Self:
        """Give it to the receiver. From now on its text is fixed (F006).

        Raises:
            Rejected: V010 unless draft, V011 unless `by` is the giver, and the gates F002, F003, F004.
        """
        return self._act("give", by, at, policy, noted_by)

    def withdraw(
        self, reason: str | None = None, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Take it back: the receiver a request, the giver a draft, or what was given and is not acknowledged yet.

        An answer that was begun and never given is withdrawn by the receiver who asked for it too, once it is past due.

        Raises:
            Rejected: V010 in any other state, V011 for the other side, V014 without a reason once it is given.
        """
        return self._act("withdraw", by, at, policy, noted_by, reason=reason)

    # --- receiving ---------------------------------------------------------------------------------------------------

    def acknowledge(
        self,
        response: str | None = None,
        *,
        by: str,
        at: datetime,
        insight: str | None = None,
        strength: str | None = None,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Say that one has read it, and if one likes what one makes of it. It need not be agreed with.

        Args:
            response: A word to the giver (V002).
            by: The receiver.
            at: Aware (V003), not before the last entry (V009).
            insight: What one saw about oneself (V002).
            strength: A strength that one takes from it (V002).
            policy: The house's numbers and severities.

        Raises:
            Rejected: V010 unless given, F007 unless `by` is the receiver, V002.

        Source: the article, L6, asks for feedback on work done, for self-awareness and self-esteem.
        """
        own = {"response": response, "insight": insight, "strength": strength}
        return self._act("acknowledge", by, at, policy, noted_by, own)

    def share(
        self, visibility: AnyVisibility, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Say yes to a wider circle of readers. The circle widens as far as both have said yes, and never narrows.

        Args:
            visibility: `coach` or `managers` (V012); wider than the one that is (F009).
            by: Giver or receiver, each for themselves.
            at: Aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.

        Raises:
            Rejected: V010 unless given or acknowledged, V011 for anybody else, F009 when it is not wider, or when the
                same person has said yes to it already.
        """

        def said(by: str, _: datetime) -> Mapping[str, object]:
            yes = Yes(self.receiver if by == self.receiver else self.giver, visibility)
            if yes.visibility.width <= self.visibility.width:
                what = "{wanted} is not wider than {now}"
                raise Rejected.over(F009, what, wanted=yes.visibility, now=self.visibility)
            other = self._said(self.giver if yes.by == self.receiver else self.receiver)
            both = min(yes.visibility, other, key=_width)
            return {"shared_by": Added(yes), "visibility": max(self.visibility, both, key=_width)}

        return self._act("share", by, at, policy, noted_by, said)

    # --- questions ---------------------------------------------------------------------------------------------------

    @property
    def given_at(self) -> datetime | None:
        """When it was given; None when it was not, or when that was before it was taken over from another system."""
        return self._when("give")

    @property
    def acknowledged_at(self) -> datetime | None:
        """When it was acknowledged; None when it was not, or when that was before it was taken over."""
        return self._when("acknowledge")

    def overdue(self, on: date) -> bool:
        """Tell whether it was asked for, is not given, declined or withdrawn, and its due date has passed (F013)."""
        asked(on)
        return self.state in {REQUESTED, DRAFT} and self.due is not None and self.due < on

    def _when(self, act: str) -> datetime | None:
        return next((e.at for e in self.history if e.act == act), None)

    def _said(self, person: str) -> Visibility:
        """Give the widest circle that somebody has said yes to."""
        return max((y.visibility for y in self.shared_by if y.by == person), key=_width, default=Visibility.TWO)

    def _may(self, row: Row, person: str, part: object, on: date | None) -> bool:
        early = on is not None and self.due is not None and on <= self.due
        waiting = row.act == "withdraw" and self.state is DRAFT and person != self.giver
        return not (waiting and early) and super()._may(row, person, part, on)

    def _knows_of_it(self, person: str) -> bool:
        told = self.requested_by is not None or self.state in {GIVEN, ACKNOWLEDGED}
        return person != self.receiver or told or any(entry.act == "give" for entry in self.history)

    def _open(self, row: Row, person: str, on: date | None) -> bool:
        widest = max(self.visibility, self._said(person), key=_width) is Visibility.MANAGERS
        return not (row.act == "share" and widest) and super()._open(row, person, on)


# --- rules: what no feedback may break -------------------------------------------------------------------------------

WORK = (RefKind.PLACEMENT, RefKind.GOAL, RefKind.COMMITMENT, RefKind.INTERVIEW)


F001 = differ(
    "F001",
    "feedback",
    "receiver",
    "giver",
    says="giver and receiver are two people",
    why="frappe/hrms refuses feedback to oneself as well; what one learned alone is an insight",
    mend="name another giver or receiver",
)


@invariant(
    "F008",
    "feedback",
    field="due",
    says="a request says about what, and by when",
    why="own choice: only then can a request be answered, or be overdue",
    mend="give about (or refs) and due",
)
def F008(feedback: Feedback) -> Breaches:
    if feedback.state == REQUESTED:
        if feedback.about is None and not feedback.refs:
            yield breach("the request does not say about what", "about")
        if feedback.due is None:
            yield breach("the request does not say by when")


@invariant(
    "F009",
    "feedback",
    field="visibility",
    says="visibility widens only with the yes of both, and never narrows",
    why="feedback tools: private to two or shared; that both must say yes is our own choice",
    mend="let giver and receiver both call share(), with a visibility wider than the one that is",
)
def F009(feedback: Feedback) -> Breaches:
    said = dict.fromkeys((feedback.giver, feedback.receiver), Visibility.TWO)
    for i, yes in enumerate(feedback.shared_by):
        place = f"shared_by[{i}]"
        if yes.by not in said:
            yield breach("{by} is neither giver nor receiver", f"{place}.by", by=yes.by)
        elif yes.visibility.width <= said[yes.by].width:
            what = "{by} has said yes to {visibility} already"
            yield breach(what, f"{place}.visibility", by=yes.by, visibility=yes.visibility)
        else:
            said[yes.by] = yes.visibility
    both, now = min(said.values(), key=_width), feedback.visibility
    seen = feedback.history and feedback.history[0].act != IMPORT  # how an imported one came to be shared is not known
    if now.width < both.width or (seen and now.width > both.width):
        yield breach("it is open to {now}, where both said yes to {both}", now=now, both=both)


def _width(visibility: Visibility) -> int:
    return visibility.width


@invariant(
    "F015",
    "feedback",
    field="refs",
    says="feedback points at work: a placement, a goal, a commitment or an interview",
    why="article, L6: feedback on work done; feedback that points at a person would judge the person",
    mend="point at a placement, goal, commitment or interview, or say it in about",
    each="refs",
)
def F015(_feedback: Feedback, ref: Ref, i: int) -> Breaches:
    if ref.kind not in WORK:
        known = ", ".join(WORK)
        yield breach("{ref} is none of: {known}", f"refs[{i}].kind", ref=str(ref), known=known)


# --- rules: gates ----------------------------------------------------------------------------------------------------


@gate(
    "F002",
    "feedback",
    act="give",
    field="about",
    says="the feedback names a piece of work",
    why="article, L6: feedback on work done is important",
    mend="let the giver write() which work it is about, in words or refs",
)
def F002(feedback: Feedback, entry: Entry | None) -> Breaches:
    if feedback.about is None and not feedback.refs:
        yield breach("the feedback names no work")


@gate(
    "F003",
    "feedback",
    act="give",
    field="behaviour",
    says="appreciation and constructive feedback have situation, behaviour and impact; "
    "feedforward has a suggestion and none of the three",
    why="SBI (pages about the model of CCL) and Goldsmith's feedforward",
    mend="let the giver write() the missing part; for feedforward keep only what looks ahead",
)
def F003(feedback: Feedback, entry: Entry | None) -> Breaches:
    parts = {"situation": feedback.situation, "behaviour": feedback.behaviour, "impact": feedback.impact}
    if feedback.kind is None:
        yield breach("the feedback is of no kind; known: {known}", "kind", known=", ".join(FeedbackKind))
    elif feedback.kind == FeedbackKind.FEEDFORWARD:
        if feedback.suggestion is None:
            yield breach("feedforward without a suggestion", "suggestion")
        for name in (n for n, part in parts.items() if part is not None):
            yield breach("feedforward that says {part}, which looks back", name, part=name)
    else:
        for name in (n for n, part in parts.items() if part is None):
            yield breach("{kind} without {part}", name, kind=feedback.kind, part=name)


@gate(
    "F004",
    "feedback",
    act="give",
    field="situation",
    says="the situation is not after the giving",
    why="SBI: a specific time and place that has been; the check is our own choice",
    mend="let the giver write() the right day of the situation",
)
def F004(feedback: Feedback, entry: Entry | None) -> Breaches:
    day = (entry or feedback.history[0]).at.date()  # one that nobody saw given was given before it was imported
    if feedback.situation is not None and feedback.situation.on > day:
        yield breach("the situation, {on}, is after the giving, {day}", on=feedback.situation.on, day=day)


# --- rules: advice ---------------------------------------------------------------------------------------------------


@advice(
    "F005",
    "feedback",
    field="situation",
    says="feedback is given within 30 days of the situation",
    why="own choice: feedback helps while the work is remembered; 30 days is our number",
    mend="give feedback sooner next time; nothing needs to be done about this one",
)
def F005(feedback: Feedback, on: date, policy: Policy) -> Breaches:
    if feedback.state in {GIVEN, ACKNOWLEDGED} and feedback.situation is not None and feedback.given_at is not None:
        days = (feedback.given_at.date() - feedback.situation.on).days
        if days > policy.timely_days:
            yield breach("given {days} days after the situation, over {most}", days=days, most=policy.timely_days)


@advice(
    "F010",
    "feedback",
    field="suggestion",
    says="constructive feedback has a suggestion or a question about what was intended",
    why="SBI pages: CCL adds a question about intent, others an ask",
    mend="add a suggestion, or ask in intent_question what was meant",
)
def F010(feedback: Feedback, on: date, policy: Policy) -> Breaches:
    bare = feedback.suggestion is None and feedback.intent_question is None
    if bare and feedback.kind is FeedbackKind.CONSTRUCTIVE and feedback.state in {DRAFT, GIVEN, ACKNOWLEDGED}:
        yield breach("constructive feedback with neither a suggestion nor a question")


@advice(
    "F013",
    "feedback",
    field="due",
    says="no request for feedback is past its due date",
    why="article, L11: responsiveness is an important trait; feedback tools know overdue",
    mend="write and give the feedback, or decline; whoever asked may withdraw the request",
)
def F013(feedback: Feedback, on: date, policy: Policy) -> Breaches:
    if feedback.due is not None and feedback.overdue(on):
        yield breach("it was due {due}, {days} days ago", due=feedback.due, days=(on - feedback.due).days)


RULES: tuple[Rule, ...] = (
    F006, F007, F001, F008, F009, F015, F002, F003, F004, F005, F010, F013,
)  # fmt: skip
