"""What only the book knows: promises to others, places that are gone, needs that goals and moves look after."""

from datetime import date

import pytest
from attrs import evolve
from hypothesis.vendor.pretty import pretty

from coaching import Book, CareerPath, Feedback, Goal, InternalMove, Interview, Opportunity, Person, Ref
from coaching.book.shelf import line_of
from coaching.records.relationships import CoachingRelationship
from stage import ANNA, EVA, OLE, PER, at, codes, on, refused
from stage import moves as move
from stage import opportunities as opportunity
from stage import relationships as relationship
from stage.book import JOINED, advice, someone, talk
from stage.goals import agreed_goal, half_signed_goal
from stage.interviews import open_talk
from stage.moves import YLVA
from stage.paths import COURSE, agreed_path, draft_path
from stage.people import HR, employed

PEOPLE = [employed(), someone(OLE, manager=PER), someone(EVA, manager=OLE), someone(PER), someone(YLVA)]


class TestComingBack:
    """Another employment begins anew."""

    def test_a_talk_of_an_earlier_employment_does_not_count(self):
        """Nobody is overdue on the first day."""
        back = someone().leave(date(2025, 12, 31), by=HR, at=at(0)).join(date(2026, 3, 2), by=HR, at=at(0))
        book = Book([back, talk(date(2025, 3, 5)), someone(OLE)])
        line = book.covered(ANNA, date(2026, 3, 10))
        assert (line.status, line.last_held, line.due) == ("not_due", None, date(2027, 3, 2))
        assert book.next_due(ANNA, on=date(2026, 3, 10)) == date(2027, 3, 2)
        assert book.coverage(date(2026, 3, 10))[0] == line
        again = book.put(talk(date(2026, 3, 4)))
        assert again.covered(ANNA, date(2026, 3, 10)).due == date(2027, 3, 4)

    def test_of_somebody_who_never_left_it_counts_whenever_it_was(self):
        """Who was taken over with a later first day brings the talks along."""
        assert Book([someone(), talk(date(2024, 3, 5))]).covered(ANNA, JOINED).last_held == date(2024, 3, 5)


class TestPlacesThatAreGone:
    """M013 is asked as long as the move is on its way."""

    def book(self, *records) -> Book:
        """Anna and Eva have both asked for one place, and all but the last yes is there."""
        wish = InternalMove.wish("mv-2", "Work that is mine", from_position="po-1", by=EVA, at=at(0))
        hers = wish.ask("op-1", releasing_manager=OLE, receiving_manager=PER, by=EVA, at=at(1)).approve(
            by=EVA, at=at(2)
        )
        place = opportunity.position_at_home(organisation="hem", level=4)
        return Book([*PEOPLE, draft_path(), place, hers, *records])

    def test_a_place_that_somebody_else_took_is_not_agreed_upon(self):
        """Nor is a move to it changed; to another one it is."""
        book = self.book().act("op-1", "fill", person=ANNA, by=HR, at=at(3))
        assert book.get(Opportunity, "op-1").state == "filled"
        assert codes(book.would("mv-2", "change", start_on=on(90), by=EVA, at=at(4))) == ["M013"]
        other = book.put(evolve(opportunity.position_at_home(), id="op-2"))
        assert other.would("mv-2", "change", opportunity="op-2", by=EVA, at=at(4)) == ()
        book = book.act("mv-2", "approve", by=OLE, at=at(4), release_on=on(20), start_on=on(30))
        assert codes(book.would("mv-2", "approve", by=PER, at=at(4))) == ["M013"]

    def test_of_two_who_agreed_one_gets_it(self):
        """The other completes nothing; whoever fills it does."""
        book = self.book().act("mv-2", "approve", by=OLE, at=at(4), release_on=on(20), start_on=on(30))
        book = book.act("mv-2", "approve", by=PER, at=at(4))
        done = {"on": on(30), "position": "po-2", "by": EVA, "at": at(30)}
        assert codes(book.act("op-1", "fill", person=ANNA, by=HR, at=at(5)).would("mv-2", "complete", **done)) == [
            "M013"
        ]
        assert book.act("op-1", "fill", person=EVA, by=HR, at=at(5)).would("mv-2", "complete", **done) == ()

    def test_who_asked_in_time_may_be_answered_later(self):
        """The last day is for asking."""
        late = self.book().put(opportunity.position_at_home(organisation="hem", level=4, open_until=on(2)))
        assert late.would("mv-2", "approve", by=OLE, at=at(9), release_on=on(20), start_on=on(30)) == ()


