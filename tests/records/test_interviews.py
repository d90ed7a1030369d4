"""What is particular to interviews: slots, preparing, turns, what finishing looks at, and questions one may ask."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from attrs import evolve

from coaching.kernel.policy import Policy
from coaching.kernel.record import Await
from coaching.kernel.signing import verify
from coaching.records.interviews import Absence, Disclosure, Interview, LookBack, Preparation, Slot
from coaching.records.turns import ASKS, COACHEES, INTERVIEWERS, Turn, TurnKind
from stage import ANNA, EVA, OLE, STRANGER, at, codes, on, refused
from stage.interviews import (
    DONE,
    GOAL,
    LATER,
    SLOT,
    check_in,
    full_talk,
    held_talk,
    long_talk,
    open_talk,
    planned_talk,
    prepared_talk,
    scheduled_talk,
    signed_talk,
    taken_over,
    understood_talk,
    vital_talk,
)
from stage.nasty import NoMoment

# --- before the talk -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("planner", [ANNA, OLE])
def test_either_of_the_two_may_plan(planner):
    """The talk is both sides' concern."""
    assert planned_talk(by=planner).state == "planned"


def test_nobody_else_plans_a_talk():
    """A stranger is refused, and told who may."""
    (finding,) = refused(lambda: planned_talk(by=STRANGER))
    assert finding.code == "V011"
    assert ANNA in finding.message
    assert OLE in finding.message


@pytest.mark.parametrize(
    ("content", "cycle"),
    [
        ({}, "2026"),
        ({"cycle": "2025"}, "2025"),
        ({"cycle": "2026-H1"}, "2026-H1"),
        ({"cycle": "2026-Q3"}, "2026-Q3"),
        ({"cycle": "Spring"}, "Spring"),
        ({"kind": "follow_up"}, None),
        ({"kind": "follow_up", "cycle": "2026"}, "2026"),
        ({"due_on": date(26, 3, 2)}, "0026"),
    ],
)
def test_an_annual_talk_counts_for_the_year_it_is_due_in(content, cycle):
    """Unless another cycle is named; talks in between count for none by themselves."""
    assert planned_talk(**content).cycle == cycle


@pytest.mark.parametrize(("cycle", "code"), [("", "V001"), (" 2026", "V001"), ("2026\n", "V001"), (2026, "V015")])
def test_a_cycle_is_a_word(cycle, code):
    """Of the house's choice, and a key: V001; a number is none."""
    assert [(f.code, f.path) for f in refused(lambda: planned_talk(cycle=cycle))] == [(code, "cycle")]


@pytest.mark.parametrize(
    ("talk", "cycle"),
    [
        (planned_talk(), "2026"),
        (planned_talk(cycle="2025-H2"), "2025-H2"),
        (taken_over("held", slot=SLOT), "2026"),
        (taken_over("held", slot=SLOT, held_on=date(2025, 12, 30)), "2025"),
        (taken_over("held", slot=SLOT, cycle="2025"), "2025"),
        (taken_over("unsigned", held_on=date(2025, 12, 30), due_on=on(9)), "2025"),
        (taken_over("planned", slot=SLOT, held_on=date(2025, 12, 30), due_on=date(2027, 1, 31)), "2027"),
        (taken_over("scheduled", slot=SLOT), None),
        (taken_over("held"), None),
    ],
)
def test_what_a_talk_counts_for(talk, cycle):
    """What is named; else the year it was held in; else, of one from elsewhere that lies ahead, that it is due in."""
    assert talk.counts_for() == cycle


@pytest.mark.parametrize("none", ["soon", NoMoment(2026, 3, 2), at(30)])
def test_a_due_date_that_is_none_is_named_once(none):
    """The year is not taken from what is no date, whatever class it is of."""
    plan = {"coachee": ANNA, "interviewer": OLE, "kind": "annual", "by": ANNA, "at": at(0)}
    found = Interview.would_new("plan", "i-1", **plan, due_on=none)
    assert [(f.code, f.path) for f in found] == [("V015", "due_on")]


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"minutes": 14}, "minutes"),
        ({"minutes": 481}, "minutes"),
        ({"place": ""}, "place"),
        ({"place": " Room 4"}, "place"),
    ],
)
def test_a_slot_out_of_bounds_names_what_is_wrong(wrong, path):
    """I003 points at the part of the slot."""
    given = {"start": at(30), "minutes": 60, "place": "Room 4", **wrong}
    assert [(f.code, f.path) for f in refused(lambda: Slot(**given))] == [("I003", path)]


@pytest.mark.parametrize("missing", ["start", "minutes", "place"])
def test_a_slot_is_complete(missing):
    """Each of the three parts is asked for by I003."""
    given = {n: v for n, v in {"start": at(30), "minutes": 60, "place": "Room 4"}.items() if n != missing}
    assert [(f.code, f.path) for f in refused(lambda: Slot(**given))] == [("I003", missing)]


@pytest.mark.parametrize("minutes", [15, 480])
def test_a_slot_may_be_as_short_and_as_long_as_the_rule_says(minutes):
    """Both ends of I003 belong to it."""
    assert Slot(at(30), minutes, "Room 4").minutes == minutes


def test_a_slot_without_an_offset_is_no_moment():
    """V003, as everywhere."""
    assert codes(refused(lambda: Slot(at(30).replace(tzinfo=None), 60, "Room 4"))) == ["V003"]


def test_the_day_of_the_invitation_is_that_of_scheduling():
    """And a new slot does not make it later."""
    talk = planned_talk().schedule(SLOT, by=OLE, at=at(2)).reschedule(LATER, "Ole travels", by=OLE, at=at(9))
    assert talk.invited_at == at(2)
    assert talk.slot == LATER


SLOT_WRITTEN = '{"minutes":90,"place":"Room 4","start":"2026-04-01T12:00:00Z"}'


def test_the_history_keeps_the_slot_that_was_moved():
    """As a document writes it, with the reason."""
    entry = scheduled_talk().reschedule(LATER, "Ole travels", by=OLE, at=at(9)).history[-1]
    assert entry.was == {"slot": SLOT_WRITTEN}
    assert entry.reason == "Ole travels"


