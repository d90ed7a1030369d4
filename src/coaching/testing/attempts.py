"""Attempts: an act, a beginning or a document that is tried, and what the model says of it.

Read top to bottom: the attempt, the near miss, how both are made for the rules of one kind of record.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from attrs import evolve, frozen

from coaching import codec
from coaching.book.book import Book
from coaching.kernel.record import Record
from coaching.kernel.rules import Finding, Rejected, brief
from coaching.testing.acts import play_of
from coaching.testing.parts import texts
from coaching.testing.walks import ADMINISTRATION, Stage, walk

DOCUMENT = "document"
"""The name of an attempt that is no act: a document is read."""


@frozen
class Attempt:
    """Something that is tried.

    Attributes:
        kind: Which kind of record it is about.
        act: The act, or `"document"`.
        given: All that is given, `by` and `at` among it, and `id` where a record is begun; or a document.
        record: The record as it stands; None where one is begun or read.
        book: What stands beside it, where the rule is one across records; the record is in it.
    """

    kind: type[Record]
    act: str
    given: Mapping[str, Any]
    record: Record | None = None
    book: Book | None = None

    def __repr__(self) -> str:
        """In a line: the act, on what, and what is given."""
        if self.act == DOCUMENT:
            return f"<a document of {self.kind.type} {self.given.get('id')}>"
        on = f" on {self.kind.type} {self.record.id}, {self.record.state}" if self.record else f" of a {self.kind.type}"
        among = "" if self.book is None else ", in a book"
        return f"<{self.act}{on}{among}: {', '.join(f'{name}={brief(value)}' for name, value in self.given.items())}>"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the model says of it: nothing, where it passes."""
        if self.act == DOCUMENT:
            try:
                codec.loads(json.dumps(self.given))
            except Rejected as refusal:
                return refusal.findings
            return ()
        if self.record is None and self.book is None:
            return self.kind.would_new(self.act, **self.given)
        if self.book is None:
            return () if self.record is None else self.record.would(self.act, **self.given)
        if self.record is None:
            return self.book.would_new(self.kind, self.act, **self.given)
        return self.book.would(self.record.key, self.act, **self.given)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the rules that refuse it, each once."""
        return tuple(dict.fromkeys(finding.code for finding in self.findings))


@frozen
class NearMiss:
    """An attempt that one rule refuses and no other, and the nearest one that passes.

    Attributes:
        code: The code of the rule.
        refused: What breaks it.
        passes: The nearest that does not.
    """

    code: str
    refused: Attempt
    passes: Attempt

    def __repr__(self) -> str:
        """In a line: the rule, and what breaks it."""
        return f"NearMiss({self.code!r}, refused={self.refused!r})"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:  # noqa: FBT001  (so Hypothesis calls it)
        """Report it in a line, and not each entry of a history."""
        printer.text(repr(self))


Pair = tuple[Attempt, Attempt]
"""What breaks a rule, and the nearest that passes."""
Miss = Callable[[Stage], Pair]


DAY = timedelta(days=1)
OWNER, COACH = "p-1", "m-1"


def words(stage: Stage) -> str:
    """Some words."""
    return str(stage.draw(texts()))


def made(stage: Stage, kind: type[Record], state: str, /, **names: Any) -> Any:
    """A record that came to a state here, by the shortest way.

    It goes on by the clock of the stage: elsewhere the same moment is on another day, which other rules ask.
    """
    alone = Stage(stage.draw, {name: [value] for name, value in names.items()}, side_acts=0, first=stage.now)
    record = walk(alone, play_of(kind), state, acts=1)
    stage.now = max(stage.now, alone.now, record.history[-1].at)
    return record


def tried(stage: Stage, record: Any, act: str, by: str, /, **given: Any) -> Attempt:
    """An act with all its arguments, some of them as they are given here."""
    play = play_of(type(record))
    ours = (
        {} if act not in play.arguments or given.pop("alone", False) else play.arguments[act](stage, record, by) or {}
    )
    return Attempt(type(record), act, {**ours, **given, "by": by, "at": moment(stage, record)}, record)


def moment(stage: Stage, record: Record | None) -> datetime:
    """Now, and not before the last act."""
    if record is not None:
        stage.now = max(stage.now, record.history[-1].at)
    return stage.now


def begun(stage: Stage, kind: type[Record], act: str, id: str, by: str, /, **given: Any) -> Attempt:
    """A record that is begun."""
    return Attempt(kind, act, {"id": id, **given, "by": by, "at": moment(stage, None)})


def but(attempt: Attempt, /, **given: Any) -> Attempt:
    """The same attempt with other arguments; one that is `...` is left out."""
    whole = {**attempt.given, **given}
    return evolve(attempt, given={name: value for name, value in whole.items() if value is not ...})


def documents(record: Record, change: Callable[[dict[str, Any]], object]) -> Pair:
    """The document of a record with a change, and as it is."""
    whole = json.loads(codec.dumps(record))
    wrong = json.loads(codec.dumps(record))
    change(wrong)
    kind = type(record)
    return Attempt(kind, DOCUMENT, wrong), Attempt(kind, DOCUMENT, whole)


def in_book(attempt: Attempt, *others: Record) -> Attempt:
    """The same attempt in a book of some records, the one that is acted on among them."""
    return evolve(attempt, book=Book().put(*others, *([] if attempt.record is None else [attempt.record])))


def with_argument(attempt: Attempt, /, **wrong: Any) -> Pair:
    """An attempt with a wrong argument, and as it is."""
    return but(attempt, **wrong), attempt


__all__ = [
    "ADMINISTRATION", "COACH", "DAY", "DOCUMENT", "OWNER", "Attempt", "Miss", "NearMiss", "Pair", "begun", "but",
    "documents", "in_book", "made", "moment", "tried", "with_argument", "words",
]  # fmt: skip
