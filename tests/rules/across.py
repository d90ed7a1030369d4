"""For each rule across records: what makes exactly it fire, and a neighbour that passes.

Every entry is a function without arguments that gives findings: those of an act that the book would refuse, or what the
book says of one record. Ole manages Anna and coaches her; Eva and Per are colleagues.
"""

from datetime import date

from attrs import evolve

from coaching import (
    Book,
    CareerPath,
    CoachingRelationship,
    Feedback,
    Goal,
    InternalMove,
    Interview,
    Organisation,
    Person,
    Policy,
    Ref,
    Slot,
    Span,
    verify,
)
from stage import ANNA, EVA, MONDAY, OLE, PER, at, on
from stage import moves as move
from stage import opportunities as opportunity
from stage import organisations as organisation
from stage import relationships as relationship
from stage.book import advice, errors, someone, talk
from stage.feedback import LOOKING_BACK, draft
from stage.feedback import given as thanked
from stage.goals import agreed_goal, draft_goal, half_signed_goal
from stage.interviews import check_in, held_talk, planned_talk, prepared_talk, scheduled_talk
from stage.opportunities import GOTHENBURG, UMEA, new_line
from stage.paths import COURSE, PILOT, agreed_path, draft_path, imported_path, shared_path
from stage.people import employed, position
from stage.rules import refuses, warns

A_YEAR_LATER = date(2027, 3, 2)
HOUSE = [someone(ANNA, MONDAY, OLE), someone(OLE, MONDAY), someone(EVA, MONDAY), someone(PER, MONDAY)]
"""Four who joined on Monday, so that nothing is due before a year has passed."""


def house(*records):
    """A book of the four and some records; one with the same id stands in the place of the one that was there."""
    return Book(HOUSE).put(*records)


def line_manager(**changed):
    """Ole coaches Anna as her line manager, who he is."""
    return relationship.active(**{"kind": "line_manager", "dual_role": True, **changed})


def thanks(giver=OLE, receiver=ANNA, day=2, kind="appreciation", id="f-1"):
    """Feedback given on a day."""
    feedback = Feedback.write(id, receiver=receiver, kind=kind, **LOOKING_BACK, by=giver, at=at(day))
    return feedback.give(by=giver, at=at(day))


# --- what no book may hold -------------------------------------------------------------------------------------------


def ring_of_organisations(*pairs):
    """What is wrong with Verk, where organisations belong to one another like that."""
    known = [evolve(organisation.imported(), id=id, parent=parent) for id, parent in pairs]
    return errors(Book(known), Organisation, organisation.VERK)


def second_coach(**changed):
    """What is wrong with Ole's relationship to Anna, beside one of Eva's."""
    return errors(house(line_manager(), relationship.imported(coach=EVA, **changed)), CoachingRelationship, "r-1")


def coaching_ring(*pairs, kind="line_manager"):
    """What is wrong with the first of active relationships in which people coach one another like that."""
    made = [relationship.imported(coach=coach, coachee=coachee, kind=kind) for coach, coachee in pairs]
    return errors(house(*(evolve(r, id=f"r-{i}") for i, r in enumerate(made))), CoachingRelationship, "r-0")


def two_annuals(**second):
    """What is wrong with Anna's annual interview beside another talk."""
    other = evolve(planned_talk(**{"due_on": on(201), **second}), id="i-2")
    return errors(house(planned_talk(), other), Interview, "i-1")


def goal_below(parent, **fields):
    """What is wrong with Anna's goal below another."""
    goal = draft_goal(parent="g-2", serves=())
    return errors(house(goal, evolve(draft_goal(parent=parent, serves=()), id="g-2", **fields)), Goal, "g-1")


def two_paths(first, second):
    """What is wrong with a path of Anna's beside another of hers."""
    return errors(house(first, evolve(second, id="path-2")), CareerPath, "path-1")


def goal_of_a_step(owner):
    """What is wrong with Anna's path, a step of which names somebody's goal."""
    path = draft_path(steps=(COURSE, evolve(PILOT, goals=("g-2",))))
    goal = evolve(draft_goal(serves=()), id="g-2", owner=owner, coach=None)
    return errors(house(path, goal), CareerPath, "path-1")