def test_a_new_slot_needs_a_reason_in_words():
    """A blank one says nothing."""
    assert codes(refused(lambda: scheduled_talk().reschedule(LATER, " ", by=OLE, at=at(9)))) == ["V002"]


def test_a_missed_talk_is_planned_again_and_says_who_did_not_come():
    """The slot that was missed stays on record, and the next one is a new invitation."""
    talk = prepared_talk().miss(OLE, "Called to a client", by=ANNA, at=at(30))
    assert (talk.state, talk.slot, talk.invited_at) == ("planned", None, None)
    assert talk.absences == (Absence(OLE, SLOT),)
    assert talk.history[-1].was["slot"] == SLOT_WRITTEN
    assert talk.schedule(LATER, by=OLE, at=at(31)).invited_at == at(31)


@pytest.mark.parametrize(("moment", "told"), [(at(2), ["I031"]), (at(30, 11), ["I031"]), (at(30), []), (at(44), [])])
def test_nobody_is_missing_before_the_slot_begins(moment, told):
    """I031 at its border, whatever the offset of who says it; a house may be milder."""
    given = {"absent": OLE, "reason": "Ill", "by": ANNA}
    for zone in (UTC, timezone(timedelta(hours=-8))):
        assert codes(scheduled_talk().would("miss", **given, at=moment.astimezone(zone))) == told
    mild = Policy(severities={"I031": "off"})
    assert scheduled_talk().would("miss", **given, at=moment, policy=mild) == ()


def test_what_has_no_slot_may_be_missed_at_any_time():
    """A talk from another system need not say when it was to be; and of an earlier slot nothing is said again."""
    missed = taken_over("scheduled").miss(OLE, "Ill", by=ANNA, at=at(1))
    assert missed.absences == (Absence(OLE, None),)
    again = scheduled_talk().miss(OLE, "Ill", by=ANNA, at=at(31)).schedule(LATER, by=ANNA, at=at(31))
    assert codes(again.would("miss", absent=EVA, reason="Ill", by=ANNA, at=at(32))) == ["V017"]
    assert codes(again.would("miss", absent=OLE, reason="Ill", by=ANNA, at=at(32))) == ["I031"]


def test_only_somebody_who_was_expected_can_be_missing():
    """V017 names the two."""
    (finding,) = prepared_talk().would("miss", absent=EVA, reason="Was not there", by=ANNA, at=at(30))
    assert (finding.code, finding.path) == ("V017", "absent")
    assert OLE in finding.message
    (finding,) = taken_over("scheduled", interviewer=None).would("miss", absent=OLE, reason="Ill", by=ANNA, at=at(30))
    assert finding.params["known"] == ANNA


def test_a_new_interviewer_is_responsible_from_now_on():
    """The old one is in the history, and may no longer act."""
    talk = scheduled_talk().reassign(EVA, "Anna moves to Eva's unit", by=OLE, at=at(5))
    assert talk.interviewer == EVA
    assert talk.history[-1].was == {"interviewer": OLE}
    assert codes(talk.would("start", by=OLE, at=at(30))) == ["V011"]
    assert talk.start(by=EVA, at=at(30)).state == "open"


@pytest.mark.parametrize("talk", [planned_talk(), scheduled_talk()])
def test_the_coachee_may_name_another_interviewer(talk):
    """The old one may be gone; a stranger may not."""
    assert talk.reassign(EVA, "Ole has left", by=ANNA, at=at(5)).interviewer == EVA
    assert codes(talk.would("reassign", new_interviewer=EVA, by=STRANGER, at=at(5))) == ["V011"]
    nobody = talk.would("reassign", new_interviewer=None, by=ANNA, at=at(5))
    assert [(f.code, f.path) for f in nobody] == [("I032", "new_interviewer"), ("V014", "new_interviewer")]


def test_a_talk_is_not_handed_over_to_its_coachee():
    """I001 holds after every act."""
    assert codes(planned_talk().would("reassign", new_interviewer=ANNA, by=OLE, at=at(1))) == ["I001"]


def test_new_notes_replace_ones_own_and_nobody_elses():
    """One preparation for each who prepares."""
    talk = prepared_talk().prepare("Ask about the house first", by=ANNA, at=at(7))
    assert talk.preparations == (
        Preparation(OLE, at(6), "Ask about the pilot line"),
        Preparation(ANNA, at(7), "Ask about the house first"),
    )


def test_after_a_handover_the_new_interviewer_has_to_prepare():
    """The notes of the old one stay theirs, and count for nobody else."""
    talk = prepared_talk().reassign(EVA, by=OLE, at=at(7))
    assert talk.unprepared() == (EVA,)
    assert codes(talk.findings(on(8))) == ["I005"]


@pytest.mark.parametrize("talk", [planned_talk(), scheduled_talk()])
def test_a_talk_is_called_off_for_a_reason(talk):
    """As long as it has not begun; and nothing can be done with it afterwards."""
    ended = talk.cancel("Ole has left", by=ANNA, at=at(3))
    assert ended.state == "cancelled"
    assert ended.acts_for(ANNA) == ended.acts_for(OLE) == ()


def test_a_cancelled_talk_from_elsewhere_is_valid_without_a_reason():
    """I016 is a warning there: nobody here saw it being cancelled."""
    (finding,) = taken_over("cancelled").findings(on(1))
    assert (finding.code, finding.severity) == ("I016", "warning")


# --- advice before the talk ------------------------------------------------------------------------------------------


def test_a_house_sets_how_early_it_invites():
    """I004 counts against the policy."""
    talk = prepared_talk(Slot(at(20), 60, "Room 4"))
    assert talk.findings(on(6), policy=Policy(notice_days=20)) == ()


def test_without_a_slot_or_an_invitation_nothing_is_said_about_either():
    """A scheduled talk from elsewhere need not know them."""
    told = codes(taken_over("scheduled").findings(on(1)))
    assert told == codes(taken_over("scheduled", slot=SLOT).findings(on(1))) == ["I005"]


