"""What a move means for the person who moves: what it brings, and what completing it changes."""

from datetime import date, datetime

import pytest
from attrs import evolve

from coaching import Rejected, Span, verify
from coaching.book.moving import completed, kinds
from coaching.records.people import Occupation
from stage import ANNA, EVA, OLE, STRANGER, at, codes, on, refused
from stage.moves import agreed, asked, imported, wished
from stage.opportunities import GOTHENBURG, new_line, position_at_home
from stage.people import BRUK, HEM, VERK, employed, managers, placement, position


def places(findings):
    """Code and path of each finding."""
    return [(f.code, f.path) for f in findings]


class TestKinds:
    """What a move brings is derived from both ends."""

    def test_up_or_down_or_neither(self):
        """By the level of the position held then, where both ends name one."""
        for level, kind in ((4, "up"), (3, "same_level"), (2, "down")):
            assert kinds(asked(), employed(), new_line(level=level))[0] == kind
        assert {"up", "down", "same_level"}.isdisjoint(kinds(asked(), employed(), new_line(level=None)))
        bare = evolve(employed(), positions=())
        assert kinds(asked(), bare, new_line()) == ("new_client", "new_manager")

    def test_a_placement_elsewhere(self):
        """Another client, town and manager; the town of the position counts where the placement names none."""
        assert kinds(asked(), employed(), new_line()) == ("up", "new_client", "new_location", "new_manager")
        same = new_line(organisation=VERK, location=GOTHENBURG, level=3)
        assert kinds(asked(receiving_manager=None), employed(), same) == ("same_level",)
        here = evolve(employed(), placements=(placement(location=new_line().location),))
        assert "new_location" not in kinds(asked(), here, new_line())

    def test_a_position_elsewhere(self):
        """Another unit or employer, another kind of work; no client."""
        move = asked(wished(from_placement=None, from_position="po-1"), receiving_manager=None)
        person = evolve(employed(), positions=(position(unit="Welding"),))
        other_work = position_at_home(occupation=Occupation("ISCO-08", "2144"))
        assert kinds(move, person, other_work) == ("up", "new_unit", "new_location", "new_occupation")
        same_unit = position_at_home(unit="Welding", occupation=Occupation("ISCO-08", "2141"), location=GOTHENBURG)
        assert kinds(move, person, same_unit) == ("up",)
        assert kinds(move, person, evolve(same_unit, organisation="o-7")) == ("up", "new_unit")
        assert "new_client" not in kinds(move, person, new_line(kind="project"))
        assert "new_client" in kinds(move, person, new_line())

    def test_a_start_that_is_not_there_is_named(self):
        """A slip, and no guess."""
        wrong = refused(lambda: kinds(asked(wished(from_placement="pl-7")), employed(), new_line()))
        assert places(wrong) == [("V017", "from_placement")]
        wrong = refused(
            lambda: kinds(asked(wished(from_position="po-7")), evolve(employed(), positions=()), new_line())
        )
        assert "there are: none" in wrong[0].message


