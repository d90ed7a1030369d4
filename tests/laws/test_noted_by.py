"""Whoever wrote an act down for the one who acts stands in its entry, and has no rights by it: every act of every kind."""

import inspect
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching import Book, Organisation, Person, verify
from coaching.records import RECORDS
from stage import ANNA, EVA, OLE, STRANGER, at, on
from stage.book import someone
from stage.everything import Kind, acting, beginnings, each_kind, given_to_new, method_of
from stage.lives import lives
from stage.moves import agreed
from stage.opportunities import new_line
from stage.paths import COURSE, agreed_path, draft_path
from stage.people import employed

LIV = "p-9"
"""Liv, who writes down what others do, and takes part in nothing."""

NAMED = ("hem", "o-1", "o-2", "o-3", "o-7")

ACTS = [(kind, act) for kind in RECORDS for act in (*kind.lifecycle.acts, "import", "reimport")]


def organisation(id: str) -> Organisation:
    """One of those that the staged records name."""
    return Organisation.import_(id, state="known", name=id, by="hr-1", at=at(0), source="old")


@pytest.mark.parametrize(("kind", "act"), ACTS, ids=lambda it: it if isinstance(it, str) else it.type)
def test_every_act_takes_who_noted_it(kind: Kind, act: str):
    """By its name, and nobody when left out."""
    parameter = inspect.signature(method_of(kind, act)).parameters["noted_by"]
    assert (parameter.kind, parameter.default) == (parameter.KEYWORD_ONLY, None)


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.type)
@pytest.mark.parametrize("wrong", ["", " Liv", "Li\u200bv", "x" * 201])
def test_who_noted_it_is_an_id_in_every_act_that_begins_a_record(kind: Kind, wrong: str):
    """V001 names the argument, beside whatever else is wrong."""
    for act in beginnings(kind):
        begun = {**given_to_new(kind, act), "by": "p-17", "at": at(0)}
        found = kind.would_new(act, "x-1", **begun, noted_by=wrong)
        assert ("V001", "noted_by") in [(f.code, f.path) for f in found]
        assert "noted_by" not in {f.path for f in kind.would_new(act, "x-1", **begun, noted_by=LIV)}


@each_kind
@settings(max_examples=50)
@given(data=st.data())
def test_the_act_is_of_the_one_who_acts_and_the_entry_names_who_noted_it(kind: Kind, data: st.DataObject):
    """All else is as without; the name is sealed; an id that is none is refused, and Liv gains nothing by it."""
    record, act = data.draw(acting(kind))
    plain, noted = record.act(act.name, **act.given), record.act(act.name, **act.given, noted_by=LIV)
    entry = noted.history[-1]
    assert (entry.by, entry.noted_by, entry.act) == (act.given["by"], LIV, act.name)
    assert plain.history[-1].noted_by is None
    assert said(plain) == said(noted)
    assert verify(noted) == verify(plain)
    assert [(f.code, f.path) for f in record.would(act.name, **act.given, noted_by=" Liv")] == [("V001", "noted_by")]


def said(record: Any) -> tuple[Any, ...]:
    """All that a record says but for its history; and of that, what was done when and by whom."""
    own = [getattr(record, name) for name in type(record).__model__.names if name != "history"]
    return (*own, [(e.act, e.state, e.by, e.at, e.revision, e.reason, e.was, e.sets) for e in record.history])


@each_kind
def test_who_notes_an_act_for_somebody_who_may_not_do_it_changes_nothing(kind: Kind):
    """Somebody with no part in it is refused, whoever else is said to have noted it; where nobody is, all may."""
    for record in lives(kind.type):
        people = {e.by for e in record.history}
        for row in record.lifecycle.rows_from(record.state):
            given_by = [record.would(row.act, by=STRANGER, at=record.history[-1].at, noted_by=p) for p in people]
            alone = record.would(row.act, by=STRANGER, at=record.history[-1].at)
            assert all(found == alone for found in given_by)
            assert record.acts_for(LIV) == record.acts_for(STRANGER)


def noted(book: Book) -> list[tuple[str, str, str | None]]:
    """What an act of the book did last, and who noted it, in each record that it changed."""
    return [(record.type, record.history[-1].act, record.history[-1].noted_by) for record in book.changed]


def test_what_follows_from_an_act_is_noted_by_the_same():
    """Completing a move writes into the mover's record as well; agreeing on a path supersedes the one before."""
    house = [*(someone(id, on(-99)) for id in (OLE, EVA, "p-40")), *(organisation(id) for id in NAMED)]
    given = {"on": on(60), "placement": "pl-9", "reason": "A new line", "by": ANNA, "at": at(60), "noted_by": LIV}
    done = Book([*house, employed(), agreed(), new_line(), draft_path()]).act("mv-1", "complete", **given)
    assert noted(done) == [("move", "complete", LIV), ("person", "start_placement", LIV)]
    assert all(e.noted_by == LIV for e in done.get(Person, ANNA).history if e.at == at(60))

    old, new = agreed_path().revise("path-2", "We moved house", by=ANNA, at=at(100), noted_by=LIV)
    assert (old.history[-1].noted_by, new.history[-1].noted_by) == (LIV, LIV)
    ready = {"success": "Work near home", "heading": "Home", "destination": "A line here", "steps": (COURSE,)}
    new = new.edit(**ready, by=ANNA, at=at(100)).share(by=ANNA, at=at(101)).sign(by=ANNA, at=at(101))
    book = Book([*house, employed(), old, new])
    book = book.act(new.id, "sign", by=OLE, at=at(102), noted_by=LIV)
    assert noted(book) == [("path", "sign", LIV), ("path", "supersede", LIV)]
