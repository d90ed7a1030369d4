"""Matching: it explains line by line, compares values only, and never scores."""

from itertools import permutations

from attrs import fields

import coaching.book.matching as module
from coaching import Location
from coaching.book.matching import Line, match
from stage.opportunities import COMMISSIONING, GOTHENBURG, UMEA, need, new_line, position_at_home


def said(lines):
    """What each line is about, and its verdict."""
    return [(line.what, line.verdict.value) for line in lines if line.side == "need"]


def wanted(lines):
    """The verdict on each want."""
    return [line.verdict.value for line in lines if line.side == "want"]


class TestPlaces:
    """Places compare by value."""

    def test_the_same_place_is_met_and_another_is_not(self):
        """By name and country."""
        assert said(match([need(location=UMEA)], new_line())) == [("Umeå (SE)", "met")]
        assert said(match([need(location=GOTHENBURG)], new_line())) == [("Gothenburg (SE)", "not_met")]
        assert said(match([need(location=Location("Umeå", "FI"))], new_line())) == [("Umeå (FI)", "not_met")]

    def test_what_one_side_leaves_open_is_to_be_asked(self):
        """A place without a country, or no place at all."""
        assert said(match([need(location=Location("Umeå"))], new_line())) == [("Umeå", "ask")]
        assert said(match([need(location=UMEA)], new_line(location=Location("Umeå")))) == [("Umeå (SE)", "ask")]
        assert said(match([need(location=UMEA)], new_line(location=None))) == [("Umeå (SE)", "ask")]


class TestLevels:
    """Levels compare as numbers."""

    def test_as_high_as_the_need_is_met(self):
        """Level 4 meets 3 and 4, and not 5."""
        found = match([need(level=level) for level in (3, 4, 5)], new_line(level=4))
        assert said(found) == [("level 3", "met"), ("level 4", "met"), ("level 5", "not_met")]

    def test_no_level_is_to_be_asked(self):
        """Nothing is taken from the title."""
        assert said(match([need(level=3)], new_line(level=None))) == [("level 3", "ask")]

    def test_a_need_of_a_place_and_a_level_has_two_lines(self):
        """Each can be met without the other."""
        found = match([need("n-7", location=GOTHENBURG, level=4)], new_line())
        assert said(found) == [("Gothenburg (SE)", "not_met"), ("level 4", "met")]
        assert [line.need for line in found if line.side == "need"] == ["n-7", "n-7"]


class TestWords:
    """Words are for people to ask; what is offered is laid beside them."""

    def test_words_are_never_guessed(self):
        """Even where both sides say the same."""
        (line, *_) = match([need(text="A line that nobody has built before")], new_line())
        assert (line.verdict, line.why) == ("ask", "it offers: A line that nobody has built before")
        assert (
            str(line)
            == "need A line that nobody has built before: ask (it offers: A line that nobody has built before)"
        )

    def test_what_is_not_offered_is_to_be_asked_too(self):
        """Silence is no refusal."""
        (line, *_) = match([need(kind="balance", text="Home by four")], new_line())
        assert (line.verdict, line.why) == ("ask", "it says nothing of balance")


class TestWants:
    """What the opportunity wants, beside the person's skills."""

    def test_a_skill_is_compared_by_its_uri_and_words_are_asked(self):
        """Nobody is told that they cannot, where nobody said what they can."""
        assert wanted(match([], new_line(), [COMMISSIONING])) == ["met", "ask"]
        assert wanted(match([], new_line(), ["urn:welding"])) == ["not_met", "ask"]
        assert wanted(match([], new_line())) == ["ask", "ask"]

    def test_a_line_says_whether_the_want_is_essential(self):
        """A want that is only welcome is no hurdle."""
        assert [line.why.split(";")[0] for line in match([], new_line())] == ["essential", "welcome, in words"]
        assert [line.need for line in match([], new_line())] == [None, None]


class TestWhatIsShown:
    """M003: only needs that their owner released far enough; of the others there is no line."""

    def test_a_client_sees_less_than_the_managers(self):
        """A placement compares with the client's eyes."""
        needs = [
            need(f"n-{i}", text=release, release=release) for i, release in enumerate(("coach", "managers", "client"))
        ]
        assert [what for what, _ in said(match(needs, new_line()))] == ["client"]
        assert [what for what, _ in said(match(needs, position_at_home()))] == ["managers", "client"]

    def test_needs_that_are_met_or_withdrawn_are_not_compared(self):
        """They are not what somebody looks for."""
        gone = [need(state="withdrawn"), need(state="met", met_by="The pilot line")]
        assert said(match(gone, new_line())) == []


class TestNoScore:
    """It explains; it does not order anybody."""

    def test_the_lines_keep_the_order_of_the_caller(self):
        """Needs first, then wants."""
        needs = [need(f"n-{i}", text=f"Need {i}") for i in range(3)]
        for order in permutations(needs):
            assert [what for what, _ in said(match(order, new_line()))] == [n.text for n in order]

    def test_a_line_holds_words_and_no_number(self):
        """Nothing in it can be added up."""
        assert {f.name for f in fields(Line)} == {"side", "what", "verdict", "why", "need"}
        assert not [name for name in vars(module) if "score" in name.lower() or "total" in name.lower()]
        assert all(
            isinstance(getattr(line, f.name), str | None) for line in match([need()], new_line()) for f in fields(Line)
        )
