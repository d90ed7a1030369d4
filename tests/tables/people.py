"""The table of people, written by hand from the domain: what the code says must equal it."""

ANYONE = frozenset({"anyone"})
"""Administration: who acts is recorded, not checked."""

WHILE_EMPLOYED = (
    "take_position",
    "end_position",
    "change_manager",
    "start_placement",
    "extend_placement",
    "end_placement",
)

GOLDEN = {
    ("register", None, "active", ANYONE),
    ("go_on_leave", "active", "on_leave", ANYONE),
    ("come_back", "on_leave", "active", ANYONE),
    ("leave", "active", "left", ANYONE),
    ("leave", "on_leave", "left", ANYONE),
    ("rejoin", "left", "active", ANYONE),
    ("erase", "left", "erased", ANYONE),
    *((act, state, state, ANYONE) for act in WHILE_EMPLOYED for state in ("active", "on_leave")),
    # what was noted wrongly is set right, until there is nothing left to set right
    *(("correct", state, state, ANYONE) for state in ("active", "on_leave", "left")),
}

SHUT: set[tuple[str, str, str]] = set()

REVISES: set[tuple[str, str]] = set()
"""Nothing here is signed."""

KEEPS: set[tuple[str, str]] = set()
"""Nothing that is replaced is kept."""

ONWARD: set[tuple[str, str]] = set()
"""Nobody is awaited: it is for the administration."""

CODES: dict[tuple[str, str], str] = {}
"""Nobody else is refused."""

ASKS = {
    "register": "name joined_on",
    "go_on_leave": "since",
    "come_back": "on",
    "take_position": "position",
    "end_position": "position on",
    "change_manager": "position manager on",
    "start_placement": "placement",
    "extend_placement": "placement planned_to",
    "end_placement": "placement on reason?",
    "leave": "left_on reason?",
    "rejoin": "joined_on",
    "erase": "reason",
}
"""What an act asks for; with a question mark where a rule of the record asks for it."""

FINAL = {"erased"}
"""Nothing leads out of it."""
