"""Reading: rows become drafts by a mapping, each slip in a cell one fault at its place, however rows are batched."""

import json
import pickle
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.bulk.dates import Evidence
from coaching.bulk.drafts import Batch
from coaching.bulk.mapping import Column, Mapping, Records, read_mapping
from coaching.bulk.mapping.known import FOLLOWS
from coaching.bulk.reading import Reader, columns
from coaching.bulk.reading.distinct import Plain
from coaching.bulk.sources import Row, Spread, open_rows
from coaching.bulk.sources.faults import B002, wrong
from coaching.formats.documents import structure, unstructure
from coaching.records.feedback import Feedback
from coaching.records.goals import Goal
from coaching.records.interviews import Interview
from coaching.records.people import Person

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TAKEN = {"by": "hr", "at": NOON, "source": "people.csv"}


def mapped(*records, **others):
    """A mapping, read as users write it."""
    return read_mapping({"records": list(records), **others})


def people(fields=(), /, **others):
    """A mapping of people."""
    return mapped(
        {"type": "person", "fields": {"id": "No", "name": "Name", **dict(fields)}, **others.pop("records", {})},
        **others,
    )


def rows_of(header, *lines):
    """Rows of cells, as a source gives them."""
    return [Row("people.csv", n + 2, n + 1, list(cells)) for n, cells in enumerate(lines)]


def reader(mapping, header, **how):
    """What reads them."""
    return Reader.of(mapping, next(iter(mapping.sources), ""), "people.csv", header, **how)


def read(mapping, header, *lines, **how):
    """What comes of them."""
    return reader(mapping, header, **how).read(rows_of(header, *lines))


def document(batch, n=0):
    """What a draft says, without what each says; no row is wrong."""
    assert [(f.code, f.message) for f in batch.faults if f.severity == "error"] == []
    said = json.loads(batch.drafts[n].document, parse_float=Decimal)
    return {key: it for key, it in said.items() if key not in {"type", "schema", "id", "state"}}


def faults(batch):
    """What is wrong, where."""
    return [(f.line, f.column, f.field, f.code, f.severity.value) for f in batch.faults]


def one_column(field, column, cell, type="goal"):
    """What one cell comes to in a field of a goal: its value, or the code of what is wrong, and warnings."""
    fields = {"id": "No", "state": {"value": "draft"}, "owner": {"value": "p-1"}, "title": {"value": "Learn"}}
    mapping = mapped({"type": type, "fields": {**fields, field: column}})
    batch = read(mapping, ["No", "Cell"], ["g-1", cell])
    warned = tuple(f.code for f in batch.faults if f.severity == "warning")
    wrong = [f.code for f in batch.faults if f.severity == "error"]
    assert len(wrong) <= 1
    assert (batch.drafts[0].document is None) is bool(wrong)
    assert all(f.column in {"Cell", "No"} for f in batch.faults)
    if wrong:
        return wrong[0]
    found = json.loads(batch.drafts[0].document, parse_float=Decimal)
    return (found.get(field), *warned) if warned else found.get(field)


LISTED = "a" * 10_001


