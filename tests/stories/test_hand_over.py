"""Cases that break HR systems when people change places; the numbers are those of the table in docs/hand-over.md."""

from datetime import date
from typing import Any

from coaching import (
    Book,
    Cadence,
    CoachingRelationship,
    Feedback,
    Goal,
    InternalMove,
    Interview,
    Person,
    Policy,
    Situation,
    Span,
    codec,
    verify,
)
from coaching.cadence import next_due
from coaching.privacy import MARK, erase, texts
from stage import ANNA, EVA, OLE, PER, at, codes, on, refused
from stage.book import someone
from stage.feedback import given
from stage.goals import agreed_goal
from stage.interviews import DONE, full_talk, held_talk, planned_talk, scheduled_talk, signed_talk
from stage.moves import agreed
from stage.opportunities import new_line
from stage.paths import draft_path
from stage.people import HR, JOINED, employed, position
from stage.relationships import TERMS, active
from stage.relationships import proposed as asked_to_coach

PEOPLE = [employed(), someone(OLE, manager=PER), someone(EVA, manager=PER), someone(PER), someone("p-40")]
WORK: dict[str, Any] = {
    "about": "The pilot line",
    "situation": Situation(on(0)),
    "behaviour": "You let the night shift speak first",
    "impact": "They named the fault",
}


def said(book: Book, code: str, day: int) -> list[tuple[str, str]]:
    """What the book says by one rule on a day: about whom, and the message."""
    return [(f.record[1], f.message) for f in book.check(on(day)) if f.code == code and f.record is not None]


def turns(book: Book, person: str) -> list[tuple[str, str]]:
    """What a person is awaited to do: in which record, and the act."""
    return [(turn.id, turn.awaited.act) for turn in book.awaits(person)]


def under_eva(book: Book) -> Book:
    """The book after Eva has taken Anna over from Ole, on day 40."""
    return book.act(ANNA, "change_manager", position="po-1", manager=EVA, on=on(40), by=HR, at=at(40))


def state(book: Book, kind: Any, id: str) -> str:
    """In which state a record of the book is."""
    record = book.get(kind, id)
    assert record is not None
    return str(record.state)


def test_case_01_the_manager_changes_in_the_middle():
    """Eva inherits nothing: what Ole promised, signs and is asked for stays his, and each matter has one who owes it."""
    request = Feedback.request("f-1", giver=OLE, about="The pilot line", due=on(60), by=ANNA, at=at(32))
    before = Book([*PEOPLE, agreed_goal(), held_talk(), request])
    book = under_eva(before)

    owed = [("g-1", "fulfil"), ("i-1", "sign"), ("i-1", "fulfil"), ("f-1", "write")]
    assert sorted(turns(book, OLE)) == sorted(turns(before, OLE)) == sorted(owed)
    assert turns(book, EVA) == []
    assert {record.id for record in book.changed} == {ANNA}
    assert {matter.person for matter in book.overdue(on(100))} == {ANNA, OLE}
    assert said(book, "X013", 40) == [(ANNA, f"no relationship with the new manager, {EVA}")]


def test_case_02_roles_swap():
    """Ole managed Anna; now she manages him. Each acknowledges what the other wrote, and no step makes a ring."""
    thanks = Feedback.write("f-2", receiver=OLE, kind="appreciation", **WORK, by=ANNA, at=at(2)).give(by=ANNA, at=at(2))
    book = Book([*PEOPLE, given(), thanks])
    turned = {"position": "po-1", "manager": ANNA, "on": on(40), "by": HR, "at": at(40)}
    (found,) = book.would(OLE, "change_manager", **turned)
    assert (found.code, found.message) == ("X003", f"on {on(40)}: {OLE} > {ANNA} > {OLE}")

    book = book.act(ANNA, "change_manager", position="po-1", manager=PER, on=on(40), by=HR, at=at(40))
    book = book.act(OLE, "change_manager", **turned)
    assert (book.manager_of(ANNA, on(40)), book.manager_of(OLE, on(40))) == (PER, ANNA)
    assert [book.manager_of(ANNA, on(39)), book.manager_of(OLE, on(39))] == [OLE, PER]
    assert (turns(book, ANNA), turns(book, OLE)) == ([("f-1", "acknowledge")], [("f-2", "acknowledge")])
    assert codes(book.would("f-2", "acknowledge", response="Thank you", by=ANNA, at=at(41))) == ["F007"]


