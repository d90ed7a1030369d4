"""Every refusal and remark of reading people: code, place and very words, and what just passes beside it."""

from datetime import date
from typing import Any

import pytest

from coaching import Interview, Person, Span
from coaching.bulk.people import Reading, read_people
from coaching.bulk.sources import open_rows
from stage import refused

HEADER = "id,name,joined_on,left_on,manager,last_interview,title,unit"
ANNA = "1,Anna Ek,2024-08-01,,,,,"
TODAY = date(2026, 3, 2)
HAS = "its header has: 'id', 'name', 'joined_on', 'left_on', 'manager', 'last_interview', 'title', 'unit'"


def read(*rows: Any, header: str = HEADER, **given: Any) -> Reading:
    """What is read of a file on Monday, 2 March 2026."""
    separator = given.pop("separator", ",")
    return read_people(
        open_rows([header, *rows], separator=separator), **{"on": TODAY, "source": "people.csv", **given}
    )


QUOTE = "a quote is not closed, or closes before its cell ends"

REFUSED: dict[str, tuple[dict[str, Any], list[tuple[str, str, str]]]] = {
    "no column for an id": ({"header": "name,joined_on"}, [("B001", "id", "no column for id")]),
    "no header, so that the first row is taken for one": (
        {"header": ""},
        [("B001", "id", "no column for id; if '1' is it: columns={'id': '1'}"),
         ("B001", "joined_on", "no column for joined_on; if '2024-08-01' is it: columns={'joined_on': '2024-08-01'}"),
         ("B001", "name", "no column for name; if 'Anna Ek' is it: columns={'name': 'Anna Ek'}")],
    ),
    "two headers of one name": (
        {"header": "id,name,name,joined_on"}, [("B001", "name", "two headers 'name' for name")],
    ),
    "an unknown column": (
        {"columns": {"colour": "x"}},
        [("B001", "colour", ("'colour' is no column; known: id, name, joined_on, left_on, manager, title, unit, "
                            "last_interview"))],
    ),
    "a header that is not there": ({"columns": {"id": "Nr"}}, [("B001", "id", "no header 'Nr' for id")]),
    "a header that is no CSV": (
        {"header": '"id"x,name'}, [("B007", "", f"line 1 is no header: {QUOTE}")],
    ),
    "an unknown order": ({"dates": "ymd"}, [("B003", "dates", "'ymd' is no order; known: mdy, dmy")]),
    "an order of a list": ({"dates": ["mdy"]}, [("B003", "dates", "a list is no order; known: mdy, dmy")]),
    "a year": ({"on": "2026"}, [("V015", "on", "'2026' is no date but a text; a form or document writes one as 2026-03-02")]),
    "a blank source": ({"source": " "}, [("V002", "source", "the text is blank or holds a NUL")]),
    "pairs of columns": (
        {"columns": [("id", "x")]}, [("V015", "columns", "a list is no mapping of columns to headers")],
    ),
    "a number as header": (
        {"columns": {"id": 3}}, [("V015", "columns", "a dict is no mapping of columns to headers")],
    ),
    "a number as column": (
        {"columns": {3: "id"}}, [("V015", "columns", "a dict is no mapping of columns to headers")],
    ),
    "two at once": (
        {"on": None, "dates": "x"}, [("B003", "dates", "'x' is no order; known: mdy, dmy"), ("V015", "on", "None is no date")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_is_refused(name: str):
    """As a whole, with what is wrong and what would be right."""
    given, said = REFUSED[name]
    assert [(f.code, f.path, f.message) for f in refused(lambda: read(ANNA, **given))] == said


@pytest.mark.parametrize(
    ("rows", "code", "path", "message"),
    [
        (["1,An\udce5,2024-08-01,,,,,"], "B006", "", "line 2 is not UTF-8: byte 0xE5"),
        ([ANNA, "2,An\udc80,2024-08-01,,,,,"], "B006", "", "line 3 is not UTF-8: byte 0x80"),
        ([b"1"], "V015", "lines[1]", "b'1' is no text"),
        ([ANNA, 7], "V015", "lines[2]", "7 is no text"),
    ],
)
def test_a_line_that_is_no_text_stops_the_reading(rows: list[Any], code: str, path: str, message: str):
    """With its very number."""
    assert [(f.code, f.path, f.message) for f in refused(lambda: read(*rows))] == [(code, path, message)]


X = "x" * 201
LONG = "the text has 201 characters, not 1 to 200"

TOLD: dict[str, tuple[list[str], dict[str, Any], tuple[int, int], list[tuple[Any, ...]]]] = {
    # rows, what else is given, (accepted, rejected), remarks: line, record, column, code, reason, rejected
    "cells": (["1,2"], {}, (0, 1), [(2, 1, "", "B002", "2 cells where the header has 8", True)]),
    "a cell more": ([ANNA + ","], {}, (0, 1), [(2, 1, "", "B002", "9 cells where the header has 8", True)]),
    "no id": ([",Anna,2024-08-01,,,,,"], {}, (0, 1), [(2, 1, "id", "V014", "empty", True)]),
    "no name": (["1,,2024-08-01,,,,,"], {}, (0, 1), [(2, 1, "name", "V014", "empty", True)]),
    "no first day": (["1,Anna,,,,,,"], {}, (0, 1), [(2, 1, "joined_on", "V014", "empty", True)]),
    "a long name": ([f"1,{X},2024-08-01,,,,,"], {}, (0, 1), [(2, 1, "name", "V002", LONG, True)]),
    "a long title": ([f"1,Anna,2024-08-01,,,,{X},"], {}, (0, 1), [(2, 1, "title", "J002", LONG, True)]),
    "a strange id": (
        ["\x01,Anna,2024-08-01,,,,,"], {}, (0, 1),
        [(2, 1, "id", "V001", "'\\x01' has a space at its ends, or a control or invisible character", True)],
    ),
    "no such day": (
        ["1,Anna,2024-02-30,,,,,"], {}, (0, 1),
        [(2, 1, "joined_on", "B003", "'2024-02-30' cannot be read: no such day", True)],
    ),
    "a last day in words": (
        ["1,Anna,2024-02-01,soon,,,,"], {}, (0, 1),
        [(2, 1, "left_on", "B003", "'soon' cannot be read: write YYYY-MM-DD", True)],
    ),
    "a talk in words costs no row": (
        ["1,Anna,2024-02-01,,,soon,,"], {}, (1, 0),
        [(2, 1, "last_interview", "B003", "'soon' cannot be read: write YYYY-MM-DD", False)],
    ),
    "one digit": (
        ["1,Anna,2024-2-1,,,,,"], {}, (0, 1),
        [(2, 1, "joined_on", "B003", "'2024-2-1' cannot be read: write YYYY-MM-DD, with two digits for month and day", True)],
    ),
    "a short year": (
        ["1,Anna,1.2.24,,,,,"], {}, (0, 1),
        [(2, 1, "joined_on", "B003", ("'1.2.24' cannot be read: write the year with four digits, or declare a format such as "
                                     "%d-%m-%y"), True)],
    ),
    "a number of days": (
        ["1,Anna,45500,,,,,"], {}, (0, 1),
        [(2, 1, "joined_on", "B003", ("'45500' cannot be read: a spreadsheet's number of a day; format the column as "
                                     "YYYY-MM-DD, or declare excel (it would be 2024-07-27)"), True)],
    ),
    "a time of day": (
        ["1,Anna,2024-08-01 10:30,,,,,"], {}, (0, 1),
        [(2, 1, "joined_on", "B003", ("'2024-08-01 10:30' cannot be read: a time of day stands beside it; write the day "
                                     "alone, or declare a format that has the time"), True)],
    ),
    "midnight is no time of day": (["1,Anna,2024-08-01 00:00,,,,,"], {}, (1, 0), []),
    "either order": (
        ["1,Anna,01/08/2024,,,,,"], {}, (0, 1),
        [(2, 1, "joined_on", "B003", ("'01/08/2024' cannot be read: its column shows no one order of day and month "
                                     "(slashes: 1 either); say mdy or dmy"), True)],
    ),
    "an order that is said": (["1,Anna,01/08/2024,,,,,"], {"dates": "dmy"}, (1, 0), []),
    "the twelfth shows no order, the thirteenth does": (
        ["1,Anna,12/08/2024,,,,,", "2,Ole,13/08/2024,,,,,"], {}, (2, 0), [],
    ),
    "the wrong order": (
        ["1,Anna,13/08/2024,,,,,"], {"dates": "mdy"}, (0, 1),
        [(2, 1, "joined_on", "B003", "'13/08/2024' cannot be read: no such day in the order mdy", True)],
    ),
    "left before joining": (
        ["1,Anna,2024-02-01,2024-01-31,,,,"], {}, (0, 1),
        [(2, 1, "left_on", "V004", "2024-01-31 is before 2024-02-01", True)],
    ),
    "left on the first day": (["1,Anna,2024-02-01,2024-02-01,,,,"], {}, (1, 0), []),
    "talked today": (["1,Anna,2024-02-01,,,2026-03-02,,"], {}, (1, 0), []),
    "talked tomorrow": (
        ["1,Anna,2024-02-01,,,2026-03-03,,"], {}, (1, 0),
        [(2, 1, "last_interview", "B005", "2026-03-03 is after 2026-03-02; not used", False)],
    ),
    "talked before the first day": (
        ["1,Anna,2024-02-01,,,2024-01-31,,"], {}, (1, 0),
        [(2, 1, "last_interview", "B005", "2024-01-31 is before the person joined, 2024-02-01; not used", False)],
    ),
    "an id twice": ([ANNA, "", ANNA], {}, (1, 1), [(4, 2, "id", "X001", "1 stands on line 2 already, with no last day", True)]),
    "her own manager": (
        ["1,Anna Ek,2024-08-01,,Anna Ek,,,"], {}, (1, 0),
        [(2, 1, "manager", "J003", "Anna Ek would manage themselves; not used", False)],
    ),
    "two of one name": (
        [ANNA, "2,Anna Ek,2024-08-01,,,,,", "3,Ole,2024-08-01,,Anna Ek,,,"], {}, (3, 0),
        [(4, 3, "manager", "B004", "2 people are called Anna Ek; not used", False)],
    ),
    "nobody here": (
        ["1,Anna Ek,2024-08-01,,Ole,,,"], {}, (1, 0),
        [(2, 1, "manager", "B004", "Ole is nobody in this file; not used", False)],
    ),
    "a ring": (
        ["1,Anna Ek,2024-08-01,,2,,,", "2,Ole Li,2024-08-01,,1,,,"], {}, (2, 0),
        [(2, 1, "manager", "X003", "on 2026-03-02: 1 > 2 > 1", False),
         (3, 2, "manager", "X003", "on 2026-03-02: 2 > 1 > 2", False)],
    ),
    "ids of elsewhere": (
        ["1,Anna Ek,2024-08-01,,77,,,", "2,Ole Li,2024-08-01,,78,,,"], {}, (2, 0),
        [(1, 0, "manager", "B004", "2 of 2 values are no id of this file; the column is not used", False)],
    ),
    "ids of which half are of here": (
        ["1,Anna Ek,2024-08-01,,2,,,", "2,Ole Li,2024-08-01,,78,,,"], {}, (2, 0),
        [(3, 2, "manager", "B004", "78 is nobody in this file; not used", False)],
    ),
    "a quote that nothing closes": (
        ['1,"Anna,2024-08-01,,,,,', "2,Ole,2024-08-01,,,,,"], {}, (1, 1),
        [(2, 1, "", "B007", "the quote that opens on line 2 closes no cell up to line 3; the lines below are read anew",
          True)],
    ),
    "a quote within": (['1,"A"nna,2024-08-01,,,,,'], {}, (0, 1), [(2, 1, "", "B007", QUOTE, True)]),
    "a line break without quotes": (
        ["1,An\rna,2024-08-01,,,,,"], {}, (0, 1), [(2, 1, "", "B007", "a line break without quotes", True)],
    ),
    "a line break within quotes": (['1,"An\n', 'na",2024-08-01,,,,,'], {}, (1, 0), []),
    "a quote that a later row closes": (
        ['1,"Anna,2024-08-01,,,,,\n', '2,Ole",2024-08-01,,,,,\n'], {}, (1, 0),
        [(2, 1, "", "B007", "a quote of this row is closed on line 3 only, and without it line 2 reads as a row", False)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TOLD)
def test_what_cannot_be_used_is_told(name: str):
    """Row by row: what was read is what was accepted and what was rejected, and each remark has its place."""
    rows, given, counts, remarks = TOLD[name]
    reading = read(*rows, **given)
    assert (reading.accepted, reading.rejected) == counts
    assert reading.read == sum(counts)
    told = [(r.line, r.record, r.column, r.code, r.reason, r.rejected) for r in reading.remarks]
    assert told == remarks


class TestWhatIsMade:
    """Of a row: a person, and the last talk."""

    def test_a_full_row(self):
        """Each cell where it belongs."""
        reading = read("2,Ole Li,2020-01-01,,,,,", "1,Anna Ek,2024-08-01,,Ole Li,2026-03-02,Consultant,Robotics")
        anna = reading.book.get(Person, "1")
        (position,) = anna.positions
        assert (anna.name, anna.employments, anna.state) == ("Anna Ek", (Span(date(2024, 8, 1)),), "known")
        assert (position.title, position.unit, position.manager_on(TODAY)) == ("Consultant", "Robotics", "2")
        assert (position.span.from_, position.span.to, position.employer) == (date(2024, 8, 1), None, "employer")
        (talk,) = reading.book.all(Interview)
        assert (talk.id, talk.kind, talk.state, talk.coachee, talk.interviewer) == (
            "1/2026-03-02", "annual", "held", "1", "2",
        )  # fmt: skip
        assert (talk.held_on, talk.held_day(), talk.slot) == (TODAY, TODAY, None)
        entry = anna.history[0]
        assert (entry.act, entry.by, entry.source, entry.reason) == ("import", "import", "people.csv", "line 3")
        assert entry.at.date() == TODAY

    @pytest.mark.parametrize(
        ("row", "position"),
        [
            ("1,Anna,2024-08-01,,,,Lead,", ("Lead", None)),
            ("1,Anna,2024-08-01,,,,,Robotics", ("not said", "Robotics")),
            ("1,Anna,2024-08-01,,,,,", None),
        ],
    )
    def test_a_position_where_there_is_something_to_say_of_it(self, row: str, position: Any):
        """A unit is not lost for want of a title."""
        anna = read(row).book.get(Person, "1")
        assert [(p.title, p.unit) for p in anna.positions] == ([position] if position else [])

    @pytest.mark.parametrize(
        ("left", "standing"), [("2026-03-01", "left"), ("2026-03-02", "active"), ("2026-03-03", "active")]
    )
    def test_somebody_is_gone_from_the_day_after_the_last(self, left: str, standing: str):
        """On the last day they are here; what they do ends then, too."""
        anna = read(f"1,Anna,2024-08-01,{left},,,Lead,").book.get(Person, "1")
        last = date.fromisoformat(left)
        assert (anna.standing(TODAY), anna.employments) == (standing, (Span(date(2024, 8, 1), last),))
        assert anna.positions[0].span.to == last

    def test_whose_manager_was_rejected_has_none(self):
        """And the row stays."""
        reading = read("1,Anna Ek,2024-08-01,,Ole Li,,,", f"2,Ole Li,2024-08-01,,,,{X},")
        assert (reading.accepted, reading.rejected) == (1, 1)
        assert reading.book.get(Person, "1").manager_on(TODAY) is None
        assert [r.code for r in reading.remarks] == ["B004", "J002"]

    @pytest.mark.parametrize("said", ["Ole Li", "Li, Ole", "LI, OLE", "Ole M. Li", "2"])
    def test_a_manager_is_known_by_id_and_by_name_either_way_round(self, said: str):
        """Whatever stands between first and last name."""
        reading = read(f'1,Anna Ek,2024-08-01,,"{said}",,,', "2,Ole Li,2024-08-01,,,,,")
        assert reading.book.get(Person, "1").manager_on(TODAY) == "2"
        assert reading.remarks == []

    def test_another_separator_that_is_said(self):
        """Any one character."""
        reading = read("1|Anna|2024-08-01", header="id|name|joined_on", separator="|")
        assert (reading.accepted, reading.columns["name"]) == (1, ["name"])

    def test_a_column_that_is_chosen(self):
        """By its very header; the known names are not looked for then."""
        reading = read("1,Anna,2024-08-01,Eva", header="id,name,joined_on,Nick", columns={"name": "Nick"})
        assert reading.book.get(Person, "1").name == "Eva"


class TestColumnsWithoutAName:
    """What a spreadsheet or a table of a program adds: no column, and none is missed for it."""

    def test_a_comma_at_the_end_of_each_line(self):
        """What stands under no name is read as nothing."""
        reading = read("1,Anna,2024-08-01,2025-12-31", header="id,name,joined_on,")
        assert (reading.accepted, reading.remarks) == (1, [])
        assert reading.book.get(Person, "1").employments == (Span(date(2024, 8, 1)),)

    def test_an_index_in_front(self):
        """As a data frame writes it."""
        reading = read("0,1,Anna,2024-08-01", header=",id,name,joined_on")
        assert (reading.accepted, reading.remarks) == (1, [])

    def test_none_can_be_chosen(self):
        """There is nothing to choose it by."""
        (found,) = refused(lambda: read(header=",id,name,joined_on", columns={"id": ""}))
        assert (found.code, found.path) == ("B001", "id")
