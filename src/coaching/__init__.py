"""Coaching conversations at work, as values that a program can hold, check, store, exchange and test."""

from coaching.kernel.policy import Cadence, Policy
from coaching.kernel.record import Await
from coaching.kernel.rules import Finding, Rejected, Rule, Severity
from coaching.kernel.signing import Signature, Stance, verify
from coaching.kernel.values import Location, Ref, RefKind, Span
from coaching.records.commitments import Commitment
from coaching.records.goals import Goal, Investment, Measure, Option, Progress

__all__ = [
    "Await", "Cadence", "Commitment", "Finding", "Goal", "Investment", "Location", "Measure", "Option", "Policy",
    "Progress", "Ref", "RefKind", "Rejected", "Rule", "Severity", "Signature", "Span", "Stance", "verify",
]  # fmt: skip
