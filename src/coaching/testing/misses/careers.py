"""Near misses of the rules of paths, people, organisations, opportunities and moves: see `near_misses`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coaching.kernel.values import Span
from coaching.records.moves import InternalMove
from coaching.records.opportunities import Opportunity
from coaching.records.organisations import Organisation
from coaching.records.paths import CareerPath
from coaching.records.people import Managed, Person, Placement, Position
from coaching.testing.attempts import (
    ADMINISTRATION,
    COACH,
    DAY,
    OWNER,
    Attempt,
    Miss,
    Pair,
    begun,
    documents,
    made,
    tried,
    with_argument,
    words,
)
from coaching.testing.walks import Stage


def _path(stage: Stage, state: str = "draft", **fields: Any) -> Any:
    return made(stage, CareerPath, state, owner=OWNER, coach=COACH, **fields)


def _open(stage: Stage, state: str = "shared") -> Any:
    """A path with a dream and a need."""
    path = _path(stage, state).dream("d-9", words(stage), by=OWNER, at=stage.now)
    return path.say_need("n-9", "challenge", words(stage), by=OWNER, at=stage.now)


def _by_coach(stage: Stage, path: Any, act: str, **given: Any) -> Pair:
    """An act that is the owner's."""
    return with_argument(tried(stage, path, act, OWNER, alone=True, **given), by=COACH)


def C002(stage: Stage) -> Pair:
    return _by_coach(stage, _path(stage, "shared"), "edit", heading=words(stage))


def _shared(stage: Stage, *without: str) -> Attempt:
    """A path that its owner has signed, and that may be agreed but for what it is without."""
    said: dict[str, Any] = {name: words(stage) for name in ("success", "heading", "destination")}
    said["steps"] = ({"id": "s-1", "order": 1, "kind": "learning", "title": "Course"},)
    said = {name: it for name, it in said.items() if name not in without}
    path = CareerPath.begin("path-1", coach=COACH, by=OWNER, at=stage.now).edit(by=OWNER, at=stage.now, **said)
    path = path.share(by=OWNER, at=stage.now).sign(by=OWNER, at=stage.now)
    return tried(stage, path, "sign", COACH)


def C003(stage: Stage) -> Pair:
    return _shared(stage, stage.one(["success", "heading", "destination", "steps"])), _shared(stage)


def C004(stage: Stage) -> Pair:
    day = stage.now.date()

    def steps(second: Any) -> tuple[dict[str, Any], ...]:
        plain = {"kind": "learning", "title": "Course"}
        days = enumerate((day + DAY, second), 1)
        return tuple({"id": f"s-{n}", "order": n, "span": {"from": first}, **plain} for n, first in days)

    right = tried(stage, _path(stage), "edit", OWNER, alone=True, steps=steps(day + DAY))
    return with_argument(right, steps=steps(day))


def C005(stage: Stage) -> Pair:
    path = _path(stage, "agreed")
    right = tried(stage, path, "reach_step", OWNER, alone=True, step=path.steps[0].id, evidence=words(stage))
    return with_argument(right, evidence=...)


def C006(stage: Stage) -> Pair:
    return _by_coach(stage, _open(stage), "withdraw_dream", dream="d-9")


def C007(stage: Stage) -> Pair:
    return documents(_path(stage), lambda it: it.update(supersedes=it["id"]))


def C015(stage: Stage) -> Pair:
    return with_argument(begun(stage, CareerPath, "begin", "path-1", OWNER, coach=COACH), coach=OWNER)


def C016(stage: Stage) -> Pair:
    right = tried(stage, _path(stage), "name_role_model", OWNER, alone=True, id="m-1", name="Eva")
    return with_argument(right, name=...)


def C017(stage: Stage) -> Pair:
    path = _path(stage).name_role_model("m-1", name="Eva", by=OWNER, at=stage.now)
    return documents(path, lambda it: it["role_models"][0].update(met_on="2026-01-01"))


