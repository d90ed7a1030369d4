"""Laws of ways on and back: whoever is gone, those who are there can settle what waits; nothing vanishes without a word.

Everything is read from the tables and from drawn records, so a new kind, and a new state, is held to it by itself.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from attrs import fields, frozen, has
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from coaching import Record
from coaching.kernel.classes import model_of
from coaching.kernel.fields import key_of
from coaching.kernel.history import ASIDE
from coaching.kernel.lifecycle import ANYONE
from coaching.testing.acts import play_of
from coaching.testing.walks import ADMINISTRATION, Stage
from stage.everything import Kind, acting, each_kind, few
from stage.lives import lives

DEPTH = 5
"""So many acts lead to an end at most."""

SETTLED: dict[str, set[str]] = {
    "goal": {"achieved", "missed", "dropped"},  # which can be opened again, but nobody waits for it
    "opportunity": {"filled"},
    "interview": {"signed", "unsigned"},
    "feedback": {"acknowledged"},
    "path": {"agreed", "superseded"},
    "relationship": {"active"},  # an agreement that stands is no open matter
    "person": {"known"},  # as is somebody who is there
    "organisation": {"known"},
}
"""States, besides the final ones, in which nothing waits."""

WHOSE = {"goal": "owner", "path": "owner", "move": "mover", "feedback": "giver"}
"""Whose alone a record is, where it is somebody's: when they are gone, it is enough that nothing is asked of others."""

NOT_YET = frozenset({"interview"})
"""Kinds that still have dead ends."""


# --- those who are there ---------------------------------------------------------------------------------------------


@frozen
class Scene:
    """A record, who is gone, and who stays."""

    record: Any
    gone: str
    stays: tuple[str, ...]
    now: datetime


def parties(record: Any) -> tuple[str, ...]:
    """Who holds a role in a record: who could ever do something in it, and not only with a promise."""
    roles = {role for row in record.lifecycle.rows for role in row.who}
    held = {person for role in roles for person in role.holders(record, None)}
    return tuple(sorted({*held} - {None}))


def scenes(record: Any) -> Iterator[Scene]:
    """One for each who might be gone."""
    for_all = any(ANYONE in row.who for row in record.lifecycle.rows)
    people = parties(record)
    for gone in people:
        stays = tuple(p for p in people if p != gone) + ((ADMINISTRATION,) if for_all else ())
        if stays:
            yield Scene(record, gone, stays, record.history[-1].at)


def settled(record: Any) -> bool:
    """Whether nothing in it waits for anybody."""
    return record.state in {*record.lifecycle.final, *SETTLED.get(record.type, ())}


def over(scene: Scene) -> bool:
    """Whether those who stay are done: it is settled, handed on, or only of the one who is gone."""
    record = scene.record
    if settled(record) or scene.gone not in parties(record):
        return True
    theirs = getattr(record, WHOSE.get(record.type, ""), None) == scene.gone
    if getattr(record, "requested_by", None) in scene.stays:  # who asked for something waits for it
        return False
    return theirs and not {turn.person for turn in record.awaits()} & {*scene.stays}


def ways(scene: Scene) -> list[tuple[str, str]]:
    """The acts that are open to those who stay; those that lead to another state first."""
    record, play = scene.record, play_of(type(scene.record))
    found = [(act, by) for by in scene.stays for act in record.acts_for(by) if act in play.arguments]
    return sorted(
        found, key=lambda way: record.lifecycle.find(way[0], record.state).target(record.state) == record.state
    )


def after(draw: Any, scene: Scene, act: str, by: str) -> Iterator[Scene]:
    """What comes of an act with arguments of the strategies; made ready for it, where that takes nobody who is gone."""
    play, record = play_of(type(scene.record)), scene.record
    stage = Stage(draw)
    stage.now = max(scene.now, record.history[-1].at)
    ready = [play.ready[gate] for gate in (act, *(f"{act}>{s}" for s in play.states)) if gate in play.ready]
    for make in (lambda _, record: record, *ready):
        new = make(stage, record)
        if any(entry.by == scene.gone for entry in new.history[len(record.history) :]) or act not in new.acts_for(by):
            continue
        told = play.arguments[act](stage, new, by)
        if told is not None and not new.would(act, **told, by=by, at=stage.now):
            yield Scene(new.act(act, **told, by=by, at=stage.now), scene.gone, scene.stays, stage.now)
            return


