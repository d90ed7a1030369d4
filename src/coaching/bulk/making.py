"""Making: documents that rows came to become records, sealed as taken over, or what is wrong with them is said.

Read top to bottom: checking alone, taking over, comparing, one document. Nothing is decided here: what a record must
be, its own rules say. The fast way accepts, and where it does not, `Record.import_` says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, cast

from coaching.formats.documents import dumps, explained_unsealed, unsealed, write
from coaching.kernel.acting import taken_over
from coaching.kernel.checking import FAULTY, Faults, check_as, each_of
from coaching.kernel.classes import model_of
from coaching.kernel.constraints import V015, Id, Moment, Text
from coaching.kernel.fields import once
from coaching.kernel.history import GONE, Entry
from coaching.kernel.lifecycle import IMPORT
from coaching.kernel.record import Record
from coaching.kernel.rules import Finding, Rejected, brief

LATE = datetime(9999, 12, 30, tzinfo=UTC)
"""Later than anything that a record says: nothing lies ahead of it."""

_id, _moment, _text, _reason = check_as(Id), check_as(Moment), check_as(Text), check_as(Text | None)


_SKETCH = model_of(Entry).defaults | {"act": IMPORT, "by": "?", "revision": 1, "content": GONE, "digest": GONE}


def check(documents: Iterable[bytes], *, at: datetime = LATE) -> list[tuple[Finding, ...]]:
    r"""Say of each document what is wrong with it: nothing where it can be taken over. Nothing is sealed.

    Args:
        documents: Records as `dumps` writes them, but without history.
        at: When they would be taken over: what a record says to have happened after that is wrong.

    Raises:
        Rejected: V015 for what is no list of documents, V003 and V015 for what is no moment.

    >>> good = b'{"type":"organisation","schema":1,"id":"hem","state":"known","name":"Hem AB","kinds":["employer"]}'
    >>> [[found.code for found in wrong] for wrong in check([good, good.replace(b"Hem AB", b"")])]
    [[], ['O001']]
    """
    faults = Faults()
    when: Any = _moment(at, "at", faults)
    given = _each(documents, "documents", faults)
    faults.refuse("documents: cannot be checked")
    as_if, found = _stands_in(when), list[tuple[Finding, ...]]()
    for document in given:
        try:
            if unsealed(document, as_if) is None:
                explained_unsealed(document, by="?", at=when, source="?", reason=None)
        except Rejected as refusal:
            found.append(refusal.findings)
        else:
            found.append(())
    return found


def take_over(
    documents: Iterable[bytes], *, by: str, at: datetime, source: str, reasons: Iterable[str | None]
) -> list[bytes | tuple[Finding, ...]]:
    """Take each document over: the record as `dumps` writes it, with its history; or what is wrong with it.

    It is to the byte what `dumps` gives of `Record.import_`, and what is wrong is what that would refuse.

    Args:
        documents: Records as `dumps` writes them, but without history.
        by: Who takes them over.
        at: When.
        source: The other system, in words.
        reasons: For each document what is worth keeping in its history, such as its line.

    Raises:
        Rejected: V015 for what is no list of documents, or where there are not as many reasons; and what is wrong with
            `by`, `at` and `source`.

    >>> good = b'{"type":"organisation","schema":1,"id":"hem","state":"known","name":"Hem AB","kinds":["employer"]}'
    >>> (line,) = take_over([good], by="hr", at=datetime(2026, 3, 2, tzinfo=UTC), source="ours.csv", reasons=["line 2"])
    >>> line[:76]
    b'{"type":"organisation","schema":1,"id":"hem","history":[{"act":"import","sta'
    """
    faults = Faults()
    who: Any = _id(by, "by", faults)
    when: Any = _moment(at, "at", faults)
    what: Any = _text(source, "source", faults)
    given, why = _each(documents, "documents", faults), _each(reasons, "reasons", faults)
    if len(given) != len(why):
        faults.add(V015, "reasons", "{n} for {most} documents", n=len(why), most=len(given))
    faults.refuse("documents: cannot be taken over")
    as_if, taken = _stands_in(when), list[bytes | tuple[Finding, ...]]()
    for document, reason in zip(given, why, strict=True):
        try:
            taken.append(_taken(document, as_if, who, when, what, reason))
        except Rejected as refusal:
            taken.append(refusal.findings)
    return taken


def as_told(document: bytes, at: datetime) -> Record:
    """Give the record that a document says, for comparing: it is not sealed, and what stands for its history is none.

    Raises:
        Rejected: What `take_over` would say.
    """
    read = unsealed(document, _stands_in(at))
    return explained_unsealed(document, by="?", at=at, source="?", reason=None) if read is None else read[0]


# --- one document ----------------------------------------------------------------------------------------------------


def _taken(
    document: bytes,
    as_if: Callable[[str], tuple[Entry, ...]],
    by: str,
    at: datetime,
    source: str,
    reason: str | None,
) -> bytes:
    read = unsealed(document, as_if) if _reason(reason, "", Faults()) is not FAULTY else None
    if read is None:
        return dumps(explained_unsealed(document, by=by, at=at, source=source, reason=reason))
    record, mirrored = read
    return write(taken_over(record, by=by, at=at, source=source, reason=reason), mirrored)


def _stands_in(at: datetime) -> Callable[[str], tuple[Entry, ...]]:
    """Give what stands for the history of a record while it is checked: that it was taken over, and when."""

    @once
    def history(state: str) -> tuple[Entry, ...]:
        return (cast("Entry", model_of(Entry).raw(**{**_SKETCH, "state": state, "at": at})),)

    return history


def _each(given: object, name: str, faults: Faults) -> list[Any]:
    """Give what is given, one by one; nothing, and a fault, where that cannot be."""
    each = None if isinstance(given, (str, bytes)) else each_of(given)
    if each is None:
        faults.add(V015, name, "{value} is no list", value=brief(given))
    return [] if each is None else list(each)
