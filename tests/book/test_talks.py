"""Talks in a book as life has them: held on a day, in a cycle, left unsigned, without an interviewer, at one hour."""

from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from coaching import Book, Interview, Policy, Slot
from coaching.book.cadence import last_held
from coaching.book.checks import NAMED, overlapping
from coaching.book.questions import Matter
from coaching.book.relations import contact_days, on_leave
from rules.across import HOUSE, house, next_talk
from stage import ANNA, EVA, OLE, STRANGER, at, codes, on
from stage import relationships as relationship
from stage.book import advice, errors, someone
from stage.goals import draft_goal
from stage.interviews import (
    LATER,
    SLOT,
    held_talk,
    open_talk,
    planned_talk,
    prepared_talk,
    scheduled_talk,
    taken_over,
)


def said(findings):
    """The code, path and message of each finding."""
    return [(f.code, f.path, f.message) for f in findings]


class TestLeftUnsigned:
    """A talk that not both will sign was held all the same."""

    LEFT = held_talk().leave_unsigned("Ole has left", by=ANNA, at=at(50))

    def test_it_counts_wherever_a_held_one_does(self):
        """For due dates and contact; and what the one before left open was to be looked back at."""
        assert last_held([self.LEFT], on(50)) == on(30)
        book = house(self.LEFT, relationship.active())
        assert list(contact_days(book, OLE, ANNA)) == [("interview", on(30))]
        assert Book([someone(), self.LEFT]).covered(ANNA, on(50)).last_held == on(30)
        assert codes(next_talk()) == ["I006"]
        second = evolve(self.LEFT, id="i-2", previous="i-1")
        assert codes(advice(house(held_talk(), second), Interview, "i-2", on(51))) == ["I006"]

    def test_it_is_the_one_of_its_cycle(self):
        """I025: it is not cancelled."""
        book = house(self.LEFT, evolve(planned_talk(), id="i-2"))
        assert codes(errors(book, Interview, "i-2")) == ["I025"]

    def test_in_the_book_either_leaves_it_so(self):
        """The one who stays, too, when the other is no longer here."""
        gone = someone(OLE).leave(on(40), by="hr-1", at=at(40))
        book = Book([someone(ANNA, manager=OLE), gone, draft_goal(), held_talk()])
        done = book.act("i-1", "leave_unsigned", reason="Ole has left", by=ANNA, at=at(50))
        assert done.get(Interview, "i-1") == self.LEFT


class TestCycles:
    """I025 counts what nobody named a cycle for in its year."""

    def test_a_talk_taken_over_counts_in_the_year_it_was_held(self):
        """By its day, or by that of its slot."""
        for fields in ({"held_on": on(9)}, {"slot": SLOT}, {"held_on": on(-9), "cycle": "2026"}):
            book = house(planned_talk(), taken_over("held", **fields))
            assert said(errors(book, Interview, "i-1")) == [
                ("I025", "cycle", "i-9 is the annual interview of 2026 already")
            ]
            assert said(errors(book, Interview, "i-9")) == [
                ("I025", "cycle", "i-1 is the annual interview of 2026 already")
            ]
            plan = {"coachee": ANNA, "interviewer": OLE, "kind": "annual", "due_on": on(90)}
            book = book.remove(planned_talk())
            assert codes(book.would_new(Interview, "plan", "i-2", by=ANNA, at=at(1), **plan)) == ["I025"]

    @pytest.mark.parametrize(
        "fields",
        [
            {"held_on": date(2025, 12, 30)},
            {"held_on": on(9), "cycle": "2026-H1"},
            {"held_on": on(9), "kind": "check_in"},
            {"held_on": on(9), "coachee": EVA},
        ],
    )
    def test_another_year_or_cycle_is_another(self, fields):
        """So is another kind, or another person."""
        assert errors(house(planned_talk(), taken_over("held", **fields)), Interview, "i-1") == ()

    def test_two_of_one_year_that_are_there_already_go_on(self):
        """Principle 13: a rule stops an act for what that act does; `check` says what is wrong."""
        first, second = taken_over("held", held_on=on(3)), evolve(held_talk(), id="i-2", outcomes=())
        book = house(first, second)
        assert {f.record[1] for f in book.check(on(40)) if f.code == "I025"} == {"i-9", "i-2"}
        assert book.would("i-2", "fulfil", commitment="c-1", result="Done", by=ANNA, at=at(40)) == ()
        assert book.would("i-9", "sign", by=ANNA, at=at(40)) == ()
        apart = book.act("i-9", "amend", cycle="2025", by=ANNA, at=at(40))
        assert errors(apart, Interview, "i-2") == ()
        assert codes(apart.would("i-9", "amend", cycle="2026", by=ANNA, at=at(41))) == ["I025"]

    def test_what_an_act_breaks_beside_is_told_as_before(self):
        """A second talk of a year is refused, though a third is wrong already."""
        book = house(taken_over("held", held_on=on(3)), evolve(taken_over("held", held_on=on(4)), id="i-8"))
        plan = {"coachee": ANNA, "interviewer": OLE, "kind": "annual", "due_on": on(90)}
        assert codes(book.would_new(Interview, "plan", "i-2", by=ANNA, at=at(1), **plan)) == ["I025"]


