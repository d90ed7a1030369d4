"""Laws of the strategies: every state is reached, no example is wasted, and the smallest is small."""

from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from coaching.kernel.lifecycle import IMPORT
from coaching.testing import goals
from stage.everything import DRAWN, STRATEGIES, Kind, drawn, each_kind


def simplest(strategy: st.SearchStrategy[Any]) -> Any:
    """The example that Hypothesis tries first, and towards which it shrinks."""
    found = []

    @settings(max_examples=1, phases=[Phase.generate], database=None)
    @given(strategy)
    def draw(example: Any) -> None:
        found.append(example)

    draw()
    return found[0]


@each_kind
def test_every_state_is_reached(kind: Kind):
    """Within three hundred examples, always the same ones; a hundred nearly always do. Some are taken over."""
    for number in (DRAWN, 3 * DRAWN):
        reached = {record.state for record in drawn(kind, number)}
        if reached == set(kind.lifecycle.states):
            break
    assert reached == set(kind.lifecycle.states)
    assert IMPORT in {record.history[0].act for record in drawn(kind, number)}


@each_kind
def test_most_acts_are_done_on_the_way(kind: Kind):
    """A strategy that never does an act does not test what comes of it."""
    done = {entry.act for record in drawn(kind) for entry in record.history}
    assert len(done & set(kind.lifecycle.acts)) > len(kind.lifecycle.acts) * 0.7


@each_kind
def test_examples_differ(kind: Kind):
    """A strategy that repeats itself tests little; `drawn` has each example once."""
    assert len(drawn(kind)) > DRAWN * 0.6


@each_kind
def test_the_smallest_example_of_each_state_is_small(kind: Kind):
    """A test that fails for any record of a state shows one to which nothing happened besides."""
    for state in kind.lifecycle.states:
        record = simplest(STRATEGIES[kind](state=state))
        assert record.state == state
        assert record.history[0].act != IMPORT
        assert not record.extra
        alike = [o for o in drawn(kind) if getattr(o, "kind", None) == getattr(record, "kind", None)]
        others = [o for o in alike if o.state == state and o.history[0].act != IMPORT]
        assert all(len(record.history) <= len(other.history) for other in others)


def test_the_smallest_agreed_goal_is_as_small_as_a_goal_can_be():
    """One investment, a promise of each side, two signatures, nothing besides."""
    goal = simplest(goals(state="agreed"))
    assert (len(goal.investments), len(goal.commitments), len(goal.signatures)) == (1, 2, 2)
    assert goal.options == goal.serves == goal.progress == ()
    assert goal.measure is None
