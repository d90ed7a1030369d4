"""Records as JSON and as plain dicts. The fast way accepts; the slow way, taken only when it refuses, explains.

Read top to bottom: the rules of a document, writing, reading fast, explaining, cattrs. Both ways accept exactly the
same documents (a property test holds them to it). Writing then reading gives an equal record, whatever its state.
A document is a JSON object with `type` and `schema`; fields at their default are left out. Where an object says the
same key twice, the last one counts, both ways. Decimals are JSON numbers and are read exactly.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO, Union, cast

import attrs
import msgspec

from coaching.book.book import Book
from coaching.formats.mirror import mirror_of
from coaching.kernel.constraints import V014, V015, V018
from coaching.kernel.record import Record
from coaching.kernel.rules import SHOWN, Choice, Finding, Rejected, breach, brief, finding
from coaching.kernel.shapes import FAULTY, Faults, build, check_of, extra_of, shape_of
from coaching.records import RECORDS

if TYPE_CHECKING:
    from cattrs import Converter

DEEPEST = "nested deeper than any document"

_TYPES: dict[str, type[Record]] = {cls.type: cls for cls in RECORDS}
_EVERY: tuple[Any, ...] = RECORDS
_MIRRORS: dict[Any, type[msgspec.Struct]] = {cls: mirror_of(cls) for cls in _EVERY}
_CLASS: dict[type, type[Record]] = {mirror: cls for cls, mirror in _MIRRORS.items()}
_ANY_RECORD: Any = Union[tuple(_CLASS)]  # noqa: UP007  (made at run time)

_fast = msgspec.json.Decoder(_ANY_RECORD, float_hook=Decimal)
_plain = msgspec.json.Decoder(float_hook=Decimal)
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
    """
    try:
        record = _record(_fast.decode(data))
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError):
        record = None
    return record if record is not None else _explained(_parsed(data))


def structure(document: Mapping[str, Any]) -> Record:
    """The record in a plain dict, such as `unstructure` gives or `json.loads` reads. Dates may be dates, too.

    Raises:
        Rejected: As `loads`.
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
        return _plain.decode(data)
    except UnicodeDecodeError as why:
        wrong = breach("not UTF-8 at byte {byte}", byte=why.start)
    except RecursionError:
        wrong = breach(DEEPEST)
    except TypeError:
        wrong = breach("{value} is no bytes or text", value=brief(data))
    except (msgspec.MsgspecError, ValueError) as why:
        wrong = breach("not JSON: {why}", why=str(why))
    raise Rejected("document: cannot be read", [finding(V018, wrong)])


# --- a book ----------------------------------------------------------------------------------------------------------


def dump_book(book: Book, out: BinaryIO) -> int:
    """Write a book as NDJSON, a record a line: by kind, then by id. Gives the number of records written.

    >>> from io import BytesIO
    >>> out = BytesIO()
    >>> dump_book(Book(), out)
    0
    """
    n = 0
    for n, record in enumerate(book, 1):  # noqa: B007  (the count is the answer)
        out.write(dumps(record) + b"\n")
    return n


def load_records(lines: Iterable[bytes]) -> Iterator[Record | Rejected]:
    """The records of NDJSON, line by line: each a record, or the refusal that says the line. No line is read ahead.

    Blank lines are passed over. A file of any size can be taken line by line.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield loads(line)
            except Rejected as refusal:
                yield Rejected(f"line {number}: {refusal.what}", refusal.findings)


def load_book(lines: Iterable[bytes]) -> Book:
    """The book in NDJSON, such as an open binary file.

    Raises:
        Rejected: Every finding of every line that cannot be read, and X001 for ids that stand twice.
    """
    records: list[Record] = []
    refusals: list[Rejected] = []
    for read in load_records(lines):
        if isinstance(read, Rejected):
            refusals.append(read)
        else:
            records.append(read)
    if refusals:
        what = "; ".join(r.what for r in refusals[:SHOWN]) + ("; ..." if len(refusals) > SHOWN else "")
        raise Rejected(f"book: cannot be read ({what})", [f for r in refusals for f in r.findings])
    return Book(records)


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


def _read(kind: type, raw: object) -> object:
    """A leaf of a document, read exactly as the fast way reads it."""
    try:
        return msgspec.convert(raw, kind)
    except (msgspec.MsgspecError, TypeError) as why:
        raise ValueError(str(why)) from None


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
