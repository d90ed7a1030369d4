"""The way of an act, from call to sealed entry, told once. Every act of every record goes this way.

1. Look up: is there a row in the table for the act in this state (V010)?
2. Admit: who, when and why; may they (V011, or the row's own rule), and is it in time (V009)?
3. Evolve: the new values, each checked; the table asks for what is missing (V014).
4. Ask: the invariants that read what changed, and the gates of the act.
5. Seal: the content, then the entry, on top of the entry before.
6. Append: the new record ends its history with the entry.

Everything that is wrong is collected before raising; the record that is acted on never changes. A list that grows is
changed by `Added`, one part by `Swapped`: then only that part is checked, asked about and sealed.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import ClassVar, Protocol, Self, TypeVar, cast

import attrs
from frozendict import frozendict

from coaching.kernel.checking import FAULTY, Faults, Read, check_as
from coaching.kernel.classes import Changed, Key, Model, Values, model_of
from coaching.kernel.constraints import V014, V015, V016, V017, Count, Extra, Id, Moment, Scalar, Text
from coaching.kernel.fields import key_of, once
from coaching.kernel.history import ASIDE, V009, Entry, Seals, as_written, content_of, digest_of, entry_after
from coaching.kernel.lifecycle import ANYONE, IMPORT, START, V010, V011, Lifecycle, Row
from coaching.kernel.policy import POLICY, Policy
from coaching.kernel.rules import Breach, Cause, Finding, Rejected, Rule, Severity, Unset, breach, brief, finding

Changes = Values | Callable[[str, datetime], Values]
"""The new values of an act, or what makes them of who acts and when."""
Made = Values | Callable[[Values], Values]
"""Values, or what makes them of others."""

_SET_BY_THE_TABLE = frozenset({"state", "revision", "history"})
_UNKNOWN = "?"  # stands for the values of an act that could not be made
_NOTHING: Extra = frozendict()
_ENTRY = model_of(Entry)

_id, _moment, _reason = check_as(Id), check_as(Moment), check_as(Text | None)


OURS = frozenset({"by", "at", "policy", "id", "new_id", "noted_by"})
"""What the program says and no page may: who acts and when, the house's policy, the id of what is new."""

MOST_SHOWN = 20  # ids that a message lists
_LATE = datetime(9000, 1, 1, tzinfo=UTC)  # a moment that no record of today has reached


class Named(Protocol):
    """A part that has an id."""

    @property
    def id(self) -> str:
        """What names it within its record."""
        ...


_P = TypeVar("_P", bound=Named)
_A = TypeVar("_A", bound="Acted")


class Added:
    """Parts that an act puts at the end of a list."""

    __slots__ = ("parts",)

    def __init__(self, *parts: object) -> None:
        """Take the parts in their order."""
        self.parts = parts


@attrs.frozen
class Swapped:
    """A part of a list, and what an act puts in its place."""

    old: object
    new: object


class Sealed:
    """Keeps the seals of the lists of a record from act to act; they are no part of its value."""

    __slots__ = ("_seals",)
    _seals: Seals


keep_seals: Callable[[Sealed, Seals], None] = Sealed.__dict__["_seals"].__set__


