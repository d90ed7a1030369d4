"""Who is who: a person gets another id, or two records of one person become one; all records follow, or none."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from coaching import Book, CareerPath, Goal, Interview, Person, Policy, Ref, Span, verify
from coaching.book.naming import HANDS, PARTS, REFERENCES
from coaching.book.relations import coaches_on
from coaching.codec import dumps, loads
from coaching.kernel.classes import model_of
from coaching.kernel.constraints import V001
from coaching.kernel.history import as_now, last_act
from coaching.privacy import erase, texts, view
from coaching.records import RECORDS
from coaching.records.relationships import CoachingRelationship
from coaching.testing import books
from stage import ANNA, EVA, MONDAY, OLE, PER, at, codes, on, refused
from stage.book import someone
from stage.goals import agreed_goal, draft_goal, half_signed_goal, proposed_goal
from stage.house import feedback, goal, house, moved, opportunity, path, relationship, talk
from stage.interviews import planned_talk, prepared_talk, signed_talk
from stage.paths import agreed_path, draft_path
from stage.people import HR, JOINED, employed, gone
from stage.relationships import active, proposed

NEW = "1017"
WHO: dict[str, Any] = {"by": "hr-1", "at": at(300), "reason": "One number for all houses"}
PEOPLE = (someone(ANNA, manager=OLE), someone(OLE, manager=PER), someone(EVA), someone(PER))


def full() -> Book:
    """Everybody of the house, and Anna in a record of every kind."""
    return house(goal(), talk(), feedback(), path(), moved(), opportunity(), relationship())


def named(value: Any) -> Iterator[str]:
    """Every id and text in a value, but for the history: walked by what is known of its class, and nothing else."""
    if isinstance(value, tuple):
        for item in value:
            yield from named(item)
    elif attrs.has(type(value)):
        for name in model_of(type(value)).names:
            if name != "history":
                yield from named(getattr(value, name))
    elif isinstance(value, str):
        yield value


def but_history(record: Any) -> dict[str, Any]:
    """What a record says, but for its history."""
    return {name: getattr(record, name) for name in model_of(type(record)).names if name != "history"}


# --- which fields name people ----------------------------------------------------------------------------------------

OTHER = {
    "goal": {"chosen"}, "interview": {"cycle"}, "move": {"from_position", "from_placement", "needs"}, "position": {"employer"},
    "placement": {"client"}, "opportunity": {"organisation"}, "ref": {"id", "of"}, "entry": {"by", "noted_by"},
}  # fmt: skip
"""Ids that are of no person, and those that stay: of parts, of organisations; a reference says itself what it names."""


def classes(cls: type, seen: set[type]) -> set[type]:
    """A class and those of all its parts."""
    if cls not in seen:
        seen.add(cls)
        for _, model in model_of(cls).inner:
            classes(model.cls, seen)
    return seen


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.type)
def test_of_every_id_it_is_decided_whose_it_is(kind: Any):
    """A new field that holds an id has to stand in `REFERENCES`, `PARTS` or `HANDS` of the shelf, or here."""
    for cls in classes(kind, set()):
        model = model_of(cls)
        ids = (
            {name for name, field in model.fields.items() if V001 in field.rules}
            - {"id"}
            - OTHER.get(model.name, set())
        )
        decided = {*REFERENCES.get(model.name, ()), *PARTS.get(model.name, ()), *HANDS.get(model.name, ())}
        assert (model.name, ids - decided) == (model.name, set())
        assert (model.name, decided - {*model.fields}) == (model.name, set())


# --- renumber --------------------------------------------------------------------------------------------------------


class TestRenumber:
    """`book.renumber(person, new_id)`: every record that names the person, or none."""

    def test_every_record_follows(self):
        """Fields, parts, references, signatures, promises, turns, notes: nothing names the old id any more."""
        book = full().renumber(ANNA, NEW, **WHO)
        assert all(ANNA not in set(named(record)) for record in book)
        assert book.get(Person, ANNA) is None
        assert book.get(Person, NEW).name == "Anna Ek"
        assert len(book) == len(full())

    def test_a_need_that_a_placement_met_says_of_whom(self):
        """A reference to a part of a person's record names the person."""
        path_ = draft_path().meet_need("n-1", met_ref=Ref("placement", "pl-1", ANNA), by=ANNA, at=at(5))
        book = Book([employed(), *PEOPLE[1:], path_]).renumber(ANNA, NEW, **WHO)
        assert book.get(CareerPath, "path-1").needs[0].met_ref == Ref("placement", "pl-1", NEW)

    def test_there_and_back_nothing_is_left_but_the_history(self):
        """Each record is as it was, and has two entries more."""
        before = full()
        after = before.renumber(ANNA, NEW, **WHO).renumber(NEW, ANNA, **WHO)
        for record in before:
            other = after.at(*record.key)
            assert but_history(other) == but_history(record)
            assert other.history[: len(record.history)] == record.history
            assert [e.act for e in other.history[len(record.history) :]] in ([], ["rename"] * 2)

    def test_the_history_says_who_is_who_and_else_stays(self):
        """Entries keep the ids of their day; who asks in ids of today is told so."""
        goal_ = full().renumber(ANNA, NEW, noted_by="liv", **WHO).get(Goal, "g-1")
        entry = goal_.history[-1]
        assert (entry.act, entry.by, entry.noted_by, entry.reason) == ("rename", "hr-1", "liv", WHO["reason"])
        assert (entry.was["person"], entry.was["renamed"], entry.sets) == (ANNA, NEW, ())
        assert goal_.history[:-1] == full().get(Goal, "g-1").history
        assert {e.by for e in goal_.history} > {ANNA}
        assert {e.by for e in as_now(goal_.history)} >= {NEW}
        assert ANNA not in {e.by for e in as_now(goal_.history)}

    def test_an_entry_is_told_by_the_id_of_today_even_where_ids_are_given_again(self):
        """Anna becomes 1017, and Eva then Anna's old id: what Anna did is not taken for Eva's."""
        book = Book([*PEOPLE, evolve(draft_goal(), coach=EVA)]).renumber(ANNA, NEW, **WHO).renumber(EVA, ANNA, **WHO)
        goal_ = book.get(Goal, "g-1")
        assert (goal_.owner, goal_.coach) == (NEW, ANNA)
        assert {e.by for e in as_now(goal_.history)} == {NEW, "hr-1"}
        again = book.renumber(NEW, "17", by=NEW, at=at(301), reason="Once more").get(Goal, "g-1")
        assert {e.by for e in as_now(again.history)} == {"17", "hr-1"}
        history = draft_goal().history
        assert as_now(history) is history

    def test_who_only_acted_is_renamed_too(self):
        """Eva planned the talk and handed it over: the history names her, so that her words can be found."""
        book = Book([*PEOPLE, planned_talk(interviewer=EVA, by=EVA).reassign(OLE, by=EVA, at=at(1))])
        book = book.renumber(EVA, NEW, **WHO)
        assert [r.key for r in book.changed] == [("person", NEW), ("interview", "i-1")]
        assert as_now(book.get(Interview, "i-1").history)[0].by == NEW

    def test_what_has_to_be_stored_is_named_and_nothing_else_is_touched(self):
        """Records that do not name the person are the very same."""
        before = full()
        book = before.renumber(ANNA, NEW, **WHO)
        touched = {r.key for r in book.changed}
        assert ("person", NEW) in touched
        assert all(book.at(*r.key) is r for r in before if r.key not in touched | {("person", ANNA)})

    def test_life_goes_on(self):
        """The new id acts, the old one is a stranger."""
        book = Book([*PEOPLE, active(), half_signed_goal(serves=()), prepared_talk(), proposed("r-2", kind="peer")])
        soon = {**WHO, "at": at(20)}
        book = book.renumber(OLE, NEW, **soon).renumber(ANNA, "a", **soon)
        assert codes(book.would("g-1", "sign", by=OLE, at=at(21))) == ["V011"]
        assert book.act("g-1", "sign", by=NEW, at=at(21)).get(Goal, "g-1").state == "agreed"
        assert verify(book.act("g-1", "sign", by=NEW, at=at(21)).get(Goal, "g-1"))[0].code == "H005"
        assert book.get(CoachingRelationship, "r-2").acts_for("a") == ("amend", "sign", "decline")
        assert "decline" not in book.get(CoachingRelationship, "r-2").acts_for(NEW)
        assert [t.person for t in book.get(Interview, "i-1").awaits()] == ["a", NEW]

    def test_no_rule_speaks_that_did_not_speak_before(self):
        """Gates that look at who acted are asked with the ids of today; days stay those of the acts."""
        before = full()
        for day in (on(20), on(310)):
            then = Counter((f.code, f.record, f.path) for f in before.check(day))
            book = before.renumber(ANNA, NEW, **WHO)
            now = Counter(
                (f.code, (f.record[0], ANNA if f.record[1] == NEW else f.record[1]), f.path) for f in book.check(day)
            )
            assert now == then
        assert last_act(book.get(Goal, "g-1")) == before.get(Goal, "g-1").history[-1]

    def test_a_day_before_knows_people_by_the_ids_of_now(self):
        """Eva was to hold the talk, and then Ole: of the day before that she saw what she saw, whatever her id became."""
        book = Book([*PEOPLE, planned_talk(interviewer=EVA, by=EVA).reassign(OLE, by=EVA, at=at(2))])
        book = book.renumber(EVA, NEW, **WHO).renumber(NEW, "17", **WHO).renumber(OLE, EVA, **WHO)
        assert [coaches_on(book, ANNA, on(day)) for day in (1, 2)] == [{"17"}, {EVA}]

    def test_the_record_travels(self):
        """As any other: the entry is one, and a document holds it."""
        for record in full().renumber(ANNA, NEW, **WHO).changed:
            assert loads(dumps(record)) == record
            assert codes(verify(loads(dumps(record)))) == ["H005"]

    def test_what_somebody_wrote_under_the_old_id_is_theirs(self):
        """A reason of Anna's stays Anna's: it is listed, shown and erased as hers."""
        goal_ = proposed_goal().drop("I want something else", by=ANNA, at=at(5))
        book = Book([gone(), *PEOPLE[1:], goal_]).renumber(ANNA, NEW, **WHO)
        said = {words.path: words.author for words in texts(book.get(Goal, "g-1"))}
        (place,) = [name for name in said if name.endswith(".reason") and said[name] == NEW]
        assert place == f"history[{len(goal_.history) - 1}].reason"
        assert book.timeline(NEW)[-2].by in {NEW, "hr-1"}
        left, report = erase(book, NEW, on(400), by="hr-1", at=at(400))
        assert place in {line.path for line in report.gone if line.record == ("goal", "g-1")}
        assert {f.code for f in verify(left)} == {"H004", "H005"}


