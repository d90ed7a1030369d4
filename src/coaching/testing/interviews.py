"""Strategies for interviews in any state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import product
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from coaching.records.interviews import Disclosure, Interview, InterviewKind, Slot
from coaching.records.turns import COACHEES, INTERVIEWERS, Decision, Phase, TurnKind, Vital
from coaching.testing.commitments import ON_COMMITMENTS, both_promise, promised
from coaching.testing.parts import ids, texts, words
from coaching.testing.walks import Arguments, Given, Play, Stage, Word, nothing, played
from coaching.testing.wanted import word_of

_OPEN_TO_BOTH = [k for k in TurnKind if k not in {*INTERVIEWERS, *COACHEES}]

_TEXT, _WORD = texts(), words()
_COACHEE_SAYS = [*_OPEN_TO_BOTH, *COACHEES]
_INTERVIEWER_SAYS = [*_OPEN_TO_BOTH, *INTERVIEWERS]
_PHASES = [None, *Phase]
_WORDS = ("dream", "pay", "house")
_TAGS = [(), *((word,) for word in _WORDS), *product(_WORDS, repeat=2)]
_VITALS = [None, *Vital]
_DECISIONS = list(Decision)
_KINDS = sorted(InterviewKind, key=lambda kind: kind is InterviewKind.ANNUAL)  # asks for most
_NOTHING = (Disclosure("nothing"),)


def _disclosed(stage: Stage) -> tuple[Disclosure, ...]:
    return stage.several(_disclosure, 1) if stage.yes() else _NOTHING


def _disclosure(stage: Stage) -> Disclosure:
    released_by = stage.known("released_by", ids("p"))
    return Disclosure(stage.draw(_TEXT), stage.perhaps(_WORD), stage.perhaps(released_by))


def _slot(stage: Stage, _talk: Interview, _by: str) -> Given:
    start = stage.now + timedelta(days=stage.number(1, 60))
    return {"slot": Slot(start, stage.number(15, 480), stage.draw(_WORD))}


def _other_slot(stage: Stage, talk: Interview, by: str) -> Given:
    return {**_slot(stage, talk, by), "reason": stage.draw(_TEXT)}


def _missed(stage: Stage, talk: Interview, _by: str) -> Given:
    """Once the slot has begun (I031): the walk waits for it."""
    start = stage.now if talk.slot is None else talk.slot.start
    stage.now = max(stage.now, start.astimezone(stage.now.tzinfo))
    two = [person for person in (talk.coachee, talk.interviewer) if person is not None]
    return {"absent": stage.one(two), "reason": stage.draw(_TEXT)}


def _listening(stage: Stage, coachee: str) -> str:
    return stage.other("interviewer", ids("m"), coachee)


def _reassigned(stage: Stage, talk: Interview, _by: str) -> Given:
    return {"new_interviewer": _listening(stage, talk.coachee)}


def _prepared(stage: Stage, _talk: Interview, _by: str) -> Given:
    return {"notes": stage.draw(_TEXT)}


def _said(stage: Stage, talk: Interview, by: str) -> Given:
    """A turn that its speaker may say, with the marks that fit its kind."""
    own = by == talk.coachee
    kind = stage.one(_COACHEE_SAYS if own else _INTERVIEWER_SAYS)
    marks = {"phase": stage.one(_PHASES), "tags": stage.one(_TAGS)}
    if kind is TurnKind.REPLY:
        marks["decision"] = stage.one(_DECISIONS)
        marks["reply_to"] = stage.one([None, *(t.number for t in talk.turns)])
    if kind is TurnKind.QUESTION:
        marks["open"] = stage.yes()
    if kind is TurnKind.QUESTION or (kind is TurnKind.ANSWER and own):
        marks["vital"] = stage.one(_VITALS)
    return {"text": stage.draw(_TEXT), "kind": kind, **marks}


def _looked_back(stage: Stage, _talk: Interview, _by: str) -> Given | None:
    refs = stage.refs("goal", "step", "commitment")
    return {"ref": stage.one(refs), "remark": stage.draw(_TEXT)} if refs else None


def _finished(stage: Stage, talk: Interview, _by: str) -> Given:
    """Some time after the talk, perhaps; the day it was held is said, or left to the last sitting."""
    held = talk.sittings()[-1] if talk.sittings() and stage.yes() else None
    named = stage.refs("goal", "need", "step")
    none = not named or stage.yes()
    return {
        **({"no_change": stage.draw(_TEXT)} if none else {"outcomes": stage.several(named, 1)}),
        "disclosures": stage.named("disclosures", _disclosed),
        "follow_up_on": stage.ahead(60, 200),
        "feedback": stage.several(stage.known("received", ids("f")), most=1),
        "held_on": held,
    }


def _amended(stage: Stage, talk: Interview, _by: str) -> Given | None:
    """Other words on what is passed on; nothing is amended between two signatures, or a walk would not end."""
    return None if talk.signatures else {"disclosures": _disclosed(stage)}


def _promised(stage: Stage, talk: Interview, by: str) -> Given | None:
    return None if talk.signatures else promised(stage, talk, by)


def _because(stage: Stage, _talk: Interview, _by: str) -> Given:
    return {"reason": stage.draw(_TEXT)}


def _other_side(talk: Interview, person: str) -> str:
    return str(talk.interviewer) if person == talk.coachee else talk.coachee


def _can_be_finished(stage: Stage, talk: Interview) -> Interview:
    """Every ask has a reply; in an annual one the vital answers are given and understood, and both have promised."""
    for turn in talk.unanswered():
        decision, by = stage.one(_DECISIONS), _other_side(talk, turn.speaker)
        words_of_it, at = stage.draw(_TEXT), stage.later()
        talk = stage.act(
            talk, "say", text=words_of_it, kind="reply", reply_to=turn.number, decision=decision, by=by, at=at
        )
    if talk.kind is not InterviewKind.ANNUAL:
        return talk
    answered = {t.vital for t in talk.turns if t.kind is TurnKind.ANSWER}
    for vital in [v for v in Vital if v not in answered]:
        talk = stage.act(
            talk, "say", text=stage.draw(_TEXT), kind="answer", vital=vital, by=talk.coachee, at=stage.later()
        )
    talk = stage.act(talk, "say", text=stage.draw(_TEXT), kind="summary", by=str(talk.interviewer), at=stage.later())
    talk = stage.act(talk, "say", text=stage.draw(_TEXT), kind="confirmation", by=talk.coachee, at=stage.later())
    ready: Interview = both_promise(stage, talk)
    return ready


def _can_be_signed(stage: Stage, talk: Interview) -> Interview:
    """Both sides' promises stand still, or there are others."""
    if talk.kind is not InterviewKind.ANNUAL or talk.no_change is not None:
        return talk
    ready: Interview = both_promise(stage, talk)
    return ready


