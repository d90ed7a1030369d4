"""Django: a field, a store on SQLite and on a PostgreSQL that the test starts, forms, answers, and what `check` says."""

import io
import json
import threading
import unittest
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from django import forms
from django.core import serializers
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, OperationalError, connection, connections, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import TestCase, override_settings

from coaching import Book, CoachingRelationship, Goal, Interview, Rejected, codec, rule
from coaching.forms import Option
from coaching.integrations import sqlalchemy
from coaching.integrations.django.answers import Refusals
from coaching.integrations.django.answers import refused as answer
from coaching.integrations.django.fields import RecordField, RecordFormField
from coaching.integrations.django.forms import FormOfAct
from coaching.integrations.django.models import StoredPlace, StoredRecord
from coaching.integrations.django.store import Store
from coaching.texts.locales import texts_in
from stage import ANNA, EVA, OLE, at, codes, refused
from stage.book import someone
from stage.goals import agreed_goal
from stage.interviews import planned_talk
from stage.paths import draft_path
from stage.plans.models import Plan
from stage.postgres import needed
from stage.stores import RECORDS, STEP, ActsThroughAStore, held


def configure(alias: str, **settings: Any) -> None:
    """Say of a database where it is; the connection is made anew."""
    if alias in connections.settings and hasattr(connections._connections, alias):
        connections[alias].close()
        del connections[alias]
    connections.settings[alias] = connections.configure_settings({"default": {**settings}})["default"]


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[str]:
    """The default database, in an empty file."""
    before = deepcopy(connections.settings["default"])
    configure("default", ENGINE="django.db.backends.sqlite3", NAME=tmp_path / "book.db")
    call_command("migrate", verbosity=0)
    yield "default"
    connections["default"].close()
    configure("default", **before)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """A database of a server that is there for this module."""
    with needed() as url:
        (room,) = parse_qs(urlsplit(url).query)["host"]
        configure("postgres", ENGINE="django.db.backends.postgresql", NAME="postgres", USER="tester", HOST=room)
        call_command("migrate", database="postgres", verbosity=0)
        yield "postgres"
        connections["postgres"].close()
        del connections["postgres"], connections.settings["postgres"]


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> Store:
    """A store with the people, and what is between them."""
    store = Store(request.getfixturevalue(request.param))
    for table in (StoredRecord, StoredPlace):
        table.objects.using(store.using).all().delete()
    store.put(*RECORDS)
    return store


class TestApp:
    """What Django itself says of the app."""

    def test_check_finds_nothing(self, sqlite: str):
        """Of models, of databases, of settings."""
        call_command("check", databases=["default"], fail_level="WARNING", stderr=io.StringIO())

    def test_migrations_say_what_the_models_say(self, sqlite: str):
        """So there is none to make."""
        call_command("makemigrations", "--check", "--dry-run", verbosity=0)

    def test_a_record_is_read_from_its_row(self, sqlite: str):
        """For questions of an application of its own."""
        Store().put(*RECORDS)
        found = StoredRecord.objects.get(subject=ANNA, state="agreed", kind="goal")
        place = StoredPlace.objects.get(kind="goal", field="owner")
        assert (found.record, str(found), str(place)) == (agreed_goal(), "goal g-1", f"goal g-1: owner {ANNA}")