class TestAColumn:
    """What a cell comes to, by the field that takes it."""

    @pytest.mark.parametrize(
        ("column", "cell", "value"),
        [
            ({}, " Lead  a pilot\nline ", "Lead  a pilot\nline"),
            ({}, "", None),
            ({}, " \t", None),
            ({}, None, None),
            ({}, date(2024, 3, 5), "2024-03-05"),
            ({}, [], None),
            ({}, ["", "one"], "one"),
            ({}, ["one", "two"], "V015"),
            ({}, "\ud800", "V002"),
            ({}, LISTED, "V002"),
            ({}, "\u200b", "V002"),
            ({"nulls": ["NULL", " - "]}, " null ", None),
            ({"nulls": ["NULL", " - "]}, "-", None),
            ({"nulls": ["not said"]}, "Not  Said", None),
            ({"nulls": ["NULL"]}, "nothing", "nothing"),
            ({"nulls": ["n/a"], "strip": ["EMP-"]}, "EMP-N/A", None),
            ({"strip": [".0", "EMP-"]}, "EMP-17.0", "17"),
            ({"strip": ["EMP-"]}, "EMP-", None),
            ({"values": {"a": "b"}}, " A ", "b"),
            ({"values": {"a": "b"}}, "c", "B040"),
            ({"values": {"a": "b"}, "others": True}, "c", "c"),
            ({"values": {"a": "b"}, "default": "d"}, "", "d"),
            ({"values": {"a": "b"}}, ["c"], "B040"),
            ({"default": "d"}, ["e"], "e"),
            ({"column": ["Cell", "No"]}, "", "g-1"),
            ({"column": ["Cell", "No"]}, "x", "x"),
            ({"column": ["Cell", "No"], "nulls": ["-"]}, "-", "g-1"),
            ({"column": ["Cell", "No"], "values": {"a": "b", "g-1": "c"}}, "x", "B040"),
            ({"column": ["Cell", "No"], "values": {"a": "b", "g-1": "c"}}, "", "c"),
            ({"column": ["Cell", "No"], "join": " "}, "x", "x g-1"),
            ({"column": ["Cell", "No"], "join": " "}, "", "g-1"),
            ({"column": ["Cell", "No"], "join": " "}, ["x", "", "y"], "x, y g-1"),
            ({"column": ["Cell", "No"], "join": " ", "values": {"g-1": "c"}}, "x", "B040"),
            ({"column": ["Cell", "No"], "join": " ", "values": {"g-1": "c"}}, ["x"], "B040"),
            ({"template": "why-{Cell}/{No}!"}, "x", "why-x/g-1!"),
            ({"template": "why-{Cell}/{No}!"}, "", None),
            ({"template": "{Cell}", "values": {"a": "b"}}, "A", "b"),
            ({"template": "{Cell}", "values": {"a": "b"}}, "x", "B040"),
            ({"value": "always"}, "x", "always"),
        ],
    )
    def test_of_text(self, column, cell, value):
        """Ends are cut, and what is between them stays."""
        named = {} if {"column", "template", "value"} & column.keys() else {"column": "Cell"}
        assert one_column("why", {**named, **column}, cell) == value

    @pytest.mark.parametrize(
        ("field", "column", "cell", "value"),
        [
            ("kind", {}, "Performance", "V012"),
            ("ambition", {}, "x", "V012"),
            ("importance", {}, "7", 7),
            ("importance", {}, "7.0", 7),
            ("importance", {}, "+7", 7),
            ("importance", {}, "7.5", "B041"),
            ("importance", {}, "11", "V007"),
            ("importance", {}, "seven", "B041"),
            ("importance", {}, "9" * 5000, "B041"),
            ("importance", {}, "\u0667", "B041"),
            ("importance", {"default": 5}, "", 5),
            ("importance", {"value": 5}, "", 5),
            ("score", {}, "0.10", Decimal("0.10")),
            ("score", {"decimal": ","}, "0,5", Decimal("0.5")),
            ("score", {}, "1.5", "V005"),
            ("target_on", {}, "2024-03-05", "2024-03-05"),
            ("target_on", {}, "2024-02-30", "B003"),
            ("target_on", {}, "5/3/2024", "B003"),
            ("target_on", {"formats": ["%d/%m/%Y"]}, "5/3/2024", "2024-03-05"),
            ("target_on", {"order": "mdy"}, "5/3/2024", "2024-05-03"),
            ("target_on", {"nulls": ["1900-01-01"], "order": "mdy"}, "1/1/1900", None),
            ("target_on", {"open_end": ["9999-12-31"]}, "9999-12-31", None),
            ("target_on", {}, date(2024, 3, 5), "2024-03-05"),
            ("target_on", {}, datetime(2024, 3, 5), "2024-03-05"),
            ("target_on", {}, "2567-03-05", ("2567-03-05", "B020")),
            ("target_on", {}, ["2567-03-05"], ("2567-03-05", "B020")),
            ("target_on", {"formats": ["excel"]}, "45123.75", ("2023-07-16", "B021")),
            ("target_on", {"formats": ["%m/%d/%Y", "%d/%m/%Y"]}, "03/05/2024", "B022"),
            ("keep_until", {"default": "2030-01-01"}, "", "2030-01-01"),
            ("keep_until", {"value": date(2030, 1, 1)}, "", "2030-01-01"),
            ("obstacles", {}, "time", ["time"]),
            ("obstacles", {"split": ";"}, " time;; money ", ["time", "money"]),
            ("obstacles", {"split": "\n"}, "time\nmoney", ["time", "money"]),
            ("obstacles", {}, ["time", None, "money"], ["time", "money"]),
            ("obstacles", {"split": ";"}, "", None),
            ("obstacles", {"split": ";", "values": {"t": "time"}}, "T;x", "B040"),
            ("obstacles", {"split": ";"}, "time;\0", "V002"),
            ("obstacles", {"value": ["time", "money"]}, "", ["time", "money"]),
        ],
    )
    def test_of_other_kinds(self, field, column, cell, value):
        """What is no such thing is told with its code."""
        named = {} if "value" in column else {"column": "Cell"}
        assert one_column(field, {**named, **column}, cell) == value

    @pytest.mark.parametrize(
        ("decimal", "cell", "value"),
        [
            (".", "1234", 1234),
            (".", "-1234.50", Decimal("-1234.50")),
            (".", "\u22125", -5),
            (".", "1,234.5", Decimal("1234.5")),
            (".", "1,234,567", 1234567),
            (".", "1 234", 1234),
            (".", "1'234.5", Decimal("1234.5")),
            (".", "1\u00a0234\u00a0567", 1234567),
            (".", "1.", 1),
            (".", "1,234", "B041"),
            (".", "1,23", "B041"),
            (".", "1.234,5", "B041"),
            (".", "1 234,567", "B041"),
            (".", "1e3", "B041"),
            (".", "NaN", "B041"),
            (".", "12 %", "B041"),
            (",", "1.234", 1234),
            (",", "1.234,5", Decimal("1234.5")),
            (",", "1234,5", Decimal("1234.5")),
            (",", "0.25", "B041"),
            (",", "1,234,5", "B041"),
            (".", "1" + "0" * 15, "V005"),
            (".", "0." + "0" * 15 + "1", "V005"),
        ],
    )
    def test_of_numbers(self, decimal, cell, value):
        """A sign between thousands counts only where it can be no other."""
        measure = {"unit": {"value": "kg"}, "start": {"column": "Cell", "decimal": decimal}, "target": {"value": 7}}
        fields = {"id": "No", "state": {"value": "draft"}, "owner": {"value": "p"}, "title": {"value": "x"}}
        batch = read(mapped({"type": "goal", "fields": {**fields, "measure": measure}}), ["No", "Cell"], ["1", cell])
        if isinstance(value, str):
            assert faults(batch) == [(2, "Cell", "measure.start", value, "error")]
        else:
            assert document(batch)["measure"] == {"unit": "kg", "start": value, "target": 7}

    @pytest.mark.parametrize(
        ("values", "cell", "value"),
        [
            ({}, "TRUE", True), ({}, "yes", True), ({}, "1", True), ({}, "No", False), ({}, "0", False), ({}, "", None),
            ({}, "ja", "B042"), ({"ja": True, "nein": False}, "Ja", True), ({"ja": True, "nein": False}, "nein", False),
            ({"ja": True}, "oui", "B040"),
        ],
    )  # fmt: skip
    def test_of_yes_and_no(self, values, cell, value):
        """Other words stand for them where the mapping says so."""
        fields = {
            "id": "No", "coach": {"value": "p-1"}, "coachee": {"value": "p-2"}, "kind": {"value": "mentor"}, "state": {"value": "active"},
            "agreement": {"purpose": {"value": "x"}, "dual_role": {"column": "Cell", "values": values}},
        }  # fmt: skip
        batch = read(mapped({"type": "relationship", "fields": fields}), ["No", "Cell"], ["r-1", cell])
        if isinstance(value, str):
            assert faults(batch) == [(2, "Cell", "agreement.dual_role", value, "error")]
        else:
            said = document(batch).get("agreement")
            assert said == (None if value is None else {"purpose": "x", "dual_role": value})

    @pytest.mark.parametrize(
        ("how", "cell", "value"),
        [
            ({}, "2024-03-05T10:00:00+01:00", "2024-03-05T10:00:00+01:00"),
            ({}, "2024-03-05 10:00Z", "2024-03-05T10:00:00Z"),
            ({}, "2024-03-05T10:00", "V003"),
            ({}, "2024-03-05", "B043"),
            ({}, "soon", "B003"),
            ({"zone": "Europe/Stockholm"}, "2024-03-05T10:00", "2024-03-05T10:00:00+01:00"),
            ({"zone": "Europe/Stockholm"}, "2024-07-05T10:00", "2024-07-05T10:00:00+02:00"),
            ({"zone": "Europe/Stockholm"}, "2024-03-31T02:30", "B043"),
            ({"zone": "Europe/Stockholm"}, "2024-10-27T02:30", ("2024-10-27T02:30:00+02:00", "B043")),
            ({"zone": "Europe/Stockholm"}, "0001-01-01T00:30", "B043"),
            (
                {"zone": "Europe/Stockholm", "formats": ["%d/%m/%Y %H:%M"]},
                "5/3/2024 10:00",
                "2024-03-05T10:00:00+01:00",
            ),
            ({"formats": ["%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"]}, "5/3/2024 10:00", "B022"),
            ({"zone": "Europe/Stockholm"}, datetime(2024, 3, 5, 10, tzinfo=UTC), "2024-03-05T10:00:00Z"),
            ({"nulls": ["1900-01-01"]}, "1900-01-01T00:00", None),
            ({"order": "dmy", "nulls": ["1900-01-01"]}, "01/01/1900", None),
            ({}, "", None),
        ],
    )
    def test_of_moments(self, how, cell, value):
        """A local time is one where clocks in its zone showed it; the first of two is taken, and told."""
        fields = {"id": "No", "coachee": {"value": "p"}, "kind": {"value": "annual"}, "state": {"value": "planned"}}
        mapping = mapped({"type": "interview", "fields": {**fields, "invited_at": {"column": "Cell", **how}}})
        batch = read(mapping, ["No", "Cell"], ["i-1", cell])
        found = [(f.code, f.severity.value, f.column) for f in batch.faults]
        if isinstance(value, tuple):
            assert found == [(value[1], "warning", "Cell")]
            value = value[0]
        elif batch.faults:
            assert found == [(value, "error", "Cell")]
            return
        assert document(batch).get("invited_at") == value


HEADER = ["No", "Name", "Hired", "Left", "Title", "Unit", "Boss"]
ANNA = ["17", "Anna Ek", "2024-08-01", "", "Engineer", "Robotics", "3"]
EMPLOYED = {
    "employments": [{"from": "Hired", "to": "Left"}],
    "positions": [{"title": "Title", "unit": "Unit", "employer": {"value": "hem"}, "managers": [{"manager": "Boss"}]}],
}


