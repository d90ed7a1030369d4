"""Advice about several records: what the examples of tests/rules/across.py leave to be seen."""

from datetime import date

import pytest
from attrs import evolve

from coaching import (
    Book,
    CareerPath,
    CoachingRelationship,
    Goal,
    InternalMove,
    Interview,
    Person,
    Policy,
    Ref,
    Span,
)
from coaching.book.relations import contact_days, manager_changed
from rules.across import (
    A_YEAR_LATER,
    HOUSE,
    a_year_later,
    between,
    came_to,
    coach_a_year_later,
    coached,
    goals_at_once,
    house,
    leaver,
    managed_anew,
    move_for,
    near,
    next_talk,
    of_ole,
    old_need,
    path_agreed,
    planned_with_ole,
    step_begun,
    thanks,
    two_from_ole,
)
from stage import ANNA, EVA, MONDAY, OLE, PER, at, codes, on
from stage import feedback as feedback_of
from stage import moves as move
from stage import opportunities as opportunity
from stage import relationships as relationship
from stage.book import advice, someone, talk
from stage.goals import achieved_goal, agreed_goal, draft_goal, dropped_goal, imported_goal, paused_goal
from stage.interviews import check_in, held_talk, planned_talk, scheduled_talk, taken_over
from stage.opportunities import GOTHENBURG, UMEA
from stage.paths import COURSE, PILOT, agreed_path, draft_path, imported_path
from stage.people import employed, managers


def said(findings):
    """The code, path and message of each finding."""
    return [(f.code, f.path, f.message) for f in findings]


class TestContact:
    """X005 and R009: the cadence that two agreed on, in days."""

    def test_a_cadence_is_days(self):
        """Fourteen may pass, not a fifteenth."""
        assert between(16) == ()
        assert said(between(17)) == [
            ("X005", "agreement.cadence", f"no talk is planned, and none was held since {on(3)}"),
            ("R009", "agreement.cadence", f"no talk, feedback or progress since {on(3)}"),
        ]
        assert between(33, cadence=31) == ()
        assert codes(between(34, cadence=31)) == ["X005", "R009"]
        assert between(90, cadence=10_000_000) == ()

    def test_a_talk_that_was_held_is_both(self):
        """Within the cadence; one with somebody else, or long ago, is neither."""
        assert between(44, held_talk()) == ()
        assert codes(between(45, held_talk())) == ["X005", "R009"]
        other = evolve(held_talk(), interviewer=EVA)
        assert codes(between(40, other)) == ["X005", "R009"]

    def test_a_talk_still_ahead_is_no_contact(self):
        """On the day before it is held, it is planned."""
        assert codes(between(20, held_talk())) == ["X005", "R009"]
        assert codes(between(20, scheduled_talk())) == ["R009"]

    def test_progress_on_a_goal_of_both_is_contact(self):
        """On a goal with another coach it is not."""
        goal = agreed_goal().note_progress("win", "It runs", by=ANNA, at=at(9))
        assert codes(between(20, goal)) == ["X005"]
        assert codes(between(20, evolve(goal, coach=EVA, signatures=()))) == ["X005", "R009"]

    def test_the_days_of_contact(self):
        """Each with what it was; feedback both ways, and none of another's or of an unknown day."""
        goal = agreed_goal().note_progress("win", "It runs", by=ANNA, at=at(9))
        given = [thanks(), thanks(ANNA, OLE, 5, id="f-2"), thanks(EVA, ANNA, 6, id="f-3"), feedback_of.imported()]
        book = house(held_talk(), goal, *given)
        assert list(contact_days(book, OLE, ANNA)) == [
            ("interview", on(30)), ("feedback", on(2)), ("feedback", on(5)), ("progress", on(9)),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "quiet",
        [
            relationship.imported("ended"),
            relationship.imported(),
            relationship.imported(agreement={"purpose": "To talk"}),
        ],
    )
    def test_without_a_cadence_that_runs_nothing_is_asked(self, quiet):
        """Ended; or taken over without an agreement, or without a cadence in it."""
        assert advice(house(quiet), CoachingRelationship, "r-9", A_YEAR_LATER) == ()

    def test_where_nobody_saw_it_begin_the_first_entry_counts(self):
        """Taken over on day 5."""
        book = house(relationship.imported(agreement={"cadence": 14}))
        assert advice(book, CoachingRelationship, "r-9", on(19)) == ()
        assert codes(advice(book, CoachingRelationship, "r-9", on(20))) == ["X005", "R009"]


