"""Somebody's service for the yearly talk: FastAPI over SQLite, with states, words and rules of its own.

Nothing of the library is imported. `make()` gives the service; `make("keeps_signatures")` one with a bug.
"""

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from fastapi import Depends, FastAPI, Header, Request
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
    begun_on TEXT, took_place TEXT, results TEXT NOT NULL DEFAULT '[]', why_none TEXT, next_on TEXT
);
CREATE TABLE signature (
    ref TEXT NOT NULL, who TEXT NOT NULL, opinion TEXT NOT NULL, words TEXT, UNIQUE (ref, who)
);
"""


class Problem(Exception):
    """The service says no."""

    def __init__(self, status: int, why: str) -> None:
        """Say why, with a status of HTTP."""
        super().__init__(why)
        self.status = status


def fresh() -> sqlite3.Connection:
    """Make an empty database."""
    db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    db.row_factory = sqlite3.Row
    db.executescript(TABLES)
    return db


async def database(request: Request) -> sqlite3.Connection:
    """Give the database; whoever runs the service says which."""
    db: sqlite3.Connection = request.app.state.db
    return db


async def now(request: Request) -> datetime:
    """Give the time by the clock of the service, which a test sets."""
    at: datetime = request.app.state.clock()
    return at


Db = Annotated[sqlite3.Connection, Depends(database)]
Now = Annotated[datetime, Depends(now)]
Me = Annotated[str, Header(alias="X-User")]
Words = Annotated[str, StringConstraints(max_length=10_000, pattern=r"\S")]


class Draft(BaseModel):
    """A talk that ought to take place."""

    employee: str
    lead: str
    sort: Literal["yearly", "short"]
    latest: date


class Booking(BaseModel):
    """When and where."""

    starts: datetime
    minutes: int
    room: Words
    why: Words | None = None


class Minutes(BaseModel):
    """What came out of it."""

    results: list[dict[str, str]] = []
    why_none: Words | None = None
    next_on: date | None = None


class Opinion(BaseModel):
    """What one says when one signs."""

    opinion: Literal["fine", "but", "read"]
    words: Words | None = None


class Why(BaseModel):
    """Why something is undone."""

    why: Words


def make(bug: str = "") -> FastAPI:
    """Make the service, right or with a bug."""
    app = FastAPI()
    app.state.db, app.state.clock = fresh(), lambda: datetime.now(UTC)

    @app.exception_handler(Problem)
    async def _said_no(_: Request, problem: Problem) -> JSONResponse:
        return JSONResponse({"problem": str(problem)}, problem.status)

    @app.exception_handler(RequestValidationError)
    async def _unreadable(_: Request, error: RequestValidationError) -> JSONResponse:
        return JSONResponse({"problem": error.errors()[0]["msg"]}, 422)

    def talk_of(db: sqlite3.Connection, ref: str, me: str, *phases: str) -> sqlite3.Row:
        """Find a talk that I may do something with now."""
        talk: sqlite3.Row | None = db.execute("SELECT * FROM talk WHERE ref = ?", (ref,)).fetchone()
        if talk is None:
            raise Problem(404, "no such talk")
        if me not in {talk["employee"], talk["lead"]} and not (bug == "anybody_signs" and phases == ("to_sign",)):
            raise Problem(403, "this is not your talk")
        if talk["phase"] not in phases:
            raise Problem(409, f"the talk is {talk['phase']}")
        return talk

    @app.post("/talks/{ref}")
    async def draft(ref: str, talk: Draft, me: Me, db: Db) -> None:
        if talk.employee == talk.lead or me not in {talk.employee, talk.lead}:
            raise Problem(403, "a talk has two people, and is drafted by one of them")
        row = (ref, "drafted", talk.employee, talk.lead, talk.sort, talk.latest.isoformat())
        try:
            db.execute("INSERT INTO talk (ref, phase, employee, lead, sort, latest) VALUES (?, ?, ?, ?, ?, ?)", row)
        except sqlite3.IntegrityError:
            raise Problem(409, "there is such a talk already") from None

    def booked(db: sqlite3.Connection, ref: str, booking: Booking) -> None:
        if bug == "half_booked":
            db.execute("UPDATE talk SET room = ? WHERE ref = ?", (booking.room, ref))
        if not 15 <= booking.minutes <= 480:
            raise Problem(422, "a talk takes a quarter of an hour to eight hours")
        values = (booking.starts.isoformat(), booking.minutes, booking.room, ref)
        db.execute("UPDATE talk SET phase = 'booked', starts = ?, minutes = ?, room = ? WHERE ref = ?", values)

    @app.post("/talks/{ref}/booking")
    async def book(ref: str, booking: Booking, me: Me, db: Db) -> None:
        talk_of(db, ref, me, "drafted")
        booked(db, ref, booking)

    @app.put("/talks/{ref}/booking")
    async def rebook(ref: str, booking: Booking, me: Me, db: Db) -> None:
        talk_of(db, ref, me, "booked")
        if booking.why is None:
            raise Problem(422, "why is it moved?")
        booked(db, ref, booking)

    @app.delete("/talks/{ref}")
    async def call_off(ref: str, why: Why, me: Me, db: Db) -> None:
        talk_of(db, ref, me, "drafted", "booked")
        db.execute("UPDATE talk SET phase = 'called_off' WHERE ref = ?", (ref,))

    @app.post("/talks/{ref}/beginning")
    async def begin(ref: str, me: Me, db: Db, at: Now) -> None:
        talk_of(db, ref, me, "booked")
        day = (at.astimezone(UTC) if bug == "utc_days" else at).date()
        db.execute("UPDATE talk SET phase = 'running', begun_on = ? WHERE ref = ?", (day.isoformat(), ref))

    @app.post("/talks/{ref}/minutes")
    async def write(ref: str, minutes: Minutes, me: Me, db: Db) -> None:
        talk = talk_of(db, ref, me, "running")
        if bool(minutes.results) == (minutes.why_none is not None):
            raise Problem(422, "what came out of it, or else why nothing did?")
        ahead = minutes.next_on is not None and minutes.next_on > date.fromisoformat(talk["begun_on"])
        if talk["sort"] == "yearly" and not ahead:
            raise Problem(422, "when do you go on? It has to be later")
        values = (json.dumps(minutes.results), minutes.why_none, minutes.next_on and minutes.next_on.isoformat(), ref)
        changes = "phase = 'to_sign', took_place = begun_on, results = ?, why_none = ?, next_on = ?"
        db.execute(f"UPDATE talk SET {changes} WHERE ref = ?", values)

    @app.post("/talks/{ref}/signature")
    async def sign(ref: str, mine: Opinion, me: Me, db: Db) -> None:
        talk_of(db, ref, me, "to_sign")
        if mine.opinion == "but" and mine.words is None:
            raise Problem(422, "but what?")
        try:
            db.execute("INSERT INTO signature VALUES (?, ?, ?, ?)", (ref, me, mine.opinion, mine.words))
        except sqlite3.IntegrityError:
            raise Problem(409, "you have signed") from None
        (signed,) = db.execute("SELECT count(*) FROM signature WHERE ref = ?", (ref,)).fetchone()
        if signed == (1 if bug == "closed_by_one" else 2):
            db.execute("UPDATE talk SET phase = 'closed' WHERE ref = ?", (ref,))

    @app.delete("/talks/{ref}/signature")
    async def take_up(ref: str, why: Why, me: Me, db: Db) -> None:
        talk_of(db, ref, me, "closed")
        db.execute("UPDATE talk SET phase = 'to_sign', version = version + 1 WHERE ref = ?", (ref,))
        if bug != "keeps_signatures":
            db.execute("DELETE FROM signature WHERE ref = ?", (ref,))

    @app.get("/talks/{ref}")
    async def show(ref: str, db: Db) -> dict[str, Any]:
        talk = db.execute("SELECT * FROM talk WHERE ref = ?", (ref,)).fetchone()
        if talk is None:
            raise Problem(404, "no such talk")
        signed = db.execute("SELECT who, opinion, words FROM signature WHERE ref = ? ORDER BY rowid", (ref,))
        return {**dict(talk), "results": json.loads(talk["results"]), "signed": [dict(row) for row in signed]}

    return app
