"""Where an act through a book looks: which records its rules, and what follows from it, may read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coaching.book.asking import EVERY
from coaching.book.follows import ALSO, LOOKS_AT
from coaching.book.keys import kind_named
from coaching.book.naming import kinds_named
from coaching.kernel.classes import model_of, nearest
from coaching.kernel.lifecycle import V010
from coaching.kernel.rules import Rejected, Rule, Sort, brief
from coaching.records import KINDS
from coaching.records.people import Person


def looks_at(kind: Any, act: Any) -> tuple[str, ...]:
    """Say where an act looks, as `Rule.looks_at` does: at what rules across records ask, and at all that is named.

    `goal.id` is a goal by its id, `goal.owner` the goals that name an owner, and `goal.` all goals.

    Raises:
        Rejected: V012 or V015 for what is no kind of record, V010 for what is no act of it.

    >>> print(*looks_at("goal", "sign"))
    feedback.id goal.id interview.id move.id opportunity.id path.id person.id relationship.coachee
    """
    word = kind_named(kind)
    acts = KINDS[word].lifecycle.acts
    if not isinstance(act, str) or act not in acts:
        meant = nearest(act[:40], tuple(acts)) if isinstance(act, str) else None
        what = "{kind} has no act {value}; did you mean {near}?"
        wrong = what if meant else "{kind} has no act {value}; known: {known}"
        told = {"near": meant} if meant else {"known": ", ".join(acts)}
        raise Rejected.over(V010, wrong, "act", of="book: cannot answer", value=brief(act), kind=word, **told)
    return tuple(sorted(set(_looks(word, act))))


def _looks(word: str, act: str) -> Iterator[str]:
    changed = (word, ALSO[word, act]) if (word, act) in ALSO else (word,)
    yield f"{Person.type}.id"  # whoever is named may be erased (D005)
    for kind in changed:
        yield f"{kind}.id"
        yield from (f"{named}.id" for named in kinds_named(model_of(KINDS[kind])))
        yield from (place for rule in EVERY if kind in rule.looks_from and _asks(rule, act) for place in rule.looks_at)
    yield from LOOKS_AT.get((word, act), ())


def _asks(rule: Rule, act: str) -> bool:
    return rule.sort is Sort.INVARIANT or any(guarded.partition(">")[0] == act for guarded in rule.acts)
