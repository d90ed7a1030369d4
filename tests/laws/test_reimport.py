"""Laws of taking a record over again: what another system says now, as long as nobody acted on the record here."""

import re
from datetime import timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching import Goal, Person, Record, Rejected, verify
from coaching.codec import dumps, loads
from coaching.forms import arguments
from coaching.kernel.classes import model_of
from coaching.kernel.history import acted_here
from coaching.privacy import texts
from coaching.records import RECORDS
from coaching.testing.acts import play_of
from coaching.testing.walks import Stage, imported
from stage import ANNA, OLE, at, codes, refused
from stage.everything import STRATEGIES, Kind
from stage.goals import imported_goal

AGAIN = {"by": "hr-1", "source": "another system"}
ASIDE = {"id", "state", "revision", "signatures", "history"}

each_kind = pytest.mark.parametrize("kind", [k for k in RECORDS if k is not Person], ids=lambda kind: kind.type)


@st.composite
def taken(draw: Any, kind: Kind) -> Record:
    """A record in any state that nobody acted on here."""
    record = draw(STRATEGIES[kind](state=draw(st.sampled_from(kind.lifecycle.states))))
    stage = Stage(draw)
    stage.now = record.history[-1].at
    return imported(stage, play_of(kind), record)


def fields_of(record: Record) -> dict[str, Any]:
    """What another system may say of a record."""
    return {name: getattr(record, name) for name in model_of(type(record)).names if name not in ASIDE}


def written(record: Record) -> list[tuple[str, str | None]]:
    """Whose each text of a record is, but for those of its history."""
    return [(it.path, it.author) for it in texts(record) if not it.path.startswith("history")]


@each_kind
@given(data=st.data())
def test_the_record_says_what_the_other_system_says(kind: Kind, data: st.DataObject):
    """Fields and state, in any state; what is not said stays; it verifies; the history grew by an entry."""
    first, second = data.draw(taken(kind)), data.draw(taken(kind))
    names = data.draw(st.sets(st.sampled_from(sorted(fields_of(second)))))
    said = {name: getattr(second, name) for name in names}
    later = first.history[-1].at + timedelta(days=4000)
    try:
        again = first.reimport(state=second.state, at=later, **said, **AGAIN)
    except Rejected as refusal:
        kept = {n: getattr(first, n) for n in model_of(kind).names if n not in {"id", "state", "history"}}
        revised = {**kept, **said, "revision": first.revision + 1}
        wholes = ({**kept, **said}, {**revised, "signatures": ()} if "signatures" in kept else revised)
        assert any(kind.would_new("import", first.id, state=second.state, at=later, **it, **AGAIN) for it in wholes)
        assert {f.code for f in refusal.findings}.isdisjoint({"V010", "V013", "V019"})
        return

    assert {**fields_of(first), **said} == fields_of(again)
    assert again.state == second.state
    assert again.history[: len(first.history)] == first.history
    assert verify(again) == ()
    assert loads(dumps(again)) == again
    assert acted_here(again.history) is None
    assert kind(**{name: getattr(again, name) for name in model_of(kind).names}) == again
    if again is not first:
        (entry,) = again.history[len(first.history) :]
        assert (entry.act, entry.by, entry.source, entry.at) == ("reimport", "hr-1", "another system", later)
        assert {re.split(r"[.\[]", name)[0] for name in entry.was} <= {*entry.sets}
    assert again.reimport(state=second.state, at=later, **said, **AGAIN) is again
    anew = {"state": again.state, "revision": again.revision, "at": later, **fields_of(again), **AGAIN}
    assert written(again) == written(kind.import_(again.id, **anew))


@each_kind
@given(data=st.data())
def test_nothing_is_taken_over_again_once_somebody_acted(kind: Kind, data: st.DataObject):
    """V019, which says since when and by which act, and names nobody; no history holds such an entry."""
    record = data.draw(STRATEGIES[kind]())
    acted = acted_here(record.history)
    found = record.would("reimport", at=record.history[-1].at, **AGAIN)
    if acted is None:
        assert found == ()
        return
    assert codes(found) == ["V019"]
    assert found[0].params == {"day": acted.at.date(), "act": acted.act}

    forged = attrs.evolve(record.history[-1], act="reimport", source="another system")
    wrong = refused(lambda: attrs.evolve(record, history=(*record.history, forged)))
    assert ("V013", f"history[{len(record.history)}]") in [(f.code, f.path) for f in wrong]


