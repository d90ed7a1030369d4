"""Feedback: what is particular to it, beside what all records share."""

import pytest
from attrs import evolve

from coaching import Policy, Ref, verify
from coaching.records.feedback import Feedback, FeedbackKind, Situation, Visibility, Yes
from rules.feedback import F009_AS_A_SHAPE
from stage import ANNA, EVA, OLE, STRANGER, at, codes, on, refused
from stage.feedback import LOOKING_BACK, acknowledged, draft, given, imported, requested, shared


def turns(feedback):
    """Whose turn it is, and for what."""
    return [(turn.person, turn.act) for turn in feedback.awaits()]


def places(findings):
    """Code and path of each finding."""
    return [(f.code, f.path) for f in findings]


class TestWriting:
    """`write` begins a record on the class, and goes on with one on the record."""

    def test_the_giver_begins_and_writes_on_until_it_can_be_given(self):
        """Each line may come on its own; nothing is demanded before it is given."""
        feedback = Feedback.write("f-1", receiver=ANNA, kind="appreciation", by=OLE, at=at(0))
        for part, words in LOOKING_BACK.items():
            feedback = feedback.write(**{part: words}, by=OLE, at=at(1))
        assert [e.act for e in feedback.history] == ["write"] * 5
        assert feedback.give(by=OLE, at=at(1)).state == "given"
        assert (feedback.giver, feedback.receiver, feedback.requested_by) == (OLE, ANNA, None)

    def test_a_draft_is_written_by_its_name_like_by_its_method(self):
        """A button knows only the text `write`; the same arguments give the same record."""
        begun = Feedback.new("write", "f-1", receiver=ANNA, kind="feedforward", about="The line", by=OLE, at=at(0))
        assert begun == Feedback.write("f-1", receiver=ANNA, kind="feedforward", about="The line", by=OLE, at=at(0))
        named = begun.act("write", suggestion="Begin earlier", by=OLE, at=at(1))
        assert named == begun.write(suggestion="Begin earlier", by=OLE, at=at(1))

    def test_each_use_of_write_misses_its_own_arguments(self):
        """Beginning asks for receiver and kind; going on asks for neither and takes no id."""
        assert places(Feedback.would_new("write", "f-1", by=OLE, at=at(0))) == [("V014", "kind"), ("V014", "receiver")]
        assert draft().would("write", by=OLE, at=at(2)) == ()
        assert places(draft().would("write")) == [("V014", "at"), ("V014", "by")]
        assert places(draft().would("write", id="f-2", by=OLE, at=at(2))) == [("V016", "id")]
        assert places(draft().would("write", receiver=EVA, by=OLE, at=at(2))) == [("V016", "receiver")]
        assert places(refused(lambda: draft(visibility="coach"))) == [("V016", "visibility")]

    def test_somebody_else_writes_nothing_into_it(self):
        """The words are the giver's own."""
        assert codes(draft().would("write", impact="More", by=ANNA, at=at(2))) == ["V011"]
        assert codes(requested().would("write", impact="More", by=ANNA, at=at(2))) == ["V011"]

    def test_the_kind_of_a_draft_may_change(self):
        """Criticism may turn into an idea while it is written."""
        ahead = draft("constructive").write(
            kind="feedforward",
            situation=None,
            behaviour=None,
            impact=None,
            suggestion="Begin earlier",
            by=OLE,
            at=at(2),
        )
        assert ahead.kind is FeedbackKind.FEEDFORWARD
        assert ahead.give(by=OLE, at=at(2)).state == "given"

    def test_everything_wrong_with_a_draft_is_said_at_once(self):
        """One refusal, in a stable order; who asked for it and tries to give it is told so as well."""
        asked = Feedback.request("f-1", giver=OLE, about="The line", due=on(30), by=ANNA, at=at(0))
        bare = asked.write(kind="constructive", situation=Situation(on(9)), by=OLE, at=at(0))
        assert places(bare.would("give", by=ANNA, at=at(1))) == [
            ("F003", "behaviour"),
            ("V011", "by"),
            ("F003", "impact"),
            ("F004", "situation"),
        ]

    def test_who_is_named_in_a_draft_they_never_asked_for_is_a_stranger_to_it(self):
        """V011 alone, until it is given; withdrawn then, it is known to them."""
        for act in ("give", "acknowledge", "withdraw"):
            assert places(draft().would(act, by=ANNA, at=at(2))) == [("V011", "by")]
            assert ANNA not in str(draft().would(act, by=ANNA, at=at(2)))
        gone = given().withdraw("Not fair", by=OLE, at=at(3))
        assert places(gone.would("acknowledge", by=ANNA, at=at(4))) == [("V010", "state")]

    def test_a_house_may_let_feedback_go_without_its_parts(self):
        """A gate that the policy lowers becomes a warning that stays."""
        mild = Policy(severities={"F003": "warning"})
        said = draft(impact=None).give(by=OLE, at=at(2), policy=mild)
        assert places(said.findings(on(3))) == [("F003", "impact")]

    def test_it_takes_two_people_and_a_piece_of_work(self):
        """Nobody gives feedback to themselves, and a person is no piece of work."""
        assert places(refused(lambda: requested(giver=ANNA))) == [("F001", "receiver")]
        wrong = (Ref("goal", "g-1"), Ref("person", ANNA))
        assert places(refused(lambda: draft(refs=wrong))) == [("F015", "refs[1].kind")]

    def test_a_situation_shows_as_its_day_and_place(self):
        """The place is optional."""
        assert str(Situation(on(0), "the yard")) == "2026-03-02, the yard"
        assert str(Situation(on(0))) == "2026-03-02"


