"""Columns: where the words of a field come from, and the memory of what became of them.

Read top to bottom: one header, several headers, the leaf. A column repeats its texts, so that each is read once and
what came of it is looked up in C; what a text has cost the first time does not count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from attrs import frozen

from coaching.bulk.drafts import Reference
from coaching.bulk.reading.distinct import Plain
from coaching.bulk.reading.faults import Slip
from coaching.bulk.reading.frames import Frame, Named
from coaching.bulk.reading.values import Doubted, Take
from coaching.bulk.reading.words import Clean, Given, text_in
from coaching.kernel.constraints import V014, V015
from coaching.kernel.rules import Rule

CACHED = 16_384  # texts that are remembered, for each column
WEIGHT = 1_000_000  # and their characters, where they are long
LONG = 64
FEW = 64  # rows of which it is not worth while to ask whether they repeat
_TEXTS = frozenset({str})
WRONG = b"?"  # stands in a document that nobody will see

Said = Given | Slip
_MISSING = Slip.over(V014, "is blank")


class Source(Protocol):
    """Where the words of a field come from."""

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns that it reads."""
        ...

    def of(self, frame: Frame) -> Sequence[Said]:
        """Give what each row says."""
        ...

    def which(self, frame: Frame, n: int, *, blank: bool) -> int | None:
        """Give the column that says something in a row, or that is blank there."""
        ...


# --- one header, several headers -------------------------------------------------------------------------------------


