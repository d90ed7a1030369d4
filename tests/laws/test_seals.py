"""Laws of seals: they cover what is said and not how it is written, and those kept from act to act are those made anew."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from coaching import Goal, Measure, verify
from coaching.codec import dumps, loads, unstructure
from coaching.kernel.classes import model_of, value
from coaching.kernel.constraints import Number, Text
from coaching.kernel.history import content_digest, content_of, digest_of
from coaching.records import RECORDS
from coaching.testing import acts
from stage import codes
from stage.everything import Kind, acting, drawn, each_kind
from stage.goals import agreed_goal
from stage.lives import lives
from stage.nasty import as_json

# --- stores ----------------------------------------------------------------------------------------------------------


def in_order(plain: Any, *, turned: bool = False) -> Any:
    """A document with the keys of each object in order, or the other way round."""
    if isinstance(plain, dict):
        return {key: in_order(plain[key], turned=turned) for key in sorted(plain, reverse=turned)}
    return [in_order(item, turned=turned) for item in plain] if isinstance(plain, (list, tuple)) else plain


def rewritten(plain: Any, zeros: bool) -> Any:
    """A document with each number written otherwise: 0.10 as 0.1, or 0.1 as 0.100 and 4 as 4.0."""
    if isinstance(plain, dict):
        return {key: rewritten(item, zeros) if key != "schema" else item for key, item in plain.items()}
    if isinstance(plain, (list, tuple)):
        return [rewritten(item, zeros) for item in plain]
    if not isinstance(plain, Decimal):
        return plain
    return Decimal(f"{plain:f}00") if zeros and "." in f"{plain:f}" else plain.normalize() if plain % 1 else plain


@each_kind
def test_a_record_that_went_through_a_store_verifies(kind: Kind):
    """One that reads JSON as most do, puts keys in another order, and writes it again."""
    for record in (*lives(kind.type), *drawn(kind)):
        line = dumps(record)
        plain = json.loads(line, parse_float=Decimal)
        exact = all(Decimal(repr(float(n))) == n for n in numbers_in(plain))
        ways = [as_json(in_order(plain)), as_json(in_order(plain, turned=True))]
        ways += [json.dumps(json.loads(line), sort_keys=True, indent=1)] if exact else []
        for way in ways:
            assert loads(way) == record
            assert verify(loads(way)) == verify(record) == ()
            assert content_digest(loads(way)) == content_digest(record)


def numbers_in(plain: Any) -> list[Decimal]:
    """The fractions in a document."""
    inner = plain.values() if isinstance(plain, dict) else plain if isinstance(plain, list) else ()
    return [plain] if isinstance(plain, Decimal) else [n for item in inner for n in numbers_in(item)]


@each_kind
@pytest.mark.parametrize("zeros", [True, False])
def test_a_record_whose_numbers_were_written_otherwise_verifies(kind: Kind, zeros: bool):
    """By value they are the same."""
    for record in (*lives(kind.type), *drawn(kind)):
        again = loads(as_json(rewritten(unstructure(record), zeros)))
        assert again == record
        assert verify(again) == ()


def measured(start: Decimal) -> Goal:
    """A goal that both signed, measured from a number."""
    return agreed_goal(measure=Measure("stations", start=start, target=Decimal(99)))


@pytest.mark.parametrize(
    ("one", "other"), [("0.10", "0.1"), ("4", "4.0"), ("1E+3", "1000"), ("-0.50", "-0.5"), ("0", "0.00")]
)
def test_equal_numbers_are_sealed_alike(one: str, other: str):
    """However many noughts they have; and unequal ones are not."""
    first, second = (measured(Decimal(n)) for n in (one, other))
    third = measured(Decimal(one) + Decimal("0.001"))
    assert first.history[-1].digest == second.history[-1].digest != third.history[-1].digest
    assert {s.digest for s in first.signatures} == {s.digest for s in second.signatures}
    document = dumps(first).replace(f'"start":{one}'.encode(), f'"start":{other}'.encode())
    assert verify(loads(document)) == ()


# --- from act to act -------------------------------------------------------------------------------------------------


@each_kind
@given(data=st.data())
def test_seals_that_are_carried_on_are_those_made_anew(kind: Kind, data: st.DataObject):
    """After each of several acts, the last entry says what the record says when everything is sealed again."""
    record = data.draw(st.sampled_from(drawn(kind)))
    if data.draw(st.booleans()):
        record = loads(dumps(record))  # which carries none
    for _ in range(data.draw(st.integers(1, 5))):
        act = data.draw(acts(record))
        if act is None:
            break
        note(f"{act}")
        record = record.act(act.name, **act.given)
        content, seals = content_of(record)
        assert digest_of(content) == record.history[-1].content
        assert record._seals == seals
        assert list(record._seals) == list(seals)
        assert verify(record) == ()


@each_kind
@given(data=st.data())
def test_an_act_seals_alike_whether_seals_were_kept_or_not(kind: Kind, data: st.DataObject):
    """On the record as it stands in memory, and on one that was just read: to the byte."""
    record, act = data.draw(acting(kind))
    done = [one.act(act.name, **act.given) for one in (record, loads(dumps(record)), model_of(kind).copied(record))]
    first = [dumps(new) for new in (done[0] if isinstance(done[0], tuple) else (done[0],))]
    for other in done[1:]:
        assert [dumps(new) for new in (other if isinstance(other, tuple) else (other,))] == first


# --- what a seal covers ----------------------------------------------------------------------------------------------


@each_kind
def test_a_seal_names_the_record(kind: Kind):
    """The same words in a record of another id have other seals: a signature cannot be carried over."""
    for record in drawn(kind)[:20]:
        other = model_of(kind).copy(record, {"id": f"{record.id}-other"})
        assert content_digest(other) != content_digest(record)
        assert "H002" in codes(verify(other))
        if hasattr(record, "terms_digest"):
            later = model_of(kind).copy(record, {"revision": record.revision + 1})
            assert len({one.terms_digest() for one in (record, other, later)}) == 3


def test_records_of_two_kinds_are_never_sealed_alike():
    """The type stands in what is sealed."""
    contents = [content_of(record)[0] for kind in RECORDS for record in drawn(kind)[:3]]
    assert {content["type"] for content in contents} == {kind.type for kind in RECORDS}


@value("probe_part")
class Part:
    """A part as it is today."""

    text: Text
    amount: Number | None = None


@value("probe_part")
class Grown:
    """The same part as it may be one day: with a field more."""

    text: Text
    amount: Number | None = None
    colour: Text | None = None
    urgent: bool = False
    tags: tuple[Text, ...] = ()
    inner: Part | None = None


@value("probe_whole")
class Whole:
    """What holds such parts today."""

    parts: tuple[Part, ...] = ()
    first: Part | None = None


@value("probe_whole")
class Later:
    """And what holds them then."""

    parts: tuple[Grown, ...] = ()
    first: Grown | None = None
    title: Text | None = None


@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), st.none() | st.decimals(-9, 9, places=2)), max_size=3))
def test_a_field_that_comes_later_breaks_no_seal(given_: list[tuple[str, Decimal | None]]):
    """At whatever depth: a new field at its default is not said, and whatever else it holds is."""
    today = Whole(tuple(Part(*each) for each in given_), Part("a"))
    then = Later(tuple(Grown(*each) for each in given_), Grown("a"))
    assert digest_of(model_of(Whole).plain(today)) == digest_of(model_of(Later).plain(then))
    for changed in ({"colour": "red"}, {"urgent": True}, {"tags": ("x",)}, {"inner": Part("a")}):
        other = Later(then.parts, Grown("a", **changed))
        assert digest_of(model_of(Later).plain(other)) != digest_of(model_of(Whole).plain(today))
