"""An act answers for what it does: a fault of the book that was there before, or a record that was removed, stops nobody."""

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from coaching import Book, CareerPath, Goal, Interview, Organisation, Person, Ref
from coaching.book.asking import added
from coaching.kernel.rules import Finding, Severity
from coaching.records import RECORDS
from coaching.records.relationships import CoachingRelationship
from rules.across import HOUSE, house, line_manager
from stage import ANNA, EVA, MONDAY, OLE, PER, at, codes, on
from stage import house as full
from stage import organisations as organisation
from stage import relationships as relationship
from stage.book import someone
from stage.goals import draft_goal
from stage.interviews import held_talk, planned_talk
from stage.paths import COURSE, PILOT, agreed_path, draft_path, shared_path

HR = {"by": "hr-1", "at": at(300)}
HERS = {"by": ANNA, "at": at(300)}


def ring() -> Book:
    """Anna and Ole manage one another; so it came from another system."""
    return Book(
        [someone(ANNA, MONDAY, OLE), someone(OLE, MONDAY, ANNA), someone(EVA, MONDAY, ANNA), someone(PER, MONDAY, EVA)]
    )


def owned(first: str, second: str) -> Book:
    """Verk and its parent belong to one another."""
    pairs = ((organisation.VERK, first), (first, second))
    return Book([evolve(organisation.imported(), id=id, parent=parent) for id, parent in pairs])


def two_coaches() -> Book:
    """Ole and Eva coach Anna as her line managers."""
    return house(line_manager(), relationship.imported(coach=EVA))


def coaching_ring() -> Book:
    """Ole coaches Anna, who coaches him, each as a line manager."""
    pairs = ((OLE, ANNA), (ANNA, OLE))
    made = [relationship.imported(coach=coach, coachee=coachee) for coach, coachee in pairs]
    return house(*(evolve(r, id=f"r-{i}") for i, r in enumerate(made)))


def below_anothers() -> Book:
    """Anna's goal is below a goal of Eva's."""
    goals = [draft_goal(parent="g-2", serves=()), evolve(draft_goal(serves=()), id="g-2", owner=EVA, coach=None)]
    return house(*goals, evolve(goals[1], id="g-3"))


def step_of_anothers() -> Book:
    """A step of Anna's path names a goal of Eva's."""
    path = draft_path(steps=(COURSE, evolve(PILOT, goals=("g-2",))))
    goal = evolve(draft_goal(serves=()), id="g-2", owner=EVA, coach=None)
    return house(path, goal, evolve(goal, id="g-3"))


STOOD: dict[str, tuple[Callable[[], Book], tuple[type, str], str, dict[str, Any]]] = {
    "X002": (lambda: Book([someone(manager="p-9")]), (Person, ANNA), "correct", {"reason": "A slip", "name": "Anna Berg", **HR}),
    "X003": (ring, (Person, ANNA), "correct", {"reason": "A slip", "name": "Anna Berg", **HR}),
    "O002": (lambda: owned("o-7", organisation.VERK), (Organisation, organisation.VERK), "correct", {"name": "V", **HR}),
    "R004": (two_coaches, (CoachingRelationship, "r-1"), "pause", {"reason": "A leave", **HERS}),
    "R004 close": (two_coaches, (CoachingRelationship, "r-1"), "close", HERS),
    "R005": (coaching_ring, (CoachingRelationship, "r-0"), "close", HERS),
    "I025": (
        lambda: house(planned_talk(), evolve(planned_talk(due_on=on(201)), id="i-2")),
        (Interview, "i-1"), "schedule", {"slot": {"start": at(320), "minutes": 60, "place": "Room 4"}, **HERS},
    ),
    "G021": (below_anothers, (Goal, "g-1"), "edit", {"title": "Lead two lines", **HERS}),
    "C001": (
        lambda: house(agreed_path(), evolve(agreed_path(), id="path-2")),
        (CareerPath, "path-1"), "dream", {"id": "d-9", "text": "Sail", **HERS},
    ),
    "C012": (step_of_anothers, (CareerPath, "path-1"), "edit", {"heading": "Home", **HERS}),
}  # fmt: skip
"""For each rule that no book may break: a book in which it is broken, and an act that has nothing to do with it."""

MADE: dict[str, tuple[Callable[[], Book], str, str, dict[str, Any]]] = {
    "X002": (lambda: Book([someone(manager="p-9")]), ANNA, "change_manager",
             {"position": "po-1", "manager": "p-8", "on": on(9), **HR}),
    "X003": (ring, EVA, "change_manager", {"position": "po-1", "manager": PER, "on": on(9), **HR}),
    "R004": (lambda: two_coaches().put(relationship.proposed("r-3", coach=PER, by=PER, kind="line_manager").sign(by=PER, at=at(1))),
             "r-3", "sign", HERS),
    "G021": (below_anothers, "g-1", "edit", {"parent": "g-1", **HERS}),
    "C012": (step_of_anothers, "path-1", "edit",
             {"steps": (COURSE, evolve(PILOT, goals=("g-2", "g-3"))), **HERS}),
}  # fmt: skip


