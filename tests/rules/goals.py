"""For each rule of goals and commitments: what makes exactly it fire, and a neighbour that passes.

Every entry is a function without arguments that gives findings: those of a refusal, or those of a day.
"""

from decimal import Decimal

from attrs import evolve

from coaching import Commitment, Goal, Measure, Policy, Progress
from stage import ANNA, EVA, OLE, at, on, refused
from stage.goals import (
    achieved_goal,
    agreed_goal,
    draft_goal,
    half_signed_goal,
    imported_goal,
    kept_goal,
    measured_goal,
    proposed_goal,
    ready_goal,
)
from stage.rules import refuses, warns

BECAUSE = "The client asks for it"


def goal_with_an_idea_of_ole(*, adopted):
    """Ole's idea is the chosen one."""
    goal = ready_goal().suggest_option("o-3", "Ask the client", by=OLE, at=at(1))
    goal = goal.choose_option("o-3", by=ANNA, at=at(1))
    return goal.adopt_option("o-3", by=ANNA, at=at(1)) if adopted else goal


def goal_that_ole_signs(*, promising):
    """Anna has signed, and those named have promised something."""
    goal = ready_goal().propose(by=ANNA, at=at(2))
    for i, person in enumerate(promising):
        goal = goal.promise(f"c-{i}", "Do my part", on(30), by=person, at=at(2))
    return goal.sign(by=ANNA, at=at(3)).would("sign", by=OLE, at=at(3))


def one_option(*, second):
    """A draft in which one or two options were looked at."""
    goal = draft_goal().suggest_option("o-1", "Shadow Eva", by=ANNA, at=at(1))
    return goal.suggest_option("o-2", "Take a course", by=ANNA, at=at(1)) if second else goal


def noted(*kinds):
    """An agreed goal with such progress, a day each."""
    goal = agreed_goal()
    for day, kind in enumerate(kinds, 4):
        goal = goal.note_progress(kind, "Something happened", by=ANNA, at=at(day))
    return goal


def progress_on(day, goal=agreed_goal):
    """The goal as it would stand with progress noted on a day."""
    return evolve(goal(), progress=(Progress(at(day), ANNA, "win", "It moved"),))


def handed_over():
    """A goal that Eva supports now; what Ole promised stands, and he promises nothing more."""
    return agreed_goal().renegotiate("Ole leaves", coach=EVA, by=ANNA, at=at(20))


def moved(times):
    """A goal in which Anna has moved the due date of her promise so many times."""
    goal = agreed_goal()
    for n in range(times):
        goal = goal.move_due("c-1", on(31 + n), "Eva is away", by=ANNA, at=at(4))
    return goal.findings(on(5))


def promise(**fields):
    """A promise of Anna's to Ole, made on day 0, due on day 30."""
    return Commitment("c-1", ANNA, "Ask Eva", on(0), **{"due": on(30), "to": OLE, **fields})


MOVE = {"old_due": on(20), "new_due": on(30), "reason": "Eva is away", "at": at(9)}

