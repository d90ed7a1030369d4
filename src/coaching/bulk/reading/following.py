"""What follows from other fields of a row, where nothing is said: see `FOLLOWS` of the mapping.

A position without a span is held as long as the first employment of its row; without an id it is called by the day on
which it begins; its manager manages it from that day on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import frozen

from coaching.bulk.reading.columns import WRONG, Leaf, missing
from coaching.bulk.reading.frames import Frame
from coaching.bulk.reading.parts import Built, Filled
from coaching.kernel.constraints import V014
from coaching.kernel.rules import Rule

_SPAN = b',"span":'
_FROM = slice(9, 28)  # of `,"span":{"from":"2024-08-01"`
_DAY = slice(17, 28)
_WHOLE = len(b',"span":{"from":"2024-08-01"')


@frozen
class Following:
    """A field that follows from others where it says nothing itself.

    Attributes:
        place: Where it stands, for a report.
        follow: Gives what follows in each row; empty where nothing does.
        own: What fills it; None where nothing does.
        blame: Where it is missed, if it cannot follow.
    """

    place: str
    follow: Callable[[Frame], Sequence[bytes]]
    own: Filled | None = None
    blame: Filled | None = None
    required: Rule | None = V014

    @property
    def leaves(self) -> Sequence[Leaf]:
        """Its own leaves."""
        return () if self.own is None else self.own.leaves

    def build(self, frame: Frame) -> Built:
        """Make its own pieces, and those that follow."""
        pieces, says = ((), None) if self.own is None else self.own.build(frame)
        if not pieces or b"" in pieces:
            follows = self.follow(frame)
            pieces = follows if not pieces else [it or other for it, other in zip(pieces, follows, strict=True)]
        return pieces, says

    def miss(self, frame: Frame, n: int) -> None:
        """Note it where it could have been said."""
        its = self.blame if self.own is None else self.own
        if its is None:
            frame.note(n, None, self.place, missing(V014))
        else:
            its.miss(frame, n)


@frozen
class Beginning:
    """A span by which other fields of its part go."""

    span: Filled

    @property
    def required(self) -> Rule | None:
        """As of the span."""
        return self.span.required

    @property
    def leaves(self) -> Sequence[Leaf]:
        """As of the span."""
        return self.span.leaves

    def build(self, frame: Frame) -> Built:
        """Make the span, and keep the day on which it begins; what has none is wrong, and was told."""
        pieces, says = self.span.build(frame)
        frame.begin = [it if len(it) >= _WHOLE else b"" for it in pieces]
        return pieces, says

    def miss(self, frame: Frame, n: int) -> None:
        """As of the span."""
        self.span.miss(frame, n)


def as_employed(frame: Frame) -> Sequence[bytes]:
    """Give the span of the first employment of each row."""
    return [_SPAN + it if it else b"" for it in frame.employment] if frame.employment else [b""] * len(frame)


def called_by_day(frame: Frame) -> Sequence[bytes]:
    """Give an id of the day on which a part begins."""
    return [b',"id":"' + it[_DAY] if it else WRONG for it in frame.begin]


def from_beginning(frame: Frame) -> Sequence[bytes]:
    """Give the day on which the part around begins, as the first of something in it."""
    return [b"," + it[_FROM] if it else WRONG for it in frame.begin]
