"""Stories that relationships tell without a book: 7, a chain; 19, two hats; 20, the coachee ends it."""

from coaching.records.relationships import CoachingRelationship
from stage import ANNA, EVA, OLE, PER, at, codes, on
from stage.relationships import TERMS


def begun(id: str, coach: str, coachee: str, kind: str, **terms: object) -> CoachingRelationship:
    """Proposed by the coach and signed by both."""
    given = {"coach": coach, "coachee": coachee, "kind": kind, "purpose": "Find the next step", **TERMS, **terms}
    relationship = CoachingRelationship.new("propose", id, by=coach, at=at(0), **given)
    return relationship.sign(by=coach, at=at(1)).sign(by=coachee, at=at(2))


def test_story_7_a_chain():
    """Per coaches three employees and two managers, Ole among them; Ole coaches Anna: she is two links from Per."""
    of_per = [
        begun(f"r-{n}", PER, coachee, "line_manager", dual_role=True)
        for n, coachee in enumerate(("p-20", "p-21", "p-22", OLE, EVA), 1)
    ]
    of_ole = begun("r-6", OLE, ANNA, "line_manager", dual_role=True)
    assert {r.state for r in (*of_per, of_ole)} == {"active"}

    coach_of = {r.coachee: r.coach for r in (*of_per, of_ole)}
    assert (coach_of[ANNA], coach_of[coach_of[ANNA]]) == (OLE, PER)

    # As a peer Anna may coach the one who is above her: a coach is a coachee elsewhere.
    peer = begun("r-7", ANNA, PER, "peer")
    assert (peer.state, peer.coach, peer.coachee) == ("active", ANNA, PER)
    assert peer.findings(on(2)) == ()


def test_story_19_two_hats():
    """Ole manages Anna and says he does not: once somebody notices, the agreement is amended and signed anew."""
    hat = CoachingRelationship.propose(
        "r-1", coach=OLE, coachee=ANNA, kind="line_manager", purpose="Find the next step", by=OLE, at=at(0), **TERMS
    ).sign(by=OLE, at=at(1))
    assert hat.agreement is not None
    assert not hat.agreement.dual_role

    hats = hat.amend(dual_role=True, by=ANNA, at=at(2))
    assert hats.agreement is not None
    assert hats.agreement.dual_role
    assert (hats.revision, hats.signatures) == (2, ())
    assert dict(hats.history[-1].was) == {"agreement.dual_role": False}
    assert hats.sign(by=ANNA, at=at(2)).sign(by=OLE, at=at(3)).state == "active"


def test_story_20_the_coachee_ends_it():
    """Anna ends it alone, gives no reason, and Ole cannot bring it back: they would have to begin anew."""
    relationship = begun("r-1", OLE, ANNA, "coach")
    over = relationship.close(by=ANNA, at=at(40))
    assert (over.state, over.closing, over.history[-1].reason) == ("ended", None, None)
    assert (str(over.span), over.awaits()) == (f"{on(2)} to {on(40)}", ())

    assert codes(over.would("resume", reason="A new year", by=OLE, at=at(41))) == ["R006"]
    anew = CoachingRelationship.propose(
        "r-2", coach=OLE, coachee=ANNA, kind="mentor", purpose="Begin again", by=OLE, at=at(41)
    )
    assert [(turn.person, turn.act) for turn in anew.awaits()] == [(OLE, "sign"), (ANNA, "sign")]
    assert anew.decline(by=ANNA, at=at(42)).state == "declined"
