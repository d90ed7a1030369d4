"""The arguments of the acts on commitments, for every record that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from coaching.records.commitments import COMMITMENT, CommitmentKind
from coaching.testing.parts import texts
from coaching.testing.walks import Arguments, Given, Stage


def promised(stage: Stage, record: Any, by: str) -> Given:
    """A promise, due some time from now."""
    return {
        "id": stage.next_id("c", record.commitments),
        "text": stage.draw(texts()),
        "due": stage.ahead(60, 400),
        "kind": stage.one(list(CommitmentKind)),
        "to": stage.one([None, *(p for p in _parties(record) if p != by)]),
    }


def _parties(record: Any) -> list[str]:
    return [p for name in record.promising if (p := getattr(record, name)) is not None]


def _one(stage: Stage, record: Any, act: str, by: str) -> Any:
    row = next(r for r in COMMITMENT.rows if r.act == act)
    own = [
        c for c in record.commitments
        if COMMITMENT.find(act, c.state) and any(by in role.holders(record, c) for role in row.who)
        if act != "see" or c.seen_by is None
    ]  # fmt: skip
    return stage.one(own)


def _moved(stage: Stage, record: Any, by: str) -> Given:
    part = _one(stage, record, "move_due", by)
    due = part.due + timedelta(days=stage.number(1, 60))
    return {"commitment": part.id, "due": due, "reason": stage.draw(texts())}


def _fulfilled(stage: Stage, record: Any, by: str) -> Given:
    return {"commitment": _one(stage, record, "fulfil", by).id, "result": stage.draw(texts())}


def _seen(stage: Stage, record: Any, by: str) -> Given:
    return {"commitment": _one(stage, record, "see", by).id}


def _released(stage: Stage, record: Any, by: str) -> Given:
    return {"commitment": _one(stage, record, "release", by).id, "reason": stage.draw(texts())}


def _missed(stage: Stage, record: Any, by: str) -> Given:
    part = _one(stage, record, "miss_commitment", by)
    stage.now = max(stage.now, stage.now.replace(year=part.due.year, month=part.due.month, day=1) + timedelta(days=40))
    return {"commitment": part.id, "reason": stage.draw(texts())}


def _taken_back(stage: Stage, record: Any, by: str) -> Given:
    return {"commitment": _one(stage, record, "take_back", by).id, "reason": stage.draw(texts())}


ON_COMMITMENTS: Mapping[str, Arguments] = {
    "promise": promised,
    "move_due": _moved,
    "fulfil": _fulfilled,
    "see": _seen,
    "release": _released,
    "miss_commitment": _missed,
    "take_back": _taken_back,
}


def both_promise(stage: Stage, record: Any) -> Any:
    """A record in which a promise of each side stands, or was kept."""
    for person in _parties(record):
        if not any(c.by == person and c.live for c in record.commitments):
            record = stage.act(record, "promise", by=person, at=stage.later(), **promised(stage, record, person))
    return record
