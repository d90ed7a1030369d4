"""The kit for systems of others: a right one passes, each planted bug is found, and what is said can be pasted."""

import contextlib
import json
import unittest
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any, ClassVar

import pytest
from hypothesis import Phase, settings

from coaching import CoachingRelationship, Interview, Record, Rejected
from coaching.kernel.lifecycle import START
from coaching.logs.comparing import MISSING, Difference, alike, differences, plain
from coaching.testing import (
    CoachingWorkflow,
    Coverage,
    FeedbackWorkflow,
    Found,
    GoalWorkflow,
    InterviewWorkflow,
    MoveWorkflow,
    PathWorkflow,
    PersonWorkflow,
    RelationshipWorkflow,
    Unbound,
    WorkflowCase,
    explore,
    suite,
)
from coaching.testing.binding.chance import chance
from coaching.testing.binding.feedback import FEEDBACK
from coaching.testing.binding.goals import GOALS
from coaching.testing.binding.interviews import INTERVIEWS
from coaching.testing.binding.model import replay
from coaching.testing.binding.moves import MOVES
from coaching.testing.binding.offers import offered
from coaching.testing.binding.paths import PATHS
from coaching.testing.binding.people import ADMINISTRATION, PEOPLE
from coaching.testing.binding.playing import play
from coaching.testing.binding.relationships import RELATIONSHIPS
from coaching.testing.binding.scenes import PLAIN, SCENES
from coaching.testing.binding.shortening import _less, shortest
from coaching.testing.binding.steps import RESTART, Step, script
from coaching.testing.binding.suite import Case
from systems.bound import BoundTalks
from systems.talks import BUGS, Refused

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CASES = suite(BoundTalks)
STRICT = settings(max_examples=200, derandomize=True, database=None, deadline=None)


def found_in(bug: str, example: settings) -> Found:
    """What is found by chance in a system with a bug."""
    with pytest.raises(Found) as caught:
        explore(lambda: BoundTalks(bug), settings=example)
    return caught.value


def fails(bug: str, case: Case) -> bool:
    """Tell whether a case finds something; not shortened."""
    try:
        for steps, looks_from in case.scripts():
            play(steps, BoundTalks(bug), looks_from=looks_from)
    except Found:
        return True
    return False


# --- right and wrong systems -----------------------------------------------------------------------------------------


def test_a_right_system_passes_the_suite():
    """Not one false alarm, in every sixtieth case here, and in all of them in `benchmarks/planted_bugs.py`."""
    for case in CASES[::60]:
        case.play(BoundTalks)


def test_a_right_system_passes_by_chance():
    """Not one false alarm."""
    explore(BoundTalks, settings=settings(STRICT, max_examples=8))


@pytest.mark.parametrize("bug", [*BUGS][::12])
def test_each_bug_is_found_by_chance(bug):
    """Within two hundred examples, always the same ones, and shown shortly; every twelfth here, all in the benchmark."""
    assert len(found_in(bug, STRICT).played) <= 14


@pytest.mark.parametrize("bug", ["history_reordered", "notes_overwritten"])
def test_the_suite_finds_bugs(bug):
    """Without Hypothesis; all of them: `benchmarks/planted_bugs.py`."""
    assert any(map(partial(fails, bug), CASES))


# --- what it says ----------------------------------------------------------------------------------------------------


def test_what_was_found_is_said_in_words_and_can_be_pasted():
    """The act, who did it, the rule; then the steps, which run against the system without us."""
    found = found_in("signs_twice", STRICT)
    assert found.what.startswith("sign by p-")
    assert "again: the system took it; S001 says each role signs a revision once" in found.what
    lines = str(found).partition("\n\n")[2]
    system = BoundTalks("signs_twice")
    exec(lines, {"perform": system.perform})  # noqa: S102  (our own script)
    assert len(system.system.talks["i-1"]["signatures"]) == 2


def shown(bug: str, name: str) -> Found:
    """What one case of the suite finds."""
    with pytest.raises(Found) as caught:
        next(case for case in CASES if case.name == f"interview: {name}").play(lambda: BoundTalks(bug))
    return caught.value


