"""Commitments: the little life of a promise, told on a goal, where Anna and Ole promise each other something."""

from datetime import timedelta

import pytest
from attrs import evolve

from coaching import Await, Commitment, verify
from coaching.records.commitments import COMMITMENT, CommitmentKind, DueMove
from stage import ANNA, EVA, OLE, STRANGER, at, codes, on, refused
from stage.goals import agreed_goal, draft_goal, dropped_goal, half_signed_goal, kept_goal, paused_goal, proposed_goal
from stage.interviews import signed_talk
from stage.moves import agreed

BECAUSE = "The client asks for it"


def places(findings):
    """Code and path of each finding."""
    return [(f.code, f.path) for f in findings]


def anna_asks_eva(goal):
    """The promise of Anna's, to herself."""
    return goal.commitments[0]


def ole_frees_fridays(goal):
    """The promise of Ole's, to Anna."""
    return goal.commitments[1]


def handed_over():
    """A goal that Eva supports now; what Ole promised stands."""
    return agreed_goal().renegotiate("Ole leaves", coach=EVA, by=ANNA, at=at(20))


def dropped_draft():
    """A goal that was given up before anybody promised anything."""
    return draft_goal().drop(BECAUSE, by=ANNA, at=at(1))


class TestPromising:
    """A promise is of the one who acts."""

    def test_a_promise_says_who_what_when_and_to_whom(self):
        """Its day is the day of the act."""
        promise = ole_frees_fridays(proposed_goal())
        assert (promise.by, promise.to, promise.kind) == (OLE, ANNA, CommitmentKind.SUPPORT)
        assert (promise.made_on, promise.due, promise.state) == (on(2), on(30), "promised")
        assert str(promise) == f"Free your Fridays (due {on(30)})"

    def test_nobody_promises_for_somebody_else(self):
        """Only those whose record it is promise; an act has no other name for the promiser than `by`."""
        goal = draft_goal()
        assert places(handed_over().would("promise", id="c-3", text="Help", due=on(60), by=OLE, at=at(21))) == [
            ("K002", "by")
        ]
        assert places(goal.would("promise", id="c-1", text="Help", due=on(9), by=EVA, at=at(1))) == [("V011", "by")]
        found = goal.would("promise", id="c-1", text="Help", due=on(9), promiser=OLE, by=ANNA, at=at(1))
        assert places(found) == [("V016", "promiser")]

    def test_a_promise_in_a_proposed_goal_is_signed_anew(self):
        """In a draft and in an agreed goal it makes no new revision."""
        for goal, revised in ((draft_goal(), 0), (half_signed_goal(), 1), (agreed_goal(), 0)):
            more = goal.promise("c-9", "Ask Per", on(40), by=ANNA, at=at(4))
            assert more.revision == goal.revision + revised
            assert more.signatures == (() if revised else goal.signatures)

    def test_promises_made_under_the_signatures_leave_them_valid(self):
        """They bind those who made them; nobody signed them."""
        goal = agreed_goal()
        for n in range(3):
            goal = goal.promise(f"c-{n + 5}", "Ask Per", on(40), by=OLE, at=at(4 + n))
            assert verify(goal) == ()

    def test_everything_wrong_with_a_promise_is_said_at_once(self):
        """Each fault once, in the order of their places."""
        found = handed_over().would("promise", id=" ", text=" ", due=on(-1), kind="oath", by=OLE, at=at(21))
        assert places(found) == [("K002", "by"), ("K003", "due"), ("V001", "id"), ("V012", "kind"), ("V002", "text")]

    def test_a_moment_that_is_none_is_the_only_fault_of_a_sound_promise(self):
        """The day of the promise follows from it, and is not blamed."""
        assert places(draft_goal().would("promise", id="c-1", text="Help", due=on(9), by=ANNA, at="noon")) == [
            ("V015", "at")
        ]

    def test_a_day_that_is_none_is_said_once(self):
        """A promise says by when: nothing more is to be said."""
        assert places(draft_goal().would("promise", id="c-1", text="Help", due=None, by=ANNA, at=at(1))) == [
            ("K001", "due")
        ]


