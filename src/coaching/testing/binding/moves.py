"""Internal moves, as they are played: the situations one can be in, and what those who are asked might do then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from coaching.records.moves import InternalMove, Party
from coaching.testing.binding.offers import Given, Offers, Piece, because
from coaching.testing.binding.promises import promises
from coaching.testing.binding.scenes import COACHEE, INTERVIEWER, SUCCESSOR, Scene
from coaching.testing.binding.steps import Step
from coaching.testing.binding.writing import Way

MOVER, RELEASING, RECEIVING, CLIENT = COACHEE, INTERVIEWER, "p-5", "p-6"
ALL = (MOVER, RELEASING, RECEIVING, CLIENT)
ROLES = dict(zip(ALL, Party, strict=True))
FROM, TO, NEED = "po-1", "op-1", "n-1"
MOVERS_OWN = frozenset({"edit", "ask", "withdraw"})

DAY = timedelta(days=1)


def _wish(scene: Scene) -> Given:
    return {"why": scene.text, "from_position": FROM}


def _asked(_: Scene) -> Given:
    return {"opportunity": TO, "releasing_manager": RELEASING}


def _days(scene: Scene, release: int = 30, start: int = 60) -> Given:
    return {"release_on": scene.day(release), "start_on": scene.day(start)}


def _of_all(scene: Scene) -> Given:
    more = {"facilitators": ["p-8"], "check_in_on": scene.day(120)}
    return {**_asked(scene), "receiving_manager": RECEIVING, "client_by": CLIENT, **_days(scene), **more}


def _no(scene: Scene) -> Given:
    return {"reason": scene.text, "look_again_on": scene.day(200)}


def _approved(way: Way, *by: str) -> Way:
    for person in by:
        way = way.then("approve", person)
    return way


def _handing_over(way: Way) -> Way:
    """The mover promises twice, and has kept one of them; who lets go promises to nobody but themselves."""
    text, due = way.scene.text, way.scene.day(60)
    return (
        way.then("promise", MOVER, id="c-1", text=text, due=due, to=RELEASING)
        .then("promise", MOVER, id="c-2", text=text, due=due, to=RELEASING)
        .then("promise", RELEASING, id="c-3", text=text, due=due)
        .then("fulfil", MOVER, commitment="c-2", result=text)
    )


def situations(scene: Scene, id: str) -> Mapping[str, tuple[Step, ...]]:
    """Give the steps to every situation of a move worth beginning in, by name."""
    text, begun = scene.text, Way("move", id, scene)
    wished = begun.then("wish", MOVER, **_wish(scene))
    needing = begun.then("wish", MOVER, why=text, from_placement="pl-1", needs=[NEED])
    bare, asked, of_all = (
        wished.then("ask", MOVER, **given)
        for given in (_asked(scene), {**_asked(scene), **_days(scene)}, _of_all(scene))
    )
    agreed, by_all = _approved(asked, MOVER, RELEASING), _approved(of_all, *ALL)
    done, declined = agreed.then("complete", MOVER, on=scene.day(60)), asked.then("decline", RELEASING, **_no(scene))
    handing = _handing_over(asked)
    handed = _approved(handing, RELEASING, MOVER)
    over = {
        "handover, done": handed.then("complete", RELEASING, on=scene.day(60)),
        "handover, declined": handing.then("decline", RELEASING, **_no(scene)),
        "handover, withdrawn": handing.then("withdraw", MOVER),
    }
    moved = by_all.then("change", RECEIVING, start_on=scene.day(120), reason=text)
    another = by_all.then("change", MOVER, releasing_manager=SUCCESSOR, receiving_manager=SUCCESSOR)
    alone = of_all.then("change", MOVER, releasing_manager=None)
    ways = {
        "wished": wished,
        "wished for a need": needing,
        "wished from both": begun.then("wish", MOVER, **_wish(scene), from_placement="pl-1"),
        "edited": wished.then("edit", MOVER, why="Another place", needs=[NEED]),
        "asked for a need": needing.then("ask", MOVER, **_asked(scene)),
        "asked": asked,
        "asked without days": bare,
        "asked of all": of_all,
        **{f"all but {party.value}": _approved(of_all, *(p for p in ALL if p != it)) for it, party in ROLES.items()},
        "one yes, without days": _approved(bare, MOVER),
        "one yes, without a start": bare.then("approve", RELEASING, release_on=scene.day(30)),
        "one yes, without a release": bare.then("approve", MOVER, start_on=scene.day(60)),
        "one yes, backwards": bare.then("approve", MOVER, **_days(scene, 31, 30)),
        "one yes, on one day": bare.then("approve", MOVER, **_days(scene, 30, 30)),
        "changed after a yes": _approved(asked, MOVER).then("change", RELEASING, **_days(scene, 60, 60)),
        "changed after every yes": moved,
        "changed, and all but one": _approved(moved, *ALL[:-1]),
        "handed to another manager": another,
        "handed to another, all but one": _approved(another, MOVER, CLIENT),
        "handed to another, agreed": _approved(another, MOVER, CLIENT, SUCCESSOR),
        "nobody releases, all but one": _approved(alone, MOVER, CLIENT),
        "agreed": agreed,
        "agreed by all": by_all,
        "agreed on one day": bare.then("approve", MOVER, **_days(scene, 30, 30)).then("approve", RELEASING),
        "done": done,
        "done by all": by_all.then("complete", RECEIVING, on=scene.day(30)),
        "done, looked back at": done.then("plan_check_in", RELEASING, check_in_on=scene.day(120)),
        "declined": declined,
        "declined after a yes": _approved(of_all, RECEIVING, RELEASING).then("decline", RELEASING, **_no(scene)),
        "withdrawn": wished.then("withdraw", MOVER),
        "withdrawn after all": agreed.then("withdraw", MOVER, reason=text),
        "handover": handing,
        "handover before all": _handing_over(of_all),
        "handover, a promise seen": handing.then("see", RELEASING, commitment="c-2"),
        "handover, a promise moved": handing.then("move_due", MOVER, commitment="c-1", due=scene.day(120), reason=text),
        "handover, a promise released": handing.then("release", RELEASING, commitment="c-1", reason=text),
        "handover, another manager": handing.then("change", MOVER, releasing_manager=SUCCESSOR),
        "handover, agreed": handed,
        "handover, a promise broken": handed.then(
            "miss_commitment", RELEASING, scene.moment(62), commitment="c-1", reason=text
        ),
        **over,
        "handover, kept when done": over["handover, done"].then("fulfil", MOVER, commitment="c-1", result=text),
        "handover, released when declined": over["handover, declined"].then(
            "release", RELEASING, commitment="c-1", reason=text
        ),
        "handover, seen when withdrawn": over["handover, withdrawn"].then("see", RELEASING, commitment="c-2"),
    }
    return {name: way.steps for name, way in sorted(ways.items(), key=lambda it: len(it[1].steps))}


def beginnings(scene: Scene) -> Offers:
    """List the ways to wish, right and wrong."""
    wish = {**_wish(scene), "by": MOVER}
    return {
        "wish": [
            wish, {**wish, "from_placement": "pl-1"}, {**wish, "needs": [NEED, "n-2"]},
            {"why": scene.text, "from_placement": "pl-1", "by": MOVER},
            {"why": scene.text, "by": MOVER}, {**wish, "why": " "}, {**wish, "why": None},
        ],
    }  # fmt: skip


def offers(scene: Scene, move: Any, by: str) -> Offers:
    """List what somebody might give, for each act: all there is where it is theirs to do, else the plainest alone."""
    text, today = scene.text, scene.now(move).date()
    no, first = {"reason": text, "look_again_on": today + 90 * DAY}, move.release_on or today
    late = datetime.combine(today, time(23, 59), scene.now(move).tzinfo)
    found: Offers = {
        "edit": [
            {"why": "Other words"}, {"needs": [NEED]}, {"from_position": "po-2"},
            {"from_position": None, "from_placement": "pl-2"}, {"from_position": None, "from_placement": None},
            {"why": " "},
        ],
        "ask": _asks(scene, move),
        "approve": _answers(scene, move, today),
        "decline": [
            no, *({**no, "look_again_on": day} for day in (today + DAY, today, today - DAY, None)),
            *({**no, "look_again_on": today + DAY, "at": at} for at in (late, late + timedelta(minutes=1))),
            *because(scene, no)[1:], {},
        ],
        "change": _changes(scene, move, today),
        "complete": [{"on": day} for day in (move.start_on or first, first, first - DAY, first + DAY, None)],
        "plan_check_in": [{"check_in_on": today + 90 * DAY}, {"check_in_on": None}],
        "withdraw": [{}, {"reason": text}, {"reason": " "}],
        **promises(scene, move, by),
    }  # fmt: skip
    theirs = move.mover == by, by in {getattr(move, party.value) for party in Party}
    return {act: given if theirs[act not in MOVERS_OWN] else given[:1] for act, given in found.items()}


def _asks(scene: Scene, move: Any) -> list[Given]:
    asked, all_ = {**_asked(scene), **_days(scene)}, _of_all(scene)
    shown = {"id": NEED, "kind": "challenge", "text": scene.text, "said_on": scene.day(0)}
    needs = [
        {**given, "needs": [{**shown, "release": release}]}
        for given in (asked, all_)
        for release in ("owner_only", "coach", "managers", "client")
    ]
    return [
        asked, _asked(scene), all_, {**asked, "receiving_manager": RECEIVING}, {**asked, "client_by": CLIENT},
        {**asked, "opportunity": FROM}, {**asked, "opportunity": None}, {**asked, "releasing_manager": None},
        *({**all_, name: MOVER} for name in ("releasing_manager", "receiving_manager", "client_by")),
        *(needs if move.needs else ()), {**asked, "needs": []},
    ]  # fmt: skip


def _answers(scene: Scene, move: Any, today: Any) -> list[Given]:
    """A bare yes; days where none are set, in every order; and another day than the one that is set."""
    day = today + 30 * DAY
    release, start = move.release_on or day, move.start_on or day
    answers: list[Given] = [{}]
    if move.release_on is None:
        answers += [{"release_on": start}, {"release_on": start - DAY}, {"release_on": start + DAY}]
    if move.start_on is None:
        answers += [{"start_on": release}, {"start_on": release + DAY}, {"start_on": release - DAY}]
    if move.release_on is None and move.start_on is None:
        answers += [{"release_on": day, "start_on": on} for on in (scene.day(60), day, day - DAY)]
    if move.start_on is not None:
        answers += [{"start_on": start}, {"start_on": start + DAY}]
    if move.release_on is not None:
        answers += [{"release_on": release}, {"release_on": release + DAY}]
    return answers


def _changes(scene: Scene, move: Any, today: Any) -> list[Given]:
    start = {"start_on": today + 60 * DAY}
    return [
        start, {"release_on": today + 30 * DAY, "start_on": today + 30 * DAY}, {"opportunity": "op-2"},
        {"releasing_manager": SUCCESSOR}, {"releasing_manager": None}, {"receiving_manager": RECEIVING},
        {"receiving_manager": move.releasing_manager}, {"client_by": CLIENT}, {"client_by": None},
        {"from_position": "po-2"}, {"facilitators": ["p-9"], "check_in_on": today + 90 * DAY},
        *because(scene, start)[:2], {}, {"opportunity": move.from_position or move.from_placement},
        {"from_position": None, "from_placement": None},
        *({name: move.mover} for name in ("releasing_manager", "receiving_manager", "client_by")),
    ]  # fmt: skip


def people(move: Any) -> tuple[str, ...]:
    """Give those who are asked, those who were, and who lets go as a rule."""
    asked = (getattr(move, party.value) for party in Party)
    return tuple(dict.fromkeys(p for p in (*asked, RELEASING, *(e.by for e in move.history)) if p is not None))


MOVES = Piece(InternalMove, "m", situations, offers, beginnings, people)
