"""Goals: what is particular to them, beside what all records share."""

from datetime import timedelta, timezone
from decimal import Decimal

import pytest
from attrs import evolve

from coaching import Await, Goal, Measure, Policy, Progress, Ref, verify
from coaching.kernel.classes import model_of
from coaching.records.goals import Ambition, GoalKind, InvestmentKind
from stage import ANNA, EVA, OLE, STRANGER, at, codes, on, refused
from stage.goals import (
    achieved_goal,
    agreed_goal,
    draft_goal,
    dropped_goal,
    half_signed_goal,
    imported_goal,
    kept_goal,
    measured_goal,
    missed_goal,
    paused_goal,
    proposed_goal,
    ready_goal,
)

MILD = Policy(severities={"G012": "off"})


def places(findings):
    """Code and path of each finding."""
    return [(f.code, f.path) for f in findings]


class TestShaping:
    """A draft belongs to its owner, and takes any shape."""

    def test_whoever_begins_a_goal_owns_it(self):
        """A title is all it takes."""
        goal = Goal.begin("g-1", "Lead a pilot line", by=ANNA, at=at(0))
        assert (goal.owner, goal.coach, goal.state, goal.revision) == (ANNA, None, "draft", 1)
        assert (goal.kind, goal.ambition) == (GoalKind.RESULT, Ambition.COMMITTED)
        assert [(e.act, e.by, e.at) for e in goal.history] == [("begin", ANNA, at(0))]

    def test_a_goal_begins_with_all_that_is_known_of_it(self):
        """The fields that `edit` may set can be given at once."""
        goal = draft_goal(
            why="I want to lead",
            measure=Measure("stations", start=0, target=4),
            kind="learning",
            ambition="stretch",
            reality="Nobody has let me",
            obstacles=("The night shift",),
            importance=9,
            confidence=4,
            support_wanted="Time on Fridays",
            parent="g-0",
            from_interview="i-1",
        )
        assert (goal.kind, goal.ambition, goal.obstacles) == ("learning", "stretch", ("The night shift",))
        assert verify(goal) == ()

    def test_a_draft_is_edited_field_by_field(self):
        """What is not named stays; a text can be taken back."""
        goal = draft_goal(why="I want to lead").edit(title="Lead two lines", why=None, by=ANNA, at=at(1))
        assert (goal.title, goal.why, goal.outcome) == ("Lead two lines", None, draft_goal().outcome)
        assert goal.revision == 1

    def test_a_title_cannot_be_taken_away(self):
        """A goal has one title."""
        assert places(draft_goal().would("edit", title=" ", by=ANNA, at=at(1))) == [("G001", "title")]
        assert places(draft_goal().would("edit", title=None, by=ANNA, at=at(1))) == [("V015", "title")]

    def test_nobody_edits_owner_or_state(self):
        """What an act sets cannot be set by hand."""
        found = draft_goal().would("edit", owner=EVA, state="agreed", revision=9, by=ANNA, at=at(1))
        assert places(found) == [("V016", "owner"), ("V016", "revision"), ("V016", "state")]

    def test_an_option_has_the_author_who_says_it(self):
        """Owner and coach may both suggest; somebody else may not."""
        goal = draft_goal().suggest_option("o-1", "Shadow Eva", by=ANNA, at=at(1))
        goal = goal.suggest_option("o-2", "Ask the client", by=OLE, at=at(1))
        assert [(o.author, o.adopted_at) for o in goal.options] == [(ANNA, None), (OLE, None)]
        assert codes(goal.would("suggest_option", id="o-3", text="Wait", by=EVA, at=at(1))) == ["V011"]

    def test_an_option_that_is_not_there_can_neither_be_adopted_nor_chosen(self):
        """The message names those that are there."""
        (adopted,) = ready_goal().would("adopt_option", option="o-9", by=ANNA, at=at(1))
        (chosen,) = ready_goal().would("choose_option", option="o-9", by=ANNA, at=at(1))
        assert (adopted.path, chosen.path) == ("option", "option")
        assert adopted.params["known"] == chosen.params["known"] == "o-1, o-2"
        (none,) = draft_goal().would("choose_option", option="o-9", by=ANNA, at=at(1))
        assert none.params["known"] == "none"

    def test_choosing_asks_for_an_option(self):
        """Choosing nothing is no choice."""
        assert ready_goal().would("choose_option", option=None, by=ANNA, at=at(1)) != ()

    def test_choosing_in_a_proposed_goal_is_a_new_revision(self):
        """What Anna signed was another way; suggesting and adopting change nothing that is signed."""
        goal = half_signed_goal()
        looked = goal.suggest_option("o-3", "Ask Per", by=OLE, at=at(3)).adopt_option("o-3", by=ANNA, at=at(3))
        assert (looked.revision, looked.signatures) == (goal.revision, goal.signatures)
        assert verify(looked) == ()
        chosen = looked.choose_option("o-3", by=ANNA, at=at(3))
        assert (chosen.revision, chosen.signatures) == (goal.revision + 1, ())
        assert chosen.history[-1].was == {"chosen": "o-1"}

    def test_investing_in_a_proposed_goal_is_a_new_revision(self):
        """It is part of what both sign."""
        goal = half_signed_goal()
        more = goal.invest("comfort", "I will work nights for a month", by=ANNA, at=at(3))
        assert (more.revision, more.signatures, len(more.investments)) == (goal.revision + 1, (), 2)
        assert more.investments[1].kind is InvestmentKind.COMFORT

    def test_every_fault_of_an_investment_is_said_at_once(self):
        """Kind, words, amount, and who says it."""
        found = draft_goal().would("invest", kind="luck", text=" ", amount=-1, by=OLE, at=at(1))
        assert places(found) == [("V005", "amount"), ("V011", "by"), ("V012", "kind"), ("V002", "text")]


