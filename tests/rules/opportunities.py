"""For each rule of opportunities: what makes exactly it fire, and a neighbour that passes.

Every entry is a function without arguments that gives findings: those of a refusal, or those of a day.
"""

from attrs import evolve

from coaching.records.opportunities import Opportunity
from stage import ANNA, EVA, OLE, at, on, refused
from stage.opportunities import filled, imported, new_line, reserved
from stage.people import HR
from stage.rules import refuses, warns

FIRES = {
    "Q001": refuses("title", lambda: refused(lambda: imported(title=" "))),
    "Q002": refuses("person", lambda: filled(places=2).would("fill", person=ANNA, by=HR, at=at(3))),
    "Q003": refuses("open_until", lambda: refused(lambda: new_line(open_until=on(-1)))),
    "Q004": warns("wants", lambda: new_line(wants=()).findings(on(0))),
    "Q005": refuses("reserved_for", lambda: refused(lambda: evolve(new_line(), reserved_for=(ANNA,)))),
    "Q006": refuses("person", lambda: reserved().would("fill", person=EVA, by=HR, at=at(3))),
    "Q007": refuses("planned_to", lambda: refused(lambda: new_line(planned_to=on(59)))),
}
PASSES = {
    "Q001": lambda: imported(title="Lead").would("reserve", person=ANNA, by=HR, at=at(1)),
    "Q002": lambda: filled(places=2).would("fill", person=EVA, by=HR, at=at(3)),
    "Q003": lambda: new_line(open_until=on(0)).findings(on(0)),
    "Q004": lambda: new_line().findings(on(0)),
    "Q005": lambda: reserved().findings(on(1)),
    "Q006": lambda: reserved(places=2).would("fill", person=EVA, by=HR, at=at(3)),
    "Q007": lambda: new_line(planned_to=on(60)).findings(on(0)),
}


def _without(field: str) -> Opportunity:
    given = {"kind": "project", "organisation": "o-1", "title": "Lead"}
    return Opportunity.import_(
        "op-9", state="open", by=HR, at=at(0), source="x", **{n: v for n, v in given.items() if n != field}
    )


ALSO = {
    "Q001 without a kind": refuses("kind", lambda: refused(lambda: _without("kind"))),
    "Q001 without an organisation": refuses("organisation", lambda: refused(lambda: _without("organisation"))),
    "Q001 with the title blanked": refuses("title", lambda: new_line().would("edit", title="", by=HR, at=at(1))),
    "Q002 filled more often than it has places": refuses(
        "filled_by", lambda: refused(lambda: evolve(filled(), filled_by=(ANNA, EVA)))
    ),
    "Q002 full, but open": refuses("filled_by", lambda: refused(lambda: evolve(new_line(), filled_by=(ANNA,)))),
    "Q002 fewer places than are filled": refuses(
        "filled_by",
        lambda: filled(places=3).fill(EVA, by=HR, at=at(2)).would("edit", places=1, by=HR, at=at(3)),
    ),
    "Q005 fewer places than are reserved": refuses(
        "reserved_for",
        lambda: reserved(places=3).reserve(EVA, by=HR, at=at(2)).would("edit", places=1, by=HR, at=at(3)),
    ),
    "Q005 fewer than are filled and reserved": refuses(
        "reserved_for", lambda: reserved(places=3).fill(EVA, by=HR, at=at(2)).would("edit", places=1, by=HR, at=at(3))
    ),
    "Q005 reserved, but free": refuses("reserved_for", lambda: refused(lambda: evolve(reserved(), places=2))),
    "Q005 reserved, but filled": refuses(
        "reserved_for", lambda: refused(lambda: imported("filled", reserved_for=(ANNA,)))
    ),
    "Q005 reserved twice": refuses("person", lambda: reserved(places=3).would("reserve", person=ANNA, by=HR, at=at(3))),
    "Q005 reserved for who fills it": refuses(
        "person", lambda: filled(places=3).would("reserve", person=ANNA, by=HR, at=at(3))
    ),
    "Q006 of several": refuses(
        "person", lambda: reserved(places=2).reserve(EVA, by=HR, at=at(2)).would("fill", person=OLE, by=HR, at=at(3))
    ),
    "Q007 edited": refuses("planned_to", lambda: new_line().would("edit", planned_to=on(59), by=HR, at=at(1))),
    "V017 unreserve": refuses("person", lambda: reserved().would("unreserve", person=EVA, by=HR, at=at(3))),
    "V017 free": refuses("person", lambda: filled().would("free", person=EVA, reason="Left", by=HR, at=at(3))),
    "Q003 moved before the posting": refuses(
        "open_until", lambda: new_line().would("edit", open_until=on(-1), by=HR, at=at(1))
    ),
    "Q004 reserved": warns("wants", lambda: reserved(wants=()).findings(on(2))),
}
"""More ways in which they fire."""
