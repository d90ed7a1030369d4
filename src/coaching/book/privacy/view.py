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
from coaching.book.privacy.circles import Circle, Sight
from coaching.book.privacy.table import D003, privacy_of
from coaching.book.shelf import Shelf
from coaching.kernel.checking import json_number
from coaching.kernel.classes import model_of
from coaching.kernel.constraints import V016
from coaching.kernel.fields import key_of
from coaching.kernel.history import Entry
from coaching.kernel.policy import POLICY, Policy, asked
from coaching.kernel.record import Record
from coaching.kernel.rules import Rejected, breach, brief, finding

SEALS = ("content", "digest")
"""Digests in a history: whoever does not see a text could confirm a guess at it with them, so nobody is shown them."""
SPOKEN = ("reason", "source", "was")
"""What an entry says in words."""


class Unseen(Rejected, KeyError):
    """A field that a view does not show: refused as anything is, and no key to whoever takes the view for a mapping."""


Unseen.__module__ = "coaching.privacy"  # where people import it from, and what a traceback shows


@frozen(repr=False)
class View(Mapping[str, Any]):
    """What one viewer may see of a record, to be read as a mapping of fields: never a record, and never half of one.

    It holds what there is to see, by the names documents use; so do `in`, `len`, `items` and a loop. A field that may
    be seen and says nothing is None when it is asked for. One that is kept back is not there.

    Attributes:
        record: Type and id.
        viewer: Who looks.
        shown: What `unstructure` gives, without what the viewer may not see; frozen. Its numbers are those of JSON.
        redacted: What is kept back, by the names documents use: a field, `[*]` where only some of a list are kept back.
            It stands here whether or not there is anything, so that it tells nothing either.
    """

    record: tuple[str, str]
    viewer: str
    shown: Mapping[str, Any]
    redacted: tuple[str, ...]
    _names: frozenset[str]

    def __getitem__(self, field: str) -> Any:
        """Give a field, by the name it has in documents; None where it may be seen and says nothing.

        Raises:
            Unseen: A `Rejected` and a KeyError: D003 for one that the viewer may not see, V016 for one that such a
                record does not have.
        """
        if field in self:
            return _thawed(self.shown[field])
        if field in self.redacted:
            rule, what = D003, breach("{viewer} may not see it", field, viewer=self.viewer)
        elif isinstance(field, str) and field in self._names:
            return None
        else:
            name = field if isinstance(field, str) else brief(field)
            what = breach("{kind} has no {name}", name, kind=self.record[0], name=brief(field))
            rule = V016
        raise Unseen(f"{' '.join(self.record)}: cannot show", [finding(rule, what, record=self.record)])

    def __contains__(self, field: object) -> bool:
        """Tell whether there is a field to see."""
        return isinstance(field, str) and field in self.shown

    def __iter__(self) -> Iterator[str]:
        """Give the fields that there are to see."""
        return iter(self.shown)

    def get(self, field: str, otherwise: Any = None) -> Any:
        """Give a field, or something else where there is none to see."""
        return _thawed(self.shown[field]) if field in self else otherwise

    def __len__(self) -> int:
        """Say how many fields there are to see."""
        return len(self.shown)

    @property
    def whole(self) -> bool:
        """Tell whether the viewer sees all of the record; seals in the history are shown to nobody."""
        return not set(self.redacted) - {f"history[*].{seal}" for seal in SEALS}

    def __repr__(self) -> str:
        """Say which record, for whom, and which fields, without a word of them."""
        return f"<View of {' '.join(self.record)} for {self.viewer}: {', '.join(self)}>"

    def as_dict(self) -> dict[str, Any]:
        """Say what is shown, as the plain dict that `unstructure` would give, ready for `json.dumps`.

        A fraction is a float; where that would lose some of it, a text, which documents are read with as well.
        """
        return {name: _thawed(item) for name, item in self.shown.items()}


