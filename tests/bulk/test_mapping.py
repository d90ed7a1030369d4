"""A mapping is read whole or refused with all that is wrong in it; its headers find their columns, or say which is near."""

import json
import re
import shutil
import unicodedata
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coaching import Goal, Rejected, codec
from coaching.bulk.dates import Dates
from coaching.bulk.mapping import (
    Column,
    Headers,
    Lookup,
    Mapping,
    Records,
    SourceOf,
    check_mapping,
    folded_header,
    match_headers,
    presets,
    read_mapping,
    source_of,
    suggest,
)
from coaching.bulk.mapping.filling import fillable
from coaching.bulk.mapping.known import BY_ITSELF, FOLLOWS, NEEDED, NEVER
from coaching.bulk.mapping.reading import columns_of
from coaching.bulk.mapping.toml import lines_of
from coaching.bulk.reading import Reader
from coaching.bulk.sources import Row, open_rows
from coaching.kernel.fields import fields_of
from coaching.kernel.rules import shown
from coaching.records import RECORDS
from stage import refused

HERE = Path(__file__).parent
SAMPLES = HERE / "samples"
EXAMPLE = HERE / "samples" / "three"
TYPES = {kind.type: kind for kind in RECORDS}
WHOLE = {"id": "No", "name": "Name"}


def people(fields=None, **more):
    """A mapping of people, as a dict."""
    return {"records": [{"type": "person", "fields": WHOLE | (fields or {}), **more}]}


def said(given):
    """What is wrong with a mapping: code, place below the fields of its first records, and message."""
    found = refused(lambda: read_mapping(given))
    return [(f.code, f.path.removeprefix("records[0].fields."), f.message) for f in found]


def places(given):
    """The same without the messages."""
    return [(code, path) for code, path, _ in said(given)]


# --- reading ---------------------------------------------------------------------------------------------------------

TOML = """\
name = "hr"
unused = ["Sex"]

[defaults]
nulls = ["NULL", 1900-01-01]

[sources.staff]
file = "staff*.csv"
header = 3
[sources.base]
header = false

[lookups]
jobs = { source = "base", key = "1", value = "2", only = { 3 = "job" } }

[[records]]
type = "person"
duplicates = "last"
extra = true
only = { Status = ["Active", "On leave"] }
[records.fields]
id = { column = "No", strip = ".0" }
name = { column = ["First", "Last"], join = " " }
external_ids = { hr = "No", "pay roll" = { template = "{No}/{Unit}" } }
employments = { from = "Hired", to = { column = "Left", order = "dmy", open_end = 9999-12-31 } }

[[records.fields.positions]]
title = { column = "Job", lookup = "jobs" }
employer = { value = "hem" }
level = { value = 3 }
[[records.fields.positions.managers]]
manager = { column = ["Boss id", "Boss"], by = "either", missing = "reject" }
"""


def test_a_document_becomes_a_mapping():
    """Every key of every class, at its place; what holds for a list of one may be said alone."""
    mapping = read_mapping(TOML)
    (records,) = mapping.records
    assert mapping.sources["staff"] == SourceOf(file="staff*.csv", header=3)
    assert mapping.sources["base"].asked()["header"] is None
    assert mapping.lookups["jobs"] == Lookup(source="base", key="1", value="2", only={"3": ("job",)})
    assert (mapping.name, mapping.unused, mapping.defaults.nulls) == ("hr", ("Sex",), ("NULL", "1900-01-01"))
    assert (records.source, records.only, records.extra) == ("staff", {"Status": ("Active", "On leave")}, True)
    assert records.fields["id"] == Column(column="No", strip=".0")
    assert records.fields["external_ids"]["pay roll"].headers == ("No", "Unit")
    assert records.fields["employments"][0]["to"].open_end == ("9999-12-31",)
    (position,) = records.fields["positions"]
    assert position["level"].value == 3
    assert position["managers"][0]["manager"].alternatives


@pytest.mark.parametrize("name", ["text", "bytes", "path", "str of a path", "dict", "itself", "in Python", "CRLF, BOM"])
def test_a_mapping_is_the_same_whatever_it_is_given_as(name, tmp_path):
    """A document and its pieces in Python say the same."""
    path = tmp_path / "a=b.toml"
    path.write_text(TOML, "utf-8")
    whole = read_mapping(TOML)
    given = {
        "text": TOML,
        "bytes": TOML.encode(),
        "path": path,
        "str of a path": str(path),
        "dict": {**attrs.asdict(Mapping(), recurse=False), **as_dict(whole)},
        "itself": whole,
        "in Python": attrs.evolve(whole, records=list(whole.records)),
        "CRLF, BOM": b"\xef\xbb\xbf" + TOML.replace("\n", "\r\n").encode(),
    }[name]
    assert read_mapping(given) == whole


def as_dict(mapping):
    """What a mapping says, as a dict of which some values are still objects."""
    return {it.name: getattr(mapping, it.name) for it in attrs.fields(Mapping)}


def test_a_mapping_is_a_value():
    """It hashes, goes to another process, and nobody changes it."""
    mapping = read_mapping(TOML)
    assert hash(mapping) == hash(read_mapping(TOML))
    assert attrs.evolve(mapping) == mapping
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        mapping.name = "other"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (b"\n\xff", "not UTF-8 in line 2, as TOML is"),
        ("a = = 3", "no TOML: Invalid value (at line 1, column 5)"),
        ("a = " + "[" * 5000, "nested too deeply"),
        ({"records": [[[[]]]]}, "a list is no table"),
        ("no-such.toml", "'no-such.toml' cannot be opened: No such file or directory"),
        ("a\0b", "'a\\x00b' cannot be opened: no path"),
        ("preset:scm", "'scm' is no preset; did you mean scim?"),
        (7, "7 is no mapping"),
        (None, "None is no mapping"),
        ("", "makes no records"),
        ({7: 8}, "7 is no key here; known: name, defaults, sources, lookups, records, unused, own"),
        ("a = 1e9999999999999999999", "no TOML: 1e9999999999999999999 is no number"),
        (Mapping(records=7), "7 is no list of tables: begin each with [[records]]"),
        ({"sources": 7, "own": True}, "7 is no table of tables, by name"),
    ],
)
def test_what_is_no_mapping_is_refused(given, message):
    """Nothing raises anything else."""
    assert message in [f.message for f in refused(lambda: read_mapping(given))]


def test_what_goes_round_in_a_circle_is_refused():
    """A list in Python may hold itself."""
    given = people()
    given["records"][0]["when"] = given["records"]
    assert said(given) == [("B030", "", "nested too deeply")]


