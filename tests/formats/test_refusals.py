"""Every refusal at the border of documents and forms: its code, its place and its very words, and what just passes."""

import json
from array import array
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BufferedReader, BufferedWriter, BytesIO, StringIO, TextIOWrapper
from typing import Any

import pytest

from coaching import Book, Feedback, Goal, InternalMove, Interview, Opportunity, Rejected, Span
from coaching.codec import (
    converter,
    dump_book,
    dumps,
    load_book,
    load_records,
    loads,
    schema,
    structure,
    unstructure,
)  # fmt: skip
from coaching.forms import arguments
from stage import ANNA, OLE, at, on, refused
from stage.goals import agreed_goal, draft_goal
from stage.interviews import open_talk, planned_talk
from stage.nasty import Loud, NoDimension, shut

LINE = dumps(draft_goal())
PLAIN = unstructure(draft_goal())
KINDS = "organisation, person, relationship, goal, interview, feedback, path, opportunity, move"


def changed(**fields: Any) -> Callable[[], Any]:
    """Read a goal with other fields, as a plain dict."""
    return lambda: structure({**PLAIN, **fields})


def ending(tail: bytes) -> Callable[[], Any]:
    """Read the line of a goal that ends otherwise."""
    return lambda: loads(LINE[:-1] + tail)


def without(name: str) -> Callable[[], Any]:
    """Read a goal without a field."""
    return lambda: structure({n: v for n, v in PLAIN.items() if n != name})


def moment(text: Any) -> Callable[[], Any]:
    """Read a goal whose first entry is of another moment."""
    (first,) = PLAIN["history"]
    return changed(history=[{**first, "at": text}])


def spread(line: bytes) -> memoryview:
    """The bytes of a line that lie apart."""
    return memoryview(b"".join(bytes([byte, 0]) for byte in line))[::2]


def released() -> Any:
    """A view of bytes that may not be looked at any more; arrays of what is no byte say the same."""
    view = memoryview(LINE)
    view.release()
    return view


