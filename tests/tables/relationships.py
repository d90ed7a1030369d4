"""The table of relationships, written by hand from the domain: what the code says must equal it."""

EITHER = frozenset({"coach", "coachee"})
ASKED = frozenset({"the one asked"})
PROPOSING = frozenset({"the one who proposed"})
BEGUN = frozenset({"either, once it was active"})

GOLDEN = {
    ("propose", None, "proposed", EITHER),
    ("amend", "proposed", "proposed", EITHER),
    ("sign", "proposed", "proposed", EITHER),
    ("sign", "proposed", "active", EITHER),
    ("decline", "proposed", "declined", ASKED),
    ("take_back", "proposed", "declined", PROPOSING),
    ("revisit", "active", "proposed", EITHER),
    ("pause", "active", "paused", EITHER),
    ("resume", "paused", "active", EITHER),
    ("close", "active", "ended", EITHER),
    ("close", "paused", "ended", EITHER),
    ("close", "proposed", "ended", BEGUN),
}

SHUT = {
    # R006: what ended or was declined stays so, whatever is tried
    *(
        (act, state, "R006")
        for act in ("amend", "sign", "decline", "take_back", "revisit", "pause", "resume", "close")
        for state in ("ended", "declined")
    ),
}

REVISES = {("amend", "proposed"), ("revisit", "active")}
"""The acts that change what is signed, or void it: a new revision without signatures."""

KEEPS: set[tuple[str, str]] = set()
"""The acts that change no revision, and yet keep what they replace in the history: none."""

ONWARD = {("sign", "proposed")}
"""The way on: somebody is awaited to do it."""

CODES = {("close", "proposed"): "V010"}
"""The rule that refuses somebody else, where it is another than V011: what never was active is not closed yet."""

ASKS = {"propose": "coach coachee kind purpose", "sign": "stance", "pause": "reason", "resume": "reason"}
"""What an act asks for."""

FINAL = {"ended", "declined"}
"""Nothing leads out of it."""
