"""Coaching relationships: what is particular to them, beside what all records share."""

from datetime import timedelta, timezone

import pytest

from coaching import Policy, Rejected, Span, verify
from coaching.records.relationships import Agreement, CoachingRelationship, RelationshipKind
from stage import ANNA, EVA, OLE, STRANGER, at, codes, on, refused
from stage.relationships import TERMS, active, declined, ended, half_signed, imported, paused, proposed


def turns(relationship):
    """Whose turn it is, and for what."""
    return [(turn.person, turn.act) for turn in relationship.awaits()]


def places(findings):
    """Code and path of each finding."""
    return [(f.code, f.path) for f in findings]


def agreed(relationship):
    """The parts of the agreement, those that are open left out."""
    parts = ("purpose", "cadence", "confidentiality", "dual_role", "review_on")
    return {name: part for name in parts if (part := getattr(relationship.agreement, name)) is not None}


class TestProposing:
    """Either side proposes, with a purpose; the rest of the agreement may follow."""

    @pytest.mark.parametrize("by", [OLE, ANNA])
    def test_either_side_proposes_and_both_have_to_sign(self, by):
        """Whoever asked signs as well: a proposal is no signature."""
        relationship = proposed(by=by)
        assert (relationship.state, relationship.revision, relationship.span) == ("proposed", 1, None)
        assert relationship.kind is RelationshipKind.COACH
        assert turns(relationship) == [(OLE, "sign"), (ANNA, "sign")]

    def test_nobody_proposes_for_two_others(self):
        """Not even a manager who means well."""
        assert places(refused(lambda: proposed(by=EVA))) == [("V011", "by")]

    @pytest.mark.parametrize("purpose", [None, "", "  "])
    def test_a_proposal_says_what_for(self, purpose):
        """A purpose that is left out, or blank, leaves the other side guessing."""
        assert places(refused(lambda: proposed(purpose=purpose))) == [("V002", "purpose")]

    def test_a_purpose_alone_is_enough_to_propose(self):
        """The rest is what the two talk about before they sign."""
        bare = CoachingRelationship.propose(
            "r-1", coach=OLE, coachee=ANNA, kind="peer", purpose="Learn", by=ANNA, at=at(0)
        )
        assert bare.agreement == Agreement("Learn")
        assert agreed(bare) == {"purpose": "Learn", "dual_role": False}

    def test_everything_wrong_is_said_at_once(self):
        """One refusal, in a stable order."""
        found = refused(lambda: proposed(coachee=OLE, kind="boss", cadence=0, by=STRANGER, colour="red"))
        assert places(found) == [
            ("V011", "by"),
            ("V005", "cadence"),
            ("R001", "coachee"),
            ("V016", "colour"),
            ("V012", "kind"),
        ]

    def test_a_relationship_is_proposed_by_name_as_by_its_method(self):
        """A form knows only the text `propose`."""
        given = {"coach": OLE, "coachee": ANNA, "kind": "coach", "purpose": "Find the next step", **TERMS}
        assert CoachingRelationship.new("propose", "r-1", by=OLE, at=at(0), **given) == proposed()


