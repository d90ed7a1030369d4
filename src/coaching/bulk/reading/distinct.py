"""Columns that hardly repeat, such as ids and names: all texts of a batch are looked at in C, and written at a time.

Only what needs no second look is taken so; any other text goes the way of each, which comes to the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annotated_types import Len
from attrs import frozen

from coaching.bulk.mapping.classes import Column
from coaching.bulk.reading.words import folded
from coaching.kernel.constraints import LONGEST, Id, Must, Text, Word
from coaching.kernel.fields import Field, field_of

_MARKS = '"', "\\", "  "  # what JSON writes otherwise, and what nulls are folded for
_IN_ORDER = frozenset(c for alias in (Id, Text, Word) for c in field_of("", alias).constraints if isinstance(c, Must))
"""What holds for each text in ASCII that is printable, begins and ends with no blank, and is not empty."""
_TEXTS = frozenset({str})


@frozen
class Plain:
    """Which texts a field takes as they stand.

    Attributes:
        low: How many characters one has at least.
        high: How many it has at most.
        wide: Whether letters beyond ASCII are in order too, where they are printable.
        nulls: What says nothing.
    """

    low: int
    high: int
    wide: bool
    nulls: frozenset[str]

    @classmethod
    def of(cls, field: Field, column: Column) -> Plain | None:
        """Read it off a field; None where texts have to be looked at one by one."""
        lengths = [it for it in field.constraints if isinstance(it, Len)]
        musts = {it for it in field.constraints if isinstance(it, Must)}
        if field.kind is not str or field.many or len(lengths) != 1 or not musts <= _IN_ORDER:
            return None
        wide = musts <= {it for it in field_of("", Word).constraints if isinstance(it, Must)}
        return cls._under(column, lengths[0].min_length, lengths[0].max_length or LONGEST, wide=wide)

    @classmethod
    def of_extra(cls, column: Column) -> Plain | None:
        """Do the same for what stands under a free name."""
        return cls._under(column, 1, LONGEST, wide=True)

    @classmethod
    def _under(cls, column: Column, low: int, high: int, *, wide: bool) -> Plain | None:
        if column.template or len(column.column) != 1:  # what becomes of the words was asked of each column
            return cls(low, high, wide, frozenset())
        if column.strip or column.values or column.lookup:
            return None
        return cls(low, high, wide, frozenset(map(folded, column.nulls)))

    def written(self, texts: Sequence[Any], head: bytes) -> tuple[list[bytes], set[int]]:
        r"""Write texts as JSON with something before each; and say which have to be looked at: they are not written.

        >>> Plain(1, 9, wide=True, nulls=frozenset()).written(["Anna", "\t", "Åsa"], b"name:")
        ([b'name:"Anna"', b'name:""', b'name:"\xc3\x85sa"'], {1})
        """
        odd = set[int]()
        if not _TEXTS.issuperset(map(type, texts)):
            odd = {n for n, it in enumerate(texts) if type(it) is not str}
            texts = [it if type(it) is str else "" for it in texts]
        odd |= self._odd(texts)
        if odd:
            texts = ["" if n in odd else it for n, it in enumerate(texts)]
        head += b'"'
        return [b'%b%b"' % (head, it) for it in "\n".join(texts).encode().split(b"\n")], odd

    def _odd(self, texts: Sequence[str]) -> set[int]:
        """Give the places of texts that have to be looked at: all are asked at once, and each only where one is odd."""
        odd = set[int]()
        whole, low = "\n".join(texts), max(self.low, 1)
        sizes = set(map(len, texts))
        if min(sizes) < low or max(sizes) > self.high:
            odd |= {n for n, it in enumerate(texts) if not low <= len(it) <= self.high}
        if not "".join(texts).isprintable():
            odd |= {n for n, it in enumerate(texts) if not it.isprintable()}
        if list(map(str.strip, texts)) != texts:
            odd |= {n for n, it in enumerate(texts) if it != it.strip()}
        for mark in _MARKS:
            if mark in whole:
                odd |= {n for n, it in enumerate(texts) if mark in it}
        if not whole.isascii():
            odd |= {n for n, it in enumerate(texts) if not (it.isascii() or (self.wide and it < "\u0300"))}
        if self.nulls and not self.nulls.isdisjoint(map(str.casefold, texts)):
            odd |= {n for n, it in enumerate(texts) if it.casefold() in self.nulls}
        return odd
