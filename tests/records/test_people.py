"""People: what is particular to them, beside what all records share."""

from datetime import date, timedelta

import pytest
from attrs import evolve

from coaching import Span, verify
from coaching.records.people import FormerManager, Occupation, Person, Position
from rules.people import ALSO
from stage import ANNA, EVA, OLE, PER, at, codes, on, refused
from stage.people import (
    BRUK,
    HR,
    JOINED,
    VERK,
    back,
    employed,
    erased,
    gone,
    imported,
    on_leave,
    placement,
    position,
    registered,
)


def places(findings):
    """Code and path of each finding."""
    return [(f.code, f.path) for f in findings]


@pytest.mark.parametrize("case", ALSO)
def test_each_rule_speaks_alone_in_its_other_cases_too(case):
    """A rule that can be broken in several ways speaks in each of them, and no other does."""
    assert codes(ALSO[case]()) == [case.split()[0]]


class TestRegistering:
    """`register` notes somebody who is employed; whoever is not, is taken over."""

    def test_all_details_are_kept(self):
        """Names in parts, language, ids elsewhere and a first position."""
        anna = registered(
            position=position(), given_name="Anna", family_name="Ek", language="sv", external_ids={"hr": "7"}
        )
        assert (anna.given_name, anna.family_name, anna.language) == ("Anna", "Ek", "sv")
        assert anna.external_ids == {"hr": "7"}
        assert anna.position_on(on(0)) == position()
        assert anna.history[0].by == HR

    def test_an_unknown_detail_is_refused_by_name(self):
        """A birth date has no place here."""
        wrong = refused(lambda: registered(birth_date=date(1990, 1, 1)))
        assert places(wrong) == [("V016", "birth_date")]

    def test_everything_wrong_is_said_at_once(self):
        """A blank name, a day that is none, a language that is none, and a position without a title."""
        given = {"name": " ", "joined_on": "yesterday", "language": "?", "position": {"id": "po-1", "employer": "o-1"}}
        wrong = Person.would_new("register", ANNA, **given, by=HR, at=at(0))
        assert codes(wrong) == ["V015", "V006", "V002", "V014", "J002"]

    def test_a_person_is_taken_over_in_any_state(self):
        """On leave, left or erased, with what the other system knew."""
        assert imported("on_leave", leaves=(Span(on(-9)),)).on_leave_on(on(0))
        assert not imported("left", left_on=on(-1)).employed_on(on(0))
        assert imported("erased", name=None, left_on=on(-1)).state == "erased"

    def test_a_placement_that_ended_elsewhere_needs_no_reason(self):
        """Nobody saw it end here, so nobody is asked why."""
        ended = placement(span=Span(JOINED, on(-1)), planned_to=None)
        assert imported(placements=(ended,)).findings(on(0)) == ()


class TestCorrecting:
    """`correct` sets right what was noted wrongly, and the history keeps nothing of it."""

    def test_a_name_is_corrected_and_the_old_one_is_nowhere(self):
        """A name that stood in the history could never be erased."""
        anna = employed().correct(name="Anna Berg", family_name=None, by=HR, at=at(1))
        assert anna.name == "Anna Berg"
        assert "Ek" not in repr(anna)
        assert anna.history[-1].act == "correct"

    def test_a_position_that_never_began_is_taken_out(self):
        """Leaving waits for it: a position cannot begin after the last day."""
        anna = employed().take_position(position("po-2", span=Span(on(60))), by=HR, at=at(1))
        wrong = anna.would("leave", left_on=on(30), reason="over", by=HR, at=at(2))
        assert places(wrong) == [("J007", "positions[1].span")]
        anna = anna.correct(positions=anna.positions[:1], by=HR, at=at(2))
        assert anna.would("leave", left_on=on(30), reason="over", by=HR, at=at(3)) == ()

    def test_the_state_is_no_content(self):
        """States change by acts of their own."""
        assert places(employed().would("correct", state="left", by=HR, at=at(1))) == [("V016", "state")]

    def test_nothing_is_corrected_once_erased(self):
        """There is nothing left to set right."""
        assert codes(erased().would("correct", name="Anna", by=HR, at=at(900))) == ["V010"]


