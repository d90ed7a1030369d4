"""History: who did what and when, each entry sealed to the one before and to the record as it stood after it.

Read top to bottom: the entry, sealing, erasing, the rules of a history, checking a chain. An entry is an event as well.
Digests are SHA-256 in hexadecimal. `content` covers every field but the history, and `extra`, `keep_until` and
`hold_until` (which belong to the house, not to the parties); `digest` covers the entry, `content` included, and the
digest before it.

What is sealed is what a record says (`compiling.plain`): type, id, and every field that does not stand at its default,
numbers by value. So a field that is added later, at whatever depth, breaks no seal, and neither does a store that
writes 0.10 as 0.1 or puts keys in another order. A list is sealed part by part, each on top of those before it: an act
that adds a part seals that part alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from itertools import pairwise
from typing import Annotated, ClassVar, Protocol, TypeVar, cast

import attrs
from annotated_types import Len
from frozendict import frozendict
from msgspec.json import Encoder

from coaching.kernel import compiling
from coaching.kernel.classes import Changed, Key, model_of, value
from coaching.kernel.constraints import Count, Extra, Id, Moment, Scalar, Text
from coaching.kernel.fields import once
from coaching.kernel.lifecycle import BESIDE, ERASE, IMPORT, REIMPORT, RENAME, START, TAKING_OVER, Lifecycle
from coaching.kernel.rules import (
    Breach,
    Breaches,
    Choice,
    Finding,
    Rule,
    Severity,
    breach,
    brief,
    finding,
    invariant,
    stated,
)

V009 = stated(
    "V009",
    "kernel",
    field="at",
    says="an act is not before the last entry of the history",
    why="practice: an audit trail that can be back-dated proves nothing",
    mend="give the time of the act, at or after the last entry",
)
H001 = stated(
    "H001",
    "history",
    field="history",
    says="each entry is what was sealed, and follows the one before it",
    why="no HR system read has a history that can be verified; this one can",
    mend="go back to a copy that verifies; an entry was changed by another route than an act",
)
H002 = stated(
    "H002",
    "history",
    field="",
    says="the record is what its last act left",
    why="what two people signed is fixed; whatever changes it leaves an entry",
    mend="go back to a copy that verifies; a field was changed by another route than an act",
)
H006 = stated(
    "H006",
    "history",
    field="history",
    says="the record is the one whose digest was kept elsewhere",
    why="practice: a record that is written anew as a whole verifies by itself; only what was kept elsewhere tells",
    mend="go back to the copy with that digest, or ask who replaced it and why",
)
H004 = stated(
    "H004",
    "history",
    field="history",
    says="what lies before an erasure was erased, and cannot be verified any more",
    why="GDPR article 17: erasure; a digest of erased words would let anybody confirm a guess at them",
    mend="nothing: the record verifies from the erasure on",
)

H005 = stated(
    "H005",
    "history",
    field="history",
    says="people in the record have the ids under which it was written and signed",
    why="practice: two systems become one, somebody gets another number; what they signed does not change by it",
    mend="nothing: signatures stand under the words they were given for, and the record verifies",
)

Digest = Annotated[str, Len(64, 64)]
GONE = "0" * 64
"""Stands where a digest covered words that were erased: it says nothing about them."""


@value("entry")
class Entry:
    """One act: what, to which state, who, when, on which revision, and the reason where one was asked.

    `source` names the other system when the act is `import` or `reimport`. `was` keeps what a change replaced, as
    documents write it. `sets` names the fields that the act set: whoever set a field last is the author of what it
    says. `noted_by` is who wrote it down for the one who acted.
    """

    act: str
    state: str
    by: Id
    at: Moment
    revision: Count
    content: Digest
    digest: Digest
    reason: Text | None = None
    source: Text | None = None
    was: Extra = frozendict()
    sets: tuple[str, ...] = ()
    noted_by: Id | None = None


class Kept(Protocol):
    """What a history needs to know of the record that has it."""

    lifecycle: ClassVar[Lifecycle]

    @property
    def key(self) -> Key:
        """Its type and id."""
        ...

    @property
    def state(self) -> str:
        """Where it stands."""
        ...

    @property
    def revision(self) -> int:
        """The revision that its last act left."""
        ...

    @property
    def history(self) -> tuple[Entry, ...]:
        """Its entries, oldest first."""
        ...


_R = TypeVar("_R", bound=Kept)
Seals = Mapping[str, str]
"""The seal of each list of a record that is not empty, by key: kept from act to act, as long as it stays the same."""

NOTHING_CHANGED: Changed = frozendict()

_encode = Encoder().encode
ASIDE = frozenset({"history", "extra", "keep_until", "hold_until"})
"""Fields that no seal covers."""


def digest_of(content: object) -> str:
    """Take the SHA-256 of plain values, in hexadecimal; it depends on no process and no machine."""
    return sha256(_encode(content)).hexdigest()


@once
def _content(cls: type) -> tuple[compiling.Says, Mapping[str, tuple[str, Callable[..., object]]]]:
    """Say what says the single fields of a record; and its lists by name, each with its key and what says an item."""
    model = model_of(cls)
    fields = sorted((f for f in model.fields.values() if f.name not in ASIDE), key=lambda f: f.key)
    singles = [f for f in fields if not f.many]
    single = compiling.plain(cls, singles, lambda kind: model_of(kind).plain, name="content", type=model.name)
    lists = {f.name: (f.key, model_of(f.kind).plain if f.holds_parts else _itself) for f in fields if f.many}
    return single, lists


def _itself(item: object) -> object:
    return item


def content_of(
    record: Kept, old: Kept | None = None, changed: Changed = NOTHING_CHANGED
) -> tuple[dict[str, object], Seals]:
    """Give what a record says, to be sealed: type, single fields, and the seals of its lists; and these by themselves.

    `old` is the record before an act that changed what `changed` says: the seals that it keeps need not be made anew.
    """
    single, lists = _content(type(record))
    content = single(record)
    before: Seals | None = getattr(old, "_seals", None)
    if before is None:
        seals: Seals = {
            key: _seal_of(items, says) for name, (key, says) in lists.items() if (items := getattr(record, name))
        }
    else:
        seals = before
        for name in changed:
            if name in lists:
                seals = _resealed(seals, lists[name], getattr(record, name), getattr(old, name), changed[name])
    content.update(seals)
    return content, seals


def _resealed(
    seals: Seals,
    sealed_as: tuple[str, Callable[..., object]],
    items: tuple[object, ...],
    old: tuple[object, ...],
    places: tuple[int, ...] | None,
) -> Seals:
    """Give the seals after an act on one list: where parts were added to its end, on top of the seal that it had."""
    key, says = sealed_as
    grew = places is not None and (not places or places[0] == len(old))
    seal = _seal_of(items[len(old) :], says, seals.get(key, "")) if grew else _seal_of(items, says)
    if key in seals and seal:
        return {**seals, key: seal}
    return {key: seal for key, seal in sorted({**seals, key: seal}.items()) if seal}


def _seal_of(items: Iterable[object], says: Callable[..., object], before: str = "") -> str:
    """Give the seal of a list, on top of that of the items before; blank when there are none."""
    for item in items:
        before = sha256(before.encode() + _encode(says(item))).hexdigest()
    return before


def content_digest(record: Kept) -> str:
    """Take the digest of everything a record says, but for what is aside."""
    return digest_of(content_of(record)[0])


def as_written(value: object) -> Scalar:
    """Give a value as a document writes it: what a change replaced is kept so."""
    if isinstance(value, (date, datetime)):
        return _encode(value).decode()[1:-1]
    if attrs.has(type(value)):
        return _encode(model_of(type(value)).plain(value)).decode()
    return value.value if isinstance(value, Choice) else cast("Scalar", value)


_ENTRY = model_of(Entry)


_SAYS = compiling.plain(
    Entry, [f for f in _ENTRY.fields.values() if f.name != "digest"], lambda kind: model_of(kind).plain, name="sealed"
)
"""What an entry says, but for its digest."""


def _sealed(before: str, entry: Entry) -> str:
    said = _SAYS(entry)
    said["before"] = before
    return digest_of(said)


def entry_after(before: str, parts: Mapping[str, object]) -> Entry:
    """Make a sealed entry of its parts but the digest, in their order. They were checked by the act."""
    entry: Entry = _ENTRY.raw(**parts, digest="")  # type: ignore[assignment]  # an object of the class
    _ENTRY.setters["digest"](entry, _sealed(before, entry))
    return entry


# --- erasing ---------------------------------------------------------------------------------------------------------


def erased(
    record: _R, history: tuple[Entry, ...], *, by: str, at: datetime, reason: str | None, was: Mapping[str, Scalar]
) -> _R:
    """Give a record whose words are gone already an entry that says so and seals what is left, history included.

    Digests of earlier entries are emptied: they would let anybody confirm a guess at what was erased. `was` says whose
    words went and how many. The parts were checked by who erases.
    """
    signed = any(signature.digest != GONE for signature in getattr(record, "signatures", ()))
    emptied = tuple([_ENTRY.copy(e, {"content": GONE, "digest": GONE, **_unsigned(e, signed)}) for e in history])
    entry = entry_after(
        _digest_of_all(emptied),
        {
            "act": ERASE, "state": str(record.state), "by": by, "at": at, "revision": record.revision,
            "content": content_digest(record), "reason": reason, "source": None, "was": frozendict(was), "sets": (),
            "noted_by": None,
        },
    )  # fmt: skip
    return model_of(type(record)).copy(record, {"history": (*emptied, entry)})


def _unsigned(entry: Entry, signed: bool) -> dict[str, object]:  # noqa: FBT001  (called once, a line above)
    """Say what an erasure takes from an entry that renamed somebody: digests of words that nobody signs any more."""
    if signed or entry.act != RENAME:
        return {}
    return {"was": frozendict({name: it for name, it in entry.was.items() if name not in {"signed", "signs"}})}


def _digest_of_all(entries: Iterable[Entry]) -> str:
    return digest_of([_ENTRY.plain(entry) for entry in entries])


def erasures(record: Kept) -> tuple[int, ...]:
    """Find where in a history words were erased: the places of the entries that say so, oldest first."""
    entries = record.history
    return tuple([i for i, e in enumerate(entries) if e.act == ERASE and i and entries[i - 1].digest == GONE])


# --- renaming --------------------------------------------------------------------------------------------------------


def renamed(record: _R, *, by: str, at: datetime, reason: str, noted_by: str | None, was: Mapping[str, Scalar]) -> _R:
    """Give a record in which somebody has another id already an entry that says so, on top of those before it.

    `was` names the `person` by the id before and the id `renamed` to; whether the record was `sound`, what its last act
    left; and, where it is signed, the digests of what was `signed` before and of what that `signs` for now. The parts
    were checked by who renames.
    """
    entry = entry_after(
        record.history[-1].digest,
        {
            "act": RENAME, "state": str(record.state), "by": by, "at": at, "revision": record.revision,
            "content": content_digest(record), "reason": reason, "source": None, "was": frozendict(was), "sets": (),
            "noted_by": noted_by,
        },
    )  # fmt: skip
    return model_of(type(record)).copy(record, {"history": (*record.history, entry)})


def renamings(history: tuple[Entry, ...]) -> list[tuple[int, str, str]]:
    """Find where in a history somebody got another id: the place of the entry, the id before, the id from then on."""
    found = [(i, e.was.get("person"), e.was.get("renamed")) for i, e in enumerate(history) if e.act == RENAME]
    return [(i, old, new) for i, old, new in found if isinstance(old, str) and isinstance(new, str)]


def as_now(history: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Give the entries of a history with those who acted by the ids that they have now.

    Entries keep the ids of their day. Whoever compares one with a field of the record asks here; so an id that somebody
    else got later is not taken for theirs.
    """
    if not renamings(history):
        return history
    now: list[Entry] = []
    for entry, called in newest_first(history):
        by, noted_by = called.get(entry.by, entry.by), called.get(entry.noted_by, entry.noted_by)
        same = (by, noted_by) == (entry.by, entry.noted_by)
        now.append(entry if same else _ENTRY.copy(entry, {"by": by, "noted_by": noted_by}))
    return tuple(now[::-1])


