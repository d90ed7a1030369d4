"""Every kind of record, found through RECORDS: how one is drawn, what its acts take, and a hundred of each.

A new kind is tested by the laws in tests/laws and tests/test_tables.py by being in RECORDS and in coaching.testing.
"""

import inspect
import types
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Annotated, Any, Union, Unpack, get_args, get_origin, get_type_hints

import attrs
import pytest
from frozendict import frozendict
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

from coaching import Record, Rejected, testing
from coaching.kernel.classes import model_of
from coaching.kernel.fields import key_of
from coaching.kernel.lifecycle import START
from coaching.kernel.rules import Choice
from coaching.records import RECORDS
from coaching.testing import Act, acts
from coaching.testing.acts import people_of
from stage import STRANGER
from stage.fields import hints_of, required_of

Kind = type[Record]
Choose = Callable[[list[Any]], Any]


def module_of(kind: Kind) -> str:
    """The name of the module a kind of record has to itself, in records, in testing and in tests."""
    return kind.__module__.rpartition(".")[2]


STRATEGIES = {kind: getattr(testing, module_of(kind)) for kind in RECORDS}
ARGUMENTS = {kind: import_module(f"coaching.testing.{module_of(kind)}").ARGUMENTS for kind in RECORDS}
READY = {kind: import_module(f"coaching.testing.{module_of(kind)}").READY for kind in RECORDS if model_of(kind).gates}

each_kind = pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.type)

DRAWN = 100


@cache
def drawn(kind: Kind, number: int = DRAWN) -> tuple[Any, ...]:
    """A hundred records of a kind, always the same ones; the smallest first, so that a law fails for a small one."""
    found: list[Any] = []

    @seed(0)
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        derandomize=False,
    )
    @given(STRATEGIES[kind]())
    def draw(record: Record) -> None:
        found.append(record)

    draw()
    return tuple(sorted(dict.fromkeys(found), key=lambda record: len(repr(record))))


@st.composite
def acting(draw: Any, kind: Kind) -> tuple[Any, Act]:
    """One of the records drawn of a kind, and an act that somebody may do with it."""
    records, first = drawn(kind), draw(st.integers(0, len(drawn(kind)) - 1))
    for record in (*records[first:], *records[:first]):
        if act := draw(acts(record)):
            return record, act
    raise AssertionError


