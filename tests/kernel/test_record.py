"""What all records share: acts by name, asking first, questions, and the one way an act is done."""

import copy
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from operator import itemgetter

import attrs
import pytest

from coaching import Await, CareerPath, Goal, Interview, Measure, Person, Policy
from coaching.kernel.classes import model_of
from coaching.kernel.record import Record
from coaching.kernel.rules import breach
from stage import ANNA, EVA, OLE, STRANGER, at, codes, on, refused
from stage.book import someone
from stage.goals import (
    agreed_goal,
    draft_goal,
    half_signed_goal,
    imported_goal,
    kept_goal,
    paused_goal,
    proposed_goal,
    ready_goal,
)
from stage.interviews import open_talk, planned_talk
from stage.paths import draft_path


def places(findings):
    """Code and path of each finding."""
    return [(f.code, f.path) for f in findings]


class TestAct:
    """A record is a value; an act gives another."""

    def test_an_act_gives_a_new_record_and_leaves_the_old_one(self):
        """Whatever else holds the old one sees no change."""
        goal = draft_goal()
        before = copy.deepcopy(goal)
        later = goal.edit(title="Lead two lines", by=ANNA, at=at(1))
        assert goal == before
        assert (later.title, later.history[:-1]) == ("Lead two lines", goal.history)

    def test_a_record_cannot_be_changed_by_hand(self):
        """It is frozen, and has no room for anything else."""
        goal = draft_goal()
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            goal.title = "Follow"
        with pytest.raises((attrs.exceptions.FrozenInstanceError, AttributeError)):
            goal.colour = "red"
        with pytest.raises(TypeError):
            goal.extra["colour"] = "red"

    def test_a_record_compares_hashes_copies_and_pickles_by_value(self):
        """Nothing in it is shared or hidden."""
        goal = agreed_goal().with_extra({"colour": "red"})
        assert pickle.loads(pickle.dumps(goal)) == goal == copy.copy(goal)
        assert len({goal, agreed_goal().with_extra({"colour": "red"}), agreed_goal()}) == 2

    def test_an_act_named_by_a_string_is_the_act(self):
        """Same arguments, same record."""
        by_name = draft_goal().act("edit", title="Lead two lines", by=ANNA, at=at(1))
        assert by_name == draft_goal().edit(title="Lead two lines", by=ANNA, at=at(1))
        assert Goal.new("begin", "g-1", title="Lead", by=ANNA, at=at(0)) == Goal.begin("g-1", "Lead", by=ANNA, at=at(0))
        given = {"state": "agreed", "owner": ANNA, "title": "Lead", "by": "admin", "source": "old", "at": at(0)}
        assert Goal.new("import", "g-1", **given) == Goal.import_("g-1", **given)

    def test_asking_first_says_what_the_act_would(self):
        """The same findings, and no exception."""
        given = {"by": OLE, "at": at(-1), "title": " "}
        assert draft_goal().would("edit", **given) == refused(lambda: draft_goal().edit(**given))
        assert draft_goal().would("edit", title="Lead", by=ANNA, at=at(1)) == ()
        assert Goal.would_new("begin", "g-1", title=" ", by=ANNA, at=at(0)) == refused(
            lambda: Goal.begin("g-1", " ", by=ANNA, at=at(0))
        )
        assert Goal.would_new("begin", "g-1", title="Lead", by=ANNA, at=at(0)) == ()

    def test_what_is_wrong_with_an_act_is_said_at_once(self):
        """Who, when, which field, which value."""
        found = draft_goal().would("edit", by=OLE, at=at(-1), title=" ", confidence=11, colour="red")
        assert places(found) == [
            ("V009", "at"),
            ("V011", "by"),
            ("V016", "colour"),
            ("V007", "confidence"),
            ("G001", "title"),
        ]
        assert {f.record for f in found} == {("goal", "g-1")}

    def test_a_refusal_says_what_was_tried(self):
        """With the record's kind and id."""
        for act, what in (
            (lambda: draft_goal().edit(title=" ", by=ANNA, at=at(1)), "goal g-1: cannot edit"),
            (lambda: draft_goal().act("levitate"), "goal g-1: cannot levitate"),
            (lambda: draft_goal().act(3), "goal g-1: cannot 3"),
            (lambda: draft_goal().act("edit", at=at(1)), "goal g-1: cannot edit"),
            (lambda: Goal.begin("g-7", " ", by=ANNA, at=at(0)), "goal g-7: cannot begin"),
            (lambda: Goal.new("sign", "g-7"), "goal g-7: cannot begin"),
            (lambda: Goal.new("begin", 7), "goal 7: cannot begin"),
            (lambda: draft_goal().keep("soon"), "goal g-1: cannot set keep_until"),
        ):
            with pytest.raises(ValueError, match=f"^{what}\n"):
                act()

    def test_an_act_that_is_not_open_now_says_which_are_and_for_whom(self):
        """To whoever asked: the buttons they have. What has no point now is none of them."""
        for person, day in ((ANNA, 11), (OLE, 11), (ANNA, 300), (OLE, 300)):
            (found,) = paused_goal().would("pause", by=person, at=at(day))
            assert (found.code, found.path) == ("V010", "state")
            assert found.message == f"no act pause while paused; open to {person}: {found.params['open']}"
            assert tuple(found.params["open"].split(", ")) == paused_goal().acts_for(person, on=on(day))

    def test_where_nothing_is_open_to_whoever_asked_it_says_who_may_do_what(self):
        """The one who was promised something, and nothing else to do with it."""
        asked = proposed_goal().promise("c-9", "Show her round", on(60), to=EVA, by=OLE, at=at(3))
        done = asked.fulfil("c-9", "Shown", by=OLE, at=at(4)).see("c-9", by=EVA, at=at(5))
        (found,) = done.would("renegotiate", reason="No", by=EVA, at=at(6))
        assert found.code == "V010"
        assert found.params["open"].startswith(f"suggest_option (owner {ANNA} or coach {OLE}); ")
        assert f"; sign (owner {ANNA} or coach {OLE}); " in found.params["open"]
        assert f"; take_back ({OLE})" in found.params["open"]
        assert "see (" not in found.params["open"]

    def test_an_act_that_begins_nothing_names_those_that_do(self):
        """Of the kind of record."""
        (none,) = Goal.would_new("sign", "g-1")
        assert none.message == "'sign' begins no goal; begin with begin"

    def test_an_act_of_another_state_checks_its_arguments_all_the_same(self):
        """A button that is not open now, with a form that is wrong as well."""
        found = draft_goal().would("pause", reason=" ", resume_on="soon", by=ANNA, at=at(1))
        assert places(found) == [("V002", "reason"), ("V015", "resume_on"), ("V010", "state")]

    def test_of_two_clocks_that_differ_the_day_stays_that_of_who_acts(self):
        """It counts as done at the time of the entry before, where the actor sits: here still the day before."""
        west, late = timezone(timedelta(hours=-8)), datetime(2026, 3, 10, 7, tzinfo=UTC)
        goal = draft_goal().edit(title="Lead", by=ANNA, at=late)
        tonight = {"id": "c-1", "text": "Write to Ole", "due": date(2026, 3, 9), "by": ANNA}
        promised = goal.act("promise", **tonight, at=(late - timedelta(seconds=3)).astimezone(west))
        assert promised.commitments[0].made_on == date(2026, 3, 9)
        assert promised.history[-1].at == late
        assert promised.history[-1].at.utcoffset() == timedelta(hours=-8)
        assert codes(goal.would("promise", **tonight, at=(late - timedelta(seconds=6)).astimezone(west))) == ["V009"]

    def test_at_the_end_of_time_it_is_the_entry_before(self):
        """There is no such day where the actor sits."""
        last = datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone(-timedelta(hours=12)))
        goal = Goal.begin("g-1", "Lead", by=ANNA, at=last)
        east = datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone(-timedelta(hours=11, minutes=59)))
        edited = goal.edit(title="Lead on", by=ANNA, at=east, policy=Policy(clock_skew=60))
        assert edited.history[-1].at == last

    def test_somebody_who_may_not_hears_who_may(self):
        """The roles with the ids that hold them, where they take part themselves."""
        (found,) = draft_goal().would("edit", title="More", by=OLE, at=at(1))
        assert found.params == {"person": OLE, "act": "edit", "may": f"owner {ANNA}"}
        waiting = [line.person for line in Goal.begin("g-1", "Lead", by=ANNA, at=at(0)).awaits()]
        assert waiting == [ANNA]

    def test_a_stranger_hears_nothing(self):
        """Whatever they try: one finding, without names, states or what else is wrong."""
        for act, given in (
            ("suggest_option", {"id": "o-1", "text": "Wait"}),
            ("sign", {}),
            ("levitate", {}),
            ("edit", {"x": 1}),
        ):
            (found,) = draft_goal().would(act, by=EVA, at=at(1), **given)
            assert (found.code, found.path, dict(found.params)) == ("V011", "by", {})
            assert not any(word in str(found) for word in (ANNA, OLE, EVA, "draft", "owner"))

    def test_gates_are_asked_although_something_else_is_wrong(self):
        """Those that need none of the faulty values."""
        found = draft_goal(outcome=None).would("propose", by=OLE, at=at(-1))
        assert places(found) == [("V009", "at"), ("G003", "by"), ("G005", "investments"), ("G002", "outcome")]
        found = draft_goal().would("propose", by=7, at="noon")
        assert places(found) == [("V015", "at"), ("V015", "by"), ("G005", "investments")]
        found = draft_goal().would("propose", coach=7, by=ANNA, at=at(1))
        assert places(found) == [("V015", "coach"), ("G005", "investments")]
        found = kept_goal().would("achieve", result=7, by=ANNA, at=at(30))
        assert places(found) == [("V015", "result")]

    @pytest.mark.parametrize("resume_on", [on(60), 7])
    def test_a_gate_that_breaks_breaks_loudly(self, monkeypatch, resume_on):
        """A fault of a program is not taken for a fault of a value, not even where a value is faulty as well."""

        def broken(goal, _entry):
            raise AttributeError(goal.id)
            yield

        (gate, *_) = model_of(Goal).gates["pause"]
        monkeypatch.setitem(model_of(Goal)._gates_to, ("pause", "paused"), (attrs.evolve(gate, check=broken),))
        with pytest.raises(AttributeError, match="g-1"):
            agreed_goal().would("pause", reason="The line stands", resume_on=resume_on, by=ANNA, at=at(9))

    def test_a_gate_that_needs_a_faulty_value_stays_silent(self, monkeypatch):
        """The value is refused, and nothing is blamed for what that brought about."""

        def asking(goal, entry):
            yield breach("{day} for {why}", day=goal.resume_on, why=entry.reason)

        (gate, *_) = model_of(Goal).gates["pause"]
        monkeypatch.setitem(model_of(Goal)._gates_to, ("pause", "paused"), (attrs.evolve(gate, check=asking),))
        found = agreed_goal().would("pause", reason="The line stands", resume_on=7, by=ANNA, at=at(9))
        assert places(found) == [("V015", "resume_on")]
        found = agreed_goal().would("pause", reason="The line stands", resume_on=on(60), by=ANNA, at=at(9))
        assert places(found) == [(gate.code, gate.field)]
        found = agreed_goal().would("pause", reason=" ", resume_on=on(60), by=ANNA, at=at(9))
        assert places(found) == [("V002", "reason")]

    def test_an_unfit_policy_is_a_fault_like_any_other(self):
        """The defaults stand in, so that the rest is said as well."""
        found = draft_goal().would("propose", by=ANNA, at=at(1), policy="mild")
        assert places(found) == [("G005", "investments"), ("V015", "policy")]
        assert places(Goal.would_new("begin", "g-1", title="Lead", by=ANNA, at=at(0), policy=None)) == [
            ("V015", "policy")
        ]

    def test_arguments_that_an_act_does_not_know_or_misses_are_named(self):
        """Beside all else that is wrong."""
        found = draft_goal().would("drop", why="No time", at=at(1))
        assert places(found) == [("V014", "by"), ("G013", "reason"), ("V016", "why")]
        assert found[2].params["known"] == "reason"
        assert places(Goal.would_new("begin", "g-1", at=at(0))) == [("V014", "by"), ("V014", "title")]

    def test_an_unknown_argument_hides_nothing(self):
        """Where none is missing, what is wrong with the others is said as well; a stranger hears no more for it."""
        asked = {"reason": " ", "resume_on": on(1), "by": ANNA, "at": at(9)}
        alone = places(agreed_goal().would("pause", **asked))
        assert ("V002", "reason") in alone
        assert places(agreed_goal().would("pause", **asked, csrf="x")) == sorted(
            [*alone, ("V016", "csrf")], key=itemgetter(1)
        )
        assert codes(agreed_goal().would("pause", **{**asked, "by": STRANGER}, csrf="x")) == ["V011"]
        sound = {**asked, "reason": "Ill", "resume_on": on(90)}
        assert places(agreed_goal().would("pause", **sound, csrf="x")) == [("V016", "csrf")]
        found = Goal.would_new("begin", "g-1", title=" ", csrf="x", by=ANNA, at=at(0))
        assert places(found) == [("V016", "csrf"), ("G001", "title")]


