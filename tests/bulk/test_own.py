"""What this library wrote comes in as it stands, with its history; of two copies the one that went on counts."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching import Book, Goal, Interview
from coaching.bulk.mapping import read_mapping
from coaching.bulk.own import OwnReader, as_it_stands, go_on
from coaching.bulk.sources import open_rows
from coaching.formats.documents import dumps, loads
from coaching.kernel.signing import verify
from coaching.records import RECORDS
from coaching.testing import acts, books, goals
from stage import ANNA, OLE, at, codes, on, refused
from stage.imports import NOON, book_of, imported, places, refusal

OWN = {"own": True}
GOAL = Goal.begin("g-1", "Lead a pilot line", by=ANNA, at=at(0))
LATER = GOAL.edit(why="to grow", by=ANNA, at=at(1))
APART = GOAL.edit(why="to earn more", by=ANNA, at=at(1))
TALK = Interview.plan("i-1", ANNA, OLE, "annual", on(9), by=OLE, at=at(0))


def lines(*records):
    """Records as this library writes them."""
    return b"".join(dumps(it) + b"\n" for it in records)


def read(source):
    """What is read of a source."""
    with open_rows(source, whole=True) as rows:
        every = list(rows)
        return OwnReader.of(rows.name, rows.columns, rows.told["kind"]).read(every)


def acted(act, record):
    """The record after an act; as it was, where nothing can be done."""
    return record.act(act.name, **act.given) if act else record


def spoilt(record, **fields):
    """A record of which the document says something else than its seals."""
    return json.dumps({**json.loads(dumps(record)), **fields}).encode()


class TestReading:
    """Each row is a record."""

    def test_the_mapping_has_a_place_for_each_kind(self):
        own = as_it_stands(read_mapping(OWN))
        assert [it.type for it in own.records] == [kind.type for kind in RECORDS]

    def test_each_line_is_a_record_as_it_stands(self):
        batch = read(lines(GOAL, TALK))
        assert [(it.type, it.id, it.line, it.document) for it in batch.drafts] == [
            ("goal", "g-1", 1, dumps(GOAL)), ("interview", "i-1", 2, dumps(TALK)),
        ]  # fmt: skip
        assert batch.faults == []
        assert [RECORDS[it.made_by].type for it in batch.drafts] == ["goal", "interview"]

    def test_what_is_none_is_told_with_its_line(self):
        """A broken line, another document, a field that is wrong, a history that was written over."""
        batch = read(
            lines(GOAL) + b'{"type":"goal"\n{"type":"x","schema":1}\n'
            + spoilt(GOAL, id="g-2", title="") + b"\n" + spoilt(GOAL, id="g-3", title="Another") + b"\n"
        )  # fmt: skip
        assert [it.id for it in batch.drafts] == ["g-1", "g-3"]
        told = [(it.line, it.code, str(it.severity)) for it in batch.faults]
        assert [(line, code) for line, code, _ in told][:3] == [(2, "B012"), (3, "V018"), (4, "G001")]
        assert {line for line, *_ in told} == {2, 3, 4, 5}
        assert {code for line, code, _ in told if line == 5} == {
            *codes(verify(loads(spoilt(GOAL, id="g-3", title="Another"))))
        }

    def test_nothing_of_a_cell_stands_in_what_is_told_without_values(self):
        (fault,) = read(spoilt(GOAL, state="unheard of")).faults
        assert "unheard of" not in fault.what
        assert "unheard of" in fault.message

    def test_an_empty_source_has_none(self):
        """Nor is anything made without a row."""
        assert read(b"").drafts == OwnReader("", ()).once().drafts == []

    def test_a_table_is_none(self):
        """A copy of our book as a table is not what this library wrote."""
        assert codes(refused(lambda: read(b"id,name\n1,Anna\n"))) == ["B010"]
        assert refusal(b"id,name\n1,Anna\n", OWN) == [("B010", "")]


class TestTwoCopies:
    """Of the copy in the book and the one that is taken in, the longer counts, as long as one goes on from the other."""

    def test_the_same_changes_nothing(self):
        assert go_on(dumps(GOAL), dumps(GOAL)).line == dumps(GOAL)

    def test_the_longer_counts_whichever_it_is(self):
        on = go_on(dumps(GOAL), dumps(LATER))
        assert (on.line, [it.act for it in on.acts], on.left) == (dumps(LATER), ["edit"], ())
        back = go_on(dumps(LATER), dumps(GOAL))
        assert (back.line, back.acts, back.left) == (dumps(LATER), (), ())

    def test_what_went_on_apart_is_left_alone(self):
        """Whichever would be taken, what was agreed in the other would be lost."""
        for theirs in (APART, APART.edit(title="Another", by=ANNA, at=at(2))):
            done = go_on(dumps(LATER), dumps(theirs))
            assert (done.line, done.acts, [it.code for it in done.left]) == (dumps(LATER), (), ["B052"])

    def test_what_the_house_sets_beside_the_history_is_the_books(self):
        """How long something is kept is no act of those whom it concerns."""
        kept = GOAL.keep(on(99)).with_extra({"team": "north"})
        assert go_on(dumps(kept), dumps(GOAL)) == go_on(dumps(kept), dumps(kept))
        other = json.loads(dumps(GOAL))
        other["title"] = "Another"
        assert [it.code for it in go_on(dumps(GOAL), json.dumps(other).encode()).left] == ["B052"]

    @given(st.data())
    def test_it_is_law(self, data):
        """Acts on either side: one goes on from the other, or it is said that none does; nothing is lost."""
        goal = data.draw(goals())
        ours, theirs = goal, goal
        for _ in range(data.draw(st.integers(0, 2))):
            ours = acted(data.draw(acts(ours)), ours)
        for _ in range(data.draw(st.integers(0, 2))):
            theirs = acted(data.draw(acts(theirs)), theirs)
        done = go_on(dumps(ours), dumps(theirs))
        here, there, after = ([it.digest for it in x.history] for x in (ours, theirs, loads(done.line)))
        assert after[: len(here)] == here
        assert (after[: len(there)] == there) == (not done.left)
        assert go_on(done.line, dumps(theirs)).line == done.line


class TestImport:
    """From book to book."""

    @given(books())
    def test_a_book_comes_in_as_it_went_out(self, book):
        """Byte for byte, and a second time nothing changes; that words were erased is told."""
        done = imported(io.BytesIO(book_of(book)), OWN)
        assert book_of(done.book) == book_of(book)
        assert done.report.errors == 0
        again = imported([book_of(book)], OWN, into=done.book)
        assert book_of(again.book) == book_of(book)
        assert {fate for kind in again.report.records.values() for fate in kind} <= {"unchanged"}

    def test_goes_on_and_is_left_alone(self):
        done = imported(lines(LATER, TALK), "preset:own", into=Book([GOAL]))
        assert {it.id: it for it in done.book} == {"g-1": LATER, "i-1": TALK}
        assert done.report.records == {"goal": {"changed": 1}, "interview": {"new": 1}}
        apart = imported(lines(APART), OWN, into=Book([LATER]))
        assert list(apart.book) == [LATER]
        assert apart.report.records == {"goal": {"left_alone": 1}}
        assert [it.code for it in apart.changes.listed[0].left] == ["B052"]

    def test_bad_seals_reject_the_row(self):
        done = imported(lines(GOAL) + spoilt(TALK, due_on="2026-12-24"), OWN)
        assert [it.id for it in done.book] == ["g-1"]
        assert {line for line, *_ in places(done)} == {2}
        assert (done.report.accepted, done.report.rejected) == (1, 1)

    def test_nobody_is_missed(self):
        """A copy of a part of the book is no list of all."""
        done = imported(lines(GOAL), OWN, into=Book([TALK]))
        assert done.report.records == {"goal": {"new": 1}}

    @pytest.mark.parametrize("mode", ["insert", "update"])
    def test_modes(self, mode):
        done = imported(lines(LATER, TALK), OWN, into=Book([GOAL]), mode=mode, at=NOON)
        code, line = ("B054", 1) if mode == "insert" else ("B055", 2)
        assert places(done) == [(line, "", code)]
