"""Parts: pieces of fields put together to objects, lists of them, and the record, for all rows at a time.

Read top to bottom: what is always said, the part, the list of parts, `extra`. A part is left out of a row in which none
of its columns says anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import compress, repeat
from typing import Any, Protocol

from attrs import define, evolve, field, frozen

from coaching.bulk.reading.columns import WRONG, Leaf, missing
from coaching.bulk.reading.faults import Slip
from coaching.bulk.reading.frames import Frame, Named
from coaching.kernel.rules import Rule


class Field(Protocol):
    """A field of a record or part that is filled."""

    @property
    def path(self) -> str:
        """Where it stands, the first item being meant of each list."""
        ...

    @property
    def required(self) -> Rule | None:
        """The rule that speaks where it says nothing and has to."""
        ...

    @property
    def leaves(self) -> Sequence[Leaf]:
        """Its leaves, at whatever depth."""
        ...

    def pieces(self, frame: Frame) -> Sequence[bytes]:
        """Give its piece of each row, empty where it says nothing; and note what is wrong."""
        ...

    def says(self, pieces: Sequence[bytes]) -> Sequence[object] | None:
        """Tell of each piece whether a column said it; None where no column is read."""
        ...

    def miss(self, frame: Frame, n: int) -> None:
        """Note that a row says nothing here, and has to."""
        ...


Built = dict[str, Sequence[bytes]]
Follow = Callable[[Frame, Built], None]
"""What follows from other fields, put where nothing is said."""


@frozen
class Always:
    """What the mapping says itself, in each row."""

    path: str
    piece: bytes
    slip: Slip | None = None
    required: Rule | None = None
    leaves: Sequence[Leaf] = ()

    def pieces(self, frame: Frame) -> Sequence[bytes]:
        """Give it for each row."""
        if self.slip is not None:
            for n in range(len(frame)):
                frame.note(n, None, self.path, self.slip)
        return [self.piece] * len(frame)

    def says(self, _pieces: Sequence[bytes]) -> None:
        """Say that no column is read."""

    def miss(self, frame: Frame, n: int) -> None:
        """Note nothing: it always says something."""


@define
class Part:
    """An object: the fields that are filled, by their keys.

    Attributes:
        path: Where it stands; empty for a record.
        head: Its key, with a comma before it; empty for a record and an item.
        fields: Its fields.
        required: As of a field.
        follow: What follows from others.
    """

    path: str
    head: bytes
    fields: dict[str, Any]  # of Field
    required: Rule | None = None
    follow: tuple[tuple[str, Follow], ...] = ()
    leaves: list[Leaf] = field(init=False)
    _musts: dict[str, Rule] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        """Gather the leaves."""
        self.leaves = [leaf for it in self.fields.values() for leaf in it.leaves]

    @property
    def columns(self) -> set[int]:
        """The columns that it reads."""
        return {column for leaf in self.leaves for column in leaf.source.columns}

    def pieces(self, frame: Frame) -> Sequence[bytes]:
        """Give its piece of each row."""
        return [self.head + it if it else it for it in self.objects(frame)]

    def says(self, pieces: Sequence[bytes]) -> Sequence[object] | None:
        """Tell whether a column said something."""
        return pieces if self.leaves else None

    def miss(self, frame: Frame, n: int) -> None:
        """Note it for the first of its fields that has to say something."""
        its: Any = next((it for it in self.fields.values() if it.required is not None and it.leaves), None)
        if its is None:
            frame.note(n, None, self.path, missing(self.required or self._any_rule()))
        else:
            its.miss(frame, n)
