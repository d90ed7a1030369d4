"""What a frozen class looks like, read from its annotations: checking its fields, building it, walking its parts.

Read top to bottom: the collector of faults, checks made from an annotation, the shape of a class, the decorator
`value`. One walk serves construction from Python and explains refused documents; a document only adds a `read` for
leaves. A class is built even when fields are faulty: those stay unset, every rule that needs none of them is still
asked, and so all that is wrong is said at once. Such a half-built object never leaves this floor.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from inspect import Parameter, Signature
from operator import attrgetter
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, dataclass_transform, get_args, get_origin, get_type_hints

import attrs
from annotated_types import Interval, Len
from frozendict import frozendict

from coaching.kernel.constraints import (
    FINEST,
    LARGEST,
    LONGEST,
    V002,
    V003,
    V005,
    V012,
    V014,
    V015,
    V016,
    Must,
    at_rest,
)
from coaching.kernel.rules import (
    Breach,
    Choice,
    Finding,
    Rejected,
    Rule,
    Sort,
    breach,
    brief,
    finding,
    rules_of,
)

_T = TypeVar("_T", bound=type)
Read = Callable[[type, object], object]
Check = Callable[[Any, str, "Faults"], Any]
Sound = Callable[[Any], Any]

FAULTY: Any = type("Faulty", (), {"__repr__": lambda _: "FAULTY"})()
"""Stands for a value that was refused while the rest is still looked at."""

SHOWN = 40  # characters of an unknown name that a message shows as it is
SUGGESTED = 20  # unknown names in one object for which the nearest known one is looked up


class Faults:
    """Collects what is wrong, with its place. `read` turns a document's leaf into a value; None outside documents."""

    __slots__ = ("found", "read")

    def __init__(self, read: Read | None = None) -> None:
        self.found: list[Finding] = []
        self.read = read

    def add(self, rule: Rule, path: str, message: str, **params: object) -> Any:
        """Note a fault and stand in for the value."""
        self.found.append(finding(rule, breach(message, path, **params)))
        return FAULTY

    def about(self, record: tuple[str, str] | None) -> list[Finding]:
        """The findings, said of a record."""
        return [attrs.evolve(f, record=record) for f in self.found]


# --- checks from annotations -----------------------------------------------------------------------------------------