FAULTS = """\
name = 7
[defaults]
ordr = "dmy"
by = "nam"
decimal = ""
column = "No"
[sources]
people = { file = "p*.csv", kind = "cvs" }
goals = { header = 0 }
rest = 3
[lookups]
jobs = { source = "bsae", key = "1" }
units = { source = "bsae", key = "1", value = "2" }
[[records]]
type = "person"
source = "peple"
collect = ["posi", "leaves"]
duplicates = "frist"
[records.fields]
id = { column = " ", strip = 0 }
name = ["A", "B"]
history = "x"
employments = [{ from = { column = "Hire", formats = ["%m/%Y"], zone = "Mars" } }]
positions = [{ title = "Job", mnagers = [{ manager = "Boss" }] }]
external_ids = { hr = "No", b = 3 }
leaves = "x"
placements = [{ client = { column = "C", lookup = "jbs" } }]
[[records]]
type = "goal"
[records.fields]
id = { template = "g-{No" }
owner = { column = "x", value = "y", by = "nam", missing = "no" }
state = { column = "S", values = { a = "agred", b = "draft" } }
kind = { value = "lerning" }
importance = { value = 99, default = 3 }
target_on = { value = "2024-13-01" }
title = { column = "a", order = "mdy", split = ";", join = " " }
measure = { unit = { template = "x" } }
extra = "x"
obstacles = { column = "O", split = "" }
coach = { others = true, decimal = "10" }
[[records]]
type = "gaol"
[[records]]
source = "goals"
"""


def test_all_that_is_wrong_is_said_at_once_with_path_line_and_the_nearest_name():
    """One slip is one fault: what is not understood is not said to be missing as well."""
    found = {f.path: (f.code, f.message) for f in refused(lambda: read_mapping(FAULTS))}
    assert found["name"] == ("B030", "7 is no text (line 1)")
    assert found["defaults.ordr"] == ("B031", "'ordr' is no key here; did you mean order? (line 3)")
    assert found["sources.people.kind"] == ("B031", "'cvs' is no kind of file; did you mean csv? (line 8)")
    assert found["sources.goals.header"] == ("V015", "0 is no number of a line (line 9)")
    assert found["records[0].source"][1] == "'peple' is no source of the mapping; did you mean people? (line 16)"
    assert found["records[0].collect[0]"][1] == "'posi' is no list of a person; did you mean positions? (line 17)"
    assert found["records[0].fields.history"][1].startswith("'history' is no field of a person; known: id, ")
    assert found["records[0].fields.positions[0].mnagers"][1] == (
        "'mnagers' is no field of one of its positions; did you mean managers? (line 24)"
    )
    assert (
        found["records[1].fields.state.values.a"][1] == "'agred' is no word for state; did you mean agreed? (line 33)"
    )
    assert found["records[1].fields.owner"] == ("B033", "says column and value, and only one can fill it (line 32)")
    assert found["records[2].type"][1] == "'gaol' is no type of record; did you mean goal? (line 43)"
    assert found["records[3].type"] == ("B030", "missing (line 44)")
    assert found["records[0].fields.employments[0].from.formats[0]"][0] == "B003"
    assert sorted((code, path) for path, (code, _) in found.items()) == sorted([
        ("B030", "name"), ("B031", "defaults.ordr"),
        ("B031", "sources.people.kind"), ("V015", "sources.goals.header"), ("B030", "sources.rest"),
        ("B030", "lookups.jobs.value"), ("B031", "lookups.units.source"),
        ("B031", "records[0].source"), ("B031", "records[0].collect[0]"), ("B031", "records[0].duplicates"),
        ("B030", "records[0].fields.id.strip"), ("B030", "records[0].fields.name"),
        ("B031", "records[0].fields.history"),
        ("B003", "records[0].fields.employments[0].from.formats[0]"),
        ("B003", "records[0].fields.employments[0].from.zone"),
        ("B031", "records[0].fields.positions[0].mnagers"), ("B032", "records[0].fields.positions[0].employer"),
        ("B030", "records[0].fields.external_ids.b"), ("B030", "records[0].fields.leaves[0]"),
        ("B032", "records[0].fields.placements[0].span"),
        ("B031", "records[0].fields.placements[0].client.lookup"),
        ("B033", "records[1].fields.id.template"), ("B033", "records[1].fields.owner"),
        ("B031", "records[1].fields.owner.by"), ("B031", "records[1].fields.owner.missing"),
        ("B031", "records[1].fields.state.values.a"), ("B031", "records[1].fields.kind.value"),
        ("B033", "records[1].fields.importance.value"), ("B033", "records[1].fields.importance.default"),
        ("B033", "records[1].fields.target_on.value"),
        ("B033", "records[1].fields.title.order"), ("B033", "records[1].fields.title.split"),
        ("B033", "records[1].fields.title.join"),
        ("B033", "records[1].fields.measure.unit.template"),
        ("B032", "records[1].fields.measure.start"), ("B032", "records[1].fields.measure.target"),
        ("B030", "records[1].fields.extra"), ("B033", "records[1].fields.obstacles.split"),
        ("B033", "records[1].fields.coach"), ("B033", "records[1].fields.coach.others"),
        ("B033", "records[1].fields.coach.decimal"),
        ("B031", "records[2].type"), ("B030", "records[3].type"),
    ])  # fmt: skip


def test_what_holds_for_all_is_checked_where_it_stands():
    """And not at each column that takes it over."""
    hired = {"employments": [{"from": "Hired"}]}
    given = {**people(hired), "defaults": {"order": "ymd", "by": "nam", "decimal": "xx", "column": "No", "lookup": "x"}}
    assert sorted(places(given)) == [
        ("B003", "defaults.order"), ("B031", "defaults.by"), ("B033", "defaults.column"),
        ("B033", "defaults.decimal"), ("B033", "defaults.lookup"),
    ]  # fmt: skip


