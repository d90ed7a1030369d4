"""Who sees what, what a person is given, what goes when they are erased: the public face of privacy in the book."""

from coaching.book.circles import TABLE, Circle, Privacy, Sight
from coaching.book.erasure import MARK, Line, Report, erase, leftovers
from coaching.book.privacy import Counts, View, access_copy, count_by, keeping, view
from coaching.book.words import Words, texts, undecided

__all__ = [
    "MARK", "TABLE", "Circle", "Counts", "Line", "Privacy", "Report", "Sight", "View", "Words", "access_copy",
    "count_by", "erase", "keeping", "leftovers", "texts", "undecided", "view",
]  # fmt: skip
