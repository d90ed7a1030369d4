"""What becomes of a record of which the sources say something now: acts that anybody could do, or it is left alone."""

from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from coaching import Goal, Managed, Person, Placement, Position, Record, Rejected, Span, verify
from coaching.bulk.changes import Changed, Done, filled_by, update
from coaching.bulk.differences import Said, brief_of, plain
from coaching.bulk.making import as_told
from coaching.codec import dumps, loads, unstructure
from coaching.kernel.classes import model_of
from coaching.kernel.history import acted_here
from coaching.kernel.record import Record as Whole
from coaching.records import RECORDS
from coaching.testing.acts import play_of
from coaching.testing.parts import ids, words
from coaching.testing.walks import Stage, imported
from stage import ANNA, at, codes, on, refused
from stage.everything import STRATEGIES, Kind
from stage.goals import imported_goal
from stage.nasty import as_json

TODAY = on(0)
HIRED = date(2024, 8, 1)
HR = {"by": "import", "at": at(0), "on": TODAY, "source": "people", "reason": "people.csv line 2"}
DAYS = {"employments[].to", "leaves", "leaves[].from", "leaves[].to"}
FILLED = {
    "id", "name", "employments", "employments[].from", "positions", "positions[].title", "positions[].unit",
    "positions[].managers", "positions[].managers[].manager",
} | DAYS  # fmt: skip


def anna(**changes: Any) -> Person:
    """Anna as an import brought her in: a consultant since she came, under Ole."""
    held = Position("2024-08-01", "hem", "Consultant", Span(HIRED), unit="Lab", managers=(Managed("p-3", HIRED),))
    whole = {"name": "Anna Ek", "employments": (Span(HIRED),), "positions": (held,), **changes}
    return Person.import_(ANNA, state="known", by="import", at=at(-100), source="people", **whole)


def row(
    title: str | None = "Consultant",
    manager: str | None = "p-3",
    hired: date = HIRED,
    last: date | None = None,
    **more: Any,
) -> dict[str, Any]:
    """What a row of an export becomes: days that it does not say follow from the first day."""
    day, unit = hired.isoformat(), more.pop("unit", "Lab")
    employment = {"from": day} | ({"to": last.isoformat()} if last else {})
    position = {"id": day, "employer": "hem", "title": title, "span": employment}
    position |= {"unit": unit} if unit else {}
    position |= {"managers": [{"manager": manager, "from": day}]} if manager else {}
    given = {
        "type": "person",
        "schema": 1,
        "id": ANNA,
        "state": "known",
        "name": "Anna Ek",
        "employments": [employment],
    }
    return given | {"positions": [position] if title else []} | more


def updated(record: Record, document: dict[str, Any], filled: Any = FILLED, **how: Any) -> Changed:
    """What becomes of a record; and the laws that hold of everything that does."""
    line = dumps(record)
    done: list[tuple[str, dict[str, Any]]] = []

    def act(self: Any, name: str, /, **given: Any) -> Any:
        new = Whole.act(self, name, **given)
        done.append((name, given))
        return new

    with patch.object(Person, "act", act):
        changed = update(line, as_json(document).encode(), **{**HR, "filled": filled, **how})
    new = loads(changed.line)
    assert new.history[: len(record.history)] == record.history
    assert verify(new) == verify(record)
    assert (changed.line is line) == (not changed.acts)
    assert all(found.code in {"B050", "B051"} for found in changed.left)
    again = update(changed.line, as_json(document).encode(), **{**HR, "filled": filled, **how})
    assert (again.line is changed.line, again.acts) == (True, ())
    assert {found.path for found in again.left} <= {found.path for found in changed.left}
    if isinstance(record, Person):
        acts = [entry.act for entry in new.history[len(record.history) :]]
        replayed = record
        for name, given_ in done:
            if [*acts[:1]] == [name] and name in replayed.acts_for("import"):
                replayed = replayed.act(name, **given_)
                acts.pop(0)
        assert acts == []
        assert replayed.history == new.history
    return changed


def of(changed: Changed) -> Any:
    """The record as it is now."""
    return loads(changed.line)


def told(changed: Changed) -> list[str]:
    """What was done, in words."""
    return [act.told(values=True) for act in changed.acts]


def left(changed: Changed) -> list[tuple[str, str]]:
    """What was left alone: its code and place."""
    return [(found.code, found.path) for found in changed.left]


