"""Old documents stay good: those of each schema number are read for ever, and its form only widens.

`tests/documents/keep.py` keeps them, once for each number. A change that fails here needs a new number and a step that lifts
the documents of the old one; nobody changes what is kept.
"""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coaching import verify
from coaching.codec import dumps, loads, schema
from coaching.records import KINDS

KEPT = Path(__file__).parent / "documents"
NUMBERS = sorted(path.stem for path in KEPT.glob("*.ndjson"))
Shape = dict[str, Any]


def documents(number: str) -> list[str]:
    """The documents that were good in the days of a schema."""
    return (KEPT / f"{number}.ndjson").read_text(encoding="utf-8").splitlines()


def form(number: str) -> dict[str, Shape]:
    """The shapes of records and parts in those days, by name."""
    shapes: dict[str, Shape] = json.loads((KEPT / f"{number}.schema.json").read_text(encoding="utf-8"))
    return shapes


def test_each_number_is_kept():
    """A new number fails here until its documents are kept."""
    assert {str(kind.schema) for kind in KINDS.values()} <= set(NUMBERS)
    assert documents(NUMBERS[-1])


@pytest.mark.parametrize("number", NUMBERS)
def test_an_old_document_is_read_for_ever(number: str):
    """Each kind in each of its states; nothing is lost, and its seals hold."""
    read = [loads(line) for line in documents(number)]
    assert {record.type for record in read} == set(KINDS)
    assert [verify(record) for record in read] == [()] * len(read)
    for line, record in zip(documents(number), read, strict=True):
        if number == str(record.schema):
            assert json.loads(dumps(record)) == json.loads(line)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_form_of_a_number_only_widens(number: str):
    """Whatever the schema took, the one of today takes, as long as the number is the same."""
    assert [*narrowed(form(number), schema()["$defs"])] == []


BROKEN: dict[str, Callable[[dict[str, Shape]], object]] = {
    "Goal.why is gone": lambda it: it["Goal"]["properties"].pop("why"),
    "Goal is asked for why": lambda it: it["Goal"]["required"].append("why"),
    "GoalKind has no word learning": lambda it: it["GoalKind"]["enum"].remove("learning"),
    "Slot.minutes: maximum is narrower": lambda it: it["Slot"]["properties"]["minutes"].update(maximum=90),
    "Slot.place: maxLength is narrower": lambda it: it["Slot"]["properties"]["place"].update(maxLength=20),
    "Turn.open: default is another": lambda it: it["Turn"]["properties"]["open"].update(default=True),
    "Ref is gone": lambda it: it.pop("Ref"),
    "Slot.minutes: type is another": lambda it: it["Slot"]["properties"]["minutes"].update(type="string"),
}
"""Changes that would break an old document, each with what is said of it."""


@pytest.mark.parametrize("said", BROKEN)
def test_what_would_break_an_old_document_is_found(said: str):
    """By the form alone, whether or not a kept document has the field."""
    now = copy.deepcopy(schema()["$defs"])
    BROKEN[said](now)
    assert [*narrowed(form(NUMBERS[-1]), now)] == [said]


def narrowed(old: dict[str, Shape], new: dict[str, Shape]) -> Iterator[str]:
    """Say where a form takes less than an older one did, or something else."""
    for name, shape in old.items():
        if name not in new:
            yield f"{name} is gone"
            continue
        now = new[name]
        yield from (f"{name} has no word {it}" for it in shape.get("enum", ()) if it not in now["enum"])
        yield from (f"{name} is asked for {it}" for it in now.get("required", ()) if it not in shape["required"])
        for field, said in shape.get("properties", {}).items():
            if field not in now["properties"]:
                yield f"{name}.{field} is gone"
            else:
                yield from (f"{name}.{field}: {it}" for it in _less(said, now["properties"][field]))


NARROWER: dict[str, Callable[[Any, Any], bool]] = {
    "maximum": lambda old, new: new < old, "maxLength": lambda old, new: new < old,
    "minimum": lambda old, new: new > old, "minLength": lambda old, new: new > old,
}  # fmt: skip


def _less(old: Any, new: Any) -> Iterator[str]:
    """Say what of a field is narrower, or another."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
            for before, now in zip(old, new, strict=True):
                yield from _less(before, now)
        return
    for key, value in old.items():
        if key in NARROWER:
            if key not in new:
                continue
            if NARROWER[key](value, new[key]):
                yield f"{key} is narrower"
        elif key in {"anyOf", "items", "allOf"}:
            yield from _less(value, new.get(key))
        elif key in {"default", "type", "$ref", "format"} and new.get(key, ...) != value:
            yield f"{key} is another"
