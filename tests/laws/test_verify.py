"""Law of seals that are checked: whatever is changed by another route than an act is found, and said where it is.

The oracle reads no digest and seals nothing. It knows which value of a document was changed, and what docs/privacy.md
says of such a change: an entry (H001), what the last act left (H002), what was signed (H003), what lies before an
erasure (H004), who was renamed (H005), the digest that was kept elsewhere (H006).
"""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from coaching import Book, Finding, Rejected, verify
from coaching.codec import structure, unstructure
from coaching.privacy import erase
from coaching.records import RECORDS
from coaching.testing import books
from stage import ANNA, EVA, OLE, at, on
from stage.book import someone
from stage.lives import lives
from stage.people import HR, employed
from stage.places import Place, changed, holding, places_in

ASIDE = {"type", "schema", "extra", "keep_until", "hold_until"}
"""What is no part of what a record says, or is the house's own."""
LIVES_ON = {"commitments": {"state", "done_on", "result", "seen_by"}, "steps": {"state", "evidence", "reached_on"}}
"""What becomes of a promise or a step after it was signed."""
Told = Counter[tuple[str, str]]

# --- the records -----------------------------------------------------------------------------------------------------


@cache
def staged() -> tuple[Any, ...]:
    """Records of every kind in every state."""
    return tuple(record for kind in RECORDS for record in lives(kind.type))


@st.composite
def records(draw: Any) -> Any:
    """One of them; or what becomes of it when Anna gets another id, when Ole is erased, or when one follows the other."""
    record = draw(st.sampled_from(staged()))
    people = [employed(), someone(OLE).leave(on(10), by=HR, at=at(10)), someone(EVA)]
    book, late = Book([*people, record] if record.type != "person" else [record]), {"by": HR, "at": at(3000)}
    key = record.key
    for act in draw(st.sampled_from([(), (), ("rename",), ("erase",), ("rename", "erase"), ("erase", "rename")])):
        with suppress(Rejected):
            if act == "rename":
                book = book.renumber(ANNA, "1017", **late, reason="One number for all houses")
                key = (key[0], "1017") if key == ("person", ANNA) else key
            else:
                book, _ = erase(book, OLE, on(3000), **late)
    return book.at(*key)


# --- the oracle ------------------------------------------------------------------------------------------------------


def untouched(record: Any) -> Told:
    """What is said of a record as its acts left it: that words were erased, each time; who was renamed, once."""
    renamed = [i for i, entry in enumerate(record.history) if entry.act == "rename"][-1:]
    places = [*(("H004", i) for i in erased_in(record)), *(("H005", i) for i in renamed)]
    return Counter((code, f"history[{i}]") for code, i in places)


def erased_in(record: Any) -> list[int]:
    """The entries by which the book erased somebody; a person's own act of that name takes no digest."""
    return [i for i, entry in enumerate(record.history) if entry.act == "erase" and "texts" in entry.was]


def found_by(record: Any, place: Place, other: Any) -> Told:
    """What is said when one value of a record is another, which makes another record of it."""
    first = max([0, *erased_in(record)])
    found = untouched(record)
    last = len(record.history) - 1
    if place[0] == "history":
        at_, field = max(first, place[1]), place[2]
        found["H001", f"history[{at_}]"] += 1
        if field == "digest" and place[1] >= first and at_ < last:
            found["H001", f"history[{at_ + 1}]"] += 1
        if field == "content" and place[1] == last:
            found["H002", ""] += 1
        return found
    if place[0] in ASIDE:
        return found
    found["H002", ""] += 1
    for i, signature in enumerate(getattr(record, "signatures", ())):
        own = place == ("signatures", i, "digest")
        gone = signature.digest == "0" * 64 and not own
        if own or (is_signed(record, place, other) and not gone):
            found["H003", f"signatures[{i}].digest"] += 1
    return found


def is_signed(record: Any, place: Place, other: Any) -> bool:
    """Whether the two signed what stands at a place: the terms, but for what becomes of them."""
    field, *inner = place
    if field not in {"id", "revision", *record.terms}:
        return False
    if field == "commitments" and len(inner) > 1:  # with a promise more or less, it is others that were signed
        acts = [entry.act for entry in record.history]
        since = max(i for i, act in enumerate(acts) if act in {"sign", "import"})
        if inner[0] >= len(record.commitments) - acts[since:].count("promise"):
            return False  # it was made after the last signature
        if inner[1] in {"due", "moves"}:
            return due_when_signed(record, inner[0]) != due_when_signed(other, inner[0])
    return len(inner) < 2 or inner[1] not in LIVES_ON.get(field, ())


def due_when_signed(record: Any, i: int) -> date:
    """When a promise was due as the first of the two signed this revision: before it was moved under their signatures."""
    promise = record.commitments[i]
    moved = [it.old_due for it in promise.moves if it.signed and it.revision >= record.revision]
    due: date = (moved or [promise.due])[0]
    return due


# --- tampering -------------------------------------------------------------------------------------------------------


