"""A house full of people around Anna, and a full record of each kind: to look at with everybody's eyes.

Top manages Per, Per manages Ole, Ole manages Anna and a peer, Anna manages Report, who manages Below. Eva managed Anna
until Monday. Coach coaches Anna; Former did once; Anna coaches Pupil. All others have a part in one record alone.
"""

from decimal import Decimal
from typing import Any

from coaching import (
    Book,
    CareerPath,
    CoachingRelationship,
    Feedback,
    Goal,
    InternalMove,
    Interview,
    Location,
    Measure,
    Opportunity,
    Organisation,
    Person,
    Ref,
    Span,
)  # fmt: skip
from coaching.records.goals import Investment, Option, Progress
from coaching.records.interviews import Absence, Disclosure, LookBack, Preparation, Slot
from coaching.records.moves import Approval
from coaching.records.needs import Need
from coaching.records.opportunities import Offer, Want
from coaching.records.paths import Dream, RoleModel, Step
from coaching.records.people import Occupation, Placement, Position
from coaching.records.relationships import Agreement
from coaching.records.turns import Turn
from stage import ANNA, EVA, OLE, PER, STRANGER, at, on
from stage.people import managers

TOP, PEER, REPORT, BELOW = "p-50", "p-51", "p-52", "p-53"
COACH, FORMER, PUPIL, INVITED = "p-60", "p-61", "p-62", "p-63"
GOAL_COACH, INTERVIEWER, GIVER = "p-70", "p-71", "p-72"
RELEASING, RECEIVING, CLIENT = "p-80", "p-81", "p-82"
POSTER, RESERVED, TAKER = "p-90", "p-91", "p-92"
HR = "hr-1"

EVERYBODY = (
    ANNA, EVA, OLE, PER, STRANGER, TOP, PEER, REPORT, BELOW, COACH, FORMER, PUPIL, INVITED, GOAL_COACH, INTERVIEWER,
    GIVER, RELEASING, RECEIVING, CLIENT, POSTER, RESERVED, TAKER, HR,
)  # fmt: skip
"""Every pair of eyes."""

JOINED = on(-600)
MANAGERS = {ANNA: EVA, PEER: OLE, OLE: PER, PER: TOP, REPORT: ANNA, BELOW: REPORT}
TODAY = on(20)
"""The day asked about."""


def person(id: str) -> Person:
    """Somebody employed, with the manager they had at first."""
    manager = MANAGERS.get(id)
    position = Position(f"po-{id}", "o-1", "Engineer", Span(JOINED), managers=managers(JOINED, manager))
    return Person.register(id, f"Name of {id}", JOINED, position=position, by=HR, at=at(-9))


def pair(id: str, coach: str, coachee: str, state: str) -> CoachingRelationship:
    """A relationship taken over in a state."""
    return CoachingRelationship.import_(
        id, state=state, coach=coach, coachee=coachee, kind="coach", by=HR, at=at(-9), source="an old list"
    )


def anna() -> Person:
    """Anna, with every field filled: she left once, came again, and is on leave from day 10 on."""
    return Person.import_(
        ANNA, state="known", name="Anna Ek", given_name="Anna", family_name="Ek", language="sv-SE",
        employments=(Span(on(-2000), on(-1000)), Span(JOINED)), leaves=(Span(on(10), on(90)),),
        external_ids={"hr": "1017"}, extra={"note": "keeps bees"}, keep_until=on(900), hold_until=on(800),
        positions=(Position("po-1", "o-1", "Consultant", Span(JOINED), managers=managers(JOINED, EVA)),),
        placements=(Placement("pl-1", "o-2", Span(on(-100)), title="Line lead", contact="Ylva", planned_to=on(300)),),
        by=HR, at=at(-9), source="the old system", reason="row 17",
    ).change_manager("po-1", OLE, on(0), by=HR, at=at(0))  # fmt: skip


def gone() -> Person:
    """Anna on her last day: the one field that nobody who stays has. From the day after, nobody manages her."""
    return anna().leave(TODAY, "moved away", by=HR, at=at(15))


def goal() -> Goal:
    """Anna's, with the coach of it, who coaches her in nothing else; paused once, achieved in the end."""
    agreed = Goal.import_(
        "g-1", state="agreed", owner=ANNA, coach=GOAL_COACH, title="Lead a pilot line", why="To be ready for a plant",
        serves=(Ref("need", "n-coach", "path-1"),), outcome="It runs a week without me",
        measure=Measure("stations", Decimal(0), Decimal(4)), kind="learning", ambition="stretch", reality="Nobody tried",
        obstacles=("Time",), options=(Option("o-1", "Shadow Eva", ANNA),), chosen="o-1",
        investments=(Investment("time", "Fridays"),), importance=9, confidence=8, support_wanted="Time off",
        target_on=on(180), parent="g-0", from_interview="i-1", extra={"note": "from a workshop"}, keep_until=on(900), hold_until=on(800),
        by=HR, at=at(1), source="the old system", reason="row 18",
    ).promise("c-1", "Ask Eva", on(30), by=ANNA, at=at(2))  # fmt: skip
    return agreed.renegotiate("The client wants two", outcome="Two run a week", by=GOAL_COACH, at=at(3))


