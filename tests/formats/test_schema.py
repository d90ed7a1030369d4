"""JSON Schema: it takes every document that is written, never refuses one that is read, and refuses what it can say."""

import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache

import attrs
import pytest
from jsonschema import Draft202012Validator

from coaching import Feedback, Goal, InternalMove, Person, Span, rules
from coaching.codec import dumps, loads, schema, structure
from coaching.forms import arguments
from coaching.kernel.classes import model_of
from coaching.kernel.constraints import Must
from coaching.kernel.fields import key_of
from coaching.kernel.rules import Choice, Rejected
from coaching.records import RECORDS
from stage import codes, refused
from stage.everything import _leaves, beginnings, drawn, each_kind, few
from stage.everything import takes as takes_of
from stage.fields import hints_of, required_of
from stage.goals import measured_goal
from stage.nasty import PLAIN, as_json
from stage.places import changed, different, holding, places_in

BEGINNINGS = [(kind, act) for kind in RECORDS for act in beginnings(kind)]
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PLAINLY = {"state", "act", "role"}  # texts of the table, which no annotation limits


@cache
def validator(kind=None):
    """What validates documents of a kind, by its schema and nothing else."""
    return Draft202012Validator(schema(kind))


def read(line):
    """A document as a validator gets it, every digit kept."""
    return json.loads(line, parse_float=Decimal)


def takes(kind, document):
    """Whether the schema takes a document."""
    return validator(kind).is_valid(document)


def objects(kind, document, path=()):
    """The class and the place of every object of ours in a document."""
    yield kind, path
    for field, model in model_of(kind).inner:
        held = document.get(field.key)
        for key, item in enumerate(held) if field.many and held else [(None, held)] if held else []:
            place = (*path, field.key) if key is None else (*path, field.key, key)
            yield from objects(model.cls, item, place)


def musts(kind):
    """What the texts, numbers and moments of a record and of its parts must be, beside what C checks."""
    model = model_of(kind)
    yield from (m for field in model.fields.values() for m in field.constraints if isinstance(m, Must))
    for _, inner in model.inner:
        yield from musts(inner.cls)


def _parts(node):
    """Every object in a schema."""
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _parts(inner)


class TestWhatItTakes:
    """Every document that is written."""

    @each_kind
    def test_it_is_a_schema_ready_for_json(self, kind):
        """Of the dialect it names, without an address, with the names and the first lines of our classes."""
        made = schema(kind)
        Draft202012Validator.check_schema(made)
        assert json.loads(json.dumps(made)) == made
        assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert made["$ref"] == f"#/$defs/{kind.__name__}"
        assert "$id" not in json.dumps(made)
        for name, part in made["$defs"].items():
            assert part["title"] == name
            assert part["description"].endswith((".", ":", "?"))
            assert "\n" not in part["description"]
        assert made["$defs"][kind.__name__]["description"] == kind.__doc__.partition("\n")[0]

    def test_each_is_ones_own(self):
        """To add an `$id` or a title to."""
        schema(Goal)["$id"] = "https://example.com/goal"
        assert "$id" not in schema(Goal)

    @each_kind
    def test_every_record_that_is_written(self, kind):
        """In any state."""
        for record in drawn(kind):
            assert list(validator(kind).iter_errors(read(dumps(record)))) == []

    def test_any_record(self):
        """Without a kind: each of them, and nothing else."""
        Draft202012Validator.check_schema(schema())
        assert set(schema()) == {"$schema", "anyOf", "$defs"}
        assert [part["$ref"] for part in schema()["anyOf"]] == [f"#/$defs/{kind.__name__}" for kind in RECORDS]
        for kind in RECORDS:
            document = read(dumps(few(kind, 1)[-1]))
            assert takes(None, document)
            assert [other for other in RECORDS if takes(other, document)] == [kind]
            assert not takes(None, document | {"type": "salary"})
        assert not takes(None, {})

    @each_kind
    def test_it_never_refuses_what_is_read(self, kind):
        """Whatever stands anywhere in a document: it says less than the rules, and not more."""
        original = read(dumps(few(kind, 1)[-1]))
        for place in different(places_in(original)[1:]):
            for value in PLAIN.values():
                document = changed(original, place, value)
                try:
                    loads(as_json(document))
                except Rejected:
                    continue
                assert takes(kind, read(as_json(document))), (place, value)

    @pytest.mark.parametrize("kind", [None, Goal])
    def test_a_decimal_is_a_number_or_a_text(self, kind):
        """As documents have it, every digit kept."""
        document = read(dumps(measured_goal()))
        for value in (3, Decimal("3.10"), "3.10"):
            assert takes(kind, changed(document, ("measure", "target"), value))
        for value in (10**16, True, []):
            assert not takes(kind, changed(document, ("measure", "target"), value))


