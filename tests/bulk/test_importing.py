"""The door: whatever is given, what is good becomes records, what is not is told, and nothing is lost or written over."""

import json
import stat
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from coaching import Book, Interview, Person, Rejected
from coaching.bulk import importing, merging
from coaching.bulk.importing import Progress, import_records
from coaching.bulk.journal import Journal
from coaching.formats.documents import dumps
from coaching.formats.lines import load_book
from stage import refused
from stage.imports import (
    HEADER,
    LATER,
    NOON,
    PERSON,
    STAFF,
    TALK,
    book_of,
    good,
    imported,
    places,
    refusal,
    row,
    staff,
    table,
)
from stage.tables import parquet, xlsx

BAD = [row("7", Hired="2023-02-30"), row("8", Kind="Robot")]


def by_id(book, kind=Person):
    """The records of a kind, by their ids."""
    return {it.id: it for it in book if isinstance(it, kind)}


def grid(rows):
    """Rows as a sheet."""
    return [list(HEADER), *([it[header] for header in HEADER] for it in rows)]


KINDS = {
    "csv": table,
    "ndjson": lambda rows: b"".join(json.dumps(it).encode() + b"\n" for it in rows),
    "json": lambda rows: json.dumps(rows).encode(),
    "xlsx": lambda rows: xlsx({"Staff": grid(rows)}),
    "parquet": lambda rows: parquet(pa.Table.from_pylist(rows)),
    "dicts": lambda rows: rows,
    "lines": lambda rows: [table(rows).decode().splitlines()],
    "frame": pa.Table.from_pylist,
    "frame read once": lambda rows: pa.Table.from_pylist(rows).to_reader(),
}


class TestSources:
    """Whatever a source is, the same comes of it."""

    @pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
    def test_every_kind(self, kind):
        wanted = imported(table([*good(), *BAD]))
        done = imported(kind([*good(), *BAD]))
        assert by_id(done.book).keys() == by_id(wanted.book).keys() == {*"123456"}
        assert [(it.record, it.column, it.code) for it in done.report.faults] == [
            (7, "Hired", "B003"),
            (8, "Kind", "B040"),
        ]
        assert done.report.read == 8
        assert (done.report.accepted, done.report.rejected) == (6, 2)
        for it, other in zip(done.book, wanted.book, strict=True):
            assert it.history[0].reason.split()[-1] in other.history[0].reason or kind is not KINDS["csv"]
            assert it.content == other.content if hasattr(it, "content") else it.id == other.id

    def test_where_a_record_stood_is_in_its_history(self):
        book = imported(table(good(2)), source="payroll").book
        entry = by_id(book)["2"].history[0]
        assert (entry.by, entry.at, entry.source, entry.reason) == ("hr", NOON, "payroll", "source 1 line 3")

    def test_several_files_are_one(self):
        """References go from one to the other, and each has its account."""
        rows = good(6)
        done = imported([table(rows[3:]), table(rows[:3]), table(BAD)])
        assert {id: it.positions[0].managers[0].manager for id, it in by_id(done.book).items() if id != "1"} == {
            "2": "1", "3": "1", "4": "2", "5": "2", "6": "3",
        }  # fmt: skip
        assert {name: (it.accepted, it.rejected) for name, it in done.report.accounts.items()} == {
            "source 1": (3, 0), "source 2": (3, 0), "source 3": (0, 2),
        }  # fmt: skip
        assert {it.source for it in done.report.faults} == {"source 3"}

    def test_a_file_is_taken_for_the_source_that_is_said(self, tmp_path):
        mapping = {
            "defaults": STAFF["defaults"],
            "sources": {"people": {}, "half years": {}},
            "records": [{**PERSON, "source": "people"}, {**TALK, "source": "half years"}],
        }
        (tmp_path / "a.csv").write_bytes(table(good(4)))
        (tmp_path / "b.csv").write_bytes(table(good(4)))
        done = imported([f"half years={tmp_path}/a.csv", f"people={tmp_path}/b.csv"], mapping)
        assert (len(by_id(done.book)), len(by_id(done.book, Interview))) == (4, 2)
        assert done.report.accounts["a.csv"].skipped == {"nothing": 2}

    def test_a_pattern_with_a_folder(self, tmp_path):
        """Fits the path, and not the name alone."""
        for folder in ("staff", "talks"):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "export.csv").write_bytes(table(good(4)))
        mapping = {
            "defaults": STAFF["defaults"],
            "sources": {"people": {"file": "*staff/*.csv"}, "talks": {"file": "*talks/*.csv"}},
            "records": [{**PERSON, "source": "people"}, {**TALK, "source": "talks"}],
        }
        files = [tmp_path / "talks" / "export.csv", tmp_path / "staff" / "export.csv"]
        done = imported(files, mapping)
        assert (len(by_id(done.book)), len(by_id(done.book, Interview))) == (4, 2)
        assert sorted(done.report.accounts) == sorted(map(str, files))

    def test_objects_of_which_later_ones_name_more(self):
        """Columns grow with the reading: they are known before it."""
        rows = [{key: it for key, it in row(n, **more).items() if it}
                for n, more in ((1, {"Boss": "2"}), (2, {"Left": "2023-01-31", "Talk": "2022-01-31"}))]  # fmt: skip
        done = imported(rows)
        assert by_id(done.book)["2"].employments[0].to.isoformat() == "2023-01-31"
        nested = pa.table({"who": pa.array([None, {"ID": "2", "Name": "Ole"}])})
        done = imported(nested, {"records": [{"type": "person", "fields": {"id": "who.ID", "name": "who.Name"}}]})
        assert [it.name for it in done.book] == ["Ole"]

    def test_the_order_of_days_is_looked_for(self):
        """One pass more, over good rows and bad ones."""
        rows = [row("1", Hired="13/05/2020", Talk="1/2/2024"), row("2", Hired="2/3/2020", Talk="25/12/2023")]
        text = table(rows) + b"ragged\n"
        done = imported(text, {**STAFF, "defaults": {}})
        assert {id: it.employments[0].from_.isoformat() for id, it in by_id(done.book).items()} == {
            "1": "2020-05-13", "2": "2020-03-02",
        }  # fmt: skip
        short = [{"ID": "1", "Name": "Anna"}, {"ID": "2", "Name": "Ole", "Hired": "13/05/2020"}]
        hired = {"type": "person", "fields": {"id": "ID", "name": "Name", "employments": [{"from": "Hired"}]}}
        assert len(imported(short, {"records": [hired]}).book) == 2

    def test_unused_columns_are_listed(self):
        text = table([{**row("1"), "Colour": "red"}], (*HEADER, "Colour"))
        assert imported(text).report.accounts["source 1"].unused == {"Colour"}

    def test_nothing_is_read_of_nothing(self):
        for source in (table([]), [{}][:0] or [[]]):
            mapping = STAFF if isinstance(source, bytes) else {"own": True}
            done = imported(source, mapping)
            assert (done.report.read, len(done.book)) == (0, 0)


