"""Strategies for feedback in any state."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from coaching.kernel.values import Ref
from coaching.records.feedback import (
    DECLINED,
    DRAFT,
    GIVEN,
    REQUESTED,
    Feedback,
    FeedbackKind,
    FeedbackState,
    ImpactOn,
    Situation,
    Visibility,
)
from coaching.testing.parts import ids, perhaps_texts, texts
from coaching.testing.walks import Given, Play, Source, Stage, Word, nothing, played

_PERHAPS = perhaps_texts()
_KINDS = list(FeedbackKind)


def situation(stage: Stage) -> Situation:
    """Something that has been: today, or up to some weeks ago."""
    return Situation(stage.now.date() - timedelta(days=stage.number(0, 60)), stage.draw(_PERHAPS))


def _work(stage: Stage) -> tuple[Ref, ...]:
    return stage.several(stage.refs("placement", "goal", "commitment", "interview"))


_CONTENT: dict[str, Source] = {
    "about": texts(),
    "behaviour": texts(),
    "impact": texts(),
    "impact_on": list(ImpactOn),
    "suggestion": texts(),
    "intent_question": texts(),
    "refs": _work,
    "situation": situation,
}


def _content(stage: Stage, _feedback: Feedback | None, _by: str) -> Given:
    return stage.fields(_CONTENT)


def _reason(stage: Stage, feedback: Feedback, _by: str) -> Given:
    return {"reason": stage.draw(texts() if feedback.state == GIVEN else _PERHAPS)}


def _received(stage: Stage, _feedback: Feedback, _by: str) -> Given:
    return {name: stage.named(name, _PERHAPS) for name in ("response", "insight", "strength")}


def _wider(stage: Stage, feedback: Feedback, by: str) -> Given:
    said = [feedback.visibility, *(yes.visibility for yes in feedback.shared_by if yes.by == by)]
    wider = [v for v in Visibility if v.width > max(s.width for s in said)]
    return {"visibility": stage.one(wider)}


def _can_be_given(stage: Stage, feedback: Feedback) -> Feedback:
    kind = feedback.kind or stage.named("kind", _KINDS)
    parts: dict[str, Any] = {} if feedback.kind else {"kind": kind}
    if feedback.about is None and not feedback.refs:
        parts["about"] = stage.named("about", texts())
    look_back = {name: _CONTENT[name] for name in ("situation", "behaviour", "impact")}
    if kind == FeedbackKind.FEEDFORWARD:
        parts |= {name: None for name in look_back if getattr(feedback, name) is not None}
        if feedback.suggestion is None:
            parts["suggestion"] = stage.named("suggestion", texts())
    else:
        missing = {name: part for name, part in look_back.items() if getattr(feedback, name) is None}
        parts |= {name: stage.named(name, part) for name, part in missing.items()}
    return stage.act(feedback, "write", by=feedback.giver, at=stage.later(), **parts) if parts else feedback


def _can_be_withdrawn(stage: Stage, feedback: Feedback) -> Feedback:
    """Whoever waits for a draft waits until it is past due."""
    if feedback.state == DRAFT and feedback.due is not None and feedback.due >= stage.now.date():
        stage.now += feedback.due - stage.now.date() + timedelta(days=1)
    return feedback


ARGUMENTS = {
    "write": _content, "decline": _reason, "give": nothing, "acknowledge": _received, "withdraw": _reason,
    "share": _wider,
}  # fmt: skip
READY = {"give": _can_be_given, "withdraw": _can_be_withdrawn}


def _begin(stage: Stage, goal: str) -> Feedback:
    """Asked for where it shall come to that, or perhaps; else written unasked."""
    asked = goal in {REQUESTED, DECLINED} or stage.yes()
    name, by = stage.named("id", ids("f")), stage.named("giver", ids("m"))
    to = stage.other("receiver", ids("p"), by)
    at = stage.later()
    if not asked:
        kind = stage.named("kind", _KINDS)
        return stage.begin(Feedback, "write", name, receiver=to, kind=kind, by=by, at=at, **_content(stage, None, by))
    due = stage.named("due", lambda stage: stage.ahead(0, 60))
    kind = stage.named("kind", [None, *_KINDS])
    about, refs = stage.named("about", texts()), stage.named("refs", _work)
    return stage.begin(Feedback, "request", name, giver=by, about=about, refs=refs, due=due, kind=kind, by=to, at=at)


FIELDS = (
    *_CONTENT, "kind", "due", "response", "insight", "strength", "extra", "keep_until",
    "hold_until",
)  # fmt: skip
PLAY = Play(tuple(sorted(FeedbackState, key=lambda state: state != DRAFT)), _begin, ARGUMENTS, READY, fields=FIELDS)


@st.composite
def feedback(
    draw: Any,
    /,
    *,
    state: Word = None,
    through: Word = None,
    acts: int = 0,
    id: SearchStrategy[str] | None = None,
    giver: SearchStrategy[str] | None = None,
    receiver: SearchStrategy[str] | None = None,
    **parts: SearchStrategy[Any],
) -> Feedback:
    """Feedback that came to be by its acts, in the state named or in any. The smallest is a draft just begun.

    Args:
        draw: Given by Hypothesis.
        state: One of the states of feedback, or a strategy of them; any when left out.
        through: A state that it passes on the way there.
        acts: How many acts it came to be by, at least, as far as its table lets it.
        id: The id of the feedback.
        giver: The giver's id.
        receiver: The receiver's id; whatever it draws, never the giver's.
        parts: Strategies for other fields by their names, and for what is given with an act by the name of the act.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])  # the first one found; without it, the simplest there is
    >>> find(feedback(state="given"), lambda given: True, settings=first).state
    'given'
    """
    names = {"id": id, "giver": giver, "receiver": receiver}
    record: Feedback = played(draw, PLAY, state, through, acts, names, parts)
    return record