class TestKeeping:
    """Kept, moved, seen, released or broken, by the one who may."""

    def test_what_is_seen_is_no_longer_to_be_seen_and_nothing_is_missed_early(self):
        """The buttons of a page; without a day, what opens with time counts as open."""
        goal = agreed_goal()
        due = anna_asks_eva(goal).due
        assert "miss_commitment" in goal.acts_for(OLE)
        assert [("miss_commitment" in goal.acts_for(OLE, on=day)) for day in (due, due + timedelta(days=1))] == [
            False,
            True,
        ]
        done = goal.fulfil("c-2", "Said", by=OLE, at=at(9))
        assert "see" in done.acts_for(ANNA)
        assert "see" not in done.see("c-2", by=ANNA, at=at(10)).acts_for(ANNA)

    def test_a_promise_is_done_on_the_day_of_the_act_or_on_the_day_named(self):
        """Result and day are kept."""
        goal = agreed_goal().fulfil("c-1", "She said yes", by=ANNA, at=at(9))
        assert (anna_asks_eva(goal).state, anna_asks_eva(goal).done_on, anna_asks_eva(goal).result) == (
            "done", on(9), "She said yes",
        )  # fmt: skip
        goal = agreed_goal().fulfil("c-1", "She said yes", done_on=on(7), by=ANNA, at=at(9))
        assert anna_asks_eva(goal).done_on == on(7)

    def test_only_the_one_who_promised_says_that_it_is_done(self):
        """Not even the one it was promised to."""
        assert places(agreed_goal().would("fulfil", commitment="c-2", result="He did", by=ANNA, at=at(9))) == [
            ("K005", "by")
        ]

    def test_a_moved_due_date_keeps_the_old_one_and_a_reason(self):
        """Each move is an entry, and the promise as it was signed stays what was signed."""
        goal = agreed_goal().move_due("c-1", on(40), "Eva is away", by=ANNA, at=at(9))
        goal = goal.move_due("c-1", on(50), "Eva is still away", by=ANNA, at=at(20))
        assert anna_asks_eva(goal).moves == (
            DueMove(on(30), on(40), "Eva is away", at(9), 3, signed=True),
            DueMove(on(40), on(50), "Eva is still away", at(20), 3, signed=True),
        )
        assert anna_asks_eva(goal).due == on(50)
        assert (goal.revision, len(goal.signatures), verify(goal)) == (agreed_goal().revision, 2, ())

    def test_a_move_asks_for_a_reason_once(self):
        """One fault is one finding."""
        for reason, code in ((None, "V014"), (" ", "V002")):
            found = agreed_goal().would("move_due", commitment="c-1", due=on(40), reason=reason, by=ANNA, at=at(9))
            assert places(found) == [(code, "reason")]

    def test_a_move_to_no_day_is_said_once(self):
        """A promise that stands says by when."""
        found = agreed_goal().would("move_due", commitment="c-1", due=None, reason=BECAUSE, by=ANNA, at=at(9))
        assert places(found) == [("K001", "due")]

    def test_a_due_date_is_not_moved_before_the_promise_was_made(self):
        """Two dates that belong together."""
        found = agreed_goal().would("move_due", commitment="c-1", due=on(1), reason=BECAUSE, by=ANNA, at=at(9))
        assert codes(found) == ["K003"]

    def test_the_one_it_was_promised_to_sees_that_it_is_done(self):
        """And only then: a promise that stands is not seen."""
        assert codes(agreed_goal().would("see", commitment="c-2", by=ANNA, at=at(9))) == ["V010"]
        goal = kept_goal()
        assert (ole_frees_fridays(goal).seen_by, ole_frees_fridays(goal).state) == (ANNA, "done")
        assert codes(goal.would("see", commitment="c-2", by=OLE, at=at(20))) == ["K007"]
        (found,) = goal.would("see", commitment="c-2", by=ANNA, at=at(20))
        assert (found.code, found.path) == ("V010", "commitment")

    def test_the_one_it_was_promised_to_releases(self):
        """With a reason; a promise to oneself is released by oneself."""
        goal = agreed_goal().release("c-2", "I changed my hours", by=ANNA, at=at(9))
        assert (ole_frees_fridays(goal).state, goal.history[-1].reason) == ("released", "I changed my hours")
        assert anna_asks_eva(agreed_goal().release("c-1", BECAUSE, by=ANNA, at=at(9))).state == "released"
        assert codes(agreed_goal().would("release", commitment="c-2", reason=None, by=ANNA, at=at(9))) == ["V014"]

    @pytest.mark.parametrize("who", [ANNA, OLE])
    def test_either_side_says_that_a_promise_was_broken_once_it_is_past_due(self, who):
        """Not on the day itself."""
        given = {"commitment": "c-2", "reason": "He forgot", "by": who}
        assert codes(agreed_goal().would("miss_commitment", **given, at=at(30))) == ["K010"]
        goal = agreed_goal().miss_commitment(**given, at=at(31))
        assert (ole_frees_fridays(goal).state, goal.findings(on(40))[0].path) == ("broken", "commitments[0].due")

    def test_somebody_else_has_no_say_in_a_promise(self):
        """The finding says who has, to those who take part."""
        goal = handed_over()
        (found,) = goal.would("miss_commitment", commitment="c-2", reason="Late", by=EVA, at=at(31))
        assert (found.code, found.params["may"]) == ("V011", f"either side of the promise {OLE}, {ANNA}")
        (found,) = goal.would("miss_commitment", commitment="c-2", reason="Late", by=STRANGER, at=at(31))
        assert (found.code, dict(found.params)) == ("V011", {})

    def test_a_promise_that_has_ended_is_not_touched_again(self):
        """The finding says where it stands and what is open."""
        goal = kept_goal()
        (found,) = goal.would("fulfil", commitment="c-1", result="Again", by=ANNA, at=at(21))
        assert (found.code, found.path, found.params["open"]) == ("V010", "commitment", "see, take_back")
        released = agreed_goal().release("c-1", BECAUSE, by=ANNA, at=at(9))
        (found,) = released.would("move_due", commitment="c-1", due=on(60), reason=BECAUSE, by=ANNA, at=at(9))
        assert found.params["open"] == "none"

    def test_a_promise_that_is_not_there_is_named(self):
        """With those that are there."""
        (found,) = agreed_goal().would("see", commitment="c-9", by=ANNA, at=at(9))
        assert (found.code, found.path, found.params["known"]) == ("V017", "commitment", "c-1, c-2")
        (none,) = dropped_draft().would("see", commitment="c-9", by=ANNA, at=at(9))
        assert none.params["known"] == "none"

    def test_an_act_at_no_moment_says_so_and_no_more(self):
        """What follows from the moment is not blamed."""
        for act, given in (
            ("fulfil", {"commitment": "c-1", "result": "She said yes"}),
            ("miss_commitment", {"commitment": "c-1", "reason": "Late"}),
            ("see", {"commitment": "c-1"}),
        ):
            goal = agreed_goal().fulfil("c-1", "Yes", by=ANNA, at=at(9)) if act == "see" else agreed_goal()
            assert places(goal.would(act, **given, by=ANNA, at="noon")) == [("V015", "at")]

    def test_promises_outlive_the_goal(self):
        """They are kept while it rests and after it was dropped."""
        for goal in (paused_goal(), dropped_goal()):
            kept = goal.fulfil("c-2", "Fridays are free", by=OLE, at=at(20)).see("c-2", by=ANNA, at=at(20))
            assert ole_frees_fridays(kept).seen_by == ANNA
            assert verify(kept) == ()

    def test_promises_of_a_draft_wait_for_the_agreement(self):
        """Until both have signed nobody is bound."""
        goal = draft_goal().promise("c-1", "Ask Eva", on(30), by=ANNA, at=at(1))
        assert codes(goal.would("fulfil", commitment="c-1", result="Done", by=ANNA, at=at(2))) == ["V010"]
        assert Await(ANNA, "fulfil", "c-1") not in goal.awaits()