def achieved() -> Goal:
    """The same, signed anew, paused and resumed, then achieved with a value and a score."""
    goal_ = goal().promise("c-2", "Free your Fridays", on(30), to=ANNA, by=GOAL_COACH, at=at(3))
    goal_ = goal_.sign(by=ANNA, at=at(4)).sign(by=GOAL_COACH, at=at(4))
    goal_ = goal_.note_progress("win", "It ran a day", value=2, by=ANNA, at=at(5))
    return goal_.achieve("It ran nine days", value=4, score=Decimal("0.7"), by=ANNA, at=at(9))


def missed() -> Goal:
    """Taken over as missed, with what was learned."""
    return Goal.import_(
        "g-1", state="missed", owner=ANNA, coach=GOAL_COACH, title="Lead a pilot line", result="The line was closed",
        learned="To ask earlier", progress=(Progress(at(0), ANNA, "setback", "No parts"),), by=HR, at=at(1),
        source="the old system",
    )  # fmt: skip


def paused() -> Goal:
    """Taken over as paused, until a day."""
    return Goal.import_(
        "g-1", state="paused", owner=ANNA, coach=GOAL_COACH, title="Lead a pilot line", resume_on=on(60), by=HR,
        at=at(1), source="the old system",
    )  # fmt: skip


def talk() -> Interview:
    """Held by somebody who meets Anna in nothing else, and signed by both; then moved words into its history."""
    slot = Slot(at(10), 90, "Room 4")
    held = Interview.import_(
        "i-1", state="held", coachee=ANNA, interviewer=INTERVIEWER, kind="annual", due_on=on(40), cycle="2026", slot=slot,
        invited_at=at(-20), absences=(Absence(INTERVIEWER, slot),), previous="i-0", follow_up_on=on(120), held_on=on(10),
        preparations=(Preparation(ANNA, at(5), "Anna's own notes"),
                      Preparation(INTERVIEWER, at(6), "The interviewer's notes")),
        look_back=(LookBack(Ref("goal", "g-0"), "It went well", ANNA),),
        turns=(Turn(1, ANNA, "answer", "To lead a plant", vital="destination"),),
        outcomes=(Ref("goal", "g-1"),), feedback=("f-1",), disclosures=(Disclosure("nothing"),),
        extra={"note": "on paper"}, keep_until=on(900), hold_until=on(800), by=HR, at=at(11), source="the old system", reason="row 19",
    )  # fmt: skip
    held = held.promise("c-1", "Find a course", on(60), by=INTERVIEWER, at=at(11))
    return held.amend(follow_up_on=on(130), by=ANNA, at=at(11))


def talk_without_change() -> Interview:
    """Nothing came of it, and a reason says why; signed by one."""
    return Interview.import_(
        "i-1", state="held", coachee=ANNA, interviewer=INTERVIEWER, kind="check_in", no_change="All is well",
        slot=Slot(at(10), 30, "Room 4"), by=HR, at=at(11), source="the old system",
    ).sign(by=ANNA, at=at(12))  # fmt: skip


def feedback(visibility: str = "coach") -> Feedback:
    """Asked for by Anna, given by somebody, acknowledged, and shared as far as both said yes."""
    given = Feedback.import_(
        "f-1", state="given", giver=GIVER, receiver=ANNA, requested_by=ANNA, due=on(9), kind="constructive",
        about="The pilot line", refs=(Ref("goal", "g-1"),), situation={"on": on(0), "where": "the morning meeting"},
        behaviour="You spoke first", impact="The night shift was silent", impact_on="team",
        suggestion="Let them begin", intent_question="What did you want?", extra={"note": "by mail"},
        keep_until=on(900), hold_until=on(800), by=HR, at=at(5), source="the old system", reason="row 20",
    )  # fmt: skip
    known = given.acknowledge("Thank you", insight="I hurry", strength="I hear it", by=ANNA, at=at(6))
    if visibility == "two":
        return known
    return known.share(visibility, by=GIVER, at=at(7)).share(visibility, by=ANNA, at=at(7))


NEEDS = tuple(
    Need(f"n-{word}", "challenge", f"The need for {word}", on(0), release=release)
    for word, release in (("own", "owner_only"), ("coach", "coach"), ("managers", "managers"), ("client", "client"))
)
"""One released as far as each word says."""


def path(state: str = "shared") -> CareerPath:
    """Anna's, with the coach of it; with needs that are released more and less."""
    taken = CareerPath.import_(
        "path-1", state=state, owner=ANNA, coach=GOAL_COACH, success="Work that I would do unpaid", heading="Deeper",
        destination="A plant", dreams=(Dream("d-1", "A plant of my own", on(0)),), needs=NEEDS,
        role_models=(RoleModel("m-1", name="Marie", why="She went on"),),
        steps=(Step("s-1", 1, "learning", "An evening course"),), supersedes="path-0", from_interview="i-1",
        extra={"note": "drawn on a wall"}, keep_until=on(900), hold_until=on(800), by=HR, at=at(1), source="the old system",
        reason="row 21",
    )  # fmt: skip
    return taken.release_need("n-coach", "coach", by=ANNA, at=at(2))


