"""People: who they are at work, since when, in which positions and at which clients. Coach and manager are roles.

Read top to bottom: values, table, the record and its acts, its rules, questions. Knows the kernel and one rule of
commitments; knows no talk, no book and no clock. Whether a manager or a client exists is for the book to say. Old names
never enter the history: they could not be erased from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Annotated, Any, Self, TypedDict, TypeVar, Unpack

import attrs
from frozendict import frozendict

from coaching.kernel.acting import Added, Swapped, part_named
from coaching.kernel.classes import value
from coaching.kernel.constraints import Extra, Id, Language, Text, Whole, Word, is_absolute, is_isco
from coaching.kernel.lifecycle import ANYONE, SAME, START, Lifecycle, row
from coaching.kernel.policy import POLICY, Policy, asked
from coaching.kernel.record import Record, record
from coaching.kernel.rules import Breach, Breaches, Choice, Rule, advice, breach, brief, invariant, stated
from coaching.kernel.shared_rules import ids_once
from coaching.kernel.values import Location, Span

# --- values ----------------------------------------------------------------------------------------------------------


class PersonState(Choice):
    """Where a person stands with the employer."""

    ACTIVE = "active"
    ON_LEAVE = "on_leave"
    LEFT = "left"
    ERASED = "erased"


ACTIVE, ON_LEAVE, LEFT, ERASED = PersonState
EMPLOYED = (ACTIVE, ON_LEAVE)
GONE = (LEFT, ERASED)

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


@value("former_manager")
class FormerManager:
    """Who managed a position before its present manager, and the last day of it. None when nobody did."""

    manager: Id | None
    to: date


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

    A new title, level or place ends one and begins another. A new manager does not: `managed_before` keeps the old.

    Attributes:
        id: Names it within its person.
        employer: The organisation that employs.
        title: In a few words (J002).
        span: From the first day to the last.
        unit: The part of the organisation.
        level: A whole number on the employer's own scale.
        occupation: The kind of work, by its code.
        location: The place of work.
        manager: Who manages it since the last change; None at the top. For a day, ask `manager_on`.
        managed_before: Who did before, oldest first (J009).

    Raises:
        Rejected: J002 without a title, J009 for former managers out of order.

    >>> Position("po-1", "hem", "Consultant", Span(date(2026, 1, 1)), manager="p-3").manager_on(date(2026, 3, 2))
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
    manager: Id | None = None
    managed_before: tuple[FormerManager, ...] = ()

    def manager_on(self, day: date) -> str | None:
        """Who manages it on a day within its span; None at the top."""
        asked(day, name="day")
        for former in self.managed_before:
            if day <= former.to:
                return former.manager
        return self.manager


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


_PartT = TypeVar("_PartT", Position, Placement)

# --- table -----------------------------------------------------------------------------------------------------------

# fmt: off
PERSON = Lifecycle(
    PersonState,
    #   act                 from                      to        who     asks for
    row("register",         START,                    ACTIVE,   ANYONE, "name joined_on"),
    row("correct",          (ACTIVE, ON_LEAVE, LEFT), SAME,     ANYONE),
    row("go_on_leave",      ACTIVE,                   ON_LEAVE, ANYONE, "since"),
    row("come_back",        ON_LEAVE,                 ACTIVE,   ANYONE, "on"),
    row("take_position",    EMPLOYED,                 SAME,     ANYONE, "position"),
    row("end_position",     EMPLOYED,                 SAME,     ANYONE, "position on"),
    row("change_manager",   EMPLOYED,                 SAME,     ANYONE, "position manager on"),
    row("start_placement",  EMPLOYED,                 SAME,     ANYONE, "placement"),
    row("extend_placement", EMPLOYED,                 SAME,     ANYONE, "placement planned_to"),
    row("end_placement",    EMPLOYED,                 SAME,     ANYONE, "placement on reason?"),
    row("leave",            EMPLOYED,                 LEFT,     ANYONE, "left_on reason?"),
    row("rejoin",           LEFT,                     ACTIVE,   ANYONE, "joined_on"),
    row("erase",            LEFT,                     ERASED,   ANYONE, "reason"),
    final=(ERASED,),
)
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
    joined_on: date
    left_on: date | None
    employed_before: tuple[Span, ...]
    leaves: tuple[Span, ...]
    leave_until: date | None
    positions: tuple[Position, ...]
    placements: tuple[Placement, ...]


@record("person", PERSON, lambda: RULES)
class Person(Record):
    """A person at work. Coach, manager and owner are roles that a record gives them, never kinds of person.

    Begun with `Person.register`, or taken over with `Person.import_`; carried on by acts of the administration, each of
    which gives back a new person. Not held, because no rule needs them: birth date, sex, address, national number.

    Attributes:
        name: As the person writes it (P001, P004).
        given_name: For exchange with systems that split names.
        family_name: For exchange with systems that split names.
        language: The language to talk in, a BCP 47 tag (V006).
        joined_on: The first day of the present employment, or of the last (P002).
        left_on: Its last day (P002, P003).
        employed_before: Employments that ended before `joined_on`, oldest first (P002).
        leaves: Times away, each from the first day to the last; open while it lasts (P006).
        leave_until: The day the present leave is expected to end, if known (P006).
        external_ids: What other systems call the person: the name of the system, and the id there.
        positions: Roles at the employer, in the order they were noted (J003, J007, J010).
        placements: Assignments at clients, in the order they were noted (J007, J010, L001, L004, L006).

    >>> from datetime import datetime, timezone
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> anna = Person.register("p-17", "Anna Ek", date(2024, 8, 1), by="hr", at=noon)
    >>> consultant = Position("po-1", "hem", "Consultant", Span(date(2024, 8, 1)), manager="p-3")
    >>> anna = anna.take_position(consultant, by="hr", at=noon)
    >>> anna.state, anna.manager_on(date(2026, 3, 2))
    ('active', 'p-3')
    """

    called = frozendict(
        {
            "register": {"positions[]": "position"},
            "go_on_leave": {"leaves[].from": "since", "leave_until": "until"},
            "come_back": {"leaves[].to": "on"},
            "leave": {"placements[].end_reason": "reason"},
            "take_position": {"positions[]": "position"},
            "end_position": {"positions[].span.to": "on"},
            "change_manager": {"positions[].manager": "manager", "positions[].managed_before[].to": "on"},
            "start_placement": {"placements[]": "placement"},
            "extend_placement": {"placements[].planned_to": "planned_to"},
            "end_placement": {"placements[].span.to": "on", "placements[].end_reason": "reason"},
        }
    )

    state: PersonState
    name: Word | None = None
    given_name: Word | None = None
    family_name: Word | None = None
    language: Language | None = None
    joined_on: date
    left_on: date | None = None
    employed_before: tuple[Span, ...] = ()
    leaves: tuple[Span, ...] = ()
    leave_until: date | None = None
    external_ids: Extra = frozendict()
    positions: tuple[Position, ...] = ()
    placements: tuple[Placement, ...] = ()

    # --- coming, going, being away -----------------------------------------------------------------------------------

    @classmethod
    def register(
        cls,
        id: str,
        name: str,
        joined_on: date,
        *,
        by: str,
        at: datetime,
        position: Position | None = None,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **details: Unpack[PersonDetails],
    ) -> Self:
        """Note somebody who is employed. People who have left, or are on leave, are taken over with `import_`.

        Args:
            id: Opaque text (V001).
            name: As the person writes it (P001).
            joined_on: The first day.
            by: Who notes it; recorded, not checked.
            at: Aware (V003).
            position: The first position, if known already.
            policy: The house's numbers and severities.
            details: Names in parts, language, ids in other systems.

        Raises:
            Rejected: P001, J003, J007, V016 for an unknown detail, and the constraints of the fields.
        """
        own: dict[str, Any] = {"name": name, "joined_on": joined_on}
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
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
        **content: Unpack[PersonContent],
    ) -> Self:
        """Set right what was noted wrongly. The history says that it was done, and keeps nothing of the old values.

        Raises:
            Rejected: V010 once erased, V016 for a field that does not exist, the constraints of the fields, and every
                rule that the corrected person would break.
        """
        return self._act("correct", by, at, policy, noted_by, content, known=PersonContent.__annotations__)

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
        """Begin a leave.

        Args:
            since: The first day away.
            until: The day it is expected to end. It goes on until `come_back` all the same.
            by: Who notes it; recorded, not checked.
            at: Aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.

        Raises:
            Rejected: V010 unless active, P006 when it overlaps another leave, or is expected to end before it begins.
        """
        leaves = (*self.leaves, {"from": since})
        return self._act("go_on_leave", by, at, policy, noted_by, {"leaves": leaves, "leave_until": until})

    def come_back(
        self, on: date, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Come back from leave. The leave ends the day before; one that ends on its first day never took place.

        Args:
            on: The first day back.
            by: Who notes it; recorded, not checked.
            at: Aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.

        Raises:
            Rejected: V010 unless on leave, V004 when `on` is before the leave began.
        """
        leaves = tuple(_returned(self.leaves, on))
        return self._act("come_back", by, at, policy, noted_by, {"leaves": leaves, "leave_until": None})

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
        """Leave the employer. Leaves, positions and placements that still run end on the same day.

        Args:
            left_on: The last day of employment.
            reason: Why the placements that still run end; it is kept with them and not in the history.
            by: Who notes it; recorded, not checked.
            at: Aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.

        Raises:
            Rejected: V010 unless active or on leave, P002 before joined_on, L004 when a placement still runs and there
                is no reason, J007 for a position or placement that would begin later, P006 for such a leave.
        """

        def ended() -> Mapping[str, Any]:
            if type(left_on) is not date:  # the check of the field says so, and that is enough
                return {"left_on": left_on, "leaves": (), "leave_until": None}
            return {
                "left_on": left_on,
                "leave_until": None,
                "leaves": tuple([_cut(s, left_on) if _runs_past(s, left_on) else s for s in self.leaves]),
                "positions": tuple([position(p) for p in self.positions]),
                "placements": tuple([placement(p) for p in self.placements]),
            }

        def position(held: Position) -> Position | Mapping[str, Any]:
            return _changed(held, span=_cut(held.span, left_on)) if _runs_past(held.span, left_on) else held

        def placement(held: Placement) -> Placement | Mapping[str, Any]:
            runs = _runs_past(held.span, left_on)
            return _ended(held, left_on, held.end_reason or reason) if runs else held

        return self._act("leave", by, at, policy, noted_by, ended)

    def rejoin(
        self, joined_on: date, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Come back to the employer. The employment that ended is kept in `employed_before`.

        Raises:
            Rejected: V010 unless left, P002 unless joined_on is after the day of leaving.
        """
        before = (*self.employed_before, {"from": self.joined_on, "to": self.left_on})
        changes = {"joined_on": joined_on, "left_on": None, "employed_before": before}
        return self._act("rejoin", by, at, policy, noted_by, changes)

    def erase(
        self, reason: str, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Empty the record of somebody who has left: names, language, external ids, extra, and the words in placements.

        Ids, dates, titles and the history stay, and the reason given here. What others wrote is for the book to erase.

        Raises:
            Rejected: V010 unless left, V014 without a reason, V002 on a blank one.
        """
        changes: dict[str, Any] = dict.fromkeys(("name", "given_name", "family_name", "language"))
        changes |= {"external_ids": {}, "extra": {}}
        changes["placements"] = tuple([_changed(p, contact=None, end_reason=None) for p in self.placements])
        return self._act("erase", by, at, policy, noted_by, changes, reason=reason)

    # --- positions ---------------------------------------------------------------------------------------------------

    def take_position(
        self, position: Position, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Take a position, beside any other. For a new title, level or place, end the old one as well.

        Raises:
            Rejected: V010 unless active or on leave, J003, J007, J010, L001.
        """
        return self._act("take_position", by, at, policy, noted_by, {"positions": Added(position)})

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

        Raises:
            Rejected: V010 unless active or on leave, V017 for a position that is not there, V004 before it began.
        """

        def ended(held: Position) -> Mapping[str, Any]:
            return _changed(held, span=_cut(held.span, on))

        return self._change(
            "end_position", "positions", position, ended, by=by, at=at, policy=policy, noted_by=noted_by
        )

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
        """Give a position another manager from a day on. The position goes on, and keeps who managed it before.

        Args:
            position: Its id.
            manager: The id of the new manager; None at the top.
            on: The first day under the new manager; the first day of the position replaces all managers.
            by: Who notes it; recorded, not checked.
            at: Aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.

        Raises:
            Rejected: V010 unless active or on leave, V017 for a position that is not there, J003, J009 when the day is
                before the position began, or before the manager last changed.
        """

        def managed(held: Position) -> Mapping[str, Any]:
            if on == held.span.from_:
                return _changed(held, manager=manager, managed_before=())
            before = (*held.managed_before, {"manager": held.manager, "to": _day_before(on, held.span)})
            return _changed(held, manager=manager, managed_before=before)

        return self._change(
            "change_manager", "positions", position, managed, by=by, at=at, policy=policy, noted_by=noted_by
        )

    # --- placements --------------------------------------------------------------------------------------------------

    def start_placement(
        self, placement: Placement, *, by: str, at: datetime, policy: Policy = POLICY, noted_by: str | None = None
    ) -> Self:
        """Start a placement at a client.

        Raises:
            Rejected: V010 unless active or on leave, J007, J010, L001.
        """
        return self._act("start_placement", by, at, policy, noted_by, {"placements": Added(placement)})

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
            Rejected: V010 unless active or on leave, V017 for a placement that is not there, L008 before it began.
        """

        def planned(held: Placement) -> Mapping[str, Any]:
            return _changed(held, planned_to=planned_to)

        return self._change(
            "extend_placement", "placements", placement, planned, by=by, at=at, policy=policy, noted_by=noted_by
        )

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

        Raises:
            Rejected: V010 unless active or on leave, V017 for a placement that is not there, L004 without a reason,
                V004 before it began.
        """

        def ended(held: Placement) -> Mapping[str, Any]:
            return _ended(held, on, reason)

        return self._change(
            "end_placement", "placements", placement, ended, by=by, at=at, policy=policy, noted_by=noted_by
        )

    def _change(
        self,
        act: str,
        name: str,
        id: str,
        change: Callable[[Any], Any],
        *,
        by: str,
        at: datetime,
        policy: Policy,
        noted_by: str | None,
    ) -> Self:
        """Do an act on one of the parts, found by its id."""

        def changed() -> Mapping[str, Any]:
            what = name.removesuffix("s")
            part = part_named(getattr(self, name), id, what, what)
            return {name: Swapped(part, change(part))}

        return self._act(act, by, at, policy, noted_by, changed)

    # --- questions ---------------------------------------------------------------------------------------------------

    def position_on(self, day: date) -> Position | None:
        """The position held on a day; the one begun last when there are several."""
        asked(day, name="day")
        return _latest(self.positions, day)

    def placement_on(self, day: date) -> Placement | None:
        """The placement that runs on a day; the one begun last when there are several."""
        asked(day, name="day")
        return _latest(self.placements, day)

    def manager_on(self, day: date) -> str | None:
        """Who manages the person on a day, by the position begun last among those that have a manager then."""
        asked(day, name="day")
        found: str | None = None
        since = date.min
        for position in self.positions:
            span = position.span
            if span.from_ >= since and span.covers(day):
                manager = position.manager_on(day)
                if manager is not None and (found is None or span.from_ > since):
                    found, since = manager, span.from_
        return found

    def employed_on(self, day: date) -> bool:
        """Whether the person is employed on a day, leave included."""
        asked(day, name="day")
        if self.joined_on <= day:
            return self.left_on is None or day <= self.left_on
        return any(span.covers(day) for span in self.employed_before)

    def on_leave_on(self, day: date) -> bool:
        """Whether the person is on leave on a day."""
        asked(day, name="day")
        return any(span.covers(day) for span in self.leaves)


def _latest(parts: tuple[_PartT, ...], day: date) -> _PartT | None:
    latest: _PartT | None = None
    for part in parts:
        if part.span.covers(day) and (latest is None or part.span.from_ > latest.span.from_):
            latest = part
    return latest


def _changed(part: Any, **changes: Any) -> dict[str, Any]:
    """The part with some values changed, for the frame to build: a fault in it is then said with its full path."""
    return {**attrs.asdict(part, recurse=False), **changes}


def _cut(span: Span, to: date) -> dict[str, date]:
    return {"from": span.from_, "to": to}


def _runs_past(span: Span, day: date) -> bool:
    return span.from_ <= day and (span.to is None or span.to > day)


def _day_before(day: date, span: Span) -> date:
    """The last day before; a day that is none, or is before the span begins, stays to be refused as it was given."""
    return day - DAY if type(day) is date and day > span.from_ else day


def _returned(leaves: tuple[Span, ...], on: date) -> Iterator[Span | dict[str, date]]:
    for leave in leaves:
        if leave.to is not None:
            yield leave
        elif leave.from_ != on:
            yield _cut(leave, _day_before(on, leave))


def _ended(placement: Placement, on: date, reason: str | None) -> dict[str, Any]:
    """The placement ended; without a reason, the check of its field says L004."""
    return _changed(placement, span=_cut(placement.span, on), end_reason="" if reason is None else reason)


def folded(into: Person, one: Person) -> tuple[dict[str, Any], list[Breach]]:
    """Put two records of one person together: the values of the one that stays, and what they say of each other's.

    Facts that both say alike stand once; dated facts of both stay. Where both say something, the name and language are
    those of the one that stays; what is kept of other systems and of the house must not be contrary. Whether the days
    go together, the rules of a person say.
    """
    # TODAY'S FIELDS: the one place that knows them when two people are merged. With `employments` as spans and `leaves`
    # with planned ends, the four lines of the employment become one: `_both(into.employments, one.employments)`.
    spans = _both((*into.employed_before, _employment(into)), (*one.employed_before, _employment(one)))
    last = spans[-1]
    values: dict[str, Any] = {"joined_on": last.from_, "left_on": last.to, "employed_before": spans[:-1]}
    values |= {"leaves": _both(into.leaves, one.leaves), "leave_until": into.leave_until or one.leave_until}
    values |= {
        name: (*mine, *(p for p in parts if p not in mine))
        for (name, mine), (_, parts) in zip(_parts(into), _parts(one), strict=True)
    }
    # end of today's fields
    for name in ("name", "given_name", "family_name", "language"):
        values[name] = getattr(into, name) if getattr(into, name) is not None else getattr(one, name)
    contrary: list[Breach] = []
    for name in ("external_ids", "extra"):
        mine, theirs = getattr(into, name), getattr(one, name)
        values[name] = frozendict({**theirs, **mine})
        unlike = [key for key in sorted(mine.keys() & theirs.keys()) if mine[key] != theirs[key]]
        contrary += [breach("both say something of it, and not the same", f"{name}.{key}") for key in unlike]
    for name in ("keep_until", "hold_until"):  # the later day: nothing goes earlier than it was said of either
        values[name] = max((day for day in (getattr(into, name), getattr(one, name)) if day is not None), default=None)
    return values, contrary


def _employment(person: Person) -> Span:
    return Span(person.joined_on, person.left_on)


def _both(mine: tuple[Span, ...], theirs: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans of both in the order of their days, each once."""
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
    field="managed_before",
    says="former managers follow one another, from the first day of the position on",
    why="own choice: who managed on a day must have one answer",
    mend="give the days in order, none before the position begins",
)
def J009(position: Position) -> Breaches:
    first, before = position.span.from_, None
    for i, former in enumerate(position.managed_before):
        if former.to < first:
            yield breach("{to} is before {first}", f"managed_before[{i}].to", to=former.to, first=first)
        elif before is not None and former.to <= before:
            yield breach("{to} is not after {before}", f"managed_before[{i}].to", to=former.to, before=before)
        before = former.to


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
        yield breach("{planned} is before {first}", planned=placement.planned_to, first=placement.span.from_)


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
        yield breach("planned to end {planned}, {days} days ago", planned=placement.planned_to, days=days)


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
        yield breach("no name")


@invariant(
    "P002",
    "person",
    field="left_on",
    says="nobody leaves before they joined, or joins again before they left",
    why="own choice: consistency of dates",
    mend="correct joined_on, left_on or employed_before",
)
def P002(person: Person) -> Breaches:
    joined, left = person.joined_on, person.left_on
    if left is not None and left < joined:
        yield breach("left {left}, joined {joined}", left=left, joined=joined)
    if person.employed_before:
        begins = [*(s.from_ for s in person.employed_before[1:]), joined]
        for i, (earlier, again) in enumerate(zip(person.employed_before, begins, strict=True)):
            if earlier.to is None or earlier.to >= again:
                what = "joined again {again}, employed until {to}"
                yield breach(what, f"employed_before[{i}].to", again=again, to=earlier.to or "further notice")


@invariant(
    "P003",
    "person",
    field="left_on",
    says="left_on is set exactly when the person has left or is erased",
    why="own choice: state and date must agree",
    mend="use leave() and rejoin(), which set it and take it away",
)
def P003(person: Person) -> Breaches:
    if person.left_on is None and person.state in GONE:
        yield breach("no day of leaving, but {state}", state=person.state.value)
    elif person.left_on is not None and person.state not in GONE:
        yield breach("left {left}, but {state}", left=person.left_on, state=person.state.value)


@invariant(
    "P004",
    "person",
    field="name",
    says="an erased person has no name, language or external ids, and placements without contact and reason",
    why="GDPR article 17: erasure when the purpose has ended",
    mend="use erase(), which empties them",
)
def P004(person: Person) -> Breaches:
    if person.state is ERASED:
        for name in ("name", "given_name", "family_name", "language", "external_ids"):
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
    says="leaves do not overlap, and one is open exactly when the person is on leave",
    why="lu.se: people on leave are to be offered the talk, so their leave must be known; the shape is our own choice",
    mend="correct the spans, or use go_on_leave() and come_back()",
)
def P006(person: Person) -> Breaches:
    leaves, until, away = person.leaves, person.leave_until, person.state is ON_LEAVE
    if not (leaves or away or until):
        return
    current = None
    for i, leave in enumerate(leaves):
        if leave.to is None:
            current = leave
            if not away:
                yield breach(
                    "open since {since}, but {state}", f"leaves[{i}]", since=leave.from_, state=str(person.state)
                )
    if away and current is None:
        yield breach("on leave, but no leave is open")
    in_order = sorted(range(len(leaves)), key=lambda i: leaves[i].from_)
    for before, i in pairwise(in_order):
        if leaves[i].overlaps(leaves[before]):
            yield breach("{one} overlaps {other}", f"leaves[{i}]", one=str(leaves[i]), other=str(leaves[before]))
    if until is not None and not away:
        yield breach("an end of leave is expected, but {state}", "leave_until", state=person.state.value)
    elif until is not None and current is not None and until < current.from_:
        yield breach("{until} is before {since}", "leave_until", until=until, since=current.from_)


@invariant(
    "J003",
    "person",
    field="positions",
    says="nobody is their own manager",
    why="own choice: consistency; lu.se asks that it is clear who holds talks with whom",
    mend="name another manager, or none for the top",
)
def J003(person: Person) -> Breaches:
    for i, position in enumerate(person.positions):
        if position.manager == person.id:
            yield breach("{person} manages themselves", f"positions[{i}].manager", person=person.id)
        for n, former in enumerate(position.managed_before):
            if former.manager == person.id:
                yield breach("{person} managed themselves", f"positions[{i}].managed_before[{n}]", person=person.id)


@invariant(
    "J007",
    "person",
    field="positions",
    says="positions and placements lie within a time of employment",
    why="own choice: consistency of dates",
    mend="move the dates inside joined_on and left_on, or name the earlier employment in employed_before",
)
def J007(person: Person) -> Breaches:
    for name, parts in _parts(person):
        for i, part in enumerate(parts):
            first, last = part.span.from_, part.span.to
            if person.joined_on <= first and (person.left_on is None or (last is not None and last <= person.left_on)):
                continue
            if not any(part.span.within(earlier) for earlier in person.employed_before):
                what, end = "{span} is outside {joined} to {left}", person.left_on or "open"
                yield breach(what, f"{name}[{i}].span", span=str(part.span), joined=person.joined_on, left=end)


J010 = ids_once(
    "J010", "person", "positions", "placements", says="ids of positions and of placements are used once in a person"
)


@invariant(
    "L001",
    "person",
    field="placements",
    says="the client of a placement is not the person's employer at that time",
    why="article, L11: a consultant works for one company and is placed at another",
    mend="name the client, or record it as a position",
)
def L001(person: Person) -> Breaches:
    for i, placement in enumerate(person.placements):
        for position in person.positions:
            if position.employer == placement.client and position.span.overlaps(placement.span):
                yield breach("{client} employs the person", f"placements[{i}].client", client=placement.client)
                break


RULES: tuple[Rule, ...] = (
    J008, J002, J009, L004, L008, L006, P001, P002, P003, P004, P006, J003, J007, J010, L001,
)  # fmt: skip
