"""Who is who: giving a person another id, and making one of two records that are of one person.

Read top to bottom: the rule, the act, renumbering, merging, where people are named. What is found here are the records
as they are then; whether the book may hold them is for the book to say. Histories stay as they were: entries keep the
ids of their day, and one more says who is who from then on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, cast

from attrs import frozen

from coaching.book.naming import HANDS, PARTS, REFERENCES
from coaching.book.shelf import X001, Shelf, person_of
from coaching.kernel.checking import Faults, check_as
from coaching.kernel.classes import Model, model_of
from coaching.kernel.constraints import V014, V015, Id, Moment, Scalar, Text
from coaching.kernel.fields import once
from coaching.kernel.history import V009, as_now, content_digest, renamed
from coaching.kernel.policy import Policy
from coaching.kernel.record import Record
from coaching.kernel.rules import Finding, Rejected, Rule, breach, brief, finding, stated
from coaching.kernel.signing import SignedRecord
from coaching.kernel.values import Ref
from coaching.records.people import ERASED, Person, folded

X022 = stated(
    "X022",
    "book",
    field="",
    says="two records that become one are of one person, and say nothing contrary",
    why="practice: a merge that quietly keeps one of two values loses the other",
    mend="correct one of the two first, then merge them",
)

_id, _moment, _reason = check_as(Id), check_as(Moment), check_as(Text)

# --- the act ---------------------------------------------------------------------------------------------------------


@frozen
class Said:
    """Who renames, when and why, in which house, and who noted it; as they were given."""

    by: Any
    at: Any
    reason: Any
    policy: Any
    noted_by: Any


class _Task:
    """One renaming: of whom, to which id, and what it has found so far."""

    def __init__(self, act: str, old: Person, new_id: Any, said: Said) -> None:
        self._faults = faults = Faults()
        self.act, self.old = act, old
        self.new_id = cast("str", _id(new_id, "new_id", faults))  # or FAULTY: this and the next three
        self.by = cast("str", _id(said.by, "by", faults))
        self.at = cast("datetime", _moment(said.at, "at", faults))
        self.noted_by = None if said.noted_by is None else cast("str", _id(said.noted_by, "noted_by", faults))
        if said.reason is None:
            faults.add(V014, "reason", "{act} asks for {name}", act=act, name="reason")
        self.reason = cast("str", said.reason if said.reason is None else _reason(said.reason, "reason", faults))
        if not isinstance(said.policy, Policy):
            faults.add(V015, "policy", "{value} is no policy", value=brief(said.policy))
        self.skew = said.policy.clock_skew if isinstance(said.policy, Policy) else 0
        self.found: list[Finding] = faults.about(old.key)

    def done(self, records: Iterable[Record], *own: Record) -> tuple[Record, ...]:
        """Give the records that name the person, with the new id and an entry that says so; the person's own first.

        Raises:
            Rejected: All that is wrong, of all of them.
        """
        changed = [*own, *(self.sealed(record, self.of_new(record)) for record in records)]
        self.refuse()
        return tuple(sorted(changed, key=lambda record: record.key != (Person.type, self.new_id)))

    def refuse(self) -> None:
        """Raise what was found, if anything was."""
        if self.found:
            raise Rejected(f"person {self.old.id}: cannot {self.act}", self.found)

    def of_new(self, record: Record) -> Record:
        """Give the record with the new id for the old wherever it names the person."""
        changed: Record = _called(record, _plan(model_of(type(record))), self.old.id, self.new_id)
        return changed

    def sealed(self, record: Record, new: Any, **also: Scalar) -> Record:
        """Give the record as it is now, with the entry; what is wrong with it is noted."""
        self.found += [finding(r, it, prefix=at, record=new.key) for at, r, it in model_of(type(new)).breaches(new)]
        last = record.history[-1].at
        if (last - self.at).total_seconds() > self.skew:
            what = breach("{at} is before the last entry, {last}", "at", at=self.at, last=last)
            self.found.append(finding(V009, what, record=record.key))
        sound = content_digest(record) == record.history[-1].content
        was: dict[str, Scalar] = {"person": self.old.id, "renamed": self.new_id, "sound": sound, **also}
        if isinstance(record, SignedRecord) and record.signatures:
            signed, signs = record.terms_digest(), new.terms_digest()
            was |= {} if signed == signs else {"signed": signed, "signs": signs}
        given: dict[str, Any] = {"by": self.by, "reason": self.reason, "noted_by": self.noted_by, "was": was}
        done: Record = renamed(new, at=max(self.at, last), **given)
        return done


# --- renumbering, merging --------------------------------------------------------------------------------------------


def renumbered(shelf: Shelf, person: str, new_id: str, said: Said) -> tuple[Record, ...]:
    """Give a person another id in every record that names them; the person's own record is the first.

    Raises:
        Rejected: X002 for somebody who is not here, X001 for an id that is taken, or that a record names, V001, V002,
            V003, V009, V014, V015, and every rule that a record would break.
    """
    task = _Task("renumber", person_of(shelf, person, "cannot renumber", "person"), new_id, said)
    if shelf.get(Person, task.new_id) is not None:
        what = breach("{id} stands in the book already", "new_id", id=task.new_id)
        task.found.append(finding(X001, what, record=task.old.key))
    task.refuse()
    taken = next(naming(shelf, task.new_id), None)
    if taken is not None:  # of somebody who is not here: their part in it would be handed over, and never come back
        what = breach("{kind} {id} names {person} already", "new_id", kind=taken.type, id=taken.id, person=task.new_id)
        task.found.append(finding(X001, what, record=task.old.key))
    task.refuse()
    return task.done(naming(shelf, person))


def merged(shelf: Shelf, one: str, into: str, said: Said) -> tuple[Record, ...]:
    """Make one of two records that are of one person: who named the one names the other; its record is the first.

    Raises:
        Rejected: X002 for somebody who is not here, X022 for the same twice, for somebody erased, and for what the two
            say to the contrary; V001, V002, V003, V009, V014, V015, and every rule that a record would break.
    """
    old, kept = person_of(shelf, one, "cannot merge", "one"), person_of(shelf, into, "cannot merge", "into")
    task = _Task("merge", old, into, said)
    contrary = [breach("the two are one already", "into")] if old is kept else []
    erased = [name for name, it in (("one", old), ("into", kept)) if it.state is ERASED]
    contrary += [breach("who is erased is nobody any more", name) for name in erased]
    staying, going = cast("Person", task.of_new(kept)), cast("Person", task.of_new(old))
    values: dict[str, Any] = {}
    if not contrary:
        values, contrary = folded(staying, going)
    task.found += [finding(X022, it, record=kept.key) for it in contrary]
    task.refuse()
    own = task.sealed(kept, model_of(Person).copy(staying, values), digest=old.digest)
    return task.done((it for it in naming(shelf, one) if it is not old and it is not kept), own)


def naming(shelf: Shelf, person: str) -> Iterator[Record]:
    """Give every record that names a person: their own, in a field or part, or as one who acted or noted an act."""
    for record in shelf:
        own = isinstance(record, Person) and record.id == person
        acted = own or any(person in {e.by, e.noted_by} for e in as_now(record.history))
        if acted or _called(record, _plan(model_of(type(record))), person, "") is not record:
            yield record


# --- where people are named ------------------------------------------------------------------------------------------


@frozen
class _Plan:
    """How the objects of a class name people: their fields, and the plans of the parts in which somebody is named."""

    model: Model
    fields: tuple[str, ...]
    parts: tuple[tuple[str, bool, _Plan], ...]


_IN_REFS = {"person": ("id",), "position": ("of",), "placement": ("of",)}
"""Which field of a reference names a person, by what it points at."""


@once
def _plan(model: Model) -> _Plan:
    fields = [f for f, kind in {**REFERENCES, **PARTS}.get(model.name, {}).items() if kind == Person.type]
    fields += HANDS.get(model.name, ())
    fields += ["id"] if model.cls is Person else []
    inner = ((field.name, field.many, _plan(part)) for field, part in model.inner if field.name != "history")
    parts = tuple(
        [(name, many, plan) for name, many, plan in inner if plan.fields or plan.parts or plan.model.cls is Ref]
    )
    return _Plan(model, tuple(fields), parts)


def _called(value: Any, plan: _Plan, old: str, new: str) -> Any:
    """Give the value with another id wherever it names somebody; the very same where it does not."""
    changes: dict[str, Any] = {}
    fields = _IN_REFS.get(value.kind, ()) if plan.model.cls is Ref else plan.fields
    for name in fields:
        held = getattr(value, name)
        if isinstance(held, tuple):
            changes |= {name: tuple([new if id == old else id for id in held])} if old in held else {}
        elif held == old:
            changes[name] = new
    for name, many, inner in plan.parts:
        held = getattr(value, name)
        if held is None or held == ():
            continue
        if many:
            parts = tuple([_called(part, inner, old, new) for part in held])
            changes |= {} if all(a is b for a, b in zip(parts, held, strict=True)) else {name: parts}
        elif (part := _called(held, inner, old, new)) is not held:
            changes[name] = part
    return plan.model.copy(value, changes) if changes else value


RULES: tuple[Rule, ...] = (
    X022,
)  # fmt: skip
