"""The little table of commitments, written by hand from the domain (section 3): what the code says must equal it."""

PROMISER = frozenset({"the one who promised"})
PROMISEE = frozenset({"the one it was promised to"})
EITHER = frozenset({"either side of the promise"})

GOLDEN = {
    ("promise", None, "promised", PROMISER),
    ("move_due", "promised", "promised", PROMISER),
    ("fulfil", "promised", "done", PROMISER),
    ("see", "done", "done", PROMISEE),
    ("release", "promised", "released", PROMISEE),
    ("miss_commitment", "promised", "broken", EITHER),
}

SHUT: set[tuple[str, str, str]] = set()

REVISES: set[tuple[str, str]] = set()
"""The record around it says when a promise makes a new revision."""

KEEPS = {("move_due", "promised")}
"""The day it was promised for first."""

ONWARD = {("fulfil", "promised"), ("see", "done")}
"""The way on: somebody is awaited to do it."""

CODES = {
    ("promise", None): "K002",
    ("move_due", "promised"): "K005",
    ("fulfil", "promised"): "K005",
    ("see", "done"): "K007",
    ("release", "promised"): "K007",
}
"""The rule that refuses somebody else, where it is another than V011."""

ASKS = {
    "promise": "text due",
    "move_due": "due reason",
    "fulfil": "result",
    "release": "reason",
    "miss_commitment": "reason",
}
"""What an act asks for."""

FINAL = {"done", "released", "broken"}
"""Nothing leads out of it."""
