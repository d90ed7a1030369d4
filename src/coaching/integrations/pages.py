"""Pages: an act on a page of any framework, from the form to what came of it. Needs no extra.

The application has its routes, its templates and its way to sign in; between them stands one object for each request:
it shows the form, does the act with what was sent, and says what is wrong, or what happened meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, tzinfo
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from attrs import define, evolve, field
from frozendict import frozendict

from coaching.book.book import Book
from coaching.book.keys import kind_named
from coaching.book.privacy.view import view
from coaching.book.shelf import X002, X023
from coaching.formats.forms.choices import Option
from coaching.formats.forms.describing import ActForm, FormField, act_form
from coaching.formats.forms.naming import given_in, head_of
from coaching.formats.forms.offering import offers
from coaching.formats.forms.placing import by_field
from coaching.formats.forms.reading import arguments
from coaching.integrations.markup import ENGLISH, Markup, Told, fields, hidden, summary
from coaching.integrations.problems import status_of
from coaching.integrations.stores import BookStore
from coaching.kernel.history import Entry
from coaching.kernel.lifecycle import V011
from coaching.kernel.record import Record
from coaching.kernel.rules import Rejected
from coaching.records import KINDS
from coaching.texts.saying import Texts

SEEN = "seen"
"""The hidden field that says which state of the record was shown."""
_UNREAD: Mapping[str, Any] = {"reason": None, "source": None, "was": frozendict()}
"""What an entry says in words, for whoever may not read them."""


@define
class ActPage:
    """An act on a page: its form, what was sent, what is wrong with it, and what happened meanwhile.

    Show `fields` within a `<form method="post">`, with `summary` above it. `does` does the act with what comes back;
    where it is refused, show the same again: what was typed stands in the fields, and each finding beside its own.

    Attributes:
        store: Where the records are.
        of: The record that is acted on, by any key; or the kind of record that the act begins. Then the record itself.
        act: The act by its name.
        by: Who acts.
        at: When.
        zone: Where the page's times are.
        admin: Whether whoever acts is of the administration: the acts of that are refused to others (V011).
        people: Whom there is to choose from, by their ids, or names by ids; as `offers` when left out.
        texts: The language.
        new_id: Makes the id of what is new.
        sent: What the page sent for the fields of the act; None before it was sent.
        refusal: Why it was refused.
        since: What was done since the page was shown, where an old tab was refused (X023): as far as whoever acts may
            see it.
        done: The record as it is now, once it was done.

    Raises:
        Rejected: X002 for a record that is not there, or of which whoever acts may not see where it stands; V012 or
            V015 for what names none; V010 for what is no such act.
    """

    store: BookStore[Any]
    of: Any
    act: str
    by: str = field(kw_only=True)
    at: datetime = field(kw_only=True)
    zone: str | tzinfo | None = field(default=None, kw_only=True)
    admin: bool = field(default=False, kw_only=True)
    people: Iterable[str] | None = field(default=None, kw_only=True)
    texts: Texts = field(default=ENGLISH, kw_only=True)
    new_id: Callable[[], str] = field(default=lambda: uuid4().hex, kw_only=True)
    sent: Mapping[str, object] | None = field(default=None, init=False)
    refusal: Rejected | None = field(default=None, init=False)
    since: tuple[Entry, ...] = field(default=(), init=False)
    done: Any = field(default=None, init=False)
    form: ActForm = field(init=False)
    _choices: Mapping[str, tuple[Option, ...]] = field(init=False)
    _reads: bool = field(default=False, init=False)

    def __attrs_post_init__(self) -> None:
        """Read what the page shows."""
        if isinstance(self.of, type) or (isinstance(self.of, str) and self.of in KINDS):
            self.of = KINDS[kind_named(self.of, "page: cannot be made")]
        self._read()

    def _read(self) -> None:
        """Take the record as it stands, the act as a form, and what there is to choose from."""
        with self.store.reading() as book:
            if not isinstance(self.of, type):
                self.of, self._reads = self._found(book)
            self.form = self.texts.form(act_form(self.of, self.act, self.by, self.on, self.zone))
            offer = offers(book, self.by, self.on, people=self.people)
            self._choices = {it.names: tuple(offer(it)) for it in self.form.every()}

    def _found(self, book: Book) -> tuple[Record, bool]:
        """Give the record, if whoever acts may see where it stands, and whether they read the words of its history.

        The administration finds what they alone act on.
        """
        record: Record | None = book.get(self.of)
        seen = None if record is None else view(record, self.by, book, self.on)
        if record is None or seen is None or not ("state" in seen or self._is_theirs(record)):
            raise Rejected.over(X002, "there is nothing here to act on", "", of="page: cannot be made")
        return record, "history[*].reason" not in seen.redacted and "history" in seen

    def _is_theirs(self, of: Record | type[Record]) -> bool:
        """Tell whether the act is of the administration, and whoever acts is, too."""
        return self.admin and self.act in of.admin_acts()

    @property
    def on(self) -> date:
        """The day of the act."""
        return self.at.date()

    @property
    def open(self) -> bool:
        """Whether the act is open now to whoever acts; a page that is shown all the same is refused when it is sent."""
        if isinstance(self.of, Record) and self.act in self.of.lifecycle.acts:
            return self.act in self.of.acts_for(self.by, on=self.on, admin=self.admin)
        return self.act not in self.of.admin_acts() or self.admin

    @property
    def told(self) -> Told:
        """What is wrong, by the names of the fields."""
        return by_field(self.refusal.findings if self.refusal else (), self.sent or {}, self.form)

    @property
    def fields(self) -> Markup:
        """The fields as HTML, and what was shown of a record, for the tab that gets old."""
        shown = hidden(SEEN, self.of.digest) if isinstance(self.of, Record) else ""
        return Markup(shown + fields(self.form, self.told, self.sent, offer=self._offer, texts=self.texts))

    def _offer(self, field: FormField) -> tuple[Option, ...]:
        return self._choices.get(field.names, ())

    @property
    def summary(self) -> Markup:
        """All that is wrong, as HTML; nothing where all is well."""
        return summary(self.form, self.told, texts=self.texts)

    @property
    def status(self) -> int:
        """The status of the answer: 200, or that of the refusal."""
        return int(HTTPStatus.OK if self.refusal is None else status_of(self.refusal))

    @property
    def again(self) -> bool:
        """Whether the same act of the same person is all that was done since: a button that was pressed twice, perhaps.

        Other words may have been sent with it: show the page, and do not take it for done.
        """
        return [(it.by, it.act) for it in self.since] == [(self.by, self.act)]

    def does(self, sent: Mapping[str, object], *, strict: bool = False, **given: Any) -> bool:
        """Do the act with what the page sent, and tell whether it was done.

        Of a record, `seen` has to say which state the page showed, by its digest; `fields` hold it.

        Args:
            sent: What was sent: a mapping of names, of whichever framework.
            strict: Whether a name that is no field of the act is refused (V016), as of a client that sends JSON. Else
                what a page holds besides, such as a token or the name of a button, is passed over.
            given: What the program gives besides who and when: `id` of a new record, `noted_by`, `policy`.
        """
        heads, every = {it.name for it in self.form.fields}, given_in(sent)
        self.sent = {n: it for n, it in every.items() if head_of(n) in heads or (strict and n != SEEN)}
        seen = str(every.get(SEEN, ""))
        try:
            self._only_theirs()
            said = {**arguments(self.of, self.act, self.sent, self.zone, new_id=self.new_id), **given}
            said |= {"by": self.by, "at": self.at}
            if isinstance(self.of, Record):
                self.done = self.store.act(self.of, self.act, seen=seen, **said)
            else:
                self.done = self.store.new(self.of, self.act, **{"id": self.new_id(), **said})
        except Rejected as refusal:
            self.refusal = refusal
            if X023.code in refusal.codes:
                self._read()
                since = self.of.since(seen) or ()
                self.since = since if self._reads else tuple([evolve(it, **_UNREAD) for it in since])
            return False
        return True

    def _only_theirs(self) -> None:
        if self.act in self.of.admin_acts() and not self.admin:
            of = f"{self.of.type}: cannot act"
            raise Rejected.over(V011, "only those who take part in it may do that", "by", of=of)
