"""The stage of one walk: it draws values, tells the time, and knows what the caller has strategies of their own for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any, Protocol, TypeVar

from attrs import frozen
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from coaching.kernel.record import Record
from coaching.kernel.values import Ref
from coaching.testing.parts import DAY_ONE, refs

ADMINISTRATION = "hr-1"
"""Who acts where the table asks for nobody in particular."""

Given = Mapping[str, Any]
_T = TypeVar("_T")
_R = TypeVar("_R", bound=Record)


class Draw(Protocol):
    """What `@composite` hands to a strategy."""

    def __call__(self, strategy: st.SearchStrategy[Any]) -> Any:
        """Draw a value."""


@frozen
class Deed:
    """One act of a life, as data: what a system without our records is told to do.

    Attributes:
        act: The act; the first one begins the record.
        by: Who acts.
        at: When.
        given: What is given besides.
    """

    act: str
    by: str
    at: datetime
    given: Mapping[str, Any]


@cache
def below(number: int) -> SearchStrategy[int]:
    """Whole numbers from 0 up to a number, without it."""
    return st.integers(0, number - 1)


_HOUR = timedelta(hours=1)
_STEPS = (timedelta(), _HOUR, 24 * _HOUR, 7 * 24 * _HOUR, 45 * 24 * _HOUR, timedelta(microseconds=1))
"""What passes between two acts. The longest is `LONGEST_STEP`."""
LONGEST_STEP = 45

_CHANGES = tuple(
    datetime.fromisoformat(moment)
    for moment in (
        "2024-03-31T01:59:59.999999+01:00", "2024-10-27T02:59:59+02:00",  # Europe: an hour less, an hour more
        "2024-03-10T01:30:00-05:00", "2024-11-03T01:59:59.999999-04:00",  # America
        "2024-02-29T23:59:59.999999+14:00", "2024-12-31T23:59:59-11:00",  # a leap day, the end of a year
    )
)  # fmt: skip
_ABROAD = [DAY_ONE.astimezone(timezone(timedelta(minutes=15 * n))) for n in range(-48, 57)]
_FIRST = st.sampled_from([DAY_ONE, *_ABROAD])
_STARTS = st.sampled_from([DAY_ONE, *_ABROAD, *_CHANGES * 8])


class Stage:
    """One walk in progress: draws values and tells the time. Time goes on by itself, sometimes not at all.

    `names` are strategies for what is named by a field (`"owner"`, `"goals"`) or given with an act, where the caller
    has their own; `here` holds references for each kind of thing, where a walk shall refer to nothing but what is
    there. `side_acts` is how many acts are done at most, at each stop, that lead nowhere.
    """

    def __init__(
        self,
        draw: Draw,
        names: Mapping[str, SearchStrategy[Any] | None] | None = None,
        here: Mapping[str, SearchStrategy[Ref]] | None = None,
        side_acts: int = 2,
    ) -> None:
        """Begin on day one, or on a day on which clocks change, in an offset from UTC that is drawn."""
        self.draw = draw
        self.names: dict[str, Any] = {name: own for name, own in (names or {}).items() if own is not None}
        for name, own in self.names.items():
            if not isinstance(own, SearchStrategy):
                msg = f"{name} takes a strategy, such as just({own!r})"
                raise InvalidArgument(msg)
        self._here = here
        self.told: list[Deed] = []
        self.side_acts = side_acts
        self.now: datetime = draw(_STARTS if here is None else _FIRST)

    def begin(self, of: type[_R], begins: str, id: str, /, **given: Any) -> _R:
        """Begin a record, and note it."""
        self.note(begins, {"id": id, **given})
        return of.new(begins, id, **given)

    def act(self, record: _R, act: str, /, **given: Any) -> _R:
        """Do an act, and note it; what the caller has for it is given in the place of ours."""
        given = {**given, **self.own_of(act)}
        after = record.act(act, **given)
        self.note(act, given)
        return after

    def own_of(self, act: str) -> Given:
        """What the caller has a strategy for to give with an act."""
        given: Given = self.draw(self.names[act]) if act in self.names else {}
        return given

    def note(self, act: str, given: Given) -> None:
        """Note an act of the record that is walked."""
        besides = {name: value for name, value in given.items() if name not in {"by", "at"}}
        self.told.append(Deed(act, given["by"], given["at"], besides))

    def one(self, items: Sequence[_T]) -> _T:
        """One of several; nothing is drawn where there is but one."""
        return items[self.draw(below(len(items)))] if len(items) > 1 else items[0]

    def known(self, name: str, otherwise: SearchStrategy[Any]) -> SearchStrategy[Any]:
        """The strategy that the caller has for a name, or another."""
        own: SearchStrategy[Any] = self.names.get(name, otherwise)
        return own

    def other(self, name: str, otherwise: SearchStrategy[str], than: str) -> SearchStrategy[str]:
        """The same, of somebody who is not a certain other: a caller may draw both from one pool."""
        if name in self.names:
            own: SearchStrategy[str] = self.names[name].filter(lambda id: id != than)
            return own
        return otherwise.map(lambda id: f"{id}-b" if id == than else id)

    def some(self, optional: Mapping[str, SearchStrategy[Any]]) -> Given:
        """Arguments, each of which may be left out."""
        which = self.draw(below(1 << len(optional)))
        return {name: self.draw(own) for n, (name, own) in enumerate(optional.items()) if which >> n & 1}

    def fields(self, optional: Mapping[str, SearchStrategy[Any]]) -> Given:
        """The same of fields of the record: those for which the caller has a strategy are never left out."""
        ours = self.some({name: otherwise for name, otherwise in optional.items() if name not in self.names})
        return {**ours, **self.own(*optional)}

    def own(self, *names: str) -> Given:
        """The fields for which the caller has a strategy."""
        return {name: self.draw(self.names[name]) for name in names if name in self.names}

    def several(self, items: SearchStrategy[Any], least: int = 0, most: int = 2) -> tuple[Any, ...]:
        """Some, each drawn by itself; as few as may be where there are none to draw."""
        number = least if items.is_empty else least + self.draw(below(most - least + 1))
        return tuple([self.draw(items) for _ in range(number)])

    def refs(self, *kinds: str) -> SearchStrategy[Ref]:
        """References to things of the kinds named."""
        if self._here is None:
            return refs(*kinds)
        return st.one_of([self._here[kind] for kind in kinds if kind in self._here])

    def later(self) -> datetime:
        """The next moment something happens: at once, or up to some weeks later."""
        step = self.draw(below(len(_STEPS) + 1))
        if step == len(_STEPS):  # the clocks change: another offset from UTC, at the same moment
            self.now = _shifted(self.now)
        else:
            self.now += _STEPS[step]
        return self.now

    def next_id(self, prefix: str, taken: tuple[Any, ...]) -> str:
        """An id that none of the parts has yet."""
        return f"{prefix}-{len(taken) + 1}"


def _shifted(now: datetime) -> datetime:
    """The same moment an hour earlier by the clock, or later where it would be another day or another date line."""
    offset = now.utcoffset() or timedelta()
    earlier = now.astimezone(timezone(offset - _HOUR)) if offset > -11 * _HOUR else now
    if earlier.date() == now.date():
        return earlier
    return now.astimezone(timezone(offset + _HOUR)) if offset < 13 * _HOUR else now
