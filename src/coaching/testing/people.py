"""Strategies for people in any state, with positions and placements."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from coaching.kernel.values import Span
from coaching.records.people import ERASED, KNOWN, Managed, Occupation, Person, Placement, Position, Standing
from coaching.testing.parts import DAY_ONE, ids, locations, perhaps_texts, texts, word_of, words
from coaching.testing.walks import ADMINISTRATION, Given, Play, Stage, Word, played

DAY = timedelta(days=1)


@cache
def occupations() -> SearchStrategy[Occupation]:
    """Codes of kinds of work: ISCO-08, ESCO, and a scheme that nobody knows."""
    isco = st.integers(0, 9999).map(lambda n: Occupation("ISCO-08", str(n)))
    esco = st.uuids().map(lambda u: Occupation("ESCO", f"http://data.europa.eu/esco/occupation/{u}"))
    return st.one_of(isco, esco, st.builds(Occupation, st.just("in-house"), words()))


@cache
def _languages() -> SearchStrategy[str]:
    return st.sampled_from(["sv", "en-GB", "zh-Hant-TW"])


@cache
def _codes() -> SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(["payroll", "scim"]), ids("x"), max_size=2)


def _days_of(stage: Stage, span: Span) -> SearchStrategy[date]:
    """Days of a span: some years of it, up to its last day or a year ahead."""
    last = max(span.from_, min(span.to or date.max, stage.now.date() + 400 * DAY))
    first = max(span.from_, last - 1900 * DAY)
    return st.integers(0, (last - first).days).map(lambda n: last - timedelta(days=n))


def _a_day(stage: Stage, person: Person) -> date | None:
    """A day on which the person is employed: today where they are, or any; None for somebody who never is."""
    if not person.employments:
        return None
    if person.employed_on(stage.now.date()) and stage.draw(st.booleans()):
        return stage.now.date()
    day: date = stage.draw(_days_of(stage, stage.one(person.employments[::-1])))
    return day


_DETAILS: dict[str, SearchStrategy[Any]] = {
    "given_name": words(), "family_name": words(), "language": _languages(), "external_ids": _codes(),
}  # fmt: skip
_PERHAPS_DETAILS = {name: own if name == "external_ids" else st.none() | own for name, own in _DETAILS.items()}


def _corrected(stage: Stage, _person: Person, _by: str) -> Given:
    return {"reason": stage.draw(texts()), **stage.fields({"name": words(), **_PERHAPS_DETAILS})}


def _joined(stage: Stage, person: Person, _by: str) -> Given | None:
    """After the last employment, where it has ended."""
    if not person.employments:
        return {"joined_on": stage.draw(_days_of(stage, Span(stage.now.date() - 900 * DAY)))}
    last = person.employments[-1].to
    return None if last is None else {"joined_on": last + stage.draw(st.integers(1, 400)) * DAY}


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
    ends = st.integers(0, min(400, (last - since).days)).map(lambda n: since + timedelta(days=n))
    until: date | None = stage.draw(ends if next_one is not None else st.none() | ends)
    return until


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
    return {"on": stage.draw(_days_of(stage, leave)), "until": _until(stage, person, leave.from_, others)}


def _back(stage: Stage, person: Person, _by: str) -> Given | None:
    leave = _leave(stage, person)
    return None if leave is None else {"on": stage.draw(_days_of(stage, leave))}


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
    first, none = _a_day(stage, person), st.none()
    if first is None:
        return None
    parts = {
        "employer": stage.known("employer", ids("e")),
        "title": words(),
        "unit": none | words(),
        "level": none | st.integers(1, 12),
        "occupation": none | occupations(),
        "location": none | locations(),
    }
    drawn = {name: stage.draw(part) for name, part in parts.items()}
    manager = stage.draw(none | stage.known("manager", ids("m")))
    managers = () if manager is None else (Managed(manager, first),)
    return {"position": Position(_new_id(stage, "po", person), span=Span(first), managers=managers, **drawn)}


def _new_id(stage: Stage, prefix: str, person: Person) -> str:
    """An id that no part has, nor one that a leaving dropped."""
    dropped = [part for leaving in person.leavings for part in (*leaving.positions, *leaving.placements)]
    return stage.next_id(prefix, (*person.positions, *person.placements, *dropped))


def _one(stage: Stage, parts: tuple[Any, ...]) -> Any:
    return stage.one(parts[::-1]) if parts else None


def _last_days(stage: Stage, person: Person, span: Span) -> SearchStrategy[date]:
    """Days on which a part may end: from its first day to the last of its employment."""
    employment = person.employment_by(span.from_)
    return _days_of(stage, Span(span.from_, None if employment is None else employment.to))


def _position_ended(stage: Stage, person: Person, _by: str) -> Given | None:
    held = _one(stage, person.positions)
    return None if held is None else {"position": held.id, "on": stage.draw(_last_days(stage, person, held.span))}


def _managed(stage: Stage, person: Person, _by: str) -> Given | None:
    held = _one(stage, person.positions)
    if held is None:
        return None
    manager = stage.draw(st.none() | stage.known("manager", ids("m")))
    return {"position": held.id, "manager": manager, "on": stage.draw(_days_of(stage, held.span))}


def _placement(stage: Stage, person: Person, _by: str) -> Given | None:
    first, none = _a_day(stage, person), st.none()
    if first is None:
        return None
    parts = {
        "client": stage.known("client", ids("c")),
        "title": none | words(),
        "location": none | locations(),
        "contact": perhaps_texts(),
        "planned_to": none | st.integers(0, 400).map(lambda n: first + timedelta(days=n)),
    }
    drawn = {name: stage.draw(part) for name, part in parts.items()}
    return {"placement": Placement(_new_id(stage, "pl", person), span=Span(first), **drawn)}


def _extended(stage: Stage, person: Person, _by: str) -> Given | None:
    held = _one(stage, person.placements)
    if held is None:
        return None
    return {"placement": held.id, "planned_to": stage.draw(_last_days(stage, person, held.span))}


def _placement_ended(stage: Stage, person: Person, _by: str) -> Given | None:
    held = _one(stage, person.placements)
    if held is None:
        return None
    on = stage.draw(_last_days(stage, person, held.span))
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
    name, full = stage.draw(stage.known("id", ids("p"))), stage.draw(stage.known("name", words()))
    here = st.integers(0, 3650)
    ago = stage.draw(st.none() | here if goal == ERASED else here | st.sampled_from([None, -30]))
    joined_on = None if ago is None else DAY_ONE.date() - timedelta(days=ago)
    details = stage.fields(_DETAILS)
    return stage.begin(
        Person, "register", name, name=full, joined_on=joined_on, by=ADMINISTRATION, at=stage.later(), **details
    )


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
    standing: str | None = None,
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
        standing: Where they stand on the day of the last act, for people who are known; anywhere when left out.
        id: The person's id.
        parts: Strategies for other fields by their names, and for what is given with an act by the name of the act.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])  # the first one found; without it, the simplest there is
    >>> anna = find(people(standing="on_leave"), lambda person: True, settings=first)
    >>> anna.standing(anna.history[-1].at.date())
    'on_leave'
    """
    word_of(standing, tuple(Standing), "standing")
    asked = KNOWN if standing is not None else state
    person: Person = played(draw, PLAY, asked, through, acts, {"id": id}, parts, ACTS)
    return person if standing is None else brought_to(person, standing)
