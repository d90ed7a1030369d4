"""The little table of needs on a path, written by hand from the domain: what the code says must equal it."""

OWNER = frozenset({"owner"})

GOLDEN = {
    ("say_need", None, "open", OWNER),
    ("release_need", "open", "open", OWNER),
    ("release_need", "met", "met", OWNER),
    ("release_need", "withdrawn", "withdrawn", OWNER),
    ("meet_need", "open", "met", OWNER),
    ("withdraw_need", "open", "withdrawn", OWNER),
}

SHUT: set[tuple[str, str, str]] = set()

REVISES: set[tuple[str, str]] = set()
"""What is said of a part never makes a new revision by itself."""

KEEPS: set[tuple[str, str]] = set()

ONWARD: set[tuple[str, str]] = set()
"""Nobody is awaited: it is the owner's to do, or to leave."""

CODES = {
    ("say_need", None): "N001",
    ("release_need", "open"): "N002",
    ("release_need", "met"): "N002",
    ("release_need", "withdrawn"): "N002",
    ("meet_need", "open"): "N004",
    ("withdraw_need", "open"): "N002",
}

ASKS = {
    "say_need": "id kind text",
    "release_need": "need release",
    "meet_need": "need met_by?",
    "withdraw_need": "need",
}

FINAL = {"met", "withdrawn"}
