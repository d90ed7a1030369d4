"""Law of the book: whatever is acted, no rule across records is ever broken, and what is refused did nothing."""

from datetime import date, datetime, timedelta
from typing import Any

import attrs
from hypothesis import note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from coaching import Book, CareerPath, Goal, InternalMove, Interview, Opportunity, Person, Record, Ref, Rejected
from coaching.kernel.lifecycle import START
from coaching.records.feedback import Feedback
from coaching.records.relationships import CoachingRelationship
from coaching.testing import books
from coaching.testing.walks import ADMINISTRATION, Stage
from stage import EVA, OLE, PER, STRANGER, at, on
from stage.book import someone
from stage.everything import ARGUMENTS, given_to, people_of
from stage.feedback import draft
from stage.goals import agreed_goal, proposed_goal
from stage.interviews import full_talk, prepared_talk
from stage.moves import agreed, asked, wished
from stage.opportunities import new_line, position_at_home
from stage.paths import agreed_path, revised_path, shared_path
from stage.people import employed
from stage.relationships import active, proposed
from stage.store import Store

LATER = date(2031, 1, 1)
NAMES = {
    "client_by", "coach", "facilitators", "manager", "new_interviewer", "person", "posted_by", "receiving_manager",
    "releasing_manager", "reserved_for",
}  # fmt: skip
HERE = ("goal", "interview", "move", "feedback", "path", "opportunity")
EXTRA: dict[tuple[str, str], dict[str, list[Any]]] = {
    ("path", "revise"): {"new_id": ["path-2", "path-1"], "reason": ["We moved house"]},
    ("move", "complete"): {"placement": ["pl-2", "pl-1"], "position": [None, "po-2"]},
}
"""What an act takes through the book besides what the strategies give."""

_DUE = {"kind": ["annual", "check_in"], "cycle": [None, "2026"], "due_on": [on(200)]}
SOMEBODY = "somebody of the book"
BEGINNINGS: list[tuple[type[Record], str, dict[str, Any]]] = [
    (CoachingRelationship, "propose", {"coach": SOMEBODY, "coachee": SOMEBODY, "kind": ["line_manager", "peer"],
                                       "purpose": ["To listen"], "cadence": [14], "confidentiality": ["All of it"],
                                       "dual_role": [True, False]}),
    (Goal, "begin", {"title": ["Lead a line"], "coach": SOMEBODY, "parent": [None, "g-1", "g-2", "g-9"]}),
    (Interview, "plan", {"coachee": SOMEBODY, "interviewer": SOMEBODY, **_DUE}),
    (Feedback, "write", {"receiver": SOMEBODY, "kind": ["appreciation"], "behaviour": ["You asked"]}),
    (CareerPath, "begin", {"coach": SOMEBODY}),
    (Opportunity, "post", {"title": ["A line"], "kind": ["position", "project"], "organisation": ["o-1"]}),
    (InternalMove, "wish", {"why": ["A line of my own"], "from_position": ["po-1"]}),
    (Person, "register", {"name": ["Ylva"], "joined_on": [on(0)]}),
]  # fmt: skip
IDS = ["new-1", "new-2", "g-2", "r-2", "path-1", "i-2"]


def of_here(value: Any, name: str, book: Book, choose: Any) -> Any:
    """What a strategy drew, with the people and records of this book where it names some: else all would be refused."""
    people, ids = [p.id for p in book.all(Person)], {kind: [r.id for r in book if r.type == kind] for kind in HERE}
    if isinstance(value, tuple):
        return tuple(of_here(item, name, book, choose) for item in value)
    if isinstance(value, Ref):
        return attrs.evolve(value, id=choose(ids[value.kind])) if ids.get(value.kind) else value
    if isinstance(value, str):
        named = {"goals": ids["goal"], "opportunity": ids["opportunity"], **dict.fromkeys(NAMES, people)}
        return choose(named[name]) if named.get(name) else value
    if attrs.has(type(value)) and not isinstance(value, Record):
        fields = [f.name for f in attrs.fields(type(value)) if f.name in {"manager", "serves", "goals"}]
        return attrs.evolve(value, **{n: of_here(getattr(value, n), n, book, choose) for n in fields})
    return value