@attrs.define(frozen=True, slots=True, init=False, eq=False, repr=False, kw_only=True)
class Acted(Sealed):
    """What acts are done on: a state, a revision, a history, and a table that says which acts there are."""

    type: ClassVar[str]
    lifecycle: ClassVar[Lifecycle]
    # for each act that calls a field otherwise: the field (`leaves[].from`) and the argument (`since`)
    called: ClassVar[Mapping[str, Mapping[str, str]]] = frozendict()

    id: Id
    state: str
    revision: Count = 1
    history: tuple[Entry, ...] = ()

    @property
    def key(self) -> Key:
        """What names it among all records: its type and its id."""
        return self.type, self.id

    # --- an act ------------------------------------------------------------------------------------------------------

    def _act(
        self,
        act: str,
        by: object,
        at: object,
        policy: object,
        noted_by: object = None,
        changes: Changes = frozendict(),
        *,
        to: str | Callable[[str], str | None] | None = None,
        reason: object = None,
        said_as: str = "reason",
        part: object = None,
        known: Iterable[str] | None = None,
        also: Made = frozendict(),
        wrong: Iterable[Finding] = (),
        source: str | None = None,
    ) -> Self:
        """Do an act: the one way in which a record changes.

        Args:
            act: The act by its name.
            by: Who acts.
            at: When.
            policy: The house's.
            noted_by: Who wrote it down for the one who acts; it gives no rights.
            changes: The new values, or what makes them of who acts and when.
            to: The state it leads to, where the table leaves a choice; or what chooses, for who acts.
            reason: What stands as the reason in the history.
            said_as: The argument that is the reason.
            part: The part that is acted on, which may say who may; FAULTY where there is none.
            known: The names that may be changed, where the values come from the caller by name.
            also: Values that the act itself sets besides, or what makes all of them of those that were given by name.
            wrong: What is wrong with arguments of which no field is made.
            source: The other system, where the act says what it says: what was signed changes only if it says so.
        """
        model, faults = model_of(type(self)), Faults()
        row = self.lifecycle.find(act, self.state)
        house = _policy(policy, faults)
        who, when, why = self._admitted(act, row, by, at, reason, said_as, part, house, faults)
        if not isinstance(who, str) or not isinstance(when, datetime):

            def anyhow(person: str, moment: datetime) -> object:
                return Acted._act(
                    self, act, person, moment, policy, noted_by, changes,
                    to=to, reason=reason, said_as=said_as, part=part, known=known, also=also,
                    wrong=wrong, source=source,
                )  # fmt: skip

            raise self._refusal(act, faults.about(self.key) + self._anyhow(row, part, who, when, anyhow))
        faults.found += wrong
        noted_by = None if noted_by is None else _id(noted_by, "noted_by", faults)
        kept, changed = self._evolved(act, row, who, when, changes, known, also, faults)
        if row is None:
            raise self._refusal(act, faults.about(self.key))
        anew = row.revises
        if source is not None and not faults.found:
            tried = model.copy(self, kept)
            anew = tried._signed_content() != self._signed_content()  # noqa: SLF001  (one of its own class)
        if anew:
            kept |= {"revision": self.revision + 1, "signatures": ()}
            changed |= {"revision": None, "signatures": None}
        state = (to(who) if callable(to) else to) or row.target(self.state)
        if state != self.state:
            kept["state"], changed["state"] = self.lifecycle.word[state], None
        if faults.found:
            also_wrong = self._also_wrong(act, state, kept, changed, who, when, why, house)
            raise self._refusal(act, faults.about(self.key) + also_wrong)
        new = model.copy(self, kept)
        content, seals = content_of(new, self, changed)
        entry = entry_after(
            self.history[-1].digest,
            {
                "act": act, "state": str(state), "by": who, "at": when, "revision": new.revision,
                "content": digest_of(content), "reason": why, "source": source,
                "was": self._was(kept) if row.keeps else _NOTHING,
                "sets": self._sets(kept, changed), "noted_by": noted_by,
            },
        )  # fmt: skip
        model.setters["history"](new, (*self.history, entry))
        keep_seals(new, seals)
        broken, stopped = new._broken(changed), new._stopped(act, entry, house)  # noqa: SLF001  (one of its own class)
        if broken or stopped:
            refusal = self._refusal(act, broken + stopped)
            refusal.tried = None if broken else new
            raise refusal
        return new

    def _admitted(
        self,
        act: str,
        row: Row | None,
        by: object,
        at: object,
        reason: object,
        said_as: str,
        part: object,
        policy: Policy,
        faults: Faults,
    ) -> tuple[object, object, object]:
        """Say who, when and why, checked: whether the act exists now, and whether they may do it."""
        by, at = _id(by, "by", faults), self._in_time(_moment(at, "at", faults), policy, faults)
        if row is None or part is FAULTY:
            self._refuse_strangers(act, by)
        if row is None:
            faults.found.append(self._no_way(act, by, at))
        elif isinstance(by, str) and part is not FAULTY:
            day = at.date() if isinstance(at, datetime) else None
            if not self._may(row, by, part, day):
                self._refuse_strangers(act, by)
                faults.found.append(self._not_them(row, by, part))
        if reason is not None:
            reason = _reason(reason, said_as, faults)
        elif row is not None and said_as in row.firm:
            faults.add(V014, said_as, "{act} asks for {name}", act=act, name=said_as)
        return by, at, reason

    def _in_time(self, at: object, policy: Policy, faults: Faults) -> object:
        """Say when, in time order; of two clocks that differ a little the entry's before, with the actor's offset."""
        last = self.history[-1].at
        if not isinstance(at, datetime) or at >= last:
            return at
        late = last - at
        if late.total_seconds() > policy.clock_skew:
            faults.add(V009, "at", "{at} is before the last entry, {last}", at=at, last=last)
            return at
        try:
            return at + late
        except OverflowError:  # within a day of year 9999
            return last

    def _anyhow(
        self, row: Row | None, part: object, by: object, at: object, do: Callable[[str, datetime], object]
    ) -> list[Finding]:
        """Say what is wrong with an act where it is not known who does it, or when: what all would hear, at any time.

        Tried with those who may do it, and now and late: what only some of these hear hangs on what is not known.
        """
        unknown = {name for name, value in (("by", by), ("at", at)) if value is FAULTY}
        holders = () if row is None else (p for role in row.who for p in role.holders(self, part) if p is not None)
        known = [] if part is FAULTY else list(dict.fromkeys(holders))
        people = [by] if isinstance(by, str) else known or list(self.parties()) or [self.id]
        last = self.history[-1].at
        moments = [at] if isinstance(at, datetime) else [last, max(last, _LATE)]
        told: list[list[Finding]] = []
        for who in people:
            for when in moments:
                try:
                    do(who, when)
                except Rejected as refusal:
                    told.append([f for f in refusal.findings if f.path not in unknown])
                else:
                    return []
        return [f for f in told[0] if all(f in others for others in told)]

    def _evolved(
        self,
        act: str,
        row: Row | None,
        by: str,
        at: datetime,
        changes: Changes,
        known: Iterable[str] | None,
        also: Made,
        faults: Faults,
    ) -> tuple[dict[str, object], dict[str, tuple[int, ...] | None]]:
        """Give the new values, checked, FAULTY for one that was refused; and what changed, as `Changed` says it."""
        if callable(changes):
            try:
                changes = changes(by, at)
            except Rejected as refusal:
                faults.found += refusal.findings
                return {_UNKNOWN: FAULTY}, {}
        if known is not None:
            changes = _only(changes, known, self, act, faults)
        if also:
            changes = also(changes) if callable(also) else {**changes, **also}
        if row is not None:
            self._ask_for(act, row, changes, faults)
        model = model_of(type(self))
        kept: dict[str, object] = {}
        changed: dict[str, tuple[int, ...] | None] = {}
        for name, value in changes.items():
            if value is FAULTY:
                kept[name] = value
            elif isinstance(value, (Added, Swapped)):
                kept[name], changed[name] = _relisted(model, name, getattr(self, name), value, faults)
            else:
                kept[name] = model.checks[name](value, key_of(name), faults)
                changed[name] = None
        return kept, changed

    def _ask_for(self, act: str, row: Row, changes: Values, faults: Faults) -> None:
        """Refuse what the table asks for and is not there (V014)."""
        for name, value in changes.items():
            if value is None:
                given_as = str(self.called.get(act, _NOTHING).get(name, name))
                if given_as in row.firm:
                    faults.add(V014, given_as, "{act} asks for {name}", act=act, name=given_as)

    def _also_wrong(
        self,
        act: str,
        state: str,
        kept: Values,
        changed: Mapping[str, tuple[int, ...] | None],
        by: object,
        at: object,
        reason: object,
        policy: Policy,
    ) -> list[Finding]:
        """Say what else an act that is refused would meet: the rules and gates that need none of its faulty values."""
        model = model_of(type(self))
        values = {name: getattr(self, name) for name in model.names} | {**kept, "state": self.lifecycle.word[state]}
        half = cast("Self", model.made({n: v for n, v in values.items() if n in model.setters and v is not FAULTY}))
        sketch = _sketch(act, state, by, at, values["revision"], reason)
        broken = [] if _UNKNOWN in kept else half._broken({**changed, "state": None})  # noqa: SLF001  (one of its own class)
        return broken + half._stopped(act, sketch, policy)  # noqa: SLF001  (same)

    # --- beginning ---------------------------------------------------------------------------------------------------

    @classmethod
    def _begin(
        cls,
        act: str,
        id: object,
        by: object,
        at: object,
        values: Made,
        *,
        free: Values = frozendict(),
        known: Iterable[str] = (),
        acting: tuple[str, ...] = (),
        policy: object = POLICY,
        noted_by: object = None,
        reason: object = None,
        source: object = None,
        read: Read | None = None,
    ) -> Self:
        """Begin a record.

        `values` are those the act sets, or what makes all of them of those in `free`, which come from the caller by
        name; `acting` names the fields that hold who acts: what is wrong with that is said once. `read` reads leaves,
        where the values are those of a document.
        """
        model, faults = model_of(cls), Faults(read)
        house = _policy(policy, faults)
        if free:
            free = _only(free, known, cls, act, faults)
        values = values(free) if callable(values) else {**free, **values}
        by, at, reason = _id(by, "by", faults), _moment(at, "at", faults), _reason(reason, "reason", faults)
        values = {**values, **dict.fromkeys(acting, _UNKNOWN if by is FAULTY else by)}
        row = cls.lifecycle.find(act, START)
        state = values.get("state") if row is None else row.target(START)
        kept: Values = {**values, "id": id, "state": state, "history": ()}
        made = None if faults.found else model.fitted(kept)
        if made is None:
            kept = model.checked(kept, "", faults)
            if by is FAULTY:
                kept = {name: value for name, value in kept.items() if name not in acting}
            made = model.made(kept)
        new = cast("Self", made)
        if row is None and source is None:
            faults.add(V014, "source", "import asks for the system it comes from")
        source = _reason(source, "source", faults)
        noted_by = None if noted_by is None else _id(noted_by, "noted_by", faults)
        if row is not None and isinstance(by, str) and not new._begun_by(row, by):  # noqa: SLF001  (one of its own class)
            faults.found.append(new._not_them(row, by, None))  # noqa: SLF001  (same)
        if faults.found:
            entry = _sketch(act, str(row and state), by, at, kept.get("revision", 1), reason)
        else:
            entry = _first_entry(new, act, by, at, reason, source, noted_by)
        broken = new._broken(_all_but_history(cls))  # noqa: SLF001  (same)
        if row is not None:
            broken += new._stopped(act, entry, house)  # noqa: SLF001  (same)
        if faults.found or broken:
            key = model.key(new)
            found = [*faults.about(key), *broken]
            raise Rejected(f"{model.title(new)}: cannot {act}", as_given(cls, act, found))
        return new

    def _signed_content(self) -> object:
        """Give what stands for all that is signed: where it changes, a new revision begins; None where nothing is."""
        return None

    def _refuse_strangers(self, act: object, by: object) -> None:
        """Tell somebody who takes no part in the record nothing about it.

        Raises:
            Rejected: V011 alone, without names, ids or contents.
        """
        if isinstance(by, str) and not self._takes_part(act, by):
            what = breach("only those who take part in it may do that", "by")
            raise Rejected(f"{self.type} {self.id}: cannot act", [finding(V011, what, record=self.key)])

    def _takes_part(self, act: object, person: str) -> bool:
        """Tell whether somebody holds a role in the record, or may do an act whoever they are."""
        again = self.lifecycle.again
        for row in (*self.lifecycle.rows, *([] if again is None else [again])):
            if ANYONE in row.who and isinstance(act, str) and row.act == act:
                return True
        return person in self.parties() and self._knows_of_it(person)

    def _knows_of_it(self, _person: str) -> bool:
        """Tell whether somebody who is named in the record was told of it: of a draft of somebody else's, not yet."""
        return True

    def parties(self) -> tuple[str, ...]:
        """List those who hold a role in the record, or in a promise of it, in the order of the table."""
        holders = (p for role in self.lifecycle.roles for p in role.holders(self, None) if p is not None)
        return tuple(dict.fromkeys(holders))

    def _begun_by(self, row: Row, person: str) -> bool:
        """Tell whether a person may begin this record; where the fields that would say so are faulty, they speak."""
        try:
            return self._may(row, person, None, None)
        except Unset:
            return True

    # --- what is asked on the way ------------------------------------------------------------------------------------

    def _broken(self, changed: Mapping[str, tuple[int, ...] | None]) -> list[Finding]:
        """Give the invariants that do not hold after a change."""
        model = model_of(type(self))
        breaches = model.breaches(self, changed=changed)
        if not breaches:
            return []
        key = model.key(self)
        return [finding(rule, found, prefix=prefix, record=key) for prefix, rule, found in breaches]

    def _stopped(self, act: str, entry: Entry, policy: Policy) -> list[Finding]:
        """Give the gates that this house closes to an act that leads to a state."""
        found: list[Finding] = []
        for rule in model_of(type(self)).gates_to(act, entry.state):
            if policy.severity_of(rule) is Severity.ERROR:
                found += [self._found(rule, it, Severity.ERROR) for it in ask(rule, self, entry)]
        return found

    def _open(self, row: Row, person: str, on: date | None) -> bool:
        """Tell whether an act has a point for a person on a day; without a day, on some day."""
        return self._may(row, person, None, on)

    def _may(self, row: Row, person: str, part: object, on: date | None) -> bool:  # noqa: ARG002  (records with dated roles ask)
        for role in row.who:  # noqa: SIM110  (asked in every act)
            if role is ANYONE or person in role.holders(self, part):
                return True
        return False

    def _found(self, rule: Rule, found: Breach, severity: Severity) -> Finding:
        return finding(rule, found, severity=severity, record=model_of(type(self)).key(self))

    def _was(self, kept: Values) -> frozendict[str, Scalar]:
        """Say what a change replaces, as documents write it; lists and what never was are left out."""
        was: dict[str, Scalar] = {}
        for name in sorted(kept.keys() - {"revision", "state", "signatures"} - ASIDE):
            old = getattr(self, name)
            if old is not None and not isinstance(old, tuple) and old != kept[name]:
                was[key_of(name)] = as_written(old)
        return frozendict(was)

    def _sets(self, kept: Values, changed: Mapping[str, tuple[int, ...] | None]) -> tuple[str, ...]:
        """Give the fields that an act sets.

        Of a list that it writes anew, instead of adding to it, its length stands beside it (`turns[:12]`); and where
        some items are as before, the places of those that are not (`turns[3]`; the end, if it only became shorter).
        """
        sets = list[str]()
        for name in sorted(kept.keys() - _SET_BY_THE_TABLE):
            key, new, old = key_of(name), kept[name], getattr(self, name)
            sets.append(key)
            if changed[name] is None and isinstance(new, tuple) and (new or old):
                sets.append(f"{key}[:{len(new)}]")
                places = [i for i, item in enumerate(new) if i >= len(old) or item != old[i]]
                if len(places) < len(new):
                    sets += [f"{key}[{i}]" for i in places or [len(new)]]
        return tuple(sets)

    # --- refusals ----------------------------------------------------------------------------------------------------

    def _refusal(self, act: str, found: list[Finding]) -> Rejected:
        return Rejected(f"{self.type} {self.id}: cannot {act}", as_given(type(self), act, found))

    def _no_way(self, act: object, by: object, at: object) -> Finding:
        """That an act does not exist now: V010, or the rule that forbids it; and which do."""
        named = act if isinstance(act, str) else brief(act)
        rule = self.lifecycle.shut.get((named, self.state), V010)
        when = _moment(at, "at", Faults())
        on = when.date() if isinstance(when, datetime) else None
        rows = self.lifecycle.rows_from(self.state)
        told = self._ways(rows, by, lambda row, person: self._open(row, person, on))
        what = (
            "no act {act} while {state}; open to {person}: {open}"
            if "person" in told
            else "no act {act} while {state}; open now: {open}"
        )
        wrong = breach(what, "state" if rule is V010 else "", act=named, state=self.state, **told)
        return finding(rule, wrong, record=self.key, cause=Cause.STATE)

    def _ways(
        self, rows: Iterable[Row], by: object, opens: Callable[[Row, str], bool], part: object = None
    ) -> dict[str, str]:
        """Say what is open instead, as params: to the person who asked; or else who may do what.

        Where it is not known who asks, nobody is named.
        """
        known = isinstance(by, str)
        own = [row.act for row in rows if isinstance(by, str) and opens(row, by)]
        if own:
            return {"person": str(by), "open": ", ".join(own)}
        others = [(row, [p for p in self.parties() if opens(row, p)]) for row in rows]
        ways = [f"{row.act} ({self._by_role(row, who, part)})" if known else row.act for row, who in others if who]
        return {"open": "; ".join(ways) or "none"}

    def _by_role(self, row: Row, people: list[str], part: object) -> str:
        """Give some people, with the roles in which they may do a row."""
        held = [(role, [p for p in people if p in role.holders(self, part)]) for role in row.who]
        named = [f"{role.name} {', '.join(ids)}" for role, ids in held if ids]
        return " or ".join(named or people)

    def _not_them(self, row: Row, person: str, part: object) -> Finding:
        what = "{person} may not {act}; may: {may}"
        wrong = breach(what, "by", person=person, act=row.act, may=self._named(row, part))
        return finding(row.rule, wrong, record=model_of(type(self)).key(self))

    def _named(self, row: Row, part: object) -> str:
        """Say who may do a row, for people to read: roles with the ids that hold them."""
        return " or ".join(role.said(role.holders(self, part)) for role in row.who)


