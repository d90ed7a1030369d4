"""Anna's move from Verk to Bruk in its interesting states: Ole releases her, Eva takes her on, Ylva speaks for Bruk."""

from typing import Any

from coaching.records.moves import InternalMove
from stage import ANNA, EVA, OLE, at, on

YLVA = "p-40"
"""Who speaks for the client."""

DAYS: dict[str, Any] = {"release_on": on(59), "start_on": on(60), "check_in_on": on(120)}


def wished(**details: Any) -> InternalMove:
    """Wished on day 0; from the placement at Verk."""
    given: dict[str, Any] = {"from_placement": "pl-1", "needs": ("n-1", "n-2"), **details}
    return InternalMove.wish("mv-1", "A line of my own", by=ANNA, at=at(0), **given)


def asked(wish: InternalMove | None = None, **details: Any) -> InternalMove:
    """Asked on day 1, with all the days set, and answered by nobody."""
    given: dict[str, Any] = {"releasing_manager": OLE, "receiving_manager": EVA, "client_by": YLVA, **DAYS, **details}
    return (wished() if wish is None else wish).ask("op-1", by=ANNA, at=at(1), **given)


def approved_by(*people: str, move: InternalMove | None = None, **details: Any) -> InternalMove:
    """Asked, and approved by those named on day 2."""
    move = asked(**details) if move is None else move
    for person in people:
        move = move.approve(by=person, at=at(2))
    return move


def agreed(wish: InternalMove | None = None, **details: Any) -> InternalMove:
    """Approved by everybody whose yes is needed."""
    move = asked(wish, **details)
    return approved_by(*dict.fromkeys(str(getattr(move, party)) for party in move.needed()), move=move)


def done(**details: Any) -> InternalMove:
    """Completed on day 60."""
    return agreed(**details).complete(on(60), by=ANNA, at=at(60))


def declined(reason: str = "Nobody can take over before the summer") -> InternalMove:
    """Declined by Ole on day 3, to be looked at again on day 100."""
    return asked().decline(reason, on(100), by=OLE, at=at(3))


def imported(state: str = "agreed", **fields: Any) -> InternalMove:
    """Taken over from another system on day 0, with only what is given."""
    given: dict[str, Any] = {"mover": ANNA, "from_placement": "pl-1", **fields}
    return InternalMove.import_("mv-9", state=state, by="admin", at=at(0), source="spreadsheet", **given)