class TestLookups:
    """A small table says what stands for a key."""

    MAPPING: ClassVar = {
        "defaults": {**STAFF["defaults"], "strip": [".0"]},
        "sources": {"people": {"file": "staff*"}, "jobs": {"file": "jobs*"}},
        "lookups": {"titles": {"source": "jobs", "key": "job id", "value": "TITLE", "only": {"Lang": ["en"]}}},
        "records": [
            {
                "type": "person",
                "source": "people",
                "fields": {
                    "id": "ID",
                    "name": "Name",
                    "given_name": {"column": "Title", "lookup": "titles"},
                },
            }
        ],
    }

    def test_whatever_the_file_is(self, tmp_path):
        """Headers match without case, keys without what is stripped; blank keys and bad rows are none."""
        (tmp_path / "staff.csv").write_bytes(table([row("1", Title="7"), row("2", Title="8.0"), row("3", Title="9")]))
        jobs = [
            {"Job ID": "7.0", "Title": "Lead", "lang": "EN"},
            {"Job ID": "7", "Title": "Chef", "lang": "sv"},
            {"Job ID": "8", "lang": "en", "Title": "Coach"},
            {"Job ID": "", "lang": "en", "Title": "Nobody"},
        ]
        lines = ["Job ID,Title,Lang", "7.0,Lead,EN", "7,Chef,sv", "8,Coach,en", ",Nobody,en", "9,ragged"]
        for name, content in (("jobs.json", json.dumps(jobs)), ("jobs.csv", "\n".join(lines))):
            (tmp_path / name).write_text(content)
            done = imported([tmp_path / name, tmp_path / "staff.csv"], self.MAPPING)
            assert [(it.line, it.column, it.code) for it in done.report.faults if it.source == "staff.csv"] == [
                (4, "Title", "B044")
            ]
            assert {id: it.given_name for id, it in by_id(done.book).items()} == {"1": "Lead", "2": "Coach"}

    def test_a_key_that_stands_for_two_things_is_refused(self, tmp_path):
        (tmp_path / "staff.csv").write_bytes(table(good(1)))
        (tmp_path / "jobs.csv").write_text("Job ID,Title,Lang\n7,Lead,en\n7,Lead,en\n7.0,Chef,en\n")
        both = [tmp_path / "jobs.csv", tmp_path / "staff.csv"]
        assert refusal(both, self.MAPPING) == [("B044", "lookups.titles")]
        with pytest.raises(Rejected, match="1 of its keys stand for several things; the first stands again on line 4"):
            imported(both, self.MAPPING)

    def test_a_header_that_is_missing_is_told(self, tmp_path):
        (tmp_path / "staff.csv").write_bytes(table(good(1)))
        (tmp_path / "jobs.csv").write_text("Job ID,Lang\n7,en\n")
        found = refusal([tmp_path / "jobs.csv", tmp_path / "staff.csv"], self.MAPPING)
        assert found == [("B034", "lookups.titles.value")]


