"""Privacy: what a viewer may see of a record, what a person is given of their own, how long it is kept, and counts.

Read top to bottom: rules, the view, the copy for the person, keeping, counting. Who may see what stands in `circles`,
which words are whose in `words`; erasing is next door in `erasure`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import msgspec
from attrs import frozen
from frozendict import frozendict

from coaching.book.circles import Privacy, Sight, privacy_of
from coaching.book.words import D003, Words, texts
from coaching.kernel.constraints import V016
from coaching.kernel.policy import POLICY, Policy, asked
from coaching.kernel.record import Record
from coaching.kernel.rules import (
    Breaches,
    Finding,
    Rejected,
    Severity,
    advice,
    breach,
    brief,
    catalogue,
    finding,
    in_order,
    stated,
)
from coaching.kernel.shapes import key_of, shape_of
from coaching.records.people import ERASED, Person

if TYPE_CHECKING:
    from coaching.book.book import Book

D006 = stated(
    "D006",
    "privacy",
    field="person",
    says="a person is given a copy of all about them with author and date, while it can be told who they are",
    why="GDPR article 15: access, with the source; that an erased person cannot be given one is our own choice",
    mend="give the copy with access_copy(book, person) before the person is erased",
)
D007 = stated(
    "D007",
    "privacy",
    field="",
    says="a count about people is shown only for a group of at least 3",
    why="honestly.com and star360feedback.com: thresholds of 3; NIH: only the fact of a plan goes upward",
    mend="ask about a larger group, or leave the count out",
)

# --- the view --------------------------------------------------------------------------------------------------------

SEALS = ("content", "digest")
"""Digests in a history: whoever does not see a text could confirm a guess at it with them, so nobody is shown them."""
SPOKEN = ("reason", "source", "was")
"""What an entry says in words."""


@frozen
class View:
    """What one viewer may see of a record: never a record, and never half of one.

    Attributes:
        record: Type and id.
        viewer: Who looks.
        shown: What `unstructure` gives, without what the viewer may not see; frozen.
        redacted: What is kept back, by the names documents use: a field, `[*]` where only some of a list are kept back.
            It stands here whether or not there is anything, so that it tells nothing either.
    """

    record: tuple[str, str]
    viewer: str
    shown: Mapping[str, Any]
    redacted: tuple[str, ...]
    _names: frozenset[str] = attrs.field(repr=False)

    def __getitem__(self, field: str) -> Any:
        """A field, by the name it has in documents; None where it may be seen and says nothing.

        Raises:
            Rejected: D003 for one that the viewer may not see, V016 for one that such a record does not have.
        """
        if field in self.shown:
            return _thawed(self.shown[field])
        if field in self.redacted:
            rule, what = D003, breach("{viewer} may not see it", field, viewer=self.viewer)
        elif field in self._names:
            return None
        else:
            what = breach("{kind} has no {name}", str(field), kind=self.record[0], name=brief(field))
            rule = V016
        raise Rejected(f"{' '.join(self.record)}: cannot show", [finding(rule, what, record=self.record)])

    def as_dict(self) -> dict[str, Any]:
        """What is shown, as the plain dict that `unstructure` would give."""
        return {name: _thawed(item) for name, item in self.shown.items()}


def view(record: Record, viewer: str, book: Book, *, on: date = date.max) -> View:
    """What a viewer may see of a record; everything else is kept back (D003). Closed where nobody decided.

    Preparations: their writer. Turns, goals, paths: the two whom they are of. Needs: as far as they are released.
    Feedback: giver, receiver once given, and those it was shared with. State and dates: also the line manager and the
    one above.

    Args:
        record: Any record; it need not be in the book.
        viewer: The id of whoever looks.
        book: Says who manages and coaches whom.
        on: The day whose reporting lines count; those that are open when left out.

    >>> from datetime import datetime, timezone
    >>> from coaching.book.book import Book
    >>> from coaching.records.goals import Goal
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> goal = Goal.begin("g-1", "Lead a pilot line", coach="p-3", by="p-17", at=noon)
    >>> view(goal, "p-3", Book())["title"]
    'Lead a pilot line'
    >>> view(goal, "p-99", Book()).as_dict()
    {'type': 'goal', 'schema': 1, 'id': 'g-1'}
    """
    asked(on)
    sight, known, shape = Sight(record, viewer, book, on), privacy_of(record), shape_of(type(record))
    shown: dict[str, Any] = {"type": record.type, "schema": record.schema}
    redacted: list[str] = []
    for name in shape.names:
        circle, key, value = known.sees.get(name), key_of(name), getattr(record, name)
        if circle is None or not (circle.each or circle.sees(sight, None)):
            redacted.append(key)
            continue
        if circle.each:
            value = tuple([item for item in value if circle.sees(sight, item)])
            redacted += [] if circle.whole(sight) else [f"{key}[*]"]
        if name == "history":
            value = tuple(_steps(sight, known))
            redacted += [f"{key}[*].{part}" for part in _kept_back(sight, known)]
        if name not in shape.defaults or value != shape.defaults[name]:
            shown[key] = plain(value)
    names = frozenset(["type", "schema", *map(key_of, shape.names)])
    return View((record.type, record.id), viewer, _frozen(shown), tuple(redacted), names)


def _kept_back(sight: Sight, known: Privacy) -> tuple[str, ...]:
    """What of an entry the viewer is not shown."""
    return SEALS if known.words.sees(sight, None) else (*SEALS, *SPOKEN)


def _steps(sight: Sight, known: Privacy) -> Iterator[frozendict[str, Any]]:
    """The history as a viewer may see it: without digests, perhaps without words, without acts on what is hidden."""
    kept_back = _kept_back(sight, known)
    for entry in sight.record.history:
        field = known.quiet.get(entry.act)
        if field is None or known.sees[field].whole(sight):
            yield frozendict({name: item for name, item in plain(entry).items() if name not in kept_back})


def plain(value: Any) -> Any:
    """A value as documents have it: texts, numbers, lists and dicts; what stands at its default is left out."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    if not attrs.has(type(value)):
        return msgspec.to_builtins(value, builtin_types=(Decimal,))
    shape = shape_of(type(value))
    every = zip(shape.names, shape.every(value), strict=True)
    return {key_of(n): plain(v) for n, v in every if n not in shape.defaults or v != shape.defaults[n]}


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return frozendict({name: _frozen(item) for name, item in value.items()})
    return tuple([_frozen(item) for item in value]) if isinstance(value, list) else value


