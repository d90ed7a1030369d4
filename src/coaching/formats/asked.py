"""What an act asks for: its arguments by name, each with what the record or part that it sets says of it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from types import NoneType, UnionType
from typing import Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, evolve
from frozendict import frozendict

from coaching.kernel.acting import OURS, method_of
from coaching.kernel.classes import model_of
from coaching.kernel.constraints import Id, Text
from coaching.kernel.fields import Field, field_of, once
from coaching.kernel.lifecycle import IMPORT, REIMPORT
from coaching.kernel.record import Record
from coaching.kernel.signing import Signature, SignedRecord
from coaching.kernel.values import Ref
from coaching.records import RECORDS
from coaching.records.commitments import COMMITMENT, Commitment, PromisingRecord
from coaching.records.goals import Goal, Investment, Option, Progress
from coaching.records.interviews import Interview, LookBack, Preparation
from coaching.records.needs import Need
from coaching.records.paths import CareerPath, Dream, RoleModel, Step
from coaching.records.people import Managed, Person, Placement
from coaching.records.relationships import Agreement, CoachingRelationship
from coaching.records.turns import Turn

SEALED = frozenset({"history", "signatures"})
"""What nobody can make up: acts seal it."""

MAKES: Mapping[tuple[type[Record], str], type] = {
    **{(PromisingRecord, act): Commitment for act in COMMITMENT.acts},
    (SignedRecord, "sign"): Signature,
    (Goal, "suggest_option"): Option,
    (Goal, "invest"): Investment,
    (Goal, "note_progress"): Progress,
    (Interview, "prepare"): Preparation,
    (Interview, "say"): Turn,
    (Interview, "look_back_at"): LookBack,
    (CareerPath, "dream"): Dream,
    (CareerPath, "say_need"): Need,
    (CareerPath, "release_need"): Need,
    (CareerPath, "meet_need"): Need,
    (CareerPath, "name_role_model"): RoleModel,
    (CareerPath, "meet_role_model"): RoleModel,
    (CareerPath, "reach_step"): Step,
    (Person, "change_manager"): Managed,
    (Person, "extend_placement"): Placement,
    **{(CoachingRelationship, act): Agreement for act in ("propose", "amend", "revisit")},
}
"""The part of a record that an act makes or changes: what its fields say, the arguments of the same names must be."""


def part_of(kind: type[Record], act: str) -> type | None:
    """Give the part that an act makes or changes; none where it sets fields of the record itself."""
    return next((MAKES[of, act] for of in kind.__mro__ if (of, act) in MAKES), None)


@once
def fields_of(kind: type[Record], act: str) -> Mapping[str, Field]:
    """Say what an act takes, and what it needs, by name; nothing for what is no act, nor of records that it takes."""
    if act == IMPORT:
        return {**_taken(_function(kind, act)), **model_of(kind).fields}
    if act == REIMPORT and kind.lifecycle.again is not None:
        again = {name: evolve(field, default=None) for name, field in model_of(kind).fields.items()}
        return {**_taken(kind.reimport), **again}
    if act not in kind.lifecycle.acts:
        return {}
    return _taken(_function(kind, act))


def asked_of(owner: Record | type[Record], act: str) -> Mapping[str, Field]:
    """Say what a form may give to an act: nothing of the program's own, no seal and no other record.

    Each with what the field says that it sets: the closed list, how long a text may be. Of a record, what the act takes
    there: `write` begins feedback, and goes on with the one there is.
    """
    if isinstance(owner, type):
        return _asked(owner, act, None)
    return _asked(type(owner), act, _function(owner, act) if act in owner.lifecycle.acts else None)


def id_asked(owner: Record | type[Record], act: str) -> str | None:
    """Say under which name an act takes the id of what is new; None where nothing is."""
    if isinstance(owner, Record) and act == REIMPORT:
        return None  # it is there
    there = isinstance(owner, Record) and act in owner.lifecycle.acts
    taken = (
        _taken(_function(owner, act)) if there else fields_of(owner if isinstance(owner, type) else type(owner), act)
    )
    return next((name for name in ("id", "new_id") if name in taken), None)


@once
def parts_with_ids() -> frozenset[type]:
    """Give the parts that have an id of their own, such as a step: a reference says that of something else."""
    every = (field.kind for kind in RECORDS for field in model_of(kind).fields.values() if field.holds_parts)
    return frozenset(cls for cls in every if cls is not Ref and "id" in model_of(cls).fields)


@once
def keys_with_ids() -> tuple[frozenset[str], ...]:
    """Give the fields of each of these parts, by the names that documents use."""
    return tuple([frozenset(field.key for field in model_of(cls).fields.values()) for cls in parts_with_ids()])


def _function(owner: object, act: str) -> Callable[..., object]:
    """Give the function behind an act of a record, or of its class."""
    method = method_of(owner, act)
    function: Callable[..., object] = getattr(method, "__func__", method)
    return function


@once
def _asked(kind: type[Record], act: str, function: Callable[..., object] | None) -> Mapping[str, Field]:
    return {
        name: _as_set(kind, act, field)
        for name, field in (fields_of(kind, act) if function is None else _taken(function)).items()
        if name not in OURS and name not in SEALED and not issubclass(field.kind, Record)
    }


def set_by(kind: type[Record], act: str, name: str) -> tuple[type, Field] | None:
    """Give the field that an argument sets, and whose it is: of the part that the act makes, or of the record."""
    part = part_of(kind, act)
    for cls in (kind,) if part is None else (part, kind):
        found = model_of(cls).fields.get(_named(kind, act, name))
        if found is not None:
            return cls, found
    return None


def _named(kind: type[Record], act: str, name: str) -> str:
    """Give the name of the field that an argument sets, where it is another."""
    called = kind.called.get(act, frozendict())
    return next(
        (field.partition("[")[0] for field, given in called.items() if given == name and "]." not in field), name
    )


def parts_named(kind: type[Record], name: str) -> Field | None:
    """Give the field that holds the parts which an argument names by their id: `commitment` one of `commitments`."""
    parts = model_of(kind).fields.get(f"{name}s")
    named = parts is not None and parts.many and parts.holds_parts and "id" in model_of(parts.kind).fields
    return parts if named else None


def _as_set(kind: type[Record], act: str, field: Field) -> Field:
    """Say of an argument what is said of the field that it sets; of any other text, that it is one."""
    if field.kind is str and not field.many and parts_named(kind, field.name) is not None:
        return evolve(field, constraints=_ID.constraints)
    found = set_by(kind, act, field.name)
    known = _TEXT if found is None or found[1].holds_parts else found[1]
    if field.kind not in {str, known.kind} or field.constraints:
        return field
    return evolve(field, kind=known.kind, constraints=known.constraints)


_TEXT, _ID = field_of("text", Text), field_of("id", Id)


def _taken(function: Callable[..., object]) -> Mapping[str, Field]:
    hints, found = get_type_hints(function), dict[str, Field]()
    for parameter in inspect.signature(function).parameters.values():
        hint = hints.get(parameter.name)
        if parameter.kind is not parameter.VAR_KEYWORD:
            found |= _field(
                parameter.name, hint, NOTHING if parameter.default is parameter.empty else parameter.default
            )
        elif get_args(hint):  # Unpack[...] of a dict with known names
            for name, inner in get_type_hints(get_args(hint)[0]).items():
                found |= _field(name, inner, None)
    return found


def _field(name: str, hint: object, default: object) -> dict[str, Field]:
    """Say what an argument asks for; of several types the first, and nothing of one that no form can give."""
    if get_origin(hint) in {Union, UnionType}:
        some = next(a for a in get_args(hint) if a is not NoneType)
        hint = (some | None) if NoneType in get_args(hint) else some
    if get_origin(hint) is Mapping:
        hint = frozendict
    try:
        return {name: field_of(name, hint, default)}
    except TypeError:
        return {}