FIRES = {
    "G001": refuses("title", lambda: refused(lambda: Goal.begin("g-1", " ", by=ANNA, at=at(0)))),
    "G002": refuses("outcome", lambda: ready_goal(outcome=None).would("propose", by=ANNA, at=at(2))),
    "G003": refuses("by", lambda: ready_goal().would("propose", by=OLE, at=at(2))),
    "G004": refuses("chosen", lambda: goal_with_an_idea_of_ole(adopted=False).would("propose", by=ANNA, at=at(2))),
    "G005": refuses("investments", lambda: draft_goal().would("propose", by=ANNA, at=at(2))),
    "G006": refuses("commitments", lambda: goal_that_ole_signs(promising=(ANNA,))),
    "G007": refuses("target_on", lambda: ready_goal(target_on=on(2)).would("propose", by=ANNA, at=at(2))),
    "G008": warns(("signatures", "signatures"), lambda: imported_goal(signatures=()).findings(on(5))),
    "G009": refuses("revision", lambda: agreed_goal().would("edit", target_on=on(200), by=ANNA, at=at(4))),
    "G010": refuses("progress[0].at", lambda: refused(lambda: progress_on(2))),
    "G011": refuses("result", lambda: agreed_goal().would("achieve", by=ANNA, at=at(40))),
    "G012": refuses(
        "target_on", lambda: agreed_goal().would("miss", result="No line", learned="Ask first", by=ANNA, at=at(179))
    ),
    "G013": refuses("reason", lambda: agreed_goal().would("drop", by=ANNA, at=at(10))),
    "G014": refuses("resume_on", lambda: agreed_goal().would("pause", reason=BECAUSE, by=ANNA, at=at(10))),
    "G015": warns("options", lambda: one_option(second=False).findings(on(1))),
    "G016": warns("serves", lambda: agreed_goal(serves=()).findings(on(4))),
    "G017": warns("confidence", lambda: agreed_goal(confidence=3).findings(on(4))),
    "G018": warns("progress", lambda: kept_goal().findings(on(64))),
    "G020": warns("outcome", lambda: agreed_goal(outcome="It runs").findings(on(4))),
    "G022": refuses("option", lambda: ready_goal().would("choose_option", option="o-9", by=ANNA, at=at(1))),
    "G024": refuses("score", lambda: refused(lambda: evolve(agreed_goal(), score=Decimal("0.7")))),
    "G025": warns("progress", lambda: noted("win", "setback", "setback", "setback").findings(on(8))),
    "G026": refuses(
        "coach", lambda: refused(lambda: Goal.begin("g-1", "Lead a pilot line", coach=ANNA, by=ANNA, at=at(0)))
    ),
    "G027": refuses("target", lambda: refused(lambda: Measure("stations", start=4, target=4))),
    "G028": refuses(
        "id", lambda: ready_goal().would("suggest_option", id="o-1", text="Read about it", by=ANNA, at=at(1))
    ),
    "K001": refuses("due", lambda: refused(lambda: promise(due=None))),
    "K002": refuses("by", lambda: handed_over().would("promise", id="c-3", text="Help", due=on(60), by=OLE, at=at(21))),
    "K003": refuses(
        "due", lambda: draft_goal().would("promise", id="c-1", text="Ask Eva", due=on(0), by=ANNA, at=at(1))
    ),
    "K004": refuses("result", lambda: refused(lambda: promise(state="done", done_on=on(9)))),
    "K005": refuses(
        "by", lambda: agreed_goal().would("fulfil", commitment="c-1", result="She asked", by=OLE, at=at(9))
    ),
    "K006": refuses("moves", lambda: refused(lambda: promise(due=on(31), moves=(MOVE,)))),
    "K007": refuses("by", lambda: agreed_goal().would("release", commitment="c-2", reason=BECAUSE, by=OLE, at=at(9))),
    "K008": warns(("commitments[0].due", "commitments[1].due"), lambda: agreed_goal().findings(on(31))),
    "K009": warns("commitments[0].moves", lambda: moved(3)),
    "K010": refuses(
        "commitment",
        lambda: agreed_goal().would("miss_commitment", commitment="c-1", reason=BECAUSE, by=ANNA, at=at(30)),
    ),
    "V017": refuses(
        "commitment", lambda: agreed_goal().would("fulfil", commitment="c-9", result="Done", by=ANNA, at=at(9))
    ),
}
PASSES = {
    "G001": lambda: Goal.would_new("begin", "g-1", title="Lead", by=ANNA, at=at(0)),
    "G002": lambda: ready_goal().would("propose", by=ANNA, at=at(2)),
    "G003": lambda: ready_goal().would("propose", by=ANNA, at=at(2)),
    "G004": lambda: goal_with_an_idea_of_ole(adopted=True).would("propose", by=ANNA, at=at(2)),
    "G005": lambda: ready_goal().would("propose", by=ANNA, at=at(2)),
    "G006": lambda: half_signed_goal().fulfil("c-2", "Free", by=OLE, at=at(4)).would("sign", by=OLE, at=at(4)),
    "G007": lambda: ready_goal(target_on=on(3)).would("propose", by=ANNA, at=at(2)),
    "G008": lambda: imported_goal().findings(on(5)),
    "G009": lambda: agreed_goal().would("renegotiate", reason=BECAUSE, target_on=on(200), by=ANNA, at=at(4)),
    "G010": lambda: progress_on(3).findings(on(4)),
    "G011": lambda: agreed_goal().would("achieve", result="It runs", by=ANNA, at=at(40)),
    "G012": lambda: agreed_goal().would("miss", result="No line", learned="Ask first", by=ANNA, at=at(180)),
    "G013": lambda: agreed_goal().would("drop", reason=BECAUSE, by=ANNA, at=at(10)),
    "G014": lambda: agreed_goal().would("pause", reason=BECAUSE, resume_on=on(60), by=ANNA, at=at(10)),
    "G015": lambda: one_option(second=True).findings(on(1)),
    "G016": lambda: agreed_goal().findings(on(4)),
    "G017": lambda: agreed_goal(confidence=7, importance=7).findings(on(4)),
    "G018": lambda: kept_goal().findings(on(63)),
    "G020": lambda: agreed_goal(outcome="It runs five days alone"[:20]).findings(on(4)),
    "G022": lambda: ready_goal().would("choose_option", option="o-2", by=ANNA, at=at(1)),
    "G024": lambda: kept_goal().would("achieve", result="It runs", score=Decimal("0.7"), by=ANNA, at=at(40)),
    "G025": lambda: noted("setback", "setback", "win", "setback", "setback").findings(on(9)),
    "G026": lambda: Goal.would_new("begin", "g-1", title="Lead a pilot line", coach=OLE, by=ANNA, at=at(0)),
    "G027": lambda: measured_goal().findings(on(4)),
    "G028": lambda: ready_goal().would("suggest_option", id="o-3", text="Read about it", by=ANNA, at=at(1)),
    "K001": lambda: draft_goal().would("promise", id="c-1", text="Ask Eva", due=on(1), by=ANNA, at=at(1)),
    "K002": lambda: draft_goal().would("promise", id="c-1", text="Help", due=on(30), by=OLE, at=at(1)),
    "K003": lambda: draft_goal().would("promise", id="c-1", text="Ask Eva", due=on(1), by=ANNA, at=at(1)),
    "K004": lambda: kept_goal().findings(on(21)),
    "K005": lambda: agreed_goal().would("fulfil", commitment="c-1", result="She said yes", by=ANNA, at=at(9)),
    "K006": lambda: moved(1),
    "K007": lambda: agreed_goal().would("release", commitment="c-2", reason=BECAUSE, by=ANNA, at=at(9)),
    "K008": lambda: agreed_goal().findings(on(30)),
    "K009": lambda: moved(2),
    "K010": lambda: agreed_goal().would("miss_commitment", commitment="c-1", reason=BECAUSE, by=ANNA, at=at(31)),
    "V017": lambda: agreed_goal().would("fulfil", commitment="c-1", result="Done", by=ANNA, at=at(9)),
}

