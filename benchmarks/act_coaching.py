"""The library: each act looks up the table, asks who may, checks rules and gates, seals, and gives a new record."""

from __future__ import annotations

from datetime import date

from document import ANNA, OLE, TURNS, moment

from coaching import Disclosure, Interview, Ref, Slot

label = "coaching"
SLOT = Slot(moment(25, 9), 90, "Room 4")
GOAL = Ref("goal", "g-9")
NOTHING = Disclosure("nothing")
PLANNED, INVITED, THOUGHT, READY = moment(2, 8), moment(2, 9), moment(20, 16), moment(24, 17)
BEGUN, PROMISED, ENDED, READ, SIGNED = moment(25, 9), moment(25, 10), moment(25, 11), moment(27, 8), moment(27, 15)
AUTUMN, IN_APRIL, NEXT_TIME = date(2026, 9, 30), date(2026, 4, 10), date(2026, 9, 1)
SAID = [
    (
        (turn.text, turn.kind.value),
        {
            "by": turn.speaker,
            "at": turn.at,
            **{n: getattr(turn, n) for n in ("reply_to", "decision", "vital", "phase", "open", "tags")},
        },
    )
    for turn in TURNS
]


def ready() -> None:
    """Nothing is needed before the talk: there is no machine to build."""


def talk(_ready: None) -> str:
    """Plan, prepare, talk, promise, finish, sign: the state at the end."""
    talk = Interview.plan("i-1", ANNA, OLE, "annual", AUTUMN, by=ANNA, at=PLANNED)
    talk = talk.schedule(SLOT, by=OLE, at=INVITED)
    talk = talk.prepare("The pilot line, and the house.", by=ANNA, at=THOUGHT)
    talk = talk.prepare("Ask about the course; thank her for November.", by=OLE, at=READY)
    talk = talk.start(by=OLE, at=BEGUN)
    for words, more in SAID:
        talk = talk.say(*words, **more)
    talk = talk.promise("c-1", "Find out about removals", IN_APRIL, to=ANNA, kind="support", by=OLE, at=PROMISED)
    talk = talk.promise("c-2", "Talk it over at home", IN_APRIL, by=ANNA, at=PROMISED)
    talk = talk.finish((GOAL,), disclosures=(NOTHING,), follow_up_on=NEXT_TIME, by=OLE, at=ENDED)
    talk = talk.sign(by=ANNA, at=READ)
    talk = talk.sign(by=OLE, at=SIGNED)
    return talk.state


def talked(turns: int) -> Interview:
    """A talk in which so many turns were said."""
    talk = Interview.plan("i-1", ANNA, OLE, "annual", AUTUMN, by=ANNA, at=PLANNED)
    talk = talk.schedule(SLOT, by=OLE, at=INVITED).start(by=OLE, at=BEGUN)
    for _ in range(turns):
        talk = say(talk)
    return talk


def say(talk: Interview) -> Interview:
    """Say one more turn."""
    return talk.say("And how do you get there from here, do you think?", "question", by=OLE, at=BEGUN, open=True)