class TestPeople:
    """What a row of people says besides: positions as long as employments, ids and managers from their beginning."""

    def test_what_follows_by_itself(self):
        """As the mapping has it."""
        assert set(FOLLOWS["person"]) == {
            "positions[].span", "positions[].id", "positions[].managers[].from", "placements[].id",
        }  # fmt: skip
        left = [*ANNA[:3], "2025-01-31", *ANNA[4:]]
        batch = read(people(EMPLOYED), HEADER, ANNA, left)
        span = {"from": "2024-08-01", "to": "2025-01-31"}
        assert document(batch, 1)["positions"] == [
            {
                "span": span, "employer": "hem", "title": "Engineer", "unit": "Robotics", "id": "2024-08-01",
                "managers": [{"manager": "3", "from": "2024-08-01"}],
            }
        ]  # fmt: skip
        assert document(batch, 1)["employments"] == [span]
        assert [it.id for it in batch.drafts] == ["17", "17"]

    def test_what_is_said_counts(self):
        """And what is blank follows all the same."""
        own = {
            **EMPLOYED,
            "positions": [
                {
                    **EMPLOYED["positions"][0], "id": "Post", "span": {"from": "Since"},
                    "managers": [{"manager": "Boss", "from": "Under"}],
                }
            ],
            "placements": [{"client": "Client", "span": {"from": "There"}}],
        }  # fmt: skip
        header = [*HEADER, "Post", "Since", "Under", "Client", "There"]
        full = ["po-1", "2024-09-01", "2024-10-01", "kund", "2024-11-01"]
        batch = read(
            people(own), header, [*ANNA, *full], [*ANNA, "", "", "", "", ""], [*ANNA, "", "2024-09-01", "", "", ""]
        )
        assert document(read(people(own), header, [*ANNA, *full])) == document(batch)
        said, blank, begun = (document(batch, n)["positions"][0] for n in range(3))
        assert (said["id"], said["span"], said["managers"][0]["from"]) == ("po-1", {"from": "2024-09-01"}, "2024-10-01")
        assert (blank["id"], blank["span"], blank["managers"][0]["from"]) == (
            "2024-08-01",
            {"from": "2024-08-01"},
            "2024-08-01",
        )
        assert (begun["id"], begun["managers"][0]["from"]) == ("2024-09-01", "2024-09-01")
        assert document(batch)["placements"] == [{"span": {"from": "2024-11-01"}, "client": "kund", "id": "2024-11-01"}]

    def test_nobody_stands_in_a_position_without_a_beginning(self):
        """It is told where the employment is asked for, once, and not as an id that is missing too."""
        batch = read(people(EMPLOYED), HEADER, [*ANNA[:2], "", "", *ANNA[4:]])
        assert faults(batch) == [(2, "Hired", "employments[].from", "V014", "error")]
        assert batch.drafts[0].id == "17"
        assert batch.drafts[0].document is None
        assert batch.drafts[0].names == []

    def test_who_is_outside_has_neither(self):
        """Nothing is said, nothing is made."""
        assert document(read(people(EMPLOYED), HEADER, ["17", "Anna Ek", "", "", "", "", ""])) == {"name": "Anna Ek"}
        top = document(read(people(EMPLOYED), HEADER, [*ANNA[:6], ""]))
        assert "managers" not in top["positions"][0]

    def test_one_slip_is_one_fault(self):
        """What follows from it, or uses the same column, is silent."""
        mapping = mapped(
            {"type": "person", "fields": {"id": "No", "name": "Name", **EMPLOYED}},
            {
                "type": "interview",
                "fields": {
                    "id": {"template": "{No}/{Hired}"}, "coachee": "No", "kind": {"value": "annual"},
                    "state": {"value": "held"}, "held_on": "Hired",
                },
            },
        )  # fmt: skip
        wrong = [
            ("", 0, "V014"), ("x" * 201, 0, "V001"), ("\u200b", 0, "V001"), ("", 1, "V014"), ("A\0B", 1, "V002"),
            ("soon", 2, "B003"), ("", 4, "J002"), ("x" * 201, 4, "J002"), ("x" * 201, 5, "V002"), ("\u200b", 6, "V001"),
        ]  # fmt: skip
        lines = [[*ANNA[:i], cell, *ANNA[i + 1 :]] for cell, i, _ in wrong]
        batch = read(mapping, HEADER, ANNA, *lines)
        assert [(f.line, f.column, f.code) for f in batch.faults] == [
            (n, HEADER[i], code) for n, (_, i, code) in enumerate(wrong, 3)
        ]
        assert [it.type for it in batch.drafts] == ["person", "interview"] * (len(wrong) + 1)
        assert [it.document is None for it in batch.drafts] == [False] * 2 + [True] * 2 * len(wrong)
        assert batch.drafts[2].id == batch.drafts[4].id == ""
        assert batch.drafts[8].id == "17"

    def test_what_a_rejected_row_is_called_is_kept(self):
        """Others may name it so."""
        mapping = people({"employments": [{"from": "Hired"}]})
        batch = read(mapping, ["No", "Name", "Hired"], ["1", "Eva Berg", "soon"], ["2", "", "soon"], ["3", "Ole", ""])
        assert [it.name for it in batch.drafts] == ["Eva Berg", "", ""]
        constant = mapped({"type": "person", "fields": {"id": "No", "name": {"value": "x"}, "given_name": "Name"}})
        assert [it.name for it in read(constant, ["No", "Name"], ["1", "\u200b"]).drafts] == [""]

    def test_what_the_mapping_says_all_of_is_made_of_no_row(self):
        """Once, on no line; and an id that it says is one."""
        house = {"type": "organisation", "fields": {"id": {"value": "hem"}, "name": {"value": "Hem AB"}}}
        mapping = mapped(house, {"type": "person", "fields": {"id": "No", "name": "Name"}})
        made = reader(mapping, ["No", "Name"])
        assert [it.type for it in made.read(rows_of([], ["1", "Anna Ek"])).drafts] == ["person"]
        (draft,) = made.once().drafts
        assert (draft.id, draft.line, draft.record, draft.made_by) == ("hem", 0, 0, 0)
        assert json.loads(draft.document)["name"] == "Hem AB"
        either = mapped({**house, "when": "Name"})
        batch = read(either, ["Name"], ["x"], [""])
        assert [(it.id, it.line) for it in batch.drafts] == [("hem", 2)]
        assert reader(either, ["Name"]).once() == Batch()
        lacks = Mapping(records=(Records(type="organisation", fields={"id": Column(value="\u200b")}),))
        batch = reader(lacks, []).once()
        assert [(it.id, it.document) for it in batch.drafts] == [("", None)]
        assert faults(batch) == [(0, "", "id", "V001", "error")]

    def test_what_holds_for_all_strips_ids_alone(self):
        """And what names a record, or is put into a template; not what something is called."""
        fields = {
            "id": "No", "name": "Name", "given_name": {"column": "Name", "strip": ".0"}, "external_ids": {"hr": "No"},
            "extra": {"No": "No"}, "employments": [{"from": "Hired"}],
            "positions": [{"id": "No", "title": "Name", "employer": "No", "managers": [{"manager": "No"}]}],
            "family_name": {"template": "{No}!"},
        }  # fmt: skip
        batch = read(mapped({"type": "person", "fields": fields}, defaults={"strip": ".0"}),
                     ["No", "Name", "Hired"], ["7.0", "Robot 2.0", "2024-01-01"])  # fmt: skip
        said, (job,) = document(batch), document(batch)["positions"]
        assert batch.drafts[0].id == "7"
        assert (said["name"], said["given_name"], said["family_name"]) == ("Robot 2.0", "Robot 2", "7!")
        assert (said["external_ids"], said["extra"]) == ({"hr": "7"}, {"No": "7.0"})
        assert (job["id"], job["title"], job["managers"][0]["manager"]) == ("7", "Robot 2.0", "7")

    def test_what_a_mapping_lacks_all_the_same(self):
        """Where nobody looked at it: what is missing is told, though no column is to blame."""
        position = {"employer": Column(value="hem"), "title": Column(column="Title")}
        fields = {"id": Column(column="No"), "positions": (position,), "placements": ({"client": Column(column="No")},)}
        mapping = Mapping(records=(Records(type="person", fields=fields),))
        batch = read(mapping, ["No", "Title"], ["1", "Engineer"], ["2", ""])
        assert faults(batch) == [(2, "", "positions[].span", "V014", "error")]
        begun = {**position, "span": {"from": Column(value="2024-08-01"), "to": Column(column="Left")}}
        mapping = Mapping(records=(Records(type="person", fields={"id": Column(column="No"), "positions": (begun,)}),))
        batch = read(mapping, ["No", "Title", "Left"], ["1", "Engineer", ""], ["1", "Engineer", "2024-08-31"])
        assert faults(batch) == [(2, "Left", "positions[].span", "V014", "error")]
        assert document(Batch(batch.drafts[1:]))["positions"][0]["span"] == {"from": "2024-08-01", "to": "2024-08-31"}

    def test_what_a_mapping_says_wrongly_all_the_same(self):
        """Is told with each row that has it so."""
        fields = {
            "id": Column(column="No"),
            "keep_until": Column(value="soon"),
            "hold_until": Column(column="Hold", default="later"),
        }
        batch = read(
            Mapping(records=(Records(type="person", fields=fields),)), ["No", "Hold"], ["1", ""], ["2", "2024-08-01"]
        )
        assert faults(batch) == [
            (2, "", "keep_until", "B003", "error"), (2, "Hold", "hold_until", "B003", "error"),
            (3, "", "keep_until", "B003", "error"),
        ]  # fmt: skip

    def test_parts_that_the_mapping_says_itself(self):
        """Are there in each row that has what they stand in."""
        position = {**EMPLOYED["positions"][0], "location": {"name": {"value": "Oslo"}, "country": {"value": "NO"}}}
        batch = read(
            people({**EMPLOYED, "positions": [position]}), HEADER, ANNA, ["1", "Ole", "2024-08-01", "", "", "", ""]
        )
        assert document(batch)["positions"][0]["location"] == {"name": "Oslo", "country": "NO"}
        assert "positions" not in document(batch, 1)

    def test_columns_that_are_all_absent(self):
        """Then nobody is to blame but the row."""
        name = {"column": ["First", "Last"], "join": " ", "optional": True}
        assert faults(read(people({"name": name}), ["No"], ["1"])) == [(2, "", "name", "V014", "error")]


