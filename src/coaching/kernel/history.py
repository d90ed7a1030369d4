"""History: who did what and when, each entry sealed to the one before and to the record as it stood after it.

Read top to bottom: the entry, sealing, erasing, the rules of a history, checking a chain. An entry is an event as well.
The digests are SHA-256 in hexadecimal. `content` covers every field but the history, `extra` and `keep_until` (which
belong to the house, not to the parties); `digest` covers the entry, `content` included, and the digest before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from itertools import compress, pairwise, repeat
from operator import and_, attrgetter, is_not, ne
from typing import Annotated, Any

from annotated_types import Len
from frozendict import frozendict
from msgspec.json import Encoder

from coaching.kernel.constraints import Count, Extra, Id, Moment, Text
from coaching.kernel.lifecycle import ERASE, IMPORT, START
from coaching.kernel.rules import Breach, Breaches, Finding, Severity, breach, brief, finding, shape, stated
from coaching.kernel.shapes import shape_of, value

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
H004 = stated(
    "H004",
    "history",
    field="history",
    says="what lies before an erasure was erased, and cannot be verified any more",
    why="GDPR article 17: erasure; a digest of erased words would let anybody confirm a guess at them",
    mend="nothing: the record verifies from the erasure on",
)

Digest = Annotated[str, Len(64, 64)]
GONE = "0" * 64
"""Stands where a digest covered words that were erased: it says nothing about them."""


@value("entry")
class Entry:
    """One act: what, to which state, who, when, on which revision, and the reason where one was asked.

    `source` names the other system when the act is `import`. `was` keeps what a change replaced, as text.
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


_encode = Encoder().encode
_ENTRY = shape_of(Entry)
ASIDE = frozenset({"history", "extra", "keep_until"})
"""Fields that no seal covers."""


def digest_of(content: object) -> str:
    """The SHA-256 of plain values and frozen parts, in hexadecimal; it depends on no process and no machine."""
    return sha256(_encode(content)).hexdigest()


def content_digest(record: Any) -> str:
    """The digest of everything a record says, but for what is aside. What is not said (None, nothing) is left out."""
    cls: Any = type(record)
    names, take = _content(cls)
    values = take(record)
    return digest_of(dict(compress(zip(names, values, strict=True), said(values))))


def said(values: Iterable[Any]) -> Iterator[bool]:
    """Which of some values say something: None and the empty list do not; 0 and no do."""
    given = tuple(values)
    return map(and_, map(is_not, given, repeat(None)), map(ne, given, repeat(())))


@cache
def _content(cls: Any) -> tuple[tuple[str, ...], Any]:
    names = tuple(n for n in shape_of(cls).names if n not in ASIDE)
    return names, attrgetter(*names)


def _sealed(before: str, entry: tuple[Any, ...]) -> str:
    return digest_of((before, *entry))


def entry_after(
    before: str,
    *,
    act: str,
    state: str,
    by: str,
    at: Any,
    revision: int,
    content: str,
    reason: str | None,
    source: str | None,
    was: Mapping[str, Any],
) -> Entry:
    """A sealed entry. The parts were checked by the act."""
    digest = _sealed(before, (act, state, by, at, revision, content, reason, source, was))
    entry = Entry.__new__(Entry)
    _ENTRY.put(entry, (act, state, by, at, revision, content, digest, reason, source, was))
    return entry


# --- erasing ---------------------------------------------------------------------------------------------------------


def erased(
    record: Any, history: tuple[Entry, ...], *, by: str, at: Any, reason: str | None, was: Mapping[str, Any]
) -> Any:
    """A record whose words are gone already, with an entry that says so and seals what is left, history included.

    Digests of earlier entries are emptied: they would let anybody confirm a guess at what was erased. `was` says whose
    words went and how many. The parts were checked by who erases.
    """
    emptied = tuple([_ENTRY.copy(e, {"content": GONE, "digest": GONE}) for e in history])
    entry = entry_after(
        digest_of(emptied), act=ERASE, state=str(record.state), by=by, at=at, revision=record.revision,
        content=content_digest(record), reason=reason, source=None, was=was,
    )  # fmt: skip
    return shape_of(type(record)).copy(record, {"history": (*emptied, entry)})


def erasures(record: Any) -> tuple[int, ...]:
    """Where in a history words were erased: the places of the entries that say so, oldest first."""
    entries = record.history
    return tuple([i for i, e in enumerate(entries) if e.act == ERASE and i and entries[i - 1].digest == GONE])


# --- rules and checking ----------------------------------------------------------------------------------------------


@shape(
    "V008",
    "history",
    field="history",
    says="history is in time order",
    why="practice: half of the audit trails read can be re-ordered",
    mend="put the entries in the order of their times",
)
def _in_order(record: Any) -> Breaches:
    for i, (earlier, later) in enumerate(pairwise(record.history), 1):
        if later.at < earlier.at:
            yield breach("{at} is before {last}", f"history[{i}].at", at=later.at, last=earlier.at)


@shape(
    "V013",
    "history",
    field="history",
    says="history is a walk through the table that ends in the state and revision of the record",
    why="domain: history is the audit trail and the event stream in one",
    mend="begin with an act that begins a record, or with import, and let acts write the history",
)
def _walks(record: Any) -> Breaches:
    steps, state, revision = type(record).lifecycle.steps_taken, START, 0
    if not record.history:
        yield breach("there is none")
        return
    for i, entry in enumerate(record.history):
        revises = steps.get((entry.act, state, entry.state))
        if revises is None:
            what = "{act} does not lead from {source} to {target}"
            source = state or "the start"
            yield breach(what, f"history[{i}]", act=brief(entry.act), source=source, target=brief(entry.state))
            return
        if entry.revision != revision + revises and entry.act != IMPORT:
            what = "revision {revision} where {expected} is due"
            yield breach(what, f"history[{i}].revision", revision=entry.revision, expected=revision + revises)
            return
        state, revision = entry.state, entry.revision
    if state != record.state:
        yield breach("it ends in {end}, the record stands in {state}", "state", end=state, state=record.state)
    if revision != record.revision:
        yield breach("it ends at {end}, the record says {n}", "revision", end=revision, n=record.revision)


def chain_faults(record: Any) -> Iterator[Finding]:
    """Which links of a history do not hold: an entry that is not what was sealed, a record not as its last act left it.

    After an erasure the chain begins there: its entry seals the entries before it as they were left, and H004 says so.
    """
    about, before, first = record.__about__(), "", 0
    for first in erasures(record):
        before = digest_of(record.history[:first])
        yield finding(H004, _what_went(first, record.history[first]), severity=Severity.WARNING, record=about)
    for i, entry in enumerate(record.history[first:], first):
        e = entry
        parts = (e.act, e.state, e.by, e.at, e.revision, e.content, e.reason, e.source, e.was)
        if _sealed(before, parts) != e.digest:
            what = breach("entry {n} ({act}) is not what was sealed", f"history[{i}]", n=i + 1, act=e.act)
            yield finding(H001, what, record=about)
        before = e.digest
    if record.history and content_digest(record) != record.history[-1].content:
        last = record.history[-1]
        what = breach("it is not what entry {n} ({act}) left", n=len(record.history), act=last.act)
        yield finding(H002, what, record=about)


def _what_went(place: int, entry: Entry) -> Breach:
    sound = "it verified until then" if entry.was.get("verified") else "it did not verify before"
    return breach(
        "erased on {day} by {by}: {n} texts of {person} are gone; " + sound,
        f"history[{place}]", day=entry.at.date(), by=entry.by, n=entry.was.get("texts"), person=entry.was.get("person"),
    )  # fmt: skip