class TestSealed:
    """Signatures stay under the words they were given for; `verify` says so once a record, and checks on."""

    def test_it_is_said_once_a_record(self):
        """As a warning, with the day, both ids and who did it."""
        book = Book([*PEOPLE, agreed_goal(), signed_talk()]).renumber(ANNA, NEW, **WHO)
        assert {f.code for f in verify(book)} == {"H005"}
        assert {f.severity for f in verify(book)} == {"warning"}
        assert max(Counter(f.record for f in verify(book)).values()) == 1
        (found,) = verify(book.get(Goal, "g-1"))
        assert found.message == f"since {on(300)} {ANNA} has the id {NEW}, by hr-1"
        (found,) = verify(book.renumber(OLE, "1003", **WHO).get(Goal, "g-1"))
        assert found.message == f"since {on(300)} {OLE} has the id 1003, by hr-1, the last of 2 such changes"

    def test_signatures_are_those_that_were_given(self):
        """Same digest, same moment; the one who signed has the new id."""
        before, after = agreed_goal(), Book([*PEOPLE, agreed_goal()]).renumber(ANNA, NEW, **WHO).get(Goal, "g-1")
        assert [s.digest for s in after.signatures] == [s.digest for s in before.signatures]
        assert [s.by for s in after.signatures] == [NEW if s.by == ANNA else s.by for s in before.signatures]

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"title": "Follow"}, "H002"),
            ({"title": "Follow"}, "H003"),
            ({"coach": EVA, "signatures": ()}, "H002"),
        ],
    )
    def test_what_is_changed_later_is_found(self, changed: dict[str, Any], code: str):
        """As in any record."""
        goal_ = Book([*PEOPLE, agreed_goal()]).renumber(ANNA, NEW, **WHO).get(Goal, "g-1")
        assert code in codes(verify(evolve(goal_, **changed)))

    def test_what_was_changed_before_is_not_healed(self):
        """A record that was not what its last act left stays so, and signatures under something else stay so too."""
        book = Book([*PEOPLE, evolve(agreed_goal(), title="Follow")]).renumber(ANNA, NEW, **WHO)
        assert codes(verify(book.get(Goal, "g-1"))) == ["H002", "H005", "H003"]

    def test_an_erasure_leaves_no_digest_of_what_was_signed(self):
        """It would let anybody confirm a guess. Where nothing signed was erased, the signatures can still be checked."""
        book = Book([gone(), *PEOPLE[1:], agreed_goal()]).renumber(ANNA, NEW, **WHO)
        left, _ = erase(book, NEW, on(400), by="hr-1", at=at(400))
        assert all(not {"signed", "signs"} & e.was.keys() for e in left.get(Goal, "g-1").history)
        leaver = someone(OLE).leave(on(10), by="hr-1", at=at(10))
        book = Book([employed(), leaver, agreed_goal().drop("It is over", by=ANNA, at=at(5))])
        book = book.renumber(ANNA, NEW, **WHO)
        left, _ = erase(book, OLE, on(400), by="hr-1", at=at(400))
        assert {f.code for f in verify(left)} == {"H004", "H005"}

    def test_an_entry_that_names_nobody_names_nobody(self):
        """A document may hold anything: what says not who is who renames nobody."""
        goal_ = Book([*PEOPLE, draft_goal()]).renumber(ANNA, NEW, **WHO).get(Goal, "g-1")
        odd = model_of(Goal).copy(goal_, {"history": (*goal_.history[:-1], evolve(goal_.history[-1], was={}))})
        assert codes(verify(odd)) == ["H001"]
        assert as_now(odd.history) is odd.history