def view(record: Record, viewer: str, book: Shelf, on: date, *, policy: Policy = POLICY) -> View:
    """Show what a viewer may see of a record; everything else is kept back (D003). Closed where nobody decided.

    Preparations: their writer. Turns, goals, paths: the two whom they are of. Needs: as far as they are released.
    Feedback: giver, receiver once given, and those it was shared with. State and dates: also the line manager and the
    one above.

    Args:
        record: Any record; it need not be in the book.
        viewer: The id of whoever looks.
        book: Says who manages and coaches whom.
        on: The day that counts: who manages, who coaches.
        policy: How long a talk that was held makes a coach: `cadence_months`.

    Raises:
        Rejected: V015 for what is no record, no id of a viewer, no book, no day or no policy.

    >>> from datetime import datetime, timezone
    >>> from coaching import Book, Goal
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> goal = Goal.begin("g-1", "Lead a pilot line", coach="p-3", by="p-17", at=noon)
    >>> today = date(2026, 3, 2)
    >>> seen = view(goal, "p-3", Book(), today)
    >>> seen["title"], "extra" in seen
    ('Lead a pilot line', False)
    >>> view(goal, "p-99", Book(), today).as_dict()
    {'type': 'goal', 'schema': 1, 'id': 'g-1'}
    """
    asked(on, policy)
    must_be("cannot show", record=(record, Record, "record"), viewer=(viewer, str, "text"), book=(book, Shelf, "book"))
    look = Look(record, viewer, book, on, policy)
    model = model_of(type(record))
    shown: dict[str, Any] = {"type": record.type, "schema": record.schema}
    redacted: list[str] = []
    for name in model.names:
        circle, key = look.circle_of(name), key_of(name)
        if circle is None:
            redacted.append(key)
            continue
        value: Any = look.items(name) if circle.each else getattr(record, name)
        if circle.each and name in look.hidden:
            redacted.append(f"{key}[*]")
        if name == "history":
            value = tuple(look.steps())
            redacted += [f"{key}[*].{part}" for part in look.kept_back]
        if name not in model.defaults or value != model.defaults[name]:
            shown[key] = plain(value)
    names = frozenset(["type", "schema", *map(key_of, model.names)])
    return View(record.key, viewer, _frozen(shown), tuple(redacted), names)


class Look:
    """What a viewer sees of one record on a day: asked by views, by findings, and by the copy for the person."""

    def __init__(self, record: Record, viewer: str, book: Shelf, on: date, policy: Policy) -> None:
        self.sight, self.known = Sight(record, viewer, book, on, policy), privacy_of(record)
        names = model_of(type(record)).names
        circles = {name: circle for name in names if (circle := self.known.sees.get(name)) is not None}
        self._circles = {n: c for n, c in circles.items() if c.each or c.sees(self.sight, None)}
        self.hidden = frozenset(
            name
            for name in names
            if name not in self._circles or (self._circles[name].each and not self._circles[name].whole(self.sight))
        )
        """The fields that the viewer does not see, or not the whole of."""
        self.reads = self.known.words.sees(self.sight, None)
        self.kept_back = (*SEALS, *(() if self.reads else SPOKEN), *(("sets",) if self.hidden else ()))
        """What of an entry the viewer is not shown, or not the whole of."""

    def circle_of(self, name: str) -> Circle | None:
        """Give the circle of a field that the viewer sees, or of a list some items of which they may see."""
        return self._circles.get(name)

    def items(self, name: str) -> tuple[Any, ...]:
        """Give those items of a list, judged one by one, that the viewer sees."""
        sees = self._circles[name].sees
        return tuple([item for item in getattr(self.sight.record, name) if sees(self.sight, item)])

    def tells(self, entry: Entry) -> bool:
        """Tell whether the viewer is told of an act at all: not, where it is about what they see only a part of."""
        return self.known.quiet.get(entry.act) not in self.hidden

    def steps(self) -> Iterator[frozendict[str, Any]]:
        """Give the history as the viewer may see it: without digests, and without what is kept back."""
        left_out = set(self.kept_back) - {"sets"}
        for entry in self.sight.record.history:
            if self.tells(entry):
                told = {name: item for name, item in plain(entry).items() if name not in left_out}
                for part in {"sets", "was"} & told.keys():
                    told[part] = self._but_for_hidden(told[part])
                yield frozendict({name: item for name, item in told.items() if item not in ([], {})})

    def _but_for_hidden(self, named: Any) -> Any:
        """Give the fields named, or what they were, without those of which the viewer does not see the whole."""
        hidden = {key_of(name) for name in self.hidden}
        if isinstance(named, list):
            return [name for name in named if name.partition("[")[0] not in hidden]
        return {name: item for name, item in named.items() if name not in hidden}


def place_of(path: str) -> tuple[str, int | None, str]:
    """Give the field that a path begins with, the place in its list, and the field of the item.

    >>> place_of("turns[3].text"), place_of("slot.place")
    (('turns', 3, 'text'), ('slot', None, 'place'))
    """
    first, _, rest = path.partition(".")
    field, _, place = first.partition("[")
    return field, int(place[:-1]) if place else None, rest.partition(".")[0].partition("[")[0]


def plain(value: Any) -> Any:
    """Give a value as documents have it, ready for JSON: texts, numbers, lists, dicts; without what is at its default.

    A fraction is a float, or a text where that would lose some of it.
    """
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    if not attrs.has(type(value)):
        said = msgspec.to_builtins(value, builtin_types=(Decimal,))
        return json_number(said) if isinstance(said, Decimal) else said
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
