"""Strategies for organisations."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from coaching.records.organisations import Organisation, OrganisationKind
from coaching.testing.parts import ids, words
from coaching.testing.walks import ADMINISTRATION, Given, Play, Source, Stage, Word, played

_KINDS = list({(): 0, **{tuple(dict.fromkeys(two)): 0 for two in product(OrganisationKind, repeat=2)}})
_DETAILS: dict[str, Source] = {
    "kinds": _KINDS,
    "parent": lambda stage: stage.perhaps(stage.known("above", ids("group"))),
}


def _corrected(stage: Stage, _organisation: Organisation, _by: str) -> Given:
    return stage.fields({"name": words(), **_DETAILS})


ARGUMENTS = {"correct": _corrected}


def _begin(stage: Stage, _goal: str) -> Organisation:
    name, called = stage.named("id", ids("o")), stage.named("name", words())
    details = stage.fields(_DETAILS)
    return stage.begin(Organisation, "register", name, name=called, by=ADMINISTRATION, at=stage.later(), **details)


FIELDS = ("name", "kinds", "parent", "extra", "keep_until", "hold_until")
PLAY = Play(Organisation.lifecycle.states, _begin, ARGUMENTS, {}, fields=FIELDS)


@st.composite
def organisations(
    draw: Any,
    /,
    *,
    state: Word = None,
    through: Word = None,
    acts: int = 0,
    id: SearchStrategy[str] | None = None,
    **parts: SearchStrategy[Any],
) -> Organisation:
    """Organisations as an administration notes and corrects them. The smallest is just noted. Parents are `group-...`.

    Args:
        draw: Given by Hypothesis.
        state: The one state of an organisation, or left out.
        through: The same.
        acts: How many acts it came to be by, at least, as far as its table lets it.
        id: The organisation's id.
        parts: Strategies for other fields by their names, and for what is given with an act by the name of the act.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])  # the first one found; without it, the simplest there is
    >>> find(organisations(), lambda organisation: True, settings=first).state
    'known'
    """
    organisation: Organisation = played(draw, PLAY, state, through, acts, {"id": id}, parts)
    return organisation
