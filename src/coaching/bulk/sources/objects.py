"""JSON, NDJSON and dicts: each object is a row, or each that stands under a path; a cell is named by its path."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

import msgspec

from coaching.bulk.sources.cells import Cell, is_blank, number, numeral, plain, text_of
from coaching.bulk.sources.faults import B012, refused, wrong
from coaching.bulk.sources.returned import TEXT
from coaching.bulk.sources.texts import Blocks
from coaching.kernel.constraints import V015
from coaching.kernel.rules import Finding, brief

Named = tuple[int, Mapping[str, Cell], Finding | None]
"""The line on which an object begins, its cells by their names, and why it is none."""

_fast = msgspec.json.Decoder(float_hook=numeral).decode
_slow = json.JSONDecoder(parse_float=numeral, parse_int=numeral, parse_constant=lambda _: None)
"""The one accepts; the other explains, and takes what more there is: no number at all, and half a character."""
_whole = json.JSONDecoder(
    parse_float=lambda text: it if number(it := float(text)) == numeral(text) else numeral(text),
    parse_constant=lambda _: None,
)
"""The same again, where an object is to be written as it was: its numbers stay numbers, unless that lost a digit."""

WHOLE = "\0whole"
"""The name of the cell that holds the object a row comes from, where that is asked for. No column is called so."""

_DEEP = "nested too deeply"
_string = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL).match
_begun = re.compile(r"-|\.|[eE][+-]?|\\?u?[0-9a-fA-F]{0,4}").fullmatch
_WORDS = ("true", "false", "null", "NaN", "Infinity", "-Infinity")
_space = re.compile(r"[ \t\r\n]*").match


# --- cells out of an object -----------------------------------------------------------------------------------------


def flat(value: Mapping[Any, Any], name: str = "") -> dict[str, Cell]:
    """Give the cells of an object by their paths; a list of plain values is one cell, of objects one for each key.

    Raises:
        TypeError: For a value that is none, or a key that is no text.

    >>> flat(
    ...     {"id": 5095.0, "unit": {"name": "Robotics"}, "tags": ["a", "b"], "goals": [{"title": "x"}, {"title": "y"}]}
    ... )
    {'id': '5095', 'unit.name': 'Robotics', 'tags': ['a', 'b'], 'goals[].title': ['x', 'y']}
    """
    cells: dict[str, Cell] = {}
    _flatten(value, f"{name}." if name else "", cells)
    return cells


def _flatten(value: Mapping[Any, Any], prefix: str, cells: dict[str, Cell]) -> None:
    for key, it in value.items():
        if key.__class__ is not str and not isinstance(key, str):
            raise TypeError(f"{brief(key)} as a key")
        name = prefix + key
        kind = it.__class__
        if kind is str:
            cells[name] = it
        elif kind is int:
            cells[name] = str(it)
        elif it is None:
            cells[name] = ""
        elif isinstance(it, Mapping):
            _flatten(it, f"{name}.", cells)
        elif isinstance(it, (list, tuple)):
            _flatten_list(it, name, cells)
        else:
            cells[name] = plain(it)


def _flatten_list(items: list[Any] | tuple[Any, ...], name: str, cells: dict[str, Cell]) -> None:
    objects = [flat(it, f"{name}[]") if isinstance(it, Mapping) else {} for it in items]
    if not any(objects):
        cells[name] = [_part(it) for it in items]
        return
    for column in dict.fromkeys(chain.from_iterable(objects)):
        cells[column] = [it.get(column) for it in objects]
    if not all(isinstance(it, Mapping) for it in items):
        cells[name] = [None if isinstance(it, Mapping) else _part(it) for it in items]


def _part(it: Any) -> Cell:
    """Give a part of a list; an object in a list of lists has no path, and is the text of it."""
    if isinstance(it, (list, tuple)):
        return [_part(part) for part in it]
    return json.dumps(flat(it), default=str, ensure_ascii=False) if isinstance(it, Mapping) else plain(it)


# --- objects under a path -------------------------------------------------------------------------------------------


def under(
    line: int,
    value: Any,
    path: str,
    name: str = "",
    above: Mapping[str, Cell] | None = None,
    whole: Callable[[Any], Any] | None = None,
) -> Iterator[Named]:
    """Give each object under a path, with the cells of all above it; a blank one where the path leads nowhere.

    `whole` puts what stands under the path into the object that it comes from; a last cell holds that as JSON.

    >>> [dict(cells) for _, cells, _ in under(1, {"id": "1", "goals": [{"title": "x"}, {"title": "y"}]}, "goals")]
    [{'id': '1', 'goals[].title': 'x'}, {'id': '1', 'goals[].title': 'y'}]
    """
    held: dict[str, Cell] = {} if whole is None else {WHOLE: _written(whole(value))}
    try:
        if not isinstance(value, Mapping):
            kind = "text" if isinstance(value, str) else type(value).__name__
            yield line, held, wrong(B012, "{told} is a {kind} and no object", told=name or "this", kind=kind)
            return
        if isinstance(value, _Located):
            line = value.line
        if not path:
            cells = flat(value, name)
            cells = {**above, **cells} if above else cells
            yield line, cells if not held or all(map(is_blank, cells.values())) else {**cells, **held}, None
            return
        key, rest = _step(value, path)
        it = None if key is None else value[key]
        if key is None or it is None or it == []:
            yield line, {}, None
            return
        here = {**(above or {}), **flat({k: it for k, it in value.items() if k != key}, name)}
        inner = f"{name}.{key}" if name else key
        if isinstance(it, list):
            for each in it:
                yield from under(line, each, rest, f"{inner}[]", here, whole and _put(whole, value, key, as_list=True))
        else:
            yield from under(line, it, rest, inner, here, whole and _put(whole, value, key))
    except RecursionError:
        yield line, held, wrong(B012, "line {line} is {deep}", line=line, deep=_DEEP)
    except (TypeError, ValueError) as why:
        yield line, held, wrong(V015, "{value} is no plain value", value=str(why))


def _records(line: int, value: Any, path: str, *, whole: bool) -> Iterator[Named]:
    """Give each object under a path of one that a source holds; what came back as a text is read again."""
    if isinstance(value, Mapping) and TEXT in value:
        text = str(value[TEXT])
        try:
            value = decoded(text, whole=whole)
        except json.JSONDecodeError as why:
            yield _malformed(line, text, why)
            return
        except RecursionError:
            yield line, {}, wrong(B012, "line {line} is {deep}", line=line, deep=_DEEP)
            return
    yield from under(line, value, path, whole=_itself if whole else None)


def _put(
    whole: Callable[[Any], Any], value: Mapping[str, Any], key: str, *, as_list: bool = False
) -> Callable[[Any], Any]:
    """Say how what stands under a key is put back, alone, into the object above it."""
    return lambda it: whole({**value, key: [it] if as_list else it})


def _itself(it: Any) -> Any:
    """Give what is given."""
    return it


def _written(value: Any) -> str:
    """Write an object as JSON, in which a value of any kind is what it would be as a cell; nothing where that fails."""
    try:
        return json.dumps(value, default=_as_text, ensure_ascii=False)
    except (RecursionError, TypeError, ValueError):
        return ""


def _as_text(it: Any) -> Any:
    if isinstance(it, Mapping):
        return dict(it)
    try:
        return text_of(plain(it))
    except TypeError:
        return str(it)


def _step(value: Iterable[str], path: str) -> tuple[str | None, str]:
    """Give the key of an object with which a path begins, the longest where several fit, and the rest of the path."""
    fits = [key for key in value if path == key or path.startswith(f"{key}.")]
    key = max(fits, key=len, default=None)
    return key, "" if key is None else path[len(key) + 1 :]


# --- NDJSON ---------------------------------------------------------------------------------------------------------


def lines_of_objects(blocks: Blocks, path: str, *, whole: bool = False) -> Iterator[Named]:
    """Give each object of NDJSON; a line that is none is told, and reading goes on."""
    failed: tuple[int, str, json.JSONDecodeError] | None = None
    for line, text in enumerate(chain.from_iterable(blocks), 1):
        if text.isspace() or not text:
            yield line, {}, None
            continue
        if failed is not None:
            yield _malformed(*failed)
            failed = None
        try:
            value = decoded(text, whole=whole)
            is_plain = not path and not whole and isinstance(value, dict) and TEXT not in value
            cells = flat(value) if is_plain else None
        except json.JSONDecodeError as why:
            failed = line, text.rstrip(), why
        except RecursionError:
            yield line, {}, wrong(B012, "line {line} is {deep}", line=line, deep=_DEEP)
        else:
            if cells is None:
                as_it_stands = whole and not path and isinstance(value, dict) and TEXT not in value
                for it in _records(line, value, path, whole=whole):
                    yield (line, {**it[1], WHOLE: text.strip()}, None) if as_it_stands and WHOLE in it[1] else it
            else:
                yield line, cells, None
    if failed is not None:
        yield _last(*failed)


def _last(line: int, text: str, at: json.JSONDecodeError) -> Named:
    """Say of the last line whether it breaks off or is malformed."""
    if _breaks_off(text, at.pos):
        return line, {"": text}, wrong(B012, "this is NDJSON cut off in line {line}", line=line)
    return _malformed(line, text, at)


def decoded(text: str, *, whole: bool = False) -> Any:
    """Give what a text of JSON holds; numbers beyond what a machine counts with, and halves of characters, too.

    With `whole`, numbers are numbers: what is given can be written again.

    Raises:
        json.JSONDecodeError: With the place.
    """
    try:
        return _whole.decode(text) if whole else _fast(text)
    except json.JSONDecodeError:
        raise
    except (msgspec.MsgspecError, ValueError):  # half a character, or a number of thousands of digits
        return _slow.decode(text)


def _breaks_off(text: str, at: int) -> bool:
    """Tell whether JSON that cannot be read on from a place would have gone on behind its end."""
    tail = text[at:]
    unclosed = tail.startswith('"') and not _string(tail)
    return not tail or unclosed or bool(_begun(tail)) or any(word.startswith(tail) for word in _WORDS)


def is_whole(text: str) -> bool:
    """Tell whether a text is JSON, from its beginning to its end."""
    try:
        decoded(text)
    except (ValueError, RecursionError):
        return False
    return True


def begins_document(text: str) -> bool:
    """Tell whether a text is the beginning of one value of JSON, or the whole of it."""
    try:
        decoded(text)
    except json.JSONDecodeError as why:
        return _breaks_off(text, why.pos)
    except RecursionError:
        return True
    return True


def _malformed(line: int, text: str, why: json.JSONDecodeError) -> Named:
    what = "line {line} is no JSON at character {at} of {of}: {why}"
    return line, {"": text}, wrong(B012, what, line=line, at=min(why.pos + 1, len(text)), of=len(text), why=why.msg)


# --- JSON -----------------------------------------------------------------------------------------------------------


class _Located(dict[str, Any]):
    """An object that knows its line."""

    line = 0


class _Document:
    """A text of which values are read one by one, each with its place."""

    def __init__(self, text: str, decoder: json.JSONDecoder) -> None:
        self.decoder = decoder
        self.text = text if "\n" in text else text.replace("\r", "\n")
        self.at = 0
        self.counted, self.line = 0, 1

    def next(self) -> str:
        """Give the next character that is no space; nothing at the end."""
        found = _space(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def here(self) -> int:
        """Give the line of the present place."""
        self.line += self.text.count("\n", self.counted, self.at)
        self.counted = self.at
        return self.line

    def fail(self, expecting: str) -> json.JSONDecodeError:
        """Say what json says of such a place."""
        return json.JSONDecodeError(f"Expecting {expecting}", self.text, self.at)

    def plain(self) -> Any:
        """Read a value, whatever it is."""
        value, self.at = self.decoder.raw_decode(self.text, self.at)
        return value

    def value(self, path: str) -> Any:
        """Read a value that stands on a path, and of which the objects under it know their lines."""
        begins = self.next()
        if begins == "{":
            return self.object(path)
        return list(self.items(path)) if begins == "[" else self.plain()

    def object(self, path: str) -> _Located:
        """Read an object; what does not stand on the path is read at once."""
        line = self.here()
        found = _Located(self.pairs(path)) if path else _Located(self.plain())
        found.line = line
        return found

    def pairs(self, path: str) -> Iterator[tuple[str, Any]]:
        """Read the keys of an object and their values."""
        for _ in self.parts("}"):
            if self.next() != '"':
                raise self.fail("property name enclosed in double quotes")
            key = self.plain()
            if self.next() != ":":
                raise self.fail("':' delimiter")
            self.at += 1
            on, rest = _step([key], path)
            self.next()
            yield key, self.plain() if on is None else self.value(rest)

    def items(self, path: str) -> Iterator[Any]:
        """Read the parts of a list."""
        for _ in self.parts("]"):
            yield self.value(path)

    def parts(self, closing: str) -> Iterator[None]:
        """Stand before each part of a list or an object, and behind the whole at last."""
        self.at += 1
        if self.next() == closing:
            self.at += 1
            return
        while True:
            yield
            follows = self.next()
            self.at += 1
            if follows == closing:
                return
            if follows != ",":
                self.at -= 1
                raise self.fail("',' delimiter")


def document_of_objects(blocks: Blocks, path: str, *, whole: bool = False) -> Iterator[Named]:
    """Give each object of a JSON document, or of several: the parts of a list, or the one that it is.

    Raises:
        Rejected: B012 where the document is malformed or cut off, with its line.
    """
    document = _Document(
        "".join("".join(block) for block in blocks), _whole if whole else _slow
    )  # not of all lines at once: they weigh more
    try:
        while begins := document.next():
            for value in document.items(path) if begins == "[" else [document.value(path)]:
                yield from _records(document.here(), value, path, whole=whole)
    except json.JSONDecodeError as why:
        text = document.text.rstrip()
        if _breaks_off(text, why.pos):
            raise refused(B012, "this is JSON cut off in line {line}", line=text.count("\n") + 1) from None
        what = "line {line} is no JSON at character {at}: {why}"
        raise refused(B012, what, line=why.lineno, at=why.colno, why=why.msg) from None
    except RecursionError:
        raise refused(B012, "line {line} is {deep}", line=document.here(), deep=_DEEP) from None


# --- objects that are given -----------------------------------------------------------------------------------------


def objects(rows: Iterable[Any], path: str, *, whole: bool = False) -> Iterator[Named]:
    """Give each object, its place standing for a line."""
    for place, row in enumerate(rows, 1):
        yield from _records(place, row, path, whole=whole)