def _relisted(
    model: Model, name: str, old: tuple[object, ...], change: Added | Swapped, faults: Faults
) -> tuple[object, tuple[int, ...]]:
    """Give a list with parts added or one replaced, each checked; and their places."""
    new: tuple[object, ...]
    if isinstance(change, Swapped):
        first = next(i for i, part in enumerate(old) if part is change.old)
        new = (change.new,)
        rest = old[first + 1 :]
    else:
        first, new, rest = len(old), change.parts, ()
    places = tuple(range(first, first + len(new)))
    field = model.fields[name]
    if not field.holds_parts or any(type(part) is not field.kind for part in new):
        check = model.items[name]
        new = tuple([check(part, f"{name}[{i}]", faults) for i, part in zip(places, new, strict=True)])
        if FAULTY in new:
            return FAULTY, ()
    return (*old[:first], *new, *rest), places


def part_named(parts: Iterable[_P], id: object, kind: str, path: str, faults: Faults) -> _P | None:
    """Find the part of a list with an id; V017 where there is none, which names those that there are."""
    known = list[str]()
    for part in parts:
        if part.id == id:
            return part
        known.append(part.id)
    shown = ", ".join(known[:MOST_SHOWN]) + (", ..." if len(known) > MOST_SHOWN else "")
    faults.add(V017, path, "no {kind} {id}; there are: {known}", kind=kind, id=brief(id), known=shown or "none")
    return None


