"""Where rows come from: whatever a file is, each record is a row, or is told with its line, or is counted."""

import csv
import io
import json
import os
import re
import sys
import uuid
from collections import OrderedDict
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import IntEnum, StrEnum
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching import Rejected
from coaching.bulk.sources import Row, Rows, open_rows, texts
from coaching.bulk.sources.cells import plain, text_of
from stage import refused
from stage.tables import arrow_file, ods, parquet, xlsx, zipped

PEOPLE = [["id", "name"], ["1", "Anna"], ["2", "Ole"]]


def cells(source, **how):
    """The header and the cells of each row, none of which is faulty."""
    rows = open_rows(source, **how)
    found = [row.cells for row in rows]
    assert rows.faulty == 0
    return [rows.columns, *found]


def account(source, **how):
    """Line, record, cells and fault of each row, and what was not given."""
    rows = open_rows(source, **how)
    found = [(row.line, row.record, row.cells, row.wrong.code if row.wrong else None) for row in rows]
    assert len(found) == rows.good + rows.faulty
    assert rows.read == rows.good + rows.faulty + sum(rows.skipped.values())
    return found, rows.skipped


def said(source, **how):
    """What is said of a source that is refused, at once or while it is read."""
    return [(f.code, f.path, f.message) for f in refused(lambda: list(open_rows(source, **how)))]


def faults(source, **how):
    """What is said of the rows that are faulty."""
    return [row.wrong.message for row in open_rows(source, **how) if row.wrong]


def told(source, **how):
    """What was found out."""
    rows = open_rows(source, **how)
    list(rows)
    return rows.told


class Pipe(io.RawIOBase):
    """A stream that cannot go back, and gives a few bytes at a time."""

    def __init__(self, content):
        self.rest = io.BytesIO(content)

    def read(self, n=-1):
        """At most seven of them."""
        return self.rest.read(min(n, 7) if n >= 0 else -1)


