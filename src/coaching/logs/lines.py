"""Lines of a log: what another system noted, as far as it did. Read from NDJSON; every fault of the file is said.

Read top to bottom: the line, reading a file, what is wrong with a line.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

from attrs import evolve, field, fields_dict, frozen

from coaching.formats.documents import read_json
from coaching.kernel.checking import Faults, check_as, each_of
from coaching.kernel.classes import model_of, nearest
from coaching.kernel.constraints import V003, V012, V014, V015, V016, V018, Id
from coaching.kernel.fields import key_of
from coaching.kernel.lifecycle import BESIDE, IMPORT, REIMPORT, START
from coaching.kernel.record import Record
from coaching.kernel.rules import Finding, Rejected, breach, brief, finding
from coaching.logs.moments import At
from coaching.records import KINDS

INTERVIEW = "interview"


def _read_at(said: object) -> object:
    """Read a moment that is written as text, or the day of one; leave what is none as it is."""
    if not isinstance(said, str):
        return said
    try:
        read = datetime.fromisoformat(said)
    except ValueError:
        return said
    return read.date() if read.utcoffset() is None else read


def _as_at(said: At | str) -> At:
    return cast("At", _read_at(said))


@frozen
class LogLine:
    """One line of a log. Only the act and the record must be said.

    Attributes:
        act: What was done, by the name it has in our tables.
        record_id: On which record.
        by: Who did it.
        at: When: an aware datetime, or a date where only the day is known; as ISO text too.
        given: All that was given with it, by the names of our arguments; None where the log holds none or only a part.
        held: What the record held afterwards: all of its fields, or those that the log holds.
        refused: Whether the system refused it.
        codes: The codes of the rules by which it was refused, where they are known.
        kind: Which kind of record; that of the log when left out.
        line: Where it stands in the log.

    >>> LogLine("sign", "i-1", by="p-17").at is None
    True
    """

    act: str
    record_id: str
    by: str | None = None
    at: At = field(default=None, converter=_as_at)
    given: Mapping[str, Any] | None = None
    held: Mapping[str, Any] | None = None
    refused: bool = False
    codes: tuple[str, ...] = ()
    kind: str | None = None
    line: int = 0


_KEYS = tuple(name for name in fields_dict(LogLine) if name != "line")
_BESIDE_GIVEN = frozenset({"by", "at", "policy"})
"""What no line has among what was given; nor the id, where the act begins a record."""
_id = check_as(Id)


def read_log(
    source: str | os.PathLike[str] | bytes | Iterable[bytes | str], *, kind: str | type[Record] = INTERVIEW
) -> tuple[LogLine, ...]:
    r"""Read a log from NDJSON, an object a line. Blank lines are passed over; null is what is not known.

    Moments are ISO text. One without its offset from UTC tells the day alone.

    Args:
        source: The path of a file, an open file, the lines themselves, or the whole of them as bytes or text. A text
            is a path, unless it has lines or begins as an object does.
        kind: Which kind of record a line is about that does not say it: its word, or its class.

    Raises:
        Rejected: Everything that is wrong with the file, each with its line: V018 for what is no JSON object, V014 to
            V016 for keys that are missing, of the wrong type or unknown, V012 for an act or kind that does not exist,
            V003 for a time that is none.
        OSError: For a file that cannot be opened.

    >>> read_log(b'{"act": "sign", "record_id": "i-1", "at": "2026-03-02"}')[0].at
    datetime.date(2026, 3, 2)
    >>> read_log(b'{"act": "sing", "record_id": "i-1"}')
    Traceback (most recent call last):
    ...
    coaching.Rejected: log: cannot be read
      V012 line 1: act: no interview knows 'sing'; did you mean sign? (use the name of an act of this kind of record)
    """
    if isinstance(source, str) and _is_log(source):
        return read_log(io.StringIO(source, newline=None), kind=kind)
    if isinstance(source, (str, os.PathLike)) and "\0" not in str(source):
        with Path(source).open("rb") as lines:
            return read_log(lines, kind=kind)
    no_lines = isinstance(source, (str, os.PathLike, Mapping))
    given = None if no_lines else each_of(source.splitlines() if isinstance(source, bytes) else source)
    if given is None:
        wrong = breach("{value} has no lines; give a path, an open file, or lines", "source", value=brief(source))
        raise Rejected("log: cannot be read", [finding(V015, wrong)])
    read, found = list[LogLine](), list[Finding]()
    for number, text in enumerate(given, 1):
        if not (isinstance(text, (bytes, str)) and not text.strip()):
            faults = Faults()
            line = _line(text, number, word_of(kind), faults)
            found += [_on_line(number, it) for it in faults.found]
            read += [] if line is None else [line]
    _refuse(found, "log: cannot be read")
    return tuple(read)


def word_of(kind: object) -> str:
    """Give the word of a kind of record, of its class as well; what is neither is told with each line."""
    return str(kind.type) if isinstance(kind, type) and issubclass(kind, Record) else cast("str", kind)


def _is_log(text: str) -> bool:
    """Tell whether a text is a log, and not the path of one."""
    return not text.strip() or "\n" in text or text.lstrip().startswith(("{", "[{"))


def fitting(lines: object, kind: str | type[Record]) -> tuple[LogLine, ...]:
    """Give lines that were made by hand, with their kind and their place where they do not say it.

    Raises:
        Rejected: Everything that is wrong with them, each with its line.
    """
    given = None if isinstance(lines, (str, bytes, os.PathLike, io.IOBase, Mapping, LogLine)) else each_of(lines)
    if given is None:
        wrong = finding(V015, breach("{value} holds no lines of a log", "steps", value=brief(lines)))
        file = brief(lines) if isinstance(lines, str) else "..."
        mend = f"give a list of LogLine, or of a file read_log({file})"
        raise Rejected("log: cannot be checked", [evolve(wrong, mend=mend)])
    fit, found = list[LogLine](), list[Finding]()
    for number, line in enumerate(given, 1):
        faults = Faults()
        if isinstance(line, LogLine):
            whole = evolve(line, kind=line.kind or word_of(kind), line=line.line or number)
            _look_at({name: getattr(whole, name) for name in _KEYS}, faults)
            fit.append(whole)
        else:
            faults.add(V015, "", "{value} is no LogLine", value=brief(line))
        found += [_on_line(line.line or number if isinstance(line, LogLine) else number, it) for it in faults.found]
    _refuse(found, "log: cannot be checked")
    return tuple(fit)


_MENDS: Mapping[tuple[str, str], str] = {
    (V018.code, ""): "write one JSON object on each line, in UTF-8",
    (V015.code, "codes"): "say refused: true beside the codes, or leave them out",
    (V003.code, "at"): "write it as 2026-03-02T12:00:00+01:00, or the day alone",
    (V012.code, "kind"): f"the kinds are: {', '.join(KINDS)}",
    (V012.code, "act"): "use the name of an act of this kind of record",
    (V016.code, "given.id"): "it is the record_id of the line",
    (V016.code, "given."): "put it beside given, as a key of the line",
    (V016.code, "held."): "use the name that the field has in the record",
    (V016.code, ""): f"the keys of a line are: {', '.join(_KEYS)}",
}
"""What would be right of a line, where the rule itself speaks of a document: by the code and how the path begins."""


def _refuse(found: list[Finding], what: str) -> None:
    if found:
        refusal = Rejected(what, found)
        refusal.findings = tuple(found)  # as the lines stand
        raise refusal


def _on_line(number: int, found: Finding) -> Finding:
    path = f"line {number}: {found.path}" if found.path else f"line {number}"
    mend = next((it for (code, start), it in _MENDS.items() if code == found.code and found.path.startswith(start)), "")
    return evolve(found, path=path, params=found.params | {"line": number}, mend=mend or found.mend)


# --- a line ----------------------------------------------------------------------------------------------------------


def _line(text: object, number: int, kind: str, faults: Faults) -> LogLine | None:
    """Read a line; what is wrong with it is noted."""
    try:
        said = read_json(text)
    except Rejected as refusal:
        faults.found += refusal.findings
        return None
    if not isinstance(said, dict):
        faults.add(V018, "", "{value} is no object", value=brief(said))
        return None
    for key in _twice(text):
        faults.add(V018, "", "{key} stands twice", key=brief(key))
    for key in [it for it in said if it not in _KEYS]:
        faults.add(V016, key, "a line of a log has no {key}{near}", key=key, near=_near_key(key))
        del said[key]
    known = {key: value for key, value in said.items() if value is not None}
    whole: dict[str, Any] = {"kind": kind, **known}
    if "at" in whole:
        whole["at"] = _read_at(whole["at"])
    _look_at(whole, faults)
    if faults.found:
        return None
    return LogLine(**{**whole, "codes": tuple(whole.get("codes", ())), "line": number})


def _twice(text: object) -> list[str]:
    """Give the keys that stand twice in an object: which of the two was meant?"""
    found = list[str]()

    def each(pairs: list[tuple[str, object]]) -> None:
        names = [name for name, _ in pairs]
        found.extend(dict.fromkeys(name for name in names if names.count(name) > 1))

    json.loads(cast("str | bytes", text), object_pairs_hook=each, parse_int=str)
    return found


def _look_at(said: Mapping[str, Any], faults: Faults) -> None:
    """Note what is wrong with what a line says."""
    for name in ("act", "record_id"):
        if said.get(name) is None:
            faults.add(V014, name, "a line of a log says its {name}", name=name)
    for name in ("record_id", "by"):
        if said.get(name) is not None:
            _id(said[name], name, faults)
    at = said.get("at")
    if at is not None and not isinstance(at, date):
        faults.add(V003, "at", "{value} is no moment and no day", value=brief(at))
    if isinstance(at, datetime) and at.utcoffset() is None:
        faults.add(V003, "at", "{value} has no offset from UTC; give its day, if that is not known", value=at)
    _look_at_shapes(said, faults)
    kind = said["kind"]
    if isinstance(kind, str) and kind in KINDS:
        _look_at_names(KINDS[kind], said, faults)
    else:
        what = "{value} is no kind of record{near}"
        faults.add(V012, "kind", what, value=brief(kind), near=_near(kind, KINDS))


def _look_at_shapes(said: Mapping[str, Any], faults: Faults) -> None:
    """Note what is of the wrong type, and codes where nothing was refused."""
    for name, (fits, what) in _SHAPES.items():
        if said.get(name) is not None and not fits(said[name]):
            faults.add(V015, name, "{value} is no {what}", value=brief(said[name]), what=what)
    if said.get("codes") and not said.get("refused"):
        faults.add(V015, "codes", "only a line that was refused has codes; it has no refused: true")


def _is_object(value: object) -> bool:
    return isinstance(value, Mapping)


_SHAPES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "given": (_is_object, "object of names and values"),
    "held": (_is_object, "object of names and values"),
    "refused": (lambda said: isinstance(said, bool), "true or false"),
    "codes": (
        lambda said: isinstance(said, (list, tuple)) and all(isinstance(it, str) for it in said),
        "list of codes",
    ),
}


def _look_at_names(kind: type[Record], said: Mapping[str, Any], faults: Faults) -> None:
    """Note acts, fields and arguments that a kind of record does not have."""
    act, known = said.get("act"), acts_of(kind)
    if act is not None and act not in known:
        what = "no {kind} knows {value}{near}"
        near = _near_act(act, known)
        faults.add(V012, "act", what, kind=kind.type, value=brief(act), near=near)
    held = said.get("held")
    names = names_of(kind)
    for key in held if isinstance(held, Mapping) else ():
        if key not in names:
            what = "no {kind} has {value}{near}"
            faults.add(V016, f"held.{key}", what, kind=kind.type, value=brief(key), near=_near(key, names))
    given = said.get("given")
    begins = act == IMPORT or (isinstance(act, str) and kind.lifecycle.find(act, START) is not None)
    beside = _BESIDE_GIVEN | {"id"} if begins else _BESIDE_GIVEN
    for key in sorted(beside & given.keys()) if isinstance(given, Mapping) else ():
        faults.add(V016, f"given.{key}", "{key} stands beside what was given, and not in it", key=key)


def acts_of(kind: type[Record]) -> tuple[str, ...]:
    """Give the acts that may stand in the log of a kind of record."""
    return (*kind.lifecycle.acts, IMPORT, *([REIMPORT] if kind.lifecycle.again else []), *sorted(BESIDE))


def names_of(kind: type[Record]) -> tuple[str, ...]:
    """Give the names under which a record holds something."""
    return (*map(key_of, model_of(kind).names), "type", "schema")


_CALLED: Mapping[str, str] = {
    "who": "by", "actor": "by", "user": "by", "when": "at", "timestamp": "at", "time": "at", "action": "act",
    "what": "act", "id": "record_id", "type": "kind",
}  # fmt: skip
"""What other systems call the keys of a line."""


def _near_act(said: object, known: Iterable[str]) -> str:
    """Say which other kinds of record know an act, or which act was probably meant."""
    others = [name for name, kind in KINDS.items() if said in kind.lifecycle.acts]
    if not others:
        return _near(said, known)
    does = " or ".join(f"{'an' if it[0] in 'aeiou' else 'a'} {it}" for it in others)
    return f"; {does} does: kind={others[0]!r}"


def _near_key(key: str) -> str:
    """Say which key of a line was probably meant."""
    return f"; did you mean {_CALLED[key]}?" if key in _CALLED else _near(key, _KEYS)


def _near(said: object, known: Iterable[str]) -> str:
    near = nearest(said[:40], tuple(known)) if isinstance(said, str) else None
    return f"; did you mean {near}?" if near else ""
