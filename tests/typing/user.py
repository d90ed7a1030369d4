"""A file as a user would write it, for the type checkers: it says what every act and question gives back.

Read by `mypy --strict` and `pyright`, never run. What a user must not write stands at the end, with the error that each
checker has to report: where it reports none, the `type: ignore` is one too many, and that is an error as well.
"""

# pyright: reportUnnecessaryTypeIgnoreComment=true

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, assert_type

import polars as pl
from fastapi import FastAPI
from icalendar import Calendar
from pydantic import TypeAdapter

from coaching import (
    Await,
    Book,
    Cadence,
    CareerPath,
    Cause,
    Commitment,
    Disclosure,
    Dream,
    Feedback,
    Finding,
    Goal,
    Interview,
    Investment,
    Location,
    Managed,
    Measure,
    Need,
    Occupation,
    Person,
    Placement,
    Policy,
    Position,
    Record,
    Ref,
    RefKind,
    Rejected,
    Rule,
    Severity,
    Signature,
    Situation,
    Slot,
    Span,
    Stance,
    Standing,
    Step,
    StepKind,
    Turn,
    check,
    kind_named,
    rule,
    rules,
    verify,
)
from coaching.bulk.importing import Outcome, import_records
from coaching.bulk.sources import Cell, Rows, open_rows, text_of
from coaching.cadence import Coverage, Covered, coverage, covered, last_held, next_due
from coaching.codec import dump_book, dumps, load_book, load_records, loads, schema, structure, unstructure
from coaching.forms import ActForm, FormField, act_form, arguments, by_field
from coaching.integrations import outbox
from coaching.integrations.cloudevents import as_json, events
from coaching.integrations.fastapi import RESPONSES, refused
from coaching.integrations.frames import coverage_frame, to_frame
from coaching.integrations.icalendar import invitation, uid
from coaching.integrations.notebooks import Shown, show
from coaching.integrations.problems import problem
from coaching.integrations.scim import Received, error, patched, receive, user
from coaching.integrations.tools import Called, call, tools
from coaching.records.needs import Importance


def a_person(day: date, now: datetime) -> Person:
    """Register, take a position, be placed, be away, leave, come back, be erased."""
    anna = Person.register("p-17", "Anna Ek", day, language="sv", external_ids={"hr": "7"}, by="hr", at=now)
    assert_type(anna, Person)
    at_hem = Position(
        "po-1",
        "hem",
        "Consultant",
        Span(day),
        level=3,
        managers=(Managed("p-3", day),),
        location=Location("Umeå", "SE"),
    )
    at_hem = Position("po-1", "hem", "Consultant", Span(day), occupation=Occupation("ISCO-08", "2141"))
    assert_type(at_hem.span.from_, date)
    assert_type(at_hem.span.to, date | None)
    assert_type(anna.take_position(at_hem, by="hr", at=now), Person)
    assert_type(anna.change_manager("po-1", None, day, by="hr", at=now), Person)
    assert_type(anna.end_position("po-1", day, by="hr", at=now), Person)
    verk = Placement("pl-1", "verk", Span(day, day), planned_to=day)
    assert_type(anna.start_placement(verk, by="hr", at=now), Person)
    assert_type(anna.extend_placement("pl-1", day, by="hr", at=now), Person)
    assert_type(anna.end_placement("pl-1", day, "the line runs", by="hr", at=now), Person)
    assert_type(anna.correct("A slip", name="Anna Ek Li", by="hr", at=now), Person)
    assert_type(anna.go_on_leave(day, by="hr", at=now).come_back(day, by="hr", at=now), Person)
    assert_type(anna.change_leave(day, day, by="hr", at=now).cancel_leave(day, by="hr", at=now), Person)
    assert_type(anna.leave(day, by="hr", at=now).stay("A slip", by="hr", at=now), Person)
    assert_type(anna.leave(day, by="hr", at=now).join(day, by="hr", at=now), Person)
    assert_type(anna.erase("asked for it", by="hr", at=now), Person)
    assert_type(Person.import_("p-1", state="known", name="Per", by="hr", at=now, source="old"), Person)
    assert_type(anna.name, str | None)
    assert_type(anna.employments, tuple[Span, ...])
    assert_type(anna.standing(day), Standing)
    assert_type(anna.positions, tuple[Position, ...])
    assert_type(anna.position_on(day), Position | None)
    assert_type(anna.placement_on(day), Placement | None)
    assert_type(anna.manager_on(day), str | None)
    assert_type(anna.employed_on(day), bool)
    assert_type(anna.on_leave_on(day), bool)
    return anna


