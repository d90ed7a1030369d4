"""People: who they are at work, since when, in which positions and at which clients. Coach and manager are roles.

Read top to bottom: values, tables, the record and its acts, what a leaving closes, questions, rules. Knows the kernel;
knows no talk, no book and no clock. Whether a manager or a client exists is for the book to say.

Facts have days. Where somebody stands is asked for a day (`standing`) and never stored, and every act may be said
before its day and after it. Lists stand in the order of their days, whenever each fact was noted. Old names never enter
the history: they could not be erased from it; days and ids do.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import accumulate, pairwise
from typing import Annotated, Any, Literal, Self, TypedDict, Unpack

import attrs
from frozendict import frozendict

from coaching.kernel.acting import Added, Swapped, part_named
from coaching.kernel.checking import Faults, check_as
from coaching.kernel.classes import Values, build, model_of, value
from coaching.kernel.constraints import (
    V014,
    Extra,
    Id,
    Language,
    Scalar,
    Text,
    Whole,
    Word,
    is_absolute,
    is_isco,
)
from coaching.kernel.lifecycle import ANYONE, SAME, START, V010, Lifecycle, Row, row
from coaching.kernel.policy import POLICY, Policy, asked
from coaching.kernel.record import Record, record
from coaching.kernel.rules import (
    Breach,
    Breaches,
    Choice,
    Rejected,
    Rule,
    advice,
    breach,
    brief,
    invariant,
    stated,
)
from coaching.kernel.shared_rules import ids_once
from coaching.kernel.values import Location, Span

# --- values ----------------------------------------------------------------------------------------------------------


class PersonState(Choice):
    """Whether the record still says who the person is. Where they stand with an employer is asked for a day."""

    KNOWN = "known"
    ERASED = "erased"


class Standing(Choice):
    """Where a person stands with the employer on a day. Derived by `Person.standing`, never stored.

    `ahead`: the first employment is still to begin. `active` and `on_leave`: employed. `left`: an employment has ended,
    and no other runs. `outside`: in no employment at any time, such as a customer.
    """

    AHEAD = "ahead"
    ACTIVE = "active"
    ON_LEAVE = "on_leave"
    LEFT = "left"
    OUTSIDE = "outside"


KNOWN, ERASED = PersonState
AHEAD, ACTIVE, ON_LEAVE, LEFT, OUTSIDE = Standing
EMPLOYED = (ACTIVE, ON_LEAVE)

DAY = timedelta(days=1)


@value("occupation", lambda: RULES)
class Occupation:
    """A kind of work, by its code in a scheme such as ISCO-08 or ESCO. Codes of other schemes are kept as they are.

    Raises:
        Rejected: J008 for a code that ISCO-08 or ESCO would not write so.

    >>> Occupation("ISCO-08", "2141").code
    '2141'
    """

    scheme: Word
    code: Word


@value("managed")
class Managed:
    """Who manages a position, and the first day of it: until the day before the next one. None at the top."""

    manager: Id | None
    from_: date


J002 = stated(
    "J002",
    "position",
    field="title",
    says="a position has a title",
    why="own choice: a role without a name cannot be talked about",
    mend="give the position a title, without blanks around it",
)


@value("position", lambda: RULES)
class Position:
    """A dated role at the employer; an assignment at a client is a `Placement`.

    A new title, level or place ends one and begins another. A new manager does not: see `managers`.

    Attributes:
        id: Names it within its person.
        employer: The organisation that employs.
        title: In a few words (J002).
        span: From the first day to the last.
        unit: The part of the organisation.
        level: A whole number on the employer's own scale.
        occupation: The kind of work, by its code.
        location: The place of work.
        managers: Who manages it and from which day, oldest first (J009). For a day, ask `manager_on`.

    Raises:
        Rejected: J002 without a title, J009 for managers out of order.

    >>> since = date(2026, 1, 1)
    >>> Position("po-1", "hem", "Consultant", Span(since), managers=(Managed("p-3", since),)).manager_on(since)
    'p-3'
    """

    id: Id
    employer: Id
    title: Annotated[Word, J002]
    span: Span
    unit: Word | None = None
    level: Whole | None = None
    occupation: Occupation | None = None
    location: Location | None = None
    managers: tuple[Managed, ...] = ()

    def manager_on(self, day: date) -> str | None:
        """Say who manages it on a day within its span; None at the top, and on any other day."""
        return self.managers[place].manager if (place := self.managed_at(day)) is not None else None

    def managed_at(self, day: date) -> int | None:
        """Give the place in `managers` of the one that counts on a day within its span; None where there is none."""
        if not self.span.covers(day):
            return None
        place = bisect_right(self.managers, day, key=_since) - 1
        return place if place >= 0 else None


def _since(managed: Managed) -> date:
    return managed.from_


L004 = stated(
    "L004",
    "placement",
    field="end_reason",
    says="ending a placement gives a reason",
    why="own choice: what ended and why helps the next talk",
    mend="say in words why it ends",
)


@value("placement", lambda: RULES)
class Placement:
    """A dated assignment at a client, beside the position at the employer.

    Attributes:
        id: Names it within its person.
        client: The organisation where the work is done (L001).
        span: From the first day to the last; open while it runs.
        title: The role there, in a few words.
        location: The place of work.
        contact: Who leads the daily work there, in words or as an id.
        planned_to: The day it is planned to end (L006, L008).
        end_reason: Why it ended (L004).

    Raises:
        Rejected: L008 when it is planned to end before it begins.
    """

    id: Id
    client: Id
    span: Span
    title: Word | None = None
    location: Location | None = None
    contact: Text | None = None
    planned_to: date | None = None
    end_reason: Annotated[Text, L004] | None = None


@value("ended")
class Ended:
    """What a leaving changed in a position or placement that ran on the last day: its end. All else stands there.

    Attributes:
        id: Of the position or placement.
        to: Its end before; None for an open one.
        told: Whether the leaving gave the reason why a placement ended.
    """

    id: Id
    to: date | None = None
    told: bool = False


@value("leaving")
class Leaving:
    """What a leaving closed, by its last day, so that it can be taken back (`Person.stay`).

    Attributes:
        on: The last day.
        leaves: Leaves that it ended or dropped, as they were.
        ended_positions: Positions that it ended.
        ended_placements: Placements that it ended.
        positions: Positions that had not begun by then, and were dropped.
        placements: Placements that had not begun by then, and were dropped.
    """

    on: date
    leaves: tuple[Span, ...] = ()
    ended_positions: tuple[Ended, ...] = ()
    ended_placements: tuple[Ended, ...] = ()
    positions: tuple[Position, ...] = ()
    placements: tuple[Placement, ...] = ()


# --- tables ----------------------------------------------------------------------------------------------------------

# fmt: off
PERSON = Lifecycle(
    PersonState,
    #   act                 from   to      who     asks for
    row("register",         START, KNOWN,  ANYONE, "name"),
    row("correct",          KNOWN, SAME,   ANYONE, "reason",                     keeps=True),
    row("join",             KNOWN, SAME,   ANYONE, "joined_on"),
    row("leave",            KNOWN, SAME,   ANYONE, "left_on reason?",            keeps=True),
    row("stay",             KNOWN, SAME,   ANYONE,                               keeps=True),
    row("go_on_leave",      KNOWN, SAME,   ANYONE, "since"),
    row("change_leave",     KNOWN, SAME,   ANYONE, "on",                         keeps=True),
    row("come_back",        KNOWN, SAME,   ANYONE, "on",                         keeps=True),
    row("cancel_leave",     KNOWN, SAME,   ANYONE, "on",                         keeps=True),
    row("take_position",    KNOWN, SAME,   ANYONE, "position"),
    row("end_position",     KNOWN, SAME,   ANYONE, "position on",                keeps=True),
    row("change_manager",   KNOWN, SAME,   ANYONE, "position manager on",        keeps=True),
    row("start_placement",  KNOWN, SAME,   ANYONE, "placement"),
    row("extend_placement", KNOWN, SAME,   ANYONE, "placement planned_to",       keeps=True),
    row("end_placement",    KNOWN, SAME,   ANYONE, "placement on reason?",       keeps=True),
    row("erase",            KNOWN, ERASED, ANYONE, "reason"),
    final=(ERASED,),
    again=False,  # what another system says of somebody now is said by dated acts
)

PersonBeginning = Literal["register", "import"]
PersonAct = Literal[
    "correct", "join", "leave", "stay", "go_on_leave", "change_leave", "come_back", "cancel_leave", "take_position",
    "end_position", "change_manager", "start_placement", "extend_placement", "end_placement", "erase",
]

STANDINGS: Mapping[str, tuple[Standing, ...]] = frozendict({
    # act               where the person stands on the day it speaks of
    "join":             (LEFT, OUTSIDE),
    "leave":            EMPLOYED,
    "go_on_leave":      (ACTIVE,),
    "change_leave":     (ON_LEAVE,),
    "come_back":        (ON_LEAVE,),
    "cancel_leave":     (ON_LEAVE,),
    "take_position":    EMPLOYED,
    "end_position":     EMPLOYED,
    "change_manager":   EMPLOYED,
    "start_placement":  EMPLOYED,
    "extend_placement": EMPLOYED,
    "end_placement":    EMPLOYED,
})
"""The table as it is read for a day. A leaving is taken back (`stay`) where one is noted, whatever the day; `erase` is
open once every employment has ended; `correct` always."""
# fmt: on


def _parts(person: Person) -> tuple[tuple[str, tuple[Position | Placement, ...]], ...]:
    return ("positions", person.positions), ("placements", person.placements)


# --- the record and its acts -----------------------------------------------------------------------------------------


class PersonDetails(TypedDict, total=False):
    """What `register` may set besides name and joining date."""

    given_name: str | None
    family_name: str | None
    language: str | None
    external_ids: Mapping[str, str]


class PersonContent(PersonDetails, total=False):
    """What `correct` may set."""

    name: str
    employments: tuple[Span, ...]
    leaves: tuple[Span, ...]
    positions: tuple[Position, ...]
    placements: tuple[Placement, ...]


@record("person", PERSON, lambda: RULES)
class Person(Record[PersonAct, PersonBeginning]):
    """A person at work. Coach, manager and owner are roles that a record gives them, never kinds of person.

    Begun with `Person.register`, or taken over with `Person.import_`; carried on by acts of the administration, each of
    which gives back a new person. Not held, because no rule needs them: birth date, sex, address, national number.

    Where a person stands, who manages them, what they do: each is asked for a day. An act is held to where they stand
    on the day it speaks of (V010), and may be noted before that day or after it; the later word about a day wins.

    Attributes:
        name: As the person writes it (P001, P004).
        given_name: For exchange with systems that split names.
        family_name: For exchange with systems that split names.
        language: The language to talk in, a BCP 47 tag (V006).
        employments: From the first day of each to the last, oldest first (P002). None for somebody outside.
        leaves: Times away, each from the first day to the planned last one; open where nobody knows (P006).
        external_ids: What other systems call the person: the name of the system, and the id there.
        positions: Roles at the employer, oldest first (J003, J007, J010).
        placements: Assignments at clients, oldest first (J007, J010, L001, L004, L006).
        leavings: What each leaving closed, so that it can be taken back.

    >>> from datetime import datetime, timezone
    >>> noon, since = datetime(2026, 3, 2, 12, tzinfo=timezone.utc), date(2024, 8, 1)
    >>> anna = Person.register("p-17", "Anna Ek", since, by="hr", at=noon)
    >>> consultant = Position("po-1", "hem", "Consultant", Span(since), managers=(Managed("p-3", since),))
    >>> anna = anna.take_position(consultant, by="hr", at=noon).leave(date(2026, 5, 31), by="hr", at=noon)
    >>> anna.standing(date(2026, 5, 31)), anna.manager_on(date(2026, 5, 31)), anna.standing(date(2026, 6, 1))
    ('active', 'p-3', 'left')
    """

    called = frozendict(
        {
            "register": {"positions[]": "position", "employments[].from": "joined_on"},
            "join": {"employments[].from": "joined_on", "employments[].to": "left_on", "employments[]": "joined_on"},
            "leave": {"placements[].end_reason": "reason"},
            "go_on_leave": {"leaves[].from": "since", "leaves[].to": "until", "leaves[]": "since"},
            "change_leave": {"leaves[].from": "since", "leaves[].to": "until", "leaves[]": "since"},
            "take_position": {"positions[]": "position"},
            "end_position": {"positions[].span.to": "on", "positions[].span": "on"},
            "change_manager": {"positions[].managers[].manager": "manager", "positions[].managers[]": "on"},
            "start_placement": {"placements[]": "placement"},
            "extend_placement": {"placements[].planned_to": "planned_to"},
            "end_placement": {
                "placements[].span.to": "on",
                "placements[].span": "on",
                "placements[].end_reason": "reason",
            },
        }
    )

    state: PersonState
    name: Word | None = None
    given_name: Word | None = None
    family_name: Word | None = None
    language: Language | None = None
    employments: tuple[Span, ...] = ()
    leaves: tuple[Span, ...] = ()
    external_ids: Extra = frozendict()
    positions: tuple[Position, ...] = ()
    placements: tuple[Placement, ...] = ()
    leavings: tuple[Leaving, ...] = ()

    # --- who it is ---------------------------------------------------------------------------------------------------

    @classmethod
    def register(
        cls,
        id: str,
        name: str,
        joined_on: date | None = None,
        *,
        by: str,
        at: datetime,
        position: Position | None = None,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **details: Unpack[PersonDetails],
    ) -> Self:
        """Note somebody: who is employed, or will be, by the first day; who is outside, such as a customer, without.

        Whoever was here before, or has left, is taken over with `import_`.

        Args:
            id: Opaque text (V001).
            name: As the person writes it (P001).
            joined_on: The first day; None for somebody outside.
            by: Who notes it; recorded, not checked.
            at: Aware (V003).
            position: The first position, if known already.
            policy: The house's numbers and severities.
            noted_by: Who wrote it down for the one who acts.
            details: Names in parts, language, ids in other systems.

        Raises:
            Rejected: P001, J003, J007, V016 for an unknown detail, and the constraints of the fields.
        """
        own: dict[str, Any] = {"name": name}
        if joined_on is not None:
            own["employments"] = ({"from": joined_on},)
        if position is not None:
            own["positions"] = (position,)
        return cls._begin(
            "register",
            id,
            by,
            at,
            own,
            free=details,
            known=PersonDetails.__annotations__,
            policy=policy,
            noted_by=noted_by,
        )

    def correct(
        self,
        reason: str,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **content: Unpack[PersonContent],
    ) -> Self:
        """Set right what was noted wrongly. The history keeps why, and the days and ids that are replaced; never words.

        Raises:
            Rejected: V010 once erased, V014 without a reason, V016 for a field that does not exist, the constraints of
                the fields, and every rule that the corrected person would break.
        """
        known = PersonContent.__annotations__
        also = {}
        if self.leavings and "employments" in content:
            ends = _ends(content["employments"])
            also = {"leavings": tuple([leaving for leaving in self.leavings if leaving.on in ends])}
        return self._act("correct", by, at, policy, noted_by, content, reason=reason, known=known, also=also)

    # --- coming and going --------------------------------------------------------------------------------------------

    def join(
        self,
        joined_on: date,
        left_on: date | None = None,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Join the employer: for the first time, or again. Earlier employments stay.

        Args:
            joined_on: The first day.
            left_on: The last day, for an employment noted when it is over, or for a time.
            by: Who notes it; recorded, not checked.
            at: Aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.
            noted_by: Who wrote it down for the one who acts.

        Raises:
            Rejected: V010 unless left or outside on that day, P002 when it would overlap another employment, V004.
        """

        def joined(by: str, _: datetime) -> Values:
            faults = Faults()
            day = self._then("join", by, faults, joined_on=joined_on)
            _may_be(faults, left_on=left_on)
            self._go_on("join", faults)
            return {"employments": _put(self.employments, {"from": day, "to": left_on}, day)}

        return self._act("join", by, at, policy, noted_by, joined)

    def leave(
        self,
        left_on: date,
        reason: str | None = None,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Leave the employer, ahead or noted later. Nothing closes before the last day.

        Leaves, positions and placements that run then end with it, those to begin later are dropped. All of it can be
        taken back with `stay`; another last day, before this one, replaces it.

        Args:
            left_on: The last day of employment.
            reason: Why the placements that still run end; it is kept with them and not in the history.
            by: Who notes it; recorded, not checked.
            at: Aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.
            noted_by: Who wrote it down for the one who acts.

        Raises:
            Rejected: V010 unless employed on that day, L004 when a placement still runs and there is no reason, V002,
                V014, V015.
        """

        def left(by: str, _: datetime) -> Values:
            faults = Faults()
            day = self._then("leave", by, faults, left_on=left_on)
            _why(reason, "reason", faults)  # however little depends on it
            self._go_on("leave", faults)
            return self._closed(day, reason)

        return self._act("leave", by, at, policy, noted_by, left)

    def stay(
        self,
        reason: str | None = None,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Take the last leaving back, as if it had never been said: what it ended goes on, what it dropped is back.

        Raises:
            Rejected: V010 where no leaving is noted.
        """

        def stayed(_by: str, _at: datetime) -> Values:
            if self.state is ERASED:
                raise Rejected("stay", ())
            if not self._has_leaving():
                said = dict[str, Any](day=self.employments[-1].from_) if self.employments else {}
                what = (
                    "no act stay: no last day is noted of the employment from {day}; "
                    "correct the employments if it is not meant"
                    if said
                    else "no act stay: no last day is noted"
                )
                raise Rejected.over(V010, what, "state", **said)
            last = self.employments[-1]
            return {**self._reopened(last), "employments": (*self.employments[:-1], Span(last.from_))}

        return self._act("stay", by, at, policy, noted_by, stayed, reason=reason)

    def erase(
        self, reason: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Empty the record of somebody who is in no employment any more: names, language, external ids, extra, words.

        Ids, dates, titles and the history stay, and the reason given here. What others wrote is for the book to erase.

        Raises:
            Rejected: V010 unless every employment ended before the day of the act, V014 without a reason, V002 on a
                blank one.
        """

        def emptied(by: str, at: datetime) -> Values:
            faults = Faults()
            self._exists("erase", by, at.date(), "at", faults)
            self._go_on("erase", faults)
            return emptied_of(self)

        return self._act("erase", by, at, policy, noted_by, emptied, reason=reason)

    # --- being away --------------------------------------------------------------------------------------------------

    def go_on_leave(
        self,
        since: date,
        until: date | None = None,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Note a leave. It begins and ends on its days; one with an open end goes on until `come_back`.

        Args:
            since: The first day away.
            until: The planned last day, if known.
            by: Who notes it; recorded, not checked.
            at: Aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.
            noted_by: Who wrote it down for the one who acts.

        Raises:
            Rejected: V010 unless active on the first day, P006 when it overlaps another leave, or runs past the last
                day of the employment, V004 when it would end before it begins.
        """

        def away(by: str, _: datetime) -> Values:
            faults = Faults()
            day = self._then("go_on_leave", by, faults, since=since)
            _may_be(faults, until=until)
            self._go_on("go_on_leave", faults)
            return self._away(self.leaves, day, until, self.leavings)

        return self._act("go_on_leave", by, at, policy, noted_by, away)

    def change_leave(
        self,
        on: date,
        until: date | None = None,
        since: date | None = None,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Change the days of a leave: a longer or a shorter one, one with an open end, another first day.

        Args:
            on: Any day of the leave as it is noted.
            until: Its last day from now on; None where nobody knows.
            since: Its first day from now on; as before when left out.
            by: Who notes it; recorded, not checked.
            at: Aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.
            noted_by: Who wrote it down for the one who acts.

        Raises:
            Rejected: V010 unless on leave on that day, P006 when it would overlap another leave or lie outside an
                employment, V004 when it would end before it begins.
        """

        def changed(by: str, _: datetime) -> Values:
            faults = Faults()
            day = self._then("change_leave", by, faults, on=on)
            first = _may_be(faults, since=since, until=until)[0]
            self._go_on("change_leave", faults)
            leave = self._leave_on(day)
            first = leave.from_ if first is None else first
            rest = tuple([it for it in self.leaves if it is not leave])
            leavings = self._forgetting("leaves", leave).get("leavings", self.leavings)
            return {"leavings": leavings, **self._away(rest, first, until, leavings)}

        return self._act("change_leave", by, at, policy, noted_by, changed)

    def come_back(
        self, on: date, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Come back from leave. The leave ends the day before; one that ends on its first day never took place.

        Args:
            on: The first day back.
            by: Who notes it; recorded, not checked.
            at: Aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.
            noted_by: Who wrote it down for the one who acts.

        Raises:
            Rejected: V010 unless on leave on that day, or on the day before it.
        """

        def returned(by: str, _: datetime) -> Values:
            faults = Faults()
            day = _day_given("come_back", faults, on=on)
            over = next((it for it in self.leaves if it.to is not None and day - it.to == DAY), None)
            if not faults.found and (over is None or self.on_leave_on(day)):
                over = None
                self._exists("come_back", by, day, "on", faults)
            self._go_on("come_back", faults)
            leave = self._leave_on(day) if over is None else over
            now = [] if leave.from_ == day else [Span(leave.from_, day - DAY)]
            rest = [it for it in self.leaves if it is not leave]
            return {"leaves": tuple(_in_order([*rest, *now], day)), **self._forgetting("leaves", leave)}

        return self._act("come_back", by, at, policy, noted_by, returned)

    def cancel_leave(
        self,
        on: date,
        reason: str | None = None,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Take a leave out that did not take place, or will not.

        Args:
            on: Any day of it.
            reason: Why, if it shall stand in the history.
            by: Who notes it; recorded, not checked.
            at: Aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.
            noted_by: Who wrote it down for the one who acts.

        Raises:
            Rejected: V010 unless on leave on that day.
        """

        def cancelled(by: str, _: datetime) -> Values:
            faults = Faults()
            day = self._then("cancel_leave", by, faults, on=on)
            self._go_on("cancel_leave", faults)
            leave = self._leave_on(day)
            rest = tuple([it for it in self.leaves if it is not leave])
            return {"leaves": rest, **self._forgetting("leaves", leave)}

        return self._act("cancel_leave", by, at, policy, noted_by, cancelled, reason=reason)

    # --- positions ---------------------------------------------------------------------------------------------------

    def take_position(
        self, position: Position, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Take a position, beside any other. For a new title, level or place, end the old one as well.

        Raises:
            Rejected: V010 unless employed on its first day, J003, J007, J010, L001.
        """
        return self._add("take_position", "positions", Position, position, by, at, policy, noted_by)

    def end_position(
        self, position: str, on: date, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """End a position, or move its end.

        Args:
            position: Its id.
            on: Its last day.
            by: Who notes it; recorded, not checked.
            at: Aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.
            noted_by: Who wrote it down for the one who acts.

        Raises:
            Rejected: V010 unless employed on that day, V017 for a position that is not there, V004 before it began,
                J007 for a day of another employment.
        """

        def ended(held: Position, day: date, _: Faults) -> Mapping[str, Any]:
            return _changed(held, span=_cut(held.span, day))

        return self._change("end_position", "positions", position, {"on": on}, ended, by, at, policy, noted_by)

    def change_manager(
        self,
        position: str,
        manager: str | None,
        on: date,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Give a position another manager from a day on, until the next change that is noted. The position goes on.

        A change found late is put between those before and after it; one for the same day replaces it.

        Args:
            position: Its id.
            manager: The id of the new manager; None at the top.
            on: The first day under the new manager.
            by: Who notes it; recorded, not checked.
            at: Aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.
            noted_by: Who wrote it down for the one who acts.

        Raises:
            Rejected: V010 unless employed on that day, V017 for a position that is not there, J003, J009 when the
                position is not held on that day.
        """
        wrong = Faults()
        model_of(Managed).look_at({"manager": manager}, wrong)

        def managed(held: Position, day: date, faults: Faults) -> Mapping[str, Any]:
            if not held.span.covers(day):
                faults.add(J009, "on", "{day} is outside {span}", day=day, span=str(held.span))
            place = bisect_left(held.managers, day, key=_since)
            later = held.managers[place:]
            later = later[1:] if later and later[0].from_ == day else later
            return _changed(held, managers=(*held.managers[:place], {"manager": manager, "from": day}, *later))

        return self._change(
            "change_manager", "positions", position, {"on": on}, managed, by, at, policy, noted_by, wrong
        )

    # --- placements --------------------------------------------------------------------------------------------------

    def start_placement(
        self, placement: Placement, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Start a placement at a client.

        Raises:
            Rejected: V010 unless employed on its first day, J007, J010, L001.
        """
        return self._add("start_placement", "placements", Placement, placement, by, at, policy, noted_by)

    def extend_placement(
        self,
        placement: str,
        planned_to: date,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Plan another end of a placement; it may be an earlier one.

        Raises:
            Rejected: V010 unless employed on that day, V017 for a placement that is not there, L008 before it began.
        """

        def planned(held: Placement, day: date, _: Faults) -> Mapping[str, Any]:
            return _changed(held, planned_to=day)

        days = {"planned_to": planned_to}
        return self._change("extend_placement", "placements", placement, days, planned, by, at, policy, noted_by)

    def end_placement(
        self,
        placement: str,
        on: date,
        reason: str | None = None,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """End a placement, or move its end.

        Args:
            placement: Its id.
            on: Its last day.
            reason: Why (L004); it is kept with the placement and not in the history, so that it can be erased.
            by: Who notes it; recorded, not checked.
            at: Aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.
            noted_by: Who wrote it down for the one who acts.

        Raises:
            Rejected: V010 unless employed on that day, V017 for a placement that is not there, L004 without a reason,
                V004 before it began, J007 for a day of another employment.
        """

        def ended(held: Placement, day: date, _: Faults) -> Mapping[str, Any]:
            return _ended(held, day, reason)

        wrong = Faults()
        model_of(Placement).checks["end_reason"](_said(reason), "reason", wrong)
        return self._change(
            "end_placement", "placements", placement, {"on": on}, ended, by, at, policy, noted_by, wrong
        )

    # --- how acts are done -------------------------------------------------------------------------------------------

    def _add(
        self, act: str, name: str, kind: type, part: object, by: str, at: datetime, policy: Policy, noted_by: str | None
    ) -> Self:
        """Do an act that adds a part. One that is to go on ends with the employment, where its last day is noted."""

        def added(by: str, _: datetime) -> Values:
            faults = Faults()
            made: Any = build(kind, part, "", faults)
            if faults.found:  # the check of the field says what is wrong, with its place
                return {name: Added(part)}
            first = made.span.from_
            self._exists(act, by, first, f"{name[:-1]}.span.from", faults)
            self._go_on(act, faults)
            employment = self.employment_by(first)
            if made.span.to is None and employment is not None and employment.to is not None:
                kept = _kept(name, [made], [])
                made = model_of(kind).copy(made, {"span": Span(first, employment.to)})
                return {
                    name: _put(getattr(self, name), made, first),
                    "leavings": _keeping(self.leavings, employment.to, kept),
                }
            return {name: _put(getattr(self, name), made, first)}

        return self._act(act, by, at, policy, noted_by, added)

    def _change(
        self,
        act: str,
        name: str,
        id: str,
        days: Mapping[str, object],
        change: Callable[[Any, date, Faults], Any],
        by: str,
        at: datetime,
        policy: Policy,
        noted_by: str | None,
        wrong: Faults | None = None,
    ) -> Self:
        """Do an act on one of the parts, found by its id, that speaks of a day; `wrong` is said of the rest."""

        def changed(by: str, _: datetime) -> Values:
            faults = Faults()
            part = part_named(getattr(self, name), id, name[:-1], name[:-1], faults)
            day = self._then(act, by, faults, **days)
            new = None if part is None or faults.found else change(part, day, faults)
            if wrong is not None and faults.found:  # else the check of its field says it
                faults.found += wrong.found
            self._go_on(act, faults)
            forgotten = self._forgetting(name, part) if act.startswith("end_") else {}
            return {name: Swapped(part, new), **forgotten}

        return self._act(act, by, at, policy, noted_by, changed)

    def _away(
        self, leaves: tuple[Span, ...], first: date, until: object, leavings: tuple[Leaving, ...]
    ) -> dict[str, Any]:
        """Give the leaves with another. One with an open end ends with the employment, where its last day is noted."""
        employment = self.employment_by(first)
        if until is None and employment is not None and employment.to is not None and employment.covers(first):
            kept = _keeping(leavings, employment.to, {"leaves": (Span(first),)})
            return {"leaves": tuple(_in_order([*leaves, Span(first, employment.to)], first)), "leavings": kept}
        return {"leaves": tuple(_in_order([*leaves, {"from": first, "to": until}], first))}

    def _leave_on(self, day: date) -> Span:
        """Give the leave that covers a day."""
        return next(leave for leave in self.leaves if leave.covers(day))

    def _then(self, act: str, by: str, faults: Faults, /, **days: object) -> date:
        """Give the day an act speaks of, by its name: V014, V015, or V010 where the act does not exist on it."""
        before = len(faults.found)
        day = _day_given(act, faults, **days)
        if len(faults.found) == before:
            (name,) = days
            self._exists(act, by, day, name, faults)
        return day

    def _exists(self, act: str, by: str, day: date, path: str, faults: Faults) -> None:
        """Note that an act does not exist where the person stands on a day (V010)."""
        if self.state is not ERASED and not self._stands_for(act, day):
            rows = [r.act for r in self.lifecycle.rows_from(self.state) if r.act != act and self._open(r, by, day)]
            what = "no act {act} while {standing} on {day}; open then: {open}"
            then = self.standing(day)
            faults.add(V010, path, what, act=act, standing=then, day=day, open=", ".join(rows) or "none")

    def _go_on(self, act: str, faults: Faults) -> None:
        """Go on only where nothing is wrong; of somebody erased, the table of states has said so.

        Raises:
            Rejected: What was found.
        """
        if faults.found or self.state is ERASED:
            raise Rejected(act, faults.found)

    def _stands_for(self, act: str, day: date) -> bool:
        if act == "erase":
            return all(it.to is not None and it.to < day for it in self.employments)
        return act not in STANDINGS or self.standing(day) in STANDINGS[act]

    def _has_leaving(self) -> bool:
        return bool(self.employments) and self.employments[-1].to is not None

    def _open(self, row: Row, person: str, on: date | None) -> bool:
        there = self._may_follow(row.act, on) and self._has_part(row.act, on)
        return there and super()._open(row, person, on)

    def _may_follow(self, act: str, on: date | None) -> bool:
        """Tell whether an act is open: for where the person stands on a day, and for what is noted for later."""
        if act == "stay":
            return self._has_leaving()
        if act in {"change_leave", "cancel_leave"} and on is not None:
            return any(leave.to is None or leave.to >= on for leave in self.leaves)
        if act == "come_back" and on is not None:  # on the day after the planned end, too
            return any(it.from_ <= on and (it.to is None or (on - it.to).days <= 1) for it in self.leaves)
        return on is None or self._stands_for(act, on)

    def _has_part(self, act: str, on: date | None) -> bool:
        """Tell whether there is a position or placement of which an act could speak."""
        if act == "change_manager":
            return any(on is None or it.span.covers(on) for it in self.positions)
        named = {"end_position": self.positions, "extend_placement": self.placements, "end_placement": self.placements}
        return bool(named.get(act, True))

    def _was(self, kept: Values) -> frozendict[str, Scalar]:
        """Give the days and ids that a change replaces, by the part; never words."""
        was = dict[str, Scalar]()
        for name in ("employments", "leaves", "positions", "placements"):
            if name in kept:
                was |= dict(_replaced(name, getattr(self, name), kept[name]))
        return frozendict(was)

    # --- what a leaving closes, and how it is taken back -------------------------------------------------------------

    def _closed(self, day: date, reason: str | None) -> Values:
        """Say what stands when the employment that runs on a day ends with it."""
        employment = next(it for it in self.employments if it.covers(day))
        open_again = self._reopened(employment)
        place = self.employments.index(employment)
        after = self.employments[place + 1].from_ if place + 1 < len(self.employments) else date.max
        gave = {held.id: held.end_reason for held in self.placements}

        def closed(part: Any) -> Any:
            if isinstance(part, Span):
                return Span(part.from_, day)
            if isinstance(part, Position):
                return model_of(Position).copy(part, {"span": Span(part.span.from_, day)})
            return _ended(part, day, part.end_reason or reason or gave[part.id])

        changes: dict[str, Any] = {"employments": (
            *self.employments[:place], Span(employment.from_, day), *self.employments[place + 1 :],
        )}  # fmt: skip
        leaving: dict[str, tuple[Any, ...]] = {}
        for name in _CLOSED:
            stay, ended, dropped = list[Any](), list[Any](), list[Any]()
            for part in open_again.get(name, getattr(self, name)):
                if not (_runs_past(part, day) and employment.from_ <= _first_day(part) < after):
                    stay.append(part)
                elif _first_day(part) > day:
                    dropped.append(part)
                else:
                    stay.append(closed(part))
                    ended.append(part)
            if ended or dropped or name in open_again:
                changes[name] = tuple(stay)
                leaving |= _kept(name, ended, dropped)
        others = [it for it in open_again.get("leavings", self.leavings) if it.on != day]
        if leaving or len(others) != len(self.leavings):
            changes["leavings"] = _with_leaving(others, Leaving(day, **leaving))
        return changes

    def _reopened(self, employment: Span) -> dict[str, Any]:
        """Say what stands if the last day of an employment is not said: of what was noted since, nothing is lost."""
        leaving = next((it for it in self.leavings if it.on == employment.to), None)
        if leaving is None:
            return {}
        changes: dict[str, Any] = {"leavings": tuple([it for it in self.leavings if it is not leaving])}
        if leaving.leaves:
            changes["leaves"] = _restored(self.leaves, leaving.leaves, leaving.leaves, leaving.on)
        for name in _CLOSED[1:]:
            ended, dropped = getattr(leaving, f"ended_{name}"), getattr(leaving, name)
            if ended or dropped:
                changes[name] = _restored(getattr(self, name), ended, dropped, leaving.on)
        return changes

    def _forgetting(self, name: str, part: Any) -> dict[str, Any]:
        """Say what leavings say when a later word about a part is given; nothing where they did not speak of it."""
        field, key = name if name == "leaves" else f"ended_{name}", _key(part)
        if not any(_key(it) == key for leaving in self.leavings for it in getattr(leaving, field)):
            return {}
        leavings: tuple[Leaving, ...] = ()
        for leaving in self.leavings:
            rest = tuple([it for it in getattr(leaving, field) if _key(it) != key])
            leavings = _with_leaving(leavings, model_of(Leaving).copy(leaving, {field: rest}))
        return {"leavings": leavings}

    # --- questions ---------------------------------------------------------------------------------------------------

    def standing(self, on: date) -> Standing:
        """Say where the person stands on a day: ahead, active, on leave, left or outside.

        Raises:
            Rejected: V015 for what is no day; so do all questions.
        """
        employment = self.employment_by(on)
        if employment is None:
            return OUTSIDE
        if employment.covers(on):
            return ON_LEAVE if self.on_leave_on(on) else ACTIVE
        return AHEAD if on < employment.from_ else LEFT

    def employment_by(self, on: date) -> Span | None:
        """Give the employment that counts on a day: the one that runs; else the last before it; else the first ahead.

        None for somebody outside. Its first day is what due dates count from.
        """
        asked(on)
        place = bisect_right(self.employments, on, key=_first_day) - 1
        return self.employments[max(place, 0)] if self.employments else None

    def position_on(self, day: date) -> Position | None:
        """Give the position held on a day; the one begun last when there are several."""
        asked(day, name="day")
        return min((it for it in self.positions if it.span.covers(day)), key=_rank, default=None)

    def placement_on(self, day: date) -> Placement | None:
        """Give the placement that runs on a day; the one begun last when there are several."""
        asked(day, name="day")
        return min((it for it in self.placements if it.span.covers(day)), key=_rank, default=None)

    def manager_on(self, day: date) -> str | None:
        """Say who manages the person on a day, by the position begun last among those that have a manager then."""
        asked(day, name="day")
        found: Position | None = None
        for position in self.positions:
            if position.manager_on(day) is not None and (found is None or _rank(position) < _rank(found)):
                found = position
        return None if found is None else found.manager_on(day)

    def employed_on(self, day: date) -> bool:
        """Tell whether the person is employed on a day, leave included."""
        asked(day, name="day")
        employment = self.employment_by(day)
        return employment is not None and employment.covers(day)

    def on_leave_on(self, day: date) -> bool:
        """Tell whether the person is on leave on a day."""
        asked(day, name="day")
        return any(span.covers(day) for span in self.leaves)


_CLOSED = ("leaves", "positions", "placements")
"""The lists that a leaving closes."""

_day = check_as(date)


_why = check_as(Text | None)


def _day_given(act: str, faults: Faults, /, **days: object) -> date:
    """Give the day of an act, by its name: V014 where there is none, V015 for what is no day. Then any will do."""
    ((name, given),) = days.items()
    if given is None:
        faults.add(V014, name, "{act} asks for {name}", act=act, name=name)
        return date.min
    day = _day(given, name, faults)
    return day if isinstance(day, date) else date.min


def _may_be(faults: Faults, /, **days: object) -> list[Any]:
    """Days that may be left out, each by its name: V015 for what is none."""
    return [None if day is None else _day(day, name, faults) for name, day in days.items()]


def _said(reason: str | None) -> str:
    """Give a reason for the check of a field that asks for one."""
    return "" if reason is None else reason


def _span(part: Span | Position | Placement) -> Span:
    return part if isinstance(part, Span) else part.span


def _first_day(part: Span | Position | Placement) -> date:
    return _span(part).from_


def _key(part: Span | Position | Placement | Ended) -> str:
    """Say what names a part: its id, or its first day."""
    return str(part.from_) if isinstance(part, Span) else part.id


def _on(leaving: Leaving) -> date:
    return leaving.on


def _rank(part: Position | Placement) -> tuple[int, str]:
    """Give the order in which parts count on a day: the one begun last, and by ids where two began on one day."""
    return -part.span.from_.toordinal(), part.id


def _in_order(parts: Iterable[Any], first: date) -> list[Any]:
    """Parts in the order of their days; a new one that is not made yet begins on `first`."""
    return sorted(parts, key=lambda it: (first, "") if isinstance(it, dict) else (_first_day(it), _key(it)))


def _put(parts: tuple[Any, ...], part: Any, first: date) -> Added | tuple[Any, ...]:
    """Give a list with another part, at its place in the order of days."""
    if not parts or _first_day(parts[-1]) < first:
        return Added(part)
    return tuple(_in_order((*parts, part), first))


def _ends(employments: object) -> list[object]:
    """Give the last days of employments that are given, whatever they are given as."""
    given = employments if isinstance(employments, (tuple, list)) else ()
    return [it.get("to") if isinstance(it, Mapping) else getattr(it, "to", None) for it in given]


def _changed(part: Any, **changes: Any) -> dict[str, Any]:
    """Give the part with some values changed, for the frame to build: a fault in it is then said with its full path."""
    return {**attrs.asdict(part, recurse=False), **changes}


def _cut(span: Span, to: date) -> dict[str, date]:
    return {"from": span.from_, "to": to}


def _runs_past(part: Span | Position | Placement, day: date) -> bool:
    """Tell whether a part has days after a day, begun by then or not."""
    last = _span(part).to
    return last is None or last > day


def _ended(placement: Placement, on: date, reason: str | None) -> dict[str, Any]:
    """Give the placement ended; without a reason, the check of its field says L004."""
    return _changed(placement, span=_cut(placement.span, on), end_reason=_said(reason))


def _kept(name: str, ended: list[Any], dropped: list[Any]) -> dict[str, tuple[Any, ...]]:
    """Say what a leaving keeps of the parts of a list that it ended, and of those that it dropped."""
    if name == "leaves":
        return {name: (*ended, *dropped)} if ended or dropped else {}
    told = [Ended(it.id, it.span.to, isinstance(it, Placement) and it.end_reason is None) for it in ended]
    kept = {f"ended_{name}": tuple(sorted(told, key=_key)), name: tuple(dropped)}
    return {field: parts for field, parts in kept.items() if parts}


def _keeping(leavings: tuple[Leaving, ...], on: date, closed: Mapping[str, tuple[Any, ...]]) -> tuple[Leaving, ...]:
    """Say what leavings say when one closes something more."""
    same = next((it for it in leavings if it.on == on), Leaving(on))
    more = {
        name: tuple(sorted(dict.fromkeys((*getattr(same, name), *parts)), key=_key)) for name, parts in closed.items()
    }
    return _with_leaving([it for it in leavings if it is not same], model_of(Leaving).copy(same, more))


def _with_leaving(leavings: Iterable[Leaving], leaving: Leaving) -> tuple[Leaving, ...]:
    """Leavings with another one, unless it closed nothing; in the order of their days."""
    if leaving == Leaving(leaving.on):
        return tuple(leavings)
    return tuple(sorted((*leavings, leaving), key=_on))


def _restored(parts: tuple[Any, ...], ended: tuple[Any, ...], dropped: tuple[Any, ...], on: date) -> tuple[Any, ...]:
    """Give a list as if a leaving had not closed it: what ends on that day goes on, what had not begun is back."""
    before = {_key(it): it for it in ended}
    found = [_as_before(it, before[_key(it)]) if _key(it) in before and _span(it).to == on else it for it in parts]
    there = {_key(it) for it in found}
    back = [it for it in dropped if _first_day(it) > on and _key(it) not in there]
    return tuple(_in_order([*found, *back], on) if back else found)


def _as_before(part: Any, ended: Any) -> Any:
    if isinstance(part, Span):
        return ended
    reason = {"end_reason": None} if ended.told else {}
    return model_of(type(part)).copy(part, {"span": Span(part.span.from_, ended.to), **reason})


def _replaced(name: str, old: tuple[Any, ...], new: Any) -> Iterator[tuple[str, Scalar]]:
    """Say what a list said before a change, by its parts: days and ids, and no words."""
    now = {_key(it): it for it in new}
    for part in old:
        then, place = now.get(_key(part)), f"{name}.{_key(part)}"
        if then is part:
            continue
        if then is None or _span(then) != _span(part):
            yield place, str(_span(part))
        if isinstance(part, Span):
            continue
        for field in ("employer", "client", "planned_to"):
            was = getattr(part, field, None)
            if was is not None and was != getattr(then, field, None):
                yield f"{place}.{field}", str(was)
        managed = getattr(then, "managers", ())
        for it in getattr(part, "managers", ()):
            if it not in managed:
                yield f"{place}.managers.{it.from_}", it.manager


def emptied_of(person: Person) -> dict[str, Any]:
    """Say what an erased person has in each field that holds words, codes or what a leaving closed."""
    changes: dict[str, Any] = dict.fromkeys(("name", "given_name", "family_name", "language"))
    changes |= {"external_ids": frozendict(), "extra": frozendict(), "leavings": ()}
    emptied = {"contact": None, "end_reason": None}
    return {**changes, "placements": tuple([model_of(Placement).copy(it, emptied) for it in person.placements])}


# --- rules: of the parts ---------------------------------------------------------------------------------------------


def folded(into: Person, one: Person) -> tuple[dict[str, Any], list[Breach]]:
    """Put two records of one person together: the values of the one that stays, and what they say of each other's.

    Facts that both say alike stand once; dated facts of both stay. Where both say something, the name and language are
    those of the one that stays; what is kept of other systems and of the house must not be contrary. Whether the days
    go together, the rules of a person say.
    """
    values: dict[str, Any] = {
        "employments": _both(into.employments, one.employments),
        "leaves": _both(into.leaves, one.leaves),
        "leavings": into.leavings,
    }
    for leaving in one.leavings:
        closed = {name: getattr(leaving, name) for name in model_of(Leaving).names if name != "on"}
        values["leavings"] = _keeping(values["leavings"], leaving.on, closed)
    for (name, mine), (_, theirs) in zip(_parts(into), _parts(one), strict=True):
        values[name] = tuple(_in_order(dict.fromkeys((*mine, *theirs)), date.min))
    for name in ("name", "given_name", "family_name", "language"):
        values[name] = getattr(into, name) if getattr(into, name) is not None else getattr(one, name)
    contrary: list[Breach] = []
    for name in ("external_ids", "extra"):
        mine, theirs = getattr(into, name), getattr(one, name)
        values[name] = frozendict({**theirs, **mine})
        unlike = [key for key in sorted(mine.keys() & theirs.keys()) if mine[key] != theirs[key]]
        contrary += [breach("both records say something of it, and not the same", f"{name}.{key}") for key in unlike]
    for name in ("keep_until", "hold_until"):  # the later day: nothing goes earlier than it was said of either
        values[name] = max((day for day in (getattr(into, name), getattr(one, name)) if day is not None), default=None)
    return values, contrary


def _both(mine: tuple[Span, ...], theirs: tuple[Span, ...]) -> tuple[Span, ...]:
    """Give the spans of both in the order of their days, each once."""
    return tuple(sorted({*mine, *theirs}, key=lambda span: (span.from_, span.to or date.max)))


@invariant(
    "J008",
    "occupation",
    field="code",
    says="an ISCO-08 code is one to four digits, an ESCO code an absolute URI",
    why="ISCO-08 numbers its groups with up to four digits, ESCO gives each occupation a URI; no list is consulted",
    mend="write the code as its scheme does, e.g. 2141, or name another scheme",
)
def J008(occupation: Occupation) -> Breaches:
    scheme = occupation.scheme.upper()
    if scheme == "ISCO-08" and not is_isco(occupation.code):
        yield breach("{code} is no ISCO-08 code", code=brief(occupation.code))
    if scheme == "ESCO" and not is_absolute(occupation.code):
        yield breach("{code} is no absolute URI", code=brief(occupation.code))


@invariant(
    "J009",
    "position",
    field="managers",
    says="managers follow one another day by day, none from before the position begins",
    why="own choice: who managed on a day must have one answer",
    mend="give the days in order, each once, on days on which the position is held",
)
def J009(position: Position) -> Breaches:
    first, before = position.span.from_, None
    for i, managed in enumerate(position.managers):
        if managed.from_ < first:
            yield breach(
                "a manager from {day}, before the position begins, {first}",
                f"managers[{i}].from",
                day=managed.from_,
                first=first,
            )
        elif before is not None and managed.from_ <= before:
            yield breach(
                "a manager from {day} does not come after the one from {before}",
                f"managers[{i}].from",
                day=managed.from_,
                before=before,
            )
        before = managed.from_


@invariant(
    "L008",
    "placement",
    field="planned_to",
    says="a placement is not planned to end before it begins",
    why="own choice: consistency of two dates",
    mend="give a planned end on or after the first day, or leave it out",
)
def L008(placement: Placement) -> Breaches:
    if placement.planned_to is not None and placement.planned_to < placement.span.from_:
        yield breach(
            "the placement is planned to end {planned}, before it begins, {first}",
            planned=placement.planned_to,
            first=placement.span.from_,
        )


@advice(
    "L006",
    "placement",
    field="planned_to",
    says="no placement runs past its planned end",
    why="own choice: a forgotten end date hides a talk that is due",
    mend="extend the placement, or end it with a reason",
)
def L006(placement: Placement, on: date, policy: Policy) -> Breaches:
    if placement.span.to is None and placement.planned_to is not None and placement.planned_to < on:
        days = (on - placement.planned_to).days
        yield breach(
            "the placement was planned to end {planned}, {days} days ago", planned=placement.planned_to, days=days
        )


# --- rules: what no person may break ---------------------------------------------------------------------------------


@invariant(
    "P001",
    "person",
    field="name",
    says="a person has a name unless erased",
    why="own choice: people must be able to tell whose record it is",
    mend="give the name",
)
def P001(person: Person) -> Breaches:
    if person.name is None and person.state is not ERASED:
        yield breach("the person has no name")


@invariant(
    "P002",
    "person",
    field="employments",
    reads="employments",
    says="employments do not overlap and stand in the order of their days; only the last may be open",
    why="own choice: whether somebody was employed on a day must have one answer",
    mend="correct the employments, or note a last day with leave() before the next first day",
)
def P002(person: Person) -> Breaches:
    for i, (earlier, again) in enumerate(pairwise(person.employments), 1):
        if earlier.to is None or earlier.to >= again.from_:
            what = "joined {again}, employed until {to}"
            yield breach(what, f"employments[{i}]", again=again.from_, to=earlier.to or "further notice")


@invariant(
    "P004",
    "person",
    field="name",
    says="an erased person has no name, language, external ids or leavings, and placements without contact and reason",
    why="GDPR article 17: erasure when the purpose has ended",
    mend="use erase(), which empties them",
)
def P004(person: Person) -> Breaches:
    if person.state is ERASED:
        for name in ("name", "given_name", "family_name", "language", "external_ids", "leavings"):
            if getattr(person, name):
                yield breach("{field} is still there", name, field=name)
        for i, placement in enumerate(person.placements):
            for name in ("contact", "end_reason"):
                if getattr(placement, name) is not None:
                    yield breach("{field} is still there", f"placements[{i}].{name}", field=name)


@invariant(
    "P006",
    "person",
    field="leaves",
    reads="leaves employments",
    says="leaves do not overlap, and each lies within an employment",
    why="lu.se: people on leave are to be offered the talk, so their leave must be known; the shape is our own choice",
    mend="give other days, change the other leave with change_leave(), or cancel it",
)
def P006(person: Person) -> Breaches:
    leaves = person.leaves
    if not leaves:
        return
    for i in _outside(leaves, person.employments):
        yield breach("the leave {leave} is in no employment", f"leaves[{i}].to", leave=str(leaves[i]))
    in_order = sorted(range(len(leaves)), key=lambda i: leaves[i].from_)
    for before, i in pairwise(in_order):
        if leaves[i].overlaps(leaves[before]):
            yield breach("{one} overlaps {other}", f"leaves[{i}]", one=str(leaves[i]), other=str(leaves[before]))


def _outside(parts: tuple[Any, ...], employments: tuple[Span, ...]) -> Iterator[int]:
    """Give the places of those parts that lie within no employment."""
    if not parts:
        return
    begins = sorted(employments, key=_first_day)
    for i, part in enumerate(parts):
        place = bisect_right(begins, _first_day(part), key=_first_day)
        if not place or not _span(part).within(begins[place - 1]):
            yield i


@invariant(
    "J003",
    "person",
    field="positions",
    each="positions",
    reads="id",
    says="nobody is their own manager",
    why="own choice: consistency; lu.se asks that it is clear who holds talks with whom",
    mend="name another manager, or none for the top",
)
def J003(person: Person, position: Position, i: int) -> Breaches:
    for n, managed in enumerate(position.managers):
        if managed.manager == person.id:
            place = f"positions[{i}].managers[{n}].manager"
            yield breach("{person} manages themselves from {day}", place, person=person.id, day=managed.from_)


@invariant(
    "J007",
    "person",
    field="positions",
    reads="positions placements employments",
    says="positions and placements lie within an employment",
    why="own choice: consistency of dates",
    mend="give days within an employment; leave() ends what runs, join() notes another employment",
)
def J007(person: Person) -> Breaches:
    for name, parts in _parts(person):
        for i in _outside(parts, person.employments):
            yield breach("{span} is in no employment", f"{name}[{i}].span", span=str(parts[i].span))


J010 = ids_once(
    "J010", "person", "positions", "placements", says="ids of positions and of placements are used once in a person"
)


@invariant(
    "L001",
    "person",
    field="placements",
    reads="placements positions",
    says="the client of a placement is not the person's employer at that time",
    why="article, L11: a consultant works for one company and is placed at another",
    mend="name the client, or record it as a position",
)
def L001(person: Person) -> Breaches:
    if not person.placements:
        return
    clients = {placement.client for placement in person.placements}
    employers: dict[str, list[Span]] = {}
    for position in person.positions:
        if position.employer in clients:
            employers.setdefault(position.employer, []).append(position.span)
    last: dict[str, list[date]] = {}  # of the positions at an employer up to each, in their order, the last day
    for employer, spans in employers.items():
        spans.sort(key=_first_day)
        last[employer] = list(accumulate((span.to or date.max for span in spans), max))
    for i, placement in enumerate(person.placements):
        spans = employers.get(placement.client, [])
        begun = bisect_right(spans, placement.span.to or date.max, key=_first_day)
        if begun and last[placement.client][begun - 1] >= placement.span.from_:
            yield breach("{client} employs the person", f"placements[{i}].client", client=placement.client)


RULES: tuple[Rule, ...] = (
    J008, J002, J009, L004, L008, L006, P001, P002, P004, P006, J003, J007, J010, L001,
)  # fmt: skip
