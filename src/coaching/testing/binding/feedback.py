"""Feedback, as it is played: the situations it can be in, and what the two might do then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from coaching.records.feedback import Feedback
from coaching.testing.binding.offers import Given, Offers, Piece, because, on_day
from coaching.testing.binding.scenes import COACHEE, INTERVIEWER, Scene
from coaching.testing.binding.steps import Step
from coaching.testing.binding.writing import Way

RECEIVER, GIVER = COACHEE, INTERVIEWER


def _asked(scene: Scene) -> Given:
    return {"giver": GIVER, "about": scene.text, "due": scene.day(60)}


def _seen(scene: Scene) -> Given:
    return {"situation": {"on": scene.day(0)}, "behaviour": scene.text, "impact": scene.text}


def situations(scene: Scene, id: str) -> Mapping[str, tuple[Step, ...]]:
    """Give the steps to every situation of feedback worth beginning in, by name."""
    text, way = scene.text, Way("feedback", id, scene)
    asked = way.then("request", RECEIVER, **_asked(scene))
    bare = way.then("write", GIVER, receiver=RECEIVER, kind="appreciation")
    thanks = bare.then("write", GIVER, about=text, **_seen(scene))
    ahead = way.then("write", GIVER, receiver=RECEIVER, kind="feedforward", about=text, suggestion=text)
    answered = asked.then("write", GIVER, kind="constructive", suggestion=text, **_seen(scene))
    given = ahead.then("give", GIVER)
    acknowledged = given.then("acknowledge", RECEIVER, response=text)
    critical = way.then("write", GIVER, receiver=RECEIVER, kind="constructive", about=text)
    besides: Given = {"intent_question": text, "impact_on": "team", "refs": [{"kind": "goal", "id": "g-1"}]}
    everything = critical.then("write", GIVER, suggestion=text, **_seen(scene), **besides)
    ways = {
        **{
            f"{kind}, all but its {name}": whole.then(
                "write", GIVER, **{it: value for it, value in _seen(scene).items() if it != name}
            )
            for kind, whole in {
                "constructive": critical,
                "an appreciation": bare.then("write", GIVER, about=text),
            }.items()
            for name in _seen(scene)
        },
        "an idea without a suggestion": way.then("write", GIVER, receiver=RECEIVER, kind="feedforward", about=text),
        "an idea that happened": ahead.then("write", GIVER, situation={"on": scene.day(0)}),
        "everything said": everything,
        "everything said, given": everything.then("give", GIVER),
        "requested": asked,
        "declined": asked.then("decline", GIVER),
        "begun": bare,
        "without what it is about": bare.then("write", GIVER, **_seen(scene)),
        "about tomorrow": thanks.then("write", GIVER, situation={"on": scene.day(3)}),
        "an appreciation": thanks,
        "an idea": ahead,
        "an answer": answered,
        "an answer, given": answered.then("give", GIVER),
        "given": given,
        "one yes to a wider circle": given.then("share", GIVER, visibility="coach"),
        "acknowledged": acknowledged,
        "acknowledged and shared": acknowledged.then("share", GIVER, visibility="managers").then(
            "share", RECEIVER, visibility="coach"
        ),
        "withdrawn": given.then("withdraw", GIVER, reason=text),
    }
    return {name: way.steps for name, way in sorted(ways.items(), key=lambda it: len(it[1].steps))}


def beginnings(scene: Scene) -> Offers:
    """List the ways to begin, right and wrong."""
    asked, written = {**_asked(scene), "by": RECEIVER}, {"receiver": RECEIVER, "kind": "feedforward", "by": GIVER}
    return {
        "request": [
            asked, {**asked, "kind": "constructive"}, {**asked, "giver": RECEIVER}, {**asked, "due": None},
            {**asked, "about": None}, {**asked, "about": " "}, {**asked, "kind": "rating"},
        ],
        "write": [
            written, {**written, "about": scene.text}, {**written, "receiver": GIVER}, {**written, "kind": "rating"},
        ],
    }  # fmt: skip


def offers(scene: Scene, record: Any, by: str) -> Offers:
    """List what somebody might give, for each act."""
    del by
    text, seen, now = scene.text, _seen(scene), scene.now(record)
    days = [] if record.due is None else [record.due, record.due + timedelta(days=1)]
    tomorrow = now.date() + timedelta(days=2)
    return {
        "request": [_asked(scene)],
        "decline": [{"reason": text}, {"reason": None}, {"reason": " "}],
        "write": [
            {"about": text, "kind": "feedforward", "suggestion": text}, {"kind": "constructive", "about": text, **seen},
            {"about": "other words"}, {"intent_question": text, "impact_on": "team"}, {"suggestion": text},
            {"situation": {"on": tomorrow}}, {"about": " "}, {"kind": "rating"}, {"impact_on": "everybody"},
            {"about": "some other words", "suggestion": " "}, {"about": "some other words", "kind": "rating"},
        ],
        "give": [{}],
        "acknowledge": [{}, {"response": text, "insight": text, "strength": text}, {"response": " "}],
        "withdraw": [*because(scene, {}), *({"reason": text, "at": on_day(now, day)} for day in days)],
        "share": [{"visibility": to} for to in ("coach", "managers", "two", "everybody", None)],
    }  # fmt: skip


def people(_: Any) -> tuple[str, ...]:
    """Give the two."""
    return RECEIVER, GIVER


FEEDBACK = Piece(Feedback, "f", situations, offers, beginnings, people)
