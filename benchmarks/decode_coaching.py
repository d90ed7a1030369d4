"""The library: `coaching.codec.loads`, which chooses the kind of record by its type and asks every rule."""

from __future__ import annotations

from coaching import Rejected
from coaching.codec import loads

label = "coaching"
Refused = Rejected
decode = loads


def reasons(refusal: Rejected) -> list[dict[str, object]]:
    """What is wrong, as data."""
    return refusal.as_dicts()