def a_goal(day: date, now: datetime) -> Goal:
    """From the first words to the last."""
    measure = Measure("stations", Decimal(0), Decimal(4))
    goal = Goal.begin("g-1", "Lead a pilot line", outcome="It runs", measure=measure, target_on=day, by="p-17", at=now)
    assert_type(goal, Goal)
    assert_type(goal.edit(title="Lead two", importance=8, by="p-17", at=now), Goal)
    assert_type(goal.suggest_option("o-1", "Ask Eva", by="p-3", at=now), Goal)
    assert_type(goal.adopt_option("o-1", by="p-17", at=now).choose_option("o-1", by="p-17", at=now), Goal)
    assert_type(goal.invest("time", "Fridays", amount=4, unit="hour", per="week", by="p-17", at=now), Goal)
    assert_type(goal.promise("c-1", "Ask Eva", day, by="p-17", at=now), Goal)
    assert_type(goal.propose("p-3", by="p-17", at=now).ask_change("Say when", by="p-3", at=now), Goal)
    assert_type(goal.sign(by="p-17", at=now), Goal)
    assert_type(goal.sign("reservation", "In spring", by="p-3", at=now, policy=Policy()), Goal)
    assert_type(goal.note_progress("win", "One station", value=Decimal("1.5"), by="p-17", at=now), Goal)
    assert_type(goal.renegotiate("Two stations fewer", target_on=day, by="p-17", at=now), Goal)
    assert_type(goal.pause("Parental leave", day, by="p-17", at=now).resume(by="p-17", at=now), Goal)
    assert_type(goal.achieve("It runs", value=4, by="p-17", at=now).confirm("Well done", by="p-3", at=now), Goal)
    assert_type(goal.drop("Other plans", by="p-17", at=now), Goal)
    assert_type(goal.move_due("c-1", day, "Eva is away", by="p-17", at=now), Goal)
    assert_type(goal.fulfil("c-1", "She said yes", by="p-17", at=now).see("c-1", by="p-3", at=now), Goal)
    assert_type(goal.release("c-1", "No need", by="p-3", at=now), Goal)
    assert_type(goal.percent(), int | None)
    assert_type(goal.stalled(day), bool)
    assert_type(goal.overdue(day), bool)
    assert_type(goal.coach, str | None)
    assert_type(goal.serves, tuple[Ref, ...])
    assert_type(goal.measure, Measure | None)
    assert_type(goal.commitments, tuple[Commitment, ...])
    assert_type(goal.signatures, tuple[Signature, ...])
    assert_type(goal.revision, int)
    return goal


