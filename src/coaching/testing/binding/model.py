"""The model: what the tables and rules say of a step. A step is judged; nothing is done anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve, frozen

from coaching.catalogue import catalogue
from coaching.kernel.lifecycle import START
from coaching.kernel.policy import POLICY, Policy
from coaching.kernel.record import Record
from coaching.kernel.rules import Finding, Rejected, breach, finding
from coaching.records import RECORDS
from coaching.testing.binding.steps import RESTART, Step

KINDS: Mapping[str, type[Record]] = {kind.type: kind for kind in RECORDS}
Key = tuple[str, str]


@frozen(eq=False)
class Judged:
    """A step, the record before it, and what the model says: the record after it, or what speaks against it.

    `begun` is another record that the act began besides, as `revise` begins a path.
    """

    step: Step
    before: Any
    after: Any
    findings: tuple[Finding, ...] = ()
    begun: Any = None

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
    given: dict[str, Any] = {**step.given, "by": step.by, "at": step.at, "policy": policy}
    kind = KINDS[step.kind]
    begins = (
        kind.lifecycle.find(step.act, START) is not None
        and kind.lifecycle.find(step.act, kind.lifecycle.states[0]) is None
    )
    if record is not None and begins:
        what = breach("there is {id} already", "id", id=step.record_id)
        return Judged(step, record, record, (finding(catalogue()["X001"], what, record=record.key),))
    try:
        after: Any = kind.new(step.act, step.record_id, **given) if record is None else record.act(step.act, **given)
    except Rejected as refusal:
        return Judged(step, record, record, refusal.findings)
    after, begun = after if isinstance(after, tuple) else (after, None)
    return Judged(step, record, after, begun=begun)


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
        held |= {record.key: record for record in (it.after, it.begun) if record is not None}
    return tuple(judged)