# --- the first entry -------------------------------------------------------------------------------------------------


def taken_over(record: _A, *, by: str, at: datetime, source: str, reason: str | None = None) -> _A:
    """Seal a record that nobody has seen yet, and that has no history, as one taken over: it is the same object.

    Its values and those of the entry were checked, and its rules asked: what is `sound` but for its history.
    """
    _first_entry(record, IMPORT, by, at, reason, source, None)
    return record


def explained(
    kind: type[_A], values: Values, *, by: str, at: datetime, source: str, reason: str | None = None, read: Read
) -> _A:
    """Take a record over that a document says, field by field: `read` reads its leaves. The slow way of the same.

    Raises:
        Rejected: What `Record.import_` raises over the same values.
    """
    names = model_of(kind).names
    return kind._begin(  # noqa: SLF001  (a way in of its own)
        IMPORT, values.get("id"), by, at, {"state": values.get("state")},
        free={name: value for name, value in values.items() if name not in {"id", "state"}},
        known=[name for name in names if name not in {"id", "state", "history"}],
        reason=reason, source=source, read=read,
    )  # fmt: skip


def _first_entry(
    new: Acted, act: str, by: object, at: object, reason: object, source: object, noted_by: object
) -> Entry:
    """Give a record that begins its first entry."""
    content, seals = content_of(new)
    entry = entry_after(
        "",
        {
            "act": act, "state": str(new.state), "by": by, "at": at, "revision": new.revision,
            "content": digest_of(content), "reason": reason, "source": source, "was": _NOTHING, "sets": _said(new),
            "noted_by": noted_by,
        },
    )  # fmt: skip
    model_of(type(new)).setters["history"](new, (entry,))
    keep_seals(new, seals)
    return entry


