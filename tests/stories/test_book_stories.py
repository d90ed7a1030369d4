"""Stories that need all records together: 5 a move, 6 thanks, 7 a chain, 19 two hats, 20 an end, 28 and 29 changes."""

from datetime import date

from coaching import Book, CareerPath, Feedback, Goal, InternalMove, Interview, Opportunity, Person, Ref, Situation
from coaching.records.relationships import CoachingRelationship
from stage import ANNA, EVA, OLE, PER, at, codes, on, refused
from stage.book import someone
from stage.goals import half_signed_goal
from stage.interviews import held_talk
from stage.moves import YLVA
from stage.opportunities import UMEA, new_line
from stage.paths import draft_path
from stage.people import BRUK, HR, VERK, employed
from stage.relationships import TERMS

PEOPLE = [employed(), someone(OLE, manager=PER), someone(EVA, manager=PER), someone(PER), someone(YLVA)]


def said(book, code, day):
    """What the book says by one rule on a day: about whom, and the message."""
    return [(f.record[1], f.message) for f in book.check(day) if f.code == code]


def related(book, id, coach, coachee, kind, day=0, **terms):
    """The book with a relationship that the coach proposed and both signed."""
    given = {"coach": coach, "coachee": coachee, "kind": kind, "purpose": "Find the next step", **TERMS, **terms}
    book = book.new(CoachingRelationship, "propose", id, **given, by=coach, at=at(day))
    return book.act(id, "sign", by=coach, at=at(day)).act(id, "sign", by=coachee, at=at(day))


def test_story_5_the_move():
    """Anna asks, and all say yes. Completing moves her from Verk to Bruk; then she says which needs are met."""
    book = Book([*PEOPLE, new_line()]).new(CareerPath, "begin", "path-1", by=ANNA, at=at(0))
    needs = [
        {"id": "n-1", "kind": "challenge", "text": "Problems nobody here has solved", "importance": "must"},
        {"id": "n-2", "kind": "responsibility", "text": "Lead, not only build", "importance": "must", "level": 4},
        {"id": "n-3", "kind": "location", "text": "Near my mother", "location": UMEA},
    ]
    for need in needs:
        book = book.act("path-1", "say_need", **need, release="client", by=ANNA, at=at(0))

    book = book.new(
        InternalMove, "wish", "mv-1", why="A line of my own", needs=("n-1", "n-2", "n-3"), from_placement="pl-1",
        by=ANNA, at=at(1),
    )  # fmt: skip
    parties = {"releasing_manager": OLE, "receiving_manager": EVA, "client_by": YLVA}
    book = book.act("mv-1", "ask", opportunity="op-1", **parties, by=ANNA, at=at(2))
    assert [turn.awaited.act for turn in book.awaits(OLE)] == ["approve"]
    assert codes(book.would("mv-1", "complete", on=on(60), placement="pl-2", by=ANNA, at=at(60))) == ["V010"]

    book = book.act("mv-1", "approve", by=ANNA, at=at(3))
    book = book.act("mv-1", "approve", release_on=on(59), by=OLE, at=at(4))
    book = book.act("mv-1", "approve", start_on=on(60), by=EVA, at=at(5))
    book = book.act("mv-1", "approve", by=YLVA, at=at(6))
    assert book.get(InternalMove, "mv-1").state == "agreed"

    book = book.act("mv-1", "complete", on=on(60), placement="pl-2", by=ANNA, at=at(60))
    assert [(record.type, record.id) for record in book.changed] == [("move", "mv-1"), ("person", ANNA)]
    anna = book.get(Person, ANNA)
    assert [anna.placement_on(on(day)).client for day in (59, 60)] == [VERK, BRUK]
    assert [book.manager_of(ANNA, on(day)) for day in (59, 60)] == [OLE, EVA]
    book = book.act("op-1", "fill", person=ANNA, by=HR, at=at(60))
    assert book.get(Opportunity, "op-1").state == "filled"

    assert said(book, "X017", on(160)) == [("mv-1", f"moved {on(60)}, 3 needs open, no talk since")]
    for need in ("n-2", "n-3"):
        book = book.act("path-1", "meet_need", need=need, met_ref=Ref("move", "mv-1"), by=ANNA, at=at(90))
    assert [need.id for need in book.get(CareerPath, "path-1").open_needs()] == ["n-1"]
    assert said(book, "X017", on(160)) == []
    assert [f for f in book.check(on(160)) if f.severity == "error"] == []


