"""Compiling: the functions that are written from the fields of a class, since each act and each document calls them.

As attrs and cattrs do it: one declaration (the fields), source text made of it, compiled once at first use, kept
where a debugger finds it. Each has a plain twin, and a law says that the two agree: `fits` and `checking`, `copied` and
`attrs.evolve`, `sound` and `checking`, `plain` and `content_of` in the tests. No other room makes code.
"""

from __future__ import annotations

import linecache
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, timedelta, timezone
from decimal import Decimal
from typing import cast

from annotated_types import Interval, Len
from frozendict import frozendict

from coaching.kernel.constraints import LONGEST, TIMES, Must
from coaching.kernel.fields import Constraint, Field, once

_EMPTY: frozendict[str, object] = frozendict()
MISSING = object()
"""Stands for a value that was not given."""


class Names:
    """What a piece of source calls by name: each object has one name in it."""

    def __init__(self, cls: type) -> None:
        self.cls = cls
        self.known: dict[str, object] = {}

    def __call__(self, thing: object) -> str:
        """Name something."""
        name = f"_{len(self.known)}"
        self.known[name] = thing
        return name


def compiled(what: str, signature: str, lines: Iterable[str], names: Names, about: str = "") -> Callable[..., object]:
    """Make a function of source lines, which a traceback and a debugger can show; `about` tells it from others."""
    source = "\n".join([f"def {what}{signature}:", *(f"    {line}" for line in lines)]) + "\n"
    file = f"<{what} of {names.cls.__module__}.{names.cls.__qualname__}{about}>"
    scope = dict(names.known)
    exec(compile(source, file, "exec"), scope)  # noqa: S102  (made from annotations, never from data)
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    made: Callable[..., object] = scope[what]  # type: ignore[assignment]  # the function that the source defines
    return made


# --- making and copying ----------------------------------------------------------------------------------------------


def fits(cls: type, fields: Mapping[str, Field], setters: Mapping[str, object]) -> Callable[..., object]:
    """Fill a new object from values, given as its constructor takes them, if they are what they nearly always are.

    It tells whether it did. What it does not accept, the slow way looks at: it accepts it too, or says what is wrong.
    """
    names = Names(cls)
    missing = names(MISSING)
    taken = [f"{f.name}={missing if f.required else names(f.default)}" for f in fields.values()]
    lines = [f"if not ({_quick(f, f.name, names)}): return False" for f in fields.values()]
    lines += [f"{names(setter)}(new, {name})" for name, setter in setters.items()]
    return compiled("fits", f"(new, /, {', '.join(taken)})", [*lines, "return True"], names)


def copied(cls: type, setters: Mapping[str, object]) -> Callable[..., object]:
    """Make the same object once more, to be changed before anybody sees it."""
    names = Names(cls)
    new, of = names(cls.__new__), names(cls)
    lines = [f"new = {new}({of})", *(f"{names(s)}(new, old.{name})" for name, s in setters.items()), "return new"]
    return compiled("copied", "(old)", lines, names)


def raw(cls: type, setters: Mapping[str, object]) -> Callable[..., object]:
    """Make an object of values by name, every one of them. Nothing is checked."""
    names = Names(cls)
    new, of = names(cls.__new__), names(cls)
    lines = [f"new = {new}({of})", *(f"{names(s)}(new, {name})" for name, s in setters.items()), "return new"]
    return compiled("raw", f"(*, {', '.join(setters)})", lines, names)


def _quick(field: Field, value: str, names: Names) -> str:
    """Give a test, as an expression that may set `value` anew, for a value given from Python."""
    if field.many:
        if field.holds_parts:  # in C, whatever the length
            kinds = names(frozenset({field.kind}))
            return f"(type({value}) is tuple and (not {value} or {kinds}.issuperset(map(type, {value}))))"
        each, missing = names(quick(field.kind, field.constraints)), names(MISSING)
        return (
            f"(type({value}) is tuple and (not {value} or {missing} not in ({value} := tuple(map({each}, {value})))))"
        )
    test = _quick_leaf(field, value, names)
    return f"({value} is None or ({test}))" if field.optional else test


def _quick_leaf(field: Field, value: str, names: Names) -> str:
    kind = field.kind
    if kind is TIMES[1]:
        return f"({value} := {names(quick_moment)}({value})) is not None"
    if kind is frozendict:
        return f"{value} is {names(_EMPTY)}"
    if field.is_choice:
        words: Iterable[object] = kind  # type: ignore[assignment]  # an enumeration
        known, either = names({str(word): word for word in words}), names(frozenset({str, kind}))
        return f"type({value}) in {either} and ({value} := {known}.get({value})) is not None"
    tests = [f"type({value}) is {names(kind)}"]
    if kind is str:
        tests.append(f"({value}.isascii() or {value}.isprintable())")  # without half characters
    for constraint in field.constraints:
        if isinstance(constraint, Len):
            tests.append(f"{constraint.min_length} <= len({value}) <= {constraint.max_length or LONGEST}")
        elif isinstance(constraint, Interval):
            tests.append(f"{constraint.ge} <= {value} <= {constraint.le}")
        else:
            tests.append((constraint.holds or "{1}({0})").format(value, names(constraint.func)))
    return " and ".join(tests)


