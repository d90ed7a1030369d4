"""Frames: one column a field, of its type, in both libraries; what stands in a record stands in its row."""

import json
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl
import pytest
from attrs import evolve
from frozendict import frozendict
from hypothesis import given, settings

from coaching import Book, Goal, Interview, codec
from coaching.integrations.frames import coverage_frame, to_frame
from coaching.kernel.classes import model_of
from coaching.records import RECORDS
from coaching.testing import books
from stage import ANNA, EVA, OLE, at, on, refused
from stage import goals as goal
from stage import interviews as talk
from stage.book import someone
from stage.everything import Kind, each_kind

HOUSE = Book([someone(ANNA), someone(OLE), talk.signed_talk(), goal.agreed_goal().keep(on(900))])
LIBRARIES = pytest.mark.parametrize("into", ["polars", "pandas"])


def columns(frame: Any) -> dict[str, str]:
    """The columns of a frame with their types, in words."""
    return {name: str(frame[name].dtype) for name in frame.columns}


def rows(frame: Any) -> list[dict[str, Any]]:
    """The rows of a frame as plain values, whichever library it is of."""
    if isinstance(frame, pl.DataFrame):
        return frame.to_dicts()
    found = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{k: v.to_pydatetime() if isinstance(v, pd.Timestamp) else v for k, v in row.items()} for row in found]


def written(value: Any) -> Any:
    """A cell as a document writes it."""
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.date()
    if isinstance(value, datetime):
        return value.isoformat()
    return value.isoformat() if isinstance(value, date) else value


@LIBRARIES
@each_kind
def test_an_empty_book_has_the_columns_still(kind: Kind, into: Any):
    """One for each field, with the same types as a book that holds something."""
    frame = to_frame(Book(), kind, into=into)
    assert list(frame.columns) == [field.key for field in model_of(kind).fields.values()]
    assert len(frame) == 0
    assert columns(to_frame(HOUSE, kind, into=into)) == columns(frame)


@LIBRARIES
@settings(max_examples=10)
@given(book=books(most=2))
def test_a_row_says_what_the_document_says(into: Any, book: Book):
    """Field by field; and nothing where the document leaves a field out."""
    for kind in RECORDS:
        records = list(book.all(kind))
        found = rows(to_frame(book, kind, into=into))
        assert [row["id"] for row in found] == [record.id for record in records]
        for row, record in zip(found, records, strict=True):
            document = json.loads(codec.dumps(record))
            for field in model_of(kind).fields.values():
                cell = row[field.key]
                if field.many or field.holds_parts or field.kind is frozendict:
                    cell = None if cell is None else json.loads(cell)
                    assert (cell or None) == document.get(field.key)
                elif isinstance(cell, datetime) and cell.tzinfo is not None:
                    assert cell == datetime.fromisoformat(document[field.key])
                elif field.key in document:
                    assert written(cell) == document[field.key]
                else:
                    assert cell == field.default or (cell is None and field.optional)


class TestTypes:
    """Days as days, moments in UTC, numbers as numbers; everything else is text."""

    def test_in_polars(self):
        """Which has a type for days."""
        types = columns(to_frame(HOUSE, Interview))
        assert types["due_on"] == "Date"
        assert types["invited_at"] == "Datetime(time_unit='us', time_zone='UTC')"
        assert {types[name] for name in ("id", "state", "slot", "turns", "feedback", "extra")} == {"String"}
        assert types["revision"] == "Int64"
        (row,) = to_frame(HOUSE, Interview).to_dicts()
        assert (row["due_on"], row["invited_at"], row["state"]) == (on(200), at(0), "signed")
        assert json.loads(row["slot"]) == {"start": "2026-04-01T12:00:00Z", "minutes": 90, "place": "Room 4"}

    def test_in_pandas(self):
        """Which has none, so that a day is its midnight; what is missing is missing."""
        frame = to_frame(HOUSE, Goal, into="pandas")
        types = columns(frame)
        assert (types["target_on"], types["keep_until"]) == ("datetime64[s]", "datetime64[s]")
        assert (types["id"], types["revision"], types["confidence"]) == ("string", "Int64", "Int64")
        assert frame["target_on"].dt.date[0] == goal.agreed_goal().target_on
        assert columns(to_frame(Book(), Interview, into="pandas"))["invited_at"] == "datetime64[us, UTC]"
        assert frame["hold_until"].isna().all()

    @LIBRARIES
    def test_amounts_are_floats(self, into: Any):
        """To count with; a document has them exactly."""
        scored = evolve(goal.achieved_goal(), score=Decimal("0.7"))
        frame = to_frame(Book([scored]), Goal, into=into)
        assert columns(frame)["score"] == columns(to_frame(Book(), Goal, into=into))["score"] == "Float64"
        assert frame["score"][0] == 0.7

    @LIBRARIES
    def test_from_the_first_day_to_the_last(self, into: Any):
        """Whatever a record can hold, a frame can."""
        ends = [someone(ANNA).keep(date.min), someone(OLE).keep(date.max), someone(EVA)]
        kept = [written(row["keep_until"]) for row in rows(to_frame(Book(ends), type(ends[0]), into=into))]
        assert sorted(map(str, kept)) == ["0001-01-01", "9999-12-31", "None"]
        late = datetime.max.replace(tzinfo=UTC)
        taken = Interview.import_("i-9", state="planned", coachee=ANNA, kind="annual", due_on=on(1), invited_at=late, by="hr", at=at(0), source="old")  # fmt: skip
        (row,) = rows(to_frame(Book([taken]), Interview, into=into))
        assert row["invited_at"] == late


class TestCoverage:
    """Who is covered, as a table."""

    @LIBRARIES
    def test_one_row_for_each_employed(self, into: Any):
        """As the book says it."""
        frame = coverage_frame(HOUSE, on(300), into=into)
        said = [(row["person"], written(row["last_held"]), written(row["due"]), row["status"]) for row in rows(frame)]
        assert said == [
            (line.person, written(line.last_held), written(line.due), line.status) for line in HOUSE.coverage(on(300))
        ]
        assert columns(coverage_frame(Book(), on(300), into=into)) == columns(frame)


class TestRefusals:
    """What is no book, no kind, no library."""

    @pytest.mark.parametrize(
        ("ask", "wrong"),
        [
            (lambda: to_frame([], Goal), "V015 book: a list is no book"),
            (lambda: to_frame(HOUSE, Book), "V015 kind: a type is no kind of record"),
            (lambda: to_frame(HOUSE, "goal"), "V015 kind: 'goal' is no kind of record"),
            (lambda: to_frame(HOUSE, Goal, into="arrow"), "V012 into: 'arrow' is none of: polars, pandas"),
            (lambda: coverage_frame(None, on(0)), "V015 book: None is no book"),
            (lambda: coverage_frame(HOUSE, "today"), "V015 on: 'today' is no date"),
        ],
    )
    def test_what_cannot_be_made(self, ask, wrong):
        """It is said what is wrong."""
        (found,) = refused(ask)
        assert f"{found.code} {found.path}: {found.message}" == wrong

    @LIBRARIES
    def test_a_library_that_is_not_there(self, into: Any, monkeypatch: pytest.MonkeyPatch):
        """The extra is named."""
        monkeypatch.setitem(sys.modules, into, None)
        with pytest.raises(ModuleNotFoundError, match=rf"coaching\[{into}\]"):
            to_frame(HOUSE, Goal, into=into)
