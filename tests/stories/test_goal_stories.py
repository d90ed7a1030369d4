"""Stories that goals tell: an investment, an answer of one's own, moved goalposts, small wins, an imported goal."""

from decimal import Decimal

from coaching import Goal, Measure, Ref, verify
from stage import ANNA, OLE, at, codes, on, refused
from stage.goals import agreed_goal, draft_goal, imported_goal, kept_goal, proposed_goal, ready_goal


def test_story_8_investment():
    """Anna proposes a goal and has not said what she is willing to give; four hours a week, and it can be proposed."""
    goal = Goal.begin(
        "g-1", "Lead a pilot line", outcome="The line runs a week without me", target_on=on(180), by=ANNA, at=at(0)
    )
    assert codes(goal.would("propose", coach=OLE, by=ANNA, at=at(1))) == ["G005"]

    goal = goal.invest("time", "Friday mornings", amount=4, unit="hour", per="week", by=ANNA, at=at(1))
    goal = goal.propose(OLE, by=ANNA, at=at(1))

    assert (goal.state, goal.coach) == ("proposed", OLE)
    assert (goal.investments[0].amount, goal.investments[0].per) == (Decimal(4), "week")
    assert [(turn.person, turn.act) for turn in goal.awaits()] == [(ANNA, "sign"), (OLE, "sign")]


def test_story_9_own_answer():
    """Anna chooses an idea of Ole's: the goal waits until she has made the idea her own."""
    goal = ready_goal().suggest_option("o-3", "Ask the client for a small line", by=OLE, at=at(1))
    goal = goal.choose_option("o-3", by=ANNA, at=at(1))
    (finding,) = goal.would("propose", by=ANNA, at=at(2))
    assert (finding.code, finding.path) == ("G004", "chosen")

    goal = goal.adopt_option("o-3", by=ANNA, at=at(2))
    assert (goal.options[2].author, goal.options[2].adopted_at) == (OLE, at(2))
    assert goal.propose(by=ANNA, at=at(2)).state == "proposed"


def test_story_10_never_tried():
    """Anna has never done this and says confidence 3. That warns, and blocks nothing."""
    goal = agreed_goal(confidence=3, importance=9)
    assert goal.state == "agreed"
    (finding,) = goal.findings(on(4))
    assert (finding.code, finding.severity, finding.path) == ("G017", "warning", "confidence")


def test_story_11_no_promise_by_the_coach():
    """Both want to sign, but Ole has promised nothing: a shared responsibility takes two."""
    goal = ready_goal().propose(by=ANNA, at=at(2)).promise("c-1", "Ask Eva", on(30), by=ANNA, at=at(2))
    goal = goal.sign(by=ANNA, at=at(3))
    (finding,) = goal.would("sign", by=OLE, at=at(3))
    assert (finding.code, finding.params["role"], finding.params["person"]) == ("G006", "coach", OLE)

    goal = goal.promise("c-2", "Free your Fridays", on(30), to=ANNA, kind="support", by=OLE, at=at(3))
    assert goal.signatures == (), "what Anna signed has changed"
    assert goal.sign(by=ANNA, at=at(4)).sign(by=OLE, at=at(4)).state == "agreed"


def test_story_12_moved_goalposts():
    """The target date of an agreed goal moves: a second revision, unsigned and proposed again; the old date is kept."""
    goal = agreed_goal()
    before = goal.revision
    assert codes(goal.would("edit", target_on=on(240), by=ANNA, at=at(50))) == ["G009"]

    goal = goal.renegotiate("The client starts two months later", target_on=on(240), by=ANNA, at=at(50))

    assert (goal.state, goal.revision, goal.signatures) == ("proposed", before + 1, ())
    assert goal.target_on == on(240)
    moved = goal.history[-1]
    assert (moved.act, moved.by, moved.reason) == ("renegotiate", ANNA, "The client starts two months later")
    assert moved.was == {"target_on": on(180).isoformat()}

    goal = goal.sign(by=OLE, at=at(51)).sign(by=ANNA, at=at(51))
    assert (goal.state, {s.revision for s in goal.signatures}) == ("agreed", {before + 1})
    assert not verify(goal)


def test_story_13_small_wins():
    """A win, a setback, a win: the goal moves. Then 61 days nobody notes anything."""
    goal = kept_goal()
    goal = goal.note_progress("win", "The client lets me plan the shift", by=ANNA, at=at(20))
    goal = goal.note_progress("setback", "Two stations stood still", by=ANNA, at=at(30))
    goal = goal.note_progress("win", "Three days without a stop", by=OLE, at=at(40))

    assert not goal.stalled(on(100))
    assert goal.findings(on(100)) == ()
    assert goal.stalled(on(101))
    assert codes(goal.findings(on(101))) == ["G018"]


