"""Systems of others, by several at once: some order of the acts explains what came of them, or a bug is found."""

import asyncio
import threading
import time
from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any, ClassVar

import pytest
from attrs import evolve
from hypothesis import settings

from coaching import CareerPath, Rejected
from coaching.kernel.policy import POLICY
from coaching.testing import Coverage, Found, PathWorkflow, explore, suite
from coaching.testing.binding.interviews import INTERVIEWS
from coaching.testing.binding.model import judge
from coaching.testing.binding.paths import PATHS
from coaching.testing.binding.suite import Case
from coaching.testing.binding.together import AtOnce, Race, by_chance, cases, races, run, shorter
from systems.bound import BoundAtOnce, BoundTalks
from systems.talks import AT_ONCE, Refused, Talks

STRICT = settings(max_examples=200, derandomize=True, database=None, deadline=None)
RACES = races(INTERVIEWS, POLICY)


def race(situation: str, act: str, *people: str) -> Race:
    """Find a race of one act by two people."""
    return next(
        race
        for race in RACES[situation]
        if [(it.step.act, it.step.by) for it in race.acts] == [(act, person) for person in people]
    )


SIGNED_BY_BOTH = race("held (check_in)", "sign", "p-17", "p-3")


def found_in(factory: Callable[[], BoundTalks], it: Race = SIGNED_BY_BOTH) -> Found:
    """What is found by a race."""
    with pytest.raises(Found) as caught:
        run(it, factory, 20)
    return caught.value


# --- right and wrong systems -----------------------------------------------------------------------------------------


def test_a_system_that_does_one_after_the_other_passes():
    """By chance, and by each third case."""
    explore(BoundAtOnce, settings=settings(STRICT, max_examples=2))
    for case in cases(INTERVIEWS, POLICY)[::4]:
        case.play(BoundAtOnce, Coverage(["interview"]))


@pytest.mark.parametrize("bug", ["last_one_wins", "sent_twice_at_once"])
def test_bugs_are_found_by_chance(bug):
    """And by the acts that show it, or shorter ones."""
    with pytest.raises(Found) as caught:
        explore(lambda: BoundAtOnce(bug), settings=STRICT)
    assert caught.value.at_once == 2
    assert len(caught.value.played) <= 9


@pytest.mark.parametrize("bug", AT_ONCE)
def test_the_suite_finds_each_bug(bug):
    """In the last of its cases, which are there where a binding says so."""
    assert not any(case.name.endswith(", at once") for case in suite(BoundTalks))
    at_once = [case for case in suite(BoundAtOnce) if case.name.endswith(", at once")]
    assert at_once[0].__name__ == "interview: planned (check_in), at once"
    assert any(wrong(case, bug) for case in at_once)


def wrong(case: Case | AtOnce, bug: str) -> bool:
    """Tell whether a case finds something."""
    try:
        case.play(lambda: BoundAtOnce(bug))
    except Found:
        return True
    return False


class Careful(BoundAtOnce):
    """Asks for the state that it saw, and refuses where somebody else was quicker."""

    def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
        """Do an act on what was seen."""
        seen = self.system.talks.get(record_id)
        mine = Talks()
        mine.talks = {} if seen is None else {record_id: self.system.get(record_id)}
        mine.do(act, record_id, by=by, at=at, **given)
        time.sleep(0)
        with self.system.lock:
            if self.system.talks.get(record_id) is not seen:
                raise Refused("somebody was quicker")
            self.system.talks[record_id] = mine.talks[record_id]
            self.system.first.update(mine.first)


def test_who_is_late_may_be_refused():
    """Even where an order would do: nothing is lost by it."""
    for pairs in RACES.values():
        for it in pairs[::9]:
            run(it, Careful)


# --- what it says ----------------------------------------------------------------------------------------------------


def test_what_was_taken_twice_is_said_in_words():
    """And can be pasted: threads ask for it."""
    found = found_in(lambda: BoundAtOnce("sent_twice_at_once"), race("open (check_in)", "promise", "p-17", "p-17"))
    assert found.what.startswith(
        "promise by p-17 twice at once: both were taken; I030 says ids of commitments are used"
    )
    lines = str(found).partition("\n\n")[2]
    assert "with ThreadPoolExecutor(2) as threads:\n    asked = [\n        threads.submit(perform, " in lines
    system = BoundAtOnce("sent_twice_at_once")
    exec(lines, {"perform": system.perform})  # noqa: S102  (our own script)
    assert system.system.talks["i-1"]["commitments"]


def test_what_is_lost_is_said_in_words():
    """Beside the order that comes nearest."""
    found = found_in(lambda: BoundAtOnce("both_signed_and_held"))
    assert found.what == (
        "sign by p-17 and sign by p-3 at once: both were taken, and what is held is what no order of them leaves"
    )
    assert str(found.sides[0]) == "state: expected 'signed', held 'held'"


def test_three_are_cut_to_two():
    """Where two show it."""
    it = SIGNED_BY_BOTH
    assert found_in(lambda: BoundAtOnce("last_one_wins"), evolve(it, acts=(*it.acts, it.acts[0]))).at_once == 2


class Gate(BoundAtOnce):
    """Lets nothing in but one act, and answers it as it is told."""

    answer: ClassVar[list[Exception]] = []

    def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
        """Answer."""
        if act != "sign":
            super().perform(act, record_id, by, at, **given)
        elif self.answer:
            raise self.answer[0]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ([Refused("closed")], "the system took none of them (closed); no rule speaks against the first"),
        ([OSError("gone")], "the system failed, OSError: gone"),
        ([], "both were taken, and what is held is what no order of them leaves"),
    ],
)
def test_each_sort_of_fault_has_its_words(answer, said):
    """In the words of the domain."""
    assert said in found_in(type("Gated", (Gate,), {"answer": answer})).what