class TestStore(ActsThroughAStore):
    """Acts through a store."""

    def test_a_record_goes(self, store: Store):
        """And with it where it was found."""
        store.work(lambda book: book.remove(("goal", "g-1")))
        with store.reading() as book:
            assert book.get(Goal, "g-1") is None
        assert not StoredPlace.objects.using(store.using).filter(kind="goal").exists()

    def test_something_more_is_written_or_nothing(self, store: Store):
        """In the same transaction."""

        def refuses(*_: object) -> None:
            raise OverflowError("the outbox is full")

        seen: list[Any] = []
        with pytest.raises(OverflowError):
            Store(store.using, also=refuses).act("g-1", "note_progress", text="A start", **STEP)
        assert held(store) == Book(RECORDS)
        also = Store(store.using, also=lambda *told: seen.append(told))
        also.act("g-1", "note_progress", text="A start", **STEP)
        ((live, before, after),) = seen
        assert (live.alias, before.get(Goal, "g-1")) == (store.using, agreed_goal())
        assert after.changed[0].type == "goal"

    def test_errors_of_the_database_pass(self, store: Store):
        """Of which nobody could say that trying again helps."""

        def wrong(live: Any, before: Book, after: Book) -> None:
            with live.cursor() as cursor:
                cursor.execute("SELECT * FROM nowhere")

        with pytest.raises(DatabaseError, match="nowhere"):
            Store(store.using, also=wrong).act("g-1", "note_progress", text="A start", **STEP)
        assert held(store) == Book(RECORDS)

    def test_an_act_stands_in_no_other_transaction(self, store: Store):
        """It would not be serializable, and nothing would be kept when it says so. Reading may."""
        with transaction.atomic(using=store.using):
            assert held(store) == Book(RECORDS)
            with pytest.raises(RuntimeError, match="durable"):
                store.act("g-1", "note_progress", text="A start", **STEP)

    def test_transactions_of_others_begin_as_the_settings_say(self, sqlite: str):
        """Those of a store on SQLite write from the beginning; those that read, do not."""
        modes: list[object] = []
        Store(also=lambda live, *_: modes.append(live.transaction_mode)).put(*RECORDS)
        with Store().reading():
            modes.append(connection.transaction_mode)
        connection.transaction_mode = "EXCLUSIVE"
        assert held(Store()) == Book(RECORDS)
        assert [*modes, connection.transaction_mode] == ["IMMEDIATE", None, "EXCLUSIVE"]

    def test_other_databases_are_refused(self, sqlite: str, monkeypatch: pytest.MonkeyPatch):
        """Those of which nobody knows whether their transactions are serializable."""
        monkeypatch.setattr(connection, "vendor", "oracle")
        monkeypatch.setattr(connection, "display_name", "Oracle")
        with pytest.raises(ImproperlyConfigured, match="'default' is Oracle"), Store().reading():
            pass


