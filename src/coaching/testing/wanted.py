"""What callers ask of a strategy: the same where it makes sense, and what would be right where it does not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy, just

from coaching.kernel.classes import nearest
from coaching.kernel.record import Record
from coaching.records import KINDS, RECORDS

_SEVERAL = (list, tuple, set, frozenset, range)


def own_strategy(name: str, given: object) -> SearchStrategy[Any]:
    """Give a strategy of the caller's as it is.

    Raises:
        InvalidArgument: For anything else, with the strategy that was probably meant.
    """
    if isinstance(given, SearchStrategy):
        return given
    such = f"sampled_from({[*given]!r})" if isinstance(given, _SEVERAL) else f"just({given!r})"
    msg = f"{name} takes a strategy, such as {such}"
    raise InvalidArgument(msg)


def word_of(word: object, words: Iterable[str], what: str) -> SearchStrategy[str] | None:
    """Give the strategy for a plain word out of a closed list; a strategy as it is, and None for none.

    Raises:
        InvalidArgument: For a word that is not in the list.
    """
    if word is None or isinstance(word, SearchStrategy):
        return word
    if isinstance(word, _SEVERAL):
        msg = f"{word!r} is no {what}; for any of them give sampled_from({[*word]!r})"
        raise InvalidArgument(msg)
    if not isinstance(word, str) or word not in [*words]:
        msg = f"{word!r} is no {what}; it is one of: {', '.join(words)}"
        raise InvalidArgument(msg)
    return just(word)


def drawn_word(draw: Callable[[Any], Any], word: object, words: Iterable[str], what: str) -> str | None:
    """Draw a word out of a closed list; None for none.

    Raises:
        InvalidArgument: For a word that is not in the list, whether it is given or drawn.
    """
    if isinstance(word, SearchStrategy):
        word = draw(word)
    word_of(word, words, what)
    return None if word is None else str(word)


def number_of(given: object, name: str) -> int:
    """Give a whole number from 0 as it is.

    Raises:
        InvalidArgument: For anything else.
    """
    if isinstance(given, int) and not isinstance(given, bool) and given >= 0:
        return given
    msg = f"{name} is a whole number from 0, and {given!r} is none"
    raise InvalidArgument(msg)


def kind_of(given: object) -> type[Record]:
    """Give the class of a kind of record, of the class or of its word.

    Raises:
        InvalidArgument: For anything else, with what was probably meant.
    """
    for kind in RECORDS:
        if given is kind or given == kind.type:
            return kind
    near = nearest(str(given)[:40].lower(), tuple(KINDS))
    meant = KINDS[near].__name__ if near else ""
    right = f"{meant} or {near!r}" if near else f"one of: {', '.join(KINDS)}"
    msg = f"{given!r} is no kind of record; give {right}"
    raise InvalidArgument(msg)


def kinds_of(given: object) -> tuple[type[Record], ...]:
    """Give several kinds of records.

    Raises:
        InvalidArgument: For anything else.
    """
    if isinstance(given, Collection) and not isinstance(given, str):
        return tuple([kind_of(kind) for kind in given])
    name = kind_of(given).__name__
    msg = f"kinds takes a list of kinds, such as [{name}]"
    raise InvalidArgument(msg)
