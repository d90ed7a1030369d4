"""Systems that keep our own records, and spoil what is given to them or what they give back: one bug at a time.

A bug spoils what is given to an act, on the way in; or the whole record as a dict, on the way out; or is in the shelf.
"""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from attrs import frozen

from coaching import CoachingRelationship, Goal, Interview, Record, Rejected, codec
from coaching.testing import CoachingWorkflow, GoalWorkflow, InterviewWorkflow, RelationshipWorkflow

Dict = dict[str, Any]
In = Callable[[str, Dict], object]
Out = Callable[[Dict], object]


@frozen
class Bug:
    """What is spoilt on the way in, and on the way out."""

    given: In = lambda *_: None
    kept: Out = lambda _: None


IN_THE_SHELF = Bug()


def given(act: str, name: str, change: Callable[[Any], Any]) -> Bug:
    """Change an argument of an act, where it is given."""

    def spoil(asked: str, args: Dict) -> None:
        if asked == act and args.get(name) is not None:
            args[name] = change(args[name])

    return Bug(spoil)


def word(act: str, name: str, lost: tuple[str, ...], kept: str | None) -> Bug:
    """Keep another word than one that was given."""
    return given(act, name, lambda it: kept if it in lost else it)


def dropped(act: str, name: str) -> Bug:
    """Drop an argument."""
    return Bug(lambda asked, args: args.pop(name, None) if asked == act else None)


def first_only(act: str, name: str) -> Bug:
    """Keep the first item of a list."""
    return given(act, name, lambda it: it[:1])


def capped(most: int) -> Bug:
    """Keep the first entries of the history."""
    return Bug(kept=lambda kept: kept.update(history=kept["history"][:most]))


def leap(path: str) -> Bug:
    """Make the 29th of February the 28th."""

    def spoil(kept: Dict) -> None:
        *way, name = path.split(".")
        parts = [kept]
        for it in way:
            parts = [p for part in parts for p in (part.get(it) if isinstance(part.get(it), list) else [part.get(it)])]
        for part in parts:
            if part and str(part.get(name)).endswith("02-29"):
                part[name] = f"{part[name][:-2]}28"

    return Bug(kept=spoil)


def quiet_note(act: str, args: Dict) -> None:
    """Keep a note with a reservation alone."""
    if act == "sign" and args.get("stance") != "reservation" and (args.get("note") or "").strip():
        del args["note"]


def blank_note(act: str, args: Dict) -> None:
    """Take a blank note for none, where nobody has a reservation."""
    if act == "sign" and args.get("stance") != "reservation" and args.get("note") is not None:
        args["note"] = args["note"].strip() or None


def trimmed_ids(_: str, args: Dict) -> None:
    """Take an id with a blank for the one without."""
    args.update({it: args[it].strip() for it in ("coach", "coachee", "interviewer") if isinstance(args.get(it), str)})


def cut(most: int) -> Bug:
    """Cut what is said at the end."""
    return given("close", "closing", lambda it: it[:most] if len(it) <= 10_000 else it)


