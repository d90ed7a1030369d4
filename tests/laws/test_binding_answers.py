"""What systems of others answer besides what they hold: who sees what, and what is overdue."""

from datetime import date, datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import settings

from coaching import Book, codec
from coaching.logs.comparing import MISSING, Difference
from coaching.privacy import view
from coaching.testing import Found, Unbound, explore
from coaching.testing.binding.feedback import FEEDBACK
from coaching.testing.binding.interviews import INTERVIEWS
from coaching.testing.binding.model import Judged, replay
from coaching.testing.binding.playing import play
from coaching.testing.binding.scenes import PLAIN
from coaching.testing.binding.sights import HIDDEN, Leak, Unshown, unlike
from coaching.testing.binding.steps import Step
from laws.test_binding import Library
from systems.bound import BoundHouse, BoundTalks
from systems.talks import IN_A_HOUSE, Refused

STRICT = settings(max_examples=200, derandomize=True, database=None, deadline=None)


def way(name: str, *more: Step) -> tuple[Judged, ...]:
    """The way to a situation, and on."""
    return replay([*INTERVIEWS.situations(PLAIN, "i-1")[name], *more])


def said(system: BoundTalks, *steps: Judged) -> Found:
    """What is found by steps."""
    with pytest.raises(Found) as caught:
        play(steps, system)
    return caught.value


# --- right systems ---------------------------------------------------------------------------------------------------


class Documents(Library):
    """The library again: it shows what its own views show, as documents."""

    def read(self, record_id: str) -> dict[str, Any]:
        """Give everything."""
        return self._shown(codec.unstructure(self.held[record_id]))

    def view(self, record_id: str, viewer: str, at: datetime) -> Any:
        """Give what a view gives."""
        book = Book([*self.people, *self.held.values()])
        return self._shown(view(self.held[record_id], viewer, book, at.date()).as_dict())

    def due(self, on: date) -> dict[str, list[tuple[str, ...]]]:
        """Give what the book says."""
        found: dict[str, list[tuple[str, ...]]] = {"commitments": [], "interviews": [], "feedback": []}
        for matter in Book(self.held.values()).overdue(on):
            if matter.about:
                found["commitments"].append((matter.person, matter.id, matter.about))
            else:
                found["feedback" if matter.kind == "feedback" else "interviews"].append((matter.person, matter.id))
        return found

    @staticmethod
    def _shown(document: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in document.items() if name != "schema"}


class DocumentsOfAHouse(Documents):
    """The same, where managers are known."""

    people = BoundHouse.people


@pytest.mark.parametrize("binding", [Documents, DocumentsOfAHouse, BoundHouse])
def test_a_right_system_passes(binding):
    """Of every kind, and where managers come and go."""
    explore(binding, settings=settings(STRICT, max_examples=2))


def test_what_one_took_part_in_need_not_be_shown():
    """Whoever handed a talk over wrote notes; a house may show them, or nothing."""
    handed = way("prepared by both (check_in)")
    last = evolve(handed[-1].step, act="reassign", given={"new_interviewer": "p-4", "reason": "ill"})
    shown: list[Any] = []

    class Shows(BoundTalks):
        def view(self, record_id: str, viewer: str, at: datetime) -> dict[str, Any]:
            talk = self.system.talks[record_id]
            if viewer != "p-3" or talk["interviewer"] == "p-3":
                return super().view(record_id, viewer, at)
            shown.append(viewer)
            return {"preparations": [p for p in talk["preparations"] if p["by"] == viewer]}

    for system in (BoundTalks(), Shows()):
        play(way("prepared by both (check_in)", last), system)
    assert shown


# --- bugs ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bug", ["outsider_sees", "cancelled_overdue"])
def test_bugs_of_answers_are_found_by_chance(bug):
    """The others: `benchmarks/planted_bugs.py`."""
    with pytest.raises(Found) as caught:
        explore(lambda: BoundTalks(bug), settings=STRICT)
    assert len(caught.value.played) <= 4


@pytest.mark.parametrize("bug", [*IN_A_HOUSE][::4])
def test_bugs_of_a_house_are_found_by_chance(bug):
    """On the days on which something begins or ends."""
    with pytest.raises(Found):
        explore(lambda: BoundHouse(bug), settings=STRICT)


def test_a_leak_is_said_in_words():
    """What is shown, to whom, and whom it is for."""
    found = said(BoundTalks("notes_on_the_page"), *way("prepared by both (check_in)"))
    assert found.what == (
        "after prepare by p-17, what p-3 sees: preparations[0].notes should not be seen; D003 says a view shows only "
        "what its viewer may see, and of every field it is decided who may; here: it is for whoever wrote it"
    )
    assert str(found.sides[0]) == "preparations[0].notes: should not be seen, shown 'Lead a pilot line'"


