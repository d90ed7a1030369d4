"""Somebody else's system for interviews: dicts, and rules of its own. Each bug can be switched on, one at a time.

Nothing of the library is imported. `Talks()` is right; `Talks(bug="signs_twice")` is not.
"""

import pickle
import time
import unicodedata
from collections.abc import Mapping
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from threading import Lock
from typing import Any

BUGS = {
    "signs_twice": "one side signs a revision twice",
    "one_signature_completes": "the first signature carries the record on",
    "outsider_signs": "anybody may sign",
    "signed_while_open": "a talk is signed before it was held",
    "signed_then_cancelled": "a signed talk can be called off",
    "amended_under_signatures": "signatures stay when the content changes",
    "signature_lost": "moving a due date loses the first signature",
    "missed_before_it_began": "somebody is missed before the slot begins",
    "slot_of_14_minutes": "the border of a slot is off by one",
    "slot_of_480_refused": "the other border is too strict",
    "refused_and_written": "a refused act is written to the history",
    "refused_half_applied": "a refused ending leaves its outcomes",
    "other_talk_changed": "an act on one talk changes another one of the coachee",
    "local_time_as_utc": "the offset of a slot is dropped",
    "cut_at_255": "texts are cut at 255 characters",
    "text_normalised": "texts are composed",
    "text_trimmed": "texts lose their outer spaces",
    "line_breaks_changed": "line breaks are made one kind",
    "interviewer_not_first": "the interviewer may not sign first",
    "stale_after_second": "the state is old after the second signature",
    "wrong_code": "a refusal names another rule",
    "history_reordered": "the newest entry comes first",
    "history_lost": "adjourning leaves no entry",
    "no_outcome_needed": "a talk is finished without an outcome",
    "cancelled_while_open": "a talk that goes on can be called off",
    "blank_reason": "a reason of spaces is one",
    "unsigned_stays_held": "a talk left unsigned still waits",
    "help_unanswered": "finished with a call for help unanswered",
    "own_answer_counts": "one answers one's own concern",
    "old_revision_after_reopening": "reopening makes no new revision",
    "reopened_under_signatures": "signatures stay after reopening",
    "export_behind": "the export does not know the last turn",
    "former_interviewer_acts": "rights stay after handing over",
    "due_moved_without_trace": "the old due date is not kept",
    "leap_day_lost": "29 February becomes the 28th",
    "promise_taken_twice": "the same promise sent twice is two",
    "reason_ignored": "the reason of a cancellation is not kept",
    "out_of_time_order": "acts are dated before what is there",
    "promise_due_in_the_past": "a promise is due before it was made",
    "anybody_sums_up": "the coachee may sum up",
    "answers_for_the_coachee": "the interviewer answers a vital question",
    "reply_to_nothing": "a reply points at a turn that is not there",
    "reservation_without_words": "a reservation needs no note",
    "follow_up_on_the_day": "the follow-up may be on the day of the talk",
    "one_side_promises": "a promise of one side is enough",
    "released_counts": "a released promise still counts at the last signature",
    "emptied_and_signed": "the last signature asks for nothing",
    "let_off_by_oneself": "who promised releases from it",
    "broken_on_the_day": "a promise is broken on the day it is due",
    "seen_twice": "what was seen is seen again",
    "ticked_for_good": "taking back leaves the result",
    "done_by_the_other": "the other side says that a promise is done",
    "promised_under_signatures": "a promise in a held talk leaves the signatures",
    "coachee_interviews": "the talk is handed over to the coachee",
    "absent_stranger": "somebody who is not in the talk is missed",
    "restart_forgets": "what was prepared is gone after a restart",
    "notes_overwritten": "the notes of one side replace the other's",
    "turns_dropped": "adjourning forgets what was said",
    "invited_anew": "moving a talk sets the day of the invitation",
    "seconds_only": "moments lose their fractions",
    "held_on_the_utc_day": "the day is taken in UTC",
    "correction_ignored": "after a correction no new summary is needed",
    "numbered_anew": "turns are numbered from 1 after an adjournment",
    "stance_lost": "every signature agrees",
    "note_lost": "the note of a signature is dropped",
    "called_off_and_planned": "a cancelled talk can be scheduled",
    "finished_twice": "a held talk can be finished",
    "unsigned_and_signed": "a talk left unsigned can be signed",
    "ids_trimmed": "an id with a blank at its end is one",
    "done_on_ignored": "the day on which a promise was done is the day it is said",
    "fails": "an unknown promise is an error of the program",
    "turns_shared": "turns stand in every talk",
    "button_for_nothing": "a button is shown that leads to a refusal",
    "nobody_awaited": "nobody is told that a signature is missing",
    "notes_on_the_sheet": "from the beginning of the talk on, its sheet shows the notes of both",
    "notes_on_the_page": "before the talk, the interviewer reads the notes of the coachee",
    "former_interviewer_sees": "who interviewed sees after handing over",
    "successor_sees_nothing": "the sight of whoever takes over does not begin",
    "outsider_sees": "anybody reads a talk that nobody has prepared",
    "outcomes_for_all": "what came of a signed talk is shown to everybody",
    "cancelled_for_all": "a cancelled talk is shown to everybody",
    "own_notes_hidden": "the interviewer does not see their own notes",
    "slot_hidden": "the coachee does not see when a moved talk is",
    "reasons_hidden": "the history is shown without its reasons",
    "other_talk_shown": "the page of one talk shows another one of the coachee",
    "page_behind": "the page does not know the last turn",
    "overdue_on_the_day": "a promise is overdue on the day it is due",
    "done_overdue": "a promise that was kept is overdue",
    "released_overdue": "a promise is overdue that nobody waits for any more",
    "broken_overdue": "a promise that was given up is overdue",
    "taken_back_not_overdue": "what was ticked by mistake is never overdue again",
    "old_due_counts": "a promise is overdue by the day before it was moved",
    "overdue_by_the_utc_day": "the day a promise is due is taken in UTC",
    "others_reminded": "who was promised something is reminded of it",
    "cancelled_overdue": "a cancelled talk is overdue",
    "former_interviewer_reminded": "who handed the talk over is still reminded of it",
    "moved_talk_not_overdue": "a talk with a new hour is never overdue",
}
IN_A_HOUSE = {
    "former_manager_sees": "the sight of a manager does not end",
    "manager_sees_early": "the sight of a manager begins when it is noted",
    "manager_sees_when": "the manager sees the hour of a talk",
    "manager_reads_reasons": "the manager reads why a talk was moved",
    "manager_sees_nothing": "the manager does not see that there is a talk",
    "due_a_day_late": "a talk is due on the day after",
    "due_after_planning": "a talk that is planned counts",
    "due_after_any_talk": "every talk counts, not the annual one alone",
    "never_due": "who never had a talk is never due",
}
"""Bugs that show where managers and days of joining are known."""
AT_ONCE = {
    "last_one_wins": "two who act at once: what one did is lost",
    "signature_lost_at_once": "two who sign at once: one signature is lost",
    "both_signed_and_held": "two who sign at once: neither sees that the other has, and the talk waits on",
    "sent_twice_at_once": "a promise sent twice at once is two",
    "called_off_and_begun": "a talk is called off while it begins",
    "refusal_takes_back": "what is refused takes back what somebody else does at that time",
}
"""Bugs that show when two act at once, and else do not."""
MEANWHILE = 0.0005
"""Seconds that a look or a write takes: another may come between."""

