"""Stories that people tell: a manager changes, somebody is away and comes back, leaves, stays, is hired again."""

from datetime import date

from coaching import Book, Feedback, Location, Situation, Span, verify
from coaching.bulk.importing import import_records
from coaching.records.people import Person, Placement, Position
from stage import ANNA, EVA, OLE, PER, at, codes, on
from stage.book import someone, talk
from stage.goals import agreed_goal
from stage.people import BRUK, HEM, HR, VERK, managers


def test_story_5_the_end_and_the_beginning_of_the_move():
    """Anna's placement at Verk ends, the one at Bruk begins, in another town and with more responsibility."""
    anna = Person.register(ANNA, "Anna Ek", date(2024, 8, 1), by=HR, at=at(0))
    consultant = Position(
        "po-1", HEM, "Consultant", Span(date(2024, 8, 1)), level=3, managers=managers(date(2024, 8, 1), OLE)
    )
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
    assert [anna.standing(on(n)).value for n in (9, 10, 190, 191)] == ["active", "on_leave", "on_leave", "active"]
    assert anna.employed_on(on(100))

    anna = anna.come_back(on(150), by=HR, at=at(140))
    assert anna.leaves == (Span(on(10), on(149)),)
    assert anna.standing(on(150)) == "active"


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
    anna = anna.correct("She married", name="Anna Ek Berg", by=HR, at=at(5))
    anna = anna.leave(on(30), "she moves to Umeå", by=HR, at=at(20))

    anna = anna.erase("kept for two years", by=HR, at=at(760))

    plain = repr(anna)
    for gone in ("Anna", "Ek", "Berg", "sv", "1017", "Ylva", "Umeå", "sailing"):
        assert gone not in plain
    assert anna.id == ANNA
    assert anna.employments == (Span(date(2024, 8, 1), on(30)),)
    assert anna.placements[0].span == Span(on(0), on(30))
    assert not verify(anna)


def house(*people):
    """Anna, whom Ole manages, under Per; and others."""
    return Book(
        [someone(ANNA, manager=OLE), someone(OLE, manager=PER), someone(EVA, manager=PER), someone(PER), *people]
    )


def said_of(person):
    """All that a record says but its history."""
    return {name: getattr(person, name) for name in ("employments", "leaves", "positions", "placements", "leavings")}


def test_story_35_notice():
    """A last day three months ahead. Until then all is as before; from the day after, Anna has left."""
    book = house(agreed_goal(serves=()), talk(date(2025, 1, 7)))
    before = book.get(Person, ANNA)
    book = book.act(ANNA, "leave", left_on=on(92), by=HR, at=at(1))

    anna = book.get(Person, ANNA)
    assert [anna.standing(on(n)).value for n in (1, 92, 93)] == ["active", "active", "left"]
    assert [book.manager_of(ANNA, on(n)) for n in (1, 92, 93)] == [OLE, OLE, None]
    assert "X014" not in codes(book.check(on(92)))
    assert book.covered(ANNA, on(92)).status == "overdue"
    assert book.covered(ANNA, on(93)) is None

    # another manager, a leave and a win in the notice period
    book = book.act(ANNA, "change_manager", position="po-1", manager=EVA, on=on(40), by=HR, at=at(30))
    book = book.act(ANNA, "go_on_leave", since=on(50), until=on(60), by=HR, at=at(30))
    book = book.act("g-1", "note_progress", kind="win", text="It runs", by=ANNA, at=at(45))
    assert [book.manager_of(ANNA, on(n)) for n in (39, 40, 92)] == [OLE, EVA, EVA]
    assert book.get(Person, ANNA).standing(on(55)) == "on_leave"
    assert ANNA in book.reports_of(EVA, on(92))

    # from the day after, what is open is said
    assert "goal g-1 is agreed" in [f.message for f in book.check(on(93)) if f.code == "X014"]

    # taken back: as if it had never been said
    stays = book.act(ANNA, "stay", reason="She thought again", by=HR, at=at(60)).get(Person, ANNA)
    plain = before.change_manager("po-1", EVA, on(40), by=HR, at=at(30)).go_on_leave(on(50), on(60), by=HR, at=at(30))
    assert said_of(stays) == said_of(plain)
    assert [stays.manager_on(on(n)) for n in (92, 93)] == [EVA, EVA]
    assert [entry.act for entry in stays.history] == ["register", "leave", "change_manager", "go_on_leave", "stay"]
    assert not verify(stays)