class TestReassigning:
    """By either; I002 is asked of the new interviewer."""

    @pytest.mark.parametrize("by", [ANNA, OLE])
    def test_the_book_asks_whether_the_new_one_may(self, by):
        """Eva has no part in Anna's work; once she coaches her she may."""
        given = {"new_interviewer": EVA, "by": by, "at": at(1)}
        assert codes(house(scheduled_talk()).would("i-1", "reassign", **given)) == ["I002"]
        coached = house(scheduled_talk(), relationship.imported(coach=EVA, kind="coach"))
        assert coached.act("i-1", "reassign", **given).get(Interview, "i-1").interviewer == EVA


class TestNobodyNamed:
    """Where an old system did not say who the interviewer was."""

    @pytest.mark.parametrize("state", Interview.lifecycle.states)
    def test_everything_can_be_asked(self, state):
        """No message says None, nobody is looked for, and what is open is the coachee's."""
        talk = taken_over(state, interviewer=None, slot=SLOT, due_on=on(5))
        book = house(talk)
        assert all("None" not in str(f) for f in book.check(on(40)))
        assert {m.person for m in (*book.overdue(on(40)), *book.unanswered(on(40)))} <= {ANNA}
        assert [turn.awaited.person for turn in book.awaits(OLE)] == []

    def test_it_is_said_while_it_lies_ahead(self):
        """X009, until somebody is named; the coachee does."""
        book = house(taken_over("planned", interviewer=None, due_on=on(5)))
        assert said(advice(book, Interview, "i-9", on(1))) == [("X009", "interviewer", "no interviewer is named")]
        assert [m.person for m in book.overdue(on(6))] == [ANNA]
        book = book.act("i-9", "reassign", new_interviewer=OLE, by=ANNA, at=at(1))
        assert advice(book, Interview, "i-9", on(1)) == ()
        assert [m.person for m in book.overdue(on(6))] == [OLE]

    def test_an_ask_that_nobody_is_named_to_answer(self):
        """Is told to the one who asked."""
        turns = ({"number": 1, "speaker": ANNA, "kind": "ask_help", "text": "Will you ask?"},)
        book = house(taken_over("open", interviewer=None, turns=turns))
        assert book.unanswered(on(40)) == (Matter("interview", "i-9", "turns[0]", "Will you ask?", ANNA, on(0), "1"),)