REFUSED: dict[str, tuple[Callable[[], Any], list[tuple[str, str, str]]]] = {
    # --- what is no document ---
    "none": (lambda: loads(None), [("V018", "", "None is no bytes or text")]),
    "a number": (lambda: loads(3), [("V018", "", "3 is no bytes or text")]),
    "nothing": (lambda: loads(b""), [("V018", "", "not JSON: Input data was truncated")]),
    "a list": (lambda: loads(b"[]"), [("V018", "", "a list is no object")]),
    "null": (lambda: loads("null"), [("V018", "", "None is no object")]),
    "a list as a plain document": (lambda: structure([]), [("V018", "", "a list is no object")]),
    "cut short": (lambda: loads(LINE[:-1]), [("V018", "", "not JSON: Input data was truncated")]),
    "a byte order mark": (
        lambda: loads(b"\xef\xbb\xbf" + LINE), [("V018", "", "begins with a byte order mark; write it without one")],
    ),
    "a mark in text": (
        lambda: loads("\ufeff" + LINE.decode()), [("V018", "", "begins with a byte order mark; write it without one")],
    ),
    "not UTF-8": (lambda: loads(b'{"type":"goal\xff"}'), [("V018", "", "not UTF-8 at byte 13")]),
    "half a character": (
        lambda: loads('{"type":"\ud800"}'), [("V018", "", "half a character (a lone surrogate) at character 9")],
    ),
    "too deep in an array": (
        lambda: loads(array("B", b"[" * 10**6)),
        [("V018", "", "nested deeper than 150 levels, as no document is")],
    ),
    "too deep": (lambda: loads("[" * 10**6), [("V018", "", "nested deeper than 150 levels, as no document is")]),
    # --- type and schema ---
    "no type": (lambda: structure({"schema": 1}), [("V014", "type", f"the type of record is missing; known: {KINDS}")]),
    "nearly a type": (
        lambda: structure({"type": "gaol", "schema": 1}),
        [("V018", "type", "'gaol' is no type of record; did you mean goal?")],
    ),
    "no such type": (
        lambda: structure({"type": "zzz", "schema": 1}),
        [("V018", "type", f"'zzz' is no type of record; known: {KINDS}")],
    ),
    "a number as type": (
        lambda: structure({"type": 3, "schema": 1}), [("V018", "type", f"3 is no type of record; known: {KINDS}")],
    ),
    "neither": (
        lambda: structure({}),
        [("V014", "schema", "the schema is missing; this version writes 1"), ("V014", "type", f"the type of record is missing; known: {KINDS}")],
    ),
    "no schema": (without("schema"), [("V014", "schema", "the schema is missing; this version writes 1")]),
    "schema 2": (changed(schema=2), [("V018", "schema", "2 is no schema that is known; this version reads 1")]),
    "schema 0": (changed(schema=0), [("V018", "schema", "0 is no schema that is known; this version reads 1")]),
    "schema yes": (changed(schema=True), [("V018", "schema", "True is no schema that is known; this version reads 1")]),
    "schema of text": (changed(schema="1"), [("V018", "schema", "'1' is no schema that is known; this version reads 1")]),
    # --- fields ---
    "a day": (
        changed(target_on="2026-9-1"), [("V015", "target_on", "'2026-9-1' is no date: write it as 2026-03-02")],
    ),
    "a moment without time": (
        moment("2026-03-02"),
        [("V015", "history[0].at", ("'2026-03-02' is no date and time: write it as 2026-03-02T12:00:00+01:00, with "
                                   "seconds and offset"))],
    ),
    "a number of text": (
        changed(confidence="3"), [("V015", "confidence", "'3' is no whole number: Expected `int`, got `str`")],
    ),
    "a fraction": (
        changed(confidence=1.5), [("V015", "confidence", "1.5 is no whole number: Expected `int`, got `float`")],
    ),
    "no title": (without("title"), [("G001", "title", "title is missing")]),
    "a rule between fields": (changed(coach=ANNA), [("G026", "coach", "p-17 is the owner as well")]),
    "more digits than a number has": (
        ending(b',"confidence":' + b"9" * 5_000 + b"}"),
        [("V007", "confidence", "a very large number is not from 0 to 10")],
    ),
    "larger than any number": (
        ending(b',"confidence":1e999999999999999999999}'),
        [("V015", "confidence", "Infinity is no whole number: Expected `int`, got `decimal`")],
    ),
    "smaller than any number": (
        ending(b',"extra":{"a":1e-999999999999999999999}}'),
        [("V005", "extra.a", "1E-999999 is not finite or out of range")],
    ),
    "below any number": (
        ending(b',"extra":{"a":-1e999999999999999999999}}'),
        [("V005", "extra.a", "-Infinity is not finite or out of range")],
    ),
    "below nothing by less than anything": (
        ending(b',"extra":{"a":-1E-999999999999999999999}}'),
        [("V005", "extra.a", "-1E-999999 is not finite or out of range")],
    ),
    # --- writing ---
    "a number is written": (lambda: dumps(3), [("V015", "", "3 is no record")]),
    "none is written plainly": (lambda: unstructure(None), [("V015", "", "None is no record")]),
    "a list is written as a book": (lambda: dump_book([], BytesIO()), [("V015", "book", "a list is no book")]),
    "a book to text": (
        lambda: dump_book(Book(), StringIO()),
        [("V015", "out", 'a StringIO takes no bytes; open the file with "wb"')],
    ),
    "a book to nothing": (
        lambda: dump_book(Book(), None),
        [("V015", "out", 'None takes no bytes; open the file with "wb"')],
    ),
    "a book to the name of a file": (
        lambda: dump_book(Book(), "b.ndjson"),
        [("V015", "out", "'b.ndjson' takes no bytes; open the file with \"wb\"")],
    ),
    # --- books ---
    "a book of a number": (
        lambda: load_book(3),
        [("V015", "lines", "3 has no lines; give an open file, or what stands in it")],
    ),
    "records of none": (
        lambda: load_records(None),
        [("V015", "lines", "None has no lines; give an open file, or what stands in it")],
    ),
    "a book of an array of no dimension": (
        lambda: load_book(NoDimension()),
        [("V015", "lines", "a NoDimension has no lines; give an open file, or what stands in it")],
    ),
    "records of a closed file": (
        lambda: load_records(shut()), [("V015", "lines", "a StringIO has no lines; give an open file, or what stands in it")],
    ),
    "records of a file that is written": (
        lambda: load_records(BufferedWriter(BytesIO())),
        [("V015", "lines", "a BufferedWriter has no lines; give an open file, or what stands in it")],
    ),
    "a book to a closed file": (
        lambda: dump_book(Book(), shut()),
        [("V015", "out", 'a StringIO takes no bytes; open the file with "wb"')],
    ),
    "a book to a closed file of bytes": (
        lambda: dump_book(Book(), shut(BytesIO())), [("V015", "out", 'a BytesIO takes no bytes; open the file with "wb"')],
    ),
    "a book to a file that is read": (
        lambda: dump_book(Book(), BufferedReader(BytesIO())),
        [("V015", "out", 'a BufferedReader takes no bytes; open the file with "wb"')],
    ),
    "bytes that are gone": (lambda: loads(released()), [("V018", "", "a memoryview is no bytes or text")]),
    "a book of text that is not UTF-8": (
        lambda: load_book(TextIOWrapper(BytesIO(b"[]\n{\xff\n"), encoding="utf-8")),
        [("V018", "line 1", "this line or one after it is not UTF-8: byte 0xFF")],
    ),
    "a book with three faults": (
        lambda: load_book(LINE + b"\n\n[]\n" + LINE + b"\n{"),
        [("V018", "line 3", "a list is no object"), ("X001", "line 4: id", "g-1 stands on line 1 already"),
         ("V018", "line 5", "not JSON: Input data was truncated")],
    ),
    # --- JSON Schema ---
    "a schema of a number": (lambda: schema(3), [("V015", "kind", "3 is no kind of record")]),
    "a schema of a book": (lambda: schema(Book), [("V015", "kind", "a type is no kind of record")]),
    # --- forms ---
    "a form of pairs": (
        lambda: arguments(Goal, "edit", [("a", 1)]),
        [("V015", "form", "a list is no mapping of names to values")],
    ),
    "a form of none": (
        lambda: arguments(Goal, "edit", None),
        [("V015", "form", "None is no mapping of names to values")],
    ),
}  # fmt: skip
"""What is tried, and every finding of its refusal."""


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_says_what_is_wrong_and_where(name: str):
    """In these words, at this place, by this rule."""
    tried, said = REFUSED[name]
    assert [(f.code, f.path, f.message) for f in refused(tried)] == said


