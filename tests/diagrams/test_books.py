"""What is drawn of a book: all that its viewer may see of a path, a timeline, a chain, and nothing else; and coverage."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from coaching import Book, Person, Position, Rejected, Span
from coaching.codec import load_book
from coaching.diagrams import Diagram, Look, chain, coverage, mermaid, path, timeline
from coaching.kernel.policy import Policy
from coaching.privacy import texts, view
from coaching.records.paths import CareerPath
from coaching.testing import books
from stage import at, codes, refused
from stage.pictures import holds, joined, passes_by, read_mermaid

PLANT = Path(__file__).parents[2] / "examples" / "plant.ndjson"
TODAY = date(2026, 11, 25)

DRAWN = settings(
    max_examples=max(20, settings().max_examples // 4),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a whole book is not made smaller in a minute
)


@pytest.fixture(scope="module")
def book() -> Book:
    """The small plant of the examples."""
    with PLANT.open("rb") as lines:
        return load_book(lines)


def test_the_plant_is_what_its_example_writes():
    """So that who reads the one reads the other."""
    command = [sys.executable, "-W", "error", str(PLANT.with_suffix(".py"))]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout == PLANT.read_bytes()
    assert done.stderr == b""


def said(diagram: Diagram) -> list[str]:
    """Every text of a diagram."""
    return [text for node in diagram.nodes for text in (node.title, *node.notes) if text]


def titles(diagram: Diagram) -> dict[str, str]:
    """The first text of each node, by what it is."""
    return {node.id: node.title for node in diagram.nodes}


def lines(diagram: Diagram) -> set[tuple[str, str]]:
    """What is joined to what."""
    return {(it.source, it.target) for it in diagram.arrows}


class TestPath:
    """Heading, steps, destination; needs, dreams, and where they led."""

    def test_all_of_her_own(self, book):
        """Steps in their order, those of one order side by side."""
        diagram = path(book, "anna", "anna", TODAY)
        assert titles(diagram) == {
            "heading": "The same line as last year",
            "need n-1": "Problems nobody here has solved", "need n-2": "Fewer late shifts",
            "dream d-1": "To run a plant of my own", "dream d-2": "To sail to the Azores and write about it",
            "step s-1": "Evening course in control theory", "step s-2": "Lead the pilot line",
            "step s-3": "Train two apprentices", "step s-4": "Deputy head of the plant in Malmö",
            "destination": "To lead a plant", "goal g-1": "Lead the pilot line", "talk i-1": "follow up talk",
        }  # fmt: skip
        assert lines(diagram) == {
            ("heading", "step s-1"), ("step s-1", "step s-2"), ("step s-1", "step s-3"), ("step s-2", "step s-4"),
            ("step s-3", "step s-4"), ("step s-4", "destination"),
            ("need n-1", "step s-1"), ("need n-1", "step s-2"), ("dream d-1", "step s-2"), ("dream d-1", "step s-4"),
            ("step s-2", "goal g-1"), ("goal g-1", "talk i-1"),
            ("heading", "need n-2"), ("heading", "dream d-2"),
        }  # fmt: skip
        assert "need, challenge, must, open" in said(diagram)
        assert "goal, agreed" in said(diagram)

    def test_what_her_coach_sees(self, book):
        """Not a need that she keeps to herself, and everything else."""
        hers, his = path(book, "anna", "anna", TODAY), path(book, "anna", "ole", TODAY)
        assert titles(hers).keys() - titles(his).keys() == {"need n-2"}
        assert "Fewer late shifts" not in mermaid(his)

    @pytest.mark.parametrize(("viewer", "told"), [("per", "State: agreed."), ("jan", "Nothing of it may be shown.")])
    def test_what_others_see(self, book, viewer, told):
        """The manager of her manager sees how it stands; somebody else nothing, and no picture fails."""
        (node,) = path(book, "anna", viewer, TODAY).nodes
        assert (node.title, node.notes) == ("path p-1", (told,))

    def test_by_its_own_id_or_the_one_that_counts(self, book):
        """The agreed one before a newer draft; without one, the newest that is open."""
        at_ = at(300)
        newer = CareerPath.begin("p-2", heading="Elsewhere", by="anna", at=at_)
        other = book.put(newer)
        assert path(other, "anna", "anna", TODAY).nodes[0].title == "The same line as last year"
        assert titles(path(other, "p-2", "anna", TODAY)) == {"heading": "Elsewhere", "destination": "Open"}
        assert lines(path(other, "p-2", "anna", TODAY)) == {("heading", "destination")}

    def test_a_goal_that_serves_a_dream_itself(self, book):
        """Is where it led, and a talk that looked back at a dream stands below it."""
        hers = {"by": "iris", "at": at(20)}
        goal = {"title": "Learn to sail", "serves": [{"kind": "dream", "id": "d-9"}], "from_interview": "i-9"}
        full = book.new("path", "begin", "p-9", heading="On", **hers)
        full = full.act(("path", "p-9"), "dream", id="d-9", text="The sea", **hers)
        full = full.act(("path", "p-9"), "dream", id="d-8", text="The sky", **hers)
        full = full.act(("path", "p-9"), "withdraw_dream", dream="d-8", **hers)
        full = full.new(
            "interview", "plan", "i-9", coachee="iris", interviewer="ole", kind="check_in", due_on=TODAY, **hers
        )
        full = full.new("goal", "begin", "g-9", **goal, **hers)
        diagram = path(full, "iris", "iris", TODAY)
        assert {("dream d-9", "goal g-9"), ("goal g-9", "talk i-9"), ("heading", "dream d-8")} <= lines(diagram)
        assert ("heading", "dream d-9") not in lines(diagram)
        assert {"dream, withdrawn", "check in talk", str(TODAY)} <= {*said(diagram)}

    def test_nobody_and_nothing(self, book):
        """Who is not here, and who has no path."""
        assert codes(refused(lambda: path(book, "nobody", "anna", TODAY))) == ["X002"]
        assert codes(refused(lambda: path(book, "jan", "jan", TODAY))) == ["X002"]
        assert codes(refused(lambda: path(book, 3, "jan", TODAY))) == ["V015"]
        assert codes(refused(lambda: path([], "jan", None, TODAY))) == ["V015"]
        assert codes(refused(lambda: path(book, "jan", "jan", "today"))) == ["V015"]


class TestTimeline:
    """Talks, goals, feedback and moves, day by day."""

    def test_day_by_day(self, book):
        """What became of each, on the day; a talk on the day it was held, though it was written down the day after."""
        diagram = timeline(book, "anna", "anna", TODAY)
        assert {node.title: node.notes for node in diagram.nodes[1:]} == {
            "2026-03-05": ("Lead the pilot line (g-1): draft",),
            "2026-03-07": ("Lead the pilot line (g-1): proposed",),
            "2026-03-09": ("Lead the pilot line (g-1): agreed",),
            "2026-04-01": ("follow up interview (i-1): planned",),
            "2026-04-02": ("follow up interview (i-1): scheduled",),
            "2026-05-01": ("follow up interview (i-1): open, held",),
            "2026-05-03": ("follow up interview (i-1): signed",),
            "2026-05-22": ("appreciation feedback (f-1): draft, given",),
            "2026-05-24": ("appreciation feedback (f-1): acknowledged",),
        }
        assert diagram.nodes[0].title == "Anna Ek"
        assert joined(diagram)

    def test_until_a_day(self, book):
        """Nothing that came after it."""
        diagram = timeline(book, "anna", "anna", date(2026, 3, 8))
        assert [node.title for node in diagram.nodes[1:]] == ["2026-03-05", "2026-03-07"]

    def test_what_others_see(self, book):
        """The manager above her coach: states and days, no title, no feedback; somebody else nothing."""
        above = timeline(book, "anna", "per", TODAY)
        assert "goal (g-1): agreed" in said(above)
        assert "pilot" not in mermaid(above)
        assert "f-1" not in mermaid(above)
        (node,) = timeline(book, "anna", "jan", TODAY).nodes
        assert node.title == "anna"
        assert timeline(book, "anna", "jan", TODAY).desc == "Nothing that may be shown."

    def test_nobody(self, book):
        """Who is not here."""
        assert codes(refused(lambda: timeline(book, "nobody", "anna", TODAY))) == ["X002"]


class TestChain:
    """Who coaches whom, up and down."""

    def test_up_and_down(self, book):
        """As far as he sees it: his own coach, and those whom he coaches; not what is between others."""
        diagram = chain(book, "ole", "ole", TODAY)
        assert lines(diagram) == {
            ("person per", "person ole"), ("person ole", "person anna"), ("person ole", "person iris"),
            ("person ole", "person sami"),
        }  # fmt: skip
        hers = chain(book, "anna", "anna", TODAY)
        assert {("person eva", "relationship r-6"), ("relationship r-6", "person anna")} <= lines(hers)
        assert {it.broken for it in hers.arrows if "relationship r-6" in {it.source, it.target}} == {True}
        assert (titles(hers)["relationship r-6"], titles(hers)["relationship r-7"]) == ("mentor", "peer")
        (it,) = [node for node in diagram.nodes if node.look is Look.END]
        assert (it.title, it.notes) == ("Ole Li", ("ole",))
        assert joined(diagram)

    def test_what_somebody_outside_sees(self, book):
        """Nothing but whom they asked about."""
        diagram = chain(book, "anna", "jan", TODAY)
        assert [(node.title, node.notes) for node in diagram.nodes] == [("anna", ())]
        assert diagram.desc == "Nobody coaches."

    def test_a_ring_of_peers(self, book):
        """Two who coach each other, and one line leads back."""
        two = book
        for n, (coach, coachee) in enumerate((("tove", "jan"), ("jan", "tove"))):
            terms = {
                "purpose": "x",
                "cadence": 30,
                "confidentiality": "y",
                "kind": "peer",
                "dual_role": coach == "tove",
            }
            two = two.new(
                "relationship", "propose", f"q-{n}", coach=coach, coachee=coachee, **terms, by=coach, at=at(1)
            )
            two = two.act(f"q-{n}", "sign", by=coach, at=at(1)).act(f"q-{n}", "sign", by=coachee, at=at(1))
        diagram = chain(two, "jan", "jan", TODAY)
        assert len([node for node in diagram.nodes if node.title == "peer"]) == 2
        assert {it.back for it in diagram.arrows} == {True, False}
        holds(diagram)


class TestCoverage:
    """Counts of units, and none of a small one."""

    def test_by_unit_and_month(self, book):
        """Those not held in time first, then the months; nobody is named."""
        diagram = coverage(book, TODAY)
        assert {node.title: node.notes for node in diagram.nodes[1:]} == {
            "Assembly": ("5 people", "never: 1", "2027-04: 1", "2027-08: 1", "2027-09: 1", "2027-10: 1"),
            "Paint shop": ("4 people", "overdue: 1", "never: 1", "2027-07: 1", "2027-10: 1"),
            "withheld": ("too few people to count: Office, Tools",),
        }
        assert joined(diagram)
        assert not any(it.id in mermaid(diagram) for it in book.all(Person) if len(it.id) > 3)

    def test_a_policy_of_the_house(self, book):
        """Larger groups alone; another cadence."""
        diagram = coverage(book, TODAY, policy=Policy(smallest_group=5, cadence="calendar"))
        assert diagram.nodes[1].notes == ("5 people", "never: 1", "2027-12: 4")
        assert diagram.nodes[2].notes == ("too few people to count: Office, Paint shop, Tools",)

    def test_people_without_a_unit(self):
        """Are a group of their own; where nobody is here, nobody is due."""
        since = TODAY - timedelta(10)
        some = Book(Person.register(f"p-{n}", "N", since, by="hr", at=at(0)) for n in range(3))
        place = Position("po", "hem", "Colleague", Span(since))
        some = some.put(Person.register("p-9", "N", since, position=place, by="hr", at=at(0)))
        assert coverage(some, TODAY).nodes[1].title == "no unit"
        assert coverage(Book(), TODAY).desc == "Nobody is employed."
        assert codes(refused(lambda: coverage([], TODAY))) == ["V015"]


@given(book=books(), data=st.data())
@DRAWN
def test_whatever_a_book_holds_is_drawn_as_its_viewer_may_see_it(book, data):
    """Each picture whole and joined, each text in Mermaid's grammar, and not a word that the viewer may not see."""
    people = sorted(it.id for it in book.all(Person))
    if not people:
        return
    person, viewer = data.draw(st.sampled_from(people)), data.draw(st.sampled_from([*people, "stranger"]))
    on = max(it.history[-1].at.date() for it in book)
    hidden = unseen(book, viewer, on)
    for draw in (path, timeline, chain):
        try:
            diagram = draw(book, person, viewer, on)
        except Rejected as refusal:
            assert (draw, codes(refusal.findings)) == (path, ["X002"])
            continue
        assert joined(diagram)
        holds(diagram)
        read_mermaid(mermaid(diagram))
        assert not any(it == word or it.startswith(f"{word} (") for it in said(diagram) for word in hidden)
    assert joined(coverage(book, on))
    holds(coverage(book, on))


def unseen(book: Book, viewer: str, on: date) -> set[str]:
    """Every text in a book that stands in no view that the viewer has of a record."""
    seen = set[str]()
    for record in book:
        seen |= {it for it in everything(view(record, viewer, book, on).as_dict()) if isinstance(it, str)}
    return {it.text for record in book for it in texts(record) if isinstance(it.text, str)} - seen - {"Open"}


def everything(value: object) -> list[object]:
    """Every value in a plain document."""
    if isinstance(value, dict):
        return [it for inner in value.values() for it in everything(inner)]
    return [it for inner in value for it in everything(inner)] if isinstance(value, list) else [value]


@pytest.mark.parametrize("draw", [path, timeline, chain])
def test_no_line_leads_through_a_box(book, draw):
    """In the pictures of the page."""
    for viewer in ("anna", "ole"):
        passes_by(holds(draw(book, viewer if draw is chain else "anna", viewer, TODAY)))