ALSO = {
    # the other ways in which a rule can be broken
    "G001 missing": refuses("title", lambda: refused(lambda: imported_goal(title=" "))),
    "G004 signing": refuses("chosen", lambda: idea_of_ole_chosen_in(proposed_goal())),
    "G006 owner": refuses("commitments", lambda: goal_that_ole_signs(promising=(OLE,))),
    "G006 released": refuses(
        "commitments",
        lambda: half_signed_goal().release("c-2", BECAUSE, by=ANNA, at=at(4)).would("sign", by=OLE, at=at(4)),
    ),
    "G006 broken": refuses(
        "commitments",
        lambda: half_signed_goal().miss_commitment("c-2", BECAUSE, by=OLE, at=at(31)).would("sign", by=OLE, at=at(31)),
    ),
    "G010 too early": refuses(
        "on", lambda: agreed_goal().would("note_progress", kind="win", text="It ran", on=on(2), by=ANNA, at=at(9))
    ),
    "G010 ahead": refuses(
        "on", lambda: agreed_goal().would("note_progress", kind="win", text="It ran", on=on(10), by=ANNA, at=at(9))
    ),
    "G007 none": refuses("target_on", lambda: ready_goal(target_on=None).would("propose", by=ANNA, at=at(2))),
    "G007 signing": refuses("target_on", lambda: half_signed_goal(target_on=on(9)).would("sign", by=OLE, at=at(9))),
    "G008 one": warns("signatures", lambda: imported_goal(signatures=agreed_goal().signatures[:1]).findings(on(5))),
    "G009 invest": refuses(
        "revision", lambda: agreed_goal().would("invest", kind="money", text="My bonus", by=ANNA, at=at(4))
    ),
    "G009 choose": refuses("revision", lambda: agreed_goal().would("choose_option", option="o-2", by=ANNA, at=at(4))),
    "G010 after": refuses("progress[0].at", lambda: refused(lambda: progress_on(41, achieved_goal))),
    "G010 order": refuses(
        "progress[1].at",
        lambda: refused(
            lambda: evolve(
                agreed_goal(), progress=(Progress(at(9), ANNA, "win", "First"), Progress(at(8), ANNA, "win", "Then"))
            )
        ),
    ),
    "G011 value": refuses("value", lambda: measured_goal().would("achieve", result="It runs", by=ANNA, at=at(40))),
    "G012 none": refuses(
        "target_on", lambda: goal_without_a_target().would("miss", result="No", learned="Ask first", by=ANNA, at=at(9))
    ),
    "G013 coach": refuses("by", lambda: agreed_goal().would("drop", reason=BECAUSE, by=OLE, at=at(10))),
    "G013 import": warns("reason", lambda: imported_goal(state="dropped").findings(on(5))),
    "G014 reason": refuses("reason", lambda: agreed_goal().would("pause", resume_on=on(60), by=ANNA, at=at(10))),
    "G014 a day that has been": refuses(
        "resume_on",
        lambda: agreed_goal().would("pause", reason=BECAUSE, resume_on=on(10), by=ANNA, at=at(10)),
    ),
    "G014 import": warns(("reason", "resume_on"), lambda: imported_goal(state="paused").findings(on(5))),
    "G015 none": warns("options", lambda: draft_goal().findings(on(1))),
    "G017 importance": warns("importance", lambda: agreed_goal(importance=6).findings(on(4))),
    "G022 import": refuses("chosen", lambda: refused(lambda: imported_goal(options=(), chosen="o-1"))),
    "G026 propose": refuses("coach", lambda: ready_goal().would("propose", coach=ANNA, by=ANNA, at=at(2))),
    "G028 promises": refuses(
        "id",
        lambda: agreed_goal().would("promise", id="c-1", text="More", due=on(40), by=ANNA, at=at(4)),
    ),
    "K004 date": refuses("done_on", lambda: refused(lambda: promise(state="done", result="She said yes"))),
    "K004 open": refuses("done_on", lambda: refused(lambda: promise(done_on=on(9)))),
    "K005 move": refuses(
        "by", lambda: agreed_goal().would("move_due", commitment="c-1", due=on(40), reason=BECAUSE, by=OLE, at=at(9))
    ),
    "K006 gap": refuses(
        "moves[1].old_due",
        lambda: refused(lambda: promise(due=on(40), moves=(MOVE, {**MOVE, "old_due": on(31), "new_due": on(40)}))),
    ),
    "K005 take back": refuses(
        "by", lambda: kept_goal().would("take_back", commitment="c-2", reason=BECAUSE, by=ANNA, at=at(21))
    ),
    "K007 see": refuses("by", lambda: kept_goal().would("see", commitment="c-2", by=OLE, at=at(20))),
    "V017 option": refuses("option", lambda: ready_goal().would("adopt_option", option="o-9", by=ANNA, at=at(1))),
    "V017 none": refuses("option", lambda: ready_goal().would("adopt_option", option="", by=ANNA, at=at(1))),
}
"""Each key begins with the code of the only rule that fires."""


def idea_of_ole_chosen_in(goal):
    """Anna chooses Ole's idea after proposing and makes it her own nowhere: that is found when the last one signs."""
    goal = goal.suggest_option("o-3", "Ask the client", by=OLE, at=at(2))
    goal = goal.choose_option("o-3", by=ANNA, at=at(2)).sign(by=ANNA, at=at(3))
    return goal.would("sign", by=OLE, at=at(3))


def goal_without_a_target():
    """Agreed in a house that does not ask for a target date."""
    mild = Policy(severities={"G007": "warning"})
    goal = ready_goal(target_on=None).propose(by=ANNA, at=at(2), policy=mild)
    goal = goal.promise("c-1", "Ask Eva", on(30), by=ANNA, at=at(2)).promise("c-2", "Ask Per", on(30), by=OLE, at=at(2))
    return goal.sign(by=ANNA, at=at(3), policy=mild).sign(by=OLE, at=at(3), policy=mild)
