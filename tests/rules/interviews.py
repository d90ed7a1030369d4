"""For each rule of interviews: what makes exactly it fire, and a neighbour that passes.

Every entry is a function without arguments that gives findings: those of a refusal, or those of a day.
"""

from typing import Any

from coaching.kernel.rules import Finding
from coaching.records.interviews import Interview, Slot
from stage import ANNA, EVA, OLE, at, on, refused
from stage.interviews import (
    DONE,
    SLOT,
    check_in,
    full_talk,
    held_talk,
    long_talk,
    open_talk,
    planned_talk,
    prepared_talk,
    scheduled_talk,
    signed_talk,
    understood_talk,
    vital_talk,
)
from stage.rules import refuses, warns

OPENLY = (OLE, "question", {"open": True})


def said(text: str = "Yes", by: str = ANNA, talk: Interview | None = None, **turn: Any) -> tuple[Finding, ...]:
    """What saying something in an open talk would be answered with."""
    return (talk or open_talk()).would("say", text=text, by=by, at=at(30), **turn)


def finished(talk: Interview, **changed: Any) -> tuple[Finding, ...]:
    """What finishing a talk would be answered with."""
    return talk.would("finish", **{**DONE, **changed}, by=OLE, at=at(30))


def imported(**fields: Any) -> tuple[Finding, ...]:
    """The warnings about a signed check-in from another system."""
    given = {"coachee": ANNA, "interviewer": OLE, "kind": "check_in", "outcomes": DONE["outcomes"], **fields}
    return Interview.import_("i-9", state="signed", by=EVA, at=at(0), source="old", **given).findings(on(1))


