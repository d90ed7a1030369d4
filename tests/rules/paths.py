"""For each rule of paths and needs: what makes exactly it fire, and a neighbour that passes.

Every entry is a function without arguments that gives findings: those of a refusal, or those of a day.
"""

from typing import Any

from attrs import evolve

from coaching import Finding
from coaching.kernel.values import Ref, Span
from coaching.records.paths import CareerPath, RoleModel, Step
from stage import ANNA, EVA, OLE, at, on, refused
from stage.paths import COURSE, PILOT, agreed_path, draft_path, imported_path, revised_path, shared_path
from stage.rules import refuses, warns

UP = evolve(COURSE, level=3)


def built(path: CareerPath, **fields: Any) -> tuple[Finding, ...]:
    """What a path with other fields is refused for."""
    return refused(lambda: evolve(path, **fields))


def signing(path: CareerPath) -> tuple[Finding, ...]:
    """What the second signature would be refused for."""
    return path.sign(by=ANNA, at=at(2)).would("sign", by=OLE, at=at(2))


def saying_needs(importance: str = "want") -> CareerPath:
    """A path with one more need, which no step serves."""
    return draft_path().say_need("n-2", "location", "Near home", importance, by=ANNA, at=at(1))


FIRES = {
    "N001": refuses(
        "by", lambda: agreed_path().would("say_need", id="n-2", kind="challenge", text="More", by=OLE, at=at(3))
    ),
    "N002": refuses("by", lambda: agreed_path().would("withdraw_need", need="n-1", by=OLE, at=at(3))),
    "N003": refuses("met_by", lambda: agreed_path().would("meet_need", need="n-1", by=ANNA, at=at(3))),
    "N004": refuses(
        "by", lambda: agreed_path().would("meet_need", need="n-1", met_by="The pilot line", by=OLE, at=at(3))
    ),
    "N005": warns("needs[1]", lambda: saying_needs().findings(on(367))),
    "C002": refuses("by", lambda: shared_path().would("edit", heading="Up", by=OLE, at=at(2))),
    "C003": refuses("heading", lambda: signing(shared_path(heading=None))),
    "C004": refuses("steps[1].span", lambda: built(draft_path(), steps=(evolve(COURSE, span=Span(on(301))), PILOT))),
    "C005": refuses("evidence", lambda: agreed_path().would("reach_step", step="s-1", by=ANNA, at=at(40))),
    "C006": refuses("by", lambda: agreed_path().would("withdraw_dream", dream="d-1", by=OLE, at=at(3))),
    "C007": refuses("supersedes", lambda: built(draft_path(), supersedes="path-1")),
    "C008": warns("dreams", lambda: draft_path().withdraw_dream("d-1", by=ANNA, at=at(1)).findings(on(2))),
    "C009": warns("role_models", lambda: evolve(draft_path(), role_models=()).findings(on(2))),
    "C010": warns("steps", lambda: draft_path(steps=(evolve(PILOT, span=Span(on(366))),)).findings(on(0))),
    "C013": warns("needs[1]", lambda: saying_needs("must").findings(on(2))),
    "C014": warns("steps", lambda: draft_path(steps=(UP, PILOT)).findings(on(2))),
    "C015": refuses("coach", lambda: draft_path().would("share", coach=ANNA, by=ANNA, at=at(1))),
    "C016": refuses("name", lambda: draft_path().would("name_role_model", id="m-2", why="Brave", by=ANNA, at=at(1))),
    "C017": refuses("met_on", lambda: refused(lambda: RoleModel("m-1", "Eva", met_on=on(3)))),
    "C018": refuses("reached_on", lambda: refused(lambda: Step("s-1", 1, "learning", "Course", reached_on=on(3)))),
}
PASSES = {
    "N001": lambda: draft_path().would("say_need", id="n-2", kind="challenge", text="More", by=ANNA, at=at(1)),
    "N002": lambda: agreed_path().would("withdraw_need", need="n-1", by=ANNA, at=at(3)),
    "N003": lambda: agreed_path().would("meet_need", need="n-1", met_by="The pilot line", by=ANNA, at=at(3)),
    "N004": lambda: agreed_path().would("meet_need", need="n-1", met_ref=Ref("move", "mv-1"), by=ANNA, at=at(3)),
    "N005": lambda: saying_needs().findings(on(366)),
    "C002": lambda: shared_path().would("edit", heading="Up", by=ANNA, at=at(2)),
    "C003": lambda: signing(shared_path()),
    "C004": lambda: draft_path(steps=(evolve(COURSE, span=Span(on(300))), PILOT)).findings(on(2)),
    "C005": lambda: agreed_path().would("reach_step", step="s-1", evidence="Passed", by=ANNA, at=at(40)),
    "C006": lambda: agreed_path().would("withdraw_dream", dream="d-1", by=ANNA, at=at(3)),
    "C007": lambda: revised_path()[0].would("supersede", newer=revised_path()[1], by=ANNA, at=at(102)),
    "C008": lambda: draft_path().findings(on(2)),
    "C009": lambda: draft_path().findings(on(2)),
    "C010": lambda: draft_path(steps=(evolve(PILOT, span=Span(on(365))),)).findings(on(0)),
    "C013": lambda: saying_needs("want").findings(on(2)),
    "C014": lambda: draft_path(steps=(evolve(COURSE, level=4), PILOT)).findings(on(2)),
    "C015": lambda: draft_path().would("share", coach=OLE, by=ANNA, at=at(1)),
    "C016": lambda: draft_path().would("name_role_model", id="m-2", person=EVA, by=ANNA, at=at(1)),
    "C017": lambda: imported_path(
        "archived", role_models=(RoleModel("m-1", "Eva", state="met", met_on=on(3)),)
    ).findings(on(4)),
    "C018": lambda: imported_path("archived", steps=(evolve(COURSE, state="reached", reached_on=on(3)),)).findings(
        on(4)
    ),
}
