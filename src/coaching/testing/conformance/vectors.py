"""A vector: one question as plain data, with the answer that must come. One line of a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve, frozen

from coaching.formats.documents import write_json
from coaching.testing.conformance.answering import answer, read_line

Plain = Mapping[str, Any]


@frozen
class Vector:
    """One question: an id that stays, what is asked, all that is given, and why it is worth a line.

    Attributes:
        id: What it is called, by parts: it stays as long as the question does.
        ask: What is asked for; `answering` says what there is.
        given: Everything that an answer needs.
        why: One sentence for people, where the id does not say it.
    """

    id: str
    ask: str
    given: Plain
    why: str = ""

    @property
    def asked(self) -> dict[str, Any]:
        """The question as a system reads it from a line."""
        asked: dict[str, Any] = read_line(write_json({"id": self.id, "ask": self.ask, "given": self.given}))
        return asked

    @property
    def expects(self) -> dict[str, Any]:
        """What must be answered: what the library answers."""
        return answer(self.asked)

    @property
    def codes(self) -> list[str]:
        """The codes that must be answered; none where there is something else to say."""
        return list(self.expects.get("codes", ()))

    def line(self) -> bytes:
        """The line of the file."""
        why = {"why": self.why} if self.why else {}
        return write_json({**self.asked, "expects": self.expects, **why}) + b"\n"


def numbered(vectors: Iterable[Vector]) -> list[Vector]:
    """Give vectors with ids of their own: the second of one name is called `.../2`; what is asked twice stands once."""
    found, times, known = list[Vector](), dict[str, int](), set[str]()
    for it in vectors:
        said = json.dumps([it.ask, it.given], default=str, sort_keys=True)
        if said in known:
            continue
        known.add(said)
        times[it.id] = n = times.get(it.id, 0) + 1
        found.append(it if n == 1 else evolve(it, id=f"{it.id}/{n}"))
    return found
