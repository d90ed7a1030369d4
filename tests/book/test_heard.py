"""Gates of the book that speak of something that still stands are heard again in `check`, as warnings, whoever opened them."""

from typing import Any

import pytest
from attrs import evolve

from coaching import Book, Goal, Interview, Policy
from coaching.records.moves import InternalMove
from rules.across import HOUSE, house, line_manager
from stage import ANNA, EVA, MONDAY, OLE, PER, at, codes, on
from stage import moves as move
from stage import relationships as relationship
from stage.book import someone
from stage.feedback import draft
from stage.goals import agreed_goal, half_signed_goal, proposed_goal
from stage.interviews import planned_talk, taken_over
from stage.opportunities import filled, new_line, reserved
from stage.people import HR, employed


def mild(code: str, to: str = "warning") -> Policy:
    """A house that lets a gate stand open."""
    return Policy(severities={code: to})


def heard(book: Book, day: int, *of: str, **asked: Any) -> list[tuple[str, str, str]]:
    """What the book says by some codes on a day: the code, how hard, and of which record."""
    return [(f.code, f.severity.value, f.record[1]) for f in book.check(on(day), **asked) if f.code in of]


class TestInterviewer:
    """I002, of a talk that lies ahead; X009 is of one whose interviewer was one."""

    def planned(self, *records: Any) -> Book:
        """Anna plans a talk with Eva, who is nothing to her; the house lets it pass."""
        given = {"coachee": ANNA, "interviewer": EVA, "kind": "check_in", "due_on": on(90)}
        return house(*records).new(Interview, "plan", "i-1", by=ANNA, at=at(3), policy=mild("I002"), **given)

    def test_it_is_heard_again(self):
        """Under whatever policy but one that turns it off; X009 does not say it a second time."""
        book = self.planned()
        assert heard(book, 9, "I002", "X009") == [("I002", "warning", "i-1")]
        assert heard(book, 9, "I002", "X009", policy=mild("I002", "off")) == [("X009", "warning", "i-1")]

    def test_it_is_mended_by_what_makes_it_true(self):
        """Eva coaches Anna now, or manages her; or Ole holds the talk."""
        assert heard(self.planned().put(relationship.imported(coach=EVA, kind="coach")), 9, "I002", "X009") == []
        assert heard(self.planned().put(someone(ANNA, MONDAY, EVA)), 9, "I002", "X009") == []
        book = self.planned().act("i-1", "reassign", new_interviewer=OLE, by=EVA, at=at(4))
        assert heard(book, 9, "I002", "X009") == []

    def test_who_managed_or_coached_then_is_said_by_x009(self):
        """Ole managed her on the day of planning; Eva coached her, and it has ended."""
        anna = HOUSE[0].change_manager("po-1", EVA, on(5), by=HR, at=at(5))
        assert heard(house(anna, planned_talk()), 9, "I002", "X009") == [("X009", "warning", "i-1")]
        coached = relationship.active().close(by=ANNA, at=at(20))
        book = house(
            someone(ANNA, MONDAY), coached, evolve(taken_over("planned"), history=planned_talk(at=at(9)).history)
        )
        assert heard(book, 30, "I002", "X009") == [("X009", "warning", "i-9")]

    def test_of_what_was_held_or_taken_over_elsewhere(self):
        """What is over is over; a talk ahead is heard, wherever it comes from."""
        assert heard(house(taken_over("held", interviewer=EVA)), 9, "I002") == []
        assert heard(house(taken_over("planned", interviewer=EVA)), 9, "I002") == [("I002", "warning", "i-9")]


class TestGoal:
    """G023, of a goal that stands; where the relationship has ended, X015 speaks."""

    def test_it_is_heard_again(self):
        """Agreed while a house let it pass."""
        book = house(half_signed_goal(serves=())).act("g-1", "sign", by=OLE, at=at(3), policy=mild("G023"))
        assert heard(book, 9, "G023", "X015") == [("G023", "warning", "g-1")]
        assert heard(book.put(relationship.proposed()), 9, "G023") == [("G023", "warning", "g-1")]
        assert heard(book.put(relationship.active()), 9, "G023") == []

    def test_one_code_for_one_fault(self):
        """A relationship that is paused was active; one that has ended is X015's; what is not agreed is not asked."""
        goal = agreed_goal(serves=())
        assert heard(house(goal, relationship.paused()), 15, "G023", "X015") == []
        assert heard(house(goal, relationship.active().revisit(cadence=9, by=OLE, at=at(9))), 15, "G023") == []
        assert heard(house(goal, relationship.ended()), 30, "G023", "X015") == [("X015", "warning", "g-1")]
        assert heard(house(goal, relationship.declined()), 30, "G023", "X015") == [("G023", "warning", "g-1")]
        assert heard(house(goal, relationship.imported("ended")), 30, "G023", "X015") == [("X015", "warning", "g-1")]
        assert heard(house(goal, relationship.imported("paused")), 30, "G023", "X015") == []
        assert heard(house(proposed_goal(serves=())), 9, "G023") == []
        alone = Goal.import_("g-2", state="agreed", owner=ANNA, title="Sail", by=HR, at=at(0), source="old")
        assert heard(house(alone), 9, "G023") == []


class TestTwoHats:
    """R007, of a relationship that is active: what it says of the two hats is true on the day."""

    def test_it_is_heard_again(self):
        """Signed while a house let it pass; and of one whose line changed since."""
        book = house(relationship.half_signed()).act("r-1", "sign", by=ANNA, at=at(2), policy=mild("R007"))
        assert heard(book, 9, "R007") == [("R007", "warning", "r-1")]
        anna = HOUSE[0].change_manager("po-1", EVA, on(5), by=HR, at=at(5))
        assert heard(house(anna, line_manager()), 4, "R007") == []
        assert heard(house(anna, line_manager()), 5, "R007") == [("R007", "warning", "r-1")]
        assert heard(house(anna, relationship.paused(dual_role=True)), 30, "R007") == []


