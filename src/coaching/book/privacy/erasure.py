"""Erasing a person: what goes, what stays and why, and how an erased record says so.

Read top to bottom: rules, the report, erasing, what is left over. Which words are whose stands in `texts`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import Any, TypeVar, cast

from attrs import frozen
from frozendict import frozendict

from coaching.book.given import each_must_be, must_be
from coaching.book.privacy.table import takes_part
from coaching.book.privacy.texts import DROP, Words, rewritten, texts
from coaching.book.shelf import Shelf, person_of
from coaching.kernel.checking import Faults, check_as
from coaching.kernel.classes import model_of
from coaching.kernel.constraints import Id, Moment, Scalar, Text
from coaching.kernel.history import GONE, V009, erased
from coaching.kernel.lifecycle import BESIDE, ERASE
from coaching.kernel.policy import asked
from coaching.kernel.record import Record
from coaching.kernel.rules import Finding, Rejected, Rule, breach, finding, in_order, stated
from coaching.kernel.signing import Signature, SignedRecord, verify
from coaching.records.people import ERASED, LEFT, Person
from coaching.records.people import GONE as NO_LONGER_HERE

_ShelfT = TypeVar("_ShelfT", bound=Shelf)

MARK = "[erased]"
"""Stands where somebody's words stood: a text that was there is said to be gone, and no rule misses it."""

D005 = stated(
    "D005",
    "privacy",
    field="",
    says="an erased person leaves no name, code or free text in their own records, or of their own elsewhere",
    why="GDPR article 17: erasure, which is not absolute",
    mend="call erase(book, person, on) and read its report",
)
D008 = stated(
    "D008",
    "privacy",
    field="state",
    says="only somebody who has left is erased",
    why="own choice: the record of somebody who is here is still needed, and would fill again",
    mend="let the person leave first, and erase after the last day",
)


# --- the report ------------------------------------------------------------------------------------------------------


@frozen
class Line:
    """One line of a report: which record, where in it (blank for the whole), and why. It quotes nothing."""

    record: tuple[str, str]
    path: str
    why: str

    def __str__(self) -> str:
        """Record, place and reason."""
        return f"{' '.join(self.record)}{' ' if self.path else ''}{self.path}: {self.why}"


@frozen
class Report:
    """What an erasure did: what went, what stayed, and why. `look_at`: where others' words name the person."""

    person: str
    at: datetime
    gone: tuple[Line, ...]
    stayed: tuple[Line, ...]
    look_at: tuple[Line, ...]

    def __str__(self) -> str:
        """The whole report, a line for each."""
        parts = (("gone", self.gone), ("stayed", self.stayed), ("to be read by a person", self.look_at))
        lines = [f"{self.person} erased at {self.at.isoformat()}"]
        for title, found in parts:
            lines += [f"{title}: {len(found)}", *(f"  {line}" for line in found)]
        return "\n".join(lines)


# --- erasing ---------------------------------------------------------------------------------------------------------

_id, _moment, _reason = check_as(Id), check_as(Moment), check_as(Text)


def erase(
    book: _ShelfT, person: str, on: date, *, by: str, at: datetime, reason: str = "the time to keep it is over"
) -> tuple[_ShelfT, Report]:
    """Take a person who has left out of a book: name, codes and free text; the book is otherwise as it was.

    Their own record is emptied of every text; elsewhere what they wrote, what they wrote with somebody, and their name
    where a field holds nothing else, become "[erased]". `extra` of records that are of the person is emptied. Ids,
    states, days and numbers stay, as do other people's words. Each record that lost something says so in its history;
    `verify` then says H004, and checks what was done since.

    Args:
        book: The book; it is not changed.
        person: The id of somebody who has left.
        on: The day of the erasure; their last day must be before it, or the same.
        by: Who erases; recorded, not checked.
        at: When; not before the last entry of any record that it touches (V009).
        reason: Why; it stays, so it should not name the person.

    Raises:
        Rejected: X002 for somebody who is not in the book, D008 for somebody who has not left, V001, V002, V003, V009,
            V015 for what is no book or no day.

    >>> from datetime import timezone
    >>> from coaching import Book, Person
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> anna = Person.register("p-17", "Anna Ek", date(2024, 8, 1), by="hr", at=noon)
    >>> anna = anna.leave(date(2026, 3, 31), by="hr", at=noon)
    >>> book, report = erase(Book([anna]), "p-17", date(2026, 4, 1), by="hr", at=noon)
    >>> print(book.get(Person, "p-17").name, [line.path for line in report.gone])
    None ['name']
    """
    asked(on)
    must_be("book: cannot erase", book=(book, Shelf, "book"))
    known = person_of(book, person, "cannot erase", "person")
    task = _Task(known, by, at, reason)
    found = [*task.faults(), *_still_here(known, on)]
    changed: list[Record] = []
    for record in book if not found else ():
        new = task.own(known) if record is known else task.elsewhere(record)
        if new is not record:
            changed.append(new)
            if task.at < record.history[-1].at:
                what = breach("{at} is before the last entry, {last}", at=task.at, last=record.history[-1].at)
                found.append(finding(V009, what, record=record.key))
    if found:
        raise Rejected(f"person {person}: cannot erase", found)
    return book.put(*changed), Report(person, task.at, tuple(task.gone), tuple(task.stayed), tuple(task.look_at))


def _still_here(person: Person, on: date) -> Iterator[Finding]:
    about = (person.type, person.id)
    if person.state not in NO_LONGER_HERE:
        yield finding(D008, breach("{state}", state=person.state.value), record=about)
    elif person.left_on is not None and person.left_on > on:
        yield finding(D008, breach("the last day is {day}", "left_on", day=person.left_on), record=about)


