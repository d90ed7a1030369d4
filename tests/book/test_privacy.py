"""Laws of privacy: views are closed by default, and nothing that a person wrote survives their erasure."""

import json
import pickle
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Union, get_args, get_origin

import attrs
import pytest
from frozendict import frozendict
from hypothesis import given
from hypothesis import strategies as st

from coaching import Book, Measure, Policy, Rejected, Signature, Span, verify
from coaching import codec as documents
from coaching.book import relations
from coaching.book.privacy import circles
from coaching.book.privacy.told import told
from coaching.book.privacy.view import plain
from coaching.kernel.classes import model_of
from coaching.kernel.constraints import V001, V006
from coaching.kernel.history import GONE, Entry
from coaching.kernel.rules import Choice
from coaching.privacy import (
    MARK,
    TABLE,
    access_copy,
    count_by,
    erase,
    findings_for,
    keeping,
    leftovers,
    texts,
    undecided,
    view,
)
from coaching.records import RECORDS
from coaching.records.feedback import Feedback
from coaching.records.goals import Goal
from coaching.records.interviews import Interview
from coaching.records.moves import InternalMove
from coaching.records.opportunities import Opportunity
from coaching.records.organisations import Organisation
from coaching.records.paths import CareerPath
from coaching.records.people import Person, Position
from coaching.records.relationships import CoachingRelationship
from coaching.testing import feedback, goals, interviews, paths, people
from rules.privacy import ALSO, FIRES, PASSES, Diary
from stage import ANNA, EVA, OLE, PER, STRANGER, at, codes, on, refused
from stage.book import JOINED, someone
from stage.feedback import acknowledged, draft, requested, shared
from stage.feedback import given as given_feedback
from stage.fields import hints_of
from stage.goals import achieved_goal, agreed_goal, draft_goal, kept_goal, proposed_goal
from stage.house import INTERVIEWER
from stage.house import talk as staged_talk
from stage.interviews import SLOT, held_talk, planned_talk, prepared_talk, scheduled_talk, signed_talk
from stage.moves import asked, wished
from stage.opportunities import need, reserved
from stage.paths import agreed_path, draft_path, shared_path
from stage.people import HR, employed, erased, gone, managers, registered
from stage.relationships import active

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATE = date(2032, 1, 1)
TODAY = on(20)
LATER = datetime(2031, 12, 31, 12, tzinfo=UTC)


# --- a record of each kind with every field filled, made from the types alone ----------------------------------------


class Planted:
    """Fills every field of a class, and puts a marker of its own into each text: `ANNA-7`, `OLE-8`."""

    def __init__(self, roles):
        self.roles, self.n, self.who = roles, 0, ""

    def marker(self):
        self.n += 1
        return f"{self.who}-{self.n}-"

    def record(self, cls, id, owners):
        """A record whose fields that say no author belong to those of `owners`, by field, else under the blank."""
        values = []
        for name, hint in hints_of(cls).items():
            self.who = owners.get(name, owners[""])
            values.append(self._top(name, hint, id))
        new = cls.__new__(cls)
        model_of(cls).put(new, values)
        return new

    def _top(self, name, hint, id):
        if name == "id":
            return id
        if name in self.roles:
            return {"ANNA": ANNA, "OLE": OLE}[self.roles[name]]
        if name == "history":
            begun = self.part(Entry, "OLE", act="begin", at=NOON, was=frozendict({"an old note": self.marker()}))
            return (begun, self.part(Entry, "ANNA", act="edit", at=NOON, was=frozendict()))
        return self.value(hint)

    def part(self, cls, who=None, **fixed):
        names = {"speaker", "author", "by"} & set(model_of(cls).names)
        before, self.who = self.who, who if who and names else self.who
        own = {name: {"ANNA": ANNA, "OLE": OLE}[self.who] for name in names} if who else {}
        own |= fixed
        values = [own[n] if n in own else self.value(h) for n, h in hints_of(cls).items()]
        new = cls.__new__(cls)
        model_of(cls).put(new, values)
        self.who = before
        return new

    def value(self, hint):  # noqa: PLR0911  (a way out for each kind of annotation)
        origin, args = get_origin(hint), get_args(hint)
        if origin is Annotated and args[0] is str:
            if V001 in args:
                return "x-1"
            return "SE" if V006 in args or any(getattr(a, "min_length", 0) == 64 for a in args) else self.marker()
        if origin is Annotated:
            return self.value(args[0])
        if origin in {Union, UnionType}:
            return self.value(next(a for a in args if a is not NoneType))
        if origin is tuple:
            many = attrs.has(args[0])
            return (self.part(args[0], "ANNA"), self.part(args[0], "OLE")) if many else (self.value(args[0]),)
        if hint is frozendict:
            return frozendict({f"key {self.marker()}": self.marker(), "number": 7})
        if attrs.has(hint):
            return self.part(hint)
        if issubclass(hint, Choice):
            return next(iter(hint))
        return {str: "x", int: 1, bool: True, Decimal: Decimal(1), date: date(2026, 3, 2), datetime: NOON}[hint]


ROLES = {
    "goal": (["owner"], ["coach"], {}),
    "path": (["owner"], ["coach"], {}),
    "interview": (["coachee"], ["interviewer"], {"": "BOTH"}),
    "feedback": (["giver"], ["receiver", "requested_by"], {
        **dict.fromkeys(("about", "extra"), "BOTH"), **dict.fromkeys(("response", "insight", "strength"), "other"),
    }),
    "move": (["mover"], ["releasing_manager", "receiving_manager", "client_by"], {}),
    "opportunity": (["posted_by"], [], {"extra": "NOBODY"}),
    "relationship": (["coachee"], ["coach"], {"": "BOTH"}),
    "organisation": ([], [], {"": "NOBODY"}),
}  # fmt: skip
"""For each kind: the fields that hold the one whose it is, those that hold the other, and fields of somebody else."""


def planted():
    """Every kind of record twice, once Anna's and once Ole's; some words are of both."""
    found = []
    for me, other in (("ANNA", "OLE"), ("OLE", "ANNA")):
        for kind in (k for k in RECORDS if k.type in ROLES):
            mine, theirs, owners = ROLES[kind.type]
            plant = Planted({**dict.fromkeys(mine, me), **dict.fromkeys(theirs, other)})
            named = {"me": me, "other": other}
            whose = {"": me, **{field: named.get(who, who) for field, who in owners.items()}}
            found.append(plant.record(kind, f"{kind.type}-{me}", whose))
    return found


def anna_left():
    """Anna, with a marker in every text of her record; she has left."""
    person = Planted({}).record(Person, ANNA, {"": "ANNA"})
    return model_of(Person).copy(
        person,
        {
            "state": Person.lifecycle.word["known"],
            "history": gone().history,
            "leaves": (),
            "employments": gone().employments,
            "leavings": gone().leavings,
            "positions": tuple(attrs.evolve(p, title="ANNA-title") for p in gone().positions),
            "placements": gone().placements,
        },
    )


def markers(book, who):
    """The markers of somebody in the plain form of a book."""
    shown = repr([plain(record) for record in book])
    return {piece for piece in shown.replace("'", " ").split() if piece.startswith(f"{who}-")}


WALKS = {
    "goal": (("owner", "coach"), goals),
    "interview": (("coachee", "interviewer"), interviews),
    "path": (("owner", "coach"), paths),
    "feedback": (("giver", "receiver"), feedback),
}


def of_ole(owner=OLE, *, id="g-1", **content):
    """A goal of Ole's, or of somebody else, with which Anna has nothing to do."""
    return Goal.begin(id, "Lead a pilot line", by=owner, at=at(0), **content)


