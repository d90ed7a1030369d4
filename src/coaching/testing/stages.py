"""The stage of one walk: it draws values, tells the time, and knows what the caller has strategies of their own for."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Any, Protocol, TypeAlias, TypeVar

from attrs import frozen
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from coaching.kernel.record import Record
from coaching.kernel.rules import Finding
from coaching.kernel.values import Ref
from coaching.testing.parts import DAY_ONE, things

ADMINISTRATION = "hr-1"
"""Who acts where the table asks for nobody in particular."""

Given = Mapping[str, Any]
Source: TypeAlias = "SearchStrategy[Any] | Sequence[Any] | Callable[[Stage], Any]"
"""Where a value comes from: a strategy, several values of which it is one, or what draws it on a stage.

To make a strategy costs as much as ten draws: what depends on the day or on the record is made without."""
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
    return st.sampled_from(range(number))


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
DAY_ONES = (DAY_ONE, *_ABROAD)
STARTS = (*DAY_ONES, *_CHANGES * 8)


class Stage:
    """One walk in progress: draws values and tells the time. Time goes on by itself, sometimes not at all.

    `names` are strategies for what is named by a field (`"owner"`, `"goals"`) or given with an act, where the caller
    has their own; `here` holds references for each kind of thing, where a walk shall refer to nothing but what is
    there. `side_acts` is how many acts are done at most, at each stop, that lead nowhere.
    """

    def __init__(
        self,
        draw: Draw,
        names: Mapping[str, Source] | None = None,
        here: Mapping[str, Sequence[Ref]] | None = None,
        side_acts: int = 2,
        first: datetime | None = None,
    ) -> None:
        """Begin at a moment, or on day one or one on which clocks change, in an offset from UTC that is drawn."""
        self.draw = draw
        self.names = names or {}
        self._here = here
        self.told: list[Deed] = []
        self.doing = ""
        self.drawn: dict[str, Any] = {}
        self.side_acts = side_acts
        self.now = self.one(STARTS) if first is None else first

    def begin(self, of: type[_R], begins: str, id: str, /, **given: Any) -> _R:
        """Begin a record, and note it."""
        self.doing = begins
        self.note(begins, {"id": id, **given})
        return of.new(begins, id, **given)

    def act(self, record: _R, act: str, /, **given: Any) -> _R:
        """Do an act, and note it; what the caller has for it is given in the place of ours."""
        self.doing = act
        given = {**given, **self.own_of(act)}
        after = record.act(act, **given)
        self.note(act, given)
        return after

    def own_of(self, act: str) -> Given:
        """What the caller has a strategy for to give with an act.

        Raises:
            InvalidArgument: Where it draws something else than arguments by their names.
        """
        given = self.own(act).get(act, {})
        if not isinstance(given, Mapping):
            such = "fixed_dictionaries({...}) of the arguments by their names"
            msg = f"{act} takes a strategy such as {such}; it drew {reprlib.repr(given)}"
            raise InvalidArgument(msg)
        return given

    def note(self, act: str, given: Given) -> None:
        """Note an act of the record that is walked."""
        besides = {name: value for name, value in given.items() if name not in {"by", "at"}}
        self.told.append(Deed(act, given["by"], given["at"], besides))

    # --- what is drawn -----------------------------------------------------------------------------------------------

    def of(self, source: Source) -> Any:
        """A value from somewhere."""
        if isinstance(source, SearchStrategy):
            return self.draw(source)
        return source(self) if callable(source) else self.one(source)

    def one(self, items: Sequence[_T]) -> _T:
        """One of several; nothing is drawn where there is but one."""
        return items[self.draw(below(len(items)))] if len(items) > 1 else items[0]

    def number(self, least: int, most: int) -> int:
        """A whole number; nothing is drawn where there is but one."""
        return least + self.draw(below(most - least + 1)) if most > least else least

    def ahead(self, least: int, most: int) -> date:
        """A day so many days from today."""
        return self.now.date() + timedelta(days=self.number(least, most))

    def yes(self) -> bool:
        """Yes or no."""
        return self.one((False, True))

    def perhaps(self, source: Source) -> Any:
        """None, or a value from somewhere; None where there is nothing to draw."""
        return None if empty(source) or not self.yes() else self.of(source)

    def several(self, source: Source, least: int = 0, most: int = 2) -> tuple[Any, ...]:
        """Some, each drawn by itself; as few as may be where there are none to draw."""
        return () if empty(source) else tuple([self.of(source) for _ in range(self.number(least, most))])

    def some(self, optional: Mapping[str, Source]) -> Given:
        """Arguments, each of which may be left out."""
        which = self.draw(below(1 << len(optional)))
        return {name: self.of(own) for n, (name, own) in enumerate(optional.items()) if which >> n & 1}

    # --- what is the caller's own ------------------------------------------------------------------------------------

    def known(self, name: str, otherwise: Source) -> Source:
        """What the caller has for a name, or something else."""
        return self.names.get(name, otherwise)

    def named(self, name: str, otherwise: Source) -> Any:
        """A value of it."""
        self.drawn[name] = self.of(self.names.get(name, otherwise))
        return self.drawn[name]

    def other(self, name: str, otherwise: Source, than: str) -> str:
        """The same, of somebody who is not a certain other: a caller may draw both from one pool.

        Of a pool that is a list no draw is thrown away for it.

        Raises:
            InvalidArgument: Where the pool has nobody else.
        """
        found, pool = str(self.named(name, otherwise)), self.names.get(name)
        if found != than:
            return found
        if not isinstance(pool, SearchStrategy):
            return f"{found}-b"
        try:
            one, two = self.draw(st.lists(pool, min_size=2, max_size=2, unique=True))
        except InvalidArgument as why:
            msg = f"{name} cannot be {than!r}, and {pool!r} draws nobody else"
            raise InvalidArgument(msg) from why
        self.drawn[name] = two if one == than else one
        return str(self.drawn[name])

    def fields(self, optional: Mapping[str, Source]) -> Given:
        """Fields of the record, each of which may be left out but those for which the caller has a strategy."""
        ours = self.some({name: otherwise for name, otherwise in optional.items() if name not in self.names})
        return {**ours, **self.own(*optional)}

    def own(self, *names: str) -> Given:
        """The fields for which the caller has a strategy."""
        return {name: self.named(name, ()) for name in names if name in self.names}

    def blame(self, why: str, findings: Iterable[Finding] = ()) -> str:
        """Say whose strategy drew what cannot be: that of the act, of the field, or any of the caller's."""
        own = {name: f" drew {reprlib.repr(it)}" for name, it in self.drawn.items() if name in self.names}
        fields = {re.split(r"[.\[]", found.path)[0] for found in findings}
        blamed = [self.doing] if self.doing in own else [name for name in own if name in fields]
        told = " and ".join(f"{name}{own.get(name, '')}" for name in blamed or own or self.names)
        return f"the strategy given for {told}: {why}"

    def refs(self, *kinds: str) -> Sequence[Ref]:
        """References to things of the kinds named."""
        if self._here is None:
            return things(*kinds)
        return tuple([ref for kind in kinds for ref in self._here.get(kind, ())])

    # --- the time ----------------------------------------------------------------------------------------------------

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


def empty(source: Source) -> bool:
    """Whether there is nothing to draw."""
    return source.is_empty if isinstance(source, SearchStrategy) else not callable(source) and not source


def _shifted(now: datetime) -> datetime:
    """The same moment an hour earlier by the clock, or later where it would be another day or another date line."""
    offset = now.utcoffset() or timedelta()
    earlier = now.astimezone(timezone(offset - _HOUR)) if offset > -11 * _HOUR else now
    if earlier.date() == now.date():
        return earlier
    return now.astimezone(timezone(offset + _HOUR)) if offset < 13 * _HOUR else now