class TestTakingBack:
    """Ticked by mistake: the promise stands again, and both stand in the history."""

    def test_a_promise_that_was_ticked_by_mistake_stands_again(self):
        """Its day, its result and who saw it are emptied, and kept in the history."""
        kept = kept_goal()
        goal = kept.take_back("c-2", "It was the other Friday", by=OLE, at=at(21))
        promise, entry = ole_frees_fridays(goal), goal.history[-1]
        assert (promise.state, promise.done_on, promise.result, promise.seen_by) == ("promised", None, None, None)
        assert (entry.act, entry.by, entry.reason) == ("take_back", OLE, "It was the other Friday")
        assert dict(entry.was) == {
            "commitments[1].done_on": str(on(20)),
            "commitments[1].result": "Your Fridays are free",
            "commitments[1].seen_by": ANNA,
        }
        assert (goal.revision, goal.signatures, verify(goal)) == (kept.revision, kept.signatures, ())
        assert Await(OLE, "fulfil", "c-2") in goal.awaits()
        again = goal.fulfil("c-2", "Now they are", by=OLE, at=at(30)).see("c-2", by=ANNA, at=at(30))
        assert (ole_frees_fridays(again).done_on, verify(again)) == (on(30), ())

    def test_only_the_one_who_promised_takes_it_back(self):
        """Not the one it was promised to, though they saw it."""
        given = {"commitment": "c-2", "reason": BECAUSE, "at": at(21)}
        assert places(kept_goal().would("take_back", by=ANNA, **given)) == [("K005", "by")]
        assert codes(kept_goal().would("take_back", by=STRANGER, **given)) == ["V011"]
        assert "take_back" in kept_goal().acts_for(OLE)
        assert "take_back" not in agreed_goal().acts_for(OLE)

    def test_only_what_is_done_is_taken_back_and_for_a_reason(self):
        """What stands, was released or was broken is not."""
        goal = agreed_goal()
        for record in (
            goal,
            goal.release("c-2", BECAUSE, by=ANNA, at=at(9)),
            goal.miss_commitment("c-2", BECAUSE, by=OLE, at=at(31)),
        ):
            found = record.would("take_back", commitment="c-2", reason=BECAUSE, by=OLE, at=at(40))
            assert places(found) == [("V010", "commitment")]
        for reason, code in ((None, "V014"), (" ", "V002")):
            found = kept_goal().would("take_back", commitment="c-2", reason=reason, by=OLE, at=at(21))
            assert places(found) == [(code, "reason")]
        assert places(kept_goal().would("take_back", commitment="c-9", reason="No", by=OLE, at=at(21))) == [
            ("V017", "commitment")
        ]

    def test_it_is_taken_back_wherever_the_record_stands(self):
        """In a goal that was closed, in a signed talk, in a move that is done."""
        closed = kept_goal().drop(BECAUSE, by=ANNA, at=at(30)).take_back("c-1", "A slip", by=ANNA, at=at(31))
        assert (anna_asks_eva(closed).state, closed.state) == ("promised", "dropped")
        talk = signed_talk()
        part = talk.commitments[0]
        ticked = talk.fulfil(part.id, "Done", by=part.by, at=at(40)).take_back(part.id, "A slip", by=part.by, at=at(41))
        assert (ticked.commitments, ticked.signatures, verify(ticked)) == (talk.commitments, talk.signatures, ())
        move = (
            agreed().promise("c-1", "Hand over", on(50), to=OLE, by=ANNA, at=at(3)).complete(on(60), by=ANNA, at=at(60))
        )
        ticked = move.fulfil("c-1", "Done", by=ANNA, at=at(61)).take_back("c-1", "A slip", by=ANNA, at=at(62))
        assert ticked.commitments == move.commitments

    def test_a_due_date_that_is_moved_stands_in_the_history_too(self):
        """An entry says what it replaced."""
        goal = agreed_goal().move_due("c-1", on(40), "Eva is away", by=ANNA, at=at(9))
        assert dict(goal.history[-1].was) == {"commitments[0].due": str(on(30))}


