"""Problems: a refusal as RFC 9457 has it, for an answer over HTTP by any framework. Needs no extra.

A finding is a problem of its own: the page of its rule is the type, the sentence of the rule the title. The one that
decides the status stands at the top; `errors` holds all of them, each with a JSON pointer to its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from coaching.integrations.places import pointer
from coaching.kernel.rules import Cause, Finding, Rejected

MEDIA_TYPE = "application/problem+json"
"""The type of the answer that holds a problem (RFC 9457)."""

_STATUS = {
    Cause.ACTOR: HTTPStatus.FORBIDDEN,
    Cause.MISSING: HTTPStatus.NOT_FOUND,
    Cause.STATE: HTTPStatus.CONFLICT,
    Cause.BOOK: HTTPStatus.CONFLICT,
    Cause.INPUT: HTTPStatus.UNPROCESSABLE_ENTITY,
    Cause.RULE: HTTPStatus.UNPROCESSABLE_ENTITY,
}
STATUSES = (HTTPStatus.UNAUTHORIZED, *sorted({*_STATUS.values()}))
"""What a refusal is answered with, the most telling first: of several findings it decides."""

_SCHEMA_OF_ONE: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "detail": {"type": "string"},
        "pointer": {"type": "string", "description": "Where, in what was sent."},
        "parameter": {"type": "string", "description": "Where, if not in what was sent."},
        "code": {"type": "string"},
        "severity": {"type": "string"},
        "cause": {"type": "string", "enum": [cause.value for cause in Cause]},
        "mend": {"type": "string"},
        "template": {"type": "string"},
        "params": {"type": "object"},
        "record": {"type": ["object", "null"]},
    },
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "Why it was refused (RFC 9457), and everything that is wrong.",
    "required": ["type", "title", "status", "detail", "errors"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "errors": {"type": "array", "items": _SCHEMA_OF_ONE},
    },
}
"""The JSON Schema of a problem."""


def problem(refusal: Rejected, *, pages: str = "") -> dict[str, Any]:
    """Give a refusal as a problem of RFC 9457, ready for JSON; its `status` is that of the answer.

    401 where nobody is named who acts, 403 where they may not, 404 for what is not there, 409 where somebody was
    faster or another record stands against it, 422 for all else. Where several speak, the first of these counts.

    Args:
        refusal: What was raised.
        pages: Where this documentation is served (`"https://example.org/coaching/"`): the pages of rules are below it.

    >>> from datetime import datetime
    >>> from coaching.records.goals import Goal
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> goal = Goal.begin("g-1", "Lead a pilot line", by="p-17", at=noon)
    >>> try:
    ...     goal.edit(title="Lead it", by="p-4", at=noon)
    ... except Rejected as refusal:
    ...     answer = problem(refusal)
    >>> answer["status"], answer["type"], answer["errors"][0]["pointer"]
    (403, 'generated/rules.html#v011', '#/by')
    """
    errors = [_problem_of(found, pages) for found in refusal.findings]
    statuses, status = [_status(found) for found in refusal.findings], status_of(refusal)
    first = errors[statuses.index(status)] if errors else blank(status, refusal.what)
    return {**{name: first[name] for name in ("type", "title", "detail")}, "status": int(status), "errors": errors}


def status_of(refusal: Rejected) -> HTTPStatus:
    """Give the status that a refusal is answered with, on a page as in JSON: of several the first as above."""
    return min((_status(found) for found in refusal.findings), default=HTTPStatus.UNPROCESSABLE_ENTITY)


def blank(status: HTTPStatus, detail: str) -> dict[str, Any]:
    """Give a problem that no rule explains: its status says what it is."""
    return {"type": "about:blank", "title": status.phrase, "detail": detail}


def _status(found: Finding) -> HTTPStatus:
    if found.cause is Cause.INPUT and found.path == "by":
        return HTTPStatus.UNAUTHORIZED
    if found.cause is Cause.MISSING and found.path:  # a field names what is not there
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return _STATUS[found.cause]


def _problem_of(found: Finding, pages: str) -> dict[str, Any]:
    return described(found.as_dict(), pages + found.page, pointer(found.path))


def described(told: Mapping[str, Any], page: str, place: str) -> dict[str, Any]:
    """Give a finding, as its `as_dict` tells it, as one of the problems in `errors`."""
    first = {"type": page, "title": told["says"], "detail": told["message"], "pointer": place}
    return first | {name: it for name, it in told.items() if name not in {"says", "message", "path"}}