def test_a_column_goes_under_what_holds_for_all():
    """Where it says nothing itself; what is its own is never taken over."""
    defaults = Column(order="mdy", nulls=("NULL",), optional=True, strip=".0")
    whole = Column(column="Hired", order="dmy").under(defaults)
    assert whole == Column(column="Hired", order="dmy", nulls=("NULL",), optional=True, strip=".0")
    assert whole.under(defaults) == whole


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"given_name": {"column": ["First", " "]}}, [("B033", "given_name.column")]),
        ({"given_name": {}}, [("B033", "given_name")]),
        ({"given_name": {"values": 7, "nulls": 7}}, [("B030", "given_name.nulls"), ("B030", "given_name.values")]),
        ({"given_name": {"column": "A", "values": {7: "x"}}}, [("B030", "given_name.values")]),
        ({"given_name": {"column": "A", "join": 7}}, [("B030", "given_name.join")]),
        ({"positions": [{"title": "Job", "employer": "Firm"}]}, [("B032", "positions[0].span")]),
        ({"positions": [{"title": "Job", "employer": "Firm"}], "employments": [{"from": "Hired"}]}, []),
        ({"positions": [{"title": "J", "employer": "F", "span": {"from": "S"}, "managers": [{"manager": "B"}]}]}, []),
        ({"positions": [{"title": "J", "employer": "F", "span": {"to": "S"}}]}, [("B032", "positions[0].span.from")]),
        ({"placements": [{"client": "Client", "span": {"from": "Since"}}]}, []),
        ({"employments": [{"to": "Left"}]}, [("B032", "employments[0].from")]),
        ({"employments": []}, []),
        ({"leaves": [7, {"from": "A"}, {"to": "B"}]}, [("B030", "leaves[0]"), ("B032", "leaves[2].from")]),
    ],
)
def test_what_follows_by_itself_need_not_be_said(fields, found):
    """A position is held as long as the first employment of its row; it is called by its first day; so is a manager."""
    if found:
        assert places(people(fields)) == found
    else:
        read_mapping(people(fields))


def test_what_is_known_of_people_names_their_fields():
    """The table stands beside the model, and names nothing else."""
    for kind, table in FOLLOWS.items():
        for path, source in table.items():
            for it in (path, source):
                cls = TYPES[kind]
                for name in re.sub(r"\[0?\]", "", it).split("."):
                    cls = fillable(cls)[name].kind
    for kind, states in BY_ITSELF.items():
        assert states["state"] in TYPES[kind].lifecycle.states
    assert all(name in fillable(TYPES[kind]) for kind, names in NEEDED.items() for name in names)
    assert all(name in fields_of(kind) for kind in RECORDS for name in NEVER)


def test_records_that_add_to_others_need_not_say_it_again():
    """Where they collect: what others of the type fill is there."""
    adding = {"type": "person", "collect": ["employments"], "fields": {"id": "No", "employments": [{"from": "Hired"}]}}
    both = {"records": [*people()["records"], adding]}
    assert len(read_mapping(both).records) == 2
    assert places({"records": [adding]}) == [("B032", "name")]
    assert places(people(collect=["positions"])) == [("B032", "records[0].collect[0]")]


def test_a_record_of_several_files_is_filled_by_any_of_them():
    """What nothing fills is told at each of them."""
    names = {"type": "person", "source": "a", "fields": {"id": "No", "name": "Name"}}
    jobs = {"type": "person", "source": "b", "fields": {"id": "No", "employments": [{"from": "Hired"}]}}
    sources = {"a": {}, "b": {}}
    assert len(read_mapping({"sources": sources, "records": [names, jobs]}).records) == 2
    del names["fields"]["name"]
    found = {"sources": sources, "records": [names, jobs]}
    assert places(found) == [("B032", "name"), ("B032", "records[1].fields.name")]


def test_a_part_says_when():
    """In headers; no part has a field of that name, and no record says it so."""
    parts, seen = [*RECORDS], set()
    while parts:
        for field in fields_of(parts.pop()).values():
            if field.holds_parts and field.kind not in seen:
                seen.add(field.kind)
                parts.append(field.kind)
    assert len(seen) > 20
    assert [kind for kind in seen if "when" in fillable(kind)] == []
    job = {"title": "Title", "employer": "Firm", "when": ["Title", "Firm"]}
    mapping = read_mapping(people({"employments": [{"from": "Hired", "when": "Hired"}], "positions": [job]}))
    assert mapping.records[0].fields["positions"][0]["when"] == ("Title", "Firm")
    assert mapping.records[0].fields["employments"][0]["when"] == ("Hired",)
    assert read_mapping(mapping) == mapping
    assert {place for place, _ in columns_of(mapping.records[0].fields)} == {
        "id", "name", "employments[0].from", "positions[0].title", "positions[0].employer",
    }  # fmt: skip
    columns = ["No", "Name", "Hired", "Title", "Firm"]
    assert set(match_headers(mapping, "", columns).of) == {*columns}
    for when, code in ((7, "B030"), ([], "B030"), ([" "], "B030"), (["a", 3], "B030"), ({"column": "a"}, "B030")):
        given = people({"employments": [{"from": "Hired", "when": when}]})
        assert places(given) == [(code, "employments[0].when")]
    wrong = people({"when": "Hired", "employments": [{"from": "Hired", "wehn": "Left"}]})
    found = {f.path: f.message for f in refused(lambda: read_mapping(wrong))}
    assert found["records[0].fields.when"].startswith("'when' is no field of a person")
    assert "did you mean when?" in found["records[0].fields.employments[0].wehn"]


def test_the_headers_of_when_are_asked():
    """One of them is enough."""
    mapping = read_mapping(people({"employments": [{"from": "Hired", "when": ["Kind", "Sort"]}]}))
    assert match_headers(mapping, "", ["No", "Name", "Hired", "Sort", "Sex"]).unused == ("Sex",)
    (found,) = refused(lambda: match_headers(mapping, "", ["No", "Name", "Hired", "Knid"]).of)[:1]
    assert (found.code, found.path) == ("B034", "records[0].fields.employments[0].when")


def test_a_cell_is_parted_in_a_list_of_parts():
    """Or for a list; elsewhere there is no item that it could be."""
    wants = [{"kind": {"value": "experience"}, "text": {"column": "Skills", "split": ";"}}]
    fields = {"id": "No", "state": {"value": "open"}, "kind": {"value": "position"}, "title": "T", "wants": wants}
    fields |= {"organisation": {"value": "hem"}}
    assert read_mapping({"records": [{"type": "opportunity", "fields": fields}]}).records
    given = {"records": [{"type": "opportunity", "fields": {**fields, "title": {"column": "T", "split": ";"}}}]}
    assert places(given) == [("B033", "title.split")]


def test_what_a_mapping_says_all_of_is_constant():
    """And nothing that asks anything of a row."""
    fields = {"id": {"value": "hem"}, "name": {"value": "Hem"}}
    for more, constant in (
        ({}, True), ({"extra": True}, False), ({"extra": ["A"]}, False), ({"when": "A"}, False),
        ({"only": {"A": ["b"]}}, False), ({"fields": {**fields, "kinds": {"column": "A", "optional": True}}}, False),
    ):  # fmt: skip
        given = {"records": [{"type": "organisation", "fields": fields, **more}]}
        assert read_mapping(given).records[0].constant is constant
    hired = {"employments": [{"from": {"value": "2024-01-01"}, "when": "Paid"}]}
    assert not read_mapping({"records": [{"type": "person", "fields": {**fields, **hired}}]}).records[0].constant


