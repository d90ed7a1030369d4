"""FastAPI: records as bodies and answers, refusals as problems, OpenAPI that its own validator takes. Over ASGI."""

import asyncio
import json
from collections.abc import Iterator
from functools import cache, partial
from typing import Annotated, Any

import pytest
from fastapi import Body, FastAPI, Request
from fastapi.exceptions import HTTPException, RequestValidationError
from httpx import ASGITransport, AsyncClient, Response
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from pydantic import Field

from coaching import Book, Cause, Goal, Interview, Record, Rejected, Slot, rule
from coaching.codec import dumps, loads, schema, structure, unstructure
from coaching.forms import arguments
from coaching.integrations.fastapi import RESPONSES, refused
from coaching.integrations.problems import MEDIA_TYPE, SCHEMA, problem
from coaching.records import RECORDS
from stage import ANNA, EVA, at
from stage.everything import drawn, each_kind
from stage.goals import draft_goal
from stage.interviews import signed_talk

DOCS = "https://example.org/coaching/"


@cache
def service() -> FastAPI:
    """A service as somebody would write it, over a book in memory."""
    app = FastAPI(responses=RESPONSES)
    app.add_exception_handler(Rejected, partial(refused, pages=DOCS))
    app.add_exception_handler(RequestValidationError, partial(refused, pages=DOCS))

    @app.get("/goals/{id}")
    async def read(id: str) -> Goal | None:
        return app.state.book.get(Goal, id)

    @app.put("/goals/{id}")
    async def begin(id: str, form: dict[str, Any], request: Request) -> Goal:
        given = arguments(Goal, "begin", form) | {"by": request.headers["X-User"], "at": at(1)}
        return app.state.book.new(Goal, "begin", id, **given).get(Goal, id)

    @app.post("/records")
    async def echo(record: Annotated[Record, Body()], limit: int = 0) -> Record:
        return record

    @app.post("/chosen")
    async def chosen(
        record: Annotated[Goal | Interview, Body(discriminator="type")],
    ) -> Annotated[Goal | Interview, Field(discriminator="type")]:
        return record

    @app.post("/slots")
    async def slots(slots: list[Slot]) -> dict[str, list[Slot]]:
        return {"slots": slots}

    @app.post("/goals/{id}/{act}")
    async def act(id: str, act: str, form: dict[str, Any], request: Request) -> Goal:
        given = arguments(Goal, act, form) | {"by": request.headers.get("X-User"), "at": at(5)}
        return app.state.book.act(id, act, **given).get(Goal, id)

    return app


def ask(verb: str, path: str, by: str | None = ANNA, **sent: Any) -> Response:
    """What the service answers."""
    headers = {"Content-Type": "application/json"} | ({} if by is None else {"X-User": by})
    service().state.book = Book([draft_goal()])

    async def asked() -> Response:
        async with AsyncClient(transport=ASGITransport(service()), base_url="http://here") as client:
            return await client.request(verb, path, headers=headers, **sent)

    return asyncio.run(asked())


# --- bodies and answers ----------------------------------------------------------------------------------------------


@each_kind
def test_a_record_is_a_body_and_an_answer(kind):
    """As the codec writes it, byte for byte but for fractions, and back."""

    async def all_of_them():
        async with AsyncClient(transport=ASGITransport(service()), base_url="http://here") as client:
            for record in drawn(kind)[:25]:
                answer = await client.post("/records", json=json.loads(dumps(record)))
                assert answer.status_code == 200, answer.text
                assert loads(answer.content) == record
                assert answer.json() == json.loads(dumps(record))

    asyncio.run(all_of_them())


def test_parts_lists_and_choices():
    """In one service."""
    talk = json.loads(dumps(signed_talk()))
    assert ask("POST", "/chosen", json=talk).json() == talk
    slot = {"start": "2026-08-27T09:00:00+02:00", "minutes": 60, "place": "Room 4"}
    assert ask("POST", "/slots", json=[slot]).json() == {"slots": [slot]}


