"""Career paths: where a person is heading, what they dream of and need, and the steps that lead there.

Read top to bottom: values, tables, the record and its acts, its rules. Knows the kernel and needs; knows no goal, no
interview, no book and no clock: where somebody stands now is derived elsewhere, from their position.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import groupby, pairwise
from typing import Literal, Self, TypedDict, Unpack

from frozendict import frozendict

from coaching.kernel.acting import Added, Swapped, part_named
from coaching.kernel.checking import Faults, check_as
from coaching.kernel.classes import model_of, value
from coaching.kernel.constraints import V014, V015, Count, Id, Text, Whole
from coaching.kernel.fields import As, unless
from coaching.kernel.history import Entry
from coaching.kernel.lifecycle import ANYONE, SAME, START, V010, Lifecycle, Row, holder, row
from coaching.kernel.policy import POLICY, Policy
from coaching.kernel.record import record
from coaching.kernel.rules import (
    Breaches,
    Choice,
    Rejected,
    Rule,
    advice,
    breach,
    brief,
    finding,
    gate,
    invariant,
    stated,
)
from coaching.kernel.shared_rules import differ, twice
from coaching.kernel.signing import SignedRecord, as_agreed
from coaching.kernel.values import Location, Ref, RefKind, Span
from coaching.records.needs import MET as NEED_MET
from coaching.records.needs import NEED, OPEN, OWNER, AnyImportance, AnyNeedKind, AnyRelease, Importance, Need
from coaching.records.needs import WITHDRAWN as NEED_WITHDRAWN

# --- values ----------------------------------------------------------------------------------------------------------


class PathState(Choice):
    """Where a path stands."""

    DRAFT = "draft"
    SHARED = "shared"
    AGREED = "agreed"
    SUPERSEDED = "superseded"
    ARCHIVED = "archived"


class DreamState(Choice):
    """Whether a dream is alive or was withdrawn. Derived from `withdrawn_on`, never stored."""

    ALIVE = "alive"
    WITHDRAWN = "withdrawn"


class RoleModelState(Choice):
    """A role model is named first, and perhaps met."""

    NAMED = "named"
    MET = "met"


AnyRoleModelState = RoleModelState | Literal["named", "met"]


class StepKind(Choice):
    """What a step is."""

    POSITION = "position"
    PLACEMENT = "placement"
    RESPONSIBILITY = "responsibility"
    LEARNING = "learning"
    PROJECT = "project"
    OTHER = "other"


AnyStepKind = StepKind | Literal["position", "placement", "responsibility", "learning", "project", "other"]


class StepState(Choice):
    """Where a step stands."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    REACHED = "reached"
    SKIPPED = "skipped"


AnyStepState = StepState | Literal["planned", "under_way", "reached", "skipped"]

DRAFT, SHARED, AGREED, SUPERSEDED, ARCHIVED = PathState
ALIVE, WITHDRAWN = DreamState
NAMED, MET = RoleModelState
PLANNED, UNDER_WAY, REACHED, SKIPPED = StepState
LIVE = (DRAFT, SHARED, AGREED)


@value("dream")
class Dream:
    """What somebody dreams of. Recorded and never judged: no rule says what a dream may be.

    >>> Dream("d-1", "Sail to the Azores and write about it", date(2026, 3, 2)).state
    'alive'
    """

    id: Id
    text: Text
    said_on: date
    withdrawn_on: date | None = None

    @property
    def state(self) -> DreamState:
        """Alive until its owner withdraws it."""
        return ALIVE if self.withdrawn_on is None else WITHDRAWN

    def __str__(self) -> str:
        """Give the owner's words."""
        return self.text


@value("role_model", lambda: RULES)
class RoleModel:
    """Somebody whose journey inspires: a person on record, or a name. Once met, what was learned of their journey.

    Raises:
        Rejected: C016 without a name or person, C017 for a day of meeting while not met.
    """

    id: Id
    name: Text | None = None
    person: Id | None = None
    why: Text | None = None
    journey: Text | None = None
    state: As[RoleModelState, AnyRoleModelState] = unless(default=NAMED)
    met_on: date | None = None


