"""Rules as data, findings, and the one error."""

import json
import pickle
from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve
from frozendict import frozendict

from coaching import Finding, Rejected, Severity, rules
from coaching.catalogue import catalogue
from coaching.kernel.rules import SHOWN, Choice, Sort, breach, brief, by_code, finding, in_order, invariant, stated
from coaching.records import goals
from stage import ANNA, at, on, refused
from stage.goals import draft_goal
from stage.nasty import FrozenDay, NoMoment


class Colour(Choice):
    """A list of two words."""

    RED = "red"
    BLUE = "blue"


def a_finding(code="G005", path="investments", message="nothing invested yet", **more):
    """A finding about goal g-1."""
    rule = catalogue()[code]
    return Finding(code, Severity.ERROR, path, message, record=("goal", "g-1"), says=rule.says, mend=rule.mend, **more)


class TestChoice:
    """A word of a closed list is its text."""

    def test_a_word_equals_its_text_and_shows_as_it_is_typed(self):
        """So that a `repr` can be pasted."""
        assert (Colour.RED == "red", str(Colour.RED), repr(Colour.RED)) == (True, "red", "'red'")


class TestCatalogue:
    """Every rule is data, once."""

    def test_every_rule_says_what_holds_why_and_how_to_mend_it(self):
        """In plain sentences, without a stop at the end."""
        for rule in rules():
            assert all((rule.says, rule.why, rule.mend)), rule.code
            assert not any(text.endswith(".") for text in (rule.says, rule.mend)), rule.code

    def test_the_rules_come_in_the_order_of_their_codes(self):
        """Each code once."""
        listed = [rule.code for rule in rules()]
        assert listed == sorted(set(catalogue()))

    def test_only_gates_name_acts_and_every_gate_names_one(self):
        """A gate guards something."""
        assert all(bool(rule.acts) is (rule.sort is Sort.GATE) for rule in rules())

    def test_advice_warns_and_everything_else_is_an_error(self):
        """Unless a policy says otherwise."""
        assert {(rule.sort is Sort.ADVICE, rule.severity) for rule in rules()} == {(True, "warning"), (False, "error")}

    def test_a_code_is_declared_once(self):
        """Another rule with a known code is refused while the rules are listed."""
        known = catalogue().values()
        other = stated("V001", "kernel", field="", says="another", why="another", mend="another")
        with pytest.raises(RuntimeError, match="V001 is declared twice"):
            by_code([*known, other])
        other = invariant("G022", "goal", field="", says="another", why="another", mend="another")(lambda _: iter(()))
        with pytest.raises(RuntimeError, match="G022 is declared twice"):
            by_code([other, *known])
        assert by_code([*known, *known]) == catalogue()  # the same rule twice is one rule

    def test_declaring_a_rule_changes_nothing_elsewhere(self):
        """Nothing is registered: a module may be loaded again, and a rule of one's own has any code."""
        before = dict(catalogue())
        known = before["V001"]
        says = {name: getattr(known, name) for name in ("field", "says", "why", "mend")}
        assert stated("V001", "kernel", **says) == known
        stated("Z001", "kernel", **says)
        assert catalogue() == before
        assert catalogue()["V001"] is known

    def test_a_rule_stands_under_its_code(self):
        """A decorator gives the rule, not the function; asking it is asking the function."""
        rule = goals.G005
        assert rule is catalogue()["G005"]
        assert (rule.code, rule.sort, rule.of, rule.severity) == ("G005", "gate", "goal", "error")
        assert [found.message for found in rule.asks(draft_goal(), None)] == ["nothing invested yet"]
        assert list(catalogue()["V001"].asks(draft_goal())) == []  # the frame asks it


