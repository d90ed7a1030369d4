"""For each rule of people, positions and placements: what makes exactly it fire, and a neighbour that passes.

Every entry is a function without arguments that gives findings: those of a refusal, or those of a day.
"""

from datetime import timedelta

from attrs import evolve

from coaching import Span
from coaching.records.people import FormerManager, Occupation, Person
from stage import ANNA, OLE, PER, at, on, refused
from stage.people import (
    BRUK,
    HEM,
    HR,
    JOINED,
    VERK,
    back,
    employed,
    erased,
    gone,
    imported,
    on_leave,
    placement,
    position,
    registered,
)
from stage.rules import refuses, warns

BEFORE = JOINED - timedelta(days=1)
ESCO = "http://data.europa.eu/esco/occupation/00030d09-2b3a-4efd-87cc-c4ea39d27c34"

FIRES = {
    "P001": refuses("name", lambda: Person.would_new("register", ANNA, name=None, joined_on=JOINED, by=HR, at=at(0))),
    "P002": refuses("left_on", lambda: registered().would("leave", left_on=BEFORE, by=HR, at=at(1))),
    "P003": refuses("left_on", lambda: refused(lambda: imported("left"))),
    "P004": refuses("language", lambda: refused(lambda: evolve(erased(), language="sv"))),
    "P006": refuses("until", lambda: registered().would("go_on_leave", since=on(10), until=on(9), by=HR, at=at(1))),
    "J002": refuses("title", lambda: refused(lambda: position(title=""))),
    "J003": refuses(
        "manager", lambda: employed().would("change_manager", position="po-1", manager=ANNA, on=on(1), by=HR, at=at(1))
    ),
    "J007": refuses(
        "position.span",
        lambda: registered().would("take_position", position=position(span=Span(BEFORE)), by=HR, at=at(1)),
    ),
    "J008": refuses("code", lambda: refused(lambda: Occupation("ISCO-08", "21411"))),
    "J009": refuses(
        "on", lambda: employed().would("change_manager", position="po-1", manager=PER, on=BEFORE, by=HR, at=at(1))
    ),
    "J010": refuses(
        "position.id", lambda: employed().would("take_position", position=position("po-1"), by=HR, at=at(1))
    ),
    "L001": refuses(
        "placement.client",
        lambda: employed().would("start_placement", placement=placement("pl-2", client=HEM), by=HR, at=at(1)),
    ),
    "L004": refuses("reason", lambda: employed().would("end_placement", placement="pl-1", on=on(9), by=HR, at=at(1))),
    "L006": warns("placements[0].planned_to", lambda: employed().findings(on(365))),
    "L008": refuses(
        "planned_to", lambda: employed().would("extend_placement", placement="pl-1", planned_to=on(-1), by=HR, at=at(1))
    ),
}
PASSES = {
    "P001": lambda: Person.would_new("register", ANNA, name="A", joined_on=JOINED, by=HR, at=at(0)),
    "P002": lambda: registered().would("leave", left_on=JOINED, by=HR, at=at(1)),
    "P003": lambda: imported("left", left_on=JOINED).findings(on(1)),
    "P004": lambda: erased().findings(on(801)),
    "P006": lambda: registered().would("go_on_leave", since=on(10), until=on(10), by=HR, at=at(1)),
    "J002": lambda: registered().would("take_position", position=position(title="-"), by=HR, at=at(1)),
    "J003": lambda: employed().would("change_manager", position="po-1", manager=None, on=on(1), by=HR, at=at(1)),
    "J007": lambda: registered().would("take_position", position=position(span=Span(JOINED)), by=HR, at=at(1)),
    "J008": lambda: registered().would(
        "take_position", position=position(occupation=Occupation("ESCO", ESCO)), by=HR, at=at(1)
    ),
    "J009": lambda: employed().would("change_manager", position="po-1", manager=PER, on=JOINED, by=HR, at=at(1)),
    "J010": lambda: employed().would("take_position", position=position("po-2"), by=HR, at=at(1)),
    "L001": lambda: employed().would("start_placement", placement=placement("pl-2", client=BRUK), by=HR, at=at(1)),
    "L004": lambda: employed().would("end_placement", placement="pl-1", on=on(9), reason="done", by=HR, at=at(1)),
    "L006": lambda: employed().findings(on(364)),
    "L008": lambda: employed().would("extend_placement", placement="pl-1", planned_to=on(0), by=HR, at=at(1)),
}

ALSO = {
    # the other ways in which a rule can be broken
    "P002": refuses("employed_before[0].to", lambda: gone().would("rejoin", joined_on=on(30), by=HR, at=at(40))),
    "P002 open": refuses(
        "employed_before[0].to",
        lambda: registered().would("correct", employed_before=(Span(on(-2000)),), by=HR, at=at(1)),
    ),
    "P003": refuses(
        "left_on", lambda: employed().would("correct", left_on=on(400), by=HR, at=at(1), placements=(), positions=())
    ),
    "P004 words": refuses(
        "placements[0].contact",
        lambda: refused(
            lambda: evolve(erased(), placements=tuple(evolve(p, contact="Ylva") for p in erased().placements))
        ),
    ),
    "P006 none": refuses("leaves", lambda: refused(lambda: imported("on_leave"))),
    "P006 open": refuses("leaves[0]", lambda: refused(lambda: imported(leaves=(Span(on(0)),)))),
    "P006 two": refuses(
        "leaves[0]",
        lambda: employed().would("correct", leaves=(Span(on(5), on(9)), Span(on(0), on(5))), by=HR, at=at(1)),
    ),
    "P006 until": refuses("leave_until", lambda: refused(lambda: imported(leave_until=on(9)))),
    "J003 before": refuses(
        "position.managed_before[0]",
        lambda: registered().would(
            "take_position", position=position(managed_before=(FormerManager(ANNA, on(0)),)), by=HR, at=at(1)
        ),
    ),
    "J007 after": refuses(
        "placements[0].span", lambda: refused(lambda: imported("left", left_on=on(30), placements=(placement(),)))
    ),
    "J007 open": refuses(
        "positions[0].span", lambda: refused(lambda: imported("left", left_on=on(30), positions=(position(),)))
    ),
    "J007 between": refuses(
        "position.span",
        lambda: back().would("take_position", position=position("po-2", span=Span(on(20), on(40))), by=HR, at=at(100)),
    ),
    "J008 esco": refuses("code", lambda: refused(lambda: Occupation("esco", "2141"))),
    "J009 order": refuses(
        "managed_before[1].to",
        lambda: refused(lambda: position(managed_before=(FormerManager(OLE, on(9)), FormerManager(PER, on(9))))),
    ),
    "J010 placements": refuses(
        "placement.id", lambda: employed().would("start_placement", placement=placement(client=BRUK), by=HR, at=at(1))
    ),
    "L004 leaving": refuses("reason", lambda: on_leave().would("leave", left_on=on(30), by=HR, at=at(20))),
    "L001 taken": refuses(
        "placements[0].client",
        lambda: employed().would("take_position", position=position("po-2", employer=VERK), by=HR, at=at(1)),
    ),
}
"""Each key begins with the code of the only rule that fires."""