def test_what_was_signed_is_signed_no_more_where_it_changes():
    """A new revision without signatures; where nothing changes that was signed, they stand."""
    goal = imported_goal()
    aside = goal.reimport(reality="Two of five", at=at(9), **AGAIN)
    assert (aside.revision, aside.signatures) == (goal.revision, goal.signatures)
    terms = goal.reimport(title="Lead two lines", at=at(9), **AGAIN)
    assert (terms.revision, terms.signatures) == (goal.revision + 1, ())
    assert terms.history[-1].was == {"title": goal.title}
    assert terms.history[-1].sets == ("signatures", "signatures[:0]", "title")
    assert verify(terms) == ()
    assert terms.acts_for(ANNA) == goal.reimport(state="agreed", at=at(9), **AGAIN).acts_for(ANNA)


def test_a_revision_that_jumps_is_no_walk():
    """Taking over again raises it by one, or not at all."""
    goal = imported_goal().reimport(title="Lead two lines", at=at(9), **AGAIN)
    for revision in (goal.revision - 2, goal.revision + 1):
        last = attrs.evolve(goal.history[-1], revision=revision)
        found = refused(lambda last=last, n=revision: attrs.evolve(goal, history=(goal.history[0], last), revision=n))
        assert "V013" in codes(found)


def test_all_that_is_wrong_is_said_at_once():
    """Arguments, fields that are unknown or not for it to say, values, rules and the act before it."""
    goal = imported_goal().drop("Another line", by=ANNA, at=at(5))
    given_ = {"state": "gone", "by": " ", "at": at(1), "source": None, "reason": "", "noted_by": " "}
    wrong = {"colour": 1, "revision": 7, "signatures": (), "history": (), "title": " ", "coach": ANNA}
    found = refused(lambda: goal.reimport(**given_, **wrong))
    places = {(f.code, f.path) for f in found}
    assert {("V001", "by"), ("V009", "at"), ("V002", "reason"), ("V015", "source")} - places <= {("V015", "source")}
    found = refused(lambda: goal.reimport(**{**given_, "by": "hr", "at": at(9)}, **wrong))
    assert {(f.code, f.path) for f in found} == {
        ("V012", "state"), ("V015", "source"), ("V002", "reason"), ("V001", "noted_by"), ("V016", "colour"),
        ("V016", "revision"), ("V016", "signatures"), ("V016", "history"), ("G001", "title"), ("G026", "coach"), ("S001", "signatures[1].by"),
        ("V019", "history"),
    }  # fmt: skip


def test_a_person_is_changed_by_acts_of_their_own():
    """No such act: what another system says of somebody now has a day."""
    anna = Person.import_(ANNA, state="known", name="Anna Ek", at=at(0), **AGAIN)
    assert codes(refused(lambda: anna.reimport(name="Anna Berg", at=at(1), **AGAIN))) == ["V011"]
    assert codes(anna.would("reimport", name="Anna Berg", at=at(1), **AGAIN)) == ["V011"]
    forged = attrs.evolve(anna.history[-1], act="reimport")
    assert codes(refused(lambda: attrs.evolve(anna, history=(*anna.history, forged)))) == ["V013"]
    assert arguments(anna, "reimport", {"name": ""}) == {"name": ""}


def test_it_is_for_the_administration_and_on_no_page():
    """Nobody is offered it, whoever they are; by its name it can be done, and a form is read for it."""
    goal = imported_goal()
    assert all("reimport" not in goal.acts_for(person) for person in (ANNA, OLE, "hr-1"))
    sent = arguments(goal, "reimport", {"target_on": "2027-01-01", "state": "agreed", "by": "x"})
    assert goal.act("reimport", at=at(9), **sent, **AGAIN).target_on.year == 2027
    assert codes(goal.would("reimport", at=at(9))) == ["V014"]
    assert type(goal.act("reimport", at=at(9), **AGAIN)) is Goal