# --- what an act may not do in the book ------------------------------------------------------------------------------


def signs(**agreement):
    """What the book says when Anna signs last; Ole manages her."""
    return house(relationship.half_signed(**agreement)).would("r-1", "sign", by=ANNA, at=at(2))


def plans(interviewer, *records):
    """What the book says when Anna plans a talk with somebody."""
    given = {"coachee": ANNA, "interviewer": interviewer, "kind": "check_in", "due_on": on(90)}
    return house(*records).would_new(Interview, "plan", "i-1", by=ANNA, at=at(3), **given)


def gives(*people):
    """What the book says when Ole gives Anna feedback."""
    return house(draft(), *people).would("f-1", "give", by=OLE, at=at(10))


def agrees(*records):
    """What the book says when Ole signs Anna's goal last."""
    return house(half_signed_goal(serves=()), *records).would("g-1", "sign", by=OLE, at=at(3))


def asks_for(posted):
    """What the book says when Anna asks for an opportunity, on day 1."""
    book = house(move.wished(needs=()), posted).put(employed())
    return book.would("mv-1", "ask", opportunity="op-1", releasing_manager=OLE, by=ANNA, at=at(1))


def part_of_a_path(need):
    """What is said of a goal that serves a need of Anna's path."""
    goal = draft_goal(serves=(Ref("need", need, "path-1"),))
    return advice(house(draft_path(), goal), Goal, "g-1", on(1))


# --- advice ----------------------------------------------------------------------------------------------------------


def between(day, *records, **agreement):
    """What is said on a day of Ole's relationship to Anna, active since day 2 with a cadence of 14 days."""
    return advice(house(relationship.active(**agreement), *records), CoachingRelationship, "r-1", on(day))


def coachees(n, **policy):
    """What is said of Ole with so many coachees."""
    made = [evolve(relationship.imported(coachee=f"c-{i}", span=Span(MONDAY)), id=f"r-{i}") for i in range(n)]
    return advice(Book([*HOUSE[1:2], *made]), Person, OLE, on(5), Policy(**policy))


def of_ole(*records):
    """What is said of Ole, who manages Anna, in the first days."""
    return advice(house(*records), Person, OLE, on(3))


def managed_anew(day, *records):
    """What is said on a day of Anna, whom Eva manages from day 3 on."""
    anna = HOUSE[0].change_manager("po-1", EVA, on(3), by="hr-1", at=at(3))
    return advice(house(anna, *records), Person, ANNA, on(day))


def a_year_later(*records):
    """What is said of Anna a year after she joined, with a talk held."""
    return advice(house(talk(on(200)), *records), Person, ANNA, A_YEAR_LATER)


def coach_a_year_later(*feedback):
    """What is said of Ole after a year of coaching Anna; Per talked with him and thanked him."""
    cared_for = (talk(on(200), OLE, interviewer=PER), thanks(PER, OLE, 210, id="f-9"))
    book = house(relationship.active(), *cared_for, *feedback)
    return advice(book.remove(HOUSE[0]), Person, OLE, date(2027, 3, 4))


def goals_at_once(n):
    """What is said of Anna with so many agreed goals."""
    return advice(house(*(evolve(agreed_goal(), id=f"g-{i}") for i in range(n))), Person, ANNA, on(5))


def leaver(day, *records):
    """What is said on a day of Anna, who leaves on day 30."""
    return advice(house(HOUSE[0].leave(on(30), by="hr-1", at=at(20)), *records), Person, ANNA, on(day))


def next_talk(*looked_at):
    """What is said of Anna's annual interview that follows one from which a goal came; the promises were kept."""
    first = held_talk().fulfil("c-1", "Done", by=ANNA, at=at(31)).fulfil("c-2", "Done", by=OLE, at=at(31))
    looks = [{"ref": ref, "remark": "It goes on", "by": ANNA} for ref in looked_at]
    second = evolve(held_talk(), id="i-2", previous="i-1", look_back=looks)
    return advice(house(agreed_goal(), first, second), Interview, "i-2", on(31))


