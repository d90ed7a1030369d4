"""For each rule of moves: what makes exactly it fire, and a neighbour that passes.

Every entry is a function without arguments that gives findings: those of a refusal, or those of a day.
"""

from typing import Any

from attrs import evolve

from coaching import Finding
from coaching.records.moves import Approval, InternalMove
from stage import ANNA, EVA, OLE, at, on, refused
from stage.moves import YLVA, agreed, approved_by, asked, declined, done, imported, wished
from stage.opportunities import need
from stage.rules import refuses, warns

ASKING: dict[str, Any] = {"opportunity": "op-1", "releasing_manager": OLE, "by": ANNA, "at": at(1)}


def asking(**changed: Any) -> tuple[Finding, ...]:
    """What asking on day 1 would be answered with."""
    return wished().would("ask", **{**ASKING, **changed})


def last_yes(**details: Any) -> tuple[Finding, ...]:
    """What the last yes that is needed would be answered with."""
    return approved_by(ANNA, OLE, EVA, **details).would("approve", by=YLVA, at=at(2))


def handing_over(*, fulfilled: bool) -> InternalMove:
    """Agreed, and Anna has promised to show somebody her line by day 59."""
    move = agreed().promise("c-1", "Show Eva the line", on(59), by=ANNA, at=at(3))
    return move.fulfil("c-1", "She runs it", by=ANNA, at=at(50)) if fulfilled else move


FIRES = {
    "M001": refuses("by", lambda: imported("wished", releasing_manager=OLE).would("ask", **{**ASKING, "by": OLE})),
    "M002": refuses("from_position", lambda: refused(lambda: wished(from_placement=None))),
    "M003": refuses("needs[1]", lambda: asking(needs=(need("n-1"), need("n-2", release="coach")))),
    "M004": warns(
        ("approvals", "approvals"),
        lambda: imported(release_on=on(1), start_on=on(2), check_in_on=on(3), releasing_manager=OLE).findings(on(2)),
    ),
    "M005": refuses("reason", lambda: asked().would("decline", look_again_on=on(100), by=OLE, at=at(2))),
    "M006": refuses("start_on", lambda: last_yes(start_on=on(58))),
    "M007": refuses("on", lambda: agreed().would("complete", by=ANNA, at=at(60))),
    "M008": refuses("by", lambda: agreed().would("withdraw", by=OLE, at=at(3))),
    "M010": warns("check_in_on", lambda: agreed(check_in_on=None).findings(on(3))),
    "M012": warns("commitments[0]", lambda: evolve(handing_over(fulfilled=False), start_on=on(59)).findings(on(59))),
    "M014": warns(("approvals", "approvals", "approvals", "approvals"), lambda: asked().findings(on(16))),
    "M015": refuses("receiving_manager", lambda: asking(receiving_manager=ANNA)),
    "M016": refuses("approvals[1]", lambda: approved_by(OLE).would("approve", by=OLE, at=at(2))),
    "M017": refuses("start_on", lambda: asked().would("approve", start_on=on(61), by=OLE, at=at(2))),
    "M019": refuses(
        "id",
        lambda: handing_over(fulfilled=False).would("promise", id="c-1", text="Again", due=on(60), by=OLE, at=at(4)),
    ),
}
PASSES = {
    "M001": asking,
    "M002": lambda: wished(from_placement=None, from_position="po-1").findings(on(0)),
    "M003": lambda: asking(needs=(need("n-1"), need("n-2", release="managers"))),
    "M004": last_yes,
    "M005": lambda: asked().would("decline", reason="Not now", look_again_on=on(3), by=OLE, at=at(2)),
    "M006": lambda: last_yes(start_on=on(59)),
    "M007": lambda: agreed().would("complete", on=on(59), by=ANNA, at=at(60)),
    "M008": lambda: agreed().would("withdraw", by=ANNA, at=at(3)),
    "M010": lambda: agreed(check_in_on=on(150)).findings(on(3)),
    "M012": lambda: handing_over(fulfilled=True).findings(on(60)),
    "M014": lambda: asked().findings(on(15)),
    "M015": lambda: asking(receiving_manager=OLE),
    "M016": lambda: approved_by(OLE).would("approve", by=EVA, at=at(2)),
    "M017": lambda: asked().would("approve", start_on=on(60), by=OLE, at=at(2)),
    "M019": lambda: handing_over(fulfilled=False).would(
        "promise", id="c-2", text="Again", due=on(60), by=OLE, at=at(4)
    ),
}


def _answers(*answers: Approval) -> tuple[Finding, ...]:
    return refused(lambda: evolve(asked(), approvals=answers))


ALSO = {
    "M002 to where it starts": refuses("opportunity", lambda: asking(opportunity="pl-1")),
    "M003 a need nobody showed": refuses("needs[1]", lambda: asking(needs=(need("n-1"),))),
    "M003 not released to the client": refuses(
        "needs[1]", lambda: asking(client_by=YLVA, needs=(need("n-1"), need("n-2", release="managers")))
    ),
    "M004 nobody releases": refuses(
        "releasing_manager",
        lambda: imported("asked", release_on=on(1), start_on=on(2)).would("approve", by=ANNA, at=at(1)),
    ),
    "M005 without a day": refuses(
        "look_again_on", lambda: asked().would("decline", reason="Not now", by=OLE, at=at(2))
    ),
    "M005 a day that has been": refuses(
        "look_again_on", lambda: asked().would("decline", reason="Not now", look_again_on=on(2), by=OLE, at=at(2))
    ),
    "M005 blank": refuses(
        "reason", lambda: asked().would("decline", reason=" ", look_again_on=on(3), by=OLE, at=at(2))
    ),
    "M005 imported": warns("approvals", lambda: imported("declined").findings(on(1))),
    "M006 without days": refuses(("release_on", "start_on"), lambda: last_yes(release_on=None, start_on=None)),
    "M007 before the release": refuses("on", lambda: agreed().would("complete", on=on(58), by=ANNA, at=at(60))),
    "M007 imported": warns("started_on", lambda: evolve(done(), started_on=None).findings(on(60))),
    "M008 once it is done": refuses("by", lambda: done().would("withdraw", by=ANNA, at=at(61))),
    "M010 too late": warns("check_in_on", lambda: agreed(check_in_on=on(151)).findings(on(3))),
    "M010 before the start": warns("check_in_on", lambda: done(check_in_on=on(59)).findings(on(60))),
    "M014 by one": warns("approvals", lambda: approved_by(ANNA, OLE, EVA).findings(on(30))),
    "M016 of an earlier revision": refuses(
        "approvals[0].revision", lambda: _answers(Approval("mover", ANNA, at(1), 2))
    ),
    "M016 for another": refuses("approvals[0].by", lambda: _answers(Approval("mover", OLE, at(1), 1))),
    "M016 twice": refuses("approvals[1]", lambda: _answers(*[Approval("mover", ANNA, at(1), 1)] * 2)),
}
"""More ways in which they fire."""

SILENT = {
    "M014 once declined": lambda: declined().findings(on(100)),
    "M010 wished": lambda: wished().findings(on(100)),
}
"""States in which advice says nothing."""
