"""Wording: what a system calls otherwise than the library, both ways."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

from attrs import frozen

from coaching.formats.asked import fields_of
from coaching.kernel.classes import model_of
from coaching.kernel.rules import Choice
from coaching.records import RECORDS


class Words:
    """Our names and words, and in which words a system says the same; for fields, arguments, states and kinds alike.

    What is not named stays as it is. Where a part, a field or the arguments of an act have words of their own, `parts`
    says so by its name: they come before the others, there alone. `without` names what they have and we have not, such
    as the keys of tables: it is left out. A name of a field and a word of a closed list may have one word of theirs.

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
        words = {"": theirs, **{place: {**theirs, **those} for place, those in own.items()}}
        turned = {
            place: [_turned(place, it, own.get(place, {})) for it in _parted(them)] for place, them in words.items()
        }
        self._theirs = {place: _Spoken(them, them) for place, them in words.items()}
        self._ours = {place: _Spoken(*two) for place, two in turned.items()}
        self._without = frozenset([without] if isinstance(without, str) else without)

    def theirs(self, given: Mapping[str, Any], at: str = "") -> dict[str, Any]:
        """Put arguments, and parts in them, in the words of the system; `at` a part or an act, in its own."""
        put: dict[str, Any] = _put(given, self._theirs, at, ours=True)
        return put

    def ours(self, held: Mapping[str, Any], at: str = "") -> dict[str, Any]:
        """Put what the system holds in our words."""
        put: dict[str, Any] = _put(held, self._ours, at, ours=False, without=self._without)
        return put


@frozen
class _Spoken:
    """What is said in a place: for names of fields and arguments, and for words that stand in them."""

    names: Mapping[str, str]
    words: Mapping[str, str]


Places = Mapping[str, _Spoken]
"""By the place, the words there; those of `""` hold wherever else."""


@cache
def _known() -> tuple[frozenset[str], frozenset[str]]:
    """Give the names of all fields and arguments, and the words of all closed lists."""
    arguments = {name for kind in RECORDS for act in kind.lifecycle.acts for name in fields_of(kind, act)}
    models = [model_of(kind) for kind in RECORDS]
    for model in models:  # it grows by the parts
        models += [part for _, part in model.inner if part not in models]
    names = {name.rstrip("_") for model in models for name in model.names}
    choices = [*Choice.__subclasses__()]
    for choice in choices:
        choices += choice.__subclasses__()
    return frozenset(names | arguments), frozenset(str(it) for choice in choices for it in choice)


def _parted(words: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Part names from words; what is both, or neither, stands among either."""
    for mine, others in (_known(), _known()[::-1]):
        yield {our: their for our, their in words.items() if our in mine or our not in others}


def _turned(place: str, words: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """Give ours by theirs; what holds in a place alone comes before what holds everywhere."""
    where = f" at {place}" if place else ""
    turned = dict[str, str]()
    for our, their in [
        *((it, words[it]) for it in own if it in words),
        *((it, word) for it, word in words.items() if it not in own),
    ]:
        if not isinstance(their, str) or not their:
            raise ValueError(f"{our} is {their!r} in your system{where}; a word is asked for")
        if their in turned and (our in own) == (turned[their] in own):
            told = f"{turned[their]} and {our} are both {their!r}{where}; each needs a word of its own"
            raise ValueError(f'{told}, or stands in a part: Words(..., parts={{"turns": {{"{our}": {their!r}}}}})')
        turned.setdefault(their, our)
    return turned


def _put(value: Any, places: Places, at: str, *, ours: bool, without: Collection[str] = ()) -> Any:
    said = places.get(at, places[""])
    if isinstance(value, Mapping):
        put = dict[Any, Any]()
        for name, it in value.items():
            if name in without:
                continue
            other = said.names.get(name, name)
            place = name if ours else other  # parts go by our names
            if other in put:
                raise ValueError(
                    f"two of {', '.join(map(str, value))} would have one name, {other}; give each a word of its own"
                )
            put[other] = _put(it, places, place if place in places else at, ours=ours, without=without)
        return put
    if isinstance(value, (list, tuple)):
        return [_put(it, places, at, ours=ours, without=without) for it in value]
    return said.words.get(value, value) if isinstance(value, str) else value
