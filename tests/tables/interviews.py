"""The table of interviews, written by hand from the domain: what the code says must equal it."""

EITHER = frozenset({"coachee", "interviewer"})
INTERVIEWER = frozenset({"interviewer"})
PROMISER = frozenset({"the one who promised"})
PROMISEE = frozenset({"the one it was promised to"})
BOTH_SIDES = frozenset({"either side of the promise"})

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
    # promises are kept once the talk was held, and no signature stands in the way
    ("move_due", "held", "held", PROMISER),
    ("move_due", "signed", "signed", PROMISER),
    ("fulfil", "held", "held", PROMISER),
    ("fulfil", "signed", "signed", PROMISER),
    ("see", "held", "held", PROMISEE),
    ("see", "signed", "signed", PROMISEE),
    ("release", "held", "held", PROMISEE),
    ("release", "signed", "signed", PROMISEE),
    ("miss_commitment", "held", "held", BOTH_SIDES),
    ("miss_commitment", "signed", "signed", BOTH_SIDES),
}

SHUT = {
    ("say", "signed", "I015"),
    ("look_back_at", "signed", "I015"),
    ("amend", "signed", "I015"),
    ("promise", "signed", "I015"),
}
