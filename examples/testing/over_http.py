"""A service over HTTP, bound: `python over_http.py`, and with a bug `python over_http.py --bug keeps_signatures`."""

import json
from contextlib import nullcontext
from datetime import datetime
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from theirs.talks import BUGS, fresh, make
from trying import main

from coaching import Policy, Severity
from coaching.testing import InterviewWorkflow, Words

ROUTES = {
    "plan": ("POST", ""), "schedule": ("POST", "/booking"), "reschedule": ("PUT", "/booking"), "cancel": ("DELETE", ""),
    "start": ("POST", "/beginning"), "finish": ("POST", "/minutes"), "sign": ("POST", "/signature"),
    "reopen": ("DELETE", "/signature"),
}  # fmt: skip
WORDS = Words(
    # names
    state="phase", coachee="employee", interviewer="lead", kind="sort", due_on="latest", revision="version",
    held_on="took_place", outcomes="results", no_change="why_none", note="words", follow_up_on="next_on",
    signatures="signed", by="who", stance="opinion", reason="why", start="starts", place="room",
    # states and kinds
    planned="drafted", scheduled="booked", open="running", held="to_sign", signed="closed", cancelled="called_off",
    annual="yearly", check_in="short", agrees="fine", reservation="but", seen="read",
)  # fmt: skip

PLANS = {"kind": ("annual", "check_in"), "cycle": None, "previous": None}  # the service knows two kinds
MINUTES = {"disclosures": None, "feedback": None, "held_on": None}  # not kept
SIGNS = {"stance": ("agrees", "reservation", "seen")}  # always given


class Refused(Exception):
    """The service says no."""


class Talks(InterviewWorkflow):
    """The service keeps no record of what is said, knows two kinds of talk, and has a clock that it sets itself."""

    refusal = Refused
    acts = tuple(ROUTES)
    takes = {"plan": PLANS, "finish": MINUTES, "sign": SIGNS}
    policy = Policy(severities=dict.fromkeys(("I007", "I010", "I013", "I024"), Severity.OFF))
    unasked = ("V009",)

    def __init__(self, app: FastAPI) -> None:
        """Begin with an empty database."""
        self.app, app.state.db = app, fresh()
        sends = {"Content-Type": "application/json"}
        self.client = AsyncClient(transport=ASGITransport(app), base_url="http://talks/talks/", headers=sends)

    async def ask(self, verb: str, path: str, me: str = "", body: Any = None) -> Any:
        """Ask the service, and raise where it says no."""
        sent = json.dumps(body, default=str)
        answer = await self.client.request(verb, path, headers={"X-User": quote(me)}, content=sent)
        if answer.is_client_error:
            raise Refused(answer.json()["problem"])
        return answer.raise_for_status().json()

    async def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
        """Do an act, by its route."""
        self.app.state.clock = lambda: at
        verb, path = ROUTES[act]
        await self.ask(verb, record_id + path, by, WORDS.theirs({**given, **(given.pop("slot", None) or {})}))

    async def read(self, record_id: str) -> dict[str, Any]:
        """Give what is kept, in our words."""
        talk = WORDS.ours(await self.ask("GET", record_id))
        slot = {name: talk.pop(name) for name in ("start", "minutes", "place")}
        return {**talk, "slot": slot if slot["start"] else None}


if __name__ == "__main__":
    main(Talks, BUGS, lambda bug: nullcontext(make(bug)), every=5)
