"""For each rule of the book: what makes exactly it fire, and a neighbour that passes.

Every entry is a function without arguments that gives findings: those of a refusal, or those of a day.
"""

from datetime import timedelta

from coaching import Book
from stage import ANNA, EVA, OLE, PER, refused
from stage.book import JOINED, managed, someone

FIRST_DUE = JOINED.replace(year=JOINED.year + 1)

FIRES = {
    "X001": lambda: refused(lambda: Book([someone(), someone()])),
    "X002": lambda: Book([someone(manager=OLE)]).check(JOINED),
    "X003": lambda: managed([(ANNA, OLE), (OLE, EVA), (EVA, ANNA)]).check(JOINED),
    "X004": lambda: Book([someone()]).check(FIRST_DUE),
}
PASSES = {
    "X001": lambda: Book([someone(ANNA), someone(OLE)]).check(JOINED),
    "X002": lambda: managed([(ANNA, OLE), (OLE, None)]).check(JOINED),
    "X003": lambda: managed([(ANNA, OLE), (OLE, EVA), (EVA, PER), (PER, None)]).check(JOINED),
    "X004": lambda: Book([someone()]).check(FIRST_DUE - timedelta(days=1)),
}
