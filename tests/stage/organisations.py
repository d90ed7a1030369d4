"""Organisations ready to be acted on: Verk, a client that belongs to a group. HR notes it."""

from typing import Any

from coaching.records.organisations import Organisation
from stage import at

HR = "hr-1"
VERK, GROUP = "o-2", "o-7"


def registered(name: str = "Verk", **details: Any) -> Organisation:
    """Noted on day 0."""
    given: dict[str, Any] = {"kinds": ("client",), "parent": GROUP, **details}
    return Organisation.register(VERK, name, by=HR, at=at(0), **given)


def imported(**fields: Any) -> Organisation:
    """Taken over from another system on day 5."""
    given: dict[str, Any] = {"name": "Verk", **fields}
    return Organisation.import_(VERK, state="known", by=HR, at=at(5), source="old HR", **given)
