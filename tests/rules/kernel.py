"""For each rule that the kernel and the formats ask: what makes exactly it fire, and a neighbour that passes.

Every entry is a function without arguments that gives findings: those of a refusal, or those of a check.
"""

from datetime import datetime
from decimal import Decimal

from attrs import evolve

from coaching import Goal, Location, Policy, Span, verify
from coaching.codec import dumps, loads
from coaching.kernel.history import erased
from stage import ANNA, OLE, at, on, refused
from stage.goals import agreed_goal, draft_goal, half_signed_goal, imported_goal, proposed_goal, ready_goal
from stage.rules import refuses, warns

NONE = ()


def begun(id="g-1", **given):
    """What beginning a goal would be answered with."""
    return Goal.would_new("begin", id, **{"title": "Lead a pilot line", "by": ANNA, "at": at(0), **given})


def edited(**given):
    """What editing a draft on day 1 would be answered with."""
    return draft_goal().would("edit", **{"by": ANNA, "at": at(1), **given})


def invested(**given):
    """What investing in a draft on day 1 would be answered with."""
    return draft_goal().would("invest", **{"kind": "time", "text": "Fridays", "by": ANNA, "at": at(1), **given})


def with_history(change, goal=agreed_goal):
    """A goal whose history was changed by another route than an act."""
    return evolve(goal(), history=change(goal().history))


def made(build):
    """What making something is answered with: nothing, since it can be made."""
    build()
    return NONE


def erased_goal():
    """A goal from which words were erased."""
    goal = agreed_goal()
    return erased(goal, goal.history, by="admin", at=at(900), reason="She left", was={"person": ANNA, "texts": 4})


def taken_over_again(goal):
    """What taking a goal over again on day 9 would be answered with."""
    return goal.would("reimport", why="For the line", by="admin", at=at(9), source="the old system")


FIRES = {
    "V001": refuses("id", lambda: begun(" g-1")),
    "V002": refuses("outcome", lambda: edited(outcome=" \t")),
    "V003": refuses("at", lambda: edited(at=datetime(2026, 3, 3, 12))),
    "V004": refuses("to", lambda: refused(lambda: Span(on(1), on(0)))),
    "V005": refuses("amount", lambda: invested(amount=0)),
    "V006": refuses("country", lambda: refused(lambda: Location("Oslo", "no"))),
    "V007": refuses("confidence", lambda: edited(confidence=11)),
    "V008": refuses("history[1].at", lambda: refused(lambda: with_history(lambda h: (evolve(h[0], at=at(2)), *h[1:])))),
    "V009": refuses("at", lambda: edited(at=at(-1))),
    "V010": refuses("state", lambda: draft_goal().would("sign", by=ANNA, at=at(1))),
    "V011": refuses("by", lambda: edited(by=OLE)),
    "V012": refuses("kind", lambda: invested(kind="luck")),
    "V013": refuses("state", lambda: refused(lambda: evolve(agreed_goal(), state="paused"))),
    "V014": refuses("kind", lambda: draft_goal().would("invest", text="Fridays", by=ANNA, at=at(1))),
    "V015": refuses("target_on", lambda: edited(target_on="2026-09-01")),
    "V016": refuses("colour", lambda: edited(colour="red")),
    "V017": refuses("option", lambda: draft_goal().would("adopt_option", option="o-9", by=ANNA, at=at(1))),
    "V018": refuses("", lambda: refused(lambda: loads(b"[]"))),
    "V019": refuses("history", lambda: taken_over_again(imported_goal().drop("Another line", by=ANNA, at=at(5)))),
    "S001": refuses("signatures[1]", lambda: half_signed_goal().would("sign", by=ANNA, at=at(3))),
    "S002": refuses("note", lambda: half_signed_goal().would("sign", stance="reservation", by=OLE, at=at(3))),
    "S003": refuses(
        ("signatures[0].revision", "signatures[1].revision"),
        lambda: refused(
            lambda: evolve(agreed_goal(), signatures=tuple(evolve(s, revision=1) for s in agreed_goal().signatures))
        ),
    ),
    "H001": refuses(
        "history[1]", lambda: verify(with_history(lambda h: (h[0], evolve(h[1], reason="It was asked for"), *h[2:])))
    ),
    "H002": refuses("", lambda: verify(evolve(agreed_goal(), reality="Nobody has tried"))),
    "H003": refuses(
        ("signatures[0].digest", "signatures[1].digest"), lambda: verify(imported_goal(title="Lead two pilot lines"))
    ),
    "H006": refuses("history", lambda: verify(agreed_goal(), known={("goal", "g-1"): ready_goal().digest})),
    "H004": warns("history[10]", lambda: verify(erased_goal())),
    "Y001": refuses("severities.G001", lambda: refused(lambda: Policy(severities={"G001": "off"}))),
    "Y002": refuses("stalled_days", lambda: refused(lambda: Policy(stalled_days=0))),
}
PASSES = {
    "V001": lambda: begun("g 1"),
    "V002": lambda: edited(outcome="-"),
    "V003": lambda: edited(at=at(1)),
    "V004": lambda: made(lambda: Span(on(1), on(1))),
    "V005": lambda: invested(amount=Decimal("0.000000000000001")),
    "V006": lambda: made(lambda: Location("Oslo", "NO")),
    "V007": lambda: edited(confidence=10, importance=0),
    "V008": lambda: made(lambda: with_history(lambda h: (evolve(h[0], at=at(1)), *h[1:]))),
    "V009": lambda: edited(at=at(0)),
    "V010": lambda: proposed_goal().would("sign", by=ANNA, at=at(3)),
    "V011": edited,
    "V012": lambda: invested(kind="comfort"),
    "V013": lambda: made(lambda: evolve(agreed_goal(), state="agreed")),
    "V014": invested,
    "V015": lambda: edited(target_on=on(184)),
    "V016": lambda: edited(title="Lead"),
    "V017": lambda: ready_goal().would("adopt_option", option="o-2", by=ANNA, at=at(1)),
    "V018": lambda: made(lambda: loads(dumps(agreed_goal()))),
    "V019": lambda: taken_over_again(imported_goal()),
    "S001": lambda: half_signed_goal().would("sign", by=OLE, at=at(3)),
    "S002": lambda: half_signed_goal().would(
        "sign", stance="reservation", note="If the client agrees", by=OLE, at=at(3)
    ),
    "S003": lambda: agreed_goal().findings(on(4)),
    "H001": lambda: verify(agreed_goal()),
    "H002": lambda: verify(agreed_goal().keep(on(900)).with_extra({"colour": "red"})),
    "H003": lambda: verify(imported_goal()),
    "H006": lambda: verify(agreed_goal(), known={("goal", "g-1"): agreed_goal().digest, ("goal", "g-2"): "0" * 64}),
    "H004": lambda: verify(agreed_goal().drop("She left", by=ANNA, at=at(900))),
    "Y001": lambda: made(lambda: Policy(severities={"G005": "off", "G018": "error"})),
    "Y002": lambda: made(lambda: Policy(stalled_days=1)),
}

