"""Opportunities: what is particular to them, beside what all records share."""

import pytest
from attrs import evolve

from coaching import verify
from coaching.records.opportunities import Offer, Opportunity, Want
from rules import opportunities as rules
from stage import ANNA, EVA, OLE, at, codes, on, refused
from stage.opportunities import COMMISSIONING, filled, imported, need, new_line, position_at_home, reserved
from stage.people import BRUK, HR


def places_at(findings):
    """Code and path of each finding."""
    return [(f.code, f.path) for f in findings]


class TestPosting:
    """Somebody says what there is."""

    def test_whoever_posts_it_is_kept_unless_another_is_named(self):
        """HR often types what a manager has."""
        by_hand = Opportunity.post("op-2", "Shadow the lead", kind="shadowing", organisation=BRUK, by=HR, at=at(0))
        assert by_hand.posted_by == HR
        assert new_line().posted_by == OLE

    def test_it_says_what_it_offers_and_wants(self):
        """Offers name a kind of need, wants may name a skill."""
        line = new_line()
        assert line.offers == (Offer("challenge", "A line that nobody has built before"),)
        assert [(want.kind, want.essential, want.skill) for want in line.wants] == [
            ("skill", True, COMMISSIONING),
            ("language", False, None),
        ]

    def test_what_was_posted_can_be_edited_while_it_is_open_or_reserved(self):
        """A longer time, another place; and nothing that was never a field."""
        assert new_line().edit(open_until=on(60), by=HR, at=at(1)).open_until == on(60)
        assert reserved().edit(wants=(Want("other", "Patience"),), by=HR, at=at(2)).state == "reserved"
        assert codes(new_line().would("edit", colour="red", by=HR, at=at(1))) == ["V016"]
        assert codes(filled().would("edit", title="Other", by=HR, at=at(3))) == ["V010"]

    def test_everything_wrong_is_said_at_once(self):
        """A title, a kind and an end that cannot be."""
        wrong = refused(lambda: new_line(level="high", wants=({"kind": "skill", "text": "", "skill": "none"},)))
        assert [(f.code, f.path) for f in wrong] == [
            ("V015", "level"),
            ("V006", "wants[0].skill"),
            ("V002", "wants[0].text"),
        ]


class TestFilling:
    """Q002: as often as it has places, each time by another person."""

    def test_it_is_filled_by_the_last_place(self):
        """Two places: open after the first, filled after the second."""
        line = new_line(places=2).fill(ANNA, by=HR, at=at(1))
        assert (line.state, line.filled_by) == ("open", (ANNA,))
        line = line.fill(EVA, by=HR, at=at(2))
        assert (line.state, line.filled_by) == ("filled", (ANNA, EVA))
        assert codes(line.would("fill", person=OLE, by=HR, at=at(3))) == ["V010"]

    def test_a_reservation_ends_when_it_is_filled(self):
        """The other place was open all the time, and stays so."""
        line = reserved(places=2).fill(ANNA, by=HR, at=at(2))
        assert (line.state, line.reserved_for, line.filled_by) == ("open", (), (ANNA,))
        assert dict(line.history[-1].was) == {"reserved_for[0]": ANNA}

    def test_whom_it_is_for_must_be_said(self):
        """Nobody is reserved or filled by default."""
        acts = {"reserve": new_line(), "fill": new_line(), "unreserve": reserved(), "free": filled()}
        for act, line in acts.items():
            why = {"reason": "Left"} if act == "free" else {}
            assert places_at(line.would(act, person=None, by=HR, at=at(3), **why)) == [("V014", "person")]
        assert codes(new_line().would("fill", person=" ", by=HR, at=at(1))) == ["V001"]
        assert places_at(new_line().would("reserve", person=" ", by=HR, at=at(1))) == [("V001", "person")]

    def test_an_imported_one_may_be_filled_or_reserved_without_saying_by_whom(self):
        """What another system did not keep is not asked for."""
        assert imported("filled").filled_by == ()
        assert imported("reserved").fill(EVA, by=HR, at=at(1)).filled_by == (EVA,)
        assert imported("reserved", places=2).fill(EVA, by=HR, at=at(1)).state == "open"
        assert imported("reserved", places=2).edit(title="Lead", by=HR, at=at(1)).state == "reserved"
        assert imported("reserved", places=3).edit(places=2, by=HR, at=at(1)).state == "reserved"
        assert imported("reserved", places=1).edit(places=2, by=HR, at=at(1)).state == "open"

    def test_an_imported_one_is_opened_again_by_anybodys_name(self):
        """There is no dead end where another system did not say whose the place was."""
        assert imported("reserved").unreserve(EVA, by=HR, at=at(1)).state == "open"
        assert imported("filled").free(EVA, "Left", by=HR, at=at(1)).state == "open"
        known = imported("filled", places=2, filled_by=(ANNA,)).free(EVA, "Left", by=HR, at=at(1))
        assert (known.state, known.filled_by) == ("open", (ANNA,))
        assert "free" in imported("filled").acts_for(HR)
        assert "unreserve" in imported("reserved").acts_for(HR)


