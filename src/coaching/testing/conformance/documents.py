"""Documents: each kind of record in each of its states, which is read, and what is refused when one thing is changed.

Read top to bottom: the documents, one change. The changes know no rule: which code comes, the library says.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from hypothesis import strategies as st

from coaching import codec
from coaching.codec import unstructure
from coaching.kernel.record import Record
from coaching.records import RECORDS
from coaching.testing.attempts import made
from coaching.testing.binding.goals import GOALS
from coaching.testing.binding.model import replay
from coaching.testing.binding.offers import Piece
from coaching.testing.conformance.lives import PIECES, SCENE
from coaching.testing.conformance.misses import simplest
from coaching.testing.conformance.vectors import Vector, numbered
from coaching.testing.stages import Stage

Document = dict[str, Any]
Path = tuple[Any, ...]
GONE = object()
"""What stands in the place of a value that is taken out."""


def documents() -> list[Vector]:
    """Give the vectors of documents: for each kind what is read, then what is refused."""
    return numbered([it for kind in RECORDS for it in _of(kind)] + [*_texts()])


def _of(kind: type[Record]) -> Iterator[Vector]:
    whole = sorted(_documents(kind), key=len)
    for it in whole:
        yield Vector(f"{kind.type}/read/{it['state']}", "read", {"document": it})
    known = set[tuple[object, ...]]()
    for it in whole:
        for change, place, other in changed(it):
            vector = Vector(f"{kind.type}/{change}/{place}", "read", {"document": other})
            codes = tuple(vector.codes)
            key = (change.partition("-")[0], codes) if codes[:1] < ("W",) and codes[:1] > ("V",) else codes
            if codes and key not in known:
                known.add(key)
                yield vector
    yield from _by_hand(kind, whole)


def _by_hand(kind: type[Record], whole: list[Document]) -> Iterator[Vector]:
    """Give what is changed by hand, each in the shortest document that has such a place."""
    for code, change in BY_HAND.get(kind.type, {}).items():
        for it in whole:
            other = copy.deepcopy(it)
            with suppress(KeyError, IndexError):
                change(other)
                yield Vector(f"{kind.type}/by-hand/{code}", "read", {"document": other})
                break


def played(piece: Piece) -> list[Any]:
    """Give a record for each state, and the fullest of all."""
    found = dict[str, Any]()
    every = [replay(steps)[-1].after for steps in piece.situations(SCENE, f"{piece.prefix}-1").values()]
    for record in every:
        found.setdefault(str(record.state), record)
    fullest = max(every, key=lambda it: (len(unstructure(it)), len(str(it))))
    return list({id(it): it for it in (*found.values(), fullest)}.values())


def _documents(kind: type[Record]) -> list[Document]:
    piece = next((it for it in PIECES if it.kind is kind), None)
    return _walked(kind) if piece is None else [unstructure(it) for it in played(piece)]


def _walked(kind: type[Record]) -> list[Document]:
    """Give a document for each state of what is not played, by the shortest way."""

    @st.composite
    def walked(draw: Any, state: str) -> Any:
        return made(Stage(draw, side_acts=0), kind, state)

    states = map(str, kind.lifecycle.states)
    return [unstructure(simplest(walked(state))) for state in states]


# --- one change ------------------------------------------------------------------------------------------------------


def changed(document: Document) -> Iterator[tuple[str, str, Document]]:
    """Give a document with one thing changed, over and over: what was done, where, and the document."""
    for path, value in _walk(document):
        for change, instead in _changes(path, value, document):
            other = copy.deepcopy(document)
            _set(other, path, copy.deepcopy(instead) if instead is not GONE else GONE)
            yield change, ".".join(map(str, path)) or "document", other


def _walk(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    yield path, value
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _walk(item, (*path, name))
    elif isinstance(value, list):
        for n, item in enumerate(value):
            yield from _walk(item, (*path, n))


def _set(document: Document, path: Path, value: Any) -> None:
    if not path:
        document |= value
        return
    inner: Any = document
    for name in path[:-1]:
        inner = inner[name]
    if value is GONE:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value


def _changes(path: Path, value: Any, document: Document) -> Iterator[tuple[str, Any]]:
    """Give what may stand in the place of a value, each with a name for what was done."""
    if path in {("type",), ("schema",)} or (path[:1] == ("history",) and len(path) > len(("history", 0, "by"))):
        return
    if path:
        yield "missing", GONE
        yield "another-type", "seven" if isinstance(value, (int, list, dict)) else 7
    if isinstance(value, str):
        yield from _texts_for(value)
        if not _is_day(value[:10]):
            yield from _words_for(path, document)
    else:
        yield from _others_for(value)


def _others_for(value: Any) -> Iterator[tuple[str, Any]]:
    match value:
        case dict():
            yield "unknown-field", {**value, "colour": "red"}
        case list():
            yield from (("twice", [*value, *value[:1]]), ("turned-round", value[::-1]), ("emptied", []))
        case bool():
            yield "the-other", not value
        case _:
            yield from (("below", -abs(value) - 1), ("above", 10**16), ("one-more", value + 1), ("no-number", "many"))


def _texts_for(value: str) -> Iterator[tuple[str, str]]:
    if _is_day(value):
        yield from (("no-day", "2026-02-30"), ("day-as-people-write-it", "2.3.2026"))
        yield from (("long-ago", "1900-01-01"), ("far-ahead", "2999-12-31"))
    elif _is_day(value[:10]):
        yield from (("without-offset", value[:19]), ("a-day-alone", value[:10]))
        yield from (("long-ago", "1900-01-01T00:00:00Z"), ("far-ahead", "2999-12-31T00:00:00Z"))
    else:
        yield from (("blank", " "), ("outer-blank", f" {value}"), ("NUL", f"{value}\0"), ("unknown-word", "colourful"))


def _words_for(path: Path, document: Document) -> Iterator[tuple[str, str]]:
    """Give other words of the same document, and other people."""
    if len(path) == 1:
        others = {name: it for name, it in document.items() if name not in {path[0], "type", "state"}}
        yield from ((f"as-{name}", it) for name, it in others.items() if isinstance(it, str))
    if path[-1] in _WHO:
        yield from ((f"by-{it}", it) for it in _people(document))
    yield from ((f"{path[-1]}-{it}", it) for it in _WORDS.get((path[0], path[-1]), ()))


_WHO = ("by", "speaker", "author", "to")
_WORDS = {
    ("turns", "kind"): ("summary", "idea", "reply", "answer", "question"),
    ("signatures", "role"): ("coach", "owner"),
}


def _people(document: Document) -> list[str]:
    roles = ("owner", "coach", "coachee", "interviewer", "giver", "receiver", "mover")
    return [document[name] for name in roles if name in document]


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-03-02")


# --- what is changed by hand ------------------------------------------------------------------------------------------


BY_HAND: dict[str, dict[str, Callable[[Document], object]]] = {
    "organisation": {"O003": lambda it: it.update(parent=it["id"])},
    "person": {
        "V006": lambda it: it.update(language="no language"),
        "J003": lambda it: it["positions"][0]["managers"][0].update(manager=it["id"]),
        "J008": lambda it: it["positions"][0].update(occupation={"scheme": "isco-08", "code": "x"}),
        "L001": lambda it: it["placements"][0].update(client=it["positions"][0]["employer"]),
    },
    "goal": {
        "G024": lambda it: it.update(score=0.5),
        "G027": lambda it: it["measure"].update(target=it["measure"]["start"]),
        "S002": lambda it: it["signatures"][0].update(stance="reservation"),
    },
    "interview": {
        "I029": lambda it: it["turns"][0].update(decision="yes"),
        "S002": lambda it: it["signatures"][0].update(stance="reservation"),
    },
    "feedback": {"F015": lambda it: it.update(refs=[{"kind": "person", "id": "p-1"}])},
    "path": {
        "C017": lambda it: it["role_models"][0].update(met_on="2026-03-02"),
        "C018": lambda it: it["steps"][0].update(reached_on="2026-03-02"),
        "S002": lambda it: it["signatures"][0].update(stance="reservation"),
    },
    "relationship": {"R011": lambda it: it["span"].update(to="2999-12-31")},
    "opportunity": {
        "Q003": lambda it: it.update(open_until="1900-01-01"),
    },
}
"""What no single change of one value breaks alone, or finds first."""


# --- no documents ----------------------------------------------------------------------------------------------------


def _texts() -> Iterator[Vector]:
    """Give texts that are no document, and one that is read as most readers do."""
    draft = replay(next(iter(GOALS.situations(SCENE, "g-1").values())))[-1].after
    whole = codec.dumps(draft).decode()
    texts = {
        "empty": "",
        "no-json": "Verk",
        "cut-off": whole[:-1],
        "two": whole * 2,
        "a-list": f"[{whole}]",
        "a-text": '"Verk"',
        "null": "null",
        "byte-order-mark": f"\ufeff{whole}",
        "no-type": whole.replace('"type":"goal",', ""),
        "unknown-type": whole.replace('"goal"', '"gaol"'),
        "no-schema": whole.replace('"schema":1,', ""),
        "unknown-schema": whole.replace('"schema":1', '"schema":7'),
        "schema-as-text": whole.replace('"schema":1', '"schema":"1"'),
        "not-a-number": whole.replace('"schema":1', '"schema":NaN'),
    }
    for name, text in texts.items():
        yield Vector(f"text/{name}", "read", {"text": text})