class TestBegin:
    """A record begins by an act, or by an import."""

    def test_everything_wrong_with_a_beginning_is_said_at_once(self):
        """Id, title, who, when, and the fields."""
        found = Goal.would_new(
            "begin",
            " g",
            title=" ",
            by="",
            at="noon",
            coach=OLE,
            target_on=1,
            measure={"unit": "stations"},
            colour="red",
        )
        assert places(found) == [
            ("V015", "at"), ("V001", "by"), ("V016", "colour"), ("V001", "id"), ("V014", "measure.start"),
            ("V014", "measure.target"), ("V015", "target_on"), ("G001", "title"),
        ]  # fmt: skip

    def test_a_record_is_begun_by_one_of_its_own(self):
        """Where the fields that would say who is are faulty, they speak, and nobody else is blamed."""
        given = {"kind": "check_in", "coachee": ANNA, "interviewer": OLE, "due_on": on(30), "at": at(0)}
        (found,) = Interview.would_new("plan", "i-1", **given, by=STRANGER)
        assert (found.code, found.params["may"]) == ("V011", f"coachee {ANNA} or interviewer {OLE}")
        assert places(Interview.would_new("plan", "i-1", **{**given, "coachee": 7}, by=STRANGER)) == [
            ("V015", "coachee")
        ]

    def test_the_constructor_asks_for_a_history(self):
        """A record that nobody began is none; what else is wrong is said as well."""
        found = refused(lambda: Goal(id="g-1", state="draft", owner=ANNA, title=" "))
        assert places(found) == [("V013", "history"), ("G001", "title")]

    def test_an_import_is_held_to_shape_and_consistency_only(self):
        """Nothing is demanded that nobody saw."""
        given = {"by": "admin", "source": "old", "at": at(0)}
        assert Goal.import_("g-1", state="achieved", owner=ANNA, title="Lead", **given).result is None
        found = Goal.would_new("import", "g-1", state="agreed", owner=ANNA, coach=ANNA, chosen="o-1", score=2, **given)
        assert places(found) == [("G022", "chosen"), ("G026", "coach"), ("V005", "score"), ("G001", "title")]

    def test_an_import_says_from_where_and_may_say_why(self):
        """Both are in its entry."""
        goal = imported_goal(reason="row 17")
        assert (goal.history[0].source, goal.history[0].reason) == ("the old system", "row 17")
        assert places(
            refused(lambda: Goal.import_("g", state="draft", owner=ANNA, title="L", by="a", source=" ", at=at(0)))
        ) == [("V002", "source")]

    def test_an_import_by_nobody_at_no_time_is_refused(self):
        """It is an act like any other."""
        found = Goal.would_new("import", "g-1", state="draft", owner=ANNA, title="Lead", source="old", by=" ", at=None)
        assert places(found) == [("V015", "at"), ("V001", "by")]


