"""The account of one source, and what became of records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve, field, frozen
from frozendict import frozendict

from coaching.kernel.constraints import V015
from coaching.kernel.rules import Choice, Rejected


def _plain(told: Mapping[str, Any]) -> frozendict[str, Any]:
    return frozendict({name: tuple(it) if isinstance(it, list) else it for name, it in told.items()})


def _counted(skipped: Mapping[str, int]) -> frozendict[str, int]:
    return frozendict({why: n for why, n in skipped.items() if n})


def _named(unused: Iterable[str]) -> frozenset[str]:
    return frozenset(unused)


@frozen
class Account:
    """What became of the records of one source: read = accepted + rejected + skipped.

    Attributes:
        source: Its name.
        read: How many records were read; counted on its own, so that none is lost without a word.
        accepted: How many rows were taken.
        rejected: How many rows were not.
        skipped: How many records were passed over, and why: `blank`, `others`, `below`, `duplicates`.
        told: What was found out about it: see `Rows`.
        unused: Columns that nothing took.

    Raises:
        Rejected: V015 where it does not add up.

    >>> Account("people.csv", read=5, accepted=3, rejected=1, skipped={"blank": 1}).rows
    4
    """

    source: str
    read: int = field(default=0, kw_only=True)
    accepted: int = field(default=0, kw_only=True)
    rejected: int = field(default=0, kw_only=True)
    skipped: Mapping[str, int] = field(default=frozendict(), kw_only=True, converter=_counted)
    told: Mapping[str, Any] = field(default=frozendict(), kw_only=True, converter=_plain)
    unused: frozenset[str] = field(default=frozenset(), kw_only=True, converter=_named)

    def __attrs_post_init__(self) -> None:
        """Add up."""
        total = self.accepted + self.rejected + sum(self.skipped.values())
        if total != self.read:
            what = "{read} were read, and {total} are accepted, rejected or skipped"
            raise Rejected.over(V015, what, "read", of=f"account of {self.source}", read=self.read, total=total)

    @property
    def rows(self) -> int:
        """How many of the records were rows: accepted or rejected."""
        return self.accepted + self.rejected

    def __add__(self, other: Account) -> Account:
        """Add what another worker read of the same source."""
        return evolve(
            self,
            read=self.read + other.read,
            accepted=self.accepted + other.accepted,
            rejected=self.rejected + other.rejected,
            skipped=Counter(self.skipped) + Counter(other.skipped),
            told={
                name: min((it.told[name] for it in (self, other) if name in it.told), key=repr)
                for name in sorted({*self.told, *other.told})
            },
            unused=self.unused | other.unused,
        )

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain values."""
        return {
            "source": self.source,
            "read": self.read,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "skipped": dict(sorted(self.skipped.items())),
            "told": {name: list(it) if isinstance(it, tuple) else it for name, it in sorted(self.told.items())},
            "unused": sorted(self.unused),
        }


class Fate(Choice):
    """What became of a record.

    It is `new`; or it was in the book and is `changed`, `unchanged`, `missing` in what was read, `left` for that, or
    `left_alone` though what was read says otherwise.
    """

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    MISSING = "missing"
    LEFT = "left"
    LEFT_ALONE = "left_alone"
