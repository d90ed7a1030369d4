"""The catalogue: every rule there is, from the tuples in which each room lists its own. And the rule of a code."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import cast

from coaching.kernel.checking import no_such
from coaching.kernel.classes import nearest
from coaching.kernel.constraints import V012, V015
from coaching.kernel.rules import LISTED, Rejected, Rule, brief, by_code

ROOMS = (
    "kernel.constraints", "kernel.lifecycle", "kernel.history", "kernel.record", "kernel.signing", "kernel.values",
    "kernel.policy",
    "records.commitments", "records.needs", "records.turns", "records.people", "records.organisations",
    "records.relationships", "records.goals", "records.interviews", "records.feedback", "records.paths",
    "records.opportunities", "records.moves",
    "book.shelf", "book.consistency", "book.checks", "book.renaming",
    "book.privacy.table", "book.privacy.texts", "book.privacy.erasure", "book.privacy.access_copy",
    "book.privacy.counts", "book.privacy.keeping",
    "bulk.sources.faults", "bulk.dates", "bulk.mapping.faults", "bulk.reading.faults", "bulk.journal",
    "bulk.settling.duplicates", "bulk.settling.references", "bulk.settling.days", "bulk.reporting.rules",
    "bulk.identity", "bulk.own", "bulk.merging", "bulk.importing", "bulk.differences",
    "integrations.scim.names",
)  # fmt: skip
"""The rooms that list rules. They are read at the first question, and the answer is the same whatever was imported."""


@cache
def catalogue() -> Mapping[str, Rule]:
    """Give every rule there is, by code, in the order of the codes."""
    listed = (rule for room in ROOMS for rule in import_module(f"coaching.{room}").RULES)
    return dict(sorted(by_code(listed).items()))


def rule(code: str) -> Rule:
    """Give the rule of a code: its sentence, why there is such a rule, how a breach is mended, the address of its page.

    Raises:
        Rejected: V012 for a code that no rule has, with the nearest that is one.

    >>> rule("G005").says, rule("G005").cause, rule("G005").page
    ('the owner has said what they are willing to invest', 'rule', 'generated/rules.html#g005')
    >>> rule("G05")
    Traceback (most recent call last):
    ...
    coaching.Rejected: rules: cannot answer
      V012 code: 'G05' is the code of no rule; did you mean G005? (choose one of the words named)
    """
    known, given = catalogue(), cast("object", code)
    if not isinstance(given, str):
        no_such(V015, "rules: cannot answer", "code", given, kind="code of a rule")
    if given in known:
        return known[given]
    like = given[:LONGEST].upper()
    like = like[:1] + like[1:].replace("O", "0").zfill(3)
    meant = like if like in known else nearest(like, tuple(known))
    what = (
        "{value} is the code of no rule; did you mean {near}?"
        if meant
        else "{value} is the code of no rule; coaching.rules() lists them all"
    )
    told = {"near": meant} if meant else {}
    raise Rejected.over(V012, what, "code", of="rules: cannot answer", value=brief(given), **told)


LONGEST = 9  # characters of a code that is compared with those there are
LISTED.rules, LISTED.rule = catalogue, rule
