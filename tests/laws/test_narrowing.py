"""Systems that know less than the library, or ask more, or ask less: what they do not know is not asked of them."""

from datetime import datetime
from random import Random
from typing import Any, ClassVar

import pytest
from hypothesis import settings

from coaching import Interview, Policy, Rejected
from coaching.testing import CoachingWorkflow, Coverage, Found, InterviewWorkflow, Unbound, Words, explore, suite
from coaching.testing.binding.chance import chance
from coaching.testing.binding.feedback import FEEDBACK
from coaching.testing.binding.interviews import INTERVIEWS
from coaching.testing.binding.model import replay
from coaching.testing.binding.narrowing import narrowed
from coaching.testing.binding.offers import begun, offered
from coaching.testing.binding.playing import play
from coaching.testing.binding.scenes import PLAIN

FEW = settings(max_examples=10, derandomize=True, database=None)
KNOWN = ("plan", "schedule", "reschedule", "start", "finish", "sign", "reopen", "cancel")
TAKES = {"plan": {"kind": ("check_in", "annual")}, "sign": {"stance": "agrees", "note": None}}
QUIET = Policy(severities=dict.fromkeys(("I007", "I010", "I013"), "off"))


class TooFar(Exception):
    """The house has a rule of its own."""


class Small(InterviewWorkflow):
    """A system that knows some acts, and ours alone stand behind it."""

    refusal = Rejected
    acts, takes, policy = KNOWN, TAKES, QUIET
    asked: ClassVar[list[tuple[str, dict[str, Any]]]] = []

    def __init__(self) -> None:
        """Begin with an empty system."""
        self.talks: dict[str, Any] = {}

    def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
        """Do an act; one that is not known is an error of the program."""
        if act not in KNOWN:
            raise KeyError(act)
        self.asked.append((act, given))
        talk = self.talks.get(record_id)
        if talk is None:
            self.talks[record_id] = Interview.new(act, record_id, by=by, at=at, policy=QUIET, **given)
        elif act == "plan":
            raise Rejected("there already", [])
        else:
            self.talks[record_id] = talk.act(act, by=by, at=at, policy=QUIET, **given)

    def read(self, record_id: str) -> dict[str, Any]:
        """Give what is kept."""
        talk = self.talks[record_id]
        return {"state": talk.state, "slot": talk.slot, "signatures": [{"by": s.by} for s in talk.signatures]}

    def acts_for(self, record_id: str, by: str, at: datetime) -> list[str]:
        """Give the buttons: of acts that are known."""
        return [act for act in self.talks[record_id].acts_for(by, on=at.date()) if act in KNOWN]

    def awaits(self, record_id: str) -> list[tuple[str, str]]:
        """Give whose turn it is: for acts that are known."""
        return [(turn.person, turn.act) for turn in self.talks[record_id].awaits() if turn.act in KNOWN]


class TestNarrowed:
    """What is not known is left out, and the rest is played."""

    def test_a_system_that_knows_some_acts_is_asked_no_others(self):
        """And passes; all the same it is played through all of the states that it knows."""
        coverage = Coverage(Small)
        for case in suite(Small)[::4]:
            case.play(Small, coverage)
        explore(Small, settings=FEW, coverage=coverage)
        coverage.at_least(states=1.0, edges=1.0)
        assert "interview unsigned" not in [" ".join(it) for it in coverage.all_states()]
        assert "I031" not in dict(coverage.all_gates()).values()  # of missing somebody
        assert "I013" not in dict(coverage.all_gates()).values()  # turned off

    def test_arguments_that_are_not_taken_are_not_given(self):
        """What is always the same is given so; of a choice anything, and nothing else."""
        Small.asked.clear()
        explore(Small, settings=FEW)
        assert {given["kind"] for act, given in Small.asked if act == "plan"} == {"check_in", "annual"}
        assert {tuple(given.items()) for act, given in Small.asked if act == "sign"} == {(("stance", "agrees"),)}

    def test_a_way_leads_on_without_the_acts_that_are_not_known(self):
        """As far as the rules let it; two ways that are one are one."""
        less = narrowed(INTERVIEWS, KNOWN, {}, QUIET)
        ways = less.situations(PLAIN, "i-1")
        assert [step.act for step in ways["held (annual)"]] == ["plan", "schedule", "start", "finish"]
        assert "adjourned (annual)" not in ways
        assert all(not it.findings for steps in ways.values() for it in replay(steps, QUIET))
        assert "held (annual)" not in narrowed(INTERVIEWS, KNOWN, {}, Policy()).situations(PLAIN, "i-1")

    def test_who_names_nothing_has_all_of_it(self):
        """The piece itself."""
        assert narrowed(INTERVIEWS, (), {}, QUIET) is INTERVIEWS

    def test_each_is_offered_once(self):
        """Where several become one."""
        less = narrowed(FEEDBACK, (), {"acknowledge": {"response": None}, "share": {"visibility": "coach"}}, QUIET)
        record = replay(less.situations(PLAIN, "f-1")["given"], QUIET)[-1].after
        offers = less.offers(PLAIN, record, "p-17")
        assert offers["share"] == [{"visibility": "coach"}]
        assert len(offers["acknowledge"]) == 2


