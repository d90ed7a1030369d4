"""Free texts: where they stand in a record, and whose they are. Found from the annotations, never listed by hand.

Read top to bottom: what a text is, the walk, the list of texts, what a new field must decide. One walk serves listing
and erasing, so nothing can be erased less than it is listed. Words are found and never interpreted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from attrs import frozen
from frozendict import frozendict

from coaching.book.given import each_must_be, must_be, no, refusal
from coaching.book.privacy.table import D003, TABLE, privacy_of
from coaching.kernel.classes import model_of
from coaching.kernel.constraints import V002
from coaching.kernel.fields import Field, key_of, once
from coaching.kernel.history import Entry, as_now
from coaching.kernel.lifecycle import BESIDE, TAKING_OVER
from coaching.kernel.record import Record
from coaching.kernel.rules import Choice, Finding, Rule, breach, finding, in_order, stated

D004 = stated(
    "D004",
    "privacy",
    field="",
    says="every free text is listed with its path and author",
    why="GDPR, special categories: they slip into free text, which only a person can judge",
    mend="annotate the field as Text or Word, so that texts(record) finds it",
)


class Wordy(Choice):
    """What a field holds: words, a mapping of the house's own, or a part with words in it."""

    WORDS = "words"
    EXTRA = "extra"
    PART = "part"


CODES = frozenset({"act", "state", "role", "sets"})
"""Plain texts that are words of the library: names of acts, states, roles and fields."""


@once
def plan_of(cls: type) -> tuple[tuple[str, Wordy, bool], ...]:
    """Find the fields of a class that hold words: name, what it holds, and whether it comes many at a time."""
    found = ((field.name, _holds(field), field.many) for field in model_of(cls).fields.values())
    return tuple([(name, wordy, many) for name, wordy, many in found if wordy is not None])


def _holds(field: Field) -> Wordy | None:
    if V002 in field.rules:
        return Wordy.WORDS
    if field.kind is frozendict:
        return Wordy.EXTRA
    return Wordy.PART if field.holds_parts and plan_of(field.kind) else None


# --- the walk --------------------------------------------------------------------------------------------------------


@frozen
class Words:
    """One free text: where it stands, what it says, whose it is, and when it was said as far as that is known.

    Attributes:
        path: Where it stands in the record.
        text: What it says.
        writers: Who may have written it: mostly one, both where two wrote together, none where nobody knows.
        said: The day or moment of its part; that of the beginning of the record where the part has none.
    """

    path: str
    text: Any
    writers: tuple[str, ...]
    said: date | datetime | None

    @property
    def author(self) -> str | None:
        """Who wrote it; None where two did, or nobody knows."""
        return self.writers[0] if len(self.writers) == 1 else None


DROP: Any = object()
"""What a visit gives for a value of a mapping that shall go with its name."""

Visit = Callable[[Words], Any]
Writers = tuple[str, ...]


def rewritten(record: Any, visit: Visit) -> Any:
    """Give the record with each free text as the visit gives it back; the very same record where nothing changed.

    Values of `extra` that are no text are visited as well, since all of it counts as free text.
    """
    hands, before = _hands(record)
    said = record.history[0].at if record.history else None
    changes: dict[str, Any] = {}
    for name, sort, many in plan_of(type(record)):
        value = getattr(record, name)
        if name == "history":
            who = as_now(value)
            new: Any = tuple([_entry(e, i, who[i].by, before[i], visit) for i, e in enumerate(value)])
        else:
            new = _values(value, sort, name, hands.of(name), said, visit, many=many, anew=hands.anew(name))
        if new != value:
            changes[name] = new
    return model_of(type(record)).copy(record, changes) if changes else record


def _values(
    value: Any,
    sort: Wordy,
    path: str,
    writers: Writers,
    said: Any,
    visit: Visit,
    *,
    many: bool,
    anew: Mapping[int, Writers] = frozendict(),
) -> Any:
    if many:
        return tuple([_value(v, sort, f"{path}[{i}]", writers, said, visit, anew.get(i)) for i, v in enumerate(value)])
    return None if value is None else _value(value, sort, path, writers, said, visit)