def planned_with_ole(manager, *records):
    """What is said of a talk planned with Ole while somebody manages Anna."""
    return advice(house(someone(ANNA, MONDAY, manager), planned_talk(), *records), Interview, "i-1", on(5))


def meanwhile(minutes):
    """What is said of Anna's talk with Ole, who has one with Eva from an hour before, of so many minutes."""
    other = evolve(scheduled_talk(Slot(at(30, 11), minutes, "Room 4"), coachee=EVA, by=OLE), id="i-2")
    return advice(house(scheduled_talk(), other), Interview, "i-1", on(5))


def away(until):
    """What is said of a talk on day 30 with Ole, who is on leave from day 20 until a day."""
    ole = HOUSE[1].go_on_leave(on(20), by="hr-1", at=at(20)).come_back(until, by="hr-1", at=at(40))
    return advice(house(prepared_talk(), ole), Interview, "i-1", on(41))


def asked_for_help(day):
    """What is said on a day of a talk in which Anna asked for help on day 30 and nobody replied."""
    asked = check_in().say("Will you ask the client?", "ask_help", by=ANNA, at=at(30))
    return advice(house(asked), Interview, "i-1", on(day))


def came_to(goal, day=120):
    """What is said on a day of a talk that came to a goal, and is to be taken up again on day 120."""
    return advice(house(held_talk(), goal), Interview, "i-1", on(day))


def coached(*records):
    """What is said of Anna's agreed goal, which Ole coaches."""
    return advice(house(agreed_goal(), *records), Goal, "g-1", on(21))


def step_begun(*records):
    """What is said of Anna's path with a step under way."""
    path = agreed_path().start_step("s-1", by=ANNA, at=at(3))
    return advice(house(path, *records), CareerPath, "path-1", on(4))


def old_need(day, *records):
    """What is said on a day of a need that Anna said on day 0 and no step serves."""
    path = draft_path().say_need("n-2", "balance", "Home by five", by=ANNA, at=at(0))
    return advice(house(path, *records), CareerPath, "path-1", day)


def path_agreed(day, *records):
    """What is said on a day of Anna's path, agreed on day 2, 4 March."""
    return advice(house(agreed_path(), *records), CareerPath, "path-1", day)


def two_from_ole(*kinds):
    """What is said of Anna on day 4, who got such feedback from Ole."""
    return advice(house(*(thanks(kind=k, id=f"f-{i}") for i, k in enumerate(kinds))), Person, ANNA, on(4))


def move_for(*needs, made=None, day=1, policy=None, path=imported_path):
    """What is said on a day of Anna's move, from Verk to a line in Umeå, for needs on her path."""
    book = house(employed(), made or move.asked(), new_line(), path(needs=needs))
    return advice(book, InternalMove, "mv-1", on(day), policy or Policy())


def near(place):
    """A need to work at a place."""
    return opportunity.need("n-1", "location", "Near my mother", location=place)


def for_one_place(*others, places=1):
    """A book in which Anna's move is agreed, and moves of others to the same opportunity stand."""
    alike = [evolve(move.imported(state, mover=who, opportunity="op-1"), id=f"mv-{who}") for who, state in others]
    return house(employed(), move.agreed(), new_line(places=places), someone(move.YLVA, MONDAY), *alike)


def completes(*others):
    """What the book says when Anna completes her move."""
    return for_one_place(*others).would("mv-1", "complete", on=on(60), placement="pl-2", by=ANNA, at=at(60))


def waits_for(posted):
    """What is said of Anna's move that is asked."""
    return advice(house(employed(), move.asked(), posted), InternalMove, "mv-1", on(3))


def called(name, system="hr"):
    """What is said of Anna, whom the system "hr" calls 1017, beside Ole with such a name."""
    anna, ole = (evolve(it, external_ids=ids) for it, ids in zip(HOUSE, ({"hr": "1017"}, {system: name}), strict=False))
    return advice(house(anna, ole), Person, ANNA, on(3))


