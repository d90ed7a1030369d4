"""Goals ready to be acted on: Anna owns them, Ole is her coach."""

from typing import Any

from stage import ANNA, OLE, at, on

from coaching import Goal, Measure, Ref


def draft_goal(**content: Any) -> Goal:
    """A goal just begun, with all that proposing asks but an investment."""
    given: dict[str, Any] = {
        "outcome": "The pilot line runs a week without me",
        "target_on": on(180),
        "serves": (Ref("need", "n-1", "path-1"),),
        **content,
    }
    return Goal.begin("g-1", "Lead a pilot line", coach=OLE, by=ANNA, at=at(0), **given)


def ready_goal(**content: Any) -> Goal:
    """A draft that can be proposed: two options, one chosen, and an investment."""
    goal = draft_goal(**content).suggest_option("o-1", "Shadow Eva", by=ANNA, at=at(1))
    goal = goal.suggest_option("o-2", "Take the evening course", by=ANNA, at=at(1)).choose_option("o-1", by=ANNA, at=at(1))
    return goal.invest("time", "Friday mornings", amount=4, unit="hour", per="week", by=ANNA, at=at(1))


def proposed_goal(**content: Any) -> Goal:
    """Proposed, and both sides have promised something."""
    goal = ready_goal(**content).propose(by=ANNA, at=at(2))
    goal = goal.promise("c-1", "Ask Eva", on(30), by=ANNA, at=at(2))
    return goal.promise("c-2", "Free your Fridays", on(30), to=ANNA, kind="support", by=OLE, at=at(2))


def agreed_goal(**content: Any) -> Goal:
    """Signed by both."""
    return proposed_goal(**content).sign(by=ANNA, at=at(3)).sign(by=OLE, at=at(3))


def measured_goal(**content: Any) -> Goal:
    """Agreed, with a measure."""
    return agreed_goal(measure=Measure("stations", start=0, target=4), **content)  # type: ignore[arg-type]
