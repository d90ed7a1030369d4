"""Choosing: which rows make a record, or an item of a list: by what cells say, and by which say something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
        return [n for n in range(len(frame)) if self._is_one(frame, n)]

    def _is_one(self, frame: Frame, n: int) -> bool:
        for column, said in self.only:
            word = _word(frame.columns[column][n]) if column is not None else ""
            if word not in said and not (word in self.nulls and "" in said):
                return False
        return not self.asks or any(_word(frame.columns[it][n]) not in self.nulls for it in self.when)


def _word(given: Given) -> str:
    return folded(text_in(given))
