"""Strategies for feedback in any state."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

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
from coaching.testing.parts import ids, several, texts
from coaching.testing.walks import Given, Play, Stage, nothing, walk


def _situations(stage: Stage) -> SearchStrategy[Situation]:
    """Something that has been: today, or up to some weeks ago."""
    today = stage.now.date()
    ago = st.integers(0, 60).map(lambda n: today - timedelta(days=n))
    return st.builds(Situation, ago, st.none() | texts())


def _work(stage: Stage) -> SearchStrategy[Any]:
    return several(stage.refs("placement", "goal", "commitment", "interview"))


def _content(stage: Stage, _feedback: Feedback | None, _by: str) -> Given:
    optional = {
        "about": texts(),
        "refs": _work(stage),
        "situation": _situations(stage),
        "behaviour": texts(),
        "impact": texts(),
        "impact_on": st.sampled_from(list(ImpactOn)),
        "suggestion": texts(),
        "intent_question": texts(),
    }
    return stage.some(optional)


def _reason(stage: Stage, feedback: Feedback, _by: str) -> Given:
    reasons = texts() if feedback.state == GIVEN else st.none() | texts()
    return {"reason": stage.draw(reasons)}


def _received(stage: Stage, _feedback: Feedback, _by: str) -> Given:
    return {name: stage.draw(st.none() | texts()) for name in ("response", "insight", "strength")}


def _wider(stage: Stage, feedback: Feedback, by: str) -> Given:
    said = [feedback.visibility, *(yes.visibility for yes in feedback.shared_by if yes.by == by)]
    wider = [v for v in Visibility if v.width > max(s.width for s in said)]
    return {"visibility": stage.draw(st.sampled_from(wider))}


def _can_be_given(stage: Stage, feedback: Feedback) -> Feedback:
    kind = feedback.kind or stage.draw(st.sampled_from(list(FeedbackKind)))
    parts: dict[str, Any] = {} if feedback.kind else {"kind": kind}
    if feedback.about is None and not feedback.refs:
        parts["about"] = stage.draw(texts())
    look_back = {"situation": _situations(stage), "behaviour": texts(), "impact": texts()}
    if kind == FeedbackKind.FEEDFORWARD:
        parts |= {name: None for name in look_back if getattr(feedback, name) is not None}
        if feedback.suggestion is None:
            parts["suggestion"] = stage.draw(texts())
    else:
        parts |= {name: stage.draw(part) for name, part in look_back.items() if getattr(feedback, name) is None}
    return feedback.write(by=feedback.giver, at=stage.later(), **parts) if parts else feedback


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
    draw = stage.draw
    asked = goal in {REQUESTED, DECLINED} or draw(st.booleans())
    name, by = draw(stage.known("id", ids("f"))), draw(stage.known("giver", ids("m")))
    to = draw(stage.other("receiver", ids("p"), by))
    at = stage.later()
    if not asked:
        kind = draw(st.sampled_from(list(FeedbackKind)))
        return Feedback.write(name, receiver=to, kind=kind, by=by, at=at, **_content(stage, None, by))
    due = at.date() + timedelta(days=draw(st.integers(0, 60)))
    kind = draw(st.sampled_from([None, *FeedbackKind]))
    return Feedback.request(
        name, giver=by, about=draw(texts()), refs=draw(_work(stage)), due=due, kind=kind, by=to, at=at
    )


PLAY = Play(tuple(sorted(FeedbackState, key=lambda state: state != DRAFT)), _begin, ARGUMENTS, READY)


@st.composite
def feedback(
    draw: Any,
    *,
    state: str | None = None,
    id: SearchStrategy[str] | None = None,
    giver: SearchStrategy[str] | None = None,
    receiver: SearchStrategy[str] | None = None,
) -> Feedback:
    """Feedback that came to be by its acts, in the state named or in any. The smallest is a draft just begun.

    Args:
        draw: Given by Hypothesis.
        state: One of the states of feedback; any when left out.
        id: The id of the feedback.
        giver: The giver's id.
        receiver: The receiver's id; whatever it draws, never the giver's.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])  # the first one found; without it, the simplest there is
    >>> find(feedback(state="given"), lambda given: True, settings=first).state
    'given'
    """
    record: Feedback = walk(Stage(draw, {"id": id, "giver": giver, "receiver": receiver}), PLAY, state)
    return record
