"""Strategies for organisations."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from coaching.records.organisations import Organisation, OrganisationKind
from coaching.testing.parts import ids, words
from coaching.testing.walks import ADMINISTRATION, Given, Play, Stage, walk

_KINDS = st.lists(st.sampled_from(list(OrganisationKind)), max_size=2, unique=True).map(tuple)


def _details(stage: Stage) -> dict[str, SearchStrategy[Any]]:
    return {"kinds": _KINDS, "parent": st.none() | stage.known("parent", ids("group"))}


def _corrected(stage: Stage, _organisation: Organisation, _by: str) -> Given:
    optional = {"name": words(), **_details(stage)}
    return stage.some(optional)


ARGUMENTS = {"correct": _corrected}


def _begin(stage: Stage, _goal: str) -> Organisation:
    name, called = stage.draw(stage.known("id", ids("o"))), stage.draw(words())
    details = stage.draw(st.fixed_dictionaries({}, optional=_details(stage)))
    return Organisation.register(name, called, by=ADMINISTRATION, at=stage.later(), **details)


PLAY = Play(Organisation.lifecycle.states, _begin, ARGUMENTS, {})


@st.composite
def organisations(draw: Any, *, state: str | None = None, id: SearchStrategy[str] | None = None) -> Organisation:
    """Organisations as an administration notes and corrects them. The smallest is just noted. Parents are `group-...`.

    Args:
        draw: Given by Hypothesis.
        state: The one state of an organisation, or left out.
        id: The organisation's id.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])  # the first one found; without it, the simplest there is
    >>> find(organisations(), lambda organisation: True, settings=first).state
    'known'
    """
    organisation: Organisation = walk(Stage(draw, {"id": id}), PLAY, state)
    return organisation
