"""The table of interviews, written by hand from the domain: what the code says must equal it."""

EITHER = frozenset({"coachee", "interviewer"})
PROMISER = frozenset({"the one who promised"})
PROMISEE = frozenset({"the one it was promised to"})
BOTH_SIDES = frozenset({"either side of the promise"})

STATES = ("planned", "scheduled", "open", "held", "signed", "unsigned", "cancelled")
ON_PROMISES = {
    "move_due": PROMISER,
    "fulfil": PROMISER,
    "see": PROMISEE,
    "release": PROMISEE,
    "miss_commitment": BOTH_SIDES,
    "take_back": PROMISER,
}
"""A promise has a life of its own, wherever the talk stands: it may have been adjourned since, missed, and cancelled."""

GOLDEN = {
    ("plan", None, "planned", EITHER),
    ("schedule", "planned", "scheduled", EITHER),
    ("reschedule", "scheduled", "scheduled", EITHER),
    ("miss", "scheduled", "planned", EITHER),
    ("reassign", "planned", "planned", EITHER),
    ("reassign", "scheduled", "scheduled", EITHER),
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
    ("leave_unsigned", "held", "unsigned", EITHER),
    ("reopen", "signed", "held", EITHER),
    ("reopen", "unsigned", "held", EITHER),
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

REVISES = {("promise", "held"), ("amend", "held"), ("reopen", "signed"), ("reopen", "unsigned")}
"""The acts that change what is signed, or void it: a new revision without signatures."""

KEEPS: set[tuple[str, str]] = {
    ("reschedule", "scheduled"),
    ("miss", "scheduled"),
    ("reassign", "planned"),
    ("reassign", "scheduled"),
    ("adjourn", "open"),
    *((act, state) for act in ("move_due", "take_back") for state in STATES),
}
"""The acts that change no revision, and yet keep what they replace in the history."""

ONWARD = {("schedule", "planned"), ("start", "scheduled"), ("finish", "open"), ("sign", "held")}
"""The way on: somebody is awaited to do it."""

CODES = {
    ("promise", "open"): "K002",
    ("promise", "held"): "K002",
    **dict.fromkeys(((act, state) for act in ("move_due", "fulfil", "take_back") for state in STATES), "K005"),
    **dict.fromkeys(((act, state) for act in ("see", "release") for state in STATES), "K007"),
}
"""The rule that refuses somebody else, where it is another than V011."""

ASKS = {
    "plan": "coachee interviewer kind due_on",
    "schedule": "slot",
    "reschedule": "slot reason",
    "miss": "absent reason",
    "reassign": "new_interviewer",
    "prepare": "notes",
    "say": "text kind",
    "look_back_at": "ref remark",
    "adjourn": "slot",
    "finish": "outcomes? no_change? disclosures? follow_up_on?",
    "sign": "stance",
    "leave_unsigned": "reason",
    "reopen": "reason",
    "cancel": "reason?",
    "promise": "text due",
    "move_due": "due reason",
    "fulfil": "result",
    "release": "reason",
    "miss_commitment": "reason",
    "take_back": "reason",
}
"""What an act asks for; with a question mark where a rule of the record, which a house may soften, asks for it."""

FINAL = {"cancelled"}
"""Nothing leads out of it; a talk that was signed, or left unsigned, can be reopened."""
