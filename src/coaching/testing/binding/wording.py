"""Wording: what a system calls otherwise than the library, both ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Words:
    """Our names and words, and in which words a system says the same; for fields, arguments, states and kinds alike.

    What is not named stays as it is.

    Raises:
        ValueError: For what is no word, and where two of ours would be one of theirs, so that nobody could tell which
            is meant.

    >>> words = Words(kind="sort", annual="yearly", signatures="signed")
    >>> words.theirs({"kind": "annual", "cycle": "2026"})
    {'sort': 'yearly', 'cycle': '2026'}
    >>> words.ours({"sort": "yearly", "signed": [{"by": "p-17"}]})
    {'kind': 'annual', 'signatures': [{'by': 'p-17'}]}
    """

    def __init__(self, /, **theirs: str) -> None:
        """Take their word for each of ours."""
        for our, their in theirs.items():
            if not isinstance(their, str) or not their:
                raise ValueError(f"{our} is {their!r} in your system; a word is asked for")
        self._theirs = theirs
        self._ours = {their: our for our, their in theirs.items()}
        for our, their in theirs.items():
            if self._ours[their] != our:
                raise ValueError(f"{our} and {self._ours[their]} are both {their!r}; each needs a word of its own")

    def theirs(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Put arguments, and parts in them, in the words of the system."""
        put: dict[str, Any] = _put(given, self._theirs)
        return put

    def ours(self, held: Mapping[str, Any]) -> dict[str, Any]:
        """Put what the system holds in our words."""
        put: dict[str, Any] = _put(held, self._ours)
        return put


def _put(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        put = {words.get(name, name): _put(it, words) for name, it in value.items()}
        if len(put) < len(value):
            raise ValueError(f"two of {', '.join(map(str, value))} would have one name; give each a word of its own")
        return put
    if isinstance(value, (list, tuple)):
        return [_put(it, words) for it in value]
    return words.get(value, value) if isinstance(value, str) else value
