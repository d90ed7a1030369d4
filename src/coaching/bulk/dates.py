"""How a column writes its days: ISO, the formats that were declared for it, or the one order that it shows itself.

Read top to bottom: rules, what is said of a text, evidence, ways to write a day, formats, the column, guesses that are
told and never acted on. Nothing is guessed: a text that could be two days is none, and says which two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time, tzinfo
from functools import partial
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from attrs import Factory, define, field, fields, frozen

from coaching.kernel.checking import Faults
from coaching.kernel.constraints import TIMES, V015
from coaching.kernel.rules import Breach, Choice, Rule, breach, brief, stated

B003 = stated(
    "B003",
    "bulk",
    field="",
    says="a date is written in ISO form, in a format declared for its column, or in the one order its column shows",
    why="measured: guessing makes 3 May of 2024-03-05",
    mend="write dates as YYYY-MM-DD, or say how the column writes them",
)
B020 = stated(
    "B020",
    "bulk",
    field="",
    says="a year is one in which somebody can have been employed, 1930 to 2099",
    why="practice: exports hold years of other calendars, slips of a digit, and days that stand for none",
    mend="correct the year, or declare the day as one that stands for nothing or for an open end",
)
B021 = stated(
    "B021",
    "bulk",
    field="",
    says="a spreadsheet's number of a day is whole",
    why="own choice: a time of day that is left out is told",
    mend="nothing, where only the day is meant",
)
B022 = stated(
    "B022",
    "bulk",
    field="",
    says="a text is one day in all formats of its column that can read it",
    why="measured: 03/04/2024 is two days to who reads both %m/%d/%Y and %d/%m/%Y",
    mend="take one of the formats away, or say that the first which fits counts",
)

YEARS = range(1930, 2100)  # B020: nobody at work joined before, and nobody's last day is known beyond
NEAR = 3  # years that a slip may have been; more say nothing
CENTURY = 100
LAST_PIVOT = 9900  # with a hundred years behind it
NOON = 12  # the hour up to which a clock with AM and PM counts
NEVER_WAS = 60  # the number of 29 February 1900, a day that spreadsheets have and no calendar
CACHED = 16_384  # texts whose day is kept, for each column: a column repeats its days
LONGEST = 64  # characters of a text that is kept

_T = TypeVar("_T")
_DAY, _MOMENT = TIMES  # the classes themselves, and not those of a clock that stands still


# --- what is said of a text ------------------------------------------------------------------------------------------


class Kind(Choice):
    """What is wrong with a text, in words that a report groups by."""

    NO_DATE = "no date"
    NO_SUCH_DAY = "no such day"
    NO_ORDER = "order of day and month not known"
    BOTH_ORDERS = "both orders of day and month"
    TWO_DAYS = "two days in two formats"
    YEAR_FIRST = "year first, and not in ISO form"
    SHORT_YEAR = "two-digit year"
    RUN_TOGETHER = "eight digits"
    LETTERS = "month in letters"
    SERIAL = "spreadsheet's number of a day"
    SECONDS = "count of seconds"
    TIME = "time of day"
    ZONE = "moment without a zone"
    YEAR = "year that nobody can have worked in"
    TIME_LEFT_OUT = "time of day left out"


_CODES = {Kind.TWO_DAYS: "B022", Kind.YEAR: "B020", Kind.TIME_LEFT_OUT: "B021"}


@frozen
class _Remark:
    """Something that is said of a text. `why` holds nothing of the text, `more` may."""

    kind: Kind
    why: str
    text: str = field(repr=False)
    more: str = field(default="", repr=False)

    @property
    def code(self) -> str:
        """The code of the rule that speaks."""
        return _CODES.get(self.kind, "B003")


@frozen
class Unread(_Remark):
    """A text that is no day in its column, and why."""

    def __str__(self) -> str:
        """Give the text, why it cannot be read, and what else is known."""
        return f"{brief(self.text)} cannot be read: {self.why}{self.more and f' ({self.more})'}"


@frozen
class Doubt(_Remark):
    """Something about a text that was read."""

    def __str__(self) -> str:
        """Give the text, what is doubtful, and what it probably is."""
        return f"{brief(self.text)}: {self.why}{self.more and f' ({self.more})'}"


Day = date | None | Unread
"""A day; None for a text that says that there is none; or why it cannot be read."""


# --- evidence --------------------------------------------------------------------------------------------------------

_OFFSET = r"Z|UTC|GMT|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?"
_TIME = (
    r"(?:[T ](?P<H>2[0-3]|[01]?[0-9]):(?P<M>[0-5][0-9])(?::(?P<S>[0-5][0-9])(?:[.,](?P<f>[0-9]{1,9}))?)?"
    rf"(?: ?(?P<p>[AP])M)?(?: ?(?P<z>{_OFFSET}))?)?"
)
_FLAGS = re.ASCII | re.IGNORECASE
_PARTS = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})" + _TIME, _FLAGS).fullmatch
_SHAPES = {"/": "slashes", ".": "dots", "-": "dashes"}
_FITS = {
    (True, False): "only day first", (False, True): "only month first", (True, True): "either",
    (False, False): "neither",
}  # fmt: skip
"""What a text shows, by whether it is a day with the day first, and one with the month first."""


def _keep(known: dict[str, _T], text: str, what: _T) -> None:
    """Remember what became of a text, in bounded memory."""
    if len(text) <= LONGEST:
        if len(known) >= CACHED:
            known.clear()
        known[text] = what


def _plain(text: str) -> str:
    return " ".join(text.split())


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return _DAY(year, month, day)
    except ValueError:
        return None


def _fit(parts: re.Match[str]) -> str:
    """In which orders two numbers and a year are a day."""
    one, two, year = int(parts[1]), int(parts[3]), int(parts[4])
    return _FITS[_date(year, two, one) is not None, _date(year, one, two) is not None]


@define
class Evidence:
    """What the texts of a column show of the order of day and month, counted by shape.

    Counts of several workers add up, in any order. What is a date in neither order shows nothing.

    >>> seen = Evidence.of(["01/02/2012", "09/26/2011", "26.09.2011"])
    >>> seen.order, seen.told()
    (None, 'slashes: 1 only month first, 1 either; dots: 1 only day first')
    >>> Evidence.of(["01/02/2012", "09/26/2011"]).order
    'mdy'
    """

    counts: Counter[tuple[str, str]] = Factory(Counter)  # by shape and fit: ("slashes", "only day first")
    _known: dict[str, tuple[str, str]] = field(init=False, repr=False, eq=False, factory=dict)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Evidence:
        """Gather what texts show."""
        seen = cls()
        for text in texts:
            seen.see(text)
        return seen

    def see(self, text: str) -> None:
        """Count one text more; what is none shows nothing."""
        if type(text) is str and (known := self._known.get(text)):
            self.counts[known] += 1
        elif isinstance(text, str) and (parts := _PARTS(_plain(text))):
            known = _SHAPES[parts[2]], _fit(parts)
            _keep(self._known, str.__str__(text), known)
            self.counts[known] += 1

    def __reduce__(self) -> tuple[object, ...]:
        """Go to another process as the counts alone."""
        return type(self), (self.counts,)

    def __add__(self, other: Evidence) -> Evidence:
        """Give what two parts of a column show together."""
        return Evidence(self.counts + other.counts)

    @property
    def order(self) -> str | None:
        """The one order, `mdy` or `dmy`, in which every date of the column can be read; None when none or both can."""
        day_first, month_first = self._shown()
        return None if day_first == month_first else "dmy" if day_first else "mdy"

    @property
    def both(self) -> bool:
        """Whether both orders occur, so that none is right for all."""
        return all(self._shown())

    def told(self) -> str:
        """Say what was seen, by shape."""
        return "; ".join(f"{shape}: {said}" for shape in _SHAPES.values() if (said := self._of(shape)))

    def _shown(self) -> tuple[bool, bool]:
        fits = {fit for (_, fit), n in self.counts.items() if n}
        return "only day first" in fits, "only month first" in fits

    def _of(self, shape: str) -> str:
        return ", ".join(f"{n} {fit}" for fit in _FITS.values() if (n := self.counts[shape, fit]))


# --- ways to write a day ---------------------------------------------------------------------------------------------


_Said = date | str | None
"""What one way makes of a text: a day, or a datetime where a time stands beside it, aware where an offset does; in
words what is wrong; None where the text is written otherwise."""

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_NUMBER = {name[:3]: f"{n}" for n, name in enumerate(_MONTHS, 1)}


class _Way:
    """One way to write a day, compiled: a pattern whose groups are called like directives."""

    __slots__ = ("_day", "_match", "_offset", "_pivot", "_time", "declared", "name")

    def __init__(
        self, name: str, pattern: str, *, pivot: int = 1969, declared: bool = False, utc: bool = False
    ) -> None:
        """Compile a pattern. `utc` is whether it says so itself, in letters of its own."""
        compiled = re.compile(pattern, _FLAGS)
        at = compiled.groupindex
        self.name, self.declared, self._match = name, declared, compiled.fullmatch
        self._pivot = pivot if "y" in at else None
        self._day = at.get("y") or at["Y"], at.get("m") or at["b"], at["d"]
        self._time = tuple([at.get(group, 0) for group in "HMSfpz"]) if "H" in at else None
        self._offset = "Z" if utc else ""

    def said(self, text: str) -> _Said:
        """Read a text, which has single blanks. What is written is put in ISO form, and read in C."""
        found = self._match(text)
        if found is None:
            return None
        year, month, day = found.group(*self._day)
        if self._pivot is not None:
            year = f"{self._pivot + (int(year) - self._pivot) % CENTURY:04}"
        written = f"{year}-{_NUMBER.get(month[:3].lower(), month):0>2}-{day:0>2}"
        try:
            on = _DAY.fromisoformat(written)
        except ValueError:
            return "no such day"
        if self._time is None or (hour := found[self._time[0]]) is None:
            return on
        _, minute, second, fraction, half, offset = [(found[group] or "") if group else "" for group in self._time]
        if half:
            if not 0 < int(hour) <= NOON:
                return "no such time of day"
            hour = f"{int(hour) % NOON + (NOON if half in 'Pp' else 0)}"
        offset = "Z" if offset[:1].isalpha() else offset or self._offset
        at = f"{hour:0>2}:{minute:0>2}:{second:0>2}.{fraction[:6]:0<6}"
        return _MOMENT.fromisoformat(f"{written}T{at}{offset}")


@frozen
class _Serial:
    """A spreadsheet's number of a day, in the system that counts from 1900 or from 1904."""

    name: str
    epoch: int
    declared: bool = True

    def said(self, text: str) -> _Said:
        """Read a number, with its part of a day rounded to the second."""
        found = _SERIAL(text)
        if found is None:
            return None
        number, part = int(found[1]), found[2] or "0"
        more, seconds = divmod(round(int(part) * 86_400 / 10 ** len(part)), 86_400)
        number += more
        if self.name == "excel":
            if number in {0, NEVER_WAS}:
                return "no such day"
            number += number < NEVER_WAS
        try:
            day = _DAY.fromordinal(self.epoch + number)
        except ValueError:
            return "no such day"
        return _MOMENT.combine(day, time(seconds // 3600, seconds // 60 % 60, seconds % 60)) if seconds else day


_SERIAL = re.compile(r"([0-9]{1,7})(?:[.,]([0-9]{0,15}))?").fullmatch
_SERIALS = {
    "excel": _Serial("excel", date(1899, 12, 30).toordinal()),
    "excel-1904": _Serial("excel-1904", date(1904, 1, 1).toordinal()),
}
_ISO = _Way("ISO", r"(?P<Y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})" + _TIME)
_IN_ORDER = {
    "mdy": _Way(
        "the order mdy", r"(?P<m>[0-9]{1,2})(?P<_>[/.-])(?P<d>[0-9]{1,2})(?P=_)(?P<Y>[0-9]{4})" + _TIME
    ),
    "dmy": _Way(
        "the order dmy", r"(?P<d>[0-9]{1,2})(?P<_>[/.-])(?P<m>[0-9]{1,2})(?P=_)(?P<Y>[0-9]{4})" + _TIME
    ),
}  # fmt: skip
ORDERS = tuple(_IN_ORDER)
_WHERE = "which day it is depends on where; say the zone of the column"
_BESIDE = "a time of day stands beside it; write the day alone, or declare a format that has the time"
_NAMED = rf"(?:{'|'.join(_NUMBER)})[a-z]*"
_OTHERS = (
    (
        re.compile(r"[0-9]{4}([/.-])[0-9]{1,2}\1[0-9]{1,2}").fullmatch, Kind.YEAR_FIRST,
        "write YYYY-MM-DD, with two digits for month and day",
    ),
    (
        re.compile(r"[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{2}").fullmatch, Kind.SHORT_YEAR,
        "write the year with four digits, or declare a format such as %d-%m-%y",
    ),
    (
        re.compile(r"[0-9]{8}").fullmatch, Kind.RUN_TOGETHER, "write YYYY-MM-DD, or declare a format such as %Y%m%d",
    ),
    (
        re.compile(rf"(?:[0-9]{{1,2}}\W*{_NAMED}|{_NAMED}\W*[0-9]{{1,2}})\W+[0-9]+", _FLAGS).fullmatch, Kind.LETTERS,
        "write YYYY-MM-DD, or declare a format such as %d-%b-%y, its months in English",
    ),
    (
        re.compile(r"[0-9]{5}(?:[.,][0-9]{0,15})?").fullmatch, Kind.SERIAL,
        "a spreadsheet's number of a day; format the column as YYYY-MM-DD, or declare excel",
    ),
    (
        re.compile(r"-?[0-9]{9,10}(?:[0-9]{3})?").fullmatch, Kind.SECONDS,
        "a count of seconds or milliseconds since 1970; write YYYY-MM-DD",
    ),
    (re.compile(r"[0-9]:[0-9]").search, Kind.TIME, _BESIDE),
)  # fmt: skip
"""How else dates are written, and what would be right for each."""


def is_dated(text: str) -> bool:
    """Tell whether a text is written as a date: in ISO form, or as day, month and year in one of two orders.

    >>> is_dated("2024-03-05"), is_dated("5/3/2024"), is_dated("5 March")
    (True, True, False)
    """
    plain = _plain(text)
    return _ISO.said(plain) is not None or _PARTS(plain) is not None


# --- formats ---------------------------------------------------------------------------------------------------------

_SHORT = "|".join(name[:3] for name in _MONTHS).replace("sep", "sept?")
_DIRECTIVES = {
    "%Y": ("year", "(?P<Y>[0-9]{4})", "(?P<Y>[0-9]{4})"),
    "%y": ("year", "(?P<y>[0-9]{2})", "(?P<y>[0-9]{2})"),
    "%m": ("month", "(?P<m>[0-9]{1,2})", "(?P<m>[0-9]{2})"),
    "%d": ("day", " ?(?P<d>[0-9]{1,2})", "(?P<d>[0-9]{2})"),
    "%b": ("month", f"(?P<b>{_SHORT})", ""),
    "%B": ("month", f"(?P<b>{'|'.join(_MONTHS)})", ""),
    "%H": ("hour", "(?P<H>2[0-3]|[01]?[0-9])", "(?P<H>2[0-3]|[01][0-9])"),
    "%I": ("hour", "(?P<H>1[0-2]|0?[1-9])", "(?P<H>1[0-2]|0[1-9])"),
    "%p": ("half of the day", "(?P<p>[ap])m", ""),
    "%M": ("minute", "(?P<M>[0-5]?[0-9])", "(?P<M>[0-5][0-9])"),
    "%S": ("second", "(?P<S>[0-5]?[0-9])", "(?P<S>[0-5][0-9])"),
    "%f": ("fraction", "(?P<f>[0-9]{1,9})", "(?P<f>[0-9]{6})"),
    "%z": ("offset", f"(?P<z>{_OFFSET})", ""),
}
"""What each directive says, and its pattern: alone, and beside other digits, where its width must be known."""

_KNOWN = ", ".join([*_DIRECTIVES, "%%", *_SERIALS])
_WORDS = re.compile(r"%.?|[^%]+", re.DOTALL)
_LETTERS = (
    ("YYYY", "%Y"), ("yyyy", "%Y"), ("YY", "%y"), ("yy", "%y"), ("MMMM", "%B"), ("MMM", "%b"), ("MM", "%m"),
    ("DD", "%d"), ("dd", "%d"), ("HH", "%H"), ("hh", "%H"), ("ss", "%S"),
)  # fmt: skip
"""How other programs write formats, for a hint."""


def _compiled(text: str, pivot: int) -> _Way | _Serial:
    words = _WORDS.findall(_plain(text))
    pattern = "".join(_pattern(words, i) for i in range(len(words)))
    timed = "%H" in words or "%I" in words
    utc = timed and re.fullmatch(r"(?:.*[^a-z])?(?:utc|gmt|z)", words[-1].lower()) is not None
    return _Way(text, pattern, pivot=pivot, declared=True, utc=utc and words[-1][0] != "%")


def _pattern(words: Sequence[str], i: int) -> str:
    word = words[i]
    if word not in _DIRECTIVES:
        return re.escape("%" if word == "%%" else word)
    if word == "%p" and "%I" not in words:
        return "[ap]m"  # beside an hour of 0 to 23 it says nothing
    _, alone, beside = _DIRECTIVES[word]
    digits = any(_DIRECTIVES[it][2] for it in (*words[:i][-1:], *words[i + 1 :][:1]) if it in _DIRECTIVES)
    return beside if beside and digits else alone


def _wrong(text: str) -> Iterator[Breach]:
    """Say what keeps a format from saying a day."""
    words = _WORDS.findall(_plain(text))
    shown = brief(text)
    for word in dict.fromkeys(words):
        if word[0] == "%" and word != "%%" and word not in _DIRECTIVES:
            what = "{format} holds {directive}, which is unknown; known: {known}"
            yield breach(what, format=shown, directive=word, known=_KNOWN)
    said = Counter(_DIRECTIVES[word][0] for word in words if word in _DIRECTIVES)
    for part, times in said.items():
        if times > 1:
            yield breach("{format} says the {part} {times} times", format=shown, part=part, times=times)
    missing = [part for part in ("year", "month", "day") if not said[part]]
    if missing and "%" not in text and (other := _in_directives(text)):
        yield breach("{format} holds no directive; write {other}", format=shown, other=brief(other))
    elif missing:
        what = "{format} says no {missing}; known: {known}"
        yield breach(what, format=shown, missing=" and no ".join(missing), known=_KNOWN)
    if "%I" in words and not said["half of the day"]:
        yield breach("{format} has %I, an hour of 1 to 12, and no %p", format=shown)


def _in_directives(letters: str) -> str:
    """Give a format of other programs in our directives; empty where it makes no day."""
    other = letters
    for word, directive in (*_LETTERS, ("mm", "%M" if re.search("[Hh]", letters) else "%m")):
        other = other.replace(word, directive)
    return "" if other == letters or any(_wrong(other)) else other


# --- the column ------------------------------------------------------------------------------------------------------


_Fit = tuple[_Way | _Serial, date | str]


def _listed(given: Any) -> Any:
    return tuple(given) if isinstance(given, list) else given


@frozen(kw_only=True)
class Dates:
    """How one column writes its days.

    ISO form is read always, with a time of day only where it is midnight or where a zone is said. Each text is read
    once, and its day kept: a column repeats its days. Blanks at the ends and twice do not count.

    Attributes:
        formats: In the directives of `strptime`, months in English whatever the locale; `excel` or `excel-1904` for a
            spreadsheet's numbers. One digit will do for day and month, except beside other digits.
        order: `mdy` or `dmy`, for numbers with slashes, dots or dashes between them and a year of four digits.
        pivot: The first of the hundred years of a `%y`: 1969 reads 69 as 1969, and 68 as 2068.
        zone: Where the day is asked for, such as `Europe/Stockholm`: a text with UTC or an offset is a moment, and
            which day it is depends on where. A time without either is local.
        nulls: Texts that say nothing, whatever their case; a day in ISO form is meant however the column writes it.
        open_end: Days that stand for no end, such as 9999-12-31, however the column writes them.
        first: Whether, where formats read one text as two days, the first that fits counts; ISO comes before all.
        shown: What the texts of the column show, where neither formats nor order are said.

    Raises:
        Rejected: B003 for a format, an order, a pivot, a zone or a day that is none; V015 for a wrong type.

    >>> dates = Dates(formats=("%m/%d/%Y", "%d-%b-%y"), nulls=("NULL", "1900-01-01"))
    >>> dates.read("3/5/2024"), dates.read("05-Mar-24"), dates.read("2024-03-05"), dates.read("1/1/1900")
    (datetime.date(2024, 3, 5), datetime.date(2024, 3, 5), datetime.date(2024, 3, 5), None)
    >>> dates.read("5.3.2024")
    Unread(kind='no date', why='in no format of its column: %m/%d/%Y, %d-%b-%y')
    >>> utc = Dates(formats=("%Y-%m-%d %H:%M:%S UTC",), zone="Europe/Stockholm")
    >>> utc.read("2024-03-04 23:00:00 UTC").isoformat()
    '2024-03-05'
    """

    formats: tuple[str, ...] = field(default=(), converter=_listed)
    order: str | None = None
    pivot: int = 1969
    zone: str | None = None
    nulls: tuple[str | date, ...] = field(default=(), converter=_listed)
    open_end: tuple[str | date, ...] = field(default=(), converter=_listed)
    first: bool = False
    shown: Evidence | None = field(default=None, hash=False)
    _ways: tuple[_Way | _Serial, ...] = field(init=False, repr=False, eq=False)
    _nothing: frozenset[str | date] = field(init=False, repr=False, eq=False)
    _where: tzinfo | None = field(init=False, repr=False, eq=False)
    _known: dict[str, tuple[Day, tuple[Doubt, ...]]] = field(init=False, repr=False, eq=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        """Refuse what is no way to write dates, everything at once, and compile what is."""
        faults = Faults()
        ways: list[_Way | _Serial] = []
        pivot = self._pivot(faults)
        for path, text in _items("formats", self.formats, faults):
            wrong = [] if text in _SERIALS else list(_wrong(text))
            for it in wrong:
                faults.add(B003, path, it.template, **it.params)
            if not wrong:
                ways.append(_SERIALS.get(text) or _compiled(text, pivot))
        if order := self._order(faults):
            ways.append(_IN_ORDER[order])
        alike = [way for way in ways if way.name.startswith("%Y-%m-%d")]
        ways = [*alike, _ISO, *(way for way in ways if way not in alike)]
        nothing: set[str | date] = set()
        for _, it in _items("nulls", self.nulls, faults, days=True):
            nothing.add(_sentinel(it) or _plain(it).casefold())
        for path, it in _items("open_end", self.open_end, faults, days=True):
            day = _sentinel(it)
            nothing.add(day or "")
            if day is None:
                faults.add(B003, path, "{value} is no day; write YYYY-MM-DD", value=brief(it))
        first: object = self.first
        if not isinstance(first, bool):
            faults.add(V015, "first", "{value} is neither true nor false", value=brief(first))
        self._set(_ways=tuple(ways), _nothing=frozenset({*nothing, ""}), _where=self._zone(faults))
        faults.refuse("dates: cannot be read so")

    def _set(self, **values: object) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def _pivot(self, faults: Faults) -> int:
        if type(self.pivot) is int and 1 <= self.pivot <= LAST_PIVOT:
            return self.pivot
        faults.add(B003, "pivot", "{value} is no year from 1 to {last}", value=brief(self.pivot), last=LAST_PIVOT)
        return 1

    def _order(self, faults: Faults) -> str | None:
        given: object = self.order
        if given is not None and not (isinstance(given, str) and given in ORDERS):
            faults.add(
                B003, "order", "{value} is no order; known: {known}", value=brief(given), known=", ".join(ORDERS)
            )
            return None
        shown: object = self.shown
        if shown is not None and not isinstance(shown, Evidence):
            faults.add(V015, "shown", "{value} is no evidence", value=brief(shown))
            return None
        return self.order or (None if self.formats or self.shown is None else self.shown.order)

    def _zone(self, faults: Faults) -> tzinfo | None:
        if self.zone is None:
            return None
        try:
            return ZoneInfo(self.zone)
        except (KeyError, ValueError, OSError, TypeError, AttributeError):
            faults.add(B003, "zone", "{value} is no time zone, such as Europe/Stockholm", value=brief(self.zone))
            return None

    def __reduce__(self) -> tuple[object, ...]:
        """Go to another process as what was said; it is compiled anew there."""
        return partial(type(self), **{f.name: getattr(self, f.name) for f in fields(type(self)) if f.init}), ()

    @property
    def undecided(self) -> bool:
        """Whether the order has to be shown by the texts: give `Evidence` of them as `shown`."""
        return not self.formats and self.order is None and self.shown is None

    def read(self, text: str) -> Day:
        """Read a text: its day, None where it says that there is none, or why it cannot be read. It never raises."""
        if type(text) is str and (known := self._known.get(text)) is not None:
            return known[0]
        return self._learn(text)[0]

    def doubts(self, text: str) -> tuple[Doubt, ...]:
        """Say what is doubtful about a text that is read: a year that nobody can have, a time of day that is lost.

        >>> print(*Dates(order="dmy").doubts("5/3/2567"))
        '5/3/2567': a year in which nobody can have been employed (2567 is 2024 in the Buddhist calendar)
        >>> print(*Dates(formats=("excel",)).doubts("45123.75"))
        '45123.75': the time of day is left out (18:00:00)
        """
        known = self._known.get(text) if type(text) is str else None
        return (known or self._learn(text))[1]

    def written(self, text: str) -> Day:
        """Read what stands in a text: a day; or a `datetime` where a time does, with its offset if that is said.

        >>> Dates().written("2024-03-04T23:00:00+01:00").isoformat()
        '2024-03-04T23:00:00+01:00'
        """
        plain = _plain(text)
        if plain.casefold() in self._nothing:
            return None
        days = self._days(plain, text, self._fits(plain))
        if isinstance(days, Unread):
            return days
        said = next((it for _, it in days if isinstance(it, _MOMENT)), days[0][1])
        return None if _on(said) in self._nothing else said

    def _learn(self, text: object) -> tuple[Day, tuple[Doubt, ...]]:
        """Read a text for the first time. A day or a number of a source that has them is read as it is written."""
        if text is None:
            return None, ()
        if isinstance(text, _MOMENT):
            return self._made(_MOMENT.isoformat(text))
        if not isinstance(text, str):
            return self._made(_DAY.isoformat(text) if isinstance(text, _DAY) else brief(text))
        exact = str.__str__(text)
        known = self._made(exact)
        _keep(self._known, exact, known)
        return known

    def _made(self, text: str) -> tuple[Day, tuple[Doubt, ...]]:
        plain = _plain(text)
        if plain.casefold() in self._nothing:
            return None, ()
        fits = self._fits(plain)
        if len(fits) == 1:
            _, day = fits[0]
            if not isinstance(day, (str, _MOMENT)) and day.year in YEARS and day not in self._nothing:
                return day, ()  # as nearly all are; what follows would come to the same
        days = self._days(plain, text, fits)
        if isinstance(days, Unread):
            return days, ()
        read = [self._day(way, said, text) for way, said in days]
        best = next((it for it in read if not isinstance(it, Unread)), read[0])
        return best, _doubts(best, days[0], text) if isinstance(best, _DAY) else ()

    def _fits(self, plain: str) -> list[_Fit]:
        """Say what each way makes of a text that it can read."""
        fits: list[_Fit] = []
        for way in self._ways:
            if fits and way is _ISO:  # what stands before it writes its days in the same order
                continue
            said = way.said(plain)
            if said is not None:
                fits.append((way, said))
        return fits

    def _days(self, plain: str, text: str, fits: Sequence[_Fit]) -> list[tuple[_Way | _Serial, date]] | Unread:
        """Give those of them that are days; or say why there is none, or more than one."""
        days = [(way, said) for way, said in fits if not isinstance(said, str)]
        if not days:
            return self._unread(plain, fits)
        if len(days) > 1 and not self.first and len({_on(said) for _, said in days}) > 1:
            told = ", ".join(f"{_on(said)} by {way.name}" for way, said in days)
            return Unread(Kind.TWO_DAYS, "two formats of its column read it as two days", text, told)
        return days

    def _day(self, way: _Way | _Serial, said: date, text: str) -> Day:
        day = _on(said)
        if day in self._nothing:
            return None
        if not isinstance(said, _MOMENT):
            return day
        aware = said.tzinfo is not None
        if aware and self._where is not None:
            try:
                return said.astimezone(self._where).date()
            except OverflowError:  # on the first day there is, or the last
                return day
        if said.time() == time(0) or self._where is not None or (way.declared and not aware):
            return day
        return Unread(Kind.ZONE, _WHERE, text) if aware else Unread(Kind.TIME, _BESIDE, text)

    def _unread(self, text: str, fits: Sequence[_Fit]) -> Unread:
        """Say why a text is no day, and what would be right."""
        if fits:
            way, wrong = fits[0]
            of = "" if way is _ISO else f" in {way.name}"
            return Unread(Kind.NO_SUCH_DAY, f"{wrong}{of}", text)
        if not self.formats and (parts := _PARTS(text)):
            none = _fit(parts) == "neither"
            return Unread(Kind.NO_SUCH_DAY, "no such day", text) if none else self._in_no_order(text)
        for shape, kind, why in _OTHERS:
            if shape(text):
                return Unread(kind, why, text, _would_be(text) if kind is Kind.SERIAL else "")
        none_of = f"in no format of its column: {', '.join(self.formats)}" if self.formats else "write YYYY-MM-DD"
        return Unread(Kind.NO_DATE, none_of, text)

    def _in_no_order(self, text: str) -> Unread:
        told = "" if self.shown is None else self.shown.told()
        of = f" ({told})" if told else ""
        if self.shown is not None and self.shown.both:
            return Unread(Kind.BOTH_ORDERS, f"its column shows both orders of day and month{of}: no one is right", text)
        return Unread(Kind.NO_ORDER, f"its column shows no one order of day and month{of}", text)


def _items(name: str, given: Any, faults: Faults, *, days: bool = False) -> Iterator[tuple[str, Any]]:
    """Give the texts, or days, of a list that was given, with their places; what is none is a fault."""
    if not isinstance(given, tuple):
        faults.add(V015, name, "{value} is no list", value=brief(given))
        return
    for i, it in enumerate(given):
        if isinstance(it, str) or (days and isinstance(it, _DAY) and not isinstance(it, _MOMENT)):
            yield f"{name}[{i}]", it
        else:
            kind = "text and no date" if days else "text"
            faults.add(V015, f"{name}[{i}]", "{value} is no {kind}", value=brief(it), kind=kind)


def _sentinel(given: str | date) -> date | None:
    """Give a day that stands for none, where it is one and no other text."""
    said = _ISO.said(_plain(given)) if isinstance(given, str) else given
    return None if said is None or isinstance(said, str) else _on(said)


def _would_be(number: str) -> str:
    said = _SERIALS["excel"].said(number)
    return f"it would be {_on(said)}" if isinstance(said, _DAY) else ""


def _on(said: date) -> date:
    """Give the day that is written, wherever it may be."""
    return said.date() if isinstance(said, _MOMENT) else said


# --- guesses, told and never acted on --------------------------------------------------------------------------------


def _doubts(day: date, fit: tuple[_Way | _Serial, date], text: str) -> tuple[Doubt, ...]:
    way, said = fit
    doubts: list[Doubt] = []
    if day.year not in YEARS:
        doubts.append(Doubt(Kind.YEAR, "a year in which nobody can have been employed", text, _perhaps(day)))
    if isinstance(way, _Serial) and isinstance(said, _MOMENT):
        left = said.time().isoformat()
        doubts.append(Doubt(Kind.TIME_LEFT_OUT, "the time of day is left out", text, left))
    return tuple(doubts)


_STANDS_FOR_NONE = {date(1, 1, 1), date(1753, 1, 1), date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1)}
"""The first days that systems know, which they write for no day at all."""


def _perhaps(day: date) -> str:
    """Say what a year that nobody can have probably is; empty where nothing is near."""
    year = day.year
    if day in _STANDS_FOR_NONE:
        return "many systems write it for no day at all; declare it in nulls"
    if year >= YEARS.stop and (day.month, day.day) in {(12, 31), (1, 1)}:
        return "many systems write it for no end; declare it in open_end"
    if year < CENTURY:
        return f"{year:04} is {1969 + (year - 1969) % CENTURY} without its century"
    calendars = [f"{there} in {name} calendar" for name, there in _elsewhere(year) if there in YEARS]
    if calendars:
        return f"{year:04} is {' or '.join(calendars)}"
    near = [f"{it}" for it in YEARS if _is_slip(f"{it}", f"{year:04}")]
    return f"perhaps {' or '.join(near)}" if 0 < len(near) <= NEAR else ""


def _elsewhere(year: int) -> Iterator[tuple[str, int]]:
    yield "the Buddhist", year - 543
    yield "the Persian", year + 621
    yield "the Islamic", round(year * 0.970224 + 621.5774)  # its years are shorter
    yield "Taiwan's", year + 1911


def _is_slip(right: str, wrong: str) -> bool:
    """Tell whether one digit differs, or two neighbours are swapped."""
    differ = [i for i in range(4) if right[i] != wrong[i]]
    return len(differ) == 1 or (differ in ([0, 1], [1, 2], [2, 3]) and sorted(right) == sorted(wrong))


RULES: tuple[Rule, ...] = (B003, B020, B021, B022)