def test_story_6_thanks():
    """Ole and Per made her move possible, and for a year nobody told them how they lead. Anna thanks both: no X008."""
    wish = {"why": "A line of my own", "from_placement": "pl-1", "by": ANNA, "at": at(0)}
    book = Book([*PEOPLE, new_line(places=2)]).put(employed()).new(InternalMove, "wish", "mv-1", **wish)
    ask = {"opportunity": "op-1", "releasing_manager": OLE, "facilitators": (OLE, PER), "start_on": on(50)}
    book = book.act("mv-1", "ask", **ask, release_on=on(40), by=ANNA, at=at(1))
    for person in (ANNA, OLE):
        book = book.act("mv-1", "approve", by=person, at=at(2))
    book = book.act("mv-1", "complete", on=on(50), placement="pl-2", by=ANNA, at=at(50))
    assert book.get(InternalMove, "mv-1").facilitators == (OLE, PER)

    book = related(book, "r-1", OLE, ANNA, "line_manager", 51, dual_role=True)
    book = related(book, "r-2", PER, ANNA, "mentor", 51)
    year = on(51 + 366)
    assert [person for person, _ in said(book, "X008", year)] == [PER, OLE]

    for n, (manager, deed) in enumerate([(OLE, "You let me go in March"), (PER, "You told Bruk of me")], 1):
        book = book.new(
            Feedback, "write", f"f-{n}", receiver=manager, kind="appreciation", about="My move to Bruk",
            situation=Situation(on(400)), behaviour=deed, impact="I lead a line of my own", by=ANNA, at=at(410),
        )  # fmt: skip
        book = book.act(f"f-{n}", "give", by=ANNA, at=at(410))
    assert said(book, "X008", year) == []

    book = book.act("f-1", "acknowledge", insight="Letting go is leading, too", by=OLE, at=at(411))
    assert [line.insight for line in book.insights(OLE)] == ["Letting go is leading, too"]


def test_story_7_a_chain():
    """Per coaches three employees and two managers; Ole, one of them, coaches Anna, who is two links from Per."""
    team = ("p-20", "p-21", "p-22")
    book = Book([*PEOPLE, *(someone(id, manager=PER) for id in team)])
    for n, coachee in enumerate((*team, OLE, EVA), 1):
        book = related(book, f"r-{n}", PER, coachee, "line_manager", dual_role=True)
    book = related(book, "r-6", OLE, ANNA, "line_manager", dual_role=True)
    assert book.chain(ANNA) == (OLE, PER)

    # Anna as the one above Per would close a ring of three.
    terms = {"coach": ANNA, "coachee": PER, "purpose": "Look from below", **TERMS}
    turned = book.new(CoachingRelationship, "propose", "r-7", kind="line_manager", **terms, by=ANNA, at=at(1))
    turned = turned.act("r-7", "sign", by=ANNA, at=at(1))
    (found,) = refused(lambda: turned.act("r-7", "sign", by=PER, at=at(1)))
    assert (found.code, found.message) == ("R005", f"{PER} > {ANNA} > {OLE} > {PER}")

    book = related(book, "r-7", ANNA, PER, "peer", 1)
    assert book.get(CoachingRelationship, "r-7").state == "active"
    assert book.chain(PER) == (ANNA, OLE)


def test_story_19_two_hats():
    """Ole is Anna's manager and coaches her: said to be false, it is not agreed; said openly, it is."""
    given = {"coach": OLE, "coachee": ANNA, "kind": "line_manager", "purpose": "Find the next step", **TERMS}
    book = Book(PEOPLE).new(CoachingRelationship, "propose", "r-1", dual_role=False, **given, by=OLE, at=at(0))
    book = book.act("r-1", "sign", by=OLE, at=at(1))
    (found,) = book.would("r-1", "sign", by=ANNA, at=at(2))
    assert (found.code, found.message) == ("R007", f"{OLE} manages {ANNA}")

    book = book.act("r-1", "amend", dual_role=True, by=ANNA, at=at(2))
    book = book.act("r-1", "sign", by=ANNA, at=at(2)).act("r-1", "sign", by=OLE, at=at(3))
    assert book.get(CoachingRelationship, "r-1").state == "active"

    # Eva, who does not manage her, cannot say that she does.
    book = book.new(
        CoachingRelationship, "propose", "r-2", **{**given, "coach": EVA, "kind": "mentor"}, dual_role=True, by=EVA,
        at=at(3),
    ).act("r-2", "sign", by=EVA, at=at(3))  # fmt: skip
    assert codes(book.would("r-2", "sign", by=ANNA, at=at(3))) == ["R007"]