class TestRefused:
    """Everything that is wrong, all at once, and nothing is half renamed."""

    def test_who_is_not_here(self):
        """X002."""
        (found,) = full().would_renumber("nobody", NEW, **WHO)
        assert (found.code, found.path) == ("X002", "person")

    @pytest.mark.parametrize("taken", [EVA, ANNA])
    def test_an_id_that_is_taken(self, taken: str):
        """X001; one's own is."""
        (found,) = full().would_renumber(ANNA, taken, **WHO)
        assert (found.code, found.path) == ("X001", "new_id")

    def test_an_id_of_another_kind_of_record_is_free(self):
        """Ids are unique within their kind."""
        assert full().would_renumber(ANNA, "g-1", **WHO) == ()
        book = full().renumber(ANNA, "goal", **WHO)
        assert book.renumber("goal", ANNA, **WHO).get(Goal, "g-1").owner == ANNA

    def test_all_that_is_wrong_is_said_at_once(self):
        """Of ids, moments, reasons, policies."""
        given: dict[str, Any] = {"by": " hr", "at": "noon", "reason": " ", "policy": "mild", "noted_by": ""}
        assert sorted(codes(full().would_renumber(ANNA, " 1", **given))) == ["V001", "V002", "V015"]
        paths = {f.path for f in full().would_renumber(ANNA, " 1", **given)}
        assert paths == {"new_id", "by", "at", "reason", "policy", "noted_by"}
        assert codes(full().would_renumber(ANNA, NEW, by="hr", at=at(300), reason=None)) == ["V014"]

    def test_not_before_the_last_entry_of_any_record(self):
        """V009, and nothing has changed; two clocks may differ a little."""
        book = full()
        assert set(codes(book.would_renumber(ANNA, NEW, **{**WHO, "at": at(4)}))) == {"V009"}
        assert book == full()
        last = max(r.history[-1].at for r in book)
        done = book.renumber(ANNA, NEW, **{**WHO, "at": last - timedelta(seconds=3)})
        assert max(r.history[-1].at for r in done) == last
        exact = Policy(clock_skew=1)
        assert codes(book.would_renumber(ANNA, NEW, **{**WHO, "at": last - timedelta(seconds=3)}, policy=exact)) == [
            "V009"
        ]

    def test_an_id_that_others_name_already_and_nobody_has(self):
        """Somebody's coach was never noted: their part would be handed over, and the way back would take it along."""
        book = Book([*PEOPLE, evolve(draft_goal(), coach="p-55")])
        [finding] = book.would_renumber(ANNA, "p-55", **WHO)
        assert (finding.code, finding.path, finding.message) == ("X001", "new_id", "goal g-1 names p-55 already")
        assert codes(refused(lambda: book.renumber(ANNA, "p-55", **WHO))) == ["X001"]

    def test_an_old_fault_of_the_book_stops_nobody(self):
        """A reference to nobody that was there before; no new one comes."""
        book = Book([someone(ANNA, manager="p-9"), someone(EVA)])
        assert [f.record for f in book.renumber(ANNA, NEW, **WHO).check(MONDAY) if f.code == "X002"] == [
            ("person", NEW)
        ]


