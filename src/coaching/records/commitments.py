"""Commitments: what somebody in a talk promises, to somebody or to themselves, with its own little life.

Read top to bottom: values, table, the commitment, its rules, and `PromisingRecord`, which gives a record that holds
commitments the acts on them. Knows no goal and no interview: they say in their tables when the acts are open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any, ClassVar, Literal, Self, cast

import attrs
from attrs import evolve
from frozendict import frozendict

from coaching.kernel.acting import Added, Swapped, part_named
from coaching.kernel.checking import FAULTY, Faults
from coaching.kernel.classes import Values, model_of, value
from coaching.kernel.constraints import Count, Id, Moment, Scalar, Text
from coaching.kernel.fields import As, key_of, unless
from coaching.kernel.history import as_written
from coaching.kernel.lifecycle import SAME, START, V010, Lifecycle, Role, Row, row
from coaching.kernel.policy import POLICY, Policy
from coaching.kernel.record import ActT, Await, BeginT
from coaching.kernel.rules import Breaches, Choice, Rejected, Rule, advice, breach, invariant, stated
from coaching.kernel.signing import SignedRecord, as_agreed


class CommitmentKind(Choice):
    """What is promised: to do something, to support, to introduce somebody, or to learn."""

    ACTION = "action"
    SUPPORT = "support"
    INTRODUCTION = "introduction"
    LEARNING = "learning"


AnyCommitmentKind = CommitmentKind | Literal["action", "support", "introduction", "learning"]


class CommitmentState(Choice):
    """Where a promise stands."""

    PROMISED = "promised"
    DONE = "done"
    RELEASED = "released"
    BROKEN = "broken"


AnyCommitmentState = CommitmentState | Literal["promised", "done", "released", "broken"]

PROMISED, DONE, RELEASED, BROKEN = CommitmentState
LIVE = (PROMISED, DONE)
"""Where a promise counts as one: it stands, or it was kept."""

K002 = stated(
    "K002",
    "commitment",
    field="by",
    says="nobody promises for somebody else",
    why="article, L16-L18: a shared responsibility, each side for its own part",
    mend="let the person call promise() for themselves",
)
K005 = stated(
    "K005",
    "commitment",
    field="by",
    says="only the one who promised says that it is done, takes that back, or moves it",
    why="own choice: a promise belongs to the one who made it",
    mend="let the one who promised do it",
)
K007 = stated(
    "K007",
    "commitment",
    field="by",
    says="only the one it was promised to releases from it, or sees it done",
    why="own choice: a promise is owed to somebody, and only they can let it go",
    mend="let the one it was promised to do it",
)
K010 = stated(
    "K010",
    "commitment",
    field="due",
    says="a promise is broken only once its due date has passed",
    why="own choice: until then it can still be kept, moved or released",
    mend="wait until it is past due, or move or release it",
)


def _promiser(_: Any, part: Any) -> tuple[str, ...]:
    return () if part is None else (part.by,)


def _promisee(_: Any, part: Any) -> tuple[str, ...]:
    return () if part is None else (part.to or part.by,)


def _either(record: Any, part: Any) -> tuple[str, ...]:
    return (*_promiser(record, part), *_promisee(record, part))


PROMISER = Role("the one who promised", _promiser)
PROMISEE = Role("the one it was promised to", _promisee)
EITHER = Role("either side of the promise", _either)

# fmt: off
COMMITMENT = Lifecycle(
    CommitmentState,
    #   act                   from      to        who       asks for
    row("promise",            START,    PROMISED, PROMISER, "text due",   rule=K002),
    row("move_due",           PROMISED, PROMISED, PROMISER, "due reason", rule=K005, keeps=True),
    row("fulfil",             PROMISED, DONE,     PROMISER, "result",     rule=K005, onward=True),
    row("see",                DONE,     DONE,     PROMISEE,               rule=K007, onward=True),
    row("release",            PROMISED, RELEASED, PROMISEE, "reason",     rule=K007),
    row("miss_commitment",    PROMISED, BROKEN,   EITHER,   "reason"),
    row("take_back",          DONE,     PROMISED, PROMISER, "reason",     rule=K005, keeps=True),
    final=(RELEASED, BROKEN),
)

CommitmentAct = Literal["promise", "move_due", "fulfil", "see", "release", "miss_commitment", "take_back"]
# fmt: on


PROMISE: Mapping[str, Mapping[str, str]] = frozendict({"promise": frozendict({"commitments[].": ""})})
"""What is wrong with a new promise is said of the arguments of the act: see `called`."""


def commitment_rows(
    who: tuple[Role, ...],
    *,
    promise: tuple[str, ...],
    signed_anew: tuple[str, ...] = (),
    keep: tuple[str, ...],
) -> Iterator[Row]:
    """Give the rows that a record with commitments adds to its table.

    `promise`: states in which a promise is added freely; `signed_anew`: those in which it makes a new revision;
    `keep`: those in which promises are kept, moved, released or broken.
    """
    yield row("promise", promise, SAME, who, "text due", rule=K002)
    if signed_anew:
        yield row("promise", signed_anew, SAME, who, "text due", rule=K002, revises=True)
    for line in COMMITMENT.rows:
        if line.act != "promise":
            yield evolve(line, sources=keep, targets=(SAME,), onward=False)


@value("due_move")
class DueMove:
    """One move of a due date: the old and the new one, why, when it was moved, in which revision, whether signed."""

    old_due: date
    new_due: date
    reason: Text
    at: Moment
    revision: Count = 1  # of the record when it was moved
    signed: bool = False  # whether somebody had signed that revision by then


@value("commitment", lambda: RULES)
class Commitment:
    """What one person promises, to another or to themselves, and what became of it.

    Made by the act `promise` of a goal, an interview or a move; changed by the acts there.

    Attributes:
        id: Names it within its record.
        by: Who promises.
        to: To whom; None when to oneself.
        text: What, in words.
        made_on: The day of the promise.
        due: The day by which it will be done.
        seen_by: Who saw that it was done.
        moves: Each move of the due date, oldest first.

    Raises:
        Rejected: K001 without a due date, K003 when due before made, K004 when done without date or result, K006 when
            a move is missing.
    """

    id: Id
    by: Id
    text: Text
    made_on: date
    due: date | None = None
    to: Id | None = None
    kind: As[CommitmentKind, AnyCommitmentKind] = unless(default=CommitmentKind.ACTION)
    state: As[CommitmentState, AnyCommitmentState] = unless(default=PROMISED)
    done_on: date | None = None
    result: Text | None = None
    seen_by: Id | None = None
    moves: tuple[DueMove, ...] = ()

    @property
    def live(self) -> bool:
        """Whether it counts as a promise: it stands or was kept, and is neither released nor broken."""
        return self.state in LIVE

    def agreed(self, revision: int) -> dict[str, object]:
        """Give what is signed of it in a revision: the promise as it stood when the first of the two signed that."""
        due = next((move.old_due for move in self.moves if move.signed and move.revision >= revision), self.due)
        return as_agreed(self, "state", "done_on", "result", "seen_by", "moves") | {"due": due}

    def __str__(self) -> str:
        """Say what was promised, and by when."""
        return f"{self.text} (due {self.due})"


@attrs.define(frozen=True, slots=True, init=False, eq=False, repr=False, kw_only=True)
class PromisingRecord(SignedRecord[ActT, BeginT]):
    """A record that holds commitments, with the acts on them.

    Attributes:
        commitments: The promises made in it, in the order they were made.
    """

    promising: ClassVar[tuple[str, ...]]  # the fields that hold those who may promise

    commitments: tuple[Commitment, ...] = ()

    def promise(
        self,
        id: str,
        text: str,
        due: date,
        *,
        by: str,
        at: datetime,
        to: str | None = None,
        kind: AnyCommitmentKind = "action",
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Promise something. Nobody promises for somebody else: the promise is of the one who acts.

        Args:
            id: Names the commitment within the record.
            text: What is promised (V002).
            due: By when (K003).
            by: Who promises.
            at: When; its day is the day of the promise.
            to: To whom; to oneself when left out.
            kind: `action`, `support`, `introduction` or `learning` (V012).
            policy: The house's numbers and severities.

        Raises:
            Rejected: K002 for somebody who may not promise here, K003, V010 when the table has no promise now.
        """
        return self._act(
            "promise",
            by,
            at,
            policy,
            noted_by,
            lambda by, at: {"commitments": Added(Commitment(id, by, text, at.date(), due, to, kind))},
        )

    def move_due(
        self,
        commitment: str,
        due: date,
        reason: str,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Move the due date of one's own promise, with a reason. The old date is kept.

        Raises:
            Rejected: K005 for anybody but the one who promised, K003, V010 unless it is promised, V017.
        """
        return self._keep("move_due", commitment, by, at, policy, noted_by, due=due, reason=reason)

    def fulfil(
        self,
        commitment: str,
        result: str,
        *,
        by: str,
        at: datetime,
        done_on: date | None = None,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Say that one's own promise is done, and what came of it. Without `done_on` the day of the act counts.

        Raises:
            Rejected: K005 for anybody but the one who promised, V010 unless it is promised, V017.
        """
        return self._keep("fulfil", commitment, by, at, policy, noted_by, state=DONE, done_on=done_on, result=result)

    def see(
        self, commitment: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Say that one has seen that a promise made to oneself is done.

        Raises:
            Rejected: K007 for anybody but the one it was promised to, V010 unless it is done, V017.
        """
        return self._keep("see", commitment, by, at, policy, noted_by)

    def release(
        self,
        commitment: str,
        reason: str,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Release somebody from what they promised to oneself.

        Raises:
            Rejected: K007 for anybody but the one it was promised to, V010 unless it is promised, V017.
        """
        return self._keep("release", commitment, by, at, policy, noted_by, state=RELEASED, reason=reason)

    def miss_commitment(
        self,
        commitment: str,
        reason: str,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Say that a promise was not kept, once it is past due. Either side may.

        Raises:
            Rejected: V011 for anybody else, K010 while it is not past due, V010 unless it is promised, V017.
        """
        return self._keep("miss_commitment", commitment, by, at, policy, noted_by, state=BROKEN, reason=reason)

    def take_back(
        self,
        commitment: str,
        reason: str,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Take back that one's own promise is done: it was ticked by mistake, and stands again.

        Its day, its result and who saw it are emptied; the history keeps them.

        Raises:
            Rejected: K005 for anybody but the one who promised, V010 unless it is done, V014 without a reason, V017.
        """
        emptied = {"done_on": None, "result": None, "seen_by": None}
        return self._keep("take_back", commitment, by, at, policy, noted_by, state=PROMISED, reason=reason, **emptied)

    def _keep(
        self,
        act: str,
        id: str,
        by: str,
        at: datetime,
        policy: Policy,
        noted_by: str | None,
        *,
        reason: str | None = None,
        **changed: Any,
    ) -> Self:
        """Do one of the acts of a commitment's own table."""
        faults, exists = Faults(), self.lifecycle.find(act, self.state) is not None
        part = part_named(self.commitments, id, "commitment", "commitment", faults)

        def kept(by: str, at: datetime) -> Values:
            wrong, new = Faults(), changed
            wrong.found += faults.found
            if part is not None and exists:
                new = self._kept(act, part, by, at, reason, changed, wrong)
            if part is None or not exists or wrong.found:
                model_of(Commitment).look_at(new, wrong)
                raise Rejected(act, wrong.found)
            return {"commitments": Swapped(part, model_of(Commitment).copy_checked(part, new))}

        known = FAULTY if part is None else part  # of whose promise it would be, nothing can be said
        return self._act(act, by, at, policy, noted_by, kept, reason=reason, part=known)

    def _kept(
        self, act: str, part: Commitment, by: str, at: datetime, reason: object, changed: Values, faults: Faults
    ) -> dict[str, Any]:
        """Say what an act changes in a promise, and what stands in its way."""
        new = dict(changed)
        if COMMITMENT.find(act, part.state) is None:
            rows = [r for r in COMMITMENT.rows_from(part.state) if self.lifecycle.find(r.act, self.state)]
            told = self._ways(rows, by, lambda row, who: self._has_point(row, part, who, at.date()), part)
            what = (
                "no {act} of a promise that is {state}; open to {person}: {open}"
                if "person" in told
                else "no {act} of a promise that is {state}; open now: {open}"
            )
            faults.add(V010, "commitment", what, act=act, state=part.state, **told)
        if act == "see":
            new["seen_by"] = by
            if by == part.seen_by:
                faults.add(V010, "commitment", "{person} has seen the promise already", person=by)
        if act == "fulfil" and new["done_on"] is None:
            new["done_on"] = at.date()
        if act == "move_due" and new["due"] is not None:
            move = {
                "old_due": part.due,
                "new_due": new["due"],
                "reason": reason,
                "at": at,
                "revision": self.revision,
                "signed": bool(self.signatures),
            }
            said = Faults()
            model_of(DueMove).look_at(move, said)
            if said.found:  # which is said of the arguments
                model_of(Commitment).look_at(new, faults)
                raise Rejected(act, faults.found)
            new["moves"] = (*part.moves, move)
        if act == "miss_commitment" and part.due is not None and at.date() <= part.due:
            faults.add(K010, "commitment", "the promise is due only {due}", due=part.due)
        return new

    def _was(self, kept: Values) -> frozendict[str, Scalar]:
        """Say what a change replaces; of a promise that an act changed, each field for itself."""
        was = dict(super()._was(kept))
        parts = cast("tuple[Commitment, ...]", kept.get("commitments", ()))
        for i, (old, new) in enumerate(zip(self.commitments, parts, strict=False)):
            if old is not new:
                was |= {f"commitments[{i}].{key_of(name)}": as_written(said) for name, said in _replaced(old, new)}
        return frozendict(sorted(was.items()))

    def parties(self) -> tuple[str, ...]:
        """List those who hold a role in the record, or in a promise of it, in the order of the table."""
        sides = (p for c in self.commitments for p in (c.by, c.to) if p is not None)
        return tuple(dict.fromkeys((*super().parties(), *sides)))

    def commitments_for(self, person: str, act: str, *, on: date | None = None) -> tuple[Commitment, ...]:
        """List the promises with which somebody may do an act now: the choices of a page; none for any other act.

        `on` is the day asked about, as of `acts_for`.

        Raises:
            Rejected: V001 or V015 for what is no id of a person, V015 for what is no day.
        """
        rows = [row for row in self.lifecycle.rows_from(self.state) if row.act == act]
        open_now = act in self.acts_for(person, on=on)
        return tuple(c for row in rows if open_now for c in self._ready(row, person, on))

    def _ready(self, row: Row, person: str, on: date | None) -> list[Commitment]:
        """Give the promises with which somebody may do an act."""
        if row.act not in COMMITMENT.acts or row.act == "promise":
            return []
        there = [c for c in self.commitments if COMMITMENT.find(row.act, c.state)]
        return [c for c in there if self._has_point(row, c, person, on)]

    def _open(self, row: Row, person: str, on: date | None) -> bool:
        if row.act in COMMITMENT.acts and row.act != "promise":
            return bool(self._ready(row, person, on))
        return super()._open(row, person, on)

    def _has_point(self, row: Row, part: Commitment, person: str, on: date | None) -> bool:
        """Tell whether somebody may do an act with a promise, and it has a point on a day."""
        return _in_time(row.act, part, on) and any(person in role.holders(self, part) for role in row.who)

    def _also_awaited(self) -> Iterator[Await]:
        for part in self.commitments:
            for line in COMMITMENT.rows_from(part.state):
                seen = line.act == "see" and (part.to is None or part.seen_by is not None)
                if line.onward and not seen and self.lifecycle.find(line.act, self.state):
                    for person in dict.fromkeys(p for role in line.who for p in role.holders(self, part)):
                        yield Await(str(person), line.act, part.id)

    def _agreed(self) -> dict[str, object]:
        """Promises added after the last signature bind those who made them; nobody signed them."""
        acts = [e.act for e in self.history]
        since = (
            next((n for n, act in enumerate(reversed(acts)) if act in {"sign", "import"}), 0) if self.signatures else 0
        )
        later = acts[len(acts) - since :].count("promise")
        signed = self.commitments[: len(self.commitments) - later]
        return {"commitments": [c.agreed(self.revision) for c in signed]} if signed else {}


def _replaced(old: Commitment, new: Commitment) -> Iterator[tuple[str, object]]:
    """Say what another one says instead, by field; lists, where a promise stands, and what never was are left out."""
    for name in model_of(Commitment).names:
        said = getattr(old, name)
        if name != "state" and said is not None and not isinstance(said, tuple) and said != getattr(new, name):
            yield name, said


def _in_time(act: str, part: Commitment, on: date | None) -> bool:
    """Tell whether an act on a promise has a point on a day: what was seen is seen; none is missed before its day."""
    early = act == "miss_commitment" and on is not None and part.due is not None and on <= part.due
    return not early and not (act == "see" and part.seen_by is not None)


@invariant(
    "K001",
    "commitment",
    field="due",
    says="a promise that stands says by when",
    why="GROW, the will phase: what will be done, and by when",
    mend="give the day by which it will be done",
)
def K001(commitment: Commitment) -> Breaches:
    if commitment.due is None:
        yield breach("the promise has no due date")


@invariant(
    "K003",
    "commitment",
    field="due",
    says="a promise is not due before it was made",
    why="own choice: consistency of two dates",
    mend="give a due date on or after the day of the promise",
)
def K003(commitment: Commitment) -> Breaches:
    if commitment.due is not None and commitment.due < commitment.made_on:
        yield breach(
            "the promise is due {due}, before it was made, {made}", due=commitment.due, made=commitment.made_on
        )


@invariant(
    "K004",
    "commitment",
    field="done_on",
    says="a promise that is done has a date and a result, and no other has",
    why="article, L6: motivation comes from progress and positive results",
    mend="give done_on and result, or leave both out until it is done",
)
def K004(commitment: Commitment) -> Breaches:
    if commitment.state is DONE:
        if commitment.done_on is None:
            yield breach("the promise is done, but on no date")
        elif commitment.done_on < commitment.made_on:
            yield breach(
                "the promise was done {done}, before it was made, {made}",
                done=commitment.done_on,
                made=commitment.made_on,
            )
        if commitment.result is None:
            yield breach("the promise is done, but has no result", "result")
        return
    if commitment.done_on is not None:
        yield breach("it says what came of it, but the promise is {state}", state=commitment.state)
    if commitment.result is not None:
        yield breach("it says what came of it, but the promise is {state}", "result", state=commitment.state)


@invariant(
    "K006",
    "commitment",
    field="moves",
    says="a moved due date keeps the old one: each move begins where the last ended, and ends in the due date",
    why="practice: a date that moves without a trace hides that the promise was not kept",
    mend="keep every move in order",
)
def K006(commitment: Commitment) -> Breaches:
    moves = commitment.moves
    if not moves:
        return
    for i, (earlier, later) in enumerate(pairwise(moves), 1):
        if earlier.new_due != later.old_due:
            what = "a move of the due date begins at {start}, the last one ended at {end}"
            yield breach(what, f"moves[{i}].old_due", start=later.old_due, end=earlier.new_due)
    if moves[-1].new_due != commitment.due:
        yield breach(
            "the last move of the due date ends at {end}, due is {due}", end=moves[-1].new_due, due=commitment.due
        )


@advice(
    "K008",
    "commitment",
    field="due",
    says="a promise that stands is not past due",
    why="own choice: a promise past its day is talked about again, not forgotten",
    mend="fulfil it, move its due date with a reason, or ask to be released",
)
def K008(commitment: Commitment, on: date, policy: Policy) -> Breaches:
    if commitment.state is PROMISED and commitment.due is not None and commitment.due < on:
        yield breach("it was due {due}, {days} days ago", due=commitment.due, days=(on - commitment.due).days)


@advice(
    "K009",
    "commitment",
    field="moves",
    says="a due date is moved at most twice",
    why="own choice: a promise that moves a third time is perhaps another promise",
    mend="talk about what stands in the way, and promise something that can be kept",
)
def K009(commitment: Commitment, on: date, policy: Policy) -> Breaches:
    if len(commitment.moves) > 2:  # noqa: PLR2004  (the number of the rule)
        yield breach("the due date was moved {n} times", n=len(commitment.moves))


RULES: tuple[Rule, ...] = (
    K002, K005, K007, K010, K001, K003, K004, K006, K008, K009,
)  # fmt: skip
