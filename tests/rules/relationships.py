"""For each rule of relationships: what makes exactly it fire, and a neighbour that passes.

Every entry is a function without arguments that gives findings: those of a refusal, or those of a day.
"""

from attrs import evolve

from coaching import Span
from stage import ANNA, OLE, at, on, refused
from stage.relationships import active, declined, ended, half_signed, imported, paused, proposed
from stage.rules import refuses, warns


def signing_without(*parts):
    """What Anna's signature, the last one needed, is answered with where parts of the agreement are open."""
    return half_signed(**dict.fromkeys(parts)).would("sign", by=ANNA, at=at(2))


def signed_elsewhere(*roles):
    """An active relationship, taken over whole, with the signatures of those roles."""
    known = active()
    signatures = tuple(s for s in known.signatures if s.role in roles)
    return imported(kind=known.kind, agreement=known.agreement, signatures=signatures).findings(on(5))


FIRES = {
    "R001": refuses("coachee", lambda: refused(lambda: proposed(coachee=OLE))),
    "R002": refuses("agreement.cadence", lambda: signing_without("cadence")),
    "R003": warns("signatures", lambda: signed_elsewhere("coach")),
    "R006": refuses("state", lambda: ended().would("resume", reason="Back", by=ANNA, at=at(21))),
    "R008": warns("agreement.review_on", lambda: active(review_on=on(30)).findings(on(31))),
    "R011": refuses("span", lambda: refused(lambda: evolve(active(), span=Span(on(2), on(20))))),
}
PASSES = {
    "R001": lambda: proposed(coachee="p-4").findings(on(0)),
    "R002": signing_without,
    "R003": lambda: signed_elsewhere("coach", "coachee"),
    "R006": lambda: paused().would("resume", reason="Back", by=ANNA, at=at(21)),
    "R008": lambda: active(review_on=on(30)).findings(on(30)),
    "R011": lambda: evolve(ended(), span=Span(on(2), on(20))).findings(on(20)),
}
ALSO = {
    "R002 all parts": refuses(
        ("agreement.cadence", "agreement.confidentiality"), lambda: signing_without("cadence", "confidentiality")
    ),
    "R003 nobody": warns(("signatures", "signatures"), signed_elsewhere),
    "R006 declined": refuses("state", lambda: declined().would("sign", by=ANNA, at=at(2))),
    "R008 paused": warns("agreement.review_on", lambda: paused(review_on=on(30)).findings(on(31))),
}
