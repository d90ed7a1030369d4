"""The annual talk in a browser, from plan to signature: `python examples/web/app.py`, then http://127.0.0.1:8000.

Pages are made here on the server, and none of them needs a script. The same house answers in JSON under `/api`.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import jinja2
import sqlalchemy as sa
import uvicorn
from api import make_api
from fastapi import Depends, FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse
from house import BEGIN, KINDS, OFFICE, TEXTS, ZONE, House
from pictures import picture
from sample import PEOPLE, house
from sessions import form_token, is_of, signed, who
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException as AnyHTTPException

from coaching import Await, Person, Record, Rejected, rule
from coaching.integrations.pages import ActPage
from coaching.integrations.sqlalchemy import Store
from coaching.privacy import Report, access_copy, erase, findings_for

HERE = Path(__file__).parent
COOKIE = "talks"
ROLES = {
    "anna": "has a talk this year", "ole": "her manager", "per": "his manager", "eva": "a colleague",
    "liv": "the administration",
}  # fmt: skip
PAGES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True, undefined=jinja2.ChainableUndefined,
    trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip
HEADERS = {
    "Cache-Control": "no-store",  # the back button asks again, and shows what stands
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src data:; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def plain(value: object) -> object:
    """Write a moment of a view as people here read it; anything else as it is."""
    if isinstance(value, str) and len(value) >= len("2026-08-27T07:00Z") and value[10:11] == "T":
        try:
            return datetime.fromisoformat(value).astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
        except ValueError:
            return value
    return value


def title(seen: Any) -> str:
    """Say what a record is, in a line."""
    said = seen.get("title") or seen.get("name")
    kind = TEXTS.word(seen.get("kind", ""), "InterviewKind").capitalize()
    return f"{kind} talk" if seen["type"] == "interview" else said or TEXTS.kind(seen["type"])


def shut(turn: Await) -> str:
    """Say what still stands in the way."""
    return "; ".join(TEXTS.says(rule(code)) for code in turn.shut)


PAGES.globals |= {
    "texts": TEXTS, "plain": plain, "title": title, "shut": shut, "office": OFFICE, "kinds": KINDS,
    "people": {"coachee", "interviewer", "owner", "coach", "by", "author", "released_by", "person", "manager"},
    "first": ("title", "text", "what", "remark", "notes"),
}  # fmt: skip


class SignedOut(Exception):
    """Nobody is signed in."""


def _me(request: Request) -> str:
    person = who(request.cookies.get(COOKIE, ""))
    if person is None:
        raise SignedOut
    return person


async def _sent(request: Request) -> FormData:
    """Give what a form of this session sends."""
    form = await request.form()
    if not is_of(request.cookies.get(COOKIE, ""), str(form.get("csrf", ""))):
        raise HTTPException(403, "This form is not of your session. Open the page again, and send it from there.")
    return FormData([it for it in form.multi_items() if isinstance(it[1], str)])  # no files


Me = Annotated[str, Depends(_me)]


def _office(me: Me) -> str:
    if me != OFFICE:
        raise HTTPException(403, "This page is for the administration.")
    return me


Office = Annotated[str, Depends(_office)]
Sent = Annotated[FormData, Depends(_sent)]


def page(request: Request, template: str, status: int = 200, **shown: Any) -> HTMLResponse:
    """Make a page of a template, with who reads it."""
    cookie = request.cookies.get(COOKIE, "")
    me = who(cookie)
    told = {"me": me, "my_name": PEOPLE.get(me or "", me), "csrf": form_token(cookie)} | shown
    return HTMLResponse(PAGES.get_template(template).render(told), status)


def parts(report: Report) -> list[tuple[str, list[str]]]:
    """Sort the lines of a report of erasing under headings."""
    held = [f"{' '.join(it.record or ())}: {it.message}" for it in report.held]
    told = {"Goes": report.gone, "Stays": report.stayed, "For a person to read": report.look_at}
    return [*((heading, [str(it) for it in lines]) for heading, lines in told.items()), ("Held by the law", held)]


def form_page(request: Request, at_home: House, asked: ActPage) -> HTMLResponse:
    """Show the form of an act: as it is, with what is wrong with it, or with what happened meanwhile."""
    record = asked.of if isinstance(asked.of, Record) else None
    with at_home.reading(asked.by) as desk:
        sight = None if record is None else desk.look(*record.key)
        return page(
            request, "form.html", asked.status, asked=asked, name=desk.name, action=request.url.path,
            open=sight is None or asked.act in sight.acts,
            back=None if record is None else "/" + "/".join(record.key),
            title=None if sight is None else title(sight.seen),
        )  # fmt: skip


def begun(kind: str, act: str) -> None:
    """See that something begins like that."""
    if (kind, act) not in BEGIN:
        raise HTTPException(404, "Nothing begins like that.")


def make_app(at_home: House) -> FastAPI:
    """Make the application of a house."""
    app = FastAPI(openapi_url=None)
    app.mount("/api", make_api(at_home))
    for routes in (answers, doors, desk, administration, acts):
        routes(app, at_home)
    return app


def answers(app: FastAPI, _at_home: House) -> None:
    """Add what every answer has, and what stands on the page where something is refused."""

    @app.middleware("http")
    async def guarded(request: Request, go: Callable[[Request], Any]) -> Any:
        origin = request.headers.get("origin", "null")
        if request.method == "POST" and origin not in {"null", f"{request.url.scheme}://{request.url.netloc}"}:
            return Response("This form comes from elsewhere.", 403)
        answer = await go(request)
        if request.method == "POST":  # a form that was refused: without this the back button finds nothing to show
            answer.headers["Cache-Control"] = "private, no-cache"
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer

    @app.exception_handler(SignedOut)
    def signed_out(_request: Request, _why: Exception) -> Response:
        return RedirectResponse("/sign-in", 303)

    @app.exception_handler(AnyHTTPException)
    def no(request: Request, why: AnyHTTPException) -> Response:
        heading = {403: "That is not for you", 404: "There is nothing here"}.get(why.status_code, "That cannot be done")
        return page(request, "told.html", why.status_code, heading=heading, words=why.detail)

    @app.exception_handler(Rejected)
    def no_such(request: Request, why: Rejected) -> Response:
        return page(request, "told.html", 409, heading="That cannot be done", words=why.findings[0].message)

    @app.exception_handler(RequestValidationError)
    def not_read(request: Request, _why: Exception) -> Response:
        return page(request, "told.html", 422, heading="That cannot be read", words="Open the page again.")

    @app.get("/style.css")
    def style() -> Response:
        return FileResponse(HERE / "style.css", headers={"Cache-Control": "max-age=60"})


# --- who is there -----------------------------------------------------------------------------------------------------


def doors(app: FastAPI, _at_home: House) -> None:
    """Add signing in and out."""

    @app.get("/sign-in")
    def chooser(request: Request) -> Response:
        people = [(id, name, ROLES[id]) for id, name in PEOPLE.items()]
        return page(request, "sign_in.html", people=people, me=None)

    @app.post("/sign-in")
    async def sign_in(request: Request) -> Response:
        person = str((await request.form()).get("person", ""))
        if person not in PEOPLE:
            raise HTTPException(404, "Nobody of that name is here.")
        answer = RedirectResponse("/", 303)
        answer.set_cookie(COOKIE, signed(person), httponly=True, samesite="lax")
        return answer

    @app.post("/sign-out")
    def sign_out(_sent: Sent) -> Response:
        answer = RedirectResponse("/sign-in", 303)
        answer.delete_cookie(COOKIE)
        return answer


# --- what is held -----------------------------------------------------------------------------------------------------


def desk(app: FastAPI, at_home: House) -> None:
    """Add what somebody finds on their desk."""

    @app.get("/")
    def start(request: Request, me: Me) -> Response:
        with at_home.reading(me) as desk:
            turns = [
                (turn, TEXTS.act(turn.awaited.act), title(desk.look(turn.kind, turn.id).seen))
                for turn in desk.book.awaits(me)
                if turn.kind in KINDS
            ]
            begin = [(kind, act, f"{TEXTS.act(act)}: {TEXTS.kind(kind).lower()}") for kind, act in BEGIN]
            next_due = desk.book.next_due(me, desk.today)
            return page(request, "start.html", turns=turns, records=desk.records(), begin=begin, next_due=next_due)

    @app.get("/mine")
    def mine(request: Request, me: Me) -> Response:
        with at_home.reading(me) as desk:
            return page(request, "mine.html", copy=access_copy(desk.book, me))

    @app.get("/mine.json")
    def mine_json(me: Me) -> Response:
        with at_home.reading(me) as desk:
            return JSONResponse(access_copy(desk.book, me), headers={"Content-Disposition": "attachment"})


# --- the administration -----------------------------------------------------------------------------------------------


def administration(app: FastAPI, at_home: House) -> None:
    """Add who is here, and erasing."""

    @app.get("/people")
    def people(request: Request, me: Office) -> Response:
        with at_home.reading(me) as desk:
            rows = [(it, it.standing(desk.today), desk.book.covered(it.id, desk.today)) for it in desk.book.all(Person)]
            return page(request, "people.html", people=rows)

    @app.get("/people/{id}/erase")
    def before_erasing(request: Request, id: str, me: Office) -> Response:
        now = at_home.now()
        with at_home.reading(me) as desk:
            name = desk.look("person", id).seen.get("name", id)
            try:
                _, report = erase(desk.book, id, now.date(), by=me, at=now)
            except Rejected as refusal:
                return page(request, "erase.html", 409, name=name, findings=refusal.findings)
            return page(request, "erase.html", name=name, report=parts(report))

    @app.post("/people/{id}/erase")
    def erases(request: Request, id: str, me: Office, _sent: Sent) -> Response:
        try:
            report = at_home.store.erase(id, by=me, at=at_home.now())
        except Rejected as refusal:
            return page(request, "erase.html", 409, name=id, findings=refusal.findings)
        return page(request, "erase.html", name=id, report=parts(report), done=True)


# --- one record, and its acts -----------------------------------------------------------------------------------------


def acts(app: FastAPI, at_home: House) -> None:
    """Add the pages of a record, and the forms of its acts."""

    @app.get("/new/{kind}/{act}")
    def new_form(request: Request, kind: str, act: str, me: Me) -> Response:
        begun(kind, act)
        return form_page(request, at_home, at_home.page(me, kind, act))

    @app.post("/new/{kind}/{act}")
    def new(request: Request, kind: str, act: str, me: Me, sent: Sent) -> Response:
        begun(kind, act)
        asked = at_home.page(me, kind, act)
        if asked.does(sent):
            return RedirectResponse(f"/{kind}/{asked.done.id}?done={act}", 303)
        return form_page(request, at_home, asked)

    @app.get("/{kind}/{id}")
    def record(request: Request, kind: str, id: str, me: Me, done: str = "") -> Response:
        with at_home.reading(me) as desk:
            sight = desk.look(kind, id)
            it = sight.record
            kept = [name for name in sight.seen.redacted if not name.startswith("history")]
            whole = "commitments" not in kept and "turns" not in kept  # whose promise is due tells of the promise
            turns = [turn for turn in it.awaits() if whole or not turn.about]
            advice = findings_for(it, me, desk.book, desk.today)
            return page(
                request, "record.html", seen=sight.seen, drawn=picture(sight.seen), turns=turns, name=desk.name,
                acts=[(act, TEXTS.act(act)) for act in sight.acts], here=f"/{kind}/{id}", state=TEXTS.word(it.state),
                mine={turn.act for turn in turns if turn.person == me},
                advice=[found for found in advice if found.code != "D001"],
                hidden=bool(set(kept) - {"extra"}),
                notice=f"Done: {TEXTS.act(done).lower()}." if done in it.acts() else None,
            )  # fmt: skip

    @app.get("/{kind}/{id}/{act}")
    def ask(request: Request, kind: str, id: str, act: str, me: Me) -> Response:
        with at_home.reading(me) as desk:
            sight = desk.look(kind, id)
            if act not in sight.acts:
                words = f"“{TEXTS.act(act)}” is not open to you now: somebody may have been faster."
                where = f"/{kind}/{id}"
                return page(request, "told.html", 409, heading="Not now", words=words, where=where, going="Go back")
        return form_page(request, at_home, at_home.page(me, (kind, id), act))

    @app.post("/{kind}/{id}/{act}")
    def does(request: Request, kind: str, id: str, act: str, me: Me, sent: Sent) -> Response:
        asked = at_home.page(me, (kind, id), act)
        if asked.does(sent):
            return RedirectResponse(f"/{kind}/{id}?done={act}", 303)
        return form_page(request, at_home, asked)


def open_house(database: str = "sqlite:///talks.db", clock: Callable[[], datetime] | None = None) -> House:
    """Open the store, and put the sample in where it is empty."""
    store = Store(sa.create_engine(database))
    store.create()
    clock = clock or (lambda: datetime.now(UTC))
    with store.reading() as book:
        empty = book.get("person", OFFICE) is None
    if empty:
        store.put(*house(clock().astimezone(ZONE)))
    return House(store, clock)


if __name__ == "__main__":
    uvicorn.run(
        make_app(open_house(sys.argv[1] if sys.argv[1:] else "sqlite:///talks.db")), host="127.0.0.1", port=8000
    )