def an_interview(day: date, now: datetime) -> Interview:
    """Planned, held, signed, taken up again."""
    slot = Slot(now, 90, "Room 4")
    talk = Interview.plan("i-1", "p-17", "p-3", "annual", day, by="p-17", at=now)
    assert_type(talk, Interview)
    assert_type(talk.schedule(slot, by="p-3", at=now).reschedule(slot, "A fair", by="p-3", at=now), Interview)
    assert_type(talk.prepare("Moving house", by="p-17", at=now).start(by="p-3", at=now), Interview)
    assert_type(talk.miss("p-17", "ill", by="p-3", at=now).reassign("p-4", by="p-3", at=now), Interview)
    assert_type(
        talk.say("To lead a plant", "answer", vital="destination", tags=("dream",), by="p-17", at=now), Interview
    )
    assert_type(talk.look_back_at(Ref(RefKind.GOAL, "g-1"), "It runs", by="p-17", at=now), Interview)
    assert_type(talk.adjourn(slot, by="p-3", at=now), Interview)
    nothing = (Disclosure("nothing"),)
    assert_type(
        talk.finish(no_change="All is well", disclosures=nothing, follow_up_on=day, by="p-3", at=now), Interview
    )
    assert_type(talk.amend(no_change="All is very well", by="p-3", at=now).sign(by="p-17", at=now), Interview)
    assert_type(talk.reopen("A word was missing", by="p-3", at=now).cancel("Moved", by="p-3", at=now), Interview)
    assert_type(talk.promise("c-1", "Free your Fridays", day, to="p-17", kind="support", by="p-3", at=now), Interview)
    assert_type(talk.unanswered(), tuple[Turn, ...])
    assert_type(talk.unprepared(), tuple[str, ...])
    assert_type(talk.words_share(), Decimal | None)
    assert_type(talk.held_day(), date | None)
    assert_type(talk.held_on, date | None)
    assert_type(talk.slot, Slot | None)
    return talk


def a_feedback(day: date, now: datetime) -> Feedback:
    """Asked for or not; one act that begins and goes on."""
    asked = Feedback.request("f-1", giver="p-3", about="The pilot line", due=day, by="p-17", at=now)
    assert_type(asked, Feedback)
    assert_type(asked.decline(by="p-3", at=now), Feedback)
    assert_type(asked.write(kind="appreciation", situation=Situation(day), by="p-3", at=now), Feedback)
    begun = Feedback.write("f-2", receiver="p-17", kind="feedforward", suggestion="Ask", by="p-3", at=now)
    assert_type(begun, Feedback)
    assert_type(begun.give(by="p-3", at=now).acknowledge("Thanks", insight="I ask", by="p-17", at=now), Feedback)
    assert_type(begun.share("coach", by="p-3", at=now).withdraw(by="p-3", at=now), Feedback)
    assert_type(begun.given_at, datetime | None)
    assert_type(begun.overdue(day), bool)
    return begun


def a_path(day: date, now: datetime) -> CareerPath:
    """Drafted, shared, agreed, revised."""
    course = Step("s-1", 1, "learning", "Evening course", Span(day))
    path = CareerPath.begin("path-1", success="Work I would do unpaid", by="p-17", at=now)
    assert_type(path, CareerPath)
    assert_type(path.edit(heading="Deeper", steps=(course,), by="p-17", at=now), CareerPath)
    assert_type(path.dream("d-1", "Sail", by="p-17", at=now).withdraw_dream("d-1", by="p-17", at=now), CareerPath)
    assert_type(path.say_need("n-1", "challenge", "New problems", "must", by="p-17", at=now), CareerPath)
    assert_type(path.release_need("n-1", "managers", by="p-17", at=now), CareerPath)
    assert_type(
        path.meet_need("n-1", "The pilot", by="p-17", at=now).withdraw_need("n-1", by="p-17", at=now), CareerPath
    )
    assert_type(path.name_role_model("m-1", name="Ada", by="p-17", at=now), CareerPath)
    assert_type(path.meet_role_model("m-1", "From welding", by="p-17", at=now), CareerPath)
    assert_type(path.share("p-3", by="p-17", at=now).comment("Good", by="p-3", at=now), CareerPath)
    assert_type(path.sign("seen", by="p-3", at=now), CareerPath)
    assert_type(path.start_step("s-1", by="p-17", at=now).reach_step("s-1", "Passed", by="p-17", at=now), CareerPath)
    assert_type(path.skip_step("s-1", "Full", by="p-17", at=now).archive("Old", by="p-17", at=now), CareerPath)
    old, new = path.revise("path-2", "We moved", by="p-17", at=now)
    assert_type((old, new), tuple[CareerPath, CareerPath])
    assert_type(old.supersede(new, by="p-17", at=now), CareerPath)
    assert_type(path.dreams_alive(), tuple[Dream, ...])
    assert_type(path.open_needs(), tuple[Need, ...])
    assert_type(path.step("s-1"), Step)
    return path


