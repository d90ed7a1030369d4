"""The journal of an import: all that was read and found, in one SQLite file, so that memory stays small.

Read top to bottom: rules, tables, the account, the journal: opening, taking in, asking, changing. Each batch is one
transaction with the position that was reached, so that an import which was killed goes on from there. A journal that is
kept survives the end of the process at any moment; whether it survives a power cut is not promised, since nothing waits
for the disk.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
from attrs import frozen
from frozendict import frozendict

from coaching.bulk.drafts import Batch, Fault
from coaching.bulk.packing import Line, Packed, clean, pack, pack_faults
from coaching.kernel.rules import Rejected, Rule, Severity, brief, stated

B014 = stated(
    "B014",
    "bulk",
    field="",
    says="a journal goes on with the import that began it",
    why="own choice: rows that another mapping read would stand beside those of this one",
    mend="run the import that began it to its end, or name another journal and begin anew",
)
B015 = stated(
    "B015",
    "bulk",
    field="",
    says="a journal is whole, can be written, and belongs to one process at a time",
    why="practice: files are cut off, disks fill up, and an import is started twice",
    mend="wait for the other import, or delete the journal and begin anew",
)

VERSION = 1
_MARK = 0x636F6A6F  # "cojo", where SQLite says what a file is
_BEGINS, _SHORTEST = b"SQLite format 3\0", 512  # how such a file begins, and how long it is at least
_MARKED = 68  # where the mark stands in it
_DAMAGE = (OSError, sqlite3.Error, msgspec.MsgspecError)
_UNREAD = (ValueError, TypeError, LookupError, AttributeError)  # what a kept file holds may have become anything
_CACHE = -65536  # at most so many KiB of the file are held in memory

_TABLES = """
CREATE TABLE about (what TEXT PRIMARY KEY, said TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (n INTEGER PRIMARY KEY, name TEXT NOT NULL, told TEXT NOT NULL, columns TEXT NOT NULL,
  headers TEXT NOT NULL, reached INTEGER NOT NULL, read INTEGER NOT NULL, faulty INTEGER NOT NULL,
  skipped TEXT NOT NULL, done INTEGER NOT NULL);
CREATE TABLE draft (n INTEGER PRIMARY KEY, source INTEGER NOT NULL, record INTEGER NOT NULL, line INTEGER NOT NULL,
  made_by INTEGER NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL, name TEXT NOT NULL,
  document BLOB, own BLOB, good INTEGER NOT NULL);
CREATE TABLE reference (n INTEGER PRIMARY KEY, draft INTEGER NOT NULL, path TEXT NOT NULL, col TEXT NOT NULL,
  kind TEXT NOT NULL, said TEXT NOT NULL, by TEXT NOT NULL, missing TEXT NOT NULL, id TEXT, state TEXT NOT NULL);
CREATE TABLE rejected (source INTEGER, record INTEGER, line INTEGER NOT NULL, PRIMARY KEY (source, record))
  WITHOUT ROWID;
CREATE TABLE fault (source INTEGER NOT NULL, record INTEGER NOT NULL, line INTEGER NOT NULL, col TEXT NOT NULL,
  field TEXT NOT NULL, code TEXT NOT NULL, severity TEXT NOT NULL, what TEXT NOT NULL, message TEXT NOT NULL,
  mend TEXT NOT NULL);
CREATE TABLE known (type TEXT, id TEXT, name TEXT NOT NULL, system TEXT NOT NULL, place INTEGER NOT NULL,
  PRIMARY KEY (type, id)) WITHOUT ROWID;
CREATE TABLE refused (n INTEGER PRIMARY KEY);
CREATE TABLE part (draft INTEGER, path TEXT, giver INTEGER NOT NULL, own TEXT NOT NULL, PRIMARY KEY (draft, path))
  WITHOUT ROWID;
"""
# draft.state     '' it stands, 'rejected', 'same' as one that stands, 'merged' into one that stands
# draft.own       what its row says, where `document` says something else since it was settled
# draft.good      1 where its rules were asked already, and nothing is wrong
# reference.id    whom it names; NULL where that is nobody
# reference.state '' as the row says, 'named' by a name, 'lost' and left out, 'kept' though it names nobody
# refused         drafts that the rules of their records refuse, until that is settled
# part            which draft gave what stands at a path of a document that several drafts make together

_INDICES = """
CREATE INDEX IF NOT EXISTS draft_by_id ON draft (type, id, state);
CREATE INDEX IF NOT EXISTS draft_by_row ON draft (source, record, state, good);
CREATE INDEX IF NOT EXISTS reference_by_draft ON reference (draft);
CREATE INDEX IF NOT EXISTS reference_by_id ON reference (kind, id);
"""

_ROWS = """
SELECT count(*) FROM (SELECT max(state <> 'same') AS counts FROM draft WHERE source = ? AND record AND NOT EXISTS
  (SELECT 1 FROM rejected r WHERE r.source = draft.source AND r.record = draft.record)
  GROUP BY source, record) WHERE counts = ?
"""


_ALL_FAULTS = "SELECT * FROM fault ORDER BY source, line, col, code, record, field, message"
_FAULTS_OF_ONE = "SELECT * FROM fault WHERE source = ? ORDER BY record, line, col, code, field, message"


@frozen
class Account:
    """What became of the rows of a source, or of all: `read` is always `accepted + rejected` and all that was skipped.

    Attributes:
        name: The name of the source; empty for all together.
        read: How many records were read.
        accepted: How many rows made a record, or a part of one.
        rejected: How many rows were rejected.
        skipped: How many were neither, and why: `blank`, `others`, `below` as the source says it; `same` as another
            row; `nothing` where the mapping makes nothing of a row.
        sources: The same for each source.
    """

    name: str
    read: int
    accepted: int
    rejected: int
    skipped: frozendict[str, int]
    sources: tuple[Account, ...] = ()


@frozen
class Standing:
    """A record to be, as it stands: its number in the journal, its place, and its document."""

    n: int
    source: int
    record: int
    line: int
    type: str
    id: str
    document: bytes


class Journal:
    """All that was read and found. Use it in a `with` block.

    >>> from coaching.bulk.drafts import Draft
    >>> with Journal(None, of={"mapping": "7f3a"}) as journal:
    ...     journal.add_source(0, "people.csv")
    ...     journal.put(0, Batch([Draft(0, "person", "1", 2, 1, b'{"type":"person","id":"1"}')]), reached=1)
    ...     journal.finish(0, good=1, faulty=0, skipped={"blank": 2})
    ...     journal.reached(0), journal.done(0), journal.account().read
    (1, True, 3)
    """

    def __init__(self, path: Path | None, *, of: Mapping[str, str]) -> None:
        """Begin a journal, or open one to go on.

        Args:
            path: The file; None for a temporary one, which is gone at the end.
            of: What the import is of, in words or digests: sources, mapping, arguments. Each is compared.

        Raises:
            Rejected: B014 for a file that is no journal, or one of something else; B015 for one that is damaged.
        """
        self.path = path
        self._next = 1
        self._look()
        with self._whole():
            self._file = sqlite3.connect("" if path is None else path, timeout=0, isolation_level=None)
        try:
            with self._whole():
                self._open(dict(of))
        except BaseException:
            self._file.close()
            raise

    @classmethod
    def discard(cls, path: Path) -> None:
        """Delete a journal, damaged or not, so that an import begins anew; none is fine.

        Raises:
            Rejected: B014 for a file that is no journal, B015 for one that another process writes: they are left alone.
        """
        try:
            with path.open("rb") as file:
                begins = file.read(_SHORTEST)
        except FileNotFoundError:
            return
        if begins and begins[_MARKED : _MARKED + 4] != _MARK.to_bytes(4):
            raise cls._of(path, B014, "is no journal of an import")
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as held:
            try:
                held.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as why:
                raise cls._of(path, B015, "cannot be used: {why}", why=brief(str(why))) from why
            except sqlite3.DatabaseError:  # it is damaged, and goes all the same
                pass
        for it in (path, path.with_name(f"{path.name}-journal")):
            it.unlink(missing_ok=True)

    def _look(self) -> None:
        """Refuse what SQLite would take for an empty file, and write over: it looks no closer at a short one."""
        if self.path is not None and self.path.is_file():
            with self._whole(), self.path.open("rb") as file:
                begins = file.read(_SHORTEST)
            if begins and not begins.startswith(_BEGINS):
                raise self._refused(B014, "is no journal of an import")
            if 0 < len(begins) < _SHORTEST:
                raise self._refused(B015, "is cut off")

    def _open(self, of: dict[str, str]) -> None:
        kept = self.path is not None
        mark, version, tables = (
            self._one(f"{asked}")
            for asked in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_master")
        )
        if (mark, version) != (_MARK, VERSION) and (mark or version or tables):
            what = "is no journal of an import" if mark != _MARK else "is a journal of another version"
            raise self._refused(B014, what)
        # Nothing waits for the disk. What is temporary needs no way back either.
        for how in ("synchronous=OFF", "locking_mode=EXCLUSIVE", f"cache_size={_CACHE}",
                    f"journal_mode={'TRUNCATE' if kept else 'OFF'}"):  # fmt: skip
            self._file.execute(f"PRAGMA {how}")
        if mark:
            self._go_on(of)
        else:
            said = {"version": str(VERSION), **{f"of {what}": it for what, it in of.items()}}
            self._file.executescript(
                f"BEGIN IMMEDIATE; {_TABLES} PRAGMA application_id={_MARK}; PRAGMA user_version={VERSION};"
            )
            self._file.executemany("INSERT INTO about VALUES (?, ?)", said.items())
            self._file.execute("COMMIT")

    def _go_on(self, of: dict[str, str]) -> None:
        """Go on with what was begun, if it is whole and of the same."""
        self._file.execute("BEGIN IMMEDIATE")  # nobody else writes it from now on
        self._file.execute("COMMIT")
        found = self._one("PRAGMA quick_check(1)")
        if found != "ok":
            raise self._refused(B015, "is damaged: {why}", why=brief(found))
        was = {what.removeprefix("of "): said for what, said in self.ask("SELECT * FROM about WHERE what LIKE 'of %'")}
        differ = sorted(what for what in was.keys() | of.keys() if was.get(what) != of.get(what))
        if differ:
            raise self.foreign(*differ)
        self._next = 1 + (self._one("SELECT max(n) FROM draft") or 0)

    # --- taking in ----------------------------------------------------------------------------------------------------

    def add_source(
        self, n: int, name: str, *, columns: Sequence[str] = (), headers: Mapping[str, str] = frozendict()
    ) -> None:
        """Note a source, by its place among those given.

        Args:
            n: Its number.
            name: What it is called.
            columns: Its headers.
            headers: Which of them the mapping means, by the header as the mapping writes it.
        """
        with self.transaction():
            self._file.execute(
                "INSERT INTO source VALUES (?, ?, '{}', ?, ?, 0, 0, 0, '{}', 0)"
                " ON CONFLICT (n) DO UPDATE SET columns = excluded.columns, headers = excluded.headers",
                (n, clean(name), json.dumps(list(columns)), json.dumps(dict(headers))),
            )

    def put(self, source: int, batch: Batch | Packed, reached: int) -> None:
        """Take a batch in, with how many rows of the source are in with it: both or neither."""
        its = batch if isinstance(batch, Packed) else pack(source, batch)
        with self.transaction():
            many = self._file.executemany
            many("INSERT INTO draft VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)", its.drafts)
            names = ((self._next + n, *it) for n, *it in its.names)
            many("INSERT INTO reference VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, '')", names)
            self._say(its.faults, its.rejected)
            self._file.execute("UPDATE source SET reached = ? WHERE n = ?", (reached, source))
        self._next += len(its.drafts)

    def finish(
        self, n: int, *, good: int, faulty: int, skipped: Mapping[str, int], told: Mapping[str, Any] = frozendict()
    ) -> None:
        """Note that a source was read to its end, and its own account: see `Rows`."""
        read = good + faulty + sum(skipped.values())
        with self.transaction():
            self._file.execute(
                "UPDATE source SET told = ?, read = ?, faulty = ?, skipped = ?, done = 1 WHERE n = ?",
                (json.dumps(dict(told), default=str), read, faulty, json.dumps(dict(skipped)), n),
            )

    def add_known(self, known: Iterable[tuple[str, str, str, str, int]]) -> None:
        """Take in the records of an existing book: type, id, name, the system that may miss it, and its place."""
        with self.transaction():
            self._file.executemany("INSERT OR REPLACE INTO known VALUES (?, ?, ?, ?, ?)", known)

    def add_faults(self, source: int, faults: Iterable[Fault]) -> None:
        """Note faults of a source. An error rejects its row; what else that changes is for `unsettle`."""
        with self.transaction():
            self.say(source, faults)

    def say(self, source: int, faults: Iterable[Fault]) -> None:
        """Note faults within a transaction."""
        its = list(faults)
        wrong = [(source, it.record, it.line) for it in its if it.severity is Severity.ERROR and it.record]
        self._say(pack_faults(source, its), wrong)

    def _say(self, faults: Sequence[Line], rejected: Sequence[Line]) -> None:
        many = self._file.executemany
        many("INSERT INTO fault VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", faults)
        many("INSERT OR IGNORE INTO rejected VALUES (?, ?, ?)", rejected)

    # --- asking -------------------------------------------------------------------------------------------------------

    def reached(self, source: int) -> int:
        """Say how many rows of a source are in; none of one that was not added yet."""
        with self._whole():
            return int(self._one("SELECT reached FROM source WHERE n = ?", source) or 0)

    def done(self, source: int) -> bool:
        """Tell whether a source was read to its end."""
        with self._whole():
            return bool(self._one("SELECT done FROM source WHERE n = ?", source))

    def begun(self, source: int) -> bool:
        """Tell whether anything of a source is in."""
        with self._whole():
            return bool(self._one("SELECT 1 FROM draft WHERE source = ? LIMIT 1", source))

    def names(self) -> dict[int, str]:
        """Give the names of the sources, by number."""
        with self._whole():
            return dict(self.ask("SELECT n, name FROM source ORDER BY n"))

    def headers(self) -> dict[int, dict[str, str]]:
        """Give for each source which of its headers the mapping means."""
        with self._whole():
            return {n: json.loads(said) for n, said in self.ask("SELECT n, headers FROM source")}

    def standing(self, only: Sequence[int] | None = None, *, unsure: bool = False) -> Iterator[Standing]:
        """Give what stands, in the order of sources and rows; or these alone, by their numbers.

        Args:
            only: The numbers.
            unsure: Whether to leave out what was asked already, and is good.
        """
        asked = "SELECT n, source, record, line, type, id, document FROM draft WHERE state = ''"
        if unsure:
            asked += " AND good = 0"
        with self._whole():
            if only is None:
                for row in self.ask(f"{asked} ORDER BY source, record, n"):
                    yield Standing(*row)
            else:
                for n in only:
                    for row in self.ask(f"{asked} AND n = ?", n):
                        yield Standing(*row)

    def rows(self, draft: int) -> list[tuple[int, int]]:
        """Give the sources and lines of all rows that a document was made of, in their order."""
        asked = """SELECT d.source, d.line FROM draft s JOIN draft d ON d.type = s.type AND d.id = s.id
          WHERE s.n = ? AND (d.n = s.n OR d.state = 'merged') ORDER BY d.source, d.record"""
        with self._whole():
            return self.ask(asked, draft).fetchall()

    def giver(self, draft: int, path: str) -> tuple[int, int, int, int, str]:
        """Say which row gave what stands at a path: its source, record and line, what made it, and the path there."""
        ends = [i for i, c in enumerate(path) if c in ".["]
        prefixes = [path, *(path[:i] for i in reversed(ends))]
        with self._whole():
            for prefix in prefixes:
                for giver, own in self.ask("SELECT giver, own FROM part WHERE draft = ? AND path = ?", draft, prefix):
                    draft, path = giver, own + path[len(prefix) :]
                    break
                else:
                    continue
                break
            row = self.ask("SELECT source, record, line, made_by FROM draft WHERE n = ?", draft).fetchone()
        return (*row, path)

    def faults(self, source: int | None = None) -> Iterator[Fault]:
        """Give all faults in the order of sources, lines, columns and codes; one that was said twice, once.

        Those of one source alone are given in the order of its records.
        """
        asked = _ALL_FAULTS if source is None else _FAULTS_OF_ONE
        with self._whole():
            names, last = self.names(), None
            for n, *rest in self.ask(asked, *([] if source is None else [source])):
                record, line, column, field, code, severity, *texts = rest
                it = Fault(names[n], line, record, column, field, code, Severity(severity), *texts)
                if it != last:
                    yield it
                last = it

    def rejected(self, source: int) -> Iterator[int]:
        """Give the records of a source that were rejected, in their order."""
        with self._whole():
            asked = "SELECT record FROM rejected WHERE source = ? AND record ORDER BY record"
            for (record,) in self.ask(asked, source):
                yield record

    def account(self) -> Account:
        """Say what became of all rows. Ask when all sources were read."""
        with self._whole():
            its = tuple(
                [self._account(*row) for row in self.ask("SELECT n, name, read, skipped FROM source ORDER BY n")]
            )
        skipped: dict[str, int] = {}
        for it in its:
            for why, many in it.skipped.items():
                skipped[why] = skipped.get(why, 0) + many
        sums = (sum(it.read for it in its), sum(it.accepted for it in its), sum(it.rejected for it in its))
        return Account("", *sums, frozendict(skipped), its)

    def _account(self, n: int, name: str, read: int, skipped: str) -> Account:
        without = {why: many for why, many in json.loads(skipped).items() if many}
        rejected = self._one("SELECT count(*) FROM rejected WHERE source = ? AND record", n)
        accepted, same = self._one(_ROWS, n, 1), self._one(_ROWS, n, 0)
        nothing = read - sum(without.values()) - accepted - same - rejected
        for why, many in (("same", same), ("nothing", nothing)):
            if many:
                without[why] = without.get(why, 0) + many
        return Account(name, read, accepted, rejected, frozendict(without))

    # --- changing -----------------------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all of what follows, or nothing."""
        with self._whole():
            self._file.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                with suppress(sqlite3.Error):
                    self._file.execute("ROLLBACK")
                raise
            self._file.execute("COMMIT")

    def ask(self, what: str, *params: Any) -> sqlite3.Cursor:
        """Ask the tables, or change them within a transaction."""
        return self._file.execute(what, params)

    def each(self, what: str, rows: Iterable[Sequence[Any]]) -> None:
        """Change the tables for each of some rows."""
        self._file.executemany(what, rows)

    def told(self, what: str) -> str | None:
        """Say what was noted of the import as a whole."""
        said: str | None = self._one("SELECT said FROM about WHERE what = ?", what)
        return said

    def note(self, what: str, said: str) -> None:
        """Note something of the import as a whole, within a transaction."""
        self.ask("INSERT OR REPLACE INTO about VALUES (?, ?)", what, said)

    def index(self) -> None:
        """Make the indices, once all is read."""
        for one in _INDICES.strip().splitlines():
            self.ask(one)

    # --- what may go wrong --------------------------------------------------------------------------------------------

    def _one(self, what: str, *params: Any) -> Any:
        row = self._file.execute(what, params).fetchone()
        return None if row is None else row[0]

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Refuse a file that is damaged or cannot be written, whatever SQLite says of it."""
        try:
            yield
        except Rejected:
            raise
        except _DAMAGE as why:
            raise self._refused(B015, "cannot be used: {why}", why=brief(str(why))) from why
        except _UNREAD as why:
            if self.path is None:
                raise
            raise self._refused(B015, "cannot be used: {why}", why=brief(str(why))) from why

    def foreign(self, *differ: str) -> Rejected:
        """Give the refusal of a journal that is of another import: B014."""
        return self._refused(B014, "is of another import: what differs is {parts}", parts=", ".join(differ))

    def _refused(self, rule: Rule, what: str, **params: object) -> Rejected:
        return self._of(self.path, rule, what, **params)

    @staticmethod
    def _of(path: Path | None, rule: Rule, what: str, **params: object) -> Rejected:
        place = "a temporary file" if path is None else repr(str(path))
        return Rejected.over(rule, f"{{journal}} {what}", "", of="journal: cannot be used", journal=place, **params)

    def close(self) -> None:
        """Close the file; a temporary one is gone."""
        self._file.close()

    def __enter__(self) -> Self:
        """Give the journal, which is closed at the end."""
        return self

    def __exit__(self, kind: type[BaseException] | None, why: BaseException | None, at: TracebackType | None) -> None:
        """Close the file."""
        self.close()


RULES: tuple[Rule, ...] = (B014, B015)