class TestErasing:
    """After an erasure no name and none of the person's free text stands anywhere; other people's words do."""

    def test_no_marker_of_the_person_is_left_in_any_field_of_any_record(self):
        """Every text field of every record is found from the types, and filled; planting knows nothing of the walk."""
        book = Book([anna_left(), *planted()])
        before = markers(book, "OLE")
        assert markers(book, "ANNA")
        assert len(before) > 30
        after, _ = erase(book, ANNA, LATE, by=HR, at=LATER)
        assert markers(after, "ANNA") == set()
        assert markers(after, "BOTH") == set()
        assert markers(after, "OLE") == before

    def test_every_kind_of_record_is_planted(self):
        """A new kind of record fails here until the test knows it."""
        assert {type(r) for r in [anna_left(), *planted()]} == set(RECORDS)

    @given(st.data())
    def test_an_erased_book_still_holds_all_its_rules(self, data):
        """Records walked through their tables: no rule is broken, they are read back, and verify says H004 alone."""
        kind = data.draw(st.sampled_from(list(WALKS)))
        (one, other), make = WALKS[kind]
        who = data.draw(st.permutations([ANNA, OLE]))
        roles = {role: st.just(person) for role, person in zip((one, other), who, strict=True)}
        person = data.draw(people(standing="left", id=st.just(ANNA)).filter(lambda it: it.standing(LATE) == "left"))
        records = [person, data.draw(make(**roles))]
        book = Book(records)
        day = max([LATE, *(it.to for it in person.employments if it.to is not None)])
        when = max([LATER, *(r.history[-1].at for r in records)])
        after, report = erase(book, ANNA, day, by=HR, at=when)
        names = {n for n in (person.name,) if n}
        for old in records:
            new = after.get(type(old), old.id)
            assert not model_of(type(new)).breaches(new)
            assert documents.loads(documents.dumps(new)) == new
            assert set(codes(verify(new))) <= {"H004"}
            assert (new.id, new.revision) == (old.id, old.revision)
            left = {w.path: w.text for w in texts(new)}
            for words in texts(old):
                if ANNA in words.writers or type(old) is Person:
                    assert left.get(words.path, MARK) == MARK
                elif words.text not in names:
                    assert left[words.path] == words.text
        assert leftovers(after) == ()
        assert not [f for f in after.check(day) if f.severity == "error" and f.code != "X002"]
        assert erase(after, ANNA, day, by=HR, at=when)[0] == after
        assert str(report).startswith(f"{ANNA} erased at ")

    def test_the_name_goes_where_a_field_holds_nothing_else(self):
        """Ole names Anna as a role model, and once in a remark: the first goes, the second is reported."""
        path = draft_path().name_role_model("m-2", name="anna ek", by=ANNA, at=at(1))
        owned = attrs.evolve(path, owner=OLE, coach=None)
        ole = of_ole(id="g-2", why="To do as Anna did")
        after, report = erase(Book([gone(), owned, ole]), ANNA, on(40), by=HR, at=at(40))
        assert after.get(CareerPath, "path-1").role_models[1].name == MARK
        assert after.get(Goal, "g-2").why == "To do as Anna did"
        assert [str(line) for line in report.look_at] == ["goal g-2 why: words of p-3, in which the name stands"]

    def test_what_stays_says_why(self):
        """Ole's option in Anna's goal is his; ids, states and days are needed."""
        goal = draft_goal().suggest_option("o-1", "Shadow Eva", by=OLE, at=at(1))
        _, report = erase(Book([gone(), goal]), ANNA, on(40), by=HR, at=at(40))
        stayed = [str(line) for line in report.stayed]
        assert "goal g-1 options[0].text: words of p-3" in stayed
        assert any(line.startswith("goal g-1: ids, states") for line in stayed)
        assert "goal g-1 title: own words" in [str(line) for line in report.gone]

    def test_notes_of_the_house_go_from_records_of_the_person_alone(self):
        """`extra` of Anna's goal is emptied, numbers too; that of Ole's stays but for her name."""
        mine = draft_goal().with_extra({"note": "x", "n": 7, "old": MARK})
        other = attrs.evolve(draft_goal(), id="g-2", owner=OLE, coach=ANNA)
        other = other.with_extra({"note": "x", "n": 7, "who": "Anna Ek"})
        after, _ = erase(Book([gone(), mine, other]), ANNA, on(40), by=HR, at=at(40))
        assert after.get(Goal, "g-1").extra == {}
        assert after.get(Goal, "g-2").extra == {"note": "x", "n": 7, "who": MARK}

    def test_a_record_that_loses_nothing_is_the_very_same(self):
        """Eva's goal has nothing to do with Anna."""
        goal = of_ole(EVA)
        after, _ = erase(Book([gone(), goal]), ANNA, on(40), by=HR, at=at(40))
        assert after.get(Goal, "g-1") is goal

    def test_nobody_who_is_here_or_unknown_is_erased(self):
        """D008 before the last day, X002 for a stranger, and every fault of by, at and reason at once."""
        assert codes(refused(lambda: erase(Book([employed()]), ANNA, on(40), by=HR, at=at(40)))) == ["D008"]
        assert codes(refused(lambda: erase(Book([gone()]), ANNA, on(30), by=HR, at=at(40)))) == ["D008"]
        assert codes(refused(lambda: erase(Book([gone()]), ANNA, on(40), by=HR, at=at(30)))) == ["D008"]
        assert erase(Book([gone()]), ANNA, on(31), by=HR, at=at(31))[1].gone
        assert codes(refused(lambda: erase(Book(), ANNA, on(40), by=HR, at=at(40)))) == ["X002"]
        assert codes(refused(lambda: erase(Book(), 7, on(40), by=HR, at=at(40)))) == ["X002"]
        faults = refused(lambda: erase(Book([gone()]), ANNA, on(40), by=" ", at=datetime(2026, 1, 1), reason=""))
        assert sorted(codes(faults)) == ["V001", "V002", "V003"]

    def test_an_erasure_is_not_before_what_was_done(self):
        """V009 for each record that it touches, and nothing is changed."""
        late = gone().correct("A slip", given_name="Anna", by=HR, at=at(50))
        found = refused(lambda: erase(Book([late, achieved_goal()]), ANNA, on(40), by=HR, at=at(39)))
        assert [(f.code, f.record) for f in found] == [("V009", ("goal", "g-1")), ("V009", ("person", ANNA))]

    def test_somebody_erased_alone_is_erased_from_the_rest(self):
        """`Person.erase` empties one record; erasing from the book takes the titles and the words elsewhere, too."""
        book = Book([erased(), draft_goal()])
        assert codes(leftovers(book)) == ["D005"]
        after, _ = erase(book, ANNA, on(801), by=HR, at=at(801))
        assert leftovers(after) == ()
        anna = after.get(Person, ANNA)
        assert anna.positions[0].title == MARK
        assert [e.act for e in anna.history][-2:] == ["erase", "erase"]
        assert codes(verify(anna)) == ["H004"]

    def test_nobody_without_a_name_is_looked_for(self):
        """An erased person has no name: nothing is searched for it."""
        other = attrs.evolve(draft_goal(), owner=OLE, coach=ANNA)
        _, report = erase(Book([erased(), other]), ANNA, on(801), by=HR, at=at(801))
        assert report.look_at == ()

    def test_a_name_in_parts_is_a_name(self):
        """Anna has three names on record, and Ole's note holds two of them in order."""
        anna = registered(given_name="Anna", family_name="Berg").leave(on(30), by=HR, at=at(20))
        other = of_ole(why="Anna Berg", outcome="With Berg")
        after, report = erase(Book([anna, other]), ANNA, on(40), by=HR, at=at(40))
        assert after.get(Goal, "g-1").why == MARK
        assert [line.path for line in report.look_at] == ["outcome"]