class TestAsking:
    """A request says about what and by when, and awaits the giver."""

    def test_a_request_awaits_the_giver_who_writes_and_gives(self):
        """Asked, begun, given, acknowledged: each step is somebody's turn."""
        feedback = requested(kind="constructive")
        assert turns(feedback) == [(OLE, "write")]
        feedback = feedback.write(**LOOKING_BACK, suggestion="Do it again", by=OLE, at=at(2))
        assert (feedback.state, feedback.requested_by, turns(feedback)) == ("draft", ANNA, [(OLE, "give")])
        feedback = feedback.give(by=OLE, at=at(3))
        assert turns(feedback) == [(ANNA, "acknowledge")]
        assert turns(feedback.acknowledge(by=ANNA, at=at(4))) == []

    def test_a_request_without_a_kind_leaves_it_to_the_giver(self):
        """What was requested needs no kind; what is given does."""
        begun = requested().write(**LOOKING_BACK, by=OLE, at=at(2))
        assert places(begun.would("give", by=OLE, at=at(3))) == [("F003", "kind")]
        assert begun.write(kind="appreciation", by=OLE, at=at(3)).would("give", by=OLE, at=at(3)) == ()

    def test_a_request_says_about_what_and_by_when(self):
        """Both are missed by the same rule; a reference says about what as well as words do."""
        assert places(refused(lambda: requested(about=None, due=None))) == [("F008", "about"), ("F008", "due")]
        assert places(refused(lambda: requested(about=" "))) == [("V002", "about")]
        assert requested(about=None, refs=(Ref("interview", "i-1"),)).state == "requested"
        assert codes(Feedback.would_new("request", "f-1", giver=OLE, by=ANNA, at=at(1))) == ["F008"]

    def test_a_request_is_overdue_until_it_is_answered(self):
        """A draft that nobody was given is no answer."""
        late = on(11)
        assert not requested().overdue(on(10))
        assert requested().overdue(late)
        begun = requested().write(kind="appreciation", **LOOKING_BACK, by=OLE, at=at(2))
        assert codes(begun.findings(late)) == ["F013"]
        assert begun.give(by=OLE, at=at(12)).findings(on(12)) == ()
        assert not draft().overdue(late)

    def test_the_one_who_asked_takes_the_request_back(self):
        """The giver declines it, the receiver withdraws it, and no reason is asked of either."""
        assert requested().acts_for(ANNA) == ("withdraw",)
        assert requested().acts_for(OLE) == ("decline", "write")
        assert requested().withdraw(by=ANNA, at=at(2)).state == "withdrawn"
        assert codes(requested().would("withdraw", by=OLE, at=at(2))) == ["V011"]


