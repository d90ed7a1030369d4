"""Users: a person on a day as a User resource of SCIM."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from coaching.book.book import Book
from coaching.book.given import must_be
from coaching.book.shelf import Shelf
from coaching.integrations.scim.names import CORE, ENTERPRISE, IDS
from coaching.kernel.constraints import in_utc
from coaching.kernel.policy import asked
from coaching.records.organisations import Organisation
from coaching.records.people import Person

_NOBODY = Book()


def user(
    person: Person, on: date, *, book: Shelf = _NOBODY, ids: Mapping[str, str] = IDS, users: str = ""
) -> dict[str, Any]:
    """Give a person on a day as a User resource with the enterprise extension, ready for JSON.

    `active` says whether they are employed on that day, leave included. Title, organization, department and manager are
    those of the position held then. What is not known is left out. The version is the digest of the record: it changes
    with acts, and not with the day.

    Args:
        person: Who.
        on: The day.
        book: Knows the names of employers and managers; without, an employer is written by its id.
        ids: Which of the external ids is which attribute. A person without a `userName` has their id as one.
        users: The address at which the resources are served: then `meta.location` and `manager.$ref` say theirs.

    Raises:
        Rejected: V015 for what is no person, no day, no book or no mapping.

    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> anna = Person.register("p-17", "Anna Ek", date(2024, 8, 1), by="hr", at=noon, external_ids={"userName": "aek"})
    >>> written = user(anna, date(2026, 3, 2))
    >>> written["id"], written["userName"], written["name"], written["active"]
    ('p-17', 'aek', {'formatted': 'Anna Ek'}, True)
    """
    given = {"person": (person, Person, "person"), "book": (book, Shelf, "book"), "ids": (ids, Mapping, "mapping")}
    must_be("cannot be written", **given, users=(users, str, "text"))
    asked(on)
    held, manager, known = person.position_on(on), person.manager_on(on), person.external_ids
    own = {name: known.get(ids.get(name, name)) for name in IDS}
    names = {"formatted": person.name, "givenName": person.given_name, "familyName": person.family_name}
    enterprise = {
        "employeeNumber": own["employeeNumber"],
        "organization": None if held is None else name_of(held.employer, book),
        "department": None if held is None else held.unit,
        "manager": None if manager is None else _manager(manager, book, users),
    }
    version = f'W/"{person.digest}"'
    meta = {
        "resourceType": "User", "created": _moment(person.history[0].at),
        "lastModified": _moment(person.history[-1].at), "version": version,
    }  # fmt: skip
    said = {
        "schemas": [CORE, ENTERPRISE],
        "id": person.id,
        "externalId": own["externalId"],
        "userName": own["userName"] or person.id,
        "name": _there(names),
        "displayName": person.name,
        "title": None if held is None else held.title,
        "preferredLanguage": person.language,
        "active": person.employed_on(on),
        ENTERPRISE: _there(enterprise),
        "meta": {**meta, "location": f"{users}/{person.id}"} if users else meta,
    }
    return _there(said)


def name_of(organisation: str, book: Shelf) -> str:
    """Give the name of an organisation; its id where it has none that is known."""
    known = book.get(Organisation, organisation)
    return organisation if known is None or known.name is None else known.name


def _manager(id: str, book: Shelf, users: str) -> dict[str, Any]:
    known = book.get(Person, id)
    return _there({
        "value": id,
        "$ref": f"{users}/{id}" if users else None,
        "displayName": None if known is None else known.name,
    })  # fmt: skip


def _there(said: Mapping[str, Any]) -> dict[str, Any]:
    """Give what is known, and leave the rest out."""
    return {name: it for name, it in said.items() if it not in (None, {})}


def _moment(at: datetime) -> str:
    return in_utc(at).isoformat().replace("+00:00", "Z")