def test_case_03_what_is_open_can_be_closed_after_the_change():
    """The talk was open when Eva took over: Ole and Anna finish and sign it, since who is in it does not change."""
    book = under_eva(Book([*PEOPLE, full_talk(), Goal.begin("g-1", "Lead a pilot line", by=ANNA, at=at(1))]))
    book = book.act("i-1", "finish", **DONE, by=OLE, at=at(41))
    book = book.act("i-1", "sign", by=OLE, at=at(41)).act("i-1", "sign", by=ANNA, at=at(42))
    assert state(book, Interview, "i-1") == "signed"
    assert codes(book.would("i-1", "reopen", reason="I manage her", by=EVA, at=at(43))) == ["V011"]


def test_case_04_the_talk_sits_with_the_wrong_manager():
    """It is said from the first day on, not at the deadline; Ole hands it over, and then Eva is awaited."""
    book = under_eva(Book([*PEOPLE, scheduled_talk()]))
    assert said(book, "X009", 40) == [("i-1", f"{OLE} no longer manages or coaches the coachee")]
    assert turns(book, EVA) == []

    book = book.act("i-1", "reassign", new_interviewer=EVA, reason="She manages Anna", by=OLE, at=at(41))
    assert said(book, "X009", 41) == []
    assert turns(book, EVA) == [("i-1", "start"), ("i-1", "prepare")]
    assert turns(book, OLE) == []


def test_case_05_the_manager_leaves_while_people_report():
    """He may leave. Who still reports to him is known, what he owes is listed, and the talk with him ends by Anna."""
    book = Book([*PEOPLE, draft_path(), agreed_goal(), planned_talk()])
    book = book.act(OLE, "leave", left_on=on(50), by=HR, at=at(40))
    assert book.reports_of(OLE, on(51)) == (ANNA,)
    owed = {(OLE, "interview i-1 is planned"), (OLE, "commitment c-2 in goal g-1 is promised")}
    assert owed <= set(said(book, "X014", 51))

    book = book.act(ANNA, "change_manager", position="po-1", manager=EVA, on=on(51), by=HR, at=at(51))
    book = book.act("i-1", "cancel", reason="Ole has left", by=ANNA, at=at(51))
    anew = {"coachee": ANNA, "interviewer": EVA, "kind": "annual", "due_on": on(200)}
    book = book.new(Interview, "plan", "i-2", **anew, by=ANNA, at=at(51))
    book = book.act("g-1", "release", commitment="c-2", reason="Ole has left", by=ANNA, at=at(51))
    assert book.reports_of(OLE, on(51)) == ()
    assert not owed & set(said(book, "X014", 51))


def test_case_06_nobody_is_above_themselves():
    """One's own manager cannot be written down; a ring of any length is refused, and named where it was imported."""
    assert codes(refused(lambda: someone(ANNA, manager=ANNA))) == ["J003"]
    book = Book(PEOPLE)
    ring = {"position": "po-9", "manager": ANNA, "on": on(0), "by": HR, "at": at(0)}
    top = position("po-9", manager=ANNA)
    (found,) = book.would(PER, "take_position", position=top, by=HR, at=at(0))
    assert (found.code, found.message) == ("X003", f"on {on(0)}: {PER} > {ANNA} > {OLE} > {PER}")
    assert codes(book.would(PER, "change_manager", **ring)) == ["V017"]

    imported = book.put(someone(PER, manager=ANNA))
    assert {id for id, _ in said(imported, "X003", 0)} == {PER, ANNA, OLE}


