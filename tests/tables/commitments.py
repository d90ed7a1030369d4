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
    ("take_back", "done", "promised", PROMISER),
}

SHUT: set[tuple[str, str, str]] = set()

REVISES: set[tuple[str, str]] = set()
"""The record around it says when a promise makes a new revision."""

KEEPS = {("move_due", "promised"), ("take_back", "done")}
"""The day it was promised for first; the day, the result and the eyes of what was not done after all."""

ONWARD = {("fulfil", "promised"), ("see", "done")}
"""The way on: somebody is awaited to do it."""

CODES = {
    ("promise", None): "K002",
    ("move_due", "promised"): "K005",
    ("fulfil", "promised"): "K005",
    ("see", "done"): "K007",
    ("release", "promised"): "K007",
    ("take_back", "done"): "K005",
}
"""The rule that refuses somebody else, where it is another than V011."""

ASKS = {
    "promise": "text due",
    "move_due": "due reason",
    "fulfil": "result",
    "release": "reason",
    "miss_commitment": "reason",
    "take_back": "reason",
}
"""What an act asks for."""

FINAL = {"released", "broken"}
"""Nothing leads out of it."""
