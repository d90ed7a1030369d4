"""The catalogue: every rule there is, from the tuples in which each room lists its own. Nothing else lives here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from coaching.kernel.policy import LISTED
from coaching.kernel.rules import Rule, by_code

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
)  # fmt: skip
"""The rooms that list rules. They are read at the first question, and the answer is the same whatever was imported."""


@cache
def catalogue() -> Mapping[str, Rule]:
    """Give every rule there is, by code, in the order of the codes."""
    listed = (rule for room in ROOMS for rule in import_module(f"coaching.{room}").RULES)
    return dict(sorted(by_code(listed).items()))


LISTED.rules = catalogue