def test_a_further_sitting_may_be_short():
    """I028 is about the talk as a whole, which an adjournment divides."""
    talk = open_talk().adjourn(Slot(at(32), 30, "Room 5"), by=OLE, at=at(30))
    assert talk.findings(on(31)) == ()


def test_a_talk_in_between_may_be_short():
    """I028 is about annual ones."""
    assert prepared_talk(Slot(at(30), 30, "Room 4"), kind="check_in").findings(on(6)) == ()


def test_an_unprepared_talk_may_begin_and_is_told():
    """I005 never blocks."""
    talk = scheduled_talk().start(by=ANNA, at=at(30))
    assert codes(talk.findings(on(30))) == ["I005"]
    assert len(talk.findings(on(30))) == 2


# --- the talk --------------------------------------------------------------------------------------------------------


def test_turns_are_numbered_in_their_order():
    """Who says something is its speaker, and when, is its time."""
    talk = vital_talk()
    assert [t.number for t in talk.turns] == [1, 2, 3, 4]
    assert talk.turns[0] == Turn(1, OLE, "question", "Where are you heading?", at(30), vital="heading", open=True)


def test_a_stranger_has_nothing_to_say():
    """Only the two talk."""
    assert codes(open_talk().would("say", text="Hello", kind="note", by=STRANGER, at=at(30))) == ["V011"]


@pytest.mark.parametrize("kind", TurnKind)
@pytest.mark.parametrize(("speaker", "not_theirs"), [(ANNA, INTERVIEWERS), (OLE, COACHEES)])
def test_each_side_has_kinds_of_its_own(kind, speaker, not_theirs):
    """I027: what the other side alone may say is refused, and the rest is open."""
    told = codes(open_talk().would("say", text="So it is", kind=kind, by=speaker, at=at(30)))
    assert told == (["I027"] if kind in not_theirs else [])


@pytest.mark.parametrize(("kind", "speaker", "whose"), [("idea", OLE, "coachee"), ("challenge", ANNA, "interviewer")])
def test_whose_a_kind_of_turn_is_is_told(kind, speaker, whose):
    """I027 names the side that may say it."""
    (finding,) = open_talk().would("say", text="So it is", kind=kind, by=speaker, at=at(30))
    assert finding.message == f"{kind} is the {whose}'s, and {speaker} says it"


@pytest.mark.parametrize("back", [1, 2])
def test_a_turn_does_not_reply_to_itself_or_ahead(back):
    """I026 in an act: it points to an earlier one."""
    talk = open_talk().say("What now?", "question", by=OLE, at=at(30))
    told = codes(talk.would("say", text="Wait", kind="reply", reply_to=back, by=ANNA, at=at(30)))
    assert told == (["I026"] if back == 2 else [])


def test_turns_from_elsewhere_are_numbered_without_a_gap():
    """I026 in whatever comes in."""
    turns = (Turn(1, ANNA, "note", "First"), Turn(3, ANNA, "note", "Third"))
    assert [(f.code, f.path) for f in refused(lambda: evolve(open_talk(), turns=turns))] == [
        ("I026", "turns[1].number")
    ]
    answers = (Turn(1, ANNA, "note", "First"), Turn(3, ANNA, "reply", "Third", reply_to=1))
    assert [f.path for f in refused(lambda: evolve(open_talk(), turns=answers))] == ["turns[1].number"]


@pytest.mark.parametrize("mark", [{"decision": "no"}, {"open": True}, {"vital": "route"}])
def test_each_mark_stands_where_it_says_something(mark):
    """I029 names the mark that does not fit the kind."""
    (finding,) = open_talk().would("say", text="So", kind="note", by=ANNA, at=at(30), **mark)
    assert (finding.code, finding.path) == ("I029", next(iter(mark)))


@pytest.mark.parametrize(
    ("kind", "mark"),
    [
        ("reply", {"decision": "no"}),
        ("question", {"open": True}),
        ("question", {"vital": "route"}),
        ("answer", {"vital": "route"}),
    ],
)
def test_marks_that_fit_are_kept(kind, mark):
    """Each kind with the marks that belong to it."""
    (turn,) = open_talk().say("So", kind, by=ANNA, at=at(30), **mark).turns
    assert {name: getattr(turn, name) for name in mark} == mark


def test_everything_wrong_with_a_turn_is_said_at_once():
    """A blank text, an unknown kind, an unknown phase and a time before the last entry."""
    told = refused(lambda: open_talk().say(" ", "shout", phase="end", by=ANNA, at=at(29)))
    assert {f.code for f in told} == {"V002", "V009", "V012"}
    assert {f.path for f in told} == {"text", "kind", "phase", "at"}


def test_looking_back_is_part_of_the_talk():
    """A remark by one of the two, on something named."""
    talk = open_talk().look_back_at(GOAL, "The pilot ran three days", by=ANNA, at=at(30))
    assert talk.look_back == (LookBack(GOAL, "The pilot ran three days", ANNA, at(30)),)


def test_a_talk_in_two_sittings_goes_on_where_it_stopped():
    """Turns stay, numbering goes on, and the old slot is in the history."""
    talk = vital_talk().adjourn(LATER, by=OLE, at=at(30))
    assert (talk.state, talk.slot, talk.history[-1].was) == ("scheduled", LATER, {"slot": SLOT_WRITTEN})
    talk = talk.start(by=ANNA, at=at(40)).say("Where were we?", "question", by=OLE, at=at(40))
    assert talk.turns[-1].number == 5


def test_what_the_old_interviewer_said_stays_said():
    """A handover between two sittings leaves the turns of the first as they were."""
    talk = vital_talk().say("You want a plant", "summary", by=OLE, at=at(30)).adjourn(LATER, by=OLE, at=at(30))
    talk = talk.reassign(EVA, by=OLE, at=at(31)).start(by=EVA, at=at(40))
    assert [t.speaker for t in talk.turns].count(OLE) == 2
    assert talk.say("What is new?", "question", by=EVA, at=at(40)).turns[-1].speaker == EVA


