"""Names of SCIM: schemas, attributes however they are written, what is read-only, and where our fields stand there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from frozendict import frozendict

from coaching.book.consistency import X003
from coaching.kernel.checking import Faults
from coaching.kernel.constraints import V015, V016
from coaching.kernel.rules import Finding, Rule, brief, stated

CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
"""The name of the schema of a user."""
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
"""The name of the schema of what an enterprise says besides: number, department, manager."""

IDS: Mapping[str, str] = frozendict({name: name for name in ("userName", "externalId", "employeeNumber")})
"""Under which names of systems in `external_ids` the ids of a resource stand; a house may have others."""

READ_ONLY = frozenset({"schemas", "id", "meta", "groups"})

B070 = stated(
    "B070",
    "scim",
    field="",
    says="what SCIM calls read-only is not changed, and what it requires not removed",
    why="RFC 7643 says so for each attribute, and a client that believes otherwise has lost its way",
    mend="leave the attribute out",
)

_NAMES = (
    "schemas id externalId meta userName name displayName nickName profileUrl title userType preferredLanguage locale"
    " timezone active password emails phoneNumbers ims photos addresses groups entitlements roles x509Certificates"
)
_PARTS = {
    "name": "formatted familyName givenName middleName honorificPrefix honorificSuffix",
    ENTERPRISE: "employeeNumber costCenter organization division department manager",
    "manager": "value $ref displayName",
}
MANY = frozenset(_NAMES.split()[_NAMES.split().index("emails") :])


def _folded(names: str) -> dict[str, str]:
    return {name.lower(): name for name in names.split()}


KNOWN = {**_folded(_NAMES), CORE.lower(): CORE, ENTERPRISE.lower(): ENTERPRISE}
PARTS = {name: _folded(names) for name, names in _PARTS.items()}


def canonical(given: Any, faults: Faults, at: str = "", names: Mapping[str, str] = KNOWN) -> dict[str, Any]:
    """Give an object with the attributes as the RFC writes them; those that it does not know, as they are."""
    if not isinstance(given, Mapping):
        faults.add(V015, at, "{value} is no object", value=brief(given), scimType="invalidSyntax")
        return {}
    made = dict[str, Any]()
    for said, value in given.items():
        known = names.get(said.lower()) if isinstance(said, str) else None
        name = str(said) if known is None else known
        place = joined(at, name)
        if name in made:
            faults.add(V016, place, "{name} stands twice", name=name, scimType="invalidSyntax")
        parts = PARTS.get(name) if known is not None and value is not None else None
        whole = {"value": value} if name == "manager" and isinstance(value, str) else value  # so some clients write it
        made[name] = value if parts is None else canonical(whole, faults, place, parts)
    return made


def joined(at: str, name: str) -> str:
    """Give the path of an attribute, below another or below the schema of an extension."""
    return name if not at else f"{at}:{name}" if at.endswith(":User") else f"{at}.{name}"


# --- where our fields stand ------------------------------------------------------------------------------------------

MANAGER, ORGANIZATION, DEPARTMENT = (f"{ENTERPRISE}:{name}" for name in ("manager", "organization", "department"))
_PLACES = (
    (r".*\bmanagers?\b.*", f"{MANAGER}.value"),
    (r".*\bemployer$", ORGANIZATION),
    (r".*\bunit$", DEPARTMENT),
    (r"positions?\b.*", "title"),
    (r"name", "name.formatted"),
    (r"given_name", "name.givenName"),
    (r"family_name", "name.familyName"),
    (r"language", "preferredLanguage"),
    (r"(employments\b.*|joined_on|left_on|state)", "active"),
)


def place_of(path: str, ids: Mapping[str, str]) -> str:
    """Give where a field of a person stands in a resource; as it is where nowhere."""
    if path.startswith("external_ids"):
        system = path.partition(".")[2]
        return next((_of_id(name) for name, it in ids.items() if it == system), "externalId")
    return next((place for ours, place in _PLACES if re.fullmatch(ours, path)), path)


def _of_id(name: str) -> str:
    return joined(ENTERPRISE, name) if name in PARTS[ENTERPRISE].values() else name


def moved(found: Finding, ids: Mapping[str, str]) -> Finding:
    """Give a finding with the place in a resource in the place of ours."""
    place = f"{MANAGER}.value" if found.code == X003.code else place_of(found.path, ids)
    return found.about(found.record, place)


RULES: tuple[Rule, ...] = (B070,)
