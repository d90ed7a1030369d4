"""The table of feedback, written by hand from the domain: what the code says must equal it."""

GIVER = frozenset({"giver"})
RECEIVER = frozenset({"receiver"})
GIVER_OR_LATE_RECEIVER = frozenset({"giver", "receiver, once what they asked for is past due"})
EACH_OF_BOTH = frozenset({"giver", "receiver"})

GOLDEN = {
    ("request", None, "requested", RECEIVER),
    ("decline", "requested", "declined", GIVER),
    ("write", None, "draft", GIVER),
    ("write", "requested", "draft", GIVER),
    ("write", "draft", "draft", GIVER),
    ("give", "draft", "given", GIVER),
    ("acknowledge", "given", "acknowledged", RECEIVER),
    ("withdraw", "requested", "withdrawn", RECEIVER),
    ("withdraw", "draft", "withdrawn", GIVER_OR_LATE_RECEIVER),
    ("withdraw", "given", "withdrawn", GIVER),
    ("share", "given", "given", EACH_OF_BOTH),
    ("share", "acknowledged", "acknowledged", EACH_OF_BOTH),
}

SHUT = {
    ("write", "given", "F006"),
    ("write", "acknowledged", "F006"),
}

REVISES: set[tuple[str, str]] = set()
"""Nothing here is signed."""

KEEPS: set[tuple[str, str]] = {("share", "given"), ("share", "acknowledged")}
"""The acts that change no revision, and yet keep what they replace in the history."""

ONWARD = {("write", "requested"), ("give", "draft"), ("acknowledge", "given")}
"""The way on: somebody is awaited to do it."""

CODES = {("acknowledge", "given"): "F007"}
"""The rule that refuses somebody else, where it is another than V011."""

ASKS = {
    "request": "giver about? due?",
    ("write", None): "receiver kind",
    ("withdraw", "given"): "reason",
    "share": "visibility",
}
"""What an act asks for; with a question mark where a rule of the record asks for it."""

FINAL = {"declined", "acknowledged", "withdrawn"}
"""Nothing leads out of it; what was acknowledged can still be shared further."""
