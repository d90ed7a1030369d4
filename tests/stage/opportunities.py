"""Opportunities in their interesting states: a new line at Bruk in Umeå, that Anna could lead. HR notes it all."""

from datetime import date
from typing import Any

from coaching import Location, Need
from coaching.records.opportunities import Offer, Opportunity, Want
from stage import ANNA, MONDAY, OLE, at, on
from stage.people import BRUK, HEM, HR

UMEA, GOTHENBURG = Location("Umeå", "SE"), Location("Gothenburg", "SE")
COMMISSIONING = "http://data.europa.eu/esco/skill/1b81d7a1"
"""A skill, as a URI."""


def new_line(**details: Any) -> Opportunity:
    """Posted on Monday: a placement at Bruk in Umeå, a level above Anna's, with what it offers and wants."""
    given: dict[str, Any] = {
        "kind": "placement",
        "organisation": BRUK,
        "location": UMEA,
        "level": 4,
        "offers": (Offer("challenge", "A line that nobody has built before"),),
        "wants": (Want("skill", "Has commissioned a line", skill=COMMISSIONING), Want("language", "Swedish", False)),
        "starts_on": on(60),
        "open_until": on(30),
        "posted_by": OLE,
        **details,
    }
    return Opportunity.post("op-1", "Lead of the new line", by=HR, at=at(0), **given)


def position_at_home(**details: Any) -> Opportunity:
    """A position at Hem, a level above Anna's, in another unit and another kind of work."""
    given = {"organisation": HEM, "unit": "Robotics", "level": 4, **details}
    return new_line(kind="position", **given)


def reserved(person: str = ANNA, **details: Any) -> Opportunity:
    """Kept for Anna on day 1."""
    return new_line(**details).reserve(person, by=HR, at=at(1))


def filled(person: str = ANNA, **details: Any) -> Opportunity:
    """Taken up by Anna on day 2."""
    return new_line(**details).fill(person, by=HR, at=at(2))


def imported(state: str = "open", **fields: Any) -> Opportunity:
    """Taken over from another system on day 0, with only what is given."""
    given = {"kind": "placement", "organisation": BRUK, "title": "Lead of the new line", **fields}
    return Opportunity.import_("op-9", state=state, by=HR, at=at(0), source="the job board", **given)


def need(id: str = "n-1", kind: str = "challenge", text: str = "Problems nobody here has solved", **parts: Any) -> Need:
    """A need of Anna's, released to the client unless `parts` say otherwise."""
    said_on: date = MONDAY
    return Need(id, kind, text, said_on, **{"release": "client", **parts})
