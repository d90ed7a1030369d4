"""What type checkers read of words is what the tables and closed lists say: neither knows one that the other has not."""

import importlib
import pkgutil
from types import NoneType, UnionType
from typing import Annotated, Literal, Union, get_args, get_origin, get_type_hints

import pytest

import coaching
from coaching import Goal, Interview, Kind, Person, Rejected, kind_named
from coaching.kernel.fields import As, field_of
from coaching.kernel.lifecycle import IMPORT, START
from coaching.kernel.record import Record
from coaching.kernel.rules import Cause, Choice
from coaching.kernel.signing import AnyStance, Stance
from coaching.records import KINDS, RECORDS


def aliases():
    """Each alias of a closed list with its plain words, by name."""
    for room in ("coaching.kernel", "coaching.records"):
        package = importlib.import_module(room)
        for module in pkgutil.iter_modules(package.__path__, f"{room}."):
            for name, said in vars(importlib.import_module(module.name)).items():
                if name.startswith("Any") and any(get_origin(it) is Literal for it in get_args(said)):
                    yield name, said


ALIASES = dict(aliases())


@pytest.mark.parametrize("name", ALIASES)
def test_an_alias_has_the_words_of_its_closed_list(name):
    """In its order, and under its name."""
    kind, words = get_args(ALIASES[name])
    assert issubclass(kind, Choice)
    assert (name, get_args(words)) == (f"Any{kind.__name__}", tuple(word.value for word in kind))


def leaves(hint):
    """The types in an annotation, of unions, lists and optional ones each."""
    if get_origin(hint) is Annotated:
        return leaves(get_args(hint)[0])
    if get_origin(hint) in {Union, UnionType, tuple}:
        return {leaf for it in get_args(hint) for leaf in leaves(it)}
    return {get_origin(hint) or hint} - {NoneType}


@pytest.mark.parametrize("kind", RECORDS)
def test_no_act_takes_a_closed_list_without_its_plain_words(kind):
    """Nor any text where it means one of the words: that would hide a slip."""
    for act in kind.lifecycle.acts:
        function = getattr(getattr(kind, act), "__func__", getattr(kind, act))
        hints = get_type_hints(function, include_extras=True) if hasattr(function, "__annotations__") else {}
        for name, hint in hints.items():
            found = leaves(hint)
            assert Literal in found or not any(isinstance(it, type) and issubclass(it, Choice) for it in found), name


@pytest.mark.parametrize("kind", RECORDS)
def test_a_kind_is_generic_over_the_acts_of_its_table(kind):
    """What begins a record, and what carries one on; taking over is of neither table."""
    (base,) = kind.__orig_bases__
    acts, beginnings = map(get_args, get_args(base))
    again = [] if kind.lifecycle.again is None else [kind.lifecycle.again.act]
    rows = kind.lifecycle.rows
    assert sorted(acts) == sorted({*(row.act for row in rows if START not in row.sources), *again})
    assert sorted(beginnings) == sorted({*(row.act for row in rows if START in row.sources), IMPORT})


def test_the_words_of_the_kinds():
    """The same, in the same order."""
    assert get_args(Kind) == tuple(KINDS)
    assert [kind_named(word) for word in KINDS] == list(KINDS)


@pytest.mark.parametrize("kind", RECORDS)
def test_a_name_from_outside_is_an_act_or_refused(kind):
    """With the acts that there are, and as a fault of what was given."""
    (base,) = kind.__orig_bases__
    for act in get_args(get_args(base)[0]):
        assert kind.act_named(act) == act
    for wrong in ("proppose", IMPORT, "", "act", None, 7, ["sign"]):
        with pytest.raises(Rejected) as refused:
            kind.act_named(wrong)
        (finding,) = refused.value.findings
        assert (finding.code, finding.path, finding.cause) == ("V010", "act", Cause.INPUT)
        assert kind.lifecycle.rows[-1].act in finding.message


def test_a_beginning_is_no_act_to_go_on_with_unless_it_is_both():
    """Nor can a person be taken over again."""
    assert coaching.Feedback.act_named("write") == "write"
    with pytest.raises(Rejected, match="goal has no act 'begin'; it has: edit, "):
        Goal.act_named("begin")
    with pytest.raises(Rejected, match="person has no act 'reimport'"):
        Person.act_named("reimport")
    assert Interview.act_named("reimport") == "reimport"


def test_at_run_time_a_field_is_what_it_keeps():
    """What it is given is for type checkers."""
    assert As[Stance, AnyStance] is Stance
    assert field_of("stance", AnyStance).kind is Stance
    assert not field_of("stance", AnyStance).optional
    assert field_of("stance", AnyStance | None).optional
    assert issubclass(Goal, Record)
