"""Strategies for opportunities in any state."""

from __future__ import annotations

from itertools import count
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from coaching.records.needs import NeedKind
from coaching.records.opportunities import Offer, Opportunity, OpportunityKind, Want, WantKind
from coaching.testing.parts import ids, locations, perhaps_texts, texts, words
from coaching.testing.people import occupations
from coaching.testing.walks import ADMINISTRATION, Given, Play, Source, Stage, Word, played
from coaching.testing.wanted import word_of

_KINDS = sorted(OpportunityKind, key=lambda kind: kind != OpportunityKind.PLACEMENT)
_SKILLS = st.uuids().map(lambda u: f"http://data.europa.eu/esco/skill/{u}")


def _offer(stage: Stage) -> Offer:
    return Offer(stage.one(list(NeedKind)), stage.draw(texts()))


def _want(stage: Stage) -> Want:
    return Want(stage.one(list(WantKind)), stage.draw(texts()), stage.yes(), stage.perhaps(_SKILLS))


_DETAILS: dict[str, Source] = {
    "location": locations(),
    "level": st.integers(1, 12),
    "unit": words(),
    "occupation": occupations(),
    "offers": lambda stage: stage.several(_offer),
    "wants": lambda stage: stage.several(_want),
    "starts_on": lambda stage: stage.ahead(0, 400),
    "planned_to": lambda stage: stage.ahead(0, 800),
    "open_until": lambda stage: stage.ahead(60, 400),
    "contact": texts(),
}
"""What may be said of an opportunity besides; its last day is never before the day on the stage."""


def _edited(stage: Stage, opportunity: Opportunity, _by: str) -> Given:
    return _ending(stage.fields({"title": words(), **_DETAILS}), opportunity)


def _ending(given: Given, opportunity: Opportunity | None) -> Given:
    """What is said, ending on its first day where it would have ended before it."""
    first, last = (given.get(n, getattr(opportunity, n, None)) for n in ("starts_on", "planned_to"))
    return {**given, "planned_to": first} if first is not None and last is not None and last < first else given


def _another(stage: Stage, opportunity: Opportunity, name: str, prefix: str) -> str:
    """Somebody who has no place in it yet."""
    taken = {*opportunity.filled_by, *opportunity.reserved_for}
    fresh = next(id for n in count(1) if (id := f"{prefix}-{n}") not in taken)
    person = str(stage.named(name, [fresh]))
    return fresh if person in taken else person


def _reserved(stage: Stage, opportunity: Opportunity, _by: str) -> Given:
    return {"person": _another(stage, opportunity, "reserved_for", "p")}


def _unreserved(stage: Stage, opportunity: Opportunity, _by: str) -> Given | None:
    if not opportunity.reserved_for:
        return None
    return {
        "person": stage.one(opportunity.reserved_for), "reason": stage.draw(perhaps_texts()),
    }  # fmt: skip


def _filled(stage: Stage, opportunity: Opportunity, _by: str) -> Given:
    if opportunity.reserved_for:
        return {"person": stage.one(opportunity.reserved_for)}
    return {"person": _another(stage, opportunity, "filled_by", "q")}


def _freed(stage: Stage, opportunity: Opportunity, _by: str) -> Given | None:
    if not opportunity.filled_by:
        return None
    return {"person": stage.one(opportunity.filled_by), "reason": stage.draw(texts())}


def _perhaps_because(stage: Stage, _opportunity: Opportunity, _by: str) -> Given:
    return {"reason": stage.draw(perhaps_texts())}


def _fill(stage: Stage, opportunity: Opportunity) -> Opportunity:
    given = _filled(stage, opportunity, ADMINISTRATION)
    return stage.act(opportunity, "fill", by=ADMINISTRATION, at=stage.later(), **given)


def _all_but_one_filled(stage: Stage, opportunity: Opportunity) -> Opportunity:
    while opportunity.places - len(opportunity.filled_by) > 1:
        opportunity = _fill(stage, opportunity)
    return opportunity


def _all_but_one_taken(stage: Stage, opportunity: Opportunity) -> Opportunity:
    while opportunity.free_places() > 1:
        opportunity = _fill(stage, opportunity)
    return opportunity


def _somebody_there(stage: Stage, opportunity: Opportunity) -> Opportunity:
    return opportunity if opportunity.filled_by else _fill(stage, opportunity)


def _another_place(stage: Stage, opportunity: Opportunity) -> Opportunity:
    places = len(opportunity.filled_by) + len(opportunity.reserved_for) + 2
    return stage.act(opportunity, "edit", places=places, by=ADMINISTRATION, at=stage.later())


ARGUMENTS = {
    "edit": _edited, "reserve": _reserved, "unreserve": _unreserved, "fill": _filled, "free": _freed,
    "withdraw": _perhaps_because,
}  # fmt: skip
READY = {
    "reserve>reserved": _all_but_one_taken, "fill>filled": _all_but_one_filled, "fill>open": _another_place,
    "free": _somebody_there,
}  # fmt: skip
ASIDE = frozenset({"edit", "fill>reserved"})
"""What changes the state only with other numbers than are drawn."""


def _begin(stage: Stage, _goal: str) -> Opportunity:
    name, called = stage.named("id", ids("op")), stage.named("title", words())
    given = {
        "organisation": stage.named("organisation", ids("c")),
        "kind": stage.named("kind", _KINDS),
        "places": stage.named("places", (1, 2, 3)),
        "by": stage.named("posted_by", [ADMINISTRATION]),
        "at": stage.later(),
    }
    details = _ending(stage.fields(_DETAILS), None)
    return stage.begin(Opportunity, "post", name, title=called, **given, **details)


FIELDS = (
    "title", "places", "posted_by", "location", "level", "unit", "occupation", "offers", "wants", "starts_on",
    "planned_to", "open_until", "contact", "extra", "keep_until", "hold_until",
)  # fmt: skip
PLAY = Play(Opportunity.lifecycle.states, _begin, ARGUMENTS, READY, ASIDE, fields=FIELDS)


@st.composite
def opportunities(
    draw: Any,
    /,
    *,
    state: Word = None,
    through: Word = None,
    acts: int = 0,
    id: SearchStrategy[str] | None = None,
    organisation: SearchStrategy[str] | None = None,
    kind: Word = None,
    **parts: SearchStrategy[Any],
) -> Opportunity:
    """Opportunities that came to be by their acts, in the state named or in any. The smallest is just posted.

    Args:
        draw: Given by Hypothesis.
        state: One of the states of an opportunity, or a strategy of them; any when left out.
        through: A state that it passes on the way there.
        acts: How many acts it came to be by, at least, as far as its table lets it.
        id: The opportunity's id.
        organisation: The organisation's id.
        kind: One of the kinds of an opportunity, or a strategy of them; any when left out.
        parts: Strategies for other fields by their names, and for what is given with an act by the name of the act.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])  # the first one found; without it, the simplest there is
    >>> find(opportunities(state="filled"), lambda opportunity: True, settings=first).state
    'filled'
    """
    names = {"id": id, "organisation": organisation, "kind": word_of(kind, OpportunityKind, "kind")}
    opportunity: Opportunity = played(draw, PLAY, state, through, acts, names, parts)
    return opportunity