def test_story_14_achieved():
    """100 % is measured and the goal is still agreed, until Anna says so, in words."""
    goal = kept_goal(measure=Measure("stations", start=0, target=4))
    goal = goal.note_progress("win", "The fourth station runs", value=4, by=OLE, at=at(30))
    assert (goal.percent(), goal.state) == (100, "agreed")

    assert codes(goal.would("achieve", value=4, by=ANNA, at=at(31))) == ["G011"]
    assert codes(goal.would("achieve", result="All four run", by=ANNA, at=at(31))) == ["G011"]
    goal = goal.achieve("All four run, and the night shift runs them", value=4, by=ANNA, at=at(31))
    goal = goal.confirm("You asked the night shift first. That made it.", by=OLE, at=at(32))

    assert (goal.state, goal.value) == ("achieved", 4)
    assert goal.history[-1].reason == "You asked the night shift first. That made it."
    assert not verify(goal)


def test_story_14_a_blank_result_is_no_result():
    """A result of blanks is refused as well, by the rule of goals."""
    assert codes(kept_goal().would("achieve", result="  ", by=ANNA, at=at(31))) == ["G011"]


def test_story_15_a_reservation():
    """Ole signs with a reservation: without a note he says nothing, with one the goal is agreed."""
    goal = proposed_goal().sign(by=ANNA, at=at(3))
    assert codes(goal.would("sign", stance="reservation", by=OLE, at=at(3))) == ["S002"]
    goal = goal.sign("reservation", "If the client agrees", by=OLE, at=at(3))
    assert (goal.state, goal.signatures[1].stance) == ("agreed", "reservation")


def test_story_38_a_promise_ticked_by_mistake():
    """Anna ticks the wrong promise, takes it back with a reason, and keeps it a week later; both stand in the history."""
    goal = agreed_goal().fulfil("c-1", "Eva said yes", by=ANNA, at=at(9))
    goal = goal.take_back("c-1", "It was Eva of the other team", by=ANNA, at=at(10))
    assert (goal.commitments[0].state, goal.commitments[0].result) == ("promised", None)

    goal = goal.fulfil("c-1", "Our Eva said yes", by=ANNA, at=at(17))
    acts = [(entry.act, entry.reason) for entry in goal.history[-3:]]
    assert acts == [("fulfil", None), ("take_back", "It was Eva of the other team"), ("fulfil", None)]
    assert goal.history[-2].was["commitments[0].result"] == "Eva said yes"
    assert not verify(goal)


def test_story_38_a_goal_closed_by_mistake():
    """Anna closes the wrong goal, opens it again with a reason, and it is where it was; both stand in the history."""
    before = kept_goal()
    goal = before.achieve("It runs", by=ANNA, at=at(30))
    assert "reopen" in goal.acts_for(ANNA)
    goal = goal.reopen("I meant the course", by=ANNA, at=at(30))

    assert (goal.state, goal.result, goal.awaits()) == ("agreed", None, before.awaits())
    assert [entry.act for entry in goal.history[-2:]] == ["achieve", "reopen"]
    assert (goal.history[-1].reason, goal.history[-1].was["result"]) == ("I meant the course", "It runs")
    assert goal.signatures == before.signatures
    assert not verify(goal)


def test_story_33_everything_wrong_at_once():
    """A goal with five faults: one error, five findings, in a stable order, and nothing was changed."""
    goal = draft_goal(outcome=None, target_on=on(1)).suggest_option("o-1", "Ask the client", by=OLE, at=at(1))
    goal = goal.choose_option("o-1", by=ANNA, at=at(1))
    before = repr(goal)

    found = refused(lambda: goal.propose(ANNA, by=ANNA, at=at(2)))

    assert [(f.code, f.path) for f in found] == [
        ("G004", "chosen"),
        ("G026", "coach"),
        ("G005", "investments"),
        ("G002", "outcome"),
        ("G007", "target_on"),
    ]
    assert {(f.severity, f.record) for f in found} == {("error", ("goal", "g-1"))}
    assert goal.would("propose", coach=ANNA, by=ANNA, at=at(2)) == found
    assert repr(goal) == before


def test_story_34_imported():
    """A goal comes from another system as agreed, without an investment: it is valid, and G005 warns."""
    goal = imported_goal(investments=(), signatures=(), serves=(Ref("need", "n-1"),), commitments=())
    assert goal.state == "agreed"
    warned = {f.code: f.severity for f in goal.findings(on(5))}
    assert warned["G005"] == "warning"
    assert set(warned.values()) == {"warning"}


def test_story_34_renegotiated_here():
    """Renegotiated and signed here, the imported goal has to have an investment like any other: G005 is an error."""
    goal = imported_goal(investments=(), signatures=())
    assert codes(goal.findings(on(5))) == ["G005", "G008"]
    goal = goal.renegotiate("We go on with it", by=ANNA, at=at(6)).sign(by=ANNA, at=at(6))

    (finding,) = goal.would("sign", by=OLE, at=at(6))
    assert (finding.code, finding.severity) == ("G005", "error")

    goal = goal.invest("time", "Friday mornings", by=ANNA, at=at(7)).sign(by=ANNA, at=at(7)).sign(by=OLE, at=at(7))
    assert goal.state == "agreed"
    assert goal.findings(on(8)) == ()
