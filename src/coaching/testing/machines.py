"""A machine that plays records through a system which keeps them, and compares what it holds with what should be.

Read top to bottom: what a system has to say of itself, what the machine does with it. The library is the model: what
it gives back for an act is what the system must hold afterwards, and what it refuses the system must refuse.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from coaching.kernel.record import Record
from coaching.kernel.rules import Rejected
from coaching.kernel.signing import verify
from coaching.records import RECORDS
from coaching.testing.acts import acts, people_of, play_of
from coaching.testing.walks import Stage, walk

STRANGER = "a stranger"


class Workflow(RuleBasedStateMachine):
    """A system under test: subclass it, say how your system does three things, and run `TestCase` of the subclass.

    Attributes:
        kinds: The kinds of record that the system keeps; all of them when left out.

    >>> from coaching import Goal
    >>> class Shelf(Workflow):
    ...     kinds = (Goal,)
    ...
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.kept = {}
    ...
    ...     def put(self, record):
    ...         self.kept[record.id] = record
    ...
    ...     def do(self, record, act, given):
    ...         self.kept[record.id] = self.kept[record.id].act(act, **given)
    ...
    ...     def get(self, kind, id):
    ...         return self.kept[id]
    >>> TestShelf = Shelf.TestCase
    """

    kinds: ClassVar[tuple[type[Record], ...]] = RECORDS

    def __init__(self) -> None:
        """Begin with nothing; a subclass makes its system anew here, since each run begins with an empty one."""
        super().__init__()
        self.expected: dict[tuple[type[Record], str], Record] = {}

    # --- what a system says of itself --------------------------------------------------------------------------------

    def put(self, record: Record) -> None:
        """Keep a record that the system does not have yet."""
        msg = "override put(): how your system keeps a record"
        raise NotImplementedError(msg)

    def do(self, record: Record, act: str, given: Mapping[str, Any]) -> None:
        """Let somebody do an act on a record the system keeps, with what is given to it; `by` and `at` among them.

        Raises:
            Rejected: When the act is refused. The system shall hold the record as it was.
        """
        msg = "override do(): how your system does an act"
        raise NotImplementedError(msg)

    def get(self, kind: type[Record], id: str) -> Record:
        """The record as the system holds it."""
        msg = "override get(): how your system reads a record"
        raise NotImplementedError(msg)

    # --- what the machine does ---------------------------------------------------------------------------------------

    @rule(data=st.data())
    def a_record_comes(self, data: st.DataObject) -> None:
        """In any state, with an id of its own."""
        kind = data.draw(st.sampled_from(self.kinds))
        id = f"{kind.type}-{len(self.expected) + 1}"
        record = walk(Stage(data.draw, {"id": st.just(id)}, side_acts=1), play_of(kind))
        self.put(record)
        self.expected[kind, id] = record
        self._holds(record)

    @precondition(lambda self: self.expected)
    @rule(data=st.data())
    def somebody_who_may_acts(self, data: st.DataObject) -> None:
        """With arguments that fit: the system holds what came of it."""
        record = self._one(data)
        act = data.draw(acts(record), label="act")
        after = record.act(act.name, **act.given)
        self.do(record, act.name, act.given)
        self.expected[type(record), record.id] = after
        self._holds(after)

    @precondition(lambda self: self.expected)
    @rule(data=st.data())
    def somebody_tries_what_is_not_theirs(self, data: st.DataObject) -> None:
        """An act that is refused by record, state or role: the system refuses it as well, and holds what it held."""
        record = self._one(data)
        act = data.draw(st.sampled_from(record.lifecycle.acts), label="act")
        by = data.draw(st.sampled_from([*people_of(record), STRANGER]), label="by")
        given = {"by": by, "at": record.history[-1].at}
        foretold = record.would(act, **given)
        if foretold:
            self._refuses(record, act, given)
            self._holds(record)

    def _one(self, data: st.DataObject) -> Record:
        return data.draw(st.sampled_from(list(self.expected.values())), label="record")

    def _refuses(self, record: Record, act: str, given: Mapping[str, Any]) -> None:
        try:
            self.do(record, act, given)
        except Rejected:
            return
        raise AssertionError(f"{act} by {given['by']} was done, and should be refused")

    def _holds(self, record: Record) -> None:
        held = self.get(type(record), record.id)
        assert held == record, f"{record.type} {record.id} is not what came of the last act"
        assert not verify(held), f"{record.type} {record.id} was changed by another route than an act"