def test_an_act_answers_the_record_that_it_left():
    """Through the form that a client sends; and what is not there is null, where the route says so."""
    answer = ask("POST", "/goals/g-1/edit", json={"title": "Lead two"})
    assert (answer.status_code, answer.json()["title"]) == (200, "Lead two")
    assert loads(answer.content) == draft_goal().edit(title="Lead two", by=ANNA, at=at(5))
    assert ask("GET", "/goals/g-1").json() == unstructure(draft_goal())
    assert ask("GET", "/goals/g-2").json() is None


# --- refusals --------------------------------------------------------------------------------------------------------


REFUSALS = {
    "nobody": ("POST", "/goals/g-1/edit", None, {"title": "x"}, 401, "V015", "#/by"),
    "actor": ("POST", "/goals/g-1/edit", EVA, {"title": "x"}, 403, "V011", "#/by"),
    "missing": ("POST", "/goals/g-9/edit", ANNA, {"title": "x"}, 404, "X002", "#"),
    "state": ("POST", "/goals/g-1/resume", ANNA, {}, 409, "V010", "#/state"),
    "book": ("PUT", "/goals/g-1", ANNA, {"title": "x"}, 409, "X001", "#/id"),
    "input": ("POST", "/goals/g-1/edit", ANNA, {"confidence": 11}, 422, "V007", "#/confidence"),
    "rule": ("POST", "/goals/g-1/propose", ANNA, {"coach": ANNA}, 422, "G026", "#/coach"),
    "missing in a field": ("POST", "/goals/g-1/propose", ANNA, {"coach": EVA}, 422, "X002", "#/coach"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_each_cause_has_its_status(case):
    """With the page of the rule, a JSON pointer, and all that the finding says besides."""
    verb, path, by, form, status, code, place = REFUSALS[case]
    answer = ask(verb, path, by, json=form)
    told = answer.json()
    assert (answer.status_code, told["status"], answer.headers["content-type"]) == (status, status, MEDIA_TYPE)
    assert answer.headers.get("www-authenticate") == ("Bearer" if status == 401 else None)
    Draft202012Validator(SCHEMA).validate(told)
    first = next(it for it in told["errors"] if it["code"] == code)
    assert told["type"] == first["type"] == f"{DOCS}generated/rules.html#{code.lower()}"
    assert (told["title"], told["detail"]) == (first["title"], first["detail"]) == (rule(code).says, first["detail"])
    assert (first["pointer"], first["mend"], first["cause"]) == (place, rule(code).mend, CAUSES.get(case, case))


CAUSES = {"nobody": "input", "missing in a field": "missing"}


def test_every_cause_is_among_them():
    """None without a status."""
    assert {str(cause) for cause in Cause} <= set(REFUSALS)


def test_of_several_findings_the_most_telling_decides():
    """And all of them are told, in our order."""
    with pytest.raises(Rejected) as caught:
        draft_goal().act("edit", title="", confidence=11, by=EVA, at=at(5))
    told = problem(caught.value)
    assert told["status"] == 403
    assert [it["code"] for it in told["errors"]] == list(caught.value.codes)
    assert told["type"] == "generated/rules.html#v011"


def test_a_refusal_without_findings_is_a_problem_too():
    """An application may raise one."""
    told = problem(Rejected("the house is closed", []))
    assert (told["type"], told["status"], told["detail"], told["errors"]) == (
        "about:blank", 422, "the house is closed", [],
    )  # fmt: skip
    Draft202012Validator(SCHEMA).validate(told)


def test_what_fastapi_refuses_is_the_same_problem():
    """A document that breaks our rules, each finding at its place in the body."""
    document = {**unstructure(draft_goal()), "title": "", "confidence": 11, "a/b": 1}
    answer = ask("POST", "/records", json=document)
    assert (answer.status_code, answer.headers["content-type"]) == (422, MEDIA_TYPE)
    Draft202012Validator(SCHEMA).validate(answer.json())
    with pytest.raises(Rejected) as caught:
        structure(document)
    assert answer.json()["errors"] == problem(caught.value, pages=DOCS)["errors"]


@pytest.mark.parametrize(
    ("path", "content", "place"),
    [
        ("/records?limit=x", dumps(draft_goal()), {"parameter": "limit"}),
        ("/records", b"{", {"pointer": "#"}),
        ("/chosen", b'{"type": "gaol"}', {"pointer": "#"}),
        ("/slots", b'{"a": 1}', {"pointer": "#"}),
    ],
)
def test_what_pydantic_says_stands_in_its_own_words(path, content, place):
    """Of a parameter, of what is no JSON, of a choice by type; nothing that was sent comes back."""
    answer = ask("POST", path, content=content)
    told = answer.json()
    assert answer.status_code == 422
    Draft202012Validator(SCHEMA).validate(told)
    (error,) = told["errors"]
    assert error.items() >= place.items()
    assert error["type"] == "about:blank"


def test_an_application_may_say_itself_what_is_wrong_with_a_request():
    """With or without a place."""
    told = json.loads(refused(None, RequestValidationError([{"type": "late", "msg": "too late"}])).body)
    assert told["errors"] == [
        {"type": "about:blank", "title": told["title"], "detail": "too late", "pointer": "#", "code": "late"}
    ]


def test_another_error_is_not_ours():
    """It is raised again, for whoever knows it."""
    with pytest.raises(KeyError):
        refused(None, KeyError("x"))


# --- OpenAPI ---------------------------------------------------------------------------------------------------------


def test_openapi_is_valid_and_has_our_names():
    """Each record and part once, whether it is sent or answered; and each route says how it refuses."""
    said = service().openapi()
    validate(said)
    names = said["components"]["schemas"]
    for kind in RECORDS:
        assert set(schema(kind)["$defs"]) <= set(names)
    assert not [name for name in names if name.endswith(("Input", "Output")) or "__" in name]
    answers = said["paths"]["/records"]["post"]["responses"]
    assert answers["200"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Record"}
    assert set(answers) == {"200", "400", "401", "403", "404", "409", "422"}
    assert answers["422"]["content"] == {MEDIA_TYPE: {"schema": SCHEMA}}


def test_the_form_of_an_act_stands_in_openapi():
    """As the body of a route: valid, and each reference leads somewhere."""
    app = FastAPI(responses=RESPONSES)
    every = [(kind, act) for kind in RECORDS for act in dict.fromkeys((*kind.begins(), *kind.acts()[:2]))]
    for kind, act in every:
        takes = {"content": {"application/json": {"schema": schema(kind, act)}}}
        app.post(f"/{kind.type}/{act}", openapi_extra={"requestBody": takes}, response_model=kind)(lambda: None)
    said = app.openapi()
    validate(said)
    for ref in references(said):
        at = said
        assert ref.startswith("#/")
        for step in ref[2:].split("/"):
            at = at[step]
        assert at
    for kind, act in every:
        body = said["paths"][f"/{kind.type}/{act}"]["post"]["requestBody"]["content"]["application/json"]["schema"]
        assert body == but_nothing(schema(kind, act))


@each_kind
def test_the_form_of_each_act_has_no_reference(kind):
    """It is whole, wherever it stands."""
    for act in (*kind.begins(), *kind.acts()):
        Draft202012Validator.check_schema(schema(kind, act))
        assert not [*references(schema(kind, act))]


def but_nothing(node: Any) -> Any:
    """Leave out defaults that are null, as FastAPI does."""
    if isinstance(node, dict):
        return {name: but_nothing(inner) for name, inner in node.items() if inner is not None}
    return [but_nothing(inner) for inner in node] if isinstance(node, list) else node


def references(node: Any) -> Iterator[str]:
    """Give every reference in a document, those that choose by a type too."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        yield from (node.get("discriminator", {}).get("mapping") or {}).values()
        for inner in node.values():
            yield from references(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from references(inner)


def test_what_a_route_says_no_to_is_a_problem_too():
    """With its own headers; and 401 says how to do it."""
    told = refused(None, HTTPException(404, "There is nothing here.", {"X-More": "yes"}))
    assert (told.status_code, told.headers["x-more"], told.media_type) == (404, "yes", "application/problem+json")
    assert json.loads(told.body) == {
        "type": "about:blank", "title": "Not Found", "detail": "There is nothing here.", "status": 404, "errors": [],
    }  # fmt: skip
    assert refused(None, HTTPException(401, "Who?")).headers["www-authenticate"] == "Bearer"
