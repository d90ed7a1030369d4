"""Reading: what a page or a JSON body sends, as the arguments that an act takes. Read here, and checked by the act."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from typing import Any, overload
from zoneinfo import ZoneInfo

import msgspec
from attrs import NOTHING
from frozendict import frozendict

from coaching.formats.asked import asked_of, fields_of, id_asked, keys_with_ids, parts_with_ids
from coaching.formats.forms.naming import (
    Branch,
    Leaf,
    Steps,
    given_in,
    head_of,
    is_empty,
    is_empty_row,
    is_row,
    nested,
    rows_in_order,
)
from coaching.kernel.acting import OURS
from coaching.kernel.checking import Unclear
from coaching.kernel.classes import model_of
from coaching.kernel.constraints import TIMES, V015
from coaching.kernel.fields import Field, by_key
from coaching.kernel.record import ActT, BeginT, Record
from coaching.kernel.rules import Rejected, brief

_MOMENT = TIMES[1]
_READ = (*TIMES, int, Decimal, bool)
_YES, _NO = frozenset({"on", "true", "yes", "1"}), frozenset({"off", "false", "no", "0", ""})
_CLOCK = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d(?:\.\d{1,6})?)?([Zz]|[+-]\d\d:?\d\d)?", re.ASCII)


@overload
def arguments(
    record: Record[ActT, Any] | type[Record[ActT, Any]],
    act: ActT,
    form: Mapping[str, object],
    zone: str | tzinfo | None = None,
    *,
    new_id: Callable[[], str] | None = None,
) -> dict[str, Any]: ...
@overload
def arguments(
    record: type[Record[Any, BeginT]],
    act: BeginT,
    form: Mapping[str, object],
    zone: str | tzinfo | None = None,
    *,
    new_id: Callable[[], str] | None = None,
) -> dict[str, Any]: ...
def arguments(
    record: Record | type[Record],
    act: str,
    form: Mapping[str, object],
    zone: str | tzinfo | None = None,
    *,
    new_id: Callable[[], str] | None = None,
) -> dict[str, Any]:
    """Read what a form sends as the arguments of an act: texts become the day, moment or number that the act asks for.

    A part comes as a dict, or under flat names: `slot.start` or `slot[start]`, `outcomes[0].kind` or
    `outcomes[0][kind]`. A list comes as a list, or as a name that is sent several times. A check box is `on`; one that
    is not ticked sends nothing, which leaves things as they are: where an act may untick it, let the page send the name
    with an empty text before it. Yes and no may be `true` and `false` as well.

    What is empty is None where the act may go without, and left out where it is asked for, so that the act says V014;
    rows of a list that are empty are left out. Days are read as `2026-09-30`, moments with their offset; one
    without, as browsers send it (`2026-08-27T09:00`), is a time in the zone given; one that the zone has twice or not
    at all is refused by the act, and `asked_again` asks which of the two. What cannot be read, and a name that
    the act does not know or that is written wrongly, stays as it is: the act refuses it, with all else that is wrong.
    Lines end as in Python, however the browser ends them.

    Who acts, when, under which policy and with which new id is never taken from a form: `by`, `at`, `policy`, `id`,
    `new_id` and `noted_by` are left out, and are the program's to give. Of parts nothing is left out. Three acts take
    parts that hold who said something: `amend`, which corrects the record of a talk as a whole, and `finish`, whose
    disclosures name who released them: both are for the two to sign; and `import`, which takes over what others said
    and signed elsewhere, and is for the administration alone, as `reimport` is.

    Args:
        record: The record that is acted on, or the kind of record that the act begins.
        act: The act by its name.
        form: Names and values: what `json.loads` gives, or the fields of a page, as the frameworks hold them.
        zone: Where times without an offset are: a name such as `Europe/Stockholm`, or a tzinfo.
        new_id: Makes an id. It is called where the act takes one of what is new, such as a record that begins or a
            promise, and for each part that has an id of its own and was sent without, such as a step of a path.

    Raises:
        Rejected: V015 for what is no mapping, no record or kind of record, or no zone.

    >>> from coaching.records.interviews import Interview
    >>> sent = {"slot.start": "2026-08-27T09:00", "slot.minutes": "60", "slot.place": "Room 4", "by": "somebody else"}
    >>> slot = arguments(Interview, "schedule", sent, zone="Europe/Stockholm")["slot"]
    >>> slot["start"].isoformat(), slot["minutes"]
    ('2026-08-27T09:00:00+02:00', 60)
    >>> arguments(Interview, "plan", {"due_on": "2026-09-30", "cycle": ""})
    {'due_on': datetime.date(2026, 9, 30), 'cycle': None}
    >>> arguments(Interview, "promise", {"text": "Write to Ole"}, new_id=lambda: "c-1")
    {'text': 'Write to Ole', 'id': 'c-1'}
    """
    kind = kind_of(record)
    given: object = form
    if not isinstance(given, Mapping):
        wrong = "{value} is no mapping of names to values"
        raise Rejected.over(V015, wrong, "form", of="form: cannot be read", value=brief(form))
    known = {**fields_of(kind, act), **asked_of(kind, act)} if isinstance(act, str) else {}
    fields = {name: field for name, field in known.items() if name not in OURS}
    reading = _Reading(zone_of(zone), new_id)
    tree = nested(given_in(given), lambda steps: _fits(fields, steps))
    taken = {
        name: reading.read(fields.get(name), _plain(node)) for name, node in tree.items() if head_of(name) not in OURS
    }
    made = id_asked(record, act) if new_id is not None and isinstance(act, str) else None
    ours = {} if made is None or new_id is None else {made: new_id()}
    return {name: value for name, value in taken.items() if value is not NOTHING} | ours


def kind_of(record: object) -> type[Record]:
    """Give the kind of a record, or the kind of record itself.

    Raises:
        Rejected: V015 for what is neither.
    """
    kind = record if isinstance(record, type) else type(record)
    if not issubclass(kind, Record) or not hasattr(kind, "lifecycle"):
        wrong = "{value} is no record or kind of record"
        raise Rejected.over(V015, wrong, "record", of="form: cannot be read", value=brief(record))
    return kind


def zone_of(zone: object) -> tzinfo | None:
    """Give a zone by its name, or as it is.

    Raises:
        Rejected: V015 for what is none: browsers say theirs, and so may anybody.
    """
    if zone is None or isinstance(zone, tzinfo):
        return zone
    with suppress(LookupError, OSError, ValueError):
        if isinstance(zone, str):
            return ZoneInfo(zone)
    wrong = "{value} is no time zone that is known here"
    raise Rejected.over(V015, wrong, "zone", of="form: cannot be read", value=brief(zone))


def _fits(fields: Mapping[str, Field], steps: Steps) -> bool:
    """Tell whether a flat name leads to a place in what an act takes, or to an unknown field of a part there."""
    field, in_list = fields.get(steps[0]), False
    if field is None:
        return False
    for step in steps[1:]:
        if field is None:
            return False
        if field.many and not in_list:
            if not is_row(step):
                return False
            in_list = True
        elif field.holds_parts and not is_row(step) and not issubclass(field.kind, Record):
            field, in_list = by_key(model_of(field.kind).fields.values()).get(step), False
        elif field.kind is frozendict:
            field = None
        else:
            return False
    return True


def _plain(node: Branch | Leaf) -> object:
    """Give what stands at a place as JSON has it."""
    if isinstance(node, Leaf):
        return node.value
    rows = rows_in_order(node)
    return {step: _plain(inner) for step, inner in node.items()} if rows is None else [_plain(row) for row in rows]


def _none(field: Field, value: object, *, of_part: bool) -> object:
    """Say what an empty field, or an empty group, gives. What a part has anyway need not be chosen."""
    if field.optional:
        return None
    if field.kind is bool:
        return False
    if field.kind is frozendict and isinstance(value, Mapping):
        return {}
    stays = isinstance(value, str) and not field.required and (field.kind is str or not of_part)
    return value if stays else NOTHING


class _Reading:
    """One form: in which zone its times are, and what makes ids."""

    def __init__(self, zone: tzinfo | None, new_id: Callable[[], str] | None) -> None:
        """Keep both."""
        self.zone, self.new_id = zone, new_id

    def read(self, field: Field | None, value: object, *, of_part: bool = False) -> object:
        """Give a value as a field asks for it, or as it is; NOTHING where it is not given."""
        if field is None:
            return value
        if field.many:
            return self._list(field, value)
        if isinstance(value, list) and value and all(isinstance(it, str) for it in value):
            if field.kind is bool:
                value = value[-1]  # the box, after what the page sends for one that is not ticked
            elif len(value) == 1:
                (value,) = value
        return _none(field, value, of_part=of_part) if is_empty(value) else self._one(field, value)

    def _list(self, field: Field, value: object) -> object:
        if isinstance(value, str):
            if value == "" and field.optional:
                return None
            value = [value] if value == "" or not field.holds_parts else value
        if not isinstance(value, (list, tuple)):
            return value
        rows = [item for item in value if not is_empty_row(item, keys_with_ids())]
        return tuple([self._one(field, item) for item in rows])

    def _one(self, field: Field, value: object) -> object:
        if field.holds_parts and isinstance(value, Mapping):
            known = by_key(model_of(field.kind).fields.values())
            read = {
                name: self.read(known.get(name) if isinstance(name, str) else None, item, of_part=True)
                for name, item in value.items()
            }
            given = {name: item for name, item in read.items() if item is not NOTHING}
            if self.new_id is not None and "id" not in given and field.kind in parts_with_ids():
                given["id"] = self.new_id()
            return given
        if field.kind is frozendict and isinstance(value, Mapping):
            return {name: item for name, item in value.items() if item != ""}
        if not isinstance(value, str):
            return value
        return self._leaf(field.kind, value) if field.kind in _READ else value.replace("\r\n", "\n")

    def _leaf(self, kind: type, text: str) -> object:
        if kind is bool:
            word = text.strip().lower()
            return True if word in _YES else False if word in _NO else text
        clock = _CLOCK.fullmatch(text) if kind is _MOMENT else None
        if clock is not None:
            return self._moment(text, clock)
        try:
            return msgspec.convert(text, kind, strict=kind in TIMES)
        except (msgspec.MsgspecError, UnicodeError):
            return text

    def _moment(self, text: str, clock: re.Match[str]) -> object:
        day, minute, second, offset = clock.groups()
        try:
            moment = datetime.fromisoformat(f"{day}T{minute}{second or ''}{offset or ''}".upper())
        except ValueError:
            return text
        return moment if self.zone is None or moment.tzinfo is not None else self._there(moment, self.zone)

    def _there(self, moment: datetime, zone: tzinfo) -> object:
        """Say when a time of day is in a zone."""
        first, second = moment.replace(tzinfo=zone), moment.replace(tzinfo=zone, fold=1)
        try:
            exists = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == moment
        except OverflowError:  # within a day of year 1 or 9999
            return first
        if not exists:
            return Unclear(moment.isoformat(), str(zone), ())
        if first.utcoffset() != second.utcoffset():
            return Unclear(moment.isoformat(), str(zone), (_offset(first), _offset(second)))
        return first


def has_offset(text: str) -> bool:
    """Tell whether a text is a moment with its offset, which no `datetime-local` can hold.

    >>> has_offset("2026-08-27T09:00+02:00"), has_offset("2026-08-27T09:00")
    (True, False)
    """
    clock = _CLOCK.fullmatch(text)
    return clock is not None and clock[4] is not None


def _offset(moment: datetime) -> str:
    """Write the offset of a moment as documents do."""
    return moment.replace(microsecond=0).isoformat()[19:]
