"""The table of opportunities, written by hand from the domain: what the code says must equal it."""

ANYONE = frozenset({"anyone"})

GOLDEN = {
    ("post", None, "open", ANYONE),
    ("edit", "open", "open", ANYONE),
    ("edit", "reserved", "reserved", ANYONE),
    ("reserve", "open", "reserved", ANYONE),
    ("unreserve", "reserved", "open", ANYONE),
    ("fill", "open", "open", ANYONE),
    ("fill", "open", "filled", ANYONE),
    ("fill", "reserved", "open", ANYONE),
    ("fill", "reserved", "filled", ANYONE),
    ("withdraw", "open", "withdrawn", ANYONE),
    ("withdraw", "reserved", "withdrawn", ANYONE),
}

SHUT: set[tuple[str, str, str]] = set()

REVISES: set[tuple[str, str]] = set()

KEEPS: set[tuple[str, str]] = set()
"""Nothing that is replaced is kept."""

ONWARD: set[tuple[str, str]] = set()
"""Nobody is awaited: it is for the administration."""

CODES: dict[tuple[str, str], str] = {}
"""Nobody else is refused."""

ASKS = {"post": "title kind organisation", "reserve": "reserved_for", "fill": "person"}
"""What an act asks for."""

FINAL = {"filled", "withdrawn"}
"""Nothing leads out of it."""
