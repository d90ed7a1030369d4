"""Laws of hostile input: what a careless or hostile caller gives is taken by its value or refused; never another error."""

import decimal
import inspect
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import attrs
import pytest

from coaching import (
    Book,
    Commitment,
    Feedback,
    Goal,
    Interview,
    Location,
    Measure,
    Organisation,
    Person,
    Policy,
    Ref,
    Rejected,
    Span,
    cadence,
    check,
    codec,
    match,
    privacy,
    rules,
    verify,
)
from coaching.codec import dumps, loads
from coaching.forms import arguments
from stage import ANNA, OLE, at, codes, nasty, on, refused
from stage.book import someone
from stage.everything import drawn, each_kind
from stage.goals import agreed_goal, draft_goal, measured_goal
from stage.interviews import signed_talk
from stage.nasty import VALUES, Amount, FrozenDay, FrozenMoment, Loud, NoMoment, Tagged, Text
from stage.opportunities import new_line

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def run(program: str) -> str:
    """What a program prints, run in a process of its own."""
    env = {"PYTHONPATH": ":".join(filter(None, sys.path)), "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0, (done.returncode, done.stderr[-2000:])
    return done.stdout


# --- deep documents, on a small stack --------------------------------------------------------------------------------

SMALL = """
import threading
from coaching import Rejected
from coaching.codec import load_book, load_records, loads, structure
from stage.goals import draft_goal
from coaching.codec import dumps

def read():
    document = {document}
    for read in {reads}:
        try:
            said.append(read(document) == draft_goal())
        except Rejected as refusal:
            said.append(refusal.codes)

said = []
threading.stack_size(128 * 1024)
thread = threading.Thread(target=read)
thread.start()
thread.join()
print(*said, sep="\\n")
"""
DEEP = {
    "lists": 'b"[" * 10_000_000',
    "objects": """b'{"a":' * 10**6""",
    "both": """b'[{"a":' * 10**6""",
    "as text": '"[" * 10_000_000',
    "closed": 'b"[" * 10**6 + b"]" * 10**6',
    "behind texts": """b'{"a":"]]]]}}}}","b":' * 10**5""",
    "behind brackets": "b'[]' * 10**5 + b'[' * 10**6",
    "extra": """dumps(draft_goal()).replace(b'"schema":1', b'"schema":1,"extra":{"a":' + b'[' * 10**6 + b']' * 10**6 + b'}')""",
    "a field": """dumps(draft_goal()).replace(b'"schema":1', b'"schema":1,"options":' + b'[{"text":' * 10**5)""",
    "just below": """dumps(draft_goal()).replace(b'"schema":1', b'"schema":1,"extra":{"a":' + b'[' * 140 + b']' * 140 + b'}')""",
    "just below, in a list": """dumps(draft_goal()).replace(b'"schema":1', b'"schema":1,"options":' + b'[' * 140 + b']' * 140)""",
    "just below, unknown": """dumps(draft_goal()).replace(b'"schema":1', b'"schema":1,"colour":' + b'{"a":' * 140 + b'1' + b'}' * 140)""",
}


@pytest.mark.parametrize("deep", DEEP)
def test_a_deep_document_is_refused_on_a_small_stack(deep: str):
    """A thread with 128 KiB of stack, as servers have them: nothing goes down there before the depth is known."""
    alone, in_a_book = run(SMALL.format(document=DEEP[deep], reads="(loads, load_book)")).splitlines()
    for said in (alone, in_a_book):
        assert said.startswith("('V0")
        assert "V018" in said or deep.startswith("just below")


def test_a_good_document_is_read_on_a_small_stack():
    """Else nothing could be read there at all."""
    assert run(SMALL.format(document="dumps(draft_goal())", reads="(loads,)")).split() == ["True"]


# --- by value, or not at all -----------------------------------------------------------------------------------------


def begun(**given: Any) -> Goal:
    """A goal begun with the values given."""
    return Goal.begin(**{"id": "g-1", "title": "Lead", "by": ANNA, "at": NOON, **given})


@pytest.mark.parametrize(
    ("name", "odd", "plain"),
    [
        ("at", FrozenMoment(2026, 3, 2, 12, tzinfo=UTC), NOON),
        ("target_on", FrozenDay(2026, 9, 30), date(2026, 9, 30)),
        ("title", Text("Lead"), "Lead"),
        ("title", Loud("Lead"), "Lead"),
        ("title", Tagged.RED, "draft"),
        ("by", Text(ANNA), ANNA),
        ("id", Loud("g-1"), "g-1"),
        ("kind", Text("learning"), "learning"),
        ("kind", Loud("learning"), "learning"),
    ],
)
def test_a_value_of_a_class_of_its_own_is_taken_by_its_value(name: str, odd: Any, plain: Any):
    """A clock that stands still, a safe string, an enumeration of texts: what is kept is plain, and sealed as such."""
    goal = begun(**{name: odd})
    assert goal == begun(**{name: plain})
    assert goal.history == begun(**{name: plain}).history
    assert dumps(goal) == dumps(begun(**{name: plain}))
    for kept in (goal.id, goal.title, goal.owner, goal.history[0].by):
        assert type(kept) is str
    assert type(goal.history[0].at) is datetime
    assert goal.target_on is None or type(goal.target_on) is date
    assert verify(loads(dumps(goal))) == ()


def test_an_amount_of_a_class_of_its_own_is_taken_by_its_value():
    """As it is worth, and not as it shows itself."""
    measure = Measure("stations", start=Amount("0.50"), target=Amount("4"))
    assert measure == Measure("stations", start=Decimal("0.50"), target=Decimal(4))
    assert {type(measure.start), type(measure.target)} == {Decimal}
    assert begun(measure=measure).with_extra({"a": Amount("0.50")}).extra == {"a": Decimal("0.50")}
    assert type(begun().with_extra({"a": Amount("0.50")}).extra["a"]) is Decimal


@pytest.mark.parametrize("odd", [NoMoment(2026, 3, 2), NoMoment(2026, 3, 2, tzinfo=UTC)])
def test_a_missing_moment_of_a_data_frame_is_refused(odd: Any):
    """It says that it is a moment, and has no year; nor is it a day."""
    assert [(f.code, f.path) for f in refused(lambda: begun(at=odd))] == [("V015", "at")]
    assert [(f.code, f.path) for f in refused(lambda: begun(target_on=odd))] == [("V015", "target_on")]
    assert codes(refused(lambda: begun().findings(odd))) == ["V015"]
    assert codes(refused(lambda: Span(odd))) == ["V015"]


STOPPED = """
import copy, copyreg, datetime as dates, json, pickle, sys
real = (dates.datetime, dates.date)
sys.path.append({stage!r})  # where `nasty` imports nothing of this package
from nasty import FrozenDay, FrozenMoment
fake = (FrozenMoment, FrozenDay)
{before}
dates.datetime, dates.date = fake  # as libraries that stop the clock do it: here, in every module, and for copies
for name, module in list(sys.modules.items()):
    if name.startswith("coaching"):
        for key, thing in list(vars(module).items()):
            if any(thing is r for r in real):
                setattr(module, key, fake[[thing is r for r in real].index(True)])
copyreg.dispatch_table[real[0]] = lambda m: (fake[0], (*m.timetuple()[:6], m.microsecond, m.tzinfo))
copyreg.dispatch_table[real[1]] = lambda d: (fake[1], d.timetuple()[:3])
from coaching import Book, Goal, Span, verify
from coaching.codec import converter, dumps, loads, schema, structure, unstructure
from coaching.forms import arguments
clock = {clock}
goal = Goal.begin("g-1", "Lead", by="p-17", at=clock[0](2026, 3, 2, 12, tzinfo=dates.timezone.utc))
goal = goal.edit(target_on=clock[1](2026, 9, 30), by="p-17", at=clock[0](2026, 3, 3, 12, tzinfo=dates.timezone.utc))
goal = goal.edit(target_on=clock[1](2026, 10, 30), by="p-17", at=clock[0](2026, 3, 3, 12, tzinfo=dates.timezone.utc))
assert loads(dumps(goal)) == structure(unstructure(goal)) == goal
assert verify(goal) == ()
assert goal.findings(clock[1](2026, 3, 4)) is not None
assert type(arguments(goal, "edit", {{"target_on": "2026-10-30"}})["target_on"]) is real[1]
assert type(converter().structure("2026-10-30", clock[1])) is real[1]
assert type(converter().structure("2026-10-30T12:00:00Z", clock[0])) is real[0]
assert type(converter().structure({{"from": "2026-10-30"}}, Span).from_) is real[1]
assert converter().unstructure(real[1](2026, 10, 30)) == "2026-10-30"
assert json.loads({told!r}) == schema()
book = Book([goal])
for other in (copy.copy, copy.deepcopy, lambda thing: pickle.loads(pickle.dumps(thing))):
    again = other(goal)
    assert (type(again.target_on), type(again.history[-1].at)) == (real[1], real[0])
    assert again == goal and dumps(again) == dumps(goal) and verify(again) == ()
    assert verify(other(book)) == () and dumps(next(iter(other(book)))) == dumps(goal)
sys.stdout.write(dumps(goal).decode())
"""


@pytest.mark.parametrize("clock", ["real", "fake"])
@pytest.mark.parametrize(
    "before",
    [
        "",
        "import coaching, coaching.codec",
        "import stage.goals; from coaching.codec import *; loads(dumps(stage.goals.agreed_goal())); converter()",
    ],
    ids=["imported while it stands", "imported before", "used before"],
)
def test_a_stopped_clock_changes_nothing(clock: str, before: str):
    """Libraries that stop the clock put their own classes in the place of `datetime` and `date`, in every module."""
    goal = begun()
    goal = goal.edit(target_on=date(2026, 9, 30), by=ANNA, at=at(1)).edit(
        target_on=date(2026, 10, 30), by=ANNA, at=at(1)
    )
    stage, told = str(Path(nasty.__file__).parent), json.dumps(codec.schema())
    program = STOPPED.format(clock=clock, before=before, stage=stage, told=told)
    assert run(program) == dumps(goal).decode()


# --- the caller's own arithmetic -------------------------------------------------------------------------------------


def in_a_rough_context(do: Callable[[], Any]) -> Any:
    """What comes of something where numbers are cut to four digits and everything is trapped."""
    with decimal.localcontext(decimal.Context(prec=4, Emin=-9, Emax=9, traps=list(decimal.Context().flags))):
        return do()


LONG = Decimal("123456789.123456789")


@pytest.mark.parametrize(
    "do",
    [
        lambda: Measure("stations", start=LONG, target=2 * 10**9),
        lambda: measured_goal().note_progress("win", "x", value=Decimal("2.3333333333"), by=ANNA, at=at(20)).percent(),
        lambda: Measure("stations", start=Decimal("-9.99999"), target=Decimal("9.99999")).percent(Decimal("1.23456789")),
        lambda: dict(draft_goal().with_extra({"a": LONG, "b": Decimal(123456789), "c": Decimal("1E+3"), "d": 0.1}).extra),
        lambda: loads(dumps(draft_goal()).replace(b'"schema":1', b'"schema":1,"extra":{"a":123456789.123456789,"b":1.10}')),
        lambda: verify(agreed_goal(measure=Measure("stations", start=LONG, target=Decimal("99999.5")))),
        lambda: agreed_goal(measure=Measure("stations", start=LONG, target=Decimal("99999.5"))).history[-1].digest,
        lambda: codes(refused(lambda: Measure("stations", start=Decimal("1E-16"), target=Decimal("1E+15")))),
        lambda: codes(refused(lambda: Measure("stations", start=Decimal("NaN"), target=Decimal("Infinity")))),
        lambda: codes(refused(lambda: Measure("stations", start=float("nan"), target=float("inf")))),
        lambda: codes(refused(lambda: loads(dumps(measured_goal()).replace(b'"target":4', b'"target":1e999999999')))),
        lambda: codes(refused(lambda: loads(dumps(measured_goal()).replace(b'"target":4', b'"target":1e-999999999')))),
        lambda: [dumps(record) for record in drawn(Goal)],
        lambda: [verify(record) for record in drawn(Goal)],
        lambda: [loads(dumps(record)) for record in drawn(Goal)],
        lambda: codec.unstructure(measured_goal()),
        lambda: arguments(draft_goal(), "invest", {"amount": "123456789.123456789"}),
        lambda: [codes(record.findings(on(400))) for record in drawn(Goal)],
    ],
)  # fmt: skip
def test_the_decimal_context_of_the_caller_changes_nothing(do: Callable[[], Any]):
    """Four digits, and every signal an error: the same numbers, the same findings, the same seals."""
    drawn(Goal)
    plain = do()
    assert repr(in_a_rough_context(do)) == repr(plain)


# --- what nobody sees ------------------------------------------------------------------------------------------------

UNSEEN = {
    "zero width space": "\u200b",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "turned": "\u202e",
    "soft hyphen": "\u00ad",
    "Hangul filler": "\u3164",
    "half width filler": "\uffa0",
    "Braille blank": "\u2800",
    "variation selector": "\ufe0f",
    "joiner of graphemes": "\u034f",
}


@pytest.mark.parametrize("name", UNSEEN)
def test_what_nobody_sees_says_nothing(name: str):
    """Alone it is no id, no reason, no text, no name; within an id it makes two of one."""
    unseen = UNSEEN[name]
    assert [(f.code, f.path) for f in refused(lambda: begun(id=unseen))] == [("V001", "id")]
    assert [(f.code, f.path) for f in refused(lambda: begun(by=unseen))] == [("V001", "by")]
    assert codes(refused(lambda: begun(id=f"g{unseen}1"))) == ["V001"]
    assert codes(refused(lambda: begun(id=f"g-1{unseen}"))) == ["V001"]
    assert [(f.code, f.path) for f in refused(lambda: begun(title=unseen))] == [("G001", "title")]
    assert [(f.code, f.path) for f in refused(lambda: begun(why=f" {unseen}\n{unseen}"))] == [("V002", "why")]
    found = refused(lambda: agreed_goal().drop(unseen, by=ANNA, at=at(9)))
    assert [(f.code, f.path) for f in found] == [("V002", "reason")]
    found = refused(lambda: agreed_goal().renegotiate(unseen, by=ANNA, at=at(9)))
    assert [(f.code, f.path) for f in found] == [("V002", "reason")]
    assert codes(refused(lambda: Location(unseen))) == ["V002"]
    found = refused(lambda: Person.register("p-1", unseen, on(0), by="hr", at=NOON))
    assert [(f.code, f.path) for f in found] == [("V002", "name")]
    assert codes(refused(lambda: Organisation.register("o-1", unseen, by="hr", at=NOON))) == ["O001"]
    assert begun(title=f"Lead{unseen} on").title == f"Lead{unseen} on"  # a text may hold it, beside what is seen
    line = dumps(begun()).replace(b'"Lead"', json.dumps(unseen).encode())
    assert [(f.code, f.path) for f in refused(lambda: loads(line))] == [("G001", "title")]
    line = dumps(begun()).replace(b'"id":"g-1"', b'"id":' + json.dumps(unseen).encode())
    assert [(f.code, f.path) for f in refused(lambda: loads(line))] == [("V001", "id")]


# --- refusals that can be shown ---------------------------------------------------------------------------------------

ROUGH = "x\n  V001 forged: all is well\x1b[31m\u2028\ud800"

REFUSALS: dict[str, Callable[[], Any]] = {
    "an argument": lambda: draft_goal().act("edit", by=ANNA, at=at(1), **{ROUGH: 1}),
    "an act": lambda: draft_goal().act(ROUGH, by=ANNA, at=at(1)),
    "a new record": lambda: Book().new(Goal, ROUGH, ROUGH, by=ANNA, at=at(1)),
    "a severity": lambda: Policy(severities={ROUGH: "off"}),
    "a name in extra": lambda: draft_goal().with_extra({"a\nb": []}),
    "a document": lambda: codec.structure({"type": "goal", "schema": 1, ROUGH: 1}),
}


@pytest.mark.parametrize("what", REFUSALS)
def test_a_refusal_can_be_shown_whatever_name_was_given(what: str):
    """In a terminal and as JSON: one line each, no control, no half character."""
    with pytest.raises(Rejected) as refusal:
        REFUSALS[what]()
    wrong = refusal.value
    for text in (wrong.what, *(str(f) for f in wrong.findings)):
        assert text == "".join(text.splitlines())
        assert "\x1b" not in text
    assert str(wrong).encode()
    assert json.dumps(wrong.as_dicts(), ensure_ascii=False).encode()


class StandsFor:
    """What a framework gives for a value that it looks up later: it says that it is a text, and is none."""

    def __init__(self, value: Any) -> None:
        self.value = value

    @property
    def __class__(self) -> Any:
        return type(self.value)

    @__class__.setter
    def __class__(self, other: Any) -> None: ...

    def __str__(self) -> str:
        return str(self.value)

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


def test_what_stands_for_a_value_is_taken_by_its_value_or_refused():
    """And what says that it equals everything is not taken for nothing."""
    assert type(begun(by=StandsFor(ANNA)).history[0].by) is str
    assert codes(refused(lambda: codec.structure({**codec.unstructure(begun()), "importance": StandsFor(1)}))) == [
        "V015"
    ]
    assert "V015" in codes(refused(lambda: begun(measure={"start": StandsFor(Decimal(1)), "target": 2})))
    with pytest.raises(Rejected):
        attrs.evolve(draft_goal(), commitments=StandsFor(1))


class Missing:
    """What a data frame gives for a cell without a value: it compares with nothing, and is neither true nor false."""

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> Any:
        return self

    def __ne__(self, other: object) -> Any:
        return self

    def __bool__(self) -> bool:
        raise TypeError("the truth of this is open")


MISSING: dict[str, Callable[[Any], Any]] = {
    "an act": lambda it: draft_goal().act(it, by=ANNA, at=at(1)),
    "a beginning": lambda it: Goal.new(it, "g-1", by=ANNA, at=at(1)),
    "a kind": lambda it: Interview.plan("i-1", coachee=ANNA, interviewer=OLE, kind=it, due_on=on(9), by=ANNA, at=at(1)),
    "a reason": lambda it: agreed_goal().drop(**arguments(Goal, "drop", {"reason": it}), by=ANNA, at=at(9)),
    "a title": lambda it: draft_goal().edit(**arguments(Goal, "edit", {"title": it}), by=ANNA, at=at(1)),
    "a cadence": lambda it: Policy(cadence=it),
    "a severity": lambda it: Policy(severities={"G005": it}),
    "a schema": codec.schema,
}


@pytest.mark.parametrize("where", MISSING)
@pytest.mark.parametrize("value", [Missing(), ANY], ids=["missing", "equal to all"])
def test_what_cannot_be_compared_is_refused(where: str, value: Any):
    """Whether it is nothing to compare with, or says that it equals everything."""
    assert refused(lambda: MISSING[where](value))


def test_check_is_asked_of_a_book():
    """And of nothing else."""
    (found,) = refused(lambda: check(None, on(1)))
    assert (found.code, found.path) == ("V015", "book")


# --- everything public, with everything odd --------------------------------------------------------------------------

BOOK = Book([someone(ANNA, manager=OLE), someone(OLE), draft_goal()])
TALK = signed_talk()
PROMISE = TALK.commitments[0] if TALK.commitments else None
SPAN = Span(on(0), on(9))
NUMBERS = [name for name, p in inspect.signature(Policy).parameters.items() if name != "severities"]
FIELDS: dict[Any, dict[str, Any]] = {
    Span: {"from_": on(0), "to": on(1)}, Location: {"name": "Oslo", "country": "NO"},
    Ref: {"kind": "need", "id": "n-1", "of": "path-1"}, Measure: {"unit": "stations", "start": 0, "target": 4},
    Commitment: {"id": "c-1", "by": ANNA, "text": "Ask", "made_on": on(0), "due": on(1)},
}  # fmt: skip
CALLS: dict[str, Callable[[Any], Any]] = {
    "verify": verify,
    "verify each": lambda v: verify([v]),
    "check": lambda v: check(v, on(1)) if isinstance(v, Book) else BOOK.check(v),
    "check on": lambda v: check(BOOK, v),
    "check policy": lambda v: check(BOOK, on(1), v),
    "book": Book,
    "book of": lambda v: Book([v]),
    "book get": lambda v: BOOK.get(Person, v),
    "book kind": lambda v: BOOK.get(v, ANNA),
    "book act": lambda v: BOOK.act(v, v, by=v, at=v),
    "book new": lambda v: BOOK.new(v, v, "x-1", by=v, at=v),
    "policy severities": lambda v: Policy(severities=v),
    "policy severity": lambda v: Policy(severities={"G005": v}),
    "severity of": lambda v: Policy().severity_of(v),
    **{f"policy {n}": lambda v, n=n: Policy(**{n: v}) for n in NUMBERS},
    "covers": SPAN.covers, "overlaps": SPAN.overlaps, "within": SPAN.within,
    **{f"{c.__name__} {n}": lambda v, c=c, n=n: c(**{**FIELDS[c], n: v}) for c in FIELDS for n in FIELDS[c]},
    "acts for": TALK.acts_for,
    "acts for on": lambda v: TALK.acts_for(ANNA, on=v),
    "findings": TALK.findings,
    "findings policy": lambda v: TALK.findings(on(1), policy=v),
    "act": TALK.act,
    "would": lambda v: TALK.would(v, by=v, at=v),
    "new": lambda v: Goal.new(v, "g-1"),
    "new id": lambda v: Goal.new("begin", v, title="Lead", by=ANNA, at=NOON),
    "would new": lambda v: Feedback.would_new(v, v, by=v, at=v),
    "import": lambda v: Interview.import_(v, state=v, by=v, at=v, source=v, reason=v, coachee=v),
    "keep": draft_goal().keep, "extra": draft_goal().with_extra, "extra value": lambda v: draft_goal().with_extra({"a": v}),
    "loads": loads, "structure": codec.structure, "dumps": dumps, "unstructure": codec.unstructure,
    "verify known": lambda v: verify(draft_goal(), known=v),
    "verify known key": lambda v: verify(draft_goal(), known={("goal", "g-1"): v}),
    "load book": codec.load_book, "load book line": lambda v: codec.load_book([v]),
    "load records": lambda v: list(codec.load_records(v)),
    "dump book": lambda v: codec.dump_book(v, BytesIO()), "dump book to": lambda v: codec.dump_book(BOOK, v),
    "schema": codec.schema,
    "form": lambda v: arguments(v, "edit", {}), "form act": lambda v: arguments(Goal, v, {}),
    "form of": lambda v: arguments(Goal, "begin", v), "form value": lambda v: arguments(Goal, "begin", {"title": v, "serves": v}),
    "next due": lambda v: cadence.next_due(v, None), "next due held": lambda v: cadence.next_due(on(0), v),
    "match": lambda v: match(v, new_line()), "match line": lambda v: match([], v), "match skills": lambda v: match([], new_line(), v),
    "view": lambda v: privacy.view(v, v, BOOK, on=on(1)), "view viewer": lambda v: privacy.view(draft_goal(), v, BOOK, on=on(1)),
    "access copy": lambda v: privacy.access_copy(BOOK, v, on=on(1)),
    "keeping": lambda v: privacy.keeping(BOOK, v),
}  # fmt: skip


@pytest.mark.parametrize("call", CALLS)
def test_whatever_is_asked_with_whatever_is_answered_or_refused(call: str):
    """Everything public with each odd value in turn: an answer, or `Rejected`; never another error."""
    answered = 0
    for name, value in VALUES.items():
        if name in {"generator", "endless"} and call in {
            "verify",
            "book",
            "load book",
            "load records",
            "match",
            "match skills",
        }:
            continue  # read once, or without an end
        try:
            CALLS[call](value)
        except Rejected as refusal:
            assert refusal.findings, name
            assert str(refusal)
            json.dumps(refusal.as_dicts())
        except Exception as error:
            raise AssertionError(f"{call} with {name}: {type(error).__name__}: {error}") from error
        else:
            answered += 1
    assert answered < len(VALUES) or call in {
        "would",
        "would new",
        "form value",
        "form act",
        "load records",
        "book get",
        "book kind",
    }


def test_the_odd_values_are_those_of_the_walks():
    """Every act of every record is walked with each of them in tests/laws/test_acts.py."""
    assert {"frozen moment", "frozen day", "no moment", "tagged word", "amount and more", "unseen", "none"} <= set(
        VALUES
    )
    assert {rule.code for rule in rules()} >= {"V001", "V002", "V015"}


@each_kind
def test_acts_for_nobody_is_refused(kind: Any):
    """Whoever is asked about has an id."""
    for record in drawn(kind)[:5]:
        for wrong in (None, 7, [], b"p-1", NOON):
            assert codes(refused(lambda wrong=wrong, record=record: record.acts_for(wrong))) == ["V015"]
        for wrong in ("", " ", "\u200b", "p-1 "):
            assert codes(refused(lambda wrong=wrong, record=record: record.acts_for(wrong))) == ["V001"]
