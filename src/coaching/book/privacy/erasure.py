"""Erasing a person: what goes, what stays and why, and how an erased record says so.

Read top to bottom: rules, the report, erasing, what is left over. Which words are whose stands in `texts`.
"""

from __future__ import annotations

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
from coaching.kernel.constraints import V001, Id, Moment, Scalar, Text
from coaching.kernel.folding import NameFinder
from coaching.kernel.history import GONE, V009, erased
from coaching.kernel.lifecycle import BESIDE, ERASE
from coaching.kernel.policy import asked
from coaching.kernel.record import Record
from coaching.kernel.rules import Finding, Rejected, Rule, Severity, breach, finding, in_order, stated
from coaching.kernel.signing import Signature, SignedRecord, verify
from coaching.records.people import ERASED, KNOWN, Person, emptied_of

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
    field="employments",
    says="only somebody whose every employment has ended is erased",
    why="own choice: the record of somebody who is here is still needed, and would fill again",
    mend="note a last day with leave(), and erase after it",
)
D009 = stated(
    "D009",
    "privacy",
    field="hold_until",
    says="what the law holds is not erased until its day has passed, and is named",
    why="GDPR article 17(3): what is needed for legal claims may be kept; who asks is told so",
    mend="erase again after that day, with the name in names=, or set another day with hold()",
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
    """What an erasure did: what went, what stayed, and why.

    Attributes:
        person: Whose words went.
        at: When.
        gone: What went.
        stayed: What did not.
        look_at: Where others' words name the person, and where something that stays for good is or holds a name: an id,
            whoever acted, a name in `extra`, the reason of an erasure.
        held: The records that the law holds, with a finding (D009) for each: nothing of them went.
    """

    person: str
    at: datetime
    gone: tuple[Line, ...]
    stayed: tuple[Line, ...]
    look_at: tuple[Line, ...]
    held: tuple[Finding, ...] = ()

    def __str__(self) -> str:
        """Give the whole report, a line for each."""
        parts = (("gone", self.gone), ("stayed", self.stayed), ("to be read by a person", self.look_at))
        lines = [f"{self.person} erased at {self.at.isoformat()}"]
        for title, found in parts:
            lines += [f"{title}: {len(found)}", *(f"  {line}" for line in found)]
        if self.held:
            held = (f"  {' '.join(it.record or ())} {it.path}: {it.message} ({it.code})" for it in self.held)
            lines += [f"held by the law: {len(self.held)}", *held]
        return "\n".join(lines)


# --- erasing ---------------------------------------------------------------------------------------------------------

_id, _moment, _reason = check_as(Id), check_as(Moment), check_as(Text)


def erase(
    book: _ShelfT,
    person: str,
    on: date,
    *,
    by: str,
    at: datetime,
    reason: str = "the time to keep it is over",
    names: Iterable[str] = (),
) -> tuple[_ShelfT, Report]:
    """Take a person who has left out of a book: name, codes and free text; the book is otherwise as it was.

    Their own record is emptied of every text; elsewhere what they wrote, what they wrote with somebody, and their name
    where a field holds nothing else, become "[erased]". `extra` of records that are of the person is emptied. Ids,
    states, days and numbers stay, as do other people's words. What the law holds on the day stays as it is (D009). Each
    record that lost something says so in its history; `verify` then says H004, and checks what was done since.

    Names are found as people write them: composed or not, in any case, with any space and apostrophe, either way round,
    with the ending of a genitive, beside letters of scripts without spaces.

    Args:
        book: The book; it is not changed.
        person: The id of somebody who has left.
        on: The day of the erasure; their last day must be before it, or the same.
        by: Who erases; recorded, not checked.
        at: When; not before the last entry of any record that it touches (V009).
        reason: Why; it stays, so it should not name the person.
        names: Former names, and others by which the person is known.

    Raises:
        Rejected: X002 for somebody who is not in the book, D008 for somebody who has not left, V001, V002, V003, V009,
            V015 for what is no book, no day or no list of names.

    >>> from datetime import timezone
    >>> from coaching import Book, Person
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> anna = Person.register("p-17", "Anna Ek", date(2024, 8, 1), by="hr", at=noon)
    >>> anna = anna.leave(date(2026, 3, 1), by="hr", at=noon)
    >>> book, report = erase(Book([anna]), "p-17", date(2026, 3, 2), by="hr", at=noon)
    >>> print(book.get(Person, "p-17").name, [line.path for line in report.gone])
    None ['name']
    """
    asked(on)
    must_be("book: cannot erase", book=(book, Shelf, "book"))
    known = person_of(book, person, "cannot erase", "person")
    also = each_must_be("book: cannot erase", "names", None if isinstance(names, str) else names, str, "text")
    task = _Task(known, by, at, reason, also)
    found = [*task.faults(), *_still_here(known, task.by_day(on))]
    changed: list[Record] = []
    for record in book if not found else ():
        if is_held(record, on):
            task.leaves(record)
            continue
        new = task.own(known) if record is known else task.elsewhere(record)
        if new is not record:
            changed.append(new)
            if task.at < record.history[-1].at:
                what = breach("{at} is before the last entry, {last}", at=task.at, last=record.history[-1].at)
                found.append(finding(V009, what, record=record.key))
    if found:
        raise Rejected(f"person {person}: cannot erase", found)
    after = book.put(*changed)
    task.looks_at_ids(after)
    return after, task.report()


def is_held(record: Record, on: date) -> bool:
    """Tell whether the law holds a record on a day."""
    return record.hold_until is not None and record.hold_until >= on


def _still_here(person: Person, on: date) -> Iterator[Finding]:
    about = (person.type, person.id)
    for i, employment in enumerate(person.employments):
        if employment.to is None:
            yield finding(D008, breach("employed since {day}", f"employments[{i}]", day=employment.from_), record=about)
        elif employment.to >= on:
            yield finding(D008, breach("the last day is {day}", f"employments[{i}]", day=employment.to), record=about)


def _why_erased(record: Record) -> frozenset[str]:
    """Say where a history says why somebody was erased, or got another id since."""
    acts = [e.act for e in record.history]
    gone = acts.index(ERASE) if ERASE in acts else len(acts)
    return frozenset(f"history[{i}].reason" for i, act in enumerate(acts) if i >= gone and act in BESIDE)


class _Task:
    """One erasure: whose, by whom, when and why; and what it has found so far."""

    def __init__(self, person: Person, by: Any, at: Any, reason: Any, names: Iterable[str]) -> None:
        self._faults = Faults()
        self.person, self.id = person, person.id
        self.by = cast(
            "str", _id(by, "by", self._faults)
        )  # or FAULTY, and then nothing is erased: this and the next two
        self.at = cast("datetime", _moment(at, "at", self._faults))
        self.reason = cast("str", _reason(reason, "reason", self._faults))
        parts = [name for name in (person.given_name, person.family_name) if name is not None]
        both = [" ".join(parts)] if len(parts) > 1 else []
        whole = [*names, *both, *([] if person.name is None else [person.name])]
        self.names = NameFinder(whole, parts)
        self.gone: list[Line] = []
        self.stayed: list[Line] = []
        self.look_at: list[Line] = []
        self.held: list[Finding] = []

    def faults(self) -> list[Finding]:
        """Say what is wrong with by, at and reason."""
        return self._faults.about((self.person.type, self.id))

    def by_day(self, on: date) -> date:
        """Give the day by which somebody must have left: that asked about, and no day after the act."""
        return min(on, self.at.date()) if isinstance(self.at, datetime) else on

    def report(self) -> Report:
        """Say what was found, as it is told."""
        gone, stayed, look_at = tuple(self.gone), tuple(self.stayed), tuple(self.look_at)
        return Report(self.id, self.at, gone, stayed, look_at, tuple(self.held))

    def own(self, person: Person) -> Record:
        """Give the person's own record, emptied of every text: it is all about them, whoever wrote it."""
        about, count, before = (person.type, person.id), len(self.gone), person
        stays = _why_erased(person)

        def visit(words: Words) -> Any:
            loose = words.path.startswith(("extra.", "external_ids."))
            if not loose and (words.text == MARK or words.path in stays):
                self._looks_at(about, words.path, words.text, "the reason of an erasure, in which the name stands")
                return words.text
            self.gone.append(Line(about, words.path, "it is about the person"))
            return DROP if loose else MARK

        new: Any = rewritten(person, visit)
        if person.state is KNOWN:
            new = model_of(Person).copy(new, {**emptied_of(new), "state": ERASED})
            if person.language is not None:
                self.gone.append(Line(about, "language", "a code of the person"))
        self._keeps(about, "the house has to show who was here and when, and other records point at it")
        return before if len(self.gone) == count and person.state is ERASED else self._sealed(before, new, count)

    def elsewhere(self, record: Record) -> Record:
        """Give another record, without the person's words and name."""
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
            if self.names.is_name(words.text):
                self.gone.append(Line(about, words.path, "the person's name"))
                return MARK
            whose = f"words of {words.author}" if words.author else "words of others"
            if self.names.stands_in(words.text):
                self.look_at.append(Line(about, words.path, f"{whose}, in which the name stands"))
            elif theirs:
                self.stayed.append(Line(about, words.path, whose))
            return words.text

        new = rewritten(record, visit)
        if theirs:
            self._keeps(about, "others take part in it, and other records point at it")
        return record if new is record else self._sealed(record, new, count)

    def leaves(self, record: Record) -> None:
        """Leave a record that the law holds: nothing of it goes, and it is named where something would."""
        of_theirs = record.key == self.person.key or takes_part(record, self.id)
        hers = [w for w in texts(record) if of_theirs or self.id in w.writers or self.names.stands_in(w.text)]
        if hers or of_theirs:
            what = breach("the record is held until {day}, nothing of it went", "hold_until", day=record.hold_until)
            self.held.append(finding(D009, what, severity=Severity.WARNING, record=record.key))
            self.stayed.append(Line(record.key, "", "the law holds it (D009)"))

    def looks_at_ids(self, records: Iterable[Record]) -> None:
        """Say what stays for good, and is or holds a name: ids, whoever acted, names in `extra`, why it was erased.

        The person's own id is named once, in their own record; any other once in each record.
        """
        for record in records:
            seen = set() if record.key == self.person.key else {self.id}
            for path, id in ids_in(record):
                mail = id == self.id and "@" in id
                if id not in seen and (mail or self.names.stands_in(id)):
                    self.look_at.append(Line(record.key, path, _MAIL if mail else "an id in which the name stands"))
                seen.add(id)
            if any(self.names.stands_in(name) for name in record.extra):
                self.look_at.append(Line(record.key, "extra", "a key in which the name stands"))
        self._looks_at(self.person.key, "history", self.reason, "the reason of this erasure, in which the name stands")

    def _looks_at(self, about: tuple[str, str], path: str, text: str, why: str) -> None:
        if self.names.stands_in(text):
            self.look_at.append(Line(about, path, why))

    def _keeps(self, about: tuple[str, str], why: str) -> None:
        self.stayed.append(Line(about, "", f"ids, states, days and numbers: {why}"))

    def _sealed(self, record: Any, new: Any, count: int) -> Record:
        """Give the emptied record with an entry that says so; signatures under words that are gone say so too."""
        sound = all(it.severity == "warning" for it in verify(record))
        if isinstance(new, SignedRecord) and new.terms_digest() != record.terms_digest():
            signed = tuple([model_of(Signature).copy(s, {"digest": GONE}) for s in new.signatures])
            new = model_of(type(new)).copy(new, {"signatures": signed})
        was: frozendict[str, Scalar] = frozendict(
            {"person": self.id, "texts": len(self.gone) - count, "verified": sound}
        )
        done: Record = erased(new, new.history, by=self.by, at=self.at, reason=self.reason, was=was)
        return done


_MAIL = "an id that is a mail address"


def ids_in(value: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Find the ids in a record and its parts, those of people included: each once where a list names it often."""
    for field in model_of(type(value)).fields.values():
        held = getattr(value, field.name)
        items = held if field.many else (held,) if held is not None else ()
        if V001 in field.rules or field.holds_parts:
            for i, item in enumerate(items):
                place = f"{prefix}{field.key}[{i}]" if field.many else f"{prefix}{field.key}"
                if V001 in field.rules:
                    yield place, item
                else:
                    yield from ids_in(item, f"{place}.")


# --- what is left over -----------------------------------------------------------------------------------------------


def leftovers(records: Iterable[Record], on: date | None = None) -> tuple[Finding, ...]:
    """Find words of people who are erased that stand in records all the same, such as records added later (D005).

    What the law holds on the day may stand; without a day nothing is held.

    Raises:
        Rejected: V015 for what is no list of records, such as a book, or no day.

    >>> leftovers([])
    ()
    """
    every = each_must_be("cannot answer", "records", records, Record, "record")
    if on is not None:
        asked(on)
    gone = {r.id for r in every if isinstance(r, Person) and r.state is ERASED}
    return in_order(left_of(gone, every, on))


def left_of(gone: Collection[str], records: Iterable[Record], on: date | None) -> list[Finding]:
    """Find words of the people who are said to be erased, in some records that the law does not hold; as found."""
    found: list[Finding] = []
    for record in records if gone else ():
        if on is not None and is_held(record, on):
            continue
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
    D005, D008, D009,
)  # fmt: skip
