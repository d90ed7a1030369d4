"""The codec, beside the laws for every record: what it refuses and how, books as lines, cattrs, kept documents."""

import codecs
import copy
import io
import json
import pickle
import sys
import tempfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pytest
from attrs import frozen
from cattrs import ClassValidationError
from hypothesis import given
from hypothesis import strategies as st

from coaching import (
    Book,
    CareerPath,
    CoachingRelationship,
    Feedback,
    Goal,
    InternalMove,
    Interview,
    Location,
    Opportunity,
    Organisation,
    Person,
    Record,
    Ref,
    Rejected,
    Span,
    verify,
)
from coaching.codec import converter, dump_book, dumps, load_book, load_records, loads, structure, unstructure
from coaching.formats.documents import DEEPEST
from coaching.kernel.signing import SignedRecord
from coaching.records import RECORDS
from coaching.records.feedback import FeedbackKind
from stage import ANNA, EVA, OLE, at, on, refused
from stage import feedback as given_feedback
from stage.book import managed, someone
from stage.goals import agreed_goal, draft_goal, half_signed_goal, measured_goal
from stage.interviews import signed_talk
from stage.people import employed

DOCUMENTS = Path(__file__).parents[1] / "documents"


def places(findings):
    """Code and path of each finding."""
    return [(f.code, f.path) for f in findings]


def document(**changed):
    """A goal just begun, as a plain dict, with changes; a value of ... takes the field away."""
    plain = {**unstructure(draft_goal()), **changed}
    return {name: value for name, value in plain.items() if value is not ...}


class TestWhatADocumentIs:
    """V018: one JSON object in UTF-8 that says its type and schema."""

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            (b"", "not JSON: "),
            ("", "not JSON: "),
            (b"{", "not JSON: "),
            (b"{} {}", "not JSON: "),
            (b'\xef\xbb\xbf{"type":"goal"}', "begins with a byte order mark; write it without one"),
            ('\ufeff{"type":"goal"}', "begins with a byte order mark; write it without one"),
            (codecs.BOM_UTF16_LE + "{}".encode("utf-16-le"), "not UTF-8 at byte 0"),
            (b'{"type": NaN}', "not JSON: "),
            (b'{"type": "goal", "id": "g-\xff"}', "not UTF-8 at byte 26"),
            (bytearray(b'{"type": "\xff"}'), "not UTF-8 at byte 10"),
            ('{"type": "\ud800"}', "half a character (a lone surrogate) at character 10"),
            (b'{"n": ' + b"9" * 9999 + b', "type": "\xff"}', "not UTF-8 at byte 10016"),
            (b'{"n": ' + b"9" * 9999 + b"} {}", "not JSON: Extra data"),
            (b'{"n": ' + b"9" * 9999 + b', "m": NaN}', "not JSON: NaN is no number of JSON"),
            (b'{"n": ' + b"9" * 9999 + b', "m": ' + b"[" * 100_000, f"nested deeper than {DEEPEST} levels"),
            (b"[]", "a list is no object"),
            (b"null", "None is no object"),
            ("7", "7 is no object"),
            (b'"goal"', "'goal' is no object"),
            (b"[" * 100_000 + b"]" * 100_000, f"nested deeper than {DEEPEST} levels"),
            (None, "None is no bytes or text"),
            (7, "7 is no bytes or text"),
            (memoryview(b"[.].")[::2], "a list is no object"),
        ],
    )
    def test_anything_else_is_refused(self, data, says):
        """With one finding that says why."""
        (wrong,) = refused(lambda: loads(data))
        assert (wrong.code, wrong.path, wrong.record) == ("V018", "", None)
        assert wrong.message.startswith(says)

    @pytest.mark.parametrize("plain", [None, 7, "goal", [], [("type", "goal")], draft_goal()])
    def test_a_plain_document_is_a_mapping(self, plain):
        """A record is none: it needs no reading."""
        assert places(refused(lambda: structure(plain))) == [("V018", "")]

    def test_any_mapping_will_do(self):
        """Read only ones, too."""
        assert structure(MappingProxyType(document())) == draft_goal()

    def test_text_and_bytes_are_read_alike(self):
        """UTF-8 either way."""
        line = dumps(draft_goal(outcome="Öva på linjen 🙂"))
        assert loads(line) == loads(line.decode()) == loads(bytearray(line)) == loads(memoryview(line))

    @pytest.mark.parametrize("field", ["title", "serves", "extra", "zz"])
    def test_nesting_has_no_end_in_a_plain_document(self, field):
        """However deep it is, it is refused where it stands."""
        inner = 0
        for _ in range(50_000):
            inner = [inner]
        assert refused(lambda: structure(document(**{field: inner})))

    @given(st.binary(max_size=40) | st.text(max_size=40))
    def test_no_other_exception_comes_out(self, data):
        """Whatever is read."""
        assert refused(lambda: loads(data))

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
        ),
        st.sampled_from(sorted(document())),
    )
    def test_no_other_exception_comes_out_of_a_field(self, value, name):
        """Whatever stands in one, the record is read or refused, and from text as from a plain dict."""
        plain = document(**{name: value})
        try:
            record = structure(plain)
        except Rejected as refusal:
            found = refusal.findings
        else:
            found = loads(dumps(record)) == record
        assert found


