"""What is played: values at their borders, days and zones, ids, long lives; and the systems in which bugs were missed."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from coaching import Interview, Opportunity
from coaching.kernel.classes import model_of
from coaching.kernel.fields import field_of
from coaching.testing import Found, InterviewWorkflow, Unbound, explore, suite
from coaching.testing.binding.borders import _together, borders, changes, plainest, spoilt, tried, varied
from coaching.testing.binding.feedback import FEEDBACK
from coaching.testing.binding.goals import GOALS
from coaching.testing.binding.interviews import INTERVIEWS
from coaching.testing.binding.lives import ENTRIES, SLOWLY, long_life, long_lives
from coaching.testing.binding.moves import MOVES
from coaching.testing.binding.offers import begun
from coaching.testing.binding.paths import PATHS
from coaching.testing.binding.people import PEOPLE
from coaching.testing.binding.playing import play
from coaching.testing.binding.relationships import RELATIONSHIPS
from coaching.testing.binding.scenes import PLAIN, SCENES, later
from coaching.testing.binding.suite import Case
from coaching.testing.binding.system import System
from coaching.testing.binding.values import openings, with_values
from systems.shelves import GOALS as OF_GOALS
from systems.shelves import PAIRS, TALKS, ShelfOfGoals, ShelfOfPairs, ShelfOfTalks

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PIECES = (INTERVIEWS, FEEDBACK, GOALS, PATHS, MOVES, PEOPLE, RELATIONSHIPS)
POLICY = System.policy
NEW = (": values", ", and signed again", ": a long life", ", on 29 February", ", the clock is put back", ", leap day")
SHELVES = {ShelfOfTalks: TALKS, ShelfOfGoals: OF_GOALS, ShelfOfPairs: PAIRS}


def cases(binding: Any) -> list[Case]:
    """The cases that such bugs are for."""
    return [it for it in suite(binding) if isinstance(it, Case) and any(name in it.name for name in NEW)]


def fails(binding: Any, bug: str, case: Case) -> bool:
    """Tell whether a case finds something; not shortened."""
    try:
        for steps, looks_from in case.scripts():
            play(steps, binding(bug), looks_from=looks_from)
    except Found:
        return True
    return False


# --- bugs that were missed -------------------------------------------------------------------------------------------

WHERE = {
    (ShelfOfTalks, "slot_cut_at_240"): "schedule: values",
    (ShelfOfTalks, "history_of_20"): "a long life",
    (ShelfOfGoals, "whole_amounts"): "invest: values",
    (ShelfOfGoals, "nothing_for_zero"): "achieve: values",
    (ShelfOfGoals, "obstacles_once"): "begin: values",
    (ShelfOfGoals, "done_on_leap_day"): "a promise of the coach done, on 29 February",
    (ShelfOfGoals, "leap_day_is_not_late"): "promise: values",
    (ShelfOfPairs, "cadence_under_signatures"): "amend, and signed again",
    (ShelfOfPairs, "order_by_the_wall"): "the clock is put back",
    (ShelfOfPairs, "begun_anew"): "a long life",
    (ShelfOfPairs, "blank_note"): "sign: values",
    (ShelfOfPairs, "quiet_note"): "sign: values",
    (ShelfOfPairs, "cadence_of_255"): "amend: values",
    (ShelfOfPairs, "trimmed_ids"): "propose: values",
}
"""Where the suite finds some; all of them: `benchmarks/planted_bugs.py`."""


@pytest.mark.parametrize(("binding", "bug"), WHERE, ids=lambda it: it if isinstance(it, str) else it.__name__)
def test_the_suite_finds_what_was_missed(binding, bug):
    """Each in the cases made for it."""
    named = [case for case in cases(binding) if WHERE[binding, bug] in case.name]
    assert any(map(partial(fails, binding, bug), named))


@pytest.mark.parametrize("binding", SHELVES, ids=lambda it: it.__name__)
def test_a_right_shelf_passes(binding):
    """Not one false alarm, in some of these cases, and by chance."""
    for case in cases(binding)[:: 5 if binding is ShelfOfPairs else 25]:
        case.play(binding)
    explore(binding, settings=settings(max_examples=5, derandomize=True, database=None))


def test_chance_finds_what_was_missed():
    """The others: `benchmarks/planted_bugs.py shelf_of_pairs --seeds 20`."""
    with pytest.raises(Found):
        explore(
            lambda: ShelfOfPairs("trimmed_ids"), settings=settings(max_examples=200, derandomize=True, database=None)
        )


# --- values ----------------------------------------------------------------------------------------------------------


def test_borders_are_those_of_the_field():
    """From both sides."""
    slot = {"start": NOON, "minutes": 90, "place": "Room 4"}
    way, (move, *_) = next(openings(INTERVIEWS, "schedule", POLICY))
    given = [it["minutes"] for name, values in changes(move, ()) if name == "slot" for it in values]
    assert {14, 15, 16 - 1, 255, 256, 479, 480, 481} <= set(given)
    assert way
    assert slot.keys() == move.step.given["slot"].keys()


def test_what_is_no_field_of_ours_has_no_borders():
    """A mapping of anything."""
    assert list(borders(field_of("anything", bytes), None, NOON)) == []
    assert list(borders(field_of("free", str), None, NOON)) == []


@pytest.mark.parametrize("piece", PIECES, ids=lambda it: it.prefix)
def test_values_are_judged_and_each_right_one_is_played(piece):
    """Whatever is right passes by itself; whatever is wrong has a code."""
    for act in piece.beginnings(PLAIN):
        for steps, looks_from in with_values(piece, act, POLICY):
            assert all(it.findings == () for it in steps[:looks_from])
            assert len({bool(it.findings) for it in steps[looks_from:]}) == 1


def test_every_word_of_a_list_is_given_with_what_may_be_given_with_it():
    """A note with every stance."""
    found = [steps[-1].step.given for steps, _ in with_values(RELATIONSHIPS, "sign", POLICY) if not steps[-1].findings]
    assert {it.get("stance", "agrees") for it in found if it.get("note")} >= {"agrees", "seen"}


def test_values_that_are_fixed_are_not_tried_and_ids_may_be_left_alone():
    """As a binding says."""
    move, *_ = begun(RELATIONSHIPS, PLAIN, "r-1", POLICY).moves
    assert {name for name, _ in changes(move, ("purpose",))} >= {"coach", "kind", "record_id", "by"}
    assert not {"purpose", "coach", "record_id", "by"} & {name for name, _ in changes(move, ("purpose",), ids=False)}


def test_chance_gives_a_value_that_is_right_or_wrong():
    """Whichever it draws."""
    (move, *_) = begun(GOALS, PLAIN, "g-1", POLICY).moves
    for seed in range(20):
        assert not varied(move, POLICY, (), Random(seed)).findings
        assert all(it.findings for it in spoilt(move, POLICY, (), Random(seed)))
    assert len({str(varied(move, POLICY, (), Random(seed)).step) for seed in range(20)}) > 10
    assert tried((move,), POLICY, ()).moves


# --- scenes ----------------------------------------------------------------------------------------------------------


def scene(name: str) -> Any:
    """A scene by its name."""
    return next(it for it in SCENES if it.name == name)


def test_time_goes_on_while_the_clock_goes_back():
    """And from day to day."""
    for name in ("in many zones", "the clock is put back"):
        moments = [it.at for it in RELATIONSHIPS.situations(scene(name), "r-1")["ended"]]
        assert moments == sorted(moments)
        walls = [it.replace(tzinfo=None) for it in moments]
        assert walls != sorted(walls)
    days = {it.at.date() for it in RELATIONSHIPS.situations(scene("a day from act to act"), "r-1")["ended"]}
    assert len(days) > 2


@pytest.mark.parametrize("piece", PIECES, ids=lambda it: it.prefix)
def test_acts_fall_on_the_leap_day(piece):
    """Of every kind."""
    steps = piece.situations(scene("on 29 February"), f"{piece.prefix}-1").values()
    assert {date(2028, 2, 29)} <= {it.at.date() for way in steps for it in way}


def test_ids_are_of_every_shape_and_keep_their_mark():
    """It may tell of which kind a record is."""
    for name, longest in {"the longest ids": 200, "ids in other scripts": 8, "ids in capitals": 3}.items():
        steps = RELATIONSHIPS.situations(scene(name), "r-1")["ended"]
        assert {it.record_id[:2] for it in steps} == {"r-"}
        assert max(len(it.by) for it in steps) == longest
    assert {it.by for it in steps} == {"p-a", "p-A"}


def test_a_moment_later_is_later_where_the_clock_is_put_back():
    """An hour is an hour."""
    berlin = ZoneInfo("Europe/Berlin")
    at = datetime(2026, 10, 25, 0, 30, tzinfo=UTC).astimezone(berlin)
    assert later(at, timedelta(hours=1)).astimezone(UTC) - at.astimezone(UTC) == timedelta(hours=1)
    assert later(at, timedelta(hours=1)).tzinfo is berlin


# --- lives -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("piece", PIECES, ids=lambda it: it.prefix)
def test_some_life_is_long(piece):
    """Longer than lists that are cut, where something can always be done."""
    name = long_lives(piece)[0]
    ((steps, _),) = long_life(piece, name, POLICY)
    assert all(it.findings == () for it in steps)
    assert SLOWLY.name == "a day from act to act"
    assert len(steps[-1].after.history) >= (ENTRIES if piece is not FEEDBACK else 3)


# --- one zone --------------------------------------------------------------------------------------------------------


class InBerlin(ShelfOfPairs):
    """A system with one clock: whatever it is told, it keeps by the clock of the house."""

    zone = ZoneInfo("Europe/Berlin")
    heard: ClassVar[set[Any]] = set()

    def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
        """Do an act."""
        self.heard.add(at.tzinfo)
        super().perform(act, record_id, by, at.astimezone(self.zone), **given)


def test_every_moment_that_is_played_is_of_the_zone_of_a_system():
    """In the suite and by chance."""
    for case in suite(InBerlin)[::20]:
        case.play(InBerlin)
    explore(InBerlin, settings=settings(max_examples=5, derandomize=True, database=None))
    assert InBerlin.heard == {InBerlin.zone}


def test_a_zone_and_known_acts_go_together():
    """What is left is played in the zone."""

    class Few(InBerlin):
        acts = ("propose", "amend", "decline")

    for case in suite(Few)[::20]:
        case.play(Few)


def test_a_zone_is_a_zone():
    """And no word."""

    class Wrong(ShelfOfPairs):
        zone: Any = "Europe/Berlin"

    with pytest.raises(Unbound, match="zone is a zone"):
        suite(Wrong)


def test_a_system_that_does_not_ask_what_ids_are_gets_plain_ones():
    """Neither in scenes, nor as values."""

    class Plain(ShelfOfPairs):
        unasked = ("V001",)

    names = {case.name for case in suite(Plain)}
    assert not any("ids" in name for name in names)
    assert {piece.ids for piece in Plain.played()} == {False}
    assert InterviewWorkflow.pieces[0].ids


def test_what_is_made_up():
    """Of a list nothing, of a part what it must have; ids of a plain scene are as they are."""
    fields = model_of(Opportunity).fields
    assert plainest(fields["wants"], NOON) == []
    assert plainest(model_of(Interview).fields["slot"], NOON).keys() >= {"start", "minutes", "place"}
    assert PLAIN.ids("p-17") == "p-17"


def test_nothing_that_is_right_is_given_together():
    """Where each value is refused, there is no such step."""
    step = begun(GOALS, PLAIN, "g-1", POLICY).moves[0].step
    assert list(_together(step, [("title", ""), ("title", "\0")], None, POLICY)) == []
    assert len(list(_together(step, [("title", ""), ("title", "Lead")], None, POLICY))) == 1