def test_what_is_not_shown_is_said_in_words():
    """And whom it is for."""
    found = said(BoundTalks("own_notes_hidden"), *way("prepared by both (check_in)"))
    assert "what p-3 sees: preparations should be seen; here: it is for whoever wrote it" in found.what
    assert str(found.sides[0]).startswith("preparations: should be seen, is not shown: [{by: 'p-3'")


def test_what_stood_by_is_looked_at_too():
    """Its page may show another record."""
    steps = INTERVIEWS.situations(PLAIN, "i-1")["planned (check_in)"]
    found = said(
        BoundTalks("other_talk_shown"),
        *replay(steps),
        *replay([evolve(steps[0], record_id="i-2", given={**steps[0].given, "interviewer": "p-4"})]),
    )
    assert found.what == "i-1: at last, what p-17 sees: interviewer is not what is held"


def test_a_day_has_its_words():
    """Of managers who come and go, and of talks that are due."""
    planned = way("planned (check_in)")
    assert "what p-8 sees on 2026-03-10: state should not" in said(BoundHouse("former_manager_sees"), *planned).what
    found = said(BoundHouse("due_a_day_late"), *planned)
    assert found.what == "after plan by p-17, people overdue on 2026-05-01"
    assert str(found.sides[0]) == "p-17 is missing"


def test_a_promise_has_its_words():
    """Who, in which record, which one."""
    found = said(BoundTalks("overdue_on_the_day"), *way("promises of both (check_in)"))
    assert found.what == "after promise by p-17, commitments overdue on 2026-05-01"
    assert str(found.sides[0]) == "promise c-1 of p-17 in i-1 is too many"


def test_feedback_is_overdue_too():
    """By its own day."""
    asked = replay(FEEDBACK.situations(PLAIN, "f-1")["requested"])

    class Never(Documents):
        def due(self, on: date) -> dict[str, list[tuple[str, ...]]]:
            return {"feedback": []}

    play(asked, Documents())
    with pytest.raises(Found, match="after request by p-17, feedback overdue on 2026-05-02"):
        play(asked, Never())


# --- bindings --------------------------------------------------------------------------------------------------------


def test_nothing_is_said_in_many_ways():
    """By None, by an empty dict, by a refusal, by fields that say nothing."""

    class Quiet(BoundTalks):
        def view(self, record_id: str, viewer: str, at: datetime) -> Any:
            shown = super().view(record_id, viewer, at)
            if shown:
                return shown
            self.n = getattr(self, "n", 0) + 1
            if self.n % 3 == 0:
                raise Refused("not yours")
            return None if self.n % 3 == 1 else {"turns": [], "slot": None, "kind": "", "history": [{}]}

    play(way("held (annual)"), Quiet())


def test_a_view_may_give_objects():
    """Records, and parts of them."""

    class Objects(Documents):
        def view(self, record_id: str, viewer: str, at: datetime) -> Any:
            talk = self.held[record_id]
            return talk if viewer == "p-99" else {"slot": talk.slot, "history": [*talk.history]}

    with pytest.raises(Found, match=r"what p-17 sees: history\[0\].content should not be seen"):
        play(way("scheduled (check_in)"), Objects())

    class ToStrangers(Documents):
        def view(self, record_id: str, viewer: str, at: datetime) -> Any:
            talk = self.held[record_id]
            return {"slot": talk.slot} if viewer == "p-99" else super().view(record_id, viewer, at)

    with pytest.raises(Found, match=r"what p-99 sees: slot.start should not be seen"):
        play(way("scheduled (check_in)"), ToStrangers())

    class Whole(Documents):
        def view(self, record_id: str, viewer: str, at: datetime) -> Any:
            return self.held[record_id]

    with pytest.raises(Found, match="what p-17 sees: "):
        play(way("planned (check_in)"), Whole())


@pytest.mark.parametrize(
    ("method", "given", "said"),
    [
        ("view", 3, r"view\('i-1', ...\) gives a int"),
        ("due", [], "gives a dict of what is overdue; it may name commitments, goals, interviews, feedback, people"),
        ("due", {"moves": []}, "it may name commitments"),
    ],
)
def test_a_binding_that_is_wrong_is_told_so(method, given, said):
    """By what it should give."""
    wrong = type("Wrong", (BoundTalks,), {method: lambda *_: given})
    with pytest.raises(Unbound, match=said):
        play(way("planned (check_in)"), wrong())


def test_a_view_that_fails_is_found():
    """An error is no refusal."""

    class Broken(BoundTalks):
        def view(self, record_id: str, viewer: str, at: datetime) -> dict[str, Any]:
            raise OSError("gone")

    assert "view failed, OSError: gone" in said(Broken(), *way("planned (check_in)")).what


# --- comparing -------------------------------------------------------------------------------------------------------


