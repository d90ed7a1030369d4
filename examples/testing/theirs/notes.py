"""Somebody's system: feedback as dicts, with rules of its own. Nothing of the library is imported.

`python notes.py` reads a request a line as JSON, and answers each with a line; `--bug NAME` switches a bug on.
"""

import json
import sys
from datetime import date, datetime
from typing import Any, NoReturn

BUGS = {
    "anybody_acknowledges": "the giver may acknowledge what they gave",
    "written_once_given": "what was given can be written anew",
    "half_written": "a refused change leaves what stood before the fault",
}
WORDS = ("about", "behaviour", "impact", "suggestion", "intent_question")
LONGEST, SHORT = 10_000, 200
WROTE, SENT = ("requested", "draft"), "given"


class No(Exception):
    """The system says no."""


def no(why: str) -> NoReturn:
    """Say no."""
    raise No(why)


def text(value: Any) -> None:
    """Refuse what is no text, blank, or too long."""
    if not isinstance(value, str) or not any(map(seen, value)) or "\0" in value or len(value) > LONGEST:
        no("a text is missing, or too long")


def seen(letter: str) -> bool:
    """Tell whether there is something to see."""
    return letter.isprintable() and not letter.isspace()


def name(value: Any) -> None:
    """Refuse what names nobody, or nothing."""
    if not isinstance(value, str) or value != value.strip() or not 0 < len(value) <= SHORT or not value.isprintable():
        no("that is no name")


class Notes:
    """Feedback by its id."""

    def __init__(self, bug: str = "") -> None:
        """Begin with none."""
        self.notes: dict[str, dict[str, Any]] = {}
        self.bug = bug

    def do(self, act: str, id: str, by: str, at: datetime, given: dict[str, Any]) -> None:
        """Do an act; who may, and when, is asked here."""
        if act == "request" or "receiver" in given:
            self.begin(act, id, by, given)
        elif id not in self.notes or at < self.notes[id]["at"]:
            no("not there, or not yet")
        else:
            getattr(self, f"do_{act}")(self.notes[id], by, at, given)
        self.notes[id]["at"] = at

    def get(self, id: str) -> dict[str, Any]:
        """Give a note, as it was noted."""
        return {name: value for name, value in self.notes[id].items() if name != "at"}

    def begin(self, act: str, id: str, by: str, given: dict[str, Any]) -> None:
        """Ask for feedback, or begin to write some that nobody asked for."""
        if id in self.notes:
            no("there already")
        for it in (id, given.get("giver", by), given.get("receiver", by)):
            name(it)
        asked = act == "request"
        giver, receiver = (given["giver"], by) if asked else (by, given["receiver"])
        if giver == receiver or (asked and (given.get("due") is None or given.get("about") is None)):
            no("two people; about what, and by when")
        note = dict.fromkeys((*WORDS, "situation", "kind", "response"))
        note |= {"state": "requested" if asked else "draft", "giver": giver, "receiver": receiver}
        note |= {"requested_by": receiver if asked else None, "due": given.get("due")}
        self.fill(note, given)
        self.notes[id] = note

    def fill(self, note: dict[str, Any], given: dict[str, Any]) -> None:
        """Take the words, each of which is checked."""
        changed = note if self.bug == "half_written" else dict(note)
        for name in (*WORDS, "situation"):
            if name in given:
                if name in WORDS and given[name] is not None:
                    text(given[name])
                for said in (given[name] or {}).values() if name == "situation" else ():
                    text(str(said))
                changed[name] = given[name]
        if given.get("kind", "appreciation") not in {"appreciation", "constructive", "feedforward"}:
            no("no such kind")
        changed["kind"] = given.get("kind", note["kind"])
        note |= changed

    def do_write(self, note: dict[str, Any], by: str, _: datetime, given: dict[str, Any]) -> None:
        """Write on, as long as it is not given."""
        fixed = note["state"] not in WROTE and not (self.bug == "written_once_given" and note["state"] == SENT)
        if by != note["giver"] or fixed:
            no("not yours, or given already")
        self.fill(note, given)
        if note["state"] == "requested":
            note["state"] = "draft"

    def do_decline(self, note: dict[str, Any], by: str, _: datetime, given: dict[str, Any]) -> None:
        """Say no to a request."""
        if by != note["giver"] or note["state"] != "requested":
            no("not asked of you")
        if given.get("reason") is not None:
            text(given["reason"])
        note["state"] = "declined"

    def do_give(self, note: dict[str, Any], by: str, at: datetime, _: dict[str, Any]) -> None:
        """Give it, once everything is there."""
        seen = [note[name] for name in ("situation", "behaviour", "impact")]
        ahead = note["kind"] == "feedforward"
        if by != note["giver"] or note["state"] != "draft" or note["about"] is None or note["kind"] is None:
            no("not yours, not a draft, or about nothing")
        if (any(seen) or note["suggestion"] is None) if ahead else not all(seen):
            no("what was seen and what came of it, or else what to try")
        if note["situation"] and note["situation"]["on"] > at.date():
            no("that day is yet to come")
        note["state"] = SENT

    def do_acknowledge(self, note: dict[str, Any], by: str, _: datetime, given: dict[str, Any]) -> None:
        """Say that one has read it."""
        may = {note["receiver"], note["giver"]} if self.bug == "anybody_acknowledges" else {note["receiver"]}
        if by not in may or note["state"] != SENT:
            no("not for you, or nothing to read")
        for said in given.values():
            text(said)
        note |= {"state": "acknowledged", "response": given.get("response")}

    def do_withdraw(self, note: dict[str, Any], by: str, at: datetime, given: dict[str, Any]) -> None:
        """Take it back."""
        late = note["requested_by"] == by and at.date() > note["due"]
        may = {"requested": by == note["receiver"], "draft": by == note["giver"] or late, SENT: by == note["giver"]}
        if not may.get(note["state"]):
            no("not yours to take back")
        if note["state"] == SENT or given.get("reason") is not None:
            text(given.get("reason"))
        note["state"] = "withdrawn"


def answer(notes: Notes, asked: dict[str, Any]) -> dict[str, Any]:
    """Answer one request of those that come as lines."""
    if "read" in asked:
        return {"note": notes.get(asked["read"])} if asked["read"] in notes.notes else {"no": "not there"}
    given = asked["given"]
    if given.get("due"):
        given["due"] = date.fromisoformat(given["due"])
    if given.get("situation"):
        given["situation"]["on"] = date.fromisoformat(given["situation"]["on"])
    try:
        notes.do(asked["act"], asked["id"], asked["by"], datetime.fromisoformat(asked["at"]), given)
    except No as refusal:
        return {"no": str(refusal)}
    return {}


def main(bug: str) -> None:
    """Answer line by line; an empty request begins anew."""
    notes = Notes(bug)
    for line in sys.stdin:
        asked = json.loads(line)
        notes = notes if asked else Notes(bug)
        print(json.dumps(answer(notes, asked) if asked else {}, default=str), flush=True)


if __name__ == "__main__":
    main(sys.argv[-1] if "--bug" in sys.argv else "")