@value("step", lambda: RULES)
class Step:
    """One step of a path. Sideways is as good as up, and a step may be learning or a responsibility.

    Attributes:
        id: Names it within its path.
        order: From 1; steps of the same order go side by side (C004).
        kind: `position`, `placement`, `responsibility`, `learning`, `project` or `other`.
        title: A few words.
        span: When, as far as it is planned; its beginning counts (C004, C010).
        level: On the employer's own scale (C014).
        serves: Needs and dreams it is for; without `of` those of this path (C013).
        goals: Ids of goals that carry it.
        evidence: What shows that it was reached, in words (C005).
        reached_on: The day (C005, C018).

    Raises:
        Rejected: C018 for a day of reaching while not reached.

    >>> Step("s-1", 1, "learning", "Evening course in control theory", Span(date(2026, 9, 1))).state
    'planned'
    """

    id: Id
    order: Count
    kind: As[StepKind, AnyStepKind]
    title: Text
    span: Span | None = None
    level: Whole | None = None
    location: Location | None = None
    serves: tuple[Ref, ...] = ()
    goals: tuple[Id, ...] = ()
    state: As[StepState, AnyStepState] = unless(default=PLANNED)
    evidence: Text | None = None
    reached_on: date | None = None

    def agreed(self) -> dict[str, object]:
        """Give what is signed of it: the step as it was planned, whatever became of it since."""
        return as_agreed(self, "state", "evidence", "reached_on")

    def __str__(self) -> str:
        """Give the title, and when."""
        return self.title if self.span is None else f"{self.title} ({self.span})"


# --- tables ----------------------------------------------------------------------------------------------------------

# fmt: off
C002 = stated("C002", "path", field="by", says="only the owner edits the path",
              why="NIH on development plans: the mentee owns and writes it",
              mend="let the owner edit; the coach may comment()")
C006 = stated("C006", "path", field="by", says="only the owner withdraws a dream, and nothing judges it",
              why="article, L8 and L9: as many dreams as people, and do not forget to dream",
              mend="let the owner call withdraw_dream()")

COACH = holder("coach")

DREAM = Lifecycle(
    DreamState,
    row("dream",           START,                ALIVE,     OWNER, "id text"),
    row("withdraw_dream",  ALIVE,                WITHDRAWN, OWNER, "dream", rule=C006),
    final=(WITHDRAWN,),
)
ROLE_MODEL = Lifecycle(
    RoleModelState,
    row("name_role_model", START,                NAMED,     OWNER, "id name?"),
    row("meet_role_model", NAMED,                MET,       OWNER, "role_model journey"),
    final=(MET,),
)
STEP = Lifecycle(
    StepState,
    row("edit",            START,                PLANNED,   OWNER, "steps", rule=C002),
    row("start_step",      PLANNED,              UNDER_WAY, OWNER, "step"),
    row("reach_step",      (PLANNED, UNDER_WAY), REACHED,   OWNER, "step evidence?"),
    row("skip_step",       (PLANNED, UNDER_WAY), SKIPPED,   OWNER, "step reason"),
    final=(REACHED, SKIPPED),
)


def part_rows(table: Lifecycle, states: tuple[str, ...]) -> Iterator[Row]:
    """Give the rows that the table of a part adds to that of the path: in states that stay; never a new revision."""
    for line in table.rows:
        if line.act != "edit":
            yield row(line.act, states, SAME, line.who, " ".join(line.asks), rule=line.rule)


PATH = Lifecycle(
    PathState,
    #   act          from                        to                who             asks for
    row("begin",     START,                      DRAFT,            OWNER),
    row("edit",      DRAFT,                      SAME,             OWNER,                      rule=C002),
    row("edit",      SHARED,                     SAME,             OWNER,          revises=True, rule=C002),
    *part_rows(DREAM, LIVE),
    *part_rows(NEED, LIVE),
    *part_rows(ROLE_MODEL, LIVE),
    row("share",     DRAFT,                      SHARED,           OWNER,          "coach",    onward=True),
    row("comment",   SHARED,                     SAME,             COACH,          "text"),
    row("sign",      SHARED,                     (SHARED, AGREED), (OWNER, COACH), "stance",   onward=True),
    *part_rows(STEP, (AGREED,)),
    row("revise",    AGREED,                     SAME,             OWNER,          "new_id reason"),
    row("supersede", AGREED,                     SUPERSEDED,       OWNER,          "newer"),
    row("archive",   (*LIVE, SUPERSEDED),        ARCHIVED,         ANYONE,         "reason"),
    final=(ARCHIVED,),
)

CareerPathBeginning = Literal["begin", "import"]
CareerPathAct = Literal[
    "edit", "dream", "withdraw_dream", "say_need", "release_need", "meet_need", "withdraw_need", "name_role_model",
    "meet_role_model", "share", "comment", "sign", "start_step", "reach_step", "skip_step", "revise", "supersede",
    "archive", "reimport",
]
# fmt: on

