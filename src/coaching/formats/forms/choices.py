"""Choices that a record knows: the parts that an act may name, the turns to reply to, the two of a talk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from attrs import frozen

from coaching.formats.asked import parts_named
from coaching.formats.forms.naming import label_of
from coaching.kernel.fields import Field
from coaching.kernel.record import Record
from coaching.kernel.rules import Choice
from coaching.records.commitments import COMMITMENT, Commitment, PromisingRecord
from coaching.records.interviews import Interview
from coaching.records.opportunities import Opportunity
from coaching.records.paths import PARTS


@frozen
class Option:
    """One of the choices of a field.

    Attributes:
        word: What is sent.
        label: What is shown.
        of: The closed list that it is a word of; empty for what a record knows.
    """

    word: str
    label: str
    of: str = ""


def words_of(field: Field) -> tuple[Option, ...]:
    """Give the words of a closed list, in its order."""
    words: tuple[str, ...] = tuple(field.kind) if issubclass(field.kind, Choice) else ()
    return tuple([Option(str(word), label_of(word), field.kind.__name__) for word in words])


def known_to(record: Record, act: str, name: str, by: str | None, on: date | None) -> tuple[Option, ...]:
    """Give what a record knows of an argument; nothing where anything may be given."""
    if parts_named(type(record), name) is not None:
        return tuple([Option(part.id, _shown(part)) for part in _open(record, act, name, by, on)])
    if isinstance(record, Interview) and (act, name) == ("say", "reply_to"):
        return tuple([Option(str(turn.number), str(turn)) for turn in record.turns])
    if isinstance(record, Interview) and (act, name) == ("miss", "absent"):
        return tuple([Option(it, it) for it in (record.coachee, record.interviewer) if it is not None])
    if isinstance(record, Opportunity) and (act, name) == ("unreserve", "person"):
        return tuple([Option(it, it) for it in record.reserved_for])
    if isinstance(record, Opportunity) and (act, name) == ("free", "person"):
        return tuple([Option(it, it) for it in record.filled_by])
    return ()


def _open(record: Record, act: str, name: str, by: str | None, on: date | None) -> Iterable[Any]:
    """Give the parts that the act is open to: by their own table, and for the one who acts."""
    parts: Iterable[Any] = getattr(record, f"{name}s")
    table = COMMITMENT if act in COMMITMENT.acts else PARTS[act][2] if act in PARTS else None
    if table is None:
        return parts
    there = [part for part in parts if table.find(act, part.state) is not None]
    if by is None or record.lifecycle.find(act, record.state) is None or not isinstance(record, PromisingRecord):
        return there
    return record.commitments_for(by, act, on=on)


def _shown(part: Any) -> str:
    """Give what a part says of itself in a line."""
    if isinstance(part, Commitment):
        return str(part)
    said = (getattr(part, name, None) for name in ("text", "title", "name", "person"))
    return str(next((it for it in said if it is not None), part.id))