class TestReferences:
    """Who is named, where, and what becomes of it where nobody is."""

    def named(self, batch, n=0):
        """What a draft names."""
        return [(it.path, it.column, it.kind, it.said, it.by, it.missing) for it in batch.drafts[n].names]

    def test_fields_parts_and_hands(self):
        """As the shelf has them."""
        fields = {
            "id": "No", "title": {"value": "x"}, "state": {"value": "agreed"}, "owner": {"column": "Owner", "by": "name"},
            "coach": {"column": "Coach", "missing": "keep"}, "parent": "Above",
            "options": [{"id": {"value": "o"}, "text": {"value": "x"}, "author": "Coach"}],
            "serves": [{"kind": {"value": "dream"}, "id": "Dream", "of": "Path"}, {"kind": {"value": "goal"}, "id": "Above"}],
        }  # fmt: skip
        header = ["No", "Owner", "Coach", "Above", "Dream", "Path"]
        batch = read(
            mapped({"type": "goal", "fields": fields}),
            header,
            ["g", "Ek, Anna", "c", "h", "d", "p"],
            ["g", "a", "", "h", "", ""],
        )
        assert sorted(self.named(batch)) == [
            ("coach", "Coach", "person", "c", "id", "keep"),
            ("options[0].author", "Coach", "person", "c", "id", "reject"),
            ("owner", "Owner", "person", "Ek, Anna", "name", "reject"),
            ("parent", "Above", "goal", "h", "id", "leave_out"),
            ("serves[0].of", "Path", "path", "p", "id", "leave_out"),
            ("serves[1].id", "Above", "goal", "h", "id", "reject"),
        ]
        assert sorted(self.named(batch, 1)) == [
            ("owner", "Owner", "person", "a", "name", "reject"),
            ("parent", "Above", "goal", "h", "id", "leave_out"),
            ("serves[0].id", "Above", "goal", "h", "id", "reject"),
        ]

    def test_lists_defaults_and_constants(self):
        """Each item has its place."""
        fields = {
            "id": "No", "state": {"value": "wished"}, "mover": {"value": "p"}, "facilitators": {"column": "Who", "split": ";"},
            "releasing_manager": {"column": "Boss", "default": "b"},
        }  # fmt: skip
        batch = read(
            mapped({"type": "move", "fields": fields}), ["No", "Who", "Boss"], ["m", "x; y", ""], ["m", "", "c"]
        )
        assert self.named(batch) == [
            ("mover", "", "person", "p", "id", "reject"),
            ("releasing_manager", "Boss", "person", "b", "id", "leave_out"),
            ("facilitators[0]", "Who", "person", "x", "id", "leave_out"),
            ("facilitators[1]", "Who", "person", "y", "id", "leave_out"),
        ]
        assert [it.said for it in batch.drafts[1].names] == ["p", "c"]

    def test_a_kind_that_the_row_says(self):
        """What it names follows from it."""
        fields = {
            "id": "No", "title": {"value": "x"}, "state": {"value": "agreed"}, "owner": {"value": "a"},
            "serves": [{"kind": "Kind", "id": "Which", "of": "Whose"}],
        }  # fmt: skip
        lines = [
            ["g", "Goal", "h", ""],
            ["g", "need", "n", "p"],
            ["g", "commitment", "c", "h"],
            ["g", "", "", ""],
            ["g", "x", "h", ""],
        ]
        batch = read(mapped({"type": "goal", "fields": fields}), ["No", "Kind", "Which", "Whose"], *lines)
        assert [self.named(batch, n)[1:] for n in range(5)] == [
            [("serves[0].id", "Which", "goal", "h", "id", "reject")],
            [("serves[0].of", "Whose", "path", "p", "id", "leave_out")],
            [], [], [],
        ]  # fmt: skip
        assert faults(batch) == [(6, "Kind", "serves[].kind", "V012", "error")]

    def test_employers_are_named_where_the_mapping_makes_organisations(self):
        """And stay as they are where there are none of that id: no rule asks."""
        person = {"type": "person", "fields": {"id": "No", "name": "Name", **EMPLOYED}}
        person["fields"]["positions"] = [{**EMPLOYED["positions"][0], "employer": "Unit"}]
        organisation = {
            "type": "organisation",
            "fields": {"id": "Unit", "name": "Unit", "kinds": {"value": ["employer"]}},
        }
        alone = read(mapped(person), HEADER, ANNA)
        both = read(mapped(person, organisation), HEADER, ANNA)
        assert [it.kind for it in alone.drafts[0].names] == ["person"]
        assert self.named(both) == [
            ("positions[0].employer", "Unit", "organisation", "Robotics", "id", "keep"),
            ("positions[0].managers[0].manager", "Boss", "person", "3", "id", "leave_out"),
        ]


class TestLists:
    """Lists of parts: several items in a row, or columns that hold lists."""

    def test_items_that_say_nothing_are_left_out(self):
        """And what they name moves up."""
        one, two = ({"title": f"Title{n}", "employer": {"value": "hem"}, "span": {"from": f"From{n}"},
                     "managers": [{"manager": f"Boss{n}"}]} for n in (1, 2))  # fmt: skip
        header = ["No", "Name", "Title1", "From1", "Boss1", "Title2", "From2", "Boss2"]
        both = ["1", "Anna", "A", "2020-01-01", "x", "B", "2021-01-01", "y"]
        batch = read(
            people({"positions": [one, two]}), header, both, [*both[:2], "", "", "", *both[5:]], [*both[:2], *[""] * 6]
        )
        assert [it["title"] for it in document(batch)["positions"]] == ["A", "B"]
        assert [it["title"] for it in document(batch, 1)["positions"]] == ["B"]
        assert "positions" not in document(batch, 2)
        assert [[(it.path, it.said) for it in d.names] for d in batch.drafts] == [
            [("positions[0].managers[0].manager", "x"), ("positions[1].managers[0].manager", "y")],
            [("positions[0].managers[0].manager", "y")],
            [],
        ]

    def test_columns_that_hold_lists(self):
        """As JSON gives them: an item for each, and what stands beside them in all."""
        source = [
            {"No": 1, "Name": "Anna", "Boss": "b", "jobs": [{"title": "A", "from": "2020-01-01"}, {"title": "B", "from": "2021-01-01"}]},
            {"No": 2, "Name": "Ole", "Boss": "", "jobs": []},
            {"No": 3, "Name": "Eva", "Boss": "", "jobs": [{"title": "C"}]},
            {"No": 4, "Name": "Kim", "Boss": "", "jobs": [{"title": "D", "from": "soon"}, {"from": "2021-01-01"}]},
        ]  # fmt: skip
        rows = open_rows(source, name="people.json")
        batch_of = list(rows)
        position = {
            "title": "jobs[].title", "span": {"from": "jobs[].from"}, "employer": {"value": "hem"},
            "managers": [{"manager": "Boss"}],
        }  # fmt: skip
        mapping = people({"positions": [position]})
        batch = Reader.of(mapping, "", rows.name, rows.columns).read(batch_of)
        assert [(f.record, f.column, f.field, f.code) for f in batch.faults] == [
            (3, "jobs[].from", "positions[].span.from", "V014"),
            (4, "jobs[].from", "positions[].span.from", "B003"),
            (4, "jobs[].title", "positions[].title", "J002"),
        ]
        anna, ole, *_ = batch.drafts
        assert [it["id"] for it in json.loads(anna.document)["positions"]] == ["2020-01-01", "2021-01-01"]
        assert [it.path for it in anna.names] == [
            "positions[0].managers[0].manager",
            "positions[1].managers[0].manager",
        ]
        assert "positions" not in json.loads(ole.document)

    def test_lists_in_items_of_lists(self):
        """Of employments the first is the one that positions go by; a list may hold lists."""
        fields = {"employments": [{"from": "From", "to": "To"}], "positions": EMPLOYED["positions"]}
        header = ["No", "Name", "From", "To", "Title", "Unit", "Boss"]
        batch = read(people(fields), header, ["1", "Anna", ["2020-01-01", "2022-01-01"], ["2020-12-31"], "A", "", ""])
        assert document(batch)["employments"] == [{"from": "2020-01-01", "to": "2020-12-31"}, {"from": "2022-01-01"}]
        assert document(batch)["positions"][0]["span"] == {"from": "2020-01-01", "to": "2020-12-31"}
        step = {"id": "Id", "order": "Order", "kind": {"value": "learning"}, "title": "Title", "goals": "Goals"}
        path = {"id": "No", "state": {"value": "draft"}, "owner": {"value": "p"}, "steps": [step]}
        header = ["No", "Id", "Order", "Title", "Goals"]
        batch = read(
            mapped({"type": "path", "fields": path}),
            header,
            ["1", ["a", "b"], ["1", "2"], ["x", "y"], [["g"], ["h", "i"]]],
        )
        assert [it.get("goals") for it in document(batch)["steps"]] == [["g"], ["h", "i"]]
        assert [it.path for it in batch.drafts[0].names[1:]] == [
            "steps[0].goals[0]",
            "steps[1].goals[0]",
            "steps[1].goals[1]",
        ]


