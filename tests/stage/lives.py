"""Records of every kind in every state, by hand: each act of each table is done in one of them, and each promise ends.

What is asked of every table is asked of these first, and of drawn ones besides, so that no answer hangs on luck.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from coaching import Span
from stage import ANNA, EVA, OLE, at, on
from stage import feedback as fb
from stage import goals as goal
from stage import interviews as talk
from stage import moves as move
from stage import opportunities as line
from stage import organisations as organisation
from stage import paths as path
from stage import people as person
from stage import relationships as pair


def _people() -> list[Any]:
    hr = {"by": person.HR, "at": at(2)}
    anna = person.employed()
    away = anna.go_on_leave(on(2), on(90), **hr)
    found = [anna, away, away.come_back(on(2), **hr), person.gone(), person.back(), person.erased(),
             away.leave(on(3), "moved away", by=person.HR, at=at(3)), person.gone().correct("Misspelt", name="Anna Berg", by=person.HR, at=at(30)),
             person.outside(), person.outside().join(on(1), **hr), person.gone().stay("She stays", by=person.HR, at=at(30)),
             away.change_leave(on(3), on(60), **hr), away.cancel_leave(on(90), **hr)]  # fmt: skip
    ahead = anna.take_position(person.position("po-3", span=Span(on(400))), **hr)
    ahead = ahead.start_placement(
        person.placement("pl-3", span=Span(on(400)), planned_to=None, client=person.BRUK), **hr
    )
    found += [ahead, ahead.leave(on(30), "the contract ended", by=person.HR, at=at(20))]
    for one in (anna, away):
        moved = one.change_manager("po-1", EVA, on(2), **hr).extend_placement("pl-1", on(500), **hr)
        ended = moved.end_placement("pl-1", on(2), "done", **hr).end_position("po-1", on(2), **hr)
        anew = ended.take_position(person.position("po-2", span=Span(on(3))), **hr).correct(
            "Misspelt", name="Anna Berg", **hr
        )
        placed = anew.start_placement(person.placement("pl-2", span=Span(on(3)), client=person.BRUK), **hr)
        found += [moved, ended, anew, placed]
    return found


def _pairs() -> list[Any]:
    half, whole = pair.half_signed(), pair.active()
    amended = pair.proposed().amend(cadence=28, by=OLE, at=at(1))
    revisited = whole.revisit(cadence=28, by=ANNA, at=at(3))
    return [pair.proposed(), half, whole, pair.paused(), pair.paused().resume("Back", by=OLE, at=at(11)), pair.ended("Thanks"),
            pair.paused().close(by=OLE, at=at(11)), pair.declined(), amended, revisited,
            revisited.close(by=ANNA, at=at(4)), pair.proposed().take_back(by=OLE, at=at(1))]  # fmt: skip


def _promises(record: Any, day: int, *, one: str = ANNA, other: str = OLE) -> list[Any]:
    """A record with promises of one to the other: standing, moved, kept and seen, released, broken."""
    stands = record.promise("c-9", "Find out", on(day + 30), to=other, by=one, at=at(day))
    moved = stands.move_due("c-9", on(day + 31), "Ill", by=one, at=at(day))
    kept = stands.fulfil("c-9", "Found out", by=one, at=at(day))
    return [stands, moved, kept, kept.see("c-9", by=other, at=at(day)),
            stands.release("c-9", "No need", by=other, at=at(day)),
            stands.miss_commitment("c-9", "Forgot", by=one, at=at(day + 40))]  # fmt: skip


def _kept(records: list[Any]) -> list[Any]:
    """What becomes of the promises in records, wherever these stand: each act that a promise allows, done once a state."""
    found: list[Any] = []
    seen: set[tuple[str, str, str]] = set()
    for record in records:
        for c in record.commitments:
            day, other = record.history[-1].at, c.to or c.by
            late = max(day, at(120))
            ways = {"promised": ("move_due", "fulfil", "release", "miss_commitment"), "done": ("see", "take_back")}
            for act in ways.get(c.state, ()) if c.seen_by is None and record.state != "draft" else ():
                given = {"move_due": {"due": on(400), "reason": "Ill"}, "fulfil": {"result": "Done"},
                         "release": {"reason": "No need"}, "miss_commitment": {"reason": "Forgot"},
                         "take_back": {"reason": "A slip"}}  # fmt: skip
                by = other if act in {"release", "see"} else c.by
                if (record.state, c.state, act) not in seen:
                    seen.add((record.state, c.state, act))
                    when = late if act == "miss_commitment" else day
                    found.append(record.act(act, commitment=c.id, by=by, at=when, **given.get(act, {})))
    return found


def _goals() -> list[Any]:
    draft, ready, proposed, agreed = goal.draft_goal(), goal.ready_goal(), goal.proposed_goal(), goal.agreed_goal()
    kept = goal.kept_goal()
    found = [draft, ready, ready.edit(why="To be ready", by=ANNA, at=at(1)), proposed, goal.half_signed_goal(), agreed,
             ready.suggest_option("o-3", "Ask", by=OLE, at=at(1)).adopt_option("o-3", by=ANNA, at=at(1)),
             proposed.suggest_option("o-3", "Ask", by=OLE, at=at(2)).adopt_option("o-3", by=ANNA, at=at(2)),
             proposed.choose_option("o-2", by=ANNA, at=at(3)), proposed.ask_change("No", by=OLE, at=at(3)),
             proposed.invest("money", "My bonus", by=ANNA, at=at(3)), goal.measured_goal(), kept,
             agreed.note_progress("win", "It runs", by=OLE, at=at(4)), goal.paused_goal(),
             goal.paused_goal().note_progress("step", "A part came", by=ANNA, at=at(11)),
             goal.paused_goal().resume(by=ANNA, at=at(20)), goal.achieved_goal(),
             goal.achieved_goal().confirm("Well done", by=OLE, at=at(41)), goal.missed_goal(), goal.dropped_goal()]  # fmt: skip
    found += [g.renegotiate("More", outcome="Two", by=OLE, at=at(11)) for g in (agreed, goal.paused_goal())]
    found += [g.drop("Enough", by=ANNA, at=at(11)) for g in (draft, proposed, goal.paused_goal())]
    found += [goal.paused_goal().miss("No", "Ask", by=ANNA, at=at(180)), proposed.recall(by=ANNA, at=at(3))]
    found += [g.reopen("A slip", by=ANNA, at=at(200)) for g in found if g.state in {"achieved", "missed", "dropped"}]
    found += [draft.promise("c-9", "Find out", on(34), to=OLE, by=ANNA, at=at(1))]
    found += [*_promises(proposed, 4), *_promises(agreed, 4)]
    for record in _promises(agreed, 4):
        found += [record.pause("A strike", on(90), by=ANNA, at=at(50)), record.drop("Enough", by=ANNA, at=at(50)),
                  record.achieve("It runs", by=ANNA, at=at(50)), record.miss("No", "Ask", by=ANNA, at=at(190))]  # fmt: skip
    return [*found, *_kept(found)]


def _talks() -> list[Any]:
    planned, scheduled, begun, held = talk.planned_talk(), talk.scheduled_talk(), talk.open_talk(), talk.held_talk()
    looked = begun.look_back_at({"kind": "goal", "id": "g-1"}, "It went well", by=ANNA, at=at(30))
    asked = begun.say("Will you ask?", "ask_help", by=ANNA, at=at(30))
    found = [planned, scheduled, talk.prepared_talk(), begun, talk.full_talk(), held, talk.signed_talk(), looked, asked,
             scheduled.prepare("Mine", by=ANNA, at=at(5)), held.sign(by=ANNA, at=at(31)),
             held.amend(follow_up_on=on(200), by=OLE, at=at(32)), talk.signed_talk().reopen("A slip", by=OLE, at=at(32)),
             scheduled.reschedule(talk.LATER, "A strike", by=OLE, at=at(1)), begun.adjourn(talk.LATER, by=OLE, at=at(30)),
             scheduled.miss(ANNA, "Ill", by=OLE, at=at(31)), planned.cancel("She moved", by=ANNA, at=at(1)),
             scheduled.cancel("She moved", by=ANNA, at=at(1)), planned.reassign(EVA, by=OLE, at=at(1)),
             scheduled.reassign(EVA, by=OLE, at=at(1)),
             held.leave_unsigned("Ole has left", by=ANNA, at=at(50)),
             held.leave_unsigned("Ole has left", by=ANNA, at=at(50)).reopen("A slip", by=ANNA, at=at(51)),
             held.promise("c-9", "Find out", on(60), to=ANNA, by=OLE, at=at(31))]  # fmt: skip
    found += [talk.taken_over("held", interviewer=None)]
    for record in _promises(begun, 30, one=OLE, other=ANNA):
        later = record.adjourn({"start": at(80), "minutes": 60, "place": "Room 4"}, by=OLE, at=at(70))
        missed = later.miss(ANNA, "Ill", by=OLE, at=at(81))
        found += [record, later, missed, later.cancel("She moved", by=ANNA, at=at(71))]
    for record in _promises(talk.full_talk(), 30, one=OLE, other=ANNA):
        closed = record.finish(**talk.DONE, by=OLE, at=at(80))
        left = closed.leave_unsigned("Ole has left", by=ANNA, at=at(80))
        found += [closed, closed.sign(by=ANNA, at=at(80)).sign(by=OLE, at=at(80)), left]
    return [*found, *_kept(found)]


def _feedback() -> list[Any]:
    given, known = fb.given(), fb.acknowledged()
    return [fb.requested(), fb.requested().write(kind="appreciation", about="It", by=OLE, at=at(2)), fb.draft(), given,
            fb.draft().write(impact="More", by=OLE, at=at(2)), known, fb.shared("coach"),
            fb.requested().decline("No time", by=OLE, at=at(2)), fb.requested().withdraw(by=ANNA, at=at(2)),
            fb.draft().withdraw(by=OLE, at=at(2)), given.withdraw("Another team", by=OLE, at=at(3)),
            known.share("coach", by=OLE, at=at(4)).share("coach", by=ANNA, at=at(5))]  # fmt: skip


def _paths() -> list[Any]:
    draft, shared, agreed = path.draft_path(), path.shared_path(), path.agreed_path()
    begun = agreed.start_step("s-1", by=ANNA, at=at(3))
    old, new = path.revised_path()
    found = [draft, shared, agreed, begun, begun.reach_step("s-1", "Passed", by=ANNA, at=at(9)),
             begun.skip_step("s-1", "Ill", by=ANNA, at=at(9)), shared.comment("Brave", by=OLE, at=at(2)),
             shared.edit(heading="Home", by=ANNA, at=at(2)), shared.sign(by=ANNA, at=at(2)), old, new,
             draft.edit(heading="Home", by=ANNA, at=at(2)), old.supersede(new, by=ANNA, at=at(102))]  # fmt: skip
    found += [p.archive("Moved on", by=OLE, at=at(120)) for p in (draft, shared, agreed, found[-1])]
    for record in (draft, shared, agreed):
        found += [record.dream("d-2", "Sail", by=ANNA, at=at(3)), record.withdraw_dream("d-1", by=ANNA, at=at(3)),
                  record.say_need("n-2", "balance", "Home", by=ANNA, at=at(3)),
                  record.release_need("n-1", "client", by=ANNA, at=at(3)),
                  record.meet_need("n-1", met_by="The line", by=ANNA, at=at(3)),
                  record.withdraw_need("n-1", by=ANNA, at=at(3)),
                  record.name_role_model("m-2", name="Marie", by=ANNA, at=at(3)),
                  record.meet_role_model("m-1", "She went on", by=ANNA, at=at(3))]  # fmt: skip
    return found


def _lines() -> list[Any]:
    posted, kept, filled = line.new_line(places=2), line.reserved(places=2), line.filled()
    hr = {"by": person.HR, "at": at(3)}
    whole, last = line.reserved(), line.filled(places=2).reserve(EVA, **hr)
    two = posted.reserve(ANNA, **hr).fill(EVA, **hr)
    return [posted, kept, filled, whole, last, two, line.filled(places=2).free(ANNA, "Left", **hr),
            posted.edit(title="Lead", **hr), kept.edit(title="Lead", **hr), kept.unreserve(ANNA, **hr),
            kept.edit(places=1, **hr), line.filled(places=2).edit(places=1, **hr), whole.edit(title="Lead", **hr),
            whole.edit(places=2, **hr), last.edit(title="Last", **hr), whole.unreserve(ANNA, **hr),
            posted.fill(EVA, **hr), kept.fill(ANNA, **hr), whole.fill(ANNA, **hr), last.fill(EVA, **hr),
            line.reserved(places=3).reserve(EVA, **hr).fill("p-9", **hr).fill(EVA, **hr),
            line.imported("reserved", places=2).fill(EVA, **hr), last.free(ANNA, "Left", **hr),
            filled.free(ANNA, "A slip", **hr), posted.withdraw(**hr), whole.withdraw(**hr)]  # fmt: skip


def _moves() -> list[Any]:
    wished, asked, agreed, done = move.wished(), move.asked(), move.agreed(), move.done()
    found = [wished, wished.edit(why="More", by=ANNA, at=at(1)), asked, asked.approve(by=ANNA, at=at(2)), agreed, done,
             move.declined(), wished.withdraw(by=ANNA, at=at(1)), asked.withdraw(by=ANNA, at=at(2)),
             agreed.withdraw(by=ANNA, at=at(3)), agreed.plan_check_in(on(130), by=EVA, at=at(3)),
             done.plan_check_in(on(130), by=EVA, at=at(61))]  # fmt: skip
    found += [m.change(start_on=on(70), by=EVA, at=at(3)) for m in (asked, agreed)]
    for record in _promises(asked, 2):
        found += [record, record.decline("No", on(99), by=OLE, at=at(50)), record.withdraw(by=ANNA, at=at(50))]
    for record in _promises(agreed, 3):
        found += [record, record.complete(on(60), by=ANNA, at=at(60))]
    return [*found, *_kept(found)]


_MADE: dict[str, Callable[[], list[Any]]] = {
    "person": _people,
    "relationship": _pairs,
    "goal": _goals,
    "interview": _talks,
    "feedback": _feedback,
    "path": _paths,
    "opportunity": _lines,
    "move": _moves,
    "organisation": lambda: [
        organisation.registered(),
        organisation.registered().correct(name="Verket", by=organisation.HR, at=at(1)),
    ],
}


@cache
def lives(kind: str) -> tuple[Any, ...]:
    """The staged records of a kind."""
    return tuple(_MADE[kind]())
