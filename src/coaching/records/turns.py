"""Turns: what was said in a talk, one after the other, and the rules that need nothing else.

Read top to bottom: words, the turn, rules about turns. Knows the kernel; knows no state and no act. Each rule judges
one turn, so a talk that goes on asks it of the new turn alone, and gives back its breaches instead of yielding them,
since it is asked of every turn that is read. Text is never interpreted: what a turn is, its kind and its marks say.
"""

from __future__ import annotations

from typing import Literal, Protocol

from coaching.kernel.classes import value
from coaching.kernel.constraints import Count, Id, Moment, Text, Word
from coaching.kernel.fields import As, unless
from coaching.kernel.rules import NO_BREACH, Breaches, Choice, Rule, breach, invariant

# --- values ----------------------------------------------------------------------------------------------------------


class TurnKind(Choice):
    """What somebody does by saying it."""

    QUESTION = "question"
    ANSWER = "answer"
    IDEA = "idea"
    SUGGESTION = "suggestion"
    CHALLENGE = "challenge"
    AFFIRMATION = "affirmation"
    SUMMARY = "summary"
    CONFIRMATION = "confirmation"
    CORRECTION = "correction"
    CONCERN = "concern"
    ASK_HELP = "ask_help"
    DEMAND = "demand"
    REPLY = "reply"
    NOTE = "note"


AnyTurnKind = TurnKind | Literal[
    "question", "answer", "idea", "suggestion", "challenge", "affirmation", "summary", "confirmation", "correction",
    "concern", "ask_help", "demand", "reply", "note"
]  # fmt: skip


class Decision(Choice):
    """What a reply comes to: yes, an answer, or a no, whose reason is the text of the reply."""

    YES = "yes"
    ANSWERED = "answered"
    NO = "no"


AnyDecision = Decision | Literal["yes", "answered", "no"]


class Vital(Choice):
    """The three vital questions: where am I going, where do I want to go, and how do I get there?"""

    HEADING = "heading"
    DESTINATION = "destination"
    ROUTE = "route"


AnyVital = Vital | Literal["heading", "destination", "route"]


class Phase(Choice):
    """Where a turn belongs in the talk, in the words of GROW. The order is never enforced."""

    TOPIC = "topic"
    GOAL = "goal"
    REALITY = "reality"
    OPTIONS = "options"
    WILL = "will"


AnyPhase = Phase | Literal["topic", "goal", "reality", "options", "will"]

QUESTION, ANSWER, REPLY = TurnKind.QUESTION, TurnKind.ANSWER, TurnKind.REPLY

INTERVIEWERS = (TurnKind.SUGGESTION, TurnKind.CHALLENGE, TurnKind.SUMMARY)
COACHEES = (TurnKind.IDEA, TurnKind.DEMAND, TurnKind.ASK_HELP, TurnKind.CONFIRMATION, TurnKind.CORRECTION)
ASKS = (TurnKind.CONCERN, TurnKind.ASK_HELP, TurnKind.DEMAND)
"""Kinds that the other side has to reply to (I009)."""


@value("turn")
class Turn:
    """One thing said, by one person.

    Attributes:
        number: Its place in the talk, from 1 (I026).
        speaker: Who said it.
        kind: What they did by saying it (I027).
        text: The words; never interpreted.
        at: When, if it was noted.
        reply_to: The number of the earlier turn it answers (I026).
        decision: What a reply comes to (I029).
        vital: The vital question that is asked or answered (I008, I029).
        phase: Where it belongs in the talk; no order is enforced.
        open: Whether a question is open: not to be answered by yes or no (I029).
        tags: Words of the house; `dream` and `pay` are looked for (I020, I021).

    >>> print(Turn(1, "p-17", "answer", "I run the same line as last year.", vital="heading"))
    1 answer by p-17: I run the same line as last year.
    """

    number: Count
    speaker: Id
    kind: As[TurnKind, AnyTurnKind]
    text: Text
    at: Moment | None = None
    reply_to: Count | None = None
    decision: As[Decision | None, AnyDecision | None] = unless(default=None)
    vital: As[Vital | None, AnyVital | None] = unless(default=None)
    phase: As[Phase | None, AnyPhase | None] = unless(default=None)
    open: bool = False
    tags: tuple[Word, ...] = ()

    def __str__(self) -> str:
        """Number, kind, speaker and words."""
        return f"{self.number} {self.kind.value} by {self.speaker}: {self.text}"