class TestManagers:
    """X006 and X013: a manager has a relationship with each report; after a change, the new one makes one."""

    def test_each_report_without_one_is_named(self):
        """Eva reports to Ole as well; Per left."""
        per = someone(PER, MONDAY, OLE).leave(on(1), by="hr-1", at=at(1))
        assert said(of_ole(someone(EVA, MONDAY, OLE), per)) == [
            ("X006", "", f"no active relationship with {ANNA}"),
            ("X006", "", f"no active relationship with {EVA}"),
        ]

    def test_the_new_manager_is_asked_by_the_other_rule(self):
        """A proposal will do; it is said to the person, not to the manager."""
        assert said(managed_anew(3)) == [("X013", "", f"no relationship with the new manager, {EVA}")]
        assert managed_anew(3, relationship.proposed(coach=EVA, by=EVA)) == ()
        anna = HOUSE[0].change_manager("po-1", EVA, on(3), by="hr-1", at=at(3))
        assert advice(house(anna), Person, EVA, on(3)) == ()

    @pytest.mark.parametrize("made", [relationship.proposed, relationship.declined, relationship.ended])
    def test_a_new_manager_whose_relationship_does_not_stand_is_reminded(self, made):
        """What was proposed, declined or ended leaves nobody coaching: X006 speaks to the manager."""
        anna = HOUSE[0].change_manager("po-1", EVA, on(3), by="hr-1", at=at(3))
        book = house(anna, evolve(made(), coach=EVA, signatures=()))
        assert ("X006", "", f"no active relationship with {ANNA}") in said(advice(book, Person, EVA, on(3)))

    def test_who_has_left_or_stands_at_the_top_has_no_new_manager(self):
        """Nothing is asked."""
        anna = HOUSE[0].change_manager("po-1", None, on(3), by="hr-1", at=at(3))
        assert advice(house(anna), Person, ANNA, on(4)) == ()
        gone = HOUSE[0].change_manager("po-1", EVA, on(3), by="hr-1", at=at(3)).leave(on(9), by="hr-1", at=at(9))
        assert advice(house(gone), Person, ANNA, on(10)) == ()

    def test_a_new_position_under_another_is_a_change(self):
        """Under the same one it is none; and without a position there is none."""
        ended = HOUSE[0].end_position("po-1", on(3), by="hr-1", at=at(3))
        assert not manager_changed(ended, on(4))
        for manager, changed in ((OLE, False), (EVA, True)):
            new = evolve(HOUSE[0].positions[0], id="po-2", span=Span(on(4)), managers=managers(on(4), manager))
            assert manager_changed(ended.take_position(new, by="hr-1", at=at(4)), on(4)) is changed

    def test_who_manages_another_position_at_the_same_time_is_no_change(self):
        """Nor who is noted for a day ahead, or for one after the end of a position that nobody managed first."""
        beside = evolve(HOUSE[0].positions[0], id="po-2", span=Span(MONDAY), managers=managers(MONDAY, EVA))
        top = evolve(beside, id="po-3", span=Span(MONDAY, on(2)), managers=())
        late = evolve(beside, id="po-4", span=Span(MONDAY, on(2)), managers=managers(on(3), EVA))
        for more in (beside, top, late):
            assert not manager_changed(HOUSE[0].take_position(more, by="hr-1", at=at(1)), on(9))
        ahead = HOUSE[0].change_manager("po-1", EVA, on(9), by="hr-1", at=at(1))
        assert [manager_changed(ahead, on(n)) for n in (8, 9)] == [False, True]

    def test_a_talk_that_lies_ahead_is_for_whoever_manages_then(self):
        """X009 asks for the day of the slot: Eva will manage from day 20 on, and Ole no longer."""
        anna = HOUSE[0].change_manager("po-1", EVA, on(20), by="hr-1", at=at(1))
        for day, interviewer, found in ((19, OLE, []), (20, OLE, ["X009"]), (19, EVA, ["X009"]), (20, EVA, [])):
            talk_ = talk(on(day), interviewer=interviewer, state="scheduled")
            assert [f.code for f in advice(house(anna, talk_), Interview, talk_.id, on(5)) if f.code == "X009"] == found

    def test_what_a_leaver_left_open_is_said_from_the_day_after_on(self):
        """X014: not in the notice period, not of somebody outside, and of one who comes back only in between."""
        goal = agreed_goal(serves=())
        anna = HOUSE[0].leave(on(30), "over", by="hr-1", at=at(5)).join(on(90), by="hr-1", at=at(5))
        book = house(anna, goal)
        found = {n: "X014" in codes(advice(book, Person, ANNA, on(n))) for n in (30, 31, 89, 90)}
        assert found == {30: False, 31: True, 89: True, 90: False}