ARGUMENTS: Mapping[str, Arguments] = {
    "schedule": _slot, "reschedule": _other_slot, "miss": _missed, "reassign": _reassigned,
    "prepare": _prepared, "start": nothing, "say": _said, "look_back_at": _looked_back, "adjourn": _slot,
    "finish": _finished, "amend": _amended, "sign": nothing, "reopen": _because, "cancel": _because,
    "leave_unsigned": _because,
    **ON_COMMITMENTS, "promise": _promised,
}  # fmt: skip
READY = {"finish": _can_be_finished, "sign>signed": _can_be_signed}


def _begin(stage: Stage, _goal: str) -> Interview:
    coachee = stage.named("coachee", ids("p"))
    people = {"coachee": coachee, "interviewer": _listening(stage, coachee)}
    of = stage.named("kind", _KINDS)
    due_on = stage.named("due_on", lambda stage: stage.ahead(30, 400))
    by = stage.one(list(people.values()))
    name, cycle = stage.named("id", ids("i")), stage.named("cycle", [None])
    return stage.begin(
        Interview,
        "plan",
        name,
        **people,
        kind=of,
        due_on=due_on,
        cycle=cycle,
        by=by,
        at=stage.later(),
        **stage.own("previous"),
    )


FIELDS = ("due_on", "cycle", "previous", "disclosures", "extra", "keep_until", "hold_until")
PLAY = Play(Interview.lifecycle.states, _begin, ARGUMENTS, READY, unsaid=("interviewer",), fields=FIELDS)


@st.composite
def interviews(
    draw: Any,
    /,
    *,
    state: Word = None,
    through: Word = None,
    acts: int = 0,
    id: SearchStrategy[str] | None = None,
    coachee: SearchStrategy[str] | None = None,
    interviewer: SearchStrategy[str] | None = None,
    kind: Word = None,
    **parts: SearchStrategy[Any],
) -> Interview:
    """Interviews that came to be by their acts, in the state named or in any. The smallest is one just planned.

    Args:
        draw: Given by Hypothesis.
        state: One of the states of an interview, or a strategy of them; any when left out.
        through: A state that it passes on the way there.
        acts: How many acts it came to be by, at least, as far as its table lets it.
        id: The interview's id.
        coachee: The coachee's id.
        interviewer: The id of the interviewer, and of whoever takes the talk over; whatever it draws, never the
            coachee's. When left out, talks of another system may have none.
        kind: One of the kinds of interview, or a strategy of them; any when left out.
        parts: Strategies for other fields by their names, and for what is given with an act by the name of the act.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])  # the first one found; without it, the simplest there is
    >>> find(interviews(state="signed"), lambda talk: True, settings=first).state
    'signed'
    """
    names = {"id": id, "coachee": coachee, "interviewer": interviewer, "kind": word_of(kind, InterviewKind, "kind")}
    talk: Interview = played(draw, PLAY, state, through, acts, names, parts)
    return talk
