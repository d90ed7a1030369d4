"""Keys: how a record is named, read in one place: by a record, by its kind and id, or by its id alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from coaching.book.given import no, refusal
from coaching.kernel.classes import nearest
from coaching.kernel.constraints import V012
from coaching.kernel.record import ActT, BeginT, Record
from coaching.kernel.rules import Rejected, brief
from coaching.records import KINDS, RECORDS, Kind

AnyKey = Record[ActT, BeginT] | tuple[type[Record[ActT, BeginT]] | str, str] | str
"""A record, for its kind and id; a class or its word, and an id; or an id, where one kind of record alone has it."""

WORDS: Mapping[object, Kind] = {named: cast("Kind", cls.type) for cls in RECORDS for named in (cls, cls.type)}
"""The word of a kind, by its class or its word."""


def kind_named(kind: Any, what: str = "book: cannot answer") -> Kind:
    """Give the word of a kind of record, which is named by its class or by the word.

    Raises:
        Rejected: V012 for another word, V015 for anything else.

    >>> kind_named("goal")
    'goal'
    >>> kind_named("gaol")
    Traceback (most recent call last):
    ...
    coaching.Rejected: book: cannot answer
      V012 kind: 'gaol' is no kind of record; did you mean goal? (choose one of the words named)
    """
    known = WORDS.get(kind) if isinstance(kind, (type, str)) else None
    if known is not None:
        return known
    if isinstance(kind, str):
        meant = nearest(kind[:40], tuple(KINDS))
        wrong = (
            "{value} is no kind of record; did you mean {near}?"
            if meant
            else "{value} is no kind of record; known: {known}"
        )
        told = {"near": meant} if meant else {"known": ", ".join(KINDS)}
        raise Rejected.over(V012, wrong, "kind", of=what, value=brief(kind), **told)
    raise refusal(what, [no(kind, "kind of record", "kind")])


def key_named(key: Any, what: str) -> tuple[str | None, str]:
    """Read a key: the word of the kind, where it says that, and the id.

    Raises:
        Rejected: V015 for what is no key, V012 and V015 for what is no kind of record.

    >>> key_named("g-1", "cannot answer"), key_named(("goal", "g-1"), "cannot answer")
    ((None, 'g-1'), ('goal', 'g-1'))
    """
    match key:
        case str():
            return None, key
        case tuple((kind, id)):
            return kind_named(kind, what), id
        case Record() if type(key) in WORDS:
            return key.key
    raise refusal(what, [no(key, "key: give a record, its kind and id, or its id", "")])
