"""Showing: what a column shows in some rows, and how it seems to write its days. Nothing is guessed.

Where two ways to write a day are as good, neither is said.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from itertools import islice

from attrs import Factory, define, frozen

from coaching.bulk.dates import Dates, Evidence

FORMS = 3  # ways to write a day that are suggested for one column
TRIED = 300  # texts of a column that are tried in each of them
SHOWN = 3  # samples of a column, where they are asked for
LONGEST = 40  # characters of one

_WORDS = {"null", "none", "nan", "n/a", "na", "#n/a", "-", "--", "unknown", "nil"}
_STANDS_FOR_NONE = {date(1, 1, 1), date(1753, 1, 1), date(1899, 12, 30), date(1900, 1, 1), date(1970, 1, 1)}
_NO_END = {date(9999, 12, 31), date(2999, 12, 31), date(2099, 12, 31)}
_TWINS = {"%d/%m/%y": "%m/%d/%y", "%d-%m-%y": "%m-%d-%y", "%d.%m.%y": "%m.%d.%y"}
_FORMATS = (
    *_TWINS, *_TWINS.values(), "%d-%b-%y", "%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%Y/%m/%d",
    "%Y%m%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "excel",
)  # fmt: skip


@define
class Seen:
    """What a column shows in the rows that were looked at."""

    header: str
    rows: int
    texts: Counter[str] = Factory(Counter)

    @property
    def filled(self) -> int:
        """How many rows say something."""
        return self.texts.total()

    @property
    def unique(self) -> bool:
        """Whether every row says something, and each something else."""
        return 0 < self.rows == self.filled == len(self.texts)

    @property
    def pointed(self) -> int:
        """How many end in `.0`, as whole numbers do that went through a spreadsheet."""
        return sum(n for text, n in self.texts.items() if re.fullmatch(r"[0-9]+\.0", text))

    @property
    def nothing(self) -> list[str]:
        """The texts that many systems write for none."""
        return [text for text in self.texts if text.casefold() in _WORDS]

    def told(self, *more: str, samples: bool) -> str:
        """Say what it shows, for a comment."""
        told = [f"{self.filled} of {self.rows} filled", f"{len(self.texts)} distinct", *filter(None, more)]
        if samples:
            told += [
                f"such as {', '.join(json.dumps(it[:LONGEST], ensure_ascii=False) for it in [*self.texts][:SHOWN])}"
            ]
        return "; ".join(told)


@frozen
class Days:
    """How a column seems to write its days."""

    said: Mapping[str, object]
    told: str


def days_of(seen: Seen) -> Days:
    """Find out how a column writes its days; where two orders of day and month are as good, neither is said."""
    texts = [text for text in seen.texts if text not in seen.nothing]
    evidence = Evidence.of(texts)
    said: dict[str, object] = {}
    told = [evidence.told()]
    if evidence.order:
        said["order"] = evidence.order
    elif evidence.counts:
        told.append("no one order of day and month: say order" if not evidence.both else "both orders occur")
    iso = Dates(order=evidence.order, zone="UTC")
    left = [text for text in islice(texts, TRIED) if not isinstance(iso.read(text), date)]
    formats: list[str] = []
    for _ in range(FORMS):
        reads = Counter(
            {it: sum(isinstance(Dates(formats=(it,)).read(text), date) for text in left) for it in _FORMATS}
        )
        best, most = max(reads.items(), key=lambda it: it[1])
        if not most:
            break
        twin = _TWINS.get(best, "")
        if twin and reads[twin] == most:
            told.append(f"{best} and {twin} fit alike: say one of formats")
            break
        formats.append(best)
        left = [text for text in left if not isinstance(Dates(formats=(best,)).read(text), date)]
    if formats:
        said["formats"] = formats
        told.append(f"written {', '.join(formats)}")
    if any(re.search(r"Z|UTC|[0-9][+-][0-9]{2}:?[0-9]{2}$", text) for text in islice(texts, TRIED)):
        said["zone"] = "UTC"
        told.append("moments with an offset: say the zone of the house")
    whole = Dates(order=evidence.order, formats=formats, zone="UTC")
    days = {text: day for text in texts if isinstance(day := whole.read(text), date)}
    for name, among in (("nulls", _STANDS_FOR_NONE), ("open_end", _NO_END)):
        found = sorted({day.isoformat() for day in days.values() if day in among})
        if found:
            said[name] = [*(seen.nothing if name == "nulls" else ()), *found]
            many = sum(seen.texts[text] for text, day in days.items() if day in among)
            told.append(f"{many} stand for {'no end' if name == 'open_end' else 'no day'}")
    return Days(said, "; ".join(filter(None, told)))
