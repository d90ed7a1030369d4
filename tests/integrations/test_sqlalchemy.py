"""A book over a database, by SQLAlchemy: on SQLite in the process, and on a PostgreSQL that the test starts."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from coaching import Book, Goal, Interview, Record, Rejected, codec, verify
from coaching.integrations.rows import changes, record_of, row_of, version_of
from coaching.integrations.sqlalchemy import RecordType, Store, tables
from coaching.testing import books
from stage import ANNA, EVA, OLE, at, codes, on, refused
from stage.at_work import GOALS
from stage.goals import agreed_goal, imported_goal
from stage.interviews import planned_talk
from stage.postgres import needed
from stage.programs import TESTS, around
from stage.stores import RECORDS, ActsThroughAStore, held


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The address of a server that is there for this module."""
    with needed() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """The address of an empty database of each sort."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'book.db'}"
    return request.getfixturevalue("postgres")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A store with the people, and what is between them."""
    engine = sa.create_engine(url)
    store = Store(engine)
    metadata = store.tables.records.metadata
    metadata.drop_all(engine)
    store.create()
    store.put(*RECORDS)
    yield store
    engine.dispose()


class TestStore(ActsThroughAStore):
    """Acts through a store."""

    def test_a_record_goes(self, store: Store):
        """And with it where it was found."""
        store.work(lambda book: book.remove(("goal", "g-1")))
        with store.reading() as book, store.engine.connect() as connection:
            assert book.get(Goal, "g-1") is None
            left = connection.execute(sa.select(store.tables.places).where(store.tables.places.c.kind == "goal"))
            assert left.all() == []

    def test_columns_say_what_is_searched_for(self, store: Store):
        """Whom it is about, its state, its seal."""
        c = store.tables.records.c
        with store.engine.connect() as connection:
            row = connection.execute(
                sa.select(c.subject, c.state, c.digest, c.text).where((c.kind == "goal") & (c.id == "g-1"))
            ).one()
        goal = agreed_goal()
        assert tuple(row) == (ANNA, "agreed", goal.digest, codec.dumps(goal).decode())

    def test_something_more_is_written_or_nothing(self, url: str, store: Store):
        """In the same transaction."""

        def refuses(*_: object) -> None:
            raise OverflowError("the outbox is full")

        seen: list[Any] = []
        given: dict[str, Any] = {"kind": "step", "text": "A start", "by": ANNA, "at": at(200)}
        shut = Store(store.engine, store.tables, also=refuses)
        with pytest.raises(OverflowError):
            shut.act("g-1", "note_progress", **given)
        assert held(store) == Book(RECORDS)
        Store(store.engine, store.tables, also=lambda *told: seen.append(told)).act("g-1", "note_progress", **given)
        ((_, before, after),) = seen
        assert (before.get(Goal, "g-1"), after.changed[0].type) == (agreed_goal(), "goal")

    def test_errors_of_the_database_pass(self, store: Store):
        """Of which nobody could say that trying again helps."""
        store.tables.places.drop(store.engine)
        with pytest.raises(sa.exc.DBAPIError):
            store.new("goal", "begin", "g-2", title="Listen more", by=ANNA, at=at(200))


