"""Whoever gives a public function of the book something odd is refused (V015), or answered; nothing else happens."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from coaching import Book, Goal, Interview, Person, Policy, Rejected, cadence, match, privacy
from coaching.book.moving import completed, kinds
from coaching.book.shelf import Shelf
from coaching.kernel.policy import POLICY
from stage import ANNA, OLE, at, codes, on, refused
from stage.book import someone
from stage.goals import draft_goal
from stage.interviews import planned_talk
from stage.moves import agreed
from stage.nasty import NoDimension, shut
from stage.opportunities import need, new_line
from stage.paths import draft_path
from stage.people import employed, gone

ODD = [None, 5, "", b"", [], {}, object(), [None], "nobody", ("goal",), float("nan"), Goal, True, NoDimension(), shut()]
RECORDS = (someone(ANNA, manager=OLE), someone(OLE), draft_path(), draft_goal(), planned_talk())
BOOK = Book(RECORDS)

SOUND: Mapping[str, Any] = {
    "records": RECORDS, "record": draft_goal(), "viewer": ANNA, "book": BOOK, "person": ANNA, "on": on(40),
    "by": OLE, "at": at(60), "reason": "It is over", "policy": POLICY, "kinds": (Goal,), "people": RECORDS[:2],
    "key": lambda _: "all", "where": lambda _: True, "joined_on": on(0), "last_held": on(1), "talks": (planned_talk(),),
    "held": on(1), "needs": (need(),), "opportunity": new_line(), "skills": ("uri",), "move": agreed(),
    "kind": Goal, "field": "owner", "id": ANNA, "other": "coach", "other_id": OLE, "path": "path-1", "dream": "d-1",
    "names": ("Anna Berg",), "for_": ANNA, "of": "a question", "of_day": on(1), "act": "begin", "position": "po-9",
    "placement": "pl-9", "new_id": "p-1017", "one": ANNA, "into": OLE, "noted_by": None, "among": [ANNA], "load": None, "seen": None,
}  # fmt: skip
"""An argument that will do, by its name."""

OTHERS: Mapping[str, Mapping[str, Any]] = {
    "erase": {"book": Book([gone(), draft_goal()])},
    "covered": {"person": RECORDS[0]},
    "kinds": {"person": employed()},
    "completed": {"person": employed(), "on": on(60), "by": ANNA},
    "Book.act": {"id": "g-1", "act": "edit"},
    "Book.would": {"id": "g-1", "act": "edit"},
    "Book.new": {"id": "g-2"},
    "Book.would_new": {"id": "g-2"},
    "Book.covered": {"person": ANNA},
    "Book.at": {"kind": "goal"},
    "findings_for": {"of": draft_goal()},
}
"""What will do in one function alone."""


def public(module: Any) -> Iterable[tuple[str, Callable[..., Any]]]:
    """The functions of a face."""
    return ((name, getattr(module, name)) for name in module.__all__ if inspect.isfunction(getattr(module, name)))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    **dict(public(privacy)), **dict(public(cadence)), "match": match, "kinds": kinds, "completed": completed,
    "Book": Book,
    **{
        f"Book.{name}": getattr(BOOK, name)
        for kind in (Shelf, Book)
        for name, of in vars(kind).items()
        if inspect.isfunction(of) and not name.startswith("_")
    },
}  # fmt: skip


def answered(ask: Callable[[], Any]) -> None:
    """The answer, gone through where it comes piece by piece; or a refusal."""
    try:
        answer = ask()
        if inspect.isgenerator(answer):
            list(answer)
    except Rejected as refusal:
        assert refusal.findings


def parameters(name: str) -> tuple[list[inspect.Parameter], bool]:
    """What a function takes, and whether it takes anything more by name."""
    known = list(inspect.signature(FUNCTIONS[name]).parameters.values())
    named = [p for p in known if p.kind not in {p.VAR_KEYWORD, p.VAR_POSITIONAL}]
    return named, len(named) < len(known)


def call(name: str, given: Mapping[str, Any], more: tuple[Any, ...] = (), **named: Any) -> Any:
    """Call a function with values by the names of its parameters."""
    known, _ = parameters(name)
    by_place = [given[p.name] for p in known if p.kind is not p.KEYWORD_ONLY and p.name in given]
    by_name = {p.name: given[p.name] for p in known if p.kind is p.KEYWORD_ONLY and p.name in given}
    return FUNCTIONS[name](*by_place, *more, **by_name, **named)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_something_odd_is_refused_or_answered(name: str):
    """In each place alone, in all of them, and with too much by name."""
    known, more = parameters(name)
    sound = {p.name: {**SOUND, **OTHERS.get(name, {})}[p.name] for p in known}
    for odd in ODD:
        for place in sound:
            answered(lambda place=place, odd=odd: call(name, {**sound, place: odd}))
            if more:
                answered(
                    lambda place=place, odd=odd: call(name, {**sound, place: odd}, by=ANNA, at=at(1), title="Sail")
                )
        answered(lambda odd=odd: call(name, dict.fromkeys(sound, odd)))
    answered(lambda: call(name, sound))


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", ["Book.act", "Book.would", "Book.new", "Book.would_new"])
def test_odd_arguments_of_an_act(name: str, odd: Any):
    """By whom, when, with which policy, and what else; each alone, and all."""
    for act in ("edit", "sign", "begin", "plan"):
        sound = {**{p.name: SOUND[p.name] for p in parameters(name)[0]}, **OTHERS[name], "act": act}
        given = {"title": "Sail", "by": ANNA, "at": at(1), "policy": POLICY}
        for argument in given:
            answered(lambda argument=argument: call(name, sound, **{**given, argument: odd}))  # noqa: B023  (called at once)
        answered(lambda: call(name, sound, **dict.fromkeys(given, odd)))  # noqa: B023  (same)


@pytest.mark.parametrize("odd", [odd for odd in ODD if odd is not None])
def test_records_are_put_and_removed(odd: Any):
    """Or refused, and the book is as it was."""
    assert codes(refused(lambda: BOOK.put(odd))) == ["V015"]
    assert codes(refused(lambda: BOOK.remove(odd))) == ["X002" if isinstance(odd, str) else "V015"]
    assert list(BOOK) == list(Book(RECORDS))


@pytest.mark.parametrize(
    "ask",
    [
        lambda: privacy.view(None, ANNA, BOOK, on(0)),
        lambda: privacy.view(draft_goal(), None, BOOK, on(0)),
        lambda: privacy.view(draft_goal(), ANNA, None, on(0)),
        lambda: privacy.texts(None),
        lambda: privacy.undecided([int]),
        lambda: privacy.count_by(RECORDS[:2], lambda _: 5),
        lambda: privacy.count_by(None, lambda _: "all"),
        lambda: privacy.count_by(RECORDS, lambda _: "all"),
        lambda: privacy.count_by(RECORDS[:2], lambda _: "all")[5],
        lambda: privacy.erase(None, ANNA, on(40), by=OLE, at=at(60)),
        lambda: privacy.access_copy([], ANNA),
        lambda: privacy.keeping(None, on(1)),
        lambda: privacy.leftovers([None]),
        lambda: match(None, new_line()),
        lambda: match([], None),
        lambda: match([], new_line(), "one text"),
        lambda: cadence.covered(None, None, on(1)),
        lambda: cadence.covered(RECORDS[0], "never", on(1)),
        lambda: cadence.last_held(None, on(1)),
        lambda: cadence.coverage("people", (), on(1)),
        lambda: kinds(None, None, None),
        lambda: Book(None),
        lambda: Book(5),
        lambda: Book("records"),
        lambda: BOOK.memory([]),
    ],
)
def test_what_is_of_the_wrong_type_is_said(ask: Callable[[], Any]):
    """V015, before anything is looked at; a viewer who is nobody does not see what is nobody's."""
    assert set(codes(refused(ask))) == {"V015"}


def test_a_book_is_a_list_of_its_records():
    """So it may be given wherever records are."""
    assert privacy.leftovers(BOOK) == ()
    assert Book(BOOK) == BOOK
    assert privacy.undecided({Goal, Interview, Person}) == ()
    assert Policy() == POLICY