@cache
def few(kind: Kind, number: int = 3) -> tuple[Any, ...]:
    """A few of those drawn for each state, up to the largest."""
    chosen = []
    for state in kind.lifecycle.states:
        there = [record for record in drawn(kind) if record.state == state]
        chosen += [there[(i + 1) * (len(there) - 1) // number] for i in range(number) if there]
    return tuple(dict.fromkeys(chosen))


def parts_of(record: Any) -> Iterator[Any]:
    """The parts of a record that have an id of their own."""
    for name in model_of(type(record)).names:
        value = getattr(record, name)
        yield from (item for item in value if hasattr(item, "id")) if isinstance(value, tuple) else ()


# --- what acts take ---------------------------------------------------------------------------------------------------


def method_of(owner: Any, act: str) -> Any:
    """The method of a record (or of its class, for an act that begins one) that does an act."""
    return getattr(owner, "import_" if act == "import" else act)


def takes(owner: Any, act: str, *, required: bool = False) -> dict[str, Any]:
    """What an act takes beside who, when and the policy: the names with their annotations. `required`: must be given."""
    method = method_of(owner, act)
    if act == "import":
        kind = owner if isinstance(owner, type) else type(owner)
        named = {"id": str, "state": str, "source": str, "reason": str | None}
        fields = {n: h for n, h in hints_of(kind).items() if n not in {"id", "state", "history", "signatures"}}
        needed = {n: h for n, h in fields.items() if n in required_of(kind)}
        return named | (needed if required else fields)
    return dict(_taken(method.__func__, required=required))


@cache
def _taken(function: Any, *, required: bool) -> types.MappingProxyType[str, Any]:
    hints, known = get_type_hints(function), list(inspect.signature(function).parameters.values())[1:]
    found: dict[str, Any] = {}
    for parameter in known:
        hint = hints[parameter.name]
        if parameter.kind is parameter.VAR_KEYWORD:
            if not required:
                assert get_origin(hint) is Unpack
                found |= get_type_hints(get_args(hint)[0])
        elif parameter.name not in {"by", "at", "policy", "noted_by"} and not (
            required and parameter.default is not parameter.empty
        ):
            found[parameter.name] = hint
    return types.MappingProxyType(found)


@cache
def words_of(kind: Kind) -> Mapping[str, tuple[str, ...]]:
    """For each name of a field, in a record or its parts, the words that a closed list allows there."""
    found: dict[str, dict[str, None]] = {}

    def look(cls: Any) -> None:
        for name, hint in hints_of(cls).items():
            for leaf in _leaves(hint):
                if isinstance(leaf, type) and issubclass(leaf, Choice):
                    found.setdefault(name, {}).update(dict.fromkeys(word.value for word in leaf))
                elif attrs.has(leaf):
                    look(leaf)

    look(kind)
    return {name: tuple(words) for name, words in found.items()}


def _leaves(hint: Any) -> Iterator[Any]:
    if get_origin(hint) is Annotated:
        yield from _leaves(get_args(hint)[0])
    elif get_origin(hint) is None:
        yield hint
    else:
        for inner in get_args(hint):
            yield from _leaves(inner)


def first(options: list[Any]) -> Any:
    """Choose the first option, which is the plainest."""
    return options[0]


def something(hint: Any, name: str, record: Any, kind: Kind, choose: Choose = first) -> Any:
    """A value that an annotation allows, for a record as it stands (None while it is begun). Whether it fits is open."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return something(args[0], name, record, kind, choose)
    if origin in {Union, types.UnionType}:
        inner = next(arg for arg in args if arg is not types.NoneType)
        none = [lambda: None] if types.NoneType in args else []
        return choose([lambda: something(inner, name, record, kind, choose), *none])()
    if origin is tuple:
        return tuple(something(args[0], name, record, kind, choose) for _ in range(choose([1, 0, 2])))
    if attrs.has(hint):
        return record if issubclass(hint, Record) else _part(hint, record, kind, choose)
    return choose(_plain(hint, name, record, kind))


def _part(cls: Any, record: Any, kind: Kind, choose: Choose) -> Any:
    hints, needed = hints_of(cls), required_of(cls)
    names = [n for n in hints if n in needed or choose([False, False, True])]
    given = {key_of(n): something(hints[n], n, record, kind, choose) for n in names}
    try:
        return cls(**given)
    except Rejected:
        return given  # let the act say what is wrong


def _plain(hint: Any, name: str, record: Any, kind: Kind) -> list[Any]:
    last = datetime(2026, 3, 2, tzinfo=UTC) if record is None else record.history[-1].at
    options: dict[Any, list[Any]] = {
        int: [1, 0, 7, 11, -1],
        bool: [True, False],
        Decimal: [Decimal(1), Decimal("0.5"), 3, Decimal(0), Decimal(-2)],
        date: [last.date() + timedelta(days=n) for n in (30, 0, 400, 1000, -30)],
        datetime: [last, last + timedelta(days=1), last - timedelta(days=1)],
        frozendict: [{}, {"colour": "red"}],
    }
    if hint is not str:
        return list(hint) if hint not in options else options[hint]
    if name in {"id", "new_id"}:
        taken = [] if record is None else [part.id for part in parts_of(record)][:2]
        return [f"new-{0 if record is None else len(record.history)}", *taken]
    if name in words_of(kind):
        return [*words_of(kind)[name], "no such word"]
    parts = () if record is None else getattr(record, f"{name}s", ())
    ids = [part.id for part in parts if hasattr(part, "id")]
    return [*ids, "Words", *([] if record is None else people_of(record)), STRANGER]


def given_to(record: Any, act: str, choose: Choose = first) -> dict[str, Any]:
    """What is needed to do an act; with another `choose`, also some of what may be given besides."""
    needed, known = takes(record, act, required=True), takes(record, act)
    names = [n for n in known if n in needed or choose([False, True])]
    return {n: something(known[n], n, record, type(record), choose) for n in names}


def given_to_new(kind: Kind, act: str, choose: Choose = first) -> dict[str, Any]:
    """The same for an act that begins a record, without the id."""
    needed, known = takes(kind, act, required=True), takes(kind, act)
    names = [n for n in known if n != "id" and (n in needed or choose([False, True]))]
    return {n: something(known[n], n, None, kind, choose) for n in names}


def beginnings(kind: Kind) -> list[str]:
    """The acts that begin a record."""
    return [*(row.act for row in kind.lifecycle.rows_from(START)), "import"]
