"""For each rule of feedback: what makes exactly it fire, and a neighbour that passes.

Every entry is a function without arguments that gives findings: those of a refusal, or those of a day.
"""

from attrs import evolve

from coaching.kernel.values import Ref
from coaching.records.feedback import Situation, Visibility, Yes
from stage import ANNA, OLE, at, on, refused
from stage.feedback import draft, given, requested, shared
from stage.rules import refuses, warns


def giving(kind="appreciation", **parts):
    """What giving a draft on day 2 would be answered with."""
    return draft(kind, **parts).would("give", by=OLE, at=at(2))


FIRES = {
    "F001": refuses("receiver", lambda: refused(lambda: requested(giver=ANNA))),
    "F002": refuses("about", lambda: giving(about=None)),
    "F003": refuses("impact", lambda: giving(impact=None)),
    "F004": refuses("situation", lambda: giving(situation=Situation(on(3)))),
    "F005": warns("situation", lambda: given(situation=Situation(on(-29))).findings(on(3))),
    "F006": refuses("state", lambda: given().would("write", impact="Nothing much", by=OLE, at=at(3))),
    "F007": refuses("by", lambda: given().would("acknowledge", by=OLE, at=at(3))),
    "F008": refuses("due", lambda: refused(lambda: requested(due=None))),
    "F009": refuses("visibility", lambda: given().would("share", visibility="two", by=OLE, at=at(3))),
    "F010": warns("suggestion", lambda: given("constructive").findings(on(3))),
    "F013": warns("due", lambda: requested().findings(on(11))),
    "F015": refuses("refs[0].kind", lambda: refused(lambda: draft(refs=(Ref("person", ANNA),)))),
}
PASSES = {
    "F001": lambda: type(requested()).would_new("request", "f-1", giver=OLE, about="It", due=on(10), by=ANNA, at=at(1)),
    "F002": lambda: giving(about=None, refs=(Ref("goal", "g-1"),)),
    "F003": giving,
    "F004": lambda: giving(situation=Situation(on(2))),
    "F005": lambda: given(situation=Situation(on(-28))).findings(on(3)),
    "F006": lambda: draft().would("write", impact="Nothing much", by=OLE, at=at(3)),
    "F007": lambda: given().would("acknowledge", by=ANNA, at=at(3)),
    "F008": lambda: requested().findings(on(10)),
    "F009": lambda: given().would("share", visibility="coach", by=OLE, at=at(3)),
    "F010": lambda: given("constructive", intent_question="What did you want to reach?").findings(on(3)),
    "F013": lambda: requested().findings(on(10)),
    "F015": lambda: draft(refs=(Ref("placement", "pl-1", ANNA),)).findings(on(2)),
}

F009_AS_A_SHAPE = {
    "wider than both said": lambda: refused(lambda: evolve(given(), visibility=Visibility.COACH)),
    "narrower than both said": lambda: refused(lambda: evolve(shared(), visibility=Visibility.TWO)),
    "a yes of somebody else": lambda: refused(lambda: evolve(given(), shared_by=(Yes("p-99", Visibility.COACH),))),
    "the same yes twice": lambda: refused(lambda: evolve(given(), shared_by=(Yes(OLE, Visibility.COACH),) * 2)),
    "a yes to no more than the two": lambda: refused(lambda: evolve(given(), shared_by=(Yes(OLE, Visibility.TWO),))),
}
"""F009 guards the record as well as the act."""
