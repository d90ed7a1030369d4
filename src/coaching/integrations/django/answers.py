"""Answers: what is refused, over HTTP, as RFC 9457 has it; from a view, or for all views by a line of `MIDDLEWARE`."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, JsonResponse

from coaching.integrations.problems import MEDIA_TYPE, problem
from coaching.kernel.rules import Rejected


def refused(why: Rejected, *, challenge: str = "Bearer") -> JsonResponse:
    """Answer a refusal with a problem of RFC 9457.

    The pages of rules are below `settings.COACHING_PAGES`, the address at which this documentation is served.

    Args:
        why: What was raised.
        challenge: How to say who one is, for the header `WWW-Authenticate` that goes with 401.
    """
    answer = problem(why, pages=getattr(settings, "COACHING_PAGES", ""))
    headers = {"WWW-Authenticate": challenge} if answer["status"] == HTTPStatus.UNAUTHORIZED else None
    return JsonResponse(answer, status=answer["status"], content_type=MEDIA_TYPE, headers=headers)


class Refusals:
    """Middleware: what a view refuses (`Rejected`) is answered by `refused`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep what comes after."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Leave requests and answers as they are."""
        return self.get_response(request)

    def process_exception(self, _request: HttpRequest, why: Exception) -> JsonResponse | None:
        """Answer a refusal; leave all else to others."""
        return refused(why) if isinstance(why, Rejected) else None
