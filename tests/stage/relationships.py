"""Relationships in their interesting states: Ole coaches Anna, and Ole proposes it."""

from typing import Any

from coaching.records.relationships import CoachingRelationship
from stage import ANNA, OLE, at, on

TERMS: dict[str, Any] = {
    "cadence": 14,
    "confidentiality": "What is said stays between us, but for danger to somebody",
    "review_on": on(180),
}
"""The rest of an agreement with which a relationship may become active."""


def proposed(id: str = "r-1", **changed: Any) -> CoachingRelationship:
    """Proposed by Ole on day 0, with a whole agreement; `changed` changes it."""
    given: dict[str, Any] = {
        "coach": OLE,
        "coachee": ANNA,
        "kind": "coach",
        "purpose": "Find the next step",
        "by": OLE,
        **TERMS,
        **changed,
    }
    return CoachingRelationship.propose(id, at=at(0), **given)


def half_signed(**changed: Any) -> CoachingRelationship:
    """Signed by Ole on day 1; Anna has still to sign."""
    return proposed(**changed).sign(by=OLE, at=at(1))


def active(**changed: Any) -> CoachingRelationship:
    """Signed by both, on day 2 at last."""
    return half_signed(**changed).sign(by=ANNA, at=at(2))


def paused(**changed: Any) -> CoachingRelationship:
    """Paused by Anna on day 10."""
    return active(**changed).pause("A parental leave", by=ANNA, at=at(10))


def ended(closing: str | None = None) -> CoachingRelationship:
    """Closed by Anna on day 20."""
    return active().close(closing, by=ANNA, at=at(20))


def declined() -> CoachingRelationship:
    """Declined by Anna on day 1."""
    return proposed().decline(by=ANNA, at=at(1))


def imported(state: str = "active", **fields: Any) -> CoachingRelationship:
    """Taken over from another system on day 5, in any state."""
    given: dict[str, Any] = {"coach": OLE, "coachee": ANNA, "kind": "line_manager", **fields}
    return CoachingRelationship.import_("r-9", state=state, by="admin", at=at(5), source="old HR", **given)