def _thawed(value: Any) -> Any:
    if isinstance(value, frozendict):
        return {name: _thawed(item) for name, item in value.items()}
    return [_thawed(item) for item in value] if isinstance(value, tuple) else value


# --- the copy for the person -----------------------------------------------------------------------------------------


def access_copy(book: Book, person: str, *, on: date = date.max) -> dict[str, Any]:
    """All about a person, as a plain dict for them to keep: their records, and every text with its author and date.

    `records` are those that are of the person or in which they take part, as the person may see them, each with what is
    kept back of it; `words` are the texts in them, and the person's own wherever else they stand. What others keep for
    themselves is left out: their preparations, feedback that is not given yet, what they say of others.

    Raises:
        Rejected: X002 for somebody who is not in the book, D006 for somebody who was erased.

    >>> from datetime import datetime, timezone
    >>> from coaching.book.book import Book
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> anna = Person.register("p-17", "Anna Ek", date(2024, 8, 1), by="hr", at=noon)
    >>> access_copy(Book([anna]), "p-17")["words"]
    [{'record': ['person', 'p-17'], 'path': 'name', 'text': 'Anna Ek', 'author': 'p-17', 'at': '2026-03-02T12:00:00Z'}]
    """
    asked(on)
    known = known_person(book, person, "cannot copy")
    if known.state is ERASED:
        what = breach("{person} was erased", person=person)
        raise Rejected("book: cannot copy", [finding(D006, what, record=(known.type, known.id))])
    records, words = [], []
    for record in book:
        seen = view(record, person, book, on=on)
        own = takes_part(record, person) and "state" in seen.shown
        if own:
            records.append({**seen.as_dict(), "redacted": list(seen.redacted)})
        heard = [w for w in texts(record) if person in w.writers or (own and _may_read(record, w, seen))]
        words += [_said(record, w) for w in heard]
    return {"person": person, "records": records, "words": words}


def takes_part(record: Record, person: str) -> bool:
    """Whether a record is of a person, or names them as one who takes part in it."""
    roles = {role for roles in privacy_of(record).writers.values() for role in roles}
    roles |= set(getattr(record, "signatories", ()))
    return any(getattr(record, role) == person for role in roles)


def known_person(book: Book, person: str, what: str) -> Person:
    """The person of a book with an id.

    Raises:
        Rejected: X002 for one who is not there.
    """
    known = book.get(Person, person) if isinstance(person, str) else None
    if known is None:
        wrong = breach("there is no person {id}", "person", id=brief(person))
        raise Rejected(f"book: {what}", [finding(catalogue()["X002"], wrong)])
    return known


_PLACE = re.compile(r"(\w+)(?:\[(\d+)\])?(?:\.(\w+))?")