class TestTakingBack:
    """The giver may withdraw what is not acknowledged yet."""

    @pytest.mark.parametrize(("day", "may"), [(2, False), (10, False), (11, True)])
    def test_an_answer_that_was_begun_and_never_given_is_withdrawn_by_who_waits_for_it(self, day, may):
        """Once it is past due: the giver may be gone. Until then whoever is writing is not interrupted."""
        begun = requested().write(kind="appreciation", by=OLE, at=at(2))
        assert codes(begun.would("withdraw", by=ANNA, at=at(day))) == ([] if may else ["V011"])
        assert ("withdraw" in begun.acts_for(ANNA, on=on(day))) is may
        assert begun.withdraw(by=OLE, at=at(day)).state == "withdrawn"

    def test_a_draft_that_nobody_asked_for_is_the_givers_alone(self):
        """The receiver does not even know of it."""
        assert codes(draft().would("withdraw", by=ANNA, at=at(400))) == ["V011"]
        assert "withdraw" not in draft().acts_for(ANNA)

    def test_a_draft_is_withdrawn_without_a_reason_and_what_was_given_with_one(self):
        """The receiver has read it and is owed a word."""
        assert draft().withdraw(by=OLE, at=at(2)).state == "withdrawn"
        assert places(given().would("withdraw", by=OLE, at=at(3))) == [("V014", "reason")]
        taken = given().withdraw("I had the wrong day", by=OLE, at=at(3))
        assert (taken.state, taken.history[-1].reason) == ("withdrawn", "I had the wrong day")

    def test_what_is_acknowledged_stays(self):
        """It is the receiver's as well by now."""
        assert codes(acknowledged().would("withdraw", reason="Sorry", by=OLE, at=at(4))) == ["V010"]
        assert codes(given().would("withdraw", reason="No", by=ANNA, at=at(4))) == ["V011"]

    def test_the_text_is_fixed_once_given(self):
        """F006 speaks in both states; after withdrawing there is simply nothing to write on."""
        assert codes(given().would("write", impact="Less", by=OLE, at=at(3))) == ["F006"]
        assert codes(acknowledged().would("write", impact="Less", by=OLE, at=at(4))) == ["F006"]
        taken = given().withdraw("Too early", by=OLE, at=at(3))
        assert codes(taken.would("write", impact="Less", by=OLE, at=at(4))) == ["V010"]
        assert [f.code for f in verify(evolve(given(), impact="Less"))] == ["H002"]


class TestReceiving:
    """The receiver acknowledges, in as many words as they like."""

    def test_the_receiver_keeps_an_insight_and_a_strength(self):
        """All three words are optional, and a blank one is none."""
        noted = given().acknowledge("Thanks", insight="I rush", strength="I listen", by=ANNA, at=at(3))
        assert (noted.response, noted.insight, noted.strength) == ("Thanks", "I rush", "I listen")
        assert places(given().would("acknowledge", insight=" ", by=ANNA, at=at(3))) == [("V002", "insight")]

    @pytest.mark.parametrize(("person", "code"), [(OLE, "F007"), (STRANGER, "V011")])
    def test_nobody_acknowledges_for_the_receiver(self, person, code):
        """Not even the giver, who is told why; a stranger is told nothing."""
        assert codes(given().would("acknowledge", by=person, at=at(3))) == [code]

    def test_when_it_was_given_and_acknowledged_is_read_from_the_history(self):
        """Neither is stored; of an imported one neither is known."""
        assert (draft().given_at, given().given_at, given().acknowledged_at) == (None, at(2), None)
        assert (acknowledged().given_at, acknowledged().acknowledged_at) == (at(2), at(3))
        assert (imported("acknowledged").given_at, imported("acknowledged").acknowledged_at) == (None, None)


