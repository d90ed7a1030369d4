"""Books: what is found in each on a day, and what each viewer sees of a record.

Read top to bottom: the house, findings, views. Anna is managed by Ole, and he by Eva; Per is a colleague, Kim is from
outside, and Liv has left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from coaching import codec
from coaching.book.book import Book
from coaching.codec import unstructure
from coaching.formats.documents import write_json
from coaching.kernel.record import Record
from coaching.kernel.rules import Rejected
from coaching.kernel.values import Span
from coaching.records.organisations import Organisation
from coaching.records.people import Managed, Person, Position
from coaching.testing.attempts import ADMINISTRATION, NearMiss
from coaching.testing.binding.model import replay
from coaching.testing.binding.scenes import COACHEE, INTERVIEWER, OUTSIDER, SUCCESSOR
from coaching.testing.conformance.documents import changed, played
from coaching.testing.conformance.lives import PIECES, SCENE
from coaching.testing.conformance.misses import simplest
from coaching.testing.conformance.muddles import muddles
from coaching.testing.conformance.vectors import Vector, numbered
from coaching.testing.near_misses import MISSES, near_misses

PEER, LEFT = "p-5", "p-9"
FIRM = "org-1"


def _on(days: int) -> date:
    return SCENE.day(days)


def _person(id: str, name: str, manager: str | None = None, since: date | None = None) -> Person:
    """Somebody of the house, and who manages them."""
    first = since or _on(-700)
    managers = () if manager is None else (Managed(manager, first),)
    position = Position(f"po-{id}", FIRM, "Builder", Span(first), managers=managers)
    return Person.register(id, name, first, position=position, by=ADMINISTRATION, at=SCENE.begins)


def house() -> list[Any]:
    """Give the people of the house, and the firm."""
    by, at = ADMINISTRATION, SCENE.begins
    return [
        Organisation.register(FIRM, "Verk", by=by, at=at),
        _person(COACHEE, "Anna Ek", INTERVIEWER),
        _person(INTERVIEWER, "Ole Li", SUCCESSOR),
        _person(SUCCESSOR, "Eva Ask"),
        _person(PEER, "Per Os"),
        Person.register(OUTSIDER, "Kim Berg", by=by, at=at),
        _person(LEFT, "Liv Dal", INTERVIEWER).leave(_on(-1), "Another place", by=by, at=at),
    ]


# --- findings --------------------------------------------------------------------------------------------------------

LATER = (1, 40, 130, 250, 400, 800)
"""On which days, counted from the first, a book is looked at."""


def books() -> list[Vector]:
    """Give the vectors of books: for each rule the smallest book of which it is told, and the house on several days."""
    return numbered([*_of_days(), *_of_rules()])


def _vector(id: str, records: Iterable[Record], on: date) -> Vector:
    return Vector(id, "check", {"on": on, "records": [unstructure(it) for it in records]})


def _of_days() -> Iterator[Vector]:
    for days in LATER:
        yield _vector(f"house/{days}-days-on", house(), _on(days))


def _of_rules() -> Iterator[Vector]:
    """Give a book for each rule that speaks of one: the first that is found, without all that it does not need."""
    known = set[str]()
    for records, on in _found():
        for code in dict.fromkeys(it.code for it in Book().put(*records).check(on)):
            if code not in known:
                known.add(code)
                yield _vector(f"rule/{code}", _needed(records, code, on), on)


def _found() -> Iterator[tuple[list[Any], date]]:
    """Give books: everything that is played, in the house, day after day; then those in which a near miss is done."""
    lived = [
        replay(steps)[-1].after for piece in PIECES for steps in piece.situations(SCENE, f"{piece.prefix}-1").values()
    ]
    yield from (([*house(), it], _on(days)) for days in LATER[::3] for it in lived)
    for piece in PIECES:
        for record in played(piece):
            yield from (([*house(), it], _on(LATER[1])) for it in _differently(record))
    yield from (([*_but(records), *records], _on(LATER[1])) for _, records in muddles())
    for code in MISSES:
        miss: NearMiss = simplest(near_misses(code))
        if miss.refused.book is not None:
            yield [*miss.refused.book], miss.refused.given["at"].date()


TELLING = ("missing", "emptied", "long-ago", "far-ahead", "as-")
"""Changes after which a record often still is one, and something is to be said of it."""


def _but(records: list[Any]) -> list[Any]:
    """Give the people of the house but for those that stand among some records."""
    known = {it.key for it in records}
    return [it for it in house() if it.key not in known]


def _differently(record: Record) -> Iterator[Record]:
    """Give a record with one thing changed, where it is still one: as another system may have it."""
    for change, _, document in changed(unstructure(record)):
        if change.startswith(TELLING):
            with suppress(Rejected):
                yield codec.loads(write_json(document))


def _needed(records: list[Any], code: str, on: date) -> list[Any]:
    """Leave out of a book whatever the finding of a rule stands without."""
    for it in [*records]:
        fewer = [other for other in records if other is not it]
        if any(found.code == code for found in Book().put(*fewer).check(on)):
            records = fewer
    return records


# --- views -----------------------------------------------------------------------------------------------------------

VIEWERS = (COACHEE, INTERVIEWER, SUCCESSOR, PEER, OUTSIDER, LEFT)
"""Who looks: Anna, who manages her, who manages him, a colleague, somebody from outside, somebody who has left."""


def views() -> list[Vector]:
    """Give the vectors of views: a record of each kind in each state, for each viewer, and people for one another."""
    return numbered(_views())


def _views() -> Iterator[Vector]:
    people = [it for it in house() if isinstance(it, Person)]
    for viewer in VIEWERS:
        for seen in people[:2]:
            yield _view(f"person/{seen.id}/{viewer}", people, seen, viewer)
    for piece in PIECES:
        if piece.kind is not Person:
            for record in played(piece):
                for viewer in VIEWERS:
                    yield _view(f"{piece.kind.type}/{record.state}/{viewer}", [*people, record], record, viewer)


def _view(id: str, records: list[Any], seen: Record, viewer: str) -> Vector:
    """Give a view, with the people between whom and the record there is a way, and the viewer."""
    near = {COACHEE, INTERVIEWER, viewer}
    told = [unstructure(it) for it in records if it is seen or it.id in near]
    return Vector(id, "view", {"records": told, "record": " ".join(seen.key), "viewer": viewer, "on": _on(1)})
