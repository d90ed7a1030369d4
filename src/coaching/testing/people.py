"""Strategies for people in any state, with positions and placements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from coaching.kernel.values import Span
from coaching.records.people import Occupation, Person, Placement, Position
from coaching.testing.parts import DAY_ONE, ids, locations, texts, words
from coaching.testing.walks import ADMINISTRATION, Given, Play, Stage, walk

DAY = timedelta(days=1)


def occupations() -> SearchStrategy[Occupation]:
    """Codes of kinds of work: ISCO-08, ESCO, and a scheme that nobody knows."""
    isco = st.integers(0, 9999).map(lambda n: Occupation("ISCO-08", str(n)))
    esco = st.uuids().map(lambda u: Occupation("ESCO", f"http://data.europa.eu/esco/occupation/{u}"))
    return st.one_of(isco, esco, st.builds(Occupation, st.just("in-house"), words()))


def _languages() -> SearchStrategy[str]:
    return st.sampled_from(["sv", "en-GB", "zh-Hant-TW"])


def _codes() -> SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(["payroll", "scim"]), ids("x"), max_size=2)


def _today(stage: Stage, person: Person) -> date:
    """The day on the stage, or the first day of an employment that is yet to begin."""
    return max(stage.now.date(), person.joined_on)


def _begun(stage: Stage, person: Person) -> SearchStrategy[date]:
    """A first day, between that of the employment and today."""
    today = _today(stage, person)
    return st.integers(0, (today - person.joined_on).days).map(lambda n: today - timedelta(days=n))


def _corrected(stage: Stage, _person: Person, _by: str) -> Given:
    none = st.none()
    optional = {
        "name": words(),
        "given_name": none | words(),
        "family_name": none | words(),
        "language": none | _languages(),
        "external_ids": _codes(),
    }
    return stage.some(optional)


def _away(stage: Stage, person: Person, _by: str) -> Given:
    since = max(_today(stage, person), *(leave.to + DAY for leave in person.leaves if leave.to), date.min)
    expected = st.none() | st.integers(0, 400).map(lambda n: since + timedelta(days=n))
    return {"since": since, "until": stage.draw(expected)}


def _back(stage: Stage, person: Person, _by: str) -> Given:
    return {"on": max(_today(stage, person), person.leaves[-1].from_)}


def _left(stage: Stage, person: Person, _by: str) -> Given:
    return {"left_on": max(_today(stage, person), *_first_days(person), date.min), "reason": stage.draw(texts())}


def _first_days(person: Person) -> Iterator[date]:
    yield from (leave.from_ for leave in person.leaves)
    yield from (position.span.from_ for position in person.positions)
    yield from (placement.span.from_ for placement in person.placements)


def _rejoined(stage: Stage, person: Person, _by: str) -> Given:
    assert person.left_on is not None  # P003
    return {"joined_on": max(stage.now.date(), person.left_on + DAY)}


def _erased(stage: Stage, _person: Person, _by: str) -> Given:
    return {"reason": stage.draw(texts())}


def _position(stage: Stage, person: Person, _by: str) -> Given:
    none = st.none()
    parts = {
        "employer": stage.known("employer", ids("e")),
        "title": words(),
        "unit": none | words(),
        "level": none | st.integers(1, 12),
        "occupation": none | occupations(),
        "location": none | locations(),
        "manager": none | stage.known("manager", ids("m")),
    }
    span = Span(stage.draw(_begun(stage, person)))
    position = Position(stage.next_id("po", person.positions), span=span, **stage.draw(st.fixed_dictionaries(parts)))
    return {"position": position}


def _one_position(stage: Stage, person: Person) -> Position | None:
    """One of the present employment, if there is one; those of an earlier one have ended with it."""
    own = [p for p in person.positions if p.span.from_ >= person.joined_on]
    return stage.draw(st.sampled_from(own)) if own else None


def _position_ended(stage: Stage, person: Person, _by: str) -> Given | None:
    held = _one_position(stage, person)
    return None if held is None else {"position": held.id, "on": _today(stage, person)}


def _managed(stage: Stage, person: Person, _by: str) -> Given | None:
    held = _one_position(stage, person)
    if held is None:
        return None
    first = held.managed_before[-1].to + 2 * DAY if held.managed_before else held.span.from_
    manager = stage.draw(st.none() | stage.known("manager", ids("m")))
    return {"position": held.id, "manager": manager, "on": max(_today(stage, person), first)}


def _placement(stage: Stage, person: Person, _by: str) -> Given:
    first, none = stage.draw(_begun(stage, person)), st.none()
    parts = {
        "client": stage.known("client", ids("c")),
        "title": none | words(),
        "location": none | locations(),
        "contact": none | texts(),
        "planned_to": none | st.integers(0, 400).map(lambda n: first + timedelta(days=n)),
    }
    drawn = stage.draw(st.fixed_dictionaries(parts))
    return {"placement": Placement(stage.next_id("pl", person.placements), span=Span(first), **drawn)}


def _one_placement(stage: Stage, person: Person) -> Placement | None:
    own = [p for p in person.placements if p.span.from_ >= person.joined_on]
    return stage.draw(st.sampled_from(own)) if own else None


def _extended(stage: Stage, person: Person, _by: str) -> Given | None:
    held = _one_placement(stage, person)
    if held is None:
        return None
    return {"placement": held.id, "planned_to": held.span.from_ + timedelta(days=stage.draw(st.integers(0, 800)))}


def _placement_ended(stage: Stage, person: Person, _by: str) -> Given | None:
    held = _one_placement(stage, person)
    if held is None:
        return None
    return {"placement": held.id, "on": _today(stage, person), "reason": stage.draw(texts())}


ARGUMENTS = {
    "correct": _corrected, "go_on_leave": _away, "come_back": _back, "leave": _left, "rejoin": _rejoined,
    "erase": _erased, "take_position": _position, "end_position": _position_ended, "change_manager": _managed,
    "start_placement": _placement, "extend_placement": _extended, "end_placement": _placement_ended,
}  # fmt: skip


def _begin(stage: Stage, _goal: str) -> Person:
    name, full = stage.draw(stage.known("id", ids("p"))), stage.draw(words())
    joined_on = DAY_ONE.date() - timedelta(days=stage.draw(st.integers(0, 3650)))
    optional = {"given_name": words(), "family_name": words(), "language": _languages(), "external_ids": _codes()}
    details = stage.some(optional)
    return Person.register(name, full, joined_on, by=ADMINISTRATION, at=stage.later(), **details)


PLAY = Play(Person.lifecycle.states, _begin, ARGUMENTS, {})


@st.composite
def people(draw: Any, *, state: str | None = None, id: SearchStrategy[str] | None = None) -> Person:
    """People who came to be by the acts of an administration, in the state named or in any. The smallest is just noted.

    Managers are `m-...`, employers `e-...`, clients `c-...`: nobody manages themselves, no client is an employer.

    Args:
        draw: Given by Hypothesis.
        state: One of the states of a person; any when left out.
        id: The person's id.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])  # the first one found; without it, the simplest there is
    >>> find(people(state="on_leave"), lambda person: True, settings=first).state
    'on_leave'
    """
    person: Person = walk(Stage(draw, {"id": id}), PLAY, state)
    return person
