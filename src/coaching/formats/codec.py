"""Records as JSON and as plain dicts. The fast way accepts; the slow way, taken only when it refuses, explains.

Read top to bottom: writing, reading fast, books, explaining, JSON Schema, cattrs. Both ways accept exactly the
same documents (a property test holds them to it). Writing then reading gives an equal record, whatever its state.
A document is a JSON object with `type` and `schema`; fields at their default are left out. Where an object says the
same key twice, the last one counts, both ways. Decimals are JSON numbers and are read exactly.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO, TextIOBase
from typing import TYPE_CHECKING, Any, BinaryIO, Union, cast

import attrs
import msgspec

from coaching.book.book import Book
from coaching.book.shelf import X001
from coaching.formats.mirror import mirror_of, schema_of
from coaching.kernel.constraints import V014, V015, V018
from coaching.kernel.record import Record
from coaching.kernel.rules import Breach, Choice, Finding, Rejected, breach, brief, finding
from coaching.kernel.shapes import FAULTY, Faults, build, check_of, extra_of, shape_of
from coaching.records import RECORDS

if TYPE_CHECKING:
    from cattrs import Converter

DEEPEST = "nested deeper than any document"
MARK = "\ufeff"  # what some programs put before a text to say that it is UTF-8
LONGEST_WHOLE = 400  # digits of a whole number that are looked at; every one so long is refused

_TYPES: dict[str, type[Record]] = {cls.type: cls for cls in RECORDS}
_EVERY: tuple[Any, ...] = RECORDS
_MIRRORS: dict[Any, type[msgspec.Struct]] = {cls: mirror_of(cls) for cls in _EVERY}
_CLASS: dict[type, type[Record]] = {mirror: cls for cls, mirror in _MIRRORS.items()}
_ANY_RECORD: Any = Union[tuple(_CLASS)]  # noqa: UP007  (made at run time)


def _number(text: str) -> Decimal:
    """A number exactly as it is written; one beyond what a Decimal can hold becomes one that no field takes."""
    try:
        return Decimal(text)
    except ArithmeticError:
        kept = "1E-999999" if "e-" in text.lower() else "Infinity"
        return Decimal(f"-{kept}" if text.startswith("-") else kept)


_fast = msgspec.json.Decoder(_ANY_RECORD, float_hook=_number)
_plain = msgspec.json.Decoder(float_hook=_number)
_encoder = msgspec.json.Encoder(decimal_format="number")

# --- writing ---------------------------------------------------------------------------------------------------------


def dumps(record: Record) -> bytes:
    """A record as one line of JSON in UTF-8.

    Raises:
        Rejected: V015 for anything that is no record.

    >>> from coaching.records.goals import Goal
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> dumps(Goal.begin("g-1", "Lead a pilot line", by="p-17", at=noon))[:35]
    b'{"type":"goal","schema":1,"id":"g-1'
    """
    return _encoder.encode(_document(record))


def unstructure(record: Record) -> dict[str, Any]:
    """A record as a plain dict, as its JSON reads: texts, numbers (a fraction is a Decimal), booleans, lists and dicts.

    Raises:
        Rejected: V015 for anything that is no record.

    >>> from coaching.records.goals import Goal
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> unstructure(Goal.begin("g-1", "Lead a pilot line", by="p-17", at=noon))["title"]
    'Lead a pilot line'
    """
    return cast("dict[str, Any]", _plain.decode(dumps(record)))


def _document(record: Record) -> msgspec.Struct:
    mirror = _MIRRORS.get(type(record))
    if mirror is None:
        raise Rejected("cannot write", [finding(V015, breach("{value} is no record", value=brief(record)))])
    return msgspec.convert(record, mirror, from_attributes=True)


# --- reading ---------------------------------------------------------------------------------------------------------


def loads(data: bytes | str) -> Record:
    """The record in a JSON document; the document's `type` chooses which.

    Raises:
        Rejected: Everything that is wrong with the document, with paths: V018 for what is no document, V014 to V016 for
            fields that are missing, of the wrong type or unknown, and all constraints and shape rules of the record.

    >>> loads('{"type": "gaol", "schema": 1}')
    Traceback (most recent call last):
    ...
    coaching.Rejected: document: cannot be read
      V018 type: 'gaol' is no type of record; did you mean goal? (send one JSON object ...)
    """
    try:
        record = _record(_fast.decode(data))
    except (msgspec.MsgspecError, BufferError, RecursionError, TypeError, ValueError):
        record = None
    return record if record is not None else _explained(_parsed(data))


def structure(document: Mapping[str, Any]) -> Record:
    """The record in a plain dict, such as `unstructure` gives or `json.loads` reads. Dates may be dates, too.

    Raises:
        Rejected: As `loads`.

    >>> from coaching.records.goals import Goal
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> goal = Goal.begin("g-1", "Lead a pilot line", by="p-17", at=noon)
    >>> structure(unstructure(goal)) == goal
    True
    """
    return _explained(document)


def _record(document: msgspec.Struct) -> Record | None:
    """A record from a filled mirror, or None when a rule that C cannot ask does not hold."""
    cls = _CLASS[type(document)]
    record: Record = msgspec.convert(document, cls, from_attributes=True, dec_hook=_frozen)
    shape = shape_of(cls)
    if shape.sound is not None and not shape.sound(record):
        return None
    return record if shape.keeps(record) else None


def _frozen(_kind: type, value: Any) -> Any:
    if not value:
        return _NOTHING
    kept = extra_of(value, "", Faults())
    if kept is FAULTY:
        raise ValueError(value)
    return kept


_NOTHING = extra_of({}, "", Faults())


def _parsed(data: bytes | str) -> Any:
    try:
        return _decoded(data)
    except RecursionError:
        wrong = breach(DEEPEST)
    except (BufferError, TypeError):
        wrong = breach("{value} is no bytes or text", value=brief(data))
    except (msgspec.MsgspecError, ValueError) as why:
        wrong = _unreadable(data, why)
    raise Rejected("document: cannot be read", [finding(V018, wrong)])


def _decoded(data: bytes | str) -> Any:
    try:
        return _plain.decode(data)
    except msgspec.ValidationError:  # a whole number with more digits than Python reads: its field is to be named
        text = data if isinstance(data, str) else bytes(data).decode()
        return json.loads(
            text,
            parse_float=_number,
            parse_int=lambda digits: int(digits[:LONGEST_WHOLE]),
            parse_constant=_no_number,
        )


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number of JSON")


def _unreadable(data: bytes | str, why: Exception) -> Breach:
    """Why something is no JSON in UTF-8; places are counted in the document."""
    try:
        text = data if isinstance(data, str) else bytes(data).decode()
        text.encode()
    except UnicodeDecodeError as at:
        return breach("not UTF-8 at byte {byte}", byte=at.start)
    except UnicodeEncodeError as at:
        return breach("half a character (a lone surrogate) at character {place}", place=at.start)
    if text.startswith(MARK):
        return breach("begins with a byte order mark; write it without one")
    return breach("not JSON: {why}", why=str(why))


# --- a book ----------------------------------------------------------------------------------------------------------


def dump_book(book: Book, out: BinaryIO) -> int:
    """Write a book as NDJSON, a record a line: by kind, then by id. Gives the number of records written.

    Args:
        out: A file that is open for writing bytes, such as `path.open("wb")`.

    Raises:
        Rejected: V015 for what is no book, and for what takes no bytes.

    >>> from io import BytesIO
    >>> out = BytesIO()
    >>> dump_book(Book(), out)
    0
    """
    what = "book: cannot be written"
    if not isinstance(book, Book):
        raise Rejected(what, [finding(V015, breach("{value} is no book", "book", value=brief(book)))])
    target: Any = out
    if isinstance(getattr(target, "file", target), TextIOBase) or not callable(getattr(target, "write", None)):
        wrong = breach('{value} takes no bytes; open the file with "wb"', "out", value=brief(out))
        raise Rejected(what, [finding(V015, wrong)])
    n = 0
    for n, record in enumerate(book, 1):  # noqa: B007  (the count is the answer)
        out.write(dumps(record) + b"\n")
    return n


def load_records(lines: Iterable[bytes | str] | bytes | str) -> Iterator[Record | Rejected]:
    r"""The records of NDJSON, line by line: each a record, or the refusal that says the line. No line is read ahead.

    Blank lines are passed over. A file of any size can be taken line by line.

    Args:
        lines: An open file, the lines themselves, or the whole of them as bytes or text.

    Raises:
        Rejected: V015, at once, for what has no lines. What is wrong with a line is given and not raised; each finding
            has the `line` in its path and in its params.

    >>> [read.findings[0].path for read in load_records(b"{}\n\n[]")]
    ['line 1: schema', 'line 3']
    """
    return (read for _, read in _read_lines(_lines_of(lines)))


def load_book(lines: Iterable[bytes | str] | bytes | str) -> Book:
    r"""The book in NDJSON.

    Args:
        lines: An open file, such as `path.open("rb")`, the lines themselves, or the whole of them as bytes or text.

    Raises:
        Rejected: Every finding of every line that cannot be read, and X001 for ids that stand on an earlier line
            already, in the order of the lines; each has the `line` in its path and in its params. V015 for what has no
            lines.

    >>> load_book(b"[]\n{\n")
    Traceback (most recent call last):
    ...
    coaching.Rejected: book: cannot be read (2 of 2 lines)
      V018 line 1: a list is no object (send one JSON object whose type and schema this version knows)
      V018 line 2: not JSON: Input data was truncated (send one JSON object whose type and schema this version knows)
    """
    records: dict[tuple[str, str], tuple[int, Record]] = {}
    found: list[Finding] = []
    refused = 0
    n = 0
    for n, (number, read) in enumerate(_read_lines(_lines_of(lines)), 1):  # noqa: B007  (the count is told)
        wrong = read.findings if isinstance(read, Rejected) else _taken(number, read, records)
        found += wrong
        refused += bool(wrong)
    if found:
        refusal = Rejected(f"book: cannot be read ({refused} of {n} lines)", found)
        refusal.findings = tuple(found)  # as the lines stand, and not by record
        raise refusal
    return Book(record for _, record in records.values())


def _taken(number: int, record: Record, records: dict[tuple[str, str], tuple[int, Record]]) -> tuple[Finding, ...]:
    """Take up the record of a line, or say that its id is taken."""
    about = (record.type, record.id)
    first, _ = records.setdefault(about, (number, record))
    if first == number:
        return ()
    wrong = breach("{id} stands on line {first} already", id=record.id, first=first)
    return (_on_line(number, finding(X001, wrong, record=about)),)


def _lines_of(lines: Any) -> Iterable[Any]:
    if isinstance(lines, str):
        return StringIO(lines, newline="\n")
    if isinstance(lines, (bytes, bytearray, memoryview)):
        return BytesIO(lines)
    if isinstance(lines, Iterable):
        return lines
    wrong = breach("{value} has no lines; give an open file, or what stands in it", "lines", value=brief(lines))
    raise Rejected("book: cannot be read", [finding(V015, wrong)])


def _read_lines(lines: Iterable[Any]) -> Iterator[tuple[int, Record | Rejected]]:
    """What stands on each line that is not blank, with its number."""
    for number, line in enumerate(lines, 1):
        if hasattr(line, "strip") and not line.strip():  # bytes or text
            continue
        read: Record | Rejected
        try:
            read = loads(line)
        except Rejected as refusal:
            read = Rejected(f"line {number}: {refusal.what}", [_on_line(number, f) for f in refusal.findings])
        yield number, read


def _on_line(number: int, found: Finding) -> Finding:
    path = f"line {number}: {found.path}" if found.path else f"line {number}"
    return attrs.evolve(found, path=path, params=found.params | {"line": number})


# --- explaining ------------------------------------------------------------------------------------------------------


def _explained(document: Any) -> Record:
    faults = Faults(_read)
    if not isinstance(document, Mapping):
        faults.add(V018, "", "{value} is no object", value=brief(document))
    cls = None if faults.found else _class_of(document, faults)
    if cls is None:
        raise Rejected("document: cannot be read", faults.found)
    given = {n: v for n, v in document.items() if n not in {"type", "schema"}}
    record: Record = build(cls, given, "", faults)
    found = [*faults.found, *(finding(r, b, prefix=p) for p, r, b in shape_of(cls).breaches(record))]
    if found:
        about = record.__about__()
        raise Rejected(f"{about[0]} {about[1]}: cannot be read", [attrs.evolve(f, record=about) for f in found])
    return record


def _class_of(document: Mapping[str, Any], faults: Faults) -> type[Record] | None:
    kind = document.get("type")
    cls = _TYPES.get(kind) if isinstance(kind, str) else None
    if cls is None:
        near = difflib.get_close_matches(str(kind)[:40], _TYPES, 1) if isinstance(kind, str) else []
        known = f"did you mean {near[0]}?" if near else f"known: {', '.join(_TYPES)}"
        if "type" in document:
            faults.add(V018, "type", "{value} is no type of record; {known}", value=brief(kind), known=known)
        else:
            faults.add(V014, "type", "missing; {known}", known=known)
    schema = document.get("schema")
    if "schema" not in document:
        faults.add(V014, "schema", "missing; this version writes {now}", now=Record.schema)
    elif type(schema) is not int or schema != Record.schema:
        faults.add(
            V018, "schema", "{value} is not known; this version reads {now}", value=brief(schema), now=Record.schema
        )
    return cls


_WRITTEN: dict[type, str] = {
    date: "write it as 2026-03-02",
    datetime: "write it as 2026-03-02T12:00:00+01:00, with seconds and offset",
}


def _read(kind: type, raw: object) -> object:
    """A leaf of a document, read exactly as the fast way reads it."""
    try:
        return msgspec.convert(raw, kind)
    except (msgspec.MsgspecError, TypeError) as why:
        raise ValueError(_WRITTEN.get(kind, str(why))) from None


# --- JSON Schema -----------------------------------------------------------------------------------------------------


def schema(kind: type[Record] | None = None) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the documents of a kind of record, or of any record: a dict ready for `json.dumps`.

    It says fields, types, closed lists, and what a text, a number or a moment may be. What it refuses, `loads` refuses;
    the rules between fields, and seals, are not in it.

    Args:
        kind: A kind of record, such as `Goal`; none for all of them.

    Raises:
        Rejected: V015 for what is no kind of record.

    >>> from coaching.records.goals import Goal
    >>> goal = schema(Goal)["$defs"]["Goal"]
    >>> goal["required"]
    ['type', 'schema', 'id', 'state', 'owner', 'title']
    >>> goal["properties"]["importance"]["anyOf"][0]
    {'type': 'integer', 'minimum': 0, 'maximum': 10}
    """
    if kind is None:
        return schema_of(_ANY_RECORD)
    if kind not in _EVERY:
        wrong = breach("{value} is no kind of record", "kind", value=brief(kind))
        raise Rejected("schema: cannot be made", [finding(V015, wrong)])
    return schema_of(_MIRRORS[kind])


