"""Asking: whether what was just read keeps the rules of its record; its fields were checked while it was read.

Read top to bottom: asking, what stands in for a record. A document that reading wrote holds good fields and nothing
else, so that only the rules are left. They are asked of a stand-in, which C fills at once. It says yes, or nothing:
what it does not answer, `making.check` answers.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
from attrs import field, frozen
from frozendict import frozendict
from msgspec.structs import force_setattr

from coaching.formats.mirror import either
from coaching.kernel import compiling
from coaching.kernel.classes import Model, model_of
from coaching.kernel.fields import once
from coaching.kernel.history import GONE, Entry
from coaching.kernel.lifecycle import IMPORT
from coaching.kernel.record import Record
from coaching.records import RECORDS

# --- asking ----------------------------------------------------------------------------------------------------------


@frozen
class Asking:
    """Asks the rules of documents that reading wrote. It may go to another process.

    Attributes:
        at: When they would be taken over.

    >>> from datetime import UTC
    >>> anna = b'{"type":"person","schema":1,"id":"1","state":"known","employments":[{"from":"2024-01-01"}]}'
    >>> ask = Asking(datetime(2026, 3, 2, tzinfo=UTC))
    >>> ask.is_good(anna), ask.is_good(anna.replace(b',"emp', b',"name":"Anna","emp'))
    (False, True)
    """

    at: datetime
    _as_if: Callable[[str], tuple[Entry, ...]] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Make the history that stands in for the one they will get."""
        as_if = once(lambda state: (Entry(IMPORT, state, "?", self.at, 1, GONE, GONE),))
        object.__setattr__(self, "_as_if", as_if)

    def __reduce__(self) -> tuple[object, ...]:
        """Go to another process as what was said."""
        return type(self), (self.at,)

    def is_good(self, document: bytes) -> bool:
        """Tell whether a document keeps all rules of its record; where that is not sure, it does not."""
        try:
            it = _decode(document)
            force_setattr(it, "history", self._as_if(it.state))
            return bool(_keeps(type(it))(it))
        except (msgspec.MsgspecError, AttributeError, TypeError, ValueError):  # a rule asks for more than stands in
            return False


# --- what stands in for a record -------------------------------------------------------------------------------------


@once
def _standing_in(cls: type) -> type[msgspec.Struct]:
    """Make what C fills in place of a record or part: the same fields, and all else that a class says."""
    model, record = model_of(cls), issubclass(cls, Record)
    fields: list[Any] = []
    for it in model.fields.values():
        if it.name == "history":
            continue
        kind: Any = _standing_in(it.kind) if it.holds_parts else dict if it.kind is frozendict else it.kind
        kind = tuple[kind, ...] if it.many else kind
        kind = either(kind, None) if it.optional else kind
        default = msgspec.field(default_factory=dict) if it.default == {} else it.default
        fields.append((it.name, kind) if it.required else (it.name, kind, default))
    own = {name: it for base in reversed(cls.__mro__[:-1]) for name, it in vars(base).items() if name[:2] != "__"}
    said = {name: it for name, it in own.items() if name not in model.names}
    return msgspec.defstruct(
        cls.__name__,
        [*fields, *([("history", object, ())] if record else [])],
        namespace={**said, "__class__": cls},
        kw_only=True,
        frozen=True,
        gc=False,
        rename={it.name: it.key for it in model.fields.values() if it.key != it.name},
        tag_field="type" if record else None,
        tag=vars(cls)["type"] if record else None,
    )


_MODELS: dict[type, Model] = {_standing_in(cls): model_of(cls) for cls in RECORDS}
_decode: Callable[[bytes], Any] = msgspec.json.Decoder(either(*_MODELS)).decode


@once
def _keeps(kind: type) -> compiling.Sound:
    """Give what tells whether a stand-in keeps the rules; those of its history alone are not asked."""
    return _rules_of(_MODELS[kind], "history") or bool


def _rules_of(model: Model, *aside: str) -> compiling.Sound | None:
    """Give what asks the rules of a class and of its parts, and looks at no field for itself."""
    parts = {it.name: it for it, _ in model.ruled if it.name not in aside}
    rules, about = model.checks_but(*aside), ", its rules alone"
    return compiling.sound(model.cls, parts, lambda kind: _rules_of(model_of(kind)), rules, about)
