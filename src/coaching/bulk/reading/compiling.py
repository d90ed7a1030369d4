"""Compiling: from the fields of a mapping to what builds them, by the model of the record.

Read top to bottom: what is known of a source, records and parts, fields, columns, what names records.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from functools import lru_cache, reduce
from operator import add
from typing import Any

from attrs import define, evolve, field, frozen
from frozendict import frozendict

from coaching.book.naming import HANDS, PARTS, REFERENCES
from coaching.bulk.dates import Dates, Evidence
from coaching.bulk.mapping.classes import WHEN, Column, Mapping, Records
from coaching.bulk.mapping.headers import folded_header
from coaching.bulk.mapping.known import BY_ITSELF, NEEDED, NEVER
from coaching.bulk.mapping.reading import columns_of
from coaching.bulk.reading.choosing import Chosen
from coaching.bulk.reading.columns import CACHED, Leaf, More, Naming, One, Several, Source, reported
from coaching.bulk.reading.distinct import Plain
from coaching.bulk.reading.faults import Slip
from coaching.bulk.reading.following import Beginning, Following, as_employed, called_by_day, from_beginning
from coaching.bulk.reading.parts import Always, AnyRef, Filled, Items, Part, kind_named
from coaching.bulk.reading.values import Take, encode, taking
from coaching.bulk.reading.words import cleaning, constant, text_in
from coaching.kernel.checking import FAULTY, Check, Faults, extra_of, sound_extra_text
from coaching.kernel.classes import Model, model_of
from coaching.kernel.constraints import TIMES, V001, V014
from coaching.kernel.fields import Field, by_key
from coaching.kernel.rules import Rule
from coaching.kernel.values import Ref
from coaching.records import RECORDS

MODELS = {cls.type: model_of(cls) for cls in RECORDS}
ORGANISES = {"position": "employer", "placement": "client", "opportunity": "organisation"}
"""Fields that name an organisation, of which no rule asks whether it is there."""
_NOTHING: MappingOf[str, Any] = frozendict()


@frozen
class Known:
    """What is known of a source.

    Attributes:
        mapping: The whole of it.
        columns: The names of its columns.
        of: The place of each header that the mapping writes.
        evidence: What columns of days show, by name.
        lookups: Small tables, by name.
        undecided: Columns of days of which it is not known in which order they are written; grows.
        days: All columns of days; grows.
        asked: All columns of which parts ask whether they say something; grows.
        takes: What reads days, by how they are written; grows.
    """

    mapping: Mapping
    columns: Sequence[str]
    of: MappingOf[str, int]
    evidence: MappingOf[str, Evidence]
    lookups: MappingOf[str, MappingOf[str, str]]
    undecided: set[int] = field(factory=set)
    days: list[int] = field(factory=list)
    asked: set[int] = field(factory=set)
    takes: list[tuple[type, Dates, Take]] = field(factory=list)


# --- records and parts -----------------------------------------------------------------------------------------------


def record_of(records: Records, known: Known, taken: set[int]) -> tuple[Part, Filled]:
    """Give what builds a record, and its id in it. `taken` are the columns that some field takes."""
    given: dict[str, Any] = {key: Column(value=it) for key, it in BY_ITSELF.get(records.type, {}).items()}
    given |= records.fields
    left = _left_over(records, known, taken)
    if left:
        given["extra"] = left | dict(given.get("extra", _NOTHING))
    made = _Compiler(known, records.type).fields(MODELS[records.type], given, "")
    return Part("", b"", list(made.values())), made["id"]


def _left_over(records: Records, known: Known, taken: set[int]) -> dict[str, int]:
    """Give the columns that no field takes and that `extra` keeps."""
    if records.extra is True:
        unused = known.mapping.unused
        away = set() if isinstance(unused, bool) else set(map(folded_header, unused))
        left = [i for i, it in enumerate(known.columns) if i not in taken and folded_header(it) not in {"", *away}]
    else:
        left = [known.of[it] for it in records.extra or () if it in known.of]
    return {known.columns[i]: i for i in left}


@define
class _Compiler:
    """Compiles one kind of record."""

    known: Known
    type: str
    employments: Items | None = None
    ref: str = ""  # the kind of the `Ref` that is compiled, where no column says it

    def fields(self, model: Model, given: MappingOf[str, Any], path: str) -> dict[str, Filled]:
        """Give what builds each field that is filled, a span first: others follow from it."""
        made: dict[str, Filled] = {}
        for key, of in by_key(model.fields.values()).items():
            if key in given and (path or key not in NEVER):
                made[key] = self._field(model, of, given[key], f"{path}.{key}" if path else key)
        return self._followed(model, made, reported(path)) if self.type == "person" and path else made

    def _followed(self, model: Model, made: dict[str, Filled], field: str) -> dict[str, Filled]:
        """Add what follows from other fields, in parts of people."""
        if model.name == "managed":
            made["from"] = Following(f"{field}.from", from_beginning, made.get("from"))
        if model.name not in {"position", "placement"}:
            return made
        span = made.pop("span", None)
        if model.name == "position":
            if self.employments is not None:
                self.employments.first = True
            span = Following(f"{field}.span", as_employed, span, self.employments)
        if span is None:
            return made
        made["id"] = Following(f"{field}.id", called_by_day, made.get("id"))
        return {"span": Beginning(span), **made}

    def _field(self, model: Model, of: Field, given: Any, path: str) -> Filled:
        head = _head(of.key)
        needs = of.required or (not path.count(".") and of.key in NEEDED.get(self.type, ()))
        rule = next((r for r in of.rules if r.of == model.name), V014) if needs else None
        if of.kind is frozendict:
            return Part(reported(path), head, [self._extra(name, it, path) for name, it in given.items()], rule)
        if not of.holds_parts:
            return self._leaf(model, of, given, path, rule)
        if not of.many:
            return self._part(model_of(of.kind), given, path, head, rule)
        items = [self._part(model_of(of.kind), it, f"{path}[0]", b"", None) for it in _each(given)]
        made = Items(reported(path), path, head, items, rule)
        if path == "employments":
            self.employments = made
        return made

    def _part(self, model: Model, given: Any, path: str, head: bytes, rule: Rule | None) -> Part:
        chosen = None
        if WHEN in given:
            chosen = Chosen.by(self.known.of, self.known.mapping.defaults.nulls, given[WHEN], {})
            self.known.asked.update(chosen.columns)
        if model.cls is not Ref:
            return Part(reported(path), head, list(self.fields(model, given, path).values()), rule, chosen)
        self.ref = given["kind"].value or ""
        made = list(self.fields(model, given, path).values())
        return (Part if self.ref else AnyRef)(reported(path), head, made, rule, chosen)

    # --- columns -----------------------------------------------------------------------------------------------------

    def _leaf(self, model: Model, of: Field, given: Column, path: str, rule: Rule | None) -> Filled:
        naming = self._naming(model, of, given.under(self.known.mapping.defaults))
        names = of.key == "id" or naming is not None
        column, head = self._under(given, strips=names), _head(of.key)
        check = (model.items if of.many else model.checks)[of.name]
        take = self._taking(of, check, column)
        if column.value is not None:
            return self._always(path, take, head, More(many=of.many, default=constant(column.value), naming=naming))
        blank = head + b"null" if of.required and of.optional else b""
        plain = None if blank else Plain.of(of, column)
        more = More(
            many=of.many, split=column.split, parting=None if of.many else given.split, blank=blank,
            default=constant(column.default),
            required=None if blank else rule, naming=naming, keeps=path == "id", plain=plain,
        )  # fmt: skip
        clean = cleaning(column, self._lookup(column))
        source = self._source(column, whole=False)
        return Leaf(path, source, str.strip if isinstance(source, Several) else clean, take, head=head, more=more)

    def _taking(self, of: Field, check: Check, column: Column) -> Take:
        """Give what reads a text; of columns of days one for all fields, which reads each text once."""
        dates = self._dates(of, column)
        take = taking(of, check, dates, column.decimal)
        if dates is None:
            return take
        for kind, its, known in self.known.takes:
            if (kind, its) == (of.kind, dates):
                return known
        take = lru_cache(CACHED)(take)
        self.known.takes.append((of.kind, dates, take))
        return take

    def _always(self, path: str, take: Take, head: bytes, more: More) -> Filled:
        said = Leaf(path, One(None), str.strip, take, head=head, more=more)
        return Always(reported(path), said.blank, said.unfit, said.default)

    def _under(self, given: Column, *, strips: bool) -> Column:
        """Give a column with what holds for all: what it strips holds for ids alone, and within templates."""
        defaults = self.known.mapping.defaults
        if not (strips or given.template or given.lookup):
            defaults = evolve(defaults, strip=())
        return given.under(defaults)

    def _extra(self, name: str, given: Column | int, path: str) -> Filled:
        """Give what builds one name in `extra`, from a column of the mapping, or from one that no field takes."""
        take, head, place = _into_extra(name), _head(name), f"{path}.{name}"
        defaults = self.known.mapping.defaults
        if isinstance(given, int):
            kept = evolve(defaults, column=self.known.columns[given], strip=(), values={})
            more = More(plain=Plain.of_extra(kept))
            return Leaf(place, One(given, whole=True), cleaning(kept, None), take, head=head, more=more)
        column = self._under(given, strips=path == "external_ids")
        if isinstance(column.value, (bool, int)):
            return Always(place, head + encode(column.value))
        if column.value is not None:
            return self._always(place, take, head, More(default=text_in(constant(column.value))))
        source = self._source(column, whole=True)
        clean = str.strip if isinstance(source, Several) else cleaning(column, self._lookup(column))
        more = More(default=text_in(constant(column.default)), plain=Plain.of_extra(column))
        return Leaf(place, source, clean, take, head=head, more=more)

    def _source(self, column: Column, *, whole: bool) -> Source:
        places = [self.known.of.get(it) for it in column.headers]
        if len(places) == 1 and column.template is None:
            return One(places[0], whole)
        clean = cleaning(column, self._lookup(column))
        return Several(places, clean, join=column.join, template=column.template)

    def _lookup(self, column: Column) -> MappingOf[str, str] | None:
        return None if column.lookup is None else self.known.lookups.get(column.lookup, {})

    def _dates(self, of: Field, column: Column) -> Dates | None:
        if of.kind not in TIMES:
            return None
        places = {place for it in column.headers if (place := self.known.of.get(it)) is not None}
        self.known.days.extend(sorted(places))
        seen = {it: self.known.evidence.get(self.known.columns[it]) for it in places}
        gathered = [it for it in seen.values() if it is not None]
        made = Dates(
            formats=column.formats, order=column.order, pivot=column.pivot, zone=column.zone, nulls=column.nulls,
            open_end=column.open_end, first=column.first,
        )  # fmt: skip
        if made.undecided:
            self.known.undecided.update(place for place, it in seen.items() if it is None)
            if gathered:
                made = evolve(made, shown=reduce(add, gathered))
        return made

    def _naming(self, model: Model, of: Field, column: Column) -> Naming | None:
        kind = self._named(model, of)
        if kind is None:
            return None
        needs = of.required and not of.optional
        asked = of.key not in ORGANISES.values() and V001 in of.rules
        missing = column.missing or (("reject" if needs else "leave_out") if asked else "keep")
        places = [place for it in column.headers if (place := self.known.of.get(it)) is not None]
        header = self.known.columns[places[0]] if places else ""
        return Naming(kind, column.by or "id", missing, header)

    def _named(self, model: Model, of: Field) -> str | None:
        """Say which kind of record a field names; empty where the row says it, None where it names none."""
        if model.cls is Ref:
            return None if of.key == "kind" else (kind_named(self.ref, of.key) or None) if self.ref else ""
        if of.key in HANDS.get(model.name, ()):
            return "person"
        if ORGANISES.get(model.name) == of.key:
            organises = any(it.type == "organisation" for it in self.known.mapping.records)
            return "organisation" if organises else None
        return (REFERENCES if model.name in MODELS else PARTS).get(model.name, {}).get(of.name)


def _each(given: Any) -> Sequence[MappingOf[str, Any]]:
    return (given,) if isinstance(given, MappingOf) else given


def _head(name: str) -> bytes:
    return b",%b:" % encode(name)


def _into_extra(name: str) -> Take:
    fits = sound_extra_text(name)

    def take(said: str) -> bytes | Slip:
        if fits and sound_extra_text(said):
            return encode(said)
        faults = Faults()
        return Slip.of(faults.found[0]) if extra_of({name: said}, "", faults) is FAULTY else encode(said)

    return take


def taken(records: Sequence[Records], of: MappingOf[str, int]) -> set[int]:
    """Give the columns that the fields of some records take."""
    headers = [it for one in records for _, column in columns_of(one.fields) for it in column.headers]
    return {of[it] for it in headers if it in of}
