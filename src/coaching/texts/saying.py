"""Saying: findings, forms and words in a language. English is in the code; any other is a catalogue of gettext."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

from attrs import evolve, frozen

from coaching.formats.forms.choices import Option
from coaching.formats.forms.describing import ActForm, FormField
from coaching.kernel.rules import Choice, Finding, Rule
from coaching.texts.catalogue import ACT, FIELD, HELP, KIND, MEND, MESSAGE, PAGE, SAYS, WHY, words
from coaching.texts.params import CONTEXTS, IDS, WORDS

_WORD = re.compile(r"(?<![\w-])[a-z]+(?:_[a-z]+)*(?![\w-])")
_NAMED = re.compile(r"[^\s,;:]+")
_ROW = re.compile(r"\[([0-9]+|\*)\]$")


class Translations(Protocol):
    """What finds a text of a language: of the standard library's gettext, of Babel, or of anybody."""

    def pgettext(self, context: str, message: str, /) -> str:
        """Give the text in the language; the same text where there is none."""
        ...


class _English:
    """Gives every text as it is."""

    def pgettext(self, _context: str, message: str, /) -> str:
        return message


def _as_written(value: object) -> str:
    return str(value)


@frozen
class Texts:
    """What the library says to people, in one language.

    Attributes:
        translations: Where a text is found, by its context.
        show: How a day, a moment or a number is written; as in documents when left out.
        name: What somebody is called, by their id: findings name people by it. The id itself when left out.

    >>> from coaching import Goal, Rejected
    >>> from datetime import datetime
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> found = Goal.would_new("begin", "g-1", title="", by="anna", at=noon)
    >>> english().say(found[0]), english().mend(found[0])
    ('the text is empty', 'give the goal a title in words')
    """

    translations: Translations
    show: Callable[[object], str] = _as_written
    name: Callable[[str], str] = str

    @classmethod
    def from_gettext(cls, translations: Translations, show: Callable[[object], str] = _as_written) -> Texts:
        """Make the texts of a catalogue of gettext, for instance of `gettext.translation("coaching", ...)`."""
        return cls(translations, show)

    # --- findings ----------------------------------------------------------------------------------------------------

    def say(self, finding: Finding) -> str:
        """Say what is wrong, to the person: the message, with its params in the language."""
        template = self.translations.pgettext(MESSAGE, finding.template or finding.message)
        return template.format_map({name: self.param(name, it) for name, it in finding.params.items()})

    def says(self, of: Finding | Rule) -> str:
        """Say the sentence of a rule: what holds when it is kept."""
        return self.translations.pgettext(SAYS, of.says)

    def mend(self, of: Finding | Rule) -> str:
        """Say what would be right."""
        return self.translations.pgettext(MEND, of.mend)

    def why(self, of: Finding | Rule) -> str:
        """Say why there is such a rule."""
        return self.translations.pgettext(WHY, of.why)

    def param(self, name: str, value: object) -> str:
        """Say one param of a message: a word in the language, a day or number as it is written there."""
        if isinstance(value, Choice):
            return self.word(value)
        if not isinstance(value, str):
            return self.show(value)
        if name == "says":
            return self.translations.pgettext(SAYS, value)
        if name in WORDS:
            said = _WORD.sub(lambda it: self._found(it[0], CONTEXTS[name]), value)
            return _NAMED.sub(lambda it: self.name(it[0]), said)
        return self.name(value) if name in IDS else self._found(value, CONTEXTS.get(name, ()))

    def _found(self, word: str, contexts: tuple[str, ...]) -> str:
        """Give a word from the first context that has it; the word itself where none has."""
        plain = words(word)
        said = (self.translations.pgettext(context, plain) for context in contexts)
        return next((it for it in said if it != plain), word)

    # --- words -------------------------------------------------------------------------------------------------------

    def word(self, word: Choice | str, of: str = "") -> str:
        """Say a word of a closed list, such as a state: by its class, or by the name of that for a word of a document.

        >>> from coaching.records.interviews import InterviewKind
        >>> english().word(InterviewKind.CHECK_IN), english().word("check_in", "InterviewKind")
        ('check in', 'check in')
        """
        return self.translations.pgettext(of or type(word).__name__, words(word))

    def act(self, name: str) -> str:
        """Say an act by its name, for a button."""
        return _begin(self.translations.pgettext(ACT, words(name)))

    def kind(self, name: str) -> str:
        """Say a kind of record, or of part, by its word."""
        return _begin(self.translations.pgettext(KIND, words(name)))

    def field(self, name: str) -> str:
        """Say a field by its name, or by the flat name of a form: of a row with its number, of some (`[*]`) without.

        >>> english().field("slot.start"), english().field("tags[2]"), english().field("preparations[*]")
        ('Start', 'Tags 3', 'Preparations')
        """
        row = _ROW.search(name)
        label = _begin(self.translations.pgettext(FIELD, words(_ROW.sub("", name).rpartition(".")[2])))
        return label if row is None or row[1] == "*" else f"{label} {int(row[1]) + 1}"

    def page(self, said: str) -> str:
        """Say what a page says around the fields of a form."""
        return self.translations.pgettext(PAGE, said)

    # --- forms -------------------------------------------------------------------------------------------------------

    def form(self, form: ActForm) -> ActForm:
        """Give a form with every label, help and choice in the language."""
        fields = tuple([self._field(it) for it in form.fields])
        return evolve(form, label=self.act(form.act), help=self._help(form.help), fields=fields)

    def _field(self, field: FormField) -> FormField:
        return evolve(
            field,
            label=self.field(field.name), help=self._help(field.help),
            choices=tuple([self._option(it) for it in field.choices]),
            fields=tuple([self._field(it) for it in field.fields]),
        )  # fmt: skip

    def _option(self, option: Option) -> Option:
        if not option.of:
            return option
        return evolve(option, label=_begin(self.translations.pgettext(option.of, words(option.word))))

    def _help(self, sentence: str) -> str:
        return sentence and self.translations.pgettext(HELP, sentence)


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:]


def english() -> Texts:
    """Give the texts as the library writes them."""
    return Texts(_English())
