"""Strategies for acts: what somebody may do with a record now, what must be refused and why, and lives as data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from importlib import import_module
from typing import Any

from attrs import frozen
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from coaching.kernel.acting import method_of, parameters_of
from coaching.kernel.lifecycle import ANYONE
from coaching.kernel.record import Record
from coaching.kernel.rules import brief
from coaching.records import RECORDS
from coaching.testing.stages import Deed
from coaching.testing.walks import ADMINISTRATION, Arguments, Given, Play, Stage, Word, walk
from coaching.testing.wanted import kind_of, number_of

STRANGER = "a stranger"
"""Somebody who is named in no record."""


@frozen
class Act:
    """An act by its name, with all that is given to it: `record.act(act.name, **act.given)`.

    Attributes:
        name: The act.
        given: What is given to it, `by` and `at` among it.
        code: The code of the rule that refuses it, and no other does; empty for one that is open.
    """

    name: str
    given: Mapping[str, Any]
    code: str = ""


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


def _known(record: Any) -> None:
    if type(record) not in RECORDS:
        msg = f"{brief(record)} is no record"
        raise InvalidArgument(msg)


@st.composite
def acts(draw: Any, record: Record, *, by: str | SearchStrategy[str] | None = None) -> Act | None:
    """Acts that are open to somebody now and that nothing in the record speaks against, with their arguments.

    Where gates stand before an act (a goal is not proposed without an investment), it is drawn once they are open.
    `revise` of a path is not drawn: it gives two. What the rules of a book say of it is another question. None is
    drawn where nothing can be done, and only there: no example is thrown away for it.

    Args:
        draw: Given by Hypothesis.
        record: The record as it stands.
        by: Who acts, or a strategy of people; anybody who may when left out.

    Raises:
        InvalidArgument: For what is no record, and for somebody who is no id.

    >>> from hypothesis import Phase, find, settings
    >>> from coaching.testing import goals
    >>> first = settings(phases=[Phase.generate])  # the first one found; without it, the simplest there is
    >>> goal = find(goals(), lambda goal: True, settings=first)
    >>> act = find(acts(goal, by=goal.owner), lambda act: True, settings=first)
    >>> goal.act(act.name, **act.given).history[-1].act == act.name
    True
    >>> print(find(acts(goal, by="a stranger"), lambda act: True, settings=first))
    None
    """
    _known(record)
    known: Mapping[str, Arguments] = play_of(type(record)).arguments
    who = draw(by) if isinstance(by, SearchStrategy) else by
    if who is not None and not isinstance(who, str):
        msg = f"by is the id of somebody, such as 'p-17', and {brief(who)} is none"
        raise InvalidArgument(msg)
    people = people_of(record) if who is None else [who]
    ways = [(act, person) for person in people for act in record.acts_for(person) if act in known]
    while ways:
        stage = stage_of(draw, record)
        way = act, person = stage.one(ways)
        stage.later()
        given = known[act](stage, record, person)
        if given is not None:
            whole = {**given, "by": person, "at": stage.later()}
            if not record.would(act, **whole):
                return Act(act, whole)
        ways.remove(way)
    return None


@st.composite
def illegal_acts(draw: Any, record: Record) -> Act:
    """Acts that must be refused, with the one code that must come; the record must be as it was afterwards.

    By state (V010, or the rule that shuts the act there), by actor (V011, or the act's own rule), by a gate, or by time
    (V009). Their arguments are complete: nothing else is wrong with them.

    Args:
        draw: Given by Hypothesis.
        record: The record as it stands.

    >>> from hypothesis import Phase, find, settings
    >>> from coaching.testing import goals
    >>> first = settings(phases=[Phase.generate])  # the first one found; without it, the simplest there is
    >>> goal = find(goals(), lambda goal: True, settings=first)
    >>> act = find(illegal_acts(goal), lambda act: True, settings=first)
    >>> {finding.code for finding in goal.would(act.name, **act.given)} == {act.code}
    True
    """
    _known(record)
    play = play_of(type(record))
    people = people_of(record)
    open_now = [(act, by) for by in people for act in record.acts_for(by) if act in play.arguments]
    shut = [(act, by) for act in play.arguments for by in people if (act, by) not in open_now]
    causes = [("gate", open_now), ("state or role", shut), ("stranger", [(act, STRANGER) for act in play.arguments])]
    causes.append(("time", list(open_now)))
    first = stage_of(draw, record).one(range(len(causes)))
    for why, ways in (*causes[first:], *causes[:first]):
        while ways:
            stage = stage_of(draw, record)
            way = act, by = stage.one(ways)
            last = stage.now
            given = {**arguments_anyhow(stage, play, record, act, by), "by": by}
            given["at"] = last - timedelta(days=1) if why == "time" else stage.later()
            codes = {finding.code for finding in record.would(act, **given)}
            if len(codes) == 1:
                return Act(act, given, *codes)
            ways.remove(way)
    msg = f"no act on {record.type} {record.id} is refused by one rule alone"
    raise InvalidArgument(msg)


def stage_of(draw: Any, record: Record) -> Stage:
    """A stage on which a record is acted on: its time is that of the last act."""
    return Stage(draw, first=record.history[-1].at)


def arguments_anyhow(stage: Stage, play: Play, record: Any, act: str, by: str) -> Given:
    """Arguments of an act, whether it makes sense now or not: where ours do not, there are those it cannot do without.

    A part that is named is not there, and a text is one that nobody reads: the act is refused before.
    """
    try:
        given = play.arguments[act](stage, record, by)
    except (AttributeError, IndexError, TypeError, ValueError):  # made for the states in which the act is open
        given = None
    if given is not None:
        return given
    _, needed, _ = parameters_of(method_of(record, act))
    return dict.fromkeys(needed - {"by", "at"}, "none")


# --- lives as data ---------------------------------------------------------------------------------------------------


@st.composite
def histories(
    draw: Any, kind: type[Record] | str, *, state: Word = None, through: Word = None, acts: int = 0
) -> tuple[Deed, ...]:
    """Lives of records, as steps: who did what, when, and what was given. Replayed, they give a record again.

    Args:
        draw: Given by Hypothesis.
        kind: Which kind of record: its class, or its word.
        state: The state it ends in, or a strategy of states; any when left out.
        through: A state that it passes on the way there.
        acts: How many acts at least.

    Raises:
        InvalidArgument: For what is no kind of record, and for words that are no states of it.

    >>> from hypothesis import Phase, find, settings
    >>> from coaching import Goal
    >>> first = settings(phases=[Phase.generate])  # the first one found; without it, the simplest there is
    >>> steps = find(histories(Goal, state="proposed"), lambda steps: True, settings=first)
    >>> [step.act for step in steps][0], [step.act for step in steps][-1]
    ('begin', 'propose')
    """
    stage, play = Stage(draw), play_of(kind_of(kind))
    walk(stage, play, state, through=through, acts=number_of(acts, "acts") or 1)
    return tuple(stage.told)
