"""The table of goals, written by hand from the domain: what the code says must equal it."""

OWNER = frozenset({"owner"})
COACH = frozenset({"coach"})
BOTH = frozenset({"owner", "coach"})
OWNER_OR_LATE_COACH = frozenset({"owner", "coach, once target_on has passed"})
PROMISER = frozenset({"the one who promised"})
PROMISEE = frozenset({"the one it was promised to"})
BOTH_SIDES = frozenset({"either side of the promise"})

KEPT_IN = ("proposed", "agreed", "paused", "achieved", "missed", "dropped")
"""A promise outlives the goal, and goes on while it is renegotiated: kept, moved, seen, released or broken."""

GOLDEN = {
    ("begin", None, "draft", OWNER),
    ("edit", "draft", "draft", OWNER),
    ("suggest_option", "draft", "draft", BOTH),
    ("suggest_option", "proposed", "proposed", BOTH),
    ("adopt_option", "draft", "draft", OWNER),
    ("adopt_option", "proposed", "proposed", OWNER),
    ("choose_option", "draft", "draft", OWNER),
    ("choose_option", "proposed", "proposed", OWNER),
    ("invest", "draft", "draft", OWNER),
    ("invest", "proposed", "proposed", OWNER),
    ("promise", "draft", "draft", BOTH),
    ("promise", "proposed", "proposed", BOTH),
    ("promise", "agreed", "agreed", BOTH),
    ("propose", "draft", "proposed", OWNER),
    ("ask_change", "proposed", "draft", COACH),
    ("recall", "proposed", "draft", OWNER),
    ("sign", "proposed", "proposed", BOTH),
    ("sign", "proposed", "agreed", BOTH),
    ("note_progress", "agreed", "agreed", BOTH),
    ("note_progress", "paused", "paused", BOTH),
    ("renegotiate", "agreed", "proposed", BOTH),
    ("renegotiate", "paused", "proposed", BOTH),
    ("pause", "agreed", "paused", OWNER),
    ("resume", "paused", "agreed", OWNER),
    ("achieve", "agreed", "achieved", OWNER),
    ("confirm", "achieved", "achieved", COACH),
    ("miss", "agreed", "missed", OWNER_OR_LATE_COACH),
    ("miss", "paused", "missed", OWNER_OR_LATE_COACH),
    *(("drop", state, "dropped", OWNER) for state in ("draft", "proposed", "agreed", "paused")),
    # where it was closed from: what is done or missed was agreed, what is dropped may have been anything
    ("reopen", "achieved", "agreed", OWNER),
    ("reopen", "missed", "agreed", OWNER),
    ("reopen", "missed", "paused", OWNER),
    *(("reopen", "dropped", state, OWNER) for state in ("draft", "proposed", "agreed", "paused")),
    *(("move_due", state, state, PROMISER) for state in KEPT_IN),
    *(("take_back", state, state, PROMISER) for state in KEPT_IN),
    *(("fulfil", state, state, PROMISER) for state in KEPT_IN),
    *(("see", state, state, PROMISEE) for state in KEPT_IN),
    *(("release", state, state, PROMISEE) for state in KEPT_IN),
    *(("miss_commitment", state, state, BOTH_SIDES) for state in KEPT_IN),
}

SHUT = {
    # G009: what two people signed is not changed by editing it
    *((act, state, "G009") for act in ("edit", "invest", "choose_option") for state in ("agreed", "paused")),
}

REVISES = {
    ("promise", "proposed"),
    ("choose_option", "proposed"),
    ("invest", "proposed"),
    ("ask_change", "proposed"),
    ("recall", "proposed"),
    ("renegotiate", "agreed"),
    ("renegotiate", "paused"),
}
"""The acts that change what is signed, or void it: a new revision without signatures."""

KEEPS: set[tuple[str, str]] = {
    *((act, state) for act in ("move_due", "take_back") for state in KEPT_IN),
    *(("drop", state) for state in ("draft", "proposed", "agreed", "paused")),
    *(("reopen", state) for state in ("achieved", "missed", "dropped")),
    ("propose", "draft"),
    ("pause", "agreed"),
    ("resume", "paused"),
    ("achieve", "agreed"),
    ("miss", "agreed"),
    ("miss", "paused"),
}
"""The acts that change no revision, and yet keep what they replace in the history."""

ONWARD = {
    ("propose", "draft"),
    ("sign", "proposed"),
    ("resume", "paused"),
    ("achieve", "agreed"),
}
"""The way on: somebody is awaited to do it."""

CODES = {
    **dict.fromkeys((("drop", state) for state in ("draft", "proposed", "agreed", "paused")), "G013"),
    ("propose", "draft"): "G003",
    **dict.fromkeys((("promise", state) for state in ("draft", "proposed", "agreed")), "K002"),
    **dict.fromkeys(((act, state) for act in ("move_due", "fulfil", "take_back") for state in KEPT_IN), "K005"),
    **dict.fromkeys(((act, state) for act in ("see", "release") for state in KEPT_IN), "K007"),
}
"""The rule that refuses somebody else, where it is another than V011."""

ASKS = {
    "begin": "title",
    "suggest_option": "id text",
    "adopt_option": "option",
    "choose_option": "option",
    "invest": "kind text",
    "propose": "coach",
    "ask_change": "reason",
    "sign": "stance",
    "note_progress": "kind text",
    "renegotiate": "reason",
    "pause": "reason? resume_on?",
    "achieve": "result? value?",
    "confirm": "words",
    "miss": "result learned",
    "drop": "reason?",
    "reopen": "reason",
    "promise": "text due",
    "move_due": "due reason",
    "fulfil": "result",
    "release": "reason",
    "miss_commitment": "reason",
    "take_back": "reason",
}
"""What an act asks for; with a question mark where a rule of the record, which a house may soften, asks for it."""

FIRM = {"renegotiate": "coach"}
"""What an act may set anew, but not to nothing."""

FINAL: set[str] = set()
"""A closed goal can be reopened: no state is the last."""
