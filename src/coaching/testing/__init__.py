"""For the tests of a program: strategies for Hypothesis, and workflows that play somebody else's system.

Needs the extra `testing`. Records come to be by legal acts. Parts are keywords that take strategies:
`goals(owner=just("p-17"))`.
"""

from coaching.logs import LogFault, LogLine, LogReport, check_log, read_log
from coaching.testing.acts import Act, acts, histories, illegal_acts
from coaching.testing.attempts import Attempt, NearMiss
from coaching.testing.binding.covering import Coverage
from coaching.testing.binding.playing import Found
from coaching.testing.binding.slips import Unbound
from coaching.testing.binding.suite import suite
from coaching.testing.binding.wording import Words
from coaching.testing.books import books
from coaching.testing.feedback import feedback
from coaching.testing.goals import goals, measures
from coaching.testing.interviews import interviews
from coaching.testing.machines import (
    CoachingWorkflow,
    FeedbackWorkflow,
    GoalWorkflow,
    InterviewWorkflow,
    MoveWorkflow,
    PathWorkflow,
    PersonWorkflow,
    RelationshipWorkflow,
    WorkflowCase,
    explore,
)
from coaching.testing.moves import moves
from coaching.testing.near_misses import near_misses, witnesses
from coaching.testing.opportunities import opportunities
from coaching.testing.organisations import organisations
from coaching.testing.paths import paths
from coaching.testing.people import people
from coaching.testing.relationships import relationships
from coaching.testing.stages import Deed

__all__ = [
    "Act", "Attempt", "CoachingWorkflow", "Coverage", "Deed", "FeedbackWorkflow", "Found", "GoalWorkflow",
    "InterviewWorkflow", "LogFault", "LogLine", "LogReport", "MoveWorkflow", "NearMiss", "PathWorkflow",
    "PersonWorkflow", "RelationshipWorkflow", "Unbound", "Words", "WorkflowCase", "acts", "books", "check_log",
    "explore", "feedback", "goals", "histories", "illegal_acts", "interviews", "measures", "moves", "near_misses",
    "opportunities", "organisations", "paths", "people", "read_log", "relationships", "suite", "witnesses",
]  # fmt: skip
