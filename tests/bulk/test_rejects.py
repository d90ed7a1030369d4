"""Rejected rows go out as they stand, and come back with the same mapping: mended or not, whatever they hold."""

import codecs
import csv
import io
import json
from datetime import date
from types import MappingProxyType

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.bulk.drafts import Fault
from coaching.bulk.reporting import write_rejects
from coaching.bulk.sources import open_rows, text_of
from coaching.bulk.sources.returned import MARKS, TEXT, guarded, marked, marks_of, taken_off, unguarded, with_marks
from coaching.kernel.rules import Severity
from stage import refused
from stage.tables import parquet, xlsx

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=6) | st.sampled_from(
    [
        "=1+1",
        "-5",
        "-5+1",
        "'=",
        "''@x",
        "\t",
        "\r",
        " -",
        "+46 70",
        "\ufeff=",
        "\uff1d1",
        'a"b',
        "x\ny",
        "7",
        "B007",
        "",
    ]
)


def wrong(row, *codes, message="'x' is wrong", severity=Severity.ERROR):
    """Faults of a row."""
    return [Fault(row.source, row.line, row.record, "name", "name", it, severity, "", message, "mend") for it in codes]


def sent_back(source, *, only=None, **how):
    """The rows of a source, those that were rejected as they come back, and the file in between."""
    rows = list(open_rows(source, **how))
    chosen = [row for row in rows if only is None or row.record in only]
    out = io.BytesIO()
    told = write_rejects(
        source, [f for row in chosen for f in wrong(row, row.wrong.code if row.wrong else "B003")], out, **how
    )
    assert told.rows == len(chosen)
    back = open_rows(out.getvalue(), **how)
    return chosen, list(back), back, out.getvalue()


def as_read(rows):
    """What of rows has to come back."""
    return [([text_of(it) for it in row.cells], row.wrong and row.wrong.code) for row in rows]