def merged(**theirs):
    """What the book says when somebody noted twice becomes Anna, of whom other systems said something."""
    twice = evolve(someone("p-71", MONDAY), external_ids=theirs)
    book = house(evolve(HOUSE[0], external_ids={"hr": "1017"}), twice)
    return book.would_merge("p-71", ANNA, by="hr-1", at=at(5), reason="Noted twice")


def renumbered(who):
    """What `verify` says of Anna's agreed goal after somebody got another id."""
    book = house(agreed_goal()).renumber(who, "1017", by="hr-1", at=at(40), reason="One number for all houses")
    return verify(book.get(Goal, "g-1"))


def edits_what_was_seen(seen):
    """Anna edits her draft as she saw it."""
    written = draft_goal()
    book = house(written.edit(title="Lead two lines", by=ANNA, at=at(1)))
    return book.would("g-1", "edit", title="Lead a line", by=ANNA, at=at(2), seen=seen(written, book.get(Goal, "g-1")))


FIRES = {
    "X023": refuses("seen", lambda: edits_what_was_seen(lambda then, _: then.digest)),
    "H005": warns("history[10]", lambda: renumbered(ANNA)),
    "M018": refuses("opportunity", lambda: completes((EVA, "done"))),
    "X019": warns("opportunity", lambda: advice(for_one_place((EVA, "agreed")), InternalMove, "mv-1", on(3))),
    "X020": warns("opportunity", lambda: waits_for(opportunity.filled(EVA))),
    "X021": warns("external_ids.hr", lambda: called("1017")),
    "X022": refuses("external_ids.hr", lambda: merged(hr="1071")),
    "O002": refuses("parent", lambda: ring_of_organisations(("o-2", "o-7"), ("o-7", "o-8"), ("o-8", "o-2"))),
    "R004": refuses("coachee", second_coach),
    "R005": refuses("coach", lambda: coaching_ring((OLE, ANNA), (PER, OLE), (ANNA, PER))),
    "R007": refuses("agreement.dual_role", lambda: signs(dual_role=False)),
    "I002": refuses("interviewer", lambda: plans(EVA)),
    "I025": refuses("cycle", two_annuals),
    "F014": refuses("giver", lambda: gives(HOUSE[1].leave(on(9), by="hr-1", at=at(5)))),
    "G021": refuses("parent", lambda: goal_below(None, owner=EVA)),
    "G023": refuses("coach", agrees),
    "C001": refuses("state", lambda: two_paths(agreed_path(), agreed_path())),
    "C012": refuses("steps[1].goals[0]", lambda: goal_of_a_step(EVA)),
    "M013": refuses("opportunity", lambda: asks_for(opportunity.reserved(EVA))),
    "X005": warns("agreement.cadence", lambda: between(17, thanks(day=10))),
    "R009": warns("agreement.cadence", lambda: between(17, planned_talk())),
    "R010": warns("", lambda: coachees(16)),
    "X006": warns("", of_ole),
    "X013": warns("", lambda: managed_anew(3)),
    "X018": warns("serves[0]", lambda: part_of_a_path("n-77")),
    "X007": warns("", a_year_later),
    "X008": warns("", coach_a_year_later),
    "G019": warns("", lambda: goals_at_once(6)),
    "X014": warns("", lambda: leaver(31, draft_goal())),
    "I006": warns("look_back", next_talk),
    "X009": warns("interviewer", lambda: planned_with_ole(EVA)),
    "I033": warns("slot", lambda: meanwhile(61)),
    "I034": warns("slot", lambda: away(on(31))),
    "X012": warns("turns[0]", lambda: asked_for_help(38)),
    "X016": warns("outcomes", lambda: came_to(draft_goal())),
    "X015": warns("coach", lambda: coached(relationship.ended())),
    "X010": warns("steps[0]", step_begun),
    "X011": warns("needs[1]", lambda: old_need(date(2027, 3, 3))),
    "C011": warns("state", lambda: path_agreed(date(2027, 3, 5))),
    "F012": warns("", lambda: two_from_ole("constructive", "constructive")),
    "M011": warns("opportunity", lambda: move_for(near(GOTHENBURG))),
    "M009": warns("from_position", lambda: move_for(policy=Policy(months_before_move=12))),
    "X017": warns("needs", lambda: move_for(opportunity.need(), made=move.done(), day=151)),
}
PASSES = {
    "X023": lambda: edits_what_was_seen(lambda _, now: now.digest),
    "H005": lambda: renumbered(EVA),
    "M018": lambda: completes((EVA, "agreed")),
    "X019": lambda: advice(for_one_place((EVA, "agreed"), places=2), InternalMove, "mv-1", on(3)),
    "X020": lambda: waits_for(opportunity.filled(ANNA)),
    "X021": lambda: called("1017", "payroll"),
    "X022": lambda: merged(payroll="1071"),
    "O002": lambda: ring_of_organisations(("o-2", "o-7"), ("o-7", "o-8"), ("o-8", None)),
    "R004": lambda: second_coach(kind="mentor"),
    "R005": lambda: coaching_ring((OLE, ANNA), (PER, OLE), (ANNA, PER), kind="peer"),
    "R007": lambda: signs(dual_role=True),
    "I002": lambda: plans(EVA, relationship.imported(coach=EVA, kind="coach")),
    "I025": lambda: two_annuals(kind="follow_up"),
    "F014": lambda: gives(HOUSE[1].leave(on(10), by="hr-1", at=at(5))),
    "G021": lambda: goal_below(None),
    "G023": lambda: agrees(relationship.active()),
    "C001": lambda: two_paths(agreed_path(), shared_path()),
    "C012": lambda: goal_of_a_step(ANNA),
    "M013": lambda: asks_for(opportunity.reserved(EVA, places=2)),
    "X005": lambda: between(17, thanks(day=10), planned_talk()),
    "R009": lambda: between(17, planned_talk(), thanks(ANNA, OLE, day=3)),
    "R010": lambda: coachees(15),
    "X006": lambda: of_ole(line_manager()),
    "X013": lambda: managed_anew(2),
    "X018": lambda: part_of_a_path("n-1"),
    "X007": lambda: a_year_later(thanked()),
    "X008": lambda: coach_a_year_later(thanks(ANNA, OLE, 100)),
    "G019": lambda: goals_at_once(5),
    "X014": lambda: leaver(30, draft_goal()),
    "I006": lambda: next_talk(Ref("goal", "g-1")),
    "X009": lambda: planned_with_ole(EVA, relationship.active()),
    "I033": lambda: meanwhile(60),
    "I034": lambda: away(on(30)),
    "X012": lambda: asked_for_help(37),
    "X016": lambda: came_to(agreed_goal()),
    "X015": lambda: coached(relationship.paused()),
    "X010": lambda: step_begun(draft_goal(serves=(Ref("step", "s-1", "path-1"),))),
    "X011": lambda: old_need(date(2027, 3, 2)),
    "C011": lambda: path_agreed(date(2027, 3, 4)),
    "F012": lambda: two_from_ole("constructive", "appreciation"),
    "M011": lambda: move_for(near(GOTHENBURG), opportunity.need("n-2", "location", "In Umeå", location=UMEA)),
    "M009": move_for,
    "X017": lambda: move_for(opportunity.need(), made=move.done(), day=150),
}


def moves_on(start, **from_):
    """What is said of a move of Anna's, who has a new position since day 0, in a house that asks for a year."""
    kept = employed().end_position("po-1", on(-1), by="hr-1", at=at(0))
    anna = kept.take_position(position("po-2", span=Span(on(0))), by="hr-1", at=at(0))
    wish = move.wished(needs=(), from_placement=None, **from_)
    return advice(house(anna, wish), InternalMove, "mv-1", on(start), Policy(months_before_move=12))


ALSO = {
    "M009 position": warns("from_position", lambda: moves_on(364, from_position="po-2")),
}
"""The other ways in which a rule can be broken; each key begins with its code."""
SILENT = {
    "M009 after a year": lambda: moves_on(365, from_position="po-2"),
    "M009 from the older one": lambda: moves_on(1, from_position="po-1"),
}
"""What comes close, and says nothing."""
