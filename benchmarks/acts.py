"""The acts of one annual interview in their order, and the library's own table for machines that have only states.

The last signature is called `sign_last`, since a machine without rules cannot know that it is the last.
"""

from __future__ import annotations

from coaching.records.interviews import INTERVIEW

ACTS = (
    "plan", "schedule", "prepare", "prepare", "start",
    *["say"] * 10,
    "promise", "promise", "finish", "sign", "sign_last",
)  # fmt: skip

STATES = ("nothing", *map(str, INTERVIEW.states))
FINAL = tuple(map(str, INTERVIEW.final))
STEPS = tuple(
    ("sign_last" if (act, target) == ("sign", "signed") else act, str(source or STATES[0]), str(target))
    for act, source, target in INTERVIEW.steps()
)
"""(act, from, to); `nothing` is where a record begins."""
