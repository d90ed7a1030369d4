"""Questions to a book: who manages and coaches whom, what waits, what was learned, and where a dream led."""

from datetime import timedelta

import pytest
from attrs import evolve

from coaching import (
    Book,
    Feedback,
    Interview,
    LookBack,
    Person,
    Policy,
    Ref,
    Rejected,
)
from coaching.book.questions import Insight, Matter
from coaching.records.relationships import CoachingRelationship
from stage import ANNA, EVA, OLE, PER, STRANGER, at, on
from stage.book import JOINED, managed, someone
from stage.feedback import acknowledged, draft, given, requested
from stage.feedback import imported as feedback_from_elsewhere
from stage.goals import agreed_goal, draft_goal, dropped_goal, paused_goal
from stage.interviews import check_in, held_talk, planned_talk, scheduled_talk, signed_talk
from stage.moves import YLVA, agreed, approved_by, asked, wished
from stage.paths import COURSE, agreed_path, draft_path, revised_path, shared_path
from stage.people import HR
from stage.relationships import ended

PEOPLE = [(ANNA, OLE), (EVA, OLE), (OLE, PER), (PER, None)]


def pair(id, coach, coachee, kind="line_manager"):
    """An active relationship, taken over."""
    return CoachingRelationship.import_(
        id, state="active", coach=coach, coachee=coachee, kind=kind, by=HR, at=at(0), source="old HR"
    )


class TestLines:
    """`manager_of`, `reports_of`, `chain`."""

    def test_the_manager_on_a_day(self):
        """None at the top, before somebody came, and for strangers."""
        book = managed(PEOPLE)
        assert [book.manager_of(p, on(0)) for p in (ANNA, OLE, PER, STRANGER)] == [OLE, PER, None, None]
        assert book.manager_of(ANNA, JOINED - timedelta(1)) is None

    def test_the_reports_on_a_day_in_order(self):
        """Those who came later or left are not among them; nor is one who has another manager now."""
        book = managed(PEOPLE)
        assert book.reports_of(OLE, on(0)) == (ANNA, EVA)
        assert book.reports_of(ANNA, on(0)) == ()
        eva = book.get(Person, EVA).change_manager("po-1", PER, on(10), by=HR, at=at(1))
        anna = book.get(Person, ANNA).leave(on(20), "Left", by=HR, at=at(1))
        changed = book.put(eva, anna)
        assert [changed.reports_of(OLE, on(day)) for day in (9, 10, 20, 21)] == [(ANNA, EVA), (ANNA,), (ANNA,), ()]
        assert changed.reports_of(PER, on(10)) == (OLE, EVA)

    def test_the_chain_of_coaches_nearest_first(self):
        """Each as line manager where there is one, otherwise whoever coaches."""
        book = managed(PEOPLE).put(
            pair("r-1", EVA, ANNA, "mentor"),
            pair("r-2", OLE, ANNA),
            pair("r-3", PER, OLE, "coach"),
            evolve(ended(), id="r-4"),
        )
        assert book.chain(ANNA) == (OLE, PER)
        assert book.chain(PER) == ()
        assert book.remove(book.get(CoachingRelationship, "r-2")).chain(ANNA) == (EVA,)

    def test_two_who_coach_each_other_end_the_chain(self):
        """Peers may."""
        book = managed(PEOPLE).put(pair("r-1", OLE, EVA, "peer"), pair("r-2", EVA, OLE, "peer"))
        assert (book.chain(EVA), book.chain(OLE)) == ((OLE,), (EVA,))


