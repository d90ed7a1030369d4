"""Policy: the numbers of a house, and how strict it is."""

import pickle

import pytest
from attrs import fields

from coaching import Cadence, Policy, Severity
from coaching.kernel.policy import POLICY
from stage import codes, refused


def test_the_defaults_are_those_of_the_domain():
    """Section 6, read by hand."""
    said = Policy(
        cadence="rolling", cadence_months=12, grace_days=30, notice_days=21, annual_minutes=60, sign_days=14,
        reply_days=7, timely_days=30, stalled_days=60, goals_at_once=5, ruler_low=7, coachees=15, approve_days=14,
        check_in_days=90, smallest_group=3,
    )  # fmt: skip
    assert said == POLICY


def test_every_number_is_checked():
    """Whole, above 0, and no more than ten thousand."""
    numbers = [f.name for f in fields(Policy) if isinstance(getattr(POLICY, f.name), int)]
    assert len(numbers) == 15
    for name in numbers:
        for wrong in (0, -1, 1.0, "7", None, True, 10_001):
            found = refused(lambda name=name, wrong=wrong: Policy(**{name: wrong}))
            assert [(f.code, f.path) for f in found] == [("Y002", name)]
        assert getattr(Policy(**{name: 10_000}), name) == 10_000


@pytest.mark.parametrize("word", list(Cadence))
def test_a_cadence_may_be_given_as_a_word(word):
    """It is kept as a member of the list."""
    assert Policy(cadence=word.value).cadence is word


@pytest.mark.parametrize("word", ["yearly", None, ["rolling"], 12])
def test_what_is_no_cadence_is_refused(word):
    """At its place."""
    found = refused(lambda: Policy(cadence=word))
    assert [(f.code, f.path) for f in found] == [("Y002", "cadence")]


def test_a_house_sets_gates_and_advice_and_nothing_else():
    """An invariant holds for every record."""
    policy = Policy(severities={"G005": "warning", "G018": "error", "G016": "off"})
    assert [policy.severity_of(c) for c in ("G005", "G018", "G016", "G002", "G015")] == [
        "warning", "error", "off", "error", "warning",
    ]  # fmt: skip
    assert policy.severities["G005"] is Severity.WARNING
    found = refused(lambda: Policy(severities={"V001": "off", "K002": "warning"}))
    assert [(f.code, f.path) for f in found] == [("Y001", "severities.K002"), ("Y001", "severities.V001")]


def test_everything_wrong_with_a_policy_is_said_at_once():
    """One error, in a stable order."""
    found = refused(lambda: Policy(cadence="yearly", sign_days=0, severities={"G999": "off", "G005": "loud", 7: []}))
    places = [(f.code, f.path) for f in found]
    assert places == [
        ("Y002", "cadence"),
        ("Y001", "severities.7"),
        ("Y001", "severities.7"),
        ("Y001", "severities.G005"),
        ("Y001", "severities.G999"),
        ("Y002", "sign_days"),
    ]


def test_severities_are_a_mapping():
    """A list of codes does not say how strict."""
    assert codes(refused(lambda: Policy(severities=["G005"]))) == ["Y001"]


def test_a_policy_is_a_value():
    """It compares, hashes and pickles."""
    policy = Policy(severities={"G005": "off"}, stalled_days=90)
    assert pickle.loads(pickle.dumps(policy)) == policy
    assert len({policy, Policy(severities={"G005": Severity.OFF}, stalled_days=90), POLICY}) == 2


def test_it_shows_what_differs_from_the_defaults():
    """And what it shows can be pasted."""
    assert repr(Policy()) == "Policy()"
    policy = Policy(stalled_days=90, cadence="calendar", severities={"G005": "off"})
    assert repr(policy) == "Policy(cadence='calendar', stalled_days=90, severities={'G005': 'off'})"
    assert eval(repr(policy), {"Policy": Policy}) == policy  # noqa: S307  (what was made here)