def check_of(hint: Any) -> Check:
    """The check an annotation asks for: takes a value, its path and the faults; gives the value to keep, or FAULTY."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _constrained(check_of(args[0]), args[1:])
    if origin in {Union, UnionType}:
        (inner,) = [a for a in args if a is not NoneType]
        return _optional(check_of(inner))
    if origin is tuple:
        return _each(args[0])
    if hint in _LEAVES:
        return _LEAVES[hint]
    return _choice(hint) if issubclass(hint, Choice) else _part(hint)


def _constrained(check: Check, metadata: tuple[Any, ...]) -> Check:
    rule = [V015, *(m for m in metadata if isinstance(m, Rule))][-1]  # the field's own rule speaks before the alias's
    tests = tuple(_test(m) for m in metadata if not isinstance(m, Rule))

    def constrained(value: Any, path: str, faults: Faults) -> Any:
        kept = check(value, path, faults)
        if kept is FAULTY:
            return kept
        for test in tests:
            wrong = test(kept)
            if wrong is not None:
                return faults.add(rule, path, f"{{value}} {wrong}", value=brief(kept))
        return kept

    return _plain_text(constrained, metadata) if check is _text else constrained


def _plain_text(check: Check, metadata: tuple[Any, ...]) -> Check:
    """The same check, with a short way for what nearly every text is: ASCII, within its length, and as it must be."""
    low, high = next(((m.min_length, m.max_length or LONGEST) for m in metadata if isinstance(m, Len)), (0, LONGEST))
    must = next((m.func for m in metadata if isinstance(m, Must)), bool)

    def plain(value: Any, path: str, faults: Faults) -> Any:
        if type(value) is str and low <= len(value) <= high and value.isascii() and must(value):
            return value
        return check(value, path, faults)

    return plain


def _test(constraint: Any) -> Callable[[Any], str | None]:
    match constraint:
        case Must(func, wrong):
            return lambda value: None if func(value) else wrong
        case Len():
            low, high = constraint.min_length, constraint.max_length or LONGEST
            return lambda value: (
                None if low <= len(value) <= high
                else "is empty" if not value
                else f"has {len(value)} characters, not {low} to {high}"
            )  # fmt: skip
        case Interval():
            lowest: Any = constraint.ge
            highest: Any = constraint.le
            return lambda value: None if lowest <= value <= highest else f"is not from {lowest} to {highest}"
        case _:  # an annotation this module does not know would pass in silence: say so while the class is made
            raise TypeError(constraint)


def _optional(check: Check) -> Check:
    return lambda value, path, faults: None if value is None else check(value, path, faults)


def _each(item: Any) -> Check:
    check, of = check_of(item), item if isinstance(item, type) else None

    def each(value: Any, path: str, faults: Faults) -> Any:
        if of is not None and type(value) is tuple and all(type(v) is of for v in value):
            return value
        if not isinstance(value, (tuple, list)):
            return faults.add(V015, path, "{value} is no list", value=brief(value))
        kept = tuple([check(v, f"{path}[{i}]", faults) for i, v in enumerate(value)])
        return FAULTY if any(v is FAULTY for v in kept) else kept

    return each


def _choice(words: type[Choice]) -> Check:
    known = {word.value: word for word in words}
    listed = ", ".join(known)

    def choice(value: Any, path: str, faults: Faults) -> Any:
        word = known.get(value) if isinstance(value, str) else None
        if word is None:
            return faults.add(V012, path, "{value} is none of: {known}", value=brief(value), known=listed)
        return word

    return choice


def _part(cls: Any) -> Check:
    def part(value: Any, path: str, faults: Faults) -> Any:
        if type(value) is cls:
            return value
        if isinstance(value, Mapping):
            return build(cls, value, path, faults)
        name = shape_of(cls).name
        return faults.add(V015, path, "{value} is no {kind}", value=brief(value), kind=name)

    return part


def _leaf(kind: type, named: str, accept: Callable[[Any], Any]) -> Check:
    """A check for one type: `accept` gives the value to keep or FAULTY; a document may read it from text or number."""

    def leaf(value: Any, path: str, faults: Faults) -> Any:
        kept = accept(value)
        if kept is FAULTY and faults.read is not None:
            try:
                kept = accept(faults.read(kind, value))
            except ValueError as why:
                return faults.add(
                    V015, path, "{value} is no {kind}: {why}", value=brief(value), kind=named, why=str(why)
                )
        if kept is FAULTY:
            return faults.add(V015, path, "{value} is no {kind}", value=brief(value), kind=named)
        return kept

    return leaf


def _accept_text(value: Any) -> Any:
    if not isinstance(value, str):
        return FAULTY
    return value if type(value) is str else str(value)


def _text(value: Any, path: str, faults: Faults) -> Any:
    kept = _accept_text(value)
    if kept is FAULTY:
        return faults.add(V015, path, "{value} is no text", value=brief(value))
    if not kept.isascii() and any("\ud800" <= c <= "\udfff" for c in kept):
        return faults.add(V002, path, "has half a character (a lone surrogate) in it")
    return kept


def _accept_number(value: Any) -> Any:
    if type(value) is Decimal:
        return value
    if type(value) is int:
        return Decimal(value)
    return Decimal(repr(value)) if type(value) is float else FAULTY


def _moment(value: Any, path: str, faults: Faults) -> Any:
    if type(value) is datetime and value.tzinfo is UTC:
        return value
    kept = _plain_moment(value, path, faults)
    if kept is not FAULTY and type(kept) is not datetime:  # a kind of its own, such as a data frame's
        parts = (kept.year, kept.month, kept.day, kept.hour, kept.minute, kept.second, kept.microsecond)
        kept = datetime(*parts, tzinfo=kept.tzinfo, fold=kept.fold)
    if kept is FAULTY or kept.utcoffset() is None:
        return kept if kept is FAULTY else faults.add(V003, path, "{value} has no offset from UTC", value=brief(value))
    return at_rest(kept)


_plain_moment = _leaf(datetime, "date and time", lambda v: v if isinstance(v, datetime) else FAULTY)

_LEAVES: dict[Any, Check] = {
    str: _text,
    int: _leaf(int, "whole number", lambda v: v if type(v) is int else FAULTY),
    bool: _leaf(bool, "yes or no", lambda v: v if type(v) is bool else FAULTY),
    Decimal: _leaf(Decimal, "number", _accept_number),
    date: _leaf(date, "date", lambda v: v if type(v) is date else FAULTY),
    datetime: _moment,
}


def extra_of(value: Any, path: str, faults: Faults) -> Any:
    """What may stand in `extra`, from any mapping, frozen."""
    if not isinstance(value, Mapping):
        return faults.add(V015, path, "{value} is no mapping of names to values", value=brief(value))
    kept: dict[str, Any] = {}
    for name, item in value.items():
        if not isinstance(name, str) or not sound_extra_text(name):
            return faults.add(V015, path, "{value} is no name", value=brief(name))
        kept[str(name)] = _scalar(item, f"{path}.{name}", faults)
    return FAULTY if any(v is FAULTY for v in kept.values()) else frozendict(kept)


_LEAVES[frozendict] = extra_of


def _scalar(value: Any, path: str, faults: Faults) -> Any:
    if isinstance(value, str):
        value = str(value)
        return (
            value
            if sound_extra_text(value)
            else faults.add(V002, path, "is too long, or holds a NUL or half a character")
        )
    if value is None or type(value) is bool:
        return value
    if type(value) is int and -LARGEST <= value <= LARGEST:
        return value
    if type(value) in {Decimal, float}:
        number = _accept_number(value)
        if _bounded_scalar(number):
            return number if number.as_tuple().exponent else number.quantize(Decimal("0.0"))
    if type(value) in {int, Decimal, float}:
        return faults.add(V005, path, "{value} is not finite or out of range", value=brief(value))
    wanted = "{value} is no text, whole number, decimal, yes or no, or null"
    return faults.add(V015, path, wanted, value=brief(value))


def _bounded_scalar(number: Decimal) -> bool:
    exponent: Any = number.as_tuple().exponent
    return number.is_finite() and number.copy_abs() < LARGEST and -FINEST <= exponent <= FINEST


def sound_extra_text(text: str) -> bool:
    """Whether a name or text may stand in `extra`: short enough, without NUL and half characters."""
    return (
        len(text) <= LONGEST
        and "\0" not in text
        and (text.isascii() or not any("\ud800" <= c <= "\udfff" for c in text))
    )


# --- what the fast decoder leaves over -------------------------------------------------------------------------------


def sound_of(hint: Any, value: str, names: dict[str, Any]) -> str | None:
    """What is left of an annotation's check after a decoder in C: an expression over `value`, or None if nothing.

    What the expression calls is put into `names`.
    """
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        if args[0] is datetime:
            return None  # C checks the offset
        tests = [(m.holds or "{1}({0})").format(value, _named(m.func, names)) for m in args[1:] if isinstance(m, Must)]
        return " and ".join(tests) or None
    if origin in {Union, UnionType}:
        (inner,) = [a for a in args if a is not NoneType]
        test = sound_of(inner, value, names)
        return None if test is None else f"({value} is None or {test})"
    if origin is tuple:
        test = sound_of(args[0], "v", names)
        if test is None:
            return None
        sound = shape_of(args[0]).sound if attrs.has(args[0]) else eval(f"lambda v: {test}", names)  # noqa: S307  (made from annotations)
        return f"(not {value} or all(map({_named(sound, names)}, {value})))"
    sound = shape_of(hint).sound if attrs.has(hint) else None
    return None if sound is None else f"{_named(sound, names)}({value})"


def _named(function: Any, names: dict[str, Any]) -> str:
    name = f"f{len(names)}"
    names[name] = function
    return name


# --- the shape of a class --------------------------------------------------------------------------------------------


class Shape:
    """What is known of a frozen class: its fields and their checks, its rules, and where its parts are."""

    cls: Any

    def __init__(self, cls: Any, name: str) -> None:
        self.cls, self.name = cls, name
        hints = get_type_hints(cls, include_extras=True)
        fields = attrs.fields(cls)
        self.names: tuple[str, ...] = tuple(f.name for f in fields)
        self.hints: dict[str, Any] = {n: hints[n] for n in self.names}
        self.checks: dict[str, Check] = {n: check_of(h) for n, h in self.hints.items()}
        self.defaults: dict[str, Any] = {f.name: f.default for f in fields if f.default is not attrs.NOTHING}
        self.required: tuple[str, ...] = tuple(n for n in self.names if n not in self.defaults)
        self.setters: dict[str, Callable[[Any, Any], None]] = {n: getattr(cls, n).__set__ for n in self.names}
        self._setters = tuple(self.setters.values())
        self.plan = tuple((n, key_of(n), c, self.setters[n]) for n, c in self.checks.items())
        self.every = attrgetter(*self.names) if len(self.names) > 1 else lambda obj: (getattr(obj, self.names[0]),)
        self.own: dict[str, Rule] = {n: r for n, h in self.hints.items() if (r := _own(h, name)) is not None}
        self.rules: tuple[Rule, ...] = rules_of(name, Sort.SHAPE)
        self.advices: tuple[Rule, ...] = rules_of(name, Sort.ADVICE)
        self.walks: tuple[
            Rule, ...
        ] = ()  # the rules of a history: asked of what comes from outside, not of what acts grow
        self.inner: tuple[tuple[str, bool, Shape], ...] = tuple(
            (n, many, inner) for n, h in self.hints.items() for many, inner in _inner(h)
        )
        """Its parts: the field, whether there may be many, and their shape."""
        self.parts: tuple[tuple[str, bool, Shape], ...] = tuple(
            part for part in self.inner if part[2].rules or part[2].advices or part[2].parts
        )
        """Those of them that a rule speaks of."""
        self.advised_parts: tuple[tuple[str, bool, Shape], ...] = tuple(
            part for part in self.parts if part[2].advices or part[2].advised_parts
        )
        """Those of them that advice speaks of."""
        names: dict[str, Any] = {}
        tests = [t for n, h in self.hints.items() if (t := sound_of(h, f"o.{n}", names)) is not None]
        self.sound: Sound | None = eval(f"lambda o: {' and '.join(tests)}", names) if tests else None  # noqa: S307  (see sound_of)

    def breaches(
        self, obj: Any, prefix: str = "", *, changed: Mapping[str, Any] | None = None
    ) -> list[tuple[str, Rule, Breach]]:
        """What the shape rules of an object and of its parts say. Rules that need an unset field stay silent.

        `changed`: what an act changed in an object that kept its rules before. The parts it did not change need not be
        asked again, nor does a history that grew by one step of the table need to be walked.
        """
        found: list[tuple[str, Rule, Breach]] = []
        for name, many, shape in self.parts:
            if changed is not None and name not in changed:
                continue
            for i, item in enumerate(_items(getattr(obj, name, None) or ())):
                found += shape.breaches(item, _at(prefix, f"{name}[{i}]" if many else key_of(name)))
        for rule in self.rules if changed is not None else (*self.rules, *self.walks):
            try:
                for it in rule.check(obj):  # type: ignore[misc]  # rules_of gives only rules with a check
                    found.append((prefix, rule, it))
            except AttributeError:
                if _whole(obj):
                    raise
        return found

    def keeps(self, obj: Any) -> bool:
        """Whether a whole object and its parts keep their shape rules: the quick question that `breaches` explains."""
        for name, many, shape in self.parts:
            held = getattr(obj, name)
            for part in held if many else _items(held or ()):
                if not shape.keeps(part):
                    return False
        for rule in (*self.rules, *self.walks):
            for _ in rule.check(obj):  # type: ignore[misc]  # rules_of gives only rules with a check
                return False
        return True

    def advised(self, obj: Any, on: date, policy: Any, prefix: str = "") -> Iterator[tuple[str, Rule, Breach]]:
        """What the advice for an object and its parts says on a day; advice that a house turned off is not asked."""
        for name, many, shape in self.advised_parts:
            for i, item in enumerate(_items(getattr(obj, name) or ())):
                at = _at(prefix, f"{name}[{i}]" if many else name)
                yield from shape.advised(item, on, policy, at)
        for rule in self.advices:
            if policy.severity_of(rule.code) != "off":
                for found in rule.check(obj, on, policy):  # type: ignore[misc]  # rules_of gives only rules with a check
                    yield prefix, rule, found

    def copy_checked(self, obj: Any, changes: Mapping[str, Any]) -> Any:
        """A new object with some values changed, all its fields checked and its rules asked.

        Raises:
            Rejected: What the constructor raises.
        """
        return self.cls(**{**dict(zip(self.names, self.every(obj), strict=True)), **changes})

    def put(self, new: Any, values: Iterable[Any]) -> None:
        """Set every field of a new object, in order. Nothing is checked."""
        for setter, value in zip(self._setters, values, strict=True):
            setter(new, value)

    def copy(self, obj: Any, changes: Mapping[str, Any]) -> Any:
        """A new object with some values changed. Nothing is checked: the caller has, or will."""
        new = self.cls.__new__(self.cls)
        self.put(new, self.every(obj))
        for name, value in changes.items():
            self.setters[name](new, value)
        return new


def _whole(obj: Any) -> bool:
    """Whether every field of an object and of its parts is set."""
    shape = shape_of(type(obj))
    if any(not hasattr(obj, n) for n in shape.names):
        return False
    held = [v for n in shape.names for v in _items(getattr(obj, n)) if attrs.has(type(v))]
    return all(_whole(v) for v in held)


def _items(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _own(hint: Any, name: str) -> Rule | None:
    """The rule of this very class that an annotation carries, if there is one."""
    return next((m for m in getattr(hint, "__metadata__", ()) if isinstance(m, Rule) and m.of == name), None)


def _inner(hint: Any) -> Iterator[tuple[bool, Shape]]:
    """The classes of ours inside an annotation, and whether they come many at a time."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        yield from _inner(args[0])
    elif origin in {Union, UnionType}:
        for arg in args:
            yield from _inner(arg)
    elif origin is tuple:
        yield from ((True, shape) for _, shape in _inner(args[0]))
    elif attrs.has(hint):
        yield False, shape_of(hint)


