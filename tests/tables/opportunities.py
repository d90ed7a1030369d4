"""The table of opportunities, written by hand from the domain: what the code says must equal it."""

ANYONE = frozenset({"anyone"})

GOLDEN = {
    ("post", None, "open", ANYONE),
    # other places: none may be left, or one may be left again
    *(("edit", state, new, ANYONE) for state in ("open", "reserved") for new in ("open", "reserved", "filled")),
    ("reserve", "open", "open", ANYONE),
    ("reserve", "open", "reserved", ANYONE),
    ("unreserve", "open", "open", ANYONE),
    ("unreserve", "reserved", "open", ANYONE),
    *(("fill", state, new, ANYONE) for state in ("open", "reserved") for new in ("open", "reserved", "filled")),
    *(("free", state, "open", ANYONE) for state in ("open", "reserved", "filled")),
    ("withdraw", "open", "withdrawn", ANYONE),
    ("withdraw", "reserved", "withdrawn", ANYONE),
}

SHUT: set[tuple[str, str, str]] = set()

REVISES: set[tuple[str, str]] = set()

KEEPS: set[tuple[str, str]] = {
    *((act, state) for act in ("edit", "unreserve", "fill", "free", "withdraw") for state in ("open", "reserved")),
    ("free", "filled"),
}
"""What was posted before, and who lost a reservation or a place."""

ONWARD: set[tuple[str, str]] = set()
"""Nobody is awaited: it is for the administration."""

CODES: dict[tuple[str, str], str] = {}
"""Nobody else is refused."""

ASKS = {
    "post": "title kind organisation",
    "reserve": "person",
    "unreserve": "person",
    "fill": "person",
    "free": "person reason",
}
"""What an act asks for."""

FINAL = {"withdrawn"}
"""Nothing leads out of it."""