class TestAgreeing:
    """Proposed by the owner, signed by both."""

    def test_the_coach_named_at_the_beginning_is_asked(self):
        """Another may be named when proposing."""
        assert ready_goal().propose(by=ANNA, at=at(2)).coach == OLE
        assert ready_goal().propose(EVA, by=ANNA, at=at(2)).coach == EVA

    def test_a_goal_is_proposed_to_somebody(self):
        """Without a coach there is nobody to support it; the rest is said as well."""
        goal = Goal.begin("g-1", "Lead a pilot line", by=ANNA, at=at(0))
        assert places(goal.would("propose", by=ANNA, at=at(1))) == [
            ("V014", "coach"),
            ("G005", "investments"),
            ("G002", "outcome"),
            ("G007", "target_on"),
        ]

    def test_the_coach_gives_it_back_with_a_reason(self):
        """It is a draft again, a new revision without signatures; the reason is kept."""
        goal = half_signed_goal()
        back = goal.ask_change("Begin with two stations", by=OLE, at=at(4))
        assert (back.state, back.revision, back.signatures) == ("draft", goal.revision + 1, ())
        assert back.history[-1].reason == "Begin with two stations"
        assert codes(goal.would("ask_change", reason="No", by=ANNA, at=at(4))) == ["V011"]
        again = back.edit(outcome="Two stations run a week", by=ANNA, at=at(5)).propose(by=ANNA, at=at(5))
        assert again.sign(by=ANNA, at=at(6)).sign(by=OLE, at=at(6)).state == "agreed"

    @pytest.mark.parametrize("order", [(ANNA, OLE), (OLE, ANNA)])
    def test_the_second_signature_agrees_it_whoever_is_second(self, order):
        """One signature alone carries nothing on."""
        first, second = order
        goal = proposed_goal().sign(by=first, at=at(3))
        assert goal.state == "proposed"
        assert goal.awaits() == (Await(second, "sign"),)
        assert goal.sign(by=second, at=at(4)).state == "agreed"

    def test_a_coach_renegotiates_too(self):
        """Both are bound, and both may ask to change what binds them; the pause ends."""
        goal = paused_goal().renegotiate("The line stands till autumn", by=OLE, at=at(20))
        assert (goal.state, goal.resume_on, goal.signatures) == ("proposed", None, ())
        assert places(agreed_goal().would("renegotiate", reason=" ", owner=EVA, by=OLE, at=at(4))) == [
            ("V016", "owner"),
            ("V002", "reason"),
        ]

    def test_another_coach_may_take_over(self):
        """Both sign anew, the new coach promises; what the old one promised stands until it is released."""
        goal = agreed_goal().renegotiate("Ole leaves", coach=EVA, by=ANNA, at=at(20))
        assert (goal.coach, goal.state, goal.history[-1].was["coach"]) == (EVA, "proposed", OLE)
        assert codes(goal.would("sign", by=OLE, at=at(20))) == ["V011"]
        goal = goal.sign(by=ANNA, at=at(20))
        assert codes(goal.would("sign", by=EVA, at=at(20))) == ["G006"]
        goal = goal.promise("c-9", "Ask every week", on(60), by=EVA, at=at(20)).sign(by=ANNA, at=at(20))
        goal = goal.sign(by=EVA, at=at(20))
        assert (goal.state, verify(goal)) == ("agreed", ())
        assert goal.fulfil("c-2", "Done all the same", by=OLE, at=at(21)).commitments[1].state == "done"

    @pytest.mark.parametrize(
        ("coach", "said"), [(None, ("V014", "coach")), (ANNA, ("G026", "coach")), ("", ("V001", "coach"))]
    )
    def test_the_other_coach_is_somebody(self, coach, said):
        """And not the owner."""
        assert places(agreed_goal().would("renegotiate", reason="Ole leaves", coach=coach, by=ANNA, at=at(20))) == [
            said
        ]

    def test_a_goal_does_not_change_coach_and_owner_under_the_signatures(self):
        """What both signed names both."""
        assert codes(verify(imported_goal(coach=EVA, signatures=agreed_goal().signatures[:1]))) == ["H003"]