def test_what_is_wrong_in_one_hides_nothing_in_another():
    """Records of no type, or of a wrong one, are left, and the rest is looked at."""
    given = {"records": [7, {"type": "person", "fields": 7}, {"type": 7}, {"type": "goal", "source": 7}, "x"], "own": 1}
    assert places(given)[:2] == [("B030", "own"), ("B030", "records[0]")]
    assert ("B030", "records[1].fields") in places(given)
    assert {("B032", f"records[3].fields.{it}") for it in ("id", "owner", "title", "state")}.isdisjoint(places(given))


def test_each_place_takes_what_it_asks_for():
    """Never a number for a text, nor a text for a list of them in the wrong place; None is what is not said."""
    records = {"when": [7, "A"], "extra": 7, "collect": {}, "only": {"A": [None]}}
    found = refused(lambda: read_mapping({**people(**records), "sources": {"a": {"header": "x", "only": {"b": 7}}}}))
    assert [(f.path, f.message) for f in found] == [
        ("records[0].collect", "a dict is no text and no list of texts"),
        ("records[0].extra", "7 is no true or false, and no texts"),
        ("records[0].only.A[0]", "None is no text"),
        ("records[0].when[0]", "7 is no text"),
        ("sources.a.header", "'x' is no whole number, true or false"),
        ("sources.a.only.b", "7 is no text"),
    ]
    none = {"sheet": None, "header": None, "kind": None}
    assert read_mapping({**people(), "sources": {"a": none}}).sources["a"] == SourceOf(header=None)


def test_what_is_ours_is_made_of_no_fields():
    """Each row is a record as it stands."""
    assert places({**people(), "own": True}) == [("B033", "records")]
    assert read_mapping("preset:own").own


def test_ways_to_open_a_source_are_those_of_open_rows():
    """It says itself what cannot be asked."""
    sources = {"a": {"encoding": "utf-9"}, "b": {"separator": "::"}, "c": {"kind": "xlsx", "sheet": ""}, "d": {}}
    found = refused(lambda: read_mapping({**people(), "sources": sources}))
    assert [(f.code, f.path) for f in found] == [
        ("B006", "sources.a.encoding"), ("B006", "sources.b.separator"), ("V015", "sources.c.sheet"),
    ]  # fmt: skip


def test_numbers_with_decimals_are_exact():
    """As everywhere."""
    measure = "measure = { unit = { value = 'h' }, start = { value = 0.1 }, target = 'T' }"
    text = f"[[records]]\ntype = 'goal'\nfields = {{ id = 'A', owner = 'B', title = 'C', state = 'D', {measure} }}"
    assert read_mapping(text).records[0].fields["measure"]["start"].value == Decimal("0.1")


@given(st.lists(st.sampled_from(["a", "b.c", '"x y".z', "[t]", "[[l]]", "[l.m]", "[[l.n]]", "[ t . u ]", "# c", ""])))
def test_the_line_of_a_key_is_the_line_where_it_stands(words):
    """By law: each key that begins a line is on that line, under the table above it."""
    text = "\n".join(f"{word}{i} = 1" if word and word[0] not in "[#" else word for i, word in enumerate(words))
    lines = lines_of(text)
    for i, word in enumerate(words, 1):
        if word and word[0] not in "[#":
            name = f"{word}{i - 1}".replace('"', "")
            assert any(at == i and path.endswith(name) for path, at in lines.items())
    assert all(1 <= at <= len(words) for at in lines.values())


