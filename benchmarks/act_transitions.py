"""transitions: a bare step for each act, from the same table. No roles, no rules, no history, no values.

An act that leaves the state as it is can be written in two ways: reflexive (leave the state and enter it again, as is
usual) and internal (do neither). `sign` has two ends and no condition here: the last one is a trigger of its own, so
that no rule has to choose.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from acts import ACTS, STATES, STEPS
from transitions import Machine

label = f"transitions {version('transitions')}"


class Model:
    """Something that has a state."""

    state: str


def machine(*, internal: bool) -> Machine:
    """The table as a machine without a model."""
    made = Machine(model=None, states=STATES, initial=STATES[0], auto_transitions=False)
    for act, source, target in STEPS:
        made.add_transition(act, source, None if internal and source == target else target)
    return made


_machine = machine(internal=False)


def ready() -> Any:
    """A model at the start; adding it to the machine is not measured."""
    model = Model()
    _machine.add_model(model)
    return model


def talk(model: Any) -> str:
    """One trigger for each act: the state at the end."""
    for act in ACTS:
        getattr(model, act)()
    return model.state
