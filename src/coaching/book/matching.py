"""Matching: a person's needs beside what an opportunity offers, and its wants beside their skills, line by line.

It explains and never scores: no total, no order of people. Places and levels are compared by value, skills by their
URI; what is said in words is for people to ask. Pure: nothing is read or kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from coaching.book.given import each_must_be, must_be
from coaching.kernel.rules import Choice
from coaching.kernel.values import Location
from coaching.records.needs import OPEN, Need
from coaching.records.opportunities import Opportunity, Want


class Side(Choice):
    """Whose line it is: a need of the person, or a want of the opportunity."""

    NEED = "need"
    WANT = "want"


class Verdict(Choice):
    """What comparing says. `ask`: only people can tell."""

    MET = "met"
    NOT_MET = "not_met"
    ASK = "ask"


MET, NOT_MET, ASK = Verdict


@frozen
class Line:
    """One need or want beside the other side: what it is, the verdict, and why.

    Attributes:
        side: `need` or `want`.
        what: The place, the level or the words that stand on that side.
        verdict: `met`, `not_met` or `ask`.
        why: In a sentence, for people to read.
        need: The id of the need; None for a want.
    """

    side: Side
    what: str
    verdict: Verdict
    why: str
    need: str | None = None

    def __str__(self) -> str:
        """Give the line, for people to read."""
        return f"{self.side} {self.what}: {self.verdict.replace('_', ' ')} ({self.why})"


def match(needs: Iterable[Need], opportunity: Opportunity, skills: Iterable[str] = ()) -> tuple[Line, ...]:
    """Explain line by line how somebody's needs and an opportunity meet.

    Only open needs are compared, and only those that their owner released far enough: to the managers, for a placement
    to the client (M003). Of any other need there is no line, so that nothing gives it away. The order is the caller's:
    needs first, then wants.

    Args:
        needs: Of one person, such as `path.needs`.
        opportunity: What is looked at.
        skills: URIs of the person's skills. When none are given, wants are all to be asked.

    Returns:
        The lines. They hold no number, and are not to be counted against those of another person.

    Raises:
        Rejected: V015 for what is no list of needs, no opportunity, or no list of texts.

    >>> from datetime import date, datetime, timezone
    >>> from coaching.kernel.values import Location
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> need = Need("n-1", "location", "Near my mother", date(2026, 3, 2), location=Location("Umeå"), release="client")
    >>> line = Opportunity.post(
    ...     "op-1", "Lead a line", kind="placement", organisation="bruk", by="p-3", at=noon, location=Location("Umeå")
    ... )
    >>> [str(line) for line in match([need], line)]
    ['need Umeå: met (it is in Umeå)']
    """
    must_be("cannot match", opportunity=(opportunity, Opportunity, "opportunity"))
    known = frozenset(each_must_be("cannot match", "skills", skills, str, "text"))
    wished = each_must_be("cannot match", "needs", needs, Need, "need")
    lines = [
        line for need in wished if need.state is OPEN and opportunity.sees(need) for line in _need(need, opportunity)
    ]
    lines += [_want(want, known) for want in opportunity.wants]
    return tuple(lines)


def _need(need: Need, opportunity: Opportunity) -> Iterator[Line]:
    """Give a line for each value of a need; its words, where there is none."""
    if need.location is not None:
        yield Line(Side.NEED, str(need.location), *_place(need.location, opportunity.location), need.id)
    if need.level is not None:
        yield Line(Side.NEED, f"level {need.level}", *_level(need.level, opportunity.level), need.id)
    if need.location is None and need.level is None:
        said = [f"it offers: {offer.text}" for offer in opportunity.offers if offer.kind is need.kind]
        why = "; ".join(said) or f"it says nothing of {need.kind}"
        yield Line(Side.NEED, need.text, ASK, why, need.id)


def _place(wanted: Location, there: Location | None) -> tuple[Verdict, str]:
    if there is None:
        return ASK, "it names no place"
    if there == wanted:
        return MET, f"it is in {there}"
    if there.name == wanted.name and None in {there.country, wanted.country}:
        return ASK, f"it is in {there}: the country is said on one side only"
    return NOT_MET, f"it is in {there}"


def _level(wanted: int, there: int | None) -> tuple[Verdict, str]:
    if there is None:
        return ASK, "it names no level"
    return (MET if there >= wanted else NOT_MET), f"it is at level {there}"


def _want(want: Want, skills: frozenset[str]) -> Line:
    weight = "essential" if want.essential else "welcome"
    if want.skill is None:
        verdict, why = ASK, f"{weight}, in words"
    elif want.skill in skills:
        verdict, why = MET, f"{weight}; {want.skill} is among the skills"
    elif skills:
        verdict, why = NOT_MET, f"{weight}; {want.skill} is not among the skills"
    else:
        verdict, why = ASK, f"{weight}; no skills were named"
    return Line(Side.WANT, want.text, verdict, why)