def newest_first(history: tuple[Entry, ...]) -> Iterator[tuple[Entry, Mapping[object, str]]]:
    """Give the entries of a history, newest first, each with the ids that people of its day have now, if others."""
    called: dict[object, str] = {}
    anew = {i: (old, new) for i, old, new in renamings(history)}
    for i in range(len(history) - 1, -1, -1):
        if i in anew:
            old, new = anew[i]
            called[old] = called.get(new, new)
        yield history[i], called


def acted_here(history: tuple[Entry, ...]) -> Entry | None:
    """Give the first entry of a history that does not say what another system says; None while there is none."""
    return next((entry for entry in history if entry.act not in TAKING_OVER), None)


def last_act(record: Kept) -> Entry:
    """Give the last entry of a record that is of an act of its own: nobody was erased or renamed by it."""
    return next((e for e in reversed(record.history) if e.act not in BESIDE), record.history[-1])


# --- rules and checking ----------------------------------------------------------------------------------------------


@invariant(
    "V008",
    "history",
    field="history",
    reads="history",
    says="history is in time order",
    why="practice: half of the audit trails read can be re-ordered",
    mend="put the entries in the order of their times",
)
def V008(record: Kept) -> Breaches:
    for i, (earlier, later) in enumerate(pairwise(record.history), 1):
        if later.at < earlier.at:
            yield breach("{at} is before {last}", f"history[{i}].at", at=later.at, last=earlier.at)


