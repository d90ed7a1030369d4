"""Near misses of the rules of interviews, feedback and coaching relationships: see `near_misses`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from coaching.records.feedback import Feedback, Situation
from coaching.records.interviews import Interview, Slot
from coaching.records.relationships import CoachingRelationship
from coaching.testing.attempts import DAY, Attempt, Miss, Pair, begun, but, documents, made, tried, with_argument, words
from coaching.testing.interviews import READY
from coaching.testing.walks import Stage

COACHEE, LISTENS = "p-1", "m-1"


def _talk(stage: Stage, state: str = "open", kind: str = "annual") -> Any:
    return made(stage, Interview, state, coachee=COACHEE, interviewer=LISTENS, kind=kind)


def _plan(stage: Stage) -> Attempt:
    given = {"coachee": COACHEE, "interviewer": LISTENS, "kind": "annual", "due_on": stage.now.date() + 90 * DAY}
    return begun(stage, Interview, "plan", "i-1", COACHEE, **given)


def _ready(stage: Stage) -> Any:
    """An annual talk that may be finished."""
    return READY["finish"](stage, _talk(stage))


def _finish(stage: Stage, talk: Any, **given: Any) -> Attempt:
    return tried(stage, talk, "finish", LISTENS, **given)


def _say(stage: Stage, by: str, **given: Any) -> Attempt:
    return tried(stage, _talk(stage), "say", by, alone=True, text=words(stage), **given)


def _said(stage: Stage, talk: Any, by: str, kind: str, **marks: Any) -> Any:
    return talk.say(words(stage), kind, by=by, at=stage.now, **marks)


def I001(stage: Stage) -> Pair:
    return with_argument(_plan(stage), interviewer=COACHEE)


def I003(stage: Stage) -> Pair:
    talk = tried(stage, _talk(stage, "planned"), "schedule", LISTENS)
    slot: Slot = talk.given["slot"]
    plain = {"start": slot.start, "minutes": 15, "place": slot.place}
    return with_argument(but(talk, slot=plain), slot={**plain, "minutes": stage.one([14, 0])})


def I007(stage: Stage) -> Pair:
    whole = _ready(stage)
    talk = _talk(stage)
    for vital in ("heading", "destination"):
        talk = _said(stage, talk, COACHEE, "answer", vital=vital)
    talk = _said(stage, _said(stage, talk, LISTENS, "summary"), COACHEE, "confirmation")
    for n, person in enumerate((COACHEE, LISTENS)):
        talk = talk.promise(f"c-{n}", "Ask", stage.now.date() + 90 * DAY, by=person, at=stage.now)
    return _finish(stage, talk), _finish(stage, whole)


def I008(stage: Stage) -> Pair:
    return with_argument(_say(stage, COACHEE, kind="answer", vital="route"), by=LISTENS)


def I009(stage: Stage) -> Pair:
    talk = _ready(stage)
    asked = _said(stage, talk, COACHEE, "concern")
    answered = _said(stage, asked, LISTENS, "reply", reply_to=asked.turns[-1].number, decision="no")
    return _finish(stage, asked), _finish(stage, answered)


def I010(stage: Stage) -> Pair:
    talk = _ready(stage)
    return _finish(stage, _said(stage, talk, COACHEE, "correction")), _finish(stage, talk)


def I011(stage: Stage) -> Pair:
    right = _finish(stage, _ready(stage), no_change=words(stage), outcomes=())
    return with_argument(right, no_change=...)


def I012(stage: Stage) -> Pair:
    right = _finish(stage, _ready(stage))
    today = right.given["at"].date()
    return but(right, held_on=today, follow_up_on=today), but(right, held_on=today, follow_up_on=today + DAY)


def I013(stage: Stage) -> Pair:
    talk = _ready(stage)
    bare = _talk(stage)
    for turn in talk.turns:
        marks = {"vital": turn.vital} if turn.vital else {}
        bare = _said(stage, bare, turn.speaker, str(turn.kind), **marks)
    wrong = _finish(stage, bare, outcomes=(), no_change=words(stage))
    outcomes = {"outcomes": _finish_outcomes(), "no_change": ...}
    return but(wrong, **outcomes), wrong


def _finish_outcomes() -> tuple[Any, ...]:
    return ({"kind": "goal", "id": "g-1"},)


def I015(stage: Stage) -> Pair:
    signed, held = _talk(stage, "signed", "check_in"), _talk(stage, "held", "check_in")
    given = {"alone": True, "no_change": words(stage), "outcomes": ()}
    return tried(stage, signed, "amend", LISTENS, **given), tried(stage, held, "amend", LISTENS, **given)


def I016(stage: Stage) -> Pair:
    return with_argument(tried(stage, _talk(stage, "planned"), "cancel", LISTENS), reason=...)


def I024(stage: Stage) -> Pair:
    return with_argument(_finish(stage, _ready(stage)), disclosures=())


def I026(stage: Stage) -> Pair:
    talk = _said(stage, _talk(stage), COACHEE, "concern")
    right = tried(stage, talk, "say", LISTENS, alone=True, text=words(stage), kind="reply", reply_to=1)
    return with_argument(right, reply_to=2)


def I027(stage: Stage) -> Pair:
    return with_argument(_say(stage, COACHEE, kind="idea"), by=LISTENS)


def I029(stage: Stage) -> Pair:
    return with_argument(_say(stage, COACHEE, kind="note"), open=True)


def I030(stage: Stage) -> Pair:
    talk = _ready(stage)
    right = tried(stage, talk, "promise", COACHEE, id="c-9")
    return with_argument(right, id=talk.commitments[0].id)


def I031(stage: Stage) -> Pair:
    start = stage.now + 5 * DAY
    talk = _talk(stage, "planned")
    start = max(start, talk.history[-1].at + DAY)
    talk = talk.schedule(Slot(start, 60, "Room 4"), by=LISTENS, at=stage.now)
    wrong = tried(stage, talk, "miss", COACHEE)
    return but(wrong, at=start - timedelta(minutes=1)), but(wrong, at=start)


def I032(stage: Stage) -> Pair:
    return documents(_talk(stage, "planned"), lambda it: it.pop("interviewer"))


def I035(stage: Stage) -> Pair:
    right = _finish(stage, _ready(stage))
    today = right.given["at"].date()
    return but(right, held_on=today + DAY), but(right, held_on=today)


# --- feedback --------------------------------------------------------------------------------------------------------

GIVER, RECEIVER = "m-1", "p-1"


def _request(stage: Stage) -> Attempt:
    given = {"giver": GIVER, "about": words(stage), "due": stage.now.date() + 9 * DAY}
    return begun(stage, Feedback, "request", "f-1", RECEIVER, **given)


def _draft(stage: Stage, *without: str) -> Attempt:
    """Feedback that may be given, but for what it is without."""
    parts: dict[str, Any] = {name: words(stage) for name in ("about", "behaviour", "impact")}
    parts |= {"situation": Situation(stage.now.date())} if "situation" not in without else {}
    parts = {name: part for name, part in parts.items() if name not in without}
    record = Feedback.write("f-1", receiver=RECEIVER, kind="constructive", by=GIVER, at=stage.now, **parts)
    return tried(stage, record, "give", GIVER)


def _given(stage: Stage) -> Any:
    return made(stage, Feedback, "given", giver=GIVER, receiver=RECEIVER)


def F001(stage: Stage) -> Pair:
    return with_argument(_request(stage), giver=RECEIVER)


def F002(stage: Stage) -> Pair:
    return _draft(stage, "about"), _draft(stage)


def F003(stage: Stage) -> Pair:
    return _draft(stage, stage.one(["behaviour", "impact", "situation"])), _draft(stage)


def F004(stage: Stage) -> Pair:
    right = _draft(stage)
    record: Any = right.record
    late = record.write(situation=Situation(stage.now.date() + DAY), by=GIVER, at=stage.now)
    return tried(stage, late, "give", GIVER), right


def F006(stage: Stage) -> Pair:
    given = {"alone": True, "impact": words(stage)}
    draft: Any = _draft(stage).record
    return tried(stage, _given(stage), "write", GIVER, **given), tried(stage, draft, "write", GIVER, **given)


def F007(stage: Stage) -> Pair:
    return with_argument(tried(stage, _given(stage), "acknowledge", RECEIVER), by=GIVER)


def F008(stage: Stage) -> Pair:
    return with_argument(_request(stage), **{stage.one(["due", "about"]): ...})


def F009(stage: Stage) -> Pair:
    right = tried(stage, _given(stage), "share", GIVER, visibility="coach")
    return with_argument(right, visibility="two")


def F015(stage: Stage) -> Pair:
    right = _request(stage)
    refs = [({"kind": kind, "id": "x-1"},) for kind in ("person", "goal")]
    return but(right, refs=refs[0]), but(right, refs=refs[1])


# --- relationships ---------------------------------------------------------------------------------------------------


def _pair(stage: Stage, state: str) -> Any:
    return made(stage, CoachingRelationship, state, coach=LISTENS, coachee=COACHEE)


def R001(stage: Stage) -> Pair:
    given = {"coach": LISTENS, "coachee": COACHEE, "kind": "peer", "purpose": words(stage)}
    return with_argument(begun(stage, CoachingRelationship, "propose", "r-1", LISTENS, **given), coachee=LISTENS)


def R002(stage: Stage) -> Pair:
    terms = {"cadence": 14, "confidentiality": words(stage)}
    signs = []
    for left_out in (stage.one(list(terms)), ""):
        said = {name: term for name, term in terms.items() if name != left_out}
        given = {"coach": LISTENS, "coachee": COACHEE, "kind": "peer", "purpose": words(stage), **said}
        pair = CoachingRelationship.new("propose", "r-1", by=LISTENS, at=stage.now, **given)
        signs.append(tried(stage, pair.sign(by=LISTENS, at=stage.now), "sign", COACHEE))
    return signs[0], signs[1]


def R006(stage: Stage) -> Pair:
    ended, paused = _pair(stage, "ended"), _pair(stage, "paused")
    given = {"alone": True, "reason": words(stage)}
    return tried(stage, ended, "resume", COACHEE, **given), tried(stage, paused, "resume", COACHEE, **given)


def R011(stage: Stage) -> Pair:
    return documents(_pair(stage, "active"), lambda it: it["span"].update(to=str(date.max)))


MISSES: Mapping[str, Miss] = {name: it for name, it in list(globals().items()) if name[1:].isdigit()}
