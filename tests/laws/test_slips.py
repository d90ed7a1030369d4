"""What a binding may say wrongly: it is told at once, as what would be right, and never as an error of ours."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.errors import InvalidArgument

from coaching import Person, Policy
from coaching.testing import CoachingWorkflow, Coverage, Found, InterviewWorkflow, Unbound, explore, suite
from coaching.testing.binding.goals import GOALS
from coaching.testing.binding.interviews import INTERVIEWS
from coaching.testing.binding.model import replay
from coaching.testing.binding.offers import offered
from coaching.testing.binding.playing import play
from coaching.testing.binding.scenes import PLAIN
from systems.bound import BoundTalks
from systems.talks import Refused

FEW = settings(max_examples=3, derandomize=True, database=None, deadline=None)
NAMED = ("interview: scheduled (check_in), plain", "interview: scheduled (check_in): refused")
ANNA = Person.register("p-17", "Anna", by="hr-1", at=datetime(2026, 3, 2, 9, tzinfo=UTC))


def with_(**names: Any) -> type[BoundTalks]:
    """The right binding, with something else in it."""
    return type("Wrong", (BoundTalks,), names)


def play_some(binding: type[BoundTalks]) -> None:
    """Play two cases: one that does what is right, and one of what is refused."""
    for case in suite(binding):
        if case.name in NAMED:
            case.play(binding)


def fails(*_: Any, **__: Any) -> Any:
    """A method with a slip."""
    raise LookupError("no such table")


def itself(*_: Any) -> dict[str, Any]:
    """A dict that holds itself."""
    held: dict[str, Any] = {}
    held["slot"] = held
    return held


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"pieces": None}, "pieces are the kinds of record"),
    ({"pieces": ("interview",)}, "pieces are the kinds of record"),
    ({"refusal": None}, "refusal is the exception"),
    ({"stricter": "x"}, "stricter is the exception"),
    ({"stricter": None}, "stricter is the exception"),
    ({"policy": None}, "policy is a Policy"),
    ({"policy": Policy}, "policy is a Policy"),
    ({"people": ANNA}, "people is a tuple of Person records"),
    ({"people": (ANNA, ANNA)}, "each once"),
    ({"people": "p-17"}, "people is a tuple"),
    ({"acts": ()}, "acts is a tuple of names of acts"),
    ({"acts": {"interview": ()}}, "leave it out where all are known"),
    ({"stricter": Refused}, "stricter takes in refusal"),
    ({"stricter": Exception}, "stricter takes in refusal"),
    ({"takes": {"plan": {"kind": ("annual", "zorb")}}}, "plan kind=.zorb., which the rules never take: .*zorb"),
    ({"takes": {"plan": {"coachee": ...}}}, "plan coachee=Ellipsis, .*; name the arguments in a tuple"),
    ({"same": fails}, "same failed at .*, LookupError: no such table"),
    ({"acts": {"interview": 3}}, "acts is a tuple of names"),
    ({"acts": {"goal": ("propose",)}}, "acts names 'goal', which it does not keep; it keeps: interview"),
    ({"acts": ("pln",)}, "names 'pln', which is no act"),
    ({"acts": "pln"}, "names 'pln', which is no act"),
    ({"takes": 5}, "takes says by act what is taken"),
    ({"takes": ["plan"]}, "takes says by act what is taken"),
    ({"takes": {"plan": {"kind": ()}}}, "takes says by act what is taken"),
    ({"takes": {"plan": ("sort",)}}, "takes names 'sort', which plan does not take; it takes: coachee"),
    ({"takes": {"sign": "sort"}}, "takes names 'sort', which sign does not take"),
    ({"takes": {"schedule": {"slot": {"start": "x"}}}}, "schedule slot=.*, which the rules never take"),
    (
        {"takes": {"finish": {"outcomes": None, "no_change": None}}},
        "takes leaves finish nothing that the rules ever take",
    ),
    ({"unasked": None}, "unasked is a tuple of codes"),
    ({"unasked": "V0"}, "unasked names 'V0', which is no rule"),
    ({"perform": lambda _self, _act, _id, _who, _when: None}, "perform does not take what is asked: write perform"),
    ({"read": lambda _self: {}}, "read does not take what is asked: write read"),
    ({"perform": 5}, "perform does not take what is asked"),
    ({"read": itself}, "read gives something that holds itself"),
    ({"acts_for": lambda *_: None}, "acts_for gives None; a list of names"),
    ({"awaits": lambda *_: None}, "awaits gives None; a list of pairs"),
    ({"awaits": lambda *_: ["p-17"]}, "a list of pairs"),
    ({"awaits": lambda *_: [("p-17", "sign", 1)]}, "a list of pairs"),
    ({"due": lambda *_: {"interviews": None}}, r"due\(.*\)\['interviews'\] gives None; a list"),
    ({"view": lambda _self: None}, r"view does not take what is asked: write view\(self, record_id, viewer, at\)"),
    ({"acts_for": lambda _self, _id: None}, "acts_for does not take what is asked"),
    ({"due": 3}, "due does not take what is asked"),
    ({"restart": lambda _self, _x: None}, r"write restart\(self\)"),
    ({"at_once": "yes"}, "at_once is True or False"),
    ({"offsets": 1}, "offsets is True or False"),
    ({"pieces": (INTERVIEWS, INTERVIEWS)}, "names each kind of record once"),
    ({"codes": lambda *_: None}, "codes failed, TypeError"),
    ({"codes": lambda *_: [5]}, r"codes gives \[5\]; a list of codes"),
    ({"codes": fails}, "codes failed, LookupError: no such table"),
]


@pytest.mark.parametrize(("names", "said"), WRONG, ids=[f"{n} {next(iter(it))}" for n, (it, _) in enumerate(WRONG)])
def test_a_slip_in_a_binding_is_told_as_what_would_be_right(names: dict[str, Any], said: str):
    """By the suite and by chance alike; nothing comes to light as an error of the kit."""
    wrong = with_(**names)
    with pytest.raises(Unbound, match=said):
        play_some(wrong)
    with pytest.raises(Unbound, match=said):
        explore(wrong, settings=FEW)


def test_a_restart_that_fails_is_a_fault():
    """As everything that the system does."""
    with pytest.raises(Found, match="restart failed, LookupError"):
        explore(with_(restart=fails), settings=settings(FEW, max_examples=30))


@pytest.mark.parametrize(
    ("factory", "said"),
    [
        (lambda: None, "a factory makes a binding with an empty system, and not a NoneType"),
        (fails, "no binding could be made, LookupError: no such table; pass `lambda: Ours"),
        (
            type("Needs", (BoundTalks,), {"__init__": lambda _self, _client: None}),
            "no binding could be made, TypeError",
        ),
    ],
)
def test_a_factory_makes_a_binding(factory: Callable[[], Any], said: str):
    """And where it does not, it is told so."""
    with pytest.raises(Unbound, match=said):
        explore(factory, settings=FEW)
    with pytest.raises(Unbound, match=said):
        suite(BoundTalks)[0].play(factory)


def test_a_factory_may_say_itself_what_is_wrong():
    """In the words of bindings."""

    def factory() -> Any:
        raise Unbound("start the server first")

    with pytest.raises(Unbound, match="start the server first"):
        explore(factory, settings=FEW)


@pytest.mark.parametrize("wrong", [fails, None, int], ids=["function", "nothing", "class"])
def test_the_suite_takes_a_class(wrong: Any):
    """Since cases are listed before any system is made."""
    with pytest.raises(Unbound, match="the class of a binding is asked for"):
        suite(wrong)


# --- what may be said in several ways --------------------------------------------------------------------------------


def test_a_name_alone_stands_for_a_tuple_of_it():
    """Of acts, of rules and of what is taken."""
    one = with_(acts="plan", unasked="V009")
    assert one.knows("plan", "interview")
    assert not one.knows("sign", "interview")
    assert one.not_asked() == ["V009"]
    ways = one.played()[0].situations(PLAIN, "i-1").values()
    assert {step.act for way in ways for step in way} == {"plan"}


def test_acts_are_known_by_kind():
    """Where a system keeps several."""

    class Both(CoachingWorkflow):
        refusal = Refused
        pieces = (INTERVIEWS, GOALS)
        acts = {"interview": ("plan", "cancel"), "goal": ("begin", "drop")}  # noqa: RUF012  (as users write it)

        def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
            """Do nothing."""

        def read(self, record_id: str) -> dict[str, Any]:
            """Hold nothing."""
            return {}

    ways = [way for piece in Both.played() for way in piece.situations(PLAIN, "x-1").values()]
    assert {(step.kind, step.act) for way in ways for step in way} == {
        ("interview", "plan"),
        ("interview", "cancel"),
        ("goal", "begin"),
        ("goal", "drop"),
    }


def test_what_is_taken_may_be_named_alone():
    """All other arguments are left out then."""
    little = with_(takes={"finish": ("outcomes", "follow_up_on", "disclosures")})
    ways = little.played()[0].situations(PLAIN, "i-1").values()
    assert {name for way in ways for step in way if step.act == "finish" for name in step.given} == {
        "outcomes",
        "follow_up_on",
        "disclosures",
    }


def test_what_is_said_of_an_act_that_is_not_known_counts_nothing():
    """It is never played."""
    assert with_(acts="plan", takes={"schedule": {"slot": "x"}}).played()


def test_a_name_with_an_underscore_is_the_name_without():
    """`from_` in Python is `from` in documents; both are read."""

    class Underscored(BoundTalks):
        def read(self, record_id: str) -> dict[str, Any]:
            return {f"{name}_" if name == "kind" else name: it for name, it in super().read(record_id).items()}

    suite(Underscored)[0].play(Underscored)


def test_moments_of_the_history_are_compared_as_moments():
    """Though documents keep earlier values as texts."""
    same = BoundTalks().same
    assert same("history[1].was.invited_at", "2026-03-02T09:00:00+00:00", "2026-03-02T10:00:00+01:00")
    assert not same("history[1].was.invited_at", "2026-03-02T09:00:00+00:00", "2026-03-02T10:00:00+00:00")
    assert same("history[1].was.reason", "To be told", "To be told")
    assert not same("history[1].was.reason", "To be told", "To be held")
    assert not same("turns[0].text", "2026-03-02T09:00:00+00:00", "2026-03-02T10:00:00+01:00")


def test_what_cannot_be_compared_is_not_the_same():
    """And no error."""

    class Odd(dict[str, Any]):
        def __eq__(self, other: object) -> bool:
            raise LookupError

        __hash__ = None

    class Oddly(BoundTalks):
        def read(self, record_id: str) -> dict[str, Any]:
            return Odd(super().read(record_id))

    case = next(case for case in suite(BoundTalks) if case.name == "interview: scheduled (check_in): refused")
    for steps, looks_from in case.scripts():
        play(steps, Oddly(), looks_from=looks_from)


def test_a_script_says_how_to_wait():
    """Where the system answers later."""

    class Later(InterviewWorkflow):
        refusal = Refused

        async def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
            """Do nothing."""

        async def read(self, record_id: str) -> dict[str, Any]:
            return {"state": "signed"}

    with pytest.raises(Found, match=r"# perform = lambda \*given, \*\*named: asyncio.run\(Later\(\).perform\("):
        explore(Later, settings=FEW)


# --- coverage --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", [{"settings": 3}, {"coverage": 3}])
def test_what_chance_is_given(what: dict[str, Any]):
    """Is what it takes."""
    with pytest.raises(InvalidArgument, match=r"3 (are no settings|is no Coverage)"):
        explore(BoundTalks, **what)


@pytest.mark.parametrize("unasked", ["I011", ("I011",)])
def test_a_gate_that_is_not_asked_is_out_of_reach(unasked: Any):
    """As a text alone too."""
    assert ("interview", "I011") in Coverage(BoundTalks).all_gates()
    assert ("interview", "I011") not in Coverage(with_(unasked=unasked)).all_gates()


def test_what_breaks_a_rule_that_is_asked_is_tried():
    """Though it breaks one that is not asked as well."""
    judged = replay(INTERVIEWS.situations(PLAIN, "i-1")["open (annual)"])
    several = next(it for it in offered(INTERVIEWS, PLAIN, judged[-1].after).refused if len(it.codes) > 1)

    class TakesIt(BoundTalks):
        unasked = several.codes[:1]

        def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
            with suppress(Refused):
                super().perform(act, record_id, by, at, **given)

    with pytest.raises(Found, match=rf"the system took it; {several.codes[1]} says") as caught:
        play((*judged, several), TakesIt())
    assert several.codes[0] not in caught.value.what


@pytest.mark.parametrize("of", ["nope", ["interview", "nope"]])
def test_coverage_is_of_kinds_that_there_are(of: Any):
    """And says which."""
    with pytest.raises(
        ValueError, match=r"'nope' is no kind of record, nor the class of a binding; there are: .*interview"
    ):
        Coverage(of)


@pytest.mark.parametrize("of", [3, str, [3]])
def test_coverage_is_of_a_binding_or_of_kinds(of: Any):
    """Of nothing else."""
    with pytest.raises(ValueError, match="is no kind of record, nor the class of a binding"):
        Coverage(of)


@pytest.mark.parametrize("shares", [{"edge": 1.0}, {"edges": 100}, {"edges": -0.5}])
def test_a_share_is_one_of_three_from_nothing_to_all(shares: dict[str, float]):
    """A hundred per cent is 1."""
    with pytest.raises(ValueError, match="a share from 0 to 1 of states, edges, gates is asked for"):
        Coverage("interview").at_least(**shares)
