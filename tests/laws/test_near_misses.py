"""Each rule that an act or a document can break is broken alone by its near misses, and not by what lies just beside."""

import re
from datetime import datetime
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.vendor.pretty import pretty

from coaching.catalogue import catalogue
from coaching.testing import near_misses, stages, witnesses
from coaching.testing.attempts import NearMiss
from coaching.testing.near_misses import MISSES, UNREACHED

ERRORS = {rule.code for rule in catalogue().values() if rule.severity == "error" and not rule.code.startswith("B")}


def test_every_error_rule_is_broken_or_said_to_be_out_of_reach():
    """None is both."""
    assert MISSES.keys() | UNREACHED.keys() == ERRORS
    assert not MISSES.keys() & UNREACHED.keys()


@pytest.mark.parametrize("code", MISSES)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_a_near_miss_is_refused_by_its_rule_alone(code: str, data: st.DataObject):
    """And the nearest that passes, passes."""
    miss = data.draw(near_misses(code))
    assert (miss.code, miss.refused.codes, miss.passes.codes) == (code, (code,), ())


EDGES = tuple(
    datetime.fromisoformat(moment)
    for moment in (
        "2024-01-08T21:00:00-12:00", "2024-01-08T23:59:59.999999-12:00", "2024-01-08T00:00:00+14:00",
        "2024-02-28T23:30:00-11:00", "2024-02-29T00:00:00+13:45", "2024-12-31T23:59:59+12:45", "2025-03-31T00:30:00-09:30",
    )
)  # fmt: skip
"""Moments at which it is another day wherever else one looks."""


@pytest.mark.parametrize("code", MISSES)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_it_is_so_wherever_it_is_another_day(code: str, data: st.DataObject):
    """The ends of the days, in the offsets farthest apart: a day that one rule asks is not on the other side of it."""
    with patch.object(stages, "STARTS", EDGES):
        miss = data.draw(near_misses(code))
    assert (miss.refused.codes, miss.passes.codes) == ((code,), ())


@pytest.mark.parametrize("code", MISSES)
@settings(max_examples=1, phases=[Phase.generate], database=None)
@given(data=st.data())
def test_both_are_about_the_same(code: str, data: st.DataObject):
    """The same kind of record, the same act: only what the rule speaks of differs."""
    miss: Any = data.draw(near_misses(code))
    assert (miss.refused.kind, miss.refused.act) == (miss.passes.kind, miss.passes.act)
    assert miss.refused != miss.passes


@settings(max_examples=40, deadline=None)
@given(near_misses())
def test_any_rule_when_none_is_named(miss: NearMiss):
    """And no other than those named."""
    assert miss.refused.codes == (miss.code,)


def test_no_rule_is_left_out():
    """Within some thousands; each is as likely as another."""
    assert find(near_misses(), lambda miss: miss.code == "X003", settings=settings(max_examples=5000)).code == "X003"
    assert find(witnesses("K001"), lambda it: it.act == "promise").codes == ()


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("H002", "what is verified is read all the same"),
        ("G018", "it is advice, which warns and refuses nothing"),
        ("Z", "no rule has this code"),
    ],
)
def test_a_rule_out_of_reach_says_why(rule: str, said: str):
    """A warning refuses nothing either."""
    with pytest.raises(InvalidArgument, match=re.escape(said)):
        find(near_misses(rule), bool)


def test_a_near_miss_is_told_in_a_line():
    """The rule, the act, on what, and what is given; by Hypothesis as well."""
    first = settings(phases=[Phase.generate, Phase.shrink], database=None)
    told = repr(find(near_misses("G005"), lambda _: True, settings=first))
    assert told.startswith("NearMiss('G005', refused=<propose on goal g-1, draft: by='p-1', at=")
    assert "<a document of goal g-1>" in repr(find(near_misses("G024"), lambda _: True, settings=first))
    assert "<begin of a goal, in a book: id=" in repr(find(near_misses("X001"), lambda _: True, settings=first))
    assert pretty(find(near_misses("G005"), lambda _: True, settings=first)) == told  # as Hypothesis reports it
