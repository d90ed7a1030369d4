"""What a move means for the person who moves: what it brings, and what completing it changes in their record.

Read top to bottom: what a move brings (`kinds`), completing one (`completed`), then what follows from acts on moves in
a book: asking and changing are held to the needs as they stand on the mover's path, completing changes two records.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

import attrs

from coaching.book.given import must_be
from coaching.book.shelf import Shelf, said
from coaching.kernel.constraints import V014, V017
from coaching.kernel.policy import POLICY, Policy
from coaching.kernel.record import Record
from coaching.kernel.rules import Breach, Choice, Finding, Rejected, Rule, breach, finding
from coaching.kernel.values import Span
from coaching.records.moves import M002, M003, M007, InternalMove, InternalMoveAct
from coaching.records.needs import Need
from coaching.records.opportunities import Opportunity, OpportunityKind
from coaching.records.paths import CareerPath
from coaching.records.people import DAY, Managed, Person, PersonAct, Placement, Position

_PartT = TypeVar("_PartT", Position, Placement)

# --- what a move brings ----------------------------------------------------------------------------------------------


class MoveKind(Choice):
    """What a move brings. Derived by `kinds`, never stored."""

    UP = "up"
    DOWN = "down"
    SAME_LEVEL = "same_level"
    NEW_UNIT = "new_unit"
    NEW_CLIENT = "new_client"
    NEW_LOCATION = "new_location"
    NEW_MANAGER = "new_manager"
    NEW_OCCUPATION = "new_occupation"


def kinds(move: InternalMove, person: Person, opportunity: Opportunity) -> tuple[MoveKind, ...]:
    """Say what a move brings, in the order of `MoveKind`. It may be asked before the move or after.

    Levels are those of the position: the one it starts from, or the one held during the placement. Where one end says
    nothing of a level, a unit, a place or an occupation, nothing is said of it here either.

    Raises:
        Rejected: V017 when the person has not the position or placement that the move starts from; V015 for what is no
            move, person or opportunity.
    """
    _records(move, person, opportunity)
    position, placement = _start(move, person)
    return tuple(_kinds(move, position, placement, opportunity))


def _kinds(
    move: InternalMove, position: Position | None, placement: Placement | None, opportunity: Opportunity
) -> Iterator[MoveKind]:
    level = None if position is None else position.level
    if level is not None and opportunity.level is not None:
        higher, same = opportunity.level > level, opportunity.level == level
        yield MoveKind.SAME_LEVEL if same else MoveKind.UP if higher else MoveKind.DOWN
    elsewhere = opportunity.kind is OpportunityKind.POSITION and opportunity.organisation
    if position is not None and (
        _differ(position.unit, opportunity.unit) or elsewhere not in {False, position.employer}
    ):
        yield MoveKind.NEW_UNIT
    if opportunity.kind is OpportunityKind.PLACEMENT and (
        placement is None or placement.client != opportunity.organisation
    ):
        yield MoveKind.NEW_CLIENT
    here = [part.location for part in (placement, position) if part is not None and part.location is not None]
    if _differ(here[0] if here else None, opportunity.location):
        yield MoveKind.NEW_LOCATION
    if _differ(move.releasing_manager, move.receiving_manager):
        yield MoveKind.NEW_MANAGER
    if position is not None and _differ(position.occupation, opportunity.occupation):
        yield MoveKind.NEW_OCCUPATION


def _differ(old: Any, new: Any) -> bool:
    return old is not None and new is not None and old != new


def _start(move: InternalMove, person: Person) -> tuple[Position | None, Placement | None]:
    """Give the position and placement that a move starts from; where only a placement is named, the position then."""
    position = _named(person.positions, move.from_position, "from_position")
    placement = _named(person.placements, move.from_placement, "from_placement")
    if position is None and placement is not None:
        held = [p for p in person.positions if p.span.overlaps(placement.span)]
        position = max(held, key=lambda p: p.span.from_, default=None)
    return position, placement


def _named(parts: tuple[_PartT, ...], id: str | None, path: str) -> _PartT | None:
    found = next((part for part in parts if part.id == id), None)
    if found is None and id is not None:
        known = ", ".join(part.id for part in parts) or "none"
        wrong = breach("the person has no {id}; there are: {known}", path, id=id, known=known)
        raise Rejected("move", [finding(V017, wrong)])
    return found


# --- completing one --------------------------------------------------------------------------------------------------


def completed(
    move: InternalMove,
    person: Person,
    opportunity: Opportunity,
    *,
    by: str,
    at: datetime,
    on: date,
    position: str | None = None,
    placement: str | None = None,
    reason: str | None = None,
    policy: Policy = POLICY,
    noted_by: str | None = None,
) -> tuple[InternalMove, Person]:
    """Complete a move and change the person's record with it: the old ends, the new begins. All or nothing.

    What the move starts from ends the day before. An opportunity that is a position begins a position, under the
    receiving manager; one that is a placement begins a placement, planned to the day that the opportunity names, if
    that has not passed. Where a move to a placement starts from a position too, that position is followed by another at
    the same employer, with the manager and, where they are named, the level, unit and occupation that the opportunity
    brings. A position that the move does not name goes on, under the receiving manager.

    Args:
        move: An agreed move.
        person: The mover.
        opportunity: What the move leads to; a position or a placement.
        by: The mover, or the receiving manager.
        at: Aware (V003), not before the last entry of move and person (V009).
        on: The first day in the new one.
        position: The id of the position that begins, if one does.
        placement: The id of the placement that begins, if one does.
        reason: Why the old placement ended (L004); the name of the move when left out.
        policy: The house's numbers and severities.
        noted_by: Who wrote it down for the one who acts; it gives no rights.

    Returns:
        The move, done, and the person.

    Raises:
        Rejected: Everything that `complete` of the move and the acts of the person raise; M002 for an opportunity that
            brings nothing new, M007 for another person or opportunity than those of the move, or for an opportunity
            that is neither position nor placement, V014 without the id of what begins, V017 for a start that is not
            there, V015 for what is no move, person or opportunity.
    """
    _records(move, person, opportunity)
    found: list[Finding] = []
    done, moved = move, person
    try:
        done = move.complete(on, by=by, at=at, policy=policy, noted_by=noted_by)
    except Rejected as refusal:
        found += refusal.findings
    try:
        acts = list(_acts(move, person, opportunity, on, position, placement, reason))
    except Rejected as refusal:
        found += refusal.findings
        acts = []
    for act, given in acts:
        try:
            moved = moved.act(act, by=by, at=at, policy=policy, noted_by=noted_by, **given)
        except Rejected as refusal:
            found += refusal.findings
    if found:
        raise Rejected(f"move {move.id}: cannot complete", found)
    return done, moved


def _acts(
    move: InternalMove,
    person: Person,
    opportunity: Opportunity,
    on: Any,
    position: str | None,
    placement: str | None,
    reason: str | None,
) -> Iterator[tuple[PersonAct, dict[str, Any]]]:
    """Give the acts of the person that a move comes to, with what is given to them; nothing where there is no day."""
    wrong = list(_not_of(move, person, opportunity))
    if wrong:
        raise Rejected("move", wrong)
    old, left = _start(move, person)
    to_position = opportunity.kind is OpportunityKind.POSITION
    from_position = old if move.from_position is not None else None
    wrong += _unnamed(move, position=position, needed=to_position or from_position is not None)
    wrong += _unnamed(move, placement=placement, needed=not to_position)
    if _leads_nowhere(move, old, left, opportunity):
        what = "{id} is what the mover does already"
        wrong.append(_about(move, M002, breach(what, "opportunity", id=opportunity.id)))
    if wrong:
        raise Rejected("move", wrong)
    if type(on) is not date:  # complete() says so
        return
    last = on - DAY if on > date.min else on
    if from_position is not None and _runs_past(from_position.span, last):
        yield "end_position", {"position": from_position.id, "on": last}
    if left is not None and _runs_past(left.span, last):
        yield "end_placement", {"placement": left.id, "on": last, "reason": reason or f"move {move.id}"}
    brings = {n: getattr(opportunity, n) for n in ("level", "unit", "occupation")}
    brings["managers"] = _managed_by(move.receiving_manager, on) or None
    held: dict[str, Any] = {"id": position, "span": Span(on), **{n: v for n, v in brings.items() if v is not None}}
    there: dict[str, Any] = {"title": opportunity.title, "location": opportunity.location}
    if to_position:
        yield "take_position", {"position": {"employer": opportunity.organisation, **there, **held}}
        return
    if from_position is not None:
        before: Any = from_position
        before = attrs.asdict(before, recurse=False)
        then = from_position.manager_on(min(last, from_position.span.to or last))
        yield "take_position", {"position": {**before, "managers": _managed_by(then, on), **held}}
    elif old is not None and _differ(move.releasing_manager, move.receiving_manager):
        yield "change_manager", {"position": old.id, "manager": move.receiving_manager, "on": on}
    ends = opportunity.planned_to
    there |= {"id": placement, "client": opportunity.organisation, "contact": opportunity.contact, "span": Span(on)}
    there |= {"planned_to": ends} if ends is not None and ends >= on else {}  # one that has passed says nothing
    yield "start_placement", {"placement": there}


def _managed_by(manager: str | None, since: date) -> tuple[Managed, ...]:
    return () if manager is None else (Managed(manager, since),)


def _not_of(move: InternalMove, person: Person, opportunity: Opportunity) -> Iterator[Finding]:
    """Say what keeps a move from being completed with these two."""
    if person.id != move.mover:
        yield _about(move, M007, breach("{id} is not the mover", "mover", id=person.id))
    if opportunity.id != move.opportunity:
        yield _about(move, M007, breach("the move does not lead to {id}", "opportunity", id=opportunity.id))
    if opportunity.kind not in {OpportunityKind.POSITION, OpportunityKind.PLACEMENT}:
        what = "{kind} begins no position and no placement; complete() the move alone"
        yield _about(move, M007, breach(what, "opportunity", kind=opportunity.kind))


def _unnamed(move: InternalMove, *, needed: bool, **begins: str | None) -> Iterator[Finding]:
    """Say what begins without an id of its own."""
    for name, id in begins.items():
        if needed and id is None:
            what = "completing asks for the id of the new {name}"
            yield finding(V014, breach(what, name, name=name), record=move.key)


def _leads_nowhere(
    move: InternalMove, position: Position | None, placement: Placement | None, opportunity: Opportunity
) -> bool:
    """Tell whether an opportunity is the very position or placement that the move starts from, in other words."""
    new = set(_kinds(move, position, placement, opportunity)) - {MoveKind.SAME_LEVEL}
    there = opportunity.organisation, opportunity.title
    if opportunity.kind is OpportunityKind.PLACEMENT:
        stays = move.from_position is None and placement is not None and (placement.client, placement.title) == there
    else:
        stays = move.from_placement is None and position is not None and (position.employer, position.title) == there
    return stays and not new


def _runs_past(span: Span, day: date) -> bool:
    return span.to is None or span.to > day


def _about(move: InternalMove, rule: Rule, what: Breach) -> Finding:
    return finding(rule, what, record=move.key)


def _records(move: Any, person: Any, opportunity: Any) -> None:
    must_be(
        "move: cannot answer",
        move=(move, InternalMove, "move"),
        person=(person, Person, "person"),
        opportunity=(opportunity, Opportunity, "opportunity"),
    )


# --- what follows from acts on moves in a book -----------------------------------------------------------------------

_BEGINS = ("position", "placement", "reason")


def asked(shelf: Shelf, move: InternalMove, act: InternalMoveAct, given: Mapping[str, Any]) -> tuple[Record, ...]:
    """Ask for a move with the needs as the mover's path has them, so that none is shown that was not released."""
    return (move.act(act, **{**given, "needs": _needs_of(shelf, move) or given.get("needs") or ()}),)


