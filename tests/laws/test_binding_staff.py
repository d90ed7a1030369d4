"""The kit on a system that keeps people and moves: a right one passes, and each planted bug is found and shown shortly."""

import pytest
from hypothesis import settings

from coaching.testing import Found, explore, suite
from coaching.testing.binding.model import replay
from coaching.testing.binding.offers import offered
from coaching.testing.binding.people import PEOPLE
from coaching.testing.binding.playing import play
from coaching.testing.binding.scenes import PLAIN, SCENES
from coaching.testing.binding.suite import Case
from systems.bound import BoundStaff
from systems.staff import BUGS

CASES = suite(BoundStaff)
STRICT = settings(max_examples=200, derandomize=True, database=None, deadline=None)


def fails(bug: str, case: Case) -> bool:
    """Tell whether a case finds something; not shortened."""
    try:
        for steps, looks_from in case.scripts():
            play(steps, BoundStaff(bug), looks_from=looks_from)
    except Found:
        return True
    return False


def test_a_right_system_passes_the_suite():
    """Not one false alarm, in every eightieth case here, and in all of them in `benchmarks/planted_bugs.py`."""
    for case in CASES[::80]:
        case.play(BoundStaff)


def test_a_right_system_passes_by_chance():
    """Not one false alarm."""
    explore(BoundStaff, settings=settings(STRICT, max_examples=8))


@pytest.mark.parametrize("bug", [*BUGS][::8])
def test_each_bug_is_found_by_chance(bug):
    """Within two hundred examples, always the same ones, and shown shortly; every eighth here, all in the benchmark."""
    with pytest.raises(Found) as caught:
        explore(lambda: BoundStaff(bug), settings=STRICT)
    assert len(caught.value.played) <= 12


@pytest.mark.parametrize("bug", ["first_day_is_not_counted", "leap_day_lost", "stay_overrides_later_words"])
def test_the_suite_finds_bugs(bug):
    """Without Hypothesis; all of them: `benchmarks/planted_bugs.py`."""
    assert any(fails(bug, case) for case in CASES)


def test_a_leap_day_is_among_the_days_that_are_noted():
    """Of people as of talks: in the scenes that are made for it."""
    leaps = [scene for scene in SCENES if scene.name.startswith("leap day")]
    noted = {scene.name: str(PEOPLE.situations(scene, "p-1")).count("datetime.date(2028, 2, 29)") for scene in leaps}
    assert all(noted[scene.name] for scene in leaps[:2])
    assert "2028, 2, 29" not in str(PEOPLE.situations(PLAIN, "p-1"))


def test_days_are_tried_on_both_sides_of_every_border():
    """Somebody comes back on any day of a leave and on the day after it; not on its eve, nor two days after."""
    leave = replay(PEOPLE.situations(PLAIN, "p-1")["with a leave ahead"])[-1].after
    sorted_ = offered(PEOPLE, PLAIN, leave)
    judged = [it for it in (*sorted_.moves, *sorted_.refused) if it.step.act == "come_back" and it.codes != ("V009",)]
    back = {it.step.given["on"]: it.codes for it in judged}
    days = {n: back.get(PLAIN.day(n)) for n in (29, 30, 31, 59, 60, 61, 62)}
    assert days == {29: ("V010",), 30: (), 31: (), 59: (), 60: (), 61: (), 62: ("V010",)}
