"""Reading: what a User resource says, by attribute, and which of its attributes nothing here takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import define

from coaching.integrations.scim.names import CORE, ENTERPRISE, IDS, READ_ONLY, canonical, joined
from coaching.kernel.checking import Faults
from coaching.kernel.constraints import V012, V015
from coaching.kernel.rules import brief
from coaching.records.people import Person

_TAKEN = {
    "": frozenset({
        *IDS, "name", "displayName", "title", "preferredLanguage", "locale", "active", ENTERPRISE,
        *READ_ONLY - {"groups"},
    }),
    "name": frozenset({"formatted", "givenName", "familyName"}),
    ENTERPRISE: frozenset({"employeeNumber", "organization", "department", "division", "manager"}),
    "manager": frozenset({"value", "$ref", "displayName"}),
}  # fmt: skip
_NO_TEXTS = READ_ONLY | {"name", "active", "manager", ENTERPRISE}


@define
class Told:
    """What a resource says.

    Attributes:
        texts: Each attribute that it says, by its name alone; None for one that it says to be unassigned.
        active: Whether it says that the user is active.
        manager: Who it says manages, by their id there; None for nobody, or where it does not say.
        unused: The paths of the attributes that nothing here takes.
    """

    texts: dict[str, str | None]
    active: bool | None
    manager: str | None
    unused: tuple[str, ...]

    def says(self, name: str) -> bool:
        """Tell whether it says something of an attribute, if only that it is unassigned."""
        return name in self.texts

    def name_here(self, person: Person | None = None) -> str | None:
        """Give the name: as it is formatted, or displayed; else of its two parts, where one of them is another."""
        whole = self.texts.get("formatted") or self.texts.get("displayName")
        here = (None, None) if person is None else (person.given_name, person.family_name)
        parts = (self.texts.get("givenName"), self.texts.get("familyName"))
        if whole is not None or parts in {here, (None, None)}:
            return whole
        return " ".join([it for it in parts if it is not None])

    @property
    def details(self) -> dict[str, str | None]:
        """The names in parts and the language, as far as they are said."""
        named = {"given_name": "givenName", "family_name": "familyName"}
        said = {ours: self.texts[name] for ours, name in named.items() if name in self.texts}
        for name in ("preferredLanguage", "locale"):
            if name in self.texts:
                return {**said, "language": _language(self.texts[name])}
        return said

    def unit(self, here: str | None) -> str | None:
        """Give the department, or the division where there is none; what is here where neither is said."""
        said = self.texts.get("department") or self.texts.get("division")
        return said if said is not None or self.says("department") else here


def read(resource: Any, faults: Faults) -> Told:
    """Read a resource; what has another type than the RFC says is a fault."""
    given = canonical(resource, faults)
    schemas = given.get("schemas", [CORE])
    if not isinstance(schemas, list) or CORE.lower() not in {str(it).lower() for it in schemas}:
        faults.add(V012, "schemas", "{value} does not name {core}", value=brief(schemas), core=CORE)
    texts = dict[str, str | None]()
    for at, name, value in _leaves(given):
        if name not in _NO_TEXTS:
            texts[name] = _text(value, joined(at, name), faults)
    enterprise = given.get(ENTERPRISE) or {}
    manager = None
    if "manager" in enterprise or (ENTERPRISE in given and not enterprise and given[ENTERPRISE] is None):
        manager = _text((enterprise.get("manager") or {}).get("value"), f"{ENTERPRISE}:manager.value", faults)
        texts["manager"] = manager
    return Told(texts, _active(given.get("active"), faults), manager, tuple(_unused(given, texts)))


def _leaves(given: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Go through the attributes that are taken; those of a part that is unassigned are so too."""
    yield from (("", name, value) for name, value in given.items() if name in _TAKEN[""])
    for at in ("name", ENTERPRISE):
        inner = given.get(at, {})
        its = dict.fromkeys(_TAKEN[at]) if inner is None else inner
        yield from ((at, name, value) for name, value in its.items() if name in _TAKEN[at])


def _unused(given: Mapping[str, Any], texts: Mapping[str, str | None]) -> Iterator[str]:
    """Name what nothing takes, and what another attribute says already and otherwise."""
    enterprise = given.get(ENTERPRISE) or {}
    parts = ("name", given.get("name")), (ENTERPRISE, enterprise)
    for at, inner in (("", given), *parts):
        for name, value in (inner or {}).items():
            if name not in _TAKEN[at] and value not in (None, "", [], {}):
                yield joined(at, name)
    for name in (enterprise.get("manager") or {}).keys() - _TAKEN["manager"]:
        yield joined(f"{ENTERPRISE}:manager", name)
    for name, other, at in (("displayName", "formatted", ""), ("division", "department", ENTERPRISE)):
        if texts.get(name) is not None and texts.get(other) not in {None, texts[name]}:
            yield joined(at, name)


def _text(value: Any, path: str, faults: Faults) -> str | None:
    """Give a text; nothing for an empty one, since so some clients say that there is none."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        faults.add(V015, path, "{value} is no text", value=brief(value))
        return None
    return value


def _active(value: Any, faults: Faults) -> bool | None:
    """Give whether somebody is active; some clients say it as a text."""
    if value is None or isinstance(value, bool):
        return value
    word = value.lower() if isinstance(value, str) else ""
    if word not in {"true", "false"}:
        faults.add(V015, "active", "{value} is neither true nor false", value=brief(value))
    return word == "true"


_WEIGHT = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*$")


def _language(said: str | None) -> str | None:
    """Give the tag that is preferred: it may be a list with weights, as in HTTP, and be written `sv_SE`."""
    if said is None:
        return None
    found = list[tuple[float, str]]()
    for one in said.split(","):
        weight = _WEIGHT.search(one)
        found.append((-float(weight[1]) if weight else -1.0, one.partition(";")[0].strip().replace("_", "-")))
    return min(found, key=lambda it: it[0])[1]
