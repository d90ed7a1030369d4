"""The desk: every record that somebody may see as far as where it stands, found without looking at all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from coaching.book.given import must_be
from coaching.book.privacy.view import View, view
from coaching.book.relations import coachees_on, manages
from coaching.book.shelf import Shelf
from coaching.kernel.policy import POLICY, Policy, asked
from coaching.records.opportunities import Opportunity
from coaching.records.people import Person


def views(viewer: str, book: Shelf, on: date, *, policy: Policy = POLICY) -> Iterator[View]:
    """Show every record about people that a viewer may see the state of, as `view` does: by person, kind and id.

    Their own come first, then those of whom they manage or coach on the day, and of whom these manage. Organisations
    and posts are shown to everybody: ask the book for them.

    Args:
        viewer: The id of whoever looks.
        book: All records.
        on: The day that counts; today, since whoever is the coach no more is not looked for.
        policy: As in `view`.

    Raises:
        Rejected: V015 for what is no id of a viewer, no book, no day or no policy.

    >>> from datetime import datetime, timezone
    >>> from coaching import Book, Goal
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> book = Book([Goal.begin("g-1", "Lead a pilot line", coach="p-3", by="p-17", at=noon)])
    >>> [seen.record for seen in views("p-3", book, noon.date())], list(views("p-99", book, noon.date()))
    ([('goal', 'g-1')], [])
    """
    asked(on, policy)
    must_be("cannot show", viewer=(viewer, str, "text"), book=(book, Shelf, "book"))
    return _views(viewer, book, on, policy)


def _views(viewer: str, book: Shelf, on: date, policy: Policy) -> Iterator[View]:
    below = list(_managed_by(viewer, book, on))
    people = [viewer, *below, *(it for one in below for it in _managed_by(one, book, on))]
    people += coachees_on(book, viewer, on, policy)
    found = {record.key: record for person in dict.fromkeys(people) for record in book.concerning(person)}
    for record in found.values():
        if not isinstance(record, Opportunity):
            seen = view(record, viewer, book, on, policy=policy)
            if "state" in seen:
                yield seen


def _managed_by(manager: str, book: Shelf, on: date) -> Iterator[str]:
    """Name whom somebody manages on a day, in whatever state they are."""
    return (it.id for it in book.naming(Person, "positions", manager) if manages(book, manager, it.id, on))
