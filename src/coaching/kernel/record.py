"""What all records share: the fields, and the one way an act is done.

Read top to bottom: rules that the frame asks, the decorator `record`, the class `Record`. An act is: look up the row,
check who and when, evolve, ask the rules, seal, append to the history. Everything wrong is collected before raising.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, ClassVar, Self, TypeVar, dataclass_transform

import attrs
from frozendict import frozendict

from coaching.kernel.constraints import V014, V015, V016, Count, Extra, Id, Moment, Text
from coaching.kernel.history import V009, Entry, content_digest, entry_after
from coaching.kernel.lifecycle import ANYONE, IMPORT, START, Lifecycle, Row
from coaching.kernel.policy import POLICY, Policy, asked
from coaching.kernel.rules import (
    Breach,
    Finding,
    Rejected,
    Rule,
    Severity,
    Sort,
    breach,
    brief,
    catalogue,
    finding,
    in_order,
    rules_of,
    stated,
)
from coaching.kernel.shapes import FAULTY, Faults, Shape, check_of, fill, key_of, made, shape_of

V010 = stated(
    "V010",
    "kernel",
    field="state",
    says="an act is done from a state that the table allows",
    why="domain: one table per record says which act leads from which state to which",
    mend="do one of the acts that are open now",
)
V011 = stated(
    "V011",
    "kernel",
    field="by",
    says="an act is done by one who may do it",
    why="domain: one table per record says who may do an act",
    mend="let one of those named do it",
)

_T = TypeVar("_T", bound=type)
Changes = Mapping[str, Any] | Callable[[], Mapping[str, Any]]

_UNKNOWN = "?"  # stands for the values of an act that could not be made
_NOTHING: Extra = frozendict()

_id, _moment, _reason = check_of(Id), check_of(Moment), check_of(Text | None)


@attrs.frozen
class Await:
    """Whose turn it is, and for what: a person, the act awaited of them, and what it is about."""

    person: str
    act: str
    about: str = ""


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(attrs.field,))
def record(name: str, lifecycle: Lifecycle) -> Callable[[_T], _T]:
    """Make a record: a frozen class with a type for documents, a table of acts, and the rules declared for `name`."""

    def decorate(cls: _T) -> _T:
        lifecycle.prove_codes()
        made_cls = made(cls, name, kw_only=True)
        made_cls.type, made_cls.lifecycle = name, lifecycle
        made_cls.__shape__.rules += tuple(r for of in made_cls.shares for r in rules_of(of, Sort.SHAPE))
        made_cls.__shape__.walks = rules_of("history", Sort.SHAPE)
        made_cls.gates = {g: tuple(r for r in rules_of(name, Sort.GATE) if g in r.acts) for g in _gates(name)}
        return made_cls  # type: ignore[no-any-return]  # attrs gives back the class it was given, made

    return decorate


def _gates(name: str) -> dict[str, None]:
    return dict.fromkeys(act for rule in rules_of(name, Sort.GATE) for act in rule.acts)


@attrs.define(frozen=True, slots=True, init=False, kw_only=True)
class Record:
    """What every record has. Acts return a new record; the one they are done on never changes.

    Attributes:
        id: Opaque text from the caller (V001).
        state: Where the record stands; a member of the record's own list, equal to its text.
        revision: From 1; raised when signed content changes.
        history: One entry for each act, oldest first; a walk through the table (V008, V013).
        keep_until: The day after which the record should go; the house decides (D001, D002).
        extra: What an embedding tool or an import has no field for; never interpreted and not part of what is signed.
    """

    type: ClassVar[str]
    schema: ClassVar[int] = 1
    shares: ClassVar[tuple[str, ...]] = ()  # whose rules it shares, beside its own: those of what is signed
    lifecycle: ClassVar[Lifecycle]
    gates: ClassVar[Mapping[str, tuple[Rule, ...]]]
    # for each act that calls a field otherwise: the field (`leaves[].from`) and the argument (`since`)
    called: ClassVar[Mapping[str, Mapping[str, str]]] = frozendict()

    id: Id
    state: str
    revision: Count = 1
    history: tuple[Entry, ...] = ()
    keep_until: date | None = None
    extra: Extra = frozendict()

    # --- acts by name, and asking first ------------------------------------------------------------------------------

    def act(self, act: str, /, **given: Any) -> Self:
        """Do an act named by a string: the same act, with the same arguments and the same findings as the method.

        Raises:
            Rejected: V010 for an act that does not exist here, V014 for an argument missing, V016 for one unknown, and
                all that the act itself raises.
        """
        if not self._knows(act):
            self._refuse(act, [self._no_way(act)])
        method = getattr(self, _method(act))
        _fit(method, act, given, f"{self.type} {self.id}", self.__about__())
        return method(**given)  # type: ignore[no-any-return]  # every act gives back its own class

    def would(self, act: str, /, **given: Any) -> tuple[Finding, ...]:
        """What the act would raise, without doing it; empty when it would pass. Same arguments, same findings."""
        try:
            self.act(act, **given)
        except Rejected as refusal:
            return refusal.findings
        return ()

    @classmethod
    def new(cls, act: str, /, id: str, **given: Any) -> Self:
        """Begin a record by an act named by a string.

        Raises:
            Rejected: V010 for an act that begins nothing, V014, V016 for arguments, and all that the act itself raises.
        """
        what = f"{cls.type} {id if isinstance(id, str) else brief(id)}"
        if act != IMPORT and (not isinstance(act, str) or cls.lifecycle.find(act, START) is None):
            begins = ", ".join(r.act for r in cls.lifecycle.rows_from(START))
            wrong = breach("{act} begins no {kind}; begin with {open}", act=brief(act), kind=cls.type, open=begins)
            raise Rejected(f"{what}: cannot begin", [finding(V010, wrong)])
        method = getattr(cls, _method(act))
        _fit(method, act, {"id": id, **given}, what, None)
        return method(id, **given)  # type: ignore[no-any-return]  # see act()

    @classmethod
    def would_new(cls, act: str, /, id: str, **given: Any) -> tuple[Finding, ...]:
        """What beginning a record by this act would raise; empty when it would pass."""
        try:
            cls.new(act, id, **given)
        except Rejected as refusal:
            return refusal.findings
        return ()

    @classmethod
    def import_(
        cls, id: str, *, state: str, by: str, at: datetime, source: str, reason: str | None = None, **fields: Any
    ) -> Self:
        """Take a record over from another system, into any state. What nobody saw happen is not demanded now.

        Gates that the record stands beyond without meeting them become warnings in `findings`.

        Args:
            id: The id it shall have here.
            state: The state it is in.
            by: Who takes it over (recorded, not checked).
            at: When it is taken over.
            source: The other system, in words.
            reason: Anything worth keeping in the history, such as a file and line.
            fields: The fields of the record.

        Raises:
            Rejected: Every shape and consistency rule that the record breaks.
        """
        kept = [n for n in shape_of(cls).names if n not in {"id", "state", "history"}]
        return cls._begin(IMPORT, id, by, at, {"state": state}, free=fields, known=kept, reason=reason, source=source)

    # --- questions ---------------------------------------------------------------------------------------------------

    def acts_for(self, person: str, *, on: date | None = None) -> tuple[str, ...]:
        """The acts open to a person now, in the order of the table: the buttons of a page.

        `on` is the day asked about, for the few acts that open with time; without it they count as open.

        Raises:
            Rejected: V015 for what is no day.
        """
        if on is not None:
            asked(on)
        rows = self.lifecycle.rows_from(self.state)
        return tuple(r.act for r in rows if self._open(r, person, on))

    def awaits(self) -> tuple[Await, ...]:
        """Whose turn it is, and for what, from the rows of the table that lead on."""
        rows = [r for r in self.lifecycle.rows_from(self.state) if r.onward]
        turns = [Await(p, r.act) for r in rows for p in self._holders(r) if self._open(r, p, None)]
        return tuple(dict.fromkeys((*turns, *self._also_awaited())))

    def findings(self, on: date, *, policy: Policy = POLICY) -> tuple[Finding, ...]:
        """Warnings on a day, never raised: advice, and gates that the record stands beyond without meeting them.

        Raises:
            Rejected: V015 for what is no day, or no policy.
        """
        asked(on, policy)
        advised = shape_of(type(self)).advised(self, on, policy)
        about = self.__about__()
        found = [finding(r, b, prefix=p, severity=policy.severity_of(r.code), record=about) for p, r, b in advised]
        kind: Any = type(self)
        for gate in _behind(kind, self.state):
            entry = self._passed(gate)
            stood = [r for r in self.gates[gate] if policy.severity_of(r.code) is not Severity.OFF]
            found += [self._found(r, b, Severity.WARNING) for r in stood for b in _ask(r, self, entry)]
        return in_order(list(dict.fromkeys(found)))

    # --- the house's own ---------------------------------------------------------------------------------------------

    def keep(self, until: date | None) -> Self:
        """The record with another day until which it is kept. No act of the parties: the history does not grow."""
        return self._aside("keep_until", until)

    def with_extra(self, extra: Extra) -> Self:
        """The record with other `extra`. No act of the parties: the history does not grow.

        Raises:
            Rejected: V002, V005 or V015 for a value that may not stand there.
        """
        return self._aside("extra", extra)

    # --- how an act is done ------------------------------------------------------------------------------------------

    def _act(
        self,
        act: str,
        by: str,
        at: datetime,
        policy: Policy,
        changes: Changes = frozendict(),
        *,
        to: str | None = None,
        reason: str | None = None,
        said_as: str = "reason",
        part: Any = None,
        known: Iterable[str] | None = None,
        also: Mapping[str, Any] = frozendict(),
    ) -> Self:
        """Do an act: the one way in which a record changes.

        `changes` are the new values, or make them; with `known` they come from the caller by name and may only be
        those; `also` are values that the act itself sets, `to` is the state where the table leaves a choice, `part` is
        the part that is acted on.
        """
        faults = Faults()
        row = self.lifecycle.find(act, self.state)
        policy = _policy(policy, faults)
        by, at, reason = self._admitted(act, row, by, at, reason, said_as, part, faults)
        if by is FAULTY or at is FAULTY:
            changes, known, also = {_UNKNOWN: FAULTY}, None, frozendict()  # what is made of who and when cannot be made
        kept = self._wanted(act, changes, known, also, faults)
        if row is None:
            raise self._refusal(act, faults.about(self.__about__()))
        shape = shape_of(type(self))
        if row.revises:
            kept |= {"revision": self.revision + 1, "signatures": ()}
        state = to or row.target(self.state)
        kept["state"] = self.lifecycle.word[state]
        if faults.found:
            raise self._refusal(
                act, faults.about(self.__about__()) + self._also_wrong(act, kept, by, at, reason, policy)
            )
        new = shape.copy(self, kept)
        last = self.history[-1]
        entry = entry_after(
            last.digest, act=act, state=state, by=by, at=at, revision=new.revision, content=content_digest(new),
            reason=reason, source=None, was=self._was(kept) if row.keeps else _NOTHING,
        )  # fmt: skip
        shape.setters["history"](new, (*self.history, entry))
        broken = new._broken(kept) + new._stopped(act, state, entry, policy)
        if broken:
            raise self._refusal(act, broken)
        return new  # type: ignore[no-any-return]  # a copy has the class

    def _admitted(
        self, act: str, row: Row | None, by: Any, at: Any, reason: Any, said_as: str, part: Any, faults: Faults
    ) -> tuple[Any, Any, Any]:
        """Who, when and why, checked: whether the act exists now, and whether they may do it."""
        if row is None:
            faults.found.append(self._no_way(act))
        by, at, reason = _id(by, "by", faults), _moment(at, "at", faults), _reason(reason, said_as, faults)
        last = self.history[-1].at
        if at is not FAULTY and at < last:
            faults.add(V009, "at", "{at} is before the last entry, {last}", at=at, last=last)
        if row is not None:
            if by is not FAULTY and at is not FAULTY and not self._may(row, by, part, at.date()):
                faults.found.append(self._not_them(row, by, part))
            if reason is None and said_as in row.asks:
                faults.add(V014, said_as, "{act} asks for {name}", act=act, name=said_as)
        return by, at, reason

    def _wanted(
        self, act: str, changes: Changes, known: Iterable[str] | None, also: Mapping[str, Any], faults: Faults
    ) -> dict[str, Any]:
        """The new values, each checked; FAULTY stands for one that was refused."""
        if not isinstance(changes, Mapping):
            try:
                changes = changes()
            except Rejected as refusal:
                faults.found += refusal.findings
                return {_UNKNOWN: FAULTY}
        if known is not None:
            changes = _only(changes, known, act, faults)
        if also:
            changes = {**changes, **also}
        row = self.lifecycle.find(act, self.state)
        for name in () if row is None else row.asks:
            if name in changes and changes[name] is None:
                faults.add(V014, name, "{act} asks for {name}", act=act, name=name)
        checks = shape_of(type(self)).checks
        return {n: v if v is FAULTY else checks[n](v, key_of(n), faults) for n, v in changes.items()}

    def _also_wrong(
        self, act: str, kept: dict[str, Any], by: Any, at: Any, reason: Any, policy: Policy
    ) -> list[Finding]:
        """What else an act that is refused would meet: the rules and gates that need none of its faulty values."""
        state = str(kept["state"])
        whole = {name: value for name, value in kept.items() if value is not FAULTY}
        half = _without(shape_of(type(self)).copy(self, whole), set(kept) - set(whole))
        sketch = _sketch(act, state, by, at, half, reason)
        broken = [] if _UNKNOWN in kept else half._broken(kept)
        return broken + half._stopped(act, state, sketch, policy)  # type: ignore[no-any-return]  # a list of findings

    @classmethod
    def _begin(
        cls,
        act: str,
        id: str,
        by: str,
        at: datetime,
        values: Mapping[str, Any],
        *,
        free: Mapping[str, Any] = frozendict(),
        known: Iterable[str] = (),
        policy: Policy = POLICY,
        reason: str | None = None,
        source: str | None = None,
    ) -> Self:
        """Begin a record. `values` are those the act sets, `free` those that come from the caller by name."""
        faults = Faults()
        policy = _policy(policy, faults)
        if free:
            values = {**_only(free, known, act, faults), **values}
        row = cls.lifecycle.find(act, START)
        state = values.get("state") if row is None else row.target(START)
        new = cls.__new__(cls)
        fill(new, {**values, "id": id, "state": state, "history": ()}, "", faults)
        by, at, reason = _id(by, "by", faults), _moment(at, "at", faults), _reason(reason, "reason", faults)
        if row is None and source is None:
            faults.add(V014, "source", "import asks for the system it comes from")
        source = _reason(source, "source", faults)
        if row is not None and by is not FAULTY and not new._begun_by(row, by):
            faults.found.append(new._not_them(row, by, None))
        if faults.found:
            entry = _sketch(act, str(row and state), by, at, new, reason)
        else:
            entry = entry_after(
                "", act=act, state=str(new.state), by=by, at=at, revision=new.revision, content=content_digest(new),
                reason=reason, source=source, was=_NOTHING,
            )  # fmt: skip
            shape_of(cls).setters["history"](new, (entry,))
        broken = new._broken(shape_of(cls).setters)
        if row is not None:
            broken += new._stopped(act, str(state), entry, policy)
        if faults.found or broken:
            about = new.__about__()
            raise Rejected(f"{about[0]} {about[1]}: cannot {act}", as_given(cls, act, [*faults.about(about), *broken]))
        return new

    def _broken(self, changed: Mapping[str, Any]) -> list[Finding]:
        """The shape rules that do not hold after a change."""
        breaches = shape_of(type(self)).breaches(self, changed=changed)
        if not breaches:
            return []
        about = self.__about__()
        return [finding(rule, found, prefix=prefix, record=about) for prefix, rule, found in breaches]

    def _stopped(self, act: str, state: str, entry: Entry, policy: Policy) -> list[Finding]:
        """The gates that this house closes to an act that leads to a state."""
        return [
            self._found(rule, found, Severity.ERROR)
            for gate in (act, f"{act}>{state}")
            for rule in self.gates.get(gate, ())
            if policy.severity_of(rule.code) is Severity.ERROR
            for found in _ask(rule, self, entry)
        ]

    def _begun_by(self, row: Row, person: str) -> bool:
        """Whether a person may begin this record; where the fields that would say so are faulty, they speak."""
        try:
            return self._may(row, person, None, None)
        except AttributeError:
            return True

    def _may(self, row: Row, person: str, part: Any, on: date | None) -> bool:  # noqa: ARG002  (records with dated roles ask)
        return ANYONE in row.who or any(person in role.holders(self, part) for role in row.who)

    def _open(self, row: Row, person: str, on: date | None) -> bool:
        return self._may(row, person, None, on)

    def _holders(self, row: Row) -> Iterator[str]:
        yield from dict.fromkeys(p for role in row.who for p in role.holders(self, None) if p is not None)

    def _also_awaited(self) -> Iterable[Await]:
        return ()

    def _found(self, rule: Rule, found: Breach, severity: Severity) -> Finding:
        return finding(rule, found, severity=severity, record=self.__about__())

    def _passed(self, gate: str) -> Entry | None:
        act, _, arrival = gate.partition(">")
        return next((e for e in reversed(self.history) if e.act == act and (not arrival or e.state == arrival)), None)

    def _was(self, changes: Mapping[str, Any]) -> frozendict[str, str]:
        """What a change replaces, as text; lists and what never was are left out."""
        old = {n: getattr(self, n) for n in changes if n not in {"revision", "state", "signatures"}}
        return frozendict(
            {
                key_of(n): str(v)
                for n, v in old.items()
                if v is not None and not isinstance(v, tuple) and v != changes[n]
            }
        )

    def _aside(self, name: str, value: Any) -> Self:
        faults = Faults()
        kept = shape_of(type(self)).checks[name](value, name, faults)
        if faults.found:
            raise Rejected(f"{self.type} {self.id}: cannot set {name}", faults.about(self.__about__()))
        return shape_of(type(self)).copy(self, {name: kept})  # type: ignore[no-any-return]  # a copy has the class

    # --- refusals ----------------------------------------------------------------------------------------------------

    def _knows(self, act: str) -> bool:
        return isinstance(act, str) and any(r.act == act and START not in r.sources for r in self.lifecycle.rows)

    def _refusal(self, act: str, found: list[Finding]) -> Rejected:
        return Rejected(f"{self.type} {self.id}: cannot {act}", as_given(type(self), act, found))

    def _refuse(self, act: str, found: list[Finding]) -> None:
        raise self._refusal(act if isinstance(act, str) else brief(act), found)

    def _no_way(self, act: str) -> Finding:
        code = self.lifecycle.shut.get((act, self.state), "V010") if isinstance(act, str) else "V010"
        rows = self.lifecycle.rows_from(self.state)
        ways = "; ".join(f"{r.act} ({self._named(r)})" for r in rows)
        what = breach(
            "no act {act} while {state}; open now: {open}",
            "state" if code == "V010" else "",
            act=act if isinstance(act, str) else brief(act), state=str(self.state), open=ways or "none",
        )  # fmt: skip
        return finding(catalogue()[code], what, record=self.__about__())

    def _not_them(self, row: Row, person: str, part: Any) -> Finding:
        what = "{person} may not {act}; may: {may}"
        wrong = breach(what, "by", person=person, act=row.act, may=self._named(row, part))
        return finding(catalogue()[row.code], wrong, record=self.__about__())

    def _named(self, row: Row, part: Any = None) -> str:
        """Who may do a row, for people to read: roles with the ids that hold them."""
        named = []
        for role in row.who:
            ids = ", ".join(dict.fromkeys(p for p in role.holders(self, part) if p is not None))
            named.append(f"{role.name} {ids}" if ids else role.name)
        return " or ".join(named)

    def __about__(self) -> tuple[str, str]:
        """Type and id, for findings."""
        return type(self).type, getattr(self, "id", "?")


def as_given(kind: type[Record], act: str, found: list[Finding]) -> list[Finding]:
    """What is wrong with an act, said of the argument where it sets a field of another name: a form shows it there."""
    called = kind.called.get(act)
    return [attrs.evolve(f, path=_renamed(f.path, called)) for f in found] if called else found


def _renamed(path: str, called: Mapping[str, str]) -> str:
    for field, name in called.items():
        place = re.match(re.escape(field).replace(r"\[\]", r"\[\d+\]") + r"(?!(?<!\.)\w)", path)
        if place is not None:
            return name + path[place.end() :]
    return path


def _only(given: Mapping[str, Any], known: Iterable[str], act: str, faults: Faults) -> Mapping[str, Any]:
    """What was given of what an act takes; the rest is refused by name (V016)."""
    names = list(known)
    for name in sorted(set(given) - set(names)):
        faults.add(V016, name, "{act} takes no {name}; it takes {known}", act=act, name=name, known=", ".join(names))
    return {n: v for n, v in given.items() if n in names}


def _policy(policy: Any, faults: Faults) -> Policy:
    """The policy given; where it is none, that is a fault, and the defaults stand in."""
    if type(policy) is Policy:
        return policy
    faults.add(V015, "policy", "{value} is no policy", value=brief(policy))
    return POLICY


def replaced(items: tuple[Any, ...], old: Any, new: Any) -> tuple[Any, ...]:
    """The items with one of them replaced."""
    return tuple(new if item is old else item for item in items)


def _without(new: Any, names: Iterable[str]) -> Any:
    """A half-built copy in which the faulty fields are unset, so that no rule judges what is not there."""
    shape: Shape = shape_of(type(new))
    half = shape.cls.__new__(shape.cls)
    for name in shape.names:
        if name not in names and hasattr(new, name):
            shape.setters[name](half, getattr(new, name))
    return half


def _sketch(act: str, state: str, by: Any, at: Any, new: Any, reason: Any) -> Entry:
    """An unsealed entry, to ask the gates of an act that is refused anyway: all that is wrong is said at once."""
    entry = Entry.__new__(Entry)
    given = {"act": act, "state": state, "by": by, "at": at, "revision": getattr(new, "revision", 1), "reason": reason}
    for name, part in given.items():
        if part is not FAULTY:
            shape_of(Entry).setters[name](entry, part)
    return entry


@cache
def _behind(cls: type[Record], state: str) -> tuple[str, ...]:
    """The gates that a record in a state stands beyond."""
    return tuple([gate for gate in cls.gates if state in cls.lifecycle.beyond(gate)])


def _ask(rule: Rule, new: Any, entry: Entry | None) -> Iterator[Breach]:
    try:
        yield from rule.check(new, entry)  # type: ignore[misc]  # rules_of gives only rules with a check
    except AttributeError:
        if not _half(new) and not (entry is not None and _half(entry)):
            raise


def _half(obj: Any) -> bool:
    return any(not hasattr(obj, n) for n in shape_of(type(obj)).names)


def _method(act: str) -> str:
    return "import_" if act == IMPORT else act


@cache
def _parameters(function: Callable[..., Any]) -> tuple[frozenset[str], frozenset[str], bool]:
    """The arguments an act knows beside the record or class, those it needs, and whether it takes others as well."""
    known = list(inspect.signature(function).parameters.values())[1:]
    named = [p for p in known if p.kind is not p.VAR_KEYWORD]
    needed = frozenset(p.name for p in named if p.default is p.empty)
    return frozenset(p.name for p in named), needed, len(named) < len(known)


def _fit(method: Any, act: str, given: Mapping[str, Any], what: str, about: tuple[str, str] | None) -> None:
    """Refuse arguments a method (of a record, or of its class) does not take or misses, by name."""
    known, needed, open_ended = _parameters(method.__func__)
    faults = Faults()
    for name in sorted(needed - set(given)):
        faults.add(V014, name, "{act} asks for {name}", act=act, name=name)
    for name in sorted(set(given) & {"self", "cls"} if open_ended else set(given) - known):
        faults.add(
            V016, name, "{act} takes no {name}; it takes {known}", act=act, name=name, known=", ".join(sorted(known))
        )
    if faults.found:
        raise Rejected(f"{what}: cannot {act}", faults.about(about))
