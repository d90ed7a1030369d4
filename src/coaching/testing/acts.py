"""Strategies for acts: what somebody may do with a record now, with arguments that fit."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from attrs import frozen
from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from coaching.kernel.lifecycle import ANYONE
from coaching.kernel.record import Record
from coaching.kernel.rules import brief
from coaching.records import RECORDS
from coaching.testing.walks import ADMINISTRATION, Arguments, Play, Stage


@frozen
class Act:
    """An act by its name, with all that is given to it: `record.act(act.name, **act.given)`."""

    name: str
    given: Mapping[str, Any]


def play_of(kind: type[Record]) -> Play:
    """How a kind of record is played: its module here has the name that its module there has."""
    play: Play = import_module(f"coaching.testing.{kind.__module__.rpartition('.')[2]}").PLAY
    return play


def people_of(record: Any) -> list[str]:
    """Everybody who may do something with a record, or with a promise in it; the administration, where anybody may."""
    roles = dict.fromkeys(role for row in record.lifecycle.rows for role in row.who)
    parts = (None, *getattr(record, "commitments", ()))
    held = (person for role in roles for part in parts for person in role.holders(record, part))
    found = list(dict.fromkeys(person for person in held if person is not None))
    return [*found, ADMINISTRATION] if ANYONE in roles or not found else found


@st.composite
def acts(draw: Any, record: Record, *, by: str | None = None) -> Act:
    """Acts that are open to somebody now and that nothing in the record speaks against, with their arguments.

    Where gates stand before an act (a goal is not proposed without an investment), it is drawn once they are open.
    `revise` of a path is not drawn: it gives two. What the rules of a book say of it is another question.

    Args:
        draw: Given by Hypothesis.
        record: The record as it stands.
        by: Who acts; anybody who may when left out.

    >>> from hypothesis import Phase, find, settings
    >>> from coaching.testing import goals
    >>> first = settings(phases=[Phase.generate])  # the first one found; without it, the simplest there is
    >>> goal = find(goals(), lambda goal: True, settings=first)
    >>> act = find(acts(goal, by=goal.owner), lambda act: True, settings=first)
    >>> goal.act(act.name, **act.given).history[-1].act == act.name
    True
    """
    if type(record) not in RECORDS:
        msg = f"{brief(record)} is no record"
        raise InvalidArgument(msg)
    known: Mapping[str, Arguments] = play_of(type(record)).arguments
    people = people_of(record) if by is None else [by]
    ways = [(act, person) for person in people for act in record.acts_for(person) if act in known]
    while ways:
        act, person = draw(st.sampled_from(ways))
        stage = Stage(draw)
        stage.now = record.history[-1].at
        stage.later()
        given = known[act](stage, record, person)
        if given is not None:
            whole = {**given, "by": person, "at": stage.later()}
            if not record.would(act, **whole):
                return Act(act, whole)
        ways.remove((act, person))
    return reject()
