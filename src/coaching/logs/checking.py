"""Checking a log: line by line, each record by itself. What is certain is a finding; the rest is counted, with why.

Read top to bottom: the door, a line, a line by the model, a line by the table, what a line says the record held.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from attrs import evolve

from coaching.catalogue import catalogue
from coaching.formats.asked import OURS
from coaching.formats.documents import structure
from coaching.formats.forms.reading import arguments
from coaching.kernel.history import V009
from coaching.kernel.lifecycle import START, V010, V011
from coaching.kernel.policy import POLICY, Policy, asked
from coaching.kernel.record import Record
from coaching.kernel.rules import Finding, Rejected, Sort, breach, finding
from coaching.logs.comparing import Difference, alike, differences, plain
from coaching.logs.courses import (
    MOST,
    SOMEBODY,
    TAKEN,
    Course,
    Tried,
    by_anybody,
    in_common,
    is_beginning,
    is_beside,
    outcome,
    ways,
)
from coaching.logs.lines import INTERVIEW, LogLine, fitting
from coaching.logs.lives import Life, takes_nothing
from coaching.logs.moments import later, latest
from coaching.logs.report import LogFault, LogReport
from coaching.records import KINDS

NO_ARGUMENTS = "what was given is not said"
NONE_BEFORE = "what was given in an earlier line is not said"
NO_ACTOR = "who did it is not said"
NO_MOMENT = "when it was is not said"
NO_HOUR = "only the day is said"
BY_THE_BOOK = "a book erases or renames, and what it changes is not said"
OTHER_RULES = "refused by a rule across records, or of the system's own"
BROKEN = "an earlier line broke a rule, and what came of it is not known"
SEVERAL = "what lines leave out makes several ways possible, and they differ"


def check_log(steps: Iterable[LogLine], *, kind: str | type[Record] = INTERVIEW, policy: Policy = POLICY) -> LogReport:
    """Hold the log of another system against the tables and rules.

    A right log has no findings, whatever it leaves out. Each record is looked at by itself, in the order of its lines:
    rules across records are not asked. After a line that breaks a rule it goes on from what came of it, so that each
    fault is told once.

    Args:
        steps: The lines, as `read_log` gives them.
        kind: Which kind of record a line is about that does not say it: its word, or its class.
        policy: The house's numbers and severities.

    Raises:
        Rejected: V012, V014 to V016 for lines that are none, each with its place; V015 for what is no policy.

    >>> log = [LogLine("start", "i-1"), LogLine("sign", "i-1")]
    >>> print(check_log(log))
    Line  Record  Act   Code  What
    2     i-1     sign  V010  no act sign while open; open now: say, look_back_at, adjourn, finish, promise, ...
    findings 1, lines 2, judged in full 1
    not judged in full: 1 (its life began before the log)
    """
    asked(date.min, policy)
    lines = fitting(steps, kind)
    checking = _Checking(policy)
    for line, before in zip(lines, _next_moments(lines), strict=True):
        checking.look_at(line, before)
    return LogReport(tuple(checking.findings), checking.judged, dict(checking.not_judged))


def _next_moments(lines: tuple[LogLine, ...]) -> list[datetime | None]:
    """Give for each line the moment before which it was: that of a later line on the same record."""
    bounds, given = dict[tuple[str | None, str], datetime](), list[datetime | None]()
    for line in reversed(lines):
        key = line.kind, line.record_id
        given.append(bounds.get(key))
        last = latest(line.at)
        if last is not None and not line.refused:
            bounds[key] = min(last, bounds.get(key, last))
    return given[::-1]


SUPERSEDE, NEWER = "supersede", "newer"
"""The one act that is given another record."""


class _Checking:
    """One log, in progress."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.lives: dict[tuple[str | None, str], Life] = {}
        self.findings: list[LogFault] = []
        self.judged = 0
        self.not_judged: Counter[str] = Counter()

    def look_at(self, line: LogLine, before: datetime | None) -> None:
        """Judge a line, as far as what is known allows."""
        kind = KINDS[str(line.kind)]
        life = self.lives.setdefault((line.kind, line.record_id), Life.of(kind))
        if not life.courses and START in life.states and is_beginning(kind, line) and not line.refused:
            life.courses = (Course(),)
        given = self._given(kind, line)
        if given is None or not life.courses:
            why = self._by_table(life, line, NO_ARGUMENTS if life.courses else life.why)
        elif line.refused:
            why = self._refused(life, line, given, before)
        else:
            why = self._by_model(life, line, given, before)
        if not line.refused:
            life.notes(line)
        self._held(life, line)
        if why:
            self.not_judged[why] += 1
        else:
            self.judged += 1

    def _given(self, kind: type[Record], line: LogLine) -> dict[str, Any] | None:
        """Give what was given, read as the act reads it; None where it is not known."""
        if is_beside(kind, line.act):
            return None
        if line.given is None:
            return {} if takes_nothing(kind, line.act) else None
        empty = {n: it for n, it in line.given.items() if it == ""}  # a form leaves it out, a log says it
        ours = {n: it for n, it in line.given.items() if n in OURS}
        said = {**empty, **arguments(kind, line.act, line.given), **ours}
        if line.act == SUPERSEDE and NEWER in said:
            said[NEWER] = self._record(kind, said[NEWER])
            return None if said[NEWER] is None else said
        return said

    def _record(self, kind: type[Record], said: object) -> object:
        """Give a record that is given to an act: of a whole document, or of an id whose own lines are in the log."""
        if isinstance(said, Mapping):
            with suppress(Rejected):
                return structure(said)
        life = self.lives.get((kind.type, said)) if isinstance(said, str) else None
        return life.courses[0].record if life is not None and len(life.courses) == 1 else None

    def _tell(self, line: LogLine, found: Iterable[Finding]) -> None:
        self.findings += [LogFault.over(line, it) for it in found]

    # --- by the model ------------------------------------------------------------------------------------------------

    def _tried(self, life: Life, line: LogLine, given: Mapping[str, Any], before: datetime | None) -> list[Tried]:
        if before is not None:
            before = later(before, self.policy.clock_skew)
        return [
            Tried(taken, whole["by"], outcome(life.kind, course.record, line.record_id, line.act, whole, self.policy))
            for course in life.courses
            for taken, whole in ways(life.kind, course, line, given, before)
        ]

    def _by_model(self, life: Life, line: LogLine, given: Mapping[str, Any], before: datetime | None) -> str:
        """Do the act on every course; give why it is not judged in full, or nothing."""
        tried = self._tried(life, line, given, before)
        late = [it for it in in_common(it.outcome for it in tried) if it.code == V009.code]
        if late:  # said, and judged as if it had been in time
            self._tell(line, [life.late(line)])
            last = max(course.record.history[-1].at for course in life.courses)
            tried = self._tried(life, evolve(line, at=last), given, before)
        passed = [it for it in tried if not it.outcome.findings]
        if life.courses[0].record is None and _begun_by_anyone(life.kind, line, passed):
            self._give_up(life, line, NO_ACTOR)
            return NO_ACTOR
        if passed and {it.course.late for it in tried} != {it.course.late for it in passed}:
            self._give_up(life, line, SEVERAL)  # it was at some moment between: of a later one neither end tells
            return SEVERAL
        if passed:
            self._go_on(life, [it.leads_to(it.outcome.after) for it in passed])
            for other in passed[0].outcome.others if len(passed) == 1 else ():
                self.lives[line.kind, other.id] = Life(life.kind, (Course(other, passed[0].course.late),))
            return "" if late else _left_out(line) or ("" if len(passed) == len(tried) else SEVERAL)
        found = in_common(it.outcome for it in tried)
        told = [it for it in found if not _is_gate(it.code) or life.hears(it.code, it.path, it.message)]
        self._tell(line, [_by_name(it, life, line) for it in told])
        beyond = [it.leads_to(it.outcome.beyond) for it in tried if it.outcome.beyond is not None]
        if beyond:
            self._go_on(life, beyond)
        else:
            self._give_up(life, line, BROKEN)
        return "" if found or late else SEVERAL

    def _go_on(self, life: Life, courses: Iterable[Course]) -> None:
        life.follow(courses)
        if len(life.courses) > MOST:
            life.give_up(SEVERAL)

    def _give_up(self, life: Life, line: LogLine, why: str) -> None:
        life.give_up(why)
        life.goes_on(line)

    def _refused(self, life: Life, line: LogLine, given: Mapping[str, Any], before: datetime | None) -> str:
        """See that the model refuses it too; give why it is not judged in full, or nothing."""
        if _left_out(line):
            return _left_out(line)
        if any(_is_foreign(code) for code in line.codes):
            return OTHER_RULES
        tried = self._tried(life, line, given, before)
        found = [it.outcome.findings for it in tried]
        if not any(found):
            self.findings.append(LogFault.of_refusal(line, "refused, and no rule of the record speaks against it"))
        elif not all(found):
            return SEVERAL
        codes = {it.code: it.says for those in found for it in those}
        told = [code for code in line.codes if code not in codes]
        if not all(map(_is_gate, codes)):  # what is no value may hide others; nothing hides that an act is not open
            told = [code for code in told if _is_open(life.kind, code, codes)]
        if codes and told:
            says = "; ".join(f"{code} says {it}" for code, it in codes.items())
            self.findings.append(LogFault.of_refusal(line, f"refused as {', '.join(told)}; {says}"))
        return ""

    # --- by the table ------------------------------------------------------------------------------------------------

    def _by_table(self, life: Life, line: LogLine, why: str) -> str:
        """Ask the table and the time alone; give why it is not judged in full, or nothing."""
        if line.refused:
            return why
        if is_beside(life.kind, line.act):
            why = BY_THE_BOOK
        life.give_up(BY_THE_BOOK if why == BY_THE_BOOK else NONE_BEFORE)
        found = list(life.speaks(line, self.policy))
        self._tell(line, found)
        life.goes_on(line)
        return "" if found else why

    # --- what the record held ----------------------------------------------------------------------------------------

    def _held(self, life: Life, line: LogLine) -> None:
        """Compare what a line says that the record held, and go on from it where it is something else."""
        if line.held is None:
            return
        held = plain(line.held)
        sides = self._against_courses(life, held) if life.courses else _against_states(life, held)
        for side in sides:
            if life.hears(side.path, repr(side.held)):
                self.findings.append(LogFault.of_side(line, side))
        if life.courses and not sides:
            return
        if any(side.path == "state" for side in sides):
            life.give_up(BROKEN)
        if not life.courses:
            found = list(life.holds(line, held, self.policy))
            self._tell(line, [it for it in found if life.hears(it.code, it.path, it.message)])
        life.takes_over(held)

    def _against_courses(self, life: Life, held: Mapping[str, Any]) -> list[Difference]:
        """Give what is held otherwise on every course; those courses stay that differ in nothing else."""
        each = [(course, _sides(course, held)) for course in life.courses]
        common = [side for side in each[0][1] if all(side in sides for _, sides in each)]
        near = [course for course, sides in each if len(sides) == len(common)]
        life.follow(near or life.courses)
        return common


