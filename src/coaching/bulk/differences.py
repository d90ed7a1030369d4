"""Differences between a record that is here and what the sources say of it now: what was done, and what was left alone.

Read top to bottom: rules, which fields are said at all, what was done, telling. Plain values: no act is done here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import attrs
from attrs import frozen

from coaching.bulk.drafts import told
from coaching.kernel.history import as_written
from coaching.kernel.rules import Finding, Rejected, Rule, brief, stated

B050 = stated(
    "B050",
    "bulk",
    field="",
    says="what the sources say otherwise than the book is a change that an act can say",
    why="own choice: a change is an act with a day, which people could have done as well; nothing is written over",
    mend="do the act that is meant, or correct the record with a reason",
)
B051 = stated(
    "B051",
    "bulk",
    field="",
    says="the sources say of a record on which somebody acted here what it says itself",
    why="own choice: what people agreed here counts, whatever an export of another system says",
    mend="let those whose record it is say it by an act, or take the field out of the mapping",
)


# --- what is said ----------------------------------------------------------------------------------------------------


def filled_by(fields: Mapping[str, Any], at: str = "") -> frozenset[str]:
    """Give the paths of the fields that a mapping fills, with all those they stand in.

    >>> sorted(filled_by({"name": "Name", "employments": ({"from": "Hired"},)}))
    ['employments', 'employments[].from', 'name']
    """
    found = set[str]()
    for name, filling in fields.items():
        path = f"{at}.{name}" if at else name
        found.add(path)
        items = filling if isinstance(filling, (tuple, list)) else [filling]
        below = f"{path}[]" if isinstance(filling, (tuple, list)) else path
        for item in items:
            if isinstance(item, Mapping):
                found |= filled_by(item, below)
    return frozenset(found)


def _without_places(paths: Iterable[str]) -> frozenset[str]:
    return frozenset(re.sub(r"\[\d+\]", "[]", path) for path in paths)


@frozen
class Said:
    """Which fields the sources say: those that stand in a document, and those that are filled and stand in none.

    Attributes:
        filled: The paths of the fields that the mapping fills (`positions[].title`): what it fills and does not say, it
            says to be empty.
    """

    filled: frozenset[str] = attrs.field(converter=_without_places)

    def __call__(self, path: str, value: object) -> bool:
        """Tell whether a field is said, where a document has this value for it."""
        return path in self.filled or value not in (None, (), {})

    def any_of(self, path: str) -> bool:
        """Tell whether a list, or anything in its items, is filled."""
        return any(it == path or it.startswith(f"{path}[") for it in self.filled)


# --- what was done, and what was not ---------------------------------------------------------------------------------


def plain(value: object) -> Any:
    """Give a value as a document writes it; a list as the list of its items."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return dict(value) if isinstance(value, Mapping) else as_written(value)


def brief_of(value: Any) -> str:
    """Give a plain value in a message."""
    if isinstance(value, list):
        return f"{len(value)} items" if len(value) != 1 else "1 item"
    return "nothing" if value is None else brief(value)


@frozen
class Done:
    """What an act changed, or would change.

    Attributes:
        act: The act.
        field: Where it changed something; `[]` stands for the item of a list that is meant.
        old: What stood there.
        new: What the sources say.
        on: The day of the act, where it has one: from then on a new manager manages, or until then somebody stays.
    """

    act: str
    field: str
    old: Any = attrs.field(converter=plain)
    new: Any = attrs.field(converter=plain)
    on: date | None = None

    def as_dict(self, *, values: bool = False) -> dict[str, Any]:
        """Give it for a program. `values` shows what the record says."""
        shown = {"old": self.old, "new": self.new, "on": None if self.on is None else self.on.isoformat()}
        return {"act": self.act, "field": self.field, **(shown if values else {})}

    def told(self, *, values: bool = False) -> str:
        """Give it for a person, in a line.

        >>> Done("correct", "name", "Anna Ek", "Anna Berg").told(values=True)
        "correct name: 'Anna Ek' becomes 'Anna Berg'"
        """
        if not values:
            return f"{self.act} {self.field}"
        day = "" if self.on is None or self.on.isoformat() == self.new else f" on {self.on}"
        return f"{self.act} {self.field}{day}: {brief_of(self.old)} becomes {brief_of(self.new)}"


Difference = tuple[str, Any, Any]
"""A field, what stands here, and what the sources say."""


def left_alone(rule: Rule, difference: Difference, why: Rejected | str = "") -> Finding:
    """Say that something was left alone: the field, what stands here, what is said, and what speaks against it."""
    path, old, new = difference
    shown = {"here": brief_of(plain(old)), "said": brief_of(plain(new))}
    if isinstance(why, Rejected):
        first = why.findings[0]
        what = "{here} here, {said} in the sources; refused by {codes}: {refusal}"
        return told(rule, what, path, **shown, codes=", ".join(dict.fromkeys(why.codes)), refusal=first.message)
    return told(rule, "{here} here, {said} in the sources" + (f"; {why}" if why else ""), path, **shown)


RULES: tuple[Rule, ...] = (B050, B051)