@pytest.mark.parametrize(
    ("refuses", "said"),
    [
        (False, "all were taken; V010 says"),
        (True, "sign by p-17 and sign by p-3 were taken, and what is held is what no order of them leaves"),
    ],
)
def test_three_have_words_of_their_own(refuses, said):
    """All, or some."""

    class WrongByThree(BoundAtOnce):
        signed = 0

        async def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
            self.signed += act == "sign"
            if self.signed < 3:
                super().perform(act, record_id, by, at, **given)
            elif refuses:
                self.system.talks[record_id]["signatures"] = []
                raise Refused("two are enough")

    it = SIGNED_BY_BOTH
    found = found_in(WrongByThree, evolve(it, acts=(*it.acts, it.acts[0])))
    assert found.at_once == 3
    assert found.what.startswith(f"sign by p-17 twice and sign by p-3 at once: {said}")


def test_the_way_itself_may_be_wrong():
    """It is said without any race; what happens once only is left."""

    class NoWay(BoundAtOnce):
        def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
            raise Refused("no way")

    assert found_in(NoWay).at_once == 0
    ways = iter([NoWay(), *(BoundAtOnce() for _ in range(5))])
    run(SIGNED_BY_BOTH, lambda: next(ways))


def test_the_other_way_out_is_looked_at():
    """And what fails is told."""

    class Behind(BoundAtOnce):
        def export(self, record_id: str) -> dict[str, Any]:
            return {"state": "held"}

    assert "what is exported is what no order" in found_in(Behind).what

    class Broken(BoundAtOnce):
        def read(self, record_id: str) -> dict[str, Any]:
            raise OSError("gone")

    assert "read failed, OSError: gone" in found_in(Broken).what

    class Alone(BoundAtOnce):
        export = BoundTalks.__mro__[1].export

    run(SIGNED_BY_BOTH, Alone)


def test_another_record_is_given_by_its_id():
    """At once as one after the other."""
    every = [race for pairs in races(PATHS, POLICY).values() for race in pairs]
    race = next(race for race in every if any(it.step.act == "supersede" for it in race.acts))
    heard = list[object]()

    class Paths(PathWorkflow):
        refusal = Rejected
        at_once = True

        def __init__(self) -> None:
            self.held: dict[str, Any] = {}
            self.lock = threading.Lock()

        def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
            with self.lock:
                if "newer" in given:
                    heard.append(given["newer"])
                    given["newer"] = self.held[given["newer"]]
                path = self.held.get(record_id)
                do = path.act if path else lambda act, **given: CareerPath.new(act, record_id, **given)
                done = do(act, by=by, at=at, **given)
                self.held |= {it.id: it for it in (done if isinstance(done, tuple) else (done,))}

        def read(self, record_id: str) -> dict[str, Any]:
            return {"state": self.held[record_id].state}

    run(race, Paths)
    assert heard
    assert all(isinstance(it, str) for it in heard)


def test_it_is_told_by_a_shorter_race():
    """Of the same acts, after a shorter way."""

    class Apart(BoundAtOnce):
        def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
            if threading.current_thread() is not threading.main_thread():
                raise LookupError("no connection")
            super().perform(act, record_id, by, at, **given)

    it = max((race for pairs in RACES.values() for race in pairs if race.close), key=lambda race: len(race.way))
    found = Found("once", (*it.way, *it.acts), (), Apart(), at_once=2)
    less = shorter(found, Apart)
    assert len(less.played) < len(found.played)
    assert "the system failed, LookupError: no connection" in less.what


def test_what_no_shorter_race_shows_stays_as_it_was():
    """The system may not do the same twice."""
    it = max((race for pairs in RACES.values() for race in pairs), key=lambda race: len(race.way))
    found = Found("once", (*it.way, *it.acts), (), BoundAtOnce(), at_once=2)
    assert shorter(found, BoundAtOnce) is found


# --- rooms by themselves ---------------------------------------------------------------------------------------------


def test_races_begin_with_acts_that_are_right():
    """Each as it stands, at one moment; a pair stands once."""
    for pairs in RACES.values():
        for it in pairs:
            assert len({act.step.at for act in it.acts}) == 1
            assert not any(judge(it.way[-1].after, act.step).findings for act in it.acts)
    drawn = [it for n in range(60) for it in by_chance((INTERVIEWS,), POLICY, Random(n))]
    assert {len(it.acts) for it in drawn} == {2, 3}
    assert {it.close for it in drawn} == {True, False}


class Later(BoundTalks):
    """Answers later, and lets others in between."""

    at_once = True
    lock: asyncio.Lock | None = None

    async def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
        """Do an act on a copy, and write it back."""
        mine = Talks()
        mine.talks = {record_id: self.system.get(record_id)} if record_id in self.system.talks else {}
        mine.do(act, record_id, by=by, at=at, **given)
        await asyncio.sleep(0)
        self.system.talks[record_id] = mine.talks[record_id]
        self.system.first.update(mine.first)


class LaterOneByOne(Later):
    """The same, one after the other."""

    def __init__(self) -> None:
        """Begin with a lock."""
        super().__init__()
        self.one = asyncio.Lock()

    async def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
        """Do it when nobody else does."""
        async with self.one:
            await super().perform(act, record_id, by, at, **given)


def test_what_is_asynchronous_is_gathered():
    """Tasks, in place of threads."""
    assert "what is held is what no order of them leaves" in found_in(Later).what
    run(SIGNED_BY_BOTH, LaterOneByOne)
    run(race("open (check_in)", "promise", "p-17", "p-17"), LaterOneByOne)