@frozen
class One:
    """One column, as it is; None where the source has none, since the mapping says it may."""

    column: int | None
    whole: bool = False  # whether a list is one text

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns that it reads."""
        return () if self.column is None else (self.column,)

    def of(self, frame: Frame) -> Sequence[Said]:
        """Give what each row says."""
        if self.column is None:
            return [""] * len(frame)
        cells = frame.columns[self.column]
        return list(map(text_in, cells)) if self.whole and self.column in frame.listed else cells

    def which(self, *_where: object, **_how: object) -> int | None:
        """Give the column."""
        return self.column


class _Words(dict[Given, Said]):
    """What one of several columns says, by its cell, in the words that count."""

    def __init__(self, column: int | None, clean: Clean) -> None:
        super().__init__()
        self.column, self._clean = column, clean

    def __missing__(self, cell: Given) -> Said:
        if len(self) >= CACHED:
            self.clear()
        said = self[cell] = self._said(cell)
        return said

    def _said(self, cell: Given) -> Said:
        if isinstance(cell, str):
            text = self._clean(cell)
            return text if isinstance(text, str) or self.column is None else text.at(self.column)
        each = [self._clean(text_in(it)) for it in cell]
        wrong = next((it for it in each if isinstance(it, Slip)), None)
        if wrong is not None:
            return wrong if self.column is None else wrong.at(self.column)
        said = tuple([it for it in each if it and isinstance(it, str)])
        return said if len(said) > 1 else "".join(said)

    def of(self, frame: Frame) -> list[Said]:
        """Give what each row says."""
        cells = [""] * len(frame) if self.column is None else frame.columns[self.column]
        return list(map(self.__getitem__, cells))


class Several:
    """Several columns: the first that says something, or all of them joined, or put into a text."""

    def __init__(self, columns: Sequence[int | None], clean: Clean, *, join: str | None, template: str | None) -> None:
        self.columns = tuple([it for it in columns if it is not None])
        self._words = [_Words(it, clean) for it in columns]
        self._join = join
        self._between = None if template is None else IN_TEMPLATE.split(template)[::2]
        self._pattern = "" if self._between is None else "%s".join([it.replace("%", "%%") for it in self._between])

    def of(self, frame: Frame) -> Sequence[Said]:
        """Give what each row says, in which what is wrong knows its column."""
        each = [words.of(frame) for words in self._words]
        if not all(_TEXTS.issuperset(map(type, said)) for said in each):
            return [self._said(its) for its in zip(*each, strict=True)]
        if self._between is not None:
            pattern = self._pattern
            return [pattern % its if all(its) else "" for its in zip(*each, strict=True)]
        if self._join is not None:
            join: Callable[[Any], str] = self._join.join
            return [join(filter(None, its)) for its in zip(*each, strict=True)]
        first, *others = each
        for other in others:
            first = [it or another for it, another in zip(first, other, strict=True)]
        return first

    def _said(self, its: Sequence[Said]) -> Said:
        """Give the same of one row, in which something is wrong, or a list."""
        if self._between is None and self._join is None:
            return next((it for it in its if it), "")
        wrong = next((it for it in its if isinstance(it, Slip)), None)
        if wrong is not None:
            return wrong
        texts = [text_in(it) for it in its if not isinstance(it, Slip)]
        if self._between is not None:
            return self._pattern % tuple(texts) if all(texts) else ""
        return str(self._join).join(filter(None, texts))

    def which(self, frame: Frame, n: int, *, blank: bool) -> int | None:
        """Give the first column that says something in a row, or that is blank there."""
        row = frame.only([n], self.columns)
        for words in self._words:
            if words.column is not None and bool(words.of(row)[0]) is not blank:
                return words.column
        return next(iter(self.columns), None)


IN_TEMPLATE = re.compile(r"\{([^{}]+)\}")
"""Finds the headers in a template."""


# --- the leaf --------------------------------------------------------------------------------------------------------


@frozen
class Naming:
    """What a field that names records says of each that it names; `kind` is empty where the row says it."""

    kind: str
    by: str
    missing: str
    column: str

    def of(self, path: str, said: str) -> Reference:
        """Say that a field names a record."""
        return Reference(path, self.column, self.kind, said, self.by, self.missing)


@frozen(kw_only=True)
class More:
    """What else is known of a field.

    Attributes:
        many: Whether it takes a list, as which one text may be parted by `split`.
        parting: What parts a text into the items of the list that it stands in.
        blank: Its piece where the column says nothing.
        default: What it says then.
        required: The rule that speaks then, where there is one.
        naming: What is said of the records that it names.
        keeps: Whether somebody asks for the texts.
        plain: Which texts it takes as they stand, where they need not be looked at one by one.
    """

    many: bool = False
    split: str | None = None
    parting: str | None = None
    blank: bytes = b""
    default: Given = ""
    required: Rule | None = None
    naming: Naming | None = None
    keeps: bool = False
    plain: Plain | None = None


class Leaf(dict[Said, bytes]):
    """One field that a column fills: by what it says, its piece of the document, with its key and a comma before it.

    Attributes:
        path: Where it stands in a document, the first item being meant of each list: `positions[0].title`.
        place: The same for a report: `positions[].title`.
        source: Where its words come from.
        parting: What parts a text into the items of the list of parts that it stands in.
        required: The rule that speaks where it says nothing and has to; None where it may.
        blank: Its piece where the column says nothing.
        unfit: What is wrong with it then: with the default of the mapping.
        default: What it names then.
        kept: Texts by what was said, where somebody asks for them.
    """

    def __init__(self, path: str, source: Source, clean: Clean, take: Take, *, head: bytes, more: More) -> None:
        super().__init__()
        self.path, self.source, self.required, self.parting = path, source, more.required, more.parting
        self.place = reported(path)
        self.kept: dict[Said, str] = {}
        self._clean: Clean = str.strip  # while the default is read
        self._take, self._head, self._more = take, head, more
        self._slips: dict[Said, tuple[Slip, ...]] = {}
        self._named: dict[Said, Named] = {}
        self._weight = 0
        self._distinct = False  # whether the last rows hardly repeated what was known
        self._odd: set[int] | None = None  # which were looked at, where the others were read at once
        self._said: Sequence[Said] = ()  # what the last rows said, where somebody asks for the texts
        self._plain = not more.many
        self.unfit: tuple[Slip, ...] = ()  # of the default
        self.default: Named = ()
        self.blank = more.blank
        if more.default:
            self.blank = self._piece(more.default)
            self.unfit = self._slips.get(more.default, ())
            self.default = self._named.get(more.default, ())
            self._forget()
        self._clean = clean

    @property
    def leaves(self) -> Sequence[Leaf]:
        """Itself."""
        return (self,)

    def build(self, frame: Frame) -> tuple[Sequence[bytes], Sequence[object]]:
        """Give the pieces of all rows, and whether the column said each, or the mapping in its place."""
        if len(self) > CACHED or self._weight > WEIGHT:
            self._forget()
        said = self.source.of(frame)
        if self._more.keeps:
            self._said = said
        self._odd = None
        if said and self._distinct and (at_once := self._at_once(frame, said)):
            return at_once, at_once
        known = len(self)
        made = list(map(self.__getitem__, said))
        self._distinct = 2 * (len(self) - known) > len(said) > FEW
        if not self._slips.keys().isdisjoint(said):
            self._note(frame, said, [n for n, it in enumerate(said) if it in self._slips])
        if self._more.naming is not None:
            frame.names.append(list(map(self._named.__getitem__, said)))
        return made, [it is not self.blank for it in made] if self.blank else made

    def _at_once(self, frame: Frame, said: Sequence[Any]) -> list[bytes] | None:
        """Give the pieces of texts that hardly repeat; None where too many of them have to be looked at."""
        plain, naming = self._more.plain, self._more.naming
        if plain is None or self.blank:
            return None
        made, odd = plain.written(said, self._head)
        if 2 * len(odd) > len(said):
            return None
        self._odd = odd
        for n in odd:
            made[n] = self[said[n]]
        self._note(frame, said, sorted(odd))
        if naming is not None:
            of, path, named = naming.of, self.path, self._named
            frame.names.append([named[it] if n in odd else (of(path, it),) for n, it in enumerate(said)])
        return made

    def _note(self, frame: Frame, said: Sequence[Said], rows: Iterable[int]) -> None:
        """Note what is wrong with some rows."""
        for n in rows:
            for slip in self._slips.get(said[n], ()):
                column = self.source.which(frame, n, blank=False) if slip.column is None else slip.column
                frame.note(n, column, self.place, slip)

    def texts(self) -> list[str]:
        """Give the texts of the rows that were read last; empty where there is none."""
        odd, kept, said = self._odd, self.kept, self._said
        if odd is None:
            return [kept.get(it, "") for it in said]
        return [kept.get(it, "") if n in odd else str(it) for n, it in enumerate(said)]

    def miss(self, frame: Frame, n: int) -> None:
        """Note that a row says nothing here, and has to."""
        frame.note(n, self.source.which(frame, n, blank=True), self.place, missing(self.required or V014))

    def _forget(self) -> None:
        for known in (self, self.kept, self._slips, self._named):
            known.clear()
        self._weight = 0

    def __missing__(self, said: Said) -> bytes:
        piece = b""
        if self._plain and type(said) is str and (text := self._clean(said)) and type(text) is str:
            took = self._take(text)
            if type(took) is bytes and took:  # as nearly all are; what follows would come to the same
                piece = self._head + took
                if self._more.keeps:
                    self.kept[said] = text
                if self._more.naming is not None:
                    self._named[said] = (self._more.naming.of(self.path, text),)
        piece = self[said] = piece or self._piece(said)
        if len(piece) > LONG:
            self._weight += len(piece)
        return piece

    def _piece(self, given: Said) -> bytes:
        """Give the piece of what is said for the first time, and note all else that is known of it."""
        if isinstance(given, Slip):
            return self._wrong(given, given)
        if not isinstance(given, str) or self._more.many:
            return self._piece_of_items(given)
        said = self._clean(given)
        if not said:
            return self._nothing(given)
        took = said if isinstance(said, Slip) else self._take(said)
        if isinstance(took, Slip):
            return self._wrong(given, took)
        if isinstance(took, Doubted):
            self._slips[given] = took.slips
            return self._head + took.json
        return self._made(given, took, (str(said),)) if took else self._nothing(given)

    def _piece_of_items(self, given: Given) -> bytes:
        """Do the same of a cell that holds a list, or for a field that takes one."""
        more = self._more
        items: Sequence[Given] = (given,) if isinstance(given, str) else given
        if isinstance(given, str) and more.split:
            items = given.split(more.split)
        took: list[bytes] = []
        texts: list[str] = []
        doubts: list[Slip] = []
        for item in items:
            said = self._clean(text_in(item))
            one = said if isinstance(said, Slip) or not said else self._take(said)
            if isinstance(one, Slip):
                return self._wrong(given, one)
            if isinstance(one, Doubted):
                doubts += one.slips
                one = one.json
            if isinstance(one, bytes) and one:
                took.append(one)
                texts.append(str(said))
        if not took:
            return self._nothing(given)
        if len(took) > 1 and not more.many:
            return self._wrong(given, Slip.over(V015, "{n} values, where the field takes one", n=len(took)))
        if doubts:
            self._slips[given] = tuple(doubts)
        return self._made(given, b"[%b]" % b",".join(took) if more.many else took[0], texts)

    def _made(self, given: Said, json: bytes, texts: Sequence[str]) -> bytes:
        naming, many = self._more.naming, self._more.many
        if naming is not None:
            self._named[given] = tuple(
                [naming.of(f"{self.path}[{i}]" if many else self.path, it) for i, it in enumerate(texts)]
            )
        if self._more.keeps:
            self.kept[given] = texts[0]
        return self._head + json

    def _nothing(self, given: Said) -> bytes:
        self._named[given] = self.default
        if self.unfit:
            self._slips[given] = self.unfit
        return self.blank

    def _wrong(self, given: Said, slip: Slip) -> bytes:
        self._named[given] = ()
        self._slips[given] = (slip,)
        return WRONG


def reported(path: str) -> str:
    """Give a path for a report.

    >>> reported("positions[0].managers[0].from")
    'positions[].managers[].from'
    """
    return path.replace("[0]", "[]")


def missing(rule: Rule) -> Slip:
    """Say that what a rule asks for is blank."""
    return _MISSING if rule is V014 else Slip.over(rule, "is blank")
