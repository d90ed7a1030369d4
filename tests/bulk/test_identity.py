"""People of a file whose ids are another system's get the ids of the book, all at once, and so do those who name them."""

import json

from hypothesis import given
from hypothesis import strategies as st

from coaching import Book, Goal, Person
from coaching.bulk.existing import Existing
from coaching.bulk.identity import recognise
from coaching.bulk.journal import Journal
from coaching.bulk.mapping import read_mapping
from stage import at, on
from stage.imports import TALK, good, imported, places, row, staff, table

KNOWN_BY = staff(known_by="HiBob")


def somebody(id, **ids):
    """A person of the book, known by ids of other systems."""
    person = Person.register(id, f"Somebody {id}", on(-900), by="hr", at=at(-9))
    return person.correct("their ids", external_ids=ids, by="hr", at=at(-8)) if ids else person


def asked(rows, *people, mapping=KNOWN_BY):
    """What is checked, for a book of these people."""
    return imported(table(rows), mapping, into=Book(people), dry_run=True)


def fates(done):
    """What became of whom, in the order of the book."""
    return {it.id: it.fate.value for it in done.changes.listed if it.type == "person"}


class TestRecognising:
    """Who is known by an id of the system is meant by it."""

    def test_who_is_known_gets_the_id_of_the_book_and_who_is_not_keeps_theirs(self, monkeypatch):
        with Journal(None, of={}) as notes:
            fill(notes, KNOWN_BY, good(3))
            book = Book([somebody("p-2", HiBob="2"), somebody("x", Other="1")])
            recognise(notes, read_mapping(KNOWN_BY), Existing(book), source="ours")
            assert people(notes) == ["1", "p-2", "3"]
            assert [json.loads(it)["id"] for it in documents(notes)] == ["1", "p-2", "3"]
            named = notes.ask("SELECT said, id, state FROM reference WHERE kind = 'person'").fetchall()
            assert sorted(named) == [("1", "1", ""), ("1", "1", ""), ("1", "1", ""), ("3", "3", "")]

    def test_an_id_of_the_system_is_not_that_of_somebody_else_in_the_book(self):
        """Whose own id reads the same is neither changed, nor anybody's manager."""
        book = Book([somebody("3"), somebody("1", HiBob="77")])
        done = imported(table(good(4)[1:]), KNOWN_BY, into=book)
        assert {(it.line, it.column, it.code) for it in done.report.faults} == {
            (3, "ID", "B053"), (2, "Boss", "B004"),
        }  # fmt: skip
        assert done.book.get(Person, "3") == book.get(Person, "3")
        (two,) = [it for it in done.book if isinstance(it, Person) and it.id == "2"]
        assert two.positions[0].managers == ()

    def test_whom_the_system_brought_is_known_by_the_id_of_its_files(self):
        first = imported(table(good(2)), KNOWN_BY).book
        again = imported(table(good(2)), KNOWN_BY, into=first)
        assert list(again.report.faults) == []
        assert again.book == first

    def test_those_who_name_them_mean_the_same(self):
        goal = Goal.begin("g-1", "Lead", by="p-7", at=at(0))
        book = Book([somebody("p-1", HiBob="1"), somebody("p-7"), goal])
        new = imported(table(good(3)[1:]), staff(known_by="HiBob"), into=book).book
        managers = {it.id: it.positions[0].managers[0].manager for it in new if isinstance(it, Person) and it.positions}
        assert managers == {"2": "p-1", "3": "p-1"}

    def test_an_id_that_somebody_gets_may_be_the_one_that_somebody_else_had(self):
        """Chains and swaps: nobody is taken for another."""
        with Journal(None, of={}) as notes:
            fill(notes, KNOWN_BY, good(3))
            book = Book([somebody("2", HiBob="1"), somebody("1", HiBob="2"), somebody("x", HiBob="3")])
            recognise(notes, read_mapping(KNOWN_BY), Existing(book), source="ours")
            assert people(notes) == ["2", "1", "x"]
            bosses = "SELECT said, id FROM reference WHERE kind = 'person' AND path LIKE '%manager%'"
            assert set(notes.ask(bosses)) == {("1", "2")}

    def test_it_is_done_once(self):
        """An import that goes on does not do it again."""
        with Journal(None, of={}) as notes:
            fill(notes, KNOWN_BY, good(2))
            book = Existing(Book([somebody("2", HiBob="1"), somebody("1", HiBob="2")]))
            for _ in range(2):
                recognise(notes, read_mapping(KNOWN_BY), book, source="ours")
                assert people(notes) == ["2", "1"]

    def test_without_a_system_nothing_is_done(self):
        done = imported(table(good(2)), into=Book([somebody("p-1", HiBob="1")]), dry_run=True)
        assert fates(done) == {"1": "new", "2": "new"}

    def test_a_row_that_is_rejected_is_known_all_the_same(self):
        """Who stands on it is not missed, and does not leave."""
        first = imported(table(good(2)), staff(known_by="HiBob")).book
        renamed = Book([it.correct("their ids", external_ids={"HiBob": "x"}, by="hr", at=at(1))
                        if it.id == "2" else it for it in first if isinstance(it, Person)])  # fmt: skip
        done = imported(table([row("x", Hired="soon")]), KNOWN_BY, into=renamed, at=at(2), dry_run=True)
        assert fates(done) == {"1": "missing"}

    @given(st.permutations(range(1, 7)))
    def test_it_is_a_permutation(self, order):
        """Whoever has whose id."""
        with Journal(None, of={}) as notes:
            fill(notes, KNOWN_BY, good(6))
            book = Book([somebody(str(ours), HiBob=str(theirs)) for theirs, ours in enumerate(order, 1)])
            recognise(notes, read_mapping(KNOWN_BY), Existing(book), source="ours")
            assert people(notes) == [str(ours) for ours in order]