class TestWhatASourceMayBe:
    """A path, bytes, a stream, lines, dicts, a frame: the rows are the same."""

    CONTENT = "\ufeffid,name\r\n1,Anna\r\n2,Ole\r\n".encode()

    @pytest.mark.parametrize(
        "made",
        [
            lambda path: path,
            str,
            lambda path: path.read_bytes(),
            lambda path: bytearray(path.read_bytes()),
            lambda path: io.BytesIO(path.read_bytes()),
            lambda path: Pipe(path.read_bytes()),
            lambda path: io.StringIO(path.read_text(encoding="utf-8"), newline=""),
            lambda path: path.read_text(encoding="utf-8").splitlines(),
            lambda path: iter(path.read_text(encoding="utf-8").splitlines(keepends=True)),
            lambda _: [{"id": 1, "name": "Anna"}, MappingProxyType({"id": "2", "name": "Ole"})],
            lambda _: pa.table({"id": [1, 2], "name": ["Anna", "Ole"]}),
        ],
    )
    def test_the_rows_are_the_same(self, tmp_path, made):
        """Whatever they come in."""
        path = tmp_path / "people.csv"
        path.write_bytes(self.CONTENT)
        assert cells(made(path)) == PEOPLE

    def test_a_file_has_its_name_and_anything_else_another(self, tmp_path):
        """So that each row says where it comes from."""
        path = tmp_path / "people.csv"
        path.write_bytes(self.CONTENT)
        with path.open("rb") as stream:
            sources = [path, stream, b"id\n1", io.StringIO("id\n1"), ["id", "1"], [{"id": 1}], pa.table({"id": [1]})]
            names = [{row.source for row in open_rows(source)} for source in sources]
        assert names == [{it} for it in (str(path), str(path), "bytes", "stream", "rows", "rows", "table")]
        assert next(iter(open_rows(b"id\n1", name="export"))).source == "export"

    def test_a_name_that_is_no_text(self, tmp_path):
        """Is one in the rows."""
        path = os.fsencode(tmp_path) + b"/\xe5.csv"
        Path(os.fsdecode(path)).write_bytes(self.CONTENT)
        assert {row.source for row in open_rows(Path(os.fsdecode(path)))} == {f"{tmp_path}/?.csv"}

    def test_a_file_is_closed_at_its_end_or_when_told_so(self, tmp_path):
        """And also where it is refused; nothing is left open, or the tests would warn."""
        path = tmp_path / "people.csv"
        path.write_bytes(self.CONTENT)
        with open_rows(path) as rows:
            next(iter(rows))
        assert list(open_rows(path)) != []
        open_rows(path).close()
        path.write_bytes(b"%PDF-1.7")
        assert said(path) == [("B010", "", "this is a PDF")]
        Rows("nothing").close()

    def test_rows_are_read_once_and_go_on(self):
        """As any stream does."""
        rows = open_rows(self.CONTENT)
        assert isinstance(next(iter(rows)), Row)
        assert [row.cells for row in rows] == [["2", "Ole"]]
        assert list(rows) == []
        assert list(Rows("nothing")) == []

    def test_a_row_by_the_names_of_its_columns(self):
        """Those that it has."""
        rows = open_rows(b'{"id": 1}\n{"name": null}\n{"name": "Ole", "id": ""}\n')
        assert [rows.named(row) for row in rows] == [{"id": "1"}, {"id": "", "name": "Ole"}]
        assert rows.skipped == {"blank": 1}

    @pytest.mark.parametrize("source", [None, 7, {"id": 1}, 1.5])
    def test_what_is_no_source(self, source):
        """One object is not many."""
        assert [(code, path) for code, path, _ in said(source)] == [("V015", "source")]

    def test_a_name_that_no_file_can_have(self):
        """As little as one that none has."""
        assert [(code, path) for code, path, _ in said("a\0b")] == [("V015", "source")]
        with pytest.raises(FileNotFoundError):
            open_rows("/nowhere/at/all.csv")

    @pytest.mark.parametrize(
        ("asked", "code"),
        [
            ({"kind": "docx"}, "B010"), ({"kind": 7}, "B010"), ({"separator": ",,"}, "B006"), ({"header": 0}, "V015"),
            ({"header": True}, "V015"), ({"header": "1"}, "V015"), ({"stop": ""}, "V015"), ({"stop": 7}, "V015"),
            ({"sheet": True}, "V015"), ({"sheet": 1.5}, "V015"), ({"sheet": ""}, "V015"), ({"path": None}, "V015"),
            ({"only": {"id": 1}}, "V015"), ({"only": "id"}, "V015"), ({"name": ""}, "V015"), ({"encoding": 7}, "V015"),
            ({"encoding": "klingon"}, "B006"), ({"encoding": "hex"}, "B006"), ({"encoding": "a\0"}, "B006"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_asked(self, asked, code):
        """Refused by its name."""
        assert [(c, path) for c, path, _ in said(b"id\n1\n", **asked)] == [(code, next(iter(asked)))]

    def test_lines_are_texts(self):
        """Each of them."""
        assert said(["id", "1", b"2"]) == [("V015", "lines[2]", "b'2' is no text")]
        assert said(["id", "1", "\udce5"]) == [("B006", "", "line 3 is not UTF-8: byte 0xE5")]


class TestKinds:
    """What is in a file says what it is; its name never does."""

    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (b"", "csv"),
            (b"\n \n", "csv"),
            (b"id\n1\n", "csv"),
            (b"[id],[name]\n1,2\n", "csv"),
            (b"{id},{name}\n1,2\n", "csv"),
            (b"{\n", "json"),
            (b'{"id": 1}', "ndjson"),
            (b'\n{"id": 1}\n{"id": 2}\n', "ndjson"),
            (b'{"id": 1\n{"id": 2}\n', "ndjson"),
            (b'{"id": 1,\n "name": "x"}\n', "json"),
            (b'{"data":\n{"id": 1}\n}', "json"),
            (b'{"a":' * 50_000, "json"),
            (b'[{"id": 1}]', "json"),
            (b'[\n\n{"id": 1}]', "json"),
            (b"[]", "json"),
            (xlsx({"People": PEOPLE}), "xlsx"),
            (ods({"People": PEOPLE}), "ods"),
            (parquet(pa.table({"id": [1]})), "parquet"),
            (arrow_file(pa.table({"id": [1]})), "arrow"),
            (arrow_file(pa.table({"id": [1]}), pa.ipc.new_stream), "arrow"),
        ],
    )
    def test_it_is_found(self, content, kind):
        """And told."""
        found = None
        try:
            found = told(content)["kind"]
        except Rejected as refusal:
            assert (kind, refusal.codes) == ("json", ("B012",))
            found = "json"
        assert found == kind

    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (b"%PDF-1.7\n", "a PDF"),
            (b"\x1f\x8b\x08\x00", "a gzip archive; unpack it"),
            (b"\x89PNG\r\n\x1a\n", "a picture"),
            (b"SQLite format 3\0", "an SQLite database; export its table"),
            (b"ORC\x08\x03", "an ORC file"),
            (b"  <!DOCTYPE html><html>", "an HTML page"),
            (b"\xef\xbb\xbf<table><tr>", "an HTML page"),
            (b"<?xml version='1.0'?>\n<?mso-application progid='Excel.Sheet'?>", "an XML spreadsheet; save as XLSX"),
            (b"<?xml version='1.0'?><people/>", "an XML document"),
            (
                b"version https://git-lfs.github.com/spec/v1\n",
                "a pointer of Git LFS and not the file; run git lfs pull",
            ),
            (b"PK\x05\x06" + bytes(18), "an empty zip archive"),
            (b"PK\x03\x04broken", "a zip archive, and damaged"),
            (zipped({"people.csv": "id", "more.csv": ""}), "a zip archive of people.csv, more.csv; unpack it"),
            (zipped({"word/document.xml": ""}), "a Word document"),
            (zipped({"ppt/presentation.xml": ""}), "a PowerPoint presentation"),
            (zipped({"Index/Document.iwa": ""}), "a Numbers document; export it as XLSX"),
            (
                zipped({"mimetype": "application/vnd.oasis.opendocument.text"}),
                "a document of OpenOffice and no spreadsheet",
            ),
        ],
    )
    def test_something_else_is_called_by_its_name(self, content, name):
        """Whatever was said that it is."""
        assert said(content) == [("B010", "", f"this is {name}")]

    OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

    @pytest.mark.parametrize(
        ("part", "name"),
        [
            ("EncryptedPackage", "this is an Office document with a password; save it without"),
            ("WordDocument", "this is a Word document"),
            ("Root Entry", "this is an old Office document and no workbook"),
            ("Workbook", "this xls cannot be read: "),
        ],
    )
    def test_what_an_old_office_wrote(self, part, name):
        """By the names of its parts."""
        ((code, _, message),) = said(self.OFFICE + bytes(600) + part.encode("utf-16-le"))
        assert code == "B010"
        assert message.startswith(name)

    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (zipped({"xl/workbook.xml": "x"}), "xlsx"), (zipped({"xl/workbook.bin": "x"}), "xlsb"),
            (b"PAR1xxxx", "parquet"), (b"ARROW1xxxx", "arrow file"), (b"\xff\xff\xff\xffxxxx", "arrow stream"),
        ],
    )  # fmt: skip
    def test_a_damaged_file_is_refused(self, content, kind):
        """With what the library that reads it says."""
        ((code, _, message),) = said(content)
        assert code == "B010"
        assert message.startswith(f"this {kind} cannot be read: ")

    def test_what_is_said_wins_where_it_can_be(self):
        """Text can be read as any text; a workbook is no text."""
        assert cells(b"<table>,x\n1,2\n", kind="csv") == [["<table>", "x"], ["1", "2"]]
        assert told(b"id,x\n1,2\n", kind="tsv") == {"kind": "tsv", "encoding": "utf-8", "separator": "\t", "header": 1}
        assert told(b'["id"],["x"]\n1,2\n', kind="csv")["kind"] == "csv"
        assert cells(b'{"id":\n1}', kind="json") == [["id"], ["1"]]
        assert cells(arrow_file(pa.table({"id": [1]})), kind="arrow") == [["id"], ["1"]]
        assert said(b"id\n1\n", kind="xlsx") == [("B010", "kind", "this is a text and not xlsx")]
        assert said(xlsx({"A": PEOPLE}), kind="csv") == [("B010", "kind", "this is xlsx and not csv")]
        assert said(xlsx({"A": PEOPLE}), kind="ods") == [("B010", "kind", "this is xlsx and not ods")]
        assert said(b"%PDF-", kind="csv") == [("B010", "", "this is a PDF")]

    @pytest.mark.parametrize(
        ("content", "module", "says"),
        [
            (
                xlsx({"A": PEOPLE}),
                "python_calamine",
                "xlsx is read with the extra excel: pip install 'coaching[excel]'",
            ),
            (
                parquet(pa.table({"id": [1]})),
                "pyarrow",
                "parquet is read with the extra arrow: pip install 'coaching[arrow]'",
            ),
        ],
    )
    def test_an_extra_that_is_missing_is_named(self, monkeypatch, content, module, says):
        """With what installs it."""
        monkeypatch.setitem(sys.modules, module, None)
        assert said(content) == [("B011", "", says)]