CALLED = {ANNA: None, OLE: "None", EVA: None}


class TestPeople:
    """X004, X007, X008, G019, X014, F012."""

    def test_on_leave_a_talk_is_offered_and_feedback_is_not_missed(self):
        """Story 24."""
        away = someone(joined_on=MONDAY).go_on_leave(on(10), by="hr-1", at=at(1))
        found = advice(house(away), Person, ANNA, A_YEAR_LATER)
        assert said(found) == [("X004", "", "annual interview, offer: none was held, due 2027-03-02")]

    def test_feedback_counts_for_twelve_months_and_not_before_it_is_given(self):
        """Taken over, the day of that counts; withdrawn, it does not count."""
        assert a_year_later(thanks(day=0)) == ()
        assert codes(a_year_later(thanks(day=366))) == ["X007"]
        assert a_year_later(feedback_of.imported("acknowledged")) == ()
        assert codes(a_year_later(feedback_of.given().withdraw("Not so", by=OLE, at=at(3)))) == ["X007"]

    def test_feedback_from_a_coachee_it_has_to_be(self):
        """Story 6: after thanks by one, X008 is gone."""
        assert said(coach_a_year_later(thanks(EVA, OLE, 100))) == [
            ("X008", "", "none of 1 coachees said anything since 2026-03-04")
        ]
        assert coach_a_year_later(thanks(ANNA, OLE, 100)) == ()

    def test_coaching_that_began_later_or_is_over_asks_for_nothing_yet(self):
        """A year has to pass; where nobody knows when it began, it may have."""
        assert advice(house(relationship.active()), Person, EVA, A_YEAR_LATER) != ()
        for given, wrong in (({"span": Span(on(0))}, []), ({"state": "ended"}, []), ({}, ["X008"])):
            book = Book([someone(OLE, date(2026, 12, 1)), relationship.imported(**given)])
            assert codes(advice(book, Person, OLE, date(2027, 3, 1))) == wrong

    def test_paused_goals_do_not_count(self):
        """Nor do those of others. The house may choose the number."""
        book = house(*(evolve(paused_goal(), id=f"g-{i}") for i in range(6)))
        assert advice(book, Person, ANNA, on(11)) == ()
        assert said(goals_at_once(6)) == [("G019", "", "the owner has 6 agreed goals")]

    def test_a_leaver_is_told_all_that_is_open(self):
        """Story 29: goals, talks, promises by and to them."""
        goal = agreed_goal(serves=())
        assert said(leaver(31, goal, planned_talk(), evolve(held_talk(), id="i-2"))) == [
            ("X014", "", "goal g-1 is agreed"),
            ("X014", "", "commitment c-1 in goal g-1 is promised"),
            ("X014", "", "commitment c-2 in goal g-1 is promised"),
            ("X014", "", "interview i-1 is planned"),
            ("X014", "", "commitment c-1 in interview i-2 is promised"),
            ("X014", "", "commitment c-2 in interview i-2 is promised"),
        ]

    def test_what_is_closed_or_another_s_is_not_open(self):
        """Nor is anything before the first day."""
        feedback = thanks()
        assert leaver(41, achieved_goal(), feedback) == ()
        of_eva = evolve(draft_goal(), owner=EVA, coach=ANNA)
        assert leaver(31, of_eva) == ()
        assert advice(house(draft_goal()), Person, ANNA, on(-1)) == ()
        later = HOUSE[0].leave(on(30), by="hr-1", at=at(0))
        assert advice(house(later, draft_goal()), Person, ANNA, on(-1)) == ()

    def test_a_promise_between_others_is_theirs(self):
        """Anna coached a goal in which Eva has promised something to herself."""
        goal = draft_goal().promise("c-1", "Ask the client", on(60), by=ANNA, at=at(1))
        of_eva = evolve(goal, owner=EVA, coach=ANNA, commitments=(evolve(goal.commitments[0], by=EVA),))
        assert leaver(31, of_eva) == ()

    def test_no_name_elsewhere_is_nobody_s_name(self):
        """What is left empty is left out, though somebody may be called "None" there."""
        anna, ole, eva = (evolve(someone(id, MONDAY), external_ids={"hr": it}) for id, it in CALLED.items())
        assert [advice(house(anna, ole, eva), Person, id, on(3)) for id in CALLED] == [(), (), ()]

    def test_one_constructive_word_is_not_only_constructive(self):
        """From two people one each, neither."""
        assert two_from_ole("constructive") == ()
        both = [thanks(kind="constructive"), thanks(EVA, kind="constructive", id="f-2")]
        assert advice(house(*both), Person, ANNA, on(4)) == ()
        assert said(two_from_ole("constructive", "constructive")) == [("F012", "", f"2 from {OLE}, all constructive")]

    def test_a_house_may_turn_advice_off_or_make_it_an_error(self):
        """As it says in its policy."""
        book = house()
        off = Policy(severities={"X006": "off"})
        assert advice(book, Person, OLE, on(3), off) == ()
        (strict,) = advice(book, Person, OLE, on(3), Policy(severities={"X006": "error"}))
        assert strict.severity == "error"

    def test_the_first_days_of_all(self):
        """There is no year before the year 1."""
        first = date.min
        assert advice(house(), Person, ANNA, first) == ()
        assert house(agreed_path(), draft_goal(), planned_talk()).check(first)