@pytest.mark.parametrize("kind", ASKS)
def test_what_is_asked_waits_for_the_other_side(kind):
    """Ole is awaited to say something; a reply by Anna herself, or to another turn, does not count."""
    talk = check_in().say("Hm", "note", by=OLE, at=at(30)).say("I want a desk", kind, by=ANNA, at=at(30))
    assert Await(OLE, "say", "2") in talk.awaits()
    talk = talk.say("Never mind", "reply", reply_to=2, by=ANNA, at=at(30))
    talk = talk.say("I see", "reply", reply_to=1, by=OLE, at=at(30)).say("Well", "reply", by=OLE, at=at(30))
    assert [t.number for t in talk.unanswered()] == [2]
    talk = talk.say("You get it on Monday", "reply", reply_to=2, decision="yes", by=OLE, at=at(30))
    assert talk.unanswered() == ()
    assert [a.act for a in talk.awaits()] == ["finish", "finish"]


def test_a_concern_of_the_interviewer_waits_for_the_coachee():
    """Concerns are open to both, and both are answered."""
    talk = check_in().say("You look tired", "concern", by=OLE, at=at(30))
    assert Await(ANNA, "say", "1") in talk.awaits()
    assert talk.say("I sleep badly", "reply", reply_to=1, decision="answered", by=ANNA, at=at(30)).unanswered() == ()


# --- finishing -------------------------------------------------------------------------------------------------------


def test_a_talk_in_between_asks_only_for_what_it_comes_to():
    """No vital answers, no summary, no promises, no disclosures, no follow-up."""
    assert check_in().finish((GOAL,), by=ANNA, at=at(30)).state == "held"


def test_an_empty_annual_talk_is_told_everything_at_once():
    """All gates of finishing speak, each in its place."""
    told = refused(lambda: open_talk().finish(by=OLE, at=at(30)))
    assert sorted({f.code for f in told}) == ["I007", "I010", "I011", "I012", "I013", "I024"]
    assert sum(f.code == "I007" for f in told) == 3
    assert sum(f.code == "I013" for f in told) == 2


def test_nothing_changes_or_something_does():
    """I011: a reason why nothing changes does not stand beside outcomes."""
    (finding,) = full_talk().would("finish", **DONE, no_change="All is well", by=OLE, at=at(30))
    assert (finding.code, finding.path) == ("I011", "no_change")


def test_a_house_may_be_milder_about_finishing():
    """The same gap is a warning afterwards."""
    mild = Policy(severities={"I024": "warning"})
    talk = full_talk().finish((GOAL,), follow_up_on=on(120), by=OLE, at=at(30), policy=mild)
    assert codes(talk.findings(on(30))) == ["I024"]


def test_finishing_keeps_all_that_was_given():
    """Outcomes, disclosures, follow-up and feedback."""
    passed_on = Disclosure("That Anna wants to move", to="p-1", released_by=ANNA)
    talk = full_talk().finish((GOAL,), None, (passed_on,), on(120), ("f-1",), by=OLE, at=at(30))
    assert (talk.outcomes, talk.disclosures, talk.feedback) == ((GOAL,), (passed_on,), ("f-1",))
    assert (talk.follow_up_on, talk.no_change) == (on(120), None)


@pytest.mark.parametrize(
    ("after", "missing"),
    [
        (["summary"], "the summary is not confirmed"),
        (["confirmation"], "no summary since the last vital answer"),
        (["summary", "confirmation"], None),
        (["summary", "confirmation", "summary"], None),
        (["summary", "confirmation", "correction"], "corrected, and no new summary"),
        (["summary", "correction", "confirmation"], "corrected, and no new summary"),
        (["summary", "correction", "summary"], "the summary is not confirmed"),
        (["summary", "correction", "summary", "confirmation"], None),
        (["summary", "confirmation", "answer"], "no summary since the last vital answer"),
        (["summary", "answer", "confirmation"], "no summary since the last vital answer"),
    ],
)
def test_understanding_is_what_the_coachee_confirms_last(after, missing):
    """I010: after the last vital answer, and again after a correction; a further summary takes nothing back."""
    talk = vital_talk()
    for kind in after:
        vital = {"vital": "route"} if kind == "answer" else {}
        talk = talk.say("So it is", kind, by=OLE if kind == "summary" else ANNA, at=at(30), **vital)
    told = [f.message for f in talk.would("finish", **DONE, by=OLE, at=at(30)) if f.code == "I010"]
    assert told == ([missing] if missing else [])


@pytest.mark.parametrize(("reply_to", "confirmed"), [(1, False), (5, True), (None, True)])
def test_a_confirmation_of_something_else_does_not_confirm_the_summary(reply_to, confirmed):
    """Where it says what it answers, it has to be the last summary."""
    talk = vital_talk().say("You want a plant", "summary", by=OLE, at=at(30))
    talk = talk.say("Yes", "confirmation", reply_to=reply_to, by=ANNA, at=at(30))
    assert ("I010" in codes(talk.would("finish", by=OLE, at=at(30)))) is not confirmed


def test_an_answer_that_is_not_vital_needs_no_new_summary():
    """Only the three questions are summed up."""
    talk = full_talk().say("Yes, gladly", "answer", by=ANNA, at=at(30))
    assert talk.finish(**DONE, by=OLE, at=at(30)).state == "held"


@pytest.mark.parametrize(("days", "told"), [(29, ["I012"]), (30, ["I012"]), (31, [])])
def test_the_talk_is_taken_up_again_after_the_day_it_was_held(days, told):
    """I012 at its border."""
    assert codes(full_talk().would("finish", **{**DONE, "follow_up_on": on(days)}, by=OLE, at=at(30))) == told


@pytest.mark.parametrize("state", ["held", "signed"])
def test_a_talk_held_elsewhere_is_valid_and_says_what_is_missing(state):
    """Principle 10: gates that nobody here saw pass are warnings."""
    told = taken_over(state).findings(on(1))
    assert {f.severity for f in told} == {"warning"}
    unsigned = {"I014"} if state == "signed" else set()
    assert {f.code for f in told} == {"I007", "I010", "I011", "I012", "I013", "I024"} | unsigned


