"""Stories about the talk: the annual interview, and what goes wrong in one. Numbers are those of the domain page."""

from datetime import date

from attrs import evolve

from coaching import Book, Interview
from coaching.codec import dumps, loads
from coaching.kernel.signing import verify
from coaching.kernel.values import Ref
from coaching.privacy import erase
from coaching.records.interviews import Disclosure, Slot
from stage import ANNA, OLE, at, codes, on, refused
from stage.book import someone
from stage.goals import draft_goal
from stage.interviews import (
    DONE,
    full_talk,
    held_talk,
    open_talk,
    planned_talk,
    scheduled_talk,
    signed_talk,
    vital_talk,
)


def test_story_02_the_annual_interview():
    """Heading, destination, route; a concern and a promise in reply; a summary confirmed; both promise, both sign."""
    talk = planned_talk().schedule(Slot(start=at(30, 9), minutes=90, place="Room 4"), by=OLE, at=at(1))
    talk = talk.prepare("The house, and the pilot line", by=ANNA, at=at(10))
    talk = talk.prepare("How is she, really?", by=OLE, at=at(12))
    talk = talk.start(by=OLE, at=at(30, 9))

    talk = talk.say("Where are you heading right now?", "question", vital="heading", open=True, by=OLE, at=at(30, 9))
    talk = talk.say("I run the same line as last year", "answer", vital="heading", reply_to=1, by=ANNA, at=at(30, 9))
    talk = talk.say("Where do you want to go?", "question", vital="destination", open=True, by=OLE, at=at(30, 9))
    talk = talk.say(
        "To lead a plant", "answer", vital="destination", tags=("dream",), reply_to=3, by=ANNA, at=at(30, 9)
    )
    talk = talk.say("How do you get there?", "question", vital="route", open=True, by=OLE, at=at(30, 9))
    talk = talk.say("The pilot line, then a course", "answer", vital="route", reply_to=5, by=ANNA, at=at(30, 9))
    talk = talk.say("It means moving house, and my children just changed school", "concern", by=ANNA, at=at(30, 9))
    talk = talk.say("I find out how we help", "reply", decision="yes", reply_to=7, by=OLE, at=at(30, 9))
    talk = talk.promise("c-1", "Find out about removals", on(44), to=ANNA, kind="support", by=OLE, at=at(30, 9))
    talk = talk.say("A plant, by way of the pilot line", "summary", by=OLE, at=at(30, 10))
    talk = talk.say("Yes, that is it", "confirmation", reply_to=9, by=ANNA, at=at(30, 10))
    talk = talk.promise("c-2", "Talk it over at home", on(44), by=ANNA, at=at(30, 10))
    assert talk.findings(on(30)) == ()

    talk = talk.finish(
        outcomes=(Ref("goal", "g-1"),),
        disclosures=(Disclosure("nothing"),),
        follow_up_on=on(120),
        by=OLE,
        at=at(30, 10),
    )
    assert talk.state == "held"
    talk = talk.sign(by=ANNA, at=at(31)).sign(by=OLE, at=at(32))
    assert talk.state == "signed"
    assert talk.findings(on(40)) == ()
    assert verify(talk) == ()


def test_story_03_missing_route():
    """Without the third answer finishing reports I007, and nothing is changed."""
    talk = open_talk().say("I run the same line", "answer", vital="heading", by=ANNA, at=at(30))
    talk = talk.say("To lead a plant", "answer", vital="destination", by=ANNA, at=at(30))
    talk = talk.say("A plant, then", "summary", by=OLE, at=at(30)).say("Yes", "confirmation", by=ANNA, at=at(30))
    talk = talk.promise("c-1", "Ask Eva", on(60), by=ANNA, at=at(30)).promise(
        "c-2", "Ask Per", on(60), by=OLE, at=at(30)
    )
    before = hash(talk)
    (finding,) = refused(lambda: talk.finish(**DONE, by=OLE, at=at(30)))
    assert finding.code == "I007"
    assert finding.params == {"vital": "route"}
    assert (talk.state, hash(talk)) == ("open", before)


def test_story_15_reservation():
    """Anna signs with a reservation and a note: signed. Without the note: S002."""
    talk = held_talk().sign(by=OLE, at=at(31))
    assert codes(refused(lambda: talk.sign("reservation", by=ANNA, at=at(31)))) == ["S002"]
    talk = talk.sign("reservation", "I still doubt the date", by=ANNA, at=at(31))
    assert talk.state == "signed"
    assert talk.signatures[-1].note == "I still doubt the date"


