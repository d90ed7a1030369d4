"""Stories that a move tells: the match, three yeses, a manager who says not now, and a need that stays private."""

from datetime import date
from decimal import Decimal

import attrs

from coaching import Location, Need, Position, Ref, Span, verify
from coaching.book.matching import match
from coaching.book.moving import completed, kinds
from coaching.records.moves import InternalMove
from coaching.records.opportunities import Offer, Opportunity, Want
from coaching.records.paths import CareerPath
from coaching.records.people import Person, Placement
from stage import ANNA, EVA, OLE, at, codes, on
from stage.moves import YLVA, asked
from stage.people import BRUK, HEM, HR, VERK, managers


def path_of_anna(release: str = "client") -> CareerPath:
    """Four needs, as in the article: challenge, responsibility, a new placement, a new place."""
    path = CareerPath.begin("path-1", by=ANNA, at=at(0))
    said = {"by": ANNA, "at": at(0), "release": release}
    path = path.say_need("n-1", "challenge", "Problems nobody here has solved", "must", **said)
    path = path.say_need("n-2", "responsibility", "Lead, not only build", "must", level=4, **said)
    path = path.say_need("n-3", "placement", "A client I do not know yet", **said)
    return path.say_need("n-4", "location", "Near my mother", location=Location("Umeå", "SE"), **said)


def line_at_bruk() -> Opportunity:
    """A new line at Bruk, in another town, with more responsibility."""
    return Opportunity.post(
        "op-1",
        "Lead of the new line",
        kind="placement",
        organisation=BRUK,
        location=Location("Umeå", "SE"),
        level=4,
        offers=(Offer("challenge", "A line that nobody has built before"),),
        wants=(Want("skill", "Has commissioned a line"),),
        by=OLE,
        at=at(0),
    )


def anna_at_verk() -> Person:
    """A consultant of Hem, level 3, placed at Verk in Gothenburg; Ole manages her."""
    anna = Person.register(ANNA, "Anna Ek", date(2024, 8, 1), by=HR, at=at(0))
    consultant = Position(
        "po-1", HEM, "Consultant", Span(date(2024, 8, 1)), level=3, managers=managers(date(2024, 8, 1), OLE)
    )
    at_verk = Placement("pl-1", VERK, Span(date(2024, 9, 1)), location=Location("Gothenburg", "SE"))
    return anna.take_position(consultant, by=HR, at=at(0)).start_placement(at_verk, by=HR, at=at(0))


def test_story_4_the_match():
    """Place and level are met; the challenge is for Anna and Bruk to talk about; nothing is added up."""
    lines = match(path_of_anna().open_needs(), line_at_bruk())
    assert [(line.need, line.verdict.value) for line in lines] == [
        ("n-1", "ask"),
        ("n-2", "met"),
        ("n-3", "ask"),
        ("n-4", "met"),
        (None, "ask"),
    ]
    assert lines[0].why == "it offers: A line that nobody has built before"
    held = [getattr(line, field.name) for line in lines for field in attrs.fields(type(line))]
    assert not [value for value in held if isinstance(value, (int, float, Decimal))]  # nothing to add up, or to rank by


def test_story_5_the_move():
    """Wish, ask, three yeses, agreed; one placement ends, the next begins, and Anna says which needs are met."""
    path, line, anna = path_of_anna(), line_at_bruk(), anna_at_verk()
    move = InternalMove.wish(
        "mv-1", "A line of my own", needs=("n-1", "n-2", "n-4"), from_placement="pl-1", by=ANNA, at=at(1)
    )
    move = move.ask(
        line.id, releasing_manager=OLE, client_by=YLVA, needs=path.needs, facilitators=(EVA,), by=ANNA, at=at(2)
    )
    assert [turn.person for turn in move.awaits()] == [ANNA, OLE, YLVA]
    line = line.reserve(ANNA, by=OLE, at=at(2))
    assert line.open_to(ANNA, on(3))

    move = move.approve(by=ANNA, at=at(3))
    move = move.approve(release_on=on(59), by=OLE, at=at(4))
    move = move.approve(start_on=on(60), by=YLVA, at=at(5))
    assert move.state == "agreed"
    assert kinds(move, anna, line) == ("up", "new_client", "new_location")

    move = move.plan_check_in(on(120), by=ANNA, at=at(6))
    move, anna = completed(move, anna, line, placement="pl-2", on=on(60), by=ANNA, at=at(60))
    line = line.fill(ANNA, by=OLE, at=at(60))
    assert (move.state, line.state) == ("done", "filled")
    assert [anna.placement_on(on(day)).client for day in (59, 60)] == [VERK, BRUK]
    assert [record.findings(on(60)) for record in (move, anna, line)] == [(), (), ()]
    assert [found for record in (move, anna, line) for found in verify(record)] == []

    for need in move.needs:
        path = path.meet_need(need, met_ref=Ref("move", move.id), by=ANNA, at=at(90))
    assert [need.id for need in path.open_needs()] == ["n-3"]
    assert kinds(move, anna, line) == ("up", "new_client", "new_location")


def test_story_26_hoarding():
    """A no without a word is no answer. With a reason and a day to look again it is one, and both are kept."""
    move = asked()
    assert codes(move.would("decline", by=OLE, at=at(3))) == ["M005"]

    move = move.decline("Nobody can take over before the summer", on(100), by=OLE, at=at(3))
    assert move.state == "declined"
    no = move.approvals[-1]
    assert (no.yes, no.reason, no.look_again_on) == (False, "Nobody can take over before the summer", on(100))
    assert move.history[-1].reason == no.reason
    assert move.awaits() == ()


def test_story_27_a_private_need_appears_in_no_match():
    """What Anna keeps to herself, or told her coach alone, no match gives away; nor can a move be asked for with it."""
    line = line_at_bruk()
    for release in ("owner_only", "coach", "managers"):
        path = path_of_anna(release)
        assert [found.side.value for found in match(path.needs, line)] == ["want"]
        wish = InternalMove.wish("mv-1", "A change", needs=("n-4",), from_placement="pl-1", by=ANNA, at=at(1))
        asking = {"opportunity": line.id, "releasing_manager": OLE, "client_by": YLVA, "by": ANNA, "at": at(2)}
        assert codes(wish.would("ask", needs=path.needs, **asking)) == ["M003"]

    secret = Need("n-9", "balance", "My mother is ill", on(0), release="owner_only")
    shown = match([*path_of_anna().needs, secret], line)
    assert "mother is ill" not in repr(shown)
    assert "n-9" not in repr(shown)
