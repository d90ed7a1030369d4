"""Paths ready to be acted on: Anna owns them, Ole is her coach, Eva is somebody she admires."""

from typing import Any

from coaching.kernel.values import Ref, Span
from coaching.records.paths import CareerPath, Step
from stage import ANNA, EVA, OLE, at, on

COURSE = Step("s-1", 1, "learning", "Evening course in control theory", Span(on(30)), serves=(Ref("dream", "d-1"),))
PILOT = Step(
    "s-2", 2, "placement", "Lead a pilot line at a client", Span(on(300)), level=4, serves=(Ref("need", "n-1"),)
)


def bare_path(**content: Any) -> CareerPath:
    """Just begun, with all that agreeing asks but the signatures; without dream, need or role model."""
    given: dict[str, Any] = {
        "success": "Work that I would do unpaid",
        "heading": "Deeper into control systems, at the same client",
        "destination": "Build a line that nobody has built before",
        "steps": (COURSE, PILOT),
        **content,
    }
    return CareerPath.begin("path-1", by=ANNA, at=at(0), **given)


def draft_path(**content: Any) -> CareerPath:
    """A draft with a dream, a need that a step serves, and a role model: nothing to warn about."""
    path = bare_path(**content).dream("d-1", "Build a line that nobody has built before", by=ANNA, at=at(0))
    path = path.say_need("n-1", "challenge", "Problems nobody here has solved", "must", by=ANNA, at=at(0))
    return path.name_role_model("m-1", person=EVA, why="She went from welding to robotics", by=ANNA, at=at(0))


def shared_path(**content: Any) -> CareerPath:
    """Shared with Ole, signed by nobody yet."""
    return draft_path(**content).share(OLE, by=ANNA, at=at(1))


def agreed_path(**content: Any) -> CareerPath:
    """Signed by both."""
    return shared_path(**content).sign(by=ANNA, at=at(2)).sign(by=OLE, at=at(2))


def revised_path() -> tuple[CareerPath, CareerPath]:
    """Agreed and revised: the old path, and a newer one that is agreed as well."""
    old, new = agreed_path().revise("path-2", "We moved house", by=ANNA, at=at(100))
    new = new.edit(
        success="Work near home", heading="Home", destination="A line here", steps=(COURSE,), by=ANNA, at=at(100)
    )
    return old, new.share(by=ANNA, at=at(101)).sign(by=ANNA, at=at(101)).sign(by=OLE, at=at(101))


def imported_path(state: str = "agreed", **content: Any) -> CareerPath:
    """Taken over from another system, with only what is given."""
    given: dict[str, Any] = {"owner": ANNA, "coach": OLE, **content}
    return CareerPath.import_("path-9", state=state, by="admin", at=at(0), source="spreadsheet", **given)