class TestPlaces:
    """Each reservation takes one place; the state follows from the lists."""

    def test_a_reservation_takes_one_place_and_the_rest_stay_open(self):
        """Reserved is what has no free place, and one at least that is kept."""
        line = new_line(places=3).reserve(ANNA, by=HR, at=at(1))
        assert (line.state, line.reserved_for, line.free_places()) == ("open", (ANNA,), 2)
        line = line.fill(OLE, by=HR, at=at(2))
        assert (line.state, line.filled_by, line.free_places()) == ("open", (OLE,), 1)
        line = line.reserve(EVA, by=HR, at=at(3))
        assert (line.state, line.reserved_for, line.free_places()) == ("reserved", (ANNA, EVA), 0)
        assert codes(line.would("reserve", person="p-9", by=HR, at=at(3))) == ["V010"]
        line = line.fill(EVA, by=HR, at=at(4))
        assert (line.state, line.reserved_for) == ("reserved", (ANNA,))
        line = line.fill(ANNA, by=HR, at=at(5))
        assert (line.state, line.reserved_for, line.filled_by) == ("filled", (), (OLE, EVA, ANNA))

    def test_the_last_free_place_that_is_filled_leaves_the_reserved_ones(self):
        """It is reserved then, and not filled."""
        line = reserved(places=2).fill(EVA, by=HR, at=at(2))
        assert (line.state, line.filled_by, line.reserved_for) == ("reserved", (EVA,), (ANNA,))

    def test_a_reservation_is_taken_back_for_one(self):
        """The other stays; who lost it stands in the history."""
        line = reserved(places=2).reserve(EVA, by=HR, at=at(2))
        back = line.unreserve(ANNA, "She stays", by=HR, at=at(3))
        assert (back.state, back.reserved_for, back.free_places()) == ("open", (EVA,), 1)
        assert (back.history[-1].reason, dict(back.history[-1].was)) == ("She stays", {"reserved_for[0]": ANNA})
        assert back.unreserve(EVA, by=HR, at=at(4)).history[-1].reason is None
        (found,) = back.would("unreserve", person=ANNA, by=HR, at=at(4))
        assert (found.code, found.path, found.message) == ("V017", "person", f"'{ANNA}' has no place there")

    def test_who_has_a_place_is_told_to_nobody_who_asks(self):
        """Whoever may note it may not see who they are."""
        for made in (reserved(), filled()):
            for act in ("fill", "unreserve", "free"):
                assert ANNA not in str(made.would(act, person=EVA, reason="So", by=HR, at=at(5)))

    def test_it_is_withdrawn_with_all_its_reservations(self):
        """Those who had one stand in the history, and those who fill it stay."""
        line = reserved(places=3).reserve(EVA, by=HR, at=at(2)).fill(OLE, by=HR, at=at(2))
        gone = line.withdraw("The client waits", by=HR, at=at(3))
        assert (gone.state, gone.reserved_for, gone.filled_by) == ("withdrawn", (), (OLE,))
        assert dict(gone.history[-1].was) == {"reserved_for[0]": ANNA, "reserved_for[1]": EVA}
        assert gone.free_places() == 0

    @pytest.mark.parametrize("places", [1, 2, 3])
    def test_a_place_is_freed_again(self, places):
        """Who had it left, or it was a slip; from the last place and from any other."""
        line = filled(places=places)
        back = line.free(ANNA, "The wrong Anna", by=HR, at=at(3))
        assert (back.state, back.filled_by, back.free_places()) == ("open", (), places)
        assert (back.history[-1].reason, dict(back.history[-1].was)) == ("The wrong Anna", {"filled_by[0]": ANNA})
        assert back.fill(ANNA, by=HR, at=at(4)).filled_by == (ANNA,)
        assert verify(back) == ()

    def test_a_place_is_freed_beside_a_reserved_one(self):
        """Then it is open to everybody."""
        line = reserved(places=2).fill(EVA, by=HR, at=at(2)).free(EVA, "She left", by=HR, at=at(3))
        assert (line.state, line.reserved_for, line.filled_by, line.free_places()) == ("open", (ANNA,), (), 1)

    def test_freeing_asks_for_somebody_who_has_a_place_and_for_a_reason(self):
        """Nobody loses a place without a word."""
        for reason, code in ((None, "V014"), (" ", "V002")):
            assert places_at(filled().would("free", person=ANNA, reason=reason, by=HR, at=at(3))) == [(code, "reason")]
        (found,) = filled().would("free", person=EVA, reason="Left", by=HR, at=at(3))
        assert (found.code, found.path, found.message) == ("V017", "person", f"'{EVA}' has no place there")
        gone = filled(places=2).withdraw(by=HR, at=at(3))
        assert codes(gone.would("free", person=ANNA, reason="No", by=HR, at=at(3))) == ["V010"]

    def test_other_places_change_where_it_stands(self):
        """One more opens it again; as few as are taken close it."""
        assert reserved().edit(places=2, by=HR, at=at(2)).state == "open"
        assert reserved(places=2).edit(places=1, by=HR, at=at(2)).state == "reserved"
        assert filled(places=2).edit(places=1, by=HR, at=at(3)).state == "filled"
        assert new_line(places=2).edit(places=1, by=HR, at=at(3)).state == "open"
        assert codes(new_line().would("edit", places="many", by=HR, at=at(3))) == ["V015"]
        edited = new_line(places=2).edit(places=3, title="Lead", by=HR, at=at(3))
        assert dict(edited.history[-1].was) == {"places": 2, "title": "Lead of the new line"}

    def test_buttons_are_shown_where_there_is_somebody(self):
        """Nothing is taken from nobody."""
        assert new_line().acts_for(HR) == ("edit", "reserve", "fill", "withdraw")
        assert reserved(places=2).acts_for(HR) == ("edit", "reserve", "unreserve", "fill", "withdraw")
        assert reserved().acts_for(HR) == ("edit", "unreserve", "fill", "withdraw")
        assert filled().acts_for(HR) == ("free",)

    def test_what_has_an_end_says_so(self):
        """A placement that a move begins takes it over."""
        assert new_line(planned_to=on(400)).edit(planned_to=None, by=HR, at=at(1)).planned_to is None