def changed(shelf: Shelf, move: InternalMove, act: InternalMoveAct, given: Mapping[str, Any]) -> tuple[Record, ...]:
    """Change a move: one that is shown to a client besides names only needs that were released so far."""
    new = move.act(act, **given)
    if new.client_by is not None and new.client_by != move.client_by:
        wrong = [said(M003, it, new) for it in new.hidden(_needs_of(shelf, new), to_client=True)]
        if wrong:
            raise Rejected(f"move {move.id}: cannot change", wrong)
    return (new,)


def done(shelf: Shelf, move: InternalMove, act: InternalMoveAct, given: Mapping[str, Any]) -> tuple[Record, ...]:
    """Complete a move and change the mover: the old position or placement ends, the new one begins."""
    alone = {name: value for name, value in given.items() if name not in _BEGINS}
    if move.lifecycle.find(act, move.state) is None:
        return (move.act(act, **alone),)  # which says that it is too early, or too late
    person = shelf.get(Person, move.mover)
    opportunity = None if move.opportunity is None else shelf.get(Opportunity, move.opportunity)
    if person is None or (opportunity is None and move.opportunity is not None):
        return (move.act(act, **alone),)  # a record that was removed stops nobody; X002 says that it is not here
    if opportunity is None or opportunity.kind not in {"position", "placement"}:
        return (move.act(act, **given),)
    if not {"by", "at"} <= set(alone) <= {"by", "at", "on", "policy", "noted_by"}:
        return (move.act(act, **alone),)  # which says what is missing, and what is too much
    return completed(move, person, opportunity, **{"on": None, **given})


def _needs_of(shelf: Shelf, move: InternalMove) -> tuple[Need, ...]:
    """Give the needs of the mover as they stand, those of an agreed path before those of a draft."""
    paths = [p for p in shelf.naming(CareerPath, "owner", move.mover) if p.state not in {"superseded", "archived"}]
    return tuple({n.id: n for path in sorted(paths, key=lambda p: p.state == "agreed") for n in path.needs}.values())