def told(seen: Any, shown: Any, *, kept: Any = None) -> list[Difference]:
    """Compare one field."""
    whole = {"state": "held", "notes": ["a", "b"], "who": {"name": "Anna", "age": 3}}
    may = {"state": "held", **seen}
    return unlike(may, whole, whole if kept is None else kept, {"state": "held", **shown}, lambda _, e, h: e == h)


@pytest.mark.parametrize(
    ("seen", "shown", "expected"),
    [
        ({}, {"notes": ["a"]}, [Leak("notes[0]", None, "a")]),
        ({}, {"who": {"age": 3}}, [Leak("who.age", None, 3)]),
        ({}, {"rating": 5}, [Difference("rating", MISSING, 5)]),
        ({"who": {"name": "Anna"}}, {"who": {"name": "Anna", "age": 3}}, [Leak("who.age", None, 3)]),
        ({"who": {"name": "Anna"}}, {"who": {"name": "Eva"}}, [Difference("who.name", "Anna", "Eva")]),
        ({"who": {"name": "Anna"}}, {"who": "Anna"}, [Difference("who", {"name": "Anna"}, "Anna")]),
        ({"notes": ["a", "b"]}, {"notes": ["a", "b"]}, []),
        ({"notes": ["a", "b"]}, {"notes": ("a", "b", "c")}, [Difference("notes[2]", None, "c")]),
        ({"notes": ["a", "b"]}, {"notes": ["a"]}, [Unshown("notes[1]", "b", None)]),
        ({"notes": ["a", "b"]}, {}, [Unshown("notes", ["a", "b"], None)]),
        ({"notes": [HIDDEN, "b"]}, {"notes": ["b"]}, []),
        ({"notes": [HIDDEN, "b"]}, {"notes": ["b", "a"]}, [Leak("notes[0]", None, "a")]),
        (
            {"notes": [HIDDEN, "b"]},
            {"notes": ["c"]},
            [Difference("notes[0]", None, "c"), Unshown("notes[1]", "b", None)],
        ),
        ({"notes": [HIDDEN, HIDDEN]}, {}, []),
    ],
)
def test_what_is_shown_is_compared_with_what_may_be_seen(seen, shown, expected):
    """Leaks, what is missing, what is otherwise."""
    assert told(seen, shown) == expected


def test_what_is_not_kept_need_not_be_shown():
    """Nor what whoever has no part wrote."""
    assert told({"notes": ["a"], "who": {"name": "Anna"}}, {"who": {"name": "Anna"}}, kept={"state": "held"}) == []
    assert unlike({"notes": ["a"]}, {"notes": ["a"]}, {"notes": ["a"]}, {}, lambda _, e, h: e == h) == []


# --- how it is told --------------------------------------------------------------------------------------------------


class Backwards(BoundTalks):
    """Keeps no order of what was prepared, and writes a name with an underscore in one of two places."""

    unordered = ("preparations",)

    def read(self, record_id: str) -> dict[str, Any]:
        """Give the last one first."""
        held = super().read(record_id)
        return {**held, "preparations": held["preparations"][::-1]}

    def view(self, record_id: str, viewer: str, at: datetime) -> Any:
        """Give a part under the other name."""
        shown = super().view(record_id, viewer, at)
        return shown and {f"{name}_" if name == "slot" else name: value for name, value in shown.items()}


def prepared() -> tuple[Judged, ...]:
    """Both have noted something."""
    steps = INTERVIEWS.situations(PLAIN, "i-1")["scheduled (check_in)"]
    last = steps[-1].at
    notes = [Step("prepare", "i-1", by, last, {"notes": by}) for by in ("p-17", "p-3")]
    return replay([*steps, *notes])


def test_what_has_no_order_is_compared_in_any():
    """And what is otherwise in it is found."""
    play(prepared(), Backwards())
    ordered = type("Ordered", (Backwards,), {"unordered": ()})
    assert said(ordered(), *prepared()).sides[0].path == "preparations[0].by"


def test_of_what_is_missing_no_more_is_told_than_is_kept():
    """No hashes, where nobody keeps any."""

    class KeepsOne(BoundTalks):
        def read(self, record_id: str) -> dict[str, Any]:
            held = super().read(record_id)
            return {"signatures": [{"by": it["by"]} for it in held["signatures"]][:1]}

    found = said(KeepsOne(), *way("signed (check_in)"))
    assert str(found.sides[0]) in {f"signatures[1]: expected {{by: '{by}'}}, held None" for by in ("p-17", "p-3")}


def test_of_several_records_the_one_is_named():
    """By its id."""
    other = [evolve(it.step, record_id="i-2") for it in way("planned (check_in)")]
    found = said(
        BoundTalks("overdue_on_the_day"), *replay([*other, *(it.step for it in way("promises of both (check_in)"))])
    )
    assert found.what.startswith("after promise of i-1 by p-17, commitments overdue on")