LEAVES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.dates() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from([*(it.name for cls in (Column, Records, SourceOf, Lookup, Mapping) for it in attrs.fields(cls)),
                         "id", "state", "positions", "span", "from", "x"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(LEAVES, st.sampled_from([*TYPES, "x"]))
def test_nothing_but_a_refusal_comes_of_anything(anything, kind):
    """By law: a dict is read, or refused with findings; and what is read is read again as the same."""
    for given_ in (
        anything,
        {"records": [{"type": kind, "fields": anything}]},
        {"records": [{"type": kind, **anything}]} if isinstance(anything, dict) else {"sources": anything},
        {"lookups": anything, "defaults": anything, "sources": {"a": anything}},
    ):
        try:
            mapping = read_mapping(given_)
        except Rejected as refusal:
            assert refusal.findings
        else:
            assert read_mapping(mapping) == mapping


@given(st.data())
def test_a_name_with_a_slip_is_told_with_the_one_that_is_meant(data):
    """By law: two letters swapped in the name of a field give one fault, that names the field."""
    kind = data.draw(st.sampled_from(RECORDS))
    fields = fillable(kind)
    name = data.draw(st.sampled_from([it for it in fields if len(it) > 4]))
    i = data.draw(st.integers(0, len(name) - 2))
    slip = name[:i] + name[i + 1] + name[i] + name[i + 2 :]
    assume(slip not in fields)
    given_ = {"records": [{"type": kind.type, "fields": {slip: "Column"}}]}
    wrong = [f for f in refused(lambda: read_mapping(given_)) if f.path == f"records[0].fields.{slip}"]
    assert [f.message.endswith(f"did you mean {name}?") for f in wrong] == [True]


# --- headers ---------------------------------------------------------------------------------------------------------


def matched(fields, columns, whole=True, **more):
    """Which columns serve, of a mapping of people."""
    given_ = {**people(fields), **more}
    return match_headers(read_mapping(given_), "", columns, whole=whole)


def misfits(fields, columns, **more):
    """What is said of columns that do not fit."""
    return [(f.code, f.path.removeprefix("records[0].fields."), f.message) for f in refused(
        lambda: matched(fields, columns, **more)
    )]  # fmt: skip


def spoiled(text, data):
    """The same header as another program writes it."""
    drawn = data.draw(st.lists(st.sampled_from(["upper", "lower", "accent", "blank", "sign", "wide"]), max_size=4))
    for how in drawn:
        text = {
            "upper": text.upper(),
            "lower": text.lower(),
            "accent": "".join(f"{c}\u0301" for c in text),
            "blank": f"  {'  '.join(text)}\t",
            "sign": f"*{'_'.join(text)}:",
            "wide": unicodedata.normalize("NFKD", text),
        }[how]
    return text


@given(st.data())
def test_neither_case_nor_accents_blanks_and_signs_count(data):
    """By law: a header finds its column however it is written."""
    headers = [spoiled(it, data) for it in ("No", "Anställd den", "Fullständigt namn")]
    order = data.draw(st.permutations(range(3)))
    fields = {"id": "No", "name": "Fullständigt namn", "employments": [{"from": "Anställd den"}]}
    found = matched(fields, [headers[it] for it in order])
    assert found == Headers({"No": order.index(0), "Anställd den": order.index(1), "Fullständigt namn": order.index(2)})


@given(st.text())
def test_folding_twice_is_folding_once(text):
    """By law, wherever something is left of it."""
    assert folded_header(folded_header(text)) == folded_header(text)


def test_a_header_to_the_letter_comes_first():
    """Two that fold alike are an error, unless one is it, or nobody asks."""
    assert matched({}, ["No", "NAME", "Name"]).of == {"No": 0, "Name": 2}
    assert matched({}, ["No", "NAME", "Name"]).unused == ("NAME",)
    assert misfits({}, ["No", "name", "NAME"]) == [("B035", "name", "'Name' fits several columns: 'name', 'NAME'")]
    assert misfits({}, ["No", "Name", "Name"]) == [("B035", "name", "'Name' fits several columns: 'Name', 'Name'")]
    assert matched({}, ["No", "Name", "x", "X", ""]).unused == ("x", "X")


def test_a_missing_header_is_told_with_the_nearest():
    """Every one of them; a source without columns has none."""
    assert misfits({}, ["Staff", "Names", " "]) == [
        ("B034", "id", "'No' is no column of the source; known: Staff, Names"),
        ("B034", "name", "'Name' is no column of the source; did you mean Names?"),
    ]
    assert misfits({}, [])[0][2] == "'No' is no column of the source; there is none"


def test_of_several_headers_that_are_tried_in_turn_one_is_enough():
    """Both may be there; what is joined needs them all."""
    either = {"name": {"column": ["Name", "Display name"]}}
    assert matched(either, ["No", "display-name"]).of == {"No": 0, "Display name": 1}
    assert matched(either, ["No", "display-name", "Name"]).of == {"No": 0, "Display name": 1, "Name": 2}
    assert [path for _, path, _ in misfits(either, ["No"])] == ["name", "name"]
    joined = {"name": {"column": ["First", "Last"], "join": " "}}
    assert next(message for _, _, message in misfits(joined, ["No", "Last"])).startswith("'First' is no column")
    template = {"id": {"template": "{No}-{Year}"}}
    assert misfits(template, ["No", "Name"])[0][:2] == ("B034", "id")


def test_what_may_be_absent_is_absent_unless_its_part_is_there():
    """A person needs an id and a name; a position that is begun needs a title and an employer."""
    fields = {
        "positions": [{"title": "Job", "employer": "Firm", "unit": "Unit", "managers": [{"manager": "Boss"}]}],
        "employments": [{"from": "Hired", "to": "Left"}],
        "given_name": "First",
        "external_ids": {"hr": "HR no"},
    }
    optional = {"defaults": {"optional": True}}
    assert matched(fields, ["No", "Name"], **optional) == Headers({"No": 0, "Name": 1})
    assert [path for _, path, _ in misfits(fields, ["No", "Boss"], **optional)] == [
        "name", "positions[0].employer", "positions[0].title",
    ]  # fmt: skip
    assert [path for _, path, _ in misfits(fields, ["No", "Name", "Left"], **optional)] == ["employments[0].from"]
    assert matched({"given_name": {"column": "First", "optional": True}}, ["No", "Name"]).of == {"No": 0, "Name": 1}


def test_where_rows_name_their_cells_one_matches_again():
    """What is missing so far is listed; in the end it is missing."""
    fields = {"given_name": "First"}
    early = matched(fields, ["No"], whole=False)
    assert (dict(early.of), set(early.missing)) == ({"No": 0}, {"Name", "First"})
    late = matched(fields, ["No", "Sex", "Name", "First"], whole=False)
    assert late == Headers({"No": 0, "Name": 2, "First": 3}, ("Sex",))
    assert {path for _, path, _ in misfits(fields, ["No"])} == {"name", "given_name"}


def test_all_places_that_name_headers_are_asked():
    """Fields, conditions, what is kept, lookups; a source has its own."""
    mapping = read_mapping({
        "sources": {"staff": {"only": {"Model": "x"}}, "base": {}},
        "lookups": {"jobs": {"source": "base", "key": "Key", "value": "Job", "only": {"Kind": "job"}}},
        "records": [
            {"type": "person", "fields": WHOLE, "only": {"Status": "a"}, "when": ["A", "B"], "extra": ["E"]},
            {"type": "person", "source": "base", "fields": WHOLE},
        ],
    })  # fmt: skip
    staff = match_headers(mapping, "staff", ["No", "Name", "Status", "B", "E", "model", "F"])
    assert (set(staff.of), staff.unused) == ({"No", "Name", "Status", "B", "E"}, ("F",))
    found = refused(lambda: match_headers(mapping, "staff", ["No", "Name"]))
    assert [f.path for f in found] == [
        "records[0].extra", "records[0].only.Status", "records[0].when", "records[0].when",
    ]  # fmt: skip
    assert set(match_headers(mapping, "base", ["No", "Name", "key", "job", "kind"]).of) == {
        "No", "Name", "Key", "Job", "Kind",
    }  # fmt: skip
    assert {f.path for f in refused(lambda: match_headers(mapping, "base", ["No", "Name"]))} == {
        "lookups.jobs.key", "lookups.jobs.value", "lookups.jobs.only.Kind",
    }  # fmt: skip


@pytest.mark.parametrize("more", [{"unused": True}, {"unused": ["SEX", "age"]}])
def test_columns_that_are_left_out_on_purpose_are_not_listed(more):
    """All, or those that are named; and where what is left goes to extra, nothing is left out."""
    assert matched({}, ["No", "Name", "Sex", "Age"], **more).unused == ()
    kept = read_mapping(people(extra=True))
    assert match_headers(kept, "", ["No", "Name", "Sex"]).unused == ()


def test_a_check_says_all_and_raises_nothing():
    """Of the mapping, of the columns, and of columns that are not used."""
    sources = {"sources": {"staff": {}}}
    assert [f.code for f in check_mapping({})] == ["B032"]
    assert check_mapping(people()) == ()
    assert [f.code for f in check_mapping({**people(), **sources}, {"staf": []})] == ["B031"]
    found = check_mapping({**people(), **sources}, {"staff": ["No", "Name", "Sex"]})
    assert [(f.code, f.path, f.severity) for f in found] == [("B036", "sources.staff", "warning")]
    assert [f.code for f in check_mapping(people(), {"": ["No"]})] == ["B034"]


# --- files -----------------------------------------------------------------------------------------------------------


def served(names, **sources):
    """Which file serves as which source."""
    return source_of(read_mapping({**people(), "sources": sources}), names)


def test_a_file_serves_by_its_name_by_what_is_said_or_by_order():
    """In this order; a source may have several, one that says its file may have none."""
    assert source_of(read_mapping(people()), ["a", "b"]) == {"": [0, 1]}
    both = {"staff": {"file": "staff*.csv"}, "goals": {"file": "in/*okr*"}}
    assert served(["x/Staff-1.CSV", "in\\my-okr", "staff2.csv"], **both) == {"staff": [0, 2], "goals": [1]}
    assert served(["goals=staff1.csv", "staff=okr"], **both) == {"staff": [1], "goals": [0]}
    assert served(["c", "d"], a={}, b={}) == {"a": [0], "b": [1]}
    assert served(["c", "b=d", "e"], a={}, b={}) == {"a": [0, 2], "b": [1]}
    assert served([], a={"file": "x"}) == {"a": []}
    parts = {"people": {"file": "okr*", "path": "people[]"}, "goals": {"file": "okr*", "path": "people[].goals[]"}}
    assert served(["okr-1.json", "goals=okr-2.json"], **parts) == {"people": [0], "goals": [0, 1]}


def test_a_file_that_serves_as_nothing_is_told():
    """And a source for which there is none; a file is never read as something else."""
    assert [f.message for f in refused(lambda: served(["x.csv"], a={"file": "a*"}))] == [
        "'x.csv' serves as no source; known: a (a*)"
    ]
    assert [(f.path, f.message) for f in refused(lambda: served(["c"], a={}, b={}))] == [
        ("sources.b", "no file serves as it")
    ]
    looked = {"lookups": {"x": {"source": "base", "key": "a", "value": "b"}}, "sources": {"base": {"file": "b*"}}}
    mapping = read_mapping({**people(), **looked})
    assert [f.path for f in refused(lambda: source_of(mapping, []))] == ["sources.base"]


# --- presets ---------------------------------------------------------------------------------------------------------

GIVEN = {
    "scim": ["scim.json"],
    "frappe": ["frappe.csv", "frappe.json"],
    "odoo": ["odoo_hr.employee.csv", "odoo_hr.resume.line.csv"],
    "orangehrm": ["orangehrm.csv"],
    "horilla": ["horilla_base_data.json", "horilla_work_info_data.json", "horilla_employee_info_data.json"],
    "flat": ["hibob.csv"],
    "due": ["hibob.csv"],
    "own": [],
}


def fits(mapping, files):
    """Open each file as its source, and match its columns; give what is found of each."""
    found = {}
    for name, serving in source_of(mapping, [str(it) for it in files]).items():
        how = mapping.sources[name].asked() if name in mapping.sources else {}
        for i in serving:
            rows = open_rows(files[i], **how)
            assert all(row.wrong is None for row in rows)
            assert rows.good
            found[files[i].name] = match_headers(mapping, name, rows.columns)
    return found


@pytest.mark.parametrize("name", GIVEN)
def test_a_preset_fits_the_files_of_its_system(name):
    """Each file serves, and each header that is not there may be absent."""
    mapping = read_mapping(f"preset:{name}")
    assert sorted(fits(mapping, [SAMPLES / it for it in GIVEN[name]])) == sorted(GIVEN[name])
    assert read_mapping(mapping) == mapping
    assert presets().keys() == GIVEN.keys()


def test_presets_fit_the_real_files(shared):
    """As far as they are beside the project."""
    horilla = [shared / f"horilla_{it}_data.json" for it in ("employee_info", "work_info", "base")]
    found = fits(read_mapping("preset:horilla"), horilla)
    assert found["horilla_work_info_data.json"].of["fields.date_joining"]
    resumes = fits(read_mapping("preset:odoo"), [SAMPLES / "odoo_hr.employee.csv", shared / "odoo_hr.resume.line.csv"])
    assert resumes["odoo_hr.resume.line.csv"].of["date_end"] == 4


def test_what_this_library_writes_is_read_as_it_stands():
    """No column is asked for, and none is unused."""
    goal = Goal.begin("g-1", "Lead a pilot line", by="p-17", at=datetime(2026, 3, 2, tzinfo=UTC))
    rows = open_rows(codec.dumps(goal))
    assert list(rows)
    assert match_headers(read_mapping("preset:own"), "", rows.columns) == Headers({})


def test_people_goals_and_reviews_of_three_files_need_25_lines():
    """The example that the pages show; every column is used but one."""
    text = (EXAMPLE / "mapping.toml").read_text("utf-8")
    assert len(text.splitlines()) <= 25
    found = fits(read_mapping(text), sorted(EXAMPLE.glob("*.csv")))
    assert {name: it.unused for name, it in found.items()} == {
        "goals.csv": (), "people.csv": ("DepartmentType",), "reviews.csv": (),
    }  # fmt: skip


# --- suggesting ------------------------------------------------------------------------------------------------------


def suggested(*sources, **how):
    """The text, which is a mapping that fits the columns."""
    text = suggest([open_rows(it, name=name) for name, it in sources], **how)
    mapping = read_mapping(text)
    for name, places_ in source_of(mapping, [name for name, _ in sources]).items():
        for i in places_:
            rows = open_rows(sources[i][1])
            list(rows)
            match_headers(mapping, name, rows.columns)
    return text, mapping


STAFF = [
    "EmpID,Name,Hire Date,Left,Job Title,Department,Manager ID,Manager,Company",
    "7.0,Anna Ek,31/12/2020,,Consultant,Robotics,x-1,Ole Li,hem",
    "8.0,Ole Li,01/08/2018,,Head,Robotics,NULL,NULL,hem",
    '9.0,Eva Ö,01/02/2019,29/02/2024,Consultant,Robotics,x-1,"Li, Ole",hem',
]  # fmt: skip


def test_people_are_suggested_with_their_evidence():
    """Which header, how many are filled and distinct, how days are written, whom managers name; and no word of a cell."""
    text, mapping = suggested(("staff.csv", STAFF))
    organisation, person = mapping.records
    assert organisation.fields["id"].headers == ("Company",)
    assert person.fields["id"] == Column(column="EmpID", strip=".0")
    assert person.fields["employments"][0]["from"].order == "dmy"
    assert person.fields["positions"][0]["managers"][0]["manager"] == Column(column="Manager", by="name")
    assert mapping.defaults.nulls == ("NULL",)
    assert "3 of 3 filled; 3 distinct; all different; 3 end in .0" in text
    assert "slashes: 1 only day first, 2 either" in text
    assert "# not used: Manager ID: 0 of 1 are ids of the file" in text
    assert "2 of 2 are names of the file" in text
    assert "# not used: Left: 1 of 3 filled; 1 distinct" in text
    assert not re.search("Anna|Ole|Robotics|hem", text)
    assert 'such as "Anna Ek", "Ole Li"' in suggested(("staff.csv", STAFF), samples=True)[0]


def test_an_id_is_all_different_where_one_column_is():
    """A number that some have is passed over, and listed."""
    text, mapping = suggested(("frappe.csv", (SAMPLES / "frappe.csv").read_text("utf-8").splitlines()))
    assert mapping.records[1].fields["id"] == Column(column="ID")
    assert "# not used: Employee Number: 1 of 3 filled" in text


def test_ids_of_a_spreadsheet_are_ids():
    """A column of blanks and numbers is written with decimals; so may be the ids, or only one of both."""
    rows = ["Employee ID,Full Name,Join Date,Resign Date,Job Title,Manager ID",
            "7,Anna Ek,2020-12-31,,Lead,", "8,Ole Li,2021-11-30,2024-03-05,Cook,7.0"]  # fmt: skip
    _, mapping = suggested(("staff.csv", rows))
    person = mapping.records[0]
    assert person.fields["employments"][0]["to"].column == ("Resign Date",)
    assert person.fields["positions"][0]["managers"][0]["manager"] == Column(column="Manager ID", strip=".0")


OKRS = """
{"people": [{"id": "e1", "name": "Anna Ek", "okrs": [{"KEY": "o-1", "objective": "Lead"}, {"KEY": "o-2", "objective": "Learn"}]},
            {"id": "e2", "name": "Ole Li", "okrs": [{"KEY": "o-3", "objective": "Ship"}]}]}
"""


@pytest.mark.parametrize(
    ("key", "id", "owner"),
    [
        ("key", "people[].okrs[].key", "people[].id"),
        ("owner", None, "people[].okrs[].owner"),
        ("x", None, "people[].id"),
    ],
)
def test_records_under_a_path_are_of_what_they_stand_in(key, id, owner):
    """The id is the one of the deepest, and whose it is, it says itself, or what stands above says it."""
    text = suggest([open_rows(OKRS.replace("KEY", key).encode(), path="people[].okrs[]", name="a.json")],
                   opened=SourceOf(path="people[].okrs[]"))  # fmt: skip
    (goal,) = read_mapping(text).records
    assert goal.type == "goal"
    assert goal.fields["id"].column == ((id,) if id else ())
    assert goal.fields["owner"].column == (owner,)
    assert goal.fields["title"].column == ("people[].okrs[].objective",)
    if not id:
        assert goal.fields["id"].template == f"goal-{{{owner}}}-{{people[].okrs[].objective}}"
    assert "# not used: people[].name" in text


def test_no_column_serves_as_id_and_as_name():
    """Another stands for the name, to be looked at; and where there is none, nobody."""
    _, mapping = suggested(("staff.csv", ["EmpID,Who,Sex", "1,Anna,F", "2,Eva,F"]))
    assert mapping.records[0].fields["name"] == Column(column="Who")
    _, mapping = suggested(("staff.csv", ["EmpID", "1"]))
    assert mapping.records[0].fields["name"].value == "nobody"


def test_a_last_talk_is_suggested_where_one_is_known():
    """Of those who had one."""
    rows = [
        "EmpID,Name,Hire Date,LastPerformanceReview_Date",
        "1.0,Anna Ek,2020-01-01,31/12/2024",
        "2.0,Eva Ö,2020-01-01,",
    ]
    _, mapping = suggested(("staff.csv", rows))
    person, talk = mapping.records
    assert (person.type, talk.type, talk.when) == ("person", "interview", ("LastPerformanceReview_Date",))
    assert talk.fields["coachee"] == person.fields["id"] == Column(column="EmpID", strip=".0")
    assert talk.fields["held_on"] == Column(column="LastPerformanceReview_Date", order="dmy")
    assert talk.fields["state"].value == "held"


def test_a_manager_without_a_position_is_said():
    """And whatever else no position takes, is listed."""
    text, _ = suggested(
        ("staff.csv", ["EmpID,Name,Department,Company,Left on,Manager ID", "1,Anna Ek,Lab,Hem,2020-01-01,1"])
    )
    for header in ("Department", "Company", "Left on"):
        assert f"# not used: {header}: 1 of 1 filled; 1 distinct" in text
    assert (
        "# not used: Manager ID: 1 of 1 filled; 1 distinct; a manager is one of a position, which needs a title" in text
    )


def test_what_names_nobody_is_left_out():
    """A manager who is mostly nobody of the file is shown, and commented out."""
    text, mapping = suggested(("staff.csv", [*STAFF[:1], *[it.replace("Ole Li,hem", "Bo,hem") for it in STAFF[1:3]]]))
    assert "managers" not in mapping.records[1].fields["positions"][0]
    assert '# manager = "Manager ID"' in text


@pytest.mark.parametrize(
    ("texts", "said_", "comment"),
    [
        (["2024-03-05", "1900-01-01"], {"nulls": ("1900-01-01",)}, "1 stand for no day"),
        (["2024-03-05", "9999-12-31", "null"], {"open_end": ("9999-12-31",)}, "1 stand for no end"),
        (["26.09.2011", "01.02.2012"], {"order": "dmy"}, "dots: 1 only day first, 1 either"),
        (["01/02/2012"], {}, "no one order of day and month: say order"),
        (["13/02/2012", "02/13/2012"], {}, "both orders occur"),
        (["20-Sep-19"], {"formats": ("%d-%b-%y",)}, "written %d-%b-%y"),
        (["13-02-19", "5-Mar-24"], {"formats": ("%d-%m-%y", "%d-%b-%y")}, "written"),
        (["01/02/19"], {}, "%d/%m/%y and %m/%d/%y fit alike: say one of formats"),
        (["2024-07-01 09:30:00 UTC"], {"zone": "UTC"}, "say the zone"),
        (["2024-07-01T09:30:00Z"], {"zone": "UTC"}, "say the zone of the house"),
        (["45123", "45124.0"], {"formats": ("excel",)}, "written excel"),
        (
            ["1-Mar-24", "March 2, 2024", "2024/03/03", "20240304", "2024/03/05"],
            {"formats": ("%Y/%m/%d", "%d-%b-%y", "%B %d, %Y")},
            "written",
        ),
        (["soon"], {}, "1 of 1 filled; 1 distinct"),
    ],
)
def test_how_days_are_written_is_found_out_or_left_open(texts, said_, comment):
    """Nothing is guessed where two ways are as good."""
    rows = [{"EmpID": f"e{i}", "Name": "Anna Ek", "Hire Date": text} for i, text in enumerate(texts)]
    text, mapping = suggested(("staff", rows))
    hired = mapping.records[0].fields["employments"][0]["from"]
    assert {it.name: getattr(hired, it.name) for it in attrs.fields(Column)
            if it.name != "column" and getattr(hired, it.name) != it.default} == said_  # fmt: skip
    assert comment in text
    Dates(formats=hired.formats, order=hired.order)


def test_goals_and_reviews_are_suggested_beside_people():
    """Each file is a source, by its name; where no column holds ids, they are made."""
    text, mapping = suggested(*((it.name, it.read_text("utf-8").splitlines()) for it in sorted(EXAMPLE.glob("*.csv"))))
    assert [(it.type, it.source) for it in mapping.records] == [
        ("goal", "goals"), ("person", "people"), ("interview", "reviews"),
    ]  # fmt: skip
    assert mapping.records[2].fields["id"] == Column(template="review-{Employee ID}-{Review Period}", strip=".0")
    assert mapping.records[2].fields["state"].value == "held"
    assert 'employer = { value = "house" }  # nothing names the employer: say it' in text


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Goal,Description", "goal"),
        ("Review cycle,Reviewer,Employee", "interview"),
        ("Review {x", "interview"),
        ("Interview", "interview"),
        ("x", "person"),
        ("", "person"),
        ("First name,Last name,Position,Left on, ", "person"),
        ("data.first_name,data.hire_date", "person"),
    ],
)
def test_what_is_not_found_is_said(header, kind):
    """And the text is a mapping all the same."""
    text, mapping = suggested(("x", [header, ",".join("a" for _ in header.split(","))] if header else []))
    assert mapping.records[-1].type == kind
    assert "say which" in text or "nothing can be suggested" in text or "no column of ids" in text


