"""The page of acts and fields, which nobody writes: what each act takes, and what stands in records and their parts.

Read top to bottom: the page, acts, fields, words and constraints, what a docstring says. All of it is read from the
tables, the signatures and docstrings of the acts, and the annotations of the fields. `made.py` writes the page.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, get_args, get_type_hints

import attrs
from rulepages import MADE, linked, plain, titled

from coaching.kernel import constraints
from coaching.kernel.classes import Model, model_of
from coaching.kernel.fields import field_of
from coaching.kernel.lifecycle import V011, Lifecycle
from coaching.kernel.record import Record
from coaching.kernel.rules import Choice, Rule
from coaching.records import RECORDS

OF_ACTS = """\
What can be done, with what, and what stands in a record. An act is a method of its record; `record.act("name", ...)`,
`record.would("name", ...)` and the book take the same arguments by their names. Which act leads where, and who may do
it: [lifecycles](lifecycles.md). What a code says: [rules](rules.md).

Every act takes, besides, by their names: `by` and `at`, who acts and when, which are needed; `policy` and `noted_by`,
which may be left out. What begins a record is a method of the class, and takes the `id` of what is new. A word of a
[closed list](#closed-lists) may be given as plain text, a [part](#parts) as a plain dict. *Needed* is what may not be
left out; what only a gate asks for may, and the gate then says so. What an act leaves in a record besides:
[conformance](../conformance.md#what-an-act-leaves)."""

OURS = {"self", "cls", "by", "at", "policy", "noted_by"}
"""Arguments that are the same everywhere, and said once."""

SHARED = {"Record": "All records", "SignedRecord": "What is signed", "PromisingRecord": "What holds promises"}
"""Whose acts several kinds of record have, and what that is called here."""


def acts_page() -> str:
    """The page: what several kinds of record share, each kind with its own acts and fields, parts, closed lists."""
    lines = [MADE, "# Acts and fields", "", OF_ACTS]
    for owner, title in SHARED.items():
        kind = next(kind for kind in RECORDS if owner in {cls.__name__ for cls in kind.__mro__})
        lines += ["", f"## {title}", "", *_about(kind, owner)]
    for kind in RECORDS:
        lines += ["", f"## {titled(kind.type)}", "", _summary(kind), "", *_about(kind, kind.__name__), "", _also(kind)]
    lines += ["", "## Parts", "", "Values inside records."]
    for model in parts():
        lines += ["", f"### {model.cls.__name__}", "", _summary(model.cls), "", *_fields(model, model.cls.__name__)]
    return linked("\n".join([*lines, *_lists(), *_constraints()])) + "\n"


def _about(kind: type[Record], owner: str) -> Iterator[str]:
    """The acts and the fields that a class of records brings: a kind, or one that several kinds share."""
    acts = [(name, act) for name, act in acts_of(kind) if owner_of(act) == owner]
    if acts:
        yield "| Act | Argument | Type | Needed, or else | What it is; what refuses the act |"
        yield "|---|---|---|---|---|"
        for name, act in acts:
            yield from _act(name, act, kind)
        yield ""
    yield from _fields(model_of(kind), owner)


def _also(kind: type[Record]) -> str:
    """What a kind shares with others, with what guards it here."""
    shared: dict[str, list[str]] = {}
    for name, act in acts_of(kind):
        if owner_of(act) in SHARED:
            guards = ", ".join(guards_of(kind, name))
            shared.setdefault(SHARED[owner_of(act)], []).append(f"`{name}` ({guards})" if guards else f"`{name}`")
    return "And " + "; ".join(f"{', '.join(acts)}: [{t.lower()}](#{_slug(t)})" for t, acts in shared.items()) + "."


# --- acts ------------------------------------------------------------------------------------------------------------

Act = Callable[..., Any]


def acts_of(kind: type[Record]) -> Iterator[tuple[str, Act]]:
    """The acts of a kind of record by name, in the order of its table, and what takes one over.

    An act that begins a record and also goes on with one comes twice: as it begins, and as it goes on.
    """
    for name in (*kind.lifecycle.acts, "import_", *(["reimport"] if kind.lifecycle.again else [])):
        halves = (getattr(it, name) for it in (kind, object.__new__(kind)))
        for act in dict.fromkeys(getattr(half, "__func__", half) for half in halves):
            yield name, act


def owner_of(act: Act) -> str:
    """The name of the class that brings an act."""
    return act.__qualname__.split(".")[0]


def _act(name: str, act: Act, kind: type[Record]) -> Iterator[str]:
    refuses = section(act, "Raises").get("Rejected", "").rstrip(".")
    guards = [] if owner_of(act) in SHARED or _only_begins(act, kind, name) else guards_of(kind, name)
    unsaid = [code for code in guards if code not in refuses]
    refuses = _cell("; ".join(filter(None, [refuses, ", ".join(unsaid)])))
    yield f"| **`{name}`** | | | | {_cell(_summary(act))}{f' *Refused by* {refuses}.' if refuses else ''} |"
    told, hints = section(act, "Args"), get_type_hints(act)
    for parameter in inspect.signature(act).parameters.values():
        if parameter.name in OURS:
            continue
        if parameter.kind is not parameter.VAR_KEYWORD:
            needed = "needed" if parameter.default is parameter.empty else _default(parameter.default)
            what = _cell(told.get(parameter.name, ""))
            yield f"| | `{parameter.name}` | {_type(parameter.annotation, needed)} | {needed} | {what} |"
        elif content := get_args(hints[parameter.name]):
            yield from _content(kind, get_type_hints(content[0]))
        else:
            yield f"| | ... | | | {_cell(told[parameter.name])} |"


def _content(kind: type[Record], names: Iterable[str]) -> Iterator[str]:
    """The fields that an act may set, by what they are fields of: the record, or one of its parts."""
    models = (model_of(kind), *(part for _, part in model_of(kind).inner))
    home = {name: next(model for model in models if name in model.fields) for name in names}
    for model in dict.fromkeys(home.values()):
        its = ", ".join(f"`{name}`" for name in home if home[name] is model)
        what = "fields" if model is models[0] else f"fields of [{model.cls.__name__}](#{model.cls.__name__.lower()})"
        yield f"| | any of the {what} | | | {its} |"


def begins(act: Act) -> bool:
    """Whether it is a method of the class: what begins a record."""
    return next(iter(inspect.signature(act).parameters)) == "cls"


def _only_begins(act: Act, kind: type[Record], name: str) -> bool:
    """Whether it is the half of an act that begins a record: what guards the act guards the other half."""
    return begins(act) and name in {n for n, other in acts_of(kind) if other is not act}


def guards_of(kind: type[Record], act: str) -> list[str]:
    """The codes of what guards an act of a kind: who may do it, where a rule of its own says so, and the gates."""
    table: Lifecycle = kind.lifecycle
    rules: list[Rule] = [row.rule for row in table.rows if row.act == act and row.rule is not V011]
    rules += [rule for (shut, _), rule in table.shut.items() if shut == act]
    rules += [r for gate, gates in model_of(kind).gates.items() if gate.partition(">")[0] == act for r in gates]
    return sorted({rule.code for rule in rules})


# --- fields ----------------------------------------------------------------------------------------------------------


def parts() -> list[Model]:
    """The parts of records, each once, by name."""
    found: dict[str, Model] = {}

    def look_into(model: Model) -> None:
        for _, part in model.inner:
            if part.cls.__name__ not in found:
                found[part.cls.__name__] = part
                look_into(part)

    for kind in RECORDS:
        look_into(model_of(kind))
    return [found[name] for name in sorted(found)]


def _fields(model: Model, owner: str) -> Iterator[str]:
    """The fields that a class declares, of a model that has them."""
    told = {name: text for cls in model.cls.__mro__ for name, text in section(cls, "Attributes").items()}
    shared = issubclass(model.cls, Record) and owner != model.cls.__name__
    yield "| Field | Type | Needed, or else | What it is | Rules |"
    yield "|---|---|---|---|---|"
    for name, (declared_by, written) in _annotations(model.cls).items():
        if declared_by == owner:
            field = model.fields[name]
            needed = "needed" if field.required else _default(field.default)
            rules = [r for r in (model.cls.shares if shared else _rules_of(model)) if r.field == field.key]
            codes = " ".join(sorted({rule.code for rule in (*rules, *field.rules)}))
            yield f"| `{name}` | {_type(written, needed)} | {needed} | {_cell(told.get(name, ''))} | {codes} |"


def _annotations(cls: type) -> dict[str, tuple[str, str]]:
    """The annotations of the fields of a class as they are written, with the name of the class that says so."""
    every = {
        name: (Record.__name__ if issubclass(Record, base) else base.__name__, hint)
        for base in reversed(cls.__mro__)
        for name, hint in inspect.get_annotations(base).items()
        if isinstance(hint, str)
    }
    return {name: every[name] for name in model_of(cls).names}


def _rules_of(model: Model) -> tuple[Rule, ...]:
    return (*model.rules, *model.advices, *(r for gates in model.gates.values() for r in gates))


# --- closed lists, constraints ---------------------------------------------------------------------------------------


def _lists() -> Iterator[str]:
    models = [*map(model_of, RECORDS), *parts()]
    kinds = {f.kind for model in models for f in model.fields.values() if issubclass(f.kind, Choice)}
    yield "## Closed lists"
    yield ""
    yield "| List | Words |"
    yield "|---|---|"
    for kind in sorted(kinds, key=lambda it: it.__name__):
        yield f"| {kind.__name__} | {', '.join(f'`{word.value}`' for word in kind)} |"
    yield ""


def _constraints() -> Iterator[str]:
    yield "## Constraints"
    yield ""
    yield "What a text, a number or a moment may be, by the name that stands in the tables."
    yield "A `Word` is a name or a title: at most 200 characters, with no blanks at its ends."
    yield ""
    yield "| Name | In Python | Rule |"
    yield "|---|---|---|"
    for name, hint in vars(constraints).items():
        if isinstance(hint, type(constraints.Id)):
            field = field_of(name, hint)
            yield f"| {name} | {field.kind.__name__} | {field.rules[-1].code}: {_cell(field.rules[-1].says)} |"


# --- what is written -------------------------------------------------------------------------------------------------


def _type(written: str, needed: str) -> str:
    """A type as it is written, in words that a table may hold; that it may be None is said where it must be given."""
    written = re.sub(r"As\[(.+?), .+\]", r"\1", written)  # what it keeps, and what it is given: the plain words as well
    written = re.sub(r"\bAny(?=[A-Z])", "", written).replace(" | Mapping[str, object]", "")
    for cls in parts():
        if written.removesuffix(" | None") == cls.cls.__name__:
            return f"[{cls.cls.__name__}](#{cls.cls.__name__.lower()})"
    inner = re.sub(r"Annotated\[(.+?), \w+\]", r"\1", written)
    inner = inner if needed == "needed" else inner.replace(" | None", "")
    return f"`{inner.replace(' | ', ' or ')}`"


def _default(value: object) -> str:
    if value is None or value == () or value is attrs.NOTHING or (isinstance(value, Mapping) and not value):
        return ""
    return f"`{value.value if isinstance(value, Choice) else value!r}`"


def _summary(thing: object) -> str:
    """The first paragraph of a docstring."""
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())


def section(thing: object, title: str) -> dict[str, str]:
    """What a section of a docstring says of each name; nothing where there is none."""
    found = re.search(rf"^{title}:\n((?: +.*\n?|\n)+)", inspect.getdoc(thing) or "", re.MULTILINE)
    items = re.findall(r"^    (\w+): (.+(?:\n {5,}.+)*)", found[1] if found else "", re.MULTILINE)
    return {name: " ".join(text.split()) for name, text in items}


def _cell(text: str) -> str:
    """Text of a docstring in the cell of a table: code stays code."""
    return "`".join(part if n % 2 else plain(part) for n, part in enumerate(text.split("`"))).replace("|", "or")


def _slug(title: str) -> str:
    return title.lower().replace(" ", "-")
