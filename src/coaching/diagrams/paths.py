"""A career path as a diagram: from the heading by its steps to the destination, with needs, dreams, and where they led.

Only what the viewer may see of the path, of goals and of talks is drawn; lines are drawn between what both ends show.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, pairwise, product
from typing import Any

from coaching.book.book import Book
from coaching.book.privacy.view import View
from coaching.book.shelf import X002, line_of
from coaching.diagrams.graph import Arrow, Diagram, Look, Node
from coaching.diagrams.seeing import WHAT, Seeing, sees
from coaching.kernel.policy import POLICY, Policy
from coaching.kernel.rules import Rejected
from coaching.records.goals import Goal
from coaching.records.interviews import Interview
from coaching.records.paths import AGREED, ARCHIVED, SUPERSEDED, CareerPath

HEADING, DESTINATION = "heading", "destination"


def path(book: Book, whose: str, viewer: str, on: date, *, policy: Policy = POLICY) -> Diagram:
    """Draw the career path of a person, as a viewer may see it: steps, needs, dreams, and the goals and talks of them.

    Args:
        book: Holds the path, and who coaches whom.
        whose: The id of the person, whose agreed path is drawn, or else the newest; or the id of a path.
        viewer: Who looks; nothing is shown that they may not see.
        on: The day that counts for what may be seen.
        policy: How long a talk that was held makes a coach: `cadence_months`.

    Raises:
        Rejected: X002 where there is no such path; V015 for what is no book, text, day or policy.
    """
    seeing = Seeing(book, viewer, on, policy)
    found = _path(seeing, whose)
    seen = seeing.of(found)
    title = f"The career path {found.id}, as {viewer} may see it on {on}"
    if not sees(seen, "steps"):
        told = f"State: {seen.get('state')}." if seen.get("state") else "Nothing of it may be shown."
        return Diagram(title, told, (Node(HEADING, f"path {found.id}", (told,), Look.NOTE),))
    goals = [(it, seeing.of(it)) for it in book.naming(Goal, "owner", found.owner)]
    drawn = _Drawn(seen, {None, *line_of(book, found)}, {it.id: see for it, see in goals if sees(see, "serves")})
    talks = [(it, seeing.of(it)) for it in book.naming(Interview, "coachee", found.owner)]
    drawn.talks({it.id: see for it, see in talks if sees(see, "outcomes", "look_back")})
    steps = [f"{it['title']} ({it.get('state', 'planned').replace('_', ' ')})" for it in drawn.steps]
    ends = (seen.get(it) or "open" for it in ("heading", "destination"))
    desc = "; ".join([*(f"{name}: {it}" for name, it in zip(("From", "To"), ends, strict=True)), *steps])
    return Diagram(title, desc, tuple(drawn.nodes.values()), tuple(dict.fromkeys(drawn.arrows)))


def _path(seeing: Seeing, whose: str) -> CareerPath:
    """Find the path that is meant: by its own id, or of a person the one that counts."""
    named = seeing.book.get(CareerPath, whose)
    if named is not None:
        return named
    every = sorted(seeing.book.naming(CareerPath, "owner", seeing.person(whose).id), key=_counts)
    if not every:
        raise Rejected.over(X002, "there is no path of {whose}", "whose", of=WHAT, whose=whose)
    return every[-1]


def _counts(found: CareerPath) -> tuple[bool, bool, Any]:
    return found.state is AGREED, found.state not in {SUPERSEDED, ARCHIVED}, found.history[0].at


class _Drawn:
    """The nodes and arrows of a path, as they come together."""

    def __init__(self, seen: View, here: Collection[str | None], goals: Mapping[str, View]) -> None:
        """Draw the way and what it is for, then the goals that carry it; what nothing serves hangs on the heading."""
        self.here, self.goals, self.arrows = here, goals, list[Arrow]()
        self.steps: Sequence[Mapping[str, Any]] = sorted(seen.get("steps", ()), key=lambda it: it["order"])
        self.nodes = {HEADING: Node(HEADING, seen.get("heading") or "Open", ("heading: as it goes now",))}
        wishes = {f"need {it['id']}": _need(it) for it in seen.get("needs", ())}
        wishes |= {f"dream {it['id']}": _dream(it) for it in seen.get("dreams", ())}
        self.nodes |= wishes
        self._way(seen)
        for it in self.steps:
            self.arrows += [
                _led(wish, f"step {it['id']}") for wish in self._named(it.get("serves", ())) if wish in wishes
            ]
        self._carriers(wishes)
        led = {it.source for it in self.arrows}
        self.arrows += [Arrow(HEADING, it, head=False, broken=True) for it in wishes if it not in led]

    def _way(self, seen: View) -> None:
        """Draw the steps in their order, those of one order side by side, and the destination."""
        rows = [[f"step {it['id']}" for it in beside] for _, beside in groupby(self.steps, key=lambda it: it["order"])]
        self.nodes |= {f"step {it['id']}": _step(it) for it in self.steps}
        self.nodes[DESTINATION] = Node(
            DESTINATION, seen.get("destination") or "Open", ("destination: where it shall lead",), Look.END
        )
        for row, after in pairwise([[HEADING], *rows, [DESTINATION]]):
            self.arrows += [Arrow(one, other) for one, other in product(row, after)]

    def _named(self, refs: Sequence[Mapping[str, Any]]) -> list[str]:
        """Give what is drawn of what something serves, in this path."""
        named = (f"{ref['kind']} {ref['id']}" for ref in refs if ref.get("of") in self.here)
        return [it for it in named if it in self.nodes]

    def _carriers(self, wishes: Collection[str]) -> None:
        """Draw the goals that a step names, or that serve what is drawn."""
        for id, goal in self.goals.items():
            key, serves = f"goal {id}", self._named(goal.get("serves", ()))
            steps = [f"step {it['id']}" for it in self.steps if id in it.get("goals", ())]
            arrows = [_led(it, key) if it in wishes else Arrow(it, key, head=False) for it in (*steps, *serves)]
            if arrows:
                self.nodes[key] = Node(key, goal.get("title") or "", (f"goal, {goal.get('state')}",), Look.ACT)
                self.arrows += arrows

    def talks(self, seen: Mapping[str, View]) -> None:
        """Draw the talks that spoke of what is drawn, each below what it spoke of."""
        for id, talk in seen.items():
            refs = [*talk.get("outcomes", ()), *(it["ref"] for it in talk.get("look_back", ()))]
            about = [
                f"{ref['kind']} {ref['id']}" for ref in refs if ref["kind"] == "goal" or ref.get("of") in self.here
            ]
            about += [f"goal {goal}" for goal, see in self.goals.items() if see.get("from_interview") == id]
            about = [it for it in dict.fromkeys(about) if it in self.nodes]
            if about:
                day = talk.get("held_on") or (talk.get("slot") or {}).get("start", "")[:10] or talk.get("due_on")
                self.nodes[f"talk {id}"] = Node(
                    f"talk {id}", f"{talk['kind']} talk".replace("_", " "), tuple(filter(None, [day])), Look.ACT
                )
                self.arrows += [Arrow(it, f"talk {id}", head=False) for it in about]


def _led(wish: str, where: str) -> Arrow:
    return Arrow(wish, where, broken=True)


def _step(it: Mapping[str, Any]) -> Node:
    return Node(
        f"step {it['id']}", it["title"], tuple(_said(it["kind"], it.get("state", "planned"), it.get("reached_on")))
    )


def _need(it: Mapping[str, Any]) -> Node:
    notes = _said("need", it["kind"], it.get("importance", "want"), it.get("state", "open"))
    return Node(f"need {it['id']}", it["text"], tuple(notes), Look.NOTE)


def _dream(it: Mapping[str, Any]) -> Node:
    notes = _said("dream", "withdrawn" if it.get("withdrawn_on") else None)
    return Node(f"dream {it['id']}", it["text"], tuple(notes), Look.NOTE)


def _said(*words: str | None) -> Iterator[str]:
    """Give some words on one line, without those that there are not."""
    yield ", ".join(it.replace("_", " ") for it in words if it)