class TestEncodings:
    """UTF-8, UTF-16 by its mark, or what is said; never a guess."""

    TEXT = "id;name\n1;Åsa Öst\n2;Łukasz 漢\n"

    @pytest.mark.parametrize(
        ("encoding", "found"),
        [
            ("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("utf-32", "utf-32"),
        ],
    )  # fmt: skip
    def test_by_its_mark(self, encoding, found):
        """No mark is part of a header."""
        assert cells(self.TEXT.encode(encoding)) == [["id", "name"], ["1", "Åsa Öst"], ["2", "Łukasz 漢"]]
        assert told(self.TEXT.encode(encoding))["encoding"] == found

    def test_the_other_end_first(self):
        """Both orders of UTF-16 have a mark."""
        assert cells(b"\xfe\xff" + self.TEXT.encode("utf-16-be"))[2] == ["2", "Łukasz 漢"]
        assert cells(self.TEXT.encode("utf-8-sig"), encoding="utf-8")[0] == ["id", "name"]

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
    def test_without_its_mark_it_has_to_be_said(self, encoding):
        """The zeros show which it is."""
        text = "id;name\n1;Åsa Öst\n".encode(encoding)
        what = f"every second byte is zero: this is UTF-16 without its mark, {encoding}"
        assert said(text) == [("B006", "encoding", what)]
        assert cells(text, encoding=encoding) == [["id", "name"], ["1", "Åsa Öst"]]

    @pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp1250", "mac-roman", "shift-jis", "gb18030", "utf-7"])
    def test_any_that_is_said(self, encoding):
        """By any of its names."""
        name = "Åsa" if "Åsa".encode(encoding, "ignore").decode(encoding) == "Åsa" else "Asa"
        assert cells(f"id;name\n1;{name}\n".encode(encoding), encoding=encoding) == [["id", "name"], ["1", name]]

    @pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize("line", [1, 2, 3, 500, 20_000])
    def test_the_line_of_a_bad_byte_is_named(self, newline, line):
        """However far down, and however lines end."""
        lines = [b"id,name", *[b"1,Anna"] * (line + 5)]
        lines[line - 1] += b" \xc5sa"
        ((code, _, message),) = said(newline.encode().join(lines))
        assert code == "B006"
        assert message.startswith(f"line {line} is not UTF-8: byte 0xC5")

    @pytest.mark.parametrize(
        ("content", "encoding", "says"),
        [
            ("id\n1\n".encode("utf-16") + b"\x00\xd8\n\0", None, "line 3 is not UTF-16: byte 0x00"),
            ("id\n1\n".encode("utf-16") + b"x", None, "line 3 is not UTF-16: byte 0x78"),
            (b"id\n1\n\xe6", "utf-8", "line 3 is not UTF-8: byte 0xE6"),
            (b"id\n1\n\x81", "cp1252", "line 3 is not CP1252: byte 0x81"),
            (b"-,-\xff", "punycode", "line 1 is not PUNYCODE: "),
            (b"id\n1\n", "utf-16", "line 1 is not UTF-16: "),
        ],
    )
    def test_other_encodings_too(self, content, encoding, says):
        """Each with what is not of it."""
        ((code, _, message),) = said(content, encoding=encoding)
        assert (code, message.startswith(says)) == ("B006", True)

    def test_in_which_it_would_read_is_a_hint(self, monkeypatch):
        """Where the extra is there to ask; not one of them is taken."""
        content = "id;name\n1;Åsa Öst från Malmö\n2;Günther Müßig, Köln\n".encode("cp1252")
        ((_, _, message),) = said(content)
        hints = message.partition("it would read as ")[2].split(" or ")
        assert 0 < len(hints) <= 3
        for hint in hints:
            assert cells(content, encoding=hint)[0] == ["id", "name"]
        monkeypatch.setitem(sys.modules, "charset_normalizer", None)
        assert said(content) == [("B006", "", "line 2 is not UTF-8: byte 0xC5")]

    def test_a_line_that_never_ends(self, monkeypatch):
        """Nobody's memory is without end either."""
        monkeypatch.setattr(texts, "LONGEST", 200_000)
        assert said(b"id\n" + b"x" * 300_000) == [("B007", "", "line 2 has no end within 200000 characters")]
        assert len(cells(b"id\n" + b"x" * 100_000)[1][0]) == 100_000

    def test_a_caller_who_decodes_is_told_as_near_as_can_be(self):
        """Their decoder is ahead of the lines."""
        lines = io.TextIOWrapper(io.BytesIO(b"id\n" * 2_000 + b"\xc5"), encoding="utf-8")
        ((code, _, message),) = said(lines)
        assert code == "B006"
        assert message.startswith("line ")
        assert message.endswith(" or one after it is not UTF-8: byte 0xC5")

    @pytest.mark.parametrize("size", range(1, 9))
    @pytest.mark.parametrize("content", ["a\r\nb\r\n\r\nc\rd\n\ne", "å\r", "\ufeffå\r\n\r", "", "\ufeff", "\r\r\n"])
    def test_lines_and_characters_across_blocks(self, monkeypatch, content, size):
        """A carriage return and its line feed may come one after the other, and so may the bytes of a character."""
        monkeypatch.setattr(texts, "BLOCK", size)
        for encoding in ("utf-8", "utf-16-le"):
            blocks = texts.blocks_of(io.BytesIO(content.encode(encoding)).read, encoding)
            lines = [line for block in blocks for line in block]
            assert lines == list(io.StringIO(content.removeprefix("\ufeff"), newline=""))

    def test_a_stream_that_gives_little_at_a_time(self):
        """Is judged by its beginning, as any other."""
        content = b'{"id": 1,,}\n{"id": 2}\n' + b"\n" * 100_000
        found, skipped = account(Pipe(content))
        assert ([(line, fault) for line, _, _, fault in found], skipped) == (
            [(1, "B012"), (2, None)],
            {"blank": 100_000},
        )


class TestCsv:
    """Separators, quotes, headers, marks."""

    @pytest.mark.parametrize(
        ("lines", "separator"),
        [
            (["id;name", "1;Ek, Anna", "2;Li, Ole"], ";"),
            (["id\tname; first", "1\tEk; Anna"], "\t"),
            (["id|name", "1|a,b,c"], "|"),
            (["id,name", '1,"a;b;c"', "2,x;y"], ","),
            (["id;name;note", '1;"Ek\n', 'Anna";x,y', "2;Li;z"], ";"),
            (["id;amount", "1;1,5", "2;2,5"], ";"),
            (["name", "Anna"], ","),
            (["id;name", '1;"Anna', "2;Ole", "3;Eva"], ";"),
            ([], ","),
        ],
    )
    def test_the_separator_is_found(self, lines, separator):
        """The one that parts the rows as it parts the header."""
        assert told(lines)["separator"] == separator

    def test_one_that_is_said_wins(self):
        """Over what the file says, and that over what it shows."""
        assert cells(["id;a,b", "1;2,3"], separator=",") == [["id;a", "b"], ["1;2", "3"]]
        assert cells(["sep=,\r\n", "id;a,b\r\n", "1;2,3\r\n"]) == [["id;a", "b"], ["1;2", "3"]]
        assert cells(['"sep=^"', "id^a", "1^2"], header=1) == [["id", "a"], ["1", "2"]]
        assert account(["sep=,", "x", "id;a,b", "1;2,3"], separator=";", header=2)[0] == [(4, 1, ["1", "2,3"], None)]

    def test_lines_and_records_are_two_things(self):
        """A cell of several lines makes them differ, and blank rows do."""
        text = 'id,name\n1,"Anna\r\n\nEk"\n\n,,\n2,"Ole ""Olle"""\n3\n 4,x,\n5,y\n'
        assert account(text.encode()) == (
            [
                (2, 1, ["1", "Anna\r\n\nEk"], None),
                (7, 2, ["2", 'Ole "Olle"'], None),
                (8, 3, ["3"], "B002"),
                (9, 4, [" 4", "x", ""], "B002"),
                (10, 5, ["5", "y"], None),
            ],
            {"blank": 2},
        )
        assert faults(text.encode()) == ["1 cells where the header has 2", "3 cells where the header has 2"]

    def test_a_row_of_several_lines_says_so(self):
        """With its last line, and how the first reads without its last quote."""
        rows = list(open_rows(["a,b\n", '1,"x,2\n', 'y"\n', '3,"z\n', '"\n', "4,5\n", '6,"7"" "" x\n', '"\n']))
        assert [(row.line, row.spread and (row.spread.last, list(row.spread.alone))) for row in rows] == [
            (2, (3, ["1", "x", "2"])), (4, (5, ["3", "z"])), (6, None), (7, (8, [])),
        ]  # fmt: skip

    def test_a_quote_that_nothing_closes_costs_its_row(self):
        """The lines below are read anew, those that are no CSV by themselves too."""
        rows = ["a,b\n", '1,"x\n', '2,"y"z\n', "\n", "3,w\n", "4,v"]
        assert account(rows) == (
            [
                (2, 1, ['1,"x'], "B007"), (3, 2, ['2,"y"z'], "B007"), (5, 3, ["3", "w"], None), (6, 4, ["4", "v"], None),
            ],
            {"blank": 1},
        )  # fmt: skip
        assert faults(rows) == [
            "the quote that opens on line 2 closes no cell up to line 3; the lines below are read anew",
            "a quote is not closed, or closes before its cell ends",
        ]

    def test_lines_that_a_quote_ran_over_are_judged_each_by_itself(self):
        """One of them may be no CSV either, or be longer than any cell."""
        rows = ["a,b\n", '1,"x\n', '2,""y\n', "3,w\n", '4,"z\n', f"5,{'x' * 140_000}\n", "6,v\rw", "7,u\n"]
        assert [(line, n, fault) for line, n, _, fault in account(rows)[0]] == [
            (2, 1, "B007"), (3, 2, "B007"), (4, 3, None), (5, 4, "B007"), (6, 5, "B007"), (7, 6, "B007"), (8, 7, None),
        ]  # fmt: skip
        assert faults(rows)[-2:] == ["a cell has more than 131072 characters", "a line break without quotes"]

    def test_one_that_runs_over_many_blocks(self):
        """What was taken for its row is still there to be read."""
        rows = ["a,b\n", *(f"{n},x\n" for n in range(900)), '900,"x\n', *(f"{n},y\n" for n in range(901, 3_000))]
        found, _ = account(rows)
        assert [its[0] for _, _, its, fault in found if fault is None] == [str(n) for n in range(3_000) if n != 900]
        assert [(line, its) for line, _, its, fault in found if fault] == [(902, ['900,"x'])]

    @pytest.mark.parametrize(
        ("header", "columns", "line"),
        [
            (1, ["Staff", "x"], 1),
            (2, ["2024"], 2),
            (3, ["id", "name"], 4),
            (4, ["id", "name"], 4),
            (5, ["1", "Anna"], 5),
        ],
    )
    def test_the_header_stands_on_a_line_or_below(self, header, columns, line):
        """What stands above it may be anything, and is no row."""
        rows = open_rows(["Staff,x", "2024", "", "id,name", "1,Anna", "2,Ole"], header=header)
        assert (rows.columns, rows.told["header"]) == (columns, line)
        assert [row.line for row in rows] == [n for n in range(line + 1, 7) if n != 3]
        broken = open_rows(['"Staff', "2024", "", "id,name", "1,Anna", "2,Ole"], header=3)
        assert [(row.line, row.record) for row in broken] == [(5, 1), (6, 2)]

    def test_no_header_at_all(self):
        """Columns have numbers then; what is no CSV above them is told."""
        rows = open_rows(["", '"a"b', "1,Anna", "2,Ole", "3"], header=None)
        assert [(row.line, row.cells, row.wrong is None) for row in rows] == [
            (2, ['"a"b'], False), (3, ["1", "Anna"], True), (4, ["2", "Ole"], True), (5, ["3"], False),
        ]  # fmt: skip
        assert (rows.columns, rows.told.get("header")) == (["1", "2"], None)
        assert account(['"a"b', ""], header=None) == ([(1, 1, ['"a"b'], "B007")], {"blank": 1})

    def test_a_header_that_is_no_csv(self):
        """Without it there are no columns."""
        what = "line 1 is no header: a quote is not closed, or closes before its cell ends"
        assert said(['"id"x,name', "1,Anna"]) == [("B007", "", what)]

    @pytest.mark.parametrize("lines", [[], ["", ",,"], ["id"]])
    def test_nothing_below_a_header_or_none(self, lines):
        """A file of nothing is one."""
        rows = open_rows(lines)
        assert (list(rows), rows.columns) == ([], lines if lines == ["id"] else [])
        assert open_rows(["id", "1"], header=9).columns == []

    @pytest.mark.parametrize("mark", ["Total", "TOTAL:", " total 2 ", "Total\t"])
    def test_an_end_mark(self, mark):
        """It, and all below it, is counted; a word that only begins so is none."""
        rows = ["id;name", "1;Totalis", "Totalini;x", f" ;{mark}", "", '9;"x"y', "2;Ole"]
        found, skipped = account(rows, stop="total")
        assert ([its for _, _, its, _ in found], skipped) == (
            [["1", "Totalis"], ["Totalini", "x"]],
            {"below": 3, "blank": 1},
        )

    def test_rows_that_say_what_is_asked_for(self):
        """The others are counted; one that is faulty is told all the same."""
        rows = ["kind,id", "a,1", " b ,2", "b,3", "b", "c,4"]
        found, skipped = account(rows, only={"kind": "b"})
        assert ([(record, its) for _, record, its, _ in found], skipped) == (
            [(2, [" b ", "2"]), (3, ["b", "3"]), (4, ["b"])], {"others": 2},
        )  # fmt: skip
        assert account(rows, only={"nothing": "b"})[1] == {"others": 4}


class TestObjects:
    """NDJSON, JSON and dicts: each object is a row, whose cells have the names of their paths."""

    def test_the_cells_of_an_object(self):
        """Numbers as they are written, whole ones without a point; lists stay lists."""
        content = (
            '{"id": 5095.0, "zip": "007", "big": 12345678901234567890123, "share": 0.10, "on": true, "off": false, "no": null,'
            ' "unit": {"name": "Robotics", "site": {"city": "Åre"}}, "tags": ["a", 2, null], "none": [], "deep": [[1], [{"a": 2}]],'
            ' "goals": [{"title": "x"}, {"title": "y", "done": true}], "mixed": [1, {"a": 2}]}'
        )
        rows = open_rows(content.encode())
        (row,) = rows
        assert rows.named(row) == {
            "id": "5095", "zip": "007", "big": "12345678901234567890123", "share": "0.1", "on": "true", "off": "false",
            "no": "", "unit.name": "Robotics", "unit.site.city": "Åre", "tags": ["a", "2", ""], "none": [],
            "deep": [["1"], ['{"a": "2"}']], "goals[].title": ["x", "y"], "goals[].done": [None, "true"],
            "mixed[].a": [None, "2"], "mixed": ["1", None],
        }  # fmt: skip

    def test_keys_that_come_later_are_columns_from_then_on(self):
        """A row has None for those that it does not name."""
        rows = open_rows(b'{"a": 1}\n{"b": 2}\n{"b": 3, "a": 4}\n{"a": 5, "b": 6}\n')
        assert rows.columns == ["a"]
        assert [row.cells for row in rows] == [["1"], [None, "2"], ["4", "3"], ["5", "6"]]
        assert rows.columns == ["a", "b"]

    def test_a_line_that_is_none_is_told_and_reading_goes_on(self):
        """With its place and its text; blank lines are counted."""
        lines = [
            '{"id": 1}', '{"id": 2,, "x": 1}', "", '{"id": 3} x', "[1]", '"x"', "7", "[" * 100_000, '{"a":' * 500 + "1" + "}" * 500,
            '{"id": 4}',
        ]  # fmt: skip
        found, skipped = account("\n".join(lines).encode(), kind="ndjson")
        assert [(line, fault) for line, _, _, fault in found] == [
            (1, None), (2, "B012"), (4, "B012"), (5, "B012"), (6, "B012"), (7, "B012"), (8, "B012"), (9, None), (10, None),
        ]  # fmt: skip
        assert skipped == {"blank": 1}
        assert found[1][2] == [lines[1]]
        told = faults("\n".join(lines).encode(), kind="ndjson")
        assert told[0].startswith("line 2 is no JSON at character 10 of 18: ")
        assert told[1].startswith("line 4 is no JSON at character 11 of 11: ")
        assert faults(b'{"id": 1}\n{"id": 2} x\n')[0].startswith("line 2 is no JSON at character 11 of 11: ")
        assert told[2:] == [
            "this is a list and no object", "this is a text and no object", "this is a int and no object",
            "line 8 is nested too deeply",
        ]  # fmt: skip

    WHOLE = '{"id": 12, "n": -1.5e-3, "ok": true, "no": null, "name": "Å\\"s\\u00e5", "in": {"a": [1, {"b": "x"}]}}'

    @pytest.mark.parametrize("at", range(1, len(WHOLE)))
    def test_a_last_line_that_is_cut_off_is_called_so(self, at):
        """Wherever the cut is."""
        content = f'{{"id": 1}}\n\n{self.WHOLE[:at]}'
        assert faults(content.encode()) == ["this is NDJSON cut off in line 3"]
        assert len(faults(f"{content}\n{self.WHOLE}".encode())) == 1
        (told,) = faults(f"{content}\n{self.WHOLE}".encode())
        assert "cut off" not in told
        character, of = map(int, re.search(r"at character (\d+) of (\d+)", told).groups())
        assert 1 <= character <= of == len(self.WHOLE[:at].strip())

    @pytest.mark.parametrize("at", range(1, len(WHOLE)))
    def test_a_document_that_is_cut_off_is_called_so(self, at):
        """The file is refused, since nobody knows what is missing."""
        content = f'[{{"id": 1}},\n{self.WHOLE[:at]}\n'
        assert said(content.encode()) == [("B012", "", "this is JSON cut off in line 2")]
        assert said(content.encode(), path="in.a[]") == [("B012", "", "this is JSON cut off in line 2")]

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            ('[{"id": 1},,{}]', "line 1 is no JSON at character 12: Expecting value"),
            ('[{"id": 1}\n {"id": 2}]', "line 2 is no JSON at character 2: Expecting ',' delimiter"),
            ('[\n{"id": 1 "x": 2}\n]', "line 2 is no JSON at character 10: Expecting ',' delimiter"),
            ('[{"id": 1}] x', "line 1 is no JSON at character 13: Expecting value"),
            ('[{"a" 1}]', "line 1 is no JSON at character 7: Expecting ':' delimiter"),
            ("[{1: 1}]", "line 1 is no JSON at character 3: Expecting property name enclosed in double quotes"),
            ("[" + "[" * 100_000, "line 1 is nested too deeply"),
        ],
    )
    def test_a_document_that_is_malformed_is_refused(self, content, says):
        """With the place; it makes no difference whether a path is asked for."""
        for path in ("", "x"):
            assert said(content.encode(), path=path, kind="json") == [("B012", "", says)]

    def test_each_part_of_a_document_has_its_line(self):
        """Those under a path, too."""
        content = '\n[\n {"id": 1,\n  "okrs": [{"t": "a"},\n   {"t": "b"}], "n": {"x": 1}},\n\n {"id": 2, "okrs": []}, {},\n {"id": 3}, 7]\n'
        assert [(line, n) for line, n, _, _ in account(content.encode())[0]] == [(3, 1), (7, 2), (8, 3), (8, 4)]
        found, skipped = account(content.encode(), path="okrs[]")
        assert found == [
            (4, 1, ["1", "1", "a"], None), (5, 2, ["1", "1", "b"], None), (8, 3, [], "B012"),
        ]  # fmt: skip
        assert skipped == {"blank": 3}
        old = content.replace("\n", "\r").encode()
        assert [line for line, *_ in account(old)[0]] == [3, 7, 8, 8]

    def test_several_documents_one_after_the_other(self):
        """Lists and objects."""
        content = b'{"id":\n1}\n{"id":\n2} [{"id": 3},\n{"id": 4}]'
        assert [(line, its) for line, _, its, _ in account(content)[0]] == [
            (1, ["1"]),
            (3, ["2"]),
            (4, ["3"]),
            (5, ["4"]),
        ]
        assert cells(b"[]") == [[]]

    @pytest.mark.parametrize("kind", ["json", "ndjson", "dicts"])
    def test_records_under_a_path(self, kind):
        """Each with the cells of all that stands above it."""
        one = {"total": 1, "data": {"people": [{"id": 1, "okrs": [{"t": "a"}, {"t": "b"}]}, {"id": 2, "okrs": None}]}}
        source = [one] if kind == "dicts" else json.dumps(one).encode()
        how = {} if kind == "dicts" else {"kind": kind}
        rows = open_rows(source, path="data.people[].okrs[]", **how)
        assert [rows.named(row) for row in rows] == [
            {"total": "1", "data.people[].id": "1", "data.people[].okrs[].t": t} for t in ("a", "b")
        ]
        assert rows.skipped == {"blank": 1}
        assert [row.cells for row in open_rows(source, path="data.people", **how)][1] == ["1", "2", None, ""]

    def test_a_path_to_one_object_and_to_none(self):
        """An object is a record; what is none is told."""
        content = b'{"a.b": {"c": {"d": 1}}, "a": {"b": 2}}\n{"a": {"b": "x"}}\n{"a": 1}\n{"b": {}}\n'
        rows = open_rows(content, path="a.b")
        found = list(rows)
        assert rows.named(found[0]) == {"a.b": "2", "a.b.c.d": "1"}
        assert [row.wrong and row.wrong.message for row in found] == [
            None, "a.b is a text and no object", "a is a int and no object",
        ]  # fmt: skip
        assert rows.skipped == {"blank": 1}
        assert [r.line for r in open_rows(b'{"a":\n {"x": 1}, "b":\n {"c": 2}}', path="b", kind="json")] == [3]

    def test_what_only_python_reads_is_read(self):
        """Half a character, no number, a number without end."""
        huge = "1" * 5_000
        rows = open_rows(f'{{"a": "\\ud800", "b": NaN, "c": -Infinity, "d": {huge}}}'.encode())
        assert [row.cells for row in rows] == [["\ud800", "", "", huge]]

    def test_dicts_of_anything(self):
        """Plain values are cells; what is none rejects its row, and so does a key."""
        colour, number = StrEnum("Colour", {"RED": "red"}), IntEnum("Number", {"ONE": 1})
        some = uuid.UUID(int=1)
        moment = datetime(2024, 3, 5, 10, 30, tzinfo=UTC)
        values = {
            "a": colour.RED, "b": number.ONE, "c": Decimal("5095.00"), "d": Decimal("NaN"), "e": date(2024, 3, 5),
            "f": datetime(2024, 3, 5), "g": datetime(2024, 3, 5, 10, 30), "h": moment, "i": time(10, 30),
            "j": timedelta(hours=30), "k": some, "l": b"\x01\xff", "m": float("inf"), "n": 1e300, "o": -0.0, "p": ("x", 1),
            "q": OrderedDict(x=1), "r": Decimal("1E+3"), "s": 2.5e-7,
        }  # fmt: skip
        rows = open_rows([values])
        (row,) = rows
        assert rows.named(row) == {
            "a": "red", "b": "1", "c": "5095", "d": "", "e": date(2024, 3, 5), "f": date(2024, 3, 5),
            "g": datetime(2024, 3, 5, 10, 30), "h": moment, "i": "10:30:00", "j": "1 day, 6:00:00", "k": str(some),
            "l": "01ff", "m": "", "n": "1" + "0" * 300, "o": "0", "p": ["x", "1"], "q.x": "1", "r": "1000", "s": "0.00000025",
        }  # fmt: skip
        assert type(row.cells[0]) is str
        odd = [{"id": 1}, {"id": object()}, {2: "x"}, {"id": 10**5_000}, {}, "x", {"id": 3}]
        found, skipped = account(odd)
        assert [(line, fault) for line, _, _, fault in found] == [
            (1, None), (2, "V015"), (3, "V015"), (4, "V015"), (6, "B012"), (7, None),
        ]  # fmt: skip
        assert skipped == {"blank": 1}
        assert faults(odd)[0] == "object is no plain value"
        nested = {}
        nested["in"] = nested
        assert faults([{"id": 1}, nested]) == ["line 2 is nested too deeply"]

    def test_a_frame_that_has_no_moment_says_nothing(self):
        """As frames write it: a moment without a time."""

        class NotAMoment(datetime):
            def time(self):
                raise ValueError

        assert plain(NotAMoment(2024, 1, 1)) == ""

    def test_texts_of_cells(self):
        """For who wants nothing but texts."""
        assert text_of([date(2024, 3, 5), None, ["x", "y"]]) == "2024-03-05, , x, y"


