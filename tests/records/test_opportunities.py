"""Opportunities: what is particular to them, beside what all records share."""

from attrs import evolve

from coaching.records.opportunities import Offer, Opportunity, Want
from rules import opportunities as rules
from stage import ANNA, EVA, OLE, at, codes, on, refused
from stage.opportunities import COMMISSIONING, filled, imported, need, new_line, position_at_home, reserved
from stage.people import BRUK, HR


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
        """With a place left, it is open to everybody again."""
        line = reserved(places=2).fill(ANNA, by=HR, at=at(2))
        assert (line.state, line.reserved_for) == ("open", None)

    def test_a_reservation_is_taken_back_or_withdrawn_with_it(self):
        """Nothing of it stays."""
        for act in ("unreserve", "withdraw"):
            line = reserved().act(act, reason="The client waits", by=HR, at=at(2))
            assert line.reserved_for is None
            assert line.history[-1].reason == "The client waits"

    def test_whom_it_is_for_must_be_said(self):
        """Nobody is reserved or filled by default."""
        assert codes(new_line().would("reserve", reserved_for=None, by=HR, at=at(1))) == ["V014"]
        assert codes(new_line().would("fill", person=" ", by=HR, at=at(1))) == ["V001"]

    def test_an_imported_one_may_be_filled_or_reserved_without_saying_by_whom(self):
        """What another system did not keep is not asked for."""
        assert imported("filled").filled_by == ()
        assert imported("reserved").fill(EVA, by=HR, at=at(1)).filled_by == (EVA,)


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
