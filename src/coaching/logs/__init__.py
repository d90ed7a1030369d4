"""Logs of other systems, held against the tables and rules: who did what, when, and what the record held then.

Needs no extra. `coaching.testing` offers the same names.
"""

from coaching.logs.checking import check_log
from coaching.logs.comparing import Difference
from coaching.logs.lines import LogLine, read_log
from coaching.logs.report import LogFault, LogReport

__all__ = ["Difference", "LogFault", "LogLine", "LogReport", "check_log", "read_log"]