KINDS = ("annual", "follow_up", "placement_change", "check_in")
SAID = (
    "question", "answer", "idea", "suggestion", "challenge", "affirmation", "summary", "confirmation", "correction",
    "concern", "ask_help", "demand", "reply", "note",
)  # fmt: skip
ASKS = ("concern", "ask_help", "demand")
THEIRS, OURS = ("suggestion", "challenge", "summary"), ("idea", "demand", "ask_help", "confirmation", "correction")

DATES = (
    "state", "revision", "coachee", "interviewer", "kind", "due_on", "cycle", "invited_at", "follow_up_on", "held_on",
    "history", "previous",
)  # fmt: skip
OPEN = {
    "planned": ["schedule", "reassign", "cancel"],
    "scheduled": ["reschedule", "miss", "reassign", "prepare", "start", "cancel"],
    "open": ["say", "look_back_at", "adjourn", "finish", "promise"],
    "held": ["amend", "sign", "leave_unsigned", "promise"],
    "signed": ["reopen"], "unsigned": ["reopen"], "cancelled": [],
}  # fmt: skip


class Refused(Exception):
    """The system says no."""

    def __init__(self, why: str, code: str = "") -> None:
        """Say why."""
        super().__init__(why)
        self.code = code


def no(unless: object, why: str, code: str = "") -> None:
    """Refuse, unless something holds."""
    if not unless:
        raise Refused(why, code)


def fresh(it: Any) -> Any:
    """Copy dicts and lists."""
    return pickle.loads(pickle.dumps(it))


UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}
REFS = (
    "person", "goal", "interview", "feedback", "path", "move", "opportunity", "position", "placement", "need", "dream",
    "step", "commitment",
)  # fmt: skip
MOST = 10**15


def seen(text: str) -> bool:
    """Tell whether there is something to see in a text."""
    return "\0" not in text and any(unicodedata.category(c) not in UNSEEN for c in text)


def word(it: Any) -> bool:
    """Tell whether something is a word or a few."""
    trimmed = isinstance(it, str) and 0 < len(it) <= 200 and it == it.strip()
    return trimmed and seen(it) and not any(unicodedata.category(c) == "Cc" for c in it)


def identifies(id: Any) -> bool:
    """Tell whether something is an id: 200 characters at most, nothing unseen, no blank at its ends."""
    trimmed = isinstance(id, str) and 0 < len(id) <= 200 and id == id.strip()
    return trimmed and not any(unicodedata.category(c) in UNSEEN - {"Zs"} for c in id)


def checked(it: Any) -> Any:
    """Check what points somewhere."""
    no(isinstance(it, dict) and it.get("kind") in REFS and identifies(it.get("id")), "what is that?")
    no(it.get("of") is None or identifies(it["of"]), "of what?")
    return it


