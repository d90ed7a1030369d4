"""Pydantic: what a model takes and writes is what the codec takes and writes, and what is wrong is our findings."""

import json
import subprocess
import sys
from decimal import Decimal
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from coaching import Goal, Interview, Measure, Record, Rejected, Slot, Span
from coaching.codec import dumps, schema, structure, unstructure
from coaching.kernel.classes import model_of
from coaching.kernel.signing import SignedRecord
from coaching.records import RECORDS
from coaching.testing import goals
from stage import at, on
from stage.everything import STRATEGIES, drawn, each_kind
from stage.goals import draft_goal, measured_goal
from stage.interviews import signed_talk


class Page(BaseModel):
    """What a service might answer: records and parts among its own fields."""

    shown: Goal | None = None
    slots: list[Slot] = []
    spans: dict[str, Span] = {}
    one: Annotated[Goal | Interview, Field(discriminator="type")] | None = None
    any: Record | None = None


def errors(kind, raw):
    """What pydantic says is wrong."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(raw)
    return caught.value.errors()


# --- there and back --------------------------------------------------------------------------------------------------


@each_kind
def test_there_and_back_is_the_same_record(kind):
    """As JSON, as plain data, and as it is."""
    adapter = TypeAdapter(kind)
    for record in drawn(kind):
        assert adapter.validate_json(adapter.dump_json(record)) == record
        assert adapter.dump_python(record) == unstructure(record)
        assert adapter.validate_python(adapter.dump_python(record)) == record
        assert adapter.validate_json(dumps(record)) == record
        assert adapter.validate_python(record) is record


@given(st.sampled_from(RECORDS).flatmap(lambda kind: STRATEGIES[kind]()))
def test_any_record_is_read_by_its_type(record):
    """`Record` stands for all kinds."""
    adapter = TypeAdapter(Record)
    assert adapter.validate_json(adapter.dump_json(record)) == record


@each_kind
def test_each_part_goes_there_and_back_by_itself(kind):
    """The parts that drawn records hold."""
    seen = set()
    for record in drawn(kind):
        for field, _ in model_of(kind).inner:
            held = getattr(record, field.name)
            for part in held if field.many else [held] * (held is not None):
                adapter = TypeAdapter(type(part))
                assert adapter.validate_json(adapter.dump_json(part)) == part
                seen.add(type(part))
    assert {field.kind for field, _ in model_of(kind).inner} >= seen
    assert seen


def test_a_model_holds_records_and_parts():
    """Optional ones, lists, dicts, a choice by type, and any record."""
    goal, talk = draft_goal(), signed_talk()
    page = Page(shown=goal, slots=[Slot(at(0), 30, "Room 4")], spans={"a": Span(on(0))}, one=talk, any=goal)
    assert Page.model_validate_json(page.model_dump_json()) == page
    assert Page.model_validate(page.model_dump()) == page
    assert page.model_dump()["one"] == unstructure(talk)
    assert Page.model_validate({}) == Page()


def test_plain_unions_find_the_kind_that_fits():
    """With no discriminator said, too."""
    assert TypeAdapter(Goal | Interview).validate_python(unstructure(signed_talk())) == signed_talk()


def test_what_several_kinds_share_takes_those_alone():
    """A signed record, and no person."""
    adapter = TypeAdapter(SignedRecord)
    assert adapter.validate_python(unstructure(draft_goal())) == draft_goal()
    person = drawn(next(kind for kind in RECORDS if kind.type == "person"))[0]
    with pytest.raises(ValidationError, match="person where SignedRecord is due"):
        adapter.validate_python(unstructure(person))
    with pytest.raises(ValidationError, match="person where SignedRecord is due"):
        adapter.validate_python(person)


@pytest.mark.parametrize(
    ("number", "written"),
    [("1.10", 1.1), ("3", 3.0), ("1E-15", 1e-15), ("123456789012345.123456789", "123456789012345.123456789")],
)
def test_fractions_lose_nothing(number, written):
    """Pydantic has floats in JSON: a number that is none is a text there. A record of ours takes both."""
    measure = Measure("kg", 0, Decimal(number))
    adapter = TypeAdapter(Measure)
    assert adapter.dump_python(measure)["target"] == Decimal(number)
    assert adapter.dump_python(measure, mode="json")["target"] == written
    assert adapter.validate_json(adapter.dump_json(measure)) == measure


# --- what is wrong ---------------------------------------------------------------------------------------------------


def same(found, wrong):
    """Code, place and message, in our order."""
    told = [(e["type"], ".".join(map(str, e["loc"])), e["msg"]) for e in wrong]
    assert told == [(f.code, f.path.replace("[", ".").replace("]", ""), f.message) for f in found]


SPOILED = [
    {"id": ""},
    {"titel": "Lead"},
    {"title": 3, "owner": None},
    {"history": [{"act": "begin"}, 4]},
    {"type": "gaol"},
    {"schema": 2},
    {"state": "{message} {template}"},
    {"measure": {"unit": "", "start": "x", "target": {}}},
    {"extra": {"a": [1]}},
]


@pytest.mark.parametrize("changed", SPOILED, ids=lambda changed: next(iter(changed)))
def test_errors_are_our_findings(changed):
    """Each with its code as type, its place, and its message; nothing of the document is shown."""
    document = unstructure(measured_goal()) | changed
    with pytest.raises(Rejected) as caught:
        structure(document)
    found = caught.value.findings
    wrong = errors(Goal, document)
    same(found, wrong)
    assert {e["input"] for e in wrong} == {"..."}
    for finding, error in zip(found, wrong, strict=True):
        assert error["ctx"].items() <= {**finding.as_dict(), "page": finding.page}.items()
        assert error["ctx"]["mend"] == finding.mend
        json.dumps(error["ctx"])


@given(goals(), st.data())
def test_a_field_taken_away_is_told_as_we_tell_it(goal, data):
    """Whichever it is, at the place where it is missed."""
    document = unstructure(goal)
    del document[data.draw(st.sampled_from(sorted(document)))]
    try:
        read = structure(document)
    except Rejected as refusal:
        same(refusal.findings, errors(Goal, document))
    else:
        assert TypeAdapter(Goal).validate_python(document) == read


def test_an_error_stands_below_the_field_that_holds_the_record():
    """In a list of slots, and in a choice by type, with pydantic's own tag."""
    with pytest.raises(ValidationError) as caught:
        Page.model_validate({"slots": [{"start": at(0), "minutes": 5, "place": "x"}], "one": {"type": "goal"}})
    places = [(e["type"], e["loc"]) for e in caught.value.errors()]
    assert ("I003", ("slots", 0, "minutes")) in places
    assert ("V014", ("one", "goal", "id")) in places