class AnyActs(RuleBasedStateMachine):
    """Four people, what there is between them, and anything that anybody might try."""

    @initialize(
        goal=st.sampled_from([proposed_goal, agreed_goal]),
        paths=st.sampled_from([lambda: [agreed_path()], lambda: [shared_path()], lambda: list(agreed_then_shared())]),
        move=st.sampled_from([wished, asked, agreed]),
        talk=st.sampled_from([prepared_talk, full_talk]),
        line=st.sampled_from([new_line, position_at_home]),
    )
    def set_the_stage(self, goal: Any, paths: Any, move: Any, talk: Any, line: Any) -> None:
        """The book begins without a fault."""
        people = [employed(), someone(OLE, manager=PER), someone(EVA, manager=OLE), someone(PER)]
        parties = {} if move is wished else {"client_by": PER}
        self.now = at(30)
        self.book = Book(
            [
                *people, *paths(), goal(), goal_of_ole(), talk(), draft(), move(**parties), line(),
                active(kind="line_manager", dual_role=True), proposed("r-2", coach=PER, coachee=OLE, by=PER),
            ]
        )  # fmt: skip

    @rule(data=st.data(), hours=st.sampled_from([0, 1, 24 * 7, 24 * 45, -24]))
    def somebody_who_may_acts(self, data: st.DataObject, hours: int) -> None:
        """One of those whom the table names does an act, with arguments that make sense, or would elsewhere."""
        at = self.later(hours)
        choose = self.chooser(data)
        record = choose(list(self.book))
        known = ARGUMENTS[type(record)]
        ways = [(act, by) for by in people_of(record) for act in record.acts_for(by)]
        ways = [(a, by) for a, by in ways if a in known or (record.type, a) in EXTRA]
        if not ways:
            return
        act, by = choose(ways)
        stage = Stage(data.draw)
        stage.now = max(at, record.history[-1].at)
        drawn: Any = known[act](stage, record, by) if act in known else {}
        if drawn is None:
            return
        given = {name: of_here(value, name, self.book, choose) for name, value in drawn.items()}
        given |= {name: choose(options) for name, options in EXTRA.get((record.type, act), {}).items()}
        self.try_to(record, act, {**given, "by": by, "at": stage.later()})

    @rule(data=st.data(), hours=st.sampled_from([0, 24 * 45, -24 * 400]))
    def anybody_tries_anything(self, data: st.DataObject, hours: int) -> None:
        """Any act that is not only for beginning, by anybody, with arguments of the right types."""
        at = self.later(hours)
        choose = self.chooser(data)
        record = choose(list(self.book))
        act = choose(list(dict.fromkeys(row.act for row in record.lifecycle.rows if row.sources != (START,))))
        given = given_to(record, act, choose)
        self.try_to(record, act, {**given, "by": choose([*self.people(), ADMINISTRATION, STRANGER]), "at": at})

    @rule(data=st.data())
    def something_begins(self, data: st.DataObject) -> None:
        """With an id that may be taken, by somebody who may have no part in it."""
        choose = self.chooser(data)
        kind, act, options = choose(BEGINNINGS)
        id, by = choose(IDS), choose(self.people())
        given = {n: choose(self.people() if values is SOMEBODY else values) for n, values in options.items()}
        self.try_it(
            (kind, act, id),
            lambda book: book.new(kind, act, id, **given, by=by, at=self.now),
            lambda book: book.would_new(kind, act, id, **given, by=by, at=self.now),
            Book.looks_at(kind, act),
        )

    def people(self) -> list[str]:
        """Everybody in the book."""
        return [person.id for person in self.book.all(Person)]

    def later(self, hours: int) -> datetime:
        """The moment of an act; time never goes back for the book, but somebody may note a thing late."""
        then = self.now + timedelta(hours=hours)
        self.now = max(self.now, then)
        return then

    def chooser(self, data: st.DataObject) -> Any:
        """Choose one of a list."""
        return lambda options: data.draw(st.sampled_from(options))

    def try_to(self, record: Record, act: str, given: dict[str, Any]) -> None:
        """Do an act through the book, or be refused."""
        key = (record.type, record.id)
        self.now = max(self.now, given["at"])
        self.try_it(
            (key, act, given),
            lambda book: book.act(key, act, **given),
            lambda book: book.would(key, act, **given),
            Book.looks_at(record.type, act),
        )

    def try_it(self, what: Any, do: Any, ask: Any, looks_at: tuple[str, ...]) -> None:
        """Asking foretells doing; what is refused left the book alone, and what is done is all named in `changed`.

        A book that reads as it goes says the same, and looks only where it says.
        """
        note(str(what))
        before = tuple(self.book)
        foretold = ask(self.book)
        store = Store(self.book)
        try:
            read = do(Book(load=store)).changed
        except Rejected as refusal:
            read = refusal.findings
        assert store.asked <= {*looks_at}
        try:
            new = do(self.book)
        except Rejected as refusal:
            assert read == refusal.findings
            assert refusal.findings == foretold != ()
            assert tuple(self.book) == before
            return
        assert foretold == ()
        assert read == new.changed
        assert tuple(self.book) == before
        assert {r for r in new if r not in self.book} == set(new.changed)
        assert all(new.get(type(r), r.id) is not None for r in before)
        self.book = new

    @invariant()
    def nothing_is_broken(self) -> None:
        """Not today."""
        if hasattr(self, "book"):
            assert broken(self.book, self.now.date()) == []

    def teardown(self) -> None:
        """Nor when what was set for later has come."""
        if hasattr(self, "book"):
            assert broken(self.book, LATER) == []


def broken(book: Book, day: date) -> list[str]:
    """What no book may hold, and this one holds."""
    return [str(f) for f in book.check(day) if f.severity == "error"]


KEPT = ("success", "heading", "destination", "steps", "dreams", "needs", "role_models")


def agreed_then_shared() -> tuple[CareerPath, CareerPath]:
    """An agreed path, and its heir, which both have yet to sign."""
    old, new = revised_path()
    kept = {name: getattr(new, name) for name in ("owner", "coach", "supersedes", *KEPT)}
    shared = CareerPath.import_(new.id, state="shared", by=ADMINISTRATION, at=at(20), source="a test", **kept)
    return old, shared


def goal_of_ole() -> Goal:
    """A draft of Ole's."""
    return Goal.begin("g-2", "Listen more", coach=PER, by=OLE, at=at(0))


class AnyBook(AnyActs):
    """The same, in whatever book there may be."""

    @initialize(book=books(people=st.integers(1, 3)))
    def set_the_stage(self, book: Book) -> None:
        """The book begins without a fault; somebody in it may be gone already, and what happens now is later."""
        self.now = max(record.history[-1].at for record in book)
        self.book = book


TestAnyActs = AnyActs.TestCase
TestAnyBook = AnyBook.TestCase
TestAnyActs.settings = TestAnyBook.settings = settings(TestAnyActs.settings, stateful_step_count=10)
