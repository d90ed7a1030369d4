"""For each rule of organisations: what makes exactly it fire, and a neighbour that passes.

Every entry is a function without arguments that gives findings: those of a refusal, or those of a day.
"""

from stage import at, on, refused
from stage.organisations import HR, VERK, registered
from stage.rules import refuses

FIRES = {
    "O001": refuses("name", lambda: refused(lambda: registered(" "))),
    "O003": refuses("parent", lambda: registered().would("correct", parent=VERK, by=HR, at=at(1))),
}
PASSES = {
    "O001": lambda: registered("V").findings(on(0)),
    "O003": lambda: registered().would("correct", parent=None, by=HR, at=at(1)),
}
ALSO = {
    "O001 none": refuses("name", lambda: registered().would("correct", name="", by=HR, at=at(1))),
    "O003 at first": refuses("parent", lambda: refused(lambda: registered(parent=VERK))),
}