TALKS: dict[str, Bug] = {
    "phases_lost": word("say", "phase", ("topic", "goal", "reality"), None),
    "promise_kinds_lost": word("promise", "kind", ("support", "introduction"), "action"),
    "done_on_ignored": dropped("fulfil", "done_on"),
    "first_tag_only": first_only("say", "tags"),
    "first_disclosure_only": first_only("finish", "disclosures"),
    "first_feedback_only": first_only("finish", "feedback"),
    "slot_cut_at_240": given(
        "schedule", "slot", lambda it: {**it, "minutes": 240} if it["minutes"] in range(240, 480) else it
    ),
    "history_of_20": capped(20),
    "trimmed_ids": Bug(trimmed_ids),
}
GOALS: dict[str, Bug] = {
    "whole_amounts": given("invest", "amount", lambda it: max(1, int(it)) if it > 0 else it),
    "money_is_time": word("invest", "kind", ("money",), "time"),
    "introduction_is_action": word("promise", "kind", ("introduction",), "action"),
    "done_on_ignored": dropped("fulfil", "done_on"),
    "progress_above_zero": given("note_progress", "value", abs),
    "nothing_for_zero": given("achieve", "value", lambda it: it or None),
    "obstacles_once": Bug(kept=lambda kept: kept.update(obstacles=list(dict.fromkeys(kept.get("obstacles", ()))))),
    "history_of_15": capped(15),
    "done_on_leap_day": leap("commitments.done_on"),
    "leap_day_is_not_late": IN_THE_SHELF,
    "trimmed_ids": Bug(trimmed_ids),
}
PAIRS: dict[str, Bug] = {
    "cadence_under_signatures": IN_THE_SHELF,
    "cut_at_4000": cut(4_000),
    "review_on_leap_day": leap("agreement.review_on"),
    "closed_on_leap_day": leap("span.to"),
    "order_by_the_wall": IN_THE_SHELF,
    "begun_anew": IN_THE_SHELF,
    "blank_note": Bug(blank_note),
    "history_of_8": capped(8),
    "quiet_note": Bug(quiet_note),
    "cadence_of_255": given("amend", "cadence", lambda it: 255 if 255 < it < 10**15 else it),
    "trimmed_ids": Bug(trimmed_ids),
}


class Shelf(CoachingWorkflow):
    """Records by id."""

    refusal = Rejected
    of: ClassVar[type[Record]] = Record
    bugs: ClassVar[dict[str, Bug]] = {}

    def __init__(self, bug: str = "") -> None:
        """Begin with none."""
        self.bug, self.held, self.kept = bug, dict[str, Any](), dict[str, Any]()
        self.spoil, self.signed = self.bugs.get(bug, IN_THE_SHELF), dict[str, list[Dict]]()

    def perform(self, act: str, record_id: str, by: str, at: datetime, **args: Any) -> None:
        """Do an act."""
        held, begins = self.held.get(record_id), self.of.lifecycle.find(act, None) is not None
        if held is not None and begins:
            raise Rejected("there already", [])
        if self.bug == "order_by_the_wall" and held is not None:
            last = self.kept[record_id]
            if at.replace(tzinfo=None) < last.replace(tzinfo=None):
                raise Rejected("earlier than the last entry", [])
        self.spoil.given(act, args)
        new = self.of.new(act, record_id, by=by, at=at, **args) if held is None else held.act(act, by=by, at=at, **args)
        alone = self.bug == "cadence_under_signatures" and act == "amend" and args.keys() == {"cadence"}
        self.signed[record_id] = [{"by": s.by} for s in held.signatures] if alone else []
        self.held[record_id], self.kept[record_id] = new, at

    def read(self, record_id: str) -> dict[str, Any]:
        """Give a record."""
        held = self.held[record_id]
        kept: dict[str, Any] = json.loads(codec.dumps(held))
        del kept["schema"]
        self.spoil.kept(kept)
        kept["signatures"] = [*self.signed[record_id], *kept.get("signatures", ())]
        if self.bug == "begun_anew" and kept.get("span"):
            kept["span"]["from"] = str(
                [e for e in held.history if e.act == "sign" and e.state == "active"][-1].at.date()
            )
        return kept


class ShelfOfTalks(Shelf):
    """Talks."""

    pieces, of, bugs = InterviewWorkflow.pieces, Interview, TALKS


class ShelfOfGoals(Shelf):
    """Goals, and what is overdue."""

    pieces, of, bugs = GoalWorkflow.pieces, Goal, GOALS

    def due(self, on: date) -> dict[str, list[tuple[str, ...]]]:
        """List the promises that are overdue."""
        late = self.bug == "leap_day_is_not_late" and (on.month, on.day) == (2, 29)
        on -= timedelta(days=1) if late else timedelta(0)
        goals = list(self.held.values())
        return {
            "commitments": [
                (c.by, goal.id, c.id)
                for goal in goals
                for c in goal.commitments
                if c.state == "promised" and c.due < on
            ],
            "goals": [(goal.owner, goal.id) for goal in goals if goal.overdue(on)],
        }


class ShelfOfPairs(Shelf):
    """Relationships."""

    pieces, of, bugs = RelationshipWorkflow.pieces, CoachingRelationship, PAIRS