def shape_of(cls: Any) -> Shape:
    """The shape of a class made with `value` or `record`."""
    shape: Shape = cls.__shape__
    return shape


def key_of(name: str) -> str:
    """The name of a field in a document: `from_` is written `from`."""
    return name.rstrip("_")


def fill(obj: Any, values: Mapping[str, Any], path: str, faults: Faults) -> None:
    """Set the fields of a new object from values, checked; faulty ones stay unset and are noted."""
    shape = shape_of(type(obj))
    left, defaults = len(values), shape.defaults
    for name, key, check, setter in shape.plan:
        if key in values:
            value = values[key]
            if name != key and name in values:
                faults.add(V016, _at(path, key), "{name} is given twice", name=key)
        elif name in values and faults.read is None:  # a document knows only the key
            value = values[name]
        else:
            if name in defaults:
                setter(obj, defaults[name])
            else:
                faults.add(shape.own.get(name, V014), _at(path, key), "missing")
            continue
        left -= 1
        kept = check(value, f"{path}.{key}" if path else key, faults)
        if kept is not FAULTY:
            setter(obj, kept)
    if left:
        _name_strangers(shape, values, path, faults)


def _name_strangers(shape: Shape, values: Mapping[str, Any], path: str, faults: Faults) -> None:
    keys = [key_of(n) for n in shape.names]
    known = keys if faults.read is not None else [*keys, *shape.names]
    strangers = [v for v in values if v not in known]
    for i, stranger in enumerate(strangers):
        name = stranger if isinstance(stranger, str) else brief(stranger)
        near = difflib.get_close_matches(name[:40], keys, 1) if i < SUGGESTED else []
        hint = f"; did you mean {near[0]}?" if near else f"; known: {', '.join(keys)}" if i < SUGGESTED else ""
        shown = name if len(name) <= SHOWN and name.isprintable() else brief(name)
        faults.add(
            V016, _at(path, shown), "{kind} has no {name}" + hint.replace("{", "{{"), kind=shape.name, name=shown
        )


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def build(cls: Any, values: Mapping[str, Any], path: str, faults: Faults) -> Any:
    """An object of a class from values, half built where they are faulty. Its rules are asked of the whole."""
    obj = cls.__new__(cls)
    fill(obj, values, path, faults)
    return obj