class TestAgreeing:
    """What two people signed is fixed; before that either may change it, and afterwards either may ask to."""

    def test_the_second_signature_makes_it_active_and_begins_its_span(self):
        """The first does not."""
        assert (half_signed().state, half_signed().span, turns(half_signed())) == ("proposed", None, [(ANNA, "sign")])
        assert (active().state, active().span, turns(active())) == ("active", Span(on(2)), [])
        assert active().findings(on(3)) == ()
        assert verify(active()) == ()

    def test_amending_voids_what_was_signed_and_keeps_the_old_words(self):
        """Only the parts that were replaced are kept, each for itself; what was open before is not."""
        amended = half_signed(confidentiality=None).amend(
            purpose="Find work she likes", cadence=7, confidentiality="All of it", review_on=None, by=ANNA, at=at(2)
        )
        assert (amended.revision, amended.signatures) == (2, ())
        assert agreed(amended) == {
            "purpose": "Find work she likes",
            "cadence": 7,
            "confidentiality": "All of it",
            "dual_role": False,
        }
        assert dict(amended.history[-1].was) == {
            "agreement.purpose": "Find the next step",
            "agreement.cadence": 14,
            "agreement.review_on": str(on(180)),
        }

    def test_amending_an_agreement_that_nobody_saw_makes_one(self):
        """A relationship taken over without an agreement gets one here, and nothing was replaced."""
        taken_over = imported("proposed")
        assert taken_over.agreement is None
        amended = taken_over.amend(purpose="Learn the trade", by=ANNA, at=at(6))
        assert agreed(amended) == {"purpose": "Learn the trade", "dual_role": False}
        assert dict(amended.history[-1].was) == {}

    def test_an_agreement_has_only_the_parts_it_has(self):
        """What is wrong with a part is said with its place."""
        found = proposed().would("amend", cadence="often", dual_role=None, colour="red", by=ANNA, at=at(1))
        assert places(found) == [
            ("V015", "cadence"),
            ("V016", "colour"),
            ("V015", "dual_role"),
        ]

    def test_an_open_agreement_is_not_signed_by_the_last_who_has_to(self):
        """Each open part is named; the first signature is not stopped. Amended and signed again, it is active."""
        relationship = half_signed(cadence=None, confidentiality=None)
        found = relationship.would("sign", by=ANNA, at=at(2))
        assert places(found) == [("R002", "agreement.cadence"), ("R002", "agreement.confidentiality")]
        relationship = relationship.amend(cadence=31, confidentiality="All of it", by=ANNA, at=at(2))
        assert relationship.sign(by=ANNA, at=at(2)).sign(by=OLE, at=at(3)).state == "active"

    def test_a_house_may_let_an_open_agreement_pass(self):
        """The gate becomes a warning that stays."""
        mild = Policy(severities={"R002": "warning"})
        relationship = half_signed(cadence=None).sign(by=ANNA, at=at(2), policy=mild)
        assert places(relationship.findings(on(3))) == [("R002", "agreement.cadence")]

    def test_nobody_signs_twice_or_for_somebody_else(self):
        """A second signature of the same side begins no span."""
        assert codes(half_signed().would("sign", by=OLE, at=at(2))) == ["S001"]
        assert "V011" in codes(half_signed().would("sign", by=STRANGER, at=at(2)))

    def test_a_signature_without_a_time_is_refused_for_that_alone(self):
        """The span that it would begin is not asked for then."""
        assert places(half_signed().would("sign", by=ANNA, at="today")) == [("V015", "at")]

    def test_revisiting_opens_the_agreement_for_both_to_sign_again(self):
        """The span goes on from its first day; the old words stay in the history."""
        revisited = active().revisit(cadence=31, review_on=on(400), by=ANNA, at=at(180))
        assert (revisited.state, revisited.revision, revisited.signatures) == ("proposed", 2, ())
        assert dict(revisited.history[-1].was) == {
            "agreement.cadence": 14,
            "agreement.review_on": str(on(180)),
        }
        again = revisited.sign(by=OLE, at=at(181)).sign(by=ANNA, at=at(182))
        assert (again.state, again.span) == ("active", Span(on(2)))
        assert verify(again) == ()

    def test_revisiting_may_change_nothing(self):
        """Looked at again, found good, signed again."""
        revisited = active().revisit(by=OLE, at=at(180))
        assert revisited.agreement == active().agreement
        assert dict(revisited.history[-1].was) == {}
        assert turns(revisited) == [(OLE, "sign"), (ANNA, "sign")]

    def test_a_relationship_under_review_is_not_warned_about_its_review(self):
        """R008 has done its work; a new day stops it for good."""
        assert codes(active().findings(on(181))) == ["R008"]
        revisited = active().revisit(by=OLE, at=at(181))
        assert revisited.findings(on(181)) == ()
        assert not revisited.review_passed(on(181))

    def test_without_a_day_of_review_none_has_passed(self):
        """Nobody has to set one."""
        assert not active(review_on=None).review_passed(on(9999))
        assert not imported().review_passed(on(9999))
        assert active(review_on=on(30)).review_passed(on(31))


