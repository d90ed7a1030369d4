"""Drawn books in which some things came to be by another route than acts, so that what no act leaves is there too."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from coaching import Book, Person, Rejected, codec
from coaching.testing import books
from stage.everything import parts_of
from stage.places import changed, holding, places_in

LATE = {"by": "hr-1", "at": datetime(2040, 1, 1, tzinfo=UTC)}


@st.composite
def muddled(draw: Any) -> Book:
    """A book of a few people, in which up to six things were changed that no rule about one record speaks against."""
    book = draw(books(people=st.integers(2, 4)))
    for _ in range(draw(st.integers(0, 6))):
        muddle = draw(st.sampled_from([renamed, renamed, named, moved_on, twice, gone]))
        with suppress(Rejected):
            book = muddle(draw, book, draw(st.sampled_from(list(book))))
    return book


def gone(_draw: Any, book: Book, record: Any) -> Book:
    """Without a record."""
    return book.remove(record) if len(book) > 1 else book


def twice(draw: Any, book: Book, record: Any) -> Book:
    """With a record that stands there once more, under another id."""
    return book.put(codec.structure({**codec.unstructure(record), "id": f"{record.id}-{draw(st.integers(2, 3))}"}))


def named(draw: Any, book: Book, record: Any) -> Book:
    """With another value where walks leave none: what is above, or before; who coaches as a manager."""
    field = {"goal": "parent", "organisation": "parent", "interview": "previous"}.get(record.type)
    value: Any = {"kind": "line_manager"} if record.type == "relationship" else {}
    if field is not None:
        value = {field: draw(st.sampled_from([one.id for one in book if one.type == record.type]))}
    return book.put(codec.structure({**codec.unstructure(record), **value}))


def moved_on(draw: Any, book: Book, record: Any) -> Book:
    """With a leave for somebody, or another manager, from some day on."""
    if not isinstance(record, Person) or not record.positions:
        return book
    day = draw(days(book))
    if draw(st.booleans()):
        return book.put(record.go_on_leave(day, day + timedelta(days=90), **LATE))
    manager = draw(st.sampled_from([None, *(one.id for one in book.all(Person))]))
    return book.put(record.change_manager(draw(st.sampled_from(record.positions)).id, manager, day, **LATE))


def renamed(draw: Any, book: Book, _record: Any) -> Book:
    """With an id in the place of another, or of one that is nowhere, in some of the records that name it."""
    ids = sorted({id for one in book for id in (one.id, *(part.id for part in parts_of(one)))})
    one = draw(st.sampled_from(ids))
    other = draw(st.sampled_from([*(id for id in ids if id[0] == one[0]), "nothing-9"]))
    for record in book:
        document = codec.unstructure(record)
        named = [place for place in places_in(document) if holding(document, place) == one and is_said(place)]
        for place in named if named and draw(st.booleans()) else ():
            document = changed(document, place, other)
        with suppress(Rejected):
            book = book.put(codec.structure(document)) if named else book
    return book


def is_said(place: tuple[Any, ...]) -> bool:
    """Whether a place is one of what a record says, beside its id and how it came to be."""
    return place != () and place[0] not in {"id", "history", "extra"}


AGO = st.sampled_from([0, 1, -1, 7, 8, 14, 30, 31, 90, 91, 365, 366, 396, 397])


@st.composite
def days(draw: Any, book: Book) -> date:
    """Days on which something in a book happens, or has for as long as a rule asks; before everything and long after."""
    texts = [holding(document, place) for document in map(codec.unstructure, book) for place in places_in(document)]
    known = sorted({it[:10] for it in texts if isinstance(it, str) and re.match(r"\d{4}-\d\d-\d\d", it)})
    first, last = (date.fromisoformat(it) for it in (known[0], known[-1]))
    near = st.builds(lambda day, n: date.fromisoformat(day) + timedelta(days=n), st.sampled_from(known), AGO)
    found: date = draw(near | near | near | st.sampled_from([first - timedelta(days=9), last + timedelta(days=900)]))
    return found
