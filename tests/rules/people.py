"""For each rule of people, positions and placements: what makes exactly it fire, and a neighbour that passes.

Every entry is a function without arguments that gives findings: those of a refusal, or those of a day.
"""

from datetime import timedelta

from attrs import evolve

from coaching import Span
from coaching.records.people import Leaving, Managed, Occupation, Person
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
    "P001": refuses("name", lambda: Person.would_new("register", ANNA, name=None, by=HR, at=at(0))),
    "P002": refuses("joined_on", lambda: back().would("join", joined_on=on(50), by=HR, at=at(100))),
    "P004": refuses("language", lambda: refused(lambda: evolve(erased(), language="sv"))),
    "P006": refuses("since", lambda: on_leave().would("go_on_leave", since=on(9), by=HR, at=at(1))),
    "J002": refuses("title", lambda: refused(lambda: position(title=""))),
    "J003": refuses(
        "manager", lambda: employed().would("change_manager", position="po-1", manager=ANNA, on=on(1), by=HR, at=at(1))
    ),
    "J007": refuses(
        "position.span",
        lambda: gone().would("take_position", position=position("po-2", span=Span(on(0), on(31))), by=HR, at=at(21)),
    ),
    "J008": refuses("code", lambda: refused(lambda: Occupation("ISCO-08", "21411"))),
    "J009": refuses(
        "on",
        lambda: (
            employed()
            .end_position("po-1", on(9), by=HR, at=at(1))
            .would("change_manager", position="po-1", manager=PER, on=on(10), by=HR, at=at(1))
        ),
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
    "P001": lambda: Person.would_new("register", ANNA, name="A", by=HR, at=at(0)),
    "P002": lambda: back().would("join", joined_on=on(31), left_on=on(99), by=HR, at=at(100)),
    "P004": lambda: erased().findings(on(801)),
    "P006": lambda: on_leave().would("go_on_leave", since=on(9), until=on(9), by=HR, at=at(1)),
    "J002": lambda: registered().would("take_position", position=position(title="-"), by=HR, at=at(1)),
    "J003": lambda: employed().would("change_manager", position="po-1", manager=None, on=on(1), by=HR, at=at(1)),
    "J007": lambda: gone().would(
        "take_position", position=position("po-2", span=Span(on(0), on(30))), by=HR, at=at(21)
    ),
    "J008": lambda: registered().would(
        "take_position", position=position(occupation=Occupation("ESCO", ESCO)), by=HR, at=at(1)
    ),
    "J009": lambda: (
        employed()
        .end_position("po-1", on(9), by=HR, at=at(1))
        .would("change_manager", position="po-1", manager=PER, on=on(9), by=HR, at=at(1))
    ),
    "J010": lambda: employed().would("take_position", position=position("po-2"), by=HR, at=at(1)),
    "L001": lambda: employed().would("start_placement", placement=placement("pl-2", client=BRUK), by=HR, at=at(1)),
    "L004": lambda: employed().would("end_placement", placement="pl-1", on=on(9), reason="done", by=HR, at=at(1)),
    "L006": lambda: employed().findings(on(364)),
    "L008": lambda: employed().would("extend_placement", placement="pl-1", planned_to=on(0), by=HR, at=at(1)),
}

ALSO = {
    # the other ways in which a rule can be broken
    "P002 order": refuses(
        "employments[1]", lambda: refused(lambda: imported(employments=(Span(on(0), on(9)), Span(on(-9), on(-1)))))
    ),
    "P002 open": refuses(
        "employments[1]", lambda: refused(lambda: imported(employments=(Span(on(-2000)), Span(JOINED))))
    ),
    "P002 a day": refuses(
        "employments[1]", lambda: refused(lambda: imported(employments=(Span(on(-9), on(0)), Span(on(0)))))
    ),
    "P004 words": refuses(
        "placements[0].contact",
        lambda: refused(
            lambda: evolve(erased(), placements=tuple(evolve(p, contact="Ylva") for p in erased().placements))
        ),
    ),
    "P004 leavings": refuses("leavings", lambda: refused(lambda: evolve(erased(), leavings=(Leaving(on(30)),)))),
    "P006 outside": refuses("leaves[0].to", lambda: refused(lambda: imported(leaves=(Span(BEFORE, on(0)),)))),
    "P006 past the last day": refuses(
        "until", lambda: gone().would("go_on_leave", since=on(25), until=on(31), by=HR, at=at(21))
    ),
    "P006 two": refuses(
        "leaves[0]",
        lambda: employed().would(
            "correct", reason="A slip", leaves=(Span(on(5), on(9)), Span(on(0), on(5))), by=HR, at=at(1)
        ),
    ),
    "P006 changed": refuses(
        "until",
        lambda: (
            gone()
            .go_on_leave(on(25), by=HR, at=at(21))
            .would("change_leave", on=on(25), until=on(31), by=HR, at=at(22))
        ),
    ),
    "J003 before": refuses(
        "position.managers[0].manager",
        lambda: registered().would(
            "take_position", position=position(managers=(Managed(ANNA, JOINED), Managed(OLE, on(0)))), by=HR, at=at(1)
        ),
    ),
    "J007 after": refuses(
        "placements[0].span",
        lambda: refused(lambda: imported(employments=(Span(JOINED, on(30)),), placements=(placement(),))),
    ),
    "J007 open": refuses(
        "positions[0].span",
        lambda: refused(lambda: imported(employments=(Span(JOINED, on(30)),), positions=(position(),))),
    ),
    "J007 outside": refuses(
        "positions[0].span", lambda: refused(lambda: imported(employments=(), positions=(position(),)))
    ),
    "J007 another employment": refuses(
        "on", lambda: back().would("end_position", position="po-1", on=on(101), by=HR, at=at(101))
    ),
    "J008 esco": refuses("code", lambda: refused(lambda: Occupation("esco", "2141"))),
    "J009 before": refuses("managers[0].from", lambda: refused(lambda: position(managers=(Managed(OLE, BEFORE),)))),
    "J009 order": refuses(
        "managers[1].from",
        lambda: refused(lambda: position(managers=(Managed(OLE, on(9)), Managed(PER, on(9))))),
    ),
    "J010 placements": refuses(
        "placement.id", lambda: employed().would("start_placement", placement=placement(client=BRUK), by=HR, at=at(1))
    ),
    "L004 leaving": refuses("reason", lambda: on_leave().would("leave", left_on=on(30), by=HR, at=at(20))),
    "L001 taken": refuses(
        "placements[0].client",
        lambda: employed().would("take_position", position=position("po-2", employer=VERK), by=HR, at=at(1)),
    ),
    "L001 in any order": refuses(
        "placements[0].client",
        lambda: refused(
            lambda: evolve(
                employed(),
                placements=(placement(span=Span(on(0), on(3)), end_reason="Over"),),
                positions=tuple(
                    position(f"po-{day}", employer=VERK, span=Span(on(day), on(day))) for day in (9, 500, 0)
                ),
            )
        ),
    ),
}
"""Each key begins with the code of the only rule that fires."""