class TestInterviews:
    """I006, X009, X012, X016."""

    def test_goals_that_stand_and_promises_are_open(self):
        """Story: what was begun is not forgotten."""
        second = evolve(held_talk(), id="i-2", previous="i-1")
        found = advice(house(agreed_goal(), held_talk(), second), Interview, "i-2", on(31))
        assert said(found) == [
            ("I006", "look_back", "goal g-1 was not looked back at"),
            ("I006", "look_back", "commitment c-1 of i-1 was not looked back at"),
            ("I006", "look_back", "commitment c-2 of i-1 was not looked back at"),
        ]

    def test_what_is_closed_or_unknown_is_not(self):
        """A goal that was dropped, one that is not here, and an outcome that is no goal."""
        first = held_talk().fulfil("c-1", "Done", by=ANNA, at=at(31)).fulfil("c-2", "Done", by=OLE, at=at(31))
        second = evolve(held_talk(), id="i-2", previous="i-1")
        for goals in ((), (dropped_goal(),)):
            assert advice(house(first, second, *goals), Interview, "i-2", on(31)) == ()
        to_path = evolve(first, outcomes=(Ref("path", "path-1"),))
        assert advice(house(to_path, second, agreed_goal()), Interview, "i-2", on(31)) == ()
        assert codes(next_talk(Ref("goal", "g-0"))) == ["I006"]

    @pytest.mark.parametrize(
        "second",
        [
            planned_talk(previous="i-1"),
            check_in(previous="i-1"),
            held_talk(),
            evolve(held_talk(), previous="i-0"),
        ],
    )
    def test_it_is_asked_of_one_that_was_held_after_another(self, second):
        """Not while planned or open, not of the first, not where the one before is not here."""
        book = Book([*HOUSE, held_talk(), evolve(second, id="i-2")])
        assert advice(book, Interview, "i-2", on(31)) == ()

    def test_a_talk_in_between_looks_back_too(self):
        """What was promised is not left until the next year."""
        between = check_in(previous="i-1").finish(no_change="All goes on", by=OLE, at=at(30))
        found = advice(Book([*HOUSE, held_talk(), evolve(between, id="i-2")]), Interview, "i-2", on(31))
        assert codes(found) == ["I006"]

    def test_who_manages_or_coaches_may_go_on(self):
        """Story 28: reassigned, it is clean; once held, nobody asks."""
        assert planned_with_ole(OLE) == ()
        assert said(planned_with_ole(EVA)) == [
            ("X009", "interviewer", f"{OLE} no longer manages or coaches the coachee")
        ]
        mine = planned_talk().reassign(EVA, by=OLE, at=at(1))
        assert advice(house(someone(ANNA, MONDAY, EVA), mine), Interview, "i-1", on(5)) == ()
        assert advice(house(someone(ANNA, MONDAY, EVA), held_talk()), Interview, "i-1", on(31)) == ()

    def test_each_ask_without_a_reply_is_named_with_its_day(self):
        """A turn of an unknown day counts from the last entry; a reply ends it."""
        asks = [{"number": 1, "speaker": ANNA, "kind": "concern", "text": "We may move house"}]
        unseen = evolve(taken_over("held"), turns=asks)
        assert advice(house(unseen), Interview, "i-9", on(7)) == ()
        assert said(advice(house(unseen), Interview, "i-9", on(8))) == [
            ("X012", "turns[0]", f"asked {on(0)}, no reply")
        ]
        asked = check_in().say("Will you ask the client?", "ask_help", by=ANNA, at=at(30))
        replied = asked.say("I shall", "reply", reply_to=1, decision="yes", by=OLE, at=at(30))
        assert advice(house(replied), Interview, "i-1", on(60)) == ()

    def test_what_a_talk_came_to_is_asked_on_the_day_it_is_taken_up_again(self):
        """A day before, nothing; nothing either where no goal came of it or no day was set."""
        assert said(came_to(draft_goal())) == [("X016", "outcomes", "1 goals, all dropped or never begun")]
        assert codes(came_to(dropped_goal())) == ["X016"]
        assert came_to(draft_goal(), 119) == ()
        for changed in ({"outcomes": (Ref("path", "path-1"),)}, {"follow_up_on": None}):
            book = house(evolve(held_talk(), **changed), draft_goal())
            assert advice(book, Interview, "i-1", on(120)) == ()
        assert advice(house(held_talk()), Interview, "i-1", on(120)) == ()


