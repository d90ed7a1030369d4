"""Internal moves: what is particular to them, beside what all records share."""

from coaching import Policy, verify
from coaching.records.moves import InternalMove
from rules import moves as rules
from stage import ANNA, EVA, OLE, STRANGER, at, codes, on, refused
from stage.moves import YLVA, agreed, approved_by, asked, declined, done, imported, wished
from stage.opportunities import need


def places(findings):
    """Code and path of each finding."""
    return [(f.code, f.path) for f in findings]


def turns(move):
    """Whose turn it is, and for what."""
    return [(turn.person, turn.act) for turn in move.awaits()]


class TestAsking:
    """M001: the mover wishes, and the mover asks."""

    def test_a_wish_is_the_movers_own_and_says_what_for(self):
        """Whoever wishes moves."""
        move = wished()
        assert (move.mover, move.why, move.needs) == (ANNA, "A line of my own", ("n-1", "n-2"))
        assert turns(move) == [(ANNA, "ask")]
        assert places(refused(lambda: InternalMove.wish("mv-1", None, from_position="po-1", by=ANNA, at=at(0)))) == [
            ("V002", "why")
        ]

    def test_a_wish_may_change_until_it_is_asked(self):
        """It is the mover's alone; the days and the managers come with the asking."""
        move = wished().edit(why="A line in Umeå", needs=("n-4",), from_position="po-1", by=ANNA, at=at(1))
        assert (move.why, move.needs) == ("A line in Umeå", ("n-4",))
        assert (move.from_position, move.from_placement) == ("po-1", "pl-1")
        assert codes(wished().would("edit", why="Less", by=OLE, at=at(1))) == ["V011"]
        assert codes(wished().would("edit", from_placement=None, by=ANNA, at=at(1))) == ["M002"]
        assert codes(wished().would("edit", start_on=on(60), by=ANNA, at=at(1))) == ["V016"]
        assert codes(asked().would("edit", why="Less", by=ANNA, at=at(2))) == ["V010"]

    def test_the_manager_stays_where_no_other_is_named(self):
        """Then one yes of theirs is enough."""
        move = asked(receiving_manager=None, client_by=None)
        assert (move.releasing_manager, move.receiving_manager) == (OLE, OLE)
        assert move.needed() == ("mover", "releasing_manager")

    def test_needs_are_asked_for_as_far_as_they_were_released(self):
        """The client reads less than the managers, and what is no need is said."""
        assert codes(rules.asking(needs=(need("n-1", release="owner_only"), need("n-2")))) == ["M003"]
        hidden = rules.asking(needs=(need("n-3"),), opportunity=None)
        assert places(hidden) == [("M003", "needs[0]"), ("M003", "needs[1]"), ("V014", "opportunity")]
        assert places(rules.asking(needs=("n-1",))) == [("V015", "needs[0]")]
        assert places(rules.asking(opportunity=None, colour="red")) == [("V016", "colour"), ("V014", "opportunity")]

    def test_nobody_says_yes_to_themselves(self):
        """Neither as manager nor for the client."""
        wrong = rules.asking(releasing_manager=ANNA, client_by=ANNA)
        assert places(wrong) == [
            ("M015", "client_by"),
            ("M015", "receiving_manager"),
            ("M015", "releasing_manager"),
        ]


