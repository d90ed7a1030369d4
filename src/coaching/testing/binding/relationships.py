"""Coaching relationships, as they are played: the situations one can be in, and what the two might do then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coaching.records.relationships import CoachingRelationship
from coaching.testing.binding.offers import Given, Offers, Piece
from coaching.testing.binding.scenes import COACHEE, INTERVIEWER, Scene
from coaching.testing.binding.steps import Step
from coaching.testing.binding.writing import Way

COACH = INTERVIEWER


def _proposed(scene: Scene) -> Given:
    return {"coach": COACH, "coachee": COACHEE, "kind": "mentor", "purpose": scene.text}


def _whole(scene: Scene) -> Given:
    return {"cadence": 14, "confidentiality": scene.text}


def situations(scene: Scene, id: str) -> Mapping[str, tuple[Step, ...]]:
    """Give the steps to every situation of a relationship worth beginning in, by name."""
    text, way = scene.text, Way("relationship", id, scene)
    bare = way.then("propose", COACHEE, **_proposed(scene))
    whole = way.then("propose", COACHEE, **_proposed(scene), **_whole(scene))
    half = whole.then("sign", COACH, stance="agrees")
    active = half.then("sign", COACHEE, stance="agrees")
    paused = active.then("pause", COACH, reason=text)
    revisited = active.then("revisit", COACH, cadence=28)
    ways = {
        "proposed": bare,
        "proposed, half signed": bare.then("sign", COACH, stance="agrees"),
        "proposed by the coach": way.then("propose", COACH, **_proposed(scene)),
        "all but its cadence, half signed": bare.then("amend", COACH, confidentiality=text).then(
            "sign", COACH, stance="agrees"
        ),
        "all but its confidentiality, half signed": bare.then("amend", COACH, cadence=14).then(
            "sign", COACH, stance="agrees"
        ),
        "agreed on": whole,
        "half signed": half,
        "half signed by the coachee": whole.then("sign", COACHEE, stance="reservation", note=text),
        "active": active,
        "paused": paused,
        "resumed": paused.then("resume", COACHEE, reason=text),
        "revisited": revisited,
        "revisited, half signed": revisited.then("sign", COACHEE, stance="seen"),
        "declined": bare.then("decline", COACH),
        "taken back": bare.then("take_back", COACHEE),
        "ended": active.then("close", COACHEE, closing=text),
    }
    return {name: way.steps for name, way in sorted(ways.items(), key=lambda it: len(it[1].steps))}


def beginnings(scene: Scene) -> Offers:
    """List the ways to propose one, right and wrong."""
    proposed = {**_proposed(scene), "by": COACHEE}
    return {
        "propose": [
            proposed, {**proposed, "by": COACH}, {**proposed, **_whole(scene)}, {**proposed, "kind": "line_manager"},
            {**proposed, "dual_role": True, "review_on": scene.day(60)}, {**proposed, "coach": COACHEE},
            {**proposed, "kind": "friend"}, {**proposed, "purpose": " "}, {**proposed, "cadence": 0},
        ],
    }  # fmt: skip


def offers(scene: Scene, record: Any, by: str) -> Offers:
    """List what somebody might give, for each act."""
    del record, by
    text, whole = scene.text, _whole(scene)
    reasons: list[Given] = [{"reason": text}, {"reason": " "}, {"reason": None}]
    terms: list[Given] = [
        whole, {"cadence": 28}, {"review_on": scene.day(60)}, {"dual_role": True}, {"purpose": "another one"},
        {"cadence": 0}, {"confidentiality": " "}, {"purpose": "some other one", "confidentiality": " "},
    ]  # fmt: skip
    return {
        "propose": [_proposed(scene)],
        "amend": terms,
        "sign": [
            {"stance": "agrees"}, {"stance": "reservation", "note": text}, {"stance": "seen"},
            {"stance": "reservation"}, {"stance": "maybe"},
        ],
        "decline": reasons,
        "take_back": reasons,
        "revisit": terms,
        "pause": reasons,
        "resume": reasons,
        "close": [{}, {"closing": text}, {"closing": " "}],
    }  # fmt: skip


def people(_: Any) -> tuple[str, ...]:
    """Give the two."""
    return COACHEE, COACH


RELATIONSHIPS = Piece(CoachingRelationship, "r", situations, offers, beginnings, people)
