"""transitions once more, with internal transitions for the acts that leave the state as it is: its cheapest step."""

from __future__ import annotations

from typing import Any

import act_transitions
from act_transitions import Model, machine, talk

label = f"{act_transitions.label}, internal"
__all__ = ["label", "ready", "talk"]

_machine = machine(internal=True)


def ready() -> Any:
    """A model at the start; adding it to the machine is not measured."""
    model = Model()
    _machine.add_model(model)
    return model
