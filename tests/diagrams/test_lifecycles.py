"""A lifecycle says all that its table says: every state, every act from where to where, who may, and the gates."""

import importlib
import pkgutil
import re

import pytest

import coaching.records
from coaching import Goal
from coaching.diagrams import Diagram, Look, lifecycle
from coaching.diagrams.lifecycles import BEGINNING, NAMES, PARTS, spaced, table_of
from coaching.kernel.classes import model_of
from coaching.kernel.lifecycle import SAME, START, Lifecycle
from coaching.records import KINDS
from stage import codes, refused

each = pytest.mark.parametrize("name", NAMES)


def steps(diagram: Diagram) -> set[tuple[str, str, str]]:
    """Every act that leads from a state to another, as the arrows have it."""
    acts = {node.id: node.title.split(", ") for node in diagram.nodes if node.look is Look.ACT}
    return {
        (act, into.source, out.target)
        for id, those in acts.items()
        for act in those
        for into in diagram.arrows
        for out in diagram.arrows
        if into.target == id and out.source == id
    }


def stays(diagram: Diagram) -> set[tuple[str, str]]:
    """Every act that leaves a state as it is, with the state: in its node, or in a note that names it."""
    found = set[tuple[str, str]]()
    states = {node.id: node for node in diagram.nodes if node.look in {Look.BOX, Look.END}}
    for node in diagram.nodes:
        if node.look is Look.NOTE:
            named = re.split(", ", re.sub("^in (every state)?( but )?", "", node.title))
            where = {it for it, other in states.items() if (other.title in named) != ("every state" in node.title)}
        else:
            where = {node.id} & states.keys()
        told = [note.rsplit(": ", 1)[1] for note in node.notes] if where else []
        acts = {re.sub(r" \(.*\)", "", act) for those in told for act in re.split(r", ", those)}
        found |= {(act, state) for act in acts for state in where}
    return found


@each
def test_every_state_and_every_act_where_it_leads(name):
    """No more and no less than the table."""
    table, diagram = table_of(name), lifecycle(name)
    assert [node.id for node in diagram.nodes if node.look in {Look.BOX, Look.END}] == list(table.states)
    assert {node.id for node in diagram.nodes if node.look is Look.END} == set(table.final)
    leads = {(spaced(act), s or BEGINNING, t) for act, s, t in table.steps() if s != t}
    assert steps(diagram) == leads
    assert stays(diagram) == {(spaced(act), s) for act, s, t in table.steps() if s == t}


@each
def test_who_may_and_which_gates(name):
    """By the names that refusals have; a gate stands with the act that it guards, where it guards it."""
    table, diagram = table_of(name), lifecycle(name)
    said = " ".join(note for node in diagram.nodes for note in node.notes)
    assert all(spaced(role.said()) in said for role in table.roles)
    kind = PARTS[name][1] if name in PARTS else KINDS[name]
    for gate, rules in model_of(kind).gates.items():
        act, _, arrival = gate.partition(">")
        if any(line.act == act for line in table.rows):
            nodes = [
                it for it in diagram.nodes if spaced(act) in it.title.split(", ") or spaced(act) in " ".join(it.notes)
            ]
            assert nodes, (act, arrival)
            for rule in rules:
                assert any(rule.code in note for node in nodes for note in node.notes), (gate, rule.code)


@each
def test_a_way_leads_on_or_back_and_never_through_itself(name):
    """States stand in the order of the table, so that the way of the record leads down."""
    table, diagram = table_of(name), lifecycle(name)
    place = {BEGINNING: -1, **{state: n for n, state in enumerate(table.states)}}
    for node in diagram.nodes:
        if node.look is Look.ACT:
            sources = [it for it in diagram.arrows if it.target == node.id]
            targets = [it for it in diagram.arrows if it.source == node.id]
            assert len({it.back for it in (*sources, *targets)}) == 1
            gap = [place[out.target] - place[into.source] for into in sources for out in targets]
            assert all(it < 0 for it in gap) if sources[0].back else all(it > 0 for it in gap)


def test_every_table_has_a_name():
    """A part that gets a life of its own is drawn, too."""
    found = list[Lifecycle]()
    for info in pkgutil.iter_modules(coaching.records.__path__, "coaching.records."):
        module = importlib.import_module(info.name)
        found += [it for it in vars(module).values() if isinstance(it, Lifecycle) and it not in found]
    assert {id(it) for it in found} == {id(table_of(name)) for name in NAMES}


def test_what_is_done_in_many_states_is_said_once():
    """Acts on promises: in a note of their own, not in each state."""
    diagram = lifecycle(Goal)
    (note,) = [node for node in diagram.nodes if node.look is Look.NOTE]
    assert note.title == "in every state but draft"
    assert sum("fulfil" in " ".join(node.notes) for node in diagram.nodes) == 1
    (draft, *_) = [node.title for node in lifecycle("path").nodes if node.look is Look.NOTE]
    assert draft == "in every state but superseded, archived"
    assert any(START in row.sources for row in table_of("goal").rows)
    assert any(SAME in row.targets for row in table_of("goal").rows)


@pytest.mark.parametrize(("given", "code"), [("gaol", "V012"), ("stepp", "V012"), (3, "V015"), ("zzzz", "V012")])
def test_what_has_no_lifecycle(given, code):
    """Is refused, with what may be meant."""
    assert codes(refused(lambda: lifecycle(given))) == [code]
    assert "did you mean step?" in refused(lambda: lifecycle("stepp"))[0].message
