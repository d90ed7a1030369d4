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
