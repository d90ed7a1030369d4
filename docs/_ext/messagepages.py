"""The page of messages, which nobody writes: each template with what stands in it, and the words said beside it.

What a rule says, why, and how a breach is mended stands with the rules; what an act and a field is, with the acts.
"""

from __future__ import annotations

from collections.abc import Iterator

from rulepages import AREAS, MADE, linked, plain

from coaching.texts import Entry, ParamType, entries

OF_MESSAGES = """\
What the library says to people: {n} texts, of which {messages} are messages. A message is said for a rule, and is the
`template` of a finding; what stands in it are its `params`. How both are translated: [languages](../languages.md). What
rules say, why, and how a breach is mended (the contexts `says`, `why` and `mend`) stands under [rules](rules.md); the
texts beside acts and fields (`help`), under [acts and fields](acts.md)."""

ELSEWHERE = {"says", "why", "mend", "help"}
WORDS = {
    "act": "Acts", "field": "Fields", "kind": "Kinds of record and part", "role": "Roles", "type": "Types of values",
    "page": "On a page",
}  # fmt: skip
"""What a context holds, by its name; any other is that of a closed list, and called as its class."""


def messages_page() -> str:
    """The page: messages by the letter of their rules, those of the frame, and all words by their contexts."""
    every = entries()
    messages = [it for it in every if it.context == "message"]
    lines = [MADE, "# Messages", "", OF_MESSAGES.format(n=len(every), messages=len(messages)), ""]
    lines += ["| Type of a param | What it is |", "|---|---|", *_types(), ""]
    for letter, area in AREAS.items():
        its = [it for it in messages if it.about[0][0] == letter]
        lines += [f"## {area}", "", *_table(its), ""] if its else []
    frame = [it for it in messages if not it.about[0][0].isupper()]
    lines += ["## Said for several rules", "", "By the rooms of the source that say them.", "", *_table(frame), ""]
    lines += ["## Words", "", "A word is translated in its context: `open` is a state of a talk, and of a need.", ""]
    lines += ["| Context | What | Words |", "|---|---|---|", *_words(every)]
    return "\n".join(lines) + "\n"


def _types() -> Iterator[str]:
    doc = (ParamType.__doc__ or "").partition("\n\n")[2]
    for piece in " ".join(doc.split()).removesuffix(".").split(". "):
        name, _, what = piece.partition(":")
        yield f"| {name} | {plain(what.strip()) or 'a number'} |"


def _table(messages: list[Entry]) -> Iterator[str]:
    yield "| Message | What stands in it | Rules |"
    yield "|---|---|---|"
    for it in messages:
        params = ", ".join(f"`{name}` {kind.value}" for name, kind in it.params.items())
        about = " ".join(linked(name) if name[0].isupper() else f"`{name}`" for name in it.about)
        yield f"| {plain(it.text).replace('|', chr(92) + '|')} | {params} | {about} |"


def _words(every: tuple[Entry, ...]) -> Iterator[str]:
    for context in dict.fromkeys(it.context for it in every):
        if context not in ELSEWHERE | {"message"}:
            words = ", ".join(plain(it.text) for it in every if it.context == context)
            yield f"| `{context}` | {WORDS.get(context, 'closed list')} | {words} |"