class TestOnTheWay:
    """Progress, pauses, and what is derived from them."""

    def test_owner_and_coach_note_progress(self):
        """Also while the goal rests; anybody else may not."""
        goal = paused_goal().note_progress("step", "I read about it", by=ANNA, at=at(11))
        goal = goal.note_progress("win", "The client asks for you", value=Decimal("0.5"), by=OLE, at=at(12))
        assert [(p.by, p.at, p.value) for p in goal.progress] == [(ANNA, at(11), None), (OLE, at(12), Decimal("0.5"))]
        assert codes(goal.would("note_progress", kind="win", text="Good", by=EVA, at=at(12))) == ["V011"]

    def test_a_pause_ends_by_the_owner(self):
        """The day to resume goes with it."""
        goal = paused_goal()
        assert (goal.state, goal.resume_on, goal.awaits()[0]) == ("paused", on(60), Await(ANNA, "resume"))
        goal = goal.resume(by=ANNA, at=at(40))
        assert (goal.state, goal.resume_on, goal.history[-1].act) == ("agreed", None, "resume")

    def test_a_pause_without_reason_and_day_is_refused_for_both(self):
        """One rule, two places."""
        assert places(agreed_goal().would("pause", by=ANNA, at=at(9))) == [("G014", "reason"), ("G014", "resume_on")]

    def test_a_goal_is_stalled_after_the_days_of_the_house_and_not_while_it_rests(self):
        """60 days by default, counted from the agreement, the last progress or the last resumption."""
        assert [kept_goal().stalled(on(day)) for day in (63, 64)] == [False, True]
        assert agreed_goal().stalled(on(9), policy=Policy(stalled_days=5))
        assert not paused_goal().stalled(on(400))
        assert not draft_goal().stalled(on(400))
        assert paused_goal().resume(by=ANNA, at=at(60)).quiet_since() == on(60)
        assert kept_goal().note_progress("step", "A try", by=OLE, at=at(50)).quiet_since() == on(50)
        assert imported_goal().quiet_since() == on(4)

    def test_a_goal_is_overdue_when_its_target_date_has_passed_and_it_is_open(self):
        """On the day itself it is not."""
        assert [agreed_goal().overdue(on(day)) for day in (180, 181)] == [False, True]
        assert paused_goal().overdue(on(181))
        assert not missed_goal().overdue(on(181))
        assert not imported_goal(target_on=None).overdue(on(181))

    def test_percent_is_measured_and_closes_nothing(self):
        """The value at the end counts before progress, later progress before earlier; no measure, no percent."""
        goal = measured_goal()
        assert goal.percent() is None
        goal = goal.note_progress("step", "One runs", value=1, by=ANNA, at=at(5))
        goal = goal.note_progress("win", "Three run", value=3, by=ANNA, at=at(6))
        goal = goal.note_progress("setback", "No count today", by=ANNA, at=at(7))
        assert (goal.percent(), goal.state) == (75, "agreed")
        assert goal.achieve("All run", value=4, by=ANNA, at=at(8)).percent() == 100
        assert agreed_goal().note_progress("win", "Three run", value=3, by=ANNA, at=at(5)).percent() is None

    @pytest.mark.parametrize(("value", "percent"), [(12, 0), (3, 100), (21, -100), (0, 133)])
    def test_down_is_as_good_as_up(self, value, percent):
        """From 12 defects a week to 3, and beyond either end."""
        assert Measure("defects a week", start=12, target=3).percent(Decimal(value)) == percent

    def test_a_measure_reads_as_a_person_would_say_it(self):
        """From, to, unit."""
        assert str(Measure("stations", start=0, target=4)) == "0 to 4 stations"

    def test_low_rulers_warn_only_while_it_is_agreed(self):
        """The house says what is low."""
        assert places(agreed_goal(confidence=3, importance=6).findings(on(4))) == [
            ("G017", "confidence"),
            ("G017", "importance"),
        ]
        assert agreed_goal(confidence=3).findings(on(4), policy=Policy(ruler_low=3)) == ()
        assert proposed_goal(confidence=3).findings(on(4)) == ()

    def test_advice_about_shaping_ends_when_the_goal_is_closed(self):
        """Nobody asks for a second option of a goal that was dropped."""
        goal = draft_goal(serves=(), outcome="It runs")
        assert codes(goal.findings(on(1))) == ["G015", "G020", "G016"]
        assert goal.drop("Something else", by=ANNA, at=at(1)).findings(on(1)) == ()

    def test_a_measure_says_enough_whatever_the_outcome(self):
        """G020 asks for one of the two."""
        assert measured_goal(outcome="It runs").findings(on(4)) == ()

    def test_setbacks_count_only_in_a_row_and_at_the_end(self):
        """Two are no pattern; three are time to ask for help."""
        goal = agreed_goal()
        for day in (4, 5):
            goal = goal.note_progress("setback", "It stood still", by=ANNA, at=at(day))
        assert goal.findings(on(6)) == ()
        goal = goal.note_progress("setback", "Again", by=ANNA, at=at(6))
        assert codes(goal.findings(on(6))) == ["G025"]
        assert goal.drop("Enough", by=ANNA, at=at(7)).findings(on(7)) == ()