class TestWorkbooks:
    """One sheet, whose numbers, days and texts are what they are."""

    ROWS = (
        ["id", "since", "share", "on", ""],
        [5095, date(2024, 3, 5), 0.25, True, "x"],
        [],
        [7.5, datetime(2024, 3, 5, 12), "", False],
    )

    def test_the_cells_of_a_sheet(self):
        """Whole numbers without a point, and the row of the sheet for the line."""
        assert account(xlsx({"People": self.ROWS})) == (
            [
                (2, 1, ["5095", date(2024, 3, 5), "0.25", "true", "x"], None),
                (4, 2, ["7.5", datetime(2024, 3, 5, 12), "", "false", ""], None),
            ],
            {"blank": 1},
        )
        assert cells(ods({"People": PEOPLE})) == PEOPLE

    def test_which_sheet(self):
        """The first that is shown and holds something, unless one is said."""
        book = xlsx({"Old": [["x"]], "Cover": [], "People": PEOPLE, "2": [["y"]]}, hidden=["Old"])
        assert told(book) == {"kind": "xlsx", "sheet": "People", "sheets": ["Old", "Cover", "People", "2"], "header": 1}
        for sheet, columns in (
            ("Old", ["x"]),
            (1, ["x"]),
            ("2", ["y"]),
            (3, ["id", "name"]),
            ("3", ["id", "name"]),
            (2, []),
        ):
            assert cells(book, sheet=sheet)[0] == columns
        for sheet in ("Staff", 0, 5, -1):
            what = f"no sheet {sheet!r}; there are: 'Old', 'Cover', 'People', '2'"
            assert said(book, sheet=sheet) == [("B013", "sheet", what)]
        assert cells(xlsx({"A": [["x"]], "B": [["y"]]}, hidden=["A", "B"])) == [["x"]]
        assert cells(xlsx({"Empty": []})) == [[]]

    def test_a_header_further_down_and_an_end(self):
        """As in CSV."""
        rows = [["Staff"], [], ["id", "name"], [1, "Anna"], [], ["Total", 1]]
        found = account(xlsx({"A": rows}), header=2, stop="Total")
        assert found == ([(4, 1, ["1", "Anna"], None)], {"blank": 1, "below": 1})
        assert cells(xlsx({"A": rows[3:4]}), header=None) == [["1", "2"], ["1", "Anna"]]

    def test_from_a_stream_that_cannot_go_back(self, tmp_path):
        """Or from one that stands elsewhere."""
        content = xlsx({"A": PEOPLE})
        assert cells(Pipe(content)) == PEOPLE
        stream = io.BytesIO(b"before" + content)
        stream.seek(6)
        assert cells(stream) == PEOPLE


