"""The table of organisations, written by hand: the domain gives them no states, so there is one, and setting right."""

ANYONE = frozenset({"anyone"})
"""Administration: who acts is recorded, not checked."""

GOLDEN = {
    ("register", None, "known", ANYONE),
    ("correct", "known", "known", ANYONE),
}

SHUT: set[tuple[str, str, str]] = set()

REVISES: set[tuple[str, str]] = set()

KEEPS = {("correct", "known")}
"""The acts that change no revision, and yet keep what they replace in the history."""

ONWARD: set[tuple[str, str]] = set()
"""Nobody is awaited: it is for the administration."""

CODES: dict[tuple[str, str], str] = {}
"""Nobody else is refused."""

ASKS = {"register": "name"}
"""What an act asks for."""

FINAL = {"known"}
"""There is no other state."""
