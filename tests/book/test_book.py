"""The book: all records by kind and id, what refers to what, and what is wrong with all of them together."""

import copy
import pickle
from datetime import date

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from coaching import Book, CareerPath, Feedback, Goal, Interview, Person, Policy, Rejected, Span, check
from coaching.book.naming import references
from coaching.records.paths import RoleModel
from coaching.records.people import Position
from rules import across, book
from stage import ANNA, EVA, OLE, PER, at, codes, on, refused
from stage.book import JOINED, errors, managed, someone, statuses, talk
from stage.feedback import given as feedback_given
from stage.goals import draft_goal
from stage.interviews import check_in, held_talk, planned_talk
from stage.moves import YLVA, asked
from stage.paths import PILOT, draft_path
from stage.people import managers

PEOPLE = [(ANNA, OLE), (EVA, OLE), (OLE, None)]


def of(findings, code):
    """The findings of one rule, each as record, path and message."""
    return [(f.record, f.path, f.message) for f in findings if f.code == code]


@pytest.mark.parametrize("code", [*book.PASSES, *across.PASSES])
def test_beside_each_rule_nothing_is_said(code):
    """The neighbour of the example that fires breaks no other rule of the book either."""
    assert {**book.PASSES, **across.PASSES}[code]() == ()


class TestMaking:
    """`Book(records)`: from records, each with an id of its own within its kind."""

    def test_an_empty_book(self):
        """Nothing in it, nothing wrong with it."""
        book = Book()
        assert (len(book), list(book), book.check(on(0))) == (0, [], ())
        assert repr(book) == "<Book: empty>"

    def test_from_any_iterable(self):
        """A generator will do."""
        assert len(Book(someone(id) for id, _ in PEOPLE)) == 3

    def test_two_kinds_may_share_an_id(self):
        """Ids are unique per kind only."""
        book = Book([someone("1"), evolve(draft_goal(), id="1")])
        assert (book.get(Person, "1"), book.get(Goal, "1")) == tuple(book)

    def test_everything_wrong_is_said_at_once(self):
        """Each id that stands again, and what is no record."""
        wrong = refused(lambda: Book([someone(), someone(), someone(OLE), someone(OLE), "Anna"]))
        assert [(f.code, f.record, f.message) for f in wrong] == [
            ("V015", None, "'Anna' is no record"),
            ("X001", ("person", ANNA), f"{ANNA} stands twice"),
            ("X001", ("person", OLE), f"{OLE} stands twice"),
        ]

    def test_it_cannot_be_changed(self):
        """Frozen, as everything is."""
        book = Book()
        with pytest.raises(FrozenInstanceError):
            book._records = {}
        assert book == Book()

    def test_what_was_worked_out_is_not_pickled(self):
        """A book is as large after a check as before; and it forgets the day before when it is asked for another."""
        book = Book([someone(ANNA, manager=OLE), someone(OLE)])
        fresh = pickle.dumps(book)
        assert len(book.check(on(1))) > 0
        assert pickle.dumps(book) == fresh
        assert pickle.loads(fresh).memory("managers", on(1)) == {}
        assert book.memory("managers", on(1)) == {ANNA: OLE, OLE: None}
        assert book.memory("managers", on(2)) == {}

    def test_it_pickles_and_copies(self):
        """To another process and back."""
        book = managed(PEOPLE)
        for other in (pickle.loads(pickle.dumps(book)), copy.deepcopy(book)):
            assert other == book
            assert list(other.naming(Goal, "owner", ANNA)) == []
            assert other.put(draft_goal()) == book.put(draft_goal())


