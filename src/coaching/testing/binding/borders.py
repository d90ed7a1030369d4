"""Borders: what else may be given to an act, from the fields that its arguments set. Nothing is listed by hand.

Every word of a closed list and one that is none, every border of a number or text from both sides, days on which
calendars break, ids that are nearly others, lists of none, of two and of the same twice; and each argument that may be
left out, left out and given. Whether a value is right is not said here: the model judges.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from annotated_types import Interval, Len
from attrs import evolve

from coaching.formats.asked import asked_of
from coaching.formats.forms.choices import words_of
from coaching.kernel.classes import model_of
from coaching.kernel.constraints import IDENTIFIES, LARGEST, Id, Must
from coaching.kernel.fields import Field, field_of
from coaching.kernel.lifecycle import ANYONE
from coaching.kernel.policy import Policy
from coaching.records import KINDS
from coaching.testing.binding.model import Judged, judge
from coaching.testing.binding.offers import Sorted
from coaching.testing.binding.scenes import DAY
from coaching.testing.binding.steps import Step

LEFT_OUT = object()
"""Stands for an argument that is not given."""

Values = Iterator[Any]

WIDTHS = (255, 256, 32_768, 2**31)
"""Where systems cut whole numbers."""
LENGTHS = (1, 255, 256, 4_000, 4_001)
"""Where systems cut texts."""
NUMBERS = (0, 1, -1, 2.5, -2.5, 0.1, -0.1, 1.1, LARGEST - 1, LARGEST, 1 - LARGEST, -LARGEST)
EDGES = tuple(
    map(date.fromisoformat, ("2028-02-29", "2028-02-28", "2027-02-28", "2027-12-31", "2028-01-01", "2027-04-30"))
)
"""Days on which calendars break."""
UNSEEN = "\u200b"
CODES = ("SE", "se", "SWE", "sv", "de-CH", "https://example.org/a", "no address", "2421", "24210")


def borders(field: Field, given: Any, now: datetime) -> Values:
    """List what else might be given for a field, the plainest first, beside what is given; right and wrong."""
    if field.many:
        yield from _lists(field, given, now)
    elif field.holds_parts:
        yield from _parts(field, given, now)
    else:
        of_sort = _SORTS.get("choice" if field.is_choice else field.kind)
        yield from () if of_sort is None else of_sort(field, given, now)
    if field.optional:
        yield None


def _words(field: Field, *_: Any) -> Values:
    words = [option.word for option in words_of(field)]
    yield from (*words, f"{words[0]}s", words[0].upper())


def _yes_or_no(*_: Any) -> Values:
    yield from (True, False)


def _wholes(field: Field, *_: Any) -> Values:
    """Whole numbers: each border from both sides, and where systems cut."""
    ends: list[tuple[Any, Any]] = [(it.ge, it.le) for it in field.constraints if isinstance(it, Interval)]
    for least, most in ends or [(-LARGEST, LARGEST)]:
        yield from dict.fromkeys((least, most, most - 1, least - 1, most + 1, 0, -1))
        yield from (it for it in WIDTHS if least + 1 < it < most - 1)


def _numbers(*_: Any) -> Values:
    yield from NUMBERS


def _texts(field: Field, given: Any, _: datetime) -> Values:
    longest = next((it.max_length for it in field.constraints if isinstance(it, Len)), None)
    if longest is None:
        return
    if IDENTIFIES in field.constraints:
        yield from _ids(given or "x-1", longest)
        return
    yield from dict.fromkeys("x" * n for n in (*LENGTHS, longest, longest + 1) if n <= longest + 1)
    yield from (" ", "", UNSEEN, "a\0b", " a ", "a\nb", "0", "null")
    if any(isinstance(it, Must) and "pattern" in it.schema for it in field.constraints):
        yield from CODES


def _ids(given: str, longest: int) -> Values:
    """Ids that are right, and ones that are nearly another one."""
    yield from (given.ljust(longest, "0"), f"{given} \u4eba", f"{given}A")
    yield from (f" {given}", f"{given} ", f"{given}{UNSEEN}", given.ljust(longest + 1, "0"), "", " ")


def _days(_: Field, given: Any, now: datetime) -> Values:
    today = now.date()
    yield from dict.fromkeys((today, today - DAY, today + DAY, *((given - DAY, given + DAY) if given else ()), *EDGES))


def _moments(_: Field, given: Any, now: datetime) -> Values:
    at = given or now
    yield from (at + timedelta(microseconds=1), at - timedelta(minutes=1))


def _lists(field: Field, given: Any, now: datetime) -> Values:
    """Lists: of two, of the same twice, of none; then each border of an item."""
    one = given[0] if given else plainest(field.item, now)
    items = [it for it in borders(field.item, one, now) if it is not None]
    yield from ([one, items[0]], [one, one], []) if items else ([one], [])
    yield from ([it] for it in items)


def _parts(field: Field, given: Any, now: datetime) -> Values:
    """Parts: with each of their fields at its borders, and without it."""
    whole = given if isinstance(given, Mapping) else plainest(field, now)
    if given is None:
        yield whole
    for it in model_of(field.kind).fields.values():
        for value in borders(it, whole.get(it.key), now):
            if value is not None or it.default is not None:  # else it might as well be left out
                yield {**whole, it.key: value}


def plainest(field: Field, now: datetime) -> Any:
    """Make up what may be given for a field; of a part only what it must have."""
    if field.many:
        return []
    if field.holds_parts:
        fields = (it for it in model_of(field.kind).fields.values() if it.required)
        return {it.key: plainest(it, now) for it in fields}
    if field.kind is str:
        return "x-1" if IDENTIFIES in field.constraints else "words"
    return next(iter(borders(field, None, now)), None)


_SORTS: Mapping[object, Callable[[Field, Any, datetime], Values]] = {
    "choice": _words,
    bool: _yes_or_no,
    int: _wholes,
    Decimal: _numbers,
    str: _texts,
    date: _days,
    datetime: _moments,
}

# --- what is given to an act -----------------------------------------------------------------------------------------

BY, RECORD = "by", "record_id"
"""Who acts, and on which record: ids as well, that nobody would call arguments."""
FREE = ("id", "new_id", RECORD)
"""The ids of what is new."""


def tried(moves: tuple[Judged, ...], policy: Policy, fixed: Collection[str], *, ids: bool = True) -> Sorted:
    """Try an act that is right with other arguments, one at a time, and sort what is right from what is refused.

    What is right is given together with other such values, as far as that is right too, so that few acts show many.
    With the arguments of the first move, all is tried; with others (another word of a list) what that may change.

    Args:
        moves: The same act by the same person, right with the arguments given; the plainest first.
        policy: The house's.
        fixed: The names of the arguments that are not tried.
        ids: Whether ids are tried.
    """
    right, wrong, done = list[Judged](), list[Judged](), set[tuple[str, str]]()
    for n, move in enumerate(moves):
        fits = list[tuple[str, Any]]()
        for name, value in _changes(move, fixed, ids=ids, all_=n == 0, done=done):
            it = judge(move.before, changed(move.step, name, value), policy)
            if it.findings:
                wrong.append(it)
            elif not _says_nothing(it, name, value, policy):
                fits.append((name, value))
                done.add((name, repr(value)))
        right += _together(move.step, fits, move.before, policy)
    return Sorted(tuple(right), tuple(wrong))


def changes(move: Judged, fixed: Collection[str], *, ids: bool = True) -> Iterator[tuple[str, list[Any]]]:
    """List by argument what else might be given to an act that is right."""
    step, begins = move.step, move.before is None
    fields = dict(asked_of(KINDS[step.kind] if begins else move.before, step.act))
    fields |= {name: _NEW for name in FREE if name in step.given or (begins and name == RECORD)}
    for name, field in fields.items():
        if name not in fixed and (ids or IDENTIFIES not in field.constraints):
            given = _given(step, name)
            left_out = [LEFT_OUT] if name in step.given and not field.required else []
            values = [*borders(field, given, step.at), *left_out]
            if name == RECORD:  # its beginning may tell of which kind the record is
                values = [it for it in values if str(it).startswith(step.record_id)]
            yield name, [it for it in values if type(it) is not type(given) or it != given]
    row = KINDS[step.kind].lifecycle.find(step.act, None if begins else move.before.state)
    if ids and row is not None and ANYONE not in row.who:  # whether others than who does it may, houses differ
        yield BY, [step.by.upper()]


_NEW = field_of("id", Id)


def _changes(
    move: Judged, fixed: Collection[str], done: set[tuple[str, str]], *, ids: bool, all_: bool
) -> Iterator[tuple[str, Any]]:
    for name, values in changes(move, fixed, ids=ids):
        chosen = values if all_ else _telling(values, name, done, _given(move.step, name))
        yield from ((name, value) for value in chosen)


def _telling(values: list[Any], name: str, done: set[tuple[str, str]], given: Any) -> list[Any]:
    """Choose what another word of a list may change: what was not right yet, and an argument given, blank, left out."""
    fresh = [it for it in values if (name, repr(it)) not in done and isinstance(it, (str, bool, int))]
    telling = [*values[:1], " "] if given is None else [None, LEFT_OUT, " "]
    return [*fresh, *(it for it in values if it in telling and it not in fresh)]


def _says_nothing(it: Judged, name: str, value: Any, policy: Policy) -> bool:
    """Tell whether nothing is given where it might as well be left out."""
    if value is not None:
        return False
    without = judge(it.before, changed(it.step, name, LEFT_OUT), policy)
    return not without.findings and bool(without.after == it.after)


def varied(it: Judged, policy: Policy, fixed: Collection[str], random: Random, *, ids: bool = True) -> Judged:
    """Give an act with some of its arguments at a border, whichever, where that is right too."""
    for name, values in changes(it, fixed, ids=ids):
        for value in random.sample(values, min(_TRIES, len(values))) if random.random() < _SOME else ():
            other = judge(it.before, changed(it.step, name, value), policy)
            if not other.findings and not _says_nothing(other, name, value, policy):
                it = other
                break
    return it


def spoilt(it: Judged, policy: Policy, fixed: Collection[str], random: Random, *, ids: bool = True) -> list[Judged]:
    """Give an act with one argument beyond a border, where some of a few is."""
    every = [(name, value) for name, values in changes(it, fixed, ids=ids) for value in values]
    tried = (judge(it.before, changed(it.step, *one), policy) for one in random.sample(every, min(_TRIES, len(every))))
    return [other for other in tried if other.findings][:1]


_SOME, _TRIES = 0.5, 3


def _given(step: Step, name: str) -> Any:
    return {**step.given, BY: step.by, RECORD: step.record_id}.get(name)


def changed(step: Step, name: str, value: Any) -> Step:
    """Give a step with another argument, or without it."""
    if name in {BY, RECORD}:
        return evolve(step, **{name: value})
    rest = {it: kept for it, kept in step.given.items() if it != name}
    return evolve(step, given=rest if value is LEFT_OUT else {**rest, name: value})


def _together(step: Step, right: list[tuple[str, Any]], before: Any, policy: Policy) -> Iterator[Judged]:
    """Give right values of several arguments at once, each value once."""
    while right:
        all_, left, found, taken = step, list[tuple[str, Any]](), None, set[str]()
        for name, value in right:
            it = None if name in taken else judge(before, changed(all_, name, value), policy)
            if it is None or it.findings:
                left.append((name, value))
            else:
                all_, found = it.step, it
                taken.add(name)
        if found is None:
            return
        yield found
        right = left
