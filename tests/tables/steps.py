"""The little table of steps on a path, written by hand from the domain: what the code says must equal it."""

OWNER = frozenset({"owner"})

GOLDEN = {
    ("edit", None, "planned", OWNER),
    ("start_step", "planned", "under_way", OWNER),
    ("reach_step", "planned", "reached", OWNER),
    ("reach_step", "under_way", "reached", OWNER),
    ("skip_step", "planned", "skipped", OWNER),
    ("skip_step", "under_way", "skipped", OWNER),
}

SHUT: set[tuple[str, str, str]] = set()

REVISES: set[tuple[str, str]] = set()
"""What is said of a part never makes a new revision by itself."""

KEEPS: set[tuple[str, str]] = set()

ONWARD: set[tuple[str, str]] = set()
"""Nobody is awaited: it is the owner's to do, or to leave."""

CODES = {("edit", None): "C002"}

ASKS = {
    "edit": "steps",
    "start_step": "step",
    "reach_step": "step evidence?",
    "skip_step": "step reason",
}

FINAL = {"reached", "skipped"}