class Talk(Protocol):
    """What the rules about turns need to know of a talk."""

    @property
    def coachee(self) -> str:
        """The person the talk is for; everybody else who speaks is on the interviewer's side."""
        ...


# --- rules -----------------------------------------------------------------------------------------------------------


@invariant(
    "I008",
    "interview",
    field="turns",
    each="turns",
    reads="coachee",
    says="a vital answer is spoken by the coachee",
    why="article, L4 and L7: the ideas are the employee's, and the questions are asked in the first person",
    mend="let the coachee give the answer",
)
def I008(talk: Talk, turn: Turn, i: int) -> Breaches:
    if turn.vital is None or turn.kind is not ANSWER or turn.speaker == talk.coachee:
        return NO_BREACH
    what = "{speaker} answers the question about the {vital} for {coachee}"
    return (breach(what, f"turns[{i}].speaker", speaker=turn.speaker, vital=turn.vital, coachee=talk.coachee),)


@invariant(
    "I026",
    "interview",
    field="turns",
    each="turns",
    says="turns are numbered from 1 without a gap, and reply_to points back",
    why="own choice: consistency of references",
    mend="number the turns 1 to n and reply only to an earlier one",
)
def I026(talk: Talk, turn: Turn, i: int) -> Breaches:
    if turn.number == i + 1 and (turn.reply_to is None or turn.reply_to <= i):
        return NO_BREACH
    found = []
    if turn.number != i + 1:
        found.append(
            breach("a turn has number {number} where {due} is due", f"turns[{i}].number", number=turn.number, due=i + 1)
        )
    if turn.reply_to is not None and turn.reply_to > i:
        what = "turn {n} replies to {to}, which is not earlier"
        found.append(breach(what, f"turns[{i}].reply_to", n=i + 1, to=turn.reply_to))
    return found


@invariant(
    "I027",
    "interview",
    field="turns",
    each="turns",
    reads="coachee",
    says="suggestions, challenges and summaries are the interviewer's; ideas, demands, asks for help, confirmations "
    "and corrections the coachee's",
    why="article, L4, L6, L17 and L20: who brings ideas, challenge, asks and demands",
    mend="correct the speaker or the kind of the turn",
)
def I027(talk: Talk, turn: Turn, i: int) -> Breaches:
    not_theirs = INTERVIEWERS if turn.speaker == talk.coachee else COACHEES
    if turn.kind not in not_theirs:
        return NO_BREACH
    side = "interviewer" if not_theirs is INTERVIEWERS else "coachee"
    what = "{kind} is the {side}'s, and {speaker} says it"
    return (breach(what, f"turns[{i}].kind", kind=turn.kind, side=side, speaker=turn.speaker),)


@invariant(
    "I029",
    "interview",
    field="turns",
    each="turns",
    says="only a reply decides, only a question is open, and only a question or its answer is vital",
    why="own choice: a mark that no rule reads is a slip, and it is told at once instead of at the end of the talk",
    mend="correct the kind of the turn, or leave the mark out",
)
def I029(talk: Talk, turn: Turn, i: int) -> Breaches:
    if turn.decision is None and turn.vital is None and not turn.open:
        return NO_BREACH
    kind, found = turn.kind, []
    if turn.decision is not None and kind is not REPLY:
        found.append(breach("{kind} decides nothing", f"turns[{i}].decision", kind=kind))
    if turn.open and kind is not QUESTION:
        found.append(breach("{kind} is no question", f"turns[{i}].open", kind=kind))
    if turn.vital is not None and kind is not ANSWER and kind is not QUESTION:
        found.append(breach("{kind} is neither question nor answer", f"turns[{i}].vital", kind=kind))
    return found


RULES: tuple[Rule, ...] = (I008, I026, I027, I029)
