"""Names: a flat name of a page, such as `slot.start` or `outcomes[0][kind]`, as a place; and a name in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

LONGEST_NAME = 200
"""Characters in a flat name; a longer one is no name of ours."""

MOST_ROWS = 1000
"""Rows of a list that a flat name may count: `outcomes[999]` is the last."""

_HEAD = re.compile(r"[^.\[\]]+")
_STEP = re.compile(r"\.([^.\[\]]+)|\[([^.\[\]]+)\]")
_NUMBER = re.compile(r"[0-9]{1,3}")

Steps = tuple[str, ...]


def label_of(name: str) -> str:
    """Give a name or a word as plain words, for a page: the one place where labels are made.

    >>> label_of("follow_up_on"), label_of("from_"), label_of("slot.start")
    ('Follow up on', 'From', 'Start')
    """
    words = name.rpartition(".")[2].replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def steps_of(name: str) -> Steps:
    """Read a flat name as steps; one that is written wrongly, or is too long, is one step: itself.

    >>> steps_of("slot.start"), steps_of("outcomes[0][kind]"), steps_of("tags[]"), steps_of("slot[")
    (('slot', 'start'), ('outcomes', '0', 'kind'), ('tags',), ('slot[',))
    """
    if len(name) > LONGEST_NAME:
        return (name,)
    head = _HEAD.match(name)
    if head is None:
        return (name,)
    steps, place, end = [head[0]], head.end(), len(name) - 2 * name.endswith("[]")
    while place < end:
        step = _STEP.match(name, place)
        if step is None:
            return (name,)
        steps.append(step[1] or step[2])
        place = step.end()
    return tuple(steps)


def head_of(name: str) -> str:
    """Give the first step of a name, however the rest is written: whose field it is."""
    head = _HEAD.match(name)
    return name if head is None else head[0]


def is_row(step: str) -> bool:
    """Tell whether a step counts a row of a list."""
    return _NUMBER.fullmatch(step) is not None


class Branch(dict[str, "Branch | Leaf"]):
    """What flat names put under one name: by step."""


class Leaf:
    """One field as the client gave it: its name, in its own spelling, and its value."""

    __slots__ = ("name", "value")

    def __init__(self, name: str, value: object) -> None:
        """Keep both."""
        self.name, self.value = name, value


def nested(form: Mapping[str, object], fits: Callable[[Steps], bool] = bool) -> Branch:
    """Put what a form sends where its names say. What does not fit, or says a second time, stays under its name."""
    root = Branch()
    flat = list[tuple[str, Steps]]()
    for name, value in form.items():
        steps = steps_of(name)
        if steps == (name,) or not fits(steps):
            root[name] = Leaf(name, value)
        else:
            flat.append((name, tuple([str(int(step)) if is_row(step) else step for step in steps])))
    for name, steps in flat:
        if not _put(root, steps, Leaf(name, form[name])):
            root[name] = Leaf(name, form[name])
    return root


def _put(root: Branch, steps: Steps, leaf: Leaf) -> bool:
    """Put a leaf where it belongs; False where something else is there."""
    branch, way = root, [root]
    for step in steps[:-1]:
        inner = branch.get(step)
        if isinstance(inner, Leaf):
            return False
        way.append(Branch() if inner is None else inner)
        branch = way[-1]
    if steps[-1] in branch:
        return False
    branch[steps[-1]] = leaf
    for outer, step, inner in zip(way, steps, way[1:], strict=False):
        outer[step] = inner
    return True


def given_in(form: Mapping[str, object]) -> dict[str, object]:
    """Give the names and values of a form; of one that holds several values under a name, all where there are several.

    Django, Starlette and Werkzeug call what gives them `getlist`, aiohttp calls it `getall`.
    """
    every = getattr(form, "getlist", None) or getattr(form, "getall", None)
    given = dict[str, object]()
    for name in form:
        if isinstance(name, str):
            values = [form[name]] if every is None else list(every(name))
            given[name] = values[0] if len(values) == 1 else values
    return given


def rows_in_order(branch: Branch) -> list[Branch | Leaf] | None:
    """Give the rows of a list in the order of their numbers; None of what is no list."""
    if not all(map(is_row, branch)):
        return None
    return [branch[step] for step in sorted(branch, key=int)]


DEEPEST = 8
"""How deep a group is looked into for something that is filled in; ours are at most four deep."""


def is_empty(value: object, deepest: int = DEEPEST) -> bool:
    """Tell whether nothing is filled in: an empty text, or a group or row all of whose fields are empty."""
    if isinstance(value, Leaf):
        return is_empty(value.value, deepest)
    if isinstance(value, (Mapping, list, tuple)) and value and deepest:
        inner = value.values() if isinstance(value, Mapping) else value
        return all(is_empty(item, deepest - 1) for item in inner)
    return isinstance(value, str) and value == ""


REFERENCE = frozenset({"kind", "id", "of"})
"""What a row says that names something else: there the id is what was filled in."""


def is_empty_row(row: object, own: Iterable[frozenset[str]]) -> bool:
    """Tell whether nothing is filled in in a row of a list, but for the id that a page keeps of what was there.

    `own` are the fields of each part that has an id of its own.
    """
    value = row.value if isinstance(row, Leaf) else row
    if is_empty(value):
        return True
    if not isinstance(value, Mapping) or not value.keys() - REFERENCE or not any(value.keys() <= its for its in own):
        return False
    return all(is_empty(inner) for name, inner in value.items() if name != "id")


def places(node: Branch | Leaf, own: Sequence[frozenset[str]], path: str = "") -> Iterator[tuple[str, str]]:
    """Say for each field of a form at which place of the arguments its value stands: the place, and the field's name.

    Rows that are empty are not given, so those after them stand further up. Of JSON, a name is made as a place is.
    """
    if isinstance(node, Branch):
        rows = rows_in_order(node) if path else None
        if rows is not None:
            yield from _rows(rows, own, path)
        else:
            for step, inner in node.items():
                yield from places(inner, own, f"{path}.{step}" if path else step)
    else:
        yield path, node.name
        if path.count(".") + path.count("[") > DEEPEST:
            return
        if isinstance(node.value, Mapping):
            for step, inner in node.value.items():
                yield from places(Leaf(f"{node.name}.{step}", inner), own, f"{path}.{step}")
        elif isinstance(node.value, (list, tuple)):
            named = [f"{node.name}[{i}]" if isinstance(it, Mapping) else node.name for i, it in enumerate(node.value)]
            yield from _rows([Leaf(name, it) for name, it in zip(named, node.value, strict=True)], own, path)


def _rows(rows: Sequence[Branch | Leaf], own: Sequence[frozenset[str]], path: str) -> Iterator[tuple[str, str]]:
    given = [row for row in rows if not is_empty_row(row, own)]
    for i, row in enumerate(given):
        yield from places(row, own, f"{path}[{i}]")