ALSO = {
    # the other ways in which a rule can be broken
    "V001 long": refuses("id", lambda: begun("g" * 201)),
    "V001 blank": refuses("id", lambda: begun("")),
    "V001 by": refuses("by", lambda: edited(by=" ")),
    "V002 long": refuses("outcome", lambda: edited(outcome="o" * 10_001)),
    "V002 half": refuses("outcome", lambda: edited(outcome="half \ud83d")),
    "V002 reason": refuses("reason", lambda: proposed_goal().would("ask_change", reason=" ", by=OLE, at=at(3))),
    "V005 infinite": refuses("amount", lambda: invested(amount=Decimal("Infinity"))),
    "V005 nothing": refuses("amount", lambda: invested(amount=Decimal("sNaN"))),
    "V005 large": refuses("amount", lambda: invested(amount=10**15)),
    "V005 fine": refuses("amount", lambda: invested(amount=Decimal("1e-16"))),
    "V005 share": refuses(
        "score", lambda: agreed_goal().would("achieve", result="It runs", score=Decimal("1.1"), by=ANNA, at=at(9))
    ),
    "V005 extra": refuses("extra.n", lambda: refused(lambda: draft_goal().with_extra({"n": 10**15 + 1}))),
    "V010 unknown": refuses("state", lambda: draft_goal().would("levitate", by=ANNA, at=at(1))),
    "V010 begins": refuses("state", lambda: draft_goal().would("begin", id="g-2", title="More", by=ANNA, at=at(1))),
    "V010 number": refuses("state", lambda: draft_goal().would(3)),
    "V010 list": refuses("state", lambda: draft_goal().would(["sign"])),
    "V010 new": refuses("state", lambda: Goal.would_new("sign", "g-1")),
    "V010 new list": refuses("state", lambda: Goal.would_new(["begin"], "g-1")),
    "V010 promise": refuses("commitment", lambda: agreed_goal().would("see", commitment="c-2", by=ANNA, at=at(4))),
    "V011 sign": refuses("by", lambda: proposed_goal().would("sign", by="p-99", at=at(3))),
    "V012 state": refuses("state", lambda: refused(lambda: imported_goal("forgotten"))),
    "V012 list": refuses("kind", lambda: invested(kind=["time"])),
    "V013 none": refuses("history", lambda: refused(lambda: with_history(lambda _: ()))),
    "V013 step": refuses("history[0]", lambda: refused(lambda: with_history(lambda h: h[1:]))),
    "V013 revision": refuses(
        "history[1].revision", lambda: refused(lambda: with_history(lambda h: (h[0], evolve(h[1], revision=7), *h[2:])))
    ),
    "V013 end": refuses("revision", lambda: refused(lambda: evolve(draft_goal(), revision=2))),
    "V014 by": refuses("by", lambda: draft_goal().would("edit", at=at(1))),
    "V014 reason": refuses("reason", lambda: proposed_goal().would("ask_change", reason=None, by=OLE, at=at(3))),
    "V014 coach": refuses("coach", lambda: goal_without_a_coach().would("propose", by=ANNA, at=at(2))),
    "V014 source": refuses(
        "source",
        lambda: Goal.would_new(
            "import", "g-1", state="draft", owner=ANNA, title="Lead", source=None, by="admin", at=at(0)
        ),
    ),
    "V014 field": refuses(
        "owner",
        lambda: Goal.would_new("import", "g-1", state="draft", title="Lead", source="old", by="admin", at=at(0)),
    ),
    "V015 list": refuses("obstacles", lambda: edited(obstacles="time")),
    "V015 part": refuses("measure", lambda: edited(measure=3)),
    "V015 policy": refuses("policy", lambda: edited(policy="strict")),
    "V015 until": refuses("keep_until", lambda: refused(lambda: draft_goal().keep("2030"))),
    "V015 day": refuses("target_on", lambda: edited(target_on=datetime(2026, 9, 1))),
    "V015 truth": refuses("confidence", lambda: edited(confidence=True)),
    "V015 extra": refuses("extra", lambda: refused(lambda: draft_goal().with_extra([]))),
    "V015 moment": refuses("at", lambda: edited(at="noon")),
    "V016 argument": refuses(
        "why", lambda: draft_goal().would("drop", why="No time", reason="No time", by=ANNA, at=at(1))
    ),
    "V016 history": refuses(
        "history",
        lambda: Goal.would_new(
            "import", "g-1", state="draft", owner=ANNA, title="Lead", source="old", history=(), by="admin", at=at(0)
        ),
    ),
    "V016 odd": refuses("²", lambda: edited(**{"²": 1})),
    "V016 self": refuses("self", lambda: edited(**{"self": 1})),  # noqa: PIE804  (it is no name for a keyword)
    "V016 act": refuses("act", lambda: edited(act=1)),
    "V016 many": refuses("", lambda: refused(lambda: Span(on(1), on(2), on(3)))),
    "S001 role": refuses(
        "signatures[0].by",
        lambda: refused(
            lambda: evolve(
                agreed_goal(), signatures=tuple(evolve(s, role="witness") for s in agreed_goal().signatures[:1])
            )
        ),
    ),
    "S001 by": refuses(
        ("signatures[0].by", "signatures[1].by"),
        lambda: refused(
            lambda: evolve(agreed_goal(), signatures=tuple(evolve(s, by="p-99") for s in agreed_goal().signatures))
        ),
    ),
    "H001 order": refuses(
        ("history[1]", "history[2]", "history[3]"), lambda: verify(with_history(lambda h: (h[0], h[2], h[1], *h[3:])))
    ),
    "H002 last": refuses("", lambda: verify(evolve(agreed_goal(), coach="p-4", signatures=()))),
    "Y001 unknown": refuses("severities.G999", lambda: refused(lambda: Policy(severities={"G999": "off"}))),
    "Y001 number": refuses("severities.5", lambda: refused(lambda: Policy(severities={5: "off"}))),
    "Y001 word": refuses("severities.G005", lambda: refused(lambda: Policy(severities={"G005": "loud"}))),
    "Y001 list": refuses("severities", lambda: refused(lambda: Policy(severities=["G005"]))),
    "Y002 half": refuses("sign_days", lambda: refused(lambda: Policy(sign_days=1.5))),
    "Y002 truth": refuses("sign_days", lambda: refused(lambda: Policy(sign_days=True))),
    "Y002 most": refuses("sign_days", lambda: refused(lambda: Policy(sign_days=10_001))),
    "Y002 cadence": refuses("cadence", lambda: refused(lambda: Policy(cadence="weekly"))),
}
"""Each key begins with the code of the only rule that fires."""


def goal_without_a_coach():
    """All that proposing asks, but nobody to propose it to."""
    given = {"outcome": "The pilot line runs a week without me", "target_on": on(180)}
    goal = Goal.begin("g-1", "Lead a pilot line", by=ANNA, at=at(0), **given)
    return goal.invest("time", "Fridays", by=ANNA, at=at(1))