class TestOverdue:
    """`overdue`: what is past its day, by whom."""

    def test_a_goal_and_its_promises(self):
        """From the day after; paused ones too, and none that is closed."""
        book = Book([agreed_goal()])
        assert book.overdue(on(30)) == ()
        assert book.overdue(on(31)) == (
            Matter("goal", "g-1", "commitments[0]", "Ask Eva", ANNA, on(30), "c-1"),
            Matter("goal", "g-1", "commitments[1]", "Free your Fridays", OLE, on(30), "c-2"),
        )
        late = Matter("goal", "g-1", "target_on", "Lead a pilot line", ANNA, on(180))
        assert book.overdue(on(181))[0] == late
        assert Book([paused_goal()]).overdue(on(181))[0] == late
        closed = Book([dropped_goal(), evolve(draft_goal(target_on=None), id="g-2")])
        assert [m.path for m in closed.overdue(on(181)) if m.path == "target_on"] == []

    def test_a_promise_that_was_kept_is_not(self):
        """Only the other one."""
        kept = agreed_goal().fulfil("c-1", "Eva said yes", by=ANNA, at=at(20))
        assert [m.what for m in Book([kept]).overdue(on(31))] == ["Free your Fridays"]

    def test_a_talk_that_is_not_held_by_its_day(self):
        """Planned or scheduled; a held one is on time for ever, though its promises are not."""
        late = Matter("interview", "i-1", "due_on", "annual interview", OLE, on(200))
        for talk in (planned_talk(), scheduled_talk()):
            assert Book([talk]).overdue(on(200)) == ()
            assert Book([talk]).overdue(on(201)) == (late,)
        assert [m.path for m in Book([held_talk()]).overdue(on(201))] == ["commitments[0]", "commitments[1]"]
        undated = Interview.import_(
            "i-2", state="planned", kind="check_in", coachee=ANNA, interviewer=OLE, by=HR, at=at(0), source="old HR"
        )
        assert Book([undated]).overdue(on(201)) == ()

    def test_feedback_that_was_asked_for(self):
        """By the one who was asked; declined or given, it is no longer late."""
        book = Book([requested()])
        assert book.overdue(on(10)) == ()
        assert book.overdue(on(11)) == (Matter("feedback", "f-1", "due", "The pilot line", OLE, on(10)),)
        by_ref = Feedback.request("f-2", giver=OLE, due=on(10), refs=(Ref("goal", "g-1"),), by=ANNA, at=at(1))
        assert [m.what for m in Book([by_ref]).overdue(on(11))] == ["feedback"]
        assert Book([requested().decline(by=OLE, at=at(2))]).overdue(on(11)) == ()

    def test_the_handover_of_a_move(self):
        """Promised to those who stay."""
        move = agreed().promise("c-1", "Show Eva the line", on(50), to=OLE, by=ANNA, at=at(3))
        found = Matter("move", "mv-1", "commitments[0]", "Show Eva the line", ANNA, on(50), "c-1")
        assert (Book([move]).overdue(on(50)), Book([move]).overdue(on(51))) == ((), (found,))


class TestWaiting:
    """`stalled`, `unanswered`, `awaits`."""

    def test_goals_on_which_nothing_happens(self):
        """After sixty days, or as many as the house says."""
        book = Book([agreed_goal()])
        assert (book.stalled(on(63)), book.stalled(on(64))) == ((), (agreed_goal(),))
        assert book.stalled(on(64), policy=Policy(stalled_days=90)) == ()

    def test_an_ask_in_a_talk(self):
        """By the other side, from the day it was said; a reply answers it."""
        talk = check_in().say("I cannot move house now", "concern", by=ANNA, at=at(30))
        talk = talk.say("What if you could work from home?", "concern", by=OLE, at=at(31))
        assert Book([talk]).unanswered(on(37)) == ()
        assert Book([talk]).unanswered(on(39)) == (
            Matter("interview", "i-1", "turns[0]", "I cannot move house now", OLE, on(30), "1"),
            Matter("interview", "i-1", "turns[1]", "What if you could work from home?", ANNA, on(31), "2"),
        )
        talk = talk.say("No", "reply", reply_to=1, decision="no", by=OLE, at=at(32))
        assert [m.path for m in Book([talk]).unanswered(on(39))] == ["turns[1]"]
        assert [m.path for m in Book([talk]).unanswered(on(33), policy=Policy(reply_days=1))] == ["turns[1]"]

    def test_an_ask_whose_day_nobody_noted(self):
        """Counts from the last entry."""
        asked_once = check_in().say("I cannot move house now", "concern", by=ANNA, at=at(30)).turns[0]
        turns = (evolve(asked_once, at=None),)
        talk = Interview.import_(
            "i-1", state="open", kind="check_in", coachee=ANNA, interviewer=OLE, turns=turns, by=HR, at=at(50),
            source="old HR",
        )  # fmt: skip
        assert [m.since for m in Book([talk]).unanswered(on(58))] == [on(50)]

    def test_a_request_for_feedback(self):
        """Since it was asked; a draft is an answer on its way."""
        assert Book([requested()]).unanswered(on(8)) == ()
        assert Book([requested()]).unanswered(on(9)) == (Matter("feedback", "f-1", "", "The pilot line", OLE, on(1)),)
        by_ref = Feedback.request("f-2", giver=OLE, due=on(10), refs=(Ref("goal", "g-1"),), by=ANNA, at=at(1))
        assert [m.what for m in Book([by_ref]).unanswered(on(9))] == ["feedback"]
        assert Book([draft()]).unanswered(on(90)) == ()

    def test_a_move_that_some_have_not_answered(self):
        """Since it was asked, whoever answered in between; a change asks anew. A promise is no answer."""
        move = approved_by(ANNA, OLE).promise("c-1", "Show Eva", on(50), to=OLE, by=ANNA, at=at(5))
        waiting = [
            Matter("move", "mv-1", "approvals", "approve the move", EVA, on(1)),
            Matter("move", "mv-1", "approvals", "approve the move", YLVA, on(1)),
        ]
        assert Book([move]).unanswered(on(8)) == ()
        assert list(Book([move]).unanswered(on(9))) == waiting
        changed = move.change("Later", start_on=on(70), by=EVA, at=at(6))
        assert Book([changed]).unanswered(on(13)) == ()
        assert [m.person for m in Book([changed]).unanswered(on(14))] == [ANNA, OLE, EVA, YLVA]
        assert Book([wished(), evolve(agreed(), id="mv-2")]).unanswered(on(90)) == ()

    def test_one_who_answers_in_two_roles_waits_once(self):
        """Eva receives Anna and speaks for the client."""
        move = asked(client_by=EVA)
        assert [m.person for m in Book([move]).unanswered(on(9))] == [ANNA, OLE, EVA]

    def test_what_a_person_is_awaited_to_do(self):
        """Across all records, by kind and id; nobody else's turn."""
        goal = draft_goal().invest("time", "Fridays", by=ANNA, at=at(1)).propose(by=ANNA, at=at(2))
        book = managed(PEOPLE).put(goal, requested(), asked(), shared_path())
        turns = [(turn.kind, turn.id, turn.awaited.act) for turn in book.awaits(OLE)]
        assert ("goal", "g-1", "sign") in turns
        assert ("feedback", "f-1", "write") in turns
        assert ("move", "mv-1", "approve") in turns
        assert ("path", "path-1", "sign") in turns
        assert {turn.awaited.person for turn in book.awaits(OLE)} == {OLE}
        assert book.awaits(STRANGER) == ()


