"""For the rules of the book that were there first: what makes exactly it fire, and a neighbour that passes.

Every entry is a function without arguments that gives findings: those of a refusal, or what the book says of one record
on a day. All other rules that look across records stand in `across.py`.
"""

from datetime import timedelta

from coaching import Book, Person
from stage import ANNA, EVA, MONDAY, OLE, PER, refused
from stage.book import JOINED, advice, errors, managed, someone
from stage.feedback import given
from stage.rules import refuses, warns

FIRST_DUE = MONDAY.replace(year=MONDAY.year + 1)


def ring(*pairs):
    """What is wrong with Anna, where people manage one another like that."""
    return errors(managed(pairs), Person, ANNA, JOINED)


def a_new_colleague(day):
    """What the book says of Anna, who joined on Monday, got feedback on Wednesday, and had no talk."""
    return advice(Book([someone(joined_on=MONDAY), given()]), Person, ANNA, day)


FIRES = {
    "X001": refuses("id", lambda: refused(lambda: Book([someone(), someone()]))),
    "X002": refuses(
        "positions[0].managers[0].manager", lambda: errors(Book([someone(manager=OLE)]), Person, ANNA, JOINED)
    ),
    "X003": refuses("positions", lambda: ring((ANNA, OLE), (OLE, EVA), (EVA, ANNA))),
    "X004": warns("", lambda: a_new_colleague(FIRST_DUE)),
}
PASSES = {
    "X001": lambda: errors(Book([someone(ANNA), someone(OLE)]), Person, ANNA, JOINED),
    "X002": lambda: ring((ANNA, OLE), (OLE, None)),
    "X003": lambda: ring((ANNA, OLE), (OLE, EVA), (EVA, PER), (PER, None)),
    "X004": lambda: a_new_colleague(FIRST_DUE - timedelta(days=1)),
}
