"""The JSON API of `examples/web`: asked all that its OpenAPI allows, and more, by schemathesis.

A few examples in the suite. For longer, say how many: `WEB_API_EXAMPLES=300 python -m pytest tests/examples/test_web_api.py`
takes about five minutes.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import anyio
import pytest
import schemathesis
from api import make_api
from app import open_house
from httpx import ASGITransport, AsyncClient
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sessions import signed

from coaching import codec

EXAMPLES = int(os.environ.get("WEB_API_EXAMPLES", "8"))
SECRETS = ("pilot line", "home for dinner", "plant of my own", "paint shop", "night shift", "My father")
"""Words of the sample, none of which a stranger may see."""


@pytest.fixture
def house(tmp_path) -> Iterator:
    """A house of its own."""
    house = open_house(f"sqlite:///{tmp_path / 'talks.db'}", lambda: datetime(2026, 3, 2, 9, tzinfo=UTC))
    yield house
    house.store.engine.dispose()


@pytest.fixture
def api(house):
    """The application of that house."""
    return make_api(house)


KNOWN = [
    {"id": ""}, {"kind": "goal", "id": "g-1", "act": "promise"}, {"kind": "interview", "id": "i-1", "act": "say"},
    {"kind": "path", "id": "p-1", "act": "say_need"}, {"kind": "goal", "id": "g-1", "act": "renegotiate"},
]  # fmt: skip
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda it: it.value)
def test_no_answer_is_outside_what_the_api_says(api, mode):
    """No 500, no answer that OpenAPI does not have; and to a stranger no word of a record."""
    schema, asked = schemathesis.openapi.from_asgi("/openapi.json", api), 0
    tried = settings(
        max_examples=EXAMPLES, deadline=None, phases=[Phase.explicit, Phase.generate], database=None,
    )  # fmt: skip
    for found in schema.get_all_operations():
        operation = found.ok()

        @tried
        @given(case=operation.as_strategy(generation_mode=mode), known=st.sampled_from(KNOWN))
        def each(case, known):
            if case.path_parameters and known["id"]:  # mostly a record that is there
                case.path_parameters = {
                    **case.path_parameters,
                    **{k: v for k, v in known.items() if k in case.path_parameters},
                }
            for person in ("anna", "eva"):
                answer = case.call(headers={"Authorization": f"Bearer {signed(person)}"})
                case.validate_response(answer, checks=CHECKS)
                assert person == "anna" or not [it for it in SECRETS if it in answer.text]

        try:
            each()
            asked += 1
        except Unsatisfiable:  # nothing that this operation takes can be wrong
            assert mode is GenerationMode.NEGATIVE
    assert asked > 2


def ask(api, verb, path, person="anna", **more):
    """Ask as somebody."""

    async def asked():
        headers = {"Authorization": f"Bearer {signed(person)}"} if person else {}
        async with AsyncClient(transport=ASGITransport(app=api), base_url="http://here") as client:
            return await client.request(verb, path, headers=headers | more.pop("headers", {}), **more)

    return anyio.run(asked)


def test_the_api_says_what_it_is(api):
    """Valid OpenAPI, with our records by their names."""
    said = api.openapi()
    validate(said)
    assert {"Goal", "Slot", "Interview"} <= said["components"]["schemas"].keys()


def test_nobody_is_answered_without_a_name(api):
    """401, as a problem that says how to do it."""
    answer = ask(api, "GET", "/records", person=None)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.json()["status"] == 401


def test_whose_goal_it_is_gets_all_of_it(api):
    """The seals with it: the coach does not see what others keep to themselves, and a stranger learns nothing."""
    assert codec.loads(ask(api, "GET", "/goals/g-1").content).title == "Lead the pilot line"
    assert ask(api, "GET", "/goals/g-1", "per").status_code == 403
    assert ask(api, "GET", "/goals/g-1", "eva").json() == ask(api, "GET", "/goals/none", "eva").json()


def test_an_act_says_what_it_has_seen(api):
    """409 for one who has not seen what stands."""
    shown = codec.loads(ask(api, "GET", "/goals/g-1").content).digest
    path, said = "/records/goal/g-1/acts/promise", {"text": "Ask again", "due": "2026-04-01"}
    first, second = (ask(api, "POST", path, json=said, headers={"If-Match": shown}) for _ in "12")
    assert (first.status_code, second.status_code) == (200, 409)
    assert second.json()["errors"][0]["code"] == "X023"
    assert first.json()["commitments"][-1]["text"] == "Ask again"


def test_a_slot_is_booked_by_the_part_itself(api):
    """A part of ours as a body; what is wrong with it is told at its place."""
    slot = {"start": "2026-03-20T09:00:00+01:00", "minutes": 5, "place": "Room 4"}
    wrong = ask(api, "POST", "/interviews/i-1/slot", json={"slot": slot})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "#/slot/minutes")
    good = ask(api, "POST", "/interviews/i-1/slot", json={"slot": slot | {"minutes": 60}})
    assert good.json()["state"] == "scheduled"


def test_a_record_is_verified(api, house):
    """Any kind, as it stands."""
    with house.store.reading() as book:
        goal = codec.dumps(book.get("goal", "g-1"))
    forged = goal.replace(b"Lead the pilot line", b"Leave")
    headers = {"Content-Type": "application/json"}
    good, bad = (ask(api, "POST", "/verified", content=it, headers=headers).json()["codes"] for it in (goal, forged))
    assert good == []
    assert "H002" in bad