def any_record(goal: Goal, day: date, now: datetime) -> None:
    """Acts by name, asking first, and what every record can be asked."""
    assert_type(goal.act("propose", by="p-17", at=now), Goal)
    assert_type(goal.would("propose", by="p-17", at=now), tuple[Finding, ...])
    assert_type(Goal.new("begin", "g-2", title="Lead", by="p-17", at=now), Goal)
    assert_type(Goal.would_new("begin", "g-2", by="p-17", at=now), tuple[Finding, ...])
    assert_type(Goal.import_("g-3", state="agreed", title="Lead", owner="p-17", by="hr", at=now, source="old"), Goal)
    open_acts: tuple[str, ...] = goal.acts_for("p-17", on=day)
    assert_type([goal.act(act, by="p-17", at=now) for act in goal.acts_for("p-17")], list[Goal])
    assert_type(goal.act(goal.act_named(open_acts[0]), by="p-17", at=now), Goal)
    assert_type(goal.awaits(), tuple[Await, ...])
    assert_type(goal.findings(day, policy=Policy(stalled_days=90)), tuple[Finding, ...])
    assert_type(goal.keep(None).with_extra({"desk": 7, "rate": Decimal("1.5"), "gone": None}), Goal)
    assert_type(goal.keep_until, date | None)
    assert_type(goal.extra.get("desk"), str | int | Decimal | bool | None)
    assert_type(goal.history[-1].at, datetime)
    assert_type(goal.history[-1].reason, str | None)
    assert_type(verify(goal), tuple[Finding, ...])
    try:
        goal.propose(by="p-17", at=now)
    except Rejected as refusal:
        assert_type(refusal.findings, tuple[Finding, ...])
        assert_type(refusal.codes, tuple[str, ...])
        assert_type(refusal.findings[0].severity, Severity)
        assert_type(refusal.findings[0].record, tuple[str, str] | None)
        assert_type(refusal.as_dicts(), list[dict[str, object]])


def any_kind(record: Record, kind: type[Record], act: str, book: Book, now: datetime) -> None:
    """A tool for every kind takes the names as they come: a plain `Record` has acts that only a table knows."""
    assert_type(record.act(act, by="p-17", at=now), Record)
    assert_type(record.would(act, by="p-17", at=now), tuple[Finding, ...])
    assert_type(kind.new(act, "g-2", by="p-17", at=now), Record)
    assert_type(book.act(record, act, by="p-17", at=now).act((kind, "g-1"), act), Book)
    assert_type(book.act("g-1", act, by="p-17", at=now).act(("goal", "g-1"), act), Book)
    assert_type(book.new(kind, act, "g-2", by="p-17", at=now), Book)
    assert_type(book.new(kind_named(act), act, "g-2", by="p-17", at=now), Book)
    assert_type(act_form(record, act), ActForm)
    assert_type(act_form(kind, act), ActForm)
    assert_type(arguments(record, act, {}), dict[str, Any])