def _said(record: Acted) -> tuple[str, ...]:
    """Give the fields that a record which begins says: those with more than their default."""
    keys, values, defaults = _sayable(type(record))
    return tuple([key for key, it, default in zip(keys, values(record), defaults, strict=True) if it != default])


@once
def _sayable(kind: type[Acted]) -> tuple[tuple[str, ...], Callable[[object], tuple[object, ...]], tuple[object, ...]]:
    """Give the fields that a beginning may set, in the order of their names: key, value and default of each."""
    model = model_of(kind)
    names = sorted(set(model.names) - _SET_BY_THE_TABLE - {"id"})
    return tuple(map(key_of, names)), attrgetter(*names), tuple([model.defaults.get(name, FAULTY) for name in names])


@once
def _all_but_history(kind: type[Acted]) -> Changed:
    """Say that every field but the history changed."""
    return dict.fromkeys(name for name in model_of(kind).names if name != "history")


def as_given(kind: type[Acted], act: str, found: list[Finding]) -> list[Finding]:
    """Say what is wrong with an act of the argument where it sets a field of another name: a form shows it there."""
    called = kind.called.get(act)
    return [f.about(f.record, _renamed(f.path, called)) for f in found] if called else found


def _renamed(path: str, called: Mapping[str, str]) -> str:
    for field, name in called.items():
        place = re.match(re.escape(field).replace(r"\[\]", r"\[\d+\]") + r"(?!(?<!\.)\w)", path)
        if place is not None:
            return name + path[place.end() :]
    return path


