"""Signing: what two people signed is fixed, and anybody can check it. One mechanism for every record that is signed.

Read top to bottom: the signature, its rules, the record that is signed, checking. A signature carries the digest of
what was signed: which record it is, its revision, and the fields named in `terms`, with parts that live on (a promise
that is kept later) as they were agreed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import ClassVar, Literal, Self

import attrs
from frozendict import frozendict

from coaching.kernel.acting import Added
from coaching.kernel.checking import each_of
from coaching.kernel.classes import Key, model_of, value
from coaching.kernel.constraints import V015, Count, Id, Moment, Text
from coaching.kernel.fields import As, key_of, unless
from coaching.kernel.history import (
    GONE,
    H006,
    Digest,
    Entry,
    chain_faults,
    content_of,
    digest_of,
    erasures,
    renamings,
)
from coaching.kernel.lifecycle import Row
from coaching.kernel.policy import POLICY, Policy
from coaching.kernel.record import ActT, BeginT, Record
from coaching.kernel.rules import (
    Breach,
    Breaches,
    Choice,
    Finding,
    Rejected,
    Rule,
    breach,
    brief,
    finding,
    gate,
    in_order,
    invariant,
    stated,
)


class Stance(Choice):
    """How somebody signs: `agrees`, with a `reservation` (which needs a note and never blocks), or as `seen`."""

    AGREES = "agrees"
    RESERVATION = "reservation"
    SEEN = "seen"


AnyStance = Stance | Literal["agrees", "reservation", "seen"]

H003 = stated(
    "H003",
    "history",
    field="signatures",
    says="a signature stands under what was signed",
    why="real systems let a score change after the employee signed",
    mend="go back to a copy that verifies, or reopen the record and let both sign again",
)


@value("signature", lambda: RULES)
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
    stance: As[Stance, AnyStance] = unless(default=Stance.AGREES)
    note: Text | None = None


@invariant(
    "S002",
    "signature",
    field="note",
    says="a reservation has a note",
    why="own choice: a reservation that says nothing cannot be answered; it never blocks",
    mend="say in the note what the reservation is",
)
def S002(signature: Signature) -> Breaches:
    if signature.stance is Stance.RESERVATION and signature.note is None:
        yield breach("a reservation without a note")


@invariant(
    "S001",
    "signed",
    field="signatures",
    says="each role signs a revision once, by the one who holds the role",
    why="practice: systems that let the same side sign twice count two signatures where one side is missing",
    mend="let the other side sign",
)
def S001(record: SignedRecord) -> Breaches:
    seen = set()
    for i, signature in enumerate(record.signatures):
        if signature.role in seen:
            yield breach("{role} has signed already", f"signatures[{i}]", role=signature.role)
        elif signature.role not in record.signatories or getattr(record, signature.role) != signature.by:
            yield breach("{by} is not {role}", f"signatures[{i}].by", by=signature.by, role=signature.role)
        seen.add(signature.role)


@invariant(
    "S003",
    "signed",
    field="signatures",
    says="a signature is on the current revision",
    why="what was signed before a change does not hold after it",
    mend="leave out signatures of earlier revisions; they stand in the history",
    each="signatures",
    reads="revision",
)
def S003(record: SignedRecord, signature: Signature, i: int) -> Breaches:
    if signature.revision != record.revision:
        what = "a signature is on revision {signed}, the record is at {now}"
        yield breach(what, f"signatures[{i}].revision", signed=signature.revision, now=record.revision)


def both_signed(code: str, of: str, *, act: str, says: str, why: str, mend: str) -> Rule:
    """Make the gate that every signatory has signed the current revision before an act arrives."""

    @gate(code, of, act=act, field="signatures", says=says, why=why, mend=mend)
    def all_signed(record: SignedRecord, entry: Entry | None) -> Breaches:
        for role in record.signatories:
            signing = entry is not None and entry.by == getattr(record, role)  # a rule of the signature speaks then
            if not signing and all(s.role != role for s in record.signatures):
                yield breach("not signed by the {role}", role=role)

    return all_signed


@attrs.define(frozen=True, slots=True, init=False, eq=False, repr=False, kw_only=True)
class SignedRecord(Record[ActT, BeginT]):
    """A record that two people sign. `signatories` names the fields that hold them, `terms` the fields they sign.

    Attributes:
        signatures: Those under the current revision; a new revision begins without any. Earlier ones stand in history.
    """

    shares: ClassVar[tuple[Rule, ...]] = (*Record.shares, S001, S003)
    signatories: ClassVar[tuple[str, ...]]
    terms: ClassVar[tuple[str, ...]]

    signatures: tuple[Signature, ...] = ()

    def sign(
        self,
        stance: AnyStance = "agrees",
        note: str | None = None,
        *,
        by: str,
        at: datetime,
        policy: Policy = POLICY,
        noted_by: str | None = None,
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
        row = self.lifecycle.find("sign", self.state)

        def role_of(by: str) -> str:
            return next((r for r in self.signatories if getattr(self, r) == by), "nobody")

        def to(by: str) -> str | None:
            complete = {*(s.role for s in self.signatures), role_of(by)} >= set(self.signatories)
            return row.targets[-1] if row is not None and complete else None

        def signed(by: str, at: datetime) -> Mapping[str, object]:
            role = role_of(by)
            if role == "nobody":  # the table says who may
                return {}
            own = Signature(
                by=by,
                role=role,
                at=at,
                revision=self.revision,
                digest=self.terms_digest(),
                stance=stance,
                note=note,
            )
            return {"signatures": Added(own), **(self._once_signed(at) if to(by) is not None else {})}

        return self._act("sign", by, at, policy, noted_by, signed, to=to)

    def terms_digest(self) -> str:
        """Take the digest of what is signed, as it stands now: which record, which revision, and its terms."""
        return self._terms_digest(self)

    def _terms_digest(self, sealed: Self | None) -> str:
        content, _ = content_of(self, sealed)
        keys = ("type", "id", "revision", *map(key_of, self.terms))
        return digest_of({key: content[key] for key in keys if key in content} | self._agreed())

    def _signed_content(self) -> str:
        return self._terms_digest(None)

    def _agreed(self) -> dict[str, object]:
        """Give the terms that are signed otherwise than they stand, by key."""
        return {}

    def _once_signed(self, _at: datetime, /) -> Mapping[str, object]:
        """Say what the last signature that is needed sets besides."""
        return {}

    def _open(self, row: Row, person: str, on: date | None) -> bool:
        signed = row.act == "sign" and any(s.by == person for s in self.signatures)
        return not signed and super()._open(row, person, on)


def as_agreed(part: object, *lives_on: str) -> dict[str, object]:
    """Give what is signed of a part that lives on: what it says, but for what becomes of it later."""
    return {key: said for key, said in model_of(type(part)).plain(part).items() if key not in lives_on}


def verify(records: Record | Iterable[Record], *, known: Mapping[Key, str] = frozendict()) -> tuple[Finding, ...]:
    """Tell whether anybody touched a record by another route than its acts: empty when every link holds.

    H001 names an entry that is not what was sealed, H002 a record that is not what its last act left, H003 a signature
    that does not stand under what was signed. `extra` and `keep_until` are the house's own and not covered. Where words
    were erased, H004 says so as a warning, instead of the three for what lies before. Where somebody got another id,
    H005 says so as a warning, once a record; signatures given before are checked all the same.

    What it cannot see: a record that was written anew as a whole, or an older copy in its place. Whoever wants to know
    keeps `record.digest` elsewhere and gives it as `known`: H006 then names a record that is not that very one.

    Args:
        records: One record, or any number of them: a book, a list, a stream that is read as it comes.
        known: Digests that were kept elsewhere, by the key of the record (`record.key`).

    Raises:
        Rejected: V015 for what is no record, and for digests that are not given by key.

    >>> import attrs
    >>> from coaching import Book, Goal
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> goal = Goal.begin("g-1", "Lead a pilot line", by="p-17", at=noon)
    >>> verify(Book([goal]))
    ()
    >>> [(found.code, found.message) for found in verify(attrs.evolve(goal, title="Leave"))]
    [('H002', 'the record is not what entry 1 (begin) left')]
    """
    wrong = list(_not_known(known))
    if wrong:
        raise Rejected("cannot verify", [finding(V015, it) for it in wrong])
    every = None if isinstance(records, Record) else each_of(records)
    return in_order([found for record in ((records,) if every is None else every) for found in _faults(record, known)])


def _not_known(known: object) -> Iterator[Breach]:
    """Say what is no digest of a record, by its key: it would never be compared."""
    if not isinstance(known, Mapping):
        yield breach("{value} is no mapping of keys to digests", "known", value=brief(known))
        return
    for key, digest in known.items():
        match key:
            case (str(), str()):
                pass
            case _:
                yield breach("{value} is no key of a record: its type and its id", "known", value=brief(key))
        if not isinstance(digest, str):
            yield breach("{value} is no digest", "known", value=brief(digest))


def _faults(record: object, known: Mapping[Key, str]) -> Iterator[Finding]:
    if not isinstance(record, Record):
        raise Rejected("cannot verify", [finding(V015, breach("{value} is no record", value=brief(record)))])
    yield from chain_faults(record)
    if known.get(record.key, record.digest) != record.digest:
        yield finding(H006, breach("the digest of the record is another one than was kept"), record=record.key)
    if isinstance(record, SignedRecord):
        digest, about = record._terms_digest(None), record.key  # noqa: SLF001  (what is kept beside it proves nothing)
        erased = [record.history[i].at for i in erasures(record)]
        for i, signature in enumerate(record.signatures):
            gone = signature.digest == GONE and any(signature.at <= at for at in erased)
            if not gone and _signs(signature, record) != digest:
                what = breach("{role} signed something else", f"signatures[{i}].digest", role=signature.role)
                yield finding(H003, what, record=about)


def _signs(signature: Signature, record: SignedRecord) -> str:
    """Give the digest that a signature stands for: of what was signed, with the ids that people got since."""
    digest = signature.digest
    for place, _, _ in renamings(record.history):
        was = record.history[place].was
        if was.get("signed") == digest:
            digest = str(was.get("signs"))
    return digest


RULES: tuple[Rule, ...] = (S002, S001, S003, H003)