class TestAnswering:
    """M004: everybody whose yes is needed says it, to one revision."""

    def test_the_last_yes_makes_it_agreed_whatever_the_order(self):
        """Each is awaited until they have answered."""
        move = asked()
        for person in (YLVA, ANNA, EVA):
            assert (person, "approve") in turns(move)
            move = move.approve(by=person, at=at(2))
            assert (person, "approve") not in turns(move)
            assert "approve" not in move.acts_for(person)
            assert move.state == "asked"
        assert turns(move) == [(OLE, "approve")]
        move = move.approve(by=OLE, at=at(3))
        assert move.state == "agreed"
        assert move.findings(on(3)) == ()
        assert not verify(move)

    def test_one_person_in_two_roles_answers_for_both(self):
        """Ole releases her and speaks for the client: one yes, two answers."""
        move = asked(client_by=OLE).approve(by=OLE, at=at(2))
        assert [(a.role, a.by, a.revision) for a in move.approvals] == [
            ("releasing_manager", OLE, 1),
            ("client_by", OLE, 1),
        ]
        assert move.unanswered() == ("mover", "receiving_manager")

    def test_days_come_with_the_yes_where_none_are_set(self):
        """Ole says when he can let her go, Eva when she can begin."""
        move = asked(release_on=None, start_on=None, client_by=None).approve(by=ANNA, at=at(2))
        move = move.approve(release_on=on(59), by=OLE, at=at(2))
        assert places(move.would("approve", by=EVA, at=at(2))) == [("M006", "start_on")]
        move = move.approve(release_on=on(59), start_on=on(60), by=EVA, at=at(2))
        assert (move.state, move.release_on, move.start_on) == ("agreed", on(59), on(60))

    def test_a_day_that_is_set_is_not_changed_by_a_yes(self):
        """Those who said yes before said it to another day."""
        assert places(asked().would("approve", release_on=on(1), start_on="soon", by=OLE, at=at(2))) == [
            ("M017", "release_on"),
            ("V015", "start_on"),
        ]
        assert places(asked(start_on=None).would("approve", start_on="soon", by=OLE, at=at(2))) == [
            ("V015", "start_on")
        ]

    def test_others_have_no_say(self):
        """A stranger neither approves nor declines nor changes."""
        for act in ("approve", "decline", "change"):
            given = {"start_on": on(61)} if act == "change" else {}
            assert codes(asked().would(act, by=STRANGER, at=at(2), **given)) == ["V011"]
            assert act not in asked().acts_for(STRANGER)

    def test_a_change_asks_everybody_again(self):
        """A new revision without answers; the history keeps the old day."""
        move = agreed().change("Bruk is late", start_on=on(75), by=EVA, at=at(4))
        assert (move.state, move.revision, move.approvals) == ("asked", 2, ())
        assert move.history[-1].was == {"start_on": str(on(60))}
        assert move.history[-1].reason == "Bruk is late"
        for person in (ANNA, OLE, EVA, YLVA):
            move = move.approve(by=person, at=at(5))
        assert move.state == "agreed"
        assert {answer.revision for answer in move.approvals} == {2}

    def test_a_change_changes_something_that_may_change(self):
        """Needs and words are the mover's own and stay."""
        assert places(asked().would("change", by=OLE, at=at(2))) == [("V014", "what")]
        assert places(asked().would("change", why="Less", needs=(), by=OLE, at=at(2))) == [
            ("V016", "needs"),
            ("V016", "why"),
        ]
        assert codes(asked().would("change", client_by=ANNA, by=OLE, at=at(2))) == ["M015"]

    def test_a_no_takes_back_a_yes(self):
        """Ole has thought about it; the others' answers stay."""
        move = approved_by(ANNA, OLE).decline("Nobody can take over", on(100), by=OLE, at=at(3))
        assert move.state == "declined"
        assert [(a.by, a.yes) for a in move.approvals] == [(ANNA, True), (OLE, False)]
        assert (move.approvals[-1].reason, move.approvals[-1].look_again_on) == ("Nobody can take over", on(100))
        assert move.history[-1].reason == "Nobody can take over"
        assert move.findings(on(50)) == ()

    def test_a_no_without_anything_names_both(self):
        """A reason, and a day to look again."""
        assert places(asked().would("decline", by=OLE, at=at(2))) == [
            ("M005", "look_again_on"),
            ("M005", "reason"),
        ]

    def test_a_house_may_let_a_no_pass_without_a_day(self):
        """Then it stays as a warning."""
        mild = Policy(severities={"M005": "warning"})
        move = asked().decline("Not now", by=OLE, at=at(2), policy=mild)
        assert places(move.findings(on(3))) == [("M005", "approvals[0].look_again_on")]

    def test_who_has_not_answered_is_named_after_two_weeks(self):
        """A change begins the two weeks anew."""
        late = approved_by(ANNA, OLE).findings(on(16))
        assert {f.params["person"] for f in late} == {EVA, YLVA}
        changed = asked().change(start_on=on(70), by=OLE, at=at(10))
        assert codes(changed.findings(on(24))) == []
        assert codes(changed.findings(on(25))) == ["M014"]
        assert codes(asked().findings(on(7), policy=Policy(approve_days=5))) == ["M014"]
        assert imported("asked", releasing_manager=OLE).asked_on() == on(0)


