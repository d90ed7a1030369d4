"""Talks as invitations: what stands in them, whatever became of the talk, and that a parser of others reads it."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from coaching import Book, Interview, Rejected, Slot
from coaching.integrations.icalendar import invitation, uid
from coaching.privacy import erase
from coaching.testing import histories
from stage import ANNA, EVA, OLE, at, on, refused
from stage import interviews as talk
from stage import people as person
from stage.book import someone

TO = {ANNA: "anna@bruk.example", OLE: "ole@bruk.example", EVA: "eva@bruk.example"}
HOUSE = "talks@bruk.example"


def sent(record: Interview, **given: Any) -> Any:
    """An invitation as it is read by the one who gets it."""
    calendar = Calendar.from_ical(invitation(record, TO, **given).to_ical())
    assert [component.name for component in calendar.walk()] == ["VCALENDAR", "VEVENT"]
    assert not [*calendar.errors, *calendar.events[0].errors]
    return calendar


def told(record: Interview, **given: Any) -> tuple[str, int, datetime]:
    """Method, number and place in time of an invitation."""
    calendar = sent(record, **given)
    (event,) = calendar.events
    return str(calendar["METHOD"]), event["SEQUENCE"], event.start


def taken_over() -> Interview:
    """A talk of another system, which did not say who listens."""
    said = {"coachee": ANNA, "kind": "annual", "due_on": on(90), "slot": talk.SLOT}
    return Interview.import_("i-1", state="scheduled", by="hr", at=at(0), source="old", **said)


class TestWhatItSays:
    """Who, when and where."""

    def test_both_are_asked_and_the_interviewer_invites(self):
        """Who invites comes anyway."""
        calendar = sent(talk.scheduled_talk())
        (event,) = calendar.events
        assert (calendar["VERSION"], event["CLASS"], event["STATUS"]) == ("2.0", "PRIVATE", "CONFIRMED")
        assert (event.start, event.end) == (talk.SLOT.start, talk.SLOT.end)
        assert event["DTSTAMP"].dt == at(0)
        assert event["ORGANIZER"] == "mailto:ole@bruk.example"
        assert [(str(one), one.params["PARTSTAT"], one.params["RSVP"]) for one in event["ATTENDEE"]] == [
            ("mailto:anna@bruk.example", "NEEDS-ACTION", "TRUE"),
            ("mailto:ole@bruk.example", "ACCEPTED", "FALSE"),
        ]

    def test_a_house_invites_both(self):
        """Then both are asked."""
        (event,) = sent(talk.scheduled_talk(), organiser=HOUSE, summary="A talk; with Ole, say").events
        assert (event["ORGANIZER"], event["SUMMARY"]) == (f"mailto:{HOUSE}", "A talk; with Ole, say")
        assert {one.params["PARTSTAT"] for one in event["ATTENDEE"]} == {"NEEDS-ACTION"}

    def test_it_is_in_utc_whatever_the_zone(self):
        """So no table of zones goes with it; at the ends of time the clock stays where it is."""
        there = datetime(2026, 4, 1, 9, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
        assert told(talk.scheduled_talk(Slot(there, 60, "Room 4")))[2] == datetime(2026, 4, 1, 4, tzinfo=UTC)
        last = datetime.max.replace(tzinfo=timezone(-timedelta(hours=5)), microsecond=0)
        assert told(talk.scheduled_talk(Slot(last, 60, "Room 4")))[2] == last.replace(tzinfo=UTC)

    def test_no_word_of_the_talk_is_in_it(self):
        """Whatever was prepared, said, promised, signed or given as a reason; nor an id."""
        record = talk.signed_talk()
        lines = invitation(record, TO).to_ical()
        assert lines == invitation(talk.scheduled_talk(), TO).to_ical()
        for word in (b"plant", b"pilot", b"annual", b"i-1", ANNA.encode()):
            assert word not in lines.replace(b"\r\n ", b"")


class TestWhatBecomesOfIt:
    """A calendar takes a later number over an earlier one, and a cancellation off the day."""

    def test_each_act_that_changes_the_slot_raises_the_number(self):
        """Named, moved, missed and named again, adjourned."""
        record = talk.scheduled_talk()
        assert told(record) == ("REQUEST", 0, talk.SLOT.start)
        record = record.reschedule(talk.LATER, "Ole is away", by=OLE, at=at(1))
        assert told(record) == ("REQUEST", 1, talk.LATER.start)
        missed = record.miss(ANNA, "Anna is ill", by=OLE, at=at(40))
        again = Slot(at(50), 60, "Room 6")
        assert told(missed.schedule(again, by=OLE, at=at(41))) == ("REQUEST", 3, again.start)
        adjourned = record.start(by=OLE, at=at(40)).adjourn(again, by=OLE, at=at(40))
        assert told(adjourned) == ("REQUEST", 2, again.start)
        assert uid(adjourned) == uid(record)

    def test_a_cancelled_talk_cancels_it(self):
        """What happens to its promises afterwards changes nothing."""
        record = talk.scheduled_talk().cancel("Anna is ill", by=ANNA, at=at(2))
        assert told(record) == ("CANCEL", 1, talk.SLOT.start)
        (event,) = sent(record).events
        assert (event["STATUS"], event["DTSTAMP"].dt) == ("CANCELLED", at(2))

    def test_another_interviewer_is_another_invitation(self):
        """The number rises, and the one who listens now is asked; a house goes on inviting."""
        record = talk.scheduled_talk().reassign(EVA, by=OLE, at=at(1))
        assert told(record, organiser=HOUSE)[:2] == ("REQUEST", 1)
        assert [str(one) for one in sent(record).events[0]["ATTENDEE"]] == [f"mailto:{TO[ANNA]}", f"mailto:{TO[EVA]}"]

    def test_what_another_system_says_anew_is_told(self):
        """Whatever it changed: its next state may be the cancellation."""
        record = taken_over()
        assert told(record, organiser=HOUSE)[:2] == ("REQUEST", 0)
        cancelled = record.reimport(state="cancelled", by="hr", at=at(1), source="old")
        assert told(cancelled, organiser=HOUSE)[:2] == ("CANCEL", 1)

    def test_a_place_that_is_erased_is_gone_from_it(self):
        """The number rises, so that calendars forget it too."""
        book = Book([person.gone(), someone(OLE), talk.planned_talk().schedule(talk.SLOT, by=ANNA, at=at(1))])
        gone, _ = erase(book, ANNA, on(400), by="hr", at=at(400))
        (record,) = gone.all(Interview)
        assert told(record)[:2] == ("REQUEST", 1)
        assert sent(record).events[0]["LOCATION"] == "[erased]"

    def test_a_history_that_does_not_say_what_it_set_counts_from_its_first_act(self):
        """No act leaves one, yet a document may."""
        record = talk.scheduled_talk()
        bare = evolve(record, history=tuple(evolve(entry, sets=()) for entry in record.history))
        assert told(bare)[:2] == ("REQUEST", 0)


@given(data=st.data())
def test_along_a_life_the_name_stays_the_number_never_falls_and_nothing_is_said(data: st.DataObject):
    """Each act but those that are told leaves the invitation as it was, to the byte."""
    first, *others = data.draw(histories(Interview, through="scheduled", acts=4))
    record = Interview.new(first.act, by=first.by, at=first.at, **first.given)
    name, number, before = uid(record), -1, None
    for step in others:
        record = record.act(step.act, by=step.by, at=step.at, **step.given)
        assert uid(record) == name
        if record.slot is None:
            before = None
            continue
        to = {record.coachee: "a@bruk.example", record.interviewer: "b@bruk.example"}
        lines = invitation(record, to).to_ical()
        (event,) = Calendar.from_ical(lines).events
        assert event["UID"] == name
        if step.act in {"schedule", "reschedule", "adjourn", "reassign", "cancel"}:
            assert event["SEQUENCE"] > number
            number = event["SEQUENCE"]
        else:
            assert lines == before
        before = lines
        said = {"SUMMARY": "Interview", "LOCATION": record.slot.place}
        assert {key: event[key] for key in said} == said
        assert event.keys() - said.keys() == {
            "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DURATION", "CLASS", "STATUS", "ORGANIZER", "ATTENDEE",
        }  # fmt: skip


class TestRefusals:
    """All that is wrong is said at once, and what would be right."""

    @pytest.mark.parametrize(
        ("record", "given", "wrong"),
        [
            (talk.planned_talk(), {}, ["V014 slot: a talk that is planned has no slot to invite to"]),
            (
                talk.planned_talk(),
                {"addresses": {OLE: "ole"}, "summary": " "},
                [
                    "V006 addresses: 'ole' is no e-mail address",
                    f"V014 addresses: no address of {ANNA}",
                    "V014 slot: a talk that is planned has no slot to invite to",
                    "V002 summary: the text has a space at its ends or a control character, or nothing to see",
                ],
            ),
            (talk.scheduled_talk(), {"organiser": 3}, ["V006 organiser: 3 is no e-mail address"]),
            (
                talk.scheduled_talk(),
                {"organiser": "ole@bruk.example\r\nATTENDEE:mailto:eva@bruk.example"},
                ["V006 organiser: 'ole@bruk.example\\r\\nATTENDEE:mailto:eva...' is no e-mail address"],
            ),
            (
                taken_over(),
                {},
                ["V014 organiser: the talk has no interviewer who could invite"],
            ),
        ],
    )
    def test_what_cannot_be_sent(self, record, given, wrong):
        """A talk without a slot or an address, or nobody to invite."""
        asked = {"addresses": TO, **given}
        found = refused(lambda: invitation(record, **asked))
        assert [f"{f.code} {f.path}: {f.message}" for f in found] == wrong
        assert {f.record for f in found} == {("interview", "i-1")}

    @pytest.mark.parametrize("what", [None, "i-1", talk])
    def test_what_is_no_talk(self, what):
        """Nor a mapping."""
        for ask in (lambda: invitation(what, TO), lambda: invitation(talk.scheduled_talk(), [what]), lambda: uid(what)):
            with pytest.raises(Rejected, match="V015"):
                ask()
