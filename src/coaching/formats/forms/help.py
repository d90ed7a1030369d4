"""Help: what the docstrings of acts, records and parts say of a field, as one short sentence for a page."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping

from coaching.kernel.acting import method_of
from coaching.kernel.fields import once
from coaching.kernel.record import Record

_CODES = re.compile(r" ?\((?:[A-Z]\d{3}(?:, | to | and )?)+\)")
_FIELD = re.compile(r"    (\w+): (.*)")
_END = re.compile(r"(?<=\w)[.;:](?:\s|$)|$")


@once
def help_of(kind: type[Record], act: str) -> str:
    """Say what an act does: the first sentence of its docstring."""
    return _sentence((inspect.getdoc(method_of(kind, act)) or "").partition("\n\n")[0].replace("\n", " "))


@once
def said_of(kind: type[Record], act: str) -> Mapping[str, str]:
    """Say what is said of the arguments of an act, by name."""
    return _under("Args:", inspect.getdoc(method_of(kind, act)) or "")


@once
def told_of(cls: type) -> Mapping[str, str]:
    """Say what is said of the fields of a record or part, by name."""
    return _under("Attributes:", inspect.getdoc(cls) or "")


def _under(title: str, text: str) -> dict[str, str]:
    """Read a section of a docstring: names with their sentences, in words of a page."""
    found, name = dict[str, str](), ""
    for line in text.partition(f"\n{title}\n")[2].splitlines():
        if line and not line.startswith(" "):
            break
        begun = _FIELD.fullmatch(line)
        if begun:
            name, found[begun[1]] = begun[1], begun[2]
        elif name and line.strip():
            found[name] += f" {line.strip()}"
    return {name: _sentence(said) for name, said in found.items()}


def _sentence(said: str) -> str:
    """Give the first sentence without codes of rules; nothing where it speaks to programmers."""
    end = _END.search(said := _CODES.sub("", said))
    first = said[: end.start()] if end else said
    return "" if "`" in first or not first else f"{first}."
