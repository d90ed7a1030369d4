"""Sights: what somebody may see of a record, as HTML in words: labels, names of people, days as they are written.

Needs no extra. A list of terms (`<dl>`), escaped, without a style; the page brings the heading.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any

from coaching.book.naming import names
from coaching.book.privacy.view import View
from coaching.integrations.markup import ENGLISH, Markup
from coaching.kernel.classes import Model, model_of
from coaching.kernel.constraints import TIMES
from coaching.kernel.fields import Field
from coaching.records import KINDS
from coaching.texts.catalogue import NO, YES
from coaching.texts.saying import Texts

FRAME = frozenset({"type", "schema", "id", "state", "revision", "history", "extra", "external_ids"})
"""What a page shows by itself, or nobody reads: left out unless it is asked for."""


MARKS = frozenset({"id", "digest"})
"""What names a part, or seals it, and says nothing to a reader."""


def shown(seen: View, *, texts: Texts = ENGLISH, without: frozenset[str] | set[str] = FRAME) -> Markup:
    """Write what somebody may see of a record: each field by its label, in the language, with people by their names.

    Args:
        seen: What `view` gave.
        texts: The language; its `name` says what somebody is called, its `show` how days and moments are written.
        without: The fields that are left out.

    >>> from datetime import date, datetime
    >>> from coaching import Book, Goal
    >>> from coaching.privacy import view
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> goal = Goal.begin("g-1", "Lead a pilot line", target_on=date(2026, 9, 1), by="p-17", at=noon)
    >>> print(shown(view(goal, "p-17", Book(), noon.date())))
    <dl>
    <dt>Owner</dt><dd dir="auto">p-17</dd>
    <dt>Title</dt><dd dir="auto">Lead a pilot line</dd>
    <dt>Target on</dt><dd>2026-09-01</dd>
    </dl>
    """
    model = model_of(KINDS[seen.record[0]])
    said = {name: value for name, value in seen.as_dict().items() if name not in without}
    return Markup(_Writing(texts).terms(model, said))


def happened(seen: View, *, texts: Texts = ENGLISH) -> Markup:
    """Write what happened to a record, the last first, as far as somebody may see it: who, what, when, and why.

    Never show `record.history`: reasons in it are words of the two.

    >>> from datetime import datetime
    >>> from coaching import Book, Goal
    >>> from coaching.privacy import view
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> goal = Goal.begin("g-1", "Lead a pilot line", by="p-17", at=noon)
    >>> print(happened(view(goal, "p-17", Book(), noon.date())))
    <ol reversed>
    <li>Begin, <span dir="auto">p-17</span>, 2026-03-02 12:00:00+00:00</li>
    </ol>
    """
    lines = [_line(it, texts) for it in reversed(seen.get("history", []))]
    return Markup("\n".join(["<ol reversed>", *lines, "</ol>"]))


def _line(entry: Mapping[str, Any], texts: Texts) -> str:
    at = escape(texts.show(datetime.fromisoformat(entry["at"])))
    why = f': <span dir="auto">{escape(entry["reason"])}</span>' if entry.get("reason") else ""
    what, who = escape(texts.act(entry["act"])), escape(texts.name(entry["by"]))
    return f'<li>{what}, <span dir="auto">{who}</span>, {at}{why}</li>'


_AUTO = ' dir="auto"'


class _Writing:
    """One record as it is written: in which language."""

    def __init__(self, texts: Texts) -> None:
        """Keep it."""
        self.texts = texts

    def terms(self, model: Model, said: Mapping[str, Any]) -> str:
        """Write the fields of a record or part in the order of its class, with lists and parts at the end."""
        fields = {field.key: field for field in model.fields.values()}
        known = sorted((it for it in fields if it in said), key=lambda it: isinstance(said[it], (list, dict)))
        lines = [
            f"<dt>{escape(self.texts.field(key))}</dt>{self.value(model, fields[key], said[key])}"
            for key in known
            if said[key] is not None
        ]
        return "\n".join(["<dl>", *lines, "</dl>"])

    def value(self, model: Model, field: Field, value: Any, tag: str = "dd") -> str:
        """Write a value within an element."""
        if isinstance(value, list):
            return f"<{tag}><ul>{''.join(self.value(model, field, it, 'li') for it in value)}</ul></{tag}>"
        if isinstance(value, dict):
            inner = self._part(field, value) if field.holds_parts else self._pairs(value)
            return f"<{tag}>{inner}</{tag}>"
        words = self._words(model, field, value)
        ours = field.kind is str and not field.is_choice
        return f"<{tag}{_AUTO if ours else ''}>{escape(words)}</{tag}>"

    def _part(self, field: Field, value: Mapping[str, Any]) -> str:
        return self.terms(model_of(field.kind), {name: it for name, it in value.items() if name not in MARKS})

    def _pairs(self, value: Mapping[str, Any]) -> str:
        return "<br>".join(f"{escape(str(name))}: {escape(str(it))}" for name, it in value.items())

    def _words(self, model: Model, field: Field, value: Any) -> str:
        """Say a value: a word of a closed list, a day, a person by name, anything else as it is."""
        if field.is_choice:
            return self.texts.word(str(value), field.kind.__name__)
        if field.kind in TIMES:
            return self.texts.show(field.kind.fromisoformat(value))
        if field.kind is bool:
            return self.texts.page(YES if value else NO)
        return self.texts.name(str(value)) if names(model.name, field.name) == "person" else self.texts.show(value)