@once
def quick(kind: type, constraints: tuple[Constraint, ...]) -> Callable[[object], object]:
    """Give back a value as it is kept, if it is what values of a kind nearly always are; `MISSING` otherwise."""
    names = Names(kind)
    test = _quick_leaf(Field("v", kind, None, constraints=constraints), "v", names)
    about = "".join(f", {c.wrong if isinstance(c, Must) else c!r}" for c in constraints)
    return compiled("quick", "(v)", [f"return v if ({test}) else {names(MISSING)}"], names, about)


_USUAL = frozenset(timedelta(minutes=15 * n) for n in range(-56, 57))  # offsets, without looking for odd seconds


def quick_moment(value: object) -> object:
    """Give back a moment that needs no longer look; None for anything else."""
    if type(value) is TIMES[1]:
        zone = value.tzinfo
        if zone is UTC or (type(zone) is timezone and zone.utcoffset(None) in _USUAL):
            return value
    return None


# --- what the fast decoder leaves over -------------------------------------------------------------------------------


Sound = Callable[..., object]


def sound(
    cls: type,
    fields: Mapping[str, Field],
    sound_of: Callable[[type], Sound | None],
    rules: Iterable[tuple[Callable[..., object], str]],
    about: str = "",
) -> Sound | None:
    """Tell whether an object that a decoder in C filled is sound: what C does not check, its parts, its invariants.

    None when nothing is left to ask. `sound_of` gives the same for a part; a rule comes with the list that it judges
    each part of, or none. `about` tells it from others of the class.
    """
    names = Names(cls)
    lines = []
    for field in fields.values():
        value = f"o.{field.name}"
        test = _left_over(field, "v", names, sound_of)
        if test is None:
            continue
        if field.many:
            lines += [f"for v in {value}:", f"    if not ({test}): return False"]
        elif field.optional:
            lines += [f"v = {value}", f"if v is not None and not ({test}): return False"]
        else:
            lines += [f"v = {value}", f"if not ({test}): return False"]
    of_parts: dict[str, list[str]] = {}
    for check, each in rules:
        if each:
            of_parts.setdefault(each, []).append(f"    for _ in {names(check)}(o, v, i): return False")
        else:
            lines.append(f"for _ in {names(check)}(o): return False")
    for each, asked in of_parts.items():
        lines += [f"for i, v in enumerate(o.{each}):", *asked]
    return compiled("sound", "(o)", [*lines, "return True"], names, about) if lines else None


def _left_over(field: Field, value: str, names: Names, sound_of: Callable[[type], Sound | None]) -> str | None:
    if field.holds_parts:
        part = sound_of(field.kind)
        return None if part is None else f"{names(part)}({value})"
    if field.kind is TIMES[1]:
        return None  # C checks the offset
    tests = [(m.holds or "{1}({0})").format(value, names(m.func)) for m in field.constraints if isinstance(m, Must)]
    return " and ".join(tests) or None


# --- what is sealed --------------------------------------------------------------------------------------------------


Says = Callable[..., dict[str, object]]


def plain(
    cls: type, fields: Iterable[Field], plain_of: Callable[[type], Says], *, name: str = "plain", **more: str
) -> Says:
    """Give what an object says, as plain values by key, in the order of the keys; what is at its default is left out.

    Numbers are written by value: 0.10 and 0.1 are one number, and so are 4.0 and 4. `more` stands before all that.
    """
    names = Names(cls)
    lines = [f"said = {more!r}"]
    for field in sorted(fields, key=lambda f: f.key):
        lines.append(f"v = o.{field.name}")
        written = _written(field, names, plain_of)
        if field.required:
            lines.append(f"said[{field.key!r}] = {written}")
        elif field.default is None:
            lines.append(f"if v is not None: said[{field.key!r}] = {written}")
        elif field.default in ((), {}):
            lines.append(f"if v: said[{field.key!r}] = {written}")
        else:
            lines.append(f"if v != {names(field.default)}: said[{field.key!r}] = {written}")
    return cast("Says", compiled(name, "(o)", [*lines, "return said"], names))


def _written(field: Field, names: Names, plain_of: Callable[[type], Says]) -> str:
    one = "v"
    if field.holds_parts:
        one = f"{names(plain_of(field.kind))}(v)"
    elif field.kind is Decimal:
        one = f"{names(by_value)}(v)"
    elif field.kind is frozendict:
        one = f"{names(scalars)}(v)"
    if one == "v":
        return "v"
    if field.many:
        return f"[{one} for v in v]"
    return f"None if v is None else {one}" if field.optional and field.required else one


def by_value(number: Decimal) -> int | str:
    """Write a finite number in one way only, whatever the caller's decimal context says.

    >>> by_value(Decimal("0.10")), by_value(Decimal("4.0")), by_value(Decimal("1E+3"))
    ('0.1', 4, 1000)
    """
    if number == number.to_integral_value():
        return int(number)
    text = format(number, "f")
    return text.rstrip("0")


def scalars(values: Mapping[str, object]) -> dict[str, object]:
    """Write what stands under free names, in the order of the names."""
    return {key: by_value(value) if isinstance(value, Decimal) else value for key, value in sorted(values.items())}
