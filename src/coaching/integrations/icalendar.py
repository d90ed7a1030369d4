"""iCalendar: a talk as an invitation (RFC 5545 and 5546). It says who, when and where, and nothing of the talk.

Needs the extra `icalendar`. Everything comes from the record: the same talk gives the same invitation, whenever it is
asked for. What calendars need of a history: `uid` stays for ever, and the number of a change (`SEQUENCE`) only rises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event, vCalAddress

from coaching.book.given import must_be
from coaching.kernel.checking import FAULTY, Faults, check_as
from coaching.kernel.constraints import V006, V014, Word, in_utc
from coaching.kernel.history import Entry
from coaching.kernel.lifecycle import ERASE, TAKING_OVER
from coaching.kernel.rules import Rejected, brief
from coaching.records.interviews import CANCELLED, Interview, Slot

_PRODUCT = "-//coaching//coaching.integrations.icalendar//EN"
_HOUSE = UUID("5b1b8a0e-6d0c-4d5c-9f0e-3f6f5d1f3c52")  # drawn once; every `uid` hangs on it
_ADDRESS = re.compile(r"[^\s@<>\"(),:;\\\x00-\x1f\x7f]+@[^\s@<>\"(),:;\\\x00-\x1f\x7f]+").fullmatch
_TELLING = frozenset({"cancel", ERASE, *TAKING_OVER})
_TOLD = frozenset({"slot", "interviewer"})

_word = check_as(Word)


def invitation(
    talk: Interview, addresses: Mapping[str, str], *, organiser: str | None = None, summary: str = "Interview"
) -> Calendar:
    """Give a talk as an invitation, or as its cancellation once it is cancelled; `to_ical()` makes the bytes to send.

    Two talks that differ only in what was said, prepared or signed give the same invitation: it has the slot, with its
    place, and the two people. It is marked as private, so that who shares a calendar shows that somebody is busy.

    Args:
        talk: One with a slot.
        addresses: The e-mail address of each of the two, by their ids.
        organiser: The address that invites, such as that of a house; that of the interviewer when left out. Calendars
            take a change from the one who invited alone: give it where talks are handed over to other interviewers.
        summary: What the calendar shows. It leaves the house: do not put words of the talk there.

    Raises:
        Rejected: V014 for a talk without a slot, for somebody without an address, and where nobody can invite; V006 for
            what is no address; V002 for a blank summary; V015 for what is no talk or no mapping.

    >>> from datetime import date, datetime
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> talk = Interview.plan(
    ...     "i-1", coachee="p-17", interviewer="p-3", kind="annual", due_on=date(2026, 9, 30), by="p-17", at=noon
    ... )
    >>> talk = talk.schedule(Slot(datetime.fromisoformat("2026-03-25T09:00+01:00"), 90, "Room 4"), by="p-3", at=noon)
    >>> to_both = {"p-17": "anna@bruk.example", "p-3": "ole@bruk.example"}
    >>> invited = invitation(talk, to_both)
    >>> str(invited["METHOD"]), invited.events[0]["SEQUENCE"], invited.events[0].start.isoformat()
    ('REQUEST', 0, '2026-03-25T08:00:00+00:00')
    >>> str(invitation(talk.cancel("Anna is ill", by="p-17", at=noon), to_both)["METHOD"])
    'CANCEL'
    """
    must_be("cannot invite", talk=(talk, Interview, "interview"), addresses=(addresses, Mapping, "mapping"))
    slot, people, inviting, said = _checked(talk, addresses, organiser, summary)
    cancelled, changes = talk.state is CANCELLED, _changes(talk)
    event = Event()
    event.add("UID", uid(talk))
    event.add("SEQUENCE", len(changes) - 1)
    event.add("DTSTAMP", in_utc(changes[-1].at))
    event.add("DTSTART", in_utc(slot.start))
    event.add("DURATION", timedelta(minutes=slot.minutes))
    event.add("SUMMARY", said)
    event.add("LOCATION", slot.place)
    event.add("CLASS", "PRIVATE")
    event.add("STATUS", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("ORGANIZER", vCalAddress(f"mailto:{inviting}"))
    for address in people:
        answer = "ACCEPTED" if address == inviting else "NEEDS-ACTION"
        asked = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": answer, "RSVP": str(address != inviting).upper()}
        event.add("ATTENDEE", vCalAddress(f"mailto:{address}"), parameters=asked)
    calendar = Calendar()
    calendar.add("PRODID", _PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "CANCEL" if cancelled else "REQUEST")
    calendar.add_component(event)
    return calendar


def uid(talk: Interview) -> str:
    """Give what names a talk in every calendar, whatever becomes of it: look it up when an answer comes back.

    It is a UUID made of the id and of the moment at which the talk was begun, and tells nobody of either.

    Raises:
        Rejected: V015 for what is no talk.
    """
    must_be("cannot invite", talk=(talk, Interview, "interview"))
    return str(uuid5(_HOUSE, f"{talk.id} {in_utc(talk.history[0].at).isoformat()}"))


def _changes(talk: Interview) -> list[Entry]:
    """Give the acts that a calendar is told of: what first named a slot, and each that may change the invitation."""
    history = talk.history
    named = next((i for i, entry in enumerate(history) if "slot" in entry.sets), 0)
    first, *rest = history[named:]
    return [first, *(entry for entry in rest if entry.act in _TELLING or not _TOLD.isdisjoint(entry.sets))]


def _checked(
    talk: Interview, addresses: Mapping[str, str], organiser: str | None, summary: str
) -> tuple[Slot, list[str], str, str]:
    """Give what an invitation is made of: the slot, whom it goes to, who sends it, and what it is called.

    Raises:
        Rejected: Everything that is wrong with it.
    """
    faults, slot = Faults(), talk.slot
    if slot is None:
        faults.add(V014, "slot", "a talk that is {state} has no slot to invite to", state=talk.state.value)
    people = list(_people(talk, addresses, faults))
    inviting = organiser if organiser is not None else None if talk.interviewer is None else people[-1]
    if organiser is not None:
        _is_address(organiser, "organiser", faults)
    elif inviting is None:
        faults.add(V014, "organiser", "the talk has no interviewer who could invite")
    said = _word(summary, "summary", faults)
    if slot is None or inviting is None or said is FAULTY or faults.found:
        raise Rejected(f"{talk.type} {talk.id}: cannot invite", faults.about(talk.key))
    return slot, people, inviting, str(said)


def _people(talk: Interview, addresses: Mapping[str, str], faults: Faults) -> Iterator[str]:
    for person in (talk.coachee, talk.interviewer):
        if person is None:
            continue
        address = addresses.get(person)
        if address is None:
            faults.add(V014, "addresses", "no address of {person}", person=person)
        else:
            _is_address(address, "addresses", faults)
        yield str(address)


def _is_address(address: object, path: str, faults: Faults) -> None:
    if not (isinstance(address, str) and _ADDRESS(address)):
        faults.add(V006, path, "{value} is no e-mail address", value=brief(address))
