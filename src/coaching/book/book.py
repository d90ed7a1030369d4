"""The book: all records together, and the one obvious way to act on them safely.

Read top to bottom: acting, checking, asking. The shelf keeps the records; the rules across them stand in `consistency`
(what no book may break, and gates) and `checks` (advice); what follows from an act in other records in `follows`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Self

import attrs

from coaching.book import checks, questions, relations
from coaching.book.asking import advice_of, advised, broken, stopped
from coaching.book.cadence import Covered, counted, coverage, covered, last_held, next_due
from coaching.book.follows import Done, do
from coaching.book.privacy.erasure import left_of
from coaching.book.privacy.keeping import keeping_rules, kept_too_long
from coaching.book.questions import Happened, Insight, Matter, Trace, Turn
from coaching.book.shelf import REFERENCES, X001, X002, Shelf, person_of, said
from coaching.kernel.acting import as_given
from coaching.kernel.classes import Key
from coaching.kernel.constraints import V015
from coaching.kernel.policy import POLICY, Policy, asked
from coaching.kernel.record import Record
from coaching.kernel.rules import Finding, Rejected, breach, brief, finding, in_order
from coaching.records import RECORDS
from coaching.records.goals import Goal
from coaching.records.interviews import Interview
from coaching.records.paths import CareerPath, Dream
from coaching.records.people import Person


@attrs.frozen(init=False, eq=False, repr=False, getstate_setstate=False)  # as the shelf: without its memory
class Book(Shelf):
    """All records together, immutable. Changing it gives a new book that shares what did not change.

    Attributes:
        changed: The records that the last `put`, `act` or `new` put here: what a tool has to store.

    Raises:
        Rejected: X001 when two records of a kind have one id; V015 for what is no record.

    >>> from datetime import datetime
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> ids = {"p-3": "Ole Li", "p-17": "Anna Ek"}
    >>> book = Book(Person.register(id, name, date(2024, 8, 1), by="hr", at=noon) for id, name in ids.items())
    >>> book.next_due("p-17")
    datetime.date(2025, 8, 1)
    >>> [str(line.status) for line in book.coverage(date(2026, 3, 2))]
    ['never', 'never']
    >>> book = book.new(Goal, "begin", "g-1", title="Lead a pilot line", by="p-17", at=noon)
    >>> book.would("g-1", "propose", coach="p-3", by="p-17", at=noon)[0].code
    'G005'
    """

    # --- acting ------------------------------------------------------------------------------------------------------

    def act(self, id: str | Key, act: str, /, **given: Any) -> Self:
        """Do an act on a record of the book, with what follows from it, if no rule of record or book speaks against it.

        Completing a move gives the person the new position or placement too; agreeing on a path that supersedes another
        supersedes it; revising a path adds the new draft. All of it happens, or nothing. Asking for a move is held to
        the needs as they stand on the mover's path (M003); where no path is in the book, to those given.

        Args:
            id: The record's id; where records of several kinds have it, the pair of type and id.
            act: The act by its name, as in `Record.act`.
            given: The act's arguments; `by` and `at` among them, and `policy` if it is not the default. Completing a
                move takes the ids of the new `position` and `placement` and the `reason` why the old one ended, too.

        Raises:
            Rejected: All that the record says, X001 for a new record whose id is taken, X002 for a record or reference
                that is not in the book, and every rule of the book that the act would break. The book stays as it was.
        """
        record = self._one(id, act)
        try:
            done = do(self, record, act, given)
        except Rejected as refusal:
            raise Rejected(refusal.what, [*refusal.findings, *self._also_wrong(refusal, given)]) from None
        return self._settled(done, act, given)

    def new(self, kind: type[Record], act: str, /, id: str, **given: Any) -> Self:
        """Begin a record by an act, as `Record.new`, and put it into the book if no rule speaks against it.

        Raises:
            Rejected: X001 for an id that is taken, V015 for what is no kind of record, and as `act`.
        """
        if kind not in RECORDS:
            wrong = breach("{value} is no kind of record", "kind", value=brief(kind))
            raise Rejected("book: cannot begin", [finding(V015, wrong)])
        return self._settled((kind.new(act, id, **given),), act, given)

    def would(self, id: str | Key, act: str, /, **given: Any) -> tuple[Finding, ...]:
        """What `act` would raise, without doing it; empty when it would pass."""
        try:
            self.act(id, act, **given)
        except Rejected as refusal:
            return refusal.findings
        return ()

    def would_new(self, kind: type[Record], act: str, /, id: str, **given: Any) -> tuple[Finding, ...]:
        """What `new` would raise, without doing it; empty when it would pass."""
        try:
            self.new(kind, act, id, **given)
        except Rejected as refusal:
            return refusal.findings
        return ()

    def _one(self, id: str | Key, act: str) -> Record:
        """The record of an id, whatever its kind, if there is only one."""
        given: Any = id
        if isinstance(given, tuple):
            found = [record for record in (self.at(*given) if len(given) == 2 else None,) if record is not None]  # noqa: PLR2004  (type and id)
        else:
            found = self.everywhere(given)
        if len(found) == 1:
            return found[0]
        if found:
            kinds = ", ".join(record.type for record in found)
            wrong = breach("{id} is the id of: {kinds}; name it by type and id", id=brief(id), kinds=kinds)
        else:
            shown = " ".join(map(brief, id[:2])) if isinstance(id, tuple) else brief(id)
            wrong = breach("{id} is not in the book", id=shown)
        raise Rejected(f"book: cannot {act if isinstance(act, str) else brief(act)}", [finding(X002, wrong)])

    def _also_wrong(self, refusal: Rejected, given: Mapping[str, object]) -> list[Finding]:
        """What the book has against an act that only gates of the record stop: all that is wrong is said at once."""
        tried, policy = refusal.tried, given.get("policy", POLICY)
        if not isinstance(tried, Record) or not isinstance(policy, Policy):
            return []
        new, entry = self.put(tried), tried.history[-1]
        return [*broken(new, tried, entry.at.date()), *stopped(new, tried, entry, policy)]

    def _settled(self, records: tuple[Record, ...], act: str, given: Mapping[str, Any]) -> Self:
        """The book with changed records, if every one of them keeps the rules of the book."""
        begun = [r for r in records if len(r.history) == 1]
        found = [
            said(X001, breach("{id} stands in the book already", id=r.id), r)
            for r in begun
            if self.get(type(r), r.id) is not None
        ]
        if found:
            raise Rejected(f"{records[0].type} {records[0].id}: cannot {act}", found)
        new = self.put(*records)
        policy = given.get("policy", POLICY)
        on = given["at"].date()
        found = [f for r in records for f in broken(new, r, on)]
        found += [f for r in records for f in stopped(new, r, r.history[-1], policy)]
        found += _left_over(new, records, given["by"])
        if found:
            raise Rejected(f"{records[0].type} {records[0].id}: cannot {act}", as_given(type(records[0]), act, found))
        return new

    # --- checking ----------------------------------------------------------------------------------------------------

    def check(self, on: date, *, policy: Policy = POLICY) -> tuple[Finding, ...]:
        """Say what is wrong with the book, or worth a look, on a day: what each record says of itself and of others.

        Raises:
            Rejected: V015 for what is no day, or no policy; so do all questions.
        """
        asked(on, policy)
        found: list[Finding] = []
        for own, between in self._found(sorted(RECORDS, key=lambda kind: kind.type), on, policy):
            every = [*own, *between]
            found += in_order(every) if between and len(every) > 1 else every  # its own are in order already
        return tuple(found)

    def findings(self, on: date, *, policy: Policy = POLICY) -> Iterator[Finding]:
        """Give the findings of `check` record by record, as they are found: for a book so large that one watches."""
        asked(on, policy)
        return (it for own, between in self._found(RECORDS, on, policy) for it in (*own, *between))

    def _found(
        self, kinds: Iterable[type[Record]], on: date, policy: Policy
    ) -> Iterator[tuple[Sequence[Finding], list[Finding]]]:
        """What each record says of itself, in order; and what the book says of it."""
        advice, keeping, erased = advice_of(policy), keeping_rules(policy), self.erased()
        for record in (record for kind in kinds for record in self.all(kind)):
            own = checks.but_looked_after(self, record, record.findings(on, policy=policy))
            between = broken(self, record, on)
            between += advised(self, record, on, policy, advice)
            between += kept_too_long(record, on, policy, keeping)
            between += left_of(erased, (record,))
            yield own, between

    # --- asking ------------------------------------------------------------------------------------------------------

    def next_due(self, person: str, *, on: date = date.max, policy: Policy = POLICY) -> date:
        """The day by which the next annual interview of a person shall be held, as it looks on a day.

        Raises:
            Rejected: X002 for a person who is not in the book.
        """
        asked(on, policy)
        known = person_of(self, person, "cannot answer")
        held = counted(known, last_held(self.naming(Interview, "coachee", person), on))
        return next_due(known.joined_on, held, policy=policy)

    def covered(self, person: str, on: date, *, policy: Policy = POLICY) -> Covered:
        """How one person stands with the annual interview on a day.

        Raises:
            Rejected: X002 for a person who is not in the book.
        """
        asked(on, policy)
        known = person_of(self, person, "cannot answer")
        return covered(known, last_held(self.naming(Interview, "coachee", person), on), on, policy=policy)

    def coverage(self, on: date, *, policy: Policy = POLICY) -> tuple[Covered, ...]:
        """How each person who is employed on a day stands with the annual interview, in the order of their ids."""
        asked(on, policy)
        talks: Any = self._kinds[Interview.type].values()
        return tuple(coverage(self.all(Person), talks, on, policy=policy))

    def manager_of(self, person: str, on: date) -> str | None:
        """Who manages a person on a day; None at the top."""
        asked(on)
        return relations.manager_on(self, person, on)

    def reports_of(self, person: str, on: date) -> tuple[str, ...]:
        """Whom a person manages on a day, in the order of their ids."""
        asked(on)
        return tuple(report.id for report in relations.employed_reports(self, person, on))

    def chain(self, person: str) -> tuple[str, ...]:
        """The coaches above a person, nearest first."""
        return relations.coaches_above(self, person)

    def overdue(self, on: date) -> tuple[Matter, ...]:
        """What is past its day: goals, promises, requests for feedback, planned talks."""
        asked(on)
        return tuple(questions.overdue(self, on))

    def stalled(self, on: date, *, policy: Policy = POLICY) -> tuple[Goal, ...]:
        """Agreed goals on which nothing was noted for longer than the policy's days (G018)."""
        asked(on, policy)
        return tuple(questions.stalled(self, on, policy=policy))

    def unanswered(self, on: date, *, policy: Policy = POLICY) -> tuple[Matter, ...]:
        """Asks that wait longer than the policy's days for a reply (X012)."""
        asked(on, policy)
        return tuple(questions.unanswered(self, on, policy=policy))

    def awaits(self, person: str) -> tuple[Turn, ...]:
        """What a person is awaited to do next, across all records."""
        return tuple(questions.awaits(self, person))

    def insights(self, person: str) -> tuple[Insight, ...]:
        """What a person noted on receiving feedback, oldest first."""
        return tuple(questions.insights(self, person))

    def dreams_without_step(self, person: str) -> tuple[Dream, ...]:
        """A person's dreams that no step serves."""
        return tuple(questions.dreams_without_step(self, person))

    def timeline(self, person: str) -> tuple[Happened, ...]:
        """Everything that happened in the records about a person, in the order of time."""
        return questions.timeline(self, person)

    def trace(self, path: str, dream: str) -> Trace:
        """Where a dream of a path led: needs, steps, goals and talks.

        Raises:
            Rejected: X002 for a path or dream that is not in the book.
        """
        known = self.get(CareerPath, path)
        found = None if known is None else questions.trace(self, known, dream)
        if found is None:
            wrong = breach("there is no dream {dream} in a path {of}", dream=brief(dream), of=brief(path))
            raise Rejected("book: cannot answer", [finding(X002, wrong)])
        return found


def _left_over(book: Book, records: Done, by: str) -> list[Finding]:
    """D005: words that an act would leave of somebody who is erased, or whom it erases."""
    erased = book.erased()
    if not erased:
        return []
    named = {by, *(r.id for r in records if isinstance(r, Person))}
    for record in records:
        named |= {getattr(record, f) for f, kind in REFERENCES.get(record.type, {}).items() if kind == Person.type}
    gone = erased & named
    if any(record.id in gone for record in records if isinstance(record, Person)):
        return left_of(gone, book)
    return left_of(gone, [*(person_of(book, id, "cannot answer") for id in sorted(gone)), *records])
