"""The table of moves, written by hand from the domain: what the code says must equal it."""

MOVER = frozenset({"mover"})
PARTIES = frozenset({"mover", "releasing_manager", "receiving_manager", "client_by"})
MOVER_OR_RECEIVING = frozenset({"mover", "receiving_manager"})
PROMISER = frozenset({"the one who promised"})
PROMISEE = frozenset({"the one it was promised to"})
EITHER_SIDE = frozenset({"either side of the promise"})

ON_PROMISES = {
    "move_due": PROMISER,
    "fulfil": PROMISER,
    "see": PROMISEE,
    "release": PROMISEE,
    "miss_commitment": EITHER_SIDE,
}
"""Promises, the handover, are kept as in a goal: from asking on, whatever becomes of the move."""
KEPT_IN = ("asked", "agreed", "done", "declined", "withdrawn")

GOLDEN = {
    ("wish", None, "wished", MOVER),
    ("edit", "wished", "wished", MOVER),
    ("ask", "wished", "asked", MOVER),
    ("approve", "asked", "asked", PARTIES),
    ("approve", "asked", "agreed", PARTIES),
    ("change", "asked", "asked", PARTIES),
    ("change", "agreed", "asked", PARTIES),
    ("decline", "asked", "declined", PARTIES),
    ("complete", "agreed", "done", MOVER_OR_RECEIVING),
    ("plan_check_in", "agreed", "agreed", MOVER_OR_RECEIVING),
    ("plan_check_in", "done", "done", MOVER_OR_RECEIVING),
    ("withdraw", "wished", "withdrawn", MOVER),
    ("withdraw", "asked", "withdrawn", MOVER),
    ("withdraw", "agreed", "withdrawn", MOVER),
    ("promise", "asked", "asked", PARTIES),
    ("promise", "agreed", "agreed", PARTIES),
    *((act, state, state, who) for act, who in ON_PROMISES.items() for state in KEPT_IN),
}

SHUT = {("withdraw", "done", "M008")}

REVISES = {("change", "asked"), ("change", "agreed")}
"""The only act that makes a new revision, which all approve anew."""
