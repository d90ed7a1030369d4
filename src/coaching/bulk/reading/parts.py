"""Parts: pieces of fields put together to objects, lists of them, and the record, for all rows at a time.

Read top to bottom: what is always said, the part, the list of parts, references whose kind the row says. A part is left
out of a row in which none of its columns says anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from attrs import define, field, frozen

from coaching.book.naming import HOLDERS, REFERENCES
from coaching.bulk.drafts import Reference
from coaching.bulk.reading.choosing import Chosen
from coaching.bulk.reading.columns import Leaf, missing
from coaching.bulk.reading.faults import Slip
from coaching.bulk.reading.frames import Frame, Named
from coaching.kernel.constraints import V014
from coaching.kernel.rules import Rule
from coaching.kernel.values import RefKind

Built = tuple[Sequence[bytes], Sequence[object] | None]
"""Of each row a piece, empty where nothing is said; and whether a column said it, or None where none is read."""


class Filled(Protocol):
    """A field of a record or part that is filled: by a column, by parts, by the mapping, or by other fields."""

    @property
    def required(self) -> Rule | None:
        """The rule that speaks where it says nothing and has to."""
        ...

    @property
    def leaves(self) -> Sequence[Leaf]:
        """Its leaves, at whatever depth."""
        ...

    def build(self, frame: Frame) -> Built:
        """Make its pieces, and note what is wrong."""
        ...

    def miss(self, frame: Frame, n: int) -> None:
        """Note that a row says nothing here, and has to."""
        ...


@frozen
class Always:
    """What the mapping says itself, in each row."""

    place: str
    piece: bytes
    slips: tuple[Slip, ...] = ()
    named: Named = ()
    required: Rule | None = None
    leaves: Sequence[Leaf] = ()

    def build(self, frame: Frame) -> Built:
        """Give it for each row."""
        for slip in self.slips:
            for n in range(len(frame)):
                frame.note(n, None, self.place, slip)
        if self.named:
            frame.names.append([self.named] * len(frame))
        return [self.piece] * len(frame), None

    def miss(self, frame: Frame, n: int) -> None:
        """Do nothing: it always says something."""


@define
class Part:
    """An object: the fields that are filled.

    Attributes:
        place: Where it stands, for a report: `positions[].span`; empty for a record.
        head: Its key, with a comma before it; empty for an item of a list.
        fields: Its fields.
        required: As of a field.
        chosen: Which rows have one, where that is asked.
    """

    place: str
    head: bytes
    fields: Sequence[Filled]
    required: Rule | None = None
    chosen: Chosen | None = None
    leaves: Sequence[Leaf] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Gather the leaves."""
        self.leaves = [leaf for it in self.fields for leaf in it.leaves]

    def build(self, frame: Frame) -> Built:
        """Put its fields together."""
        objects = self.objects(frame)
        head = self.head
        pieces = [head + it if it else it for it in objects]
        return pieces, pieces if self.leaves or self.chosen else None

    def objects(self, frame: Frame) -> list[bytes]:
        """Give the object of each row; empty where there is none."""
        rows = None if self.chosen is None else self.chosen.rows(frame)
        if rows is None:
            return self._objects(frame)
        sub, made = frame.only(rows), [b""] * len(frame)
        for n, it in zip(rows, self._objects(sub), strict=True):
            made[n] = it
        for column in sub.names:
            names: list[Named] = [()] * len(frame)
            for n, its in zip(rows, column, strict=True):
                names[n] = its
            frame.names.append(names)
        return made

    def _objects(self, frame: Frame) -> list[bytes]:
        joined, present = self.inner(frame)
        if present is None:
            return [b"{%b}" % it[1:] for it in joined]
        return [b"{%b}" % it[1:] if there else b"" for it, there in zip(joined, present, strict=True)]

    def inner(self, frame: Frame) -> tuple[Iterable[bytes], Sequence[object] | None]:
        """Give what each row says, each field with a comma before it; and whether a column says anything of it."""
        columns: list[Sequence[bytes]] = []
        says: list[Sequence[object]] = []
        for it in self.fields:
            pieces, said = it.build(frame)
            columns.append(pieces)
            if said is not None and self.place:  # a record is made of each row
                says.append(said)
        present = (says[0] if len(says) == 1 else list(map(any, zip(*says, strict=True)))) if says else None
        for it, pieces in zip(self.fields, columns, strict=True):
            if it.required is not None and b"" in pieces:
                for n, piece in enumerate(pieces):
                    if not piece and (present is None or present[n]):
                        it.miss(frame, n)
        return map(b"".join, zip(*columns, strict=True)), present

    def miss(self, frame: Frame, n: int) -> None:
        """Note it for the first of its fields that has to say something, or else for its first column."""
        first = next((it for it in self.fields if it.required is not None and it.leaves), None)
        if first is None:
            column = self.leaves[0].source.which(frame, n, blank=True)
            frame.note(n, column, self.place, missing(self.required or V014))
        else:
            first.miss(frame, n)


