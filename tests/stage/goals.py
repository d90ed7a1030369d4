"""Goals ready to be acted on: Anna owns them, Ole is her coach."""

from typing import Any

from coaching import Goal, Measure, Ref
from stage import ANNA, OLE, at, on


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
    goal = goal.suggest_option("o-2", "Take the evening course", by=ANNA, at=at(1))
    goal = goal.choose_option("o-1", by=ANNA, at=at(1))
    return goal.invest("time", "Friday mornings", amount=4, unit="hour", per="week", by=ANNA, at=at(1))


def proposed_goal(**content: Any) -> Goal:
    """Proposed, and both sides have promised something."""
    goal = ready_goal(**content).propose(by=ANNA, at=at(2))
    goal = goal.promise("c-1", "Ask Eva", on(30), by=ANNA, at=at(2))
    return goal.promise("c-2", "Free your Fridays", on(30), to=ANNA, kind="support", by=OLE, at=at(2))


def half_signed_goal(**content: Any) -> Goal:
    """Signed by Anna; Ole has not signed yet."""
    return proposed_goal(**content).sign(by=ANNA, at=at(3))


def agreed_goal(**content: Any) -> Goal:
    """Signed by both."""
    return half_signed_goal(**content).sign(by=OLE, at=at(3))


def measured_goal(**content: Any) -> Goal:
    """Agreed, with a measure."""
    return agreed_goal(measure=Measure("stations", start=0, target=4), **content)


def kept_goal(**content: Any) -> Goal:
    """Agreed on day 3, and both promises kept on day 20, so that none of them is ever overdue."""
    goal = agreed_goal(**content).fulfil("c-1", "Eva said yes", by=ANNA, at=at(20))
    return goal.fulfil("c-2", "Your Fridays are free", by=OLE, at=at(20)).see("c-2", by=ANNA, at=at(20))


def paused_goal(**content: Any) -> Goal:
    """Paused on day 10, until day 60."""
    return agreed_goal(**content).pause("The client has stopped the line", on(60), by=ANNA, at=at(10))


def achieved_goal(**content: Any) -> Goal:
    """Achieved on day 40, with both promises kept."""
    return kept_goal(**content).achieve("The line has run nine days without me", by=ANNA, at=at(40))


def missed_goal(**content: Any) -> Goal:
    """Missed on day 180, the target date, with both promises kept."""
    return kept_goal(**content).miss("The client closed the line", "To ask earlier", by=ANNA, at=at(180))


def dropped_goal(**content: Any) -> Goal:
    """Dropped on day 10."""
    return agreed_goal(**content).drop("I want something else now", by=ANNA, at=at(10))


AS_AGREED = (
    "revision", "owner", "coach", "title", "outcome", "target_on", "serves", "options", "chosen", "investments",
    "commitments", "signatures",
)  # fmt: skip


def imported_goal(state: str = "agreed", id: str = "g-1", **fields: Any) -> Goal:
    """Taken over on day 4 as another system says that it was agreed, signatures and all; `fields` change it."""
    known = {name: getattr(agreed_goal(), name) for name in AS_AGREED}
    return Goal.import_(id, state=state, by="admin", at=at(4), source="the old system", **{**known, **fields})