class TestWhatIsWrong:
    """Work that cannot be kept, and rows that cannot be read."""

    @pytest.mark.parametrize("gives", [None, 5, Book(), Book(RECORDS)])
    def test_work_gives_the_book_it_was_given_or_one_made_of_it(self, store: Store, gives: Any):
        """Else what others did meanwhile would be undone."""
        assert codes(refused(lambda: store.work(lambda _: gives))) == ["V015"]
        with store.reading() as book:
            read = book
        assert codes(refused(lambda: store.work(lambda _: read))) == ["V015"]
        assert held(store) == Book(RECORDS)

    @pytest.mark.parametrize(("tries", "error"), [(0, ValueError), (-1, ValueError), (None, TypeError)])
    def test_once_at_least(self, store: Store, tries: Any, error: type[Exception]):
        """Is tried."""
        with pytest.raises(error):
            Store(store.engine, store.tables, tries=tries)

    @pytest.mark.parametrize("wrong", [{"engine": "sqlite://"}, {"also": 5}])
    def test_what_a_store_is_made_of(self, store: Store, wrong: dict[str, Any]):
        """An engine, and a function."""
        with pytest.raises(TypeError):
            Store(**{"engine": store.engine} | wrong)

    @pytest.mark.parametrize("text", ["{", "", "[]", "null"])
    def test_a_damaged_row_is_named(self, store: Store, text: str):
        """Whoever looks for it has to find it."""
        self.damage(store, text)
        with store.reading() as book, pytest.raises(Rejected, match="row of goal g-1") as refusal:
            book.get(Goal, "g-1")
        assert refusal.value.codes == ("V018",)

    def test_a_row_holds_its_own_record(self, store: Store):
        """And no other."""
        self.damage(store, codec.dumps(planned_talk()).decode())
        with store.reading() as book:
            found = refused(lambda: book.get(Goal, "g-1"))
        assert [(f.code, f.message) for f in found] == [("V018", "the row of goal g-1 holds interview i-1")]

    def damage(self, store: Store, text: str) -> None:
        """Write something else where the goal stood."""
        records = store.tables.records
        with store.engine.begin() as connection:
            connection.execute(records.update().where(records.c.id == "g-1").values(text=text))


class TestTwoAtOnce:
    """Others are faster, now and then."""

    def test_who_is_overtaken_begins_again(self, store: Store):
        """And acts on what then stands."""
        given: dict[str, Any] = {"kind": "step", "by": ANNA, "at": at(200)}
        tries: list[int] = []
        other = threading.Thread(target=lambda: store.act("g-1", "note_progress", text="first", **given))

        def slowly(book: Book) -> Book:
            tries.append(len(book.get(Goal, "g-1").progress))
            if len(tries) == 1 and store.engine.dialect.name != "sqlite":  # SQLite lets nobody write meanwhile
                other.start()
                other.join()
            return book.act("g-1", "note_progress", text="second", **given)

        done = store.work(slowly).changed[0]
        if store.engine.dialect.name == "sqlite":
            assert tries == [0]
        else:
            assert tries == [0, 1]
            assert [it.text for it in done.progress] == ["first", "second"]

    def test_overtaken_every_time(self, store: Store):
        """It is refused in the end, as a conflict."""
        impatient = Store(store.engine, store.tables, tries=2)

        def overtaken(book: Book) -> Book:
            book.get(Goal, "g-1")
            records = store.tables.records
            live = book._source.load.args[0]  # the very connection: as if the row had changed under it
            live.execute(records.update().where(records.c.id == "g-1").values(version="another"))
            return book.act("g-1", "note_progress", kind="step", text="A start", by=ANNA, at=at(200))

        assert codes(refused(lambda: impatient.work(overtaken))) == ["X023"]
        assert held(store) == Book(RECORDS)

    def test_four_processes_some_of_which_are_killed(self, url: str, store: Store):
        """A thousand acts on twenty records: nothing that was kept is lost, no rule of the book is broken."""
        store.put(*(imported_goal(id=id, signatures=()) for id in GOALS))
        command = [sys.executable, str(TESTS / "stage" / "at_work.py"), url]
        kept: list[str] = []
        begun = [at_work([*command, str(seed), "260" if seed < 4 else "100000"]) for seed in range(6)]
        for process in begun[4:]:
            kept += [process.stdout.readline() for _ in range(20)]
            process.kill()
        for n, process in enumerate(begun):
            said, wrong = process.communicate()
            kept += said.splitlines()
            assert process.returncode == (0 if n < 4 else -9), wrong
        now = held(store)
        done = [line.split() for line in kept]
        assert len(done) >= 1000
        for kind, *about in done:
            if kind == "goal":
                assert " ".join(about[1:]) in {it.text for it in now.get(Goal, about[0]).progress}
            elif kind == "interview":
                assert now.get(Interview, about[0]) is not None
        assert {kind for kind, *_ in done} == {"goal", "interview", "refused"}
        assert [f for f in now.check(on(500)) if f.severity == "error"] == []
        assert all(verify(record) == () for record in now)


