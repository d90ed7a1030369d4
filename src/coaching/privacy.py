"""Who sees what, what a person is given, what goes when they are erased: the public face of `coaching.book.privacy`."""

from coaching.book.privacy.access_copy import access_copy
from coaching.book.privacy.circles import Circle, Sight
from coaching.book.privacy.counts import Counts, count_by
from coaching.book.privacy.desk import views
from coaching.book.privacy.erasure import MARK, Line, Report, erase, leftovers
from coaching.book.privacy.keeping import keeping
from coaching.book.privacy.table import TABLE, Privacy
from coaching.book.privacy.texts import Words, texts, undecided
from coaching.book.privacy.told import Finds, findings_for
from coaching.book.privacy.view import Unseen, View, view

__all__ = [
    "MARK", "TABLE", "Circle", "Counts", "Finds", "Line", "Privacy", "Report", "Sight", "Unseen", "View", "Words",
    "access_copy", "count_by", "erase", "findings_for", "keeping", "leftovers", "texts", "undecided", "view", "views",
]  # fmt: skip