def _may_read(record: Record, words: Words, seen: View) -> bool:
    """Whether a view of a record shows one of its texts."""
    field, place, part = _PLACE.match(words.path).groups()  # type: ignore[union-attr]  # a path begins with a name
    if field not in seen.shown:
        return False
    if field == "history":
        quiet = privacy_of(record).quiet.get(record.history[int(place)].act)
        return f"history[*].{part}" not in seen.redacted and f"{quiet}[*]" not in seen.redacted
    if f"{field}[*]" in seen.redacted:
        return plain(getattr(record, field)[int(place)]) in seen[field]
    return True


def _said(record: Record, words: Words) -> dict[str, Any]:
    return {
        "record": [record.type, record.id],
        "path": words.path,
        "text": words.text,
        "author": words.author,
        "at": plain(words.said),
    }


# --- keeping ---------------------------------------------------------------------------------------------------------


@advice(
    "D001",
    "privacy",
    field="keep_until",
    says="every record says how long it is kept",
    why="GDPR, data protection pages read: keep only as long as the purpose needs, and say how long",
    mend="set the day with keep()",
)
def _says_how_long(record: Record, on: date, policy: Policy) -> Breaches:
    if record.keep_until is None:
        yield breach("no day")


@advice(
    "D002",
    "privacy",
    field="keep_until",
    says="no record is kept past its day",
    why="GDPR, data protection pages read: keep only as long as the purpose needs",
    mend="take the record out of the book, erase the person, or set a later day with keep()",
)
def _not_too_long(record: Record, on: date, policy: Policy) -> Breaches:
    if record.keep_until is not None and record.keep_until < on:
        days = (on - record.keep_until).days
        yield breach("to be kept until {until}, {days} days ago", until=record.keep_until, days=days)


def keeping(record: Record, on: date, *, policy: Policy = POLICY) -> tuple[Finding, ...]:
    """Whether a record says how long it is kept, and is not kept longer (D001, D002).

    >>> from datetime import datetime, timezone
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> anna = Person.register("p-17", "Anna Ek", date(2024, 8, 1), by="hr", at=noon).keep(date(2027, 3, 1))
    >>> keeping(anna, date(2027, 3, 2))[0].message
    'to be kept until 2027-03-01, 1 days ago'
    """
    asked(on, policy)
    about, found = record.__about__(), []
    for code, check in (("D001", _says_how_long), ("D002", _not_too_long)):
        severity = policy.severity_of(code)
        if severity is not Severity.OFF:
            rule = catalogue()[code]
            found += [finding(rule, b, severity=severity, record=about) for b in check(record, on, policy)]
    return in_order(found)


# --- counting --------------------------------------------------------------------------------------------------------


@frozen
class Counts:
    """How many people in each group, as far as it may be said: `shown` by group, and the groups that are `withheld`."""

    shown: Mapping[str, int]
    withheld: tuple[str, ...]

    def __getitem__(self, group: str) -> int:
        """The count of a group; 0 for one that has nobody.

        Raises:
            Rejected: D007 for a group whose count is withheld.
        """
        if group in self.withheld:
            what = breach("the count of {group} is withheld", group=group)
            raise Rejected("counts: cannot show", [finding(D007, what)])
        return self.shown.get(group, 0)


def count_by(
    people: Iterable[Person],
    key: Callable[[Person], str | None],
    *,
    where: Callable[[Person], bool] = lambda _: True,
    policy: Policy = POLICY,
) -> Counts:
    """Count people by group, and withhold what would tell about a person (D007).

    Groups of fewer than `policy.smallest_group` people are withheld. Where those withheld are together still fewer, the
    smallest of the others is withheld as well: else the total would tell what they are.

    Args:
        people: Each person once; one who comes twice counts once.
        key: The group of a person; None for one who is in none.
        where: Which of the people in a group are counted; its size is that of the whole group all the same.
        policy: `smallest_group`.

    >>> from datetime import datetime, timezone
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    >>> people = [Person.register(f"p-{n}", f"N {n}", date(2024, 8, 1), by="hr", at=noon) for n in range(9)]
    >>> count_by(people, lambda person: "day" if person.id < "p-5" else "night").shown
    frozendict.frozendict({'day': 5, 'night': 4})
    """
    sizes: dict[str, int] = {}
    counts: dict[str, int] = {}
    for person in {person.id: person for person in people}.values():
        group = key(person)
        if group is not None:
            sizes[group] = sizes.get(group, 0) + 1
            counts[group] = counts.get(group, 0) + where(person)
    by_size = sorted(sizes, key=lambda group: (sizes[group], group))
    hidden = [group for group in by_size if sizes[group] < policy.smallest_group]
    if hidden and sum(sizes[group] for group in hidden) < policy.smallest_group:
        hidden = by_size[: len(hidden) + 1]
    return Counts(frozendict({g: counts[g] for g in sorted(sizes) if g not in hidden}), tuple(sorted(hidden)))