class TestTwoAtOnce:
    """Others are faster, now and then."""

    def test_who_is_overtaken_begins_again(self, store: Store):
        """And acts on what then stands."""
        tries: list[int] = []

        def first() -> None:
            store.act("g-1", "note_progress", text="first", **STEP)
            connections[store.using].close()

        other = threading.Thread(target=first)

        def slowly(book: Book) -> Book:
            tries.append(len(book.get(Goal, "g-1").progress))
            if len(tries) == 1 and store.using != "default":  # SQLite lets nobody write meanwhile
                other.start()
                other.join()
            return book.act("g-1", "note_progress", text="second", **STEP)

        done = store.work(slowly).changed[0]
        assert tries == ([0] if store.using == "default" else [0, 1])
        assert [it.text for it in done.progress] == ["first", "second"][-len(tries) :]

    def test_overtaken_every_time(self, store: Store):
        """It is refused in the end, as a conflict."""

        def overtaken(book: Book) -> Book:
            book.get(Goal, "g-1")  # as if the row had changed under it
            StoredRecord.objects.using(store.using).filter(kind="goal", id="g-1").update(version="another")
            return book.act("g-1", "note_progress", text="A start", **STEP)

        assert codes(refused(lambda: Store(store.using, tries=2).work(overtaken))) == ["X023"]
        assert held(store) == Book(RECORDS)

    def test_threads_lose_nothing(self, store: Store):
        """Four of them, ten acts each."""
        wrong: list[BaseException] = []

        def acts(n: int) -> None:
            try:
                for i in range(10):
                    Store(store.using, tries=1000).act("g-1", "note_progress", text=f"{n} {i}", **STEP)
            except Exception as error:  # noqa: BLE001  (told below)
                wrong.append(error)
            finally:
                connections[store.using].close()

        threads = [threading.Thread(target=acts, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert wrong == []
        progress = held(store).get(Goal, "g-1").progress
        assert sorted(it.text for it in progress) == sorted(f"{n} {i}" for n in range(4) for i in range(10))

    def test_what_is_a_conflict(self):
        """And what is none."""
        store = Store()
        assert store._is_conflict(IntegrityError())
        assert not store._is_conflict(OperationalError())
        assert not store._is_conflict(ValueError())


def test_both_stores_read_and_write_the_same_rows(sqlite: str, tmp_path: Path):
    """One file, by Django and by SQLAlchemy."""
    theirs = sqlalchemy.Store(sa.create_engine(f"sqlite:///{tmp_path / 'book.db'}"))
    Store().put(*RECORDS)
    done = theirs.act("g-1", "note_progress", text="A start", **STEP)
    assert held(Store()).get(Goal, "g-1") == done
    Store().act("i-1", "cancel", reason="Ill", by=ANNA, at=at(201))
    with theirs.reading() as book:
        assert Book(list(book)) == held(Store())
        assert [it.state for it in book.naming(Interview, "coachee", ANNA)] == ["cancelled"]
    made = sa.inspect(theirs.engine)
    for table in (theirs.tables.records, theirs.tables.places):
        columns = {it["name"]: (str(it["type"]).upper(), it["nullable"]) for it in made.get_columns(table.name)}
        assert columns == {it.name: (str(it.type), it.nullable) for it in table.columns}
        assert set(made.get_pk_constraint(table.name)["constrained_columns"]) == {it.name for it in table.primary_key}
    theirs.engine.dispose()


class TestOfAHouse:
    """Django's own tests, each in a transaction, may use a store."""

    @pytest.mark.parametrize("alias", ["sqlite", "postgres"])
    def test_acts_go_with_the_test(self, alias: str, request: pytest.FixtureRequest):
        """They are undone with it."""
        using = request.getfixturevalue(alias)
        for table in (StoredRecord, StoredPlace):
            table.objects.using(using).all().delete()

        class Acts(TestCase):
            databases: ClassVar = {using}

            def runTest(self) -> None:
                Store(using).put(*RECORDS)
                assert held(Store(using)) == Book(RECORDS)

        result = unittest.TestResult()
        unittest.TestSuite([Acts()]).run(result)
        assert (result.errors, result.failures, result.testsRun) == ([], [], 1)
        assert not StoredRecord.objects.using(using).exists()


class TestField:
    """`RecordField`: a record in a column of an application's own table."""

    @pytest.fixture
    def table(self, sqlite: str) -> None:
        """The table of `Plan`."""
        with connection.schema_editor() as editor:
            editor.create_model(Plan)

    def test_there_and_back(self, table: None):
        """And nothing where there is none."""
        Plan.objects.create(goal=agreed_goal())
        Plan.objects.create()
        assert [it.goal for it in Plan.objects.order_by("pk")] == [agreed_goal(), None]
        assert Plan.objects.filter(goal=agreed_goal()).count() == Plan.objects.filter(goal__isnull=True).count() == 1
        Plan.objects.update(goal=F("goal"))
        assert Plan.objects.filter(goal=codec.dumps(agreed_goal()).decode()).count() == 1

    def test_what_was_damaged_is_refused(self, table: None):
        """When it is read."""
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO plans_plan (goal) VALUES ('{}')")
        with pytest.raises(Rejected):
            Plan.objects.get()

    def test_fixtures(self, table: None):
        """A record is its document, in every format."""
        Plan.objects.create(goal=agreed_goal())
        Plan.objects.create()
        for form in ("json", "xml"):
            text = serializers.serialize(form, Plan.objects.all())
            back = [it.object.goal for it in serializers.deserialize(form, text)]
            assert back[0] == agreed_goal()
        assert Plan._meta.get_field("goal").value_to_string(Plan()) == ""

    def test_faults_are_those_of_django(self):
        """One for each finding, with its code and the finding itself."""
        broken = json.dumps(json.loads(codec.dumps(agreed_goal())) | {"title": ""})
        with pytest.raises(ValidationError) as wrong:
            Plan(goal=broken).full_clean()
        (fault,) = wrong.value.error_dict["goal"]
        assert (fault.code, fault.params["finding"].path) == ("G001", "title")
        assert fault.messages[0].startswith("title: ")
        with pytest.raises(ValidationError):
            Plan.objects.create(goal=5)

    def test_it_is_deconstructed_for_migrations(self):
        """By where it is imported from."""
        _, path, args, given = RecordField(null=True).deconstruct()
        assert (path, args, given) == ("coaching.integrations.django.fields.RecordField", [], {"null": True})

    @pytest.mark.parametrize(
        ("given", "found"),
        [
            ({}, []),
            ({"default": None}, []),
            ({"default": agreed_goal}, []),
            ({"unique": True}, ["coaching.E001"]),
            ({"db_index": True}, ["coaching.E001"]),
            ({"default": "{}"}, ["coaching.E002"]),
        ],
    )
    def test_check(self, given: dict[str, Any], found: list[str]):
        """What no field with a record can be."""
        field = RecordField(**given)
        field.set_attributes_from_name("goal")
        field.model = Plan
        assert [it.id for it in field.check(databases=[])] == found

    def test_in_a_form(self, table: None):
        """As its document."""
        made = forms.modelform_factory(Plan, fields=["goal"])
        shown = made(instance=Plan(goal=agreed_goal()))
        assert "Lead" in str(shown) or "title" in str(shown)
        sent = made({"goal": codec.dumps(agreed_goal()).decode()}, instance=Plan(goal=agreed_goal()))
        assert (sent.is_valid(), sent.has_changed(), sent.save().goal) == (True, False, agreed_goal())
        wrong = made({"goal": "{}"})
        assert [it.code for it in wrong.errors.as_data()["goal"]] == ["V014", "V014"]
        assert (wrong.has_changed(), "{}" in str(wrong)) == (True, True)
        assert made({"goal": ""}).is_valid()
        assert RecordFormField(required=False).clean("") is None


SENT = {"slot.start": "2026-08-27T09:00", "slot.minutes": "60", "slot.place": "Room 4", "csrfmiddlewaretoken": "x"}


class TestForm:
    """An act as a form."""

    def test_it_shows_the_fields(self):
        """Each with its label, its limits, and what there is to choose."""
        form = FormOfAct(planned_talk(), "schedule", by=OLE)
        page = str(form)
        assert list(form.fields) == ["slot.start", "slot.minutes", "slot.place", "seen"]
        assert '<input type="datetime-local" name="slot.start"' in page
        assert '<input type="number" name="slot.minutes" min="15" max="480"' in page
        assert "Slot: Minutes" in page
        assert form["seen"].value() == planned_talk().digest
        assert not form.is_bound

    def test_what_is_sent_are_the_arguments(self):
        """Times are in the zone of Django; tokens and buttons are no fields."""
        form = FormOfAct(planned_talk(), "schedule", QueryDict("&".join(f"{k}={v}" for k, v in SENT.items())), by=OLE)
        assert form.is_valid()
        assert form.cleaned_data["slot"]["start"].isoformat() == "2026-08-27T09:00:00+02:00"
        assert list(form.cleaned_data) == ["slot"]

    def test_it_does_the_act(self, store: Store):
        """Through a store, which gives the record."""
        form = FormOfAct(planned_talk(), "schedule", SENT, by=OLE)
        assert form.does(store, by=OLE, at=at(200))
        assert form.done.slot.place == "Room 4"
        assert held(store).get("i-1") == form.done

    def test_it_begins_a_record(self, store: Store):
        """Under the id that the program gives."""
        form = FormOfAct(Goal, "begin", {"title": "Listen more"}, by=ANNA)
        assert form.does(store, id="g-2", by=ANNA, at=at(200))
        assert form.done.title == "Listen more"

    def test_findings_stand_at_their_fields(self):
        """And what is said of the whole, above them."""
        book = Book(RECORDS)
        form = FormOfAct(planned_talk(), "schedule", SENT | {"slot.minutes": "5", "slot.place": " "}, by=OLE)
        assert not form.does(book, by=OLE, at=at(200))
        assert {name: [it.code for it in errors] for name, errors in form.errors.as_data().items()} == {
            "slot.minutes": ["I003"],
            "slot.place": ["I003"],
        }
        assert 'value="5"' in str(form)
        nothing = FormOfAct(planned_talk(), "schedule", {"x": "y"}, by=OLE)
        assert not nothing.does(book, by=OLE, at=at(200))
        assert list(nothing.errors.as_data()) == ["slot.start"]
        stranger = FormOfAct(planned_talk(), "schedule", SENT, by="p-99")
        assert not stranger.does(book, by="p-99", at=at(200))
        assert "V011" in [it.code for it in stranger.non_field_errors().as_data()]

    def test_a_form_that_was_not_sent_does_nothing(self):
        """And has no errors."""
        form = FormOfAct(planned_talk(), "schedule", by=OLE)
        assert not form.does(Book(RECORDS), by=OLE, at=at(200))
        assert not form.errors

    def test_an_old_tab(self):
        """It is told above the fields."""
        slot = {"start": at(300), "minutes": 60, "place": "Room 4"}
        book = Book(RECORDS).act("i-1", "schedule", slot=slot, by=OLE, at=at(200))
        form = FormOfAct(book.get("i-1"), "cancel", {"reason": "Ill", "seen": planned_talk().digest}, by=ANNA)
        assert not form.does(book, by=ANNA, at=at(201))
        assert [it.code for it in form.non_field_errors().as_data()] == ["X023"]

    def test_a_time_that_does_not_exist(self):
        """The act says so, with all else; one that comes twice is asked again, and what is chosen stands there."""
        sent = SENT | {"slot.start": "2026-03-29T02:30", "slot.minutes": "5"}
        form = FormOfAct(planned_talk(), "schedule", sent, by=OLE, zone="Europe/Stockholm")
        assert not form.does(Book(RECORDS), by=OLE, at=at(200))
        assert {name: [it.code for it in told] for name, told in form.errors.as_data().items()} == {
            "slot.start": ["V003"], "slot.minutes": ["I003"],
        }  # fmt: skip
        assert 'type="datetime-local" name="slot.start"' in str(form)
        twice = FormOfAct(
            planned_talk(), "schedule", sent | {"slot.start": "2026-10-25T02:30"}, zone="Europe/Stockholm"
        )
        assert not twice.does(Book(RECORDS), by=OLE, at=at(200))
        assert '<option value="2026-10-25T02:30:00+01:00">2026-10-25 02:30:00 +01:00</option>' in str(twice)
        sent |= {"slot.start": "2026-10-25T02:30:00+01:00"}
        assert 'type="text" name="slot.start" value="2026-10-25T02:30:00+01:00"' in str(
            FormOfAct(planned_talk(), "schedule", sent, zone="Europe/Stockholm")
        )

    def test_what_is_no_form(self):
        """A zone that is none stands above the fields."""
        form = FormOfAct(planned_talk(), "schedule", SENT, by=OLE)
        form.zone = "Nowhere"
        assert not form.is_valid()
        assert form.cleaned_data == {}

    def test_rows_that_a_page_added(self):
        """They are shown again, with what was sent."""
        form = FormOfAct(planned_talk(), "say", {"tags[7]": "late", "tags[0]": "a"})
        names = [name for name in form.fields if name.startswith("tags")]
        assert names == ["tags[0]", "tags[7]"]
        assert form["tags[7]"].value() == "late"

    def test_two_forms_on_a_page(self):
        """Each has its prefix."""
        sent = {f"a-{name}": value for name, value in SENT.items()} | {"b-slot.minutes": "5"}
        form = FormOfAct(planned_talk(), "schedule", sent, by=OLE, prefix="a")
        assert form.does(Book(RECORDS), by=OLE, at=at(200))
        assert 'name="a-slot.minutes"' in str(form)

    def test_people_to_choose_from(self):
        """Where the house says who there is."""
        form = FormOfAct(planned_talk(), "reassign", by=OLE, offer=lambda _: [Option(EVA, "Eva Lind")])
        assert f'<option value="{EVA}">Eva Lind</option>' in str(form)
        assert "<option" not in str(FormOfAct(planned_talk(), "reassign", by=OLE))

    def test_what_a_reference_may_name(self):
        """Any record, or a part of one: what is offered is not all there is."""
        form = FormOfAct(Interview, "plan", by=ANNA, offer=lambda _: [Option("g-1", "A pilot line")])
        assert '<select name="previous"' in str(form)
        goal = FormOfAct(Goal, "begin", by=ANNA, offer=lambda _: [Option("g-1", "A pilot line")])
        assert '<input type="text" name="serves[0].id"' in str(goal)

    def test_in_another_language(self):
        """Labels, words, help and what is refused."""
        form = FormOfAct(Interview, "plan", {"kind": "yearly"}, by=ANNA, texts=texts_in("sv"))
        assert not form.does(Book(), id="i-9", by=ANNA, at=at(0))
        html = str(form)
        assert "Årligt medarbetarsamtal" in html
        assert "Medarbetare" in html
        assert texts_in("sv").mend(rule("V012")) in str(form.errors["kind"])

    def test_an_id_is_asked_of_nobody(self):
        """That of a part which is there is hidden and comes back; a new one is made."""
        path = draft_path().edit(
            steps=[{"id": "s-1", "order": 1, "kind": "project", "title": "Lead"}], by=ANNA, at=at(1)
        )
        form = FormOfAct(path, "edit", by=ANNA)
        assert '<input type="hidden" name="steps[0].id" value="s-1"' in str(form)
        back = {it.html_name: it.value() or "" for it in form}
        back |= {"steps[1].title": "Teach", "steps[1].order": "2", "steps[1].kind": "project"}
        sent = FormOfAct(path, "edit", back, by=ANNA)
        assert sent.does(Book([someone(), path]), by=ANNA, at=at(2)), sent.errors
        kept, new = sent.done.get("path", path.id).steps
        assert (kept.id, len(new.id)) == ("s-1", 32)

    def test_words_to_choose_from(self):
        """With their labels."""
        assert '<option value="follow_up">Follow up</option>' in str(FormOfAct(Interview, "plan"))

    def test_a_box_that_is_not_ticked_says_so(self):
        """By an empty text before it."""
        box = FormOfAct(CoachingRelationship, "propose")["dual_role"]
        assert str(box).startswith(f'<input type="hidden" name="{box.html_name}" value=""><input type="checkbox"')

    @pytest.mark.parametrize(
        ("owner", "act"),
        [
            (it, act)
            for record in RECORDS
            for it in (type(record), record)
            for act in (it.acts() if it is record else it.begins())
        ],
    )
    def test_every_act_has_a_form(self, owner: Any, act: str):
        """That can be shown, and read when it comes back as it is."""
        form = FormOfAct(owner, act)
        assert str(form) or not form.shown.fields
        back = {it.html_name: it.value() or "" for it in form}
        assert FormOfAct(owner, act, back).is_valid() or not back


class TestAnswers:
    """What is refused, over HTTP."""

    def test_a_problem(self):
        """With the status of its cause, and the pages of its rules."""
        why = rejected(lambda: agreed_goal().edit(title="A", by="p-99", at=at(200)))
        with override_settings(COACHING_PAGES="https://example.org/coaching/"):
            told = answer(why)
        assert (told.status_code, told["Content-Type"]) == (403, "application/problem+json")
        assert json.loads(told.content)["type"].startswith("https://example.org/coaching/generated/rules.html#v0")

    def test_nobody_is_named(self):
        """401 says how to say it."""
        told = answer(rejected(lambda: agreed_goal().edit(title="A", by="", at=at(200))))
        assert (told.status_code, told["WWW-Authenticate"]) == (401, "Bearer")

    def test_middleware(self):
        """A refusal of any view; all else is left to others."""
        middleware = Refusals(lambda _: HttpResponse("here"))
        assert middleware(HttpRequest()).content == b"here"
        why = rejected(lambda: agreed_goal().edit(title="A", by="p-99", at=at(200)))
        assert middleware.process_exception(HttpRequest(), why).status_code == 403
        assert middleware.process_exception(HttpRequest(), ValueError()) is None


def rejected(do: Any) -> Rejected:
    """What an act raises."""
    with pytest.raises(Rejected) as why:
        do()
    return why.value
