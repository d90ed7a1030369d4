"""Courses: the ways in which the life of a record may have gone, where a log leaves out who acted, or when.

Read top to bottom: what comes of an act, the courses it may have taken. Each way in which a line can have been meant is
tried; what speaks against all of them is certain, and nothing else is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from attrs import evolve, frozen

from coaching.catalogue import catalogue
from coaching.kernel.acting import method_of, parameters_of
from coaching.kernel.lifecycle import ANYONE, BESIDE, IMPORT, START, V010
from coaching.kernel.policy import Policy
from coaching.kernel.record import Record
from coaching.kernel.rules import Finding, Rejected, breach, finding
from coaching.logs.lines import LogLine
from coaching.logs.moments import ends

SOMEBODY = "(somebody)"
"""Who acted, where nobody in particular has to, and the log does not say who did."""

TAKEN = "X001"
"""The rule that an id stands for one record: one that is there does not begin."""

MOST = 16
"""So many courses are followed of one life; with more, nothing is certain any more."""


@frozen
class Outcome:
    """What comes of an act: the record after it, or what speaks against it.

    `beyond` is the record as it would stand, where nothing but gates spoke against it; `others` are the records that
    came to be besides.
    """

    after: Any = None
    findings: tuple[Finding, ...] = ()
    beyond: Any = None
    others: tuple[Any, ...] = ()


def outcome(kind: type[Record], record: Any, id: str, act: str, given: Mapping[str, Any], policy: Policy) -> Outcome:
    """Say what comes of an act on a record as it stands; None is a record that is not there yet."""
    if record is not None and begins(kind, act):
        return Outcome(findings=(there_already(id, record.key),))
    if takes(kind, act, "policy"):
        given = {**given, "policy": policy}
    try:
        after = kind.new(act, id, **given) if record is None else record.act(act, **given)
    except Rejected as refusal:
        return Outcome(findings=refusal.findings, beyond=refusal.tried)
    if not isinstance(after, tuple):
        return Outcome(after)
    own = next(it for it in after if it.id == id)
    return Outcome(own, others=tuple(it for it in after if it is not own))


def begins(kind: type[Record], act: str) -> bool:
    """Tell whether an act begins a record, and never goes on with one."""
    table = kind.lifecycle
    return act == IMPORT or (
        table.find(act, START) is not None and all(table.find(act, state) is None for state in table.states)
    )


def is_beginning(kind: type[Record], line: LogLine) -> bool:
    """Tell whether a line surely begins a record: by its act, or by what only a beginning is given."""
    if begins(kind, line.act) or line.given is None or kind.lifecycle.find(line.act, START) is None:
        return begins(kind, line.act)
    _, needed, _ = parameters_of(method_of(kind, line.act))
    return needed - {"id", "by", "at"} <= line.given.keys()


def there_already(id: str, key: tuple[str, str]) -> Finding:
    """Say that a record is there, and cannot begin."""
    return finding(catalogue()[TAKEN], breach("there is {id} already", "id", id=id), record=key)


def is_beside(kind: type[Record], act: str) -> bool:
    """Tell whether an act is none of the record: the book does it."""
    return act in BESIDE and act not in kind.lifecycle.acts


def takes(kind: type[Record], act: str, *names: str) -> bool:
    """Tell whether an act takes arguments of these names."""
    known, _, _ = parameters_of(method_of(kind, act))
    return known.issuperset(names)


# --- the courses of a life -------------------------------------------------------------------------------------------


@frozen
class Course:
    """One way in which a life may have gone.

    Attributes:
        record: The record as it stands then; None before it begins.
        late: Of moments that are not known, whether the last that they can have been is taken, or the first; None as
            long as all are known.
    """

    record: Any = None
    late: bool | None = None


@frozen
class Tried:
    """A way in which a line can have been meant, and what comes of it."""

    course: Course
    by: str
    outcome: Outcome

    def leads_to(self, record: Any) -> Course:
        """Go on from a record."""
        return evolve(self.course, record=record)


def ways(
    kind: type[Record], course: Course, line: LogLine, given: Mapping[str, Any], before: datetime | None
) -> Iterator[tuple[Course, dict[str, Any]]]:
    """Give the ways in which a line can have been meant: the course that it takes, and what is given to the act."""
    after = None if course.record is None else course.record.history[-1].at
    first, last = ends(line.at, after, before)
    moments = [(course, first)]
    if not isinstance(line.at, datetime):
        lates = (False, True) if course.late is None else (course.late,)
        moments = [(evolve(course, late=late), last if late else first) for late in lates]
    for taken, at in moments:
        for by in _people(kind, course.record, line, given):
            yield taken, {**given, "by": by, "at": at}


def _people(kind: type[Record], record: Any, line: LogLine, given: Mapping[str, Any]) -> list[str]:
    """Give those who can have acted."""
    if line.by is not None:
        return [line.by]
    if record is None:
        named = [it for it in given.values() if isinstance(it, str)]
        return [SOMEBODY] if by_anybody(kind, line.act, START) else list(dict.fromkeys([*named, SOMEBODY]))
    known = list(record.parties())  # whatever they may do now
    return [*known, SOMEBODY] if not known or by_anybody(kind, line.act, record.state) else known


def by_anybody(kind: type[Record], act: str, state: str | None) -> bool:
    """Tell whether who acts is noted and not checked."""
    row = kind.lifecycle.find(act, state)
    return act == IMPORT if row is None else ANYONE in row.who


def in_common(outcomes: Iterable[Outcome]) -> tuple[Finding, ...]:
    """Give what speaks against an act whichever way it went."""
    first, *others = [it.findings for it in outcomes]
    keys = [{_said(it) for it in those} for those in others]
    return tuple(it for it in first if all(_said(it) in those for those in keys))


def _said(found: Finding) -> tuple[str, str, str]:
    """Give what is one and the same whoever it was and whenever; of a state, which (of a person: and on what day)."""
    what = str(found.params.get("state", found.template)) if found.code == V010.code else found.template
    return found.code, found.path, what
