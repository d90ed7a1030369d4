"""References: whom a row names, among all that was read and all that is in the book; and what becomes of the others.

Read top to bottom: the rule, names, columns of another id space, those who name nobody, saying it. Which of two comes
first never counts: names are looked up before anything is rejected for a reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import Factory, define, frozen

from coaching.book.consistency import G021
from coaching.bulk.settling.names import Names
from coaching.bulk.settling.standing import Work
from coaching.bulk.settling.telling import SHOWN, Place, Telling
from coaching.kernel.rules import Rule, Severity, brief, stated
from coaching.records import KINDS
from coaching.records.organisations import O003
from coaching.records.people import J003

B004 = stated(
    "B004",
    "bulk",
    field="manager",
    says="whoever a row names is in the files or in the book, once",
    why="practice: managers given as names, in another order, or by ids of another system",
    mend="give the id or the name as it stands in the file, or say missing= in the mapping",
)

UPWARDS: Mapping[str, tuple[str, Rule, str]] = {
    "person": ("%managers%", J003, "manages themselves"),
    "organisation": ("parent", O003, "belongs to itself"),
    "goal": ("parent", G021, "stands above itself"),
}
"""Of what names its own kind: the field in which it may not name itself, the rule that says so, and how it is told."""

ERROR, WARNING = Severity.ERROR, Severity.WARNING
FOREIGN = 5  # of so many values that are no ids a column may be of another id space

_TABLES = """
CREATE TEMP TABLE themselves (kind TEXT, path TEXT);
CREATE TEMP TABLE loose (n INTEGER PRIMARY KEY);
CREATE TEMP TABLE told (source INTEGER, record INTEGER, col TEXT, said TEXT, PRIMARY KEY (source, record, col, said)) \
WITHOUT ROWID;
CREATE TEMP TABLE meant (kind TEXT, said TEXT, id TEXT, PRIMARY KEY (kind, said)) WITHOUT ROWID;
CREATE TEMP VIEW nobody AS SELECT * FROM reference r WHERE r.state IN ('', 'named') AND (r.id IS NULL OR (NOT EXISTS \
(SELECT 1 FROM live t WHERE t.type = r.kind AND t.id = r.id) AND NOT EXISTS \
(SELECT 1 FROM known k WHERE k.type = r.kind AND k.id = r.id)));
CREATE TEMP VIEW said_by AS SELECT r.*, d.source, d.record, d.line, d.made_by, d.type AS draft_type, d.id AS draft_id \
FROM reference r CROSS JOIN draft d ON d.n = r.draft;
CREATE TEMP VIEW by_id AS SELECT r.n, d.source, d.record, r.col, r.kind, r.said \
FROM reference r CROSS JOIN counts d ON d.n = r.draft WHERE r.by = 'id';
CREATE TEMP VIEW itself AS SELECT r.n, r.draft FROM reference r CROSS JOIN draft d ON d.n = r.draft \
WHERE r.id = d.id AND r.kind = d.type AND r.state IN ('', 'named') AND r.missing <> 'keep' \
AND d.state IN ('', 'merged') AND EXISTS (SELECT 1 FROM themselves t WHERE t.kind = r.kind AND r.path LIKE t.path);
"""
# loose    references that name nobody, of which something has to become
# told     cells of which it was said that they name nobody, whatever fields they fill
# meant    whom a text means, where it is one alone
# nobody   references that name nobody            said_by   references, with the rows that say them
# by_id    references by ids of which something counts      itself    those that name whoever says them, upwards

_IS_THERE = """
SELECT 1 FROM live WHERE type = ? AND id = ? UNION ALL SELECT 1 FROM known WHERE type = ? AND id = ?
"""
_CELLS = """
SELECT count(*) FROM (SELECT DISTINCT record, said FROM by_id WHERE source = ? AND col = ? AND kind = ? LIMIT ?)
"""
_VALUES = "SELECT count(*) FROM (SELECT DISTINCT said FROM by_id WHERE source = ? AND col = ? AND kind = ? LIMIT ?)"


@frozen
class _Named:
    """A reference, with the place of the row that says it."""

    n: int
    path: str
    column: str
    kind: str
    said: str
    by: str
    missing: str
    id: str | None
    draft_type: str
    draft_id: str
    place: Place


@define
class References:
    """Finds out whom rows name."""

    work: Work
    telling: Telling
    names: Names
    _foreign: set[tuple[int, str, str]] = Factory(set)

    def begin(self) -> None:
        """Make the tables."""
        for table in _TABLES.strip().splitlines():
            self.work.journal.ask(table)
        self.work.journal.each("INSERT INTO themselves VALUES (?, ?)", ((kind, it[0]) for kind, it in UPWARDS.items()))

    def resolve(self) -> None:
        """Look up all names, and then all that names nobody."""
        ask = self.work.journal.ask
        if ask("SELECT 1 FROM reference WHERE by <> 'id' OR state = 'named' LIMIT 1").fetchone():
            self.names.learn()
            self._look_up()
        ask("INSERT INTO loose SELECT r.n FROM nobody r CROSS JOIN counts d ON d.n = r.draft")
        ask("INSERT OR IGNORE INTO loose SELECT n FROM itself")
        self._find_foreign()
        self._leave()

    def promoted(self) -> None:
        """Do the same for drafts that stood for nothing before."""
        ask = self.work.journal.ask
        ask("INSERT INTO loose SELECT r.n FROM promoted p CROSS JOIN nobody r ON r.draft = p.n")
        ask("INSERT OR IGNORE INTO loose SELECT n FROM itself WHERE draft IN (SELECT n FROM promoted)")
        ask("DELETE FROM promoted")
        self._leave()

    def without(self) -> None:
        """Do the same for those who name ids that are gone."""
        ask = self.work.journal.ask
        ask("""
            INSERT INTO loose SELECT r.n FROM gone g CROSS JOIN nobody r ON r.kind = g.type AND r.id = g.id
            CROSS JOIN counts d ON d.n = r.draft""")
        self._leave()

    # --- names --------------------------------------------------------------------------------------------------------

    def _look_up(self) -> None:
        """Put an id for each name that means one; where the text may be an id, an id comes first."""
        work = self.work
        work.journal.ask("""
            UPDATE reference SET id = said WHERE by = 'either' AND id IS NULL AND (
              EXISTS (SELECT 1 FROM draft t WHERE t.type = reference.kind AND t.id = reference.said)
              OR EXISTS (SELECT 1 FROM known k WHERE k.type = reference.kind AND k.id = reference.said))""")
        for kind, said in work.kept("SELECT DISTINCT kind, said FROM reference WHERE by <> 'id' AND id IS NULL"):
            ids = self.names.of(kind, said)
            if len(ids) == 1:
                work.journal.ask("INSERT INTO meant VALUES (?, ?, ?)", kind, said, ids[0])
        work.journal.ask("""
            UPDATE reference SET id = m.id, state = 'named' FROM meant m
            WHERE m.kind = reference.kind AND m.said = reference.said
            AND reference.by <> 'id' AND reference.id IS NULL""")
        work.journal.ask("""
            INSERT OR IGNORE INTO touched SELECT d.type, d.id FROM reference r JOIN counts d ON d.n = r.draft
            WHERE r.state = 'named'""")

    # --- columns of another id space ----------------------------------------------------------------------------------

    def _find_foreign(self) -> None:
        """Say once of a column that most of what it says is no id here; what hits one by chance means nobody either."""
        ask = self.work.journal.ask
        query = """
            SELECT source, col, kind, count(DISTINCT said), count(DISTINCT record || ' ' || said),
              min(made_by), min(path)
            FROM loose CROSS JOIN said_by r USING (n)
            WHERE by = 'id' AND NOT EXISTS (SELECT 1 FROM draft t WHERE t.type = r.kind AND t.id = r.id)
            GROUP BY source, col, kind HAVING count(DISTINCT said) >= ?"""
        found = ask(query, FOREIGN).fetchall()
        for source, column, kind, values, cells, made_by, path in found:
            if any(
                ask(some, source, column, kind, 2 * many).fetchone()[0] == 2 * many
                for some, many in ((_CELLS, cells), (_VALUES, values))  # no more are counted than decide
            ):
                continue
            (of_cells,) = ask(_CELLS, source, column, kind, -1).fetchone()
            self._foreign.add((source, column, kind))
            ask("""
                INSERT OR IGNORE INTO loose SELECT n FROM by_id
                WHERE source = ? AND col = ? AND kind = ?""", source, column, kind)  # fmt: skip
            what = f"{cells} of {of_cells} values are no id of {_a(kind)} in these files; the column is not used"
            self.telling.say(B004, Place(source, 0, 1, made_by), path, what, what, WARNING, column=column)

    # --- those who name nobody ----------------------------------------------------------------------------------------

    def _leave(self) -> None:
        """Do with each reference that names nobody what the mapping says."""
        query = """
            SELECT n, path, col, kind, said, by, missing, id, draft_type, draft_id, source, record, line, made_by
            FROM loose CROSS JOIN said_by USING (n) ORDER BY missing <> 'reject', draft_type, draft_id, n"""
        ask = self.work.journal.ask
        for n, path, column, kind, said, by, missing, id, of_type, of_id, *place in self.work.kept(query):
            it = _Named(n, path, column, kind, said, by, missing, id, of_type, of_id, Place(*place))
            foreign = (it.place.source, it.column, it.kind) in self._foreign and it.by == "id"
            if it.missing == "reject":
                self._say(it, ERROR, foreign=foreign)
                continue
            if not foreign:
                self._say(it, WARNING)
            if it.missing == "keep":
                ask("UPDATE reference SET state = 'kept' WHERE n = ?", it.n)
            else:
                ask("UPDATE reference SET state = 'lost', id = NULL WHERE n = ?", it.n)
                ask("INSERT OR IGNORE INTO touched VALUES (?, ?)", it.draft_type, it.draft_id)
        ask("DELETE FROM loose")

    def _say(self, it: _Named, severity: Severity, *, foreign: bool = False) -> None:
        cell = (it.place.source, it.place.record, it.column, it.said)
        if it.column and not self.work.journal.ask("INSERT OR IGNORE INTO told VALUES (?, ?, ?, ?)", *cell).rowcount:
            return
        rule, what, message = self._why(it)
        if foreign:
            what = message = "the column is of another id space"
        after = "" if severity is ERROR else "; kept" if it.missing == "keep" else "; not used"
        self.telling.say(rule, it.place, it.path, what + after, message + after, severity, column=it.column)

    def _why(self, it: _Named) -> tuple[Rule, str, str]:
        """Say why a reference is not taken: the rule, without what the cell says, and with it."""
        if (it.kind, it.id) == (it.draft_type, it.draft_id) and it.kind in UPWARDS:
            _, rule, what = UPWARDS[it.kind]
            return rule, what, f"{brief(it.said)} {what}"
        return B004, *self._nobody(it)

    def _nobody(self, it: _Named) -> tuple[str, str]:
        """Say why a reference means nobody: without what the cell says, and with it."""
        said, kind = brief(it.said), _a(it.kind)
        ids = self.names.of(it.kind, it.said) if it.id is None and it.by != "id" else []
        if len(ids) > 1:
            told = ", ".join([self._candidate(it, id) for id in ids[:SHOWN]])
            more = f", {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
            return f"several are called so, {kind} each", f"{said} is the name of {len(ids)}: {told}{more}"
        ask = self.work.journal.ask
        id = it.said if it.id is None else it.id
        rows = "SELECT source, line FROM draft WHERE type = ? AND id = ? ORDER BY source, record LIMIT 12"
        lost = ask(rows, it.kind, id).fetchall()
        if lost:
            named = said if id == it.said else f"{said} ({brief(id)})"
            lines = self.telling.lines(it.place, lost)
            return f"names {kind} whose row was rejected", f"{named} stands on {lines}, which was rejected"
        others = {kind for kind in KINDS if ask(_IS_THERE, *[kind, id] * 2).fetchone()}
        if others and it.by != "name":
            kinds = _or(sorted(others))
            return f"names no {it.kind}, but {kinds} of this id", f"{said} is no {it.kind}, but {kinds}"
        how = "is called so" if it.by == "name" else "has this id" if it.by == "id" else "has this id or name"
        return f"no {it.kind} {how}", f"{said} is nobody: no {it.kind} {how}"

    def _candidate(self, it: _Named, id: str) -> str:
        rows = "SELECT source, line FROM draft WHERE type = ? AND id = ? ORDER BY source, record LIMIT 3"
        lines = self.work.journal.ask(rows, it.kind, id).fetchall()
        return f"{brief(id)} ({self.telling.lines(it.place, lines) if lines else 'in the book'})"


def _a(kind: str) -> str:
    return f"an {kind}" if kind[:1] in "aeiou" else f"a {kind}"


def _or(kinds: Iterable[Any]) -> str:
    return " or ".join(map(_a, kinds))


RULES: tuple[Rule, ...] = (B004,)