YESTERDAY, TOMORROW = on(-1), on(1)
EXPORTS: dict[str, tuple[Person, dict[str, Any], list[str]]] = {
    "nothing new": (anna(), row(), []),
    "another name": (anna(), row(name="Anna Berg"), ["correct name: 'Anna Ek' becomes 'Anna Berg'"]),
    "a new manager, of today": (
        anna(), row(manager="p-4"), ["change_manager positions[].managers[].manager on 2026-03-02: 'p-3' becomes 'p-4'"],
    ),
    "a promotion, of today": (anna(), row("Lead"), ["take_position positions[].title on 2026-03-02: 'Consultant' becomes 'Lead'"]),
    "another unit": (anna(), row(unit="Field"), ["take_position positions[].unit on 2026-03-02: 'Lab' becomes 'Field'"]),
    "no unit any more": (anna(), row(unit=None), ["take_position positions[].unit on 2026-03-02: 'Lab' becomes nothing"]),
    "a promotion under somebody else": (
        anna(), row("Lead", "p-4"),
        ["take_position positions[].title on 2026-03-02: 'Consultant' becomes 'Lead'",
         "change_manager positions[].managers[].manager on 2026-03-02: 'p-3' becomes 'p-4'"],
    ),
    "a last day": (anna(), row(last=on(-7)), ["leave employments[].to: nothing becomes '2026-02-23'"]),
    "a last day ahead": (anna(), row(last=on(60)), ["leave employments[].to: nothing becomes '2026-05-01'"]),
    "a last day taken away": (
        anna().leave(on(60), by="hr", at=at(-5)), row(), ["stay employments[].to: '2026-05-01' becomes nothing"],
    ),
    "an earlier last day": (
        anna().leave(on(60), by="hr", at=at(-5)), row(last=on(30)),
        ["leave employments[].to: '2026-05-01' becomes '2026-04-01'"],
    ),
    "a later last day": (
        anna().leave(on(60), by="hr", at=at(-5)), row(last=on(90)),
        ["leave employments[].to: '2026-05-01' becomes '2026-05-31'"],
    ),
    "hired again": (
        anna().leave(on(-60), by="hr", at=at(-60)), row("Lead", "p-4", hired=on(-7)),
        ["join employments[].from: nothing becomes '2026-02-23'", "take_position positions[].title on 2026-02-23: nothing becomes 'Lead'"],
    ),
    "on leave": (
        anna(), row(leaves=[{"from": "2026-03-01", "to": "2026-09-01"}]),
        ["go_on_leave leaves[].from: nothing becomes '2026-03-01'"],
    ),
    "a longer leave": (
        anna(leaves=(Span(on(-9), on(9)),)), row(leaves=[{"from": "2026-02-21"}]),
        ["change_leave leaves[].to on 2026-02-21: '2026-03-11' becomes nothing"],
    ),
    "a leave that began earlier": (
        anna(leaves=(Span(on(-9), on(9)),)), row(leaves=[{"from": "2026-02-20", "to": "2026-03-11"}]),
        ["change_leave leaves[].from: '2026-02-21' becomes '2026-02-20'"],
    ),
    "back from leave": (
        anna(leaves=(Span(on(-9)),)), row(), ["come_back leaves[].to on 2026-03-02: nothing becomes '2026-03-01'"],
    ),
    "an outsider who joined": (
        anna(employments=(), positions=()), row(),
        ["join employments[].from: nothing becomes '2024-08-01'",
         "take_position positions[].title on 2024-08-01: nothing becomes 'Consultant'"],
    ),
    "a manager for the first time": (
        anna(positions=(Position("2024-08-01", "hem", "Consultant", Span(HIRED), unit="Lab"),)), row(),
        ["change_manager positions[].managers[].manager on 2024-08-01: nothing becomes 'p-3'"],
    ),
    "a reference kept aside": (
        anna(), row(extra={"Boss": "9"}), ["with_extra extra.Boss: nothing becomes '9'"],
    ),
    "a day until which it is kept": (
        anna(), row(keep_until="2030-01-01"), ["keep keep_until: nothing becomes '2030-01-01'"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", EXPORTS)
def test_what_changed_is_the_act_that_says_so(case: str):
    """And nothing else is done, and nothing left alone."""
    person, document, acts = EXPORTS[case]
    changed = updated(person, document)
    assert (told(changed), left(changed)) == (acts, [])


def test_a_promotion_keeps_what_was_before():
    """The old position ends the day before; what is not said of the new one is as it was."""
    person = of(updated(anna(), row("Lead")))
    before, now = person.positions
    assert (before.title, before.span) == ("Consultant", Span(HIRED, YESTERDAY))
    assert (now.id, now.title, now.unit, now.span) == ("2026-03-02", "Lead", "Lab", Span(TODAY))
    assert now.managers == (Managed("p-3", TODAY),)
    assert person.position_on(YESTERDAY).title == "Consultant"

    later = updated(person, row("Chief", "p-4"), at=at(30), on=on(30))
    assert [it.title for it in of(later).positions] == ["Consultant", "Lead", "Chief"]
    assert of(later).manager_on(on(30)) == "p-4"
    assert updated(of(later), row("Chief", "p-4"), at=at(31), on=on(31)).acts == ()


def test_the_day_that_the_sources_say_counts():
    """Where it is later than what is known."""
    said = row("Lead", "p-4")
    said["positions"][0] |= {
        "id": "x",
        "span": {"from": "2026-01-15"},
        "managers": [{"manager": "p-4", "from": "2026-02-01"}],
    }
    person = of(updated(anna(), said, FILLED | {"positions[].span.from", "positions[].managers[].from"}))
    assert [(it.title, it.span.from_) for it in person.positions] == [
        ("Consultant", HIRED),
        ("Lead", date(2026, 1, 15)),
    ]
    assert person.manager_on(date(2026, 1, 31)) == "p-3"
    assert person.manager_on(date(2026, 2, 1)) == "p-4"


def test_somebody_promoted_has_the_managers_of_the_days_since():
    """Who managed the position before is not of the new one."""
    said = row("Lead")
    said["positions"][0]["managers"].append({"manager": "p-4", "from": "2026-02-01"})
    person = of(updated(anna(), said))
    assert [it.managers for it in person.positions] == [(Managed("p-3", HIRED),), (Managed("p-4", TODAY),)]


def test_what_people_noted_ahead_stays():
    """The sources say how it is today."""
    person = anna().end_position("2024-08-01", on(30), by="hr", at=at(-1))
    lead = Position("po-2", "hem", "Lead", Span(on(31)), managers=(Managed("p-4", on(31)),))
    person = person.take_position(lead, by="hr", at=at(-1))
    assert updated(person, row()) == Changed(dumps(person))
    ahead = anna().change_manager("2024-08-01", "p-4", on(30), by="hr", at=at(-1))
    assert updated(ahead, row()) == Changed(dumps(ahead))


def test_what_was_noted_today_is_corrected_today():
    """It was not so before."""
    once = of(updated(anna(), row("Lead")))
    again = updated(once, row("Leader"))
    assert told(again) == ["correct positions[].title: 'Lead' becomes 'Leader'"]
    assert [it.title for it in of(again).positions] == ["Consultant", "Leader"]


def test_what_the_mapping_does_not_fill_is_not_touched():
    """A last day, a leave, a unit and a manager that people noted."""
    filled = {"name", "employments[].from", "positions[].title"}
    person = anna(leaves=(Span(on(-9)),)).leave(on(60), by="hr", at=at(-1))
    bare = row(unit=None, manager=None)
    assert updated(person, bare, filled) == Changed(dumps(person))
    assert updated(person, {**bare, "positions": [], "employments": []}, filled) == Changed(dumps(person))


SEVERAL = (
    Position("a", "hem", "Smith", Span(HIRED)),
    Position("b", "hem", "Baker", Span(on(-50))),
)
LEFT: dict[str, tuple[Person, dict[str, Any], list[tuple[str, str]]]] = {
    "a manager who is gone": (anna(), row(manager=None), [("B050", "positions[].managers[].manager")]),
    "another first day": (anna(), row(hired=on(-90), title=None), [("B050", "employments[].from")]),
    "a position before the first day": (
        anna(), row(employments=[{"from": "2024-08-01"}], positions=[{"id": "x", "employer": "hem", "title": "Smith",
            "span": {"from": "2024-01-01"}}]) | {"employments": [{"from": "2024-01-01"}]},
        [("B050", "employments[].from"), ("B050", "positions[].span.from")],
    ),
    "a leave ahead that is not said": (anna(leaves=(Span(on(9), on(19)),)), row(), [("B050", "leaves[].from")]),
    "one of several positions": (
        anna(positions=SEVERAL), row("Miller"), [("B050", "positions[].title")],
    ),
    "a position that ended here": (
        anna().end_position("2024-08-01", on(-5), by="hr", at=at(-5)), row(), [("B050", "positions[].span.to")],
    ),
    "a position that ended here before a last day": (
        anna().end_position("2024-08-01", on(-15), by="hr", at=at(-9)).leave(on(-9), by="hr", at=at(-9)),
        row(last=on(-9)), [("B050", "positions[].span.to")],
    ),
    "a new title of somebody who left": (
        anna().leave(on(-9), by="hr", at=at(-9)), row("Lead", last=on(-9)), [("B050", "positions[].title")],
    ),
    "a new manager of somebody who left": (
        anna().leave(on(-9), by="hr", at=at(-9)), row(manager="p-4", last=on(-9)),
        [("B050", "positions[].managers[].manager")],
    ),
    "a last day of an earlier employment": (
        anna(employments=(Span(HIRED, on(-60)), Span(on(-30))), positions=()), row(title=None), [("B050", "employments[].to")],
    ),
    "their own manager": (anna(), row(manager="p-4") | {"id": ANNA, "name": "Anna"} | {"positions": [
        {"id": "2024-08-01", "employer": "hem", "title": "Consultant", "unit": "Lab", "span": {"from": "2024-08-01"},
         "managers": [{"manager": None, "from": "2024-08-01"}]}]}, []),
    "somebody erased": (
        anna(employments=(), positions=()).erase("asked", by="hr", at=at(-3)), row(), [("B050", "state")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", LEFT)
def test_what_no_act_says_is_left_alone_and_told(case: str):
    """With its place, what stands here and what the sources say."""
    person, document, places = LEFT[case]
    changed = updated(person, document)
    assert left(changed) == places
    assert all({"here", "said"} <= set(found.params) for found in changed.left)


def test_a_refused_act_says_why():
    """By its codes; a promotion that cannot be is none, and its end neither."""
    placed = anna().start_placement(Placement("pl-1", "kund", Span(on(-40))), by="hr", at=at(-40))
    said = row("Lead")
    said["positions"][0]["employer"] = "kund"
    changed = updated(placed, said)
    assert left(changed) == [("B050", "positions[].employer"), ("B050", "positions[].title")]
    assert "refused by L001" in changed.left[0].message
    assert of(changed).positions == placed.positions


def test_a_list_of_positions_is_met_one_by_one():
    """By their ids and days, whatever order they stand in."""
    filled = FILLED | {"positions[].id", "positions[].span.from", "positions[].span.to", "positions[].managers[].from"}
    said = row(positions=[
        {"id": "b", "employer": "hem", "title": "Baker", "span": {"from": "2026-01-11", "to": "2026-06-30"}},
        {"id": "a", "employer": "hem", "title": "Smith", "span": {"from": "2024-08-01", "to": "2026-01-10"},
         "managers": [{"manager": "p-3", "from": "2024-08-01"}, {"manager": "p-4", "from": "2025-01-01"}]},
        {"id": "c", "employer": "hem", "title": "Cook", "span": {"from": "2025-01-01", "to": "2025-03-31"}},
    ])  # fmt: skip
    changed = updated(anna(positions=SEVERAL), said, filled)
    assert left(changed) == []
    assert [(it.id, str(it.span)) for it in of(changed).positions] == [
        ("a", "2024-08-01 to 2026-01-10"), ("c", "2025-01-01 to 2025-03-31"), ("b", "2026-01-11 to 2026-06-30"),
    ]  # fmt: skip
    assert [it.manager for it in of(changed).positions[0].managers] == ["p-3", "p-4"]
    longer = row(positions=[{**said["positions"][1], "span": {"from": "2024-08-01", "to": "2026-01-31"}}])
    assert told(updated(of(changed), longer, filled)) == [
        "end_position positions[].span.to: '2026-01-10' becomes '2026-01-31'"
    ]
    other = row(positions=[{**said["positions"][0], "span": {"from": "2026-01-12"}}])
    assert left(updated(of(changed), other, filled)) == [
        ("B050", "positions[].span.to"), ("B050", "positions[].span.from"), ("B050", "positions[].managers[].manager"),
    ][:2]  # fmt: skip


def test_placements_start_go_on_and_end():
    """By their ids, or client and first day; what else differs is told."""
    filled = FILLED | {"placements[].title"}
    new = {"id": "x", "client": "kund", "span": {"from": "2026-01-01"}, "planned_to": "2026-06-30", "title": "Lead"}
    started = updated(anna(), row(placements=[new]), filled)
    assert told(started) == ["start_placement placements[].client on 2026-01-01: nothing becomes 'kund'"]
    changed = updated(
        of(started),
        row(placements=[{**new, "id": "y", "planned_to": "2026-09-30", "span": {"from": "2026-01-01", "to": "2026-02-28"},
                         "end_reason": "Done"}]),
        filled,
    )  # fmt: skip
    assert told(changed) == [
        "extend_placement placements[].planned_to: '2026-06-30' becomes '2026-09-30'",
        "end_placement placements[].span.to: nothing becomes '2026-02-28'",
    ]
    other = row(placements=[{"id": "x", "client": "acme", "span": {"from": "2026-01-02"}}])
    assert left(updated(of(started), other, filled)) == [
        ("B050", "placements[].client"), ("B050", "placements[].title"), ("B050", "placements[].span.from"),
    ]  # fmt: skip


def test_ids_of_other_systems_are_set_one_by_one():
    """What the mapping fills and the sources do not say any more goes; all others stay."""
    person = anna(external_ids={"payroll": "1", "scim": "x", "badge": "7"})
    filled = FILLED | {"external_ids", "external_ids.payroll", "external_ids.scim"}
    changed = updated(person, row(external_ids={"payroll": "2"}), filled)
    assert of(changed).external_ids == {"payroll": "2", "badge": "7"}
    assert changed.acts[0].as_dict(values=True)["new"] == {"payroll": "2", "badge": "7"}
    assert updated(anna(language="sv"), row(), FILLED | {"language"}).acts[0].new is None


# --- laws: people ----------------------------------------------------------------------------------------------------


@st.composite
def told_of(draw: Any, person: Person, today: date) -> dict[str, Any]:
    """What some export says of a person on a day: some of it as it is, some otherwise, days of its own or none."""
    whole = {k: v for k, v in unstructure(person).items() if k in {"type", "schema", "id", "state"}} | {
        "state": "known"
    }
    days = st.integers(-900, 400).map(lambda n: today + timedelta(days=n))
    spans = [it for it in person.employments if draw(st.booleans())] or [Span(draw(days))]
    first = draw(st.sampled_from([spans[-1].from_, spans[-1].from_, draw(days)]))
    last = draw(st.sampled_from([spans[-1].to, None, draw(days)]))
    last = None if last is not None and last < first else last
    employment = {"from": first.isoformat()} | ({"to": last.isoformat()} if last else {})
    held = draw(st.sampled_from(person.positions)) if person.positions else None
    title = draw(words()) if held is None or draw(st.booleans()) else held.title
    manager = draw(ids("m")) if held is None or not held.managers or draw(st.booleans()) else held.managers[-1].manager
    begun = draw(st.sampled_from([first, first, max(first, draw(days))]))
    begun = first if last is not None and begun > last else begun
    position = {
        "id": draw(st.sampled_from([begun.isoformat(), *(it.id for it in person.positions)])),
        "employer": "e-1" if held is None else held.employer, "title": title, "span": {"from": begun.isoformat()},
        "managers": draw(st.sampled_from([[], [{"manager": manager, "from": begun.isoformat()}]])),
    }  # fmt: skip
    leave = {"from": begun.isoformat()}
    return whole | {
        "name": draw(st.sampled_from([person.name or "x", "Anna Berg"])), "employments": [employment],
        "positions": draw(st.sampled_from([[position], []])), "leaves": draw(st.sampled_from([[], [leave]])),
    }  # fmt: skip


@given(data=st.data())
def test_whatever_is_said_of_a_person_is_done_or_told(data: st.DataObject):
    """Idempotent, by acts, on top of the history; the record says it then, or a finding names the field."""
    person = data.draw(STRATEGIES[Person]())
    moment = person.history[-1].at
    today = moment.date()
    document = data.draw(told_of(person, today))
    note(document)
    now = loads_unsealed(document)
    if now is None:
        return
    filled = data.draw(st.sampled_from([FILLED, {"name", "employments", "positions"}, set()]))
    changed = updated(person, document, filled, at=moment, on=today)
    new, fields = of(changed), {found.path for found in changed.left}

    if "state" in fields:
        return
    assert new.name == document["name"] or "name" in fields
    (employment,) = now.employments
    if "employments[].from" not in fields:
        (same,) = [it for it in new.employments if it.from_ == employment.from_]
        assert employment.to in {None, same.to} or "employments[].to" in fields
    for position in now.positions:
        last = new.employment_by(position.span.from_)
        if any(path.startswith("positions") for path in fields):
            continue
        day = min(max(today, position.span.from_), date.max if last is None or last.to is None else last.to)
        held = [it for it in new.positions if it.span.covers(day) and it.title == position.title]
        assert held
        if position.managers:
            asked = max(day, position.managers[-1].from_)
            assert position.managers[-1].manager in [it.manager_on(min(asked, it.span.to or asked)) for it in held]
    for it in person.positions:
        kept = [other for other in (*new.positions, *(p for leaving in new.leavings for p in leaving.positions))
                if other.id == it.id]  # fmt: skip
        assert kept


def loads_unsealed(document: dict[str, Any]) -> Any:
    """The record that a document says; None where it says none."""
    try:
        return as_told(as_json(document).encode(), at(9000))
    except Rejected:
        return None


# --- all other records -----------------------------------------------------------------------------------------------

each_other = pytest.mark.parametrize("kind", [k for k in RECORDS if k is not Person], ids=lambda kind: kind.type)


def as_said(record: Record, names: Any) -> dict[str, Any]:
    """What the sources say of some fields of a record."""
    return {k: v for k, v in unstructure(record).items() if k in {"type", "schema", "id", "state", *names}}


@each_other
@given(data=st.data())
def test_any_other_record_is_taken_over_again_or_left_alone(kind: Kind, data: st.DataObject):
    """What is said then stands, or is named; of what nobody says, nothing changes."""
    here, other = data.draw(STRATEGIES[kind]()), data.draw(STRATEGIES[kind]())
    if data.draw(st.booleans()):
        stage = Stage(data.draw)
        stage.now = here.history[-1].at
        here = imported(stage, play_of(kind), here)
    names = set(model_of(kind).names) - {"id", "state", "history", "extra", "revision", "signatures"}
    filled = data.draw(st.sets(st.sampled_from(sorted(names))))
    needed = {name for name in names if model_of(kind).fields[name].required}
    document = {**as_said(other, filled | needed), "id": here.id}
    moment = max(here.history[-1].at, other.history[-1].at)
    line = dumps(here)
    changed = update(line, as_json(document).encode(), **{**HR, "filled": filled, "at": moment, "on": moment.date()})
    if any(found.code not in {"B050", "B051"} for found in changed.left):
        return  # what is said is no record
    changed = updated(here, document, filled, at=moment, on=moment.date())
    new, fields = of(changed), {found.path for found in changed.left}
    if acted_here(here.history) is not None:
        assert {it.act for it in changed.acts} <= {"keep", "hold"}
        assert "B050" not in codes(changed.left) or all(
            found.params["said"] == "nothing" for found in changed.left if found.code == "B050"
        )
    for name in filled & names:
        assert (
            getattr(new, name) == getattr(other, name)
            or name in fields
            or (name in {"keep_until", "hold_until"} and getattr(other, name) is None)
        )
    assert new.state == document["state"] or "state" in fields
    for name in names - filled - needed:
        assert getattr(new, name) == getattr(here, name)


def test_a_goal_of_an_export_follows_it_until_somebody_acts():
    """Then what differs is told, and what is alike is nothing to tell."""
    goal = imported_goal(signatures=())
    said = {"type": "goal", "schema": 1, "id": "g-1", "state": "achieved", "title": goal.title, "owner": ANNA,
            "result": "It runs", "extra": {"score": 3}}  # fmt: skip
    filled = {"title", "owner", "result", "why", "coach", "state"}
    changed = updated(goal, said, filled, at=at(9))
    assert sorted(told(changed)) == [
        "reimport extra.score: nothing becomes 3", "reimport result: nothing becomes 'It runs'",
        "reimport state: 'agreed' becomes 'achieved'",
    ]  # fmt: skip
    assert left(changed) == [("B050", "coach")]
    entry = of(changed).history[-1]
    assert (entry.act, entry.source, entry.reason) == ("reimport", "people", "people.csv line 2")

    acted = goal.drop("Another line", by=ANNA, at=at(5))
    changed = updated(acted, said, filled, at=at(9))
    assert left(changed) == [("B050", "coach"), ("B051", "result"), ("B051", "state")]
    assert [act.act for act in changed.acts] == ["with_extra"]


def test_what_a_part_does_not_say_stays():
    """Of a measure of which only the target is filled, the unit."""
    goal = imported_goal(signatures=(), measure={"unit": "lines", "start": 0, "target": 5})
    said = {"type": "goal", "schema": 1, "id": "g-1", "state": "agreed", "title": goal.title, "owner": ANNA}
    measured = {**said, "measure": {"unit": "lines", "start": 1, "target": 7}}
    changed = updated(goal, measured, {"measure", "measure.target"}, at=at(9))
    assert (of(changed).measure.unit, of(changed).measure.target) == ("lines", 7)
    assert updated(goal, said, {"measure", "measure.target"}, at=at(9)).acts[0].field == "measure"


def test_a_refused_taking_over_says_why():
    """With the codes; nothing is changed."""
    goal = imported_goal(signatures=())
    said = {"type": "goal", "schema": 1, "id": "g-1", "state": "agreed", "title": "Sail", "owner": goal.coach}
    changed = updated(goal, said, {"title", "owner"}, at=at(9))
    assert sorted(left(changed)) == [("B050", "owner"), ("B050", "title")]
    assert "refused by" in changed.left[0].message
    revised = updated(goal, {**said, "owner": ANNA, "title": goal.title, "revision": 9}, {"title"}, at=at(9))
    assert left(revised) == [("B050", "revision")]


# --- arguments and values --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"by": " "}, ("V001", "by")),
        ({"at": datetime(2026, 3, 2)}, ("V003", "at")),
        ({"on": "today"}, ("V015", "on")),
        ({"source": None}, ("V015", "source")),
        ({"reason": " "}, ("V002", "reason")),
    ],
)
def test_what_cannot_be_asked_is_refused(given: dict[str, Any], place: tuple[str, str]):
    """Before anything is looked at."""
    found = refused(lambda: update(dumps(anna()), b"{}", **{**HR, "filled": FILLED, **given}))
    assert [(it.code, it.path) for it in found] == [place]


def test_it_must_be_the_same_record():
    """Another one is the caller's mistake; a document that is none changes nothing."""
    line = dumps(anna())
    other = as_json({**row(), "id": "p-2"}).encode()
    assert codes(refused(lambda: update(line, other, filled=FILLED, **HR))) == ["V015"]
    changed = update(line, b"{}", filled=FILLED, **HR)
    assert (changed.line is line, changed.acts, codes(changed.left)) == (True, (), ["V014"])
    assert codes(refused(lambda: update(b"{}", other, filled=FILLED, **HR))) == ["V014"]


def test_the_paths_of_a_mapping():
    """Those of lists have `[]`, whatever the mapping's own places are."""
    fields = {
        "name": "Name",
        "positions": ({"title": "Title", "managers": ({"manager": "Boss"},)},),
        "measure": {"unit": "U"},
    }
    assert filled_by(fields) == {
        "name", "positions", "positions[].title", "positions[].managers", "positions[].managers[].manager", "measure",
        "measure.unit",
    }  # fmt: skip
    assert Said({"positions[0].title"})("positions[].title", None)
    assert not Said(set())("name", None)
    assert not Said({"leavesx"}).any_of("leaves")


def test_what_was_done_is_shown_with_and_without_values():
    """A log without values holds nothing of a record."""
    done = Done("correct", "name", "Anna Ek", None)
    assert (done.told(), done.told(values=True)) == ("correct name", "correct name: 'Anna Ek' becomes nothing")
    assert done.as_dict() == {"act": "correct", "field": "name"}
    assert done.as_dict(values=True) == {"act": "correct", "field": "name", "old": "Anna Ek", "new": None, "on": None}
    assert plain((TODAY, Span(TODAY))) == ["2026-03-02", '{"from":"2026-03-02"}']
    assert [brief_of(plain(it)) for it in ((), (1,), (1, 2))] == ["0 items", "1 item", "2 items"]
    assert type(of(updated(imported_goal(), as_said(imported_goal(), {"title", "owner"}), set(), at=at(9)))) is Goal
