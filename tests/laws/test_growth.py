"""Laws of growth: what a document costs grows with it and no faster. Steps are counted, never time."""

import copy
import json
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from coaching import Rejected
from coaching.codec import dumps, loads, structure
from coaching.kernel.classes import model_of
from coaching.records import RECORDS
from stage import ANNA, OLE, at
from stage.everything import Kind, drawn
from stage.goals import agreed_goal
from stage.interviews import open_talk
from stage.lives import lives
from stage.nasty import as_json

SOME = 50
MOST = 2.3  # times the steps for twice as much


def steps(do: Callable[[], object]) -> int:
    """How many lines run and functions are called while something is done, those in C as well; each round of a loop counts."""
    n = 0

    def count(_frame: object, event: str, _what: object) -> object:
        nonlocal n
        n += event in {"call", "c_call", "line"}
        return count

    before = sys.getprofile(), sys.gettrace()
    sys.setprofile(lambda *what: count(*what) if what[1] == "c_call" else None)
    sys.settrace(count)
    try:
        do()
    finally:
        sys.settrace(before[1])
        sys.setprofile(before[0])
    return n


def tried(read: Callable[[Any], Any], document: Any) -> bool:
    """Whether a document is read; refused otherwise, with all that is said of it."""
    try:
        read(document)
    except Rejected as refusal:
        str(refusal)
        refusal.as_dicts()
        return False
    return True


# --- documents with long lists ---------------------------------------------------------------------------------------


def lists_in(cls: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every list of a class and of its parts, by the keys that lead there."""
    for field in model_of(cls).fields.values():
        if field.many:
            yield (*path, field.key)
        if field.holds_parts:
            yield from lists_in(field.kind, (*path, field.key))


LISTS = [(kind, path) for kind in RECORDS for path in lists_in(kind)]
each_list = pytest.mark.parametrize(
    ("kind", "path"), LISTS, ids=[f"{kind.type}-{'.'.join(path)}" for kind, path in LISTS]
)


def holder_of(document: Any, path: tuple[str, ...]) -> Any:
    """What holds the list, in the first part that has one; None where there is none."""
    if len(path) == 1:
        return document if document.get(path[0]) else None
    held = document.get(path[0])
    for part in held if isinstance(held, list) else [held] if held else []:
        found = holder_of(part, path[1:])
        if found is not None:
            return found
    return None


@cache
def one_with(kind: Kind, path: tuple[str, ...]) -> Any:
    """The plain document of a record that has something in a list."""
    for record in (*lives(kind.type), *drawn(kind)):
        document = json.loads(dumps(record), parse_float=Decimal)
        if holder_of(document, path) is not None:
            return document
    if path == ("signatures",):  # no act signs a move; a document may still hold any number
        return document | {"signatures": json.loads(dumps(agreed_goal()))["signatures"]}
    return None


def long(kind: Kind, path: tuple[str, ...], n: int, *, twice: bool) -> Any:
    """The document with so many in the list: the last copied, each with an id of its own; or one id stands twice."""
    document = copy.deepcopy(one_with(kind, path))
    holder = holder_of(document, path)
    items = holder[path[-1]]
    model = items[-1] if path != ("history",) else _repeatable(items)
    more = [named(model, i) for i in range(n)]
    if twice:
        more[-1] = copy.deepcopy(more[0])
    if path == ("history",):
        place = items.index(model) + 1
        items[place:place] = more
    else:
        items += more
    return document


def named(item: Any, i: int) -> Any:
    """A copy of an item of a list, with an id, a number or words of its own."""
    if isinstance(item, str):
        return f"{item}-{i}"
    return {**copy.deepcopy(item), **({"id": f"{item['id']}-{i}"} if "id" in item else {}),
            **({"number": item["number"] + i + 1} if "number" in item else {})}  # fmt: skip


def _repeatable(history: list[Any]) -> Any:
    """An entry that leaves state and revision as they were; else the last, and the walk is refused."""
    for before, entry in pairwise(history):
        if (before["state"], before["revision"]) == (entry["state"], entry["revision"]):
            return entry
    return history[-1]


@each_list
@pytest.mark.parametrize("twice", [False, True], ids=["each", "twice"])
@pytest.mark.parametrize("read", [loads, structure], ids=["text", "plain"])
def test_reading_a_long_list_costs_what_its_length_asks(kind: Kind, path: tuple[str, ...], twice: bool, read: Any):
    """Taken or refused: twice as many parts, twice the steps."""
    assert one_with(kind, path) is not None, "no record has anything in it"
    documents = [long(kind, path, n, twice=twice) for n in (SOME, 2 * SOME)]
    given = [as_json(document) if read is loads else document for document in documents]
    taken = [tried(read, document) for document in given]  # what is made once is not counted
    assert taken[0] == taken[1]
    few, many = (steps(lambda document=document: tried(read, document)) for document in given)
    assert many <= MOST * few, (few, many)


def test_most_long_lists_are_taken():
    """Else only refusals were measured."""
    taken = {
        f"{kind.type}-{'.'.join(path)}" for kind, path in LISTS if tried(structure, long(kind, path, 5, twice=False))
    }
    assert len(taken) >= len(LISTS) / 2, taken


# --- acts on records with long lists ---------------------------------------------------------------------------------


def talk_of(n: int) -> Any:
    """A talk with so many turns."""
    talk = open_talk()
    for i in range(n):
        talk = talk.say(f"words {i}", "note", by=(ANNA, OLE)[i % 2], at=at(30))
    return talk


def goal_of(n: int) -> Any:
    """An agreed goal with so many steps noted."""
    goal = agreed_goal()
    for i in range(n):
        goal = goal.note_progress("step", f"part {i}", by=ANNA, at=at(4))
    return goal


ACTS: dict[str, tuple[Callable[[int], Any], Callable[[Any], Any]]] = {
    "say": (talk_of, lambda talk: talk.say("More", "note", by=ANNA, at=at(31))),
    "note": (goal_of, lambda goal: goal.note_progress("step", "More", by=ANNA, at=at(5))),
}


@pytest.mark.parametrize("act", ACTS)
def test_adding_one_costs_no_more_than_the_length_asks(act: str):
    """At worst everything is looked at once."""
    make, do = ACTS[act]
    few, many = make(SOME), make(2 * SOME)
    do(few)
    assert steps(lambda: do(many)) <= MOST * steps(lambda: do(few))


def test_a_turn_costs_the_same_however_many_there_were():
    """Talks are long: only what is new is looked at; not to the line, as the process cleans up meanwhile."""
    make, do = ACTS["say"]
    few, many = make(SOME), make(4 * SOME)
    do(few)
    assert steps(lambda: do(many)) <= 1.1 * steps(lambda: do(few))


@pytest.mark.parametrize("act", ACTS)
def test_adding_one_wrongly_costs_the_same_however_many_there_are(act: str):
    """A refusal that is only about what was given looks at nothing else."""
    make, _ = ACTS[act]
    given = {"say": {"text": " ", "kind": "note"}, "note_progress": {"text": " ", "kind": "step"}}
    name = {"say": "say", "note": "note_progress"}[act]
    few, many = (make(n) for n in (SOME, 2 * SOME))
    assert few.would(name, by=ANNA, at=at(31), **given[name])
    counts = [steps(lambda r=r: r.would(name, by=ANNA, at=at(31), **given[name])) for r in (few, many)]
    assert abs(counts[0] - counts[1]) <= 5
