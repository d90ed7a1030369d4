"""SCIM both ways: the samples of the RFC, a library of others as the peer, and that there and back is nothing to do."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scim2_models import Context, EnterpriseUser, Error, User

from coaching import Book, Managed, Organisation, Person, Position, Rejected, Span
from coaching.integrations.scim import CORE, ENTERPRISE, Received, error, patched, receive, user
from coaching.testing import people
from stage import ANNA, EVA, OLE, at, on, refused
from stage.book import someone

SAMPLES = json.loads((Path(__file__).parent / "scim_samples.json").read_text())
MINIMAL, FULL, ENTERPRISE_USER = (SAMPLES[name] for name in ("minimal", "full", "enterprise"))
MANAGER = f"{ENTERPRISE}:manager"
TODAY = on(0)
WORK, HOME = {"type": "work", "value": "a"}, {"type": "home", "value": "b"}


def house(*others: Person) -> Book:
    """An employer, Ole and Eva, and whoever else."""
    hem = Organisation.register("hem", "Hem AB", kinds=["employer"], by="hr", at=at(-9))
    return Book([hem, *(someone(id) for id in (OLE, EVA)), *others])


def anna(**details: Any) -> Person:
    """Anna, a consultant of Hem under Ole since long ago."""
    since = date(2024, 8, 1)
    held = Position("po-1", "hem", "Consultant", Span(since), unit="Robots", level=4, managers=(Managed(OLE, since),))
    return Person.register(ANNA, "Anna Ek", since, position=held, by="hr", at=at(-9), **details)


def got(book: Book, resource: Any, day: int = 0, **given: Any) -> Received:
    """What comes of a resource."""
    return receive(book, resource, **{"id": ANNA, "by": "scim", "at": at(day), "on": on(day), **given})


def done(received: Received) -> list[str]:
    """What was done, in lines."""
    return [act.told(values=True) for act in received.acts]


def left(received: Received) -> list[tuple[str, str]]:
    """What was left alone: codes and places."""
    return [(found.code, found.path) for found in received.left]


def wrong(book: Book, resource: Any, **given: Any) -> list[tuple[str, str]]:
    """What a resource is refused for."""
    return [(found.code, found.path) for found in refused(lambda: got(book, resource, **given))]


def peer(resource: Any) -> Any:
    """A resource, written and read by the library of others."""
    read = User[EnterpriseUser].model_validate(json.loads(json.dumps(resource)), scim_ctx=Context.DEFAULT)
    return json.loads(read.model_dump_json(scim_ctx=Context.DEFAULT))


class TestSamples:
    """The users of RFC 7643, section 8."""

    def test_the_smallest(self):
        """It has a user name and no other: that is what the person is called."""
        received = got(house(), MINIMAL)
        assert (received.person.name, received.person.external_ids) == (
            "bjensen@example.com", {"userName": "bjensen@example.com"},
        )  # fmt: skip
        assert received.person.employments == (Span(TODAY),)
        assert done(received)[0] == "register name: nothing becomes 'bjensen@example.com'"
        assert received.unused == received.left == ()

    def test_the_full_one(self):
        """What has no field here is named; a title needs an employer, which the program gives."""
        received = got(house(), FULL, employer="hem")
        held = received.person.position_on(TODAY)
        assert (received.person.name, received.person.given_name) == ("Ms. Barbara J Jensen, III", "Barbara")
        assert (received.person.language, held.title, held.employer) == ("en-US", "Tour Guide", "hem")
        assert received.person.external_ids == {"userName": "bjensen@example.com", "externalId": "701984"}
        assert {"emails", "addresses", "name.middleName", "nickName", "displayName", "groups"} <= {*received.unused}
        assert {"id", "meta", "schemas", "locale", "password"} & {*received.unused} == {"password"}
        bare = got(house(), FULL)
        assert left(bare) == [("B050", "title")]
        assert "no employer is known" in bare.left[0].message

    def test_the_one_of_an_enterprise(self):
        """Organisation and manager have to be here; by the id that the manager has here."""
        with pytest.raises(Rejected) as refusal:
            got(house(), ENTERPRISE_USER)
        assert [(it.code, it.path) for it in refusal.value.findings] == [
            ("X002", f"{MANAGER}.value"), ("X002", f"{ENTERPRISE}:organization"),
        ]  # fmt: skip
        studios = Organisation.register("us", "Universal Studios", by="hr", at=at(-9))
        known = {"26118915-6090-4610-87e4-49d8ca9f808d": OLE}
        received = got(house().put(studios), ENTERPRISE_USER, known=known)
        held = received.person.position_on(TODAY)
        assert (held.employer, held.unit, held.manager_on(TODAY)) == ("us", "Tour Operations", OLE)
        assert received.person.external_ids["employeeNumber"] == "701984"
        assert {f"{ENTERPRISE}:costCenter", f"{ENTERPRISE}:division"} <= {*received.unused}
        assert got(house(anna()), {ENTERPRISE: {"manager": {"value": OLE, "mood": "x"}}}).unused == (f"{MANAGER}.mood",)
        again = got(received.book, ENTERPRISE_USER, known=known)
        assert (again.acts, again.left, again.book) == ((), (), received.book)

    @pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
    def test_what_the_peer_writes_is_read(self, sample):
        """To the same, whichever library wrote it."""
        us = Organisation.register("us", "Universal Studios", by="hr", at=at(-9))
        given: Any = {"employer": "hem", "known": {"26118915-6090-4610-87e4-49d8ca9f808d": OLE}}
        mine, theirs = (got(house().put(us), it, **given) for it in (sample, peer(sample)))
        assert mine.person == theirs.person


class TestWriting:
    """A person on a day, as the peer reads it."""

    def test_what_is_written(self):
        """All that is known, and no more."""
        person = anna(language="sv", given_name="Anna", external_ids={"userName": "aek", "employeeNumber": "17"})
        written = user(person, TODAY, book=house(), users="https://hem.example/Users")
        assert written == {
            "schemas": [CORE, ENTERPRISE], "id": ANNA, "userName": "aek", "displayName": "Anna Ek",
            "name": {"formatted": "Anna Ek", "givenName": "Anna"}, "title": "Consultant", "preferredLanguage": "sv",
            "active": True,
            ENTERPRISE: {
                "employeeNumber": "17", "organization": "Hem AB", "department": "Robots",
                "manager": {"value": OLE, "$ref": f"https://hem.example/Users/{OLE}", "displayName": "Ole Li"},
            },
            "meta": {
                "resourceType": "User", "created": "2026-02-21T12:00:00Z", "lastModified": "2026-02-21T12:00:00Z",
                "version": f'W/"{person.digest}"', "location": f"https://hem.example/Users/{ANNA}",
            },
        }  # fmt: skip
        read = User[EnterpriseUser].model_validate(written, scim_ctx=Context.RESOURCE_CREATION_RESPONSE)
        assert read[EnterpriseUser].manager.value == OLE
        assert read.meta.version == f'W/"{person.digest}"'

    def test_without_a_book(self):
        """Others are named by their ids; who has no user name has their id."""
        written = user(anna(), TODAY)
        assert (written["userName"], written[ENTERPRISE]["organization"]) == (ANNA, "hem")
        assert written[ENTERPRISE]["manager"] == {"value": OLE}

    def test_before_and_after(self):
        """Before the first day and after the last, nobody is active, and holds no position."""
        person = anna().leave(on(3), by="hr", at=at(0))
        for day, active in ((date(2024, 7, 31), False), (on(3), True), (on(4), False)):
            written = user(person, day)
            assert (written["active"], "title" in written) == (active, active)

    def test_what_is_none(self):
        """It is the program's slip."""
        assert [it.path for it in refused(lambda: user("anna", TODAY, users=3))] == ["person", "users"]
        assert [it.code for it in refused(lambda: user(anna(), "today"))] == ["V015"]


