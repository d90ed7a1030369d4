"""Where a finding comes from, and the rule behind it."""

import pickle
from datetime import date, datetime

import pytest

from coaching import Book, Cause, Goal, Interview, Person, Rejected, rule, rules

NOON = datetime.fromisoformat("2026-08-03T12:00+02:00")
GOAL = Goal.begin("g-1", "Lead a pilot line", by="anna", at=NOON)
BOOK = Book([GOAL, Person.register("anna", "Anna Ek", date(2024, 8, 1), by="hr", at=NOON)])
TALK = Interview.plan(
    "i-1", coachee="anna", interviewer="ole", kind="annual", due_on=date(2026, 9, 30), by="anna", at=NOON
)


def only(found):
    """The one finding there is, by code, path and cause."""
    return [(it.code, it.path, str(it.cause)) for it in found]


class TestTheCause:
    """`actor`, `state`, `input`, `rule`, `book` or `missing`: what an answer over HTTP hangs on."""

    def test_of_one_who_may_not(self):
        assert only(TALK.would("cancel", by="eva", at=NOON, reason="ill")) == [("V011", "by", "actor")]

    def test_of_one_who_may_not_by_a_rule_of_its_own(self):
        goal = Goal.import_(
            "g-2", state="draft", owner="anna", coach="ole", title="Lead", by="hr", at=NOON, source="old"
        )
        assert only(goal.would("drop", reason="No time", by="ole", at=NOON)) == [("G013", "by", "actor")]

    def test_of_the_same_rule_where_it_is_not_about_who_acts(self):
        assert only(GOAL.would("drop", by="anna", at=NOON)) == [("G013", "reason", "rule")]

    def test_of_an_act_that_does_not_begin_here(self):
        assert only(TALK.would("finish", by="anna", at=NOON)) == [("V010", "state", "state")]

    def test_of_an_act_that_a_rule_shuts(self):
        """The rule is an invariant of the record as well; here it says that the door is closed."""
        talk = Interview.import_(
            "i-2",
            state="signed",
            coachee="anna",
            interviewer="ole",
            kind="annual",
            cycle="2025",
            held_on=date(2025, 9, 1),
            by="hr",
            at=NOON,
            source="old system",
        )
        assert only(talk.would("amend", by="anna", at=NOON, cycle="2026")) == [("I015", "revision", "state")]

    def test_of_a_value(self):
        assert only(TALK.would("cancel", by="anna", at=NOON, reason=" ")) == [("V002", "reason", "input")]

    def test_of_a_value_of_by_that_is_no_person(self):
        assert only(GOAL.would("drop", by=" x", at=NOON, reason="No time"))[0] == ("V001", "by", "input")

    def test_of_a_gate(self):
        assert only(TALK.would("cancel", by="anna", at=NOON)) == [("I016", "reason", "rule")]

    def test_of_a_part_that_is_not_there(self):
        assert only(GOAL.would("fulfil", commitment="c-9", result="Done", by="anna", at=NOON))[0][::2] == (
            "V017",
            "missing",
        )

    def test_of_a_record_that_is_not_there(self):
        assert only(BOOK.would("g-9", "drop", by="anna", at=NOON)) == [("X002", "", "missing")]

    def test_of_a_rule_across_records(self):
        assert only(BOOK.would_new(Goal, "begin", "g-1", title="Again", by="anna", at=NOON)) == [("X001", "id", "book")]

    def test_goes_where_the_finding_goes(self):
        found = TALK.would("finish", by="anna", at=NOON)[0]
        assert found.as_dict()["cause"] == "state"
        assert found.about(None).cause is Cause.STATE
        again = pickle.loads(pickle.dumps(found))
        assert (again, again.cause) == (found, Cause.STATE)


class TestTheRule:
    """A finding leads to its rule, and a code too."""

    def test_from_a_finding(self):
        found = TALK.would("cancel", by="anna", at=NOON)[0]
        assert found.rule is rule("I016")
        assert (found.why, found.page) == (rule("I016").why, "generated/rules.html#i016")

    def test_from_a_code(self):
        assert [rule(it.code) for it in rules()] == list(rules())

    @pytest.mark.parametrize(("code", "meant"), [("g005", "G005"), ("G0O5", "G005"), ("V11", "V011")])
    def test_a_slip_is_told_the_nearest(self, code, meant):
        with pytest.raises(Rejected, match=f"{code}' is the code of no rule; did you mean {meant}") as refused:
            rule(code)
        assert refused.value.codes == ("V012",)

    def test_what_is_like_none(self):
        with pytest.raises(Rejected, match=r"coaching.rules\(\) lists them all"):
            rule("goals" * 10_000)

    @pytest.mark.parametrize("code", [None, 5, ["G005"]])
    def test_what_is_no_code(self, code):
        with pytest.raises(Rejected) as refused:
            rule(code)
        assert refused.value.codes == ("V015",)