class TestQuestions:
    """What may this person do, whose turn is it, what is worth a look."""

    def test_the_acts_of_a_person_come_in_the_order_of_the_table(self):
        """A stranger has none."""
        assert draft_goal().acts_for(ANNA) == ("edit", "suggest_option", "invest", "propose", "drop", "promise")
        looked = draft_goal().suggest_option("o-1", "Ask the client", by=OLE, at=at(1))
        assert looked.acts_for(ANNA) == (
            "edit", "suggest_option", "adopt_option", "choose_option", "invest", "propose", "drop", "promise",
        )  # fmt: skip
        assert draft_goal().acts_for(STRANGER) == ()
        assert "archive" in draft_path().acts_for(ANNA)
        assert "archive" not in draft_path().acts_for(ANNA, admin=False)
        assert someone().acts_for(ANNA, admin=False) == ()
        assert Person.admin_acts() == (*Person.lifecycle.acts, "import")
        assert CareerPath.admin_acts() == ("archive", "import", "reimport")

    def test_a_kind_names_its_acts_and_which_of_them_begin_it(self):
        """What `new` and `act` take, and no other."""
        begins = Goal.would_new("sign", "g-1")[0].params["open"]
        assert (*begins.split(", "), "import") == Goal.begins() == ("begin", "import")
        assert "begin" not in Goal.acts()
        assert [Goal.act_named(act) for act in Goal.acts()] == [*Goal.acts()]
        assert set(Person.begins()) | set(Person.acts()) == {*Person.lifecycle.acts, "import"}

    def test_every_act_that_is_offered_is_one_that_the_person_may_do(self):
        """Whatever else it may lack, nobody is told that they may not, or that there is no such act now."""
        for goal in (draft_goal(), ready_goal(), proposed_goal(), agreed_goal(), paused_goal()):
            for person in (ANNA, OLE):
                for act in goal.acts_for(person):
                    assert goal.lifecycle.find(act, goal.state) is not None

    def test_a_turn_is_awaited_once(self):
        """Of each who has to take it, and of nobody who does not exist."""
        assert ready_goal().awaits() == (Await(ANNA, "propose"),)
        assert proposed_goal().awaits() == (Await(ANNA, "sign"), Await(OLE, "sign"))
        nobody = Goal.import_("g-1", state="proposed", owner=ANNA, title="Lead", by="admin", source="old", at=at(0))
        assert nobody.awaits() == (Await(ANNA, "sign"),)

    def test_findings_are_warnings_of_a_day_in_a_stable_order(self):
        """Advice and gates; none is raised."""
        goal = imported_goal(investments=(), signatures=(), serves=(), confidence=1)
        found = goal.findings(on(31))
        assert [f.code for f in found] == ["K008", "K008", "G017", "G005", "G016", "G008", "G008"]
        assert {f.severity for f in found} == {"warning"}

    def test_a_house_turns_off_what_it_does_not_ask(self):
        """Advice as well as gates."""
        policy = Policy(severities={"K008": "off", "G016": "off", "G005": "off"})
        goal = imported_goal(investments=(), serves=())
        assert goal.findings(on(31), policy=policy) == ()

    def test_every_kind_of_record_can_be_asked_on_any_day(self):
        """Nothing overflows at the ends of time."""
        for day in (date.min, date.max):
            assert isinstance(agreed_goal().findings(day), tuple)

    def test_a_record_taken_over_on_the_last_day_of_time_can_be_asked(self):
        """Sixty days later there is no day any more, and nothing has stalled."""
        from datetime import UTC, datetime

        late = datetime(9999, 12, 31, tzinfo=UTC)
        goal = Goal.import_("g-1", state="agreed", owner=ANNA, title="Lead", by="admin", source="old", at=late)
        assert "G018" not in codes(goal.findings(date.max))


