"""The table of paths, written by hand from the domain: what the code says must equal it."""

OWNER = frozenset({"owner"})
COACH = frozenset({"coach"})
BOTH = frozenset({"owner", "coach"})
ANYONE = frozenset({"anyone"})

AT_ANY_TIME = (
    "dream",
    "withdraw_dream",
    "say_need",
    "release_need",
    "meet_need",
    "withdraw_need",
    "name_role_model",
    "meet_role_model",
)
"""The owner's to change, in a draft, shared or agreed path, without a new revision."""

GOLDEN = {
    ("begin", None, "draft", OWNER),
    ("edit", "draft", "draft", OWNER),
    ("edit", "shared", "shared", OWNER),
    *((act, state, state, OWNER) for act in AT_ANY_TIME for state in ("draft", "shared", "agreed")),
    ("share", "draft", "shared", OWNER),
    ("comment", "shared", "shared", COACH),
    ("sign", "shared", "shared", BOTH),
    ("sign", "shared", "agreed", BOTH),
    ("start_step", "agreed", "agreed", OWNER),
    ("reach_step", "agreed", "agreed", OWNER),
    ("skip_step", "agreed", "agreed", OWNER),
    ("revise", "agreed", "agreed", OWNER),
    ("supersede", "agreed", "superseded", OWNER),
    ("archive", "draft", "archived", ANYONE),
    ("archive", "shared", "archived", ANYONE),
    ("archive", "agreed", "archived", ANYONE),
    ("archive", "superseded", "archived", ANYONE),
}

SHUT: set[tuple[str, str, str]] = set()

REVISES = {("edit", "shared")}
"""The only act that makes a new revision: it changes what is signed."""