class TestGoalsAndPaths:
    """X015, X010, X011, C011."""

    def test_a_coach_who_is_gone(self):
        """Story 20. One of two that stands is enough, and where there never was one (G023) nothing has ended."""
        assert said(coached(relationship.ended())) == [("X015", "coach", f"the relationship with {OLE} has ended")]
        assert coached(relationship.declined()) == ()
        assert codes(coached(relationship.declined(), relationship.imported("ended"))) == ["X015"]
        assert coached(relationship.ended(), relationship.imported()) == ()
        assert coached() == ()

    def test_asked_of_goals_that_stand_and_have_a_coach(self):
        """Paused ones, too."""
        for goal, wrong in (
            (paused_goal(), ["X015"]),
            (draft_goal(), []),
            (imported_goal(coach=None, signatures=()), []),
        ):
            assert codes(advice(house(goal, relationship.ended()), Goal, "g-1", on(21))) == wrong

    def test_a_step_names_its_goals_or_is_named_by_them(self):
        """A goal that was dropped serves nothing; a path still being drawn has no step under way."""
        assert said(step_begun()) == [("X010", "steps[0]", "the step s-1 has no goal")]
        serving = {"serves": (Ref("step", "s-1"),)}
        assert step_begun(draft_goal(**serving)) == ()
        assert codes(step_begun(dropped_goal(**serving))) == ["X010"]
        named = agreed_path(steps=(evolve(COURSE, goals=("g-1",)), PILOT)).start_step("s-1", by=ANNA, at=at(3))
        assert advice(house(named), CareerPath, "path-1", on(4)) == ()
        assert codes(advice(house(named, dropped_goal()), CareerPath, "path-1", on(4))) == ["X010"]
        assert advice(house(named, draft_goal()), CareerPath, "path-1", on(4)) == ()

    def test_an_old_need_is_served_by_a_goal(self):
        """One that serves a need of the same id on another path does not."""
        day = date(2027, 3, 3)
        assert said(old_need(day)) == [("X011", "needs[1]", f"the need n-2 was said {MONDAY}, and nothing serves it")]
        assert old_need(day, draft_goal(serves=(Ref("need", "n-2", "path-1"),))) == ()
        assert codes(old_need(day, draft_goal(serves=(Ref("need", "n-2", "path-0"),)))) == ["X011"]

    def test_a_path_that_is_over_is_not_asked(self):
        """Nor is a need that was met."""
        path = draft_path().say_need("n-2", "balance", "Home by five", by=ANNA, at=at(0))
        for quiet in (
            path.archive("She left", by="hr-1", at=at(9)),
            path.meet_need("n-2", met_by="I am", by=ANNA, at=at(9)),
        ):
            assert advice(house(quiet), CareerPath, "path-1", date(2027, 3, 3)) == ()

    def test_a_talk_looks_at_a_path_by_an_outcome_or_by_looking_back(self):
        """The path itself or a part of it, within the year."""
        day = date(2027, 3, 5)
        assert said(path_agreed(day)) == [
            ("C011", "state", "the path was agreed 2026-03-04, and in no talk since 2026-03-05")
        ]
        look = {"ref": Ref("step", "s-1", "path-1"), "remark": "It goes well", "by": ANNA}
        assert path_agreed(day, evolve(held_talk(), look_back=(look,))) == ()
        assert path_agreed(day, evolve(held_talk(), outcomes=(Ref("path", "path-1"),))) == ()
        assert codes(path_agreed(day, held_talk(), evolve(planned_talk(), id="i-2"))) == ["C011"]
        assert codes(path_agreed(date(2027, 4, 2), evolve(held_talk(), look_back=(look,)))) == ["C011"]
        assert codes(path_agreed(date(2027, 4, 1), evolve(held_talk(), look_back=(look,)))) == []


