"""Days: when the next annual talk is due, by each of the three cadences, on the edges of months and years."""

from __future__ import annotations

from collections.abc import Iterator

from coaching.testing.conformance.vectors import Vector, numbered

CADENCES = ("rolling", "anniversary", "calendar")
JOINED = ("2020-02-29", "2020-05-04", "2020-08-31", "2021-01-31", "2021-12-31", "2024-02-29")
HELD = (
    None, "2023-02-28", "2024-02-28", "2024-02-29", "2024-03-31",
    "2025-01-01", "2025-02-28", "2025-08-31", "2025-10-31", "2025-12-31",
)  # fmt: skip
MONTHS = (12, 1, 6, 18, 24)


def dates() -> list[Vector]:
    """Give the vectors of due days: all with a year between talks, some with other numbers of months."""
    return numbered(_dates())


def _dates() -> Iterator[Vector]:
    for cadence in CADENCES:
        for months in MONTHS:
            for joined in JOINED if months == MONTHS[0] else JOINED[:3]:
                for held in HELD if months == MONTHS[0] else (None, "2024-02-29", "2025-08-31"):
                    yield _vector(cadence, months, joined, held)
        yield _vector(cadence, 12, "2020-05-04", "9999-12-31", "Past the year 9999 nobody will be there.")


def _vector(cadence: str, months: int, joined: str, held: str | None, why: str = "") -> Vector:
    said = {"joined_on": joined, "last_held": held, "cadence": cadence, "months": months}
    return Vector(f"{cadence}/{months}/{joined}/{held or 'none'}", "due", said, why)