class TestWhichRows:
    """Which rows make which records, and what is kept of the rest."""

    def test_only_and_when(self):
        """What cells say, whatever the case; and which say something."""
        goal = {
            "id": {"template": "{No}-goal"}, "owner": "No", "title": "Goal", "state": {"value": "draft"},
        }  # fmt: skip
        mapping = mapped(
            {"type": "person", "fields": {"id": "No", "name": "Name"}, "only": {"Status": ["Active", "On leave"]}},
            {"type": "goal", "fields": goal, "when": ["Goal", "Other"]},
            defaults={"nulls": ["-"]},
        )
        lines = [
            ["1", "Anna", "ACTIVE ", "", ""], ["2", "Ole", "left", "Lead", ""], ["3", "Eva", "on  leave", "-", "x"],
            ["4", "Kim", None, "-", None], ["5", "Ada", "active", "Lead", ""],
        ]  # fmt: skip
        batch = read(mapping, ["No", "Name", "Status", "Goal", "Other"], *lines)
        assert [(it.made_by, it.type, it.id, it.line, it.record) for it in batch.drafts] == [
            (0, "person", "1", 2, 1), (1, "goal", "2-goal", 3, 2), (0, "person", "3", 4, 3), (1, "goal", "3-goal", 4, 3),
            (0, "person", "5", 6, 5), (1, "goal", "5-goal", 6, 5),
        ]  # fmt: skip
        assert faults(batch) == [(4, "Goal", "title", "G001", "error")]
        assert [it.id for it in batch.drafts if it.document is None] == ["3", "3-goal"]

    def test_headers_that_may_be_absent(self):
        """Then they say nothing."""
        optional = {
            "language": {"column": "Language", "optional": True},
            "given_name": {"column": ["First", "Given"], "optional": True},
        }
        assert document(read(people(optional), ["No", "Name"], ["1", "Anna"])) == {"name": "Anna"}
        only = Mapping(records=(Records(type="person", fields={"id": Column(column="No")}, only={"State": ("x",)}),))
        assert read(only, ["No"], ["1"]).drafts == []

    def test_what_no_field_takes(self):
        """Is kept as text, if the mapping says so; what is left out on purpose is not."""
        header = ["No", "Name", "Grade", "Tags", "", "Sex"]
        cells = ["1", "Anna", " 007 ", ["a", "b"], "x", "F"]
        extra = {"extra": {"grade": {"column": "Grade"}, "house": {"value": 7}, "site": {"value": "north"}}}
        assert "extra" not in document(read(people(), header, cells))
        every = document(read(people(records={"extra": True}, unused=["sex"]), header, cells))["extra"]
        assert every == {"Grade": "007", "Tags": "a, b"}
        some = document(read(people(records={"extra": ["Sex", "Grade"]}), header, cells))["extra"]
        assert some == {"Sex": "F", "Grade": "007"}
        both = document(read(people(extra, records={"extra": ["Sex"]}), header, cells, ["2", "Ole"]))["extra"]
        assert both == {"Sex": "F", "grade": "007", "house": 7, "site": "north"}
        ids = people({"external_ids": {"hr": {"column": ["Grade", "Sex"]}, "payroll": "Sex"}})
        assert document(read(ids, header, cells))["external_ids"] == {"hr": "007", "payroll": "F"}
        assert "external_ids" not in document(read(ids, header, ["2", "Ole"]))
        wrong = read(people(records={"extra": True}), header, [*cells[:2], "a\0b", *cells[3:]])
        assert faults(wrong) == [(2, "Grade", "extra.Grade", "V002", "error")]

    def test_lookups(self):
        """A cell goes through a table first."""
        lookups = {"units": {"source": "other", "key": "pk", "value": "name"}}
        sources = {"main": {"file": "a"}, "other": {"file": "b"}}
        position = {**EMPLOYED["positions"][0], "unit": {"column": "Unit", "lookup": "units"}}
        mapping = people({**EMPLOYED, "positions": [position]}, lookups=lookups, sources=sources)
        units = {"units": {"7": " Robotics "}}
        batch = read(mapping, HEADER, [*ANNA[:5], "7", ""], [*ANNA[:5], "8", ""], [*ANNA[:5], "", ""], lookups=units)
        assert json.loads(batch.drafts[0].document)["positions"][0]["unit"] == "Robotics"
        assert faults(batch) == [(3, "Unit", "positions[].unit", "B044", "error")]
        assert faults(read(mapping, HEADER, [*ANNA[:5], "7", ""])) == [(2, "Unit", "positions[].unit", "B044", "error")]

    def test_rows_of_another_length(self):
        """Where rows name their cells, the first may have fewer."""
        assert document(read(people({"language": "Lang"}), ["Name", "No", "x", "Lang"], ["Anna", "1"])) == {
            "name": "Anna"
        }
        assert read(people(), ["No", "Name"]).drafts == []
        assert len(read(people(), ["No", "Name"], ["1", "Anna", "more"]).drafts) == 1


class TestRowsAsAWhole:
    """Rows that are none, and quotes that swallow others."""

    def test_a_row_that_is_none(self):
        """Is told in its place."""
        rows = list(open_rows(["No,Name", "1,Anna", "2,Ek, Ole", ",Eva"], name="people.csv"))
        batch = Reader.of(people(), "", "people.csv", ["No", "Name"]).read(rows)
        assert [(f.line, f.record, f.column, f.code, f.what, f.message) for f in batch.faults] == [
            (3, 2, "", "B002", "3 cells where the header has 2", "3 cells where the header has 2"),
            (4, 3, "No", "V014", "is blank", "is blank"),
        ]
        assert [(it.id, it.line) for it in batch.drafts] == [("1", 2), ("", 4)]
        secret = Row("people.csv", 2, 1, [], wrong(B002, "{value} is {cells}", value="secret", cells=3))
        (fault,) = Reader.of(people(), "", "people.csv", ["No", "Name"]).read([secret]).faults
        assert (fault.what, fault.message) == ("is 3", "secret is 3")

    def test_a_quote_that_a_later_row_closes(self):
        """Its first line reads as a row: there is a date where one should be."""
        mapping = people({"employments": [{"from": "Hired"}]})
        header = ["No", "Hired", "Name"]
        row = Row("people.csv", 2, 1, ["1", "2024-08-01", "Anna\n2"], None, Spread(3, ["1", "2024-08-01", "Anna"]))
        fault = Reader.of(mapping, "", "p", header).read([row]).faults[-1]
        assert (fault.line, fault.column, fault.code, fault.severity) == (2, "", "B007", "warning")
        assert "line 3" in fault.message
        other = [
            Row("p", 2, 1, row.cells, None, Spread(3, alone)) for alone in (["1", "x", "Anna"], ["1", "2024-08-01"])
        ]
        assert "B007" not in {f.code for f in Reader.of(mapping, "", "p", header).read(other).faults}
        assert "B007" not in {f.code for f in Reader.of(people(), "", "p", header).read([row]).faults}