class TestAside:
    """What is the house's own is no act of the parties."""

    def test_the_day_to_keep_it_until_is_set_and_taken_back(self):
        """The history does not grow."""
        goal = agreed_goal().keep(on(700))
        assert (goal.keep_until, goal.history) == (on(700), agreed_goal().history)
        assert goal.keep(None) == agreed_goal()

    def test_extra_takes_plain_values_from_any_mapping(self):
        """Decimals and floats become decimals; what is given later does not change it."""
        given = {"a": "text", "b": 1, "c": 0.5, "d": True, "e": None, "f": 2.0}
        goal = draft_goal().with_extra(given)
        given["a"] = "other"
        assert {k: str(v) for k, v in goal.extra.items()} == {
            "a": "text", "b": "1", "c": "0.5", "d": "True", "e": "None", "f": "2.0",
        }  # fmt: skip

    def test_what_may_not_stand_in_extra_is_named(self):
        """Lists, numbers that no reader keeps, names that are none."""
        found = refused(lambda: draft_goal().with_extra({"a": [], "b": float("nan"), "c": 10**16, "d": "\ud800"}))
        assert places(found) == [("V015", "extra.a"), ("V005", "extra.b"), ("V005", "extra.c"), ("V002", "extra.d")]
        for wrong in (3, [("a", 1)], {1: "a"}, {"\ud800": 1}, {"n" * 10_001: 1}):
            assert codes(refused(lambda wrong=wrong: draft_goal().with_extra(wrong))) == ["V015"]


