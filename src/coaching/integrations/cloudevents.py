"""CloudEvents 1.0: what acts did to records, as events for other systems. Ids, states and days, unless asked for more.

Needs no extra: an event is a plain dict with the attributes of the specification, and `as_json` writes it. Each entry
of a history is one event, whose id and time come from the entry: no clock, no chance, and the same event each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from operator import itemgetter
from typing import Any, Literal

from coaching.book.book import Book
from coaching.book.given import must_be, no, refusal
from coaching.formats.documents import unstructure, write_json
from coaching.kernel.checking import Faults
from coaching.kernel.constraints import V006, V012, in_utc
from coaching.kernel.history import as_written, digest_of, renamings
from coaching.kernel.record import Record
from coaching.kernel.rules import brief
from coaching.records.people import Person

Event = dict[str, Any]
"""One event, by the names of the specification."""

Data = Literal["states", "record"]
"""What an event tells: what happened, to what; or the record as a document besides."""

_DATA = ("states", "record")
_REFERENCE = re.compile(r"[!#-;=?-\[\]_a-z~]+").fullmatch  # what may stand in a URI reference (RFC 3986)


def events(
    before: Book | Record | None, after: Book | Record, *, source: str, data: Data = "states"
) -> tuple[Event, ...]:
    """Say what happened between two records, or two books, one of which came of the other by acts: one event an act.

    Of two books that read as they are asked, those records are looked at that acts touched; of others all, and those
    that did not change are passed over quickly. A record that was taken out has no event. Asked again, it gives the
    same events with the same ids: who gets one twice can tell.

    Args:
        before: The record or book as it was; None for one that was not there.
        after: The same, later.
        source: Which system tells it, a URI reference: `https://hr.bruk.example/coaching` or `/coaching`.
        data: `states` tells the act, who did it, the day, and the state before and after. `record` adds the document of
            the record as it is now to its last event: then the words in it leave the house.

    Raises:
        Rejected: V015 for what is no record and no book, and where one did not come of the other; V006 for a source
            that is no URI reference; V012 for other words than these two for `data`.

    >>> from coaching.records.goals import Goal
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+01:00")
    >>> goal = Goal.begin("g-1", "Lead a pilot line", by="p-17", at=noon)
    >>> later = goal.suggest_option("o-1", "Shadow Eva", by="p-17", at=noon)
    >>> (event,) = events(goal, later, source="/coaching")
    >>> event["type"], event["subject"], event["time"]
    ('coaching.goal.suggest_option', 'goal/g-1', '2026-03-02T11:00:00Z')
    >>> event["data"]["state"], event["data"]["by"], event["data"]["day"]
    ('draft', 'p-17', '2026-03-02')
    """
    faults = Faults()
    if not (isinstance(source, str) and _REFERENCE(source)):
        faults.add(V006, "source", "{value} is no URI reference", value=brief(source))
    if data not in _DATA:
        faults.add(V012, "data", "{value} is none of: {known}", value=brief(data), known=", ".join(_DATA))
    faults.refuse("cannot tell what happened")
    told = [it for old, new in _pairs(before, after) for it in _told(old, new, source, data)]
    return tuple(event for _, event in sorted(told, key=itemgetter(0)))


def as_json(event: Event) -> bytes:
    """Write an event in the JSON format of the specification: send it as `application/cloudevents+json`.

    Numbers of a record are written as exactly as in its document.

    Raises:
        Rejected: V015 for what is no event.

    >>> as_json({"specversion": "1.0", "id": "1"})
    b'{"specversion":"1.0","id":"1"}'
    """
    must_be("cannot write", event=(event, dict, "event"))
    return write_json(event)


def _pairs(before: object, after: object) -> Iterator[tuple[Record | None, Record]]:
    """Give each record that may have changed, as it was and as it is."""
    match Book() if before is None and isinstance(after, Book) else before, after:
        case Book() as was, Book():
            yield from _changed(was, after)
        case (None | Record()) as was, Record():
            yield was, after
        case wrong, Book() | Record():
            kind = "book" if isinstance(after, Book) else "record"
            raise refusal("cannot tell what happened", [no(wrong, kind, "before")])
        case _:
            raise refusal("cannot tell what happened", [no(after, "record or book", "after")])


def _changed(before: Book, after: Book) -> Iterator[tuple[Record | None, Record]]:
    touched = (after.at(*key) for key in after.touched) if after.came_of(before) else after
    for new in touched:
        if new is None:  # taken out
            continue
        known = (before.at(new.type, id) for id in _ids(new))
        old = next((record for record in known if record is not None), None)
        if old is not new:
            yield old, new


def _ids(record: Record) -> Iterator[str]:
    """Give the id of a record, and those that it had before: that of a person may change."""
    yield record.id
    if isinstance(record, Person):
        now = record.id
        for _, old, new in reversed(renamings(record.history)):
            if new == now:
                now = old
                yield now


def _told(old: Record | None, new: Record, source: str, data: Data) -> Iterator[tuple[datetime, Event]]:
    known = () if old is None else old.history
    if old is not None and not _came_of(old, new):
        raise refusal("cannot tell what happened", [no(old, f"earlier state of {new.type} {new.id}", "before")])
    for place in range(len(known), len(new.history)):
        entry = new.history[place]
        said: dict[str, Any] = {
            "type": new.type, "id": new.id, "act": entry.act, "was": new.history[place - 1].state if place else None,
            "state": entry.state, "revision": entry.revision, "by": entry.by, "day": as_written(entry.at.date()),
        }  # fmt: skip
        if data == "record" and place == len(new.history) - 1:
            said["record"] = unstructure(new)
        moment = as_written(in_utc(entry.at))
        yield (
            in_utc(entry.at),
            {
                "specversion": "1.0",
                "id": digest_of([new.type, new.id, place, entry.act, entry.by, moment]),
                "source": source,
                "type": f"coaching.{new.type}.{entry.act}",
                "subject": f"{new.type}/{new.id}",
                "time": moment,
                "datacontenttype": "application/json",
                "data": said,
            },
        )


def _came_of(old: Record, new: Record) -> bool:
    """Tell whether a record is another as it was before some acts, or before an erasure."""
    if old.type != new.type or old.id not in _ids(new) or len(old.history) > len(new.history):
        return False
    both = zip(old.history, new.history, strict=False)
    return all(a is b or (a.act, a.by, a.at) == (b.act, b.by, b.at) for a, b in both)
