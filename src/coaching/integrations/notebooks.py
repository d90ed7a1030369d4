"""Notebooks: a record, the steps of a path and who is covered as small tables of HTML, and diagrams as pictures.

No words in a table, unless asked for. Tables need no extra, pictures need `diagrams`. `show` gives what Jupyter and
others display, and `%load_ext coaching.integrations.notebooks` lets them show each record and each diagram so. A
notebook is kept, sent and committed with what it showed: ids, states, days and numbers; of a diagram, all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from attrs import frozen
from frozendict import frozendict

from coaching.book.cadence import Covered
from coaching.book.given import each_must_be
from coaching.diagrams import Diagram, svg
from coaching.kernel.constraints import V002
from coaching.kernel.fields import Field, fields_of
from coaching.kernel.history import as_written
from coaching.kernel.record import Record
from coaching.records import RECORDS
from coaching.records.paths import CareerPath


@frozen
class Shown:
    """What a notebook displays."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


def show(what: Record | Iterable[Covered] | Diagram, *, words: bool = False) -> Shown:
    """Show a record, the lines of `book.coverage(day)`, or a diagram; of a path its steps as well.

    Args:
        what: Of a record each field that is set is a row; of a list of parts, how many there are. A diagram is shown as
            its picture, with the words that its viewer may see.
        words: Whether texts and names that people wrote are shown in tables too. Whatever is shown is escaped.

    Raises:
        Rejected: V015 for anything else.
        ModuleNotFoundError: For a diagram, where the extra `diagrams` is not installed.

    >>> from datetime import datetime
    >>> from coaching.records.goals import Goal
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> goal = Goal.begin("g-1", "Lead <b>two</b> lines", by="p-17", at=noon)
    >>> "title" in show(goal).html, "&lt;b&gt;two&lt;/b&gt;" in show(goal, words=True).html
    (False, True)
    """
    if isinstance(what, Diagram):
        return Shown(svg(what))
    if not isinstance(what, Record):
        lines = each_must_be("cannot show", "what", what, Covered, "line of coverage")
        return Shown(_columns("coverage", lines, words=words))
    caption = f"{what.type} {what.id}: {what.state}"
    rows = "".join(f"<tr><th>{escape(k)}</th><td>{escape(v)}</td></tr>" for k, v in _cells(what, words=words))
    steps = _columns("steps", what.steps, words=words) if isinstance(what, CareerPath) else ""
    return Shown(f"<table><caption>{escape(caption)}</caption>{rows}</table>{steps}")


def load_ipython_extension(ipython: Any) -> None:
    """Let a notebook show every record and every diagram as `show` does. IPython calls this at `%load_ext`."""
    formatter = ipython.display_formatter.formatters["text/html"]
    for kind in (*RECORDS, Diagram):
        formatter.for_type(kind, lambda it: show(it).html)


def _columns(caption: str, things: Iterable[object], *, words: bool) -> str:
    """Give a table with one row for each of some things of a kind, and a column for each field that one of them has."""
    rows = [dict(_cells(thing, words=words)) for thing in things]
    shown = list(dict.fromkeys(name for row in rows for name in row))
    head = "".join(f"<th>{escape(name)}</th>" for name in shown)
    body = "".join("<tr>" + "".join(f"<td>{escape(row.get(n, ''))}</td>" for n in shown) + "</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption><tr>{head}</tr>{body}</table>"


def _cells(thing: object, *, words: bool, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Give what may be shown of a thing, by the names of its fields; of a part, field by field."""
    for field in fields_of(type(thing)).values():
        value, name = getattr(thing, field.name), f"{prefix}{field.key}"
        if value is None or value == () or field.kind is frozendict:
            continue
        if field.many:
            yield name, str(len(value)) if field.holds_parts or _is_said(field) else ", ".join(map(str, value))
        elif field.holds_parts:
            yield from _cells(value, words=words, prefix=f"{name}.")
        elif words or not _is_said(field):
            yield name, str(as_written(value))


def _is_said(field: Field) -> bool:
    """Tell whether somebody wrote it: a text, a name or a title."""
    return V002 in field.rules