class TestClosing:
    """Achieved, missed or dropped; each says what came of it."""

    def test_the_owner_says_that_it_is_achieved(self):
        """The coach cannot; the coach appreciates it afterwards, in words that the history keeps."""
        assert codes(agreed_goal().would("achieve", result="It runs", by=OLE, at=at(9))) == ["V011"]
        goal = achieved_goal()
        assert codes(goal.would("confirm", words="Well done", by=ANNA, at=at(41))) == ["V011"]
        goal = goal.confirm("The night shift speaks of you", by=OLE, at=at(41))
        assert (goal.state, goal.history[-1].reason) == ("achieved", "The night shift speaks of you")

    def test_what_is_wrong_with_the_words_of_a_confirmation_points_at_them(self):
        """The argument is called `words`."""
        assert places(achieved_goal().would("confirm", words=" ", by=OLE, at=at(41))) == [("V002", "words")]

    def test_a_score_is_given_at_closing_or_not_at_all(self):
        """0 to 1; it is about the goal."""
        goal = kept_goal().achieve("Most of it", score=Decimal("0.7"), by=ANNA, at=at(40))
        assert goal.score == Decimal("0.7")
        assert kept_goal().miss("Too late", "Begin earlier", score=Decimal(0), by=ANNA, at=at(180)).score == 0
        assert places(kept_goal().would("achieve", result="It runs", score=2, by=ANNA, at=at(40))) == [
            ("V005", "score")
        ]

    def test_a_missed_goal_says_what_happened_and_what_was_learned(self):
        """Both are asked for, and both are kept."""
        goal = missed_goal()
        assert (goal.result, goal.learned) == ("The client closed the line", "To ask earlier")
        assert codes(agreed_goal().would("miss", result=" ", learned=" ", by=ANNA, at=at(180))) == ["V002"]
        found = agreed_goal().would("miss", result=None, learned=None, by=ANNA, at=at(180))
        assert [f.path for f in found] == ["learned", "result"]

    @pytest.mark.parametrize(
        ("who", "day", "may"), [(ANNA, 179, False), (ANNA, 180, True), (OLE, 180, False), (OLE, 181, True)]
    )
    def test_the_owner_misses_a_goal_from_the_target_date_on_and_the_coach_once_it_has_passed(self, who, day, may):
        """The owner's word comes first."""
        found = agreed_goal().would("miss", result="No line", learned="Ask first", by=who, at=at(day))
        assert (found == ()) is may

    def test_the_coach_waits_for_the_target_date_also_where_the_house_does_not(self):
        """Who may is said by the table, and no policy changes it."""
        given = {"result": "No line", "learned": "Ask first", "at": at(100), "policy": MILD}
        assert agreed_goal().would("miss", **given, by=ANNA) == ()
        assert codes(agreed_goal().would("miss", **given, by=OLE)) == ["V011"]
        assert codes(agreed_goal().would("miss", result="No", learned="Ask", by=OLE, at=at(100))) == ["V011", "G012"]
        assert "miss" in agreed_goal().acts_for(OLE)
        assert "miss" not in agreed_goal().acts_for(OLE, on=on(180))
        assert "miss" in agreed_goal().acts_for(OLE, on=on(181))
        assert "miss" in agreed_goal().acts_for(ANNA, on=on(180))
        assert "miss" not in agreed_goal().acts_for(STRANGER, on=on(181))

    def test_a_goal_is_dropped_by_its_owner_for_a_reason_from_wherever_it_stands(self):
        """A coach who tries without a reason hears both."""
        for goal in (draft_goal(), proposed_goal(), agreed_goal(), paused_goal()):
            dropped = goal.drop("I want something else", by=ANNA, at=at(20))
            assert (dropped.state, dropped.resume_on) == ("dropped", None)
        assert places(agreed_goal().would("drop", by=OLE, at=at(20))) == [("G013", "by"), ("G013", "reason")]
        assert codes(dropped_goal().would("drop", reason="Again", by=ANNA, at=at(20))) == ["V010"]

    def test_what_is_closed_is_opened_again_and_nothing_else(self):
        """Promises go on, a confirmation may follow."""
        for goal in (achieved_goal(), missed_goal(), dropped_goal()):
            acts = {row.act for row in Goal.lifecycle.rows_from(goal.state)}
            promises = {"move_due", "fulfil", "see", "release", "miss_commitment", "take_back"}
            assert acts - {"confirm"} == {"reopen", *promises}

    def test_what_closing_empties_stands_in_the_history(self):
        """A paused goal that is dropped, missed or taken up again had a day to resume."""
        goal = paused_goal()
        for closed in (
            goal.drop("Enough", by=ANNA, at=at(20)),
            goal.miss("No line", "Ask first", by=ANNA, at=at(180)),
            goal.resume(by=ANNA, at=at(20)),
            goal.renegotiate("The line stands", by=OLE, at=at(20)),
        ):
            assert (closed.resume_on, dict(closed.history[-1].was)) == (None, {"resume_on": str(on(60))})
        assert dict(agreed_goal().drop("Enough", by=ANNA, at=at(20)).history[-1].was) == {}

    def test_progress_after_the_closing_is_refused_whatever_was_done_since(self):
        """A confirmation or a promise kept later does not move the day on which the goal was closed."""
        late = (Progress(at(43), ANNA, "win", "It still runs"),)
        confirmed = achieved_goal().confirm("Well done", by=OLE, at=at(45))
        promised = agreed_goal().achieve("It runs", by=ANNA, at=at(40)).fulfil("c-1", "Yes", by=ANNA, at=at(45))
        for goal in (achieved_goal(), promised, confirmed):
            assert places(refused(lambda goal=goal: evolve(goal, progress=late))) == [("G010", "progress[0].at")]

    def test_progress_before_an_import_is_not_judged(self):
        """What the library did not see it does not demand; the order of entries it does."""
        old = (Progress(at(-90), ANNA, "step", "A try"), Progress(at(-30), ANNA, "win", "Another"))
        goal = imported_goal(progress=old)
        assert goal.note_progress("win", "More", by=ANNA, at=at(5)).findings(on(6)) == ()
        assert codes(refused(lambda: imported_goal(progress=old[::-1]))) == ["G010"]


