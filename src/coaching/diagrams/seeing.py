"""What a viewer may see of the records in a book, for who draws it: views, each made once, and short texts of them.

Whoever draws a book reads it through this alone, so that no picture shows what its viewer may not see.
"""

from __future__ import annotations

from datetime import date

from coaching.book.book import Book
from coaching.book.given import must_be
from coaching.book.privacy.view import View, view
from coaching.book.shelf import person_of
from coaching.kernel.policy import POLICY, Policy, asked
from coaching.kernel.record import Record
from coaching.records.people import Person

WHAT = "cannot draw a diagram"


class Seeing:
    """A viewer before a book, on a day.

    Raises:
        Rejected: V015 for what is no book, no id of a viewer, no day or no policy.
    """

    def __init__(self, book: Book, viewer: str, on: date, policy: Policy = POLICY) -> None:
        """Keep who looks, at what, and when."""
        asked(on, policy)
        must_be(WHAT, book=(book, Book, "book"), viewer=(viewer, str, "text"))
        self.book, self.viewer, self.on, self.policy = book, viewer, on, policy
        self._views: dict[tuple[str, str], View] = {}

    def of(self, record: Record) -> View:
        """Give what the viewer may see of a record."""
        found = self._views.get(record.key)
        if found is None:
            found = self._views[record.key] = view(record, self.viewer, self.book, self.on, policy=self.policy)
        return found

    def person(self, person: str) -> Person:
        """Give somebody who is in the book.

        Raises:
            Rejected: X002 for somebody who is not.
        """
        must_be(WHAT, person=(person, str, "text"))
        return person_of(self.book, person, WHAT)

    def name(self, person: str) -> str:
        """Give the name of somebody, as far as the viewer may see it; or else their id."""
        known = self.book.get(Person, person)
        return person if known is None else self.of(known).get("name") or person


def sees(seen: View, *fields: str) -> bool:
    """Tell whether a view shows the whole of some fields, whether or not there is anything in them."""
    return not any(kept == field or kept.startswith(f"{field}[") for kept in seen.redacted for field in fields)


def label(seen: View) -> str:
    """Name a record by what is shown of it: the title of a goal, the kind of a talk or of feedback; its id at least."""
    kind, id = seen.record
    said = seen.get("title") or " ".join(filter(None, [seen.get("kind"), kind])).replace("_", " ")
    return f"{said} ({id})"
