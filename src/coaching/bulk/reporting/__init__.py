"""What came of an import, told: a report on a screen, as JSON and as a page; and a file of the rows to be mended."""

from coaching.bulk.reporting.accounts import Account, Fate
from coaching.bulk.reporting.groups import Group
from coaching.bulk.reporting.page import html
from coaching.bulk.reporting.rejects import Rejects, are_rejects, write_rejects
from coaching.bulk.reporting.report import MOST, Report
from coaching.bulk.reporting.thresholds import Thresholds

__all__ = [
    "MOST",
    "Account",
    "Fate",
    "Group",
    "Rejects",
    "Report",
    "Thresholds",
    "are_rejects",
    "html",
    "write_rejects",
]