class TestSeals:
    """After an erasure a record verifies from there on, and says plainly what lies before."""

    def erased_goal(self, goal):
        return erase(Book([gone(), goal]), ANNA, on(40), by=HR, at=at(40))[0].get(Goal, "g-1")

    def test_what_was_erased_is_said(self):
        """H004 is a warning: when, by whom, how much of whom, and that all was well before."""
        (finding,) = verify(self.erased_goal(agreed_goal()))
        assert finding.severity == "warning"
        assert finding.message.startswith(f"erased on 2026-04-11 by {HR}: ")
        assert finding.message.endswith(f"texts of {ANNA} are gone; it verified until then")

    def test_a_record_that_did_not_verify_is_not_made_clean(self):
        """Somebody changed the title by hand before: the erasure says that it did not verify."""
        (finding,) = verify(self.erased_goal(attrs.evolve(agreed_goal(), title="Another")))
        assert finding.message.endswith("it did not verify before")

    def test_no_digest_of_erased_words_is_left(self):
        """A guess at the words cannot be confirmed: neither by the history nor by a signature."""
        before, after = agreed_goal(), self.erased_goal(agreed_goal())
        old = {e.content for e in before.history} | {e.digest for e in before.history}
        old |= {s.digest for s in before.signatures}
        assert not old & {d for e in after.history for d in (e.content, e.digest)}
        assert {s.digest for s in after.signatures} == {GONE}

    def test_a_signature_under_what_stands_still_verifies(self):
        """Eva prepared before she gave the talk to Ole; of what he and Anna signed nothing goes with her."""
        talk = planned_talk(interviewer=EVA, kind="check_in").schedule(SLOT, by=EVA, at=at(1))
        talk = talk.prepare("Ask about the plant", by=EVA, at=at(2)).reassign(OLE, by=EVA, at=at(3))
        talk = talk.start(by=OLE, at=at(30)).finish(no_change="All is well", by=OLE, at=at(30))
        talk = talk.sign(by=ANNA, at=at(31)).sign(by=OLE, at=at(31))
        eva = someone(EVA).leave(on(50), by=HR, at=at(50))
        after = erase(Book([eva, talk]), EVA, on(90), by=HR, at=at(90))[0].get(Interview, "i-1")
        assert after.preparations[0].notes == MARK
        assert [s.digest for s in after.signatures] == [s.digest for s in talk.signatures]
        assert codes(verify(after)) == ["H004"]

    @pytest.mark.parametrize("change", [{"title": "Another"}, {"target_on": on(7)}])
    def test_what_is_changed_after_an_erasure_is_found(self, change):
        """The chain begins anew: H002 for a field, beside H004."""
        assert codes(verify(attrs.evolve(self.erased_goal(agreed_goal()), **change))) == ["H002", "H004"] or codes(
            verify(attrs.evolve(self.erased_goal(agreed_goal()), **change))
        ) == ["H002", "H003", "H004"]

    def test_a_history_before_an_erasure_cannot_be_changed_after_it(self):
        """The entry seals those before it as they were left: H001 when one of them is changed."""
        goal = self.erased_goal(agreed_goal())
        first = attrs.evolve(goal.history[0], by=STRANGER)
        changed = attrs.evolve(goal, history=(first, *goal.history[1:]))
        assert "H001" in codes(verify(changed))

    def test_a_signature_emptied_without_an_erasure_is_found(self):
        """Nor does one made after the erasure pass with an empty digest."""
        goal = agreed_goal()
        empty = tuple(attrs.evolve(s, digest=GONE) for s in goal.signatures)
        assert "H003" in codes(verify(attrs.evolve(goal, signatures=empty)))
        late = Signature(by=OLE, role="coach", at=at(50), revision=goal.revision, digest=GONE)
        after = self.erased_goal(proposed_goal().sign(by=ANNA, at=at(3)))
        assert "H003" in codes(verify(attrs.evolve(after, signatures=(*after.signatures, late))))

    def test_acts_go_on_after_an_erasure(self):
        """Anna signed and was erased; Ole signs what stands, and all that verify says is H004."""
        goal = self.erased_goal(proposed_goal().sign(by=ANNA, at=at(3))).sign(by=OLE, at=at(41))
        assert goal.state == "agreed"
        assert codes(verify(goal)) == ["H004"]

    def test_both_are_erased_in_turn(self):
        """Two erasures, two findings, and nothing else."""
        ole = someone(OLE).leave(on(50), by=HR, at=at(50))
        book, _ = erase(Book([gone(), ole, agreed_goal(), signed_talk()]), ANNA, on(60), by=HR, at=at(60))
        book, _ = erase(book, OLE, on(70), by=HR, at=at(70))
        assert [f.code for f in verify(book.get(Goal, "g-1"))] == ["H004", "H004"]
        assert [f.code for f in verify(book.get(Interview, "i-1"))] == ["H004", "H004"]
        assert {w.text for w in texts(book.get(Goal, "g-1")) if w.author in {ANNA, OLE}} == {MARK}


DEAR = model_of(Diary).copy(
    Diary.import_("d-1", state="burnt", owner=ANNA, line="Dear diary", by=HR, at=NOON, source="a drawer"),
    {"history": ()},
)
"""A diary that nobody saw begin."""


class TestTexts:
    """Every free text is listed with its author and its day."""

    def test_what_a_coach_renegotiates_is_the_coachs(self):
        """The title that Ole replaced was Anna's; the one that stands is his."""
        goal = agreed_goal().renegotiate("too much", title="Lead half a line", by=OLE, at=at(5))
        found = {w.path: w.author for w in texts(goal)}
        assert found["title"] == OLE
        assert found[f"history[{len(goal.history) - 1}].was.title"] == ANNA
        assert found[f"history[{len(goal.history) - 1}].reason"] == OLE

    def test_what_was_taken_back_is_of_the_one_who_promised(self):
        """The result that Ole gave is his, in a goal of Anna's; days and ids are no words."""
        goal = kept_goal().take_back("c-2", "Another Friday", by=OLE, at=at(21))
        place = f"history[{len(goal.history) - 1}]"
        found = {words.path: words.author for words in texts(goal) if words.path.startswith(place)}
        assert found == {f"{place}.reason": OLE, f"{place}.was.commitments[1].result": OLE}

    def test_who_lost_a_place_is_no_text(self):
        """Ids stay, as everywhere."""
        line = reserved(places=2).withdraw("The client waits", by=HR, at=at(3))
        assert [words.path for words in texts(line) if words.path.startswith("history")] == ["history[2].reason"]

    def test_what_a_coach_says_of_a_missed_goal_is_the_coachs(self):
        """Ole notes that it was missed, once its day has passed."""
        goal = agreed_goal().miss("No line free", "Ask earlier", by=OLE, at=at(200))
        assert {w.path: w.author for w in texts(goal)}["learned"] == OLE

    def test_words_of_two_have_no_single_author(self):
        """What both may have written, as nobody saw it written; what an act here set is known."""
        found = {w.path: w for w in texts(staged_talk())}
        assert found["disclosures[0].what"].author is None
        assert found["disclosures[0].what"].writers == (ANNA, INTERVIEWER)
        talk = held_talk()
        found = {w.path: w for w in texts(talk)}
        assert (found["slot.place"].author, found["disclosures[0].what"].author) == (OLE, OLE)
        assert found["turns[1].text"].said == talk.turns[1].at

    def test_every_text_of_the_filled_records_is_listed(self):
        """As many as there are markers; keys of `extra` are no values."""
        for record in planted():
            shown = repr(plain(record))
            listed = {w.text for w in texts(record)}
            hidden = {k for k in record.extra if k.startswith("key ")}
            found = {p for p in shown.replace("'", " ").split() if p.startswith(("ANNA-", "OLE-", "BOTH-", "NOBODY-"))}
            assert found - listed == {k.removeprefix("key ") for k in hidden}

    def test_nobody_wrote_what_nobody_decided(self):
        """A kind of record without an entry: its texts are listed, without an author."""
        (words,) = texts(DEAR)
        assert (words.path, words.author, words.said) == ("line", None, None)


