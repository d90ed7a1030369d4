"""What a book that is read as needed has read: whom it asks for records, once for each place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

import attrs

from coaching.book.given import no, refusal
from coaching.book.places import Place, every, itself
from coaching.kernel.checking import each_of
from coaching.kernel.record import Record
from coaching.records import RECORDS

Load = Callable[[tuple[Place, ...]], Iterable[Record]]
"""Reads the records of places, all that there are; more of them do no harm. It sees one state of the store."""


@attrs.frozen(eq=False)
class Source:
    """What a caller's function gave so far, in the order in which it came; shared by books made from one another.

    Attributes:
        load: The function.
        given: The records that it gave.
    """

    load: Load
    given: list[Record] = attrs.field(factory=list)
    _known: set[Place] = attrs.field(factory=set, alias="known")

    def read(self, places: Iterable[Place]) -> None:
        """Read the places that are not known yet, all at once; of those that are, nothing is asked again.

        Raises:
            Rejected: V015 where the function gives what are no records. Its own errors pass.
        """
        known = self._known
        unknown = (it for it in dict.fromkeys(places) if it not in known and every(it.kind) not in known)
        sought = tuple(it for it in unknown if _is_text(it.id))
        if sought:
            found = _records(self.load(sought))
            known.update(sought, (itself(*it.key) for it in found))
            self.given.extend(found)


def source_of(load: Any) -> Source | None:
    """Read from a function, or from nothing.

    Raises:
        Rejected: V015 for what is no function.
    """
    if load is None:
        return None
    if not callable(load):
        raise refusal("book: cannot be made", [no(load, "function that reads the records of places", "load")])
    return Source(cast("Load", load))


def _is_text(id: str) -> bool:
    """Tell whether an id is a text that can be kept: half a surrogate is the id of nothing, and no store takes it."""
    return id.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in id)


_KINDS = frozenset(RECORDS)


def _records(given: Any) -> list[Record]:
    what = "book: cannot read"
    found = None if isinstance(given, (str, bytes)) else each_of(given)
    if found is None:
        raise refusal(what, [no(given, "list of records", "load")])
    records = list(found)
    wrong = [no(it, "record", f"load[{i}]") for i, it in enumerate(records) if type(it) not in _KINDS]
    if wrong:
        raise refusal(what, wrong)
    return records