class TestReopening:
    """Closed by mistake, or not the end of it: the owner opens it where it was closed from."""

    @pytest.mark.parametrize("make", [draft_goal, proposed_goal, half_signed_goal, agreed_goal, paused_goal])
    def test_a_dropped_goal_goes_back_to_where_it_was_dropped(self, make):
        """With all that it had: signatures, and the day to resume."""
        goal = make()
        back = goal.drop("Something else", by=ANNA, at=at(20)).reopen("I was wrong", by=ANNA, at=at(21))
        assert evolve(back, history=goal.history) == goal
        assert (back.history[-1].reason, back.findings(on(21)), verify(back)) == (
            "I was wrong",
            goal.findings(on(21)),
            (),
        )

    def test_an_achieved_goal_is_agreed_again_and_its_result_is_kept(self):
        """Words, value and score stand in the history, and can be given anew."""
        goal = measured_goal().achieve("It ran", value=3, score=Decimal("0.7"), by=ANNA, at=at(40))
        goal = goal.confirm("Well done", by=OLE, at=at(41))
        back = goal.reopen("Only three of four run", by=ANNA, at=at(42))
        assert (back.state, back.result, back.value, back.score) == ("agreed", None, None, None)
        assert dict(back.history[-1].was) == {"result": "It ran", "score": Decimal("0.7"), "value": Decimal(3)}
        assert (len(back.signatures), verify(back)) == (2, ())
        again = back.note_progress("win", "The fourth runs", value=4, by=ANNA, at=at(50))
        again = again.achieve("All four run", value=4, by=ANNA, at=at(60))
        assert (again.state, again.percent(), again.result) == ("achieved", 100, "All four run")

    @pytest.mark.parametrize("make", [agreed_goal, paused_goal])
    def test_a_missed_goal_goes_back_with_what_was_learned(self, make):
        """To the history, until it is missed again, or not."""
        goal = make().miss("No line", "Ask first", by=OLE, at=at(181))
        back = goal.reopen("The line came after all", by=ANNA, at=at(182))
        assert (back.state, back.result, back.learned) == (make().state, None, None)
        assert dict(back.history[-1].was) == {"learned": "Ask first", "result": "No line"}
        assert back.resume_on == make().resume_on

    def test_only_the_owner_opens_it_again_and_for_a_reason(self):
        """Not the coach, who may have closed it."""
        missed = kept_goal().miss("No line", "Ask first", by=OLE, at=at(181))
        assert codes(missed.would("reopen", reason="No", by=OLE, at=at(182))) == ["V011"]
        assert codes(missed.would("reopen", reason="No", by=STRANGER, at=at(182))) == ["V011"]
        assert "reopen" in missed.acts_for(ANNA)
        assert "reopen" not in missed.acts_for(OLE)
        for reason, code in ((None, "V014"), (" ", "V002")):
            assert places(missed.would("reopen", reason=reason, by=ANNA, at=at(182))) == [(code, "reason")]

    @pytest.mark.parametrize("make", [draft_goal, proposed_goal, agreed_goal, paused_goal])
    def test_what_is_open_is_not_opened(self, make):
        """The table has no such act there."""
        assert codes(make().would("reopen", reason="No", by=ANNA, at=at(20))) == ["V010"]

    @pytest.mark.parametrize(
        ("state", "signed", "back"),
        [
            ("achieved", 0, "agreed"), ("missed", 0, "agreed"), ("dropped", 0, "draft"), ("dropped", 1, "proposed"),
            ("dropped", 2, "agreed"),
        ],
    )  # fmt: skip
    def test_a_goal_that_was_taken_over_closed_was_closed_from_the_plainest(self, state, signed, back):
        """Nobody saw it closed: what is done was agreed; what was dropped was what its signatures say."""
        closed = imported_goal(state, signatures=agreed_goal().signatures[:signed], result="It ran")
        goal = closed.reopen("Not yet", by=ANNA, at=at(6))
        assert (goal.state, goal.result) == (back, None)
        again = goal.drop("Enough", by=ANNA, at=at(7)).reopen("No", by=ANNA, at=at(8))
        assert (again.state, verify(again)) == (back, ())

    def test_a_history_that_says_something_else_gives_no_day(self):
        """A document may hold any words where a day stood."""
        closed = paused_goal().drop("Enough", by=ANNA, at=at(20))
        odd = evolve(closed.history[-1], was={"resume_on": "some day"})
        goal = evolve(closed, history=(*closed.history[:-1], odd)).reopen("No", by=ANNA, at=at(21))
        assert (goal.state, goal.resume_on) == ("paused", None)

    def test_it_is_not_stalled_by_the_time_it_was_closed(self):
        """Opening it again counts as going on."""
        goal = achieved_goal().reopen("Not yet", by=ANNA, at=at(200))
        assert (goal.quiet_since(), goal.stalled(on(260)), goal.stalled(on(261))) == (on(200), False, True)

    def test_progress_goes_on_after_it_and_ends_with_the_last_closing(self):
        """What was noted while it was open for the second time lies after the first closing."""
        goal = achieved_goal().reopen("Not yet", by=ANNA, at=at(50)).note_progress("win", "More", by=OLE, at=at(51))
        closed = goal.achieve("It runs", by=ANNA, at=at(60))
        late = (*closed.progress, Progress(at(61), ANNA, "win", "It still runs"))
        assert places(refused(lambda: evolve(closed, progress=late))) == [("G010", "progress[1].at")]


