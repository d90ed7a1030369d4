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
    "take_back": PROMISER,
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

KEEPS: set[tuple[str, str]] = {
    *((act, state) for act in ("move_due", "take_back") for state in KEPT_IN),
    ("plan_check_in", "agreed"),
    ("plan_check_in", "done"),
}
"""The acts that change no revision, and yet keep what they replace in the history."""

ONWARD = {("ask", "wished"), ("approve", "asked"), ("complete", "agreed")}
"""The way on: somebody is awaited to do it."""

CODES = {
    ("ask", "wished"): "M001",
    **dict.fromkeys((("withdraw", state) for state in ("wished", "asked", "agreed")), "M008"),
    ("promise", "asked"): "K002",
    ("promise", "agreed"): "K002",
    **dict.fromkeys(((act, state) for act in ("move_due", "fulfil", "take_back") for state in KEPT_IN), "K005"),
    **dict.fromkeys(((act, state) for act in ("see", "release") for state in KEPT_IN), "K007"),
}
"""The rule that refuses somebody else, where it is another than V011."""

ASKS = {
    "wish": "why",
    "ask": "opportunity releasing_manager",
    "approve": "release_on? start_on?",
    "decline": "reason? look_again_on?",
    "complete": "on?",
    "plan_check_in": "check_in_on",
    "promise": "text due",
    "move_due": "due reason",
    "fulfil": "result",
    "release": "reason",
    "miss_commitment": "reason",
    "take_back": "reason",
}
"""What an act asks for; with a question mark where a rule of the record, which a house may soften, asks for it."""

FINAL = {"done", "declined", "withdrawn"}
"""Nothing leads out of it."""
