"""The table of feedback, written by hand from the domain: what the code says must equal it."""

GIVER = frozenset({"giver"})
RECEIVER = frozenset({"receiver"})
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
    ("withdraw", "draft", "withdrawn", GIVER),
    ("withdraw", "given", "withdrawn", GIVER),
    ("share", "given", "given", EACH_OF_BOTH),
    ("share", "acknowledged", "acknowledged", EACH_OF_BOTH),
}

SHUT = {
    ("write", "given", "F006"),
    ("write", "acknowledged", "F006"),
}
