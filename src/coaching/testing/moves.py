"""Strategies for internal moves in any state."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from coaching.records.moves import ASKED, InternalMove
from coaching.testing.commitments import ON_COMMITMENTS
from coaching.testing.parts import ids, perhaps_texts, texts
from coaching.testing.stages import empty
from coaching.testing.walks import Given, Play, Ready, Source, Stage, Word, played


def _needs(stage: Stage) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stage.several(stage.known("need", ids("n")))))


def _from(stage: Stage) -> dict[str, str]:
    """Where it starts: from a placement, from a position, or from both; a caller may have only the one."""
    starts = {name: stage.known(name, ids(prefix)) for name, prefix in _STARTS.items()}
    ways = [way for way in _WAYS if not any(empty(starts[name]) for name in way)]
    return {name: stage.of(starts[name]) for name in stage.one(ways)}


_STARTS = {"from_placement": "pl", "from_position": "po"}
_WAYS = (("from_placement",), ("from_position",), ("from_placement", "from_position"))


def _facilitators(stage: Stage) -> Any:
    return stage.named("facilitators", lambda stage: stage.several(stage.known("facilitator", ids("f"))))


_DAYS: dict[str, Source] = {
    "release_on": lambda stage: stage.ahead(0, 60),
    "start_on": lambda stage: stage.ahead(60, 120),
    "facilitators": _facilitators,
    "check_in_on": lambda stage: stage.ahead(120, 150),
}
"""Days of release, start and check-in, which follow one another, and those who made it possible."""


def _edited(stage: Stage, _move: InternalMove, _by: str) -> Given:
    return stage.fields({"why": texts(), "needs": _needs})


def _asked(stage: Stage, move: InternalMove, _by: str) -> Given:
    given = {
        "opportunity": stage.named("opportunity", ids("op")),
        "releasing_manager": stage.other("releasing_manager", ids("m"), move.mover),
    }
    return {**given, **stage.some({**_others(move), **_DAYS})}


def _others(move: InternalMove) -> dict[str, Source]:
    return {
        "receiving_manager": lambda stage: stage.other("receiving_manager", ids("r"), move.mover),
        "client_by": lambda stage: stage.other("client_by", ids("c"), move.mover),
    }


def _changed(stage: Stage, move: InternalMove, _by: str) -> Given | None:
    """At least the days, together: so they still follow one another. Not while answers come in."""
    if move.state == ASKED and move.approvals:
        return None
    others = _others(move)
    optional = {"reason": texts(), **others, "client_by": lambda stage: stage.perhaps(others["client_by"])}
    return {"release_on": stage.ahead(0, 60), "start_on": stage.ahead(60, 120), **stage.some(optional)}


def _missing_days(stage: Stage, move: InternalMove, _by: str) -> Given:
    """A yes names the days that nobody named."""
    release_on = move.release_on or min(d for d in (move.start_on, stage.now.date()) if d is not None)
    days = {"release_on": release_on, "start_on": move.start_on or release_on + timedelta(days=stage.number(0, 60))}
    return {name: day for name, day in days.items() if getattr(move, name) is None}


def _declined(stage: Stage, _move: InternalMove, _by: str) -> Given:
    return {"reason": stage.draw(texts()), "look_again_on": stage.ahead(60, 400)}


def _begun(stage: Stage, move: InternalMove, _by: str) -> Given:
    first = max(day for day in (move.release_on, move.start_on) if day is not None)
    return {"on": first + timedelta(days=stage.number(0, 30))}


def _check_in(stage: Stage, _move: InternalMove, _by: str) -> Given:
    return {"check_in_on": stage.ahead(0, 90)}


ARGUMENTS = {
    "edit": _edited, "ask": _asked, "approve": _missing_days, "change": _changed, "decline": _declined,
    "complete": _begun, "plan_check_in": _check_in,
    "withdraw": lambda stage, _move, _by: {"reason": stage.draw(perhaps_texts())},
    **ON_COMMITMENTS,
}  # fmt: skip
READY: dict[str, Ready] = {}
"""Nothing: the last of several yeses makes a move agreed, and each yes names the days that are missing."""


def _begin(stage: Stage, _goal: str) -> InternalMove:
    name = stage.named("id", ids("mv"))
    given = {
        "why": stage.named("why", texts()),
        "by": stage.named("mover", ids("p")),
        "needs": stage.named("needs", _needs),
        **_from(stage),
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