def test_the_follow_up_of_a_talk_held_elsewhere_is_judged_by_its_day_where_that_is_known():
    """I012; where nobody says when it was held, nothing can be said."""
    early = on(-300)
    assert "I012" not in codes(taken_over("held", follow_up_on=early).findings(on(1)))
    assert "I012" in codes(taken_over("held", follow_up_on=early, held_on=early).findings(on(1)))
    assert "I012" in codes(taken_over("held", follow_up_on=early, slot=SLOT).findings(on(1)))


# --- the day it was held ---------------------------------------------------------------------------------------------


def two_sittings():
    """Begun on day 30, gone on with on day 40, and not finished yet."""
    return full_talk().adjourn(LATER, by=OLE, at=at(30)).start(by=OLE, at=at(40))


def test_the_day_it_was_held_is_that_of_the_last_sitting():
    """Where nobody says another; notes are often finished days later."""
    assert full_talk().finish(**DONE, by=OLE, at=at(35)).held_on == on(30)
    assert two_sittings().finish(**DONE, by=OLE, at=at(45)).held_on == on(40)
    assert two_sittings().sittings() == (on(30), on(40))


@pytest.mark.parametrize(
    ("talk", "day", "told"),
    [
        (full_talk, on(29), ["is before"]),
        (full_talk, on(30), []),
        (full_talk, on(35), []),
        (full_talk, on(36), ["is after"]),
        (two_sittings, on(29), ["is before"]),
        (two_sittings, on(30), []),
        (two_sittings, on(45), []),
        (two_sittings, on(46), ["is after"]),
    ],
)
def test_the_day_it_was_held_lies_between_the_first_sitting_and_the_end(talk, day, told):
    """I035 at its borders."""
    found = talk().would("finish", **DONE, held_on=day, by=OLE, at=at(35 if talk is full_talk else 45))
    assert [(f.code, f.path) for f in found] == [("I035", "held_on")] * len(told)
    assert all(words in f.message for f, words in zip(found, told, strict=True))


def test_a_talk_that_is_wholly_written_up_later_was_held_on_the_day_of_its_slot():
    """Nobody pressed start in the room: it is begun and finished on the fourth day after."""
    talk = prepared_talk(kind="check_in").start(by=OLE, at=at(34))
    assert talk.finish((GOAL,), by=OLE, at=at(34)).held_on == on(34)
    assert talk.finish((GOAL,), held_on=on(30), by=OLE, at=at(34)).held_on == on(30)
    assert codes(talk.would("finish", outcomes=(GOAL,), held_on=on(29), by=OLE, at=at(34))) == ["I035"]


def test_at_midnight_either_day_will_do():
    """Begun on Wednesday in Oslo, finished at the same hour by a server that still has Tuesday."""
    oslo = timezone(timedelta(hours=1))
    night = at(30, 23).astimezone(oslo)
    talk = prepared_talk(Slot(night, 60, "By phone"), kind="check_in").start(by=OLE, at=night)
    done = talk.finish((GOAL,), by=OLE, at=at(30, 23))
    assert done.held_on == on(31)
    assert done.findings(on(32)) == ()


@pytest.mark.parametrize("wrong", ["soon", at(30), 7])
def test_the_day_it_was_held_is_a_day(wrong):
    """V015, beside whatever else is wrong; nothing else is said for it."""
    found = full_talk().would("finish", **DONE, held_on=wrong, by=OLE, at=at(30))
    assert [(f.code, f.path) for f in found] == [("V015", "held_on")]


def test_the_talk_is_taken_up_again_after_the_day_it_was_held_and_not_that_of_writing():
    """I012 counts from `held_on`."""
    late = {**DONE, "follow_up_on": on(32)}
    assert full_talk().would("finish", **late, by=OLE, at=at(35)) == ()
    assert codes(full_talk().would("finish", **late, held_on=on(32), by=OLE, at=at(35))) == ["I012"]


def test_a_wrong_day_is_amended():
    """A slip can be taken back, within the same borders: the day of amending is none of them."""
    held = full_talk().finish(**DONE, held_on=on(34), by=OLE, at=at(35))
    amended = held.amend(held_on=on(31), by=ANNA, at=at(50))
    assert (amended.held_on, amended.held_day(), amended.revision) == (on(31), on(31), 2)
    assert amended.history[-1].was == {"held_on": str(on(34))}
    assert held.amend(held_on=None, by=ANNA, at=at(50)).held_day() == on(30)
    for day in (on(29), on(36)):
        assert codes(held.would("amend", held_on=day, by=ANNA, at=at(50))) == ["I035"]


def test_of_a_talk_from_elsewhere_the_earlier_sittings_may_be_unknown():
    """Only what is ahead is refused."""
    begun = taken_over("open", slot=LATER, kind="check_in")
    assert begun.finish((GOAL,), by=OLE, at=at(41)).held_on == on(40)
    assert begun.finish((GOAL,), by=OLE, at=at(35)).held_on == on(35)
    assert taken_over("open", kind="check_in").finish((GOAL,), by=OLE, at=at(35)).held_on == on(35)
    assert begun.finish((GOAL,), held_on=on(3), by=OLE, at=at(41)).held_on == on(3)
    assert codes(begun.would("finish", outcomes=(GOAL,), held_on=on(42), by=OLE, at=at(41))) == ["I035"]
    held = taken_over("held", kind="check_in", held_on=on(-3))
    assert held.amend(held_on=on(-4), by=OLE, at=at(1)).held_on == on(-4)
    assert codes(held.would("amend", held_on=on(2), by=OLE, at=at(1))) == ["I035"]
    assert "I035" not in codes(taken_over("held", held_on=on(9)).findings(on(1)))


def test_the_day_it_was_held_is_signed():
    """Who wrote another one in is found out."""
    talk = signed_talk()
    assert "H003" in codes(verify(evolve(talk, held_on=on(29))))


def test_a_talk_finished_before_the_day_was_kept_was_held_at_its_last_sitting():
    """As documents of then have it."""
    assert evolve(held_talk(), held_on=None).held_day() == on(30)


def test_a_slot_ends_when_its_minutes_are_over():
    """At the end of time it ends there."""
    assert Slot(at(30), 90, "Room 4").end == at(30) + timedelta(minutes=90)
    last = datetime.max.replace(tzinfo=UTC)
    assert Slot(last, 15, "Room 4").end == last


