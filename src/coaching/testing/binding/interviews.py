"""Interviews, as they are played: the situations a talk can be in, and what people might do then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from coaching.records.interviews import Interview
from coaching.records.turns import ASKS, TurnKind, Vital
from coaching.testing.binding.offers import Given, Offers, Piece, because
from coaching.testing.binding.promises import promises
from coaching.testing.binding.scenes import COACHEE, INTERVIEWER, SUCCESSOR, Scene, later
from coaching.testing.binding.steps import Step
from coaching.testing.binding.writing import Way

GOAL = {"kind": "goal", "id": "g-1"}
NOTHING = {"what": "nothing"}


def _slot(scene: Scene, days: int = 30, minutes: int = 90, place: str = "Room 4") -> Given:
    return {"start": scene.moment(days), "minutes": minutes, "place": place}


def _plan(scene: Scene, kind: str) -> Given:
    return {"coachee": COACHEE, "interviewer": INTERVIEWER, "kind": kind, "due_on": scene.day(200)}


def _ending(scene: Scene) -> Given:
    return {"outcomes": [GOAL], "disclosures": [NOTHING], "follow_up_on": scene.day(120)}


ASKED = ("heading", "destination", "route", "summary", "confirmation", COACHEE, INTERVIEWER)
"""What an annual talk asks for before it is finished: three answers, a summary, its confirmation, two promises."""


def _prompted(way: Way, but: str = "") -> Way:
    """Everything that an annual talk asks for before it is finished, or all but one thing."""
    text, due = way.scene.text, way.scene.day(60)
    for asked in ASKED:
        if asked == but:
            continue
        if asked in {COACHEE, INTERVIEWER}:
            n, to = (1, INTERVIEWER) if asked == COACHEE else (2, COACHEE)
            way = way.then("promise", asked, id=f"c-{n}", text=text, due=due, to=to)
        elif asked in {"summary", "confirmation"}:
            way = way.then("say", INTERVIEWER if asked == "summary" else COACHEE, text=text, kind=asked)
        else:
            way = way.then("say", COACHEE, text=text, kind="answer", vital=asked)
    return way


def situations(scene: Scene, id: str) -> Mapping[str, tuple[Step, ...]]:
    """Give the steps to every situation of a talk worth beginning in, by name."""
    text = scene.text
    ways: dict[str, Way] = {}
    for kind in ("check_in", "annual"):
        planned = Way("interview", id, scene).then("plan", COACHEE, **_plan(scene, kind))
        scheduled = planned.then("schedule", INTERVIEWER, slot=_slot(scene))
        opened = scheduled.then("start", INTERVIEWER)
        ready = _prompted(opened) if kind == "annual" else opened
        held = ready.then("finish", INTERVIEWER, **_ending(scene))
        half = held.then("sign", COACHEE, stance="agrees")
        signed = half.then("sign", INTERVIEWER, stance="agrees")
        first = {
            "planned": planned,
            "scheduled": scheduled,
            "open": opened,
            "held": held,
            "half signed": half,
            "signed": signed,
            "reopened": signed.then("reopen", INTERVIEWER, reason=text),
            "left unsigned": held.then("leave_unsigned", COACHEE, reason=text),
            "cancelled": planned.then("cancel", COACHEE, reason=text),
        }
        both = (
            opened.then("promise", COACHEE, id="c-1", text=text, due=scene.day(60), to=INTERVIEWER)
            .then("promise", INTERVIEWER, id="c-2", text=text, due=scene.day(60))
        )  # fmt: skip
        emptied = held.then("amend", COACHEE, outcomes=[])
        asked = {kind.value: opened.then("say", COACHEE, text=text, kind=kind.value) for kind in ASKS}
        talked = asked[TurnKind.CONCERN.value]
        more = {
            **{f"open, {name}": way for name, way in asked.items()},
            "open, it is answered": talked.then("say", INTERVIEWER, text=text, kind="reply", reply_to=1, decision="no"),
            "open, its own answer": talked.then("say", COACHEE, text=text, kind="reply", reply_to=1, decision="no"),
            "prepared by both": scheduled.then("prepare", COACHEE, notes=text).then("prepare", INTERVIEWER, notes=text),
            "looked back at": opened.then("look_back_at", COACHEE, ref=GOAL, remark=text),
            "moved": scheduled.then("reschedule", COACHEE, slot=_slot(scene, 37), reason=text),
            "missed": scheduled.then("miss", INTERVIEWER, scene.moment(30), absent=COACHEE, reason=text),
            "handed over": scheduled.then("reassign", COACHEE, new_interviewer=SUCCESSOR, reason=text),
            "adjourned": ready.then("adjourn", COACHEE, slot=_slot(scene, 44)),
            "gone on with": talked.then("adjourn", COACHEE, slot=_slot(scene, 44)).then("start", COACHEE),
            "promises of both": both,
            "a promise done": both.then("fulfil", COACHEE, commitment="c-1", result=text),
            "a promise seen": both.then("fulfil", COACHEE, commitment="c-1", result=text).then(
                "see", INTERVIEWER, commitment="c-1"
            ),
            "a promise moved": both.then("move_due", COACHEE, commitment="c-1", due=scene.day(90), reason=text),
            "a promise released": both.then("release", INTERVIEWER, commitment="c-1", reason=text),
            "signed with a reservation": half.then("sign", INTERVIEWER, stance="reservation", note=text),
            "half signed by the interviewer": held.then("sign", INTERVIEWER, stance="seen"),
            "reopened, half signed": first["reopened"].then("sign", COACHEE, stance="agrees"),
            "held, emptied": emptied,
            "held, emptied, half signed": emptied.then("sign", COACHEE, stance="agrees"),
        }
        if kind == "annual":
            more["everything said"] = ready
            more["corrected"] = ready.then("say", COACHEE, text=text, kind="correction")
            more["held, a promise released"] = held.then("release", INTERVIEWER, commitment="c-1", reason=text)
            more["held, a promise broken"] = held.then(
                "miss_commitment", COACHEE, scene.moment(62), commitment="c-2", reason=text
            )
            released = more["held, a promise released"]
            more["held, a promise released, half signed"] = released.then("sign", COACHEE, stance="agrees")
            more |= {f"all but {it}": _prompted(opened, it) for it in ASKED}
        else:
            more |= _everything(
                scene, Way("interview", id, scene).then("plan", COACHEE, **_plan(scene, kind), previous="i-99")
            )
            done = both.then("fulfil", COACHEE, commitment="c-1", result=text)
            off = done.then("adjourn", COACHEE, slot=_slot(scene, 44))
            late = off.then("miss", COACHEE, scene.moment(44), absent=INTERVIEWER, reason=text)
            kept = done.then("finish", INTERVIEWER, **_ending(scene))
            more |= {
                "promises, put off": off,
                "promises, planned": late,
                "promises, cancelled": late.then("cancel", COACHEE, reason=text),
                "promises, held": kept,
                "promises, half signed": kept.then("sign", COACHEE, stance="agrees"),
                "promises, signed": kept.then("sign", COACHEE, stance="agrees").then(
                    "sign", INTERVIEWER, stance="agrees"
                ),
                "promises, left unsigned": kept.then("leave_unsigned", COACHEE, reason=text),
            }
        ways |= {f"{name} ({kind})": way for name, way in {**first, **more}.items()}
    return {name: way.steps for name, way in sorted(ways.items(), key=lambda it: len(it[1].steps))}


def _everything(scene: Scene, planned: Way) -> Mapping[str, Way]:
    """Talks of which everything is said, so that an act which drops what it does not name is seen."""
    text = scene.text
    ready = planned.then("schedule", INTERVIEWER, slot=_slot(scene)).then("prepare", COACHEE, notes=text)
    opened = ready.then("prepare", INTERVIEWER, notes=text).then("start", INTERVIEWER)
    said = opened.then("say", COACHEE, text=text, kind="note").then("look_back_at", COACHEE, ref=GOAL, remark=text)
    promised = said.then("promise", COACHEE, id="c-1", text=text, due=scene.day(60))  # to nobody
    held = promised.then("finish", INTERVIEWER, **_ending(scene), feedback=["f-1"])
    half = held.then("sign", COACHEE, stance="agrees")
    return {
        "scheduled, everything said": ready,
        "open, everything said": promised,
        "held, everything said": held,
        "half signed, everything said": half,
        "signed, everything said": half.then("sign", INTERVIEWER, stance="agrees"),
    }


def beginnings(scene: Scene) -> Offers:
    """List the ways to plan a talk, right and wrong."""
    plan = {**_plan(scene, "annual"), "by": COACHEE}
    return {
        "plan": [
            plan, {**plan, "by": INTERVIEWER}, {**plan, "kind": "follow_up"}, {**plan, "kind": "placement_change"},
            {**plan, "kind": "check_in"}, {**plan, "cycle": "2026-H1"}, {**plan, "by": SUCCESSOR},
            {**plan, "interviewer": COACHEE}, {**plan, "kind": "recruiting"}, {**plan, "interviewer": None},
        ],
    }  # fmt: skip


def offers(scene: Scene, talk: Any, by: str) -> Offers:
    """List what somebody might give, for each act."""
    text, now = scene.text, scene.now(talk)
    slot = {
        **_slot(scene, place="Room 5"),
        "start": later(now, timedelta(days=30)),
    }  # another one, so that half a change is seen
    slots = [slot, {**slot, "minutes": 15}, {**slot, "minutes": 480}, {**slot, "minutes": 14}, {**slot, "minutes": 481}]
    blank, none = {**slot, "place": ""}, None
    begins = now if talk.slot is None else max(talk.slot.start, now)
    absent = {"absent": talk.coachee, "reason": text, "at": begins}
    handed = {"new_interviewer": SUCCESSOR, "reason": text}
    found: Offers = {
        "schedule": [{"slot": it} for it in (*slots, blank, none)],
        "reschedule": [
            *({"slot": it, "reason": text} for it in (*slots, blank, none)), *because(scene, {"slot": slot})[1:],
        ],
        "miss": [
            absent, {**absent, "absent": talk.interviewer or SUCCESSOR}, {**absent, "at": now},
            {**absent, "at": begins - timedelta(minutes=1) if begins > now else now}, {**absent, "absent": "p-55"},
            *because(scene, absent)[1:],
        ],
        "reassign": [
            handed, {"new_interviewer": SUCCESSOR}, {**handed, "new_interviewer": talk.coachee},
            {**handed, "new_interviewer": None}, {**handed, "reason": " "},
        ],
        "prepare": [{"notes": text}, {"notes": "other notes"}, {"notes": " "}, {"notes": None}],
        "start": [{}],
        "say": _turns(scene, talk),
        "look_back_at": [{"ref": GOAL, "remark": text}, {"ref": GOAL, "remark": ""}, {"ref": None, "remark": text}],
        "adjourn": [{"slot": it} for it in (*slots, blank, none)],
        "finish": _endings(scene, talk),
        "amend": [
            {"disclosures": [{"what": text, "to": "HR", "released_by": COACHEE}]},
            {"outcomes": [GOAL], "no_change": None},
            {"follow_up_on": scene.day(150)}, {"outcomes": []}, {"feedback": ["f-2"]}, {"disclosures": []},
            {"disclosures": [{"what": " "}]}, {"follow_up_on": scene.day(151), "disclosures": [{"what": " "}]},
            {"held_on": scene.day(-30)}, {"held_on": scene.day(300)},
        ],
        "sign": [
            {"stance": "agrees"}, {"stance": "seen"}, {"stance": "reservation", "note": text},
            {"stance": "agrees", "note": text}, {"stance": "reservation"}, {"stance": "reservation", "note": " "},
            {"stance": "agrees", "note": " "},
            {"stance": "maybe"},
        ],
        "leave_unsigned": because(scene, {}),
        "reopen": because(scene, {}),
        "cancel": because(scene, {}),
        **promises(scene, talk, by),
    }  # fmt: skip
    return found


def _turns(scene: Scene, talk: Any) -> list[Given]:
    text, last = scene.text, len(talk.turns)
    asked = next((t.number for t in talk.turns if t.kind in ASKS), None)
    kinds = [k.value for k in (TurnKind.NOTE, *ASKS, *(k for k in TurnKind if k not in {TurnKind.NOTE, *ASKS}))]
    turns: list[Given] = [{"text": text, "kind": kind} for kind in kinds]
    if asked is not None:
        turns += [
            {"text": text, "kind": "reply", "reply_to": asked, "decision": it} for it in ("yes", "answered", "no")
        ]
    turns += [{"text": text, "kind": "answer", "vital": vital.value} for vital in Vital]
    turns += [
        {"text": text, "kind": "question", "open": True, "vital": "route", "phase": "will"},
        {"text": text, "kind": "idea", "phase": "options", "tags": ["dream"]},
        {"text": text, "kind": "reply", "reply_to": last + 1},
        {"text": text, "kind": "note", "decision": "yes"},
        {"text": text, "kind": "note", "vital": "heading"},
        {"text": text, "kind": "note", "open": True},
        {"text": text, "kind": "rating"},
        {"text": " ", "kind": "note"},
        {"text": "x" * 10_001, "kind": "note"},
    ]
    return turns


def _endings(scene: Scene, talk: Any) -> list[Given]:
    whole, text = _ending(scene), scene.text
    sat = talk.sittings()
    held = sat[-1] if sat else scene.day(0)
    without = [{name: it for name, it in whole.items() if name != left} for left in whole]
    return [
        whole, {**whole, "outcomes": [], "no_change": text}, {**whole, "feedback": ["f-1"], "held_on": held},
        *without, {**whole, "no_change": text}, {**whole, "no_change": " ", "outcomes": []},
        {**whole, "follow_up_on": held}, {**whole, "follow_up_on": held + timedelta(days=1)},
        {**whole, "disclosures": [{"what": " "}]}, {**whole, "held_on": held - timedelta(days=40)},
        {**whole, "held_on": held + timedelta(days=40)},
    ]  # fmt: skip


def people(talk: Any) -> tuple[str, ...]:
    """Give those who have or had a part in a talk, and who would like to."""
    return tuple(dict.fromkeys(p for p in (talk.coachee, talk.interviewer, INTERVIEWER, SUCCESSOR) if p is not None))


INTERVIEWS = Piece(Interview, "i", situations, offers, beginnings, people)