def test_case_07_the_top_has_no_manager():
    """Per is not left out: his talk falls due as everybody's, and somebody who coaches him holds it."""
    book = Book(PEOPLE)
    assert book.manager_of(PER, on(0)) is None
    assert PER in [line.person for line in book.coverage(on(0))]
    plan = {"coachee": PER, "interviewer": EVA, "kind": "annual", "due_on": on(200), "by": PER, "at": at(3)}
    assert codes(book.would_new(Interview, "plan", "i-1", **plan)) == ["I002"]

    peer = {"coach": EVA, "coachee": PER, "kind": "peer", "purpose": "Look from below", **TERMS}
    book = book.new(CoachingRelationship, "propose", "r-1", **peer, by=EVA, at=at(1))
    book = book.act("r-1", "sign", by=EVA, at=at(1)).act("r-1", "sign", by=PER, at=at(2))
    assert state(book.new(Interview, "plan", "i-1", **plan), Interview, "i-1") == "planned"


def test_case_08_somebody_leaves_before_signing():
    """Anna leaves between talk and signature. Both may still sign; her talk is no longer missed, nor her next one due."""
    goal = Goal.begin("g-1", "Lead a pilot line", by=ANNA, at=at(1))
    book = Book([*PEOPLE, held_talk(), goal]).act(ANNA, "leave", left_on=on(35), reason="Umeå", by=HR, at=at(32))
    assert ANNA not in [line.person for line in book.coverage(on(400))]
    assert (ANNA, "goal g-1 is draft") in said(book, "X014", 36)
    assert said(book, "X004", 400) != []
    assert ANNA not in [id for id, _ in said(book, "X004", 400)]

    book = book.act("i-1", "sign", by=OLE, at=at(36)).act("i-1", "sign", by=ANNA, at=at(36))
    assert state(book, Interview, "i-1") == "signed"


def test_case_09_feedback_before_the_last_day():
    """Ole gives his feedback while he is here; from the day after on he cannot, and Anna still answers."""
    book = Book([*PEOPLE, Feedback.write("f-1", receiver=ANNA, kind="appreciation", **WORK, by=OLE, at=at(1))])
    book = book.act(OLE, "leave", left_on=on(50), by=HR, at=at(40))
    assert codes(book.would("f-1", "give", by=OLE, at=at(51))) == ["F014"]

    book = book.act("f-1", "give", by=OLE, at=at(50))
    book = book.act("f-1", "acknowledge", response="Thank you", by=ANNA, at=at(60))
    assert state(book, Feedback, "f-1") == "acknowledged"


def test_case_11_a_move_leaves_the_day_of_joining():
    """Joining is of the employment, the first day of a position is of the position: a move changes the second alone."""
    book = Book([*PEOPLE, new_line(), agreed()])
    due = book.next_due(ANNA, date.max)
    book = book.act("mv-1", "complete", on=on(60), placement="pl-2", by=ANNA, at=at(60))
    anna = book.get(Person, ANNA)
    assert anna is not None
    assert (anna.employments[0].from_, state(book, InternalMove, "mv-1")) == (JOINED, "done")
    assert book.next_due(ANNA, date.max) == due


def test_case_13_months_are_counted_from_the_day_and_not_from_the_last_answer():
    """31 January and a month is the end of February; two months are 31 March. The anniversary keeps to its month."""
    joined, last = date(2020, 1, 1), date(2027, 1, 31)
    due = [next_due(joined, last, policy=Policy(cadence_months=months)) for months in (1, 2, 3)]
    assert due == [date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]

    leap = date(2024, 2, 29)
    due = [next_due(joined, leap, policy=Policy(cadence_months=months)) for months in (12, 48)]
    assert due == [date(2025, 2, 28), date(2028, 2, 29)]

    held, days, house = date(2024, 2, 29), [], Policy(cadence=Cadence.ANNIVERSARY)
    for _ in range(4):
        held = next_due(leap, held, policy=house)
        days.append(held)
    assert days == [date(2025, 2, 28), date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29)]