class TestRecalling:
    """A proposal that nobody answers is the owner's again."""

    def test_a_proposed_goal_is_taken_back_and_proposed_to_somebody_else(self):
        """Ole is gone: Anna asks Eva. What was signed is void, what was promised stands until it is released."""
        goal = half_signed_goal()
        back = goal.recall("Ole has left", by=ANNA, at=at(4))
        assert (back.state, back.revision, back.signatures) == ("draft", goal.revision + 1, ())
        assert back.history[-1].reason == "Ole has left"
        asked = back.propose(EVA, by=ANNA, at=at(5))
        assert (asked.coach, dict(asked.history[-1].was)) == (EVA, {"coach": OLE})
        asked = asked.promise("c-3", "Ask every week", on(60), by=EVA, at=at(5))
        agreed = asked.sign(by=ANNA, at=at(6)).sign(by=EVA, at=at(6))
        assert (agreed.state, verify(agreed)) == ("agreed", ())

    def test_no_reason_is_asked_and_nobody_else_recalls(self):
        """The coach asks for a change instead."""
        assert proposed_goal().recall(by=ANNA, at=at(3)).history[-1].reason is None
        assert places(proposed_goal().would("recall", reason=" ", by=ANNA, at=at(3))) == [("V002", "reason")]
        assert codes(proposed_goal().would("recall", by=OLE, at=at(3))) == ["V011"]
        assert "recall" in proposed_goal().acts_for(ANNA)

    @pytest.mark.parametrize("make", [draft_goal, agreed_goal, paused_goal, achieved_goal, missed_goal, dropped_goal])
    def test_only_what_is_proposed_is_recalled(self, make):
        """Nothing else waits for the coach's word."""
        assert codes(make().would("recall", by=ANNA, at=at(200))) == ["V010"]


