"""For each rule of goals and commitments: what makes exactly it fire, and a neighbour that passes.

Every entry is a function without arguments that gives findings: those of a refusal, or those of a day.
"""

from attrs import evolve
from stage import ANNA, EVA, OLE, STRANGER, at, codes, on, refused
from stage.goals import agreed_goal, draft_goal, measured_goal, proposed_goal, ready_goal

from coaching import Goal, Measure, Policy, Progress

FIRES = {
    "G001": lambda: refused(lambda: Goal.begin("g-1", " ", by=ANNA, at=at(0))),
    "G002": lambda: ready_goal(outcome=None).would("propose", by=ANNA, at=at(2)),
    "G003": lambda: ready_goal().would("propose", by=OLE, at=at(2)),
    "G005": lambda: draft_goal().would("propose", by=ANNA, at=at(2)),
    "G017": lambda: [f for f in agreed_goal(confidence=3).findings(on(4))],
}
PASSES = {
    "G001": lambda: Goal.would_new("begin", "g-1", title="Lead", by=ANNA, at=at(0)),
    "G002": lambda: ready_goal().would("propose", by=ANNA, at=at(2)),
    "G003": lambda: ready_goal().would("propose", by=ANNA, at=at(2)),
    "G005": lambda: ready_goal().would("propose", by=ANNA, at=at(2)),
    "G017": lambda: agreed_goal(confidence=7).findings(on(4)),
}