class TestWhatIsSigned:
    """Of a promise: what was promised, due as it stood when the first of the two signed."""

    def test_a_move_between_the_two_signatures_leaves_both_valid(self):
        """Anna signs, moves her day, and Ole signs: both verify, and the move is theirs to see."""
        goal = half_signed_goal().move_due("c-1", on(40), "Eva is away", by=ANNA, at=at(4))
        assert verify(goal) == ()
        goal = goal.sign(by=OLE, at=at(5))
        assert (goal.state, anna_asks_eva(goal).due, verify(goal)) == ("agreed", on(40), ())
        assert len({signature.digest for signature in goal.signatures}) == 1
        assert anna_asks_eva(goal).agreed(goal.revision)["due"] == on(30)

    def test_a_move_before_the_first_signature_is_signed(self):
        """Both had seen it."""
        moved = proposed_goal().move_due("c-1", on(40), "Eva is away", by=ANNA, at=at(2))
        goal = moved.sign(by=ANNA, at=at(3)).sign(by=OLE, at=at(3))
        assert (anna_asks_eva(goal).agreed(goal.revision)["due"], verify(goal)) == (on(40), ())
        assert goal.signatures[0].digest != agreed_goal().signatures[0].digest

    def test_moves_before_between_and_after_are_told_apart(self):
        """Only the first of the three is signed."""
        goal = proposed_goal().move_due("c-1", on(40), "Ill", by=ANNA, at=at(2)).sign(by=OLE, at=at(3))
        goal = goal.move_due("c-1", on(50), "Ill", by=ANNA, at=at(4)).sign(by=ANNA, at=at(5))
        goal = goal.move_due("c-1", on(60), "Ill", by=ANNA, at=at(6))
        assert [move.signed for move in anna_asks_eva(goal).moves] == [False, True, True]
        assert (anna_asks_eva(goal).agreed(goal.revision)["due"], verify(goal)) == (on(40), ())

    def test_signed_anew_is_the_day_as_it_stands_then(self):
        """A new revision voids what was signed: the moved day is the one that both see."""
        goal = agreed_goal().move_due("c-1", on(60), "Eva is away", by=ANNA, at=at(4))
        goal = goal.renegotiate("Two lines", outcome="Two lines run", by=OLE, at=at(5))
        goal = goal.sign(by=ANNA, at=at(6)).move_due("c-1", on(70), "Ill", by=ANNA, at=at(7)).sign(by=OLE, at=at(8))
        assert (anna_asks_eva(goal).agreed(goal.revision)["due"], verify(goal)) == (on(60), ())

    def test_a_date_that_is_changed_by_hand_is_found_all_the_same(self):
        """What both signed is not another day because somebody says so."""
        goal = agreed_goal()
        forged = evolve(goal, commitments=(evolve(anna_asks_eva(goal), due=on(90)), *goal.commitments[1:]))
        assert set(codes(verify(forged))) == {"H002", "H003"}


