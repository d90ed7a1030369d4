"""The document that is decoded: a finished annual interview, taken over from notes and signed here.

Ten turns, six history entries, four commitments, two signatures. The notes of the talk are imported while it is open;
the last two promises, the finish and both signatures are acts, so every entry and signature is sealed as in real life.
`SPOILED` holds the same document with one thing wrong each: every decoder of the comparison must refuse all of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from coaching import Commitment, Disclosure, Interview, LookBack, Preparation, Ref, Slot, Turn
from coaching.codec import dumps

ANNA, OLE = "p-17", "p-3"  # Anna, the coachee; Ole, her manager, who listens


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in March 2026."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def _turn(number: int, speaker: str, kind: str, text: str, **more: Any) -> Turn:
    return Turn(number, speaker, kind, text, moment(25, 9, 3 * number), **more)


TURNS = (
    _turn(1, OLE, "question", "Where are you going right now?", vital="heading", phase="topic", open=True),
    _turn(2, ANNA, "answer", "I run the same line as last year, and it runs well.", reply_to=1, vital="heading"),
    _turn(3, OLE, "question", "Where do you want to go?", vital="destination", phase="goal", open=True),
    _turn(4, ANNA, "answer", "To lead a plant of my own.", reply_to=3, vital="destination", tags=("dream",)),
    _turn(5, ANNA, "answer", "The pilot line first, then a course.", vital="route", phase="options"),
    _turn(6, ANNA, "concern", "It means moving house, and my children have just changed school.", phase="reality"),
    _turn(7, OLE, "reply", "I find out how we help with the move.", reply_to=6, decision="yes", phase="will"),
    _turn(8, ANNA, "affirmation", "You gave me room when the line stood still.", tags=("feedback",)),
    _turn(9, OLE, "summary", "A plant, by way of the pilot line, once the move is solved."),
    _turn(10, ANNA, "confirmation", "Yes, that is it.", reply_to=9),
)


def signed_interview() -> Interview:
    """The interview, from the notes to both signatures."""
    talk = Interview.import_(
        "i-2026-17",
        state="open",
        by=OLE,
        at=moment(25, 10),
        source="notes of the talk",
        coachee=ANNA,
        interviewer=OLE,
        kind="annual",
        due_on=date(2026, 9, 30),
        cycle="2026",
        slot=Slot(moment(25, 9), 90, "Room 4"),
        invited_at=moment(2, 8),
        preparations=(
            Preparation(ANNA, moment(20, 16), "The pilot line, and the house."),
            Preparation(OLE, moment(24, 17), "Ask about the course; thank her for November."),
        ),
        previous="i-2025-17",
        look_back=(LookBack(Ref("goal", "g-4"), "Done in October.", ANNA, moment(25, 9)),),
        turns=TURNS,
        commitments=(
            Commitment("c-1", OLE, "Find out about removals", date(2026, 3, 25), date(2026, 4, 10), ANNA, "support"),
            Commitment("c-2", ANNA, "Talk it over at home", date(2026, 3, 25), date(2026, 4, 10)),
        ),
    )
    talk = talk.promise(
        "c-3", "Introduce Eva", date(2026, 5, 1), to=ANNA, kind="introduction", by=OLE, at=moment(25, 10, 5)
    )
    talk = talk.promise(
        "c-4", "Sign up for the course", date(2026, 6, 1), kind="learning", by=ANNA, at=moment(25, 10, 6)
    )
    talk = talk.finish(
        outcomes=(Ref("goal", "g-9"), Ref("need", "n-2", "path-17")),
        disclosures=(Disclosure("That she wants to lead", "Per", ANNA),),
        follow_up_on=date(2026, 9, 1),
        by=OLE,
        at=moment(25, 10, 10),
    )
    talk = talk.sign(by=ANNA, at=moment(27, 8))
    return talk.sign("reservation", "I still doubt the date.", by=OLE, at=moment(27, 15))


DOCUMENT = dumps(signed_interview())


def _spoiled(spoil: Callable[[dict[str, Any]], object]) -> bytes:
    document = json.loads(DOCUMENT)
    spoil(document)
    return json.dumps(document).encode()


SPOILED: dict[str, bytes] = {
    name: _spoiled(spoil)
    for name, spoil in {
        "another type": lambda d: d.update(type="goal"),
        "an unknown schema": lambda d: d.update(schema=2),
        "an unknown field": lambda d: d.update(mood="good"),
        "an unknown field of a part": lambda d: d["turns"][3].update(mood="good"),
        "a missing field": lambda d: d.pop("coachee"),
        "a missing field of a part": lambda d: d["turns"][3].pop("text"),
        "a number for a text": lambda d: d.update(id=7),
        "V001, an id with a blank at its end": lambda d: d.update(previous="i-1 "),
        "V001, an id too long": lambda d: d.update(previous="i" * 201),
        "V002, a blank text": lambda d: d["turns"][3].update(text="  "),
        "V002, a text too long": lambda d: d["turns"][3].update(text="x" * 10_001),
        "V003, a moment without offset": lambda d: d["turns"][3].update(at="2026-03-25T09:00:00"),
        "V005, a revision of 0": lambda d: d.update(revision=0),
        "V012, an unknown word": lambda d: d["turns"][3].update(kind="shout"),
        "V015, no date": lambda d: d.update(due_on="soon"),
        "V015, a fraction for a whole number": lambda d: d.update(revision=1.5),
        "V008, out of time order": lambda d: d["history"][2].update(at="2026-03-24T10:06:00Z"),
        "V013, no history": lambda d: d.update(history=[]),
        "V013, no such step": lambda d: d["history"][1].update(act="reopen"),
        "V013, a revision left out": lambda d: d["history"][3].update(revision=2),
        "V013, another end": lambda d: d.update(state="held"),
        "V013, another revision": lambda d: d.update(revision=2, signatures=[]),
        "a digest too short": lambda d: d["history"][1].update(digest="00"),
        "I001, one person": lambda d: d.update(interviewer=ANNA, signatures=[], turns=[]),
        "I003, ten minutes": lambda d: d["slot"].update(minutes=10),
        "I008, an answer by the interviewer": lambda d: d["turns"][1].update(speaker=OLE),
        "I026, a gap": lambda d: d["turns"][9].update(number=11),
        "I026, a reply to what comes": lambda d: d["turns"][1].update(reply_to=2),
        "I027, a summary by the coachee": lambda d: d["turns"][8].update(speaker=ANNA),
        "I027, a demand by the interviewer": lambda d: d["turns"][8].update(kind="demand"),
        "I029, an answer that decides": lambda d: d["turns"][1].update(decision="yes"),
        "I029, an open answer": lambda d: d["turns"][1].update(open=True),
        "I029, a vital note": lambda d: d["turns"][7].update(kind="note", vital="route"),
        "I030, an id twice": lambda d: d["commitments"][1].update(id="c-1"),
        "K001, no due date": lambda d: d["commitments"][1].pop("due"),
        "K003, due before made": lambda d: d["commitments"][1].update(due="2026-03-24"),
        "K004, done without a result": lambda d: d["commitments"][1].update(state="done", done_on="2026-04-01"),
        "K004, done without a date": lambda d: d["commitments"][1].update(state="done", result="Done."),
        "K004, a date and not done": lambda d: d["commitments"][1].update(done_on="2026-04-01"),
        "K006, a move that does not end in the due date": lambda d: d["commitments"][1].update(
            moves=[{"old_due": "2026-04-01", "new_due": "2026-04-02", "reason": "Ill", "at": "2026-04-01T09:00:00Z"}]
        ),
        "S001, one side twice": lambda d: d["signatures"][1].update(role="coachee", by=ANNA),
        "S001, somebody else": lambda d: d["signatures"][1].update(by="p-4"),
        "S002, a reservation without a note": lambda d: d["signatures"][1].pop("note"),
        "S003, an earlier revision": lambda d: d["signatures"][1].update(revision=2),
    }.items()
}

BLUNDERED = _spoiled(lambda d: (d["turns"][3].update(text=" "), d["slot"].update(minutes=10), d.update(mood="good")))
"""Three faults in three places, for what refusing costs."""
