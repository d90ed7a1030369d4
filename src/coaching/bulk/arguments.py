"""What an import is asked: what cannot be asked at all is said before anything is opened."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from os.path import realpath
from pathlib import Path
from typing import Any, TypeGuard

from coaching.kernel.checking import Faults, check_as
from coaching.kernel.constraints import V012, V015, Id, Moment, Text
from coaching.kernel.rules import brief

MODES = ("insert", "update", "upsert")
ACCEPTED = ("good", "all")
_REFUSED = "import: cannot begin"
_id, _moment, _text = check_as(Id), check_as(Moment), check_as(Text)


def ask(said: Mapping[str, Any]) -> None:
    """Say what cannot be asked.

    Args:
        said: The arguments of `import_records`, by their names.

    Raises:
        Rejected: V001, V002, V003, V012, V015, all at once.
    """
    faults = Faults()
    _id(said["by"], "by", faults)
    _moment(said["at"], "at", faults)
    if said["source"] is not None:
        _text(said["source"], "source", faults)
    for name, known in (("mode", MODES), ("accept", ACCEPTED)):
        if said[name] not in known:
            faults.add(
                V012, name, "{value} is not known; known: {known}", value=brief(said[name]), known=", ".join(known)
            )
    if type(said["workers"]) is not int or said["workers"] < 1:
        faults.add(V015, "workers", "{value} is no number of processes", value=brief(said["workers"]))
    if said["most"] is not None and (type(said["most"]) is not int or said["most"] < 0):
        faults.add(V015, "most", "{value} is no number of faults", value=brief(said["most"]))
    for name in ("journal", "rejects"):
        if said[name] is not None and not is_path(said[name]):
            faults.add(V015, name, "{value} is no path", value=brief(said[name]))
    if said["progress"] is not None and not callable(said["progress"]):
        faults.add(V015, "progress", "{value} cannot be called", value=brief(said["progress"]))
    faults.refuse(_REFUSED)


def is_path(said: object) -> TypeGuard[str | os.PathLike[str]]:
    """Tell whether something can be the path of a file."""
    return isinstance(said, (str, os.PathLike)) and "\0" not in os.fsdecode(said)


def ask_for_one_file_each(sources: Iterable[str], **files: Path | None) -> None:
    """Refuse to write over a source, or two things into one file.

    Args:
        sources: The paths of what is read.
        files: What is written, by its name.

    Raises:
        Rejected: V015.
    """
    faults = Faults()
    taken = {realpath(it): "a source" for it in sources if it}
    for name, path in files.items():
        if path is not None:
            other = taken.setdefault(realpath(path), name)
            if other != name:
                faults.add(V015, name, "{value} is {other} too", value=brief(str(path)), other=other)
    faults.refuse(_REFUSED)


def ask_what_it_is_called(called: str) -> None:
    """Refuse a name of the other system that no history can hold: it was made of the names of files.

    Raises:
        Rejected: V002.
    """
    faults = Faults()
    _text(called, "source", faults)
    faults.refuse(_REFUSED)
