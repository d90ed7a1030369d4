"""When the next annual interview is due, and who is covered: the public face of `coaching.book.cadence`."""

from coaching.book.cadence import Coverage, Covered, coverage, covered, last_held, next_due

__all__ = ["Coverage", "Covered", "coverage", "covered", "last_held", "next_due"]
