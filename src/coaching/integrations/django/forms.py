"""Forms: an act as a form of Django, from `coaching.forms`. It shows the fields, reads them, and does the act.

Nothing is checked twice: a field takes what was sent as it is, the act says what is wrong, and each finding stands at
its field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, tzinfo
from typing import Any, Protocol
from uuid import uuid4

from attrs import evolve
from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from coaching.formats.forms.choices import Option
from coaching.formats.forms.describing import RECORD, FieldKind, FormField, act_form
from coaching.formats.forms.naming import head_of, is_row, steps_of
from coaching.formats.forms.offering import Choices
from coaching.formats.forms.placing import asked_again, by_field
from coaching.formats.forms.reading import arguments, has_offset
from coaching.integrations.django.faults import ENGLISH, fault
from coaching.kernel.acting import OURS
from coaching.kernel.record import Record
from coaching.kernel.rules import Rejected
from coaching.texts.saying import Texts

SEEN = "seen"
"""The hidden field that says which state of the record was shown."""


class Acting(Protocol):
    """Where an act is done: a store, or a book."""

    def act(self, key: Any, act: str, /, *, seen: str | None = None, **given: Any) -> Any:
        """Do an act on a record."""
        ...

    def new(self, kind: Any, act: str, /, id: str, **given: Any) -> Any:
        """Begin a record by an act."""
        ...


class FormOfAct(forms.Form):
    """A form for an act on a record, or for one that begins a record.

    `cleaned_data` are the arguments of the act. `does` does it, and puts what is refused at the fields. Of a record, a
    hidden field says what was shown, so that an act from an old tab is refused (X023).

    Attributes:
        shown: The act as data.
        sent: What was sent for its fields.
        seen: The state of the record that was shown, by its digest; None where the page did not say.
        done: What `does` gave: of a store, the record as it is now.

    >>> from coaching.records.interviews import Interview
    >>> form = FormOfAct(Interview, "plan", {"due_on": "2026-09-30", "kind": "annual"}, by="p-17")
    >>> form.is_valid(), form.cleaned_data["due_on"]
    (True, datetime.date(2026, 9, 30))
    """

    def __init__(
        self,
        record: Record | type[Record],
        act: str,
        data: Mapping[str, Any] | None = None,
        *,
        by: str | None = None,
        on: date | None = None,
        zone: str | tzinfo | None = None,
        offer: Choices = lambda _field: (),
        texts: Texts = ENGLISH,
        **kwargs: Any,
    ) -> None:
        """Make the form.

        Args:
            record: The record that is acted on, or the kind of record that the act begins.
            act: The act by its name.
            data: What was sent; `request.POST or None`.
            by: Who will act; whoever may not is shown nothing of the record.
            on: The day asked about, for acts that open with time.
            zone: Where the page's times are; Django's current time zone when left out.
            offer: Who can be chosen where a person is asked for, and what where a record is, as `offers` gives it; any
                id when left out.
            texts: The language of labels, help, choices and findings.
            kwargs: As for any form: `prefix`, `auto_id` and so on.

        Raises:
            Rejected: As `act_form`.
        """
        super().__init__(data, **kwargs)
        self.record, self.act = record, act
        self.zone = timezone.get_current_timezone() if zone is None else zone
        self.shown, self.texts = texts.form(act_form(record, act, by, on, self.zone)), texts
        self.seen: str | None = None
        self.done: Any = None
        self.sent = self._sent()
        rows = {steps[:i] for steps in map(steps_of, self.sent) for i, it in enumerate(steps, 1) if is_row(it)}
        self.shown = evolve(self.shown, fields=tuple([_with_rows(it, rows) for it in self.shown.fields]))
        for field, label in _leaves(self.shown.fields):
            text = str(self.sent.get(field.name, field.text))
            self.fields[field.name] = ActField(field, label, field.choices or tuple(offer(field)), text)
        if isinstance(record, Record):
            self.fields[SEEN] = forms.CharField(widget=forms.HiddenInput, required=False, initial=record.digest)

    def _sent(self) -> MultiValueDict[str, Any]:
        """Give what was sent for the fields of the act: the token of the page and its buttons are not."""
        before = f"{self.prefix}-" if self.prefix else ""
        heads = {field.name for field in self.shown.fields}
        every = getattr(self.data, "getlist", lambda name: [self.data[name]])
        names = [name for name in self.data if name.startswith(before) and head_of(name[len(before) :]) in heads]
        return MultiValueDict({name[len(before) :]: every(name) for name in names})

    def clean(self) -> dict[str, Any]:
        """Read the fields as the arguments of the act."""
        self.seen = self.cleaned_data.get(SEEN) or None
        try:
            read = arguments(self.record, self.act, self.sent, self.zone, new_id=lambda: uuid4().hex)
        except Rejected as refusal:
            self.refuse(refusal)
            return {}
        return {name: value for name, value in read.items() if name not in OURS}  # its own id is given to `does`

    def does(self, store: Acting, /, **given: Any) -> bool:
        """Do the act with what was sent, and tell whether it was done; what is refused stands at the fields then.

        Args:
            store: Where it is done: a store, or a book.
            given: What the program gives: `by` and `at`, and the `id` of what is new.
        """
        if not self.is_valid():
            return False
        try:
            if isinstance(self.record, Record):
                self.done = store.act(self.record, self.act, seen=self.seen, **given, **self.cleaned_data)
            else:
                self.done = store.new(self.record, self.act, **given, **self.cleaned_data)
        except Rejected as refusal:
            self.refuse(refusal)
            return False
        return True

    def refuse(self, refusal: Rejected) -> None:
        """Put what is refused at the fields, and what no field shows above them."""
        for name, findings in by_field(refusal.findings, self.sent, self.shown).items():
            field = name if name in self.fields else self._first_within(name)
            for found in findings:
                self.add_error(field, fault(found, texts=self.texts))
            asked = self.fields.get(name)
            if isinstance(asked, ActField):
                again = asked_again(asked.shown, findings)
                asked.widget = asked.widget if again is asked.shown else _widget(again, [*again.choices])

    def _first_within(self, name: str) -> str | None:
        within = (f"{name}.", f"{name}[")
        return next((it for it in self.fields if name and it.startswith(within)), None)


class ActField(forms.Field):
    """One field of an act. It takes what was sent as it is: the act says what is wrong."""

    def __init__(self, field: FormField, label: str, choices: Iterable[Option], text: str = "") -> None:
        """Show a field, with what there is to choose from, and what stands in it."""
        self.shown = field
        initial = field.value if field.kind is FieldKind.YES_NO else field.text
        super().__init__(
            required=field.required and field.kind is not FieldKind.YES_NO, label=label, help_text=field.help,
            initial=initial, widget=_widget(field, list(choices), text),
        )  # fmt: skip

    def clean(self, value: Any) -> Any:
        """Take it as it is."""
        return value


_TYPES = {FieldKind.NUMBER: "number", FieldKind.DAY: "date", FieldKind.MOMENT: "datetime-local"}


def _widget(field: FormField, choices: list[Option], text: str = "") -> forms.Widget:
    if field.kind is FieldKind.YES_NO:
        return TickBox()
    if field.kind is FieldKind.HIDDEN:
        return forms.HiddenInput()
    if choices and field.names != RECORD:  # one of any kind may be a part that is not offered
        return forms.Select(choices=[("", ""), *((it.word, it.label) for it in choices)])
    limits = {"minlength": field.shortest, "maxlength": field.longest, "min": field.lowest, "max": field.highest}
    attributes: dict[str, Any] = {name: str(limit) for name, limit in limits.items() if limit is not None}
    if field.kind is FieldKind.LONG_TEXT:
        return forms.Textarea(attributes)
    if field.kind is FieldKind.NUMBER and not field.whole:
        attributes["step"] = "any"
    made = forms.TextInput(attributes)
    plain = field.kind is FieldKind.MOMENT and has_offset(text)
    made.input_type = "text" if plain else _TYPES.get(field.kind, "text")
    return made


class TickBox(forms.CheckboxInput):
    """A check box that says when it is not ticked: an empty text is sent before it."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Show both."""
        return format_html(
            '<input type="hidden" name="{}" value="">{}', name, super().render(name, value, attrs, renderer)
        )


def _leaves(fields: Iterable[FormField], around: str = "") -> Iterator[tuple[FormField, str]]:
    """Give the fields that hold something, each with a label that says within what it stands."""
    for field in fields:
        label = f"{around}: {field.label}" if around else field.label
        if field.kind is FieldKind.LIST:
            yield from _leaves(field.fields, around)  # its rows are named for it
        elif field.kind in {FieldKind.GROUP, FieldKind.REF}:
            yield from _leaves(field.fields, label)
        else:
            yield field, label


def _with_rows(field: FormField, rows: set[tuple[str, ...]]) -> FormField:
    """Give a list the rows that were sent as well, however many a page added."""
    inner = field.fields
    if field.kind is FieldKind.LIST:
        steps = steps_of(field.name)
        sent = {int(it[-1]) for it in rows if it[:-1] == steps} - set(range(len(inner)))
        inner += tuple([field.row(number) for number in sorted(sent)])
    return evolve(field, fields=tuple([_with_rows(it, rows) for it in inner]))
