"""The machine for systems that keep records: it passes a sound one, and finds what is wrong with others."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any, ClassVar

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

from coaching import Goal, Interview, Record, Rejected
from coaching.codec import dumps, loads
from coaching.testing import Workflow, acts
from stage import ANNA, STRANGER
from stage.everything import Kind, acting, each_kind
from stage.goals import draft_goal

SETTINGS = settings(
    max_examples=200,
    stateful_step_count=20,
    database=None,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class Sound(Workflow):
    """Keeps documents, and acts on what it reads from them."""

    def __init__(self) -> None:
        """Begin with an empty store."""
        super().__init__()
        self.store: dict[tuple[str, str], bytes] = {}

    def put(self, record: Record) -> None:
        """Write it."""
        self.store[record.type, record.id] = dumps(record)

    def do(self, record: Record, act: str, given: Mapping[str, Any]) -> None:
        """Read, act, write."""
        self.put(self.get(type(record), record.id).act(act, **given))

    def get(self, kind: type[Record], id: str) -> Record:
        """Read it."""
        return loads(self.store[kind.type, id])


class LosesWhatIsDone(Sound):
    """Forgets to write."""

    def do(self, record: Record, act: str, given: Mapping[str, Any]) -> None:
        """Act, and let it go."""
        record.act(act, **given)


class NeverRefuses(Sound):
    """Tells nobody that an act was refused."""

    def do(self, record: Record, act: str, given: Mapping[str, Any]) -> None:
        """Act if it may be, and else say nothing."""
        if not record.would(act, **given):
            super().do(record, act, given)


class LosesReasons(Sound):
    """Has no column for why something was done."""

    def do(self, record: Record, act: str, given: Mapping[str, Any]) -> None:
        """Write a history without reasons."""
        super().do(record, act, given)
        held = self.get(type(record), record.id)
        self.put(attrs.evolve(held, history=tuple(attrs.evolve(entry, reason=None) for entry in held.history)))


class KeepsUtc(Sound):
    """Turns every moment of a history into UTC: equal, and yet not what was sealed."""

    kinds: ClassVar = (Goal, Interview)

    def get(self, kind: type[Record], id: str) -> Record:
        """Read it, as a database without offsets would."""
        held = super().get(kind, id)
        return attrs.evolve(held, history=tuple(attrs.evolve(e, at=e.at.astimezone(UTC)) for e in held.history))


class Forgets(Sound):
    """Holds on to half of what it should when an act is refused."""

    def do(self, record: Record, act: str, given: Mapping[str, Any]) -> None:
        """Note who tried, in the record itself."""
        try:
            super().do(record, act, given)
        except Rejected:
            self.put(record.with_extra({"tried": str(given["by"])}))
            raise


def test_a_sound_system_passes():
    """Nothing is found where nothing is wrong."""
    run_state_machine_as_test(Sound, settings=settings(SETTINGS, max_examples=30))


@pytest.mark.parametrize("system", [LosesWhatIsDone, NeverRefuses, LosesReasons, KeepsUtc, Forgets])
def test_what_is_wrong_with_a_system_is_found(system: type[Sound]):
    """Each of them passes a test that looks at one record only."""
    with pytest.raises(AssertionError):
        run_state_machine_as_test(system, settings=SETTINGS)


def test_a_system_says_three_things_of_itself():
    """What is left out is asked for."""
    bare = Workflow()
    for ask in (
        lambda: bare.put(draft_goal()),
        lambda: bare.do(draft_goal(), "propose", {}),
        lambda: bare.get(Goal, ""),
    ):
        with pytest.raises(NotImplementedError, match=r"override (put|do|get)\(\)"):
            ask()


@each_kind
@settings(max_examples=50)
@given(data=st.data())
def test_acts_that_are_drawn_are_done(kind: Kind, data: st.DataObject):
    """By those who may, with arguments that fit."""
    record, act = data.draw(acting(kind))
    assert record.act(act.name, **act.given).history[-1].act == act.name
    assert act.given["by"] == record.act(act.name, **act.given).history[-1].by


@settings(max_examples=20)
@given(data=st.data())
def test_acts_of_one_person_are_theirs(data: st.DataObject):
    """Whoever has no part in a record does nothing: such an example is passed over."""
    assert data.draw(acts(draft_goal(), by=ANNA)).given["by"] == ANNA
    assert draft_goal().acts_for(STRANGER) == ()
