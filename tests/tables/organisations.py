"""The table of organisations, written by hand: the domain gives them no states, so there is one, and setting right."""

ANYONE = frozenset({"anyone"})
"""Administration: who acts is recorded, not checked."""

GOLDEN = {
    ("register", None, "known", ANYONE),
    ("correct", "known", "known", ANYONE),
}

SHUT: set[tuple[str, str, str]] = set()

REVISES: set[tuple[str, str]] = set()