class TestLearning:
    """`insights`, `dreams_without_step`, `timeline`, `trace`."""

    def test_insights_oldest_first(self):
        """By the day they were noted, whatever happened to the feedback later; without one it says nothing."""
        first = evolve(given(), id="f-1").acknowledge("Thanks", insight="I listen", by=ANNA, at=at(3))
        first = first.share("coach", by=OLE, at=at(50))
        other = evolve(given(), id="f-0").acknowledge(strength="Patience", by=ANNA, at=at(4))
        silent = evolve(acknowledged(), id="f-3")
        old = evolve(feedback_from_elsewhere(state="acknowledged", insight="I wait"), id="f-4")
        assert Book([old, silent, first, other]).insights(ANNA) == (
            Insight(on(3), "f-1", "I listen", None),
            Insight(on(4), "f-0", None, "Patience"),
            Insight(old.acknowledged_at and old.acknowledged_at.date(), "f-4", "I wait", None),
        )
        assert Book([first]).insights(OLE) == ()

    def test_dreams_that_no_step_serves(self):
        """In the paths that live; withdrawn ones are let go."""
        path = draft_path().dream("d-2", "Sail to Iceland", by=ANNA, at=at(1))
        path = path.dream("d-3", "A dog", by=ANNA, at=at(1)).withdraw_dream("d-3", by=ANNA, at=at(2))
        assert [d.id for d in Book([path]).dreams_without_step(ANNA)] == ["d-2"]
        assert Book([path.archive("Left", by=HR, at=at(3))]).dreams_without_step(ANNA) == ()
        old, new = revised_path()
        gone = old.supersede(new, by=ANNA, at=at(102))
        assert [d.id for d in Book([gone, new]).dreams_without_step(ANNA)] == []

    def test_the_timeline_in_the_order_of_time(self):
        """Everything about a person, also what others did; what is of one moment by kind and id."""
        book = Book([someone(), draft_goal(), requested(), planned_talk()])
        told = [(line.kind, line.act, line.by) for line in book.timeline(ANNA)]
        assert told == [
            ("goal", "begin", ANNA),
            ("interview", "plan", ANNA),
            ("person", "register", "hr-1"),
            ("feedback", "request", ANNA),
        ]
        assert [line.at for line in book.timeline(ANNA)] == sorted(line.at for line in book.timeline(ANNA))
        assert [line.kind for line in book.timeline(OLE)] == ["goal", "interview", "feedback"]
        assert book.timeline(STRANGER) == ()

    def test_where_a_dream_led(self):
        """The step that serves it, goals for it or for the step, the needs these serve, the talks about them."""
        direct = draft_goal(serves=(Ref("dream", "d-1", "path-1"), Ref("need", "n-1", "path-1")))
        by_step = evolve(draft_goal(serves=(Ref("step", "s-1"),)), id="g-2")
        named = evolve(draft_goal(serves=()), id="g-3")
        other = evolve(draft_goal(serves=(Ref("dream", "d-1", "path-7"),)), id="g-4")
        path = draft_path(steps=(evolve(COURSE, goals=("g-3",)),))
        book = Book([path, direct, by_step, named, other])
        trace = book.trace("path-1", "d-1")
        assert (trace.dream.id, trace.path) == ("d-1", "path-1")
        assert [step.id for step in trace.steps] == ["s-1"]
        assert [goal.id for goal in trace.goals] == ["g-1", "g-2", "g-3"]
        assert [need.id for need in trace.needs] == ["n-1"]
        assert trace.interviews == ()

    @pytest.mark.parametrize(
        ("goal", "talk"),
        [
            ({}, {"outcomes": (Ref("goal", "g-1"),)}),
            ({}, {"look_back": (LookBack(Ref("step", "s-1", "path-1"), "On its way", ANNA),)}),
            ({}, {"outcomes": (Ref("dream", "d-1"),)}),
            ({"from_interview": "i-9"}, {}),
        ],
    )
    def test_talks_about_it(self, goal, talk):
        """What came of them is its goal, its step or itself, they looked back at it, or the goal came from one."""
        begun = draft_goal(serves=(Ref("dream", "d-1"),), **goal)
        talked = held(**talk)
        assert Book([draft_path(), begun, talked]).trace("path-1", "d-1").interviews == (talked,)

    def test_talks_about_something_else(self):
        """Of the same id but another kind, or of another path; and talks of others."""
        begun = draft_goal(serves=(Ref("dream", "d-1"),))
        for ref in (Ref("interview", "g-1"), Ref("goal", "s-1"), Ref("step", "s-1", "path-7"), Ref("goal", "g-9")):
            assert Book([draft_path(), begun, held(outcomes=(ref,))]).trace("path-1", "d-1").interviews == ()
        of_eva = held(outcomes=(Ref("goal", "g-1"),), coachee=EVA)
        assert Book([draft_path(), begun, of_eva]).trace("path-1", "d-1").interviews == ()

    def test_a_dream_that_was_carried_over_keeps_its_goals(self):
        """They named the path that came before."""
        old, new = revised_path()
        goal = draft_goal(serves=(Ref("dream", "d-1", "path-1"),))
        assert [g.id for g in Book([old, new, goal]).trace("path-2", "d-1").goals] == ["g-1"]

    def test_a_dream_that_led_nowhere_yet(self):
        """Is a dream all the same."""
        trace = Book([draft_path(steps=()), signed_talk()]).trace("path-1", "d-1")
        assert (trace.needs, trace.steps, trace.goals, trace.interviews) == ((), (), (), ())

    def test_a_path_or_dream_that_is_not_there(self):
        """X002, named."""
        for path, dream in (("path-9", "d-1"), ("path-1", "d-9")):
            with pytest.raises(Rejected, match=f"X002: there is no dream '{dream}' in a path '{path}'"):
                Book([agreed_path()]).trace(path, dream)


def held(coachee=ANNA, **fields):
    """A talk of Anna's that was held."""
    return Interview.import_(
        "i-9", state="held", kind="check_in", coachee=coachee, interviewer=OLE, by=HR, at=at(30), source="old HR",
        **fields,
    )  # fmt: skip


def test_questions_to_an_empty_book():
    """Nothing, and no error."""
    book = Book()
    assert book.chain(ANNA) == book.overdue(on(0)) == book.stalled(on(0)) == book.unanswered(on(0)) == ()
    assert book.awaits(ANNA) == book.insights(ANNA) == book.dreams_without_step(ANNA) == book.timeline(ANNA) == ()
    assert (book.reports_of(ANNA, on(0)), book.manager_of(ANNA, on(0))) == ((), None)