class TestType:
    """`type` chooses the record."""

    @pytest.mark.parametrize(
        ("kind", "near"), [("Goal", "goal"), ("gaol", "goal"), ("persons", "person"), ("paths", "path")]
    )
    def test_one_that_is_nearly_right(self, kind, near):
        """The right one is suggested."""
        (wrong,) = refused(lambda: structure(document(type=kind)))
        assert (wrong.code, wrong.path) == ("V018", "type")
        assert wrong.message == f"'{kind}' is no type of record; did you mean {near}?"

    @pytest.mark.parametrize("kind", ["salary", "", 7, None, ["goal"], {"goal": 1}])
    def test_one_that_is_none(self, kind):
        """All that are known are named."""
        (wrong,) = refused(lambda: structure(document(type=kind)))
        assert (wrong.code, wrong.path) == ("V018", "type")
        assert wrong.message.endswith("is no type of record; known: " + ", ".join(kind.type for kind in RECORDS))

    def test_missing(self):
        """Named as missing, with what may stand there."""
        (wrong,) = refused(lambda: structure(document(type=...)))
        assert (wrong.code, wrong.path, wrong.message[:38]) == (
            "V014",
            "type",
            "the type of record is missing; known: ",
        )


class TestSchema:
    """`schema` says how to read it."""

    @pytest.mark.parametrize("schema", [0, 2, "1", 1.0, True, None, [1]])
    def test_one_that_is_not_known(self, schema):
        """Only the whole number 1 is; nothing is converted."""
        (wrong,) = refused(lambda: structure(document(schema=schema)))
        assert (wrong.code, wrong.path) == ("V018", "schema")
        assert wrong.message.endswith("is no schema that is known; this version reads 1")

    def test_missing(self):
        """Named as missing, with what this version writes."""
        (wrong,) = refused(lambda: structure(document(schema=...)))
        assert (wrong.code, wrong.path, wrong.message) == (
            "V014",
            "schema",
            "the schema is missing; this version writes 1",
        )

    def test_everything_is_said_at_once(self):
        """With faults in the fields as well."""
        wrong = refused(lambda: structure(document(schema=9, title=" ", serves=7, pay=1)))
        assert places(wrong) == [("V016", "pay"), ("V018", "schema"), ("V015", "serves"), ("G001", "title")]


