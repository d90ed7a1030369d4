"""Somebody else's system, bound and played: what a user subclasses, and how Hypothesis plays it.

Read top to bottom: the workflows, a play by chance, a test case for unittest. The library is the model: what the tables
and rules say of an act is what the system must do with it. The rooms below, in `binding`, need no Hypothesis.
"""

from __future__ import annotations

import unittest
from random import Random
from typing import Any, ClassVar

from hypothesis import Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky, InvalidArgument

from coaching.testing.binding.chance import chance
from coaching.testing.binding.covering import Coverage
from coaching.testing.binding.feedback import FEEDBACK
from coaching.testing.binding.goals import GOALS
from coaching.testing.binding.interviews import INTERVIEWS
from coaching.testing.binding.moves import MOVES
from coaching.testing.binding.paths import PATHS
from coaching.testing.binding.people import PEOPLE
from coaching.testing.binding.playing import Found, play
from coaching.testing.binding.relationships import RELATIONSHIPS
from coaching.testing.binding.shortening import shortest
from coaching.testing.binding.slips import Unbound
from coaching.testing.binding.system import Factory, System, made
from coaching.testing.binding.together import by_chance, run, shorter


def explore(factory: Factory, *, settings: hypothesis_settings | None = None, coverage: Coverage | None = None) -> None:
    """Play a system by chance, as often as the settings of Hypothesis say: `max_examples`, `derandomize` and so on.

    Args:
        factory: Makes a binding with an empty system; where fixtures are needed, `lambda: Ours(client)`.
        settings: Of Hypothesis; the profile that is loaded when left out. What is found is shortened by the model,
            which is quicker and comes further than a search that does not know the rules, so its `shrink` is not used;
            nor is its `deadline`, since a play takes as long as your system does.
        coverage: Counts what was reached.

    Raises:
        Found: Where the system differs, with the shortest steps that show it.
        Unbound: Where the binding itself is wrong.
        InvalidArgument: For what are no settings of Hypothesis, or no Coverage.
    """
    if not isinstance(settings, hypothesis_settings | None):
        raise InvalidArgument(f"{settings!r} are no settings of Hypothesis, such as settings(max_examples=50)")
    if not isinstance(coverage, Coverage | None):
        raise InvalidArgument(f"{coverage!r} is no Coverage, such as Coverage(Ours)")
    profile = settings or hypothesis_settings()
    phases = [phase for phase in profile.phases if phase is not Phase.shrink]
    seen = list[Found]()

    @hypothesis_settings(profile, phases=phases, deadline=None)
    @given(st.integers(0, 2**32 - 1))
    def one(seed: int) -> None:
        system = made(factory)
        system.bound()
        try:
            script = chance(system.played(), system.policy, Random(seed))
            play(script, system, coverage, sparing=Random(seed))
            for race in by_chance(system.played(), system.policy, Random(seed)) if system.at_once else ():
                run(race, factory)
        except Found as found:
            seen.append(found)
            raise

    made(factory).bound()  # before Hypothesis, which would add a note to what is wrong
    try:
        one()
    except (Found, Flaky) as error:  # a system that does not do the same twice is flaky, and wrong all the same
        less = shorter(seen[-1], factory) if seen[-1].at_once else shortest(seen[-1], factory)
        cause = less.__cause__ or error.__cause__
        __tracebackhide__ = True  # pytest shows what was found, and none of our frames
        raise Found(less.what, less.played, less.sides, less.system, at_once=less.at_once) from cause  # without notes


class WorkflowCase(unittest.TestCase):
    """A test of a binding, for unittest and pytest alike: `TestOurs = Ours.TestCase`.

    Where a binding is made in another way, subclass this, and say how in `factory`.

    Attributes:
        settings: Of Hypothesis.
    """

    __test__ = False  # those of bindings are

    settings: ClassVar[hypothesis_settings | None] = None

    def __init_subclass__(cls, **more: Any) -> None:
        """Have what is made for a binding collected."""
        super().__init_subclass__(**more)
        cls.__test__ = True

    def factory(self) -> System:
        """Make the binding, anew for each play."""
        raise Unbound("say which binding is played: def factory(self): return Ours(...)")

    def runTest(self) -> None:
        """Play by chance."""
        explore(self.factory, settings=self.settings)


class _AsTestCase:
    """Gives each binding a test case of its own, the same one each time, so that its `settings` can be set."""

    def __init__(self) -> None:
        self._made: dict[type[System], type[WorkflowCase]] = {}

    def __get__(self, _: object, owner: type[System]) -> type[WorkflowCase]:
        if owner not in self._made:
            names = {"factory": staticmethod(owner), "__module__": owner.__module__}
            self._made[owner] = type(f"{owner.__name__}TestCase", (WorkflowCase,), names)
        return self._made[owner]


class CoachingWorkflow(System):
    """A system that keeps several kinds of record: name them in `pieces`, or subclass one of those below.

    Subclass it, write `perform` and `read`, and name the exception by which your system says no.
    """

    TestCase = _AsTestCase()


class InterviewWorkflow(CoachingWorkflow):
    """A system that keeps interviews.

    >>> from coaching import Interview, Rejected
    >>> class Ours(InterviewWorkflow):
    ...     refusal = Rejected
    ...
    ...     def __init__(self):
    ...         self.talks = {}
    ...
    ...     def perform(self, act, record_id, by, at, **given):
    ...         talk = self.talks.get(record_id)
    ...         if talk and act == "plan":
    ...             raise Rejected("there already", [])
    ...         do = talk.act if talk else lambda act, **given: Interview.new(act, record_id, **given)
    ...         self.talks[record_id] = do(act, by=by, at=at, **given)
    ...
    ...     def read(self, record_id):
    ...         talk = self.talks[record_id]
    ...         return {"state": talk.state, "revision": talk.revision}
    >>> explore(Ours, settings=hypothesis_settings(max_examples=5, database=None))
    """

    pieces = (INTERVIEWS,)


class FeedbackWorkflow(CoachingWorkflow):
    """A system that keeps feedback."""

    pieces = (FEEDBACK,)


class GoalWorkflow(CoachingWorkflow):
    """A system that keeps goals."""

    pieces = (GOALS,)


class PathWorkflow(CoachingWorkflow):
    """A system that keeps career paths: `revise` begins another one, and `supersede` names it by its id."""

    pieces = (PATHS,)


class RelationshipWorkflow(CoachingWorkflow):
    """A system that keeps coaching relationships."""

    pieces = (RELATIONSHIPS,)


class MoveWorkflow(CoachingWorkflow):
    """A system that keeps internal moves, with what is handed over."""

    pieces = (MOVES,)


class PersonWorkflow(CoachingWorkflow):
    """A system that keeps people with their days: employments, leaves, positions, placements."""

    pieces = (PEOPLE,)
