"""What Hypothesis is told of our types when both are imported: `from_type(Goal)`, and `builds` of what holds a goal.

Hypothesis loads this module through the entry point in pyproject.toml, and calls `hook`. It imports nothing of ours:
our types are registered once they are there, whichever of the two was imported first, and the strategies are imported
when one is asked for. A fault in it breaks neither Hypothesis nor us.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Any


def hook() -> None:
    """Register our types, if both packages are imported."""
    ours, theirs = sys.modules.get("coaching"), sys.modules.get("hypothesis.strategies")
    for name in getattr(ours, "__all__", ()):
        with suppress(Exception):  # nobody's tests shall fail for want of a strategy of ours
            kind = getattr(ours, name, None)
            if isinstance(kind, type) and theirs is not None:
                theirs.register_type_strategy(kind, _strategy_of)


def _strategy_of(kind: Any) -> Any:
    from coaching.testing.types import strategy_of  # noqa: PLC0415  (it imports all that is ours)

    return strategy_of(kind)
