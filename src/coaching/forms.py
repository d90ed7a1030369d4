"""Acts as forms: their fields as data, what a page sends as arguments, findings at their fields."""

from coaching.formats.forms.choices import Option
from coaching.formats.forms.describing import ActForm, FieldKind, FormField, act_form
from coaching.formats.forms.offering import Choices, offers
from coaching.formats.forms.placing import asked_again, by_field
from coaching.formats.forms.reading import arguments

__all__ = [
    "ActForm",
    "Choices",
    "FieldKind",
    "FormField",
    "Option",
    "act_form",
    "arguments",
    "asked_again",
    "by_field",
    "offers",
]
