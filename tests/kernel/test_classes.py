"""What a frozen class looks like: every field is checked, every rule asked, and all that is wrong is said at once."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import pytest
from annotated_types import Gt

from coaching import Commitment, Goal, Location, Option, Progress, Ref, Span
from coaching.kernel.checking import FAULTY, Faults, check_as
from coaching.kernel.classes import SUGGESTED, build, model_of, value
from coaching.kernel.constraints import Word
from coaching.kernel.rules import invariant
from stage import ANNA, OLE, at, codes, on, refused
from stage.goals import agreed_goal


@invariant("Z001", "probe_slipping", field="name", says="a slip", why="a slip", mend="mend the program")
def SLIPS(probe):
    """Reads the name, and then fails."""
    name = probe.name
    raise AttributeError(name)
    yield


@value("probe_slipping", lambda: (SLIPS,))
class Slipping:
    """A value whose rule is a slip of the program."""

    name: Word
    n: int


def places(findings):
    """Code and path of each finding."""
    return [(f.code, f.path) for f in findings]


@value("probe_single")
class Single:
    """A value with one field."""

    only: int


@value("probe_nested")
class Nested:
    """A value with parts of every sort."""

    name: str
    home: Location | None = None
    spans: tuple[Span, ...] = ()
    during: Span | None = None
    many: tuple[str, ...] = ()


class TestConstruction:
    """By position or by name, complete or refused."""

    def test_fields_are_given_by_position_or_by_name(self):
        """In the order in which they are declared."""
        assert Ref("need", "n-1") == Ref(id="n-1", kind="need") == Ref("need", id="n-1", of=None)

    def test_a_field_with_a_word_of_the_language_is_given_by_either_name(self):
        """Documents write `from`, Python writes `from_`."""
        assert Span(on(1)) == Span(from_=on(1)) == Span(**{"from": on(1)})

    def test_a_field_given_twice_is_refused(self):
        """Once by position and once by name, or by both of its names: one of them would be lost."""
        assert codes(refused(lambda: Span(on(1), from_=on(2)))) == ["V016"]
        assert codes(refused(lambda: Span(**{"from": on(1), "from_": on(2)}))) == ["V016"]

    def test_too_many_values_are_counted(self):
        """And the rest is looked at."""
        found = refused(lambda: Span(on(1), "soon", 3))
        assert places(found) == [("V016", ""), ("V015", "to")]
        assert found[0].message == "3 values for 2 fields"

    def test_missing_fields_are_named_each(self):
        """By the rule of the field where it has one."""
        assert places(refused(Progress)) == [("V014", "at"), ("V014", "by"), ("V014", "kind"), ("V014", "text")]
        assert places(refused(lambda: Goal(id="g-1"))) == [
            ("V013", "history"), ("V014", "owner"), ("V014", "state"), ("G001", "title"),
        ]  # fmt: skip

    def test_an_unknown_field_is_answered_with_the_nearest_known_one(self):
        """Or with all of them, where none is near."""
        (near,) = refused(lambda: Location("Oslo", contry="NO"))
        assert (near.code, near.path, near.message) == (
            "V016",
            "contry",
            "location has no contry; did you mean country?",
        )
        (far,) = refused(lambda: Location("Oslo", zip=1))
        assert far.message == "location has no zip; known: name, country"

    def test_many_unknown_fields_are_named_without_a_search(self):
        """A document of nonsense is refused quickly."""
        found = refused(lambda: Location("Oslo", **{f"field{n}": 1 for n in range(SUGGESTED + 2)}))
        assert len(found) == SUGGESTED + 2
        assert sum("known" in f.message for f in found) == SUGGESTED

    @pytest.mark.parametrize("name", ["{}", "{name}", "a b", "x" * 300, "\n", "²"])
    def test_any_name_may_be_the_unknown_one(self, name):
        """Shown as it is where a person can read it, cut where it is long."""
        (found,) = refused(lambda: Location("Oslo", **{name: 1}))
        assert found.code == "V016"
        assert len(found.message) < 150

    def test_a_name_that_is_no_text_is_unknown(self):
        """A mapping from elsewhere may hold anything."""
        faults = Faults()
        build(Location, {"name": "Oslo", 7: 1}, "", faults)
        assert places(faults.found) == [("V016", "7")]

    def test_rules_that_need_a_faulty_field_stay_silent_and_the_others_speak(self):
        """Nothing is blamed for what another fault brought about."""
        found = refused(lambda: Commitment("c-1", 7, "Ask Eva", on(3), due=on(1), state="done"))
        assert places(found) == [("V015", "by"), ("K004", "done_on"), ("K003", "due"), ("K004", "result")]
        assert places(refused(lambda: Commitment("c-1", ANNA, "Ask Eva", "soon", due=on(1)))) == [("V015", "made_on")]

    def test_what_is_refused_names_what_was_made(self):
        """A part by its kind, a record by kind and id."""
        with pytest.raises(ValueError, match=r"^span: cannot be made\n"):
            Span(on(1), on(0))
        with pytest.raises(ValueError, match=r"^goal g-9: cannot be made\n"):
            Goal(id="g-9", state="draft", owner=ANNA, title="Lead")

    def test_a_value_with_one_field_is_a_value(self):
        """It is copied and compared like any other."""
        assert Single(1) == model_of(Single).copy(Single(2), {"only": 1})
        assert codes(refused(lambda: Single("1"))) == ["V015"]


class TestParts:
    """Parts are given as themselves or as mappings, and stand at their own places."""

    def test_parts_in_lists_are_checked_each(self):
        """A list becomes a tuple; a mapping becomes a part."""
        nested = Nested("Anna", {"name": "Oslo", "country": "NO"}, [Span(on(0)), {"from": on(1)}], many=["a", "b"])
        assert nested.home == Location("Oslo", "NO")
        assert nested.spans == (Span(on(0)), Span(on(1)))
        assert nested.many == ("a", "b")

    def test_what_is_wrong_in_a_part_is_said_at_its_place(self):
        """Fields and rules alike."""
        backwards = {"from": on(1), "to": on(0)}
        found = refused(lambda: Nested("Anna", {"name": " "}, [backwards, {"from": "soon"}], during=backwards))
        assert places(found) == [
            ("V004", "during.to"), ("V002", "home.name"), ("V004", "spans[0].to"), ("V015", "spans[1].from"),
        ]  # fmt: skip
        assert places(refused(lambda: Nested("Anna", spans=[Span(on(1)), 7]))) == [("V015", "spans[1]")]

    @pytest.mark.parametrize("given", ["text", {"a": 1}, 7, None, iter(())])
    def test_only_a_list_is_a_list(self, given):
        """A text is none, nor is what can be read only once."""
        assert codes(refused(lambda: Nested("Anna", spans=given))) == ["V015"]
        assert codes(refused(lambda: Nested("Anna", many=given))) == ["V015"]

    def test_a_part_of_another_kind_is_refused(self):
        """By the name that documents use."""
        (found,) = refused(lambda: Nested("Anna", home=Span(on(0))))
        assert found.message == "a Span is no location"

    def test_every_place_of_a_deep_fault_is_said(self):
        """A record, its promise, its move."""
        move = {"old_due": on(30), "new_due": on(40), "reason": " ", "at": at(4)}
        promise = {"id": "c-1", "by": ANNA, "text": "Ask Eva", "made_on": on(2), "due": on(40), "moves": [move]}
        found = Goal.would_new(
            "import", "g-1", state="draft", owner=ANNA, title="Lead", commitments=[promise], by="admin", source="old",
            at=at(0),
        )  # fmt: skip
        assert places(found) == [("V002", "commitments[0].moves[0].reason")]


class TestCopy:
    """A copy with changes."""

    def test_a_checked_copy_keeps_the_rules(self):
        """It is made like a new one."""
        promise = agreed_goal().commitments[0]
        model = model_of(Commitment)
        assert model.copy_checked(promise, {"due": on(40)}).due == on(40)
        assert codes(refused(lambda: model.copy_checked(promise, {"due": on(0)}))) == ["K003"]

    def test_a_plain_copy_changes_only_what_it_is_told(self):
        """The original stays."""
        option = Option("o-1", "Wait", OLE)
        assert model_of(Option).copy(option, {"adopted_at": at(1)}) == Option("o-1", "Wait", OLE, at(1))
        assert option.adopted_at is None


class TestChecks:
    """A check comes from an annotation."""

    def test_a_constraint_that_nobody_knows_fails_while_the_class_is_made(self):
        """It would pass in silence."""
        with pytest.raises(TypeError):
            check_as(Annotated[int, Gt(3)])

    def test_a_value_that_was_refused_shows_as_such(self):
        """For those who look at a half-built object in a debugger."""
        assert repr(FAULTY) == "FAULTY"

    def test_a_document_reads_its_leaves_and_says_why_one_cannot_be_read(self):
        """Where nothing is read, nothing is converted."""

        def read(kind, raw):
            if raw == "unreadable":
                raise ValueError("it is unreadable")
            return kind(raw) if kind is Decimal else raw

        faults = Faults(read)
        assert check_as(Decimal)("1.5", "x", faults) == Decimal("1.5")
        assert faults.found == []
        assert check_as(Decimal)("unreadable", "x", faults) is FAULTY
        assert check_as(int)("7", "y", faults) is FAULTY
        assert [f.message for f in faults.found] == [
            "'unreadable' is no number: it is unreadable",
            "'7' is no whole number",
        ]

    def test_a_fault_of_a_program_is_not_taken_for_a_fault_of_a_value(self):
        """A rule that breaks breaks loudly, on a half-built object as on a whole one; one that needs a faulty field is silent."""
        with pytest.raises(AttributeError, match="spoon"):
            Slipping("spoon", 1)
        with pytest.raises(AttributeError, match="spoon"):
            Slipping("spoon", "one")
        assert places(refused(lambda: Slipping(" ", 1))) == [("V002", "name")]
        assert places(refused(lambda: Slipping(" "))) == [("V014", "n"), ("V002", "name")]


def test_what_does_not_fit_is_to_be_looked_at():
    """A name that is no field, and a value of another type: the slow way says what is wrong."""
    model = model_of(Span)
    day = date(2024, 3, 5)
    assert model.fitted({"from_": day, "to": None}) == Span(day)
    assert model.fitted({"from_": day, "untill": day}) is None
    assert model.fitted({"from_": "2024-03-05", "to": None}) is None