class TestAtOneHour:
    """I033 and I034: two talks at one hour, and an interviewer who is away."""

    def other(self, slot=SLOT, coachee=EVA, id="i-2"):
        """A talk of Ole's with somebody."""
        return evolve(scheduled_talk(slot, coachee=coachee, by=OLE), id=id)

    def test_the_one_who_has_two_is_named(self):
        """Ole has two, and so has Anna; what is over, called off or only planned is none."""
        book = house(scheduled_talk(), self.other())
        assert said(advice(book, Interview, "i-1", on(5))) == [("I033", "slot", f"{OLE} has the talk i-2 at that time")]
        assert said(advice(book, Interview, "i-2", on(5)))[1] == (
            "I033",
            "slot",
            f"{OLE} has the talk i-1 at that time",
        )
        twice = evolve(scheduled_talk(), id="i-2", interviewer=EVA)
        told = said(advice(house(scheduled_talk(), twice), Interview, "i-1", on(5)))
        assert told == [("I033", "slot", f"{ANNA} has the talk i-2 at that time")]
        for done in (
            self.other().cancel("She moved", by=EVA, at=at(1)),
            self.other().miss(EVA, "Ill", by=OLE, at=at(30)),
            evolve(taken_over("held", slot=SLOT, coachee=EVA), id="i-2"),
            self.other(LATER),
        ):
            assert advice(house(scheduled_talk(), done), Interview, "i-1", on(5)) == ()

    def test_one_that_has_begun_still_runs(self):
        """Until it is finished."""
        begun = evolve(open_talk(coachee=ANNA), id="i-2")
        assert codes(advice(house(self.other(id="i-3"), begun), Interview, "i-3", on(5))) == ["X009", "I033"]

    def test_of_many_three_are_named(self):
        """In the order of their ids."""
        talks = [self.other(coachee=f"c-{i}", id=f"i-{i}") for i in range(2, 8)]
        told = said(advice(house(scheduled_talk(), *talks), Interview, "i-1", on(5)))
        assert len(told) == NAMED
        assert len({message for _, _, message in told}) == NAMED

    @given(
        st.lists(st.tuples(st.integers(0, 40), st.integers(15, 480)), max_size=12).map(
            lambda them: [(f"i-{n}", Slot(at(0) + timedelta(minutes=30 * a), b, "x")) for n, (a, b) in enumerate(them)]
        )
    )
    def test_they_are_those_that_the_plain_way_finds(self, slots):
        """Each with each: two slots overlap when each begins before the other ends."""
        slots = sorted(slots, key=lambda it: (it[1].start, it[0]))
        found = overlapping(slots)
        for id, slot in slots:
            alike = {other for other, its in slots if other != id and its.start < slot.end and slot.start < its.end}
            assert len(found.get(id, [])) == min(NAMED, len(alike))
            assert set(found.get(id, [])) <= alike

    def test_who_is_away_is_asked_for_the_day_of_the_slot(self):
        """On leave from day 20 on: the talk on day 30 waits, one on day 19 does not; begun, nobody asks any more."""
        away = HOUSE[1].go_on_leave(on(20), by="hr-1", at=at(5))
        book = house(prepared_talk(), away)
        told = ("I034", "slot", f"{OLE} is on leave on {on(30)}")
        assert said(advice(book, Interview, "i-1", on(6))) == [told]
        assert advice(house(prepared_talk(Slot(at(19), 60, "Room 4")), away), Interview, "i-1", on(6)) == ()
        for talk in (open_talk(), planned_talk(), held_talk()):
            assert "I034" not in codes(advice(house(talk, away), Interview, "i-1", on(31)))
        assert codes(advice(house(taken_over("scheduled"), away), Interview, "i-9", on(31))) == []
        assert on_leave(book, OLE, on(20))
        assert not on_leave(book, OLE, on(19))
        assert not on_leave(book, STRANGER, on(20))

    def test_a_house_may_turn_it_off(self):
        """As all advice."""
        book = house(scheduled_talk(), self.other(), HOUSE[1].go_on_leave(on(20), by="hr-1", at=at(5)))
        both = {"I033", "I034"}
        assert both <= {f.code for f in book.check(on(6))}
        off = Policy(severities=dict.fromkeys(both, "off"))
        assert not both & {f.code for f in book.check(on(6), policy=off)}
