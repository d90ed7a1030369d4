"""Classes: frozen classes made from their fields, and how their objects are built, copied, walked and compared.

Read top to bottom: what is known of a class, building, the decorator `value`. A class is read at its first use, so it
may stand above its rules. An object is built even when values are faulty: it is then *half* built, every rule that
needs none of the missing fields is still asked, and so all that is wrong is said at once. It never leaves this floor.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from inspect import Parameter, Signature
from operator import attrgetter
from typing import Any, Protocol, TypeVar, cast, dataclass_transform

import attrs
from frozendict import frozendict

from coaching.kernel import compiling
from coaching.kernel.checking import FAULTY, Check, Faults, check_of
from coaching.kernel.constraints import V002, V014, V015, V016
from coaching.kernel.fields import Field, fields_of, key_of, unless
from coaching.kernel.hooks import hooked
from coaching.kernel.rules import Breach, Rejected, Rule, Severity, Sort, Unset, brief, finding

_T = TypeVar("_T")
_C = TypeVar("_C", bound=type)
Values = Mapping[str, object]
RuleCheck = Callable[..., Iterable[Breach]]
Key = tuple[str, str]
Changed = Mapping[str, "tuple[int, ...] | None"]
"""The fields that an act changed; for a list to which it only added or in which it replaced parts, their places."""

SHOWN = 40  # characters of an unknown name that a message shows as it is
SUGGESTED = 20  # unknown names in one object for which the nearest known one is looked up


class Severities(Protocol):
    """What advice needs to know of a policy here: how strict it is about a rule."""

    def severity_of(self, rule: Rule, /) -> Severity:
        """Give the severity of a rule in this house."""
        ...


class Model:
    """What is known of a class of ours: its fields, its rules, where its parts are, and how it is made."""

    def __init__(self, cls: type, name: str, rules: Callable[[], tuple[Rule, ...]], *, keyed: bool = False) -> None:
        self.cls, self.name, self.keyed = cls, name, keyed
        self._listed = rules
        declared = attrs.fields(cast("Any", cls))
        self.names: tuple[str, ...] = tuple(a.name for a in declared)
        self.defaults: dict[str, object] = {a.name: a.default for a in declared if a.default is not attrs.NOTHING}
        self.setters: dict[str, Callable[[object, object], None]] = {n: getattr(cls, n).__set__ for n in self.names}
        self._put = tuple(self.setters.values())
        self.every: Callable[[object], tuple[object, ...]] = (
            attrgetter(*self.names) if len(self.names) > 1 else lambda obj: (getattr(obj, self.names[0]),)
        )
        self._gates_to: dict[tuple[str, str], tuple[Rule, ...]] = {}
        self._asking: dict[tuple[str, ...] | None, tuple[tuple[Rule, RuleCheck, bool], ...]] = {}

    # --- its fields and rules ----------------------------------------------------------------------------------------

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Its fields by name, in their order."""
        return fields_of(self.cls)

    @cached_property
    def checks(self) -> Mapping[str, Check]:
        """The check of each field."""
        return {name: check_of(field, build) for name, field in self.fields.items()}

    @cached_property
    def items(self) -> Mapping[str, Check]:
        """The check of one item of each list."""
        return {name: check_of(field.item, build) for name, field in self.fields.items() if field.many}

    @cached_property
    def _plan(self) -> tuple[tuple[str, str, Check], ...]:
        return tuple((name, key_of(name), check) for name, check in self.checks.items())

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Its invariants that have something to check."""
        return self._of(Sort.INVARIANT)

    @cached_property
    def advices(self) -> tuple[Rule, ...]:
        """Its advice."""
        return self._of(Sort.ADVICE)

    @cached_property
    def gates(self) -> Mapping[str, tuple[Rule, ...]]:
        """Its gates, by the act they guard (`"propose"`), or the act that arrives in a state (`"sign>agreed"`)."""
        gates = self._of(Sort.GATE)
        return {
            act: tuple(g for g in gates if act in g.acts) for act in dict.fromkeys(a for g in gates for a in g.acts)
        }

    def gates_to(self, act: str, state: str) -> tuple[Rule, ...]:
        """Give the gates of an act that leads to a state."""
        known = self._gates_to.get((act, state))
        if known is None:
            known = (*self.gates.get(act, ()), *self.gates.get(f"{act}>{state}", ()))
            self._gates_to[act, state] = known
        return known

    def _of(self, sort: Sort) -> tuple[Rule, ...]:
        return tuple(r for r in self._listed() if r.sort is sort and r.check is not None)

    @cached_property
    def inner(self) -> tuple[tuple[Field, Model], ...]:
        """Its fields that hold parts, each with the model of the parts."""
        return tuple((f, model_of(f.kind)) for f in self.fields.values() if f.holds_parts)

    @cached_property
    def ruled(self) -> tuple[tuple[Field, Model], ...]:
        """Those of them of which a rule speaks."""
        return tuple((f, m) for f, m in self.inner if m.rules or m.ruled)

    @cached_property
    def free(self) -> bool:
        """Whether no rule speaks of it: its fields are all that is checked."""
        return not self.rules and not self.ruled

    @cached_property
    def advised(self) -> tuple[tuple[Field, Model], ...]:
        """Those of them of which advice speaks."""
        return tuple((f, m) for f, m in self.inner if m.advices or m.advised)

    # --- written from its fields -------------------------------------------------------------------------------------

    @cached_property
    def fits(self) -> Callable[..., object]:
        """See `compiling.fits`."""
        return compiling.fits(self.cls, self.fields, self.setters)

    @cached_property
    def copied(self) -> Callable[..., object]:
        """See `compiling.copied`."""
        return compiling.copied(self.cls, self.setters)

    @cached_property
    def raw(self) -> Callable[..., object]:
        """See `compiling.raw`."""
        return compiling.raw(self.cls, self.setters)

    @cached_property
    def sound(self) -> compiling.Sound | None:
        """See `compiling.sound`."""
        return self.sound_but()

    def sound_but(self, *aside: str) -> compiling.Sound | None:
        """See `compiling.sound`: of all but some fields, and the rules that read these alone."""
        fields = {name: field for name, field in self.fields.items() if name not in aside}
        about = f" but {', '.join(aside)}" if aside else ""
        return compiling.sound(self.cls, fields, lambda kind: model_of(kind).sound, self.checks_but(*aside), about)

    def checks_but(self, *aside: str) -> list[tuple[Callable[..., object], str]]:
        """Give what asks each invariant, and of which list each part; not of those that read these fields alone."""
        rules = [r for r in self.rules if not (r.reads and r.reads <= {*aside})]
        return [(r.check, r.each) for r in rules if r.check is not None]

    @cached_property
    def plain(self) -> compiling.Says:
        """See `compiling.plain`."""
        return compiling.plain(self.cls, self.fields.values(), lambda kind: model_of(kind).plain)

    # --- asking ------------------------------------------------------------------------------------------------------

    def breaches(
        self, obj: object, prefix: str = "", *, changed: Changed | None = None
    ) -> list[tuple[str, Rule, Breach]]:
        """Say what the invariants of an object and of its parts say. Rules that need an unset field stay silent.

        `changed`: what an act changed in an object that kept its rules before. Of what it did not change, nothing new
        can be said.
        """
        found: list[tuple[str, Rule, Breach]] = []
        for field, model in self.ruled:
            if changed is None or field.name in changed:
                for place, part in _parts(obj, field, changed):
                    found += model.breaches(part, _at(prefix, place))
        for rule, check, places in self._asked(None if changed is None else tuple(changed)):
            if rule.each:
                new = changed[rule.each] if places and changed is not None else None
                found += [(prefix, rule, it) for it in _of_each(obj, rule.each, check, new)]
                continue
            try:
                for it in check(obj):
                    found.append((prefix, rule, it))
            except Unset:
                continue
        return found

    def _asked(self, changed: tuple[str, ...] | None) -> tuple[tuple[Rule, RuleCheck, bool], ...]:
        """Give the invariants to ask where some fields changed, and whether of each only the parts that are new."""
        known = self._asking.get(changed)
        if known is None:
            fields = set(self.names if changed is None else changed)
            known = self._asking[changed] = tuple(
                (rule, rule.check, changed is not None and bool(rule.each) and rule.reads & fields == {rule.each})
                for rule in self.rules
                if rule.check is not None and (not rule.reads or rule.reads & fields)
            )
        return known

    def advise(
        self, obj: object, on: date, policy: Severities, prefix: str = ""
    ) -> Iterator[tuple[str, Rule, Severity, Breach]]:
        """Say what the advice for an object and its parts says on a day; what a house turned off is not asked."""
        for field, model in self.advised:
            if getattr(obj, field.name):
                for place, part in _parts(obj, field, None):
                    yield from model.advise(part, on, policy, _at(prefix, place))
        for rule in self.advices:
            severity = policy.severity_of(rule)
            if severity is not Severity.OFF:
                for found in rule.asks(obj, on, policy):
                    yield prefix, rule, severity, found

    # --- making ------------------------------------------------------------------------------------------------------

    def key(self, obj: object) -> Key | None:
        """Give the key of a record, as far as it is known; a part has none."""
        return (self.name, str(_value(obj, "id", "?"))) if self.keyed else None

    def title(self, obj: object) -> str:
        """Say what an object is called in a refusal."""
        key = self.key(obj)
        return self.name if key is None else " ".join(key)

    def copy(self, obj: _T, changes: Values) -> _T:
        """Give a new object with some values changed. Nothing is checked: the caller has, or will."""
        new = self.copied(obj)
        for name, value in changes.items():
            self.setters[name](new, value)
        return cast("_T", new)

    def copy_checked(self, obj: _T, changes: Values) -> _T:
        """Give a new object with some values changed, all its fields checked and its rules asked.

        Raises:
            Rejected: What the constructor raises.
        """
        return cast("_T", self.cls(**{**dict(zip(self.names, self.every(obj), strict=True)), **changes}))

    def put(self, new: object, values: Iterable[object]) -> None:
        """Set every field of a new object, in order. Nothing is checked."""
        for setter, value in zip(self._put, values, strict=True):
            setter(new, value)

    def made(self, kept: Values) -> object:
        """Give an object of these values, which were checked; half built where some are missing."""
        cls: Any = self.cls if len(kept) == len(self.names) else self.half
        new: object = cls.__new__(cls)
        for name, value in kept.items():
            self.setters[name](new, value)
        return new

    def fitted(self, values: Values) -> object | None:
        """Give an object of values by name that are what they nearly always are; None where each is to be looked at."""
        cls: Any = self.cls
        new: object = cls.__new__(cls)
        try:
            return new if self.fits(new, **values) else None
        except TypeError:  # names that it does not know, or values of no type that is tested
            return None

    @cached_property
    def half(self) -> type:
        """The class of its half-built objects: a field that is not set says so by an error of its own."""

        def unset(_self: object, name: str) -> object:
            raise (Unset if name in self.setters else AttributeError)(name)

        return type(self.cls.__name__, (self.cls,), {"__slots__": (), "__getattr__": unset})

    def checked(self, values: Values, path: str, faults: Faults) -> dict[str, object]:
        """Give the values to keep, by name, of those given by key or, outside documents, name; faults are noted."""
        left, kept = len(values), dict[str, object]()
        for name, key, check in self._plan:
            if key in values:
                value = values[key]
                if name != key and name in values:
                    faults.add(V016, _at(path, key), "{name} is given twice", name=key)
            elif name in values and faults.read is None:  # a document knows only the key
                value = values[name]
            else:
                if name in self.defaults:
                    kept[name] = self.defaults[name]
                else:
                    faults.add(self._missing(name), _at(path, key), "{name} is missing", name=key)
                continue
            left -= 1
            found = check(value, f"{path}.{key}" if path else key, faults)
            if found is not FAULTY:
                kept[name] = found
        if left:
            self._name_strangers(values, path, faults)
        return kept

    def look_at(self, values: Values, faults: Faults) -> None:
        """Note what is wrong with some values by name, each by itself: nothing is made of them."""
        for name, value in values.items():
            self.checks[name](value, key_of(name), faults)

    def _missing(self, name: str) -> Rule:
        """Give the rule that speaks when a value is missing: one of this class that the annotation carries, or V014."""
        return next((r for r in self.fields[name].rules if r.of == self.name), V014)

    def _name_strangers(self, values: Values, path: str, faults: Faults) -> None:
        keys = tuple(key for _, key, _ in self._plan)
        known = {*keys} if faults.read is not None else {*keys, *self.names}
        for i, stranger in enumerate([v for v in values if v not in known]):
            name = stranger if isinstance(stranger, str) else brief(stranger)
            near = nearest(name[:SHOWN], keys) if i < SUGGESTED else None
            shown = name if len(name) <= SHOWN and name.isprintable() else brief(name)
            what, told = "{kind} has no {name}", dict[str, str]()
            if near:
                what, told = "{kind} has no {name}; did you mean {near}?", {"near": near}
            elif i < SUGGESTED:
                what, told = "{kind} has no {name}; known: {known}", {"known": ", ".join(keys)}
            faults.add(V016, _at(path, shown), what, kind=self.name, name=shown, **told)


@lru_cache(maxsize=4096)  # what is unknown in one document mostly is in the next one as well
def nearest(name: str, known: tuple[str, ...]) -> str | None:
    """Find the known name that is most like another, if one is like it at all.

    >>> nearest("contry", ("name", "country"))
    'country'
    """
    return next(iter(difflib.get_close_matches(name, known, 1)), None)


def _of_each(obj: object, name: str, check: RuleCheck, places: tuple[int, ...] | None) -> Iterator[Breach]:
    """What a rule says of each part of a list: one that is half built hides nothing that is said of the others."""
    parts = cast("tuple[object, ...]", _value(obj, name, ()))
    for i in range(len(parts)) if places is None else places:
        try:
            yield from check(obj, parts[i], i)
        except Unset:
            continue


def _value(obj: object, name: str, otherwise: object) -> object:
    """Give the value of a field, or something else where it is not set."""
    try:
        return getattr(obj, name)
    except (Unset, AttributeError):
        return otherwise


def _parts(obj: object, field: Field, changed: Changed | None) -> Iterator[tuple[str, object]]:
    """Give the parts that a field holds, each with its path; of a changed list, those that are new."""
    held = _value(obj, field.name, None)
    if not field.many:
        if held is not None:
            yield field.key, held
        return
    parts = cast("tuple[object, ...]", held or ())
    places = changed.get(field.name) if changed is not None else None
    for i in range(len(parts)) if places is None else places:
        yield f"{field.name}[{i}]", parts[i]


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def model_of(cls: type) -> Model:
    """Say what is known of a class made with `value` or `record`."""
    model: Model = cls.__model__  # type: ignore[attr-defined]  # set by `make_class`
    return model


def build(cls: type, value: object, path: str, faults: Faults) -> object:
    """Give a part from its values by name, half built where they are faulty. Its rules are asked of the whole."""
    if type(value) is cls:
        return value
    model = model_of(cls)
    if type(value) is not dict and not isinstance(value, Mapping):
        faults.add(V015, path, "{value} is no {kind}", value=brief(value), kind=model.name)
        return model.made({})  # there is a part, and nothing is known of it: what is said of others is still asked
    return model.made(model.checked(value, path, faults))


# --- making a class --------------------------------------------------------------------------------------------------


def _init(self: object, *args: object, **values: object) -> None:
    model = model_of(type(self))
    try:
        fitted = model.fits(self, *args, **values)
    except TypeError:  # other values than there are fields, or of no type that is tested: the slow way says which
        fitted = False
    if fitted and (model.free or not model.breaches(self)):
        return
    given, faults = dict(zip(model.names, args, strict=False)) | values, Faults()
    for name in model.names[: len(args)]:
        if name in values or key_of(name) in values:
            faults.add(V016, key_of(name), "{name} is given twice", name=key_of(name))
    if len(args) > len(model.names):
        faults.add(V016, "", "{n} values for {most} fields", n=len(args), most=len(model.names))
    kept = model.checked(given, "", faults)
    tried = model.made(kept)
    broken = model.breaches(tried)
    if faults.found or broken:
        key = model.key(tried)
        found = [*faults.about(key), *(finding(rule, it, prefix=prefix, record=key) for prefix, rule, it in broken)]
        raise Rejected(f"{model.title(tried)}: cannot be made", found)
    model.put(self, kept.values())


def _equal(self: object, other: object) -> object:
    if type(other) is not type(self):
        return NotImplemented
    every = model_of(type(self)).every
    return every(self) == every(other)


def _hash(self: object) -> int:
    return hash((type(self), model_of(type(self)).every(self)))


def _reduce(self: object) -> tuple[object, ...]:
    """Say how an object is pickled: as the values it is made of. What reads it makes it as its constructor does."""
    model = model_of(type(self))
    return _made_of, (type(self), dict(zip(model.names, model.every(self), strict=True)))


def _made_of(cls: type, values: dict[str, object]) -> object:
    return cls(**values)


def _itself(self: _T, _memo: object = None) -> _T:
    """Give a copy, however deep: what never changes is its own, as a tuple is."""
    return self


def _repr(self: object) -> str:
    """Say what a part holds, without its words: a log may show it."""
    model = model_of(type(self))
    fields = ", ".join(f"{name}={_unsaid(model.fields[name], getattr(self, name))}" for name in model.names)
    return f"{type(self).__name__}({fields})"


def _unsaid(field: Field, value: object) -> str:
    """Give a value as a log may show it: of words, and of what the house keeps in `extra`, that there is something."""
    words = V002 in field.rules or field.kind is frozendict
    return "'...'" if words and value not in (None, (), {}) else repr(value)


@dataclass_transform(frozen_default=True, field_specifiers=(attrs.field, unless))
def value(name: str, rules: Callable[[], tuple[Rule, ...]] = tuple) -> Callable[[_C], _C]:
    """Make a frozen class whose fields are checked by their annotations.

    Construction raises one `Rejected` with everything that is wrong. Equality is by value; instances hash and pickle.

    Args:
        name: What it is called in refusals and in the `of` of its rules.
        rules: Gives the rules among which its own are, asked at first use: they may stand below the class.
    """
    return lambda cls: make_class(cls, name, lambda: tuple(r for r in rules() if r.of == name))


def make_class(cls: _C, name: str, rules: Callable[[], tuple[Rule, ...]], *, keyed: bool = False) -> _C:
    """Make a class frozen and slotted with attrs, with our construction and its model.

    Comparing, hashing and showing are one for all, so that attrs has less to compile while the package is imported.
    """
    own: Any = cls
    own.__init__, own.__eq__, own.__hash__ = _init, _equal, _hash
    own.__reduce__, own.__copy__, own.__deepcopy__ = _reduce, _itself, _itself
    if not keyed:  # a record has these from `Record`
        own.__repr__ = _repr
        hooked(own)
    made: Any = attrs.define(
        own,
        frozen=True,
        slots=True,
        init=False,
        eq=False,
        repr=False,
        kw_only=keyed,
        weakref_slot=keyed,
        getstate_setstate=False,
    )
    made.__init__ = _init
    made.__model__ = model = Model(made, name, rules, keyed=keyed)
    hints = {
        name: hint for base in reversed(made.__mro__) for name, hint in vars(base).get("__annotations__", {}).items()
    }
    made.__signature__ = Signature(  # what `help()` and editors show
        [
            Parameter(
                n,
                Parameter.KEYWORD_ONLY if keyed else Parameter.POSITIONAL_OR_KEYWORD,
                default=model.defaults.get(n, Parameter.empty),
                annotation=hints.get(n),
            )
            for n in sorted(model.names, key=lambda n: n in model.defaults)
        ]
    )
    return cast("_C", made)