def _value(
    value: Any, sort: Wordy, path: str, writers: Writers, said: Any, visit: Visit, anew: Writers | None = None
) -> Any:
    """Give a value with its texts as the visit gives them; `anew` is who wrote it after the one it names."""
    if sort is Wordy.WORDS:
        return visit(Words(path, value, anew or writers, said))
    if sort is Wordy.EXTRA:
        return _mapping(value, path, lambda _: writers, said, visit)
    own = next((who for name in ("speaker", "author", "by") if (who := getattr(value, name, None)) is not None), None)
    day = next((at for name in ("at", "said_on", "made_on") if (at := getattr(value, name, None)) is not None), said)
    writers = anew or (writers if own is None else (own,))
    model = model_of(type(value))
    changes = {
        name: new
        for name, inner, many in plan_of(type(value))
        for old in (getattr(value, name),)
        if (new := _values(old, inner, f"{path}.{key_of(name)}", writers, day, visit, many=many)) != old
    }
    return model.copy(value, changes) if changes else value


def _mapping(value: Mapping[str, Any], path: str, writers: Callable[[str], Writers], said: Any, visit: Visit) -> Any:
    seen = {name: visit(Words(f"{path}.{name}", item, writers(name), said)) for name, item in value.items()}
    return frozendict({name: item for name, item in seen.items() if item is not DROP})


def _entry(entry: Entry, place: int, by: str, before: Mapping[str, Writers], visit: Visit) -> Entry:
    """Give an entry: the reason is of whoever acted, what a change replaced is of whoever had written that."""
    path, changes = f"history[{place}]", {}
    for name in ("reason", "source"):
        old = getattr(entry, name)
        new = None if old is None else visit(Words(f"{path}.{name}", old, (by,), entry.at))
        if new != old:
            changes[name] = new
    kept = {name: item for name, item in entry.was.items() if name in before}
    if kept:
        new = _mapping(kept, f"{path}.was", lambda name: before[name], entry.at, visit)
        if new != kept:
            changes["was"] = frozendict({**entry.was, **new})
    return model_of(Entry).copy(entry, changes) if changes else entry


class _Hands:
    """Who wrote what a record says: whoever set a field last. Each entry of the history names the fields it set.

    What no entry says, the table of circles does: of a record that was taken over, and of `extra`.
    """

    def __init__(self, record: Any) -> None:
        self._record, self._known = record, privacy_of(record)
        self._many = {key_of(name): many for name, _, many in plan_of(type(record))}
        self._set: dict[str, Writers] = {}
        self._anew: dict[str, dict[int, Writers]] = {}

    def of(self, name: str) -> Writers:
        """Say who wrote a field; both, where two wrote it together."""
        if self._set.get(name):
            return self._set[name]
        roles = self._known.writers.get(name, self._known.writers.get("", ()))
        people = [getattr(self._record, role) for role in roles]
        return tuple(dict.fromkeys(p for p in people if p is not None))

    def anew(self, name: str) -> Mapping[int, Writers]:
        """Give the items of a list that somebody wrote anew, whoever had said them first."""
        return self._anew.get(name, {})

    def goes_through(self, entry: Entry) -> None:
        """Note what an entry set."""
        if not self._known.by_acts or entry.act in BESIDE | TAKING_OVER:
            return
        by = (entry.by,)
        places: dict[str, list[str]] = {}
        for key in entry.sets:
            field, _, place = key.partition("[")
            places.setdefault(field, []).extend([place[:-1]] if place else [])
        for field, found in places.items():
            if found:
                length, *some = found
                n, wrote = int(length[1:]), [int(place) for place in some]
                left = {i: who for i, who in self.anew(field).items() if i < n}
                self._anew[field] = left | dict.fromkeys(wrote or range(n), by)
                self._set[field] = self._set.get(field, ()) if some else ()
            elif self._many.get(field) or field in self._known.together:
                self._set[field] = tuple(dict.fromkeys((*self._set.get(field, ()), *by)))
            else:
                self._set[field] = by