class TestModes:
    """Who may be in the book, and who has to be."""

    def test_insert_takes_only_who_is_new(self):
        first = imported(table(good(2))).book
        done = imported(table(good(4)), into=first, mode="insert", at=LATER)
        assert places(done) == [(2, "ID", "B054"), (3, "ID", "B054")]
        assert done.report.records["person"] == {"new": 2}
        assert by_id(done.book).keys() == {*"1234"}
        assert all(it in done.book for it in first)

    def test_update_takes_only_who_is_there(self):
        first = imported(table(good(2))).book
        rows = [row("1", Name="Renamed"), *good(3)[2:]]
        done = imported(table(rows), into=first, mode="update", at=LATER)
        assert places(done) == [(3, "ID", "B055")]
        assert by_id(done.book)["1"].name == "Renamed"
        assert by_id(done.book).keys() == {*"12"}

    def test_upsert_takes_both(self):
        done = imported(table(good(4)), into=imported(table(good(2))).book, at=LATER)
        assert done.report.records == {"person": {"new": 2, "unchanged": 2}, "interview": {"new": 1, "unchanged": 1}}

    def test_the_value_stands_in_the_message_alone(self):
        done = imported(table([row("secret-id")]), into=imported(table([row("secret-id")])).book, mode="insert")
        (fault,) = done.report.faults
        assert "secret-id" in fault.message
        assert "secret-id" not in fault.what

    def test_what_a_row_makes_besides_goes_with_it(self):
        """Whoever adds people to a unit that is there adds people."""
        unit = {"type": "organisation", "fields": {"id": "Title", "name": "Title", "kinds": {"value": ["employer"]}}}
        mapping = {**STAFF, "records": [PERSON, unit]}
        first = imported(table(good(2)), mapping).book
        done = imported(table(good(4)), mapping, into=first, mode="insert", at=LATER)
        assert [line for line, _, code in places(done) if code == "B054"] == [2, 3]
        assert done.report.records == {"organisation": {"unchanged": 1}, "person": {"new": 2}}

    def test_rows_of_several_files(self):
        first = imported(table(good(2))).book
        done = imported([table(good(2)[:1]), table(good(2)[1:])], into=first, mode="insert", at=LATER)
        assert [(it.source, it.line) for it in done.report.faults] == [("source 1", 2), ("source 2", 2)]


