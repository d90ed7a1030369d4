"""The kept documents and their digests: how each was made, by fixed acts, and the one command that writes them anew.

Run by hand, from the folder of the project, only when the form of documents or of seals is changed on purpose:

    PYTHONPATH=src:tests python tests/documents/write.py

It writes `<kind>.json` for each kind of record, and `digests.json` beside them; look at the difference before it is
committed. Who once wrote documents keeps them: a new form is a new schema, and the old ones stay readable.
"""

import json
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from coaching import Measure
from coaching.codec import dumps
from stage import ANNA, EVA, OLE, PER, at, on
from stage.feedback import acknowledged
from stage.goals import agreed_goal
from stage.interviews import signed_talk
from stage.moves import approved_by, asked
from stage.opportunities import reserved
from stage.organisations import registered
from stage.paths import agreed_path
from stage.people import HR, employed
from stage.relationships import active

FOLDER = Path(__file__).parent


def person() -> Any:
    """Anna, away until autumn, with the house's own values of every sort."""
    away = employed().go_on_leave(on(10), on(190), by=HR, at=at(1))
    return away.with_extra({"badge": "A 17", "desks": 2, "rate": Decimal("12.50"), "remote": True, "gone": None})


def goal() -> Any:
    """Agreed and measured, with progress, one promise kept, and a day until which it is kept."""
    goal_ = agreed_goal(measure=Measure("stations", start=0, target=4), importance=8, confidence=3)
    goal_ = goal_.note_progress("win", "Two stations run alone", value=Decimal("2.5"), by=ANNA, at=at(20))
    return goal_.fulfil("c-1", "Eva said yes", by=ANNA, at=at(21)).keep(on(900))


def path() -> Any:
    """Agreed, with a step under way."""
    return agreed_path().start_step("s-1", by=ANNA, at=at(30))


def relationship() -> Any:
    """A line manager's, paused and resumed."""
    pair = active(kind="line_manager", dual_role=True)
    return pair.pause("A parental leave", by=ANNA, at=at(10)).resume("Back at work", by=ANNA, at=at(20))


def opportunity() -> Any:
    """Reserved, then filled."""
    return reserved().fill(ANNA, by=HR, at=at(2))


def move() -> Any:
    """Done, once all four said yes and the handover was made."""
    move_ = asked(facilitators=(PER,)).promise("c-1", "Hand over the stations", on(50), to=EVA, by=ANNA, at=at(2))
    move_ = approved_by(ANNA, OLE, EVA, "p-40", move=move_)
    return move_.fulfil("c-1", "Eva runs them", by=ANNA, at=at(50)).complete(on(60), by=ANNA, at=at(60))


MADE: dict[str, Callable[[], Any]] = {
    "person": person,
    "goal": goal,
    "interview": signed_talk,
    "feedback": acknowledged,
    "path": path,
    "relationship": relationship,
    "organisation": registered,
    "opportunity": opportunity,
    "move": move,
}
"""One record of each kind."""


def digests_of(record: Any) -> dict[str, Any]:
    """Every seal of a record: of its last entry, of each entry before, and of each signature."""
    last = record.history[-1]
    return {
        "content": last.content,
        "digest": last.digest,
        "entries": [entry.digest for entry in record.history],
        "signatures": {signature.role: signature.digest for signature in getattr(record, "signatures", ())},
    }


def main() -> None:
    """Write all documents and digests anew."""
    for name, make in MADE.items():
        (FOLDER / f"{name}.json").write_bytes(dumps(make()) + b"\n")
    digests = {name: digests_of(make()) for name, make in MADE.items()}
    (FOLDER / "digests.json").write_text(json.dumps(digests, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(f"wrote {len(MADE)} documents and their digests\n")


if __name__ == "__main__":
    main()