def as_lists(value):
    """The same plain values with lists for tuples."""
    if isinstance(value, dict):
        return {name: as_lists(item) for name, item in value.items()}
    return [as_lists(item) for item in value] if isinstance(value, (list, tuple)) else value


class TestDecided:
    """Closed by default."""

    def test_of_every_field_of_every_record_it_is_decided_who_may_see_it(self):
        """A new field fails here until somebody says who may see it; and it is found wherever it holds words."""
        assert undecided(RECORDS) == ()

    def test_nothing_is_decided_of_fields_that_do_not_exist(self):
        """The table names no field twice and none that is gone."""
        for kind in RECORDS:
            assert set(TABLE[kind.type].sees) <= set(model_of(kind).names)

    def test_a_kind_without_an_entry_shows_type_and_id(self):
        """Even its owner sees no more, until it is decided."""
        seen = view(DEAR, ANNA, Book(), TODAY)
        assert seen.as_dict() == {"type": "diary", "schema": 1, "id": "d-1"}
        assert "line" in seen.redacted

    def test_what_everybody_may_see_is_what_a_document_says(self, monkeypatch):
        """With every circle open a view is the document itself; only seals are kept back."""
        for record in (agreed_goal(), signed_talk(), acknowledged(), agreed_path(), employed()):
            known = TABLE[record.type]
            open_to_all = attrs.evolve(
                known, sees=dict.fromkeys(known.sees, circles.EVERYONE), words=circles.EVERYONE, quiet={}
            )
            monkeypatch.setitem(TABLE, record.type, open_to_all)
            expected = as_lists(documents.unstructure(record))
            for entry in expected["history"]:
                del entry["content"], entry["digest"]
            seen = view(record, STRANGER, Book(), TODAY)
            assert seen.as_dict() == expected
            assert seen.redacted == ("history[*].content", "history[*].digest")


def house(*records):
    """Per manages Ole, Ole manages Anna and Eva."""
    people = [someone(ANNA, manager=OLE), someone(EVA, manager=OLE), someone(OLE, manager=PER), someone(PER)]
    return Book([*people, *records])


class TestViews:
    """Who sees what."""

    def test_preparations_are_their_writers(self):
        """Anna sees hers, Ole his; that something may be kept back stands there in any case."""
        talk = prepared_talk()
        for viewer, notes in ((ANNA, "I want to talk about moving house"), (OLE, "Ask about the pilot line")):
            seen = view(talk, viewer, house(talk), TODAY)
            assert [p["notes"] for p in seen["preparations"]] == [notes]
            assert "preparations[*]" in seen.redacted
        none = view(scheduled_talk(), ANNA, house(), TODAY)
        assert "preparations[*]" in none.redacted
        assert none["preparations"] is None

    @pytest.mark.parametrize("record", [agreed_goal(), signed_talk(), agreed_path()])
    def test_the_manager_of_the_manager_sees_state_and_days_and_no_text(self, record):
        """Per sees that it is agreed, and when what was done; none of its words."""
        seen = view(record, PER, house(record), TODAY)
        assert seen["state"] == record.state
        assert [e["act"] for e in seen["history"]]
        assert not [w.text for w in texts(record) if w.text in repr(seen.as_dict())]

    @pytest.mark.parametrize("record", [agreed_goal(), signed_talk(), agreed_path(), acknowledged(), employed()])
    def test_a_stranger_sees_an_id(self, record):
        """Nobody else sees anything."""
        assert view(record, STRANGER, house().put(record), TODAY).as_dict() == {
            "type": record.type,
            "schema": 1,
            "id": record.id,
        }

    def test_no_seal_is_shown(self):
        """With a digest a hidden word could be guessed."""
        assert "digest" not in view(prepared_talk(), ANNA, house(), TODAY)["history"][0]

    def test_a_path_is_the_coachs_to_see_once_shared(self):
        """A draft is its owner's, even when a coach is named already; archived it stays as it was."""
        draft, shown = draft_path(coach=OLE), shared_path()
        assert "success" in view(draft, OLE, house(), TODAY).redacted
        assert view(shown, OLE, house(), TODAY)["success"] == shown.success
        for path in (draft, shown):
            kept = path.archive("moved on", by=ANNA, at=at(9))
            assert ("success" in view(kept, OLE, house(), TODAY).as_dict()) is (path is shown)

    def test_needs_are_seen_as_far_as_released(self):
        """The coach sees what is released to coaches; nothing tells that there is more, not even the history."""
        path = shared_path().say_need("n-2", "balance", "Evenings with my son", by=ANNA, at=at(2))
        path = path.release_need("n-2", "owner_only", by=ANNA, at=at(2))
        book = house(path)
        seen = view(path, OLE, book, TODAY)
        assert [need["id"] for need in seen["needs"]] == ["n-1"]
        assert "needs[*]" in seen.redacted
        assert not [e for e in seen["history"] if "need" in e["act"]]
        own = view(path, ANNA, book, TODAY)
        assert [need["id"] for need in own["needs"]] == ["n-1", "n-2"]
        assert "needs[*]" not in own.redacted
        assert view(path, EVA, book, TODAY)["needs"] is None
        listening = book.put(planned_talk(interviewer=EVA))
        assert [need["id"] for need in view(path, EVA, listening, TODAY)["needs"]] == ["n-1"]

    def test_needs_released_further_are_seen_by_those_named_in_a_move(self):
        """To managers: by the two managers of a move that names the need; to the client: by its voice as well."""
        path = draft_path().release_need("n-1", "managers", by=ANNA, at=at(1))
        wider = path.release_need("n-1", "client", by=ANNA, at=at(1))
        move = asked(
            wished(needs=("n-1",)), releasing_manager=EVA, receiving_manager=PER, client_by="c-1", needs=(need("n-1"),)
        )
        book = house(move, attrs.evolve(wished(needs=("n-9",)), id="mv-2", releasing_manager=STRANGER))
        for viewer, narrow, wide in (
            (EVA, True, True),
            (PER, True, True),
            ("c-1", False, True),
            (STRANGER, False, False),
        ):
            for record, expected in ((path, narrow), (wider, wide)):
                assert (view(record, viewer, book, TODAY)["needs"] is not None) is expected

    def test_feedback_is_read_by_two_until_it_is_shared(self):
        """Then by the coach, and by the line manager as far as both said yes; never before it is given."""
        coached = goal_with(EVA)
        mine = {"situation", "behaviour"}
        given = {"two": acknowledged(), "coach": shared("coach"), "managers": shared("managers")}
        narrow = {ANNA, STRANGER}
        for visibility, readers in (("two", narrow), ("coach", narrow | {EVA}), ("managers", narrow | {EVA, OLE})):
            record = model_of(Feedback).copy(given[visibility], {"giver": STRANGER})
            seen = {
                p for p in (ANNA, STRANGER, EVA, OLE, PER) if mine <= set(view(record, p, house(coached), TODAY).shown)
            }
            assert seen == readers, visibility

    def test_the_receiver_of_a_draft_knows_nothing_of_it(self):
        """Nor reads what was asked for before it is given; what they asked they see until it is written on."""
        assert set(view(draft(), ANNA, house(), TODAY).shown) == {"type", "schema", "id"}
        asked = view(requested(), ANNA, house(), TODAY)
        assert (asked["about"], asked["state"]) == ("The pilot line", "requested")
        begun = view(requested().write(kind="appreciation", about="X", by=OLE, at=at(2)), ANNA, house(), TODAY)
        assert begun["state"] == "draft"
        assert "about" in begun.redacted

    def test_feedback_taken_back_is_known_and_not_read(self):
        """Ole withdraws what he gave: Anna sees that, and why."""
        record = given_feedback().withdraw("it was another team", by=OLE, at=at(3))
        seen = view(record, ANNA, house(), TODAY)
        assert seen["state"] == "withdrawn"
        assert seen["history"][-1]["reason"] == "it was another team"
        assert "behaviour" in seen.redacted

    def test_people_are_known_to_those_near_them(self):
        """Line managers, coaches, reports and coachees know a name; contacts at a client only the line manager."""
        book = Book([*house(goal_with(ANNA, owner=EVA), goal_with("p-8", id="g-9"))]).put(anna := employed())
        for viewer, named in ((ANNA, True), (OLE, True), (PER, True), (EVA, True), ("p-8", True), (STRANGER, False)):
            assert ("name" in view(anna, viewer, book, TODAY).shown) is named
        assert "name" in view(book.get(Person, OLE), ANNA, book, TODAY).shown
        assert [("placements" in view(anna, p, book, TODAY).shown) for p in (ANNA, OLE, PER)] == [True, True, False]
        assert "external_ids" in view(anna, ANNA, book, TODAY).shown
        assert "external_ids" in view(anna, OLE, book, TODAY).redacted

    def test_the_day_says_who_manages(self):
        """Eva managed Anna until yesterday: the view of that day is hers."""
        moved = someone(ANNA, manager=EVA).change_manager("po-1", OLE, on(1), by=HR, at=at(1))
        book = house().put(moved)
        assert "state" in view(agreed_goal(), EVA, book, on=on(0)).shown
        assert "state" not in view(agreed_goal(), EVA, book, TODAY).shown

    def test_asking_for_what_is_kept_back_says_so(self):
        """D003 for a field that is hidden, V016 for one that does not exist, None for one that says nothing."""
        seen = view(draft_goal(), OLE, house(), TODAY)
        assert seen["reality"] is None
        assert seen["serves"][0]["kind"] == "need"
        assert codes(refused(lambda: seen["extra"])) == ["D003"]
        assert codes(refused(lambda: seen["nonsense"])) == ["V016"]

    def test_a_view_is_frozen(self):
        """Changing what it gave changes nothing."""
        seen = view(draft_goal(), OLE, house(), TODAY)
        seen.as_dict()["serves"].append("x")
        seen["serves"].append("x")
        assert len(seen["serves"]) == 1
        assert hash(seen) == hash(view(draft_goal(), OLE, house(), TODAY))
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            seen.viewer = ANNA


