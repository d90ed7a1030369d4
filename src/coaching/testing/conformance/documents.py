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

from coaching.codec import unstructure
from coaching.kernel.record import Record
from coaching.records import RECORDS
from coaching.testing.attempts import made
from coaching.testing.binding.model import replay
from coaching.testing.binding.offers import Piece
from coaching.testing.conformance.lives import PIECES, SCENE
from coaching.testing.conformance.misses import simplest
from coaching.testing.conformance.vectors import Vector, numbered
from coaching.testing.stages import Stage

Document = dict[str, Any]
Change = tuple[str, Callable[[Any], Any]]
GONE = object()

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
                vector = Vector(f"{kind.type}/by-hand/{code}", "read", {"document": other})
                if vector.codes == [code]:
                    yield vector
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
        for change, do in _changes(path, value, document):
            other = copy.deepcopy(document)
            _set(other, path, do(copy.deepcopy(value)))
            yield change, ".".join(map(str, path)) or "document", other


def _walk(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    yield path, value
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _walk(item, (*path, name))
    elif isinstance(value, list):
        for n, item in enumerate(value):
            yield from _walk(item, (*path, n))


def _set(document: Document, path: tuple[Any, ...], value: Any) -> None:
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


def _changes(path: tuple[Any, ...], value: Any, document: Document) -> Iterator[Change]:
    if path[:1] == ("history",) and len(path) > 3 or path in {("type",), ("schema",)}:  # noqa: PLR2004
        return
    if path:
        yield "missing", lambda _: GONE
        yield "another-type", lambda it: "seven" if isinstance(it, (int, list, dict)) else 7
    match value:
        case dict():
            yield "unknown-field", lambda it: {**it, "colour": "red"}
        case list():
            yield "twice", lambda it: [*it, *it[:1]]
            yield "turned-round", lambda it: it[::-1]
            yield "emptied", lambda _: []
        case bool():
            yield "the-other", lambda it: not it
        case str() if _is_day(value):
            yield "no-day", lambda _: "2026-02-30"
            yield "day-as-people-write-it", lambda _: "2.3.2026"
            yield "long-ago", lambda _: "1900-01-01"
            yield "far-ahead", lambda _: "2999-12-31"
        case str() if _is_day(value[:10]) and "T" in value:
            yield "without-offset", lambda it: it[:19]
            yield "a-day-alone", lambda it: it[:10]
            yield "long-ago", lambda _: "1900-01-01T00:00:00Z"
            yield "far-ahead", lambda _: "2999-12-31T00:00:00Z"
        case str():
            yield "blank", lambda _: " "
            yield "outer-blank", lambda it: f" {it}"
            yield "NUL", lambda it: f"{it}\0"
            yield "unknown-word", lambda _: "colourful"
            for name, other in document.items():
                if isinstance(other, str) and name != path[0] and len(path) == 1 and name not in {"type", "state"}:
                    yield f"as-{name}", lambda _, other=other: other
            yield from ((f"by-{it}", lambda _, it=it: it) for it in _people(document) if path[-1] in _WHO)
            yield from ((f"{path[-1]}-{it}", lambda _, it=it: it) for it in _WORDS.get((path[0], path[-1]), ()))
        case _ if value is not None:
            yield "below", lambda it: -abs(it) - 1
            yield "above", lambda _: 10**16
            yield "one-more", lambda it: it + 1
            yield "no-number", lambda _: "many"


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
    whole = '{"type":"organisation","schema":1,"id":"o-1","name":"Verk","state":"known"}'
    texts = {
        "empty": "",
        "no-json": "Verk",
        "cut-off": whole[:-1],
        "two": whole * 2,
        "a-list": f"[{whole}]",
        "a-text": '"Verk"',
        "null": "null",
        "byte-order-mark": f"\ufeff{whole}",
        "no-type": whole.replace('"type":"organisation",', ""),
        "unknown-type": whole.replace("organisation", "club"),
        "no-schema": whole.replace('"schema":1,', ""),
        "unknown-schema": whole.replace('"schema":1', '"schema":7'),
        "schema-as-text": whole.replace('"schema":1', '"schema":"1"'),
        "not-a-number": whole.replace('"schema":1', '"schema":NaN'),
    }
    for name, text in texts.items():
        yield Vector(f"text/{name}", "read", {"text": text})
