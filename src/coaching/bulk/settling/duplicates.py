"""Duplicates: rows of one id that say the same, that say different things, and that stand beside a rejected one.

Read top to bottom: rules, what is touched, clashes, rows that say the same, rows beside rejected ones.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Any

from attrs import define

from coaching.book.shelf import X001
from coaching.bulk.settling.merging import Clash, Merged
from coaching.bulk.settling.standing import Work
from coaching.bulk.settling.telling import Place, Telling
from coaching.kernel.rules import Rule, Severity, brief, stated

B009 = stated(
    "B009",
    "bulk",
    field="name",
    says="rows of one id have one name",
    why="practice: people take another name, and ids are given again to somebody else",
    mend="look whether it is one person; if not, give one of the two another id",
)
B016 = stated(
    "B016",
    "bulk",
    field="id",
    says="a row says something that no other row says",
    why="practice: exports are appended to one another, and rows come twice",
    mend="nothing has to be done: rows that say the same count once",
)

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_TABLES = """
CREATE TEMP TABLE several (type TEXT, id TEXT, many INTEGER, live INTEGER, PRIMARY KEY (type, id)) WITHOUT ROWID;
CREATE TEMP TABLE doubles (type TEXT, id TEXT, source INTEGER, record INTEGER, line INTEGER, made_by INTEGER, \
PRIMARY KEY (source, record)) WITHOUT ROWID;
"""
# several   ids of several rows, and how many of these are not rejected
# doubles   of each row that is looked at, the record that says best which row it doubles

_PLACE = "SELECT source, record, line, made_by FROM draft"
_COPIES = """
SELECT d.n, d.source, d.record, d.line, d.made_by FROM draft o JOIN live d USING (type, id, made_by)
WHERE o.n = ? AND COALESCE(o.own, o.document) = COALESCE(d.own, d.document) ORDER BY d.source, d.record, d.n
"""


@define
class Duplicates:
    """Looks for rows of one id."""

    work: Work
    telling: Telling

    def find(self) -> None:
        """Find the ids that several rows have, make one document of each, and say what is to be said of them."""
        ask = self.work.journal.ask
        for table in _TABLES.strip().splitlines():
            ask(table)
        ask("""
            INSERT INTO several SELECT type, id, count(*), sum(state <> 'rejected') FROM draft WHERE id <> ''
            GROUP BY type, id HAVING count(*) > 1""")
        ask("INSERT OR IGNORE INTO touched SELECT type, id FROM several WHERE live > 1")
        self.work.compose(self.clash)
        ask("DELETE FROM promoted")
        self._same()
        self._beside_rejected()

    def place(self, n: int) -> Place:
        """Give the place of a draft."""
        return Place(*self.work.journal.ask(f"{_PLACE} WHERE n = ?", n).fetchone())

    # --- rows that say different things -------------------------------------------------------------------------------

    def clash(self, kind: str, id: str, merged: Merged) -> None:
        """Say what the rows of one id say differently; reject them, where the mapping chooses none."""
        if merged.refused:
            self._reject(kind, id, merged)
            return
        for clash in merged.clashes:
            self._warn(id, clash)

    def unsay(self) -> None:
        """Forget what was said of rows that differ, of ids of which rows are gone: what is left is said anew."""
        self.telling.flush()
        self.work.journal.ask("""
            DELETE FROM fault WHERE code = ? AND (source, record) IN
              (SELECT source, record FROM touched JOIN draft USING (type, id))""", B009.code)  # fmt: skip

    def _reject(self, kind: str, id: str, merged: Merged) -> None:
        paths = sorted({path for clash in merged.clashes for path in clash.paths})
        rows = "WHERE type = ? AND id = ? AND state <> 'rejected' ORDER BY source, record, n"
        beside = [(n, line) for n, _, line, _ in self._few(f"{_PLACE} {rows} LIMIT 12", kind, id)]
        for row in self.work.journal.ask(f"{_PLACE} {rows}", kind, id):
            place = Place(*row)
            if not place.record:  # what the mapping itself says stays
                continue
            columns = self.telling.columns(place, paths)
            others = self.telling.lines(place, [it for it in beside if it != (place.source, place.line)])
            what = f"rows of one id say different things: {columns}"
            message = f"{brief(id)} stands on {others} too, which differs in: {columns}"
            self.telling.say(X001, place, "id", what, message, ERROR)

    def _few(self, query: str, *params: Any) -> list[tuple[Any, ...]]:
        return self.work.journal.ask(query, *params).fetchall()

    def _warn(self, id: str, clash: Clash) -> None:
        counts = self.place(clash.rows[0])
        for n, *row in [it for other in clash.rows[1:] for it in self._few(_COPIES, other)]:
            place = Place(*row)
            there = self.telling.lines(place, [(counts.source, counts.line)])
            columns = self.telling.columns(place, clash.paths)
            if clash.choice == "later":
                what = "another name than on a later row of one person; the later one counts"
                message = f"another name than on {there}; taken for one person, who has the later one"
                self.telling.say(B009, place, clash.paths[0], what, message, WARNING)
            else:
                what = f"rows of one id say different things, and the {clash.choice} counts: {columns}"
                message = f"{brief(id)} differs from {there}, which counts, in: {columns}"
                self.telling.say(X001, place, "id", what, message, WARNING)
            self.work.journal.ask("INSERT OR IGNORE INTO clashed VALUES (?)", n)

    # --- rows that say the same ---------------------------------------------------------------------------------------

    def _same(self) -> None:
        """Say of which rows nothing counts since others say the same: once for all that say it.

        A row of which something counts is no duplicate, though it may say of its unit what others say of it. Of several
        records that a row makes, the one that the fewest rows have says which row it doubles.
        """
        self.work.journal.ask("""
            INSERT OR IGNORE INTO doubles SELECT d.type, d.id, d.source, d.record, d.line, d.made_by
            FROM several s CROSS JOIN draft d USING (type, id)
            WHERE d.state = 'same' AND d.n NOT IN (SELECT n FROM clashed)
              AND (d.source, d.record) NOT IN (SELECT source, record FROM newly) AND NOT EXISTS
              (SELECT 1 FROM draft o WHERE o.source = d.source AND o.record = d.record AND o.state <> 'same')
            ORDER BY d.source, d.record, s.many, d.made_by""")
        for (kind, id), rows in groupby(self._doubles(), itemgetter(0, 1)):
            (_, _, *first), *others = rows
            place, more = Place(*first), len(others)
            there = self.telling.lines(place, self._stands(kind, id))
            also = f", and so do {more} more" if more else ""
            what = "the same as another row; counted once"
            self.telling.say(B016, place, "id", what, f"{brief(id)} says the same as {there}{also}", WARNING)

    def _stands(self, kind: str, id: str) -> list[tuple[int, int]]:
        return self._few("SELECT source, line FROM draft WHERE type = ? AND id = ? AND state = ''", kind, id)

    def _doubles(self) -> Any:
        return self.work.journal.ask("SELECT * FROM doubles ORDER BY type, id, source, record")

    # --- rows beside rejected ones ------------------------------------------------------------------------------------

    def _beside_rejected(self) -> None:
        """Say that a row stands beside one of the same id that was rejected: what that would say, nobody knows."""
        ask = self.work.journal.ask
        ask("DELETE FROM doubles")
        ask("""
            INSERT OR IGNORE INTO doubles SELECT d.type, d.id, d.source, d.record, d.line, d.made_by
            FROM rejected CROSS JOIN draft d USING (source, record) LEFT JOIN several s USING (type, id)
            WHERE d.state = 'rejected'
            ORDER BY d.source, d.record, COALESCE(s.many, 1), d.made_by""")
        ask("DELETE FROM doubles WHERE (type, id) NOT IN (SELECT type, id FROM several)")
        for (kind, id), rows in groupby(self._doubles(), itemgetter(0, 1)):
            lost = [Place(*row[2:]) for row in rows]
            beside = "WHERE type = ? AND id = ? ORDER BY state = 'rejected', source, record, n LIMIT 2"
            its = [Place(*row) for row in self._few(f"{_PLACE} {beside}", kind, id)]
            told = next((it for it in its if it != lost[0]), its[0])
            there = self.telling.lines(told, [(it.source, it.line) for it in lost if it != told])
            what = "a row of the same id was rejected"
            self.telling.say(
                X001, told, "id", what, f"{brief(id)} stands on {there} too, and was rejected there", WARNING
            )


RULES: tuple[Rule, ...] = (B009, B016)