def _hands(record: Any) -> tuple[_Hands, list[dict[str, Writers]]]:
    """Say who wrote each field as it stands now; and for each entry, who had written the words that it replaced."""
    hands, before = _Hands(record), list[dict[str, Writers]]()
    wordy, fields = {n for n, _, _ in plan_of(type(record))}, set(model_of(type(record)).names)
    for entry in as_now(record.history):
        was = () if entry.act in BESIDE else entry.was
        own = {name: hands.of(name) for name in was if name in wordy}
        inner = [name for name in was if name not in fields and _says_words(type(record), name)]
        before.append(own | {name: _hand(name, entry, hands.of) for name in inner})
        hands.goes_through(entry)
    return hands, before


def _hand(name: str, entry: Entry, now: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    """Say who wrote the words of a part that an act replaced: of a promise nobody but the one whose it is."""
    return (entry.by,) if name.startswith("commitments[") else now(name.partition(".")[0])


def _says_words(cls: type, key: str) -> bool:
    """Tell whether a field of a part, named as in a history (`commitments[0].result`), holds words; if unknown, yes."""
    name, _, rest = re.sub(r"\[\d+\]", "", key).partition(".")
    field = model_of(cls).fields.get(name)
    if field is None:
        return True
    if rest and field.holds_parts:
        return rest.partition(".")[0] in model_of(field.kind).fields and _says_words(field.kind, rest)
    return _holds(field) is Wordy.WORDS


# --- the list --------------------------------------------------------------------------------------------------------


def texts(record: Record) -> tuple[Words, ...]:
    """List every free text of a record with its path, its author and its day (D004), for a person to read and to judge.

    A part that names who said, wrote or promised it is by that person, unless another wrote it anew; a reason in the
    history is by whoever acted; everything else is by whoever set it last, or in a record that was taken over by the
    owner, the giver or the receiver. Where two wrote together, the author is None.

    Raises:
        Rejected: V015 for what is no record.

    >>> from datetime import datetime, timezone
    >>> from coaching.records.goals import Goal
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> goal = Goal.begin("g-1", "Lead a pilot line", coach="p-3", by="p-17", at=noon)
    >>> goal = goal.suggest_option("o-1", "Shadow Eva", by="p-3", at=noon)
    >>> [(words.path, words.text, words.author) for words in texts(goal)]
    [('title', 'Lead a pilot line', 'p-17'), ('options[0].text', 'Shadow Eva', 'p-3')]
    """
    must_be("cannot list texts", record=(record, Record, "record"))
    found: list[Words] = []

    def note(words: Words) -> Any:
        if isinstance(words.text, str):
            found.append(words)
        return words.text

    rewritten(record, note)
    return tuple(sorted(found, key=lambda w: w.path.startswith("history")))


def undecided(kinds: Iterable[Any]) -> tuple[Finding, ...]:
    """Find what nobody decided yet about kinds of records: D003 for a field in no circle, D004 for a text in no list.

    A new field is hidden until its circle stands in the table; the test of the library asks that this finds nothing.

    Raises:
        Rejected: V015 for what is no list of kinds of record.

    >>> from coaching.records import RECORDS
    >>> undecided(RECORDS[:1])
    ()
    """
    found: list[Finding] = []
    every = each_must_be("cannot answer", "kinds", kinds, type, "kind of record")
    strangers = [kind for kind in every if not issubclass(kind, Record)]
    if strangers:
        raise refusal("cannot answer", [no(kind, "kind of record", "kinds") for kind in strangers])
    for kind in every:
        about = (kind.type, "?")
        decided = TABLE[kind.type].sees if kind.type in TABLE else {}
        missing = [name for name in model_of(kind).names if name not in decided]
        found += [finding(D003, breach("nobody decided who may see it", name), record=about) for name in missing]
        found += [finding(D004, breach("a plain text, in no list", path), record=about) for path in _plain(kind, "")]
    return in_order(found)


def _plain(cls: type, prefix: str) -> Iterable[str]:
    """Say where a class, or a part of it, has a text that says neither that it is words nor what else it is."""
    for field in model_of(cls).fields.values():
        if field.kind is str and not field.constraints and field.name not in CODES:
            yield prefix + field.name
        elif field.holds_parts:
            yield from _plain(field.kind, f"{prefix}{field.name}.")


RULES: tuple[Rule, ...] = (
    D004,
)  # fmt: skip
