"""What is given: whatever it is, it can be opened again and again, and is told from any other."""

import io
import os
import sys
import threading
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given as each
from hypothesis import strategies as st

from coaching import Rejected
from coaching.bulk.given import given
from coaching.bulk.mapping import SourceOf
from stage import refused

TABLE = "id,name\n1,Anna\n2,Åsa\n"
BYTES = TABLE.encode()
ROWS = [{"id": "1", "name": "Anna"}, {"id": "2", "name": "Åsa"}]


def one(source, *known):
    """The one source that was given."""
    (it,) = given(source, known)
    return it


def cells(it, **how):
    """What it holds, opened anew."""
    return [row.cells for row in it.rows(SourceOf(**how))]


def kinds(folder):
    """The same rows in every form in which they may be given, each ready to be given once."""
    path = folder / "people.csv"
    path.write_bytes(BYTES)
    table = pa.table({"id": ["1", "2"], "name": ["Anna", "Åsa"]})
    return {
        "path": path,
        "text of a path": str(path),
        "bytes": BYTES,
        "bytearray": bytearray(BYTES),
        "view": memoryview(BYTES),
        "stream": io.BytesIO(BYTES),
        "file": path.open("rb"),
        "text stream": io.StringIO(TABLE),
        "text file": path.open(encoding="utf-8"),
        "lines in a list": [TABLE.splitlines()],
        "lines one by one": (line for line in TABLE.splitlines()),
        "dicts": ROWS,
        "dicts in a tuple": tuple(ROWS),
        "dicts one by one": iter(ROWS),
        "frame": table,
        "frame that is read once": table.to_reader(),
    }


@pytest.fixture
def every(tmp_path):
    """All of them; those that were opened are closed."""
    them = kinds(tmp_path)
    yield them
    for it in them.values():
        if hasattr(it, "close"):
            it.close()


NAMES = {
    "path": "people.csv", "text of a path": "people.csv", "file": "people.csv", "text file": "people.csv",
}  # fmt: skip


class TestEveryKind:
    """A source is what it is, however it is given."""

    def test_it_can_be_opened_again_and_again(self, every):
        """What can be read only once is copied."""
        for what, source in every.items():
            it = one(source)
            assert [cells(it), cells(it)] == [[["1", "Anna"], ["2", "Åsa"]]] * 2, what
            it.close()

    def test_its_fingerprint_is_that_of_what_it_holds(self, every):
        """It changes nothing, and is the same for the same bytes in whatever form."""
        its = {what: one(source) for what, source in every.items()}
        prints = {what: it.fingerprint for what, it in its.items()}
        assert {what: it.fingerprint for what, it in its.items()} == prints
        of_bytes = ("path", "text of a path", "bytes", "bytearray", "view", "stream", "file")
        assert len({prints[what] for what in of_bytes}) == 1
        assert one(ROWS[:1]).fingerprint != prints["dicts"]
        assert one(BYTES + b"3,Eva\n").fingerprint != prints["bytes"]
        for it in its.values():
            it.close()

    def test_it_counts_its_lines_where_that_costs_little(self, every):
        """A frame that does not know them says nothing."""
        its = {what: one(source) for what, source in every.items()}
        many = {what: it.lines("dicts" if "dicts" in what else "csv") for what, it in its.items()}
        assert {what: n for what, n in many.items() if n != 3} == {
            "dicts": 2, "dicts in a tuple": 2, "dicts one by one": 2, "frame": 2, "frame that is read once": 2,
        }  # fmt: skip
        for it in its.values():
            it.close()

        class Columns:
            def __arrow_c_stream__(self, requested_schema=None):
                return pa.table({"id": ["1"]}).__arrow_c_stream__(requested_schema)

        assert one(Columns()).lines("arrow") is None
        assert cells(one(Columns())) == [["1"]]

    def test_it_is_called_as_its_file(self, every):
        """Or else by its number."""
        for what, source in every.items():
            it = one(source)
            assert it.name == NAMES.get(what, "source 1"), what
            it.close()

    def test_how_it_is_opened_is_the_mappings(self):
        """Nothing is asked of it before: bytes may be in another encoding."""
        it = one(TABLE.encode("latin-1"))
        assert it.fingerprint
        assert cells(it, encoding="latin-1") == [["1", "Anna"], ["2", "Åsa"]]


class TestSeveral:
    """A list holds several sources, unless it holds the rows of one."""

    def test_each_has_its_place(self):
        its = given([BYTES, TABLE.splitlines(), ROWS, Path("goals.csv")])
        assert [it.name for it in its] == ["source 1", "source 2", "source 3", "goals.csv"]

    def test_no_two_are_called_the_same(self, tmp_path):
        """Files of one name by their paths; and one that is given twice by its number too."""
        a, b = str(tmp_path / "a" / "people.csv"), str(tmp_path / "b" / "people.csv")
        assert [it.name for it in given([a, b, "goals.csv"])] == [a, b, "goals.csv"]
        assert [it.name for it in given(["x.csv", "x.csv", "y.csv"])] == ["x.csv (1)", "x.csv (2)", "y.csv"]

    def test_none_is_refused(self):
        assert [it.message for it in refused(lambda: given([]))] == ["no source is given"]


