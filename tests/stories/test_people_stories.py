"""Stories that people tell by themselves: a manager changes, somebody is away and comes back, somebody leaves."""

from datetime import date

from coaching import Location, Span, verify
from coaching.records.people import Person, Placement, Position
from stage import ANNA, EVA, OLE, at, on
from stage.people import BRUK, HEM, HR, VERK, managers


def test_story_5_the_end_and_the_beginning_of_the_move():
    """Anna's placement at Verk ends, the one at Bruk begins, in another town and with more responsibility."""
    anna = Person.register(ANNA, "Anna Ek", date(2024, 8, 1), by=HR, at=at(0))
    consultant = Position("po-1", HEM, "Consultant", Span(date(2024, 8, 1)), level=3, managers=managers(date(2024, 8, 1), OLE))
    anna = anna.take_position(consultant, by=HR, at=at(0))
    at_verk = Placement("pl-1", VERK, Span(date(2024, 9, 1)), location=Location("Gothenburg", "SE"))
    anna = anna.start_placement(at_verk, by=HR, at=at(0))

    anna = anna.end_placement("pl-1", on(59), "she asked for a new place and more responsibility", by=HR, at=at(30))
    at_bruk = Placement("pl-2", BRUK, Span(on(60)), location=Location("Umeå", "SE"))
    anna = anna.start_placement(at_bruk, by=HR, at=at(30))
    anna = anna.end_position("po-1", on(59), by=HR, at=at(30))
    senior = Position("po-2", HEM, "Senior consultant", Span(on(60)), level=4, managers=managers(on(60), OLE))
    anna = anna.take_position(senior, by=HR, at=at(30))

    before, after = on(59), on(60)
    assert [anna.placement_on(day).client for day in (before, after)] == [VERK, BRUK]
    assert [anna.position_on(day).level for day in (before, after)] == [3, 4]
    assert anna.findings(after) == ()
    assert not verify(anna)


def test_story_24_on_leave():
    """Anna is away for half a year: still employed, still with a manager, and everybody can see that she is away."""
    anna = Person.register(ANNA, "Anna Ek", date(2024, 8, 1), by=HR, at=at(0))
    anna = anna.go_on_leave(on(10), until=on(190), by=HR, at=at(0))
    assert anna.state == "on_leave"
    assert anna.on_leave_on(on(100))
    assert anna.employed_on(on(100))

    anna = anna.come_back(on(150), by=HR, at=at(140))
    assert anna.state == "active"
    assert anna.leaves == (Span(on(10), on(149)),)
    assert anna.leave_until is None
    assert not anna.on_leave_on(on(150))


def test_story_28_the_manager_changes():
    """Eva takes over from Ole. The position goes on, and who managed on a day can still be said."""
    anna = Person.register(ANNA, "Anna Ek", date(2024, 8, 1), by=HR, at=at(0))
    consultant = Position("po-1", HEM, "Consultant", Span(date(2024, 8, 1)), managers=managers(date(2024, 8, 1), OLE))
    anna = anna.take_position(consultant, by=HR, at=at(0))

    anna = anna.change_manager("po-1", EVA, on(30), by=HR, at=at(20))

    assert [anna.manager_on(day) for day in (on(0), on(29), on(30))] == [OLE, OLE, EVA]
    assert len(anna.positions) == 1


def test_story_29_the_leaver():
    """Anna leaves, and is erased two years later: no name and no words of hers stay, ids and dates do."""
    anna = Person.register(
        ANNA, "Anna Ek", date(2024, 8, 1), language="sv", external_ids={"payroll": "1017"}, by=HR, at=at(0)
    )
    at_verk = Placement("pl-1", VERK, Span(on(0)), contact="Ylva at the line")
    anna = anna.start_placement(at_verk, by=HR, at=at(0)).with_extra({"hobby": "sailing"})
    anna = anna.correct(name="Anna Ek Berg", by=HR, at=at(5))
    anna = anna.leave(on(30), "she moves to Umeå", by=HR, at=at(20))

    anna = anna.erase("kept for two years", by=HR, at=at(760))

    plain = repr(anna)
    for gone in ("Anna", "Ek", "Berg", "sv", "1017", "Ylva", "Umeå", "sailing"):
        assert gone not in plain
    assert anna.id == ANNA
    assert (anna.joined_on, anna.left_on) == (date(2024, 8, 1), on(30))
    assert anna.placements[0].span == Span(on(0), on(30))
    assert not verify(anna)
