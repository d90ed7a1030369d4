"""Strategies for internal moves in any state."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from coaching.records.moves import ASKED, InternalMove
from coaching.testing.commitments import ON_COMMITMENTS
from coaching.testing.parts import default, ids, texts
from coaching.testing.walks import Given, Play, Ready, Stage, walk

_AFTER = st.integers(0, 60)
_NEEDS = st.lists(ids("n"), max_size=2, unique=True).map(tuple)
_FROM_POSITION, _FROM_PLACEMENT = {"from_position": ids("po")}, {"from_placement": ids("pl")}
_STARTS: SearchStrategy[dict[str, str]] = st.one_of(
    st.fixed_dictionaries(_FROM_PLACEMENT),
    st.fixed_dictionaries(_FROM_POSITION),
    st.fixed_dictionaries({**_FROM_PLACEMENT, **_FROM_POSITION}),
)


def _in(stage: Stage, least: int, most: int) -> SearchStrategy[date]:
    """A day so many days from that on the stage."""
    today = stage.now.date()
    return st.integers(least, most).map(lambda n: today + timedelta(days=n))


def _days(stage: Stage) -> dict[str, SearchStrategy[Any]]:
    """Days of release, start and check-in, which follow one another, and those who made it possible."""
    return {
        "release_on": _in(stage, 0, 60),
        "start_on": _in(stage, 60, 120),
        "facilitators": st.lists(ids("f"), max_size=2).map(tuple),
        "check_in_on": _in(stage, 120, 150),
    }


def _edited(stage: Stage, _move: InternalMove, _by: str) -> Given:
    optional = {"why": texts(), "needs": _NEEDS}
    return stage.draw(st.fixed_dictionaries({}, optional=optional))  # type: ignore[no-any-return]  # what is drawn is Any


def _asked(stage: Stage, _move: InternalMove, _by: str) -> Given:
    given = {"opportunity": stage.draw(ids("op")), "releasing_manager": stage.draw(ids("m"))}
    optional = {"receiving_manager": ids("r"), "client_by": ids("c"), **_days(stage)}
    return {**given, **stage.draw(st.fixed_dictionaries({}, optional=optional))}


def _changed(stage: Stage, move: InternalMove, _by: str) -> Given | None:
    """At least the days, together: so they still follow one another. Not while answers come in."""
    if move.state == ASKED and move.approvals:
        return None
    release_on, start_on = stage.draw(_in(stage, 0, 60)), stage.draw(_in(stage, 60, 120))
    optional = {"reason": texts(), "client_by": st.none() | ids("c"), "receiving_manager": ids("r")}
    more = stage.draw(st.fixed_dictionaries({}, optional=optional))
    return {"release_on": release_on, "start_on": start_on, **more}


def _missing_days(stage: Stage, move: InternalMove, _by: str) -> Given:
    """A yes names the days that nobody named."""
    release_on = move.release_on or min(d for d in (move.start_on, stage.now.date()) if d is not None)
    days = {"release_on": release_on, "start_on": move.start_on or release_on + timedelta(days=stage.draw(_AFTER))}
    return {name: day for name, day in days.items() if getattr(move, name) is None}


def _declined(stage: Stage, _move: InternalMove, _by: str) -> Given:
    return {"reason": stage.draw(texts()), "look_again_on": stage.draw(_in(stage, 60, 400))}


def _begun(stage: Stage, move: InternalMove, _by: str) -> Given:
    first = max(day for day in (move.release_on, move.start_on) if day is not None)
    return {"on": first + timedelta(days=stage.draw(st.integers(0, 30)))}


def _check_in(stage: Stage, _move: InternalMove, _by: str) -> Given:
    return {"check_in_on": stage.draw(_in(stage, 0, 90))}


ARGUMENTS = {
    "edit": _edited, "ask": _asked, "approve": _missing_days, "change": _changed, "decline": _declined,
    "complete": _begun, "plan_check_in": _check_in,
    "withdraw": lambda stage, _move, _by: {"reason": stage.draw(st.none() | texts())},
    **ON_COMMITMENTS,
}  # fmt: skip
READY: dict[str, Ready] = {}
"""Nothing: the last of several yeses makes a move agreed, and each yes names the days that are missing."""


@st.composite
def moves(
    draw: Any,
    *,
    state: str | None = None,
    id: SearchStrategy[str] | None = None,
    mover: SearchStrategy[str] | None = None,
) -> InternalMove:
    """Moves that came to be by their acts, in the state named or in any. The smallest is one just wished.

    Managers are `m-...` and `r-...`, clients speak through `c-...`, so that nobody says yes to themselves.

    Args:
        draw: Given by Hypothesis.
        state: One of the states of a move; any when left out.
        id: The move's id.
        mover: The mover's id; must be none of the others'.

    >>> from hypothesis import find
    >>> find(moves(state="agreed"), lambda move: True).state
    'agreed'
    """
    stage = Stage(draw)

    def begin(stage: Stage) -> InternalMove:
        given = {
            "id": draw(default(id, ids("mv"))),
            "why": draw(texts()),
            "by": draw(default(mover, ids("p"))),
            "needs": draw(_NEEDS),
            **draw(_STARTS),
        }
        return InternalMove.wish(at=stage.later(), **given)

    move: InternalMove = walk(stage, Play(begin, ARGUMENTS, READY), state)
    return move
