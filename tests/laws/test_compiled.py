"""Laws of code made at run time: it does what the plain way does, which stands here in a few lines; and it can be read."""

import dis
import inspect
from collections.abc import Callable, Mapping
from decimal import Context, Decimal
from types import CodeType
from typing import Any

import attrs
import pytest
from frozendict import frozendict
from hypothesis import given, note
from hypothesis import strategies as st

from coaching.kernel.checking import Faults
from coaching.kernel.classes import model_of
from coaching.kernel.compiling import quick
from coaching.kernel.history import _content, content_of
from coaching.records import RECORDS
from stage.everything import drawn
from stage.fields import classes, within
from stage.spoiled import handed_over, spoiled, things

each_class = pytest.mark.parametrize("cls", classes(), ids=lambda cls: cls.__name__)


@pytest.fixture(scope="module", autouse=True)
def _drawn_before():
    """One property cannot draw inside another."""
    things()


def values_of(thing: Any) -> dict[str, Any]:
    """What a thing holds, by name."""
    return {name: getattr(thing, name) for name in model_of(type(thing)).names}


# --- filling ---------------------------------------------------------------------------------------------------------


def is_quick(cls: Any, values: Mapping[str, Any]) -> Any:
    """The object that the quick way fills; None when it leaves the values to the plain way."""
    new = cls.__new__(cls)
    try:
        return new if model_of(cls).fits(new, **values) else None
    except TypeError:  # what has no type that is tested
        return None


@each_class
@given(data=st.data())
def test_the_quick_way_accepts_only_what_the_plain_way_accepts_and_keeps_the_same(cls: Any, data: st.DataObject):
    """Values of good things, some of them left out or replaced by what a careless program gives."""
    model = model_of(cls)
    thing = data.draw(st.sampled_from(things()[cls]))
    values = values_of(thing)
    for name in data.draw(st.lists(st.sampled_from(model.names), max_size=3, unique=True)):
        if data.draw(st.integers(0, 4)) == 0:
            del values[name]
        else:
            values[name] = handed_over(data.draw, model.fields[name], values[name])
    note(str(values))
    new = is_quick(cls, values)
    if new is not None:
        faults = Faults()
        kept = model.checked(values, "", faults)
        assert faults.found == []
        assert values_of(new) == kept
        assert types_in(values_of(new)) == types_in(kept)
        assert repr(values_of(new)) == repr(kept)  # 0.10 and 0.1 are equal, and not the same


def types_in(values: Mapping[str, Any]) -> list[Any]:
    """The types of values, and of the items of lists."""
    return [(name, type(v), [*map(type, v)] if isinstance(v, tuple) else []) for name, v in values.items()]


@each_class
def test_the_quick_way_takes_what_acts_make(cls: Any):
    """Else it would only cost: everything of every class that can be printed, but for values under free names."""
    free = [name for name, field in model_of(cls).fields.items() if field.kind is frozendict]
    known = [thing for thing in things()[cls] if not any(getattr(thing, name) for name in free)]
    plain = [thing for thing in known if all(text.isprintable() for text in texts_in(thing))]
    assert plain
    assert [thing for thing in plain if is_quick(cls, values_of(thing)) != thing] == []


def texts_in(thing: Any) -> list[str]:
    """The texts that a thing holds itself."""
    held = [v if isinstance(v, tuple) else (v,) for v in values_of(thing).values()]
    return [text for values in held for text in values if isinstance(text, str)]


# --- copying ---------------------------------------------------------------------------------------------------------


@each_class
def test_a_copy_is_what_the_plain_way_copies(cls: Any):
    """Another object of the same class with the same values in it; the constructor makes an equal one."""
    model = model_of(cls)
    for thing in things()[cls]:
        copy = model.copied(thing)
        assert copy is not thing
        assert type(copy) is cls
        assert all(value is old for value, old in zip(model.every(copy), model.every(thing), strict=True))
        assert copy == thing == attrs.evolve(thing)
        assert not hasattr(copy, "_seals")


@each_class
@given(data=st.data())
def test_a_copy_with_changes_has_them_and_leaves_the_first_as_it_was(cls: Any, data: st.DataObject):
    """Whatever the values are."""
    model = model_of(cls)
    thing, other = data.draw(st.sampled_from(things()[cls])), data.draw(st.sampled_from(things()[cls]))
    names = data.draw(st.lists(st.sampled_from(model.names), unique=True))
    before = values_of(thing)
    changes = {name: getattr(other, name) for name in names}
    assert values_of(model.copy(thing, changes)) == before | changes
    assert values_of(thing) == before


@each_class
def test_an_object_made_of_all_its_values_is_the_same(cls: Any):
    """Made by name, nothing checked."""
    model = model_of(cls)
    for thing in things()[cls]:
        made = model.raw(**values_of(thing))
        assert made == thing
        assert type(made) is cls


# --- sound -----------------------------------------------------------------------------------------------------------