class TestWhoseTurn:
    """Who is awaited, and what is open."""

    def test_the_one_who_promised_is_awaited_and_then_the_one_who_sees_it(self):
        """A promise to oneself needs nobody to see it."""
        goal = agreed_goal()
        assert goal.awaits() == (
            Await(ANNA, "achieve"),
            Await(ANNA, "fulfil", "c-1"),
            Await(OLE, "fulfil", "c-2"),
        )
        goal = goal.fulfil("c-1", "Yes", by=ANNA, at=at(9)).fulfil("c-2", "Free", by=OLE, at=at(9))
        assert goal.awaits() == (Await(ANNA, "achieve"), Await(ANNA, "see", "c-2"))
        assert goal.see("c-2", by=ANNA, at=at(9)).awaits() == (Await(ANNA, "achieve"),)

    def test_the_acts_on_promises_are_open_to_those_who_can_do_one(self):
        """Nothing is offered that no promise allows."""
        goal = agreed_goal()
        on_promises = [act for act in COMMITMENT.acts if act != "promise"]
        assert [a for a in goal.acts_for(ANNA) if a in on_promises] == [
            "move_due",
            "fulfil",
            "release",
            "miss_commitment",
        ]
        assert [a for a in goal.acts_for(OLE) if a in on_promises] == ["move_due", "fulfil", "miss_commitment"]
        done = goal.fulfil("c-2", "Free", by=OLE, at=at(9))
        assert [a for a in done.acts_for(OLE) if a in on_promises] == ["take_back"]
        assert "see" in done.acts_for(ANNA)

    def test_the_promises_of_an_act_are_the_choices_of_a_page(self):
        """Those that the act is open to, for the one who acts, on the day; of other acts none."""
        goal = agreed_goal()
        assert [c.id for c in goal.commitments_for(ANNA, "fulfil")] == ["c-1"]
        assert [c.id for c in goal.commitments_for(OLE, "fulfil")] == ["c-2"]
        assert [c.id for c in goal.commitments_for(ANNA, "release")] == ["c-1", "c-2"]
        assert goal.commitments_for(ANNA, "miss_commitment", on=on(30)) == ()
        assert [c.id for c in goal.commitments_for(OLE, "miss_commitment", on=on(31))] == ["c-2"]
        assert goal.commitments_for(ANNA, "promise") == goal.commitments_for(ANNA, "achieve") == ()
        assert goal.commitments_for(ANNA, "no such act") == goal.commitments_for(STRANGER, "fulfil") == ()
        assert dropped_draft().commitments_for(ANNA, "move_due") == ()
        assert places(refused(lambda: goal.commitments_for("", "fulfil"))) == [("V001", "person")]

    def test_the_parties_are_those_who_hold_a_role_or_a_side_of_a_promise(self):
        """In the order of the table, each once; who promised and left is one still."""
        assert agreed_goal().parties() == (ANNA, OLE)
        assert handed_over().parties() == (ANNA, EVA, OLE)