def words_and_numbers(talk: Interview, goal: Goal, path: CareerPath, day: date, now: datetime) -> None:
    """Plain words and numbers where they run, and the kept value when it is read."""
    assert_type(Ref("goal", "g-1").kind, RefKind)
    assert_type(Ref(RefKind.GOAL, "g-1"), Ref)
    assert_type(Measure("stations", 0, 4).start, Decimal)
    assert_type(Measure("share", 0.1, Decimal("0.5")), Measure)
    assert_type(Investment("time", "Fridays", 4).amount, Decimal | None)
    assert_type(Commitment("c-1", "p-17", "Ask Eva", day, kind="support"), Commitment)
    assert_type(Need("n-1", "challenge", "New problems", day, "must").importance, Importance)
    assert_type(Step("s-1", 1, StepKind.LEARNING, "Evening course", Span(day)).kind, StepKind)
    assert_type(Policy(severities={"K008": "off"}, cadence="calendar").cadence, Cadence)
    assert_type(talk.sign(Stance.SEEN, by="p-17", at=now).sign("seen", by="p-3", at=now), Interview)
    assert_type(goal.achieve("It runs", value=4, score=1, by="p-17", at=now), Goal)
    assert_type(goal.edit(kind="learning", ambition="stretch", by="p-17", at=now), Goal)
    assert_type(path.say_need("n-1", "balance", "Evenings", release="coach", by="p-17", at=now), CareerPath)


def a_book(person: Person, goal: Goal, day: date) -> Book:
    """All of them together."""
    book = Book([person, goal])
    assert_type(book.put(person, goal), Book)
    assert_type(book.remove(goal), Book)
    assert_type(book.get(Goal, "g-1"), Goal | None)
    assert_type(book.get((Goal, "g-1")), Goal | None)
    assert_type(book.get(goal), Goal | None)
    assert_type(book.get("goal", "g-1"), Record | None)
    assert_type(book.get(("goal", "g-1")), Record | None)
    assert_type(book.get("g-1"), Record | None)
    assert_type(book.at(*goal.key), Record | None)
    assert_type(book.act(goal, "sign", by="p-17", at=datetime.now(UTC)).act((Goal, "g-1"), "sign"), Book)
    assert_type(book.remove("g-1", goal, (Goal, "g-1")), Book)
    assert_type(book.all(Person), Iterator[Person])
    assert_type(book.all("person"), Iterator[Record])
    assert_type(book.naming(Interview, "coachee", "p-17"), Iterator[Interview])
    assert_type(list(book), list[Record])
    assert_type(len(book), int)
    assert_type(goal in book, bool)
    assert_type(book.next_due("p-17", on=day, policy=Policy(cadence=Cadence.CALENDAR)), date | None)
    assert_type(book.covered("p-17", day), Covered | None)
    assert_type(book.coverage(day), tuple[Covered, ...])
    assert_type(book.check(day), tuple[Finding, ...])
    assert_type(check(book, day, Policy()), tuple[Finding, ...])
    assert_type(rules(), tuple[Rule, ...])
    assert_type(rules()[0].severity, Severity)
    assert_type(rule("G005"), Rule)
    assert_type(rule("G005").cause, Cause)
    return book


def due_dates(person: Person, talks: list[Interview], day: date) -> None:
    """The same without a book."""
    assert_type(next_due(person.employments[0].from_, last_held(talks, day)), date)
    assert_type(last_held(talks, day), date | None)
    line = covered(person, None, day, policy=Policy(grace_days=10))
    assert_type(line, Covered | None)
    assert line is not None  # somebody from outside has no line
    assert_type(line.status, Coverage)
    assert_type(line.last_held, date | None)
    assert_type(coverage([person], talks, day), Iterator[Covered])


def documents(goal: Goal, book: Book, plain: Mapping[str, Any]) -> None:
    """To JSON, to plain dicts, to lines, and back."""
    assert_type(dumps(goal), bytes)
    assert_type(loads(b"{}"), Record)
    assert_type(loads("{}"), Record)
    assert_type(unstructure(goal), dict[str, Any])
    assert_type(structure(plain), Record)
    read = loads(dumps(goal))
    if isinstance(read, Goal):
        assert_type(read, Goal)
    out = BytesIO()
    assert_type(dump_book(book, out), int)
    assert_type(load_book(out), Book)
    assert_type(load_book(b"{}"), Book)
    assert_type(load_records([b"{}"]), Iterator[Record | Rejected])
    assert_type(arguments(Interview, "schedule", {"slot": {}}), dict[str, Any])
    assert_type(arguments(Interview, "schedule", {"slot.start": ""}, zone="Europe/Stockholm"), dict[str, Any])
    form = act_form(Interview, "plan", by="p-17", on=date(2026, 3, 2))
    assert_type(form, ActForm)
    assert_type(form.fields, tuple[FormField, ...])
    assert_type(by_field((), {"slot.start": ""}, form), dict[str, tuple[Finding, ...]])
    assert_type(load_records("{}"), Iterator[Record | Rejected])
    assert_type(schema(), dict[str, Any])
    assert_type(schema(Goal), dict[str, Any])