HEADLINES = {
    "none": "document: cannot be read",
    "schema 2": "goal g-1: cannot be read",
    "a rule between fields": "goal g-1: cannot be read",
    "a number is written": "cannot write",
    "a list is written as a book": "book: cannot be written",
    "a book of a number": "book: cannot be read",
    "a book with three faults": "book: cannot be read (3 of 4 lines)",
    "a schema of a number": "schema: cannot be made",
    "a form of none": "form: cannot be read",
}


@pytest.mark.parametrize("name", HEADLINES)
def test_the_first_line_says_of_what_it_is(name: str):
    """Which record, or which whole."""
    with pytest.raises(Rejected) as caught:
        REFUSED[name][0]()
    assert str(caught.value).splitlines()[0] == HEADLINES[name]
    assert caught.value.what == HEADLINES[name]


def test_each_finding_of_a_document_knows_its_record_and_one_without_any_knows_none():
    """So that a list of refusals can be sorted by record."""
    assert {f.record for f in refused(changed(coach=ANNA))} == {("goal", "g-1")}
    assert {f.record for f in refused(lambda: loads(b"[]"))} == {None}
    found = refused(REFUSED["a book with three faults"][0])
    assert [f.params["line"] for f in found] == [3, 4, 5]
    assert [f.record for f in found] == [None, ("goal", "g-1"), None]