class TestArrow:
    """Parquet, Arrow, and frames."""

    TABLE = pa.table(
        {
            "id": pa.array([1, None], pa.int64()),
            "share": pa.array([5095.0, 0.5]),
            "since": pa.array([date(2024, 3, 5), None]),
            "at": pa.array([datetime(2024, 3, 5), datetime(2024, 3, 5, 10, 30)], pa.timestamp("ns")),
            "name": pa.array(["Anna", ""]),
            "unit": pa.array(["A", "B"]).dictionary_encode(),
            "pay": pa.array([Decimal("10.50"), None], pa.decimal128(6, 2)),
            "on": pa.array([True, False]),
        }
    )
    CELLS = (
        ["1", "5095", date(2024, 3, 5), date(2024, 3, 5), "Anna", "A", "10.5", "true"],
        ["", "0.5", "", datetime(2024, 3, 5, 10, 30), "", "B", "", "false"],
    )

    @pytest.mark.parametrize(
        "made", [parquet, arrow_file, lambda table: arrow_file(table, pa.ipc.new_stream), lambda table: table]
    )
    def test_the_cells_of_a_table(self, made):
        """By their types."""
        assert cells(made(self.TABLE)) == [self.TABLE.schema.names, *self.CELLS]

    def test_columns_of_objects_and_lists(self):
        """As in JSON."""
        table = pa.table({"id": [1, 2], "unit": [{"name": "A"}, None], "okrs": [[{"t": "a"}, {"t": "b"}], []]})
        rows = open_rows(parquet(table))
        assert [rows.named(row) for row in rows] == [
            {"id": "1", "unit.name": "A", "okrs[].t": ["a", "b"]}, {"id": "2", "unit": "", "okrs": []},
        ]  # fmt: skip
        rows = open_rows(table, path="okrs[]")
        assert [rows.named(row)["okrs[].t"] for row in rows] == ["a", "b"]
        assert rows.told == {"kind": "arrow"}

    def test_rows_below_many_others(self):
        """Batches are read a piece at a time."""
        table = pa.table({"id": list(range(10_000)), "name": [""] * 10_000})
        found, skipped = account(arrow_file(table), stop="9000")
        assert [(line, record) for line, record, _, _ in found] == [(n, n) for n in range(1, 9_001)]
        assert skipped == {"below": 1_000}

    def test_from_a_stream_that_cannot_go_back(self):
        """It is taken whole, then."""
        assert cells(Pipe(parquet(self.TABLE)))[1:] == [*self.CELLS]

    def test_a_table_without_columns(self):
        """Holds nobody."""
        assert cells(pa.table({})) == [[]]