def a_service(refusal: Rejected) -> None:
    """What a service is given."""
    app = FastAPI(responses=RESPONSES)
    app.add_exception_handler(Rejected, refused)
    app.add_exception_handler(Rejected, partial(refused, pages="https://example.org/coaching/"))
    assert_type(problem(refusal), dict[str, Any])
    assert_type(TypeAdapter(Goal).validate_python({}), Goal)


def sources(file: Path, plain: list[dict[str, int]], now: datetime) -> None:
    """Rows from whatever there is, and people out of them."""
    assert_type(open_rows(file), Rows)
    with file.open("rb") as stream, file.open() as lines:
        open_rows(stream, header=3, stop="Total")
        open_rows(lines, separator=";")
    open_rows(b"id;name", encoding="cp1252")
    open_rows(plain, path="okrs[]", only={"model": "pms.objective"})
    with open_rows("staff.xlsx", sheet=1) as rows:
        for row in rows:
            assert_type(row.cells, list[Cell])
            assert_type(row.wrong, Finding | None)
            assert_type(rows.named(row), dict[str, Cell])
            assert_type(text_of(row.cells[0]), str)
    outcome = import_records([file, b"id;name"], "preset:due", by="hr", at=now, into=Book(), progress=print)
    assert_type(outcome, Outcome)
    assert_type(outcome.book, Book | None)
    assert_type(outcome.report.skipped, dict[str, int])


def other_tools(goal: Goal, talk: Interview, book: Book, day: date) -> None:
    """What other tools are given."""
    assert_type(invitation(talk, {"p-17": "anna@bruk.example"}), Calendar)
    assert_type(uid(talk), str)
    assert_type(events(None, goal, source="/coaching"), tuple[dict[str, Any], ...])
    assert_type(events(book, book, source="/coaching", data="record"), tuple[dict[str, Any], ...])
    assert_type(as_json({}), bytes)
    outbox.put(sqlite3.connect(":memory:"), events(book, book, source="/coaching"))
    assert_type(outbox.send(sqlite3.connect(":memory:"), print), int)
    assert_type(to_frame(book, Goal), pl.DataFrame)
    assert_type(coverage_frame(book, day), pl.DataFrame)
    assert_type(coverage_frame(book, day, into="pandas"), Any)
    assert_type(show(book.coverage(day)), Shown)
    assert_type(show(goal, words=True).html, str)


def directories_and_assistants(anna: Person, book: Book, now: datetime, refusal: Rejected) -> None:
    """What directories and assistants are given, and what they send."""
    written = user(anna, now.date(), book=book)
    assert_type(written, dict[str, Any])
    assert_type(patched(written, {"Operations": []}), dict[str, Any])
    received = receive(book, written, id=anna.id, by="hr", at=now, on=now.date())
    assert_type(received, Received)
    assert_type(received.person, Person)
    assert_type(error(refusal), dict[str, Any])
    assert_type(tools(book, for_="p-17", on=now.date()), list[dict[str, Any]])
    called = call(book, "goal_propose", None, by="p-17", at=now, noted_by="assistant", id="new")
    assert_type(called, Called)
    assert_type(called.book, Book)


