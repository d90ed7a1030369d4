"""What no book may hold, and the gates of the book: what the examples of tests/rules/across.py leave to be seen."""

from datetime import timedelta

import pytest
from attrs import evolve

from coaching import (
    Book,
    CareerPath,
    CoachingRelationship,
    Goal,
    Interview,
    Organisation,
    Person,
    Policy,
    Ref,
    Rejected,
)
from coaching.book.asking import stopped
from coaching.kernel.policy import POLICY
from rules.across import (
    HOUSE,
    agrees,
    asks_for,
    coaching_ring,
    gives,
    goal_below,
    house,
    line_manager,
    plans,
    ring_of_organisations,
    signs,
    two_annuals,
    two_paths,
)
from stage import ANNA, EVA, MONDAY, OLE, PER, at, codes, on
from stage import moves as move
from stage import opportunities as opportunity
from stage import organisations as organisation
from stage import relationships as relationship
from stage.book import JOINED, errors, someone
from stage.feedback import draft
from stage.goals import draft_goal, half_signed_goal, imported_goal
from stage.interviews import planned_talk, taken_over
from stage.paths import agreed_path, draft_path, imported_path, shared_path
from stage.people import managers


def said(findings):
    """The path and message of each finding."""
    return [(f.path, f.message) for f in findings]


class TestReportingLines:
    """X003, asked today and on every later day on which somebody above has another manager."""

    def test_a_ring_that_begins_later_is_found_today(self):
        """From August on Anna manages Ole, who manages her."""
        later = JOINED + timedelta(days=365)
        book = Book([someone(ANNA, JOINED, OLE), someone(OLE, later, ANNA)])
        assert said(errors(book, Person, OLE, JOINED)) == [("positions", f"on {later}: {OLE} > {ANNA} > {OLE}")]
        assert said(errors(book, Person, ANNA, JOINED)) == [("positions", f"on {later}: {ANNA} > {OLE} > {ANNA}")]

    def test_a_ring_that_a_later_manager_makes_is_refused_today(self):
        """From day 90 on Anna would manage Ole, who manages her."""
        book = house(someone(OLE, MONDAY, PER))
        wrong = book.would(OLE, "change_manager", position="po-1", manager=ANNA, on=on(90), by="hr", at=at(3))
        assert said(wrong) == [("positions", f"on {on(90)}: {OLE} > {ANNA} > {OLE}")]

    def test_a_ring_that_ends_before_is_none(self):
        """When Ole's position ends, the day before Anna would manage him, he has no other."""
        ole = someone(OLE, MONDAY, PER).end_position("po-1", on(10), by="hr", at=at(1))
        position = evolve(someone(OLE, on(20), PER).positions[0], id="po-2")
        assert house(ole).would(OLE, "take_position", position=position, by="hr", at=at(3)) == ()

    def test_who_manage_each_other_one_after_the_other_are_no_ring(self):
        """Ole manages Anna until day 30; from day 40 on she manages him, whom nobody managed before."""
        anna, ole = someone(ANNA, JOINED, OLE), someone(OLE, JOINED, ANNA)
        first = evolve(anna.positions[0], managers=managers(JOINED, OLE, (on(31), None)))
        then = evolve(ole.positions[0], managers=managers(JOINED, None, (on(40), ANNA)))
        book = Book([evolve(anna, positions=(first,)), evolve(ole, positions=(then,))])
        assert errors(book, Person, ANNA) == errors(book, Person, OLE) == ()
        closed = book.put(evolve(anna, positions=(evolve(first, managers=managers(JOINED, OLE)),)))
        assert said(errors(closed, Person, OLE)) == [("positions", f"on {on(40)}: {OLE} > {ANNA} > {OLE}")]

    def test_a_ring_further_up_is_said_once_to_each_in_it(self):
        """Eva reports to one of two who manage each other: it is theirs to hear."""
        book = Book([someone(EVA, JOINED, ANNA), someone(ANNA, JOINED, OLE), someone(OLE, JOINED, ANNA)])
        assert errors(book, Person, EVA, JOINED) == ()
        assert codes(errors(book, Person, ANNA, JOINED)) == ["X003"]

    def test_an_act_is_asked_on_its_own_day(self):
        """Making Anna the manager of her own manager is refused."""
        wrong = house().would(OLE, "take_position", position=someone(OLE, MONDAY, ANNA).positions[0], by="hr", at=at(3))
        assert said(wrong) == [("positions", f"on {on(3)}: {OLE} > {ANNA} > {OLE}")]