def others(value: Any, *, deep: bool = True) -> list[Any]:
    """Other values that may stand in the place of one; ... for none."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, (int, Decimal)):
        return [value + 1, value - 1, ...]
    if isinstance(value, list):
        return [value[:-1], value[1:], value[::-1], [*value, *value[-1:]], ...]
    if isinstance(value, dict):
        return [...]
    with suppress(ValueError):
        return [f"{date.fromisoformat(value[:10]) + timedelta(days=n)}{value[10:]}" for n in (1, -1)] + [...]
    return [f"{value}x", "agreed", "promised", "f" * 64, "p-4", ...]


@st.composite
def tampered(draw: Any, record: Any) -> tuple[Place, Any]:
    """A place in the document of a record, and the record with another value there; with the same where none may be."""
    document = unstructure(record)
    known = [place for place in places_in(document) if place and (place[0] != "history" or len(place) > 2)]
    place = draw(st.sampled_from(known))
    value = draw(st.sampled_from(others(holding(document, place))))
    with suppress(Rejected):
        return place, structure(changed(document, place, value))
    return place, record


def told(found: Iterable[Finding]) -> Told:
    """What is said, and where in a record."""
    return Counter((it.code, it.path) for it in found)


def is_found(record: Any, place: Place, other: Any, found: Told) -> None:
    """Hold what is said of a record that was tampered with to the oracle."""
    wanted = found_by(record, place, other) if other != record else untouched(record)
    erasure = max([0, *erased_in(record)])
    if erasure and place == ("history", erasure - 1, "digest"):  # then nothing shows any more that words were erased
        assert found["H001", f"history[{erasure}]"] == wanted["H001", f"history[{erasure}]"]
    elif place[0] == "history" and "was" in place and record.history[place[1]].act == "rename":
        unsure = {"H002", "H003", "H005"}  # nor, who was renamed, and under which words people signed
        assert {it for it in {*(found - wanted), *(wanted - found)} if it[0] not in unsure} == set()
    else:
        assert found == wanted


OFTEN_REFUSED = [HealthCheck.filter_too_much]
"""A document that was tampered with is mostly refused by the rules; of those that are read, `verify` is asked."""


@settings(max_examples=3 * settings().max_examples, suppress_health_check=OFTEN_REFUSED)
@given(record=records(), data=st.data())
def test_what_is_changed_is_found_where_it_is(record: Any, data: st.DataObject):
    """One value anywhere in a document; nothing is said of what is the house's own, nor of the same written otherwise."""
    place, other = data.draw(tampered(record))
    assume(other != record)
    is_found(record, place, other, told(verify(other)))


@settings(suppress_health_check=OFTEN_REFUSED)
@given(record=records(), data=st.data())
def test_an_entry_that_was_taken_out_or_put_in_is_missed(record: Any, data: st.DataObject):
    """By the next one, which follows another now; at the end, by what it left or by the digest that was kept."""
    history = unstructure(record)["history"]
    i, last = data.draw(st.integers(0, len(history) - 1)), len(history) - 1
    put = data.draw(st.lists(st.sampled_from(history), max_size=1))
    other = record
    with suppress(Rejected):
        other = structure({**unstructure(record), "history": [*history[:i], *put, *history[i + (not put) :]]})
    assume(other is not record)
    found = told(verify(other, known={record.key: record.digest}))
    if put:
        assert "H001" in {code for code, _ in found}
    elif i < last:
        assert found["H001", f"history[{max([i, *erased_in(other)])}]"] == 1
    else:
        assert found["H006", "history"] == 1
        assert found["H002", ""] == (history[-1]["content"] != history[-2]["content"])


@settings(
    max_examples=max(20, settings().max_examples // 3),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a whole book is not made smaller in a minute
)
@given(book=books(), data=st.data())
def test_in_a_book_the_record_is_named_that_was_changed(book: Book, data: st.DataObject):
    """All others are as their acts left them; and whoever kept the digests learns whether it is that very record."""
    record = data.draw(st.sampled_from(list(book)))
    place, other = data.draw(tampered(record).filter(lambda case: case[1].key == record.key))
    found = verify(book.put(other))
    for one in book:
        said = told(it for it in found if it.record == one.key)
        if one is not record:
            assert said == untouched(one)
        else:
            is_found(record, place, other, said)
    kept = {one.key: one.digest for one in book}
    another = [it.record for it in verify(book.put(other), known=kept) if it.code == "H006"]
    assert another == [record.key] * (place == ("history", len(record.history) - 1, "digest") and other != record)


@given(record=records())
def test_an_older_copy_is_found_by_the_digest_that_was_kept(record: Any):
    """H006 alone, beside what is said of it anyway: each digest but its own names another record."""
    for entry in record.history[:-1]:
        known = {record.key: entry.digest}
        assert told(verify(record, known=known)) == untouched(record) + Counter([("H006", "history")])
    assert told(verify(record, known={record.key: record.digest})) == untouched(record) == told(verify([record]))