def _init(self: Any, *args: Any, **values: Any) -> None:
    shape = shape_of(type(self))
    faults = Faults()
    if args:
        placed = dict(zip(shape.names, args, strict=False))
        for name in placed.keys() & {n for v in values for n in (v, f"{v}_")}:
            faults.add(V016, key_of(name), "{name} is given twice", name=key_of(name))
        values = {**placed, **values}
    if len(args) > len(shape.names):
        faults.add(V016, "", "{n} values for {most} fields", n=len(args), most=len(shape.names))
    fill(self, values, "", faults)
    broken = shape.breaches(self)
    if faults.found or broken:
        about = self.__about__()
        found = faults.about(about)
        found += [finding(rule, it, prefix=prefix, record=about) for prefix, rule, it in broken]
        raise Rejected(f"{_title(shape, about)}: cannot be made", found)


def _title(shape: Shape, about: tuple[str, str] | None) -> str:
    return shape.name if about is None else f"{about[0]} {about[1]}"


def _equal(self: Any, other: object) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    every = shape_of(type(self)).every
    return every(self) == every(other)


def _hash(self: Any) -> int:
    return hash((type(self), shape_of(type(self)).every(self)))


def _repr(self: Any) -> str:
    fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in shape_of(type(self)).names)
    return f"{type(self).__name__}({fields})"