class TestMoves:
    """M009, M011, X017."""

    def test_a_match_with_no_need_at_all(self):
        """How many needs there are, not how many lines."""
        needs = (near(GOTHENBURG), opportunity.need("n-2", "location", "High up", location=GOTHENBURG, level=5))
        assert said(move_for(*needs)) == [("M011", "opportunity", "op-1 meets none of 2 needs")]

    def test_what_has_to_be_asked_may_be_met(self):
        """Words are never guessed, and what was not released is not compared."""
        assert move_for(near(GOTHENBURG), opportunity.need("n-2")) == ()
        assert move_for(opportunity.need("n-1", "location", "Near", location=GOTHENBURG, release="coach")) == ()
        assert move_for() == ()

    def test_a_path_that_is_over_says_nothing_any_more(self):
        """The need was on a path that was superseded."""
        book = house(employed(), move.asked(), opportunity.new_line())
        old = imported_path("superseded", needs=(near(GOTHENBURG),))
        assert advice(book.put(old), InternalMove, "mv-1", on(1)) == ()

    @pytest.mark.parametrize("made", [move.wished(), move.declined(), move.asked(move.wished(needs=()))])
    def test_not_without_an_opportunity_that_is_asked_for_and_needs(self, made):
        """Not while wished, not when declined, not without needs."""
        assert move_for(near(GOTHENBURG), made=made) == ()

    def test_an_opportunity_that_is_not_here_cannot_be_compared(self):
        """Nor is the mover known."""
        book = Book([move.asked(), imported_path(needs=(near(GOTHENBURG),))])
        assert advice(book, InternalMove, "mv-1", on(1), Policy(months_before_move=12)) == ()

    def test_months_in_the_present_place(self):
        """From the first day of the placement; a position counts the same. Once agreed, nobody asks."""
        year = Policy(months_before_move=12)
        assert said(move_for(policy=year)) == [("M009", "from_position", f"the mover is there since {MONDAY} only")]
        assert move_for(policy=year, day=365) == ()
        assert move_for(policy=year, made=move.agreed()) == ()
        long_there = move.asked(move.wished(from_placement=None, from_position="po-1"))
        assert move_for(policy=year, made=long_there) == ()

    def test_after_a_move_the_needs_are_asked_for_once(self):
        """A talk afterwards, or a word that one is met, and it is quiet; a check-in that is planned is no talk."""
        done = move.done()
        need = opportunity.need(location=UMEA)
        assert said(move_for(need, made=done, day=151)) == [
            ("X017", "needs", f"moved {on(60)}, 1 needs open, no talk since")
        ]
        planned = done.plan_check_in(on(140), by=ANNA, at=at(120))
        assert codes(move_for(need, made=planned, day=151)) == ["X017"]
        met = draft_path().meet_need("n-1", met_by="The line is new", by=ANNA, at=at(100))
        book = house(employed(), done, opportunity.new_line(), met)
        assert advice(book, InternalMove, "mv-1", on(151)) == ()

    def test_a_talk_after_the_move_is_enough(self):
        """One before it, or still ahead, is not."""
        for day, wrong in ((100, []), (59, ["X017"]), (200, ["X017"])):
            book = house(employed(), move.done(), opportunity.new_line(), talk(on(day)), planned_talk())
            book = book.put(imported_path(needs=(opportunity.need(),)))
            assert codes(advice(book, InternalMove, "mv-1", on(151))) == wrong

    def test_nothing_is_asked_of_a_move_without_needs_or_without_their_words(self):
        """None named; none on the path."""
        assert move_for(made=move.done(), day=151) == ()
        assert move_for(opportunity.need(), made=move.done(wish=move.wished(needs=())), day=151) == ()


def test_of_many_whom_a_system_calls_the_same_three_are_named():
    """X021; and how many more there are, if there are."""
    alike = [evolve(someone(f"p-{n}"), external_ids={"hr": "17"}) for n in range(11, 16)]
    said = [f.message for f in advice(Book(alike[:4]), Person, "p-11", on(3)) if f.code == "X021"]
    assert said == ["p-12, p-13, p-14 are called so as well"]
    said = [f.message for f in advice(Book(alike), Person, "p-11", on(3)) if f.code == "X021"]
    assert said == ["p-12, p-13, p-14 and 1 more are called so as well"]