def test_what_differs_stands_side_by_side():
    """And nothing else."""
    found = shown("stance_lost", "held (check_in): sign seen by p-17")
    assert [side.path for side in found.sides] == ["signatures[0].stance"]
    assert "signatures[0].stance: expected 'seen', held 'agrees'" in str(found)


@pytest.mark.parametrize(
    ("bug", "name", "said"),
    [
        (
            "interviewer_not_first",
            "held (check_in): sign agrees by p-3",
            "refused it (the coachee first); no rule speaks",
        ),
        ("wrong_code", "scheduled (check_in): refused", "refused as I016; I031 says a talk is missed once"),
        ("button_for_nothing", "held (check_in): sign agrees by p-17", "after sign by p-17, what p-17 may do"),
        ("nobody_awaited", "open (check_in): finish by p-17", "after finish by p-17, whose turn it is"),
        ("fails", "planned (check_in): refused", "the system failed, KeyError"),
        ("refused_half_applied", "open (check_in): refused", "refused, and yet something changed"),
    ],
)
def test_each_sort_of_fault_has_its_words(bug, name, said):
    """In the words of the domain."""
    assert said in shown(bug, name).what


def test_every_rule_that_speaks_against_it_is_named():
    """Where several do."""

    class TakesAll(BoundTalks):
        def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
            with contextlib.suppress(Refused):
                super().perform(act, record_id, by, at, **given)

    judged = replay(INTERVIEWS.situations(PLAIN, "i-1")["open (annual)"])
    several = [it for it in offered(INTERVIEWS, PLAIN, judged[-1].after).refused if len(it.codes) > 1]
    with pytest.raises(Found) as caught:
        play((*judged, several[-1]), TakesAll())
    assert all(f"{code} says " in caught.value.what for code in several[-1].codes)


def test_a_system_may_hold_nothing_of_what_it_refused():
    """An empty answer says so as well as an error."""

    class Quiet(BoundTalks):
        def read(self, record_id: str) -> dict[str, Any]:
            return super().read(record_id) if record_id in self.system.talks else {}

    CASES[0].play(Quiet)


def test_many_differences_are_cut():
    """Eight are enough."""
    sides = [Difference(f"turns[{i}]", 1, 2) for i in range(10)]
    assert "and 2 more" in str(Found("after say", [], sides, BoundTalks()))


def test_a_script_holds_every_value():
    """Moments, days, texts that do not survive pasting, lists, restarts."""
    given = {"text": "x" * 70, "odd": "e\u0301\n", "day": date(2026, 1, 1), "all": [1, {"a": None}], "two": (True,)}
    told = script([Step("say", "i-1", "p-17", NOON, given), Step(RESTART, "i-1", "p-17", NOON, {})])
    heard: list[Any] = []

    def perform(_act: str, _id: str, **given: Any) -> None:
        heard.append(given)

    exec(told, {"perform": perform, "restart": lambda: heard.append("again")})  # noqa: S102  (our own script)
    assert heard == [{"by": "p-17", "at": NOON, **given, "two": [True]}, "again"]
    assert '"x" * 70' in told


# --- bindings --------------------------------------------------------------------------------------------------------


class Later(BoundTalks):
    """Answers later, as a web framework does."""

    async def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
        """Do an act."""
        super().perform(act, record_id, by, at, **given)

    async def read(self, record_id: str) -> dict[str, Any]:
        """Read a talk."""
        return super().read(record_id)


def test_a_system_may_answer_later():
    """Its methods are waited for."""
    explore(Later, settings=settings(STRICT, max_examples=3))


class Tested(BoundTalks):
    """With the test case that unittest knows."""


Tested.TestCase.settings = settings(STRICT, max_examples=3)
TestOfTested = Tested.TestCase