def shared_and_signed() -> CareerPath:
    """Edited once it was shared, and signed by the owner."""
    return path().edit(heading="Home", by=ANNA, at=at(3)).sign(by=ANNA, at=at(3))


def move(state: str = "agreed", **changed: Any) -> InternalMove:
    """Anna's, from a position and a placement at once, with everybody who can have a part in it."""
    given: dict[str, Any] = {
        "mover": ANNA,
        "from_position": "po-1",
        "from_placement": "pl-1",
        "opportunity": "op-1",
        "needs": tuple(need.id for need in NEEDS),
        "why": "A line of my own",
        "releasing_manager": RELEASING,
        "receiving_manager": RECEIVING,
        "client_by": CLIENT,
        "approvals": (Approval("mover", ANNA, at(1), 1),),
        "release_on": on(59),
        "start_on": on(60),
        "check_in_on": on(120),
        "facilitators": (EVA,),
        "extra": {"note": "urgent"},
        "keep_until": on(900),
        "hold_until": on(800),
        **changed,
    }
    return InternalMove.import_("mv-1", state=state, by=HR, at=at(1), source="the old system", reason="row 22", **given)


def moved() -> InternalMove:
    """Changed once, with a promise of the handover."""
    changed = move().change(start_on=on(61), by=RECEIVING, at=at(2))
    return changed.promise("c-1", "Hand over", on(50), to=RELEASING, by=ANNA, at=at(2)).approve(by=ANNA, at=at(2))


def started() -> InternalMove:
    """Done on a day."""
    return move("done", started_on=on(60))


def opportunity() -> Opportunity:
    """One place taken, one reserved."""
    line = Opportunity.import_(
        "op-1", state="reserved", kind="placement", organisation="o-3", title="Lead of the new line",
        location=Location("Umeå", "SE"), level=4, unit="Robotics", occupation=Occupation("ISCO-08", "2141"),
        offers=(Offer("challenge", "A new line"),), wants=(Want("skill", "Commissioning"),), places=2,
        starts_on=on(60), planned_to=on(400), open_until=on(30), contact="Ask Ylva", posted_by=POSTER,
        reserved_for=(RESERVED,), filled_by=(TAKER,), extra={"note": "by phone"}, keep_until=on(900), hold_until=on(800),
        by=HR, at=at(1), source="the job board",
        reason="row 23",
    )  # fmt: skip
    return line.edit(title="Lead of the newest line", by=HR, at=at(2))


def relationship() -> CoachingRelationship:
    """The one in which Anna is coached, looked at again and signed by one."""
    pair_ = CoachingRelationship.import_(
        "r-1", state="active", coach=COACH, coachee=ANNA, kind="coach", span=Span(on(-90)),
        agreement=Agreement("Find the next step", 14, "Stays between us", False, on(90)),
        extra={"note": "third try"}, keep_until=on(900), hold_until=on(800), by=HR, at=at(1), source="the old system", reason="row 24",
    )  # fmt: skip
    return pair_.revisit(cadence=28, by=ANNA, at=at(2)).sign(by=ANNA, at=at(3))


def closed() -> CoachingRelationship:
    """Ended, with words."""
    return CoachingRelationship.import_(
        "r-1", state="active", coach=COACH, coachee=ANNA, kind="coach", span=Span(on(-90)), by=HR, at=at(1),
        source="the old system",
    ).close("Thank you", by=ANNA, at=at(3))  # fmt: skip


def organisation() -> Organisation:
    """Verk, that belongs to a group, corrected once."""
    verk = Organisation.import_(
        "o-2", state="known", name="Verkk", kinds=("client",), parent="o-7", extra={"note": "old"}, keep_until=on(900), hold_until=on(800),
        by=HR, at=at(1), source="the old system", reason="row 25",
    )  # fmt: skip
    return verk.correct(name="Verk", by=HR, at=at(2))


def full(kind: str) -> tuple[Any, ...]:
    """The staged records of a kind, which have every field of it filled between them, and whose circles are the same."""
    records: dict[str, tuple[Any, ...]] = {
        "person": (anna(), gone()),
        "goal": (goal(), achieved(), missed(), paused()),
        "interview": (talk(), talk_without_change()),
        "feedback": (feedback(),),
        "path": (path(), shared_and_signed()),
        "move": (move(), moved(), started()),
        "opportunity": (opportunity(),),
        "relationship": (relationship(), closed()),
        "organisation": (organisation(),),
    }
    return records[kind]


def house(*records: Any) -> Book:
    """Everybody of the house, who coaches whom, and these records; a record replaces the one that stands there."""
    people = [person(id) for id in EVERYBODY if id not in {ANNA, CLIENT, HR}]
    pairs = [
        pair("r-9", COACH, ANNA, "active"), pair("r-2", FORMER, ANNA, "ended"), pair("r-3", ANNA, PUPIL, "paused"),
        pair("r-4", INVITED, ANNA, "proposed"),
    ]  # fmt: skip
    book = Book([*people, anna(), *pairs])
    for record in records:
        book = book.put(record)
    return book