# --- an interviewer whom nobody named --------------------------------------------------------------------------------


@pytest.mark.parametrize("state", Interview.lifecycle.states)
def test_a_talk_from_elsewhere_may_name_no_interviewer(state):
    """I032: an old system may not say who it was. Everything can be asked of it, and Anna can act."""
    talk = taken_over(state, interviewer=None, slot=SLOT)
    assert talk.interviewer is None
    assert {turn.person for turn in talk.awaits()} <= {ANNA}
    assert talk.unprepared() == (ANNA,)
    assert all("None" not in f.message for f in talk.findings(on(1)))
    assert codes(talk.would("sign", by=STRANGER, at=at(1))) == ["V011"]
    for act in talk.acts_for(ANNA):
        assert "V011" not in codes(talk.would(act, by=ANNA, at=at(1)))


def test_the_coachee_names_the_interviewer_whom_nobody_named():
    """And the talk goes on; one that was held is left unsigned."""
    assert taken_over("planned", interviewer=None).reassign(OLE, by=ANNA, at=at(1)).interviewer == OLE
    held = taken_over("held", interviewer=None, kind="check_in", outcomes=(GOAL,)).sign(by=ANNA, at=at(1))
    assert held.state == "held"
    assert held.leave_unsigned("Nobody knows who it was", by=ANNA, at=at(2)).state == "unsigned"


def test_a_talk_from_elsewhere_without_interviewer_may_hold_asks_that_nobody_answers():
    """Nobody is awaited for them; what the coachee has to answer is hers."""
    turns = (Turn(1, ANNA, "ask_help", "Will you ask?"), Turn(2, OLE, "concern", "You look tired"))
    talk = taken_over("open", interviewer=None, turns=turns)
    assert [t.number for t in talk.unanswered()] == [1, 2]
    assert [a for a in talk.awaits() if a.act == "say"] == [Await(ANNA, "say", "2")]


def test_a_talk_that_began_here_names_its_interviewer():
    """I032 holds for whatever comes in."""
    assert codes(refused(lambda: evolve(planned_talk(), interviewer=None))) == ["I032"]
    assert codes(refused(lambda: planned_talk(interviewer=None))) == ["I032"]


# --- left unsigned ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("somebody", [ANNA, OLE])
def test_either_leaves_a_talk_unsigned(somebody):
    """It was held, and nobody is awaited to sign; what was promised stands."""
    talk = held_talk().leave_unsigned("Ole has left", by=somebody, at=at(50))
    assert (talk.state, talk.revision, talk.held_day()) == ("unsigned", 1, on(30))
    assert talk.history[-1].reason == "Ole has left"
    assert {turn.act for turn in talk.awaits()} == {"fulfil"}
    assert talk.findings(on(50)) == ()
    assert verify(talk) == ()


def test_a_signature_that_stands_stays():
    """Anna has signed, Ole is gone."""
    talk = held_talk().sign(by=ANNA, at=at(31)).leave_unsigned("Ole has left", by=ANNA, at=at(50))
    assert [s.by for s in talk.signatures] == [ANNA]
    assert codes(talk.would("sign", by=OLE, at=at(51))) == ["V010"]
    assert verify(talk) == ()


def test_leaving_it_unsigned_takes_a_reason():
    """Nobody else may, and only what was held is left so."""
    talk = held_talk()
    assert [(f.code, f.path) for f in talk.would("leave_unsigned", by=ANNA, at=at(50))] == [("V014", "reason")]
    assert codes(talk.would("leave_unsigned", reason=" ", by=ANNA, at=at(50))) == ["V002"]
    assert codes(talk.would("leave_unsigned", reason="Gone", by=STRANGER, at=at(50))) == ["V011"]
    for other in (planned_talk(), scheduled_talk(), open_talk(), signed_talk()):
        assert codes(other.would("leave_unsigned", reason="Gone", by=ANNA, at=at(50))) == ["V010"]


def test_what_was_left_unsigned_may_be_taken_up_again():
    """No dead end for a slip: reopened with a reason, in a new revision, it is signed by both."""
    talk = held_talk().sign(by=ANNA, at=at(31)).leave_unsigned("Ole has left", by=ANNA, at=at(50))
    (found,) = talk.would("amend", no_change="Nothing", by=ANNA, at=at(50))
    assert found.code == "V010"
    assert "reopen" in found.message
    again = talk.reopen("Ole is back", by=OLE, at=at(60))
    assert (again.state, again.revision, again.signatures) == ("held", 2, ())
    assert again.sign(by=ANNA, at=at(61)).sign(by=OLE, at=at(61)).state == "signed"


# --- what guards finishing guards the last signature -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("emptied", "told"),
    [
        ({"turns": (), "outcomes": ()}, {"I007", "I010", "I011"}),
        ({"turns": ()}, {"I007", "I010"}),
        ({"outcomes": ()}, {"I011"}),
        ({"outcomes": (), "no_change": "All is well"}, set()),
        ({"no_change": "All is well"}, {"I011"}),
        ({"disclosures": ()}, {"I024"}),
        ({"follow_up_on": None}, {"I012"}),
        ({"follow_up_on": on(30)}, {"I012"}),
        ({"feedback": ("f-1",)}, set()),
    ],
)
def test_an_emptied_talk_is_not_signed(emptied, told):
    """It may be amended, and signed by one; the last signature is refused, and told why."""
    talk = held_talk().amend(**emptied, by=OLE, at=at(31)).sign(by=ANNA, at=at(31))
    assert talk.state == "held"
    assert set(codes(talk.would("sign", by=OLE, at=at(31)))) == told
    assert set(codes(talk.findings(on(31)))) >= told


def test_an_ask_that_lost_its_reply_is_not_signed():
    """I009 guards the last signature as well."""
    asked = full_talk().say("Will you ask?", "ask_help", by=ANNA, at=at(30))
    held = asked.say("Yes", "reply", decision="yes", reply_to=7, by=OLE, at=at(30)).finish(**DONE, by=OLE, at=at(30))
    talk = held.amend(turns=held.turns[:7], by=ANNA, at=at(31)).sign(by=OLE, at=at(31))
    assert codes(talk.would("sign", by=ANNA, at=at(31))) == ["I009"]