def test_some_thousand_rows_are_looked_at():
    """And it is said how many; faulty rows are left."""
    lines = ["EmpID,Name", *(f"{i},Anna" for i in range(5001)), "x"]
    text, _ = suggested(("a.csv", lines))
    assert "# a.csv: the first 5000 rows" in text
    assert "# b.csv: 1 row\n" in suggested(("b.csv", ["EmpID,Name", "1,Anna", "x"]))[0]


@given(st.lists(st.text(st.characters(codec=None), max_size=12), min_size=1, max_size=6, unique_by=folded_header),
       st.lists(st.sampled_from(["EmpID", "Name", "Hire Date", "Job", "Manager", "goal", "review date"]), unique=True))  # fmt: skip
def test_whatever_the_headers_are_the_text_is_a_mapping(strange, known):
    """By law: a suggestion passes what reads mappings, and its headers are columns of the file."""
    headers = [it for it in (*strange, *known) if it.strip()]
    assume(headers and len({folded_header(it) for it in headers}) == len(headers))
    assume(not any("\ud800" <= c <= "\udfff" for it in headers for c in it))
    text, mapping = suggested(("a\nb", [dict.fromkeys(headers, "1.0")]))
    listed = [line for line in text.splitlines() if line.startswith("# not used: ")]
    for header in headers:  # none vanishes
        used = json.dumps(header, ensure_ascii=False).replace("\x7f", "\\u007F") in text or f"{{{header}}}" in text
        assert used or any(line.startswith(f"# not used: {shown(header)}: ") for line in listed), header
    for records in mapping.records:  # and none is two of what tells records apart
        its = [records.fields[it].column for it in ("id", "name", "title") if it in records.fields]
        if records.type != "organisation":
            assert len({it for it in its if it}) == len([it for it in its if it])


