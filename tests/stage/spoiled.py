"""Things of every class of ours, drawn; and what becomes of them when a value is changed by another route than theirs."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from frozendict import frozendict
from hypothesis import strategies as st

from coaching.kernel.classes import model_of
from coaching.kernel.fields import Field
from coaching.records import RECORDS
from stage.everything import drawn
from stage.fields import within
from stage.lives import lives
from stage.nasty import Moment, Text

MOST = 60  # things of one class: enough to have seen each field filled


@cache
def things() -> dict[Any, tuple[Any, ...]]:
    """Some things of each class of ours, as acts have made them."""
    found: dict[Any, dict[Any, None]] = {}
    for kind in RECORDS:
        for record in (*lives(kind.type), *drawn(kind)):
            for thing in within(record):
                known = found.setdefault(type(thing), {})
                if len(known) < MOST:
                    known[thing] = None
    return {cls: tuple(known) for cls, known in found.items()}


# --- what a decoder in C lets through --------------------------------------------------------------------------------

_TEXTS = ("x", " ", "a ", "a\u200b", "\u200b", "a\nb", "\0", "a\0", "12", "SE", "sv", "sv_SE", "urn:x", "x" * 64)
_NUMBERS = tuple(map(Decimal, ("0", "1", "0.5", "1.0", "-1", "2", "NaN", "Infinity", "1E15", "1E-16", "1E-15")))


def let_through(draw: Any, field: Field, old: Any, *, deep: int = 2) -> Any:  # noqa: PLR0911  (a way out for each kind)
    """Another value of a field that has its type and its lengths: what it says may be anything."""
    if field.many:
        how = draw(st.sampled_from(["none", "twice", "fewer", "one", "turned"]))
        if how == "none" or not old:
            return ()
        if how == "twice":
            return (*old, draw(st.sampled_from(old)))
        if how == "fewer":
            return old[1:]
        if how == "turned":
            return old[::-1]
        i = draw(st.integers(0, len(old) - 1))
        return (*old[:i], let_through(draw, field.item, old[i], deep=deep), *old[i + 1 :])
    if field.optional and draw(st.integers(0, 3)) == 0:
        return None
    if field.holds_parts:
        known = things().get(field.kind, ())
        other = draw(st.sampled_from(known)) if old is None or not deep or draw(st.booleans()) else old
        return spoiled(draw, other, deep=deep - 1) if deep else other
    if field.is_choice:
        return draw(st.sampled_from(list(field.kind)))
    return draw(_leaf(field, old))


def _leaf(field: Field, old: Any) -> Any:
    if field.kind is str:
        return st.sampled_from([*_TEXTS, *([old] if old else [])]).filter(_long_enough(field))
    if field.kind is int:
        return st.sampled_from([0, 1, 2, 7, 10]).filter(_in_range(field))
    if field.kind is bool:
        return st.booleans()
    if field.kind is Decimal:
        return st.sampled_from(_NUMBERS)
    if field.kind is frozendict:
        return st.just(frozendict({"colour": "red"}))
    around = old or (datetime(2026, 3, 2, tzinfo=UTC) if field.kind is datetime else date(2026, 3, 2))
    return st.sampled_from([around + timedelta(days=n) for n in (-400, -1, 0, 1, 400)])


def _long_enough(field: Field) -> Any:
    lengths = [c for c in field.constraints if hasattr(c, "min_length")]
    return lambda text: all(c.min_length <= len(text) <= (c.max_length or 10_000) for c in lengths)


def _in_range(field: Field) -> Any:
    ranges = [c for c in field.constraints if hasattr(c, "ge")]
    return lambda number: all(c.ge <= number <= c.le for c in ranges)


def spoiled(draw: Any, thing: Any, *, deep: int = 2) -> Any:
    """The thing with one or two values changed; nothing is checked."""
    model = model_of(type(thing))
    names = draw(st.lists(st.sampled_from(model.names), min_size=1, max_size=2, unique=True))
    return model.copy(thing, {n: let_through(draw, model.fields[n], getattr(thing, n), deep=deep) for n in names})


# --- what a program hands over ---------------------------------------------------------------------------------------


class Word(str, Enum):  # noqa: UP042  (which is what it is about)
    """A closed list as it was written before there was `StrEnum`."""

    AGREED = "agreed"
    A = "a"


class Amount(Decimal):
    """A number that is more than a number."""


class Number(int):
    """The same, whole."""


class Day(date):
    """A day that is more than a day."""


_ODD = (
    None, "", " ", "a", "a ", "\u200b", "\ud800", "x" * 201, Text("a"), Word.A, Word.AGREED, b"a", 0, 1, 7, 11, -1, 10**15 + 1,
    True, 1.0, 0.1, float("nan"), Number(7), Decimal("0.10"), Decimal("NaN"), Decimal("1E-16"), Amount("0.10"), (), [], {},
    [1], ("a", "a"), ["a", " "], (None,), frozendict(), frozendict({"a": 1}), {"a": Decimal(1)}, date(2026, 3, 2), Day(2026, 3, 2),
    datetime(2026, 3, 2), Moment(2026, 3, 2), object(),
)  # fmt: skip


def handed_over(draw: Any, field: Field, old: Any) -> Any:
    """A value that a careless program may give in the place of another."""
    near = [old]
    if isinstance(old, str):
        near += [str(old), Text(old), Text(old).encode(), f"{old} "]
    if isinstance(old, tuple):
        near += [list(old), (*old, None), (*old, *old), iter(old), old[:1], [dict(_values(p)) for p in old]]
    if isinstance(old, Decimal):
        near += [Amount(old), float(old), int(old), str(old)]
    if isinstance(old, datetime):
        near += [old.replace(tzinfo=None), Moment.fromisoformat(old.isoformat()), old.isoformat(), old.date()]
    elif isinstance(old, date):
        near += [Day(old.year, old.month, old.day), old.isoformat(), datetime(old.year, old.month, old.day)]
    if field.is_choice:
        near += [word for kind in (field.kind,) for word in (*kind, *(w.value for w in kind))]
    if field.holds_parts and old is not None and not field.many:
        near += [dict(_values(old)), object()]
    return draw(st.sampled_from(near) | st.sampled_from(_ODD))


def _values(thing: Any) -> dict[str, Any]:
    return {n: getattr(thing, n) for n in model_of(type(thing)).names} if hasattr(type(thing), "__model__") else {}
