"""Strategies for career paths in any state."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from coaching.kernel.values import Span
from coaching.records.needs import Importance, NeedKind, Release
from coaching.records.paths import PARTS, CareerPath, Step, StepKind
from coaching.testing.parts import days, ids, locations, perhaps_texts, texts
from coaching.testing.stages import empty
from coaching.testing.walks import Given, Play, Source, Stage, Word, nothing, played

_STEP: dict[str, Source] = {
    "level": st.integers(-2, 9),
    "location": locations(),
    "serves": lambda stage: stage.several(stage.refs("need", "dream")),
    "goals": lambda stage: stage.several(stage.known("goal", ids("g"))),
}


def steps(stage: Stage, least: int = 0) -> tuple[Step, ...]:
    """Planned steps of a path, which begin in their order; some have no time yet, and some go side by side."""
    order, begins = 1, stage.draw(days())
    made: list[Step] = []
    for n in range(stage.number(least, 3)):
        order += stage.number(0, 1)
        begins += timedelta(days=stage.number(0, 200) if made and order > made[-1].order else 0)
        more = stage.some({"span": [Span(begins)], **_STEP})
        made.append(Step(f"s-{n + 1}", order, stage.one(list(StepKind)), stage.draw(texts()), **more))
    return tuple(made)


_WORDS: dict[str, Source] = dict.fromkeys(("success", "heading", "destination"), texts())


def _content(stage: Stage, _path: Any, _by: str) -> Given:
    planned = {"steps": steps(stage)} if "steps" not in stage.names and stage.yes() else {}
    return {**stage.fields(_WORDS), **planned}


def _dream(stage: Stage, path: CareerPath, _by: str) -> Given:
    return {"id": stage.next_id("d", path.dreams), "text": stage.draw(texts())}


_NEED: dict[str, Source] = {
    "importance": list(Importance),
    "location": locations(),
    "level": st.integers(-2, 9),
    "release": list(Release),
}


def _need(stage: Stage, path: CareerPath, _by: str) -> Given:
    return {
        "id": stage.next_id("n", path.needs),
        "kind": stage.one(list(NeedKind)),
        "text": stage.draw(texts()),
        **stage.some(_NEED),
    }


def _role_model(stage: Stage, path: CareerPath, _by: str) -> Given:
    known = stage.known("person", ids("r"))
    who = {"person": stage.of(known)} if not empty(known) and stage.yes() else {"name": stage.draw(texts())}
    return {"id": stage.next_id("m", path.role_models), **who, "why": stage.draw(perhaps_texts())}


def _one(stage: Stage, path: CareerPath, act: str) -> str:
    """The id of a part that the act is open for."""
    name, _, table = PARTS[act]
    return str(stage.one([p for p in getattr(path, name) if table.find(act, p.state)]).id)


def _released(stage: Stage, path: CareerPath, _by: str) -> Given:
    return {"need": _one(stage, path, "release_need"), "release": stage.one(list(Release))}


def _met(stage: Stage, path: CareerPath, _by: str) -> Given:
    ref = stage.perhaps(stage.refs("move", "goal"))
    by_what = {"met_by": stage.draw(texts())} if ref is None else {"met_ref": ref}
    return {"need": _one(stage, path, "meet_need"), **by_what}


def _model_met(stage: Stage, path: CareerPath, _by: str) -> Given:
    return {"role_model": _one(stage, path, "meet_role_model"), "journey": stage.draw(texts())}


def _reached(stage: Stage, path: CareerPath, _by: str) -> Given:
    return {"step": _one(stage, path, "reach_step"), "evidence": stage.draw(texts())}


def _skipped(stage: Stage, path: CareerPath, _by: str) -> Given:
    return {"step": _one(stage, path, "skip_step"), "reason": stage.draw(texts())}


def _can_be_agreed(stage: Stage, path: CareerPath) -> CareerPath:
    missing: dict[str, Any] = {
        name: stage.named(name, own) for name, own in _WORDS.items() if getattr(path, name) is None
    }
    if not path.steps:
        missing["steps"] = steps(stage, least=1)
    return stage.act(path, "edit", by=path.owner, at=stage.later(), **missing) if missing else path


def _can_be_superseded(stage: Stage, path: CareerPath) -> CareerPath:
    given = {"new_id": f"{path.id}-new", "reason": stage.draw(texts()), "by": path.owner, "at": stage.later()}
    revised, _ = path.revise(**given)
    stage.note("revise", given)
    return revised


def _newer(stage: Stage, path: CareerPath, _by: str) -> Given:
    """The path that takes the place of a revised one: the same draft again, with as much as agreeing asks."""
    _, new = path.revise(f"{path.id}-new", str(path.history[-1].reason), by=path.owner, at=path.history[-1].at)
    told = len(stage.told)
    new = _can_be_agreed(stage, new)
    del stage.told[told:]  # another record's
    new = new.share(by=path.owner, at=stage.later())
    return {"newer": new.sign(by=path.owner, at=stage.later()).sign(by=str(path.coach), at=stage.later())}


ARGUMENTS = {
    "edit": _content, "dream": _dream, "say_need": _need, "name_role_model": _role_model,
    "withdraw_dream": lambda stage, path, _by: {"dream": _one(stage, path, "withdraw_dream")},
    "release_need": _released, "meet_need": _met,
    "withdraw_need": lambda stage, path, _by: {"need": _one(stage, path, "withdraw_need")},
    "meet_role_model": _model_met, "share": nothing,
    "comment": lambda stage, _path, _by: {"text": stage.draw(texts())},
    "sign": nothing,
    "start_step": lambda stage, path, _by: {"step": _one(stage, path, "start_step")},
    "reach_step": _reached, "skip_step": _skipped, "supersede": _newer,
    "archive": lambda stage, _path, _by: {"reason": stage.draw(texts())},
}  # fmt: skip
"""All acts but `revise`, which gives back two paths."""
READY = {"sign>agreed": _can_be_agreed, "supersede": _can_be_superseded}


_SAID = ("success", "heading", "destination", "steps", "from_interview")
"""What may be said of a path when it is begun."""


def _begin(stage: Stage, _goal: str) -> CareerPath:
    name, owner = stage.named("id", ids("path")), stage.named("owner", ids("p"))
    coach = stage.other("coach", ids("m"), owner)
    return stage.begin(CareerPath, "begin", name, coach=coach, by=owner, at=stage.later(), **stage.own(*_SAID))


FIELDS = (*_SAID, "extra", "keep_until", "hold_until")
PLAY = Play(CareerPath.lifecycle.states, _begin, ARGUMENTS, READY, fields=FIELDS)


@st.composite
def paths(
    draw: Any,
    /,
    *,
    state: Word = None,
    through: Word = None,
    acts: int = 0,
    id: SearchStrategy[str] | None = None,
    owner: SearchStrategy[str] | None = None,
    coach: SearchStrategy[str] | None = None,
    **parts: SearchStrategy[Any],
) -> CareerPath:
    """Career paths that came to be by their acts, in the state named or in any. The smallest is a draft just begun.

    Args:
        draw: Given by Hypothesis.
        state: One of the states of a path, or a strategy of them; any when left out.
        through: A state that it passes on the way there.
        acts: How many acts it came to be by, at least, as far as its table lets it.
        id: The path's id.
        owner: The owner's id.
        coach: The coach's id; whatever it draws, never the owner's.
        parts: Strategies for other fields by their names, and for what is given with an act by the name of the act.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])  # the first one found; without it, the simplest there is
    >>> find(paths(state="agreed"), lambda path: True, settings=first).state
    'agreed'
    """
    names = {"id": id, "owner": owner, "coach": coach}
    path: CareerPath = played(draw, PLAY, state, through, acts, names, parts)
    return path