class TestFields:
    """What a field refuses, and where it says so."""

    @pytest.mark.parametrize(
        ("field", "value", "code", "path"),
        [
            ("title", 7, "V015", "title"),
            ("title", None, "V015", "title"),
            ("target_on", "soon", "V015", "target_on"),
            ("target_on", "2026-02-30", "V015", "target_on"),
            ("target_on", 20260302, "V015", "target_on"),
            ("importance", "8", "V015", "importance"),
            ("importance", 8.5, "V015", "importance"),
            ("importance", True, "V015", "importance"),
            ("importance", 11, "V007", "importance"),
            ("ambition", "high", "V012", "ambition"),
            ("ambition", 1, "V012", "ambition"),
            ("serves", {}, "V015", "serves"),
            ("serves", ["need"], "V015", "serves[0]"),
            ("serves", [{"kind": "need"}], "V014", "serves[0].id"),
            ("serves", [{"kind": "need", "id": "n-1", "off": "path-1"}], "V016", "serves[0].off"),
            ("extra", [], "V015", "extra"),
            ("extra", {"a": []}, "V015", "extra.a"),
            ("extra", {"a": float("inf")}, "V005", "extra.a"),
            ("extra", {"1" * 5000: []}, "V015", "extra." + "1" * 5000),
            ("²", 1, "V016", "²"),
        ],
    )
    def test_each_is_named_with_its_place(self, field, value, code, path):
        """One finding, about the goal."""
        (wrong,) = refused(lambda: structure(document(**{field: value})))
        assert (wrong.code, wrong.path, wrong.record) == (code, path, ("goal", "g-1"))

    def test_a_number_is_read_exactly(self):
        """From JSON as from a Decimal; never by way of a binary fraction."""
        goal = measured_goal().note_progress("win", "Nearly", value=Decimal("3.10"), by=ANNA, at=at(9))
        line = dumps(goal)
        assert b'"value":3.10' in line
        assert loads(line).progress[0].value == Decimal("3.10")
        assert str(structure(unstructure(goal)).progress[0].value) == "3.10"

    @pytest.mark.parametrize("number", ["1e9999999999999999999", "-1e9999999999999999999", "1e-9999999999999999999"])
    @pytest.mark.parametrize(
        ("found", "field", "code", "path"),
        [
            ('"extra":{"a":%s},"title":', '"title":', "V005", "extra.a"),
            ('"start":%s,"target":', '"start":0,"target":', "V005", "measure.start"),
            ('"importance":%s,"title":', '"title":', "V015", "importance"),
            ('"%s":{"a":[%s]},"title":', '"title":', "V016", "{}"),
            ('"title":%s,"titl":', '"title":', "V015", "title"),
        ],
    )
    def test_a_number_beyond_every_decimal_is_named_with_its_place(self, number, found, field, code, path):
        """By the rule of its field; from text and from lines."""
        line = dumps(measured_goal()).replace(field.encode(), found.replace("%s", number).encode(), 1)
        wrong = [(f.code, f.path) for f in refused(lambda: loads(line))]
        assert (code, path.format(number)) in wrong
        (read,) = load_records([line])
        assert [(f.code, f.path.removeprefix("line 1: ")) for f in read.findings] == wrong

    def test_a_document_that_is_such_a_number(self):
        """Is no object, or says nothing that a document says."""
        assert places(refused(lambda: loads("1e9999999999999999999"))) == [("V018", "")]
        wrong = refused(lambda: loads('{"x":1e9999999999999999999}'))
        assert places(wrong) == [("V014", "schema"), ("V014", "type")]
        assert refused(lambda: loads('{"type":1e9999999999999999999,"schema":1}'))[0].path == "type"

    @pytest.mark.parametrize("sign", ["", "-"])
    def test_a_whole_number_of_any_length_is_named_with_its_place(self, sign):
        """Even where Python refuses to read it; with all else that is wrong."""
        number = sign + "9" * (sys.get_int_max_str_digits() + 1)
        line = dumps(measured_goal()).replace(
            b'"title":', f'"importance":{number},"extra":{{"a":1.50}},"titel":'.encode()
        )
        assert places(refused(lambda: loads(line))) == [("V007", "importance"), ("V016", "titel"), ("G001", "title")]

    @pytest.mark.parametrize(
        "moment", ["2026-03-02T12:00:00Z", "2026-03-02 13:00:00.000000+01:00", "2026-03-02t12:00:00.0z"]
    )
    def test_a_moment_as_rfc_3339_has_it(self, moment):
        """Both ways of reading."""
        plain = document()
        plain["history"][0]["at"] = moment
        assert loads(json.dumps(plain)) == structure(plain)
        assert structure(plain).history[0].at == draft_goal().history[0].at

    @pytest.mark.parametrize("moment", ["2026-03-02T10:00+02:00", "2026-03-02", "20260302T100000Z", "now", 7])
    def test_a_moment_written_otherwise(self, moment):
        """Refused, with how to write it: RFC 3339 asks for seconds."""
        plain = document()
        plain["history"][0]["at"] = moment
        (wrong,) = refused(lambda: structure(plain))
        assert (wrong.code, wrong.path) == ("V015", "history[0].at")
        assert wrong.message.endswith(
            " is no date and time: write it as 2026-03-02T12:00:00+01:00, with seconds and offset"
        )
        assert refused(lambda: loads(json.dumps(plain))) == (wrong,)

    def test_a_day_written_otherwise(self):
        """The same."""
        (wrong,) = refused(lambda: structure(document(target_on="2/3/2026")))
        assert wrong.message == "'2/3/2026' is no date: write it as 2026-03-02"

    def test_the_last_of_two_keys_counts(self):
        """Both ways of reading agree on it."""
        line = dumps(draft_goal()).replace(b'"title":', b'"title":"First","title":')
        assert loads(line) == draft_goal()
        broken = line.replace(b'"outcome":', b'"outcome":7,"outcome":').replace(b'"schema":1', b'"schema":1,"schema":1')
        assert loads(broken) == draft_goal()

    def test_what_is_no_record_is_not_written(self):
        """Not a part, not a book, nothing."""
        for thing in (Span(on(0)), Book(), None, {"type": "goal"}):
            for write in (dumps, unstructure):
                assert places(refused(lambda thing=thing, write=write: write(thing))) == [("V015", "")]


