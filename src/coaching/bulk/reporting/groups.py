"""Faults that say the same, counted: how many, on which lines first, and a few of them as they are.

Whatever is kept is kept by what it is and never by when it came: the same faults in another order, or counted in parts
that are merged, come to the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from attrs import Factory, define, frozen

from coaching.bulk.drafts import Fault
from coaching.kernel.rules import Severity

FIRST = 5  # lines of a group that are named, and messages
DISTINCT = 100  # messages of a group that are counted: of more only those of the first lines are known

Key = tuple[Severity, str, str, str, str]
"""Severity, code, source, column, and what is wrong."""


def rank(severity: Severity) -> int:
    """Give errors before all else."""
    return 0 if severity == Severity.ERROR else 1


@frozen
class Group:
    """Faults that say the same of one column of one source.

    Attributes:
        severity: Whether they reject rows.
        code: The code of the rule.
        source: The name of the source.
        column: The header; empty for rows as a whole.
        field: The field that the column fills.
        what: What is wrong, in words that hold nothing of a cell.
        count: How many there are.
        lines: The first lines on which they stand.
        message: What the first of them says, with what its cell says.
        examples: The commonest messages, with how many say so; where there are too many to count, those of the first
            lines, with None.
        mend: What would be right.
    """

    severity: Severity
    code: str
    source: str
    column: str
    field: str
    what: str
    count: int
    lines: tuple[int, ...]
    message: str
    examples: tuple[tuple[str, int | None], ...]
    mend: str

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Errors first, then the commonest; by their words where that says nothing."""
        return rank(self.severity), -self.count, self.source, self.column, self.code, self.what

    def said(self, *, values: bool) -> str:
        """Say what is wrong, with what the first cell says where that is asked for."""
        return self.message if values else self.what

    def as_dict(self, *, values: bool = False) -> dict[str, Any]:
        """Give it as plain values."""
        return {
            "severity": self.severity.value,
            "code": self.code,
            "source": self.source,
            "column": self.column,
            "field": self.field,
            "message": self.said(values=values),
            "count": self.count,
            "lines": list(self.lines),
            "mend": self.mend,
            **({"examples": [{"message": it, "count": n} for it, n in self.examples]} if values else {}),
        }


@define
class _Tally:
    """What is kept of a group: counts, and the smallest lines, each with the smallest message it has."""

    field: str
    mend: str
    count: int = 0
    messages: Counter[str] | None = Factory(Counter)  # None where there are too many
    first: dict[int, str] = Factory(dict)
    last: int = -1  # the largest of them, once there are enough

    def says(self, messages: Iterable[tuple[str, int]] | None) -> None:
        """Count messages, as long as there are not too many: how many of them there are, has no order."""
        if messages is None:
            self.messages = None
        elif self.messages is not None:
            for message, n in messages:
                self.messages[message] += n
            if len(self.messages) > DISTINCT:
                self.messages = None

    def examples(self) -> tuple[tuple[str, int | None], ...]:
        """Give the commonest messages with their counts, or those of the first lines."""
        if self.messages is None:
            return tuple((it, None) for it in dict.fromkeys(self.first[line] for line in sorted(self.first)))
        return tuple(sorted(self.messages.items(), key=lambda it: (-it[1], it[0]))[:FIRST])

    def saw(self, line: int, message: str) -> None:
        """Keep the line if it is one of the first."""
        if len(self.first) >= FIRST and line > self.last:
            return
        before = self.first.get(line)
        if before is None or message < before:
            self.first[line] = message
            while len(self.first) > FIRST:
                del self.first[max(self.first)]
            self.last = max(self.first)

    def words(self, field: str, mend: str) -> None:
        """Keep the smaller words where they differ, so that the order does not matter."""
        self.field, self.mend = min(self.field, field), min(self.mend, mend)


@define
class Groups:
    """The groups of a stream of faults. Memory goes with the groups, not with the faults."""

    _of: dict[Key, _Tally] = Factory(dict)

    def add(self, fault: Fault) -> None:
        """Count a fault."""
        key = fault.severity, fault.code, fault.source, fault.column, fault.what
        tally = self._of.get(key)
        if tally is None:
            tally = self._of[key] = _Tally(fault.field, fault.mend)
        elif fault.field != tally.field or fault.mend != tally.mend:
            tally.words(fault.field, fault.mend)
        tally.count += 1
        tally.says([(fault.message, 1)])
        tally.saw(fault.line, fault.message)

    def add_all(self, other: Groups) -> None:
        """Count what another has counted."""
        for key, theirs in other._of.items():
            tally = self._of.setdefault(key, _Tally(theirs.field, theirs.mend))
            tally.words(theirs.field, theirs.mend)
            tally.count += theirs.count
            tally.says(None if theirs.messages is None else theirs.messages.items())
            for line, message in theirs.first.items():
                tally.saw(line, message)

    def __iter__(self) -> Iterator[Group]:
        """Give the groups, the gravest first."""
        return iter(sorted(map(self._group, self._of), key=lambda it: it.sort_key))

    def _group(self, key: Key) -> Group:
        severity, code, source, column, what = key
        tally = self._of[key]
        lines = tuple(sorted(tally.first))
        return Group(
            Severity(severity), code, source, column, tally.field, what, tally.count,
            tuple(line for line in lines if line > 0), tally.first[lines[0]], tally.examples(),
            tally.mend,
        )  # fmt: skip


@define
class Kept:
    """Some faults as they are: at most so many, the errors before the warnings, then the first of each source."""

    most: int | None
    _kept: list[tuple[Any, ...]] = Factory(list)
    _behind: tuple[Any, ...] | None = None  # what comes behind this one is not kept

    def add(self, fault: Fault) -> None:
        """Keep a fault if there is room."""
        self._add(_sort_key(fault))

    def _add(self, key: tuple[Any, ...]) -> None:
        if self.most == 0 or (self._behind is not None and key >= self._behind):
            return
        self._kept.append(key)
        if self.most is not None and len(self._kept) >= 2 * self.most:
            self._trim(self.most)

    def _trim(self, most: int) -> None:
        self._kept.sort()
        del self._kept[most:]
        self._behind = self._kept[-1]

    def add_all(self, other: Kept) -> None:
        """Keep what another has kept."""
        for key in other._kept:
            self._add(key)

    def __iter__(self) -> Iterator[Fault]:
        """Give what is kept in the order of sources and lines."""
        kept = sorted(self._kept)[: self.most]
        return iter(sorted(map(_fault, kept), key=lambda it: (it.source, it.line, it.record, *_sort_key(it))))


def _sort_key(it: Fault) -> tuple[Any, ...]:
    return (
        rank(it.severity), it.source, it.line, it.record, it.column, it.field, it.code, it.what, it.message, it.mend,
        str(it.severity),
    )  # fmt: skip


def _fault(key: tuple[Any, ...]) -> Fault:
    _, source, line, record, column, field, code, what, message, mend, severity = key
    return Fault(source, line, record, column, field, code, Severity(severity), what, message, mend)


def fewest(numbers: Iterable[int | None]) -> int | None:
    """Give the smallest of some limits, of which None is none."""
    return min((it for it in numbers if it is not None), default=None)