class TestOutcome:
    """Check only, good rows, or all or nothing."""

    def test_without_a_book_it_is_checked(self):
        done = imported(table([*good(), *BAD]), into=None)
        assert (done.written, done.book, done.report.accepted, done.report.records) == (False, None, 6, {})

    def test_good_rows_are_taken(self):
        done = imported(table([*good(), *BAD]))
        assert done.written
        assert len(by_id(done.book)) == 6

    def test_all_or_nothing(self, tmp_path):
        into = tmp_path / "book.ndjson"
        done = imported(table([*good(), *BAD]), accept="all", into=into)
        assert (done.written, into.exists(), done.report.rejected, len(done.changes.listed)) == (False, False, 2, 0)
        done = imported(table(good()), accept="all", into=into)
        assert (done.written, into.exists()) == (True, True)

    def test_a_dry_run_writes_nothing_and_says_what_would_change(self, tmp_path):
        into = tmp_path / "book.ndjson"
        imported(table(good(3)), into=into)
        before = into.read_bytes()
        rows = [row("1", Talk="2024-03-05", Name="Renamed"), *good(4)[1:]]
        done = imported(table(rows), into=into, dry_run=True, at=LATER)
        assert (done.written, into.read_bytes(), done.book) == (False, before, None)
        assert [p.name for p in tmp_path.iterdir()] == ["book.ndjson"]
        assert {(it.id, it.fate.value) for it in done.changes.listed} == {("1", "changed"), ("4", "new")}
        assert done.changes.as_dict()["counts"]["person"] == {"changed": 1, "new": 1, "unchanged": 2}
        told = done.changes.told(values=True)
        assert "person 1: changed" in told
        assert "Renamed" in told
        assert "Renamed" not in done.changes.told()
        imported(table(rows), into=into, at=LATER)
        assert into.read_bytes() != before

    def test_a_rule_of_the_record_rejects_its_row(self):
        """At the column that says it, once for a cell that fills several fields; and who names it goes without."""
        rows = [row("1"), row("2", Boss="1"), row("3", Left="2019-01-01", Boss="1"), row("4", Boss="3")]
        done = imported(table(rows))
        assert by_id(done.book).keys() == {*"124"}
        errors = [(it.line, it.column) for it in done.report.faults if it.severity == "error"]
        assert len(errors) == len(set(errors))
        assert {line for line, _ in errors} == {4}
        assert [(it.line, it.code) for it in done.report.faults if it.severity == "warning"] == [(5, "B004")]
        assert by_id(done.book)["4"].extra["Boss"] == "3"

    def test_a_refusal_may_lead_to_another(self):
        """Who cannot be without whoever was refused is asked again, until nothing changes."""
        mapping = staff()
        mapping["records"][0] = json.loads(json.dumps(PERSON))
        mapping["records"][0]["fields"]["positions"][0]["managers"][0]["manager"] = {
            "column": "Boss",
            "missing": "reject",
        }
        rows = [row("1", Left="2019-01-01"), row("2", Boss="1"), row("3", Boss="2"), row("4")]
        done = imported(table(rows), mapping)
        assert by_id(done.book).keys() == {"4"}
        assert done.report.rejected == 3

    def test_what_is_listed_is_bounded_and_what_is_counted_is_exact(self):
        done = imported(table([row(n, Hired="soon") for n in range(9)] + good(0)), most=3)
        assert (len(done.report.faults), done.report.errors) == (3, 9)
        done = imported(table(good(9)), most=2)
        assert len(done.changes.listed) == 2
        assert done.changes.as_dict()["unlisted"] == 12
        assert done.changes.told().endswith("and 12 more")
        assert len(imported(table(good(9)), most=None).changes.listed) == 14


class TestFiles:
    """Into a file: new, existing, empty, broken."""

    def test_a_new_one(self, tmp_path):
        into = tmp_path / "book.ndjson"
        done = imported(table(good()), into=into)
        assert into.read_bytes() == book_of(imported(table(good())).book)
        assert (done.written, done.book) == (True, None)
        assert [p.name for p in tmp_path.iterdir()] == ["book.ndjson"]

    def test_an_empty_one(self, tmp_path):
        into = tmp_path / "book.ndjson"
        into.write_bytes(b"\n \n")
        imported(table(good()), into=into)
        assert into.read_bytes() == book_of(imported(table(good())).book)

    def test_what_nobody_says_anything_of_stays_to_the_byte(self, tmp_path):
        """Ends of lines too, and a last line that is not ended; new records stand behind."""
        into = tmp_path / "book.ndjson"
        there = [dumps(it) for it in imported(table([row("a"), row("b"), row("c")])).book]
        into.write_bytes(b"  " + there[0] + b"\r\n\n" + there[1].replace(b'":', b'" : ', 3) + b"\n" + there[2])
        before = [line for line in into.read_bytes().split(b"\n") if line]
        imported(table(good()), into=into)
        after = into.read_bytes().split(b"\n")
        assert after[:3] == before
        assert b"\n".join(after[3:]) == book_of(imported(table(good())).book)

    @pytest.mark.parametrize("line", [b"[]", b"{", b'{"type":"person","id":7,"history":[]}', b"\xff", b"x" * 99])
    def test_a_line_that_is_no_record(self, line, tmp_path):
        """It is told with its line, and nothing is written."""
        into = tmp_path / "book.ndjson"
        into.write_bytes(dumps(next(iter(imported(table([row("a")])).book))) + b"\n\n" + line + b"\n")
        before = into.read_bytes()
        (found,) = refused(lambda: imported(table(good()), into=into))
        assert (found.code, found.path, found.params["line"]) == ("V018", "into", 3)
        assert (into.read_bytes(), [p.name for p in tmp_path.iterdir()]) == (before, ["book.ndjson"])

    def test_a_record_that_shows_to_be_none_when_it_is_changed(self, tmp_path):
        into = tmp_path / "book.ndjson"
        (person,) = imported(table([row("1")])).book
        into.write_bytes(dumps(person).replace(b'"Person 1"', b'""') + b"\n")
        before = into.read_bytes()
        assert refusal(table(good()), into=into) != []
        assert (into.read_bytes(), [p.name for p in tmp_path.iterdir()]) == (before, ["book.ndjson"])

    def test_what_the_system_says(self, tmp_path):
        with pytest.raises(FileNotFoundError):
            imported(table(good()), into=tmp_path / "none" / "book.ndjson")
        with pytest.raises(IsADirectoryError):
            imported(table(good()), into=tmp_path)
        with pytest.raises(FileNotFoundError):
            imported(tmp_path / "none.csv")

    def test_who_may_read_it_stays(self, tmp_path):
        """And a link leads to it still."""
        into, link = tmp_path / "book.ndjson", tmp_path / "link"
        imported(table(good(2)), into=into)
        into.chmod(0o600)
        link.symlink_to(into)
        imported(table(good(4)), into=link, at=LATER)
        assert link.is_symlink()
        assert stat.S_IMODE(into.stat().st_mode) == 0o600
        assert len(by_id(load_book(into.read_bytes()))) == 4

    def test_who_writes_at_the_same_time(self, tmp_path):
        """Nobody is left with half a book."""
        into = tmp_path / "book.ndjson"
        imported(table(good(2)), into=into)
        before = into.read_bytes()

        def stop(now):
            if now.phase == "write":
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            imported(table(good(4)), into=into, progress=stop)
        assert into.read_bytes() == before
        assert [p.name for p in tmp_path.iterdir()] == ["book.ndjson"]


