"""Law of tools: what an assistant calls is the act itself, with the same end."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from coaching import Book, Record
from coaching.codec import converter
from coaching.integrations.tools import call, tools
from coaching.kernel.acting import OURS
from stage.everything import Kind, acting, each_kind

HELPER = "assistant"
plain = converter()


@each_kind
@settings(max_examples=15)
@given(data=st.data())
def test_an_act_by_a_tool_is_the_act(kind: Kind, data: st.DataObject):
    """What somebody may do is offered, its schema takes what the act takes, and the same comes of it."""
    record, act = data.draw(acting(kind))
    book, by, now = Book([record]), act.given["by"], act.given["at"]
    found = {tool["name"]: tool for tool in tools(book, for_=by, on=now.date())}
    tool = found.get(f"{kind.type}_{act.name}")
    takes_a_record = any(isinstance(it, Record) for it in act.given.values())  # which no assistant can send
    if kind.type in {"person", "organisation", "opportunity"} or act.name == "archive" or takes_a_record:
        assert tool is None
        return
    assert tool is not None
    given = {name: value for name, value in act.given.items() if name not in OURS}
    sent = {"record": record.id, **json.loads(json.dumps(plain.unstructure(given), default=str))}
    Draft202012Validator(tool["inputSchema"]).validate(sent)
    called = call(book, tool["name"], sent, by=by, at=now, noted_by=HELPER, id=act.given.get("id", "new-1"))
    refusals = book.would(record, act.name, **{**act.given, "noted_by": HELPER})
    told = called.result["structuredContent"].get("findings", ())
    assert [(it["code"], it["path"]) for it in told] == [(it.code, it.path) for it in refusals]