class TestMove:
    """M013, of a move that is asked or agreed; of one that is asked for what is gone, X020 speaks."""

    def of(self, made: InternalMove, posted: Any) -> Book:
        """Anna's move, and the opportunity."""
        return house(employed(), made, posted, someone(move.YLVA, MONDAY))

    @pytest.mark.parametrize(
        ("made", "posted", "code"),
        [
            (move.asked, lambda: reserved(EVA), "M013"),
            (move.agreed, lambda: reserved(EVA), "M013"),
            (move.agreed, lambda: filled(EVA), "M013"),
            (move.agreed, lambda: new_line().withdraw(by=HR, at=at(2)), "M013"),
            (move.asked, lambda: filled(EVA), "X020"),
            (move.asked, lambda: new_line().withdraw(by=HR, at=at(2)), "X020"),
        ],
    )
    def test_one_code_for_one_fault(self, made: Any, posted: Any, code: str):
        """Whatever keeps the mover from the place is said once."""
        assert heard(self.of(made(), posted()), 9, "M013", "X020") == [(code, "warning", "mv-1")]

    @pytest.mark.parametrize(
        ("made", "posted"),
        [
            (move.asked, new_line),
            (move.agreed, lambda: filled(ANNA)),
            (move.asked, lambda: reserved(ANNA)),
            (move.wished, lambda: filled(EVA)),
            (move.done, lambda: filled(EVA)),
            (move.declined, lambda: filled(EVA)),
        ],
    )
    def test_what_is_open_or_over_is_not_spoken_of(self, made: Any, posted: Any):
        """Nor one that waits for the last day: who asked in time may be answered later."""
        assert heard(self.of(made(), posted()), 40, "M013", "X020") == []

    def test_too_many_for_the_places_are_said_of_each(self):
        """X019, which names the others; of more than three it says how many."""
        others = [evolve(move.imported("agreed", mover=PER, opportunity="op-1"), id=f"mv-{n}") for n in range(2, 7)]
        book = self.of(move.agreed(), new_line(places=2)).put(*others)
        said = {f.record[1]: f.message for f in book.check(on(9)) if f.code == "X019"}
        assert said["mv-1"] == "places at op-1: 2, and taken besides by mv-2, mv-3, mv-4 and 2 more"
        assert len(said) == 6
        assert heard(book.put(new_line(places=6)), 9, "X019") == []

    def test_who_took_the_place_without_a_move_counts_too(self):
        """Anna moved there, and Eva was put there: X019; while Anna's move is only agreed, M013 speaks alone."""
        assert heard(self.of(move.done(), filled(EVA)), 9, "M013", "X019") == [("X019", "warning", "mv-1")]
        assert heard(self.of(move.agreed(), filled(EVA)), 9, "M013", "X019") == [("M013", "warning", "mv-1")]
        two = filled(EVA, places=2)
        assert heard(self.of(move.agreed(), two), 9, "M013", "X019") == []
        book = self.of(move.agreed(), two).put(
            evolve(move.imported("agreed", mover=PER, opportunity="op-1"), id="mv-2")
        )
        assert heard(book, 9, "X019") == [("X019", "warning", "mv-1"), ("X019", "warning", "mv-2")]
        [first, _] = [f.message for f in book.check(on(9)) if f.code == "X019"]
        assert first == f"places at op-1: 2, and taken besides by mv-2, {EVA}"

    def test_a_place_that_was_freed_may_be_agreed_upon_again(self):
        """Who had it left, or it was a slip: their move does not count any more, unless they fill it again."""
        theirs = move.imported("done", mover=PER, opportunity="op-1")
        waiting = move.approved_by(ANNA, OLE, EVA)
        freed = filled(PER).free(PER, "He left", by=HR, at=at(3))
        assert codes(self.of(waiting, freed).put(theirs).would("mv-1", "approve", by=move.YLVA, at=at(3))) == []
        assert heard(self.of(move.agreed(), freed).put(theirs), 9, "X019") == []
        again = freed.fill(PER, by=HR, at=at(4))
        book = self.of(waiting, again).put(theirs)
        assert codes(book.would("mv-1", "approve", by=move.YLVA, at=at(5))) == ["M013"]

    def test_agreeing_to_a_place_that_is_promised_is_refused(self):
        """M018, at the last yes; those before it pass, and so does a move to nothing that is known."""
        theirs = move.imported("agreed", mover=PER, opportunity="op-1")
        waiting = move.approved_by(ANNA, OLE, EVA)
        book = self.of(waiting, new_line()).put(theirs)
        assert codes(book.would("mv-1", "approve", by=move.YLVA, at=at(3))) == ["M018"]
        assert codes(self.of(move.asked(), new_line()).put(theirs).would("mv-1", "approve", by=ANNA, at=at(3))) == []
        assert codes(book.remove(new_line()).would("mv-1", "approve", by=move.YLVA, at=at(3))) == []


def test_feedback_speaks_of_a_day_that_has_passed():
    """F014 is not heard again: nothing can be done about it."""
    left = HOUSE[1].leave(on(9), by=HR, at=at(5))
    book = house(draft(), left).act("f-1", "give", by=OLE, at=at(10), policy=mild("F014"))
    assert heard(book, 11, "F014") == []