class TestSeveralSystems:
    """An id is one of its system."""

    def test_each_source_speaks_of_its_own(self):
        mapping = {
            **KNOWN_BY,
            "sources": {"a": {"file": "a*"}, "b": {"file": "b*"}, "talks": {"file": "t*"}},
            "records": [
                {**KNOWN_BY["records"][0], "source": "a"},
                {**KNOWN_BY["records"][0], "source": "b", "known_by": "SCIM"},
                {**TALK, "source": "b"},
                {**TALK, "source": "talks"},
            ],
        }
        book = Book([somebody("p-1", HiBob="1"), somebody("p-2", SCIM="1"), somebody("p-3", HiBob="7", SCIM="7")])
        with Journal(None, of={}) as notes:
            fill(notes, mapping, good(1), [row("1", Talk="2024-03-05")], [row("7", Talk="2024-03-05")])
            recognise(notes, read_mapping(mapping), Existing(book), source="ours")
            assert people(notes) == ["p-1", "p-2"]
            # a talk of the second source speaks of its people; of one that has none, nobody can tell
            assert notes.ask("SELECT said, id FROM reference").fetchall() == [("1", "p-2"), ("7", "7")]


class TestAnIdOfSeveral:
    """B053: nobody can tell whom a row means."""

    def test_its_rows_are_rejected_and_the_others_are_taken(self):
        twins = somebody("p-1", HiBob="1"), somebody("p-9", HiBob="1")
        done = asked(good(3), *twins)
        told = [(it.line, it.column, it.code, it.severity.value) for it in done.report.faults if it.code == "B053"]
        assert told == [(2, "ID", "B053", "error")]
        (fault,) = [it for it in done.report.faults if it.code == "B053"]
        assert "p-9" in fault.message
        assert "p-9" not in fault.what
        assert fates(done) == {"2": "new", "3": "new"}

    def test_one_that_no_row_has_is_nobodys_matter(self):
        done = asked(good(1), somebody("p-1", HiBob="77"), somebody("p-9", HiBob="77"))
        assert places(done) == []


def fill(notes, mapping, *sources):
    """The drafts of some tables."""
    from coaching.bulk.mapping import match_headers
    from coaching.bulk.reading import Reader
    from coaching.bulk.sources import open_rows

    its = read_mapping(mapping)
    for n, (rows, name) in enumerate(zip(sources, [*its.sources, ""], strict=False)):
        with open_rows(table(rows), name=name or "staff.csv") as opened:
            every = list(opened)
        headers = match_headers(its, name, opened.columns)
        notes.add_source(n, opened.name, columns=opened.columns, headers={it: it for it in headers.of})
        notes.put(n, Reader.of(its, name, opened.name, opened.columns).read(every), len(every))


def people(notes):
    """The ids of people, as they stand."""
    return [id for (id,) in notes.ask("SELECT id FROM draft WHERE type = 'person' ORDER BY n")]


def documents(notes):
    """The documents of people."""
    return [it for (it,) in notes.ask("SELECT document FROM draft WHERE type = 'person' ORDER BY n")]
