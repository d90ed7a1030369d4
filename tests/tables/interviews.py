"""The table of interviews, written by hand from the domain: what the code says must equal it."""

EITHER = frozenset({"coachee", "interviewer"})
INTERVIEWER = frozenset({"interviewer"})
PROMISER = frozenset({"the one who promised"})
PROMISEE = frozenset({"the one it was promised to"})
BOTH_SIDES = frozenset({"either side of the promise"})

STATES = ("planned", "scheduled", "open", "held", "signed", "cancelled")
ON_PROMISES = {
    "move_due": PROMISER,
    "fulfil": PROMISER,
    "see": PROMISEE,
    "release": PROMISEE,
    "miss_commitment": BOTH_SIDES,
}
"""A promise has a life of its own, wherever the talk stands: it may have been adjourned since, missed, and cancelled."""

GOLDEN = {
    ("plan", None, "planned", EITHER),
    ("schedule", "planned", "scheduled", EITHER),
    ("reschedule", "scheduled", "scheduled", EITHER),
    ("miss", "scheduled", "planned", EITHER),
    ("reassign", "planned", "planned", INTERVIEWER),
    ("reassign", "scheduled", "scheduled", INTERVIEWER),
    ("prepare", "scheduled", "scheduled", EITHER),
    ("start", "scheduled", "open", EITHER),
    ("say", "open", "open", EITHER),
    ("look_back_at", "open", "open", EITHER),
    ("adjourn", "open", "scheduled", EITHER),
    ("finish", "open", "held", EITHER),
    ("promise", "open", "open", EITHER),
    ("promise", "held", "held", EITHER),
    ("amend", "held", "held", EITHER),
    ("sign", "held", "held", EITHER),
    ("sign", "held", "signed", EITHER),
    ("reopen", "signed", "held", EITHER),
    ("cancel", "planned", "cancelled", EITHER),
    ("cancel", "scheduled", "cancelled", EITHER),
    *((act, state, state, who) for act, who in ON_PROMISES.items() for state in STATES),
}

SHUT = {
    ("say", "signed", "I015"),
    ("look_back_at", "signed", "I015"),
    ("amend", "signed", "I015"),
    ("promise", "signed", "I015"),
}