def test_a_binding_is_a_test_case():
    """One for each class, so that settings stay with it."""
    assert issubclass(Tested.TestCase, unittest.TestCase)
    assert Tested.TestCase is TestOfTested
    assert Later.TestCase is not TestOfTested
    result = unittest.TestResult()
    Tested.TestCase().run(result)
    assert result.wasSuccessful()


class Made(WorkflowCase):
    """With a factory of its own."""

    settings = settings(STRICT, max_examples=3)

    def factory(self) -> BoundTalks:
        """Make it."""
        return BoundTalks()


def test_a_case_says_what_it_plays():
    """Or is told to."""
    Made("runTest").debug()
    with pytest.raises(Unbound, match="say which binding is played"):
        WorkflowCase("runTest").debug()


@pytest.fixture(name="system")
def a_system() -> type[BoundTalks]:
    """Whatever a binding needs."""
    return BoundTalks


@pytest.mark.parametrize("case", CASES[:3])
def test_fixtures_are_used_through_a_factory(case, system):
    """A lambda is enough."""
    case.play(system)
    assert case.__name__.startswith("interview: ")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ({"pieces": ()}, "pieces are the kinds"),
        ({"perform": InterviewWorkflow.perform}, "has no perform: write perform"),
        ({"read": InterviewWorkflow.read}, "has no read: write read"),
        ({"refusal": ()}, "refusal is the exception"),
        ({"refusal": "Refused"}, "refusal is the exception"),
        ({"read": lambda *_: 3}, "gives a int"),
        ({"read": lambda *_: {"rating": 3}}, "gives rating, which no interview has"),
    ],
)
def test_a_binding_that_is_wrong_is_told_so(names: Mapping[str, Any], said: str):
    """By what it should say."""
    wrong = type("Wrong", (BoundTalks,), dict(names))
    with pytest.raises(Unbound, match=said):
        CASES[0].play(wrong)


def test_a_binding_may_ask_out_of_line():
    """What it raises of its own is not taken for an answer of the system."""

    class Asks(BoundTalks):
        def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
            raise Unbound("not yet")

    with pytest.raises(Unbound, match="not yet"):
        CASES[0].play(Asks)


def test_unread_and_unbound_are_two_things():
    """A `read` that fails is found; one that is not written is said."""

    class Broken(BoundTalks):
        def read(self, record_id: str) -> dict[str, Any]:
            raise OSError("gone")

    with pytest.raises(Found, match=r"read failed, OSError: gone"):
        CASES[0].play(Broken)

    class Unsaid(BoundTalks):
        def awaits(self, record_id: str) -> list[tuple[str, str]]:
            raise OSError("gone")

    with pytest.raises(Found, match=r"awaits failed, OSError: gone"):
        CASES[0].play(Unsaid)

    class Unwritten(BoundTalks):
        def read(self, record_id: str) -> dict[str, Any]:
            raise Unbound("not yet")

    with pytest.raises(Unbound, match="not yet"):
        CASES[0].play(Unwritten)


def test_what_was_refused_is_not_there():
    """A beginning that is refused leaves no record."""

    class Leaves(BoundTalks):
        def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
            try:
                super().perform(act, record_id, by, at, **given)
            except Refused:
                self.system.talks.setdefault(record_id, {"state": "planned"})
                raise

    with pytest.raises(Found, match="refused, and yet i-1 is there"):
        CASES[0].play(Leaves)


def test_what_is_shown_once_only_is_given_back_as_it_was():
    """A system that does not do the same twice cannot be shortened."""
    times: list[int] = []

    class Once(BoundTalks):
        def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
            times.append(1)
            if len(times) == 3:
                raise OSError("now and then")
            super().perform(act, record_id, by, at, **given)

    with pytest.raises(Found) as caught:
        explore(Once, settings=settings(STRICT, max_examples=1, phases=[Phase.generate]))
    assert len(caught.value.played) <= 3


# --- rooms by themselves ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("piece", [INTERVIEWS, FEEDBACK, GOALS, PATHS, MOVES, PEOPLE, RELATIONSHIPS])
def test_every_situation_is_reached_by_legal_acts(piece):
    """In every scene."""
    for scene in SCENES:
        for name, steps in piece.situations(scene, "x-1").items():
            assert [it.codes for it in replay(steps) if it.findings] == [], (scene.name, name)


