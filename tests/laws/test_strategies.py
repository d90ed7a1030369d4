"""Laws of the strategies: every state is reached, no time is lost, and the smallest example is small."""

from hypothesis import find, settings

from coaching.kernel.lifecycle import IMPORT
from coaching.testing import goals
from stage.everything import DRAWN, STRATEGIES, Kind, drawn, each_kind

QUICK = settings(max_examples=300, database=None, deadline=None, derandomize=True)


@each_kind
def test_every_state_is_reached_by_acts_and_by_taking_over(kind: Kind):
    """Within three hundred examples, always the same ones; a hundred nearly always do."""
    wanted = {(state, took_over) for state in kind.lifecycle.states for took_over in (False, True)}
    for number in (DRAWN, 3 * DRAWN):
        reached = {(record.state, record.history[0].act == IMPORT) for record in drawn(kind, number)}
        if reached == wanted:
            break
    assert reached == wanted


@each_kind
def test_examples_differ(kind: Kind):
    """Most of what is drawn is new: a strategy that repeats itself tests little."""
    assert len(drawn(kind)) > DRAWN * 0.6  # each once


@each_kind
def test_the_smallest_example_of_each_state_is_small(kind: Kind):
    """A test that fails for any record of a state shows one that was not edited, shared or extended for nothing."""
    for state in kind.lifecycle.states:
        record = find(STRATEGIES[kind](state=state), lambda _: True, settings=QUICK)
        assert record.state == state
        assert record.history[0].act != IMPORT
        assert not record.extra
        smallest = min(
            len(other.history) for other in drawn(kind) if other.state == state and other.history[0].act != IMPORT
        )
        assert len(record.history) <= smallest


def test_the_smallest_agreed_goal_is_as_small_as_a_goal_can_be():
    """One investment, a promise of each side, two signatures, nothing besides."""
    goal = find(goals(state="agreed"), lambda _: True, settings=QUICK)
    assert (len(goal.investments), len(goal.commitments), len(goal.signatures)) == (1, 2, 2)
    assert goal.options == goal.serves == goal.progress == ()
    assert goal.measure is None
