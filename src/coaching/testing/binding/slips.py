"""Slips: what a binding says wrongly, told as what would be right; and its kinds of record as it knows them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import tzinfo
from typing import Any

from attrs import evolve

from coaching.catalogue import catalogue
from coaching.formats.asked import OURS, fields_of
from coaching.kernel.constraints import V001
from coaching.kernel.lifecycle import START
from coaching.kernel.policy import Policy
from coaching.kernel.rules import Cause
from coaching.records.people import Person
from coaching.testing.binding.model import Judged, judge, replay
from coaching.testing.binding.narrowing import narrowed
from coaching.testing.binding.offers import Piece, asked, begun
from coaching.testing.binding.scenes import PLAIN


class Unbound(Exception):
    """A binding does not say what it has to: which method or attribute, and what it should be."""


def see(binding: type[Any]) -> None:
    """See that a binding says what it has to.

    Raises:
        Unbound: It names what is missing or wrong.
    """
    name = binding.__name__
    for attribute, fits, what in SAYS:
        if not fits(getattr(binding, attribute)):
            raise Unbound(f"{name}.{attribute} {what}")
    refusals = binding.refusal if isinstance(binding.refusal, tuple) else (binding.refusal,)
    if any(issubclass(it, binding.stricter) for it in refusals):
        raise Unbound(f"{name}.stricter takes in refusal, and would excuse each; name an exception of its own")
    for method, what in MUST.items():
        if not binding.says(method):
            raise Unbound(f"{name} has no {method}: write {what}")
    for method, (given, named, what) in ASKED.items():
        if binding.says(method) and not _takes(getattr(binding, method), given, named):
            raise Unbound(f"{name}.{method} does not take what is asked: write {what}")


def _of(value: Any, kind: type) -> bool:
    return isinstance(value, tuple) and all(isinstance(it, kind) for it in value)


def _errors(value: Any, *, some: bool = False) -> bool:
    every = value if isinstance(value, tuple) else (value,)
    return (bool(every) or not some) and all(isinstance(it, type) and issubclass(it, Exception) for it in every)


def _names(value: Any) -> bool:
    return isinstance(value, Collection) and all(isinstance(it, str) for it in value)


def _some(value: Any) -> bool:
    return _names(value) and bool(value)


def _taking(value: Any) -> bool:
    return isinstance(value, Mapping) and all(
        _names(it) and (not isinstance(it, Mapping) or () not in it.values()) for it in value.values()
    )


SAYS: tuple[tuple[str, Callable[[Any], bool], str], ...] = (
    ("pieces", lambda it: bool(it) and _of(it, Piece), "are the kinds of record that your system keeps, as a tuple"),
    ("pieces", lambda it: len({piece.prefix for piece in it}) == len(it), "names each kind of record once"),
    ("at_once", lambda it: isinstance(it, bool), "is True or False"),
    ("unordered", _names, "is a tuple of names of lists"),
    ("offsets", lambda it: isinstance(it, bool), "is True or False"),
    ("zone", lambda it: isinstance(it, tzinfo | None), 'is a zone: ZoneInfo("Europe/Berlin"), or UTC'),
    ("refusal", lambda it: _errors(it, some=True), "is the exception by which your system says no; name its class"),
    ("stricter", _errors, "is the exception, or a tuple of them, by which rules of your own say no; name its class"),
    ("policy", lambda it: isinstance(it, Policy), "is a Policy: Policy(severities={...})"),
    (
        "people",
        lambda it: _of(it, Person) and len({person.id for person in it}) == len(it),
        "is a tuple of Person records, each once",
    ),
    (
        "acts",
        lambda it: it is None or (all(map(_some, it.values())) if isinstance(it, Mapping) else _some(it)),
        "is a tuple of names of acts, or a mapping of a kind of record to them; leave it out where all are known",
    ),
    ("takes", _taking, "says by act what is taken: names, or by name a value or a tuple to choose from"),
    ("unasked", _names, "is a tuple of codes of rules"),
)
"""What the attributes of a binding may be, and how it is said where they are not."""


def _takes(method: Any, given: int, named: tuple[str, ...]) -> bool:
    """Tell whether a method can be called as it will be."""
    try:
        inspect.signature(method).bind(*[None] * (given + 1), **dict.fromkeys(named))
    except (TypeError, ValueError):
        return False
    return True


def _see_names(binding: type[Any]) -> None:
    """See that a binding names what there is: kinds, acts, rules."""
    kinds, name = {piece.kind.type: piece.kind for piece in binding.pieces}, binding.__name__
    every = dict.fromkeys(act for kind in kinds.values() for act in kind.lifecycle.acts)
    for kind in binding.acts if isinstance(binding.acts, Mapping) else ():
        if kind not in kinds:
            raise Unbound(f"{name}.acts names {kind!r}, which it does not keep; it keeps: {', '.join(kinds)}")
    for act in (*(act for kind in kinds for act in known_acts(binding.acts, kind)), *binding.takes):
        if act not in every:
            raise Unbound(f"{name} names {act!r}, which is no act; there are: {', '.join(every)}")
    for code in binding.not_asked():
        if code not in catalogue():
            raise Unbound(f"{name}.unasked names {code!r}, which is no rule; `coaching rules` lists them")


def narrowed_pieces(binding: type[Any]) -> tuple[Piece, ...]:
    """Narrow the pieces of a binding, and see that it names what there is."""
    _see_names(binding)
    name = binding.__name__
    takes = {act: _by_name(binding, act, taken) for act, taken in binding.takes.items()}
    for act, given in takes.items():
        for argument, choice in given.items():
            for value in choice if isinstance(choice, tuple) else (choice,):
                _see_value(binding, act, argument, value)
    asks_ids = V001.code not in binding.not_asked()
    pieces = tuple(
        narrowed(piece, known_acts(binding.acts, piece.kind.type), takes, binding.policy, binding.zone)
        for piece in (binding.pieces if asks_ids else [evolve(piece, ids=False) for piece in binding.pieces])
    )
    for piece in pieces:
        if not piece.situations(PLAIN, f"{piece.prefix}-1"):
            begins = ", ".join(row.act for row in piece.kind.lifecycle.rows_from(START))
            found = [f for it in begun(piece, PLAIN, f"{piece.prefix}-1", binding.policy).refused for f in it.findings]
            why = f": {found[0].path}: {found[0].message}" if found else ""
            raise Unbound(
                f"{name} can begin no {piece.kind.type}: the rules refuse what acts and takes leave of {begins}{why}"
            )
        for act in takes:
            if piece.kind.lifecycle.find(act, START) is None and act in piece.kind.lifecycle.acts:
                _see_that_it_may(binding, piece, act)
    return pieces


def _see_that_it_may(binding: type[Any], piece: Piece, act: str) -> None:
    """See that what is left of the arguments of an act is ever right; else it would never be played."""
    if known_acts(binding.acts, piece.kind.type) and act not in known_acts(binding.acts, piece.kind.type):
        return
    for steps in piece.situations(PLAIN, f"{piece.prefix}-1").values():
        record = replay(steps, binding.policy)[-1].after
        tried = (step for step in asked(piece, PLAIN, record) if step.act == act)
        if any(not judge(record, step, binding.policy).findings for step in tried):
            return
    raise Unbound(f"{binding.__name__}.takes leaves {act} nothing that the rules ever take")


_BEFORE = {Cause.STATE, Cause.ACTOR}


def _see_value(binding: type[Any], act: str, argument: str, value: Any) -> None:
    """See that what is given in place of anything else is ever right; nothing is said of what is never given."""
    said, found = f"{binding.__name__}.takes gives {act} {argument}={value!r}, which the rules never take", set[str]()
    pieces = [piece for piece in binding.pieces if binding.knows(act, piece.kind.type)]
    tried = (it for piece in pieces for it in _with(piece, act, argument, value, binding.policy))
    for it in tried if value is not None else ():
        if any(f.cause in _BEFORE for f in it.findings):  # nobody looked at what was given
            continue
        own = [f.message for f in it.findings if f.path.partition(".")[0].partition("[")[0] == argument]
        if not own:
            return
        found.update(own)
    if found:
        only = "; name the arguments in a tuple where it takes these alone" if value is ... else ""
        raise Unbound(f"{said}: {min(found, key=len)}{only}")


def _with(piece: Piece, act: str, argument: str, value: Any, policy: Policy) -> Iterator[Judged]:
    """Judge an act with a value, wherever it is asked."""
    id = f"{piece.prefix}-1"
    every = [(None, it.step) for it in begun(piece, PLAIN, id, policy).moves]
    for steps in piece.situations(PLAIN, id).values():
        record = replay(steps, policy)[-1].after
        every += [(record, step) for step in asked(piece, PLAIN, record)]
    for record, step in every:
        if step.act == act and argument in step.given:
            yield judge(record, evolve(step, given={**step.given, argument: value}), policy)


def _by_name(binding: type[Any], act: str, taken: Mapping[str, Any] | Collection[str]) -> Mapping[str, Any]:
    """Say by name what an act takes, and see that it has each; names alone are all that it takes."""
    known = dict.fromkeys(it for piece in binding.pieces for it in _arguments(piece, act))
    names = (taken,) if isinstance(taken, str) else taken
    for it in names:
        if it not in known:
            said = f"{binding.__name__}.takes names {it!r}, which {act} does not take"
            raise Unbound(f"{said}; it takes: {', '.join(known)}")
    return taken if isinstance(taken, Mapping) else dict.fromkeys(it for it in known if it not in names)


def _arguments(piece: Piece, act: str) -> Iterator[str]:
    """List what an act takes, and what is given to it where a record begins."""
    yield from (it for it in fields_of(piece.kind, act) if it not in OURS)
    yield from (it for given in piece.beginnings(PLAIN).get(act, ()) for it in given if it not in OURS)


def known_acts(acts: Collection[str] | Mapping[str, Collection[str]] | None, kind: str) -> Collection[str]:
    """Give the acts that a system knows of a kind of record; none are all."""
    if acts is None:
        return ()
    acts = acts.get(kind, ()) if isinstance(acts, Mapping) else acts
    return (acts,) if isinstance(acts, str) else acts


MUST = {
    "perform": "perform(self, act, record_id, by, at, **given): how your system does an act",
    "read": "read(self, record_id): a dict of the fields that your system keeps",
}

ASKED: Mapping[str, tuple[int, tuple[str, ...], str]] = {
    "perform": (2, ("by", "at", "what_an_act_takes"), MUST["perform"]),
    "read": (1, (), MUST["read"]),
    "acts_for": (3, (), "acts_for(self, record_id, by, at): a list of names of acts"),
    "awaits": (1, (), "awaits(self, record_id): a list of pairs of a person and an act"),
    "view": (3, (), "view(self, record_id, viewer, at): a dict, as read gives"),
    "due": (1, (), "due(self, on): a dict of lists of what is overdue"),
    "export": (1, (), "export(self, record_id): a dict, as read gives"),
    "restart": (0, (), "restart(self): your system stops, and starts again"),
    "codes": (1, (), "codes(self, error): a list of codes of rules"),
    "same": (3, (), "same(self, path, expected, held): whether the two are one"),
}
"""How each method is called: with how many arguments, and which by name; and how it is written."""
