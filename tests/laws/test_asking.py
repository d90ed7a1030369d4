"""Laws of asking: a rule says truly what it reads, and asking only what reads a change is asking everything."""

from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from coaching.kernel.checking import FAULTY, Faults
from coaching.kernel.classes import model_of
from coaching.kernel.history import WALKS
from coaching.kernel.rules import Rule
from stage.everything import Kind, acting, each_kind
from stage.fields import classes, within
from stage.spoiled import let_through, spoiled, things

READING = [(cls, rule) for cls in classes() for rule in model_of(cls).rules if rule.reads and rule not in WALKS]
"""The rules that say what they read, where they are asked; but for those of the history, which only the frame writes."""
BY_THE_FRAME = {"history", "state", "revision"}
RULED = [cls for cls in classes() if model_of(cls).rules or model_of(cls).ruled]
each_reading = pytest.mark.parametrize(
    ("cls", "rule"), READING, ids=[f"{cls.__name__}-{rule.code}" for cls, rule in READING]
)
each_ruled = pytest.mark.parametrize("cls", RULED, ids=lambda cls: cls.__name__)


@pytest.fixture(scope="module", autouse=True)
def _drawn_before():
    """One property cannot draw inside another."""
    things()


# --- what a rule reads -----------------------------------------------------------------------------------------------


def watched(thing: Any) -> tuple[Any, set[str]]:
    """The same thing, which notes the fields of it that are looked at."""
    model, seen = model_of(type(thing)), set[str]()

    def look(self: Any, name: str) -> Any:
        if name in model.names:
            seen.add(name)
        return object.__getattribute__(self, name)

    new: Any = object.__new__(type(type(thing).__name__, (type(thing),), {"__slots__": (), "__getattribute__": look}))
    model.put(new, model.every(thing))
    return new, seen


def read_by(rule: Rule, thing: Any) -> set[str]:
    """The fields of a thing that a rule looks at, whatever it finds."""
    asked, seen = watched(thing)
    if not rule.each:
        list(rule.asks(asked))
        return seen
    for i, part in enumerate(getattr(thing, rule.each)):
        list(rule.asks(asked, part, i))
    return seen


@each_reading
@given(data=st.data())
def test_a_rule_reads_what_it_says(cls: Any, rule: Rule, data: st.DataObject):
    """Of good things and of spoiled ones, on all its ways: no other field, else an act that changes that one would not ask it."""
    thing = data.draw(st.sampled_from(things()[cls]))
    other = sound_values(spoiled(data.draw, thing), thing)
    assert read_by(rule, thing) <= rule.reads
    assert read_by(rule, other) <= rule.reads


@each_reading
def test_what_a_rule_says_it_reads_is_a_field(cls: Any, rule: Rule):
    """And is read somewhere: what is read nowhere only costs. What it judges part by part is a list."""
    assert rule.reads <= set(model_of(cls).names)
    if rule.each:
        assert model_of(cls).fields[rule.each].many
    read = {rule.each} - {""}
    for other, same in READING:
        if same is rule:
            read = read.union(*(read_by(rule, thing) for thing in things()[other]))
    assert read == rule.reads


# --- asking what changed ---------------------------------------------------------------------------------------------


def sound_values(thing: Any, old: Any) -> Any:
    """The thing with old values where a new one would not pass its check: rules are asked of sound values."""
    model = model_of(type(thing))
    return model.copy(thing, {n: getattr(old, n) for n in model.names if not passes(model, n, getattr(thing, n))})


def by_an_act(thing: Any, old: Any) -> Any:
    """The thing with the history and what ends it as they were: no act is given them."""
    model = model_of(type(thing))
    return model.copy(thing, {n: getattr(old, n) for n in BY_THE_FRAME & {*model.names}}) if model.keyed else thing


def passes(model: Any, name: str, value: Any) -> bool:
    """Whether a value passes the check of its field, and so does every value in it."""
    faults = Faults()
    kept = model.checks[name](value, name, faults)
    parts = [part for item in (value if isinstance(value, tuple) else (value,)) if hasattr(type(item), "__model__")
             for part in within(item)]  # fmt: skip
    for part in parts:
        for inner, check in model_of(type(part)).checks.items():
            check(getattr(part, inner), inner, faults)
    return kept is not FAULTY and not faults.found


@each_ruled
@given(data=st.data())
def test_asking_what_reads_a_change_is_asking_everything(cls: Any, data: st.DataObject):
    """Of a thing that keeps its rules, with one or two values changed: the same breaches, in the same order."""
    thing, model = data.draw(st.sampled_from(things()[cls])), model_of(cls)
    new = by_an_act(sound_values(spoiled(data.draw, thing), thing), thing)
    changed = {n: None for n in model.names if getattr(new, n) != getattr(thing, n)}
    note(f"{changed}: {new!r}")
    assert model.breaches(thing) == []
    assert model.breaches(new, changed=changed) == model.breaches(new)


@each_ruled
@given(data=st.data())
def test_asking_of_what_was_added_is_asking_everything(cls: Any, data: st.DataObject):
    """The same for parts at the end of a list, with another value changed besides: only the new parts are looked at."""
    thing, model = data.draw(st.sampled_from(things()[cls])), model_of(cls)
    lists = [name for name, field in model.fields.items() if field.many and field.holds_parts]
    if not lists:
        assert model.rules or model.ruled
        return
    name = data.draw(st.sampled_from(lists))
    held = getattr(thing, name)
    more = [
        let_through(data.draw, model.fields[name].item, data.draw(st.sampled_from(held)) if held else None)
        for _ in range(data.draw(st.integers(1, 2)))
    ]
    new = model.copy(spoiled(data.draw, thing) if data.draw(st.booleans()) else thing, {name: (*held, *more)})
    new = by_an_act(sound_values(new, thing), thing)
    changed: dict[str, Any] = {n: None for n in model.names if getattr(new, n) != getattr(thing, n)}
    if name in changed:
        changed[name] = tuple(range(len(held), len(getattr(new, name))))
    note(f"{changed}: {new!r}")
    assert model.breaches(new, changed=changed) == model.breaches(new)


@each_kind
@given(data=st.data())
def test_what_an_act_gives_keeps_every_rule(kind: Kind, data: st.DataObject):
    """An act asks what reads its change; asked for everything, the record that it gives says nothing else."""
    record, act = data.draw(acting(kind))
    done = record.act(act.name, **act.given)
    for new in done if isinstance(done, tuple) else (done,):
        assert model_of(type(new)).breaches(new) == []
        faults = Faults()
        for part in within(new):
            for name, check in model_of(type(part)).checks.items():
                assert check(getattr(part, name), name, faults) == getattr(part, name)
        assert faults.found == []
