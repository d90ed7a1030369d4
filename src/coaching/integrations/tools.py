"""Tools for assistants: the acts open to a person as tools of MCP, and what a call of one comes to. Needs no extra.

Read top to bottom: which tools, one of them, a call, what came of it. The assistant writes down for somebody
(`noted_by`): who acts and when are the program's to say. No word that somebody wrote stands in a tool: to an assistant
it would be an instruction. What the person may see of a record, the program shows beside it (`coaching.privacy.view`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from itertools import count
from typing import Any

from attrs import frozen
from frozendict import frozendict

from coaching.book.book import Book
from coaching.book.given import must_be
from coaching.book.naming import REFERENCES
from coaching.book.privacy.view import view
from coaching.book.shelf import X002
from coaching.formats.asked import asked_of, fields_of
from coaching.formats.forms.describing import FormField, act_form
from coaching.formats.forms.naming import head_of, label_of
from coaching.formats.forms.reading import arguments as read
from coaching.formats.json_schema import DIALECT
from coaching.kernel.acting import OURS
from coaching.kernel.checking import Faults, check_as
from coaching.kernel.constraints import V014, V015, V016, Id, Moment
from coaching.kernel.fields import Field
from coaching.kernel.lifecycle import START, V010
from coaching.kernel.policy import POLICY, Policy, asked
from coaching.kernel.record import Await, Record
from coaching.kernel.rules import Rejected, breach, brief, finding
from coaching.records import RECORDS
from coaching.records.commitments import COMMITMENT, PromisingRecord
from coaching.records.paths import PARTS, CareerPath
from coaching.records.people import Person

_id, _moment = check_as(Id), check_as(Moment)

# --- which tools -----------------------------------------------------------------------------------------------------


def tools(book: Book, *, for_: str, on: date) -> list[dict[str, Any]]:
    """Give the acts open to a person now as tools of MCP, ready for JSON: name, description, schema, annotations.

    One tool is one act on a kind of record, `goal_propose`, whose `record` is one of those that it is open to; or one
    that begins a record, `new_goal_begin`. Acts that the tables open to anybody are the administration's, and no tools:
    of people, organisations and posts, and the archive. Only records that name the person are looked at.

    Others call the same three things by other names: Anthropic `input_schema`, OpenAI `parameters`.

    Args:
        book: All that the person may act on; `Book([goal])` for one record alone.
        for_: Whom the assistant works for.
        on: The day asked about, for acts that open with time.

    Raises:
        Rejected: V001 or V015 for no id of a person, V015 for no book or no day.

    >>> from coaching.records.goals import Goal
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> goal = Goal.begin("g-1", "Lead a pilot line", by="p-17", at=noon)
    >>> offered = {tool["name"]: tool for tool in tools(Book([goal]), for_="p-17", on=noon.date())}
    >>> offered["goal_promise"]["inputSchema"]["required"]
    ['record', 'text', 'due']
    >>> offered["goal_promise"]["inputSchema"]["properties"]["record"]["enum"]
    ['g-1']
    >>> sorted(tool["name"] for tool in tools(Book([goal]), for_="p-99", on=noon.date()) if "goal" in tool["name"])
    ['new_goal_begin']
    """
    must_be("cannot list tools", book=(book, Book, "book"))
    asked(on)
    faults = Faults()
    _id(for_, "for_", faults)
    faults.refuse("cannot list tools")
    open_to = dict[str, list[Record]]()
    for record in book.concerning(for_):
        for act in _open(record, for_, on):
            open_to.setdefault(_name(type(record), act), []).append(record)
    doors = _doors().items()
    asking = _Asking(book, for_, on)
    return [_tool(name, door, open_to.get(name, []), asking) for name, door in doors if door.begins or name in open_to]


@frozen
class _Door:
    """What a name of a tool stands for: an act of a kind of record, on one or to begin one."""

    kind: type[Record]
    act: str
    begins: bool


@cache
def _doors() -> Mapping[str, _Door]:
    """Give every tool there may be, by its name: none for an act that takes another record."""
    found = dict[str, _Door]()
    for kind in RECORDS:
        for row in kind.lifecycle.rows:
            if row.act in kind.admin_acts():  # for the program to allow
                continue
            takes = fields_of(kind, row.act).values()
            if any(field.required and issubclass(field.kind, Record) for field in takes):
                continue
            for begins in sorted({source is START for source in row.sources}):
                found[_name(kind, row.act, begins=begins)] = _Door(kind, row.act, begins)
    return frozendict(found)


def _name(kind: type[Record], act: str, *, begins: bool = False) -> str:
    return f"{'new_' if begins else ''}{kind.type}_{act}"


def _open(record: Record, person: str, on: date) -> Iterator[str]:
    """Give the acts of a record that are tools for a person."""
    return (act for act in record.acts_for(person, on=on, admin=False) if _name(type(record), act) in _doors())


# --- one of them -----------------------------------------------------------------------------------------------------


@frozen
class _Asking:
    """Who is shown tools or calls one, of which book, on which day."""

    book: Book
    person: str
    on: date

    def line(self, record: Record) -> str:
        """Give the id of a record, and its state where the person may see it: who promised something may not."""
        return f"{record.id}: {record.state}" if self.sees(record) else record.id

    def sees(self, record: Record) -> bool:
        """Tell whether the person may see the state of a record."""
        return "state" in view(record, self.person, self.book, self.on)

    def refuse_unseen(self, kind: type[Record], given: Mapping[str, Any]) -> None:
        """Refuse what names a record that the person may not see, as if there were none: a rule would tell of it.

        Raises:
            Rejected: X002.
        """
        for name, word in REFERENCES.get(kind.type, {}).items():
            id = given.get(name)
            named = self.book.at(word, id) if isinstance(id, str) and word != Person.type else None
            if named is not None and not self.sees(named):
                raise Rejected.over(X002, "there is no {kind} {id}", name, of="cannot call", kind=word, id=named.id)


def _tool(name: str, door: _Door, records: list[Record], asking: _Asking) -> dict[str, Any]:
    """Describe a tool: its schema is that of the form of the act, with the record that is acted on before it."""
    owners: list[Record | type[Record]] = [*records] if records else [door.kind]
    forms = [act_form(owner, door.act, asking.person, asking.on) for owner in owners]
    made = forms[0]
    own = made.schema
    known, properties = asked_of(owners[0], door.act), dict[str, Any]()
    if records:
        states = "; ".join([asking.line(record) for record in records])
        properties["record"] = {
            "type": "string", "enum": [it.id for it in records], "description": f"Which {door.kind.type}: {states}.",
        }  # fmt: skip
    for key, said in own["properties"].items():
        fields = [field for form in forms for field in form.fields if field.name == key]
        properties[key] = _property(said, known.get(key), fields)
    schema = {
        "$schema": DIALECT, "type": "object", "properties": properties, "additionalProperties": False,
        "required": [*(["record"] if records else []), *own.get("required", [])],
    }  # fmt: skip
    return {
        "name": name,
        "title": f"{made.label} ({label_of(door.kind.type).lower()})",
        "description": made.help,
        "inputSchema": schema,
        "annotations": {
            "readOnlyHint": False, "destructiveHint": _for_good(door), "idempotentHint": False, "openWorldHint": False,
        },
    }  # fmt: skip


def _property(said: Mapping[str, Any], known: Field | None, fields: list[FormField]) -> dict[str, Any]:
    """Give the schema of an argument: what it is for, and of what the records know, no other."""
    told = {"description": help_} if (help_ := fields[0].help if fields else "") else {}
    words = dict.fromkeys(option.word for field in fields for option in field.choices)
    if known is None or known.is_choice or not words:
        return {**said, **told}
    values: list[Any] = [int(word) if known.kind is int else word for word in words]
    return {"enum": [*values, None] if known.optional else values, **told}


def _for_good(door: _Door) -> bool:
    """Tell whether an act leads, if anywhere, only where no act leads on: it cannot be taken back by another."""
    table = door.kind.lifecycle
    if issubclass(door.kind, PromisingRecord) and door.act in COMMITMENT.acts:
        table = COMMITMENT
    elif issubclass(door.kind, CareerPath) and door.act in PARTS:
        table = PARTS[door.act][2]
    return all(to in table.final for row in table.rows if row.act == door.act for to in row.targets)


# --- a call ----------------------------------------------------------------------------------------------------------


@frozen
class Called:
    """What a call came to.

    Attributes:
        book: The book afterwards; the same where the call was refused. What to store stands in its `changed`.
        result: The result for the assistant, a `CallToolResult` of MCP: `content`, `structuredContent`, `isError`.
    """

    book: Book
    result: dict[str, Any]


def call(
    book: Book,
    name: str,
    arguments: Mapping[str, Any] | None,
    *,
    by: str,
    at: datetime,
    noted_by: str,
    id: str,
    policy: Policy = POLICY,
) -> Called:
    """Do the act of a tool for somebody, and say what it changed and what is awaited now; or all that is wrong with it.

    Whatever the assistant sends, an answer comes back: what is wrong with it is told as findings, so that it can mend
    it. An act that was not among the tools is refused as by the record, and a record that has no tool for the person
    is not there. Of what changed the person is told what they may see.

    Args:
        book: All records.
        name: The tool.
        arguments: What the assistant sends: never who acts, when, under which policy, who noted it, or a new id.
        by: For whom the assistant works: it is they who act.
        at: When.
        noted_by: The id of the assistant, in the history beside that of the person.
        id: Of what is new, where the act makes something; parts of it that have none are named after it (`id-1`).
        policy: The house's numbers and severities.

    Raises:
        Rejected: What is wrong with what the program gives: V001, V003, V015. Never for what the assistant sends.

    >>> from coaching.records.people import Person
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> anna = Person.register("p-17", "Anna Ek", date(2024, 8, 1), by="hr", at=noon)
    >>> said = {"by": "p-17", "at": noon, "noted_by": "assistant"}
    >>> begun = call(Book([anna]), "new_goal_begin", {"title": "Lead a pilot line"}, **said, id="g-1")
    >>> begun.result["structuredContent"]["changed"]
    [{'type': 'goal', 'id': 'g-1', 'state': 'draft'}]
    >>> wrong = call(begun.book, "goal_propose", {"record": "g-1", "by": "p-3"}, **said, id="new")
    >>> [found["code"] for found in wrong.result["structuredContent"]["findings"]], wrong.result["isError"]
    (['V016'], True)
    """
    must_be("cannot call", book=(book, Book, "book"), policy=(policy, Policy, "policy"))
    faults = Faults()
    for given, its in (("by", by), ("noted_by", noted_by), ("id", id)):
        _id(its, given, faults)
    _moment(at, "at", faults)
    faults.refuse("cannot call")
    ours = {"by": by, "at": at, "noted_by": noted_by, "policy": policy}
    try:
        new = _done(book, name, {} if arguments is None else arguments, ours, id)
    except Rejected as refusal:
        return Called(book, _result(str(refusal), {"findings": [it.as_dict() for it in refusal.findings]}, wrong=True))
    return Called(new, _told(new, by, at.date(), policy))


def _done(book: Book, name: object, given: object, ours: Mapping[str, Any], id: str) -> Book:
    door = _doors().get(name) if isinstance(name, str) else None
    if door is None:
        raise Rejected.over(V010, "{name} is no tool", "name", of="cannot call", name=brief(name))
    if not isinstance(given, Mapping):
        wrong = "{value} is no mapping of names to values"
        raise Rejected.over(V015, wrong, "arguments", of="cannot call", value=brief(given))
    taken = [it for it in given if isinstance(it, str) and head_of(it) in OURS]
    if taken:
        what = "{name} is the program's to say, and no argument of a tool"
        raise Rejected("cannot call", [finding(V016, breach(what, it, name=it)) for it in taken])
    asking = _Asking(book, ours["by"], ours["at"].date())
    if door.begins:
        said = _said(door.kind, door.act, given, id)
        asking.refuse_unseen(door.kind, said)
        return book.new(door.kind, door.act, id, **said, **ours)
    record = _named(book, door, given, ours["by"], ours["at"].date())
    said = _said(record, door.act, {name: value for name, value in given.items() if name != "record"}, id)
    asking.refuse_unseen(door.kind, said)
    new = {it: id for it in ("id", "new_id") if it in fields_of(door.kind, door.act)}
    if door.act in {row.act for row in door.kind.lifecycle.rows_from(START)}:
        new = {}  # the id is that of a record which is there
    return book.act(record, door.act, **said, **new, **ours)


def _said(owner: Record | type[Record], act: str, given: Mapping[str, Any], id: str) -> dict[str, Any]:
    """Read what an assistant says. Parts that are new are named after the id of what is new: `id-1`, `id-2`."""
    numbers = count(1)
    said = read(owner, act, given, new_id=lambda: f"{id}-{next(numbers)}")
    return {name: value for name, value in said.items() if name not in OURS}


def _named(book: Book, door: _Door, given: Mapping[Any, Any], person: str, on: date) -> Record:
    """Give the record that is named, if it has any tool for the person."""
    id = given.get("record")
    if id is None:
        raise Rejected.over(V014, "{kind} asks for a record", "record", of="cannot call", kind=door.kind.type)
    for record in book.concerning(person):
        if (record.type, record.id) == (door.kind.type, id) and any(_open(record, person, on)):
            return record
    raise Rejected.over(X002, "there is no {kind} {id}", "record", of="cannot call", kind=door.kind.type, id=brief(id))


# --- what came of it -------------------------------------------------------------------------------------------------


def _told(book: Book, person: str, on: date, policy: Policy) -> dict[str, Any]:
    """Say what a person may know of what changed, and what is awaited now, of whom."""
    changed, awaited, lines = list[dict[str, Any]](), list[dict[str, Any]](), list[str]()
    for record in book.changed:
        seen = view(record, person, book, on, policy=policy)
        if "state" not in seen:
            continue
        changed.append({name: seen[name] for name in ("type", "id", "state")})
        lines.append(f"{record.type} {record.id} is {record.state}")
        for it in record.awaits(policy=policy):
            awaited.append({"type": record.type, "id": record.id, **_awaited(it)})
            lines.append(" ".join(["awaited of", f"{it.person}:", it.act, *([it.about] if it.about else [])]))
    return _result("\n".join(lines) or "done", {"changed": changed, "awaits": awaited}, wrong=False)


def _awaited(it: Await) -> dict[str, Any]:
    return {"person": it.person, "act": it.act, "about": it.about, "shut": list(it.shut)}


def _result(text: str, structured: Mapping[str, Iterable[Any]], *, wrong: bool) -> dict[str, Any]:
    return {"content": [{"type": "text", "text": text}], "structuredContent": dict(structured), "isError": wrong}
