"""The laws of an import: one slip, one fault, at its place; a kill, a worker more or another order change nothing."""

import csv
import io
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from attrs import frozen
from frozendict import frozendict
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.bulk import importing, merging
from coaching.formats.documents import dumps
from coaching.formats.lines import load_book
from coaching.testing import acts
from stage import refused
from stage.imports import HEADER, LATER, PERSON, STAFF, book_of, fate, good, imported, places, table
from stage.programs import TESTS, around

FEW = settings(max_examples=8)


def records(book):
    """Each record as it is written, by its kind and id."""
    return {(type(it).__name__, it.id): dumps(it) for it in book}


def without_history(book):
    """What each record says, whenever and wherever it was said."""
    said = {}
    for it in book:
        document = json.loads(dumps(it))
        del document["history"]
        said[document["type"], it.id] = document
    return said


# --- one slip, one fault ---------------------------------------------------------------------------------------------


@frozen
class Slip:
    """One way to go wrong: what it makes of a row, where it is told and how, and whether the row is rejected."""

    column: str
    code: str
    cells: Mapping[str, str | None] = frozendict()
    raw: object = None
    again: object = None  # the row that is appended
    error: bool = True

    @property
    def of_cells(self):
        """Whether it can be made in any kind of file."""
        return self.raw is None


def quoted(line):
    """A quote within a cell that closes before the cell ends."""
    return line.replace(b"Person", b'"Per"son', 1)


SLIPS = {
    "no day": Slip("Hired", "B003", {"Hired": "soon"}),
    "a day that is none": Slip("Talk", "B003", {"Talk": "2023-02-30"}),
    "another order of day and month": Slip("Hired", "B003", {"Hired": "15/01/2020"}),
    "no value of the list": Slip("Kind", "B040", {"Kind": "Robot"}),
    "days in a wrong order": Slip("Left", "V004", {"Left": "2019-01-01"}),
    "a blank id": Slip("ID", "V014", {"ID": " "}),
    "a blank name": Slip("Name", "V014", {"Name": ""}),
    "a control character": Slip("Name", "V002", {"Name": "Per\0son"}),
    "a cell more": Slip("", "B002", raw=lambda line: line + b",x"),
    "a cell less": Slip("", "B002", raw=lambda line: line.rsplit(b",", 1)[0]),
    "a quote": Slip("", "B007", raw=quoted),
    "a manager who is nobody": Slip("Boss", "B004", {"Boss": "nobody"}, error=False),
    "their own manager": Slip("Boss", "J003", {"Boss": None}, error=False),
    "a year of nobody": Slip("Hired", "B020", {"Hired": "2567-01-15", "Talk": ""}, error=False),
    "a talk ahead": Slip("Talk", "B005", {"Talk": "2030-01-01"}, error=False),
    "the same again": Slip("ID", "B016", again={}, error=False),
    "the same again, but for a cell": Slip("ID", "X001", again={"Title": "Chef"}),
}


class Export:
    """A good export in which some rows go wrong, and what has to be found in it."""

    def __init__(self, many, slips, notes, kind):
        self.rows, self.kind = good(many), kind
        self.slips = {i: SLIPS[name] for i, name in slips.items() if kind == "csv" or SLIPS[name].of_cells}
        self.good = [dict(it) for it in self.rows]
        for i, slip in self.slips.items():
            cells = {key: self.rows[i]["ID"] if it is None else it for key, it in slip.cells.items()}
            self.rows[i] = {**self.rows[i], **cells}
        appended = [i for i, it in self.slips.items() if it.again is not None]
        self.appended = dict(zip(appended, range(many, many + len(appended)), strict=True))
        self.rows += [{**self.rows[i], **self.slips[i].again} for i in appended]
        # a cell with line breaks stands in rows of which the line is not broken
        self.notes = {
            i for i in notes if i < len(self.rows) and kind == "csv" and not getattr(self.slips.get(i), "raw", None)
        }
        self.lines, self.content = self.written(self.rows)
        self.dead = {i for i, it in self.slips.items() if it.error}
        ids = {self.good[i]["ID"] for i in self.dead}
        self.lost = {
            i for i, it in enumerate(self.rows[:many])
            if it["Boss"] in ids and i not in self.dead and self.slips.get(i) is not SLIPS["a manager who is nobody"]
        }  # fmt: skip

    def written(self, rows):
        """The line on which each row begins, and the file."""
        if self.kind == "ndjson":
            return list(range(1, len(rows) + 1)), b"".join(json.dumps(it).encode() + b"\n" for it in rows)
        *header, last = HEADER
        lines, out, line = [], [",".join([*header, "Note", last]).encode()], 2
        for i, it in enumerate(rows):
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerow(self.cells(it, "a\nb\nc" if i in self.notes else ""))
            raw = text.getvalue().removesuffix("\n").encode()
            slip = self.slips.get(i)
            out.append(slip.raw(raw) if slip is not None and slip.raw is not None else raw)
            lines.append(line)
            line += 1 + raw.count(b"\n")
        return lines, b"\n".join(out) + b"\n"

    def __repr__(self):
        """Show what is wrong."""
        return f"Export({len(self.good)}, {named(self)}, {self.notes}, {self.kind!r})"

    @staticmethod
    def cells(row, note=""):
        """The cells of a row, with a note before the last: a line break in the last would read as a row without it."""
        *cells, last = row.values()
        return [*cells, note, last]

    @property
    def faults(self):
        """Line, column and code of all that has to be found."""
        found = Counter()
        for i, slip in self.slips.items():
            rows = [i]
            if slip.again is not None:
                rows = [self.appended[i], i] if slip.error else [self.appended[i]]
            for row in rows:
                found[self.lines[row], slip.column, slip.code] += 1
        for i in self.lost:
            found[self.lines[i], "Boss", "B004"] += 1
        return found

    @property
    def besides(self):
        """What may be told besides: that a row names who is gone, before a rule of its record rejects it too."""
        ids = {self.good[i]["ID"] for i in self.dead}
        late = {i for i in self.dead if self.slips[i].code in {"V002", "V004"} and self.rows[i]["Boss"] in ids}
        return Counter({(self.lines[i], "Boss", "B004"): 1 for i in late})

    @property
    def untouched(self):
        """The ids of those whose rows are good, and name nobody who is gone."""
        return {it["ID"] for i, it in enumerate(self.good) if i not in self.slips and i not in self.lost}


