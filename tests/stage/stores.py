"""What every store does, on whatever database: tests for a `store` with the people and what is between them."""

from typing import Any

from attrs import evolve

from coaching import Book, Goal, Interview, Person
from coaching.integrations.cloudevents import events
from coaching.integrations.stores import BookStore
from stage import ANNA, EVA, OLE, at, codes, on, refused
from stage.book import someone
from stage.goals import agreed_goal
from stage.interviews import planned_talk
from stage.paths import agreed_path
from stage.people import employed
from stage.relationships import active, imported

RECORDS = [
    employed(), someone(OLE), someone(EVA), agreed_goal(), planned_talk(), agreed_path(),
    active(kind="line_manager", dual_role=True),
]  # fmt: skip
STEP: dict[str, Any] = {"kind": "step", "by": ANNA, "at": at(200)}


def held(store: BookStore[Any]) -> Book:
    """All that is in a store."""
    with store.reading() as book:
        return Book(list(book))


class ActsThroughAStore:
    """Acts, questions and refusals."""

    def test_what_was_put_is_there(self, store: BookStore[Any]):
        """The same records, found by key and by whom they name."""
        assert held(store) == Book(RECORDS)
        with store.reading() as book:
            assert list(book.naming(Goal, "owner", ANNA)) == [agreed_goal()]

    def test_an_act_is_kept(self, store: BookStore[Any]):
        """The record is given as it is now."""
        goal = store.act("g-1", "note_progress", kind="step", text="A start", by=ANNA, at=at(200))
        assert goal.progress[-1].text == "A start"
        assert held(store).get(Goal, "g-1") == goal

    def test_a_record_begins(self, store: BookStore[Any]):
        """And is found by those whom it names."""
        goal = store.new("goal", "begin", "g-2", title="Listen more", coach=OLE, by=ANNA, at=at(200))
        with store.reading() as book:
            assert goal in book.naming(Goal, "coach", OLE)

    def test_what_happened_is_told_beside_it(self, store: BookStore[Any]):
        """What begins as well, and all that one piece of work did; of no more than it touched."""
        told, read = list[tuple[str, str]](), list[int]()

        def also(_connection: Any, before: Book, after: Book) -> None:
            told.extend((it["type"], it["subject"]) for it in events(before, after, source="/hr"))
            read.append(len(before._source.given))

        telling = evolve(store, also=also)
        telling.new("goal", "begin", "g-2", title="Listen more", by=ANNA, at=at(200))
        telling.work(
            lambda book: (
                book.new("goal", "begin", "g-3", title="Listen", by=ANNA, at=at(200))
                .act("g-3", "edit", title="Listen more", by=ANNA, at=at(200))
                .remove("g-2")
            )
        )
        telling.act("g-1", "note_progress", text="A start", **STEP)
        assert told == [
            ("coaching.goal.begin", "goal/g-2"), ("coaching.goal.begin", "goal/g-3"), ("coaching.goal.edit", "goal/g-3"),
            ("coaching.goal.note_progress", "goal/g-1"),
        ]  # fmt: skip
        assert max(read) < len(RECORDS)

    def test_where_it_is_found_moves_with_it(self, store: BookStore[Any]):
        """A talk that somebody else leads is theirs."""
        store.put(evolve(imported(coach=EVA, kind="coach"), id="r-9"))
        store.act("i-1", "reassign", new_interviewer=EVA, by=OLE, at=at(200))
        with store.reading() as book:
            assert [list(book.naming(Interview, "interviewer", who)) == [] for who in (OLE, EVA)] == [True, False]

    def test_what_is_refused_is_not_kept(self, store: BookStore[Any]):
        """With all that is wrong."""
        assert "X002" in codes(
            refused(lambda: store.new("goal", "begin", "g-2", title="A", coach="x", by=ANNA, at=at(1)))
        )
        assert codes(refused(lambda: store.act("g-9", "edit", title="A", by=ANNA, at=at(1)))) == ["X002"]
        assert held(store) == Book(RECORDS)

    def test_an_old_tab(self, store: BookStore[Any]):
        """It is told who did what since."""
        shown = agreed_goal().digest
        given: dict[str, Any] = {"kind": "step", "text": "A start", "by": ANNA, "at": at(200)}
        store.act("g-1", "note_progress", seen=shown, **given)
        found = refused(lambda: store.act("g-1", "note_progress", seen=shown, **given))
        assert [(f.code, f.path, f.message, f.cause) for f in found] == [
            ("X023", "seen", f"{ANNA} did note_progress since", "state")
        ]

    def test_an_old_tab_of_a_stranger(self, store: BookStore[Any]):
        """They are told nothing of what others did, whatever they claim to have seen."""
        for seen in (agreed_goal().history[0].digest, "none"):
            found = refused(lambda seen=seen: store.act("g-1", "drop", seen=seen, reason="x", by=EVA, at=at(200)))
            assert [(f.code, f.params) for f in found] == [("V011", {})]

    def test_somebody_is_erased(self, store: BookStore[Any]):
        """With the report; where it is refused nothing is."""
        assert codes(refused(lambda: store.erase(EVA, by="hr", at=at(200)))) == ["D008"]
        assert held(store) == Book(RECORDS)
        store.work(lambda book: book.put(book.get(Person, EVA).leave(on(190), by="hr", at=at(195))))
        report = store.erase(EVA, by="hr", at=at(200))
        assert report.gone
        assert held(store).get(Person, EVA).state == "erased"

    def test_somebody_gets_another_id(self, store: BookStore[Any]):
        """In every record that names them: all is read for that."""
        store.work(lambda book: book.renumber(ANNA, "1017", by="hr", at=at(400), reason="One number"))
        now = held(store)
        assert (now.get(Person, ANNA), now.get(Goal, "g-1").owner) == (None, "1017")

    def test_something_that_was_never_shown(self, store: BookStore[Any]):
        """It says so."""
        found = refused(lambda: store.act("g-1", "edit", seen="0", title="A", by=ANNA, at=at(200)))
        assert [f.code for f in found] == ["X023"]
        assert "no state of it" in found[0].message

    def test_what_is_no_act_is_kept_too(self, store: BookStore[Any]):
        """`extra` is in no seal, and yet in the version."""
        store.work(lambda book: book.put(book.get(Goal, "g-1").with_extra({"case": 4711})))
        assert held(store).get(Goal, "g-1").extra["case"] == 4711

    def test_what_came_and_went_leaves_nothing(self, store: BookStore[Any]):
        """In one piece of work."""
        store.work(lambda book: book.put(someone("p-70")).remove(("person", "p-70")))
        assert held(store) == Book(RECORDS)

    def test_work_is_a_function(self, store: BookStore[Any]):
        """Of a book."""
        assert codes(refused(lambda: store.work(None))) == ["V015"]

    def test_half_a_letter_is_the_id_of_nothing(self, store: BookStore[Any]):
        """No store could take it."""
        with store.reading() as book:
            assert (book.get("person", "\ud800"), "\ud800" in book, list(book.concerning("\ud800"))) == (
                None,
                False,
                [],
            )

    def test_a_store_within_itself(self, store: BookStore[Any]):
        """It would wait for itself, on SQLite for minutes; once the first is over, or failed, it is free again."""
        with store.reading() as book:
            assert codes(refused(lambda: store.act("g-1", "note_progress", text="Two", **STEP))) == ["V015"]
            assert book.get(Goal, "g-1") is not None
        assert codes(refused(lambda: store.work(lambda _: store.put()))) == ["V015"]
        assert store.act("g-1", "note_progress", text="Two", **STEP).progress[-1].text == "Two"

    def test_a_book_whose_transaction_is_over(self, store: BookStore[Any]):
        """It has what it read, and says of the rest why it reads no more."""
        with store.reading() as book:
            goal = book.get(Goal, "g-1")
        assert book.get(Goal, "g-1") is goal
        (found,) = refused(lambda: book.get(Goal, "g-9"))
        assert (found.code, found.message.partition(",")[0]) == ("V015", "the transaction of this book is over")