def test_an_act_on_nothing_is_left_out():
    """So that steps can be spared."""
    assert replay([Step("sign", "i-1", "p-17", NOON, {})]) == ()


def test_the_same_chance_gives_the_same_play():
    """And another one another."""

    def drawn(seed: int) -> list[str]:
        return [str(it.step) for it in chance((INTERVIEWS,), BoundTalks.policy, Random(seed))]

    assert drawn(1) == drawn(1) != drawn(2)
    assert all(map(drawn, range(30)))


def test_offers_are_sorted_by_the_model():
    """Each move passes; each refusal has a code."""
    steps = INTERVIEWS.situations(PLAIN, "i-1")["held (annual)"]
    sorted_ = offered(INTERVIEWS, PLAIN, replay(steps)[-1].after)
    assert all(it.after is not it.before for it in sorted_.moves)
    assert all(it.codes and it.after is it.before for it in sorted_.refused)


@pytest.mark.parametrize(
    ("expected", "held", "same"),
    [
        (NOON, NOON.isoformat(), True),
        (NOON, "yesterday", False),
        (NOON, None, False),
        (date(2026, 3, 2), "2026-03-02", True),
        (date(2026, 3, 2), date(2026, 3, 2), True),
        (Decimal("0.10"), 0.1, True),
        (Decimal("0.10"), "much", False),
        (1, True, False),
        (MISSING, None, False),
        ("held", Interview.lifecycle.word["held"], True),
    ],
)
def test_values_are_compared_by_what_they_say(expected, held, same):
    """Text that stands for a moment, a day or a number is read."""
    assert alike(expected, held) is same


def test_offsets_are_compared_where_it_is_asked():
    """The instant is one."""
    other = "2026-03-02T13:00:00+01:00"
    assert alike(NOON, other)
    assert not alike(NOON, other, offsets=True)


def test_differences_name_the_place():
    """Longer and shorter lists, and what a record does not have."""
    told = [str(it) for it in differences({"a": [1, 2]}, {"a": [1], "b": {"c": "x" * 200}}, lambda _, e, h: e == h)]
    assert told[0] == "a[1]: expected 2, held None"
    assert told[1].startswith("b: expected nothing of that name, held {c: 'xxx")
    assert [it.path for it in differences([1], [1, NOON], lambda _, e, h: e == h)] == ["[1]"]
    assert str(Difference("a", [date(2026, 1, 1)], NOON)) == "a: expected [2026-01-01], held 2026-03-02T12:00:00+00:00"
    assert plain({"a": (1,)}) == {"a": [1]}


def test_coverage_is_a_table_and_json_and_a_gate():
    """What is missing is named."""
    coverage = Coverage(["interview"])
    for case in CASES[:40]:
        case.play(BoundTalks, coverage)
    assert json.loads(coverage.as_json())["shares"] == coverage.shares()
    assert "interview: plan --> planned" in str(coverage)
    assert "interview: planned -- schedule --> scheduled" in str(coverage)
    coverage.at_least(edges=0.1)
    with pytest.raises(AssertionError, match=r"edges: .* reached, 100% asked for; missing: interview: "):
        coverage.at_least(edges=1.0)
    assert Coverage([]).shares() == {"states": 1.0, "edges": 1.0, "gates": 1.0}


WORKFLOWS = (
    InterviewWorkflow, FeedbackWorkflow, GoalWorkflow, PathWorkflow, MoveWorkflow, PersonWorkflow, RelationshipWorkflow,
)  # fmt: skip


