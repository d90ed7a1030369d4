"""Answering: what the library itself says to a question. The vectors hold these answers; `run.py` can ask for them too.

Read top to bottom: a line, the questions one by one. A question is plain data, and so is its answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from coaching import codec
from coaching.book.book import Book
from coaching.book.cadence import next_due
from coaching.book.privacy.view import view
from coaching.formats.asked import fields_of
from coaching.formats.documents import write_json
from coaching.formats.mirror import read_leaf
from coaching.kernel.classes import model_of
from coaching.kernel.fields import Field, key_of
from coaching.kernel.folding import folded
from coaching.kernel.policy import POLICY, Policy
from coaching.kernel.record import Record
from coaching.kernel.rules import Finding, Rejected
from coaching.logs.courses import outcome
from coaching.records import KINDS

Plain = Mapping[str, Any]
Answer = dict[str, Any]


def read_line(text: bytes | str) -> Any:
    """Read a line of JSON; a fraction keeps every digit."""
    return json.loads(text, parse_float=Decimal)


def answer(question: Plain) -> Answer:
    """Answer a question; one that is not known is not claimed.

    >>> answer({"ask": "due", "given": {"joined_on": "2020-02-29", "cadence": "rolling", "months": 12}})
    {'due': '2021-02-28'}
    >>> answer({"ask": "rating", "given": {}})
    {'not_claimed': True}
    """
    asks = ASKS.get(question["ask"])
    return {"not_claimed": True} if asks is None else asks(question["given"])


def answer_line(text: bytes | str) -> bytes:
    """Answer a question that is a line of JSON with a line."""
    return write_json(answer(read_line(text))) + b"\n"


# --- documents -------------------------------------------------------------------------------------------------------


def _read(given: Plain) -> Answer:
    """Say by which rules a document is refused; by none where it is read."""
    text = given["text"] if "text" in given else write_json(given["document"])
    try:
        codec.loads(text)
    except Rejected as refusal:
        return {"codes": _codes(refusal.findings)}
    return {"codes": []}


def _codes(findings: tuple[Finding, ...]) -> list[str]:
    return sorted({it.code for it in findings})


# --- acts ------------------------------------------------------------------------------------------------------------


def _live(given: Plain) -> Answer:
    """Say what comes of the last of some steps: the record, or the codes of what refuses it."""
    held: dict[tuple[str, str], Any] = {}
    kind, key = KINDS[given["kind"]], ("", "")
    for step in given["steps"]:
        key = kind.type, step["id"]
        said = _said(kind, step)
        said |= {name: held[kind.type, said[name]] for name in ("newer",) if (kind.type, said.get(name)) in held}
        came = outcome(kind, held.get(key), step["id"], step["act"], said, POLICY)
        if came.findings:
            return {"codes": _codes(came.findings)}
        held |= {it.key: it for it in (came.after, *came.others)}
    return {"record": shown(held[key])}


def _said(kind: type[Record], step: Plain) -> dict[str, Any]:
    """Give what is given to an act, with its days and moments read from their text."""
    fields = fields_of(kind, step["act"])
    given = {name: _value(fields.get(name), it) for name, it in step.get("given", {}).items()}
    return {**given, "by": step["by"], "at": _moment(step["at"])}


def _value(field: Field | None, value: Any) -> Any:
    """Give a value as an act takes it from Python: what cannot be read stays as it is, and is refused there."""
    if field is None or value is None:
        return value
    if isinstance(value, list):
        return [_value(field, it) for it in value]
    if isinstance(value, dict) and field.holds_parts:
        fields = {key_of(name): it for name, it in model_of(field.kind).fields.items()}
        return {name: _value(fields.get(name), it) for name, it in value.items()}
    if field.kind in {date, datetime} and isinstance(value, str):
        with suppress(ValueError):
            return read_leaf(field.kind, value)
    return value


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def shown(record: Record) -> Answer:
    """Give what is compared of a record: its document without the history, and without seals."""
    document = codec.unstructure(record)
    del document["history"]
    for signature in document.get("signatures", ()):
        signature.pop("digest", None)
    return document


def _act(given: Plain) -> Answer:
    """Say by which rules an act is refused, on a record that is given, or that it begins; beside others, or alone."""
    kind, id, act = KINDS[given["kind"]], given["id"], given["act"]
    said = _said(kind, given)
    record = _record(given["record"]) if "record" in given else None
    if "beside" not in given:
        return {"codes": _codes(outcome(kind, record, id, act, said, POLICY).findings)}
    book = Book().put(*map(_record, given["beside"]), *([] if record is None else [record]))
    found = book.would_new(kind, act, id=id, **said) if record is None else book.would(record.key, act, **said)
    return {"codes": _codes(found)}


def _record(document: Plain) -> Any:
    return codec.loads(write_json(document))


# --- books -----------------------------------------------------------------------------------------------------------


def _check(given: Plain) -> Answer:
    """Say what is found in a book on a day: each rule once for each record that it is found of."""
    try:
        book = codec.load_book([write_json(it) for it in given["records"]])
    except Rejected as refusal:
        return {"codes": _codes(refusal.findings)}
    found = {(it.code, " ".join(it.record or ())) for it in book.check(date.fromisoformat(given["on"]))}
    return {"findings": [{"code": code, "record": record} for code, record in sorted(found)]}


def _view(given: Plain) -> Answer:
    """Say what somebody may see of a record."""
    book = Book().put(*map(_record, given["records"]))
    kind, _, id = given["record"].partition(" ")
    record: Any = book.at(kind, id)
    seen = view(record, given["viewer"], book, date.fromisoformat(given["on"]))
    return {"shown": read_line(write_json(seen.as_dict()))}


# --- days and names --------------------------------------------------------------------------------------------------


def _due(given: Plain) -> Answer:
    """Say when the next annual talk is due."""
    policy = Policy(cadence=given["cadence"], cadence_months=given["months"])
    held = given.get("last_held")
    last = None if held is None else date.fromisoformat(held)
    return {"due": next_due(date.fromisoformat(given["joined_on"]), last, policy=policy).isoformat()}


def _same_name(given: Plain) -> Answer:
    """Say whether two ways to write a name are one."""
    return {"same": folded(given["one"]) == folded(given["other"])}


ASKS: Mapping[str, Callable[[Plain], Answer]] = {
    "read": _read,
    "live": _live,
    "act": _act,
    "check": _check,
    "view": _view,
    "due": _due,
    "same_name": _same_name,
}
"""What may be asked."""