def _why_erased(record: Record) -> frozenset[str]:
    """Where a history says why somebody was erased, or got another id since."""
    acts = [e.act for e in record.history]
    gone = acts.index(ERASE) if ERASE in acts else len(acts)
    return frozenset(f"history[{i}].reason" for i, act in enumerate(acts) if i >= gone and act in BESIDE)


class _Task:
    """One erasure: whose, by whom, when and why; and what it has found so far."""

    def __init__(self, person: Person, by: Any, at: Any, reason: Any) -> None:
        self._faults = Faults()
        self.person, self.id = person, person.id
        self.by = cast(
            "str", _id(by, "by", self._faults)
        )  # or FAULTY, and then nothing is erased: this and the next two
        self.at = cast("datetime", _moment(at, "at", self._faults))
        self.reason = cast("str", _reason(reason, "reason", self._faults))
        names = {person.name, person.given_name, person.family_name} - {None}
        whole = {person.name, f"{person.given_name} {person.family_name}"} - {None, "None None"}
        self.names = frozenset(str(name).casefold() for name in whole)
        pattern = "|".join(re.escape(str(name)) for name in sorted(names, key=str, reverse=True))
        self.named = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE) if names else None
        self.gone: list[Line] = []
        self.stayed: list[Line] = []
        self.look_at: list[Line] = []

    def faults(self) -> list[Finding]:
        """What is wrong with by, at and reason."""
        return self._faults.about((self.person.type, self.id))

    def own(self, person: Person) -> Record:
        """The person's own record, emptied of every text: it is all about them, whoever wrote it."""
        about, count, before = (person.type, person.id), len(self.gone), person
        stays = _why_erased(person)

        def visit(words: Words) -> Any:
            loose = words.path.startswith(("extra.", "external_ids."))
            if not loose and (words.text == MARK or words.path in stays):
                return words.text
            self.gone.append(Line(about, words.path, "it is about the person"))
            return DROP if loose else MARK

        new: Any = rewritten(person, visit)
        if person.state is LEFT:
            new = new.erase(self.reason, by=self.by, at=max(self.at, person.history[-1].at))
            if person.language is not None:
                self.gone.append(Line(about, "language", "a code of the person"))
            new = model_of(Person).copy(new, {"history": new.history[:-1]})
        self._keeps(about, "the house has to show who was here and when, and other records point at it")
        return before if len(self.gone) == count and person.state is ERASED else self._sealed(before, new, count)

    def elsewhere(self, record: Record) -> Record:
        """Another record, without the person's words and name."""
        about, count, theirs = record.key, len(self.gone), takes_part(record, self.id)

        def visit(words: Words) -> Any:
            loose = words.path.startswith("extra.")
            if self.id in words.writers:
                if words.text == MARK and not loose:
                    return MARK
                why = "own words" if words.author else "words of both"
                self.gone.append(Line(about, words.path, "notes of the house" if loose else why))
                return DROP if loose else MARK
            if not isinstance(words.text, str) or words.text == MARK:
                return words.text
            if words.text.strip().casefold() in self.names:
                self.gone.append(Line(about, words.path, "the person's name"))
                return MARK
            whose = f"words of {words.author}" if words.author else "words of others"
            if self.named is not None and self.named.search(words.text):
                self.look_at.append(Line(about, words.path, f"{whose}, in which the name stands"))
            elif theirs:
                self.stayed.append(Line(about, words.path, whose))
            return words.text

        new = rewritten(record, visit)
        if theirs:
            self._keeps(about, "others take part in it, and other records point at it")
        return record if new is record else self._sealed(record, new, count)

    def _keeps(self, about: tuple[str, str], why: str) -> None:
        self.stayed.append(Line(about, "", f"ids, states, days and numbers: {why}"))

    def _sealed(self, record: Any, new: Any, count: int) -> Record:
        """The emptied record with an entry that says so; signatures under words that are gone say so too."""
        sound = all(it.severity == "warning" for it in verify(record))
        if isinstance(new, SignedRecord) and new.terms_digest() != record.terms_digest():
            signed = tuple([model_of(Signature).copy(s, {"digest": GONE}) for s in new.signatures])
            new = model_of(type(new)).copy(new, {"signatures": signed})
        was: frozendict[str, Scalar] = frozendict(
            {"person": self.id, "texts": len(self.gone) - count, "verified": sound}
        )
        done: Record = erased(new, new.history, by=self.by, at=self.at, reason=self.reason, was=was)
        return done


# --- what is left over -----------------------------------------------------------------------------------------------


def leftovers(records: Iterable[Record]) -> tuple[Finding, ...]:
    """Find words of people who are erased that stand in records all the same, such as records added later (D005).

    Raises:
        Rejected: V015 for what is no list of records, such as a book.

    >>> leftovers([])
    ()
    """
    every = each_must_be("cannot answer", "records", records, Record, "record")
    gone = {r.id for r in every if isinstance(r, Person) and r.state is ERASED}
    return in_order(left_of(gone, every))


def left_of(gone: Collection[str], records: Iterable[Record]) -> list[Finding]:
    """Find words of the people who are said to be erased, in some records; as they are found."""
    found: list[Finding] = []
    for record in records if gone else ():
        own = [record.id] if isinstance(record, Person) and record.id in gone else []
        stays = _why_erased(record) if own else ()
        for words in texts(record):
            whose = own or [p for p in words.writers if p in gone]
            if whose and words.text != MARK and words.path not in stays:
                person = whose[0]
                what = breach("words of {person}, who is erased", words.path, person=person)
                found.append(finding(D005, what, record=record.key))
    return found


RULES: tuple[Rule, ...] = (
    D005, D008,
)  # fmt: skip