# --- for people who use cattrs ---------------------------------------------------------------------------------------


def converter() -> Converter:
    """A cattrs converter that knows every record and value of this package, to build one's own classes on.

    It accepts and writes what `structure` and `unstructure` do; what is wrong is one `Rejected` inside cattrs' own
    error.

    >>> from coaching.kernel.values import Span
    >>> converter().structure({"from": "2026-06-01", "to": "2026-08-31"}, Span).to
    datetime.date(2026, 8, 31)
    """
    from cattrs import Converter  # noqa: PLC0415  (reading and writing do without it, and it takes its time to import)

    conv = Converter(forbid_extra_keys=True)
    conv.register_structure_hook_func(_is_record, _structure_as)
    conv.register_unstructure_hook_func(_is_record, unstructure)
    conv.register_structure_hook_func(_is_value, _value)
    conv.register_unstructure_hook_func(_is_value, _unstructure_value)
    for kind in (Choice, date, datetime, Decimal):
        conv.register_structure_hook(kind, _leaf)
    conv.register_unstructure_hook(date, lambda day: day.isoformat())
    conv.register_unstructure_hook(datetime, lambda moment: moment.isoformat())
    return conv


def _is_record(cls: Any) -> bool:
    return isinstance(cls, type) and issubclass(cls, Record)