class TestNames:
    """A text may say which source it is."""

    @pytest.mark.parametrize(
        ("said", "known", "found"),
        [
            ("people=a.csv", (), ("people", "a.csv", "people=a.csv")),
            ("people=in/a.csv", (), ("people", "a.csv", "people=in/a.csv")),
            ("half year=a.csv", ("half year",), ("half year", "a.csv", "half year=a.csv")),
            ("half year=a.csv", (), ("", "half year=a.csv", "half year=a.csv")),
            ("in/x=a.csv", (), ("", "x=a.csv", "in/x=a.csv")),
            ("=a.csv", ("",), ("", "a.csv", "a.csv")),
            ("a.csv", ("a.csv",), ("", "a.csv", "a.csv")),
        ],
    )
    def test_what_stands_before_the_sign(self, said, known, found):
        it = one(said, *known)
        assert (it.serves, it.name, it.said) == found

    def test_a_file_of_such_a_name_is_that_file(self, tmp_path, monkeypatch):
        """Unless the mapping has a source of that name."""
        monkeypatch.chdir(tmp_path)
        Path("x=a.csv").write_text("id\n1\n")
        assert one("x=a.csv").serves == ""
        assert one("x=a.csv", "x").serves == "x"

    def test_a_line_says_nothing_of_a_workbook(self, every):
        """And the last one need not end."""
        assert {one(every[it]).lines("xlsx") for it in ("path", "bytes", "lines in a list")} == {None}
        assert (one(b"").lines("csv"), one(b"id\n1").lines("csv"), one(b"id\n1\n").lines("ndjson")) == (0, 2, 2)

    def test_a_path_that_is_no_text_says_nothing(self):
        assert one(Path("people=a.csv")).serves == ""


class TestReadOnce:
    """What comes in but once is copied."""

    def test_standard_input(self, monkeypatch):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BYTES)))
        it = one("people=-")
        assert (it.name, it.serves, it.said, cells(it), it.lines("csv")) == (
            "standard input", "people", "people=standard input", [["1", "Anna"], ["2", "Åsa"]], 3,
        )  # fmt: skip
        it.close()

    def test_a_pipe(self, tmp_path):
        path = tmp_path / "pipe"
        os.mkfifo(path)
        writing = threading.Thread(target=path.write_bytes, args=[BYTES])
        writing.start()
        it = one(path)
        writing.join()
        assert (cells(it), it.name, it.path) == ([["1", "Anna"], ["2", "Åsa"]], "pipe", str(path))
        it.close()

    @each(st.binary(max_size=30))
    def test_any_bytes_come_through(self, content):
        it = one(io.BytesIO(content))
        assert it.fingerprint == one(content).fingerprint
        it.close()


class TestRefusals:
    """What is no source is said with its place."""

    @pytest.mark.parametrize(
        "source",
        [None, 7, {"id": 1}.keys, "a\0b", "x=a\0b", Path("a\0b")],
        ids=["None", "7", "a method", "NUL", "NUL named", "NUL path"],
    )
    def test_what_is_none(self, source):
        assert [(it.code, it.path) for it in refused(lambda: given([b"id\n", source]))] == [("V015", "sources[1]")]

    def test_one_row_alone(self):
        """Rows stand in a list, even one."""
        assert [(it.code, it.path) for it in refused(lambda: given({"id": "1"}))] == [("V015", "sources[0]")]

    def test_a_stream_that_cannot_be_read(self, tmp_path):
        closed = io.BytesIO()
        closed.close()
        with (tmp_path / "out").open("wb") as out:
            for it in (closed, out):
                assert [(it.code, it.path) for it in refused(lambda it=it: given(it))] == [("V015", "sources[0]")]

    def test_what_was_copied_before_is_closed(self):
        """A list is taken whole or not at all."""
        assert [it.path for it in refused(lambda: given([io.BytesIO(BYTES), [TABLE], None]))] == ["sources[2]"]

    def test_a_stream_that_breaks_off(self):
        """What it says goes on to the caller, and nothing stays open."""

        class Breaks(io.BytesIO):
            def read(self, size=-1):
                if size == 0:
                    return b""
                raise OSError("the line is dead")

        with pytest.raises(OSError, match="dead"):
            given(Breaks())

    def test_a_text_stream_in_another_encoding(self, tmp_path):
        path = tmp_path / "a.csv"
        path.write_bytes(TABLE.encode("latin-1"))
        with path.open(encoding="utf-8") as file, pytest.raises(Rejected) as refusal:
            given(file)
        assert refusal.value.codes == ("B006",)

    def test_a_file_that_is_not_there(self, tmp_path):
        """The system says so, when it is opened."""
        it = one(tmp_path / "none.csv")
        for ask in (it.rows, lambda: it.lines("csv"), lambda: it.fingerprint):
            with pytest.raises(FileNotFoundError):
                ask()
        folder = one(tmp_path)
        with pytest.raises(IsADirectoryError):
            folder.rows()
