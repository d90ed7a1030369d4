"""Findings for one viewer: about what they see, and saying no more than they see. For the page of one person.

What is wrong with a field is told to whoever sees the field. How it is said, with numbers and names, is told to whoever
sees the whole record, and only of rules that look at that record alone: another record may not be theirs to see. To
others the sentence of the rule is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Protocol

import attrs
from frozendict import frozendict

from coaching.book import checks, consistency
from coaching.book.given import must_be
from coaching.book.privacy.view import Look, place_of
from coaching.book.shelf import Shelf
from coaching.kernel.classes import Key, model_of
from coaching.kernel.constraints import V015
from coaching.kernel.fields import key_of
from coaching.kernel.policy import POLICY, Policy, asked
from coaching.kernel.record import Record
from coaching.kernel.rules import Finding, Rejected, breach, brief, finding, in_order

ACROSS = frozenset(rule.code for rule in (*consistency.RULES, *checks.RULES))
"""The rules that look at several records: what they find may tell of one that the viewer does not see."""
_LISTED_APART = frozenset({"extra", "history"})  # of which hardly anybody sees the whole, and no rule says anything


class Finds(Protocol):
    """What gives findings: a record, or a book."""

    def findings(self, on: date, *, policy: Policy = POLICY) -> Iterable[Finding]:
        """Give the findings of a day."""
        ...


def findings_for(of: Finds, viewer: str, book: Shelf, on: date, policy: Policy = POLICY) -> tuple[Finding, ...]:
    """Give the findings about a record or a book that a viewer may be shown, in their order.

    Args:
        of: A record, or the book itself.
        viewer: The id of whoever looks.
        book: Says who manages and coaches whom; a record need not be in it.
        on: The day.
        policy: The house's.

    Raises:
        Rejected: V015 for what is no record or book, no id of a viewer, no day or no policy.

    >>> from datetime import datetime, timezone
    >>> from coaching import Book, Goal
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> goal = Goal.begin("g-1", "Lead a pilot line", coach="p-3", by="p-17", at=noon)
    >>> [found.code for found in findings_for(goal, "p-3", Book(), noon.date())]
    ['G015', 'G016']
    >>> findings_for(goal, "p-99", Book(), noon.date())
    ()
    """
    asked(on, policy)
    must_be("cannot answer", viewer=(viewer, str, "text"), book=(book, Shelf, "book"))
    given: object = of
    if not isinstance(given, (Record, Shelf)):
        raise Rejected("cannot answer", [finding(V015, breach("{value} is no record or book", "of", value=brief(of)))])
    own = {given.key: given} if isinstance(given, Record) else {}
    return in_order(told(of.findings(on, policy=policy), viewer, book, on, policy, own))


def told(
    found: Iterable[Finding],
    viewer: str,
    book: Shelf,
    on: date,
    policy: Policy,
    own: Mapping[Key, Record] = frozendict(),
) -> Iterator[Finding]:
    """Give those of some findings that a viewer may be shown, as they are found."""
    looks: dict[Key, Look] = {}
    for it in found:
        key = it.record or ("", "")
        if key not in looks:
            record = own.get(key) or book.at(*key)
            if record is None:
                continue
            looks[key] = Look(record, viewer, book, on, policy)
        place = _place(looks[key], it.path)
        if place is not None:
            yield attrs.evolve(it, path=place) if _sees_all(looks[key], it) else _in_general(it, place)


def _place(look: Look, path: str) -> str | None:
    """Say where a finding stands in what the viewer sees; None where they do not. Hidden items are not counted."""
    if not path:
        return path if _whole(look) else None
    field, place, part = place_of(path)
    name = next((n for n in model_of(type(look.sight.record)).names if key_of(n) == field), "")
    circle = look.circle_of(name)
    if circle is None:
        return None
    held = getattr(look.sight.record, name)
    if place is None or place >= len(held):
        return None if name in look.hidden and circle.each and not look.reads else path
    if name == "history":
        entry = held[place]
        return path if look.tells(entry) and part not in look.kept_back else None
    if not circle.each:
        return path
    seen = [i for i, item in enumerate(held) if circle.sees(look.sight, item)]
    return path.replace(f"[{place}]", f"[{seen.index(place)}]", 1) if place in seen else None


def _whole(look: Look) -> bool:
    """Tell whether the viewer sees all of a record but for what is listed apart, and what each keeps for themselves."""
    names = model_of(type(look.sight.record)).names
    return look.reads and all(look.circle_of(name) is not None for name in names if name not in _LISTED_APART)


def _sees_all(look: Look, it: Finding) -> bool:
    return _whole(look) and it.code not in ACROSS


def _in_general(it: Finding, place: str) -> Finding:
    """Give the same finding, with the sentence of the rule in the place of what was found."""
    what = breach("not so: {says}", place, says=it.says)
    return attrs.evolve(it, path=place, message=what.message, params=what.params, template=what.template)
