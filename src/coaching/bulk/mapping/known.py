"""What a mapping need not say: what a record has by itself, and what follows from another of its fields.

Domain knowledge of people, said once: whoever reads a row by a mapping fills these in, where the mapping does not.
"""

from __future__ import annotations

from collections.abc import Mapping

from frozendict import frozendict

BY_ITSELF: Mapping[str, Mapping[str, str]] = frozendict({
    "person": frozendict({"state": "known"}),
    "organisation": frozendict({"state": "known"}),
})  # fmt: skip
"""By type, what a field says of each record that is taken over."""

FOLLOWS: Mapping[str, Mapping[str, str]] = frozendict({
    "person": frozendict({
        "positions[].span": "employments[0]",
        "positions[].id": "positions[].span.from",
        "positions[].managers[].from": "positions[].span.from",
        "placements[].id": "placements[].span.from",
    }),
})  # fmt: skip
"""By type, which field says the same as which other one of the same row, in this order.

A position without a span is held as long as the first employment of its row; without an id it is called by the day on
which it begins (`2024-08-01`); its manager manages it from that day on. `[]` is the same item on both sides.
"""

NEEDED: Mapping[str, tuple[str, ...]] = frozendict({"person": ("name",)})
"""By type, what a record may lack by its fields and not by its rules: only an erased person has no name (P001)."""

NEVER = ("history", "revision")
"""What no row says: it comes with the taking over."""