class TestAsking:
    """`get`, `all`, `of_person`, `in`, `len`, iteration."""

    book = Book([draft_goal(), *managed(PEOPLE), held_talk(), feedback_given()])

    def test_get_gives_the_record_or_none(self):
        """By kind and id."""
        assert self.book.get(Goal, "g-1") == draft_goal()
        assert self.book.get(Goal, ANNA) is None
        assert self.book.get(CareerPath, "g-1") is None

    def test_all_gives_a_kind_in_the_order_of_ids(self):
        """As text: p-17 before p-3."""
        assert [p.id for p in self.book.all(Person)] == [ANNA, OLE, EVA]
        assert list(self.book.all(CareerPath)) == []

    def test_iteration_goes_by_kind_and_then_by_id(self):
        """In the order in which kinds are listed everywhere."""
        assert [r.type for r in self.book] == ["person"] * 3 + ["goal", "interview", "feedback"]

    def test_of_person_finds_by_role(self):
        """Who stands in which field."""
        assert list(self.book.naming(Interview, "coachee", ANNA)) == [held_talk()]
        assert list(self.book.naming(Interview, "interviewer", ANNA)) == []
        assert list(self.book.naming(Goal, "coach", OLE)) == [draft_goal()]
        assert list(self.book.naming(Feedback, "receiver", ANNA)) == [feedback_given()]

    def test_in_asks_for_this_very_value(self):
        """An older state of the record is not in the book; an id is in it, of whatever state."""
        assert held_talk() in self.book
        assert planned_talk() not in self.book
        assert "i-1" in self.book

    def test_repr_counts(self):
        """Enough to see what one holds in one's hand, and no names."""
        assert repr(self.book) == "<Book: 3 person, 1 goal, 1 interview, 1 feedback>"

    def test_equal_books_hold_equal_records_and_hash_alike(self):
        """In whichever order they came."""
        other = Book(reversed(list(self.book)))
        assert other == self.book
        assert hash(other) == hash(self.book)
        assert other.remove(held_talk()) != self.book
        assert self.book != "a book"


class TestChanging:
    """`put` and `remove` give a new book and leave the old one alone."""

    def test_put_adds(self):
        """The old book does not have it."""
        old = Book([someone()])
        new = old.put(draft_goal(), held_talk())
        assert (len(old), len(new)) == (1, 3)
        assert list(new.naming(Goal, "owner", ANNA)) == [draft_goal()]
        assert list(old.naming(Goal, "owner", ANNA)) == []

    def test_put_replaces_what_has_the_same_kind_and_id(self):
        """And who stood in the old one is forgotten."""
        old = Book([planned_talk()])
        new = old.put(planned_talk().reassign(EVA, by=OLE, at=at(1)))
        assert len(new) == 1
        assert list(new.naming(Interview, "interviewer", OLE)) == []
        assert [t.id for t in new.naming(Interview, "interviewer", EVA)] == ["i-1"]
        assert [t.id for t in new.naming(Interview, "coachee", ANNA)] == ["i-1"]

    def test_one_of_a_kind_and_id(self):
        """Of two that differ, nobody could tell which was meant; the same one twice is one."""
        goal = draft_goal()
        assert codes(refused(lambda: Book().put(goal, goal.edit(title="Another", by=ANNA, at=at(1))))) == ["X001"]
        assert Book().put(goal, goal) == Book([goal])

    def test_putting_nothing_changes_nothing(self):
        """Nor does putting what is there."""
        book = managed(PEOPLE)
        assert book.put() == book == book.put(*book)

    def test_remove_takes_away(self):
        """With its roles; a later state of the same record will do to name it."""
        book = Book([someone(), planned_talk()])
        assert book.remove(held_talk()) == Book([someone()])
        assert list(book.remove(held_talk()).naming(Interview, "coachee", ANNA)) == []

    def test_remove_refuses_strangers_and_keeps_the_book(self):
        """All of them named."""
        book = Book([someone()])
        wrong = refused(lambda: book.remove(someone(), someone(EVA), draft_goal()))
        assert of(wrong, "X002") == [
            (("goal", "g-1"), "", "goal g-1 is not in the book"),
            (("person", EVA), "", f"person {EVA} is not in the book"),
        ]
        assert len(book) == 1

    def test_removing_one_twice_removes_it(self):
        """Once is enough."""
        assert len(Book([someone()]).remove(someone(), someone())) == 0

    def test_only_records_are_put_and_removed(self):
        """Anything else is refused with the one error."""
        assert codes(refused(lambda: Book().put("Anna", someone()))) == ["V015"]
        assert codes(refused(lambda: Book([someone()]).remove(7, someone()))) == ["V015"]

    @given(
        st.lists(
            st.tuples(st.sampled_from("+-"), st.sampled_from([ANNA, EVA]), st.sampled_from([OLE, PER])), max_size=12
        )
    )
    def test_after_any_changes_it_equals_a_book_made_anew(self, changes):
        """The index by person, too."""
        book, plain = Book(), {}
        for sign, coachee, interviewer in changes:
            changed = talk(date(2026, 3, 2), coachee, interviewer=interviewer)
            if sign == "+":
                book, plain[changed.id] = book.put(changed), changed
            elif changed.id in plain:
                book = book.remove(changed)
                del plain[changed.id]
        assert book == Book(plain.values())
        for person in (ANNA, EVA, OLE, PER):
            for field in ("coachee", "interviewer"):
                wanted = [plain[id] for id in sorted(plain) if getattr(plain[id], field) == person]
                assert list(book.naming(Interview, field, person)) == wanted