def C018(stage: Stage) -> Pair:
    steps = ({"id": "s-1", "order": 1, "kind": "learning", "title": "Course"},)
    path = _path(stage).edit(steps=steps, by=OWNER, at=stage.now)
    return documents(path, lambda it: it["steps"][0].update(reached_on="2026-01-01"))


def N001(stage: Stage) -> Pair:
    return _by_coach(stage, _path(stage, "shared"), "say_need", id="n-1", kind="challenge", text=words(stage))


def N002(stage: Stage) -> Pair:
    return _by_coach(stage, _open(stage), "withdraw_need", need="n-9")


def N003(stage: Stage) -> Pair:
    return with_argument(tried(stage, _open(stage), "meet_need", OWNER, alone=True, need="n-9", met_by="x"), met_by=...)


def N004(stage: Stage) -> Pair:
    return _by_coach(stage, _open(stage), "meet_need", need="n-9", met_by=words(stage))


# --- people and organisations ----------------------------------------------------------------------------------------


def _register(stage: Stage, **given: Any) -> Attempt:
    return begun(stage, Person, "register", "p-1", ADMINISTRATION, **{"name": "Anna", **given})


def _employed(stage: Stage) -> Any:
    """Somebody with a position and a placement, since a year."""
    first = stage.now.date() - 365 * DAY
    person = Person.register("p-1", "Anna", first, by=ADMINISTRATION, at=stage.now)
    position = Position("po-1", "e-1", "Builder", Span(first), managers=(Managed("m-1", first),))
    person = person.take_position(position, by=ADMINISTRATION, at=stage.now)
    placement = Placement("pl-1", "c-1", Span(first))
    return person.start_placement(placement, by=ADMINISTRATION, at=stage.now)


def _noted(stage: Stage, act: str, person: Any = None, **given: Any) -> Attempt:
    person = _employed(stage) if person is None else person
    return tried(stage, person, act, ADMINISTRATION, alone=True, **given)


def P001(stage: Stage) -> Pair:
    return with_argument(_register(stage), name=None)


def P002(stage: Stage) -> Pair:
    today, said = stage.now.date(), {"by": ADMINISTRATION, "at": stage.now}
    gone = _employed(stage).leave(today - 100 * DAY, words(stage), **said)
    gone = gone.join(today - 50 * DAY, **said).leave(today - 10 * DAY, words(stage), **said)
    return with_argument(_noted(stage, "join", gone, joined_on=today - 9 * DAY), joined_on=today - 60 * DAY)


def P004(stage: Stage) -> Pair:
    return documents(made(stage, Person, "erased"), lambda it: it.update(language="sv"))


def P006(stage: Stage) -> Pair:
    today = stage.now.date()
    person = _employed(stage).go_on_leave(today, today + 9 * DAY, by=ADMINISTRATION, at=stage.now)
    right = _noted(stage, "go_on_leave", person, since=today - 5 * DAY, until=today - DAY)
    return with_argument(right, until=today)


def _position(stage: Stage, **changed: Any) -> dict[str, Any]:
    span = {"from": stage.now.date()}
    return {"id": "po-2", "employer": "e-1", "title": "Builder", "span": span, **changed}


def _take(stage: Stage, **changed: Any) -> Pair:
    right = _noted(stage, "take_position", position=_position(stage))
    return with_argument(right, position=_position(stage, **changed))


def J002(stage: Stage) -> Pair:
    return _take(stage, title=stage.one(["", " "]))


def J003(stage: Stage) -> Pair:
    right = _noted(stage, "change_manager", position="po-1", manager="m-2", on=stage.now.date())
    return with_argument(right, manager="p-1")


def J007(stage: Stage) -> Pair:
    today = stage.now.date()
    leaves = _employed(stage).leave(today + 20 * DAY, words(stage), by=ADMINISTRATION, at=stage.now)
    ends = [_position(stage, span={"from": today, "to": today + n * DAY}) for n in (21, 20)]
    return with_argument(_noted(stage, "take_position", leaves, position=ends[1]), position=ends[0])