class TestRejects:
    """The rejected rows, to be mended and fed in again."""

    def test_none_is_written_where_nothing_is_rejected(self, tmp_path):
        """And one of before is gone: its rows are in."""
        bad = tmp_path / "bad.csv"
        assert imported(table([*good(), *BAD]), rejects=bad).rejects == (bad,)
        assert bad.exists()
        assert imported(table(good()), rejects=bad).rejects == ()
        assert not bad.exists()

    def test_each_source_has_its_own(self, tmp_path):
        bad = tmp_path / "bad.csv"
        (tmp_path / "a.csv").write_bytes(table(BAD))
        (tmp_path / "b.csv").write_bytes(table([*BAD[:1], row("99", Boss="nobody")]))
        done = imported([tmp_path / "a.csv", tmp_path / "b.csv", table(good())], rejects=bad)
        assert [it.name for it in done.rejects] == ["bad-a.csv", "bad-b.csv"]
        assert [it.read_bytes().count(b"\n") for it in done.rejects] == [3, 2]

    def test_two_of_one_name_are_numbered(self, tmp_path):
        for folder in "ab":
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "people.csv").write_bytes(table(BAD))
        sources = [tmp_path / "a" / "people.csv", tmp_path / "b" / "people.csv"]
        done = imported(sources, rejects=tmp_path / "bad.csv")
        assert [it.name for it in done.rejects] == ["bad-people-1.csv", "bad-people-2.csv"]

    def test_they_are_written_before_the_book(self, tmp_path):
        """Where they cannot be, nothing is."""
        into = tmp_path / "book.ndjson"
        with pytest.raises(FileNotFoundError):
            imported(table(BAD), into=into, rejects=tmp_path / "none" / "bad.csv")
        assert not into.exists()

    def test_of_whatever_was_given(self, tmp_path):
        for name, kind in KINDS.items():
            done = imported(kind([*good(), *BAD]), rejects=tmp_path / f"{name}.bad")
            again = imported(done.rejects[0], into=None)
            assert [(it.column, it.code) for it in again.report.faults] == [("Hired", "B003"), ("Kind", "B040")], name


class Stops(Exception):
    """Somebody stops an import."""


def stop_at(phase, after=0):
    """Stop in a phase, so many calls after its beginning."""
    calls = []

    def told(now):
        if now.phase == phase:
            calls.append(now)
            if len(calls) > after:
                raise Stops

    return told