def at_work(command: list[str]) -> "subprocess.Popen[str]":
    """A process that acts."""
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, env=around(), **pipes)


class TestRows:
    """A record as a row, and what is between two books."""

    @given(book=books(people=st.integers(1, 3)), other=books(people=st.integers(1, 3)))
    def test_changes_lead_from_one_book_to_another(self, book: Book, other: Book):
        """Whatever the two hold."""
        gone = [record.key for record in book if other.at(*record.key) is None]
        after = book.put(*other).remove(*gone)
        table: dict[Any, Record] = {record.key: record for record in book}
        for change in changes(book, after, {it.key: row_of(it).version for it in book}):
            assert (None if change.key not in table else row_of(table[change.key]).version) == change.read
            if change.row is None:
                del table[change.key]
            else:
                table[change.key] = record_of(change.row.text)
        assert Book(table.values()) == other

    def test_a_version_is_that_of_the_text(self):
        """Of all of it."""
        goal = agreed_goal()
        assert row_of(goal).version == version_of(codec.dumps(goal).decode())
        assert row_of(goal).digest == row_of(goal.with_extra({"case": 1})).digest
        assert row_of(goal).version != row_of(goal.with_extra({"case": 1})).version

    def test_who_it_is_about(self):
        """Nobody, where it is of no person."""
        assert [row_of(record).subject for record in RECORDS] == [ANNA, OLE, EVA, ANNA, ANNA, ANNA, ANNA]


def test_seals_survive_jsonb(postgres: str):
    """Which orders keys anew, writes numbers its own way, and loses blanks."""
    engine = sa.create_engine(postgres)

    @given(book=books(people=st.integers(1, 2)))
    def there_and_back(book: Book) -> None:
        with engine.connect() as connection:
            for record in book:
                text = codec.dumps(record).decode()
                back = connection.execute(sa.text("SELECT CAST(CAST(:text AS jsonb) AS text)"), {"text": text})
                again = codec.loads(back.scalar_one())
                assert (again, verify(again)) == (record, verify(record))

    there_and_back()
    engine.dispose()


class Base(DeclarativeBase):
    """The tables of an application of its own."""


class Plan(Base):
    """One with a record in a column."""

    __tablename__ = "plan"
    id: Mapped[int] = mapped_column(primary_key=True)
    goal: Mapped[Goal | None] = mapped_column(RecordType)


class TestColumn:
    """`RecordType`: a record in a column of an application's own table."""

    def test_there_and_back(self):
        """And nothing where there is none."""
        engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            session.add_all([Plan(id=1, goal=agreed_goal()), Plan(id=2, goal=None)])
            session.commit()
            assert [it.goal for it in session.scalars(sa.select(Plan).order_by(Plan.id))] == [agreed_goal(), None]
        engine.dispose()

    def test_what_is_no_record_is_refused(self):
        """As it is: an error of SQLAlchemy's would repeat what was to be written."""
        engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
        Base.metadata.create_all(engine)
        with engine.begin() as connection:
            wrong = [{"id": 1, "goal": "in confidence"}]
            assert codes(refused(lambda: connection.execute(sa.insert(Plan), wrong))) == ["V015"]
        engine.dispose()

    def test_what_was_damaged_is_refused(self):
        """When it is read."""
        engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            session.execute(sa.text("INSERT INTO plan (id, goal) VALUES (1, '{}')"))
            with pytest.raises(Rejected):
                session.scalars(sa.select(Plan)).one()
        engine.dispose()


def test_tables_of_an_application_of_its_own():
    """Under its prefix, in its metadata."""
    metadata = sa.MetaData()
    tables(metadata, prefix="hr_")
    assert set(metadata.tables) == {"hr_record", "hr_place"}