class TestBeingAway:
    """Leaves: one at a time, open while it lasts."""

    def test_an_expected_end_does_not_end_a_leave(self):
        """Anna is away until she comes back."""
        anna = on_leave(until=on(20))
        assert anna.leave_until == on(20)
        assert anna.on_leave_on(on(21))

    def test_two_leaves_one_after_the_other(self):
        """Back on day 20, away again from day 20 on: no day twice."""
        anna = on_leave().come_back(on(20), by=HR, at=at(20)).go_on_leave(on(20), by=HR, at=at(20))
        assert anna.leaves == (Span(on(10), on(19)), Span(on(20)))
        anna = anna.come_back(on(30), by=HR, at=at(30))
        assert [anna.on_leave_on(on(n)) for n in (9, 10, 29, 30)] == [False, True, True, False]

    def test_a_leave_does_not_begin_within_another(self):
        """Days of an earlier leave are taken."""
        anna = on_leave().come_back(on(20), by=HR, at=at(20))
        assert places(anna.would("go_on_leave", since=on(19), by=HR, at=at(20))) == [("P006", "leaves[1]")]

    def test_coming_back_on_the_first_day_means_it_never_took_place(self):
        """A leave of no days is none."""
        assert on_leave().come_back(on(10), by=HR, at=at(5)).leaves == ()

    def test_coming_back_before_it_began_is_refused(self):
        """More likely a slip than a wish."""
        assert places(on_leave().would("come_back", on=on(9), by=HR, at=at(5))) == [("V004", "on")]

    def test_a_day_that_is_none_is_named(self):
        """In every act that takes one, and no other rule joins in."""
        assert places(on_leave().would("come_back", on="soon", by=HR, at=at(5))) == [("V015", "on")]
        assert places(employed().would("go_on_leave", since=None, by=HR, at=at(5))) == [("V015", "since")]
        assert places(on_leave().would("leave", left_on="soon", by=HR, at=at(5))) == [("V015", "left_on")]
        wrong = employed().would("change_manager", position="po-1", manager=EVA, on="soon", by=HR, at=at(5))
        assert places(wrong) == [("V015", "on")]


class TestLeaving:
    """What still runs ends on the last day; what comes later stands in the way."""

    def test_everything_that_runs_ends_on_the_last_day(self):
        """The leave, the position and the placement, which keeps the reason."""
        anna = on_leave(until=on(90)).leave(on(30), "the contract ended", by=HR, at=at(20))
        assert anna.leaves == (Span(on(10), on(30)),)
        assert anna.leave_until is None
        assert anna.positions[0].span == Span(JOINED, on(30))
        assert anna.placements[0].span == Span(on(0), on(30))
        assert anna.placements[0].end_reason == "the contract ended"
        assert anna.history[-1].reason is None
        assert not anna.employed_on(on(31))

    def test_what_ended_before_stays_as_it_is(self):
        """A closed leave, position or placement is not touched."""
        anna = employed().end_placement("pl-1", on(5), "called home", by=HR, at=at(5))
        anna = anna.end_position("po-1", on(6), by=HR, at=at(6)).go_on_leave(on(7), by=HR, at=at(7))
        anna = anna.come_back(on(9), by=HR, at=at(9)).leave(on(30), by=HR, at=at(20))
        assert anna.placements[0].end_reason == "called home"
        assert (anna.positions[0].span.to, anna.placements[0].span.to) == (on(6), on(5))
        assert anna.leaves == (Span(on(7), on(8)),)

    def test_a_placement_to_end_later_ends_now_with_its_own_reason(self):
        """Why it was to end was said already."""
        anna = employed().end_placement("pl-1", on(90), "the line is built", by=HR, at=at(5))
        anna = anna.leave(on(30), by=HR, at=at(20))
        assert anna.placements[0].span.to == on(30)
        assert anna.placements[0].end_reason == "the line is built"

    def test_a_leave_to_begin_later_stands_in_the_way(self):
        """It is taken back first, by coming back on its first day."""
        anna = on_leave()
        assert places(anna.would("leave", left_on=on(9), reason="over", by=HR, at=at(5))) == [("P006", "leaves[0]")]
        anna = anna.come_back(on(10), by=HR, at=at(5))
        assert anna.would("leave", left_on=on(9), reason="over", by=HR, at=at(5)) == ()

    def test_somebody_on_leave_with_a_placement_is_asked_only_for_the_reason(self):
        """No other rule joins in."""
        wrong = on_leave().would("leave", left_on=on(30), by=HR, at=at(20))
        assert places(wrong) == [("L004", "reason")]


