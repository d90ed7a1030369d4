"""Muddles: books as houses have them, of which a piece of advice speaks. Written by hand, as changed documents."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from coaching import codec
from coaching.codec import unstructure
from coaching.formats.documents import write_json
from coaching.kernel.rules import Rejected
from coaching.testing.binding.interviews import INTERVIEWS
from coaching.testing.binding.model import replay
from coaching.testing.conformance.documents import played
from coaching.testing.conformance.lives import PIECES, SCENE

Document = dict[str, Any]
Told = Mapping[str, Document]
"""Documents by `kind state`."""


def muddles() -> Iterator[tuple[str, list[Any]]]:
    """Give the code of each piece of advice, with records that it speaks of."""
    told = {f"{it.type} {it.state}": unstructure(it) for piece in PIECES for it in played(piece)}
    for code, muddle in MUDDLES.items():
        with suppress(Rejected):
            yield code, [codec.loads(write_json(it)) for it in muddle(copy.deepcopy(told))]


def _day(days: int) -> str:
    return SCENE.day(days).isoformat()


def _but(document: Document, **changed: Any) -> list[Document]:
    return [{**document, **changed}]


def _said(**changed: Any) -> list[Document]:
    """Give an annual talk in which every turn of the interviewer says something else."""
    talk = unstructure(replay(INTERVIEWS.situations(SCENE, "i-1")["signed (annual)"])[-1].after)
    for turn in talk["turns"]:
        turn.update(changed if turn["speaker"] == talk["interviewer"] else {})
    return [talk]


def _setbacks(goal: Document) -> list[Document]:
    at = goal["history"][-1]["at"]
    entry = {"at": at, "by": goal["owner"], "kind": "setback", "text": "Ill"}
    return _but(goal, progress=[entry] * 3)


def _moved(goal: Document) -> list[Document]:
    at, promise = goal["history"][-1]["at"], goal["commitments"][0]
    due = promise["due"]
    promise["moves"] = [{"old_due": due, "new_due": due, "reason": "Ill", "at": at}] * 3
    return [goal]


def _slot(told: Told, **changed: Any) -> Document:
    talk = told["interview scheduled"]
    return {**talk, "kind": "annual", "slot": {**talk["slot"], **changed}}


def _twin(document: Document, id: str) -> list[Document]:
    return [document, {**copy.deepcopy(document), "id": id}]


MUDDLES: Mapping[str, Callable[[Told], list[Document]]] = {
    "D002": lambda told: _but(told["goal achieved"], keep_until=_day(10)),
    "F005": lambda told: _but(told["feedback given"], kind="constructive", situation={"on": _day(-60)}),
    "G019": lambda told: [{**told["goal agreed"], "id": f"g-{n}"} for n in range(1, 7)],
    "G025": lambda told: _setbacks(told["goal agreed"]),
    "I021": lambda _: _said(tags=["pay"]),
    "I028": lambda told: [_slot(told, minutes=30)],
    "I033": lambda told: _twin(_slot(told), "i-2"),
    "K009": lambda told: _moved(told["goal agreed"]),
    "R008": lambda told: _but(
        told["relationship active"], agreement={**told["relationship active"]["agreement"], "review_on": _day(10)}
    ),
    "X014": lambda told: _but(told["goal draft"], owner="p-9"),
    "X021": lambda told: _twin(_but(told["person known"], external_ids={"payroll": "17"})[0], "p-18"),
}
"""For each piece of advice what it speaks of, where nothing that is played, or changed in one place, is."""