class TestOrder:
    """Days that both orders can read."""

    MAPPING = people(
        {
            "employments": [{"from": "Hired", "to": {"column": "Left", "formats": ["%Y%m%d"]}}],
            "keep_until": {"column": ["Keep", "Hired"]},
        }
    )
    HEADER = ("No", "Name", "Hired", "Left", "Keep")
    ROW = ("1", "Anna", "03/04/2024", "", "")

    def test_evidence_is_asked_for_first(self):
        """Of columns of days that nobody says how to read."""
        assert reader(self.MAPPING, self.HEADER).undecided == (2, 4)
        assert reader(people(), ["No", "Name"]).undecided == ()
        assert reader(self.MAPPING, self.HEADER, evidence={"Hired": Evidence()}).undecided == (4,)

    def test_what_it_shows_counts(self):
        """In each column by itself; several columns of one field show together."""
        seen = {"Hired": Evidence.of(["13/04/2024"]), "Keep": Evidence()}
        batch = read(self.MAPPING, self.HEADER, self.ROW, evidence=seen)
        assert document(batch) == {"name": "Anna", "keep_until": "2024-04-03", "employments": [{"from": "2024-04-03"}]}
        both = {"Hired": Evidence.of(["13/04/2024", "04/13/2024"]), "Keep": Evidence()}
        (fault,) = read(self.MAPPING, self.HEADER, self.ROW, evidence=both).faults
        assert (fault.column, fault.code) == ("Hired", "B003")
        assert fault.what == (
            "its column shows both orders of day and month "
            "(slashes: 1 only day first, 1 only month first): no one is right"
        )


WHOLE = mapped(
    {
        "type": "person",
        "extra": True,
        "fields": {
            "id": {"column": "No", "strip": [".0"]}, "name": {"column": ["First", "Last"], "join": " "},
            "language": {"column": "Lang", "values": {"German": "de", "English": "en"}},
            "employments": [{"from": {"column": "Hired", "order": "mdy"}, "to": {"column": "Left", "open_end": ["9999-12-31"]}}],
            "positions": [{
                "title": "Title", "level": "Level", "employer": {"value": "hem"}, "managers": [{"manager": "Boss"}],
                "location": {"name": "City", "country": "Country"},
            }],
        },
    },
    {
        "type": "goal",
        "when": ["Goal"],
        "fields": {
            "id": {"template": "{No}/{Goal}"}, "owner": {"column": "No", "strip": [".0"]}, "title": "Goal", "state": {"value": "draft"},
            "measure": {"unit": "Unit", "start": {"value": 0}, "target": {"column": "Target", "decimal": ","}},
            "obstacles": {"column": "Obstacles", "split": ";"},
        },
    },
    defaults={"nulls": ["NULL"]},
)  # fmt: skip
WIDE = [
    "No", "First", "Last", "Lang", "Hired", "Left", "Title", "Level", "Boss", "City", "Country", "Goal", "Unit", "Target",
    "Obstacles", "Grade",
]  # fmt: skip
GOOD = [
    "17.0", "Anna", "Ek", "german", "8/1/2024", "9999-12-31", "Engineer", "3", "3", "Oslo", "NO", "Lead", "lines", "1,5",
    "time;money", "007",
]  # fmt: skip
BAD = {
    "No": [("", "V014"), ("x" * 201, "V001"), ("\u200b1", "V001"), (["1", "2"], "V015")],
    "First": [("\0", "V002"), ("x" * 300, "V002")],
    "Lang": [("Klingon", "B040")],
    "Hired": [("1.8.24", "B003"), ("2/30/2024", "B003"), ("13/1/2024", "B003"), ("", "V014")],
    "Left": [("soon", "B003"), ("45123", "B003")],
    "Title": [("", "J002"), ("a\x07b", "J002")],
    "Level": [("high", "B041"), ("3.5", "B041"), ("1,234", "B041"), ("1" + "0" * 16, "V005")],
    "Boss": [("\ud800", "V002"), ("x" * 201, "V001")],
    "City": [("", "V014")],
    "Country": [("Norway", "V006"), ("no", "V006")],
    "Unit": [("\u200b", "V002"), ("", "V014")],
    "Target": [("1.5", "B041"), ("many", "B041"), ("", "V014")],
    "Obstacles": [("time;\0", "V002")],
    "Grade": [("a\0", "V002"), ("x" * 10_001, "V002")],
}
SLIPS = [(column, cell, code) for column, its in BAD.items() for cell, code in its]


