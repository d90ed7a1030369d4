"""Writing the way to a situation: one step after the other, as time goes on in a scene."""

from __future__ import annotations

from datetime import datetime
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
        """Go on by an act: as soon as it comes, or not before a moment."""
        scene, acts = self.scene, len(self.steps)
        soon = scene.next(self.steps[-1].at, acts) if acts else scene.begins
        when = soon if at is None else max(scene.local(at, acts), soon)
        step = Step(act, scene.named(self.id), scene.named(by), when, scene.named(given), self.kind)
        return evolve(self, steps=(*self.steps, step))
