"""Receiving: what a User resource says of a person, as dated acts on the book: those of an import.

Read top to bottom: receiving, somebody new, somebody known, their position, their ids. SCIM has no days: what it says,
it says of the day on which it is read. What is not said stays as it is; what is said to be `null` is emptied.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from attrs import Factory, define, frozen
from frozendict import frozendict

from coaching.book.book import Book
from coaching.book.given import must_be
from coaching.book.shelf import X001, X002
from coaching.bulk.differences import B050, Done, Said, left_alone
from coaching.bulk.lives import Life
from coaching.bulk.making import as_told
from coaching.formats.documents import write_json
from coaching.integrations.scim.names import IDS, MANAGER, ORGANIZATION, moved
from coaching.integrations.scim.reading import Told, read
from coaching.integrations.scim.users import name_of
from coaching.kernel.checking import Faults, check_as
from coaching.kernel.constraints import V014, Id, Moment, Text
from coaching.kernel.rules import Finding, Rejected, brief
from coaching.records.organisations import Organisation
from coaching.records.people import ERASED, Person, Position

_DAY = timedelta(days=1)
_id, _moment, _text, _day = check_as(Id), check_as(Moment), check_as(Text), check_as(date)

# --- receiving -------------------------------------------------------------------------------------------------------


@frozen
class Received:
    """What came of a resource.

    Attributes:
        book: The book with what was done; the same where nothing was. To ask what would be done, leave it.
        person: The person as they are now.
        acts: What was done, in order.
        left: What the resource says and no act can say, and why (B050).
        unused: The paths of the attributes that nothing here takes, such as `emails`. They are not kept.
    """

    book: Book
    person: Person
    acts: tuple[Done, ...] = ()
    left: tuple[Finding, ...] = ()
    unused: tuple[str, ...] = ()


def receive(
    book: Book,
    resource: Mapping[str, Any],
    *,
    id: str,
    by: str,
    at: datetime,
    on: date,
    employer: str | None = None,
    ids: Mapping[str, str] = IDS,
    known: Mapping[str, str] = frozendict(),
    source: str = "SCIM",
) -> Received:
    """Do the acts that say of a person what a User resource says: of somebody new, or of one whom the book has.

    `active` begins an employment on the day, or ends it on the day before; leave is none of its business. Another
    title, organization or department ends the position and begins another; another manager does not. Names, language
    and ids are corrected. A department is the unit of the position, and so is a division where there is no department.
    What is read-only in SCIM, `id` among it, is passed over, as RFC 7644 asks.

    Args:
        book: All records.
        resource: As read from JSON; after a PATCH, what `patched` gave.
        id: Of the person here: a new one for somebody new.
        by: Who says so: the system, or whoever answers for it.
        at: When it is noted.
        on: The day of which it speaks.
        employer: The organisation of a position where the resource names none.
        ids: Which attribute is which of the external ids.
        known: Ids of people there, and whose they are here, for managers; the same where they are not named.
        source: The other system, in words: the reason of acts that ask for one.

    Raises:
        Rejected: What is wrong, with its place in the resource: X001 for a `userName` that another has, X002 for a
            manager or an organisation that is not in the book, V015 for what has another type, and what acts and the
            rules of the book refuse. The book stays as it was.

    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> said = {"userName": "aek", "name": {"formatted": "Anna Ek"}, "active": True, "nickName": "An"}
    >>> now = {"by": "hr", "at": noon, "on": noon.date()}
    >>> new = receive(Book(), said, id="p-17", **now)
    >>> str(new.person.standing(noon.date())), new.unused
    ('active', ('nickName',))
    >>> renamed = receive(new.book, {**said, "name": {"formatted": "Anna Berg"}}, id="p-17", **now)
    >>> [act.told(values=True) for act in renamed.acts]
    ["correct name: 'Anna Ek' becomes 'Anna Berg'"]
    """
    must_be(
        "cannot be received",
        book=(book, Book, "book"), ids=(ids, Mapping, "mapping"), known=(known, Mapping, "mapping"),
    )  # fmt: skip
    faults = Faults()
    for name, check, value in (
        ("id", _id, id), ("by", _id, by), ("at", _moment, at), ("on", _day, on), ("source", _text, source),
    ):  # fmt: skip
        check(value, name, faults)
    if employer is not None:
        _id(employer, "employer", faults)
    faults.refuse("user: cannot be received")
    what = f"user {id}: cannot be received"
    told = read(resource, faults)
    faults.refuse(what)
    person = book.get(Person, id)
    planning = _Planning(told, book, id, on, employer, ids, known, faults)
    try:
        plan = planning.begun() if person is None else planning.gone_on(person, by, at, source)
        faults.refuse(what)
        new = book
        for act, given in plan.acts:
            if act == "register":
                new = new.new(Person, "register", id, by=by, at=at, **given)
            else:
                new = new.act((Person, id), Person.act_named(act), by=by, at=at, **given)
    except Rejected as refusal:
        raise Rejected(what, [moved(it, ids) for it in refusal.findings]) from None
    (now,) = (record for record in new.everywhere(id) if isinstance(record, Person))
    left = tuple([moved(it, ids) for it in plan.left])
    return Received(new, now, tuple(plan.done), left, told.unused)


@define
class _Plan:
    """The acts to do, what they change, and what is left alone."""

    acts: list[tuple[str, Mapping[str, Any]]] = Factory(list)
    done: list[Done] = Factory(list)
    left: list[Finding] = Factory(list)

    def tell(self, path: str, old: object, new: object, why: str) -> None:
        """Note that something is left alone."""
        self.left.append(left_alone(B050, (path, old, new), why))


@define
class _Planning:
    """One resource that is received: what it says, of which book, on which day."""

    told: Told
    book: Book
    id: str
    on: date
    employer: str | None
    ids: Mapping[str, str]
    known: Mapping[str, str]
    faults: Faults
    plan: _Plan = Factory(_Plan)

    # --- somebody new ------------------------------------------------------------------------------------------------

    def begun(self) -> _Plan:
        """Note somebody: employed from the day on, unless they are said to be inactive; in the position named."""
        told, plan = self.told, self.plan
        given: dict[str, Any] = {"name": told.name_here() or told.texts.get("userName"), **told.details}
        given["external_ids"] = self._ids(frozendict())[0]
        if told.texts.get("userName") is None:
            self.faults.add(V014, "userName", "a new user has one")
        if told.active is False:
            self._tell_rest(None, None)
        else:
            given |= {"joined_on": self.on, "position": self._position(None)}
        given = {name: it for name, it in given.items() if it not in (None, {})}
        plan.acts.append(("register", given))
        fields = {"joined_on": "employments[].from", "position": "positions[].title"}
        for name, it in given.items():
            new, day = it["title"] if name == "position" else it, self.on if name in fields else None
            plan.done.append(Done("register", fields.get(name, name), None, new, day))
        return plan

    # --- somebody known ----------------------------------------------------------------------------------------------

    def gone_on(self, person: Person, by: str, at: datetime, source: str) -> _Plan:
        """Say what is said as a document of the person, and let the import find the acts that say so."""
        if person.state is ERASED:
            told, why = self.told, "erased is for good"
            if told.name_here() or told.details or told.active not in {None, person.employed_on(self.on)}:
                self.plan.tell("state", person.state, "known", why)
            for system, said in self._ids(frozendict())[0].items():
                self.plan.tell(f"external_ids.{system}", None, said, why)
            self._tell_rest(person, self.on, why)
            return self.plan
        document, filled = self._document(person)
        self.faults.refuse("user: cannot be received")
        now: Any = as_told(write_json(document), at)
        life = Life(person, now, Said(frozenset(filled)), by, at, self.on, source)
        life.go_on()
        return _Plan(life.acts, life.done, self.plan.left + life.left)

    def _document(self, person: Person) -> tuple[dict[str, Any], set[str]]:
        """Give what is said as a document, and what is said to be empty."""
        told, details = self.told, self.told.details
        said: dict[str, Any] = {"type": "person", "schema": 1, "id": self.id, "state": "known"}
        said |= {
            "name": told.name_here(person) or person.name,
            **{n: it for n, it in details.items() if it is not None},
        }
        filled = {name for name, it in details.items() if it is None}
        said["external_ids"], gone = self._ids(person.external_ids)
        filled |= {f"external_ids.{system}" for system in gone}
        employed, counts = person.employed_on(self.on), person.employment_by(self.on)
        if told.active is False and employed and counts is not None:
            self._tell_rest(person, self.on)
            if counts.from_ == self.on:
                why = "the employment begins on that day; correct the employments if there is none"
                self.plan.tell("employments[].to", counts.to, None, why)
            else:
                said["employments"] = [{"from": counts.from_, "to": self.on - _DAY}]
        elif employed or told.active:
            said["employments"] = [{"from": counts.from_ if employed and counts is not None else self.on}]
            said["positions"], unit_gone = self._positions(person)
            filled |= unit_gone
        else:
            self._tell_rest(person, None if counts is None else max(counts.from_, counts.to or counts.from_))
        return said, filled

    def _positions(self, person: Person) -> tuple[list[dict[str, Any]], set[str]]:
        """Say the position of the day where it differs, and of any other with a manager, where there is to be none."""
        held, said = person.position_on(self.on), self._position(person)
        found = [] if said is None else [said]
        if self.told.says("manager") and self.told.manager is None:
            others = [it for it in person.positions if it is not held and it.manager_on(self.on) is not None]
            found += [_open(it, self._managed(None)) for it in others]
        unit_gone = said is not None and held is not None and held.unit is not None and said["unit"] is None
        return found, {"positions[].unit"} if unit_gone else set()

    # --- a position --------------------------------------------------------------------------------------------------

    def _position(self, person: Person | None) -> dict[str, Any] | None:
        """Say the position of the day, where it is another than the one held."""
        told, held = self.told, None if person is None else person.position_on(self.on)
        here = None if person is None else person.manager_on(self.on)
        manager = self._manager(here)
        if held is None:
            return self._new_position(person, manager)
        title, employer, unit = told.texts.get("title"), self._employer(held), told.unit(held.unit)
        if told.says("title") and title is None:
            self.plan.tell("positions[].title", held.title, None, "a position has a title")
        if told.says("organization") and told.texts["organization"] is None:
            self.plan.tell("positions[].employer", held.employer, None, "a position has an employer")
        another = told.says("manager") and manager != here and manager != held.manager_on(self.on)
        managed = self._managed(manager) if another else []
        said = _open(held, managed) | {"title": title or held.title, "employer": employer, "unit": unit}
        alike = (said["title"], employer, unit) == (held.title, held.employer, held.unit)
        return None if alike and not managed else said

    def _new_position(self, person: Person | None, manager: str | None) -> dict[str, Any] | None:
        title, employer = self.told.texts.get("title"), self._employer(None)
        if title is None:
            self._tell_rest(None, None, "no position is held on that day: say its title")
            return None
        if employer is None:
            why = "no employer is known: name the organization, or let the program give one"
            self.plan.tell("positions[].title", None, title, why)
            return None
        held = () if person is None else (*person.positions, *(it for of in person.leavings for it in of.positions))
        taken, day = {it.id for it in held}, self.on.isoformat()
        id = next(it for it in (day, *(f"{day}-{n}" for n in range(2, len(taken) + 3))) if it not in taken)
        made = {"id": id, "title": title, "employer": employer, "unit": self.told.unit(None)}
        return {**made, "span": {"from": self.on}, "managers": [] if manager is None else self._managed(manager)}

    def _managed(self, manager: str | None) -> list[dict[str, Any]]:
        return [{"manager": manager, "from": self.on}]

    def _manager(self, here: str | None) -> str | None:
        """Give the manager that is named; who is not in the book is a fault, unless that is how it stands here."""
        said = self.told.manager
        manager = None if said is None else self.known.get(said, said)
        if manager is not None and manager != here and self.book.get(Person, manager) is None:
            self.faults.add(X002, f"{MANAGER}.value", "there is no person {id}", id=brief(manager))
        return manager

    def _employer(self, held: Position | None) -> str | None:
        """Give the organisation that is named, by its name or id; else that of the position, or the program's."""
        said, here = self.told.texts.get("organization"), None if held is None else held.employer
        if said is None:
            return here or self.employer
        if here is not None and said in {here, name_of(here, self.book)}:
            return here
        if self.book.get(Organisation, said) is not None:
            return said
        found = [it.id for it in self.book.all(Organisation) if it.name == said]
        if len(found) != 1:
            what = "there is no organisation {name}" if not found else "several organisations are called {name}"
            self.faults.add(X002, ORGANIZATION, what, name=brief(said))
        return found[0] if found else None

    def _tell_rest(self, person: Person | None, day: date | None, why: str = "nobody is employed on that day") -> None:
        """Tell what is said of a position that nobody holds, as far as it is not how it stood on a day."""
        told, held = self.told, None if person is None or day is None else person.position_on(day)
        here = {} if held is None else {"title": held.title, "employer": held.employer, "unit": held.unit}
        manager = None if person is None or day is None else person.manager_on(day)
        said = {"title": told.texts.get("title"), "employer": told.texts.get("organization"), "unit": told.unit(None)}
        if held is not None and said["employer"] == name_of(held.employer, self.book):
            said["employer"] = held.employer
        for name, it in said.items():
            if it is not None and it != here.get(name):
                self.plan.tell(f"positions[].{name}", here.get(name), it, why)
        if told.manager is not None and self.known.get(told.manager, told.manager) != manager:
            self.plan.tell("positions[].managers[].manager", manager, told.manager, why)

    # --- ids ---------------------------------------------------------------------------------------------------------

    def _ids(self, known: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
        """Give the ids that are said, by the names of systems, and those that are said to be none."""
        kept, gone = dict[str, str](), list[str]()
        for name in IDS:
            system, said = self.ids.get(name, name), self.told.texts.get(name)
            if not self.told.says(name) or (name == "userName" and system not in known and said == self.id):
                continue  # who has none has their id as one
            if said is None:
                gone += [system] if system in known else []
            else:
                kept[system] = said
        user_name = self.ids.get("userName", "userName")
        if kept.get(user_name) not in {None, known.get(user_name)}:
            self._is_free(user_name, kept[user_name])
        return kept, gone

    def _is_free(self, system: str, name: str) -> None:
        """Note a user name that somebody else has (RFC 7643 asks that it be unique, in any case of its letters)."""
        folded = name.casefold()
        for person in self.book.all(Person):
            has = str(person.external_ids.get(system, person.id)).casefold()
            if has == folded and person.id != self.id:
                self.faults.add(X001, "userName", "{name} is the userName of somebody else", name=brief(name))
                return


def _open(held: Position, managers: list[dict[str, Any]]) -> dict[str, Any]:
    """Give a position as it is said to be on a day: of its end, nothing is said."""
    said = {"id": held.id, "employer": held.employer, "title": held.title, "unit": held.unit}
    return {**said, "span": {"from": held.span.from_}, "managers": managers}
