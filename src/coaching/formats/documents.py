"""Documents: records as JSON and as plain dicts. The fast way accepts; the slow way, taken when it refuses, explains.

Read top to bottom: writing, reading fast, explaining, documents without history. Both ways accept exactly the same
documents (a property test holds them to it). Writing then reading gives an equal record, whatever its state. A document
is a JSON object with `type` and `schema`; fields at their default are left out. Where an object says the same key
twice, the last one counts, both ways. Decimals are JSON numbers and are read exactly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, NoReturn, cast

import msgspec
from frozendict import frozendict
from msgspec.structs import force_setattr

from coaching.formats.mirror import (
    ANY_RECORD,
    CLASSES,
    from_mirror,
    quickly,
    read_leaf,
    to_mirror,
    unsealed_from_mirror,
)
from coaching.kernel.acting import explained
from coaching.kernel.checking import FAULTY, Faults, text_of
from coaching.kernel.classes import model_of, nearest
from coaching.kernel.constraints import V014, V015, V018
from coaching.kernel.fields import once
from coaching.kernel.history import Entry
from coaching.kernel.record import Record
from coaching.kernel.rules import Breach, Rejected, breach, brief, finding
from coaching.records import KINDS, RECORDS

DEEPEST = 150  # levels of nesting that are read: a stack of 128 KiB holds twice as many, a document has eight at most
MARK = "\ufeff"  # what some programs put before a text to say that it is UTF-8
LONGEST_WHOLE = 400  # digits of a whole number that are looked at; every one so long is refused

REFUSED = (msgspec.MsgspecError, TypeError, ValueError)
"""What the fast way raises over what it does not take."""


def _number(text: str) -> Decimal:
    """Give a number exactly as it is written; one beyond what a Decimal can hold becomes one that no field takes."""
    try:
        return Decimal(text)
    except ArithmeticError:
        kept = "1E-999999" if "e-" in text.lower() else "Infinity"
        return Decimal(f"-{kept}" if text.startswith("-") else kept)


_fast: msgspec.json.Decoder[msgspec.Struct] = msgspec.json.Decoder(ANY_RECORD, float_hook=_number)
_plain = msgspec.json.Decoder(float_hook=_number)
_encoder = msgspec.json.Encoder(decimal_format="number")

# --- writing ---------------------------------------------------------------------------------------------------------


def dumps(record: Record) -> bytes:
    """Write a record as one line of JSON in UTF-8.

    Raises:
        Rejected: V015 for anything that is no record.

    >>> from datetime import datetime
    >>> from coaching.records.goals import Goal
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> dumps(Goal.begin("g-1", "Lead a pilot line", by="p-17", at=noon))[:35]
    b'{"type":"goal","schema":1,"id":"g-1'
    """
    if type(record) not in RECORDS:
        raise Rejected("cannot write", [finding(V015, breach("{value} is no record", value=brief(record)))])
    return _encoder.encode(to_mirror(record))


def unstructure(record: Record) -> dict[str, Any]:
    """Write a record as a plain dict, as its JSON reads: texts, numbers (a fraction is a Decimal), lists, dicts.

    Raises:
        Rejected: V015 for anything that is no record.

    >>> from datetime import datetime
    >>> from coaching.records.goals import Goal
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> unstructure(Goal.begin("g-1", "Lead a pilot line", by="p-17", at=noon))["title"]
    'Lead a pilot line'
    """
    return cast("dict[str, Any]", _plain.decode(dumps(record)))


def write_json(value: object) -> bytes:
    """Write plain values as documents write them: numbers exactly, days and moments as text.

    Raises:
        Rejected: V015 for what JSON does not know.

    >>> write_json({"share": Decimal("0.10")})
    b'{"share":0.10}'
    """
    try:
        return _encoder.encode(value)
    except (TypeError, ValueError) as why:
        raise Rejected("cannot write", [finding(V015, breach("not JSON: {why}", why=str(why)))]) from None


# --- reading ---------------------------------------------------------------------------------------------------------


def loads(data: bytes | str) -> Record:
    """Read the record in a JSON document; the document's `type` chooses which.

    Raises:
        Rejected: Everything that is wrong with the document, with paths: V018 for what is no document, V014 to V016 for
            fields that are missing, of the wrong type or unknown, and all constraints and shape rules of the record.

    >>> loads('{"type": "gaol", "schema": 1}')
    Traceback (most recent call last):
    ...
    coaching.Rejected: document: cannot be read
      V018 type: 'gaol' is no type of record; did you mean goal? (send one JSON object ...)
    """
    given = _given(data)
    _not_too_deep(given)
    try:
        mirrored = _fast.decode(given)
        record = from_mirror(mirrored, CLASSES[type(mirrored)])
    except REFUSED:
        record = FAULTY
    return record if isinstance(record, Record) else _explained(_parsed(given), Faults(read_leaf, quickly))


def _given(data: object) -> bytes | str:
    """Say what is to be read: text as it is, and the bytes of whatever holds some."""
    if type(data) is bytes:
        return data
    if isinstance(data, str):
        return text_of(data)
    try:
        return bytes(memoryview(data))  # type: ignore[arg-type]  # it says itself if it holds none
    except (BufferError, TypeError, ValueError):
        _refuse(breach("{value} is no bytes or text", value=brief(data)))


def _refuse(wrong: Breach) -> NoReturn:
    raise Rejected("document: cannot be read", [finding(V018, wrong)])


def structure(document: Mapping[str, object]) -> Record:
    """Read the record in a plain dict, such as `unstructure` gives or `json.loads` reads. Dates may be dates, too.

    Raises:
        Rejected: As `loads`.

    >>> from datetime import datetime
    >>> from coaching.records.goals import Goal
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> goal = Goal.begin("g-1", "Lead a pilot line", by="p-17", at=noon)
    >>> structure(unstructure(goal)) == goal
    True
    """
    return _explained(document, Faults(read_leaf))


_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*"?|[][{}]', re.DOTALL)
_ALL_BUT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def _not_too_deep(data: bytes | str) -> None:
    if _too_deep(data):
        _refuse(breach("nested deeper than {most} levels, as no document is", most=DEEPEST))


def _too_deep(data: bytes | str) -> bool:
    """Tell whether brackets stand deeper than any document nests them; asked before a decoder in C goes down there."""
    if isinstance(data, str):
        if data.count("[") + data.count("{") <= DEEPEST:
            return False
        text = data.encode(errors="replace")
    else:
        text = data
    if text.count(b"[") + text.count(b"{") <= DEEPEST:
        return False
    left = text.translate(None, _ALL_BUT_BRACKETS)  # texts may hold some as well: then they are counted one by one
    for _ in range(DEEPEST):
        left, before = left.replace(b"[]", b"").replace(b"{}", b""), left
        if not left or left == before:
            break
    if not left:
        return False
    depth = 0
    for token in _BRACKETS.finditer(text):
        depth += {91: 1, 123: 1, 93: -1, 125: -1}.get(text[token.start()], 0)
        if depth > DEEPEST:
            return True
    return False


def read_json(data: object) -> object:
    """Read one JSON value as documents are read: numbers exactly, of a key that stands twice the last.

    Raises:
        Rejected: V018 for what is no JSON, or nested too deeply.

    >>> read_json('{"share": 0.10}')
    {'share': Decimal('0.10')}
    """
    given = _given(data)
    _not_too_deep(given)
    return _parsed(given)


def _parsed(data: bytes | str) -> object:
    try:
        return _decoded(data)
    except (msgspec.MsgspecError, ValueError) as why:
        _refuse(_unreadable(data, why))


def _decoded(data: bytes | str) -> object:
    try:
        return _plain.decode(data)
    except msgspec.ValidationError:  # a whole number with more digits than Python reads: its field is to be named
        text = data if isinstance(data, str) else data.decode()
        return json.loads(
            text,
            parse_float=_number,
            parse_int=lambda digits: int(digits[:LONGEST_WHOLE]),
            parse_constant=_no_number,
        )


def _no_number(word: str) -> object:
    raise ValueError(f"{word} is no number of JSON")


_HALF = re.compile(r"\\u[dD][89abAB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F]..")
"""A lone surrogate as JSON writes it."""


def _unreadable(data: bytes | str, why: Exception) -> Breach:
    """Say why something is no JSON in UTF-8; places are counted in the document."""
    try:
        text = data if isinstance(data, str) else data.decode()
        text.encode()
    except UnicodeDecodeError as at:
        return breach("not UTF-8 at byte {byte}", byte=at.start)
    except UnicodeEncodeError as at:
        return breach("half a character (a lone surrogate) at character {place}", place=at.start)
    if half := _HALF.search(text):
        return breach("half a character (a lone surrogate) at character {place}", place=half.start())
    if text.startswith(MARK):
        return breach("begins with a byte order mark; write it without one")
    return breach("not JSON: {why}", why=str(why))


# --- explaining ------------------------------------------------------------------------------------------------------


def _explained(document: object, faults: Faults) -> Record:
    if not isinstance(document, Mapping):
        _refuse(breach("{value} is no object", value=brief(document)))
    cls = _class_of(document, faults)
    if cls is None:
        raise Rejected("document: cannot be read", faults.found)
    model = model_of(cls)
    kept = model.checked({n: v for n, v in document.items() if n not in {"type", "schema"}}, "", faults)
    record = model.made(kept)
    broken = model.breaches(record)
    if faults.found or broken:
        key = model.key(record)
        found = [*faults.about(key), *(finding(rule, it, prefix=prefix, record=key) for prefix, rule, it in broken)]
        raise Rejected(f"{model.title(record)}: cannot be read", found)
    return cast("Record", record)


def _class_of(document: Mapping[object, object], faults: Faults) -> type[Record] | None:
    kind = document.get("type")
    cls = KINDS.get(kind) if isinstance(kind, str) else None
    if cls is None:
        near = nearest(str(kind)[:40], tuple(KINDS)) if isinstance(kind, str) else None
        known = ", ".join(KINDS)
        if "type" not in document:
            faults.add(V014, "type", "the type of record is missing; known: {known}", known=known)
        elif near:
            faults.add(V018, "type", "{value} is no type of record; did you mean {near}?", value=brief(kind), near=near)
        else:
            faults.add(V018, "type", "{value} is no type of record; known: {known}", value=brief(kind), known=known)
    schema = document.get("schema")
    if "schema" not in document:
        faults.add(V014, "schema", "the schema is missing; this version writes {now}", now=Record.schema)
    elif type(schema) is not int or schema != Record.schema:
        faults.add(
            V018,
            "schema",
            "{value} is no schema that is known; this version reads {now}",
            value=brief(schema),
            now=Record.schema,
        )
    return cls


# --- without history -------------------------------------------------------------------------------------------------


def unsealed(document: bytes, as_if: Callable[[str], tuple[Entry, ...]]) -> tuple[Record, msgspec.Struct] | None:
    """Read a record that nobody took over yet the fast way, with its mirror; None for what has to be explained.

    Its history is one that stands in for the one it will get, for its rules to ask: `as_if` gives it for a state.

    Raises:
        Rejected: V018 for what is no bytes or text, or nested too deeply.
    """
    given = _given(document)
    _not_too_deep(given)
    try:
        mirrored = _fast.decode(given)
        record = unsealed_from_mirror(mirrored, CLASSES[type(mirrored)], as_if)
    except REFUSED:
        return None
    return (record, mirrored) if isinstance(record, Record) else None


def write(record: Record, mirrored: msgspec.Struct) -> bytes:
    """Write a record as `dumps` does, from the mirror of what it was before it had its history."""
    for name in _free_names(type(record)):
        if free := getattr(record, name):
            force_setattr(mirrored, name, dict(free))
    force_setattr(mirrored, "history", tuple(map(to_mirror, record.history)))
    return _encoder.encode(mirrored)


@once
def _free_names(kind: type[Record]) -> tuple[str, ...]:
    """Give the fields with free names in them, whose values a record has in one way of writing them."""
    return tuple([name for name, field in model_of(kind).fields.items() if field.kind is frozendict])


def explained_unsealed(document: bytes, *, by: str, at: datetime, source: str, reason: str | None) -> Record:
    """Take over the record in a document without history, looking at it field by field.

    Raises:
        Rejected: V018 and V014 for what is no document; else what `Record.import_` raises.
    """
    parsed, faults = _parsed(_given(document)), Faults(read_leaf)
    if not isinstance(parsed, Mapping):
        _refuse(breach("{value} is no object", value=brief(parsed)))
    cls = _class_of(parsed, faults)
    if cls is None:
        raise Rejected("document: cannot be read", faults.found)
    said = {name: value for name, value in parsed.items() if name not in {"type", "schema"}}
    if said.get("history") == []:
        del said["history"]
    try:
        record = explained(cls, said, by=by, at=at, source=source, reason=reason, read=read_leaf)
    except Rejected as refusal:
        key = refusal.findings[0].record
        raise Rejected(refusal.what, [*faults.about(key), *refusal.findings]) from None
    if faults.found:
        raise Rejected(f"{record.type} {record.id}: cannot import", faults.about(record.key))
    return record
