"""Law of sight and of erasing: books drawn at random agree with a plain, slow telling of what domain.md says (§5).

The oracle below reads no circle, no index and no list of texts: it asks every record of the book, one by one.
"""

import json
import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from coaching import Book, Person, codec
from coaching.privacy import MARK, access_copy, erase, view, views
from coaching.records.feedback import Feedback
from coaching.records.goals import Goal
from coaching.records.interviews import Interview
from coaching.records.moves import InternalMove
from coaching.records.paths import CareerPath
from coaching.records.relationships import CoachingRelationship
from coaching.testing import books
from stage.people import HR

SLOW = settings(
    max_examples=max(20, settings().max_examples // 4),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a whole book is not made smaller in a minute
    suppress_health_check=[HealthCheck.filter_too_much],
)

# --- the oracle of a view ---------------------------------------------------------------------------------------------


def stood(record: Any, on: date) -> str | None:
    """The state at the end of a day."""
    said = [entry.state for entry in record.history if entry.at.date() <= on]
    return said[-1] if said else (record.state if record.history[0].act == "import" else None)


def was(record: Any, field: str, on: date) -> Any:
    """Who held a role at the end of a day, by the id of now."""
    later = [entry.was[field] for entry in record.history if entry.at.date() > on and field in entry.was]
    return by_now(record).get(later[0], later[0]) if later else getattr(record, field)


def by_now(record: Any) -> dict[Any, Any]:
    """The ids that people got, by those they had: nobody in a drawn book got more than one."""
    return {e.was["person"]: e.was["renamed"] for e in record.history if "renamed" in e.was}


def a_year_before(on: date) -> date:
    """Twelve months before a day."""
    try:
        return on.replace(year=on.year - 1)
    except ValueError:
        return on.replace(year=on.year - 1, day=28)


def coaches(book: Book, coach: str, person: str, on: date) -> bool:
    """The coach of a day."""
    living: dict[type, tuple[str, set[str]]] = {
        CoachingRelationship: ("coachee", {"active", "paused"}),
        Goal: ("owner", {"agreed", "paused"}),
        CareerPath: ("owner", {"shared", "agreed"}),
    }
    for record in book:
        subject, states = living.get(type(record), ("id", set()))
        theirs = getattr(record, subject) == person and stood(record, on) in states
        if theirs and was(record, "coach", on) == coach:
            return True
        if isinstance(record, Interview) and record.coachee == person and was(record, "interviewer", on) == coach:
            held = record.held_day()
            ahead = record.slot.start.date() if record.slot else record.due_on or record.history[-1].at.date()
            day = held if held is not None and held <= on else ahead
            if stood(record, on) not in {None, "cancelled"} and day >= a_year_before(on):
                return True
    return False


def has_left(book: Book, viewer: str, on: date) -> bool:
    """Whoever has left, or is erased, manages and coaches nobody any more."""
    ends = [span.to for p in book.all(Person) if p.id == viewer for span in p.employments]
    begun = [span for p in book.all(Person) if p.id == viewer for span in p.employments if span.from_ <= on]
    erased = any(p.state == "erased" for p in book.all(Person) if p.id == viewer)
    return erased or bool(ends and begun and all(span.to is not None and span.to < on for span in begun))


def coached(book: Book, viewer: str, person: str, on: date) -> bool:
    """The viewer as the coach of the day."""
    return not has_left(book, viewer, on) and coaches(book, viewer, person, on)


def manager(book: Book, person: str | None, on: date) -> str | None:
    """Who manages somebody on a day."""
    return next((p.manager_on(on) for p in book.all(Person) if p.id == person), None)


def above(book: Book, viewer: str, person: str, on: date) -> bool:
    """The line manager, or the manager of the line manager."""
    first = manager(book, person, on)
    return not has_left(book, viewer, on) and viewer in {first, first and manager(book, first, on)} - {None}


def is_below(book: Book, viewer: str, person: str, on: date) -> bool:
    """One of the two below a manager, who may be gone."""
    first = manager(book, viewer, on)
    return person in {first, first and manager(book, first, on)} - {None}


def reads(record: Any, viewer: str, book: Book, on: date) -> bool:
    """Whether somebody reads the words of a record that two share."""
    match record:
        case Goal():
            return viewer in {record.owner, record.coach}
        case Interview():
            return viewer in {record.coachee, record.interviewer}
        case CoachingRelationship():
            return viewer in {record.coachee, record.coach}
        case CareerPath():
            shared = any(e.act == "share" for e in record.history) or record.state in {"shared", "agreed", "superseded"}
            return viewer == record.owner or (viewer == record.coach and shared)
        case InternalMove():
            return viewer in {record.mover, record.releasing_manager, record.receiving_manager, record.client_by}
        case Feedback():
            given_ = record.state in {"given", "acknowledged"}
            wide = record.visibility
            return (
                viewer == record.giver
                or (given_ and viewer == record.receiver)
                or (given_ and wide != "two" and coached(book, viewer, record.receiver, on))
                or (
                    given_
                    and wide == "managers"
                    and manager(book, record.receiver, on) == viewer
                    and not has_left(book, viewer, on)
                )
            )
    raise TypeError(record)


SUBJECT = {"goal": "owner", "interview": "coachee", "relationship": "coachee", "path": "owner", "move": "mover"}
WORDS = {
    "goal": "title", "interview": "slot", "relationship": "agreement", "path": "success", "move": "why",
    "feedback": "impact",
}  # fmt: skip
"""One field of each kind that is in words."""


@SLOW
@given(book=books(people=st.integers(2, 4)), days=st.integers(-40, 500), data=st.data())
def test_a_view_is_what_the_domain_says(book: Book, days: int, data: st.DataObject) -> None:
    """Words to those who take part; state and days to the two managers above as well; needs as far as released."""
    on = date(2026, 3, 2) + timedelta(days=days)
    people = [person.id for person in book.all(Person)]
    for record in book:
        for viewer in (*people, "nobody-here"):
            seen = view(record, viewer, book, on)
            if record.type in WORDS:
                words = reads(record, viewer, book, on)
                assert (WORDS[record.type] not in seen.redacted) is words
                if record.type in SUBJECT:
                    asked = record.type != "move" or record.releasing_manager is not None
                    line = asked and above(book, viewer, getattr(record, SUBJECT[record.type]), on)
                    assert ("state" in seen) is (words or line)
            if isinstance(record, Interview):
                assert [p["by"] for p in seen.get("preparations", ())] == [viewer] * len(
                    [p for p in record.preparations if p.by == viewer]
                )
            if isinstance(record, CareerPath):
                assert [n["id"] for n in seen.get("needs", ())] == [
                    n.id for n in record.needs if sees_need(record, n, viewer, book, on)
                ]
            if isinstance(record, Person):
                near = (
                    viewer == record.id or above(book, viewer, record.id, on) or is_below(book, viewer, record.id, on)
                )
                near = near or coached(book, viewer, record.id, on) or coaches(book, record.id, viewer, on)
                assert ("name" not in seen.redacted) is near


@SLOW
@given(book=books(people=st.integers(2, 4)))
def test_the_desk_is_all_whose_state_one_sees(book: Book) -> None:
    """Found without looking at every record, on the day of the last act."""
    on = max((record.history[-1].at.date() for record in book), default=date(2026, 3, 2))
    for viewer in (*(person.id for person in book.all(Person)), "nobody-here"):
        every = [
            view(record, viewer, book, on) for record in book if record.type not in {"opportunity", "organisation"}
        ]
        found = list(views(viewer, book, on))
        assert sorted(it.record for it in found) == sorted(it.record for it in every if "state" in it)
        assert all(it in every for it in found)


@SLOW
@given(book=books(people=st.integers(2, 4)))
def test_what_is_shown_is_json_and_reads_back_as_the_document_has_it(book: Book) -> None:
    """Every view, and every copy for a person: with the standard library alone, and with each number as it is."""
    on = max((record.history[-1].at.date() for record in book), default=date(2026, 3, 2))
    for person in (person.id for person in book.all(Person) if person.state == "known"):
        for record in book:
            seen, document = view(record, person, book, on), codec.unstructure(record)
            for name, shown in json.loads(json.dumps(seen.as_dict()), parse_float=Decimal).items():
                if name != "history" and f"{name}[*]" not in seen.redacted:
                    assert as_numbers(shown, document[name]) == document[name]
        copy = access_copy(book, person, on)
        assert json.loads(json.dumps(copy)) == copy


def as_numbers(shown: Any, document: Any) -> Any:
    """What is shown, a text as the number where a document has one."""
    if isinstance(document, dict):
        return {name: as_numbers(it, document.get(name)) for name, it in shown.items()}
    if isinstance(document, list):
        return [as_numbers(it, other) for it, other in zip(shown, document, strict=True)]
    return Decimal(shown) if isinstance(document, Decimal) else shown


def sees_need(path: CareerPath, need: Any, viewer: str, book: Book, on: date) -> bool:
    """A need, as far as its owner released it."""
    if viewer == path.owner:
        return True
    if need.release == "owner_only":
        return False
    shared = any(e.act == "share" for e in path.history) or path.state in {"shared", "agreed", "superseded"}
    if shared and (viewer == path.coach or coached(book, viewer, path.owner, on)):
        return True
    for move in book.all(InternalMove):
        if move.mover == path.owner and need.id in move.needs and move.state not in {"declined", "withdrawn"}:
            managers = viewer in {move.releasing_manager, move.receiving_manager}
            if (managers and need.release in {"managers", "client"}) or (
                viewer == move.client_by and need.release == "client"
            ):
                return True
    return False


# --- the oracle of an erasure -----------------------------------------------------------------------------------------


def leaves(value: Any, path: str = "") -> dict[str, Any]:
    """Every text of a plain document, with its place."""
    if isinstance(value, dict):
        return {k: v for name, item in value.items() for k, v in leaves(item, f"{path}.{name}").items()}
    if isinstance(value, (list, tuple)):
        return {k: v for i, item in enumerate(value) for k, v in leaves(item, f"{path}[{i}]").items()}
    return {path: value} if isinstance(value, str) else {}


@SLOW
@given(book=books(people=st.integers(2, 3)), which=st.integers(0, 2))
def test_erasing_takes_what_was_theirs_and_no_more(book: Book, which: int) -> None:
    """By what is stored, text by text: only texts change, to the mark, in the person's record or where they acted.

    What went was set last by the person, or stands in a part or entry that is theirs, or was the name alone; nothing
    that somebody else set is gone.
    """
    left = [p for p in book.all(Person) if p.state == "known" and p.employments and p.employments[-1].to]
    assume(left)
    person = left[which % len(left)]
    last = datetime.combine(person.employments[-1].to + timedelta(days=1), time(12), UTC)
    at = max(last + timedelta(days=1), *(record.history[-1].at for record in book))
    named = [sorted(n.casefold().split()) for n in (person.name, f"{person.given_name} {person.family_name}")]
    after, _ = erase(book, person.id, at.date(), by=HR, at=at)
    for record in book:
        if record.id == person.id and isinstance(record, Person):
            continue
        old, new = leaves(codec.unstructure(record)), leaves(codec.unstructure(after.at(*record.key)))
        new = {path: text for path, text in new.items() if path in old}
        for path, text in old.items():
            if new.get(path) == MARK and text != MARK:
                assert theirs(record, path, person) or sorted(text.casefold().split()) in named, path
            elif not path.startswith(".extra") and not re.search(r"(digest|content|was\.sign(ed|s))$", path):
                assert new.get(path) == text, path


def theirs(record: Any, path: str, person: Person) -> bool:
    """Whether a person wrote what stands in a place, by who acted and by whom parts say that they are."""
    field, place = re.match(r"\.(\w+)(?:\[(\d+)\])?", path).groups()  # it begins so
    if field == "history":
        entry = record.history[int(place)]
        key = re.match(r"\.history\[\d+\]\.was\.(\w+)", path)
        before = record.history[: int(place)]
        if key is None:
            return acted(record, entry, person)
        taken_over = before[0].act == "import" and person.id in roles(record)
        return taken_over or any(key[1] in e.sets and acted(record, e, person) for e in before)
    part = getattr(record, field)[int(place)] if place is not None else None
    said_by = next((who for n in ("speaker", "author", "by") if (who := getattr(part, n, None))), None)
    taken_over = record.history[0].act == "import" and person.id in roles(record)
    set_by = any(field in e.sets and acted(record, e, person) for e in record.history)
    return said_by == person.id or taken_over or set_by


def roles(record: Any) -> set[Any]:
    """Who takes part in a record: whose the words of one that was taken over are."""
    named = ("owner", "coachee", "interviewer", "coach", "giver", "receiver", "requested_by", "mover", "posted_by")
    return {getattr(record, role, None) for role in named}


def acted(record: Any, entry: Any, person: Person) -> bool:
    """Whether an act was somebody's: entries keep the ids of their day."""
    return bool(by_now(record).get(entry.by, entry.by) == person.id)