class Library(CoachingWorkflow):
    """The library as a system of others: it is right, whatever kind it keeps."""

    refusal = Rejected
    pieces = tuple(piece for workflow in WORKFLOWS for piece in workflow.pieces)
    begins: ClassVar[dict[str, type[Record]]] = {piece.prefix: piece.kind for piece in pieces}

    def __init__(self) -> None:
        """Begin with nothing."""
        self.held: dict[str, Any] = {}

    def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
        """Act on what is held, or begin it."""
        held, kind = self.held.get(record_id), self.begins[record_id.partition("-")[0]]
        if held is not None and kind.lifecycle.find(act, START) and not kind.lifecycle.find(act, held.state):
            raise Rejected("there already", [])
        given |= {"by": by, "at": at}
        if act == "supersede":
            given["newer"] = self.held.get(given["newer"], given["newer"])
        done = kind.new(act, record_id, **given) if held is None else held.act(act, **given)
        self.held |= {it.id: it for it in (done if isinstance(done, tuple) else (done,))}

    def read(self, record_id: str) -> dict[str, Any]:
        """Give everything."""
        return plain(self.held[record_id])

    def acts_for(self, record_id: str, by: str, at: datetime) -> tuple[str, ...]:
        """Give its own answer."""
        return self.held[record_id].acts_for(by, on=at.date())

    def awaits(self, record_id: str) -> list[tuple[str, str]]:
        """Give its own answer."""
        return [(turn.person, turn.act) for turn in self.held[record_id].awaits()]

    def codes(self, error: Exception) -> tuple[str, ...]:
        """Give its own codes."""
        return error.codes if isinstance(error, Rejected) else ()


def test_the_library_is_a_right_system():
    """Several kinds at once, by chance."""
    explore(Library, settings=settings(STRICT, max_examples=6))


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_the_suite_reaches_every_edge_and_gate(workflow):
    """Of each case it is known before what it asks."""
    coverage = Coverage([workflow.pieces[0].kind.type])
    binding = type("Bound", (Library,), {"pieces": workflow.pieces})
    plain_ones = [case for case in suite(binding) if not case.name.endswith(tuple(f", {s.name}" for s in SCENES))]
    for case in [case for case in plain_ones if not case.name.endswith("and on")]:
        for steps, looks_from in case.scripts():
            for it in steps[looks_from:]:
                coverage.reached(it)
    coverage.at_least(states=1.0, edges=1.0, gates=1.0)