def _about_nothing(self: Any) -> None:  # noqa: ARG001
    return None


@dataclass_transform(frozen_default=True, field_specifiers=(attrs.field,))
def value(name: str) -> Callable[[_T], _T]:
    """Make a frozen class whose fields are checked by their annotations and whose shape rules are those of `name`.

    Construction raises one `Rejected` with everything that is wrong. Equality is by value; instances hash and pickle.
    """

    def decorate(cls: _T) -> _T:
        made_cls: _T = made(cls, name)
        return made_cls

    return decorate


def made(cls: Any, name: str, **how: Any) -> Any:
    """The class, made frozen and slotted by attrs, with our construction and its shape.

    Comparing, hashing and showing are one for all, so that attrs has less to compile while the package is imported.
    """
    cls.__init__, cls.__eq__, cls.__hash__, cls.__repr__ = _init, _equal, _hash, _repr
    if "__about__" not in {n for c in cls.__mro__ for n in vars(c)}:
        cls.__about__ = _about_nothing
    made = attrs.define(cls, frozen=True, slots=True, init=False, **how)
    made.__init__ = _init
    made.__shape__ = shape = Shape(made, name)
    made.__signature__ = Signature(  # what `help()` and editors show
        [
            Parameter(
                n,
                Parameter.KEYWORD_ONLY if how.get("kw_only") else Parameter.POSITIONAL_OR_KEYWORD,
                default=shape.defaults.get(n, Parameter.empty),
                annotation=shape.hints[n],
            )
            for n in sorted(shape.names, key=lambda n: n in shape.defaults)
        ]
    )
    return made