class TestOrganisations:
    """O002: a tree."""

    def test_a_parent_that_is_not_here_ends_the_line(self):
        """That is X002's to say."""
        assert codes(ring_of_organisations(("o-2", "o-7"))) == ["X002"]

    def test_a_ring_further_up_is_said_to_those_in_it(self):
        """Verk belongs to one of two that belong to each other."""
        assert ring_of_organisations(("o-2", "o-7"), ("o-7", "o-8"), ("o-8", "o-7")) == ()

    def test_the_ring_is_named(self):
        """From the organisation that is asked, round to it."""
        assert said(ring_of_organisations(("o-2", "o-7"), ("o-7", "o-2"))) == [("parent", "o-2 > o-7 > o-2")]

    def test_at_the_top_there_is_nothing_to_ask(self):
        """No parent."""
        assert errors(Book([organisation.imported()]), Organisation, organisation.VERK) == ()


class TestRelationships:
    """R004, R005 and R007."""

    @pytest.mark.parametrize("state", ["proposed", "paused", "ended", "declined"])
    def test_a_second_line_coach_counts_while_active_only(self, state):
        """Whoever coached before, or may coach next."""
        book = house(line_manager(), relationship.imported(state, coach=EVA))
        assert errors(book, CoachingRelationship, "r-1") == errors(book, CoachingRelationship, "r-9") == ()

    def test_the_second_is_named(self):
        """To both."""
        book = house(line_manager(), relationship.imported(coach=EVA))
        assert said(errors(book, CoachingRelationship, "r-1")) == [
            ("coachee", f"{EVA} is the line manager already, in r-9")
        ]
        assert said(errors(book, CoachingRelationship, "r-9")) == [
            ("coachee", f"{OLE} is the line manager already, in r-1")
        ]

    def test_two_links_are_no_ring_and_a_third_that_closes_it_is(self):
        """Story 7: Per coaches Ole, who coaches Anna; Anna may coach Per as a peer, not as his line manager."""
        two = [evolve(relationship.imported(coach=PER, coachee=OLE), id="r-8"), relationship.imported()]
        book = house(*two)
        for kind, wrong in (("line_manager", ["R005"]), ("peer", [])):
            third = relationship.proposed(coach=ANNA, coachee=PER, by=ANNA, kind=kind).sign(by=ANNA, at=at(1))
            assert codes(book.put(third).would("r-1", "sign", by=PER, at=at(2))) == wrong

    def test_the_ring_is_named_from_the_coachee_upwards(self):
        """Each coaches the one before."""
        ring = coaching_ring((OLE, ANNA), (ANNA, OLE))
        assert said(ring) == [("coach", f"{ANNA} > {OLE} > {ANNA}")]

    def test_a_ring_further_up_is_said_to_those_in_it(self):
        """Ole coaches Anna, and is in a ring with Per."""
        assert coaching_ring((OLE, ANNA), (PER, OLE), (OLE, PER)) == ()

    def test_two_hats_are_said_and_one_hat_as_well(self):
        """Story 19: Ole manages Anna. Eva does not, and says that she does."""
        assert said(signs(dual_role=False)) == [("agreement.dual_role", f"{OLE} manages {ANNA}")]
        eva = house(relationship.proposed(coach=EVA, by=EVA, dual_role=True).sign(by=EVA, at=at(1)))
        wrong = eva.would("r-1", "sign", by=ANNA, at=at(2))
        assert said(wrong) == [("agreement.dual_role", f"{EVA} does not manage {ANNA}")]

    def test_without_an_agreement_nothing_is_said_of_hats(self):
        """In a house that asks for none."""
        mild = Policy(severities={"R002": "off"})
        bare = relationship.imported("proposed").sign(by=OLE, at=at(6), policy=mild)
        assert house(bare).would("r-9", "sign", by=ANNA, at=at(6), policy=mild) == ()

    def test_a_house_may_open_a_gate_and_no_house_may_bend_a_shape(self):
        """As a warning it no longer stops."""
        book = house(relationship.half_signed(dual_role=False))
        for severity in ("warning", "off"):
            mild = Policy(severities={"R007": severity})
            assert book.would("r-1", "sign", by=ANNA, at=at(2), policy=mild) == ()
        with pytest.raises(Rejected, match="Y001"):
            Policy(severities={"R005": "off"})


