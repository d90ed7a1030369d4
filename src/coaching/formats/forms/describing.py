"""Describing: an act as the fields of a form, as data. A page shows them; nothing here knows how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any, overload

from annotated_types import Interval, Len
from attrs import NOTHING, evolve, frozen
from frozendict import frozendict

from coaching.book.naming import names
from coaching.formats.asked import asked_of, parts_with_ids, set_by
from coaching.formats.forms.choices import Option, known_to, words_of
from coaching.formats.forms.help import help_of, said_of, told_of
from coaching.formats.forms.naming import MOST_ROWS, label_of
from coaching.formats.forms.reading import kind_of, zone_of
from coaching.formats.json_schema import form_schema_of
from coaching.kernel.checking import Faults, check_as
from coaching.kernel.classes import model_of
from coaching.kernel.constraints import LONGEST_ID, TIMES, Id
from coaching.kernel.fields import Constraint, Field
from coaching.kernel.lifecycle import IMPORT, REIMPORT, V010
from coaching.kernel.policy import asked
from coaching.kernel.record import ActT, BeginT, Record
from coaching.kernel.rules import Choice, Rejected, brief
from coaching.kernel.values import Ref

_id = check_as(Id)
RECORD = "record"
"""Said of a field that may name a record of any kind."""


class FieldKind(Choice):
    """What a page asks with: a line, a text of several lines, a number, a day and so on.

    `person` is the id of one. A `ref` is a group that names a record or a part. `hidden` is the id of a part that is
    there: nobody fills it in, and a page sends it again, so that the part stays the same.
    """

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    CHOICE = "choice"
    YES_NO = "yes_no"
    PERSON = "person"
    REF = "ref"
    GROUP = "group"
    LIST = "list"
    HIDDEN = "hidden"


@frozen
class FormField:
    """One field of a form.

    Attributes:
        name: The flat name under which a page sends it: `slot.start`, `outcomes[0].kind`.
        label: Its name in plain words.
        kind: What a page asks with.
        required: Whether the form cannot be sent without it. Within a group that may be left out nothing is.
        help: One short sentence, or nothing.
        choices: The words to choose from; empty where anything may be given.
        shortest: The fewest characters of a text.
        longest: The most characters of a text.
        lowest: The least that a number may be; an amount is above it.
        highest: The most that a number may be.
        whole: Whether a number is a whole one.
        most: How many rows a list may have.
        value: What the record holds now, or what counts where nothing is given; None where that is nothing.
        text: The same as an input of a page shows it; empty where it is nothing. A moment has its offset where no zone
            is given, or where the zone has that hour twice: then no `datetime-local` can hold it.
        names: The kind of record whose id it is, such as `"goal"`; `"record"` for one of any kind, or a part of one;
            empty where it names none.
        fields: The fields of a group; the rows of a list: one for each that is there, and an empty one. A group of
            names and values, such as `external_ids`, has those that are there, and takes any other.
    """

    name: str
    label: str
    kind: FieldKind
    required: bool = False
    help: str = ""
    choices: tuple[Option, ...] = ()
    shortest: int | None = None
    longest: int | None = None
    lowest: int | Decimal | None = None
    highest: int | Decimal | None = None
    whole: bool = False
    most: int | None = None
    value: object = None
    text: str = ""
    names: str = ""
    fields: tuple[FormField, ...] = ()

    def row(self, number: int) -> FormField:
        """Give an empty row of a list under another number, for a page that adds rows.

        >>> from coaching.records.interviews import Interview
        >>> turns = act_form(Interview, "import").field("turns")
        >>> turns.row(3).name
        'turns[3]'
        """
        empty = self.fields[-1]
        return evolve(_renamed(empty, empty.name, f"{self.name}[{number}]"), label=f"{self.label} {number + 1}")


def _renamed(field: FormField, old: str, new: str) -> FormField:
    inner = tuple([_renamed(it, old, new) for it in field.fields])
    return evolve(field, name=new + field.name[len(old) :], fields=inner)


@frozen
class ActForm:
    """An act as a form.

    Attributes:
        kind: The kind of record, by the word that documents use.
        act: The act by its name.
        label: Its name in plain words.
        help: What it does, in a sentence.
        fields: What it asks for, in its order.
        schema: The JSON Schema of what is sent as JSON, whole: it can stand within another document, such as OpenAPI.
    """

    kind: str
    act: str
    label: str
    help: str
    fields: tuple[FormField, ...]
    schema: Mapping[str, Any]

    def field(self, name: str) -> FormField:
        """Give a field by its flat name.

        Raises:
            KeyError: Where there is none: a slip in the program.
        """
        return {field.name: field for field in self.every()}[name]

    def every(self) -> Iterator[FormField]:
        """Give all fields, those within groups and lists too."""
        ahead = list(reversed(self.fields))
        while ahead:
            field = ahead.pop()
            yield field
            ahead += reversed(field.fields)

    def names(self) -> list[str]:
        """Give the flat names of all fields."""
        return [field.name for field in self.every()]


@overload
def act_form(
    record: Record[ActT, Any],
    act: ActT,
    by: str | None = None,
    on: date | None = None,
    zone: str | tzinfo | None = None,
) -> ActForm: ...
@overload
def act_form(
    record: type[Record[Any, BeginT]],
    act: BeginT,
    by: str | None = None,
    on: date | None = None,
    zone: str | tzinfo | None = None,
) -> ActForm: ...
def act_form(
    record: Record | type[Record],
    act: str,
    by: str | None = None,
    on: date | None = None,
    zone: str | tzinfo | None = None,
) -> ActForm:
    """Give an act as a form: its fields with labels, kinds, choices, limits, help, and what they hold now.

    Who acts, when, under which policy and the id of what is new are the program's to give, and no fields. Of a record,
    the choices are its own: the promises that the act is open to, the turns to reply to. Where somebody is named who
    may not do the act now, nothing of the record is shown: it is the form of the kind.

    Args:
        record: The record that is acted on, or the kind of record that the act begins.
        act: The act by its name.
        by: Who will act; anybody who may when left out.
        on: The day asked about, for acts that open with time, as in `acts_for`.
        zone: Where moments are shown, as in `arguments`; with their offset when left out.

    Raises:
        Rejected: V010 for what is no act of a record, or begins none of the kind; V015 for no record or kind of record,
            no day or no zone; V001 or V015 for no id of a person.

    >>> from coaching.records.interviews import Interview
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> talk = Interview.plan(
    ...     "i-1", coachee="p-17", interviewer="p-3", kind="annual", due_on=noon.date(), by="p-17", at=noon
    ... )
    >>> form = act_form(talk, "schedule", by="p-3")
    >>> [(field.name, field.kind.value) for field in form.every()]
    [('slot', 'group'), ('slot.start', 'moment'), ('slot.minutes', 'number'), ('slot.place', 'text')]
    >>> form.field("slot.minutes").lowest, form.field("slot.minutes").highest
    (15, 480)
    """
    kind = kind_of(record)
    faults = Faults()
    if by is not None:
        _id(by, "by", faults)
    faults.refuse("form: cannot be made")
    if on is not None:
        asked(on)
    _there_is(record, kind, act)
    made = form_schema_of(record, act)
    told = record if isinstance(record, Record) and (by is None or act in record.acts_for(by, on=on)) else None
    describing = _Describing(kind, act, told, by, on, zone_of(zone))
    fields = tuple([describing.argument(field) for name, field in asked_of(record, act).items() if name != "extra"])
    return ActForm(kind.type, act, label_of(act), help_of(kind, act), fields, made)


def _there_is(record: Record | type[Record], kind: type[Record], act: str) -> None:
    """Refuse an act that is not done on a record, or that begins none: its form would only be refused when it is sent.

    Raises:
        Rejected: V010.
    """
    if isinstance(record, Record):
        kind.act_named(act)
    elif act not in kind.begins():
        wrong = "{act} begins no {kind}; begin with {open}"
        told = {"act": brief(act), "kind": kind.type, "open": ", ".join(kind.begins())}
        raise Rejected.over(V010, wrong, "act", of="form: cannot be made", **told)


class _Describing:
    """One form as it is made: of which act, of which record, for whom."""

    def __init__(
        self, kind: type[Record], act: str, record: Record | None, by: str | None, on: date | None, zone: tzinfo | None
    ) -> None:
        """Keep them."""
        self.kind, self.act, self.record, self.by, self.on, self.zone = kind, act, record, by, on, zone

    def argument(self, field: Field) -> FormField:
        """Describe an argument of the act."""
        found = set_by(self.kind, self.act, field.name)
        owner = self.kind if found is None else found[0]
        made = self.field(field, field.key, owner, self._now(field), required=field.required and not field.optional)
        sentence = said_of(self.kind, self.act).get(field.name, made.help)
        if self.record is not None and not field.many and not field.holds_parts:
            known = known_to(self.record, self.act, field.name, self.by, self.on)
            made = evolve(made, kind=FieldKind.CHOICE, choices=known) if known else made
        return evolve(made, help=sentence)

    def field(self, field: Field, name: str, owner: type, value: object, *, required: bool) -> FormField:
        """Describe a field of a record or part, under its flat name."""
        label, told = label_of(field.key), told_of(owner).get(field.name, "")
        if field.many:
            one = evolve(field, many=False, optional=False)
            held = value if isinstance(value, tuple) else ()
            rows = [
                evolve(self.field(one, f"{name}[{i}]", owner, it, required=False), label=f"{label} {i + 1}", help="")
                for i, it in enumerate((*held, None))
            ]
            return FormField(
                name, label, FieldKind.LIST, required, told, most=MOST_ROWS, value=held, fields=tuple(rows)
            )
        if field.holds_parts:
            kind = FieldKind.REF if field.kind is Ref else FieldKind.GROUP
            inner = self._parts(field, name, value, required=required)
            return FormField(name, label, kind, required, told, value=value, fields=inner)
        if field.kind is frozendict:
            words = [
                FormField(f"{name}.{key}", label_of(key), FieldKind.TEXT, value=it, text=str(it))
                for key, it in (value.items() if isinstance(value, frozendict) else ())
            ]
            return FormField(name, label, FieldKind.GROUP, required, told, value=value, fields=tuple(words))
        return evolve(
            self._leaf(field, name, owner),
            label=label, required=required, help=told, value=value, text=self._text(value),
        )  # fmt: skip

    def _parts(self, field: Field, name: str, value: object, *, required: bool) -> tuple[FormField, ...]:
        """Describe the fields of a part. Where it may be left out nothing is chosen, so that it can be."""
        made = list[FormField]()
        own = field.kind in parts_with_ids() and self.act not in {IMPORT, REIMPORT}  # what is taken over has its ids
        for it in model_of(field.kind).fields.values():
            if own and it.name == "id":
                if value is not None:
                    id = getattr(value, it.name)
                    made.append(FormField(f"{name}.id", label_of("id"), FieldKind.HIDDEN, value=id, text=id))
                continue
            held = getattr(value, it.name) if value is not None else _default(it) if required else None
            made.append(self.field(it, f"{name}.{it.key}", field.kind, held, required=required and it.required))
        return tuple(made)

    def _leaf(self, field: Field, name: str, owner: type) -> FormField:
        """Say what a page asks with, and the limits."""
        label = ""
        if field.is_choice:
            return FormField(name, label, FieldKind.CHOICE, choices=words_of(field))
        if field.kind is bool:
            return FormField(name, label, FieldKind.YES_NO)
        if field.kind in TIMES:
            return FormField(name, label, FieldKind.DAY if field.kind is TIMES[0] else FieldKind.MOMENT)
        if field.kind is not str:
            lowest, highest = _between(field)
            whole = field.kind is int
            return FormField(name, label, FieldKind.NUMBER, lowest=lowest, highest=highest, whole=whole)
        shortest, longest = _as_long(field)
        kind = FieldKind.LONG_TEXT if longest is None or longest > LONGEST_ID else FieldKind.TEXT
        named = self._names(owner, field.name) if kind is FieldKind.TEXT else ""
        kind = FieldKind.PERSON if named == "person" else kind
        return FormField(name, label, kind, shortest=shortest, longest=longest, names=named)

    def _names(self, owner: type, name: str) -> str:
        """Say of which kind the record is whose id a field holds: by the tables in which a book finds them."""
        found = set_by(self.kind, self.act, name) if owner is self.kind else None
        name = name if found is None else found[1].name
        return RECORD if owner is Ref else names(model_of(owner).name, name)

    def _now(self, field: Field) -> object:
        """Give what the record holds where the act sets it, or what counts where nothing is given."""
        found = set_by(self.kind, self.act, field.name)
        same = found is not None and (found[1].name, found[1].kind, found[1].many) == (
            field.name,
            field.kind,
            field.many,
        )
        if found is not None and same and self.record is not None:
            owner = self._held(self.record, found[0])
            if owner is not None:
                return getattr(owner, field.name)
        default = _default(field)
        return default if default is not None or found is None else _default(found[1])

    def _held(self, record: Record, cls: type) -> object:
        """Give the record itself, or the one part of a class that it has; none where it has a list of them."""
        fields = () if cls is self.kind else model_of(self.kind).fields.values()
        one = next((it.name for it in fields if it.kind is cls and not it.many), None)
        return record if cls is self.kind else None if one is None else getattr(record, one)

    def _text(self, value: object) -> str:
        """Write a value as an input of a page shows it."""
        if isinstance(value, datetime):
            there = value if self.zone is None else value.astimezone(self.zone)
            twice = there.utcoffset() != there.replace(fold=1 - there.fold).utcoffset()
            return (there if self.zone is None or twice else there.replace(tzinfo=None)).isoformat()
        if isinstance(value, bool):
            return "on" if value else ""
        return "" if value is None else str(value)


def _default(field: Field) -> object:
    return None if field.default is NOTHING or field.default == () else field.default


def _as_long(field: Field) -> tuple[int | None, int | None]:
    return next(((it.min_length, it.max_length) for it in field.constraints if isinstance(it, Len)), (None, None))


def _between(field: Field) -> tuple[Any, Any]:
    """Give the least and the most that a number may be; what JSON Schema says of it, where nothing else does."""
    lowest: Any = None
    highest: Any = None
    for it in field.constraints:
        said = _said(it)
        lowest = next((said[word] for word in ("exclusiveMinimum", "minimum") if word in said), lowest)
        highest = said.get("maximum", highest)
    return lowest, highest


def _said(constraint: Constraint) -> Mapping[str, Any]:
    """Give what JSON Schema says of a constraint of a number, in one."""
    if isinstance(constraint, Interval):
        return {"minimum": constraint.ge, "maximum": constraint.le}
    said = dict[str, Any](getattr(constraint, "schema", {}))
    for part in said.pop("allOf", ()):
        said |= part
    return said