class TestAllAtOnce:
    """What gates of the record stop is asked the gates of the book, too."""

    def test_a_signature_without_promise_and_without_relationship(self):
        """Both are said, by asking and by doing."""
        bare = evolve(half_signed_goal(), commitments=())
        book = Book([*PEOPLE, draft_path(), bare])
        given = {"by": OLE, "at": at(3)}
        assert codes(book.would("g-1", "sign", **given)) == ["G023", "G006"]
        assert codes(refused(lambda: book.act("g-1", "sign", **given))) == ["G023", "G006"]

    def test_what_is_wrong_otherwise_is_said_alone(self):
        """Somebody who may not sign is not told about relationships."""
        assert codes(Book([*PEOPLE, half_signed_goal()]).would("g-1", "sign", by=EVA, at=at(3))) == ["V011"]


class TestPromisesToOthers:
    """Whoever is in a promise has a part in it, wherever it was made."""

    goal = agreed_goal().promise("c-3", "Show the line to Eva", on(30), to=EVA, by=OLE, at=at(4))

    def test_they_are_awaited(self):
        """A promise that was kept is there to be seen."""
        book = Book([*PEOPLE, self.goal.fulfil("c-3", "Shown", by=OLE, at=at(5))])
        assert [(turn.kind, turn.id, turn.awaited.act) for turn in book.awaits(EVA)] == [("goal", "g-1", "see")]

    def test_what_was_promised_to_somebody_who_left_is_open(self):
        """X014, of moves as of goals."""
        gone = someone(EVA).leave(on(10), "the contract ended", by=HR, at=at(10))
        assert [f.params["id"] for f in advice(Book([gone, self.goal]), Person, EVA, on(11)) if f.code == "X014"] == [
            "c-3"
        ]
        ole = someone(OLE).leave(on(10), "the contract ended", by=HR, at=at(10))
        handed = move.asked().promise("c-1", "Hand over the line", on(20), to=OLE, by=ANNA, at=at(2))
        assert "X014" in codes(advice(Book([ole, handed]), Person, OLE, on(11)))

    def test_a_promise_to_nobody_here_is_named(self):
        """X002, with its place."""
        book = Book([p for p in PEOPLE if p.id != EVA]).put(self.goal, draft_path())
        assert [f.path for f in book.dangling(self.goal)] == ["commitments[2].to"]

    @pytest.mark.parametrize(
        "ended", [lambda m: m.decline("No", on(99), by=OLE, at=at(3)), lambda m: m.withdraw(by=ANNA, at=at(3))]
    )
    def test_a_promise_outlives_the_move(self, ended):
        """It can still be kept, and released."""
        handed = ended(move.asked().promise("c-1", "Hand over the line", on(20), to=OLE, by=ANNA, at=at(2)))
        assert handed.acts_for(OLE) == ("release", "miss_commitment")
        assert handed.fulfil("c-1", "Handed over", by=ANNA, at=at(9)).commitments[0].state == "done"

    def test_a_promise_outlives_the_talk(self):
        """Adjourned, missed and cancelled."""
        begun = open_talk().promise("c-9", "Find out", on(60), to=ANNA, by=OLE, at=at(30))
        slot = {"start": at(40), "minutes": 60, "place": "Room 4"}
        ended = begun.adjourn(slot, by=OLE, at=at(30)).cancel("She moved away", by=ANNA, at=at(30))
        assert ended.state == "cancelled"
        assert ended.fulfil("c-9", "Found out", by=OLE, at=at(31)).commitments[-1].state == "done"


class TestNeeds:
    """Needs are looked after by steps, goals and moves."""

    late = on(500)
    bare = agreed_path(steps=(evolve(COURSE, serves=(), goals=()),))

    def said(self, *records) -> set[str]:
        """The codes about needs, of the path that Anna's needs are on."""
        book = Book([*PEOPLE, *records])
        return {f.code for f in book.check(self.late) if f.record == ("path", "path-1")} & {"C013", "N005", "X011"}

    def test_nobody_looks_after_them(self):
        """The path says it, and the book."""
        assert self.said(self.bare) == {"C013", "N005", "X011"}

    def test_a_goal_does(self):
        """And neither says anything."""
        serving = evolve(agreed_goal(), serves=(Ref("need", "n-1", "path-1"),))
        assert self.said(self.bare, serving) == set()

    def test_a_move_does_as_long_as_it_is_on_its_way(self):
        """A wish is enough; one that was withdrawn is none."""
        wish = move.wished(needs=("n-1",))
        assert self.said(self.bare, wish) == set()
        assert self.said(self.bare, wish.withdraw(by=ANNA, at=at(1))) == {"C013", "N005", "X011"}

    def test_through_all_revisions_of_the_path(self):
        """A need keeps its id, and the goal names the path on which it was said first."""
        first = self.bare.dream("d-9", "A plant of my own", by=ANNA, at=at(4))
        serving = evolve(agreed_goal(), serves=(Ref("need", "n-1", "path-1"), Ref("dream", "d-9", "path-1")))

        def revised(old: CareerPath, id: str) -> CareerPath:
            """What takes the place of a path, as another system would give it."""
            kept = {"owner": ANNA, "dreams": old.dreams, "needs": old.needs, "supersedes": old.id}
            return CareerPath.import_(id, state="draft", by=HR, at=at(5), source="x", **kept)

        two = revised(first, "path-2")
        three = revised(two, "path-3")
        book = Book([*PEOPLE, first, two, three, serving])
        assert [goal.id for goal in book.trace("path-3", "d-9").goals] == ["g-1"]
        assert "X011" not in codes(advice(book, CareerPath, "path-3", self.late))
        assert "X011" in codes(advice(book.remove(serving), CareerPath, "path-3", self.late))

    def test_paths_that_supersede_each_other(self):
        """Another system may say so; the question ends all the same."""
        kept = {"owner": ANNA, "by": HR, "at": at(5), "source": "x", "state": "archived"}
        ring = [CareerPath.import_(f"path-{n}", supersedes=f"path-{3 - n}", **kept) for n in (1, 2)]
        assert line_of(Book([*PEOPLE, *ring]), ring[0]) == ("path-1", "path-2")


