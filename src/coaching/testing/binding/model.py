"""The model: what the tables and rules say of a step. A step is judged; nothing is done anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import evolve, frozen

from coaching.kernel.lifecycle import START
from coaching.kernel.policy import POLICY, Policy
from coaching.kernel.record import Record
from coaching.kernel.rules import Finding
from coaching.logs.courses import outcome
from coaching.records import KINDS
from coaching.testing.binding.steps import RESTART, Step

Key = tuple[str, str]


@frozen(eq=False)
class Judged:
    """A step, the record before it, and what the model says: the record after it, or what speaks against it.

    `others` are the records that the act began besides, as `revise` begins a path.
    """

    step: Step
    before: Any
    after: Any
    findings: tuple[Finding, ...] = ()
    others: tuple[Any, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of what speaks against it, each once."""
        return tuple(dict.fromkeys(f.code for f in self.findings))

    @property
    def key(self) -> Key:
        """The record it is about."""
        return self.step.kind, self.step.record_id

    @property
    def edge(self) -> tuple[str, str, str | None, str]:
        """Kind, act, from, to."""
        return self.step.kind, self.step.act, self.before and str(self.before.state), str(self.after.state)


def judge(record: Any, step: Step, policy: Policy = POLICY) -> Judged:
    """Say what comes of a step on a record as it stands; None is a record that is not there yet."""
    if step.act == RESTART:
        return Judged(step, record, record)
    came = outcome(
        KINDS[step.kind], record, step.record_id, step.act, {**step.given, "by": step.by, "at": step.at}, policy
    )
    return Judged(step, record, record if came.findings else came.after, came.findings, came.others)


def replay(steps: Iterable[Step], policy: Policy = POLICY) -> tuple[Judged, ...]:
    """Judge steps one after the other, from nothing. An act on a record that is not there is left out.

    A record that is given with an act is taken as it stands then; where it is not there, the act is left out too.
    """
    held: dict[Key, Any] = {}
    judged = list[Judged]()
    for step in steps:
        key = step.kind, step.record_id
        if step.act != RESTART and key not in held and KINDS[step.kind].lifecycle.find(step.act, START) is None:
            continue
        named = {name: held.get(it.key) for name, it in step.given.items() if isinstance(it, Record)}
        if None in named.values():
            continue
        now = evolve(step, given={**step.given, **named}) if named else step
        it = judge(held.get(key), now, policy)
        judged.append(it)
        held |= {record.key: record for record in (it.after, *it.others) if record is not None}
    return tuple(judged)


Script = tuple[tuple[Judged, ...], int]
"""Steps, and from which of them on what a system holds is looked at: the way there has a case of its own."""
Scripts = Iterator[Script]