class TestWhatItRefuses:
    """What breaks a constraint that a schema can say; `loads` refuses it too."""

    def both_refuse(self, kind, document, place):
        """The schema, and so the reader."""
        assert not takes(kind, document), place
        assert refused(lambda: structure(document))

    @each_kind
    def test_a_value_of_the_wrong_type_anywhere(self, kind):
        """An object with a list in it fits nowhere."""
        original = read(dumps(few(kind, 1)[-1]))
        for place in places_in(original)[1:]:
            self.both_refuse(kind, changed(original, place, {"no such field": []}), place)

    @each_kind
    def test_an_unknown_or_a_missing_field_anywhere(self, kind):
        """In the record and in each of its parts."""
        original = read(dumps(few(kind, 1)[-1]))
        for cls, place in objects(kind, original):
            self.both_refuse(kind, changed(original, (*place, "no such field"), 1), place)
            for name in (*required_of(cls), *(("type", "schema") if not place else ())):
                self.both_refuse(kind, changed(original, (*place, key_of(name)), ...), (*place, name))

    @each_kind
    def test_a_blank_or_wrong_text_anywhere(self, kind):
        """Texts, ids, days, moments, words of a list: none is blank, and none holds a NUL."""
        original = read(dumps(few(kind, 1)[-1]))
        seen = 0
        for cls, place in objects(kind, original):
            for name, hint in hints_of(cls).items():
                where, leaves = (*place, key_of(name)), list(_leaves(hint))
                held = holding(original, place).get(key_of(name))
                if not isinstance(held, str) or (leaves == [str] and name in PLAINLY):
                    continue
                seen += 1
                for value in (" \t", "\0", *(["no such word"] if issubclass(leaves[0], Choice) else [])):
                    self.both_refuse(kind, changed(original, where, value), where)
        assert seen > 5

    @pytest.mark.parametrize(
        ("place", "value"),
        [
            (("schema",), 2),
            (("type",), "Goal"),
            (("revision",), 0),
            (("revision",), 10**15 + 1),
            (("id",), "g-1 "),
            (("id",), "g" * 201),
            (("id",), "g\n1"),
            (("title",), "x" * 10_001),
            (("importance",), 11),
            (("importance",), 8.5),
            (("target_on",), "2/3/2026"),
            (("score",), 2),
            (("extra",), {"a": []}),
            (("extra",), {"a": "x" * 10_001}),
            (("history", 0, "at"), "2026-03-02T12:00:00"),
            (("history", 0, "at"), "2026-03-02T12:00+02:00"),
            (("history", 0, "digest"), "00"),
            (("options",), {}),
        ],
    )
    def test_a_goal(self, place, value):
        """One thing wrong in each."""
        self.both_refuse(Goal, changed(read(dumps(drawn(Goal)[0])), place, value), place)

    def test_codes_of_countries_and_languages(self):
        """Have the shapes that documents ask for."""
        document = read(dumps(drawn(Person)[0]))
        assert takes(Person, document | {"language": "sv-SE"})
        self.both_refuse(Person, document | {"language": "sv_SE"}, "language")

    @each_kind
    def test_every_constraint_is_told(self, kind):
        """None that C does not check is forgotten: each has words of JSON Schema beside it, and they stand in the schema."""
        found = list(musts(kind))
        assert [m.wrong for m in found if not m.schema] == []
        told = list(_parts(schema(kind)))
        assert [m.wrong for m in found if not any(m.schema.items() <= part.items() for part in told)] == []

    @pytest.mark.parametrize("kind", ["goal", 7, Span, Goal.begin, [], attrs, rules])
    def test_what_is_no_kind_of_record(self, kind):
        """Has none."""
        (wrong,) = refused(lambda: schema(kind))
        assert (wrong.code, wrong.path) == ("V015", "kind")