class TestOpen:
    """Who may ask for it, on a day."""

    def test_it_expires_after_its_last_day(self):
        """Expired is derived: the state stays open."""
        line = new_line(open_until=on(30))
        assert [line.expired(on(day)) for day in (30, 31)] == [False, True]
        assert not new_line(open_until=None).expired(on(9999))
        assert not evolve(reserved(), open_until=on(30)).expired(on(31))

    def test_it_is_open_to_all_or_to_the_one_it_is_reserved_for(self):
        """Also after its last day, where it was reserved in time."""
        assert new_line().open_to(EVA, on(30))
        assert not new_line().open_to(EVA, on(31))
        assert reserved().open_to(ANNA, on(31))
        assert not reserved().open_to(EVA, on(2))
        assert reserved(places=2).open_to(EVA, on(2))
        assert not reserved(places=2).open_to(EVA, on(31))
        assert reserved(places=2).open_to(ANNA, on(31))
        assert not filled().open_to(ANNA, on(2))

    def test_the_day_of_posting_is_known_only_where_it_was_seen(self):
        """An imported one may have been open long before."""
        assert new_line().posted_on() == on(0)
        assert imported(open_until=on(-100)).posted_on() is None

    def test_a_placement_sees_only_what_was_released_to_the_client(self):
        """For anything else, managers are enough (M003)."""
        releases = ("owner_only", "coach", "managers", "client")
        assert [new_line().sees(need(release=release)) for release in releases] == [False, False, False, True]
        assert [position_at_home().sees(need(release=release)) for release in releases] == [False, False, True, True]


def test_the_examples_of_the_rules_show_what_they_say():
    """Each alone, and each neighbour without a finding."""
    for code, example in {**rules.FIRES, **rules.ALSO}.items():
        assert codes(example()) == [code.split()[0]]
    assert all(example() == () for example in rules.PASSES.values())