def named(export):
    """The slips of an export by their names."""
    names = {id(it): name for name, it in SLIPS.items()}
    return {i: names[id(it)] for i, it in export.slips.items()}


@st.composite
def exports(draw, *, lines=True):
    """A good export with up to four slips, in one of its kinds; or one of which each row is a line that can be moved."""
    many = draw(st.integers(3, 8))
    known = [name for name, it in SLIPS.items() if lines or it.raw is not quoted]
    slips = draw(st.dictionaries(st.integers(0, many - 1), st.sampled_from(known), max_size=4))
    notes = draw(st.sets(st.integers(0, many), max_size=3)) if lines else set()
    return Export(many, slips, notes, draw(st.sampled_from(["csv", "csv", "ndjson"])) if lines else "csv")


@given(exports())
def test_each_slip_is_found_at_its_place_and_nothing_besides(export):
    """Totals add up, and all other rows make the very records that they make without the slips."""
    done = imported(export.content)
    told = Counter(places(done))
    assert export.faults <= told <= export.faults + export.besides
    twice = {i for i in export.dead if export.slips[i].again is not None}
    assert done.report.rejected == len(export.dead) + len(twice)
    skipped = sum(it.again is not None and not it.error for it in export.slips.values())
    assert dict(done.report.skipped) == ({"same": skipped} if skipped else {})
    wanted, found = records(imported(export.written(export.good)[1]).book), records(done.book)
    for key, line in wanted.items():
        if key[1].partition("/")[0] in export.untouched:
            assert found[key] == line


@pytest.mark.parametrize("name", SLIPS)
def test_each_slip_alone(name):
    """So that none is never drawn."""
    for i in range(4):
        for kind in ("csv", "ndjson"):
            export = Export(4, {i: name}, set(), kind)
            assert Counter(places(imported(export.content))) == export.faults


@given(st.integers(3, 9), st.data())
def test_a_ring_is_told_once_with_all_its_lines(many, data):
    """Whoever closes it; a leaver too."""
    rows = good(many)
    last = data.draw(st.integers(1, many - 1))
    rows[0] |= {"Boss": rows[last]["ID"], "Left": data.draw(st.sampled_from(["", "2024-04-01"]))}
    ring, at = {0}, last
    while at:
        ring.add(at)
        at = int(rows[at]["Boss"]) - 1
    done = imported(table(rows))
    (fault,) = done.report.faults
    assert (fault.code, fault.column) == ("X003", "Boss")
    told = fault.message.partition("lines ")[2].partition(":")[0].split(", ")
    assert {int(line) for line in told} == {i + 2 for i in ring}
    assert done.report.accepted == many