class TestTakingBack:
    """Whoever proposed takes it back, while it is a proposal."""

    @pytest.mark.parametrize(("by", "other"), [(OLE, ANNA), (ANNA, OLE)])
    def test_whoever_proposed_takes_it_back(self, by, other):
        """Signed or not, and amended by the other or not; a reason may be given, none is asked."""
        asked = proposed(by=by)
        for proposal in (asked, asked.sign(by=by, at=at(1)), asked.amend(cadence=7, by=other, at=at(1))):
            back = proposal.take_back(by=by, at=at(2))
            assert (back.state, back.span, back.awaits(), back.history[-1].reason) == ("declined", None, (), None)
            assert codes(proposal.would("take_back", by=other, at=at(2))) == ["V011"]
            assert ("take_back" in proposal.acts_for(by), "take_back" in proposal.acts_for(other)) == (True, False)
        assert asked.take_back("She has left", by=by, at=at(2)).history[-1].reason == "She has left"
        assert places(asked.would("take_back", reason=" ", by=by, at=at(2))) == [("V002", "reason")]

    def test_what_was_active_is_closed_and_what_was_taken_over_is_declined(self):
        """There is more to end than a proposal; and of the other nobody saw who proposed it."""
        revisited = active().revisit(by=ANNA, at=at(30))
        for by in (ANNA, OLE):
            assert codes(revisited.would("take_back", by=by, at=at(31))) == ["V011"]
            assert codes(imported("proposed").would("take_back", by=by, at=at(6))) == ["V011"]
            assert "take_back" not in revisited.acts_for(by)
        for make in (active, paused):
            assert codes(make().would("take_back", by=OLE, at=at(31))) == ["V010"]


class TestDeclining:
    """The one asked may say no; whoever asked takes it back."""

    def test_the_one_asked_declines_without_a_reason(self):
        """One may be given."""
        assert proposed().decline(by=ANNA, at=at(1)).history[-1].reason is None
        assert proposed().decline("I have a mentor", by=ANNA, at=at(1)).history[-1].reason == "I have a mentor"
        assert (declined().state, declined().span, declined().awaits()) == ("declined", None, ())

    def test_whoever_proposed_does_not_decline(self):
        """The refusal names the one who may."""
        (found,) = proposed().would("decline", by=OLE, at=at(1))
        assert found.code == "V011"
        assert f"the one asked {ANNA}" in found.message
        assert "decline" not in proposed().acts_for(OLE)
        assert proposed(by=ANNA).decline(by=OLE, at=at(1)).state == "declined"

    def test_who_is_asked_changes_when_the_agreement_is_revisited(self):
        """Anna was asked at first; she revisits, so Ole is asked now. Amending asks nobody anew."""
        revisited = active().revisit(cadence=92, by=ANNA, at=at(30)).amend(cadence=60, by=OLE, at=at(31))
        assert codes(revisited.would("decline", by=ANNA, at=at(31))) == ["V011"]
        over = revisited.decline(by=OLE, at=at(31))
        assert (over.state, over.span) == ("declined", Span(on(2), on(31)))

    @pytest.mark.parametrize("by", [OLE, ANNA])
    def test_on_one_that_was_taken_over_either_declines(self, by):
        """Who proposed it nobody saw."""
        assert imported("proposed").decline(by=by, at=at(6)).state == "declined"


