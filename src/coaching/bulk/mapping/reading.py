"""Reading a mapping, whatever it is given as: all that is wrong at once, each with path, line and the nearest name."""

from __future__ import annotations

import os
from collections.abc import Iterable
from collections.abc import Mapping as MappingOf
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import attrs

from coaching.bulk.mapping.classes import Column, Lookup, Mapping, Records, SourceOf
from coaching.bulk.mapping.faults import B030, B032, B033, Wrong, nearest, step
from coaching.bulk.mapping.filling import Fields, check_days, check_whole, check_words_of_all, fillable, filled
from coaching.bulk.mapping.structuring import structured
from coaching.bulk.mapping.toml import lines_of, parsed
from coaching.bulk.sources import open_rows
from coaching.bulk.sources.kinds import KINDS, TEXTS
from coaching.kernel.record import Record
from coaching.kernel.rules import Rejected, brief
from coaching.records import KINDS as BY_TYPE
from coaching.records.people import Person

Given = str | os.PathLike[str] | bytes | MappingOf[str, Any] | Mapping
"""The path of a TOML document, its text or bytes, a dict of the same shape, a mapping, or `preset:` and a name."""

PRESET = "preset:"
_T = TypeVar("_T")
DUPLICATES = ("reject", "first", "last")
ABSENT = ("report", "leave")
_OF_PEOPLE = {"known_by": "have ids of other systems", "absent": "leave"}
DEEPEST = 40  # tables and lists within each other; a mapping has ten at most
_CLASSES = (Column, Lookup, Mapping, Records, SourceOf)
_OF_NO_DEFAULT = ("column", "join", "template", "value", "default", "lookup", "values", "others")


def presets() -> dict[str, str]:
    """Give the mappings that come with the library: their text, by name.

    >>> sorted(presets())
    ['due', 'flat', 'frappe', 'horilla', 'odoo', 'orangehrm', 'own', 'scim']
    """
    folder = files("coaching.bulk.mapping") / "presets"
    found = {it.name.removesuffix(".toml"): it for it in folder.iterdir() if it.name.endswith(".toml")}
    return {name: found[name].read_text("utf-8") for name in sorted(found)}


def read_mapping(given: Given) -> Mapping:
    """Read a mapping.

    Raises:
        Rejected: B030 for what is no mapping, B031 for a name that is none, B032 for what nothing fills, B033 for what
            does not agree, B003 for a way to write days that is none; B006, B010 and V015 for how a source is opened.

    >>> mapping = read_mapping('''
    ... [[records]]
    ... type = "person"
    ... fields.id = "EmpID"
    ... fields.name = { column = ["First", "Last"], join = " " }
    ... fields.employments = [{ from = { column = "Hired", order = "dmy" } }]
    ... ''')
    >>> mapping.records[0].fields["name"].join
    ' '
    >>> read_mapping({"records": [{"type": "person", "fields": {"id": "No", "nmae": "Name"}}]})
    Traceback (most recent call last):
    ...
    coaching.Rejected: mapping: cannot be read
      B031 records[0].fields.nmae: 'nmae' is no field of a person; did you mean name? (write the name that is meant)
    """
    if isinstance(given, (Mapping, MappingOf)):
        return _read(given, "mapping: cannot be read", {})
    if isinstance(given, (str, os.PathLike)):
        text, name = _text_of(given)
    elif isinstance(given, (bytes, bytearray, memoryview)):
        text, name = _decoded(bytes(given), "mapping: cannot be read"), ""
    else:
        raise Rejected.over(B030, "{value} is no mapping", of="mapping: cannot be read", value=brief(given))
    what = f"mapping {name}: cannot be read" if name else "mapping: cannot be read"
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    return _read(parsed(text, what), what, lines_of(text))


def _text_of(given: str | os.PathLike[str]) -> tuple[str, str]:
    """Give the text of a preset, of a file, or what is one itself; and what it is called."""
    told = os.fsdecode(given)
    if told.startswith(PRESET):
        known, name = presets(), told.removeprefix(PRESET)
        if name not in known:
            what = "{value} is no preset; {known}"
            raise Rejected.over(B030, what, of="mapping: cannot be read", value=brief(name), known=nearest(name, known))
        return known[name], told
    if isinstance(given, str) and ("\n" in given or not given.strip()):
        return given, ""
    try:
        content = Path(told).read_bytes()
    except (OSError, ValueError) as why:
        if isinstance(given, str) and "=" in given:  # one line of TOML
            return given, ""
        reason = getattr(why, "strerror", None) or "no path"
        raise Rejected.over(
            B030, "{file} cannot be opened: {why}", of="mapping: cannot be read", file=brief(told), why=reason
        ) from None
    return _decoded(content, f"mapping {told}: cannot be read"), told


