"""Strategies for organisations."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from coaching.records.organisations import Organisation, OrganisationKind
from coaching.testing.parts import default, ids, words
from coaching.testing.walks import Given, Play, Stage, walk

_KINDS = st.lists(st.sampled_from(list(OrganisationKind)), max_size=2, unique=True).map(tuple)
_DETAILS: dict[str, SearchStrategy[Any]] = {"kinds": _KINDS, "parent": st.none() | ids("group")}
_NOTED = st.fixed_dictionaries({}, optional=_DETAILS)
_CORRECTED = st.fixed_dictionaries({}, optional={"name": words(), **_DETAILS})


def _corrected(stage: Stage, _organisation: Organisation, _by: str) -> Given:
    return stage.draw(_CORRECTED)  # type: ignore[no-any-return]  # what is drawn is Any


ARGUMENTS = {"correct": _corrected}


@st.composite
def organisations(draw: Any, *, state: str | None = None, id: SearchStrategy[str] | None = None) -> Organisation:
    """Organisations as an administration notes and corrects them. The smallest is just noted. Parents are `group-...`.

    Args:
        draw: Given by Hypothesis.
        state: The one state of an organisation, or left out.
        id: The organisation's id.

    >>> from hypothesis import find
    >>> find(organisations(), lambda organisation: True).state
    'known'
    """
    stage = Stage(draw)

    def begin(stage: Stage) -> Organisation:
        name, called = draw(default(id, ids("o"))), draw(words())
        details = draw(_NOTED)
        return Organisation.register(name, called, by="hr-1", at=stage.later(), **details)

    organisation: Organisation = walk(stage, Play(begin, ARGUMENTS, {}), state)
    return organisation