@pytest.mark.parametrize("label", STOOD)
def test_what_was_there_before_stops_nobody(label: str):
    """The act is done, and `check` says of the old fault what it said."""
    make, (kind, id), act, given = STOOD[label]
    book, code = make(), label.split(maxsplit=1)[0]
    assert code in codes(book.check(on(300)))
    assert book.would((kind.type, id), act, **given) == ()
    assert book.act((kind.type, id), act, **given).get(kind, id).history[-1].act == act


@pytest.mark.parametrize("code", MADE)
def test_one_more_of_the_kind_is_refused(code: str):
    """What the act itself does is said, as ever."""
    make, id, act, given = MADE[code]
    assert code in codes(make().would(id, act, **given))


def test_of_two_alike_the_one_that_the_act_adds_is_named():
    """And not the one that stood there."""
    (found,) = MADE["X002"][0]().would(ANNA, "change_manager", **MADE["X002"][3])
    assert (found.path, found.params["id"]) == ("manager", "p-8")
    (found,) = step_of_anothers().would("path-1", "edit", **MADE["C012"][3])
    assert (found.path, found.params["id"]) == ("steps[1].goals[1]", "g-3")


class TestAdded:
    """Which findings are new: wherever they stand, and as often as there are more of them."""

    def test_one_that_moved_is_none(self):
        """A list grew in front of it."""
        assert added([said("steps[0]")], [said("steps[3]")]) == []

    def test_of_several_alike_the_one_at_a_new_place_is_new(self):
        """The others stand where they stood, or moved."""
        assert added([said("steps[1]")], [said("steps[0]"), said("steps[1]")]) == [said("steps[0]")]
        assert added([said("a"), said("b")], [said("b"), said("c"), said("d")]) == [said("d")]

    def test_one_that_says_something_else_is_new(self):
        """Another id, another code, another record."""
        for other in (
            evolve(said(""), params={"id": "g-9"}),
            evolve(said(""), code="X003"),
            evolve(said(""), record=("goal", "g-2")),
        ):
            assert added([said("")], [other]) == [other]


def said(path: str) -> Finding:
    """That there is no goal."""
    return Finding(
        "X002", Severity.ERROR, path, "there is no goal g-1", params={"id": "g-1"}, record=("path", "path-1")
    )


# --- removing --------------------------------------------------------------------------------------------------------


def test_a_removed_record_stops_no_act_on_others():
    """Whatever is taken from a full house: each act that passed before passes, unless it names what was removed."""
    book = full.house(full.goal(), full.talk(), full.feedback(), full.path(), full.moved(), full.opportunity())
    acts: list[tuple[str, str, str, dict[str, Any]]] = [
        ("goal", "g-1", "sign", {"by": ANNA}),
        ("goal", "g-1", "drop", {"by": ANNA, "reason": "It is over"}),
        ("interview", "i-1", "sign", {"by": full.INTERVIEWER}),
        ("path", "path-1", "sign", {"by": ANNA}),
        ("path", "path-1", "dream", {"by": ANNA, "id": "d-9", "text": "Sail"}),
        ("move", "mv-1", "withdraw", {"by": ANNA}),
        ("move", "mv-1", "approve", {"by": full.RELEASING}),
        ("opportunity", "op-1", "withdraw", {"by": "hr-1"}),
        ("person", full.REPORT, "correct", {"by": "hr-1", "reason": "A slip", "name": "R"}),
    ]
    open_now = [it for it in acts if book.would(it[:2], it[2], at=at(300), **it[3]) == ()]
    assert len(open_now) > 6
    for removed in book:
        rest = book.remove(removed)
        for kind, id, act, given in open_now:
            if (kind, id) != removed.key:
                assert (removed.key, act, rest.would((kind, id), act, at=at(300), **given)) == (removed.key, act, ())


def test_a_path_that_is_revised_hands_on_what_it_names():
    """A role model was removed: the new draft names them as the old path did."""
    path = agreed_path().name_role_model("m-9", person=EVA, by=ANNA, at=at(5))
    book = house(path).remove(HOUSE[2])
    given = {"new_id": "path-2", "reason": "I moved house", **HERS}
    assert book.act("path-1", "revise", **given).get(CareerPath, "path-2").role_models[-1].person == EVA
    assert codes(book.would("path-1", "name_role_model", id="m-2", person="p-9", **HERS)) == ["X002"]


def test_a_reference_that_an_act_adds_is_refused_as_before():
    """Only those that stood are let be."""
    book = Book([*HOUSE, held_talk(), draft_goal(serves=())])
    given = {"serves": (Ref("goal", "g-9"),), **HERS}
    assert [(f.code, f.path) for f in book.would("g-1", "edit", **given)] == [("X002", "serves[0]")]
    assert len(RECORDS) == 9
    assert codes(
        Book([*HOUSE, shared_path()]).would("path-1", "edit", steps=(evolve(PILOT, goals=("g-9",)),), **HERS)
    ) == ["X002"]
