"""Stories that feedback tells: thanks, situation-behaviour-impact, feedforward, and a request declined."""

from coaching import Ref
from coaching.records.feedback import Feedback, Situation
from stage import ANNA, EVA, OLE, PER, at, codes, on


def test_story_6_thanks():
    """Anna has moved to a new client, and thanks the two managers who made it possible."""
    move = Ref("placement", "pl-2", ANNA)
    for id, manager, deed in (("f-1", OLE, "let me go in the middle of a project"), ("f-2", PER, "called the client")):
        thanks = Feedback.write(id, receiver=manager, kind="appreciation", refs=(move,), by=ANNA, at=at(0))
        thanks = thanks.write(
            situation=Situation(on(-5), "at the steering meeting"),
            behaviour=f"You {deed}",
            impact="I am where I wanted to be, four months earlier",
            impact_on="self",
            by=ANNA,
            at=at(0),
        )
        thanks = thanks.give(by=ANNA, at=at(1))
        assert [(turn.person, turn.act) for turn in thanks.awaits()] == [(manager, "acknowledge")]

        thanks = thanks.acknowledge(strength="I open doors", by=manager, at=at(2))
        assert thanks.state == "acknowledged"
        assert thanks.strength == "I open doors"
        assert thanks.findings(on(3)) == ()


def test_story_21_situation_behaviour_impact():
    """Ole writes "great job" and nothing else: that names no situation and no impact."""
    praise = Feedback.write("f-1", receiver=ANNA, kind="appreciation", about="The pilot line", by=OLE, at=at(0))
    praise = praise.write(behaviour="Great job", by=OLE, at=at(0))
    refusal = praise.would("give", by=OLE, at=at(1))
    assert codes(refusal) == ["F003"]
    assert [f.path for f in refusal] == ["impact", "situation"]

    praise = praise.write(
        situation=Situation(on(-1), "the hand-over"),
        behaviour="You asked the night shift before you decided",
        impact="Nobody had to be called back",
        by=OLE,
        at=at(1),
    )
    assert praise.give(by=OLE, at=at(1)).state == "given"


def test_story_22_feedforward():
    """Eva has two ideas for Anna's next talk, and not a word about the last one."""
    ideas = "Begin with the picture of the line. Leave ten minutes for questions."
    ahead = Feedback.write("f-1", receiver=ANNA, kind="feedforward", about="The next talk", by=EVA, at=at(0))
    assert codes(ahead.would("give", by=EVA, at=at(0))) == ["F003"]

    ahead = ahead.write(suggestion=ideas, by=EVA, at=at(0))
    assert ahead.give(by=EVA, at=at(1)).state == "given"

    back = ahead.write(behaviour="You read from your slides", by=EVA, at=at(0))
    assert codes(back.would("give", by=EVA, at=at(1))) == ["F003"]


def test_story_23_a_declined_request_is_not_overdue():
    """Anna asks Eva about the pilot line; Eva was not there and says so."""
    request = Feedback.request("f-1", giver=EVA, about="The pilot line", due=on(7), by=ANNA, at=at(0))
    assert codes(request.findings(on(8))) == ["F013"]
    assert request.overdue(on(8))

    declined = request.decline("I was on leave that week", by=EVA, at=at(8))
    assert declined.state == "declined"
    assert declined.findings(on(9)) == ()
    assert not declined.overdue(on(9))
    assert declined.awaits() == ()