class TestABook:
    """A book as NDJSON: a record a line."""

    book = Book([*managed([(ANNA, OLE), (OLE, None)]), draft_goal(), signed_talk()])

    def test_it_comes_back(self):
        """And each line is one document, by kind and id."""
        out = io.BytesIO()
        assert dump_book(self.book, out) == 4
        lines = out.getvalue().splitlines(keepends=True)
        assert [json.loads(line)["id"] for line in lines] == [ANNA, OLE, "g-1", "i-1"]
        assert load_book(lines) == self.book
        out.seek(0)
        assert load_book(out) == self.book

    def test_an_empty_one(self):
        """No line at all."""
        out = io.BytesIO()
        assert (dump_book(Book(), out), out.getvalue()) == (0, b"")
        assert load_book([]) == Book() == load_book([b"\n", b"  \r\n"])

    def test_it_is_read_line_by_line(self):
        """What follows a fault is read all the same; blank lines count as lines."""
        lines = [dumps(draft_goal()), b"\n", b"{}\n", b"", dumps(someone())]
        read = list(load_records(lines))
        assert [getattr(r, "id", None) for r in read] == ["g-1", None, ANNA]
        assert isinstance(read[1], Rejected)
        assert read[1].what == "line 3: document: cannot be read"
        assert places(read[1].findings) == [("V014", "line 3: schema"), ("V014", "line 3: type")]
        assert [f.params["line"] for f in read[1].findings] == [3, 3]
        assert read[1].as_dicts()[0]["params"] == {"now": 1, "line": 3}

    def test_nothing_is_read_ahead(self):
        """A file of any size: the first record is there before the second line is asked for."""

        def lines():
            yield dumps(draft_goal())
            raise AssertionError("read ahead")

        assert next(iter(load_records(lines()))) == draft_goal()

    def test_the_whole_of_it_will_do(self):
        """As bytes or as text, whatever ends the lines; and whatever stands in a text ends none."""
        book = Book([draft_goal(outcome="one\u2028two\x85three"), someone()])
        out = io.BytesIO()
        dump_book(book, out)
        whole = out.getvalue()
        assert b"\xe2\x80\xa8" in whole
        for lines in (whole, whole.decode(), bytearray(whole), memoryview(whole), whole.replace(b"\n", b"\r\n\r\n")):
            assert load_book(lines) == book
            assert list(load_records(lines)) == list(book)
        assert load_book(io.StringIO(whole.decode())) == book
        assert load_book(iter(whole.decode().split("\n"))) == book
        assert load_book("") == load_book(b"") == load_book([bytearray(b"\n")]) == Book()

    @pytest.mark.parametrize("lines", [None, 7, draft_goal(), Path("book.ndjson")])
    @pytest.mark.parametrize("read", [load_book, load_records])
    def test_what_has_no_lines(self, read, lines):
        """Refused at once."""
        (wrong,) = refused(lambda: read(lines))
        assert (wrong.code, wrong.path) == ("V015", "lines")
        assert wrong.message.endswith("has no lines; give an open file, or what stands in it")

    @pytest.mark.parametrize("line", [None, 7, {}, draft_goal()])
    def test_a_line_that_is_none(self, line):
        """Refused as one, and the others are read."""
        first, second = load_records([line, dumps(draft_goal())])
        assert (places(first.findings), second) == ([("V018", "line 1")], draft_goal())

    def test_what_cannot_be_read_is_named_with_its_lines(self):
        """All findings of all lines in one error, in the order of the lines: none is lost, and none is merged."""
        good, broken = dumps(draft_goal()), {**unstructure(someone()), "name": " ", "employments": [{"from": 7}]}
        lines = [b"x\n", good, b"\n", json.dumps(broken).encode(), good, *[b"x"] * 6]
        with pytest.raises(Rejected) as caught:
            load_book(lines)
        assert caught.value.what == "book: cannot be read (9 of 10 lines)"
        found = caught.value.findings
        assert places(found) == [
            ("V018", "line 1"),
            ("V015", "line 4: employments[0].from"),
            ("V002", "line 4: name"),
            ("X001", "line 5: id"),
            *[("V018", f"line {n}") for n in range(6, 12)],
        ]
        assert [f.params["line"] for f in found] == [1, 4, 4, 5, 6, 7, 8, 9, 10, 11]
        assert [f.record for f in found[:5]] == [None, ("person", ANNA), ("person", ANNA), ("goal", "g-1"), None]
        assert [d["params"]["line"] for d in caught.value.as_dicts()] == [f.params["line"] for f in found]
        assert str(caught.value).splitlines()[4].startswith("  X001 line 5: id: g-1 stands on line 2 already (")
        for other in (pickle.loads(pickle.dumps(caught.value)), copy.copy(caught.value)):
            assert (other.what, other.findings) == (caught.value.what, found)

    def test_two_records_with_one_id(self):
        """The rule of the book speaks, of each line but the first; kinds have ids of their own."""
        line = dumps(draft_goal())
        wrong = refused(lambda: load_book([line, b"", line, dumps(someone()), line]))
        assert [(f.code, f.path, f.message) for f in wrong] == [
            ("X001", "line 3: id", "g-1 stands on line 1 already"),
            ("X001", "line 5: id", "g-1 stands on line 1 already"),
        ]
        alike = dumps(draft_goal()).replace(b'"id":"g-1"', f'"id":"{ANNA}"'.encode())
        assert len(load_book([alike, dumps(someone())])) == 2

    @pytest.mark.parametrize("book", [None, 7, "book", [draft_goal()], draft_goal()])
    def test_only_a_book_is_written_as_one(self, book):
        """What is in it otherwise has neither order nor ids of its own."""
        out = io.BytesIO()
        assert places(refused(lambda: dump_book(book, out))) == [("V015", "book")]
        assert out.getvalue() == b""

    @pytest.mark.parametrize("out", [None, "book.ndjson", Path("book.ndjson"), io.StringIO(), []])
    @pytest.mark.parametrize("book", [book, Book()])
    def test_it_is_written_to_what_takes_bytes(self, book, out):
        """Anything else is refused, with what would be right, before anything is written."""
        (wrong,) = refused(lambda: dump_book(book, out))
        assert (wrong.code, wrong.path) == ("V015", "out")
        assert wrong.message.endswith('takes no bytes; open the file with "wb"')

    def test_files(self, tmp_path):
        """Those of bytes, whatever they are; none of text."""
        path = tmp_path / "book.ndjson"
        with path.open("wb") as out:
            assert dump_book(self.book, out) == 4
        with path.open("rb") as lines:
            assert load_book(lines) == self.book
        with path.open(encoding="utf-8") as text:
            assert load_book(text) == self.book
        with tempfile.NamedTemporaryFile() as out:
            assert dump_book(self.book, out) == 4
        with path.open("w", encoding="utf-8") as text, tempfile.NamedTemporaryFile("w", encoding="utf-8") as other:
            for out in (text, other):
                assert places(refused(lambda out=out: dump_book(self.book, out))) == [("V015", "out")]