def J008(stage: Stage) -> Pair:
    wrong, right = (_position(stage, occupation={"scheme": "ISCO-08", "code": code}) for code in ("21411", "2141"))
    return with_argument(_noted(stage, "take_position", position=right), position=wrong)


def J009(stage: Stage) -> Pair:
    today = stage.now.date()
    person = _employed(stage).end_position("po-1", today, by=ADMINISTRATION, at=stage.now)
    right = _noted(stage, "change_manager", person, position="po-1", manager="m-2", on=today)
    return with_argument(right, on=today + DAY)


def J010(stage: Stage) -> Pair:
    return _take(stage, id="po-1")


def L001(stage: Stage) -> Pair:
    span = {"from": stage.now.date()}
    wrong, right = ({"id": "pl-2", "client": client, "span": span} for client in ("e-1", "c-1"))
    return with_argument(_noted(stage, "start_placement", placement=right), placement=wrong)


def L004(stage: Stage) -> Pair:
    right = _noted(stage, "end_placement", placement="pl-1", on=stage.now.date(), reason=words(stage))
    return with_argument(right, reason=...)


def L008(stage: Stage) -> Pair:
    first = stage.now.date() - 100 * DAY
    placement = Placement("pl-2", "c-2", Span(first))
    person = _employed(stage).start_placement(placement, by=ADMINISTRATION, at=stage.now)
    right = _noted(stage, "extend_placement", person, placement="pl-2", planned_to=first)
    return with_argument(right, planned_to=first - DAY)


def O001(stage: Stage) -> Pair:
    right = begun(stage, Organisation, "register", "o-1", ADMINISTRATION, name="Verk")
    return with_argument(right, name=stage.one(["", " "]))


def O003(stage: Stage) -> Pair:
    right = begun(stage, Organisation, "register", "o-1", ADMINISTRATION, name="Verk", parent="o-2")
    return with_argument(right, parent="o-1")


# --- opportunities and moves -----------------------------------------------------------------------------------------


def _post(stage: Stage, **given: Any) -> Attempt:
    said = {"title": "Line 2", "kind": "placement", "organisation": "c-1", "places": 2, **given}
    return begun(stage, Opportunity, "post", "op-1", ADMINISTRATION, **said)


def _posted(stage: Stage) -> Any:
    return Opportunity.new("post", **_post(stage).given)


def Q001(stage: Stage) -> Pair:
    return with_argument(_post(stage), title=stage.one(["", " "]))


def Q002(stage: Stage) -> Pair:
    record = _posted(stage).fill("p-1", by=ADMINISTRATION, at=stage.now)
    return with_argument(tried(stage, record, "fill", ADMINISTRATION, person="p-2"), person="p-1")


def Q003(stage: Stage) -> Pair:
    today = stage.now.date()
    return with_argument(_post(stage, open_until=today), open_until=today - DAY)


def Q005(stage: Stage) -> Pair:
    return documents(_posted(stage), lambda it: it.update(reserved_for=["p-1", "p-1"]))


def Q006(stage: Stage) -> Pair:
    record = _posted(stage)
    for person in ("p-1", "p-2"):
        record = record.reserve(person, by=ADMINISTRATION, at=stage.now)
    return with_argument(tried(stage, record, "fill", ADMINISTRATION, person="p-1"), person="p-3")


def Q007(stage: Stage) -> Pair:
    today = stage.now.date()
    return with_argument(_post(stage, starts_on=today, planned_to=today), planned_to=today - DAY)


MOVER, LETS_GO, TAKES = "p-1", "m-1", "r-1"


def _wished(stage: Stage) -> Any:
    return InternalMove.wish("mv-1", words(stage), from_position="po-1", by=MOVER, at=stage.now)


def _ask(stage: Stage, **given: Any) -> Attempt:
    said = {"opportunity": "op-1", "releasing_manager": LETS_GO, "receiving_manager": TAKES}
    return tried(stage, _wished(stage), "ask", MOVER, alone=True, **{**said, **given})


def _asked(stage: Stage, **given: Any) -> Any:
    attempt = _ask(stage, **given)
    return _wished(stage).act("ask", **attempt.given)


