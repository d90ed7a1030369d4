"""Lives: what is known of one record while its log is read; at the least the states in which it may be.

Read top to bottom: what is known, what can be said by the table alone, what a line says the record held.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from attrs import Factory, define

from coaching.formats.documents import structure, unstructure
from coaching.formats.mirror import read_leaf
from coaching.kernel.acting import ask, method_of, parameters_of
from coaching.kernel.checking import FAULTY, Faults, each_of
from coaching.kernel.classes import model_of
from coaching.kernel.history import V009, Entry
from coaching.kernel.lifecycle import SAME, START, V010, Row
from coaching.kernel.policy import Policy
from coaching.kernel.record import Record
from coaching.kernel.rules import Finding, Rejected, Severity, Unset, breach, finding
from coaching.kernel.signing import S001, verify
from coaching.logs.courses import Course, begins, is_beside, there_already
from coaching.logs.lines import LogLine
from coaching.logs.moments import At, earliest, later, latest

SIGN = "sign"

BEFORE = "its life began before the log"


@define
class Life:
    """What is known of one record.

    Attributes:
        kind: Its kind.
        courses: The ways in which it may have gone; none where not enough is known.
        states: Where it may stand, where there are no courses.
        known: Who holds which role, where there are no courses.
        signed: Who has surely signed the revision that it stands at, where there are no courses.
        since: The moment that no later line is before.
        last: When the last entry was, as far as a line says it.
        why: Why there are no courses.
        told: What was found and need not be said again.
    """

    kind: type[Record]
    courses: tuple[Course, ...] = ()
    states: frozenset[str | None] = frozenset()
    known: dict[str, object] = Factory(dict)
    signed: frozenset[str] = frozenset()
    since: datetime | None = None
    last: At = None
    why: str = BEFORE
    told: set[tuple[str, ...]] = Factory(set)

    @classmethod
    def of(cls, kind: type[Record]) -> Life:
        """Begin with nothing known: it may be there already, or not."""
        return cls(kind, states=frozenset([START, *kind.lifecycle.states]))

    def follow(self, courses: Iterable[Course]) -> None:
        """Go on with courses, each once."""
        self.courses = tuple(dict.fromkeys(courses))

    def hears(self, *what: str) -> bool:
        """Tell whether something is found for the first time."""
        new = what not in self.told
        self.told.add(what)
        return new

    def give_up(self, why: str) -> None:
        """Keep no more of the courses than where they stand, and who holds which role in all of them."""
        if not self.courses:
            return
        records = [course.record for course in self.courses]
        self.states = frozenset(START if it is None else str(it.state) for it in records)
        if None in records:
            self.known, self.signed, self.since = {}, frozenset(), None
        else:
            every = [{name: getattr(it, name) for name in roles_of(self.kind)} for it in records]
            self.known = {n: v for n, v in every[0].items() if all(it[n] == v for it in every)}
            self.signed = frozenset.intersection(
                *[frozenset(s.by for s in getattr(it, "signatures", ())) for it in records]
            )
            self.since = min(it.history[-1].at for it in records)
        self.courses, self.why = (), why

    # --- by the table alone ------------------------------------------------------------------------------------------

    def rows(self, act: str) -> dict[str | None, Row]:
        """Give the lines of the table that an act may have taken, by the state from which."""
        found = {state: self.kind.lifecycle.find(act, state) for state in self.states}
        return {state: row for state, row in found.items() if row is not None}

    def speaks(self, line: LogLine, policy: Policy) -> Iterator[Finding]:
        """Say what speaks against a line by the table and by time, whatever was given and held."""
        act = line.act
        rows = self.rows(act)
        if begins(self.kind, act):
            if START not in self.states:
                yield there_already(line.record_id, (self.kind.type, line.record_id))
        elif not rows and not is_beside(self.kind, act):
            rules = {self.kind.lifecycle.shut.get((act, str(state)), V010) for state in self.states}
            states = ", ".join(sorted(map(str, self.states)))
            open_now = ", ".join(
                dict.fromkeys(row.act for s in self.states for row in self.kind.lifecycle.rows_from(s))
            )
            wrong = breach("no act {act} while {state}; open now: {open}", act=act, state=states, open=open_now)
            yield finding(rules.pop() if len(rules) == 1 else V010, wrong)
        if rows and line.by is not None and all(self._may_not(row, line.by) for row in rows.values()):
            row = next(iter(rows.values()))
            yield finding(
                row.rule, breach("{person} may not {act}; may: {may}", person=line.by, act=act, may=self._may(row))
            )
        elif act == SIGN and rows and line.by in self.signed:
            yield finding(S001, breach("{by} has signed already", by=line.by))
        last = latest(line.at)
        if last is not None and self.since is not None and later(last, policy.clock_skew) < self.since:
            yield self.late(line)

    def late(self, line: LogLine) -> Finding:
        """Say that a line is too early: of either moment what the log says of it."""
        return finding(V009, breach("{at} is before the last entry, {last}", "at", at=line.at, last=self.last))

    def notes(self, line: LogLine) -> None:
        """Note when a line was, as far as it says it: the last one counts."""
        self._noted(line.at)

    def _noted(self, at: At) -> None:
        said, last = latest(at), latest(self.last)
        if said is not None and (last is None or said >= last):
            self.last = at

    def _may_not(self, row: Row, person: str) -> bool:
        """Tell whether somebody surely may not do what a row says: all who may are known."""
        half: Any = model_of(self.kind).made(self.known)
        try:
            return all(role.name in self.known and person not in role.holders(half, None) for role in row.who)
        except Unset:
            return False

    def _may(self, row: Row) -> str:
        return " or ".join(role.said([str(self.known[role.name] or "")]) for role in row.who)

    def goes_on(self, line: LogLine) -> None:
        """Go on after a line by the table alone: the states it may have led to, and the roles that stay."""
        rows = self.rows(line.act)
        if rows:
            targets = {(state, target) for state, row in rows.items() for target in row.targets}
            self.states = frozenset(state if target == SAME else str(target) for state, target in targets)
        elif not is_beside(self.kind, line.act):
            self.states = frozenset(self.kind.lifecycle.states)
        self.known = self._kept(line)
        self.signed = self._signed_after(line, rows.values())
        first = earliest(line.at)
        if first is not None:
            self.since = first if self.since is None else max(first, self.since)

    def _signed_after(self, line: LogLine, rows: Collection[Row]) -> frozenset[str]:
        """Give who has surely signed after an act: whoever had before, where it cannot have made a new revision."""
        if not rows or any(row.revises for row in rows):
            return frozenset()
        return self.signed | ({line.by} if line.act == SIGN and line.by is not None else frozenset())

    def _kept(self, line: LogLine) -> dict[str, object]:
        """Give the roles that are known after an act: it leaves those as they are that no argument names."""
        given = {} if line.given is None else line.given
        if begins(self.kind, line.act):
            return {name: given[name] for name in roles_of(self.kind) if isinstance(given.get(name), str)}
        if is_beside(self.kind, line.act):
            return {}
        known, _, more = parameters_of(method_of(self.kind, line.act))
        named = known | set(self.kind.called.get(line.act, ()))
        return {} if more else {name: who for name, who in self.known.items() if name not in named}

    # --- what a line says the record held ----------------------------------------------------------------------------

    def holds(self, line: LogLine, held: Mapping[str, Any], policy: Policy) -> Iterator[Finding]:
        """Take up what a line says that the record held, and say which rules it breaks for certain.

        A field that the line does not name is not known: a rule that reads it stays silent.
        """
        model = model_of(self.kind)
        faults = Faults(read_leaf)
        read = {name: model.checks[name](held[name], name, faults) for name in model.names if name in held}
        said = {name: value for name, value in read.items() if value is not FAULTY and name != "history"}
        self.known |= {name: value for name, value in said.items() if name in roles_of(self.kind)}
        if "state" in said:
            self.states = frozenset([str(said["state"])])
        if "signatures" in held:
            self.signed = _signers(held["signatures"])
        half: Any = model.made({**said, **self.known})
        for prefix, rule, broken in model.breaches(half):
            yield finding(rule, broken, prefix=prefix)
        if "state" in said and not line.refused:
            yield from self._passed(line, half, policy)

    def _passed(self, line: LogLine, half: Any, policy: Policy) -> Iterator[Finding]:
        """Ask the gates of the act of what the record held after it."""
        entry: Any = model_of(Entry).made(
            {
                name: value
                for name, value in (("act", line.act), ("state", str(half.state)), ("by", line.by), ("at", line.at))
                if value is not None and not (name == "at" and not isinstance(value, datetime))
            }
        )
        for rule in model_of(self.kind).gates_to(line.act, half.state):
            if policy.severity_of(rule) is Severity.ERROR:
                yield from (finding(rule, it) for it in ask(rule, half, entry))

    def takes_over(self, held: Mapping[str, Any]) -> None:
        """Go on from what a line holds: a whole document, or of a life that is known all that is held otherwise."""
        known = self.courses[0] if len(self.courses) == 1 else None
        whole = held if known is None else {**unstructure(known.record), **held}
        try:
            record = structure(whole)
        except Rejected:  # it says too little
            return
        self._noted(record.history[-1].at)
        if known is not None:
            self.courses = (Course(record, known.late),)
        elif not verify(record):
            self.courses = (Course(record),)


def _signers(signatures: object) -> frozenset[str]:
    """Give who stands under signatures, as far as they say it."""
    said = [it.get("by") for it in each_of(signatures) or () if isinstance(it, Mapping)]
    return frozenset(by for by in said if isinstance(by, str))


def roles_of(kind: type[Record]) -> tuple[str, ...]:
    """Give the fields of a kind of record that say who holds a role."""
    names = model_of(kind).names
    return tuple(role.name for role in kind.lifecycle.roles if role.name in names)


def takes_nothing(kind: type[Record], act: str) -> bool:
    """Tell whether there is nothing to give with an act, so that a log leaves nothing out."""
    known, _, more = parameters_of(method_of(kind, act))
    return not more and known <= {"by", "at", "policy", "noted_by"}
