"""Rules: for each that an act or a document can break, what breaks it alone, and the nearest that passes.

The near misses of `coaching.testing` as data: of each the simplest one, so that it is the same every time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from hypothesis import Phase, given, settings
from hypothesis.strategies import SearchStrategy

from coaching.catalogue import catalogue
from coaching.codec import unstructure
from coaching.testing.attempts import DOCUMENT, Attempt, NearMiss
from coaching.testing.conformance.vectors import Vector
from coaching.testing.near_misses import MISSES, near_misses

T = TypeVar("T")


def simplest(strategy: SearchStrategy[T]) -> T:
    """Give the simplest that a strategy draws: it is tried first, so that nothing hangs on chance."""
    found = list[T]()

    @settings(max_examples=1, phases=[Phase.generate], database=None, derandomize=True, deadline=None)
    @given(strategy)
    def first(drawn: T) -> None:
        found.append(drawn)

    first()
    return found[0]


def misses() -> list[Vector]:
    """Give the vectors of all rules, by their codes: what is refused, then what passes."""
    return [it for code in MISSES for it in _of(code)]


def _of(code: str) -> Iterator[Vector]:
    miss: NearMiss = simplest(near_misses(code))
    refused = _asked(f"{code}/refused", miss.refused, f"{catalogue()[code].says}.".capitalize())
    passes = _asked(f"{code}/passes", miss.passes)
    if refused.codes == [code] and not passes.codes:
        yield refused
        yield passes


def _asked(id: str, attempt: Attempt, why: str = "") -> Vector:
    if attempt.act == DOCUMENT:
        return Vector(id, "read", {"document": attempt.given}, why)
    given = dict(attempt.given)
    said: dict[str, Any] = {"kind": attempt.kind.type, "act": attempt.act}
    said["id"] = given.pop("id", None) if attempt.record is None else attempt.record.id
    said |= {"by": given.pop("by"), "at": given.pop("at")}
    said |= {"given": given} if given else {}
    if attempt.record is not None:
        said["record"] = unstructure(attempt.record)
    if attempt.book is not None:
        beside = [it for it in attempt.book if attempt.record is None or it.key != attempt.record.key]
        said["beside"] = [unstructure(it) for it in beside]
    return Vector(id, "act", said, why)