def goal_with(coach, **fields):
    """A goal that was agreed with somebody, who coaches its owner by it."""
    given = {"id": "g-1", "owner": ANNA, "title": "Lead a pilot line", "coach": coach, **fields}
    return Goal.import_(**given, state="agreed", by=HR, at=at(0), source="x")


class TestAccessCopy:
    """A person is given all about them, with author and date."""

    def test_what_others_keep_for_themselves_is_left_out(self):
        """Ole's preparation and a draft of feedback are his; all else of Anna is there, and is plain."""
        goal = draft_goal().suggest_option("o-1", "Shadow Eva", by=OLE, at=at(1))
        others = attrs.evolve(acknowledged(), id="f-9", giver=EVA, receiver=OLE)
        book = house(prepared_talk(), goal, draft(), others, shared_path())
        copy = access_copy(book, ANNA)
        said = {w["text"]: (w["author"], w["at"]) for w in copy["words"]}
        assert said["Shadow Eva"] == (OLE, "2026-03-02T12:00:00Z")
        assert said["I want to talk about moving house"] == (ANNA, "2026-03-07T12:00:00Z")
        assert said["Problems nobody here has solved"] == (ANNA, "2026-03-02")
        assert "Ask about the pilot line" not in repr(copy)
        assert "night shift" not in repr(copy)
        assert [r["id"] for r in copy["records"]] == [ANNA, "g-1", "i-1", "path-1"]

    def test_reasons_in_the_history_are_there_as_far_as_they_are_read(self):
        """Ole asked for a change, which Anna reads; what he writes on before he gives it she does not."""
        goal = proposed_goal().ask_change("By Easter, please", by=OLE, at=at(3))
        begun = requested().write(kind="appreciation", impact="A fault found", by=OLE, at=at(2))
        said = {w["text"]: w["author"] for w in access_copy(house(goal, begun), ANNA)["words"]}
        assert said["By Easter, please"] == OLE
        assert "A fault found" not in said

    def test_words_written_elsewhere_are_there(self):
        """A reason that Anna, who is of the administration as well, gave in the record of somebody else."""
        eva = Person.import_(EVA, state="known", by=ANNA, at=at(0), source="an old list", name="Eva")
        copy = access_copy(Book([registered(), eva]), ANNA)
        assert [(w["record"], w["text"]) for w in copy["words"]][-1] == (["person", EVA], "an old list")
        assert len(copy["records"]) == 1

    def test_a_coach_is_given_what_a_coach_sees(self):
        """Needs as far as released, and nothing of acts on those that are not."""
        path = shared_path().say_need("n-2", "balance", "Evenings with my son", by=ANNA, at=at(2))
        path = path.release_need("n-2", "owner_only", by=ANNA, at=at(2))
        met = path.meet_need("n-1", met_by="the pilot line", by=ANNA, at=at(2))
        copy = access_copy(house(met), OLE)
        assert "Evenings with my son" not in repr(copy)
        assert "Problems nobody here has solved" in {w["text"] for w in copy["words"]}

    def test_nobody_unknown_or_erased_is_given_a_copy(self):
        """X002 and D006."""
        assert codes(refused(lambda: access_copy(Book(), ANNA))) == ["X002"]
        assert codes(refused(lambda: access_copy(Book([erased()]), ANNA))) == ["D006"]


class TestKeeping:
    """How long records are kept."""

    def test_a_house_may_turn_it_off_or_make_it_an_error(self):
        """By the code, as any advice."""
        assert keeping(registered(), on(1), policy=Policy(severities={"D001": "off"})) == ()
        (strict,) = keeping(registered(), on(1), policy=Policy(severities={"D001": "error"}))
        assert strict.severity == "error"


class TestCounting:
    """Counts about people, for groups that are large enough."""

    def grouped(self, sizes, **asked):
        everybody = [someone(f"{group}-{n}") for group, size in sizes.items() for n in range(size)]
        return count_by(everybody, lambda p: p.id.split("-")[0], **asked)

    def test_a_small_group_takes_the_next_with_it_where_the_total_would_tell(self):
        """One group of two beside two others: with the total, its count could be reckoned."""
        counts = self.grouped({"a": 2, "b": 5, "c": 9})
        assert counts.shown == {"c": 9}
        assert counts.withheld == ("a", "b")

    def test_small_groups_that_hide_each_other_take_nobody_with_them(self):
        """Two and two are four: enough."""
        counts = self.grouped({"a": 2, "b": 2, "c": 9})
        assert counts.shown == {"c": 9}
        assert counts.withheld == ("a", "b")

    def test_the_size_counts_and_not_the_answer(self):
        """Of nine, one is asked about: the group is large enough to say so."""
        counts = self.grouped({"a": 9}, where=lambda p: p.id == "a-0")
        assert (counts["a"], counts["z"]) == (1, 0)

    def test_the_house_says_how_small(self):
        """`smallest_group` of the policy."""
        assert self.grouped({"a": 4}, policy=Policy(smallest_group=5)).withheld == ("a",)

    def test_nobody_counts_twice_and_somebody_may_be_in_no_group(self):
        """The same person again, and one without a group."""
        everybody = [*(someone(f"a-{n}") for n in range(3)), someone("a-0"), someone("b-0")]
        counts = count_by(everybody, lambda p: "a" if p.id < "b" else None)
        assert (counts["a"], counts.withheld) == (3, ())