@frozen
class Folder:
    """A class of a user's own, with records and values of ours in it."""

    title: str
    goal: Goal
    talks: list[Interview]
    when: Span | None = None
    where: Location | None = None
    about: tuple[Ref, ...] = ()
    kind: FeedbackKind = FeedbackKind.APPRECIATION
    opened: date = date(2026, 3, 2)
    read_at: datetime | None = None
    pages: Decimal = Decimal(1)


FOLDER = Folder(
    "Anna", draft_goal(), [signed_talk()], Span(on(0)), Location("Umeå", "SE"), (Ref("goal", "g-1"),),
    FeedbackKind.FEEDFORWARD, on(3), at(4), Decimal("1.5"),
)  # fmt: skip


def causes(error):
    """The refusals inside an error of cattrs."""
    for inner in error.exceptions:
        yield from causes(inner) if hasattr(inner, "exceptions") else [inner]


class TestConverter:
    """`converter()`: cattrs that knows our records and values."""

    def test_a_class_of_ones_own_there_and_back(self):
        """By way of JSON."""
        plain = converter().unstructure(FOLDER)
        text = json.dumps(plain, default=str)
        assert converter().structure(json.loads(text), Folder) == FOLDER
        assert plain["when"] == {"from": "2026-03-02"}
        assert (plain["opened"], plain["kind"], plain["pages"]) == ("2026-03-05", "feedforward", Decimal("1.5"))
        assert plain["goal"] == unstructure(draft_goal())

    @pytest.mark.parametrize("record", [draft_goal(), signed_talk(), someone()])
    def test_records_as_structure_and_unstructure_have_them(self, record):
        """The same documents."""
        conv = converter()
        assert conv.unstructure(record) == unstructure(record)
        assert conv.structure(unstructure(record), type(record)) == record

    def test_records_of_several_kinds(self):
        """Any record, or any that is signed: the document says which."""
        conv, plain = converter(), [unstructure(draft_goal()), unstructure(someone())]
        assert conv.structure(plain, list[Record]) == [draft_goal(), someone()]
        assert conv.structure(plain[0], SignedRecord) == draft_goal()
        assert conv.structure(plain[1], Person | Goal) == someone()
        assert conv.unstructure([draft_goal(), someone()], list[Record]) == plain

    def test_another_record_than_the_one_that_is_due(self):
        """Refused by name."""
        conv = converter()
        with pytest.raises(Rejected, match=r"V018 type: goal where person is due"):
            conv.structure(unstructure(draft_goal()), Person)
        with pytest.raises(Rejected, match=r"V018 type: person where SignedRecord is due"):
            conv.structure(unstructure(someone()), SignedRecord)

    def test_values_by_themselves(self):
        """With the names that documents use, and the rules of the value."""
        conv = converter()
        assert conv.structure({"kind": "need", "id": "n-1", "of": "path-1"}, Ref) == Ref("need", "n-1", "path-1")
        assert conv.unstructure(Span(on(0), on(9))) == {"from": "2026-03-02", "to": "2026-03-11"}
        assert conv.structure(Span(on(0)), Span) == Span(on(0))
        for wrong, code in (({"from": "2026-03-02", "to": "2026-03-01"}, "V004"), ({"from": 7}, "V015"), (7, "V015")):
            with pytest.raises(Rejected, match=r"^span: cannot be read\n") as caught:
                conv.structure(wrong, Span)
            assert caught.value.codes == (code,)

    @pytest.mark.parametrize(
        ("kind", "raw", "code"),
        [
            (date, "2026-02-30", "V015"),
            (date, 7, "V015"),
            (datetime, "2026-03-02", "V015"),
            (datetime, "2026-03-02T12:00:00", "V003"),
            (Decimal, "many", "V015"),
            (Decimal, None, "V015"),
            (FeedbackKind, "praise", "V012"),
        ],
    )
    def test_leaves_that_are_refused(self, kind, raw, code):
        """As a document would refuse them."""
        with pytest.raises(Rejected, match=f"{kind.__name__}: cannot be read") as caught:
            converter().structure(raw, kind)
        assert caught.value.codes == (code,)

    def test_leaves_that_are_read(self):
        """And written again."""
        conv = converter()
        assert conv.structure("2026-03-02T12:00:00Z", datetime) == datetime(2026, 3, 2, 12, tzinfo=UTC)
        assert conv.structure(3.1, Decimal) == Decimal("3.1")
        assert conv.unstructure(datetime(2026, 3, 2, 12, tzinfo=UTC)) == "2026-03-02T12:00:00+00:00"
        assert conv.unstructure(on(0)) == "2026-03-02"

    def test_what_is_wrong_is_one_refusal_for_each_part(self):
        """Inside the error of cattrs, which says where in one's own class."""
        plain = converter().unstructure(FOLDER)
        plain["goal"] = {**plain["goal"], "title": " ", "importance": 11}
        plain["when"] = {"from": "x"}
        plain["pages"] = "many"
        with pytest.raises(ClassValidationError) as caught:
            converter().structure(plain, Folder)
        assert [inner.codes for inner in causes(caught.value)] == [("V007", "G001"), ("V015",), ("V015",)]

    def test_a_name_that_ones_own_class_does_not_have(self):
        """Refused by cattrs, as ours refuse theirs."""
        with pytest.raises(ClassValidationError):
            converter().structure({**converter().unstructure(FOLDER), "pay": 1}, Folder)