class TestJournal:
    """An import that was stopped goes on."""

    def test_it_is_gone_at_the_end(self, tmp_path):
        imported(table(good()), into=tmp_path / "book", journal=tmp_path / "journal")
        assert [p.name for p in tmp_path.iterdir()] == ["book"]

    @pytest.mark.parametrize("phase", ["read", "settle", "write"])
    def test_it_goes_on_with_what_was_read_and_its_time(self, phase, tmp_path, monkeypatch):
        monkeypatch.setattr(importing, "BATCH", 2)
        into, journal = tmp_path / "book", tmp_path / "journal"
        rows = table([*good(9), BAD[0], row("8", Left="2019-01-01")])
        with pytest.raises(Stops):
            imported(rows, into=into, journal=journal, progress=stop_at(phase, after=phase == "read"))
        assert journal.exists()
        assert not into.exists()
        seen = []
        imported(rows, into=into, journal=journal, resume=True, at=LATER, progress=seen.append)
        assert into.read_bytes() == book_of(imported(rows).book)
        read = [it.done for it in seen if it.phase == "read"]
        assert read == ([6, 8, 10, 11] if phase == "read" else [])
        assert [p.name for p in tmp_path.iterdir()] == ["book"]

    def test_of_a_zone(self, tmp_path):
        """When it began is a moment and a day where it was said."""
        at = datetime(2026, 3, 29, 0, 30, tzinfo=ZoneInfo("Europe/Stockholm"))
        rows = table(good(3))
        with pytest.raises(Stops):
            imported(rows, into=tmp_path / "book", journal=tmp_path / "journal", progress=stop_at("write"), at=at)
        imported(rows, into=tmp_path / "book", journal=tmp_path / "journal", resume=True)
        assert (tmp_path / "book").read_bytes() == book_of(imported(rows, at=at).book)

    def test_without_resume_it_begins_anew(self, tmp_path):
        into, journal = tmp_path / "book", tmp_path / "journal"
        with pytest.raises(Stops):
            imported(table(good(3)), into=into, journal=journal, progress=stop_at("settle"))
        imported(table(good(4)), into=into, journal=journal, at=LATER)
        assert into.read_bytes() == book_of(imported(table(good(4)), at=LATER).book)
        assert not journal.exists()

    @pytest.mark.parametrize(
        "other",
        [
            {"sources": table(good(3))},
            {"mapping": staff(duplicates="first")},
            {"by": "somebody"},
            {"source": "payroll"},
            {"mode": "insert"},
        ],
        ids=str,
    )
    def test_it_goes_on_with_the_same_alone(self, other, tmp_path):
        how = {"sources": table(good(2)), "into": tmp_path / "book", "journal": tmp_path / "journal"}
        with pytest.raises(Stops):
            imported(**how, progress=stop_at("settle"))
        with pytest.raises(Rejected) as refusal:
            imported(**{**how, **other}, resume=True)
        assert refusal.value.codes == ("B014",)
        imported(**how, resume=True)

    def test_files_that_serve_as_something_else(self, tmp_path):
        """The roles count, not the names."""
        mapping = {
            "defaults": STAFF["defaults"],
            "sources": {"people": {}, "talks": {}},
            "records": [{**PERSON, "source": "people"}, {**TALK, "source": "talks"}],
        }
        (tmp_path / "a.csv").write_bytes(table(good(4)))
        (tmp_path / "b.csv").write_bytes(table(good(4)))
        how = {"mapping": mapping, "journal": tmp_path / "journal"}
        with pytest.raises(Stops):
            imported([f"people={tmp_path}/a.csv", f"talks={tmp_path}/b.csv"], **how, progress=stop_at("settle"))
        other = [f"talks={tmp_path}/a.csv", f"people={tmp_path}/b.csv"]
        assert refusal(other, **how, resume=True) == [("B014", "")]

    def test_a_book_that_somebody_changed_meanwhile(self, tmp_path):
        into, journal = tmp_path / "book", tmp_path / "journal"
        with pytest.raises(Stops):
            imported(table(good(3)), into=into, journal=journal, progress=stop_at("settle"))
        imported(table(good(1)), into=into)
        assert refusal(table(good(3)), into=into, journal=journal, resume=True) == [("B014", "")]

    @pytest.mark.parametrize("existing", [0, 2])
    def test_killed_when_the_book_was_written(self, existing, tmp_path, monkeypatch):
        """It is not written a second time, and what it did is counted."""
        into, journal = tmp_path / "book", tmp_path / "journal"
        if existing:
            imported(table(good(existing)), into=into)
        rows = table([row("1", Name="Renamed"), *good(4)[1:], *BAD])
        wanted = imported(rows, into=into, dry_run=True, at=LATER)
        how = {"into": into, "journal": journal, "at": LATER}
        monkeypatch.setattr(Journal, "faults", lambda *_: (_ for _ in ()).throw(Stops()))
        with pytest.raises(Stops):
            imported(rows, **how)
        monkeypatch.undo()
        before = into.read_bytes()
        done = imported(rows, **how, resume=True)
        assert into.read_bytes() == before
        assert done.written
        assert done.report.records == wanted.report.records
        assert done.changes.as_dict()["counts"] == wanted.changes.as_dict()["counts"]
        assert done.changes.as_dict()["unlisted"] > 0
        assert list(done.report.faults) == list(wanted.report.faults)
        assert [p.name for p in tmp_path.iterdir()] == ["book"]

    def test_what_is_no_journal_is_left_alone(self, tmp_path):
        """Nobody's file is deleted for a slip."""
        path = tmp_path / "people.sqlite"
        for content in (b"precious", b"SQLite format 3\0" + b"x" * 600):
            path.write_bytes(content)
            for resume in (False, True):
                assert {code for code, _ in refusal(table(good(2)), journal=path, resume=resume)} <= {"B014", "B015"}
                assert path.read_bytes() == content

    def test_one_that_is_in_use_is_left_alone(self, tmp_path):
        path = tmp_path / "journal"
        with Journal(path, of={}):
            for resume in (False, True):
                assert refusal(table(good(2)), journal=path, resume=resume) == [("B015", "")]
        imported(table(good(2)), journal=path)
        assert not path.exists()

    def test_one_that_is_damaged_is_begun_anew(self, tmp_path):
        path = tmp_path / "journal"
        Journal(path, of={}).close()
        path.write_bytes(path.read_bytes()[:100] + b"\xff" * 4000)
        assert refusal(table(good(2)), journal=path, resume=True) != []
        imported(table(good(2)), journal=path)
        assert not path.exists()