@invariant(
    "V013",
    "history",
    field="history",
    reads="history",
    says="history is a walk through the table that ends in the state and revision of the record",
    why="domain: history is the audit trail and the event stream in one",
    mend="begin with an act that begins a record, or with import, and let acts write the history",
)
def V013(record: Kept) -> Breaches:
    lifecycle: Lifecycle = type(record).lifecycle
    steps, revision, state = lifecycle.steps_taken, 0, cast("str | None", START)
    if not record.history:
        yield breach("there is no history")
        return
    for i, entry in enumerate(record.history):
        revises = steps.get((entry.act, state, entry.state))
        if revises is None or (entry.act == REIMPORT and acted_here(record.history[:i]) is not None):
            what = "{act} does not lead from {source} to {target}"
            source = state or "the start"
            yield breach(what, f"history[{i}]", act=brief(entry.act), source=source, target=brief(entry.state))
            return
        if entry.act == REIMPORT and entry.revision == revision + 1:  # what had been signed changed
            revises = 1
        if entry.revision != revision + revises and entry.act != IMPORT:
            what = "an entry has revision {revision} where {expected} is due"
            yield breach(what, f"history[{i}].revision", revision=entry.revision, expected=revision + revises)
            return
        state, revision = entry.state, entry.revision
    if state != record.state:
        yield breach("the history ends in {end}, the record stands in {state}", "state", end=state, state=record.state)
    if revision != record.revision:
        yield breach(
            "the history ends at revision {end}, the record says {n}", "revision", end=revision, n=record.revision
        )