# --- documents of schema 1 -------------------------------------------------------------------------------------------
# Written once, when the records stood as they do now. They stay for ever: whatever a later version writes, it reads
# these, and every seal in them holds.

KEPT = {
    "person": (Person, "known", 1, "register start_placement go_on_leave"),
    "goal": (
        Goal, "agreed", 3,
        (
            "begin suggest_option suggest_option choose_option invest "
            "propose promise promise sign sign note_progress fulfil"
        ),
    ),
    "interview": (
        Interview, "signed", 1,
        "plan schedule prepare prepare start say say say say say say promise promise finish sign sign",
    ),
    "feedback": (Feedback, "acknowledged", 1, "write give acknowledge"),
    "path": (CareerPath, "agreed", 1, "begin dream say_need name_role_model share sign sign start_step"),
    "relationship": (CoachingRelationship, "active", 1, "propose sign sign pause resume"),
    "organisation": (Organisation, "known", 1, "register"),
    "opportunity": (Opportunity, "filled", 1, "post reserve fill"),
    "move": (InternalMove, "done", 1, "wish ask promise approve approve approve approve fulfil complete"),
}  # fmt: skip


def kept(name):
    """A document of schema 1, as it was written."""
    return (DOCUMENTS / f"{name}.json").read_bytes()


