"""What cannot be asked is said before anything is opened, all at once; and nothing is written over what is read."""

import os
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest

from coaching import Book
from stage import refused
from stage.imports import STAFF, good, imported, refusal, table

WRONG = [
    ({"by": ""}, ("V001", "by")),
    ({"by": None}, ("V015", "by")),
    ({"at": datetime(2026, 3, 2)}, ("V003", "at")),
    ({"at": "2026-03-02"}, ("V015", "at")),
    ({"at": None}, ("V015", "at")),
    ({"source": ""}, ("V002", "source")),
    ({"source": 7}, ("V015", "source")),
    ({"mode": "replace"}, ("V012", "mode")),
    ({"mode": []}, ("V012", "mode")),
    ({"accept": "some"}, ("V012", "accept")),
    ({"workers": 0}, ("V015", "workers")),
    ({"workers": True}, ("V015", "workers")),
    ({"workers": 1.5}, ("V015", "workers")),
    ({"most": -1}, ("V015", "most")),
    ({"most": True}, ("V015", "most")),
    ({"most": "all"}, ("V015", "most")),
    ({"journal": 7}, ("V015", "journal")),
    ({"journal": "a\0b"}, ("V015", "journal")),
    ({"rejects": b"bad.csv"}, ("V015", "rejects")),
    ({"rejects": Path("a\0b")}, ("V015", "rejects")),
    ({"progress": "bar"}, ("V015", "progress")),
    ({"into": 7}, ("V015", "into")),
    ({"into": "a\0b"}, ("V015", "into")),
    ({"into": b"book.ndjson"}, ("V015", "into")),
]


class Speaks:
    """A path that says itself in bytes."""

    def __init__(self, path):
        self.path = os.fsencode(path)

    def __fspath__(self):
        return self.path


class TestArguments:
    """Each is said with its name."""

    @pytest.mark.parametrize(("how", "said"), WRONG, ids=str)
    def test_what_is_none(self, how, said):
        assert refusal(table(good(2)), **how) == [said]

    def test_all_at_once(self):
        found = refusal(
            b"", by="", at=None, source="", mode="", accept="", workers=None, most=-1, journal=1, rejects=1, progress=1
        )
        assert sorted(path for _, path in found) == [
            "accept", "at", "by", "journal", "mode", "most", "progress", "rejects", "source", "workers",
        ]  # fmt: skip

    def test_what_is_none_among_the_sources(self):
        assert refusal([]) == [("V015", "sources")]
        assert refusal(None) == [("V015", "sources[0]")]

    def test_a_mapping_that_is_none(self):
        assert refusal(b"ID\n", "preset:none") == [("B030", "")]

    def test_a_source_that_does_not_fit(self):
        assert {code for code, _ in refusal(b"Number,Called\n")} == {"B034"}

    def test_every_form_of_a_path(self, tmp_path):
        """A text, a path, and what says itself in bytes."""
        for n, form in enumerate((str, Path, PurePosixPath, Speaks)):
            folder = tmp_path / str(n)
            folder.mkdir()
            (folder / "staff.csv").write_bytes(table(good(2)) + b"ragged\n")
            done = imported(
                form(folder / "staff.csv"), into=form(folder / "book.ndjson"), rejects=form(folder / "bad.csv"),
                journal=form(folder / "journal"),
            )  # fmt: skip
            assert done.written
            assert sorted(it.name for it in folder.iterdir()) == ["bad.csv", "book.ndjson", "staff.csv"]


class TestOneFileEach:
    """Nobody writes over what is read, nor two things into one file."""

    @pytest.mark.parametrize(
        ("how", "path"),
        [
            ({"into": "staff.csv"}, "into"),
            ({"rejects": "staff.csv"}, "rejects"),
            ({"journal": "x/../staff.csv"}, "journal"),
            ({"into": "book", "journal": "book"}, "journal"),
            ({"into": "book", "rejects": "./book"}, "rejects"),
            ({"into": "link"}, "into"),
        ],
    )
    def test_is_refused(self, how, path, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        Path("x").mkdir()
        Path("staff.csv").write_bytes(table(good(2)))
        Path("link").symlink_to("staff.csv")
        assert refusal("staff.csv", **how) == [("V015", path)]
        assert Path("staff.csv").read_bytes() == table(good(2))

    def test_a_source_that_is_no_file_has_none(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        imported([table(good(2)), [{"ID": "9", "Name": "Nine"}]], {**STAFF, "records": [
            {"type": "person", "fields": {"id": "ID", "name": "Name"}}]}, into="book")  # fmt: skip
        assert Path("book").exists()


class TestWhatItIsCalled:
    """The other system has a name that a history can hold."""

    def test_the_argument_counts_then_the_mapping_then_the_files(self):
        unnamed = {**STAFF, "name": ""}
        for how, mapping, name in (
            ({"source": "payroll"}, STAFF, "payroll"),
            ({}, STAFF, "staff list"),
            ({}, unnamed, "source 1, source 2"),
        ):
            rows = good(4)
            book = imported([table(rows[:2]), table(rows[2:])], mapping, **how).book
            assert {it.history[0].source for it in book} == {name}

    def test_names_of_files_that_no_history_can_hold(self, tmp_path):
        """Said before anything is read."""
        path = tmp_path / " "
        path.write_bytes(table(good(2)))
        assert refusal(path, {**STAFF, "name": ""}) == [("V002", "source")]
        assert imported(path, {**STAFF, "name": ""}, source="payroll").report.accepted == 2
        many = [str(tmp_path / f"{n}{'x' * 200}.csv") for n in range(60)]
        for it in many:
            path.rename(path := tmp_path / it)
            path.write_bytes(table(good(2)))
        found = refused(lambda: imported(many, {**STAFF, "name": ""}, at=datetime(2026, 3, 2, tzinfo=UTC), into=Book()))
        assert [(it.code, it.path) for it in found] == [("V002", "source")]
