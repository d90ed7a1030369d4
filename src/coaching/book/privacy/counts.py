"""Counts of people by group, where what would tell about a person is withheld."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from attrs import frozen
from frozendict import frozendict

from coaching.book.given import each_must_be, must_be
from coaching.kernel.policy import POLICY, Policy
from coaching.kernel.rules import Rejected, Rule, breach, finding, stated
from coaching.records.people import Person

D007 = stated(
    "D007",
    "privacy",
    field="",
    says="a count about people is shown only for a group of at least 3",
    why="honestly.com and star360feedback.com: thresholds of 3; NIH: only the fact of a plan goes upward",
    mend="ask about a larger group, or leave the count out",
)


@frozen
class Counts:
    """How many people in each group, as far as it may be said: `shown` by group, and the groups that are `withheld`."""

    shown: Mapping[str, int]
    withheld: tuple[str, ...]

    def __getitem__(self, group: str) -> int:
        """Give the count of a group; 0 for one that has nobody.

        Raises:
            Rejected: D007 for a group whose count is withheld, V015 for what is no name of a group.
        """
        must_be("counts: cannot show", group=(group, str, "text"))
        if group in self.withheld:
            what = breach("the count of {group} is withheld", group=group)
            raise Rejected("counts: cannot show", [finding(D007, what)])
        return self.shown.get(group, 0)


def count_by(
    people: Iterable[Person],
    key: Callable[[Person], str | None],
    *,
    where: Callable[[Person], bool] = lambda _: True,
    policy: Policy = POLICY,
) -> Counts:
    """Count people by group, and withhold what would tell about a person (D007).

    Groups of fewer than `policy.smallest_group` people are withheld. Where those withheld are together still fewer, the
    smallest of the others is withheld as well: else the total would tell what they are.

    Args:
        people: Each person once; one who comes twice counts once.
        key: The group of a person; None for one who is in none.
        where: Which of the people in a group are counted; its size is that of the whole group all the same.
        policy: `smallest_group`.

    Raises:
        Rejected: V015 for what is no list of people, a key or condition that cannot be called, a group that is no text,
            or what is no policy.

    >>> from datetime import date, datetime, timezone
    >>> from coaching import Person
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> people = [Person.register(f"p-{n}", f"N {n}", date(2024, 8, 1), by="hr", at=noon) for n in range(9)]
    >>> count_by(people, lambda person: "day" if person.id < "p-5" else "night").shown
    frozendict.frozendict({'day': 5, 'night': 4})
    """
    what = "counts: cannot count"
    must_be(
        what, key=(key, Callable, "function"), where=(where, Callable, "function"), policy=(policy, Policy, "policy")
    )
    once = {person.id: person for person in each_must_be(what, "people", people, Person, "person")}
    sizes: dict[str, int] = {}
    counts: dict[str, int] = {}
    for person in once.values():
        group = key(person)
        if group is not None:
            must_be(what, key=(group, str, "text"))
            sizes[group] = sizes.get(group, 0) + 1
            counts[group] = counts.get(group, 0) + bool(where(person))
    by_size = sorted(sizes, key=lambda group: (sizes[group], group))
    hidden = [group for group in by_size if sizes[group] < policy.smallest_group]
    if hidden and sum(sizes[group] for group in hidden) < policy.smallest_group:
        hidden = by_size[: len(hidden) + 1]
    return Counts(frozendict({g: counts[g] for g in sorted(sizes) if g not in hidden}), tuple(sorted(hidden)))


RULES: tuple[Rule, ...] = (
    D007,
)  # fmt: skip
