"""Interviews ready to be acted on: Anna is the coachee, Ole, her manager, listens."""

from typing import Any

from coaching.kernel.values import Ref
from coaching.records.interviews import Disclosure, Interview, Slot
from stage import ANNA, OLE, at, on

SLOT = Slot(start=at(30), minutes=90, place="Room 4")
LATER = Slot(start=at(40), minutes=60, place="Room 5")
GOAL = Ref("goal", "g-1")
DONE: dict[str, Any] = {"outcomes": (GOAL,), "disclosures": (Disclosure("nothing"),), "follow_up_on": on(120)}
"""What finishing an annual interview asks for."""


def planned_talk(**content: Any) -> Interview:
    """An annual interview, planned by Anna."""
    given = {
        "coachee": ANNA,
        "interviewer": OLE,
        "kind": "annual",
        "due_on": on(200),
        "by": ANNA,
        "at": at(0),
        **content,
    }
    return Interview.plan("i-1", **given)


def scheduled_talk(slot: Slot = SLOT, **content: Any) -> Interview:
    """With a slot thirty days ahead, and nobody prepared yet."""
    return planned_talk(**content).schedule(slot, by=OLE, at=at(0))


def prepared_talk(slot: Slot = SLOT, **content: Any) -> Interview:
    """Both have noted something for themselves."""
    talk = scheduled_talk(slot, **content).prepare("I want to talk about moving house", by=ANNA, at=at(5))
    return talk.prepare("Ask about the pilot line", by=OLE, at=at(6))


def open_talk(**content: Any) -> Interview:
    """Just begun."""
    return prepared_talk(**content).start(by=OLE, at=at(30))


def check_in(**content: Any) -> Interview:
    """A short talk in between, just begun: the gates of an annual interview are not asked of it."""
    return open_talk(**{"kind": "check_in", **content})


def vital_talk() -> Interview:
    """Open, with the three vital questions answered, and a dream among the answers."""
    talk = open_talk().say("Where are you heading?", "question", vital="heading", open=True, by=OLE, at=at(30))
    talk = talk.say("I run the same line as last year", "answer", vital="heading", reply_to=1, by=ANNA, at=at(30))
    talk = talk.say("To lead a plant", "answer", vital="destination", tags=("dream",), by=ANNA, at=at(30))
    return talk.say("By leading the pilot line first", "answer", vital="route", by=ANNA, at=at(30))


def understood_talk() -> Interview:
    """The answers summed up by Ole, and confirmed by Anna."""
    talk = vital_talk().say("You want a plant, by way of the pilot line", "summary", by=OLE, at=at(30))
    return talk.say("Yes", "confirmation", reply_to=5, by=ANNA, at=at(30))


def full_talk() -> Interview:
    """All that an annual interview asks for before it is finished: both have promised something, too."""
    talk = understood_talk().promise("c-1", "Ask Eva about her course", on(60), by=ANNA, at=at(30))
    return talk.promise("c-2", "Free your Fridays", on(60), to=ANNA, kind="support", by=OLE, at=at(30))


def held_talk() -> Interview:
    """Finished, and not signed yet."""
    return full_talk().finish(**DONE, by=OLE, at=at(30))


def signed_talk() -> Interview:
    """Signed by both."""
    return held_talk().sign(by=ANNA, at=at(31)).sign(by=OLE, at=at(31))


def long_talk(*turns: tuple[str, str, dict[str, Any]]) -> Interview:
    """A check-in with the turns given (speaker, kind, more), and notes of one word by Anna up to ten turns."""
    talk = check_in()
    for speaker, kind, more in turns:
        talk = talk.say(**{"text": "Yes", **more}, kind=kind, by=speaker, at=at(30))
    while len(talk.turns) < 10:
        talk = talk.say("Noted", "note", by=ANNA, at=at(30))
    return talk


def taken_over(state: str, **fields: Any) -> Interview:
    """An annual interview from another system, where nobody here saw what happened."""
    given = {"coachee": ANNA, "interviewer": OLE, "kind": "annual", **fields}
    return Interview.import_("i-9", state=state, by="p-0", at=at(0), source="old system", **given)
