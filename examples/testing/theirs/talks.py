"""Somebody's service for the yearly talk: FastAPI over SQLite, with states, words and rules of its own.

Nothing of the library is imported. `make()` gives the service; `make("keeps_signatures")` one with a bug.
"""

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from urllib.parse import unquote

from fastapi import APIRouter, Depends, FastAPI, Header, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, StringConstraints

BUGS = {
    "keeps_signatures": "what was signed stays signed when it is taken up again",
    "anybody_signs": "who signs is not asked",
    "closed_by_one": "one signature closes a talk",
    "half_booked": "a booking that is refused leaves its room",
    "utc_days": "the day of a talk is taken in UTC",
}
TABLES = """
CREATE TABLE talk (
    ref TEXT PRIMARY KEY, phase TEXT NOT NULL, employee TEXT NOT NULL, lead TEXT NOT NULL, sort TEXT NOT NULL,
    latest TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 1, starts TEXT, minutes INTEGER, room TEXT,
    begun_on TEXT, took_place TEXT, results TEXT NOT NULL DEFAULT '[]', why_none TEXT, next_on TEXT, undone_because TEXT
);
CREATE TABLE signature (
    ref TEXT NOT NULL, who TEXT NOT NULL, opinion TEXT NOT NULL, words TEXT, UNIQUE (ref, who)
);
"""


LEAST, MOST = 15, 480


class Database(sqlite3.Connection):
    """A database that is closed when nobody has it any more."""

    def __del__(self) -> None:
        """Close it."""
        self.close()


class Problem(Exception):
    """The service says no."""

    def __init__(self, status: int, why: str) -> None:
        """Say why, with a status of HTTP."""
        super().__init__(why)
        self.status = status


# --- what is asked ----------------------------------------------------------------------------------------------------

Words = Annotated[str, StringConstraints(max_length=10_000, pattern=r"^[^\x00]*[^\s\p{C}][^\x00]*$")]
Name = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\s\p{C}]([^\p{C}]*[^\s\p{C}])?$")]


class Draft(BaseModel):
    """A talk that ought to take place."""

    employee: Name
    lead: Name
    sort: Literal["yearly", "short"]
    latest: date


class Booking(BaseModel):
    """When and where."""

    starts: datetime
    minutes: int
    room: Name
    why: Words | None = None


class Result(BaseModel):
    """Something that came out of it: what it is, and where it is kept."""

    sort: Literal[
        "person", "goal", "interview", "feedback", "path", "move", "opportunity", "position", "placement", "need",
        "dream", "step", "commitment",
    ]  # fmt: skip
    id: Name
    of: Name | None = None


class Minutes(BaseModel):
    """What came out of it."""

    results: list[Result] = []
    why_none: Words | None = None
    next_on: date | None = None


class Opinion(BaseModel):
    """What one says when one signs."""

    opinion: Literal["fine", "but", "read"]
    words: Words | None = None


class Why(BaseModel):
    """Why something is undone."""

    why: Words


@dataclass
class Desk:
    """Who asks, when, and the database that answers."""

    db: sqlite3.Connection
    me: str
    at: datetime
    bug: str

    def talk(self, ref: str, *phases: str) -> sqlite3.Row:
        """Find a talk that one may do something with now."""
        talk: sqlite3.Row | None = self.db.execute("SELECT * FROM talk WHERE ref = ?", (ref,)).fetchone()
        if talk is None:
            raise Problem(404, "no such talk")
        anybody = phases == ("to_sign",) and self.bug == "anybody_signs"
        if phases and self.me not in {talk["employee"], talk["lead"]} and not anybody:
            raise Problem(403, "this is not your talk")
        if phases and talk["phase"] not in phases:
            raise Problem(409, f"the talk is {talk['phase']}")
        return talk

    def book(self, ref: str, booking: Booking) -> None:
        """Say when and where."""
        if self.bug == "half_booked":
            self.db.execute("UPDATE talk SET room = ? WHERE ref = ?", (booking.room, ref))
        if not LEAST <= booking.minutes <= MOST:
            raise Problem(422, "a talk takes a quarter of an hour to eight hours")
        values = (booking.starts.isoformat(), booking.minutes, booking.room, ref)
        self.db.execute("UPDATE talk SET phase = 'booked', starts = ?, minutes = ?, room = ? WHERE ref = ?", values)


async def desk(request: Request, x_user: Annotated[str, Header()]) -> Desk:
    """Give what every route needs; a test sets the clock."""
    service = request.app.state
    return Desk(service.db, unquote(x_user), service.clock(), service.bug)


At = Annotated[Desk, Depends(desk)]

# --- routes -----------------------------------------------------------------------------------------------------------

routes = APIRouter(prefix="/talks/{ref}")


