"""Acts as forms: what a form describes, sent as a page sends it, is read as what was meant, and the schema takes it."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from coaching import Record
from coaching.codec import converter
from coaching.formats.asked import MAKES, asked_of, fields_of
from coaching.formats.forms.naming import steps_of
from coaching.forms import ActForm, FieldKind, FormField, act_form, arguments, by_field
from coaching.kernel.acting import OURS
from coaching.kernel.classes import model_of
from coaching.kernel.fields import key_of
from coaching.kernel.lifecycle import IMPORT
from coaching.records import RECORDS
from coaching.records.people import Managed
from stage import STRANGER, codes, refused
from stage.everything import Kind, acting, each_kind, few

BESIDE = {*OURS, "newer"}
plain = converter()


def every_act(kind: Kind) -> Iterator[tuple[Any, str]]:
    """Each act of a kind, with what it is done on: the kind, where it begins a record."""
    yield from ((kind, act) for act in kind.begins())
    yield from ((it, act) for it in few(kind, 1) for act in kind.acts() if act not in kind.begins())


def kinds_in(form: ActForm) -> dict[str, FormField]:
    """The fields of a form, by their names without the numbers of rows."""
    found = dict[str, FormField]()
    for field in form.every():
        found.setdefault(".".join(step for step in steps_of(field.name) if not step.isdigit()), field)
    return found


def sent(form: ActForm, given: dict[str, Any], *, brackets: bool) -> dict[str, Any]:
    """Arguments as a page sends them: flat names, and texts as its inputs write them."""
    fields, page = kinds_in(form), dict[str, Any]()

    def put(value: Any, name: str, place: str) -> None:
        if place == "external_ids":  # names of other systems, which may have dots in them
            page[name] = value
        elif isinstance(value, (list, tuple)) and value and fields[place].fields[-1].fields:
            for i, item in enumerate(value):
                put(item, f"{name}[{i}]", place)
        elif inner := parts(value):
            for step, item in inner.items():
                put(item, f"{name}[{step}]" if brackets else f"{name}.{step}", f"{place}.{step}")
        else:
            page[name] = as_input(value)

    for name, value in given.items():
        put(value, name, name)
    return page


def parts(value: Any) -> dict[str, Any]:
    """The fields of a part, by their names in a document."""
    if attrs.has(type(value)):
        return {key_of(name): getattr(value, name) for name in model_of(type(value)).fields}
    return value if isinstance(value, dict) else {}


def as_input(value: Any) -> Any:
    """A value as an input sends it; words of a list by one name."""
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, (list, tuple)):
        return [as_input(item) for item in value] or ""
    return "" if value is None else value.isoformat() if isinstance(value, datetime) else str(value)


@each_kind
@settings(max_examples=40)
@given(data=st.data(), brackets=st.booleans())
def test_what_a_page_sends_is_what_was_meant(kind: Kind, data: st.DataObject, brackets: bool):
    """Any act of any record: the flat names of its form, with texts, give the same record; the schema takes it."""
    record, act = data.draw(acting(kind))
    kept = {name: value for name, value in act.given.items() if name in BESIDE}
    given_here = {name: value for name, value in act.given.items() if name not in BESIDE}
    form = act_form(record, act.name, by=act.given["by"])
    page = sent(form, given_here, brackets=brackets)
    read = arguments(record, act.name, page)
    assert record.act(act.name, **read, **kept) == record.act(act.name, **act.given)
    as_json = json.loads(json.dumps(plain.unstructure(given_here), default=str))
    assert list(Draft202012Validator(form.schema).iter_errors(as_json)) == []


@each_kind
@settings(max_examples=40)
@given(data=st.data())
def test_the_form_knows_what_is_given(kind: Kind, data: st.DataObject):
    """Nothing that a legal act is given is outside its form: no name, no word of a list, no length, no number."""
    record, act = data.draw(acting(kind))
    form = kinds_in(act_form(record, act.name, by=act.given["by"]))
    for name, value in act.given.items():
        if name in BESIDE or value is None:
            continue
        field = form[name]
        if field.choices:
            assert str(value) in [option.word for option in field.choices]
        if isinstance(value, str) and not field.choices:
            assert (field.shortest or 0) <= len(value) <= (field.longest or len(value))
        if field.kind is FieldKind.NUMBER:
            assert field.lowest is None or value >= field.lowest
            assert field.highest is None or value <= field.highest


@each_kind
def test_every_field_is_one_that_the_act_takes(kind: Kind):
    """All of it, and never who, when, by which policy, with which id; each described, with what a page needs."""
    for record, act in every_act(kind):
        form = act_form(record, act)
        names = [field.name for field in form.fields]
        assert not set(names) & OURS
        taken = {n for n, f in fields_of(kind, act).items() if n not in {*OURS, "history", "signatures", "extra"}}
        assert set(names) == taken - {"newer"}
        assert (form.kind, form.act) == (kind.type, act)
        assert form.label
        assert form.help.endswith(".") or act == "revise"
        every = list(form.every())
        assert len({field.name for field in every}) == len(every) == len(form.names())
        for field in every:
            assert field.label, field
            assert field.label[0].isupper()
            assert "_" not in field.label
            assert field.help == "" or (field.help.endswith(".") and "`" not in field.help and len(field.help) < 120)
            assert (field.kind is FieldKind.CHOICE) >= bool(field.choices)
            assert (field.kind in {FieldKind.GROUP, FieldKind.REF, FieldKind.LIST}) >= bool(field.fields)
            assert form.field(field.name) == field


@each_kind
def test_what_is_required_is_what_the_schema_requires(kind: Kind):
    """Of the form as a whole; but what may be emptied, though it must be sent."""
    for owner, act in [*((kind, act) for act in kind.begins()), *((few(kind, 1)[0], act) for act in kind.acts())]:
        form = act_form(owner, act)
        required = {field.name for field in form.fields if field.required}
        empty = {n for n, field in asked_of(owner, act).items() if field.optional}
        assert required == set(form.schema.get("required", ())) - empty


@each_kind
def test_what_a_form_holds_changes_nothing(kind: Kind):
    """Sent back as it is shown, each field is read as what the record holds."""
    seen = 0
    for record, act in every_act(kind):
        form = act_form(record, act, zone="UTC")
        leaves = [f for f in form.every() if not f.fields and f.kind is not FieldKind.GROUP]
        page = {f.name: f.text for f in leaves}
        read = arguments(record, act, page, zone="UTC")
        for field in form.fields:
            name = field.name
            if isinstance(record, Record) and field.value not in {None, ""} and name in read and hasattr(record, name):
                told = asked_of(kind, act)[name]
                kept = model_of(kind).fields.get(name)
                if kept is not None and told.kind is kept.kind and getattr(record, name) == field.value:
                    assert alike(read[name], field.value), (act, name)
                    seen += 1
    assert seen or kind.type in {"feedback", "relationship"}


def alike(read: Any, held: Any) -> bool:
    """Whether what was read is what is held, as documents write both."""
    return json.dumps(bare(read), default=str) == json.dumps(bare(held), default=str)


def bare(value: Any) -> Any:
    """Without what is nothing, and moments in one offset."""
    if attrs.has(type(value)):
        value = {key_of(name): getattr(value, name) for name in model_of(type(value)).fields}
    if isinstance(value, dict):
        return {k: bare(v) for k, v in sorted(value.items()) if v not in (None, (), [], False, "")}
    if isinstance(value, (list, tuple)):
        return [bare(v) for v in value]
    if isinstance(value, str) and len(value) > 18 and value[4:5] == "-" and "T" in value:
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return value.timestamp()
    return str(value)


@each_kind
def test_a_stranger_is_shown_nothing_of_the_record(kind: Kind):
    """Who may not do an act now sees the same form of every record."""
    shown = 0
    for act in kind.acts():
        forms = [act_form(it, act, by=STRANGER) for it in few(kind, 1) if act not in it.acts_for(STRANGER)]
        assert all(form == forms[0] for form in forms)
        shown += len(forms) > 1
    assert shown or kind.type in {"person", "organisation", "opportunity"}


@each_kind
@settings(max_examples=60)
@given(data=st.data())
def test_any_finding_finds_a_place(kind: Kind, data: st.DataObject):
    """Whatever a page sends under any names: findings stand at names that it sent, or at the whole form; none is lost."""
    record, act = data.draw(acting(kind))
    names = st.sampled_from(act_form(record, act.name).names() or ["x"])
    odd = st.text(alphabet="ab.[]0 _", max_size=12)
    page = data.draw(
        st.dictionaries(names | odd, st.sampled_from(["", "x", "7", "2026-03-02", ["x", ""], "on"]), max_size=8)
    )
    found = record.would(act.name, **arguments(record, act.name, page), by=act.given["by"], at=act.given["at"])
    told = by_field(found, page)
    assert set(told) <= {*page, ""}
    assert sorted(map(id, found)) == sorted(id(it) for its in told.values() for it in its)


def test_every_part_that_an_act_makes_is_one_of_the_record():
    """And every name in the table is an act."""
    for (kind, act), part in MAKES.items():
        for one in [k for k in RECORDS if issubclass(k, kind) and act in k.lifecycle.acts]:
            assert part in {inner.cls for _, inner in model_of(one).inner} or part is Managed


@each_kind
def test_a_form_is_of_an_act_that_can_be_done(kind: Kind):
    """V010 for one that begins nothing, and for one that only begins: what was filled in would be refused."""
    record = few(kind, 1)[0]
    for act in {*kind.acts()} - {*kind.begins()}:
        assert codes(refused(lambda act=act: act_form(kind, act))) == ["V010"]
    for act in {*kind.begins()} - {*kind.acts()}:
        assert codes(refused(lambda act=act: act_form(record, act))) == ["V010"]


def test_imports_are_forms_too():
    """With all that is taken over, but for what nobody can make up."""
    for kind in RECORDS:
        names = {field.name for field in act_form(kind, IMPORT).fields}
        assert {"state", "source"} <= names
        assert not names & {"history", "signatures", "extra", "id"}
