"""Signing: what two people signed is fixed, and anybody can check it. One mechanism for every record that is signed.

Read top to bottom: the signature and its rules, the record that is signed, checking. A signature carries the digest of
what was signed: the fields named in `terms`, with parts that live on (a promise that is kept later) as they were
agreed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import compress
from typing import Any, ClassVar, Self

import attrs

from coaching.kernel.constraints import V015, Count, Id, Moment, Text
from coaching.kernel.history import GONE, Digest, chain_faults, digest_of, erasures, said
from coaching.kernel.lifecycle import Row
from coaching.kernel.policy import POLICY, Policy
from coaching.kernel.record import Record
from coaching.kernel.rules import (
    Breaches,
    Choice,
    Finding,
    Rejected,
    breach,
    brief,
    finding,
    in_order,
    shape,
    stated,
)
from coaching.kernel.shapes import value


class Stance(Choice):
    """How somebody signs: `agrees`, with a `reservation` (which needs a note and never blocks), or as `seen`."""

    AGREES = "agrees"
    RESERVATION = "reservation"
    SEEN = "seen"


H003 = stated(
    "H003",
    "history",
    field="signatures",
    says="a signature stands under what was signed",
    why="real systems let a score change after the employee signed",
    mend="go back to a copy that verifies, or reopen the record and let both sign again",
)


@shape(
    "S002",
    "signature",
    field="note",
    says="a reservation has a note",
    why="own choice: a reservation that says nothing cannot be answered; it never blocks",
    mend="say in the note what the reservation is",
)
def _reservation_says(signature: Signature) -> Breaches:
    if signature.stance is Stance.RESERVATION and signature.note is None:
        yield breach("a reservation without a note")


@value("signature")
class Signature:
    """One person's signature under one revision: who, in which role, when, how, and the digest of what was signed.

    Raises:
        Rejected: S002 for a reservation without a note.
    """

    by: Id
    role: str
    at: Moment
    revision: Count
    digest: Digest
    stance: Stance = Stance.AGREES
    note: Text | None = None


@shape(
    "S001",
    "signed",
    field="signatures",
    says="each role signs a revision once, by the one who holds the role",
    why="practice: systems that let the same side sign twice count two signatures where one side is missing",
    mend="let the other side sign",
)
def _once_each(record: SignedRecord) -> Breaches:
    seen = set()
    for i, signature in enumerate(record.signatures):
        if signature.role in seen:
            yield breach("{role} has signed already", f"signatures[{i}]", role=signature.role)
        elif signature.role not in record.signatories or getattr(record, signature.role) != signature.by:
            yield breach("{by} is not {role}", f"signatures[{i}].by", by=signature.by, role=signature.role)
        seen.add(signature.role)


@shape(
    "S003",
    "signed",
    field="signatures",
    says="a signature is on the current revision",
    why="what was signed before a change does not hold after it",
    mend="leave out signatures of earlier revisions; they stand in the history",
)
def _current(record: SignedRecord) -> Breaches:
    for i, signature in enumerate(record.signatures):
        if signature.revision != record.revision:
            what = "signed revision {signed}, the record is at {now}"
            yield breach(what, f"signatures[{i}].revision", signed=signature.revision, now=record.revision)


@attrs.define(frozen=True, slots=True, init=False, kw_only=True)
class SignedRecord(Record):
    """A record that two people sign. `signatories` names the fields that hold them, `terms` the fields they sign.

    Attributes:
        signatures: Those under the current revision; a new revision begins without any. Earlier ones stand in history.
    """

    shares: ClassVar[tuple[str, ...]] = ("signed",)
    signatories: ClassVar[tuple[str, ...]]
    terms: ClassVar[tuple[str, ...]]

    signatures: tuple[Signature, ...] = ()

    def sign(
        self, stance: str = "agrees", note: str | None = None, *, by: str, at: datetime, policy: Policy = POLICY
    ) -> Self:
        """Sign the current revision. The signature of the last one needed carries the record on.

        Args:
            stance: `agrees`, `reservation` (needs a note, never blocks) or `seen` (V012).
            note: What the signer wants to have on record.
            by: One of the signatories.
            at: Aware (V003), not before the last entry (V009).
            policy: The house's numbers and severities.

        Raises:
            Rejected: V010 in a state where nothing is to be signed, V011 for anybody else, S001 for a second signature
                of one side, S002, and the gates that the table puts before the last signature.
        """
        role = next((r for r in self.signatories if getattr(self, r) == by), "nobody")

        def signed() -> dict[str, Any]:
            if role == "nobody":  # the table says who may
                return {}
            own = Signature(
                by=by,
                role=role,
                at=at,
                revision=self.revision,
                digest=self.terms_digest(),
                stance=stance,  # type: ignore[arg-type]  # may be given as text
                note=note,
            )
            return {"signatures": (*self.signatures, own)}

        row = self.lifecycle.find("sign", self.state)
        complete = {*(s.role for s in self.signatures), role} >= set(self.signatories)
        to = row.targets[-1] if row is not None and complete else None
        return self._act("sign", by, at, policy, signed, to=to)

    def terms_digest(self) -> str:
        """The digest of what is signed, as it stands now."""
        values = [self._term(name) for name in self.terms]
        return digest_of(dict(compress(zip(self.terms, values, strict=True), said(values))))

    def _term(self, name: str) -> Any:
        value = getattr(self, name)
        if isinstance(value, tuple):
            return tuple([item.agreed() if hasattr(item, "agreed") else item for item in value])
        return value

    def _open(self, row: Row, person: str, on: date | None) -> bool:
        signed = row.act == "sign" and any(s.by == person for s in self.signatures)
        return not signed and super()._open(row, person, on)


def verify(records: Record | Iterable[Record]) -> tuple[Finding, ...]:
    """Whether anybody touched a record by another route than its acts: empty when every link holds.

    H001 names an entry that is not what was sealed, H002 a record that is not what its last act left, H003 a signature
    that does not stand under what was signed. `extra` and `keep_until` are the house's own and not covered. Where words
    were erased, H004 says so as a warning, instead of the three for what lies before.

    Args:
        records: One record, or any number of them: a book, a list, a stream that is read as it comes.

    Raises:
        Rejected: V015 for what is no record.

    >>> import attrs
    >>> from coaching import Book, Goal
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> goal = Goal.begin("g-1", "Lead a pilot line", by="p-17", at=noon)
    >>> verify(Book([goal]))
    ()
    >>> [(found.code, found.message) for found in verify(attrs.evolve(goal, title="Leave"))]
    [('H002', 'it is not what entry 1 (begin) left')]
    """
    given = (records,) if isinstance(records, Record) or not isinstance(records, Iterable) else records
    return in_order([found for record in given for found in _faults(record)])


def _faults(record: Record) -> Iterator[Finding]:
    if not isinstance(record, Record):
        raise Rejected("cannot verify", [finding(V015, breach("{value} is no record", value=brief(record)))])
    yield from chain_faults(record)
    if isinstance(record, SignedRecord):
        digest, about = record.terms_digest(), record.__about__()
        erased = [record.history[i].at for i in erasures(record)]
        for i, signature in enumerate(record.signatures):
            gone = signature.digest == GONE and any(signature.at <= at for at in erased)
            if not gone and signature.digest != digest:
                what = breach("{role} signed something else", f"signatures[{i}].digest", role=signature.role)
                yield finding(H003, what, record=about)