class TestCompleting:
    """M007: the old ends the day before, the new begins; all or nothing."""

    def test_from_placement_to_placement(self):
        """The position goes on, under the new manager."""
        move, anna = completed(agreed(), employed(), new_line(), placement="pl-2", on=on(60), by=ANNA, at=at(60))
        assert (move.state, move.started_on) == ("done", on(60))
        old, new = anna.placements
        assert (old.span, old.end_reason) == (Span(on(0), on(59)), "move mv-1")
        assert (new.id, new.client, new.span, new.title) == ("pl-2", BRUK, Span(on(60)), "Lead of the new line")
        assert new.location == new_line().location
        assert [anna.manager_on(on(day)) for day in (59, 60)] == [OLE, EVA]
        assert [p.id for p in anna.positions] == ["po-1"]
        assert not verify(move)
        assert not verify(anna)

    @pytest.mark.parametrize(("ends", "planned"), [(None, None), (on(400), on(400)), (on(60), on(60)), (on(59), None)])
    def test_a_placement_is_planned_to_the_day_that_the_opportunity_names(self, ends, planned):
        """Unless that day has passed when it begins."""
        line = new_line(planned_to=ends, starts_on=on(30))
        _, anna = completed(agreed(), employed(), line, placement="pl-2", on=on(60), by=ANNA, at=at(60))
        assert anna.placements[1].planned_to == planned

    def test_the_manager_stays_where_no_other_receives(self):
        """Nothing of the position changes then."""
        move = agreed(receiving_manager=None)
        _, anna = completed(move, employed(), new_line(), placement="pl-2", on=on(60), by=ANNA, at=at(60))
        assert anna.positions == employed().positions

    def test_from_position_and_placement_to_placement(self):
        """The position is followed by another at the same employer, with what the opportunity brings."""
        move = agreed(wished(from_position="po-1"))
        ids = {"position": "po-2", "placement": "pl-2"}
        _, anna = completed(
            move, employed(), new_line(), **ids, on=on(60), reason="She asked for more", by=EVA, at=at(60)
        )
        old, new = anna.positions
        assert old.span.to == on(59)
        assert (new.id, new.employer, new.title, new.level, new.managers) == (
            "po-2", HEM, "Consultant", 4, managers(on(60), EVA),
        )  # fmt: skip
        assert new.span == Span(on(60))
        assert anna.placements[0].end_reason == "She asked for more"
        assert anna.findings(on(60)) == ()

    def test_from_position_to_position(self):
        """Begun from the opportunity."""
        move = agreed(wished(from_placement=None, from_position="po-1"), client_by=None)
        person = evolve(employed(), placements=())
        _, anna = completed(move, person, position_at_home(), position="po-2", on=on(60), by=ANNA, at=at(60))
        new = anna.positions[-1]
        assert (new.employer, new.title, new.unit, new.level) == (HEM, "Lead of the new line", "Robotics", 4)
        assert (anna.positions[0].span.to, new.manager_on(on(60)), anna.placements) == (on(59), EVA, ())

    def test_a_position_taken_from_a_placement_goes_beside_one_that_is_not_named(self):
        """Only what the move names ends."""
        _, anna = completed(agreed(), employed(), position_at_home(), position="po-2", on=on(60), by=ANNA, at=at(60))
        assert [p.span.to for p in anna.positions] == [None, None]
        assert anna.placements[0].span.to == on(59)

    def test_what_ended_before_stays_ended(self):
        """A gap is no fault."""
        person = employed().end_placement("pl-1", on(40), "The line was closed", by=OLE, at=at(40))
        _, anna = completed(agreed(), person, new_line(), placement="pl-2", on=on(60), by=ANNA, at=at(60))
        assert anna.placements[0] == person.placements[0]
        ended = employed().end_position("po-1", on(40), by=OLE, at=at(40))
        move = agreed(wished(from_placement=None, from_position="po-1"))
        _, anna = completed(move, ended, position_at_home(), position="po-2", on=on(60), by=ANNA, at=at(60))
        assert anna.positions[0] == ended.positions[0]

    def test_an_imported_one_without_managers_keeps_the_manager(self):
        """What nobody said does not change."""
        move = imported("agreed", opportunity="op-1", from_position="po-1")
        ids = {"position": "po-2", "placement": "pl-2"}
        _, anna = completed(move, employed(), new_line(), **ids, on=on(60), by=ANNA, at=at(60))
        assert anna.positions[-1].managers == managers(on(60), OLE)

    def test_all_or_nothing(self):
        """Everything that is wrong with both records is said in one error, and both are as they were."""
        move, anna = agreed(), employed().correct("Misspelt", name="Anna Berg", by=OLE, at=at(70))
        before = (move, anna)
        wrong = refused(lambda: completed(move, anna, new_line(), placement="pl-1", on=on(-1), by=OLE, at=at(60)))
        assert set(codes(wrong)) == {"M007", "V011", "V004", "V009", "J010"}
        assert {f.record for f in wrong} == {("move", "mv-1"), ("person", ANNA)}
        assert (move, anna) == before
        with pytest.raises(Rejected, match="move mv-1: cannot complete"):
            completed(move, anna, new_line(), placement="pl-2", on=on(60), by=ANNA, at=at(60))

    def test_it_must_be_this_person_and_this_opportunity(self):
        """And one that begins something."""
        other = evolve(employed(), id=STRANGER)
        wrong = refused(lambda: completed(agreed(), other, new_line(), placement="pl-2", on=on(60), by=ANNA, at=at(60)))
        assert places(wrong) == [("M007", "mover")]
        elsewhere = evolve(new_line(kind="mentoring"), id="op-2")
        wrong = refused(lambda: completed(agreed(), employed(), elsewhere, on=on(60), by=ANNA, at=at(60)))
        assert places(wrong) == [("M007", "opportunity")] * 2

    def test_what_begins_has_an_id(self):
        """Both, where both begin."""
        both = agreed(wished(from_position="po-1"))
        wrong = refused(lambda: completed(both, employed(), new_line(), on=on(60), by=ANNA, at=at(60)))
        assert places(wrong) == [("V014", "placement"), ("V014", "position")]

    def test_it_leads_somewhere_else(self):
        """M002: the same client, title, place and level are no move."""
        line = new_line(organisation=VERK, location=None, level=3)
        again = evolve(line, title="Line lead")
        move = agreed(receiving_manager=None)
        given = {"placement": "pl-2", "on": on(60), "by": ANNA, "at": at(60)}
        assert places(refused(lambda: completed(move, employed(), again, **given))) == [("M002", "opportunity")]
        assert completed(move, employed(), line, **given)[0].state == "done"
        from_position = agreed(wished(from_placement=None, from_position="po-1"), receiving_manager=None)
        consultant = evolve(position_at_home(unit=None, level=3, location=GOTHENBURG), title="Consultant")
        given = {"position": "po-2", "on": on(60), "by": ANNA, "at": at(60)}
        assert places(refused(lambda: completed(from_position, employed(), consultant, **given))) == [
            ("M002", "opportunity")
        ]

    @pytest.mark.parametrize("day", [None, "soon", datetime(2026, 5, 1, 12), date.min])
    def test_the_day_is_a_day(self, day):
        """What is none is said once, and nothing changes."""
        wrong = refused(
            lambda: completed(agreed(), employed(), new_line(), placement="pl-2", on=day, by=ANNA, at=at(60))
        )
        assert {f.path for f in wrong if f.record == ("move", "mv-1")} == {"on"}
