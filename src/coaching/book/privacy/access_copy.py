"""The copy for the person: all about somebody, as plain data for them to keep."""

from __future__ import annotations

from datetime import date
from typing import Any

from coaching.book.given import must_be
from coaching.book.privacy.table import privacy_of, takes_part
from coaching.book.privacy.texts import Words, texts
from coaching.book.privacy.view import View, place_of, plain, view
from coaching.book.shelf import Shelf, person_of
from coaching.kernel.policy import POLICY, Policy, asked
from coaching.kernel.record import Record
from coaching.kernel.rules import Rejected, Rule, breach, finding, stated
from coaching.records.people import ERASED

D006 = stated(
    "D006",
    "privacy",
    field="person",
    says="a person is given a copy of all about them with author and date, while it can be told who they are",
    why="GDPR article 15: access, with the source; that an erased person cannot be given one is our own choice",
    mend="give the copy with access_copy(book, person) before the person is erased",
)


def access_copy(book: Shelf, person: str, on: date | None = None, *, policy: Policy = POLICY) -> dict[str, Any]:
    """Copy all about a person for them to keep, ready for `json.dumps`: records, and every text with author and date.

    `records` are those that are of the person or in which they take part, as the person may see them, each with what is
    kept back of it; `words` are the texts in them, and the person's own wherever else they stand. What others keep for
    themselves is left out: their preparations, feedback that is not given yet, what they say of others.

    Args:
        book: All records.
        person: Whose copy.
        on: The day that counts for what they may see; the day of the last act in the book when left out.
        policy: As in `view`.

    Raises:
        Rejected: X002 for somebody who is not in the book, D006 for somebody who was erased, V015 for what is no
            book, no day or no policy.

    >>> from datetime import datetime, timezone
    >>> from coaching import Book, Person
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> anna = Person.register("p-17", "Anna Ek", date(2024, 8, 1), by="hr", at=noon)
    >>> access_copy(Book([anna]), "p-17")["words"]
    [{'record': ['person', 'p-17'], 'path': 'name', 'text': 'Anna Ek', 'author': 'p-17', 'at': '2026-03-02T12:00:00Z'}]
    """
    must_be("book: cannot copy", book=(book, Shelf, "book"))
    day = last_day(book) if on is None else on
    asked(day, policy)
    known = person_of(book, person, "cannot copy", "person")
    if known.state is ERASED:
        what = breach("{person} was erased", person=person)
        raise Rejected("book: cannot copy", [finding(D006, what, record=(known.type, known.id))])
    records, words = [], []
    for record in book:
        seen = view(record, person, book, day, policy=policy)
        own = takes_part(record, person) and "state" in seen.shown
        if own:
            records.append({**seen.as_dict(), "redacted": list(seen.redacted)})
        heard = [w for w in texts(record) if person in w.writers or (own and _may_read(record, w, seen))]
        words += [_said(record, w) for w in heard]
    return {"person": person, "records": records, "words": words}


def last_day(book: Shelf) -> date:
    """Say on which day the last act was done in a book; the first day there is where none was."""
    return max((record.history[-1].at.date() for record in book if record.history), default=date.min)


def _may_read(record: Record, words: Words, seen: View) -> bool:
    """Tell whether a view of a record shows one of its texts."""
    field, place, part = place_of(words.path)
    if field not in seen.shown:
        return False
    if place is None:
        return True
    if field == "history":
        quiet = privacy_of(record).quiet.get(record.history[place].act)
        return f"history[*].{part}" not in seen.redacted and f"{quiet}[*]" not in seen.redacted
    if f"{field}[*]" in seen.redacted:
        return plain(getattr(record, field)[place]) in seen[field]
    return True


def _said(record: Record, words: Words) -> dict[str, Any]:
    return {
        "record": [record.type, record.id],
        "path": words.path,
        "text": words.text,
        "author": words.author,
        "at": plain(words.said),
    }


RULES: tuple[Rule, ...] = (
    D006,
)  # fmt: skip