class TestJoiningAgain:
    """Somebody who left may join again; the earlier employment stays, with all that lay in it."""

    def test_the_earlier_employment_and_its_positions_stay(self):
        """A position of then lies outside the present employment and inside the earlier one."""
        anna = back()
        assert anna.employed_before == (Span(JOINED, on(30)),)
        assert (anna.joined_on, anna.left_on, anna.state) == (on(100), None, "active")
        assert [anna.employed_on(on(n)) for n in (-9999, 30, 31, 99, 100)] == [False, True, False, False, True]
        assert anna.position_on(on(30)).id == "po-1"
        assert anna.position_on(on(100)) is None
        assert not verify(anna)

    def test_twice(self):
        """Each employment follows the one before."""
        anna = back().leave(on(130), by=HR, at=at(130)).rejoin(on(200), by=HR, at=at(200))
        assert anna.employed_before == (Span(JOINED, on(30)), Span(on(100), on(130)))
        swapped = anna.employed_before[::-1]
        wrong = anna.would("correct", employed_before=swapped, by=HR, at=at(201), positions=(), placements=())
        assert places(wrong) == [("P002", "employed_before[0].to")]

    def test_a_position_that_runs_over_the_gap_lies_in_neither(self):
        """Nobody holds a position while not employed."""
        anna = back()
        assert places(anna.would("correct", positions=(position(),), by=HR, at=at(101))) == [
            ("J007", "positions[0].span")
        ]


class TestErasing:
    """Names and words go; ids, dates, titles and the history stay."""

    def test_what_goes_and_what_stays(self):
        """Extra goes as well, and the reason for erasing stays."""
        anna = erased()
        assert (anna.name, anna.given_name, anna.family_name, anna.language) == (None,) * 4
        assert anna.external_ids == {}
        assert anna.extra == {}
        assert (anna.placements[0].contact, anna.placements[0].end_reason) == (None, None)
        assert anna.positions == gone().positions
        assert anna.history[-1].reason == "two years have passed"
        assert anna.acts_for(HR) == ()

    @pytest.mark.parametrize("name", ["name", "given_name", "family_name"])
    def test_an_erased_person_has_no_name_of_any_sort(self, name):
        """P004 points at the one that is there."""
        assert places(refused(lambda: evolve(erased(), **{name: "Anna"}))) == [("P004", name)]

    def test_only_somebody_who_left_is_erased_and_for_a_reason(self):
        """The act is not open before, and asks why."""
        assert codes(employed().would("erase", reason="asked", by=HR, at=at(1))) == ["V010"]
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
        wrong = employed().would("end_position", position="po-1", on=JOINED - timedelta(days=1), by=HR, at=at(1))
        assert places(wrong) == [("V004", "on")]

    def test_ending_one_of_two_leaves_the_other(self):
        """An act is on one part, named by its id."""
        anna = employed().take_position(position("po-2", title="Safety officer"), by=HR, at=at(1))
        anna = anna.end_position("po-2", on(9), by=HR, at=at(9))
        assert [p.span.to for p in anna.positions] == [None, on(9)]

    def test_the_position_begun_last_counts(self):
        """The first noted, when two began on one day."""
        later = position("po-2", span=Span(on(5), on(50)), manager=EVA)
        same_day = position("po-3", span=Span(on(5)), manager=PER)
        anna = employed().take_position(later, by=HR, at=at(1)).take_position(same_day, by=HR, at=at(1))
        assert [anna.position_on(on(n)).id for n in (4, 5, 51)] == ["po-1", "po-2", "po-3"]
        assert [anna.manager_on(on(n)) for n in (4, 5, 51)] == [OLE, EVA, PER]

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
        assert anna.positions[0].managed_before == (FormerManager(OLE, on(9)), FormerManager(EVA, on(19)))
        assert [anna.manager_on(on(n)) for n in (9, 10, 19, 20)] == [OLE, EVA, EVA, None]

    def test_a_change_dated_before_the_last_one_is_refused(self):
        """Who managed on a day has one answer."""
        anna = employed().change_manager("po-1", EVA, on(10), by=HR, at=at(9))
        wrong = anna.would("change_manager", position="po-1", manager=PER, on=on(10), by=HR, at=at(9))
        assert places(wrong) == [("J009", "on")]

    def test_a_change_on_the_first_day_replaces_all_managers(self):
        """It was noted wrongly from the beginning."""
        anna = employed().change_manager("po-1", EVA, on(10), by=HR, at=at(9))
        anna = anna.change_manager("po-1", PER, JOINED, by=HR, at=at(9))
        assert anna.positions[0].managed_before == ()
        assert anna.manager_on(on(0)) == PER

    def test_who_managed_first_may_be_nobody(self):
        """A position that was at the top, and no longer is."""
        held = position(managed_before=(FormerManager(None, on(0)),))
        assert [held.manager_on(on(n)) for n in (0, 1)] == [None, OLE]

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


@pytest.mark.parametrize("state", [registered, employed, on_leave, gone, back, erased, imported])
def test_every_person_verifies(state):
    """Each history is a chain of seals."""
    assert not verify(state())
