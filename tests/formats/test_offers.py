"""What a form offers from a book: people, records and parts, as far as somebody may see them."""

from datetime import date
from typing import Any

import pytest

from coaching import Book, Goal, Interview, Opportunity, Organisation, Person
from coaching.forms import act_form, offers
from stage import ANNA, EVA, OLE, STRANGER, codes, refused
from stage.house import INTERVIEWER, TODAY, goal, house, move, opportunity, organisation, path, talk

BOOK = house(goal(), path(), talk(), move(), opportunity(), organisation())


def offered(field: str, for_: str = ANNA, kind: Any = Goal, act: str = "begin", **how: Any) -> dict[str, str]:
    """What is offered to a field, by the word that is sent."""
    return {it.word: it.label for it in offers(BOOK, for_, TODAY, **how)(act_form(kind, act).field(field))}


def test_records_of_the_kind_that_a_field_names():
    """By what they are called; those only that one sees."""
    assert offered("parent") == {goal().id: goal().title}
    assert offered("parent", STRANGER) == {}


def test_a_record_without_a_title():
    """By its kind and id."""
    assert offered("previous", kind=Interview, act="plan") == {talk().id: f"Interview {talk().id}"}


def test_a_state_without_words():
    """The manager of the manager sees where a goal stands, and is told no word of it."""
    above = BOOK.get(Person, OLE).manager_on(TODAY)
    assert offered("parent", above) == {goal().id: f"Goal {goal().id}"}


def test_posts_and_organisations():
    """For everybody."""
    assert offered("opportunity", STRANGER, move(), "ask") == {opportunity().id: opportunity().title}
    assert offered("parent", STRANGER, Organisation, "register") == {organisation().id: organisation().name}


def test_what_any_reference_may_name():
    """Records, and their parts with what they say."""
    given = offers(BOOK, ANNA, TODAY)(act_form(Goal, "begin").field("serves[0].id"))
    known = {(it.word, it.label) for it in given}
    assert known >= {(path().dreams[0].id, path().dreams[0].text), (goal().id, goal().title)}
    assert known >= {(it.id, it.text) for it in (*goal().commitments, *talk().commitments)}


def test_people_with_whom_one_shares_a_record():
    """By the name one may know, in service on the day; whoever one does not know the name of by the id."""
    people = offered("coach")
    assert people[INTERVIEWER] == BOOK.get(Person, INTERVIEWER).name
    assert STRANGER not in people
    assert offered("coach", STRANGER) == {STRANGER: BOOK.get(Person, STRANGER).name}


def test_people_of_a_house():
    """Those whom the house names, and who are there."""
    assert list(offered("coach", people=[EVA, ANNA, "nobody-here", EVA])) == [EVA, ANNA]
    assert offered("coach", people=[EVA])[EVA] == EVA
    assert offered("coach", people={EVA: "Eva Ås", ANNA: ""}) == {EVA: "Eva Ås", ANNA: BOOK.get(Person, ANNA).name}
    assert [it.word for it in offers(BOOK, ANNA, date(2000, 1, 1))(act_form(Goal, "begin").field("coach"))] == []


def test_nothing_else():
    """A text is written, and a word of a closed list chosen."""
    assert offered("title") == offered("kind", kind=Opportunity, act="post") == {}


def test_looked_up_once():
    """However many fields ask."""
    offer, form = offers(BOOK, ANNA, TODAY), act_form(Goal, "begin")
    assert offer(form.field("coach")) is offer(form.field("coach"))


@pytest.mark.parametrize(
    "asked",
    [
        lambda: offers([], ANNA, TODAY),
        lambda: offers(Book(), None, TODAY),
        lambda: offers(Book(), ANNA, "today"),
        lambda: offers(Book(), ANNA, TODAY, people=[5]),
    ],
)
def test_what_is_asked_wrongly(asked: Any):
    """Is told at once, and not where a field is shown."""
    assert codes(refused(asked)) == ["V015"]