@pytest.mark.parametrize("workflow", WORKFLOWS[1:])
def test_the_suite_passes_the_library(workflow):
    """Some sixty cases of it, from the first to the last."""
    binding = type("Bound", (Library,), {"pieces": workflow.pieces})
    cases = suite(binding)
    for case in cases[:: len(cases) // 60 or 1]:
        case.play(binding)


@pytest.mark.parametrize(("workflow", "code"), [(GoalWorkflow, "G007"), (PathWorkflow, "C007")])
def test_a_rule_that_a_system_forgot_is_found(workflow, code):
    """What it alone speaks against is taken."""

    class Forgets(Library):
        pieces = workflow.pieces

        def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
            try:
                super().perform(act, record_id, by, at, **given)
            except Rejected as refusal:
                if refusal.codes != (code,):
                    raise

    with pytest.raises(Found, match=f"the system took it; {code} says"):
        explore(Forgets, settings=STRICT)


def dates_lost(goal: dict[str, Any]) -> None:
    """Where a promise was moved, the old day is gone."""
    goal["commitments"] = [{**it, "moves": []} for it in goal["commitments"]]


def one_is_enough(goal: dict[str, Any]) -> None:
    """One signature agrees a goal."""
    goal["state"] = "agreed" if goal["state"] == "proposed" and goal["signatures"] else goal["state"]


def of_nothing(path: dict[str, Any]) -> None:
    """Which path it was revised from is gone."""
    path["supersedes"] = None


def let_go(path: dict[str, Any]) -> None:
    """A dream that was withdrawn is gone."""
    path["dreams"] = [it for it in path["dreams"] if it["withdrawn_on"] is None]


@pytest.mark.parametrize(
    ("workflow", "wrong"),
    [(GoalWorkflow, dates_lost), (GoalWorkflow, one_is_enough), (PathWorkflow, of_nothing), (PathWorkflow, let_go)],
)
def test_what_a_system_keeps_wrongly_is_found(workflow, wrong):
    """And stands side by side with what is right."""

    class Keeps(Library):
        pieces = workflow.pieces

        def read(self, record_id: str) -> dict[str, Any]:
            said = super().read(record_id)
            wrong(said)
            return said

    with pytest.raises(Found) as caught:
        explore(Keeps, settings=STRICT)
    assert caught.value.sides


def test_a_record_that_is_given_is_asked_by_its_id():
    """As it stands then; where it is not there, the act is left out."""
    steps = PATHS.situations(PLAIN, "path-1")["superseded"]
    assert str(steps[-1]).endswith('newer="path-1-2")')
    judged = replay(steps)
    assert judged[-1].after.state == "superseded"
    without = replay([step for step in steps if step.act != "revise"])
    assert {it.step.record_id for it in without} == {"path-1"}
    assert without[-1].step.act == "start_step"


def test_what_anybody_may_do_is_asked_of_those_who_do_it():
    """Whether others than the administration note a leave, houses differ: no outsider tries, or is shown a button."""

    class House(Library):
        pieces = PersonWorkflow.pieces

        def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
            assert by.startswith(ADMINISTRATION[:2])
            super().perform(act, record_id, by, at, **given)

        def acts_for(self, record_id: str, by: str, at: datetime) -> tuple[str, ...]:
            assert by.startswith(ADMINISTRATION[:2])
            return super().acts_for(record_id, by, at)

    for case in suite(House)[::60]:
        case.play(House)


def test_shortest_is_what_cannot_be_spared():
    """Signing twice takes six steps."""
    found = found_in("signs_twice", STRICT)
    assert shortest(found, lambda: BoundTalks("signs_twice")).played[-1].step.act == "sign"
    assert [step.act for step in found.steps] == ["plan", "schedule", "start", "finish", "sign", "sign"]


def test_what_is_plainer():
    """A plain text, or half of a long one; one; without an entry, or with a plainer one."""
    assert [*_less("Room 4")] == [*_less(True)] == [*_less(1)] == [*_less(None)] == []
    assert [*_less("Ge\u0301rard")] == [PLAIN.text]
    assert [*_less("x" * 120)] == [PLAIN.text, "x" * 60]
    assert ([*_less(2.5)], [*_less(14)]) == ([1, 2], [1])
    assert [*_less({"minutes": 90, "place": "Room 4"})] == [
        {"place": "Room 4"}, {"minutes": 90}, {"minutes": 1, "place": "Room 4"}
    ]  # fmt: skip
    assert [*_less(["a\nb", "c"])] == [["c"], ["a\nb"], [PLAIN.text, "c"]]


class CutsLater(RelationshipWorkflow):
    """Cuts long words, once it was stopped."""

    refusal = Rejected

    def __init__(self) -> None:
        """Begin with nothing."""
        self.held: dict[str, Any] = {}
        self.cuts = False

    def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
        """Act on what is held, or begin it."""
        held = self.held.get(record_id)
        if held is not None and act == "propose":
            raise Rejected("there already", [])
        new = partial(CoachingRelationship.new, act, record_id) if held is None else partial(held.act, act)
        self.held[record_id] = new(by=by, at=at, **given)

    def restart(self) -> None:
        """Lose the end of what is long."""
        self.cuts = True

    def read(self, record_id: str) -> dict[str, Any]:
        """Give the purpose."""
        purpose = self.held[record_id].agreement.purpose
        return {"agreement": {"purpose": purpose[:255] if self.cuts else purpose}}


def test_what_was_found_is_told_in_plain_words():
    """As short as shows it, and nothing besides that need not be given; what must be given is."""
    with pytest.raises(Found) as caught:
        explore(CutsLater, settings=STRICT)
    begin, *_, last = caught.value.steps
    assert last.act == "restart"
    assert 255 < len(begin.given["purpose"]) <= 512
    assert begin.given.keys() == {"coach", "coachee", "kind", "purpose"}