class TestRules:
    """Each rule fires and passes."""

    @pytest.mark.parametrize("code", FIRES)
    def test_it_fires_alone(self, code):
        """Exactly this code."""
        assert set(codes(tuple(FIRES[code]()))) == {code}

    @pytest.mark.parametrize("code", PASSES)
    def test_a_neighbour_passes(self, code):
        """Nothing is said."""
        assert not list(PASSES[code]())

    @pytest.mark.parametrize("case", ALSO)
    def test_the_other_ways(self, case):
        """Each key begins with the code."""
        assert set(codes(tuple(ALSO[case]()))) == {case.split()[0]}


class TestMoves:
    """Kinds of records whose circles are their own."""

    def move(self, **asked):
        return InternalMove.wish("mv-1", "A line of my own", from_placement="pl-1", by=ANNA, at=at(0), **asked)

    def test_a_wish_is_the_movers_until_somebody_is_asked(self):
        """Then the line above sees that it is asked, and those who are asked read why."""
        wish = self.move()
        asked = wish.ask("op-1", releasing_manager=OLE, by=ANNA, at=at(1))
        assert [("state" in view(wish, p, house(), TODAY).shown) for p in (ANNA, OLE, PER)] == [True, False, False]
        assert [("state" in view(asked, p, house(), TODAY).shown) for p in (ANNA, OLE, PER, EVA)] == [
            True,
            True,
            True,
            False,
        ]
        assert [("why" in view(asked, p, house(), TODAY).shown) for p in (ANNA, OLE, PER)] == [True, True, False]

    def test_an_opportunity_is_for_everybody_and_who_took_it_is_not(self):
        """The one who posted it and those who took it up see who did."""
        line = Opportunity.post("op-1", "Lead a line", kind="placement", organisation="bruk", by=OLE, at=at(0))
        line = line.fill(ANNA, by=OLE, at=at(1))
        assert view(line, STRANGER, house(), TODAY)["title"] == "Lead a line"
        assert [("filled_by" in view(line, p, house(), TODAY).shown) for p in (ANNA, OLE, STRANGER)] == [
            True,
            True,
            False,
        ]

    @pytest.mark.parametrize("kind", [InternalMove, Opportunity, CoachingRelationship, Organisation])
    def test_all_is_decided_of_them(self, kind):
        """As of every record."""
        assert undecided([kind]) == ()


def test_a_position_of_nobody_ends_the_line():
    """A manager who is not in the book, and one who has none."""
    anna = registered(position=Position("po-1", "hem", "Lead", Span(JOINED), managers=managers(JOINED, "p-77")))
    assert relations.two_managers_above(Book([anna]), ANNA, on(1)) == ("p-77",)
    with pytest.raises(Rejected):
        view(anna, STRANGER, Book([anna]), TODAY)["name"]


class TestWordsAndTheirAuthors:
    """Whoever set a field last wrote what it says now, and takes exactly that with them."""

    def left(self, id):
        return someone(id).leave(on(300), by=HR, at=at(300))

    def test_what_a_coach_renegotiates_stays_when_the_owner_goes(self):
        """Reality, obstacles and measure by Ole; one obstacle and the title are Anna's still."""
        goal = agreed_goal(obstacles=("Time", "Money"), reality="Nobody tried")
        changes = {"reality": "Two tried", "obstacles": ("Time", "No parts"), "measure": Measure("stations", 0, 4)}
        goal = goal.renegotiate("Too much", **changes, by=OLE, at=at(20))
        after = erase(Book([gone(), goal]), ANNA, on(400), by=HR, at=at(400))[0].get(Goal, "g-1")
        assert (after.reality, after.obstacles, after.measure.unit) == ("Two tried", (MARK, "No parts"), "stations")
        assert after.title == MARK
        assert after.history[-2].was["reality"] == MARK
        after = erase(Book([self.left(OLE), goal]), OLE, on(400), by=HR, at=at(400))[0].get(Goal, "g-1")
        assert (after.reality, after.obstacles, after.measure.unit) == (MARK, ("Time", MARK), MARK)
        assert after.title == goal.title

    def test_what_was_asked_for_stays_when_the_giver_goes(self):
        """Anna asked about the pilot line, and Ole said no: her words are hers."""
        asked = requested().decline("No time", by=OLE, at=at(2))
        after = erase(Book([self.left(OLE), asked]), OLE, on(400), by=HR, at=at(400))[0].get(Feedback, asked.id)
        assert (after.about, after.history[-2].reason) == ("The pilot line", MARK)
        after = erase(Book([gone(), asked]), ANNA, on(400), by=HR, at=at(400))[0].get(Feedback, asked.id)
        assert (after.about, after.history[-2].reason) == (MARK, "No time")

    def test_what_was_posted_goes_with_whoever_posted_it(self):
        """And what another has set since stays."""
        line = Opportunity.post(
            "op-1", "Lead a line", kind="placement", organisation="bruk", unit="Robotics", by=OLE, at=at(0)
        )
        line = line.edit(title="Lead two lines", by=EVA, at=at(1))
        after = erase(Book([self.left(OLE), line]), OLE, on(400), by=HR, at=at(400))[0].get(Opportunity, "op-1")
        assert (after.title, after.unit) == ("Lead two lines", MARK)

    def test_an_amended_turn_is_of_whoever_amended_it(self):
        """Ole corrects one turn of Anna's; the others stay hers, and one that is left out takes no other with it."""
        talk = held_talk()
        n, told = next((i, t) for i, t in enumerate(talk.turns) if t.speaker == ANNA)
        turns = (*talk.turns[:n], attrs.evolve(told, text="As Ole heard it"), *talk.turns[n + 1 :])
        amended = talk.amend(turns=turns, by=OLE, at=at(32))
        found = {w.path: w.author for w in texts(amended)}
        assert found[f"turns[{n}].text"] == OLE
        others = [i for i in range(len(turns)) if i != n]
        assert [found[f"turns[{i}].text"] for i in others] == [turns[i].speaker for i in others]
        shorter = amended.amend(turns=turns[:-1], by=ANNA, at=at(33))
        found = {w.path: w.author for w in texts(shorter)}
        assert found[f"turns[{n}].text"] == OLE
        assert [found[f"turns[{i}].text"] for i in others[:-1]] == [turns[i].speaker for i in others[:-1]]

    def test_what_two_wrote_of_an_agreement_goes_with_either(self):
        """One set the purpose, the other the cadence: it is of both."""
        (words, *_) = [
            w for w in texts(active().revisit(cadence=28, by=ANNA, at=at(9))) if w.path.startswith("agreement.")
        ]
        assert set(words.writers) == {ANNA, OLE}

    def test_whoever_notes_a_person_has_not_written_them(self):
        """HR leaves and is erased: Anna keeps her name, and the organisation its own."""
        hr = someone(HR).leave(on(300), by="p-8", at=at(300))
        verk = Organisation.register("o-1", "Verk", kinds=("employer",), by=HR, at=at(0))
        after, _ = erase(Book([hr, registered(), verk]), HR, on(400), by="p-8", at=at(400))
        assert (after.get(Person, ANNA).name, after.get(Organisation, "o-1").name) == ("Anna Ek", "Verk")


ANNAS = (
    "Annas m\u00e5l", "Anna Eks plan", "Ek, Anna", "Anna  Ek", "Anna\nEk", "Anna\u00a0Ek", "ANNA EK", "Anna\u2019s", "Eks",
    "Anna\u3055\u3093", "anna.ek@hem.se", "annaek",
)  # fmt: skip


