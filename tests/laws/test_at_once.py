"""Laws of refusals: one slip is one fault, and no slip hides another. Of every act of every kind, argument by argument."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import combinations
from typing import Any

import pytest

from coaching import Finding, Goal, Person, Rejected
from coaching.kernel.lifecycle import ANYONE
from stage import ANNA, EVA, OLE, STRANGER, at, codes, on
from stage.everything import Kind, beginnings, drawn, each_kind, few, given_to, given_to_new, people_of, takes
from stage.goals import agreed_goal, draft_goal, kept_goal, proposed_goal
from stage.interviews import open_talk
from stage.people import registered

WHO_AND_WHEN = ("by", "at", "noted_by", "policy")
Ask = Callable[..., tuple[Finding, ...]]


class Strange:
    """What no argument may be."""


def places(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """What is said, and where."""
    return [(f.code, f.path) for f in found]


def of(name: str, found: tuple[Finding, ...]) -> set[tuple[str, str]]:
    """What is said of an argument, or of a part of it."""
    return {(c, p) for c, p in places(found) if p == name or p.startswith((f"{name}.", f"{name}["))}


@cache
def asked(kind: Kind) -> tuple[tuple[Ask, Mapping[str, Any], tuple[str, ...]], ...]:
    """Every act of a kind, with all that is needed for it, and the names of all that it takes."""
    return tuple(_asked(kind))


def _asked(kind: Kind) -> Iterator[tuple[Ask, Mapping[str, Any], tuple[str, ...]]]:
    first = {"by": "p-1", "at": drawn(kind)[0].history[0].at}
    for act in beginnings(kind):
        names = (*(n for n in takes(kind, act) if n != "id"), *WHO_AND_WHEN)
        yield lambda act=act, **given: kind.would_new(act, "x-1", **given), {**given_to_new(kind, act), **first}, names
    done = set[str]()
    for record in few(kind, 1):
        for by in people_of(record):
            for act in set(record.acts_for(by)) - done:
                done.add(act)
                given = {**given_to(record, act), "by": by, "at": record.history[-1].at}
                names = (*takes(record, act), *WHO_AND_WHEN)
                yield lambda record=record, act=act, **given: record.would(act, **given), given, names


@each_kind
def test_one_slip_is_one_fault(kind: Kind):
    """It is said of the argument, in one place, and of no field that is made of it."""
    for ask, given, names in asked(kind):
        before = places(ask(**given))
        for name in names:
            found = ask(**{**given, name: Strange()})
            own = of(name, found)
            assert own, name
            assert {*places(found)} - {*before} - own == set(), name
            assert len(own - {*before}) <= 1, name


@each_kind
def test_no_slip_hides_another(kind: Kind):
    """Of two arguments that are wrong both are named; who acts and when are arguments like any other."""
    for ask, given, names in asked(kind):
        alone = {name: of(name, ask(**{**given, name: Strange()})) for name in names}
        for one, other in combinations(names, 2):
            found = {*places(ask(**{**given, one: Strange(), other: Strange()}))}
            assert found & alone[one], (one, other)
            assert found & alone[other], (one, other)


@each_kind
def test_what_is_missing_hides_nothing(kind: Kind):
    """An argument that is left out is asked for (V014), beside what is wrong with the others."""
    for ask, given, names in asked(kind):
        for left in given:
            rest = {n: v for n, v in given.items() if n != left}
            if ("V014", left) not in places(ask(**rest)):
                continue  # it may be left out
            for name in (n for n in names if n != left):
                found = ask(**{**rest, name: Strange()})
                assert ("V014", left) in places(found), (left, name)
                assert of(name, found), (left, name)
                assert {p for _, p in of(left, found)} == {left}, (left, name)


@each_kind
def test_a_stranger_hears_no_more_when_it_is_not_known_when(kind: Kind):
    """One finding, as when everything else is right."""
    for record in few(kind, 1):
        for act in kind.lifecycle.acts:
            if hasattr(record, act) and not any(ANYONE in row.who for row in kind.lifecycle.rows if row.act == act):
                given = {**given_to(record, act), "by": "nobody-here"}
                for when in (Strange(), None, "noon"):
                    (found,) = record.would(act, **given, at=when)
                    assert (found.code, dict(found.params)) == ("V011", {})


class TestWhoAndWhen:
    """Where it is not known who acts, or when, all is said that everybody would hear at any time."""

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"by": ""}, [("V001", "by")]),
            ({"by": None}, [("V015", "by")]),
            ({"at": None}, [("V015", "at")]),
            ({"at": "noon"}, [("V015", "at")]),
            ({"by": 7, "at": 7}, [("V015", "at"), ("V015", "by")]),
        ],
    )
    def test_faults_of_other_arguments_are_said(self, wrong: dict[str, Any], said: list[tuple[str, str]]):
        """By name and by method alike."""
        given = {"id": "", "text": " ", "noted_by": 3, "by": ANNA, "at": at(1), **wrong}
        expected = sorted([*said, ("V001", "id"), ("V015", "noted_by"), ("V002", "text")], key=lambda it: it[1])
        assert places(draft_goal().would("suggest_option", **given)) == expected
        with pytest.raises(Rejected) as refusal:
            draft_goal().suggest_option(**given)
        assert places(refusal.value.findings) == expected

    def test_what_hangs_on_the_day_is_not_guessed(self):
        """A promise is perhaps due too early, and a goal perhaps not missed yet."""
        promise = {"id": "c-9", "text": "Write to Ole", "by": ANNA}
        assert places(draft_goal().would("promise", **promise, due=on(-900), at="noon")) == [("V015", "at")]
        assert places(draft_goal().would("promise", **promise, due="soon", at="noon")) == [
            ("V015", "at"),
            ("V015", "due"),
        ]
        missed = {"result": "No line", "learned": "Ask", "by": ANNA, "at": None}
        assert places(kept_goal().would("miss", **missed)) == [("V015", "at")]

    def test_what_hangs_on_who_acts_is_not_guessed(self):
        """The interviewer may suggest, the coachee may not; a reservation without a note is one of either."""
        said = {"kind": "suggestion", "text": "Ask them", "by": 7, "at": at(30)}
        assert places(open_talk().would("say", **said)) == [("V015", "by")]
        assert places(open_talk().would("say", **said, decision="yes")) == [
            ("V015", "by"),
            ("I029", "decision"),
        ]
        signed = {"stance": "reservation", "by": None, "at": at(3)}
        assert places(proposed_goal().would("sign", **signed)) == [("V015", "by"), ("S002", "note")]

    def test_a_wrong_state_is_said_although_nobody_acts(self):
        """Without a word of those who might."""
        found = agreed_goal().would("propose", by=7, at=at(9))
        assert places(found) == [("V015", "by"), ("V010", "state")]
        assert not any(name in str(found) for name in (ANNA, OLE, EVA))

    def test_an_act_of_the_administration_needs_nobody_in_particular(self):
        """Whoever it is."""
        assert places(registered().would("correct", reason=" ", by="", at=at(1))) == [
            ("V001", "by"),
            ("V002", "reason"),
        ]
        assert places(Person.would_new("register", "p-1", name=" ", by=None, at=None)) == [
            ("V015", "at"), ("V015", "by"), ("V002", "name"),
        ]  # fmt: skip

    def test_an_act_that_is_right_but_for_that_says_no_more(self):
        """Nor does it come about."""
        assert places(draft_goal().would("edit", title="Lead", by=None, at=at(1))) == [("V015", "by")]
        assert places(Goal.would_new("begin", "g-1", title="Lead", by="", at=at(0))) == [("V001", "by")]

    def test_a_stranger_is_one_at_any_time(self):
        """And somebody who takes part, but may not do that, hears so."""
        assert codes(draft_goal().would("propose", coach=7, by=STRANGER, at=None)) == ["V011"]
        assert places(draft_goal().would("propose", coach=7, by=OLE, at=None)) == [
            ("V015", "at"), ("G003", "by"), ("V015", "coach"), ("G005", "investments"),
        ]  # fmt: skip