class TestReceiving:
    """What a resource says of somebody who is here."""

    def test_names_language_and_ids(self):
        """They are corrected; what is null is emptied, and what is not said stays."""
        book = house(anna(given_name="Anna", external_ids={"externalId": "x1", "employeeNumber": "17", "payroll": "9"}))
        said = {
            "username": "aek", "Name": {"Formatted": "Anna Berg", "givenName": None},
            "preferredLanguage": "da, en-gb;q=0.8, sv;q=1.0", "externalId": "x2", ENTERPRISE.upper(): {"employeeNumber": ""},
        }  # fmt: skip
        received = got(book, said)
        person = received.person
        assert (person.name, person.given_name, person.language) == ("Anna Berg", None, "da")
        assert person.external_ids == {"userName": "aek", "externalId": "x2", "payroll": "9"}
        assert person.history[-1].reason == "SCIM"
        assert {act.act for act in received.acts} == {"correct"}
        assert got(received.book, {"locale": "sv_SE"}).person.language == "sv-SE"
        assert got(received.book, {"preferredLanguage": None, "locale": "fr"}).person.language is None

    def test_a_name_in_parts(self):
        """It is put together where a part is another; else the name that is here is as good."""
        book = house(anna(given_name="Anna", family_name="Ek"))
        assert got(book, {"name": {"givenName": "Anna", "familyName": "Ek"}}).acts == ()
        assert got(book, {"name": {"givenName": "Anna", "familyName": "Berg"}}).person.name == "Anna Berg"
        assert got(book, {"name": {"givenName": "Ann"}}).person.name == "Ann"
        assert got(book, {"displayName": "Annie"}).person.name == "Annie"
        assert got(book, {"name": None}).person.given_name is None

    def test_inactive_is_left(self):
        """The last day is the one before; active again is another employment."""
        received = got(house(anna()), {"active": False})
        assert done(received) == ["leave employments[].to: nothing becomes '2026-03-01'"]
        assert received.person.standing(TODAY) == "left"
        assert got(received.book, {"active": "False"}).acts == ()
        back = got(received.book, {"active": "True", "title": "Lead", ENTERPRISE: {"organization": "hem"}}, day=9)
        assert back.person.employments == (Span(date(2024, 8, 1), on(-1)), Span(on(9)))
        assert back.person.position_on(on(9)).title == "Lead"

    def test_inactive_on_the_first_day(self):
        """There is no day before that could be the last."""
        received = got(house(someone(ANNA, TODAY)), {"active": False})
        assert (received.acts, left(received)) == ((), [("B050", "active")])

    def test_a_position_that_nobody_holds_is_told(self):
        """As far as it is not how it stood on the last day, or how it will stand on the first."""
        away = anna().leave(on(-1), by="hr", at=at(-8))
        same = {"title": "Consultant", ENTERPRISE: {"organization": "Hem AB", "manager": {"value": OLE}}}
        assert got(house(away), same).left == ()
        other = {"title": "Lead", ENTERPRISE: {"organization": "Bruk", "department": "Sales", "manager": EVA}}
        places = ["title", f"{ENTERPRISE}:organization", f"{ENTERPRISE}:department", f"{MANAGER}.value"]
        assert left(got(house(away), other)) == [("B050", place) for place in places]
        assert left(got(house(anna()), {**other, "active": False})) == [("B050", place) for place in places]
        outside = Person.register(ANNA, "Anna Ek", by="hr", at=at(-9))
        assert left(got(house(outside), {"title": "Lead"})) == [("B050", "title")]
        new = got(house(), {"userName": "x", "active": False, "title": "Lead"})
        assert (left(new), new.person.employments) == ([("B050", "title")], ())
        ahead = someone(ANNA, on(30))
        assert left(got(house(ahead), {"active": True})) == [("B050", "active")]

    def test_another_title_is_another_position(self):
        """From the day on; the rest of it goes on, the manager too."""
        received = got(house(anna()), {"title": "Lead", ENTERPRISE: {"department": None, "division": "Sales"}})
        before, now = received.person.positions
        assert (before.span.to, now.span) == (on(-1), Span(TODAY))
        assert (now.title, now.unit, now.level, now.manager_on(TODAY)) == ("Lead", "Sales", 4, OLE)
        assert got(received.book, {ENTERPRISE: {"department": None}}, day=1).person.position_on(on(1)).unit is None

    def test_another_manager(self):
        """The position goes on; nobody at the top is said by null."""
        received = got(house(anna()), {ENTERPRISE: {"manager": {"value": EVA}}})
        assert done(received) == [
            f"change_manager positions[].managers[].manager on 2026-03-02: '{OLE}' becomes '{EVA}'"
        ]  # fmt: skip
        assert len(received.person.positions) == 1
        top = got(received.book, {ENTERPRISE: {"manager": None}}, day=1)
        assert top.person.manager_on(on(1)) is None
        assert got(received.book, {ENTERPRISE: None}, day=1).person.manager_on(on(1)) is None
        assert wrong(house(anna()), {ENTERPRISE: {"manager": ANNA}}) == [("J003", f"{MANAGER}.value")]
        assert wrong(house(anna()), {ENTERPRISE: {"manager": "nobody"}}) == [("X002", f"{MANAGER}.value")]

    def test_a_second_position_names_the_manager(self):
        """Nobody managing is said of all that are held."""
        person = anna()
        top = Position("po-2", "hem", "Lead", Span(on(-5)))
        book = house(person.take_position(top, by="hr", at=at(-5)))
        assert got(book, user(book.get(Person, ANNA), TODAY, book=book)).acts == ()
        assert got(book, {ENTERPRISE: {"manager": None}}).person.manager_on(TODAY) is None

    def test_no_position_is_held(self):
        """One needs a title; its id is its first day, or another where that is taken."""
        book = house(someone(ANNA))
        assert left(got(book, {ENTERPRISE: {"department": "Sales"}})) == [("B050", f"{ENTERPRISE}:department")]
        assert got(book, {"title": "Lead"}, employer="hem").person.positions[0].id == "2026-03-02"
        guide = Position("2026-03-02", "hem", "Guide", Span(on(-9), on(-5)))
        taken = someone(ANNA).take_position(guide, by="hr", at=at(0))
        assert got(house(taken), {"title": "Lead"}, employer="hem").person.position_on(TODAY).id == "2026-03-02-2"

    def test_what_a_position_must_have(self):
        """Title and employer are not taken away."""
        said = {"title": None, ENTERPRISE: {"organization": None}}
        assert left(got(house(anna()), said)) == [("B050", "title"), ("B050", f"{ENTERPRISE}:organization")]

    def test_organisations_by_name(self):
        """One that is called so; by its id as well; of two, neither."""
        book = house(anna()).put(Organisation.register("bruk", "Bruk", by="hr", at=at(-9)))
        for said in ("Bruk", "bruk"):
            received = got(book, {ENTERPRISE: {"organization": said}})
            assert received.person.position_on(TODAY).employer == "bruk"
        two = book.put(Organisation.register("bruk-2", "Bruk", by="hr", at=at(-9)))
        found = refused(lambda: got(two, {ENTERPRISE: {"organization": "Bruk"}}))
        assert found[0].message == "several organisations are called 'Bruk'"

    def test_user_names_are_unique(self):
        """In any case of the letters; somebody without one has their id."""
        book = house(anna(external_ids={"userName": "aek"}))
        found = wrong(book, {"userName": "AEK"}, id="p-50")
        assert found == [("X001", "userName")]
        assert wrong(book, {"userName": OLE}, id="p-50") == [("X001", "userName")]
        assert got(book, {"userName": "AEK"}).person.external_ids == {"userName": "AEK"}

    def test_erased_is_for_good(self):
        """Nothing is said of them again; what is as it stands is no difference."""
        gone = anna().leave(on(-1), "moved", by="hr", at=at(-8)).erase("asked", by="hr", at=at(1))
        book = house(gone)
        assert left(got(book, {"active": True}, day=2)) == [("B050", "active")]
        assert left(got(book, {"displayName": "Anna"}, day=2)) == [("B050", "active")]
        assert got(book, user(gone, on(2)), day=2).left == ()

    def test_the_rules_of_record_and_book_speak(self):
        """With their places in the resource."""
        said = {"displayName": " Anna ", "title": "x" * 10_001, "userName": "x" * 10_001}
        assert wrong(house(anna()), said) == [("V002", "name.formatted"), ("J002", "title"), ("V002", "userName")]
        said = {ENTERPRISE: {"employeeNumber": "x" * 10_001}}
        assert wrong(house(anna()), said) == [("V002", f"{ENTERPRISE}:employeeNumber")]
        assert wrong(house(), {"userName": "a", "title": "x" * 10_001}, employer="hem") == [("J002", "title")]
        under_anna = someone(OLE, manager=ANNA)
        book = house(anna()).put(under_anna).act((Person, ANNA), "change_manager", position="po-1", manager=None,
                                                 on=on(-1), by="hr", at=at(-1))  # fmt: skip
        assert wrong(book, {ENTERPRISE: {"manager": OLE}}) == [("X003", f"{MANAGER}.value")]

    def test_what_has_another_type(self):
        """All of it at once, with its place."""
        said = {
            "schemas": "x", "title": 3, "active": "yes", "name": [], "externalId": {}, "TITLE": "x",
            ENTERPRISE: {"manager": {"value": 3}, "department": True},
        }  # fmt: skip
        found = wrong(house(), said)
        assert {path for _, path in found} == {
            "schemas", "title", "name", "active", "externalId", f"{MANAGER}.value", f"{ENTERPRISE}:department",
        }  # fmt: skip
        assert wrong(house(), []) == [("V015", "")]
        assert wrong(house(), {"displayName": "Anna"}) == [("V014", "userName")]
        assert wrong(house(), {3: "x", "userName": "x", "schemas": [ENTERPRISE]}) == [("V012", "schemas")]

    def test_slips_of_the_program(self):
        """They are told by the names of the arguments."""
        found = refused(lambda: got("book", {}, ids=3, known=3))
        assert [it.path for it in found] == ["book", "ids", "known"]
        found = refused(lambda: got(house(), {}, id="", by=None, at="now", on="today", source=" ", employer=""))
        assert {it.path for it in found} == {"id", "by", "at", "on", "source", "employer"}

    def test_other_names_of_systems(self):
        """A house that knows the ids by other names keeps them there, both ways."""
        ids = {"externalId": "workday", "userName": "login"}
        received = got(house(), {"userName": "aek", "externalId": "W1"}, ids=ids)
        assert received.person.external_ids == {"login": "aek", "workday": "W1"}
        written = user(received.person, TODAY, ids=ids)
        assert (written["userName"], written["externalId"]) == ("aek", "W1")

    @settings(max_examples=150)
    @given(data=st.data())
    def test_there_and_back_is_nothing_to_do(self, data: st.DataObject):
        """Whoever it is, on whatever day: the peer reads what is written, and it says nothing new."""
        person = data.draw(people(id=st.just(ANNA)))
        days = [
            TODAY,
            *(it + timedelta(n) for of in person.employments for it in (of.from_, of.to or TODAY) for n in (-1, 0, 1)),
        ]
        day = data.draw(st.sampled_from(days))
        written = user(person, day)
        book, now = Book([person]), person.history[-1].at
        for resource in (written, peer(written), {name: it for name, it in written.items() if it}):
            received = receive(book, resource, id=ANNA, by="scim", at=now, on=day)
            assert (received.acts, received.left, received.unused) == ((), (), ())
            assert received.person is person

    @settings(max_examples=150)
    @given(data=st.data())
    def test_what_was_received_is_written(self, data: st.DataObject):
        """What could be done of a resource is what is written next; to say it again is nothing to do."""
        person = data.draw(people(id=st.just(ANNA)))
        now = person.history[-1].at
        day = now.date() + timedelta(data.draw(st.integers(-3, 3)))
        texts, who = st.sampled_from(["Lead", "Guide", None]), st.sampled_from([OLE, EVA, None])
        said = data.draw(st.fixed_dictionaries({}, optional={
            "active": st.booleans(), "title": texts, "displayName": st.just("Anna Berg"), "preferredLanguage": st.just("da"),
            ENTERPRISE: st.fixed_dictionaries({}, optional={
                "department": texts, "organization": st.just("hem"), "employeeNumber": texts,
                "manager": who.map(lambda id: id and {"value": id}),
            }),
        }))  # fmt: skip
        book = house(person)
        given: Any = {"id": ANNA, "by": "scim", "at": now, "on": day, "employer": "hem"}
        try:
            received = receive(book, said, **given)
        except Rejected as refusal:
            assert {it.code for it in refusal.findings} <= {"X002", "X003", "L001", "J003"}
            return
        again = receive(received.book, said, **given)
        assert again.acts == ()
        if received.left:
            return
        written = user(received.person, day, book=received.book)
        enterprise, asked = written.get(ENTERPRISE, {}), said.get(ENTERPRISE, {})
        for name in said.keys() - {ENTERPRISE}:
            assert written.get(name) == said[name]
        if written["active"]:
            for name in asked.keys() - {"manager", "organization"}:
                assert enterprise.get(name) == asked[name]
            if "manager" in asked:
                assert enterprise.get("manager", {}).get("value") == (asked["manager"] or {}).get("value")