def method_of(owner: object, act: str) -> Callable[..., object]:
    """Give the method of a record, or of its class, that does an act."""
    method: Callable[..., object] = getattr(owner, "import_" if act == IMPORT else act)
    return method


def parameters_of(method: Callable[..., object]) -> tuple[frozenset[str], frozenset[str], bool]:
    """Give the arguments an act knows beside the record or class, those it needs, and whether it takes others."""
    return _parameters(getattr(method, "__func__", method))


@once
def _parameters(function: Callable[..., object]) -> tuple[frozenset[str], frozenset[str], bool]:
    known = list(inspect.signature(function).parameters.values())[1:]
    named = [p for p in known if p.kind is not p.VAR_KEYWORD]
    needed = frozenset(p.name for p in named if p.default is p.empty)
    return frozenset(p.name for p in named), needed, len(named) < len(known)


def takes_no(name: str, act: str, known: Iterable[str], faults: Faults) -> None:
    """Refuse an argument that an act does not take (V016), and say what it takes but the program's own."""
    shown = ", ".join(sorted({*known} - OURS))
    what = "{act} takes no {name}; it takes {known}" if shown else "{act} takes no {name}"
    faults.add(V016, name, what, act=act, name=name, **({"known": shown} if shown else {}))


def _only(given: Values, known: Iterable[str], owner: object, act: str, faults: Faults) -> Values:
    """Say what was given of what an act takes by name; the rest is refused, and all that it takes is named (V016)."""
    names = frozenset(known)
    for name in sorted(given.keys() - names):
        takes_no(name, act, names | parameters_of(method_of(owner, act))[0], faults)
    return {n: v for n, v in given.items() if n in names}


def _policy(policy: object, faults: Faults) -> Policy:
    """Give the policy given; where it is none, that is a fault, and the defaults stand in."""
    if isinstance(policy, Policy):
        return policy
    faults.add(V015, "policy", "{value} is no policy", value=brief(policy))
    return POLICY


def _sketch(act: str, state: str, by: object, at: object, revision: object, reason: object) -> Entry:
    """Give an unsealed entry, to ask the gates of an act that is refused anyway: all that is wrong is said at once."""
    given = {"act": act, "state": state, "by": by, "at": at, "revision": revision, "reason": reason}
    return cast("Entry", _ENTRY.made({name: part for name, part in given.items() if part is not FAULTY}))


@once
def behind(kind: type[Acted], state: str) -> tuple[str, ...]:
    """Give the gates that a record in a state stands beyond."""
    return tuple([gate for gate in model_of(kind).gates if state in kind.lifecycle.beyond(gate)])


def ask(rule: Rule, record: Acted, entry: Entry | None) -> Iterator[Breach]:
    """Ask a gate. One that needs what a half-built record or entry has not stays silent."""
    try:
        yield from rule.asks(record, entry)
    except Unset:
        return