def _is_value(cls: Any) -> bool:
    return isinstance(cls, type) and hasattr(cls, "__shape__") and not issubclass(cls, Record)


def _structure_as(document: Any, cls: type[Record]) -> Record:
    record = structure(document)
    if not isinstance(record, cls):
        wanted = getattr(cls, "type", cls.__name__)  # a class of one's own that several records share has no type
        wrong = breach("{got} where {wanted} is due", "type", got=record.type, wanted=wanted)
        raise Rejected("document: cannot be read", [finding(V018, wrong)])
    return record


def _value(document: Any, cls: Any) -> Any:
    faults = Faults(_read)
    kept = check_of(cls)(document, "", faults)
    found: list[Finding] = list(faults.found)
    if kept is not FAULTY:
        found += [finding(r, b, prefix=p) for p, r, b in shape_of(cls).breaches(kept)]
    if found:
        raise Rejected(f"{shape_of(cls).name}: cannot be read", found)
    return kept


def _leaf(raw: Any, cls: Any) -> Any:
    faults = Faults(_read)
    kept = check_of(cls)(raw, "", faults)
    if faults.found:
        raise Rejected(f"{cls.__name__}: cannot be read", faults.found)
    return kept


def _unstructure_value(value: Any) -> Any:
    cls: Any = type(value)
    mirrored = msgspec.convert(value, mirror_of(cls), from_attributes=True)
    return msgspec.to_builtins(mirrored, builtin_types=(Decimal,))
