"""Strategies for goals in any state."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from coaching.records.goals import AGREED, Ambition, Goal, GoalKind, InvestmentKind, Measure, ProgressKind
from coaching.testing.commitments import ON_COMMITMENTS, both_promise
from coaching.testing.parts import amounts, ids, numbers, perhaps_texts, texts, words
from coaching.testing.walks import Given, Play, Source, Stage, Word, nothing, played


def measures() -> SearchStrategy[Measure]:
    """From a start to a target that differs, up or down."""
    return st.builds(lambda unit, start, far: Measure(unit, start, start + far), words(), numbers(), amounts())


_CONTENT: dict[str, Source] = {
    "why": texts(),
    "reality": texts(),
    "outcome": texts(),
    "measure": st.none() | measures(),
    "kind": st.sampled_from(list(GoalKind)),
    "ambition": st.sampled_from(list(Ambition)),
    "obstacles": lambda stage: stage.several(texts()),
    "importance": st.integers(0, 10),
    "confidence": st.integers(0, 10),
    "serves": lambda stage: stage.several(stage.refs("need", "dream", "step")),
}


def _content(stage: Stage, _record: Any, _by: str) -> Given:
    return stage.fields(_CONTENT)


def _option(stage: Stage, goal: Goal, _by: str) -> Given:
    return {"id": stage.next_id("o", goal.options), "text": stage.draw(texts())}


def _an_option(stage: Stage, goal: Goal, _by: str) -> Given | None:
    return {"option": stage.one(goal.options).id} if goal.options else None


def _chosen(stage: Stage, goal: Goal, by: str) -> Given | None:
    own = [o for o in goal.options if o.author == by or o.adopted_at is not None]
    return {"option": stage.one(own).id} if own else None


def _invested(stage: Stage, _goal: Goal, _by: str) -> Given:
    kind = stage.one(list(InvestmentKind))
    return {"kind": kind, "text": stage.draw(texts()), "amount": stage.perhaps(amounts())}


def _progress(stage: Stage, goal: Goal, _by: str) -> Given:
    kind = stage.one(list(ProgressKind))
    given = {"kind": kind, "text": stage.draw(texts()), "value": stage.perhaps(numbers())}
    return {**given, "on": stage.perhaps(lambda stage: _late(stage, goal))}


def _late(stage: Stage, goal: Goal) -> date:
    """A day up to now that is not before the agreement: some things are noted late."""
    today, agreed = stage.now.date(), next((e.at for e in goal.history if e.state == AGREED), goal.history[0].at)
    return today - timedelta(days=stage.number(0, min((today - agreed.date()).days, 30)))


def _because(stage: Stage, _goal: Goal, _by: str) -> Given:
    return {"reason": stage.draw(texts())}


def _perhaps_because(stage: Stage, _goal: Goal, _by: str) -> Given:
    return {"reason": stage.draw(perhaps_texts())}


def _paused(stage: Stage, _goal: Goal, _by: str) -> Given:
    return {
        "reason": stage.draw(texts()),
        "resume_on": stage.named("resume_on", [stage.now.date() + timedelta(days=90)]),
    }


def _achieved(stage: Stage, goal: Goal, _by: str) -> Given:
    return {
        "result": stage.named("result", texts()),
        "value": None if goal.measure is None else stage.draw(numbers()),
    }


def _missed(stage: Stage, _goal: Goal, _by: str) -> Given:
    return {
        "result": stage.named("result", texts()), "learned": stage.named("learned", texts()),
    }  # fmt: skip


def _can_be_proposed(stage: Stage, goal: Goal) -> Goal:
    outcome = goal.outcome or stage.named("outcome", texts())
    goal = stage.act(goal, "edit", outcome=outcome, target_on=_ahead(stage), by=goal.owner, at=stage.later())
    if not goal.investments:
        goal = stage.act(goal, "invest", by=goal.owner, at=stage.later(), **_invested(stage, goal, goal.owner))
    return goal


def _ahead(stage: Stage) -> date:
    """The day that the caller has for it, where there is one; else one further off than some acts can be."""
    return cast("date", stage.own("target_on").get("target_on", stage.now.date() + timedelta(days=800)))


def _can_be_signed(stage: Stage, goal: Goal) -> Goal:
    """Each side has promised something, and the target date lies ahead; where it does not, it is proposed anew."""
    goal = both_promise(stage, goal)
    if cast("date", goal.target_on) - stage.now.date() > timedelta(days=60):  # an act takes 45 days at most
        return goal
    goal = stage.act(goal, "recall", by=goal.owner, at=stage.later())
    goal = stage.act(goal, "edit", target_on=_ahead(stage), by=goal.owner, at=stage.later())
    return stage.act(goal, "propose", by=goal.owner, at=stage.later())


def _can_be_missed(stage: Stage, goal: Goal) -> Goal:
    late = cast("date", goal.target_on) - stage.now.date() + timedelta(days=1)
    stage.now = max(stage.now, stage.now + late)
    return goal


ARGUMENTS = {
    "edit": _content, "suggest_option": _option, "adopt_option": _an_option, "choose_option": _chosen,
    "invest": _invested, "propose": nothing, "ask_change": _because, "recall": _perhaps_because, "sign": nothing,
    "note_progress": _progress,
    "renegotiate": _because, "pause": _paused, "resume": nothing, "achieve": _achieved,
    "confirm": lambda stage, _goal, _by: {"words": stage.draw(texts())},
    "miss": _missed, "drop": _because, "reopen": _because, **ON_COMMITMENTS,
}  # fmt: skip
READY = {"propose": _can_be_proposed, "sign": _can_be_signed, "miss": _can_be_missed}
ASIDE = frozenset({"reopen>draft", "reopen>proposed", "reopen>paused"})
"""Where a goal is opened again follows from where it was closed."""


_SAID = (*_CONTENT, "target_on", "parent")
"""What may be said of a goal when it is begun."""


def _begin(stage: Stage, _goal: str) -> Goal:
    name, title = stage.named("id", ids("g")), stage.named("title", texts())
    owner = stage.named("owner", ids("p"))
    coach = stage.other("coach", ids("m"), owner)
    return stage.begin(Goal, "begin", name, title=title, coach=coach, by=owner, at=stage.later(), **stage.own(*_SAID))


FIELDS = ("title", *_SAID, "resume_on", "result", "learned", "extra", "keep_until", "hold_until")
PLAY = Play(Goal.lifecycle.states, _begin, ARGUMENTS, READY, ASIDE, fields=FIELDS)


@st.composite
def goals(
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
) -> Goal:
    """Goals that came to be by their acts, in the state named or in any. The smallest is a draft just begun.

    Args:
        draw: Given by Hypothesis.
        state: One of the states of a goal, or a strategy of them; any when left out.
        through: A state that it passes on the way there.
        acts: How many acts it came to be by, at least, as far as its table lets it.
        id: The goal's id.
        owner: The owner's id.
        coach: The coach's id; whatever it draws, never the owner's.
        parts: Strategies for other fields by their names, and for what is given with an act by the name of the act.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])  # the first one found; without it, the simplest there is
    >>> find(goals(state="agreed"), lambda goal: True, settings=first).state
    'agreed'
    """
    names = {"id": id, "owner": owner, "coach": coach}
    goal: Goal = played(draw, PLAY, state, through, acts, names, parts)
    return goal