class TestKeptDocuments:
    """One for each kind of record."""

    def test_there_is_one_for_each_kind(self):
        """And each is the document of its name."""
        found = {path.stem for path in DOCUMENTS.glob("*.json")} - {"digests", "1.schema"}
        assert found == set(KEPT) == {kind.type for kind in RECORDS}
        assert {json.loads(kept(name))["type"] for name in found} == found

    @pytest.mark.parametrize("name", KEPT)
    def test_it_is_read_as_what_it_was(self, name):
        """Kind, state, revision, the acts that led there, and every seal."""
        record = loads(kept(name))
        cls, state, revision, acts = KEPT[name]
        assert (type(record), record.state, record.revision) == (cls, state, revision)
        assert " ".join(entry.act for entry in record.history) == acts
        assert verify(record) == ()

    @pytest.mark.parametrize("name", KEPT)
    def test_it_is_written_as_it_was(self, name):
        """To the byte, as long as schema 1 is what is written; by way of a plain dict as well."""
        record = loads(kept(name))
        assert dumps(record) + b"\n" == kept(name)
        assert structure(json.loads(kept(name), parse_float=Decimal)) == record

    @pytest.mark.parametrize("name", KEPT)
    def test_one_word_changed_by_hand_is_found(self, name):
        """The document still reads, and no longer verifies."""
        assert verify(loads(kept(name).replace(b'"p-3"', b'"p-33"').replace(b'"o-7"', b'"o-77"')))

    def test_the_person(self):
        """Anna, away, with a position, a placement and the house's own values."""
        anna = loads(kept("person"))
        assert (anna.id, anna.name, anna.language) == (ANNA, "Anna Ek", "sv-SE")
        assert (anna.employments, anna.leaves) == (
            (Span(date(2024, 8, 1)),), (Span(date(2026, 3, 12), date(2026, 9, 8)),),
        )  # fmt: skip
        assert anna.extra == {"badge": "A 17", "desks": 2, "rate": Decimal("12.50"), "remote": True, "gone": None}
        assert (anna.manager_on(on(0)), anna.placement_on(on(0)).client) == (OLE, "o-2")
        assert anna.positions[0].location == Location("Gothenburg", "SE")

    def test_the_goal(self):
        """Measured, promised by both, one promise kept, with progress."""
        goal = loads(kept("goal"))
        assert (goal.owner, goal.coach, goal.title, goal.target_on) == (ANNA, OLE, "Lead a pilot line", on(180))
        assert (goal.measure.target, goal.progress[0].value, goal.confidence) == (4, Decimal("2.5"), 3)
        assert [(c.by, c.state) for c in goal.commitments] == [(ANNA, "done"), (OLE, "promised")]
        assert (goal.investments[0].amount, goal.keep_until) == (4, on(900))

    def test_the_interview(self):
        """What was said, what came of it, and both signatures."""
        talk = loads(kept("interview"))
        assert (talk.coachee, talk.interviewer, talk.kind, talk.cycle) == (ANNA, OLE, "annual", "2026")
        assert [t.vital for t in talk.turns if t.kind == "answer"] == ["heading", "destination", "route"]
        assert (talk.held_on, talk.follow_up_on, talk.slot.minutes) == (on(30), on(120), 90)
        assert [s.role for s in talk.signatures] == ["coachee", "interviewer"]

    def test_the_feedback(self):
        """An appreciation of one piece of work, and the answer."""
        feedback = loads(kept("feedback"))
        assert (feedback.giver, feedback.receiver, feedback.kind) == (OLE, ANNA, "appreciation")
        assert (feedback.situation.on, feedback.about, feedback.response) == (on(0), "The pilot line", "Thank you")

    def test_the_path(self):
        """A dream, a need, a role model, and two steps of which one is under way."""
        path = loads(kept("path"))
        assert (path.owner, path.coach, path.success) == (ANNA, OLE, "Work that I would do unpaid")
        assert [(s.id, s.state) for s in path.steps] == [("s-1", "under_way"), ("s-2", "planned")]
        assert (path.dreams[0].said_on, path.needs[0].importance, path.role_models[0].person) == (on(0), "must", EVA)

    def test_the_relationship(self):
        """What the two agreed on, and both signatures."""
        relationship = loads(kept("relationship"))
        assert (relationship.coach, relationship.coachee, relationship.kind) == (OLE, ANNA, "line_manager")
        assert (relationship.agreement.cadence, relationship.agreement.dual_role) == (14, True)
        assert (relationship.span, [s.role for s in relationship.signatures]) == (Span(on(2)), ["coach", "coachee"])

    def test_the_organisation(self):
        """A client that belongs to a group."""
        verk = loads(kept("organisation"))
        assert (verk.id, verk.name, verk.kinds, verk.parent) == ("o-2", "Verk", ("client",), "o-7")

    def test_the_opportunity(self):
        """What it offers and wants, and who took it up."""
        line = loads(kept("opportunity"))
        assert (line.title, line.organisation, line.location) == ("Lead of the new line", "o-3", Location("Umeå", "SE"))
        assert ([o.kind for o in line.offers], [w.essential for w in line.wants]) == (["challenge"], [True, False])
        assert (line.open_until, line.starts_on, line.filled_by) == (on(30), on(60), (ANNA,))

    def test_the_move(self):
        """Four who said yes, a handover that was done, and the day it began."""
        move = loads(kept("move"))
        assert (move.mover, move.from_placement, move.opportunity, move.needs) == (ANNA, "pl-1", "op-1", ("n-1", "n-2"))
        assert [(a.by, a.yes) for a in move.approvals] == [(ANNA, True), (OLE, True), (EVA, True), ("p-40", True)]
        assert (move.started_on, move.check_in_on, move.commitments[0].state) == (on(60), on(120), "done")


