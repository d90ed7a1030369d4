"""People: what is particular to them, beside what all records share."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from coaching import Span, verify
from coaching.kernel.classes import model_of
from coaching.records.people import STANDINGS, Ended, Leaving, Managed, Occupation, Person, Position
from rules.people import ALSO
from stage import ANNA, EVA, OLE, PER, at, codes, on, refused
from stage.people import (
    BRUK,
    HEM,
    HR,
    JOINED,
    VERK,
    back,
    employed,
    erased,
    gone,
    imported,
    managers,
    on_leave,
    outside,
    placement,
    position,
    registered,
)
from tables import people as golden


def places(findings):
    """Code and path of each finding."""
    return [(f.code, f.path) for f in findings]


@pytest.mark.parametrize("case", ALSO)
def test_each_rule_speaks_alone_in_its_other_cases_too(case):
    """A rule that can be broken in several ways speaks in each of them, and no other does."""
    assert codes(ALSO[case]()) == [case.split()[0]]


class TestRegistering:
    """`register` notes somebody who is employed or will be, or is outside; whoever left is taken over."""

    def test_all_details_are_kept(self):
        """Names in parts, language, ids elsewhere and a first position."""
        anna = registered(
            position=position(), given_name="Anna", family_name="Ek", language="sv", external_ids={"hr": "7"}
        )
        assert (anna.given_name, anna.family_name, anna.language) == ("Anna", "Ek", "sv")
        assert anna.external_ids == {"hr": "7"}
        assert anna.position_on(on(0)) == position()
        assert anna.history[0].by == HR

    def test_somebody_outside_has_no_employment(self):
        """A customer stands outside on every day, has no manager, and may be employed one day."""
        ylva = outside()
        assert ylva.employments == ()
        assert {ylva.standing(on(n)) for n in (-9999, 0, 9999)} == {"outside"}
        assert ylva.manager_on(on(0)) is None
        assert ylva.employment_by(on(0)) is None
        assert [ylva.join(on(9), by=HR, at=at(1)).standing(on(n)) for n in (8, 9)] == ["ahead", "active"]

    def test_an_unknown_detail_is_refused_by_name(self):
        """A birth date has no place here."""
        wrong = refused(lambda: registered(birth_date=date(1990, 1, 1)))
        assert places(wrong) == [("V016", "birth_date")]

    def test_everything_wrong_is_said_at_once(self):
        """A blank name, a day that is none, a language that is none, and a position without a title."""
        given = {"name": " ", "joined_on": "yesterday", "language": "?", "position": {"id": "po-1", "employer": "o-1"}}
        wrong = Person.would_new("register", ANNA, **given, by=HR, at=at(0))
        assert codes(wrong) == ["V015", "V006", "V002", "V014", "J002"]
        assert wrong[0].path == "joined_on"

    def test_a_person_is_taken_over_as_they_stand(self):
        """On leave, left or erased, with what the other system knew."""
        assert imported(leaves=(Span(on(-9)),)).on_leave_on(on(0))
        assert not imported(employments=(Span(JOINED, on(-1)),)).employed_on(on(0))
        assert imported("erased", name=None, employments=(Span(JOINED, on(-1)),)).state == "erased"

    def test_a_placement_that_ended_elsewhere_needs_no_reason(self):
        """Nobody saw it end here, so nobody is asked why."""
        ended = placement(span=Span(JOINED, on(-1)), planned_to=None)
        assert imported(placements=(ended,)).findings(on(0)) == ()


class TestCorrecting:
    """`correct` sets right what was noted wrongly; the history keeps why, and days and ids, and no words."""

    def test_a_name_is_corrected_and_the_old_one_is_nowhere(self):
        """A name that stood in the history could never be erased."""
        anna = employed().correct("Misspelt", name="Anna Berg", family_name=None, external_ids={}, by=HR, at=at(1))
        assert anna.name == "Anna Berg"
        entry = anna.history[-1]
        assert (entry.act, entry.reason, entry.was) == ("correct", "Misspelt", {})

    def test_days_and_ids_that_are_replaced_stand_in_the_history(self):
        """A position that never was, an employer that was another, a plan, an employment."""
        before = (position(employer=BRUK), position("po-2", span=Span(on(5))))
        anna = imported(positions=before, placements=(placement(),), leaves=(Span(on(1), on(2)),))
        anna = anna.correct(
            "Taken from the wrong list", positions=(position(),), placements=(placement(planned_to=None),), leaves=(),
            employments=(Span(on(-900)),), by=HR, at=at(1),
        )  # fmt: skip
        assert anna.history[-1].was == {
            "employments.2024-08-01": "2024-08-01 to open",
            "leaves.2026-03-03": "2026-03-03 to 2026-03-04",
            "placements.pl-1.planned_to": str(on(364)),
            "positions.po-1.employer": BRUK,
            "positions.po-2": "2026-03-07 to open",
            "positions.po-2.employer": HEM,
            "positions.po-2.managers.2026-03-07": OLE,
        }

    def test_what_is_asked_and_what_is_no_content(self):
        """A reason; and the state changes by acts of its own."""
        assert places(employed().would("correct", reason=None, name="A", by=HR, at=at(1))) == [("V014", "reason")]
        wrong = employed().would("correct", reason="A slip", state="left", leavings=(), by=HR, at=at(1))
        assert places(wrong) == [("V016", "leavings"), ("V016", "state")]

    def test_nothing_is_corrected_once_erased(self):
        """There is nothing left to set right."""
        assert codes(erased().would("correct", reason="A slip", name="Anna", by=HR, at=at(900))) == ["V010"]

    @pytest.mark.parametrize("as_said", [lambda span: span, lambda span: {"from": span.from_, "to": span.to}])
    def test_a_leaving_of_which_no_employment_knows_is_forgotten(self, as_said):
        """What it closed goes with it; while the last day stands, it can still be taken back."""
        anna = gone().correct("Later", employments=(as_said(Span(JOINED, on(30))),), by=HR, at=at(21))
        assert anna.leavings == gone().leavings
        assert anna.correct("Later", employments=(as_said(Span(JOINED, on(40))),), by=HR, at=at(22)).leavings == ()
        assert places(gone().would("correct", reason="?", employments=7, by=HR, at=at(21))) == [("V015", "employments")]


STANDING_ON = {
    "ahead": lambda day: imported(employments=(Span(day + timedelta(1)),)),
    "active": lambda _: imported(),
    "on_leave": lambda day: imported(leaves=(Span(day),)),
    "left": lambda day: imported(employments=(Span(JOINED, day - timedelta(1)),)),
    "outside": lambda _: imported(employments=()),
}
"""Anna, standing so on a day."""

SAYS = {
    "join": lambda day: {"joined_on": day},
    "leave": lambda day: {"left_on": day},
    "go_on_leave": lambda day: {"since": day},
    "change_leave": lambda day: {"on": day},
    "come_back": lambda day: {"on": day},
    "cancel_leave": lambda day: {"on": day},
    "take_position": lambda day: {"position": position(span=Span(day))},
    "end_position": lambda day: {"position": "po-9", "on": day},
    "change_manager": lambda day: {"position": "po-9", "manager": OLE, "on": day},
    "start_placement": lambda day: {"placement": placement(span=Span(day), planned_to=None)},
    "extend_placement": lambda day: {"placement": "pl-9", "planned_to": day},
    "end_placement": lambda day: {"placement": "pl-9", "on": day, "reason": "over"},
}
"""What is given to an act that speaks of a day."""

WHERE = {"take_position": "position.span.from", "start_placement": "placement.span.from"}


class TestStanding:
    """Where somebody stands is asked for a day, and each act is held to it."""

    def test_the_days_of_a_life(self):
        """Ahead, active, on leave, active, left, active again."""
        anna = on_leave(on(20)).leave(on(30), "over", by=HR, at=at(1)).join(on(100), by=HR, at=at(1))
        days = {-9999: "ahead", 9: "active", 10: "on_leave", 20: "on_leave", 21: "active", 30: "active",
                31: "left", 99: "left", 100: "active"}  # fmt: skip
        assert {n: anna.standing(on(n)).value for n in days} == days
        assert [anna.employed_on(on(n)) for n in days] == [s in {"active", "on_leave"} for s in days.values()]

    def test_the_employment_that_counts(self):
        """The one that runs, or else the last before it; before the first, that one."""
        first, second = back().employments
        counts = {-9999: first, 30: first, 31: first, 99: first, 100: second, 9999: second}
        assert {n: back().employment_by(on(n)) for n in counts} == counts

    def test_the_table_is_the_one_written_by_hand(self):
        """For each act, where the person stands on the day it speaks of."""
        assert {act: set(standings) for act, standings in STANDINGS.items()} == golden.STANDINGS

    @pytest.mark.parametrize("ahead", [-100, 0, 100])
    @pytest.mark.parametrize("standing", STANDING_ON)
    @pytest.mark.parametrize("act", SAYS)
    def test_an_act_is_held_to_where_the_person_stands_on_its_day(self, act, standing, ahead):
        """Said before the day or after it: V010 names the day, and the buttons of that day say the same."""
        day = on(ahead)
        anna, given = STANDING_ON[standing](day), SAYS[act](day)
        allowed = standing in golden.STANDINGS[act]
        found = [f for f in anna.would(act, **given, by=HR, at=at(0)) if f.code == "V010"]
        assert bool(found) is not allowed
        parts = {"end_position": anna.positions, "change_manager": anna.positions,
                 "extend_placement": anna.placements, "end_placement": anna.placements}  # fmt: skip
        assert (act in anna.acts_for(HR, on=day)) is (allowed and bool(parts.get(act, True)))
        if found:
            day_said = WHERE.get(act) or next(name for name, value in given.items() if value == day)
            assert (found[0].path, found[0].params["day"], found[0].params["standing"]) == (day_said, day, standing)
            assert set(found[0].params["open"].split(", ")) == set(anna.acts_for(HR, on=day))

    def test_a_leave_ahead_may_be_changed_and_cancelled(self):
        """Until it is over; a form for today offers it, and one for the day after does not."""
        anna = employed().go_on_leave(on(30), on(40), by=HR, at=at(1))
        for day, is_open in ((on(2), True), (on(40), True), (on(41), False)):
            assert ({"change_leave", "cancel_leave"} <= set(anna.acts_for(HR, on=day))) is is_open
        assert "cancel_leave" in employed().go_on_leave(on(30), by=HR, at=at(1)).acts_for(HR, on=on(400))
        (said,) = anna.would("change_leave", on=on(20), by=HR, at=at(2))
        assert "change_leave" not in said.params["open"].split(", ")
        back = [day for day in (2, 29, 30, 40, 41, 42) if "come_back" in anna.acts_for(HR, on=on(day))]
        assert back == [30, 40, 41]

    def test_what_speaks_of_a_part_is_open_where_there_is_one(self):
        """A position to be ended; one that is held that day, for another manager; a placement."""
        bare, held = registered(), employed()
        of_parts = {"end_position", "change_manager", "extend_placement", "end_placement"}
        assert not of_parts & {*bare.acts_for(HR), *bare.acts_for(HR, on=on(1))}
        assert of_parts <= {*held.acts_for(HR)} & {*held.acts_for(HR, on=on(1))}
        later = bare.take_position(position(span=Span(on(50))), by=HR, at=at(0))
        assert of_parts & {*later.acts_for(HR)} == {"end_position", "change_manager"}
        assert of_parts & {*later.acts_for(HR, on=on(1))} == {"end_position"}
        (found,) = bare.would("come_back", on=on(1), by=HR, at=at(1))
        assert not of_parts & {*found.params["open"].split(", ")}

    def test_what_is_open_whatever_the_day(self):
        """Without a day everything counts as open but taking back a leaving that nobody noted."""
        assert set(employed().acts_for(HR)) == {act for act, *_ in golden.GOLDEN} - {"register", "stay"}
        assert "stay" in gone().acts_for(HR)
        assert (
            codes(employed().would("stay", by=HR, at=at(1)))
            == codes(outside().would("stay", by=HR, at=at(1)))
            == ["V010"]
        )

    @pytest.mark.parametrize("act", [*SAYS, "stay", "erase", "correct"])
    def test_nothing_is_open_once_erased(self, act):
        """V010 says so once, whatever the day."""
        given = {**SAYS, "erase": lambda _: {"reason": "x"}, "correct": lambda _: {"reason": "x"}}
        found = erased().would(act, **given.get(act, lambda _: {})(on(10)), by=HR, at=at(900))
        assert codes([f for f in found if f.path not in {"position", "placement"}]) == ["V010"]
        assert len([f for f in found if f.code == "V010"]) == 1
        assert erased().acts_for(HR, on=on(10)) == ()

    def test_a_day_that_is_missing_or_none_is_named(self):
        """In every act that takes one; an ended position is not opened again by no day."""
        for act, says in SAYS.items():
            given = says(on(9))
            for name in [name for name, value in given.items() if value == on(9)]:
                for value, code in ((None, "V014"), ("soon", "V015"), (at(9), "V015")):
                    found = employed().would(act, **{**given, name: value}, by=HR, at=at(1))
                    assert (code, name) in places(found)
        wrong = on_leave().would("change_leave", on=on(10), since="soon", by=HR, at=at(1))
        assert places(wrong) == [("V015", "since")]
        assert places(registered().would("take_position", position=7, by=HR, at=at(1))) == [("V015", "position")]


class TestBeingAway:
    """Leaves: noted before their days or after them, each with its planned end where that is known."""

    def test_a_leave_begins_and_ends_on_its_days(self):
        """Said in August for December: nothing happens before, and a second leave may be noted."""
        anna = employed().go_on_leave(on(100), on(120), by=HR, at=at(1)).go_on_leave(on(50), on(60), by=HR, at=at(2))
        assert anna.leaves == (Span(on(50), on(60)), Span(on(100), on(120)))
        days = {1: "active", 50: "on_leave", 60: "on_leave", 61: "active", 100: "on_leave", 121: "active"}
        assert {n: anna.standing(on(n)).value for n in days} == days

    def test_one_with_an_open_end_goes_on_until_she_is_back(self):
        """Back on day 20, away again from day 20 on: no day twice."""
        anna = on_leave().come_back(on(20), by=HR, at=at(20)).go_on_leave(on(20), by=HR, at=at(20))
        assert anna.leaves == (Span(on(10), on(19)), Span(on(20)))
        assert anna.history[-2].was == {"leaves.2026-03-12": "2026-03-12 to open"}
        anna = anna.come_back(on(30), by=HR, at=at(30))
        assert [anna.on_leave_on(on(n)) for n in (9, 10, 29, 30)] == [False, True, True, False]

    def test_back_on_the_day_that_was_planned(self):
        """The leave ended the day before: nothing changes, and it may be said."""
        anna = on_leave(on(19)).come_back(on(20), by=HR, at=at(20))
        assert anna.leaves == (Span(on(10), on(19)),)

    def test_back_between_two_leaves_that_follow_one_another(self):
        """On the first day of the second: that one never took place."""
        anna = on_leave(on(19)).go_on_leave(on(20), on(30), by=HR, at=at(2)).come_back(on(20), by=HR, at=at(20))
        assert anna.leaves == (Span(on(10), on(19)),)

    def test_coming_back_on_the_first_day_means_it_never_took_place(self):
        """A leave of no days is none."""
        assert on_leave().come_back(on(10), by=HR, at=at(5)).leaves == ()

    def test_a_leave_is_changed(self):
        """A longer one, an open end, another first day; named by any of its days."""
        anna = on_leave(on(19))
        assert anna.change_leave(on(12), on(40), by=HR, at=at(5)).leaves == (Span(on(10), on(40)),)
        assert anna.change_leave(on(19), by=HR, at=at(5)).leaves == (Span(on(10)),)
        assert anna.change_leave(on(10), on(19), on(5), by=HR, at=at(5)).leaves == (Span(on(5), on(19)),)
        assert places(anna.would("change_leave", on=on(10), until=on(9), by=HR, at=at(5))) == [("V004", "until")]

    def test_a_leave_is_cancelled(self):
        """With a reason, where one shall stand in the history; the days are kept there."""
        anna = on_leave(on(19)).cancel_leave(on(15), "The operation is put off", by=HR, at=at(5))
        assert anna.leaves == ()
        assert anna.history[-1].reason == "The operation is put off"
        assert anna.history[-1].was == {"leaves.2026-03-12": "2026-03-12 to 2026-03-21"}

    def test_it_is_changed_and_cancelled_among_others(self):
        """An act is on one leave."""
        anna = on_leave(on(19)).go_on_leave(on(50), on(60), by=HR, at=at(2))
        assert anna.cancel_leave(on(55), by=HR, at=at(3)).leaves == (Span(on(10), on(19)),)
        assert anna.change_leave(on(12), on(12), by=HR, at=at(3)).leaves == (Span(on(10), on(12)), Span(on(50), on(60)))


class TestLeaving:
    """A last day may be noted ahead; it closes nothing before, and what it closes can be taken back."""

    def test_everything_that_runs_ends_on_the_last_day(self):
        """The leave, the position and the placement, which keeps the reason; the history says which, with the days."""
        anna = on_leave(on(90)).leave(on(30), "the contract ended", by=HR, at=at(20))
        assert anna.leaves == (Span(on(10), on(30)),)
        assert anna.positions[0].span == Span(JOINED, on(30))
        assert anna.placements[0].span == Span(on(0), on(30))
        assert anna.placements[0].end_reason == "the contract ended"
        assert (anna.standing(on(30)), anna.standing(on(31))) == ("on_leave", "left")
        entry = anna.history[-1]
        assert entry.reason is None
        assert entry.was == {
            "employments.2024-08-01": "2024-08-01 to open",
            "leaves.2026-03-12": "2026-03-12 to 2026-05-31",
            "placements.pl-1": "2026-03-02 to open",
            "positions.po-1": "2024-08-01 to open",
        }

    def test_what_had_not_begun_by_then_is_dropped(self):
        """A leave, a position and a placement to come; the history keeps their days and ids."""
        anna = employed().go_on_leave(on(40), on(50), by=HR, at=at(1))
        anna = anna.take_position(position("po-2", span=Span(on(60))), by=HR, at=at(1))
        anna = anna.start_placement(placement("pl-2", span=Span(on(60)), planned_to=None), by=HR, at=at(1))
        left = anna.leave(on(30), "over", by=HR, at=at(2))
        assert (left.leaves, [p.id for p in left.positions], [p.id for p in left.placements]) == (
            (),
            ["po-1"],
            ["pl-1"],
        )
        was = left.history[-1].was
        assert (was["leaves.2026-04-11"], was["positions.po-2"]) == ("2026-04-11 to 2026-04-21", "2026-05-01 to open")
        assert (was["placements.pl-2.client"], was["positions.po-2.managers.2026-05-01"]) == (VERK, OLE)

    def test_what_ended_before_stays_as_it_is(self):
        """A closed leave, position or placement is not touched; nothing is kept to be taken back."""
        anna = employed().end_placement("pl-1", on(5), "called home", by=HR, at=at(5))
        anna = anna.end_position("po-1", on(6), by=HR, at=at(6)).go_on_leave(on(7), on(8), by=HR, at=at(7))
        left = anna.leave(on(30), by=HR, at=at(20))
        assert (left.positions, left.placements, left.leaves) == (anna.positions, anna.placements, anna.leaves)
        assert left.leavings == ()

    def test_a_placement_to_end_later_ends_now_with_its_own_reason(self):
        """Why it was to end was said already."""
        anna = employed().end_placement("pl-1", on(90), "the line is built", by=HR, at=at(5))
        anna = anna.leave(on(30), by=HR, at=at(20))
        assert anna.placements[0].span.to == on(30)
        assert anna.placements[0].end_reason == "the line is built"
        assert anna.stay(by=HR, at=at(21)).placements[0].span.to == on(90)

    def test_no_more_than_its_days_is_kept_of_what_ran(self):
        """So that words of a placement stand in one place; of what is dropped, everything."""
        anna = employed().take_position(position("po-2", span=Span(on(60))), by=HR, at=at(1))
        (leaving,) = anna.leave(on(30), "over", by=HR, at=at(2)).leavings
        assert leaving == Leaving(
            on(30), ended_positions=(Ended("po-1"),), ended_placements=(Ended("pl-1", told=True),),
            positions=(position("po-2", span=Span(on(60))),),
        )  # fmt: skip

    def test_somebody_on_leave_with_a_placement_is_asked_only_for_the_reason(self):
        """No other rule joins in."""
        wrong = on_leave().would("leave", left_on=on(30), by=HR, at=at(20))
        assert places(wrong) == [("L004", "reason")]

    def test_until_the_last_day_everything_is_as_before(self):
        """Another manager, a leave, a position beside: each with an open end ends with the employment."""
        anna = gone().change_manager("po-1", EVA, on(25), by=HR, at=at(21)).go_on_leave(on(28), by=HR, at=at(21))
        anna = anna.take_position(position("po-2", span=Span(on(22))), by=HR, at=at(22))
        anna = anna.start_placement(placement("pl-2", span=Span(on(22)), planned_to=None), by=HR, at=at(22))
        assert [anna.manager_on(on(n)) for n in (24, 25, 30, 31)] == [OLE, OLE, OLE, None]
        assert [anna.positions[0].manager_on(on(n)) for n in (24, 25, 30, 31)] == [OLE, EVA, EVA, None]
        assert anna.leaves == (Span(on(28), on(30)),)
        assert {p.span.to for p in (*anna.positions, *anna.placements)} == {on(30)}
        stays = anna.stay(by=HR, at=at(23))
        assert stays.leaves == (Span(on(28)),)
        assert {p.span.to for p in (*stays.positions, *stays.placements)} == {None}
        assert {p.end_reason for p in stays.placements} == {None}

    def test_another_last_day_before_replaces_it(self):
        """Nothing of the first is left: what it had dropped or ended is judged anew."""
        anna = employed().take_position(position("po-2", span=Span(on(20))), by=HR, at=at(1))
        once = anna.leave(on(10), "over", by=HR, at=at(4))
        twice = anna.leave(on(30), "over", by=HR, at=at(2)).leave(on(10), by=HR, at=at(4))
        assert content(twice) == content(once)
        assert content(twice.stay(by=HR, at=at(5))) == content(anna)

    def test_the_last_day_of_an_earlier_employment_was_another(self):
        """The later employment stays as it is, and what lies in it."""
        anna = back().take_position(position("po-2", span=Span(on(100))), by=HR, at=at(100))
        anna = anna.leave(on(20), by=HR, at=at(101))
        assert anna.employments == (Span(JOINED, on(20)), Span(on(100)))
        assert [p.span for p in anna.positions] == [Span(JOINED, on(20)), Span(on(100))]
        assert anna.leave(on(130), by=HR, at=at(101)).stay(by=HR, at=at(102)).positions == anna.positions


class TestStaying:
    """`stay` takes a leaving back, as if it had never been said."""

    def test_everything_is_back(self):
        """What was ended goes on, what was dropped is there; with a reason, where one shall stand in the history."""
        anna = employed().go_on_leave(on(40), on(50), by=HR, at=at(1))
        anna = anna.take_position(position("po-2", span=Span(on(60))), by=HR, at=at(1))
        again = anna.leave(on(30), "over", by=HR, at=at(2)).stay("She thought again", by=HR, at=at(3))
        assert content(again) == content(anna)
        assert again.history[-1].reason == "She thought again"

    def test_what_was_said_since_counts(self):
        """A position ended and a leave changed in between, and a placement ended on the very last day."""
        anna = on_leave(on(90)).leave(on(30), "over", by=HR, at=at(2))
        anna = anna.end_position("po-1", on(20), by=HR, at=at(3)).come_back(on(15), by=HR, at=at(3))
        anna = anna.end_placement("pl-1", on(30), "the line is built", by=HR, at=at(3))
        assert anna.leavings == ()
        stays = anna.stay(by=HR, at=at(4))
        assert (stays.positions, stays.leaves, stays.placements) == (anna.positions, anna.leaves, anna.placements)
        assert stays.standing(on(31)) == "active"

    def test_a_part_of_the_same_id_noted_since_is_the_one_that_stands(self):
        """What the leaving had dropped under that id is not put beside it."""
        anna = employed().take_position(position("po-2", span=Span(on(60))), by=HR, at=at(1))
        anna = anna.leave(on(30), "over", by=HR, at=at(2))
        anna = anna.take_position(position("po-2", title="Lecturer", span=Span(on(9), on(30))), by=HR, at=at(3))
        anna = anna.correct("Was cancelled", leaves=(), by=HR, at=at(3))
        assert [(p.id, p.title, p.span.to) for p in anna.stay(by=HR, at=at(4)).positions] == [
            ("po-1", "Consultant", None), ("po-2", "Lecturer", on(30)),
        ]  # fmt: skip

    def test_it_is_the_last_leaving_that_is_taken_back(self):
        """Whoever has joined again since has none."""
        assert codes(back().would("stay", by=HR, at=at(101))) == ["V010"]
        anna = back().leave(on(130), by=HR, at=at(120))
        assert content(anna.stay(by=HR, at=at(121))) == content(back())

    def test_one_before_an_employment_that_goes_on_is_corrected_first(self):
        """Noted for later: to leave, and to join again; then she stays. V010 says what stands in the way."""
        anna = employed().leave(on(30), "over", by=HR, at=at(1)).join(on(90), by=HR, at=at(2))
        [found] = anna.would("stay", by=HR, at=at(3))
        assert (found.code, found.path) == ("V010", "state")
        assert f"no last day is noted of the employment from {on(90)}; correct the employments" in found.message
        stays = anna.correct("She stays", employments=anna.employments[:1], by=HR, at=at(3)).stay(by=HR, at=at(4))
        assert content(stays) == content(employed())

    def test_a_last_day_that_another_system_noted(self):
        """There is nothing to restore but the employment."""
        anna = imported(employments=(Span(JOINED, on(9)),), positions=(position(span=Span(JOINED, on(9))),))
        stays = anna.stay(by=HR, at=at(1))
        assert stays.employments == (Span(JOINED),)
        assert stays.positions == anna.positions


class TestJoiningAgain:
    """Somebody who left may join again; the earlier employment stays, with all that lay in it."""

    def test_the_earlier_employment_and_its_positions_stay(self):
        """A position of then lies in the employment of then."""
        anna = back()
        assert anna.employments == (Span(JOINED, on(30)), Span(on(100)))
        assert [anna.employed_on(on(n)) for n in (-9999, 30, 31, 99, 100)] == [False, True, False, False, True]
        assert anna.position_on(on(30)).id == "po-1"
        assert anna.position_on(on(100)) is None
        assert not verify(anna)

    def test_an_employment_that_is_over_is_noted_late(self):
        """With its last day; it is put where it belongs."""
        anna = back().join(on(40), on(50), by=HR, at=at(101))
        assert anna.employments == (Span(JOINED, on(30)), Span(on(40), on(50)), Span(on(100)))
        wrong = back().would("join", joined_on=on(40), left_on=on(39), by=HR, at=at(101))
        assert places(wrong) == [("V004", "left_on")]

    def test_a_position_that_runs_over_the_gap_lies_in_neither(self):
        """Nobody holds a position while not employed."""
        wrong = back().would("correct", reason="A slip", positions=(position(),), by=HR, at=at(101))
        assert places(wrong) == [("J007", "positions[0].span")]


class TestErasing:
    """Names and words go; ids, dates, titles and the history stay."""

    def test_what_goes_and_what_stays(self):
        """Extra goes as well, and what the leaving closed; the reason for erasing stays."""
        anna = erased()
        assert (anna.name, anna.given_name, anna.family_name, anna.language) == (None,) * 4
        assert anna.external_ids == {}
        assert anna.extra == {}
        assert anna.leavings == ()
        assert (anna.placements[0].contact, anna.placements[0].end_reason) == (None, None)
        assert anna.positions == gone().positions
        assert anna.history[-1].reason == "two years have passed"
        assert anna.acts_for(HR) == ()

    @pytest.mark.parametrize("name", ["name", "given_name", "family_name"])
    def test_an_erased_person_has_no_name_of_any_sort(self, name):
        """P004 points at the one that is there."""
        assert places(refused(lambda: evolve(erased(), **{name: "Anna"}))) == [("P004", name)]

    def test_only_once_every_employment_has_ended_and_for_a_reason(self):
        """Before the day of the act; of somebody outside, at any time."""
        for anna, day in ((employed(), 1), (gone(), 29), (back(), 101), (gone().join(on(100), by=HR, at=at(30)), 50)):
            assert places(anna.would("erase", reason="asked", by=HR, at=at(day))) == [("V010", "at")]
            assert "erase" not in anna.acts_for(HR, on=on(day))
        assert places(gone().would("erase", reason="asked", by=HR, at=at(30))) == [("V010", "at")]  # still here
        assert gone().would("erase", reason="asked", by=HR, at=at(31)) == ()
        assert outside().would("erase", reason="asked", by=HR, at=at(1)) == ()
        assert places(gone().would("erase", reason=None, by=HR, at=at(800))) == [("V014", "reason")]

    def test_an_end_reason_is_not_left_over(self):
        """It may name people."""
        placements = tuple(evolve(p, end_reason="Ylva left") for p in erased().placements)
        wrong = refused(lambda: evolve(erased(), placements=placements))
        assert places(wrong) == [("P004", "placements[0].end_reason")]


class TestPositions:
    """Several may be held at once; managers follow one another within one."""

    def test_ending_one_that_is_not_there_names_those_that_are(self):
        """V017, with the ids that exist."""
        (wrong,) = employed().would("end_position", position="po-9", on=on(1), by=HR, at=at(1))
        assert (wrong.code, wrong.params["known"]) == ("V017", "po-1")
        (wrong,) = registered().would("end_placement", placement="pl-9", on=on(1), reason="over", by=HR, at=at(1))
        assert (wrong.code, wrong.path, wrong.params["known"]) == ("V017", "placement", "none")

    def test_ending_one_before_it_began_is_refused(self):
        """A span does not run backwards."""
        anna = employed().take_position(position("po-2", span=Span(on(5))), by=HR, at=at(1))
        assert places(anna.would("end_position", position="po-2", on=on(4), by=HR, at=at(1))) == [("V004", "on")]

    def test_ending_one_of_two_leaves_the_other(self):
        """An act is on one part, named by its id; the end may be moved."""
        anna = employed().take_position(position("po-2", title="Safety officer"), by=HR, at=at(1))
        anna = anna.end_position("po-2", on(9), by=HR, at=at(9))
        assert [p.span.to for p in anna.positions] == [None, on(9)]
        assert anna.end_position("po-2", on(12), by=HR, at=at(9)).positions[1].span.to == on(12)

    def test_the_position_begun_last_counts(self):
        """The first by its id, when two began on one day; in whatever order they were noted."""
        later = position("po-2", span=Span(on(5), on(50)), manager=EVA)
        same_day = position("po-3", span=Span(on(5)), manager=PER)
        for first, second in ((later, same_day), (same_day, later)):
            anna = employed().take_position(first, by=HR, at=at(1)).take_position(second, by=HR, at=at(1))
            assert [anna.position_on(on(n)).id for n in (4, 5, 51)] == ["po-1", "po-2", "po-3"]
            assert [anna.manager_on(on(n)) for n in (4, 5, 51)] == [OLE, EVA, PER]
            assert [p.id for p in anna.positions] == ["po-1", "po-2", "po-3"]

    def test_a_position_without_a_manager_does_not_hide_the_manager_of_another(self):
        """Anna sits on the board as well; Ole still manages her."""
        anna = employed().take_position(position("po-2", span=Span(on(5)), manager=None), by=HR, at=at(1))
        assert anna.position_on(on(6)).id == "po-2"
        assert anna.manager_on(on(6)) == OLE

    def test_nobody_manages_before_the_first_day_or_without_a_position(self):
        """No position that day, no manager."""
        assert employed().manager_on(JOINED - timedelta(days=1)) is None
        assert registered().manager_on(on(0)) is None

    def test_managers_follow_one_another(self):
        """Ole, then Eva, then nobody: Anna is at the top."""
        anna = employed().change_manager("po-1", EVA, on(10), by=HR, at=at(9))
        anna = anna.change_manager("po-1", None, on(20), by=HR, at=at(19))
        assert anna.positions[0].managers == managers(JOINED, OLE, (on(10), EVA), (on(20), None))
        assert [anna.manager_on(on(n)) for n in (9, 10, 19, 20)] == [OLE, EVA, EVA, None]

    def test_a_change_found_late_is_put_between(self):
        """In whatever order the three are noted."""
        changes = [(on(10), EVA), (on(20), PER), (on(30), None)]
        for order in permutations(changes):
            anna = employed()
            for day, manager in order:
                anna = anna.change_manager("po-1", manager, day, by=HR, at=at(9))
            assert anna.positions[0].managers == managers(JOINED, OLE, *changes)

    @pytest.mark.parametrize("day", [JOINED, on(10)])
    def test_a_change_for_the_same_day_replaces_it(self, day):
        """The first day too; who was named before stands in the history."""
        anna = employed().change_manager("po-1", EVA, on(10), by=HR, at=at(9))
        anna = anna.change_manager("po-1", PER, day, by=HR, at=at(9))
        line = [*{JOINED: OLE, on(10): EVA, day: PER}.items()]
        assert anna.positions[0].managers == tuple(Managed(manager, since) for since, manager in line)
        assert anna.history[-1].was == {f"positions.po-1.managers.{day}": OLE if day == JOINED else EVA}

    def test_a_change_on_a_day_without_the_position_is_refused(self):
        """Before it began or after it ended: J009."""
        anna = employed().take_position(position("po-2", span=Span(on(5), on(9))), by=HR, at=at(1))
        for day in (on(4), on(10)):
            wrong = anna.would("change_manager", position="po-2", manager=PER, on=day, by=HR, at=at(1))
            assert places(wrong) == [("J009", "on")]

    def test_a_change_after_the_end_never_comes_about(self):
        """Noted before the position was ended; when the end is moved, it does."""
        anna = (
            employed().change_manager("po-1", EVA, on(20), by=HR, at=at(1)).end_position("po-1", on(9), by=HR, at=at(2))
        )
        assert [anna.manager_on(on(n)) for n in (9, 10, 20)] == [OLE, None, None]
        anna = anna.end_position("po-1", on(30), by=HR, at=at(2))
        assert [anna.manager_on(on(n)) for n in (9, 20, 31)] == [OLE, EVA, None]

    def test_who_managed_first_may_be_nobody(self):
        """A position that was at the top, or of which nobody said who managed it first."""
        for line in (managers(JOINED, None, (on(1), OLE)), (Managed(OLE, on(1)),)):
            held = position(managers=line)
            assert [held.manager_on(on(n)) for n in (-9999, 0, 1)] == [None, None, OLE]

    def test_a_scheme_nobody_knows_keeps_its_codes(self):
        """Only ISCO-08 and ESCO are known by shape."""
        assert Occupation("SSYK 2012", "21411").code == "21411"

    def test_a_position_reads_well_by_position(self):
        """Id, employer, title, span."""
        assert Position("po-1", "o-1", "Welder", Span(on(0))).level is None


class TestPlacements:
    """Assignments at clients: planned, extended, ended for a reason."""

    def test_the_placement_of_a_day(self):
        """The one that runs, or none."""
        anna = employed()
        assert anna.placement_on(on(-1)) is None
        assert anna.placement_on(on(0)).client == VERK

    def test_extending_ends_the_warning(self):
        """A new plan, later or earlier."""
        anna = employed()
        assert codes(anna.findings(on(400))) == ["L006"]
        assert anna.extend_placement("pl-1", on(500), by=HR, at=at(360)).findings(on(400)) == ()
        assert codes(anna.extend_placement("pl-1", on(100), by=HR, at=at(50)).findings(on(101))) == ["L006"]

    def test_one_that_ended_or_has_no_plan_is_not_past_it(self):
        """L006 is about what still runs."""
        assert employed().end_placement("pl-1", on(500), "built", by=HR, at=at(1)).findings(on(501)) == ()
        assert registered().start_placement(placement(planned_to=None), by=HR, at=at(1)).findings(on(999)) == ()

    def test_a_blank_reason_is_no_reason(self):
        """L004 speaks for both."""
        wrong = employed().would("end_placement", placement="pl-1", on=on(9), reason=" ", by=HR, at=at(1))
        assert places(wrong) == [("L004", "reason")]

    def test_the_reason_stands_with_the_placement_and_not_in_the_history(self):
        """In the history it could not be erased."""
        anna = employed().end_placement("pl-1", on(9), "the line is built", by=HR, at=at(9))
        assert anna.placements[0].end_reason == "the line is built"
        assert anna.history[-1].reason is None

    def test_a_former_employer_may_be_a_client(self):
        """L001 is about the time of the placement."""
        anna = registered().take_position(position(employer=BRUK, span=Span(JOINED, on(-1))), by=HR, at=at(0))
        assert anna.would("start_placement", placement=placement(client=BRUK), by=HR, at=at(0)) == ()


def test_the_old_record_stays_as_it_was():
    """Every act gives a new person."""
    anna = employed()
    anna.go_on_leave(on(10), by=HR, at=at(1))
    anna.change_manager("po-1", EVA, on(10), by=HR, at=at(1))
    assert anna == employed()


@pytest.mark.parametrize("state", [registered, employed, on_leave, gone, back, erased, imported, outside])
def test_every_person_verifies(state):
    """Each history is a chain of seals."""
    assert not verify(state())


# --- laws ------------------------------------------------------------------------------------------------------------


def content(person):
    """Everything but the history."""
    return {name: getattr(person, name) for name in model_of(Person).names if name != "history"}


ANSWERS = ("standing", "manager_on", "position_on", "placement_on", "employed_on", "on_leave_on")


def answers(person):
    """What a person says of each day around the acts."""
    return {(name, n): getattr(person, name)(on(n)) for name in ANSWERS for n in range(-5, 75)}


DAYS = st.integers(0, 60)


@st.composite
def facts(draw):
    """Facts about days, each with an act that notes it; no two speak of one day, or of one part, in the same way."""
    noted = [
        ("change_manager", {"position": "po-1", "manager": draw(st.sampled_from([EVA, PER, None])), "on": on(day)})
        for day in draw(st.lists(DAYS, max_size=3, unique=True))
    ]
    edges = sorted(draw(st.lists(DAYS, max_size=6, unique=True)))
    noted += [
        ("go_on_leave", {"since": on(first), "until": on(last)})
        for first, last in zip(edges[::2], edges[1::2], strict=False)
    ]
    for n, day in enumerate(draw(st.lists(DAYS, max_size=2)), 2):
        to = draw(st.none() | st.integers(day, 60))
        span = Span(on(day), None if to is None else on(to))
        manager = draw(st.sampled_from([EVA, PER, None]))
        noted.append(("take_position", {"position": position(f"po-{n}", span=span, manager=manager)}))
        noted.append(("start_placement", {"placement": placement(f"pl-{n}", span=span, planned_to=None)}))
    return noted


def told(person, noted, day=1):
    """A person of whom these facts are noted, one after the other."""
    for act, given_ in noted:
        person = person.act(act, **given_, by=HR, at=at(day))
    return person


class TestLaws:
    """What holds for all facts, in whatever order they are noted."""

    @given(facts().flatmap(lambda noted: st.tuples(st.just(noted), st.permutations(noted))))
    def test_the_order_in_which_facts_were_noted_does_not_matter(self, both):
        """Neither to an answer, nor to anything that the person says but the history."""
        one, other = (told(employed(), noted) for noted in both)
        assert answers(one) == answers(other)
        assert content(one) == content(other)

    @given(facts(), facts(), st.integers(-5, 65))
    def test_a_leaving_that_is_taken_back_was_never_said(self, before, since, last):
        """Of what is noted in between nothing is lost, as far as it was open then."""
        anna = told(employed(), before)
        left = anna.leave(on(last), "over", by=HR, at=at(2))
        plain = anna
        for act, given_ in since:
            more = {**given_, "by": HR, "at": at(3)}
            if not left.would(act, **more) and not plain.would(act, **more):
                left, plain = left.act(act, **more), plain.act(act, **more)
        again = left.stay(by=HR, at=at(4))
        assert content(again) == content(plain)
        assert not verify(again)

    @given(facts(), st.integers(-5, 65))
    def test_a_leaving_closes_nothing_before_its_day(self, noted, last):
        """Up to the last day every answer is what it was, and from the day after nobody is here."""
        anna = told(employed(), noted)
        left = anna.leave(on(last), "over", by=HR, at=at(2))
        spans = {"position_on", "placement_on"}  # they say when they end
        was, now = answers(anna), answers(left)
        for (name, n), answer in now.items():
            if n > last:
                assert answer == ("left" if name == "standing" else None if name in ANSWERS[1:4] else False)
            elif name in spans:
                assert (answer and answer.id) == (was[name, n] and was[name, n].id)
            else:
                assert answer == was[name, n]

    @given(facts(), st.integers(-5, 65), st.integers(-5, 65))
    def test_the_later_word_about_the_last_day_wins(self, noted, first, second):
        """As if the first had never been said."""
        anna = told(employed(), noted)
        twice = anna.leave(on(max(first, second)), "over", by=HR, at=at(2)).leave(
            on(min(first, second)), "over", by=HR, at=at(2)
        )
        assert content(twice) == content(anna.leave(on(min(first, second)), "over", by=HR, at=at(2)))
