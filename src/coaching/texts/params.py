"""Params: what stands in a message, by name: its type, and of a word where its translation is found."""

from __future__ import annotations

from collections.abc import Mapping

from coaching.kernel.rules import Choice


class ParamType(Choice):
    """What a param of a message is.

    `when`: a day or a moment. `number`. `id`: of a person, record or part. `word`: an act, a state, a field, a role or
    a word of a closed list. `words`: several, with ids among them. `sentence`: of a rule. `value`: anything, such as
    what was given: a day, a number or a word where it is one, and otherwise a text that stays as it is.
    """

    WHEN = "when"
    NUMBER = "number"
    ID = "id"
    WORD = "word"
    WORDS = "words"
    SENTENCE = "sentence"
    VALUE = "value"


CONTEXTS: Mapping[str, tuple[str, ...]] = {
    "act": ("act",),
    "field": ("field",),
    "how": ("type",),
    "kind": ("kind", "type"),
    "may": ("act", "role", "field", "type"),
    "name": ("field",),
    "near": ("field", "kind", "act"),
    "open": ("act", "role", "field", "type"),
    "other": ("role", "field"),
    "part": ("field",),
    "phase": (),
    "role": ("role", "field"),
    "side": ("role", "field"),
    "standing": (),
    "state": (),
    "status": (),
    "visibility": (),
    "vital": (),
}
"""The words among the params, and the contexts in which each is looked for; one of a closed list by its class."""

WORDS = frozenset({"may", "open"})

WHEN = frozenset({
    "again", "agreed", "asked", "at", "before", "closed", "day", "done", "follow_up", "latest", "made", "on", "planned",
    "posted", "release", "since", "today", "until",
})  # fmt: skip
NUMBERS = frozenset({
    "days", "expected", "filled", "free", "high", "least", "low", "most", "n", "next", "number", "places", "revision",
    "ruler", "score", "signed", "theirs", "then", "words",
})  # fmt: skip
IDS = frozenset({
    "author", "by", "client", "coach", "coachee", "giver", "id", "interviewer", "manager", "mover", "new", "old",
    "owner", "parent", "person", "report", "speaker", "this", "viewer", "whom",
})  # fmt: skip

TYPES = (
    "text", "date", "date and time", "number", "whole number", "yes or no", "list", "record", "book", "policy", "span",
    "kind of record", "person", "interview", "need", "opportunity", "path", "organisation", "name of a question",
    "code of a rule", "list of records", "list of people", "none", "nothing", "somebody", "further notice",
    "filled by others", "withdrawn", "the start", "or",
)  # fmt: skip
"""What values are called in messages, and the few words that stand for nothing."""


def type_of(name: str) -> ParamType:
    """Give the type of a param by its name.

    >>> type_of("day"), type_of("state"), type_of("value")
    ('when', 'word', 'value')
    """
    if name in CONTEXTS:
        return ParamType.WORDS if name in WORDS else ParamType.WORD
    for names, kind in ((WHEN, ParamType.WHEN), (NUMBERS, ParamType.NUMBER), (IDS, ParamType.ID)):
        if name in names:
            return kind
    return ParamType.SENTENCE if name == "says" else ParamType.VALUE