class TestRulesOfTheHouse:
    """A house may ask less than the library, and more."""

    def test_a_rule_that_is_not_asked_is_not_tried(self):
        """Where it alone speaks against an act."""

        class Shorter(Small):
            def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
                slot = given.get("slot")
                if slot and slot["minutes"] == 14:
                    given["slot"] = {**slot, "minutes": 15}
                super().perform(act, record_id, by, at, **given)

        class Told(Shorter):
            unasked = ("I003",)

        case = next(case for case in suite(Small) if case.name == "interview: planned (check_in): refused")
        with pytest.raises(Found, match="I003 says a slot has"):
            case.play(Shorter)
        case.play(Told)

    def test_a_rule_of_the_house_alone_ends_a_play(self):
        """Without a finding; and it may change nothing."""

        class Strict(Small):
            stricter = TooFar

            def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
                if act == "schedule" and record_id in self.talks and self.talks[record_id].kind == "annual":
                    raise TooFar
                super().perform(act, record_id, by, at, **given)

        class Careless(Strict):
            def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
                try:
                    super().perform(act, record_id, by, at, **given)
                except TooFar:
                    del self.talks[record_id]
                    super().perform(
                        "plan", record_id, by, at, coachee="p-17", interviewer="p-3", kind="check_in", due_on=at.date()
                    )
                    super().perform("schedule", record_id, by, at, slot=given["slot"])
                    raise

        explore(Strict, settings=FEW)
        with pytest.raises(Found, match="schedule by p-3: refused by a rule of its own, and yet something changed"):
            explore(Careless, settings=FEW)

    def test_a_record_that_the_house_refuses_to_begin_is_not_there(self):
        """Nor does a play go on."""

        class Strict(Small):
            stricter = TooFar

            def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
                if act == "plan" and given["kind"] == "annual":
                    raise TooFar
                super().perform(act, record_id, by, at, **given)

        class Careless(Strict):
            def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
                Small.perform(self, act, record_id, by, at, **given)
                super().perform(act, record_id + "0", by, at, **given)

        case = suite(Small)[0]
        case.play(Strict)
        with pytest.raises(Found, match="refused, and yet i-1 is there"):
            case.play(Careless)

    def test_what_the_rules_refuse_too_may_be_refused_by_a_rule_of_the_house(self):
        """It is refused, that is all."""

        class Strict(Small):
            stricter = TooFar

            def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
                try:
                    super().perform(act, record_id, by, at, **given)
                except Rejected as refusal:
                    raise TooFar from refusal

        explore(Strict, settings=FEW)


class TestSlipsInABinding:
    """A slip is said before anything is played."""

    @pytest.mark.parametrize(
        ("said", "told"),
        [
            ({"acts": ("plan", "adjurn")}, "names 'adjurn', which is no act; there are: plan, schedule, "),
            ({"takes": {"sing": {}}}, "names 'sing', which is no act"),
            (
                {"takes": {"sign": {"stanse": "agrees"}}},
                "takes names 'stanse', which sign does not take; it takes: stance, note",
            ),
            ({"unasked": ("I999",)}, "unasked names 'I999', which is no rule"),
            ({"acts": ("sign",)}, "can begin no interview: the rules refuse what acts and takes leave of plan"),
            ({"takes": {"plan": {"interviewer": "p-17"}}}, "plan interviewer=.p-17., which the rules never take"),
        ],
    )
    def test_each_is_named(self, said: dict[str, Any], told: str):
        """Before anything is played."""
        slip = type("Slip", (Small,), {"acts": None, "takes": {}, **said})
        with pytest.raises(Unbound, match=told):
            explore(slip, settings=FEW)
        with pytest.raises(Unbound, match=told):
            suite(slip)

    def test_of_several_kinds_each_may_know_an_act(self):
        """Acts are named once for all of them."""

        class Both(CoachingWorkflow):
            pieces = (INTERVIEWS, FEEDBACK)
            refusal = Rejected
            acts = ("plan", "request", "write", "give")
            takes: ClassVar = {"write": {"impact_on": None}}

        assert [[*piece.beginnings(PLAIN)] for piece in Both.played()] == [["plan"], ["request", "write"]]


def test_where_nothing_wrong_is_left_nothing_wrong_is_tried():
    """Every way to begin is right."""
    less = narrowed(FEEDBACK, ("write", "give"), {"write": {"receiver": "p-17", "kind": "feedforward"}}, QUIET)
    assert not begun(less, PLAIN, "f-1", QUIET).refused
    assert all(chance((less,), QUIET, Random(seed)) for seed in range(10))


