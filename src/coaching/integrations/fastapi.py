"""FastAPI: a handler for what is refused, in one line, and what OpenAPI says of it. Routes are the application's own.

`app.add_exception_handler(Rejected, refused)` answers with problems of RFC 9457; the same handler takes what FastAPI
found wrong with a request (`RequestValidationError`) and what a route says no to (`HTTPException`), so that a client
knows one form of refusal.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from coaching.integrations.places import pointer_to
from coaching.integrations.problems import MEDIA_TYPE, SCHEMA, STATUSES, blank, described, problem
from coaching.kernel.rules import Rejected

RESPONSES: dict[int | str, dict[str, Any]] = {
    int(status): {"description": status.phrase, "content": {MEDIA_TYPE: {"schema": SCHEMA}}}
    for status in (HTTPStatus.BAD_REQUEST, *STATUSES)  # 400: FastAPI's own, for a body that is no JSON in UTF-8
}
"""The refusals that OpenAPI names for each route, given as `FastAPI(responses=RESPONSES)`, or to one route."""


def refused(_request: Request, why: Exception, *, pages: str = "", challenge: str = "Bearer") -> JSONResponse:
    """Answer a refusal, or a request that FastAPI or a route does not take, with a problem of RFC 9457.

    Args:
        why: A `Rejected`, a `RequestValidationError` or an `HTTPException` (Starlette's, so that it is also of an
            address that is not there); anything else is raised again.
        pages: Where this documentation is served; give it by `functools.partial(refused, pages=...)`.
        challenge: How to say who one is, for the header `WWW-Authenticate` that goes with 401.
    """
    if isinstance(why, Rejected):
        answer = problem(why, pages=pages)
    elif isinstance(why, RequestValidationError):
        answer = _not_taken(why, pages)
    elif isinstance(why, HTTPException):
        answer = {**blank(HTTPStatus(why.status_code), str(why.detail)), "status": why.status_code, "errors": []}
    else:
        raise why
    headers = {"WWW-Authenticate": challenge} if answer["status"] == HTTPStatus.UNAUTHORIZED else {}
    return JSONResponse(answer, answer["status"], headers | dict(getattr(why, "headers", None) or {}), MEDIA_TYPE)


def _not_taken(why: RequestValidationError, pages: str) -> dict[str, Any]:
    """Give what FastAPI found as a problem: findings of ours as they are, and what pydantic says in its own words."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    errors = [_of_pydantic(error, pages) for error in why.errors()]
    return {**blank(status, "the request is not taken as it is"), "status": int(status), "errors": errors}


def _of_pydantic(error: Mapping[str, Any], pages: str) -> dict[str, Any]:
    (source, *steps), told = error.get("loc") or ("body",), dict(error.get("ctx", {}))
    code, place = error["type"], pointer_to(() if error["type"] == "json_invalid" else steps)
    if told.keys() >= {"page", "says", "message"}:  # a finding of ours
        page = pages + told.pop("page")
        return described({"code": code, **told}, page, place)
    where = {"pointer": place} if source == "body" else {"parameter": ".".join(map(str, steps))}
    return {**blank(HTTPStatus.UNPROCESSABLE_ENTITY, error["msg"]), **where, "code": code}