def _decoded(content: bytes, what: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        line = content.count(b"\n", 0, why.start) + 1
        raise Rejected.over(B030, "not UTF-8 in line {line}, as TOML is", of=what, line=line) from None


# --- the whole -------------------------------------------------------------------------------------------------------


def _read(given: Mapping | MappingOf[str, Any], what: str, lines: MappingOf[str, int]) -> Mapping:
    wrong = Wrong(lines)
    plain = _plain(given, what)
    apart = {name: plain.pop(name) for name in ("defaults", "sources", "lookups", "records") if name in plain}
    whole = structured(plain, Mapping, "", wrong) or Mapping(own=not apart)
    defaults = structured(apart.get("defaults", {}), Column, "defaults", wrong) or Column()
    sources = _named(apart.get("sources", {}), SourceOf, "sources", wrong)
    lookups = _named(apart.get("lookups", {}), Lookup, "lookups", wrong)
    records = _records(apart.get("records", []), defaults, wrong)
    _check_defaults(defaults, wrong)
    _check_sources(sources, wrong)
    _check_lookups(lookups, sources, wrong)
    if whole.own and records:
        wrong.add(
            B033, "records", "rows that are records as they stand are made of no fields; leave own or records out"
        )
    if not (whole.own or records):
        wrong.add(B032, "records", "makes no records")
    first = next(iter(sources), "")
    made = [attrs.evolve(it, source=it.source or first) for it in records if it is not None]
    for i, it in enumerate(records):
        if it is not None:
            _check_records(it, made, step("records", i), sources, lookups, wrong)
    wrong.refuse(what)
    return attrs.evolve(whole, defaults=defaults, sources=sources, lookups=lookups, records=tuple(made))


def _plain(given: Any, what: str, deep: int = 0) -> Any:
    """Give tables, lists and values, of whatever stands in a dict or in a mapping that was made in Python."""
    if deep > DEEPEST:
        raise Rejected.over(B030, "nested too deeply", of=what)
    if isinstance(given, _CLASSES):
        said = {it.name: getattr(given, it.name) for it in attrs.fields(type(given))}
        defaults = {it.name: it.default for it in attrs.fields(type(given))}
        return {name: _plain(it, what, deep + 1) for name, it in said.items() if it != defaults[name]}
    if isinstance(given, MappingOf):
        return {name: _plain(it, what, deep + 1) for name, it in given.items()}
    if isinstance(given, (list, tuple)):
        return [_plain(it, what, deep + 1) for it in given]
    return given


def _named(given: Any, cls: type[_T], path: str, wrong: Wrong) -> dict[str, _T | None]:
    """Read each of a table of tables; what is wrong in one hides nothing that is wrong in another."""
    if not isinstance(given, MappingOf):
        wrong.add(B030, path, "{value} is no table of tables, by name", value=brief(given))
        return {}
    # one that is wrong is known by its name all the same
    return {str(name): structured(it, cls, step(path, name), wrong) for name, it in given.items()}


def _records(given: Any, defaults: Column, wrong: Wrong) -> list[Records | None]:
    """Read each of the records, with its fields as far as its type says which there are."""
    if not isinstance(given, list):
        wrong.add(B030, "records", "{value} is no list of tables: begin each with [[records]]", value=brief(given))
        return [None]
    found: list[Records | None] = []
    for i, it in enumerate(given):
        path, rest = step("records", i), it
        if isinstance(it, MappingOf):
            rest = {name: value for name, value in it.items() if name != "fields"}
        one, kind = structured(rest, Records, path, wrong), rest.get("type") if isinstance(rest, dict) else None
        fields: Fields = {}
        if isinstance(kind, str):
            if kind in BY_TYPE:
                of = f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
                fields = filled(it.get("fields", {}), BY_TYPE[kind], of, step(path, "fields"), wrong, defaults)
            else:
                wrong.unknown(step(path, "type"), kind, BY_TYPE, "type of record")
        found.append(one and attrs.evolve(one, fields=fields))
    return found


# --- its parts -------------------------------------------------------------------------------------------------------


def _check_defaults(defaults: Column, wrong: Wrong) -> None:
    for name in _OF_NO_DEFAULT:
        if getattr(defaults, name) != getattr(attrs.fields(Column), name).default:
            wrong.add(B033, step("defaults", name), "{name} is for one column, and not for all", name=name)
    check_words_of_all(defaults, "defaults", wrong)
    check_days(None, defaults, "defaults", wrong, Column())


def _check_sources(sources: MappingOf[str, SourceOf | None], wrong: Wrong) -> None:
    for name, it in sources.items():
        path = step("sources", name)
        if it is None:
            continue
        if it.kind is not None and it.kind not in KINDS:
            wrong.unknown(step(path, "kind"), it.kind, KINDS, "kind of file")
            continue
        try:  # nothing, opened so: it refuses what cannot be asked
            open_rows(b"" if (it.kind or "csv") in TEXTS else (), **it.asked())
        except Rejected as refusal:
            wrong.take(refusal.findings, path)


def _check_lookups(lookups: MappingOf[str, Lookup | None], sources: MappingOf[str, object], wrong: Wrong) -> None:
    for name, it in lookups.items():
        if it is not None and it.source not in sources:
            place = step(step("lookups", name), "source")
            wrong.unknown(place, it.source, sources, "source of the mapping")


def _check_records(
    one: Records,
    every: Iterable[Records],
    path: str,
    sources: MappingOf[str, object],
    lookups: MappingOf[str, object],
    wrong: Wrong,
) -> None:
    _check_words(one, path, sources, lookups, wrong)
    cls = BY_TYPE.get(one.type)
    if cls is not None:
        _check_collected(one, cls, path, wrong)
        others = {name for it in every if it.type == one.type for name in it.fields if name != "id"}
        check_whole(one.type, cls, one.fields, others, step(path, "fields"), wrong)


def _check_words(
    one: Records, path: str, sources: MappingOf[str, object], lookups: MappingOf[str, object], wrong: Wrong
) -> None:
    """Say which names and words are none."""
    if one.source and one.source not in sources:
        wrong.unknown(step(path, "source"), one.source, sources, "source of the mapping")
    if one.duplicates not in DUPLICATES:
        wrong.unknown(step(path, "duplicates"), one.duplicates, DUPLICATES, "way to choose between rows")
    if one.absent not in ABSENT:
        wrong.unknown(step(path, "absent"), one.absent, ABSENT, "way to deal with who is in no source")
    if one.type != Person.type:
        for name, said in (("known_by", one.known_by != ""), ("absent", one.absent == "leave")):
            if said:
                wrong.add(B033, step(path, name), f"only people {_OF_PEOPLE[name]}")
    for place, column in columns_of(one.fields, step(path, "fields")):
        if column.lookup is not None and column.lookup not in lookups:
            wrong.unknown(step(place, "lookup"), column.lookup, lookups, "lookup of the mapping")


def _check_collected(one: Records, cls: type[Record], path: str, wrong: Wrong) -> None:
    """Say to which lists rows add nothing."""
    lists = [key for key, it in fillable(cls).items() if it.many]
    for i, key in enumerate(one.collect):
        if key not in lists:
            wrong.unknown(step(step(path, "collect"), i), key, lists, f"list of a {one.type}")
        elif key not in one.fields:
            what = "nothing fills {name}, so that rows add nothing to it"
            wrong.add(B032, step(step(path, "collect"), i), what, name=key)


def columns_of(filled: Any, path: str = "") -> Iterable[tuple[str, Column]]:
    """Give each column of what is filled, with its path.

    >>> [place for place, _ in columns_of({"span": {"from": Column(column="Hired")}, "unit": Column(column="Unit")})]
    ['span.from', 'unit']
    """
    if isinstance(filled, Column):
        yield path, filled
    elif isinstance(filled, MappingOf):
        for name, it in filled.items():
            yield from columns_of(it, step(path, name))
    elif not isinstance(filled, str):
        for i, it in enumerate(filled):
            yield from columns_of(it, step(path, i))