@pytest.mark.parametrize("raw", [None, 3, "goal", [], b"{}", {"type": None}, {3: 4}, object()])
@pytest.mark.parametrize("kind", [Goal, Slot, Record])
def test_whatever_comes_pydantic_says_no_as_it_does(kind, raw):
    """And no error of another sort."""
    assert errors(kind, raw)


def test_a_record_of_another_kind_is_refused():
    """As a document, and as a record."""
    assert [(e["type"], e["loc"]) for e in errors(Goal, signed_talk())] == [("V018", ("type",))]
    assert [(e["type"], e["loc"]) for e in errors(Goal, unstructure(signed_talk()))] == [("V018", ("type",))]


# --- its JSON Schema -------------------------------------------------------------------------------------------------


def unordered(node):
    """A schema in which the order of a list of words is none."""
    if isinstance(node, dict):
        return {name: unordered(value) for name, value in node.items()}
    return sorted(json.dumps(unordered(it), sort_keys=True) for it in node) if isinstance(node, list) else node


@each_kind
@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_the_schema_is_that_of_the_codec(kind, mode):
    """Part by part, under the same names; pydantic says of a list of words that they are texts."""
    ours, theirs = schema(kind)["$defs"], TypeAdapter(kind).json_schema(mode=mode)
    parts = theirs.pop("$defs") | {kind.__name__: theirs}
    for part in parts.values():
        if "enum" in part:
            assert part.pop("type") == "string"
    assert unordered(parts) == unordered(ours)


@each_kind
def test_what_is_written_is_valid_by_the_schema(kind):
    """As pydantic writes it."""
    adapter = TypeAdapter(kind)
    valid = Draft202012Validator(adapter.json_schema(mode="serialization"))
    for record in drawn(kind)[:20]:
        assert not list(valid.iter_errors(json.loads(adapter.dump_json(record))))


def test_a_part_has_one_name_in_a_whole_model():
    """And a choice by type says which types there are."""
    said = Page.model_json_schema()
    assert said["properties"]["shown"]["anyOf"][0] == {"$ref": "#/$defs/Goal"}
    chosen = said["properties"]["one"]["anyOf"][0]
    assert chosen["discriminator"]["mapping"] == {"goal": "#/$defs/Goal", "interview": "#/$defs/Interview"}
    assert said["$defs"]["Goal"]["properties"]["measure"]["anyOf"][0] == {"$ref": "#/$defs/Measure"}
    assert {kind.__name__ for kind in RECORDS} < set(said["$defs"])
    assert len(said["$defs"]["Record"]["oneOf"]) == len(RECORDS)
    Draft202012Validator.check_schema(said)


# --- who pays --------------------------------------------------------------------------------------------------------


def test_importing_the_package_imports_no_integration():
    """Nor what it needs."""
    code = (
        "import sys, coaching, coaching.codec;"
        "print([m for m in sys.modules if m.split('.')[0] in {'pydantic', 'fastapi', 'starlette'}"
        " or m.startswith('coaching.integrations')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
