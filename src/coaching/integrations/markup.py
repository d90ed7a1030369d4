"""Markup: the form of an act as HTML, escaped, for templates of any framework. Needs no extra.

Labels are bound to their fields, help and errors are named by `aria-describedby`, texts run in their own direction.
Nothing here has a script, a style or an id of a record: how it looks and where it goes is the page's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape

from attrs import evolve

from coaching.formats.forms.choices import Option
from coaching.formats.forms.describing import ActForm, FieldKind, FormField
from coaching.formats.forms.naming import given_in
from coaching.formats.forms.offering import Choices
from coaching.formats.forms.placing import asked_again
from coaching.formats.forms.reading import has_offset
from coaching.kernel.rules import Finding
from coaching.texts.catalogue import NEEDED, NOT_YET
from coaching.texts.saying import Texts, english

Told = Mapping[str, tuple[Finding, ...]]
"""What `by_field` gives."""

ENGLISH = english()
_AROUND = frozenset({FieldKind.GROUP, FieldKind.REF, FieldKind.LIST})
_INPUTS = {FieldKind.NUMBER: "number", FieldKind.DAY: "date", FieldKind.MOMENT: "datetime-local"}


class Markup(str):
    """HTML that is escaped already: Jinja, Django and whatever else asks `__html__` puts it in as it stands."""

    __slots__ = ()

    def __html__(self) -> str:
        """Give itself."""
        return str(self)


def fields(
    form: ActForm,
    told: Told | None = None,
    sent: Mapping[str, object] | None = None,
    *,
    offer: Choices = lambda _field: (),
    texts: Texts = ENGLISH,
    spare: int = 1,
) -> Markup:
    """Give the fields of a form, to stand between the page's `<form>` and its button.

    Args:
        form: What `act_form` gave.
        told: What `by_field` gave, where the act was refused.
        sent: What the page sent, where it is shown again: nothing that was typed is lost.
        offer: What there is to choose from, as `offers` gives it: a list to choose a person from, suggestions for
            another text.
        texts: The language of labels, help, choices and findings.
        spare: How many empty rows a list has at its end; within a row always one.

    >>> from coaching.forms import act_form
    >>> from coaching.records.interviews import Interview
    >>> print(str(fields(act_form(Interview, "plan")))[:80])
    <div class="field"><label for="f-coachee">Coachee <span class="needed">(needed)<
    """
    page = _Page(told or {}, None if sent is None else given_in(sent), offer, texts)
    return Markup("\n".join(page.field(it, spare) for it in texts.form(form).fields))


def hidden(name: str, value: str) -> Markup:
    """Give a hidden field.

    >>> hidden("seen", 'a"b')
    '<input type="hidden" name="seen" value="a&quot;b">'
    """
    return Markup(f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">')


def summary(form: ActForm, told: Told, *, heading: str = NOT_YET, texts: Texts = ENGLISH) -> Markup:
    """Give all that is wrong in a box that takes the focus, each with a link to its field; nothing where all is well.

    Args:
        form: What `act_form` gave.
        told: What `by_field` gave.
        heading: Its heading, of the second order.
        texts: The language of labels and findings; of the heading too, unless it is your own.
    """
    labels = {it.name: it.label for it in texts.form(form).every()}
    lines = [_line(labels, name, found, texts) for name, findings in told.items() for found in findings]
    if not lines:
        return Markup()
    head = f'<div class="errors" role="alert" tabindex="-1" autofocus>\n<h2>{escape(texts.page(heading))}</h2>'
    return Markup("\n".join([head, "<ul>", *lines, "</ul></div>"]))


def _line(labels: Mapping[str, str], name: str, found: Finding, texts: Texts) -> str:
    said = _said(found, texts)
    return (
        f'<li><a href="#{_id(name)}">{escape(labels[name])}</a>: {said}</li>' if name in labels else f"<li>{said}</li>"
    )


def _id(name: str) -> str:
    return escape("f-" + re.sub(r"[.\[]+", "-", name.replace("]", "")))


def _said(found: Finding, texts: Texts) -> str:
    mend = f" ({escape(texts.mend(found))})" if found.mend else ""
    return f'<span dir="auto">{escape(texts.say(found))}</span>{mend}'


class _Page:
    """A form as it is written: what is told of it, what was sent, and what there is to choose from."""

    def __init__(self, told: Told, sent: Mapping[str, object] | None, offer: Choices, texts: Texts) -> None:
        """Keep them."""
        self.told, self.sent, self.offer, self.texts = told, sent, offer, texts

    def field(self, field: FormField, spare: int = 1, *, inner: bool = False) -> str:
        """Write a field, with those within it."""
        if field.kind is FieldKind.HIDDEN:
            return hidden(field.name, self._text(field))
        if field.kind not in _AROUND:
            return f'<div class="field">{self._leaf(field)}</div>'
        within = self._rows(field, spare) if field.kind is FieldKind.LIST else field.fields
        lines = "\n".join([*self._notes(field), *(self.field(it, inner=True) for it in within)])
        return self._group(field, lines, fold=not (inner or field.required))

    def _rows(self, field: FormField, spare: int) -> Iterator[FormField]:
        """Give the rows that are there, those that were sent beyond them, and empty ones."""
        number = re.compile(re.escape(field.name) + r"\[(\d{1,3})\]")
        sent = [int(found[1]) + 1 for name in self.sent or () if (found := number.match(name))]
        there = field.fields[:-1]
        count = max([len(there), *sent]) + spare
        yield from there
        yield from (field.row(i) for i in range(len(there), min(count, field.most or count)))

    def _group(self, field: FormField, lines: str, *, fold: bool) -> str:
        """Write a group of fields. One that may be left out is folded, unless there is something in it."""
        id, label = _id(field.name), escape(field.label)
        if not fold:
            head = f'<fieldset id="{id}"{self._described(field)}><legend>{label}{self._needed(field)}</legend>'
            return f"{head}\n{lines}\n</fieldset>"
        opened = " open" if self._filled(field) else ""
        head = f'<details{opened}><summary id="{id}">{label}</summary>'
        return f'{head}\n<div role="group" aria-labelledby="{id}"{self._described(field)}>\n{lines}\n</div></details>'

    def _filled(self, field: FormField) -> bool:
        """Tell whether something is in a group, was sent for it, or is wrong with it."""
        sent = self.sent if self.sent is not None else {it.name: it.text for it in _leaves(field)}
        there = [*self.told, *(name for name, value in sent.items() if value)]
        return any(re.split(r"[.\[]", name, maxsplit=1)[0] == field.name for name in there)

    def _leaf(self, field: FormField) -> str:
        """Write a label, its input, and what is said of it."""
        field = asked_again(field, self.told.get(field.name, ()))
        known = () if field.choices else tuple(self.offer(field))
        if known and field.kind is FieldKind.PERSON:
            field, known = evolve(field, choices=known), ()
        label = f'<label for="{_id(field.name)}">{escape(field.label)}{self._needed(field)}</label>'
        if field.kind is FieldKind.YES_NO:
            return "\n".join([self._box(field) + label, *self._notes(field)])
        return "\n".join([label, *self._notes(field), self._input(field, known)])

    def _notes(self, field: FormField) -> Iterator[str]:
        """Write its help, and what is wrong with it."""
        id = _id(field.name)
        if field.help:
            yield f'<p class="help" id="{id}-help">{escape(field.help)}</p>'
        if found := self.told.get(field.name):
            yield f'<p class="error" id="{id}-error">{"<br>".join(_said(it, self.texts) for it in found)}</p>'

    def _described(self, field: FormField) -> str:
        """Say by which notes a field is described, and whether it is wrong."""
        id, wrong = _id(field.name), bool(self.told.get(field.name))
        notes = " ".join([f"{id}-help"] * bool(field.help) + [f"{id}-error"] * wrong)
        return (f' aria-describedby="{notes}"' if notes else "") + ' aria-invalid="true"' * wrong

    def _needed(self, field: FormField) -> str:
        return f' <span class="needed">({escape(self.texts.page(NEEDED))})</span>' if field.required else ""

    def _text(self, field: FormField) -> str:
        """Give what the input holds: what was sent, or what the record holds."""
        if self.sent is None:
            return field.text
        value = self.sent.get(field.name, "")
        return str(value[-1] if isinstance(value, list) else value)

    def _input(self, field: FormField, known: tuple[Option, ...]) -> str:
        """Write what a page asks with."""
        text, id = self._text(field), _id(field.name)
        common = f'id="{id}" name="{escape(field.name)}"{self._described(field)}{" required" * field.required}'
        if field.choices:
            return _select(common, field, text)
        if field.kind is FieldKind.LONG_TEXT:
            feed = "\n" * text.startswith(("\n", "\r"))  # a browser drops the first one
            return f'<textarea {common} dir="auto" rows="3">{feed}{escape(text)}</textarea>'
        kind = "text" if field.kind is FieldKind.MOMENT and has_offset(text) else _INPUTS.get(field.kind, "text")
        more = f'type="{kind}" value="{escape(text)}"'
        if field.kind is FieldKind.NUMBER:
            limits = {"min": field.lowest, "max": field.highest, "step": None if field.whole else "any"}
            more += "".join(f' {name}="{limit}"' for name, limit in limits.items() if limit is not None)
        elif field.kind is FieldKind.MOMENT:
            more += ' step="any"'  # seconds, where there are any
        elif field.kind is not FieldKind.DAY:
            more += ' dir="auto" autocomplete="off"' + f' list="{id}-list"' * bool(known)
        listed = "".join(f'<option value="{escape(it.word)}">{escape(it.label)}</option>' for it in known)
        return f"<input {common} {more}>" + (f'<datalist id="{id}-list">{listed}</datalist>' if known else "")

    def _box(self, field: FormField) -> str:
        """Write a check box, after what stands for one that is not ticked."""
        name, ticked = escape(field.name), " checked" * bool(self._text(field))
        return (
            f'<input type="hidden" name="{name}" value="">'
            f'<input type="checkbox" id="{_id(field.name)}" name="{name}" value="on"{self._described(field)}{ticked}>'
        )


def _leaves(field: FormField) -> Iterator[FormField]:
    """Give the fields within a group that are none themselves."""
    for it in field.fields:
        yield from _leaves(it) if it.kind in _AROUND else (it,)


def _select(common: str, field: FormField, text: str) -> str:
    """Write a list to choose one of. What is held and is none of them stays; nothing is chosen for anybody."""
    known = {it.word: it.label for it in field.choices}
    words = ({} if field.required and text in known else {"": ""}) | ({text: text} if text else {}) | known
    options = [
        f'<option value="{escape(word)}"{" selected" * (word == text)}>{escape(label)}</option>'
        for word, label in words.items()
    ]
    return f"<select {common}>{''.join(options)}</select>"
