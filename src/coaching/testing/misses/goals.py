"""Near misses of the rules of goals and commitments, and of the kernel, which a goal breaks as well as any other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coaching.records.goals import Goal
from coaching.records.paths import CareerPath
from coaching.records.people import Person
from coaching.testing.acts import STRANGER
from coaching.testing.attempts import (
    ADMINISTRATION,
    COACH,
    DAY,
    OWNER,
    Attempt,
    Miss,
    Pair,
    begun,
    but,
    documents,
    made,
    tried,
    with_argument,
    words,
)
from coaching.testing.walks import Stage


def _draft(stage: Stage, **fields: Any) -> Any:
    return made(stage, Goal, "draft", owner=OWNER, coach=COACH, **fields)


def _edit(stage: Stage, **given: Any) -> Attempt:
    goal = _draft(stage)
    return tried(stage, goal, "edit", goal.owner, alone=True, **given)


def _invest(stage: Stage) -> Attempt:
    goal = _draft(stage)
    return tried(stage, goal, "invest", goal.owner)


def _agreed(stage: Stage) -> Any:
    return made(stage, Goal, "agreed")


def _proposed(stage: Stage, *signed: str) -> Any:
    goal = made(stage, Goal, "proposed", owner=OWNER, coach=COACH)
    for person in (goal.owner, goal.coach):
        goal = goal.promise(f"c-{person}", "Ask", stage.now.date() + 90 * DAY, by=person, at=stage.now)
    for person in signed:
        goal = goal.sign(by=person, at=stage.now)
    return goal


def _begin_goal(stage: Stage, **given: Any) -> Attempt:
    return begun(stage, Goal, "begin", "g-1", OWNER, **{"title": words(stage), **given})


def V001(stage: Stage) -> Pair:
    return with_argument(_begin_goal(stage), id=stage.one([" g-1", "", "g\u200b1", "g" * 201]))


def V002(stage: Stage) -> Pair:
    return with_argument(_edit(stage, outcome=words(stage)), outcome=stage.one([" ", "\u200b", "a\0", "o" * 10_001]))


def V003(stage: Stage) -> Pair:
    goal = _edit(stage, outcome=words(stage))
    return with_argument(goal, at=goal.given["at"].replace(tzinfo=None))


def V004(stage: Stage) -> Pair:
    path = made(stage, CareerPath, "draft")
    step = {"id": "s-1", "order": 1, "kind": "learning", "title": words(stage)}
    day = stage.now.date()
    spans = [{"from": day, "to": day - n * DAY} for n in (1, 0)]
    wrong, right = (({**step, "span": span},) for span in spans)
    return with_argument(tried(stage, path, "edit", path.owner, alone=True, steps=right), steps=wrong)


def V005(stage: Stage) -> Pair:
    return with_argument(but(_invest(stage), amount=1), amount=stage.one([0, -1, 10**15, float("inf")]))


def V006(stage: Stage) -> Pair:
    right = begun(stage, Person, "register", "p-1", ADMINISTRATION, name="Anna", language="sv")
    return with_argument(right, language=stage.one(["s", "sv_SE", "swedishes"]))


def V007(stage: Stage) -> Pair:
    return with_argument(_edit(stage, confidence=10), confidence=stage.one([11, -1]))


def V008(stage: Stage) -> Pair:
    goal = made(stage, Goal, "proposed")
    return documents(goal, lambda it: it["history"][1].update(at="2020-01-01T00:00:00+00:00"))


def V009(stage: Stage) -> Pair:
    goal = _edit(stage, outcome=words(stage))
    last = goal.record.history[-1].at if goal.record else goal.given["at"]
    return with_argument(goal, at=last - stage.one([1, 400]) * DAY)


def V019(stage: Stage) -> Pair:
    fields = {"state": "draft", "owner": OWNER, "title": words(stage)}
    taken = Goal.import_("goal-1", by=ADMINISTRATION, at=stage.now, source="another system", **fields)
    again = tried(stage, taken, "reimport", ADMINISTRATION, title=words(stage), source="another system")
    acted = taken.edit(why=words(stage), by=OWNER, at=stage.now)
    return Attempt(Goal, "reimport", again.given, acted), again


def V010(stage: Stage) -> Pair:
    draft, goal = _draft(stage), _proposed(stage)
    return tried(stage, draft, "sign", OWNER), tried(stage, goal, "sign", OWNER)


def V011(stage: Stage) -> Pair:
    return with_argument(_edit(stage, outcome=words(stage)), by=STRANGER)


def V012(stage: Stage) -> Pair:
    return with_argument(_invest(stage), kind=stage.one(["luck", "", "TIME"]))


def V013(stage: Stage) -> Pair:
    return documents(_agreed(stage), lambda it: it.update(state="paused"))


def V014(stage: Stage) -> Pair:
    return with_argument(_invest(stage), **{stage.one(["kind", "text"]): ...})


def V015(stage: Stage) -> Pair:
    return with_argument(_edit(stage, target_on=stage.now.date() + 90 * DAY), target_on="2026-09-01")


def V016(stage: Stage) -> Pair:
    return with_argument(_edit(stage, outcome=words(stage)), colour="red")


def V017(stage: Stage) -> Pair:
    goal = _draft(stage).suggest_option("o-1", words(stage), by=COACH, at=stage.now)
    return with_argument(tried(stage, goal, "adopt_option", OWNER, option="o-1"), option="o-9")


def V018(stage: Stage) -> Pair:
    return documents(_draft(stage), lambda it: it.update(stage.one([{"type": "gaol"}, {"schema": 0}])))


def S001(stage: Stage) -> Pair:
    return with_argument(tried(stage, _proposed(stage, OWNER), "sign", COACH), by=OWNER)


def S002(stage: Stage) -> Pair:
    goal = tried(stage, _proposed(stage), "sign", OWNER, stance="reservation", note=words(stage))
    return with_argument(goal, note=...)


def S003(stage: Stage) -> Pair:
    return documents(_agreed(stage), lambda it: [signature.update(revision=9) for signature in it["signatures"]])


# --- goals and commitments -------------------------------------------------------------------------------------------


def _ready(stage: Stage, *without: str) -> Attempt:
    """A goal that may be proposed, but for what it is without."""
    goal = _draft(stage)
    given = {"outcome": words(stage), "target_on": stage.now.date() + 90 * DAY}
    given = {name: value for name, value in given.items() if name not in without}
    goal = goal.edit(by=OWNER, at=stage.now, **given) if given else goal
    if "investments" not in without:
        goal = goal.invest("time", words(stage), by=OWNER, at=stage.now)
    return tried(stage, goal, "propose", OWNER)


def G001(stage: Stage) -> Pair:
    return with_argument(_begin_goal(stage), title=stage.one([" ", "", "t" * 10_001]))


def G002(stage: Stage) -> Pair:
    return _ready(stage, "outcome"), _ready(stage)


def G003(stage: Stage) -> Pair:
    return with_argument(_ready(stage), by=COACH)


def G004(stage: Stage) -> Pair:
    right = _ready(stage)
    goal: Any = right.record
    goal = goal.suggest_option("o-1", words(stage), by=COACH, at=stage.now).choose_option("o-1", by=OWNER, at=stage.now)
    adopted = goal.adopt_option("o-1", by=OWNER, at=stage.now)
    return tried(stage, goal, "propose", OWNER), tried(stage, adopted, "propose", OWNER)


def G005(stage: Stage) -> Pair:
    return _ready(stage, "investments"), _ready(stage)


def G006(stage: Stage) -> Pair:
    right = tried(stage, _proposed(stage, OWNER), "sign", COACH)
    goal = made(stage, Goal, "proposed", owner=OWNER, coach=COACH).sign(by=OWNER, at=stage.now)
    return tried(stage, goal, "sign", COACH), right


def G007(stage: Stage) -> Pair:
    wrong = _ready(stage, "target_on")
    goal: Any = wrong.record
    late, soon = (goal.edit(target_on=stage.now.date() + n * DAY, by=OWNER, at=stage.now) for n in (0, 1))
    return tried(stage, late, "propose", OWNER), tried(stage, soon, "propose", OWNER)


def G009(stage: Stage) -> Pair:
    agreed, draft = _agreed(stage), _draft(stage)
    given = {"alone": True, "outcome": words(stage)}
    return tried(stage, agreed, "edit", agreed.owner, **given), tried(stage, draft, "edit", OWNER, **given)


def G010(stage: Stage) -> Pair:
    record = _agreed(stage)
    goal = tried(stage, record, "note_progress", record.owner)
    return with_argument(but(goal, on=...), on=goal.given["at"].date() - 4000 * DAY)


def G011(stage: Stage) -> Pair:
    return _argument_of(stage, "achieve", "result")


def G012(stage: Stage) -> Pair:
    goal = _agreed(stage)
    wrong = tried(stage, goal, "miss", goal.owner)
    stage.now = max(stage.now, stage.now + (goal.target_on - stage.now.date() + DAY))
    return wrong, but(wrong, at=stage.now)


def G013(stage: Stage) -> Pair:
    return _argument_of(stage, "drop", "reason")


def G014(stage: Stage) -> Pair:
    return _argument_of(stage, "pause", "resume_on")


def _argument_of(stage: Stage, act: str, name: str) -> Pair:
    """An act on an agreed goal by its owner, without something, and with it."""
    goal = _agreed(stage)
    return with_argument(tried(stage, goal, act, goal.owner), **{name: ...})


def G022(stage: Stage) -> Pair:
    goal = _draft(stage).suggest_option("o-1", words(stage), by=OWNER, at=stage.now)
    return with_argument(tried(stage, goal, "choose_option", OWNER, option="o-1"), option="o-9")


def G024(stage: Stage) -> Pair:
    return documents(_agreed(stage), lambda it: it.update(score="0.7"))


def G026(stage: Stage) -> Pair:
    return with_argument(_begin_goal(stage, coach=COACH), coach=OWNER)


def G027(stage: Stage) -> Pair:
    measure = {"unit": "stations", "start": 4}
    return with_argument(_edit(stage, measure={**measure, "target": 5}), measure={**measure, "target": 4})


def G028(stage: Stage) -> Pair:
    goal = _draft(stage).suggest_option("o-1", words(stage), by=OWNER, at=stage.now)
    return with_argument(tried(stage, goal, "suggest_option", OWNER, id="o-2"), id="o-1")


def _promise(stage: Stage) -> Attempt:
    return tried(stage, _draft(stage), "promise", OWNER)


def K001(stage: Stage) -> Pair:
    return with_argument(_promise(stage), due=None)


def K002(stage: Stage) -> Pair:
    goal = _agreed(stage)
    goal = goal.renegotiate("Hand over", coach="m-b", by=goal.owner, at=stage.now)
    return with_argument(tried(stage, goal, "promise", goal.owner, to=None, id="c-9"), by=_first_coach(goal))


def _first_coach(goal: Any) -> str:
    return str(next(c.by for c in goal.commitments if c.by != goal.owner))


def K003(stage: Stage) -> Pair:
    goal = _promise(stage)
    return with_argument(but(goal, due=goal.given["at"].date()), due=goal.given["at"].date() - DAY)


def K004(stage: Stage) -> Pair:
    def done(it: dict[str, Any]) -> None:
        it["commitments"][0].update(state="done")

    return documents(_agreed(stage), done)


def _own_promise(stage: Stage, act: str, **given: Any) -> tuple[Any, Attempt]:
    goal = _agreed(stage)
    goal = goal.promise("c-9", words(stage), stage.now.date() + 30 * DAY, to=goal.coach, by=goal.owner, at=stage.now)
    return goal, tried(stage, goal, act, goal.owner, alone=True, commitment="c-9", **given)


def K005(stage: Stage) -> Pair:
    goal, right = _own_promise(stage, "fulfil", result=words(stage))
    return with_argument(right, by=goal.coach)


def K006(stage: Stage) -> Pair:
    goal = _agreed(stage)
    move = {"old_due": "2030-01-01", "new_due": "2030-01-02", "reason": "Away", "at": "2024-01-01T00:00:00+00:00"}
    return documents(goal, lambda it: it["commitments"][0].update(moves=[move]))


def K007(stage: Stage) -> Pair:
    goal, right = _own_promise(stage, "release", reason=words(stage))
    return with_argument(but(right, by=goal.coach), by=goal.owner)


def K010(stage: Stage) -> Pair:
    _, wrong = _own_promise(stage, "miss_commitment", reason=words(stage))
    return wrong, but(wrong, at=wrong.given["at"] + 31 * DAY)


MISSES: Mapping[str, Miss] = {name: it for name, it in list(globals().items()) if name[1:].isdigit()}
