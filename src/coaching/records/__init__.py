"""The first floor: one module per record, each readable alone: values, table, the record and its acts, its rules."""

from collections.abc import Mapping
from typing import Literal

from coaching.kernel.record import Record
from coaching.records.feedback import Feedback
from coaching.records.goals import Goal
from coaching.records.interviews import Interview
from coaching.records.moves import InternalMove
from coaching.records.opportunities import Opportunity
from coaching.records.organisations import Organisation
from coaching.records.paths import CareerPath
from coaching.records.people import Person
from coaching.records.relationships import CoachingRelationship

RECORDS: tuple[type[Record], ...] = (
    Organisation, Person, CoachingRelationship, Goal, Interview, Feedback, CareerPath, Opportunity, InternalMove,
)  # fmt: skip
"""Every kind of record, in the order in which they are listed everywhere."""

Kind = Literal[
    "organisation", "person", "relationship", "goal", "interview", "feedback", "path", "opportunity", "move",
]  # fmt: skip
"""The words of the kinds, for type checkers."""

KINDS: Mapping[str, type[Record]] = {kind.type: kind for kind in RECORDS}
"""The kinds of record by their words in documents."""