def chain_faults(record: Kept) -> Iterator[Finding]:
    """Find which links of a history do not hold: an entry that is not what was sealed, a record that is not as left.

    After an erasure the chain begins there: its entry seals the entries before it as they were left, and H004 says so.
    """
    about, before, first = record.key, "", 0
    for first in erasures(record):
        before = _digest_of_all(record.history[:first])
        yield finding(H004, _what_went(first, record.history[first]), severity=Severity.WARNING, record=about)
    for i, entry in enumerate(record.history[first:], first):
        if _sealed(before, entry) != entry.digest:
            what = breach("entry {n} ({act}) is not what was sealed", f"history[{i}]", n=i + 1, act=entry.act)
            yield finding(H001, what, record=about)
        before = entry.digest
    yield from _who_was_renamed(record)
    if record.history and content_digest(record) != record.history[-1].content:
        last = record.history[-1]
        what = breach("the record is not what entry {n} ({act}) left", n=len(record.history), act=last.act)
        yield finding(H002, what, record=about)


def _who_was_renamed(record: Kept) -> Iterator[Finding]:
    """H005, once a record; and H002 where the record was not what its last act had left when somebody was renamed."""
    anew = renamings(record.history)
    for i, _, _ in anew:
        if record.history[i].was.get("sound") is False:
            what = breach("the record was not what entry {n} left when entry {next} was made", n=i, next=i + 1)
            yield finding(H002, what, record=record.key)
    if anew:
        place, old, new = anew[-1]
        entry, told = record.history[place], {"n": len(anew)} if len(anew) > 1 else {}
        wrong = (
            "since {day} {old} has the id {new}, by {by}, the last of {n} such changes"
            if told
            else "since {day} {old} has the id {new}, by {by}"
        )
        what = breach(wrong, f"history[{place}]", day=entry.at.date(), old=old, new=new, by=entry.by, **told)
        yield finding(H005, what, severity=Severity.WARNING, record=record.key)


def _what_went(place: int, entry: Entry) -> Breach:
    what = (
        "erased on {day} by {by}: {n} texts of {person} are gone; it verified until then"
        if entry.was.get("verified")
        else "erased on {day} by {by}: {n} texts of {person} are gone; it did not verify before"
    )
    return breach(
        what, f"history[{place}]", day=entry.at.date(), by=entry.by, n=_counted(entry.was.get("texts")),
        person=entry.was.get("person") or "somebody",
    )  # fmt: skip


def _counted(number: Scalar) -> int | str:
    """Give a count as a document gave it, whole; what is none is not guessed."""
    return int(number) if isinstance(number, (int, Decimal)) and number == int(number) else "some"


RULES: tuple[Rule, ...] = (V009, H001, H002, H004, H005, H006, V008, V013)
WALKS: tuple[Rule, ...] = (V008, V013)
"""What every record is asked about its history."""