def test_a_document_knows_a_field_by_its_key_alone():
    """`from_` is how Python writes it, and no document does."""
    anna = unstructure(employed())
    (position, *_) = anna["positions"]
    position["span"]["from_"] = position["span"].pop("from")
    for read in (lambda: structure(anna), lambda: loads(json.dumps(anna, default=str))):
        assert {f.code for f in refused(read)} == {"V014", "V016"}


class TestOneFaultHidesNoOther:
    """What is wrong with a part hides nothing that is wrong with another, or between the others."""

    @pytest.mark.parametrize("broken", [3, None, {}, {"id": "c-9"}, {"id": 3, "made_on": "soon"}])
    def test_a_rule_of_one_part_is_asked_beside_a_broken_one(self, broken):
        """A promise that is due before it was made (K003), and an id that stands twice (G028)."""
        good = {"id": "c-1", "by": ANNA, "text": "Write", "made_on": "2026-03-02", "due": "2026-03-09"}
        early = {**good, "id": "c-2", "due": "2026-03-01"}
        places = [
            (f.code, f.path) for f in refused(lambda: structure(document(commitments=[broken, early, good, good])))
        ]
        assert ("K003", "commitments[1].due") in places
        assert ("G028", "commitments[3].id") in places
        assert any(path.startswith("commitments[0]") for _, path in places)
        assert {code for code, _ in places} <= {"K001", "K003", "G028", "V014", "V015"}
        line = json.dumps(document(commitments=[broken, early, good, good]), default=str)
        assert [(f.code, f.path) for f in refused(lambda: loads(line))] == places

    def test_a_rule_that_looks_at_each_part_goes_on_behind_a_broken_one(self):
        """Signatures on another revision, turns out of order, somebody who manages themselves, feedback on a person."""
        plain = unstructure(half_signed_goal())
        (own,) = plain["signatures"]
        late = {**plain, "signatures": [{**own, "revision": "x"}, {**own, "role": "coach", "by": OLE, "revision": 9}]}
        assert ("S003", "signatures[1].revision") in [(f.code, f.path) for f in refused(lambda: structure(late))]
        work = unstructure(given_feedback.given())
        refs = [{"kind": "nonsense", "id": "g-1"}, {"kind": "person", "id": ANNA}, "goal"]
        found = [(f.code, f.path) for f in refused(lambda: structure({**work, "refs": refs}))]
        assert found == [("V012", "refs[0].kind"), ("F015", "refs[1].kind"), ("V015", "refs[2]")]
        person = unstructure(employed())
        (held,) = person["positions"]
        own_boss = {**held, "id": "po-2", "managers": [{"manager": person["id"], "from": held["span"]["from"]}]}
        found = [(f.code, f.path) for f in refused(lambda: structure({**person, "positions": [7, own_boss]}))]
        assert found == [("V015", "positions[0]"), ("J003", "positions[1].managers[0].manager")]

    def test_what_hangs_on_the_broken_part_is_not_guessed(self):
        """A goal may have chosen the option that cannot be read; a history may be a walk with the entry that is broken."""
        plain = unstructure(agreed_goal())
        options = [{**plain["options"][0], "id": 7}, *plain["options"][1:]]
        assert [f.path for f in refused(lambda: structure({**plain, "options": options}))] == ["options[0].id"]
        history = [plain["history"][0], 3, *plain["history"][2:]]
        assert [f.path for f in refused(lambda: structure({**plain, "history": history}))] == ["history[1]"]