class TestRealExports:
    """Files that others wrote; they lie beside the project."""

    @pytest.mark.parametrize(
        ("name", "rows", "columns", "kind", "last"),
        [
            ("hrdataset_v14.csv", 311, 36, "csv", 312),
            ("odoo_hr.resume.line.csv", 95, 7, "csv", 96),
            ("esco_occupations_en.csv", 3007, 14, "csv", 36_296),
            ("ibm_hr_attrition.xlsx", 1470, 35, "xlsx", 1471),
            ("horilla_employee_info_data.json", 156, 45, "json", None),
            ("horilla_work_info_data.json", 200, 40, "json", None),
            ("horilla_pms_data.json", 66, 67, "json", None),
            ("horilla_base_data.json", 210, 103, "json", None),
        ],
    )
    def test_all_rows_are_there(self, shared, name, rows, columns, kind, last):
        """None is faulty, and none is left out."""
        opened = open_rows(shared / name)
        found = list(opened)
        assert (opened.good, opened.read, len(opened.columns), opened.told["kind"]) == (rows, rows, columns, kind)
        assert last in {None, found[-1].line}
        assert [row.record for row in found] == list(range(1, rows + 1))

    @pytest.mark.parametrize("name", ["hrdataset_v14.csv", "esco_occupations_en.csv", "odoo_hr.resume.line.csv"])
    def test_csv_says_what_csv_says(self, shared, name):
        """Cell by cell; and the lines are where an editor finds them."""
        with (shared / name).open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines)
            assert cells(shared / name) == [[h.strip() for h in next(reader)], *reader]
        text = (shared / name).read_text(encoding="utf-8-sig").split("\n")
        for row in open_rows(shared / name):
            assert text[row.line - 1].startswith((str(row.cells[0]), f'"{row.cells[0]}'))

    def test_json_knows_its_lines(self, shared):
        """Objects of one model out of many."""
        opened = open_rows(shared / "horilla_pms_data.json", only={"model": "pms.objective"})
        text = (shared / "horilla_pms_data.json").read_text(encoding="utf-8").split("\n")
        for row in opened:
            assert text[row.line - 1].strip() == "{"
            assert text[row.line].strip() == '"model": "pms.objective",'
        assert (opened.good, opened.skipped) == (4, {"others": 62})

    def test_numbers_of_a_sheet_are_whole(self, shared):
        """Where they are."""
        opened = open_rows(shared / "ibm_hr_attrition.xlsx")
        assert {it for row in opened for it in row.cells if "." in text_of(it)} == set()