class TestLaws:
    """What holds whatever the rows are."""

    @given(
        st.lists(st.sampled_from([None, *SLIPS]), max_size=12), st.lists(st.integers(1, 5), min_size=12, max_size=12)
    )
    def test_each_slip_is_one_fault_however_rows_are_batched(self, slips, sizes):
        """At its line and column, with its code; and a reader from another process says the same."""
        lines = []
        for slip in slips:
            cells = dict(zip(WIDE, GOOD, strict=True))
            lines.append(list({**cells, slip[0]: slip[1]}.values()) if slip else GOOD)
        rows = rows_of(WIDE, *lines)
        one = reader(WHOLE, WIDE)
        whole = one.read(rows)
        assert [(f.line, f.column, f.code) for f in whole.faults] == [
            (n, slip[0], slip[2]) for n, slip in enumerate(slips, 2) if slip
        ]
        assert [it.document is None for it in whole.drafts] == [bool(slip) for slip in slips for _ in range(2)]
        other = pickle.loads(pickle.dumps(one))
        drafts, found = [], []
        while rows:
            n = sizes.pop()
            batch = other.read(rows[:n])
            drafts, found, rows = drafts + batch.drafts, found + batch.faults, rows[n:]
            sizes = sizes or [1]
        assert (drafts, found) == (whole.drafts, whole.faults)
        assert one == other

    @given(
        st.lists(
            st.lists(
                st.recursive(
                    st.none() | st.text(max_size=8) | st.dates() | st.datetimes(timezones=st.none() | st.timezones())
                    | st.sampled_from(GOOD) | st.sampled_from([cell for _, cell, _ in SLIPS]),
                    lambda cell: st.lists(cell, max_size=3), max_leaves=4,
                ),
                min_size=len(WIDE), max_size=len(WIDE),
            ),
            max_size=4,
        )
    )  # fmt: skip
    def test_no_cell_is_too_much(self, lines):
        """Whatever cells hold, each row has its drafts or its faults; and what is wrong is said without the cell."""
        batch = read(WHOLE, WIDE, *lines)
        wrong = {f.record for f in batch.faults if f.severity == "error"}
        assert {it.record for it in batch.drafts} == set(range(1, len(lines) + 1))
        for draft in batch.drafts:
            assert (draft.document is None) is (draft.record in wrong)
            if draft.document is not None:
                assert json.loads(draft.document)["id"] == draft.id

    def test_what_is_wrong_is_told_without_the_cell(self):
        """The message has it, where it may be said at all."""
        marked = [(column, f"qqq{cell}qqq" if isinstance(cell, str) and cell else cell) for column, cell, _ in SLIPS]
        lines = [list({**dict(zip(WIDE, GOOD, strict=True)), column: cell}.values()) for column, cell in marked]
        batch = read(WHOLE, WIDE, *lines)
        assert batch.faults
        for fault in batch.faults:
            assert "qqq" not in fault.what + fault.mend
            assert fault.what
            assert fault.mend

    @given(
        st.lists(
            st.text(st.characters(codec="utf-8") | st.sampled_from(' "\\\n\t\0\u0301'), max_size=6)
            | st.sampled_from(["NULL", "n  a", "null", "\ud800", "x" * 200, "x" * 201, LISTED, ["a", "b"], ["a"], None])
            | st.text("abcÅåé ", min_size=1, max_size=9),
            min_size=1,
            max_size=8,
        )
    )
    def test_what_is_read_at_once_is_read_as_each_by_itself(self, texts):
        """Of columns that hardly repeat."""
        free = {"note": "Note", "kind": {"column": "Kind", "values": {"a": "b"}, "others": True}}
        fields = {
            "owner": "Owner",
            "title": "Title",
            "why": "Why",
            "state": {"value": "draft"},
            "id": "No",
            "extra": free,
        }
        header = ["No", "Title", "Why", "Owner", "Note", "Kind"]
        one = reader(mapped({"type": "goal", "fields": fields}, defaults={"nulls": ["NULL", "n a"]}), header)
        lines = [["1", *["x"] * place, text, *["x"] * (4 - place)] for place in range(5) for text in texts]
        rows = [*rows_of(header, *[[text, *["x"] * 5] for text in texts], *lines)]
        slow = [one.read([row]) for row in rows]
        for place in range(6):
            its = slice(place * len(texts), (place + 1) * len(texts))
            for leaf in one._plans[0].part.leaves:
                leaf._distinct = True
            fast = one.read(rows[its])
            assert fast.drafts == [draft for batch in slow[its] for draft in batch.drafts]
            assert fast.faults == [fault for batch in slow[its] for fault in batch.faults]

    @pytest.mark.parametrize(
        "text", ["", "x" * 201, "a\nb", 'a"b', "a\\b", "a  b", " a", "NULL", "n A", "\u0301a", "\u200b", "Å"]
    )
    def test_what_has_to_be_looked_at(self, text):
        """Is not written at once: an id with letters beyond ASCII is looked at, too."""
        plain = Plain(1, 200, wide=text != "Å", nulls=frozenset({"null", "n a"}))
        assert plain.written(["Anna", text], b"") == ([b'"Anna"', b'""'], {1})
        other = "Åsa" if plain.wide else "Asa"
        assert plain.written(["Anna", other], b"") == ([b'"Anna"', f'"{other}"'.encode()], set())

    def test_columns_that_hardly_repeat_are_read_at_once(self):
        """From the second batch on, but for those that have to be looked at, unless these are most."""
        one = reader(people(), ["No", "Name"])
        for n in range(3):
            lines = [[f"{n}-{i}", f"Åsa {n}" if i % 2 else f"Ole {n}"] for i in range(100)]
            batch = one.read(rows_of(["No", "Name"], *lines))
            assert [it.id for it in batch.drafts] == [id for id, _ in lines]
        ids, names = one._plans[0].part.leaves
        assert (len(ids), len(names)) == (100, 6)
        assert one.read(rows_of(["No", "Name"], *[[f"x-{i}" if i else "", "Ole"] for i in range(100)])).faults != []
        assert len(ids) == 101
        lines = [[f'"{i}"' if i % 4 else f"{i}", "Ole"] for i in range(100)]
        assert [it.id for it in one.read(rows_of(["No", "Name"], *lines)).drafts] == [id for id, _ in lines]
        assert len(ids) == 201
        assert (one.read([]).drafts, one.read(rows_of(["No", "Name"], ["1", "Ole"])).drafts[0].id) == ([], "1")

    def test_memory_is_bounded(self, monkeypatch):
        """What is forgotten is learnt again."""
        monkeypatch.setattr(columns, "CACHED", 3)
        monkeypatch.setattr(columns, "WEIGHT", 200)
        one = reader(WHOLE, WIDE)
        for n in range(30):
            lines = [[f"{n}-{i}.0", *GOOD[1:6], f"Engineer {'x' * 70} {n}-{i}", *GOOD[7:]] for i in range(3)]
            batch = one.read(rows_of(WIDE, *lines))
            assert [it.id for it in batch.drafts if it.type == "person"] == [f"{n}-{i}" for i in range(3)]
            assert all(len(leaf) <= 6 for plan in one._plans for leaf in plan.part.leaves)