def test_case_17_a_double_click():
    """The second click finds what the first has done, is refused by the table, and leaves no second entry."""
    plan = {"coachee": ANNA, "interviewer": OLE, "kind": "annual", "due_on": on(200), "by": ANNA, "at": at(0)}
    book = Book(PEOPLE).new(Interview, "plan", "i-1", **plan)
    assert codes(book.would_new(Interview, "plan", "i-1", **plan)) == ["X001"]
    assert codes(book.would_new(Interview, "plan", "i-2", **plan)) == ["I025"]

    off = {"reason": "Anna is ill", "by": ANNA, "at": at(1)}
    book = book.act("i-1", "cancel", **off)
    assert codes(book.would("i-1", "cancel", **off)) == ["V010"]
    talk = held_talk().sign(by=ANNA, at=at(31))
    assert talk.would("sign", by=ANNA, at=at(31)) != ()
    assert len(talk.signatures) == 1
    goal = agreed_goal().fulfil("c-1", "Eva said yes", by=ANNA, at=at(20))
    assert codes(goal.would("fulfil", commitment="c-1", result="Eva said yes", by=ANNA, at=at(20))) == ["V010"]


def test_case_20_reopened_after_it_was_signed():
    """A signed record is reopened for a reason, never edited under the signatures; what was signed is told apart."""
    talk = signed_talk()
    assert codes(talk.would("amend", follow_up_on=on(90), by=OLE, at=at(40))) == ["I015"]

    again = talk.reopen("We forgot the course", by=ANNA, at=at(40))
    assert (again.state, again.revision, again.signatures) == ("held", talk.revision + 1, ())
    assert again.history[-1].reason == "We forgot the course"
    again = again.amend(follow_up_on=on(90), by=OLE, at=at(41)).sign(by=OLE, at=at(42)).sign(by=ANNA, at=at(42))
    assert (again.state, again.follow_up_on) == ("signed", on(90))
    assert [entry.act for entry in again.history[-4:]] == ["reopen", "amend", "sign", "sign"]
    assert verify(again) == ()


def test_case_21_late_feedback_changes_nothing_that_is_finished():
    """Feedback that comes after the signatures is a record of its own: the signed talk is the very same."""
    talk = signed_talk()
    book = Book([*PEOPLE, talk])
    book = book.new(Feedback, "write", "f-9", receiver=ANNA, kind="appreciation", **WORK, by=EVA, at=at(50))
    book = book.act("f-9", "give", by=EVA, at=at(50))
    assert book.get(Interview, "i-1") is talk


def test_case_22_one_of_two_is_erased():
    """Ole is erased: his words go, Anna's stay, no record of hers goes with him, and each can still be read."""
    goal, talk, thanks, pair = agreed_goal(), signed_talk(), given(), active()
    ole = someone(OLE, manager=PER)
    book = Book([employed(), ole, someone(EVA), someone(PER), goal, talk, thanks, pair])
    hers = {w.text for r in (goal, talk, pair) for w in texts(r) if w.author == ANNA}
    book = book.act(OLE, "leave", left_on=on(60), by=HR, at=at(60))
    after, report = erase(book, OLE, on(800), by=HR, at=at(800))

    assert [(r.type, r.id) for r in after] == [(r.type, r.id) for r in book]
    assert after.get(Person, ANNA) is book.get(Person, ANNA)
    plain = repr([codec.unstructure(record) for record in after])
    assert not [text for text in hers if repr(text) not in plain]
    kept = after.get(Feedback, thanks.id)
    assert kept is not None
    assert (kept.giver, kept.behaviour, kept.state) == (OLE, MARK, "given")
    for record in (goal, talk, thanks, pair):
        new = after.get(type(record), record.id)
        assert new is not None
        assert codec.loads(codec.dumps(new)) == new
        assert codes(verify(new)) == ["H004"]
    assert any(line.record == ("goal", "g-1") and line.why == f"words of {ANNA}" for line in report.stayed)
    again, _ = erase(after, OLE, on(801), by=HR, at=at(801))
    assert list(again) == list(after)