def test_an_empty_list_is_read_and_names_nothing():
    """Nobody can say which keys its records would have."""
    done = imported(b"[]", staff())
    assert (done.report.read, done.report.accepted, len(done.book)) == (0, 0, 0)


class TestOneSlip:
    """A cell that is wrong is told once, whatever follows from it."""

    def test_a_position_lasts_as_long_as_the_employment(self):
        """Its days are those of the employment where the mapping says none: the column is the same."""
        position = {"employer": {"value": "o-1"}, "title": "Title", "managers": [{"manager": "Boss"}]}
        fields = {**PERSON["fields"], "positions": [position]}
        mapping = {**STAFF, "records": [{**PERSON, "fields": fields}]}
        rows = [row("1", Boss="2", Left="2019-01-01"), row("2", Boss="1")]
        done = imported(table(rows), mapping)
        assert [(it.line, it.column, it.code) for it in done.report.faults] == [
            (2, "Left", "V004"),
            (3, "Boss", "B004"),
        ]

    def test_a_name_means_the_same_before_and_after(self):
        """Of whom a row and the book speak, the row says the name."""
        mapping = staff()
        person = {**PERSON, "fields": {**PERSON["fields"]}}
        position = {
            **PERSON["fields"]["positions"][0],
            "managers": [{"manager": {"column": "Boss", "by": "name"}, "from": "Hired"}],
        }
        person["fields"]["positions"] = [position]
        mapping = {**STAFF, "records": [person]}
        first = imported(table([row("2", Name="Anna Ek"), row("5", Name="C D")]), mapping).book
        file = table([row("5", Name="C D", Boss="Anna Ek"), row("2", Name="Anna Bo")])
        once = imported(file, mapping, into=first, at=LATER)
        assert [(it.line, it.column, it.code) for it in once.report.faults] == [(2, "Boss", "B004")]
        assert imported(file, mapping, into=once.book, at=LATER).book == once.book


