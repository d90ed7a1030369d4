"""Whether the kit tells every change of a table: `python benchmarks/mutants.py [--kind feedback] [--every 10]`.

A mutant is a table with one change: a line from one state more or less, for one role more or less, to another state,
with another word on whether it revises. It stands once in the system while the model keeps the right one (`system`),
and once in the model (`model`). A gate that is switched off counts as one too. The deterministic suite is played until
it finds something; what it never tells apart is listed. `--every 10` looks at every tenth mutant alone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import process_time
from typing import Any

from attrs import evolve, frozen

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from coaching import Policy, Record, Rejected
from coaching.kernel.lifecycle import SAME, START, Lifecycle, Role, Row
from coaching.logs.comparing import plain
from coaching.records import KINDS
from coaching.testing import CoachingWorkflow, Coverage, Found, Unbound, machines
from coaching.testing.binding import offers, suite
from coaching.testing.binding.model import judge, replay
from coaching.testing.binding.offers import Piece
from coaching.testing.binding.playing import play
from coaching.testing.binding.scenes import PLAIN
from coaching.testing.binding.system import System

WORKFLOWS: dict[str, type[System]] = {
    it.pieces[0].kind.type: it
    for it in vars(machines).values()
    if isinstance(it, type) and issubclass(it, System) and len(it.pieces) == 1
}


RIGHT = Policy()


class Unproven(Lifecycle):
    """A table that may be wrong."""

    def _prove(self) -> None:
        """Take it as it is."""


@frozen(eq=False)
class Mutant:
    """One change of a table, or one gate that is switched off: in which line, and what."""

    act: str
    what: str
    table: Lifecycle
    policy: Policy


def mutants(piece: Piece) -> Iterator[Mutant]:
    """Every change of the table of a kind, one at a time."""
    kind, table = piece.kind, piece.kind.lifecycle
    stood = [replay(steps)[-1].after for steps in piece.situations(PLAIN, f"{piece.prefix}-1").values()]
    for n, line in enumerate(table.rows):
        for what, changed in _changes(table, line, stood):
            lines = [*table.rows[:n], *([changed] if changed.sources else []), *table.rows[n + 1 :]]
            made = Unproven(table.words, *lines, final=table.final, again=table.again is not None)
            made.shut = {key: rule for key, rule in table.shut.items() if made.find(*key) is None}
            yield Mutant(line.act, f"{line.act}: {what}", made, RIGHT)
    for _, gate in Coverage([kind.type]).all_gates():
        yield Mutant("", f"{gate} off", table, Policy(severities={gate: "off"}))


def more(role: Role, line: Row, record: Record) -> bool:
    """Whether somebody holds a role in a record who may not do the act already."""
    who = {person for it in line.who for person in it.holders(record, None)}
    return record.state in line.sources and not {*role.holders(record, None)} <= {*who, None}


def _changes(table: Lifecycle, line: Row, stood: list[Record]) -> Iterator[tuple[str, Row]]:
    for source in line.sources:
        yield f"not from {source}", evolve(line, sources=_without(line.sources, source))
    for role in line.who if len(line.who) > 1 else ():
        yield f"not by {role.name}", evolve(line, who=_without(line.who, role))
    if START not in line.sources:
        for state in table.states:
            if table.find(line.act, state) is None:
                yield f"from {state} too", evolve(line, sources=(*line.sources, state))
        for role in table.roles if line.who else ():
            if any(more(role, line, record) for record in stood):
                yield f"by {role.name} too", evolve(line, who=(*line.who, role))
        yield f"revises: {not line.revises}", evolve(line, revises=not line.revises)
    yield from _elsewhere(table, line)


def _elsewhere(table: Lifecycle, line: Row) -> Iterator[tuple[str, Row]]:
    for target in line.targets:
        for state in table.states:
            if state not in line.targets and (line.sources != (state,) or target != SAME):
                to = tuple(state if it == target else it for it in line.targets)
                yield f"to {state}, not {'the same' if target == SAME else target}", evolve(line, targets=to)


def _without(every: tuple[Any, ...], one: Any) -> tuple[Any, ...]:
    return tuple(it for it in every if it is not one)


@contextmanager
def instead(kind: type[Record], table: Lifecycle) -> Iterator[None]:
    """Let a kind have another table for a while."""
    right, kind.lifecycle = kind.lifecycle, table
    try:
        yield
    finally:
        kind.lifecycle = right


def bound(workflow: type[System], table: Lifecycle, house: Policy) -> type[System]:
    """A system that is our own records, with a table of its own."""
    kind = workflow.pieces[0].kind

    class Bound(CoachingWorkflow):
        refusal = Exception  # a table that is wrong may fail in any way
        pieces = workflow.pieces

        def __init__(self) -> None:
            self.held: dict[str, Any] = {}

        def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
            held, more = self.held.get(record_id), {**given, "by": by, "at": at, "policy": house}
            with instead(kind, table):
                begins = held is not None and table.find(act, START) and not table.find(act, table.states[0])
                if begins:
                    raise Rejected("there already", [])
                done = kind.new(act, record_id, **more) if held is None else held.act(act, **more)
            self.held[record_id] = done

        def read(self, record_id: str) -> dict[str, Any]:
            return dict(plain(self.held[record_id]))

    return Bound


def told(binding: type[System], first: Callable[[str], bool]) -> bool:
    """Whether the suite finds something; the cases that are likeliest come first."""
    for case in sorted(suite.suite(binding), key=lambda case: not first(case.name)):
        try:
            for script, looks_from in case.scripts():
                play(script, binding(), looks_from=looks_from)
        except Found:
            return True
    return False


def otherwise(piece: Piece, mutant: Mutant) -> set[str]:
    """By which other rules all is refused that a mutant opens; none where something is not."""
    right, codes, kind = piece.kind.lifecycle, set[str](), piece.kind
    for steps in piece.situations(PLAIN, f"{piece.prefix}-1").values():
        record = replay(steps)[-1].after
        if right.find(mutant.act, record.state) or not mutant.table.find(mutant.act, record.state):
            continue
        for step in offers.asked(piece, PLAIN, record):
            if step.act == mutant.act:
                with instead(kind, mutant.table):
                    again = judge(record, step)
                if not again.findings or not judge(record, step).findings:
                    return set()
                codes |= {*again.codes}
    return codes


def leads_itself(piece: Piece, mutant: Mutant) -> bool:
    """Whether an act says itself where it leads, such as back to what was, whatever the line says."""
    right, kind, same = piece.kind.lifecycle, piece.kind, list[bool]()
    for steps in piece.situations(PLAIN, f"{piece.prefix}-1").values():
        record = replay(steps)[-1].after
        before, after = right.find(mutant.act, record.state), mutant.table.find(mutant.act, record.state)
        if before is None or after is None or before.targets == after.targets:
            continue
        known = [judge(record, step) for step in offers.asked(piece, PLAIN, record) if step.act == mutant.act]
        for it in (it for it in known if not it.findings):
            with instead(kind, mutant.table):
                again = judge(record, it.step)
            same.append(not again.findings and plain(again.after) == plain(it.after))
    return bool(same) and all(same)


def told_of_model(workflow: type[System], right: Lifecycle, wrong: Lifecycle, first: Callable[[str], bool]) -> bool:
    """The same, where the model has the wrong table; one with which no play can be made is told at once."""
    forget()
    with instead(workflow.pieces[0].kind, wrong):
        try:
            return told(bound(workflow, right, RIGHT), first)
        except (LookupError, AttributeError, StopIteration, Unbound):
            return True


def forget() -> None:
    """Let go of what was worked out from another table."""
    for it in (*vars(suite).values(), *vars(offers).values()):
        if hasattr(it, "cache_clear"):
            it.cache_clear()


def main() -> None:
    """Print how many are told apart, and which are not."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kind", choices=sorted(WORKFLOWS), action="append")
    asked.add_argument("--every", type=int, default=1)
    asked.add_argument("--from", type=int, default=0, dest="begin")
    given = asked.parse_args()
    for name in given.kind or WORKFLOWS:
        workflow, kind = WORKFLOWS[name], KINDS[name]
        right = kind.lifecycle
        every = [*mutants(workflow.pieces[0])][given.begin :: given.every]
        alive: dict[str, list[str]] = {"system": [], "model": []}
        began = process_time()
        for n, mutant in enumerate(every, 1):

            def likely(case: str, act: str = mutant.act) -> bool:
                return case.endswith("refused") or f" {act} " in case

            forget()
            if not told(bound(workflow, mutant.table, mutant.policy), likely):
                alive["system"].append(mutant.what)
            if mutant.table is not right and not told_of_model(workflow, right, mutant.table, likely):
                alive["model"].append(mutant.what)
            if sys.stderr.isatty():
                print(f"\r{name} {n}/{len(every)}", end="", file=sys.stderr)
        forget()
        same = {
            it.what: codes
            for it in every
            if it.what in {*alive["system"], *alive["model"]} and (codes := otherwise(workflow.pieces[0], it))
        }
        for what, codes in same.items():
            print(f"{what}: refused all the same, by {', '.join(sorted(codes - {'V010', 'V011'}))}")
        alive_anywhere = {*alive["system"], *alive["model"]}
        itself = [it.what for it in every if it.what in alive_anywhere and leads_itself(workflow.pieces[0], it)]
        for what in itself:
            print(f"{what}: the act itself says where it leads")
        equal = {*same, *itself}
        for where, alive_there in alive.items():
            left, number = [it for it in alive_there if it not in equal], len(every) - len(equal & {*alive_there})
            print(f"{name}, in the {where}: {number - len(left)} of {number} told apart", *left, sep="\n  ")
        print(f"{process_time() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
