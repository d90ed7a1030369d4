"""Errors: a refusal as the error body of SCIM (RFC 7644, section 3.12), with its status and type."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from coaching.book.shelf import X001
from coaching.integrations.problems import problem
from coaching.integrations.scim.names import B070
from coaching.kernel.rules import Finding, Rejected

_ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
_TYPES = {X001.code: "uniqueness", B070.code: "mutability"}


def error(refusal: Rejected) -> dict[str, Any]:
    """Give a refusal as the error body of SCIM, ready for JSON; `status` is that of the answer, as a text.

    `detail` says all that is wrong, each with its place in the resource and what would be right. Of several findings
    the first that has a `scimType` gives it: `invalidSyntax`, `invalidPath`, `invalidFilter`, `noTarget`, `mutability`,
    `uniqueness`, and `invalidValue` for a value that a rule refuses.

    Args:
        refusal: What `receive` or `patched` raised, or an act.

    >>> from coaching.integrations.scim.patching import patched
    >>> try:
    ...     patched({"userName": "aek"}, {"Operations": [{"op": "replace", "path": "id", "value": "p-3"}]})
    ... except Rejected as refusal:
    ...     said = error(refusal)
    >>> said["status"], said["scimType"]
    ('400', 'mutability')
    """
    status = int(problem(refusal)["status"])
    types = [_type(found) for found in refusal.findings]
    kind = min(types, key=_rank, default=None)
    if status == HTTPStatus.UNPROCESSABLE_ENTITY or kind not in {None, "invalidValue", "uniqueness"}:
        status = int(HTTPStatus.BAD_REQUEST)  # SCIM has no other status for what is sent
    said = {
        "schemas": [_ERROR],
        "status": str(status),
        "detail": "; ".join(map(_told, refusal.findings)) or refusal.what,
    }
    typed = status == HTTPStatus.BAD_REQUEST or kind == "uniqueness"
    return {**said, "scimType": kind} if typed and kind is not None else said


def _type(found: Finding) -> str:
    return str(found.params.get("scimType", _TYPES.get(found.code, "invalidValue")))


def _rank(kind: str) -> int:
    """Give those first that say more than that a value is wrong."""
    return int(kind == "invalidValue")


def _told(found: Finding) -> str:
    place = f"{found.path}: " if found.path else ""
    return f"{place}{found.message} ({found.mend})"
