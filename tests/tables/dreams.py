"""The little table of dreams on a path, written by hand from the domain: what the code says must equal it."""

OWNER = frozenset({"owner"})

GOLDEN = {
    ("dream", None, "alive", OWNER),
    ("withdraw_dream", "alive", "withdrawn", OWNER),
}

SHUT: set[tuple[str, str, str]] = set()

REVISES: set[tuple[str, str]] = set()
"""What is said of a part never makes a new revision by itself."""

KEEPS: set[tuple[str, str]] = set()

ONWARD: set[tuple[str, str]] = set()
"""Nobody is awaited: it is the owner's to do, or to leave."""

CODES = {("withdraw_dream", "alive"): "C006"}

ASKS = {"dream": "id text", "withdraw_dream": "dream"}

FINAL = {"withdrawn"}
