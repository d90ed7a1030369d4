"""A report on one screen of text, whatever the file: what does not fit is counted, and the gravest stands first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from unicodedata import category, east_asian_width

from coaching.bulk.reporting.accounts import Account
from coaching.bulk.reporting.groups import Group
from coaching.kernel.rules import Severity, shown

HEIGHT, WIDTH = 24, 80  # the smallest terminal that people still have
NAMED = 3  # so many sources and types are named, each on a line
WHERE = 30  # columns at most for where it is
WHAT = 16  # columns at least for what is wrong


def screen(
    accounts: Sequence[Account],
    records: Mapping[str, Mapping[str, int]],
    groups: Sequence[Group],
    *,
    written: bool,
    values: bool = False,
    height: int = HEIGHT,
    width: int = WIDTH,
) -> str:
    """Say what came of an import in so many lines of so many columns. Fewer than 24 lines are not enough for all."""
    lines = list(_account(accounts))
    if not written:
        lines.append("Nothing was written.")
    lines += _few([f"{type}: {_counts(records[type])}" for type in records], "types")
    lines += _few([f"{it.source}: unused {', '.join(sorted(it.unused))}" for it in accounts if it.unused], "sources")
    several = len(accounts) > 1
    room = height - len(lines)
    shown_at: dict[int, Group] = {}
    for severity, word in ((Severity.ERROR, "error"), (Severity.WARNING, "warning")):
        its = [it for it in groups if (it.severity == Severity.ERROR) == (severity == Severity.ERROR)]
        if not its or room <= 0:
            continue
        lines.append(plural(sum(it.count for it in its), word))
        least = 2 if severity == Severity.ERROR and len(its) < len(groups) else 0  # for a word on the others
        space = max(0, room - 1 - least)
        fit = its if len(its) <= space else its[: max(0, space - 1)]
        shown_at |= dict(enumerate(fit, len(lines)))
        lines += [_group(it, several=several, values=values, width=width) for it in fit]
        if len(fit) < len(its):
            rest = sum(it.count for it in its[len(fit) :])
            lines.append(f"  and {number(len(its) - len(fit))} more groups: {plural(rest, word)}")
        room = height - len(lines)
    if values:
        lines = list(_with_examples(lines, shown_at, several=several, height=height, width=width))
    return "\n".join(fitted(line, width) for line in lines[:height])


def number(n: int) -> str:
    """Write a number so that it can be read.

    >>> number(36315), number(311)
    ('36 315', '311')
    """
    return f"{n:,}".replace(",", " ")


def plural(n: int, word: str) -> str:
    """Write a number of things.

    >>> plural(1, "error"), plural(3924, "error")
    ('1 error', '3 924 errors')
    """
    return f"{number(n)} {word}{'' if n == 1 else 's'}"


def listed(lines: Sequence[int], count: int) -> str:
    """Name lines: all of them, or some for example.

    >>> listed([2, 3], 2), listed([2, 3], 9), listed([2], 9), listed([], 9)
    ('lines 2, 3', 'e.g. lines 2, 3', 'e.g. line 2', '')
    """
    if not lines:
        return ""
    some = "e.g. " if count > len(lines) else ""
    return f"{some}line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines))}"


def fitted(text: str, width: int) -> str:
    """Cut a text to so many columns of a terminal, where a letter may take two, and none is a command.

    >>> fitted("Einstellungsdatum", 10), fitted("入社年月日", 7), fitted("name", 10)
    ('Einstell..', '入社..', 'name')
    """
    text = _safe(text)
    if _wide(text) <= width:
        return text
    room, cut = width - 2, 0
    while (room := room - _columns(text[cut])) >= 0:
        cut += 1
    return text[:cut] + ".."


def _safe(text: str) -> str:
    """Give a text of which a terminal takes nothing for a command, or for another direction of writing."""
    text = shown(text)
    return text if text.isprintable() else "".join(it for it in text if category(it) != "Cf")


def _wide(text: str) -> int:
    return sum(map(_columns, text))


def _columns(letter: str) -> int:
    return 2 if east_asian_width(letter) in {"W", "F"} else 1


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number(n)} {what.replace('_', ' ')}" for what, n in counts.items())


def _account(accounts: Sequence[Account]) -> Iterator[str]:
    yield _sum("", accounts)
    if len(accounts) > 1:
        yield from _few([_sum(f"  {it.source}: ", [it]) for it in accounts], "sources")


def _sum(name: str, accounts: Sequence[Account]) -> str:
    read, accepted, rejected = (
        number(sum(getattr(it, what) for it in accounts)) for what in ("read", "accepted", "rejected")
    )
    reasons = sorted({why for it in accounts for why in it.skipped})
    skipped = {why: sum(it.skipped.get(why, 0) for it in accounts) for why in reasons}
    why = f" ({_counts(skipped)})" if skipped else ""
    total = number(sum(skipped.values()))
    return f"{name}read {read} = accepted {accepted} + rejected {rejected} + skipped {total}{why}"


def _few(lines: Iterable[str], what: str) -> list[str]:
    them = list(lines)
    return them if len(them) <= NAMED + 1 else [*them[:NAMED], f"  and {number(len(them) - NAMED)} more {what}"]


def _group(it: Group, *, several: bool, values: bool, width: int) -> str:
    """Say a group on one line; what is wrong comes before a second example."""
    places = [name for name in (it.source if several else "", it.column) if name]
    where = fitted(", ".join(places), WHERE)
    begin = f"  {where}{': ' if where else ''}{number(it.count)} × "
    what = _safe(it.said(values=values))
    end = f" ({it.code})"
    for some in range(len(it.lines), 0, -1):
        end = f" ({it.code}), {listed(it.lines[:some], it.count)}"
        if _wide(begin + what + end) <= width:
            break
    return begin + fitted(what, max(WHAT, width - _wide(begin + end))) + end


def _with_examples(
    lines: Sequence[str], groups: Mapping[int, Group], *, several: bool, height: int, width: int
) -> Iterator[str]:
    """Put below a group what its cells say, where that differs and there is room: the gravest first."""
    room = max(0, height - len(lines))
    for n, line in enumerate(lines):
        examples = groups[n].examples[:room] if n in groups else ()
        if not examples[1:]:
            yield line
            continue
        room -= len(examples)
        yield _group(groups[n], several=several, values=False, width=width)
        yield from (f"    {'' if many is None else f'{number(many)} × '}{message}" for message, many in examples)
