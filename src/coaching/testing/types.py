"""A strategy for each public type: what `hypothesis.strategies.from_type` gives for it.

A part comes out of a record to which an act gave it: so it is one that a record may hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache
from importlib import import_module
from typing import Any, cast

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import coaching
from coaching.book.book import Book
from coaching.book.matching import Line, Side, Verdict
from coaching.book.places import Place, places_of
from coaching.kernel.policy import Cadence, Policy
from coaching.kernel.record import Await, Record
from coaching.kernel.rules import Choice, Finding, Rejected, Rule
from coaching.kernel.signing import Signature
from coaching.kernel.values import Location, Ref, RefKind, Span
from coaching.records import RECORDS
from coaching.records.commitments import Commitment
from coaching.records.feedback import Situation
from coaching.records.goals import Goal, Investment, Measure, Option, Progress
from coaching.records.interviews import Disclosure, Interview, LookBack, Preparation, Slot
from coaching.records.moves import Approval, InternalMove
from coaching.records.needs import Need, NeedKind
from coaching.records.opportunities import Offer, Want, WantKind
from coaching.records.paths import CareerPath, Dream, RoleModel, Step
from coaching.records.people import Managed, Occupation, Placement, Position
from coaching.records.relationships import Agreement
from coaching.records.turns import Turn
from coaching.testing.acts import STRANGER, play_of
from coaching.testing.books import books
from coaching.testing.feedback import situation
from coaching.testing.goals import goals, measures
from coaching.testing.parts import days, ids, locations, texts, things, words
from coaching.testing.paths import steps
from coaching.testing.people import PLAY as PEOPLE
from coaching.testing.people import brought_to, occupations
from coaching.testing.relationships import relationships
from coaching.testing.walks import ADMINISTRATION, Play, Stage, actors, walk


@st.composite
def _given_by(draw: Any, kind: type[Record], state: str, act: str, name: str) -> Any:
    """What an act leaves in a field of a record: the last part, where it is a list."""
    stage, play = Stage(draw, side_acts=0), play_of(kind)
    record = _native(stage, play, state)
    row = kind.lifecycle.find(act, record.state)
    by = actors(record, row)[0] if row is not None else ""
    given = play.arguments[act](stage, record, by) or {}
    held = getattr(record.act(act, by=by, at=stage.later(), **given), name)
    return held[-1] if isinstance(held, tuple) else held


@st.composite
def _employed(draw: Any, act: str, name: str) -> Any:
    """A part of somebody who is employed today."""
    stage = Stage(draw, side_acts=0)
    person = brought_to(_native(stage, PEOPLE, "known"), "active")
    return (PEOPLE.arguments[act](stage, person, ADMINISTRATION) or {})[name]


def _native(stage: Stage, play: Play, state: str) -> Any:
    """A record that came to be here, and not by an import."""
    return walk(stage, play, state, acts=1)


@st.composite
def _situation(draw: Any) -> Situation:
    return situation(Stage(draw))


def _spans() -> SearchStrategy[Span]:
    return st.builds(lambda first, n: Span(first, None if n is None else first + timedelta(days=n)), days(), _LENGTHS)


_LENGTHS = st.none() | st.integers(0, 4000)


@st.composite
def _planned(draw: Any) -> Step:
    return steps(Stage(draw), least=1)[0]


@st.composite
def _refusals(draw: Any) -> Rejected:
    """What somebody meets who may not."""
    goal = draw(goals())
    return Rejected(f"goal {goal.id}", goal.would("drop", reason="none", by=STRANGER, at=goal.history[-1].at))


def _places() -> SearchStrategy[Place]:
    """Where a goal is found."""
    return goals().flatmap(lambda goal: st.sampled_from(sorted(places_of(goal))))


def _policies() -> SearchStrategy[Policy]:
    days_of = dict.fromkeys(("stalled_days", "sign_days", "reply_days", "notice_days"), st.integers(1, 365))
    return st.builds(Policy, cadence=st.sampled_from(list(Cadence)), cadence_months=st.integers(1, 60), **days_of)


Made = Callable[[], SearchStrategy[Any]]


def _of(kind: type[Record], state: str, act: str, name: str) -> Made:
    return lambda: _given_by(kind, state, act, name)


_PARTS: Mapping[type, Made] = {
    Option: _of(Goal, "draft", "suggest_option", "options"),
    Investment: _of(Goal, "draft", "invest", "investments"),
    Progress: _of(Goal, "agreed", "note_progress", "progress"),
    Measure: measures,
    Commitment: _of(Goal, "draft", "promise", "commitments"),
    Signature: _of(Goal, "proposed", "sign", "signatures"),
    Preparation: _of(Interview, "scheduled", "prepare", "preparations"),
    Turn: _of(Interview, "open", "say", "turns"),
    LookBack: _of(Interview, "open", "look_back_at", "look_back"),
    Slot: _of(Interview, "planned", "schedule", "slot"),
    Disclosure: lambda: st.builds(Disclosure, texts(), st.none() | words(), st.none() | ids("p")),
    Situation: _situation,
    Dream: _of(CareerPath, "draft", "dream", "dreams"),
    Need: _of(CareerPath, "draft", "say_need", "needs"),
    RoleModel: _of(CareerPath, "draft", "name_role_model", "role_models"),
    Step: _planned,
    Approval: _of(InternalMove, "asked", "approve", "approvals"),
    Agreement: lambda: relationships(state="active").map(lambda pair: pair.agreement),
    Position: lambda: _employed("take_position", "position"),
    Placement: lambda: _employed("start_placement", "placement"),
    Managed: lambda: st.builds(Managed, st.none() | ids("m"), days()),
    Occupation: occupations,
    Offer: lambda: st.builds(Offer, st.sampled_from(list(NeedKind)), texts()),
    Want: lambda: st.builds(Want, st.sampled_from(list(WantKind)), texts(), st.booleans()),
    Location: locations,
    Ref: lambda: st.sampled_from(things(*RefKind)),
    Span: _spans,
    Await: lambda: goals(state="proposed").map(lambda goal: Await(goal.owner, "sign")),
    Line: lambda: st.builds(Line, st.sampled_from(list(Side)), texts(), st.sampled_from(list(Verdict)), texts()),
    Policy: _policies,
    Rule: lambda: st.sampled_from(coaching.rules()),
    Rejected: _refusals,
    Finding: lambda: _refusals().map(lambda refusal: refusal.findings[0]),
    Book: books,
    Place: _places,
}


@cache
def strategy_of(kind: type) -> SearchStrategy[Any]:
    """The strategy of a public type.

    >>> from coaching import Goal
    >>> strategy_of(Goal)
    goals()
    """
    if kind is Record:
        return st.one_of([strategy_of(cast("Any", each)) for each in RECORDS])
    if kind in RECORDS:
        name = kind.__module__.rpartition(".")[2]
        made: SearchStrategy[Any] = getattr(import_module(f"coaching.testing.{name}"), name)()
        return made
    if issubclass(kind, Choice):
        return st.sampled_from(list(kind))
    return _PARTS[kind]()
