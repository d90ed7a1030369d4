"""Records: what all share besides the way of an act: acts by name, asking first, questions, what the house sets.

Read top to bottom: the decorator `record`, the class `Record`, how arguments are fitted to an act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, cast, dataclass_transform

import attrs
from frozendict import frozendict

from coaching.kernel.acting import Acted, ask, behind, method_of, parameters_of, takes_no
from coaching.kernel.checking import Faults, check_as, no_such
from coaching.kernel.classes import Values, make_class, model_of
from coaching.kernel.constraints import V014, V015, Extra, Id, Text
from coaching.kernel.fields import once
from coaching.kernel.history import WALKS, Entry, acted_here, as_now
from coaching.kernel.hooks import hooked
from coaching.kernel.lifecycle import ANYONE, IMPORT, REIMPORT, SAME, START, V010, Lifecycle, Row
from coaching.kernel.policy import POLICY, Policy, asked
from coaching.kernel.rules import Cause, Finding, Rejected, Rule, Severity, breach, brief, finding, in_order, stated

if TYPE_CHECKING:  # a record of any kind is a plain `Record`, and takes any name: only type checkers know such defaults
    from typing_extensions import TypeVar

    ActT = TypeVar("ActT", bound=str, default=Any)
    BeginT = TypeVar("BeginT", bound=str, default=Any)
else:
    from typing import TypeVar

    ActT, BeginT = TypeVar("ActT"), TypeVar("BeginT")

_C = TypeVar("_C", bound="type[Record]")
_id, _text = check_as(Id), check_as(Text)

V019 = stated(
    "V019",
    "kernel",
    field="history",
    says="a record is taken over again only as long as nobody acted on it here",
    why="practice: what people agreed here is lost where an export writes over it",
    mend="let those who may say it by an act; the other system is not asked any more",
)


@attrs.frozen
class Await:
    """Whose turn it is, and for what: a person, and the act that is awaited of them.

    Attributes:
        person: Who.
        act: The act.
        about: The part that it is about, as the act names it: a promise by its id, a turn by its number; or nothing.
    """

    person: str
    act: str
    about: str = ""
    _record: Record | None = attrs.field(default=None, alias="record", eq=False, repr=False, kw_only=True)
    _policy: Policy = attrs.field(default=POLICY, alias="policy", eq=False, repr=False, kw_only=True)

    @property
    def shut(self) -> tuple[str, ...]:
        """The codes of the gates that still stand in the way: what has to be said or done first, or given with the act.

        They are asked when this is read, of the record as it is. Gates that are open promise nothing else: `would`
        tells all.
        """
        record = self._record
        row = None if record is None else record.lifecycle.find(self.act, record.state)
        if record is None or row is None:
            return ()
        ways = (record.state if to == SAME else to for to in row.targets)
        gates = {rule.code for to in ways for rule in model_of(type(record)).gates_to(self.act, to)}
        if not gates:
            return ()
        found = record.would(self.act, by=self.person, at=record.history[-1].at, policy=self._policy)
        return tuple(dict.fromkeys(it.code for it in found if it.code in gates))


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(attrs.field,))
def record(name: str, lifecycle: Lifecycle, rules: Callable[[], tuple[Rule, ...]] = tuple) -> Callable[[_C], _C]:
    """Make a record: a frozen class with a type for documents, a table of acts, and rules.

    Args:
        name: Its type in documents, and the `of` of its rules.
        lifecycle: Its table.
        rules: Gives the rules among which its own are, asked at first use: they may stand below the class.
    """

    def decorate(cls: _C) -> _C:
        made = make_class(cls, name, lambda: (*(r for r in rules() if r.of == name), *cls.shares), keyed=True)
        made.type, made.lifecycle = name, lifecycle
        return made

    return decorate


@attrs.define(frozen=True, slots=True, init=False, eq=False, repr=False, kw_only=True)
class Record(Acted, Generic[ActT, BeginT]):
    """What every record has. Acts return a new record; the one they are done on never changes.

    Attributes:
        id: Opaque text from the caller (V001).
        state: Where the record stands; a member of the record's own list, equal to its text.
        revision: From 1; raised when signed content changes.
        history: One entry for each act, oldest first; a walk through the table (V008, V013).
        keep_until: The day after which the record should go; the house decides (D001, D002).
        hold_until: The day until which the law holds the record: till then it is not erased (D009).
        extra: What an embedding tool or an import has no field for; never interpreted and not part of what is signed.
    """

    schema: ClassVar[int] = 1
    shares: ClassVar[tuple[Rule, ...]] = WALKS  # the rules it shares with others, beside its own

    keep_until: date | None = None
    hold_until: date | None = None
    extra: Extra = frozendict()

    @property
    def digest(self) -> str:
        """What names exactly what the last act left: a version. Kept elsewhere, it tells of tampering (H006)."""
        return self.history[-1].digest

    def __repr__(self) -> str:
        """Type, id, state and revision, and no words: a log may show it."""
        return f"<{type(self).__name__} {self.id}: {self.state}, revision {self.revision}>"

    # --- acts by name, and asking first ------------------------------------------------------------------------------

    def act(self, act: ActT, /, **given: Any) -> Self:
        """Do an act named by a string: the same act, with the same arguments and the same findings as the method.

        Raises:
            Rejected: V010 for an act that does not exist here, V014 for an argument missing, V016 for one unknown, and
                all that the act itself raises.
        """
        by, at = given.get("by"), given.get("at")
        if not self._knows(act):
            self._refuse_strangers(act, by)
            raise self._refusal(act if isinstance(act, str) else brief(act), [self._no_way(act, by, at)])
        method = method_of(self, act)
        wrong = _misfits(method, act, given)
        if wrong.found:
            self._refuse_strangers(act, by)
            also = _also_wrong(method, given)
            raise Rejected(f"{self.type} {self.id}: cannot {act}", [*wrong.about(self.key), *also])
        return cast("Self", method(**given))

    def would(self, act: ActT, /, **given: Any) -> tuple[Finding, ...]:
        """Tell what the act would raise, without doing it; empty when it would pass. Same arguments, same findings."""
        try:
            self.act(act, **given)
        except Rejected as refusal:
            return refusal.findings
        return ()

    @classmethod
    def act_named(cls, act: str) -> ActT:
        """Give the name of an act that this kind of record has, of a text from outside, for type checkers.

        Whether the act is open is not asked: `act` says that.

        Raises:
            Rejected: V010 for a name that it has not.
        """
        known = _carried_on_by(cls.lifecycle)
        if isinstance(act, str) and act in known:
            return cast("ActT", act)
        wrong = breach(
            "{kind} has no act {act}; it has: {known}", "act", act=brief(act), kind=cls.type, known=", ".join(known)
        )
        raise Rejected(f"{cls.type}: cannot act", [finding(V010, wrong, cause=Cause.INPUT)])

    @classmethod
    def new(cls, act: BeginT, /, id: str, **given: Any) -> Self:
        """Begin a record by an act named by a string.

        Raises:
            Rejected: V010 for an act that begins nothing, V014, V016 for arguments, and all that the act itself raises.
        """
        what = f"{cls.type} {id if isinstance(id, str) else brief(id)}"
        if not isinstance(act, str) or act not in _begun_by(cls.lifecycle):
            begins = ", ".join(r.act for r in cls.lifecycle.rows_from(START))
            wrong = breach("{act} begins no {kind}; begin with {open}", act=brief(act), kind=cls.type, open=begins)
            raise Rejected(f"{what}: cannot begin", [finding(V010, wrong)])
        method = method_of(cls, act)
        misfits = _misfits(method, act, {"id": id, **given})
        misfits.found += _also_wrong(method, {"id": id, **given})
        misfits.refuse(f"{what}: cannot {act}")
        return cast("Self", method(id, **given))

    @classmethod
    def would_new(cls, act: BeginT, /, id: str, **given: Any) -> tuple[Finding, ...]:
        """Tell what beginning a record by this act would raise; empty when it would pass."""
        try:
            cls.new(act, id, **given)
        except Rejected as refusal:
            return refusal.findings
        return ()

    @classmethod
    def import_(
        cls,
        id: str,
        *,
        state: str,
        by: str,
        at: datetime,
        source: str,
        reason: str | None = None,
        noted_by: str | None = None,
        **fields: object,
    ) -> Self:
        """Take a record over from another system, in any state.

        Gates are not enforced; those that the record stands beyond without meeting them become warnings in `findings`.

        Args:
            id: The id it shall have here.
            state: The state it is in.
            by: Who takes it over (recorded, not checked).
            at: When it is taken over.
            source: The other system, in words.
            reason: Anything worth keeping in the history, such as a file and line.
            noted_by: Who wrote it down for the one who takes it over; it gives no rights.
            fields: The fields of the record.

        Raises:
            Rejected: Every invariant that the record breaks.
        """
        kept = [n for n in model_of(cls).names if n not in {"id", "state", "history"}]
        return cls._begin(
            IMPORT, id, by, at, {"state": state},
            free=fields, known=kept, reason=reason, source=source, noted_by=noted_by,
        )  # fmt: skip

    def reimport(
        self,
        *,
        state: str | None = None,
        by: str,
        at: datetime,
        source: str,
        reason: str | None = None,
        noted_by: str | None = None,
        **fields: object,
    ) -> Self:
        """Take the record over again: the other system says something else now. What it does not say stays.

        As with `import_` gates are not enforced, and nobody is the author of what is set. Where something changes that
        was signed, the revision is raised and the signatures go. Where nothing changes, it is the same record.

        Args:
            state: The state it is in now; as before where it is left out.
            by: Who takes it over (recorded, not checked).
            at: Aware (V003), not before the last entry (V009).
            source: The other system, in words.
            reason: Anything worth keeping in the history, such as a file and line.
            noted_by: Who wrote it down for the one who takes it over; it gives no rights.
            fields: The fields that the other system says, all but revision and signatures.

        Raises:
            Rejected: V019 once somebody acted on it here, V010 or V011 for a person, whose changes are acts of their
                own, V016 for a field that does not exist, and every invariant that the record would break.
        """
        model, faults = model_of(type(self)), Faults()
        known = [name for name in model.names if name not in _NOT_SAID_AGAIN]
        said = {n: v for n, v in fields.items() if n not in known or model.checks[n](v, n, faults) != getattr(self, n)}
        arguments = Faults()
        source = cast("str", _text(source, "source", arguments))
        to = self.state if state is None else model.checks["state"](state, "state", arguments)
        acted = acted_here(self.history)
        if acted is not None:
            what = "acted on here since {day}, by the act {act}"
            arguments.add(V019, "history", what, day=acted.at.date(), act=acted.act)
        new = self._act(
            REIMPORT, by, at, POLICY, noted_by, said,
            to=to if isinstance(to, str) else self.state, reason=reason, known=known,
            wrong=arguments.found, source=source if isinstance(source, str) else "",
        )  # fmt: skip
        return new if said or to != self.state else self

    # --- questions ---------------------------------------------------------------------------------------------------

    def acts_for(self, person: str, *, on: date | None = None, admin: bool = True) -> tuple[ActT, ...]:
        """List the acts open to a person now, in the order of the table: the buttons of a page.

        Args:
            person: Who would act.
            on: The day asked about, for the few acts that open with time; without it they count as open.
            admin: Whether the person is of the administration; False leaves out `admin_acts`.

        Raises:
            Rejected: V001 or V015 for what is no id of a person, V015 for what is no day.
        """
        if on is not None:
            asked(on)
        faults = Faults()
        _id(person, "person", faults)
        faults.refuse("cannot answer")
        rows = [r for r in self.lifecycle.rows_from(self.state) if admin or r.act not in self.admin_acts()]
        return tuple(cast("ActT", r.act) for r in rows if self._open(r, person, on))

    @classmethod
    def acts(cls) -> tuple[ActT, ...]:
        """Name the acts that are done on a record of this kind, in the order of the table: what `act` takes.

        Whether one is open to somebody now, `acts_for` says.

        >>> from coaching.records.feedback import Feedback
        >>> Feedback.acts()
        ('decline', 'write', 'give', 'acknowledge', 'withdraw', 'share', 'reimport')
        """
        return cast("tuple[ActT, ...]", _carried_on_by(cls.lifecycle))

    @classmethod
    def begins(cls) -> tuple[BeginT, ...]:
        """Name the acts that begin a record of this kind, in the order of the table: what `new` takes.

        >>> from coaching.records.feedback import Feedback
        >>> Feedback.begins()
        ('request', 'write', 'import')
        """
        return cast("tuple[BeginT, ...]", _begun_by(cls.lifecycle))

    @classmethod
    def admin_acts(cls) -> tuple[str, ...]:
        """Name the acts that the table lets anyone do, since who is of the administration only the house knows.

        They note what happens to people, organisations and posts, archive a path, and take records over from other
        systems. Let nobody else do these.

        >>> from coaching.records.goals import Goal
        >>> Goal.admin_acts()
        ('import', 'reimport')
        """
        return _of_anyone(cls.lifecycle)

    def since(self, digest: str) -> tuple[Entry, ...] | None:
        """Tell what was done since the record was shown, by its digest then; None where it never had that digest.

        >>> from datetime import datetime
        >>> from coaching.records.goals import Goal
        >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
        >>> goal = Goal.begin("g-1", "Lead a pilot line", by="p-17", at=noon)
        >>> edited = goal.edit(outcome="It runs", by="p-17", at=noon)
        >>> [entry.act for entry in edited.since(goal.digest)], edited.since(edited.digest), edited.since("")
        (['edit'], (), None)
        """
        known = (i for i, entry in enumerate(self.history, 1) if entry.digest == digest)
        at = next(known, None)
        return None if at is None or not digest else self.history[at:]

    def awaits(self, *, policy: Policy = POLICY) -> tuple[Await, ...]:
        """Tell whose turn it is, for what, and what still stands in the way, from the rows of the table that lead on.

        The gates that are shut are those of the house with this policy.

        Raises:
            Rejected: V015 for what is no policy.
        """
        if not isinstance(policy, Policy):
            no_such(V015, "cannot answer", "policy", policy, kind="policy")
        rows = [r for r in self.lifecycle.rows_from(self.state) if r.onward]
        who = [(r.act, p) for r in rows for p in self._holders(r) if self._open(r, p, None)]
        turns = [Await(p, act, record=self, policy=policy) for act, p in who]
        return tuple(dict.fromkeys((*turns, *self._also_awaited())))

    def findings(self, on: date, *, policy: Policy = POLICY) -> tuple[Finding, ...]:
        """Give the warnings of a day, never raised: advice, and gates that the record stands beyond and does not meet.

        Raises:
            Rejected: V015 for what is no day, or no policy.
        """
        asked(on, policy)
        model, key = model_of(type(self)), self.key
        advised = model.advise(self, on, policy)
        found = [finding(r, b, prefix=p, severity=severity, record=key) for p, r, severity, b in advised]
        for gate in behind(type(self), self.state):
            entry = self._passed(gate)
            for rule in model.gates[gate]:
                if policy.severity_of(rule) is not Severity.OFF:
                    found += [self._found(rule, it, Severity.WARNING) for it in ask(rule, self, entry)]
        return in_order(list(dict.fromkeys(found))) if len(found) > 1 else tuple(found)

    # --- the house's own ---------------------------------------------------------------------------------------------

    def keep(self, until: date | None) -> Self:
        """Set another day until which the record is kept. No act of the parties: the history does not grow.

        Raises:
            Rejected: V015 for what is no day.
        """
        return self._aside("keep_until", until)

    def hold(self, until: date | None) -> Self:
        """Set another day until which the law holds the record. No act of the parties: the history does not grow.

        Raises:
            Rejected: V015 for what is no day.
        """
        return self._aside("hold_until", until)

    def with_extra(self, extra: Extra) -> Self:
        """Set other `extra`. No act of the parties: the history does not grow.

        Raises:
            Rejected: V002, V005 or V015 for a value that may not stand there.
        """
        return self._aside("extra", extra)

    # --- what records say of themselves ------------------------------------------------------------------------------

    def _holders(self, row: Row) -> Iterator[str]:
        yield from dict.fromkeys(p for role in row.who for p in role.holders(self, None) if p is not None)

    def _also_awaited(self) -> Iterable[Await]:
        return ()

    def _passed(self, gate: str) -> Entry | None:
        act, _, arrival = gate.partition(">")
        past = reversed(as_now(self.history))
        return next((e for e in past if e.act == act and (not arrival or e.state == arrival)), None)

    def _aside(self, name: str, value: object) -> Self:
        model, faults = model_of(type(self)), Faults()
        kept = model.checks[name](value, name, faults)
        if faults.found:
            raise Rejected(f"{self.type} {self.id}: cannot set {name}", faults.about(self.key))
        return model.copy(self, {name: kept})

    def _knows(self, act: object) -> bool:
        return isinstance(act, str) and act in _carried_on_by(self.lifecycle)


@once
def _carried_on_by(table: Lifecycle) -> tuple[str, ...]:
    """Give the acts that carry on what was begun, in the order of the table."""
    rows = (*table.rows, *([] if table.again is None else [table.again]))
    return tuple(dict.fromkeys(row.act for row in rows if START not in row.sources))


@once
def _begun_by(table: Lifecycle) -> tuple[str, ...]:
    """Give the acts that begin a record, in the order of the table, and the one that takes it over."""
    return tuple(dict.fromkeys([*(row.act for row in table.rows_from(START)), IMPORT]))


@once
def _of_anyone(table: Lifecycle) -> tuple[str, ...]:
    """Give the acts that a table lets anyone do, in its order, and those that take a record over."""
    again = [] if table.again is None else [REIMPORT]
    return tuple(dict.fromkeys([*(row.act for row in table.rows if ANYONE in row.who), IMPORT, *again]))


_NOT_SAID_AGAIN = frozenset({"id", "state", "revision", "signatures", "history"})
"""Fields that another system does not say of a record that is here: what is signed here is not for it to say."""


# --- fitting arguments -----------------------------------------------------------------------------------------------


class _LeftOut:
    """Stands for an argument that was not given, while the others are looked at."""


_LEFT_OUT = _LeftOut()


def _unknown(method: Callable[..., object], given: Values) -> set[str]:
    known, _, open_ended = parameters_of(method)
    return set(given) & {"self", "cls"} if open_ended else set(given) - known


def _also_wrong(method: Callable[..., object], given: Values) -> tuple[Finding, ...]:
    """Find what is wrong with the arguments that fit, beside some that are unknown or missing."""
    _, needed, _ = parameters_of(method)
    missing, unknown = needed - given.keys(), _unknown(method, given)
    if not missing and not unknown:
        return ()
    fit = {name: value for name, value in given.items() if name not in unknown}
    try:
        method(**fit, **dict.fromkeys(missing, _LEFT_OUT))
    except Rejected as refusal:
        shown = brief(_LEFT_OUT)
        return tuple([f for f in refusal.findings if f.path not in missing and shown not in f.params.values()])
    return ()


def _misfits(method: Callable[..., object], act: str, given: Values) -> Faults:
    """Find the arguments that a method (of a record, or of its class) does not take or misses, by name."""
    known, needed, _ = parameters_of(method)
    faults = Faults()
    for name in sorted(needed - given.keys()):
        faults.add(V014, name, "{act} asks for {name}", act=act, name=name)
    for name in sorted(_unknown(method, given)):
        takes_no(name, act, known, faults)
    return faults


hooked(Record)

RULES: tuple[Rule, ...] = (V019,)