# --- laws -----------------------------------------------------------------------------------------------------------

WORDS = st.text(
    st.one_of(st.sampled_from("ab,;\t|\"'\n= "), st.characters(exclude_categories=["Cs", "Cc"])), max_size=8
).map(lambda text: text.replace("\ufeff", ""))
NAMES = st.lists(st.text("abcdefgh", min_size=1, max_size=4), min_size=2, max_size=5, unique=True)


@st.composite
def tables(draw):
    """A header and rows of texts, of which none is blank."""
    header = draw(NAMES)
    row = st.lists(WORDS, min_size=len(header) - 1, max_size=len(header) - 1)
    rows = draw(st.lists(row, min_size=1, max_size=6))
    return header, [[f"r{n}", *row] for n, row in enumerate(rows)]


def written(header, rows, draw):
    """A table as CSV, in any of its ways."""
    out = io.StringIO(newline="")
    separator = draw(st.sampled_from(",;\t|"))
    writer = csv.writer(
        out,
        delimiter=separator,
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        lineterminator=draw(st.sampled_from(["\n", "\r\n"])),
    )
    writer.writerows([header, *rows])
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    return out.getvalue().encode(encoding), separator


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", min_size=1, max_size=2), inner, max_size=3)
    ),
    max_leaves=6,
)
OBJECTS = st.lists(
    st.dictionaries(st.text("abc", min_size=1, max_size=2), VALUES, max_size=4).map(lambda it: {"id": "x", **it}),
    max_size=4,
)


