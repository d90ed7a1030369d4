"""Wording: what a system calls otherwise than the library, both ways."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any


class Words:
    """Our names and words, and in which words a system says the same; for fields, arguments, states and kinds alike.

    What is not named stays as it is. Where a part, a field or the arguments of an act have words of their own, `parts`
    says so by its name: they come before the others, there alone. `without` names what they have and we have not, such
    as the keys of tables: it is left out.

    Raises:
        ValueError: For what is no word, and where two of ours would be one of theirs in one place, so that nobody could
            tell which is meant: give one of them in the `parts` where it stands.

    >>> words = Words(
    ...     kind="sort", annual="yearly", due_on="by_when", parts={"commitments": {"due": "by_when"}}, without=["row"]
    ... )
    >>> words.theirs({"kind": "annual", "cycle": "2026"})
    {'sort': 'yearly', 'cycle': '2026'}
    >>> words.ours({"row": 3, "by_when": "2026-03-31", "commitments": [{"by_when": "2026-05-01"}]})
    {'due_on': '2026-03-31', 'commitments': [{'due': '2026-05-01'}]}
    >>> words.theirs({"due": "2026-05-01"}, "commitments")
    {'by_when': '2026-05-01'}
    """

    def __init__(
        self,
        /,
        *,
        parts: Mapping[str, Mapping[str, str]] | None = None,
        without: Collection[str] = (),
        **theirs: str,
    ) -> None:
        """Take their word for each of ours; in `parts`, those that hold there."""
        own = parts or {}
        self._theirs = {"": theirs, **{place: {**theirs, **words} for place, words in own.items()}}
        self._ours = {place: _turned(place, words, own.get(place, {})) for place, words in self._theirs.items()}
        self._without = frozenset([without] if isinstance(without, str) else without)

    def theirs(self, given: Mapping[str, Any], at: str = "") -> dict[str, Any]:
        """Put arguments, and parts in them, in the words of the system; `at` a part or an act, in its own."""
        put: dict[str, Any] = _put(given, self._theirs, at, ours=True)
        return put

    def ours(self, held: Mapping[str, Any], at: str = "") -> dict[str, Any]:
        """Put what the system holds in our words."""
        put: dict[str, Any] = _put(held, self._ours, at, ours=False, without=self._without)
        return put


Places = Mapping[str, Mapping[str, str]]
"""By the place, the words there; those of `""` hold wherever else."""


def _turned(place: str, words: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """Give ours by theirs; what holds in a place alone comes before what holds everywhere."""
    where = f" at {place}" if place else ""
    turned = dict[str, str]()
    for our, their in [*((it, words[it]) for it in own), *((it, word) for it, word in words.items() if it not in own)]:
        if not isinstance(their, str) or not their:
            raise ValueError(f"{our} is {their!r} in your system{where}; a word is asked for")
        if their in turned and (our in own) == (turned[their] in own):
            told = f"{turned[their]} and {our} are both {their!r}{where}; each needs a word of its own"
            raise ValueError(f'{told}, or stands in a part: Words(..., parts={{"turns": {{"{our}": {their!r}}}}})')
        turned.setdefault(their, our)
    return turned


def _put(value: Any, places: Places, at: str, *, ours: bool, without: Collection[str] = ()) -> Any:
    words = places.get(at, places[""])
    if isinstance(value, Mapping):
        put = dict[Any, Any]()
        for name, it in value.items():
            if name in without:
                continue
            other = words.get(name, name)
            place = name if ours else other  # parts go by our names
            if other in put:
                raise ValueError(
                    f"two of {', '.join(map(str, value))} would have one name, {other}; give each a word of its own"
                )
            put[other] = _put(it, places, place if place in places else at, ours=ours, without=without)
        return put
    if isinstance(value, (list, tuple)):
        return [_put(it, places, at, ours=ours, without=without) for it in value]
    return words.get(value, value) if isinstance(value, str) else value
