"""Hypothesis strategies for coaching conversations: records in any state, that came to be by legal acts.

Needs the extra `testing`. Parts are keywords that take strategies: `goals(owner=just("p-17"))`.
"""

from coaching.testing.goals import goals, measures

__all__ = ["goals", "measures"]