class TestUpward:
    """X008: a coach of more than a year hears from a coachee, whichever."""

    def test_a_newer_coachee_may_say_it(self):
        """Anna has been coached for long and says nothing; Eva came lately, and does."""
        old = relationship.active()
        new = CoachingRelationship.import_(
            "r-2", state="active", by=HR, at=at(300), source="x", coach=OLE, coachee=EVA, kind="mentor",
            span={"from": on(300)},
        )  # fmt: skip
        parts = {"kind": "feedforward", "about": "Our talks", "suggestion": "Ask me more often"}
        thanks = Feedback.write("f-1", receiver=OLE, **parts, by=EVA, at=at(310)).give(by=EVA, at=at(310))
        day = on(368)
        assert "X008" in codes(advice(Book([*PEOPLE, old, new]), Person, OLE, day))
        assert "X008" not in codes(advice(Book([*PEOPLE, old, new, thanks]), Person, OLE, day))


class TestParts:
    """X018 sees the parts that a reference names; X002 the records."""

    @pytest.mark.parametrize(
        ("ref", "said"),
        [
            (Ref("need", "n-77", "path-1"), "there is no need n-77 in path-1"),
            (Ref("dream", "d-77", "path-1"), "there is no dream d-77 in path-1"),
            (Ref("need", "n-77", "path-9"), "there is no path path-9"),
            (Ref("commitment", "c-77", "g-9"), "there is no commitment c-77 in g-9"),
            (Ref("placement", "pl-77", ANNA), f"there is no placement pl-77 in {ANNA}"),
            (Ref("placement", "pl-1", ANNA), None),
            (Ref("need", "n-1", "path-1"), None),
            (Ref("need", "n-77"), None),
        ],
    )
    def test_a_part_that_its_record_does_not_hold(self, ref, said):
        """Where it is said whose it is."""
        goal = Goal.import_("g-1", state="draft", by=HR, at=at(0), source="x", owner=ANNA, title="Lead", serves=(ref,))
        found = [f for f in Book([*PEOPLE, draft_path(), goal]).check(on(1)) if f.code in {"X002", "X018"}]
        assert [(f.path, f.message) for f in found] == ([] if said is None else [("serves[0]", said)])
        assert [f.code for f in found] == ([] if said is None else ["X002" if "path-9" in said else "X018"])

    def test_a_promise_is_looked_for_in_goals_talks_and_moves(self):
        """Whichever has the id."""
        handed = move.asked().promise("c-1", "Hand over", on(20), by=ANNA, at=at(2))
        looked = Interview.import_(
            "i-1", state="held", by=HR, at=at(0), source="x", coachee=ANNA, interviewer=OLE, kind="check_in",
            outcomes=(Ref("commitment", "c-1", "mv-1"), Ref("commitment", "c-2", "mv-1")), cycle=None,
        )  # fmt: skip
        book = Book([*PEOPLE, opportunity.new_line(), handed, looked])
        assert [f.path for f in book.check(on(1)) if f.code == "X018" and f.record[0] == "interview"] == ["outcomes[1]"]

    def test_where_a_move_starts_from(self):
        """A position or placement that the mover has."""
        book = Book([*PEOPLE, opportunity.new_line(), evolve(move.asked(), from_placement="pl-77")])
        assert [(f.path, f.message) for f in book.check(on(1)) if f.code == "X018"] == [
            ("from_placement", f"there is no placement pl-77 in {ANNA}")
        ]


def test_a_book_shows_what_would_make_it_again():
    """Where a failing example is printed at length."""
    assert pretty(Book()) == "Book([])"
    shown = pretty(Book([someone()]))
    assert shown.startswith("Book([Person(")
    assert f"'{ANNA}'" in shown