class TestProgress:
    """Whoever watches is told how far it is."""

    def test_what_is_told(self, monkeypatch):
        monkeypatch.setattr(importing, "BATCH", 3)
        monkeypatch.setattr(merging, "BATCH", 5)
        seen = []
        bad = [row("9", Hired="soon"), row("10", Left="2019-01-01")]
        imported([table([*good(4), *bad]), table(good(8)[4:])], progress=seen.append)
        assert [it for it in seen if it.phase == "read"] == [
            Progress("read", 3, 10), Progress("read", 6, 10, 1), Progress("read", 9, 10, 1), Progress("read", 10, 10, 1),
        ]  # fmt: skip
        assert [it for it in seen if it.phase == "settle"] == [Progress("settle", 0, None, 1)] * 2
        # most are asked for their rules where the rows are read; who may break one is asked again
        assert [(it.done, it.total) for it in seen if it.phase == "check"] == [(1, 1)]
        assert [(it.done, it.total, it.unit) for it in seen if it.phase == "write"] == [
            (0, 12, "records"), (5, 12, "records"), (10, 12, "records"), (12, 12, "records"),
        ]  # fmt: skip
        assert list(dict.fromkeys(it.phase for it in seen)) == ["read", "settle", "check", "write"]

    def test_rules_that_are_asked_again_are_counted_on(self, monkeypatch):
        """What is refused is settled again, and what then says something else is asked too: more is added to both."""
        monkeypatch.setattr(importing, "BATCH", 3)
        monkeypatch.setattr(importing.Asking, "is_good", lambda *_: False)
        rounds = iter([False, True])
        monkeypatch.setattr(importing, "unsettle", lambda *_: [1, 2] if next(rounds, False) else [])
        refuse = importing._Import._refuse
        monkeypatch.setattr(importing._Import, "_refuse", lambda self, only: refuse(self, only) or only is None)
        seen = []
        imported(table(good(2)), progress=seen.append)
        checked = [(it.phase, it.done, it.total) for it in seen if it.phase in {"settle", "check"}]
        assert checked == [("settle", 0, None), ("check", 3, 3), ("settle", 0, None), ("check", 5, 5)]

    def test_records_of_the_book_count_too(self):
        """All lines of the book are written, also those of which no source says anything."""
        first = imported(table(good(4))).book
        seen = []
        imported(table([*good(2), *good(6)[4:]]), into=first, at=LATER, progress=seen.append)
        written = [(it.done, it.total) for it in seen if it.phase == "write"]
        assert written == [(0, written[-1][0]), (written[-1][0],) * 2]

    def test_rows_are_counted_where_lines_tell(self):
        """A blank line and a row of two lines are seen at the end; nothing is said of what stands under a path."""
        seen = []
        imported(table(good(2)) + b"\n\n", progress=seen.append)
        read = [(it.done, it.total) for it in seen if it.phase == "read"]
        assert read == [(2, 4), (2, 2)]
        seen = []
        mapping = {"sources": {"p": {"path": "p[]"}}, "records": [
            {"type": "person", "fields": {"id": "p[].id", "name": "p[].name"}}]}  # fmt: skip
        imported(
            b'{"p": [{"id": 1, "name": "Anna"}, {"id": 2, "name": "Eva"}]}\n{"p": []}\n', mapping, progress=seen.append
        )
        assert {it.total for it in seen if it.phase in {"look", "read"}} == {None}

    def test_a_look_is_told_too(self):
        seen = []
        imported([{"ID": "1", "Name": "Anna"}], {"records": [{"type": "person", "fields": {"id": "ID", "name": "Name"}}]},
                 progress=seen.append)  # fmt: skip
        assert seen[0] == Progress("look", 0, 1)

    def test_without_a_known_end(self):
        class Columns:
            def __arrow_c_stream__(self, requested_schema=None):
                return pa.Table.from_pylist(good(2)).__arrow_c_stream__(requested_schema)

        seen = []
        imported(Columns(), progress=seen.append)
        assert {it.total for it in seen if it.phase == "read"} == {None}


class TestOnce:
    """Nothing of an import is left behind."""

    def test_the_collector_is_as_it_was(self):
        import gc

        for on in (True, False):
            (gc.enable if on else gc.disable)()
            imported(table(good(2)))
            refusal(b"x\n")
            assert gc.isenabled() == on
        gc.enable()

    def test_it_is_the_same_each_time(self):
        rows = table([*good(), *BAD])
        first, second = imported(rows), imported(rows)
        assert book_of(first.book) == book_of(second.book)
        assert first.report.as_dict(values=True) == second.report.as_dict(values=True)

    def test_days_ahead_count_from_the_day_of_the_import(self):
        """What is said to have happened after it did not."""
        rows = [row("1", Talk=(NOON.date() + timedelta(days=n)).isoformat()) for n in (0, 1)]
        assert imported(table(rows[:1])).report.errors == 0
        done = import_records(table(rows[1:]), STAFF, by="hr", at=NOON, into=Book())
        assert [(it.line, it.column) for it in done.report.faults] == [(2, "Talk")]

    def test_no_file_stays_open(self, tmp_path):
        """Even where it is refused halfway."""
        (tmp_path / "bad.csv").write_bytes(table(good(3)) + b"\xff\n")
        folder = Path("/proc/self/fd")
        if not folder.is_dir():
            pytest.skip("the system does not say which files are open")
        before = len(list(folder.iterdir()))
        assert refusal(tmp_path / "bad.csv") == [("B006", "")]
        assert len(list(folder.iterdir())) == before