class TestFinding:
    """One thing that is wrong, as data."""

    def test_it_reads_as_code_place_message_and_what_would_be_right(self):
        """The place is left out where it is the record as a whole."""
        mend = catalogue()["G005"].mend
        assert str(a_finding()) == f"G005 investments: nothing invested yet ({mend})"
        assert str(a_finding(path="")) == f"G005: nothing invested yet ({mend})"
        assert a_finding().says == catalogue()["G005"].says

    def test_its_plain_form_is_ready_for_json(self):
        """Days and numbers become text; texts, whole numbers, truth and nothing stay."""
        params = frozendict(n=1, day=date(2026, 3, 2), half=Decimal("0.5"), name="Anna", yes=True, none=None)
        plain = a_finding(params=params).as_dict()
        assert plain["params"] == {
            "n": 1,
            "day": "2026-03-02",
            "half": "0.5",
            "name": "Anna",
            "yes": True,
            "none": None,
        }
        assert plain["record"] == {"type": "goal", "id": "g-1"}
        assert plain["severity"] == "error"
        assert json.loads(json.dumps(plain)) == plain
        assert evolve(a_finding(), record=None).as_dict()["record"] is None

    def test_findings_come_in_the_order_of_their_places_with_numbers_by_size(self):
        """history[2] before history[10], and codes within a place."""
        found = [a_finding(path=p) for p in ("turns[10]", "turns[2]", "turns", "", "turns[2].text")]
        assert [f.path for f in in_order(found)] == ["", "turns", "turns[2]", "turns[2].text", "turns[10]"]
        assert [f.code for f in in_order([a_finding("G022"), a_finding("G004")])] == ["G004", "G022"]

    @pytest.mark.parametrize("path", ["²", "a²", "1", "-1", "[0]", "٣", "①"])
    def test_any_text_may_stand_in_a_place(self, path):
        """Names in documents are whatever somebody wrote."""
        assert [f.path for f in in_order([a_finding(path=path), a_finding(path="")])] == ["", path]

    def test_a_breach_is_framed_with_the_place_of_the_part(self):
        """The rule's own field where the breach names none; an index joins without a dot."""
        rule = catalogue()["K003"]
        assert finding(rule, breach("late"), prefix="commitments[0]").path == "commitments[0].due"
        assert finding(rule, breach("late", "[1]"), prefix="commitments").path == "commitments[1]"
        assert finding(catalogue()["V001"], breach("blank"), prefix="commitments").path == "commitments"

    def test_a_message_is_filled_from_what_travels_with_it(self):
        """Braces in what users wrote are only text."""
        assert breach("{n} of {who}", n=1, who="{x}").message == "1 of {x}"
        assert breach("{as it is}").message == "{as it is}"


class TestRejected:
    """The one error carries everything."""

    def test_it_says_what_was_tried_and_then_a_line_for_each_finding(self):
        """In their stable order, whichever way they came."""
        some = [a_finding("G022", "chosen", "no option"), a_finding()]
        one, other = Rejected("goal g-1: cannot propose", some), Rejected("goal g-1: cannot propose", some[::-1])
        assert str(one) == str(other)
        assert str(one).splitlines()[0] == "goal g-1: cannot propose"
        assert one.codes == ("G022", "G005")
        assert one.as_dicts() == [f.as_dict() for f in one.findings]

    def test_a_fault_met_twice_is_said_once(self):
        """Two checks may meet the same one."""
        assert len(Rejected("x", [a_finding(), a_finding()]).findings) == 1

    def test_a_long_list_is_cut_only_where_it_is_shown(self):
        """`findings` holds every one."""
        refusal = Rejected("x", [a_finding(path=f"turns[{n}]") for n in range(SHOWN + 3)])
        assert len(refusal.findings) == SHOWN + 3
        assert str(refusal).splitlines()[-1] == "  and 3 more"
        assert len(str(refusal).splitlines()) == SHOWN + 2

    def test_it_pickles(self):
        """A worker may send it home."""
        refusal = Rejected("x", [a_finding()])
        again = pickle.loads(pickle.dumps(refusal))
        assert (again.what, again.findings, str(again)) == (refusal.what, refusal.findings, str(refusal))

    def test_it_is_a_value_error(self):
        """So that a tool that knows nothing of us can catch it."""
        with pytest.raises(ValueError, match="cannot edit"):
            draft_goal().edit(title=" ", by=ANNA, at=at(1))

    def test_it_never_holds_nothing(self):
        """A refusal says at least one thing."""
        assert all(f.message for f in refused(lambda: draft_goal().edit(title=" ", target_on=on(1), by="", at=at(1))))


class TestBrief:
    """A value as a person may read it, short whatever it is."""

    @pytest.mark.parametrize(
        ("value", "shown"),
        [
            ("short", "'short'"),
            (None, "None"),
            (True, "True"),
            (1.5, "1.5"),
            (10**400, "a very large number"),
            (Decimal("0.10"), "0.10"),
            (date(2026, 3, 2), "2026-03-02"),
            (FrozenDay(2026, 3, 2), "2026-03-02"),
            (NoMoment(2026, 3, 2), "NaT"),
            ([1] * 1000, "a list"),
            (object(), "a object"),
            (b"raw", "b'raw'"),
        ],
    )
    def test_each_kind_of_value_is_shown_as_itself_or_as_what_it_is(self, value, shown):
        """Numbers and days as they are, texts in quotes, the rest by its kind."""
        assert brief(value) == shown

    def test_long_values_are_cut_and_their_quotes_closed(self):
        """Never wider than a line takes."""
        for value in ("x" * 100, '"' + "'" * 100, b"x" * 100, Decimal("1" * 100)):
            assert len(brief(value)) <= 44
        assert brief("x" * 100).endswith("...'")
        assert brief(Decimal("1" * 100)).endswith("1...")
