"""The book: all records together, and the one obvious way to act on them safely.

Read top to bottom: acting, checking, asking. The shelf keeps the records; the rules across them stand in `consistency`
(what no book may break, and gates) and `checks` (advice); what follows from an act in other records in `follows`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Self

import attrs

from coaching.book import checks, questions, relations
from coaching.book import renaming as renamed
from coaching.book.asking import added, advice_of, advised_or_heard, broken, stopped
from coaching.book.cadence import Covered, counted, coverage, covered, last_held, next_due
from coaching.book.consistency import I002
from coaching.book.follows import Done, do
from coaching.book.given import must_be
from coaching.book.keys import AnyKey, kind_named
from coaching.book.looking import looks_at
from coaching.book.naming import REFERENCES
from coaching.book.privacy.erasure import left_of
from coaching.book.privacy.keeping import keeping_rules, kept_too_long
from coaching.book.privacy.told import told
from coaching.book.questions import Happened, Insight, Matter, Trace, Turn
from coaching.book.shelf import X001, X002, X023, Shelf, person_of, said
from coaching.kernel.acting import as_given
from coaching.kernel.policy import POLICY, Policy, asked
from coaching.kernel.record import ActT, BeginT, Record
from coaching.kernel.rules import Cause, Finding, Rejected, breach, brief, finding, in_order
from coaching.records import KINDS, RECORDS, Kind
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
    >>> book.next_due("p-17", date(2026, 3, 2))
    datetime.date(2025, 8, 1)
    >>> [str(line.status) for line in book.coverage(date(2026, 3, 2))]
    ['never', 'never']
    >>> book = book.new(Goal, "begin", "g-1", title="Lead a pilot line", by="p-17", at=noon)
    >>> book.would("g-1", "propose", coach="p-3", by="p-17", at=noon)[0].code
    'G005'
    """

    # --- acting ------------------------------------------------------------------------------------------------------

    def act(self, key: AnyKey[ActT], act: ActT, /, *, seen: str | None = None, **given: Any) -> Self:
        """Do an act on a record of the book, with what follows from it, if no rule of record or book speaks against it.

        Completing a move gives the person the new position or placement too; agreeing on a path that supersedes another
        supersedes it; revising a path adds the new draft. All of it happens, or nothing. Asking for a move is held to
        the needs as they stand on the mover's path (M003); where no path is in the book, to those given.

        Args:
            key: The record, which is done to the one that stands here; its kind and id; or its id, where one kind of
                record alone has it.
            act: The act by its name, as in `Record.act`.
            seen: The `digest` of the record as whoever acts was shown it: an act from an old tab is refused. Left out,
                the act is done on what stands here.
            given: The act's arguments; `by` and `at` among them, and `policy` if it is not the default. Completing a
                move takes the ids of the new `position` and `placement` and the `reason` why the old one ended, too.

        Raises:
            Rejected: X023 for a record that is another than was seen. All that the record says, X001 for a new record
                whose id is taken, X002 for a record or reference that is not in the book, and every rule of the book
                that the act would break. The book stays as it was.
        """
        named = act if isinstance(act, str) else brief(act)
        record = self._one(key, named)
        if seen is not None and seen != record.digest:
            what = f"{record.type} {record.id}: cannot {named}"
            must_be(what, seen=(seen, str, "digest"))
            not_theirs = [it for it in record.would(act, **given) if it.cause is Cause.ACTOR]
            raise Rejected(what, not_theirs or [_another(record, seen)])  # whoever may not is not told what others did
        try:
            done = do(self, record, act, given)
        except Rejected as refusal:
            raise Rejected(refusal.what, [*refusal.findings, *self._also_wrong(refusal, given)]) from None
        return self._settled(done, act, given)

    def new(self, kind: type[Record[Any, BeginT]] | Kind, act: BeginT, /, id: str, **given: Any) -> Self:
        """Begin a record by an act, as `Record.new`, and put it into the book if no rule speaks against it.

        Raises:
            Rejected: X001 for an id that is taken, V012 or V015 for what is no kind of record, and as `act`.
        """
        known = KINDS[kind_named(kind, "book: cannot begin")]
        return self._settled((known.new(act, id, **given),), act, given)

    def would(self, key: AnyKey[ActT], act: ActT, /, *, seen: str | None = None, **given: Any) -> tuple[Finding, ...]:
        """Say what `act` would raise, without doing it; empty when it would pass."""
        try:
            self.act(key, act, seen=seen, **given)
        except Rejected as refusal:
            return refusal.findings
        return ()

    def would_new(
        self, kind: type[Record[Any, BeginT]] | Kind, act: BeginT, /, id: str, **given: Any
    ) -> tuple[Finding, ...]:
        """Say what `new` would raise, without doing it; empty when it would pass."""
        try:
            self.new(kind, act, id, **given)
        except Rejected as refusal:
            return refusal.findings
        return ()

    @staticmethod
    def looks_at(kind: type[Record] | str, act: str) -> tuple[str, ...]:
        """Say where an act looks besides its own record: what its rules read, and what is named must be there.

        `interview.coachee` are talks, found by the person whom that field names; `goal.id` is a goal, found by its id.
        These are the places for which a book with `load` asks, in the course of the act; those of an act are few,
        however many records there are.

        Raises:
            Rejected: V012 or V015 for what is no kind of record, V010 for what is no act of it.

        >>> print(*Book.looks_at("interview", "plan"))
        feedback.id goal.id interview.coachee interview.id move.id opportunity.id path.id person.id relationship.coachee
        """
        return looks_at(kind, act)

    def _also_wrong(self, refusal: Rejected, given: Mapping[str, object]) -> list[Finding]:
        """Say what the book has against an act that gates of the record stop: all that is wrong is said at once."""
        tried, policy = refusal.tried, given.get("policy", POLICY)
        if not isinstance(tried, Record) or not isinstance(policy, Policy):
            return []
        new, entry = self.put(tried), tried.history[-1]
        return [*self._made_by(new, (tried,), entry.at.date()), *stopped(new, tried, entry, policy)]

    def _made_by(self, new: Self, records: Done, on: date, by: str | None = None) -> list[Finding]:
        """Say what is wrong with records in a new book, and was not before: an act answers for what it does alone."""
        found = [f for r in records for f in broken(new, r, on)]
        found += [] if by is None else _left_over(new, records, by, on)
        if not found:
            return found
        old = tuple(r for it in records if (r := self.at(*it.key)) is not None)
        before = [f for r in old for f in broken(self, r, on)]
        before += [] if by is None else _left_over(self, old, by, on)
        found, carried = added(before, found), {f.params for f in before if f.code == X002.code}
        begun = {it.key for it in records} - {it.key for it in old}  # a path that is revised hands on what it names
        return [f for f in found if f.code != X002.code or f.record not in begun or f.params not in carried]

    def _settled(self, records: tuple[Record, ...], act: str, given: Mapping[str, Any]) -> Self:
        """Give the book with changed records, if every one of them keeps the rules of the book."""
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
        found = self._made_by(new, records, on, given["by"])
        stops = [f for r in records for f in stopped(new, r, r.history[-1], policy)]
        if any(f.code == I002.code for f in stops):  # a stranger to the coachee learns nothing of their other talks
            found = [f for f in found if f.code == X002.code]
        found += stops
        if found:
            raise Rejected(f"{records[0].type} {records[0].id}: cannot {act}", as_given(type(records[0]), act, found))
        return new

    # --- who is who --------------------------------------------------------------------------------------------------

    def renumber(
        self,
        person: str,
        new_id: str,
        *,
        by: str,
        at: datetime,
        reason: str,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Give a person another id, in every record that names them: all of them, or none.

        Each of these records says so in its history, and keeps its signatures: `verify` says H005, once a record, and
        checks on. Histories keep the ids of their day; `extra` and words are left as they are. What has to be stored
        stands in `changed`; the person stands under the new id, so the record under the old one has to go. All that is
        wrong with what is given is said at once, then all that is wrong with the records, then with the book.

        Args:
            person: The id so far.
            new_id: The id from now on; nobody in the book has it.
            by: Who does it; recorded, not checked.
            at: When; not before the last entry of any record that names the person (V009).
            reason: Why, in words; it stays.
            policy: The house's numbers and severities.
            noted_by: Who wrote it down for the one who acts.

        Raises:
            Rejected: X002 for somebody who is not in the book, X001 for an id that is taken, V001, V002, V003, V009,
                V014, V015, and every rule that a record or the book would break. The book stays as it was.

        >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
        >>> book = Book([Person.register("p-17", "Anna Ek", date(2024, 8, 1), by="hr", at=noon)])
        >>> book = book.new(Goal, "begin", "g-1", title="Lead a pilot line", by="p-17", at=noon)
        >>> book = book.renumber("p-17", "1017", by="hr", at=noon, reason="One number for all houses")
        >>> book.get(Goal, "g-1").owner, [(record.type, record.id) for record in book.changed]
        ('1017', [('person', '1017'), ('goal', 'g-1')])
        """
        done = renamed.renumbered(self, person, new_id, renamed.Said(by, at, reason, policy, noted_by))
        return self._who_is_who("renumber", person, done)

    def merge(
        self,
        one: str,
        into: str,
        *,
        by: str,
        at: datetime,
        reason: str,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> Self:
        """Make one of two records that are of one person: who named the one names the other, and the one goes.

        The record that stays takes over the dated facts of both, and what a leaving closed; what both say alike stands
        once. Name and language are its own where it has them, external ids and `extra` are put together, of days kept
        or held the later counts. The history of the one that goes is not carried on: an entry names its digest.

        What is wrong is said in three steps, all of each at once: what is given, and what the two say to the contrary;
        what no record may hold (two employments at one time, a goal with oneself as coach, two parts of one id); what
        no book may hold (two talks of one cycle). It is mended first. Otherwise as `renumber`.

        Args:
            one: The id that goes.
            into: The id that stays.
            by: Who does it; recorded, not checked.
            at: When; not before the last entry of any record that names the two (V009).
            reason: Why, in words; it stays.
            policy: The house's numbers and severities.
            noted_by: Who wrote it down for the one who acts.

        Raises:
            Rejected: X002 for somebody who is not in the book, X022 for what the two say to the contrary, V001, V002,
                V003, V009, V014, V015, and every rule that a record or the book would break. The book stays as it was.
        """
        done = renamed.merged(self, one, into, renamed.Said(by, at, reason, policy, noted_by))
        return self._who_is_who("merge", one, done)

    def would_renumber(
        self,
        person: str,
        new_id: str,
        *,
        by: str,
        at: datetime,
        reason: str,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> tuple[Finding, ...]:
        """Say what `renumber` would raise, without doing it; empty when it would pass."""
        said: dict[str, Any] = {"by": by, "at": at, "reason": reason, "policy": policy, "noted_by": noted_by}
        return _refused(lambda: self.renumber(person, new_id, **said))

    def would_merge(
        self,
        one: str,
        into: str,
        *,
        by: str,
        at: datetime,
        reason: str,
        policy: Policy = POLICY,
        noted_by: str | None = None,
    ) -> tuple[Finding, ...]:
        """Say what `merge` would raise, without doing it; empty when it would pass."""
        said: dict[str, Any] = {"by": by, "at": at, "reason": reason, "policy": policy, "noted_by": noted_by}
        return _refused(lambda: self.merge(one, into, **said))

    def _who_is_who(self, act: str, old: str, done: Done) -> Self:
        """Give the book in which somebody has another id, if no rule of the book is broken that was not before."""
        own, on = done[0].key, done[0].history[-1].at.date()
        gone = self.at(Person.type, old)
        new = self.remove(*([] if gone is None else [gone])).put(*done)
        found = [f for r in done for f in broken(new, r, on)]
        if found:
            old_key = (Person.type, old)
            keys = dict.fromkeys((old_key, *(r.key for r in done)))
            touched = [r for key in keys if (r := self.at(*key)) is not None]
            before = Counter(
                (f.code, own if f.record == old_key else f.record) for r in touched for f in broken(self, r, on)
            )
            found = [f for f in found if not _counted(before, (f.code, f.record))]
        if found:
            raise Rejected(f"person {old}: cannot {act}", found)
        return new

    # --- checking ----------------------------------------------------------------------------------------------------

    def check(self, on: date, *, policy: Policy = POLICY, for_: str | None = None) -> tuple[Finding, ...]:
        """Say what is wrong with the book, or worth a look, on a day: what each record says of itself and of others.

        `for_` names one viewer, who is told of what they may see, and no more (`privacy.findings_for`).

        Raises:
            Rejected: V015 for what is no day, no policy or no id of a viewer; so do all questions.
        """
        asked(on, policy)
        if for_ is not None:
            return tuple(self._told(self.check(on, policy=policy), for_, on, policy))
        found: list[Finding] = []
        for own, between in self._found(sorted(RECORDS, key=lambda kind: kind.type), on, policy):
            every = [*own, *between]
            found += in_order(every) if between and len(every) > 1 else every  # its own are in order already
        return tuple(found)

    def findings(self, on: date, *, policy: Policy = POLICY, for_: str | None = None) -> Iterator[Finding]:
        """Give the findings of `check` record by record, as they are found: for a book so large that one watches."""
        asked(on, policy)
        found = (it for own, between in self._found(RECORDS, on, policy) for it in (*own, *between))
        return found if for_ is None else self._told(found, for_, on, policy)

    def _told(self, found: Iterable[Finding], viewer: str, on: date, policy: Policy) -> Iterator[Finding]:
        """Give those of some findings that a viewer may be shown."""
        must_be("book: cannot answer", for_=(viewer, str, "text"))
        return told(found, viewer, self, on, policy)

    def _found(
        self, kinds: Iterable[type[Record]], on: date, policy: Policy
    ) -> Iterator[tuple[Sequence[Finding], list[Finding]]]:
        """Say what each record says of itself, in order; and what the book says of it."""
        advice, keeping, erased = advice_of(policy), keeping_rules(policy), self.erased()
        for record in (record for kind in kinds for record in self.all(kind)):
            own = checks.but_looked_after(self, record, record.findings(on, policy=policy))
            between = broken(self, record, on)
            between += advised_or_heard(self, record, on, policy, advice)
            between += kept_too_long(record, on, policy, keeping)
            between += left_of(erased, (record,), on)
            yield own, between

    # --- asking ------------------------------------------------------------------------------------------------------

    def next_due(self, person: str, on: date, *, policy: Policy = POLICY) -> date | None:
        """Give the day by which the next annual interview of a person shall be held, as it looks on a day.

        It counts from the first day of the employment that counts then. None for somebody outside: no talk is owed.

        Raises:
            Rejected: X002 for a person who is not in the book.
        """
        asked(on, policy)
        known = person_of(self, person, "cannot answer")
        employment = known.employment_by(on)
        if employment is None:
            return None
        held = counted(known, last_held(self.naming(Interview, "coachee", person), on), on)
        return next_due(employment.from_, held, policy=policy)

    def covered(self, person: str, on: date, *, policy: Policy = POLICY) -> Covered | None:
        """Say how one person stands with the annual interview on a day; None for somebody not employed then.

        Raises:
            Rejected: X002 for a person who is not in the book.
        """
        asked(on, policy)
        known = person_of(self, person, "cannot answer")
        return covered(known, last_held(self.naming(Interview, "coachee", person), on), on, policy=policy)

    def coverage(self, on: date, *, policy: Policy = POLICY) -> tuple[Covered, ...]:
        """Say how each person who is employed on a day stands with the annual interview, in the order of their ids."""
        asked(on, policy)
        return tuple(coverage(self.all(Person), self.all(Interview), on, policy=policy))

    def manager_of(self, person: str, on: date) -> str | None:
        """Say who manages a person on a day; None at the top."""
        asked(on)
        return relations.manager_on(self, person, on)

    def reports_of(self, person: str, on: date) -> tuple[str, ...]:
        """Say whom a person manages on a day, in the order of their ids."""
        asked(on)
        return tuple(report.id for report in relations.employed_reports(self, person, on))

    def chain(self, person: str) -> tuple[str, ...]:
        """Give the coaches above a person, nearest first."""
        return relations.coaches_above(self, person)

    def overdue(self, on: date) -> tuple[Matter, ...]:
        """Say what is past its day: goals, promises, requests for feedback, planned talks."""
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

    def awaits(self, person: str, *, policy: Policy = POLICY) -> tuple[Turn, ...]:
        """Say what a person is awaited to do next, across all records."""
        return tuple(questions.awaits(self, person, policy=policy))

    def insights(self, person: str) -> tuple[Insight, ...]:
        """Say what a person noted on receiving feedback, oldest first."""
        return tuple(questions.insights(self, person))

    def dreams_without_step(self, person: str) -> tuple[Dream, ...]:
        """Give a person's dreams that no step serves."""
        return tuple(questions.dreams_without_step(self, person))

    def timeline(self, person: str) -> tuple[Happened, ...]:
        """Give everything that happened in the records about a person, in the order of time."""
        return questions.timeline(self, person)

    def trace(self, path: str, dream: str) -> Trace:
        """Say where a dream of a path led: needs, steps, goals and talks.

        Raises:
            Rejected: X002 for a path or dream that is not in the book.
        """
        known = self.get(CareerPath, path)
        found = None if known is None else questions.trace(self, known, dream)
        if found is None:
            wrong = breach("there is no dream {dream} in a path {of}", dream=brief(dream), of=brief(path))
            raise Rejected("book: cannot answer", [finding(X002, wrong)])
        return found


def _refused(act: Callable[[], object]) -> tuple[Finding, ...]:
    """Say what an act is refused for; empty when it passes."""
    try:
        act()
    except Rejected as refusal:
        return refusal.findings
    return ()


def _another(record: Record, seen: str) -> Finding:
    """X023: what was done since a record was seen."""
    since = record.since(seen)
    first = since[0] if since else record.history[-1]
    what = "{by} did {act} since" if since else "what was shown is no state of it; {by} did {act} last"
    return finding(X023, breach(what, "seen", by=first.by, act=first.act), record=record.key)


def _counted(before: Counter[Any], what: Any) -> bool:
    """Tell whether something is one of those that were there before; each counts once."""
    there = before[what] > 0
    before[what] -= there
    return there


def _left_over(book: Book, records: Done, by: str, on: date) -> list[Finding]:
    """D005: words that an act would leave of somebody who is erased, or whom it erases."""
    named = {by, *(r.id for r in records if isinstance(r, Person))}
    for record in records:
        named |= {getattr(record, f) for f, kind in REFERENCES.get(record.type, {}).items() if kind == Person.type}
    gone = book.erased(it for it in named if isinstance(it, str))
    if not gone:
        return []
    if any(record.id in gone for record in records if isinstance(record, Person)):
        return left_of(gone, book, on)
    return left_of(gone, [*(person_of(book, id, "cannot answer") for id in sorted(gone)), *records], on)
