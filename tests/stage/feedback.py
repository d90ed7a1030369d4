"""Feedback in its interesting states: Ole gives it, Anna receives it."""

from typing import Any

from coaching.records.feedback import Feedback, Situation
from stage import ANNA, OLE, at, on

LOOKING_BACK: dict[str, Any] = {
    "about": "The pilot line",
    "situation": Situation(on(0), "the morning meeting"),
    "behaviour": "You let the night shift speak first",
    "impact": "They named the fault that nobody had seen",
}
"""Situation, behaviour, impact, and the piece of work."""


def requested(**asked: Any) -> Feedback:
    """Anna asks Ole about the pilot line, by day 10."""
    return Feedback.request(
        "f-1", **{"giver": OLE, "about": "The pilot line", "due": on(10), **asked}, by=ANNA, at=at(1)
    )


def draft(kind: str = "appreciation", **parts: Any) -> Feedback:
    """Begun by Ole on day 1, with all that giving asks; `parts` change it."""
    return Feedback.write("f-1", receiver=ANNA, kind=kind, **{**LOOKING_BACK, **parts}, by=OLE, at=at(1))


def given(kind: str = "appreciation", **parts: Any) -> Feedback:
    """Given on day 2."""
    return draft(kind, **parts).give(by=OLE, at=at(2))


def acknowledged(**parts: Any) -> Feedback:
    """Acknowledged on day 3."""
    return given(**parts).acknowledge("Thank you", by=ANNA, at=at(3))


def shared(visibility: str = "coach") -> Feedback:
    """Given, and both have said yes to wider readers."""
    return given().share(visibility, by=OLE, at=at(3)).share(visibility, by=ANNA, at=at(4))


def imported(state: str = "given", **fields: Any) -> Feedback:
    """Taken over from another system on day 5 by administration."""
    people = {"giver": OLE, "receiver": ANNA}
    return Feedback.import_("f-9", state=state, by="admin", at=at(5), source="old HR", **{**people, **fields})
