"""The lifecycle of a kind of record, or of a part that has one, as a diagram: states, acts, who may, gates.

Everything is read from the table. An act that leads to another state stands on its way there; an act that leaves the
state as it is stands in the state.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

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
    often = _often(table)
    nodes = [Node(BEGINNING, look=Look.START), *_states(table, gates, often)]
    arrows = list[Arrow]()
    for states in dict.fromkeys(often.values()):
        rows = [row for row in table.rows_from(states[0]) if often.get(row) == states]
        nodes.append(Node(" ".join(states), _among(table, states), _stays(rows, states[0], gates), Look.NOTE))
        arrows.append(Arrow(states[-1], " ".join(states), head=False, broken=True))
    for n, ((sources, targets, notes), acts) in enumerate(_ways(table, gates).items()):
        node = Node(f"act {n}", ", ".join(map(spaced, acts)), notes, Look.ACT)
        nodes.append(node)
        arrows += by_way_of(
            node, [it or BEGINNING for it in sources], targets, back=_leads_back(table, sources, targets)
        )
    title = f"Lifecycle: {spaced(name)}"
    desc = f"States: {', '.join(map(spaced, table.states))}. Acts: {', '.join(map(spaced, table.acts))}."
    return Diagram(title, desc, tuple(nodes), tuple(arrows))


def _known(kind: type[Record] | str) -> str:
    """Give the word of a kind of record; what is none may be a slip for a part."""
    meant = nearest(kind[:40], NAMES) if isinstance(kind, str) and kind not in KINDS else None
    if meant is not None:
        what = "{value} has no lifecycle; did you mean {near}?"
        raise Rejected.over(V012, what, "kind", of="cannot draw a diagram", value=brief(kind), near=meant)
    return kind_named(kind, "cannot draw a diagram")


def spaced(name: str) -> str:
    """Give a name of ours in words."""
    return name.replace("_", " ")


MANY = 3
"""So many states in which the same may be done: it is said once, in a note of its own."""


def _often(table: Lifecycle) -> dict[Row, tuple[str, ...]]:
    """Find what may be done in many states and leaves each as it is, with those states."""
    found = {
        row: tuple(state for state in table.states if state in row.sources)
        for row in table.rows
        if row.targets == (SAME,)
    }
    return {row: states for row, states in found.items() if len(states) >= MANY}


def _states(table: Lifecycle, gates: Mapping[str, Sequence[str]], often: Container[Row]) -> Iterator[Node]:
    """Give a node for each state, with the acts that leave it as it is, by who may do them."""
    for state in table.states:
        rows = [row for row in table.rows_from(state) if row not in often and {SAME, state} & {*row.targets}]
        yield Node(state, spaced(state), _stays(rows, state, gates), Look.END if state in table.final else Look.BOX)


def _stays(rows: Iterable[Row], state: str, gates: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Say which acts leave a state as it is, by who may do them."""
    acts: dict[str, list[str]] = {}
    for row in rows:
        codes = " ".join(_codes(gates, row.act, state))
        acts.setdefault(_who(row), []).append(spaced(row.act) + (f" ({codes})" if codes else ""))
    return tuple(f"{who}: {', '.join(those)}" for who, those in acts.items())


def _who(row: Row) -> str:
    return ", ".join(spaced(role.said()) for role in row.who)


def _codes(gates: Mapping[str, Sequence[str]], act: str, target: str) -> Iterable[str]:
    return (*gates.get(act, ()), *gates.get(f"{act}>{target}", ()))


def _among(table: Lifecycle, states: Sequence[str]) -> str:
    """Name many states of a table by those that are not among them."""
    others = [spaced(state) for state in table.states if state not in states]
    return "in every state" + (f" but {', '.join(others)}" if others else "")


Way = tuple[tuple[str | None, ...], tuple[str, ...], tuple[str, ...]]
"""From any of some states to any of some others, with what is said of it: who may, and the gates."""


def _ways(table: Lifecycle, gates: Mapping[str, Sequence[str]]) -> dict[Way, list[str]]:
    """Give the ways of the table from states to others, with the acts that lead there.

    A way leads from every one of its sources to every one of its targets, all of them further on, or all further back.
    """
    found: dict[Way, list[str]] = {}
    for row in table.rows:
        apart: dict[tuple[str, ...], list[str | None]] = {}
        for source in row.sources:
            targets = [it for it in row.targets if it not in {SAME, source}]
            for back in (False, True):
                those = tuple(it for it in targets if _leads_back(table, (source,), (it,)) is back)
                apart.setdefault(those, []).append(source)
        for those, sources in apart.items():
            if those:
                codes = sorted({code for it in those for code in _codes(gates, row.act, it)})
                notes = (_who(row), *([f"gate{'s' * (len(codes) > 1)} {' '.join(codes)}"] if codes else []))
                found.setdefault((tuple(sources), those, notes), []).append(row.act)
    return found


def _leads_back(table: Lifecycle, sources: Sequence[str | None], targets: Sequence[str]) -> bool:
    """Tell whether a way leads to what stands before, in the order in which the states are named."""
    return sources[0] is not START and table.states.index(sources[0]) > table.states.index(targets[0])