def _left_out(line: LogLine) -> str:
    """Say what a line leaves out of who and when, or nothing."""
    if line.by is None:
        return NO_ACTOR
    if line.at is None:
        return NO_MOMENT
    return "" if isinstance(line.at, datetime) else NO_HOUR


def _begun_by_anyone(kind: type[Record], line: LogLine, passed: Iterable[Tried]) -> bool:
    """Tell whether a record holds who began it, and nobody knows who that was."""
    return not by_anybody(kind, line.act, START) and any(it.by == SOMEBODY for it in passed)


def _by_name(found: Finding, life: Life, line: LogLine) -> Finding:
    """Say who may, where a refusal names nobody: it was made for a stranger, and not for who reads the log."""
    if found.code != V011.code or found.params:
        return found
    held = ((role, role.holders(it.record, None)) for it in life.courses for role in life.kind.lifecycle.roles)
    others = ((role, [id for id in ids if id not in {None, line.by}]) for role, ids in held)
    people = ", ".join(dict.fromkeys(role.said(ids) for role, ids in others if ids))
    what = "{person} may not {act}; only those who take part may: {people}"
    return finding(V011, breach(what, found.path, person=line.by, act=line.act, people=people), record=found.record)


def _is_gate(code: str) -> bool:
    return catalogue()[code].sort is Sort.GATE