def test_case_28_a_request_is_withdrawn_while_the_other_answers():
    """Who comes first counts: a request that is withdrawn is not answered, one that is being answered not withdrawn."""
    asks = {"giver": OLE, "about": "The pilot line", "due": on(10), "by": ANNA, "at": at(1)}
    book = Book(PEOPLE).new(Feedback, "request", "f-1", **asks)
    back = book.act("f-1", "withdraw", by=ANNA, at=at(2))
    assert codes(back.would("f-1", "write", **WORK, by=OLE, at=at(2, 13))) == ["V010"]
    assert turns(back, OLE) == []

    begun = book.act("f-1", "write", kind="appreciation", **WORK, by=OLE, at=at(2))
    assert codes(begun.would("f-1", "withdraw", by=ANNA, at=at(2, 13))) == ["V011"]
    assert state(begun.act("f-1", "give", by=OLE, at=at(3)), Feedback, "f-1") == "given"


def test_case_30_two_managers_and_the_same_relationship_twice():
    """One line manager coaches a person, others may coach beside; of two positions the one begun last has the manager."""
    pair = active(kind="line_manager", dual_role=True)
    book = Book([*PEOPLE, pair])
    for id, coach, kind, expected in (("r-2", OLE, "line_manager", ["R004"]), ("r-3", EVA, "mentor", [])):
        more = asked_to_coach(id, coach=coach, kind=kind, by=coach, dual_role=coach == OLE)
        asked = book.put(more.sign(by=coach, at=at(5)))
        assert codes(asked.would(id, "sign", by=ANNA, at=at(6))) == expected

    beside = position("po-2", title="Lecturer", manager=EVA, span=Span(on(10)))
    two = book.act(ANNA, "take_position", position=beside, by=HR, at=at(10))
    assert [two.manager_of(ANNA, on(day)) for day in (9, 10)] == [OLE, EVA]
    assert codes(two.would(ANNA, "take_position", position=beside, by=HR, at=at(11))) == ["J010"]


def test_case_31_the_wrong_person_acknowledges():
    """Only the receiver acknowledges, and only the one to whom it was promised sees a promise kept."""
    thanks = given()
    for person, code in ((OLE, "F007"), (EVA, "V011"), (PER, "V011")):
        assert codes(thanks.would("acknowledge", response="Thanks", by=person, at=at(3))) == [code]
        assert thanks.acts_for(person).count("acknowledge") == 0
    goal = agreed_goal().fulfil("c-2", "Your Fridays are free", by=OLE, at=at(20))
    assert codes(goal.would("see", commitment="c-2", by=OLE, at=at(20))) == ["K007"]
    assert goal.would("see", commitment="c-2", by=ANNA, at=at(20)) == ()


def test_case_32_the_first_parties_stay_in_the_history():
    """After a hand-over it is still told who had it before, in the talk and in the position; and who did each act."""
    book = under_eva(Book([*PEOPLE, scheduled_talk()]))
    book = book.act("i-1", "reassign", new_interviewer=EVA, by=OLE, at=at(41))
    talk, anna = book.get(Interview, "i-1"), book.get(Person, ANNA)
    assert talk is not None
    assert anna is not None
    assert [entry.by for entry in talk.history] == [ANNA, OLE, OLE]
    assert dict(talk.history[-1].was) == {"interviewer": OLE}
    assert [(it.manager, it.from_) for it in anna.positions[0].managers] == [(OLE, JOINED), (EVA, on(40))]
    assert [line.by for line in book.timeline(ANNA) if line.id == "i-1"] == [ANNA, OLE, OLE]
