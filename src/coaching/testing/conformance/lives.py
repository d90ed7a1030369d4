"""Acts: every edge of every table, every pair of edges, and every refusal, each as the shortest life that shows it.

Read top to bottom: the vectors of one kind of record, what moves, what is refused. The tables and rules say which there
are: nothing is listed by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from attrs import evolve

from coaching.formats.asked import fields_of
from coaching.kernel.lifecycle import V010
from coaching.kernel.record import Record
from coaching.records import KINDS
from coaching.testing.binding.feedback import FEEDBACK
from coaching.testing.binding.goals import GOALS
from coaching.testing.binding.interviews import INTERVIEWS
from coaching.testing.binding.model import Judged, judge, replay
from coaching.testing.binding.moves import MOVES
from coaching.testing.binding.offers import Piece, asked, begun, plainest
from coaching.testing.binding.paths import PATHS
from coaching.testing.binding.people import PEOPLE
from coaching.testing.binding.relationships import RELATIONSHIPS
from coaching.testing.binding.scenes import OUTSIDER, PLAIN, SCENES
from coaching.testing.binding.steps import Step
from coaching.testing.conformance.vectors import Vector, numbered

PIECES: tuple[Piece, ...] = (INTERVIEWS, FEEDBACK, GOALS, PATHS, MOVES, PEOPLE, RELATIONSHIPS)
SCENE = evolve(PLAIN, text="Lead a line")
"""Where lives are set: short words, since there are many lines."""

LONGEST = 300
"""No text of a scene is longer."""

Life = tuple[Judged, ...]
Key = tuple[object, ...]


def lives_of(piece: Piece) -> list[Vector]:
    """Give the vectors of one kind of record, in the order of its situations."""
    return numbered([*_beginnings(piece), *_moves(piece), *_refusals(piece), *_scenes(piece)])


def _vector(name: str, life: Iterable[Judged], why: str = "") -> Vector:
    steps = [it.step for it in life]
    return Vector(name, "live", {"kind": steps[-1].kind, "steps": [_plain(it) for it in steps]}, why)


def _plain(step: Step) -> dict[str, Any]:
    """Give a step as data; who gives nothing with it says nothing."""
    said = {"act": step.act, "id": step.record_id, "by": step.by, "at": step.at}
    return {**said, "given": step.asked} if step.given else said


def _named(*parts: object) -> str:
    return "/".join(str(it) for it in parts)


def _lives(piece: Piece) -> list[Life]:
    """Give the life to each situation, the shortest first."""
    return [replay(steps) for steps in piece.situations(SCENE, f"{piece.prefix}-1").values()]


def _beginnings(piece: Piece) -> Iterator[Vector]:
    ways = begun(piece, SCENE, f"{piece.prefix}-1")
    for it in (*ways.moves, *map(_left_out, ways.refused)):
        yield _vector(_named("begin", it.step.act, *it.codes), (it,))


def _moves(piece: Piece) -> Iterator[Vector]:
    """Give a life for each edge, and one for each pair of edges: the shortest of all."""
    edges, pairs = dict[Key, Life](), dict[Key, Life]()
    for life in _lives(piece):
        record = life[-1].after
        for move in plainest(piece, SCENE, record):
            _keep(edges, move.edge[1:], (*life, move))
            _keep(pairs, (*life[-1].edge[1:], *move.edge[1:]), (*life, move))
    for edge, life in edges.items():
        yield _vector(_named("edge", edge[1], edge[0], edge[2]), life)
        for second in plainest(piece, SCENE, life[-1].after):
            _keep(pairs, (*edge, *second.edge[1:]), (*life, second))
    for (one, start, between, two, _, end), life in pairs.items():
        if not start == between == end:
            yield _vector(_named("pair", start, one, between, two, end), life)


def _keep(known: dict[Key, Life], key: Key, life: Life) -> None:
    if key not in known or len(life) < len(known[key]):
        known[key] = life


def _is_told(life: Life, last: Judged) -> bool:
    """Tell whether the records that an act is given are told of in the life before it."""
    known = {record.key for it in life for record in (it.after, *it.others)}
    return all(it.key in known for it in last.step.given.values() if isinstance(it, Record))


def _refusals(piece: Piece) -> Iterator[Vector]:
    """Give a life for each act that a state does not allow, each person who may not, and each rule that refuses."""
    kept = dict[Key, Life]()
    for life in _lives(piece):
        for it in _tried(piece, life, kept):
            key = _sort(it)
            if it.findings and _is_told(life, it) and (len(it.codes) == 1 or key[0] != "rule"):
                kept.setdefault(key, (*life, it))  # the shortest come first
    for (sort, *rest), life in kept.items():
        codes = life[-1].codes if sort != "rule" else ()
        yield _vector(_named(sort, *rest, *codes), life)


def _tried(piece: Piece, life: Life, kept: Mapping[Key, Life]) -> Iterator[Judged]:
    """Judge what might be asked after a life, but for what is known of its state: what is closed, and to whom."""
    record = life[-1].after
    state, rows = str(record.state), {row.act for row in record.lifecycle.rows_from(record.state)}
    home = ("state", state) not in {key[:2] for key in kept}
    for step in asked(piece, SCENE, record):
        known = ("state", state, step.act) if step.act not in rows else ("actor", state, step.act, step.by)
        if known in kept and (step.act not in rows or step.by == OUTSIDER):
            continue
        it = judge(record, step)
        yield _left_out(it) if it.findings else it
        if home and not it.findings:
            yield judge(record, evolve(step, at=record.history[-1].at - timedelta(hours=1)))


def _sort(it: Judged) -> Key:
    """Give what a refusal shows: that a state does not allow an act, a person may not, or a rule refuses."""
    act, state = it.step.act, str(it.before.state)
    row = next((row for row in it.before.lifecycle.rows_from(state) if row.act == act), None)
    if row is None:
        return "state", state, act
    if it.codes == (row.rule.code,):
        return "actor", state, act, it.step.by
    return ("open", state, act) if it.codes == (V010.code,) else ("rule", state, act, *it.codes)


def _left_out(it: Judged) -> Judged:
    """Give a refusal in which what is needed and is nothing is left out: a line of JSON does not tell the two apart."""
    fields = fields_of(KINDS[it.step.kind], it.step.act)
    nothing = {
        name for name, value in it.step.given.items() if value is None and name in fields and fields[name].required
    }
    said = {name: value for name, value in it.step.given.items() if name not in nothing}
    return judge(it.before, evolve(it.step, given=said)) if nothing else it


def _scenes(piece: Piece) -> Iterator[Vector]:
    """Give one long life on each edge of calendars and of texts."""
    for scene in SCENES:
        if len(scene.text) < LONGEST:
            ways: Callable[..., Any] = piece.situations
            steps = max(ways(scene, f"{piece.prefix}-1").values(), key=len)
            yield _vector(_named("scene", scene.name.replace(" ", "-")), replay(steps))