class TestGuards:
    """No spreadsheet runs what a file says, and nothing is lost by that."""

    @given(texts)
    def test_what_is_guarded_is_undone(self, text):
        """Exactly, whatever it is."""
        assert unguarded(guarded(text)) == text

    @given(texts)
    def test_nothing_is_left_that_a_spreadsheet_runs(self, text):
        """By the list of OWASP, in full width too, and behind what is trimmed."""
        begins = guarded(text).lstrip("\ufeff\u200b \xa0\n\x0b\x0c\x00")
        assert begins[:1] not in {"=", "+", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"}
        assert not begins.startswith("-") or begins[1:].replace(".", "").replace(",", "").isdecimal()

    @pytest.mark.parametrize(
        "plain", ["", "Anna", "O'Hara", "'n Sync", "-5", "-5.25", "-1,5", "a=b", "2-3", "'", "'-5"]
    )
    def test_what_is_none_stays(self, plain):
        """A negative number is no formula."""
        assert guarded(plain) == unguarded(plain) == plain


class TestMarks:
    """What is added to a row is known for what it is, wherever a spreadsheet leaves it."""

    @given(st.lists(texts, max_size=5), st.integers(1, 5), st.integers(0, 3))
    def test_taken_off_again(self, cells, width, blanks):
        """However many cells the row has, and however many blank ones come behind."""
        row = [*map(guarded, cells), "12", "B002, X001", guarded("=why"), *[""] * blanks]
        assert taken_off(row, width) == (cells, "B002, X001")

    def test_somebody_took_them_away(self):
        """Then the row is what is left; what stands in their place is no cell of it without a word."""
        assert taken_off(["1", "Anna", "", ""], 2) == (["1", "Anna"], "")
        assert taken_off(["1", "", None], 2) == (["1", ""], "")
        assert taken_off(["1", "Anna", "Li", "B002", "why"], 3) == (["1", "Anna", "Li", "B002", "why"], "")
        assert taken_off(["1", date(2024, 3, 5), "7", "B002", ""], 3) == (["1", date(2024, 3, 5)], "B002")

    def test_a_header(self):
        """Blanks behind it are none of its columns."""
        assert marked(["id", *MARKS, "", ""]) == 1
        assert marked([*MARKS, "id"]) is None
        assert marked([]) is None

    @given(st.dictionaries(st.sampled_from([*MARKS, "rejected line 2", "id"]), st.integers(), max_size=3))
    def test_keys_of_an_object(self, value):
        """They take nobody's place, but that of those that came back."""
        told = with_marks(value, (7, "B003", "why"))
        marks = marks_of(told)
        assert [told[it] for it in marks] == [7, "B003", "why"]
        assert {key: it for key, it in told.items() if key not in marks} == {
            key: it for key, it in value.items() if key not in marks_of(value)
        }


class TestTables:
    """In the dialect of the source."""

    @pytest.mark.parametrize(
        ("made", "how"),
        [
            (lambda text: text.encode(), {}),
            (lambda text: codecs.BOM_UTF8 + text.encode(), {}),
            (lambda text: text.encode("utf-16"), {}),
            (lambda text: text.encode("utf-16-le"), {"encoding": "utf-16-le"}),
            (lambda text: ("\ufeff" + text).encode("utf-16-le"), {"encoding": "utf-16-le"}),
            (lambda text: text.encode("cp1252"), {"encoding": "cp1252"}),
        ],
    )
    @pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize("says", ["", "sep={}"])
    def test_as_they_stand(self, made, how, separator, ends, says):
        """Encoding, mark, separator, ends, header: the file without what was added is a part of the source."""
        lines = [["id", 'na"me', "née"], ["1", f"a{ends}b", "x"], ["2", "", f"y{separator}z"], ["3", "no", "w"]]
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=separator, lineterminator=ends).writerows(lines)
        begins = says.format(separator) + ends if says else ""
        source = made(begins + text.getvalue())
        _, back, rows, content = sent_back(source, only={1, 2}, **how)
        assert [row.cells for row in back] == lines[1:3]
        assert rows.columns == lines[0]
        assert rows.told["rejects"] is True
        expected = io.StringIO(newline="")
        line = 2 + bool(says)
        added = [MARKS, *((str(n), "B003", "name: 'x' is wrong (mend)") for n in (line, line + 2))]
        writer = csv.writer(expected, delimiter=separator, lineterminator=ends)
        writer.writerows([*cells, *more] for cells, more in zip(lines, added, strict=False))
        assert content == made(begins + expected.getvalue())

    @given(
        st.lists(st.lists(texts, min_size=1, max_size=4), min_size=1, max_size=6),
        st.sampled_from([",", ";", "\t", "|"]),
        st.sampled_from([1, None, 3]),
    )
    def test_the_cells_come_back(self, cells, separator, header):
        """Any text, in rows of any length: what was ragged is so again."""
        out = io.StringIO(newline="")
        out.write("\r\n" * ((header or 1) - 1))
        csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([["a", "=b", "c"], *cells])
        source = out.getvalue().encode()
        sent, back, rows, _ = sent_back(source, separator=separator, header=header)
        assert as_read(back) == as_read(sent)
        assert rows.columns == (["1", "2", "3"] if header is None else ["a", "=b", "c"])

    def test_again_and_again(self):
        """What comes back and is rejected once more has the marks once."""
        source = b"id,name\n1,=x\n2,y,z\n"
        _, _, _, once = sent_back(source)
        _, back, rows, twice = sent_back(once)
        assert (rows.columns, as_read(back)) == (["id", "name"], [(["1", "=x"], None), (["2", "y", "z"], "B002")])
        assert once.count(b"rejected line") == twice.count(b"rejected line") == 1

    def test_a_line_that_is_no_csv(self):
        """Stands in one cell, in which it can be mended; until then it is rejected."""
        source = b'id;name\n1;"Li"x\n2;=Ole\n3;"Eva\n'
        sent, back, _, content = sent_back(source)
        assert as_read(back) == as_read(sent)
        assert [it for _, it in as_read(sent)] == ["B007", None, "B007"]
        mended = content.replace(b'""Li""x', b'""Li""')
        assert as_read(open_rows(mended))[0] == (["1", "Li"], None)
        broken = as_read(open_rows(content + b'4;"Bo"x;5;B007;why\n'))
        assert broken[-1] == (['4;"Bo"x;5;B007;why'], "B007")

    def test_mended_in_a_spreadsheet(self):
        """Which makes all rows as long as the longest, and saves another kind of file."""
        _, _, _, content = sent_back(b"id,name\n1\n2,b,c\n3,=x\n")
        table = list(csv.reader(io.StringIO(content.decode())))
        widest = max(map(len, table))
        table = [row + [""] * (widest - len(row)) for row in table]
        table[1][1:1] = ["Anna"]
        out = io.StringIO()
        csv.writer(out).writerows(table)
        wanted = [(["1", "Anna"], None), (["2", "b", "c"], "B002"), (["3", "=x"], None)]
        assert as_read(open_rows(out.getvalue().encode())) == wanted
        assert as_read(open_rows(xlsx({"Rejects": table}))) == wanted

    def test_a_quote_that_a_later_line_closes(self):
        """Is doubted when it comes back, as it was before."""
        source = b'id,name\n1,"=a\n2,b"\n'
        (sent,), (back,), _, _ = sent_back(source)
        assert (back.cells, back.spread.last - back.line) == (sent.cells, 1)

    @pytest.mark.parametrize("how", [{}, {"kind": "xlsx", "sheet": "Staff"}, {"header": 2, "separator": ";"}])
    def test_of_a_workbook(self, how):
        """It is CSV in UTF-8 with its mark, which the same mapping reads."""
        table = [["Åsas staff"], ["id", "name", "hired"], [1, "=x", date(2024, 3, 5)], [2, "Ole", ""]]
        source = xlsx({"Staff": table[how.get("header", 1) == 2 or 1 :] if how.get("header") != 2 else table})
        sent, back, rows, content = sent_back(source, **how)
        assert as_read(back) == as_read(sent) == [(["1", "=x", "2024-03-05"], None), (["2", "Ole", ""], None)]
        assert rows.columns == ["id", "name", "hired"]
        assert content.startswith(codecs.BOM_UTF8)

    def test_of_parquet_and_frames(self):
        """The same."""
        table = pa.table({"id": [1, 2], "name": ["=x", None]})
        for source, how in ((parquet(table), {"kind": "parquet"}), (table, {})):
            sent, back, _, _ = sent_back(source, **how)
            assert as_read(back) == as_read(sent)

    def test_another_kind_is_still_refused(self):
        """That it is no file of rejected rows shows."""
        assert [f.code for f in refused(lambda: open_rows(b"id\n1\n", kind="xlsx"))] == ["B010"]

    def test_paths_streams_and_lines(self, tmp_path):
        """Each is read from its beginning."""
        path = tmp_path / "people.csv"
        path.write_bytes(b"id,name\r\n1,a\r\n2,b\r\n")
        with path.open("rb") as stream, path.open(encoding="utf-8", newline="") as lines:
            stream.read(5)
            kept = list(lines)
            for source in (path, str(path), stream, kept, tuple(it.strip() for it in kept), io.StringIO("".join(kept))):
                rows = [row for row in open_rows(path) if row.record == 2]
                out = io.BytesIO()
                told = write_rejects(source, wrong(rows[0], "B003", "B003", "X001"), out)
                assert out.getvalue().split()[:3] == [b"id,name,rejected", b"line,rejected", b"code,rejected"]
                assert b'2,b,3,"B003, X001","name: ' in out.getvalue() or b"2,b,3" in out.getvalue()
                assert told.told["kind"] == "csv"

    def test_only_errors_reject(self):
        """Warnings do not, nor does what is said of a source as a whole; without one, there is the header alone."""
        (row,) = open_rows(b"id,name\n1,a\n")
        out = io.BytesIO()
        whole = [Fault("", 1, 0, "", "", "B003", Severity.ERROR, "", "", "")]
        assert write_rejects(b"id,name\n1,a\n", whole + wrong(row, "B020", severity=Severity.WARNING), out).rows == 0
        assert out.getvalue() == b"id,name,rejected line,rejected code,rejected reason\n"

    def test_nothing_at_all(self):
        """Is a file without rows."""
        out = io.BytesIO()
        assert write_rejects(b"", [], out).rows == 0
        assert list(open_rows(out.getvalue())) == []

    def test_real_files(self, shared):
        """Every third row of them comes back as it went out."""
        for name in (
            "hrdataset_v14.csv",
            "odoo_hr.resume.line.csv",
            "esco_occupations_en.csv",
            "ibm_hr_attrition.xlsx",
        ):
            records = {row.record for row in open_rows(shared / name) if row.record % 3 == 0}
            sent, back, _, _ = sent_back(shared / name, only=records)
            assert as_read(back) == as_read(sent)


