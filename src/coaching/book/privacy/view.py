"""The view: what one viewer may see of a record. Who may see what stands in `table`, who is who in `circles`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import msgspec
from attrs import frozen
from frozendict import frozendict

from coaching.book.given import must_be
from coaching.book.privacy.circles import Sight
from coaching.book.privacy.table import D003, Privacy, privacy_of
from coaching.book.shelf import Shelf
from coaching.kernel.classes import model_of
from coaching.kernel.constraints import V016
from coaching.kernel.fields import key_of
from coaching.kernel.policy import asked
from coaching.kernel.record import Record
from coaching.kernel.rules import Rejected, breach, brief, finding

SEALS = ("content", "digest")
"""Digests in a history: whoever does not see a text could confirm a guess at it with them, so nobody is shown them."""
SPOKEN = ("reason", "source", "was")
"""What an entry says in words."""


@frozen
class View:
    """What one viewer may see of a record: never a record, and never half of one.

    Attributes:
        record: Type and id.
        viewer: Who looks.
        shown: What `unstructure` gives, without what the viewer may not see; frozen.
        redacted: What is kept back, by the names documents use: a field, `[*]` where only some of a list are kept back.
            It stands here whether or not there is anything, so that it tells nothing either.
    """

    record: tuple[str, str]
    viewer: str
    shown: Mapping[str, Any]
    redacted: tuple[str, ...]
    _names: frozenset[str] = attrs.field(repr=False)

    def __getitem__(self, field: str) -> Any:
        """A field, by the name it has in documents; None where it may be seen and says nothing.

        Raises:
            Rejected: D003 for one that the viewer may not see, V016 for one that such a record does not have.
        """
        if field in self.shown:
            return _thawed(self.shown[field])
        if field in self.redacted:
            rule, what = D003, breach("{viewer} may not see it", field, viewer=self.viewer)
        elif field in self._names:
            return None
        else:
            what = breach("{kind} has no {name}", str(field), kind=self.record[0], name=brief(field))
            rule = V016
        raise Rejected(f"{' '.join(self.record)}: cannot show", [finding(rule, what, record=self.record)])

    def as_dict(self) -> dict[str, Any]:
        """What is shown, as the plain dict that `unstructure` would give."""
        return {name: _thawed(item) for name, item in self.shown.items()}


def view(record: Record, viewer: str, book: Shelf, *, on: date = date.max) -> View:
    """Show what a viewer may see of a record; everything else is kept back (D003). Closed where nobody decided.

    Preparations: their writer. Turns, goals, paths: the two whom they are of. Needs: as far as they are released.
    Feedback: giver, receiver once given, and those it was shared with. State and dates: also the line manager and the
    one above.

    Args:
        record: Any record; it need not be in the book.
        viewer: The id of whoever looks.
        book: Says who manages and coaches whom.
        on: The day whose reporting lines count; those that are open when left out.

    Raises:
        Rejected: V015 for what is no record, no id of a viewer, no book or no day.

    >>> from datetime import datetime, timezone
    >>> from coaching import Book, Goal
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> goal = Goal.begin("g-1", "Lead a pilot line", coach="p-3", by="p-17", at=noon)
    >>> view(goal, "p-3", Book())["title"]
    'Lead a pilot line'
    >>> view(goal, "p-99", Book()).as_dict()
    {'type': 'goal', 'schema': 1, 'id': 'g-1'}
    """
    asked(on)
    must_be("cannot show", record=(record, Record, "record"), viewer=(viewer, str, "text"), book=(book, Shelf, "book"))
    sight, known, model = Sight(record, viewer, book, on), privacy_of(record), model_of(type(record))
    shown: dict[str, Any] = {"type": record.type, "schema": record.schema}
    redacted: list[str] = []
    for name in model.names:
        circle, key, value = known.sees.get(name), key_of(name), getattr(record, name)
        if circle is None or not (circle.each or circle.sees(sight, None)):
            redacted.append(key)
            continue
        if circle.each:
            value = tuple([item for item in value if circle.sees(sight, item)])
            redacted += [] if circle.whole(sight) else [f"{key}[*]"]
        if name == "history":
            value = tuple(_steps(sight, known))
            redacted += [f"{key}[*].{part}" for part in _kept_back(sight, known)]
        if name not in model.defaults or value != model.defaults[name]:
            shown[key] = plain(value)
    names = frozenset(["type", "schema", *map(key_of, model.names)])
    return View(record.key, viewer, _frozen(shown), tuple(redacted), names)


def _kept_back(sight: Sight, known: Privacy) -> tuple[str, ...]:
    """What of an entry the viewer is not shown."""
    return SEALS if known.words.sees(sight, None) else (*SEALS, *SPOKEN)


def _steps(sight: Sight, known: Privacy) -> Iterator[frozendict[str, Any]]:
    """The history as a viewer may see it: without digests, perhaps without words, without acts on what is hidden."""
    kept_back = _kept_back(sight, known)
    for entry in sight.record.history:
        field = known.quiet.get(entry.act)
        if field is None or known.sees[field].whole(sight):
            yield frozendict({name: item for name, item in plain(entry).items() if name not in kept_back})


def plain(value: Any) -> Any:
    """A value as documents have it: texts, numbers, lists and dicts; what stands at its default is left out."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    if not attrs.has(type(value)):
        return msgspec.to_builtins(value, builtin_types=(Decimal,))
    model = model_of(type(value))
    every = zip(model.names, model.every(value), strict=True)
    return {key_of(n): plain(v) for n, v in every if n not in model.defaults or v != model.defaults[n]}


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return frozendict({name: _frozen(item) for name, item in value.items()})
    return tuple([_frozen(item) for item in value]) if isinstance(value, list) else value


def _thawed(value: Any) -> Any:
    if isinstance(value, frozendict):
        return {name: _thawed(item) for name, item in value.items()}
    return [_thawed(item) for item in value] if isinstance(value, tuple) else value