class TestLiveCommitments:
    """G006: a promise that was released or broken is none."""

    def test_a_released_promise_is_none_and_one_that_was_kept_is_one(self):
        """Kept is more than promised."""
        released = half_signed_goal().release("c-2", "No need", by=ANNA, at=at(4))
        assert places(released.would("sign", by=OLE, at=at(4))) == [("G006", "commitments")]
        kept = half_signed_goal().fulfil("c-2", "They are free", by=OLE, at=at(4))
        assert kept.sign(by=OLE, at=at(4)).state == "agreed"
        broken = half_signed_goal().miss_commitment("c-2", "I forgot", by=OLE, at=at(31))
        assert codes(broken.would("sign", by=OLE, at=at(31))) == ["G006"]

    def test_what_ends_after_the_agreement_is_no_breach_of_it(self):
        """When the two agreed, both had promised."""
        goal = agreed_goal().release("c-2", "No need", by=ANNA, at=at(9))
        assert goal.findings(on(9)) == ()
        assert goal.achieve("It runs", by=ANNA, at=at(20)).findings(on(20)) == ()
        assert codes(imported_goal(commitments=()).findings(on(5))) == ["G006", "H003"][:1]

    def test_when_it_is_agreed_anew_a_released_promise_counts_no_more(self):
        """The goal is signed again, and the coach promises again."""
        goal = agreed_goal().release("c-2", "No need", by=ANNA, at=at(9))
        goal = goal.renegotiate("Two lines", outcome="Two lines run", by=OLE, at=at(10)).sign(by=ANNA, at=at(11))
        assert codes(goal.would("sign", by=OLE, at=at(11))) == ["G006"]


class TestLateProgress:
    """What happened has a day of its own; when it was noted is the history's."""

    def test_progress_is_noted_for_the_day_it_happened(self):
        """Today when left out; entries stand in the order in which they were noted."""
        goal = agreed_goal().note_progress("win", "It ran", by=ANNA, at=at(20))
        goal = goal.note_progress("step", "Eva came", on=on(8), by=OLE, at=at(21))
        assert [(p.at, p.on, p.day) for p in goal.progress] == [(at(20), on(20), on(20)), (at(21), on(8), on(8))]
        assert Progress(at(20), ANNA, "win", "It ran").day == on(20)
        assert verify(goal) == ()

    @pytest.mark.parametrize(("day", "code"), [(2, ["G010"]), (3, []), (21, []), (22, ["G010"])])
    def test_it_lies_between_the_agreement_and_today(self, day, code):
        """A form shows it at the day."""
        found = agreed_goal().would("note_progress", kind="win", text="It ran", on=on(day), by=ANNA, at=at(21))
        assert [f.code for f in found] == code
        assert {f.path for f in found} <= {"on"}

    def test_a_day_that_is_none_is_said_at_its_name(self):
        """And nothing is noted."""
        found = agreed_goal().would("note_progress", kind="win", text="It ran", on="today", by=ANNA, at=at(21))
        assert places(found) == [("V015", "on")]

    def test_the_latest_day_counts_and_not_the_last_note(self):
        """For what is measured, for how long it is quiet, and for setbacks in a row."""
        goal = measured_goal().note_progress("win", "Three", value=3, on=on(15), by=ANNA, at=at(20))
        goal = goal.note_progress("setback", "One", value=1, on=on(10), by=ANNA, at=at(25))
        assert (goal.percent(), goal.quiet_since()) == (75, on(15))
        for day in (11, 12):
            goal = goal.note_progress("setback", "Stood", on=on(day), by=ANNA, at=at(26))
        assert "G025" not in codes(goal.findings(on(26)))
        goal = goal.note_progress("setback", "Stood", on=on(16), by=ANNA, at=at(26))
        assert "G025" not in codes(goal.findings(on(26)))

    def test_of_one_day_the_last_note_counts(self):
        """It knows more."""
        goal = measured_goal().note_progress("win", "One", value=1, by=ANNA, at=at(20))
        assert goal.note_progress("win", "Two", value=2, by=ANNA, at=at(20, 18)).percent() == 50

    def test_a_day_elsewhere_is_no_fault(self):
        """Agreed in the night in Auckland, while it was still the day before in London, where something happened then."""
        auckland = timezone(timedelta(hours=13))
        goal = half_signed_goal().sign(by=OLE, at=at(4, 2).replace(tzinfo=auckland))
        assert goal.note_progress("step", "A part came", by=ANNA, at=at(3, 14)).progress[0].day == on(3)
        found = goal.would("note_progress", kind="step", text="A part came", on=on(2), by=ANNA, at=at(3, 14))
        assert places(found) == [("G010", "on")]

    def test_two_clocks_that_differ_a_little_are_in_order_all_the_same(self):
        """What comes from a server that is a little late is noted at the time of the last entry."""
        goal = agreed_goal().note_progress("win", "One", by=ANNA, at=at(20))
        later = goal.note_progress("win", "Two", by=OLE, at=at(20) - timedelta(seconds=1))
        assert [p.at for p in later.progress] == [at(20), at(20)]