IMPORTED = [
    (
        Person,
        {"employments": [{"from": "Hired", "to": "Left"}], "leaves": [{"from": "Away", "to": "Away"}], "external_ids": {"hr": "Ext"}},
        {"No": "17", "Name": "Anna Ek", "Hired": "2024-08-01", "Left": "2025-01-31", "Away": "2024-09-01", "Ext": "x"},
        {
            "name": "Anna Ek", "employments": ({"from": date(2024, 8, 1), "to": date(2025, 1, 31)},),
            "leaves": ({"from": date(2024, 9, 1), "to": date(2024, 9, 1)},), "external_ids": {"hr": "x"}, "state": "known",
        },
    ),
    (
        Goal,
        {"owner": "Owner", "title": "Title", "state": "State", "score": "Score", "obstacles": {"column": "Obstacles", "split": ";"}},
        {"No": "g-1", "Owner": "17", "Title": "Lead", "State": "Achieved", "Score": "0.75", "Obstacles": "time;money"},
        {"owner": "17", "title": "Lead", "state": "achieved", "score": Decimal("0.75"), "obstacles": ("time", "money")},
    ),
    (
        Interview,
        {"coachee": "Who", "kind": {"value": "annual"}, "state": "State", "held_on": "Held", "cycle": "Cycle"},
        {"No": "i-1", "Who": "17", "State": "held", "Held": "2024-03-05", "Cycle": "2024-H1"},
        {"coachee": "17", "kind": "annual", "state": "held", "held_on": date(2024, 3, 5), "cycle": "2024-H1"},
    ),
    (
        Feedback,
        {"giver": "By", "receiver": "To", "kind": {"value": "appreciation"}, "behaviour": "Text", "state": {"value": "given"},
         "situation": {"on": "On", "where": "Where"}, "impact": {"value": "x"}},
        {"No": "f-1", "By": "1", "To": "2", "Text": "Listened", "On": "2024-03-05", "Where": "Oslo"},
        {"giver": "1", "receiver": "2", "kind": "appreciation", "behaviour": "Listened", "state": "given",
         "situation": {"on": date(2024, 3, 5), "where": "Oslo"}, "impact": "x"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "fields", "row", "same"), IMPORTED, ids=[it[0].type for it in IMPORTED])
def test_a_document_is_what_taking_over_makes_of_its_fields(kind, fields, row, same):
    """But for its history: with that of `import_`, it is the same record."""
    named = {"id": "No", **({"name": "Name"} if kind is Person else {}), **fields}
    batch = read(mapped({"type": kind.type, "fields": named}), list(row), list(row.values()))
    assert batch.faults == []
    taken = kind.import_(row["No"], **same, **TAKEN)
    history = unstructure(taken)["history"]
    assert structure({**json.loads(batch.drafts[0].document, parse_float=Decimal), "history": history}) == taken


def test_an_export_of_people_and_their_reviews(shared):
    """Two records of each row, days in American order, managers by name; not one false fault."""
    mapping = mapped(
        {
            "type": "person",
            "fields": {
                "id": "EmpID", "name": "Employee_Name", "employments": [{"from": "DateofHire", "to": "DateofTermination"}],
                "positions": [{"title": "Position", "unit": "Department", "employer": {"value": "hr"},
                               "managers": [{"manager": {"column": "ManagerName", "by": "name"}}]}],
            },
        },
        {
            "type": "interview",
            "when": "LastPerformanceReview_Date",
            "fields": {
                "id": {"template": "{EmpID}/{LastPerformanceReview_Date}"}, "coachee": "EmpID", "kind": {"value": "annual"},
                "state": {"value": "held"}, "held_on": "LastPerformanceReview_Date",
            },
        },
        defaults={"order": "mdy"},
    )  # fmt: skip
    rows = open_rows(shared / "hrdataset_v14.csv")
    whole = list(rows)
    batch = Reader.of(mapping, "", rows.name, rows.columns).read(whole)
    assert batch.faults == []
    assert [it.type for it in batch.drafts].count("person") == 311
    first = json.loads(batch.drafts[0].document)
    assert (first["id"], first["name"]) == ("10274", "Wallace, Courtney E")
    assert first["positions"][0] == {
        "id": "2011-09-26", "employer": "hr", "title": "Production Manager", "unit": "Production",
        "span": {"from": "2011-09-26", "to": "2012-01-02"}, "managers": [{"manager": "Janet King", "from": "2011-09-26"}],
    }  # fmt: skip
    assert all(it.by == "name" for draft in batch.drafts for it in draft.names if draft.type == "person")


# --- parts that say when, and cells that are parted --------------------------------------------------------------------


def opportunity(*wants):
    """A mapping of opportunities, which want something."""
    fields = {
        "id": "No", "state": {"value": "open"}, "kind": {"value": "position"}, "title": "Title",
        "organisation": {"value": "hem"}, "wants": list(wants),
    }  # fmt: skip
    return mapped({"type": "opportunity", "fields": fields}, defaults={"nulls": ["-"]})


TEXT = {"text": {"column": "Skills", "split": ";"}, "kind": {"value": "skill"}}


class TestPartedCells:
    """Each makes an item of the list of parts in which it stands."""

    HEADER = ("No", "Title", "Skills", "Levels")

    def wants(self, mapping, *cells):
        said = document(read(mapping, self.HEADER, ["1", "Cook", *cells]))
        return [(it["text"], it.get("essential")) for it in said.get("wants", ())]

    @pytest.mark.parametrize(
        ("cell", "texts"),
        [
            ("a; b ;c", ["a", "b", "c"]), ("a", ["a"]), ("a;;b;", ["a", "b"]), ("", []), ("-", []), ("-;a", ["a"]),
            (";", []), (["a;b", "c"], ["a;b", "c"]),
        ],
    )  # fmt: skip
    def test_items(self, cell, texts):
        """What is blank between two signs is no item."""
        assert self.wants(opportunity(TEXT), cell, "") == [(it, None) for it in texts]

    def test_side_by_side(self):
        """Several that are parted; and what is not parted holds for each."""
        both = opportunity({**TEXT, "essential": {"column": "Levels", "split": ";"}})
        assert self.wants(both, "a;b;c", "yes;no") == [("a", True), ("b", False), ("c", None)]
        assert self.wants(opportunity({**TEXT, "essential": "Levels"}), "a;b", "no") == [("a", False), ("b", False)]

    def test_beside_others(self):
        """Items of another table stand behind them."""
        other = {"text": "Levels", "kind": {"value": "skill"}}
        assert self.wants(opportunity(TEXT, other), "a;b", "c") == [("a", None), ("b", None), ("c", None)]

    def test_what_holds_for_all_parts_no_text(self):
        """But lists alone."""
        mapping = mapped(
            {"type": "person", "fields": {"id": "No", "name": "Name", "employments": [{"from": "Hired"}],
             "positions": [{"title": "Title", "employer": {"value": "hem"}}]}},
            defaults={"split": ";"},
        )  # fmt: skip
        (job,) = document(read(mapping, ["No", "Name", "Hired", "Title"], ["1", "A", "2024-01-01", "a;b"]))["positions"]
        assert job["title"] == "a;b"

    def test_only_the_list_in_which_it_stands(self):
        """Managers of one position, side by side with their days; each is named at its place."""
        manager = {"manager": {"column": "Boss", "split": "|"}, "from": {"column": "Since", "split": "|"}}
        mapping = people({
            "employments": [{"from": "Hired"}],
            "positions": [{"title": "Title", "employer": {"value": "hem"}, "managers": [manager]}],
        })  # fmt: skip
        batch = read(mapping, ["No", "Name", "Hired", "Title", "Boss", "Since"],
                     ["1", "A", "2024-01-01", "Cook", "7|8", "2024-01-01|2025-01-01"])  # fmt: skip
        (job,) = document(batch)["positions"]
        assert [it["manager"] for it in job["managers"]] == ["7", "8"]
        assert [it.path for it in batch.drafts[0].names if it.said in "78"] == [
            "positions[0].managers[0].manager", "positions[0].managers[1].manager",
        ]  # fmt: skip

    @given(st.lists(st.lists(st.sampled_from(["a", "", " b ", "-"]), min_size=1, max_size=4), max_size=6))
    def test_it_is_as_a_list(self, cells):
        """A text with signs comes to what a list would."""
        header, mapping = self.HEADER, opportunity(TEXT)
        texts = [[str(n), "Cook", ";".join(its), ""] for n, its in enumerate(cells)]
        lists = [[str(n), "Cook", its, ""] for n, its in enumerate(cells)]
        assert read(mapping, header, *texts) == read(mapping, header, *lists)


class TestPartsThatSayWhen:
    """They are left out unless one of some columns says something."""

    MAPPING = people({
        "employments": [{"from": "Hired", "to": "Left"}],
        "positions": [
            {"title": {"value": "Trainee"}, "employer": {"value": "hem"}, "when": ["Trained", "Taught"],
             "managers": [{"manager": "Boss"}]},
            {"title": "Title", "employer": {"value": "hem"}, "id": {"value": "late"}, "managers": [{"manager": "Boss"}]},
        ],
    }, defaults={"nulls": ["-"]})  # fmt: skip
    HEADER = ("No", "Name", "Hired", "Left", "Trained", "Taught", "Title", "Boss")

    @pytest.mark.parametrize(
        ("trained", "taught", "titles"),
        [
            ("yes", "", ["Trainee", "Cook"]), ("", "yes", ["Trainee", "Cook"]), ("", "", ["Cook"]), ("-", " ", ["Cook"]),
            (["", "yes"], "", ["Trainee", "Cook", "Cook"]),
        ],
    )  # fmt: skip
    def test_items(self, trained, taught, titles):
        """And whoever is named in what is left out is not named."""
        row = ["1", "Anna", "2024-01-01", "", trained, taught, "Cook", "7"]
        batch = read(self.MAPPING, self.HEADER, row)
        if isinstance(trained, list):  # a list makes an item of each that says something, in its own table
            titles = titles[:2]
        jobs = document(batch)["positions"]
        assert [it["title"] for it in jobs] == titles
        assert [it.path for it in batch.drafts[0].names if it.kind == "person"] == [
            f"positions[{n}].managers[0].manager" for n in range(len(titles))
        ]
        assert {it["managers"][0]["from"] for it in jobs} == {"2024-01-01"}

    def test_what_is_wrong_in_what_is_left_out_is_nothing(self):
        """Nobody reads it."""
        mapping = people({"employments": [{"from": "Hired", "when": "Paid"}]})
        batch = read(mapping, ["No", "Name", "Hired", "Paid"], ["1", "A", "soon", ""], ["2", "B", "soon", "x"])
        assert faults(batch) == [(3, "Hired", "employments[].from", "B003", "error")]

    def test_one_that_the_mapping_says_all_of(self):
        """Stands where it is asked for."""
        fields = {"id": "No", "state": {"value": "draft"}, "owner": {"value": "p"}, "title": {"value": "x"}}
        measure = {"unit": {"value": "%"}, "start": {"value": 1}, "target": {"value": 2}, "when": "Measured"}
        mapping = mapped({"type": "goal", "fields": {**fields, "measure": measure}})
        batch = read(mapping, ["No", "Measured"], ["1", "yes"], ["2", ""])
        assert "measure" in document(batch)
        assert "measure" not in document(batch, 1)

    def test_it_is_kept_where_all_is_kept(self):
        """A column that is only asked says something that no field takes."""
        mapping = mapped({
            "type": "person", "extra": True,
            "fields": {"id": "No", "name": "Name", "employments": [{"from": "Hired", "when": "Paid"}]},
        })  # fmt: skip
        batch = read(mapping, ["No", "Name", "Hired", "Paid"], ["1", "A", "2024-01-01", "yes"])
        assert document(batch)["extra"] == {"Paid": "yes"}


@pytest.mark.parametrize(("cell", "made"), [("", True), (None, True), ("-", True), ("2024-01-01", False)])
def test_blank_can_be_asked_for(cell, made):
    """It is the empty text, and whatever else says nothing."""
    mapping = people(records={"only": {"Left": [""]}}, defaults={"nulls": ["-"]})
    assert bool(read(mapping, ["No", "Name", "Left"], ["1", "A", cell]).drafts) is made