def is_sound(thing: Any) -> bool:
    """The plain way: every field of it and of its parts passes its check, and every rule holds."""
    faults = Faults()
    for part in within(thing):
        for name, check in model_of(type(part)).checks.items():
            check(getattr(part, name), name, faults)
    return not faults.found and model_of(type(thing)).breaches(thing) == []


def looks_sound(thing: Any) -> bool:
    """What the code made at run time says of a thing that C has filled."""
    sound = model_of(type(thing)).sound
    return sound is None or bool(sound(thing))


@each_class
@given(data=st.data())
def test_what_c_leaves_over_is_asked_as_the_plain_way_asks_it(cls: Any, data: st.DataObject):
    """Sound is exactly what passes every check and breaks no rule; of what C lets through, which has types and lengths."""
    thing = data.draw(st.sampled_from(things()[cls]))
    assert looks_sound(thing)
    assert is_sound(thing)
    other = spoiled(data.draw, thing)
    note(repr(other))
    assert looks_sound(other) is is_sound(other)


def test_every_class_can_be_unsound():
    """Else nothing would be left over by C, and the law above would be empty for it; these have nothing but types."""
    without = {cls.__name__ for cls in classes() if model_of(cls).sound is None}
    assert without <= {"Ref", "Disclosure", "Offer"}, without


# --- what is sealed --------------------------------------------------------------------------------------------------


def says(thing: Any) -> Any:
    """The plain way: what does not stand at its default, by key, in the order of the keys, numbers by value."""
    if hasattr(type(thing), "__model__"):
        fields = sorted(model_of(type(thing)).fields.values(), key=lambda field: field.key)
        held = [(field, getattr(thing, field.name)) for field in fields]
        return {field.key: says(value) for field, value in held if field.required or value != field.default}
    if isinstance(thing, Mapping):
        return {key: says(thing[key]) for key in sorted(thing)}
    if isinstance(thing, tuple):
        return [says(item) for item in thing]
    if isinstance(thing, Decimal):
        whole = thing == int(thing)
        return int(thing) if whole else format(thing.normalize(Context(prec=60)), "f")
    return thing


def written(plain: Any) -> Any:
    """A plain value with its dicts as lists of pairs: their order counts."""
    if isinstance(plain, dict):
        return [(key, written(value)) for key, value in plain.items()]
    return [written(item) for item in plain] if isinstance(plain, (list, tuple)) else plain


@each_class
def test_what_a_thing_says_is_what_the_plain_way_says(cls: Any):
    """Of everything that acts have made; to the order of the keys."""
    for thing in things()[cls]:
        assert written(model_of(cls).plain(thing)) == written(says(thing))


@each_class
@given(data=st.data())
def test_what_a_changed_thing_says_is_what_the_plain_way_says(cls: Any, data: st.DataObject):
    """Of whatever is sound."""
    thing = spoiled(data.draw, data.draw(st.sampled_from(things()[cls])))
    if is_sound(thing):
        assert written(model_of(cls).plain(thing)) == written(says(thing))


# --- where it can be read --------------------------------------------------------------------------------------------

MADE: dict[str, Callable[[Any], Any]] = {
    what: lambda cls, what=what: getattr(model_of(cls), what) for what in ("fits", "copied", "raw", "sound", "plain")
}


def shows_what_it_does(made: Callable[..., Any]) -> bool:
    """Whether the lines that a traceback shows are those that run."""
    source = inspect.getsource(made)
    again = next(c for c in compile(source, made.__code__.co_filename, "exec").co_consts if isinstance(c, CodeType))
    return source.startswith(f"def {made.__name__}(") and instructions(again) == instructions(made.__code__)


def instructions(code: CodeType) -> list[Any]:
    """What a piece of code does, step by step, and what stands within it."""
    steps = dis.get_instructions(code)
    return [
        (step.opname, instructions(step.argval) if isinstance(step.argval, CodeType) else step.argrepr)
        for step in steps
    ]


@each_class
@pytest.mark.parametrize("what", MADE)
def test_code_made_at_run_time_stands_where_a_debugger_finds_it(cls: Any, what: str):
    """All that was made of one class, whatever was made after it."""
    every = {name: make(cls) for name, make in MADE.items()}
    assert (every[what] is None) <= (what == "sound")
    assert every[what] is None or shows_what_it_does(every[what])


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.type)
def test_code_that_seals_is_found_as_well(kind: Any):
    """Sealing says less of a record than all it says: two functions, and each shows its own lines."""
    content_of(drawn(kind)[0])
    sealing, whole = _content(kind)[0], model_of(kind).plain
    assert shows_what_it_does(sealing)
    assert shows_what_it_does(whole)


def test_code_for_the_items_of_lists_is_found_as_well():
    """One function for each kind of item."""
    fields = [
        field for cls in classes() for field in model_of(cls).fields.values() if field.many and not field.holds_parts
    ]
    made = {quick(field.kind, field.constraints) for field in fields}
    assert len(made) > 1
    assert [function.__code__ for function in made if not shows_what_it_does(function)] == []
