"""Strategies for internal moves in any state."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from coaching.records.moves import ASKED, InternalMove
from coaching.testing.commitments import ON_COMMITMENTS
from coaching.testing.parts import ids, perhaps_texts, several, texts
from coaching.testing.walks import Given, Play, Ready, Stage, Word, played

_AFTER = st.integers(0, 60)


def _needs(stage: Stage) -> SearchStrategy[tuple[str, ...]]:
    return stage.known("needs", several(stage.known("need", ids("n")), unique=True))


def _from(stage: Stage) -> SearchStrategy[dict[str, str]]:
    """Where it starts: from a placement, from a position, or from both."""
    position = {"from_position": stage.known("from_position", ids("po"))}
    placement = {"from_placement": stage.known("from_placement", ids("pl"))}
    return st.one_of([st.fixed_dictionaries(start) for start in (placement, position, {**placement, **position})])


def _in(stage: Stage, least: int, most: int) -> SearchStrategy[date]:
    """A day so many days from that on the stage."""
    today = stage.now.date()
    return st.integers(least, most).map(lambda n: today + timedelta(days=n))


def _days(stage: Stage) -> dict[str, SearchStrategy[Any]]:
    """Days of release, start and check-in, which follow one another, and those who made it possible."""
    return {
        "release_on": _in(stage, 0, 60),
        "start_on": _in(stage, 60, 120),
        "facilitators": stage.known("facilitators", several(stage.known("facilitator", ids("f")))),
        "check_in_on": _in(stage, 120, 150),
    }


def _edited(stage: Stage, _move: InternalMove, _by: str) -> Given:
    return stage.fields({"why": texts(), "needs": _needs(stage)})


def _asked(stage: Stage, move: InternalMove, _by: str) -> Given:
    given = {
        "opportunity": stage.draw(stage.known("opportunity", ids("op"))),
        "releasing_manager": stage.draw(stage.other("releasing_manager", ids("m"), move.mover)),
    }
    optional = {**_others(stage, move), **_days(stage)}
    return {**given, **stage.some(optional)}


def _others(stage: Stage, move: InternalMove) -> dict[str, SearchStrategy[str]]:
    return {
        "receiving_manager": stage.other("receiving_manager", ids("r"), move.mover),
        "client_by": stage.other("client_by", ids("c"), move.mover),
    }


def _changed(stage: Stage, move: InternalMove, _by: str) -> Given | None:
    """At least the days, together: so they still follow one another. Not while answers come in."""
    if move.state == ASKED and move.approvals:
        return None
    release_on, start_on = stage.draw(_in(stage, 0, 60)), stage.draw(_in(stage, 60, 120))
    others = _others(stage, move)
    optional = {"reason": texts(), **others, "client_by": st.none() | others["client_by"]}
    more = stage.some(optional)
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
    "withdraw": lambda stage, _move, _by: {"reason": stage.draw(perhaps_texts())},
    **ON_COMMITMENTS,
}  # fmt: skip
READY: dict[str, Ready] = {}
"""Nothing: the last of several yeses makes a move agreed, and each yes names the days that are missing."""


def _begin(stage: Stage, _goal: str) -> InternalMove:
    name = stage.draw(stage.known("id", ids("mv")))
    given = {
        "why": stage.draw(stage.known("why", texts())),
        "by": stage.draw(stage.known("mover", ids("p"))),
        "needs": stage.draw(_needs(stage)),
        **stage.draw(_from(stage)),
    }
    return stage.begin(InternalMove, "wish", name, at=stage.later(), **given)


FIELDS = (
    "why", "needs", "from_position", "from_placement", "opportunity", "releasing_manager", "receiving_manager",
    "client_by", "facilitators", "extra", "keep_until", "hold_until",
)  # fmt: skip
PLAY = Play(InternalMove.lifecycle.states, _begin, ARGUMENTS, READY, fields=FIELDS)


@st.composite
def moves(
    draw: Any,
    /,
    *,
    state: Word = None,
    through: Word = None,
    acts: int = 0,
    id: SearchStrategy[str] | None = None,
    mover: SearchStrategy[str] | None = None,
    **parts: SearchStrategy[Any],
) -> InternalMove:
    """Moves that came to be by their acts, in the state named or in any. The smallest is one just wished.

    Managers are `m-...` and `r-...`, clients speak through `c-...`, so that nobody says yes to themselves.

    Args:
        draw: Given by Hypothesis.
        state: One of the states of a move, or a strategy of them; any when left out.
        through: A state that it passes on the way there.
        acts: How many acts it came to be by, at least, as far as its table lets it.
        id: The move's id.
        mover: The mover's id.
        parts: Strategies for other fields by their names, and for what is given with an act by the name of the act.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])  # the first one found; without it, the simplest there is
    >>> find(moves(state="agreed"), lambda move: True, settings=first).state
    'agreed'
    """
    move: InternalMove = played(draw, PLAY, state, through, acts, {"id": id, "mover": mover}, parts)
    return move