FIRES = {
    "I001": refuses("interviewer", lambda: refused(lambda: planned_talk(interviewer=ANNA))),
    "I003": refuses(("minutes", "place"), lambda: refused(lambda: Slot(start=at(30), minutes=14, place=" "))),
    "I004": warns("invited_at", lambda: prepared_talk(Slot(at(20), 60, "Room 4")).findings(on(6))),
    "I005": warns("preparations", lambda: scheduled_talk().prepare("My notes", by=ANNA, at=at(5)).findings(on(6))),
    "I007": refuses(
        ("turns", "turns"),
        lambda: finished(
            open_talk()
            .say("A plant", "answer", vital="destination", by=ANNA, at=at(30))
            .say("A plant", "summary", by=OLE, at=at(30))
            .say("Yes", "confirmation", by=ANNA, at=at(30)),
            outcomes=(),
            no_change="All is well",
        ),
    ),
    "I008": refuses("by", lambda: said(kind="answer", vital="route", by=OLE)),
    "I009": refuses(
        "turns[6]", lambda: finished(full_talk().say("I want to move house", "concern", by=ANNA, at=at(30)))
    ),
    "I010": refuses(
        "turns", lambda: finished(full_talk().say("No, the other plant", "correction", by=ANNA, at=at(30)))
    ),
    "I011": refuses("outcomes", lambda: finished(check_in(), outcomes=())),
    "I012": refuses("follow_up_on", lambda: finished(full_talk(), follow_up_on=on(30))),
    "I013": refuses(
        "commitments", lambda: finished(understood_talk().promise("c-1", "Ask Eva", on(60), by=ANNA, at=at(30)))
    ),
    "I014": warns(("signatures", "signatures"), imported),
    "I015": refuses("revision", lambda: signed_talk().would("amend", no_change="Nothing", by=OLE, at=at(32))),
    "I016": refuses("reason", lambda: scheduled_talk().would("cancel", by=OLE, at=at(5))),
    "I017": warns("turns", lambda: long_talk(OPENLY, (OLE, "note", {"text": "and so on " * 4})).findings(on(30))),
    "I018": warns(
        "turns", lambda: long_talk((ANNA, "question", {"open": True}), (OLE, "question", {})).findings(on(30))
    ),
    "I019": warns(
        ("turns[2]", "turns[3]"),
        lambda: long_talk(
            OPENLY, (ANNA, "idea", {"phase": "goal"}), (OLE, "suggestion", {"phase": "will"}), (OLE, "suggestion", {})
        ).findings(on(30)),
    ),
    "I020": warns("turns", lambda: open_talk().say("Yes", "note", by=ANNA, at=at(30)).findings(on(30))),
    "I021": warns(
        "turns[0].tags",
        lambda: check_in().say("And my pay?", "question", tags=("pay",), by=ANNA, at=at(30)).findings(on(30)),
    ),
    "I022": warns("feedback", lambda: vital_talk().say("Well done", "affirmation", by=OLE, at=at(30)).findings(on(30))),
    "I023": warns("signatures", lambda: held_talk().sign(by=ANNA, at=at(31)).findings(on(45))),
    "I024": refuses("disclosures", lambda: finished(full_talk(), disclosures=())),
    "I026": refuses("reply_to", lambda: said(kind="reply", reply_to=1)),
    "I027": refuses("kind", lambda: said(kind="idea", by=OLE)),
    "I028": warns("slot.minutes", lambda: prepared_talk(Slot(at(30), 59, "Room 4")).findings(on(6))),
    "I029": refuses(
        ("decision", "open", "vital"),
        lambda: said(kind="note", decision="yes", open=True, vital="route"),
    ),
    "I031": refuses("slot", lambda: scheduled_talk().would("miss", absent=OLE, reason="Ill", by=ANNA, at=at(30, 11))),
    "I032": refuses("interviewer", lambda: refused(lambda: planned_talk(interviewer=None))),
    "I035": refuses("held_on", lambda: finished(full_talk(), held_on=on(31))),
    "I030": refuses("id", lambda: full_talk().would("promise", id="c-1", text="Again", due=on(60), by=OLE, at=at(30))),
}
PASSES = {
    "I001": lambda: Interview.would_new(
        "plan", "i-1", coachee=ANNA, interviewer=OLE, kind="annual", due_on=on(9), by=ANNA, at=at(0)
    ),
    "I003": lambda: planned_talk().would("schedule", slot=Slot(at(30), 15, "Room 4"), by=OLE, at=at(1)),
    "I004": lambda: prepared_talk(Slot(at(21), 60, "Room 4")).findings(on(6)),
    "I005": lambda: prepared_talk().findings(on(6)),
    "I007": lambda: finished(full_talk()),
    "I008": lambda: said(kind="question", vital="route", by=OLE),
    "I009": lambda: finished(
        full_talk()
        .say("I want to move house", "concern", by=ANNA, at=at(30))
        .say("Not this year: we are three", "reply", reply_to=7, decision="no", by=OLE, at=at(30))
    ),
    "I010": lambda: finished(full_talk()),
    "I011": lambda: finished(check_in()),
    "I012": lambda: finished(full_talk(), follow_up_on=on(31)),
    "I013": lambda: finished(understood_talk(), outcomes=(), no_change="All is well"),
    "I014": lambda: signed_talk().findings(on(60)),
    "I015": lambda: held_talk().would("amend", no_change="Nothing", by=OLE, at=at(32)),
    "I016": lambda: scheduled_talk().would("cancel", reason="Ole has left", by=OLE, at=at(5)),
    "I017": lambda: long_talk(OPENLY, (OLE, "note", {"text": "and so on"}), (OLE, "note", {})).findings(on(30)),
    "I018": lambda: long_talk(OPENLY).findings(on(30)),
    "I019": lambda: long_talk(
        OPENLY, (ANNA, "idea", {"phase": "will"}), (OLE, "suggestion", {"phase": "will"})
    ).findings(on(30)),
    "I020": lambda: vital_talk().findings(on(30)),
    "I021": lambda: check_in().say("And my goals?", "question", tags=("goal",), by=ANNA, at=at(30)).findings(on(30)),
    "I022": lambda: (
        vital_talk()
        .say("Well done", "affirmation", by=OLE, at=at(30))
        .say("You listen well", "affirmation", by=ANNA, at=at(30))
        .findings(on(30))
    ),
    "I023": lambda: held_talk().sign(by=ANNA, at=at(31)).findings(on(44)),
    "I024": lambda: finished(full_talk()),
    "I026": lambda: said(kind="reply", reply_to=4, talk=vital_talk()),
    "I027": lambda: said(kind="idea"),
    "I028": lambda: prepared_talk(SLOT).findings(on(6)),
    "I029": lambda: said(kind="reply", decision="yes"),
    "I031": lambda: scheduled_talk().would("miss", absent=OLE, reason="Ill", by=ANNA, at=at(30)),
    "I032": lambda: imported(interviewer=None, signatures=()),
    "I035": lambda: finished(full_talk(), held_on=on(30)),
    "I030": lambda: full_talk().would("promise", id="c-3", text="Again", due=on(60), by=OLE, at=at(30)),
}
