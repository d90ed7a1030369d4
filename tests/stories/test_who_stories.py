"""Stories of who is who and of what stands across records: 41 two for one place, 42 renumbered, 47 an old record removed."""

from attrs import evolve

from coaching import Book, InternalMove, Interview, Opportunity, Person, verify
from stage import ANNA, EVA, OLE, PER, at, codes, on
from stage.book import someone
from stage.goals import agreed_goal
from stage.interviews import held_talk, signed_talk
from stage.moves import YLVA, agreed
from stage.opportunities import new_line
from stage.people import HR, employed, placement
from stage.relationships import active

PEOPLE = [employed(), someone(OLE, manager=PER), someone(EVA, manager=PER), someone(PER), someone(YLVA)]


def test_story_41_two_for_one_place():
    """Anna and Per are both promised the one line at Bruk, in two systems that became one. `check` names both; who comes first has it."""
    per = someone(PER).start_placement(placement("pl-8"), by=HR, at=at(0))
    his = InternalMove.import_(
        "mv-2", state="agreed", mover=PER, from_placement="pl-8", opportunity="op-1", releasing_manager=OLE,
        receiving_manager=EVA, release_on=on(50), start_on=on(51), by=HR, at=at(2), source="the other system",
    )  # fmt: skip
    book = Book([*PEOPLE, new_line(), agreed(), his]).put(per)
    assert {f.record[1]: f.message for f in book.check(on(5)) if f.code == "X019"} == {
        "mv-1": "places at op-1: 1, and taken besides by mv-2",
        "mv-2": "places at op-1: 1, and taken besides by mv-1",
    }

    book = book.act("mv-1", "complete", on=on(60), placement="pl-2", by=ANNA, at=at(60))
    given = {"on": on(60), "placement": "pl-9", "reason": "A new line", "by": PER, "at": at(61)}
    assert codes(book.would("mv-2", "complete", **given)) == ["M018"]

    book = book.act("op-1", "edit", places=2, by=HR, at=at(62))  # there was room for two after all
    book = book.act("mv-2", "complete", **{**given, "at": at(63)})
    assert [f.code for f in book.check(on(64)) if f.code in {"M018", "X019"}] == []
    assert book.get(Opportunity, "op-1").state == "open"


def test_story_42_renumbered():
    """Anna gets another number when two payrolls become one. Every record follows, `verify` says so once, nothing else changes."""
    book = Book([*PEOPLE, active(), agreed_goal(serves=()), signed_talk()])
    assert verify(book) == ()
    before = sorted((f.code, f.message) for f in book.check(on(40)))

    new = book.renumber(ANNA, "100017", by=HR, at=at(40), reason="Two payrolls became one")
    assert [record.key for record in new.changed] == [
        ("person", "100017"), ("relationship", "r-1"), ("goal", "g-1"), ("interview", "i-1"),
    ]  # fmt: skip
    assert new.get(Person, ANNA) is None
    talk = new.get(Interview, "i-1")
    assert (talk.coachee, talk.turns[1].speaker, talk.commitments[0].by) == ("100017",) * 3
    assert [(s.by, s.digest) for s in talk.signatures] == [
        ({ANNA: "100017"}.get(s.by, s.by), s.digest) for s in book.get(Interview, "i-1").signatures
    ]
    assert [(f.code, f.severity, f.record) for f in verify(new)] == [
        ("H005", "warning", key) for key in sorted(record.key for record in new.changed)
    ]
    assert sorted((f.code, f.message.replace("100017", ANNA)) for f in new.check(on(40))) == before
    assert codes(verify(evolve(talk, follow_up_on=on(130)))) == ["H002", "H005", "H003"]
    assert (
        new.act("i-1", "reopen", reason="A date is wrong", by="100017", at=at(41)).get(Interview, "i-1").revision == 2
    )


def test_story_47_an_old_record_is_removed():
    """Last year's talk is past its day and goes, as D002 says. This year's, which names it, is signed as before; X002 is said once."""
    last_year = evolve(signed_talk(), id="i-0").keep(on(10))
    this_year = evolve(held_talk(), previous="i-0")
    book = Book([*PEOPLE, last_year, this_year, agreed_goal(serves=())])
    assert [f.record for f in book.check(on(31)) if f.code == "D002"] == [("interview", "i-0")]

    book = book.remove(last_year)
    for who in (ANNA, OLE):
        book = book.act("i-1", "sign", by=who, at=at(32))
    assert book.get(Interview, "i-1").state == "signed"
    assert [(f.record, f.path) for f in book.check(on(33)) if f.code == "X002"] == [(("interview", "i-1"), "previous")]