def test_story_36_a_change_that_is_found_late():
    """In August Eva is noted from October on; in September it turns out that Per managed from the 1st of August."""
    joined, august, october = date(2024, 8, 1), date(2026, 8, 1), date(2026, 10, 1)
    anna = someone(ANNA, joined, OLE).change_manager("po-1", EVA, october, by=HR, at=at(165))
    anna = anna.change_manager("po-1", PER, august, by=HR, at=at(190))

    assert anna.positions[0].managers == managers(joined, OLE, (august, PER), (october, EVA))
    days = {
        joined: OLE,
        date(2026, 7, 31): OLE,
        august: PER,
        date(2026, 9, 30): PER,
        october: EVA,
        date(2030, 1, 1): EVA,
    }
    assert {day: anna.manager_on(day) for day in days} == days

    # and again: the later word about a day wins
    anna = anna.change_manager("po-1", None, august, by=HR, at=at(200))
    assert [anna.manager_on(day) for day in (date(2026, 7, 31), august, october)] == [OLE, None, EVA]


def test_story_37_hired_again():
    """Left in 2022, joined in 2024: one person, two employments; the talk of 2021 does not count."""
    first, second = Span(date(2018, 1, 8), date(2022, 6, 30)), Span(date(2024, 2, 1))
    anna = Person.register(ANNA, "Anna Ek", first.from_, by=HR, at=at(0))
    anna = anna.leave(date(2022, 6, 30), by=HR, at=at(0)).join(second.from_, by=HR, at=at(0))
    book = Book([anna, someone(OLE), talk(date(2021, 5, 4))])

    assert anna.employments == (first, second)
    assert [anna.standing(date(year, 3, 1)).value for year in (2017, 2021, 2023, 2026)] == [
        "ahead",
        "active",
        "left",
        "active",
    ]
    assert book.next_due(ANNA, on=on(0)) == date(2025, 2, 1)
    assert (book.covered(ANNA, on(0)).last_held, book.covered(ANNA, on(0)).status) == (None, "never")
    assert book.covered(ANNA, date(2022, 6, 1)).last_held == date(2021, 5, 4)

    rows = (b"id,name,joined_on,left_on,last_interview\np-17,Anna Ek,2018-01-08,2022-06-30,2021-05-04\n"
            b"p-17,Anna Ek,2024-02-01,,\n")  # fmt: skip
    outcome = import_records(rows, "preset:due", by=HR, at=at(0), into=Book())
    assert (outcome.report.accepted, outcome.report.faults) == (2, [])
    assert outcome.book.get(Person, ANNA).employments == (first, second)
    assert outcome.book.covered(ANNA, on(0)) == book.covered(ANNA, on(0))


def test_story_46_the_customers_word():
    """Ylva at Verk, in no employment, gives feedback; nobody owes her a talk."""
    ylva = Person.register("p-50", "Ylva Ås", external_ids={"crm": "88"}, by=HR, at=at(0))
    thanks = Feedback.write(
        "f-1", receiver=ANNA, kind="appreciation", about="The new line at Verk", by="p-50", at=at(1),
        situation=Situation(on(0), "At the line"), behaviour="You asked the night shift first", impact="It ran",
    )  # fmt: skip
    book = house(ylva, thanks)

    book = book.act("f-1", "give", by="p-50", at=at(2))

    assert book.get(Feedback, "f-1").state == "given"
    assert ylva.standing(on(2)) == "outside"
    assert "p-50" not in {line.person for line in book.coverage(on(900))}
    assert (book.next_due("p-50", date.max), book.covered("p-50", on(900))) == (None, None)
    assert {f.code for f in book.check(on(900)) if f.record == ("person", "p-50")} <= {"D001"}

    # somebody who has left is a colleague no longer, and was never a customer
    left = ylva.join(on(3), by=HR, at=at(3)).leave(on(9), by=HR, at=at(3))
    late = house(left, thanks).would("f-1", "give", by="p-50", at=at(10))
    assert [(f.code, f.message) for f in late] == [("F014", f"p-50 is not employed on {on(10)}")]
