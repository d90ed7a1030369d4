"""Coaching conversations at work, as values that a program can hold, check, store, exchange and test.

The names users import; nothing else lives here. Reading and writing: `coaching.codec`. Due dates: `coaching.cadence`.
"""

import sys
from datetime import date
from typing import Any

from coaching.book.book import Book
from coaching.book.keys import kind_named
from coaching.book.matching import Line, match
from coaching.book.places import Place, places_of
from coaching.catalogue import catalogue, rule
from coaching.kernel.checking import no_such
from coaching.kernel.constraints import V015
from coaching.kernel.hooks import ANSWERS, PYDANTIC_CORE, PYDANTIC_JSON
from coaching.kernel.policy import Cadence, Policy
from coaching.kernel.record import Await, Record
from coaching.kernel.rules import Cause, Finding, Rejected, Rule, Severity
from coaching.kernel.signing import Signature, Stance, verify
from coaching.kernel.values import Location, Ref, RefKind, Span
from coaching.records import KINDS, Kind
from coaching.records.commitments import Commitment
from coaching.records.feedback import Feedback, Situation
from coaching.records.goals import Goal, Investment, Measure, Option, Progress
from coaching.records.interviews import Disclosure, Interview, LookBack, Preparation, Slot
from coaching.records.moves import Approval, InternalMove
from coaching.records.needs import Need
from coaching.records.opportunities import Offer, Opportunity, Want
from coaching.records.organisations import Organisation
from coaching.records.paths import CareerPath, Dream, RoleModel, Step, StepKind
from coaching.records.people import Managed, Occupation, Person, Placement, Position, Standing
from coaching.records.relationships import Agreement, CoachingRelationship
from coaching.records.turns import Turn

__all__ = [
    "KINDS", "Agreement", "Approval", "Await", "Book", "Cadence", "CareerPath", "Cause", "CoachingRelationship",
    "Commitment", "Disclosure", "Dream", "Feedback", "Finding", "Goal", "InternalMove", "Interview", "Investment",
    "Kind", "Line", "Location", "LookBack", "Managed", "Measure", "Need", "Occupation", "Offer", "Opportunity",
    "Option", "Organisation", "Person", "Place", "Placement", "Policy", "Position", "Preparation", "Progress", "Record",
    "Ref", "RefKind", "Rejected", "RoleModel", "Rule", "Severity", "Signature", "Situation", "Slot", "Span", "Stance",
    "Standing", "Step", "StepKind", "Turn", "Want", "check", "kind_named", "match", "places_of", "rule", "rules",
    "verify",
]  # fmt: skip


def rules() -> tuple[Rule, ...]:
    """List every rule there is, in the order of the codes: code, severity, sort, what it is about, the sentence, why.

    >>> next(rule.says for rule in rules() if rule.code == "G005")
    'the owner has said what they are willing to invest'
    """
    return tuple(catalogue().values())


def check(book: Book, on: date, policy: Policy | None = None) -> tuple[Finding, ...]:
    """Say what is wrong with a book, or worth a look, on a day: see `Book.check`.

    >>> check(Book(), date(2026, 3, 2))
    ()
    """
    if not isinstance(book, Book):
        no_such(V015, "cannot check", "book", book, kind="book")
    return book.check(on) if policy is None else book.check(on, policy=policy)


def _core_schema(cls: type, source: object, handler: Any) -> Any:
    from coaching.integrations import pydantic  # noqa: PLC0415  (it is pydantic that asks, so it is there)

    return pydantic.core_schema_of(cls, source, handler)


def _json_schema(cls: type, core_schema: Any, handler: Any) -> Any:
    from coaching.integrations import pydantic  # noqa: PLC0415  (as above)

    return pydantic.json_schema(cls, core_schema, handler)


ANSWERS.update({PYDANTIC_CORE: _core_schema, PYDANTIC_JSON: _json_schema})

if "hypothesis.strategies" in sys.modules:  # imported before us: `from_type(Goal)` shall know
    import coaching_hypothesis

    coaching_hypothesis.hook()