PARTS: dict[str, tuple[str, str, Lifecycle]] = {
    line.act: (name, named, table)
    for name, named, table in (
        ("dreams", "dream", DREAM),
        ("needs", "need", NEED),
        ("role_models", "role_model", ROLE_MODEL),
        ("steps", "step", STEP),
    )
    for line in table.rows
    if START not in line.sources
}
"""For each act on a part: the field that holds the parts, what one of them is called, and its table."""


# --- the record and its acts -----------------------------------------------------------------------------------------

_id = check_as(Id)


class PathContent(TypedDict, total=False):
    """What `edit` may set: all of it is signed."""

    success: str | None
    heading: str | None
    destination: str | None
    steps: tuple[Step, ...]


class PathBeginning(PathContent, total=False):
    """What `begin` may set."""

    from_interview: str | None


@record("path", PATH, lambda: RULES)
class CareerPath(SignedRecord[CareerPathAct, CareerPathBeginning]):
    """The path of one person, in their own words; not an organisation's ladder. Nothing in it scores the person.

    Begun with `CareerPath.begin`, carried on by its acts, each of which gives back a new path; `revise` gives back two.
    Dreams, needs and role models are the owner's to change at any time: they are not part of what is signed.

    Attributes:
        owner: The person whose path it is.
        coach: The one it is shared with; asked at the latest by `share` (C015).
        success: What success means, in the owner's words (C003).
        heading: Where the owner is going as things are (C003). Where they stand now is derived, not stored.
        destination: Where the owner wants to go (C003).
        dreams: Never judged (C006, C008).
        needs: What the owner needs from work (C013, N005).
        role_models: People whose journey inspires (C009).
        steps: How to get there (C003, C004, C010, C014).
        supersedes: The id of the path that this one revises (C007).
        from_interview: The id of the interview it came from.

    >>> from datetime import datetime, timezone
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> path = CareerPath.begin("path-1", heading="Deeper into control systems", by="p-17", at=noon)
    >>> path = path.dream("d-1", "Build a line that nobody has built before", by="p-17", at=noon)
    >>> path = path.share("p-3", by="p-17", at=noon)
    >>> path.state, path.acts_for("p-3")
    ('shared', ('comment', 'sign', 'archive'))
    """

    signatories = ("owner", "coach")
    called = frozendict(
        {
            "dream": {"dreams[].": ""},
            "say_need": {"needs[].": ""},
            "name_role_model": {"role_models[].": ""},
            "meet_role_model": {"met_on": "on"},
            "reach_step": {"reached_on": "on"},
        }
    )
    terms = ("owner", "coach", "success", "heading", "destination", "steps")

    state: PathState
    owner: Id
    coach: Id | None = None
    success: Text | None = None
    heading: Text | None = None
    destination: Text | None = None
    dreams: tuple[Dream, ...] = ()
    needs: tuple[Need, ...] = ()
    role_models: tuple[RoleModel, ...] = ()
    steps: tuple[Step, ...] = ()
    supersedes: Id | None = None
    from_interview: Id | None = None

    # --- writing it --------------------------------------------------------------------------------------------------

    @classmethod
    def begin(
        cls,
        id: str,
        *,
        by: str,
        at: datetime,
        coach: str | None = None,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **content: Unpack[PathBeginning],
    ) -> Self:
        """Begin a path of one's own. Whoever begins it owns it.

        Args:
            id: Opaque text (V001).
            by: The owner.
            at: Aware (V003).
            coach: Whom it shall be shared with, if known already (C015).
            policy: The house's numbers and severities.
            content: Any of the fields that `edit` may set, and `from_interview`.

        Raises:
            Rejected: C004, C015, V016 for a field that cannot be set, and the constraints of the fields.
        """
        return cls._begin(
            "begin", id, by, at, {"coach": coach},
            free=content, known=_BEGINNING, acting=("owner",), policy=policy, noted_by=noted_by,
        )  # fmt: skip

    def edit(
        self,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **content: Unpack[PathContent],
    ) -> Self:
        """Change what success means, the heading, the destination or the steps. In a shared path: a new revision.

        Raises:
            Rejected: V010 unless draft or shared (an agreed path is changed with revise), C002 unless `by` is the
                owner, C004, V016 for a field that cannot be edited, and the constraints of the fields.
        """
        return self._act("edit", by, at, policy, noted_by, content, known=_CONTENT)

    # --- dreams, needs and role models -------------------------------------------------------------------------------

    def dream(
        self, id: str, text: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Say a dream. Nothing judges it, and it never changes the revision.

        Raises:
            Rejected: V010 unless draft, shared or agreed, V011 unless `by` is the owner, V002, C004 for an id taken.
        """
        return self._act("dream", by, at, policy, noted_by, lambda _, at: {"dreams": Added(Dream(id, text, at.date()))})

    def withdraw_dream(
        self, dream: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Let a dream go. It stays on the path, with the day.

        Raises:
            Rejected: C006 unless `by` is the owner, V010 when the path or the dream does not allow it, V017 for a dream
                that is not there.
        """
        return self._change("withdraw_dream", dream, by, at, policy, noted_by, day=("withdrawn_on", None))

    def say_need(
        self,
        id: str,
        kind: AnyNeedKind,
        text: str,
        importance: AnyImportance = "want",
        *,
        by: str,
        at: datetime,
        location: Location | None = None,
        level: int | None = None,
        release: AnyRelease = "coach",
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Say what one needs from work. It never changes the revision.

        Args:
            id: Names the need within the path.
            kind: What it is about; one of `NeedKind` (V012).
            text: In one's own words (V002).
            importance: `must` or `want` (V012).
            by: The owner.
            at: When; its day is the day it was said.
            location: A place, where the need is one.
            level: On the employer's own scale, where the need is one.
            release: How far it may be used: `owner_only`, `coach`, `managers` or `client` (V012).
            policy: The house's numbers and severities.

        Raises:
            Rejected: N001 unless `by` is the owner, V010 unless draft, shared or agreed, V002, V012, C004 for
                an id that is taken.
        """

        def said(_: str, at: datetime) -> Mapping[str, object]:
            need = Need(id, kind, text, at.date(), importance, location, level, release)
            return {"needs": Added(need)}

        return self._act("say_need", by, at, policy, noted_by, said)

    def release_need(
        self,
        need: str,
        release: AnyRelease,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Say how far a need may be used and shown, wider or narrower than before.

        Raises:
            Rejected: N002 unless `by` is the owner, V010 unless draft, shared or agreed, V012, V017.
        """
        return self._change("release_need", need, by, at, policy, noted_by, release=release)

    def meet_need(
        self,
        need: str,
        met_by: str | None = None,
        *,
        by: str,
        at: datetime,
        met_ref: Ref | None = None,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Say that a need is met, and by what: in words, by reference to a move, goal or commitment, or both.

        Raises:
            Rejected: N003 when nothing is named, N004 unless `by` is the owner, V010 when the path or the need does not
                allow it, V002, V017.
        """
        return self._change("meet_need", need, by, at, policy, noted_by, state=NEED_MET, met_by=met_by, met_ref=met_ref)

    def withdraw_need(
        self, need: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Say that one does not need it any more.

        Raises:
            Rejected: N002 unless `by` is the owner, V010 when the path or the need does not allow it, V017.
        """
        return self._change("withdraw_need", need, by, at, policy, noted_by, state=NEED_WITHDRAWN)

    def name_role_model(
        self,
        id: str,
        *,
        by: str,
        at: datetime,
        name: str | None = None,
        person: str | None = None,
        why: str | None = None,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Name somebody whose journey inspires: by name, or as a person on record.

        Raises:
            Rejected: C016 when nobody is named, V010 unless draft, shared or agreed, V011 unless `by` is the owner,
                V001, V002, C004 for an id taken.
        """

        def named(_by: str, _at: datetime) -> Mapping[str, object]:
            return {"role_models": Added(RoleModel(id, name, person, why))}

        return self._act("name_role_model", by, at, policy, noted_by, named)

    def meet_role_model(
        self,
        role_model: str,
        journey: str,
        *,
        by: str,
        at: datetime,
        on: date | None = None,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Note that one has met a role model, and the journey they made. Without `on` the day of the act counts.

        Raises:
            Rejected: V010 when the path or the role model does not allow it, V011 unless `by` is the owner, V002, V014
                without a journey, V017.
        """
        return self._change(
            "meet_role_model", role_model, by, at, policy, noted_by, day=("met_on", on), state=MET, journey=journey
        )

    # --- agreeing ----------------------------------------------------------------------------------------------------

    def share(
        self, coach: str | None = None, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Share the path with a coach, by default the one named before. From then on both may sign it.

        Raises:
            Rejected: V010 unless draft, V011 unless `by` is the owner, V014 without a coach, C015.
        """
        return self._act("share", by, at, policy, noted_by, {"coach": self.coach if coach is None else coach})

    def comment(
        self, text: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Say something about a shared path, in words that the history keeps. The path itself does not change.

        Raises:
            Rejected: V010 unless shared, V011 unless `by` is the coach, V002 on a blank text.
        """
        return self._act("comment", by, at, policy, noted_by, reason=text, said_as="text")

    # --- on the way --------------------------------------------------------------------------------------------------

    def start_step(
        self, step: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Say that a planned step is under way. What was signed stands.

        Raises:
            Rejected: V010 unless the path is agreed and the step planned, V011 unless `by` is the owner, V017.
        """
        return self._change("start_step", step, by, at, policy, noted_by, state=UNDER_WAY)

    def reach_step(
        self,
        step: str,
        evidence: str | None = None,
        *,
        by: str,
        at: datetime,
        on: date | None = None,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Say that a step is reached, and what shows it. Without `on` the day of the act counts.

        Raises:
            Rejected: V010 unless the path is agreed and the step planned or under way, V011 unless `by` is the owner,
                V002, V017, and the gate C005.
        """
        return self._change(
            "reach_step",
            step,
            by,
            at,
            policy,
            noted_by,
            reason=evidence,
            said_as="evidence",
            day=("reached_on", on),
            state=REACHED,
            evidence=evidence,
        )

    def skip_step(
        self, step: str, reason: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Leave a step out, with a reason. What was signed stands.

        Raises:
            Rejected: V010 unless the path is agreed and the step planned or under way, V011 unless `by` is the owner,
                V002 on a blank reason, V014 without one, V017.
        """
        return self._change("skip_step", step, by, at, policy, noted_by, reason=reason, state=SKIPPED)

    # --- another path ------------------------------------------------------------------------------------------------

    def revise(
        self, new_id: str, reason: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> tuple[Self, Self]:
        """Begin a new path from an agreed one. That stays agreed until the new one is (see `supersede`).

        Args:
            new_id: The id of the new path (V001, C007).
            reason: Why; the history of both paths keeps it.
            by: The owner.
            at: Aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.

        Returns:
            This path, with the act in its history, and a new draft that supersedes it: with the coach, the dreams that
            are alive, the open needs and the role models. What was signed is written anew with `edit`.

        Raises:
            Rejected: V010 unless agreed, V011 unless `by` is the owner, V002 on a blank reason, V014 without one, C007
                for the id of this path.
        """

        def named(_by: str, _at: datetime) -> Mapping[str, object]:
            faults = Faults()
            if _id(new_id, "new_id", faults) == self.id:
                faults.add(C007, "new_id", "{id} cannot supersede itself", id=self.id)
            faults.refuse("revise")
            return {}

        revised = self._act("revise", by, at, policy, noted_by, named, reason=reason)
        carried = {
            "owner": self.owner,
            "coach": self.coach,
            "supersedes": self.id,
            "dreams": self.dreams_alive(),
            "needs": self.open_needs(),
            "role_models": self.role_models,
        }
        return revised, self._begin("begin", new_id, by, at, carried, policy=policy, noted_by=noted_by, reason=reason)

    def supersede(
        self, newer: CareerPath, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Let a newer path take the place of this one, once it is agreed.

        Args:
            newer: The agreed path that names this one as superseded, and holds its dreams, open needs and role models.
            by: The owner.
            at: Aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.

        Raises:
            Rejected: V010 unless agreed, V011 unless `by` is the owner, V015 for anything but a path, C007 unless the
                newer path is agreed, of the same owner, names this one and carries what was to be carried over.
        """

        def takes_over(_by: str, _at: datetime) -> Mapping[str, object]:
            if not isinstance(newer, CareerPath):
                raise Rejected.over(V015, "{value} is no path", "newer", value=brief(newer))
            wrong = list(self._not_carried_by(newer))
            if wrong:
                raise Rejected("supersede", [finding(C007, it) for it in wrong])
            return {}

        return self._act("supersede", by, at, policy, noted_by, takes_over)

    def archive(
        self, reason: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Put the path away, for instance when its owner has left. Who does it is recorded, not checked.

        Raises:
            Rejected: V010 once archived, V002 on a blank reason, V014 without one.
        """
        return self._act("archive", by, at, policy, noted_by, reason=reason)

    # --- questions ---------------------------------------------------------------------------------------------------

    def open_needs(self) -> tuple[Need, ...]:
        """Give the needs that are neither met nor withdrawn."""
        return tuple(n for n in self.needs if n.state is OPEN)

    def dreams_alive(self) -> tuple[Dream, ...]:
        """Give the dreams that were not withdrawn."""
        return tuple(d for d in self.dreams if d.state is ALIVE)

    def step(self, id: str) -> Step:
        """Give the step with this id.

        Raises:
            Rejected: V017 when there is none.
        """
        faults = Faults()
        found = part_named(self.steps, id, "step", "step", faults)
        if found is None:
            raise Rejected("cannot answer", faults.found)
        return found

    def was_shared(self) -> bool:
        """Tell whether the coach has been shown it: now shared, agreed or superseded, or shared at any time."""
        return self.state in {SHARED, AGREED, SUPERSEDED} or any(entry.act == "share" for entry in self.history)

    def served(self, kind: str) -> frozenset[str]:
        """Give the ids of the path's needs (`need`) or dreams (`dream`) that a step serves. A skipped one serves none.

        A reference counts when it names this path, the one it supersedes (ids are carried over), or none.
        """
        here = {None, self.id, self.supersedes}
        ahead = [s for s in self.steps if s.state is not SKIPPED]
        return frozenset(r.id for s in ahead for r in s.serves if r.kind == kind and r.of in here)

    def dreams_without_step(self) -> tuple[Dream, ...]:
        """Give the dreams alive that no step serves. No fault of theirs: a question to talk about."""
        served = self.served(RefKind.DREAM)
        return tuple(d for d in self.dreams_alive() if d.id not in served)

    # --- how an act on a part is done --------------------------------------------------------------------------------

    def _change(
        self,
        act: str,
        id: str,
        by: str,
        at: datetime,
        policy: Policy,
        noted_by: str | None,
        *,
        reason: str | None = None,
        said_as: str = "reason",
        day: tuple[str, date | None] | None = None,
        **changed: object,
    ) -> Self:
        """Do one of the acts of a part's own table. `day`: the field of the day it happened, and the day if given."""
        name, named, table = PARTS[act]
        exists = self.lifecycle.find(act, self.state) is not None

        def done(by: str, at: datetime) -> Mapping[str, object]:
            parts: tuple[Dream | Need | RoleModel | Step, ...] = getattr(self, name)
            kind, faults, new = named.replace("_", " "), Faults(), dict(changed)
            if day is not None:
                new[day[0]] = at.date() if day[1] is None else day[1]
            part = part_named(parts, id, kind, named, faults)
            for asked in next(line for line in table.rows if line.act == act).firm:
                if asked in new and new[asked] is None:
                    faults.add(V014, asked, "{act} asks for {name}", act=act, name=asked)
            if part is not None and exists and table.find(act, part.state) is None:
                told = self._ways(table.rows_from(part.state), by, lambda row, p: self._may(row, p, part, None))
                what = (
                    "no {act}, the {kind} is {state}; open to {person}: {open}"
                    if "person" in told
                    else "no {act}, the {kind} is {state}; open now: {open}"
                )
                place = f"{name}[{parts.index(part)}].state"
                faults.add(V010, place, what, act=act, kind=kind, state=part.state, **told)
            if part is None or faults.found:
                model_of(model_of(CareerPath).fields[name].kind).look_at(new, faults)
                raise Rejected(act, faults.found)
            return {name: Swapped(part, model_of(type(part)).copy_checked(part, new))}

        return self._act(act, by, at, policy, noted_by, done, reason=reason, said_as=said_as)

    def _not_carried_by(self, newer: CareerPath) -> Breaches:
        """Say what keeps a newer path from taking the place of this one."""
        if newer.state is not AGREED:
            yield breach("{id} is {state}, not agreed", "newer.state", id=newer.id, state=newer.state)
        if newer.supersedes != self.id:
            what = "{id} supersedes {other}, not {this}"
            yield breach(what, "newer.supersedes", id=newer.id, other=newer.supersedes or "nothing", this=self.id)
        if newer.owner != self.owner:
            yield breach("{id} is {other}'s path", "newer.owner", id=newer.id, other=newer.owner)
        carried: dict[str, tuple[Dream | Need | RoleModel, ...]] = {
            "dreams": self.dreams_alive(),
            "needs": self.open_needs(),
            "role_models": self.role_models,
        }
        for name, parts in carried.items():
            there = {p.id for p in getattr(newer, name)}
            for part in parts:
                if part.id not in there:
                    yield breach("{id} is not carried over", f"newer.{name}", id=part.id)

    def _agreed(self) -> dict[str, object]:
        return {"steps": [step.agreed() for step in self.steps]} if self.steps else {}

    def _knows_of_it(self, person: str) -> bool:
        return person != self.coach or person == self.owner or self.was_shared()

    def _open(self, row: Row, person: str, on: date | None) -> bool:
        name, _, table = PARTS.get(row.act, ("", "", None))
        fits = table is None or any(table.find(row.act, part.state) for part in getattr(self, name))
        return fits and super()._open(row, person, on)


_CONTENT, _BEGINNING = tuple(PathContent.__annotations__), tuple(PathBeginning.__annotations__)


@invariant(
    "C016",
    "role_model",
    field="name",
    says="a role model is somebody: a person on record, or a name",
    why="article, L15 and L19: the inspiring people around you, so people and not qualities",
    mend="give a name, or the id of a person",
)
def C016(model: RoleModel) -> Breaches:
    if model.name is None and model.person is None:
        yield breach("the role model is neither a name nor a person")


@invariant(
    "C017",
    "role_model",
    field="met_on",
    says="a role model has a day of meeting only once met",
    why="own choice: consistency of a day and a state",
    mend="call meet_role_model(), or leave the day out",
)
def C017(model: RoleModel) -> Breaches:
    if model.state is not MET and model.met_on is not None:
        yield breach("the role model was met on {day}, but is {state}", day=model.met_on, state=model.state)


@invariant(
    "C018",
    "step",
    field="reached_on",
    says="a step has a day of reaching only once reached",
    why="own choice: consistency of a day and a state",
    mend="call reach_step(), or leave the day out",
)
def C018(step: Step) -> Breaches:
    if step.state is not REACHED and step.reached_on is not None:
        yield breach("the step was reached on {day}, but is {state}", day=step.reached_on, state=step.state)


# --- rules: what no path may break -----------------------------------------------------------------------------------


@invariant(
    "C004",
    "path",
    field="steps",
    says="steps begin in their order, and ids of steps, dreams, needs and role models are used once",
    why="own choice: consistency of dates, and an act names a part by its id",
    mend="correct the days or the order, or give each part an id of its own",
)
def C004(path: CareerPath) -> Breaches:
    yield from twice(path, "dreams", "needs", "role_models", "steps")
    begins = sorted((s.order, i, s.span.from_) for i, s in enumerate(path.steps) if s.span is not None)
    latest = date.min
    for _, together in groupby(begins, key=lambda begin: begin[0]):
        days = {i: day for _, i, day in together}
        for i, day in days.items():
            if day < latest:
                what = "{id} begins {day}, a step before it {latest}"
                yield breach(what, f"steps[{i}].span", id=path.steps[i].id, day=day, latest=latest)
        latest = max(latest, *days.values())


@invariant(
    "C007",
    "path",
    field="supersedes",
    says="a revision names the path it supersedes and carries over dreams, open needs and role models",
    why="article, L22: a mentality to carry into new challenges; the carrying over is our own choice",
    mend="begin the new path with revise(), and say there what was added to the old one since",
)
def C007(path: CareerPath) -> Breaches:
    if path.supersedes == path.id:
        yield breach("{id} cannot supersede itself", id=path.id)


C015 = differ(
    "C015",
    "path",
    "coach",
    "owner",
    says="the owner and the coach of a path are two people",
    why="article, L16: a shared responsibility, so it takes two",
    mend="share the path with somebody else",
)


# --- rules: gates ----------------------------------------------------------------------------------------------------


@gate(
    "C003",
    "path",
    act="sign>agreed",
    field="success",
    says="an agreed path has success, heading, destination, a step and both signatures",
    why="article, L7 and L8: the vital questions, mapped together, and what success means to the person",
    mend="let the owner edit() what is missing, then let both sign",
)
def C003(path: CareerPath, entry: Entry | None) -> Breaches:
    for name in ("success", "heading", "destination"):
        if getattr(path, name) is None:
            yield breach("{name} is not said in words", name, name=name)
    if not path.steps:
        yield breach("the path has no step", "steps")
    for role in path.signatories:
        if all(s.role != role for s in path.signatures):
            yield breach("not signed by the {role}", "signatures", role=role)


@gate(
    "C005",
    "path",
    act=("reach_step", "sign>agreed"),
    field="steps",
    says="a reached step has evidence and a date",
    why="individual development plans: evidence of accomplishment",
    mend="let the owner say in words what shows it, and on which day it was reached",
)
def C005(path: CareerPath, entry: Entry | None) -> Breaches:
    if entry is not None and entry.act == "reach_step":  # the step now reached; others were judged when they were
        if entry.reason is None:
            yield breach("no evidence is given in words", "evidence")
        return
    for i, step in enumerate(path.steps):
        if step.state is REACHED:
            if step.evidence is None:
                yield breach("{id} is reached, but without evidence", f"steps[{i}].evidence", id=step.id)
            if step.reached_on is None:
                yield breach("{id} is reached, but on no day", f"steps[{i}].reached_on", id=step.id)


# --- rules: advice ---------------------------------------------------------------------------------------------------


@advice(
    "C008",
    "path",
    field="dreams",
    says="the path has a dream",
    why="article, L9 and L22: don't forget to dream",
    mend="let the owner call dream()",
)
def C008(path: CareerPath, on: date, policy: Policy) -> Breaches:
    if path.state in LIVE and not path.dreams_alive():
        yield breach("the path has no dream")


@advice(
    "C009",
    "path",
    field="role_models",
    says="the path has a role model",
    why="article, L15 and L19: be motivated by the inspiring people around you",
    mend="let the owner call name_role_model()",
)
def C009(path: CareerPath, on: date, policy: Policy) -> Breaches:
    if path.state in LIVE and not path.role_models:
        yield breach("the path has no role model")


@advice(
    "C010",
    "path",
    field="steps",
    says="a step is under way, or begins within 12 months",
    why="career conversations (Laraway, pages about it): vision, then who does what by when; the year is our choice",
    mend="plan a small step that begins sooner",
)
def C010(path: CareerPath, on: date, policy: Policy) -> Breaches:
    begins = [s.span.from_ for s in path.steps if s.state is PLANNED and s.span is not None]
    near = any(not _over_a_year(on, day) and not _over_a_year(day, on) for day in begins)
    if path.state in LIVE and not near and not any(s.state is UNDER_WAY for s in path.steps):
        yield (
            breach("the next step begins only {day}", day=min(begins))
            if begins
            else breach("no step is planned for a day")
        )


@advice(
    "C013",
    "path",
    field="needs",
    says="every must need is served by a step",
    why="article, L17: leadership based on the needs of the individual",
    mend="let the owner add a step that serves it",
)
def C013(path: CareerPath, on: date, policy: Policy) -> Breaches:
    served = path.served(RefKind.NEED)
    for i, need in enumerate(path.needs):
        musts = path.state in LIVE and need.state is OPEN and need.importance is Importance.MUST
        if musts and need.id not in served:
            yield breach("the need {id} is a must, and no step serves it", f"needs[{i}]", id=need.id)


@advice(
    "C014",
    "path",
    field="steps",
    says="the steps do not only go up",
    why="Google career guides: lateral moves and mastery count as growth too",
    mend="consider a step sideways; it is only a hint",
)
def C014(path: CareerPath, on: date, policy: Policy) -> Breaches:
    ahead = sorted((s for s in path.steps if s.state is not SKIPPED), key=lambda s: s.order)
    levels = [s.level for s in ahead if s.level is not None]
    rising = all(low < high for low, high in pairwise(levels))
    if path.state in LIVE and len(levels) > 1 and rising:
        yield breach("the steps only go up, from level {first} to {last}", first=levels[0], last=levels[-1])


@advice(
    "N005",
    "path",
    field="needs",
    says="a need is not open for over 12 months without a step that serves it",
    why="article, L17: leadership starts from the needs of the individual; 12 months is our own choice",
    mend="name the need in a step, or let the owner withdraw it",
)
def N005(path: CareerPath, on: date, policy: Policy) -> Breaches:
    served = path.served(RefKind.NEED)
    for i, need in enumerate(path.needs):
        waits = path.state in LIVE and need.state is OPEN and _over_a_year(need.said_on, on)
        if waits and need.id not in served:
            yield breach("the need {id} is open since {day}", f"needs[{i}]", id=need.id, day=need.said_on)


def _over_a_year(start: date, end: date) -> bool:
    """Tell whether more than 12 months lie between two days; from 29 February they end on the 28th."""
    return (start.year + 1, start.month, start.day) < (end.year, end.month, end.day)


RULES: tuple[Rule, ...] = (
    C016, C017, C018, C002, C006, C004, C007, C015, C003, C005, C008, C009, C010, C013, C014, N005,
)  # fmt: skip