def test_lines_are_counted_with_the_blank_ones_and_read_one_by_one():
    """A blank line is passed over and still has its number."""
    read = list(load_records(b"\n" + LINE + b"\n \n{}\n"))
    assert read[0] == draft_goal()
    assert isinstance(read[1], Rejected)
    assert {f.path for f in read[1].findings} == {"line 4: schema", "line 4: type"}
    assert read[1].what == "line 4: document: cannot be read"
    assert len(read) == 2


@pytest.mark.parametrize(
    "whole",
    [LINE, LINE.decode(), bytearray(LINE), memoryview(LINE), array("B", LINE), spread(LINE), Loud(LINE.decode())],
)
def test_a_document_is_read_from_bytes_and_from_text(whole: Any):
    """Whatever holds them."""
    assert loads(whole) == draft_goal()
    assert list(load_book([whole])) == [draft_goal()]
    if not isinstance(whole, array):  # a list of numbers as well
        assert list(load_book(whole)) == [draft_goal()]


def test_lines_end_where_a_file_of_text_cannot_be_read():
    """What was read before stands, and nothing is read behind it: the decoder has lost its place."""
    file = TextIOWrapper(BytesIO(LINE + b"\n\xff\n" + LINE), encoding="utf-8")
    *read, last = load_records(file)
    assert read == []  # the decoder is ahead of the lines
    assert isinstance(last, Rejected)
    assert last.what == "line 1: cannot be read"


class TestAtTheBorder:
    """What just passes."""

    @pytest.mark.parametrize(
        ("text", "read"),
        [
            ("2026-03-02T12:00:00Z", at(0)),
            ("2026-03-02T13:00:00+01:00", at(0)),
            ("2026-03-02t12:00:00z", at(0)),
            ("2026-03-02T12:00:00.000001Z", at(0).replace(microsecond=1)),
        ],
    )
    def test_a_moment_with_seconds_and_offset(self, text: str, read: datetime):
        """In any zone, to the microsecond."""
        assert converter().structure(text, datetime) == read

    @pytest.mark.parametrize("text", ["2026-03-02T12:00Z", "2026-03-02T12:00:00", "2026-03-02 ", "20260302T120000Z", 0])
    def test_a_moment_without(self, text: Any):
        """Refused at its place."""
        assert {f.path for f in refused(moment(text))} == {"history[0].at"}

    @pytest.mark.parametrize(("number", "kept"), [(0, 0), (10, 10), (10**15, 10**15), (Decimal("0.5"), Decimal("0.5"))])
    def test_a_number_of_the_house(self, number: Any, kept: Any):
        """Kept to the digit in `extra`."""
        record = structure({**PLAIN, "extra": {"n": number}})
        assert record.extra == {"n": kept}
        assert loads(dumps(record)).extra == {"n": kept}

    def test_a_date_among_plain_values_may_be_one(self):
        """Not only a text."""
        assert structure({**PLAIN, "target_on": on(180)}) == structure({**PLAIN, "target_on": "2026-08-29"})

    def test_the_span_of_a_document_says_from(self):
        """And `to` where it has an end."""
        span = converter().structure({"from": "2026-03-02", "to": "2026-03-02"}, Span)
        assert (span, converter().unstructure(span)) == (Span(on(0), on(0)), {"from": "2026-03-02", "to": "2026-03-02"})
        assert converter().unstructure(Span(on(0))) == {"from": "2026-03-02"}