class TestReferences:
    """X002: whatever names a record or a part of one names something that is there."""

    def test_a_book_in_which_everybody_is_there_has_none_that_dangles(self):
        """Anna's goal, talk, path and feedback, and the people in them."""
        goal = evolve(draft_goal(), serves=(), from_interview="i-1")
        whole = Book([*managed(PEOPLE), goal, held_talk(), draft_path(), feedback_given()])
        assert of(whole.check(on(31)), "X002") == []

    def test_every_one_that_dangles_is_named_with_its_place(self):
        """People, a parent, the interview it came from, and what it serves."""
        goal = draft_goal(parent="g-0", from_interview="i-7")
        assert of(Book([goal]).check(on(0)), "X002") == [
            (("goal", "g-1"), "coach", f"there is no person {OLE}"),
            (("goal", "g-1"), "from_interview", "there is no interview i-7"),
            (("goal", "g-1"), "owner", f"there is no person {ANNA}"),
            (("goal", "g-1"), "parent", "there is no goal g-0"),
            (("goal", "g-1"), "serves[0]", "there is no path path-1"),
        ]

    def test_a_talk_names_people_feedback_and_outcomes(self):
        """Lists by index, references to records by what they are."""
        held = evolve(held_talk(), feedback=("f-1", "f-2"), previous="i-0")
        dangling = {path: f"{kind} {id}" for path, kind, id in references(held)}
        assert dangling == {
            "coachee": f"person {ANNA}",
            "interviewer": f"person {OLE}",
            "previous": "interview i-0",
            "feedback[0]": "feedback f-1",
            "feedback[1]": "feedback f-2",
            "commitments[1].to": f"person {ANNA}",
            "outcomes[0]": "goal g-1",
        }

    def test_a_path_names_people_and_goals_in_its_parts(self):
        """The goals of a step, a person as role model; a name is no reference, and neither is a need of one's own."""
        path = draft_path(steps=(evolve(PILOT, goals=("g-1", "g-2")),))
        path = evolve(path, role_models=(RoleModel("m-1", person=EVA), RoleModel("m-2", name="Ada")))
        assert {p: f"{kind} {id}" for p, kind, id in references(path)} == {
            "owner": f"person {ANNA}",
            "role_models[0].person": f"person {EVA}",
            "steps[0].goals[0]": "goal g-1",
            "steps[0].goals[1]": "goal g-2",
        }

    def test_a_person_names_managers_the_former_ones_too(self):
        """None at the top is no reference."""
        line = managers(JOINED, OLE, (date(2025, 1, 2), None), (date(2025, 2, 2), EVA))
        first = Position("po-1", "hem", "Consultant", Span(JOINED), managers=line)
        top = evolve(first, id="po-2", managers=())
        anna = evolve(someone(), positions=(first, top))
        assert list(references(anna)) == [
            ("positions[0].managers[0].manager", "person", OLE),
            ("positions[0].managers[2].manager", "person", EVA),
        ]

    def test_what_lies_outside_the_book_is_not_asked_for(self):
        """A commitment may be of several kinds of record, and a part without its record is somewhere."""
        goal = draft_goal(serves=({"kind": "commitment", "id": "c-1", "of": "i-1"}, {"kind": "need", "id": "n-1"}))
        assert [path for path, _, _ in references(goal)] == ["owner", "coach"]

    def test_a_ref_names_a_record_or_the_record_that_a_part_is_in(self):
        """Wherever it stands: in a goal, in a step, in what was looked back at."""
        goal = draft_goal(serves=({"kind": "move", "id": "m-1"}, {"kind": "position", "id": "po-1", "of": ANNA}))
        assert list(references(goal))[2:] == [("serves[0]", "move", "m-1"), ("serves[1]", "person", ANNA)]
        looked = check_in().look_back_at({"kind": "goal", "id": "g-9"}, "It goes on", by=ANNA, at=at(30))
        assert ("look_back[0].ref", "goal", "g-9") in list(references(looked))

    def test_a_move_names_who_facilitates_it_and_what_it_leads_to(self):
        """People one by one; what ends is a part of the mover."""
        assert {path: f"{kind} {id}" for path, kind, id in references(asked(facilitators=(PER,)))} == {
            "mover": f"person {ANNA}",
            "releasing_manager": f"person {OLE}",
            "receiving_manager": f"person {EVA}",
            "client_by": f"person {YLVA}",
            "opportunity": "opportunity op-1",
            "facilitators[0]": f"person {PER}",
        }