@given(books(), st.data())
def test_there_and_back_in_any_book(book: Book, data: st.DataObject):
    """Nothing names the old id, no error comes, and all but the histories is as it was after the way back."""
    people = [p.id for p in book.all(Person)]
    if not people:
        return
    who, last = data.draw(st.sampled_from(people)), max(r.history[-1].at for r in book)
    day = data.draw(st.sampled_from([last.date(), date(2026, 9, 1)]))
    said: dict[str, Any] = {"by": "hr", "at": last, "reason": "One number"}
    there = book.renumber(who, "new", **said)
    assert all(who not in set(named(record)) for record in there)
    before = Counter((f.code, f.path, f.record) for f in book.check(day))
    after = Counter(
        (f.code, f.path, (f.record[0], who) if f.record == ("person", "new") else f.record) for f in there.check(day)
    )
    assert after == before
    assert {f.code for f in verify(there) if f.severity == "error"} == set()
    back = there.renumber("new", who, **said)
    assert {r.key: but_history(r) for r in back} == {r.key: but_history(r) for r in book}


# --- merge -----------------------------------------------------------------------------------------------------------


def twice(**changed: Any) -> Person:
    """Anna, noted a second time."""
    return evolve(someone("p-71"), **{"name": "A. Ek", "external_ids": {"payroll": "9"}, **changed})


