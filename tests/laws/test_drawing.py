"""What the strategies of records take, and how various what they draw is."""

import unicodedata
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from coaching import Goal
from coaching.codec import unstructure
from coaching.testing import feedback, goals, interviews, moves, opportunities, organisations, paths, people
from coaching.testing.parts import _written
from coaching.testing.stages import Stage, _shifted
from stage.everything import STRATEGIES, Kind, drawn, each_kind

FIRST = settings(phases=[Phase.generate], database=None, max_examples=20)


def said(value: Any) -> list[str]:
    """Every text in a plain document."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for it in inner for text in said(it)]


def marks(record: Any) -> set[str]:
    """What is odd in a record."""
    every = said(unstructure(record))
    found = {
        "long": any(len(text) >= 200 for text in every),
        "decomposed": any(unicodedata.normalize("NFC", text) != text for text in every),
        "right to left": any(unicodedata.bidirectional(c) in {"R", "AL"} for text in every for c in text[:40]),
        "joiner": any(c in text for text in every for c in "\u200c\u200d"),
        "formula": any(text[0] in "=+-@" for text in every if text),
        "microseconds": any(entry.at.microsecond for entry in record.history),
        "a day on which clocks change": any((entry.at.month, entry.at.day) in CHANGES for entry in record.history),
    }
    return {name for name, there in found.items() if there}


CHANGES = {(3, 10), (3, 31), (10, 27), (11, 3), (2, 29), (12, 31)}


@each_kind
def test_what_is_odd_is_not_rare(kind: Kind):
    """Each in one of twenty records at least, in the hundred that is always the same."""
    records = drawn(kind)
    seen = Counter(mark for record in records for mark in marks(record))
    assert [mark for mark in ALL if seen[mark] < len(records) * 0.05] == []


ALL = ("long", "decomposed", "right to left", "joiner", "formula", "microseconds", "a day on which clocks change")


def test_texts_have_from_one_character_to_ten_thousand():
    """And 255 and 256 of them, where a column of a database ends."""
    assert {1, 255, 256, 10_000} <= {len(text) for text in _written()}


# --- what is the caller's own ----------------------------------------------------------------------------------------

OWN: list[tuple[Any, str, Any, dict[str, Any]]] = [
    (goals, "title", "Lead", {}), (goals, "why", "For Anna", {"state": "agreed"}), (goals, "kind", "learning", {}),
    (goals, "result", "It runs", {"state": "achieved"}), (goals, "keep_until", None, {}), (feedback, "about", "Clear", {}),
    (feedback, "kind", "appreciation", {"state": "given"}), (interviews, "cycle", "2026", {"state": "held"}),
    (paths, "heading", "Up", {"state": "agreed"}), (people, "family_name", "Ek", {"state": "known"}), (organisations, "name", "Verk", {}),
    (opportunities, "title", "Line 2", {"state": "filled"}), (moves, "why", "More", {"state": "agreed"}),
]  # fmt: skip


@pytest.mark.parametrize(("strategy", "name", "value", "more"), OWN, ids=lambda it: getattr(it, "__name__", None))
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_field_is_drawn_from_a_strategy_of_ones_own(
    strategy: Any, name: str, value: Any, more: dict[str, Any], data: st.DataObject
):
    """Wherever the walk leads."""
    assert getattr(data.draw(strategy(**{name: st.just(value)}, **more)), name) == value


@settings(max_examples=20, deadline=None)
@given(goals(state="agreed", promise=st.fixed_dictionaries({"text": st.just("Ask")}), extra=st.just({"a": 1})))
def test_what_is_given_with_an_act_is_drawn_from_a_strategy_of_ones_own(goal: Goal):
    """So every part can be: it comes to be by an act."""
    assert {commitment.text for commitment in goal.commitments} <= {"Ask"}
    assert dict(goal.extra) == {"a": 1}


@settings(max_examples=20, deadline=None)
@given(goals(state="draft", suggest_option=st.just({"id": "o-1"}), acts=8))
def test_an_act_of_ones_own_that_is_refused_is_left_out(goal: Goal):
    """Nothing else is: two options of one id there cannot be."""
    assert len(goal.options) <= 1


@settings(max_examples=20, deadline=None)
@given(goals(state=st.sampled_from(["agreed", "paused"]), through=st.just("proposed")))
def test_states_are_drawn_from_a_strategy_of_ones_own(goal: Goal):
    """And those on the way."""
    assert goal.state in {"agreed", "paused"}


@settings(max_examples=20, deadline=None)
@given(goals(state="agreed", through="paused", acts=3))
def test_a_way_leads_through_a_state(goal: Goal):
    """Which its history shows."""
    assert "paused" in {entry.state for entry in goal.history}


@pytest.mark.parametrize(
    ("strategy", "said"),
    [
        (interviews(state="planned", through="signed"), "no way leads through signed to planned"),
        (goals(colour=st.just("red")), "'colour' is no field or act"),
        (goals(through="agred"), "'agred' is no state"),
    ],
    ids=repr,
)
def test_what_cannot_be_is_said(strategy: st.SearchStrategy[Any], said: str):
    """Instead of searched for."""
    with pytest.raises(InvalidArgument, match=said):
        find(strategy, bool, settings=FIRST)


# --- how long it takes -----------------------------------------------------------------------------------------------


@each_kind
def test_the_smallest_of_each_state_is_found_at_once(kind: Kind):
    """In so few draws that it takes no time; no test asserts a time."""
    for state in kind.lifecycle.states:
        tries: list[Any] = []
        find(
            STRATEGIES[kind](state=state),
            lambda record, tries=tries: not tries.append(record),
            settings=settings(phases=[Phase.generate, Phase.shrink], database=None, deadline=None),
        )
        assert len(tries) < 60


@given(st.data(), st.datetimes(timezones=st.timezones()).filter(lambda moment: 1 < moment.year < 9998))
def test_clocks_that_change_do_not_turn_back_a_day(data: st.DataObject, moment: datetime):
    """The moment is the same; its day is not before the day that it was."""
    after = _shifted(moment)
    assert after.astimezone(UTC) == moment.astimezone(UTC)  # an hour that comes twice equals none of another zone
    assert after.date() >= moment.date()


@settings(max_examples=20)
@given(st.data())
def test_nothing_is_drawn_where_there_is_no_choice(data: st.DataObject):
    """One of one; and as few as may be of nothing."""
    stage = Stage(data.draw)
    assert stage.one(["a"]) == "a"
    assert stage.several(st.nothing()) == stage.several([]) == ()
    assert len(stage.several(st.just("a"), 1, 1)) == 1
    assert stage.other("coach", st.just("anna"), "anna") == "anna-b"  # whom nobody named is somebody else