class TestObjects:
    """As NDJSON of what they were."""

    SOURCE = (
        b'{"id": 7.0, "big": 123456789012345678901234567890, "odd": 1e999, "on": true, "unit": {"name": "R"}, "goals": [{"t": "x"}, {"t": "y"}, 3]}\n'
        b'{"id": 8, "goals": []}\n\n{"id": "", "goals": null}\n{"id": 9, "rejected line": "mine", "goals": {"t": "z"}}\n{"id": 1,\n[1]\n{"id": 10}\n'
    )

    @pytest.mark.parametrize("path", ["", "goals[]"])
    def test_the_rows_come_back(self, path):
        """Of a list under the path each has its own; a line that is no JSON is a text."""
        sent, back, rows, content = sent_back(self.SOURCE, path=path)
        assert as_read(back) == as_read(sent)
        assert "rejected reason" not in rows.columns
        first = json.loads(content.splitlines()[0])
        assert (first["id"], first["on"], first["rejected code"]) == (7.0, True, "B003")
        assert first["goals"] == ([{"t": "x"}] if path else [{"t": "x"}, {"t": "y"}, 3])
        assert [TEXT in json.loads(line) for line in content.splitlines()].count(True) == 2

    def test_of_a_document(self):
        """It is NDJSON, which the same mapping reads."""
        source = b'{"data": [{"id": 1, "x": 0.10},\n {"id": 2},\n 5]}'
        sent, back, _, content = sent_back(source, kind="json", path="data[]", only={1, 3})
        assert as_read(back) == as_read(sent)
        assert json.loads(content.splitlines()[0])["data"] == [{"id": 1, "x": 0.1}]

    def test_mended_in_its_text(self):
        """Or in the place of it."""
        _, _, _, content = sent_back(b'{"id": 1}\n{"id" 2}\n{"id": 3}\n', only={2})
        assert [row.cells for row in open_rows(content.replace(b'\\"id\\" 2', b'\\"id\\": 2'))] == [["2"]]
        deep = json.dumps({TEXT: "[" * 100_000})
        assert [row.wrong.code for row in open_rows(deep.encode(), kind="ndjson")] == ["B012"]

    def test_dicts_and_nested_columns(self):
        """Days are days in ISO form; what is no value at all stays wrong."""
        given = [{"id": 1, "on": date(2024, 3, 5), "unit": MappingProxyType({"name": "=R"})}, {"id": 2, "on": object()}]
        out = io.BytesIO()
        rows = list(open_rows(given))
        assert write_rejects(given, [f for row in rows for f in wrong(row, "B003")], out).told["kind"] == "ndjson"
        assert next(iter(open_rows(out.getvalue()))).cells == ["1", "2024-03-05", "=R"]
        nested = pa.table({"id": [1, 2], "unit": [{"name": "a"}, {"name": "b"}]})
        sent, back, _, _ = sent_back(nested)
        assert as_read(back) == as_read(sent)

    def test_what_cannot_be_written(self):
        """Is told all the same."""
        ring = {"id": 1}
        ring["ring"] = ring
        out = io.BytesIO()
        (row,) = open_rows([ring])
        assert write_rejects([ring], wrong(row, "B012"), out).rows == 1
        assert json.loads(out.getvalue())[TEXT] == ""

    def test_again(self):
        """The marks are written once."""
        _, _, _, once = sent_back(self.SOURCE)
        _, _, _, twice = sent_back(once)
        assert twice.count(b"rejected line") == once.count(b"rejected line")