class TestForms:
    """Lists, parts, and parts in lists: every text becomes what the act asks for."""

    @pytest.mark.parametrize(
        ("kind", "act", "name", "sent", "read"),
        [
            (Goal, "edit", "obstacles", ["time", "money"], ("time", "money")),
            (Goal, "edit", "obstacles", [], ()),
            (Goal, "edit", "obstacles", "time", ("time",)),
            (Goal, "edit", "measure", {"unit": "stations", "start": "0", "target": "4.5"},
             {"unit": "stations", "start": Decimal(0), "target": Decimal("4.5")}),
            (Goal, "edit", "measure", "", None),
            (Goal, "edit", "serves", ({"kind": "need", "id": "n-1", "of": ""},), ({"kind": "need", "id": "n-1", "of": None},)),
            (Interview, "finish", "outcomes", [{"kind": "goal", "id": "g-1"}, {"kind": "goal", "id": "g-2"}],
             ({"kind": "goal", "id": "g-1"}, {"kind": "goal", "id": "g-2"})),
            (Interview, "finish", "disclosures", [{"what": "nothing", "to": ""}], ({"what": "nothing", "to": None},)),
            (Interview, "import", "turns", [{"number": "1", "speaker": "p", "kind": "note", "text": "a", "open": "false",
                                             "at": "2026-03-02T12:00:00Z"}],
             ({"number": 1, "speaker": "p", "kind": "note", "text": "a", "open": False, "at": at(0)},)),
            (Interview, "say", "reply_to", "4", 4),
            (Interview, "say", "reply_to", "four", "four"),
            (Interview, "say", "open", "yes", True),
            (InternalMove, "ask", "needs", ["n-1"], ("n-1",)),
            (Opportunity, "post", "level", "-1", -1),
            (Opportunity, "post", "offers", [{"kind": "challenge", "text": "More", "level": "4"}],
             ({"kind": "challenge", "text": "More", "level": "4"},)),
            (Feedback, "write", "situation", {"on": "2026-03-02", "where": ""}, {"on": on(0), "where": None}),
        ],
    )  # fmt: skip
    def test_what_is_sent_is_read(self, kind: Any, act: str, name: str, sent: Any, read: Any):
        """The value and its type, in each place."""
        (value,) = arguments(kind, act, {name: sent}).values()
        assert (value, repr(value)) == (read, repr(read))

    def test_a_value_that_is_no_text_stays_as_it_is(self):
        """A program may send days and numbers."""
        sent = {"due_on": on(9), "cycle": 2026, "kind": None}
        assert arguments(Interview, "plan", sent) == sent

    def test_a_record_and_its_kind_read_alike(self):
        """By either."""
        sent = {"slot": {"start": "2026-04-01T12:00:00Z", "minutes": "90", "place": "Room 4"}}
        read = {"slot": {"start": at(30), "minutes": 90, "place": "Room 4"}}
        assert arguments(planned_talk(), "schedule", sent) == arguments(Interview, "schedule", sent) == read

    def test_what_was_read_is_done(self):
        """A whole act from a page."""
        sent = {"text": "Yes", "kind": "note", "open": "false", "tags": ["dream"], "vital": "", "reply_to": ""}
        said = open_talk().say(**arguments(open_talk(), "say", sent), by=OLE, at=at(30))
        assert (said.turns[-1].tags, said.turns[-1].open, said.turns[-1].vital) == (("dream",), False, None)

    def test_an_import_takes_every_field(self):
        """Those of the record, and those of the act."""
        sent = {"state": "agreed", "target_on": "2026-09-30", "importance": "7", "source": "old", "reason": ""}
        read = {"state": "agreed", "target_on": date(2026, 9, 30), "importance": 7, "source": "old", "reason": None}
        assert arguments(Goal, "import", sent) == read


def test_json_of_a_goal_has_its_fields_in_order_and_no_more():
    """What stands at its default is left out, but for what a signature covers and what nobody could guess."""
    plain = json.loads(dumps(agreed_goal()))
    assert list(plain)[:5] == ["type", "schema", "id", "revision", "history"]
    assert not {"keep_until", "extra", "progress", "measure", "parent"} & set(plain)
    assert plain["revision"] == 3
    assert json.loads(LINE)["state"] == "draft"
    assert datetime.fromisoformat(plain["history"][0]["at"]).tzinfo == UTC