def one(op: str, path: str | None = None, **value: Any) -> dict[str, Any]:
    """A PATCH of one operation."""
    return {"Operations": [{"op": op, **({} if path is None else {"path": path}), **value}]}


class TestPatching:
    """The operations of RFC 7644, section 3.5.2."""

    @pytest.mark.parametrize(
        ("patch", "expected"),
        [
            (one("replace", "title", value="Lead"), {"title": "Lead"}),
            (one("Replace", "TITLE", value="Lead"), {"title": "Lead"}),
            (one("add", value={"title": "Lead", "name.givenName": "An"}), {"title": "Lead", "name": {"givenName": "An"}}),
            (one("replace", f"{CORE}:title", value="Lead"), {"title": "Lead"}),
            (one("replace", MANAGER.lower(), value="p-4"), {ENTERPRISE: {"manager": {"value": "p-4"}}}),
            (one("replace", MANAGER, value={"Value": "p-4"}), {ENTERPRISE: {"manager": {"value": "p-4"}}}),
            (one("replace", f"{MANAGER}.value", value="p-4"), {ENTERPRISE: {"manager": {"value": "p-4"}}}),
            (one("remove", MANAGER), {ENTERPRISE: {"manager": None}}),
            (one("remove", ENTERPRISE), {ENTERPRISE: None}),
            (one("add", ENTERPRISE, value={"Department": "Sales"}), {ENTERPRISE: {"department": "Sales"}}),
            (one("add", value={ENTERPRISE: {"department": "Sales"}}), {ENTERPRISE: {"department": "Sales"}}),
            (one("add", "urn:x:2.0:User:shoe", value=43), {"urn:x:2.0:User": {"shoe": 43}}),
            (one("remove", "name.givenName"), {"name": {"givenName": None}}),
            (one("remove", "title"), {"title": None}),
            (one("replace", "id", value="p-17"), {}),
            (one("replace", "name", value=None), {"name": None}),
        ],
    )  # fmt: skip
    def test_single_attributes(self, patch, expected):
        """Whatever the case of the names; removed is null, and the one before stays as it was."""
        before = {"id": "p-17", "urn:x:2.0:User": {}} if "urn:x" in str(patch) else {"id": "p-17"}
        kept = json.dumps(before)
        assert patched(before, patch) == {**before, **expected}
        assert json.dumps(before) == kept

    @pytest.mark.parametrize(
        ("patch", "expected"),
        [
            (one("add", "emails", value={"value": "c"}), [WORK, HOME, {"value": "c"}]),
            (one("add", "emails", value=[WORK]), [WORK, HOME]),
            (one("replace", "emails", value=[WORK]), [WORK]),
            (one("replace", "emails", value=WORK), [WORK]),
            (one("replace", 'emails[type eq "WORK"].value', value="z"), [{"type": "work", "value": "z"}, HOME]),
            (one("replace", 'emails[type sw "ho" and value ew "B"]', value={"value": "z"}), [WORK, {"type": "home", "value": "z"}]),
            (one("replace", 'emails[type co "om"]', value="z"), [WORK, "z"]),
            (one("remove", 'emails[type ne "work"]'), [WORK]),
            (one("remove", "emails[value pr]"), None),
            (one("remove", 'emails[type eq "work"].value'), [{"type": "work", "value": None}, HOME]),
            (one("replace", "emails.primary", value=False), [{**WORK, "primary": False}, {"type": "home", "value": "b", "primary": False}]),
        ],
    )  # fmt: skip
    def test_attributes_of_several_values(self, patch, expected):
        """All of them, or those that a filter matches."""
        emails = [WORK, HOME]
        assert patched({"emails": emails}, patch) == {"emails": expected}

    def test_a_comparison_of_texts_with_something_else(self):
        """It does not hold."""
        found = refused(lambda: patched({"emails": [WORK]}, one("replace", "emails[value co true]", value=3)))
        assert [it.code for it in found] == ["V017"]

    def test_added_to_none(self):
        """A list begins with what is added."""
        assert patched({}, one("add", "emails", value={"value": "c"})) == {"emails": [{"value": "c"}]}
        assert patched({"name": {"formatted": "A"}}, one("add", "name", value={"givenName": "B"})) == {
            "name": {"formatted": "A", "givenName": "B"},
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("patch", "code", "place", "kind"),
        [
            ({}, "V014", "Operations", "invalidSyntax"),
            ([], "V014", "Operations", "invalidSyntax"),
            ({"Operations": [3]}, "V015", "Operations[0]", "invalidSyntax"),
            (one("move", "title"), "V012", "Operations[0].op", "invalidSyntax"),
            (one("add", "title"), "V014", "Operations[0].value", "invalidValue"),
            (one("add", value=3), "V015", "Operations[0].value", "invalidValue"),
            (one("remove"), "V017", "Operations[0].path", "noTarget"),
            (one("remove", "userName"), "B070", "Operations[0].path", "mutability"),
            (one("replace", "id", value="p-3"), "B070", "Operations[0].path", "mutability"),
            (one("remove", CORE), "B070", "Operations[0].path", "mutability"),
            (one("add", value={"meta": {}}), "B070", "Operations[0].value", "mutability"),
            (one("replace", "shoe", value=3), "V016", "Operations[0].path", "invalidPath"),
            (one("replace", f"{ENTERPRISE}:shoe", value=3), "V016", "Operations[0].path", "invalidPath"),
            (one("replace", "name.shoe", value=3), "V016", "Operations[0].path", "invalidPath"),
            (one("replace", "name..x", value=3), "V006", "Operations[0].path", "invalidPath"),
            (one("replace", "", value=3), "V006", "Operations[0].path", "invalidPath"),
            ({"Operations": [{"op": "add", "path": 3, "value": 3}]}, "V015", "Operations[0].path", "invalidPath"),
            (one("replace", ENTERPRISE, value=3), "V015", "Operations[0].path", "invalidSyntax"),
            (one("replace", 'emails[type eq "x"].value', value=3), "V017", "Operations[0].path", "noTarget"),
            (one("replace", "emails[value gt 3]", value=3), "V006", "Operations[0].path", "invalidFilter"),
            (one("replace", "emails[]", value=3), "V006", "Operations[0].path", "invalidFilter"),
            (one("replace", r'emails[type eq "\x"]', value=3), "V006", "Operations[0].path", "invalidFilter"),
            (one("replace", 'emails[type eq "a" or type pr]', value=3), "V006", "Operations[0].path", "invalidFilter"),
            (one("replace", "emails[value co true]", value=3), "V017", "Operations[0].path", "noTarget"),
            (one("replace", "emails[value EQ TRUE]", value=3), "V017", "Operations[0].path", "noTarget"),
        ],
    )  # fmt: skip
    def test_what_is_wrong(self, patch, code, place, kind):
        """Said as SCIM has it, with the place in the body."""
        with pytest.raises(Rejected) as refusal:
            patched({"id": ANNA, "userName": "aek", "meta": {"version": "x"}}, patch)
        assert [(it.code, it.path) for it in refusal.value.findings] == [(code, place)]
        said = error(refusal.value)
        assert (said["status"], said["scimType"]) == ("400", kind)
        assert Error.model_validate(said).scim_type == kind

    def test_all_or_nothing(self):
        """Of several operations all that is wrong is said, and nothing done."""
        operations = [{"op": "add", "path": "title", "value": "x"}, {"op": "remove", "path": "id"}, {"op": "no"}]
        found = refused(lambda: patched({}, {"operations": operations}))
        assert [it.path for it in found] == ["Operations[1].path", "Operations[2].op"]

    def test_patched_and_received(self):
        """What is removed is emptied."""
        book = house(anna(given_name="Anna"))
        before = user(book.get(Person, ANNA), TODAY, book=book)
        operations = [
            {"op": "Remove", "path": MANAGER}, {"op": "remove", "path": "name.givenName"},
            {"op": "Replace", "value": {"active": "True", f"{ENTERPRISE}:department": "Sales"}},
        ]  # fmt: skip
        received = got(book, patched(before, {"Operations": operations}))
        held = received.person.position_on(TODAY)
        assert (received.person.given_name, held.unit, held.manager_on(TODAY)) == (None, "Sales", None)

    @settings(max_examples=60)
    @given(patch=st.recursive(
        st.none() | st.booleans() | st.integers() | st.sampled_from(["add", "remove", "emails", "name", ENTERPRISE, "x["]),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
            st.sampled_from(["Operations", "op", "path", "value", "name", "active", ENTERPRISE, "manager"]), inner,
        ),
    ))  # fmt: skip
    def test_whatever_is_sent(self, patch: Any):
        """It is done, received, or refused; nothing else is raised."""
        book = house(anna())
        for operations in (patch, {"Operations": patch}, {"Operations": [patch]}, one("replace", value=patch)):
            try:
                got(book, patched(user(book.get(Person, ANNA), TODAY, book=book), operations))
            except Rejected as refusal:
                assert error(refusal)["status"] in {"400", "409"}
        try:
            got(book, patch)
        except Rejected as refusal:
            assert error(refusal)["scimType"]


class TestErrors:
    """A refusal as the body of an answer."""

    def test_of_a_user_name_that_is_taken(self):
        """409, and uniqueness."""
        with pytest.raises(Rejected) as refusal:
            got(house(anna(external_ids={"userName": "aek"})), {"userName": "aek"}, id="p-50")
        said = error(refusal.value)
        assert said == {
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "409", "scimType": "uniqueness",
            "detail": f"userName: 'aek' is the userName of somebody else ({refusal.value.findings[0].mend})",
        }  # fmt: skip
        assert Error.model_validate(said).status == 409

    def test_of_acts(self):
        """What no attribute explains has the status of its cause, and no type."""
        with pytest.raises(Rejected) as refusal:
            house().act((Person, "nobody"), "stay", by="hr", at=at(0))
        assert (error(refusal.value)["status"], "scimType" in error(refusal.value)) == ("404", False)
        assert error(Rejected("nothing", ()))["detail"] == "nothing"
        assert "scimType" not in error(Rejected("nothing", ()))
