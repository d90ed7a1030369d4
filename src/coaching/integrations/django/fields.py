"""Fields: a record in a column of a model, as text JSON; and the same in a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ValidationError
from django.db import models

from coaching.formats.documents import dumps
from coaching.integrations.django.faults import fault
from coaching.integrations.rows import record_of
from coaching.kernel.record import Record
from coaching.kernel.rules import Rejected

if TYPE_CHECKING:
    TextOfRecord = models.Field[Record | str | None, Any]
else:
    TextOfRecord = models.Field


def _read(value: Any) -> Record | None:
    """Read a record, or the text of one.

    Raises:
        ValidationError: With a fault for each finding.
    """
    if value is None or isinstance(value, Record):
        return value
    try:
        return record_of(value)
    except Rejected as refusal:
        raise ValidationError([fault(it, at=it.path) for it in refusal.findings]) from None


class RecordField(TextOfRecord):
    """A field that holds a record, as text JSON: `goal = RecordField(null=True)`.

    What is read is held to all that `codec.loads` holds a document to; of the database it is `Rejected`, and of a form
    or fixture a `ValidationError` with a fault for each finding. A form shows the document: give `editable=False` where
    only acts shall change it.
    """

    description = "A record of coaching, as JSON"

    def get_internal_type(self) -> str:
        """Be a text in every database."""
        return "TextField"

    def from_db_value(self, value: str | None, _expression: object, _connection: object) -> Record | None:
        """Read what a row holds."""
        return None if value is None else record_of(value)

    def to_python(self, value: Any) -> Record | None:
        """Read what a form, a fixture or a program gives."""
        return _read(value)

    def get_prep_value(self, value: Any) -> Any:
        """Write a record."""
        record = self.to_python(super().get_prep_value(value))
        return None if record is None else dumps(record).decode()

    def value_to_string(self, obj: models.Model) -> str:
        """Write it into a fixture."""
        value = self.get_prep_value(self.value_from_object(obj))
        return "" if value is None else str(value)

    def formfield(
        self,
        form_class: type[forms.Field] | None = None,
        choices_form_class: type[forms.ChoiceField] | None = None,
        **kwargs: Any,
    ) -> forms.Field | None:
        """Show the document in a form."""
        return super().formfield(
            form_class=form_class or RecordFormField, choices_form_class=choices_form_class, **kwargs
        )

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Say what no field with a record can be."""
        return [*super().check(**kwargs), *self._check_index(), *self._check_default()]

    def _check_index(self) -> list[CheckMessage]:
        if not any(vars(self)[name] for name in ("primary_key", "_unique", "db_index")):
            return []
        hint = "Put what is searched for into a field beside it: the id, the digest, the state."
        return [
            Error("a RecordField cannot be indexed, unique or a primary key", hint=hint, obj=self, id="coaching.E001")
        ]

    def _check_default(self) -> list[CheckMessage]:
        default: object = self.default
        if not self.has_default() or default is None or callable(default) or isinstance(default, Record):
            return []
        return [Error("the default of a RecordField is no record", hint="Give a record.", obj=self, id="coaching.E002")]


class RecordFormField(forms.CharField):
    """A field of a form that shows a record as its document, and reads it."""

    widget: Callable[[], forms.Widget] | type[forms.Widget] = forms.Textarea

    def to_python(self, value: Any) -> Any:
        """Read the document."""
        return None if value in self.empty_values else _read(value)

    def prepare_value(self, value: Any) -> Any:
        """Write the document, or show what was sent."""
        return dumps(value).decode() if isinstance(value, Record) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether another record was sent."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True