def test_a_record_that_awaits_no_more_than_its_table_says_awaits_nothing_else():
    """Only records with promises add to it."""
    from stage.people import employed

    assert employed().awaits() == ()
    assert list(Record._also_awaited(employed())) == []


def test_a_part_may_be_given_as_a_mapping():
    """As a form or a document gives it; its own rules are asked."""
    goal = draft_goal().edit(measure={"unit": "stations", "start": 0, "target": 4}, by=ANNA, at=at(1))
    assert goal.measure == Measure("stations", start=0, target=4)
    same = {"unit": "stations", "start": 4, "target": 4}
    assert places(draft_goal().would("edit", measure=same, by=ANNA, at=at(1))) == [("G027", "measure.target")]


class TestWhatStandsInTheWay:
    """`Await.shut`: the gates that are shut, asked when it is read."""

    def test_of_an_act_that_gates_stop(self):
        """For each who is awaited, the codes that the act would be refused with."""
        (hers, his) = open_talk().awaits()
        assert hers.act == his.act == "finish"
        assert hers.shut == his.shut == ("I013", "I024", "I012", "I011", "I007", "I010")

    def test_of_a_house_that_turns_a_gate_off(self):
        """It is not in the way there."""
        (hers, _) = open_talk().awaits(policy=Policy(severities={"I007": "warning"}))
        assert hers.shut == ("I013", "I024", "I012", "I011", "I010")

    def test_of_an_act_that_nothing_stops(self):
        """No gate is shut, or there is none."""
        assert [it.shut for it in planned_talk().awaits()] == [(), ()]
        assert [it.shut for it in half_signed_goal().awaits()] == [()]

    def test_it_is_no_part_of_whose_turn_it_is(self):
        """Two are alike whatever stands in the way; and it goes through a pickle."""
        (turn, _) = open_talk().awaits()
        assert turn == Await(turn.person, "finish")
        assert "record" not in repr(turn)
        assert pickle.loads(pickle.dumps(turn)).shut == turn.shut
        assert Await(turn.person, "finish").shut == ()

    def test_it_is_asked_of_a_policy(self):
        """V015 for anything else."""
        assert codes(refused(lambda: open_talk().awaits(policy="strict"))) == ["V015"]
