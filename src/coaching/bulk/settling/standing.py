"""What stands: of each id one document, out of the rows that are left; and what goes when rows are rejected.

Read top to bottom: the tables of the work, rejecting rows, composing documents. Nothing here says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec
from attrs import Factory, define

from coaching.bulk.journal import Journal
from coaching.bulk.mapping.classes import Mapping as Mapped
from coaching.bulk.settling.merging import Merged, Piece, merge
from coaching.bulk.settling.paths import Edit

_TABLES = """
CREATE TEMP TABLE touched (type TEXT, id TEXT, PRIMARY KEY (type, id)) WITHOUT ROWID;
CREATE TEMP TABLE newly (source INTEGER, record INTEGER, PRIMARY KEY (source, record)) WITHOUT ROWID;
CREATE TEMP TABLE hit (type TEXT, id TEXT, PRIMARY KEY (type, id)) WITHOUT ROWID;
CREATE TEMP TABLE gone (type TEXT, id TEXT, PRIMARY KEY (type, id)) WITHOUT ROWID;
CREATE TEMP TABLE changed (n INTEGER PRIMARY KEY, state TEXT, document BLOB);
CREATE TEMP TABLE promoted (n INTEGER PRIMARY KEY);
CREATE TEMP TABLE fresh (n INTEGER PRIMARY KEY);
CREATE TEMP TABLE clashed (n INTEGER PRIMARY KEY);
CREATE TEMP VIEW live AS SELECT * FROM draft WHERE state <> 'rejected';
CREATE TEMP VIEW counts AS SELECT * FROM draft WHERE state IN ('', 'merged');
CREATE TEMP VIEW going AS SELECT d.n, d.type, d.id FROM newly CROSS JOIN live d USING (source, record);
"""
# touched   ids of which the document has to be composed        newly     rows that were rejected
# hit       ids of which a row was rejected                     gone      those of them of which none is left
# changed   what composing comes to                             promoted  drafts that stood for nothing before
# fresh     drafts that stand and are to be checked             clashed   drafts that differ, and do not count
# live      drafts of rows that are left                        counts    those of which something counts
# going     drafts of rows that were rejected, and live yet


read_document = msgspec.json.Decoder().decode
_written = msgspec.json.Encoder().encode
_key = itemgetter(0, 1)
_AT_ONCE = 1000  # so many changes are written together

Clashing = Callable[[str, str, Merged], None]


@define
class Work:
    """The tables of one settling, and what is done with them. They are gone at its end."""

    journal: Journal
    mapping: Mapped
    _changes: list[tuple[int, str, bytes | None]] = Factory(list)
    _parts: list[tuple[int, str, int, str]] = Factory(list)

    def begin(self) -> None:
        """Make the tables."""
        self.end()
        for table in _TABLES.strip().splitlines():
            self.journal.ask(table)

    def end(self) -> None:
        """Drop them."""
        for kind, name in self.journal.ask(
            "SELECT type, name FROM sqlite_temp_master WHERE type <> 'index'"
        ).fetchall():
            self.journal.ask(f"DROP {kind} temp.{name}")

    def to_reject(self) -> bool:
        """Tell whether rows were rejected of which something stands yet."""
        return self.journal.ask("SELECT 1 FROM newly LIMIT 1").fetchone() is not None

    def to_compose(self) -> bool:
        """Tell whether a document has to be composed."""
        return self.journal.ask("SELECT 1 FROM touched LIMIT 1").fetchone() is not None

    def kept(self, query: str, *params: Any) -> Iterator[tuple[Any, ...]]:
        """Give the rows of a query as they are now, whatever changes while they are read."""
        self.journal.ask("DROP TABLE IF EXISTS temp.kept")
        self.journal.ask(f"CREATE TEMP TABLE kept AS {query}", *params)
        yield from self.journal.ask("SELECT * FROM kept")
        self.journal.ask("DROP TABLE temp.kept")

    def reject(self) -> None:
        """Reject all drafts of the rows that are newly rejected; note which ids are gone, and which have rows left."""
        ask = self.journal.ask
        ask("DELETE FROM hit")
        ask("DELETE FROM gone")
        ask("""
            INSERT OR IGNORE INTO rejected SELECT source, record, min(line)
            FROM newly CROSS JOIN draft USING (source, record) GROUP BY source, record""")
        ask("INSERT OR IGNORE INTO hit SELECT type, id FROM going WHERE id <> ''")
        ask("UPDATE draft SET state = 'rejected' WHERE n IN (SELECT n FROM going)")
        ask("""
            INSERT INTO gone SELECT type, id FROM hit
            WHERE NOT EXISTS (SELECT 1 FROM live d WHERE d.type = hit.type AND d.id = hit.id)""")
        ask("INSERT OR IGNORE INTO touched SELECT type, id FROM hit EXCEPT SELECT type, id FROM gone")
        ask("DELETE FROM newly")

    def compose(self, clashing: Clashing) -> None:
        """Make one document of each id that was touched; `clashing` is told where rows say different things."""
        ask = self.journal.ask
        ask("DELETE FROM changed")
        ask("DELETE FROM part WHERE draft IN (SELECT n FROM touched CROSS JOIN draft USING (type, id))")
        rows = ask("""
            SELECT d.type, d.id, d.n, d.made_by, COALESCE(d.own, d.document),
              (SELECT json_group_array(json_array(path, col, said, state, id)) FROM
                (SELECT * FROM reference r WHERE r.draft = d.n AND r.state IN ('named', 'lost') ORDER BY r.n))
            FROM touched t CROSS JOIN draft d ON d.type = t.type AND d.id = t.id WHERE d.state <> 'rejected'
            ORDER BY d.type, d.id, d.made_by, d.source, d.record, d.n""")
        for (kind, id), drafts in groupby(rows, _key):
            self._compose(kind, id, drafts, clashing)
        self._write()
        ask("DELETE FROM touched")
        ask("""
            INSERT OR IGNORE INTO promoted SELECT n FROM changed c CROSS JOIN draft d USING (n)
            WHERE d.state = 'same' AND c.state <> 'same'""")
        ask("INSERT OR IGNORE INTO fresh SELECT n FROM changed WHERE state = ''")
        ask("""
            UPDATE draft SET state = c.state, document = COALESCE(c.document, own, draft.document),
              own = CASE WHEN c.document IS NULL THEN NULL ELSE COALESCE(own, draft.document) END,
              good = good AND c.document IS NULL
            FROM changed c WHERE c.n = draft.n AND draft.n IN (SELECT n FROM changed)""")

    def _compose(self, kind: str, id: str, drafts: Iterator[tuple[Any, ...]], clashing: Clashing) -> None:
        first: dict[tuple[int, bytes], int] = {}
        last: dict[int, int] = {}
        named: dict[int, bytes] = {}
        for at, (_, _, n, made_by, document, names) in enumerate(drafts):
            stands = first.setdefault((made_by, document), n)
            last[stands] = at
            if stands != n:
                self._change(n, "same")
            elif names != "[]":
                named[n] = names
        pieces = [Piece(n, made_by, read_document(document), last[n]) for (made_by, document), n in first.items()]
        merged = merge(pieces, self.mapping.records)
        if merged.clashes:
            clashing(kind, id, merged)
        for piece in pieces:
            if piece.n != merged.stands:
                self._change(piece.n, "merged" if piece.n in merged.gave else "same")
        parts = _edited(merged, named) if named else merged.givers
        self._change(merged.stands, "", _written(merged.document) if len(pieces) > 1 or named else None)
        self._parts += [(merged.stands, path, n, own) for path, (n, own) in parts.items()]

    def _change(self, n: int, state: str, document: bytes | None = None) -> None:
        self._changes.append((n, state, document))
        if len(self._changes) >= _AT_ONCE:
            self._write()

    def _write(self) -> None:
        """Write what was composed so far."""
        self.journal.each("INSERT INTO changed VALUES (?, ?, ?)", self._changes)
        self.journal.each("INSERT INTO part VALUES (?, ?, ?, ?)", self._parts)
        self._changes, self._parts = [], []


def _edited(merged: Merged, named: Mapping[int, bytes]) -> dict[str, tuple[int, str]]:
    """Put in whom references name, take out what names nobody; say who gave what then."""
    edit, left = Edit(merged.document), []
    for n, names in named.items():
        for path, column, said, state, id in read_document(names):
            place = merged.place(n, path)
            if place is None:
                continue
            if state == "named":
                edit.set(place, id)
            else:
                left.append((place, column, said))
    for place, column, said in left:
        edit.leave_out(place)
        if column:
            extra = merged.document.setdefault("extra", {})
            was = extra.get(column)
            extra[column] = said if was is None or said in str(was).split("; ") else f"{was}; {said}"
    edit.done()
    return {new: given for path, given in merged.givers.items() if (new := edit.moved(path)) is not None}