def test_files_of_one_name_are_two_sources(tmp_path):
    """Their names are told apart."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        shutil.copy(EXAMPLE / "people.csv", tmp_path / folder / "[people].csv")
    text = suggest([open_rows(tmp_path / it / "[people].csv") for it in ("a", "b")])
    mapping = read_mapping(text)
    assert list(mapping.sources) == ["people", "people_2"]
    assert source_of(mapping, ["x/[people].csv"])["people"] == [0]
    assert str(tmp_path) not in text


def test_the_real_files_are_suggested(shared):
    """People of the one with a manager by name; all of them are mappings."""
    for file in sorted(it for it in shared.iterdir() if it.suffix in {".csv", ".json", ".xlsx"}):
        text = suggest([open_rows(file)])
        assert read_mapping(text).records
    text = suggest([open_rows(shared / "hrdataset_v14.csv")])
    assert 'from = { column = "DateofHire", order = "mdy" }' in text
    assert "16 of 21 are names of the file" in text


def test_values_that_read_the_same_stand_for_one_thing():
    """Case and blanks do not count where values are looked up, and so not where they are told apart."""
    for values, wrong in (({"A": "draft", " a ": "draft"}, []), ({"A": "draft", "a": "agreed"}, ["B033"])):
        fields = {"id": "No", "owner": "Who", "title": "What", "state": {"column": "State", "values": values}}
        try:
            read_mapping({"records": [{"type": "goal", "fields": fields}]})
        except Rejected as refusal:
            assert [(it.code, it.path) for it in refusal.findings] == [("B033", "records[0].fields.state.values.a")]
            assert wrong
        else:
            assert not wrong


def test_who_is_absent_and_known_elsewhere_is_a_person():
    """Nobody else leaves, or has ids of other systems; and there are two ways to deal with who is in no source."""
    goal = {"type": "goal", "fields": {"id": "No", "owner": "Who", "title": "What", "state": {"value": "draft"}}}
    person = {"type": "person", "fields": {"id": "No", "name": "Name"}}
    assert read_mapping({"records": [{**person, "absent": "leave", "known_by": "HiBob"}, goal]}).records[0].known_by
    with pytest.raises(Rejected) as refusal:
        read_mapping({"records": [{**person, "absent": "go"}, {**goal, "absent": "leave", "known_by": "HiBob"}]})
    assert [(it.code, it.path) for it in refusal.value.findings] == [
        ("B031", "records[0].absent"), ("B033", "records[1].absent"), ("B033", "records[1].known_by"),
    ]  # fmt: skip


def test_presets_ask_for_no_more_than_there_is():
    """A list of people without their employer; accounts of which none says whether it is active; an empty list."""
    people = Reader.of(read_mapping("preset:flat"), "", "people.csv", ["ID", "Name", "Hire date"])
    assert [it.type for it in people.read([Row("people.csv", 2, 1, ["1", "Anna Ek", "2024-08-01"])]).drafts] == [
        "person"
    ]
    scim = read_mapping("preset:scim")
    columns = ["Resources[].id", "Resources[].displayName", "Resources[].meta.created", "Resources[].active"]
    assert match_headers(scim, "users", columns[:3]).of == {it: n for n, it in enumerate(columns[:3])}
    rows = [
        Row("scim.json", 1, n, [str(n), "Ole Li", "2024-08-01", active])
        for n, active in enumerate(("true", "false", ""))
    ]
    assert [it.id for it in Reader.of(scim, "users", "scim.json", columns).read(rows).drafts] == ["0", "2"]
    with pytest.raises(Rejected):
        match_headers(read_mapping("preset:flat"), "", ["ID", "Company"])
    assert source_of(read_mapping("preset:odoo"), ["hr.resume.line.csv"])["employees"] == []