class TestInterviews:
    """I002 and I025."""

    def test_the_manager_and_an_active_coach_may(self):
        """Ole manages Anna; Per coaches her."""
        assert plans(OLE) == ()
        assert plans(PER, relationship.imported(coach=PER, kind="mentor")) == ()
        assert codes(plans(PER, relationship.imported("ended", coach=PER))) == ["I002"]

    def test_reassigning_is_asked_the_same(self):
        """To Eva, who has no part in it."""
        book = house(planned_talk())
        assert said(book.would("i-1", "reassign", new_interviewer=EVA, by=OLE, at=at(1))) == [
            ("new_interviewer", f"{EVA} neither manages nor coaches {ANNA}")
        ]

    def test_somebody_nobody_knows_is_managed_by_nobody(self):
        """Both are said."""
        book = house().remove(HOUSE[0])
        given = {"coachee": ANNA, "interviewer": OLE, "kind": "check_in", "due_on": on(9)}
        assert set(codes(book.would_new(Interview, "plan", "i-1", by=ANNA, at=at(0), **given))) == {"X002", "I002"}

    def test_another_cycle_another_person_or_a_cancelled_one_is_no_second(self):
        """Nor one of which nobody knows the cycle."""
        assert two_annuals(due_on=on(400)) == ()
        assert two_annuals(coachee=EVA, by=EVA) == ()
        cancelled = evolve(planned_talk(), id="i-2").cancel("Planned twice", by=ANNA, at=at(1))
        book = house(planned_talk(), cancelled, taken_over("held"))
        assert [errors(book, Interview, id) for id in ("i-1", "i-2", "i-9")] == [(), (), ()]

    def test_planning_a_second_is_refused_with_the_first(self):
        """By its id."""
        given = {"coachee": ANNA, "interviewer": OLE, "kind": "annual", "due_on": on(90)}
        wrong = house(planned_talk()).would_new(Interview, "plan", "i-2", by=ANNA, at=at(1), **given)
        assert said(wrong) == [("cycle", "i-1 is the annual interview of 2026 already")]


class TestFeedback:
    """F014: between colleagues."""

    def test_each_who_is_gone_is_named(self):
        """The receiver, too."""
        gone = [person.leave(on(9), by="hr-1", at=at(5)) for person in HOUSE[:2]]
        assert said(gives(*gone)) == [
            ("giver", f"{OLE} is not employed on {on(10)}"),
            ("receiver", f"{ANNA} is not employed on {on(10)}"),
        ]

    def test_of_people_who_are_not_here_nothing_is_known(self):
        """They were removed, and stop nobody; X002 says of both that they are not here."""
        book = Book([draft()]).act("f-1", "give", by=OLE, at=at(10))
        assert [f.path for f in book.check(on(10)) if f.code == "X002"] == ["giver", "receiver"]


class TestGoals:
    """G021 and G023."""

    def test_a_ring_of_parents(self):
        """Said to both, with the ring; a goal may not be its own parent either."""
        assert said(goal_below("g-1")) == [("parent", "g-1 > g-2 > g-1")]
        own = house(draft_goal(parent="g-1", serves=()))
        assert said(errors(own, Goal, "g-1")) == [("parent", "g-1 > g-1")]

    def test_a_ring_further_up_is_said_to_those_in_it(self):
        """The goal hangs below a goal that is its own parent."""
        assert goal_below("g-2") == ()

    def test_a_parent_that_is_not_here(self):
        """X002 says it."""
        assert codes(errors(house(draft_goal(parent="g-0", serves=())), Goal, "g-1")) == ["X002"]

    def test_whose_the_parent_is(self):
        """Only the parent itself is asked, not what is above it; who else it is whose is not told."""
        assert said(goal_below(None, owner=EVA)) == [("parent", f"the goal g-2 is not {ANNA}'s")]

    @pytest.mark.parametrize("state", ["proposed", "paused", "ended"])
    def test_a_relationship_has_to_be_active_to_agree(self, state):
        """Any kind will do."""
        assert codes(agrees(relationship.imported(state))) == ["G023"]
        assert agrees(relationship.imported(kind="peer")) == ()

    def test_a_goal_without_a_coach_has_nobody_to_relate_to(self):
        """Asked of what a house let through."""
        entry = half_signed_goal().sign(by=OLE, at=at(3)).history[-1]
        assert tuple(stopped(house(), imported_goal(coach=None, signatures=()), entry, POLICY)) == ()


