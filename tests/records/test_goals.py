"""Goals: what is particular to them, beside what all records share."""

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

    def test_what_is_closed_is_not_reopened(self):
        """Promises go on, a confirmation may follow, and nothing else."""
        for goal in (achieved_goal(), missed_goal(), dropped_goal()):
            acts = {row.act for row in Goal.lifecycle.rows_from(goal.state)}
            assert acts - {"confirm"} == {"move_due", "fulfil", "see", "release", "miss_commitment"}

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
        "drop",
        "promise",
        "move_due",
        "fulfil",
        "release",
        "miss_commitment",
    )
    assert achieved_goal().acts_for(OLE) == ("confirm",)
    assert agreed_goal().acts_for(STRANGER) == ()