def can_be_settled(draw: Any, scene: Scene) -> bool:
    """Whether those who stay come to an end within so many acts, tried breadth first."""
    seen: set[Any] = set()
    front = [scene]
    for _ in range(DEPTH + 1):
        if any(over(one) for one in front):
            return True
        further = []
        for one in front:
            for act, by in ways(one):
                for new in after(draw, one, act, by):
                    where = (new.record.state, frozenset((turn.person, turn.act) for turn in new.record.awaits()))
                    if where not in seen:
                        seen.add(where)
                        further.append(new)
                        if over(new):
                            return True
        front = further
    return False


def simply(look: Any) -> None:
    """Do something once, with the simplest that strategies draw."""

    @settings(max_examples=1, phases=[Phase.generate], database=None, deadline=None)
    @given(st.data())
    def once(data: st.DataObject) -> None:
        look(data.draw)

    once()


def stuck(record: Any) -> list[tuple[str, str]]:
    """The state of a record in which somebody waits in vain, with the role of the one who is gone."""
    found: list[tuple[str, str]] = []

    def look(draw: Any) -> None:
        for scene in scenes(record):
            if not can_be_settled(draw, scene):
                named = (n for n in model_of(type(record)).names if getattr(record, n) == scene.gone)
                found.append((str(record.state), next(named, "?")))

    simply(look)
    return found


# --- the laws --------------------------------------------------------------------------------------------------------


@each_kind
def test_whoever_is_gone_those_who_are_there_come_to_an_end(kind: Kind):
    """From any state that is not settled: to a settled one, to somebody else, or to where nothing is asked of them."""
    open_now = [record for record in (*lives(kind.type), *few(kind, 4)) if not settled(record)]
    found = {where for record in open_now for where in stuck(record)}
    assert not found or kind.type in NOT_YET, sorted(found)


@each_kind
def test_every_kind_has_a_settled_state_and_knows_its_states(kind: Kind):
    """What stands above names only what there is, or is to come."""
    known = set(kind.lifecycle.states)
    assert {*kind.lifecycle.final, *SETTLED.get(kind.type, ())} & known
    assert SETTLED.get(kind.type, set()) - known <= {"unsigned", "known"}


SHAPED = {
    "goal": {"edit", "choose_option"},
    "path": {"edit", "share"},
    "feedback": {"write"},
    "interview": {"schedule", "finish"},
    "person": set[str](),
    "move": {"edit", "ask", "approve", "complete"},
    "relationship": {"close", "decline"},
}
"""Acts that shape what is one's own draft, set for good what was only foreseen, or end a span that keeps its first day."""

KEPT = ("goal", "relationship", "opportunity", "move")
"""Kinds whose acts keep whatever they replace."""


@each_kind
@given(data=st.data())
def test_nothing_vanishes_without_a_word(kind: Kind, data: st.DataObject):
    """What an act replaces in a field, the history keeps; but for what shapes a draft."""
    record, act = data.draw(acting(kind))
    new = record.act(act.name, **act.given)
    if kind.type in KEPT and act.name not in SHAPED.get(kind.type, ()):
        assert replaced(record, new) <= {key.partition(".")[0].partition("[")[0] for key in new.history[-1].was}


def replaced(record: Record, new: Record) -> set[str]:
    """The fields of single values that say something else than before; and promises of which one does."""
    names = [n for n in model_of(type(record)).names if n not in {*ASIDE, "state", "revision", "id"}]
    singles = [n for n in names if not isinstance(getattr(record, n), tuple) and getattr(record, n) is not None]
    found = {key_of(n) for n in singles if lost(getattr(record, n), getattr(new, n))}
    before, after_ = getattr(record, "commitments", ()), getattr(new, "commitments", ())
    told = ("due", "done_on", "result", "seen_by")
    pairs = zip(before, after_, strict=False)
    if any(getattr(a, n) is not None and getattr(a, n) != getattr(b, n) for a, b in pairs for n in told):
        found.add("commitments")
    return found


def lost(before: object, now: object) -> bool:
    """Whether a value says something else than before; a part may say more, in what it left open."""
    if has(type(before)) and type(now) is type(before):
        return any(lost(getattr(before, a.name), getattr(now, a.name)) for a in fields(type(before)))
    return before is not None and now != before
