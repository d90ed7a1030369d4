"""Settling from the top: duplicates, then references until nothing changes, then rings and days.

Read top to bottom: settling, settling again after refusals, the loop that both share. All of it is one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import define

from coaching.bulk.journal import Journal
from coaching.bulk.mapping.classes import Mapping
from coaching.bulk.settling.days import Days
from coaching.bulk.settling.duplicates import B016, Duplicates
from coaching.bulk.settling.names import Names
from coaching.bulk.settling.references import References
from coaching.bulk.settling.rings import Rings
from coaching.bulk.settling.standing import Work
from coaching.bulk.settling.telling import Telling
from coaching.kernel.rules import Severity


def settle(journal: Journal, mapping: Mapping) -> None:
    """Say what all rows together come to. Done once; asked again, it does nothing.

    Args:
        journal: All that was read.
        mapping: What the rows were read by.

    >>> from coaching.bulk.drafts import Batch, Draft, Reference
    >>> from coaching.bulk.mapping.classes import Column, Records
    >>> boss = Reference("positions[0].managers[0].manager", "Boss", "person", "9")
    >>> anna = b'{"id":"1","positions":[{"title":"Lead","managers":[{"manager":"9","from":"2024-01-01"}]}]}'
    >>> with Journal(None, of={}) as journal:
    ...     journal.add_source(0, "people.csv")
    ...     journal.put(0, Batch([Draft(0, "person", "1", 2, 1, anna, [boss])]), reached=1)
    ...     settle(journal, Mapping(records=(Records(type="person"),)))
    ...     print(*(fault.message for fault in journal.faults()))
    ...     print(*(it.document.decode() for it in journal.standing()))
    '9' is nobody: no person has this id; not used
    {"id":"1","positions":[{"title":"Lead"}],"extra":{"Boss":"9"}}
    """
    with journal.transaction():
        if journal.told("settled") is None:
            journal.index()
            rooms = _Rooms.of(journal, mapping)
            rooms.take_out()
            rooms.work.reject()
            rooms.duplicates.find()
            rooms.work.reject()
            rooms.references.resolve()
            rooms.round()
            rooms.end()
            journal.note("settled", "")


def conclude(journal: Journal, mapping: Mapping, *, on: date) -> None:
    """Say what is odd about those who stand in the end: rings, and days that cannot be. Done once.

    Args:
        journal: The journal, which is settled, and of which each record was checked.
        mapping: What the rows were read by.
        on: The day of the import: nothing that was held lies after it.
    """
    with journal.transaction():
        if journal.told("concluded") is None:
            rooms = _Rooms.of(journal, mapping)
            Rings(rooms.work, rooms.telling).find()
            Days(rooms.work, rooms.telling, on).find()
            rooms.end()
            journal.note("concluded", on.isoformat())


def unsettle(journal: Journal, mapping: Mapping, refused: Iterable[int] = ()) -> list[int]:
    """Settle again after the documents of some drafts were refused, or rows were rejected by `add_faults`.

    A refused document rejects the rows of which an error is noted, or else the row on which it stands; and rows that
    say the same as one of these. Whoever names what is gone then goes without, or is rejected too.

    Args:
        journal: The journal, which is settled.
        mapping: What the rows were read by.
        refused: The numbers of the drafts.

    Returns:
        The numbers of the drafts that stand now with another document: they have to be checked.
    """
    with journal.transaction():
        rooms = _Rooms.of(journal, mapping)
        rooms.take_out()
        for n in refused:
            rooms.refuse(n)
        rooms.round()
        return rooms.end()


@define
class _Rooms:
    work: Work
    telling: Telling
    duplicates: Duplicates
    references: References

    @classmethod
    def of(cls, journal: Journal, mapping: Mapping) -> _Rooms:
        work, telling = Work(journal, mapping), Telling(journal, mapping)
        work.begin()
        references = References(work, telling, Names(work))
        references.begin()
        return cls(work, telling, Duplicates(work, telling), references)

    def take_out(self) -> None:
        """Let go of rows that were rejected elsewhere."""
        query = "INSERT OR IGNORE INTO newly SELECT source, record FROM rejected CROSS JOIN live USING (source, record)"
        self.work.journal.ask(query)

    def end(self) -> list[int]:
        """Write what was said, drop the tables, and give the drafts that stand with another document now."""
        self.telling.flush()
        query = "SELECT n FROM fresh CROSS JOIN draft USING (n) WHERE state = '' ORDER BY source, record, n"
        fresh = [n for (n,) in self.work.journal.ask(query)]
        self.work.end()
        return fresh

    def refuse(self, n: int) -> None:
        """Reject the rows of a document that was refused, and those that say the same."""
        ask = self.work.journal.ask
        its = ask("""
            SELECT d.n, d.source, d.record FROM draft s JOIN live d ON d.type = s.type AND d.id = s.id
            JOIN rejected r ON r.source = d.source AND r.record = d.record WHERE s.n = ?""", n).fetchall()  # fmt: skip
        its = its or ask("SELECT n, source, record FROM live WHERE n = ?", n).fetchall()
        for wrong, source, record in its:
            ask("INSERT OR IGNORE INTO newly VALUES (?, ?)", source, record)
            place = self.duplicates.place(wrong)
            alike = ask("""
                SELECT d.n FROM draft w JOIN draft d ON d.type = w.type AND d.id = w.id
                WHERE w.n = ? AND d.n <> w.n AND d.state = 'same'
                  AND COALESCE(d.own, d.document) = COALESCE(w.own, w.document)""", wrong)  # fmt: skip
            for (same,) in alike.fetchall():
                here = self.duplicates.place(same)
                there = self.telling.lines(here, [(place.source, place.line)])
                what = "the same as another row, which was rejected"
                self.telling.say(B016, here, "id", what, f"the same as {there}, which was rejected", Severity.ERROR)

    def round(self) -> None:
        """Reject, leave out and compose, until nothing changes."""
        work = self.work
        while True:
            while work.to_reject():
                work.reject()
                self.references.without()
            if not work.to_compose():
                break
            self.duplicates.unsay()
            work.compose(self.duplicates.clash)
            self.references.promoted()
