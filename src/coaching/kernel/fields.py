"""Fields: what an annotation says, read once. Checking, decoding, forms, seals and JSON Schema ask here.

An annotation is a type, perhaps constrained (`Annotated`), perhaps optional (`| None`), perhaps of a list
(`tuple[X, ...]`); of a closed list it may name the plain words as well (`AnyStance`). Nothing else reads annotations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Generic,
    Literal,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs
from annotated_types import Interval, Len

from coaching.kernel.constraints import TIMES, Must
from coaching.kernel.rules import Choice, Rule

Constraint = Len | Interval | Must
_F = TypeVar("_F", bound=Callable[..., object])


if TYPE_CHECKING:
    _Kept_co = TypeVar("_Kept_co", covariant=True)
    _Given_contra = TypeVar("_Given_contra", contravariant=True)

    class As(Generic[_Kept_co, _Given_contra]):
        """A field that keeps one type and is given others: `As[StepKind, AnyStepKind]` takes a plain word as well."""

        def __get__(self, part: object, owner: object = None, /) -> _Kept_co: ...
        def __set__(self, part: object, given: _Given_contra, /) -> None: ...

    def unless(*, default: object) -> Any:
        """Give the default of a field that is `As` something."""

else:

    class As:
        """A field that keeps one type and is given others: only type checkers read what it is given."""

        def __class_getitem__(cls, types: tuple[object, object]) -> object:
            return types[0]

    def unless(*, default: object) -> Any:
        """Give the default of a field that is `As` something."""
        return default


def once(function: _F) -> _F:
    """Work something out once for each argument; for type checkers the function stays what it is."""
    return cast("_F", cache(function))


@attrs.frozen
class Field:
    """One field of a record or part, or one argument of an act.

    Attributes:
        name: The name in Python.
        kind: The type of the value, or of each item of a list.
        default: The value where none is given; `attrs.NOTHING` where one must be.
        many: Whether it is a list, a tuple of items.
        optional: Whether it may be None.
        constraints: What a value, or each item, must be besides.
        rules: The rules in the annotation, the nearest last: the one that speaks when a constraint is broken.
        hint: The annotation.
        key: The name in a document: `from_` is written `from`.
        required: Whether a value must be given.
        holds_parts: Whether its values are objects of our classes, with fields of their own.
    """

    name: str
    kind: type
    default: object
    many: bool = False
    optional: bool = False
    constraints: tuple[Constraint, ...] = ()
    rules: tuple[Rule, ...] = ()
    hint: object = None
    key: str = attrs.field(init=False)
    required: bool = attrs.field(init=False)
    holds_parts: bool = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Work out once what is asked often."""
        object.__setattr__(self, "key", key_of(self.name))
        object.__setattr__(self, "required", self.default is attrs.NOTHING)
        object.__setattr__(self, "holds_parts", attrs.has(self.kind))

    @property
    def is_choice(self) -> bool:
        """Whether its values are words of a closed list."""
        return issubclass(self.kind, Choice)

    @property
    def item(self) -> Field:
        """The field of one item: itself, but for a list."""
        return attrs.evolve(self, many=False, optional=False) if self.many or self.optional else self


def key_of(name: str) -> str:
    """Give the name of a field in a document: `from_` is written `from`.

    >>> key_of("from_")
    'from'
    """
    return name.rstrip("_")


def field_of(name: str, hint: object, default: object = attrs.NOTHING) -> Field:
    """Read one annotation.

    Raises:
        TypeError: For an annotation that is no such thing: said while the class is first used.

    >>> found = field_of("tags", tuple[Annotated[str, Len(1, 9)], ...] | None)
    >>> found.kind, found.many, found.optional, found.constraints
    (<class 'str'>, True, True, (Len(min_length=1, max_length=9),))
    """
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        inner = field_of(name, args[0], default)
        for unknown in args[1:]:
            if not isinstance(unknown, (Len, Interval, Must, Rule)):  # it would pass in silence
                raise TypeError(unknown)
        own = tuple(m for m in args[1:] if isinstance(m, (Len, Interval, Must)))
        rules = tuple(m for m in args[1:] if isinstance(m, Rule))
        return attrs.evolve(inner, constraints=(*inner.constraints, *own), rules=(*inner.rules, *rules), hint=hint)
    if origin in {Union, UnionType}:
        (some,) = [a for a in args if a is not NoneType and get_origin(a) is not Literal]  # its words stand for `some`
        return attrs.evolve(field_of(name, some, default), optional=NoneType in args, hint=hint)
    if origin is tuple:
        return attrs.evolve(field_of(name, args[0], default), many=True, hint=hint)
    if not isinstance(hint, type):
        raise TypeError(hint)
    kind = next((time for time in reversed(TIMES) if time in hint.__mro__), hint)
    return Field(name, kind, default, hint=hint)


@once
def fields_of(cls: type) -> Mapping[str, Field]:
    """Give the fields of a class of ours, by name, in their order."""
    hints = get_type_hints(cls, include_extras=True)
    return {a.name: field_of(a.name, hints[a.name], a.default) for a in attrs.fields(cls)}


def by_key(fields: Iterable[Field]) -> dict[str, Field]:
    """Give the fields by their names in a document."""
    return {field.key: field for field in fields}