class Talks:
    """Talks by id, in memory."""

    def __init__(self, bug: str = "", house: Mapping[str, Any] | None = None) -> None:
        """Begin with none, in a house that says since when somebody is here, and who manages them from which day."""
        self.house = house or {}
        self.bug, self.talks, self.stale, self.offsets = bug, {}, {}, {}
        self.first, self.lock = dict[str, str](), Lock()

    def has(self, bug: str) -> bool:
        """Tell whether a bug is switched on."""
        return self.bug == bug

    # --- what is asked of it -----------------------------------------------------------------------------------------

    def do(self, act: str, talk_id: str, /, by: str, at: datetime, **given: Any) -> None:
        """Do an act, or refuse it; a refused one changes nothing. One after the other."""
        if self.has("last_one_wins") or (self.has("signature_lost_at_once") and act == "sign"):
            self.do_alone(act, talk_id, by, at, given)
        elif self.has("sent_twice_at_once") and act == "promise":
            self.do_unseen(talk_id, by, at, given)
        else:
            alone = self.has("refusal_takes_back") or (self.has("called_off_and_begun") and act in {"cancel", "start"})
            unseen = self.has("both_signed_and_held") and act == "sign" and talk_id in self.talks
            signed = {s["by"] for s in self.talks[talk_id]["signatures"]} if unseen else set()
            if unseen:
                time.sleep(MEANWHILE)
            with nullcontext() if alone else self.lock:
                self.do_now(act, talk_id, by, at, given)
                if unseen and not signed and self.talks[talk_id]["state"] == "signed":
                    self.talks[talk_id]["state"] = self.talks[talk_id]["history"][-1]["state"] = "held"

    def do_alone(self, act: str, talk_id: str, by: str, at: datetime, given: dict[str, Any]) -> None:
        """Do it on a copy, and write that back: what others wrote is overwritten."""
        mine = Talks()
        mine.talks = fresh({id: talk for id, talk in self.talks.items() if id == talk_id})
        mine.do_now(act, talk_id, by, at, given)
        time.sleep(MEANWHILE)
        self.talks[talk_id] = mine.talks[talk_id]

    def do_unseen(self, talk_id: str, by: str, at: datetime, given: dict[str, Any]) -> None:
        """Look whether it is there, and then write."""
        known = {c["id"] for c in self.talks.get(talk_id, {"commitments": []})["commitments"]}
        time.sleep(MEANWHILE)
        with self.lock:
            if given["id"] in known or talk_id not in self.talks:
                self.do_now("promise", talk_id, by, at, given)
                return
            twins = [c for c in self.talks[talk_id]["commitments"] if c["id"] == given["id"]]
            for twin in twins:
                twin["id"] = "hidden"
            try:
                self.do_now("promise", talk_id, by, at, given)
            finally:
                for c in self.talks[talk_id]["commitments"]:
                    c["id"] = given["id"] if c["id"] == "hidden" else c["id"]

    def do_now(self, act: str, talk_id: str, by: str, at: datetime, given: dict[str, Any]) -> None:
        """Do an act that nobody comes between."""
        before = fresh(self.talks)
        self.offsets[by] = at.tzinfo
        try:
            if act == "plan":
                no(talk_id not in self.talks, "there already")
                self.plan(talk_id, by, at, **given)
                return
            no(talk_id in self.talks, "no such talk")
            talk = self.talks[talk_id]
            promises = act in {"move_due", "fulfil", "see", "release", "miss_commitment", "take_back"}
            self.may(talk, act, by, promise=promises)
            no(at >= talk["history"][-1]["at"] or self.has("out_of_time_order"), "earlier than the last entry", "V009")
            if self.has("refusal_takes_back"):
                time.sleep(MEANWHILE)
            getattr(self, act)(talk, by, at, **given)
            self.note(talk, act, by, at, given.get("reason"))
            if self.has("other_talk_changed") and act == "prepare":
                for other in self.talks.values():
                    if other["coachee"] == talk["coachee"] and other is not talk:
                        other["revision"] += 1
        except Refused:
            kept, self.talks = self.talks, before
            if self.has("refused_and_written") and talk_id in self.talks and act == "sign":
                self.note(self.talks[talk_id], act, by, self.talks[talk_id]["history"][-1]["at"], None)
            if self.has("refused_half_applied") and act == "finish" and talk_id in self.talks:
                self.talks[talk_id]["outcomes"] = kept[talk_id]["outcomes"]
            raise

    def get(self, id: str) -> dict[str, Any]:
        """Give a talk."""
        talk = fresh(self.stale.get(id, self.talks[id]))
        if self.has("history_reordered"):
            talk["history"].reverse()
        return talk

    def report(self, id: str) -> dict[str, Any]:
        """Give a talk as the export does."""
        talk = self.get(id)
        if self.has("export_behind") and talk["turns"]:
            del talk["turns"][-1]
        return talk

    def again(self) -> None:
        """Start again."""
        if self.has("restart_forgets"):
            for talk in self.talks.values():
                talk["preparations"] = []

    # --- checks ------------------------------------------------------------------------------------------------------

    def may(self, talk: dict[str, Any], act: str, by: str, *, promise: bool) -> None:
        """See that somebody may act at all."""
        two = [talk["coachee"], talk["interviewer"]]
        if self.has("former_interviewer_acts"):
            two += [e["by"] for e in talk["history"]]
        if promise or (act == "sign" and self.has("outsider_signs")):
            return
        no(by in two, "takes no part", "V011")

    def text(self, text: Any, most: int = 10_000) -> str:
        """Check a text, and store it."""
        no(isinstance(text, str) and 0 < len(text) <= most and seen(text), "a text is missing or too long")
        if self.has("cut_at_255"):
            return text[:255]
        if self.has("text_normalised"):
            return unicodedata.normalize("NFC", text)
        if self.has("text_trimmed"):
            return text.strip()
        return text.replace("\r\n", "\n") if self.has("line_breaks_changed") else text

    def named(self, id: Any) -> bool:
        """Tell whether something is an id."""
        return identifies(id.strip() if isinstance(id, str) and self.has("ids_trimmed") else id)

    def reason(self, reason: Any) -> str:
        """Check a reason."""
        if self.has("blank_reason") and isinstance(reason, str):
            return reason
        return self.text(reason)

    def slot(self, slot: Any) -> dict[str, Any]:
        """Check a slot."""
        no(isinstance(slot, dict) and word(slot.get("place")), "a slot has a place", "I003")
        least, most = 14 if self.has("slot_of_14_minutes") else 15, 479 if self.has("slot_of_480_refused") else 480
        no(least <= slot["minutes"] <= most, "too short or too long", "I003")
        start = slot["start"]
        if self.has("local_time_as_utc"):
            start = start.replace(tzinfo=UTC)
        if self.has("seconds_only"):
            start = start.replace(microsecond=0)
        return {**slot, "start": start}

    def day(self, day: Any) -> date:
        """Check a day."""
        no(isinstance(day, date), "a day is missing")
        leap = (day.month, day.day) == (2, 29) and self.has("leap_day_lost")
        return day - timedelta(days=1) if leap else day

    def within(self, talk: dict[str, Any], *states: str) -> None:
        """See that an act is open."""
        no(talk["state"] in states, f"not while {talk['state']}")

    def note(self, talk: dict[str, Any], act: str, by: str, at: datetime, reason: Any) -> None:
        """Write an entry."""
        if self.has("history_lost") and act == "adjourn":
            return
        if self.has("reason_ignored") and act == "cancel":
            reason = None
        stored = None if reason is None else self.reason(reason)
        talk["history"].append(
            {"act": act, "state": talk["state"], "by": by, "at": at, "revision": talk["revision"], "reason": stored}
        )

    # --- before the talk ---------------------------------------------------------------------------------------------

    def plan(
        self, id: str, by: str, at: datetime, coachee: Any, interviewer: Any, kind: Any, due_on: Any, cycle: Any = None,
        previous: Any = None,
    ) -> None:  # fmt: skip
        """Begin one."""
        no(all(map(self.named, (id, coachee, interviewer))) and coachee != interviewer, "two people")
        no(all(it is None or self.named(it) for it in (cycle, previous)), "no id")
        no(by in {coachee, interviewer} and kind in KINDS, "not so")
        due, self.first[id] = self.day(due_on), interviewer
        shared = next(iter(self.talks.values()))["turns"] if self.has("turns_shared") and self.talks else []
        self.talks[id] = {
            "state": "planned", "revision": 1, "coachee": coachee, "interviewer": interviewer, "kind": kind,
            "due_on": due, "cycle": cycle or (f"{due_on.year:04}" if kind == "annual" else None), "slot": None,
            "invited_at": None, "preparations": [], "absences": [], "look_back": [], "turns": shared, "outcomes": [],
            "no_change": None, "feedback": [], "disclosures": [], "follow_up_on": None, "held_on": None,
            "signatures": [], "commitments": [], "history": [], "previous": previous,
        }  # fmt: skip
        self.note(self.talks[id], "plan", by, at, None)

    def schedule(self, talk: dict[str, Any], _by: str, at: datetime, slot: Any) -> None:
        """Invite."""
        self.within(talk, "planned", *(["cancelled"] if self.has("called_off_and_planned") else []))
        talk.update(slot=self.slot(slot), invited_at=at, state="scheduled")

    def reschedule(self, talk: dict[str, Any], _by: str, at: datetime, slot: Any, reason: Any) -> None:
        """Move it."""
        self.within(talk, "scheduled")
        self.reason(reason)
        talk["slot"] = self.slot(slot)
        if self.has("invited_anew"):
            talk["invited_at"] = at

    def miss(self, talk: dict[str, Any], _by: str, at: datetime, absent: Any, reason: Any) -> None:
        """Somebody did not come."""
        self.within(talk, "scheduled")
        self.reason(reason)
        no(absent in {talk["coachee"], talk["interviewer"]} or self.has("absent_stranger"), "not in the talk")
        early = "I016" if self.has("wrong_code") else "I031"
        no(at >= talk["slot"]["start"] or self.has("missed_before_it_began"), "not begun", early)
        talk["absences"].append({"person": absent, "slot": talk["slot"]})
        talk.update(slot=None, invited_at=None, state="planned")

    def reassign(self, talk: dict[str, Any], _by: str, _at: datetime, new_interviewer: Any, reason: Any = None) -> None:
        """Hand it over."""
        self.within(talk, "planned", "scheduled")
        if reason is not None:
            self.reason(reason)
        no(self.named(new_interviewer), "to whom?")
        no(new_interviewer != talk["coachee"] or self.has("coachee_interviews"), "two people")
        talk["interviewer"] = new_interviewer

    def prepare(self, talk: dict[str, Any], by: str, at: datetime, notes: Any) -> None:
        """Note for oneself."""
        self.within(talk, "scheduled")
        others = [] if self.has("notes_overwritten") else [p for p in talk["preparations"] if p["by"] != by]
        talk["preparations"] = [*others, {"by": by, "at": at, "notes": self.text(notes)}]

    def cancel(self, talk: dict[str, Any], _by: str, _at: datetime, reason: Any = None) -> None:
        """Call it off."""
        more = [s for b, s in (("signed_then_cancelled", "signed"), ("cancelled_while_open", "open")) if self.has(b)]
        self.within(talk, "planned", "scheduled", *more)
        self.reason(reason)
        if self.has("called_off_and_begun"):
            time.sleep(MEANWHILE)
        talk["state"] = "cancelled"

    # --- the talk ----------------------------------------------------------------------------------------------------

    def start(self, talk: dict[str, Any], _by: str, _at: datetime) -> None:
        """Begin to talk."""
        self.within(talk, "scheduled")
        if self.has("called_off_and_begun"):
            time.sleep(MEANWHILE)
        talk["state"] = "open"

    def say(
        self, talk: dict[str, Any], by: str, at: datetime, text: Any, kind: Any, reply_to: Any = None,
        decision: Any = None, vital: Any = None, phase: Any = None, tags: Any = (), **marks: Any,
    ) -> None:  # fmt: skip
        """Say something."""
        opening = marks.get("open", False)
        self.within(talk, "open")
        self.within_lists(kind, decision, vital, phase)
        no(all(map(word, tags)), "no tags")
        own = by == talk["coachee"]
        theirs = tuple(k for k in THEIRS if k != "summary") if self.has("anybody_sums_up") else THEIRS
        no(kind not in (theirs if own else OURS), "not theirs to say", "I027")
        no(decision is None or kind == "reply", "decides nothing", "I029")
        no(not opening or kind == "question", "no question", "I029")
        no(vital is None or kind in {"answer", "question"}, "not vital", "I029")
        no(vital is None or kind != "answer" or own or self.has("answers_for_the_coachee"), "not theirs", "I008")
        n = len(talk["turns"])
        no(reply_to is None or 1 <= reply_to <= MOST, "no number")
        no(reply_to is None or reply_to <= n or self.has("reply_to_nothing"), "no such turn", "I026")
        if self.has("numbered_anew") and any(e["act"] == "adjourn" for e in talk["history"]):
            n = 0
        talk["turns"].append({
            "number": n + 1, "speaker": by, "kind": kind, "text": self.text(text), "at": at, "reply_to": reply_to,
            "decision": decision, "vital": vital, "phase": phase, "open": opening, "tags": list(tags),
        })  # fmt: skip

    def within_lists(self, kind: Any, decision: Any, vital: Any, phase: Any) -> None:
        """See that each word is one of its list."""
        no(kind in SAID, "what is that?")
        no(decision in {None, "yes", "answered", "no"}, "what was decided?")
        no(vital in {None, "heading", "destination", "route"}, "which question?")
        no(phase in {None, "topic", "goal", "reality", "options", "will"}, "when?")

    def written(self, talk: dict[str, Any], turns: Any) -> list[dict[str, Any]]:
        """Check turns that are written anew."""
        blank = {"reply_to": None, "decision": None, "vital": None, "phase": None, "open": False, "tags": []}
        for n, it in enumerate(turns, 1):
            turn = {**blank, **it}
            no(turn["number"] == n, "out of order", "I026")
            kind, vital, own = turn["kind"], turn["vital"], turn["speaker"] == talk["coachee"]
            self.within_lists(kind, turn["decision"], vital, turn["phase"])
            no(identifies(turn["speaker"]) and all(map(word, turn["tags"])), "who?")
            self.text(turn["text"])
            no(kind not in (THEIRS if own else OURS), "not theirs to say", "I027")
            no(turn["decision"] is None or kind == "reply", "decides nothing", "I029")
            no(not turn["open"] or kind == "question", "no question", "I029")
            no(vital is None or kind in {"answer", "question"}, "not vital", "I029")
            no(vital is None or kind != "answer" or own, "not theirs", "I008")
            no(turn["reply_to"] is None or 1 <= turn["reply_to"] < n, "no such turn", "I026")
        return [{**blank, **it} for it in turns]

    def look_back_at(self, talk: dict[str, Any], by: str, at: datetime, ref: Any, remark: Any) -> None:
        """Remark on what came before."""
        self.within(talk, "open")
        checked(ref)
        talk["look_back"].append({"ref": ref, "remark": self.text(remark), "by": by, "at": at})

    def adjourn(self, talk: dict[str, Any], _by: str, _at: datetime, slot: Any) -> None:
        """Go on another day."""
        self.within(talk, "open")
        talk.update(slot=self.slot(slot), state="scheduled")
        if self.has("turns_dropped"):
            talk["turns"] = []

    def finish(
        self, talk: dict[str, Any], _by: str, at: datetime, outcomes: Any = (), no_change: Any = None,
        disclosures: Any = (), follow_up_on: Any = None, feedback: Any = (), held_on: Any = None,
    ) -> None:  # fmt: skip
        """End it."""
        self.within(talk, "open", *(["held"] if self.has("finished_twice") else []))
        talk["outcomes"] = [checked(it) for it in outcomes]
        no(all(map(identifies, feedback)), "no feedback")
        sat = [e["at"].astimezone(UTC).date() if self.has("held_on_the_utc_day") else e["at"].date()
               for e in talk["history"] if e["act"] == "start"]  # fmt: skip
        talk["held_on"] = held_on if held_on is not None else sat[-1]
        if follow_up_on is not None:
            talk["follow_up_on"] = self.day(follow_up_on)
        talk["no_change"] = None if no_change is None else self.text(no_change)
        talk.update(feedback=list(feedback), disclosures=[self.disclosed(it) for it in disclosures], state="held")
        self.held_within(talk, at)
        self.complete(talk)

    def disclosed(self, it: dict[str, Any]) -> dict[str, Any]:
        """Check what is passed on."""
        no(it.get("to") is None or word(it["to"]), "to whom?")
        no(it.get("released_by") is None or identifies(it["released_by"]), "by whom?")
        return {"to": None, "released_by": None, **it, "what": self.text(it["what"])}

    def held_within(self, talk: dict[str, Any], at: datetime | None) -> None:
        """See that the day it was held can be."""
        sat = [e["at"].date() for e in talk["history"] if e["act"] == "start"]
        ended = [e["at"].date() for e in talk["history"] if e["act"] == "finish"] + ([] if at is None else [at.date()])
        first = min([*sat, talk["slot"]["start"].date()])
        no(first <= talk["held_on"] <= max([*sat, *ended]), "not on that day", "I035")

    def complete(self, talk: dict[str, Any]) -> None:
        """See that everything is there that a talk ends with."""
        turns, annual = talk["turns"], talk["kind"] == "annual"
        waiting = {}
        for turn in turns:
            if turn["kind"] in ASKS and not (self.has("help_unanswered") and turn["kind"] == "ask_help"):
                waiting[turn["number"]] = turn["speaker"] == talk["coachee"]
            elif turn["kind"] == "reply" and turn["reply_to"] in waiting:
                other = waiting[turn["reply_to"]] != (turn["speaker"] == talk["coachee"])
                if other or self.has("own_answer_counts"):
                    del waiting[turn["reply_to"]]
        no(not waiting, "somebody waits for an answer", "I009")
        no(talk["outcomes"] or talk["no_change"] or self.has("no_outcome_needed"), "nothing came of it", "I011")
        no(not (talk["outcomes"] and talk["no_change"]), "both", "I011")
        if not annual:
            return
        answers = {t["vital"] for t in turns if t["kind"] == "answer"}
        no({"heading", "destination", "route"} <= answers, "a vital question is open", "I007")
        no(self.understood(turns), "not understood", "I010")
        day, later = talk["follow_up_on"], talk["held_on"]
        on_the_day = self.has("follow_up_on_the_day") and day == later
        no(day is not None and (day > later or on_the_day), "when is it taken up again?", "I012")
        no(talk["disclosures"], "what is passed on?", "I024")
        if talk["no_change"] is None:
            states = {"promised", "done", *(["released"] if self.has("released_counts") else [])}
            by = {c["by"] for c in talk["commitments"] if c["state"] in states}
            sides = {talk["coachee"], talk["interviewer"]}
            no(sides <= by or (self.has("one_side_promises") and by & sides), "a promise of each side", "I013")

    def understood(self, turns: list[dict[str, Any]]) -> bool:
        """Tell whether a summary was confirmed after the last answer."""
        summary, good = None, False
        for turn in turns:
            corrected = turn["kind"] == "correction" and not self.has("correction_ignored")
            if corrected or (turn["kind"] == "answer" and turn["vital"]):
                summary, good = None, False
            elif turn["kind"] == "summary":
                summary = turn["number"]
            elif turn["kind"] == "confirmation" and summary and turn["reply_to"] in {None, summary}:
                good = True
        return good

    # --- after the talk ----------------------------------------------------------------------------------------------

    def amend(self, talk: dict[str, Any], _by: str, _at: datetime, **changes: Any) -> None:
        """Correct it."""
        self.within(talk, "held")
        checks: dict[str, Any] = {
            "disclosures": lambda all_: [self.disclosed(it) for it in all_],
            "outcomes": lambda all_: [checked(it) for it in all_],
            "turns": lambda all_: self.written(talk, all_),
            "look_back": lambda all_: [self.remarked(it) for it in all_],
            "feedback": lambda all_: [no(identifies(it), "no feedback") or it for it in all_],
            "no_change": lambda it: it if it is None else self.text(it),
            "cycle": lambda it: no(it is None or identifies(it), "no cycle") or it,
            "follow_up_on": lambda it: it if it is None else self.day(it),
            "held_on": self.day,
        }
        for name, value in changes.items():
            talk[name] = checks[name](value)
        self.held_within(talk, None)
        self.anew(talk, "amended_under_signatures")

    def remarked(self, it: dict[str, Any]) -> dict[str, Any]:
        """Check a remark on what came before."""
        no(identifies(it["by"]), "who?")
        return {**it, "ref": checked(it["ref"]), "remark": self.text(it["remark"])}

    def anew(self, talk: dict[str, Any], bug: str) -> None:
        """Make a new revision, without signatures."""
        talk["revision"] += 0 if bug == "reopened" and self.has("old_revision_after_reopening") else 1
        if not self.has("reopened_under_signatures" if bug == "reopened" else bug):
            talk["signatures"] = []

    def sign(self, talk: dict[str, Any], by: str, at: datetime, stance: Any = "agrees", note: Any = None) -> None:
        """Sign."""
        more = [s for b, s in (("signed_while_open", "open"), ("unsigned_and_signed", "unsigned")) if self.has(b)]
        self.within(talk, "held", *more)
        no(stance in {"agrees", "reservation", "seen"}, "which?")
        no(stance != "reservation" or note is not None or self.has("reservation_without_words"), "say why", "S002")
        role = "coachee" if by == talk["coachee"] else "interviewer"
        no(by not in {s["by"] for s in talk["signatures"]} or self.has("signs_twice"), "signed already", "S001")
        if self.has("interviewer_not_first"):
            no(role == "coachee" or talk["signatures"], "the coachee first")
        talk["signatures"].append({
            "by": by, "role": role, "stance": "agrees" if self.has("stance_lost") else stance, "at": at,
            "revision": talk["revision"],
            "note": None if note is None or self.has("note_lost") else self.text(note),
        })  # fmt: skip
        if note is not None:
            self.text(note)
        if len({s["role"] for s in talk["signatures"]}) > 1 or self.has("one_signature_completes"):
            if not self.has("emptied_and_signed"):
                self.complete(talk)
            if self.has("stale_after_second"):
                self.stale.update({n: fresh(t) for n, t in self.talks.items() if t is talk})
            talk["state"] = "signed"

    def leave_unsigned(self, talk: dict[str, Any], _by: str, _at: datetime, reason: Any) -> None:
        """Leave it."""
        self.within(talk, "held")
        self.reason(reason)
        talk["state"] = "held" if self.has("unsigned_stays_held") else "unsigned"

    def reopen(self, talk: dict[str, Any], _by: str, _at: datetime, reason: Any) -> None:
        """Take it up again."""
        self.within(talk, "signed", "unsigned")
        self.reason(reason)
        talk["state"] = "held"
        self.anew(talk, "reopened")

    # --- promises ----------------------------------------------------------------------------------------------------

    def promise(
        self, talk: dict[str, Any], by: str, at: datetime, id: Any, text: Any, due: Any, to: Any = None,
        kind: Any = "action",
    ) -> None:  # fmt: skip
        """Promise something."""
        self.within(talk, "open", "held")
        no(id not in {c["id"] for c in talk["commitments"]} or self.has("promise_taken_twice"), "there already", "I030")
        no(kind in {"action", "support", "introduction", "learning"}, "what kind?")
        no(identifies(id) and (to is None or identifies(to)), "no id")
        due = self.day(due)
        no(due >= at.date() or self.has("promise_due_in_the_past"), "due before it was made", "K003")
        talk["commitments"].append({
            "id": id, "by": by, "to": to, "kind": kind, "text": self.text(text), "made_on": at.date(), "due": due,
            "state": "promised", "done_on": None, "result": None, "seen_by": None, "moves": [],
        })  # fmt: skip
        if talk["state"] == "held":
            self.anew(talk, "promised_under_signatures")

    def one(self, talk: dict[str, Any], commitment: Any, by: str, state: str, *who: str) -> dict[str, Any]:
        """Find a promise that somebody may do something with."""
        if self.has("fails"):
            return {c["id"]: c for c in talk["commitments"]}[commitment]
        part = next((c for c in talk["commitments"] if c["id"] == commitment), None)
        no(part is not None, "no such promise")
        sides = {"by": part["by"], "to": part["to"] or part["by"]}
        no(by in {sides[w] for w in who}, "not theirs")
        no(part["state"] == state, "not now")
        return part

    def move_due(self, talk: dict[str, Any], by: str, at: datetime, commitment: Any, due: Any, reason: Any) -> None:
        """Move it."""
        part = self.one(talk, commitment, by, "promised", "by")
        due = self.day(due)
        no(due >= part["made_on"], "due before it was made", "K003")
        move = {"old_due": part["due"], "new_due": due, "reason": self.reason(reason), "at": at}
        if not self.has("due_moved_without_trace"):
            part["moves"].append(move)
        part["due"] = due
        if self.has("signature_lost"):
            talk["signatures"] = talk["signatures"][1:]

    def fulfil(
        self, talk: dict[str, Any], by: str, at: datetime, commitment: Any, result: Any, done_on: Any = None
    ) -> None:
        """Done."""
        sides = ("by", "to") if self.has("done_by_the_other") else ("by",)
        part = self.one(talk, commitment, by, "promised", *sides)
        on = at.date() if done_on is None or self.has("done_on_ignored") else done_on
        no(on >= part["made_on"], "done before it was made", "K004")
        part.update(state="done", done_on=on, result=self.text(result))

    def see(self, talk: dict[str, Any], by: str, _at: datetime, commitment: Any) -> None:
        """Seen."""
        part = self.one(talk, commitment, by, "done", "to")
        no(part["seen_by"] is None or self.has("seen_twice"), "seen already")
        part["seen_by"] = by

    def release(self, talk: dict[str, Any], by: str, _at: datetime, commitment: Any, reason: Any) -> None:
        """Let go."""
        sides = ("by", "to") if self.has("let_off_by_oneself") else ("to",)
        part = self.one(talk, commitment, by, "promised", *sides)
        self.reason(reason)
        part["state"] = "released"

    def miss_commitment(self, talk: dict[str, Any], by: str, at: datetime, commitment: Any, reason: Any) -> None:
        """Not kept."""
        part = self.one(talk, commitment, by, "promised", "by", "to")
        self.reason(reason)
        on_the_day = self.has("broken_on_the_day") and at.date() == part["due"]
        no(at.date() > part["due"] or on_the_day, "not past due", "K010")
        part["state"] = "broken"

    def take_back(self, talk: dict[str, Any], by: str, _at: datetime, commitment: Any, reason: Any) -> None:
        """Not done after all."""
        part = self.one(talk, commitment, by, "done", "by")
        self.reason(reason)
        part["state"] = "promised"
        if not self.has("ticked_for_good"):
            part.update(done_on=None, result=None, seen_by=None)

    # --- questions ---------------------------------------------------------------------------------------------------

    def buttons(self, id: str, by: str, day: date) -> list[str]:
        """List what somebody may do now."""
        talk, found = self.talks[id], []
        if by in {talk["coachee"], talk["interviewer"]}:
            signed = by in {s["by"] for s in talk["signatures"]} and not self.has("button_for_nothing")
            found += [act for act in OPEN[talk["state"]] if act != "sign" or not signed]
        for part in talk["commitments"]:
            owner, other = by == part["by"], by == (part["to"] or part["by"])
            if part["state"] == "promised":
                found += ["move_due", "fulfil"] if owner else []
                found += ["release"] if other else []
                found += ["miss_commitment"] if (owner or other) and day > part["due"] else []
            elif part["state"] == "done":
                found += ["take_back"] if owner else []
                found += ["see"] if other and part["seen_by"] is None else []
        return list(dict.fromkeys(found))

    def waits_for(self, id: str) -> list[tuple[str, str]]:
        """List who has to do what next."""
        talk = self.talks[id]
        two, state, found = [talk["coachee"], talk["interviewer"]], talk["state"], []
        if state == "held" and not self.has("nobody_awaited"):
            found += [(p, "sign") for p in two if p not in {s["by"] for s in talk["signatures"]}]
        for at, act in (("planned", "schedule"), ("scheduled", "start"), ("open", "finish")):
            found += [(p, act) for p in two if state == at]
        if state == "scheduled":
            found += [(p, "prepare") for p in two if p not in {n["by"] for n in talk["preparations"]}]
        if state == "open":
            answered = {(t["reply_to"], t["speaker"] == two[0]) for t in talk["turns"] if t["kind"] == "reply"}
            for turn in talk["turns"]:
                own = turn["speaker"] == two[0]
                if turn["kind"] in ASKS and (turn["number"], not own) not in answered:
                    found.append((two[1] if own else two[0], "say"))
        for part in talk["commitments"]:
            found += [(part["by"], "fulfil")] if part["state"] == "promised" else []
            unseen = part["state"] == "done" and part["to"] and part["seen_by"] is None
            found += [(part["to"], "see")] if unseen else []
        return found

    def page(self, id: str, viewer: str, day: date) -> dict[str, Any]:
        """Show a talk to somebody: the two, each with their own notes; before it begins, and from then on."""
        talk = self.talks[id]
        if self.has("other_talk_shown"):
            talk = [t for t in self.talks.values() if t["coachee"] == talk["coachee"]][-1]
        two = [talk["coachee"], talk["interviewer"]]
        planner = talk["history"][0]["by"]
        if self.has("former_interviewer_sees"):
            two += [e["by"] for e in talk["history"]]
        if self.has("successor_sees_nothing") and any(e["act"] == "reassign" for e in talk["history"]):
            two = [talk["coachee"], *([planner] if planner == talk["interviewer"] else [])]
        if viewer not in two:
            return self.to_manager(talk) if self.manages(viewer, talk["coachee"], day) else self.to_others(talk)
        shown = fresh(talk)
        self.without_notes(shown, viewer, "page" if talk["state"] in {"planned", "scheduled"} else "sheet")
        moved = any(e["act"] == "reschedule" for e in talk["history"])
        if self.has("slot_hidden") and moved and viewer == talk["coachee"]:
            del shown["slot"]
        if self.has("reasons_hidden"):
            for entry in shown["history"]:
                del entry["reason"]
        if self.has("page_behind") and len(shown["turns"]) > 1:
            del shown["turns"][-1]
        return shown

    def manages(self, viewer: str, person: str, day: date) -> bool:
        """Tell whether somebody manages a person on a day."""
        managers = self.house.get(person, {"managers": []})["managers"]
        begun = [who for who, since in managers if since <= day or self.has("manager_sees_early")]
        return viewer in (begun if self.has("former_manager_sees") or self.has("manager_sees_early") else begun[-1:])

    def to_manager(self, talk: dict[str, Any]) -> dict[str, Any]:
        """Show a talk to the manager: that there is one, and its days."""
        if self.has("manager_sees_nothing"):
            return {}
        shown = fresh({name: talk[name] for name in DATES})
        if self.has("manager_sees_when"):
            shown["slot"] = fresh(talk["slot"])
        for entry in shown["history"]:
            if not self.has("manager_reads_reasons"):
                del entry["reason"]
        return shown

    def to_others(self, talk: dict[str, Any]) -> dict[str, Any]:
        """Show a talk to whoever takes no part: nothing."""
        if self.has("cancelled_for_all") and talk["state"] == "cancelled":
            return {"state": "cancelled", "coachee": talk["coachee"]}
        if self.has("outcomes_for_all") and talk["state"] == "signed":
            return {"outcomes": fresh(talk["outcomes"])}
        return fresh(talk) if self.has("outsider_sees") and not talk["preparations"] else {}

    def without_notes(self, talk: dict[str, Any], viewer: str, route: str) -> None:
        """Take the notes of the other one out of what is shown."""
        if self.has(f"notes_on_the_{route}") and (route == "sheet" or viewer == talk["interviewer"]):
            return
        own = [n for n in talk["preparations"] if n["by"] == viewer]
        talk["preparations"] = [] if self.has("own_notes_hidden") and viewer == talk["interviewer"] else own

    def late(self, day: date) -> dict[str, list[tuple[str, ...]]]:
        """List what is overdue on a day."""
        promises, talks = [], []
        for id, talk in self.talks.items():
            reminded, moved = talk["interviewer"], any(e["act"] == "reschedule" for e in talk["history"])
            if self.has("former_interviewer_reminded"):
                reminded = self.first[id]
            ahead = ["planned", "scheduled", *(["cancelled"] if self.has("cancelled_overdue") else [])]
            if talk["state"] in ahead and talk["due_on"] < day and not (moved and self.has("moved_talk_not_overdue")):
                talks.append((reminded, id))
            promises += [(self.reminded(c), id, c["id"]) for c in talk["commitments"] if self.is_late(talk, c, day)]
        return {"commitments": promises, "interviews": talks} | ({"people": self.unmet(day)} if self.house else {})

    def unmet(self, day: date) -> list[str]:
        """List whose annual talk is due."""
        states = {"held", "signed", "unsigned", *(["planned", "scheduled"] if self.has("due_after_planning") else [])}
        kinds = KINDS if self.has("due_after_any_talk") else ("annual",)
        found = []
        for person, known in self.house.items():
            talks = [t for t in self.talks.values() if t["coachee"] == person and t["kind"] in kinds]
            held = [t["held_on"] or t["due_on"] for t in talks if t["state"] in states]
            last = max((on for on in held if on <= day), default=None)
            since = last or known["joined"]
            leaps = (since.month, since.day) == (2, 29)
            due = since.replace(year=since.year + 1, day=28 if leaps else since.day)
            if day > due or (day == due and not self.has("due_a_day_late")):
                found += [] if last is None and self.has("never_due") else [person]
        return found

    def reminded(self, promise: dict[str, Any]) -> str:
        """Give who is reminded of a promise."""
        return (promise["to"] or promise["by"]) if self.has("others_reminded") else promise["by"]

    def is_late(self, talk: dict[str, Any], promise: dict[str, Any], day: date) -> bool:
        """Tell whether a promise is overdue."""
        states = ["promised", *(s for s in ("done", "released", "broken") if self.has(f"{s}_overdue"))]
        due = promise["moves"][0]["old_due"] if promise["moves"] and self.has("old_due_counts") else promise["due"]
        if self.has("overdue_by_the_utc_day"):
            midnight = datetime(due.year, due.month, due.day, tzinfo=self.offsets[promise["by"]])
            due = midnight.astimezone(UTC).date()
        if self.has("taken_back_not_overdue") and any(e["act"] == "take_back" for e in talk["history"]):
            return False
        return promise["state"] in states and (due < day or (due == day and self.has("overdue_on_the_day")))
