"""Choosing: which rows make a record, or an item of a list: by what cells say, and by which say something."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from functools import partial
from itertools import compress

from attrs import frozen

from coaching.bulk.reading.frames import Frame
from coaching.bulk.reading.words import Given, folded, text_in


@frozen
class Chosen:
    """Which rows make one.

    Attributes:
        only: Columns, and which texts of each do. What says nothing is the empty text.
        when: Columns of which one has to say something, where that is asked.
        asks: Whether it is.
        nulls: What says nothing.
    """

    only: tuple[tuple[int | None, frozenset[str]], ...]
    when: tuple[int, ...]
    asks: bool
    nulls: frozenset[str]

    @classmethod
    def by(
        cls, of: Mapping[str, int], nulls: Sequence[str], when: Sequence[str], only: Mapping[str, Sequence[str]]
    ) -> Chosen:
        """Read it off the mapping, by the place of each header."""
        asked = tuple((of.get(it), frozenset(map(folded, said))) for it, said in only.items())
        places = tuple(of[it] for it in when if it in of)
        return cls(asked, places, bool(when), frozenset({"", *map(folded, nulls)}))

    @property
    def columns(self) -> set[int]:
        """The columns that it looks at."""
        return {it for it, _ in self.only if it is not None} | {*self.when}

    def rows(self, frame: Frame) -> list[int] | None:
        """Give the rows that make one; None where all do."""
        if not self.only and not self.asks:
            return None
        asked = [_those(frame, column, partial(self._fits, said)) for column, said in self.only]
        if self.asks:
            says = [_those(frame, column, lambda word: word not in self.nulls) for column in self.when]
            asked.append([any(its) for its in zip(*says, strict=True)] if says else [False] * len(frame))
        return list(compress(range(len(frame)), map(all, zip(*asked, strict=True))))

    def _fits(self, said: Container[str], word: str) -> bool:
        return word in said or (word in self.nulls and "" in said)


def _those(frame: Frame, column: int | None, fits: Callable[[str], bool]) -> Sequence[bool]:
    """Tell of each row whether what a column says fits; each text is asked once."""
    if column is None:
        return [fits("")] * len(frame)
    cells = frame.columns[column]
    each = {cell: fits(_word(cell)) for cell in set(cells)}
    return list(map(each.__getitem__, cells))


def _word(given: Given) -> str:
    return folded(text_in(given))