class TestWholeSources:
    """What is wrong with a source as a whole is told with its line, and nothing is written."""

    @given(st.integers(0, 5), st.sampled_from([b"\xff", b"\xe5", b"\xc3("]))
    def test_a_byte_of_another_encoding(self, i, byte):
        lines = table(good(6)).split(b"\n")
        lines[i + 1] = lines[i + 1].replace(b"Person", b"P" + byte, 1)
        (found,) = refused(lambda: imported(b"\n".join(lines)))
        assert (found.code, found.params["line"]) == ("B006", i + 2)

    @given(st.integers(0, 5))
    def test_a_quote_that_is_never_closed(self, i):
        """It is told where it opens, and the lines below are read all the same."""
        lines = table(good(6)).split(b"\n")
        lines[i + 1] = lines[i + 1].replace(b"Person", b'"Person', 1)
        done = imported(b"\n".join(lines))
        boss = str(i + 1)
        lost = [(n + 2, "Boss", "B004") for n, it in enumerate(good(6)) if it["Boss"] == boss]
        assert places(done) == sorted([(i + 2, "", "B007"), *lost])
        assert (done.report.accepted, done.report.rejected) == (5, 1)

    @given(st.data())
    def test_ndjson_that_is_cut_off(self, data):
        """Anywhere: what stands before is taken."""
        lines = [json.dumps(it).encode() for it in good(6)]
        many = data.draw(st.integers(2, 5))
        cut = data.draw(st.integers(1, len(lines[many]) - 1))
        done = imported(b"\n".join([*lines[:many], lines[many][:cut]]))
        assert places(done) == [(many + 1, "", "B012")]
        assert (done.report.accepted, done.report.rejected) == (many, 1)

    @given(st.integers(1, 5), st.sampled_from([b"[]", b"7", b"{", b"}", b'"x"', b'{"ID":}', b"null"]))
    def test_a_line_that_is_no_object(self, i, line):
        lines = [json.dumps(it).encode() for it in good(6)]
        lines[i] = line
        done = imported(b"\n".join([*lines, b""]))
        lost = [(n + 1, "Boss", "B004") for n, it in enumerate(good(6)) if it["Boss"] == str(i + 1) and n != i]
        assert places(done) == sorted([(i + 1, "", "B012"), *lost])


# --- whatever happens meanwhile --------------------------------------------------------------------------------------


