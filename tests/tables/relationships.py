"""The table of relationships, written by hand from the domain: what the code says must equal it."""

EITHER = frozenset({"coach", "coachee"})
ASKED = frozenset({"the one asked"})

GOLDEN = {
    ("propose", None, "proposed", EITHER),
    ("amend", "proposed", "proposed", EITHER),
    ("sign", "proposed", "proposed", EITHER),
    ("sign", "proposed", "active", EITHER),
    ("decline", "proposed", "declined", ASKED),
    ("revisit", "active", "proposed", EITHER),
    ("pause", "active", "paused", EITHER),
    ("resume", "paused", "active", EITHER),
    ("close", "active", "ended", EITHER),
    ("close", "paused", "ended", EITHER),
}

SHUT = {
    # R006: what ended or was declined stays so, whatever is tried
    *(
        (act, state, "R006")
        for act in ("amend", "sign", "decline", "revisit", "pause", "resume", "close")
        for state in ("ended", "declined")
    ),
}

REVISES = {("amend", "proposed"), ("revisit", "active")}
"""The acts that change what is signed, or void it: a new revision without signatures."""