def test_a_rule_that_is_not_asked_hides_no_other():
    """What another rule speaks against as well is asked."""
    judged = replay(INTERVIEWS.situations(PLAIN, "i-1")["planned (check_in)"], QUIET)
    refused = offered(INTERVIEWS, PLAIN, judged[-1].after, QUIET).refused

    class Told(Small):
        acts, takes, unasked = None, {}, ("V011",)
        seen: ClassVar[list[str]] = []

        def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> None:
            self.seen.append(act)
            if self.talks:
                raise Rejected("no", [])
            super().perform(act, record_id, by, at, **given)

        def acts_for(self, record_id: str, by: str, at: datetime) -> list[str]:
            return list(self.talks[record_id].acts_for(by, on=at.date()))

        def awaits(self, record_id: str) -> list[tuple[str, str]]:
            return [(turn.person, turn.act) for turn in self.talks[record_id].awaits()]

    play((*judged, *refused), Told())
    assert len(Told.seen) == 1 + sum(it.codes != ("V011",) for it in refused)
    assert any(it.codes == ("V011",) for it in refused)


class TestWords:
    """What a system calls otherwise is put in its words, and back."""

    def test_there_and_back(self):
        """In parts and lists as well; what is not named stays."""
        words = Words(state="phase", held="to_sign", slot="booking", by="who")
        ours = {"state": "held", "slot": {"minutes": 90}, "signatures": [{"by": "p-17"}], "due_on": None}
        theirs = {"phase": "to_sign", "booking": {"minutes": 90}, "signatures": [{"who": "p-17"}], "due_on": None}
        assert (words.theirs(ours), words.ours(theirs)) == (theirs, ours)

    def test_two_of_ours_are_not_one_of_theirs(self):
        """Nobody could tell which is meant."""
        with pytest.raises(ValueError, match="note and text are both 'words'; each needs a word of its own"):
            Words(note="words", text="words")

    def test_two_names_of_a_part_do_not_become_one(self):
        """Else one of them would be lost."""
        with pytest.raises(ValueError, match="two of note, words would have one name"):
            Words(note="words").theirs({"note": 1, "words": 2})

    @pytest.mark.parametrize("word", ["", None, 3])
    def test_a_word_is_asked_for(self, word: Any):
        """Nothing else can stand for one of ours."""
        with pytest.raises(ValueError, match=r"note is .* in your system; a word is asked for"):
            Words(note=word)

    def test_a_part_may_have_words_of_its_own(self):
        """And so may the arguments of an act; they come before those that hold everywhere."""
        words = Words(
            by="who", text="words", parts={"turns": {"speaker": "who", "text": "said"}, "sign": {"note": "words"}}
        )
        held = {"turns": [{"who": "p-3", "said": "No"}], "commitments": [{"who": "p-17", "words": "Ask Eva"}]}
        ours = {"turns": [{"speaker": "p-3", "text": "No"}], "commitments": [{"by": "p-17", "text": "Ask Eva"}]}
        assert words.ours(held) == ours
        assert words.theirs(ours) == held
        assert words.ours(held["turns"][0], "turns") == ours["turns"][0]
        assert words.theirs({"note": "Yes", "stance": "agrees"}, "sign") == {"words": "Yes", "stance": "agrees"}

    def test_what_is_none_of_ours_is_left_out(self):
        """Keys of tables, in parts as well."""
        assert Words(by="who", without=("row",)).ours({"row": 1, "notes": [{"row": 2, "who": "p-3"}]}) == {
            "notes": [{"by": "p-3"}]
        }
        assert Words(without="row").ours({"row": 1}) == {}

    def test_two_of_one_word_in_a_part(self):
        """Nobody could tell which is meant; that one of them holds elsewhere is no harm."""
        with pytest.raises(ValueError, match=r"text and speaker are both 'x' at turns; each needs a word of its own"):
            Words(parts={"turns": {"text": "x", "speaker": "x"}})
        with pytest.raises(ValueError, match=r"due_on and due are both 'x'.*Words\(\.\.\., parts="):
            Words(due_on="x", due="x")


def test_what_no_act_comes_to_is_not_asked_for():
    """A promise that is made in an open talk, from which no way leads back, is kept there alone."""

    class Ahead(Small):
        acts, takes, policy = ("plan", "schedule", "cancel", "start", "promise", "fulfil"), {}, QUIET

    edges = {(act, source) for _, act, source, _ in Coverage(Ahead).all_edges()}
    assert ("fulfil", "open") in edges
    assert not {("fulfil", "planned"), ("fulfil", "scheduled"), ("fulfil", "cancelled")} & edges
    assert Coverage(InterviewWorkflow).all_edges() == Coverage("interview").all_edges()
