"""Career paths, as they are played: the situations one can be in, and what owner and coach might do then.

A path that is revised begins another one, under the id that is given; the newer one is named when it takes its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any

from coaching.records.paths import CareerPath
from coaching.testing.binding.model import replay
from coaching.testing.binding.offers import Given, Offers, Piece, because, unused
from coaching.testing.binding.scenes import COACHEE, INTERVIEWER, SUCCESSOR, Scene
from coaching.testing.binding.steps import Step
from coaching.testing.binding.writing import Way

OWNER, COACH = COACHEE, INTERVIEWER


def _steps(scene: Scene, **first: Any) -> list[Given]:
    """Two steps, one after the other."""
    begins = [{"from": scene.day(30), "to": scene.day(60)}, {"from": scene.day(60)}]
    return [
        {"id": "s-1", "order": 1, "kind": "learning", "title": scene.text, "span": begins[0], **first},
        {"id": "s-2", "order": 2, "kind": "position", "title": scene.text, "span": begins[1], "level": 4},
    ]


def _whole(scene: Scene) -> Given:
    """Everything that a path asks for before it is agreed."""
    words = dict.fromkeys(("success", "heading", "destination"), scene.text)
    return {**words, "steps": _steps(scene)}


def _with_parts(way: Way) -> Way:
    """A dream, a need and a role model."""
    text = way.scene.text
    return (
        way.then("dream", OWNER, id="d-1", text=text)
        .then("say_need", OWNER, id="n-1", kind="challenge", text=text)
        .then("name_role_model", OWNER, id="r-1", name=text)
    )


def _signed(way: Way, *people: str) -> Way:
    for person in people:
        way = way.then("sign", person, stance="agrees")
    return way


def situations(scene: Scene, id: str) -> Mapping[str, tuple[Step, ...]]:
    """Give the steps to every situation of a path worth beginning in, by name."""
    text, way, whole = scene.text, Way("path", id, scene), _whole(scene)
    begun = way.then("begin", OWNER, coach=COACH, **whole)
    parts = _with_parts(begun)
    shared = begun.then("share", OWNER)
    half = _signed(shared, COACH)
    agreed = _signed(half, OWNER)
    rich = _signed(parts.then("share", OWNER), COACH, OWNER)
    unproved = way.then(
        "begin", OWNER, coach=COACH, **{**whole, "steps": _steps(scene, state="reached", reached_on=scene.day(0))}
    )
    ways = {
        "draft": way.then("begin", OWNER),
        "draft, parts": parts,
        **_parts(parts),
        "shared": shared,
        "shared, parts": parts.then("share", OWNER),
        **{
            f"half signed, all but its {name}": _signed(
                way.then("begin", OWNER, **{**whole, name: []} if name == "steps" else {**whole, name: None}).then(
                    "share", OWNER, coach=COACH
                ),
                COACH,
            )
            for name in whole
        },
        "half signed": half,
        "half signed by the owner": _signed(shared, OWNER),
        "half signed with a reservation": shared.then("sign", COACH, stance="reservation", note=text),
        "half signed, reached without evidence": _signed(unproved.then("share", OWNER), COACH),
        "agreed": agreed,
        "agreed, parts": rich,
        "agreed, a step under way": agreed.then("start_step", OWNER, step="s-1"),
        "agreed, a step reached": agreed.then("reach_step", OWNER, step="s-1", evidence=text),
        "agreed, a step skipped": agreed.then("skip_step", OWNER, step="s-1", reason=text),
        **_revised(rich),
        "archived": agreed.then("archive", OWNER, reason=text),
    }
    return {name: it.steps for name, it in sorted(ways.items(), key=lambda it: len(it[1].steps))}


def _parts(parts: Way) -> dict[str, Way]:
    """What becomes of a dream, a need and a role model."""
    text = parts.scene.text
    return {
        "draft, a dream withdrawn": parts.then("withdraw_dream", OWNER, dream="d-1"),
        "draft, a need met": parts.then("meet_need", OWNER, need="n-1", met_by=text),
        "draft, a need withdrawn": parts.then("withdraw_need", OWNER, need="n-1"),
        "draft, a role model met": parts.then("meet_role_model", OWNER, role_model="r-1", journey=text),
    }


def _revised(rich: Way) -> dict[str, Way]:
    """A newer path begun: not yet agreed, agreed, agreed without all that was said since; and in its place.

    What was withdrawn and what is met stays behind.
    """
    text, scene, id = rich.scene.text, rich.scene, f"{rich.id}-2"
    revised = rich.then("revise", OWNER, new_id=id, reason=text)
    shared = revised.on(id).then("edit", OWNER, **_whole(scene)).then("share", OWNER)
    agreed = _signed(shared, COACH, OWNER).on(rich.id).then("start_step", OWNER, step="s-1")
    superseded = agreed.then("supersede", OWNER, newer=_newer(agreed))
    return {
        "revised": revised,
        "revised, a dream and a need behind": rich.then("withdraw_dream", OWNER, dream="d-1")
        .then("meet_need", OWNER, need="n-1", met_by=text)
        .then("revise", OWNER, new_id=id, reason=text),
        "revised, the newer one half signed": _signed(shared, COACH)
        .on(rich.id)
        .then("start_step", OWNER, step="s-1"),
        "revised, the newer one agreed": agreed,
        "revised, a dream since": agreed.then("dream", OWNER, id="d-2", text=text),
        "superseded": superseded,
    }  # fmt: skip


def _newer(way: Way) -> Any:
    """Give the path that another one was revised into, as it stands at the end of a way."""
    others = (it.after for it in reversed(replay(way.steps)) if it.step.record_id != way.scene.named(way.id))
    return next(others, None)  # none where the longest id is made longer


@lru_cache(maxsize=64)
def _newer_ones(scene: Scene, id: str) -> Mapping[str, Any]:
    """Give the path that one was revised into, as it stands, by the digest of what the one had come to by then."""
    known: dict[str, Any] = {}
    for steps in situations(scene, id).values():
        newer = None
        for it in replay(steps):
            own = it.step.record_id == id
            newer = next(iter(it.others), newer) if own else it.after
            if own and newer is not None:
                known[it.after.digest] = newer
    return known


def beginnings(scene: Scene) -> Offers:
    """List the ways to begin a path, right and wrong."""
    begun = {"by": OWNER}
    return {
        "begin": [
            begun, {**begun, **_whole(scene)}, {**begun, "coach": COACH, "from_interview": "i-1"}, {"by": COACH},
            {**begun, "coach": OWNER}, {**begun, "heading": " "}, *({**begun, "steps": it} for it in _odd_steps(scene)),
        ],
    }  # fmt: skip


def _odd_steps(scene: Scene) -> list[list[Given]]:
    """Steps at the border of the rules: on one day, side by side; then out of order, twice, of no kind."""
    one, two = _steps(scene)
    day, before = one["span"]["from"], one["span"]["from"] - timedelta(days=1)
    return [
        [one, {**two, "span": {"from": day}}], [one, {**two, "order": 1, "span": {"from": before}}],
        [one, {**two, "id": one["id"]}], [one, {**two, "span": {"from": before}}], [{**one, "order": 0}],
        [{**one, "kind": "promotion"}], [{**one, "title": " "}], [{**one, "span": {"from": day, "to": before}}],
    ]  # fmt: skip


def offers(scene: Scene, path: Any, by: str) -> Offers:
    """List what somebody might give, for each act."""
    del by
    text = scene.text
    found: Offers = {
        "edit": [
            {"heading": "elsewhere", "success": text}, {"steps": _steps(scene)}, {"destination": text},
            {"steps": [], "success": None}, {"heading": " "},
            *({"steps": it} for it in _odd_steps(scene)),
        ],
        **_about_parts(text, path),
        "share": [{}, {"coach": COACH}, {"coach": SUCCESSOR}, {"coach": path.owner}],
        "comment": because(scene, {}, "text"),
        "sign": [
            {"stance": "agrees"}, {"stance": "seen"}, {"stance": "reservation", "note": text},
            {"stance": "reservation"}, {"stance": "maybe"},
        ],
        **_on_the_way(scene, path),
        "revise": [
            *because(scene, {"new_id": f"{path.id}-{2 + sum(e.act == 'revise' for e in path.history)}"}),
            {"new_id": path.id, "reason": text},
        ],
        "supersede": [{"newer": it} for it in (*_known_newer(scene, path), path, f"{path.id}-99", None)],
        "archive": because(scene, {}),
    }  # fmt: skip
    return found


def _known_newer(scene: Scene, path: Any) -> list[Any]:
    known = _newer_ones(scene, path.id)
    return [known[e.digest] for e in reversed(path.history) if e.digest in known][:1]


def _about_parts(text: str, path: Any) -> Offers:
    dream, need, model = (unused(mark, its) for mark, its in zip("dnr", _parts_of(path), strict=True))
    dreams, needs, models = (
        [{name: id} for id in (*(it.id for it in its), "x-99")]
        for name, its in zip(("dream", "need", "role_model"), _parts_of(path), strict=True)
    )
    says, names = {"id": need, "kind": "challenge", "text": text}, {"id": model, "name": text}
    return {
        "dream": [
            {"id": dream, "text": text}, {"id": dream, "text": " "},
            *({"id": it.id, "text": text} for it in (*path.dreams, *path.needs)),
        ],
        "withdraw_dream": dreams,
        "say_need": [
            says, {**says, "importance": "must", "release": "owner_only", "level": 4},
            {**says, "kind": "location", "location": {"name": "Gothenburg", "country": "SE"}},
            {**says, "kind": "raise"}, {**says, "text": " "}, {**says, "importance": "should"},
            *({**says, "id": it.id} for it in path.needs),
        ],
        "release_need": [
            {**it, "release": to} for it in needs for to in ("managers", "client", "owner_only", "everybody", None)
        ],
        "meet_need": [
            {**it, **by} for it in needs
            for by in ({"met_by": text}, {"met_ref": {"kind": "move", "id": "m-1"}}, {}, {"met_by": " "})
        ],
        "withdraw_need": needs,
        "name_role_model": [
            names, {"id": model, "person": SUCCESSOR, "why": text}, {"id": model, "why": text},
            {**names, "name": " "}, *({**names, "id": it.id} for it in path.role_models),
        ],
        "meet_role_model": [
            {**it, **by} for it in models for by in ({"journey": text}, {"journey": " "}, {"journey": None})
        ],
    }  # fmt: skip


def _parts_of(path: Any) -> tuple[Any, Any, Any]:
    return path.dreams, path.needs, path.role_models


def _on_the_way(scene: Scene, path: Any) -> Offers:
    text, today = scene.text, scene.now(path).date()
    steps: list[Given] = [{"step": id} for id in (*(it.id for it in path.steps), "s-99")]
    return {
        "start_step": steps,
        "reach_step": [
            {**it, **by} for it in steps
            for by in ({"evidence": text}, {"evidence": text, "on": today}, {}, {"evidence": " "})
        ],
        "skip_step": [it for step in steps for it in because(scene, step)],
    }  # fmt: skip


def people(path: Any) -> tuple[str, ...]:
    """Give those who have or had a part in a path, and who would like to."""
    return tuple(dict.fromkeys(p for p in (path.owner, path.coach, COACH, SUCCESSOR) if p is not None))


PATHS = Piece(CareerPath, "path", situations, offers, beginnings, people)