class TestHandover:
    """M012: what is promised to those who stay is kept before the start."""

    def test_the_handover_is_promised_kept_and_seen(self):
        """Promises go on after the move is done, and never change the revision."""
        move = agreed().promise("c-1", "Show you the line", on(59), to=OLE, by=ANNA, at=at(3))
        move = move.complete(on(60), by=EVA, at=at(60))
        assert codes(move.findings(on(60))) == ["M012", "K008"]
        move = move.fulfil("c-1", "He runs it", by=ANNA, at=at(61))
        assert turns(move) == [(OLE, "see")]
        move = move.see("c-1", by=OLE, at=at(62))
        assert (move.revision, move.findings(on(62)), turns(move)) == (1, (), [])
        assert not verify(move)

    def test_it_is_no_matter_before_the_start(self):
        """Until then it can be done."""
        assert rules.handing_over(fulfilled=False).findings(on(59)) == ()
        assert codes(rules.handing_over(fulfilled=False).findings(on(60))) == ["M012", "K008"]

    def test_a_move_is_approved_and_never_signed(self):
        """There is no such act."""
        assert codes(asked().would("sign", by=ANNA, at=at(2))) == ["V010"]
        assert "sign" not in asked().acts_for(ANNA)


class TestClosing:
    """M007 and M008: done by the mover or the new manager, withdrawn by the mover alone."""

    def test_the_mover_or_the_receiving_manager_completes_it(self):
        """The day it began may differ from the day agreed."""
        move = agreed().complete(on(63), by=EVA, at=at(64))
        assert (move.state, move.start_on, move.started_on, move.starts_on()) == ("done", on(60), on(63), on(63))
        assert codes(agreed().would("complete", on=on(60), by=OLE, at=at(60))) == ["V011"]

    def test_the_mover_withdraws_freely_until_it_is_done(self):
        """No reason is asked, nobody else is."""
        for move in (wished(), asked(), agreed()):
            assert move.withdraw(by=ANNA, at=at(5)).state == "withdrawn"
        assert (
            asked().withdraw("We stay in Gothenburg", by=ANNA, at=at(5)).history[-1].reason == "We stay in Gothenburg"
        )
        assert codes(asked().would("withdraw", by=OLE, at=at(5))) == ["M008"]
        assert codes(wished().would("withdraw", by=OLE, at=at(5))) == ["V011"]
        assert codes(declined().would("withdraw", by=ANNA, at=at(5))) == ["V010"]

    def test_a_check_in_is_planned_without_a_new_revision(self):
        """Before or after it is done."""
        move = done(check_in_on=None)
        assert codes(move.findings(on(60))) == ["M010"]
        move = move.plan_check_in(on(120), by=ANNA, at=at(61))
        assert (move.revision, move.check_in_on, move.findings(on(61))) == (1, on(120), ())
        later = move.plan_check_in(on(130), by=EVA, at=at(62))
        assert dict(later.history[-1].was) == {"check_in_on": str(on(120))}
        assert places(move.would("plan_check_in", check_in_on=None, by=EVA, at=at(61))) == [("V014", "check_in_on")]

    def test_an_imported_one_is_valid_whatever_nobody_saw(self):
        """It carries the gates as warnings, and is silent about a start that nobody knows."""
        assert codes(imported("agreed").findings(on(1))) == ["M004", "M006"]
        assert codes(imported("done").findings(on(1))) == ["M004", "M006", "M007"]
        assert imported("asked", opportunity="op-1").needed() == ("mover",)


def test_the_examples_of_the_rules_show_what_they_say():
    """Each alone, each neighbour without a finding, and silence where nothing is to be said."""
    for code, example in {**rules.FIRES, **rules.ALSO}.items():
        assert codes(example()) == [code.split()[0]]
    assert all(example() == () for example in {**rules.PASSES, **rules.SILENT}.values())