class TestPaths:
    """C001 and C012."""

    def test_two_unagreed_or_two_agreed(self):
        """A draft and a shared one are alike."""
        assert said(two_paths(draft_path(), shared_path())) == [("state", "the path path-2 is shared already")]
        assert said(two_paths(agreed_path(), agreed_path())) == [("state", "the path path-2 is agreed already")]

    def test_what_is_over_counts_no_more(self):
        """Archived or superseded, as many as there were."""
        over = imported_path("archived")
        book = house(agreed_path(), over, evolve(imported_path("superseded"), id="path-8"))
        assert [errors(book, CareerPath, id) for id in ("path-1", "path-8", "path-9")] == [(), (), ()]

    def test_agreeing_on_a_newer_one_supersedes_the_old(self):
        """So that there is one agreed path before and after."""
        old, new = agreed_path().revise("path-2", "We moved house", by=ANNA, at=at(100))
        new = new.edit(
            success="Home", heading="Home", destination="Here", steps=agreed_path().steps, by=ANNA, at=at(100)
        )
        new = new.share(by=ANNA, at=at(101)).sign(by=ANNA, at=at(101))
        book = house(old, new).act("path-2", "sign", by=OLE, at=at(101))
        assert {path.id: path.state.value for path in book.all(CareerPath)} == {
            "path-1": "superseded",
            "path-2": "agreed",
        }
        assert [path.id for path in book.changed] == ["path-2", "path-1"]

    def test_beginning_a_third_is_refused(self):
        """One agreed and one being drawn are enough."""
        wrong = house(shared_path()).would_new(CareerPath, "begin", "path-3", by=ANNA, at=at(3))
        assert said(wrong) == [("state", "the path path-1 is shared already")]

    def test_a_step_may_name_goals_that_are_not_here(self):
        """X002 says it, with the place."""
        steps = tuple(evolve(step, goals=("g-0",)) for step in agreed_path().steps)
        found = errors(house(draft_path(steps=steps)), CareerPath, "path-1")
        assert said(found) == [(f"steps[{i}].goals[0]", "there is no goal g-0") for i in range(2)]


class TestMoves:
    """M013: nobody is promised a place that is gone."""

    def test_open_and_not_past_its_day(self):
        """Filled, withdrawn and expired are gone."""
        assert asks_for(opportunity.new_line()) == ()
        assert codes(asks_for(opportunity.new_line(open_until=on(0)))) == ["M013"]
        assert codes(asks_for(opportunity.filled(EVA))) == ["M013"]
        assert said(asks_for(opportunity.reserved(EVA))) == [
            ("opportunity", f"op-1 is reserved, and not open to {ANNA}")
        ]

    def test_one_that_is_not_here(self):
        """X002 says it."""
        given = {"opportunity": "op-0", "releasing_manager": OLE}
        assert codes(house(move.wished(needs=())).would("mv-1", "ask", by=ANNA, at=at(1), **given)) == ["X002"]


class TestAbout:
    """`about`: every record in which a field names a person."""

    def test_in_every_role_by_kind_and_then_by_id(self):
        """Once each, their own record first."""
        book = house(planned_talk(), draft_goal(), line_manager(), move.asked(facilitators=(PER,)))
        assert [r.type for r in book.about(ANNA)] == ["person", "relationship", "goal", "interview", "move"]
        assert [r.type for r in book.about(PER)] == ["person", "move"]
        assert [r.id for r in book.about(EVA)] == [EVA, "mv-1"]

    def test_of_somebody_who_is_not_here_what_names_them(self):
        """Their own record is missing."""
        assert [r.id for r in Book([draft_goal()]).about(ANNA)] == ["g-1"]
        assert list(Book().about(ANNA)) == []

    def test_who_managed_in_former_times_is_found_by_the_index(self):
        """Nobody managed for a while: that is no reference."""
        anna = someone(manager=OLE).change_manager("po-1", EVA, on(0), by="hr", at=at(0))
        anna = anna.change_manager("po-1", None, on(9), by="hr", at=at(0))
        anna = anna.change_manager("po-1", PER, on(20), by="hr", at=at(0))
        book = Book([anna, someone(PER)])
        found = {boss: [p.id for p in book.naming(Person, "positions", boss)] for boss in (OLE, EVA, PER, ANNA)}
        assert found == {OLE: [ANNA], EVA: [ANNA], PER: [ANNA], ANNA: []}
        assert list(book.remove(anna).naming(Person, "positions", OLE)) == []

    def test_at_the_top_nobody_manages(self):
        """A position without a manager stands under nobody in the index."""
        top = evolve(someone(manager=OLE).positions[0], managers=())
        book = Book([evolve(someone(), positions=(top,))])
        assert list(book.naming(Person, "positions", OLE)) == []

    def test_a_ref_may_stand_anywhere(self):
        """What a goal serves is a reference like any other."""
        assert errors(house(draft_goal(serves=(Ref("goal", "g-1"),))), Goal, "g-1") == ()