class TestRings:
    """X003: reporting lines lead to a top."""

    def test_two_who_manage_each_other(self):
        """Said to both, with the ring."""
        found = of(managed([(ANNA, OLE), (OLE, ANNA)]).check(JOINED), "X003")
        assert found == [
            (("person", ANNA), "positions", f"on {JOINED}: {ANNA} > {OLE} > {ANNA}"),
            (("person", OLE), "positions", f"on {JOINED}: {OLE} > {ANNA} > {OLE}"),
        ]

    def test_who_reports_into_a_ring_is_not_in_it(self):
        """Per's manager is in a ring; Per is not."""
        book = managed([(PER, ANNA), (ANNA, OLE), (OLE, ANNA)])
        assert [record for record, _, _ in of(book.check(JOINED), "X003")] == [("person", ANNA), ("person", OLE)]

    def test_two_rings_are_two(self):
        """Each said to everybody in it, from where they stand."""
        book = managed([("1", "2"), ("2", "1"), ("3", "4"), ("4", "3")])
        rings = ["1 > 2 > 1", "2 > 1 > 2", "3 > 4 > 3", "4 > 3 > 4"]
        assert [message for _, _, message in of(book.check(JOINED), "X003")] == [f"on {JOINED}: {r}" for r in rings]

    def test_a_manager_who_is_nobody_ends_the_line(self):
        """That is another rule's to say."""
        assert codes(errors(managed([(ANNA, "p-0")]), Person, ANNA, JOINED)) == ["X002"]

    def test_only_the_managers_of_the_day_count(self):
        """Anna managed Ole once; now he manages her."""
        ole = someone(OLE, manager=ANNA).change_manager("po-1", None, date(2025, 1, 1), by="hr-1", at=at(0))
        book = Book([someone(manager=OLE), ole])
        assert of(book.check(date(2024, 12, 31)), "X003")
        assert not of(book.check(date(2025, 1, 1)), "X003")

    def test_a_long_line_is_no_ring(self):
        """A thousand levels, and the one at the top."""
        book = managed([(str(n), str(n + 1)) for n in range(1000)] + [("1000", None)])
        assert of(book.check(JOINED), "X003") == []


