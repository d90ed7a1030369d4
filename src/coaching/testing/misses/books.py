"""Near misses of the rules across records: an act or a beginning in a book. See `near_misses`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coaching.kernel.values import Span
from coaching.records.feedback import Feedback, Situation
from coaching.records.goals import Goal
from coaching.records.interviews import Interview
from coaching.records.moves import InternalMove
from coaching.records.opportunities import Opportunity
from coaching.records.organisations import Organisation
from coaching.records.paths import CareerPath
from coaching.records.people import Managed, Person, Position
from coaching.records.relationships import CoachingRelationship
from coaching.testing.attempts import ADMINISTRATION, DAY, Attempt, Miss, Pair, begun, but, in_book, made, tried
from coaching.testing.walks import Stage

ANNA, OLE, EVA = "p-1", "p-2", "p-3"


def _person(stage: Stage, id: str, manager: str | None = None) -> Person:
    """Somebody of the house, since a year; with a manager, where one is named."""
    first = stage.now.date() - 365 * DAY
    person = Person.register(id, "Name", first, by=ADMINISTRATION, at=stage.now)
    managers = () if manager is None else (Managed(manager, first),)
    position = Position(f"po-{id}", "o-1", "Builder", Span(first), managers=managers)
    return person.take_position(position, by=ADMINISTRATION, at=stage.now)


def _house(stage: Stage) -> list[Any]:
    """Ole manages Anna; Eva is a colleague."""
    firm = Organisation.register("o-1", "Verk", by=ADMINISTRATION, at=stage.now)
    return [firm, _person(stage, OLE), _person(stage, ANNA, OLE), _person(stage, EVA)]


def _both(stage: Stage, wrong: Attempt, right: Attempt, *others: Any) -> Pair:
    house = [*_house(stage), *others]
    return in_book(wrong, *house), in_book(right, *house)


def _argument(stage: Stage, right: Attempt, *others: Any, **wrong: Any) -> Pair:
    return _both(stage, but(right, **wrong), right, *others)


def _goal(stage: Stage, id: str, owner: str = ANNA, **given: Any) -> Any:
    return Goal.begin(id, "Lead", by=owner, at=stage.now, **given)


def X001(stage: Stage) -> Pair:
    return _argument(stage, begun(stage, Goal, "begin", "g-2", ANNA, title="Lead"), _goal(stage, "g-1"), id="g-1")


def X002(stage: Stage) -> Pair:
    return _argument(stage, begun(stage, Goal, "begin", "g-1", ANNA, title="Lead", coach=OLE), coach="p-9")


def X003(stage: Stage) -> Pair:
    ole = tried(
        stage, _person(stage, OLE), "change_manager", ADMINISTRATION,
        alone=True, position=f"po-{OLE}", manager=EVA, on=stage.now.date(),
    )  # fmt: skip
    return _argument(stage, ole, manager=ANNA)


def G021(stage: Stage) -> Pair:
    right = begun(stage, Goal, "begin", "g-9", ANNA, title="Lead", parent="g-1")
    return _argument(stage, right, _goal(stage, "g-1"), _goal(stage, "g-2", EVA), parent="g-2")


def G023(stage: Stage) -> Pair:
    goal: Any = made(stage, Goal, "proposed", id="g-1", owner=ANNA, coach=OLE, serves=())
    for person in (ANNA, OLE):
        goal = goal.promise(f"c-{person}", "Ask", stage.now.date() + 90 * DAY, by=person, at=stage.now)
    signs = tried(stage, goal.sign(by=ANNA, at=stage.now), "sign", OLE)
    asked = _active(stage, "r-1", OLE, ANNA, "line_manager")
    pair = asked.sign(by=ANNA, at=stage.now)
    return in_book(signs, *_house(stage), asked), in_book(signs, *_house(stage), pair)


def I002(stage: Stage) -> Pair:
    return _argument(stage, _plan(stage, "i-1", "check_in"), interviewer=EVA)


def _plan(stage: Stage, id: str, kind: str, **given: Any) -> Attempt:
    said = {"coachee": ANNA, "interviewer": OLE, "kind": kind, "due_on": stage.now.date() + 90 * DAY, **given}
    return begun(stage, Interview, "plan", id, ANNA, **said)


def I025(stage: Stage) -> Pair:
    first = _plan(stage, "i-1", "annual", cycle="2026")
    talk = Interview.new("plan", **first.given)
    return _argument(stage, _plan(stage, "i-2", "annual", cycle="2027"), talk, cycle="2026")


def F014(stage: Stage) -> Pair:
    parts: dict[str, Any] = {
        "about": "Line",
        "behaviour": "Asked",
        "impact": "Clear",
        "situation": Situation(stage.now.date()),
    }
    record = Feedback.write("f-1", receiver=ANNA, kind="appreciation", by=OLE, at=stage.now, **parts)
    right = in_book(tried(stage, record, "give", OLE), *_house(stage))
    gone = _person(stage, OLE).leave(stage.now.date() - DAY, "Left", by=ADMINISTRATION, at=stage.now)
    house = [gone if it.key == gone.key else it for it in _house(stage)]
    return in_book(tried(stage, record, "give", OLE), *house), right


def _path(stage: Stage, id: str, state: str) -> Any:
    path: Any = made(stage, CareerPath, state, id=id, owner=ANNA, coach=OLE, steps=_STEPS)
    return path


_STEPS = ({"id": "s-1", "order": 1, "kind": "learning", "title": "Course"},)


def C001(stage: Stage) -> Pair:
    right = begun(stage, CareerPath, "begin", "path-2", ANNA)
    agreed, draft = _path(stage, "path-1", "agreed"), _path(stage, "path-1", "draft")
    return in_book(right, *_house(stage), draft), in_book(right, *_house(stage), agreed)


def C012(stage: Stage) -> Pair:
    steps = [({**_STEPS[0], "goals": (goal,)},) for goal in ("g-2", "g-1")]
    right = begun(stage, CareerPath, "begin", "path-1", ANNA, steps=steps[1])
    return _argument(stage, right, _goal(stage, "g-1"), _goal(stage, "g-2", EVA), steps=steps[0])


def O002(stage: Stage) -> Pair:
    below = Organisation.register("o-2", "Unit", parent="o-1", by=ADMINISTRATION, at=stage.now)
    other = Organisation.register("o-3", "Other", by=ADMINISTRATION, at=stage.now)
    firm = _house(stage)[0]
    right = tried(stage, firm, "correct", ADMINISTRATION, alone=True, parent="o-3")
    return _argument(stage, right, below, other, parent="o-2")


def _active(stage: Stage, id: str, coach: str, coachee: str, kind: str, **terms: Any) -> Any:
    """A relationship that its coach has signed, and that becomes active when the coachee signs."""
    said = {"purpose": "Talks", "cadence": 14, "confidentiality": "All", "dual_role": True, **terms}
    given = {"coach": coach, "coachee": coachee, "kind": kind, **said}
    return CoachingRelationship.new("propose", id, by=coach, at=stage.now, **given).sign(by=coach, at=stage.now)


def _signs(stage: Stage, *given: str, **terms: Any) -> Attempt:
    record = _active(stage, *given, **terms)
    return tried(stage, record, "sign", record.coachee)


def R004(stage: Stage) -> Pair:
    first = _active(stage, "r-1", OLE, ANNA, "line_manager").sign(by=ANNA, at=stage.now)
    wrong, right = (_signs(stage, "r-2", EVA, ANNA, kind, dual_role=False) for kind in ("line_manager", "peer"))
    return _both(stage, wrong, right, first)


def R005(stage: Stage) -> Pair:
    first = _active(stage, "r-1", OLE, ANNA, "line_manager").sign(by=ANNA, at=stage.now)
    wrong, right = (_signs(stage, "r-2", ANNA, OLE, kind, dual_role=False) for kind in ("line_manager", "peer"))
    return _both(stage, wrong, right, first)


def R007(stage: Stage) -> Pair:
    kinds = ("r-1", OLE, ANNA, "line_manager")
    return _both(stage, _signs(stage, *kinds, dual_role=False), _signs(stage, *kinds))


def _post(stage: Stage) -> Any:
    given = {"title": "Line 2", "kind": "position", "organisation": "o-1", "places": 1}
    return Opportunity.new("post", "op-1", by=ADMINISTRATION, at=stage.now, **given)


def _wished(stage: Stage, mover: str) -> Any:
    return InternalMove.wish(f"mv-{mover}", "More", from_position=f"po-{mover}", by=mover, at=stage.now)


def _ask(stage: Stage, mover: str) -> Attempt:
    given = {"opportunity": "op-1", "releasing_manager": OLE, "start_on": stage.now.date() + 30 * DAY}
    return tried(
        stage, _wished(stage, mover), "ask", mover, alone=True, release_on=stage.now.date() + 30 * DAY, **given
    )


def M013(stage: Stage) -> Pair:
    right = _ask(stage, ANNA)
    post = _post(stage)
    taken, kept = (post.reserve(person, by=ADMINISTRATION, at=stage.now) for person in (EVA, ANNA))
    return in_book(right, *_house(stage), taken), in_book(right, *_house(stage), kept)


def _agreed(stage: Stage, mover: str, last: str) -> Any:
    """A move to which all have said yes but one."""
    record: Any = _wished(stage, mover).act("ask", **_ask(stage, mover).given)
    for party in record.unanswered():
        person = getattr(record, party)
        record = record if person == last else record.approve(by=person, at=stage.now)
    return record


def M018(stage: Stage) -> Pair:
    record = _agreed(stage, ANNA, OLE)
    right = tried(stage, record, "approve", OLE, alone=True)
    other = _agreed(stage, EVA, OLE)
    agreed = other.approve(by=OLE, at=stage.now)
    post = _post(stage)
    return in_book(right, *_house(stage), post, agreed), in_book(right, *_house(stage), post, other)


MISSES: Mapping[str, Miss] = {name: it for name, it in list(globals().items()) if name[1:].isdigit()}
