"""Law of strangers: somebody with no part in a record learns nothing of it, however they ask. Story 44.

Every text of a record is planted with a marker, and everybody in it has an id that is a marker too; then every act is
tried with everything that it takes, and everything there is to ask is asked.
"""

from itertools import count
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching import Book, Rejected, codec
from coaching.book.privacy.texts import Words, rewritten
from coaching.forms import arguments
from coaching.kernel.classes import model_of
from coaching.kernel.lifecycle import ANYONE
from coaching.privacy import access_copy, findings_for, view
from stage.book import someone
from stage.everything import Kind, each_kind, few, something, takes
from stage.people import registered

NOBODY = "nobody-here"


def marked(record: Any) -> Any:
    """The record with a marker in each of its texts, names in `extra` and ids of parts and people, but not in its own id."""
    numbers = count(1)

    def mark(words: Words) -> Any:
        return f"mark-{next(numbers)}-word" if isinstance(words.text, str) else words.text

    return _with_ids(rewritten(record, mark), record.id)


def _with_ids(value: Any, own: str) -> Any:
    """The same with `mark-` before each id in it."""
    if isinstance(value, tuple):
        return tuple(_with_ids(item, own) for item in value)
    if not attrs.has(type(value)):
        return value
    changes: dict[str, Any] = {}
    for field in model_of(type(value)).fields.values():
        held = getattr(value, field.name)
        if field.holds_parts:
            changes[field.name] = _with_ids(held, own)
        elif any(rule.code == "V001" for rule in field.rules) and held is not None and held != own:
            changes[field.name] = tuple(f"mark-{id}" for id in held) if field.many else f"mark-{held}"
    return model_of(type(value)).copy(value, changes)


def everything_given(record: Any, act: str) -> dict[str, Any]:
    """All that an act takes, made without a look at the record."""
    return {n: something(hint, n, None, type(record)) for n, hint in takes(record, act).items()}


def for_anybody(record: Any, act: str) -> bool:
    """Whether an act is of the administration, in some state."""
    return any(ANYONE in row.who for row in record.lifecycle.rows if row.act == act)


def heard(ask: Any) -> str:
    """All that comes of asking, in whatever form it is shown or logged."""
    try:
        answer = ask()
    except Rejected as refusal:
        return " ".join([str(refusal), repr(refusal), repr(refusal.args), repr(refusal.as_dicts()), *refusal.codes])
    told = [it.as_dict() for it in answer if hasattr(it, "as_dict")] if isinstance(answer, tuple) else ()
    return f"{answer!r} {answer!s} {told!r}"


@each_kind
def test_a_stranger_is_told_one_thing(kind: Kind) -> None:
    """Every act in every state: one finding, V011, without a name, an id or a word."""
    for drawn in few(kind, 2):
        record = marked(drawn)
        book = Book([record])
        for act in kind.lifecycle.acts:
            if for_anybody(record, act) or not hasattr(record, act):
                continue
            given_ = {**everything_given(record, act), "by": NOBODY, "at": record.history[-1].at}
            bare = {"by": NOBODY, "at": record.history[-1].at}
            for said_so in (given_, bare, {**bare, "nonsense": 1}, {"by": NOBODY}):
                for ask in (record.would, lambda a, r=record, b=book, **g: b.would(r.key, a, **g)):
                    (said,) = ask(act, **said_so)
                    assert (said.code, said.path, dict(said.params), said.record) == ("V011", "by", {}, record.key)
                for do in (record.act, lambda a, r=record, b=book, **g: b.act(r.key, a, **g)):
                    assert "mark-" not in heard(lambda do=do, a=act, g=said_so: do(a, **g))
        for act in ("nonsense", "begin", "import", 7, None):
            assert "mark-" not in heard(lambda a=act, r=record: r.act(a, by=NOBODY))
            assert "mark-" not in heard(lambda a=act, b=book, r=record: b.act(r.key, a, by=NOBODY))


@each_kind
def test_an_act_of_the_administration_tells_nothing_either(kind: Kind) -> None:
    """Whoever does it may do it, and hears of no word and of nobody: what it takes is all that it speaks of."""
    for drawn in few(kind, 2):
        record = marked(drawn)
        for act in kind.lifecycle.acts:
            if for_anybody(record, act) and hasattr(record, act):
                arguments = {**everything_given(record, act), "by": NOBODY, "at": record.history[-1].at}
                assert "-word" not in heard(lambda r=record, a=act, g=arguments: r.would(a, **g))


@each_kind
def test_whatever_a_stranger_asks_shows_nothing(kind: Kind) -> None:
    """Views, findings, buttons, turns, forms, `repr` and `str`."""
    public = {"opportunity", "organisation"}
    for drawn in few(kind, 2):
        record = marked(drawn)
        assert "mark-" in codec.dumps(record).decode()
        book, day = Book([record]), record.history[-1].at.date()
        seen = view(record, NOBODY, book, day)
        if kind.type not in public:
            assert dict(seen) == {"type": record.type, "schema": record.schema, "id": record.id}
            assert findings_for(record, NOBODY, book, day) == ()
            assert book.check(day, for_=NOBODY) == tuple(book.findings(day, for_=NOBODY)) == ()
        assert all(for_anybody(record, act) for act in record.acts_for(NOBODY, on=day))
        assert book.awaits(NOBODY) == ()
        copy = access_copy(Book([record, someone(NOBODY)]), NOBODY)
        assert "mark-" not in repr(copy)
        shown = f"{record!r} {record!s} {seen!r} {seen!s} {book!r} {book!s}"
        assert "mark-" not in shown
        for act in kind.lifecycle.acts:
            assert "mark-" not in repr(arguments(record, act, {"text": "x", "by": "y"}))


@each_kind
def test_parts_show_no_word(kind: Kind) -> None:
    """A log of a part, of a list of them, or of a whole history holds no word."""
    for drawn in few(kind, 2):
        record = marked(drawn)
        for name in model_of(kind).names:
            if model_of(kind).fields[name].holds_parts:
                assert "-word" not in repr(getattr(record, name))


@pytest.mark.parametrize("limit", [9_999, 10_001])
@given(text=st.text(min_size=1, max_size=20))
def test_a_refused_text_is_not_shown(limit: int, text: str) -> None:
    """Too long or with a character that may not stand there: the message does not quote it."""
    words = ("q" + text + "\0") if limit < 10_000 else "sesame " * 2000
    found = registered().would("correct", reason="r", name=words, by="hr", at=registered().history[-1].at)
    assert found
    for it in found:
        assert words[:12] not in it.message
        assert words[:12] not in repr(it.params)
