"""python-statemachine: a bare step for each act, from the same table. No roles, no rules, no history, no values.

Acts that leave the state as it is are internal, its cheapest step. Building a machine is not measured.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from acts import ACTS, FINAL, STATES, STEPS
from statemachine import State, StateMachine

label = f"python-statemachine {version('python-statemachine')}"


def _class() -> type[StateMachine]:
    states = {name: State(name, value=name, initial=name == STATES[0], final=name in FINAL) for name in STATES}
    events: dict[str, Any] = {}
    for act, source, target in STEPS:
        if source in FINAL:
            continue  # a promise is kept there still; its machine knows no step from a final state, and none is taken
        step = states[source].to(states[target], internal=source == target)
        events[_event(act)] = events[_event(act)] | step if _event(act) in events else step
    signed_need_not_end_in_cancelled = {"validate_final_reachability": False}
    return type("Talk", (StateMachine,), {**states, **events, **signed_need_not_end_in_cancelled})


def _event(act: str) -> str:
    return f"do_{act}"  # `prepare` has a meaning of its own in a machine


_Talk = _class()
_EVENTS = [_event(act) for act in ACTS]


def ready() -> StateMachine:
    """A machine at the start."""
    return _Talk()


def talk(machine: StateMachine) -> str:
    """One event for each act: the state at the end."""
    for event in _EVENTS:
        getattr(machine, event)()
    return str(next(iter(machine.configuration_values)))
