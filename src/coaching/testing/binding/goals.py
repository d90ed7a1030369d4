"""Goals, as they are played: the situations one can be in, and what owner and coach might do then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from coaching.records.goals import AGREED, Goal
from coaching.testing.binding.offers import Given, Offers, Piece, because, unused
from coaching.testing.binding.promises import promises
from coaching.testing.binding.scenes import COACHEE, INTERVIEWER, SUCCESSOR, Scene
from coaching.testing.binding.steps import Step
from coaching.testing.binding.writing import Way

OWNER, COACH = COACHEE, INTERVIEWER
MEASURE = {"unit": "defects a week", "start": 12, "target": 3}
TARGET = 119
"""The target date is so many days after the beginning."""


def _whole(scene: Scene) -> Given:
    """Everything that a goal asks for before it is proposed, but for what its owner invests."""
    return {"title": scene.text, "coach": COACH, "outcome": scene.text, "target_on": scene.day(TARGET)}


def _promised(way: Way, *people: str) -> Way:
    for person in people:
        n, to = _PROMISES.get(person, (3, OWNER))
        way = way.then("promise", person, id=f"c-{n}", text=way.scene.text, due=way.scene.day(60), to=to)
    return way


_PROMISES = {OWNER: (1, COACH), COACH: (2, OWNER)}


def _invested(way: Way) -> Way:
    return way.then("invest", OWNER, kind="time", text=way.scene.text, amount=4, unit="hour", per="week")


def _signed(way: Way, *people: str) -> Way:
    for person in people:
        way = way.then("sign", person, stance="agrees")
    return way


def situations(scene: Scene, id: str) -> Mapping[str, tuple[Step, ...]]:
    """Give the steps to every situation of a goal worth beginning in, by name."""
    text, way, whole = scene.text, Way("goal", id, scene), _whole(scene)
    begun = way.then("begin", OWNER, **whole, measure=MEASURE)
    ready = _invested(begun)
    proposed = ready.then("propose", OWNER)
    both = _promised(proposed, OWNER, COACH)
    half = _signed(both, OWNER)
    agreed = _signed(half, COACH)
    unmeasured = _invested(way.then("begin", OWNER, **whole)).then("propose", OWNER)
    ways = {
        "draft": way.then("begin", OWNER, title=text),
        "draft, nothing invested": begun,
        **{
            f"draft, all but its {name}": _invested(way.then("begin", OWNER, **{**whole, name: None}))
            for name in ("outcome", "target_on")
        },
        **_options_of(ready, proposed),
        "draft, given back": proposed.then("ask_change", COACH, reason=text),
        "proposed": proposed,
        "proposed, promises of both": both,
        **{
            f"half signed, promised by {told}": _signed(_promised(proposed, *people), COACH)
            for told, people in {"nobody": (), "the owner": (OWNER,), "the coach": (COACH,)}.items()
        },
        "half signed": half,
        "half signed with a reservation": both.then("sign", COACH, stance="reservation", note=text),
        "half signed, a promise released": half.then("release", OWNER, commitment="c-2", reason=text),
        "half signed, a promise broken": half.then(
            "miss_commitment", OWNER, scene.moment(62), commitment="c-2", reason=text
        ),
        "agreed": agreed,
        "agreed, unmeasured": _signed(_promised(unmeasured, OWNER, COACH), OWNER, COACH),
        "agreed, progress": agreed.then("note_progress", OWNER, scene.moment(10), kind="step", text=text, value=9),
        **_anew(agreed),
        **_ended(begun, half, agreed),
        **_everything(way.then("begin", OWNER, **whole, measure=MEASURE, **_besides(scene))),
    }
    return {name: it.steps for name, it in sorted(ways.items(), key=lambda it: len(it[1].steps))}


def _besides(scene: Scene) -> Given:
    """Everything that a goal may say, and need not."""
    text, dream = scene.text, {"kind": "dream", "id": "d-1", "of": "path-1"}
    return {
        "why": text, "reality": text, "obstacles": [text], "support_wanted": text, "importance": 10, "confidence": 0,
        "serves": [dream], "from_interview": "i-1", "parent": "g-99",
    }  # fmt: skip


def _everything(begun: Way) -> dict[str, Way]:
    """Goals of which everything is said, so that an act which drops what it does not name is seen."""
    text = begun.scene.text
    chosen = begun.then("suggest_option", OWNER, id="o-1", text=text).then("choose_option", OWNER, option="o-1")
    half = _signed(_promised(_invested(chosen).then("propose", OWNER), OWNER, COACH), OWNER)
    agreed = _signed(half, COACH).then("note_progress", OWNER, kind="step", text=text, value=7.5)
    return {
        "draft, everything said": begun,
        "half signed, everything said": half,
        "agreed, everything said": agreed,
        "paused, everything said": agreed.then("pause", OWNER, reason=text, resume_on=begun.scene.day(30)),
    }


def _options_of(ready: Way, proposed: Way) -> dict[str, Way]:
    """Options of owner and coach, adopted, chosen, and not."""
    text = ready.scene.text
    own = ready.then("suggest_option", OWNER, id="o-1", text=text)
    chosen = ready.then("suggest_option", COACH, id="o-1", text=text).then("choose_option", OWNER, option="o-1")
    late = _promised(proposed.then("suggest_option", COACH, id="o-1", text=text), OWNER, COACH)
    return {
        "draft, ready": ready,
        "draft, two options": own.then("suggest_option", COACH, id="o-2", text=text),
        "draft, an idea of the coach chosen": chosen,
        "draft, an idea adopted": chosen.then("adopt_option", OWNER, option="o-1"),
        "half signed, an idea of the coach": _signed(late, COACH),
        "half signed, an idea of the coach chosen": _signed(late.then("choose_option", OWNER, option="o-1"), COACH),
    }


def _anew(agreed: Way) -> dict[str, Way]:
    """Other terms than were agreed: half signed again, and agreed again."""
    text, target = agreed.scene.text, agreed.scene.day(TARGET + 30)
    done = agreed.then("fulfil", OWNER, commitment="c-1", result=text)
    let_go = agreed.then("release", OWNER, commitment="c-2", reason=text)
    other = _promised(agreed.then("renegotiate", OWNER, reason=text, coach=SUCCESSOR), SUCCESSOR)
    anew = _signed(done.then("renegotiate", COACH, reason=text, target_on=target), COACH)
    return {
        "agreed, a promise done": done,
        "agreed, a promise of the coach done": agreed.then("fulfil", COACH, commitment="c-2", result=text),
        "renegotiated, half signed": anew,
        "agreed anew": _signed(anew, OWNER),
        "renegotiated to another coach, half signed": _signed(other, OWNER),
        "renegotiated, its outcome gone, half signed": _signed(
            agreed.then("renegotiate", OWNER, reason=text, outcome=None), COACH
        ),
        "renegotiated, a promise released before, half signed": _signed(
            let_go.then("renegotiate", OWNER, reason=text), OWNER
        ),
    }


def _ended(begun: Way, half: Way, agreed: Way) -> dict[str, Way]:
    """At rest, and closed from every state: one promise is done, and one stands."""
    text, over = agreed.scene.text, agreed.scene.moment(TARGET)
    done = agreed.then("fulfil", OWNER, commitment="c-1", result=text)
    paused = done.then("pause", OWNER, reason=text, resume_on=agreed.scene.day(30))
    return {
        "paused": paused,
        "achieved": done.then("achieve", OWNER, result=text, value=3),
        "missed": done.then("miss", OWNER, over, result=text, learned=text),
        "missed while paused": paused.then("miss", OWNER, over, result=text, learned=text),
        "dropped": done.then("drop", OWNER, reason=text),
        "dropped as a draft": begun.then("drop", OWNER, reason=text),
        "dropped half signed": half.then("drop", OWNER, reason=text),
        "dropped while paused": paused.then("drop", OWNER, reason=text),
    }


def beginnings(scene: Scene) -> Offers:
    """List the ways to begin a goal, right and wrong."""
    text, begun = scene.text, {"title": scene.text, "by": OWNER}
    return {
        "begin": [
            begun, {**begun, **_whole(scene), "measure": MEASURE}, {**begun, "by": COACH},
            {**begun, "why": text, "reality": text, "obstacles": [text], "support_wanted": text},
            {**begun, "kind": "learning", "ambition": "stretch", "importance": 10, "confidence": 0},
            {**begun, "serves": [{"kind": "dream", "id": "d-1", "of": "path-1"}], "from_interview": "i-1"},
            {**begun, "title": " "}, {**begun, "title": None}, {**begun, "coach": OWNER}, {**begun, "kind": "wish"},
            {**begun, "ambition": "some"}, {**begun, "importance": 11}, {**begun, "confidence": -1},
            {**begun, "measure": {**MEASURE, "target": 12}},
        ],
    }  # fmt: skip


def offers(scene: Scene, goal: Any, by: str) -> Offers:
    """List what somebody might give, for each act."""
    text, now = scene.text, scene.now(goal)
    found: Offers = {
        "edit": [
            {"title": text, "outcome": text}, {"target_on": now.date() + timedelta(days=90), "measure": MEASURE},
            {"outcome": None}, {"target_on": None}, {"kind": "learning", "ambition": "stretch"},
            {"serves": [{"kind": "need", "id": "n-1", "of": "path-1"}], "obstacles": [text], "reality": text},
            {"importance": 0, "confidence": 10}, *_wrong_terms(),
        ],
        **_options(scene, goal),
        "invest": [
            {"kind": "time", "text": text, "amount": 4, "unit": "hour", "per": "week"},
            {"kind": "comfort", "text": text}, {"kind": "time", "text": text, "amount": 0},
            {"kind": "luck", "text": text}, {"kind": "time", "text": " "}, {"kind": "time", "text": None},
        ],
        "propose": [
            {}, {"coach": COACH}, {"coach": SUCCESSOR}, {"coach": goal.owner},
            *({"coach": COACH, "at": at} for at in _around(goal.target_on, now, -1, 0)),
        ],
        "ask_change": because(scene, {}),
        "recall": because(scene, {}),
        "sign": [
            {"stance": "agrees"}, {"stance": "seen"}, {"stance": "reservation", "note": text},
            {"stance": "reservation"}, {"stance": "agrees", "note": " "}, {"stance": "maybe"},
            *({"stance": "agrees", "at": at} for at in _around(goal.target_on, now, -1, 0)),
        ],
        "renegotiate": [
            *because(scene, {"target_on": now.date() + timedelta(days=200)}), {"reason": text},
            {"reason": text, "title": "another one", "measure": {**MEASURE, "target": 2}},
            {"reason": text, "coach": SUCCESSOR}, {"reason": text, "outcome": None},
            {"reason": text, "target_on": now.date()}, {"reason": text, "coach": goal.owner},
            {"reason": text, "coach": None}, *({"reason": text, **it} for it in _wrong_terms()),
        ],
        **_on_the_way(scene, goal, now),
        **promises(scene, goal, by),
    }  # fmt: skip
    return found


def _wrong_terms() -> list[Given]:
    return [
        {"title": " "}, {"title": None}, {"importance": 11}, {"kind": "wish"}, {"measure": {**MEASURE, "target": 12}},
    ]  # fmt: skip


def _around(day: date | None, now: datetime, *days: int) -> list[datetime]:
    """Give the same hour so many days from a day, where that is not before now."""
    moments = [] if day is None else [now + timedelta(days=(day - now.date()).days + n) for n in days]
    return [moment for moment in moments if moment >= now]


def _options(scene: Scene, goal: Any) -> Offers:
    text, named = scene.text, [option.id for option in goal.options]
    free = unused("o", goal.options)
    known: list[Given] = [{"option": id} for id in (*named, "o-99")]
    return {
        "suggest_option": [
            {"id": free, "text": text}, *({"id": id, "text": text} for id in named), {"id": free, "text": " "},
        ],
        "adopt_option": known,
        "choose_option": known,
    }  # fmt: skip


def _on_the_way(scene: Scene, goal: Any, now: datetime) -> Offers:
    text, today = scene.text, now.date()
    step, rest = {"kind": "step", "text": text}, {"reason": text, "resume_on": today + timedelta(days=30)}
    agreed = next((e.at.date() for e in goal.history if e.state == AGREED), today)
    missed = {"result": text, "learned": text}
    after = _around(goal.target_on, now, 0, 1, -1) or [now]
    return {
        "note_progress": [
            {**step, "value": 6.5}, step, {**step, "kind": "win", "on": agreed}, {**step, "kind": "setback"},
            {**step, "on": agreed - timedelta(days=1)}, {**step, "on": today + timedelta(days=1)},
            {**step, "kind": "score"}, {**step, "text": " "}, {**step, "text": None},
        ],
        "pause": [
            rest, {**rest, "resume_on": today + timedelta(days=1)}, {**rest, "resume_on": today},
            {**rest, "resume_on": None}, *because(scene, rest)[1:],
        ],
        "resume": [{}],
        "achieve": [
            {"result": text, "value": 3}, {"result": text, "value": 4.5, "score": 0.7},
            {"result": text, "value": 3, "score": 1}, {"result": text}, {"result": " ", "value": 3}, {"value": 3}, {},
            {"result": text, "value": 3, "score": 1.1},
        ],
        "confirm": because(scene, {}, "words"),
        "miss": [
            *({**missed, "at": at} for at in after), {**missed, "score": 0, "at": after[0]},
            {**missed, "result": " ", "at": after[0]}, {**missed, "learned": None, "at": after[0]},
        ],
        "drop": because(scene, {}),
        "reopen": because(scene, {}),
    }  # fmt: skip


def people(goal: Any) -> tuple[str, ...]:
    """Give those who have or had a part in a goal, and who would like to."""
    return tuple(dict.fromkeys(p for p in (goal.owner, goal.coach, COACH, SUCCESSOR) if p is not None))


GOALS = Piece(Goal, "g", situations, offers, beginnings, people)
