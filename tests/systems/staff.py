"""Somebody else's system for staff: people with their days, and moves; dicts, and rules of its own.

Nothing of the library is imported. `Staff()` is right; with a bug of `BUGS`, switched on by its name, it is not.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

BUGS = {
    # people and days
    "last_day_is_the_day_after": "the last day of employment is counted as the day after",
    "last_day_is_not_counted": "nobody is employed on the last day",
    "first_day_is_not_counted": "nobody is employed on the first day",
    "leaves_overlap": "a leave may overlap another",
    "leave_past_the_end": "a leave may run past the last day",
    "leave_of_one_day_refused": "a leave that ends on its first day is taken for a backward one",
    "manager_at_once": "a manager noted ahead takes effect at once",
    "manager_at_the_end": "a change of manager found late is put after all others",
    "manager_twice": "a change for the same day stands beside the one before",
    "own_manager": "somebody manages themselves",
    "managed_after_the_end": "a manager is changed after the position has ended",
    "back_before_it_began": "somebody comes back on the day before the leave",
    "back_the_day_after_refused": "nobody comes back on the day after the planned last one",
    "back_a_day_late": "the day of coming back is a day of the leave",
    "leaving_loses_what_lies_ahead": "what had not begun is not back when a leaving is taken back",
    "stay_leaves_it_ended": "what a leaving ended stays ended when it is taken back",
    "stay_overrides_later_words": "taking a leaving back forgets what was said since",
    "earlier_leaving_forgets_the_first": "another last day replaces what the first one closed",
    "reason_stays": "a placement that goes on keeps the reason why it ended",
    "leaving_changes_all": "somebody who leaves ends the leaves of everybody",
    "leap_day_lost": "29 February becomes the 28th",
    "days_in_utc": "the day of an act is taken in UTC",
    "erased_acts": "an erased person is corrected",
    "erased_keeps_contacts": "the words of placements stay after erasing",
    "erased_on_the_last_day": "somebody is erased on their last day",
    "rehired_once_only": "joining again replaces the first employment",
    "employments_meet": "an employment ends on the day on which the next one begins",
    "open_beyond_the_end": "a position taken during notice has no end",
    "ended_without_reason": "a placement ends without a reason",
    "planned_before_it_began": "a placement is planned to end before it begins",
    "position_twice": "two positions have one id",
    "placed_at_the_employer": "the client is the employer",
    "restart_forgets_ahead": "leaves that lie ahead are gone after a restart",
    "history_without_stay": "taking a leaving back leaves no entry",
    # moves and handing over
    "completed_before_approvals": "a move is completed while somebody is still asked",
    "completed_before_release": "a move is completed on the day before the release",
    "older_revision_counts": "a yes to what stood before a change counts",
    "former_manager_acts": "the former manager keeps rights",
    "handover_dropped": "what was promised to the former manager is dropped",
    "receiving_answers_for_releasing": "the receiving manager approves for the releasing one",
    "client_not_asked": "a move is agreed without the client",
    "declined_goes_on": "a declined move goes on",
    "declined_for_ever": "a no needs no day to look again",
    "look_again_today": "the day to look again may be the same one",
    "no_beside_the_yes": "a no leaves the yes that was given before",
    "start_before_release": "the start may lie before the release",
    "day_set_by_a_yes": "a yes sets another day than the one that is set",
    "yes_twice": "one side says yes twice",
    "mover_manages": "the mover is the receiving manager",
    "ends_where_it_starts": "a move leads where it starts",
    "needs_not_released": "needs are used that were not released",
    "withdrawn_when_done": "a move that is done can be withdrawn",
    "change_makes_no_revision": "a change after the agreement is the same revision",
    "promises_end_with_the_move": "nothing is kept any more once a move is done",
    "due_on_the_start": "a promise is due on the day of the start, whatever was said",
}
KINDS = ("action", "support", "introduction", "learning")
PARTIES = ("mover", "releasing_manager", "receiving_manager", "client_by")
DAY = timedelta(days=1)
Dict = dict[str, Any]


class Refused(Exception):
    """The system says no."""


def no(unless: object, why: str) -> None:
    """Refuse, unless something holds."""
    if not unless:
        raise Refused(why)


def fresh(it: Any) -> Any:
    """Copy dicts and lists."""
    if isinstance(it, dict):
        return {name: fresh(value) for name, value in it.items()}
    return [fresh(value) for value in it] if isinstance(it, (list, tuple)) else it


def text(given: Any) -> str:
    """Check a text."""
    no(isinstance(given, str) and 0 < len(given) <= 10_000 and seen(given), "a text is missing or too long")
    return str(given)


UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}
MOST = 10**15


def seen(given: str) -> bool:
    """Tell whether there is something to see in a text."""
    return "\0" not in given and any(unicodedata.category(c) not in UNSEEN for c in given)


def is_word(given: Any) -> bool:
    """Tell whether something is a word or a few."""
    trimmed = isinstance(given, str) and 0 < len(given) <= 200 and given == given.strip()
    return trimmed and seen(given) and not any(unicodedata.category(c) == "Cc" for c in given)


def is_id(given: Any) -> bool:
    """Tell whether something is an id: 200 characters at most, nothing unseen, no blank at its ends."""
    trimmed = isinstance(given, str) and 0 < len(given) <= 200 and given == given.strip()
    return trimmed and not any(unicodedata.category(c) in UNSEEN - {"Zs"} for c in given)


def is_text(given: Any) -> bool:
    """Tell whether something is a text."""
    return isinstance(given, str) and 0 < len(given) <= 10_000 and seen(given)


WORDS = frozenset((
    "challenge", "responsibility", "placement", "location", "learning", "autonomy", "relatedness", "meaning", "balance",
    "other", "person", "goal", "interview", "feedback", "path", "move", "opportunity", "position", "need", "dream",
    "step", "commitment", "action", "support", "introduction",
))  # fmt: skip
SHAPES: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(
        ("id", "manager", "employer", "client", "opportunity", "releasing_manager", "receiving_manager", "client_by",
         "to", "from_position", "from_placement", "facilitators", "needs", "of"), is_id,
    ),
    **dict.fromkeys(("name", "given_name", "family_name", "title", "unit"), is_word),
    **dict.fromkeys(("reason", "why", "text", "result", "end_reason", "contact", "met_by"), is_text),
    "country": lambda it: re.fullmatch("[A-Z]{2}", it) is not None,
    "level": lambda it: -MOST <= it <= MOST,
    "release": lambda it: it in {"owner_only", "coach", "managers", "client"},
    "scheme": is_word,
    "code": is_word,
    "state": lambda it: it in {"open", "met", "withdrawn"},
    "kind": lambda it: it in WORDS,
    "importance": lambda it: it in {"must", "want"},
}  # fmt: skip
"""What is given has the shape that its name says."""


def shaped(name: str, given: Any) -> None:
    """Check what is given, in all of it."""
    if isinstance(given, dict):
        for inner, it in given.items():
            shaped(inner, it)
    elif isinstance(given, (list, tuple)):
        for it in given:
            shaped(name, it)
    elif given is not None and name in SHAPES and not isinstance(given, date):
        no(SHAPES[name](given), f"{name} is not right")


def span(it: Dict) -> Dict:
    """Give the days of a part, or of what is nothing but days."""
    found: Dict = it.get("span", it)
    return found


def key(it: Dict) -> Any:
    """Give what names a part: its id, or its first day."""
    return it.get("id", span(it)["from"])


def last(it: Dict) -> date:
    """Give the last day of a part; a day far ahead where it is open."""
    return span(it).get("to") or date.max


def covers(it: Dict, day: date) -> bool:
    """Tell whether a day lies within."""
    return bool(span(it)["from"] <= day <= last(it))


def in_order(parts: list[Dict]) -> list[Dict]:
    """Sort parts by their days."""
    return sorted(parts, key=lambda it: (span(it)["from"], str(key(it))))


class Staff:
    """People and moves by id, in memory."""

    def __init__(self, bug: str = "") -> None:
        """Begin with nobody."""
        self.bug, self.held, self.undo = bug, dict[str, Dict](), dict[str, list[Dict]]()

    def has(self, bug: str) -> bool:
        """Tell whether a bug is switched on."""
        return self.bug == bug

    def do(self, act: str, id: str, /, by: str, at: datetime, **given: Any) -> None:
        """Do an act, or refuse it; a refused one changes nothing."""
        before = fresh(self.held), fresh(self.undo)
        try:
            if act in {"register", "wish"}:
                no(id not in self.held, "there already")
                self.held[id] = {"state": "known" if act == "register" else "wished", "revision": 1, "history": []}
            no(id in self.held, "no such record")
            held = self.held[id] | {"id": id}
            no(not held["history"] or at >= held["history"][-1]["at"], "earlier than the last entry")
            shaped("", {"id": id, **given})
            given = {name: self.day(value) for name, value in given.items()}
            getattr(self, act)(held, by, at, **given)
            self.note(held, act, by, at, given.get("reason"))
            self.held[id] = held
        except Refused:
            self.held, self.undo = before
            raise

    def get(self, id: str) -> Dict:
        """Give a record."""
        held: Dict = fresh(self.held[id])
        held.pop("former", None)
        return held

    def again(self) -> None:
        """Start again."""
        if self.has("restart_forgets_ahead"):
            for held in self.held.values():
                now = held["history"][-1]["at"].date()
                if "leaves" in held:
                    held["leaves"] = [it for it in held["leaves"] if it["from"] <= now]

    def day(self, given: Any) -> Any:
        """Store what is given, days in all of it."""
        if isinstance(given, dict):
            return {name: self.day(it) for name, it in given.items()}
        if isinstance(given, (list, tuple)):
            return [self.day(it) for it in given]
        if isinstance(given, date) and self.has("leap_day_lost") and (given.month, given.day) == (2, 29):
            return given - DAY
        return given

    def today(self, at: datetime) -> date:
        """Give the day of an act."""
        return (at.astimezone(UTC) if self.has("days_in_utc") else at).date()

    def note(self, held: Dict, act: str, by: str, at: datetime, reason: Any) -> None:
        """Write an entry."""
        if act in {"leave", "end_placement"}:  # kept with the placements, so that it can be erased
            reason = None
        if not (act == "stay" and self.has("history_without_stay")):
            entry = {"act": act, "state": held["state"], "by": by, "at": at, "revision": held["revision"]}
            held["history"].append({**entry, "reason": None if reason is None else text(reason)})

    # --- people ------------------------------------------------------------------------------------------------------

    def register(
        self, who: Dict, _by: str, _at: datetime, name: Any, joined_on: Any = None, position: Any = None, **more: Any
    ) -> None:
        """Note somebody."""
        lists: Dict = {part: [] for part in ("employments", "leaves", "positions", "placements")}
        names = dict.fromkeys(("given_name", "family_name", "language"))
        who.update({"name": name, **names, "external_ids": {}, **lists, **more})
        if joined_on is not None:
            who["employments"] = [{"from": joined_on, "to": None}]
        if position is not None:
            who["positions"] = [position]
        self.undo[who["id"]] = []
        self.check(who)

    def correct(self, who: Dict, _by: str, _at: datetime, reason: Any, **content: Any) -> None:
        """Set right what was noted wrongly."""
        if not self.has("erased_acts"):
            self.known(who)
        text(reason)
        who.update(content)
        if "employments" in content:
            ends = {it.get("to") for it in content["employments"]}
            self.undo[who["id"]] = [it for it in self.undo[who["id"]] if it["on"] in ends]
        self.check(who)

    def known(self, who: Dict) -> None:
        """See that somebody was not erased."""
        no(who["state"] == "known", "erased")

    def employment(self, who: Dict, day: date) -> Dict | None:
        """Give the employment that counts on a day."""
        begun = [it for it in who["employments"] if it["from"] <= day]
        return (begun or who["employments"][:1] or [None])[-1]

    def standing(self, who: Dict, day: Any) -> str:
        """Say where somebody stands on a day."""
        self.known(who)
        no(isinstance(day, date), "a day is missing")
        it = self.employment(who, day)
        if it is None:
            return "outside"
        if self.has("last_day_is_the_day_after") and it["to"] is not None and day == it["to"] + DAY:
            return "active"
        if self.has("last_day_is_not_counted") and day == it["to"]:
            return "left"
        if self.has("first_day_is_not_counted") and day == it["from"]:
            return "ahead"
        if covers(it, day):
            return "on_leave" if self.leave_on(who, day) else "active"
        return "ahead" if day < it["from"] else "left"

    def stands(self, who: Dict, day: Any, *standings: str) -> None:
        """See that somebody stands so on a day."""
        no(self.standing(who, day) in (standings or ("active", "on_leave")), f"not on {day}")

    def leave_on(self, who: Dict, day: date) -> Dict | None:
        """Give the leave of a day."""
        return next((it for it in who["leaves"] if covers(it, day)), None)

    def join(self, who: Dict, _by: str, _at: datetime, joined_on: Any, left_on: Any = None) -> None:
        """Come to the house."""
        self.stands(who, joined_on, "left", "outside")
        others = [] if self.has("rehired_once_only") else who["employments"]
        who["employments"] = in_order([*others, {"from": joined_on, "to": left_on}])
        self.check(who)

    def leave(self, who: Dict, _by: str, _at: datetime, left_on: Any, reason: Any = None) -> None:
        """Go, on a day."""
        self.stands(who, left_on)
        if reason is not None:
            text(reason)
        runs = next((it for it in who["employments"] if covers(it, left_on)), who["employments"][-1])
        gave = {it["id"]: it.get("end_reason") for it in who["placements"]}
        if not self.has("earlier_leaving_forgets_the_first"):
            self.reopen(who, runs)
        after = next((it["from"] for it in who["employments"] if it["from"] > runs["from"]), date.max)
        closed = self.closing(who, left_on)
        for name in ("leaves", "positions", "placements"):
            stay = []
            for it in who[name]:
                first = span(it)["from"]
                if last(it) <= left_on or not runs["from"] <= first < after:
                    stay.append(it)
                elif first > left_on:
                    closed["dropped", name].append(it)
                else:
                    stay.append(self.ended(it, left_on, reason or gave.get(it.get("id"))))
                    closed["ended", name].append(it)
            who[name] = stay
        who["employments"] = [{**it, "to": left_on} if it is runs else it for it in who["employments"]]
        if self.has("leaving_changes_all"):
            for other in self.held.values():
                for it in other.get("leaves", []) if other["history"] is not who["history"] else []:
                    it["to"] = left_on
        self.check(who)

    def ended(self, it: Dict, on: date, reason: Any) -> Dict:
        """End a part, a placement for a reason."""
        if "span" not in it:
            return {**it, "to": on}
        it = {**it, "span": {**it["span"], "to": on}}
        if "client" in it and not it.get("end_reason"):
            no(reason or self.has("ended_without_reason"), "why does it end?")
            it["end_reason"] = reason
        return it

    def closing(self, who: Dict, on: date) -> Dict:
        """Give what is kept of a leaving."""
        kept = self.undo[who["id"]]
        there = next((it for it in kept if it["on"] == on), None)
        if there is None:
            parts = ("leaves", "positions", "placements")
            there = {"on": on} | {(way, name): [] for way in ("ended", "dropped") for name in parts}
            kept.append(there)
        return there

    def reopen(self, who: Dict, employment: Dict) -> None:
        """Put back what a leaving closed."""
        closed = next((it for it in self.undo[who["id"]] if it["on"] == employment["to"]), None)
        if closed is None:
            return
        self.undo[who["id"]] = [it for it in self.undo[who["id"]] if it is not closed]
        for name in ("leaves", "positions", "placements"):
            before = {key(it): it for it in closed["ended", name]}
            found = [self.restored(it, before.get(key(it)), closed["on"]) for it in who[name]]
            there = {key(it) for it in found}
            back = [it for it in closed["dropped", name] if key(it) not in there]
            who[name] = in_order(found + ([] if self.has("leaving_loses_what_lies_ahead") else back))

    def restored(self, it: Dict, before: Dict | None, on: date) -> Dict:
        """Give a part as it was before a leaving ended it, with what was said of it since."""
        if before is None or (last(it) != on and not self.has("stay_overrides_later_words")):
            return it
        if self.has("stay_leaves_it_ended"):
            return it
        if "span" not in it:
            return before
        back = {**it, "span": {**it["span"], "to": before["span"].get("to")}}
        if "client" in it and not before.get("end_reason") and not self.has("reason_stays"):
            back["end_reason"] = None
        return back

    def forget(self, who: Dict, name: str, it: Dict) -> None:
        """Let a later word about a part count."""
        for closed in [] if self.has("stay_overrides_later_words") else self.undo[who["id"]]:
            for way in ("ended", "dropped") if name == "leaves" else ("ended",):
                closed[way, name] = [part for part in closed[way, name] if key(part) != key(it)]

    def stay(self, who: Dict, _by: str, _at: datetime, reason: Any = None) -> None:
        """Take the last leaving back."""
        del reason
        self.known(who)
        no(who["employments"] and who["employments"][-1]["to"] is not None, "no leaving")
        runs = who["employments"][-1]
        self.reopen(who, runs)
        who["employments"] = [*who["employments"][:-1], {**runs, "to": None}]
        self.check(who)

    def erase(self, who: Dict, _by: str, at: datetime, reason: Any) -> None:
        """Forget who it was."""
        self.known(who)
        text(reason)
        today = self.today(at) + (DAY if self.has("erased_on_the_last_day") else 0 * DAY)
        no(all(it["to"] is not None and it["to"] < today for it in who["employments"]), "still here")
        who.update(dict.fromkeys(("name", "given_name", "family_name", "language")), external_ids={}, state="erased")
        if not self.has("erased_keeps_contacts"):
            who["placements"] = [{**it, "contact": None, "end_reason": None} for it in who["placements"]]

    # --- leaves ------------------------------------------------------------------------------------------------------

    def go_on_leave(self, who: Dict, _by: str, _at: datetime, since: Any, until: Any = None) -> None:
        """Note a leave."""
        self.stands(who, since, "active", *(["on_leave"] if self.has("leaves_overlap") else []))
        self.away(who, since, until)

    def away(self, who: Dict, since: date, until: Any) -> None:
        """Put a leave between the others; an open one ends with the employment."""
        employment = self.employment(who, since)
        new = {"from": since, "to": until}
        if until is None and employment and employment["to"] and covers(employment, since):
            self.closing(who, employment["to"])["ended", "leaves"].append(new)
            new = {**new, "to": employment["to"]}
        who["leaves"] = in_order([*who["leaves"], new])
        self.check(who)

    def without(self, who: Dict, day: Any) -> Dict:
        """Take out the leave of a day."""
        self.stands(who, day, "on_leave")
        found = self.leave_on(who, day)
        no(found, "no leave")
        it: Dict = found or {}
        who["leaves"] = [leave for leave in who["leaves"] if leave is not it]
        return it

    def change_leave(self, who: Dict, _by: str, _at: datetime, on: Any, until: Any = None, since: Any = None) -> None:
        """Give a leave other days."""
        it = self.without(who, on)
        self.forget(who, "leaves", it)
        self.away(who, since or it["from"], until)

    def come_back(self, who: Dict, _by: str, _at: datetime, on: Any) -> None:
        """Be back."""
        self.known(who)
        no(isinstance(on, date), "a day is missing")
        over = next((it for it in who["leaves"] if it["to"] is not None and on - it["to"] == DAY), None)
        ahead = next((it for it in who["leaves"] if it["from"] - on == DAY), None)
        if over is not None and not self.leave_on(who, on) and not self.has("back_the_day_after_refused"):
            it = over
            who["leaves"] = [leave for leave in who["leaves"] if leave is not it]
        elif ahead is not None and not self.leave_on(who, on) and self.has("back_before_it_began"):
            who["leaves"] = [leave for leave in who["leaves"] if leave is not ahead]
            return
        else:
            it = self.without(who, on)
        to = on if self.has("back_a_day_late") else on - DAY
        who["leaves"] = in_order([*who["leaves"], *([{**it, "to": to}] if it["from"] <= to else [])])
        self.forget(who, "leaves", it)

    def cancel_leave(self, who: Dict, _by: str, _at: datetime, on: Any, reason: Any = None) -> None:
        """Take a leave out."""
        del reason
        self.forget(who, "leaves", self.without(who, on))

    # --- positions and placements ------------------------------------------------------------------------------------

    def add(self, who: Dict, name: str, it: Any) -> None:
        """Add a part; an open one ends with the employment."""
        no(isinstance(it, dict), "what?")
        first = it["span"]["from"]
        self.stands(who, first)
        employment = self.employment(who, first)
        if it["span"].get("to") is None and employment and employment["to"] and not self.has("open_beyond_the_end"):
            self.closing(who, employment["to"])["ended", name].append(it)
            it = {**it, "span": {"from": first, "to": employment["to"]}}
        who[name] = in_order([*who[name], it])
        self.check(who)

    def swap(self, who: Dict, name: str, id: Any, change: Callable[[Dict], Dict]) -> Dict:
        """Put another part in the place of one."""
        old = next((it for it in who[name] if it["id"] == id), None)
        no(old, "no such part")
        found: Dict = old or {}
        who[name] = [change(it) if it is old else it for it in who[name]]
        self.check(who)
        return found

    def take_position(self, who: Dict, _by: str, _at: datetime, position: Any) -> None:
        """Take a position."""
        days = [m["from"] for m in (position or {}).get("managers", [])]
        no(all(one < two for one, two in pairwise(days)), "managers out of order")
        self.add(who, "positions", position)

    def start_placement(self, who: Dict, _by: str, _at: datetime, placement: Any) -> None:
        """Go to a client."""
        self.add(who, "placements", placement)

    def end_position(self, who: Dict, _by: str, _at: datetime, position: Any, on: Any) -> None:
        """End a position."""
        self.stands(who, on)
        old = self.swap(who, "positions", position, lambda it: self.ended(it, on, None))
        self.forget(who, "positions", old)

    def end_placement(self, who: Dict, _by: str, _at: datetime, placement: Any, on: Any, reason: Any = None) -> None:
        """End a placement."""
        self.stands(who, on)
        if not (reason is None and self.has("ended_without_reason")):
            text(reason)
        old = self.swap(
            who, "placements", placement,
            lambda it: {**it, "span": {**it["span"], "to": on}, "end_reason": reason},
        )  # fmt: skip
        self.forget(who, "placements", old)

    def extend_placement(self, who: Dict, _by: str, _at: datetime, placement: Any, planned_to: Any) -> None:
        """Plan another end."""
        self.stands(who, planned_to)
        self.swap(who, "placements", placement, lambda it: {**it, "planned_to": planned_to})

    def change_manager(self, who: Dict, _by: str, at: datetime, position: Any, manager: Any, on: Any) -> None:
        """Give a position another manager, from a day on."""
        self.stands(who, on)
        first = self.today(at) if self.has("manager_at_once") and on > self.today(at) else on

        def managed(it: Dict) -> Dict:
            no(covers(it, on) or self.has("managed_after_the_end"), "not held then")
            others = it.get("managers", [])
            if not self.has("manager_twice"):
                others = [m for m in others if m["from"] != first]
            new = [*others, {"manager": manager, "from": first}]
            return {**it, "managers": new if self.has("manager_at_the_end") else sorted(new, key=lambda m: m["from"])}

        self.swap(who, "positions", position, managed)

    # --- what must hold of somebody ----------------------------------------------------------------------------------

    def check(self, who: Dict) -> None:
        """See that everything goes together."""
        name = who["name"]
        no(isinstance(name, str) and name and name == name.strip(), "the person has no name")
        no(who["language"] is None or re.fullmatch(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*", who["language"]), "language")
        for it in (*who["employments"], *who["leaves"], *who["positions"], *who["placements"]):
            short = self.has("leave_of_one_day_refused") and "span" not in it and it["from"] == it.get("to")
            no(last(it) >= span(it)["from"] and not short, "backwards")
        for one, two in pairwise(who["employments"]):
            no(last(one) < two["from"] or (self.has("employments_meet") and last(one) == two["from"]), "overlap")
        for one, two in pairwise(in_order(who["leaves"])):
            no(last(one) < two["from"] or self.has("leaves_overlap"), "overlap")
        free = ["leaves"] if self.has("leave_past_the_end") else []
        free += ["positions"] if self.has("open_beyond_the_end") else []
        for part in ("leaves", "positions", "placements"):
            for it in who[part]:
                begun = [e for e in who["employments"] if e["from"] <= span(it)["from"]]
                no(begun and (last(it) <= last(begun[-1]) or part in free), "not employed then")
        self.check_parts(who)

    def check_parts(self, who: Dict) -> None:
        """See that positions and placements can be."""
        for part in ("positions", "placements"):
            ids = [it["id"] for it in who[part]]
            no(len(ids) == len(set(ids)) or (part == "positions" and self.has("position_twice")), "the same twice")
        for it in who["positions"]:
            no(it["title"].strip(), "no title")
            no(all(m["from"] >= it["span"]["from"] for m in it.get("managers", [])), "managed before it began")
            own = [m for m in it.get("managers", []) if m["manager"] == who["id"]]
            no(not own or self.has("own_manager"), "their own manager")
        for it in who["placements"]:
            planned = it.get("planned_to")
            early = planned is not None and planned < it["span"]["from"]
            no(not early or self.has("planned_before_it_began"), "planned to end before")
            for at in who["positions"]:
                meets = at["span"]["from"] <= last(it) and it["span"]["from"] <= last(at)
                same = meets and at["employer"] == it["client"]
                no(not same or self.has("placed_at_the_employer"), "employed by the client")

    # --- moves -------------------------------------------------------------------------------------------------------

    def wish(
        self, move: Dict, by: str, _at: datetime, why: Any, needs: Any = (), from_position: Any = None,
        from_placement: Any = None,
    ) -> None:  # fmt: skip
        """Wish a move."""
        move.update({
            "mover": by, "why": text(why), "needs": list(needs), "from_position": from_position,
            "from_placement": from_placement, "opportunity": None, "releasing_manager": None,
            "receiving_manager": None, "client_by": None, "approvals": [], "release_on": None, "start_on": None,
            "started_on": None, "facilitators": [], "check_in_on": None, "commitments": [],
        })  # fmt: skip
        self.leads_on(move)

    def leads_on(self, move: Dict) -> None:
        """See that a move starts somewhere and leads elsewhere, and that nobody says yes to themselves."""
        starts = {move["from_position"], move["from_placement"]} - {None}
        no(starts, "from where?")
        no(move["opportunity"] not in starts or self.has("ends_where_it_starts"), "leads nowhere")
        for party in PARTIES[1:]:
            own = move[party] == move["mover"]
            no(not own or (party == "receiving_manager" and self.has("mover_manages")), "a yes to oneself")

    def may(self, move: Dict, by: str, *states: str, who: tuple[str, ...] = PARTIES) -> None:
        """See that an act is open to somebody."""
        no(move["state"] in states, f"not while {move['state']}")
        known = {move[party] for party in who}
        if self.has("former_manager_acts") and len(who) > 1:
            known |= set(move.get("former", ()))
        no(by in known, "not theirs")

    def edit(self, move: Dict, by: str, _at: datetime, **wish: Any) -> None:
        """Wish otherwise."""
        self.may(move, by, "wished", who=("mover",))
        move.update(wish)
        text(move["why"])
        self.leads_on(move)

    def ask(
        self, move: Dict, by: str, _at: datetime, opportunity: Any, releasing_manager: Any,
        receiving_manager: Any = None, client_by: Any = None, needs: Any = None, **details: Any,
    ) -> None:  # fmt: skip
        """Ask for it."""
        self.may(move, by, "wished", who=("mover",))
        no(opportunity and releasing_manager, "for what, and of whom?")
        far = {"client"} if client_by else {"managers", "client"}
        shown = {it["id"] for it in needs or () if it.get("release") in far}
        no(needs is None or set(move["needs"]) <= shown or self.has("needs_not_released"), "not released")
        move.update(details, opportunity=opportunity, releasing_manager=releasing_manager, client_by=client_by)
        move.update(receiving_manager=receiving_manager or releasing_manager, state="asked")
        self.leads_on(move)

    def needed(self, move: Dict) -> list[str]:
        """Say whose yes is needed."""
        one = move["releasing_manager"] == move["receiving_manager"]
        found = [party for party in PARTIES if move[party] and not (one and party == "receiving_manager")]
        return [party for party in found if not (party == "client_by" and self.has("client_not_asked"))]

    def roles(self, move: Dict, by: str) -> list[str]:
        """Say in which roles somebody answers."""
        roles = [party for party in self.needed(move) if move[party] == by]
        if self.has("receiving_answers_for_releasing") and "receiving_manager" in roles:
            roles.append("releasing_manager")
        return roles

    def approve(self, move: Dict, by: str, at: datetime, release_on: Any = None, start_on: Any = None) -> None:
        """Say yes."""
        self.may(move, by, "asked", *(["declined"] if self.has("declined_goes_on") else []))
        given = {a["role"] for a in move["approvals"] if a["yes"]}
        missing = [party for party in self.needed(move) if party not in given]
        roles = [party for party in self.roles(move, by) if party in missing]
        no(roles or self.has("yes_twice"), "answered already")
        for name, day in (("release_on", release_on), ("start_on", start_on)):
            if day is not None:
                no(move[name] in {None, day} or self.has("day_set_by_a_yes"), "another day is set")
                move[name] = day
        yes = {"by": by, "at": at, "revision": move["revision"], "yes": True, "reason": None, "look_again_on": None}
        move["approvals"] += [{"role": role, **yes} for role in roles or self.roles(move, by)]
        if set(missing) <= set(roles):
            move["state"] = "agreed"
            no(move["releasing_manager"], "who lets them go?")
            no(move["release_on"] and move["start_on"], "when?")
            no(move["release_on"] <= move["start_on"] or self.has("start_before_release"), "starts before the release")

    def decline(self, move: Dict, by: str, at: datetime, reason: Any = None, look_again_on: Any = None) -> None:
        """Say no."""
        self.may(move, by, "asked")
        text(reason)
        ahead = isinstance(look_again_on, date) and look_again_on > self.today(at)
        same = self.has("look_again_today") and look_again_on == self.today(at)
        no(ahead or same or (look_again_on is None and self.has("declined_for_ever")), "when is it looked at again?")
        roles = self.roles(move, by)
        if not self.has("no_beside_the_yes"):
            move["approvals"] = [a for a in move["approvals"] if a["role"] not in roles]
        said = {"by": by, "at": at, "revision": move["revision"], "yes": False, "reason": reason}
        move["approvals"] += [{"role": role, **said, "look_again_on": look_again_on} for role in roles]
        move["state"] = "declined"

    def change(self, move: Dict, by: str, _at: datetime, reason: Any = None, **what: Any) -> None:
        """Ask for something else."""
        del reason
        self.may(move, by, "asked", "agreed")
        no(what, "what changes?")
        if "releasing_manager" in what:
            move["former"] = [*move.get("former", ()), move["releasing_manager"]]
            if self.has("handover_dropped"):
                move["commitments"] = [c for c in move["commitments"] if c["to"] != move["releasing_manager"]]
        move.update(what)
        move["revision"] += 0 if self.has("change_makes_no_revision") and move["state"] == "agreed" else 1
        move["state"] = "asked"
        if not self.has("older_revision_counts"):
            move["approvals"] = []
        self.leads_on(move)

    def complete(self, move: Dict, by: str, _at: datetime, on: Any = None) -> None:
        """Say that it is done."""
        more = ["asked"] if self.has("completed_before_approvals") else []
        self.may(move, by, "agreed", *more, who=("mover", "receiving_manager"))
        no(isinstance(on, date), "since when?")
        first = (move["release_on"] or on) - (DAY if self.has("completed_before_release") else 0 * DAY)
        no(on >= first, "before the release")
        move.update(started_on=on, state="done")

    def plan_check_in(self, move: Dict, by: str, _at: datetime, check_in_on: Any) -> None:
        """Look back at it some day."""
        self.may(move, by, "agreed", "done", who=("mover", "receiving_manager"))
        no(isinstance(check_in_on, date), "a day is missing")
        move["check_in_on"] = check_in_on

    def withdraw(self, move: Dict, by: str, _at: datetime, reason: Any = None) -> None:
        """Let it go."""
        del reason
        more = ["done"] if self.has("withdrawn_when_done") else []
        self.may(move, by, "wished", "asked", "agreed", *more, who=("mover",))
        move["state"] = "withdrawn"

    # --- what is handed over -----------------------------------------------------------------------------------------

    def promise(
        self, move: Dict, by: str, at: datetime, id: Any, text: Any, due: Any, to: Any = None, kind: Any = "action"
    ) -> None:
        """Promise something."""
        self.may(move, by, "asked", "agreed")
        no(id not in {c["id"] for c in move["commitments"]} and kind in KINDS, "there already, or what?")
        no(isinstance(due, date) and due >= self.today(at), "due before it was made")
        due = move["start_on"] or due if self.has("due_on_the_start") else due
        move["commitments"] = [*move["commitments"], {
            "id": id, "by": by, "to": to, "kind": kind, "text": _text(text), "made_on": self.today(at), "due": due,
            "state": "promised", "done_on": None, "result": None, "seen_by": None, "moves": [],
        }]  # fmt: skip

    def one(self, move: Dict, commitment: Any, by: str, state: str, *who: str) -> Dict:
        """Find a promise that somebody may do something with."""
        no(move["state"] != "wished", "nothing is promised yet")
        no(move["state"] != "done" or not self.has("promises_end_with_the_move"), "it is over")
        found = next((c for c in move["commitments"] if c["id"] == commitment), {})
        sides = {"by": found.get("by"), "to": found.get("to") or found.get("by")}
        no(by in {sides[side] for side in who} and found["state"] == state, "not theirs, or not now")
        return dict(found)

    def put(self, move: Dict, part: Dict, **changes: Any) -> None:
        """Put another promise in the place of one."""
        move["commitments"] = [{**part, **changes} if c["id"] == part["id"] else c for c in move["commitments"]]

    def move_due(self, move: Dict, by: str, at: datetime, commitment: Any, due: Any, reason: Any) -> None:
        """Move it."""
        part = self.one(move, commitment, by, "promised", "by")
        no(isinstance(due, date) and due >= part["made_on"], "due before it was made")
        moved = {"old_due": part["due"], "new_due": due, "reason": text(reason), "at": at}
        self.put(move, part, due=due, moves=[*part["moves"], moved])

    def fulfil(self, move: Dict, by: str, at: datetime, commitment: Any, result: Any, done_on: Any = None) -> None:
        """Done."""
        part = self.one(move, commitment, by, "promised", "by")
        no(done_on is None or done_on >= part["made_on"], "done before it was made")
        self.put(move, part, state="done", done_on=done_on or self.today(at), result=text(result))

    def see(self, move: Dict, by: str, _at: datetime, commitment: Any) -> None:
        """Seen."""
        part = self.one(move, commitment, by, "done", "to")
        no(part["seen_by"] is None, "seen already")
        self.put(move, part, seen_by=by)

    def release(self, move: Dict, by: str, _at: datetime, commitment: Any, reason: Any) -> None:
        """Let go."""
        self.put(move, self.one(move, commitment, by, "promised", "to"), state="released")
        text(reason)

    def miss_commitment(self, move: Dict, by: str, at: datetime, commitment: Any, reason: Any) -> None:
        """Not kept."""
        part = self.one(move, commitment, by, "promised", "by", "to")
        text(reason)
        no(self.today(at) > part["due"], "not past due")
        self.put(move, part, state="broken")

    def take_back(self, move: Dict, by: str, _at: datetime, commitment: Any, reason: Any) -> None:
        """Not done after all."""
        part = self.one(move, commitment, by, "done", "by")
        text(reason)
        self.put(move, part, state="promised", done_on=None, result=None, seen_by=None)


_text = text
