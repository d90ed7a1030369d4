"""Moves inside the company: somebody wishes one, everybody concerned says yes, and it is done.

Read top to bottom: values, table, the record and its acts, its rules. Knows the kernel, commitments, needs and
opportunities; knows no person, no book and no clock. Rules that need the path with the needs, or all moves, stand in
the book; so does what a move means for the person who moves: `book/moving.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Literal, Self, TypedDict, Unpack, cast, get_type_hints

from frozendict import frozendict

from coaching.kernel.acting import Added
from coaching.kernel.checking import FAULTY, Faults, check_as, check_of
from coaching.kernel.classes import build, value
from coaching.kernel.constraints import V014, Count, Id, Moment, Text
from coaching.kernel.fields import As, field_of
from coaching.kernel.history import Entry
from coaching.kernel.lifecycle import SAME, START, Lifecycle, Row, holder, row, shut
from coaching.kernel.policy import POLICY, Policy, is_day
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
from coaching.kernel.shared_rules import ids_once
from coaching.records.commitments import PROMISE, PROMISED, CommitmentAct, PromisingRecord, commitment_rows
from coaching.records.needs import Need
from coaching.records.opportunities import released

# --- values ----------------------------------------------------------------------------------------------------------


class MoveState(Choice):
    """Where a move stands."""

    WISHED = "wished"
    ASKED = "asked"
    AGREED = "agreed"
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


WISHED, ASKED, AGREED, DONE, DECLINED, WITHDRAWN = MoveState


class Party(Choice):
    """Whose yes a move needs: each word is the field that holds the person."""

    MOVER = "mover"
    RELEASING_MANAGER = "releasing_manager"
    RECEIVING_MANAGER = "receiving_manager"
    CLIENT_BY = "client_by"


AnyParty = Party | Literal["mover", "releasing_manager", "receiving_manager", "client_by"]


@value("approval")
class Approval:
    """One party's answer to one revision of a move: a yes, or a no with its reason and a day to look again (M005)."""

    role: As[Party, AnyParty]
    by: Id
    at: Moment
    revision: Count
    yes: bool = True
    reason: Text | None = None
    look_again_on: date | None = None


_id = check_as(Id)
_needs = check_of(field_of("needs", tuple[Need, ...]), build)

# --- table -----------------------------------------------------------------------------------------------------------

# fmt: off
M001 = stated("M001", "move", field="by", says="nothing goes on without the mover's own yes",
              why="article, L13 and L14: she felt ready and moved in the direction she wanted",
              mend="let the mover call ask()")
M003 = stated("M003", "move", field="needs", says="only released needs are used or shown",
              why="three-way contracting pages: the coachee controls what others hear",
              mend="let the owner call release_need(), or leave the need out")
M008 = stated("M008", "move", field="by", says="the mover alone withdraws a move, freely until it is done",
              why="own choice: the move is the mover's, in the spirit of the article, L14",
              mend="let the mover withdraw() before it is done; others decline()")
M017 = stated("M017", "move", field="start_on", says="a day that is set is changed for all, not by one who approves",
              why="own choice: whoever approved before said yes to the day that was set",
              mend="use change(), then let everybody approve again")

MOVER, RELEASING, RECEIVING, CLIENT = (holder(party.value) for party in Party)
PARTIES = (MOVER, RELEASING, RECEIVING, CLIENT)

MOVE = Lifecycle(
    MoveState,
    #   act              from                     to               who                 asks for
    row("wish",          START,                   WISHED,          MOVER,              "why"),
    row("edit",          WISHED,                  SAME,            MOVER),
    row("ask",           WISHED,                  ASKED,           MOVER,              "opportunity releasing_manager",
        onward=True, rule=M001),
    row("approve",       ASKED,                   (ASKED, AGREED), PARTIES,            "release_on? start_on?",
        onward=True),
    row("change",        (ASKED, AGREED),         ASKED,           PARTIES,            revises=True),
    row("decline",       ASKED,                   DECLINED,        PARTIES,            "reason? look_again_on?"),
    row("complete",      AGREED,                  DONE,            (MOVER, RECEIVING), "on?", onward=True),
    row("plan_check_in", (AGREED, DONE),          SAME,            (MOVER, RECEIVING), "check_in_on",
        keeps=True),
    row("withdraw",      (WISHED, ASKED, AGREED), WITHDRAWN,       MOVER,              rule=M008),
    *commitment_rows(PARTIES, promise=(ASKED, AGREED), keep=(ASKED, AGREED, DONE, DECLINED, WITHDRAWN)),
    shut("withdraw",     DONE,                    M008),
    final=(DONE, DECLINED, WITHDRAWN),
)