class TestRestingAndEnding:
    """Pausing takes a reason; ending takes none, and nobody else."""

    def test_a_pause_has_a_reason_and_what_was_signed_stands(self):
        """Resuming asks for a reason, and for no signature and no turn of anybody."""
        assert codes(active().would("pause", reason=None, by=ANNA, at=at(10))) == ["V014"]
        rest = paused()
        assert (rest.state, rest.history[-1].reason, turns(rest)) == ("paused", "A parental leave", [])
        assert rest.findings(on(11)) == ()
        again = rest.resume("Back at work", by=OLE, at=at(100))
        assert (again.state, again.revision, again.span) == ("active", 1, Span(on(2)))
        assert (again.signatures, again.history[-1].reason) == (active().signatures, "Back at work")
        for reason, code in ((None, "V014"), (" ", "V002")):
            assert places(rest.would("resume", reason=reason, by=ANNA, at=at(100))) == [(code, "reason")]

    @pytest.mark.parametrize("by", [OLE, ANNA])
    @pytest.mark.parametrize("make", [active, paused])
    def test_either_ends_it_alone(self, make, by):
        """From rest as well; words of closing are welcome and not asked for."""
        over = make().close(by=by, at=at(20))
        assert (over.state, over.span, over.closing) == ("ended", Span(on(2), on(20)), None)
        assert make().close("Thank you for the questions", by=by, at=at(20)).closing == "Thank you for the questions"
        assert codes(make().would("close", closing=" ", by=by, at=at(20))) == ["V002"]

    def test_nobody_else_ends_it(self):
        """Not the administration either."""
        assert codes(active().would("close", by="hr-1", at=at(20))) == ["V011"]

    def test_what_is_not_active_yet_is_declined_and_not_closed(self):
        """Neither by the one asked nor by the one who asked: what ends is something that began."""
        for make in (proposed, half_signed):
            for by in (ANNA, OLE):
                assert codes(make().would("close", by=by, at=at(1))) == ["V010"]
                assert "close" not in make().acts_for(by)
        assert codes(imported("proposed").would("close", by=ANNA, at=at(6))) == ["V010"]

    @pytest.mark.parametrize("by", [OLE, ANNA])
    @pytest.mark.parametrize("asking", [OLE, ANNA])
    def test_either_ends_it_alone_while_it_is_revisited(self, asking, by):
        """Also whoever opened the agreement again, and whatever was signed anew."""
        revisited = active().revisit(cadence=31, by=asking, at=at(180))
        for open_now in (
            revisited,
            revisited.sign(by=OLE, at=at(180)),
            revisited.amend(cadence=7, by=ANNA, at=at(180)),
        ):
            assert "close" in open_now.acts_for(by)
            over = open_now.close("Thank you", by=by, at=at(181))
            assert (over.state, over.span, over.closing, verify(over)) == (
                "ended",
                Span(on(2), on(181)),
                "Thank you",
                (),
            )
        assert codes(revisited.would("close", by=STRANGER, at=at(181))) == ["V011"]

    def test_one_taken_over_and_revisited_is_ended_as_well(self):
        """It was active before, though nobody here saw how."""
        revisited = imported().revisit(**TERMS, by=ANNA, at=at(6))
        assert (revisited.close(by=ANNA, at=at(7)).state, revisited.close(by=OLE, at=at(7)).span) == ("ended", None)

    def test_a_relationship_that_ends_on_a_day_before_its_first_ends_on_its_first(self):
        """It began on a morning in Auckland, and ended an hour later, the evening before in London."""
        auckland = timezone(timedelta(hours=13))
        begun = half_signed().sign(by=ANNA, at=at(3, 0).replace(tzinfo=auckland))
        over = begun.close(by=OLE, at=at(2, 12))
        assert over.span == Span(on(3), on(3))

    @pytest.mark.parametrize("act", ["amend", "sign", "decline", "take_back", "revisit", "pause", "resume", "close"])
    @pytest.mark.parametrize("make", [ended, declined])
    def test_what_is_over_stays_over(self, make, act):
        """R006 says so whatever is tried, and how to go on: with a new one."""
        given = {"reason": "A new year"} if act in {"pause", "resume"} else {}
        (found,) = make().would(act, by=ANNA, at=at(30), **given)
        assert (found.code, found.path, found.mend) == ("R006", "state", "propose a new relationship")
        assert make().acts_for(ANNA) == ()


class TestTakenOver:
    """What the library did not see, it does not demand afterwards."""

    def test_an_active_one_without_agreement_and_signatures_is_valid_and_warned_about(self):
        """The gates it stands beyond become warnings, side by side."""
        found = imported().findings(on(5))
        assert places(found) == [
            ("R002", "agreement.cadence"),
            ("R002", "agreement.confidentiality"),
            ("R002", "agreement.purpose"),
            ("R003", "signatures"),
            ("R003", "signatures"),
        ]
        assert {f.severity for f in found} == {"warning"}

    def test_it_becomes_whole_by_being_revisited_and_signed(self):
        """Its first day is not known and is not made up: it was active before anybody here signed."""
        revisited = imported().revisit(purpose="Learn the trade", **TERMS, by=ANNA, at=at(6))
        whole = revisited.sign(by=ANNA, at=at(7)).sign(by=OLE, at=at(8))
        assert (whole.state, whole.span, whole.findings(on(9))) == ("active", None, ())
        assert whole.close(by=OLE, at=at(20)).span is None

    def test_its_span_is_kept_where_it_is_known(self):
        """An end is noted by closing it."""
        known = imported(span=Span(on(-400)))
        assert known.close(by=ANNA, at=at(20)).span == Span(on(-400), on(20))
        assert imported("ended", span=Span(on(-400))).span == Span(on(-400))

    def test_a_span_with_an_end_belongs_to_one_that_is_over(self):
        """State and dates agree, however it came to be."""
        with pytest.raises(Rejected) as refusal:
            imported(span=Span(on(-400), on(-1)))
        assert places(refusal.value.findings) == [("R011", "span")]
        assert imported("ended", span=Span(on(-400), on(-1))).state == "ended"
