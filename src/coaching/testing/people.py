"""Strategies for people in any state, with positions and placements."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from coaching.kernel.values import Span
from coaching.records.people import ERASED, KNOWN, Managed, Occupation, Person, Placement, Position, Standing
from coaching.testing.parts import DAY_ONE, ids, locations, perhaps_texts, texts, words
from coaching.testing.walks import ADMINISTRATION, Given, Play, Source, Stage, Word, played
from coaching.testing.wanted import drawn_word

DAY = timedelta(days=1)


@cache
def occupations() -> SearchStrategy[Occupation]:
    """Codes of kinds of work: ISCO-08, ESCO, and a scheme that nobody knows."""
    isco = st.integers(0, 9999).map(lambda n: Occupation("ISCO-08", str(n)))
    esco = st.uuids().map(lambda u: Occupation("ESCO", f"http://data.europa.eu/esco/occupation/{u}"))
    return st.one_of(isco, esco, st.builds(Occupation, st.just("in-house"), words()))


def _codes(stage: Stage) -> dict[str, str]:
    return {system: stage.draw(ids("x")) for system in stage.one(_SYSTEMS)}


_SYSTEMS = ((), ("payroll",), ("scim",), ("payroll", "scim"))


def _day_of(stage: Stage, span: Span) -> date:
    """A day of a span: in some years of it, up to its last day or a year ahead."""
    last = max(span.from_, min(span.to or date.max, stage.now.date() + 400 * DAY))
    first = max(span.from_, last - 1900 * DAY)
    return last - timedelta(days=stage.number(0, (last - first).days))


def _a_day(stage: Stage, person: Person) -> date | None:
    """A day on which the person is employed: today where they are, or any; None for somebody who never is."""
    if not person.employments:
        return None
    if person.employed_on(stage.now.date()) and stage.yes():
        return stage.now.date()
    return _day_of(stage, stage.one(person.employments[::-1]))


_NAME, _LANGUAGES = words(), ("sv", "en-GB", "zh-Hant-TW")
_DETAILS: dict[str, Source] = {
    "given_name": _NAME, "family_name": _NAME, "language": _LANGUAGES, "external_ids": _codes,
}  # fmt: skip
_PERHAPS_DETAILS: dict[str, Source] = {
    "name": _NAME,
    **dict.fromkeys(("given_name", "family_name"), lambda stage: stage.perhaps(_NAME)),
    "language": (None, *_LANGUAGES),
    "external_ids": _codes,
}


def _corrected(stage: Stage, _person: Person, _by: str) -> Given:
    return {"reason": stage.draw(texts()), **stage.fields(_PERHAPS_DETAILS)}


def _joined(stage: Stage, person: Person, _by: str) -> Given | None:
    """After the last employment, where it has ended."""
    if not person.employments:
        return {"joined_on": _day_of(stage, Span(stage.now.date() - 900 * DAY))}
    last = person.employments[-1].to
    return None if last is None else {"joined_on": last + stage.number(1, 400) * DAY}


def _left(stage: Stage, person: Person, _by: str) -> Given | None:
    day = _a_day(stage, person)
    if day is None or person.employment_by(day) is not person.employments[-1]:  # they came back since
        return None
    return {"left_on": day, "reason": stage.draw(texts())}


def _stayed(stage: Stage, person: Person, _by: str) -> Given | None:
    if not person.employments or person.employments[-1].to is None:
        return None
    return {"reason": stage.draw(perhaps_texts())}


def _away(stage: Stage, person: Person, _by: str) -> Given | None:
    """In the time that no other leave takes up: with an end before the next one, and before the last day."""
    since = _a_day(stage, person)
    if since is None or person.on_leave_on(since):
        return None
    return {"since": since, "until": _until(stage, person, since, _said(person))}


def _until(stage: Stage, person: Person, since: date, leaves: tuple[Span, ...]) -> date | None:
    """A last day for a leave, before the next one and within the employment; None for an open end, where one may be."""
    next_one = min((leave.from_ for leave in leaves if leave.from_ > since), default=None)
    employment = person.employment_by(since)
    last = date.max if employment is None or employment.to is None else employment.to
    last = last if next_one is None else min(last, next_one - DAY)
    if next_one is None and not stage.yes():
        return None
    return since + timedelta(days=stage.number(0, min(400, (last - since).days)))


def _said(person: Person) -> tuple[Span, ...]:
    """The leaves that stand, and those that a leaving dropped: it may be taken back."""
    return (*person.leaves, *(leave for leaving in person.leavings for leave in leaving.leaves))


def _leave(stage: Stage, person: Person) -> Span | None:
    leave: Span | None = stage.one(person.leaves) if person.leaves else None
    return leave


def _changed(stage: Stage, person: Person, _by: str) -> Given | None:
    leave = _leave(stage, person)
    if leave is None:
        return None
    others = tuple(it for it in _said(person) if it.from_ != leave.from_)
    return {"on": _day_of(stage, leave), "until": _until(stage, person, leave.from_, others)}


def _back(stage: Stage, person: Person, _by: str) -> Given | None:
    leave = _leave(stage, person)
    return None if leave is None else {"on": _day_of(stage, leave)}


def _cancelled(stage: Stage, person: Person, _by: str) -> Given | None:
    leave = _leave(stage, person)
    return None if leave is None else {"on": leave.from_, "reason": stage.draw(perhaps_texts())}


def _erased(stage: Stage, person: Person, _by: str) -> Given | None:
    if "erase" not in person.acts_for(ADMINISTRATION, on=stage.now.date()):
        return None
    return {"reason": stage.draw(texts())}


def _ready_to_go(stage: Stage, person: Person) -> Person:
    """Somebody who has left, if they were here: the walk waits until the last day is over."""
    if person.employments and person.employments[-1].to is None:
        last = max(person.employments[-1].from_, stage.now.date())
        person = stage.act(
            person, "leave", left_on=last, reason=stage.draw(texts()), by=ADMINISTRATION, at=stage.later()
        )
    wait = max([timedelta(), *(it.to + DAY - stage.now.date() for it in person.employments if it.to)])
    stage.now += wait
    return person


def _position(stage: Stage, person: Person, _by: str) -> Given | None:
    first = _a_day(stage, person)
    if first is None:
        return None
    manager = stage.perhaps(stage.known("manager", ids("m")))
    held = {
        "employer": stage.named("employer", ids("e")),
        "title": stage.draw(_NAME),
        "managers": () if manager is None else (Managed(manager, first),),
        **stage.some(_WHERE),
    }
    return {"position": Position(_new_id(stage, "po", person), span=Span(first), **held)}


_WHERE: dict[str, Source] = {
    "unit": _NAME, "level": st.integers(1, 12), "occupation": occupations(), "location": locations(),
}  # fmt: skip


def _new_id(stage: Stage, prefix: str, person: Person) -> str:
    """An id that no part has, nor one that a leaving dropped."""
    dropped = [part for leaving in person.leavings for part in (*leaving.positions, *leaving.placements)]
    return stage.next_id(prefix, (*person.positions, *person.placements, *dropped))


def _one(stage: Stage, parts: tuple[Any, ...]) -> Any:
    return stage.one(parts[::-1]) if parts else None


def _last_day(stage: Stage, person: Person, span: Span) -> date:
    """A day on which a part may end: from its first day to the last of its employment."""
    employment = person.employment_by(span.from_)
    return _day_of(stage, Span(span.from_, None if employment is None else employment.to))


def _position_ended(stage: Stage, person: Person, _by: str) -> Given | None:
    held = _one(stage, person.positions)
    return None if held is None else {"position": held.id, "on": _last_day(stage, person, held.span)}


def _managed(stage: Stage, person: Person, _by: str) -> Given | None:
    held = _one(stage, person.positions)
    if held is None:
        return None
    manager = stage.perhaps(stage.known("manager", ids("m")))
    return {"position": held.id, "manager": manager, "on": _day_of(stage, held.span)}


def _placement(stage: Stage, person: Person, _by: str) -> Given | None:
    first = _a_day(stage, person)
    if first is None:
        return None
    client, more = stage.named("client", ids("c")), stage.some(_WITH_A_CLIENT)
    lasts = {name: first + timedelta(days=more[name]) for name in ("planned_to",) if name in more}
    return {"placement": Placement(_new_id(stage, "pl", person), client, span=Span(first), **{**more, **lasts})}


_WITH_A_CLIENT: dict[str, Source] = {
    "title": _NAME, "location": locations(), "contact": texts(), "planned_to": st.integers(0, 400),
}  # fmt: skip


def _extended(stage: Stage, person: Person, _by: str) -> Given | None:
    held = _one(stage, person.placements)
    if held is None:
        return None
    return {"placement": held.id, "planned_to": _last_day(stage, person, held.span)}


def _placement_ended(stage: Stage, person: Person, _by: str) -> Given | None:
    held = _one(stage, person.placements)
    if held is None:
        return None
    on = _last_day(stage, person, held.span)
    return {"placement": held.id, "on": on, "reason": stage.draw(texts())}


ARGUMENTS = {
    "correct": _corrected, "join": _joined, "leave": _left, "stay": _stayed, "go_on_leave": _away,
    "change_leave": _changed, "come_back": _back, "cancel_leave": _cancelled, "erase": _erased,
    "take_position": _position, "end_position": _position_ended, "change_manager": _managed,
    "start_placement": _placement, "extend_placement": _extended, "end_placement": _placement_ended,
}  # fmt: skip
READY = {"erase": _ready_to_go}


def _begin(stage: Stage, goal: str) -> Person:
    """Most are employed, some since today; a few are outside, or yet to come."""
    name, full = stage.named("id", ids("p")), stage.named("name", _NAME)
    ago = stage.one((None, *_AGO) if goal == ERASED else (*_AGO, None, -30))
    joined_on = None if ago is None else DAY_ONE.date() - timedelta(days=ago)
    details = stage.fields(_DETAILS)
    return stage.begin(
        Person, "register", name, name=full, joined_on=joined_on, by=ADMINISTRATION, at=stage.later(), **details
    )


_AGO = (0, 1, 30, 364, 365, 366, 1000, 3650)
"""How many days ago somebody joined, before the first day on a stage."""
FIELDS = ("name", *_DETAILS, "extra", "keep_until", "hold_until")
PLAY = Play(Person.lifecycle.states, _begin, ARGUMENTS, READY, fields=FIELDS)
ACTS = 8  # on the way to each state: nearly everything about a person happens in one


def brought_to(person: Person, standing: str) -> Person:
    """A person who stands so on the day of the last act: what is noted is set right, if need be."""
    now = person.history[-1].at
    today = now.date()
    if person.standing(today) == standing:
        return person
    spans: dict[str, tuple[Span, ...]] = {
        "outside": (),
        "ahead": (Span(today + 30 * DAY),),
        "left": (Span(today - 400 * DAY, today - DAY),),
        "active": (Span(today - 400 * DAY),),
        "on_leave": (Span(today - 400 * DAY),),
    }
    leaves = (Span(today, today + 90 * DAY),) if standing == "on_leave" else ()
    return person.correct(
        "Noted wrongly", employments=spans[standing], leaves=leaves, positions=(), placements=(), by=ADMINISTRATION,
        at=now,
    )  # fmt: skip


@st.composite
def people(
    draw: Any,
    /,
    *,
    state: Word = None,
    through: Word = None,
    acts: int = 0,
    standing: Word = None,
    id: SearchStrategy[str] | None = None,
    **parts: SearchStrategy[Any],
) -> Person:
    """People who came to be by the acts of an administration, in the state named or in any. The smallest is just noted.

    Managers are `m-...`, employers `e-...`, clients `c-...`: nobody manages themselves, no client is an employer.

    Args:
        draw: Given by Hypothesis.
        state: One of the states of a person, or a strategy of them; any when left out.
        through: A state that it passes on the way there.
        acts: How many acts it came to be by, at least, as far as its table lets it.
        standing: Where they stand on the day of the last act, for people who are known, or a strategy of such words;
            anywhere when left out.
        id: The person's id.
        parts: Strategies for other fields by their names, and for what is given with an act by the name of the act.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])  # the first one found; without it, the simplest there is
    >>> anna = find(people(standing="on_leave"), lambda person: True, settings=first)
    >>> anna.standing(anna.history[-1].at.date())
    'on_leave'
    """
    where = drawn_word(draw, standing, tuple(Standing), "standing")
    asked = KNOWN if where is not None else state
    person: Person = played(draw, PLAY, asked, through, acts, {"id": id}, parts, ACTS)
    return person if where is None else brought_to(person, where)
