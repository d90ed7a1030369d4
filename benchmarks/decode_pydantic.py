"""The same interview in pydantic 2: its own way of saying each constraint, and one validator for what it cannot say.

Written to be fast: closed and frozen models, `Literal` for closed lists (an enumeration is as fast here), patterns that
run in Rust, tuples, and a single `model_validator` that asks every rule in one call instead of one in each part. And
strict, since the library converts nothing by guessing; lax would gain it about a hundredth.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, Self

import pydantic
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from coaching.records.interviews import INTERVIEW

label = f"pydantic {pydantic.VERSION}"

Id = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"(?s)\A\S(?:.*\S)?\z")]
Word = Id
Text = Annotated[str, StringConstraints(min_length=1, max_length=10_000, pattern=r"\S")]
Digest = Annotated[str, StringConstraints(min_length=64, max_length=64)]
Count = Annotated[int, Field(ge=1, le=10**15)]
Extra = dict[str, str | int | Decimal | bool | None]

STEPS = INTERVIEW.steps_taken
"""The steps of the table: (act, from, to), and by how much each raises the revision. One table for both."""


class Part(BaseModel):
    """What every model here is: closed, frozen, and strict about types."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Entry(Part):
    """One act of the history."""

    act: str
    state: str
    by: Id
    at: AwareDatetime
    revision: Count
    content: Digest
    digest: Digest
    reason: Text | None = None
    source: Text | None = None
    was: Extra = {}
    sets: tuple[str, ...] = ()
    noted_by: Id | None = None


class Signature(Part):
    """One signature."""

    by: Id
    role: str
    at: AwareDatetime
    revision: Count
    digest: Digest
    stance: Literal["agrees", "reservation", "seen"] = "agrees"
    note: Text | None = None


class DueMove(Part):
    """One move of a due date."""

    old_due: date
    new_due: date
    reason: Text
    at: AwareDatetime
    revision: Count = 1
    signed: bool = False


class Commitment(Part):
    """One promise."""

    id: Id
    by: Id
    text: Text
    made_on: date
    due: date | None = None
    to: Id | None = None
    kind: Literal["action", "support", "introduction", "learning"] = "action"
    state: Literal["promised", "done", "released", "broken"] = "promised"
    done_on: date | None = None
    result: Text | None = None
    seen_by: Id | None = None
    moves: tuple[DueMove, ...] = ()


class Slot(Part):
    """When, how long, where."""

    start: AwareDatetime
    minutes: Annotated[int, Field(ge=15, le=480)]
    place: Word


class Preparation(Part):
    """What one side noted."""

    by: Id
    at: AwareDatetime
    notes: Text


class Absence(Part):
    """Who did not come."""

    person: Id
    slot: Slot | None = None


class Ref(Part):
    """A reference."""

    kind: Literal[
        "person", "goal", "interview", "feedback", "path", "move", "opportunity", "position", "placement", "need",
        "dream", "step", "commitment",
    ]  # fmt: skip
    id: Id
    of: Id | None = None


class LookBack(Part):
    """A remark on what was before."""

    ref: Ref
    remark: Text
    by: Id
    at: AwareDatetime | None = None


class Disclosure(Part):
    """What is passed on."""

    what: Text
    to: Word | None = None
    released_by: Id | None = None


class Turn(Part):
    """One thing said."""

    number: Count
    speaker: Id
    kind: Literal[
        "question", "answer", "idea", "suggestion", "challenge", "affirmation", "summary", "confirmation", "correction",
        "concern", "ask_help", "demand", "reply", "note",
    ]  # fmt: skip
    text: Text
    at: AwareDatetime | None = None
    reply_to: Count | None = None
    decision: Literal["yes", "answered", "no"] | None = None
    vital: Literal["heading", "destination", "route"] | None = None
    phase: Literal["topic", "goal", "reality", "options", "will"] | None = None
    open: bool = False
    tags: tuple[Word, ...] = ()


INTERVIEWERS = frozenset({"suggestion", "challenge", "summary"})
COACHEES = frozenset({"idea", "demand", "ask_help", "confirmation", "correction"})


