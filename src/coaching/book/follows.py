"""What follows from an act in other records: all of it happens with the act, or nothing.

Read top to bottom: doing an act, paths, the list of acts that have something follow. Moves: `moving`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from coaching.book import moving
from coaching.book.shelf import X002, Shelf, said
from coaching.kernel.record import Record
from coaching.kernel.rules import Rejected, breach
from coaching.records import RECORDS
from coaching.records.moves import InternalMove
from coaching.records.paths import CareerPath, PathState
from coaching.records.people import Person

Done = tuple[Record, ...]


def do(shelf: Shelf, record: Record, act: str, given: Mapping[str, Any]) -> Done:
    """Do an act on a record of the shelf, with what follows from it: the records as they are then, its own first."""
    follows = _FOLLOWS.get((record.type, act)) if isinstance(act, str) else None
    if follows is not None:
        return follows(shelf, record, act, given)
    done: Any = record.act(act, **given)
    return done if isinstance(done, tuple) else (done,)  # two where a path is revised


def _agreed(shelf: Shelf, record: Record, act: str, given: Mapping[str, Any]) -> Done:
    """Sign a path: one that is agreed supersedes the one it was made from."""
    path = cast("CareerPath", record.act(act, **given))
    old = None if path.supersedes is None else shelf.get(CareerPath, path.supersedes)
    if path.state is not PathState.AGREED or old is None or old.state is not PathState.AGREED:
        return (path,)
    return (path, old.supersede(path, by=old.owner, at=given["at"], noted_by=given.get("noted_by")))


def _superseded(shelf: Shelf, record: Record, act: str, given: Mapping[str, Any]) -> Done:
    """Supersede a path: what takes its place stands in the book."""
    done = (record.act(act, **given),)
    if given["newer"] not in shelf:
        wrong = breach("path {id} is not in the book as it is given", "newer", id=given["newer"].id)
        raise Rejected(f"path {record.id}: cannot {act}", [said(X002, wrong, record)])
    return done


_FOLLOWS: Mapping[tuple[str, str], Callable[[Shelf, Any, Any, Mapping[str, Any]], Done]] = {
    (CareerPath.type, "sign"): _agreed,
    (CareerPath.type, "supersede"): _superseded,
    (InternalMove.type, "ask"): moving.asked,
    (InternalMove.type, "change"): moving.changed,
    (InternalMove.type, "complete"): moving.done,
}
"""How an act is done from which something follows, by the kind of record and the act; all others are done alone."""

LOOKS_AT: Mapping[tuple[str, str], tuple[str, ...]] = {
    (CareerPath.type, "sign"): ("path.id",),
    (CareerPath.type, "supersede"): ("path.id",),
    (InternalMove.type, "ask"): ("path.owner",),
    (InternalMove.type, "change"): ("path.owner",),
    (InternalMove.type, "complete"): ("person.id", "opportunity.id"),
    (Person.type, "erase"): tuple(f"{cls.type}." for cls in RECORDS),  # words of theirs may stand anywhere (D005)
}
"""Where these look, as rules say it (`Rule.looks_at`); `goal.` are all goals."""

ALSO: Mapping[tuple[str, str], str] = {(InternalMove.type, "complete"): Person.type}
"""The other kind of record that they change, where it is another."""