def program(*given, into=None, **plan):
    """What the program of killed imports says."""
    done = subprocess.run(
        [sys.executable, str(TESTS / "stage" / "killed.py"), *given],
        input=json.dumps(plan), capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": around()["PYTHONPATH"]},  # measured: nothing else goes on where it was killed
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nobody can be killed halfway here")
@pytest.mark.parametrize("existing", [False, True])
def test_an_import_that_was_killed_goes_on_as_if_nothing_had_been(existing, tmp_path):
    """Twice, at any moment: the book, the rejected rows and the report are those of one that was not killed."""
    book = tmp_path / "there.ndjson"
    (tmp_path / "a.csv").write_bytes(
        Export(8, {2: "no day", 5: "days in a wrong order", 6: "the same again"}, set(), "csv").content
    )
    rows = [{**it, "ID": f"x{it['ID']}", "Boss": it["ID"]} for it in good(5)]
    (tmp_path / "b.csv").write_bytes(table([*rows, {**rows[0], "Left": "2019-01-01"}]))
    if existing:
        imported(table([*good(3), {**good(4)[3], "Name": "Renamed"}]), into=book)
    kills = [[n * 71 % 1000, n * 377 % 1000] for n in range(1 + existing, 15 + existing)]
    kills += [[n, 999] for n in range(940, 1000, 10)]
    (tmp_path / "work").mkdir()
    said = program(
        str(tmp_path / "work"), str(tmp_path / "a.csv"), str(tmp_path / "b.csv"),
        existing=book.read_text() if existing else None, kills=kills,
    )  # fmt: skip
    assert said["wrong"] == []
    assert said["events"] > 150
    assert sorted(said["wanted"]) == ["bad-a.csv", "bad-b.csv", "book.ndjson"]


@FEW
@given(exports())
def test_two_workers_come_to_the_same_as_one(export):
    """The report, the book and the rejected rows, each to the byte."""
    with TemporaryDirectory() as one, TemporaryDirectory() as two, pytest.MonkeyPatch.context() as patch:
        patch.setattr(importing, "BATCH", 2)
        patch.setattr(merging, "BATCH", 2)
        fates = []
        for folder, workers in ((one, 1), (two, 2)):
            imported(table(good(2)), into=Path(folder) / "book.ndjson")
            fates.append(fate(export.content, folder=Path(folder), workers=workers, at=LATER))
        assert fates[0] == fates[1]


@given(st.data())
def test_a_reimport_after_anything_that_happened_loses_nothing(data):
    """Histories go on, who is not spoken of is untouched, and a second time nothing changes."""
    first = imported(table(good(5))).book
    lived = first
    for it in first:
        record = it
        for _ in range(data.draw(st.integers(0, 2))):
            if act := data.draw(acts(record)):
                record = record.act(act.name, **act.given)
        lived = lived.put(record)
    now = max(LATER, *(entry.at for it in lived for entry in it.history))
    spoken = data.draw(st.sets(st.integers(0, 4), min_size=1))
    rows = [
        {**it, **data.draw(st.sampled_from([
            {}, {}, {"Name": "Renamed"}, {"Boss": "1"}, {"Title": "Chef"}, {"Left": "2026-01-31"}, {"Kind": "Temp"}, {"Boss": ""},
        ]))}
        for n, it in enumerate(good(5)) if n in spoken
    ]  # fmt: skip
    done = imported(table(rows), into=lived, at=now)
    before, after = ({(type(it), it.id): it for it in book} for book in (lived, done.book))
    ids = {it["ID"] for it in rows}
    for key, record in before.items():
        assert [it.digest for it in after[key].history][: len(record.history)] == [it.digest for it in record.history]
        if record.id.partition("/")[0] not in ids:
            assert dumps(after[key]) == dumps(record)
    again = imported(table(rows), into=done.book, at=now)
    assert book_of(again.book) == book_of(done.book)
    assert not any("changed" in fates or "new" in fates for fates in again.report.records.values())


# --- rejected rows, and the order of things --------------------------------------------------------------------------


def whole_or_not():
    """The mapping in which a row that names nobody is rejected: then all that a slip costs is in one file."""
    person = json.loads(json.dumps(PERSON))
    person["fields"]["positions"][0]["managers"][0]["manager"] = {"column": "Boss", "missing": "reject"}
    return {**STAFF, "records": [person, STAFF["records"][1]]}


@given(
    st.dictionaries(
        st.integers(0, 6), st.sampled_from([it for it in sorted(SLIPS) if SLIPS[it].error and SLIPS[it].cells])
    )
)
def test_rejected_rows_that_are_mended_make_the_book_whole(slips):
    """Fed in again with the same mapping."""
    export, mapping = Export(7, slips, set(), "csv"), whole_or_not()
    with TemporaryDirectory() as folder:
        into, bad = Path(folder) / "book.ndjson", Path(folder) / "bad.csv"
        imported(export.content, mapping, into=into, rejects=bad)
        if bad.exists():
            header, *rows = csv.reader(io.StringIO(bad.read_text()))
            line = header.index("rejected line")
            right = {str(at): Export.cells(it) for at, it in zip(export.lines, export.good, strict=False)}
            out = io.StringIO()
            csv.writer(out).writerows([header, *([*right[it[line]], *it[line:]] for it in rows)])
            bad.write_text(out.getvalue())
            done = imported(bad, mapping, into=into)
            assert done.report.rejected == 0
        mended = load_book(into.read_bytes())
    assert without_history(mended) == without_history(imported(table(export.good), mapping).book)


@given(exports(lines=False), st.randoms(use_true_random=False), st.integers(1, 3))
def test_the_order_of_rows_and_files_changes_nothing(export, drawn, files):
    """Not the book, nor what is told of whom; but for which of two equal rows is the first."""
    header, *lines = export.content.splitlines()
    drawn.shuffle(lines)
    tables = [[header, *lines[n::files]] for n in range(files)]
    whole, apart = imported(export.content), imported([b"\n".join(it) for it in tables])
    assert without_history(apart.book) == without_history(whole.book)
    one, several = (
        {f"source {n}": it for n, it in enumerate(its, 1)} for its in ([export.content.splitlines()], tables)
    )
    assert told_of(apart, several) == told_of(whole, one)
    for count in ("accepted", "rejected", "skipped"):
        assert getattr(apart.report, count) == getattr(whole.report, count)


def told_of(done, tables):
    """The id on the row of each fault, wherever it stands; its column and code."""
    faults = done.report.faults
    return Counter((tables[it.source][it.line - 1].partition(b",")[0], it.column, it.code) for it in faults)


# --- memory ----------------------------------------------------------------------------------------------------------

_PEAK = """
import re, sys
from pathlib import Path
from coaching.bulk import journal
journal._CACHE = -2048
from stage.imports import imported
many, folder = int(sys.argv[1]), Path(sys.argv[2])
imported(folder / f"{many}.csv", into=folder / f"{many}.ndjson", rejects=folder / f"{many}.bad")
print(int(re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not say how much memory was taken")
def test_memory_does_not_grow_with_the_file(tmp_path):
    """Three times the rows take no more, the bad ones too; the journal's own cache is made small, that it shows."""
    peaks = []
    for many in (20_000, 60_000):
        rows = [{**it, **({"Hired": "soon"} if n % 50 == 7 else {})} for n, it in enumerate(good(many))]
        (tmp_path / f"{many}.csv").write_bytes(table(rows))
        said = subprocess.run(
            [sys.executable, "-c", _PEAK, str(many), str(tmp_path)],
            capture_output=True, text=True, check=True, env=around(),
        )  # fmt: skip
        peaks.append(int(said.stdout))
    assert peaks[1] < peaks[0] + 16, peaks
    assert peaks[1] < 200