class TestNames:
    """Names are found as people write them."""

    def looked_at(self, why, **asked):
        other = of_ole(why=f"Wie {why} sagt")
        return [str(line) for line in erase(Book([gone(), other]), ANNA, on(40), by=HR, at=at(40), **asked)[1].look_at]

    @pytest.mark.parametrize("written", ANNAS)
    def test_it_stands_in_others_words(self, written):
        """Reported, and not taken."""
        assert self.looked_at(written) == ["goal g-1 why: words of p-3, in which the name stands"]

    @pytest.mark.parametrize("written", ["Hannas ekar", "Annan", "ekologi", "Susanna"])
    def test_it_does_not_stand_in_other_words(self, written):
        """Only whole words of the name count."""
        assert self.looked_at(written) == []

    @pytest.mark.parametrize(
        ("name", "written"),
        [
            ("\u00c5sa \u00d6berg", "A\u030asas"),
            ("A\u030asa \u00d6berg", "\u00c5sas"),
            ("\u5c71\u7530\u592a\u90ce", "\u5c71\u7530\u592a\u90ce\u3055\u3093"),
            ("Se\u00e1n O'Brien", "O\u2019Briens"),
            ("Ludwig van der Berg", "van der Berg, Ludwig"),
            ("Lars Ek", "Lars'"),
        ],
    )
    def test_of_whatever_kind_it_is(self, name, written):
        """Composed or not, beside letters without spaces, with another apostrophe, the family name first."""
        person = attrs.evolve(gone(), name=name, given_name=None, family_name=None)
        other = of_ole(why=f"Wie {written}")
        (line,) = erase(Book([person, other]), ANNA, on(40), by=HR, at=at(40))[1].look_at
        assert line.path == "why"

    def test_former_names_are_looked_for(self):
        """Alone in a field they go, as the name does."""
        assert self.looked_at("Anna Berg-Strand", names=["Anna Berg-Strand"])
        assert self.looked_at("Strand") == []
        path = attrs.evolve(draft_path().name_role_model("m-2", name="Strand, Anna", by=ANNA, at=at(1)), owner=OLE)
        after, _ = erase(Book([gone(), path]), ANNA, on(40), by=HR, at=at(40), names=["Anna Strand"])
        assert after.get(CareerPath, "path-1").role_models[1].name == MARK

    def test_a_name_without_a_letter_is_found_nowhere(self):
        """Such as a dash that stands for one."""
        assert self.looked_at("- und -", names=["-", "- -"]) == []

    @pytest.mark.parametrize("names", [7, "Anna", [7]])
    def test_names_are_a_list_of_texts(self, names):
        """V015."""
        assert codes(refused(lambda: erase(Book([gone()]), ANNA, on(40), by=HR, at=at(40), names=names))) == ["V015"]

    def test_what_stays_for_good_and_holds_the_name_is_reported(self):
        """An id, whoever acted, a key of `extra`, and the reason of the erasure, each once and without quoting it."""
        goal = Goal.begin("anna-ek/2026", "Lead a line", by="Anna Ek", at=at(0))
        goal = goal.invest("time", "Fridays", by="Anna Ek", at=at(1)).with_extra({"says anna": 1})
        _, report = erase(Book([gone(), goal]), ANNA, on(40), by=HR, at=at(40), reason="Anna Ek asked for it")
        assert [(line.record[0], line.path) for line in report.look_at] == [
            ("goal", "id"), ("goal", "history[0].by"), ("goal", "extra"), ("person", "history"),
        ]  # fmt: skip

    def test_an_id_that_is_a_mail_address_is_reported_once(self):
        """In the person's own record."""
        person = someone("a.e@hem.se").leave(on(30), by=HR, at=at(30))
        goal = Goal.begin("g-1", "Lead a line", by="a.e@hem.se", at=at(0))
        _, report = erase(Book([person, goal]), "a.e@hem.se", on(40), by=HR, at=at(40))
        assert [str(line) for line in report.look_at] == ["person a.e@hem.se id: an id that is a mail address"]


class TestOnHold:
    """What the law holds is not erased, and is named (D009)."""

    def test_it_stays_as_it_is_and_is_named(self):
        """Her goal is held, her talk is not; nothing is said of what has nothing to do with her."""
        goal, talk, other = agreed_goal().hold(on(50)), signed_talk(), of_ole(id="g-2").hold(on(50))
        after, report = erase(Book([gone(), goal, talk, other]), ANNA, on(50), by=HR, at=at(50))
        assert after.get(Goal, "g-1") is goal
        assert after.get(Interview, "i-1") is not talk
        assert [(f.code, f.severity, f.record, f.path) for f in report.held] == [
            ("D009", "warning", ("goal", "g-1"), "hold_until")
        ]
        assert str(report).endswith(
            "goal g-1 hold_until: the record is held until 2026-04-21, nothing of it went (D009)"
        )
        assert codes(leftovers(after)) == ["D005"]
        assert leftovers(after, on(50)) == ()
        assert "D005" not in codes(after.check(on(50)))
        assert "D005" in codes(after.check(on(51)))
        again, report = erase(after, ANNA, on(51), by=HR, at=at(51))
        assert (again.get(Goal, "g-1").title, report.held) == (MARK, ())
        assert leftovers(again) == ()

    def test_a_person_on_hold_is_not_erased(self):
        """Nor is anything lost of them."""
        person = gone().hold(on(50))
        after, report = erase(Book([person]), ANNA, on(50), by=HR, at=at(50))
        assert after.get(Person, ANNA) is person
        assert [f.record for f in report.held] == [("person", ANNA)]


class TestViewsAsMappings:
    """A view is read as any mapping, and holds what there is to see."""

    @pytest.mark.parametrize("amount", ["3.50", "4", "0.1", "120.123456789012345", "100000000000000.123456789012345"])
    def test_its_numbers_are_those_of_json(self, amount):
        """Exactly, or as a text that documents are read with as well."""
        goal = draft_goal().invest("time", "Evenings", amount=Decimal(amount), unit="hours", by=ANNA, at=at(1))
        said = json.loads(json.dumps(view(goal, ANNA, house(), TODAY).as_dict()))["investments"]
        told = documents.unstructure(goal) | {"investments": said}
        assert documents.structure(told) == goal

    def test_it_is_a_mapping(self):
        """Fields that are kept back are not there."""
        seen = view(draft_goal(), OLE, house(), TODAY)
        assert dict(seen) == seen.as_dict() == dict(seen.items())
        assert list(seen) == list(seen.keys())
        assert len(seen) == len(seen.as_dict())
        assert ("title" in seen, "extra" in seen, "reality" in seen, 7 in seen) == (True, False, False, False)
        assert (seen.get("title"), seen.get("extra"), seen.get("nonsense", 1)) == (draft_goal().title, None, 1)
        assert seen.get("serves") == seen["serves"]
        assert draft_goal().title not in repr(seen)
        assert repr(seen).startswith("<View of goal g-1 for p-3: type, schema, id, ")

    @pytest.mark.parametrize(("field", "code"), [("extra", "D003"), ("nonsense", "V016"), (7, "V016"), (None, "V016")])
    def test_what_is_not_there_is_a_key_error_and_a_refusal(self, field, code):
        """So that templates take it for nothing, and a program is told why."""
        seen = view(draft_goal(), OLE, house(), TODAY)
        with pytest.raises(KeyError) as caught:
            seen[field]
        assert isinstance(caught.value, Rejected)
        assert caught.value.codes == (code,)
        assert pickle.loads(pickle.dumps(caught.value)).codes == (code,)
        assert str(caught.value).startswith("goal g-1: cannot show\n")

    def test_what_an_act_set_is_told_as_far_as_the_fields_are_seen(self):
        """The receiver who asked sees that Ole writes, and not what he wrote, nor in which fields."""
        begun = requested().write(kind="appreciation", impact="A fault found", by=OLE, at=at(2))
        entry = view(begun, ANNA, house(), TODAY)["history"][-1]
        assert (entry["act"], "sets" in entry) == ("write", False)
        assert "impact" in view(begun, OLE, house(), TODAY)["history"][-1]["sets"]
        assert "history[*].sets" in view(begun, ANNA, house(), TODAY).redacted


