"""Offering: what a form lets somebody choose from a book, as far as they may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from coaching.book.given import each_must_be, must_be
from coaching.book.naming import HOLDERS
from coaching.book.privacy.desk import views
from coaching.book.privacy.view import View, view
from coaching.book.shelf import Shelf
from coaching.formats.forms.choices import Option
from coaching.formats.forms.describing import RECORD, FormField
from coaching.formats.forms.naming import label_of
from coaching.kernel.policy import asked
from coaching.records import RECORDS
from coaching.records.opportunities import Opportunity
from coaching.records.organisations import Organisation
from coaching.records.people import Person

Choices = Callable[[FormField], Iterable[Option]]
"""Says what there is to choose from for a field that has no choices of its own; nothing where anything may be given."""

_PARTS = {
    cls.type: [part for part, holders in HOLDERS.items() if cls.type in holders] for cls in RECORDS if cls is not Person
}
"""The parts of each kind of record that a reference may name; what happened to people is the administration's."""
_PUBLIC = {Opportunity.type: "title", Organisation.type: "name"}
"""What everybody may see, and by what it is called."""


def offers(book: Shelf, for_: str, on: date, *, people: Iterable[str] | None = None) -> Choices:
    """Choices the people and records of a book to the fields of a form that name one.

    Args:
        book: All records.
        for_: Who fills the form in: names and titles are told as far as they may see them.
        on: The day asked about: whoever is not in service then is not offered.
        people: Whom to choose from, by their ids, or names by ids: everybody in a small house. When left out, those
            with whom the person shares a record that they may see: nobody chooses from a list of 100 000.

    Raises:
        Rejected: V015 for no book, no id of a person or no day.

    >>> from datetime import datetime
    >>> from coaching import Book, Goal, Interview
    >>> from coaching.formats.forms.describing import act_form
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> anna = Person.register("p-17", "Anna Ek", date(2024, 8, 1), by="hr", at=noon)
    >>> goal = Goal.begin("g-1", "Lead a pilot line", by="p-17", at=noon)
    >>> offer = offers(Book([anna, goal]), "p-17", noon.date())
    >>> form = act_form(Goal, "begin")
    >>> [(it.word, it.label) for it in offer(form.field("parent"))]
    [('g-1', 'Lead a pilot line')]
    """
    asked(on)
    must_be("form: cannot be made", book=(book, Shelf, "book"), for_=(for_, str, "id of a person"))
    ids = None if people is None else each_must_be("form: cannot be made", "people", people, str, "id")
    return _Offering(book, for_, on, ids, people if isinstance(people, Mapping) else {}).to


class _Offering:
    """What is offered, to whom: worked out where a field asks for it, once."""

    def __init__(
        self, book: Shelf, person: str, on: date, people: Iterable[str] | None, names: Mapping[str, str]
    ) -> None:
        """Keep them."""
        self.book, self.person, self.on = book, person, on
        self._given, self._names = people, names
        self._known: tuple[View, ...] | None = None
        self._people: list[Option] | None = None

    def to(self, field: FormField) -> list[Option]:
        """Choices what a field may name: people, the records of a kind, or what any reference may name."""
        if field.names == Person.type:
            return self._persons()
        if field.names == RECORD:
            return [option for seen in self._seen() for option in (_of(seen), *_parts_of(seen))]
        if field.names in _PUBLIC:
            return [Option(it.id, str(getattr(it, _PUBLIC[field.names]))) for it in self.book.all(field.names)]
        return [_of(seen) for seen in self._seen() if seen.record[0] == field.names]

    def _seen(self) -> tuple[View, ...]:
        """Give the records that the person may see the state of, but for people."""
        if self._known is None:
            every = views(self.person, self.book, self.on)
            self._known = tuple([seen for seen in every if seen.record[0] != Person.type])
        return self._known

    def _persons(self) -> list[Option]:
        """Give who is in service, each by the name that the person may know; nobody's id stands for a name."""
        if self._people is None:
            ids = self._near() if self._given is None else self._given
            there = [it for id in dict.fromkeys(ids) if (it := self.book.get(Person, id)) and it.employed_on(self.on)]
            self._people = [Option(it.id, self._name(it)) for it in there]
        return self._people

    def _near(self) -> list[str]:
        """Name those with whom the person shares a record."""
        shared = (self.book.at(*seen.record) for seen in self._seen())
        return [self.person, *(id for record in shared if record is not None for id in record.parties())]

    def _name(self, person: Person) -> str:
        seen = view(person, self.person, self.book, self.on)
        return str(self._names.get(person.id) or seen.get("name") or person.id)


def _of(seen: View) -> Option:
    """Give a record by what it is called, or by its kind and id."""
    kind, id = seen.record
    return Option(id, _called(seen.get("title"), seen.get("heading"), f"{label_of(kind)} {id}"))


def _parts_of(seen: View) -> Iterator[Option]:
    """Give the parts that a reference may name, as far as they are seen."""
    for kind in _PARTS.get(seen.record[0], ()):
        for part in seen.get(f"{kind}s", ()):
            yield Option(part["id"], _called(part.get("text"), part.get("title"), f"{label_of(kind)} {part['id']}"))


def _called(*names: str | None) -> str:
    return next(name for name in names if name)