class TestImported:
    """Taken over in any state: valid, and warned about what it should have met on the way."""

    def test_an_imported_goal_that_met_every_gate_is_without_warnings(self):
        """Signatures and their digests come along."""
        assert imported_goal().findings(on(5)) == ()
        assert verify(imported_goal()) == ()

    def test_a_bare_title_in_any_state_is_a_goal(self):
        """Every gate that it stands beyond warns once at least, and none is an error."""
        for state in Goal.lifecycle.states:
            goal = Goal.import_("g-1", state=state, owner=ANNA, title="Lead", by="admin", source="old", at=at(0))
            found = goal.findings(on(1))
            assert {f.severity for f in found} == {"warning"}
            passed = [gate for gate in model_of(Goal).gates if state in Goal.lifecycle.beyond(gate)]
            beyond = {rule.code for gate in passed for rule in model_of(Goal).gates[gate]}
            silent = {"G004"}  # nothing is chosen
            assert beyond - silent <= {f.code for f in found}

    def test_a_promise_made_after_the_import_leaves_the_signatures_valid(self):
        """It binds the one who makes it; nobody signed it."""
        goal = imported_goal().promise("c-3", "Ask Per", on(40), by=ANNA, at=at(5))
        assert verify(goal) == ()

    def test_a_gate_that_the_house_turned_off_is_not_asked_of_an_imported_goal(self):
        """Neither when done nor afterwards."""
        off = Policy(severities={"G005": "off"})
        assert codes(imported_goal(investments=(), signatures=()).findings(on(5), policy=off)) == ["G008"]


class TestPolicy:
    """The house sets how strict a gate is."""

    def test_a_gate_set_to_warning_lets_the_act_pass_and_warns_afterwards(self):
        """What was done under a milder policy stands."""
        mild = Policy(severities={"G005": "warning"})
        goal = draft_goal().propose(by=ANNA, at=at(2), policy=mild)
        assert goal.state == "proposed"
        assert [f.severity for f in goal.findings(on(2)) if f.code == "G005"] == ["warning"]

    def test_advice_set_to_error_is_shown_as_an_error_and_blocks_nothing(self):
        """Advice is a finding, never a refusal."""
        strict = Policy(severities={"G017": "error"})
        goal = agreed_goal(confidence=3)
        assert [f.severity for f in goal.findings(on(4), policy=strict)] == ["error"]
        assert goal.would("achieve", result="It runs", by=ANNA, at=at(5), policy=strict) == ()


def test_it_serves_what_the_references_name():
    """Needs, dreams and steps, each by its id and where it stands."""
    goal = draft_goal(serves=[{"kind": "dream", "id": "d-1", "of": "path-1"}])
    assert goal.serves == (Ref("dream", "d-1", "path-1"),)


def test_every_text_of_a_goal_that_is_blank_is_refused_at_its_place():
    """Each said once."""
    blank = dict.fromkeys(("why", "outcome", "reality", "support_wanted"), " ")
    found = draft_goal().would("edit", **blank, obstacles=(" ",), by=ANNA, at=at(1))
    assert places(found) == [("V002", p) for p in ("obstacles[0]", "outcome", "reality", "support_wanted", "why")]


def test_acts_for_each_person_are_the_buttons_of_a_page():
    """In the order of the table."""
    kept = ("move_due", "fulfil", "miss_commitment")
    assert proposed_goal().acts_for(OLE) == ("suggest_option", "ask_change", "sign", "promise", *kept)
    assert half_signed_goal().acts_for(ANNA) == (
        "suggest_option",
        "adopt_option",
        "choose_option",
        "invest",
        "recall",
        "drop",
        "promise",
        "move_due",
        "fulfil",
        "release",
        "miss_commitment",
    )
    assert achieved_goal().acts_for(OLE) == ("confirm", "take_back")
    assert achieved_goal().acts_for(ANNA) == ("reopen", "see", "take_back")
    assert agreed_goal().acts_for(STRANGER) == ()
