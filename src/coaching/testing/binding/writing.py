"""Writing the way to a situation: one step after the other, an hour apart."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from attrs import evolve, frozen

from coaching.testing.binding.scenes import Scene
from coaching.testing.binding.steps import Step


@frozen
class Way:
    """The steps to a situation. Each step gives a new way, so that ways part where situations do."""

    kind: str
    id: str
    scene: Scene
    steps: tuple[Step, ...] = ()

    def on(self, id: str) -> Way:
        """Go on with another record of the kind."""
        return evolve(self, id=id)

    def then(self, act: str, by: str, at: datetime | None = None, **given: Any) -> Way:
        """Go on by an act, an hour later or at a moment."""
        when = at or (self.steps[-1].at + timedelta(hours=1) if self.steps else self.scene.begins)
        return evolve(self, steps=(*self.steps, Step(act, self.id, by, when, given, self.kind)))
