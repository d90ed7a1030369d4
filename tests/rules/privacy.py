"""For each rule of privacy: what makes exactly it fire, and a neighbour that passes.

Every entry is a function without arguments that gives findings: those of a refusal, or those of a day.
"""

from datetime import date

from coaching import Book, verify
from coaching.kernel.constraints import Id, Text
from coaching.kernel.lifecycle import ANYONE, START, Lifecycle, row
from coaching.kernel.record import Record, record
from coaching.kernel.rules import Choice
from coaching.privacy import Report, access_copy, count_by, erase, keeping, leftovers, undecided, view
from coaching.records import RECORDS
from stage import ANNA, OLE, STRANGER, at, on, refused
from stage.book import someone
from stage.goals import agreed_goal, draft_goal
from stage.people import HR, erased, gone, registered
from stage.rules import refuses, warns


class DiaryState(Choice):
    """A diary is written or burnt."""

    WRITTEN = "written"
    BURNT = "burnt"


DIARY = Lifecycle(
    DiaryState,
    row("begin", START, "written", ANYONE),
    row("burn", "written", "burnt", ANYONE),
    final=("burnt",),
)


@record("diary", DIARY)
class Diary(Record):
    """A kind of record of which nobody decided anything."""

    state: DiaryState
    owner: Id
    line: Text | None = None


@record("goal", DIARY)
class Careless(Record):
    """A goal with a text that says nothing about itself; its fields are those of a goal."""

    state: DiaryState
    owner: Id
    title: str = ""


def left_with_a_goal() -> Book:
    """Anna has left; her goal is still there."""
    return Book([gone(), agreed_goal()])


def erased_on_hold(until: date) -> Report:
    """Anna is erased on day 40, while the law holds her goal until a day."""
    return erase(Book([gone(), agreed_goal().hold(until)]), ANNA, on(40), by=HR, at=at(40))[1]


FIRES = {
    "D001": warns("keep_until", lambda: keeping(registered(), on(1))),
    "D002": warns("keep_until", lambda: keeping(registered().keep(on(0)), on(1))),
    "D003": refuses(
        ("extra", "history", "hold_until", "id", "keep_until", "line", "owner", "revision", "state"),
        lambda: undecided([Diary]),
    ),
    "D004": refuses("title", lambda: undecided([Careless])),
    "D005": refuses(
        (
            "outcome",
            "title",
            "placements[0].title",
            "positions[0].location.name",
            "positions[0].occupation.code",
            "positions[0].occupation.scheme",
            "positions[0].title",
        ),
        lambda: leftovers([erased(), draft_goal()]),
    ),
    "D006": refuses("person", lambda: refused(lambda: access_copy(Book([erased()]), ANNA))),
    "D007": refuses("", lambda: refused(lambda: count_by([someone(ANNA), someone(OLE)], lambda _: "team")["team"])),
    "D008": refuses(
        "employments[0]", lambda: refused(lambda: erase(Book([registered()]), ANNA, on(40), by=HR, at=at(40)))
    ),
    "D009": warns("hold_until", lambda: erased_on_hold(on(40)).held),
    "H004": warns(
        "history[10]",
        lambda: verify(erase(left_with_a_goal(), ANNA, on(40), by=HR, at=at(40))[0].get(type(agreed_goal()), "g-1")),
    ),
}
PASSES = {
    "D001": lambda: keeping(registered().keep(on(1)), on(1)),
    "D002": lambda: keeping(registered().keep(on(1)), on(1)),
    "D003": lambda: undecided(RECORDS),
    "D004": lambda: undecided(RECORDS),
    "D005": lambda: leftovers(erase(left_with_a_goal(), ANNA, on(40), by=HR, at=at(40))[0]),
    "D006": lambda: [] if access_copy(Book([gone()]), ANNA)["records"] else refused(list),
    "D007": lambda: [] if count_by([someone(f"p-{n}") for n in range(3)], lambda _: "t")["t"] == 3 else refused(list),
    "D008": lambda: [] if erase(left_with_a_goal(), ANNA, on(31), by=HR, at=at(40))[1].gone else refused(list),
    "D009": lambda: erased_on_hold(on(39)).held,
    "H004": lambda: verify(agreed_goal()),
}

ALSO = {
    # the other ways in which a rule can be broken
    "D003 view": refuses("title", lambda: refused(lambda: view(agreed_goal(), STRANGER, Book(), on(30))["title"])),
    "D008 later": refuses(
        "employments[0]", lambda: refused(lambda: erase(left_with_a_goal(), ANNA, on(29), by=HR, at=at(40)))
    ),
}
"""Each key begins with the code of the only rule that fires."""
