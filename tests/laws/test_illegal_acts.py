"""Acts that must be refused are, by the one code that is foretold; lives as steps come to life again."""

from collections import Counter
from importlib import import_module
from typing import Any

import pytest
from attrs import evolve
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from coaching.kernel.lifecycle import START
from coaching.testing import goals, histories, illegal_acts
from coaching.testing.acts import STRANGER
from coaching.testing.goals import PLAY
from stage.everything import STRATEGIES, Kind, drawn, each_kind
from stage.goals import agreed_goal


@each_kind
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_must_be_refused_is_refused_by_the_code_foretold(kind: Kind, data: st.DataObject):
    """And by no other."""
    record = data.draw(st.sampled_from(drawn(kind)))
    act = data.draw(illegal_acts(record))
    assert {finding.code for finding in record.would(act.name, **act.given)} == {act.code}


def test_refusals_are_by_state_by_actor_and_by_gate():
    """None of them is rare."""
    codes: Counter[str] = Counter()

    @settings(max_examples=400, deadline=None, database=None, derandomize=True, phases=[Phase.generate])
    @given(goals().flatmap(illegal_acts))
    def look(act: Any) -> None:
        codes[act.code] += 1

    look()
    assert min(codes["V010"], codes["V011"]) > 20
    assert len(codes.keys() - {"V010", "V011", "V009"}) > 3


@each_kind
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_life_told_is_lived_again(kind: Kind, data: st.DataObject):
    """The first step begins a record, and every other goes on with it."""
    first, *others = data.draw(histories(kind, acts=data.draw(st.integers(0, 6))))
    record: Any = kind.new(first.act, by=first.by, at=first.at, **first.given)
    for step in others:
        done = getattr(record, step.act)(by=step.by, at=step.at, **step.given)
        record = done[0] if isinstance(done, tuple) else done
    assert len(record.history) == len(others) + 1
    assert {row.act for row in kind.lifecycle.rows_from(START)} >= {first.act}


LONG = {"goal": "agreed", "interview": "held", "feedback": "given", "path": "agreed", "person": "known",
        "organisation": "known", "relationship": "active", "opportunity": "withdrawn", "move": "withdrawn"}  # fmt: skip


@each_kind
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_a_life_has_as_many_acts_as_asked(kind: Kind, data: st.DataObject):
    """Ten at least, in a state to which so many lead; elsewhere as many as there can be."""
    record = data.draw(STRATEGIES[kind](state=LONG[kind.type], acts=10))
    assert (record.state, len(record.history) >= 10) == (LONG[kind.type], True)
    assert data.draw(STRATEGIES[kind](acts=10)).history[0].act != "import"


def test_where_nothing_is_known_to_be_illegal_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch):
    """A record without acts has none that are refused; it is said, and not searched for."""
    monkeypatch.setattr(import_module("coaching.testing.acts"), "play_of", lambda _: evolve(PLAY, arguments={}))
    with pytest.raises(InvalidArgument, match="no act on goal g-1 is refused by one rule alone"):
        find(illegal_acts(agreed_goal()), bool)


def test_a_stranger_is_in_no_record():
    """Or an act of theirs would be open."""
    assert all(STRANGER not in {entry.by for entry in record.history} for record in drawn(next(iter(STRATEGIES))))


@pytest.mark.parametrize("kind", STRATEGIES, ids=lambda kind: kind.type)
def test_nothing_open_is_illegal(kind: Kind):
    """An act that is foretold to be refused is never one that `would` lets through."""
    assert all(record.would("no such act", by=STRANGER, at=record.history[-1].at) for record in drawn(kind, 30))