class TestMerge:
    """`book.merge(one, into)`: two records of one person become one."""

    def test_who_named_the_one_names_the_other(self):
        """And the one is gone."""
        goal_ = evolve(draft_goal(), owner="p-71")
        book = Book([*PEOPLE, twice(), goal_]).merge("p-71", ANNA, **WHO)
        assert book.get(Person, "p-71") is None
        assert book.get(Goal, "g-1").owner == ANNA
        assert [r.key for r in book.changed] == [("person", ANNA), ("goal", "g-1")]
        assert all("p-71" not in set(named(record)) for record in book)
        assert {f.code for f in verify(book) if f.record == ("person", ANNA)} == {"H005"}

    def test_dated_facts_of_both_stay_and_what_both_say_stands_once(self):
        """Names and language are those of the one that stays, or of the other where it has none."""
        book = Book([employed(), someone(OLE), twice(given_name="A", keep_until=on(9), extra={"room": 4})])
        anna = book.merge("p-71", ANNA, **WHO).get(Person, ANNA)
        assert (anna.name, anna.given_name, anna.language) == ("Anna Ek", "Anna", "sv-SE")
        assert dict(anna.external_ids) == {"hr": "1017", "payroll": "9"}
        assert (anna.keep_until, dict(anna.extra)) == (on(9), {"room": 4})
        assert anna.positions == employed().positions
        assert anna.history[-1].was["digest"] == book.get(Person, "p-71").digest

    def test_a_position_of_the_other_comes_along(self):
        """With the days it has."""
        other = twice(positions=(evolve(someone(ANNA, manager=EVA).positions[0], id="po-2"),))
        anna = Book([*PEOPLE, other]).merge("p-71", ANNA, **WHO).get(Person, ANNA)
        assert [p.id for p in anna.positions] == ["po-1", "po-2"]

    def test_positions_stand_in_the_order_of_their_days(self):
        """Whoever had them."""
        early = evolve(someone(ANNA, manager=EVA).positions[0], id="po-0", span=Span(JOINED, on(-400)), managers=())
        anna = Book([employed(), someone(OLE), twice(positions=(early,))]).merge("p-71", ANNA, **WHO).get(Person, ANNA)
        assert [p.id for p in anna.positions] == ["po-0", "po-1"]

    def test_two_leavings_of_one_day_are_taken_back_together(self):
        """Each record had a position that ended with it; staying opens both, and a leaving both say stands once."""
        other = twice(positions=(evolve(employed().positions[0], id="po-2"),), placements=employed().placements)
        other, anna = (who.leave(on(5), "over", by=HR, at=at(1)) for who in (other, employed()))
        both = Book([anna, someone(OLE), other]).merge("p-71", ANNA, **WHO).get(Person, ANNA)
        assert [leaving.on for leaving in both.leavings] == [on(5)]
        stays = both.stay(by=HR, at=at(400))
        assert [(p.id, p.span.to) for p in stays.positions] == [("po-1", None), ("po-2", None)]
        assert (stays.placements, stays.leavings) == (employed().placements, ())

    def test_what_the_two_say_to_the_contrary_is_refused(self):
        """X022, with the place; nothing is quietly lost."""
        book = Book(
            [evolve(PEOPLE[0], external_ids={"payroll": "7"}, extra={"a": 1}), *PEOPLE[1:], twice(extra={"a": 2})]
        )
        found = book.would_merge("p-71", ANNA, **WHO)
        assert [(f.code, f.path) for f in found] == [("X022", "external_ids.payroll"), ("X022", "extra.a")]

    def test_two_who_are_not_one(self):
        """Oneself, who is erased, and who is not here."""
        erased = gone().erase("It is long ago", by="hr-1", at=at(200))
        book = Book([*PEOPLE[1:], erased])
        assert [f.path for f in book.would_merge(EVA, EVA, **WHO)] == ["into"]
        assert [(f.code, f.path) for f in book.would_merge(ANNA, EVA, **WHO)] == [("X022", "one")]
        assert [(f.code, f.path) for f in book.would_merge(EVA, ANNA, **WHO)] == [("X022", "into")]
        assert [f.path for f in book.would_merge("nobody", EVA, **WHO)] == ["one"]
        assert [f.path for f in book.would_merge(EVA, "nobody", **WHO)] == ["into"]

    def test_what_no_record_may_hold_is_refused(self):
        """A goal would be coached by its owner, a position managed by who holds it; all is said, nothing is done."""
        book = Book([*PEOPLE, draft_goal()])
        assert set(codes(book.would_merge(OLE, ANNA, **WHO))) == {"G026", "J003", "J010"}
        assert book == Book([*PEOPLE, draft_goal()])

    def test_what_no_book_may_hold_is_refused(self):
        """Two agreed paths of one owner (C001)."""
        other = evolve(agreed_path(), id="path-2", owner="p-71", signatures=())
        book = Book([*PEOPLE, twice(), agreed_path(), other])
        assert codes(book.would_merge("p-71", ANNA, **WHO)) == ["C001"]

    def test_what_was_wrong_before_stops_nobody(self):
        """Eva has two agreed paths already, and Anna's double has none."""
        paths = [evolve(agreed_path(), id=f"path-{n}", owner=ANNA) for n in (1, 2)]
        book = Book([*PEOPLE, twice(), *paths])
        assert book.would_merge("p-71", ANNA, **WHO) == ()


def test_a_view_of_a_renamed_record_is_as_before():
    """The two in it see it, a stranger does not; the old id is a stranger's."""
    book = Book([*PEOPLE, agreed_goal()]).renumber(ANNA, NEW, **WHO)
    goal_ = book.get(Goal, "g-1")
    assert view(goal_, NEW, book, on=on(300))["title"] == goal_.title
    assert "title" not in view(goal_, ANNA, book, on=on(300)).as_dict()
