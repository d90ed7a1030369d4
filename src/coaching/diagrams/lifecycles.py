"""The lifecycle of a kind of record, or of a part that has one, as a diagram: states, acts, who may, gates.

Everything is read from the table. An act that leads to another state stands on its way there; an act that leaves the
state as it is stands in the state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from coaching.book.keys import kind_named
from coaching.diagrams.graph import Arrow, Diagram, Look, Node, by_way_of
from coaching.kernel.classes import model_of, nearest
from coaching.kernel.constraints import V012
from coaching.kernel.lifecycle import SAME, START, Lifecycle, Row
from coaching.kernel.record import Record
from coaching.kernel.rules import Rejected, brief
from coaching.records import KINDS, RECORDS
from coaching.records.commitments import COMMITMENT
from coaching.records.goals import Goal
from coaching.records.needs import NEED
from coaching.records.paths import DREAM, ROLE_MODEL, STEP, CareerPath

BEGINNING = "start"

PARTS: Mapping[str, tuple[Lifecycle, type[Record]]] = {
    "need": (NEED, CareerPath),
    "dream": (DREAM, CareerPath),
    "role_model": (ROLE_MODEL, CareerPath),
    "step": (STEP, CareerPath),
    "commitment": (COMMITMENT, Goal),
}
"""The parts that have a life of their own, each with a record whose gates guard it."""

NAMES: tuple[str, ...] = (*(kind.type for kind in RECORDS), *PARTS)
"""What has a lifecycle."""


def table_of(name: str) -> Lifecycle:
    """Give the table of a kind of record, or of a part, by its word."""
    return PARTS[name][0] if name in PARTS else KINDS[kind_named(name)].lifecycle


def lifecycle(kind: type[Record] | str) -> Diagram:
    """Draw the table of a kind of record, or of a part: every state, every act, who may do it, and its gates.

    Args:
        kind: A class of records, its word, or `need`, `dream`, `role_model`, `step` or `commitment`.

    Raises:
        Rejected: V012 for what has no lifecycle.

    >>> found = lifecycle("feedback")
    >>> [node.title for node in found.nodes if node.title.startswith("ack")]
    ['acknowledged', 'acknowledge']
    """
    name = kind if isinstance(kind, str) and kind in PARTS else _known(kind)
    table, owner = (PARTS[name][0], PARTS[name][1]) if name in PARTS else (KINDS[name].lifecycle, KINDS[name])
    gates = {act: [rule.code for rule in rules] for act, rules in model_of(owner).gates.items()}
    place = {state: n for n, state in enumerate((START, *table.states))}
    nodes = [Node(BEGINNING, look=Look.START), *_states(table, gates)]
    arrows = list[Arrow]()
    for n, (row, sources, targets) in enumerate(_ways(table, place)):
        codes = sorted({it for target in targets for it in _codes(gates, row.act, target)})
        node = Node(f"{n} {row.act}", spaced(row.act), tuple(_notes(row, codes)), Look.ACT)
        nodes.append(node)
        back = place[sources[0]] > place[targets[0]]
        arrows += by_way_of(node, [it or BEGINNING for it in sources], targets, back=back)
    title = f"The lifecycle of a {spaced(name)}"
    desc = f"States: {', '.join(map(spaced, table.states))}. Acts: {', '.join(map(spaced, table.acts))}."
    return Diagram(title, desc, tuple(nodes), tuple(arrows))


def _known(kind: type[Record] | str) -> str:
    """Give the word of a kind of record; what is none may be a slip for a part."""
    meant = nearest(kind[:40], NAMES) if isinstance(kind, str) and kind not in KINDS else None
    if meant is not None:
        what = "{value} has no lifecycle; did you mean {near}?"
        raise Rejected.over(V012, what, "kind", of="diagram: cannot draw", value=brief(kind), near=meant)
    return kind_named(kind, "diagram: cannot draw")


def spaced(name: str) -> str:
    """Give a name of ours in words."""
    return name.replace("_", " ")


def _states(table: Lifecycle, gates: Mapping[str, Sequence[str]]) -> Iterator[Node]:
    """Give a node for each state, with the acts that leave it as it is, by who may do them."""
    for state in table.states:
        acts: dict[str, list[str]] = {}
        for row in table.rows_from(state):
            if SAME in row.targets or state in row.targets:
                codes = " ".join(_codes(gates, row.act, state))
                acts.setdefault(_who(row), []).append(spaced(row.act) + (f" ({codes})" if codes else ""))
        notes = tuple(f"{who}: {', '.join(those)}" for who, those in acts.items())
        yield Node(state, spaced(state), notes, Look.END if state in table.final else Look.BOX)


def _who(row: Row) -> str:
    return ", ".join(spaced(role.said()) for role in row.who)


def _codes(gates: Mapping[str, Sequence[str]], act: str, target: str) -> Iterable[str]:
    return (*gates.get(act, ()), *gates.get(f"{act}>{target}", ()))


def _notes(row: Row, codes: Sequence[str]) -> Iterator[str]:
    yield _who(row)
    if codes:
        yield f"gates {' '.join(codes)}"


Way = tuple[Row, tuple[str | None, ...], tuple[str, ...]]


def _ways(table: Lifecycle, place: Mapping[str | None, int]) -> Iterator[Way]:
    """Give the ways of the table from states to others: those of one act together, as far as none leads through itself.

    A way leads from every one of its sources to every one of its targets, all of them further on, or all further back.
    """
    for row in table.rows:
        targets = [it for it in row.targets if it != SAME]
        on = [(s, tuple(t for t in targets if place[t] > place[s])) for s in row.sources]
        back = [(s, tuple(t for t in targets if place[t] < place[s])) for s in row.sources]
        for ways in (on, back):
            by_targets: dict[tuple[str, ...], list[str | None]] = {}
            for source, those in ways:
                if those:
                    by_targets.setdefault(those, []).append(source)
            for those, sources in by_targets.items():
                yield row, tuple(sources), those
