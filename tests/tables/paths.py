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

KEEPS: set[tuple[str, str]] = set()
"""The acts that change no revision, and yet keep what they replace in the history: none."""

ONWARD = {("share", "draft"), ("sign", "shared")}
"""The way on: somebody is awaited to do it."""

LIVE = ("draft", "shared", "agreed")

CODES = {
    ("edit", "draft"): "C002",
    ("edit", "shared"): "C002",
    **{("withdraw_dream", state): "C006" for state in LIVE},
    **{("say_need", state): "N001" for state in LIVE},
    **{("release_need", state): "N002" for state in LIVE},
    **{("meet_need", state): "N004" for state in LIVE},
    **{("withdraw_need", state): "N002" for state in LIVE},
}
"""The rule that refuses somebody else, where it is another than V011."""

ASKS = {
    "dream": "id text",
    "withdraw_dream": "dream",
    "say_need": "id kind text",
    "release_need": "need release",
    "meet_need": "need met_by?",
    "withdraw_need": "need",
    "name_role_model": "id name?",
    "meet_role_model": "role_model journey",
    "share": "coach",
    "comment": "text",
    "sign": "stance",
    "start_step": "step",
    "reach_step": "step evidence?",
    "skip_step": "step reason",
    "revise": "new_id reason",
    "supersede": "newer",
    "archive": "reason",
}
"""What an act asks for; with a question mark where a rule of the record, which a house may soften, asks for it."""

FINAL = {"archived"}
"""Nothing leads out of it."""