def _is_open(kind: type[Record], code: str, found: Mapping[str, str]) -> bool:
    """Tell whether a code says that an act was not open, though nothing that was found says so."""
    shut = {V010.code, *(rule.code for rule in kind.lifecycle.shut.values())}
    theirs = {V011.code, *(row.rule.code for row in kind.lifecycle.rows)}
    return code in (V010.code, V011.code) and not found.keys() & (shut if code == V010.code else shut | theirs)


def _is_foreign(code: str) -> bool:
    """Tell whether a rule is none that a record by itself is asked: one across records, or the other system's own."""
    rule = catalogue().get(code)
    return rule is None or (rule.of in _BEYOND_A_RECORD and code != TAKEN)


_BEYOND_A_RECORD = frozenset({"book", "bulk", "privacy", "policy"})
"""What rules are about that no record by itself is asked."""


def _against_states(life: Life, held: Mapping[str, Any]) -> list[Difference]:
    """Give the state that is held, where the table does not lead there."""
    state = held.get("state")
    if state is None or any(state == it for it in life.states):  # what is held may be anything
        return []
    return [Difference("state", " or ".join(sorted(map(str, life.states))), state)]


def _sides(course: Course, held: Mapping[str, Any]) -> list[Difference]:
    """Give what is held otherwise than on a course, but for what the course itself does not know."""
    record = course.record
    expected = plain(record) | {"type": record.type, "schema": record.schema}
    guessed = course.late is not None
    sealed = not guessed and all(entry.by != SOMEBODY for entry in record.history)
    return [
        side
        for side in differences(expected, held, lambda _path, one, other: alike(one, other))
        if side.expected != SOMEBODY
        and not (guessed and isinstance(side.expected, date))
        and (sealed or not _hangs_on_seals(side.path))
    ]


def _hangs_on_seals(path: str) -> bool:
    """Tell whether what stands at a path is other where anything before it is: the history, and digests."""
    return path.startswith("history") or path.endswith("digest")
