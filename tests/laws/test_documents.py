"""Laws of documents: what is written is read again, both ways of reading agree, and whatever was touched is found out."""

import copy
import json
import pickle
from decimal import Decimal
from functools import cache
from typing import Any

import attrs
import msgspec
import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from coaching import Record, Rejected, verify
from coaching.catalogue import catalogue
from coaching.codec import dumps, loads, structure, unstructure
from coaching.formats import documents
from coaching.formats.mirror import CLASSES, from_mirror, quickly, read_leaf
from coaching.kernel.checking import FAULTY, Faults
from coaching.kernel.classes import model_of
from coaching.kernel.constraints import V014
from coaching.kernel.history import ASIDE
from coaching.kernel.rules import breach, finding
from stage.everything import STRATEGIES, Kind, drawn, each_kind, few
from stage.nasty import DOCUMENTS, PLAIN, VALUES, as_json
from stage.places import changed, different, holding, places_in


def refusal_of(read: Any, document: Any) -> Rejected:
    """The refusal of a document; nothing else may come of it."""
    with pytest.raises(Rejected) as caught:
        read(document)
    assert caught.value.findings
    return caught.value


def fit_to_show(refusal: Rejected) -> None:
    """What a refusal says can be shown, logged, sent to a form and to another process."""
    assert str(refusal)
    json.dumps(refusal.as_dicts())
    assert pickle.loads(pickle.dumps(refusal)).findings == refusal.findings


def as_lists(value: Any) -> Any:
    """The same plain value, with lists where tuples stand; so that it can be changed."""
    if isinstance(value, dict):
        return {key: as_lists(item) for key, item in value.items()}
    return [as_lists(item) for item in value] if isinstance(value, (list, tuple)) else value


# --- there and back --------------------------------------------------------------------------------------------------


@each_kind
@given(data=st.data())
def test_what_is_written_is_read_again(kind: Kind, data: st.DataObject):
    """As bytes and as plain values: an equal record, the same bytes when written again, and every link verifies."""
    state = data.draw(st.sampled_from(kind.lifecycle.states))
    record = data.draw(STRATEGIES[kind](state=state))
    assert record.state == state
    line, plain = dumps(record), unstructure(record)

    assert loads(line) == loads(line.decode()) == structure(plain) == record
    assert dumps(loads(line)) == dumps(structure(plain)) == line
    assert unstructure(structure(plain)) == plain
    assert structure(json.loads(line)) == record
    assert as_lists(plain) == plain
    assert b"\n" not in line
    assert verify(loads(line)) == ()
    assert type(loads(line)) is kind

    for other in (pickle.loads(pickle.dumps(record)), copy.copy(record), copy.deepcopy(record)):
        assert other == record
        assert hash(other) == hash(record)
        assert dumps(other) == line


@each_kind
def test_a_record_is_what_its_fields_say(kind: Kind):
    """The constructor takes every field and gives the same record; `repr` can be pasted."""
    for record in drawn(kind):
        fields = {name: getattr(record, name) for name in model_of(kind).names}
        assert kind(**fields) == record == attrs.evolve(record)


# --- both ways of reading --------------------------------------------------------------------------------------------


def read_fast(line: bytes) -> Record | None:
    """What the fast way makes of a document; None when it does not accept it."""
    try:
        mirrored = documents._fast.decode(line)
        record: Any = from_mirror(mirrored, CLASSES[type(mirrored)])
    except (msgspec.MsgspecError, BufferError, ValueError, TypeError):
        return None
    return None if record is FAULTY else record


def unless_refused(read: Any, document: Any) -> Record | None:
    """What a way of reading makes of a document; None when it refuses it and says why."""
    try:
        return read(document)
    except Rejected as refusal:
        assert refusal.findings
        return None


def read_slowly(line: bytes) -> Record:
    """What the way that explains makes of it."""
    return documents._explained(documents._parsed(line), Faults(read_leaf, quickly))


@st.composite
def touched(draw: Any, document: dict[str, Any]) -> tuple[str, Any]:
    """A document with one thing changed, and what that was."""
    document = copy.deepcopy(document)
    place = draw(st.sampled_from([p for p in places_in(document) if p]))
    into, key, old = holding(document, place[:-1]), place[-1], holding(document, place)
    what = draw(st.sampled_from(["drop", "value", "neighbour", "add", "wrap", "rename"]))
    if what == "drop" and isinstance(into, dict):
        del into[key]
    elif what == "add" and isinstance(old, dict):
        old[draw(st.sampled_from(["colour", "", "²", "type", "by", "from_", "extra", "keep_until"]))] = draw(_PLAIN)
    elif what == "wrap":
        into[key] = draw(st.sampled_from([[old], {"value": old}, str(old), [old, old]]))
    elif what == "neighbour":
        into[key] = draw(_near(document, old))
    elif what == "rename" and isinstance(into, dict):
        into[draw(st.sampled_from([f"{key}_", key.upper(), f" {key}", "title", "state"]))] = into.pop(key)
    else:
        into[key] = draw(_PLAIN)
    return f"{what} {place}", document


_PLAIN = st.sampled_from(list(PLAIN.values())).map(copy.deepcopy)


def _near(document: Any, old: Any) -> st.SearchStrategy[Any]:
    """Another value of the same type, often one that stands elsewhere in the document."""
    same = [v for p in places_in(document) if type(v := holding(document, p)) is type(old)]
    near = st.sampled_from(same).map(copy.deepcopy)
    if isinstance(old, str):
        return near | st.sampled_from([old + "x", old[:-1], old.upper(), f"{old} "])
    if isinstance(old, (int, Decimal)) and not isinstance(old, bool):
        others = [old + 1, -old, old * 0, Decimal(old) / 2, Decimal(old) + Decimal("1E-16")]
        return near | st.sampled_from([int(n) if isinstance(old, int) and n == int(n) else n for n in others])
    return near


