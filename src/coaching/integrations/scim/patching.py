"""Patching: the operations of a PATCH (RFC 7644, section 3.5.2), done on a resource. All of them, or none.

Read top to bottom: the operations, one of them, where it points, filters. What is removed stands as `null`, which SCIM
calls unassigned: so it is told from what nobody spoke of.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from coaching.integrations.scim.names import B070, CORE, ENTERPRISE, KNOWN, MANY, PARTS, READ_ONLY, canonical
from coaching.kernel.checking import Faults
from coaching.kernel.constraints import V006, V012, V014, V015, V016, V017
from coaching.kernel.rules import brief

_OPS = ("add", "replace", "remove")

# --- the operations --------------------------------------------------------------------------------------------------


def patched(resource: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """Do the operations of a PATCH on a resource: give the one that `receive` takes.

    Names are read in any case, and so are `Add` and `Replace`. A path may be an attribute, `name.givenName`, one with
    its schema before it, `urn:...:User:manager`, or a filter, `emails[type eq "work"].value`. Filters compare by `eq`,
    `ne`, `co`, `sw`, `ew` and `pr`, joined by `and`.

    Args:
        resource: As it stands: what `user` gave.
        patch: The body, with its `Operations`.

    Raises:
        Rejected: All that is wrong, with its place in the body: V006 for a path or filter that cannot be read, V016
            for an attribute that a schema has not, V017 where a filter matches nothing or nothing is named, B070 for
            what is read-only, V012, V014 and V015 for what is no operation.

    >>> before = {"userName": "aek", "name": {"formatted": "Anna Ek"}}
    >>> move = {"op": "replace", "path": "name.formatted", "value": "Anna Berg"}
    >>> patched(before, {"Operations": [move, {"op": "remove", "path": "title"}]})
    {'userName': 'aek', 'name': {'formatted': 'Anna Berg'}, 'title': None}
    """
    faults = Faults()
    made = canonical(resource, faults, "resource")
    given: Any = patch
    body = {str(name).lower(): it for name, it in given.items()} if isinstance(given, Mapping) else {}
    operations = body.get("operations")
    if not isinstance(operations, list) or not operations:
        faults.add(V014, "Operations", "a PATCH has a list of operations", scimType="invalidSyntax")
    faults.refuse("user: cannot be patched")
    for i, operation in enumerate(operations or ()):
        _do(made, operation, f"Operations[{i}]", faults)
    faults.refuse("user: cannot be patched")
    return made


def _do(made: dict[str, Any], given: Any, at: str, faults: Faults) -> None:
    """Do one operation; a value without a path says several."""
    if not isinstance(given, Mapping):
        faults.add(V015, at, "{value} is no operation", value=brief(given), scimType="invalidSyntax")
        return
    its = {str(name).lower(): it for name, it in given.items()}
    op, path, value = its.get("op"), its.get("path"), its.get("value")
    what = op.lower() if isinstance(op, str) else None
    if what not in _OPS:
        wrong = "{value} is none of {words}"
        faults.add(V012, f"{at}.op", wrong, value=brief(op), words=", ".join(_OPS), scimType="invalidSyntax")
    elif what != "remove" and "value" not in its:
        faults.add(V014, f"{at}.value", "{op} asks for a value", op=what, scimType="invalidValue")
    elif path is None and what == "remove":
        faults.add(V017, f"{at}.path", "remove asks for a path", scimType="noTarget")
    elif path is None and not isinstance(value, Mapping):
        wrong = "{value} is no object of attributes, and no path is given"
        faults.add(V015, f"{at}.value", wrong, value=brief(value), scimType="invalidValue")
    else:
        parts: list[tuple[Any, Any]] = [(path, value)] if path is not None or value is None else [*value.items()]
        place = f"{at}.path" if path is not None else f"{at}.value"
        for name, it in parts:
            target = _target(name, place, faults)
            if target is not None:
                _Change(made, what, target, it, place, faults).do()


# --- where it points -------------------------------------------------------------------------------------------------


@frozen
class _Target:
    """Where an operation points: within an extension or not, which attribute, which of its items, which part of it."""

    within: str
    name: str
    filter: str | None = None
    part: str = ""


_PATH = re.compile(r"([A-Za-z][\w-]*)(?:\[(.*)\])?(?:\.(\$?[A-Za-z][\w-]*))?")


def _target(path: Any, at: str, faults: Faults) -> _Target | None:
    if not isinstance(path, str):
        faults.add(V015, at, "{value} is no text", value=brief(path), scimType="invalidPath")
        return None
    within, rest = _schema(path)
    if within and not rest:
        return _Target("", within)
    read = _PATH.fullmatch(rest)
    if read is None:
        wrong = '{value} is no path of an attribute, such as name.givenName or emails[type eq "work"].value'
        faults.add(V006, at, wrong, value=brief(path), scimType="invalidPath")
        return None
    names = PARTS[ENTERPRISE] if within == ENTERPRISE else KNOWN
    name, part = names.get(read[1].lower()) if within in {"", ENTERPRISE} else read[1], read[3] or ""
    parts = PARTS.get(name or "", {})
    if name is None or (part and parts and part.lower() not in parts):
        unknown = "the schema has no attribute {name}"
        faults.add(V016, at, unknown, name=brief(path), scimType="invalidPath")
        return None
    return _Target(within, name, read[2], parts.get(part.lower(), part))


def _schema(path: str) -> tuple[str, str]:
    """Split the schema off a path: nothing for the core, that of the enterprise, or all before the last colon."""
    for schema in (CORE, ENTERPRISE):
        if path.lower().startswith(schema.lower()) and path[len(schema) : len(schema) + 1] in {"", ":"}:
            rest = path[len(schema) + 1 :]
            return ("" if schema == CORE and rest else schema), rest
    within, colon, rest = path.partition("[")[0].rpartition(":")
    return (within, path[len(within) + 1 :]) if colon and path.lower().startswith("urn:") else ("", path)


# --- one change ------------------------------------------------------------------------------------------------------


@frozen
class _Change:
    """One change of one attribute."""

    made: dict[str, Any]
    op: str
    target: _Target
    value: Any
    at: str
    faults: Faults

    def do(self) -> None:
        """Do it, or say why not."""
        within, name = self.target.within, self.target.name
        if name == CORE or (not within and name in READ_ONLY):
            if self.op == "remove" or self.made.get(name) != self.value:
                self.faults.add(B070, self.at, "{name} is read-only", name=name)
            return
        if self.op == "remove" and (within, name) == ("", "userName"):
            self.faults.add(B070, self.at, "{name} is required", name=name)
            return
        if name == ENTERPRISE and self.op != "remove":
            self._each_of(self.value)
            return
        held = self.made
        if within:
            inner = self.made.get(within)
            held = {**inner} if isinstance(inner, Mapping) else {}
            self.made[within] = held
        self._change(held, name)

    def _each_of(self, value: Any) -> None:
        """Change each attribute of the extension that is given."""
        for name, it in canonical(value, self.faults, self.at, PARTS[ENTERPRISE]).items():
            _Change(self.made, self.op, _Target(ENTERPRISE, name), it, self.at, self.faults).do()

    def _change(self, held: dict[str, Any], name: str) -> None:
        now, part = held.get(name), self.target.part
        if self.target.filter is not None:
            held[name] = self._filtered(now)
        elif part and isinstance(now, list):
            held[name] = [self._with_part(item) for item in now]
        elif part:
            held[name] = self._with_part(now)
        elif self.op == "remove":
            held[name] = None
        else:
            held[name] = self._joined(now, self._whole())

    def _whole(self) -> Any:
        """Give the value of an attribute as the RFC writes it."""
        parts, value = PARTS.get(self.target.name), self.value
        if self.target.name == "manager" and self.target.within == ENTERPRISE and isinstance(value, str):
            value = {"value": value}
        return value if parts is None or value is None else canonical(value, self.faults, self.at, parts)

    def _joined(self, now: Any, value: Any) -> Any:
        """Give a value in the place of another; of an object its parts, and of a list, added to it."""
        many = isinstance(now, list) or self.target.name in MANY
        if many and self.op == "add":
            new = value if isinstance(value, list) else [value]
            old = now if isinstance(now, list) else []
            return [*old, *(it for it in new if it not in old)]
        if isinstance(now, dict) and isinstance(value, dict) and self.target.name != "manager":
            return {**now, **value}
        return [value] if many and isinstance(value, dict) else value

    def _with_part(self, item: Any) -> dict[str, Any]:
        return {
            **(item if isinstance(item, dict) else {}),
            self.target.part: None if self.op == "remove" else self.value,
        }

    def _filtered(self, now: Any) -> Any:
        """Change the items that a filter matches."""
        tests = _tests(self.target.filter or "")
        if tests is None:
            wrong = '{value} is no filter that is understood, such as type eq "work"; joined by and'
            self.faults.add(V006, self.at, wrong, value=brief(self.target.filter), scimType="invalidFilter")
            return now
        items = now if isinstance(now, list) else []
        met = [isinstance(item, Mapping) and all(_holds(test, item) for test in tests) for item in items]
        if not any(met):
            wrong = "no {name} matches {filter}"
            told = {"name": self.target.name, "filter": brief(self.target.filter)}
            self.faults.add(V017, self.at, wrong, **told, scimType="noTarget")
        if self.op == "remove" and not self.target.part:
            return [item for item, is_it in zip(items, met, strict=True) if not is_it] or None
        return [self._item(item) if is_it else item for item, is_it in zip(items, met, strict=True)]

    def _item(self, item: Any) -> Any:
        if self.target.part:
            return self._with_part(item)
        return {**item, **self.value} if isinstance(self.value, Mapping) else self.value


# --- filters ---------------------------------------------------------------------------------------------------------

_TEST = re.compile(
    r'\s*(\$?[A-Za-z][\w-]*)\s+(?:(pr)|(eq|ne|co|sw|ew)\s+("(?:[^"\\]|\\.)*"|true|false|null|-?\d+(?:\.\d+)?))\s*',
    re.IGNORECASE,
)
_AND = re.compile(r"and(?=\s)", re.IGNORECASE)
_Test = tuple[str, str, Any]


def _tests(said: str) -> list[_Test] | None:
    """Read a filter: what each of its comparisons asks; None for what is none."""
    found, place = list[_Test](), 0
    while read := _TEST.match(said, place):
        op = (read[2] or read[3]).lower()
        try:
            found.append((read[1].lower(), op, None if op == "pr" else json.loads(_word(read[4]))))
        except ValueError:
            return None
        place = read.end()
        if place == len(said):
            return found
        joint = _AND.match(said, place)
        if joint is None:
            return None
        place = joint.end()
    return None


def _word(said: str) -> str:
    return said if said.startswith('"') else said.lower()


def _holds(test: _Test, item: Mapping[str, Any]) -> bool:
    name, op, asked = test
    value = next((it for key, it in item.items() if str(key).lower() == name), None)
    if op == "pr":
        return value not in (None, "", [], {})
    one, other = (it.casefold() if isinstance(it, str) else it for it in (value, asked))
    if op in {"eq", "ne"}:
        return (one == other) is (op == "eq")
    if not isinstance(one, str) or not isinstance(other, str):
        return False
    return {"co": other in one, "sw": one.startswith(other), "ew": one.endswith(other)}[op]
