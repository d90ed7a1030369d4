"""Answers: what a system says besides what it holds, beside what the tables say: turns, buttons, sight, overdue."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import attrs
from attrs import frozen

from coaching.book.cadence import Coverage, coverage
from coaching.book.questions import overdue
from coaching.book.shelf import Shelf
from coaching.kernel.lifecycle import ANYONE
from coaching.logs.comparing import Difference, in_order, plain
from coaching.records.goals import Goal
from coaching.records.interviews import Interview
from coaching.testing.binding.model import Judged, Key
from coaching.testing.binding.scenes import OUTSIDER
from coaching.testing.binding.sights import seen, unlike, why
from coaching.testing.binding.slips import Unbound
from coaching.testing.binding.system import System

Ask = Callable[..., Any]
"""Asks a system something that changes nothing: what it is asked after, the method, what is given."""
Wrong = Iterator[tuple[str, list[Difference]]]
"""What differs, in a line, and side by side."""


@frozen(eq=False)
class Now:
    """What stands after an act that was done.

    Attributes:
        it: The act.
        after: The act, in words.
        whole: The record, as plain dicts.
        kept: What the system keeps of it.
        held: Every record of the play.
        few: Chooses for whom and when something is asked, where not all is.
    """

    it: Judged
    after: str
    whole: Mapping[str, Any]
    kept: Any
    held: Mapping[Key, Any]
    few: Callable[[list[Any]], list[Any]] = list


def answers(system: System, ask: Ask, now: Now, names: Iterable[str]) -> Wrong:
    """Ask a system all that it has an answer to, or some of it, after an act; give what differs."""
    for name in names:
        if system.says(name):
            yield from ASKED[name](system, ask, now)


def _awaits(system: System, ask: Ask, now: Now) -> Wrong:
    said = listed("awaits", ask(now.after, "awaits", now.it.step.record_id), "pairs of a person and an act")
    pairs = [it for it in said if isinstance(it, (tuple, list)) and len(it) == _PAIR]
    if len(pairs) != len(said):
        raise Unbound(f"awaits gives {said!r}; a list of pairs of a person and an act is asked for")
    waits = {f"{act} by {person}" for person, act in pairs}
    turns = [turn for turn in now.it.after.awaits() if system.knows(turn.act, now.it.step.kind)]
    yield from _alike(f"{now.after}, whose turn it is", {f"{it.act} by {it.person}" for it in turns}, waits)


_PAIR = 2


def listed(name: str, said: Any, of: str) -> list[Any]:
    """Give what is a list of things, or gives them one by one, as a list.

    Raises:
        Unbound: For what is none: a text, a mapping, nothing.
    """
    if isinstance(said, Iterable) and not isinstance(said, (str, bytes, Mapping)):
        return [*said]
    raise Unbound(f"{name} gives {said!r}; a list of {of} is asked for")


def _acts_for(system: System, ask: Ask, now: Now) -> Wrong:
    record, step = now.it.after, now.it.step
    anybody = ANYONE in record.lifecycle.roles  # whether others than who does it may, houses differ
    for person in now.few([*record.parties(), step.by if anybody else OUTSIDER]):
        said = ask(now.after, "acts_for", step.record_id, person, step.at)
        held = {*map(str, listed("acts_for", said, "names of acts"))}
        expected = {it for it in record.acts_for(person, on=step.at.date()) if system.knows(it, step.kind)}
        yield from _alike(f"{now.after}, what {person} may do", expected, held)


@frozen
class Listed(Difference):
    """What a list lacks, or has besides."""

    def __str__(self) -> str:
        """Which of the two."""
        return f"{self.expected} is missing" if self.held is None else f"{self.held} is too many"


def _alike(what: str, expected: Collection[str], held: Collection[str]) -> Wrong:
    only = [Listed("missing", it, None) for it in sorted(expected) if it not in held]
    more = [Listed("too many", None, it) for it in sorted(held) if it not in expected]
    if only or more:
        yield what, [*only, *more]


# --- sight -----------------------------------------------------------------------------------------------------------


def _view(system: System, ask: Ask, now: Now) -> Wrong:
    """Ask for everybody who has or had a part, whom the system knows, or who has nothing to do with it."""
    record, step = now.it.after, now.it.step
    shelf = Shelf([*system.people, *now.held.values()])
    moments = [step.at, *_moments(system, step.at)]
    for viewer in now.few([*dict.fromkeys((*_parts(system, now), OUTSIDER, *_known(system)))]):
        for at in now.few(moments):
            shown = ask(now.after, "view", record.id, viewer, at) or {}
            shown = plain(shown) if attrs.has(type(shown)) else shown
            if not isinstance(shown, Mapping):
                raise Unbound(f"view({record.id!r}, ...) gives a {type(shown).__name__}; a dict of fields is asked for")
            may = seen(record, now.whole, viewer, shelf, at.date(), system.policy)
            shown = in_order(now.whole, shown, system.unordered, system.alike)
            sides = unlike(may, now.whole, now.kept, shown, system.alike)
            if sides:
                day = "" if at is step.at else f" on {at.date()}"
                yield f"{now.after}, what {viewer} sees{day}: {why(record, sides[0])}", sides


def _parts(system: System, now: Now) -> list[str]:
    """Give those who have or had a part in a record."""
    record = now.it.after
    named = {value for value in now.whole.values() if isinstance(value, str)}
    named |= {str(was) for entry in record.history for was in (entry.by, *entry.was.values())}
    piece = next(piece for piece in system.pieces if piece.kind is type(record))
    return [person for person in piece.people(record) if person in named]


def _known(system: System) -> Iterator[str]:
    """Name whom a system knows from the beginning, and who manages them."""
    for person in system.people:
        yield person.id
        yield from (it.manager for position in person.positions for it in position.managers if it.manager is not None)


def _moments(system: System, at: datetime) -> list[datetime]:
    """Give the same hour of the days ahead on which the sight of somebody whom the system knows begins or ends."""
    spans = [span for person in system.people for span in (*person.employments, *(p.span for p in person.positions))]
    managed = {it.from_ for person in system.people for p in person.positions for it in p.managers}
    last = {span.to for span in spans if span.to is not None}
    days = managed | last | {day - _DAY for day in managed} | {day + _DAY for day in last}
    return [at.replace(year=day.year, month=day.month, day=day.day) for day in sorted(days) if day > at.date()]


_DAY = timedelta(days=1)

# --- overdue ---------------------------------------------------------------------------------------------------------


def _due(system: System, ask: Ask, now: Now) -> Wrong:
    """Ask on the day, and around every day that the record names or somebody whom the system knows is due."""
    shelf, today = Shelf([*system.people, *now.held.values()]), now.it.step.at.date()
    for on in now.few(sorted({today, *(day for day in _days(system, shelf, now) if day > today)})):
        held = ask(now.after, "due", on)
        expected = _overdue(system, shelf, on)
        if not isinstance(held, Mapping) or not held.keys() <= expected.keys():
            raise Unbound(f"due({on!r}) gives a dict of what is overdue; it may name {', '.join(expected)}")
        for name, found in held.items():
            every = listed(f"due({on!r})[{name!r}]", found, "what is overdue")
            told = {_matter(it if isinstance(it, str) else tuple(map(str, it))) for it in every}
            yield from _alike(f"{now.after}, {name} overdue on {on}", {*map(_matter, expected[name])}, told)


def _matter(it: str | tuple[str, ...]) -> str:
    """Say what is overdue in a few words."""
    match it:
        case (person, record, promise):
            return f"promise {promise} of {person} in {record}"
        case (person, record):
            return f"{record} of {person}"
        case _:
            return str(it)


def _overdue(system: System, shelf: Shelf, on: date) -> dict[str, list[Any]]:
    """Say what is overdue, by what it is: who has it, which record, and of a promise its id."""
    found: dict[str, list[Any]] = {"commitments": [], "goals": [], "interviews": [], "feedback": [], "people": []}
    for matter in overdue(shelf, on):
        if matter.about:
            found["commitments"].append((matter.person, matter.id, matter.about))
        else:
            found[_OF.get(matter.kind, matter.kind)].append((matter.person, matter.id))
    lines = coverage(system.people, shelf.all(Interview), on, policy=system.policy) if system.people else ()
    found["people"] = [line.person for line in lines if line.status in _DUE]
    return found


_OF = {Goal.type: "goals", Interview.type: "interviews"}
_DUE = {Coverage.DUE, Coverage.OVERDUE, Coverage.NEVER}


def _days(system: System, shelf: Shelf, now: Now) -> set[date]:
    """Give the days on which an answer may change: the last one before, and the first one after."""
    parts = [now.whole, *now.whole.get("commitments", ())]
    named = {day for part in parts for name in ("due_on", "due", "target_on") if (day := part.get(name)) is not None}
    on = now.it.step.at.date()
    lines = coverage(system.people, shelf.all(Interview), on, policy=system.policy) if system.people else ()
    return {day + n * _DAY for day in named for n in (0, 1)} | {line.due - n * _DAY for line in lines for n in (0, 1)}


ASKED: Mapping[str, Callable[[System, Ask, Now], Wrong]] = {
    "awaits": _awaits,
    "acts_for": _acts_for,
    "view": _view,
    "due": _due,
}