@each_kind
@given(data=st.data())
def test_both_ways_of_reading_agree_and_find_out_what_was_touched(kind: Kind, data: st.DataObject):
    """Whatever is changed in a document: both ways accept it or neither, and with equal records; as bytes and as values.

    And what is read from a document that was touched either says the same as before (but for what is the house's own),
    or does not verify.
    """
    record = data.draw(st.sampled_from(drawn(kind)))
    original = as_lists(unstructure(record))
    for _ in range(data.draw(st.integers(1, 8))):
        what, document = data.draw(touched(original))
        note(f"{what}: {document}")
        line = as_json(document).encode()
        fast = read_fast(line)
        assert unless_refused(read_slowly, line) == fast
        assert unless_refused(structure, document) == fast
        if fast is not None:
            assert loads(line) == fast
            assert loads(dumps(fast)) == fast
            own = [n for n in model_of(kind).names if n not in ASIDE]
            same = [getattr(fast, n) for n in (*own, "history")] == [getattr(record, n) for n in (*own, "history")]
            assert same or verify(fast)


@each_kind
def test_each_field_that_was_touched_is_found_out(kind: Kind):
    """Any field that is sealed, set to what it is in other records, to its default, to nothing or to nought.

    By another route than an act: either the rules refuse it, or `verify` finds it.
    """
    model = model_of(kind)
    for name in model.names:
        if name in ASIDE:
            continue
        values = list(dict.fromkeys(getattr(record, name) for record in drawn(kind)))
        values = [*values[:12], None, 0, 1, Decimal(0), "", (), model.defaults.get(name)]
        for record in few(kind):
            for value in values:
                try:
                    other = attrs.evolve(record, **{name: value})
                except Rejected:
                    continue
                assert (other == record) is (getattr(other, name) == getattr(record, name))
                assert other == record or verify(other), (name, value, record)


# --- hostile ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_hostile_document_is_refused(name: str):
    """With findings that can be shown, and never by another error; whatever kind of record it pretends to be."""
    for kind in STRATEGIES:
        document = DOCUMENTS[name](dumps(drawn(kind)[0]))
        fit_to_show(refusal_of(loads, document))
        if len(str(document)) > 50_000:
            break  # one of the large ones is enough


def read_or_refused(read: Any, document: Any) -> None:
    """A document gives a record that can be written and read again, or a refusal; never another error."""
    try:
        found = read(document)
    except Rejected as refusal:
        assert refusal.findings
        json.dumps(refusal.as_dicts())
    else:
        assert loads(dumps(found)) == found


@cache
def small(kind: Kind) -> dict[str, Any]:
    """A small document of a kind, in which most of its fields stand."""
    document: dict[str, Any] = as_lists(unstructure(few(kind, 1)[-1]))
    return document


@cache
def gaps_in(kind: Kind) -> list[tuple[str, str]]:
    """That document as text, with a gap in the place of everything in it: what stands before the gap, and after."""
    gap, original = "a gap", small(kind)
    texts = [as_json(changed(original, place, gap)) for place in different(places_in(original)[1:])]
    return [(before, after) for before, _, after in (text.partition(f'"{gap}"') for text in texts)]


@each_kind
@pytest.mark.parametrize("name", PLAIN)
def test_a_hostile_value_anywhere_in_a_document_is_refused_or_read(kind: Kind, name: str):
    """In the place of the whole document, and of everything in a small one."""
    value = as_json(PLAIN[name])
    fit_to_show(refusal_of(loads, value))
    for before, after in gaps_in(kind):
        read_or_refused(loads, before + value + after)


@each_kind
@pytest.mark.parametrize("name", VALUES)
def test_a_hostile_value_anywhere_among_plain_values_is_refused_or_read(kind: Kind, name: str):
    """The same for what a program hands over."""
    original = small(kind)
    fit_to_show(refusal_of(structure, VALUES[name]))
    for place in different(places_in(original)[1:]):
        read_or_refused(structure, changed(original, place, VALUES[name]))


@pytest.mark.parametrize("value", [None, 3, "goal", b"{}", [], {}, object(), Record])
def test_only_a_record_is_written(value: object):
    """Anything else is refused, V015."""
    assert refusal_of(dumps, value).codes == refusal_of(unstructure, value).codes == ("V015",)


# --- findings --------------------------------------------------------------------------------------------------------

_WORDS = st.sampled_from(["a", "b", "history[2].at", "history[10].at", "²", "٣", "", "1", "x.1[0]", "\ud800"])
_RECORDS = st.none() | st.tuples(_WORDS, _WORDS)
_FINDINGS = st.builds(
    lambda code, path, words, record: finding(
        catalogue().get(code, V014), breach("it says {words}", path, words=words), record=record
    ),
    st.sampled_from(["V001", "V014", "G005"]), _WORDS, _WORDS, _RECORDS,
)  # fmt: skip


@given(st.lists(_FINDINGS, max_size=8).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_findings_does_not_depend_on_how_they_were_found(both: tuple[list[Any], list[Any]]):
    """The same findings in any order, said once or more often, give the same refusal."""
    found, shuffled = both
    refusal = Rejected("it", found)
    assert refusal.findings == Rejected("it", shuffled).findings == Rejected("it", [*found, *shuffled]).findings
    assert set(refusal.findings) == set(found)
    fit_to_show(refusal)