class TestFindingsForOne:
    """Findings for the page of one viewer: about what they see, saying no more."""

    def told(self, record, viewer, *others, day=TODAY):
        return [(f.code, f.path, f.message) for f in findings_for(record, viewer, house(record, *others), day)]

    def test_the_two_are_told_all_of_their_record(self):
        """As the record says it itself."""
        goal = draft_goal()
        own = [(f.code, f.path, f.message) for f in goal.findings(TODAY)]
        assert self.told(goal, ANNA) == self.told(goal, OLE) == own
        assert own

    def test_the_line_is_told_of_states_and_days_in_general(self):
        """Per sees when it was to be; that it was not signed is no field of his."""
        talk = planned_talk().schedule({"start": at(30), "minutes": 60, "place": "Room 4"}, by=ANNA, at=at(29))
        assert ("I004", "invited_at", "not so: the invitation came at least 21 days ahead") in self.told(talk, PER)
        assert ("I004", "invited_at", "the invitation came 1 days ahead, not 21") in self.told(talk, ANNA)
        assert {path for _, path, _ in self.told(talk, PER)} == {"invited_at"}
        assert self.told(talk, STRANGER) == []

    def test_hidden_items_are_not_counted(self):
        """Anna's first need is her own; Ole is told of the second as of the first."""
        path = draft_path().say_need("n-0", "balance", "Evenings", importance="must", by=ANNA, at=at(1))
        path = path.release_need("n-0", "owner_only", by=ANNA, at=at(1))
        path = path.say_need("n-2", "challenge", "Hard ones", importance="must", by=ANNA, at=at(1))
        path = path.share(OLE, by=ANNA, at=at(2))
        hers = [p for code, p, _ in self.told(path, ANNA) if code == "C013"]
        his = [p for code, p, _ in self.told(path, OLE) if code == "C013"]
        first = [need.id for need in path.needs].index("n-0")
        assert len(hers) == len(his) + 1
        assert f"needs[{first}]" in hers
        assert len(view(path, OLE, house(path), TODAY)["needs"]) > max(int(p[6:-1]) for p in his)

    def test_a_book_tells_each_their_own(self):
        """Across records in general only: what is found there may be in records that they do not see."""
        book = house(draft_goal(), planned_talk())
        for viewer in (ANNA, OLE, PER, STRANGER):
            found = book.check(TODAY, for_=viewer)
            assert found == findings_for(book, viewer, book, TODAY)
            assert sorted(map(str, found)) == sorted(map(str, book.findings(TODAY, for_=viewer)))
            for it in found:
                seen = view(book.at(*it.record), viewer, book, TODAY)
                assert not it.path or re.split(r"[.\[]", it.path)[0] not in seen.redacted
                assert not it.code.startswith("X0") or it.code == "X002" or it.message == f"not so: {it.says}"
        assert book.check(TODAY, for_=ANNA)

    def test_reasons_in_a_history_are_told_to_whoever_reads_them(self):
        """Ole is erased, and a reason of his is left: Anna is told, the line above is not, nor of what is gone."""
        goal = proposed_goal().ask_change("By Easter, please", by=OLE, at=at(3))
        ole, _ = erase(Book([someone(OLE).leave(on(4), by=HR, at=at(4))]), OLE, on(5), by=HR, at=at(5))
        book = house(goal).put(*ole)
        place = f"history[{len(goal.history) - 1}].reason"
        left = [f for f in leftovers([*ole, goal]) if f.path == place]
        assert [f.path for f in told(left, ANNA, book, TODAY, Policy())] == [place]
        assert not list(told(left, PER, book, TODAY, Policy()))
        assert not list(told(left, ANNA, book.remove(goal), TODAY, Policy()))

    def test_what_is_asked_wrongly(self):
        """V015."""
        for ask in (
            lambda: findings_for(None, ANNA, house(), TODAY),
            lambda: findings_for(draft_goal(), 7, house(), TODAY),
            lambda: findings_for(draft_goal(), ANNA, None, TODAY),
            lambda: findings_for(draft_goal(), ANNA, house(), None),
            lambda: house().check(TODAY, for_=7),
            lambda: house().findings(TODAY, for_=7),
        ):
            assert codes(refused(ask)) == ["V015"]


def slot_on(day):
    """An hour on a day."""
    return {"start": at(day), "minutes": 60, "place": "Room 4"}


class TestCoachesOfADay:
    """Who coaches Anna on a day, told in one place."""

    def coaches(self, *records, day=TODAY, **numbers):
        return relations.coaches_on(Book([someone(ANNA), *records]), ANNA, day, Policy(**numbers))

    def talk(self, state="held", **fields):
        given = {"coachee": ANNA, "interviewer": OLE, "kind": "annual", "by": HR, "at": at(0), "source": "x", **fields}
        return Interview.import_("i-1", state=state, **given)

    @pytest.mark.parametrize(
        ("held", "sees"),
        [(-345, True), (-346, False), (20, True), (400, True)],
        ids=["a year", "a day more", "now", "ahead"],
    )
    def test_the_interviewer_of_a_talk_held_within_the_cadence(self, held, sees):
        """Twelve months before the day, or as many as the house says; one that lies ahead, too."""
        talk = self.talk(slot=slot_on(held))
        assert self.coaches(talk) == ({OLE} if sees else set())
        assert self.coaches(talk, cadence_months=24) == {OLE}

    @pytest.mark.parametrize(("state", "sees"), [("planned", True), ("scheduled", True), ("cancelled", False)])
    def test_a_talk_that_lies_ahead(self, state, sees):
        """Not one that was cancelled, nor one that nobody held for years."""
        assert self.coaches(self.talk(state, due_on=on(40), slot=slot_on(40))) == ({OLE} if sees else set())
        assert self.coaches(self.talk(state, due_on=on(-700), slot=slot_on(-700))) == set()

    def test_drafts_open_nothing(self):
        """Nor does what is only proposed."""
        assert self.coaches(draft_goal(), draft_path(coach=OLE)) == set()
        assert self.coaches(proposed_goal()) == set()
        assert self.coaches(agreed_goal()) == {OLE}

    def test_each_day_has_its_own_answer(self):
        """Before it began, while it ran, once it had ended; and who was interviewer before another was named."""
        pair = active().close(by=ANNA, at=at(80))
        assert [self.coaches(pair, day=on(d)) for d in (1, 2, 79, 80)] == [set(), {OLE}, {OLE}, set()]
        talk = planned_talk(interviewer=EVA).reassign(OLE, by=EVA, at=at(5))
        assert [self.coaches(talk, day=on(d)) for d in (-1, 0, 4, 5)] == [set(), {EVA}, {EVA}, {OLE}]

    def test_one_that_was_taken_over_ran_from_its_first_day_on(self):
        """Where that is known."""
        pair = CoachingRelationship.import_(
            "r-1",
            state="active",
            coach=OLE,
            coachee=ANNA,
            kind="coach",
            span=Span(on(-90)),
            by=HR,
            at=at(0),
            source="x",
        )
        assert [self.coaches(pair, day=on(d)) for d in (-91, -90)] == [set(), {OLE}]

    def test_the_first_days_of_all(self):
        """No day is before them."""
        assert self.coaches(agreed_goal(), day=date.min) == set()
        assert self.coaches(agreed_goal(), day=date.max) == {OLE}
        assert self.coaches(self.talk(slot=slot_on(0)), day=date(2026, 3, 31), cadence_months=1) == {OLE}
