"""The fields of a class of ours, as tests ask for them: annotations and what must be given, by name."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from coaching.kernel.classes import model_of
from coaching.records import RECORDS


def hints_of(cls: Any) -> dict[str, Any]:
    """The annotation of each field."""
    return {name: field.hint for name, field in model_of(cls).fields.items()}


def required_of(cls: Any) -> list[str]:
    """The fields that have no default."""
    return [name for name, field in model_of(cls).fields.items() if field.required]


@cache
def classes() -> tuple[Any, ...]:
    """Every class of ours that can stand in a document: records, and the parts in them, however deep."""
    found: dict[Any, None] = {}

    def look(cls: Any) -> None:
        if cls not in found:
            found[cls] = None
            for _, model in model_of(cls).inner:
                look(model.cls)

    for kind in RECORDS:
        look(kind)
    return tuple(found)


def within(thing: Any) -> Iterator[Any]:
    """A record or part, and every part in it."""
    yield thing
    for field, _ in model_of(type(thing)).inner:
        held = getattr(thing, field.name)
        for part in held if field.many else () if held is None else (held,):
            yield from within(part)