InternalMoveBeginning = Literal["wish", "import"]
InternalMoveAct = Literal[
    "edit", "ask", "approve", "change", "decline", "complete", "plan_check_in", "withdraw", CommitmentAct, "reimport",
]
# fmt: on


# --- the record and its acts -----------------------------------------------------------------------------------------


class MoveWish(TypedDict, total=False):
    """What `edit` may set: the mover's own."""

    why: str
    needs: tuple[str, ...]
    from_position: str | None
    from_placement: str | None


class MoveDetails(TypedDict, total=False):
    """What `ask` may set besides whom and what for."""

    release_on: date | None
    start_on: date | None
    facilitators: tuple[str, ...]
    check_in_on: date | None


class MoveContent(MoveDetails, total=False):
    """What `change` may set. Needs and the reason of the wish are the mover's own and stay."""

    from_position: str | None
    from_placement: str | None
    opportunity: str
    releasing_manager: str
    receiving_manager: str
    client_by: str | None


@record("move", MOVE, lambda: RULES)
class InternalMove(PromisingRecord[InternalMoveAct, InternalMoveBeginning]):
    """A move inside the company that the mover wishes; never a transfer that others decide. Nobody signs: all approve.

    Begun with `InternalMove.wish`, carried on by its acts, each of which gives back a new move. Completing it in a
    book changes the person's record with it.

    Attributes:
        mover: The person whose move it is (M001, M008).
        from_position: The id of the position it starts from (M002).
        from_placement: The id of the placement it starts from (M002).
        opportunity: The id of the opportunity it leads to (M002).
        needs: Ids of needs on the mover's path that it shall meet (M003).
        why: What for, in the mover's words.
        releasing_manager: Who lets the mover go (M004, M015).
        receiving_manager: Who takes the mover on; the same person when the manager stays (M004, M015).
        client_by: Who speaks for the client, where there is one (M004, M015).
        approvals: The answers to the current revision; a new revision begins without any (M004, M005, M016).
        release_on: The day from which the mover is free (M006).
        start_on: The first day in the new position or placement, as agreed (M006).
        started_on: The first day as it came to be (M007).
        facilitators: Others who made it possible, to be thanked.
        check_in_on: The day to look back at it (M010).
        commitments: The handover: what is promised to those who stay, and to those who wait (M012).

    >>> from datetime import datetime, timezone
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> move = InternalMove.wish("mv-1", "A line of my own", from_placement="pl-1", by="p-17", at=noon)
    >>> move = move.ask("op-1", releasing_manager="p-3", by="p-17", at=noon)
    >>> [(turn.person, turn.act) for turn in move.awaits()]
    [('p-17', 'approve'), ('p-3', 'approve')]
    """

    signatories = ()
    called = frozendict(
        {
            "complete": {"started_on": "on"},
            "decline": {"approvals[].look_again_on": "look_again_on", "approvals[].reason": "reason"},
            **PROMISE,
        }
    )
    promising = tuple(party.value for party in Party)
    terms = ()

    state: MoveState
    mover: Id
    from_position: Id | None = None
    from_placement: Id | None = None
    opportunity: Id | None = None
    needs: tuple[Id, ...] = ()
    why: Text | None = None
    releasing_manager: Id | None = None
    receiving_manager: Id | None = None
    client_by: Id | None = None
    approvals: tuple[Approval, ...] = ()
    release_on: date | None = None
    start_on: date | None = None
    started_on: date | None = None
    facilitators: tuple[Id, ...] = ()
    check_in_on: date | None = None

    # --- wishing and asking ------------------------------------------------------------------------------------------

    @classmethod
    def wish(
        cls,
        id: str,
        why: str,
        *,
        by: str,
        at: datetime,
        needs: tuple[str, ...] = (),
        from_position: str | None = None,
        from_placement: str | None = None,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Wish a move of one's own. Nobody is asked yet.

        Args:
            id: Opaque text (V001).
            why: What for, in one's own words (V002).
            by: The mover.
            at: Aware (V003).
            needs: Ids of the needs on one's path that it shall meet.
            from_position: The position it starts from; this or a placement is named, or both (M002).
            from_placement: The placement it starts from.
            policy: The house's numbers and severities.

        Raises:
            Rejected: M002, V002 without words, and the constraints of the fields.
        """
        own = {
            "why": "" if why is None else why, "needs": needs,
            "from_position": from_position, "from_placement": from_placement,
        }  # fmt: skip
        return cls._begin("wish", id, by, at, own, acting=("mover",), policy=policy, noted_by=noted_by)

    def edit(
        self, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None, **wish: Unpack[MoveWish]
    ) -> Self:
        """Change a wish while nobody is asked.

        Raises:
            Rejected: V010 unless wished, V011 unless `by` is the mover, M002, V016 for a field that cannot be edited,
                and the constraints of the fields.
        """
        return self._act("edit", by, at, policy, noted_by, wish, known=_WISH)

    def ask(
        self,
        opportunity: str,
        *,
        releasing_manager: str,
        by: str,
        at: datetime,
        receiving_manager: str | None = None,
        client_by: str | None = None,
        needs: tuple[Need, ...] | None = None,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **details: Unpack[MoveDetails],
    ) -> Self:
        """Ask for the move. From now on those named here read why it is wished, and each answers.

        Args:
            opportunity: The id of the opportunity it leads to (M002).
            releasing_manager: Who lets the mover go.
            by: The mover.
            at: Aware (V003), not before the last entry (V009).
            receiving_manager: Who takes the mover on; the releasing manager when left out.
            client_by: Who speaks for the client, where there is one.
            needs: The needs as they stand on the mover's path. When given, those that the move names must be released
                far enough: to managers, and to the client where somebody speaks for one (M003).
            policy: The house's numbers and severities.
            details: Days of release, start and check-in, and facilitators, as far as they are known.

        Raises:
            Rejected: V010 unless wished, M001 unless `by` is the mover, M002, M003, M015, V014, V016.
        """
        faults, receiving = Faults(), cast("object", receiving_manager)
        if receiving is None:  # what is wrong with the one who stays is said once
            receiving = FAULTY if _id(releasing_manager, "", Faults()) is FAULTY else releasing_manager
        also = {
            "opportunity": opportunity, "releasing_manager": releasing_manager, "client_by": client_by,
            "receiving_manager": receiving,
        }  # fmt: skip
        known = () if needs is None else _needs(needs, "needs", faults)
        if needs is not None and isinstance(known, tuple) and not faults.found:
            faults.found += [finding(M003, it) for it in self.hidden(known, to_client=client_by is not None)]
        return self._act(
            "ask", by, at, policy, noted_by, details, known=_DETAILS, also=also, wrong=faults.about(self.key)
        )

    # --- answering ---------------------------------------------------------------------------------------------------

    def approve(
        self,
        *,
        by: str,
        at: datetime,
        release_on: date | None = None,
        start_on: date | None = None,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Say yes to the current revision, in every role that one has. The last yes that is needed makes it agreed.

        Args:
            by: The mover, a manager, or who speaks for the client.
            at: Aware (V003), not before the last entry (V009).
            release_on: The day of release, where none is set yet.
            start_on: The day of start, where none is set yet.
            policy: The house's numbers and severities.

        Raises:
            Rejected: V010 unless asked, V011 for anybody else, M016 for a second yes, M017 for a day that differs from
                the one set, and with the last yes the gates M004 and M006.
        """
        days = {n: day for n, day in (("release_on", release_on), ("start_on", start_on)) if day is not None}
        missing, faults = self.unanswered(), Faults()
        for name, day in days.items():
            if getattr(self, name) is not None and is_day(day) and getattr(self, name) != day:
                faults.add(
                    M017, name, "{day} differs from the day that is set, {set}", day=brief(day), set=getattr(self, name)
                )

        def answered(by: str, at: datetime) -> Mapping[str, Any]:
            roles = self._roles(by)
            anew = [party for party in roles if party in missing] or roles  # a second yes is refused: M016
            new = [Approval(party, by, at, self.revision) for party in anew]
            return {"approvals": Added(*new), **days}

        def to(by: str) -> MoveState:
            return AGREED if missing and set(missing) <= set(self._roles(by)) else ASKED

        return self._act("approve", by, at, policy, noted_by, answered, to=to, wrong=faults.about(self.key))

    def decline(
        self,
        reason: str | None = None,
        look_again_on: date | None = None,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Say no for now: why, and when to look again. A yes one gave before is taken back.

        Args:
            reason: In words (M005).
            look_again_on: A day that lies ahead (M005).
            by: One of those who are asked.
            at: Aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.

        Raises:
            Rejected: V010 unless asked, V011 for anybody else, and the gate M005.
        """
        why = None if isinstance(reason, str) and not reason.strip() else reason  # a blank reason is none (M005)

        def refused(by: str, at: datetime) -> Mapping[str, Any]:
            roles = self._roles(by)
            others = [answer for answer in self.approvals if answer.role not in roles]
            said = {"yes": False, "reason": why, "look_again_on": look_again_on}
            new = [{"role": r, "by": by, "at": at, "revision": self.revision, **said} for r in roles]
            return {"approvals": (*others, *new)}

        return self._act("decline", by, at, policy, noted_by, refused, reason=why)

    def change(
        self,
        reason: str | None = None,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **what: Unpack[MoveContent],
    ) -> Self:
        """Change what is asked or was agreed: a new revision, which everybody approves anew. History keeps what was.

        Raises:
            Rejected: V010 unless asked or agreed, V011 for anybody who is not asked, M002, M015, V014 when nothing
                changes, V016 for a field that cannot be changed, and the constraints of the fields.
        """

        def changed(_by: str, _at: datetime) -> Mapping[str, object]:
            if not what:
                raise Rejected.over(V014, "change asks for what changes", "what")
            return what

        return self._act(
            "change", by, at, policy, noted_by, changed, reason=reason, known=_CONTENT, also={"approvals": ()}
        )

    # --- closing -----------------------------------------------------------------------------------------------------

    def complete(
        self, on: date | None = None, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Say that the move is done. The person's record does not change by this; `Book.act` changes both.

        Args:
            on: The first day in the new position or placement (M007).
            by: The mover, or the receiving manager.
            at: Aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.

        Raises:
            Rejected: V010 unless agreed, V011 for anybody else, and the gate M007.
        """
        return self._act("complete", by, at, policy, noted_by, {"started_on": on})

    def plan_check_in(
        self, check_in_on: date, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Set the day to look back at the move. What was approved stands.

        Raises:
            Rejected: V010 unless agreed or done, V011 unless `by` is the mover or the receiving manager, V014, V015.
        """
        return self._act("plan_check_in", by, at, policy, noted_by, {"check_in_on": check_in_on})

    def withdraw(
        self, reason: str | None = None, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Let the wish go. A reason may be given; none is asked.

        Raises:
            Rejected: V010 once declined or withdrawn, M008 once done, or unless `by` is the mover.
        """
        return self._act("withdraw", by, at, policy, noted_by, reason=reason)

    # --- questions ---------------------------------------------------------------------------------------------------

    def needed(self) -> tuple[Party, ...]:
        """Say whose yes is needed: the mover's, the managers' (once, where it is one person), and the client's."""
        stays = self.receiving_manager == self.releasing_manager
        return tuple(
            party
            for party in Party
            if getattr(self, party) is not None and not (stays and party is Party.RECEIVING_MANAGER)
        )

    def unanswered(self) -> tuple[Party, ...]:
        """Say whose yes to the current revision is still missing."""
        yes = {answer.role for answer in self.approvals if answer.yes}
        return tuple(party for party in self.needed() if party not in yes)

    def asked_on(self) -> date | None:
        """Give the day on which the current revision was put to everybody; None unless it waits for answers."""
        if self.state is not ASKED:
            return None
        return next(e.at.date() for e in reversed(self.history) if e.act in {"ask", "change", "import"})

    def starts_on(self) -> date | None:
        """Give the first day in the new position or placement: as it came to be, or as it is agreed."""
        return self.started_on or self.start_on

    def _roles(self, person: str) -> list[Party]:
        """In which of the needed roles somebody answers."""
        return [party for party in self.needed() if getattr(self, party) == person]

    def hidden(self, known: Iterable[Need], *, to_client: bool) -> Breaches:
        """Say which needs that the move names were not released far enough, or are none of those known (M003)."""
        shown = {need.id for need in known if released(need, to_client=to_client)}
        for i, id in enumerate(self.needs):
            if id not in shown:
                whom = "the client" if to_client else "the managers"
                yield breach("the need {id} is not released to {whom}", f"needs[{i}]", id=id, whom=whom)

    def _open(self, row: Row, person: str, on: date | None) -> bool:
        answered = row.act == "approve" and not set(self._roles(person)) & set(self.unanswered())
        return not answered and super()._open(row, person, on)


_WISH, _DETAILS, _CONTENT = (tuple(get_type_hints(of)) for of in (MoveWish, MoveDetails, MoveContent))

# --- rules: what no move may break -----------------------------------------------------------------------------------


@invariant(
    "M002",
    "move",
    field="opportunity",
    says="a move says where it starts, and leads somewhere else",
    why="own choice: otherwise it is no move",
    mend="name the position or placement it starts from, and an opportunity that differs from it",
)
def M002(move: InternalMove) -> Breaches:
    if move.from_position is None and move.from_placement is None:
        yield breach("neither a position nor a placement is named", "from_position")
    if move.opportunity is not None and move.opportunity in {move.from_position, move.from_placement}:
        yield breach("the move starts and ends at {id}", id=move.opportunity)


@invariant(
    "M015",
    "move",
    field="mover",
    says="the mover neither manages the move nor speaks for the client",
    why="own choice: a yes to oneself is none",
    mend="name the managers, and who speaks for the client",
)
def M015(move: InternalMove) -> Breaches:
    for party in (Party.RELEASING_MANAGER, Party.RECEIVING_MANAGER, Party.CLIENT_BY):
        if getattr(move, party) == move.mover:
            yield breach("{mover} is {role} as well", party.value, mover=move.mover, role=party)


@invariant(
    "M016",
    "move",
    field="approvals",
    says="each party answers a revision once, for themselves",
    why="practice: systems that let the same side approve twice count two answers where one side is missing",
    mend="let the other parties answer; answers to earlier revisions stand in the history",
)
def M016(move: InternalMove) -> Breaches:
    seen = set()
    for i, answer in enumerate(move.approvals):
        if answer.role in seen:
            yield breach("{role} has answered already", f"approvals[{i}]", role=answer.role)
        elif getattr(move, answer.role) != answer.by:
            yield breach("{by} is not {role}", f"approvals[{i}].by", by=answer.by, role=answer.role)
        if answer.revision != move.revision:
            what = "answered revision {then}, the move is at {now}"
            yield breach(what, f"approvals[{i}].revision", then=answer.revision, now=move.revision)
        seen.add(answer.role)


M019 = ids_once("M019", "move", "commitments", says="ids of commitments are used once in a move")


# --- rules: gates ----------------------------------------------------------------------------------------------------


@gate(
    "M004",
    "move",
    act="approve>agreed",
    field="approvals",
    says="everybody whose yes is needed has approved the current revision",
    why="article, L13: she and her managers, more than one, matched her needs with the client's",
    mend="let every party approve the current revision; name a releasing manager with change()",
)
def M004(move: InternalMove, entry: Entry | None) -> Breaches:
    if move.releasing_manager is None:
        yield breach("nobody is named who releases the mover", "releasing_manager")
    for party in move.unanswered():
        yield breach("no yes by {role}, {person}", role=party, person=getattr(move, party))


@gate(
    "M005",
    "move",
    act="decline",
    field="approvals",
    says="a no has a reason and a date to look again",
    why="talent mobility pages: hoarding by managers is the main barrier; reason and date are our own choice",
    mend="decline with a reason and a look_again_on that lies ahead",
)
def M005(move: InternalMove, entry: Entry | None) -> Breaches:
    answers = [(i, answer) for i, answer in enumerate(move.approvals) if not answer.yes]
    if not answers and entry is None:
        yield breach("the move is declined, but nobody said no")
    for i, answer in answers:
        if answer.reason is None:
            yield breach("no reason is given", f"approvals[{i}].reason")
        if answer.look_again_on is None:
            yield breach("no date to look again is given", f"approvals[{i}].look_again_on")
        elif answer.look_again_on <= answer.at.date():
            what = "the date to look again, {day}, does not lie ahead"
            yield breach(what, f"approvals[{i}].look_again_on", day=answer.look_again_on)


@gate(
    "M006",
    "move",
    act="approve>agreed",
    field="start_on",
    says="the days of release and start are set, and the start is not before the release",
    why="transfer policies: a release or notice period",
    mend="give release_on and start_on with approve() or change(), the start on or after the release",
)
def M006(move: InternalMove, entry: Entry | None) -> Breaches:
    if move.release_on is None:
        yield breach("no day of release is set", "release_on")
    if move.start_on is None:
        yield breach("no day of start is set")
    elif move.release_on is not None and move.start_on < move.release_on:
        yield breach(
            "the move starts {start}, before the release, {release}", start=move.start_on, release=move.release_on
        )


@gate(
    "M007",
    "move",
    act="complete",
    field="started_on",
    says="completing ends the old position or placement and begins the new one, on a day not before the release",
    why="own choice: consistency of the person's record with the move",
    mend="say on which day the new one began; completed() changes the person's record with the move",
)
def M007(move: InternalMove, entry: Entry | None) -> Breaches:
    if move.started_on is None:
        yield breach("no day is given on which the new one began")
    elif move.release_on is not None and move.started_on < move.release_on:
        yield breach(
            "the new one began {day}, before the release, {release}", day=move.started_on, release=move.release_on
        )


# --- rules: advice ---------------------------------------------------------------------------------------------------


@advice(
    "M014",
    "move",
    field="approvals",
    says="every party answers within 14 days",
    why="own choice: a move that nobody answers is a no that nobody has to give a reason for",
    mend="approve, or decline with a reason and a date to look again",
)
def M014(move: InternalMove, on: date, policy: Policy) -> Breaches:
    asked = move.asked_on()
    if asked is not None and (on - asked).days > policy.approve_days:
        for party in move.unanswered():
            what = "{role}, {person}, has not answered since {asked}"
            yield breach(what, role=party, person=getattr(move, party), asked=asked)


@advice(
    "M010",
    "move",
    field="check_in_on",
    says="a check-in is set within 90 days of the start",
    why="own choice: a move is looked back at while it is new; the number of days is ours",
    mend="set a day with plan_check_in()",
)
def M010(move: InternalMove, on: date, policy: Policy) -> Breaches:
    start, check_in = move.starts_on(), move.check_in_on
    if move.state in {AGREED, DONE} and start is not None:
        if check_in is None:
            yield breach("no check-in is set; the start is {start}", start=start)
        elif not 0 <= (check_in - start).days <= policy.check_in_days:
            what = "the check-in, {day}, is not within {days} days of the start, {start}"
            yield breach(what, day=check_in, days=policy.check_in_days, start=start)


@advice(
    "M012",
    "move",
    field="commitments",
    says="no handover commitment is open at the start",
    why="own choice: those left behind need the handover finished",
    mend="fulfil the handover, or talk about it with those it was promised to",
)
def M012(move: InternalMove, on: date, policy: Policy) -> Breaches:
    start = move.starts_on()
    if move.state in {AGREED, DONE} and start is not None and start <= on:
        for i, promise in enumerate(move.commitments):
            if promise.state is PROMISED:
                yield breach(
                    "the promise {id} is open, the start is {start}", f"commitments[{i}]", id=promise.id, start=start
                )


RULES: tuple[Rule, ...] = (
    M001, M003, M008, M017, M002, M015, M016, M019, M004, M005, M006, M007, M014, M010, M012,
)  # fmt: skip