def named(source, **how):
    """The cells of each row by their names."""
    rows = open_rows(source, **how)
    return [rows.named(row) for row in rows]


def as_dicts(header, rows):
    """A table as objects."""
    return [dict(zip(header, row, strict=True)) for row in rows]


class TestLaws:
    """What holds for any table, and for any bytes."""

    @given(tables(), st.data())
    def test_the_same_table_gives_the_same_cells(self, table, data):
        """Whatever it is written in."""
        header, rows = table
        content, separator = written(header, rows, data.draw)
        objects = as_dicts(header, rows)
        assert cells(content, separator=separator) == [header, *rows]
        for source in (
            "".join(f"{json.dumps(it)}\n" for it in objects).encode(),
            json.dumps(objects, indent=data.draw(st.sampled_from([None, 1])), ensure_ascii=False).encode(),
            parquet(pa.table({name: [it[name] for it in objects] for name in header})),
            objects,
            xlsx({"A": [header, *rows]}),
        ):
            assert cells(source) == [header, *rows]

    @given(OBJECTS)
    def test_the_same_objects_give_the_same_cells(self, objects):
        """Line by line, in a list, under a path, or as they are."""
        lines = "".join(f"{json.dumps(it)}\n" for it in objects).encode()
        document = json.dumps({"in": objects}, indent=1).encode()
        expected = [{**row} for row in named(objects)]
        assert named(lines) == named(json.dumps(objects).encode()) == expected
        under = named(document, path="in[]", kind="json")
        assert [{name.removeprefix("in[]."): cell for name, cell in row.items()} for row in under] == expected
        halves = [{**it, "half": "\ud800"} for it in objects]  # which one reader refuses, and another takes
        slowly = named("".join(f"{json.dumps(it)}\n" for it in halves).encode())
        assert slowly == [{**it, "half": "\ud800"} for it in expected]

    @given(tables(), st.data())
    def test_the_separator_is_that_of_most_rows(self, table, data):
        """Where none of the others stands in a cell."""
        header, rows = table
        rows = [["".join(c for c in cell if c not in ",;\t|") for cell in row] for row in rows]
        content, separator = written(header, rows, data.draw)
        assert cells(content) == [header, *rows]
        assert told(content)["separator"] == separator

    @given(tables(), st.data())
    def test_lines_are_those_of_the_file(self, table, data):
        """As counted by who wrote it."""
        header, rows = table
        content, separator = written(header, rows, data.draw)
        text = content.decode("utf-16" if content[:1] in b"\xff\xfe" else "utf-8-sig")
        ends = "\r\n" if "\r\n" in text else "\n"
        expected, line = [], 2
        for row in rows:
            expected.append(line)
            line += 1 + sum(cell.count("\n") for cell in row)
        assert ends
        assert [row.line for row in open_rows(content, separator=separator)] == expected

    @given(st.binary(max_size=300), st.data())
    def test_any_bytes_are_read_or_refused(self, content, data):
        """And every record is accounted for."""
        self.survives(content, data)

    SEEDS = st.sampled_from(
        [
            xlsx({"People": PEOPLE, "B": [[1, date(2024, 3, 5)]]}),
            ods({"People": PEOPLE}),
            parquet(pa.table({"id": [1, 2], "name": ["Anna", None], "at": [datetime(2024, 1, 1), None]})),
            arrow_file(pa.table({"id": [1, 2], "name": ["Anna", None]})),
            arrow_file(pa.table({"id": [1, 2], "okrs": [[{"a": 1}], None]}), pa.ipc.new_stream),
            'id;name\r\n1;"Åsa\r\nEk"\r\n;;\r\n2;"Ole ""B"" Li"\r\nTotal;2\r\n'.encode(),
            "id\tname\n1\tÅsa\n2\tŁukasz\n".encode("utf-16"),
            '{"id": 1, "okrs": [{"t": "å"}, {"t": [1, 2.5]}]}\n{"id": 2, "okrs": []}\n'.encode(),
            b'{"a": [[{"b": 1}, "x"], {"c": [{}]}, [], {}], "okrs": {"e": {}, "f": -1e-3}}\n{"a": {}, "okrs": [[]]}\n',
            '[\n {"id": 1, "okrs": [{"t": "å"}]},\n {"id": 2, "unit": {"name": null}}\n]\n'.encode(),
        ]
    )

    @given(SEEDS, st.data())
    def test_a_spoiled_file_is_read_or_refused(self, content, data):
        """Cut, with bytes flipped, in two encodings at once, doubled."""
        spoiled = bytearray(content)
        for how in data.draw(
            st.lists(st.sampled_from(["cut", "flip", "mix", "drop", "double"]), min_size=1, max_size=4)
        ):
            at = data.draw(st.integers(0, len(spoiled)))
            if how == "cut":
                del spoiled[at:]
            elif how == "drop":
                del spoiled[at : at + data.draw(st.integers(1, 20))]
            elif how == "flip" and at < len(spoiled):
                spoiled[at] ^= data.draw(st.integers(1, 255))
            elif how == "mix":
                spoiled[at:at] = data.draw(
                    st.sampled_from([b"\xe5", b"\xff\xfe", b'"', b"\r", b"{", b"]", b"\0", b"\\"])
                )
            elif how == "double":
                spoiled += spoiled[at:]
        self.survives(bytes(spoiled), data)

    @staticmethod
    def survives(content, data):
        """Nothing but the one error comes out; totals are whole."""
        how = {
            "path": data.draw(st.sampled_from(["", "okrs[]"])),
            "stop": data.draw(st.sampled_from([None, "Total"])),
            "header": data.draw(st.sampled_from([1, 2, None])),
            "kind": data.draw(st.sampled_from([None, None, "csv", "ndjson", "json"])),
            "encoding": data.draw(st.sampled_from([None, None, "latin-1"])),
        }
        try:
            found, _ = account(content, **how)
        except Rejected as refusal:
            assert {*refusal.codes} <= {"B006", "B007", "B010", "B012", "B013"}
        else:
            lines = [line for line, *_ in found]
            assert lines == sorted(lines)
            records = [record for _, record, *_ in found]
            assert records == sorted(set(records))


def test_memory_does_not_grow_with_the_file(tmp_path):
    """Rows are given one by one: of a file ten times as long, no more is held."""
    import tracemalloc

    def held(rows):
        path = tmp_path / f"{rows}.csv"
        with path.open("w", encoding="utf-8") as out:
            out.writelines(f"{n},Person {n},2024-08-01\n" for n in range(rows))
        tracemalloc.start()
        count = sum(1 for _ in open_rows(path))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert count == rows - 1
        return peak

    assert held(50_000) < 2 * held(5_000) < 4_000_000