@define
class Items:
    """A list of parts: what each of its items says, one behind the other.

    An item of which columns hold lists stands in the list once for each.
    """

    place: str
    path: str
    head: bytes
    items: Sequence[Part]
    required: Rule | None = None
    first: bool = False  # whether somebody asks for the first of each row
    leaves: Sequence[Leaf] = field(init=False)
    _lists: list[set[int]] = field(init=False)
    _parting: list[dict[int, str]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Gather the leaves, and the columns that may hold the items of a list, or whose texts are parted."""
        self.leaves = [leaf for it in self.items for leaf in it.leaves]
        self._lists = [
            {c for leaf in it.leaves for c in leaf.source.columns} | (it.chosen.columns if it.chosen else set())
            for it in self.items
        ]
        its = [[leaf for leaf in it.leaves if "[0]" not in leaf.path[len(self.path) + 3 :]] for it in self.items]
        self._parting = [{c: leaf.parting for leaf in own if leaf.parting for c in leaf.source.columns} for own in its]

    def build(self, frame: Frame) -> Built:
        """Put the items together."""
        spread = [
            (lists & frame.listed) | parting.keys() for lists, parting in zip(self._lists, self._parting, strict=True)
        ]
        alone = len(self.items) == 1 and not spread[0]
        each = [self.items[0].objects(frame)] if alone else self._apart(frame, spread)
        if self.first:
            frame.employment = [it[: it.find(b"}") + 1] for it in each[0]]
        inner = each[0] if len(each) == 1 else [b",".join(filter(None, its)) for its in zip(*each, strict=True)]
        head = self.head
        pieces = [b"%b[%b]" % (head, it) if it else it for it in inner]
        return pieces, pieces if self.leaves or any(it.chosen for it in self.items) else None

    def _apart(self, frame: Frame, spread: Sequence[set[int]]) -> list[list[bytes]]:
        """Do it where items may be missing, or more than one: what they name has other places then."""
        held = [0] * len(frame)
        names: list[Named] = [()] * len(frame)
        each: list[list[bytes]] = []
        for item, lists, parting in zip(self.items, spread, self._parting, strict=True):
            sub, up = frame.spread(sorted(lists), parting) if lists else (frame.apart(), list(range(len(frame))))
            gathered: list[list[bytes]] = [[] for _ in held]
            for n, made in enumerate(item.objects(sub)):
                if made:
                    gathered[up[n]].append(made)
                    its = [it for column in sub.names for it in column[n]]
                    names[up[n]] += tuple([self._placed(it, held[up[n]]) for it in its])
                    held[up[n]] += 1
            each.append([b",".join(its) for its in gathered])
        frame.names.append(names)
        return each

    def _placed(self, it: Reference, place: int) -> Reference:
        return it._replace(path=f"{self.path}[{place}]{it.path[len(self.path) + 3 :]}")

    def miss(self, frame: Frame, n: int) -> None:
        """Note it for its first item."""
        self.items[0].miss(frame, n)


_KIND = {b',"kind":"%b"' % it.encode(): it for it in RefKind}
_RECORDS = frozenset(REFERENCES) | {"person"}


def kind_named(kind: str, key: str) -> str:
    """Say what the `id` or the `of` of a `Ref` of some kind names; empty where it is no record.

    >>> kind_named("goal", "id"), kind_named("dream", "id"), kind_named("dream", "of")
    ('goal', '', 'path')
    """
    if key == "id":
        return kind if kind in _RECORDS else ""
    return HOLDERS[kind][0] if kind in HOLDERS and kind != "commitment" else ""


@define
class AnyRef(Part):
    """A `Ref` of which a column says the kind."""

    def inner(self, frame: Frame) -> tuple[Iterable[bytes], Sequence[object] | None]:
        """Give what each row says, once what it names is of the kind that it says."""
        sub = frame.apart()
        joined, present = super().inner(sub)
        made = list(joined)
        kinds = [_KIND.get(it[: it.find(b'"', 9) + 1], "") for it in made]
        for column in sub.names:
            frame.names.append([self._of_kind(its, kind) for its, kind in zip(column, kinds, strict=True)])
        return made, present

    def _of_kind(self, its: Named, kind: str) -> Named:
        named = [(it, kind_named(kind, it.path.rpartition(".")[2])) for it in its]
        return tuple([it._replace(kind=of) for it, of in named if of])