class TestCoverage:
    """X004, and the questions behind it."""

    book = Book([*managed(PEOPLE), talk(date(2025, 3, 1)), talk(date(2025, 2, 20), EVA)])

    def test_what_is_said_of_each(self):
        """Due within the grace, due for long, never, and nothing for who is covered."""
        found = of(self.book.check(date(2026, 3, 25)), "X004")
        assert found == [
            (("person", ANNA), "", "annual interview, due: the last was held 2025-03-01, due 2026-03-01"),
            (("person", OLE), "", "annual interview, never: none was held, due 2025-08-01"),
            (("person", EVA), "", "annual interview, overdue: the last was held 2025-02-20, due 2026-02-20"),
        ]

    def test_a_house_may_turn_it_off_or_make_it_an_error(self):
        """Advice, so a policy may."""
        day = date(2026, 3, 25)
        assert not of(self.book.check(day, policy=Policy(severities={"X004": "off"})), "X004")
        strict = [f for f in self.book.check(day, policy=Policy(severities={"X004": "error"})) if f.code == "X004"]
        assert [f.severity for f in strict] == ["error"] * 3

    def test_the_cadence_of_the_house_counts(self):
        """By calendar, nobody who had one last year is late before the end of this one."""
        calendar = Policy(cadence="calendar")
        assert statuses(self.book, date(2026, 12, 30), policy=calendar) == {
            ANNA: "not_due",
            OLE: "never",
            EVA: "not_due",
        }
        assert statuses(self.book, date(2026, 12, 31), policy=calendar)[ANNA] == "due"

    def test_next_due_as_it_looks_on_a_day(self):
        """Without a day, all that is known counts."""
        assert self.book.next_due(ANNA, date.max) == date(2026, 3, 1)
        assert self.book.next_due(ANNA, on=date(2025, 2, 28)) == date(2025, 8, 1)
        assert self.book.next_due(OLE, date.max, policy=Policy(cadence="anniversary")) == date(2025, 8, 31)

    def test_nobody_by_that_id(self):
        """Refused, and not taken for somebody without talks."""
        for ask in (lambda: self.book.next_due("p-0", date.max), lambda: self.book.covered("p-0", on(0))):
            with pytest.raises(Rejected, match=r"X002: there is no person 'p-0'"):
                ask()


class TestCheck:
    """`check`: what each record says of itself, and what the book adds, in one order."""

    def test_the_records_own_findings_are_in_it(self):
        """A goal without options looked at, under the policy given."""
        goal = draft_goal(serves=()).keep(on(900))
        book = Book([*(person.keep(on(900)) for person in managed(PEOPLE)), goal])
        found = book.check(JOINED)
        own = goal.findings(JOINED)
        assert own == tuple(f for f in found if f.record == ("goal", "g-1"))
        assert codes(own) == ["G015", "G016"]
        assert [(f.record, f.code) for f in found if f not in own] == [(("person", OLE), "X006")] * 2
        assert book.check(JOINED, policy=Policy(severities=dict.fromkeys(codes(found), "off"))) == ()

    def test_how_long_records_are_kept_is_in_it(self):
        """Said of each that does not say so."""
        assert of(Book([someone()]).check(JOINED), "D001") == [
            (("person", ANNA), "keep_until", "it does not say how long it is kept")
        ]

    def test_by_record_then_path_then_code(self):
        """The same book gives the same list, whatever the order it was made in."""
        records = [draft_goal(), someone(manager=PER), someone(OLE, manager=PER), talk(date(2024, 9, 1))]
        found = Book(records).check(on(0))
        assert found == Book(reversed(records)).check(on(0))
        assert list(found) == sorted(found, key=lambda f: f.sort_key)
        assert [f.record[0] for f in found] == sorted(f.record[0] for f in found)

    def test_the_public_check_does_the_same(self):
        """`coaching.check`, with a policy and without."""
        book, off = Book([someone().keep(on(900))]), Policy(severities={"X004": "off", "X007": "off"})
        assert check(book, on(0)) == book.check(on(0)) != ()
        assert check(book, on(0), off) == ()
