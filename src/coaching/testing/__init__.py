"""For the tests of a program that embeds the library: strategies for Hypothesis, and a machine that plays a system.

Needs the extra `testing`. Records come to be by legal acts. Parts are keywords that take strategies:
`goals(owner=just("p-17"))`.
"""

from coaching.testing.acts import Act, acts, histories, illegal_acts
from coaching.testing.attempts import Attempt, NearMiss
from coaching.testing.books import books
from coaching.testing.feedback import feedback
from coaching.testing.goals import goals, measures
from coaching.testing.interviews import interviews
from coaching.testing.machines import Workflow
from coaching.testing.moves import moves
from coaching.testing.near_misses import near_misses, witnesses
from coaching.testing.opportunities import opportunities
from coaching.testing.organisations import organisations
from coaching.testing.paths import paths
from coaching.testing.people import people
from coaching.testing.relationships import relationships
from coaching.testing.stages import Deed

__all__ = [
    "Act", "Attempt", "Deed", "NearMiss", "Workflow", "acts", "books", "feedback", "goals", "histories", "illegal_acts",
    "interviews", "measures", "moves", "near_misses", "opportunities", "organisations", "paths", "people",
    "relationships", "witnesses",
]  # fmt: skip
