"""Strategies for coaching relationships in any state."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from coaching.records.relationships import Agreement, CoachingRelationship, RelationshipKind
from coaching.testing.parts import days, ids, perhaps_texts, texts
from coaching.testing.walks import Given, Play, Source, Stage, Word, nothing, played
from coaching.testing.wanted import word_of

TALKED_OVER = 4  # revisions after which nobody amends any more, so that both come to sign

_TERMS: dict[str, Source] = {
    "cadence": (14, 7, 31, 92),
    "confidentiality": texts(),
    "dual_role": (False, True),
    "review_on": lambda stage: stage.perhaps(days()),
}
_NEEDED = {name: _TERMS[name] for name in ("cadence", "confidentiality")}
_CHANGED = {"purpose": texts(), **_TERMS}


def _amended(stage: Stage, pair: CoachingRelationship, by: str) -> Given | None:
    return None if pair.revision >= TALKED_OVER else _revisited(stage, pair, by)


def _revisited(stage: Stage, _pair: CoachingRelationship, _by: str) -> Given:
    return stage.fields(_CHANGED)


def _perhaps_why(stage: Stage, _pair: CoachingRelationship, _by: str) -> Given:
    return {"reason": stage.draw(perhaps_texts())}


def _why(stage: Stage, _pair: CoachingRelationship, _by: str) -> Given:
    return {"reason": stage.draw(texts())}


def _closed(stage: Stage, _pair: CoachingRelationship, _by: str) -> Given:
    return {"closing": stage.draw(perhaps_texts())}


def _can_be_active(stage: Stage, pair: CoachingRelationship) -> CoachingRelationship:
    agreement = pair.agreement or Agreement()
    missing = {name: stage.named(name, part) for name, part in _NEEDED.items() if getattr(agreement, name) is None}
    return stage.act(pair, "amend", by=pair.coach, at=stage.later(), **missing) if missing else pair


def _can_be_closed(stage: Stage, pair: CoachingRelationship) -> CoachingRelationship:
    """One that was active before."""
    if pair.was_active():
        return pair
    pair = _can_be_active(stage, pair)
    for person in (pair.coach, pair.coachee):
        if all(signature.by != person for signature in pair.signatures):
            pair = stage.act(pair, "sign", by=person, at=stage.later())
    return pair


ARGUMENTS = {
    "amend": _amended, "sign": nothing, "decline": _perhaps_why, "take_back": _perhaps_why, "revisit": _revisited,
    "pause": _why, "resume": _why, "close": _closed,
}  # fmt: skip
READY = {"sign>active": _can_be_active, "close": _can_be_closed}


def _begin(stage: Stage, _goal: str) -> CoachingRelationship:
    name, leads = stage.named("id", ids("r")), stage.named("coach", ids("m"))
    led = stage.other("coachee", ids("p"), leads)
    terms = stage.fields(_TERMS)
    return stage.begin(
        CoachingRelationship,
        "propose",
        name,
        coach=leads,
        coachee=led,
        kind=stage.named("kind", list(RelationshipKind)),
        purpose=stage.named("purpose", texts()),
        by=stage.one([leads, led]),
        at=stage.later(),
        **terms,
    )


FIELDS = (*_CHANGED, "extra", "keep_until", "hold_until")
PLAY = Play(CoachingRelationship.lifecycle.states, _begin, ARGUMENTS, READY, fields=FIELDS)


@st.composite
def relationships(
    draw: Any,
    /,
    *,
    state: Word = None,
    through: Word = None,
    acts: int = 0,
    id: SearchStrategy[str] | None = None,
    coach: SearchStrategy[str] | None = None,
    coachee: SearchStrategy[str] | None = None,
    kind: Word = None,
    **parts: SearchStrategy[Any],
) -> CoachingRelationship:
    """Relationships that came to be by their acts, in the state named or in any. The smallest is just proposed.

    Args:
        draw: Given by Hypothesis.
        state: One of the states of a relationship, or a strategy of them; any when left out.
        through: A state that it passes on the way there.
        acts: How many acts it came to be by, at least, as far as its table lets it.
        id: The relationship's id.
        coach: The coach's id.
        coachee: The coachee's id; whatever it draws, never the coach's.
        kind: `line_manager`, `coach`, `mentor` or `peer`, or a strategy of them; any when left out.
        parts: Strategies for other fields by their names, and for what is given with an act by the name of the act.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])  # the first one found; without it, the simplest there is
    >>> find(relationships(state="active"), lambda pair: True, settings=first).state
    'active'
    """
    names = {"id": id, "coach": coach, "coachee": coachee, "kind": word_of(kind, RelationshipKind, "kind")}
    pair: CoachingRelationship = played(draw, PLAY, state, through, acts, names, parts)
    return pair
