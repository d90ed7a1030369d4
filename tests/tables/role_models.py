"""The little table of role models on a path, written by hand from the domain: what the code says must equal it."""

OWNER = frozenset({"owner"})

GOLDEN = {
    ("name_role_model", None, "named", OWNER),
    ("meet_role_model", "named", "met", OWNER),
}

SHUT: set[tuple[str, str, str]] = set()

REVISES: set[tuple[str, str]] = set()
"""What is said of a part never makes a new revision by itself."""

KEEPS: set[tuple[str, str]] = set()

ONWARD: set[tuple[str, str]] = set()
"""Nobody is awaited: it is the owner's to do, or to leave."""

CODES: dict[tuple[str, str], str] = {}

ASKS = {"name_role_model": "id name?", "meet_role_model": "role_model journey"}

FINAL = {"met"}
