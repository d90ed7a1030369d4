"""The catalogue: everything the library says to people, derived from rules, tables, classes and the source.

Each entry has a context, since one English word may need several words elsewhere: `open` as the state of a talk and as
that of a need. Contexts are those of gettext (`msgctxt`), and a text with its context stands once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import cast

from attrs import frozen

from coaching.book.cadence import Coverage
from coaching.catalogue import catalogue
from coaching.formats.asked import asked_of
from coaching.formats.forms.help import help_of, said_of, told_of
from coaching.kernel.acting import OURS
from coaching.kernel.classes import model_of
from coaching.kernel.fields import Field
from coaching.kernel.lifecycle import IMPORT, REIMPORT
from coaching.kernel.record import Record
from coaching.kernel.rules import Choice
from coaching.records import RECORDS
from coaching.records.people import Standing
from coaching.texts.gathering import gathered, params_of
from coaching.texts.params import TYPES, ParamType, type_of

SAYS, MEND, WHY = "says", "mend", "why"
MESSAGE, HELP, ACT, FIELD, KIND, ROLE, TYPE = "message", "help", "act", "field", "kind", "role", "type"
PAGE = "page"

NEEDED, NOT_YET = "needed", "That cannot be done yet"
YES, NO = "yes", "no"
"""What a page says around the fields of a form, and of a record."""

OF_IMPORT = "B"
"""How the codes of rules of an import begin: they speak of files, to whoever imports, and only English."""


@frozen
class Entry:
    """One text of the library.

    Attributes:
        context: What sort of text it is: `message`, `says`, `mend`, `why`, `help`, `act`, `field`, `kind`, `role`,
            `type`, `page`, or for a word of a closed list its class, such as `GoalState`.
        text: The English text; of a message the template.
        params: What stands in a template, by name, each with its type.
        about: The rules, acts, fields or modules it is said of.
    """

    context: str
    text: str
    params: Mapping[str, ParamType]
    about: tuple[str, ...]


def words(name: str) -> str:
    """Give a name as plain words.

    >>> words("follow_up_on"), words("from_")
    ('follow up on', 'from')
    """
    return name.replace("_", " ").strip()


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """Give every text of the library, sorted by context; those of one context in the order of the library.

    >>> [entry.text for entry in entries() if entry.context == "GoalState"][:3]
    ['draft', 'proposed', 'agreed']
    """
    found = dict[tuple[str, str], list[str]]()
    for context, text, about in (*_of_rules(), *_of_source(), *_of_classes(), *_of_acts(), *_of_types()):
        if text:
            found.setdefault((context, text), []).append(about)
    made = [
        Entry(
            context, text,
            {name: type_of(name) for name in params_of(text)} if context == MESSAGE else {},
            tuple(dict.fromkeys(about)),
        )
        for (context, text), about in found.items()
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda it: it.context))


Texts = Iterator[tuple[str, str, str]]


def _of_rules() -> Texts:
    for rule in (it for it in catalogue().values() if it.code[0] != OF_IMPORT):
        for context, text in ((SAYS, rule.says), (MEND, rule.mend), (WHY, rule.why)):
            yield context, text, rule.code


def _of_source() -> Texts:
    for said in gathered()[0]:
        for about in said.rules or said.where:
            yield MESSAGE, said.template, about


def _of_classes() -> Texts:
    for cls in parts():
        yield KIND, words(model_of(cls).name), cls.__name__
        for field in model_of(cls).fields.values():
            yield from _of_field(field, f"{cls.__name__}.{field.name}")
        for name, told in told_of(cls).items():
            yield HELP, told, f"{cls.__name__}.{name}"
    for closed in (Standing, Coverage):
        yield from _of_choice(closed)


def _of_field(field: Field, about: str) -> Texts:
    yield FIELD, words(field.key), about
    if field.is_choice:
        yield from _of_choice(cast("type[Choice]", field.kind))


def _of_choice(closed: type[Choice]) -> Texts:
    for word in closed:
        yield closed.__name__, words(word), closed.__name__


def _of_acts() -> Texts:
    for cls in RECORDS:
        for act in (*cls.lifecycle.acts, IMPORT, *([] if cls.lifecycle.again is None else [REIMPORT])):
            about = f"{cls.__name__}.{act}"
            yield ACT, words(act), about
            yield HELP, help_of(cls, act) if act in cls.lifecycle.acts else "", about
            for name, field in asked_of(cls, act).items() if act in cls.lifecycle.acts else ():
                yield from _of_field(field, about)
                yield HELP, said_of(cls, act).get(name, ""), about
        for role in cls.lifecycle.roles:
            yield ROLE, words(role.name), cls.__name__


def _of_types() -> Texts:
    for name in TYPES:
        yield TYPE, name, "a value"
    for name in sorted(OURS):
        yield FIELD, words(name), "an argument of every act"
    for said in (NEEDED, NOT_YET, YES, NO):
        yield PAGE, said, "a page"


@lru_cache(maxsize=1)
def parts() -> tuple[type, ...]:
    """Give the classes of records and of all their parts, once each."""
    found, ahead = dict[type, None](), list[type](reversed(RECORDS))
    while ahead:
        cls = ahead.pop()
        if cls not in found:
            found[cls] = None
            ahead += [it.kind for it in model_of(cls).fields.values() if it.holds_parts and not _is_record(it.kind)]
    return tuple(found)


def _is_record(cls: type) -> bool:
    return issubclass(cls, Record)
