"""People, as they are played: the situations one can be in, seen from a day, and what may be noted of them then.

Days are what breaks here: each act is offered on the day before, the day itself and the day after whatever is noted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from coaching.records.people import Person
from coaching.testing.binding.offers import Given, Offers, Piece, because
from coaching.testing.binding.scenes import OUTSIDER, Scene
from coaching.testing.binding.steps import Step
from coaching.testing.binding.writing import Way

ADMINISTRATION = "hr-1"
MANAGER, NEXT, LATER = "p-31", "p-32", "p-33"
EMPLOYER, CLIENT = "org-1", "org-2"
SINCE = -400
"""The first day of those who are here already, counted from the beginning of a scene."""

DAY = timedelta(days=1)


def _span(first: date, last: date | None = None) -> Given:
    return {"from": first, "to": last}


def _position(id: str, first: date, last: date | None = None, manager: str | None = MANAGER) -> Given:
    managers = [{"manager": manager, "from": first}]
    return {"id": id, "employer": EMPLOYER, "title": "Consultant", "span": _span(first, last), "managers": managers}


def _placement(id: str, first: date, last: date | None = None, **more: Any) -> Given:
    return {"id": id, "client": CLIENT, "title": "Adviser", "span": _span(first, last), **more}


def situations(scene: Scene, id: str) -> Mapping[str, tuple[Step, ...]]:
    """Give the steps to every situation of a person worth beginning in, by name."""
    text, day = scene.text, scene.day

    def on(way: Way, act: str, **given: Any) -> Way:
        return way.then(act, ADMINISTRATION, **given)

    def placed(way: Way, id: str, first: int, **more: Any) -> Way:
        return on(way, "start_placement", placement=_placement(id, day(first), **more))

    begun = Way("person", id, scene)
    outside = on(begun, "register", name="Anna Ek")
    active = on(begun, "register", name="Anna Ek", joined_on=day(SINCE))
    employed = on(active, "take_position", position=_position("po-1", day(SINCE)))
    away = on(active, "go_on_leave", since=day(-30), until=day(30))
    ahead = on(employed, "change_manager", position="po-1", manager=NEXT, on=day(30))
    placement = placed(active, "pl-1", -100, planned_to=day(120), contact=text)
    whole = placed(placed(ahead, "pl-1", -100, planned_to=day(120)), "pl-2", 60)
    whole = on(whole, "take_position", position=_position("po-2", day(60), manager=NEXT))
    whole = on(on(whole, "go_on_leave", since=day(-30), until=day(60)), "go_on_leave", since=day(120))
    leaving, left = on(active, "leave", left_on=day(30)), on(active, "leave", left_on=day(-1))
    all_leaving = on(whole, "leave", left_on=day(30), reason=text)
    noted_since = on(on(leaving, "take_position", position=_position("po-1", day(0))), "go_on_leave", since=day(20))
    half = on(on(all_leaving, "end_position", position="po-1", on=day(20)), "come_back", on=day(10))
    rehired = on(left, "join", joined_on=day(0))
    ways = {
        "outside": outside,
        "to come": on(begun, "register", name="Anna Ek", joined_on=day(30)),
        "here since today": on(begun, "register", name="Anna Ek", joined_on=day(0)),
        "active": active,
        "registered with everything": on(
            begun, "register", name="Anna Ek", joined_on=day(SINCE), given_name="Anna", family_name="Ek",
            language="sv", external_ids={"payroll": "17"}, position=_position("po-1", day(SINCE)),
        ),
        "corrected": on(active, "correct", reason=text, name="Anna Berg", employments=[_span(day(-30))]),
        "in a position": employed,
        "in a position, at the top": on(
            active, "take_position", position=_position("po-1", day(SINCE), manager=None)
        ),
        "in two positions": on(employed, "take_position", position=_position("po-2", day(30), manager=NEXT)),
        "in a position that ends": on(employed, "end_position", position="po-1", on=day(30)),
        "with a manager ahead": ahead,
        "with a manager replaced": on(ahead, "change_manager", position="po-1", manager=LATER, on=day(30)),
        "with managers found late": on(
            on(employed, "change_manager", position="po-1", manager=LATER, on=day(60)),
            "change_manager", position="po-1", manager=NEXT, on=day(30),
        ),
        "placed": placement,
        "placed, planned anew": on(placement, "extend_placement", placement="pl-1", planned_to=day(60)),
        "placed until a day": on(placement, "end_placement", placement="pl-1", on=day(30), reason=text),
        "on leave": away,
        "on leave, nobody knows how long": on(active, "go_on_leave", since=day(0)),
        "on leave, longer": on(away, "change_leave", on=day(0), until=day(60)),
        "back from leave": on(away, "come_back", on=day(0)),
        "back from leave the day after": on(away, "come_back", on=day(30) + DAY),
        "with a leave ahead": on(active, "go_on_leave", since=day(30), until=day(60)),
        "with two leaves": on(
            on(active, "go_on_leave", since=day(31), until=day(60)), "go_on_leave", since=day(0), until=day(29)
        ),
        "with everything": whole,
        "leaving": leaving,
        "leaving today": on(active, "leave", left_on=day(0)),
        "leaving everything": all_leaving,
        "leaving everything earlier": on(all_leaving, "leave", left_on=day(20), reason="Another reason"),
        "leaving, and more was noted": noted_since,
        "leaving, and more was said": half,
        "staying": on(leaving, "stay"),
        "staying with everything": on(all_leaving, "stay", reason=text),
        "staying with what was noted": on(noted_since, "stay"),
        "staying with what was said": on(half, "stay"),
        "staying, but for a placement": on(
            on(all_leaving, "end_placement", placement="pl-1", on=day(20), reason=text), "stay"
        ),
        "left": left,
        "left everything": on(whole, "leave", left_on=day(-1), reason=text),
        "back again": rehired,
        "back again for a time": on(left, "join", joined_on=day(30), left_on=day(60)),
        "back again, in a position": on(rehired, "take_position", position=_position("po-1", day(0))),
        "back again, leaving": on(rehired, "leave", left_on=day(30)),
        "here before": on(
            active, "correct", reason=text, employments=[_span(day(-900), day(-600)), _span(day(SINCE))]
        ),
        "erased": on(left, "erase", reason=text),
        "erased, placed once": on(
            on(placement, "leave", left_on=day(-1), reason=text), "erase", reason=text
        ),
        "erased outside": on(outside, "erase", reason=text),
    }  # fmt: skip
    return {name: way.steps for name, way in sorted(ways.items(), key=lambda it: len(it[1].steps))}


def beginnings(scene: Scene) -> Offers:
    """List the ways to note somebody, right and wrong."""
    since, by = scene.day(SINCE), ADMINISTRATION
    noted: Given = {"name": "Anna Ek", "by": by}
    here = {**noted, "joined_on": since}
    return {
        "register": [
            noted, here, {**here, "joined_on": scene.day(30)}, {**here, "position": _position("po-1", since)},
            {**noted, "language": "sv", "external_ids": {"payroll": "17"}},
            {**here, "position": _position("po-1", since - DAY)}, {**noted, "position": _position("po-1", since)},
            {**here, "position": {**_position("po-1", since), "title": " "}},
            {**noted, "name": " "}, {**noted, "name": None}, {**noted, "language": "no language"},
        ],
    }  # fmt: skip


def offers(scene: Scene, person: Any, by: str) -> Offers:
    """List what might be given to each act, by the administration: whether others may note it, houses differ."""
    if by == OUTSIDER:
        return {}
    today = scene.now(person).date()
    ends = _ends(person, today)
    return {
        "correct": _corrections(scene, person),
        "join": _joinings(person, today),
        "leave": [
            *({"left_on": it, "reason": scene.text} for it in (today, today + 20 * DAY, *ends)),
            *because(scene, {"left_on": today})[1:], {"left_on": None},
        ],
        "stay": [{}, {"reason": scene.text}, {"reason": " "}],
        **_leaves(scene, person, today, ends),
        **_positions(person, today, ends),
        **_placements(scene, person, today, ends),
        "erase": [
            *because(scene, {}),
            *({"reason": scene.text, "at": at} for it in person.employments[-1:] if it.to is not None
              for at in _midnight(person, it.to)),
        ],
    }  # fmt: skip


def _midnight(person: Any, day: date) -> list[datetime]:
    """Give the last minute of a day and the first of the next one, where they lie ahead: elsewhere it is one day."""
    last: datetime = person.history[-1].at
    late = datetime.combine(day, time(23, 59), last.tzinfo)
    return [at for at in (late, late + timedelta(minutes=1)) if at >= last]


def _around(day: date | None) -> tuple[date, ...]:
    return () if day is None else (day, day - DAY, day + DAY)


def _once(days: Iterable[date | None]) -> list[date | None]:
    return list(dict.fromkeys(days))


def _ends(person: Any, today: date) -> list[Any]:
    """Give the days around the first and the last one of the employment that counts today."""
    employment = person.employment_by(today)
    return [] if employment is None else _once((*_around(employment.from_)[:2], *_around(employment.to)))


def _corrections(scene: Scene, person: Any) -> list[Given]:
    text, since = scene.text, scene.day(-200)
    employed, first = [_span(since)], scene.day(-20)
    return [
        {"reason": text, "name": "Anna Berg"}, {"reason": text, "language": "en", "given_name": "Anna"},
        {"reason": text, "employments": employed}, {"reason": text, "external_ids": {"payroll": "18"}},
        {"reason": text, "employments": employed, "leaves": [_span(first, first)], "positions": [], "placements": []},
        {"reason": text, "employments": [_span(since, first), _span(first + DAY)]},
        {"reason": text, "employments": [_span(since, first), _span(first)]},
        {"reason": text, "employments": [_span(since), _span(first)]},
        {"reason": text, "employments": employed, "leaves": [_span(since - DAY, since)]},
        {"reason": text, "employments": employed, "leaves": [_span(since, first), _span(first, first)]},
        {"reason": text, "employments": [_span(first, first - DAY)]}, {"reason": text, "name": " "},
        {"reason": text, "name": None}, {"reason": " ", "name": "Anna Berg"}, {"reason": None, "name": person.name},
    ]  # fmt: skip


def _joinings(person: Any, today: date) -> list[Given]:
    """Today, around each last day, and between two employments: up to the eve of the second, and into it."""
    joined: list[Given] = [
        {"joined_on": today}, {"joined_on": today + 40 * DAY}, {"joined_on": today, "left_on": today},
        {"joined_on": today, "left_on": today - DAY}, {"joined_on": None},
    ]  # fmt: skip
    joined += [{"joined_on": day} for it in person.employments for day in _around(it.to)]
    for it, next_one in pairwise(person.employments):
        days = next_one.from_ - DAY, next_one.from_
        joined += [{"joined_on": it.to + DAY, "left_on": day} for day in days]
    return joined


def _leaves(scene: Scene, person: Any, today: date, ends: list[Any]) -> Offers:
    borders = _once(day for leave in person.leaves for it in (leave.from_, leave.to) for day in _around(it))
    last = next((leave for leave in reversed(person.leaves)), None)
    first, until = (today, today + 40 * DAY) if last is None else (last.from_, last.to)
    before, after = first - DAY, (until or today) + DAY
    sinces = _once((today, today + 90 * DAY, *ends, *borders))
    away: list[Given] = [{"since": day, "until": day and day + 5 * DAY} for day in sinces]
    away += [{"since": today, "until": day} for day in _once((None, today, today - DAY, *ends, *borders))]
    return {
        "go_on_leave": [*away, {"since": None, "until": until}],
        "change_leave": [
            {"on": first, "until": after}, {"on": until or after, "until": first}, {"on": before, "until": after},
            {"on": after, "until": after}, {"on": first, "until": None}, {"on": first, "until": before},
            {"on": first, "until": until, "since": before}, {"on": first, "until": until, "since": after + DAY},
            *({"on": first, "until": day} for day in (*ends, *borders)), {"on": None, "until": until},
        ],
        "come_back": [{"on": day} for day in _once((today, first + DAY, *borders, after + DAY, None))],
        "cancel_leave": [
            *({"on": day} for day in _once((today, *borders, None))), *because(scene, {"on": first})[:2],
        ],
    }  # fmt: skip


def _positions(person: Any, today: date, ends: list[Any]) -> Offers:
    held = next((it for it in reversed(person.positions)), None)
    named = [it.id for it in person.positions] or ["po-1"]
    free = _free("po", (*person.positions, *(it for leaving in person.leavings for it in leaving.positions)))
    new = _position(free, today)
    managers = [{"manager": NEXT, "from": day} for day in (today, today - DAY)]
    borders = [] if held is None else _once(
        day for it in (held.span.from_, held.span.to, *(m.from_ for m in held.managers[-1:])) for day in _around(it)
    )  # fmt: skip
    changed = {"position": named[-1], "manager": LATER, "on": today}
    return {
        "take_position": [
            {"position": it}
            for it in (
                new, *(_position(free, day) for day in ends), *(_position(free, today, day) for day in ends),
                {**new, "managers": []}, {**new, "level": 3, "location": {"name": "Lund", "country": "SE"}},
                {**new, "managers": [managers[1]]}, {**new, "managers": [managers[0], managers[0]]},
                {**new, "managers": [{"manager": person.id, "from": today}]}, {**new, "id": named[-1]},
                {**new, "title": " "}, {**new, "employer": CLIENT}, {**new, "span": _span(today, today - DAY)}, None,
            )
        ],
        "end_position": [
            *({"position": id, "on": day} for id in named for day in _once((today, today + 20 * DAY, *ends, *borders))),
            {"position": "po-9", "on": today}, {"position": named[-1], "on": None},
        ],
        "change_manager": [
            *({**changed, "position": id, "on": day} for id in named
              for day in _once((today, today + 20 * DAY, *ends, *borders))),
            {**changed, "manager": None}, {**changed, "manager": person.id}, {**changed, "position": "po-9"},
            {**changed, "on": None},
        ],
    }  # fmt: skip


def _placements(scene: Scene, person: Any, today: date, ends: list[Any]) -> Offers:
    text, named = scene.text, [it.id for it in person.placements] or ["pl-1"]
    held = next((it for it in reversed(person.placements)), None)
    free = _free("pl", (*person.placements, *(it for leaving in person.leavings for it in leaving.placements)))
    new = _placement(free, today)
    borders = [] if held is None else _once(day for it in (held.span.from_, held.span.to) for day in _around(it))
    days = _once((today, today + 20 * DAY, *ends, *borders))
    return {
        "start_placement": [
            {"placement": it}
            for it in (
                new, {**new, "planned_to": today}, {**new, "planned_to": today - DAY}, {**new, "contact": text},
                *(_placement(free, day) for day in ends), *(_placement(free, today, day) for day in ends),
                {**new, "id": named[-1]}, {**new, "client": EMPLOYER}, {**new, "span": _span(today, today - DAY)}, None,
            )
        ],
        "extend_placement": [
            *({"placement": id, "planned_to": day} for id in named for day in (*days, None)),
            {"placement": "pl-9", "planned_to": today},
        ],
        "end_placement": [
            *({"placement": id, "on": day, "reason": text} for id in named for day in days),
            *because(scene, {"placement": named[-1], "on": today})[1:],
            {"placement": "pl-9", "on": today, "reason": text}, {"placement": named[-1], "on": None, "reason": text},
        ],
    }  # fmt: skip


def _free(prefix: str, parts: Iterable[Any]) -> str:
    """Give an id that no part has, nor one that a leaving dropped."""
    taken = {part.id for part in parts}
    return next(id for n in range(1, len(taken) + 2) if (id := f"{prefix}-{n}") not in taken)


def people(_: Any) -> tuple[str, ...]:
    """Give the administration: it notes what happens."""
    return (ADMINISTRATION,)


def stands(person: Any) -> object:
    """Say how somebody stands on the day of the last act, and of what there is something to change."""
    parts = person.leaves, person.positions, person.placements, person.leavings
    return person.state, person.standing(person.history[-1].at.date()), len(person.employments), *map(bool, parts)


PEOPLE = Piece(Person, "p", situations, offers, beginnings, people, stands)