class TestSharing:
    """F009: visibility widens only with both yeses, never narrows."""

    @pytest.mark.parametrize(("first", "second"), [(OLE, ANNA), (ANNA, OLE)])
    def test_the_first_yes_is_kept_and_the_second_widens(self, first, second):
        """Whoever begins; the history keeps how wide it was before."""
        asked = given().share("coach", by=first, at=at(3))
        assert (asked.visibility, asked.shared_by) == ("two", (Yes(first, Visibility.COACH),))
        both = asked.share("coach", by=second, at=at(4))
        assert (both.visibility, both.state) == ("coach", "given")
        assert both.history[-1].was == {"visibility": "two"}

    def test_a_yes_to_many_is_a_yes_to_few(self):
        """It widens as far as both went, and to the rest once the other follows."""
        apart = acknowledged().share("managers", by=OLE, at=at(4)).share("coach", by=ANNA, at=at(4))
        assert apart.visibility == "coach"
        assert apart.share("managers", by=ANNA, at=at(5)).visibility == "managers"

    def test_one_person_does_not_say_yes_for_two(self):
        """The same yes again, or a smaller one, is refused."""
        asked = given().share("managers", by=OLE, at=at(3))
        for visibility in ("managers", "coach"):
            assert places(asked.would("share", visibility=visibility, by=OLE, at=at(4))) == [
                ("F009", "shared_by[1].visibility")
            ]
        assert asked.visibility == "two"

    @pytest.mark.parametrize("visibility", ["two", "coach"])
    def test_it_never_narrows(self, visibility):
        """What managers may read stays so, whoever asks; nor is as wide any wider."""
        assert places(shared().would("share", visibility=visibility, by=ANNA, at=at(5))) == [("F009", "visibility")]

    def test_others_share_nothing(self):
        """And hear of nothing else that is wrong; one of the two hears that a word is none of the list."""
        assert places(given().would("share", visibility="world", by=STRANGER, at=at(3))) == [("V011", "by")]
        assert places(given().would("share", visibility="world", by=OLE, at=at(3))) == [("V012", "visibility")]
        assert codes(draft().would("share", visibility="coach", by=OLE, at=at(3))) == ["V010"]

    def test_sharing_is_offered_to_those_who_can_still_say_yes(self):
        """Nobody is shown a button that would refuse."""
        assert given().acts_for(OLE) == ("withdraw", "share")
        asked = given().share("managers", by=OLE, at=at(3))
        assert asked.acts_for(OLE) == ("withdraw",)
        assert asked.acts_for(ANNA) == ("acknowledge", "share")
        assert shared("managers").acts_for(ANNA) == ("acknowledge",)
        assert "share" in shared("coach").acts_for(OLE)
        assert given().acts_for(STRANGER) == ()

    @pytest.mark.parametrize("case", F009_AS_A_SHAPE)
    def test_a_record_is_no_wider_and_no_narrower_than_both_said(self, case):
        """The rule holds for every record, not only for the act."""
        assert set(codes(F009_AS_A_SHAPE[case]())) == {"F009"}


class TestImported:
    """What the library did not see happen, it does not demand afterwards."""

    def test_given_elsewhere_without_its_parts_it_is_valid_and_warned_about(self):
        """No work and no kind: two warnings, and nothing is refused."""
        assert places(imported().findings(on(6))) == [("F002", "about"), ("F003", "kind")]

    def test_shared_elsewhere_it_stays_shared(self):
        """Who said yes is not known; from here on it widens like any other."""
        known = imported(visibility="coach", kind="appreciation", **LOOKING_BACK)
        assert known.findings(on(6)) == ()
        both = known.share("managers", by=OLE, at=at(6)).share("managers", by=ANNA, at=at(6))
        assert both.visibility == "managers"
        narrowed = {"shared_by": both.shared_by, "visibility": "coach"}
        assert codes(refused(lambda: imported(**narrowed))) == ["F009"]

    def test_it_is_not_called_late_when_nobody_knows_when_it_was_given(self):
        """But nobody gave it before the situation was, and it was given before it was taken over."""
        known = {**LOOKING_BACK, "kind": "appreciation"}
        assert imported(**{**known, "situation": Situation(on(-400))}).findings(on(6)) == ()
        assert codes(imported(**{**known, "situation": Situation(on(6))}).findings(on(6))) == ["F004"]

    def test_a_fault_in_it_is_named_alone(self):
        """Half a record is not judged by what is missing in it."""
        assert places(refused(lambda: imported(visibility="coach", about=" "))) == [("V002", "about")]

    def test_a_request_is_taken_over_with_its_due_date(self):
        """Without one it could be neither answered in time nor late."""
        assert codes(refused(lambda: imported("requested", about="The line"))) == ["F008"]
        assert turns(imported("requested", about="The line", due=on(9))) == [(OLE, "write")]


class TestAdvice:
    """Warnings that never block."""

    def test_late_is_counted_in_days_that_the_house_sets(self):
        """Thirty by default; only what was given is late."""
        old = {"situation": Situation(on(-29))}
        assert draft(**old).findings(on(3)) == ()
        assert codes(acknowledged(**old).findings(on(3))) == ["F005"]
        assert given(**old).findings(on(3), policy=Policy(timely_days=31)) == ()
        taken = given(**old).withdraw("Too late", by=OLE, at=at(3))
        assert taken.findings(on(4)) == ()

    def test_only_constructive_feedback_is_asked_for_a_way_on(self):
        """A suggestion does it as well as a question; what is withdrawn is left alone."""
        assert codes(draft("constructive").findings(on(2))) == ["F010"]
        assert draft("constructive", suggestion="Ask them first").findings(on(2)) == ()
        assert given().findings(on(3)) == ()
        assert draft("constructive").withdraw(by=OLE, at=at(2)).findings(on(2)) == ()
