"""The tables of people, written by hand from the domain: what the code says must equal them."""

ANYONE = frozenset({"anyone"})
"""Administration: who acts is recorded, not checked."""

GOLDEN = {
    ("register", None, "known", ANYONE),
    *(
        (act, "known", "known", ANYONE)
        for act in (
            "correct", "join", "leave", "stay", "go_on_leave", "change_leave", "come_back", "cancel_leave",
            "take_position", "end_position", "change_manager", "start_placement", "extend_placement", "end_placement",
        )
    ),
    ("erase", "known", "erased", ANYONE),
}  # fmt: skip

STANDINGS = {
    "join": {"left", "outside"},
    "leave": {"active", "on_leave"},
    "go_on_leave": {"active"},
    "change_leave": {"on_leave"},
    "come_back": {"on_leave"},
    "cancel_leave": {"on_leave"},
    "take_position": {"active", "on_leave"},
    "end_position": {"active", "on_leave"},
    "change_manager": {"active", "on_leave"},
    "start_placement": {"active", "on_leave"},
    "extend_placement": {"active", "on_leave"},
    "end_placement": {"active", "on_leave"},
}
"""Where a person stands on the day that an act speaks of. What was noted wrongly is corrected anywhere, and a last day
is taken back wherever one is noted; erasing waits until every employment has ended."""

SHUT: set[tuple[str, str, str]] = set()

REVISES: set[tuple[str, str]] = set()
"""Nothing here is signed."""

KEEPS = {
    (act, "known")
    for act in (
        "correct", "leave", "stay", "change_leave", "come_back", "cancel_leave", "end_position", "change_manager",
        "extend_placement", "end_placement",
    )
}  # fmt: skip
"""Days and ids that are replaced are kept; words never."""

ONWARD: set[tuple[str, str]] = set()
"""Nobody is awaited: it is for the administration."""

CODES: dict[tuple[str, str], str] = {}
"""Nobody else is refused."""

ASKS = {
    "register": "name",
    "correct": "reason",
    "join": "joined_on",
    "leave": "left_on reason?",
    "go_on_leave": "since",
    "change_leave": "on",
    "come_back": "on",
    "cancel_leave": "on",
    "take_position": "position",
    "end_position": "position on",
    "change_manager": "position manager on",
    "start_placement": "placement",
    "extend_placement": "placement planned_to",
    "end_placement": "placement on reason?",
    "erase": "reason",
}
"""What an act asks for; with a question mark where a rule of the record asks for it."""

FINAL = {"erased"}
"""Nothing leads out of it."""