class Interview(Part):
    """The interview, with every rule that is not a constraint."""

    type: Literal["interview"]
    schema_: Annotated[Literal[1], Field(alias="schema")]
    id: Id
    state: Literal["planned", "scheduled", "open", "held", "signed", "unsigned", "cancelled"]
    coachee: Id
    interviewer: Id
    kind: Literal["annual", "follow_up", "placement_change", "check_in"]
    revision: Count = 1
    history: tuple[Entry, ...] = ()
    keep_until: date | None = None
    hold_until: date | None = None
    extra: Extra = {}
    signatures: tuple[Signature, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    due_on: date | None = None
    cycle: Id | None = None
    slot: Slot | None = None
    invited_at: AwareDatetime | None = None
    preparations: tuple[Preparation, ...] = ()
    absences: tuple[Absence, ...] = ()
    previous: Id | None = None
    look_back: tuple[LookBack, ...] = ()
    turns: tuple[Turn, ...] = ()
    outcomes: tuple[Ref, ...] = ()
    no_change: Text | None = None
    feedback: tuple[Id, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    follow_up_on: date | None = None
    held_on: date | None = None

    @model_validator(mode="after")
    def _rules(self) -> Self:
        wrong = []
        if self.interviewer == self.coachee:
            wrong.append("I001")
        self._walk(wrong)
        self._talk(wrong)
        self._promises(wrong)
        self._signed(wrong)
        if wrong:
            raise ValueError(", ".join(wrong))
        return self

    def _walk(self, wrong: list[str]) -> None:
        state, revision, last = None, 0, None
        for entry in self.history:
            if last is not None and entry.at < last:
                wrong.append("V008")
            revises = STEPS.get((entry.act, state, entry.state))
            if revises is None or (entry.revision != revision + revises and entry.act != "import"):
                wrong.append("V013")
                return
            state, revision, last = entry.state, entry.revision, entry.at
        if state != self.state or revision != self.revision:
            wrong.append("V013")

    def _talk(self, wrong: list[str]) -> None:
        coachee = self.coachee
        for i, turn in enumerate(self.turns, 1):
            kind = turn.kind
            if turn.number != i or (turn.reply_to is not None and turn.reply_to >= i):
                wrong.append("I026")
            if kind in (INTERVIEWERS if turn.speaker == coachee else COACHEES):
                wrong.append("I027")
            if turn.vital is not None:
                if kind == "answer":
                    if turn.speaker != coachee:
                        wrong.append("I008")
                elif kind != "question":
                    wrong.append("I029")
            if (turn.decision is not None and kind != "reply") or (turn.open and kind != "question"):
                wrong.append("I029")

    def _promises(self, wrong: list[str]) -> None:
        seen = set()
        for promise in self.commitments:
            if promise.id in seen:
                wrong.append("I030")
            seen.add(promise.id)
            if promise.due is None:
                wrong.append("K001")
            elif promise.due < promise.made_on:
                wrong.append("K003")
            if promise.state == "done":
                if promise.done_on is None or promise.result is None:
                    wrong.append("K004")
            elif promise.done_on is not None:
                wrong.append("K004")
            moves = promise.moves
            if moves and (moves[-1].new_due != promise.due or any(a.new_due != b.old_due for a, b in pairwise(moves))):
                wrong.append("K006")

    def _signed(self, wrong: list[str]) -> None:
        seen = set()
        for signature in self.signatures:
            role = signature.role
            if role in seen or role not in {"coachee", "interviewer"} or getattr(self, role) != signature.by:
                wrong.append("S001")
            seen.add(role)
            if signature.revision != self.revision:
                wrong.append("S003")
            if signature.stance == "reservation" and signature.note is None:
                wrong.append("S002")


Refused = pydantic.ValidationError

decode = Interview.model_validate_json


def reasons(refusal: pydantic.ValidationError) -> list[object]:
    """What is wrong, as data."""
    return list(refusal.errors(include_url=False))
