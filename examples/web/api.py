"""The house in JSON, beside its pages: the same acts and the same sights, and refusals as problems (RFC 9457)."""

from typing import Annotated, Any

from fastapi import Body, Depends, FastAPI, Header, HTTPException
from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from house import KINDS, House
from pydantic import BaseModel
from sessions import who
from starlette.exceptions import HTTPException as AnyHTTPException

from coaching import Goal, Record, Rejected, Slot, verify
from coaching.forms import act_form
from coaching.integrations.fastapi import RESPONSES, refused


class Known(BaseModel):
    """A record, by its kind and id, and what one may do with it."""

    type: str
    id: str
    state: str | None
    acts: list[str]


class Booking(BaseModel):
    """A slot for a talk."""

    slot: Slot


class Verified(BaseModel):
    """Whether the seals of a record hold."""

    codes: list[str]


def _caller(token: Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))]) -> str:
    person = who(token.credentials) if token else None
    if person is None:
        raise HTTPException(401, "Say who you are, in the header Authorization.")
    return person


Caller = Annotated[str, Depends(_caller)]
Seen = Annotated[str | None, Header(alias="If-Match", description="The digest of the record as it was shown.")]


def make_api(house: House) -> FastAPI:
    """Make the routes of a house."""
    api = FastAPI(title="Talks at Hem", responses=RESPONSES)
    for why in (Rejected, RequestValidationError, AnyHTTPException):
        api.add_exception_handler(why, refused)
    questions(api, house)
    acts(api, house)
    return api


def sight(house: House, me: str, kind: str, id: str) -> dict[str, Any]:
    """Give a record as somebody may see it now."""
    with house.reading(me) as desk:
        return desk.look(kind, id).seen.as_dict()


def questions(api: FastAPI, house: House) -> None:
    """Add what may be asked."""

    @api.get("/records")
    def records(me: Caller) -> list[Known]:
        """Give what the caller may see."""
        with house.reading(me) as desk:
            return [
                Known(type=it.record.type, id=it.record.id, state=it.seen["state"], acts=list(it.acts))
                for it in (desk.look(*seen.record) for seen in desk.records())
            ]

    @api.get("/records/{kind}/{id}")
    def record(kind: str, id: str, me: Caller) -> dict[str, Any]:
        """Give a record as the caller may see it."""
        return sight(house, me, kind, id)

    @api.get("/goals/{id}")
    def goal(id: str, me: Caller) -> Goal:
        """Give a whole goal, with its history and seals, to whoever sees all of what it says."""
        with house.reading(me) as desk:
            found = desk.look("goal", id)
            if not (found.seen.whole and isinstance(found.record, Goal)):
                raise HTTPException(403, "The whole of it is for those who see all of it.")
            return found.record

    @api.get("/records/{kind}/{id}/forms/{act}")
    def form(kind: str, id: str, act: str, me: Caller) -> dict[str, Any]:
        """Give the JSON Schema of what an act takes."""
        with house.reading(me) as desk:
            return dict(act_form(desk.look(kind, id).record, act, me).schema)

    @api.post("/verified")
    def verified(record: Annotated[Record, Body(discriminator="type")], _me: Caller) -> Verified:
        """Say whether the seals of a record hold that somebody was given: of any kind."""
        return Verified(codes=[found.code for found in verify(record)])


def acts(api: FastAPI, house: House) -> None:
    """Add what may be done."""

    @api.post("/records/{kind}/{id}/acts/{act}")
    def act(kind: str, id: str, act: str, given: dict[str, Any], me: Caller, seen: Seen = None) -> dict[str, Any]:
        """Do an act, and give the record as the caller may see it now."""
        house.act(me, (kind, id), act, given, seen)
        return sight(house, me, kind, id)

    @api.post("/interviews/{id}/slot")
    def book(id: str, booking: Booking, me: Caller, seen: Seen = None) -> dict[str, Any]:
        """Name when and where a talk is."""
        house.act(me, ("interview", id), "schedule", {"slot": booking.slot}, seen)
        return sight(house, me, "interview", id)

    @api.post("/records/{kind}", status_code=201)
    def begin(kind: str, given: dict[str, Any], me: Caller) -> Known:
        """Begin a talk, a goal or a path."""
        if kind not in KINDS or kind == "person":
            raise HTTPException(404, "Nothing begins like that.")
        made = house.new(me, kind, "plan" if kind == "interview" else "begin", given)
        return Known(type=kind, id=made.id, state=made.state, acts=list(made.acts_for(me)))