class TestAsAValue:
    """A commitment that comes from elsewhere keeps the same rules."""

    def test_a_done_promise_has_a_day_and_a_result(self):
        """Both are missed by name."""
        found = refused(lambda: Commitment("c-1", ANNA, "Ask Eva", on(0), on(9), state="done"))
        assert places(found) == [("K004", "done_on"), ("K004", "result")]

    def test_a_result_without_being_done_is_refused(self):
        """No other promise has one, says the rule."""
        assert codes(refused(lambda: Commitment("c-1", ANNA, "Ask Eva", on(0), on(9), result="Yes"))) == ["K004"]

    def test_who_what_and_when_are_asked_for(self):
        """Every one is missed by name."""
        found = refused(lambda: Commitment("c-1"))
        assert places(found) == [("V014", "by"), ("K001", "due"), ("V014", "made_on"), ("V014", "text")]

    def test_what_is_signed_of_a_promise_is_what_was_promised(self):
        """Whatever became of it."""
        promised = anna_asks_eva(agreed_goal()).agreed(3)
        moved = agreed_goal().move_due("c-1", on(40), "Eva is away", by=ANNA, at=at(9))
        done = moved.fulfil("c-1", "Yes", by=ANNA, at=at(35))
        assert anna_asks_eva(done).agreed(3) == promised