@routes.post("")
async def draft(ref: Name, talk: Draft, desk: At) -> None:
    """Put down that a talk ought to take place."""
    if talk.employee == talk.lead or desk.me not in {talk.employee, talk.lead}:
        raise Problem(403, "a talk has two people, and is drafted by one of them")
    row = (ref, "drafted", talk.employee, talk.lead, talk.sort, talk.latest.isoformat())
    try:
        desk.db.execute("INSERT INTO talk (ref, phase, employee, lead, sort, latest) VALUES (?, ?, ?, ?, ?, ?)", row)
    except sqlite3.IntegrityError:
        raise Problem(409, "there is such a talk already") from None


@routes.post("/booking")
async def book(ref: str, booking: Booking, desk: At) -> None:
    """Book a room."""
    desk.talk(ref, "drafted")
    desk.book(ref, booking)


@routes.put("/booking")
async def rebook(ref: str, booking: Booking, desk: At) -> None:
    """Book another one."""
    desk.talk(ref, "booked")
    if booking.why is None:
        raise Problem(422, "why is it moved?")
    desk.book(ref, booking)


@routes.delete("")
async def call_off(ref: str, because: Why, desk: At) -> None:
    """Call it off."""
    desk.talk(ref, "drafted", "booked")
    desk.db.execute("UPDATE talk SET phase = 'called_off', undone_because = ? WHERE ref = ?", (because.why, ref))


@routes.post("/beginning")
async def begin(ref: str, desk: At) -> None:
    """Begin to talk."""
    desk.talk(ref, "booked")
    day = (desk.at.astimezone(UTC) if desk.bug == "utc_days" else desk.at).date()
    desk.db.execute("UPDATE talk SET phase = 'running', begun_on = ? WHERE ref = ?", (day.isoformat(), ref))


@routes.post("/minutes")
async def write(ref: str, minutes: Minutes, desk: At) -> None:
    """Write down what came out of it."""
    talk = desk.talk(ref, "running")
    if bool(minutes.results) == (minutes.why_none is not None):
        raise Problem(422, "what came out of it, or else why nothing did?")
    next_on = None if minutes.next_on is None else minutes.next_on.isoformat()
    if talk["sort"] == "yearly" and (next_on is None or next_on <= talk["begun_on"]):
        raise Problem(422, "when do you go on? It has to be later")
    desk.db.execute(
        "UPDATE talk SET phase = 'to_sign', took_place = begun_on, results = ?, why_none = ?, next_on = ?"
        " WHERE ref = ?",
        (json.dumps([it.model_dump() for it in minutes.results]), minutes.why_none, next_on, ref),
    )


@routes.post("/signature")
async def sign(ref: str, mine: Opinion, desk: At) -> None:
    """Sign what was written down."""
    desk.talk(ref, "to_sign")
    if mine.opinion == "but" and mine.words is None:
        raise Problem(422, "but what?")
    try:
        desk.db.execute("INSERT INTO signature VALUES (?, ?, ?, ?)", (ref, desk.me, mine.opinion, mine.words))
    except sqlite3.IntegrityError:
        raise Problem(409, "you have signed") from None
    (signed,) = desk.db.execute("SELECT count(*) FROM signature WHERE ref = ?", (ref,)).fetchone()
    if signed == (1 if desk.bug == "closed_by_one" else 2):
        desk.db.execute("UPDATE talk SET phase = 'closed' WHERE ref = ?", (ref,))


@routes.delete("/signature")
async def take_up(ref: str, because: Why, desk: At) -> None:
    """Take it up again, for both to sign anew."""
    desk.talk(ref, "closed")
    change = "UPDATE talk SET phase = 'to_sign', version = version + 1, undone_because = ? WHERE ref = ?"
    desk.db.execute(change, (because.why, ref))
    if desk.bug != "keeps_signatures":
        desk.db.execute("DELETE FROM signature WHERE ref = ?", (ref,))


@routes.get("")
async def show(ref: str, desk: At) -> dict[str, Any]:
    """Show it to anybody here: who may see what is no matter of this example."""
    talk = desk.talk(ref)
    signed = desk.db.execute("SELECT who, opinion, words FROM signature WHERE ref = ? ORDER BY rowid", (ref,))
    kept = {name: it for name, it in dict(talk).items() if name not in {"ref", "begun_on", "undone_because"}}
    return {**kept, "results": json.loads(talk["results"]), "signed": [dict(row) for row in signed]}


# --- the service ------------------------------------------------------------------------------------------------------


def fresh() -> sqlite3.Connection:
    """Make an empty database."""
    db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None, factory=Database)
    db.row_factory = sqlite3.Row
    db.executescript(TABLES)
    return db


def make(bug: str = "") -> FastAPI:
    """Make the service, right or with a bug."""
    service = FastAPI()
    service.state.db, service.state.clock, service.state.bug = fresh(), lambda: datetime.now(UTC), bug
    service.include_router(routes)

    @service.exception_handler(Problem)
    async def _said_no(_: Request, problem: Problem) -> JSONResponse:
        return JSONResponse({"problem": str(problem)}, problem.status)

    @service.exception_handler(RequestValidationError)
    async def _unreadable(_: Request, error: RequestValidationError) -> JSONResponse:
        return JSONResponse({"problem": error.errors()[0]["msg"]}, 422)

    return service
