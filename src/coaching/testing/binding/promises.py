"""What may be given with the acts on promises, right and wrong: the plainest first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from coaching.testing.binding.offers import Given, Offers, because, on_day, unused
from coaching.testing.binding.scenes import OUTSIDER, Scene


def promises(scene: Scene, record: Any, by: str) -> Offers:
    """List what somebody might give, for each act on a promise of a record."""
    at = scene.now(record)
    today, last = at.date(), record.commitments[-1].id if record.commitments else "c-1"
    other = next((p for n in record.promising if (p := getattr(record, n)) not in {None, by}), None)
    fresh: Given = {
        "id": unused("c", record.commitments),
        "text": scene.text,
        "due": today + timedelta(days=40),
        "to": other,
    }
    offers: Offers = {
        "promise": [
            fresh, {**fresh, "to": None}, {**fresh, "due": today}, {**fresh, "kind": "learning"},
            {**fresh, "due": today - timedelta(days=1)}, {**fresh, "text": " "}, {**fresh, "due": None},
            {**fresh, "id": last}, {**fresh, "kind": "threat"},
        ],
    }  # fmt: skip
    named = [c.id for c in record.commitments] or ["c-1"]
    offers["move_due"] = [
        it for name in named for it in because(scene, {"commitment": name, "due": today + timedelta(days=60)})
    ]
    offers["move_due"] += [{"commitment": name, "due": None, "reason": scene.text} for name in named[:1]]
    offers["move_due"] += [
        {"commitment": c.id, "due": day, "reason": scene.text}
        for c in record.commitments
        for day in (c.made_on, c.made_on - timedelta(days=1))
    ]
    offers["fulfil"] = [{"commitment": name, "result": scene.text} for name in named]
    offers["fulfil"] += [{"commitment": name, "result": wrong} for name in named for wrong in ("", None)]
    offers["see"] = [{"commitment": name} for name in named]
    offers["release"] = [it for name in named for it in because(scene, {"commitment": name})]
    offers["miss_commitment"] = [
        {**it, "at": moment}
        for c in record.commitments
        for moment in (on_day(at, c.due + timedelta(days=1)), on_day(at, c.due))
        for it in because(scene, {"commitment": c.id})
    ] or because(scene, {"commitment": "c-1"})
    offers["take_back"] = [it for name in named for it in because(scene, {"commitment": name})]
    offers["fulfil"].append({"commitment": f"not {OUTSIDER}", "result": scene.text})
    return offers