LET_GO = {"release": {"reason": "No need"}, "miss_commitment": {"reason": "Forgot"}}


@pytest.mark.parametrize("act", LET_GO)
def test_a_promise_that_was_let_go_is_none(act):
    """I013: released or broken before finishing, or before the last signature; kept, it counts."""
    given = {"commitment": "c-2", "by": ANNA, "at": at(61), **LET_GO[act]}
    assert codes(full_talk().act(act, **given).would("finish", **DONE, by=OLE, at=at(61))) == ["I013"]
    half = held_talk().sign(by=ANNA, at=at(31))
    (found,) = half.act(act, **given).would("sign", by=OLE, at=at(61))
    assert (found.code, found.path, found.params["person"]) == ("I013", "commitments", OLE)
    anew = half.act(act, **given).promise("c-3", "Ask Per", on(90), by=OLE, at=at(61))
    assert anew.sign(by=ANNA, at=at(62)).sign(by=OLE, at=at(62)).state == "signed"
    kept = held_talk().fulfil("c-2", "They are free", by=OLE, at=at(31)).fulfil("c-1", "Done", by=ANNA, at=at(31))
    assert kept.sign(by=ANNA, at=at(32)).sign(by=OLE, at=at(32)).state == "signed"


@pytest.mark.parametrize("act", LET_GO)
def test_what_is_let_go_after_the_signatures_is_not_held_against_them(act):
    """I013 looked at what stood then; a promise from elsewhere that is broken was none."""
    talk = signed_talk().act(act, commitment="c-2", by=ANNA, at=at(61), **LET_GO[act])
    assert codes(talk.fulfil("c-1", "Done", by=ANNA, at=at(61)).findings(on(61))) == []
    broken = [evolve(c, state="broken") for c in signed_talk().commitments]
    found = [f for f in taken_over("held", commitments=broken).findings(on(1)) if f.code == "I013"]
    assert len(found) == 2


def test_a_talk_from_elsewhere_is_signed_here_only_when_it_is_whole():
    """Principle 10: the next time the gate's act is done on it, the gate is asked in full."""
    talk = taken_over("held").sign(by=ANNA, at=at(1))
    told = {"I007", "I010", "I011", "I012", "I013", "I024"}
    assert set(codes(talk.would("sign", by=OLE, at=at(1)))) == told
    mild = Policy(severities=dict.fromkeys(told, "warning"))
    assert talk.sign(by=OLE, at=at(1), policy=mild).state == "signed"


# --- signing ---------------------------------------------------------------------------------------------------------


def test_both_signatures_carry_the_talk_on_and_both_verify():
    """Held until the second one."""
    once = held_talk().sign(by=OLE, at=at(31))
    assert (once.state, once.sign(by=ANNA, at=at(32)).state) == ("held", "signed")
    assert verify(once.sign(by=ANNA, at=at(32))) == ()


def test_amending_asks_both_to_sign_again():
    """What was corrected is a new revision, and what was replaced is in the history."""
    talk = held_talk().sign(by=ANNA, at=at(31)).amend(follow_up_on=on(150), by=OLE, at=at(32))
    assert (talk.revision, talk.signatures, talk.follow_up_on) == (2, (), on(150))
    assert talk.history[-1].was == {"follow_up_on": str(on(120))}


def test_the_words_of_a_turn_may_be_amended():
    """Under the same rules as when they were said."""
    talk = held_talk()
    said = (evolve(talk.turns[0], text="Where are you heading right now?"), *talk.turns[1:])
    assert talk.amend(turns=said, by=OLE, at=at(31)).turns[0].text == "Where are you heading right now?"
    mixed_up = (evolve(talk.turns[0], kind="idea", vital=None, open=False), *talk.turns[1:])
    assert codes(talk.would("amend", turns=mixed_up, by=OLE, at=at(31))) == ["I027"]


def test_who_talked_is_not_amended():
    """V016 names what may be."""
    (finding,) = held_talk().would("amend", coachee=EVA, by=OLE, at=at(31))
    assert (finding.code, finding.path) == ("V016", "coachee")


def test_a_promise_after_the_talk_is_signed_anew():
    """While it is held; in the talk itself it changed no revision."""
    talk = held_talk().sign(by=ANNA, at=at(31))
    assert talk.revision == 1
    talk = talk.promise("c-3", "Call Per", on(60), by=OLE, at=at(32))
    assert (talk.revision, talk.signatures) == (2, ())


@pytest.mark.parametrize(
    ("act", "given"),
    [
        ("say", {"text": "One more thing", "kind": "note"}),
        ("look_back_at", {"ref": GOAL, "remark": "Better than I thought"}),
        ("amend", {"no_change": "All is well"}),
        ("promise", {"id": "c-3", "text": "Call Per", "due": on(60)}),
    ],
)
def test_nothing_is_added_to_a_signed_record(act, given):
    """I015 says so, and what to do."""
    (finding,) = signed_talk().would(act, **given, by=OLE, at=at(32))
    assert finding.code == "I015"
    assert "reopen" in finding.mend


def test_promises_are_kept_under_the_signatures():
    """What became of a promise is no change of what was signed."""
    talk = signed_talk().fulfil("c-2", "Fridays are free", by=OLE, at=at(40)).see("c-2", by=ANNA, at=at(41))
    assert (talk.state, talk.revision, len(talk.signatures)) == ("signed", 1, 2)
    assert verify(talk) == ()


def test_promises_are_awaited_once_the_talk_was_held():
    """Beside the signatures."""
    assert held_talk().awaits() == (
        Await(ANNA, "sign"),
        Await(OLE, "sign"),
        Await(ANNA, "fulfil", "c-1"),
        Await(OLE, "fulfil", "c-2"),
    )


@pytest.mark.parametrize(("day", "told"), [(44, []), (45, ["I023"])])
def test_two_weeks_are_enough_to_sign(day, told):
    """I023 at its border: held on day 30."""
    assert codes(held_talk().findings(on(day))) == told