def test_story_16_reopen():
    """A signed record is not amended (I015); reopened it is revision 2, and both sign again."""
    talk = signed_talk()
    assert codes(refused(lambda: talk.amend(follow_up_on=on(150), by=OLE, at=at(32)))) == ["I015"]
    talk = talk.reopen("The date was wrong", by=OLE, at=at(32))
    assert (talk.state, talk.revision, talk.signatures) == ("held", 2, ())
    talk = talk.amend(follow_up_on=on(150), by=OLE, at=at(32))
    talk = talk.sign(by=ANNA, at=at(33))
    assert talk.state == "held"
    assert talk.sign(by=OLE, at=at(33)).state == "signed"


def test_story_17_unanswered_help():
    """A call for help without a reply: I009. A reasoned no passes."""
    talk = full_talk().say("Can I have a deputy?", "ask_help", by=ANNA, at=at(30))
    (finding,) = refused(lambda: talk.finish(**DONE, by=OLE, at=at(30)))
    assert (finding.code, finding.path) == ("I009", "turns[6]")
    talk = talk.say("Not before the pilot runs", "reply", reply_to=7, decision="no", by=OLE, at=at(30))
    assert talk.finish(**DONE, by=OLE, at=at(30)).state == "held"


def test_story_18_misheard():
    """Summary, correction, new summary, confirmation passes; without the second pair: I010."""
    talk = vital_talk().promise("c-1", "Ask Eva", on(60), by=ANNA, at=at(30))
    talk = talk.promise("c-2", "Ask Per", on(60), by=OLE, at=at(30))
    talk = talk.say("You want to leave the line", "summary", by=OLE, at=at(30))
    talk = talk.say("No, to lead it", "correction", by=ANNA, at=at(30))
    assert codes(refused(lambda: talk.finish(**DONE, by=OLE, at=at(30)))) == ["I010"]
    talk = talk.say("You want to lead the line", "summary", by=OLE, at=at(30))
    talk = talk.say("Yes", "confirmation", by=ANNA, at=at(30))
    assert talk.finish(**DONE, by=OLE, at=at(30)).state == "held"


def test_story_31_pay():
    """I021 warns, and the talk is still signed."""
    talk = full_talk().say("And my pay?", "question", tags=("pay",), by=ANNA, at=at(30))
    talk = talk.finish(**DONE, by=OLE, at=at(30)).sign(by=ANNA, at=at(31)).sign(by=OLE, at=at(31))
    assert talk.state == "signed"
    (finding,) = talk.findings(on(31))
    assert (finding.code, finding.severity) == ("I021", "warning")


def test_story_39_nobody_to_sign():
    """The interviewer left and was erased; Anna leaves the talk unsigned; nobody is awaited; coverage counts it."""
    done = held_talk().fulfil("c-1", "Asked", by=ANNA, at=at(31)).fulfil("c-2", "They are free", by=OLE, at=at(31))
    done = done.see("c-2", by=ANNA, at=at(31)).sign(by=ANNA, at=at(31))
    book = Book([someone(ANNA, manager=OLE), someone(OLE).leave(on(40), by="hr-1", at=at(40)), draft_goal(), done])
    book, _ = erase(book, OLE, on(60), by="hr-1", at=at(60))
    assert [turn.awaited.act for turn in book.awaits(OLE)] == ["sign"]

    book = book.act("i-1", "leave_unsigned", reason="The interviewer is gone", by=ANNA, at=at(61))
    talk = book.get(Interview, "i-1")
    assert talk.state == "unsigned"
    assert [s.by for s in talk.signatures] == [ANNA]
    assert book.awaits(OLE) == talk.awaits() == ()
    assert [turn.id for turn in book.awaits(ANNA)] == ["g-1"]
    assert book.covered(ANNA, on(61)).last_held == on(30)
    assert book.next_due(ANNA, date.max) == date(2027, 4, 1)
    assert "D005" not in codes(book.check(on(61)))


def test_story_45_by_an_assistant():
    """Liv notes for Ole that the talk was moved: the act is Ole's, the entry names Liv."""
    liv = "p-9"
    given = {"slot": Slot(at(44), 60, "Room 5"), "reason": "Ole travels", "at": at(9)}
    talk = scheduled_talk().reschedule(**given, by=OLE, noted_by=liv)
    entry = talk.history[-1]
    assert (entry.act, entry.by, entry.noted_by) == ("reschedule", OLE, liv)
    assert verify(talk) == ()
    assert codes(verify(evolve(talk, history=(*talk.history[:-1], evolve(entry, noted_by="p-8"))))) == ["H001"]
    assert loads(dumps(talk)).history[-1].noted_by == liv

    assert talk.acts_for(liv) == ()
    assert codes(talk.would("start", by=liv, at=at(44), noted_by=OLE)) == ["V011"]
    assert [(f.code, f.path) for f in talk.would("start", by=OLE, at=at(44), noted_by=" Liv")] == [("V001", "noted_by")]

    book = Book([someone(ANNA, manager=OLE), someone(OLE), scheduled_talk()])
    moved = book.act("i-1", "reschedule", **given, by=OLE, noted_by=liv)
    assert moved.get(Interview, "i-1") == talk