def test_story_20_the_coachee_ends_it():
    """Anna ends it alone and gives no reason. X015 reports the goal they agreed on, until it has a home again."""
    book = related(Book(PEOPLE), "r-1", OLE, ANNA, "line_manager", dual_role=True)
    book = book.put(draft_path(), half_signed_goal())
    book = book.act("g-1", "sign", by=OLE, at=at(3))
    assert said(book, "X015", on(4)) == []

    book = book.act("r-1", "close", by=ANNA, at=at(40))
    assert (book.get(CoachingRelationship, "r-1").state, book.changed[0].history[-1].reason) == ("ended", None)
    assert said(book, "X015", on(40)) == [("g-1", f"the relationship with {OLE} has ended")]
    assert book.get(Goal, "g-1").state == "agreed"

    again = related(book, "r-2", OLE, ANNA, "coach", 41, dual_role=True)
    assert said(again, "X015", on(41)) == []
    dropped = book.act("g-1", "drop", reason="I begin anew elsewhere", by=ANNA, at=at(41))
    assert said(dropped, "X015", on(41)) == []


def test_story_28_the_manager_changes():
    """The talk is planned with Ole; then Eva manages Anna. X009 until Ole hands the talk over."""
    plan = {"coachee": ANNA, "interviewer": OLE, "kind": "annual", "due_on": on(200)}
    book = Book(PEOPLE).new(Interview, "plan", "i-1", **plan, by=ANNA, at=at(0))
    assert said(book, "X009", on(20)) == []

    book = book.act(ANNA, "change_manager", position="po-1", manager=EVA, on=on(10), by=HR, at=at(9))
    assert book.manager_of(ANNA, on(10)) == EVA
    assert said(book, "X009", on(20)) == [("i-1", f"{OLE} no longer manages or coaches the coachee")]
    assert [person for person, _ in said(book, "X013", on(20))] == [ANNA]

    assert codes(book.would("i-1", "reassign", new_interviewer=YLVA, by=OLE, at=at(20))) == ["I002"]
    book = book.act("i-1", "reassign", new_interviewer=EVA, by=OLE, at=at(20))
    book = related(book, "r-1", EVA, ANNA, "line_manager", 20, dual_role=True)
    assert said(book, "X009", on(20)) == said(book, "X013", on(20)) == []


def test_story_29_the_leaver():
    """Anna leaves. X014 lists what is open: her goal, the next talk, what she promised and what was promised to her."""
    goal = Goal.begin("g-1", "Lead a pilot line", coach=OLE, by=ANNA, at=at(0))
    book = Book([*PEOPLE, goal, held_talk()])
    plan = {"coachee": ANNA, "interviewer": OLE, "kind": "follow_up", "due_on": on(120)}
    book = book.new(Interview, "plan", "i-2", **plan, by=OLE, at=at(31))
    book = book.act(ANNA, "leave", left_on=on(60), reason="A start-up of her own", by=HR, at=at(40))
    assert said(book, "X014", on(60)) == []

    open_then = {
        (ANNA, "goal g-1 is draft"),
        (ANNA, "interview i-2 is planned"),
        (ANNA, "commitment c-1 in interview i-1 is promised"),
        (ANNA, "commitment c-2 in interview i-1 is promised"),
    }
    assert set(said(book, "X014", on(61))) == open_then

    book = book.act("g-1", "drop", reason="I leave", by=ANNA, at=at(61))
    book = book.act("i-2", "cancel", reason="She left", by=OLE, at=at(61))
    book = book.act("i-1", "fulfil", commitment="c-1", result="Eva told me", by=ANNA, at=at(61))
    book = book.act("i-1", "release", commitment="c-2", reason="No Fridays any more", by=ANNA, at=at(61))
    assert said(book, "X014", on(61)) == []
    assert book.coverage(date(2026, 12, 31)) == Book(PEOPLE[1:]).coverage(date(2026, 12, 31))
