"""Lives: what the sources say of a person now, as the dated acts that say so.

Read top to bottom: doing and telling, names, employments, leaves, positions and their managers, placements. The sources
say how things are; since when, they say where their day is later than anything that is known here, and else it is the
day on which they are read. What is over, and what people noted ahead, stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from attrs import Factory, define

from coaching.bulk.differences import B050, Difference, Done, Said, left_alone
from coaching.kernel.classes import model_of
from coaching.kernel.rules import Finding, Rejected
from coaching.kernel.values import Span
from coaching.records.people import Managed, Person, Placement, Position

DAY = timedelta(days=1)
NAMES = ("name", "given_name", "family_name", "language")
WORDS = ("employer", "title", "unit", "level", "occupation", "location")
FIXED = ("client", "title", "location", "contact", "end_reason")


@define
class Life:
    """A person, and what is done to them so that they are as the sources say.

    Attributes:
        person: As they are by now.
        now: As the sources say.
        said: Which fields these say.
        by: Who acts.
        at: When.
        on: The day on which the sources are read.
        why: The reason of acts that ask for one.
        done: What was done so far.
        left: What was left alone.
        acts: Every act that was done, in order, with what was given to it besides who and when.
    """

    person: Person
    now: Person
    said: Said
    by: str
    at: datetime
    on: date
    why: str
    done: list[Done] = Factory(list)
    left: list[Finding] = Factory(list)
    acts: list[tuple[str, Mapping[str, Any]]] = Factory(list)
    _met: set[str] = Factory(set)  # positions of which the sources spoke

    def go_on(self) -> None:
        """Do all that the sources say and an act can say; tell the rest."""
        self._names()
        for employment in self.now.employments:
            self._employment(employment)
        self._leaves()
        known = {it.id for it in self.person.positions}
        for position in sorted(self.now.positions, key=lambda it: it.id not in known):
            self._position(position)
        for placement in self.now.placements:
            self._placement(placement)

    # --- doing and telling -------------------------------------------------------------------------------------------

    def _do(self, *acts: tuple[str, Mapping[str, Any]], differences: list[Difference]) -> bool:
        """Do some acts, all or none; the last one is the one that says it."""
        tried: Any = self.person  # acts by name, from sources
        try:
            for act, given in acts:
                tried = tried.act(act, by=self.by, at=self.at, **given)
        except Rejected as refusal:
            self.left += [left_alone(B050, it, refusal) for it in differences]
            return False
        self.person = tried
        self.acts += acts
        act, given = acts[-1]
        self.done += [Done(act, *it, on=_day_of(given)) for it in differences]
        return True

    def _tell(self, path: str, old: object, new: object, why: str = "") -> None:
        self.left.append(left_alone(B050, (path, old, new), why))

    # --- who it is ---------------------------------------------------------------------------------------------------

    def _names(self) -> None:
        here, now = self.person, self.now
        new: dict[str, Any] = {n: getattr(now, n) for n in NAMES if self.said(n, getattr(now, n))}
        gone = {it.partition(".")[2] for it in self.said.filled if it.startswith("external_ids.")}
        kept = {name: id for name, id in here.external_ids.items() if name not in gone}
        new["external_ids"] = {**kept, **now.external_ids}
        changes = {name: value for name, value in new.items() if value != getattr(here, name)}
        if changes:
            differences = [(name, getattr(here, name), value) for name, value in changes.items()]
            self._do(("correct", {"reason": self.why, **changes}), differences=differences)

    # --- coming and going --------------------------------------------------------------------------------------------

    def _employment(self, now: Span) -> None:
        """Join, leave or stay: an employment that begins on another day than one that runs then is told."""
        here = next((it for it in self.person.employments if it.from_ == now.from_), None)
        if here is None:
            join = "join", {"joined_on": now.from_, "left_on": now.to}
            self._do(join, differences=[("employments[].from", None, now.from_)])
        elif self.said("employments[].to", now.to) and now.to != here.to:
            difference = ("employments[].to", here.to, now.to)
            stay, leave = ("stay", {"reason": self.why}), ("leave", {"left_on": now.to, "reason": self.why})
            last = here == self.person.employments[-1]
            if now.to is not None and (here.to is None or now.to < here.to):
                self._do(leave, differences=[difference])
            elif not last:
                self._tell(*difference, "another employment follows")
            else:
                self._do(*([stay] if now.to is None else [stay, leave]), differences=[difference])

    # --- being away --------------------------------------------------------------------------------------------------

    def _leaves(self) -> None:
        now = {it.from_: it for it in self.now.leaves}
        for leave in now.values():
            here = next((it for it in self.person.leaves if it.from_ == leave.from_), None)
            met = [it for it in self.person.leaves if it.overlaps(leave) and it.from_ not in now]
            to = self._last_of(leave)
            if here is not None:
                if self.said("leaves[].to", leave.to) and here.to != to:
                    change = "change_leave", {"on": leave.from_, "until": leave.to}
                    self._do(change, differences=[("leaves[].to", here.to, leave.to)])
            elif met:
                change = "change_leave", {"on": met[0].from_, "since": leave.from_, "until": leave.to}
                self._do(change, differences=[("leaves[].from", met[0].from_, leave.from_)])
            else:
                go = "go_on_leave", {"since": leave.from_, "until": leave.to}
                self._do(go, differences=[("leaves[].from", None, leave.from_)])
        for here in self.person.leaves if self.said.any_of("leaves") else ():
            if here.from_ not in now and here.covers(self.on):
                self._do(("come_back", {"on": self.on}), differences=[("leaves[].to", here.to, self.on - DAY)])
            elif here.from_ not in now and here.from_ > self.on:
                self._tell("leaves[].from", here.from_, None, "it is ahead")

    def _last_of(self, leave: Span) -> date | None:
        """Give the last day of a leave: one with an open end ends with its employment."""
        employment = self.person.employment_by(leave.from_)
        return leave.to if leave.to is not None or employment is None else employment.to

    # --- positions ---------------------------------------------------------------------------------------------------

    def _position(self, now: Position) -> None:
        """Bring a position to where the sources have it: the one here that is meant by it, or a new one."""
        first = now.span.from_
        employment = self.person.employment_by(first)
        if employment is None or not employment.covers(first):
            self._tell("positions[].span.from", None, first, "nobody is employed on that day")
            return
        day = min(now.span.to or max(self.on, first), employment.to or date.max)
        here = self._meant(now, employment, day)
        if here is None:
            self._taken(now, employment)
            return
        self._met.add(here.id)
        paths = {name: f"positions[].{name}" for name in WORDS}
        said = {name: getattr(now, name) for name in WORDS if self.said(paths[name], getattr(now, name))}
        words = {name: new for name, new in said.items() if new != getattr(here, name)}
        differences: list[Difference] = [(paths[name], getattr(here, name), new) for name, new in words.items()]
        if words:
            self._turned(here, now, day, words, differences)
            return
        if now.span.to is not None and now.span.to != here.span.to:
            end = "end_position", {"position": here.id, "on": now.span.to}
            self._do(end, differences=[("positions[].span.to", here.span.to, now.span.to)])
        elif here.span.to not in {now.span.to, employment.to} and "positions[].span.to" in self.said.filled:
            self._tell("positions[].span.to", here.span.to, None)
        begun = {it.span.from_ for it in self.person.positions}
        if "positions[].span.from" in self.said.filled and first not in begun:
            self._tell("positions[].span.from", here.span.from_, first)
        self._managers(here.id, now, day)

    def _meant(self, now: Position, employment: Span, day: date) -> Position | None:
        """Find the position that the sources mean, held on the day they speak of.

        It is the one with their id, or what followed on it; else the only one, or the only one that says the same.
        Where it ends by itself, and not with the employment, its days are its own.
        """
        follows = next((it for it in self.person.positions if it.id == now.id), None)
        if follows is not None and now.span.to not in {None, employment.to}:
            return follows
        while follows is not None and not follows.span.covers(day) and follows.span.to is not None:
            after = follows.span.to + DAY if follows.span.to < date.max else follows.span.to
            follows = next((it for it in self.person.positions if it.span.from_ == after), None)
        if follows is not None and follows.span.covers(day):
            return follows
        held = [it for it in self.person.positions if it.span.covers(day) and it.id not in self._met]
        alike = [it for it in held if all(getattr(it, name) == getattr(now, name) for name in ("employer", "title"))]
        return next(iter(alike or held), None) if len(held) == 1 or len(alike) == 1 else None

    def _taken(self, now: Position, employment: Span) -> None:
        """Take a position that is not here, unless something here is meant that no act can bring there."""
        same = next((it for it in self.person.positions if it.id == now.id and employment.covers(it.span.from_)), None)
        beside = [it for it in self.person.positions if it.id not in self._met and it.span.overlaps(now.span)]
        if same is not None:
            self._tell("positions[].span.to", same.span.to, now.span.to, "it has ended here")
        elif beside:
            self._tell("positions[].title", beside[-1].title, now.title, "it is not known which position is meant")
        else:
            new = model_of(Position).copy(now, {"id": self._free_id(now.id, now.span.from_)})
            self._do(("take_position", {"position": new}), differences=[("positions[].title", None, now.title)])
            self._met.add(new.id)

    def _turned(
        self, here: Position, now: Position, day: date, words: Mapping[str, Any], differences: list[Difference]
    ) -> None:
        """End a position and take another: of one that begins on that very day, or later, correct what was noted."""
        since = now.span.from_ if now.span.from_ > here.span.from_ else self.on
        if since > day:
            self.left += [left_alone(B050, it, "it is over") for it in differences]
            return
        if since <= here.span.from_:
            new = model_of(Position).copy(here, words)
            positions = tuple([new if it is here else it for it in self.person.positions])
            self._do(("correct", {"reason": self.why, "positions": positions}), differences=differences)
            self._managers(here.id, now, day)
            return
        employment = self.person.employment_by(since)
        ends_with_it = employment is not None and here.span.to == employment.to
        to = now.span.to or (None if ends_with_it else here.span.to)
        manager = here.manager_on(since)
        new = model_of(Position).copy(here, {
            **words, "id": self._free_id(now.id, since), "span": Span(since, to),
            "managers": () if manager is None else (Managed(manager, since),),
        })  # fmt: skip
        end = "end_position", {"position": here.id, "on": since - DAY}
        if self._do(end, ("take_position", {"position": new}), differences=differences):
            self._met.add(new.id)
            self._managers(new.id, now, day)

    def _free_id(self, id: str, since: date) -> str:
        """Give the id that the sources have for a position, or one made of its first day."""
        dropped = [it.id for leaving in self.person.leavings for it in leaving.positions]
        taken = {*(it.id for it in self.person.positions), *dropped}
        ids = [id, since.isoformat(), *(f"{since.isoformat()}-{n}" for n in range(2, len(taken) + 3))]
        return next(it for it in ids if it not in taken)

    def _managers(self, id: str, now: Position, day: date) -> None:
        """Change the manager, from the day that the sources say, or from the one on which they are read."""
        here = next(it for it in self.person.positions if it.id == id)
        if not now.managers:
            old = here.manager_on(day)
            if old is not None and self.said.any_of("positions[].managers"):
                self._tell(
                    "positions[].managers[].manager", old, None, "a manager who is in no source is not taken away"
                )
            return
        *before, last = now.managers
        for managed in before:
            if here.span.covers(managed.from_):
                self._manager(id, managed, managed.from_, managed.from_)
        here = next(it for it in self.person.positions if it.id == id)
        asked = min(max(day, last.from_), here.span.to or date.max)
        known = [it.from_ for it in here.managers if it.from_ <= asked]
        said = last.from_ > known[-1] if known else True
        self._manager(id, last, asked, max(last.from_, here.span.from_) if said else self.on)

    def _manager(self, id: str, managed: Managed, asked: date, since: date) -> None:
        here = next(it for it in self.person.positions if it.id == id)
        old = here.manager_on(asked)
        if old != managed.manager:
            change = "change_manager", {"position": id, "manager": managed.manager, "on": since}
            self._do(change, differences=[("positions[].managers[].manager", old, managed.manager)])

    # --- placements --------------------------------------------------------------------------------------------------

    def _placement(self, now: Placement) -> None:
        """Start, extend or end a placement; what else differs is told."""
        there = [(it.client, it.span.from_) == (now.client, now.span.from_) for it in self.person.placements]
        known = [it for it, same in zip(self.person.placements, there, strict=True) if same or it.id == now.id]
        if not known:
            self._do(("start_placement", {"placement": now}), differences=[("placements[].client", None, now.client)])
            return
        here = known[0]
        if now.planned_to not in {None, here.planned_to}:
            extend = "extend_placement", {"placement": here.id, "planned_to": now.planned_to}
            self._do(extend, differences=[("placements[].planned_to", here.planned_to, now.planned_to)])
        if now.span.to not in {None, here.span.to}:
            end = "end_placement", {"placement": here.id, "on": now.span.to, "reason": now.end_reason or self.why}
            self._do(end, differences=[("placements[].span.to", here.span.to, now.span.to)])
        here = next(it for it in self.person.placements if it.id == here.id)
        for name in FIXED:
            path, old, new = f"placements[].{name}", getattr(here, name), getattr(now, name)
            if self.said(path, new) and new != old:
                self._tell(path, old, new)
        if here.span.from_ != now.span.from_:
            self._tell("placements[].span.from", here.span.from_, now.span.from_)


def _day_of(given: Mapping[str, Any]) -> date | None:
    """Give the day of an act, out of what it is given: its own, or the first of what begins by it."""
    begun = next((it.span.from_ for it in given.values() if isinstance(it, (Position, Placement))), None)
    return next((given[name] for name in ("since", "on", "joined_on", "left_on") if name in given), begun)