class TestForms:
    """What an act is given: to begin a record, to take it over, or to act on it."""

    @pytest.mark.parametrize(("kind", "act"), BEGINNINGS, ids=str)
    def test_it_is_a_schema_ready_for_json(self, kind, act):
        """Without what is the program's to give, and without seals."""
        made = schema(kind, act)
        Draft202012Validator.check_schema(made)
        assert json.loads(json.dumps(made)) == made
        assert not made["properties"].keys() & {"by", "at", "id", "policy", "noted_by", "history", "signatures"}
        assert not made["additionalProperties"]
        assert not re.search(r'"\\$(ref|defs)"', json.dumps(made))

    @each_kind
    def test_every_record_can_be_taken_over(self, kind):
        """As it is written, without its seals: the schema takes it, and so does the act, as the same record."""
        takes = Draft202012Validator(schema(kind, "import"))
        for record in drawn(kind):
            sealed = {"type", "schema", "id", "history", "signatures"}
            form = {name: value for name, value in read(dumps(record)).items() if name not in sealed}
            form["source"] = "another system"
            assert list(takes.iter_errors(form)) == []
            given, at = arguments(kind, "import", form), max(AT, record.history[-1].at)
            assert kind.new("import", record.id, by="hr-1", at=at, **given).state == record.state

    @pytest.mark.parametrize(("kind", "act"), BEGINNINGS, ids=str)
    def test_it_asks_for_what_the_act_cannot_do_without(self, kind, act):
        """And for nothing else: with it, the form is taken."""
        needed = {key_of(name) for name in takes_of(kind, act, required=True)} - {"id", "reason"}
        assert set(schema(kind, act).get("required", ())) == needed

    def test_any_act_has_one(self):
        """With what is said of the fields that it sets, and of every text."""
        goal = Draft202012Validator(schema(Goal, "promise"))
        assert goal.is_valid({"text": "Ask Eva", "due": "2026-09-30"})
        assert not goal.is_valid({"text": " ", "due": "2026-09-30"})
        assert not goal.is_valid({"text": "Ask Eva", "due": "soon"})
        assert not Draft202012Validator(schema(Goal, "begin")).is_valid({"title": "Lead", "importance": 11})

    @pytest.mark.parametrize(
        ("kind", "act", "form"),
        [
            (Person, "import", {"state": "known", "source": "x"}),
            (Person, "import", {"state": "erased", "source": "x", "name": "Anna"}),
            (Feedback, "request", {"giver": "p-1", "due": "2026-09-30"}),
            (Feedback, "request", {"giver": "p-1", "about": "Line"}),
            (InternalMove, "wish", {"why": "More"}),
        ],
    )
    def test_what_a_rule_asks_besides(self, kind, act, form):
        """Where a tool that knows the schema alone would mostly break it."""
        assert not Draft202012Validator(schema(kind, act)).is_valid(form)
        assert kind.would_new(act, "x-1", by="p-2", at=AT, **arguments(kind, act, form))

    @pytest.mark.parametrize(("kind", "act"), [(Goal, "no such act"), (None, "begin"), (Goal, 7)])
    def test_what_has_none_is_said(self, kind, act):
        """By V010."""
        assert codes(refused(lambda: schema(kind, act))) == ["V010"]