def mistakes(goal: Goal, book: Book, day: date, now: datetime) -> None:
    """What the checkers must refuse."""
    goal.propose(by="p-17")  # type: ignore[call-arg]
    goal.edit(titel="Lead", by="p-17", at=now)  # type: ignore[call-arg]
    goal.invest("time", "Fridays", amount="4", by="p-17", at=now)  # type: ignore[arg-type]
    goal.title = "Lead"  # type: ignore[misc]
    book.next_due(7, date.max)  # type: ignore[arg-type]
    book.put("goal")  # type: ignore[arg-type]
    next_due(day)  # type: ignore[call-arg]
    dumps("goal")  # type: ignore[arg-type]
    schema("goal")  # type: ignore[arg-type]
    open_rows(7)  # type: ignore[arg-type]
    events(goal, book, source="/coaching", data="words")  # type: ignore[arg-type]
    to_frame(book, Goal, into="arrow")  # type: ignore[call-overload]


def misspelt(goal: Goal, talk: Interview, path: CareerPath, book: Book, act: str, day: date, now: datetime) -> None:
    """Words that are none: each is refused before the program runs, and completed by an editor."""
    goal.act("proppose", by="p-17", at=now)  # type: ignore[arg-type]
    goal.act("begin", by="p-17", at=now)  # type: ignore[arg-type]
    goal.act("schedule", by="p-17", at=now)  # type: ignore[arg-type]
    goal.act(act, by="p-17", at=now)  # type: ignore[arg-type]
    goal.would("sgin", by="p-17", at=now)  # type: ignore[arg-type]
    talk.act("schedul", by="p-17", at=now)  # type: ignore[arg-type]
    Goal.new("beginn", "g-2", title="Lead", by="p-17", at=now)  # type: ignore[arg-type]
    Goal.would_new("propose", "g-2", by="p-17", at=now)  # type: ignore[arg-type]
    book.act(goal, "proppose", by="p-17", at=now)  # type: ignore[misc]
    book.act((Goal, "g-1"), "sgin", by="p-17", at=now)  # type: ignore[misc]
    book.would(talk, "schedul", by="p-17", at=now)  # type: ignore[misc]
    book.new("gaol", "begin", "g-2", by="p-17", at=now)  # type: ignore[arg-type]
    book.new(Goal, "beginn", "g-2", by="p-17", at=now)  # type: ignore[misc]
    book.would_new(Goal, "beginn", "g-2", by="p-17", at=now)  # type: ignore[misc]
    act_form(goal, "proppose")  # type: ignore[misc]
    act_form(Goal, "beginn")  # type: ignore[misc]
    act_form(Goal, "propose")  # type: ignore[misc]
    act_form(goal, "begin")  # type: ignore[misc]
    arguments(Goal, "beginn", {})  # type: ignore[misc]
    Interview.plan("i-1", "p-17", "p-3", "anual", day, by="p-17", at=now)  # type: ignore[arg-type]
    talk.sign("agree", by="p-17", at=now)  # type: ignore[arg-type]
    talk.say("To lead a plant", "anser", by="p-17", at=now)  # type: ignore[arg-type]
    talk.say("To lead", "answer", vital="destiny", by="p-17", at=now)  # type: ignore[arg-type]
    talk.promise("c-1", "Ask", day, kind="suport", by="p-3", at=now)  # type: ignore[arg-type]
    goal.edit(kind="lerning", by="p-17", at=now)  # type: ignore[arg-type]
    goal.note_progress("winn", "One", by="p-17", at=now)  # type: ignore[arg-type]
    path.say_need("n-1", "chalenge", "New", "should", by="p-17", at=now)  # type: ignore[arg-type]
    Ref("gaol", "g-1")  # type: ignore[arg-type]
    Measure("stations", "0", 4)  # type: ignore[arg-type]
    Policy(severities={"K008": "of"})  # type: ignore[dict-item]
    Policy(cadence="yearly")  # type: ignore[arg-type]