def test_an_amended_talk_has_time_to_be_signed_again():
    """The days count from the revision that is to be signed."""
    talk = held_talk().amend(follow_up_on=on(150), by=OLE, at=at(43))
    assert talk.findings(on(57)) == ()
    assert codes(talk.findings(on(58))) == ["I023"]


# --- advice about the talk -------------------------------------------------------------------------------------------


def test_nine_turns_say_nothing_about_who_talked():
    """I017 to I019 wait for the tenth: fewer were not all recorded."""
    talk = check_in().say("You should go on a course " * 9, "suggestion", by=OLE, at=at(30))
    for _ in range(8):
        talk = talk.say("Yes", "note", by=ANNA, at=at(30))
    assert talk.findings(on(30)) == ()
    assert codes(talk.say("Yes", "note", by=ANNA, at=at(30)).findings(on(30))) == ["I017", "I018", "I019"]


def test_half_of_the_words_is_not_too_much():
    """Nine words each: 18 in all; one more of Ole's is over half."""
    question = {"text": "What is it that you would like to", "open": True}
    talk = long_talk((OLE, "question", question), (OLE, "note", {}), (ANNA, "note", {"text": "I know"}))
    assert (talk.words_share(), talk.findings(on(30))) == (Decimal("0.50"), ())
    assert codes(talk.say("Well", "note", by=OLE, at=at(30)).findings(on(30))) == ["I017"]


def test_the_share_of_words_is_none_before_the_first():
    """Nothing is divided by nothing."""
    assert open_talk().words_share() is None
    assert vital_talk().words_share() == Decimal("0.18")


def test_a_suggestion_after_the_first_idea_in_its_phase_is_welcome():
    """I019 looks at each phase for itself, and names the turn."""
    told = long_talk(
        (OLE, "question", {"open": True}),
        (OLE, "suggestion", {"phase": "options"}),
        (ANNA, "idea", {"phase": "options"}),
        (OLE, "suggestion", {"phase": "options"}),
    ).findings(on(30))
    assert [(f.code, f.path, f.message) for f in told] == [
        ("I019", "turns[1]", "turn 2 suggests something in the phase options, before any idea of the coachee")
    ]


def test_only_annual_talks_are_asked_for_dreams():
    """I020 is quiet in a check-in, and where no turn was recorded."""
    assert check_in().say("Hm", "note", by=ANNA, at=at(30)).findings(on(30)) == ()
    assert open_talk().findings(on(30)) == ()


@pytest.mark.parametrize(("speaker", "side"), [(ANNA, "coachee"), (OLE, "interviewer")])
def test_praise_from_one_side_only_is_told(speaker, side):
    """I022 names the side that spoke."""
    (finding,) = vital_talk().say("Well done", "affirmation", by=speaker, at=at(30)).findings(on(30))
    assert (finding.code, finding.params["side"]) == ("I022", side)


def test_named_feedback_may_have_gone_either_way():
    """I022 is quiet: which way it went is not known here."""
    talk = full_talk().say("Well done", "affirmation", by=OLE, at=at(30))
    assert talk.finish(**DONE, feedback=("f-1",), by=OLE, at=at(30)).findings(on(30)) == ()


def test_praise_in_a_check_in_may_go_one_way():
    """I022 is about annual talks."""
    assert check_in().say("Well done", "affirmation", by=OLE, at=at(30)).findings(on(30)) == ()


# --- questions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("talk", "expected"),
    [
        (planned_talk(), [(ANNA, "schedule"), (OLE, "schedule")]),
        (scheduled_talk(), [(ANNA, "start"), (OLE, "start"), (ANNA, "prepare"), (OLE, "prepare")]),
        (prepared_talk(), [(ANNA, "start"), (OLE, "start")]),
        (open_talk(), [(ANNA, "finish"), (OLE, "finish")]),
        (scheduled_talk().cancel("Ole has left", by=OLE, at=at(1)), []),
    ],
)
def test_it_is_known_whose_turn_it_is(talk, expected):
    """The rows that lead on, and who has not prepared."""
    assert [(a.person, a.act) for a in talk.awaits()] == expected


@pytest.mark.parametrize(
    ("talk", "day"),
    [
        (open_talk(), None),
        (held_talk(), on(30)),
        (signed_talk().reopen("A date was wrong", by=OLE, at=at(50)), on(30)),
        (taken_over("held", slot=SLOT), on(30)),
        (taken_over("held", slot=SLOT, held_on=on(2)), on(2)),
        (held_talk().leave_unsigned("Ole has left", by=ANNA, at=at(50)), on(30)),
        (taken_over("unsigned", slot=SLOT), on(30)),
        (taken_over("signed"), None),
        (taken_over("planned", slot=SLOT, held_on=on(2)), None),
    ],
)
def test_the_day_it_counts_from(talk, day):
    """That it was held on; else that of the slot, where nobody here saw it; none before it is held."""
    assert talk.held_day() == day


def test_texts_tell_people_what_they_need():
    """A turn and a slot read well in a message."""
    assert str(Turn(3, ANNA, "idea", "Ask Eva")) == "3 idea by p-17: Ask Eva"
    start = at(30).astimezone(timezone(timedelta(hours=1)))
    assert str(Slot(start, 45, "Café Nord")) == "2026-04-01T13:00+01:00, 45 minutes, Café Nord"


def test_ids_of_promises_are_used_once():
    """I030 names the second."""
    talk = understood_talk().promise("c-1", "Ask Eva", on(60), by=ANNA, at=at(30))
    (finding,) = talk.would("promise", id="c-1", text="Ask Per", due=on(60), by=OLE, at=at(30))
    assert (finding.code, finding.path) == ("I030", "id")


def test_acts_by_name_are_the_same_acts():
    """For buttons and queues."""
    given = {"coachee": ANNA, "interviewer": OLE, "kind": "annual", "due_on": on(200), "by": ANNA, "at": at(0)}
    talk = Interview.new("plan", "i-1", **given)
    assert talk == planned_talk()
    slot = {"start": at(30), "minutes": 90, "place": "Room 4"}
    assert talk.act("schedule", slot=slot, by=OLE, at=at(0)) == scheduled_talk()