def _days(stage: Stage) -> dict[str, Any]:
    return {"release_on": stage.now.date() + 30 * DAY, "start_on": stage.now.date() + 30 * DAY}


def _all_but_one(stage: Stage, record: Any) -> Any:
    """A move to which all have said yes but the receiving manager."""
    for party in record.unanswered():
        person = getattr(record, party)
        if person != TAKES:
            record = record.approve(by=person, at=stage.now)
    return record


def _agreed(stage: Stage) -> Any:
    return _all_but_one(stage, _asked(stage, **_days(stage))).approve(by=TAKES, at=stage.now)


def M001(stage: Stage) -> Pair:
    given = {"id": "mv-1", "state": "wished", "source": "old", "mover": MOVER, "why": "x", "from_position": "po-1"}
    record = InternalMove.import_(by=ADMINISTRATION, at=stage.now, releasing_manager=LETS_GO, **given)
    said = {"alone": True, "opportunity": "op-1", "releasing_manager": LETS_GO}
    return with_argument(tried(stage, record, "ask", MOVER, **said), by=LETS_GO)


def M002(stage: Stage) -> Pair:
    right = begun(stage, InternalMove, "wish", "mv-1", MOVER, why=words(stage), from_position="po-1")
    return with_argument(right, from_position=...)


def M003(stage: Stage) -> Pair:
    pairs = []
    for release in ("coach", "managers"):
        path = CareerPath.begin("path-1", by=MOVER, at=stage.now)
        path = path.say_need("n-1", "challenge", "More", release=release, by=MOVER, at=stage.now)
        said = {"alone": True, "opportunity": "op-1", "releasing_manager": LETS_GO, "needs": path.needs}
        wish = InternalMove.wish("mv-1", "More", needs=("n-1",), from_position="po-1", by=MOVER, at=stage.now)
        pairs.append(tried(stage, wish, "ask", MOVER, **said))
    return pairs[0], pairs[1]


def M005(stage: Stage) -> Pair:
    right = tried(stage, _asked(stage), "decline", LETS_GO)
    return with_argument(right, **{stage.one(["reason", "look_again_on"]): ...})


def M006(stage: Stage) -> Pair:
    days, today = _days(stage), stage.now.date()
    pairs = []
    for start_on in (today + 29 * DAY, today + 30 * DAY):
        record = _all_but_one(stage, _asked(stage, **{**days, "start_on": start_on}))
        pairs.append(tried(stage, record, "approve", TAKES, alone=True))
    return pairs[0], pairs[1]


def M007(stage: Stage) -> Pair:
    right = tried(stage, _agreed(stage), "complete", MOVER, alone=True, on=stage.now.date() + 30 * DAY)
    return with_argument(right, on=...)


def M008(stage: Stage) -> Pair:
    return with_argument(tried(stage, _agreed(stage), "withdraw", MOVER, alone=True), by=LETS_GO)


def M015(stage: Stage) -> Pair:
    return with_argument(_ask(stage), receiving_manager=MOVER)


def M016(stage: Stage) -> Pair:
    record = _asked(stage, **_days(stage)).approve(by=LETS_GO, at=stage.now)
    return with_argument(tried(stage, record, "approve", TAKES, alone=True), by=LETS_GO)


def M017(stage: Stage) -> Pair:
    days = _days(stage)
    right = tried(stage, _asked(stage, **days), "approve", LETS_GO, alone=True, start_on=days["start_on"])
    return with_argument(right, start_on=days["start_on"] + DAY)


def M019(stage: Stage) -> Pair:
    said = {"alone": True, "text": words(stage), "due": stage.now.date() + 30 * DAY}
    record = _asked(stage).promise("c-1", said["text"], said["due"], by=MOVER, at=stage.now)
    return with_argument(tried(stage, record, "promise", TAKES, id="c-2", **said), id="c-1")


MISSES: Mapping[str, Miss] = {name: it for name, it in list(globals().items()) if name[1:].isdigit()}
